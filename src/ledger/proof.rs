//! A proof that an entry is in the log, in a file that can be checked alone: the text form of C2SP `tlog-proof`.
//!
//! Its `extra` line holds what the hash of the entry covers after the tag and the position, so that whoever holds
//! the file also sees what the entry says. The format does not vouch for that line; the proof does, because the
//! hash is computed from it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::lines;
use super::note::{Checkpoint, KeyKind, NOTE_LIMIT, Note, NoteError, NoteKey};
use super::tree::is_included;
use crate::model::ledger::{FIELD_LIMIT, hash_of_content};
use crate::model::{Digest, LedgerEntry};

/// The first line of its text.
const HEAD: &str = "c2sp.org/tlog-proof@v1";

/// Hashes that a path may have: more leaves than two to this power do not exist.
const PATH_LIMIT: usize = 64;

/// Bytes that a proof may have: what an entry may say, its path, and a checkpoint.
pub const PROOF_LIMIT: usize = 16 * FIELD_LIMIT + NOTE_LIMIT;

/// A proof that an entry is in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Which entry, from one.
    pub seq: u64,
    /// What its hash covers after the tag and the position.
    pub content: Vec<u8>,
    /// From the sibling of its leaf up to the child of the root.
    pub path: Vec<Digest>,
    /// The checkpoint that it leads to, a signed note.
    pub note: String,
}

/// What a proof has shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Proved {
    /// The entry; the details are not in a proof, only their digest.
    pub entry: LedgerEntry,
    /// The checkpoint that covers it.
    pub checkpoint: Checkpoint,
    /// Which of the given keys signed the checkpoint.
    pub signers: Vec<NoteKey>,
}

impl Proved {
    /// How many witnesses signed the checkpoint.
    pub fn witnesses(&self) -> usize {
        self.signers.iter().filter(|key| key.kind == KeyKind::Witness).count()
    }
}

/// Why a proof shows nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// It has not the form of a proof.
    #[error("it is malformed: {0}")]
    Malformed(&'static str),
    /// Its checkpoint was refused.
    #[error("its checkpoint: {0}")]
    Note(#[from] NoteError),
    /// It leads to another checkpoint than the one that was kept.
    #[error(
        "it is for {own}, and what was kept is {kept}; `aetherra-maint audit prove {seq} --checkpoint FILE`, run where the ledger is, makes one for what was kept"
    )]
    OtherCheckpoint {
        /// Which entry, from one.
        seq: u64,
        /// What it leads to, in words.
        own: String,
        /// What was kept, in words.
        kept: String,
    },
    /// The path does not lead from the entry to the root.
    #[error("the path does not lead from entry {0} to the root of the checkpoint")]
    NotIncluded(u64),
}

impl Proof {
    /// Its text.
    pub fn text(&self) -> String {
        let content = BASE64.encode(&self.content);
        let head = format!("{HEAD}\nextra {content}\nindex {}\n", self.seq.saturating_sub(1));
        lines::written(&head, &self.path, &self.note)
    }

    /// Reads its text; nothing about it is known yet.
    pub fn parse(text: &str) -> Result<Self, ProofError> {
        if text.len() > PROOF_LIMIT {
            return Err(ProofError::Malformed("it is too long"));
        }
        let (head, note) = text.split_once("\n\n").ok_or(ProofError::Malformed("it has no checkpoint"))?;
        let mut lines = head.lines();
        if lines.next() != Some(HEAD) {
            return Err(ProofError::Malformed("it does not begin like a proof"));
        }
        let content =
            lines.next().and_then(|line| line.strip_prefix("extra ")).and_then(|text| BASE64.decode(text).ok());
        let content = content.ok_or(ProofError::Malformed("its `extra` line does not hold an entry"))?;
        let seq = lines::number(lines.next(), "index").and_then(|index| index.checked_add(1));
        let seq = seq.ok_or(ProofError::Malformed("it has no index"))?;
        let path = lines::path(lines, PATH_LIMIT)
            .ok_or(ProofError::Malformed("a line of its path is no hash, or there are too many"))?;
        Ok(Self { seq, content, path, note: note.to_owned() })
    }

    /// Checks it with keys of the log and of witnesses, of which at least one must have signed.
    pub fn check(&self, keys: &[NoteKey]) -> Result<Proved, ProofError> {
        let note = Note::parse(&self.note)?;
        let signers = note.signers(keys)?.into_iter().cloned().collect();
        self.leads_to(Checkpoint::parse(&note.text)?, signers)
    }

