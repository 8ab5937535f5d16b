//! Ethics: four frameworks look at the same evidence and say what they make of it.
//!
//! Each framework is a documented, deterministic function of [`EthicsEvidence`], which holds only what
//! the analysis really saw. A score is a summary of that evidence and nothing more; the reasons are the
//! part to read. `docs/ethics.md` says what such a score can and cannot mean.

mod care;
mod deontological;
mod utilitarian;
mod virtue;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::model::EthicsProfile;
use crate::model::{Benefit, Category, RiskScore};

/// What the four frameworks may look at. Strengths run from 0 (nothing seen) to 1 (as strong as it gets).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct EthicsEvidence {
    /// Reads of credentials, keys, browser stores, clipboard or input: the larger of what was seen.
    pub privacy_harm: f64,
    /// Data that leaves for somewhere its owner did not name.
    pub disclosure: f64,
    /// Code that changes itself or others, arranges to be started again, or steers an agent.
    pub autonomy_harm: f64,
    /// Ways in for an attacker: execution, injection, deserialisation, weak cryptography.
    pub security_harm: f64,
    /// Code that hides what it does.
    pub concealment: f64,
    /// Capabilities that are used but not declared in the manifest.
    pub undeclared_capabilities: u32,
    /// Capabilities that the component declares.
    pub declared_capabilities: u32,
    /// Functions, classes and entry points that it adds for others to use.
    pub public_items: u32,
    /// How many of those carry documentation, 0 to 1.
    pub documented: f64,
    /// Whether tests come with it.
    pub tested: bool,
    /// Whether a person or a key vouched for exactly this content.
    pub vouched: bool,
    /// Whether everything in it could be judged.
    pub complete: bool,
}

impl EthicsEvidence {
    /// The harms that a risk score speaks of. The caller adds what it knows of benefit.
    pub fn of_risk(risk: &RiskScore, complete: bool) -> Self {
        let worst = |categories: &[Category]| {
            categories
                .iter()
                .filter_map(|category| risk.by_category.get(category))
                .fold(0.0, |worst: f64, value| worst.max(value.clamp(0.0, 1.0)))
        };
        Self {
            privacy_harm: worst(&[Category::Secrets]),
            disclosure: worst(&[Category::Exfiltration]),
            autonomy_harm: worst(&[Category::SelfModification, Category::Persistence, Category::AgentManipulation]),
            security_harm: worst(&[
                Category::CodeExecution,
                Category::ExternalCommand,
                Category::Injection,
                Category::Deserialisation,
                Category::Cryptography,
                Category::FileOperations,
                Category::NetworkAccess,
            ]),
            concealment: worst(&[Category::Obfuscation]),
            documented: 0.0,
            complete,
            ..Self::default()
        }
    }

    /// Adds what the code offers to others.
    pub fn add_benefit(&mut self, benefit: Benefit) {
        self.public_items = benefit.public_items;
        self.tested = benefit.tested;
        if benefit.public_items > 0 {
            self.documented =
                f64::from(benefit.documented_items.min(benefit.public_items)) / f64::from(benefit.public_items);
        }
    }

    /// The strongest harm of any sort.
    fn worst_harm(&self) -> f64 {
        [self.privacy_harm, self.disclosure, self.autonomy_harm, self.security_harm, self.concealment]
            .into_iter()
            .fold(0.0, f64::max)
    }
}

/// What one framework says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Opinion {
    /// The framework, such as `care`.
    pub framework: String,
    /// From 0 (must not be) to 1 (nothing speaks against it).
    pub score: f64,
    /// The reasons in sentences, the one that weighs most first.
    pub reasons: Vec<String>,
    /// What the score starts from when nothing was seen.
    pub start: f64,
    /// How far each reason moved the score, in the order of the reasons, before it is cut to 0 to 1.
    pub moved: Vec<f64>,
}

/// One ethical framework.
pub trait Framework: Sync {
    /// Its name in reports and in the weights of a profile.
    fn id(&self) -> &'static str;

