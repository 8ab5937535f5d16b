//! The reports of `canary`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};
use crate::incorporation::canary::live::TrialView;
use crate::incorporation::canary::simulate::Simulated;
use crate::model::TrialState;

/// A trial.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CanaryReport {
    /// The newest one, or the one that was asked about; none when there never was one.
    pub trial: Option<TrialView>,
    /// Whether it ended in this run: then its end is the answer.
    #[serde(skip)]
    pub just_ended: bool,
    /// Whether this was only a rehearsal: the trial is as it was.
    pub dry_run: bool,
}

impl CanaryReport {
    /// A trial that was asked about.
    pub fn shown(trial: Option<TrialView>) -> Self {
        Self { trial, just_ended: false, dry_run: false }
    }

    /// A trial that ended in this run.
    pub fn ended(trial: TrialView) -> Self {
        Self { trial: Some(trial), just_ended: true, dry_run: false }
    }

    /// A trial that would be changed.
    pub fn rehearsed(trial: TrialView) -> Self {
        Self { trial: Some(trial), just_ended: false, dry_run: true }
    }
}

impl Report for CanaryReport {
    fn schema(&self) -> &'static str {
        "canary/v1"
    }

    fn outcome(&self) -> Outcome {
        match self.trial.as_ref().map(|trial| trial.state) {
            None => Outcome::Empty,
            Some(TrialState::Failed | TrialState::Inconclusive) if self.just_ended => Outcome::RolledBack,
            Some(_) => Outcome::Yes,
        }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        let Some(trial) = &self.trial else { return page.line("nothing was ever on trial") };
        let (generation, stable) = (trial.generation, trial.stable);
        page.line(match trial.state {
            TrialState::Passed => {
                format!("generation {generation} passed its trial, and is deployed (before: {stable})")
            }
            TrialState::Failed => format!("generation {generation} failed its trial; {stable} stays deployed"),
            TrialState::Inconclusive => {
                format!("the trial of generation {generation} did not decide; {stable} stays deployed")
            }
            TrialState::Stopped => {
                format!("the trial of generation {generation} was stopped; {stable} stays deployed")
            }
            _ if trial.paused => format!(
                "the trial of generation {generation} did not decide; a person may promote it before it is taken back"
            ),
            _ => format!("generation {generation} is on trial for {} % of the traffic", trial.percent),
        });
        let (canary, stable) = (trial.canary, trial.traffic);
        page.line(format!(
            "observed in {} looks at {}: {} of {} canary requests failed, {} of {} others",
            trial.looks, trial.source, canary.failures, canary.requests, stable.failures, stable.requests
        ));
        for reason in trial.verdict.iter().flat_map(|verdict| &verdict.reasons) {
            page.line(format!("  {reason}"));
        }
        if self.dry_run {
            page.line("nothing was changed");
        }
        if let Some(token) = &trial.token {
            page.line(format!("to undo: aetherra-maint rollback {token}"));
        }
    }
}

/// What came of simulated trials.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CanarySimulation(pub Simulated);

impl Report for CanarySimulation {
    fn schema(&self) -> &'static str {
        "canary-simulate/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        let Simulated { scenario, stopped, median_requests, p90_requests, passed, inconclusive, failed } = &self.0;
        page.line(format!(
            "{} trials of {} canary requests, {:.1} % of the traffic, a look after every request",
            scenario.runs,
            scenario.requests,
            scenario.share * 100.0
        ));
        page.line(format!(
            "failures {:.2} % (stable {:.2} %), latency ×{:.2}",
            scenario.canary_failures * 100.0,
            scenario.stable_failures * 100.0,
            scenario.slowdown
        ));
        page.line(format!("stopped: {:.2} % of the trials", stopped * 100.0));
        if let (Some(median), Some(p90)) = (median_requests, p90_requests) {
            page.line(format!("after {median} canary requests in the median, {p90} in nine of ten"));
        }
        page.line(format!(
            "at the end: {:.2} % passed, {:.2} % failed, {:.2} % had too little to tell and go back",
            passed * 100.0,
            failed * 100.0,
            inconclusive * 100.0
        ));
    }
}
