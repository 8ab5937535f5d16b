//! The report of `status`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::health::runlevel_style;
use super::table::{Column, Table};
use super::{Outcome, Page, Report};
use crate::model::counted;
use crate::status::Status;

/// Everything at a glance.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct StatusReport {
    /// The summary.
    pub status: Status,
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
        let status = &self.status;
        let percent = |percent: Option<f64>| percent.map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"));
        let runlevel = page.styled(runlevel_style(status.overall.runlevel), status.overall.runlevel.word());
        let overall = &status.overall;
        page.line(format!(
            "{runlevel}  health {}, critical {}",
            percent(overall.health_percent),
            percent(overall.critical_health_percent)
        ));
        for reason in &status.homeostasis.reasons {
            page.line(format!("  {reason}"));
        }
        if overall.health_percent.is_none() && status.homeostasis.reasons.is_empty() {
            page.line("  nothing was measured yet; `aetherra-maint health` does");
        }
        page.line("");
        page.line(format!("loop        {}", if overall.overall_running { "running" } else { "not running" }));
        self.incorporation(page);
        match &status.ledger.head {
            Some(head) => {
                page.line(format!(
                    "ledger      {}, newest {}",
                    counted(status.ledger.entries, "entry"),
                    head.hash.short()
                ));
            }
            None => page.line("ledger      empty"),
        }
        page.line("");
        self.stages(page);
    }
}

impl StatusReport {
    fn incorporation(&self, page: &mut Page) {
        let incorporation = &self.status.self_incorporation;
        let list = |counts: &std::collections::BTreeMap<String, u64>| {
            counts
                .iter()
                .filter(|(_, count)| **count > 0)
                .map(|(word, count)| format!("{count} {word}"))
                .reduce(|list, next| format!("{list}, {next}"))
                .unwrap_or_else(|| "none yet".to_owned())
        };
        if let Some(warning) = incorporation.verification.warning() {
            page.line(format!("warning     {warning}"));
        }
        if !incorporation.available {
            page.line("index       empty");
            return;
        }
        page.line(format!(
            "index       {}: {}",
            counted(incorporation.files_discovered, "file"),
            list(&incorporation.classes)
        ));
        page.line(format!("decisions   {}", list(&incorporation.decisions)));
        page.line(format!("tiers       {}", list(&incorporation.tiers)));
        let isolated = self.status.kpis.files_quarantined.unwrap_or(0);
        page.line(format!("quarantine  {}", counted(isolated, "file")));
        page.line(match incorporation.generation {
            0 => "deployed    nothing".to_owned(),
            number => format!("deployed    generation {number}, {}", counted(incorporation.components, "component")),
        });
        if let Some(token) = &self.status.kpis.last_rollback_token {
            page.line(format!("undo        `rollback --last` spends {token}…"));
        }
    }

    fn stages(&self, page: &mut Page) {
        let mut columns =
            vec![Column::Identifier("stage"), Column::Identifier("in the loop"), Column::Identifier("due")];
        columns.push(Column::Text("what it did"));
        if page.verbosity > 0 {
            columns.push(Column::Identifier("ended"));
        }
        let mut table = Table::new(&columns);
        for stage in &self.status.stages {
            table.row([
                stage.name.clone(),
                stage.result.map_or("never", |result| result.word()).to_owned(),
                if stage.due { "now" } else { "later" }.to_owned(),
                stage.detail.clone().unwrap_or_default(),
                stage.ended_at.clone().unwrap_or_default(),
            ]);
        }
        table.write(page);
    }
}
