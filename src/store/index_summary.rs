//! What stands for the whole index.

use sha2::Digest as _;

use super::{Store, statement_error};
use crate::error::Result;
use crate::model::Digest;

impl Store {
    /// A digest over the paths and contents of all files in the index.
    pub fn index_digest(&self) -> Result<Digest> {
        let mut hasher = sha2::Sha256::new();
        let mut statement =
            self.connection.prepare_cached("SELECT path, digest FROM files ORDER BY path").map_err(statement_error)?;
        let mut rows = statement.query([]).map_err(statement_error)?;
        while let Some(row) = rows.next().map_err(statement_error)? {
            let path: String = row.get(0).map_err(statement_error)?;
            hasher.update((path.len() as u64).to_be_bytes());
            hasher.update(path.as_bytes());
            hasher.update(row.get::<_, [u8; 32]>(1).map_err(statement_error)?);
        }
        Ok(Digest(hasher.finalize().into()))
    }
}
