//! Migrations: only forward, in one transaction, after a backup.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::database_error;
use crate::error::{Error, Result};

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
];

/// Refuses what is not ours or is newer than this binary.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<usize> {
    let read = |pragma: &str| -> Result<i64> {
        connection
            .pragma_query_value(None, pragma, |row| row.get(0))
            .map_err(|error| database_error("reading", path, error))
    };
    let (application, version) = (read("application_id")?, read("user_version")?);
    if application != 0 && application != i64::from(APPLICATION_ID) {
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

/// Brings the database to the newest version.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<()> {
    if check(connection, path)? == MIGRATIONS.len() {
        return Ok(());
    }
    let failed = |error| database_error("migrating", path, error);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Another process may have migrated while this one waited for the lock.
    let from = check(&transaction, path)?;
    if from > 0 && from < MIGRATIONS.len() {
        back_up(path, from)?;
    }
    for (_, sql) in &MIGRATIONS[from..] {
        transaction.execute_batch(sql).map_err(failed)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    transaction
        .pragma_update(None, "user_version", i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX))
        .map_err(failed)?;
    transaction.commit().map_err(failed)
}

fn back_up(path: &Path, version: usize) -> Result<()> {
    let folder = path.with_file_name("backups");
    std::fs::create_dir_all(&folder).map_err(|error| Error::io("making the backup folder", &folder, error))?;
    let target = folder.join(format!("state-v{version}.db"));
    let failed = |error| database_error("backing up", path, error);
    let source = Connection::open(path).map_err(failed)?;
    source.backup("main", &target, None::<fn(rusqlite::backup::Progress)>).map_err(failed)
}
