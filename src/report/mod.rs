//! What a run tells: a report is a value with a public JSON shape and a human text.
//!
//! One file a subcommand. The library builds reports; the binary decides where they go.

pub mod audit;
pub mod audit_life;
pub mod audit_outside;
pub mod baseline;
pub mod canary;
pub mod classify;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod envelope;
pub mod exit;
pub mod explain;
mod explained;
pub mod failure;
pub mod findings;
pub mod generated;
pub mod generations;
pub mod health;
pub mod help;
pub mod init;
pub mod integrate;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod quarantine;
pub mod rollback;
pub mod scan;
pub mod schema;
pub mod schemas;
pub mod security_answer;
pub mod security_eval;
pub mod security_fix;
pub mod skipped_run;
pub mod state;
pub mod status;
pub mod table;
pub mod trust;
pub mod watch;

use std::borrow::Cow;

use serde_json::Value;

use envelope::Envelope;

use crate::model::{Diagnostic, Skipped};
use crate::store::LedgerHead;

/// Whether the answer is yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, and the answer is yes; also nothing to do (exit 0).
    Yes,
    /// Done, and the answer is no (exit 1).
    No,
    /// Some inputs could not be judged and nothing gated was found (exit 3, or 0 with `--allow-incomplete`).
    Incomplete,
    /// There were no inputs (exit 4 with `--fail-on-empty`, else 0).
    Empty,
    /// The operation failed and everything is as before (exit 7).
    RolledBack,
    /// The operation failed and a person is needed (exit 8).
    NotRolledBack,
}

/// The output formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// For people.
    Human,
    /// One JSON document, the envelope.
    Json,
    /// One JSON object a line, the last one of type `summary`.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// GitHub workflow commands.
    Github,
    /// GitLab code quality.
    Gitlab,
    /// JUnit XML.
    Junit,
    /// Markdown.
    Markdown,
    /// Prometheus text.
    Prometheus,
    /// One self-contained page.
    Html,
}

/// Counts for the envelope.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stats {
    /// What there was to judge.
    pub inputs: u64,
    /// What was judged in full.
    pub judged: u64,
    /// What was left out or judged in part.
    pub skipped: Vec<Skipped>,
}

/// What a subcommand has to say.
pub trait Report {
    /// Name and version of its JSON shape, such as `scan/v1`.
    fn schema(&self) -> &'static str;

    /// The answer.
    fn outcome(&self) -> Outcome;

    /// The `data` of the envelope.
    fn data(&self) -> Value;

    /// The document of `json`. Reports of large trees write it without a copy of their data.
    fn document(&self, envelope: Envelope) -> String {
        envelope.around(self.data()).document()
    }

    /// The lines of `jsonl` before the summary; each is an object with a `type`.
    fn items(&self) -> Vec<Value> {
        Vec::new()
    }

    /// The same as text. Reports of large trees write it without a copy of their data.
    fn lines(&self) -> String {
        self.items().iter().map(|item| format!("{item}\n")).collect()
    }

    /// The text for people: sorted, free of times and durations unless `page.verbose`.
    fn human(&self, page: &mut Page);

    /// Another format, when this report has it.
    fn render(&self, _format: Format) -> Option<String> {
        None
    }

    /// What a format had no room for, or what its reader will not show.
    fn left_out(&self, _format: Format) -> Vec<Diagnostic> {
        Vec::new()
    }
}

/// A report together with what the envelope says about the run.
pub struct Answer {
    /// The report.
    pub report: Box<dyn Report>,
    /// Counts.
    pub stats: Stats,
    /// Warnings and notes.
    pub diagnostics: Vec<Diagnostic>,
    /// The ledger entry that this run wrote last.
    pub audit: Option<LedgerHead>,
    /// Commands to try next.
    pub next: Vec<String>,
}

impl Answer {
    /// An answer without anything beside the report.
    pub fn new(report: impl Report + 'static) -> Self {
        Self {
            report: Box::new(report),
            stats: Stats::default(),
            diagnostics: Vec::new(),
            audit: None,
            next: Vec::new(),
        }
    }
}

/// The text with ends of lines written out.
fn in_one_line(text: &str) -> Cow<'_, str> {
    if text.contains('\n') { Cow::Owned(text.replace('\n', "\\n")) } else { Cow::Borrowed(text) }
}

/// Where human text is written, and how wide and how talkative it may be.
#[derive(Debug, Clone)]
pub struct Page {
    /// The text so far, with ANSI styles where `colour` is on.
    pub text: String,
    /// Columns.
    pub width: usize,
    /// Whether to style.
    pub colour: bool,
    /// How often `-v` was given, less how often `-q` was.
    pub verbosity: i8,
}

impl Page {
    /// An empty page.
    pub fn new(width: usize, colour: bool, verbosity: i8) -> Self {
        Self { text: String::new(), width, colour, verbosity }
    }

    /// Adds a line. An end of line inside it came with the words of others, and is written out, so that what follows
    /// it cannot pass for a line of ours.
    pub fn line(&mut self, text: impl AsRef<str>) {
        self.text.push_str(&in_one_line(text.as_ref()));
        self.text.push('\n');
    }

    /// Adds a text of ours of several lines.
    pub fn block(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// The text in a style, when there is colour.
    pub fn styled(&self, style: anstyle::Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
