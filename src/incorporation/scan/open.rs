//! Opening files and folders of a tree that may be hostile or may change at any moment.
//!
//! Everything is opened relative to the root's own handle, without following a symbolic link at any step,
//! and without ever waiting for a pipe or touching a device.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fs::{CWD, FileType, Mode, OFlags, Stat, fstat, open, openat};

use crate::model::FileStat;

/// How files are opened: never through a link, never waiting for the other end of a pipe.
const FILE_FLAGS: OFlags =
    OFlags::RDONLY.union(OFlags::NOFOLLOW).union(OFlags::NONBLOCK).union(OFlags::CLOEXEC).union(OFlags::NOCTTY);

/// How folders are opened.
const FOLDER_FLAGS: OFlags = OFlags::RDONLY.union(OFlags::NOFOLLOW).union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// An open root: everything below is reached from here.
#[derive(Debug)]
pub(super) struct Anchor {
    handle: OwnedFd,
    /// Whether the kernel refuses links at every step of a path. Older ones, and some sandboxes, cannot; then
    /// only the last step is protected.
    strict: AtomicBool,
}

impl Anchor {
    /// Opens the folder that a root names. The root itself may be a link: the operator named it.
    pub(super) fn new(root: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
        let handle = open(root, flags, Mode::empty())?;
        Ok(Self { handle, strict: AtomicBool::new(cfg!(target_os = "linux")) })
    }

    /// Opens a folder; the empty path is the root.
    pub(super) fn folder(&self, relative: &[u8]) -> io::Result<OwnedFd> {
        let relative = if relative.is_empty() { b"." } else { relative };
        self.open(relative, FOLDER_FLAGS)
    }

    /// Opens a regular file and says what it is; anything else is an error of the kind `InvalidInput`.
    pub(super) fn file(&self, relative: &[u8]) -> io::Result<(File, FileStat)> {
        let handle = self.open(relative, FILE_FLAGS)?;
        let stat = fstat(&handle)?;
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no longer a regular file"));
        }
        Ok((File::from(handle), file_stat(&stat)))
    }

    /// Whether the root is still the same folder at the same path.
    pub(super) fn is_still_at(&self, root: &Path) -> bool {
        let (Ok(own), Ok(there)) = (fstat(&self.handle), rustix::fs::stat(root)) else { return false };
        (own.st_dev, own.st_ino) == (there.st_dev, there.st_ino) && own.st_nlink > 0
    }

    fn open(&self, relative: &[u8], flags: OFlags) -> io::Result<OwnedFd> {
        #[cfg(target_os = "linux")]
        if self.strict.load(Ordering::Relaxed) {
            use rustix::fs::{ResolveFlags, openat2};
            let resolve = ResolveFlags::NO_SYMLINKS.union(ResolveFlags::BENEATH).union(ResolveFlags::NO_MAGICLINKS);
            match openat2(&self.handle, relative, flags, Mode::empty(), resolve) {
                Err(rustix::io::Errno::NOSYS | rustix::io::Errno::PERM) => self.strict.store(false, Ordering::Relaxed),
                result => return Ok(result?),
            }
        }
        Ok(openat(self.handle.as_fd(), relative, flags, Mode::empty())?)
    }
}

/// What the system says about a file, in our terms.
pub(super) fn file_stat(stat: &Stat) -> FileStat {
    let nanoseconds = |seconds: i64, rest: u64| {
        seconds.saturating_mul(1_000_000_000).saturating_add(i64::try_from(rest).unwrap_or(0))
    };
    FileStat {
        size: u64::try_from(stat.st_size).unwrap_or(0),
        mtime_ns: nanoseconds(stat.st_mtime, stat.st_mtime_nsec),
        ctime_ns: nanoseconds(stat.st_ctime, stat.st_ctime_nsec),
        inode: stat.st_ino,
    }
}

/// Reads a small regular file whole: never a pipe, a device, or a link to one.
pub(super) fn read_regular(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let handle = openat(CWD, path, FILE_FLAGS, Mode::empty())?;
    let stat = fstat(&handle)?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    let mut bytes = Vec::new();
    File::from(handle).take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {limit} bytes")));
    }
    Ok(bytes)
}
