//! Reading entries and recomputing what the ledger says of them.
//!
//! # Performance
//!
//! Columns are borrowed from SQLite, laid out in one reused buffer and hashed at once; nothing is allocated for
//! an entry. The chain is cut into runs whose length is a power of two: each starts from the stored hash of the
//! entry in front of it, which the run before it recomputes, so that runs can be read on all cores and their
//! trees joined. Every reader has a connection of its own on the same snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};

use super::ledger::{BEGIN, REDACT};
use super::ledger_verify::schema_digest;
use super::statement_error;
use crate::error::Result;
use crate::ledger::note::NoteKey;
use crate::ledger::tree::CompactRange;
use crate::ledger::verdict::{Fault, Layer};
use crate::model::ledger::{EntryFields, GENESIS, details_digest};
use crate::model::{Digest, EntryHash};

/// Entries of one run: enough that starting one costs nothing, few enough that all cores end together.
pub(super) const RUN: u64 = 1 << 14;

const SQL: &str = "SELECT seq, time_ns, clock, actor, action, subject, reason, trace_id, result, details_digest, \
                   entry_hash, details_salt, details FROM ledger WHERE seq > ?1 AND seq <= ?2 ORDER BY seq";

/// What stands in front of the first entry that is read.
#[derive(Debug, Clone)]
pub(super) struct Start {
    /// How many entries are not read.
    pub after: u64,
    /// The tree over them; empty while the runs before this one are read elsewhere.
    pub tree: CompactRange,
    /// The hash of the last entry that is not read.
    pub head: EntryHash,
    /// Its time.
    pub time_ns: i64,
}

impl Start {
    /// Nothing stands in front of the first entry.
    pub fn first() -> Self {
        Self { after: 0, tree: CompactRange::default(), head: GENESIS, time_ns: i64::MIN }
    }
}

/// What reading entries found.
#[derive(Debug, Clone)]
pub(super) struct Pass {
    /// How many entries there were, counted from the first of the ledger.
    pub size: u64,
    /// The hash of the last.
    pub head: EntryHash,
    /// The time of the last.
    pub time_ns: i64,
    /// The tree over all of them; over those of the run only while runs are read one by one.
    pub tree: CompactRange,
    /// The name of the log and its first key, when its first entry was read.
    pub begun: Option<(String, NoteKey)>,
    /// Entries without the details that they had.
    pub erased: Vec<u64>,
    /// The ranges that were recorded as erased.
    pub redactions: Vec<(u64, u64)>,
    /// Entries that a test clock dated.
    pub fixed_clock: u64,
    /// The trees at the sizes that were asked for.
    trees: Vec<CompactRange>,
    /// Their roots.
    pub roots: BTreeMap<u64, Digest>,
    /// The first thing that is wrong.
    pub fault: Option<Fault>,
    buffer: Vec<u8>,
}

/// Reads the entries from `start` to `last`, on all cores when there are readers for them.
pub(super) fn read(
    connection: &Connection,
    readers: Vec<Connection>,
    start: Start,
    last: u64,
    sizes: &BTreeSet<u64>,
) -> Result<Pass> {
    let first = start.after;
    let passes = if readers.is_empty() || last.saturating_sub(first) <= RUN {
        vec![read_run(connection, start.clone(), last, sizes)?]
    } else {
        let mut ends: Vec<u64> = (first / RUN + 1..=last / RUN).map(|run| run * RUN).collect();
        ends.extend((!last.is_multiple_of(RUN)).then_some(last));
        read_runs(readers, &start, &ends, sizes)?
    };
    let mut passes = passes.into_iter();
    let Some(mut whole) = passes.next() else { return Ok(Pass::new(start)) };
    whole.roots = whole.trees.drain(..).map(|tree| (tree.size(), tree.root())).collect();
    if sizes.contains(&first) {
        whole.roots.insert(first, start.tree.root());
    }
    for pass in passes {
        if whole.fault.is_some() {
            break;
        }
        whole.add(pass);
    }
    Ok(whole)
}

