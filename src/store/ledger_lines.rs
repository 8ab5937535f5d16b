//! Entries one after the other, with all that is stored of them.

use std::collections::BTreeSet;

use super::ledger::{ENTRY, entry};
use super::{LedgerFilter, Segment, Store, statement_error};
use crate::error::{Error, Result};
use crate::ledger::line::EntryLine;
use crate::ledger::segment::Head;

impl Store {
    /// Hands on the entries after one position up to another, in order, from the database and not from segments.
    pub fn ledger_lines(&self, after: u64, last: u64, each: &mut dyn FnMut(EntryLine) -> Result<()>) -> Result<()> {
        let sql = format!("SELECT {ENTRY}, details_salt FROM ledger WHERE seq > ?1 AND seq <= ?2 ORDER BY seq");
        let mut statement = self.connection.prepare_cached(&sql).map_err(statement_error)?;
        let mut rows = statement.query([after, last]).map_err(statement_error)?;
        while let Some(row) = rows.next().map_err(statement_error)? {
            let salt: Option<Vec<u8>> = row.get(13).map_err(statement_error)?;
            let details: Option<String> = row.get(12).map_err(statement_error)?;
            each(EntryLine::new(entry(row).map_err(statement_error)?, salt.as_deref(), details))?;
        }
        Ok(())
    }

    /// Runs work that reads several times, all of it on one snapshot, which never blocks a writer.
    pub fn ledger_at_rest<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let snapshot = self.connection.unchecked_transaction().map_err(statement_error)?;
        let result = work()?;
        snapshot.finish().map_err(statement_error)?;
        Ok(result)
    }

    /// The first line of the file of a segment.
    ///
    /// # Errors
    /// When its file is not here or is not the segment.
    pub fn segment_head(&self, segment: &Segment) -> Result<Head> {
        self.segment_read(segment, &mut |_| Ok(()))
    }

    /// Hands on the entries of a segment, in order, each as soon as it was found sound.
    ///
    /// # Errors
    /// When its file is not here or is not the segment.
    pub fn segment_lines(&self, segment: &Segment, each: &mut dyn FnMut(EntryLine) -> Result<()>) -> Result<()> {
        self.segment_read(segment, each).map(drop)
    }

    fn segment_read(&self, segment: &Segment, each: &mut dyn FnMut(EntryLine) -> Result<()>) -> Result<Head> {
        let path = self.segment_path(segment);
        let mut failed = None;
        let read = self.segment_check(segment, &BTreeSet::new(), |line| {
            if failed.is_none() {
                failed = each(line).err();
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        let fault = match read {
            None => "it is not here".to_owned(),
            Some(Err(error)) => error.to_string(),
            Some(Ok(check)) => match check.pass.fault {
                Some(fault) => fault.message,
                None if check.pass.head != segment.head => "it is another one".to_owned(),
                None => return Ok(check.head),
            },
        };
        Err(Error::state("segment-unusable", format!("a segment of the ledger is needed, and {fault}"))
            .at_path(&path)
            .hinted("put the file back where it was; `aetherra-maint audit verify --segment FILE` checks it"))
    }

    /// Whether any entry passes a filter, also in those segments that are here.
    pub fn ledger_has(&self, filter: &LedgerFilter) -> Result<bool> {
        if !self.ledger_entries(filter, 1)?.is_empty() {
            return Ok(true);
        }
        let mut has = false;
        for segment in self.segments()?.iter().rev() {
            // What is wrong with a segment is for a check of it to tell.
            self.segment_check(segment, &BTreeSet::new(), |line| has |= filter.admits(&line))?;
            if has {
                break;
            }
        }
        Ok(has)
    }

    /// An entry that was moved to a segment.
    pub(super) fn segment_entry(&self, seq: u64) -> Result<Option<EntryLine>> {
        let of = |segment: &Segment| (segment.range.from..=segment.range.to).contains(&seq);
        let Some(segment) = self.segments()?.into_iter().find(of) else { return Ok(None) };
        let mut found = None;
        self.segment_lines(&segment, &mut |line| {
            if line.seq == seq {
                found = Some(line);
            }
            Ok(())
        })?;
        Ok(found)
    }
}
