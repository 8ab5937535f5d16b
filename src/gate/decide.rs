//! The gate's decision about one file: tier, policy and ethics over what was found and who vouched for it.
//!
//! # Tiers
//!
//! A valid signature of a publisher makes a file VERIFIED, enough approvals of exactly its content TRUSTED, neither
//! STANDARD. Whatever the word of others, a file that could not be judged in full, whose risk is above the limit
//! of the tier, that can do what is never granted, or whose class was little more than a guess, is EXPERIMENTAL.
//! A path never lifts anything.
//!
//! Nothing of this is remembered as a fact: who vouched is found out anew each time the gate is asked, so that a
//! key that expired or was revoked since then counts no more.

use std::collections::{BTreeSet, HashMap};

use super::ethics::{self, EthicsEvidence, EthicsVerdict};
use super::policy::{Facts, Policy, PolicyDecision};
use super::trust::{Standing, TrustIndex};
use crate::model::{
    Benefit, ComponentKind, Decision, Digest, EthicsProfile, FileJudgement, Finding, RiskScore, TrustMode, TrustTier,
    Verdict,
};
use crate::security::{declaration, risk};
use crate::settings::NetworkSettings;

/// A file with nobody's word behind it and more overall risk than this is unproven.
const STANDARD_LIMIT: f64 = 0.5;

/// The same for a file that a publisher signed or reviewers approved.
const VOUCHED_LIMIT: f64 = 0.7;

/// A class with less confidence than this is little more than a guess.
const GUESSED_BELOW: f64 = 0.5;

/// All that decides, beside the file.
pub struct Gate {
    /// The policy.
    pub policy: Policy,
    /// How strict it is.
    pub mode: TrustMode,
    /// How ethics are weighed.
    pub ethics: EthicsProfile,
    /// What may be reached.
    pub network: NetworkSettings,
    /// Who vouched for what.
    pub trust: TrustIndex,
    /// The class of each file with its confidence, as far as it is known for the present content.
    pub classes: HashMap<String, (Digest, ComponentKind, f64)>,
    /// The risk with which each file that is deployed was let in.
    pub deployed: HashMap<String, f64>,
}

/// What is known of a file from its content alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// Its path.
    pub path: String,
    /// Its content.
    pub digest: Digest,
    /// Its risk.
    pub risk: RiskScore,
    /// What it is able to do.
    pub capabilities: BTreeSet<String>,
    /// Hosts that it names.
    pub hosts: BTreeSet<String>,
    /// Whether everything in it could be judged.
    pub complete: bool,
    /// Capabilities, hosts and files that it uses and does not declare.
    pub undeclared: u32,
    /// What it adds for others to use.
    pub benefit: Benefit,
}

impl Subject {
    /// From what the analysis said.
    pub fn of_judgement(judgement: &FileJudgement) -> Self {
        Self {
            path: judgement.path.clone(),
            digest: judgement.digest,
            risk: risk::score(&judgement.findings, &judgement.capabilities),
            capabilities: judgement.capabilities.clone(),
            hosts: judgement.hosts.clone(),
            complete: judgement.is_complete(),
            undeclared: undeclared(&judgement.findings),
            benefit: judgement.benefit,
        }
    }

    /// From a verdict, to ask again.
    pub fn of_verdict(verdict: &Verdict) -> Self {
        Self {
            path: verdict.subject.clone(),
            digest: verdict.digest,
            risk: verdict.risk.clone(),
            capabilities: verdict.capabilities.clone(),
            hosts: verdict.hosts.clone(),
            complete: verdict.complete,
            undeclared: verdict.undeclared,
            benefit: verdict.benefit,
        }
    }
}

/// How many findings say that something is used and not declared.
fn undeclared(findings: &[Finding]) -> u32 {
    let counts = |one: &&Finding| one.suppressed_by.is_none() && one.rule == declaration::UNDECLARED.id;
    u32::try_from(findings.iter().filter(counts).count()).unwrap_or(u32::MAX)
}

/// What may be supposed to be otherwise than it is.
#[derive(Debug, Clone, Default)]
pub struct Supposed {
    /// Who vouched for it.
    pub standing: Standing,
    /// Capabilities that are granted to it, besides those that are.
    pub granted: BTreeSet<String>,
    /// Whether all hosts that it names are on the list.
    pub hosts_listed: bool,
}

/// Everything behind a verdict.
#[derive(Debug, Clone)]
pub struct Considered {
    /// What the policy was asked.
    pub facts: Facts,
    /// What it said.
    pub policy: PolicyDecision,
    /// Who vouched.
    pub standing: Standing,
    /// What the frameworks said.
    pub ethics: EthicsVerdict,
    /// Why the tier is what it is.
    pub tier_reasons: Vec<String>,
    /// What follows.
    pub verdict: Verdict,
}

