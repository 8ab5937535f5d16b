//! Recomputing what entries say of themselves and of one another, wherever they are read from.

use std::array;
use std::collections::{BTreeMap, BTreeSet};

use super::note::NoteKey;
use super::tree::CompactRange;
use super::verdict::{Fault, Layer};
use crate::model::ledger::{BEGIN, GENESIS, REDACT, ROTATE, SeqRange, StoredEntry, details_digest};
use crate::model::{Digest, EntryClock, EntryHash};

/// Entries whose leaves are gathered before the tree takes them: hashes that do not wait for one another overlap in
/// the processor, and so many fit into its nearest cache.
const GATHERED: usize = 512;

/// Entries whose hashes are computed together, for the same reason.
const WAITING: usize = 4;

/// Bytes that are laid out before hashes are computed in any case: an entry in a damaged database may be of any size.
const LAID_OUT: usize = 1 << 16;

/// What is wrong with an entry whose hash is another one.
const UNCHAINED: &str = "does not fit its hash and the entry in front";

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
    /// Entries that were made while the clock was behind the entry in front.
    pub clock_behind: u64,
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
    /// Entries whose hashes are yet to be computed.
    waiting: Vec<Waiting>,
    /// What their hashes cover, in blocks, one entry after the other.
    buffer: Vec<u8>,
}

