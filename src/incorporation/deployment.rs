//! Plan, integrate and roll back, from the state: what the subcommands and the stages of the loop call.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::canary::live::stop_before;
use super::planner::{self, Candidate, Deployed, Options};
use super::trust;
use super::verification::Verification;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::execute::change::Changed;
use crate::execute::integrate::{self, integrate};
use crate::execute::recover::{Recovery, recover};
use crate::execute::rollback::{RollbackPlan, roll_back};
use crate::gate::Subject;
use crate::gate::review::{Asker, Circumstances, Denial, LastHour, review, review_rollback};
use crate::gate::trust::is_own_file;
use crate::model::{Component, Decision, NewEntry, Plan, TrustTier, Verdict, counted};
use crate::settings::Settings;
use crate::store::{LedgerHead, Store};

/// Nanoseconds of the hour that guards look back.
const HOUR_NS: i64 = 3_600_000_000_000;

/// Who wants a change, and whether a person approved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// A person or the loop.
    pub asker: Asker,
    /// The person who approved.
    pub approved_by: Option<String>,
}

impl Who {
    /// Whom the ledger names.
    pub fn actor(&self) -> &str {
        match (&self.approved_by, &self.asker) {
            (Some(person), _) => person,
            (None, Asker::Operator) => "operator",
            (None, Asker::Loop) => "watch",
        }
    }
}

/// What came of a change that was asked for.
#[derive(Debug, Clone)]
pub enum Answered<T> {
    /// It was made.
    Made(T),
    /// The gate refused it.
    Denied(Denial),
}

/// Everything that the state knows of the files, as the planner wants it.
pub fn candidates(settings: &Settings, store: &Store) -> Result<Vec<Candidate>> {
    use std::collections::HashMap;
    let classes: HashMap<String, _> = store
        .classification_list()?
        .into_iter()
        .map(|found| (found.classification.path.clone(), found.classification))
        .collect();
    let gate = trust::gate(settings, store.now_seconds(), Some(store), &[])?;
    let decide = |verdict: &Verdict| (verdict.subject.clone(), gate.decide(Subject::of_verdict(verdict)));
    let mut verdicts: HashMap<String, Verdict> = store.verdicts()?.iter().map(decide).collect();
    let files = store.structure_list()?;
    let candidate = |(file, structure): (crate::model::IndexedFile, crate::model::Structure)| {
        let class = classes.get(&file.path).filter(|class| class.digest == file.digest);
        Candidate {
            class: class.map(|class| (class.class, class.confidence)),
            verdict: verdicts.remove(&file.path),
            vouched: gate.vouched_tier(&file.path, &file.digest),
            structure: Arc::new(structure),
            digest: file.digest,
            size: file.size,
            kind: file.kind,
            language: file.language,
            root: file.root,
            path: file.path,
        }
    };
    Ok(files.into_iter().map(candidate).collect())
}

/// Makes a plan from the state. Nothing is written.
pub fn make_plan(context: &Context<'_>, options: &Options) -> Result<Plan> {
    let store = &*context.store;
    let candidates = candidates(context.settings, store)?;
    if candidates.is_empty() {
        return Err(Error::new(ErrorKind::NoInputs, "nothing-indexed", "the index is empty: there is nothing to plan")
            .hinted("run `aetherra-maint scan`, `classify` and `security-eval` first"));
    }
    let (parent, components) = store.generation_deployed()?;
    let mut options = options.clone();
    options.quarantined.extend(store.quarantine_paths()?);
    options.provided.extend(context.settings.incorporation.provided.clone());
    Ok(planner::plan(&candidates, &Deployed { parent, components }, &options))
}

/// Keeps a plan, so that `integrate` finds it.
pub fn keep_plan(context: &mut Context<'_>, plan: &Plan) -> Result<LedgerHead> {
    let now_ns = context.host.clock.now_ns();
    let reason = format!("{}, {} left out", counted(plan.steps.len(), "step"), plan.report.left_out.len());
    let ((), head) = context.store.record(context.trace_id, |tx| {
        tx.plan_put(plan, now_ns)?;
        let details = serde_json::json!({ "parent": plan.parent, "steps": plan.steps });
        Ok(((), NewEntry::new("plan.make", plan.id.clone(), reason).detailed(details)))
    })?;
    Ok(head)
}

