//! Telling that the signer's files could not follow the database.
//!
//! Nothing that was recorded is lost by that, and the next entry makes it good. Until then an older copy of the database
//! would pass for the newest one, and a key that should be gone is still there; so it is told by the run that it happens
//! to, and by whoever looks at the state later.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::OptionalExtension;

use super::signer::{self, Signer};
use super::{Store, lease, statement_error};
use crate::error::{Error, Result};
use crate::model::{Diagnostic, counted};

/// The code of what is told.
const CODE: &str = "signer-behind";

/// What became of the signer's files after the newest entry of a run. Clones tell of the same run.
#[derive(Debug, Clone, Default)]
pub struct SignerTrouble(Arc<Mutex<Option<Diagnostic>>>);

impl SignerTrouble {
    /// What failed and was not made good by a later entry.
    pub fn told(&self) -> Option<Diagnostic> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes how it went.
    pub(super) fn note(&self, result: Result<()>) {
        let told = result.err().map(|error| failed(&error));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = told;
    }
}

fn failed(error: &Error) -> Diagnostic {
    let text = format!("everything was recorded and signed, but the signer could not follow: {}", error.message);
    let told = Diagnostic::warning(CODE, text).helped(error.hints.join("; "));
    match &error.location {
        Some(place) => told.at(place.path.display().to_string()),
        None => told,
    }
}

fn behind(path: &Path, text: String) -> Diagnostic {
    Diagnostic::warning(CODE, text).at(path.display().to_string()).helped(
        "see that the file can be written; the next run that records, such as `aetherra-maint health`, makes it good",
    )
}

impl Store {
    /// What became of the signer's files after the newest entry that this store recorded.
    pub fn signer_trouble(&self) -> SignerTrouble {
        self.signing.as_ref().map(|signing| signing.trouble.clone()).unwrap_or_default()
    }

    /// What the signer's files lack of what the database says; none while another run writes both.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn signer_behind(&self) -> Result<Option<Diagnostic>> {
        // The database first: whoever writes, writes it first.
        let size: Option<u64> = self
            .connection
            .query_row("SELECT size FROM ledger_checkpoint", [], |row| row.get(0))
            .optional()
            .map_err(statement_error)?;
        let open: u64 = self
            .connection
            .query_row("SELECT coalesce(max(epoch) + 1, 0) FROM ledger_seals", [], |row| row.get(0))
            .map_err(statement_error)?;
        let (Some(size), Some(signer)) = (size, Signer::load(&self.directory)?) else { return Ok(None) };
        let known = signer.signed.map_or(0, |signed| signed.size);
        let told = if known < size {
            let path = signer::size_file(&self.directory);
            let text = format!(
                "{} of the ledger were signed, and the signer remembers {known}: it could not write that down, or the power was cut",
                counted(size, "entry")
            );
            behind(&path, text)
        } else if signer.has_before(open) {
            let text =
                "the key of an epoch that was sealed is still there: it could not be erased, or the power was cut";
            behind(&signer::key_file(&self.directory), text.to_owned())
        } else {
            return Ok(None);
        };
        Ok(lease::is_held(&self.directory)?.is_none().then_some(told))
    }
}
