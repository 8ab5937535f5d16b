//! Making a generation: a complete tree beside the others, durable before anybody can see it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use schemars::JsonSchema;
use serde::Serialize;

use super::files::{ensure_dir, remove_tree, sync_dir};
use super::layout::{Layout, MANIFEST, TREE};
use super::objects::{self, Fresh, Placed, Sharing};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::host::{Disk, Stop};
use crate::model::portable_path::objection;
use crate::model::{Component, Digest, Generation, GenerationState, PinnedFile};

/// Bytes at the beginning of a list that hold all but the components.
const LIST_START: u64 = 4096;

/// With more new files and folders than this, one flush of the whole file system is cheaper than one for each.
pub const FLUSH_EACH: usize = 32;

/// A complete tree that has no number and no name yet. Nothing of it is durable.
#[derive(Debug, Default)]
pub struct Staged {
    folders: BTreeSet<PathBuf>,
    /// Contents that came from the project.
    fresh: Fresh,
    /// Files of their own with contents that were there.
    apart: Vec<PathBuf>,
    sharing: Sharing,
}

/// Builds the tree of these components beside the others, from the content store and, what that has not, from the
/// project. A file of the project is refused when it is not what was judged. What was built is cleared away when it
/// cannot be completed.
pub fn build(
    disk: &dyn Disk,
    layout: &Layout,
    project: &Path,
    components: &[Component],
    stop: &Stop,
) -> Result<Staged> {
    for folder in [layout.objects(), layout.generations(), layout.staging()] {
        ensure_dir(disk, &folder)?;
    }
    let mut staged = Staged::default();
    remove_tree(disk, &layout.staged())?;
    let built = staged.fill(disk, layout, project, components, stop);
    if built.is_err() {
        discard(disk, layout);
    }
    built.map(|()| staged)
}

/// Clears away what was built.
pub fn discard(disk: &dyn Disk, layout: &Layout) {
    // What cannot be removed now is removed by the next sweep.
    let _ = remove_tree(disk, &layout.staged());
}

impl Staged {
    fn fill(
        &mut self,
        disk: &dyn Disk,
        layout: &Layout,
        project: &Path,
        components: &[Component],
        stop: &Stop,
    ) -> Result<()> {
        let tree = layout.staged().join(TREE);
        for folder in [layout.staged(), tree.clone()] {
            ensure_dir(disk, &folder)?;
            self.folders.insert(folder);
        }
        let (mut copies, mut links) = (Vec::new(), Vec::new());
        let files: Vec<&PinnedFile> = components.iter().flat_map(|component| &component.files).collect();
        let stored = stored(disk, layout, &files);
        for (file, is_stored) in files.into_iter().zip(stored) {
            if let Some(why) = objection(&file.target) {
                return Err(Error::bug(format!("a plan was approved although {why}")));
            }
            let target = tree.join(&file.target);
            make_parents(disk, &tree, &target, &mut self.folders)?;
            let is_new = !is_stored && self.fresh.claim(file.digest, &target);
            let list = if is_new { &mut copies } else { &mut links };
            list.push((file, target));
        }
        let copy = |(file, target): &(&PinnedFile, PathBuf)| {
            stop.check()?;
            objects::copy_checked(disk, project, target, file)
        };
        each(disk, &copies, copy)?;
        let apart = Mutex::new(Vec::new());
        let place = |(file, target): &(&PinnedFile, PathBuf)| {
            stop.check()?;
            let placed = self.sharing.place(disk, &self.fresh.place(layout, &file.digest), target);
            if placed.map_err(|error| Error::io("placing a file of a generation", target, error))? == Placed::Apart {
                apart.lock().unwrap_or_else(PoisonError::into_inner).push(target.clone());
            }
            Ok(())
        };
        each(disk, &links, place)?;
        self.apart = apart.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(())
    }

