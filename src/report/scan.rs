//! The reports of `scan`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Answer, Outcome, Page, Report, Stats};
use crate::incorporation::scan::{Restored, ScanOutcome};
use crate::model::{Change, ChangeKind, Skipped, counted};

/// So many differences are listed for people without being asked for all.
const SHOWN_CHANGES: usize = 20;

/// What a scan found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScanReport {
    /// Whether the index was written; false with `--dry-run`.
    pub recorded: bool,
    /// Each root.
    pub roots: Vec<RootReport>,
    /// Counts.
    pub counts: ScanCounts,
    /// Files of each kind.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Files of each language.
    pub languages: BTreeMap<&'static str, u64>,
    /// What differs from the index before, sorted by path.
    pub changes: Vec<Change>,
    /// What could not be judged; with `--list-skipped` also what was left out on purpose. Sorted by path.
    pub skipped: Vec<Skipped>,
    /// Whether `skipped` names everything.
    pub skipped_is_complete: bool,
    /// The backup that was written, in the state directory; null when nothing changed.
    pub backup: Option<String>,
    #[serde(skip)]
    incomplete: bool,
}

/// One root.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RootReport {
    /// The root; `.` is the project folder.
    pub path: String,
    /// Files found under it.
    pub files: u64,
    /// Why it could not be scanned to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// How many files.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScanCounts {
    /// Found.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Read, because they may have changed.
    pub read: u64,
    /// As the index had them.
    pub unchanged: u64,
    /// Not in the index before.
    pub new: u64,
    /// With another content.
    pub modified: u64,
    /// At another path with the same content.
    pub moved: u64,
    /// Gone.
    pub deleted: u64,
    /// Still there, but hidden now by an ignore pattern or a vendored folder.
    pub left_out: u64,
}

/// Which of the files that were left out are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Those that could not be judged.
    Gaps,
    /// All, with the reason for each.
    All,
}

/// The answer of a scan.
pub fn answer(outcome: ScanOutcome, listing: Listing, recorded: bool) -> Answer {
    let incomplete = outcome.is_incomplete();
    let gaps = outcome.skipped.iter().filter(|skipped| skipped.reason.is_gap());
    // What could not be read at all is an input as well, although it is no file of the index.
    let unread = (gaps.clone().count() as u64).saturating_sub(outcome.gaps);
    let stats = Stats {
        inputs: outcome.files + unread,
        judged: outcome.files.saturating_sub(outcome.gaps),
        skipped: outcome.skipped.clone(),
    };
    let skipped = match listing {
        Listing::All => outcome.skipped.clone(),
        Listing::Gaps => gaps.cloned().collect(),
    };
    let counts = ScanCounts {
        files: outcome.files,
        bytes: outcome.bytes,
        read: outcome.read,
        unchanged: outcome.unchanged,
        new: outcome.count(ChangeKind::New),
        modified: outcome.count(ChangeKind::Modified),
        moved: outcome.count(ChangeKind::Moved),
        deleted: outcome.count(ChangeKind::Deleted),
        left_out: outcome.count(ChangeKind::LeftOut),
    };
    let report = ScanReport {
        recorded,
        roots: outcome
            .roots
            .into_iter()
            .map(|root| RootReport {
                path: if root.key.is_empty() { ".".to_owned() } else { root.key },
                files: root.files,
                fault: root.fault,
            })
            .collect(),
        counts,
        kinds: outcome.kinds.into_iter().map(|(kind, count)| (kind.word(), count)).collect(),
        languages: outcome.languages.into_iter().map(|(language, count)| (language.word(), count)).collect(),
        changes: outcome.changes,
        skipped,
        skipped_is_complete: listing == Listing::All,
        backup: outcome.backup.and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned())),
        incomplete,
    };
    // Where nothing differs, what comes after a scan was done before.
    let next =
        if recorded && !report.changes.is_empty() { vec!["aetherra-maint classify".to_owned()] } else { Vec::new() };
    Answer { report: Box::new(report), stats, diagnostics: outcome.diagnostics, audit: outcome.audit, next }
}

impl Report for ScanReport {
    fn schema(&self) -> &'static str {
        "scan/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.incomplete {
            Outcome::Incomplete
        } else if self.counts.files == 0 {
            Outcome::Empty
        } else {
            Outcome::Yes
        }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn items(&self) -> Vec<Value> {
        let typed = |word: &str, value: Value| {
            let mut item = serde_json::Map::new();
            item.insert("type".to_owned(), json!(word));
            if let Value::Object(fields) = value {
                item.extend(fields);
            }
            Value::Object(item)
        };
        let roots = self.roots.iter().map(|root| typed("root", json!(root)));
        let changes = self.changes.iter().map(|change| typed("change", json!(change)));
        let skipped = self.skipped.iter().map(|skipped| typed("skipped", json!(skipped)));
        roots.chain(changes).chain(skipped).collect()
    }

    fn human(&self, page: &mut Page) {
        // A long list of files is one that was piped in.
        let is_list = page.verbosity <= 0 && self.roots.len() > SHOWN_CHANGES;
        if is_list {
            page.line(format!("{} roots: {}", self.roots.len(), counted(self.counts.files, "file")));
        }
        for root in &self.roots {
            let path = &root.path;
            match &root.fault {
                None if is_list => {}
                None => page.line(format!("{path}: {}", counted(root.files, "file"))),
                Some(fault) => page.line(format!("{path}: not scanned: {fault}")),
            }
        }
        let counts = &self.counts;
        let told = [
            (counts.new, "new"),
            (counts.modified, "modified"),
            (counts.moved, "moved"),
            (counts.deleted, "deleted"),
            (counts.left_out, "left out"),
            (counts.unchanged, "unchanged"),
        ];
        let told: Vec<String> =
            told.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        let verb = if self.recorded { "index" } else { "index (not written)" };
        page.line(format!("{verb}: {}", if told.is_empty() { "nothing".to_owned() } else { told.join(", ") }));
        if page.verbosity > 0 {
            let languages: Vec<String> =
                self.languages.iter().map(|(language, count)| format!("{language} {count}")).collect();
            page.line(format!("languages: {}", languages.join(", ")));
        }
        self.human_changes(page);
        self.human_skipped(page);
    }
}

