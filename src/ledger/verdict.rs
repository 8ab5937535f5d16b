//! What a check of the ledger has proven, and what it has not.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::note::{Checkpoint, KeyKind, Note, NoteError, NoteKey};
use super::position::Position;
use crate::model::{Digest, EntryHash};

/// What caught a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// Tables, triggers, and what the first entry says of them.
    Schema,
    /// Positions without gaps.
    Sequence,
    /// Time that never goes back.
    Time,
    /// The hash of each entry, which covers the one in front.
    Chain,
    /// The salted digests of the details.
    Details,
    /// The Merkle tree.
    Tree,
    /// The newest signed checkpoint.
    Checkpoint,
    /// The seals of the epochs.
    Seal,
    /// The segments that older entries were moved to.
    Segment,
    /// The size that the signer remembers outside of the database.
    SignerMemory,
    /// A checkpoint that was kept elsewhere.
    Anchor,
}

impl Layer {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Sequence => "sequence",
            Self::Time => "time",
            Self::Chain => "chain",
            Self::Details => "details",
            Self::Tree => "tree",
            Self::Checkpoint => "checkpoint",
            Self::Seal => "seal",
            Self::Segment => "segment",
            Self::SignerMemory => "signer-memory",
            Self::Anchor => "anchor",
        }
    }
}

/// What is wrong, where it first shows, and what showed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fault {
    /// What caught it.
    pub layer: Layer,
    /// The first wrong entry, when one can be named.
    pub seq: Option<u64>,
    /// What is wrong.
    pub message: String,
}

impl Fault {
    /// A fault.
    pub fn new(layer: Layer, seq: Option<u64>, message: impl Into<String>) -> Self {
        Self { layer, seq, message: message.into() }
    }
}

/// What one pass over the ledger found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerCheck {
    /// The name of the log.
    pub origin: Option<String>,
    /// Entries that there are.
    pub size: u64,
    /// How many of them, from the first, were not read again because an earlier check had read them.
    pub trusted: u64,
    /// How many of them, from the first, were moved to segments.
    pub moved: u64,
    /// From how many entries on roots are known.
    pub known_from: u64,
    /// Files of segments that were needed and are not here.
    pub absent: Vec<String>,
    /// The hash of the last of them.
    pub head: Option<EntryHash>,
    /// The root of the tree over them.
    pub root: Option<Digest>,
    /// Entries whose details were erased, with a record of it.
    pub redacted: u64,
    /// Entries that a test clock dated.
    pub fixed_clock: u64,
    /// Entries among those that were read, now or by the earlier check, that were made while the clock was behind.
    pub clock_behind: u64,
    /// Epochs that were sealed.
    pub seals: u64,
    /// Entries that the newest signature covers.
    pub signed: u64,
    /// The public key of the open epoch.
    pub key: Option<String>,
    /// The roots at the sizes that were asked for.
    pub roots: BTreeMap<u64, Digest>,
    /// Where a later check may go on, when everything is sound and signed.
    pub position: Option<Position>,
    /// The first thing that is wrong.
    pub fault: Option<Fault>,
}

/// What was proven, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Proven {
    /// It continues what a witness saw.
    Witnessed,
    /// It continues a checkpoint that was kept elsewhere.
    Anchored,
    /// It agrees with itself; nothing outside was asked.
    ConsistentUnanchored,
    /// It was changed.
    Tampered,
    /// Something that was asked for could not be checked.
    CouldNotVerify,
}

impl Proven {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Witnessed => "witnessed",
            Self::Anchored => "anchored",
            Self::ConsistentUnanchored => "consistent-unanchored",
            Self::Tampered => "tampered",
            Self::CouldNotVerify => "could-not-verify",
        }
    }
}

/// A checkpoint that was kept elsewhere, and what it is checked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Where it was kept, for people.
    pub name: String,
    /// What it says.
    pub checkpoint: Checkpoint,
    /// How many witnesses signed it, of those whose keys were given.
    pub witnesses: usize,
}

impl Anchor {
    /// Reads a kept checkpoint. Keys of the log or of witnesses are heeded when they are given; without any, the
    /// text counts for what it is worth to whoever kept it.
    pub fn parse(name: &str, text: &str, keys: &[NoteKey]) -> Result<Self, NoteError> {
        let note = Note::parse(text)?;
        let witnesses = if keys.is_empty() {
            0
        } else {
            note.signers(keys)?.iter().filter(|key| key.kind == KeyKind::Witness).count()
        };
        Ok(Self { name: name.to_owned(), checkpoint: Checkpoint::parse(&note.text)?, witnesses })
    }
}

/// What was proven, with the sentence that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// In one word.
    pub proven: Proven,
    /// What was and what was not proven.
    pub sentence: String,
    /// What is wrong, when something is.
    pub fault: Option<Fault>,
}

