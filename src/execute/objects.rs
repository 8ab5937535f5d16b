//! The content store: every content once, under its digest, read-only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::files::{ensure_dir, remove_file, sync_dir};
use super::layout::Layout;
use crate::error::{Error, ErrorKind, Result};
use crate::host::{Disk, Stop};
use crate::model::{Digest, PinnedFile};

/// Nobody may change a content.
const MODE: u32 = 0o444;

/// With more new contents than this, one flush of the whole file system is cheaper than one for each.
pub const FLUSH_EACH: usize = 32;

/// Brings the pinned files into the content store. What is not there is copied from the project, and
/// refused when it is not what was judged. When this returns, all of them are durable.
pub fn store_all(disk: &dyn Disk, layout: &Layout, project: &Path, files: &[&PinnedFile], stop: &Stop) -> Result<()> {
    ensure_dir(disk, &layout.objects())?;
    ensure_dir(disk, &layout.staging())?;
    let mut fresh: BTreeMap<Digest, PathBuf> = BTreeMap::new();
    let stored = files.iter().try_for_each(|file| {
        stop.check()?;
        if layout.object(&file.digest).exists() || fresh.contains_key(&file.digest) {
            return Ok(());
        }
        // Where the next sweep finds it without looking through all contents.
        let copy = layout.staging().join(format!("new-{}", file.digest.hex()));
        remove_file(disk, &copy)?;
        // Listed before it is made, so that it is cleared away even when making it fails half-way.
        fresh.insert(file.digest, copy.clone());
        copy_checked(disk, &project.join(&file.source), &copy, file)
    });
    let stored = stored.and_then(|()| publish(disk, layout, &fresh));
    if stored.is_err() {
        // What cannot be removed now is removed by the next sweep.
        let _ = fresh.values().try_for_each(|copy| remove_file(disk, copy));
    }
    stored
}

fn copy_checked(disk: &dyn Disk, source: &Path, copy: &Path, file: &PinnedFile) -> Result<()> {
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

/// First the contents are made durable, then they get their names, then the names are made durable: a
/// content that has its name is complete, whatever happens.
fn publish(disk: &dyn Disk, layout: &Layout, fresh: &BTreeMap<Digest, PathBuf>) -> Result<()> {
    if fresh.is_empty() {
        return Ok(());
    }
    let failed = |path: &Path, error| Error::io("making a content durable", path, error);
    if fresh.len() > FLUSH_EACH {
        disk.sync_file_system(&layout.objects()).map_err(|error| failed(&layout.objects(), error))?;
    } else {
        for copy in fresh.values() {
            disk.sync_file(copy).map_err(|error| failed(copy, error))?;
        }
    }
    for (digest, copy) in fresh {
        let object = layout.object(digest);
        disk.rename(copy, &object).map_err(|error| Error::io("naming a content", &object, error))?;
    }
    // The name of the folder itself becomes durable when the generation does.
    sync_dir(disk, &layout.objects())
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
