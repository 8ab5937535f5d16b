//! Integrations after which the system got worse.

use rusqlite::{Row, params};

use super::plans::unreadable;
use super::{Store, Tx, statement_error};
use crate::error::{Error, Result};
use crate::model::{Digest, Regression};

/// An integration that can be taken back, as the search for a suspect wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentChange {
    /// The number of the change.
    pub change: u64,
    /// What was deployed before it.
    pub from: u64,
    /// What it deployed.
    pub to: u64,
    /// When it was done, nanoseconds since 1970.
    pub ended_ns: i64,
    /// The run that did it.
    pub trace_id: String,
    /// The token that undoes it.
    pub token: String,
}

type Raw = (Regression, String);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let regression = Regression {
        id: row.get(0)?,
        change: row.get(1)?,
        generation: row.get(2)?,
        reason: row.get(3)?,
        health_before: row.get(4)?,
        health_after: row.get(5)?,
        contents: Vec::new(),
        state: row.get(7)?,
        began_ns: row.get(8)?,
        judged_ns: row.get(9)?,
    };
    Ok((regression, row.get(6)?))
}

impl Tx<'_> {
    /// Adds a regression, or says again what has become of the attempt to take it back.
    pub fn regression_put(&self, regression: &Regression) -> Result<()> {
        let contents = serde_json::to_string(&regression.contents)
            .map_err(|error| Error::bug(format!("a regression cannot be written: {error}")))?;
        self.transaction
            .execute(
                "INSERT INTO regressions (change_id, generation, reason, health_before, health_after, contents, state,
                 began_ns, judged_ns) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (change_id) DO UPDATE SET state = ?7, health_after = ?5, judged_ns = ?9",
                params![
                    regression.change,
                    regression.generation,
                    regression.reason,
                    regression.health_before,
                    regression.health_after,
                    contents,
                    regression.state,
                    regression.began_ns,
                    regression.judged_ns
                ],
            )
            .map_err(statement_error)?;
        Ok(())
    }
}

impl Store {
    /// Integrations since `since_ns` whose token is still good, newest first.
    pub fn changes_recent(&self, since_ns: i64) -> Result<Vec<RecentChange>> {
        let sql = "SELECT c.id, c.from_generation, c.to_generation, c.ended_ns, l.trace_id, t.token
                   FROM changes c JOIN tokens t ON t.change_id = c.id JOIN ledger l ON l.seq = c.ledger_seq
                   WHERE c.state = 'done' AND c.cause = 'integrate' AND c.ended_ns >= ?1 AND t.spent_seq IS NULL
                   ORDER BY c.id DESC";
        let mut statement = self.connection.prepare_cached(sql).map_err(statement_error)?;
        let rows = statement
            .query_map([since_ns], |row| {
                Ok(RecentChange {
                    change: row.get(0)?,
                    from: row.get(1)?,
                    to: row.get(2)?,
                    ended_ns: row.get(3)?,
                    trace_id: row.get(4)?,
                    token: row.get(5)?,
                })
            })
            .map_err(statement_error)?;
        rows.collect::<rusqlite::Result<_>>().map_err(statement_error)
    }

    /// When a change was done, nanoseconds since 1970.
    pub fn change_ended_ns(&self, change: u64) -> Result<Option<i64>> {
        let sql = "SELECT ended_ns FROM changes WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql).map_err(statement_error)?;
        let mut rows = statement.query_map([change], |row| row.get(0)).map_err(statement_error)?;
        rows.next().transpose().map(Option::flatten).map_err(statement_error)
    }

    /// All regressions, oldest first.
    pub fn regressions(&self) -> Result<Vec<Regression>> {
        let sql = "SELECT id, change_id, generation, reason, health_before, health_after, contents, state, began_ns,
                   judged_ns FROM regressions ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql).map_err(statement_error)?;
        let rows = statement.query_map([], raw).map_err(statement_error)?;
        let rows = rows.collect::<rusqlite::Result<Vec<Raw>>>().map_err(statement_error)?;
        let parse = |(regression, contents): Raw| {
            let contents: Vec<(String, Digest)> =
                serde_json::from_str(&contents).map_err(|error| unreadable("a regression", &error))?;
            Ok(Regression { contents, ..regression })
        };
        rows.into_iter().map(parse).collect()
    }

    /// The newest reading of a metric at or before a time.
    pub fn sample_before(&self, metric: &str, time_ns: i64) -> Result<Option<f64>> {
        let sql =
            "SELECT value FROM samples WHERE metric = ?1 AND time_ns <= ?2 ORDER BY time_ns DESC, id DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql).map_err(statement_error)?;
        let mut rows = statement.query_map(params![metric, time_ns], |row| row.get(0)).map_err(statement_error)?;
        rows.next().transpose().map_err(statement_error)
    }

    /// The lowest reading of a metric after a time, up to another.
    pub fn sample_lowest(&self, metric: &str, after_ns: i64, until_ns: i64) -> Result<Option<f64>> {
        let sql = "SELECT min(value) FROM samples WHERE metric = ?1 AND time_ns > ?2 AND time_ns <= ?3";
        let mut statement = self.connection.prepare_cached(sql).map_err(statement_error)?;
        statement.query_row(params![metric, after_ns, until_ns], |row| row.get(0)).map_err(statement_error)
    }
}
