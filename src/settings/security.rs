//! `security:` how code is judged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Severity;

/// What gates, what is told, and what is left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SecuritySettings {
    /// The mildest severity that makes the answer no.
    #[schemars(extend("x-operator" = true))]
    pub fail_on: Severity,
    /// The mildest severity that is told.
    pub report_from: Severity,
    /// Rules to run, by id, by an id of bandit or ruff, or by category; all when empty.
    #[schemars(extend("x-operator" = true))]
    pub select: Vec<String>,
    /// Rules to leave out, by the same words.
    #[schemars(extend("x-operator" = true))]
    pub ignore: Vec<String>,
    /// Files larger than this many bytes are not judged, and are told.
    #[schemars(extend("x-operator" = true))]
    pub max_file_bytes: u64,
    /// Rules that are silenced, and severities that gate, in files whose path matches a glob.
    #[schemars(extend("x-operator" = true))]
    pub per_path: Vec<PerPath>,
    /// Where milder findings gate, too. A project may set this for itself: it can only tighten the gate.
    pub stricter: Vec<Stricter>,
}

/// What is otherwise in some files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PerPath {
    /// A glob over paths, such as `tests/**`.
    pub glob: String,
    /// Rules that do not count, by id or by an id of bandit or ruff.
    #[serde(default)]
    pub ignore: Vec<String>,
    /// The mildest severity that makes the answer no; of several globs that match, the last decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fail_on: Option<Severity>,
}

/// Files in which milder findings gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stricter {
    /// A glob over paths, such as `plugins/**`.
    pub glob: String,
    /// The mildest severity that makes the answer no, where that is milder than what else holds.
    pub fail_on: Severity,
}

impl Default for SecuritySettings {
    fn default() -> Self {
        Self {
            fail_on: Severity::High,
            report_from: Severity::Low,
            select: Vec::new(),
            ignore: Vec::new(),
            max_file_bytes: 10 * 1024 * 1024,
            per_path: Vec::new(),
            stricter: Vec::new(),
        }
    }
}
