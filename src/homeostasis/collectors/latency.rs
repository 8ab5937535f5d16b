//! How long our own work takes.

use super::{Collector, Metric, Observation, Sense};
use crate::error::Result;
use crate::model::StageResult;

/// How many runs the percentile looks back.
const RUNS: usize = 100;

/// Reads the recorded runs of stages.
pub struct Latency;

/// The stage that each metric is about.
const STAGES: [(&str, &str); 2] = [("scan_duration_p95", "scan"), ("security_eval_duration_p95", "security-eval")];

impl Collector for Latency {
    fn id(&self) -> &'static str {
        "latency"
    }

    fn metrics(&self) -> &'static [Metric] {
        &[
            Metric {
                name: "scan_duration_p95",
                unit: "milliseconds",
                help: "Time in which 95 of the last 100 scans were done",
            },
            Metric {
                name: "security_eval_duration_p95",
                unit: "milliseconds",
                help: "Time in which 95 of the last 100 security evaluations were done",
            },
        ]
    }

    fn collect(&self, sense: &Sense<'_>) -> Result<Vec<Observation>> {
        let mut observations = Vec::new();
        for (metric, stage) in STAGES {
            let runs = sense.store.stage_runs_latest(stage, RUNS)?;
            let done = runs.iter().filter(|run| run.result != StageResult::Failed);
            let durations: Vec<f64> = done.map(|run| run.milliseconds()).collect();
            let none = || format!("`{stage}` has not run yet");
            observations.push((metric, percentile(durations, 0.95).ok_or_else(none)));
        }
        Ok(observations)
    }
}

/// The smallest value that at least `share` of the values do not exceed (nearest rank).
fn percentile(mut values: Vec<f64>, share: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let rank = (share * values.len() as f64).ceil() as usize;
    values.get(rank.max(1) - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn the_nearest_rank_is_taken() {
        assert_eq!(percentile((1..=100).map(f64::from).collect(), 0.95), Some(95.0));
        assert_eq!(percentile(vec![3.0, 1.0, 2.0], 0.95), Some(3.0));
        assert_eq!(percentile(vec![3.0, 1.0, 2.0], 0.5), Some(2.0));
        assert_eq!(percentile(Vec::new(), 0.95), None);
    }
}
