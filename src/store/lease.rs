//! One mutating run at a time: a lease on the state directory.
//!
//! # Locking
//!
//! The lease is an advisory lock on a file. The kernel releases it when the process ends, however it ends,
//! so there is nothing to unlock by hand after a `kill -9`. What the file says (who holds it) is for people;
//! the lock itself is what counts. Readers take no lease and never wait.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::DATABASE;
use crate::error::{Error, ErrorKind, Result};
use crate::host::Host;

/// The folder that holds the state of a project.
pub const STATE_FOLDER: &str = ".aetherra";

/// The lock file in the state directory.
pub const LOCK_FILE: &str = "run.lock";

/// The code of the error that says that another run holds the state.
pub const LOCKED: &str = "state-locked";

/// How long to rest between two attempts.
const RETRY: Duration = Duration::from_millis(50);

/// More than this the lock file never says; a longer one was not written by us.
const HOLDER_LIMIT: u64 = 200;

/// The right to write, held until it is dropped or the process ends.
#[derive(Debug)]
pub struct Lease {
    file: File,
}

impl Lease {
    /// Takes the lease, making the state directory when there is none, and waits for up to `patience`.
    ///
    /// Fails with [`ErrorKind::Locked`] when another run holds it, and with [`ErrorKind::State`] when the
    /// directory cannot be made or written, or belongs to another user.
    pub fn take(directory: &Path, patience: Duration, host: &Host) -> Result<Self> {
        prepare(directory)?;
        let path = directory.join(LOCK_FILE);
        let failed = |error| Error::io("locking the state", &path, error);
        let mut file = private(OpenOptions::new().read(true).write(true).create(true).truncate(false), &path)?;
        let patience_ns = i64::try_from(patience.as_nanos()).unwrap_or(i64::MAX);
        let until_ns = host.clock.now_ns().saturating_add(patience_ns);
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(failed(error)),
                Err(TryLockError::WouldBlock) if host.clock.now_ns() >= until_ns => {
                    return Err(locked(&mut file, &path));
                }
                Err(TryLockError::WouldBlock) => {
                    host.stop.check()?;
                    host.clock.sleep(RETRY);
                }
            }
        }
        let holder = format!("process {} since {}\n", std::process::id(), host.clock.now());
        file.set_len(0).and_then(|()| file.write_all(holder.as_bytes())).map_err(failed)?;
        Ok(Self { file })
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // The kernel releases the lock with the file; emptying it only spares a reader an old name.
        let _ = self.file.set_len(0);
    }
}

