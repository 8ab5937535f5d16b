//! The class of every file.

use rusqlite::{OptionalExtension, Row, params};

use super::{Store, Tx, statement_error};
use crate::error::Result;
use crate::model::{Classification, ComponentKind, Digest};

/// A class with the probability of every other.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassifiedFile {
    /// The answer.
    pub classification: Classification,
    /// Probabilities in the order of [`ComponentKind::ALL`].
    pub probabilities: Vec<f64>,
}

const SELECT: &str = "SELECT path, digest, class, confidence, probabilities, evidence FROM classifications";

impl Store {
    /// The class of a file, whatever content it had then.
    pub fn classification_get(&self, path: &str) -> Result<Option<ClassifiedFile>> {
        let sql = format!("{SELECT} WHERE path = ?1");
        let mut statement = self.connection.prepare_cached(&sql).map_err(statement_error)?;
        statement.query_row([path], read).optional().map_err(statement_error)
    }

    /// All classes, sorted by path.
    pub fn classification_list(&self) -> Result<Vec<ClassifiedFile>> {
        let sql = format!("{SELECT} ORDER BY path");
        let mut statement = self.connection.prepare_cached(&sql).map_err(statement_error)?;
        let rows = statement.query_map([], read).map_err(statement_error)?;
        rows.collect::<rusqlite::Result<_>>().map_err(statement_error)
    }

    /// How many files have each class, in the order of [`ComponentKind::ALL`].
    pub fn classification_counts(&self) -> Result<Vec<(ComponentKind, u64)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT count(*) FROM classifications WHERE class = ?1")
            .map_err(statement_error)?;
        ComponentKind::ALL
            .into_iter()
            .map(|class| {
                let count = statement.query_row([class.word()], |row| row.get(0)).map_err(statement_error)?;
                Ok((class, count))
            })
            .collect()
    }

    /// What the classes were made from; none when they have to be made anew.
    pub fn classification_basis(&self) -> Result<Option<Digest>> {
        self.connection
            .query_row("SELECT basis FROM classification_basis", [], |row| row.get(0).map(Digest))
            .optional()
            .map_err(statement_error)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<ClassifiedFile> {
    let word: String = row.get(2)?;
    let probabilities: String = row.get(4)?;
    let evidence: String = row.get(5)?;
    Ok(ClassifiedFile {
        classification: Classification {
            path: row.get(0)?,
            digest: Digest(row.get(1)?),
            class: ComponentKind::from_word(&word).unwrap_or(ComponentKind::Unknown),
            confidence: row.get(3)?,
            evidence: serde_json::from_str(&evidence).unwrap_or_default(),
        },
        probabilities: serde_json::from_str(&probabilities).unwrap_or_default(),
    })
}

impl Tx<'_> {
    /// Writes the class of a file, replacing what was known of this path.
    pub fn classification_put(&self, file: &ClassifiedFile) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO classifications (path, digest, class, confidence, probabilities, evidence) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let mut statement = self.transaction.prepare_cached(sql).map_err(statement_error)?;
        let own = &file.classification;
        let json = |value: serde_json::Value| value.to_string();
        statement
            .execute(params![
                own.path,
                own.digest.0,
                own.class.word(),
                own.confidence,
                json(serde_json::json!(file.probabilities)),
                json(serde_json::json!(own.evidence)),
            ])
            .map_err(statement_error)?;
        Ok(())
    }

    /// Forgets the class of a file.
    pub fn classification_delete(&self, path: &str) -> Result<()> {
        let mut statement =
            self.transaction.prepare_cached("DELETE FROM classifications WHERE path = ?1").map_err(statement_error)?;
        statement.execute([path]).map_err(statement_error)?;
        Ok(())
    }

    /// Notes what the classes were made from, or that they have to be made anew.
    pub fn classification_basis_set(&self, basis: Option<Digest>) -> Result<()> {
        self.transaction.execute("DELETE FROM classification_basis", []).map_err(statement_error)?;
        if let Some(basis) = basis {
            self.transaction
                .execute("INSERT INTO classification_basis (only, basis) VALUES (1, ?1)", [basis.0])
                .map_err(statement_error)?;
        }
        Ok(())
    }
}
