//! The ledger: how long it is, and whether its chain holds.

use super::{Collector, Metric, Observation, Sense};
use crate::error::Result;

/// How many of the newest entries are followed in every collection. The loop follows all of them at
/// `watch.audit_interval`.
const NEWEST: u64 = 10_000;

/// Reads the ledger.
pub struct Ledger;

impl Collector for Ledger {
    fn id(&self) -> &'static str {
        "ledger"
    }

    fn metrics(&self) -> &'static [Metric] {
        &[
            Metric { name: "ledger_entries", unit: "count", help: "Entries in the ledger" },
            Metric {
                name: "ledger_intact",
                unit: "flag",
                help: "1 when the chain over the newest 10,000 entries of the ledger holds, else 0",
            },
        ]
    }

    fn collect(&self, sense: &Sense<'_>) -> Result<Vec<Observation>> {
        let head = sense.store.ledger_head()?;
        let chain = sense.store.ledger_chain(Some(NEWEST))?;
        Ok(vec![
            ("ledger_entries", Ok(head.map_or(0, |head| head.seq) as f64)),
            ("ledger_intact", Ok(if chain.broken_at.is_none() { 1.0 } else { 0.0 })),
        ])
    }
}
