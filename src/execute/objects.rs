//! The content store: every content once, under its digest, read-only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::layout::Layout;
use crate::error::{Error, ErrorKind, Result};
use crate::host::Disk;
use crate::model::{Digest, PinnedFile};

/// Nobody may change a content.
pub const MODE: u32 = 0o444;

/// Contents that the store has not yet, and the file of a staged tree in which each of them lies.
#[derive(Debug, Default)]
pub struct Fresh(BTreeMap<Digest, PathBuf>);

impl Fresh {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Notes where a content will lie that the store has not. Fails to when it lies somewhere already.
    pub fn claim(&mut self, digest: Digest, place: &Path) -> bool {
        if self.0.contains_key(&digest) {
            return false;
        }
        self.0.insert(digest, place.to_path_buf());
        true
    }

    /// Where a content lies now.
    pub fn place(&self, layout: &Layout, digest: &Digest) -> PathBuf {
        self.0.get(digest).cloned().unwrap_or_else(|| layout.object(digest))
    }

    /// Whether this content was copied to this place.
    pub fn lies_at(&self, digest: &Digest, place: &Path) -> bool {
        self.0.get(digest).is_some_and(|copy| copy == place)
    }

    /// Makes their contents durable, one by one.
    pub fn flush(&self, disk: &dyn Disk) -> Result<()> {
        let failed = |path: &Path, error| Error::io("making a content durable", path, error);
        self.0.values().try_for_each(|copy| disk.sync_file(copy).map_err(|error| failed(copy, error)))
    }

    /// Makes a file of its own for the store of each, where files can share blocks. They are made aside, so that they can
    /// be flushed with the rest before they have their names. Once that is not possible, it ends.
    pub fn set_aside(&self, disk: &dyn Disk, layout: &Layout, sharing: &Sharing) -> Result<Vec<PathBuf>> {
        let mut made = Vec::new();
        for (digest, place) in &self.0 {
            let aside = layout.aside(digest);
            let cloned = sharing.clone_new(disk, place, &aside);
            if !cloned.map_err(|error| Error::io("storing a content", &aside, error))? {
                break;
            }
            made.push(aside);
        }
        Ok(made)
    }

    /// Gives them their names in the store. They are durable by then: a content that has its name is complete, whatever
    /// happens. So many of them, from the first on, were set aside.
    pub fn name(&self, disk: &dyn Disk, layout: &Layout, set_aside: usize) -> Result<()> {
        self.0.iter().enumerate().try_for_each(|(at, (digest, place))| {
            let (object, aside) = (layout.object(digest), layout.aside(digest));
            let named =
                if at < set_aside { disk.rename(&aside, &object) } else { link_or_store(disk, place, &object, &aside) };
            named.map_err(|error| Error::io("naming a content", &object, error))
        })
    }
}

/// A second name where the file system can, a copy where it cannot: complete and durable before it has its name.
fn link_or_store(disk: &dyn Disk, place: &Path, object: &Path, aside: &Path) -> std::io::Result<()> {
    match disk.hard_link(place, object) {
        Err(error) if cannot(&error) => {}
        linked => return linked,
    }
    disk.copy_new(place, aside, MODE)?;
    disk.sync_file(aside)?;
    disk.rename(aside, object)
}

/// How a content came to a second place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// As another name of the same file.
    Linked,
    /// As a file of its own, which is not durable yet.
    Apart,
}

/// How contents come to a second place without being written again.
///
/// A file of its own that shares the blocks is the best: what a host writes into it despite its mode is in nothing else.
/// A second name is as cheap, and everything with that name is one file. A copy is what is left.
#[derive(Debug)]
pub struct Sharing {
    /// Whether blocks can be shared, until it is known that they cannot.
    clones: AtomicBool,
}

impl Default for Sharing {
    fn default() -> Self {
        Self { clones: AtomicBool::new(true) }
    }
}

