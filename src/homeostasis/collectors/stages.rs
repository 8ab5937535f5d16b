//! How the stages of the loop fare.

use super::{Collector, Metric, Observation, Sense};
use crate::error::Result;

/// How far back to look.
const DAY_NS: i64 = 24 * 3600 * 1_000_000_000;

/// Reads the recorded runs of stages.
pub struct Stages;

impl Collector for Stages {
    fn id(&self) -> &'static str {
        "stages"
    }

    fn metrics(&self) -> &'static [Metric] {
        &[
            Metric { name: "stage_runs_last_day", unit: "count", help: "Stages that were run in the last day" },
            Metric { name: "stage_failures_last_day", unit: "count", help: "Stages that failed in the last day" },
            Metric {
                name: "stage_success_rate",
                unit: "share",
                help: "Share of the stages run in the last day that did not fail",
            },
        ]
    }

    fn collect(&self, sense: &Sense<'_>) -> Result<Vec<Observation>> {
        let (runs, failures) = sense.store.stage_runs_since(sense.now_ns.saturating_sub(DAY_NS))?;
        let rate = if runs == 0 {
            Err("no stage has run in the last day".to_owned())
        } else {
            Ok(1.0 - failures as f64 / runs as f64)
        };
        Ok(vec![
            ("stage_runs_last_day", Ok(runs as f64)),
            ("stage_failures_last_day", Ok(failures as f64)),
            ("stage_success_rate", rate),
        ])
    }
}
