//! `watch:` how often the loop does what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The cadences of the loop, in seconds. Stages fall due on a grid that is counted from 1970, so that the
/// time a stage takes never shifts the next one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WatchSettings {
    /// Seconds between two collections of metrics.
    pub collection_interval: u32,
    /// Seconds between two looks for changed files.
    pub poll_interval: u32,
    /// Seconds between two scans that read every file again.
    pub rescan_interval: u32,
    /// Seconds between two verifications of the whole ledger.
    pub audit_interval: u32,
    /// Seconds after which a stage that failed is tried again.
    pub retry_interval: u32,
}

impl Default for WatchSettings {
    fn default() -> Self {
        Self {
            collection_interval: 60,
            poll_interval: 10,
            rescan_interval: 24 * 3600,
            audit_interval: 3600,
            retry_interval: 60,
        }
    }
}
