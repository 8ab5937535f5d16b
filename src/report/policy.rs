//! The report of `policy`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};
use crate::gate::policy::Concern;
use crate::incorporation::policy_trial::PolicyTrial;
use crate::model::counted;

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
            page.line(format!(
                "valid, with {}; nothing in it contradicts itself or can never match",
                counted(self.rules, "rule")
            ));
        }
    }
}

impl Report for PolicyTrial {
    fn schema(&self) -> &'static str {
        "policy-test/v1"
    }

    fn outcome(&self) -> Outcome {
        match (self.judged, self.changes.is_empty()) {
            (0, _) => Outcome::Empty,
            (_, true) => Outcome::Yes,
            (_, false) => Outcome::No,
        }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        for one in &self.changes {
            let component = one.component.as_ref().map_or_else(String::new, |id| format!(", deployed in {id}"));
            page.line(format!(
                "{} ({}{component}): {} -> {}: {}",
                one.path,
                one.class.word(),
                one.before.word(),
                one.after.word(),
                one.reasons.first().map_or("", String::as_str)
            ));
        }
        if !self.without_effect.is_empty() {
            page.line(format!("no part in any decision: {}", self.without_effect.join(", ")));
        }
        for concern in &self.concerns {
            let kind = json!(concern.kind);
            page.line(format!("{} ({}): {}", concern.about, kind.as_str().unwrap_or_default(), concern.detail));
        }
        page.line(format!("{} of {} decisions would change", self.changes.len(), self.judged));
    }
}