/// Who holds the lease, in words that may be empty; none when it is free. Takes nothing.
pub fn is_held(directory: &Path) -> Result<Option<String>> {
    let path = directory.join(LOCK_FILE);
    let failed = |error| Error::io("looking at the lock", &path, error);
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    // A shared lock conflicts with the exclusive one of a run, and not with that of another onlooker.
    match file.try_lock_shared() {
        Ok(()) => Ok(None),
        Err(TryLockError::WouldBlock) => Ok(Some(holder(&mut file))),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

fn holder(file: &mut File) -> String {
    let mut holder = String::new();
    let told = file.seek(SeekFrom::Start(0)).and_then(|_| file.take(HOLDER_LIMIT).read_to_string(&mut holder));
    match (told, holder.trim()) {
        (Ok(_), known) if !known.is_empty() => format!(" ({known})"),
        _ => String::new(),
    }
}

fn locked(file: &mut File, path: &Path) -> Error {
    let by = holder(file);
    Error::new(ErrorKind::Locked, LOCKED, format!("another run holds the state{by}"))
        .at_path(path)
        .hinted("run the command again when it is done, or give `--on-lock wait` or `--on-lock skip`")
}

/// Makes the directory for its owner alone, and the database file in it likewise; SQLite gives the files
/// beside the database the same permissions.
fn prepare(directory: &Path) -> Result<()> {
    if directory.exists() && !directory.is_dir() {
        return Err(Error::state("state-no-file", "the state directory is no folder")
            .at_path(directory)
            .hinted("name a folder with `--state DIR`, or move what is there out of the way"));
    }
    if !directory.is_dir() {
        make(directory).map_err(|error| Error::io("making the state directory", directory, error))?;
    }
    let metadata =
        directory.metadata().map_err(|error| Error::io("looking at the state directory", directory, error))?;
    let user = rustix::process::geteuid();
    if metadata.uid() != user.as_raw() && !user.is_root() {
        return Err(Error::state(
            "state-foreign-owner",
            format!("the state directory belongs to user {}, and this run is user {}", metadata.uid(), user.as_raw()),
        )
        .at_path(directory)
        .hinted("run as its owner, or name another state directory with `--state DIR`"));
    }
    private(OpenOptions::new().append(true).create(true), &directory.join(DATABASE)).map(drop)
}

/// Makes a folder with those above it, durably: what is recorded in it must not vanish with its name.
fn make(directory: &Path) -> std::io::Result<()> {
    let missing: Vec<&Path> = directory.ancestors().take_while(|folder| !folder.is_dir()).collect();
    DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    for folder in missing {
        let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(above)?.sync_all()?;
    }
    Ok(())
}

fn private(options: &mut OpenOptions, path: &Path) -> Result<File> {
    super::refuse_what_is_no_file(path)?;
    options.mode(0o600).open(path).map_err(|error| Error::io("opening the state", path, error))
}

/// Where the state of a project is: the nearest [`STATE_FOLDER`] above that holds a database, else the one
/// in the project itself, whether or not it exists yet.
///
/// A host may keep files of its own in folders of that name; without a database they are not state.
pub fn discover(project: &Path) -> PathBuf {
    let own = if project == Path::new(".") { PathBuf::from(STATE_FOLDER) } else { project.join(STATE_FOLDER) };
    if own.join(DATABASE).is_file() {
        return own;
    }
    let Ok(absolute) = project.canonicalize() else { return own };
    absolute
        .ancestors()
        .skip(1)
        .map(|folder| folder.join(STATE_FOLDER))
        .find(|folder| folder.join(DATABASE).is_file())
        .unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holder_at_a_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join("a/state");
        let host = Host::fake(0, 1);
        let first = Lease::take(&state, Duration::ZERO, &host).expect("free");
        let second = Lease::take(&state, Duration::from_millis(100), &host).expect_err("taken");
        assert_eq!((second.kind, second.code), (ErrorKind::Locked, LOCKED));
        assert!(second.message.contains(&std::process::id().to_string()), "{}", second.message);
        drop(first);
        Lease::take(&state, Duration::ZERO, &host).expect("free again");
    }

    #[test]
    fn state_is_private() {
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join("state");
        let _lease = Lease::take(&state, Duration::ZERO, &Host::fake(0, 1)).expect("free");
        let mode = |path: &Path| path.metadata().expect("it exists").mode() & 0o777;
        assert_eq!(mode(&state), 0o700);
        assert_eq!(mode(&state.join(LOCK_FILE)), 0o600);
        assert_eq!(mode(&state.join(DATABASE)), 0o600);
    }

    #[test]
    fn the_nearest_state_counts_and_a_host_folder_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a path");
        let project = root.join("outer/inner");
        std::fs::create_dir_all(project.join(STATE_FOLDER)).expect("a host's folder");
        std::fs::write(project.join(STATE_FOLDER).join("kernel_dlq.jsonl"), "").expect("a host's file");
        assert_eq!(discover(&project), project.join(STATE_FOLDER));
        let above = root.join("outer").join(STATE_FOLDER);
        std::fs::create_dir_all(&above).expect("a folder");
        std::fs::write(above.join(DATABASE), "").expect("a database");
        assert_eq!(discover(&project), above);
        std::fs::write(project.join(STATE_FOLDER).join(DATABASE), "").expect("a database");
        assert_eq!(discover(&project), project.join(STATE_FOLDER));
    }
}
