//! What the parts of a policy say, gathered by effect.

use super::{Effect, PolicyDecision};
use crate::model::Decision;

/// What the rules said, gathered by effect.
#[derive(Default)]
pub(super) struct Votes {
    quarantine: Vec<(String, String)>,
    forbid: Vec<(String, String)>,
    review: Vec<(String, String)>,
    permit: Vec<(String, String)>,
    settled: Vec<(String, String)>,
    default: String,
}

impl Votes {
    pub(super) fn cast(&mut self, effect: Effect, id: &str, reason: impl Into<String>) {
        let list = match effect {
            Effect::Quarantine => &mut self.quarantine,
            Effect::Forbid => &mut self.forbid,
            Effect::Review => &mut self.review,
            Effect::Permit => &mut self.permit,
        };
        list.push((id.to_owned(), reason.into()));
    }

    pub(super) fn by_default(&mut self, reason: String) {
        self.default = reason;
    }

    /// Where enough reviewers have looked at exactly this content, what asks for a look is settled.
    pub(super) fn settle_reviews(&mut self) {
        self.settled = std::mem::take(&mut self.review);
    }

    pub(super) fn decide(self) -> PolicyDecision {
        let decision = if !self.quarantine.is_empty() {
            Decision::Quarantine
        } else if !self.forbid.is_empty() {
            Decision::Reject
        } else if !self.review.is_empty() || self.permit.is_empty() {
            Decision::Review
        } else {
            Decision::Approve
        };
        // A permission that was outweighed is no reason for what was decided.
        let permit = if decision == Decision::Approve { self.permit } else { Vec::new() };
        let (mut rules, mut reasons): (Vec<_>, Vec<_>) =
            [self.quarantine, self.forbid, self.review, permit].into_iter().flatten().unzip();
        if rules.is_empty() {
            rules.push("default-deny".to_owned());
            reasons.push(self.default);
        }
        let settled = self.settled.into_iter().map(|(rule, reason)| format!("reviewers settled `{rule}`: {reason}"));
        reasons.extend(settled);
        PolicyDecision { decision, rules, reasons }
    }
}
