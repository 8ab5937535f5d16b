//! Migrations: only forward, in one transaction, after a backup.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::ledger_verify::schema_digest;
use super::signer::{Signer, Signing};
use super::{LedgerPolicy, Tx, append_all, database_error};
use crate::error::{Error, Result};
use crate::host::Host;
use crate::model::NewEntry;
use crate::model::ledger::BEGIN;

/// Marks the file as ours ("AeMt").
pub(super) const APPLICATION_ID: i32 = 0x4165_4d74;

/// Every migration in order: its name and its SQL. A released one never changes.
pub const MIGRATIONS: &[(&str, &str)] = &[
    ("0001-ledger", include_str!("../../schemas/store/0001-ledger.sql")),
    ("0002-index", include_str!("../../schemas/store/0002-index.sql")),
    ("0003-classification", include_str!("../../schemas/store/0003-classification.sql")),
    ("0004-evaluation", include_str!("../../schemas/store/0004-evaluation.sql")),
    ("0005-incorporation", include_str!("../../schemas/store/0005-incorporation.sql")),
    ("0006-homeostasis", include_str!("../../schemas/store/0006-homeostasis.sql")),
    ("0007-trust", include_str!("../../schemas/store/0007-trust.sql")),
    ("0008-differences", include_str!("../../schemas/store/0008-differences.sql")),
    ("0009-asked", include_str!("../../schemas/store/0009-asked.sql")),
    ("0010-contents", include_str!("../../schemas/store/0010-contents.sql")),
    ("0011-digests", include_str!("../../schemas/store/0011-digests.sql")),
];

/// Refuses what is not ours or is newer than this binary.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<usize> {
    let read = |pragma: &str| -> Result<i64> {
        connection
            .pragma_query_value(None, pragma, |row| row.get(0))
            .map_err(|error| database_error("reading", path, error))
    };
    // Most programs give their databases no identity; only a database without tables is nobody's. The tables are
    // counted first: another run of ours makes them and the identity in one step, and may do so right now.
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| database_error("reading", path, error))?;
    let (application, version) = (read("application_id")?, read("user_version")?);
    let is_ours = application == i64::from(APPLICATION_ID);
    if !is_ours && (application != 0 || tables > 0) {
        return Err(Error::state("state-foreign", "this database belongs to another program")
            .at_path(path)
            .hinted("name another state directory with `--state DIR`"));
    }
    let version = usize::try_from(version).unwrap_or(usize::MAX);
    if version > MIGRATIONS.len() {
        return Err(Error::state(
            "state-newer",
            format!("the state is of version {version}; this binary knows versions up to {}", MIGRATIONS.len()),
        )
        .at_path(path)
        .hinted("use the newer aetherra-maint that wrote it, or restore a backup from the `backups` folder"));
    }
    Ok(version)
}

/// Brings the database to the newest version, and records that. A database that is only
/// tried out has no signer's memory.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    signing: Option<&mut Signing>,
    policy: &LedgerPolicy,
    host: &Host,
) -> Result<()> {
    migrate_through(MIGRATIONS, connection, path, signing, policy, host)
}

