//! Judging files: inputs, cache, analysis, verdicts, and what is remembered.

pub mod baseline;
mod declared;
pub mod fix;
mod git;
mod inputs;
mod project;
mod shed;
mod together;
pub mod watch;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use rayon::prelude::*;

pub use inputs::{IgnoreFiles, Input, Inputs, Tree, Wanted, collect, read_list, shown};
pub use shed::{Counts, Sort};

use super::trust;
use crate::error::{Error, Result};
use crate::gate::{Gate, Subject};
use crate::host::Host;
use crate::model::counted;
use crate::model::{
    Attestation, Decision, Diagnostic, Digest, Evaluation, FileJudgement, FileStamp, NewEntry, SkipReason, Skipped,
    TrustMode, Verdict,
};
use crate::security::analyse::{InlineSuppressions, RULES_VERSION, analyse_within};
use crate::security::baseline::{Baseline, Known};
use crate::security::flow::Reach;
use crate::security::rules::{RuleSet, Selection};
use crate::security::{suppress, threshold};
use crate::settings::{SecuritySettings, Settings};
use crate::store::{LedgerHead, Store};

/// Stack of each worker: bounded depth times the largest frames of parser and walks, with room to spare.
const WORKER_STACK: usize = 64 << 20;

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
    let remembered = |ruleset: &str| -> Result<HashMap<String, Evaluation>> {
        let Some(store) = store else { return Ok(HashMap::new()) };
        let rows = store.evaluations_by_ruleset(ruleset)?;
        Ok(rows.into_iter().map(|row| (row.judgement.path.clone(), row)).collect())
    };
    let cached = remembered(&ruleset)?;
    let across = remembered(&across_files(&ruleset))?;
    let project = project::Project::new(&mut request.inputs, security.max_file_bytes);
    let judge = Judge {
        whole: stamp_of_all(&request.inputs.files),
        project: &project,
        rules: &rules,
        inline,
        security,
        cached: &cached,
        across: &across,
        per_path: per_path(security)?,
        folder,
        ruleset: &ruleset,
        host,
    };
    let count = request.inputs.files.len();
    host.progress.begin("judging", Some(count as u64));
    let empty = Baseline::default();
    let mut collected = Collected::new(&gate, Known::new(request.baseline.as_ref().unwrap_or(&empty)));
    let workers = Workers::new(count)?;
    let mut files = request.inputs.files.into_iter();
    let (mut outcomes, mut findings) = (Vec::new(), 0);
    loop {
        let batch: Vec<Input> = files.by_ref().take(BATCH).collect();
        let last = batch.is_empty();
        let judged = workers.run(batch, |input| judge.one(input, &gate))?;
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
    all: Evaluated,
    kept: shed::Kept,
    /// Findings in what will be remembered.
    fresh_findings: usize,
}

impl<'g> Collected<'g> {
    fn new(gate: &'g Gate, known: Known<'g>) -> Self {
        Self { gate, known, all: Evaluated::default(), kept: shed::Kept::default(), fresh_findings: 0 }
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
                Outcome::Fresh(evaluation, Remember::Yes) => {
                    let (judgement, verdict) = (evaluation.judgement.clone(), evaluation.verdict.clone());
                    self.remember(*evaluation);
                    (judgement, verdict)
                }
                Outcome::Fresh(evaluation, Remember::No) => (evaluation.judgement, evaluation.verdict),
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

fn per_path(security: &SecuritySettings) -> Result<Vec<(globset::GlobMatcher, Vec<String>)>> {
    let all = security.per_path.iter().filter(|one| !one.ignore.is_empty());
    all.map(|one| {
        // A word that is no rule would silence nothing, and nobody would know.
        RuleSet::new(&Selection { select: Vec::new(), ignore: one.ignore.clone() })?;
        Ok((threshold::glob(&one.glob, "per_path")?, one.ignore.clone()))
    })
    .collect()
}

/// What one file came to.
enum Outcome {
    /// Nothing changed since it was judged.
    Cached(Box<Evaluation>),
    /// Its content did not change, its times did.
    Restamped(Box<Evaluation>),
    /// Judged now.
    Fresh(Box<Evaluation>, Remember),
}

/// Whether a judgement is of the file that lies in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remember {
    Yes,
    No,
}

struct Judge<'a> {
    rules: &'a RuleSet,
    inline: InlineSuppressions,
    security: &'a SecuritySettings,
    project: &'a project::Project,
    cached: &'a HashMap<String, Evaluation>,
    /// The stamp of all inputs together.
    whole: FileStamp,
    /// Judgements that depended on other files: used again only while all files are as they were.
    across: &'a HashMap<String, Evaluation>,
    per_path: Vec<(globset::GlobMatcher, Vec<String>)>,
    folder: &'a std::path::Path,
    ruleset: &'a str,
    host: &'a Host,
}

