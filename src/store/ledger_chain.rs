//! Whether the chain of the ledger holds.

use super::{LedgerFilter, Store};
use crate::error::Result;

/// What following the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Entries that were followed.
    pub followed: u64,
    /// The first entry that is not what the one before it, its own content, or a signature says. What is wrong
    /// with the ledger as a whole counts from its first entry.
    pub broken_at: Option<u64>,
}

impl Store {
    /// Follows the chain over the newest entries, recomputing every hash; or checks all there is to check.
    pub fn ledger_chain(&self, newest: Option<u64>) -> Result<Chain> {
        let Some(newest) = newest else {
            let check = self.ledger_verify(&[])?;
            let broken_at = check.fault.map(|fault| fault.seq.unwrap_or(1));
            return Ok(Chain { followed: check.size, broken_at });
        };
        let head = self.ledger_head()?.map_or(0, |head| head.seq);
        let after = head.saturating_sub(newest);
        let entries = self.ledger_entries(&LedgerFilter { after, ..LedgerFilter::default() }, newest)?;
        let mut chain = Chain { followed: 0, broken_at: None };
        for (expected, entry) in (after + 1..).zip(&entries) {
            if entry.seq != expected || entry.compute_hash() != entry.entry_hash {
                chain.broken_at = Some(expected);
                break;
            }
            chain.followed += 1;
        }
        Ok(chain)
    }
}
