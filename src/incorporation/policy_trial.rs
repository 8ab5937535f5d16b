//! What another policy would make of everything that was judged, without putting it in force.

use std::collections::{BTreeSet, HashMap};

use schemars::JsonSchema;
use serde::Serialize;

use super::trust;
use crate::error::Result;
use crate::gate::Subject;
use crate::gate::policy::{Concern, Policy, examine};
use crate::model::{ComponentKind, Decision, TrustTier};
use crate::settings::Settings;
use crate::store::Store;

/// One decision that would be another.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DecisionChange {
    /// The file.
    pub path: String,
    /// Its class, as far as its present content was classified.
    pub class: ComponentKind,
    /// The deployed component that it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// What the policy in force says.
    pub before: Decision,
    /// What the other would say.
    pub after: Decision,
    /// The tier under the policy in force.
    pub tier_before: TrustTier,
    /// The tier under the other.
    pub tier_after: TrustTier,
    /// The rules behind the new decision, the deciding one first.
    pub rules: Vec<String>,
    /// The reasons for it.
    pub reasons: Vec<String>,
}

/// What would change.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PolicyTrial {
    /// How many recorded judgements were decided anew.
    pub judged: u64,
    /// The decisions that would be others, by path.
    pub changes: Vec<DecisionChange>,
    /// Rules of the other policy that had no part in any decision.
    pub without_effect: Vec<String>,
    /// What the other policy can hardly mean.
    pub concerns: Vec<Concern>,
}

/// Decides every recorded judgement under the policy in force and under another. Both are asked with the trust, the
/// classes and the deployment of now, so that only the policy differs.
///
/// # Errors
/// When the state, the keys or the policy in force cannot be read.
pub fn run(settings: &Settings, store: &Store, candidate: Policy) -> Result<PolicyTrial> {
    let mut gate = trust::gate(settings, store.now_seconds(), Some(store), &[])?;
    let verdicts = store.verdicts()?;
    let before: Vec<_> = verdicts.iter().map(|one| gate.consider(Subject::of_verdict(one))).collect();
    let (_, components) = store.generation_deployed()?;
    let deployed: HashMap<String, String> = components
        .into_iter()
        .flat_map(|one| one.files.into_iter().map(move |file| (file.source, one.id.clone())))
        .collect();
    let concerns = examine(&candidate);
    let mut idle: BTreeSet<String> = candidate.file().rules.iter().map(|rule| rule.id.clone()).collect();
    gate.policy = candidate;
    let mut changes = Vec::new();
    for (verdict, before) in verdicts.iter().zip(before) {
        let after = gate.consider(Subject::of_verdict(verdict));
        for vote in gate.policy.votes(&after.facts) {
            idle.remove(&vote.rule);
        }
        if after.verdict.decision != before.verdict.decision {
            changes.push(DecisionChange {
                path: verdict.subject.clone(),
                class: after.facts.class,
                component: deployed.get(&verdict.subject).cloned(),
                before: before.verdict.decision,
                after: after.verdict.decision,
                tier_before: before.verdict.tier,
                tier_after: after.verdict.tier,
                rules: after.verdict.rules,
                reasons: after.verdict.rationale,
            });
        }
    }
    let without_effect = idle.into_iter().collect();
    Ok(PolicyTrial { judged: verdicts.len() as u64, changes, without_effect, concerns })
}
