//! The policy: `config/self_incorporation_policy.json` in the shape that operators of the host know,
//! plus rules.
//!
//! # How a decision comes about
//!
//! Default deny: what no rule and no tier lets in is for a person to review. Forbid wins: one rule that
//! rejects or quarantines outweighs every permission, whatever their order. Errors deny: a rule whose
//! condition cannot be evaluated counts as if it forbade. Every decision names the rule ids behind it.
//!
//! A policy is compiled once and then only read, so that a decision costs microseconds.

mod check;
mod condition;
mod examine;
mod file;
mod votes;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::model::verdict::not_granted;
use crate::model::{ComponentKind, Decision, RiskScore, TrustMode, TrustTier};
use condition::{Condition, Variables};
pub use examine::{Concern, ConcernKind, examine};
pub use file::{CapabilityPolicy, DriftPolicy, Effect, Grant, PolicyFile, PolicyRule, TierName, TierPolicy, When};
use votes::Votes;
pub use votes::{Vote, VoteWeight};

/// The shipped policy.
pub const SHIPPED: &str = include_str!("../../../config/self_incorporation_policy.json");

/// Policies larger than this many bytes are refused unread.
pub const MAX_POLICY_BYTES: usize = 1 << 20;

/// So many rules may have conditions that walk over lists: each may cost as much as a component names hosts.
const MAX_WALKS: usize = 50;

/// What is known of a component when the policy is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Facts {
    /// Its path.
    pub subject: String,
    /// Its class.
    pub class: ComponentKind,
    /// Its tier.
    pub tier: TrustTier,
    /// How strict the gate is.
    pub mode: TrustMode,
    /// Its risk.
    pub risk: RiskScore,
    /// The capabilities that it uses or declares.
    pub capabilities: BTreeSet<String>,
    /// Capabilities that an operator granted to it.
    pub granted: BTreeSet<String>,
    /// Hosts that it names.
    pub hosts: BTreeSet<String>,
    /// Why its use of the network is not allowed, where only listed hosts are.
    pub barred: Option<String>,
    /// Whether a trusted key signed exactly this content.
    pub signed: bool,
    /// The publisher who did.
    pub signed_by: Option<String>,
    /// Whether enough reviewers approved exactly this content.
    pub approved: bool,
    /// Whether everything in it could be judged.
    pub complete: bool,
    /// How far its overall risk moved since it was approved; none when it never was.
    pub drift: Option<f64>,
}

/// What the policy says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyDecision {
    /// The decision.
    pub decision: Decision,
    /// Ids of the rules that had a part in it, the deciding one first.
    pub rules: Vec<String>,
    /// The reasons in sentences, the deciding one first.
    pub reasons: Vec<String>,
}

/// What a policy makes of a capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Leave {
    /// It needs no grant.
    Allowed,
    /// It needs one, and there is one.
    Granted,
    /// It needs one, and there is none.
    NotGranted,
    /// It is never granted.
    Denied,
}

/// A policy that was checked and compiled.
pub struct Policy {
    file: PolicyFile,
    rules: Vec<CompiledRule>,
    grants: Vec<globset::GlobSet>,
}

struct CompiledRule {
    paths: Option<globset::GlobSet>,
    condition: Option<Condition>,
}

impl Policy {
    /// Reads a policy from its text.
    ///
    /// # Errors
    /// `policy-invalid` when it is not valid JSON of this shape, names a rule twice, has a threshold
    /// outside 0 to 1, a malformed glob, or a condition that does not compile.
    pub fn parse(text: &str) -> Result<Self> {
        if text.len() > MAX_POLICY_BYTES {
            return Err(invalid(format!("the policy is larger than {MAX_POLICY_BYTES} bytes")));
        }
        let file: PolicyFile = serde_json::from_str(text)
            .map_err(|error| invalid(format!("the policy cannot be read: {error}")).caused_by(error))?;
        check::check(&file)?;
        let rules = file.rules.iter().map(compile).collect::<Result<Vec<CompiledRule>>>()?;
        let walks =
            rules.iter().filter(|rule| rule.condition.as_ref().is_some_and(|condition| condition.walks)).count();
        if walks > MAX_WALKS {
            let why = format!("{walks} conditions walk over lists; at most {MAX_WALKS} may, or a decision takes long");
            return Err(invalid(why));
        }
        let grants = file.grants.iter().map(|grant| glob_set("a grant", &grant.paths)).collect::<Result<_>>()?;
        Ok(Self { file, rules, grants })
    }

