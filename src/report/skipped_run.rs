//! The report of a run that did nothing because another run held the state and `--on-lock skip` was given.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};

/// Nothing was done.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SkippedRun {
    /// Why, in one sentence.
    pub reason: String,
}

impl Report for SkippedRun {
    fn schema(&self) -> &'static str {
        "skipped-run/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("skipped: {}", self.reason));
    }
}
