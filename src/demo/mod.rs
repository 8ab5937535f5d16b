//! A small sample system, and the whole loop over it: the same functions that the subcommands call.

pub mod sample;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::execute::isolate::Original;
use crate::execute::rollback::{Aim, Dependents, prepare};
use crate::execute::sample as disk;
use crate::gate::review::Asker;
use crate::homeostasis::health;
use crate::homeostasis::supervisor::Runlevel;
use crate::host::Host;
use crate::incorporation::classify::{ClassifyRequest, classify};
use crate::incorporation::deployment::{Answered, Who, integrate_plan, keep_plan, make_plan, roll_back_to};
use crate::incorporation::evaluate::{Request, Wanted, collect, evaluate, remember};
use crate::incorporation::isolation::{isolate_files, isolation_due};
use crate::incorporation::planner::Options;
use crate::incorporation::scan::{Depth, Effect, Emptiness, ScanRequest, scan};
use crate::model::{ComponentKind, Conflict, Decision, LeftOut, LeftOutReason, Plan, Severity};
use crate::security::rules::Selection;
use crate::settings::Settings;
use crate::store::lease::{Lease, STATE_FOLDER};
use crate::store::{Reach, Store};

/// Everything that happened.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Story {
    /// Where the sample is.
    pub directory: PathBuf,
    /// How many files were found.
    pub files: u64,
    /// How many files of each class there are.
    pub classes: BTreeMap<String, u64>,
    /// Files that could not be judged in full, with why.
    pub gaps: BTreeMap<String, String>,
    /// What the analysis says about each file of code, by path.
    pub judged: Vec<Judged>,
    /// What was isolated, by path, with why.
    pub quarantined: BTreeMap<String, String>,
    /// The first integration.
    pub first: Integration,
    /// What changed later: path and how.
    pub arrived: BTreeMap<String, String>,
    /// The second integration.
    pub second: Integration,
    /// Going back.
    pub rollback: Rollback,
    /// The record of it all.
    pub ledger: Proof,
    /// How the system is at the end, the machine included.
    pub runlevel: Runlevel,
    /// Why it is not ONLINE.
    pub reasons: Vec<String>,
    /// Commands to try next, which work on the sample.
    pub next: Vec<String>,
}

/// What the analysis says about one file.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Judged {
    /// The file.
    pub path: String,
    /// Its class.
    pub class: String,
    /// How sure the class is, 0 to 1.
    pub confidence: f64,
    /// 0 to 1.
    pub risk: f64,
    /// `approve`, `review`, `reject` or `quarantine`.
    pub decision: Decision,
    /// The gravest finding, if any, with its line.
    pub finding: Option<String>,
    /// Why it was decided so.
    pub reason: String,
}

/// A change of what is deployed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Integration {
    /// The plan.
    pub plan: String,
    /// What was let in, in order: the action and the component.
    pub let_in: Vec<LetIn>,
    /// What was left out, and why; neither what is deployed already nor documentation.
    pub left_out: Vec<LeftOut>,
    /// What cannot go together.
    pub conflicts: Vec<Conflict>,
    /// The generation that is deployed now.
    pub generation: u64,
    /// The single-use right to undo it.
    pub token: String,
}

/// One component that was let in.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LetIn {
    /// What was done.
    pub action: String,
    /// With what.
    pub component: String,
    /// The version that it declares.
    pub version: Option<String>,
}

/// Going back.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Rollback {
    /// The token that was spent.
    pub token: String,
    /// The generation that was deployed.
    pub from: u64,
    /// The generation that is deployed now.
    pub to: u64,
    /// What was taken out.
    pub removed: Vec<String>,
    /// What got its earlier content back.
    pub restored: Vec<String>,
    /// What the same token does a second time: the message of the refusal.
    pub again: String,
}

/// The record of it all.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Proof {
    /// Entries.
    pub entries: u64,
    /// The hash of the newest.
    pub head: String,
    /// Whether every entry is followed by the next, with every hash recomputed.
    pub intact: bool,
}

