//! Discovery: roots in, index out.
//!
//! # Order
//!
//! Walk all roots in parallel; compare what the file system says with the index; read, in parallel, what
//! may have changed; decide purely what differs; write it in one transaction with its entry in the
//! ledger; write the backup. A scan that finds nothing changed writes nothing. Into an empty index files are
//! written while others are still being read.
//!
//! # Deleting
//!
//! A file leaves the index only when its folder could be read and it was not in it. What lies in a folder
//! that could not be read, in a root that could not be opened, or in a root that was no longer there at
//! the end of the scan, is kept as it was and told as a gap. So is what the index has of a root that is an
//! empty folder now: it is more likely not mounted than emptied. A file that is still there, but that a
//! pattern or a vendored folder hides now, is left out rather than deleted.
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
mod reading;
mod recording;
mod roots;
mod rules;
mod tell;
mod walk;

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

pub use backup::{BACKUP, Restored, restore};
pub(in crate::incorporation) use rules::Repository;

use self::compare::{Before, Content};
use self::content::Failure;
use self::reading::{Candidate, Fresh, Reader};
use self::walk::{Seen, Walk};
use super::structure::STACK_BYTES;
use crate::Context;
use crate::error::{Error, Result};
use crate::model::{Change, ChangeKind, Diagnostic, FileKind, Language, SkipReason, Skipped, path_key};
use crate::store::{KnownFile, LedgerHead, Store};

/// Room on a worker's stack beyond what the parsers ask for.
const WORKER_STACK_BYTES: usize = STACK_BYTES + 16 * 1024 * 1024;

/// The stack of those who walk, and call themselves for no folder.
const WALKER_STACK_BYTES: usize = 2 * 1024 * 1024;

/// What is to be scanned.
#[derive(Debug, Clone)]
pub struct ScanRequest {
    /// The folder that paths in the index are relative to.
    pub project: PathBuf,
    /// What to scan, relative to the project or absolute; none for `scan.roots` of the settings. An empty list is
    /// one: nothing is looked at.
    pub roots: Option<Vec<PathBuf>>,
    /// Which files are read.
    pub depth: Depth,
    /// Whether the index is written.
    pub effect: Effect,
    /// What an empty root means.
    pub emptiness: Emptiness,
}

/// What it means when a root of which the index has files is an empty folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emptiness {
    /// That something is not mounted: its files are kept, and the scan is incomplete.
    Doubted,
    /// That its files are gone.
    Believed,
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
    let named = match &request.roots {
        Some(roots) => roots.clone(),
        None => context.settings.scan.roots.iter().map(PathBuf::from).collect(),
    };
    let roots = roots::open(&project, &named)?;
    let walk = Walk {
        roots: &roots.good,
        vendored: &context.settings.scan.vendored,
        state: identity(context.store.directory()),
        stop: &context.host.stop,
    };
    context.host.progress.begin("looking", None);
    // Held to the end: what walkers have found lives as long, and stays out of the memory of those who parse.
    let walkers = walker_pool()?;
    let (seen, known) = look(&walk, &walkers, context.store);
    context.host.progress.finish();
    context.check_stop()?;
    let mut scan = Scan::new(&roots, seen, known?);
    scan.compare(request.depth);
    let reader = Reader::new(&roots, context.settings.scan.max_parse_bytes, context.host);
    if request.effect == Effect::Record && scan.was_empty {
        scan.record_first(context, reader)?;
        return Ok(scan.finish(context));
    }
    if !scan.candidates.is_empty() {
        worker_pool()?.install(|| scan.read(reader));
    }
    context.check_stop()?;
    scan.check_roots();
    if request.emptiness == Emptiness::Doubted {
        scan.doubt_empty_roots();
    }
    let vanished = scan.vanished(context)?;
    scan.decide(vanished);
    if request.effect == Effect::Record {
        scan.record(context)?;
    }
    Ok(scan.finish(context))
}

/// Walks the roots, and reads meanwhile what the index knows.
fn look(walk: &Walk<'_>, walkers: &rayon::ThreadPool, store: &Store) -> (Seen, Result<FxHashMap<String, KnownFile>>) {
    std::thread::scope(|threads| {
        let walking = threads.spawn(|| walkers.install(|| walk.run()));
        let known = known_files(store);
        let seen = walking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (seen, known)
    })
}

/// What files of the index are recognised by.
fn known_files(store: &Store) -> Result<FxHashMap<String, KnownFile>> {
    let mut known = FxHashMap::default();
    known.reserve(usize::try_from(store.file_count()?).unwrap_or(0));
    store.file_stats(|path, file| {
        known.insert(path.to_owned(), file);
    })?;
    Ok(known)
}

/// Threads whose stacks suffice for the parsers.
fn worker_pool() -> Result<rayon::ThreadPool> {
    pool(WORKER_STACK_BYTES)
}

fn walker_pool() -> Result<rayon::ThreadPool> {
    pool(WALKER_STACK_BYTES)
}

fn pool(stack_bytes: usize) -> Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(rayon::current_num_threads())
        .stack_size(stack_bytes)
        .build()
        .map_err(|error| Error::bug(format!("no threads could be started: {error}")))
}

/// Device and inode, by which a folder is known under whatever name.
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
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
    /// Roots that are empty, and how many files the index has of each.
    doubtful: Vec<(usize, usize)>,
    unchanged_paths: bool,
    /// Whether the index held nothing, so that what is read now is all that it will hold.
    was_empty: bool,
    outcome: ScanOutcome,
}

