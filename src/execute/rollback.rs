//! Going back, by a forward change: history is never rewritten.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use super::change::{self, Changed, Check, Target, Wanted};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::gate::Approved;
use crate::model::{Component, Difference, RollbackToken, TrustMode};

/// Where to go back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// What a token undoes.
    Token(String),
    /// The last change that can be undone.
    Last,
    /// A generation by number; zero for nothing deployed.
    Generation(u64),
}

/// What happens to components that came later and need what is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dependents {
    /// The rollback is refused.
    Refuse,
    /// They are taken out as well.
    TakeOut,
}

/// A rollback, worked out: nothing is left to choose.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RollbackPlan {
    /// What is deployed.
    pub from: u64,
    /// The generation to point at; none when a new one has to be made.
    pub to: Option<u64>,
    /// The components of the new generation.
    #[serde(skip)]
    pub components: Vec<Component>,
    /// Ids of what is taken out.
    pub removed: Vec<String>,
    /// Ids of what gets its earlier content back.
    pub restored: Vec<String>,
    /// Ids of what comes back.
    pub added: Vec<String>,
    /// Ids of what is taken out only because it needs something that is.
    pub cascaded: Vec<String>,
    /// The token that is spent.
    #[serde(skip)]
    pub spends: Option<String>,
    /// The plan whose change is undone.
    pub undoes: Option<String>,
    /// What is made sure of before the generation is deployed again.
    pub check: Check,
}

/// Works out a rollback.
///
/// A generation is deployed again as it lies there: to go back must not take the longer the larger the tree is.
/// Strict mode reads all of it first, and so can everybody with [`RollbackPlan::check`].
pub fn prepare(context: &Context<'_>, aim: &Aim, dependents: Dependents) -> Result<RollbackPlan> {
    let mut plan = work_out(context, aim, dependents)?;
    if context.settings.trust_mode == TrustMode::Strict {
        plan.check = Check::Contents;
    }
    Ok(plan)
}

fn work_out(context: &Context<'_>, aim: &Aim, dependents: Dependents) -> Result<RollbackPlan> {
    let store = &*context.store;
    let current = store.generation_current()?;
    let token = match aim {
        Aim::Generation(number) => return to_generation(context, current, *number),
        Aim::Token(text) => store.token(text)?.ok_or_else(|| unknown(text))?,
        Aim::Last => store.token_of(current)?.ok_or_else(|| {
            refuse(
                "nothing-to-undo",
                "the last change cannot be undone: its token is spent, or nothing was ever deployed",
            )
            .hinted("`aetherra-maint generations` lists where `rollback --to N` can go")
        })?,
    };
    if let Some(seq) = token.spent_seq {
        return Err(refuse(
            "token-spent",
            format!("this token was spent in ledger entry {seq}; a token is good for once"),
        )
        .hinted("`rollback --last` undoes the last change, `rollback --to N` goes to a generation"));
    }
    if token.from == current {
        return undo_newest(context, current, token);
    }
    without(context, current, token, dependents)
}

fn refuse(code: &'static str, message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Precondition, code, message)
}

fn unknown(text: &str) -> Error {
    if !text.starts_with("rb_") {
        return Error::usage("token-malformed", "a rollback token starts with `rb_`")
            .hinted("`aetherra-maint generations` lists the tokens that are good");
    }
    refuse("token-unknown", "this state directory issued no such token")
        .hinted("name the state directory of the integration with `--state DIR`")
}

/// Nobody knows this generation.
pub(super) fn not_there(number: u64) -> Error {
    refuse("generation-unknown", format!("there is no generation {number}"))
        .hinted("`aetherra-maint generations` lists them")
}

/// What is in a generation; nothing in zero.
fn components(context: &Context<'_>, number: u64) -> Result<Vec<Component>> {
    if number == 0 {
        return Ok(Vec::new());
    }
    Ok(context.store.generation(number)?.ok_or_else(|| not_there(number))?.components)
}

/// One link flip that undoes the newest change. Nothing of it grows with the tree: what that change did was kept.
fn undo_newest(context: &Context<'_>, current: u64, token: RollbackToken) -> Result<RollbackPlan> {
    let mut plan = match context.store.token_difference(&token.token)? {
        Some(difference) => {
            deployable(context, token.to)?;
            flip(current, token.to, difference.reversed())
        }
        None => to_generation(context, current, token.to)?,
    };
    (plan.spends, plan.undoes) = (Some(token.token), token.plan);
    Ok(plan)
}

