//! What is to be isolated, from the state: what the subcommand and the stage of the loop call.

use std::collections::BTreeSet;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use super::canary::live::stop_before;
use super::deployment::{Who, circumstances};
use super::trust;
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::execute::isolate::{Isolated, Isolation, Original, affected, isolate, lies_at};
use crate::execute::objects::digest_of;
use crate::gate::review::review_isolation;
use crate::model::{Component, Decision, Quarantine, QuarantineState, path_key};
use crate::settings::Settings;
use crate::store::Store;

/// The trigger of what a person wants isolated.
pub const OPERATOR: &str = "operator";

/// Files that the evaluation wants isolated, and that are not.
pub fn isolation_due(settings: &Settings, store: &Store) -> Result<Vec<Isolation>> {
    let held = store.quarantine_paths()?;
    let released: BTreeSet<_> = store
        .quarantine_items()?
        .into_iter()
        .filter(|item| item.state != QuarantineState::Held)
        .map(|item| (item.path, item.digest))
        .collect();
    let due = trust::verdicts_now(settings, store)?.into_iter().filter(|verdict| {
        verdict.decision == Decision::Quarantine
            && !held.contains(&verdict.subject)
            // A person has looked at exactly this content and let it go.
            && !released.contains(&(verdict.subject.clone(), verdict.digest))
    });
    Ok(due
        .map(|verdict| Isolation {
            path: verdict.subject,
            reason: verdict.rationale.into_iter().next().unwrap_or_else(|| "the policy wants it isolated".to_owned()),
            trigger: "policy".to_owned(),
        })
        .collect())
}

/// All of these but what the policy wants isolated and is gone by itself: it must not keep the rest from being isolated.
/// Whoever names a file is told when there is none.
fn still_there(store: &Store, deployed: &[Component], project: &Path, mut files: Vec<Isolation>) -> Vec<Isolation> {
    files.retain(|isolation| {
        isolation.trigger == OPERATOR || lies_at(store, deployed, project, &isolation.path).symlink_metadata().is_ok()
    });
    files
}

/// Isolates files.
pub fn isolate_files(
    context: &mut Context<'_>,
    project: &Path,
    files: Vec<Isolation>,
    original: Original,
    who: &Who,
) -> Result<Isolated> {
    let (_, components) = context.store.generation_deployed()?;
    let files = still_there(context.store, &components, project, files);
    let approved = review_isolation(files, &circumstances(context, who, None)?)
        .map_err(|_| Error::bug("an isolation was refused"))?;
    let paths: BTreeSet<String> = approved.change().iter().map(|isolation| isolation.path.clone()).collect();
    if !affected(&components, &paths).is_empty() {
        stop_before(context, who, "an isolation")?;
    }
    isolate(context, project, &approved, original, who.actor())
}

/// Says what isolating these files would hold and take out, and changes nothing.
pub fn preview_isolation(
    store: &Store,
    project: &Path,
    wanted: Vec<Isolation>,
) -> Result<(Vec<Quarantine>, Vec<String>)> {
    let mut held = store.quarantine_paths()?;
    let (_, components) = store.generation_deployed()?;
    let mut items = Vec::new();
    let wanted = still_there(store, &components, project, wanted);
    for isolation in wanted.iter().filter(|isolation| !held.contains(&isolation.path)) {
        let path = lies_at(store, &components, project, &isolation.path);
        let failed = |error| Error::io("reading what is to be isolated", &path, error);
        items.push(Quarantine {
            id: 0,
            path: isolation.path.clone(),
            digest: digest_of(&path).map_err(failed)?,
            size: path.metadata().map_err(failed)?.len(),
            reason: isolation.reason.clone(),
            trigger: isolation.trigger.clone(),
            state: QuarantineState::Held,
            moved: false,
            held_ns: 0,
            resolution: None,
        });
    }
    held.extend(items.iter().map(|item| item.path.clone()));
    Ok((items, affected(&components, &held).into_iter().collect()))
}

/// The path of a file that somebody names, as the index and the deployed tree write it: `./a.py` and `/project/a.py` are
/// `a.py`. Under another name it would be held, and what is deployed would stay.
///
/// # Errors
///
/// With the kind [`ErrorKind::Precondition`] when there is no such file, neither in the project nor deployed.
pub fn named(store: &Store, project: &Path, name: &str) -> Result<String> {
    let (_, components) = store.generation_deployed()?;
    if is_known(store, &components, name)? {
        return Ok(name.to_owned());
    }
    let project = project.canonicalize().unwrap_or_else(|_| project.to_path_buf());
    let path = without_detours(&project.join(name));
    let key = path_key::escape(path.strip_prefix(&project).unwrap_or(&path).as_os_str().as_bytes());
    if is_known(store, &components, &key)? || path.symlink_metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Ok(key);
    }
    Err(Error::new(
        ErrorKind::Precondition,
        "isolation-not-there",
        format!("`{name}` is no file of the project, and none that is deployed"),
    )
    .hinted("name files, not folders, as `aetherra-maint scan` and `generations show` write them"))
}

fn is_known(store: &Store, deployed: &[Component], path: &str) -> Result<bool> {
    let is_deployed = deployed.iter().flat_map(|component| &component.files).any(|file| file.source == path);
    Ok(is_deployed || store.file_get(path)?.is_some())
}

/// The same path by the folders that really lead there. The file itself may be gone, or be a link: it keeps its name.
fn without_detours(path: &Path) -> PathBuf {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return path.to_path_buf() };
    let plain = folder.components().filter(|part| *part != std::path::Component::CurDir).collect();
    folder.canonicalize().unwrap_or(plain).join(name)
}