impl Outcome {
    fn evaluation(&self) -> &Evaluation {
        match self {
            Self::Cached(evaluation) | Self::Restamped(evaluation) | Self::Fresh(evaluation, _) => evaluation,
        }
    }
}

impl Judge<'_> {
    /// Adds what a file does beyond what its component declares, what is declared and not done, and what tools do
    /// together with those of other files.
    fn hold_to_declarations(&self, outcomes: &mut [Outcome], gate: &Gate) {
        let judgements: Vec<&FileJudgement> = outcomes.iter().map(|outcome| &outcome.evaluation().judgement).collect();
        let tree = &self.project.tree;
        let found = declared::Declarations::new(self.folder, tree, self.rules).findings(&judgements);
        let mut together = together::findings(&judgements, self.folder, tree, self.rules);
        for (index, (outcome, found)) in outcomes.iter_mut().zip(found).enumerate() {
            let judgement = &outcome.evaluation().judgement;
            let Some(mut found) = found else { continue };
            found.extend(together.remove(&index));
            let fits = self.per_path.iter().filter(|(glob, _)| glob.is_match(&judgement.path));
            let ignored: Vec<&[String]> = fits.map(|(_, ignore)| ignore.as_slice()).collect();
            let found = declared::silenced(found, &ignored);
            if declared::is_known(judgement, &found) {
                continue;
            }
            let mut evaluation = outcome.evaluation().clone();
            declared::replace(&mut evaluation.judgement, found);
            evaluation.verdict = gate.decide(Subject::of_judgement(&evaluation.judgement));
            *outcome = match outcome {
                Outcome::Cached(_) | Outcome::Restamped(_) => Outcome::Restamped(Box::new(evaluation)),
                Outcome::Fresh(_, remember) => Outcome::Fresh(Box::new(evaluation), *remember),
            };
        }
    }

    fn one(&self, input: Input, gate: &Gate) -> Outcome {
        if self.host.stop.is_requested() {
            let gap =
                FileJudgement::unjudged(input.path(), Digest([0; 32]), SkipReason::LimitReached, "the run was stopped");
            return self.fresh(gap, EMPTY_STAMP, Remember::No, gate);
        }
        self.host.progress.advance(1);
        let (path, source) = match input {
            Input::Blob { path, bytes } => {
                let (judgement, _) = self.judge(&path, &bytes, Digest::of(&bytes));
                return self.fresh(judgement, EMPTY_STAMP, Remember::No, gate);
            }
            Input::File { path, source } => (path, source),
        };
        if let Some(across) = self.across.get(&path)
            && self.whole != EMPTY_STAMP
            && across.stamp == self.whole
            && !is_racy(across)
        {
            return Outcome::Cached(Box::new(across.clone()));
        }
        let known = self.cached.get(&path);
        let stamp = match inputs::stamp(&source) {
            Ok(stamp) => stamp,
            Err(error) => return self.unreadable(&path, &error, gate),
        };
        if let Some(known) = known
            && known.stamp == stamp
            && !is_racy(known)
        {
            return Outcome::Cached(Box::new(known.clone()));
        }
        if stamp.size > self.security.max_file_bytes {
            let detail = format!("{} bytes; at most {} are judged", stamp.size, self.security.max_file_bytes);
            let judgement = FileJudgement::unjudged(&path, Digest([0; 32]), SkipReason::TooLarge, detail);
            return self.fresh(judgement, stamp, Remember::No, gate);
        }
        let bytes = match inputs::read(&source, self.security.max_file_bytes) {
            Ok(bytes) => bytes,
            Err(error) => return self.unreadable(&path, &error, gate),
        };
        let digest = Digest::of(&bytes);
        if let Some(known) = known
            && known.judgement.digest == digest
        {
            let judged_ns = self.host.clock.now_ns();
            return Outcome::Restamped(Box::new(Evaluation { stamp, judged_ns, ..known.clone() }));
        }
        let (judgement, reach) = self.judge(&path, &bytes, digest);
        match reach {
            Reach::File => self.fresh(judgement, stamp, Remember::Yes, gate),
            _ => self.across_files(judgement, gate),
        }
    }

    /// A judgement that depends on other files answers for them only while none of them has changed: its own
    /// content does not tell when it is out of date. It carries the stamp of all inputs, under a name of its own.
    fn across_files(&self, judgement: FileJudgement, gate: &Gate) -> Outcome {
        let verdict = gate.decide(Subject::of_judgement(&judgement));
        let said = self.across.get(&judgement.path);
        let same = said.is_some_and(|said| {
            said.judgement == judgement && said.verdict == verdict && said.stamp == self.whole && !is_racy(said)
        });
        let (judged_ns, ruleset) = (self.host.clock.now_ns(), across_files(self.ruleset));
        let evaluation = Evaluation { judgement, verdict, ruleset, judged_ns, stamp: self.whole };
        Outcome::Fresh(Box::new(evaluation), if same { Remember::No } else { Remember::Yes })
    }

    fn judge(&self, path: &str, bytes: &[u8], digest: Digest) -> (FileJudgement, Reach) {
        let (mut judgement, reach) = analyse_within(path, bytes, digest, self.rules, self.inline, self.project);
        judgement.benefit.tested = judgement.benefit.public_items > 0 && declared::is_tested(self.folder, path);
        for (glob, ignore) in &self.per_path {
            if glob.is_match(path) {
                suppress::by_config(&mut judgement.findings, ignore);
            }
        }
        (judgement, reach)
    }

    fn unreadable(&self, path: &str, error: &std::io::Error, gate: &Gate) -> Outcome {
        let judgement = FileJudgement::unjudged(path, Digest([0; 32]), SkipReason::Unreadable, error.to_string());
        self.fresh(judgement, EMPTY_STAMP, Remember::No, gate)
    }

    fn fresh(&self, judgement: FileJudgement, stamp: FileStamp, remember: Remember, gate: &Gate) -> Outcome {
        let verdict = gate.decide(Subject::of_judgement(&judgement));
        let judged_ns = self.host.clock.now_ns();
        let evaluation = Evaluation { judgement, verdict, ruleset: self.ruleset.to_owned(), judged_ns, stamp };
        Outcome::Fresh(Box::new(evaluation), remember)
    }
}

