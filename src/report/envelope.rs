//! The envelope around every JSON document.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::exit::{Exit, ExitRules, exit_of};
use super::problem::error_diagnostic;
use super::{Answer, Outcome, Stats};
use crate::error::Error;
use crate::model::Diagnostic;
use crate::store::LedgerHead;

/// The one shape of every JSON document that the tool writes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Envelope")]
pub struct Envelope<D = Value> {
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
    pub data: D,
    /// Warnings, notes and the error.
    pub diagnostics: Vec<Diagnostic>,
    /// The last ledger entry that this run wrote.
    pub audit: Option<LedgerHead>,
    /// Commands to try next.
    pub next: Vec<String>,
}

/// Who wrote a document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Tool {
    /// Always `aetherra-maint`.
    pub name: &'static str,
    /// The version of the binary.
    pub version: &'static str,
}

/// Counts of a run.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct EnvelopeStats {
    /// What there was to judge.
    pub inputs: u64,
    /// What was judged in full.
    pub judged: u64,
    /// What was not, by reason.
    pub skipped: Vec<SkippedCount>,
}

/// How many inputs were left out for one reason.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SkippedCount {
    /// The reason.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// The schema of a run that failed before it had a report.
pub const ERROR_SCHEMA: &str = "error/v1";

/// What is known of a run whatever becomes of it.
#[derive(Debug, Clone)]
pub struct Run {
    /// The subcommand, such as `audit verify`.
    pub command: String,
    /// Identifies the run.
    pub run_id: String,
    /// When it began.
    pub started_at: jiff::Timestamp,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// How outcomes become exit codes.
    pub rules: ExitRules,
}

impl Envelope {
    /// The envelope of a run that has an answer, without its data: only one format shows that, and of a large
    /// tree it is large.
    pub fn of_answer(answer: &Answer, run: &Run) -> Self {
        let outcome = answer.report.outcome();
        let gaps = answer.stats.skipped.iter().any(|skipped| skipped.reason.is_gap());
        Self {
            schema: answer.report.schema().to_owned(),
            complete: outcome != Outcome::Incomplete && !gaps,
            stats: EnvelopeStats::of(&answer.stats),
            diagnostics: answer.diagnostics.clone(),
            audit: answer.audit.clone(),
            next: answer.next.clone(),
            ..Self::empty(run, exit_of(Ok(outcome), run.rules))
        }
    }

    /// The envelope of a run that failed before it had an answer.
    pub fn of_error(error: &Error, run: &Run) -> Self {
        Self { diagnostics: vec![error_diagnostic(error)], ..Self::empty(run, exit_of(Err(error.kind), run.rules)) }
    }

    fn empty(run: &Run, exit: Exit) -> Self {
        Self {
            schema: ERROR_SCHEMA.to_owned(),
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            command: run.command.clone(),
            run_id: run.run_id.clone(),
            started_at: run.started_at.to_string(),
            duration_ms: run.duration_ms,
            ok: exit.code == 0,
            status: exit.status.to_owned(),
            exit_code: exit.code,
            complete: false,
            stats: EnvelopeStats::default(),
            data: Value::Null,
            diagnostics: Vec::new(),
            audit: None,
            next: Vec::new(),
        }
    }

    /// The last line of `--format jsonl`: the envelope without its data. A stream without it is a failed run.
    pub fn summary_line(&self) -> String {
        let mut summary = serde_json::Map::new();
        summary.insert("type".to_owned(), json!("summary"));
        if let Value::Object(fields) = json!(self) {
            summary.extend(fields.into_iter().filter(|(name, _)| name != "data"));
        }
        format!("{}\n", Value::Object(summary))
    }
}

impl<D> Envelope<D> {
    /// The same around other data.
    pub fn around<E>(self, data: E) -> Envelope<E> {
        let Self { schema, tool, command, run_id, started_at, duration_ms, ok, status, .. } = self;
        let Self { exit_code, complete, stats, diagnostics, audit, next, .. } = self;
        Envelope {
            schema,
            tool,
            command,
            run_id,
            started_at,
            duration_ms,
            ok,
            status,
            exit_code,
            complete,
            stats,
            data,
            diagnostics,
            audit,
            next,
        }
    }
}

impl<D: Serialize> Envelope<D> {
    /// The document of `--format json`, written from the data as they are: of a large tree a copy is large.
    ///
    /// # Panics
    ///
    /// Where the data cannot be written as JSON, which is a mistake in the shape of a report.
    pub fn document(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("reports can be written as JSON");
        text.push('\n');
        text
    }
}

impl EnvelopeStats {
    fn of(stats: &Stats) -> Self {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for skipped in &stats.skipped {
            *counts.entry(skipped.reason.word()).or_default() += 1;
        }
        Self {
            inputs: stats.inputs,
            judged: stats.judged,
            skipped: counts
                .into_iter()
                .map(|(reason, count)| SkippedCount { reason: reason.to_owned(), count })
                .collect(),
        }
    }
}
