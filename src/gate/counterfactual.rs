//! What would change a decision: the smallest changes after which the gate would say something else.
//!
//! Nothing is guessed: each change is made to a copy of what is known, and the gate is asked again.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::decide::{Considered, Gate, Subject, Supposed};
use super::policy::Leave;
use super::trust::{Standing, Voucher};
use crate::model::{Category, Decision, Finding, Severity};
use crate::security::inputs::{Kind, by_name};
use crate::security::{capability, declaration, risk};

/// More changes than this are not told; the smallest come first.
const MAX_CHANGES: usize = 8;

/// One thing that would have to be otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// A trusted publisher signs exactly this content.
    Signed,
    /// Enough reviewers approve exactly this content.
    Approved,
    /// The capabilities are granted.
    Granted,
    /// The hosts are put on the list.
    HostsListed,
    /// All of it can be judged.
    JudgedInFull,
    /// The findings of the rules are gone.
    WithoutFindings,
    /// The signature is taken back.
    NotSigned,
    /// The approvals are taken back.
    NotApproved,
    /// One more finding of this severity is made.
    AnotherFinding,
}

/// One condition with what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Needed {
    /// What would have to be otherwise.
    pub condition: Condition,
    /// Capabilities, hosts, rules, people or a severity.
    pub what: Vec<String>,
}

/// A change after which the decision would be another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// All of these together.
    pub needed: Vec<Needed>,
    /// What the decision would be.
    pub decision: Decision,
}

/// The smallest changes after which the decision would be another: towards being let in where it is not, away from
/// it where it is. Empty when nothing that can be named would let it in.
pub fn changes(gate: &Gate, subject: &Subject, findings: &[Finding], now: &Considered) -> Vec<Change> {
    let case = Case { gate, subject, parts: Parts::of(subject, findings), now };
    if now.verdict.decision == Decision::Approve { case.away() } else { case.towards() }
}

struct Case<'a> {
    gate: &'a Gate,
    subject: &'a Subject,
    parts: Parts<'a>,
    now: &'a Considered,
}

/// The hazards of a subject by rule, so that rules can be left out without scoring all findings again.
struct Parts<'a> {
    /// Hazard by category and rule.
    rules: BTreeMap<(Category, &'a str), f64>,
    /// Rules that show the capability to do anything.
    unbounded: BTreeSet<&'a str>,
    /// Hazard by category of capabilities.
    capabilities: Vec<(Category, &'static str, f64)>,
    /// Whether nothing but findings can show that capability.
    only_findings: bool,
}

impl<'a> Parts<'a> {
    fn of(subject: &Subject, findings: &'a [Finding]) -> Self {
        let mut parts = Self {
            rules: BTreeMap::new(),
            unbounded: BTreeSet::new(),
            capabilities: Vec::new(),
            // In other languages the code itself shows it, too.
            only_findings: by_name(&subject.path) == Some(Kind::Python),
        };
        for part in risk::contributions(findings, &subject.capabilities) {
            let finding = part.finding.and_then(|index| findings.get(index));
            match (finding, part.capability) {
                (Some(finding), _) => {
                    *parts.rules.entry((part.category, finding.rule.as_str())).or_default() += part.hazard;
                }
                (None, Some(word)) => parts.capabilities.push((part.category, word, part.hazard)),
                (None, None) => {}
            }
        }
        parts.unbounded =
            findings.iter().filter(|one| capability::shows_anything(one)).map(|one| one.rule.as_str()).collect();
        parts
    }

    /// The rules that count, the most hazardous first.
    fn by_hazard(&self) -> Vec<&'a str> {
        let mut by_rule: BTreeMap<&str, f64> = BTreeMap::new();
        for ((_, rule), hazard) in &self.rules {
            *by_rule.entry(rule).or_default() += hazard;
        }
        let mut all: Vec<_> = by_rule.into_iter().collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        all.into_iter().map(|(rule, _)| rule).collect()
    }

    /// The subject without the findings of some rules, and with more hazard in a category.
    fn without(&self, subject: &Subject, gone: &BTreeSet<&str>, more: Option<(Category, f64)>) -> Subject {
        let mut changed = subject.clone();
        let still_unbounded = self.unbounded.iter().any(|rule| !gone.contains(rule));
        if self.only_findings && !still_unbounded {
            changed.capabilities.remove(capability::ANYTHING);
        }
        if gone.contains(declaration::UNDECLARED.id) {
            changed.undeclared = 0;
        }
        let mut hazards: BTreeMap<Category, f64> = BTreeMap::new();
        for ((category, rule), hazard) in &self.rules {
            if !gone.contains(rule) {
                *hazards.entry(*category).or_default() += hazard;
            }
        }
        for (category, word, hazard) in &self.capabilities {
            if changed.capabilities.contains(*word) {
                *hazards.entry(*category).or_default() += hazard;
            }
        }
        if let Some((category, hazard)) = more {
            *hazards.entry(category).or_default() += hazard;
        }
        changed.risk = risk::of_hazards(&hazards);
        changed
    }
}

