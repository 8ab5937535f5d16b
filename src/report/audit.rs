//! The reports of `audit`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Outcome, Page, Report};
use crate::ledger::verdict::{Fault, Judgement, LedgerCheck, Proven};
use crate::model::ledger::HostAudit;
use crate::model::{Digest, EntryClock, EntryHash, LedgerEntry, counted};

/// What `audit verify` has proven.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditVerify {
    /// In one word: `witnessed`, `anchored`, `consistent-unanchored`, `tampered` or `could-not-verify`.
    pub verdict: Proven,
    /// What was and what was not proven.
    pub sentence: String,
    /// The first thing that is wrong, where, and what caught it.
    pub fault: Option<Fault>,
    /// The name of the log.
    pub origin: Option<String>,
    /// Entries that there are.
    pub entries: u64,
    /// How many of them, from the first, were not read again because an earlier check had read them.
    pub trusted: u64,
    /// How many of them, from the first, are in segments.
    pub moved: u64,
    /// Files of segments that were needed and are not here.
    pub absent: Vec<String>,
    /// Entries that the newest signature of the log itself covers.
    pub signed: u64,
    /// The hash of the last entry.
    pub head: Option<EntryHash>,
    /// The root of the Merkle tree over the entries.
    pub root: Option<Digest>,
    /// Entries whose details were redacted, with a record of it.
    pub redacted: u64,
    /// Entries that a test clock dated.
    pub fixed_clock: u64,
    /// Entries that were made while the clock of the machine was behind the entry in front, whose time they got. Those in
    /// segments count when they are read.
    pub clock_behind: u64,
    /// Checkpoints kept elsewhere that were compared.
    pub anchors: Vec<String>,
}

impl AuditVerify {
    /// Puts a check and its judgement together.
    pub fn new(check: LedgerCheck, judgement: Judgement, anchors: Vec<String>) -> Self {
        Self {
            verdict: judgement.proven,
            sentence: judgement.sentence,
            fault: judgement.fault,
            origin: check.origin,
            entries: check.size,
            trusted: check.trusted,
            moved: check.moved,
            absent: check.absent,
            signed: check.signed,
            head: check.head,
            root: check.root,
            redacted: check.redacted,
            fixed_clock: check.fixed_clock,
            clock_behind: check.clock_behind,
            anchors,
        }
    }
}

/// Only what was changed is a no; what could not be checked is a gap.
pub(super) fn outcome_of(verdict: Proven) -> Outcome {
    match verdict {
        Proven::Tampered => Outcome::No,
        Proven::CouldNotVerify => Outcome::Incomplete,
        Proven::Witnessed | Proven::Anchored | Proven::ConsistentUnanchored => Outcome::Yes,
    }
}

impl Report for AuditVerify {
    fn schema(&self) -> &'static str {
        "audit-verify/v1"
    }

    fn outcome(&self) -> Outcome {
        outcome_of(self.verdict)
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("{}: {}", self.verdict.word(), self.sentence));
        if let Some(fault) = &self.fault {
            page.line(format!("caught by: {}", fault.layer.word()));
        }
        page.line(format!("entries: {}, {} of them signed", self.entries, self.signed));
        if self.moved > 0 {
            page.line(format!("in segments: the first {}", self.moved));
        }
        if let Some(head) = &self.head {
            page.line(format!("head: {head}"));
        }
        if let Some(root) = &self.root {
            page.line(format!("root: {root}"));
        }
        if self.redacted > 0 {
            page.line(format!(
                "redacted: the details of {} entries were erased, which the ledger records",
                self.redacted
            ));
        }
        if self.clock_behind > 0 {
            page.line(format!(
                "clock set back: {} made while the clock was behind the entry in front, whose time they got",
                counted(self.clock_behind, "entry")
            ));
        }
        if self.fixed_clock > 0 && page.verbosity > 0 {
            page.line(format!("test clock: {}", counted(self.fixed_clock, "entry")));
        }
    }
}

/// What `audit log` lists.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditLog {
    /// The entries, oldest first.
    pub entries: Vec<LedgerEntry>,
    /// How many entries, from the first, are in segments, and were not looked at.
    pub moved: u64,
}

/// An entry as a line of `jsonl`.
pub fn entry_item(entry: &LedgerEntry) -> Value {
    let mut item = json!(entry);
    item["type"] = json!("entry");
    item
}

/// An entry as a line for people who follow.
pub fn entry_line(entry: &LedgerEntry) -> String {
    let LedgerEntry { seq, action, subject, result, reason, .. } = entry;
    format!("{seq}  {}  {action}  {subject}  {result}  {reason}", time(entry.time_ns))
}

