//! Discovery: roots in, index out.
//!
//! # Order
//!
//! Walk all roots in parallel; compare what the file system says with the index; read, in parallel, what
//! may have changed; decide purely what differs; write it in one transaction with its entry in the
//! ledger; write the backup. A scan that finds nothing changed writes nothing.
//!
//! # Deleting
//!
//! A file leaves the index only when its folder could be read and it was not in it. What lies in a folder
//! that could not be read, in a root that could not be opened, or in a root that was no longer there at
//! the end of the scan, is kept as it was and told as a gap.
//!
//! # Performance
//!
//! An unchanged file costs one `stat` and one look into a hash map. Structures are made and compressed by
//! the workers and are not read again by a scan.

mod backup;
mod compare;
mod content;
mod git_index;
mod language;
mod open;
mod roots;
mod rules;
mod walk;

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

pub use backup::{BACKUP, Restored, restore};

use self::backup::Draft;
use self::compare::Content;
use self::content::{Buffers, Failure, Reading};
use self::walk::{Found, Seen, Walk};
use super::structure::STACK_BYTES;
use crate::Context;
use crate::error::{Error, Result};
use crate::host::{Host, Stop};
use crate::model::{
    Change, ChangeKind, Diagnostic, Digest, FileKind, IndexRecord, IndexedFile, Language, Level, NewEntry, SkipReason,
    Skipped, path_key,
};
use crate::store::{KnownFile, LedgerHead, PackedStructure};

/// Room on a worker's stack beyond what the parsers ask for.
const WORKER_STACK_BYTES: usize = STACK_BYTES + 16 * 1024 * 1024;

/// What is to be scanned.
#[derive(Debug, Clone)]
pub struct ScanRequest {
    /// The folder that paths in the index are relative to.
    pub project: PathBuf,
    /// What to scan, relative to the project or absolute; empty for `scan.roots` of the settings.
    pub roots: Vec<PathBuf>,
    /// Which files are read.
    pub depth: Depth,
    /// Whether the index is written.
    pub effect: Effect,
}

/// Which files are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Those that may have changed.
    Changed,
    /// All of them.
    Full,
}

/// Whether the index is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Write what was found.
    Record,
    /// Only say what was found.
    Pretend,
}

/// One root and how it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootOutcome {
    /// How it is written in the index; empty for the project folder.
    pub key: String,
    /// Files found under it.
    pub files: u64,
    /// What happened, when it could not be scanned to the end.
    pub fault: Option<String>,
}

/// What a scan found.
#[derive(Debug, Default)]
pub struct ScanOutcome {
    /// Each root.
    pub roots: Vec<RootOutcome>,
    /// Files found.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were read.
    pub read: u64,
    /// Files that are as the index has them.
    pub unchanged: u64,
    /// Files that are indexed, but in which something could not be judged.
    pub gaps: u64,
    /// Rows whose times or racy mark were brought up to date.
    pub refreshed: u64,
    /// What differs, sorted by path.
    pub changes: Vec<Change>,
    /// Files of each kind.
    pub kinds: FxHashMap<FileKind, u64>,
    /// Files of each language.
    pub languages: FxHashMap<Language, u64>,
    /// All that was left out or could not be judged, sorted by path.
    pub skipped: Vec<Skipped>,
    /// Warnings and notes.
    pub diagnostics: Vec<Diagnostic>,
    /// The entry in the ledger; none when nothing was written.
    pub audit: Option<LedgerHead>,
    /// Where the backup is; none when it was not written in this run.
    pub backup: Option<PathBuf>,
}

impl ScanOutcome {
    /// Whether something could not be judged.
    pub fn is_incomplete(&self) -> bool {
        self.skipped.iter().any(|skipped| skipped.reason.is_gap())
    }

    /// How many files differ in this way.
    pub fn count(&self, kind: ChangeKind) -> u64 {
        self.changes.iter().filter(|change| change.change == kind).count() as u64
    }
}

