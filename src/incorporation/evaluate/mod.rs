//! Judging files: inputs, cache, analysis, verdicts, and what is remembered.

pub mod baseline;
mod declared;
pub mod fix;
mod git;
mod inputs;
mod judge;
mod project;
mod shed;
mod together;
pub mod watch;
mod workers;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

pub use inputs::{IgnoreFiles, Input, Inputs, Tree, Wanted, collect, read_list, shown};
pub use shed::{Counts, Sort};

use judge::{Judge, Outcome, Remember};
use workers::Workers;

use super::trust;
use crate::error::Result;
use crate::gate::{Gate, Subject};
use crate::host::Host;
use crate::model::counted;
use crate::model::{
    Attestation, Decision, Diagnostic, Evaluation, FileJudgement, NewEntry, Skipped, TrustMode, Verdict,
};
use crate::security::analyse::{InlineSuppressions, RULES_VERSION};
use crate::security::baseline::{Baseline, Known};
use crate::security::rules::{RuleSet, Selection};
use crate::settings::{SecuritySettings, Settings};
use crate::store::{LedgerHead, Store};

/// So many files are judged before what was found in them is looked through, so that a tree of nothing but findings
/// takes a bounded amount of memory.
const BATCH: usize = 256;

/// Evaluations of more findings than this are not remembered, once there are very many of them in one run.
const MANY: usize = 100;

/// How files are to be judged.
pub struct Request {
    /// What is judged.
    pub inputs: Inputs,
    /// Which rules judge.
    pub selection: Selection,
    /// What was there before and does not count.
    pub baseline: Option<Baseline>,
    /// Whether what is new shall be remembered, and so is kept apart.
    pub remember: bool,
}

/// All that was judged, in the order of the paths.
#[derive(Default)]
pub struct Evaluated {
    /// One for each file.
    pub files: Vec<(FileJudgement, Verdict)>,
    /// What was not looked at, by choice or because it could not be.
    pub skipped: Vec<Skipped>,
    /// How many came from the cache.
    pub from_cache: usize,
    /// How many findings the baseline silenced.
    pub known: usize,
    /// What there is to say of the run as a whole.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that there was no room for, by file. They count.
    pub untold: BTreeMap<String, shed::Counts>,
    /// What is new and may be remembered.
    fresh: Vec<Evaluation>,
    /// Signed manifests that lie beside the files, and that the state does not know yet.
    manifests: Vec<Attestation>,
}

impl Evaluated {
    /// Whether anything was judged that may be remembered.
    pub fn is_new(&self) -> bool {
        !self.fresh.is_empty() || !self.manifests.is_empty()
    }
}

/// The rules that run: what the flags say, else what the configuration says.
///
/// # Errors
/// Unknown rules.
pub fn rules_of(security: &SecuritySettings, flags: &Selection) -> Result<RuleSet> {
    RuleSet::new(&Selection {
        select: if flags.select.is_empty() { security.select.clone() } else { flags.select.clone() },
        ignore: security.ignore.iter().chain(&flags.ignore).cloned().collect(),
    })
}

/// Judges. Nothing is written: [`remember`] does that.
///
/// # Errors
/// Unknown rules, a policy that cannot be read, a run that is asked to stop.
pub fn evaluate(settings: &Settings, host: &Host, store: Option<&Store>, mut request: Request) -> Result<Evaluated> {
    let security = &settings.security;
    let rules = rules_of(security, &request.selection)?;
    let inline = match settings.trust_mode {
        TrustMode::Strict => InlineSuppressions::Refused,
        TrustMode::Permissive | TrustMode::Standard => InlineSuppressions::Obeyed,
    };
    let place = store.map_or("@nowhere", Store::place);
    let ruleset = format!("{}{place}", identity(&rules, inline, security));
    let folder = &request.inputs.project.clone();
    let paths = request.inputs.files.iter().map(Input::path);
    let found = if settings.trust.keys.as_os_str().is_empty() {
        Vec::new()
    } else {
        trust::manifests(folder, paths, host.clock.now_ns())
    };
    let at = u64::try_from(host.clock.now_ns() / 1_000_000_000).unwrap_or(0);
    let known = store.map(Store::attestation_list).transpose()?.unwrap_or_default();
    let found: Vec<_> = found.into_iter().filter(|one| known.iter().all(|known| known.id != one.id)).collect();
    let gate = trust::gate(settings, at, store, &found)?;
    let project = project::Project::new(&mut request.inputs, security.max_file_bytes);
    let judge = Judge {
        project: &project,
        rules: &rules,
        inline,
        security,
        per_path: judge::per_path(security)?,
        folder,
        tests: declared::Tests::new(folder),
        ruleset: &ruleset,
        host,
    };
    let count = request.inputs.files.len();
    host.progress.begin("judging", Some(count as u64));
    let empty = Baseline::default();
    let known = Known::new(request.baseline.as_ref().unwrap_or(&empty));
    let mut collected = Collected::new(&gate, known, request.remember);
    let workers = Workers::new(count)?;
    let mut files = request.inputs.files.into_iter();
    let (mut outcomes, mut findings) = (Vec::new(), 0);
    loop {
        let batch: Vec<Input> = files.by_ref().take(BATCH).collect();
        let last = batch.is_empty();
        // Workers read what is stored: that takes longer than fetching it.
        let stored = match store {
            Some(store) => store.evaluations(batch.iter().map(Input::path), &ruleset)?,
            None => batch.iter().map(|_| None).collect(),
        };
        let batch = batch.into_iter().zip(stored).collect();
        let judged = workers.run(batch, |(input, stored)| judge.one(input, stored, &gate))?;
        findings += judged.iter().map(|outcome| outcome.evaluation().judgement.findings.len()).sum::<usize>();
        outcomes.extend(judged);
        // What components declare is held against all of their files, as far as there is room for them.
        if last || findings > shed::MAX_KEPT {
            judge.hold_to_declarations(&mut outcomes, &gate);
            collected.take(std::mem::take(&mut outcomes));
            findings = 0;
        }
        if last {
            break;
        }
    }
    host.progress.finish();
    host.stop.check()?;
    let mut evaluated = collected.finish(request.inputs.skipped);
    let counts = |one: &Attestation| gate.trust.seen.iter().any(|seen| seen.id == one.id && seen.by.is_some());
    evaluated.manifests = found.into_iter().filter(counts).collect();
    Ok(evaluated)
}

