//! What is remembered: one SQLite database. The only module that names `rusqlite`.
//!
//! # Opening
//!
//! The order matters: `busy_timeout` first, so that the switch to WAL waits for other processes that open the same
//! fresh file; then the look whether the file is ours at all, before anything of it is changed; then `journal_mode`,
//! `foreign_keys`, `synchronous`, and the identity of the file. Writers start with `BEGIN IMMEDIATE`, so that two of
//! them wait for one another instead of failing half-way.
//!
//! # Writing
//!
//! There is one way to write: [`Store::record`]. It runs the change and appends its ledger entry in the
//! same transaction, so that there is no action without a record and no record without an action.

mod attestations;
mod classifications;
mod evaluations;
mod files;
pub mod generations;
mod host_audit;
mod index_summary;
pub mod lease;
mod ledger;
mod ledger_lines;
mod ledger_moved;
mod ledger_pass;
mod ledger_proofs;
mod ledger_redact;
#[cfg(test)]
mod ledger_tests;
mod ledger_verify;
mod migrate;
mod place;
mod plans;
mod quarantine;
pub mod regressions;
mod samples;
mod segments;
mod signer;
mod signer_behind;
mod stages;
mod trials;
pub mod upkeep;
mod witness;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

pub use classifications::ClassifiedFile;
pub use evaluations::StoredEvaluation;
pub use files::{KnownFile, PackedStructure, Packer};
pub use host_audit::{HostRecord, host_audit_read};
pub use ledger::{LedgerFilter, LedgerHead, LedgerPolicy};
pub use ledger_verify::Reach;
pub use segments::{Segment, segment_check};
use signer::Signing;
pub use signer_behind::SignerTrouble;
pub use witness::WitnessKey;

use crate::error::{Error, ErrorKind, Result};
use crate::host::Host;
use crate::model::NewEntry;

/// The name of the database in the state directory.
pub const DATABASE: &str = "state.db";

/// The code of the error that says that there is no state.
pub const STATE_MISSING: &str = "state-missing";

/// The code of the error that refuses to read a database of an older version.
pub const OLDER: &str = "state-older";

/// How long a connection waits for another writer before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// An open state database.
pub struct Store {
    connection: Connection,
    directory: PathBuf,
    host: Host,
    policy: LedgerPolicy,
    /// Marks what was judged with this very database.
    place: String,
    /// The signer's memory; none for a database that is only tried out.
    signing: Option<Signing>,
}

/// An open write transaction. Methods on it live in one file a noun.
pub struct Tx<'a> {
    transaction: Transaction<'a>,
}

impl Store {
    /// Opens the database in `directory`, making and migrating it as needed.
    pub fn open(directory: &Path, host: &Host) -> Result<Self> {
        std::fs::create_dir_all(directory)
            .map_err(|error| Error::io("making the state directory", directory, error))?;
        let path = directory.join(DATABASE);
        refuse_what_is_no_file(&path)?;
        let mut connection = Connection::open(&path).map_err(|error| database_error("opening", &path, error))?;
        connection.busy_timeout(BUSY_TIMEOUT).map_err(|error| database_error("opening", &path, error))?;
        // What is not ours is not changed, not even in how it keeps its journal.
        migrate::check(&connection, &path)?;
        configure(&connection).map_err(|error| database_error("opening", &path, error))?;
        let policy = LedgerPolicy::usual()?;
        let mut signing = Signing::new(directory);
        migrate::migrate(&mut connection, &path, Some(&mut signing), &policy, host)?;
        let (directory, place) = (directory.to_path_buf(), place::mark(directory));
        Ok(Self { connection, signing: Some(signing), directory, host: host.clone(), policy, place })
    }

    /// Opens an existing database to read. Readers never wait for a writer.
    ///
    /// # Errors
    /// When there is none, and when it has not the tables that this binary reads.
    pub fn open_to_read(directory: &Path, host: &Host) -> Result<Self> {
        let store = Self::open_as_it_is(directory, host)?;
        let path = directory.join(DATABASE);
        let (version, newest) = (migrate::check(&store.connection, &path)?, migrate::MIGRATIONS.len());
        if version < newest {
            let text = format!("the state is of version {version}, and only one of version {newest} can be read");
            return Err(Error::state(OLDER, text)
                .at_path(&path)
                .hinted("run `aetherra-maint state migrate`, which makes a copy first"));
        }
        Ok(store)
    }

