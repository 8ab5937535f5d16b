//! Signed manifests and approvals.

use rusqlite::{Row, params};

use super::plans::unreadable;
use super::{Store, Tx, statement_error};
use crate::error::{Error, Result};
use crate::model::{Attestation, AttestationKind};

const COLUMNS: &str = "id, kind, base, statement, signature, claimed, risks, recorded_ns, revoked";

/// A row with its kind and its risks still as text.
type Raw = (Attestation, String, String);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let attestation = Attestation {
        id: row.get(0)?,
        kind: AttestationKind::Manifest,
        base: row.get(2)?,
        statement: row.get(3)?,
        signature: row.get(4)?,
        claimed: row.get(5)?,
        risks: std::collections::BTreeMap::new(),
        recorded_ns: row.get(7)?,
        revoked: row.get(8)?,
    };
    Ok((attestation, row.get(1)?, row.get(6)?))
}

fn read((mut attestation, kind, risks): Raw) -> Result<Attestation> {
    attestation.kind = AttestationKind::from_word(&kind).ok_or_else(|| {
        Error::state("state-unreadable", format!("an attestation in the state has the unknown kind `{kind}`"))
            .hinted("restore a backup from the `backups` folder of the state directory")
    })?;
    attestation.risks = serde_json::from_str(&risks).map_err(|error| unreadable("an attestation", &error))?;
    Ok(attestation)
}

impl Tx<'_> {
    /// Keeps an attestation; one that is kept already stays as it is, revoked or not.
    pub fn attestation_put(&self, attestation: &Attestation) -> Result<()> {
        let risks = serde_json::to_string(&attestation.risks)
            .map_err(|error| Error::bug(format!("risks cannot be written: {error}")))?;
        self.transaction
            .execute(
                "INSERT INTO attestations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (id) DO UPDATE SET risks = excluded.risks, recorded_ns = excluded.recorded_ns",
                params![
                    attestation.id,
                    attestation.kind.word(),
                    attestation.base,
                    attestation.statement,
                    attestation.signature,
                    attestation.claimed,
                    risks,
                    attestation.recorded_ns,
                    attestation.revoked,
                ],
            )
            .map_err(statement_error)?;
        Ok(())
    }

    /// Says that an attestation counts no more. It is never deleted.
    pub fn attestation_revoke(&self, id: &str, reason: &str) -> Result<()> {
        self.transaction
            .execute("UPDATE attestations SET revoked = ?2 WHERE id = ?1", params![id, reason])
            .map_err(statement_error)?;
        Ok(())
    }
}

impl Store {
    /// All that was recorded, oldest first.
    pub fn attestation_list(&self) -> Result<Vec<Attestation>> {
        let sql = format!("SELECT {COLUMNS} FROM attestations ORDER BY recorded_ns, id");
        let mut statement = self.connection.prepare_cached(&sql).map_err(statement_error)?;
        let rows = statement.query_map([], raw).map_err(statement_error)?;
        let rows = rows.collect::<rusqlite::Result<Vec<_>>>().map_err(statement_error)?;
        rows.into_iter().map(read).collect()
    }
}