    /// Checks it against a checkpoint that is trusted for another reason, such as that it was kept.
    pub fn check_against(&self, kept: &Checkpoint) -> Result<Proved, ProofError> {
        let own = Checkpoint::parse(&Note::parse(&self.note)?.text)?;
        if (&own.origin, own.size, own.root) != (&kept.origin, kept.size, kept.root) {
            let words = |one: &Checkpoint| format!("the checkpoint of `{}` over {} entries", one.origin, one.size);
            return Err(ProofError::OtherCheckpoint { seq: self.seq, own: words(&own), kept: words(kept) });
        }
        self.leads_to(own, Vec::new())
    }

    fn leads_to(&self, checkpoint: Checkpoint, signers: Vec<NoteKey>) -> Result<Proved, ProofError> {
        let entry_hash = hash_of_content(self.seq, &self.content);
        if !is_included(&entry_hash, self.seq - 1, checkpoint.size, &self.path, &checkpoint.root) {
            return Err(ProofError::NotIncluded(self.seq));
        }
        let entry = LedgerEntry::of_content(self.seq, &self.content)
            .ok_or(ProofError::Malformed("its `extra` line does not hold an entry"))?;
        Ok(Proved { entry, checkpoint, signers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::epoch::EpochKey;
    use crate::ledger::tree::{CompactRange, inclusion_ranges};
    use crate::model::EntryClock;
    use crate::model::ledger::GENESIS;

    fn log(size: u64) -> (Vec<LedgerEntry>, EpochKey, String) {
        let mut head = GENESIS;
        let mut tree = CompactRange::default();
        let entries = (1..=size)
            .map(|seq| {
                let mut entry = LedgerEntry {
                    seq,
                    time_ns: 5,
                    clock: EntryClock::Fixed,
                    actor: "a".into(),
                    action: "b.c".into(),
                    subject: format!("é{seq}"),
                    reason: String::new(),
                    trace_id: "t".into(),
                    result: "ok".into(),
                    details_digest: (seq % 2 == 0).then(|| Digest::of(b"d")),
                    prev_hash: head,
                    entry_hash: GENESIS,
                    details: None,
                };
                entry.entry_hash = entry.compute_hash();
                head = entry.entry_hash;
                tree.push(&head);
                entry
            })
            .collect();
        let key = EpochKey::new(0, &[1; 32]);
        let note = key.checkpoint("log", size, tree.root()).unwrap();
        (entries, key, note)
    }

    fn proof(entries: &[LedgerEntry], note: &str, seq: u64) -> Proof {
        let root = |range: std::ops::Range<u64>| {
            let mut tree = CompactRange::default();
            entries[range.start as usize..range.end as usize].iter().for_each(|entry| tree.push(&entry.entry_hash));
            tree.root()
        };
        let path = inclusion_ranges(seq - 1, entries.len() as u64).unwrap().into_iter().map(root).collect();
        Proof { seq, content: entries[seq as usize - 1].content(), path, note: note.to_owned() }
    }

    #[test]
    fn it_holds_for_every_entry_and_says_what_the_entry_says() {
        let (entries, key, note) = log(11);
        let keys = [key.public("log").unwrap()];
        for entry in &entries {
            let proof = proof(&entries, &note, entry.seq);
            assert_eq!(Proof::parse(&proof.text()).as_ref(), Ok(&proof));
            let proved = proof.check(&keys).unwrap();
            assert_eq!((&proved.entry, proved.witnesses()), (entry, 0));
            let other = [EpochKey::new(0, &[2; 32]).public("log").unwrap()];
            assert_eq!(proof.check(&other), Err(ProofError::Note(NoteError::Unsigned)));
        }
    }

    #[test]
    fn no_changed_byte_goes_unseen() {
        let (entries, key, note) = log(11);
        let keys = [key.public("log").unwrap()];
        let text = proof(&entries, &note, 4).text();
        for at in (0..text.len()).filter(|at| text.is_char_boundary(*at) && text.is_char_boundary(at + 1)) {
            let with = if &text[at..=at] == "B" { "C" } else { "B" };
            let changed = format!("{}{with}{}", &text[..at], &text[at + 1..]);
            let held = Proof::parse(&changed).and_then(|proof| proof.check(&keys));
            assert!(held.is_err(), "byte {at}: {changed}");
        }
        let kept = Checkpoint::parse(&Note::parse(&note).unwrap().text).unwrap();
        assert!(proof(&entries, &note, 4).check_against(&kept).is_ok());
        let other = Checkpoint { size: 10, ..kept };
        assert!(matches!(
            proof(&entries, &note, 4).check_against(&other),
            Err(ProofError::OtherCheckpoint { seq: 4, .. })
        ));
    }
}