    /// Makes the tree of a generation durable, has it looked at, and gives it its place among the others, and new
    /// contents theirs in the store.
    ///
    /// The look takes processors and the flush takes the disk, so both are under way at once. When this returns, all of
    /// it is durable: contents and tree were flushed together, before anything had its name. Contents of what is refused
    /// may have theirs by then; nothing leads to them, and collecting removes them.
    pub fn place(
        &self,
        disk: &dyn Disk,
        layout: &Layout,
        generation: &Generation,
        look: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<()> {
        let folder = layout.staged();
        let manifest = folder.join(MANIFEST);
        disk.write_new(&manifest, manifest_text(generation)?.as_bytes(), objects::MODE)
            .map_err(|error| Error::io("writing the list of a generation", &manifest, error))?;
        let tree = folder.join(TREE);
        let aside = self.fresh.set_aside(disk, layout, &self.sharing)?;
        let look = || self.check(&tree, generation).and_then(|()| look(&tree));
        let keep = || {
            self.make_durable(disk, &manifest, &aside)?;
            self.fresh.name(disk, layout, aside.len())
        };
        if disk.is_concurrent() {
            std::thread::scope(|scope| {
                let kept = scope.spawn(keep);
                let looked = look();
                kept.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)).and(looked)
            })?;
        } else {
            keep().and_then(|()| look())?;
        }
        let place = layout.generation(generation.number);
        disk.rename(&folder, &place).map_err(|error| Error::io("placing a generation", &place, error))?;
        // Also when no content is new: a run that was killed may have named what is there and not have come to this
        // point. The names of these folders themselves become durable with the state directory.
        [layout.objects(), layout.generations(), layout.state.clone()].iter().try_for_each(|path| sync_dir(disk, path))
    }

    /// Fails unless every file that was not copied just now has the content that the state says: what is linked may have
    /// lain in the store for long. Copies were refused on the way when they were not what was judged.
    fn check(&self, tree: &Path, generation: &Generation) -> Result<()> {
        let copied = |file: &PinnedFile| self.fresh.lies_at(&file.digest, &tree.join(&file.target));
        check_those(tree, generation, |file| !copied(file))
    }

    fn make_durable(&self, disk: &dyn Disk, manifest: &Path, aside: &[PathBuf]) -> Result<()> {
        let failed = |error| Error::io("making a generation durable", manifest, error);
        let apart = || self.apart.iter().chain(aside);
        if self.folders.len() + self.fresh.count() + apart().count() > FLUSH_EACH {
            return disk.sync_file_system(manifest).map_err(failed);
        }
        self.fresh.flush(disk)?;
        apart().try_for_each(|file| disk.sync_file(file)).map_err(failed)?;
        disk.sync_file(manifest).map_err(failed)?;
        self.folders.iter().try_for_each(|folder| sync_dir(disk, folder))
    }
}

/// Which of these the store has.
fn stored(disk: &dyn Disk, layout: &Layout, files: &[&PinnedFile]) -> Vec<bool> {
    use rayon::prelude::*;
    let is_stored = |file: &&PinnedFile| layout.object(&file.digest).exists();
    if disk.is_concurrent() { files.par_iter().map(is_stored).collect() } else { files.iter().map(is_stored).collect() }
}

/// Does the same to each of these, on all processors where the disk allows that. The first failure is returned.
fn each<T: Sync>(disk: &dyn Disk, all: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    use rayon::prelude::*;
    if disk.is_concurrent() {
        all.par_iter().find_map_first(|one| work(one).err()).map_or(Ok(()), Err)
    } else {
        all.iter().try_for_each(work)
    }
}

/// What a generation says about itself, for hosts and for verification.
pub fn manifest_text(generation: &Generation) -> Result<String> {
    #[derive(Serialize)]
    struct List<'a> {
        schema: &'a str,
        generation: u64,
        parent: u64,
        digest: Digest,
        components: &'a [Component],
    }
    let Generation { number, parent, digest, components, .. } = generation;
    let list = List { schema: "generation/v1", generation: *number, parent: *parent, digest: *digest, components };
    let failed = |error| Error::bug(format!("the list of a generation cannot be written: {error}"));
    let mut text = serde_json::to_string_pretty(&list).map_err(failed)?;
    text.push('\n');
    Ok(text)
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

/// Fails unless the place of a generation holds what the state says.
pub fn check_manifest(layout: &Layout, generation: &Generation) -> Result<()> {
    let path = layout.generation(generation.number).join(MANIFEST);
    let text = std::fs::read_to_string(&path).map_err(|error| Error::io("reading a generation", &path, error))?;
    let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let digest = value.get("digest").and_then(serde_json::Value::as_str);
    if digest == Some(generation.digest.to_string().as_str()) { Ok(()) } else { Err(damaged(&path, generation)) }
}

fn damaged(path: &Path, generation: &Generation) -> Error {
    let message = format!("generation {} is not what the state says", generation.number);
    Error::state("generation-damaged", message)
        .at_path(path)
        .hinted("go to another generation with `aetherra-maint rollback --to N`")
}

