//! Trials.

use rusqlite::{OptionalExtension, Row, params};
use serde_json::Value;

use super::plans::unreadable;
use super::{Store, Tx, statement_error};
use crate::error::{Error, Result};
use crate::model::{CanaryTrial, TrialState};

const TRIAL: &str = "id, generation, stable, plan, percent, salt, state, began_ns, ends_ns, looked_ns, looks, \
                     paused_until_ns, input, evidence, verdict, ended_ns";

const IS_OPEN: &str = "state IN ('opening', 'running', 'promoting', 'stopping')";

/// A row, with what is JSON still as text.
type Raw = (CanaryTrial, String, Option<String>);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let trial = CanaryTrial {
        id: row.get(0)?,
        generation: row.get(1)?,
        stable: row.get(2)?,
        plan: row.get(3)?,
        percent: row.get(4)?,
        salt: row.get(5)?,
        // A word that only a newer version knows is taken back, which is the safe side.
        state: TrialState::from_word(&row.get::<_, String>(6)?).unwrap_or(TrialState::Stopping),
        began_ns: row.get(7)?,
        ends_ns: row.get(8)?,
        looked_ns: row.get(9)?,
        looks: row.get(10)?,
        paused_until_ns: row.get(11)?,
        input: row.get(12)?,
        evidence: Value::Null,
        verdict: None,
        ended_ns: row.get(15)?,
    };
    Ok((trial, row.get(13)?, row.get(14)?))
}

fn parse((mut trial, evidence, verdict): Raw) -> Result<CanaryTrial> {
    let failed = |error: serde_json::Error| unreadable("a trial", &error);
    trial.evidence = serde_json::from_str(&evidence).map_err(failed)?;
    trial.verdict = verdict.map(|text| serde_json::from_str(&text)).transpose().map_err(failed)?;
    Ok(trial)
}

impl Tx<'_> {
    /// Adds a trial and returns its number. Only one can be open.
    pub fn trial_insert(&self, trial: &CanaryTrial) -> Result<u64> {
        self.transaction
            .execute(
                "INSERT INTO trials (generation, stable, plan, percent, salt, state, began_ns, ends_ns, looks, input,
                 evidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10)",
                params![
                    trial.generation,
                    trial.stable,
                    trial.plan,
                    trial.percent,
                    trial.salt,
                    trial.state.word(),
                    trial.began_ns,
                    trial.ends_ns,
                    trial.input,
                    trial.evidence.to_string()
                ],
            )
            .map_err(statement_error)?;
        u64::try_from(self.transaction.last_insert_rowid()).map_err(|_| Error::bug("a trial has a negative number"))
    }

    /// The trial gets its share from now on.
    pub fn trial_run(&self, id: u64, began_ns: i64, ends_ns: i64) -> Result<()> {
        let sql =
            "UPDATE trials SET state = 'running', began_ns = ?2, ends_ns = ?3 WHERE id = ?1 AND state = 'opening'";
        self.trial_update(sql, params![id, began_ns, ends_ns])
    }

    /// Keeps what was observed.
    pub fn trial_look(&self, id: u64, looked_ns: i64, evidence: &Value) -> Result<()> {
        let sql = "UPDATE trials SET looks = looks + 1, looked_ns = ?2, evidence = ?3
                   WHERE id = ?1 AND state = 'running'";
        self.trial_update(sql, params![id, looked_ns, evidence.to_string()])
    }

    /// Says until when a person may still promote it.
    pub fn trial_pause(&self, id: u64, until_ns: i64) -> Result<()> {
        let sql = "UPDATE trials SET paused_until_ns = ?2 WHERE id = ?1 AND state = 'running'";
        self.trial_update(sql, params![id, until_ns])
    }

    /// Says how it will end: [`TrialState::Promoting`] or [`TrialState::Stopping`], and why.
    pub fn trial_decide(&self, id: u64, state: TrialState, verdict: &Value) -> Result<()> {
        let sql = "UPDATE trials SET state = ?2, verdict = ?3
                   WHERE id = ?1 AND state IN ('opening', 'running', 'promoting')";
        self.trial_update(sql, params![id, state.word(), verdict.to_string()])
    }

    /// Ends it.
    pub fn trial_end(&self, id: u64, state: TrialState, now_ns: i64) -> Result<()> {
        let sql = "UPDATE trials SET state = ?2, ended_ns = ?3 WHERE id = ?1 AND ended_ns IS NULL";
        self.trial_update(sql, params![id, state.word(), now_ns])
    }

    /// Ends the trial of a generation that has just become what is deployed, if it was on trial.
    pub fn trial_passed(&self, generation: u64, now_ns: i64) -> Result<()> {
        self.transaction
            .execute(
                "UPDATE trials SET state = 'passed', ended_ns = ?2 WHERE generation = ?1 AND state = 'promoting'",
                params![generation, now_ns],
            )
            .map_err(statement_error)?;
        Ok(())
    }

    fn trial_update(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<()> {
        match self.transaction.execute(sql, parameters).map_err(statement_error)? {
            1 => Ok(()),
            _ => Err(Error::bug("a trial is not in the state that it should be in")),
        }
    }
}

impl Store {
    /// The trial that is open.
    pub fn trial_open(&self) -> Result<Option<CanaryTrial>> {
        self.trial_by(&format!("SELECT {TRIAL} FROM trials WHERE {IS_OPEN}"))
    }

    /// The newest trial, open or not.
    pub fn trial_latest(&self) -> Result<Option<CanaryTrial>> {
        self.trial_by(&format!("SELECT {TRIAL} FROM trials ORDER BY id DESC LIMIT 1"))
    }

    fn trial_by(&self, sql: &str) -> Result<Option<CanaryTrial>> {
        self.connection.query_row(sql, [], raw).optional().map_err(statement_error)?.map(parse).transpose()
    }

    /// How many trials were taken back since `since_ns` for what was observed in them.
    pub fn trials_failed_since(&self, since_ns: i64) -> Result<u64> {
        let sql = "SELECT count(*) FROM trials WHERE state = 'failed' AND ended_ns >= ?1";
        self.connection.query_row(sql, [since_ns], |row| row.get(0)).map_err(statement_error)
    }

    /// Readings after `after_ns` whose metric carries a label `generation`, oldest first, with their times.
    pub fn samples_of_generations(&self, after_ns: i64) -> Result<Vec<(i64, String, f64)>> {
        let sql = "SELECT time_ns, metric, value FROM samples
                   WHERE time_ns > ?1 AND metric LIKE '%generation=\"%' ORDER BY time_ns, id LIMIT 1000000";
        let mut statement = self.connection.prepare_cached(sql).map_err(statement_error)?;
        let rows = statement
            .query_map([after_ns], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .map_err(statement_error)?;
        rows.collect::<rusqlite::Result<_>>().map_err(statement_error)
    }
}