/// Reads the runs that end at `ends`, each as soon as a reader is free.
fn read_runs(readers: Vec<Connection>, start: &Start, ends: &[u64], sizes: &BTreeSet<u64>) -> Result<Vec<Pass>> {
    let next = AtomicUsize::new(0);
    let shares: Vec<Vec<(usize, Pass)>> = readers
        .into_par_iter()
        .map(|reader| {
            let mut share = Vec::new();
            loop {
                let run = next.fetch_add(1, Ordering::Relaxed);
                let Some(end) = ends.get(run) else { return Ok(share) };
                let start = match run.checked_sub(1).and_then(|before| ends.get(before)) {
                    None => Ok(start.clone()),
                    Some(before) => start_after(&reader, *before)?,
                };
                let pass = match start {
                    Ok(start) => read_run(&reader, start, *end, sizes)?,
                    Err(fault) => Pass { fault: Some(fault), ..Pass::new(Start::first()) },
                };
                let is_wrong = pass.fault.is_some();
                share.push((run, pass));
                if is_wrong {
                    // What follows cannot be the first that is wrong.
                    next.fetch_max(ends.len(), Ordering::Relaxed);
                }
            }
        })
        .collect::<Result<_>>()?;
    let mut passes: Vec<(usize, Pass)> = shares.into_iter().flatten().collect();
    passes.sort_by_key(|(run, _)| *run);
    Ok(passes.into_iter().map(|(_, pass)| pass).collect())
}

/// The start of a run after an entry: the run before it checks that entry.
fn start_after(connection: &Connection, seq: u64) -> Result<std::result::Result<Start, Fault>> {
    let found: Option<(i64, [u8; 32])> = connection
        .prepare_cached("SELECT time_ns, entry_hash FROM ledger WHERE seq = ?1")
        .and_then(|mut statement| statement.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?))).optional())
        .map_err(statement_error)?;
    Ok(found
        .map(|(time_ns, hash)| Start { after: seq, head: Digest(hash), time_ns, ..Start::first() })
        .ok_or_else(|| missing(seq)))
}

fn missing(seq: u64) -> Fault {
    Fault::new(Layer::Sequence, Some(seq), format!("entry {seq} is missing"))
}

fn read_run(connection: &Connection, start: Start, last: u64, sizes: &BTreeSet<u64>) -> Result<Pass> {
    let mut pass = Pass::new(start);
    let mut statement = connection.prepare_cached(SQL).map_err(statement_error)?;
    let mut rows = statement.query([pass.size, last]).map_err(statement_error)?;
    let mut wanted = sizes.range(pass.size + 1..).copied();
    let mut next_size = wanted.next();
    while let Some(row) = rows.next().map_err(statement_error)? {
        pass.entry(row).map_err(statement_error)?;
        if pass.fault.is_some() {
            return Ok(pass);
        }
        if next_size == Some(pass.size) {
            pass.trees.push(pass.tree.clone());
            next_size = wanted.next();
        }
    }
    if pass.size < last {
        pass.fault = Some(missing(pass.size + 1));
    }
    Ok(pass)
}

/// The bytes of a text or a blob; a number has none, and then no hash will fit.
fn bytes<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a [u8]> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        _ => &[],
    })
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<i64> {
    Ok(match row.get_ref(column)? {
        ValueRef::Integer(number) => number,
        _ => 0,
    })
}

impl Pass {
    fn new(start: Start) -> Self {
        Self {
            size: start.after,
            head: start.head,
            time_ns: start.time_ns,
            tree: start.tree,
            begun: None,
            erased: Vec::new(),
            redactions: Vec::new(),
            fixed_clock: 0,
            trees: Vec::new(),
            roots: BTreeMap::new(),
            fault: None,
            buffer: Vec::with_capacity(512),
        }
    }

    /// Adds what the run that follows found.
    fn add(&mut self, mut next: Self) {
        for part in next.trees {
            let mut tree = self.tree.clone();
            tree.join(&part);
            self.roots.insert(tree.size(), tree.root());
        }
        self.tree.join(&next.tree);
        (self.size, self.head, self.time_ns) = (next.size, next.head, next.time_ns);
        self.erased.append(&mut next.erased);
        self.redactions.append(&mut next.redactions);
        self.fixed_clock += next.fixed_clock;
        self.fault = next.fault;
    }