/// An entry whose hash is yet to be computed.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    /// The hash that it claims.
    claimed: EntryHash,
    /// Where its blocks begin and end.
    blocks: (usize, usize),
    /// What told its time.
    clock: EntryClock,
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
            clock_behind: 0,
            roots: BTreeMap::new(),
            fault: None,
            schema,
            sizes: sizes.range(start.after + 1..).rev().copied().collect(),
            trees: Vec::new(),
            gathered: Vec::with_capacity(GATHERED),
            waiting: Vec::with_capacity(WAITING),
            buffer: Vec::with_capacity(512 * WAITING),
        }
    }

    /// The pass with a fault that shows before anything is read.
    #[must_use]
    pub fn failed(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }

    /// Checks the next entry.
    pub fn entry(&mut self, entry: &StoredEntry<'_>) {
        self.take(entry);
        self.catch_up();
    }

    /// Takes the next entry, whose hash is computed together with those of the entries beside it: what is wrong with
    /// it shows a few entries later, at the latest at the end.
    ///
    /// Each hash covers the one that the entry in front claims. That one is what it should be, or a fault.
    pub fn take(&mut self, entry: &StoredEntry<'_>) {
        let expected = self.size + self.waiting.len() as u64 + 1;
        if entry.fields.seq != expected {
            self.catch_up();
            self.fault.get_or_insert_with(|| missing(expected));
            return;
        }
        if let Some(objection) = self.objection(entry) {
            self.catch_up();
            let fits = entry.entry_hash == entry.fields.hash(&self.head, &mut self.buffer).0;
            self.buffer.clear();
            let (layer, what) = if fits { objection } else { (Layer::Chain, UNCHAINED) };
            self.fault.get_or_insert_with(|| Fault::new(layer, Some(expected), format!("entry {expected} {what}")));
            return;
        }
        let head = self.waiting.last().map_or(self.head, |before| before.claimed);
        let from = self.buffer.len() / 64;
        entry.fields.lay_out_padded(&head, &mut self.buffer);
        // No entry has the hash that is put in place of something that is none.
        let claimed = Digest(entry.entry_hash.try_into().unwrap_or_default());
        let clock = clock_of(entry.fields.texts[0]);
        self.waiting.push(Waiting { claimed, blocks: (from, self.buffer.len() / 64), clock });
        self.time_ns = entry.fields.time_ns;
        if expected == 1 || self.waiting.len() == WAITING || self.buffer.len() > LAID_OUT {
            self.catch_up();
        }
        if self.fault.is_none() {
            self.note(expected, entry);
        }
    }

    /// Keeps what an entry says that concerns others.
    fn note(&mut self, seq: u64, entry: &StoredEntry<'_>) {
        if !entry.fields.details_digest.is_empty() && entry.details.is_empty() {
            self.erased.push(seq);
        }
        let [_, _, action, subject, reason, ..] = entry.fields.texts;
        if action == REDACT.as_bytes() {
            self.redactions.extend(ranges_of(subject));
        }
        if action == ROTATE.as_bytes() {
            let range = std::str::from_utf8(subject).ok().and_then(|text| text.parse().ok());
            self.rotations.extend(range.map(|range| (range, String::from_utf8_lossy(reason).into_owned())));
        }
        if seq == 1 {
            self.first(action, subject, reason);
        }
    }

    /// Computes the hashes of the entries that wait for it.
    fn catch_up(&mut self) {
        let blocks = self.buffer.as_chunks().0;
        let of = |entry: &Waiting| blocks.get(entry.blocks.0..entry.blocks.1).unwrap_or_default();
        let hashes = Digest::of_each::<WAITING>(array::from_fn(|at| self.waiting.get(at).map_or(&[][..], of)));
        self.buffer.clear();
        let mut waiting = std::mem::take(&mut self.waiting);
        for (entry, hash) in waiting.drain(..).zip(hashes) {
            if entry.claimed != hash {
                let seq = self.size + 1;
                self.fault = Some(Fault::new(Layer::Chain, Some(seq), format!("entry {seq} {UNCHAINED}")));
                // What was noted of entries behind it counts no more.
                self.erased.retain(|noted| *noted < seq);
                break;
            }
            self.size += 1;
            self.head = hash;
            self.fixed_clock += u64::from(entry.clock == EntryClock::Fixed);
            self.clock_behind += u64::from(entry.clock == EntryClock::Behind);
            self.gathered.push(hash);
            if self.gathered.len() == GATHERED || self.sizes.last() == Some(&self.size) {
                self.grow();
            }
        }
        // Its memory is used again.
        self.waiting = waiting;
    }

    fn objection(&self, entry: &StoredEntry<'_>) -> Option<(Layer, &'static str)> {
        let digest = entry.fields.details_digest;
        if entry.fields.time_ns < self.time_ns {
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
        self.catch_up();
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
        self.clock_behind += next.clock_behind;
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
        self.clock_behind += next.clock_behind;
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

/// What told the time, by its word. What is no such word is none of those that are counted.
fn clock_of(word: &[u8]) -> EntryClock {
    match word {
        b"fixed" => EntryClock::Fixed,
        b"behind" => EntryClock::Behind,
        _ => EntryClock::System,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ledger::EntryFields;

    const ENTRIES: u64 = 11;

    /// The times, details and claimed hashes of a sound run of entries, every third of them with details.
    fn sound() -> Vec<(i64, &'static [u8], Digest)> {
        let mut head = Start::first().head;
        let times = (2..=ENTRIES + 1).map(|seq| 100 + seq.cast_signed());
        let details = [&b""[..], b"", b"{}"].into_iter().cycle();
        times
            .zip(details)
            .zip(2..)
            .map(|((time_ns, details), seq)| {
                head = with_entry(seq, time_ns, details, &Digest::default(), |entry| {
                    entry.fields.hash(&head, &mut Vec::new())
                });
                (time_ns, details, head)
            })
            .collect()
    }

    fn with_entry<T>(
        seq: u64,
        time_ns: i64,
        details: &[u8],
        claimed: &Digest,
        work: impl FnOnce(&StoredEntry<'_>) -> T,
    ) -> T {
        let digest = details_digest(b"salt", b"{}");
        let fields = EntryFields {
            seq,
            time_ns,
            texts: [b"fixed", b"operator", b"a.b", b"c", b"", b"t", b"ok"],
            details_digest: if details.is_empty() { &[] } else { &digest.0 },
        };
        work(&StoredEntry { fields, entry_hash: &claimed.0, details_salt: b"salt", details })
    }

    /// What a pass over entries after the first tells, with each of them checked at once or not.
    fn told(
        entries: &[(u64, i64, &[u8], Digest)],
        check: fn(&mut Pass, &StoredEntry<'_>),
    ) -> (Option<Fault>, u64, Digest, u64, Digest) {
        let mut pass = Pass::new(Start { after: 1, ..Start::first() }, Digest::default(), &BTreeSet::from([5]));
        for (seq, time_ns, details, claimed) in entries {
            with_entry(*seq, *time_ns, details, claimed, |entry| check(&mut pass, entry));
            if pass.fault.is_some() {
                break;
            }
        }
        pass.end(ENTRIES + 1);
        (pass.fault, pass.size, pass.head, pass.fixed_clock, pass.tree.root())
    }

    #[test]
    fn entries_checked_together_are_told_of_like_entries_checked_one_by_one() {
        let sound: Vec<_> = (2..).zip(sound()).map(|(seq, (time, details, hash))| (seq, time, details, hash)).collect();
        let (fault, size, ..) = told(&sound, Pass::take);
        assert_eq!((fault, size), (None, ENTRIES + 1));
        for at in 0..sound.len() {
            for later in at..sound.len() {
                // One thing is wrong with one entry, and another with the same or a later one.
                for (one, other) in (0..4).flat_map(|one| (0..4).map(move |other| (one, other))) {
                    let mut entries = sound.clone();
                    for (place, kind) in [(later, other), (at, one)] {
                        let entry = &mut entries[place];
                        match kind {
                            0 => entry.0 += 1,
                            1 => entry.1 = -1,
                            2 => entry.2 = b"[]",
                            _ => entry.3 = Digest::of(b"another"),
                        }
                    }
                    let together = told(&entries, Pass::take);
                    assert_eq!(together, told(&entries, Pass::entry), "{at} {one}, {later} {other}");
                    let named = together.0.and_then(|fault| fault.seq);
                    assert_eq!(named, Some(at as u64 + 2), "{at} {one}, {later} {other}");
                }
            }
        }
    }
}