/// Scans the roots and brings the index up to date.
pub fn scan(context: &mut Context<'_>, request: &ScanRequest) -> Result<ScanOutcome> {
    let project = roots::canonical_project(&request.project)?;
    let named: Vec<PathBuf> = if request.roots.is_empty() {
        context.settings.scan.roots.iter().map(PathBuf::from).collect()
    } else {
        request.roots.clone()
    };
    let roots = roots::open(&project, &named)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(rayon::current_num_threads())
        .stack_size(WORKER_STACK_BYTES)
        .build()
        .map_err(|error| Error::bug(format!("no threads could be started: {error}")))?;
    let walk = Walk {
        roots: &roots.good,
        vendored: &context.settings.scan.vendored,
        state: identity(context.store.directory()),
        stop: &context.host.stop,
    };
    context.host.progress.begin("looking", None);
    let seen = pool.install(|| walk.run());
    context.host.progress.finish();
    context.check_stop()?;
    let mut scan = Scan::new(&roots, seen);
    scan.compare(context, request.depth)?;
    let (host, max_parse) = (context.host, context.settings.scan.max_parse_bytes);
    pool.install(|| scan.read(host, max_parse));
    context.check_stop()?;
    scan.check_roots();
    scan.decide(context)?;
    if request.effect == Effect::Record {
        scan.record(context)?;
    }
    Ok(scan.finish(context))
}

/// Device and inode, by which a folder is known under whatever name.
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

/// A file that has to be read.
#[derive(Debug)]
struct Candidate {
    found: Found,
    known: Option<KnownFile>,
}

/// A file that was read, ready to be written.
#[derive(Debug)]
struct Fresh {
    record: IndexRecord,
    structure: Option<PackedStructure>,
    known: Option<KnownFile>,
    before: Option<Digest>,
    /// Index of its root.
    root: usize,
}

/// A scan on its way.
struct Scan<'a> {
    roots: &'a roots::Roots,
    seen: Seen,
    /// What is in the index and was not found in the tree.
    missing: FxHashMap<String, KnownFile>,
    candidates: Vec<Candidate>,
    fresh: Vec<Fresh>,
    /// Files that are in the index and could not be read now: they stay.
    kept: FxHashSet<String>,
    gone: Vec<String>,
    /// Roots that were not there any more at the end.
    lost: FxHashSet<usize>,
    unchanged_paths: bool,
    /// Whether the index held nothing, so that what is read now is all that it will hold.
    was_empty: bool,
    outcome: ScanOutcome,
}

impl<'a> Scan<'a> {
    fn new(roots: &'a roots::Roots, seen: Seen) -> Self {
        let outcome = ScanOutcome {
            roots: roots
                .good
                .iter()
                .map(|root| RootOutcome { key: root.key.clone(), files: 0, fault: None })
                .chain(roots.bad.iter().map(|root| RootOutcome {
                    key: root.key.clone(),
                    files: 0,
                    fault: Some(if root.missing { "missing".to_owned() } else { root.detail.clone() }),
                }))
                .collect(),
            ..ScanOutcome::default()
        };
        Self {
            roots,
            seen,
            missing: FxHashMap::default(),
            candidates: Vec::new(),
            fresh: Vec::new(),
            kept: FxHashSet::default(),
            gone: Vec::new(),
            lost: FxHashSet::default(),
            unchanged_paths: false,
            was_empty: false,
            outcome,
        }
    }