    fn entry(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let expected = self.size + 1;
        let (found, time_ns) = (number(row, 0)?, number(row, 1)?);
        if u64::try_from(found) != Ok(expected) {
            self.fault = Some(missing(expected));
            return Ok(());
        }
        let digest = bytes(row, 9)?;
        let fields = EntryFields {
            seq: expected,
            time_ns,
            texts: [
                bytes(row, 2)?,
                bytes(row, 3)?,
                bytes(row, 4)?,
                bytes(row, 5)?,
                bytes(row, 6)?,
                bytes(row, 7)?,
                bytes(row, 8)?,
            ],
            details_digest: digest,
        };
        let hash = fields.hash(&self.head, &mut self.buffer);
        let wrong = |layer, what: &str| Some(Fault::new(layer, Some(expected), format!("entry {expected} {what}")));
        if bytes(row, 10)? != hash.0 {
            self.fault = wrong(Layer::Chain, "does not fit its hash and the entry in front");
            return Ok(());
        }
        if time_ns < self.time_ns {
            self.fault = wrong(Layer::Time, "is dated before the entry in front");
            return Ok(());
        }
        let details = bytes(row, 12)?;
        if digest.is_empty() {
            if !details.is_empty() {
                self.fault = wrong(Layer::Details, "has details that were added later");
                return Ok(());
            }
        } else if details.is_empty() {
            self.erased.push(expected);
        } else if digest != details_digest(bytes(row, 11)?, details).0 {
            self.fault = wrong(Layer::Details, "has other details than were recorded");
            return Ok(());
        }
        let [clock, _, action, subject, reason, ..] = fields.texts;
        self.fixed_clock += u64::from(clock == b"fixed");
        if action == REDACT.as_bytes() {
            self.redactions.extend(range_of(subject));
        }
        if expected == 1 {
            self.first(action, subject, reason);
        }
        (self.head, self.time_ns, self.size) = (hash, time_ns, expected);
        self.tree.push(&hash);
        Ok(())
    }

    /// The first entry names the log, its schema and its first key.
    fn first(&mut self, action: &[u8], subject: &[u8], reason: &[u8]) {
        let words: Vec<&str> = std::str::from_utf8(reason).unwrap_or_default().split(' ').collect();
        let origin = std::str::from_utf8(subject).unwrap_or_default().to_owned();
        let named = match words.as_slice() {
            ["schema", schema, "key", key, "identity", _] => Some((*schema, NoteKey::parse(key).ok())),
            _ => None,
        };
        let (Some((schema, Some(key))), true) = (named, action == BEGIN.as_bytes()) else {
            self.fault = Some(Fault::new(Layer::Schema, Some(1), "entry 1 is not the beginning of a ledger"));
            return;
        };
        if schema.parse().ok() != Some(schema_digest()) {
            self.fault = Some(Fault::new(Layer::Schema, Some(1), "entry 1 names another schema than this version has"));
        }
        self.begun = Some((origin, key));
    }

    /// Details may be missing only where an entry tells that they were erased.
    pub fn check_redactions(&mut self) {
        if self.fault.is_some() {
            return;
        }
        self.redactions.sort_unstable();
        let mut told = 0;
        let mut ranges = self.redactions.iter().peekable();
        for seq in &self.erased {
            // Ranges are sorted by where they begin, so how far they reach together only grows.
            while let Some((_, to)) = ranges.next_if(|(from, _)| from <= seq) {
                told = told.max(*to);
            }
            if told < *seq {
                let what = format!("the details of entry {seq} were erased without a record of it");
                self.fault = Some(Fault::new(Layer::Details, Some(*seq), what));
                return;
            }
        }
    }
}

/// The range in the subject of an entry that tells of erased details: `5` or `5-9`.
fn range_of(subject: &[u8]) -> Option<(u64, u64)> {
    let text = std::str::from_utf8(subject).ok()?;
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    Some((from.parse().ok()?, to.parse().ok()?))
}
