//! The report of `watch`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Outcome, Page, Report};
use crate::cycle::Tallies;
use crate::model::{StageResult, StageRun};

/// What the loop did.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WatchReport {
    /// How often each stage ran and how it ended.
    pub stages: Tallies,
    /// The runs of a single tick (`--once`), in order.
    pub runs: Vec<StageRun>,
    /// With `--dry-run`: the stages that are due now. Nothing was run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Vec<String>>,
}

/// A run of a stage as a line of `jsonl`.
pub fn stage_item(run: &StageRun) -> Value {
    let mut item = json!(run);
    item["type"] = json!("stage");
    item
}

/// A run of a stage as a line for people.
pub fn stage_line(run: &StageRun) -> String {
    let result = match run.result {
        StageResult::Ok => String::new(),
        other => format!(" {}:", other.word()),
    };
    format!("{}:{result} {}", run.stage, run.detail)
}

impl Report for WatchReport {
    fn schema(&self) -> &'static str {
        "watch/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.stages.values().any(|tally| tally.failed > 0) { Outcome::No } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn items(&self) -> Vec<Value> {
        self.runs.iter().map(stage_item).collect()
    }

    fn human(&self, page: &mut Page) {
        if let Some(due) = self.due.as_ref().filter(|due| !due.is_empty()) {
            page.line(format!("due now: {}", due.join(", ")));
            return;
        }
        if self.stages.is_empty() {
            page.line("nothing is due");
            return;
        }
        let mut table =
            Table::new(&[Column::Identifier("stage"), Column::Identifier("result"), Column::Text("what it did")]);
        for run in &self.runs {
            table.row([run.stage.as_str(), run.result.word(), &run.detail]);
        }
        table.write(page);
    }
}
