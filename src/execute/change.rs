//! One change of what is deployed, all or nothing.
//!
//! # Order
//!
//! The new tree is built where nobody looks, from contents that are checked while they are copied, before anything is
//! said. Then the intent is recorded, with a number for the new generation. The tree is made durable and looked at, gets
//! its place, and only then is it named by `current`. The last thing is one transaction that closes the intent, issues
//! the token and appends the ledger entry. A run that ends anywhere in between leaves an open intent, and
//! [`super::recover`] finishes it or takes it back, by what `current` names.
//!
//! A host that takes part (see [`super::lifecycle`]) loads and probes the new generation and quiesces before the
//! swap, and verifies and resumes after it. When one of these steps fails, ours is taken back first and its own then.

use std::collections::BTreeSet;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use super::files::{ensure_dir, remove_tree};
use super::layout::Layout;
use super::lifecycle::{self, Turn};
use super::stage::Staged;
use super::swap::Routing;
use super::{stage, swap};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::model::lifecycle::HostCall;
use crate::model::{
    Component, Difference, Digest, Generation, GenerationState, NewEntry, RollbackToken, TrialState, content_digest,
};
use crate::store::LedgerHead;
use crate::store::generations::{Change, ChangeOutcome, moved};

/// Where a change leads.
#[derive(Debug, Clone)]
pub enum Target {
    /// To a generation that was deployed before; zero for nothing.
    Existing(u64),
    /// To a new generation with these components.
    New(Vec<Component>),
}

/// What is wanted, after the gate let it pass.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// `integrate`, `rollback` or `quarantine`: also the action in the ledger.
    pub cause: &'static str,
    /// The generation that must be deployed now.
    pub from: u64,
    /// Where it leads.
    pub target: Target,
    /// The plan behind it.
    pub plan: Option<String>,
    /// The token that it spends.
    pub spends: Option<String>,
    /// Who acts.
    pub actor: String,
    /// Why, for the ledger.
    pub reason: String,
    /// Ids of the components that come new.
    pub fresh: BTreeSet<String>,
    /// What it does to the components.
    pub difference: Difference,
    /// What is made sure of before a generation that was deployed before is deployed again.
    pub check: Check,
}

/// How closely a generation that lies there already is looked at before it is deployed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// It is there, and is the one that the state means. That takes as long for a large tree as for a small one.
    #[default]
    Place,
    /// Every file in it has the content that was approved.
    Contents,
}

/// Looks at a staged tree before anybody can load from it. It is given the tree, what is in it, and the ids of
/// the components that are new.
pub type Probe<'a> = &'a dyn Fn(&Path, &Generation, &BTreeSet<String>) -> Result<()>;

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What was deployed.
    pub from: u64,
    /// What is deployed now.
    pub to: u64,
    /// The right to undo it.
    pub token: String,
    /// The ledger entry.
    pub audit: LedgerHead,
}

/// Makes a change.
///
/// Fails with [`ErrorKind::Precondition`] when nothing was begun, with [`ErrorKind::RolledBack`] when it failed
/// and everything is as before, and with [`ErrorKind::NotRolledBack`] when a person is needed.
pub fn make(context: &mut Context<'_>, project: &Path, mut wanted: Wanted, probe: Probe<'_>) -> Result<Changed> {
    let layout = Layout::new(context.store.directory());
    let host = context.host.clone();
    let found = swap::current(&layout)?;
    if found != wanted.from {
        return Err(moved(wanted.from, found));
    }
    check_trial(context, &wanted)?;
    lifecycle::check(context)?;
    let disk = host.disk.as_ref();
    let staged = match &wanted.target {
        Target::New(components) => {
            Some(stage::build(disk, &layout, project, components, &host.stop).map_err(before_intent)?)
        }
        Target::Existing(_) => None,
    };
    let (change, generation) = begin(context, &mut wanted).inspect_err(|_| stage::discard(disk, &layout))?;
    let mut reached = None;
    let new = generation.as_ref().zip(staged.as_ref());
    let moved = move_to(context, &layout, &change, new, (&wanted, probe), &mut reached);
    match moved.and_then(|()| finish(context, &change, &wanted.actor, &wanted.reason)) {
        Ok(changed) => Ok(changed),
        Err(error) => Err(take_back(context, &layout, &change, &wanted.actor, reached, error)),
    }
}

/// Nothing else changes what is deployed while something is on trial against it.
fn check_trial(context: &Context<'_>, wanted: &Wanted) -> Result<()> {
    let Some(trial) = context.store.trial_open()? else { return Ok(()) };
    let promotes = matches!(wanted.target, Target::Existing(number) if number == trial.generation);
    if promotes && trial.state == TrialState::Promoting {
        return Ok(());
    }
    Err(super::trial::running(&trial))
}