/// Fails unless the place of a generation holds a tree, and a list that names the digest of this generation. Both
/// were made durable before the place had its name. Only the beginning of the list is read: this takes as long for
/// a large generation as for a small one, and does not need what is in it.
pub fn check_place(layout: &Layout, generation: &Generation) -> Result<()> {
    use std::io::Read;
    let place = layout.generation(generation.number);
    let tree = place.join(TREE);
    if !tree.symlink_metadata().map_err(|error| Error::io("looking at a generation", &tree, error))?.is_dir() {
        return Err(damaged(&tree, generation));
    }
    let path = place.join(MANIFEST);
    let mut start = Vec::new();
    crate::host::disk::open_regular(&path)
        .and_then(|file| file.take(LIST_START).read_to_end(&mut start))
        .map_err(|error| Error::io("reading a generation", &path, error))?;
    let wanted = manifest_text(&Generation { components: Vec::new(), ..generation.clone() })?;
    // The text of a list without components says all that comes before them.
    let head = wanted.rsplit_once("\n  \"components\"").map_or(wanted.as_str(), |(head, _)| head);
    if start.starts_with(head.as_bytes()) { Ok(()) } else { Err(damaged(&path, generation)) }
}

/// Fails unless every file of a generation in its tree has the content that the state says.
pub fn check_tree(layout: &Layout, generation: &Generation) -> Result<()> {
    check_manifest(layout, generation)?;
    check_files(&layout.generation(generation.number).join(TREE), generation)
}

/// Fails unless every file of a generation has the content that the state says in this tree.
fn check_files(tree: &Path, generation: &Generation) -> Result<()> {
    check_those(tree, generation, |_| true)
}

fn check_those(tree: &Path, generation: &Generation, which: impl Fn(&PinnedFile) -> bool) -> Result<()> {
    use rayon::prelude::*;
    let files = generation.components.iter().flat_map(|component| &component.files);
    let files: Vec<_> = files.filter(|file| which(file)).collect();
    files.par_iter().find_map_first(|file| check_file(tree, file).err()).map_or(Ok(()), Err)
}

fn check_file(tree: &Path, file: &PinnedFile) -> Result<()> {
    let path = tree.join(&file.target);
    let found = objects::digest_of(&path).map_err(|error| Error::io("verifying a file", &path, error))?;
    if found == file.digest {
        return Ok(());
    }
    Err(Error::state("generation-damaged", format!("`{}` is not what was approved", file.target))
        .at_path(&path)
        .hinted("somebody changed it in the state directory; go to a sound generation with `aetherra-maint rollback --to N`"))
}

/// What reading a generation has shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verified {
    /// The generation.
    pub number: u64,
    /// Files in it.
    pub files: usize,
    /// What is not as it was approved, in words; nothing when it is sound.
    pub damaged: Vec<String>,
}

impl Verified {
    /// Whether it can be relied on.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty()
    }
}

/// Reads one generation, or all that can be deployed, and says what is not as it was approved.
pub fn verify(context: &Context<'_>, number: Option<u64>) -> Result<Vec<Verified>> {
    use GenerationState::{Canary, Live, Retired};
    let heads = context.store.generation_heads()?;
    let chosen: Vec<u64> = match number {
        Some(number) => vec![number],
        None => {
            heads.iter().filter(|head| matches!(head.state, Live | Retired | Canary)).map(|head| head.number).collect()
        }
    };
    let layout = Layout::new(context.store.directory());
    let one = |number: &u64| verify_one(context, &layout, *number);
    chosen.iter().map(one).collect()
}

fn verify_one(context: &Context<'_>, layout: &Layout, number: u64) -> Result<Verified> {
    use rayon::prelude::*;
    let generation = context.store.generation(number)?.ok_or_else(|| super::rollback::not_there(number))?;
    let tree = layout.generation(number).join(TREE);
    let files: Vec<_> = generation.components.iter().flat_map(|component| &component.files).collect();
    let list = check_manifest(layout, &generation).err();
    let wrong = files.par_iter().filter_map(|file| check_file(&tree, file).err());
    let mut damaged: Vec<String> = wrong.map(|error| error.message).collect();
    damaged.sort();
    damaged.splice(0..0, list.map(|error| error.message));
    Ok(Verified { number, files: files.len(), damaged })
}
