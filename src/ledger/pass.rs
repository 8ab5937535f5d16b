//! Recomputing what entries say of themselves and of one another, wherever they are read from.

use std::collections::{BTreeMap, BTreeSet};

use super::note::NoteKey;
use super::tree::CompactRange;
use super::verdict::{Fault, Layer};
use crate::model::ledger::{BEGIN, GENESIS, REDACT, ROTATE, SeqRange, StoredEntry, details_digest};
use crate::model::{Digest, EntryHash};

/// Entries whose leaves are gathered before the tree takes them: hashes that do not wait for one another overlap in
/// the processor, and so many fit into its nearest cache.
const GATHERED: usize = 512;

/// What is wrong with a first entry that is sound and of other tables.
const OTHER_TABLES: &str = "entry 1 names another schema than this version has";

/// What stands in front of the first entry that is read.
#[derive(Debug, Clone)]
pub struct Start {
    /// How many entries are not read.
    pub after: u64,
    /// The tree over them; empty while the runs before this one are read elsewhere.
    pub tree: CompactRange,
    /// The hash of the last entry that is not read.
    pub head: EntryHash,
    /// Its time.
    pub time_ns: i64,
}

impl Start {
    /// Nothing stands in front of the first entry.
    pub fn first() -> Self {
        Self { after: 0, tree: CompactRange::default(), head: GENESIS, time_ns: i64::MIN }
    }
}

/// What reading entries found.
#[derive(Debug, Clone)]
pub struct Pass {
    /// How many entries there were, counted from the first of the ledger.
    pub size: u64,
    /// The hash of the last.
    pub head: EntryHash,
    /// The time of the last.
    pub time_ns: i64,
    /// The tree over all of them; over those of the run only while runs are read one by one.
    pub tree: CompactRange,
    /// The name of the log and its first key, when its first entry was read.
    pub begun: Option<(String, NoteKey)>,
    /// Entries without the details that they had.
    pub erased: Vec<u64>,
    /// The ranges that were recorded as erased.
    pub redactions: Vec<(u64, u64)>,
    /// What was recorded as moved to segments: the range and what was said of it.
    pub rotations: Vec<(SeqRange, String)>,
    /// Entries that a test clock dated.
    pub fixed_clock: u64,
    /// Their roots at the sizes that were asked for.
    pub roots: BTreeMap<u64, Digest>,
    /// The first thing that is wrong.
    pub fault: Option<Fault>,
    /// The digest of the tables that the first entry has to name.
    schema: Digest,
    /// The sizes that were asked for and are still ahead, the nearest last.
    sizes: Vec<u64>,
    /// The trees at the sizes that were asked for.
    trees: Vec<CompactRange>,
    /// Hashes of entries that the tree has yet to take.
    gathered: Vec<Digest>,
    buffer: Vec<u8>,
}

impl Pass {
    /// A pass that has read nothing yet. `sizes` are those whose roots are wanted.
    pub fn new(start: Start, schema: Digest, sizes: &BTreeSet<u64>) -> Self {
        Self {
            size: start.after,
            head: start.head,
            time_ns: start.time_ns,
            tree: start.tree,
            begun: None,
            erased: Vec::new(),
            redactions: Vec::new(),
            rotations: Vec::new(),
            fixed_clock: 0,
            roots: BTreeMap::new(),
            fault: None,
            schema,
            sizes: sizes.range(start.after + 1..).rev().copied().collect(),
            trees: Vec::new(),
            gathered: Vec::with_capacity(GATHERED),
            buffer: Vec::with_capacity(512),
        }
    }

    /// The pass with a fault that shows before anything is read.
    #[must_use]
    pub fn failed(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }

    /// Checks the next entry; `found` is the position that it claims.
    pub fn entry(&mut self, entry: &StoredEntry<'_>) {
        let expected = self.size + 1;
        if entry.fields.seq != expected {
            self.fault = Some(missing(expected));
            return;
        }
        let hash = entry.fields.hash(&self.head, &mut self.buffer);
        if let Some((layer, what)) = self.objection(entry, &hash) {
            self.fault = Some(Fault::new(layer, Some(expected), format!("entry {expected} {what}")));
            return;
        }
        if !entry.fields.details_digest.is_empty() && entry.details.is_empty() {
            self.erased.push(expected);
        }
        let [clock, _, action, subject, reason, ..] = entry.fields.texts;
        self.fixed_clock += u64::from(clock == b"fixed");
        if action == REDACT.as_bytes() {
            self.redactions.extend(ranges_of(subject));
        }
        if action == ROTATE.as_bytes() {
            let range = std::str::from_utf8(subject).ok().and_then(|text| text.parse().ok());
            self.rotations.extend(range.map(|range| (range, String::from_utf8_lossy(reason).into_owned())));
        }
        if expected == 1 {
            self.first(action, subject, reason);
        }
        (self.head, self.time_ns, self.size) = (hash, entry.fields.time_ns, expected);
        self.gathered.push(hash);
        if self.gathered.len() == GATHERED || self.sizes.last() == Some(&expected) {
            self.grow();
        }
    }

    fn objection(&self, entry: &StoredEntry<'_>, hash: &EntryHash) -> Option<(Layer, &'static str)> {
        let digest = entry.fields.details_digest;
        if entry.entry_hash != hash.0 {
            Some((Layer::Chain, "does not fit its hash and the entry in front"))
        } else if entry.fields.time_ns < self.time_ns {
            Some((Layer::Time, "is dated before the entry in front"))
        } else if entry.details.is_empty() {
            None
        } else if digest.is_empty() {
            Some((Layer::Details, "has details that were added later"))
        } else {
            let fits = digest == details_digest(entry.details_salt, entry.details).0;
            (!fits).then_some((Layer::Details, "has other details than were recorded"))
        }
    }

