//! Trials: a generation beside the one that is stable, for a part of the traffic.
//!
//! # Order
//!
//! The tree is built where nobody looks. The intent is recorded with the number of the generation. The tree is made
//! durable, checked, and gets its place.
//! Then the registry names it: that is the one step that hosts can see. Last the trial is recorded as running. A
//! run that ends before that is taken back by the next one. A trial that was decided says first how it ends, and
//! then ends: what was decided is never decided anew. `current` always names what is stable; a promotion is an
//! ordinary change that leads to the generation that was on trial.

use std::path::Path;

use serde_json::{Value, json};

use super::change::{self, Changed, Check, Probe, Target, Wanted};
use super::integrate::{check, merged};
use super::layout::Layout;
use super::lifecycle::{self, Turn};
use super::recover::Recovery;
use super::stage;
use super::swap::{self, Routing};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::gate::ApprovedPlan;
use crate::model::lifecycle::HostCall;
use crate::model::{CanaryTrial, Difference, Generation, GenerationState, NewEntry, TrialState, content_digest};
use crate::store::LedgerHead;

/// What a trial is opened with.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// Share of the traffic, in percent.
    pub percent: f64,
    /// How long, in seconds.
    pub seconds: u32,
    /// Where observations come from, when not from the configured source.
    pub input: Option<String>,
    /// What the evidence starts with.
    pub evidence: Value,
}

/// Something is on trial.
pub fn running(trial: &CanaryTrial) -> Error {
    let message = format!("generation {} is on trial against generation {}", trial.generation, trial.stable);
    Error::new(ErrorKind::Precondition, "canary-running", message)
        .hinted("wait for its end with `aetherra-maint canary wait`, or take it back with `aetherra-maint canary stop`")
}

/// Opens a trial of a plan.
///
/// Fails as [`change::make`] does: with [`ErrorKind::Precondition`] when nothing was begun, with
/// [`ErrorKind::RolledBack`] when everything is as before.
pub fn open(
    context: &mut Context<'_>,
    project: &Path,
    approved: &ApprovedPlan,
    terms: Terms,
    actor: &str,
    probe: Probe<'_>,
) -> Result<CanaryTrial> {
    let plan = approved.change();
    check(context, plan)?;
    if let Some(trial) = context.store.trial_open()? {
        return Err(running(&trial));
    }
    if plan.parent.generation == 0 {
        let message = "nothing is deployed yet, so there is nothing that a canary could be compared with";
        return Err(Error::new(ErrorKind::Precondition, "canary-without-stable", message)
            .hinted("integrate this plan without `--canary`"));
    }
    lifecycle::check(context)?;
    let layout = Layout::new(context.store.directory());
    let (_, deployed) = context.store.generation_deployed()?;
    let components = merged(&deployed, plan);
    let host = context.host.clone();
    let disk = host.disk.as_ref();
    let staged = stage::build(disk, &layout, project, &components, &host.stop).map_err(change::before_intent)?;
    let (trial, generation) =
        intend(context, approved, components, terms.clone(), actor).inspect_err(|_| stage::discard(disk, &layout))?;
    let brought = plan.components.iter().map(|component| component.id.clone()).collect();
    let shown = staged
        .place(disk, &layout, &generation, |tree| probe(tree, &generation, &brought))
        .and_then(|()| host.stop.check())
        .and_then(|()| show(context, &layout, &trial))
        .and_then(|()| swap::register(disk, &layout, &Routing::of_trial(&trial)))
        .and_then(|()| begin(context, &trial, terms.seconds, actor));
    shown.map_err(|error| {
        let why = error.to_string();
        match take_back(context, &layout, &trial, TrialState::Stopped, actor, &why) {
            Ok(_) if error.exit_code() >= 124 => error,
            Ok(_) => error.of_kind(ErrorKind::RolledBack).hinted("everything is as it was before"),
            Err(second) => {
                Error::new(ErrorKind::NotRolledBack, error.code, format!("{why}; and taking it back failed: {second}"))
                    .hinted("the next run takes it back; see `aetherra-maint canary show`")
                    .caused_by(error)
            }
        }
    })
}

