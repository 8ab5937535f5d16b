//! Stopping a bad canary early, however often one looks.
//!
//! For each metric a wealth is kept that would, were the canary no worse, grow no more on average than a fair
//! bet does. Ville's inequality then bounds the probability that it ever reaches 1/α by α. The α is shared among
//! the metrics. (Lindon, Sanden, Shirikian: Rapid regression detection, KDD 2022, arXiv 2205.14762.)
//!
//! Failures: given one, the chance that it is the canary's is its share ρ of the requests. Bets are made on rates
//! that are r times as high, which makes that chance θ = rρ/(rρ + 1 − ρ). What is staked on a bet is proportional to
//! ln r: the more harm a canary would do, the sooner it is to be stopped. Where what is stable never fails, no bet wins
//! more than r = 10 does, and with a tenth of the traffic and α = 1 % four failures then suffice, where equal stakes
//! need five. Latencies and gauges: the rank of each
//! canary sample among all before it, smoothed, is uniform. Bets are made on it being small, with the densities
//! κ u^(κ−1).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Counts;

/// How many times as often the canary fails, in the bets.
const RATIOS: [f64; 6] = [1.25, 1.5, 2.0, 3.0, 5.0, 10.0];

/// How much the ranks lean, in the bets.
const LEANS: [f64; 3] = [0.25, 0.5, 0.75];

/// Samples that are kept to rank against. The oldest go first.
const MAX_POOL: usize = 20_000;

/// A wealth as the logarithms of its parts, which start with what is staked on them: 1 in all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Wealth {
    parts: Vec<f64>,
    peak: f64,
}

impl Wealth {
    /// A wealth of 1, divided in these proportions.
    fn new(stakes: impl Iterator<Item = f64> + Clone) -> Self {
        let all: f64 = stakes.clone().sum();
        Self { parts: stakes.map(|stake| (stake / all).ln()).collect(), peak: 0.0 }
    }

    fn grow(&mut self, by: impl Iterator<Item = f64>) {
        for (part, by) in self.parts.iter_mut().zip(by) {
            *part += by;
        }
        let highest = self.parts.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = self.parts.iter().map(|part| (part - highest).exp()).sum();
        let now = highest + sum.ln();
        self.peak = self.peak.max(now);
    }
}

/// The continuous test of one canary. It is plain data, so that a restart goes on where it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Abort {
    /// Logarithm of what a wealth has to reach.
    threshold: f64,
    failures: Wealth,
    ranks: BTreeMap<String, Ranks>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Ranks {
    wealth: Wealth,
    pool: Vec<f64>,
    order: std::collections::VecDeque<f64>,
}

impl Abort {
    /// A test that stops a healthy canary with a probability of at most `alpha`, over failures and these metrics,
    /// of which higher is worse.
    pub fn new(alpha: f64, metrics: &[&str]) -> Self {
        let shares = 1.0 + metrics.len() as f64;
        let ranks =
            || Ranks { wealth: Wealth::new(LEANS.iter().map(|_| 1.0)), pool: Vec::new(), order: Default::default() };
        Self {
            threshold: (shares / alpha).ln(),
            failures: Wealth::new(RATIOS.iter().map(|ratio| ratio.ln())),
            ranks: metrics.iter().map(|name| ((*name).to_owned(), ranks())).collect(),
        }
    }

    /// What happened since the last look. Without requests on both sides, failures say nothing.
    pub fn counts(&mut self, canary: Counts, stable: Counts) {
        let requests = canary.requests.saturating_add(stable.requests);
        if canary.requests == 0 || stable.requests == 0 || canary.failures + stable.failures == 0 {
            return;
        }
        let share = canary.requests as f64 / requests as f64;
        self.failure_at(share, canary.failures, stable.failures);
    }

    /// Failures on both sides, where the canary has this share of the requests.
    pub fn failure_at(&mut self, share: f64, canary: u64, stable: u64) {
        if !(share > 0.0 && share < 1.0) {
            return;
        }
        let (ours, theirs) = (canary as f64, stable as f64);
        self.failures.grow(RATIOS.iter().map(|ratio| {
            let bet = ratio * share / (ratio * share + 1.0 - share);
            ours * (bet / share).ln() + theirs * ((1.0 - bet) / (1.0 - share)).ln()
        }));
    }