/// Nothing was said yet and nobody could see anything: a failure here is one that was taken back.
pub(super) fn before_intent(error: Error) -> Error {
    match error.kind {
        ErrorKind::State => error.of_kind(ErrorKind::RolledBack).hinted("nothing that is deployed was changed"),
        _ => error,
    }
}

/// The components that are wanted become those of the generation: a large tree is not copied for that.
fn begin(context: &mut Context<'_>, wanted: &mut Wanted) -> Result<(Change, Option<Generation>)> {
    let now_ns = context.host.clock.now_ns();
    let ((change, generation), _) = context.store.record(context.trace_id, |tx| {
        let (to, generation) = match &mut wanted.target {
            Target::Existing(number) => (*number, None),
            Target::New(components) => {
                let number = tx.generation_next()?;
                let generation = Generation {
                    number,
                    parent: wanted.from,
                    plan: wanted.plan.clone(),
                    cause: wanted.cause.to_owned(),
                    state: GenerationState::Intended,
                    digest: content_digest(components),
                    made_ns: now_ns,
                    components: std::mem::take(components),
                };
                tx.generation_insert(&generation)?;
                (number, Some(generation))
            }
        };
        let mut change = Change {
            id: 0,
            cause: wanted.cause.to_owned(),
            from: wanted.from,
            to,
            plan: wanted.plan.clone(),
            spends: wanted.spends.clone(),
        };
        change.id = tx.change_begin(&change, &wanted.difference, now_ns)?;
        let mut entry = NewEntry::new(&format!("{}.begin", wanted.cause), subject(to), wanted.reason.clone());
        entry.actor.clone_from(&wanted.actor);
        let entry = entry.detailed(json!({ "from": wanted.from, "to": to, "plan": wanted.plan }));
        Ok(((change, generation), entry))
    })?;
    Ok((change, generation))
}

fn subject(generation: u64) -> String {
    format!("generation {generation}")
}

