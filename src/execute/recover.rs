//! What a run does first: finish, or take back, what an earlier one was in the middle of.
//!
//! The intent in the state says what was wanted, and `current` says whether the one step that counts was
//! taken. Both together always decide; nothing is guessed. A generation that `current` names is complete,
//! because it was made durable before.

use schemars::JsonSchema;
use serde::Serialize;

use super::change;
use super::files::{ensure_dir, entries, numbered, remove_file, remove_tree};
use super::layout::{CURRENT, Layout, REGISTRY};
use super::lifecycle::{self, Turn};
use super::stage;
use super::swap::{self, Routing};
use super::trial;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::model::lifecycle::HostCall;
use crate::model::{Diagnostic, GenerationState};
use crate::store::generations::Change;

/// What recovery did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Recovery {
    /// Whether the change was finished (`forward`) or taken back (`back`).
    pub direction: String,
    /// What it was: `integrate`, `rollback` or `quarantine`.
    pub cause: String,
    /// What was deployed before it.
    pub from: u64,
    /// Where it led.
    pub to: u64,
    /// The token that undoes it, when it was finished.
    pub token: Option<String>,
}

impl Recovery {
    fn of(direction: &str, change: &Change, token: Option<String>) -> Self {
        let cause = change.cause.clone();
        Self { direction: direction.to_owned(), cause, from: change.from, to: change.to, token }
    }

    /// What a report says about it.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { direction, cause, from, to, token } = self;
        let what = match direction.as_str() {
            "forward" => format!(
                "an earlier run was interrupted during `{cause}`; generation {to} was complete, and it is live now"
            ),
            _ => format!(
                "an earlier run was interrupted during `{cause}`; generation {from} is still deployed, and the rest was cleared away"
            ),
        };
        let diagnostic = Diagnostic::note("change-recovered", what);
        match token {
            Some(token) => diagnostic.helped(format!("`aetherra-maint rollback {token}` undoes it")),
            None => diagnostic,
        }
    }
}

/// Reconciles the state, the link and the folders. Every run that changes what is deployed does this first.
pub fn recover(context: &mut Context<'_>) -> Result<Option<Recovery>> {
    let layout = Layout::new(context.store.directory());
    let recovery = match context.store.change_unfinished()? {
        None => None,
        Some(open) => {
            let named = swap::current(&layout)?;
            if named == open.to {
                Some(forward(context, &layout, &open)?)
            } else if named == open.from {
                // Nobody knows how far the host was asked; all of it is taken back.
                let reached = lifecycle::takes_part(context).then_some(HostCall::Quiesce);
                let deaf = change::undo(context, &layout, &open, "recovery", reached, "the run was interrupted")?;
                told(deaf, &open)?;
                Some(Recovery::of("back", &open, None))
            } else {
                return Err(foreign(&layout, &open, named));
            }
        }
    };
    let recovery = match trial::recover(context, &layout)? {
        Some(trial) if recovery.is_none() => Some(trial),
        _ => recovery,
    };
    sweep(context, &layout)?;
    Ok(recovery)
}

/// The link names the new generation already. A host that takes part still has to verify it and to resume; when it
/// does not, the change is taken back as it would have been.
fn forward(context: &mut Context<'_>, layout: &Layout, open: &Change) -> Result<Recovery> {
    let disk = context.host.disk.clone();
    if let Some(generation) = context.store.generation_head(open.to)? {
        stage::check_place(layout, &generation)?;
    }
    // The registry may not have followed the link, and neither may be durable yet.
    swap::settle(disk.as_ref(), layout, &Routing::all(open.to))?;
    let turn = Turn { from: open.from, to: open.to };
    let mut calls = [HostCall::Swap, HostCall::Verify, HostCall::Resume].into_iter();
    if let Err(error) = calls.try_for_each(|call| lifecycle::ask(context, layout, call, turn)) {
        let why = format!("the run was interrupted, and {error}");
        let deaf = change::undo(context, layout, open, "recovery", Some(HostCall::Resume), &why)?;
        told(deaf, open)?;
        return Ok(Recovery::of("back", open, None));
    }
    let changed = change::finish(context, open, "recovery", "an interrupted run had completed it")?;
    Ok(Recovery::of("forward", open, Some(changed.token)))
}

/// The state is in order again; if the host is not, a person has to look.
fn told(deaf: Option<Error>, open: &Change) -> Result<()> {
    let Some(deaf) = deaf else { return Ok(()) };
    let message = format!("a run was interrupted, generation {} is deployed as before, but {deaf}", open.from);
    Err(Error::new(ErrorKind::NotRolledBack, "host-failed", message)
        .hinted(
            "look at the host: it may still be quiesced, or hold what was loaded beside; then run the command again",
        )
        .caused_by(deaf))
}

fn foreign(layout: &Layout, open: &Change, named: u64) -> Error {
    let Change { from, to, .. } = open;
    Error::new(
        ErrorKind::NotRolledBack,
        "current-foreign",
        format!("a run was interrupted on the way from generation {from} to {to}, and `current` names {named}"),
    )
    .at_path(&layout.current())
    .hinted(format!("point the link back at `generations/{from}` and run the command again"))
}

/// Removes what interrupted runs left: half-made trees, half-written contents, trees that are gone by the state.
pub(super) fn sweep(context: &Context<'_>, layout: &Layout) -> Result<()> {
    let disk = context.host.disk.as_ref();
    for path in entries(&layout.staging())? {
        remove_tree(disk, &path)?;
    }
    for number in numbered(&layout.generations())? {
        let state = context.store.generation_head(number)?.map(|generation| generation.state);
        // One that the state does not know may be newer than a restored state: it is left alone.
        if matches!(state, Some(GenerationState::Failed | GenerationState::Removed | GenerationState::Intended)) {
            ensure_dir(disk, &layout.staging())?;
            let trash = layout.staging().join(number.to_string());
            let place = layout.generation(number);
            disk.rename(&place, &trash).map_err(|error| Error::io("clearing a generation away", &place, error))?;
            // Not made durable: what a power cut brings back is gone by the state, and is swept away again.
            remove_tree(disk, &trash)?;
        }
    }
    for name in [format!("{CURRENT}.new"), format!("{REGISTRY}.new")] {
        let path = layout.state.join(name);
        if path.symlink_metadata().is_ok() {
            remove_file(disk, &path)?;
        }
    }
    Ok(())
}
