//! Finding and erasing details.

use super::{LedgerHead, Store, statement_error};
use crate::error::{Error, Result};
use crate::host::disk::names_in;
use crate::ledger::redaction::RedactRequest;
use crate::model::NewEntry;
use crate::model::ledger::SeqRange;

impl Store {
    /// The entries that still have details and that a request means, also in segments.
    pub fn ledger_with_details(&self, request: &RedactRequest) -> Result<Vec<SeqRange>> {
        let mut found = Vec::new();
        let mut before_ns = i64::MIN;
        for segment in self.segments()? {
            if request.may_mean(segment.range, before_ns) {
                self.segment_lines(&segment, &mut |line| {
                    if line.details.is_some() && request.means(line.seq, line.time_ns, &line.action, &line.subject) {
                        found.push(line.seq);
                    }
                    Ok(())
                })?;
            }
            before_ns = segment.time_ns;
        }
        let mut statement = self
            .connection
            .prepare_cached("SELECT seq, time_ns, action, subject FROM ledger WHERE details IS NOT NULL ORDER BY seq")
            .map_err(statement_error)?;
        let mut rows = statement.query([]).map_err(statement_error)?;
        while let Some(row) = rows.next().map_err(statement_error)? {
            let (seq, time_ns): (u64, i64) =
                (row.get(0).map_err(statement_error)?, row.get(1).map_err(statement_error)?);
            let text = |at: usize| -> Result<String> { row.get(at).map_err(statement_error) };
            if request.means(seq, time_ns, &text(2)?, &text(3)?) {
                found.push(seq);
            }
        }
        Ok(SeqRange::gather(found))
    }

    /// The copies of the database that lie beside it.
    pub fn backups(&self) -> Result<Vec<String>> {
        let folder = self.directory.join("backups");
        let found = match names_in(&folder) {
            Ok(found) => found,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io("looking for backups", &folder, error)),
        };
        let mut names: Vec<String> = found.iter().map(|name| format!("backups/{}", name.to_string_lossy())).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Erases the details of entries, for good: their bytes are overwritten in the database, and the log of the
    /// database is emptied. Tells whether that was possible, which it is not while somebody else reads. For segments
    /// it only notes how many of their entries have no details any more, by the position of the last.
    pub fn ledger_redact(
        &mut self,
        trace_id: &str,
        ranges: &[SeqRange],
        segments: &[(u64, u64)],
        entries: Vec<NewEntry>,
    ) -> Result<(bool, Option<LedgerHead>)> {
        self.connection.pragma_update(None, "secure_delete", "ON").map_err(statement_error)?;
        let moved = self.segment_start()?.after;
        let wanted: u64 =
            ranges.iter().map(|range| SeqRange { from: range.from.max(moved + 1), ..*range }.count()).sum();
        let ((), head) = self.record_all(trace_id, |tx| {
            let mut erased = 0;
            for range in ranges {
                erased += tx.ledger_redact(*range)?;
            }
            if erased != wanted {
                return Err(Error::bug(format!("{wanted} entries were to lose their details, and {erased} had any")));
            }
            for (last, redacted) in segments {
                tx.segment_redacted(*last, *redacted)?;
            }
            Ok(((), entries))
        })?;
        let busy: i64 = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(statement_error)?;
        Ok((busy == 0, head))
    }
}