    /// The policy as written.
    pub fn file(&self) -> &PolicyFile {
        &self.file
    }

    /// Decides.
    pub fn decide(&self, facts: &Facts) -> PolicyDecision {
        self.ask(facts).decide()
    }

    /// Every part of the policy that had something to say, with what came of it.
    pub fn votes(&self, facts: &Facts) -> Vec<Vote> {
        self.ask(facts).list()
    }

    fn ask(&self, facts: &Facts) -> Votes {
        let mut votes = Votes::default();
        self.vote_limits(facts, &mut votes);
        self.vote_capabilities(facts, &mut votes);
        let variables = Variables::of(facts);
        for (rule, compiled) in self.file.rules.iter().zip(&self.rules) {
            match matches(rule, compiled, facts, &variables) {
                Ok(true) => votes.cast(rule.effect, &rule.id, rule.reason.clone()),
                Ok(false) => {}
                Err(why) => votes.cast(Effect::Forbid, &rule.id, format!("its condition failed, which denies: {why}")),
            }
        }
        self.vote_tier(facts, &mut votes);
        if facts.approved {
            votes.settle_reviews();
        }
        votes
    }

    /// What the policy makes of a capability.
    pub fn leave(&self, capability: &str, facts: &Facts) -> Leave {
        if self.file.capabilities.denied.contains(capability) {
            Leave::Denied
        } else if self.file.capabilities.allowed.contains(capability) {
            Leave::Allowed
        } else if self.is_granted(capability, facts) {
            Leave::Granted
        } else {
            Leave::NotGranted
        }
    }

    /// Thresholds, drift and gaps: what sends a component to a person or keeps it out.
    fn vote_limits(&self, facts: &Facts, votes: &mut Votes) {
        if facts.tier == TrustTier::Quarantined {
            votes.cast(Effect::Quarantine, "tier-quarantined", "a trigger put it into quarantine");
        }
        for (category, &limit) in &self.file.risk_thresholds {
            let risk = facts.risk.by_category.get(category).copied().unwrap_or(0.0);
            if risk > limit {
                let reason = format!("{} risk {risk:.2} is above {limit:.2}", category.word());
                votes.cast(Effect::Forbid, "risk-threshold", reason);
            }
        }
        if let Some(drift) = facts.drift.filter(|drift| drift.abs() > self.file.drift.critical_change) {
            let reason = format!("its risk moved by {drift:+.2} since it was approved");
            let effect = if facts.mode == TrustMode::Strict { Effect::Quarantine } else { Effect::Forbid };
            votes.cast(effect, "policy-drift", reason);
        }
        if !facts.complete {
            votes.cast(Effect::Review, "incomplete", "parts of it could not be judged");
        }
        if let Some(why) = &facts.barred {
            votes.cast(Effect::Forbid, "network-not-allowed", why.as_str());
        }
        if facts.mode == TrustMode::Strict && !facts.signed {
            votes.cast(Effect::Forbid, "signature-required", "strict mode lets in only what a trusted key signed");
        }
    }

