//! Disks that fail, die, or remember.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::host::{Disk, SystemDisk};
use crate::model::Digest;

/// The panic that stands for `kill -9`: nothing after it runs.
pub struct Killed;

/// What happens at one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// The process ends before it.
    KillBefore,
    /// The process ends in the middle of it, if it writes; else before it.
    KillMidway,
    /// The process ends after it.
    KillAfter,
    /// It fails once.
    Once(i32),
    /// It fails, and so does everything after it that needs space.
    NoSpace,
}

/// How files of a file system can share what is in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocks {
    /// By second names alone.
    Linked,
    /// As files of their own.
    Cloned,
    /// Not at all.
    Copied,
}

impl Blocks {
    pub const ALL: [Self; 3] = [Self::Linked, Self::Cloned, Self::Copied];

    fn clones(self) -> io::Result<()> {
        if self == Self::Cloned { Ok(()) } else { Err(io::Error::from_raw_os_error(libc::EOPNOTSUPP)) }
    }

    fn links(self) -> io::Result<()> {
        if self == Self::Linked { Ok(()) } else { Err(io::Error::from_raw_os_error(libc::EPERM)) }
    }
}

/// A disk that fails at one operation.
pub struct FaultyDisk {
    at: usize,
    fault: Fault,
    count: AtomicUsize,
    sharing: Blocks,
}

impl FaultyDisk {
    pub fn new(at: usize, fault: Fault) -> Self {
        Self { at, fault, count: AtomicUsize::new(0), sharing: Blocks::Linked }
    }

    /// The same on a file system that shares blocks in this way.
    pub fn sharing(self, sharing: Blocks) -> Self {
        Self { sharing, ..self }
    }

    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }

    fn run<T>(
        &self,
        needs_space: bool,
        midway: impl FnOnce(),
        operation: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        let now = self.count.fetch_add(1, Ordering::Relaxed);
        if now < self.at {
            return operation();
        }
        let is_it = now == self.at;
        match self.fault {
            Fault::KillBefore if is_it => std::panic::panic_any(Killed),
            Fault::KillMidway if is_it => {
                midway();
                std::panic::panic_any(Killed)
            }
            Fault::KillAfter if is_it => {
                let _ = operation();
                std::panic::panic_any(Killed)
            }
            Fault::Once(code) if is_it => Err(io::Error::from_raw_os_error(code)),
            Fault::NoSpace if needs_space || is_it => Err(io::Error::from_raw_os_error(libc::ENOSPC)),
            _ => operation(),
        }
    }
}

impl Disk for FaultyDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.run(true, || {}, || SystemDisk.create_dir(path))
    }

    fn write_new(&self, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
        let midway = || {
            let _ = SystemDisk.write_new(path, &bytes[..bytes.len() / 2], mode);
        };
        self.run(true, midway, || SystemDisk.write_new(path, bytes, mode))
    }

    fn copy_new(&self, from: &Path, to: &Path, mode: u32) -> io::Result<Digest> {
        let midway = || {
            let bytes = std::fs::read(from).unwrap_or_default();
            let _ = SystemDisk.write_new(to, &bytes[..bytes.len() / 2], mode);
        };
        self.run(true, midway, || SystemDisk.copy_new(from, to, mode))
    }

    fn clone_new(&self, from: &Path, to: &Path, mode: u32) -> io::Result<()> {
        self.sharing.clones()?;
        self.run(true, || {}, || SystemDisk.copy_new(from, to, mode).map(drop))
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.sharing.links()?;
        self.run(true, || {}, || SystemDisk.hard_link(from, to))
    }

    fn symlink(&self, target: &Path, link: &Path) -> io::Result<()> {
        self.run(true, || {}, || SystemDisk.symlink(target, link))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.run(false, || {}, || SystemDisk.rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.run(false, || {}, || SystemDisk.remove_file(path))
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.run(false, || {}, || SystemDisk.remove_dir(path))
    }

    fn overwrite(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.run(false, || {}, || SystemDisk.overwrite(path, bytes))
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.run(false, || {}, || SystemDisk.sync_file(path))
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.run(false, || {}, || SystemDisk.sync_dir(path))
    }

    fn sync_file_system(&self, _path: &Path) -> io::Result<()> {
        // A real one would flush the whole machine for every case of a test.
        self.run(false, || {}, || Ok(()))
    }
}

