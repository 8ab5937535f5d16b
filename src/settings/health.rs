//! `health:` what is measured against what.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Setpoints, service levels and what follows from them. The shipped values, with their explanation, are
/// in `config/setpoints.yaml` and `config/slos.yaml`; what is written here is laid over them key by key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HealthSettings {
    /// Where each metric should be, by its name.
    pub setpoints: BTreeMap<String, SetpointSettings>,
    /// What is promised, by the name of the metric.
    pub slos: BTreeMap<String, SloSettings>,
    /// Health scores (0 to 1) below this mean DEGRADED.
    pub degraded_below: f64,
    /// A critical score (0 to 1) below this means CRITICAL.
    pub critical_below: f64,
    /// Measurements older than this many days are forgotten.
    pub keep_days: u32,
}

impl Default for HealthSettings {
    fn default() -> Self {
        Self {
            setpoints: BTreeMap::new(),
            slos: BTreeMap::new(),
            degraded_below: 0.8,
            critical_below: 0.5,
            keep_days: 30,
        }
    }
}

/// Where a metric should be. What is left out keeps its shipped value.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SetpointSettings {
    /// The value to reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<f64>,
    /// The lowest value that is acceptable, for a metric that should be high.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_acceptable: Option<f64>,
    /// The highest value that is acceptable, for a metric that should be low.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_acceptable: Option<f64>,
    /// Whether the system cannot work without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub critical: Option<bool>,
}

/// A promise about a metric. What is left out keeps its shipped value.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SloSettings {
    /// The value to reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<f64>,
    /// A reading below this is a breach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<f64>,
    /// A reading above this is a breach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<f64>,
    /// What follows once a breach counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breach_action: Option<BreachAction>,
    /// Seconds that a breach must last before it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grace_period: Option<u32>,
}

/// What follows once a breach counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BreachAction {
    /// It is recorded, and the runlevel goes down.
    AlertAndDegrade,
}
