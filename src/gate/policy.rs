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

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::model::{Category, ComponentKind, Decision, RiskScore, TrustMode, TrustTier};

/// The shipped policy.
pub const SHIPPED: &str = include_str!("../../config/self_incorporation_policy.json");

/// Policies larger than this many bytes are refused unread.
const MAX_POLICY_BYTES: usize = 1 << 20;

/// More rules than this are refused: every decision looks at all of them.
const MAX_RULES: usize = 1_000;

/// Conditions longer than this many characters are refused.
const MAX_CONDITION_CHARS: usize = 2_000;

/// A policy as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyFile {
    /// The shape of this file; 1.
    #[serde(default = "first_version")]
    pub version: u32,
    /// What a trust tier means for approval.
    #[serde(default)]
    pub trust_tiers: BTreeMap<TierName, TierPolicy>,
    /// Above which risk in a category a person must look, 0 to 1.
    #[serde(default)]
    pub risk_thresholds: BTreeMap<Category, f64>,
    /// Which capabilities need no grant, which need one, and which are never granted.
    #[serde(default)]
    pub capabilities: CapabilityPolicy,
    /// When a change of risk is critical.
    #[serde(default)]
    pub drift: DriftPolicy,
    /// Rules beyond tiers and thresholds.
    #[serde(default)]
    pub rules: Vec<PolicyRule>,
}

fn first_version() -> u32 {
    1
}

/// The tiers by the names that a policy file uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TierName {
    /// Signed by a trusted publisher.
    Verified,
    /// Approved by reviewers.
    Trusted,
    /// The default.
    Standard,
    /// Unproven.
    Experimental,
    /// Isolated.
    Quarantined,
}

impl From<TrustTier> for TierName {
    fn from(tier: TrustTier) -> Self {
        match tier {
            TrustTier::Verified => Self::Verified,
            TrustTier::Trusted => Self::Trusted,
            TrustTier::Standard => Self::Standard,
            TrustTier::Experimental => Self::Experimental,
            TrustTier::Quarantined => Self::Quarantined,
        }
    }
}

/// What a tier means for approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierPolicy {
    /// Whether a component of this tier is let in without a person.
    pub auto_approve: bool,
    /// Whether a person must look in any case, unless a rule permits it.
    pub require_review: bool,
}

/// Which capabilities need a grant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CapabilityPolicy {
    /// Need no grant.
    pub allowed: BTreeSet<String>,
    /// Need a grant; without one a person must look.
    pub restricted: BTreeSet<String>,
    /// Never granted.
    pub denied: BTreeSet<String>,
}

/// When a change of risk since approval is critical.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DriftPolicy {
    /// The change of overall risk, 0 to 1, past which a known component is blocked. Seed: 0.3.
    pub critical_change: f64,
}

impl Default for DriftPolicy {
    fn default() -> Self {
        Self { critical_change: 0.3 }
    }
}

/// What a rule does when it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Lets in, unless something forbids.
    Permit,
    /// A person must look.
    Review,
    /// Keeps out.
    Forbid,
    /// Keeps out and isolates.
    Quarantine,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyRule {
    /// Names the rule in every decision that it had a part in. Unique.
    pub id: String,
    /// What it does.
    pub effect: Effect,
    /// All of these must hold.
    #[serde(default)]
    pub when: When,
    /// A condition in CEL over `subject`, `class`, `tier`, `mode`, `risk`, `category`, `capabilities`,
    /// `signed`, `complete` and `drift`; must yield a truth value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Told to whoever meets the rule.
    pub reason: String,
}

/// Plain conditions, all of which must hold; an absent one always does.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    /// The tier is one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tiers: Option<BTreeSet<TierName>>,
    /// The class is one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classes: Option<BTreeSet<ComponentKind>>,
    /// It uses at least one of these capabilities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_capability: Option<BTreeSet<String>>,
    /// The path matches one of these globs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paths: Option<Vec<String>>,
    /// The overall risk is at least this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall_at_least: Option<f64>,
    /// The overall risk is at most this, and everything could be judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall_at_most: Option<f64>,
    /// The risk in at least one of these categories is at least the number beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_category_at_least: Option<BTreeMap<Category, f64>>,
    /// A valid signature is present, or is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<bool>,
}

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
    /// Whether a trusted key signed exactly this content.
    pub signed: bool,
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