/// The host loads what is on trial beside what is stable, and looks whether it works.
fn show(context: &Context<'_>, layout: &Layout, trial: &CanaryTrial) -> Result<()> {
    let turn = Turn { from: trial.stable, to: trial.generation };
    [HostCall::Load, HostCall::Probe].into_iter().try_for_each(|call| lifecycle::ask(context, layout, call, turn))
}

fn intend(
    context: &mut Context<'_>,
    approved: &ApprovedPlan,
    components: Vec<crate::model::Component>,
    terms: Terms,
    actor: &str,
) -> Result<(CanaryTrial, Generation)> {
    let plan = approved.change();
    let (now_ns, salt) = (context.host.clock.now_ns(), context.host.identifier(8));
    let ((trial, generation), _) = context.store.record(context.trace_id, |tx| {
        let generation = Generation {
            number: tx.generation_next()?,
            parent: plan.parent.generation,
            plan: Some(plan.id.clone()),
            cause: "integrate".to_owned(),
            state: GenerationState::Intended,
            digest: content_digest(&components),
            made_ns: now_ns,
            components,
        };
        tx.generation_insert(&generation)?;
        let mut trial = CanaryTrial {
            id: 0,
            generation: generation.number,
            stable: plan.parent.generation,
            plan: plan.id.clone(),
            percent: terms.percent,
            salt,
            state: TrialState::Opening,
            began_ns: now_ns,
            ends_ns: now_ns,
            looked_ns: None,
            looks: 0,
            paused_until_ns: None,
            input: terms.input,
            evidence: terms.evidence,
            verdict: None,
            ended_ns: None,
        };
        trial.id = tx.trial_insert(&trial)?;
        let reason = match approved.approved_by() {
            Some(person) => format!("approved by {person}"),
            None => "approved by policy".to_owned(),
        };
        let entry = entry("canary.begin", &trial, reason, actor);
        Ok(((trial, generation), entry))
    })?;
    Ok((trial, generation))
}

fn entry(action: &str, trial: &CanaryTrial, reason: impl Into<String>, actor: &str) -> NewEntry {
    let mut entry = NewEntry::new(action, format!("generation {}", trial.generation), reason);
    actor.clone_into(&mut entry.actor);
    entry.detailed(json!({
        "trial": trial.id, "generation": trial.generation, "stable": trial.stable, "plan": trial.plan,
        "percent": trial.percent, "salt": trial.salt,
    }))
}

fn begin(context: &mut Context<'_>, trial: &CanaryTrial, seconds: u32, actor: &str) -> Result<CanaryTrial> {
    let now_ns = context.host.clock.now_ns();
    let ends_ns = now_ns.saturating_add(i64::from(seconds) * 1_000_000_000);
    let ((), _) = context.store.record(context.trace_id, |tx| {
        tx.generation_state_set(trial.generation, GenerationState::Canary)?;
        tx.trial_run(trial.id, now_ns, ends_ns)?;
        let reason = format!("{} % of the traffic for {seconds} s", trial.percent);
        Ok(((), entry("canary.run", trial, reason, actor)))
    })?;
    Ok(CanaryTrial { state: TrialState::Running, began_ns: now_ns, ends_ns, ..trial.clone() })
}

/// Says how a trial ends, before it does.
pub fn decide(
    context: &mut Context<'_>,
    trial: &CanaryTrial,
    state: TrialState,
    verdict: &Value,
    actor: &str,
) -> Result<CanaryTrial> {
    let reasons = verdict.get("reasons").and_then(Value::as_array);
    let reason = reasons.and_then(|all| all.first()).and_then(Value::as_str).unwrap_or_default().to_owned();
    context.store.record(context.trace_id, |tx| {
        tx.trial_decide(trial.id, state, verdict)?;
        let entry = entry("canary.verdict", trial, reason, actor).resulting(state.word());
        Ok(((), entry.detailed(json!({ "trial": trial.id, "generation": trial.generation, "verdict": verdict }))))
    })?;
    Ok(CanaryTrial { state, verdict: Some(verdict.clone()), ..trial.clone() })
}