impl Report for AuditLog {
    fn schema(&self) -> &'static str {
        "audit-log/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.entries.is_empty() { Outcome::Empty } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn items(&self) -> Vec<Value> {
        self.entries.iter().map(entry_item).collect()
    }

    fn human(&self, page: &mut Page) {
        if self.moved > 0 {
            page.line(format!("the first {} entries are in segments; `audit export` reads them too", self.moved));
        }
        if self.entries.is_empty() {
            page.line("no entry fits");
            return;
        }
        let mut columns = vec![
            Column::Number("seq"),
            Column::Identifier("action"),
            Column::Identifier("subject"),
            Column::Text("result"),
            Column::Text("reason"),
        ];
        if page.verbosity > 0 {
            columns.insert(1, Column::Identifier("time"));
        }
        let mut table = Table::new(&columns);
        for entry in &self.entries {
            let mut cells = vec![
                entry.seq.to_string(),
                entry.action.clone(),
                entry.subject.clone(),
                entry.result.clone(),
                entry.reason.clone(),
            ];
            if page.verbosity > 0 {
                cells.insert(1, time(entry.time_ns));
            }
            table.row(cells);
        }
        table.write(page);
    }
}

/// What `audit show` tells of one entry.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditShow {
    /// The entry.
    pub entry: LedgerEntry,
    /// Whether its hash is what its fields and the entry in front give.
    pub hash_fits: bool,
}

impl Report for AuditShow {
    fn schema(&self) -> &'static str {
        "audit-show/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.hash_fits { Outcome::Yes } else { Outcome::No }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        let entry = &self.entry;
        page.line(format!("entry {}", entry.seq));
        for (name, value) in [
            ("time", dated(entry)),
            ("actor", entry.actor.clone()),
            ("action", entry.action.clone()),
            ("subject", entry.subject.clone()),
            ("reason", entry.reason.clone()),
            ("result", entry.result.clone()),
            ("run", entry.trace_id.clone()),
            ("in front", entry.prev_hash.to_string()),
            ("hash", entry.entry_hash.to_string()),
        ] {
            page.line(format!("  {name}: {value}"));
        }
        match &entry.details {
            Some(details) => page.line(format!("  details: {details:#}")),
            None if entry.details_digest.is_some() => page.line("  details: redacted; their digest is kept"),
            None => {}
        }
        if !self.hash_fits {
            page.line("  the hash does not fit: this entry, or one in front of it, was changed");
        }
    }
}

/// When an entry was made, and what there is to know about the clock.
fn dated(entry: &LedgerEntry) -> String {
    let time = time(entry.time_ns);
    match entry.clock {
        EntryClock::System | EntryClock::Fixed => time,
        EntryClock::Behind => format!("{time} at least: the clock was behind"),
    }
}

/// What `audit import` took over.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditImport {
    /// What was found in the file.
    #[serde(flatten)]
    pub found: HostAudit,
    /// Whether nothing was written, because nothing was to be.
    pub dry_run: bool,
}

impl Report for AuditImport {
    fn schema(&self) -> &'static str {
        "audit-import/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.found.unlinked > 0 { Outcome::Incomplete } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        let verb = if self.dry_run { "would be taken over" } else { "taken over" };
        page.line(format!("{} of {} {verb}", counted(self.found.records, "record"), self.found.source));
        page.line(format!(
            "linked by hash: {}; with hashes that do not link: {}; without: {}",
            self.found.linked, self.found.unlinked, self.found.unproven
        ));
        page.line("what they could not prove is marked so in each entry");
    }
}

/// RFC 3339, UTC.
pub(super) fn time(ns: i64) -> String {
    jiff::Timestamp::from_nanosecond(i128::from(ns)).map_or_else(|_| ns.to_string(), |time| time.to_string())
}

/// What `audit checkpoint` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditCheckpoint {
    /// The newest checkpoint, a signed note; none while nothing was recorded.
    pub note: Option<String>,
    /// The key that signs every checkpoint of this log, for those who check them; none when it is not here.
    pub key: Option<String>,
}

impl Report for AuditCheckpoint {
    fn schema(&self) -> &'static str {
        "audit-checkpoint/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.note.is_some() { Outcome::Yes } else { Outcome::Empty }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        match &self.note {
            // The note is data: whoever redirects it into a file must get it as it is.
            Some(note) => {
                page.text.push_str(note);
                if let (Some(key), true) = (&self.key, page.verbosity > 0) {
                    page.line(format!("\nkey: {key}"));
                }
            }
            None => page.line("there is no checkpoint yet: nothing was recorded"),
        }
    }
}