impl Sharing {
    /// Makes a file of its own that shares the blocks of another; false when that is not possible here.
    fn clone_new(&self, disk: &dyn Disk, from: &Path, to: &Path) -> std::io::Result<bool> {
        if !self.clones.load(Ordering::Relaxed) {
            return Ok(false);
        }
        match disk.clone_new(from, to, MODE) {
            Err(error) if cannot(&error) => {
                self.clones.store(false, Ordering::Relaxed);
                Ok(false)
            }
            cloned => cloned.map(|()| true),
        }
    }

    /// Brings a content to another place.
    pub fn place(&self, disk: &dyn Disk, from: &Path, to: &Path) -> std::io::Result<Placed> {
        if self.clone_new(disk, from, to)? {
            return Ok(Placed::Apart);
        }
        match disk.hard_link(from, to) {
            Err(error) if cannot(&error) => disk.copy_new(from, to, MODE).map(|_| Placed::Apart),
            linked => linked.map(|()| Placed::Linked),
        }
    }
}

/// Whether a file system cannot do this, or not any more for this file.
fn cannot(error: &std::io::Error) -> bool {
    use libc::{EACCES, EINVAL, EMLINK, ENOSYS, ENOTTY, EOPNOTSUPP, EPERM, EXDEV};
    let all = [EACCES, EINVAL, EMLINK, ENOSYS, ENOTTY, EOPNOTSUPP, EPERM, EXDEV];
    error.raw_os_error().is_some_and(|code| all.contains(&code))
}

/// Copies a pinned file of the project to its place, unless it is not what was judged.
pub fn copy_checked(disk: &dyn Disk, project: &Path, copy: &Path, file: &PinnedFile) -> Result<()> {
    let source = &project.join(&file.source);
    let found = match disk.copy_new(source, copy, MODE) {
        Ok(found) => found,
        Err(error) if is_about_source(&error) => {
            return Err(Error::io("reading a file of the plan", source, error).of_kind(ErrorKind::Precondition));
        }
        Err(error) => return Err(Error::io("storing a file of the plan", copy, error)),
    };
    if found == file.digest {
        return Ok(());
    }
    Err(changed(source, file))
}

/// A file is not what was judged.
pub fn changed(source: &Path, file: &PinnedFile) -> Error {
    let message = format!("`{}` is not what was judged: it has changed since the plan was made", file.source);
    Error::new(ErrorKind::Precondition, "file-changed", message)
        .at_path(source)
        .hinted("run `aetherra-maint scan`, `classify`, `security-eval` and `plan` again; nothing was changed")
}

/// Whether it is the source that is wrong: it vanished, became a link or something else, or may not be read.
fn is_about_source(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidInput, IsADirectory, NotADirectory, NotFound, PermissionDenied};
    matches!(error.kind(), NotFound | PermissionDenied | InvalidInput | IsADirectory | NotADirectory)
        || matches!(error.raw_os_error(), Some(libc::ELOOP | libc::ENXIO))
}

/// Fails when a content is missing or is not what its name says.
pub fn check(layout: &Layout, file: &PinnedFile) -> Result<()> {
    let path = layout.object(&file.digest);
    let found = digest_of(&path).map_err(|error| Error::io("reading a content", &path, error))?;
    if found == file.digest {
        return Ok(());
    }
    Err(Error::state("content-damaged", format!("the content of `{}` was changed in the store", file.target))
        .at_path(&path)
        .hinted("remove that file, and integrate the component again from its source"))
}

/// The digest of a file.
pub fn digest_of(path: &Path) -> std::io::Result<Digest> {
    use sha2::Digest as _;
    let mut file = crate::host::disk::open_regular(path)?;
    let mut hasher = sha2::Sha256::new();
    std::io::copy(&mut file, &mut HashWriter(&mut hasher))?;
    Ok(Digest(hasher.finalize().into()))
}

struct HashWriter<'a>(&'a mut sha2::Sha256);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        sha2::Digest::update(self.0, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