    /// Sets apart what has to be read.
    fn compare(&mut self, context: &Context<'_>, depth: Depth) -> Result<()> {
        let count = usize::try_from(context.store.file_count()?).unwrap_or(0);
        self.was_empty = count == 0;
        self.missing.reserve(count);
        let missing = &mut self.missing;
        context.store.file_stats(|path, known| {
            missing.insert(path.to_owned(), known);
        })?;
        let several = self.roots.good.len() > 1;
        let mut twice: FxHashSet<String> = FxHashSet::default();
        for found in std::mem::take(&mut self.seen.files) {
            // Roots may overlap.
            if several && !twice.insert(found.key.clone()) {
                continue;
            }
            self.outcome.files += 1;
            self.outcome.bytes += found.stat.size;
            if let Some(root) = self.outcome.roots.get_mut(found.root) {
                root.files += 1;
            }
            match self.missing.remove(&found.key) {
                Some(known) if depth == Depth::Changed && !known.racy && known.stat == found.stat => {
                    self.outcome.unchanged += 1;
                    *self.outcome.kinds.entry(known.kind).or_default() += 1;
                    *self.outcome.languages.entry(known.language).or_default() += 1;
                }
                known => self.candidates.push(Candidate { found, known }),
            }
        }
        self.unchanged_paths = self.outcome.unchanged > 0;
        Ok(())
    }

    /// Reads all candidates in parallel.
    fn read(&mut self, host: &Host, max_parse: u64) {
        let candidates = std::mem::take(&mut self.candidates);
        let read_ns = host.clock.now_ns();
        host.progress.begin("reading", Some(candidates.len() as u64));
        let roots = self.roots;
        let results: Vec<(Candidate, Result<Fresh, Failure>)> = candidates
            .into_par_iter()
            .map_init(Buffers::default, |buffers, candidate| {
                if host.stop.is_requested() {
                    return (candidate, Err(Failure::Gone));
                }
                let result = read_one(roots, &candidate, Limits { max_parse, read_ns, stop: &host.stop }, buffers);
                host.progress.advance(1);
                (candidate, result)
            })
            .collect();
        host.progress.finish();
        self.outcome.read = results.len() as u64;
        self.fresh.reserve(results.len());
        for (candidate, result) in results {
            match result {
                Ok(fresh) => self.fresh.push(fresh),
                Err(failure) => self.not_read(candidate, &failure),
            }
        }
        // In this order rows and backup are appended to, rather than filled in here and there.
        self.fresh.par_sort_unstable_by(|left, right| left.record.file.path.cmp(&right.record.file.path));
    }

    fn not_read(&mut self, candidate: Candidate, failure: &Failure) {
        let Candidate { found, known } = candidate;
        self.outcome.files -= 1;
        self.outcome.bytes -= found.stat.size;
        if let Some(root) = self.outcome.roots.get_mut(found.root) {
            root.files -= 1;
        }
        let (reason, detail) = match failure {
            Failure::Gone => {
                // It vanished while we looked: as if it had never been seen.
                if let Some(known) = known {
                    self.missing.insert(found.key, known);
                }
                return;
            }
            Failure::Changing => (SkipReason::Changing, "it changed each time that it was read".to_owned()),
            Failure::Refused(error) => (SkipReason::Unreadable, error.to_string()),
        };
        if known.is_some() {
            self.kept.insert(found.key.clone());
        }
        self.outcome.skipped.push(Skipped { path: found.key, reason, detail });
    }

    /// Drops what was found under a root that is no longer there.
    fn check_roots(&mut self) {
        for (index, root) in self.roots.good.iter().enumerate() {
            if !root.anchor.is_still_at(&root.path) {
                self.lost.insert(index);
                if let Some(outcome) = self.outcome.roots.get_mut(index) {
                    outcome.fault = Some("it vanished while it was scanned".to_owned());
                }
            }
        }
        if !self.lost.is_empty() {
            let lost = &self.lost;
            self.fresh.retain(|fresh| !lost.contains(&fresh.root));
        }
    }

