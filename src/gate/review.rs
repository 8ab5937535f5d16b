//! The review of changes: what passes becomes an [`Approved`] change, which nothing else can make.
//!
//! # Rules
//!
//! A component that the evaluation approved passes. One that it wants reviewed, or that is EXPERIMENTAL, passes
//! when a person approves the run (`--approve`), and the ledger keeps who. One that was rejected, quarantined
//! or isolated never passes. In strict mode only VERIFIED and TRUSTED components pass, and a person approves
//! every run. The loop integrates only where it is allowed to, and never in production.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Component, Decision, Plan, TrustMode, TrustTier};
use crate::settings::{GuardSettings, Profile, Settings};
use std::collections::{BTreeMap, BTreeSet};

/// Who wants the change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    /// A person at the command line.
    Operator,
    /// The loop.
    Loop,
}

/// What happened in the last hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LastHour {
    /// Integrations.
    pub integrations: u64,
    /// Times something was isolated.
    pub quarantines: u64,
    /// Rollbacks.
    pub rollbacks: u64,
}

/// All that a review depends on besides the change.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// How strict the gate is.
    pub mode: TrustMode,
    /// The profile.
    pub profile: Profile,
    /// The limits.
    pub guards: GuardSettings,
    /// Whether the loop may integrate.
    pub auto_integrate: bool,
    /// Whether incorporation is paused by configuration.
    pub paused: bool,
    /// What happened.
    pub last_hour: LastHour,
    /// Who asks.
    pub asker: Asker,
    /// The person who approved, by name, when one did.
    pub approved_by: Option<String>,
    /// Paths that are held in quarantine.
    pub quarantined: BTreeSet<String>,
    /// What the evaluation says now about files of the plan, by path, when it says something else than the plan.
    pub decisions: BTreeMap<String, Decision>,
    /// How far the gate trusts components of the plan now, by id. What the plan says counts only where it is less.
    pub tiers: BTreeMap<String, TrustTier>,
    /// Files of the plan whose content was not judged here.
    pub unjudged: BTreeSet<String>,
}

impl Circumstances {
    /// The circumstances of a person's run, with nothing happened yet.
    pub fn of(settings: &Settings) -> Self {
        Self {
            mode: settings.trust_mode,
            profile: settings.profile,
            guards: settings.guards.clone(),
            auto_integrate: settings.incorporation.auto_integrate,
            paused: settings.incorporation.paused,
            last_hour: LastHour::default(),
            asker: Asker::Operator,
            approved_by: None,
            quarantined: BTreeSet::new(),
            decisions: BTreeMap::new(),
            tiers: BTreeMap::new(),
            unjudged: BTreeSet::new(),
        }
    }
}

/// A change that the gate let pass. Only this module can make one.
#[derive(Debug, Clone)]
pub struct Approved<T> {
    change: T,
    approved_by: Option<String>,
}

/// An integration that the gate let pass.
pub type ApprovedPlan = Approved<Plan>;

impl<T> Approved<T> {
    /// The change.
    pub fn change(&self) -> &T {
        &self.change
    }

    /// The person who approved it, when one had to or did.
    pub fn approved_by(&self) -> Option<&str> {
        self.approved_by.as_deref()
    }
}

/// The rules that refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DenialRule {
    /// Incorporation is paused.
    Paused,
    /// Too many integrations in an hour.
    IntegrationVelocity,
    /// Too much was isolated in an hour.
    QuarantineVelocity,
    /// Too many rollbacks in an hour.
    RollbackCascade,
    /// A file of a component was not judged in this form.
    NotJudged,
    /// A component was rejected.
    Rejected,
    /// A component is, or has to be, in quarantine.
    Quarantined,
    /// A component is not trusted enough for this mode.
    TierTooLow,
    /// A person has to approve.
    ApprovalNeeded,
    /// The loop may not integrate here.
    NotAutomatic,
}

/// One reason why a change does not pass.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Denied {
    /// Which rule.
    pub rule: DenialRule,
    /// The component, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    /// The reason in words.
    pub detail: String,
}

/// Why a change does not pass: all reasons, not the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Denial {
    /// The reasons.
    pub reasons: Vec<Denied>,
}

