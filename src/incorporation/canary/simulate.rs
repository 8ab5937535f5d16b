//! Trials of a canary that never was: what the settings do, shown by trying them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::abort::Abort;
use crate::host::{Entropy, SeededEntropy};

/// What is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scenario {
    /// How many trials.
    pub runs: u32,
    /// Share of the requests that go to the canary, 0 to 1.
    pub share: f64,
    /// Canary requests in a trial.
    pub requests: u64,
    /// Failure rate of what is stable, 0 to 1.
    pub stable_failures: f64,
    /// Failure rate of the canary, 0 to 1.
    pub canary_failures: f64,
    /// How many times as long the canary takes.
    pub slowdown: f64,
    /// Spread of latencies: standard deviation of their logarithm.
    pub spread: f64,
    /// Probability of stopping a healthy canary, 0 to 1.
    pub alpha: f64,
    /// Where the random numbers start.
    pub seed: u64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Simulated {
    /// What was simulated.
    pub scenario: Scenario,
    /// Share of the trials in which the canary was stopped.
    pub stopped: f64,
    /// Canary requests until then, in the median trial that was stopped.
    pub median_requests: Option<u64>,
    /// The same in nine of ten.
    pub p90_requests: Option<u64>,
}

/// Runs all trials, with a look after every request.
pub fn simulate(scenario: Scenario) -> Simulated {
    use rayon::prelude::*;
    let mut stopped: Vec<u64> = (0..scenario.runs)
        .into_par_iter()
        .filter_map(|run| trial(&scenario, scenario.seed.wrapping_add(u64::from(run).wrapping_mul(0x9e37_79b9))))
        .collect();
    stopped.sort_unstable();
    let at = |share: f64| {
        let last = stopped.len().checked_sub(1)?;
        stopped.get((last as f64 * share).round() as usize).copied()
    };
    Simulated {
        scenario,
        stopped: stopped.len() as f64 / f64::from(scenario.runs.max(1)),
        median_requests: at(0.5),
        p90_requests: at(0.9),
    }
}

/// The canary requests after which it was stopped.
fn trial(scenario: &Scenario, seed: u64) -> Option<u64> {
    let random = Random(SeededEntropy::new(seed));
    let mut abort = Abort::new(scenario.alpha, &["latency"]);
    let mut requests = 0;
    while requests < scenario.requests {
        let is_canary = random.uniform() < scenario.share;
        let rate = if is_canary { scenario.canary_failures } else { scenario.stable_failures };
        let failed = random.uniform() < rate;
        // Both sides get requests all the time; this one is judged by the share that was configured.
        if failed {
            let (canary, stable) = (u64::from(is_canary), u64::from(!is_canary));
            abort.failure_at(scenario.share, canary, stable);
        }
        let latency = (random.normal() * scenario.spread).exp();
        if is_canary {
            requests += 1;
            abort.canary_sample("latency", latency * scenario.slowdown, random.uniform());
        } else {
            abort.stable_sample("latency", latency);
        }
        if (failed || is_canary) && abort.stop().is_some() {
            return Some(requests);
        }
    }
    None
}

struct Random(SeededEntropy);

impl Random {
    /// Between 0 and 1, never either.
    fn uniform(&self) -> f64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        ((u64::from_le_bytes(bytes) >> 11) as f64 + 0.5) / 2_f64.powi(53)
    }

    fn normal(&self) -> f64 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEALTHY: Scenario = Scenario {
        runs: 2000,
        share: 0.1,
        requests: 500,
        stable_failures: 0.01,
        canary_failures: 0.01,
        slowdown: 1.0,
        spread: 0.25,
        alpha: 0.01,
        seed: 5,
    };

    #[test]
    fn a_healthy_canary_is_stopped_no_more_often_than_stated() {
        let found = simulate(HEALTHY);
        assert!(found.stopped <= 0.01, "{found:?}");
    }

    #[test]
    fn five_times_the_failures_are_caught() {
        let found = simulate(Scenario { runs: 400, requests: 3000, canary_failures: 0.05, ..HEALTHY });
        assert!(found.stopped > 0.99 && found.median_requests.unwrap() <= 200, "{found:?}");
    }

    #[test]
    fn failures_where_there_were_none_are_always_caught() {
        let scenario = Scenario { runs: 400, requests: 4000, stable_failures: 0.0, ..HEALTHY };
        let found = simulate(scenario);
        assert!(found.stopped >= 1.0 && found.median_requests.unwrap() <= 400, "{found:?}");
    }

    #[test]
    fn a_quarter_more_latency_is_caught() {
        let found = simulate(Scenario { runs: 400, requests: 1000, slowdown: 1.25, ..HEALTHY });
        assert!(found.stopped > 0.99 && found.median_requests.unwrap() <= 100, "{found:?}");
    }
}