impl Gate {
    /// The verdict.
    pub fn decide(&self, subject: Subject) -> Verdict {
        self.consider(subject).verdict
    }

    /// The verdict with everything behind it.
    pub fn consider(&self, subject: Subject) -> Considered {
        let standing = self.trust.standing(&subject.path, &subject.digest);
        self.consider_as(subject, standing)
    }

    /// The same, as if others had vouched for it.
    pub fn consider_as(&self, subject: Subject, standing: Standing) -> Considered {
        self.consider_if(subject, &Supposed { standing, ..Supposed::default() })
    }

    /// The same, as if more were different than who vouched for it.
    pub fn consider_if(&self, subject: Subject, supposed: &Supposed) -> Considered {
        let standing = supposed.standing.clone();
        let (class, digest) = (self.class_of(&subject), subject.digest);
        let (mut tier, mut tier_reasons) = self.tier(&subject, &standing, class);
        let (undeclared, benefit) = (subject.undeclared, subject.benefit);
        let mut facts = self.facts(subject, &standing, class, tier);
        facts.granted.extend(supposed.granted.iter().cloned());
        if supposed.hosts_listed && facts.barred.take().is_some() {
            facts.granted.insert("network_access".to_owned());
        }
        let policy = self.policy.decide(&facts);
        let mut decision = policy.decision;
        if decision == Decision::Quarantine {
            tier = TrustTier::Quarantined;
            tier_reasons.insert(0, "the policy isolates it".to_owned());
        }
        let mut evidence = EthicsEvidence::of_risk(&facts.risk, facts.complete);
        evidence.vouched = facts.signed || facts.approved;
        evidence.undeclared_capabilities = undeclared;
        evidence.add_benefit(benefit);
        let ethics = ethics::evaluate(&evidence, self.ethics_profile());
        let mut rationale = policy.reasons.clone();
        if !ethics.acceptable {
            // Ethics never lets in what the policy keeps out; it can only ask for people, unless they have looked.
            if decision == Decision::Approve && !facts.approved {
                decision = Decision::Review;
            }
            rationale.push(format!("ethics: {}; {}", ethics.summary, ethics.main_reason()));
        }
        let verdict = Verdict {
            subject: facts.subject.clone(),
            digest,
            risk: facts.risk.clone(),
            tier,
            decision,
            rationale,
            complete: facts.complete,
            rules: policy.rules.clone(),
            capabilities: facts.capabilities.clone(),
            hosts: facts.hosts.clone(),
            undeclared,
            benefit,
            signed_by: facts.signed_by.clone(),
            approved_by: standing.reviewer_names(),
        };
        Considered { facts, policy, standing, ethics, tier_reasons, verdict }
    }

    /// The profile that ethics are weighed with.
    pub fn ethics_profile(&self) -> EthicsProfile {
        match (self.ethics, self.mode) {
            (EthicsProfile::ByMode, TrustMode::Strict) => EthicsProfile::Strict,
            (EthicsProfile::ByMode, _) => EthicsProfile::Balanced,
            (chosen, _) => chosen,
        }
    }

    /// What the word of others makes of a file that need not be judged.
    pub fn vouched_tier(&self, path: &str, digest: &Digest) -> TrustTier {
        let standing = self.trust.standing(path, digest);
        match (&standing.signed_by, standing.is_approved()) {
            (Some(_), _) => TrustTier::Verified,
            (None, true) => TrustTier::Trusted,
            (None, false) => TrustTier::Standard,
        }
    }

    fn class_of(&self, subject: &Subject) -> Option<(ComponentKind, f64)> {
        let (digest, class, confidence) = self.classes.get(&subject.path)?;
        (*digest == subject.digest).then_some((*class, *confidence))
    }

