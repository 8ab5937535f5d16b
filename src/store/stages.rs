//! Finished runs of stages.

use rusqlite::{OptionalExtension, Row, params};

use super::{Store, Tx, statement_error};
use crate::error::Result;
use crate::model::{StageResult, StageRun};

const COLUMNS: &str = "stage, started_ns, ended_ns, result, detail, input, trace_id";

fn stage_run(row: &Row<'_>) -> rusqlite::Result<StageRun> {
    Ok(StageRun {
        stage: row.get(0)?,
        started_ns: row.get(1)?,
        ended_ns: row.get(2)?,
        // A word that only a newer version knows is shown as a failure, never as a success.
        result: StageResult::from_word(&row.get::<_, String>(3)?).unwrap_or(StageResult::Failed),
        detail: row.get(4)?,
        input: row.get(5)?,
        trace_id: row.get(6)?,
    })
}

impl Tx<'_> {
    /// Adds a finished run.
    pub fn stage_run_insert(&self, run: &StageRun) -> Result<()> {
        let sql = format!("INSERT INTO stage_runs ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        self.transaction
            .prepare_cached(&sql)
            .and_then(|mut statement| {
                statement.execute(params![
                    run.stage,
                    run.started_ns,
                    run.ended_ns,
                    run.result.word(),
                    run.detail,
                    run.input,
                    run.trace_id
                ])
            })
            .map_err(statement_error)?;
        Ok(())
    }

    /// Forgets runs that ended before `before_ns`, except the newest of each stage.
    pub fn stage_runs_prune(&self, before_ns: i64) -> Result<usize> {
        let sql = "DELETE FROM stage_runs WHERE ended_ns < ?1
                   AND id NOT IN (SELECT max(id) FROM stage_runs GROUP BY stage)";
        self.transaction.execute(sql, [before_ns]).map_err(statement_error)
    }
}

impl Store {
    /// The newest run of a stage.
    pub fn stage_run_latest(&self, stage: &str) -> Result<Option<StageRun>> {
        let sql = format!("SELECT {COLUMNS} FROM stage_runs WHERE stage = ?1 ORDER BY id DESC LIMIT 1");
        self.connection
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_row([stage], stage_run).optional())
            .map_err(statement_error)
    }

    /// The newest runs of a stage, newest first.
    pub fn stage_runs_latest(&self, stage: &str, limit: usize) -> Result<Vec<StageRun>> {
        let sql = format!("SELECT {COLUMNS} FROM stage_runs WHERE stage = ?1 ORDER BY id DESC LIMIT ?2");
        let mut statement = self.connection.prepare_cached(&sql).map_err(statement_error)?;
        let rows = statement.query_map(params![stage, limit], stage_run).map_err(statement_error)?;
        rows.collect::<rusqlite::Result<_>>().map_err(statement_error)
    }

    /// How many runs since `since_ns` there were, and how many of them failed.
    pub fn stage_runs_since(&self, since_ns: i64) -> Result<(u64, u64)> {
        let sql = "SELECT count(*), count(*) FILTER (WHERE result = 'failed') FROM stage_runs WHERE ended_ns >= ?1";
        self.connection.query_row(sql, [since_ns], |row| Ok((row.get(0)?, row.get(1)?))).map_err(statement_error)
    }
}
