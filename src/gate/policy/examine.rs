//! What in a valid policy is probably not what its author meant.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::condition::{Condition, Variables};
use super::file::{Effect, PolicyFile, PolicyRule, TierName, When};
use super::{Facts, Policy};
use crate::model::{ComponentKind, RiskScore, TrustMode, TrustTier};

/// The sorts of concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConcernKind {
    /// Two parts say the opposite of one another.
    Contradiction,
    /// A part can never match, or never decide anything.
    NeverMatches,
    /// A condition fails or yields no truth value, which denies.
    AlwaysFails,
    /// A word that nothing else knows.
    UnknownWord,
}

/// One concern.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Concern {
    /// Which sort.
    pub kind: ConcernKind,
    /// The rule, the tier, the capability or the grant that it is about.
    pub about: String,
    /// In words.
    pub detail: String,
}

/// Capabilities that the analysis or the host knows.
const CAPABILITIES: &[&str] = &[
    "plugin_interface",
    "agent_interface",
    "aether_script",
    "workflow_execution",
    "memory_access",
    "file_read",
    "file_write",
    "async_execution",
    "aetherra_integration",
    "system_component",
    "network_access",
    "system_execution",
    "arbitrary_code_execution",
    "privilege_escalation",
    "credential_access",
];

/// Looks for what cannot be meant. Sorted.
pub fn examine(policy: &Policy) -> Vec<Concern> {
    let file = policy.file();
    let mut found = BTreeSet::new();
    let mut add = |kind, about: &str, detail: String| found.insert(Concern { kind, about: about.to_owned(), detail });
    for (tier, meaning) in &file.trust_tiers {
        let word = serde_json::json!(tier);
        let word = word.as_str().unwrap_or_default();
        if meaning.auto_approve && meaning.require_review {
            let detail = "it is approved without review and has to be reviewed; review wins".to_owned();
            add(ConcernKind::Contradiction, word, detail);
        }
        if meaning.auto_approve && *tier == TierName::Quarantined {
            let detail = "what is in quarantine is never let in, whatever its tier says".to_owned();
            add(ConcernKind::NeverMatches, word, detail);
        }
    }
    for capability in words(file) {
        if !CAPABILITIES.contains(&capability.as_str()) {
            let near = crate::error::near_miss(&capability, CAPABILITIES.iter().copied());
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            add(ConcernKind::UnknownWord, &capability, format!("nothing has a capability of this name{hint}"));
        }
    }
    for (index, grant) in file.grants.iter().enumerate() {
        if let Some(denied) = grant.capabilities.intersection(&file.capabilities.denied).next() {
            let detail = format!("it grants {denied}, which is never granted");
            add(ConcernKind::Contradiction, &format!("grant {}", index + 1), detail);
        }
        if grant.paths.is_empty() || grant.capabilities.is_empty() {
            let detail = "it names no paths or no capabilities".to_owned();
            add(ConcernKind::NeverMatches, &format!("grant {}", index + 1), detail);
        }
    }
    for rule in &file.rules {
        for (kind, detail) in of_rule(rule, file) {
            add(kind, &rule.id, detail);
        }
    }
    found.into_iter().collect()
}

/// Every capability that the policy names.
fn words(file: &PolicyFile) -> BTreeSet<String> {
    let lists = [&file.capabilities.allowed, &file.capabilities.restricted, &file.capabilities.denied];
    let by_rules = file.rules.iter().filter_map(|rule| rule.when.any_capability.as_ref());
    let by_grants = file.grants.iter().map(|grant| &grant.capabilities);
    lists.into_iter().chain(by_rules).chain(by_grants).flatten().cloned().collect()
}

