//! What proofs are made from: the roots of ranges of entries.

use std::ops::Range;

use rusqlite::OptionalExtension;

use super::{Store, statement_error};
use crate::error::{Error, Result};
use crate::ledger::note::{Checkpoint, Note, NoteKey};
use crate::ledger::proof::Proof;
use crate::ledger::tree::{CompactRange, consistency_ranges, inclusion_ranges};
use crate::model::Digest;

/// The file of the checkpoint that witnesses signed, in the signer's folder.
const WITNESSED_FILE: &str = "witnessed";

impl Store {
    /// The proof that an entry is under the newest checkpoint, or under one that was kept elsewhere.
    ///
    /// # Errors
    /// When there is no such entry, nothing is signed that covers it, or what was kept is not of this ledger.
    pub fn ledger_prove(&self, seq: u64, kept: Option<(String, Checkpoint)>) -> Result<Proof> {
        let snapshot = self.connection.unchecked_transaction().map_err(statement_error)?;
        let (note, checkpoint) = match kept {
            Some((note, checkpoint)) => {
                self.has_begun_with(&checkpoint)?;
                (note, checkpoint)
            }
            None => self.ledger_signed()?,
        };
        let ranges = seq.checked_sub(1).and_then(|index| inclusion_ranges(index, checkpoint.size));
        let (Some(entry), Some(ranges)) = (self.ledger_entry(seq)?, ranges) else {
            return Err(Error::usage("entry-unknown", format!("the signed ledger has no entry {seq}"))
                .hinted("`aetherra-maint audit log` lists the newest"));
        };
        let path = self.ledger_range_roots(&ranges)?;
        drop(snapshot);
        Ok(Proof { seq, content: entry.content(), path, note })
    }

    /// The hashes that show that the ledger under the newest checkpoint begins with its first `old` entries,
    /// with that checkpoint as a note. From nothing to something there is nothing to show.
    ///
    /// # Errors
    /// When the ledger is not that long.
    pub fn ledger_consistency(&self, old: u64) -> Result<(Vec<Digest>, String)> {
        if old == 0 {
            return Ok((Vec::new(), self.ledger_signed()?.0));
        }
        let snapshot = self.connection.unchecked_transaction().map_err(statement_error)?;
        let (note, checkpoint) = self.ledger_signed()?;
        let ranges = consistency_ranges(old, checkpoint.size).ok_or_else(|| {
            Error::state(
                "ledger-short",
                format!("the signed ledger has not the {old} entries that it should begin with"),
            )
            .hinted("run `aetherra-maint audit verify` with the checkpoint that tells of them")
        })?;
        let path = self.ledger_range_roots(&ranges)?;
        drop(snapshot);
        Ok((path, note))
    }

    /// Refuses a checkpoint whose entries are not the first of this ledger.
    fn has_begun_with(&self, kept: &Checkpoint) -> Result<()> {
        let (_, newest) = self.ledger_signed()?;
        let same = newest.origin == kept.origin
            && (1..=newest.size).contains(&kept.size)
            && self.ledger_root_at(kept.size)? == kept.root;
        if same {
            return Ok(());
        }
        let (origin, size) = (&kept.origin, kept.size);
        Err(Error::usage(
            "checkpoint-other",
            format!("this ledger does not begin with what the checkpoint of `{origin}` over {size} entries covers"),
        )
        .hinted("`aetherra-maint audit verify --checkpoint FILE` says whether it was changed"))
    }

    /// The root over the first entries.
    pub fn ledger_root_at(&self, size: u64) -> Result<Digest> {
        let whole = self.ledger_range_roots(std::slice::from_ref(&(0..size)))?;
        whole.into_iter().next().ok_or_else(|| Error::bug("a range of the ledger has no root"))
    }

    /// The identity of the log, which signs every checkpoint; none when there is no signer here.
    pub fn ledger_key(&self) -> Result<Option<NoteKey>> {
        let signer = super::signer::Signer::load(&self.directory)?;
        Ok(signer.and_then(|signer| signer.identity.public(&signer.origin)))
    }

    /// A text as a field of an entry has it, without what does not belong into the ledger.
    pub fn ledger_field(&self, text: &str) -> String {
        self.policy.scrubber.field(text)
    }

    /// The checkpoint that witnesses signed last, with their signatures; none when none ever did.
    pub fn ledger_witnessed(&self) -> Result<Option<String>> {
        super::signer::read(&super::signer::folder(&self.directory).join(WITNESSED_FILE))
    }

    /// Keeps a checkpoint with the signatures of witnesses.
    pub fn ledger_witnessed_keep(&self, note: &str) -> Result<()> {
        super::signer::replace(&super::signer::folder(&self.directory).join(WITNESSED_FILE), note)
    }

    /// The newest checkpoint, as a note and taken apart.
    fn ledger_signed(&self) -> Result<(String, Checkpoint)> {
        let unsigned = || {
            Error::state("ledger-unsigned", "the ledger has no signed checkpoint, so nothing can be proved with one")
                .hinted("`aetherra-maint audit verify` says why")
        };
        let note = self.ledger_checkpoint()?.ok_or_else(unsigned)?;
        let checkpoint = Note::parse(&note).and_then(|note| Checkpoint::parse(&note.text)).map_err(|_| unsigned())?;
        Ok((note, checkpoint))
    }

    /// The newest signed checkpoint.
    pub fn ledger_checkpoint(&self) -> Result<Option<String>> {
        self.connection
            .query_row("SELECT note FROM ledger_checkpoint", [], |row| row.get(0))
            .optional()
            .map_err(statement_error)
    }

    /// The roots of the trees over ranges of entries, counted from zero.
    fn ledger_range_roots(&self, ranges: &[Range<u64>]) -> Result<Vec<Digest>> {
        ranges.iter().map(|range| self.ledger_range_root(range)).collect()
    }

    /// The root of the tree over a range of entries, counted from zero. What was moved to segments is known from
    /// there, or is read there.
    pub(super) fn ledger_range_root(&self, range: &Range<u64>) -> Result<Digest> {
        let moved = self.segment_start()?;
        let mut tree = CompactRange::default();
        if range.start < moved.after {
            tree = match moved.tree.part(range) {
                Some(part) => part,
                None => self.segments_tree(range)?,
            };
        }
        let mut statement = self
            .connection
            .prepare_cached("SELECT entry_hash FROM ledger WHERE seq > ?1 AND seq <= ?2 ORDER BY seq")
            .map_err(statement_error)?;
        let mut rows = statement.query([range.start.max(moved.after), range.end]).map_err(statement_error)?;
        while let Some(row) = rows.next().map_err(statement_error)? {
            tree.push(&Digest(row.get(0).map_err(statement_error)?));
        }
        Ok(tree.root())
    }

    /// The tree over those entries of a range that are in segments, read from their files.
    fn segments_tree(&self, range: &Range<u64>) -> Result<CompactRange> {
        let mut tree = CompactRange::default();
        for segment in self.segments()? {
            if segment.range.to > range.start && segment.range.from <= range.end {
                self.segment_lines(&segment, &mut |line| {
                    if line.seq > range.start && line.seq <= range.end {
                        tree.push(&line.entry_hash);
                    }
                    Ok(())
                })?;
            }
        }
        Ok(tree)
    }
}
