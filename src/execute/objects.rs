//! The content store: every content once, under its digest, read-only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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

    /// Notes where a content will lie. Fails to when it is in the store, or lies somewhere already.
    pub fn claim(&mut self, layout: &Layout, digest: Digest, place: &Path) -> bool {
        if self.0.contains_key(&digest) || layout.object(&digest).exists() {
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

    /// Gives them their names in the store. They are durable by then: a content that has its name is complete, whatever
    /// happens.
    pub fn name(&self, disk: &dyn Disk, layout: &Layout) -> Result<()> {
        self.0.iter().try_for_each(|(digest, place)| {
            let object = layout.object(digest);
            match link(disk, place, &object) {
                Ok(Linked::Yes) => Ok(()),
                Ok(Linked::Impossible) => store_copy(disk, layout, place, &object),
                Err(error) => Err(error),
            }
            .map_err(|error| Error::io("naming a content", &object, error))
        })
    }
}

/// Whether a file got a second name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// It did.
    Yes,
    /// The file system has no second names, or no more of them for this file.
    Impossible,
}

/// Gives a file a second name, where the file system can.
pub fn link(disk: &dyn Disk, from: &Path, to: &Path) -> std::io::Result<Linked> {
    let cannot = [libc::EPERM, libc::EOPNOTSUPP, libc::EMLINK, libc::EXDEV, libc::ENOSYS, libc::EACCES];
    match disk.hard_link(from, to) {
        Ok(()) => Ok(Linked::Yes),
        Err(error) if error.raw_os_error().is_some_and(|code| cannot.contains(&code)) => Ok(Linked::Impossible),
        Err(error) => Err(error),
    }
}

/// A copy of a content of a tree, complete and durable before it has its name.
fn store_copy(disk: &dyn Disk, layout: &Layout, place: &Path, object: &Path) -> std::io::Result<()> {
    // Where the next sweep finds it.
    let copy = layout.staging().join("object");
    match disk.remove_file(&copy) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    disk.copy_new(place, &copy, MODE)?;
    disk.sync_file(&copy)?;
    disk.rename(&copy, object)
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