/// Puts the results together batch by batch, marks what the baseline knows, and keeps a bounded number of findings.
struct Collected<'g> {
    gate: &'g Gate,
    known: Known<'g>,
    remembers: bool,
    all: Evaluated,
    kept: shed::Kept,
    /// Findings in what will be remembered.
    fresh_findings: usize,
}

impl<'g> Collected<'g> {
    fn new(gate: &'g Gate, known: Known<'g>, remembers: bool) -> Self {
        Self { gate, known, remembers, all: Evaluated::default(), kept: shed::Kept::default(), fresh_findings: 0 }
    }

    fn take(&mut self, outcomes: Vec<Outcome>) {
        for outcome in outcomes {
            let (mut judgement, mut verdict) = match outcome {
                // What was found in a file stays the same; what the gate makes of it need not.
                Outcome::Cached(evaluation) => {
                    self.all.from_cache += 1;
                    (evaluation.judgement, self.gate.decide(Subject::of_verdict(&evaluation.verdict)))
                }
                Outcome::Restamped(evaluation) => {
                    self.all.from_cache += 1;
                    let verdict = self.gate.decide(Subject::of_verdict(&evaluation.verdict));
                    let judgement = evaluation.judgement.clone();
                    self.remember(*evaluation);
                    (judgement, verdict)
                }
                Outcome::Fresh(evaluation, Remember::Yes) if self.remembers => {
                    let (judgement, verdict) = (evaluation.judgement.clone(), evaluation.verdict.clone());
                    self.remember(*evaluation);
                    (judgement, verdict)
                }
                Outcome::Fresh(evaluation, _) => (evaluation.judgement, evaluation.verdict),
            };
            let before = self.known.known;
            self.known.mark(&mut judgement.findings);
            if self.known.known > before {
                verdict = self.gate.decide(Subject::of_judgement(&judgement));
            }
            self.kept.count(&judgement.findings);
            self.all.files.push((judgement, verdict));
        }
        self.kept.shed_some(&mut self.all);
    }

    fn remember(&mut self, evaluation: Evaluation) {
        let count = evaluation.judgement.findings.len();
        if count > MANY && self.fresh_findings > shed::MAX_KEPT {
            return;
        }
        self.fresh_findings += count;
        self.all.fresh.push(evaluation);
    }

    fn finish(mut self, skipped: Vec<Skipped>) -> Evaluated {
        self.kept.shed_rest(&mut self.all);
        let judged: BTreeSet<&str> = self.all.files.iter().map(|(judgement, _)| judgement.path.as_str()).collect();
        self.all.diagnostics = self.known.remarks(&judged);
        self.all.known = self.known.known;
        self.all.skipped = skipped;
        self.all
    }
}

/// Remembers what is new, and that it was judged. Returns none when nothing is.
///
/// # Errors
/// When the store cannot be written.
pub fn remember(store: &mut Store, trace_id: &str, evaluated: &Evaluated) -> Result<Option<LedgerHead>> {
    if !evaluated.is_new() {
        return Ok(None);
    }
    let count = evaluated.fresh.len();
    let worst = evaluated.fresh.iter().map(|row| row.verdict.risk.overall).fold(0.0, f64::max);
    let by = |decision: Decision| evaluated.fresh.iter().filter(|row| row.verdict.decision == decision).count();
    let entry = NewEntry::new("evaluation.record", counted(count, "file"), "judged by security-eval").detailed(
        serde_json::json!({
            "files": count,
            "highest_risk": worst,
            "approve": by(Decision::Approve),
            "review": by(Decision::Review),
            "reject": by(Decision::Reject),
            "quarantine": by(Decision::Quarantine),
            "manifests": evaluated.manifests.iter().map(|one| &one.id).collect::<Vec<_>>(),
        }),
    );
    let home = store.place().to_owned();
    let ((), head) = store.record(trace_id, |tx| {
        let place = |row: &Evaluation| {
            // What was judged before there was a state is as good as what is judged with it.
            let ruleset = row.ruleset.replacen("@nowhere", &home, 1);
            tx.evaluation_upsert(&Evaluation { ruleset, ..row.clone() })
        };
        evaluated.fresh.iter().try_for_each(place)?;
        evaluated.manifests.iter().try_for_each(|one| tx.attestation_put(one))?;
        Ok(((), entry))
    })?;
    Ok(Some(head))
}

/// What a set of rules is called in the cache: everything that the judgement depends on beside the file.
fn identity(rules: &RuleSet, inline: InlineSuppressions, security: &SecuritySettings) -> String {
    let mut hasher = rustc_hash::FxHasher::default();
    for rule in &security.per_path {
        (&rule.glob, &rule.ignore).hash(&mut hasher);
    }
    (inline, security.max_file_bytes).hash(&mut hasher);
    format!("{}-{RULES_VERSION}-{}-{:016x}", env!("CARGO_PKG_VERSION"), rules.identity(), hasher.finish())
}