    fn vote_capabilities(&self, facts: &Facts, votes: &mut Votes) {
        for capability in &facts.capabilities {
            match self.leave(capability, facts) {
                Leave::Denied => {
                    let reason = format!("the capability {capability} is never granted");
                    votes.cast(Effect::Forbid, "capability-denied", reason);
                }
                Leave::NotGranted => {
                    let effect = if facts.mode == TrustMode::Strict { Effect::Forbid } else { Effect::Review };
                    votes.cast(effect, "capability-not-granted", not_granted(capability));
                }
                Leave::Allowed | Leave::Granted => {}
            }
        }
    }

    /// Whether the operator gave it leave, in the policy or elsewhere.
    fn is_granted(&self, capability: &str, facts: &Facts) -> bool {
        let by_policy = |(grant, paths): (&Grant, &globset::GlobSet)| {
            let to_whom = grant.signed_by.is_empty()
                || facts.signed_by.as_ref().is_some_and(|publisher| grant.signed_by.contains(publisher));
            to_whom && grant.capabilities.contains(capability) && paths.is_match(&facts.subject)
        };
        facts.granted.contains(capability) || self.file.grants.iter().zip(&self.grants).any(by_policy)
    }

    fn vote_tier(&self, facts: &Facts, votes: &mut Votes) {
        let name = TierName::from(facts.tier);
        let word = facts.tier.word();
        match self.file.trust_tiers.get(&name) {
            Some(tier) if tier.auto_approve && !tier.require_review => {
                votes.cast(Effect::Permit, "tier", format!("the tier {word} is approved without review"));
            }
            _ => votes.by_default(format!("nothing in the policy lets a {word} component in without review")),
        }
    }
}

fn invalid(message: String) -> Error {
    Error::usage("policy-invalid", message)
        .hinted("correct it, and look it over with `aetherra-maint policy check FILE`")
}

fn compile(rule: &PolicyRule) -> Result<CompiledRule> {
    let paths = rule.when.paths.as_ref().map(|globs| glob_set(&rule.id, globs)).transpose()?;
    let condition = rule.condition.as_ref().map(|text| Condition::compile(&rule.id, text)).transpose()?;
    Ok(CompiledRule { paths, condition })
}

fn glob_set(id: &str, globs: &[String]) -> Result<globset::GlobSet> {
    let mut builder = globset::GlobSetBuilder::new();
    for glob in globs {
        let glob =
            globset::Glob::new(glob).map_err(|error| invalid(format!("a path of {id} is malformed: {error}")))?;
        builder.add(glob);
    }
    builder.build().map_err(|error| invalid(format!("the paths of {id} cannot be compiled: {error}")))
}

/// Whether all that the rule asks for holds. The error says why its condition could not be evaluated.
fn matches(
    rule: &PolicyRule,
    compiled: &CompiledRule,
    facts: &Facts,
    variables: &Variables<'_>,
) -> std::result::Result<bool, String> {
    if !plainly_matches(&rule.when, compiled.paths.as_ref(), facts) {
        return Ok(false);
    }
    compiled.condition.as_ref().map_or(Ok(true), |condition| condition.holds(variables))
}

fn plainly_matches(when: &When, paths: Option<&globset::GlobSet>, facts: &Facts) -> bool {
    let risk = facts.risk.overall;
    when.tiers.as_ref().is_none_or(|tiers| tiers.contains(&facts.tier.into()))
        && when.classes.as_ref().is_none_or(|classes| classes.contains(&facts.class))
        && when.any_capability.as_ref().is_none_or(|wanted| !wanted.is_disjoint(&facts.capabilities))
        && paths.is_none_or(|paths| paths.is_match(&facts.subject))
        && when.overall_at_least.is_none_or(|least| risk >= least)
        && when.overall_at_most.is_none_or(|most| risk <= most && facts.complete)
        && when.signed.is_none_or(|signed| signed == facts.signed)
        && when.any_category_at_least.as_ref().is_none_or(|limits| {
            limits
                .iter()
                .any(|(category, &least)| facts.risk.by_category.get(category).is_some_and(|&value| value >= least))
        })
}

#[cfg(test)]
mod tests;