/// Reviews an integration.
pub fn review(plan: Plan, circumstances: &Circumstances) -> Result<ApprovedPlan, Denial> {
    let mut reasons = velocity(circumstances);
    for component in &plan.components {
        let about = |rule, detail: String| Denied { rule, component: Some(component.id.clone()), detail };
        let now = component.files.iter().filter_map(|file| circumstances.decisions.get(&file.source)).max();
        let decision = now.copied().map_or(component.decision, |now| now.max(component.decision));
        if component.files.iter().any(|file| circumstances.quarantined.contains(&file.source)) {
            reasons.push(about(DenialRule::Quarantined, "a file of it is held in quarantine".to_owned()));
        }
        let tier = circumstances.tiers.get(&component.id).map_or(component.tier, |now| component.tier.max(*now));
        if let Some(file) = component.files.iter().find(|file| circumstances.unjudged.contains(&file.source)) {
            let detail = format!("there is no judgement of the planned content of `{}`", file.source);
            reasons.push(about(DenialRule::NotJudged, detail));
        }
        match decision {
            Decision::Quarantine => {
                reasons.push(about(DenialRule::Quarantined, "the evaluation wants it isolated".to_owned()));
            }
            Decision::Reject => reasons.push(about(DenialRule::Rejected, "the evaluation rejected it".to_owned())),
            Decision::Review | Decision::Approve => {}
        }
        if circumstances.mode == TrustMode::Strict && tier > TrustTier::Trusted {
            let detail = format!("it is {}; strict mode takes only VERIFIED and TRUSTED", tier.word());
            reasons.push(about(DenialRule::TierTooLow, detail));
        }
        let unproven = decision == Decision::Review || tier == TrustTier::Experimental;
        let is_lenient = circumstances.mode == TrustMode::Permissive && decision != Decision::Review;
        if unproven && !is_lenient && circumstances.approved_by.is_none() {
            let what = if decision == Decision::Review { "it has to be reviewed" } else { "it is unproven" };
            reasons.push(about(DenialRule::ApprovalNeeded, format!("{what}; a person lets it pass with `--approve`")));
        }
    }
    if circumstances.mode == TrustMode::Strict && circumstances.approved_by.is_none() {
        let detail = "in strict mode a person approves every integration, with `--approve`".to_owned();
        reasons.push(Denied { rule: DenialRule::ApprovalNeeded, component: None, detail });
    }
    automatic(circumstances, &mut reasons);
    decide(plan, reasons, circumstances)
}

/// Reviews a rollback that leads to these components. What was approved before needs no trust, only moderation;
/// but what was isolated since then does not come back this way.
pub fn review_rollback<T>(
    change: T,
    leads_to: &[Component],
    circumstances: &Circumstances,
) -> Result<Approved<T>, Denial> {
    let (done, limit) = (circumstances.last_hour.rollbacks, circumstances.guards.rollbacks_per_hour);
    let mut reasons = Vec::new();
    if done >= limit && circumstances.approved_by.is_none() {
        let detail =
            format!("{done} rollbacks in the last hour, and the limit is {limit}; a person goes on with `--approve`");
        reasons.push(Denied { rule: DenialRule::RollbackCascade, component: None, detail });
    }
    for component in leads_to {
        if let Some(file) = component.files.iter().find(|file| circumstances.quarantined.contains(&file.source)) {
            let detail = format!("`{}` is held in quarantine; release it first, or go elsewhere", file.source);
            reasons.push(Denied { rule: DenialRule::Quarantined, component: Some(component.id.clone()), detail });
        }
    }
    decide(change, reasons, circumstances)
}

/// Reviews an isolation. It always passes: to isolate is the safe side. What it costs is that beyond its limit
/// nothing is taken in any more.
pub fn review_isolation<T>(change: T, circumstances: &Circumstances) -> Result<Approved<T>, Denial> {
    decide(change, Vec::new(), circumstances)
}

fn velocity(circumstances: &Circumstances) -> Vec<Denied> {
    let (hour, guards) = (circumstances.last_hour, &circumstances.guards);
    let mut reasons = Vec::new();
    let mut deny = |rule, detail: String| reasons.push(Denied { rule, component: None, detail });
    if circumstances.paused {
        deny(DenialRule::Paused, "`incorporation.paused` is set".to_owned());
    }
    if circumstances.approved_by.is_some() {
        return reasons;
    }
    let (done, limit) = (hour.integrations, guards.integrations_per_hour);
    if done >= limit {
        let detail =
            format!("{done} integrations in the last hour, and the limit is {limit}; wait, or go on with `--approve`");
        deny(DenialRule::IntegrationVelocity, detail);
    }
    let (done, limit) = (hour.quarantines, guards.quarantines_per_hour);
    if done > limit {
        let detail = format!(
            "something was isolated {done} times in the last hour, and the limit is {limit}; incorporation pauses"
        );
        deny(DenialRule::QuarantineVelocity, detail);
    }
    let (done, limit) = (hour.rollbacks, guards.rollbacks_per_hour);
    if done >= limit {
        let detail =
            format!("{done} rollbacks in the last hour, and the limit is {limit}; a person goes on with `--approve`");
        deny(DenialRule::RollbackCascade, detail);
    }
    reasons
}

fn automatic(circumstances: &Circumstances, reasons: &mut Vec<Denied>) {
    if circumstances.asker == Asker::Operator {
        return;
    }
    let why = match (circumstances.profile, circumstances.auto_integrate) {
        (Profile::Prod, _) => "the loop never integrates in production",
        (_, false) => "`incorporation.auto_integrate` is not set",
        _ => return,
    };
    reasons.push(Denied { rule: DenialRule::NotAutomatic, component: None, detail: why.to_owned() });
}

