//! What the parts of a policy say, gathered by effect.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Effect, PolicyDecision};
use crate::model::Decision;

/// What one part of the policy said, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Vote {
    /// What it asks for.
    pub effect: Effect,
    /// The rule, or the built-in part of the policy.
    pub rule: String,
    /// In words.
    pub reason: String,
    /// What came of it.
    pub weight: VoteWeight,
}

/// What came of a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VoteWeight {
    /// It is what decided, or one of several that did.
    Decides,
    /// Something stricter decided.
    Outweighed,
    /// It asked for a look, and reviewers have looked.
    Settled,
}

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

    fn decision(&self) -> Decision {
        if !self.quarantine.is_empty() {
            Decision::Quarantine
        } else if !self.forbid.is_empty() {
            Decision::Reject
        } else if !self.review.is_empty() || self.permit.is_empty() {
            Decision::Review
        } else {
            Decision::Approve
        }
    }

    /// Every vote, the strictest first; what decides by default when nothing else does is one of them.
    pub(super) fn list(self) -> Vec<Vote> {
        let decisive = match self.decision() {
            Decision::Quarantine => Effect::Quarantine,
            Decision::Reject => Effect::Forbid,
            Decision::Review => Effect::Review,
            Decision::Approve => Effect::Permit,
        };
        let is_default = decisive == Effect::Review && self.review.is_empty();
        let default = is_default.then(|| ("default-deny".to_owned(), self.default));
        let lists = [
            (Effect::Quarantine, self.quarantine),
            (Effect::Forbid, self.forbid),
            (Effect::Review, self.review.into_iter().chain(default).collect()),
            (Effect::Permit, self.permit),
        ];
        let told = |effect: Effect, weight: VoteWeight, votes: Vec<(String, String)>| {
            votes.into_iter().map(move |(rule, reason)| Vote { effect, rule, reason, weight })
        };
        let weight = |effect| if effect == decisive { VoteWeight::Decides } else { VoteWeight::Outweighed };
        let cast = lists.into_iter().flat_map(|(effect, votes)| told(effect, weight(effect), votes));
        cast.chain(told(Effect::Review, VoteWeight::Settled, self.settled)).collect()
    }

    pub(super) fn decide(self) -> PolicyDecision {
        let decision = self.decision();
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