/// Everything between the intent and its end. `reached` is the last thing that the host was asked.
fn move_to(
    context: &Context<'_>,
    layout: &Layout,
    change: &Change,
    new: Option<(&Generation, &Staged)>,
    (wanted, probe): (&Wanted, Probe<'_>),
    reached: &mut Option<HostCall>,
) -> Result<()> {
    let disk = context.host.disk.as_ref();
    if let Some((generation, staged)) = new {
        staged.place(disk, layout, generation, |tree| probe(tree, generation, &wanted.fresh))?;
    } else if change.to > 0 {
        check_again(context, layout, change.to, wanted.check)?;
    }
    let mut ask = |call: HostCall| {
        *reached = Some(call);
        lifecycle::ask(context, layout, call, Turn { from: change.from, to: change.to })
    };
    for call in [HostCall::Load, HostCall::Probe, HostCall::Quiesce] {
        context.host.stop.check()?;
        ask(call)?;
    }
    context.host.stop.check()?;
    swap::point(disk, layout, &Routing::all(change.to))?;
    ask(HostCall::Swap)?;
    if let Some((generation, _)) = new.filter(|_| lifecycle::takes_part(context)) {
        // It was looked at when it was made; since then others had it in hand.
        stage::check_tree(layout, generation)?;
    }
    ask(HostCall::Verify)?;
    ask(HostCall::Resume)
}

/// A generation may have lain there for long.
fn check_again(context: &Context<'_>, layout: &Layout, number: u64, check: Check) -> Result<()> {
    let unknown = || Error::bug("a change leads to a generation that nobody knows");
    match check {
        Check::Place => stage::check_place(layout, &context.store.generation_head(number)?.ok_or_else(unknown)?),
        Check::Contents => stage::check_tree(layout, &context.store.generation(number)?.ok_or_else(unknown)?),
    }
}

/// Closes the intent: the change is made.
pub(super) fn finish(context: &mut Context<'_>, change: &Change, actor: &str, reason: &str) -> Result<Changed> {
    let now_ns = context.host.clock.now_ns();
    let random = context.host.identifier(16);
    let head = context.store.ledger_head()?.map(|head| head.hash.hex()).unwrap_or_default();
    // Bound to what it undoes and to its place in this ledger; the random part keeps it from being guessed.
    let bound = format!("{random} {head} {} {} {}", change.id, change.from, change.to);
    let token = format!("rb_{}", &Digest::of(bound.as_bytes()).hex()[..32]);
    let ((), audit) = context.store.record(context.trace_id, |tx| {
        if change.from > 0 {
            tx.generation_state_set(change.from, GenerationState::Retired)?;
        }
        if change.to > 0 {
            tx.generation_state_set(change.to, GenerationState::Live)?;
        }
        if let Some(spent) = &change.spends {
            tx.token_spend(spent)?;
        }
        tx.change_end(change.id, ChangeOutcome::Done, now_ns)?;
        tx.trial_passed(change.to, now_ns)?;
        let issued = RollbackToken {
            token: token.clone(),
            from: change.to,
            to: change.from,
            plan: change.plan.clone(),
            issued_seq: tx.ledger_next_seq()?,
            spent_seq: None,
        };
        tx.token_insert(&issued, change.id)?;
        let mut entry = NewEntry::new(&change.cause, subject(change.to), reason);
        actor.clone_into(&mut entry.actor);
        // A token is a right; the ledger holds only what tells it from others.
        let spent = change.spends.as_deref().map(token_mark);
        let details = json!({
            "from": change.from, "to": change.to, "plan": change.plan, "token": token_mark(&token), "spends": spent,
        });
        Ok(((), entry.detailed(details)))
    })?;
    Ok(Changed { from: change.from, to: change.to, token, audit })
}

/// What the ledger says of a token: enough to recognise it, too little to use it.
pub fn token_mark(token: &str) -> String {
    Digest::of(token.as_bytes()).to_string()
}

/// Takes a failed change back, and says with which kind of failure it ended.
fn take_back(
    context: &mut Context<'_>,
    layout: &Layout,
    change: &Change,
    actor: &str,
    reached: Option<HostCall>,
    error: Error,
) -> Error {
    let why = error.to_string();
    match undo(context, layout, change, actor, reached, &why) {
        Ok(None) => {
            let kind = if error.exit_code() >= 124 { error.kind } else { ErrorKind::RolledBack };
            error.of_kind(kind).hinted("everything is as it was before")
        }
        Ok(Some(deaf)) => {
            let message = format!("{why}; what is deployed is as it was before, but {deaf}");
            Error::new(ErrorKind::NotRolledBack, error.code, message)
                .hinted("look at the host: it may still be quiesced, or hold what was loaded beside")
                .caused_by(error)
        }
        Err(second) => {
            let message = format!("{why}; and taking it back failed: {second}");
            Error::new(ErrorKind::NotRolledBack, error.code, message)
                .hinted("the next run finishes this or takes it back; see `aetherra-maint generations`")
                .caused_by(error)
        }
    }
}

/// Clears away what was made of a generation.
pub(super) fn clear(disk: &dyn crate::host::Disk, layout: &Layout, number: u64) -> Result<()> {
    let (place, trash) = (layout.generation(number), layout.staging().join(number.to_string()));
    remove_tree(disk, &layout.staged())?;
    remove_tree(disk, &trash)?;
    if place.symlink_metadata().is_ok() {
        ensure_dir(disk, &layout.staging())?;
        // Out of sight in one step, so that nothing half-removed has the place of a generation.
        disk.rename(&place, &trash).map_err(|error| Error::io("clearing a generation away", &place, error))?;
        // Not made durable: what a power cut brings back is gone by the state, and the next sweep removes it.
        remove_tree(disk, &trash)?;
    }
    Ok(())
}

/// Brings everything back to what was before a change, and records that. `reached` is the last thing that the host was
/// asked; what it did not take back is returned, after everything else was.
pub(super) fn undo(
    context: &mut Context<'_>,
    layout: &Layout,
    change: &Change,
    actor: &str,
    reached: Option<HostCall>,
    why: &str,
) -> Result<Option<Error>> {
    let disk = context.host.disk.clone();
    swap::settle(disk.as_ref(), layout, &Routing::wanted(context.store, change.from)?)?;
    let turn = Turn { from: change.from, to: change.to };
    let deaf = reached.and_then(|reached| lifecycle::take_back(context, layout, reached, turn).err());
    let made = context.store.generation_head(change.to)?.filter(|made| made.state == GenerationState::Intended);
    if let Some(made) = &made {
        clear(disk.as_ref(), layout, made.number)?;
    }
    let now_ns = context.host.clock.now_ns();
    context.store.record(context.trace_id, |tx| {
        if let Some(made) = &made {
            tx.generation_state_set(made.number, GenerationState::Failed)?;
        }
        tx.change_end(change.id, ChangeOutcome::Undone, now_ns)?;
        let result = if deaf.is_some() { "failed, undone except at the host" } else { "failed, undone" };
        let mut entry = NewEntry::new(&change.cause, subject(change.to), why).resulting(result);
        actor.clone_into(&mut entry.actor);
        let mut details = json!({ "from": change.from, "to": change.to, "plan": change.plan });
        if let (Some(details), Some(reached)) = (details.as_object_mut(), reached) {
            details.insert("host_reached".to_owned(), json!(reached));
            details.insert("host_trouble".to_owned(), json!(deaf.as_ref().map(ToString::to_string)));
        }
        Ok(((), entry.detailed(details)))
    })?;
    Ok(deaf)
}
