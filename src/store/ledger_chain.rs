//! Whether the chain of the ledger holds.

use rusqlite::Row;

use super::{Store, statement_error};
use crate::error::Result;
use crate::model::ledger::GENESIS;
use crate::model::{Digest, LedgerEntry};

/// What following the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Entries that were followed.
    pub followed: u64,
    /// The first entry that is not what the one before it, or its own content, says.
    pub broken_at: Option<u64>,
}

impl Store {
    /// Follows the chain over the newest entries, or over all of them, recomputing every hash.
    pub fn ledger_chain(&self, newest: Option<u64>) -> Result<Chain> {
        let head = self.ledger_head()?.map_or(0, |head| head.seq);
        let first = newest.map_or(1, |newest| head.saturating_sub(newest.saturating_sub(1)).max(1));
        let sql = "SELECT seq, time_ns, actor, action, subject, reason, trace_id, result, details_digest, prev_hash,
                   entry_hash FROM ledger WHERE seq >= ?1 ORDER BY seq";
        let mut statement = self.connection.prepare_cached(sql).map_err(statement_error)?;
        let mut rows = statement.query([first]).map_err(statement_error)?;
        let mut chain = Chain { followed: 0, broken_at: None };
        let mut before: Option<Digest> = (first == 1).then_some(GENESIS);
        let mut expected = first;
        while let Some(row) = rows.next().map_err(statement_error)? {
            let entry = entry(row).map_err(statement_error)?;
            let follows = before.is_none_or(|before| before == entry.prev_hash);
            if entry.seq != expected || !follows || entry.compute_hash() != entry.entry_hash {
                chain.broken_at = Some(expected.min(entry.seq));
                break;
            }
            before = Some(entry.entry_hash);
            expected += 1;
            chain.followed += 1;
        }
        Ok(chain)
    }
}

fn entry(row: &Row<'_>) -> rusqlite::Result<LedgerEntry> {
    Ok(LedgerEntry {
        seq: row.get(0)?,
        time_ns: row.get(1)?,
        actor: row.get(2)?,
        action: row.get(3)?,
        subject: row.get(4)?,
        reason: row.get(5)?,
        trace_id: row.get(6)?,
        result: row.get(7)?,
        details_digest: Digest(row.get(8)?),
        prev_hash: Digest(row.get(9)?),
        entry_hash: Digest(row.get(10)?),
    })
}
