//! The report of `init`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};

/// The files that a project starts with.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InitReport {
    /// What was written.
    pub files: Vec<String>,
    /// Whether nothing was done because of `--dry-run`.
    pub dry_run: bool,
}

impl Report for InitReport {
    fn schema(&self) -> &'static str {
        "init/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        let verb = if self.dry_run { "would write" } else { "written" };
        self.files.iter().for_each(|file| page.line(format!("{verb}: {file}")));
    }
}
