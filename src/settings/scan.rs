//! `scan:` what is discovered and how far.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits and exclusions of discovery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ScanSettings {
    /// Folders to scan, relative to the project.
    pub roots: Vec<String>,
    /// Files larger than this many bytes are hashed but not parsed, and are reported.
    pub max_parse_bytes: u64,
}

impl Default for ScanSettings {
    fn default() -> Self {
        Self { roots: vec![".".to_owned()], max_parse_bytes: 10 * 1024 * 1024 }
    }
}
