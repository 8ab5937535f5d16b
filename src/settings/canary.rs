//! `canary:` how a new generation is tried on a part of the traffic.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A trial: how long, on how much, and what is watched. What a trial was opened with stays with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CanarySettings {
    /// Share of the traffic that gets the canary, in percent.
    #[schemars(extend("x-operator" = true))]
    pub percent: f64,
    /// Seconds that a trial lasts.
    #[schemars(extend("x-operator" = true))]
    pub duration: u32,
    /// Seconds between two looks.
    #[schemars(extend("x-operator" = true))]
    pub interval: u32,
    /// Seconds in which a person may promote an inconclusive canary before it is rolled back.
    #[schemars(extend("x-operator" = true))]
    pub pause: u32,
    /// Below this health (0 to 1) a canary is rolled back at once.
    #[schemars(extend("x-operator" = true))]
    pub health_floor: f64,
    /// Probability (0 to 1) with which a healthy canary may be stopped, over all looks and metrics.
    #[schemars(extend("x-operator" = true))]
    pub alpha: f64,
    /// Share of failures (0 to 1) that a canary may have beyond those of what is stable. A pass needs enough
    /// requests to know that it has no more.
    #[schemars(extend("x-operator" = true))]
    pub failure_rate: f64,
    /// Name of the counter of requests. Each generation has its own, told by the label `generation`.
    pub requests: String,
    /// Name of the counter of requests that failed, with the same label.
    pub failures: String,
    /// What is compared besides failures, by the name of the metric, with the same label.
    #[schemars(extend("x-operator" = true))]
    pub metrics: BTreeMap<String, CanaryMetricSettings>,
    /// An `http` address that answers in the text format of Prometheus. Without one the metrics come from the
    /// store of this program, or from what is piped in.
    #[schemars(extend("x-operator" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prometheus_url: Option<String>,
    /// Seconds after which that address counts as silent.
    pub prometheus_timeout: u32,
}

/// One metric of a trial.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CanaryMetricSettings {
    /// Which direction is bad.
    pub worse: Worse,
    /// How much it counts.
    pub weight: f64,
    /// Whether it decides alone when it is worse.
    pub critical: bool,
    /// The ratio of the means has to differ from 1 by more than this to count.
    pub effect: f64,
}

impl Default for CanaryMetricSettings {
    fn default() -> Self {
        Self { worse: Worse::Higher, weight: 1.0, critical: false, effect: 0.0 }
    }
}

/// Which direction is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Worse {
    /// More is worse, as with latencies.
    #[default]
    Higher,
    /// Less is worse, as with hits.
    Lower,
    /// Any difference is bad.
    Either,
}

impl Default for CanarySettings {
    fn default() -> Self {
        Self {
            percent: 10.0,
            duration: 300,
            interval: 10,
            pause: 60,
            health_floor: 0.9,
            alpha: 0.01,
            failure_rate: 0.01,
            requests: "requests_total".to_owned(),
            failures: "failures_total".to_owned(),
            metrics: BTreeMap::from([("latency_ms".to_owned(), CanaryMetricSettings::default())]),
            prometheus_url: None,
            prometheus_timeout: 5,
        }
    }
}