/// A policy that was checked and compiled.
pub struct Policy {
    file: PolicyFile,
    rules: Vec<CompiledRule>,
}

struct CompiledRule {
    paths: Option<globset::GlobSet>,
    condition: Option<cel::Program>,
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
        check(&file)?;
        let rules = file.rules.iter().map(compile).collect::<Result<_>>()?;
        Ok(Self { file, rules })
    }

    /// The policy as written.
    pub fn file(&self) -> &PolicyFile {
        &self.file
    }

    /// Decides.
    pub fn decide(&self, facts: &Facts) -> PolicyDecision {
        let mut votes = Votes::default();
        self.vote_limits(facts, &mut votes);
        self.vote_capabilities(facts, &mut votes);
        let mut variables = None;
        for (rule, compiled) in self.file.rules.iter().zip(&self.rules) {
            match matches(rule, compiled, facts, &mut variables) {
                Ok(true) => votes.cast(rule.effect, &rule.id, rule.reason.clone()),
                Ok(false) => {}
                Err(why) => votes.cast(Effect::Forbid, &rule.id, format!("its condition failed, which denies: {why}")),
            }
        }
        self.vote_tier(facts, &mut votes);
        votes.decide()
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
        if facts.mode == TrustMode::Strict && !facts.signed {
            votes.cast(Effect::Forbid, "signature-required", "strict mode lets in only what a trusted key signed");
        }
    }

    fn vote_capabilities(&self, facts: &Facts, votes: &mut Votes) {
        let policy = &self.file.capabilities;
        for capability in &facts.capabilities {
            if policy.denied.contains(capability) {
                votes.cast(
                    Effect::Forbid,
                    "capability-denied",
                    format!("the capability {capability} is never granted"),
                );
            } else if !policy.allowed.contains(capability) && !facts.granted.contains(capability) {
                let effect = if facts.mode == TrustMode::Strict { Effect::Forbid } else { Effect::Review };
                votes.cast(effect, "capability-not-granted", format!("the capability {capability} was not granted"));
            }
        }
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

/// What the rules said, gathered by effect.
#[derive(Default)]
struct Votes {
    quarantine: Vec<(String, String)>,
    forbid: Vec<(String, String)>,
    review: Vec<(String, String)>,
    permit: Vec<(String, String)>,
    default: String,
}

impl Votes {
    fn cast(&mut self, effect: Effect, id: &str, reason: impl Into<String>) {
        let list = match effect {
            Effect::Quarantine => &mut self.quarantine,
            Effect::Forbid => &mut self.forbid,
            Effect::Review => &mut self.review,
            Effect::Permit => &mut self.permit,
        };
        list.push((id.to_owned(), reason.into()));
    }

    fn by_default(&mut self, reason: String) {
        self.default = reason;
    }

    fn decide(self) -> PolicyDecision {
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
        PolicyDecision { decision, rules, reasons }
    }
}

fn invalid(message: String) -> Error {
    Error::usage("policy-invalid", message)
        .hinted("`aetherra-maint policy check FILE` names what is wrong; the shipped policy shows the shape")
}

fn check(file: &PolicyFile) -> Result<()> {
    if file.version != 1 {
        return Err(invalid(format!("the policy has version {}; this binary knows version 1", file.version)));
    }
    if file.rules.len() > MAX_RULES {
        return Err(invalid(format!("the policy has {} rules; at most {MAX_RULES} are allowed", file.rules.len())));
    }
    for (category, &limit) in &file.risk_thresholds {
        in_range(limit, &format!("risk_thresholds.{}", category.word()))?;
    }
    in_range(file.drift.critical_change, "drift.critical_change")?;
    if let Some(both) = file.capabilities.allowed.intersection(&file.capabilities.denied).next() {
        return Err(invalid(format!("the policy contradicts itself: {both} is both allowed and denied")));
    }
    let mut seen = BTreeSet::new();
    for rule in &file.rules {
        if rule.id.is_empty() || !seen.insert(&rule.id) {
            return Err(invalid(format!("every rule needs an id of its own; `{}` is empty or used twice", rule.id)));
        }
        check_when(rule)?;
    }
    Ok(())
}

fn check_when(rule: &PolicyRule) -> Result<()> {
    let when = &rule.when;
    for (value, name) in [(when.overall_at_least, "overall_at_least"), (when.overall_at_most, "overall_at_most")] {
        if let Some(value) = value {
            in_range(value, &format!("{}.{name}", rule.id))?;
        }
    }
    for (category, &value) in when.any_category_at_least.iter().flatten() {
        in_range(value, &format!("{}.{}", rule.id, category.word()))?;
    }
    if let (Some(least), Some(most)) = (when.overall_at_least, when.overall_at_most)
        && least > most
    {
        return Err(invalid(format!("the rule {} can never match: at least {least} and at most {most}", rule.id)));
    }
    let never = when.tiers.as_ref().is_some_and(BTreeSet::is_empty)
        || when.classes.as_ref().is_some_and(BTreeSet::is_empty)
        || when.any_capability.as_ref().is_some_and(BTreeSet::is_empty)
        || when.paths.as_ref().is_some_and(Vec::is_empty);
    if never {
        return Err(invalid(format!("the rule {} can never match: one of its lists is empty", rule.id)));
    }
    Ok(())
}

fn in_range(value: f64, name: &str) -> Result<()> {
    if (0.0..=1.0).contains(&value) {
        Ok(())
    } else {
        Err(invalid(format!("{name} is {value}; it must lie between 0 and 1")))
    }
}

fn compile(rule: &PolicyRule) -> Result<CompiledRule> {
    let paths = rule.when.paths.as_ref().map(|globs| glob_set(&rule.id, globs)).transpose()?;
    let condition = match &rule.condition {
        None => None,
        Some(text) if text.chars().count() > MAX_CONDITION_CHARS => {
            return Err(invalid(format!(
                "the condition of {} is longer than {MAX_CONDITION_CHARS} characters",
                rule.id
            )));
        }
        Some(text) => Some(
            cel::Program::compile(text)
                .map_err(|error| invalid(format!("the condition of {} does not compile: {error}", rule.id)))?,
        ),
    };
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
fn matches<'a>(
    rule: &PolicyRule,
    compiled: &CompiledRule,
    facts: &Facts,
    variables: &mut Option<cel::Context<'a, 'a>>,
) -> std::result::Result<bool, String> {
    if !plainly_matches(&rule.when, compiled.paths.as_ref(), facts) {
        return Ok(false);
    }
    let Some(program) = &compiled.condition else { return Ok(true) };
    if variables.is_none() {
        *variables = Some(condition_variables(facts)?);
    }
    let Some(context) = variables else { return Err("no variables".to_owned()) };
    match program.execute(context) {
        Ok(cel::Value::Bool(value)) => Ok(value),
        Ok(other) => Err(format!("it yields {other:?} instead of a truth value")),
        Err(error) => Err(error.to_string()),
    }
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

fn condition_variables<'a>(facts: &Facts) -> std::result::Result<cel::Context<'a, 'a>, String> {
    let categories: BTreeMap<&str, f64> =
        facts.risk.by_category.iter().map(|(category, &value)| (category.word(), value)).collect();
    let mut context = cel::Context::default();
    let mut add = |name: &str, value: serde_json::Value| {
        let value = cel::to_value(value).map_err(|error| error.to_string())?;
        context.add_variable_from_value(name, value);
        Ok::<(), String>(())
    };
    add("subject", facts.subject.clone().into())?;
    add("class", facts.class.word().into())?;
    add("tier", facts.tier.word().into())?;
    add("mode", serde_json::json!(facts.mode))?;
    add("risk", facts.risk.overall.into())?;
    add("category", serde_json::json!(categories))?;
    add("capabilities", serde_json::json!(facts.capabilities))?;
    add("signed", facts.signed.into())?;
    add("complete", facts.complete.into())?;
    add("drift", facts.drift.unwrap_or(0.0).into())?;
    Ok(context)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            subject: "plugins/weather.py".to_owned(),
            class: ComponentKind::Plugin,
            tier: TrustTier::Standard,
            mode: TrustMode::Standard,
            risk: RiskScore { overall: 0.1, by_category: BTreeMap::new() },
            capabilities: BTreeSet::from(["plugin_interface".to_owned()]),
            granted: BTreeSet::new(),
            signed: false,
            complete: true,
            drift: None,
        }
    }

    fn shipped() -> Policy {
        Policy::parse(SHIPPED).unwrap()
    }

    fn with_rules(rules: serde_json::Value) -> Result<Policy> {
        let capabilities = serde_json::json!({ "allowed": ["plugin_interface"] });
        Policy::parse(&serde_json::json!({ "capabilities": capabilities, "rules": rules }).to_string())
    }

    #[test]
    fn the_shipped_policy_lets_plain_code_in_and_says_why() {
        let decision = shipped().decide(&facts());
        assert_eq!(decision.decision, Decision::Approve);
        assert_eq!(decision.rules, ["low-risk-plain-code"]);
    }

    #[test]
    fn an_empty_policy_denies_by_default() {
        let decision = Policy::parse("{}").unwrap().decide(&Facts { capabilities: BTreeSet::new(), ..facts() });
        assert_eq!(decision.decision, Decision::Review);
        assert_eq!(decision.rules, ["default-deny"]);
    }

    #[test]
    fn what_forbids_wins_whatever_the_order() {
        let permit = serde_json::json!({"id": "p", "effect": "permit", "reason": "yes"});
        let forbid = serde_json::json!({"id": "f", "effect": "forbid", "reason": "no"});
        for rules in [serde_json::json!([permit, forbid]), serde_json::json!([forbid, permit])] {
            let decision = with_rules(rules).unwrap().decide(&facts());
            assert_eq!((decision.decision, decision.rules), (Decision::Reject, vec!["f".to_owned()]));
        }
    }

    #[test]
    fn a_condition_that_fails_or_yields_no_truth_value_denies() {
        for condition in ["unknown_name > 1", "risk + 1.0", "category['nothing'] > 0.5"] {
            let rule = serde_json::json!([{"id": "c", "effect": "permit", "condition": condition, "reason": "r"}]);
            let decision = with_rules(rule).unwrap().decide(&facts());
            assert_eq!(decision.decision, Decision::Reject, "{condition}");
        }
    }

    #[test]
    fn a_condition_sees_the_facts() {
        let condition = "class == 'PLUGIN' && risk < 0.2 && 'plugin_interface' in capabilities && complete";
        let rule = serde_json::json!([{"id": "c", "effect": "permit", "condition": condition, "reason": "r"}]);
        assert_eq!(with_rules(rule).unwrap().decide(&facts()).decision, Decision::Approve);
    }

    #[test]
    fn drift_past_the_limit_blocks_and_in_strict_mode_isolates() {
        let mut moved = Facts { drift: Some(0.31), ..facts() };
        assert_eq!(shipped().decide(&moved).decision, Decision::Reject);
        moved.mode = TrustMode::Strict;
        moved.signed = true;
        assert_eq!(shipped().decide(&moved).decision, Decision::Quarantine);
        moved.drift = Some(0.3);
        assert_eq!(shipped().decide(&moved).decision, Decision::Approve);
    }

    #[test]
    fn strict_mode_wants_a_signature_and_a_grant() {
        let strict = Facts { mode: TrustMode::Strict, ..facts() };
        assert_eq!(shipped().decide(&strict).rules, ["signature-required"]);
        let mut networked = Facts { signed: true, ..strict };
        networked.capabilities.insert("network_access".to_owned());
        assert_eq!(shipped().decide(&networked).rules, ["capability-not-granted"]);
        networked.granted.insert("network_access".to_owned());
        assert_eq!(shipped().decide(&networked).decision, Decision::Approve);
    }

    #[test]
    fn malformed_policies_are_refused_with_the_place() {
        for (text, needle) in [
            ("{", "EOF"),
            (r#"{"risk_tresholds": {}}"#, "risk_tresholds"),
            (r#"{"risk_thresholds": {"network_access": 7}}"#, "between 0 and 1"),
            (r#"{"version": 2}"#, "version 2"),
            (r#"{"capabilities": {"allowed": ["x"], "denied": ["x"]}}"#, "contradicts itself"),
            (r#"{"rules": [{"id": "a", "effect": "permit", "reason": "", "condition": "1 +"}]}"#, "does not compile"),
            (r#"{"rules": [{"id": "a", "effect": "permit", "reason": "", "when": {"tiers": []}}]}"#, "never match"),
            (r#"{"rules": [{"id": "a", "effect": "permit", "reason": "", "when": {"paths": ["["]}}]}"#, "malformed"),
        ] {
            let error = Policy::parse(text).err().unwrap_or_else(|| panic!("accepted: {text}"));
            assert!(error.message.contains(needle), "{text}: {}", error.message);
        }
    }
}
