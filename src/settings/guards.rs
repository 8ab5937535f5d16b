//! `guards:` how much may happen in an hour before a person is asked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits of an hour. Counted from the ledger, so that a restart forgives nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GuardSettings {
    /// Integrations in an hour.
    #[schemars(extend("x-operator" = true))]
    pub integrations_per_hour: u64,
    /// Times something is isolated in an hour; beyond that, incorporation pauses.
    #[schemars(extend("x-operator" = true))]
    pub quarantines_per_hour: u64,
    /// Rollbacks in an hour; beyond that, a person has to approve each one, and each integration.
    #[schemars(extend("x-operator" = true))]
    pub rollbacks_per_hour: u64,
}

impl Default for GuardSettings {
    fn default() -> Self {
        Self { integrations_per_hour: 5, quarantines_per_hour: 2, rollbacks_per_hour: 3 }
    }
}