fn of_rule(rule: &PolicyRule, file: &PolicyFile) -> Vec<(ConcernKind, String)> {
    let mut found = Vec::new();
    if let (Some(tiers), Effect::Permit) = (&rule.when.tiers, rule.effect)
        && tiers.iter().all(|tier| *tier == TierName::Quarantined)
    {
        found.push((ConcernKind::NeverMatches, "what is in quarantine is never let in".to_owned()));
    }
    if rule.effect == Effect::Permit
        && let Some(wanted) = &rule.when.any_capability
        && wanted.is_subset(&file.capabilities.denied)
    {
        let detail = "it permits what has a capability that is never granted".to_owned();
        found.push((ConcernKind::Contradiction, detail));
    }
    if let Some(limits) = &rule.when.any_category_at_least
        && let Some(most) = rule.when.overall_at_most
        && limits.values().all(|least| *least > most)
    {
        let detail = "the overall risk is never below that of a category, and this asks for it".to_owned();
        found.push((ConcernKind::NeverMatches, detail));
    }
    for other in file.rules.iter().filter(|other| other.id != rule.id && outweighs(other.effect, rule.effect)) {
        let same_condition = other.condition.is_none() || other.condition == rule.condition;
        if same_condition && covers(&other.when, &rule.when) {
            let detail = format!("`{}` matches wherever it does, and outweighs it", other.id);
            let exact = other.when == rule.when && other.condition == rule.condition;
            found.push((if exact { ConcernKind::Contradiction } else { ConcernKind::NeverMatches }, detail));
        }
    }
    if let Some(text) = &rule.condition
        && let Ok(condition) = Condition::compile(&rule.id, text)
    {
        found.extend(of_condition(&condition));
    }
    found
}

fn outweighs(strong: Effect, weak: Effect) -> bool {
    let rank = |effect: Effect| match effect {
        Effect::Permit => 0,
        Effect::Review => 1,
        Effect::Forbid => 2,
        Effect::Quarantine => 3,
    };
    rank(strong) > rank(weak)
}

/// Whether whatever matches `narrow` matches `wide` as well, as far as can be told.
fn covers(wide: &When, narrow: &When) -> bool {
    fn within<T: Ord>(wide: Option<&BTreeSet<T>>, narrow: Option<&BTreeSet<T>>) -> bool {
        wide.is_none_or(|wide| narrow.is_some_and(|narrow| narrow.is_subset(wide)))
    }
    within(wide.tiers.as_ref(), narrow.tiers.as_ref())
        && within(wide.classes.as_ref(), narrow.classes.as_ref())
        && within(wide.any_capability.as_ref(), narrow.any_capability.as_ref())
        && wide.paths.as_ref().is_none_or(|wide| {
            narrow.paths.as_ref().is_some_and(|narrow| narrow.iter().all(|glob| wide.contains(glob)))
        })
        && wide.overall_at_least.is_none_or(|wide| narrow.overall_at_least.is_some_and(|narrow| narrow >= wide))
        && wide.overall_at_most.is_none_or(|wide| narrow.overall_at_most.is_some_and(|narrow| narrow <= wide))
        && wide.signed.is_none_or(|wide| narrow.signed == Some(wide))
        && wide.any_category_at_least.as_ref().is_none_or(|wide| {
            narrow.any_category_at_least.as_ref().is_some_and(|narrow| {
                narrow.iter().all(|(category, least)| wide.get(category).is_some_and(|wide| wide <= least))
            })
        })
}

/// Tries a condition on components of every sort.
fn of_condition(condition: &Condition) -> Vec<(ConcernKind, String)> {
    let tried: Vec<_> = samples().iter().map(|facts| condition.holds(&Variables::of(facts))).collect();
    if let Some(Err(why)) = tried.iter().find(|said| said.is_err())
        && tried.iter().all(Result::is_err)
    {
        return vec![(ConcernKind::AlwaysFails, format!("its condition always fails, which denies: {why}"))];
    }
    if condition.is_constant() && tried.iter().all(|said| said == &Ok(false)) {
        return vec![(ConcernKind::NeverMatches, "its condition is false whatever it is asked about".to_owned())];
    }
    Vec::new()
}

fn samples() -> Vec<Facts> {
    let categories = crate::model::Category::ALL;
    let mut all = Vec::new();
    for tier in [TrustTier::Verified, TrustTier::Standard, TrustTier::Experimental] {
        for risk in [0.0, 0.5, 1.0] {
            all.push(Facts {
                subject: "plugins/sample.py".to_owned(),
                class: ComponentKind::Plugin,
                tier,
                mode: if tier == TrustTier::Verified { TrustMode::Strict } else { TrustMode::Standard },
                risk: RiskScore { overall: risk, by_category: categories.iter().map(|one| (*one, risk)).collect() },
                capabilities: CAPABILITIES.iter().map(|word| (*word).to_owned()).collect(),
                granted: BTreeSet::new(),
                hosts: BTreeSet::from(["api.example.org".to_owned()]),
                barred: None,
                signed: tier == TrustTier::Verified,
                signed_by: None,
                approved: tier == TrustTier::Verified,
                complete: risk < 1.0,
                drift: Some(risk - 0.5),
            });
        }
    }
    all
}
