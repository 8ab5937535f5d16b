//! A segment: a run of entries in a file of its own that can be checked alone.
//!
//! The file is compressed; within are lines of JSON. The first has what stands in front of the entries (the tree, the
//! hash, the time), the first entry of the log with the path that leads from it to the root, the seals that lead from
//! its key to the key of today, and a checkpoint over all entries up to the last of the segment. Then come the
//! entries, and a last line that says how many there were.

use std::collections::BTreeSet;
use std::io::{BufRead, Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};

use super::epoch::{checked, follow};
use super::line::{ENTRY, EntryLine, decoded, encoded};
use super::note::{Checkpoint, Note, NoteKey};
use super::pass::{Beginning, Pass, Start};
use super::tree::{CompactRange, is_included};
use super::verdict::{Fault, Layer};
use crate::model::ledger::{FIELD_LIMIT, hash_of_content};
use crate::model::{Digest, EntryHash, LedgerEntry};

/// What the first line names as its format.
const FORMAT: &str = "aetherra-maint/ledger-segment/v1";

/// Bytes that a line may have: the details and all fields, each byte of them escaped.
const LINE_LIMIT: u64 = 6 * ((1 << 20) + 16 * FIELD_LIMIT as u64);

/// How much is compressed: level 9 costs little time and is close to what more would give.
const LEVEL: i32 = 9;

/// What a segment says about itself, in its first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    #[serde(rename = "type")]
    kind: String,
    format: String,
    /// The name of the log.
    pub origin: String,
    /// The position of its first entry.
    pub first: u64,
    /// The position of its last entry.
    pub last: u64,
    /// The roots of the complete subtrees over the entries in front of it, in Base64.
    range: Vec<String>,
    /// The hash of the entry in front of it.
    head: EntryHash,
    /// The time of that entry.
    time_ns: i64,
    /// What the hash of the first entry of the log covers, in Base64.
    beginning: String,
    /// The path from that entry to the root over all entries up to the last of the segment.
    path: Vec<String>,
    /// The seals of the epochs so far.
    seals: Vec<String>,
    /// The checkpoint over all entries up to the last of the segment.
    pub checkpoint: String,
}

/// What leads from the first entry of a log to a checkpoint at the end of a segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The first entry of the log.
    pub beginning: LedgerEntry,
    /// The path from it to the root.
    pub path: Vec<Digest>,
    /// The seals of the epochs so far.
    pub seals: Vec<String>,
    /// The checkpoint.
    pub checkpoint: String,
}

impl Head {
    /// The first line of a segment that goes on from `start`.
    pub fn new(start: &Start, last: u64, evidence: &Evidence) -> Self {
        Self {
            kind: "segment".to_owned(),
            format: FORMAT.to_owned(),
            origin: evidence.beginning.subject.clone(),
            first: start.after + 1,
            last,
            range: start.tree.to_bytes().chunks(32).map(|root| BASE64.encode(root)).collect(),
            head: start.head,
            time_ns: start.time_ns,
            beginning: BASE64.encode(evidence.beginning.content()),
            path: encoded(&evidence.path),
            seals: evidence.seals.clone(),
            checkpoint: evidence.checkpoint.clone(),
        }
    }

    /// What stands in front of the first entry.
    pub fn start(&self) -> Option<Start> {
        let after = self.first.checked_sub(1)?;
        let roots: Vec<u8> = decoded(&self.range)?.iter().flat_map(|root| root.0).collect();
        let tree = CompactRange::from_parts(after, &roots)?;
        Some(Start { after, tree, head: self.head, time_ns: self.time_ns })
    }
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tail {
    #[serde(rename = "type")]
    kind: String,
    entries: u64,
}

/// A segment that is being written.
pub struct SegmentWriter<W: Write> {
    out: zstd::stream::write::Encoder<'static, W>,
    entries: u64,
}

impl<W: Write> SegmentWriter<W> {
    /// Begins a segment.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W, head: &Head) -> std::io::Result<Self> {
        let mut out = zstd::stream::write::Encoder::new(out, LEVEL)?;
        out.include_checksum(true)?;
        write_line(&mut out, head)?;
        Ok(Self { out, entries: 0 })
    }

    /// Adds the next entry.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn entry(&mut self, line: &EntryLine) -> std::io::Result<()> {
        self.entries += 1;
        write_line(&mut self.out, line)
    }

    /// Ends the segment.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> std::io::Result<W> {
        write_line(&mut self.out, &Tail { kind: "summary".to_owned(), entries: self.entries })?;
        self.out.finish()
    }
}

