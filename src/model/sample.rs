//! What is measured.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One reading of one metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sample {
    /// Snake-case name, such as `host_memory_used`.
    pub metric: String,
    /// The reading.
    pub value: f64,
    /// What it counts: `share` (0 to 1), `count`, `milliseconds`, `bytes`, `flag` (0 or 1).
    pub unit: String,
    /// Who read it: the id of a collector.
    pub source: String,
}

/// A metric that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// The metric.
    pub metric: String,
    /// The collector.
    pub source: String,
    /// Why there is no reading.
    pub reason: String,
}

/// How a run of a stage ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StageResult {
    /// Done.
    Ok,
    /// Done, and the answer is no, or some inputs could not be judged.
    Negative,
    /// It failed.
    Failed,
}

impl StageResult {
    /// The word used in reports and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Negative => "negative",
            Self::Failed => "failed",
        }
    }

    /// The result that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Ok, Self::Negative, Self::Failed].into_iter().find(|result| result.word() == word)
    }
}

/// A finished run of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StageRun {
    /// The stage, such as `scan`.
    pub stage: String,
    /// When it began, nanoseconds since 1970.
    pub started_ns: i64,
    /// When it ended, nanoseconds since 1970.
    pub ended_ns: i64,
    /// How it ended.
    pub result: StageResult,
    /// In a few words.
    pub detail: String,
    /// Stands for the input that it worked on; the stage has nothing to do while its input is the same.
    pub input: String,
    /// The run of the program.
    pub trace_id: String,
}

impl StageRun {
    /// How long it took, in milliseconds.
    pub fn milliseconds(&self) -> f64 {
        self.ended_ns.saturating_sub(self.started_ns).max(0) as f64 / 1e6
    }
}
