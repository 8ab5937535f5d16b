//! The ledger: how long it is, and whether its chain holds.

use super::{Collector, Metric, Observation, Sense};
use crate::error::Result;
use crate::store::Reach;

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
                help: "1 when the ledger agrees with itself from the last whole check on, else 0",
            },
        ]
    }

    fn collect(&self, sense: &Sense<'_>) -> Result<Vec<Observation>> {
        let head = sense.store.ledger_head()?;
        // The loop reads all entries at `watch.audit_interval`, and each time leaves where to go on from.
        let check = sense.store.ledger_verify(&[], Reach::New)?;
        Ok(vec![
            ("ledger_entries", Ok(head.map_or(0, |head| head.seq) as f64)),
            ("ledger_intact", Ok(if check.fault.is_none() { 1.0 } else { 0.0 })),
        ])
    }
}
