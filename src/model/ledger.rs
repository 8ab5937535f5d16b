//! The entries of the ledger, and the hash that chains them.
//!
//! The hash of an entry covers a domain tag, the sequence number, the time and which clock told it,
//! every field with its length in front (so that no two different entries have the same input), the
//! salted digest of the details and the hash of the entry before. The details themselves are not
//! hashed: they can be redacted later without breaking the chain.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Digest;
use super::digest::pad;

/// The hash of an entry.
pub type EntryHash = Digest;

/// What the first entry names as the hash before it.
pub const GENESIS: EntryHash = Digest([0; 32]);

/// Bytes that one field of an entry may have: a field is a name or a short reason, never a document.
pub const FIELD_LIMIT: usize = 4096;

/// Bytes that the details of one entry may have.
pub const DETAILS_LIMIT: usize = 1 << 20;

/// The keys whose values are left out unless configured otherwise, as regular expressions that are looked for
/// in lower-case keys.
pub const SECRET_KEYS: &[&str] = &[
    "passw",
    "passphrase",
    "secret",
    "token$",
    "api[-_]?key",
    "private[-_]?key",
    "access[-_]?key",
    "credential",
    "authorization",
    "cookie",
];

/// The action of the first entry.
pub const BEGIN: &str = "ledger.begin";

/// The action of an entry that tells of erased details.
pub const REDACT: &str = "ledger.redact";

/// The action of an entry that tells of entries that were moved to a segment; its subject is their range.
pub const ROTATE: &str = "ledger.rotate";

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

/// What an import of a host's audit records found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HostAudit {
    /// The file.
    pub source: String,
    /// Records in it.
    pub records: u64,
    /// Records whose own hash names the record in front of it.
    pub linked: u64,
    /// Records that carry hashes that do not link.
    pub unlinked: u64,
    /// Records without hashes: nothing shows that they are what was once written.
    pub unproven: u64,
}

/// Positions from one to another, both included; `5` or `5-9` as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct SeqRange {
    /// The first.
    pub from: u64,
    /// The last.
    pub to: u64,
}

impl SeqRange {
    /// How many positions.
    pub fn count(&self) -> u64 {
        (self.to + 1).saturating_sub(self.from)
    }

    /// Whether a position is in it.
    pub fn has(&self, seq: u64) -> bool {
        (self.from..=self.to).contains(&seq)
    }

    /// The ranges of positions that come in ascending order.
    pub fn gather(positions: impl IntoIterator<Item = u64>) -> Vec<Self> {
        let mut ranges: Vec<Self> = Vec::new();
        for seq in positions {
            match ranges.last_mut() {
                Some(range) if range.to + 1 == seq => range.to = seq,
                _ => ranges.push(Self { from: seq, to: seq }),
            }
        }
        ranges
    }
}

impl std::fmt::Display for SeqRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.from == self.to { write!(f, "{}", self.from) } else { write!(f, "{}-{}", self.from, self.to) }
    }
}

impl std::str::FromStr for SeqRange {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.parse().ok().filter(|seq| (1..=i64::MAX as u64).contains(seq));
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let range = number(from).zip(number(to)).map(|(from, to)| Self { from, to });
        range.filter(|range| range.from <= range.to).ok_or("positions are `5` or `5-9`, counted from one")
    }
}

/// Details that were erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    /// Of which entries.
    pub ranges: Vec<SeqRange>,
    /// Whether the bytes are gone from the files of the state too; while somebody else reads, a log keeps them.
    pub wiped: bool,
}

/// Entries that were moved to a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// Which.
    pub range: SeqRange,
    /// The file.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// What told the time of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EntryClock {
    /// The clock of the machine.
    System,
    /// A clock that a test set.
    Fixed,
    /// The time of the entry in front: the clock of the machine had been set back behind it.
    Behind,
}

impl EntryClock {
    /// Its word, as the database and the hash hold it.
    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Fixed => "fixed",
            Self::Behind => "behind",
        }
    }

    /// The clock of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::System, Self::Fixed, Self::Behind].into_iter().find(|clock| clock.word() == word)
    }
}

/// An entry as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerEntry {
    /// Position, from one, without gaps.
    pub seq: u64,
    /// When, nanoseconds since 1970; never before the entry in front.
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
    pub details_digest: Option<Digest>,
    /// The hash of the entry in front.
    pub prev_hash: EntryHash,
    /// The hash of this entry.
    pub entry_hash: EntryHash,
    /// The details, unless there are none or they were redacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<serde_json::Value>,
}

