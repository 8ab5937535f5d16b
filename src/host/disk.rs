//! Changes to the file system that must be all or nothing.
//!
//! Everything that `execute/` does to files goes through this trait, so that a test can stop it before and
//! after every single operation, make any of them fail, and replay what a power cut would have left.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::model::Digest;

/// Bytes that are copied at once.
const CHUNK: usize = 256 * 1024;

/// Operations that change files, and those that make changes durable.
pub trait Disk: Send + Sync {
    /// Makes a folder; its parent must exist.
    fn create_dir(&self, path: &Path) -> io::Result<()>;

    /// Writes a file that must not exist yet, with these permission bits.
    fn write_new(&self, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()>;

    /// Copies a file to a new one that must not exist yet, and returns the digest of what was written. Symbolic
    /// links and what is no regular file are refused.
    fn copy_new(&self, from: &Path, to: &Path, mode: u32) -> io::Result<Digest>;

    /// Makes a new file, which must not exist yet, that shares the blocks of another until one of the two is written to.
    /// It is not durable by that. Where the file system cannot, nothing is left of it.
    fn clone_new(&self, from: &Path, to: &Path, mode: u32) -> io::Result<()>;

    /// Gives a file a second name.
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes a symbolic link at `link` that says `target`.
    fn symlink(&self, target: &Path, link: &Path) -> io::Result<()>;

    /// Renames, replacing a file that is there.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file or a link.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    fn remove_dir(&self, path: &Path) -> io::Result<()>;

    /// Overwrites the beginning of a file that is there. For what a power cut may lose: it is not made durable.
    fn overwrite(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Makes the content of a file durable.
    fn sync_file(&self, path: &Path) -> io::Result<()>;

    /// Makes the names in a folder durable.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;

    /// Makes everything on the file system of `path` durable: one flush instead of a thousand.
    fn sync_file_system(&self, path: &Path) -> io::Result<()>;

    /// Whether several operations may be under way at once. One that counts or records them needs them in order.
    fn is_concurrent(&self) -> bool {
        false
    }
}

/// The disk of the machine.
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        std::fs::create_dir(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
        create_new(path, mode)?.write_all(bytes)
    }

    fn copy_new(&self, from: &Path, to: &Path, mode: u32) -> io::Result<Digest> {
        let (mut source, size) = open_sized(from)?;
        let mut target = create_new(to, mode)?;
        let mut hasher = Sha256::new();
        // Most files are smaller than a chunk: no more than that is asked of the allocator.
        let mut buffer = vec![0; usize::try_from(size).unwrap_or(CHUNK).saturating_add(1).min(CHUNK)];
        let mut copied = 0;
        loop {
            let count = match source.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let chunk = buffer.get(..count).unwrap_or_default();
            hasher.update(chunk);
            target.write_all(chunk)?;
            copied += count as u64;
            // All of it: there was room for more. What is added from now on is not part of the copy, and not of its digest.
            if copied == size && count < buffer.len() {
                break;
            }
        }
        Ok(Digest(hasher.finalize().into()))
    }

    fn clone_new(&self, from: &Path, to: &Path, mode: u32) -> io::Result<()> {
        let source = open_regular(from)?;
        let cloned = rustix::fs::ioctl_ficlone(create_new(to, mode)?, source);
        if cloned.is_err() {
            std::fs::remove_file(to)?;
        }
        Ok(cloned?)
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::hard_link(from, to)
    }

    fn symlink(&self, target: &Path, link: &Path) -> io::Result<()> {
        std::os::unix::fs::symlink(target, link)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_dir(path)
    }

    fn overwrite(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.write_all_at(bytes, 0)
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn sync_file_system(&self, path: &Path) -> io::Result<()> {
        Ok(rustix::fs::syncfs(File::open(path)?)?)
    }

    fn is_concurrent(&self) -> bool {
        true
    }
}

/// The names in a folder, in no order.
///
/// The standard library panics when a folder cannot be closed, which says nothing about what was read from it.
pub fn names_in(folder: &Path) -> io::Result<Vec<OsString>> {
    use rustix::fs::{Dir, Mode, OFlags};
    let opened = rustix::fs::open(folder, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let mut names = Vec::new();
    for entry in Dir::new(opened)? {
        let name = entry?.file_name().to_bytes().to_vec();
        if name != b"." && name != b".." {
            names.push(OsString::from_vec(name));
        }
    }
    Ok(names)
}

/// Opens a regular file, and nothing else: no link is followed and no pipe is waited for.
pub fn open_regular(path: &Path) -> io::Result<File> {
    open_sized(path).map(|(file, _)| file)
}

/// The same, with the bytes that it has.
fn open_sized(path: &Path) -> io::Result<(File, u64)> {
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    let flags = i32::try_from(flags.bits()).unwrap_or(0);
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    Ok((file, metadata.len()))
}

fn create_new(path: &Path, mode: u32) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
    // The mask of the process may have taken bits away. To look costs less than to set them: that is a write.
    if file.metadata()?.permissions().mode() & 0o7777 != mode {
        file.set_permissions(std::fs::Permissions::from_mode(mode))?;
    }
    Ok(file)
}
