//! The report of `policy`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};
use crate::gate::policy::Concern;

/// A valid policy, and what in it is probably not what was meant.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PolicyCheck {
    /// How many rules it has beside tiers, thresholds and capabilities.
    pub rules: usize,
    /// What it can hardly mean.
    pub concerns: Vec<Concern>,
}

impl Report for PolicyCheck {
    fn schema(&self) -> &'static str {
        "policy-check/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.concerns.is_empty() { Outcome::Yes } else { Outcome::No }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        for concern in &self.concerns {
            let kind = json!(concern.kind);
            page.line(format!("{} ({}): {}", concern.about, kind.as_str().unwrap_or_default(), concern.detail));
        }
        if self.concerns.is_empty() {
            page.line(format!("valid, with {} rules; nothing in it contradicts itself or can never match", self.rules));
        }
    }
}