    /// Its opinion of the evidence.
    fn judge(&self, evidence: &EthicsEvidence) -> Opinion;
}

/// The frameworks in the order of the weights of an [`EthicsProfile`].
pub const FRAMEWORKS: &[&dyn Framework] =
    &[&utilitarian::Utilitarian, &deontological::Deontological, &virtue::Virtue, &care::Care];

/// The numbers behind a profile.
struct Weighing {
    weights: [f64; 4],
    threshold: f64,
    /// Any opinion below this decides alone.
    veto_below: f64,
}

/// `by-mode` is resolved before; here it means what is used in most modes.
fn weighing(profile: EthicsProfile) -> Weighing {
    match profile {
        EthicsProfile::Balanced | EthicsProfile::ByMode => {
            Weighing { weights: [0.4, 0.3, 0.2, 0.1], threshold: 0.6, veto_below: 0.0 }
        }
        EthicsProfile::Strict => Weighing { weights: [0.25, 0.45, 0.15, 0.15], threshold: 0.7, veto_below: 0.3 },
        EthicsProfile::Consequentialist => {
            Weighing { weights: [0.6, 0.15, 0.15, 0.1], threshold: 0.6, veto_below: 0.0 }
        }
        EthicsProfile::VirtueFocused => Weighing { weights: [0.2, 0.2, 0.4, 0.2], threshold: 0.6, veto_below: 0.0 },
    }
}

/// The opinions and what follows from them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EthicsVerdict {
    /// The weighted mean of the scores.
    pub score: f64,
    /// What the score had to reach.
    pub threshold: f64,
    /// Whether it did, and no opinion vetoed.
    pub acceptable: bool,
    /// What each opinion weighs, in the same order.
    pub weights: Vec<f64>,
    /// The four opinions.
    pub opinions: Vec<Opinion>,
    /// One sentence that says what decided.
    pub summary: String,
}

impl EthicsVerdict {
    /// What weighs most for the framework that thinks least of it.
    pub fn main_reason(&self) -> String {
        let lowest = self.opinions.iter().min_by(|a, b| a.score.total_cmp(&b.score));
        let reason = lowest.and_then(|opinion| opinion.reasons.first().map(|reason| (opinion, reason)));
        reason.map_or_else(String::new, |(opinion, reason)| format!("the {} view: {reason}", opinion.framework))
    }
}

/// Asks all frameworks and weighs their opinions.
pub fn evaluate(evidence: &EthicsEvidence, profile: EthicsProfile) -> EthicsVerdict {
    let weighing = weighing(profile);
    let opinions: Vec<Opinion> = FRAMEWORKS.iter().map(|framework| framework.judge(evidence)).collect();
    let score = opinions.iter().zip(weighing.weights).map(|(opinion, weight)| opinion.score * weight).sum::<f64>();
    let veto = opinions.iter().find(|opinion| opinion.score < weighing.veto_below);
    let acceptable = score >= weighing.threshold && veto.is_none();
    let summary = match veto {
        Some(opinion) => {
            format!(
                "the {} view alone forbids it ({:.2} is below {:.2})",
                opinion.framework, opinion.score, weighing.veto_below
            )
        }
        None if acceptable => format!("the weighted score {score:.2} reaches {:.2}", weighing.threshold),
        None => format!("the weighted score {score:.2} stays below {:.2}", weighing.threshold),
    };
    EthicsVerdict {
        score,
        threshold: weighing.threshold,
        acceptable,
        weights: weighing.weights.to_vec(),
        opinions,
        summary,
    }
}

/// Builds an opinion: starts at one, every reason takes something off or adds something.
struct Reasoning {
    start: f64,
    reasons: Vec<(f64, &'static str)>,
}

impl Reasoning {
    fn from(start: f64) -> Self {
        Self { start, reasons: Vec::new() }
    }

    /// Counts a reason against it, when there is any.
    fn against(&mut self, amount: f64, reason: &'static str) {
        if amount > 0.0 {
            self.reasons.push((-amount, reason));
        }
    }