impl ScanReport {
    fn human_changes(&self, page: &mut Page) {
        // The first scan finds everything new; a list of it all says nothing.
        let all = page.verbosity > 0;
        if self.changes.is_empty() || (!all && self.changes.len() > SHOWN_CHANGES) {
            if self.changes.len() > SHOWN_CHANGES && self.counts.unchanged > 0 {
                page.line("");
                page.line(format!("{}; `-v` lists them", counted(self.changes.len(), "difference")));
            }
            return;
        }
        page.line("");
        let mut table = Table::new(&[Column::Identifier("change"), Column::Identifier("path")]);
        for change in &self.changes {
            let path = match &change.from {
                Some(from) => format!("{from} -> {}", change.path),
                None => change.path.clone(),
            };
            table.row([change.change.word().to_owned(), path]);
        }
        table.write(page);
    }

    fn human_skipped(&self, page: &mut Page) {
        if self.skipped.is_empty() {
            return;
        }
        page.line("");
        let mut table =
            Table::new(&[Column::Identifier("left out"), Column::Identifier("reason"), Column::Text("detail")]);
        let shown = if self.skipped_is_complete || page.verbosity > 0 { self.skipped.len() } else { SHOWN_CHANGES };
        for skipped in self.skipped.iter().take(shown) {
            table.row([skipped.path.clone(), skipped.reason.word().to_owned(), skipped.detail.clone()]);
        }
        table.write(page);
        if self.skipped.len() > shown {
            page.line(format!("and {} more; `--list-skipped` names them all", self.skipped.len() - shown));
        }
    }
}

/// What `scan --restore` did.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RestoreReport {
    /// The backup.
    pub backup: String,
    /// Whether the index was written; false with `--dry-run`.
    pub recorded: bool,
    /// Files in the index now.
    pub files: u64,
    /// Those of them whose files have the content of the backup, so that what they declare is known again.
    pub confirmed: u64,
    /// Lines that could not be taken.
    pub bad_lines: u64,
}

/// The answer of a restore.
pub fn restored(backup: String, restored: Restored, recorded: bool) -> Answer {
    let report = RestoreReport {
        backup,
        recorded,
        files: restored.files,
        confirmed: restored.confirmed,
        bad_lines: restored.bad_lines,
    };
    Answer {
        stats: Stats { inputs: restored.files + restored.bad_lines, judged: restored.files, skipped: Vec::new() },
        report: Box::new(report),
        diagnostics: restored.diagnostics,
        audit: restored.audit,
        next: vec!["aetherra-maint scan".to_owned()],
    }
}

impl Report for RestoreReport {
    fn schema(&self) -> &'static str {
        "scan-restore/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.bad_lines > 0 { Outcome::Incomplete } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        let verb = if self.recorded { "restored" } else { "would be restored" };
        page.line(format!("{}: {} {verb}", self.backup, counted(self.files, "file")));
        let open = self.files - self.confirmed.min(self.files);
        if self.recorded && open > 0 {
            let what = counted(open, "file");
            page.line(format!("{what} changed, or could not be read; the next scan tells what became of them"));
        }
        if self.bad_lines > 0 {
            page.line(format!("{} could not be taken", counted(self.bad_lines, "line")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Digest, SkipReason};

    fn outcome() -> ScanOutcome {
        ScanOutcome {
            roots: vec![crate::incorporation::scan::RootOutcome { key: String::new(), files: 2, fault: None }],
            files: 2,
            gaps: 1,
            unchanged: 1,
            changes: vec![Change {
                path: "b.py".to_owned(),
                change: ChangeKind::Moved,
                from: Some("a.py".to_owned()),
                digest: Digest::of(b""),
                before: None,
            }],
            skipped: vec![
                Skipped { path: "b.py".to_owned(), reason: SkipReason::Unparsable, detail: "line 1: why".to_owned() },
                Skipped { path: "x/".to_owned(), reason: SkipReason::Vendored, detail: "a cache".to_owned() },
            ],
            ..ScanOutcome::default()
        }
    }

    fn text(listing: Listing) -> String {
        let mut page = Page::new(100, false, 0);
        answer(outcome(), listing, true).report.human(&mut page);
        page.text
    }

    #[test]
    fn people_see_what_differs_and_what_is_missing() {
        let text = text(Listing::Gaps);
        assert!(text.contains("index: 1 moved, 1 unchanged"), "{text}");
        assert!(text.contains("a.py -> b.py"), "{text}");
        assert!(text.contains("unparsable") && !text.contains("vendored"), "{text}");
    }

    #[test]
    fn all_that_was_left_out_is_listed_when_asked_for() {
        assert!(text(Listing::All).contains("vendored"));
    }

    #[test]
    fn a_gap_makes_the_answer_incomplete() {
        let answer = answer(outcome(), Listing::Gaps, true);
        assert_eq!(answer.report.outcome(), Outcome::Incomplete);
        assert_eq!((answer.stats.inputs, answer.stats.judged), (2, 1));
    }
}
