//! The reports of `canary`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};
use crate::incorporation::canary::simulate::Simulated;

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
        let Simulated { scenario, stopped, median_requests, p90_requests } = &self.0;
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
    }
}
