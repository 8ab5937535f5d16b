//! The report of `status`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};
use crate::store::LedgerHead;

/// Everything at a glance.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatusReport {
    /// The newest ledger entry.
    pub ledger: Option<LedgerHead>,
}

impl Report for StatusReport {
    fn schema(&self) -> &'static str {
        "status/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        match &self.ledger {
            Some(head) => page.line(format!("ledger: {} entries, head {}", head.seq, head.hash.short())),
            None => page.line("ledger: empty"),
        }
    }
}
