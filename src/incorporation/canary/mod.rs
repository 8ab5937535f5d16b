//! Is the canary worse? Verdicts with a stated error rate.
//!
//! Two questions are asked of the same observations. While the canary runs, an anytime-valid test
//! ([`abort`]) asks at every look whether the evidence against it is strong enough to stop at once; however
//! often it looks, a healthy canary is stopped with a probability of at most α. At the end, a judge ([`judge`])
//! compares the distributions, and a bound ([`bound`]) asks whether there were enough requests to call the
//! failure rate low. No data never passes.

pub mod abort;
pub mod bound;
pub mod evidence;
pub mod exposition;
pub mod judge;
pub mod live;
pub mod simulate;
pub mod source;

#[cfg(test)]
mod published;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What becomes of a canary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It becomes stable.
    Pass,
    /// It is rolled back.
    Fail,
    /// The observations do not decide: a pause, and then it is rolled back.
    Inconclusive,
}

/// What becomes of a canary, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CanaryVerdict {
    /// What.
    pub outcome: Outcome,
    /// Why, in words and numbers, the deciding reason first.
    pub reasons: Vec<String>,
}

/// What is known at the end of a trial.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial<'a> {
    /// Requests and failures of the canary.
    pub canary: Counts,
    /// Requests and failures of what is stable.
    pub stable: Counts,
    /// The metrics, each with its values on both sides.
    pub metrics: &'a [judge::Metric],
    /// The continuous test.
    pub abort: &'a abort::Abort,
    /// Health of the canary, 0 to 1, when it was measured.
    pub health: Option<f64>,
    /// Below this health a canary fails whatever the statistics say.
    pub health_floor: f64,
}

/// Requests and failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Requests.
    pub requests: u64,
    /// How many of them failed.
    pub failures: u64,
}

/// What a failure rate has to stay below, and with which confidence that has to be known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FailureLimit {
    /// Share of failures, 0 to 1.
    pub rate: f64,
    /// Probability of being wrong, 0 to 1.
    pub alpha: f64,
}

impl Default for FailureLimit {
    fn default() -> Self {
        Self { rate: 0.01, alpha: 0.01 }
    }
}

/// Decides at the end of a trial.
pub fn decide(trial: &Trial<'_>, limit: FailureLimit) -> CanaryVerdict {
    let verdict = |outcome, reason: String| CanaryVerdict { outcome, reasons: vec![reason] };
    if let Some(stop) = trial.abort.stop() {
        return verdict(Outcome::Fail, stop);
    }
    if let Some(health) = trial.health.filter(|health| *health < trial.health_floor) {
        return verdict(Outcome::Fail, format!("health {health:.2} is below the floor of {}", trial.health_floor));
    }
    if trial.canary.requests == 0 || trial.stable.requests == 0 {
        return verdict(Outcome::Inconclusive, "there are no requests on one side: no data never passes".to_owned());
    }
    let judged = judge::judge(trial.metrics);
    let mut reasons = judged.reasons;
    // A canary that is no worse than what is stable may fail as often as that does.
    let observed = trial.stable.failures as f64 / trial.stable.requests as f64;
    let allowed = limit.rate.max(observed * 1.25 + limit.rate);
    let upper = bound::upper(trial.canary.failures, trial.canary.requests, limit.alpha);
    let enough = format!(
        "{} of {} canary requests failed: below {:.2} % with a confidence of {:.0} %; {:.2} % is allowed",
        trial.canary.failures,
        trial.canary.requests,
        upper * 100.0,
        (1.0 - limit.alpha) * 100.0,
        allowed * 100.0
    );
    let outcome = match judged.outcome {
        Outcome::Pass if upper > allowed => {
            reasons.insert(0, format!("too few requests to tell: {enough}"));
            Outcome::Inconclusive
        }
        other => {
            reasons.push(enough);
            other
        }
    };
    CanaryVerdict { outcome, reasons }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_data_never_passes() {
        let abort = abort::Abort::new(0.01, &[]);
        let trial =
            |canary, stable| Trial { canary, stable, metrics: &[], abort: &abort, health: None, health_floor: 0.9 };
        let requests = |requests| Counts { requests, failures: 0 };
        for (canary, stable) in [(0, 0), (0, 9000), (9000, 0), (458, 9000)] {
            let verdict = decide(&trial(requests(canary), requests(stable)), FailureLimit::default());
            assert_eq!(verdict.outcome, Outcome::Inconclusive, "{canary} {stable}");
        }
    }

    #[test]
    fn enough_good_requests_pass_and_a_bad_health_fails() {
        let abort = abort::Abort::new(0.01, &[]);
        let metric = judge::Metric::new("latency", vec![1.0, 1.1, 0.9, 1.2], vec![1.0, 1.1, 0.9, 1.2]);
        let counts = |requests| Counts { requests, failures: 0 };
        let metrics = [metric];
        let mut trial = Trial {
            canary: counts(459),
            stable: counts(5000),
            metrics: &metrics,
            abort: &abort,
            health: Some(0.95),
            health_floor: 0.9,
        };
        assert_eq!(decide(&trial, FailureLimit::default()).outcome, Outcome::Pass);
        trial.health = Some(0.89);
        assert_eq!(decide(&trial, FailureLimit::default()).outcome, Outcome::Fail);
    }
}
