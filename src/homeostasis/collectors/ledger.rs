//! The ledger: how long it is, and whether its chain holds.

use super::{Collector, Metric, Observation, Sense};
use crate::error::Result;

/// Reads the ledger.
pub struct Ledger;

impl Collector for Ledger {
    fn id(&self) -> &'static str {
        "ledger"
    }

    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ledger_entries", unit: "count", help: "Entries in the ledger" }]
    }

    fn collect(&self, sense: &Sense<'_>) -> Result<Vec<Observation>> {
        let head = sense.store.ledger_head()?;
        Ok(vec![("ledger_entries", Ok(head.map_or(0, |head| head.seq) as f64))])
    }
}
