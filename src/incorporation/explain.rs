//! Why the gate says what it says of a file: from what was recorded, or judged now where nothing was.

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use super::evaluate::{Request, Wanted, collect, evaluate};
use super::trust;
use crate::error::{Error, Result};
use crate::gate::counterfactual::{self, Change};
use crate::gate::ethics::EthicsVerdict;
use crate::gate::policy::{Leave, Vote};
use crate::gate::trust::Standing;
use crate::gate::{Gate, Subject};
use crate::host::Host;
use crate::model::{
    Category, Confidence, Decision, Digest, EthicsProfile, FileJudgement, Finding, Severity, Skipped, TrustMode,
    TrustTier, path_key,
};
use crate::security::risk;
use crate::security::rules::Selection;
use crate::settings::Settings;
use crate::store::Store;

/// Where the judgement that is explained comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// It was recorded, and the file is as it was then.
    Recorded,
    /// It was recorded, and the file is gone or another since.
    RecordedBefore,
    /// It was judged now; nothing was recorded.
    JudgedNow,
}

/// Whether a file that changed since it was judged is judged again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// As it is now.
    Now,
    /// As it was when it was judged last.
    Recorded,
}

/// One thing that moved the risk of a category.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Moved {
    /// The rule, for a finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The line of the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// How bad it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// How sure it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// The capability, when it is no finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capability: Option<String>,
    /// Severity times confidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// Which finding of its rule it is, the worst first: the k-th counts 1/k².
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// What it adds to the hazard of the category.
    pub hazard: f64,
    /// Its share of the hazard of the category, 0 to 1.
    pub share: f64,
}

/// The risk in one category.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CategoryRisk {
    /// The category.
    pub category: Category,
    /// Its risk, 0 to 1.
    pub risk: f64,
    /// The sum of the hazards; the risk is one less `exp(-hazard)`.
    pub hazard: f64,
    /// What moved it, the largest first.
    pub moved_by: Vec<Moved>,
}

/// One capability, and what the policy makes of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CapabilityLeave {
    /// The capability.
    pub capability: String,
    /// What the policy makes of it.
    pub leave: Leave,
    /// The first line that shows it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

/// The four frameworks, and how they were weighed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EthicsExplained {
    /// The profile.
    pub profile: EthicsProfile,
    /// What the frameworks said.
    #[serde(flatten)]
    pub verdict: EthicsVerdict,
}

/// Everything behind the decision about one file.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Explained {
    /// The file.
    pub path: String,
    /// Exactly the content that was judged.
    pub digest: Digest,
    /// Where the judgement comes from.
    pub origin: Origin,
    /// The decision as the gate stands now.
    pub decision: Decision,
    /// What was decided when it was recorded, where that was something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_decision: Option<Decision>,
    /// The reasons, the deciding one first.
    pub rationale: Vec<String>,
    /// How strict the gate is.
    pub mode: TrustMode,
    /// The overall risk.
    pub overall: f64,
    /// The risk by category, the highest first.
    pub categories: Vec<CategoryRisk>,
    /// Findings that were silenced, by who silenced them.
    pub silenced: BTreeMap<String, u64>,
    /// The tier.
    pub tier: TrustTier,
    /// Why it is that.
    pub tier_reasons: Vec<String>,
    /// What each part of the policy said, the strictest first.
    pub votes: Vec<Vote>,
    /// What the frameworks of ethics said.
    pub ethics: EthicsExplained,
    /// Who vouched for it.
    pub standing: Standing,
    /// What it is able to do.
    pub capabilities: Vec<CapabilityLeave>,
    /// Hosts that it names.
    pub hosts: Vec<String>,
    /// Files that it names where it opens them.
    pub paths: Vec<String>,
    /// How far its risk moved since it was approved or deployed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drift: Option<f64>,
    /// What kept it from being judged in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<Skipped>,
    /// The smallest changes after which the decision would be another.
    pub would_change: Vec<Change>,
}