    /// Lets the tree take what was gathered.
    fn grow(&mut self) {
        self.tree.extend(&mut self.gathered);
        while self.sizes.pop_if(|size| *size <= self.size).is_some() {
            self.trees.push(self.tree.clone());
        }
    }

    /// Says that all entries up to `last` should have been there.
    pub fn end(&mut self, last: u64) {
        self.grow();
        if self.fault.is_none() && self.size < last {
            self.fault = Some(missing(self.size + 1));
        }
    }

    /// Takes the trees so far as the trees over everything.
    pub fn settle(&mut self) {
        self.roots.extend(self.trees.drain(..).map(|tree| (tree.size(), tree.root())));
    }

    /// Adds what the run that follows found.
    pub fn add(&mut self, mut next: Self) {
        for part in next.trees {
            let mut tree = self.tree.clone();
            tree.join(&part);
            self.roots.insert(tree.size(), tree.root());
        }
        self.tree.join(&next.tree);
        (self.size, self.head, self.time_ns) = (next.size, next.head, next.time_ns);
        self.erased.append(&mut next.erased);
        self.redactions.append(&mut next.redactions);
        self.rotations.append(&mut next.rotations);
        self.fixed_clock += next.fixed_clock;
        self.fault = next.fault;
    }

    /// One pass over what this one and the next found, where the next already began where this one ended.
    #[must_use]
    pub fn followed_by(mut self, mut next: Self) -> Self {
        (self.size, self.head, self.time_ns, self.tree) = (next.size, next.head, next.time_ns, next.tree);
        self.erased.append(&mut next.erased);
        self.redactions.append(&mut next.redactions);
        self.rotations.append(&mut next.rotations);
        self.roots.append(&mut next.roots);
        self.fixed_clock += next.fixed_clock;
        self.begun = self.begun.or(next.begun);
        self.fault = self.fault.or(next.fault);
        self
    }

    /// Whether the only thing that is wrong is that the first entry names other tables than those asked for.
    pub fn names_other_tables(&self) -> bool {
        self.fault.as_ref().is_some_and(|fault| fault.message == OTHER_TABLES)
    }

    /// The first entry names the log, its schema and its first key.
    fn first(&mut self, action: &[u8], subject: &[u8], reason: &[u8]) {
        let Some(beginning) = Beginning::read(action, subject, reason) else {
            self.fault = Some(Fault::new(Layer::Schema, Some(1), "entry 1 is not the beginning of a ledger"));
            return;
        };
        if beginning.schema != self.schema {
            self.fault = Some(Fault::new(Layer::Schema, Some(1), OTHER_TABLES));
        }
        self.begun = Some((beginning.origin, beginning.key));
    }

    /// Details may be missing only where an entry tells that they were erased. Returns those where none does.
    pub fn untold(&mut self) -> Vec<u64> {
        self.redactions.sort_unstable();
        let mut told = 0;
        let mut ranges = self.redactions.iter().peekable();
        let mut untold = Vec::new();
        for seq in &self.erased {
            // Ranges are sorted by where they begin, so how far they reach together only grows.
            while let Some((_, to)) = ranges.next_if(|(from, _)| from <= seq) {
                told = told.max(*to);
            }
            if told < *seq {
                untold.push(*seq);
            }
        }
        untold
    }

    /// Makes a fault of details that were erased without a record.
    pub fn check_redactions(&mut self) {
        if self.fault.is_none()
            && let Some(seq) = self.untold().first()
        {
            let what = format!("the details of entry {seq} were erased without a record of it");
            self.fault = Some(Fault::new(Layer::Details, Some(*seq), what));
        }
    }
}

/// The fault of an entry that is not there.
pub fn missing(seq: u64) -> Fault {
    Fault::new(Layer::Sequence, Some(seq), format!("entry {seq} is missing"))
}

/// What the first entry of a ledger says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// The name of the log.
    pub origin: String,
    /// The digest of the tables.
    pub schema: Digest,
    /// The key of epoch zero.
    pub key: NoteKey,
    /// The key that signs every checkpoint beside the key of the epoch.
    pub identity: NoteKey,
}

impl Beginning {
    /// Reads it from the fields of the entry; none when it is no beginning.
    pub fn read(action: &[u8], subject: &[u8], reason: &[u8]) -> Option<Self> {
        let origin = std::str::from_utf8(subject).ok()?.to_owned();
        let words: Vec<&str> = std::str::from_utf8(reason).ok()?.split(' ').collect();
        let ["schema", schema, "key", key, "identity", identity] = words.as_slice() else { return None };
        let (key, identity) = (NoteKey::parse(key).ok()?, NoteKey::parse(identity).ok()?);
        (action == BEGIN.as_bytes()).then_some(Self { origin, schema: schema.parse().ok()?, key, identity })
    }
}

/// The ranges in the subject of an entry that tells of erased details: `5`, `5-9`, or several with commas.
fn ranges_of(subject: &[u8]) -> Vec<(u64, u64)> {
    let range = |text: &str| text.parse::<SeqRange>().ok().map(|range| (range.from, range.to));
    std::str::from_utf8(subject).unwrap_or_default().split(',').filter_map(range).collect()
}