fn migrate_through(
    migrations: &[(&str, &str)],
    connection: &mut Connection,
    path: &Path,
    signing: Option<&mut Signing>,
    policy: &LedgerPolicy,
    host: &Host,
) -> Result<()> {
    if check(connection, path)? == migrations.len() {
        return Ok(());
    }
    let failed = |error| database_error("migrating", path, error);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Another process may have migrated while this one waited for the lock.
    let from = check(&transaction, path)?;
    if from == migrations.len() {
        return Ok(());
    }
    if from > 0 {
        back_up(path, from)?;
    }
    for (_, sql) in migrations.iter().skip(from) {
        transaction.execute_batch(sql).map_err(failed)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    let version = migrations.len();
    transaction.pragma_update(None, "user_version", i64::try_from(version).unwrap_or(i64::MAX)).map_err(failed)?;
    let entry = if from == 0 {
        beginning(&Signer::load_or_make(signing.as_deref().map(Signing::directory), host)?)?
    } else {
        NewEntry::new("state.migrate", "state.db", format!("from version {from} to {version}"))
    };
    append_all(signing, policy, host, Tx { transaction }, "", vec![entry]).map(drop)
}

/// A key that has signed a ledger which is not here any more.
pub(super) fn key_used() -> Error {
    Error::state("ledger-key-used", "the database is gone, and the key of the ledger has been used already")
        .hinted("restore the database from a backup, or move the folder `ledger` away to begin a new ledger")
}

/// The first entry: which log this is, what its tables are, and the key that everything signed goes back to.
fn beginning(signer: &Signer) -> Result<NewEntry> {
    if signer.signed.is_some() {
        return Err(key_used());
    }
    let key = signer.key(0).and_then(|key| key.public(&signer.origin)).ok_or_else(key_used)?;
    let identity = signer.identity.public(&signer.origin);
    let identity = identity.ok_or_else(|| Error::bug("the name of the ledger fits no key"))?;
    let reason = format!("schema {} key {key} identity {identity}", schema_digest());
    let mut entry = NewEntry::new(BEGIN, signer.origin.clone(), reason);
    entry.actor = "aetherra-maint".to_owned();
    Ok(entry)
}

/// Copies the database beside itself before it is changed: as private as it is, and there as a whole or not at all.
fn back_up(path: &Path, version: usize) -> Result<()> {
    let folder = path.with_file_name("backups");
    let failed = |error| Error::io("backing up before the migration", &folder, error);
    if !folder.is_dir() {
        DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(failed)?;
    }
    let file = tempfile::Builder::new().prefix(".backup-").tempfile_in(&folder).map_err(failed)?;
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|source| source.backup("main", file.path(), None::<fn(rusqlite::backup::Progress)>))
        .map_err(|error| database_error("backing up", path, error))?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(folder.join(format!("state-v{version}.db"))).map_err(|error| failed(error.error))?;
    std::fs::File::open(&folder).and_then(|folder| folder.sync_all()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unmarked_database_of_another_program_is_refused() {
        let path = Path::new("state.db");
        let connection = Connection::open_in_memory().expect("a database");
        assert_eq!(check(&connection, path).expect("an empty one is nobody's"), 0);
        connection.execute_batch("CREATE TABLE theirs (x)").expect("a table");
        assert_eq!(check(&connection, path).expect_err("not ours").code, "state-foreign");
    }

    /// A state as a version of the program made it.
    fn old_state(version: usize, directory: &Path, host: &Host) -> Connection {
        let path = directory.join("state.db");
        let policy = LedgerPolicy::usual().expect("a policy");
        let mut old = Connection::open(&path).expect("a database");
        super::super::configure(&old).expect("settings");
        let signing = &mut Signing::new(directory);
        migrate_through(&MIGRATIONS[..version], &mut old, &path, Some(signing), &policy, host).expect("an old state");
        old
    }

    /// What a version with the table of generations could have held.
    const OLD_GENERATION: &str = "INSERT INTO generations
        (number, parent, plan, cause, state, digest, made_ns, components)
        VALUES (1, 0, NULL, 'integrate', 'live', zeroblob(32), 7, '[]');
        INSERT INTO changes (cause, from_generation, to_generation, state, began_ns, ended_ns)
        VALUES ('integrate', 0, 1, 'done', 6, 7);";

    #[test]
    fn a_generation_keeps_what_is_in_it() {
        let host = Host::fake(0, 1);
        let list = r#"[{"id":"a.py","name":"a","kind":"PLUGIN","action":"load_plugin","digest":"DIGEST","files":[],"risk":0.0,"tier":"STANDARD","decision":"approve"}]"#
            .replace("DIGEST", &crate::model::Digest::of(b"a").to_string());
        // From then on the list has a table of its own.
        let moved = MIGRATIONS.iter().position(|(name, _)| *name == "0010-contents").expect("it is there");
        for version in 5..=moved {
            let folder = tempfile::tempdir().expect("a folder");
            let old = old_state(version, folder.path(), &host);
            old.execute_batch(OLD_GENERATION).expect("a generation");
            old.execute("UPDATE generations SET components = ?1", [&list]).expect("its list");
            drop(old);
            let store = super::super::Store::open(folder.path(), &host).expect("a newer state");
            let (parent, components) = store.generation_deployed().expect("what is deployed");
            assert_eq!((parent.generation, serde_json::to_string(&components).expect("a list")), (1, list.clone()));
        }
    }

    #[test]
    fn every_older_version_is_copied_and_brought_up_to_date() {
        let host = Host::fake(0, 1);
        for version in 1..MIGRATIONS.len() {
            let folder = tempfile::tempdir().expect("a folder");
            drop(old_state(version, folder.path(), &host));
            let refused = super::super::Store::open_to_read(folder.path(), &host).err().expect("no way to read it");
            assert_eq!(refused.code, "state-older");
            drop(super::super::Store::open(folder.path(), &host).expect("a newer state"));
            let store = super::super::Store::open_to_read(folder.path(), &host).expect("a way to read it");
            let verified = store.ledger_verify(&[], super::super::Reach::Whole).expect("a check");
            assert!(verified.fault.is_none() && store.ledger_head().expect("a head").is_some_and(|head| head.seq == 2));
            let copy = Connection::open(folder.path().join(format!("backups/state-v{version}.db"))).expect("a copy");
            assert_eq!(check(&copy, folder.path()).expect("a state"), version);
            let whole: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("an answer");
            assert_eq!(whole, "ok");
        }
    }
}