    /// Decides what differs.
    fn decide(&mut self, context: &Context<'_>) -> Result<()> {
        for fresh in &mut self.fresh {
            if let Some(known) = fresh.known {
                fresh.before = context.store.file_digest(known.id)?;
            }
            *self.outcome.kinds.entry(fresh.record.file.kind).or_default() += 1;
            *self.outcome.languages.entry(fresh.record.file.language).or_default() += 1;
        }
        let mut vanished = Vec::new();
        for (path, known) in &self.missing {
            if self.is_surely_gone(path)
                && let Some(digest) = context.store.file_digest(known.id)?
            {
                vanished.push(Content { path: path.clone(), digest, size: known.stat.size });
            }
        }
        vanished.sort_by(|left, right| left.path.cmp(&right.path));
        let read: Vec<(Content, Option<Digest>)> = self
            .fresh
            .iter()
            .map(|fresh| {
                let file = &fresh.record.file;
                (Content { path: file.path.clone(), digest: file.digest, size: file.size }, fresh.before)
            })
            .collect();
        self.outcome.changes = compare::changes(&read, &vanished);
        let same = self.fresh.iter().filter(|fresh| fresh.before == Some(fresh.record.file.digest));
        self.outcome.unchanged += same.clone().count() as u64;
        self.outcome.refreshed = same.count() as u64;
        self.gone = vanished.into_iter().map(|content| content.path).collect();
        Ok(())
    }

    /// Whether a file of the index that was not found is really not there.
    fn is_surely_gone(&self, path: &str) -> bool {
        if self.kept.contains(path) {
            return false;
        }
        let within_a_root = self
            .roots
            .good
            .iter()
            .enumerate()
            .any(|(index, root)| !self.lost.contains(&index) && path_key::is_within(path, &root.key));
        within_a_root && !self.seen.unknown_folders.iter().any(|folder| path_key::is_within(path, folder))
    }

    /// Writes the differences and their entry in one transaction.
    fn record(&mut self, context: &mut Context<'_>) -> Result<()> {
        if self.outcome.changes.is_empty() && self.fresh.is_empty() {
            return Ok(());
        }
        context.check_stop()?;
        let (changes, fresh, gone) = (&self.outcome.changes, &self.fresh, &self.gone);
        let entry = self.entry();
        let directory = context.store.directory().to_path_buf();
        let (recorded, draft) = std::thread::scope(|threads| {
            // Of a new index everything is at hand, so that its backup is written beside the transaction.
            let draft = self.was_empty.then(|| {
                threads
                    .spawn(|| Draft::write(&directory, |line| fresh.iter().try_for_each(|fresh| line(&fresh.record))))
            });
            let recorded = context.store.record(context.trace_id, |tx| {
                let mut moved: FxHashSet<&str> = FxHashSet::default();
                for change in changes {
                    if let Some(from) = &change.from {
                        tx.file_rename(from, &change.path)?;
                        moved.insert(from);
                    }
                }
                for path in gone.iter().filter(|path| !moved.contains(path.as_str())) {
                    tx.file_delete(path)?;
                }
                for fresh in fresh {
                    tx.file_put(&fresh.record, fresh.structure.as_ref())?;
                }
                Ok(((), entry))
            });
            (recorded, draft.and_then(|draft| draft.join().ok()))
        });
        let ((), head) = recorded?;
        self.outcome.audit = Some(head);
        // The backup before is replaced only when the index is in the database.
        let backup = match draft {
            Some(draft) => draft.and_then(Draft::publish),
            None => backup::write(context.store),
        };
        match backup {
            Ok(path) => self.outcome.backup = Some(path),
            // The index itself is safe in the database, so this is no failure of the scan.
            Err(error) => self.outcome.diagnostics.push(
                Diagnostic::warning("backup-not-written", error.to_string())
                    .helped("the index is in the database; make room and scan with `--full` to write its backup"),
            ),
        }
        Ok(())
    }

