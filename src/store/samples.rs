//! Measurements.

use rusqlite::params;

use super::{Store, Tx, statement_error};
use crate::error::Result;
use crate::model::Sample;

impl Tx<'_> {
    /// Adds readings that were all taken at `time_ns`.
    pub fn samples_insert(&self, time_ns: i64, samples: &[Sample]) -> Result<()> {
        let sql = "INSERT INTO samples (time_ns, metric, value, unit, source) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut statement = self.transaction.prepare_cached(sql).map_err(statement_error)?;
        for sample in samples {
            statement
                .execute(params![time_ns, sample.metric, sample.value, sample.unit, sample.source])
                .map_err(statement_error)?;
        }
        Ok(())
    }

    /// Forgets readings taken before `before_ns` and tells how many there were.
    pub fn samples_prune(&self, before_ns: i64) -> Result<usize> {
        self.transaction.execute("DELETE FROM samples WHERE time_ns < ?1", [before_ns]).map_err(statement_error)
    }
}

impl Store {
    /// The newest readings of a metric with their times, newest first.
    pub fn samples_latest(&self, metric: &str, limit: usize) -> Result<Vec<(i64, f64)>> {
        let sql = "SELECT time_ns, value FROM samples WHERE metric = ?1 ORDER BY time_ns DESC, id DESC LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql).map_err(statement_error)?;
        let rows = statement
            .query_map(params![metric, limit], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(statement_error)?;
        rows.collect::<rusqlite::Result<_>>().map_err(statement_error)
    }

    /// All readings of the newest collection and its time; none before the first.
    pub fn samples_newest(&self) -> Result<Option<(i64, Vec<Sample>)>> {
        let newest: Option<i64> = self
            .connection
            .query_row("SELECT max(time_ns) FROM samples", [], |row| row.get(0))
            .map_err(statement_error)?;
        let Some(time_ns) = newest else { return Ok(None) };
        let sql = "SELECT metric, value, unit, source FROM samples WHERE time_ns = ?1 ORDER BY metric";
        let mut statement = self.connection.prepare_cached(sql).map_err(statement_error)?;
        let rows = statement
            .query_map([time_ns], |row| {
                Ok(Sample { metric: row.get(0)?, value: row.get(1)?, unit: row.get(2)?, source: row.get(3)? })
            })
            .map_err(statement_error)?;
        Ok(Some((time_ns, rows.collect::<rusqlite::Result<_>>().map_err(statement_error)?)))
    }

    /// How many readings are kept.
    pub fn samples_count(&self) -> Result<u64> {
        self.connection.query_row("SELECT count(*) FROM samples", [], |row| row.get(0)).map_err(statement_error)
    }
}