impl<'a> Scan<'a> {
    fn new(roots: &'a roots::Roots, seen: Seen, known: FxHashMap<String, KnownFile>) -> Self {
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
            was_empty: known.is_empty(),
            missing: known,
            candidates: Vec::new(),
            fresh: Vec::new(),
            kept: FxHashSet::default(),
            gone: Vec::new(),
            lost: FxHashSet::default(),
            doubtful: Vec::new(),
            unchanged_paths: false,
            outcome,
        }
    }

    /// Sets apart what has to be read.
    fn compare(&mut self, depth: Depth) {
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
    }

    /// Reads all candidates.
    fn read(&mut self, reader: Reader<'_>) {
        let attempts = reader.all(std::mem::take(&mut self.candidates));
        self.outcome.read = attempts.len() as u64;
        self.fresh.reserve(attempts.len());
        for attempt in attempts {
            match attempt {
                Ok(fresh) => self.fresh.push(fresh),
                Err(failed) => self.not_read(failed.0, &failed.1),
            }
        }
        self.sort_fresh();
    }

    /// In this order rows and backup are appended to, rather than filled in here and there.
    fn sort_fresh(&mut self) {
        self.fresh.sort_unstable_by(|left, right| left.record.file.path.cmp(&right.record.file.path));
    }

    fn not_read(&mut self, candidate: Candidate, failure: &Failure) {
        let Candidate { found, known } = candidate;
        self.uncount(found.root, found.stat.size);
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

    /// Drops what was found under a root that is no longer there, and returns it.
    fn check_roots(&mut self) -> Vec<Fresh> {
        for (index, root) in self.roots.good.iter().enumerate() {
            if !root.anchor.is_still_at(&root.path) {
                self.lost.insert(index);
                if let Some(outcome) = self.outcome.roots.get_mut(index) {
                    outcome.fault = Some("it vanished while it was scanned".to_owned());
                }
            }
        }
        if self.lost.is_empty() {
            return Vec::new();
        }
        let (dropped, kept) =
            std::mem::take(&mut self.fresh).into_iter().partition(|fresh| self.lost.contains(&fresh.root));
        self.fresh = kept;
        for fresh in &dropped {
            let Fresh { root, record, .. } = fresh;
            self.uncount(*root, record.file.size);
        }
        dropped
    }

    /// Keeps what the index has of roots that hold nothing at all.
    fn doubt_empty_roots(&mut self) {
        for &index in &self.seen.empty_roots {
            let Some(root) = self.roots.good.get(index) else { continue };
            let count = self.missing.keys().filter(|path| path_key::is_within(path, &root.key)).count();
            if count > 0 && !self.lost.contains(&index) {
                self.doubtful.push((index, count));
            }
        }
    }

    /// What the index has and the tree has not, or leaves out now; sorted by path.
    fn vanished(&mut self, context: &Context<'_>) -> Result<Vec<(Content, ChangeKind)>> {
        for fresh in &mut self.fresh {
            if let Some(known) = fresh.known {
                fresh.before = context.store.file_digest(known.id)?;
            }
        }
        let hidden: FxHashSet<&str> = self
            .seen
            .skipped
            .iter()
            .filter(|skipped| matches!(skipped.reason, SkipReason::Ignored | SkipReason::Vendored))
            .map(|skipped| skipped.path.as_str())
            .collect();
        let mut vanished = Vec::new();
        for (path, known) in &self.missing {
            if self.is_surely_gone(path)
                && let Some(digest) = context.store.file_digest(known.id)?
            {
                let kind = if self.is_left_out(path, &hidden) { ChangeKind::LeftOut } else { ChangeKind::Deleted };
                vanished.push((Content { path: path.clone(), digest, size: known.stat.size }, kind));
            }
        }
        vanished.sort_by(|left, right| left.0.path.cmp(&right.0.path));
        Ok(vanished)
    }

    /// Decides what differs.
    fn decide(&mut self, vanished: Vec<(Content, ChangeKind)>) {
        let mut read: Vec<Before<'_>> = Vec::with_capacity(self.fresh.len());
        for fresh in &self.fresh {
            let file = &fresh.record.file;
            *self.outcome.kinds.entry(file.kind).or_default() += 1;
            *self.outcome.languages.entry(file.language).or_default() += 1;
            read.push(Before { path: &file.path, digest: file.digest, size: file.size, before: fresh.before });
        }
        self.outcome.changes = compare::changes(&read, &vanished);
        let same = self.fresh.iter().filter(|fresh| fresh.before == Some(fresh.record.file.digest)).count() as u64;
        self.outcome.unchanged += same;
        self.outcome.refreshed = same;
        self.gone = vanished.into_iter().map(|(content, _)| content.path).collect();
    }

    /// Whether a file of the index that was not found is really not to be found.
    fn is_surely_gone(&self, path: &str) -> bool {
        if self.kept.contains(path) {
            return false;
        }
        let mut within = self.roots.good.iter().enumerate().filter(|(_, root)| path_key::is_within(path, &root.key));
        let is_doubtful =
            |index: usize| self.lost.contains(&index) || self.doubtful.iter().any(|(doubtful, _)| *doubtful == index);
        within.any(|(index, _)| !is_doubtful(index))
            && !self.seen.unknown_folders.iter().any(|folder| path_key::is_within(path, folder))
    }

    /// Whether a file of the index is still there, and only hidden now.
    fn is_left_out(&self, path: &str, hidden: &FxHashSet<&str>) -> bool {
        if hidden.contains(path) {
            return true;
        }
        let in_hidden_folder = path.match_indices('/').any(|(at, _)| hidden.contains(&path[..=at]));
        in_hidden_folder
            && self.roots.good.iter().filter(|root| path_key::is_within(path, &root.key)).any(|root| {
                let inner = path.get(root.key.len()..).unwrap_or_default().trim_start_matches('/');
                path_key::unescape(inner).is_some_and(|inner| root.anchor.file(&inner).is_ok())
            })
    }
}
