//! The envelope around every JSON document.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::model::Diagnostic;
use crate::store::LedgerHead;

/// The one shape of every JSON document that the tool writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Envelope {
    /// Name and version of `data`, such as `scan/v1`.
    pub schema: String,
    /// Who wrote this.
    pub tool: Tool,
    /// The subcommand, such as `audit verify`.
    pub command: String,
    /// Identifies the run; ledger entries carry it as their trace id.
    pub run_id: String,
    /// RFC 3339, UTC.
    pub started_at: String,
    /// Milliseconds.
    pub duration_ms: u64,
    /// Whether the exit code is 0.
    pub ok: bool,
    /// `ok`, `negative`, `incomplete`, `no-inputs`, or the status of an error.
    pub status: String,
    /// The exit code of the process.
    pub exit_code: i32,
    /// Whether every input could be judged.
    pub complete: bool,
    /// Counts.
    pub stats: EnvelopeStats,
    /// The report; null when the run failed before it had one.
    pub data: Value,
    /// Warnings, notes and the error.
    pub diagnostics: Vec<Diagnostic>,
    /// The last ledger entry that this run wrote.
    pub audit: Option<LedgerHead>,
    /// Commands to try next.
    pub next: Vec<String>,
}

/// Who wrote a document.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Tool {
    /// Always `aetherra-maint`.
    pub name: &'static str,
    /// The version of the binary.
    pub version: &'static str,
}

/// Counts of a run.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct EnvelopeStats {
    /// What there was to judge.
    pub inputs: u64,
    /// What was judged in full.
    pub judged: u64,
    /// What was not, by reason.
    pub skipped: Vec<SkippedCount>,
}

/// How many inputs were left out for one reason.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SkippedCount {
    /// The reason.
    pub reason: String,
    /// How many.
    pub count: u64,
}