/// Takes the generation on trial back: all get what is stable, and the trial is over.
pub fn close(context: &mut Context<'_>, trial: &CanaryTrial, actor: &str) -> Result<LedgerHead> {
    let layout = Layout::new(context.store.directory());
    let outcome = trial.verdict.as_ref().and_then(|verdict| verdict.get("outcome")).and_then(Value::as_str);
    let state = match outcome {
        Some("fail") => TrialState::Failed,
        Some("inconclusive") => TrialState::Inconclusive,
        _ => TrialState::Stopped,
    };
    let reasons = trial.verdict.as_ref().and_then(|verdict| verdict.pointer("/reasons/0")).and_then(Value::as_str);
    let reason = reasons.unwrap_or("it was taken back").to_owned();
    take_back(context, &layout, trial, state, actor, &reason)
}

fn take_back(
    context: &mut Context<'_>,
    layout: &Layout,
    trial: &CanaryTrial,
    state: TrialState,
    actor: &str,
    why: &str,
) -> Result<LedgerHead> {
    let disk = context.host.disk.clone();
    swap::settle(disk.as_ref(), layout, &Routing::all(trial.stable))?;
    // All get what is stable by now: what the host keeps loaded harms nobody, and it is said.
    let turn = Turn { from: trial.stable, to: trial.generation };
    let deaf = lifecycle::take_back(context, layout, HostCall::Probe, turn).err();
    let now_ns = context.host.clock.now_ns();
    let ((), head) = context.store.record(context.trace_id, |tx| {
        tx.generation_state_set(trial.generation, GenerationState::Failed)?;
        tx.trial_end(trial.id, state, now_ns)?;
        let why = deaf.as_ref().map_or(why.to_owned(), |deaf| format!("{why}; {deaf}"));
        Ok(((), entry("canary.rollback", trial, why, actor).resulting(state.word())))
    })?;
    // The state says already that it is gone; what cannot be removed now is removed by the next sweep.
    let _ = change::clear(disk.as_ref(), layout, trial.generation);
    Ok(head)
}

/// Makes the generation on trial stable: an ordinary change, with its token and its ledger entry.
pub fn promote(context: &mut Context<'_>, project: &Path, trial: &CanaryTrial, actor: &str) -> Result<Changed> {
    let of = |number| -> Result<Vec<crate::model::Component>> {
        Ok(context.store.generation(number)?.map(|found| found.components).unwrap_or_default())
    };
    let difference = Difference::between(&of(trial.stable)?, &of(trial.generation)?);
    let wanted = Wanted {
        cause: "integrate",
        from: trial.stable,
        target: Target::Existing(trial.generation),
        plan: Some(trial.plan.clone()),
        spends: None,
        actor: actor.to_owned(),
        reason: "its trial passed".to_owned(),
        fresh: std::collections::BTreeSet::new(),
        difference,
        // It was on trial as it lies there, and now all get it.
        check: Check::Contents,
    };
    change::make(context, project, wanted, &|_, _, _| Ok(()))
}

/// What an interrupted run left of a trial: one that had not begun is taken back, one that was to be taken back
/// is, and one that runs has its share.
pub(super) fn recover(context: &mut Context<'_>, layout: &Layout) -> Result<Option<Recovery>> {
    let Some(trial) = context.store.trial_open()? else { return Ok(None) };
    match trial.state {
        TrialState::Opening => {
            take_back(context, layout, &trial, TrialState::Stopped, "recovery", "the run was interrupted")?;
        }
        TrialState::Stopping => {
            close(context, &trial, "recovery")?;
        }
        _ => {
            let disk = context.host.disk.clone();
            let routing = Routing::of_trial(&trial);
            // A registry that is damaged is written again.
            if swap::routing(layout).ok().as_ref() != Some(&routing) || swap::current(layout)? != trial.stable {
                swap::settle(disk.as_ref(), layout, &routing)?;
            }
            return Ok(None);
        }
    }
    let (from, to) = (trial.stable, trial.generation);
    Ok(Some(Recovery { direction: "back".to_owned(), cause: "canary".to_owned(), from, to, token: None }))
}