    fn tier(
        &self,
        subject: &Subject,
        standing: &Standing,
        class: Option<(ComponentKind, f64)>,
    ) -> (TrustTier, Vec<String>) {
        let (tier, limit, why) = match &standing.signed_by {
            Some(publisher) => {
                (TrustTier::Verified, VOUCHED_LIMIT, format!("{} signed exactly this content", publisher.principal))
            }
            None if standing.is_approved() => {
                let names = standing.reviewer_names().join(", ");
                (TrustTier::Trusted, VOUCHED_LIMIT, format!("exactly this content was approved by {names}"))
            }
            None => (TrustTier::Standard, STANDARD_LIMIT, "nobody vouched for it whose word counts".to_owned()),
        };
        let mut against = Vec::new();
        if !subject.complete {
            against.push("parts of it could not be judged".to_owned());
        }
        if subject.risk.overall > limit {
            against.push(format!(
                "its risk {:.2} is above {limit:.2}, the limit of {}",
                subject.risk.overall,
                tier.word()
            ));
        }
        let denied = &self.policy.file().capabilities.denied;
        against.extend(
            subject.capabilities.intersection(denied).map(|word| format!("it can do what is never granted: {word}")),
        );
        if let Some((class, confidence)) = class
            && confidence < GUESSED_BELOW
            && class != ComponentKind::Unknown
        {
            against.push(format!("that it is a {} is little more than a guess ({confidence:.2})", class.word()));
        }
        if against.is_empty() {
            return (tier, vec![why]);
        }
        against.push(why);
        (TrustTier::Experimental, against)
    }

    fn facts(
        &self,
        subject: Subject,
        standing: &Standing,
        class: Option<(ComponentKind, f64)>,
        tier: TrustTier,
    ) -> Facts {
        let mut granted = BTreeSet::new();
        let mut barred = None;
        let is_listed_only = self.network.strict || self.mode == TrustMode::Strict;
        if is_listed_only && subject.capabilities.contains("network_access") {
            match self.objection_to_network(&subject.hosts) {
                Some(why) => barred = Some(why),
                None => {
                    granted.insert("network_access".to_owned());
                }
            }
        }
        let drift = self.drift(&subject, standing);
        Facts {
            subject: subject.path,
            class: class.map_or(ComponentKind::Unknown, |(class, _)| class),
            tier,
            mode: self.mode,
            risk: subject.risk,
            capabilities: subject.capabilities,
            granted,
            hosts: subject.hosts,
            barred,
            signed: standing.signed_by.is_some(),
            signed_by: standing.signed_by.as_ref().map(|publisher| publisher.principal.clone()),
            approved: standing.is_approved(),
            complete: subject.complete,
            drift,
        }
    }

    /// Why the hosts that a file names may not be reached; none when all are on the list.
    fn objection_to_network(&self, hosts: &BTreeSet<String>) -> Option<String> {
        if hosts.is_empty() {
            return Some("it uses the network, only listed hosts are allowed, and it names none".to_owned());
        }
        let unlisted: Vec<&str> = hosts
            .iter()
            .map(String::as_str)
            .filter(|host| !self.network.allow.iter().any(|one| fits(one, host)))
            .collect();
        (!unlisted.is_empty()).then(|| format!("it names hosts that are not on the list: {}", unlisted.join(", ")))
    }

    /// How far its risk moved since it was approved, or, when it was only let in, how far it rose.
    fn drift(&self, subject: &Subject, standing: &Standing) -> Option<f64> {
        if let Some(before) = standing.approved_risk {
            return Some(subject.risk.overall - before);
        }
        let before = self.deployed.get(&subject.path)?;
        // The risk of a component is that of its riskiest file; that this one has less says nothing.
        Some((subject.risk.overall - before).max(0.0))
    }
}

