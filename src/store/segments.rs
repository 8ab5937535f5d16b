//! Where entries go that were moved out of the database, and what goes on from there.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rusqlite::{Connection, Row, params};

use super::ledger_verify::schema_digest;
use super::signer::{self, Signer};
use super::{LedgerHead, Store, Tx, statement_error};
use crate::error::{Error, Result};
use crate::ledger::line::EntryLine;
use crate::ledger::pass::Start;
use crate::ledger::segment::{Evidence, SegmentCheck, SegmentError, check};
use crate::ledger::tree::{CompactRange, inclusion_ranges};
use crate::model::ledger::SeqRange;
use crate::model::{Digest, EntryHash, NewEntry};

/// The folder of the segments, in the signer's folder.
const FOLDER: &str = "segments";

/// Entries that were moved out of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Which.
    pub range: SeqRange,
    /// The hash of the last.
    pub head: EntryHash,
    /// The time of the last.
    pub time_ns: i64,
    /// The tree over all entries up to the last.
    pub tree: CompactRange,
    /// The path from the first entry of the ledger to the root of that tree.
    pub path: Vec<Digest>,
    /// The checkpoint that was signed over them.
    pub note: String,
    /// Entries among them whose details were erased.
    pub redacted: u64,
    /// Entries among them that a test clock dated.
    pub fixed_clock: u64,
}

impl Segment {
    /// What stands in front of the entries that follow.
    pub fn end(&self) -> Start {
        Start { after: self.range.to, tree: self.tree.clone(), head: self.head, time_ns: self.time_ns }
    }

    /// What the entry that tells of it gives as its reason: which entries these were, for good.
    pub fn reason(&self) -> String {
        format!("head {} root {}", self.head, self.tree.root())
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        format!("{:012}-{:012}.jsonl.zst", self.range.from, self.range.to)
    }
}

fn digests(bytes: &[u8]) -> Vec<Digest> {
    bytes.as_chunks().0.iter().map(|chunk| Digest(*chunk)).collect()
}

fn segment(row: &Row<'_>) -> rusqlite::Result<Segment> {
    let range = SeqRange { from: row.get(0)?, to: row.get(1)? };
    let tree = CompactRange::from_parts(range.to, &row.get::<_, Vec<u8>>(4)?);
    Ok(Segment {
        range,
        head: Digest(row.get(2)?),
        time_ns: row.get(3)?,
        // A tree that is none has no root that anything leads to.
        tree: tree.unwrap_or_default(),
        path: digests(&row.get::<_, Vec<u8>>(5)?),
        note: row.get(6)?,
        redacted: row.get(7)?,
        fixed_clock: row.get(8)?,
    })
}

/// All segments, oldest first.
pub(super) fn segments(connection: &Connection) -> Result<Vec<Segment>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT first_seq, last_seq, head, time_ns, range, path, note, redacted, fixed_clock FROM ledger_segments
             ORDER BY number",
        )
        .map_err(statement_error)?;
    let rows = statement.query_map([], segment).map_err(statement_error)?;
    rows.collect::<rusqlite::Result<_>>().map_err(statement_error)
}

/// Checks a segment that may be of any ledger of this version.
///
/// # Errors
/// When it cannot be read, or is no segment.
pub fn segment_check(file: std::fs::File, sizes: &BTreeSet<u64>) -> std::result::Result<SegmentCheck, SegmentError> {
    check(file, schema_digest(), sizes, |_| ())
}

impl Store {
    /// The segments that entries were moved to, oldest first.
    pub fn segments(&self) -> Result<Vec<Segment>> {
        segments(&self.connection)
    }

    /// Where the file of a segment is, unless it was taken elsewhere.
    pub fn segment_path(&self, segment: &Segment) -> PathBuf {
        signer::folder(&self.directory).join(FOLDER).join(segment.file_name())
    }

    /// Reads the file of a segment and checks it. None when it is not there.
    pub fn segment_check(
        &self,
        segment: &Segment,
        sizes: &BTreeSet<u64>,
        each: impl FnMut(EntryLine),
    ) -> Result<Option<std::result::Result<SegmentCheck, SegmentError>>> {
        let path = self.segment_path(segment);
        match std::fs::File::open(&path) {
            Ok(file) => Ok(Some(check(file, schema_digest(), sizes, each))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("opening a segment of the ledger", &path, error)),
        }
    }

    /// What the next segment starts from: what stands in front of the oldest entry that was not moved.
    pub fn segment_start(&self) -> Result<Start> {
        Ok(self.segments()?.last().map_or_else(Start::first, Segment::end))
    }

