//! The report of `security-eval --write-baseline`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};
use crate::model::counted;
use crate::security::baseline::Baseline;

/// What was written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BaselineReport {
    /// The file.
    pub path: String,
    /// Fingerprints in it.
    pub entries: u64,
    /// Findings that they stand for.
    pub findings: u64,
}

impl BaselineReport {
    /// What was written where.
    pub fn of(path: &std::path::Path, baseline: &Baseline) -> Self {
        let findings = baseline.findings.values().map(|entry| u64::from(entry.count)).sum();
        Self { path: path.display().to_string(), entries: baseline.findings.len() as u64, findings }
    }
}

impl Report for BaselineReport {
    fn schema(&self) -> &'static str {
        "baseline/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("{}: {} will not count from now on", self.path, counted(self.findings, "finding")));
    }
}