/// Writes a value as one line of JSON.
pub fn write_line(out: &mut impl Write, value: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Why a file is no segment that can be read.
#[derive(Debug, thiserror::Error)]
pub enum SegmentError {
    /// It cannot be read, or not be decompressed.
    #[error("it cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A line is not what it should be.
    #[error("line {0} is not what a segment has there")]
    Line(u64),
    /// It ends before its last line.
    #[error("its end is missing")]
    CutOff,
}

/// What a segment has shown.
#[derive(Debug, Clone)]
pub struct SegmentCheck {
    /// What it says about itself.
    pub head: Head,
    /// What reading its entries found; its fault is the first thing that is wrong.
    pub pass: Pass,
    /// Entries without details that no entry of the segment tells of.
    pub untold: u64,
    /// The key that signs every checkpoint of the log, as its first entry names it.
    pub identity: Option<NoteKey>,
}

/// Reads a segment to its end, and checks what can be checked with nothing but it. `each` sees every entry that was
/// found sound.
///
/// # Errors
/// When it cannot be read, or is no segment. What is wrong with the entries is in the result.
pub fn check(
    compressed: impl Read,
    schema: Digest,
    sizes: &BTreeSet<u64>,
    mut each: impl FnMut(EntryLine),
) -> Result<SegmentCheck, SegmentError> {
    let mut lines = Lines { input: std::io::BufReader::new(zstd::stream::read::Decoder::new(compressed)?), line: 0 };
    let head: Head = lines.next()?.ok_or(SegmentError::CutOff)?;
    if head.format != FORMAT || head.kind != "segment" {
        return Err(SegmentError::Line(1));
    }
    let start = head.start().ok_or(SegmentError::Line(1))?;
    let (first, before) = (start.after, start.tree.root());
    let mut pass = Pass::new(start, schema, sizes);
    while pass.size < head.last && pass.fault.is_none() {
        let line: EntryLine = lines.next()?.ok_or(SegmentError::CutOff)?;
        if line.kind != ENTRY || line.proof.is_some() {
            return Err(SegmentError::Line(lines.line));
        }
        let before = pass.head;
        line.with_stored(|entry| pass.entry(entry)).ok_or(SegmentError::Line(lines.line))?;
        if pass.fault.is_none() && line.prev_hash != before {
            let what = format!("entry {} names another entry in front of it", line.seq);
            pass.fault = Some(Fault::new(Layer::Chain, Some(line.seq), what));
        }
        if pass.fault.is_none() {
            each(line);
        }
    }
    pass.end(head.last);
    pass.settle();
    if sizes.contains(&first) {
        pass.roots.insert(first, before);
    }
    let mut identity = None;
    if pass.fault.is_none() {
        let tail: Tail = lines.next()?.ok_or(SegmentError::CutOff)?;
        if tail.kind != "summary" || tail.entries != head.last - first {
            return Err(SegmentError::Line(lines.line));
        }
        match evidence(&head, &pass) {
            Ok(key) => identity = Some(key),
            Err(fault) => pass.fault = Some(fault),
        }
    }
    let untold = pass.untold().len() as u64;
    Ok(SegmentCheck { head, pass, untold, identity })
}

/// Follows from the first entry of the log to the checkpoint at the end. Returns the identity of the log.
fn evidence(head: &Head, pass: &Pass) -> Result<NoteKey, Fault> {
    let wrong = |layer, what: &str| Fault::new(layer, None, what);
    let root = pass.tree.root();
    let content = BASE64.decode(&head.beginning).unwrap_or_default();
    let path = decoded(&head.path).unwrap_or_default();
    if !is_included(&hash_of_content(1, &content), 0, head.last, &path, &root) {
        return Err(wrong(Layer::Tree, "the entries do not lead back to the first entry that the segment names"));
    }
    let beginning = LedgerEntry::of_content(1, &content)
        .and_then(|entry| Beginning::read(entry.action.as_bytes(), entry.subject.as_bytes(), entry.reason.as_bytes()))
        .filter(|beginning| beginning.origin == head.origin)
        .ok_or_else(|| {
            wrong(Layer::Schema, "the first entry that the segment names is not the beginning of its log")
        })?;
    let seals: Vec<(u64, String)> = (0..).zip(head.seals.iter().cloned()).collect();
    let (_, keys) = follow(&beginning.key, &seals).map_err(|error| wrong(Layer::Seal, &error.to_string()))?;
    let checkpoint = signed(&head.checkpoint, &keys)
        .ok_or_else(|| wrong(Layer::Checkpoint, "its checkpoint was not signed with a key of the log"))?;
    if (checkpoint.size, checkpoint.root) != (head.last, root) {
        return Err(wrong(Layer::Checkpoint, "the entries are not those that its checkpoint covers"));
    }
    // The key that others know the log by is named in its first entry, and signs beside the key of the epoch.
    if checked(&head.checkpoint, &beginning.identity).as_ref() != Ok(&checkpoint) {
        return Err(wrong(Layer::Checkpoint, "its checkpoint was not signed with the identity of the log"));
    }
    Ok(beginning.identity)
}

/// The checkpoint in a note, when the key of the epoch that it names signed it.
pub fn signed(note: &str, keys: &[NoteKey]) -> Option<Checkpoint> {
    let claimed = Checkpoint::parse(&Note::parse(note).ok()?.text).ok()?;
    let epoch: usize = claimed.extension("epoch")?.parse().ok()?;
    checked(note, keys.get(epoch)?).ok()
}

/// Lines of JSON, none of them longer than allowed.
struct Lines<R> {
    input: R,
    line: u64,
}

impl<R: BufRead> Lines<R> {
    fn next<T: serde::de::DeserializeOwned>(&mut self) -> Result<Option<T>, SegmentError> {
        let mut text = Vec::new();
        self.line += 1;
        (&mut self.input).take(LINE_LIMIT).read_until(b'\n', &mut text)?;
        if text.is_empty() {
            return Ok(None);
        }
        serde_json::from_slice(&text).map(Some).map_err(|_| SegmentError::Line(self.line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::epoch::{EpochKey, Identity};
    use crate::ledger::tree::ProofTree;
    use crate::model::EntryClock;
    use crate::model::ledger::{BEGIN, GENESIS};

    const ORIGIN: &str = "log/one";

    /// The entries of a log, its keys, and the segment of those after `after`, decompressed.
    fn segment(after: u64, size: u64) -> (String, Digest) {
        let (schema, key, identity) = (Digest::of(b"tables"), EpochKey::new(0, &[1; 32]), Identity::new(&[2; 32]));
        let (public, who) = (key.public(ORIGIN).unwrap(), identity.public(ORIGIN).unwrap());
        let mut start = Start { time_ns: 0, ..Start::first() };
        let (mut all, mut head) = (ProofTree::after(&CompactRange::default()), GENESIS);
        let mut lines = Vec::new();
        for seq in 1..=size {
            let (action, subject, reason) = match seq {
                1 => (BEGIN, ORIGIN.to_owned(), format!("schema {schema} key {public} identity {who}")),
                _ => ("a.b", format!("é{seq}"), "r".to_owned()),
            };
            let (salt, details) = ([3; 16], format!("{{\"n\":{seq}}}"));
            let mut entry = LedgerEntry {
                seq,
                time_ns: 5,
                clock: EntryClock::Fixed,
                actor: "x".into(),
                action: action.into(),
                subject,
                reason,
                trace_id: "t".into(),
                result: "ok".into(),
                details_digest: Some(crate::model::ledger::details_digest(&salt, details.as_bytes())),
                prev_hash: head,
                entry_hash: GENESIS,
                details: None,
            };
            entry.entry_hash = entry.compute_hash();
            head = entry.entry_hash;
            all.push(&head);
            if seq <= after {
                start.tree.push(&head);
                start = Start { after: seq, head, time_ns: 5, ..start };
            }
            lines.push(EntryLine::new(entry, Some(&salt), Some(details)));
        }
        let evidence = Evidence {
            beginning: lines[0].entry(),
            path: all.proofs()(0).unwrap(),
            seals: Vec::new(),
            checkpoint: key.checkpoint_with(&identity, ORIGIN, size, all.root()).unwrap(),
        };
        let mut writer = SegmentWriter::new(Vec::new(), &Head::new(&start, size, &evidence)).unwrap();
        lines.iter().skip(usize::try_from(after).unwrap()).for_each(|line| writer.entry(line).unwrap());
        let text = zstd::decode_all(writer.finish().unwrap().as_slice()).unwrap();
        (String::from_utf8(text).unwrap(), schema)
    }

    fn read(text: &str, schema: Digest) -> Result<SegmentCheck, SegmentError> {
        check(zstd::encode_all(text.as_bytes(), 1).unwrap().as_slice(), schema, &BTreeSet::new(), |_| ())
    }

    #[test]
    fn a_segment_proves_itself_wherever_it_begins() {
        for after in [0, 1, 3, 4] {
            let (text, schema) = segment(after, 7);
            let check = read(&text, schema).unwrap();
            assert_eq!((check.pass.fault, check.untold), (None, 0), "after {after}");
            assert_eq!(check.identity.unwrap().name, ORIGIN);
        }
    }

    #[test]
    fn no_changed_byte_passes() {
        let (text, schema) = segment(2, 6);
        for at in (0..text.len()).filter(|at| text.is_char_boundary(*at) && text.is_char_boundary(at + 1)) {
            let with = if &text[at..=at] == "7" { "8" } else { "7" };
            let changed = format!("{}{with}{}", &text[..at], &text[at + 1..]);
            let passed = read(&changed, schema).is_ok_and(|check| check.pass.fault.is_none());
            assert!(!passed, "byte {at}: {changed}");
        }
        for end in 0..text.len() - 1 {
            if text.is_char_boundary(end) {
                assert!(!read(&text[..end], schema).is_ok_and(|check| check.pass.fault.is_none()), "cut at {end}");
            }
        }
    }
}
