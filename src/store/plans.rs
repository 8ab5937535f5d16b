//! Plans of integration.

use rusqlite::{OptionalExtension, params};

use super::{Store, Tx, statement_error};
use crate::error::{Error, Result};
use crate::model::Plan;

impl Tx<'_> {
    /// Keeps a plan. The same plan made again becomes the newest.
    pub fn plan_put(&self, plan: &Plan, now_ns: i64) -> Result<()> {
        let body =
            serde_json::to_string(plan).map_err(|error| Error::bug(format!("a plan cannot be written: {error}")))?;
        self.transaction
            .execute(
                "INSERT OR REPLACE INTO plans (id, made_ns, parent, steps, body) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![plan.id, now_ns, plan.parent.generation, plan.steps.len(), body],
            )
            .map_err(statement_error)?;
        Ok(())
    }
}

impl Store {
    /// The plan of this id.
    pub fn plan(&self, id: &str) -> Result<Option<Plan>> {
        self.plan_by("SELECT body FROM plans WHERE id = ?1", [id])
    }

    /// The plan that was made last, whatever the clock showed: each one that is kept gets the highest row.
    pub fn plan_latest(&self) -> Result<Option<Plan>> {
        self.plan_by("SELECT body FROM plans ORDER BY rowid DESC LIMIT 1", [])
    }

    fn plan_by(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<Option<Plan>> {
        let body: Option<String> =
            self.connection.query_row(sql, parameters, |row| row.get(0)).optional().map_err(statement_error)?;
        let parse = |text: String| serde_json::from_str(&text).map_err(|error| unreadable("a plan", &error));
        body.map(parse).transpose()
    }
}

/// A value in the store that cannot be read.
pub(super) fn unreadable(what: &str, error: &serde_json::Error) -> Error {
    Error::state("state-unreadable", format!("{what} in the state cannot be read: {error}"))
        .hinted("restore a backup from the `backups` folder of the state directory")
}
