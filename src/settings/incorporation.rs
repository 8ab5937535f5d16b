//! `incorporation:` what is taken in, and how.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Planning and deployment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct IncorporationSettings {
    /// Whether the loop integrates what is approved without being asked. Never in the profile prod.
    #[schemars(extend("x-operator" = true))]
    pub auto_integrate: bool,
    /// Whether nothing is taken in at all until further notice.
    #[schemars(extend("x-operator" = true))]
    pub paused: bool,
    /// Whether the loop takes an integration back when the system gets worse soon after it.
    #[schemars(extend("x-operator" = true))]
    pub auto_rollback: bool,
    /// Seconds after an integration in which that is watched for, and in which a rollback has to show that it helped.
    #[schemars(extend("x-operator" = true))]
    pub watch_after: u32,
    /// Health (0 to 1) has got worse when it falls by at least this much.
    #[schemars(extend("x-operator" = true))]
    pub health_drop: f64,
    /// Generations that are kept besides those that are deployed or that a token leads to.
    pub keep_generations: u32,
    /// Distributions and components that the host has, by name, with their versions.
    pub provided: BTreeMap<String, String>,
}

impl Default for IncorporationSettings {
    fn default() -> Self {
        Self {
            auto_integrate: false,
            paused: false,
            auto_rollback: true,
            watch_after: 300,
            health_drop: 0.1,
            keep_generations: 5,
            provided: BTreeMap::new(),
        }
    }
}