/// Fails unless this generation, or nothing, can be deployed.
fn deployable(context: &Context<'_>, number: u64) -> Result<()> {
    use crate::model::GenerationState::{Canary, Live, Retired};
    if number == 0 {
        return Ok(());
    }
    let target = context.store.generation_head(number)?.ok_or_else(|| not_there(number))?;
    if matches!(target.state, Live | Retired | Canary) {
        return Ok(());
    }
    let message = format!("generation {number} is {} and cannot be deployed", target.state.word());
    Err(refuse("generation-gone", message).hinted("`aetherra-maint generations` lists those that can"))
}

/// One link flip, to any generation.
fn to_generation(context: &Context<'_>, current: u64, number: u64) -> Result<RollbackPlan> {
    deployable(context, number)?;
    if number == current {
        return Err(refuse(
            "already-deployed",
            format!("generation {number} is what is deployed; there is nothing to do"),
        ));
    }
    let (before, after) = (components(context, current)?, components(context, number)?);
    Ok(flip(current, number, Difference::between(&before, &after)))
}

fn flip(current: u64, number: u64, difference: Difference) -> RollbackPlan {
    RollbackPlan {
        from: current,
        to: Some(number),
        components: Vec::new(),
        removed: difference.removed,
        restored: difference.replaced,
        added: difference.added,
        cascaded: Vec::new(),
        spends: None,
        undoes: None,
        check: Check::Place,
    }
}

/// Something came after the change: what is deployed now, without what that change brought.
fn without(context: &Context<'_>, current: u64, token: RollbackToken, dependents: Dependents) -> Result<RollbackPlan> {
    let now = components(context, current)?;
    let made = components(context, token.from)?;
    let before = components(context, token.to)?;
    let brought = Difference::between(&before, &made);
    let mut kept: BTreeMap<&str, &Component> = now.iter().map(|component| (component.id.as_str(), component)).collect();
    for id in brought.added.iter().chain(&brought.replaced) {
        // What a later change replaced again is not this change's any more.
        let theirs = made.iter().find(|component| component.id == *id).map(|component| component.digest);
        if kept.get(id.as_str()).map(|component| component.digest) != theirs {
            continue;
        }
        match before.iter().find(|component| component.id == *id) {
            Some(earlier) => {
                kept.insert(&earlier.id, earlier);
            }
            None => {
                kept.remove(id.as_str());
            }
        }
    }
    for id in &brought.removed {
        if let Some(earlier) = before.iter().find(|component| component.id == *id) {
            kept.entry(&earlier.id).or_insert(earlier);
        }
    }
    let was_there: BTreeSet<&str> = now.iter().map(|component| component.id.as_str()).collect();
    let mut cascaded: Vec<String> = Vec::new();
    loop {
        let broken: Vec<(String, String)> = kept
            .values()
            .filter_map(|component| {
                let lost = component
                    .depends_on
                    .iter()
                    .find(|need| was_there.contains(need.as_str()) && !kept.contains_key(need.as_str()))?;
                Some((component.id.clone(), lost.clone()))
            })
            .collect();
        let Some((id, lost)) = broken.first() else { break };
        if dependents == Dependents::Refuse {
            return Err(refuse(
                "still-needed",
                format!("`{id}` came later and needs `{lost}`, which would be taken out"),
            )
            .hinted("`--cascade` takes out what depends on it as well; `rollback --to N` goes back as a whole"));
        }
        for (id, _) in broken {
            kept.remove(id.as_str());
            cascaded.push(id);
        }
    }
    let components: Vec<Component> = kept.into_values().cloned().collect();
    let mut plan = flip(current, 0, Difference::between(&now, &components));
    cascaded.sort();
    plan.removed.retain(|id| !cascaded.contains(id));
    (plan.to, plan.components, plan.cascaded) = (None, components, cascaded);
    (plan.spends, plan.undoes) = (Some(token.token), token.plan);
    Ok(plan)
}

/// Executes a rollback.
pub fn roll_back(
    context: &mut Context<'_>,
    project: &Path,
    approved: &Approved<RollbackPlan>,
    actor: &str,
    reason: &str,
) -> Result<Changed> {
    let plan = approved.change();
    let target = match plan.to {
        Some(number) => Target::Existing(number),
        None => Target::New(plan.components.clone()),
    };
    let wanted = Wanted {
        cause: "rollback",
        from: plan.from,
        target,
        plan: None,
        spends: plan.spends.clone(),
        actor: actor.to_owned(),
        reason: match approved.approved_by() {
            Some(person) => format!("{reason}, approved by {person}"),
            None => reason.to_owned(),
        },
        fresh: BTreeSet::new(),
        difference: Difference {
            added: plan.added.clone(),
            replaced: plan.restored.clone(),
            removed: plan.removed.iter().chain(&plan.cascaded).cloned().collect(),
        },
        check: plan.check,
    };
    // It was probed when it was let in.
    change::make(context, project, wanted, &|_, _, _| Ok(()))
}