    /// A sample of what is stable.
    pub fn stable_sample(&mut self, metric: &str, value: f64) {
        if let Some(ranks) = self.ranks.get_mut(metric).filter(|_| value.is_finite()) {
            ranks.insert(value);
        }
    }

    /// A sample of the canary. `chance` is a fresh random number between 0 and 1 that breaks ties.
    pub fn canary_sample(&mut self, metric: &str, value: f64, chance: f64) {
        let Some(ranks) = self.ranks.get_mut(metric).filter(|_| value.is_finite()) else { return };
        let higher = ranks.pool.len() - ranks.pool.partition_point(|other| *other <= value);
        let equal = ranks.pool.len() - higher - ranks.pool.partition_point(|other| *other < value);
        let rank = (higher as f64 + chance * (equal as f64 + 1.0)) / (ranks.pool.len() as f64 + 1.0);
        let rank = rank.max(f64::MIN_POSITIVE);
        ranks.wealth.grow(LEANS.iter().map(|lean| lean.ln() + (lean - 1.0) * rank.ln()));
        ranks.insert(value);
    }

    /// Why the canary has to be stopped, when it has.
    pub fn stop(&self) -> Option<String> {
        let ranks = self.ranks.iter().map(|(name, ranks)| (name.as_str(), &ranks.wealth));
        let all = std::iter::once(("failures", &self.failures)).chain(ranks);
        let (name, worst) = all.max_by(|a, b| a.1.peak.total_cmp(&b.1.peak))?;
        (worst.peak >= self.threshold).then(|| {
            let against = worst.peak.exp();
            let limit = self.threshold.exp();
            format!("{name}: the canary is worse, with evidence of {against:.0} to 1 where {limit:.0} to 1 suffices")
        })
    }
}

impl Ranks {
    fn insert(&mut self, value: f64) {
        if self.order.len() >= MAX_POOL
            && let Some(oldest) = self.order.pop_front()
        {
            let at = self.pool.partition_point(|other| *other < oldest);
            self.pool.remove(at);
        }
        let at = self.pool.partition_point(|other| *other < value);
        self.pool.insert(at, value);
        self.order.push_back(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_observations_nothing_is_stopped() {
        let mut abort = Abort::new(0.01, &["latency"]);
        abort.counts(Counts::default(), Counts { requests: 100, failures: 50 });
        abort.canary_sample("latency", f64::NAN, 0.5);
        abort.canary_sample("other", 1.0, 0.5);
        assert_eq!(abort.stop(), None);
    }

    #[test]
    fn a_canary_that_fails_alone_is_stopped() {
        let mut abort = Abort::new(0.01, &[]);
        let look = |failures| (Counts { requests: 100, failures }, Counts { requests: 900, failures: 0 });
        for _ in 0..3 {
            let (canary, stable) = look(1);
            abort.counts(canary, stable);
            assert_eq!(abort.stop(), None);
        }
        let (canary, stable) = look(1);
        abort.counts(canary, stable);
        assert!(abort.stop().is_some());
    }

    #[test]
    fn a_wealth_starts_as_one() {
        let abort = Abort::new(0.01, &["latency"]);
        for wealth in [&abort.failures, &abort.ranks["latency"].wealth] {
            assert!((wealth.parts.iter().map(|part| part.exp()).sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_restart_goes_on_where_it_was() {
        let mut abort = Abort::new(0.01, &["latency"]);
        abort.stable_sample("latency", 1.5);
        abort.canary_sample("latency", 2.5, 0.25);
        let again: Abort = serde_json::from_str(&serde_json::to_string(&abort).unwrap()).unwrap();
        assert_eq!(again.ranks, abort.ranks);
    }

    #[test]
    fn the_expected_wealth_of_a_fair_bet_is_one() {
        // Over both places that a failure may have, weighted by their chances.
        for share in [0.05_f64, 0.1, 0.5] {
            for ratio in RATIOS {
                let bet = ratio * share / (ratio * share + 1.0 - share);
                let mean = share * (bet / share) + (1.0 - share) * ((1.0 - bet) / (1.0 - share));
                assert!((mean - 1.0).abs() < 1e-12);
            }
        }
    }
}
