//! Clearing away what nobody can need any more.
//!
//! The state says first that a generation is gone; then its files go. A run that ends in between leaves files
//! that the next one removes.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use super::files::{entries, remove_file};
use super::layout::Layout;
use super::recover;
use crate::context::Context;
use crate::error::Result;
use crate::model::{Digest, GenerationState, NewEntry, counted};

/// What was, or would be, cleared away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Collected {
    /// Generations.
    pub generations: Vec<u64>,
    /// Contents that only those held.
    pub objects: u64,
    /// Bytes of these contents.
    pub bytes: u64,
}

/// Generations that nothing leads to: not deployed, not what a token needs, and not among the newest `keep`.
pub fn collectable(context: &Context<'_>, keep: usize) -> Result<Vec<u64>> {
    let current = context.store.generation_current()?;
    let mut needed: BTreeSet<u64> = [current].into();
    for token in context.store.tokens_live()? {
        // To undo a change in the middle, what it made has to be known; its files are in the content store.
        needed.insert(token.to);
    }
    let heads = context.store.generation_heads()?;
    let retired: Vec<u64> = heads
        .iter()
        .filter(|head| head.state == GenerationState::Retired && !needed.contains(&head.number))
        .map(|head| head.number)
        .collect();
    let keep = keep.min(retired.len());
    Ok(retired[..retired.len() - keep].to_vec())
}

/// Contents that only `gone` and what went before hold: digests and their sizes.
pub fn unreferenced(context: &Context<'_>, gone: &[u64]) -> Result<Vec<(Digest, u64)>> {
    use GenerationState::{Failed, Removed};
    let layout = Layout::new(context.store.directory());
    let mut held: BTreeSet<Digest> = BTreeSet::new();
    for head in context.store.generation_heads()? {
        if gone.contains(&head.number) || matches!(head.state, Failed | Removed) {
            continue;
        }
        let generation = context.store.generation(head.number)?;
        let components = generation.iter().flat_map(|generation| &generation.components);
        held.extend(components.flat_map(|component| component.files.iter().map(|file| file.digest)));
    }
    let mut found: Vec<(Digest, u64)> = entries(&layout.objects())?
        .into_iter()
        .filter_map(|path| {
            let digest: Digest = path.file_name()?.to_str()?.parse().ok()?;
            let size = path.symlink_metadata().ok()?.len();
            (!held.contains(&digest)).then_some((digest, size))
        })
        .collect();
    found.sort();
    Ok(found)
}

/// Says what [`collect`] would do.
pub fn preview(context: &Context<'_>, keep: usize) -> Result<Collected> {
    let generations = collectable(context, keep)?;
    let objects = unreferenced(context, &generations)?;
    let bytes = objects.iter().map(|(_, size)| size).sum();
    Ok(Collected { generations, objects: objects.len() as u64, bytes })
}

/// Clears away.
pub fn collect(context: &mut Context<'_>, keep: usize) -> Result<Collected> {
    let generations = collectable(context, keep)?;
    let objects = unreferenced(context, &generations)?;
    let bytes = objects.iter().map(|(_, size)| size).sum();
    let collected = Collected { generations, objects: objects.len() as u64, bytes };
    if collected.generations.is_empty() && objects.is_empty() {
        return Ok(collected);
    }
    context.store.record(context.trace_id, |tx| {
        for number in &collected.generations {
            tx.generation_state_set(*number, GenerationState::Removed)?;
        }
        let subject = counted(collected.generations.len(), "generation");
        let entry = NewEntry::new("generations.gc", subject, "nothing leads to them any more");
        Ok(((), entry.detailed(json!(collected))))
    })?;
    let layout = Layout::new(context.store.directory());
    recover::sweep(context, &layout)?;
    for (digest, _) in &objects {
        remove_file(context.host.disk.as_ref(), &layout.object(digest))?;
    }
    Ok(collected)
}
