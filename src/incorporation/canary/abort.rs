//! Stopping a bad canary early, however often one looks.
//!
//! For each metric a wealth is kept that would, were the canary no worse, grow no more on average than a fair
//! bet does. Ville's inequality then bounds the probability that it ever reaches 1/α by α, at whatever moments one
//! looks: that holds for each mixture of bets by itself, because the stakes are fixed before anything is seen and add
//! up to 1, and every bet is fair given all that was seen before. Three quarters of α are for failures, and the
//! metrics share the rest; the chances of an error add up to α at most, however the metrics depend on one another.
//! (Lindon, Sanden, Shirikian: Rapid regression detection, KDD 2022, arXiv 2205.14762.)
//!
//! Failures: given one, the chance that it is the canary's is its share ρ of the requests. Bets are made on rates
//! that are r times as high, which makes that chance θ = rρ/(rρ + 1 − ρ). What is staked on a bet is proportional to
//! ln r: the more harm a canary would do, the sooner it is to be stopped. An eighth is staked apart, on r = 100, for
//! the case that what is stable hardly ever fails: with a tenth of the traffic and α = 1 %, three failures of the canary
//! alone then suffice, which no test that holds without end can do with two, for that happens by chance to one
//! healthy canary in a hundred.
//!
//! Latencies and gauges: the rank of each canary sample among all before it, smoothed, is uniform. Bets are made on it
//! being small, with the densities κ u^(κ−1).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Counts;

/// How many times as often the canary fails, in the bets. The last is [`ALONE`].
const RATIOS: [f64; 7] = [1.25, 1.5, 2.0, 3.0, 5.0, 10.0, ALONE];

/// The ratio that stands for a canary that fails where what is stable does not.
const ALONE: f64 = 100.0;

/// What is staked on that: enough that three failures of the canary alone suffice with a tenth of the traffic, and so
/// little that the other bets hardly miss it.
const STAKE_ALONE: f64 = 0.125;

/// The part of α that is for failures, when there are other metrics as well. A latency that is worse shows with each
/// request, and a failure only where something fails.
const FAILURES_SHARE: f64 = 0.75;

/// How much the ranks lean, in the bets.
const LEANS: [f64; 3] = [0.25, 0.5, 0.75];

/// Samples that are kept to rank against. The oldest go first.
const MAX_POOL: usize = 20_000;

/// A wealth as the logarithms of its parts, which start with what is staked on them: 1 in all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Wealth {
    parts: Vec<f64>,
    peak: f64,
    /// Logarithm of what it has to reach.
    threshold: f64,
}

impl Wealth {
    /// A wealth of 1, divided in these proportions, that reaches its threshold by chance with this probability.
    fn new(stakes: &[f64], alpha: f64) -> Self {
        let all: f64 = stakes.iter().sum();
        Self { parts: stakes.iter().map(|stake| (stake / all).ln()).collect(), peak: 0.0, threshold: -alpha.ln() }
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
        let for_failures = if metrics.is_empty() { alpha } else { alpha * FAILURES_SHARE };
        let for_each = (alpha - for_failures) / (metrics.len() as f64).max(1.0);
        let wealth = || Wealth::new(&LEANS.map(|_| 1.0), for_each);
        let ranks = || Ranks { wealth: wealth(), pool: Vec::new(), order: Default::default() };
        Self {
            failures: Wealth::new(&stakes(), for_failures),
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
        let beyond = |wealth: &Wealth| wealth.peak - wealth.threshold;
        let (name, worst) = all.max_by(|a, b| beyond(a.1).total_cmp(&beyond(b.1)))?;
        (worst.peak >= worst.threshold).then(|| {
            let against = worst.peak.exp();
            let limit = worst.threshold.exp();
            format!("{name}: the canary is worse, with evidence of {against:.0} to 1 where {limit:.0} to 1 suffices")
        })
    }
}

/// What is staked on each of the [`RATIOS`]; 1 in all.
fn stakes() -> [f64; RATIOS.len()] {
    let others: f64 = RATIOS.iter().filter(|ratio| **ratio < ALONE).map(|ratio| ratio.ln()).sum();
    RATIOS.map(|ratio| if ratio < ALONE { (1.0 - STAKE_ALONE) * ratio.ln() / others } else { STAKE_ALONE })
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
        let mut abort = Abort::new(0.01, &["latency"]);
        let look = |failures| (Counts { requests: 100, failures }, Counts { requests: 900, failures: 0 });
        for _ in 0..2 {
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
    fn the_chances_of_an_error_add_up_to_alpha() {
        for metrics in [&[] as &[&str], &["latency"], &["latency", "memory", "hits"]] {
            let abort = Abort::new(0.01, metrics);
            let ranks = abort.ranks.values().map(|ranks| ranks.wealth.threshold);
            let all: f64 = ranks.chain([abort.failures.threshold]).map(|threshold| (-threshold).exp()).sum();
            assert!((all - 0.01).abs() < 1e-12, "{metrics:?}: {all}");
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