fn decide<T>(change: T, mut reasons: Vec<Denied>, circumstances: &Circumstances) -> Result<Approved<T>, Denial> {
    if reasons.is_empty() {
        return Ok(Approved { change, approved_by: circumstances.approved_by.clone() });
    }
    reasons.sort();
    reasons.dedup();
    Err(Denial { reasons })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, ComponentKind, Digest, Parent, PlanningReport};

    fn plan(decision: Decision, tier: TrustTier) -> Plan {
        let digest = Digest::of(b"");
        let component = Component {
            id: "a.py".to_owned(),
            name: "a".to_owned(),
            version: None,
            kind: ComponentKind::Plugin,
            action: Action::LoadPlugin,
            digest,
            files: Vec::new(),
            registers: Vec::new(),
            modules: Vec::new(),
            entry_point: None,
            requires: Vec::new(),
            depends_on: Vec::new(),
            risk: 0.0,
            tier,
            decision,
        };
        Plan {
            id: String::new(),
            parent: Parent { generation: 0, digest },
            components: vec![component],
            steps: Vec::new(),
            report: PlanningReport::default(),
        }
    }

    fn rules(plan: Plan, circumstances: &Circumstances) -> Vec<DenialRule> {
        review(plan, circumstances)
            .err()
            .map(|denial| denial.reasons.iter().map(|reason| reason.rule).collect())
            .unwrap_or_default()
    }

    #[test]
    fn what_is_approved_passes_and_what_is_not_does_not() {
        let mut circumstances = Circumstances::of(&Settings::default());
        let with = |decision, tier, circumstances: &Circumstances| rules(plan(decision, tier), circumstances);
        assert_eq!(with(Decision::Approve, TrustTier::Standard, &circumstances), []);
        assert_eq!(with(Decision::Review, TrustTier::Standard, &circumstances), [DenialRule::ApprovalNeeded]);
        assert_eq!(with(Decision::Approve, TrustTier::Experimental, &circumstances), [DenialRule::ApprovalNeeded]);
        circumstances.approved_by = Some("ada".to_owned());
        assert_eq!(with(Decision::Review, TrustTier::Standard, &circumstances), []);
        assert_eq!(with(Decision::Reject, TrustTier::Verified, &circumstances), [DenialRule::Rejected]);
        assert_eq!(with(Decision::Quarantine, TrustTier::Verified, &circumstances), [DenialRule::Quarantined]);
        circumstances.mode = TrustMode::Strict;
        assert_eq!(with(Decision::Approve, TrustTier::Standard, &circumstances), [DenialRule::TierTooLow]);
        assert_eq!(with(Decision::Approve, TrustTier::Trusted, &circumstances), []);
    }

    #[test]
    fn guards_stop_at_their_limits_and_a_person_can_go_on() {
        let mut circumstances = Circumstances::of(&Settings::default());
        circumstances.last_hour = LastHour { integrations: 4, quarantines: 2, rollbacks: 2 };
        let ok = || plan(Decision::Approve, TrustTier::Standard);
        assert_eq!(rules(ok(), &circumstances), []);
        assert!(review_rollback((), &[], &circumstances).is_ok());
        circumstances.last_hour = LastHour { integrations: 5, quarantines: 3, rollbacks: 3 };
        assert_eq!(
            rules(ok(), &circumstances),
            [DenialRule::IntegrationVelocity, DenialRule::QuarantineVelocity, DenialRule::RollbackCascade]
        );
        assert!(review_rollback((), &[], &circumstances).is_err());
        assert!(review_isolation((), &circumstances).is_ok());
        circumstances.approved_by = Some("ada".to_owned());
        assert_eq!(rules(ok(), &circumstances), []);
        assert!(review_rollback((), &[], &circumstances).is_ok());
    }

    #[test]
    fn the_loop_needs_leave() {
        let mut circumstances = Circumstances::of(&Settings::default());
        circumstances.asker = Asker::Loop;
        let ok = || plan(Decision::Approve, TrustTier::Standard);
        assert_eq!(rules(ok(), &circumstances), [DenialRule::NotAutomatic]);
        circumstances.auto_integrate = true;
        assert_eq!(rules(ok(), &circumstances), []);
        circumstances.profile = Profile::Prod;
        assert_eq!(rules(ok(), &circumstances), [DenialRule::NotAutomatic]);
    }

    #[test]
    fn what_became_worse_since_the_plan_does_not_pass() {
        let mut circumstances = Circumstances::of(&Settings::default());
        let mut plan = plan(Decision::Approve, TrustTier::Standard);
        plan.components[0].files.push(crate::model::PinnedFile {
            source: "a.py".to_owned(),
            target: "a.py".to_owned(),
            digest: Digest::of(b""),
            size: 0,
        });
        circumstances.decisions.insert("a.py".to_owned(), Decision::Reject);
        assert_eq!(rules(plan.clone(), &circumstances), [DenialRule::Rejected]);
        circumstances.decisions.clear();
        circumstances.quarantined.insert("a.py".to_owned());
        assert_eq!(rules(plan.clone(), &circumstances), [DenialRule::Quarantined]);
        assert!(review_rollback((), &plan.components, &circumstances).is_err(), "nor does it come back by a rollback");
    }
}