/// What a review depends on now.
pub fn circumstances(context: &Context<'_>, who: &Who, plan: Option<&Plan>) -> Result<Circumstances> {
    let store = &*context.store;
    let since_ns = context.host.clock.now_ns().saturating_sub(HOUR_NS);
    let last_hour = LastHour {
        integrations: store.changes_since("integrate", since_ns)?,
        quarantines: store.quarantines_since(since_ns)?,
        // A canary that was worse is one as well.
        rollbacks: store.changes_since("rollback", since_ns)?.saturating_add(store.trials_failed_since(since_ns)?),
    };
    let now = match plan {
        Some(plan) => said_now(context.settings, store, plan)?,
        None => SaidNow::default(),
    };
    Ok(Circumstances {
        last_hour,
        asker: who.asker.clone(),
        approved_by: who.approved_by.clone(),
        quarantined: store.quarantine_paths()?,
        decisions: now.decisions,
        tiers: now.tiers,
        unjudged: now.unjudged,
        ..Circumstances::of(context.settings)
    })
}

/// What the gate says now about what is in a plan.
#[derive(Default)]
struct SaidNow {
    decisions: BTreeMap<String, Decision>,
    tiers: BTreeMap<String, TrustTier>,
    unjudged: BTreeSet<String>,
}

/// Asks the gate again. Nothing that the plan says of itself counts: it may have been written by anybody, keys may
/// have expired or been revoked, and approvals taken back.
fn said_now(settings: &Settings, store: &Store, plan: &Plan) -> Result<SaidNow> {
    let gate = trust::gate(settings, store.now_seconds(), Some(store), &[])?;
    let judged: std::collections::HashMap<String, Verdict> =
        store.verdicts()?.into_iter().map(|verdict| (verdict.subject.clone(), verdict)).collect();
    let mut now = SaidNow::default();
    for component in &plan.components {
        let mut tier = TrustTier::Verified;
        for file in &component.files {
            let verdict = judged.get(&file.source).filter(|verdict| verdict.digest == file.digest);
            let verdict = verdict.map(|verdict| gate.decide(Subject::of_verdict(verdict)));
            match verdict {
                Some(verdict) => {
                    if !is_own_file(&file.source) {
                        tier = tier.max(verdict.tier);
                    }
                    if verdict.decision != Decision::Approve {
                        now.decisions.insert(file.source.clone(), verdict.decision);
                    }
                }
                None if needs_verdict(store, &file.source)? => {
                    now.unjudged.insert(file.source.clone());
                }
                // What was never looked at here does not come in by a plan that somebody else wrote.
                None if store.file_get(&file.source)?.is_none_or(|known| known.digest != file.digest) => {
                    now.unjudged.insert(file.source.clone());
                }
                None if is_own_file(&file.source) => {}
                None => tier = tier.max(gate.vouched_tier(&file.source, &file.digest)),
            }
        }
        now.tiers.insert(component.id.clone(), tier);
    }
    Ok(now)
}

/// Whether a file may only be let in after it was judged: by its name, or by what the index says of it.
fn needs_verdict(store: &Store, path: &str) -> Result<bool> {
    use crate::model::FileKind;
    let is_code = |kind| matches!(kind, FileKind::Source | FileKind::Archive | FileKind::Model | FileKind::Binary);
    let by_name = [".py", ".pyw", ".pyi"].iter().any(|ending| path.ends_with(ending));
    Ok(by_name || store.file_get(path)?.is_some_and(|file| is_code(file.kind)))
}

/// Finishes or takes back what an interrupted run left. Every change does this first.
pub fn settle(context: &mut Context<'_>) -> Result<Option<Recovery>> {
    recover(context)
}

/// Says what the gate would say, and changes nothing.
pub fn preview_integration(context: &Context<'_>, project: &Path, plan: &Plan, who: &Who) -> Result<Option<Denial>> {
    integrate::check(context, plan)?;
    integrate::check_files(project, plan)?;
    Verification::new(context.settings, context.host)?;
    Ok(review(plan.clone(), &circumstances(context, who, Some(plan))?).err())
}

