//! Quarantine: what is isolated is kept where nothing can load it, and goes out of the deployed tree.
//!
//! A held content is packed (zstd) and unreadable for others, under a name that no host imports. The order is
//! such that nothing is lost and nothing is forgotten: the packed content is durable before the state says that
//! it is held; from then on no plan takes it; then it leaves the deployed tree; last, if that was asked for, the
//! original goes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::change::{self, Changed, Check, Target, Wanted};
use super::files::{ensure_dir, remove_file, sync_dir};
use super::layout::Layout;
use super::objects::digest_of;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::gate::Approved;
use crate::model::{Component, Difference, Digest, GenerationState, NewEntry, Quarantine, QuarantineState, path_key};
use crate::store::{LedgerHead, Store};

/// Larger files are not isolated: nothing that a host imports is that large.
const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// What becomes of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Original {
    /// It stays where it is; it only can no longer be taken in.
    Stay,
    /// It is taken away, and `restore` puts it back.
    Go,
}

/// One file that is to be isolated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Isolation {
    /// As the index writes it.
    pub path: String,
    /// Why.
    pub reason: String,
    /// `operator`, or the name of the trigger.
    pub trigger: String,
}

/// What was isolated.
#[derive(Debug, Clone, Default)]
pub struct Isolated {
    /// The items.
    pub items: Vec<Quarantine>,
    /// Components that left the deployed tree.
    pub removed: Vec<String>,
    /// The change that took them out.
    pub changed: Option<Changed>,
    /// The last ledger entry.
    pub audit: Option<LedgerHead>,
}

/// Isolates files.
pub fn isolate(
    context: &mut Context<'_>,
    project: &Path,
    wanted: &Approved<Vec<Isolation>>,
    original: Original,
    actor: &str,
) -> Result<Isolated> {
    let layout = Layout::new(context.store.directory());
    let disk = context.host.disk.clone();
    let now_ns = context.host.clock.now_ns();
    let already = context.store.quarantine_paths()?;
    let (_, deployed) = context.store.generation_deployed()?;
    let mut held = Vec::new();
    for isolation in wanted.change().iter().filter(|isolation| !already.contains(&isolation.path)) {
        let place = lies_at(context.store, &deployed, project, &isolation.path);
        let (digest, size) = hold(disk.as_ref(), &layout, &place)?;
        held.push(Quarantine {
            id: 0,
            path: isolation.path.clone(),
            digest,
            size,
            reason: isolation.reason.clone(),
            trigger: isolation.trigger.clone(),
            state: QuarantineState::Held,
            moved: false,
            held_ns: now_ns,
            resolution: None,
        });
    }
    let mut isolated = Isolated::default();
    if !held.is_empty() {
        sync_dir(disk.as_ref(), &layout.quarantine())?;
        sync_dir(disk.as_ref(), &layout.state)?;
        let (items, head) = context.store.record(context.trace_id, |tx| {
            for item in &mut held {
                item.id = tx.quarantine_insert(item)?;
            }
            let paths: Vec<&str> = held.iter().map(|item| item.path.as_str()).collect();
            let reason = held.first().map_or("", |item| item.reason.as_str());
            let mut entry = NewEntry::new("quarantine.hold", subject(&paths), reason);
            actor.clone_into(&mut entry.actor);
            let digests: Vec<String> = held.iter().map(|item| item.digest.to_string()).collect();
            Ok((held.clone(), entry.detailed(json!({ "paths": paths, "digests": digests }))))
        })?;
        (isolated.items, isolated.audit) = (items, Some(head));
    }
    take_out(context, project, actor, &mut isolated)?;
    if original == Original::Go {
        take_away(context, project, &mut isolated)?;
    }
    Ok(isolated)
}

fn subject(paths: &[&str]) -> String {
    match paths {
        [one] => (*one).to_owned(),
        many => format!("{} files", many.len()),
    }
}

/// Where the content of a file that is to be isolated lies: in the project, or, when that has it no more, in the store
/// with what is deployed.
pub fn lies_at(store: &Store, deployed: &[Component], project: &Path, path: &str) -> PathBuf {
    let original = path_key::to_path(project, path);
    let is_gone = original.symlink_metadata().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
    let mut files = deployed.iter().flat_map(|component| &component.files);
    match files.find(|file| is_gone && file.source == path) {
        Some(file) => Layout::new(store.directory()).object(&file.digest),
        None => original,
    }
}

