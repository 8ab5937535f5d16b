//! The report of `health`.

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Format, Outcome, Page, Report};
use crate::homeostasis::collectors;
use crate::homeostasis::health::Checkup;
use crate::homeostasis::slo::SloState;
use crate::homeostasis::supervisor::{Runlevel, tidy};

/// How the system is.
pub struct HealthReport {
    /// What was found.
    pub checkup: Checkup,
}

/// The style in which a runlevel is written.
pub fn runlevel_style(runlevel: Runlevel) -> Style {
    let colour = match runlevel {
        Runlevel::Online => AnsiColor::Green,
        Runlevel::Degraded | Runlevel::Unknown => AnsiColor::Yellow,
        Runlevel::Critical => AnsiColor::Red,
    };
    Style::new().bold().fg_color(Some(colour.into()))
}

impl Report for HealthReport {
    fn schema(&self) -> &'static str {
        "health/v1"
    }

    fn outcome(&self) -> Outcome {
        match self.checkup.health.runlevel {
            Runlevel::Online => Outcome::Yes,
            Runlevel::Degraded | Runlevel::Critical => Outcome::No,
            Runlevel::Unknown => Outcome::Incomplete,
        }
    }

    fn data(&self) -> Value {
        json!(self.checkup)
    }

    fn items(&self) -> Vec<Value> {
        let metric = |scored: &_| {
            let mut item = json!(scored);
            item["type"] = json!("metric");
            item
        };
        self.checkup.health.metrics.iter().map(metric).collect()
    }

    fn human(&self, page: &mut Page) {
        let health = &self.checkup.health;
        let score = |score: Option<f64>| score.map_or_else(|| "–".to_owned(), |score| format!("{score:.2}"));
        let runlevel = page.styled(runlevel_style(health.runlevel), health.runlevel.word());
        page.line(format!("{runlevel}  health {}, critical {}", score(health.score), score(health.critical_score)));
        for reason in &health.reasons {
            page.line(format!("  {reason}"));
        }
        page.line("");
        let mut components =
            Table::new(&[Column::Identifier("component"), Column::Number("score"), Column::Identifier("weakest")]);
        for component in &health.components {
            let weakest = component.weakest.clone().unwrap_or_default();
            components.row([component.name.clone(), score(component.score), weakest]);
        }
        components.write(page);
        page.line("");
        self.metrics(page);
        self.promises(page);
        if !self.checkup.missing.is_empty() {
            page.line("");
            page.line("not measured:");
            for gap in &self.checkup.missing {
                page.line(format!("  {}: {}", gap.metric, gap.reason));
            }
        }
    }

    fn render(&self, format: Format) -> Option<String> {
        (format == Format::Prometheus).then(|| self.prometheus())
    }
}

impl HealthReport {
    fn metrics(&self, page: &mut Page) {
        let mut table = Table::new(&[
            Column::Identifier("metric"),
            Column::Number("value"),
            Column::Identifier("unit"),
            Column::Number("score"),
        ]);
        for scored in &self.checkup.health.metrics {
            // Raw counters only serve to compute others.
            if scored.sample.unit == "ticks" && page.verbosity < 1 {
                continue;
            }
            let score = scored.score.map_or_else(String::new, |score| format!("{score:.2}"));
            table.row([scored.sample.metric.clone(), tidy(scored.sample.value), scored.sample.unit.clone(), score]);
        }
        table.write(page);
    }

    fn promises(&self, page: &mut Page) {
        let broken = |state| matches!(state, SloState::Breached | SloState::WithinGrace);
        for slo in self.checkup.health.slos.iter().filter(|slo| broken(slo.state)) {
            let grace = if slo.state == SloState::WithinGrace {
                format!(", counts after {} s", slo.grace_seconds)
            } else {
                String::new()
            };
            let value = slo.value.map_or_else(|| "unknown".to_owned(), tidy);
            page.line(format!(
                "{}: {} is {value}, {} {}{grace}",
                slo.state.word(),
                slo.metric,
                slo.limit_kind,
                tidy(slo.limit)
            ));
        }
    }

    /// The text format of Prometheus. The two headline figures have the names of the system that this one
    /// grew up beside; every other metric is named `aetherra_` and its own name.
    fn prometheus(&self) -> String {
        let mut text = String::new();
        let mut gauge = |name: &str, help: &str, value: f64| {
            text.push_str(&format!("# HELP aetherra_{name} {help}\n# TYPE aetherra_{name} gauge\n"));
            text.push_str(&format!("aetherra_{name} {value}\n"));
        };
        let health = &self.checkup.health;
        if let Some(score) = health.score {
            gauge("system_health", "System health score (0.0-1.0)", score);
        }
        if let Some(score) = health.critical_score {
            gauge("critical_health", "Lowest score of a critical metric (0.0-1.0)", score);
        }
        let breaches = health.slos.iter().filter(|slo| slo.state == SloState::Breached).count();
        gauge("slo_breaches", "Service levels that are not kept", breaches as f64);
        gauge("metrics_collected", "Metrics that were measured", health.metrics.len() as f64);
        gauge("metrics_missing", "Metrics that could not be measured", self.checkup.missing.len() as f64);
        for scored in &health.metrics {
            let help = collectors::metric(&scored.sample.metric).map_or("A recorded metric", |metric| metric.help);
            gauge(&scored.sample.metric, help, scored.sample.value);
        }
        text
    }
}
