//! The reports of `quarantine`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Outcome, Page, Report};
use crate::model::{Quarantine, QuarantineState};

/// All that is or was isolated.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuarantineList {
    /// Oldest first.
    pub items: Vec<Quarantine>,
    /// How many there are in each state.
    pub by_state: BTreeMap<String, u64>,
    /// How many each trigger asked for.
    pub by_trigger: BTreeMap<String, u64>,
}

impl QuarantineList {
    /// The list with its statistics.
    pub fn new(items: Vec<Quarantine>) -> Self {
        let count = |key: fn(&Quarantine) -> String| {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for item in &items {
                *counts.entry(key(item)).or_default() += 1;
            }
            counts
        };
        let by_state = count(|item| item.state.word().to_owned());
        let by_trigger = count(|item| item.trigger.clone());
        Self { items, by_state, by_trigger }
    }
}

impl Report for QuarantineList {
    fn schema(&self) -> &'static str {
        "quarantine/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.items.is_empty() { Outcome::Empty } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        if self.items.is_empty() {
            return page.line("nothing is isolated");
        }
        let mut table = Table::new(&[
            Column::Number("id"),
            Column::Identifier("state"),
            Column::Identifier("path"),
            Column::Identifier("by"),
            Column::Text("reason"),
        ]);
        for item in self.items.iter().filter(|item| item.state == QuarantineState::Held || page.verbosity > 0) {
            table.row([
                item.id.to_string(),
                item.state.word().to_owned(),
                item.path.clone(),
                item.trigger.clone(),
                item.reason.clone(),
            ]);
        }
        table.write(page);
        let counts: Vec<String> = self.by_state.iter().map(|(state, count)| format!("{count} {state}")).collect();
        page.line(counts.join(", "));
    }
}

/// What happened to isolated files: isolated, released, restored or only looked at.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuarantineChange {
    /// `hold`, `release`, `restore` or `show`.
    pub action: String,
    /// The files.
    pub items: Vec<Quarantine>,
    /// Components that left the deployed tree.
    pub removed: Vec<String>,
    /// The generation that is deployed now, when something left it.
    pub generation: Option<u64>,
    /// Whether this was only a rehearsal.
    pub dry_run: bool,
}

impl Report for QuarantineChange {
    fn schema(&self) -> &'static str {
        "quarantine-change/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        let verb = match (self.action.as_str(), self.dry_run) {
            ("hold", false) => "isolated",
            ("hold", true) => "would be isolated",
            ("release", false) => "released",
            ("release", true) => "would be released",
            ("restore", false) => "restored",
            ("restore", true) => "would be restored",
            _ => "isolated",
        };
        if self.items.is_empty() {
            page.line("nothing is to be isolated");
        }
        for item in &self.items {
            let number = if item.id > 0 { format!("number {}, ", item.id) } else { String::new() };
            page.line(format!("{verb}: {} ({number}{}): {}", item.path, item.digest.short(), item.reason));
            if self.action == "show" {
                page.line(format!("  {}, {} bytes, asked for by {}", item.state.word(), item.size, item.trigger));
                page.line(if item.moved {
                    "  the original was taken away"
                } else {
                    "  the original was left where it is"
                });
                if let Some(resolution) = &item.resolution {
                    page.line(format!("  {resolution}"));
                }
            }
        }
        let would = if self.dry_run { "would be " } else { "" };
        for id in &self.removed {
            page.line(format!("{would}taken out of the deployed tree: {id}"));
        }
        if let Some(generation) = self.generation {
            page.line(format!("generation {generation} is deployed"));
        }
    }
}
