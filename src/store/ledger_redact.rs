//! Finding and erasing details.

use rusqlite::params;

use super::{LedgerHead, Store, statement_error};
use crate::error::{Error, Result};
use crate::ledger::redaction::RedactRequest;
use crate::model::NewEntry;
use crate::model::ledger::SeqRange;

impl Store {
    /// The entries that still have details and that a request means.
    pub fn ledger_with_details(&self, request: &RedactRequest) -> Result<Vec<SeqRange>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT seq, action FROM ledger WHERE details IS NOT NULL AND (?1 IS NULL OR subject = ?1)
                 AND (?2 IS NULL OR time_ns < ?2) ORDER BY seq",
            )
            .map_err(statement_error)?;
        let rows = statement
            .query_map(params![request.subject, request.before_ns], |row| {
                Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?))
            })
            .map_err(statement_error)?;
        let mut found = Vec::new();
        for row in rows {
            let (seq, action) = row.map_err(statement_error)?;
            let of = |wanted: &String| {
                action.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            let is_in =
                request.ranges.is_empty() || request.ranges.iter().any(|range| (range.from..=range.to).contains(&seq));
            if is_in && (request.actions.is_empty() || request.actions.iter().any(of)) {
                found.push(seq);
            }
        }
        Ok(SeqRange::gather(found))
    }

    /// The copies of the database that lie beside it.
    pub fn backups(&self) -> Result<Vec<String>> {
        let folder = self.directory.join("backups");
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io("looking for backups", &folder, error)),
        };
        let mut names: Vec<String> =
            entries.flatten().map(|entry| format!("backups/{}", entry.file_name().to_string_lossy())).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Erases the details of entries, for good: their bytes are overwritten in the database, and the log of the
    /// database is emptied. Tells whether that was possible, which it is not while somebody else reads.
    pub fn ledger_redact(
        &mut self,
        trace_id: &str,
        ranges: &[SeqRange],
        entries: Vec<NewEntry>,
    ) -> Result<(bool, Option<LedgerHead>)> {
        self.connection.pragma_update(None, "secure_delete", "ON").map_err(statement_error)?;
        let wanted: u64 = ranges.iter().map(SeqRange::count).sum();
        let ((), head) = self.record_all(trace_id, |tx| {
            let mut erased = 0;
            for range in ranges {
                erased += tx.ledger_redact(*range)?;
            }
            if erased != wanted {
                return Err(Error::bug(format!("{wanted} entries were to lose their details, and {erased} had any")));
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