/// The judgement of a ledger that could not be read; `why` is without a full stop.
pub fn unread(why: &str) -> Judgement {
    let sentence = format!("The ledger could not be read to its end, so nothing is proven of it: {why}.");
    Judgement { proven: Proven::CouldNotVerify, sentence, fault: None }
}

/// Judges a check in the light of the anchors. `unread` are places where a checkpoint should be and could not be
/// read.
pub fn judge(check: &LedgerCheck, anchors: &[Anchor], unread: &[String]) -> Judgement {
    let fault = check.fault.clone().or_else(|| anchors.iter().find_map(|anchor| anchor_fault(check, anchor)));
    if let Some(fault) = fault {
        let at = fault.seq.map_or(String::new(), |seq| format!(" at entry {seq}"));
        let sentence = format!(
            "The ledger was changed{at}: {}. What stands before that was not found wrong; nothing is proven of the rest.",
            fault.message
        );
        return Judgement { proven: Proven::Tampered, sentence, fault: Some(fault) };
    }
    let ours = |anchor: &&Anchor| check.origin.as_deref() == Some(anchor.checkpoint.origin.as_str());
    if let Some(foreign) = anchors.iter().find(|anchor| !ours(anchor)) {
        let sentence = format!(
            "`{}` is a checkpoint of the log `{}`, not of this one: the ledger agrees with itself, and nothing more was proven.",
            foreign.name, foreign.checkpoint.origin
        );
        return Judgement { proven: Proven::CouldNotVerify, sentence, fault: None };
    }
    let unknown = |anchor: &&Anchor| {
        anchor.checkpoint.size < check.known_from && !check.roots.contains_key(&anchor.checkpoint.size)
    };
    if let Some(early) = anchors.iter().find(unknown) {
        let absent = check.absent.first().map_or("a segment", String::as_str);
        let sentence = format!(
            "{}, but the first {} entries, which `{}` is about, were moved to segments, and `{absent}` is not here: nothing is proven against it.",
            sound(check),
            early.checkpoint.size,
            early.name
        );
        return Judgement { proven: Proven::CouldNotVerify, sentence, fault: None };
    }
    if let Some(absent) = check.absent.first() {
        let sentence =
            format!("{}, but the entries in `{absent}` were not read, because the file is not here.", sound(check));
        return Judgement { proven: Proven::CouldNotVerify, sentence, fault: None };
    }
    if let Some(place) = unread.first() {
        let sentence = format!(
            "{}, but the checkpoint that was kept at `{place}` could not be read, so nothing is proven against it.",
            sound(check)
        );
        return Judgement { proven: Proven::CouldNotVerify, sentence, fault: None };
    }
    let sound = sound(check);
    let furthest = |only_witnessed: usize| {
        anchors.iter().filter(|anchor| anchor.witnesses >= only_witnessed).map(|anchor| anchor.checkpoint.size).max()
    };
    let (proven, sentence) = match (furthest(1), furthest(0)) {
        (Some(size), _) => (
            Proven::Witnessed,
            format!(
                "{sound}, and the first {size} are those that a witness saw. Nobody outside has seen the {} after them.",
                check.size - size
            ),
        ),
        (None, Some(size)) => (
            Proven::Anchored,
            format!(
                "{sound}, and the first {size} are those of the checkpoint that was kept elsewhere. The {} after them have no such anchor.",
                check.size - size
            ),
        ),
        (None, None) => (
            Proven::ConsistentUnanchored,
            format!(
                "{sound}. Whoever can write the state and has its key could have replaced all of it: only a checkpoint kept elsewhere, or a witness, could show that."
            ),
        ),
    };
    Judgement { proven, sentence, fault: None }
}

/// What of the ledger was read and found sound.
fn sound(check: &LedgerCheck) -> String {
    match (check.trusted, check.known_from) {
        (0, 0) => format!("All {} entries, their details and their signatures agree with one another", check.size),
        (0, moved) => format!(
            "The {} entries after {moved}, their details and all signatures agree with one another and with the signed end of the segments that hold the first {moved}, which were not read",
            check.size - moved
        ),
        (trusted, _) => format!(
            "The {} entries after {trusted}, their details and all signatures agree with one another and with what an earlier check signed off; the first {trusted} were not read again",
            check.size - trusted
        ),
    }
}

fn anchor_fault(check: &LedgerCheck, anchor: &Anchor) -> Option<Fault> {
    let Checkpoint { origin, size, root, .. } = &anchor.checkpoint;
    if check.origin.as_ref() != Some(origin) {
        return None;
    }
    if *size > check.size {
        let what = format!("`{}` covers {size} entries and only {} are here", anchor.name, check.size);
        return Some(Fault::new(Layer::Anchor, Some(check.size + 1), what));
    }
    let is_unknown = *size < check.known_from && !check.roots.contains_key(size);
    (!is_unknown && check.roots.get(size) != Some(root)).then(|| {
        Fault::new(Layer::Anchor, None, format!("the first {size} entries are not those of `{}`", anchor.name))
    })
}