    /// Counts a reason for it, when there is any.
    fn favour(&mut self, amount: f64, reason: &'static str) {
        if amount > 0.0 {
            self.reasons.push((amount, reason));
        }
    }

    fn opinion(mut self, framework: &str) -> Opinion {
        let score = self.reasons.iter().fold(self.start, |score, (amount, _)| score + amount);
        self.reasons.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        if self.reasons.is_empty() {
            self.reasons.push((0.0, "nothing that was seen speaks for or against it"));
        }
        Opinion {
            framework: framework.to_owned(),
            score: score.clamp(0.0, 1.0),
            start: self.start,
            moved: self.reasons.iter().map(|(amount, _)| *amount).collect(),
            reasons: self.reasons.into_iter().map(|(_, reason)| reason.to_owned()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn harmless() -> EthicsEvidence {
        EthicsEvidence { public_items: 4, documented: 1.0, tested: true, complete: true, ..EthicsEvidence::default() }
    }

    #[test]
    fn a_documented_harmless_plugin_is_acceptable_under_every_profile() {
        for profile in [
            EthicsProfile::Balanced,
            EthicsProfile::Strict,
            EthicsProfile::Consequentialist,
            EthicsProfile::VirtueFocused,
        ] {
            let verdict = evaluate(&harmless(), profile);
            assert!(verdict.acceptable, "{profile:?}: {verdict:?}");
        }
    }

    #[test]
    fn a_credential_thief_is_acceptable_under_none() {
        let thief =
            EthicsEvidence { privacy_harm: 0.9, disclosure: 0.9, concealment: 0.8, security_harm: 0.8, ..harmless() };
        for profile in [
            EthicsProfile::Balanced,
            EthicsProfile::Strict,
            EthicsProfile::Consequentialist,
            EthicsProfile::VirtueFocused,
        ] {
            let verdict = evaluate(&thief, profile);
            assert!(!verdict.acceptable, "{profile:?}: {verdict:?}");
            assert!(verdict.opinions.iter().all(|opinion| !opinion.reasons.is_empty()));
        }
    }

    #[test]
    fn a_strict_profile_lets_one_framework_forbid_what_the_mean_would_allow() {
        let secretive = EthicsEvidence { concealment: 0.9, undeclared_capabilities: 3, ..harmless() };
        assert!(!evaluate(&secretive, EthicsProfile::Strict).acceptable);
    }

    fn evidence() -> impl Strategy<Value = EthicsEvidence> {
        let strength = || 0.0..=1.0_f64;
        (
            (strength(), strength(), strength(), strength(), strength()),
            (0u32..9, 0u32..9, 0u32..50, strength()),
            (any::<bool>(), any::<bool>(), any::<bool>()),
        )
            .prop_map(|(harms, counts, flags)| EthicsEvidence {
                privacy_harm: harms.0,
                disclosure: harms.1,
                autonomy_harm: harms.2,
                security_harm: harms.3,
                concealment: harms.4,
                undeclared_capabilities: counts.0,
                declared_capabilities: counts.1,
                public_items: counts.2,
                documented: counts.3,
                tested: flags.0,
                vouched: flags.1,
                complete: flags.2,
            })
    }

    proptest! {
        #[test]
        fn scores_stay_within_bounds_and_more_harm_never_helps(seen in evidence(), more in 0.0..=1.0_f64) {
            let before = evaluate(&seen, EthicsProfile::Balanced);
            prop_assert!((0.0..=1.0).contains(&before.score));
            let mut worse = seen.clone();
            worse.privacy_harm = worse.privacy_harm.max(more);
            worse.autonomy_harm = worse.autonomy_harm.max(more);
            worse.security_harm = worse.security_harm.max(more);
            worse.disclosure = worse.disclosure.max(more);
            worse.concealment = worse.concealment.max(more);
            worse.undeclared_capabilities += 1;
            prop_assert!(evaluate(&worse, EthicsProfile::Balanced).score <= before.score + 1e-9);
        }
    }
}