/// Writes the sample into a folder, a temporary one when none is named, and runs the loop over it.
///
/// # Errors
///
/// When the folder holds anything, or cannot be written; and when any stage fails.
pub fn run(directory: Option<&Path>, host: &Host, trace_id: &str) -> Result<Story> {
    let directory = match directory {
        Some(directory) => disk::empty_folder(directory)?,
        None => disk::temporary_folder()?,
    };
    disk::write_files(&directory, &sample::files(sample::HEARTH))?;
    let state = directory.join(STATE_FOLDER);
    let _lease = Lease::take(&state, Duration::ZERO, host)?;
    let mut store = Store::open(&state, host)?;
    // The sample shows the shipped behaviour, whatever the machine around it is configured to do.
    let settings = Settings::default();
    let context = Context { settings: &settings, store: &mut store, host, trace_id };
    Demo { context, directory }.tell()
}

struct Demo<'a> {
    context: Context<'a>,
    directory: PathBuf,
}

/// What was found and judged.
struct Found {
    files: u64,
    changes: BTreeMap<String, String>,
    classes: BTreeMap<String, u64>,
    gaps: BTreeMap<String, String>,
    judged: Vec<Judged>,
}

impl Demo<'_> {
    fn tell(mut self) -> Result<Story> {
        let found = self.find()?;
        let quarantined = self.isolate()?;
        let first = self.integrate()?;
        disk::write_files(&self.directory, &sample::files(sample::ARRIVAL))?;
        let later = self.find()?;
        let second = self.integrate()?;
        let rollback = self.go_back(&second.token)?;
        let (checkup, _) = health::collect(&mut self.context)?;
        let ledger = self.prove()?;
        let next = ["status", "quarantine list", "watch --once"];
        let folder = shell_word(&self.directory.display().to_string());
        Ok(Story {
            files: found.files,
            classes: found.classes,
            gaps: found.gaps,
            judged: found.judged,
            quarantined,
            first,
            arrived: later.changes,
            second,
            rollback,
            ledger,
            runlevel: checkup.health.runlevel,
            reasons: checkup.health.reasons,
            next: next.iter().map(|command| format!("aetherra-maint -C {folder} {command}")).collect(),
            directory: self.directory,
        })
    }

    fn operator() -> Who {
        Who { asker: Asker::Operator, approved_by: None }
    }

    /// Scans, classifies and judges.
    fn find(&mut self) -> Result<Found> {
        self.context.check_stop()?;
        let project = self.directory.clone();
        let request = ScanRequest {
            project: project.clone(),
            roots: None,
            depth: Depth::Changed,
            effect: Effect::Record,
            emptiness: Emptiness::Doubted,
        };
        let scanned = scan(&mut self.context, &request)?;
        let classified =
            classify(&mut self.context, &ClassifyRequest { project: project.clone(), effect: Effect::Record })?;
        let inputs = collect(
            &project,
            self.context.host,
            &Wanted::Paths(vec![".".into()]),
            self.context.settings.trust_mode.into(),
        )?;
        let request = Request { inputs, selection: Selection::default(), baseline: None, remember: true };
        let evaluated = evaluate(self.context.settings, self.context.host, Some(self.context.store), request)?;
        remember(self.context.store, self.context.trace_id, &evaluated)?;
        let mut found = Found {
            files: scanned.files,
            changes: scanned
                .changes
                .iter()
                .map(|change| (change.path.clone(), change.change.word().to_owned()))
                .collect(),
            classes: BTreeMap::new(),
            gaps: BTreeMap::new(),
            judged: Vec::new(),
        };
        let mut class_of: BTreeMap<String, (ComponentKind, f64)> = BTreeMap::new();
        for file in classified.files.into_iter().map(|file| file.classification) {
            *found.classes.entry(file.class.word().to_owned()).or_default() += 1;
            class_of.insert(file.path.clone(), (file.class, file.confidence));
        }
        for (judgement, verdict) in evaluated.files {
            if let Some(gap) = &judgement.gap {
                found.gaps.insert(judgement.path.clone(), format!("{}: {}", gap.reason.word(), gap.detail));
            }
            let counted = judgement.findings.iter().filter(|finding| finding.suppressed_by.is_none());
            let gravest =
                counted.filter(|finding| finding.severity > Severity::Note).max_by_key(|finding| finding.severity);
            let (class, confidence) = class_of.get(&judgement.path).copied().unwrap_or((ComponentKind::Unknown, 0.0));
            found.judged.push(Judged {
                class: class.word().to_owned(),
                confidence,
                risk: verdict.risk.overall,
                decision: verdict.decision,
                finding: gravest
                    .map(|finding| format!("{} (line {}): {}", finding.rule, finding.line, finding.message)),
                reason: verdict.rationale.first().cloned().unwrap_or_default(),
                path: judgement.path,
            });
        }
        Ok(found)
    }

    /// Isolates what the policy wants isolated.
    fn isolate(&mut self) -> Result<BTreeMap<String, String>> {
        let due = isolation_due(self.context.settings, self.context.store)?;
        let isolated = isolate_files(&mut self.context, &self.directory, due, Original::Stay, &Self::operator())?;
        Ok(isolated.items.into_iter().map(|item| (item.path, item.reason)).collect())
    }

    /// Plans, and lets the plan in.
    fn integrate(&mut self) -> Result<Integration> {
        self.context.check_stop()?;
        let plan = make_plan(&self.context, &Options::default())?;
        keep_plan(&mut self.context, &plan)?;
        let changed = match integrate_plan(&mut self.context, &self.directory, &plan, &Self::operator())? {
            Answered::Made(changed) => changed,
            Answered::Denied(denial) => {
                let reasons: Vec<_> = denial.reasons.iter().map(|denied| denied.detail.as_str()).collect();
                return Err(Error::bug(format!("the sample was not let in: {}", reasons.join("; "))));
            }
        };
        let let_in = plan.steps.iter().map(|step| let_in(&plan, step.action.word(), &step.component)).collect();
        let mut left_out = plan.report.left_out;
        left_out.retain(|left| !matches!(left.reason, LeftOutReason::AlreadyDeployed | LeftOutReason::Documentation));
        Ok(Integration {
            plan: plan.id,
            let_in,
            left_out,
            conflicts: plan.report.conflicts,
            generation: changed.to,
            token: changed.token,
        })
    }

    /// Undoes a change with its token, and tries the token again.
    fn go_back(&mut self, token: &str) -> Result<Rollback> {
        let aim = Aim::Token(token.to_owned());
        let plan = prepare(&self.context, &aim, Dependents::Refuse)?;
        let (removed, restored) = (plan.removed.clone(), plan.restored.clone());
        let who = Self::operator();
        let changed = match roll_back_to(&mut self.context, &self.directory, plan, &who, "the demonstration")? {
            Answered::Made(changed) => changed,
            Answered::Denied(_) => return Err(Error::bug("the gate refused the rollback of the sample")),
        };
        let again = match prepare(&self.context, &aim, Dependents::Refuse) {
            Err(error) if error.kind == ErrorKind::Precondition => error.message,
            Err(error) => return Err(error),
            Ok(_) => return Err(Error::bug("a token that was spent was taken again")),
        };
        Ok(Rollback { token: token.to_owned(), from: changed.from, to: changed.to, removed, restored, again })
    }

    fn prove(&mut self) -> Result<Proof> {
        let head = self.context.store.ledger_head()?;
        let check = self.context.store.ledger_verify(&[], Reach::Whole)?;
        let entries = head.as_ref().map_or(0, |head| head.seq);
        Ok(Proof {
            entries,
            head: head.map(|head| head.hash.to_string()).unwrap_or_default(),
            intact: check.fault.is_none() && check.size == entries,
        })
    }
}

fn let_in(plan: &Plan, action: &str, id: &str) -> LetIn {
    let component = plan.components.iter().find(|component| component.id == id);
    LetIn {
        action: action.to_owned(),
        component: id.to_owned(),
        version: component.and_then(|component| component.version.clone()),
    }
}

/// A word as a shell reads it.
fn shell_word(text: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "/._-".contains(character);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
