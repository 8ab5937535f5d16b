//! The reports of what happens to a ledger as it grows old: details erased, entries taken out and moved.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};
use crate::model::ledger::{Redaction, SeqRange};

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
        page.line(format!("the details of {} entries {verb}: {}", self.entries, ranges(&self.ranges)));
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
