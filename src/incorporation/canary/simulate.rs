//! Trials of a canary that never was: what the settings do, shown by trying them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::abort::Abort;
use super::judge::Metric;
use super::{Counts, FailureLimit, Outcome, Trial, decide};
use crate::host::{Entropy, SeededEntropy};

/// The newest latencies of each side that the judge at the end gets: more would take minutes for thousands of trials.
const JUDGED: usize = 500;

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
    /// Share of the trials that were not stopped, and whose canary passed in the end.
    pub passed: f64,
    /// Share of the trials at whose end the observations did not decide, so that the canary goes back.
    pub inconclusive: f64,
    /// Share of the trials that the judge at the end decided against the canary.
    pub failed: f64,
}

/// Runs all trials, with a look after every request.
pub fn simulate(scenario: Scenario) -> Simulated {
    use rayon::prelude::*;
    let ends: Vec<End> = (0..scenario.runs)
        .into_par_iter()
        .map(|run| trial(&scenario, scenario.seed.wrapping_add(u64::from(run).wrapping_mul(0x9e37_79b9))))
        .collect();
    let share = |wanted: fn(&End) -> bool| {
        ends.iter().filter(|end| wanted(end)).count() as f64 / f64::from(scenario.runs.max(1))
    };
    let mut stopped: Vec<u64> = ends
        .iter()
        .filter_map(|end| match end {
            End::Stopped(requests) => Some(*requests),
            End::Judged(_) => None,
        })
        .collect();
    stopped.sort_unstable();
    let at = |share: f64| {
        let last = stopped.len().checked_sub(1)?;
        stopped.get((last as f64 * share).round() as usize).copied()
    };
    Simulated {
        scenario,
        stopped: share(|end| matches!(end, End::Stopped(_))),
        passed: share(|end| matches!(end, End::Judged(Outcome::Pass))),
        inconclusive: share(|end| matches!(end, End::Judged(Outcome::Inconclusive))),
        failed: share(|end| matches!(end, End::Judged(Outcome::Fail))),
        median_requests: at(0.5),
        p90_requests: at(0.9),
    }
}

/// How one trial ended.
enum End {
    /// The canary was stopped after so many of its requests.
    Stopped(u64),
    /// It went on to its end, and was judged then.
    Judged(Outcome),
}

/// One trial to its end.
fn trial(scenario: &Scenario, seed: u64) -> End {
    let random = Random(SeededEntropy::new(seed));
    let mut abort = Abort::new(scenario.alpha, &["latency"]);
    let (mut canary, mut stable) = (Counts::default(), Counts::default());
    let mut latencies = Metric::new("latency", Vec::new(), Vec::new());
    while canary.requests < scenario.requests {
        let is_canary = random.uniform() < scenario.share;
        let rate = if is_canary { scenario.canary_failures } else { scenario.stable_failures };
        let failed = random.uniform() < rate;
        // Both sides get requests all the time; this one is judged by the share that was configured.
        if failed {
            abort.failure_at(scenario.share, u64::from(is_canary), u64::from(!is_canary));
        }
        let counts = if is_canary { &mut canary } else { &mut stable };
        counts.requests += 1;
        counts.failures += u64::from(failed);
        let latency = (random.normal() * scenario.spread).exp();
        if is_canary {
            abort.canary_sample("latency", latency * scenario.slowdown, random.uniform());
            latencies.canary.push(latency * scenario.slowdown);
        } else {
            abort.stable_sample("latency", latency);
            latencies.stable.push(latency);
        }
        if (failed || is_canary) && abort.stop().is_some() {
            return End::Stopped(canary.requests);
        }
    }
    for side in [&mut latencies.canary, &mut latencies.stable] {
        side.drain(..side.len().saturating_sub(JUDGED));
    }
    let ended = Trial { canary, stable, metrics: &[latencies], abort: &abort, health: None, health_floor: 0.0 };
    let limit = FailureLimit { alpha: scenario.alpha, ..FailureLimit::default() };
    End::Judged(decide(&ended, limit).outcome)
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
        assert!(found.stopped >= 1.0 && found.median_requests.unwrap() <= 300, "{found:?}");
        // Whatever the test along the way does not see in a short trial, the end does not let pass.
        let found = simulate(Scenario { requests: 500, ..scenario });
        assert!(found.stopped > 0.8 && found.passed < 0.02, "{found:?}");
    }

    #[test]
    fn a_quarter_more_latency_is_caught() {
        let found = simulate(Scenario { runs: 400, requests: 1000, slowdown: 1.25, ..HEALTHY });
        assert!(found.stopped > 0.99 && found.median_requests.unwrap() <= 100, "{found:?}");
    }
}
