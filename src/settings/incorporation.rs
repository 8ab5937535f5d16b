//! `incorporation:` what is taken in, and how.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Planning and deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct IncorporationSettings {
    /// Whether the loop integrates what is approved without being asked. Never in the profile prod.
    #[schemars(extend("x-operator" = true))]
    pub auto_integrate: bool,
    /// Whether nothing is taken in at all until further notice.
    pub paused: bool,
    /// Generations that are kept besides those that are deployed or that a token leads to.
    pub keep_generations: u32,
    /// Distributions and components that the host has, by name, with their versions.
    pub provided: BTreeMap<String, String>,
}

impl Default for IncorporationSettings {
    fn default() -> Self {
        Self { auto_integrate: false, paused: false, keep_generations: 5, provided: BTreeMap::new() }
    }
}