    fn entry(&self) -> NewEntry {
        let roots: Vec<&str> =
            self.roots.good.iter().map(|root| if root.key.is_empty() { "." } else { root.key.as_str() }).collect();
        // The entry commits to what was written: anybody who has the changes can compute this again.
        let mut text = String::new();
        for change in &self.outcome.changes {
            text.push_str(change.change.word());
            text.push('\t');
            text.push_str(&change.path);
            text.push('\t');
            text.push_str(&change.digest.hex());
            text.push('\n');
        }
        NewEntry::new("index.update", roots.join(", "), "scan").detailed(serde_json::json!({
            "new": self.outcome.count(ChangeKind::New),
            "modified": self.outcome.count(ChangeKind::Modified),
            "moved": self.outcome.count(ChangeKind::Moved),
            "deleted": self.outcome.count(ChangeKind::Deleted),
            "refreshed": self.outcome.refreshed,
            "changes_digest": Digest::of(text.as_bytes()),
        }))
    }

    /// Puts together what is told.
    fn finish(mut self, context: &Context<'_>) -> ScanOutcome {
        self.tell_gaps(context);
        let mut outcome = self.outcome;
        outcome.skipped.append(&mut self.seen.skipped);
        for bad in &self.roots.bad {
            let detail = if bad.missing { "there is nothing of this name".to_owned() } else { bad.detail.clone() };
            outcome.diagnostics.push(
                Diagnostic::new(Level::Error, "root-not-scanned", format!("this root was not scanned: {detail}"))
                    .at(&bad.key)
                    .helped("check the path and its permissions; what the index has of it was kept"),
            );
            outcome.skipped.push(Skipped { path: bad.key.clone(), reason: SkipReason::Unreadable, detail });
        }
        for index in &self.lost {
            let Some(root) = self.roots.good.get(*index) else { continue };
            let key = if root.key.is_empty() { ".".to_owned() } else { root.key.clone() };
            let detail = "it vanished while it was scanned".to_owned();
            outcome.diagnostics.push(
                Diagnostic::new(Level::Error, "root-vanished", "this root vanished while it was scanned")
                    .at(&key)
                    .helped("bring it back and scan again; what the index has of it was kept"),
            );
            outcome.skipped.push(Skipped { path: key, reason: SkipReason::Unreadable, detail });
        }
        outcome.diagnostics.extend(git_notes(&self.seen));
        outcome.skipped.sort();
        outcome.skipped.dedup();
        outcome.diagnostics.extend(gap_diagnostics(&outcome.skipped));
        outcome
    }

    /// Adds what could not be judged in files that are indexed: those read now, and those that did not change.
    fn tell_gaps(&mut self, context: &Context<'_>) {
        let mut odd = None;
        for fresh in &self.fresh {
            let file = &fresh.record.file;
            if let Some(gap) = &fresh.record.gap {
                self.outcome.gaps += 1;
                self.outcome.skipped.push(Skipped {
                    path: file.path.clone(),
                    reason: gap.reason,
                    detail: gap.detail.clone(),
                });
            }
            if path_key::is_escaped(&file.path) {
                odd.get_or_insert((0_u64, file.path.clone())).0 += 1;
            }
        }
        if let Some((count, path)) = odd {
            self.outcome.diagnostics.push(
                Diagnostic::note(
                    "odd-name",
                    format!("{count} file names are no plain text and are written with escapes"),
                )
                .at(path)
                .helped("`\\xff` stands for the byte 0xff, and `\\\\` for a backslash"),
            );
        }
        if !self.unchanged_paths {
            return;
        }
        let read: FxHashSet<&str> = self.fresh.iter().map(|fresh| fresh.record.file.path.as_str()).collect();
        match context.store.file_gaps() {
            Ok(gaps) => {
                for (path, gap) in gaps {
                    let scanned = self.roots.good.iter().any(|root| path_key::is_within(&path, &root.key));
                    if scanned && !read.contains(path.as_str()) && !self.missing.contains_key(&path) {
                        self.outcome.gaps += 1;
                        self.outcome.skipped.push(Skipped { path, reason: gap.reason, detail: gap.detail });
                    }
                }
            }
            Err(error) => self.outcome.diagnostics.push(Diagnostic::warning(error.code, error.to_string())),
        }
    }
}

