//! The report of `security-eval --write-baseline`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};

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
        page.line(format!("{}: {} findings that do not count from now on", self.path, self.findings));
    }
}
