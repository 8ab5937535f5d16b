//! The last judgement of each file.

use rusqlite::{OptionalExtension, Row, params};

use super::{Store, Tx, statement_error};
use crate::error::{Error, Result};
use crate::model::{Asked, Evaluation, FileStamp, Verdict};

const COLUMNS: &str = "ruleset, judged_ns, size, mtime_ns, ctime_ns, inode, judgement, verdict, asked";

/// A judgement as it is stored: workers read it, so that what takes time is done by all of them.
#[derive(Debug)]
pub struct StoredEvaluation {
    ruleset: String,
    judged_ns: i64,
    stamp: FileStamp,
    judgement: String,
    verdict: String,
    asked: String,
}

impl StoredEvaluation {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let stamp = FileStamp {
            size: row.get(2)?,
            mtime_ns: row.get(3)?,
            ctime_ns: row.get(4)?,
            inode: row.get::<_, i64>(5)?.cast_unsigned(),
        };
        let (judgement, verdict, asked) = (row.get(6)?, row.get(7)?, row.get(8)?);
        Ok(Self { ruleset: row.get(0)?, judged_ns: row.get(1)?, stamp, judgement, verdict, asked })
    }

    /// The judgement.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn read(self) -> Result<Evaluation> {
        let Self { ruleset, judged_ns, stamp, .. } = self;
        let judgement = serde_json::from_str(&self.judgement).map_err(corrupt)?;
        let verdict = serde_json::from_str(&self.verdict).map_err(corrupt)?;
        let asked = if self.asked.is_empty() {
            Asked::default()
        } else {
            serde_json::from_str(&self.asked).map_err(corrupt)?
        };
        Ok(Evaluation { judgement, verdict, ruleset, judged_ns, stamp, asked })
    }
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
        let asked = &evaluation.asked;
        let asked = if asked.is_empty() { String::new() } else { serde_json::to_string(asked).map_err(corrupt)? };
        let sql = "INSERT OR REPLACE INTO evaluations VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)";
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
                    asked,
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
            .and_then(|mut statement| statement.query_row([path, self.place()], StoredEvaluation::of).optional())
            .map_err(statement_error)?
            .map(StoredEvaluation::read)
            .transpose()
    }

    /// The judgements of these files by these rules, in the order of the files.
    pub fn evaluations<'a>(
        &self,
        paths: impl Iterator<Item = &'a str>,
        ruleset: &str,
    ) -> Result<Vec<Option<StoredEvaluation>>> {
        let sql = format!("SELECT {COLUMNS} FROM evaluations WHERE path = ?1 AND ruleset = ?2");
        let mut statement = self.connection.prepare_cached(&sql).map_err(statement_error)?;
        let mut row = |path| statement.query_row([path, ruleset], StoredEvaluation::of).optional();
        paths.map(&mut row).collect::<rusqlite::Result<_>>().map_err(statement_error)
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