    /// The newest entry that may be moved: at most `keep` stay, and those from `before_ns` on stay as well. None when
    /// none may.
    pub fn segment_last(&self, keep: u64, before_ns: Option<i64>) -> Result<Option<u64>> {
        let newest = self.ledger_head()?.map_or(0, |head| head.seq);
        let Some(most) = newest.checked_sub(keep.max(1)) else { return Ok(None) };
        let last: Option<u64> = self
            .connection
            .query_row(
                "SELECT max(seq) FROM ledger WHERE seq <= ?1 AND (?2 IS NULL OR time_ns < ?2)",
                params![most, before_ns],
                |row| row.get(0),
            )
            .map_err(statement_error)?;
        let moved = self.segment_start()?.after;
        Ok(last.filter(|last| *last > moved.max(1)))
    }

    /// Prepares a segment of the entries from `start` to `last`: what it will be, and what its file needs. A
    /// checkpoint over exactly these entries is signed for it.
    ///
    /// # Errors
    /// When there is no key to sign with.
    pub fn segment_prepare(&self, start: &Start, last: u64) -> Result<(Segment, Evidence)> {
        let mut end = start.clone();
        let mut fixed_clock = 0;
        let mut redacted = 0;
        self.ledger_lines(start.after, last, &mut |line| {
            end.tree.push(&line.entry_hash);
            (end.head, end.time_ns) = (line.entry_hash, line.time_ns);
            fixed_clock += u64::from(line.clock == crate::model::EntryClock::Fixed);
            redacted += u64::from(line.details_digest.is_some() && line.details.is_none());
            Ok(())
        })?;
        let unsigned = || {
            Error::state("ledger-unsigned", "the ledger has no key, so no segment can be sealed")
                .hinted("`aetherra-maint audit verify` says why")
        };
        let signer = Signer::load(&self.directory)?.ok_or_else(unsigned)?;
        let seals = self.ledger_seals()?;
        let key = signer.key(seals.len() as u64).ok_or_else(unsigned)?;
        let note = key.checkpoint_with(&signer.identity, &signer.origin, last, end.tree.root()).ok_or_else(unsigned)?;
        let ranges = inclusion_ranges(0, last).unwrap_or_default();
        let known = self.segments()?.pop().map(|segment| segment.path).unwrap_or_default();
        let path = ranges
            .iter()
            .enumerate()
            .map(|(at, range)| match known.get(at) {
                // What was a complete subtree then is one now.
                Some(hash) if range.end <= start.after => Ok(*hash),
                _ => self.ledger_range_root(range),
            })
            .collect::<Result<Vec<_>>>()?;
        let beginning = self.ledger_entry(1)?.ok_or_else(unsigned)?;
        let evidence = Evidence { beginning, path: path.clone(), seals, checkpoint: note.clone() };
        let range = SeqRange { from: start.after + 1, to: last };
        let Start { tree, head, time_ns, .. } = end;
        Ok((Segment { range, head, time_ns, tree, path, note, redacted, fixed_clock }, evidence))
    }

    /// Takes the entries of a segment out of the database, and records that. Its file must be durable.
    ///
    /// # Errors
    /// When the entries are not those of the segment any more, or the state cannot be written.
    pub fn segment_move(&mut self, trace_id: &str, segment: &Segment, entry: NewEntry) -> Result<LedgerHead> {
        self.connection.pragma_update(None, "secure_delete", "ON").map_err(statement_error)?;
        let ((), head) = self.record(trace_id, |tx| tx.segment_move(segment).map(|()| ((), entry)))?;
        Ok(head)
    }

    /// The notes of the seals, oldest first.
    fn ledger_seals(&self) -> Result<Vec<String>> {
        let seals = super::ledger_verify::seals(&self.connection)?;
        Ok(seals.into_iter().map(|(_, note)| note).collect())
    }
}

impl Tx<'_> {
    /// Notes how many entries of the segment that ends with a position have no details any more.
    pub(super) fn segment_redacted(&self, last: u64, redacted: u64) -> Result<()> {
        self.transaction
            .execute("UPDATE ledger_segments SET redacted = ?2 WHERE last_seq = ?1", [last, redacted])
            .map(drop)
            .map_err(statement_error)
    }

    fn segment_move(&self, segment: &Segment) -> Result<()> {
        let Segment { range, head, time_ns, tree, path, note, redacted, fixed_clock } = segment;
        let path: Vec<u8> = path.iter().flat_map(|hash| hash.0).collect();
        let moved = self
            .transaction
            .execute(
                "INSERT INTO ledger_segments
                 SELECT coalesce((SELECT max(number) FROM ledger_segments), 0) + 1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
                 WHERE ?1 = coalesce((SELECT max(last_seq) FROM ledger_segments), 0) + 1
                 AND ?3 = (SELECT entry_hash FROM ledger WHERE seq = ?2)",
                params![range.from, range.to, head.0, time_ns, tree.to_bytes(), path, note, redacted, fixed_clock],
            )
            .map_err(statement_error)?;
        if moved == 0 {
            return Err(Error::bug("the ledger changed while a segment of it was written"));
        }
        self.transaction
            .execute("DELETE FROM ledger WHERE seq BETWEEN max(?1, 2) AND ?2", [range.from, range.to])
            .map(drop)
            .map_err(statement_error)
    }
}
