//! The last judgement of each file.

use rusqlite::{OptionalExtension, Row, params};

use super::{Store, Tx, statement_error};
use crate::error::{Error, Result};
use crate::model::{Evaluation, FileStamp, Verdict};

const COLUMNS: &str = "ruleset, judged_ns, size, mtime_ns, ctime_ns, inode, judgement, verdict";

fn evaluation(row: &Row<'_>) -> rusqlite::Result<Result<Evaluation>> {
    let judgement: String = row.get(6)?;
    let verdict: String = row.get(7)?;
    let stamp = FileStamp {
        size: row.get(2)?,
        mtime_ns: row.get(3)?,
        ctime_ns: row.get(4)?,
        inode: row.get::<_, i64>(5)?.cast_unsigned(),
    };
    let (ruleset, judged_ns) = (row.get(0)?, row.get(1)?);
    Ok(serde_json::from_str(&judgement)
        .and_then(|judgement| Ok((judgement, serde_json::from_str(&verdict)?)))
        .map(|(judgement, verdict)| Evaluation { judgement, verdict, ruleset, judged_ns, stamp })
        .map_err(corrupt))
}

fn corrupt(error: serde_json::Error) -> Error {
    Error::state("evaluation-corrupt", "a stored judgement cannot be read")
        .hinted("run `aetherra-maint security-eval` with `--no-cache` to judge anew")
        .caused_by(error)
}

impl Tx<'_> {
    /// Remembers a judgement in the place of the one before.
    pub fn evaluation_upsert(&self, evaluation: &Evaluation) -> Result<()> {
        let Evaluation { judgement, verdict, stamp, .. } = evaluation;
        let judgement_text = serde_json::to_string(judgement).map_err(corrupt)?;
        let verdict_text = serde_json::to_string(verdict).map_err(corrupt)?;
        let sql = "INSERT OR REPLACE INTO evaluations VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)";
        self.transaction
            .prepare_cached(sql)
            .and_then(|mut statement| {
                statement.execute(params![
                    judgement.path,
                    judgement.digest.0,
                    evaluation.ruleset,
                    evaluation.judged_ns,
                    stamp.size,
                    stamp.mtime_ns,
                    stamp.ctime_ns,
                    stamp.inode.cast_signed(),
                    verdict.risk.overall,
                    verdict.tier.word(),
                    verdict.decision.word(),
                    judgement.is_complete(),
                    judgement.findings.len(),
                    judgement_text,
                    verdict_text,
                ])
            })
            .map_err(statement_error)?;
        Ok(())
    }

    /// Forgets the judgement of a file that is gone.
    pub fn evaluation_delete(&self, path: &str) -> Result<()> {
        self.transaction.execute("DELETE FROM evaluations WHERE path = ?1", [path]).map_err(statement_error)?;
        Ok(())
    }
}

impl Store {
    /// The last judgement of a file, when it was made here.
    pub fn evaluation(&self, path: &str) -> Result<Option<Evaluation>> {
        let sql = format!("SELECT {COLUMNS} FROM evaluations WHERE path = ?1 AND instr(ruleset, ?2) > 0");
        self.connection
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_row([path, self.place()], evaluation).optional())
            .map_err(statement_error)?
            .transpose()
    }

    /// All judgements by these rules; those that cannot be read are left out, since they can be made again.
    pub fn evaluations_by_ruleset(&self, ruleset: &str) -> Result<Vec<Evaluation>> {
        let sql = format!("SELECT {COLUMNS} FROM evaluations WHERE ruleset = ?1");
        let mut statement = self.connection.prepare_cached(&sql).map_err(statement_error)?;
        let rows = statement.query_map([ruleset], evaluation).map_err(statement_error)?;
        let rows = rows.collect::<rusqlite::Result<Vec<_>>>().map_err(statement_error)?;
        Ok(rows.into_iter().filter_map(Result::ok).collect())
    }

    /// The verdicts of all files as they were when they were judged, by path. What was not judged here is left out.
    pub fn verdicts(&self) -> Result<Vec<Verdict>> {
        let sql = "SELECT verdict FROM evaluations WHERE instr(ruleset, ?1) > 0 ORDER BY path";
        let mut statement = self.connection.prepare_cached(sql).map_err(statement_error)?;
        let rows = statement.query_map([self.place()], |row| row.get::<_, String>(0)).map_err(statement_error)?;
        let texts = rows.collect::<rusqlite::Result<Vec<_>>>().map_err(statement_error)?;
        texts.iter().map(|text| serde_json::from_str(text).map_err(corrupt)).collect()
    }
}
