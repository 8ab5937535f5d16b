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
    /// Names of folders that hold other people's code or caches and are left out wherever they are, but for
    /// files in them that git tracks. Virtual environments and tagged caches are recognised under any name, and so is
    /// what Cargo builds.
    pub vendored: Vec<String>,
}

impl Default for ScanSettings {
    fn default() -> Self {
        let vendored = [
            ".eggs",
            ".git",
            ".hg",
            ".mypy_cache",
            ".nox",
            ".pytest_cache",
            ".ruff_cache",
            ".svn",
            ".tox",
            ".venv",
            "__pycache__",
            "bower_components",
            "dist-packages",
            "node_modules",
            "site-packages",
            "venv",
        ];
        Self {
            roots: vec![".".to_owned()],
            max_parse_bytes: 10 * 1024 * 1024,
            vendored: vendored.map(str::to_owned).to_vec(),
        }
    }
}