/// Lets a plan in.
pub fn integrate_plan(context: &mut Context<'_>, project: &Path, plan: &Plan, who: &Who) -> Result<Answered<Changed>> {
    integrate::check(context, plan)?;
    let verification = Verification::new(context.settings, context.host)?;
    match review(plan.clone(), &circumstances(context, who, Some(plan))?) {
        Ok(approved) => {
            let probe = |tree: &Path, made: &_, fresh: &_| verification.verify(tree, made, fresh);
            integrate(context, project, &approved, who.actor(), &probe).map(Answered::Made)
        }
        Err(denial) => refuse(context, plan, who, denial),
    }
}

/// Records that the gate refused a plan.
pub(super) fn refuse<T>(context: &mut Context<'_>, plan: &Plan, who: &Who, denial: Denial) -> Result<Answered<T>> {
    let details = serde_json::json!(denial);
    context.store.record(context.trace_id, |_| {
        let mut entry = NewEntry::new("integrate", plan.id.clone(), "the gate refused it").resulting("denied");
        who.actor().clone_into(&mut entry.actor);
        Ok(((), entry.detailed(details)))
    })?;
    Ok(Answered::Denied(denial))
}

/// What will be deployed after a rollback, as far as the gate looks at it: it looks for what is held in quarantine.
fn leads_to(context: &Context<'_>, plan: &RollbackPlan) -> Result<Vec<Component>> {
    match plan.to {
        _ if context.store.quarantine_paths()?.is_empty() => Ok(Vec::new()),
        Some(number) => Ok(context.store.generation(number)?.map(|found| found.components).unwrap_or_default()),
        None => Ok(plan.components.clone()),
    }
}

/// Goes back.
pub fn roll_back_to(
    context: &mut Context<'_>,
    project: &Path,
    plan: RollbackPlan,
    who: &Who,
    reason: &str,
) -> Result<Answered<Changed>> {
    let leads_to = leads_to(context, &plan)?;
    match review_rollback(plan, &leads_to, &circumstances(context, who, None)?) {
        Ok(approved) => {
            stop_before(context, who, "a rollback")?;
            roll_back(context, project, &approved, who.actor(), reason).map(Answered::Made)
        }
        Err(denial) => Ok(Answered::Denied(denial)),
    }
}

/// Says what the gate would say to a rollback.
pub fn preview_rollback(context: &Context<'_>, plan: &RollbackPlan, who: &Who) -> Result<Option<Denial>> {
    let leads_to = leads_to(context, plan)?;
    Ok(review_rollback(plan.clone(), &leads_to, &circumstances(context, who, None)?).err())
}

/// Larger files are no plans.
const MAX_PLAN_BYTES: u64 = 256 * 1024 * 1024;

/// The plan of this id or in this file; without either, the one that was made last.
pub fn read_plan(context: &Context<'_>, id: Option<&str>, file: Option<&Path>) -> Result<Plan> {
    let Some(id) = id else {
        return context.store.plan_latest()?.ok_or_else(|| {
            Error::new(ErrorKind::Precondition, "no-plan", "no plan was made yet").hinted("run `aetherra-maint plan`")
        });
    };
    if let Some(plan) = context.store.plan(id)? {
        return Ok(plan);
    }
    let Some(path) = file.filter(|path| path.exists()) else {
        return Err(Error::new(
            ErrorKind::Precondition,
            "plan-unknown",
            format!("`{id}` is neither a plan nor a file"),
        )
        .hinted("`aetherra-maint plan` makes a plan and says its id"));
    };
    let failed = |error| Error::io("reading the plan", path, error).of_kind(ErrorKind::Usage);
    let mut text = String::new();
    let opened = crate::host::disk::open_regular(path).map_err(failed)?;
    std::io::Read::read_to_string(&mut std::io::Read::take(opened, MAX_PLAN_BYTES), &mut text).map_err(failed)?;
    let invalid = |why: String| {
        Error::usage("plan-invalid", format!("the file holds no plan: {why}"))
            .at_path(path)
            .hinted("`aetherra-maint plan -o json=plan.json` writes one")
    };
    let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| invalid(error.to_string()))?;
    // The document of a report holds the plan in its data.
    let plan = value.pointer("/data/plan").or_else(|| value.get("plan")).unwrap_or(&value);
    serde_json::from_value(plan.clone()).map_err(|error| invalid(error.to_string()))
}