    /// Opens an existing database of this or an older version, for what does not depend on its tables.
    ///
    /// # Errors
    /// When there is none, or a newer one.
    pub fn open_as_it_is(directory: &Path, host: &Host) -> Result<Self> {
        let path = directory.join(DATABASE);
        let missing = || match signer::signed(directory) {
            Ok(None) => Error::state(STATE_MISSING, "there is no state here yet")
                .at_path(&path)
                .hinted("run `aetherra-maint scan` first, or name the state directory with `--state DIR`"),
            // Whoever deletes the database does not get the answer of somebody who never had one.
            Ok(Some(_)) | Err(_) => migrate::key_used().at_path(&path),
        };
        match path.try_exists() {
            Ok(true) => {}
            Ok(false) => return Err(missing()),
            Err(error) => return Err(Error::io("looking for the state", &path, error)),
        }
        refuse_what_is_no_file(&path)?;
        let connection = reader(&path).map_err(|error| database_error("opening", &path, error))?;
        connection.busy_timeout(BUSY_TIMEOUT).map_err(|error| database_error("opening", &path, error))?;
        // A run that was killed before it had made the tables leaves an empty file.
        if migrate::check(&connection, &path)? == 0 {
            return Err(missing());
        }
        let policy = LedgerPolicy::usual()?;
        let (directory, place) = (directory.to_path_buf(), place::mark(directory));
        Ok(Self { connection, signing: Some(Signing::new(&directory)), directory, host: host.clone(), policy, place })
    }

    /// A database that is gone when it is dropped: what a dry run uses where there is no state yet. `directory`
    /// is where the state would be.
    pub fn in_memory(directory: &Path, host: &Host) -> Result<Self> {
        let mut connection =
            Connection::open_in_memory().map_err(|error| database_error("opening", directory, error))?;
        configure(&connection).map_err(|error| database_error("opening", directory, error))?;
        let policy = LedgerPolicy::usual()?;
        migrate::migrate(&mut connection, directory, None, &policy, host)?;
        let (directory, place) = (directory.to_path_buf(), "@memory".to_owned());
        Ok(Self { connection, directory, signing: None, host: host.clone(), policy, place })
    }

    /// The state directory.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The same store, writing entries as a policy says.
    #[must_use]
    pub fn with_policy(self, policy: LedgerPolicy) -> Self {
        Self { policy, ..self }
    }

    /// Runs a change and appends its ledger entry in one transaction.
    ///
    /// `change` returns its result and the entry, which may so tell what was done. Either both are
    /// durable when this returns, or neither.
    pub fn record<T>(
        &mut self,
        trace_id: &str,
        change: impl FnOnce(&Tx<'_>) -> Result<(T, NewEntry)>,
    ) -> Result<(T, LedgerHead)> {
        let (value, head) = self.record_all(trace_id, |tx| change(tx).map(|(value, entry)| (value, vec![entry])))?;
        Ok((value, head.ok_or_else(|| Error::bug("an entry was recorded and is not there"))?))
    }

    /// Like [`Store::record`], with any number of entries. A change that turned out to be none returns no
    /// entry, and must have written nothing.
    pub fn record_all<T>(
        &mut self,
        trace_id: &str,
        change: impl FnOnce(&Tx<'_>) -> Result<(T, Vec<NewEntry>)>,
    ) -> Result<(T, Option<LedgerHead>)> {
        let host = self.host.clone();
        let path = self.directory.join(DATABASE);
        let failed = |error| database_error("writing", &path, error);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let changes = transaction.total_changes();
        let tx = Tx { transaction };
        let (value, entries) = change(&tx)?;
        if entries.is_empty() {
            return if tx.transaction.total_changes() == changes {
                Ok((value, None))
            } else {
                Err(Error::bug("something was changed without an entry in the ledger, and was taken back"))
            };
        }
        let head = append_all(self.signing.as_mut(), &self.policy, &host, tx, trace_id, entries)?;
        Ok((value, head))
    }
}

/// Appends entries, commits, and lets the signer follow.
fn append_all(
    mut signing: Option<&mut Signing>,
    policy: &LedgerPolicy,
    host: &Host,
    tx: Tx<'_>,
    trace_id: &str,
    entries: Vec<NewEntry>,
) -> Result<Option<LedgerHead>> {
    let mut tail = tx.ledger_tail()?;
    // Another process may have written since, so the signer's memory is read anew.
    let signer = signing.as_deref_mut().map(Signing::signer).transpose()?.flatten();
    let mut signer = signer.filter(|signer| signer.accepts(tail.tree()));
    if let Some(signer) = &mut signer {
        tx.ledger_seal(&mut tail, signer, policy, host)?;
    }
    let mut head = None;
    for mut entry in entries {
        if entry.trace_id.is_empty() {
            trace_id.clone_into(&mut entry.trace_id);
        }
        head = Some(tx.ledger_append(&mut tail, &entry, policy, host)?);
    }
    let signed = tx.ledger_close(&tail, signer.as_deref())?;
    tx.transaction.commit().map_err(statement_error)?;
    if let (Some(signing), Some(signed)) = (signing, signed) {
        signing.follow(signed, tail.open_epoch(), host.disk.as_ref());
    }
    Ok(head)
}

/// Whether a journal lies beside the database of a directory, which the next writer takes back. Usually there is a
/// write-ahead log instead; a journal is what the very first write leaves when it is cut short.
pub fn has_journal(directory: &Path) -> bool {
    directory.join(format!("{DATABASE}-journal")).metadata().is_ok_and(|metadata| metadata.len() > 0)
}

/// A pipe or a device would be waited for, without end.
fn refuse_what_is_no_file(path: &Path) -> Result<()> {
    match path.metadata() {
        Ok(metadata) if !metadata.is_file() => {
            Err(Error::state("state-no-file", "what should be a file of the state is none")
                .at_path(path)
                .hinted("move what is there out of the way, or name another state directory with `--state DIR`"))
        }
        _ => Ok(()),
    }
}

/// A connection that only reads. On a file system that nobody can write to, SQLite cannot keep the index of
/// its write-ahead log; there the file is read as one that does not change, unless a log was left behind,
/// whose content would be missed.
fn reader(path: &Path) -> rusqlite::Result<Connection> {
    // A connection belongs to one thread at a time, so SQLite need not lock it for every value that is read.
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let log = PathBuf::from(format!("{}-wal", path.display()));
    let is_fixed =
        || rustix::fs::statvfs(path).is_ok_and(|status| status.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY));
    if log.metadata().map_or(0, |metadata| metadata.len()) > 0 || !is_fixed() {
        return Connection::open_with_flags(path, flags);
    }
    let escaped: String = path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags | OpenFlags::SQLITE_OPEN_URI)
}

fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(())
}

/// A journal tells of a write that was cut short, and who only reads cannot take it back (`SQLITE_READONLY_ROLLBACK`).
const READONLY_ROLLBACK: i32 = rusqlite::ffi::SQLITE_READONLY_ROLLBACK;

/// The index that readers and writers share could not be made as large as it has to be.
const SHARED_INDEX: [i32; 2] = [rusqlite::ffi::SQLITE_IOERR_SHMSIZE, rusqlite::ffi::SQLITE_IOERR_SHMMAP];

/// Turns an error of SQLite into one that says what to do.
pub(crate) fn database_error(doing: &str, path: &Path, error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode;
    let (kind, code, hint) = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            (ErrorKind::Locked, "state-busy", "another process is writing; run the command again when it is done")
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => (
            ErrorKind::State,
            "state-corrupt",
            "the file was left as it is; restore a backup from the `backups` folder beside it, or `scan --restore` the index",
        ),
        Some(ErrorCode::ReadOnly) if error.sqlite_extended_error_code() == Some(READONLY_ROLLBACK) => (
            ErrorKind::State,
            "state-journal",
            "a run that writes, such as `aetherra-maint scan`, takes the half-done write back; if the file that ends \
             in `-journal` is of another database, move it away",
        ),
        Some(ErrorCode::DiskFull) => (ErrorKind::State, "disk-full", "free some space and run the command again"),
        Some(ErrorCode::SystemIoFailure) if SHARED_INDEX.contains(&error.sqlite_extended_error_code().unwrap_or(0)) => {
            (
                ErrorKind::State,
                "disk-full",
                "free some space and run the command again: who reads needs 32 KiB beside the database, too",
            )
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => (
            ErrorKind::State,
            "state-not-writable",
            "check who owns the state directory, or name another with `--state DIR`",
        ),
        _ => (ErrorKind::State, "state-error", "see the cause; `aetherra-maint doctor` checks the state"),
    };
    Error::new(kind, code, format!("{doing} the state database failed: {error}"))
        .at_path(path)
        .hinted(hint)
        .caused_by(error)
}

/// What the store's own files use for statements on an open transaction or connection.
pub(crate) fn statement_error(error: rusqlite::Error) -> Error {
    database_error("reading or writing", Path::new(DATABASE), error)
}