/// Packs a file into the quarantine. What is there already under its digest is the same.
fn hold(disk: &dyn crate::host::Disk, layout: &Layout, path: &Path) -> Result<(Digest, u64)> {
    let failed = |error| Error::io("reading what is to be isolated", path, error);
    let file = crate::host::disk::open_regular(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    if size > MAX_BYTES {
        return Err(Error::new(
            ErrorKind::Precondition,
            "too-large-to-isolate",
            format!("a file of {size} bytes is not isolated"),
        )
        .at_path(path)
        .hinted("move it away by hand"));
    }
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(file, MAX_BYTES), &mut bytes).map_err(failed)?;
    let digest = Digest::of(&bytes);
    let place = packed(layout, &digest);
    if place.exists() {
        return Ok((digest, size));
    }
    let failed = |error| Error::io("isolating a file", &place, error);
    let pack = zstd::bulk::compress(&bytes, 3).map_err(failed)?;
    ensure_dir(disk, &layout.quarantine())?;
    let new = place.with_extension("new");
    remove_file(disk, &new)?;
    disk.write_new(&new, &pack, 0o400).map_err(failed)?;
    disk.sync_file(&new).map_err(failed)?;
    disk.rename(&new, &place).map_err(failed)?;
    Ok((digest, size))
}

fn packed(layout: &Layout, digest: &Digest) -> PathBuf {
    layout.quarantine().join(format!("{}.held", digest.hex()))
}

/// Components of the deployed tree that hold an isolated file, and those that need one of them.
pub fn affected(components: &[Component], held: &BTreeSet<String>) -> BTreeSet<String> {
    let mut out: BTreeSet<String> = components
        .iter()
        .filter(|component| component.files.iter().any(|file| held.contains(&file.source)))
        .map(|component| component.id.clone())
        .collect();
    loop {
        let more: Vec<String> = components
            .iter()
            .filter(|component| !out.contains(&component.id))
            .filter(|component| component.depends_on.iter().any(|need| out.contains(need)))
            .map(|component| component.id.clone())
            .collect();
        if more.is_empty() {
            return out;
        }
        out.extend(more);
    }
}

/// Makes a generation without what is held. It also finishes what an interrupted run had begun.
fn take_out(context: &mut Context<'_>, project: &Path, actor: &str, isolated: &mut Isolated) -> Result<()> {
    let held = context.store.quarantine_paths()?;
    let (parent, components) = context.store.generation_deployed()?;
    let out = affected(&components, &held);
    if out.is_empty() {
        return Ok(());
    }
    let wanted = Wanted {
        cause: "quarantine",
        from: parent.generation,
        target: Target::New(components.into_iter().filter(|component| !out.contains(&component.id)).collect()),
        plan: None,
        spends: None,
        actor: actor.to_owned(),
        reason: "a file of it, or of what it needs, was isolated".to_owned(),
        fresh: BTreeSet::new(),
        difference: Difference { removed: out.iter().cloned().collect(), ..Difference::default() },
        check: Check::Contents,
    };
    let changed = change::make(context, project, wanted, &|_, _, _| Ok(()))?;
    isolated.removed = out.into_iter().collect();
    isolated.audit = Some(changed.audit.clone());
    isolated.changed = Some(changed);
    Ok(())
}

fn take_away(context: &mut Context<'_>, project: &Path, isolated: &mut Isolated) -> Result<()> {
    let disk = context.host.disk.clone();
    for item in &mut isolated.items {
        let path = path_key::to_path(project, &item.path);
        // Only what is held goes: it may have changed in between.
        if digest_of(&path).ok() != Some(item.digest) {
            continue;
        }
        remove_file(disk.as_ref(), &path)?;
        if let Some(folder) = path.parent() {
            sync_dir(disk.as_ref(), folder)?;
        }
        let (id, subject) = (item.id, item.path.clone());
        let (_, head) = context.store.record(context.trace_id, |tx| {
            tx.quarantine_moved(id)?;
            Ok(((), NewEntry::new("quarantine.move", subject, "the original was taken away")))
        })?;
        item.moved = true;
        isolated.audit = Some(head);
    }
    Ok(())
}

fn held_item(context: &Context<'_>, id: u64) -> Result<Quarantine> {
    let item = context.store.quarantine_item(id)?.ok_or_else(|| {
        Error::new(ErrorKind::Precondition, "quarantine-unknown", format!("nothing in quarantine has the number {id}"))
            .hinted("`aetherra-maint quarantine list` shows what is there")
    })?;
    if item.state == QuarantineState::Held {
        return Ok(item);
    }
    Err(Error::new(
        ErrorKind::Precondition,
        "quarantine-resolved",
        format!("number {id} is {} already", item.state.word()),
    )
    .hinted("`aetherra-maint quarantine list` shows what is held"))
}

/// Lets an isolated file go: plans may take it again, if the evaluation lets them.
pub fn release(context: &mut Context<'_>, id: u64, reason: &str, actor: &str) -> Result<(Quarantine, LedgerHead)> {
    let item = held_item(context, id)?;
    resolve(context, item, QuarantineState::Released, reason, actor)
}

