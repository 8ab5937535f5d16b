//! The reports of what happens to a ledger as it grows old: details erased, entries taken out and moved.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};
use crate::execute::audit_export::{ExportForm, Exported};
use crate::ledger::segment::{SegmentCheck, SegmentError};
use crate::ledger::verdict::{Fault, Judgement, Proven};
use crate::model::counted;
use crate::model::ledger::{Redaction, Rotation, SeqRange};

/// What `audit redact` erased.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditRedact {
    /// How many entries lost their details.
    pub entries: u64,
    /// Which.
    pub ranges: Vec<SeqRange>,
    /// Why.
    pub reason: String,
    /// Whether the bytes are gone from the files of the state too. While somebody else reads, the log of the database
    /// keeps them until the next change.
    pub wiped: bool,
    /// Copies of the state that were made before and were not touched.
    pub copies: Vec<String>,
    /// Whether nothing was erased, because nothing was to be.
    pub dry_run: bool,
}

impl AuditRedact {
    /// The report of what was erased, or of what would be when there is only a list.
    pub fn new(redaction: Redaction, reason: &str, copies: Vec<String>) -> Self {
        let Redaction { ranges, wiped } = redaction;
        let entries = ranges.iter().map(SeqRange::count).sum();
        Self { entries, ranges, reason: reason.to_owned(), wiped, copies, dry_run: false }
    }

    /// The report of a rehearsal.
    pub fn rehearsed(ranges: Vec<SeqRange>, reason: &str, copies: Vec<String>) -> Self {
        Self { dry_run: true, ..Self::new(Redaction { ranges, wiped: false }, reason, copies) }
    }
}

impl Report for AuditRedact {
    fn schema(&self) -> &'static str {
        "audit-redact/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.entries == 0 { Outcome::Empty } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        if self.entries == 0 {
            page.line("no entry that this means has details");
            return;
        }
        let verb = if self.dry_run { "would be erased" } else { "were erased; their digests are kept" };
        page.line(format!("the details of {} {verb}: {}", counted(self.entries, "entry"), ranges(&self.ranges)));
        if !self.dry_run && !self.wiped {
            page.line("somebody reads the state right now: the bytes are overwritten with the next change");
        }
        for copy in &self.copies {
            page.line(format!("not touched: {copy}"));
        }
    }
}

/// The ranges, or as many as a person reads.
fn ranges(ranges: &[SeqRange]) -> String {
    const SHOWN: usize = 12;
    let mut text: Vec<String> = ranges.iter().take(SHOWN).map(ToString::to_string).collect();
    if ranges.len() > SHOWN {
        text.push("…".to_owned());
    }
    text.join(", ")
}

/// What `audit rotate` moved.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditRotate {
    /// Which entries; none when there were none to move.
    pub range: Option<SeqRange>,
    /// The file that they are in now.
    pub file: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// Whether nothing was moved, because nothing was to be.
    pub dry_run: bool,
}

impl AuditRotate {
    /// The report of what was moved.
    pub fn new(rotation: Option<Rotation>) -> Self {
        let (range, rest) = rotation.map(|rotation| (rotation.range, (rotation.file, rotation.bytes))).unzip();
        let (file, bytes) = rest.unzip();
        Self { range, file, bytes, dry_run: false }
    }

    /// The report of what would be moved.
    pub fn rehearsed(range: Option<SeqRange>) -> Self {
        Self { range, file: None, bytes: None, dry_run: true }
    }
}

impl Report for AuditRotate {
    fn schema(&self) -> &'static str {
        "audit-rotate/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.range.is_some() { Outcome::Yes } else { Outcome::Empty }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        match (self.range, &self.file) {
            (None, _) => page.line("there is nothing to move"),
            (Some(range), None) => page.line(format!("the entries {range} would be moved")),
            (Some(range), Some(file)) => page.line(format!("the entries {range} were moved to {file}")),
        }
    }
}

/// What `audit export` wrote.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditExport {
    /// The name of the log.
    pub origin: String,
    /// The form.
    pub form: ExportForm,
    /// How many entries.
    pub entries: u64,
    /// How many entries the checkpoint covers that the proofs lead to.
    pub size: u64,
    /// The file.
    pub file: String,
    /// Whether nothing was written, because nothing was to be.
    pub dry_run: bool,
}

impl AuditExport {
    /// The report of an export.
    pub fn new(exported: Exported, form: ExportForm, file: String) -> Self {
        let Exported { origin, entries, size } = exported;
        Self { origin, form, entries, size, file, dry_run: false }
    }
}

impl Report for AuditExport {
    fn schema(&self) -> &'static str {
        "audit-export/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.entries == 0 { Outcome::Empty } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        let verb = if self.dry_run { "to be written" } else { "written" };
        let proofs = match self.form {
            ExportForm::Jsonl => format!(", each with the proof that leads to the checkpoint over {}", self.size),
            ExportForm::Cloudevents => String::new(),
        };
        page.line(format!("{} {verb} to {}{proofs}", counted(self.entries, "entry"), self.file));
    }
}

/// What `audit verify --segment` has shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditSegment {
    /// In one word: `witnessed`, `anchored`, `consistent-unanchored`, `tampered` or `could-not-verify`.
    pub verdict: Proven,
    /// What was and what was not proven.
    pub sentence: String,
    /// The first thing that is wrong, where, and what caught it.
    pub fault: Option<Fault>,
    /// The name of the log.
    pub origin: Option<String>,
    /// Which entries.
    pub range: Option<SeqRange>,
    /// Entries whose details were erased.
    pub redacted: u64,
    /// How many of those no entry of the segment tells of: later ones do, or none.
    pub untold: u64,
    /// The key that signs every checkpoint of the log, as its first entry names it.
    pub key: Option<String>,
}

impl AuditSegment {
    /// Puts a check and its judgement together.
    pub fn new(read: Result<SegmentCheck, SegmentError>, judgement: Judgement) -> Self {
        let Judgement { proven, sentence, fault } = judgement;
        let read = read.ok();
        Self {
            verdict: proven,
            sentence,
            fault,
            origin: read.as_ref().map(|check| check.head.origin.clone()),
            range: read.as_ref().map(|check| SeqRange { from: check.head.first, to: check.head.last }),
            redacted: read.as_ref().map_or(0, |check| check.pass.erased.len() as u64),
            untold: read.as_ref().map_or(0, |check| check.untold),
            key: read.and_then(|check| check.identity).map(|key| key.to_string()),
        }
    }
}

impl Report for AuditSegment {
    fn schema(&self) -> &'static str {
        "audit-segment/v1"
    }

    fn outcome(&self) -> Outcome {
        super::audit::outcome_of(self.verdict)
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("{}: {}", self.verdict.word(), self.sentence));
        if let Some(fault) = &self.fault {
            page.line(format!("caught by: {}", fault.layer.word()));
        }
        if self.redacted > 0 {
            page.line(format!("redacted: the details of {} were erased", counted(self.redacted, "entry")));
        }
        if let (Some(key), true) = (&self.key, page.verbosity > 0) {
            page.line(format!("key: {key}"));
        }
    }
}