/// One operation as it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    CreateDir(PathBuf),
    Write(PathBuf, Vec<u8>),
    Link(PathBuf, PathBuf),
    Symlink(PathBuf, PathBuf),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    SyncFile(PathBuf),
    SyncDir(PathBuf),
    SyncAll,
}

impl Op {
    pub fn is_sync(&self) -> bool {
        matches!(self, Self::SyncFile(_) | Self::SyncDir(_) | Self::SyncAll)
    }
}

/// A disk that remembers what was done, and what `observe` said before each operation.
pub struct RecordingDisk<T> {
    observe: Box<dyn Fn() -> T + Send + Sync>,
    kill_at: usize,
    sharing: Blocks,
    pub done: Mutex<Vec<(Op, T)>>,
}

impl<T: Send> RecordingDisk<T> {
    pub fn new(observe: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self { observe: Box::new(observe), kill_at: usize::MAX, sharing: Blocks::Linked, done: Mutex::new(Vec::new()) }
    }

    /// The process ends before this operation.
    pub fn killed_at(self, kill_at: usize) -> Self {
        Self { kill_at, ..self }
    }

    /// The same on a file system that shares blocks in this way.
    pub fn sharing(self, sharing: Blocks) -> Self {
        Self { sharing, ..self }
    }

    fn run<R>(&self, op: impl FnOnce() -> Op, operation: impl FnOnce() -> io::Result<R>) -> io::Result<R> {
        if self.done.lock().unwrap().len() == self.kill_at {
            std::panic::panic_any(Killed);
        }
        let before = (self.observe)();
        let result = operation()?;
        self.done.lock().unwrap().push((op(), before));
        Ok(result)
    }
}

impl<T: Send> Disk for RecordingDisk<T> {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.run(|| Op::CreateDir(path.to_path_buf()), || SystemDisk.create_dir(path))
    }

    fn write_new(&self, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
        self.run(|| Op::Write(path.to_path_buf(), bytes.to_vec()), || SystemDisk.write_new(path, bytes, mode))
    }

    fn copy_new(&self, from: &Path, to: &Path, mode: u32) -> io::Result<Digest> {
        let op = || Op::Write(to.to_path_buf(), std::fs::read(to).unwrap());
        self.run(op, || SystemDisk.copy_new(from, to, mode))
    }

    fn clone_new(&self, from: &Path, to: &Path, mode: u32) -> io::Result<()> {
        self.sharing.clones()?;
        self.copy_new(from, to, mode).map(drop)
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.sharing.links()?;
        self.run(|| Op::Link(from.to_path_buf(), to.to_path_buf()), || SystemDisk.hard_link(from, to))
    }

    fn symlink(&self, target: &Path, link: &Path) -> io::Result<()> {
        self.run(|| Op::Symlink(target.to_path_buf(), link.to_path_buf()), || SystemDisk.symlink(target, link))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.run(|| Op::Rename(from.to_path_buf(), to.to_path_buf()), || SystemDisk.rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.run(|| Op::Remove(path.to_path_buf()), || SystemDisk.remove_file(path))
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        self.run(|| Op::Remove(path.to_path_buf()), || SystemDisk.remove_dir(path))
    }

    fn overwrite(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // Only the signer of the ledger does this, and its own tests replay what a power cut leaves of that.
        SystemDisk.overwrite(path, bytes)
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        self.run(|| Op::SyncFile(path.to_path_buf()), || Ok(()))
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.run(|| Op::SyncDir(path.to_path_buf()), || Ok(()))
    }

    fn sync_file_system(&self, _path: &Path) -> io::Result<()> {
        self.run(|| Op::SyncAll, || Ok(()))
    }
}
