//! The report of `trust`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};
use crate::gate::trust::{FileTrust, Seen};
use crate::model::counted;

/// What was signed, approved, revoked or only looked at.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct TrustReport {
    /// `list`, `keygen`, `sign`, `verify`, `approve` or `revoke`.
    pub action: String,
    /// Statements with what became of each.
    pub statements: Vec<Seen>,
    /// Whose word counts: the principals of each key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<String, String>,
    /// Files that were looked at, each with what holds for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileTrust>,
    /// Files that were written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub written: Vec<String>,
    /// A line for the operator's `allowed_signers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_signers_line: Option<String>,
    /// Whether this was only a rehearsal.
    pub dry_run: bool,
}

impl Report for TrustReport {
    fn schema(&self) -> &'static str {
        "trust/v1"
    }

    fn outcome(&self) -> Outcome {
        let fits = |file: &FileTrust| matches!(file.status.as_str(), "signed" | "approved");
        if self.action == "verify" && !self.files.iter().all(fits) { Outcome::No } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        for (key, names) in &self.keys {
            page.line(format!("key {key} of {names}"));
        }
        for seen in &self.statements {
            let base = if seen.base.is_empty() { "the project" } else { &seen.base };
            let what = format!("{} {} over {} in {base}", seen.kind.word(), seen.id, counted(seen.files, "file"));
            page.line(match (&seen.by, &seen.detail) {
                (Some(by), _) => format!("{what}: by {}", by.principal),
                (None, Some(why)) => format!("{} {} does not count: {why}", seen.kind.word(), seen.id),
                (None, None) => what,
            });
        }
        for file in &self.files {
            page.line(format!("{}: {}: {}", file.path, file.status, file.detail));
        }
        let verb = if self.dry_run { "would be written" } else { "written" };
        for path in &self.written {
            page.line(format!("{verb}: {path}"));
        }
        if let Some(line) = &self.allowed_signers_line {
            page.line(format!("for allowed_signers: {line}"));
        }
        if self.action == "list" && self.keys.is_empty() && self.statements.is_empty() {
            page.line("nobody's word counts, and nothing was vouched for");
        }
    }
}
