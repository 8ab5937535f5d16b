//! An entry as a line of JSON, with all that its hash covers and all that its digest covers: what segments and
//! exports are made of.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};

use crate::model::ledger::{EntryFields, StoredEntry};
use crate::model::{Digest, EntryClock, EntryHash, LedgerEntry};

/// The word in the `type` of a line that holds an entry.
pub const ENTRY: &str = "entry";

/// An entry with its salt and the exact text of its details.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryLine {
    /// Always [`ENTRY`].
    #[serde(rename = "type")]
    pub kind: String,
    /// Position.
    pub seq: u64,
    /// When, nanoseconds since 1970.
    pub time_ns: i64,
    /// What told the time.
    pub clock: EntryClock,
    /// Who acted.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// On what.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// The run.
    pub trace_id: String,
    /// How it ended.
    pub result: String,
    /// Salted digest of the details; none when there never were any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details_digest: Option<Digest>,
    /// The salt in Base64, unless the details were erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details_salt: Option<String>,
    /// The text of the details, unless they were erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// The hash of the entry in front.
    pub prev_hash: EntryHash,
    /// The hash of the entry.
    pub entry_hash: EntryHash,
    /// From the sibling of its leaf up to the child of the root, in Base64; only where there is a checkpoint that
    /// it leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Vec<String>>,
}

impl EntryLine {
    /// The line of an entry. The details that the entry itself has are not looked at.
    pub fn new(entry: LedgerEntry, salt: Option<&[u8]>, details: Option<String>) -> Self {
        Self {
            kind: ENTRY.to_owned(),
            seq: entry.seq,
            time_ns: entry.time_ns,
            clock: entry.clock,
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
            reason: entry.reason,
            trace_id: entry.trace_id,
            result: entry.result,
            details_digest: entry.details_digest,
            details_salt: salt.map(|salt| BASE64.encode(salt)),
            details,
            prev_hash: entry.prev_hash,
            entry_hash: entry.entry_hash,
            proof: None,
        }
    }

    /// The entry, as it is shown.
    pub fn entry(&self) -> LedgerEntry {
        LedgerEntry {
            seq: self.seq,
            time_ns: self.time_ns,
            clock: self.clock,
            actor: self.actor.clone(),
            action: self.action.clone(),
            subject: self.subject.clone(),
            reason: self.reason.clone(),
            trace_id: self.trace_id.clone(),
            result: self.result.clone(),
            details_digest: self.details_digest,
            prev_hash: self.prev_hash,
            entry_hash: self.entry_hash,
            details: self.details.as_deref().and_then(|text| serde_json::from_str(text).ok()),
        }
    }

    /// What a pass checks; nothing when the salt is no Base64.
    pub fn with_stored<T>(&self, work: impl FnOnce(&StoredEntry<'_>) -> T) -> Option<T> {
        let salt = self.details_salt.as_deref().map_or(Ok(Vec::new()), |salt| BASE64.decode(salt)).ok()?;
        Some(work(&StoredEntry {
            fields: EntryFields {
                seq: self.seq,
                time_ns: self.time_ns,
                texts: [
                    self.clock.word().as_bytes(),
                    self.actor.as_bytes(),
                    self.action.as_bytes(),
                    self.subject.as_bytes(),
                    self.reason.as_bytes(),
                    self.trace_id.as_bytes(),
                    self.result.as_bytes(),
                ],
                details_digest: self.details_digest.as_ref().map_or(&[], |digest| digest.0.as_slice()),
            },
            entry_hash: &self.entry_hash.0,
            details_salt: &salt,
            details: self.details.as_deref().unwrap_or_default().as_bytes(),
        }))
    }
}

/// Hashes in Base64.
pub fn encoded(hashes: &[Digest]) -> Vec<String> {
    hashes.iter().map(|hash| BASE64.encode(hash.0)).collect()
}

/// Hashes from Base64.
pub fn decoded(texts: &[String]) -> Option<Vec<Digest>> {
    texts.iter().map(|text| Some(Digest(BASE64.decode(text).ok()?.try_into().ok()?))).collect()
}