fn resolve(
    context: &mut Context<'_>,
    mut item: Quarantine,
    state: QuarantineState,
    reason: &str,
    actor: &str,
) -> Result<(Quarantine, LedgerHead)> {
    let (_, head) = context.store.record(context.trace_id, |tx| {
        tx.quarantine_resolve(item.id, state, reason)?;
        let action = if state == QuarantineState::Released { "quarantine.release" } else { "quarantine.restore" };
        let mut entry = NewEntry::new(action, item.path.clone(), reason);
        actor.clone_into(&mut entry.actor);
        Ok(((), entry.detailed(json!({ "id": item.id, "digest": item.digest }))))
    })?;
    item.state = state;
    item.resolution = Some(reason.to_owned());
    Ok((item, head))
}

/// Which content comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The one that is held.
    Held,
    /// The last one that was approved and deployed.
    Approved,
}

/// Puts an isolated file back where it came from, and lets it go. What lies there with another content is not
/// replaced, except by the approved version.
pub fn restore(
    context: &mut Context<'_>,
    project: &Path,
    id: u64,
    version: Version,
    reason: &str,
    actor: &str,
) -> Result<(Quarantine, LedgerHead)> {
    let item = held_item(context, id)?;
    let layout = Layout::new(context.store.directory());
    let disk = context.host.disk.clone();
    let bytes = match version {
        Version::Held => unpack(&layout, &item)?,
        Version::Approved => approved_content(context, &layout, &item)?,
    };
    let path = path_key::to_path(project, &item.path);
    let there = digest_of(&path).ok();
    if there.is_some() && there != Some(Digest::of(&bytes)) && there != Some(item.digest) {
        return Err(Error::new(
            ErrorKind::Precondition,
            "restore-occupied",
            "another file lies where this one came from",
        )
        .at_path(&path)
        .hinted("move it away, and run the command again"));
    }
    if there != Some(Digest::of(&bytes)) {
        let failed = |error| Error::io("putting a file back", &path, error);
        let folder = path.parent().unwrap_or(project);
        let made = make_folders(disk.as_ref(), folder)?;
        let new = folder.join(format!(".{}.restored", &item.digest.hex()[..16]));
        remove_file(disk.as_ref(), &new)?;
        disk.write_new(&new, &bytes, 0o644).map_err(failed)?;
        disk.sync_file(&new).map_err(failed)?;
        disk.rename(&new, &path).map_err(failed)?;
        sync_dir(disk.as_ref(), folder)?;
        made.iter().filter_map(|made| made.parent()).try_for_each(|parent| sync_dir(disk.as_ref(), parent))?;
    }
    resolve(context, item, QuarantineState::Restored, reason, actor)
}

/// Makes what is missing of a folder and those above it, and says what that was.
fn make_folders(disk: &dyn crate::host::Disk, folder: &Path) -> Result<Vec<PathBuf>> {
    let missing: Vec<PathBuf> =
        folder.ancestors().take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect();
    missing.iter().rev().try_for_each(|folder| ensure_dir(disk, folder))?;
    Ok(missing)
}

fn unpack(layout: &Layout, item: &Quarantine) -> Result<Vec<u8>> {
    let place = packed(layout, &item.digest);
    let damaged = || {
        Error::state("quarantine-damaged", "what is held is not what was isolated")
            .at_path(&place)
            .hinted("restore the file from a backup")
    };
    let pack = std::fs::read(&place).map_err(|error| Error::io("reading what is held", &place, error))?;
    let size = usize::try_from(item.size.min(MAX_BYTES)).unwrap_or(usize::MAX);
    let bytes = zstd::bulk::decompress(&pack, size).map_err(|_| damaged())?;
    if Digest::of(&bytes) == item.digest { Ok(bytes) } else { Err(damaged()) }
}

/// The content of this path in the newest generation that had it.
fn approved_content(context: &Context<'_>, layout: &Layout, item: &Quarantine) -> Result<Vec<u8>> {
    use GenerationState::{Live, Removed, Retired};
    let heads = context.store.generation_heads()?.into_iter().rev();
    // What failed, or is still on trial, was never deployed.
    for head in heads.filter(|head| matches!(head.state, Live | Retired | Removed)) {
        let generation = context.store.generation(head.number)?;
        let files = generation.iter().flat_map(|generation| generation.components.iter().flat_map(|c| &c.files));
        for file in files.filter(|file| file.source == item.path && file.digest != item.digest) {
            let object = layout.object(&file.digest);
            match std::fs::read(&object) {
                Ok(bytes) if Digest::of(&bytes) == file.digest => return Ok(bytes),
                _ => {}
            }
        }
    }
    Err(Error::new(ErrorKind::Precondition, "no-approved-version", "no other version of this file was ever deployed")
        .hinted("`aetherra-maint quarantine restore` without `--approved` puts back what is held"))
}