/// The stamp of all inputs together: their number, their newest times, and a hash of every path and stamp.
/// Empty when one of them cannot be told, so that nothing is taken for unchanged.
fn stamp_of_all(inputs: &[Input]) -> FileStamp {
    let mut whole = FileStamp { size: inputs.len() as u64, ..EMPTY_STAMP };
    let mut hasher = rustc_hash::FxHasher::default();
    for input in inputs {
        let Input::File { path, source } = input else { return EMPTY_STAMP };
        let Ok(stamp) = inputs::stamp(source) else { return EMPTY_STAMP };
        (path, stamp.size, stamp.mtime_ns, stamp.ctime_ns, stamp.inode).hash(&mut hasher);
        whole.mtime_ns = whole.mtime_ns.max(stamp.mtime_ns);
        whole.ctime_ns = whole.ctime_ns.max(stamp.ctime_ns);
    }
    // SQLite keeps signed numbers.
    whole.inode = hasher.finish() >> 1;
    whole
}

/// The name under which judgements are kept that depended on other files.
fn across_files(ruleset: &str) -> String {
    format!("{ruleset}+others")
}

const EMPTY_STAMP: FileStamp = FileStamp { size: 0, mtime_ns: 0, ctime_ns: 0, inode: 0 };

/// A file that was changed in the very moment of its judgement may have been changed once more after it,
/// within the same tick of its clock. Two seconds cover the coarsest file systems.
fn is_racy(known: &Evaluation) -> bool {
    known.stamp.mtime_ns.max(known.stamp.ctime_ns) + 2_000_000_000 > known.judged_ns
}

/// Threads whose stacks are deep enough.
enum Workers {
    /// A pool costs more than so few files.
    One,
    Pool(rayon::ThreadPool),
}

impl Workers {
    fn new(inputs: usize) -> Result<Self> {
        if inputs <= 2 {
            return Ok(Self::One);
        }
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(rayon::current_num_threads())
            .stack_size(WORKER_STACK)
            .build()
            .map_err(|error| Error::bug(format!("no worker could be started: {error}")))?;
        Ok(Self::Pool(pool))
    }

    /// Runs `work` on every input, and keeps the order.
    fn run<T: Send>(&self, inputs: Vec<Input>, work: impl Fn(Input) -> T + Sync + Send) -> Result<Vec<T>> {
        match self {
            Self::One => std::thread::scope(|scope| {
                let worker = std::thread::Builder::new().stack_size(WORKER_STACK);
                let handle = worker
                    .spawn_scoped(scope, || inputs.into_iter().map(&work).collect())
                    .map_err(|error| Error::bug(format!("no worker could be started: {error}")))?;
                handle.join().map_err(|_| Error::bug("the analysis of a file ended early"))
            }),
            Self::Pool(pool) => Ok(pool.install(|| inputs.into_par_iter().with_max_len(8).map(&work).collect())),
        }
    }
}