impl Case<'_> {
    /// What would let it in.
    fn towards(&self) -> Vec<Change> {
        let means = self.means();
        let mut found: Vec<(u32, Vec<&str>)> = Vec::new();
        let mut subsets: Vec<u32> = (0..1_u32 << means.len()).collect();
        subsets.sort_by_key(|set| (set.count_ones(), *set));
        let known = |found: &[(u32, Vec<&str>)], set: u32| found.iter().any(|(known, _)| known & set == *known);
        for &set in subsets.iter().skip(1) {
            let covered = known(&found, set);
            if !covered && self.decision(&means, set, &BTreeSet::new()) == Decision::Approve {
                found.push((set, Vec::new()));
            }
        }
        for &set in &subsets {
            if !known(&found, set)
                && let Some(rules) = self.rules_to_go(&means, set)
            {
                found.push((set, rules));
            }
        }
        found.sort_by_key(|(set, rules)| (set.count_ones() as usize + rules.len(), *set));
        found.truncate(MAX_CHANGES);
        let told = |(set, rules): (u32, Vec<&str>)| {
            let chosen = means.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0);
            let mut needed: Vec<Needed> = chosen.map(|(_, one)| one.clone()).collect();
            if !rules.is_empty() {
                let what = rules.into_iter().map(str::to_owned).collect();
                needed.push(Needed { condition: Condition::WithoutFindings, what });
            }
            Change { needed, decision: Decision::Approve }
        };
        found.into_iter().map(told).collect()
    }

    /// What people could do about it beside changing the code.
    fn means(&self) -> Vec<Needed> {
        let facts = &self.now.facts;
        let mut means = Vec::new();
        let mut add = |condition, what: Vec<String>| means.push(Needed { condition, what });
        if !facts.signed {
            add(Condition::Signed, Vec::new());
        }
        if !facts.approved || facts.drift.is_some_and(|drift| drift != 0.0) {
            add(Condition::Approved, vec![self.now.standing.needed.max(1).to_string()]);
        }
        let policy = &self.gate.policy;
        let missing = facts.capabilities.iter().filter(|word| policy.leave(word, facts) == Leave::NotGranted);
        let missing: Vec<String> = missing.cloned().collect();
        if !missing.is_empty() {
            add(Condition::Granted, missing);
        }
        if facts.barred.is_some() && !facts.hosts.is_empty() && !facts.hosts.contains("?") {
            add(Condition::HostsListed, facts.hosts.iter().cloned().collect());
        }
        if !facts.complete {
            add(Condition::JudgedInFull, Vec::new());
        }
        means
    }

    fn decision(&self, means: &[Needed], set: u32, gone: &BTreeSet<&str>) -> Decision {
        let mut subject = self.parts.without(self.subject, gone, None);
        let mut supposed = Supposed { standing: self.now.standing.clone(), ..Supposed::default() };
        for (_, one) in means.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0) {
            match one.condition {
                Condition::Signed => supposed.standing.signed_by = Some(somebody(0)),
                Condition::Approved => supposed.standing = approved(&supposed.standing, subject.risk.overall),
                Condition::Granted => supposed.granted.extend(one.what.iter().cloned()),
                Condition::HostsListed => supposed.hosts_listed = true,
                Condition::JudgedInFull => subject.complete = true,
                _ => {}
            }
        }
        self.gate.consider_if(subject, &supposed).verdict.decision
    }

    /// The fewest rules whose findings would have to go, given some means: one alone where one is enough, else a
    /// set from which none can be taken.
    fn rules_to_go(&self, means: &[Needed], set: u32) -> Option<Vec<&str>> {
        let rules = self.parts.by_hazard();
        let lets_in = |gone: &BTreeSet<&str>| self.decision(means, set, gone) == Decision::Approve;
        if let Some(one) = rules.iter().find(|rule| lets_in(&BTreeSet::from([**rule]))) {
            return Some(vec![one]);
        }
        let mut gone: BTreeSet<&str> = rules.iter().copied().collect();
        if gone.is_empty() || !lets_in(&gone) {
            return None;
        }
        for rule in rules.iter().rev() {
            gone.remove(rule);
            if !lets_in(&gone) {
                gone.insert(rule);
            }
        }
        Some(gone.into_iter().collect())
    }

    /// What would keep it out.
    fn away(&self) -> Vec<Change> {
        let standing = &self.now.standing;
        let mut found = Vec::new();
        let mut try_with = |needed: Needed, subject: Subject, standing: Standing| {
            let supposed = Supposed { standing, ..Supposed::default() };
            let decision = self.gate.consider_if(subject, &supposed).verdict.decision;
            let changed = decision != Decision::Approve;
            if changed {
                found.push(Change { needed: vec![needed], decision });
            }
            changed
        };
        if let Some(publisher) = &standing.signed_by {
            let needed = Needed { condition: Condition::NotSigned, what: vec![publisher.principal.clone()] };
            try_with(needed, self.subject.clone(), Standing { signed_by: None, ..standing.clone() });
        }
        if standing.is_approved() {
            let needed = Needed { condition: Condition::NotApproved, what: standing.reviewer_names() };
            let without = Standing { approvals: Vec::new(), reviewers: 0, approved_risk: None, ..standing.clone() };
            try_with(needed, self.subject.clone(), without);
        }
        for severity in Severity::ALL {
            let more = Some((Category::CodeExecution, risk::hazard_of(severity)));
            let subject = self.parts.without(self.subject, &BTreeSet::new(), more);
            let needed = Needed { condition: Condition::AnotherFinding, what: vec![severity.word().to_owned()] };
            if try_with(needed, subject, standing.clone()) {
                break;
            }
        }
        found
    }
}

fn somebody(number: u32) -> Voucher {
    Voucher { principal: format!("somebody {number}"), key: format!("key {number}") }
}

/// As if enough people approved it as it is.
fn approved(standing: &Standing, risk: f64) -> Standing {
    let needed = standing.needed.max(1);
    Standing {
        approvals: (1..=needed).map(somebody).collect(),
        reviewers: needed,
        needed,
        approved_risk: Some(risk),
        ..standing.clone()
    }
}
