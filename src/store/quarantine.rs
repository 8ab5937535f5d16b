//! Isolated files.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Row, params};

use super::{Store, Tx, statement_error};
use crate::error::{Error, Result};
use crate::model::{Digest, Quarantine, QuarantineState};

const COLUMNS: &str = "id, path, digest, size, reason, asked_by, state, moved, held_ns, resolution";

fn quarantine(row: &Row<'_>) -> rusqlite::Result<Quarantine> {
    Ok(Quarantine {
        id: row.get(0)?,
        path: row.get(1)?,
        digest: Digest(row.get(2)?),
        size: row.get(3)?,
        reason: row.get(4)?,
        trigger: row.get(5)?,
        // A word that only a newer version knows must not set anything free.
        state: QuarantineState::from_word(&row.get::<_, String>(6)?).unwrap_or(QuarantineState::Held),
        moved: row.get(7)?,
        held_ns: row.get(8)?,
        resolution: row.get(9)?,
    })
}

impl Tx<'_> {
    /// Adds an isolated file and returns its number.
    pub fn quarantine_insert(&self, item: &Quarantine) -> Result<u64> {
        self.transaction
            .execute(
                "INSERT INTO quarantine (path, digest, size, reason, asked_by, state, moved, held_ns)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    item.path,
                    item.digest.0,
                    item.size,
                    item.reason,
                    item.trigger,
                    item.state.word(),
                    item.moved,
                    item.held_ns
                ],
            )
            .map_err(statement_error)?;
        u64::try_from(self.transaction.last_insert_rowid()).map_err(|_| Error::bug("an item has a negative number"))
    }

    /// Says what has become of an isolated file.
    pub fn quarantine_resolve(&self, id: u64, state: QuarantineState, resolution: &str) -> Result<()> {
        self.transaction
            .execute(
                "UPDATE quarantine SET state = ?2, resolution = ?3 WHERE id = ?1",
                params![id, state.word(), resolution],
            )
            .map_err(statement_error)?;
        Ok(())
    }

    /// Says that the original was taken away.
    pub fn quarantine_moved(&self, id: u64) -> Result<()> {
        self.transaction.execute("UPDATE quarantine SET moved = 1 WHERE id = ?1", [id]).map_err(statement_error)?;
        Ok(())
    }
}

impl Store {
    /// One isolated file.
    pub fn quarantine_item(&self, id: u64) -> Result<Option<Quarantine>> {
        let sql = format!("SELECT {COLUMNS} FROM quarantine WHERE id = ?1");
        self.connection.query_row(&sql, [id], quarantine).optional().map_err(statement_error)
    }

    /// All files that are or were isolated, oldest first.
    pub fn quarantine_items(&self) -> Result<Vec<Quarantine>> {
        let sql = format!("SELECT {COLUMNS} FROM quarantine ORDER BY id");
        let mut statement = self.connection.prepare(&sql).map_err(statement_error)?;
        let rows = statement.query_map([], quarantine).map_err(statement_error)?;
        rows.collect::<rusqlite::Result<_>>().map_err(statement_error)
    }

    /// The paths that are held.
    pub fn quarantine_paths(&self) -> Result<BTreeSet<String>> {
        let mut statement = self
            .connection
            .prepare("SELECT DISTINCT path FROM quarantine WHERE state = 'held'")
            .map_err(statement_error)?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(statement_error)?;
        rows.collect::<rusqlite::Result<_>>().map_err(statement_error)
    }

    /// How many times something was isolated since `since_ns`; what was isolated in one go counts once.
    pub fn quarantines_since(&self, since_ns: i64) -> Result<u64> {
        let sql = "SELECT count(DISTINCT held_ns) FROM quarantine WHERE held_ns >= ?1";
        self.connection.query_row(sql, [since_ns], |row| row.get(0)).map_err(statement_error)
    }
}
