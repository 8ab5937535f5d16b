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

/// Contents that were copied and checked, and are neither durable nor named yet.
#[derive(Debug, Default)]
pub struct Fresh(BTreeMap<Digest, PathBuf>);

impl Fresh {
    /// Where a content lies now.
    pub fn place(&self, layout: &Layout, digest: &Digest) -> PathBuf {
        self.0.get(digest).cloned().unwrap_or_else(|| layout.object(digest))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Makes their contents durable, one by one.
    pub fn flush(&self, disk: &dyn Disk) -> Result<()> {
        let failed = |path: &Path, error| Error::io("making a content durable", path, error);
        self.0.values().try_for_each(|copy| disk.sync_file(copy).map_err(|error| failed(copy, error)))
    }

    /// Gives them their names, and makes the names durable. Their contents are durable by then: a content that has its
    /// name is complete, whatever happens.
    pub fn name(&self, disk: &dyn Disk, layout: &Layout) -> Result<()> {
        for (digest, copy) in &self.0 {
            let object = layout.object(digest);
            disk.rename(copy, &object).map_err(|error| Error::io("naming a content", &object, error))?;
        }
        // Also when nothing is new: a run that was killed may have named what is there and not have come to this point.
        // The name of the folder itself becomes durable when the generation does.
        sync_dir(disk, &layout.objects())
    }

    /// Clears them away.
    pub fn discard(&self, disk: &dyn Disk) {
        // What cannot be removed now is removed by the next sweep.
        let _ = self.0.values().try_for_each(|copy| remove_file(disk, copy));
    }
}

/// Copies the pinned files that are not in the content store yet from the project. One is refused when it is not what
/// was judged.
pub fn copy_all(disk: &dyn Disk, layout: &Layout, project: &Path, files: &[&PinnedFile], stop: &Stop) -> Result<Fresh> {
    ensure_dir(disk, &layout.objects())?;
    ensure_dir(disk, &layout.staging())?;
    let mut fresh = Fresh::default();
    let copied = files.iter().try_for_each(|file| {
        stop.check()?;
        if layout.object(&file.digest).exists() || fresh.0.contains_key(&file.digest) {
            return Ok(());
        }
        // Where the next sweep finds it without looking through all contents.
        let copy = layout.staging().join(format!("new-{}", file.digest.hex()));
        remove_file(disk, &copy)?;
        // Listed before it is made, so that it is cleared away even when making it fails half-way.
        fresh.0.insert(file.digest, copy.clone());
        copy_checked(disk, &project.join(&file.source), &copy, file)
    });
    if copied.is_err() {
        fresh.discard(disk);
    }
    copied.map(|()| fresh)
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