/// Explains the decisions about a file, or about all files of a folder. Nothing is written.
///
/// # Errors
/// `path-unknown` when it neither exists nor was ever judged; what [`evaluate`] refuses.
pub fn explain(
    settings: &Settings,
    host: &Host,
    store: Option<&Store>,
    project: &Path,
    path: &Path,
    moment: Moment,
) -> Result<Vec<Explained>> {
    let whole = if path.is_absolute() { path.to_path_buf() } else { project.join(path) };
    let mut found = Vec::new();
    let mut again = Vec::new();
    if whole.exists() {
        let inputs = collect(project, host, &Wanted::Paths(vec![whole.clone()]), settings.trust_mode.into())?;
        for input in &inputs.files {
            match recorded(store, project, input.path(), moment)? {
                Some(recorded) => found.push(recorded),
                None => again.push(path_key::to_path(project, input.path())),
            }
        }
    } else if let Some(store) = store {
        let name = super::evaluate::shown(project, &whole);
        let below = format!("{name}/");
        for path in store.verdicts()?.into_iter().map(|verdict| verdict.subject) {
            if path == name || path.starts_with(&below) {
                found.extend(recorded(Some(store), project, &path, Moment::Recorded)?);
            }
        }
    }
    if !again.is_empty() {
        let inputs = collect(project, host, &Wanted::Paths(again), settings.trust_mode.into())?;
        let request = Request { inputs, selection: Selection::default(), baseline: None, remember: false };
        let judged = evaluate(settings, host, store, request)?;
        found.extend(judged.files.into_iter().map(|(judgement, _)| (judgement, Origin::JudgedNow, None)));
    }
    if found.is_empty() {
        return Err(Error::usage("path-unknown", "nothing there is judged, and nothing of that name ever was")
            .at_path(path)
            .hinted("`aetherra-maint explain` lists rules and codes; a path starts from the project"));
    }
    found.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    let manifests = trust::manifests(project, found.iter().map(|(one, ..)| one.path.as_str()), 0);
    let at = u64::try_from(host.clock.now_ns() / 1_000_000_000).unwrap_or(0);
    let gate = trust::gate(settings, at, store, &manifests)?;
    Ok(found.into_iter().map(|(judgement, origin, before)| one(&gate, &judgement, origin, before)).collect())
}

type Found = (FileJudgement, Origin, Option<Decision>);

/// What was recorded of a file, when that is what is asked for.
fn recorded(store: Option<&Store>, project: &Path, path: &str, moment: Moment) -> Result<Option<Found>> {
    let Some(known) = store.map(|store| store.evaluation(path)).transpose()?.flatten() else { return Ok(None) };
    let now = crate::execute::objects::digest_of(&path_key::to_path(project, path)).ok();
    let origin = if now == Some(known.judgement.digest) { Origin::Recorded } else { Origin::RecordedBefore };
    let wanted = origin == Origin::Recorded || moment == Moment::Recorded;
    Ok(wanted.then_some((known.judgement, origin, Some(known.verdict.decision))))
}

fn one(gate: &Gate, judgement: &FileJudgement, origin: Origin, before: Option<Decision>) -> Explained {
    let subject = Subject::of_judgement(judgement);
    let now = gate.consider(subject.clone());
    let would_change = counterfactual::changes(gate, &subject, &judgement.findings, &now);
    let mut silenced: BTreeMap<String, u64> = BTreeMap::new();
    for by in judgement.findings.iter().filter_map(|finding| finding.suppressed_by.clone()) {
        *silenced.entry(by).or_default() += 1;
    }
    let leave = |word: &String| CapabilityLeave {
        capability: word.clone(),
        leave: gate.policy.leave(word, &now.facts),
        line: judgement.shown_at.get(word).copied(),
    };
    Explained {
        path: judgement.path.clone(),
        digest: judgement.digest,
        origin,
        decision: now.verdict.decision,
        recorded_decision: before.filter(|before| *before != now.verdict.decision),
        rationale: now.verdict.rationale.clone(),
        mode: gate.mode,
        overall: now.verdict.risk.overall,
        categories: categories(&judgement.findings, &subject),
        silenced,
        tier: now.verdict.tier,
        tier_reasons: now.tier_reasons.clone(),
        votes: gate.policy.votes(&now.facts),
        ethics: EthicsExplained { profile: gate.ethics_profile(), verdict: now.ethics.clone() },
        capabilities: now.facts.capabilities.iter().map(leave).collect(),
        hosts: now.facts.hosts.iter().cloned().collect(),
        paths: judgement.paths.iter().cloned().collect(),
        standing: now.standing,
        drift: now.facts.drift,
        gap: judgement.gap.clone(),
        would_change,
    }
}

fn categories(findings: &[Finding], subject: &Subject) -> Vec<CategoryRisk> {
    let parts = risk::contributions(findings, &subject.capabilities);
    let mut hazards: BTreeMap<Category, f64> = BTreeMap::new();
    for part in &parts {
        *hazards.entry(part.category).or_default() += part.hazard;
    }
    let of = |category: Category, hazard: f64| {
        let moved = parts.iter().filter(|part| part.category == category).map(|part| {
            let finding = part.finding.and_then(|index| findings.get(index));
            Moved {
                rule: finding.map(|finding| finding.rule.clone()),
                line: finding.map(|finding| finding.line),
                severity: finding.map(|finding| finding.severity),
                confidence: finding.map(|finding| finding.confidence),
                capability: part.capability.map(str::to_owned),
                weight: part.weight,
                rank: part.rank,
                hazard: part.hazard,
                share: if hazard > 0.0 { part.hazard / hazard } else { 0.0 },
            }
        });
        let risk = subject.risk.by_category.get(&category).copied().unwrap_or(0.0);
        CategoryRisk { category, risk, hazard, moved_by: moved.collect() }
    };
    let mut all: Vec<CategoryRisk> = hazards.into_iter().map(|(category, hazard)| of(category, hazard)).collect();
    all.sort_by(|a, b| b.risk.total_cmp(&a.risk).then(a.category.cmp(&b.category)));
    all
}
