//! Making a generation: a complete tree beside the others, durable before anybody can see it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::files::{ensure_dir, remove_tree, sync_dir};
use super::layout::{Layout, MANIFEST, TREE};
use super::objects::{self, FLUSH_EACH};
use crate::error::{Error, Result};
use crate::host::{Disk, Stop};
use crate::model::Generation;
use crate::model::portable_path::objection;

/// Builds the tree of a generation from the content store and gives it its place among the others.
///
/// All its files are in the content store. When this returns, it is durable.
pub fn stage(disk: &dyn Disk, layout: &Layout, generation: &Generation, stop: &Stop) -> Result<()> {
    let folder = layout.staging().join(generation.number.to_string());
    ensure_dir(disk, &layout.staging())?;
    ensure_dir(disk, &layout.generations())?;
    remove_tree(disk, &folder)?;
    let tree = folder.join(TREE);
    ensure_dir(disk, &folder)?;
    ensure_dir(disk, &tree)?;
    let mut folders: BTreeSet<PathBuf> = [folder.clone(), tree.clone()].into();
    for file in generation.components.iter().flat_map(|component| &component.files) {
        stop.check()?;
        if let Some(why) = objection(&file.target) {
            return Err(Error::bug(format!("a plan was approved although {why}")));
        }
        let target = tree.join(&file.target);
        make_parents(disk, &tree, &target, &mut folders)?;
        link_or_copy(disk, &layout.object(&file.digest), &target)?;
    }
    let manifest = folder.join(MANIFEST);
    disk.write_new(&manifest, manifest_text(generation)?.as_bytes(), 0o444)
        .map_err(|error| Error::io("writing the list of a generation", &manifest, error))?;
    make_durable(disk, &manifest, &folders)?;
    let place = layout.generation(generation.number);
    disk.rename(&folder, &place).map_err(|error| Error::io("placing a generation", &place, error))?;
    sync_dir(disk, &layout.generations())?;
    sync_dir(disk, &layout.state)
}

/// What a generation says about itself, for hosts and for verification.
pub fn manifest_text(generation: &Generation) -> Result<String> {
    let value = serde_json::json!({
        "schema": "generation/v1",
        "generation": generation.number,
        "parent": generation.parent,
        "digest": generation.digest,
        "components": generation.components,
    });
    Ok(format!("{value:#}\n"))
}

fn make_parents(disk: &dyn Disk, tree: &Path, target: &Path, folders: &mut BTreeSet<PathBuf>) -> Result<()> {
    let mut missing = Vec::new();
    let mut folder = target.parent();
    while let Some(path) = folder.filter(|path| *path != tree && !folders.contains(*path)) {
        missing.push(path.to_path_buf());
        folder = path.parent();
    }
    for path in missing.into_iter().rev() {
        disk.create_dir(&path).map_err(|error| Error::io("making a folder", &path, error))?;
        folders.insert(path);
    }
    Ok(())
}

/// A second name where the file system can, a copy where it cannot.
fn link_or_copy(disk: &dyn Disk, object: &Path, target: &Path) -> Result<()> {
    let Err(error) = disk.hard_link(object, target) else { return Ok(()) };
    let cannot = [libc::EPERM, libc::EOPNOTSUPP, libc::EMLINK, libc::EXDEV, libc::ENOSYS, libc::EACCES];
    if !error.raw_os_error().is_some_and(|code| cannot.contains(&code)) {
        return Err(Error::io("placing a file of a generation", target, error));
    }
    let copied = disk.copy_new(object, target, 0o444).and_then(|_| disk.sync_file(target));
    copied.map_err(|error| Error::io("copying a file of a generation", target, error))
}

fn make_durable(disk: &dyn Disk, manifest: &Path, folders: &BTreeSet<PathBuf>) -> Result<()> {
    let failed = |error| Error::io("making a generation durable", manifest, error);
    if folders.len() > FLUSH_EACH {
        return disk.sync_file_system(manifest).map_err(failed);
    }
    disk.sync_file(manifest).map_err(failed)?;
    folders.iter().try_for_each(|folder| sync_dir(disk, folder))
}

/// Fails unless the place of a generation holds what the state says.
pub fn check_manifest(layout: &Layout, generation: &Generation) -> Result<()> {
    let path = layout.generation(generation.number).join(MANIFEST);
    let text = std::fs::read_to_string(&path).map_err(|error| Error::io("reading a generation", &path, error))?;
    let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let digest = value.get("digest").and_then(serde_json::Value::as_str);
    if digest == Some(generation.digest.to_string().as_str()) {
        return Ok(());
    }
    Err(Error::state("generation-damaged", format!("generation {} is not what the state says", generation.number))
        .at_path(&path)
        .hinted("go to another generation with `aetherra-maint rollback --to N`"))
}

/// Fails unless every file of a generation in its tree has the content that the state says.
pub fn check_tree(layout: &Layout, generation: &Generation) -> Result<()> {
    use rayon::prelude::*;
    check_manifest(layout, generation)?;
    let tree = layout.generation(generation.number).join(TREE);
    let files: Vec<_> = generation.components.iter().flat_map(|component| &component.files).collect();
    files.par_iter().try_for_each(|file| {
        let path = tree.join(&file.target);
        let found = objects::digest_of(&path).map_err(|error| Error::io("verifying a file", &path, error))?;
        if found == file.digest {
            return Ok(());
        }
        Err(Error::state("generation-damaged", format!("`{}` is not what was approved", file.target))
            .at_path(&path)
            .hinted("somebody changed it in the state directory; go to a sound generation with `aetherra-maint rollback --to N`"))
    })
}