impl LedgerEntry {
    /// The hash that this entry must have.
    pub fn compute_hash(&self) -> EntryHash {
        self.fields().hash(&self.prev_hash, &mut Vec::new())
    }

    /// What the hash covers after the tag and the position.
    pub fn content(&self) -> Vec<u8> {
        let mut buffer = Vec::new();
        self.fields().lay_out(&self.prev_hash, &mut buffer);
        buffer.split_off(CONTENT_OFFSET)
    }

    /// The entry of some content; the details are not in it. None when it is none.
    pub fn of_content(seq: u64, content: &[u8]) -> Option<Self> {
        let (time, mut rest) = content.split_first_chunk::<8>()?;
        let mut fields = Vec::with_capacity(8);
        for _ in 0..8 {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (field, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
            fields.push(field);
            rest = after;
        }
        let digest = fields.pop()?;
        let texts = fields.iter().map(|field| String::from_utf8(field.to_vec()).ok()).collect::<Option<Vec<_>>>()?;
        let [clock, actor, action, subject, reason, trace_id, result] = <[String; 7]>::try_from(texts).ok()?;
        Some(Self {
            seq,
            time_ns: i64::from_be_bytes(*time),
            clock: EntryClock::from_word(&clock)?,
            actor,
            action,
            subject,
            reason,
            trace_id,
            result,
            details_digest: if digest.is_empty() { None } else { Some(Digest(digest.try_into().ok()?)) },
            prev_hash: Digest(rest.try_into().ok()?),
            entry_hash: hash_of_content(seq, content),
            details: None,
        })
    }

    fn fields(&self) -> EntryFields<'_> {
        EntryFields {
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
        }
    }
}

/// Where the content begins in what is hashed: after the tag and the position.
const CONTENT_OFFSET: usize = DOMAIN_TAG.len() + 8;

/// The hash of the entry at a position that has this content.
pub fn hash_of_content(seq: u64, content: &[u8]) -> EntryHash {
    let mut hasher = Sha256::new();
    hasher.update(DOMAIN_TAG);
    hasher.update(seq.to_be_bytes());
    hasher.update(content);
    Digest(hasher.finalize().into())
}

/// The columns of an entry, borrowed from wherever they lie; nothing about them is known yet.
#[derive(Debug, Clone, Copy)]
pub struct StoredEntry<'a> {
    /// What its hash covers.
    pub fields: EntryFields<'a>,
    /// The hash that it claims.
    pub entry_hash: &'a [u8],
    /// What its details were salted with; empty when there are none.
    pub details_salt: &'a [u8],
    /// Its details; empty when there never were any, or they were erased.
    pub details: &'a [u8],
}

/// What the hash of an entry covers, borrowed from wherever it lies.
#[derive(Debug, Clone, Copy)]
pub struct EntryFields<'a> {
    /// Position.
    pub seq: u64,
    /// Time.
    pub time_ns: i64,
    /// Clock, actor, action, subject, reason, trace id, result: in this order.
    pub texts: [&'a [u8]; 7],
    /// Digest of the details; empty when there never were any.
    pub details_digest: &'a [u8],
}

impl EntryFields<'_> {
    /// The hash, which chains to `prev`. The buffer is for reuse: what is in it does not matter.
    ///
    /// All input is laid out in one piece, with its padding, and compressed at once: much faster than feeding the
    /// hash function field by field.
    pub fn hash(&self, prev: &EntryHash, buffer: &mut Vec<u8>) -> EntryHash {
        buffer.clear();
        self.lay_out_padded(prev, buffer);
        Digest::of_blocks(buffer.as_chunks().0)
    }

    /// Adds the blocks that are hashed to a buffer, with their padding.
    pub fn lay_out_padded(&self, prev: &EntryHash, buffer: &mut Vec<u8>) {
        let from = buffer.len();
        self.lay_out(prev, buffer);
        pad(buffer, from);
    }

    fn lay_out(&self, prev: &EntryHash, buffer: &mut Vec<u8>) {
        buffer.extend_from_slice(DOMAIN_TAG);
        buffer.extend_from_slice(&self.seq.to_be_bytes());
        buffer.extend_from_slice(&self.time_ns.to_be_bytes());
        for field in self.texts.iter().chain(std::iter::once(&self.details_digest)) {
            buffer.extend_from_slice(&u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
            buffer.extend_from_slice(field);
        }
        buffer.extend_from_slice(&prev.0);
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
