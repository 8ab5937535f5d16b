//! What this installation is as a witness of other logs: its key, and what it signed last for each.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::SigningKey;
use rusqlite::{OptionalExtension, params};

use super::{Store, Tx, signer, statement_error};
use crate::error::{Error, Result};
use crate::ledger::note::{KeyKind, NoteKey, cosign};
use crate::model::Digest;

/// The file of the witness's key, in the signer's folder.
const KEY_FILE: &str = "witness.key";

/// The first line of a key file.
const HEAD: &str = "aetherra-maint witness key v1";

/// The key of a witness. It never leaves the store but in signatures.
pub struct WitnessKey {
    name: String,
    key: SigningKey,
}

impl WitnessKey {
    /// The public key, for the logs that are to believe it.
    pub fn public(&self) -> Result<NoteKey> {
        NoteKey::new(&self.name, KeyKind::Witness, &self.key.verifying_key().to_bytes()).ok_or_else(|| {
            Error::usage("witness-name", format!("`{}` is no name for a witness", self.name))
                .hinted("a name has neither spaces nor `+`, such as `witness.example/one`")
        })
    }

    /// A signature line over the text of a checkpoint, at a time in seconds since 1970.
    pub fn cosign(&self, text: &str, time_s: u64) -> Result<String> {
        cosign(text, &self.name, &self.key, time_s).ok_or_else(|| Error::bug("the name of a witness fits no key"))
    }
}

impl Store {
    /// The key of the witness; none while it has none.
    pub fn witness_key(&self) -> Result<Option<WitnessKey>> {
        let path = signer::folder(&self.directory).join(KEY_FILE);
        let Some(text) = signer::read(&path)? else { return Ok(None) };
        let mut lines = text.lines();
        let parsed = (lines.next() == Some(HEAD)).then(|| {
            let name = lines.next()?.strip_prefix("name ")?.to_owned();
            let secret: [u8; 32] = BASE64.decode(lines.next()?.strip_prefix("key ")?).ok()?.try_into().ok()?;
            Some(WitnessKey { name, key: SigningKey::from_bytes(&secret) })
        });
        parsed.flatten().map(Some).ok_or_else(|| {
            Error::state("witness-key-invalid", "the key of the witness cannot be read")
                .at_path(&path)
                .hinted("restore the file; moving it away makes another witness, whom nobody believes yet")
        })
    }

    /// Makes the key of a witness durable, before its entry is.
    pub fn witness_key_make(&self, name: &str) -> Result<WitnessKey> {
        let key =
            WitnessKey { name: name.to_owned(), key: SigningKey::from_bytes(&signer::fresh(0, &self.host).secret()) };
        key.public()?;
        let text = format!("{HEAD}\nname {name}\nkey {}\n", BASE64.encode(key.key.to_bytes()));
        signer::replace(&signer::folder(&self.directory).join(KEY_FILE), &text)?;
        Ok(key)
    }
}

impl Tx<'_> {
    /// What was signed last for a log: its size and its root.
    pub fn witnessed_latest(&self, origin: &str) -> Result<Option<(u64, Digest)>> {
        self.transaction
            .query_row("SELECT size, root FROM witnessed_logs WHERE origin = ?1", [origin], |row| {
                Ok((row.get(0)?, Digest(row.get(1)?)))
            })
            .optional()
            .map_err(statement_error)
    }

    /// Writes down what is about to be signed for a log.
    pub fn witnessed_put(&self, origin: &str, size: u64, root: &Digest) -> Result<()> {
        self.transaction
            .execute("INSERT OR REPLACE INTO witnessed_logs VALUES (?1, ?2, ?3)", params![origin, size, root.0])
            .map(drop)
            .map_err(statement_error)
    }
}
