//! Looking after the database file itself: its version, its integrity, a copy of it.

use std::path::{Path, PathBuf};

use super::migrate::{MIGRATIONS, check};
use super::{DATABASE, Store, database_error, reader};
use crate::error::{Error, Result};

/// The version of the database in a directory; none when there is no database or it is still empty.
///
/// Fails when the file is not ours, corrupt, or newer than this binary.
pub fn version_at(directory: &Path) -> Result<Option<usize>> {
    let path = directory.join(DATABASE);
    if !path.metadata().is_ok_and(|metadata| metadata.len() > 0) {
        return Ok(None);
    }
    let connection = reader(&path).map_err(|error| database_error("opening", &path, error))?;
    check(&connection, &path).map(Some)
}

/// The names of all migrations, oldest first.
pub fn migration_names() -> Vec<&'static str> {
    MIGRATIONS.iter().map(|(name, _)| *name).collect()
}

impl Store {
    /// Each table of ours with the number of its rows, sorted by name.
    pub fn table_sizes(&self) -> Result<Vec<(String, u64)>> {
        let failed = |error| database_error("reading", &self.directory.join(DATABASE), error);
        let mut statement = self
            .connection
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
            .map_err(failed)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(failed)?;
        let names = rows.collect::<rusqlite::Result<Vec<String>>>().map_err(failed)?;
        names
            .into_iter()
            .map(|name| {
                // The name comes from the schema, and a double quote in it is doubled.
                let query = format!("SELECT count(*) FROM \"{}\"", name.replace('"', "\"\""));
                let rows = self.connection.query_row(&query, [], |row| row.get(0)).map_err(failed)?;
                Ok((name, rows))
            })
            .collect()
    }

    /// When the newest ledger entry was made, in nanoseconds since 1970.
    pub fn newest_entry_time(&self) -> Result<Option<i64>> {
        self.connection
            .query_row("SELECT (SELECT time_ns FROM ledger ORDER BY seq DESC LIMIT 1)", [], |row| row.get(0))
            .map_err(|error| database_error("reading", &self.directory.join(DATABASE), error))
    }

    /// What SQLite's own check finds wrong with the file; nothing when it is sound.
    pub fn integrity_problems(&self) -> Result<Vec<String>> {
        let failed = |error| database_error("checking", &self.directory.join(DATABASE), error);
        let mut statement = self.connection.prepare("PRAGMA integrity_check(20)").map_err(failed)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(failed)?;
        let problems: rusqlite::Result<Vec<String>> = rows.collect();
        Ok(problems.map_err(failed)?.into_iter().filter(|problem| problem != "ok").collect())
    }

    /// Copies the database to `target`, which must not exist; a reader may go on meanwhile. The copy appears
    /// in one step and is as private as the original.
    pub fn back_up_to(&self, target: &Path) -> Result<PathBuf> {
        if target.exists() {
            return Err(Error::usage("file-exists", "the backup would overwrite a file")
                .at_path(target)
                .hinted("name a file that does not exist yet"));
        }
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let failed = |error| Error::io("writing the backup", target, error);
        std::fs::create_dir_all(folder).map_err(failed)?;
        let file = tempfile::Builder::new().prefix(".backup-").tempfile_in(folder).map_err(failed)?;
        self.connection
            .backup("main", file.path(), None::<fn(rusqlite::backup::Progress)>)
            .map_err(|error| database_error("backing up", target, error))?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist_noclobber(target).map_err(|error| failed(error.error))?;
        Ok(target.to_path_buf())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Host;

    #[test]
    fn a_backup_is_the_same_state() {
        let folder = tempfile::tempdir().expect("a folder");
        let host = Host::fake(0, 1);
        let store = Store::open(&folder.path().join("one"), &host).expect("fresh state");
        let copy = folder.path().join("two").join(DATABASE);
        store.back_up_to(&copy).expect("a copy");
        assert!(store.back_up_to(&copy).is_err(), "a backup never overwrites");
        let again = Store::open_to_read(&folder.path().join("two"), &host).expect("the copy opens");
        assert_eq!(again.table_sizes().expect("tables"), store.table_sizes().expect("tables"));
        assert!(again.integrity_problems().expect("a check").is_empty());
        assert_eq!(version_at(&folder.path().join("two")).expect("a version"), Some(MIGRATIONS.len()));
    }
}