/// What holds for all files of a scan.
#[derive(Clone, Copy)]
struct Limits<'a> {
    /// Bytes beyond which a file is only hashed.
    max_parse: u64,
    /// When reading began.
    read_ns: i64,
    stop: &'a Stop,
}

fn read_one(
    roots: &roots::Roots,
    candidate: &Candidate,
    limits: Limits<'_>,
    buffers: &mut Buffers,
) -> Result<Fresh, Failure> {
    let Candidate { found, known } = candidate;
    let root = roots.good.get(found.root).ok_or(Failure::Gone)?;
    let relative = match &root.only {
        Some(name) => name.clone(),
        None => {
            let inner = found.key.get(root.key.len()..).unwrap_or_default().trim_start_matches('/');
            path_key::unescape(inner).ok_or(Failure::Gone)?
        }
    };
    let Reading { stat, digest, kind, language, encoding, newlines, structure, gap } =
        content::read(&root.anchor, &relative, &found.key, limits.max_parse, limits.stop, buffers)?;
    // Packing fails only when memory is exhausted; the file is then indexed without its structure.
    let packed = structure.as_ref().and_then(|structure| buffers.packer.pack(structure).ok());
    let file = IndexedFile {
        path: found.key.clone(),
        root: root.key.clone(),
        digest,
        size: stat.size,
        mtime_ns: stat.mtime_ns,
        kind,
        language,
        encoding,
        newlines: newlines.to_owned(),
        entry_points: structure.map(|structure| structure.entry_points()).unwrap_or_default(),
    };
    let record =
        IndexRecord { file, ctime_ns: stat.ctime_ns, inode: stat.inode, racy: stat.is_racy(limits.read_ns), gap };
    Ok(Fresh { record, structure: packed, known: *known, before: None, root: found.root })
}

fn git_notes(seen: &Seen) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for (git, reason) in &seen.git_trouble {
        notes.push(
            Diagnostic::warning("git-index-unreadable", format!("what git tracks is not known: {reason}"))
                .at(git.display().to_string())
                .helped("files that `.gitignore` hides were kept, to lose none that is tracked"),
        );
    }
    for (folder, count) in &seen.vendored_tracked {
        notes.push(
            Diagnostic::note(
                "vendored-tracked",
                format!("{count} files that git tracks lie in a vendored folder and were left out"),
            )
            .at(folder)
            .helped("take the folder's name out of `scan.vendored` to scan them, or name it as a root"),
        );
    }
    notes.sort_by(|left, right| left.path.cmp(&right.path));
    notes
}

/// One line for each reason, with the first file as an example.
fn gap_diagnostics(skipped: &[Skipped]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for reason in SkipReason::ALL.into_iter().filter(|reason| reason.is_gap()) {
        let mut of_reason = skipped.iter().filter(|skipped| skipped.reason == reason);
        let Some(first) = of_reason.next() else { continue };
        let count = 1 + of_reason.count();
        let what = match reason {
            SkipReason::TooLarge => "too large to be parsed",
            SkipReason::Unreadable => "could not be read",
            SkipReason::Undecodable => "could not be decoded",
            SkipReason::Unparsable => "could not be parsed in full",
            SkipReason::Changing => "kept changing",
            SkipReason::LimitReached => "reached a limit",
            _ => "no text",
        };
        let files = if count == 1 { "1 file" } else { &format!("{count} files") };
        diagnostics.push(
            Diagnostic::warning(
                format!("scan-{}", reason.word()),
                format!("{files}: {what}; the first: {}", first.detail),
            )
            .at(&first.path)
            .helped("`aetherra-maint scan --list-skipped` names them all; `--allow-incomplete` makes the exit code 0"),
        );
    }
    diagnostics
}
