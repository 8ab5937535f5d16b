//! The entries of the ledger, and the hash that chains them.
//!
//! The hash of an entry covers a domain tag, the sequence number, the time, every field with its
//! length in front (so that no two different entries have the same input), the salted digest of the
//! details and the hash of the entry before. The details themselves are not hashed: they can be
//! redacted later without breaking the chain.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Digest;

/// The hash of an entry.
pub type EntryHash = Digest;

/// What the first entry names as the hash before it.
pub const GENESIS: EntryHash = Digest([0; 32]);

/// Separates these hashes from every other use of SHA-256.
const DOMAIN_TAG: &[u8] = b"aetherra-maint/ledger-entry/v1\0";

/// An entry that is to be written: who did what, to what, why, in which run, and how it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// Who acted, such as `operator` or `watch`.
    pub actor: String,
    /// What was done, as `noun.verb`, such as `index.update`.
    pub action: String,
    /// On what: a path, a plan, a generation.
    pub subject: String,
    /// Why, in a few words.
    pub reason: String,
    /// Ties together all that one run did.
    pub trace_id: String,
    /// How it ended, such as `ok` or `failed`.
    pub result: String,
    /// Whatever else a person may ask for later. Scrubbed before it is stored.
    pub details: serde_json::Value,
}

impl NewEntry {
    /// An entry by the operator that ended well.
    pub fn new(action: &str, subject: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            actor: "operator".to_owned(),
            action: action.to_owned(),
            subject: subject.into(),
            reason: reason.into(),
            trace_id: String::new(),
            result: "ok".to_owned(),
            details: serde_json::Value::Null,
        }
    }

    /// Adds details.
    #[must_use]
    pub fn detailed(mut self, details: serde_json::Value) -> Self {
        self.details = details;
        self
    }

    /// Sets the result.
    #[must_use]
    pub fn resulting(mut self, result: impl Into<String>) -> Self {
        self.result = result.into();
        self
    }
}

/// An entry as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerEntry {
    /// Position, from one, without gaps.
    pub seq: u64,
    /// When, nanoseconds since 1970; never before the entry in front.
    pub time_ns: i64,
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
    /// Salted digest of the details.
    pub details_digest: Digest,
    /// The hash of the entry in front.
    pub prev_hash: EntryHash,
    /// The hash of this entry.
    pub entry_hash: EntryHash,
}

impl LedgerEntry {
    /// The hash that this entry must have.
    pub fn compute_hash(&self) -> EntryHash {
        let mut hasher = Sha256::new();
        hasher.update(DOMAIN_TAG);
        hasher.update(self.seq.to_be_bytes());
        hasher.update(self.time_ns.to_be_bytes());
        for field in [&self.actor, &self.action, &self.subject, &self.reason, &self.trace_id, &self.result] {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.update(self.details_digest.0);
        hasher.update(self.prev_hash.0);
        Digest(hasher.finalize().into())
    }
}

/// The salted digest of some details, as the chain holds it.
pub fn details_digest(salt: &[u8], details: &[u8]) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(b"aetherra-maint/ledger-details/v1\0");
    hasher.update((salt.len() as u64).to_be_bytes());
    hasher.update(salt);
    hasher.update(details);
    Digest(hasher.finalize().into())
}
