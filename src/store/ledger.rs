//! The ledger table.

use rusqlite::{OptionalExtension, params};

use super::{Store, Tx, statement_error};
use crate::error::Result;
use crate::host::Host;
use crate::model::ledger::{GENESIS, details_digest};
use crate::model::{Digest, EntryHash, LedgerEntry, NewEntry};

/// The newest entry: what a report names as its proof.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct LedgerHead {
    /// Its position.
    pub seq: u64,
    /// Its hash.
    pub hash: EntryHash,
}

impl Tx<'_> {
    /// Appends an entry; only [`Store::record`] calls this.
    pub(super) fn ledger_append(&self, entry: &NewEntry, host: &Host) -> Result<LedgerHead> {
        let newest = self
            .transaction
            .query_row("SELECT seq, time_ns, entry_hash FROM ledger ORDER BY seq DESC LIMIT 1", [], |row| {
                Ok((row.get::<_, u64>(0)?, row.get::<_, i64>(1)?, row.get::<_, [u8; 32]>(2)?))
            })
            .optional()
            .map_err(statement_error)?;
        let (seq, newest_ns, prev_hash) =
            newest.map_or((0, i64::MIN, GENESIS), |(seq, time, hash)| (seq, time, Digest(hash)));
        let mut salt = [0; 16];
        host.entropy.fill(&mut salt);
        let details = entry.details.to_string();
        let mut row = LedgerEntry {
            seq: seq + 1,
            time_ns: host.clock.now_ns().max(newest_ns),
            actor: entry.actor.clone(),
            action: entry.action.clone(),
            subject: entry.subject.clone(),
            reason: entry.reason.clone(),
            trace_id: entry.trace_id.clone(),
            result: entry.result.clone(),
            details_digest: details_digest(&salt, details.as_bytes()),
            prev_hash,
            entry_hash: GENESIS,
        };
        row.entry_hash = row.compute_hash();
        self.transaction
            .execute(
                "INSERT INTO ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                params![
                    row.seq,
                    row.time_ns,
                    row.actor,
                    row.action,
                    row.subject,
                    row.reason,
                    row.trace_id,
                    row.result,
                    row.details_digest.0,
                    row.prev_hash.0,
                    row.entry_hash.0,
                    salt,
                    details,
                ],
            )
            .map_err(statement_error)?;
        Ok(LedgerHead { seq: row.seq, hash: row.entry_hash })
    }
}

impl Store {
    /// The newest entry, or none when nothing was ever recorded.
    pub fn ledger_head(&self) -> Result<Option<LedgerHead>> {
        self.connection
            .query_row("SELECT seq, entry_hash FROM ledger ORDER BY seq DESC LIMIT 1", [], |row| {
                Ok(LedgerHead { seq: row.get(0)?, hash: Digest(row.get(1)?) })
            })
            .optional()
            .map_err(statement_error)
    }
}