/// Whether a host is meant by an entry of the list.
fn fits(entry: &str, host: &str) -> bool {
    match entry.strip_prefix("*.") {
        Some(parent) => {
            host.len() > parent.len() + 1
                && host.to_ascii_lowercase().ends_with(&format!(".{}", parent.to_ascii_lowercase()))
        }
        None => entry.eq_ignore_ascii_case(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::policy::SHIPPED;
    use crate::gate::trust::Voucher;

    fn gate(mode: TrustMode) -> Gate {
        Gate {
            policy: Policy::parse(SHIPPED).unwrap(),
            mode,
            ethics: EthicsProfile::ByMode,
            network: NetworkSettings::default(),
            trust: TrustIndex::default(),
            classes: HashMap::new(),
            deployed: HashMap::new(),
        }
    }

    fn subject(overall: f64) -> Subject {
        Subject {
            path: "a.py".to_owned(),
            digest: Digest::of(b"a"),
            risk: RiskScore { overall, ..RiskScore::default() },
            capabilities: BTreeSet::new(),
            hosts: BTreeSet::new(),
            complete: true,
            undeclared: 0,
            benefit: Benefit::default(),
        }
    }

    fn voucher(name: &str) -> Voucher {
        Voucher { principal: name.to_owned(), key: format!("key of {name}") }
    }

    fn signed() -> Standing {
        Standing { signed_by: Some(voucher("ada")), needed: 2, ..Standing::default() }
    }

    fn approved() -> Standing {
        Standing { approvals: vec![voucher("bob"), voucher("eve")], reviewers: 2, needed: 2, ..Standing::default() }
    }

    #[test]
    fn the_word_of_others_lifts_and_danger_lowers() {
        let gate = gate(TrustMode::Standard);
        let tier = |subject: Subject, standing| gate.consider_as(subject, standing).verdict.tier;
        assert_eq!(tier(subject(0.1), Standing::default()), TrustTier::Standard);
        assert_eq!(tier(subject(0.1), signed()), TrustTier::Verified);
        assert_eq!(tier(subject(0.1), approved()), TrustTier::Trusted);
        assert_eq!(tier(subject(0.6), Standing::default()), TrustTier::Experimental);
        assert_eq!(tier(subject(0.6), signed()), TrustTier::Verified);
        assert_eq!(tier(subject(0.8), signed()), TrustTier::Experimental);
        assert_eq!(tier(Subject { complete: false, ..subject(0.0) }, signed()), TrustTier::Experimental);
        let dangerous = Subject { capabilities: BTreeSet::from(["privilege_escalation".to_owned()]), ..subject(0.0) };
        assert_eq!(tier(dangerous, signed()), TrustTier::Experimental);
        let one = Standing { reviewers: 1, ..approved() };
        assert_eq!(tier(subject(0.1), one), TrustTier::Standard);
    }

    #[test]
    fn reviewers_settle_what_asks_for_a_look_and_nothing_else() {
        let networked = Subject { capabilities: BTreeSet::from(["network_access".to_owned()]), ..subject(0.4) };
        let gate = gate(TrustMode::Standard);
        assert_eq!(gate.consider_as(networked.clone(), Standing::default()).verdict.decision, Decision::Review);
        assert_eq!(gate.consider_as(networked.clone(), approved()).verdict.decision, Decision::Approve);
        let denied = Subject { capabilities: BTreeSet::from(["privilege_escalation".to_owned()]), ..subject(0.1) };
        assert_eq!(gate.consider_as(denied, approved()).verdict.decision, Decision::Reject);
    }

    #[test]
    fn strict_mode_wants_a_signature_and_listed_hosts() {
        let mut gate = gate(TrustMode::Strict);
        assert_eq!(gate.consider_as(subject(0.1), Standing::default()).verdict.decision, Decision::Reject);
        assert_eq!(gate.consider_as(subject(0.1), approved()).verdict.decision, Decision::Reject);
        assert_eq!(gate.consider_as(subject(0.1), signed()).verdict.decision, Decision::Approve);
        let with_hosts = |hosts: &[&str]| Subject {
            capabilities: BTreeSet::from(["network_access".to_owned()]),
            hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
            ..subject(0.1)
        };
        gate.network.allow = vec!["api.example.org".to_owned(), "*.example.net".to_owned()];
        let decision = |gate: &Gate, hosts: &[&str]| gate.consider_as(with_hosts(hosts), signed()).verdict.decision;
        assert_eq!(decision(&gate, &[]), Decision::Reject);
        assert_eq!(decision(&gate, &["evil.example.com"]), Decision::Reject);
        assert_eq!(decision(&gate, &["api.example.org", "x.example.net"]), Decision::Approve);
        assert_eq!(decision(&gate, &["example.net"]), Decision::Reject);
        assert_eq!(decision(&gate, &["notexample.net"]), Decision::Reject);
        gate.mode = TrustMode::Standard;
        gate.network.strict = true;
        assert_eq!(decision(&gate, &["evil.example.com"]), Decision::Reject, "the switch alone is enough");
    }

    #[test]
    fn risk_that_moved_since_the_approval_blocks() {
        let mut gate = gate(TrustMode::Strict);
        let before = |risk| Standing { approved_risk: Some(risk), ..signed() };
        assert_eq!(gate.consider_as(subject(0.35), before(0.0)).verdict.decision, Decision::Quarantine);
        assert_eq!(gate.consider_as(subject(0.0), before(0.35)).verdict.decision, Decision::Quarantine);
        assert_eq!(gate.consider_as(subject(0.25), before(0.0)).verdict.decision, Decision::Approve);
        gate.deployed.insert("a.py".to_owned(), 0.0);
        assert_eq!(gate.consider_as(subject(0.35), signed()).verdict.decision, Decision::Quarantine);
        gate.deployed.insert("a.py".to_owned(), 0.9);
        assert_eq!(gate.consider_as(subject(0.1), signed()).verdict.decision, Decision::Approve);
    }
}
