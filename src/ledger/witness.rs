//! The rules of a witness, after C2SP `tlog-witness`: it signs a checkpoint only when the log has merely grown
//! since the last one that it signed, and it writes down what it is about to sign before it signs.

use super::lines;
use super::note::{Checkpoint, KeyKind, NOTE_LIMIT, Note, NoteKey};
use super::tree::is_consistent;
use crate::model::Digest;

/// Hashes that a proof of consistency may have.
const PATH_LIMIT: usize = 63;

/// Bytes that a request may have.
pub const REQUEST_LIMIT: usize = NOTE_LIMIT + 64 * 64;

/// What a log asks of a witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What the log believes the witness signed last, in entries.
    pub old: u64,
    /// That the new checkpoint continues that one.
    pub path: Vec<Digest>,
    /// The checkpoint, a signed note.
    pub note: String,
}

/// Why a witness does not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is no request (400).
    #[error("the request is malformed: {0}")]
    Malformed(&'static str),
    /// No key of a known log signed it (403).
    #[error("no known key of the log signed the checkpoint")]
    Unsigned,
    /// The log does not go on from what was signed last (409).
    #[error("the last checkpoint that was signed has {0} entries, not as many as the request goes on from")]
    Elsewhere(u64),
    /// As many entries, and others (409).
    #[error("another checkpoint with {0} entries was signed already: the log has forked")]
    Forked(u64),
    /// The proof does not hold (422).
    #[error("the proof does not show that the log only grew")]
    Inconsistent,
}

impl Refusal {
    /// The status of HTTP that the protocol has for it.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::Unsigned => 403,
            Self::Elsewhere(_) | Self::Forked(_) => 409,
            Self::Inconsistent => 422,
        }
    }
}

impl Request {
    /// The body of `add-checkpoint`.
    pub fn text(&self) -> String {
        lines::written(&format!("old {}\n", self.old), &self.path, &self.note)
    }

    /// Reads the body of `add-checkpoint`.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if text.len() > REQUEST_LIMIT {
            return Err(Refusal::Malformed("it is too long"));
        }
        let (head, note) = text.split_once("\n\n").ok_or(Refusal::Malformed("it has no checkpoint"))?;
        let mut lines = head.lines();
        let old =
            lines::number(lines.next(), "old").ok_or(Refusal::Malformed("it does not begin with `old` and a size"))?;
        let path = lines::path(lines, PATH_LIMIT)
            .ok_or(Refusal::Malformed("a line of its proof is no hash, or there are too many"))?;
        Ok(Self { old, path, note: note.to_owned() })
    }

    /// The name of the log that asks, before anything of it is believed.
    pub fn origin(&self) -> Result<String, Refusal> {
        self.taken_apart().map(|(_, checkpoint)| checkpoint.origin)
    }

    fn taken_apart(&self) -> Result<(Note, Checkpoint), Refusal> {
        let note = Note::parse(&self.note).map_err(|_| Refusal::Malformed("its checkpoint is no signed note"))?;
        let checkpoint = Checkpoint::parse(&note.text).map_err(|_| Refusal::Malformed("its note is no checkpoint"))?;
        Ok((note, checkpoint))
    }

    /// Judges the request by what was signed last for this log. Whoever gets a checkpoint back writes it down as
    /// the last one, in the step in which `last` was read, and signs only then.
    pub fn judge(&self, last: Option<(u64, Digest)>, log_keys: &[NoteKey]) -> Result<(String, Checkpoint), Refusal> {
        let (note, checkpoint) = self.taken_apart()?;
        let of_this_log: Vec<NoteKey> =
            log_keys.iter().filter(|key| key.kind == KeyKind::Log && key.name == checkpoint.origin).cloned().collect();
        note.signers(&of_this_log).map_err(|_| Refusal::Unsigned)?;
        if self.old > checkpoint.size {
            return Err(Refusal::Malformed("it goes on from more entries than the checkpoint has"));
        }
        let (size, root) = last.unwrap_or((0, super::tree::empty_root()));
        if self.old != size {
            return Err(Refusal::Elsewhere(size));
        }
        if size == checkpoint.size && root != checkpoint.root {
            return Err(Refusal::Forked(size));
        }
        let holds = if size == 0 {
            self.path.is_empty()
        } else {
            is_consistent(size, &root, checkpoint.size, &checkpoint.root, &self.path)
        };
        if holds { Ok((note.text, checkpoint)) } else { Err(Refusal::Inconsistent) }
    }
}

/// What a witness answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// Signature lines by known witnesses, which hold for exactly the checkpoint that was sent.
    Cosigned(Vec<String>),
    /// It signed a checkpoint with so many entries last.
    Size(u64),
    /// It signed nothing of ours: something else, or with another key. It is not believed.
    Lie(String),
}

/// Reads what a witness answered to a checkpoint. Nothing of it is believed that does not check.
pub fn answer(note: &str, text: &str, keys: &[NoteKey]) -> Answered {
    if let Ok(size) = text.trim_end().parse() {
        return Answered::Size(size);
    }
    let mut lines = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("\u{2014} ")).take(16) {
        match Note::parse(&format!("{note}{line}\n")).and_then(|note| note.signers(keys).map(|keys| keys.len())) {
            Ok(_) => lines.push(line.to_owned()),
            Err(super::note::NoteError::WrongSignature(name)) => {
                return Answered::Lie(format!("the signature by `{name}` is not one over this checkpoint"));
            }
            Err(_) => {}
        }
    }
    if lines.is_empty() {
        let said: String =
            text.lines().next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
        return Answered::Lie(format!("it gave no signature by a known witness, but `{said}`"));
    }
    Answered::Cosigned(lines)
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;

    use super::*;
    use crate::ledger::epoch::EpochKey;
    use crate::ledger::note::cosign;
    use crate::ledger::tree::{CompactRange, consistency_ranges};

    struct Log {
        leaves: Vec<Digest>,
        key: EpochKey,
    }

    impl Log {
        fn new(size: u8, salt: u8) -> Self {
            Self { leaves: (0..size).map(|n| Digest::of(&[n, salt])).collect(), key: EpochKey::new(0, &[1; 32]) }
        }

        fn root(&self, range: std::ops::Range<u64>) -> Digest {
            let mut tree = CompactRange::default();
            self.leaves[range.start as usize..range.end as usize].iter().for_each(|leaf| tree.push(leaf));
            tree.root()
        }

        fn request(&self, old: u64, size: u64) -> Request {
            let ranges = consistency_ranges(old, size).unwrap_or_default();
            let note = self.key.checkpoint("log", size, self.root(0..size)).unwrap();
            Request { old, path: ranges.into_iter().map(|range| self.root(range)).collect(), note }
        }
    }

    #[test]
    fn it_signs_a_log_that_grows_and_no_other() {
        let log = Log::new(20, 0);
        let keys = [log.key.public("log").unwrap()];
        assert_eq!(Request::parse(&log.request(5, 9).text()), Ok(log.request(5, 9)));
        for (old, size) in [(0, 3), (0, 0), (1, 20), (3, 3), (8, 19), (16, 20)] {
            let last = (old > 0).then(|| (old, log.root(0..old)));
            let (text, checkpoint) = log.request(old, size).judge(last, &keys).unwrap();
            assert_eq!((checkpoint.size, checkpoint.root), (size, log.root(0..size)));
            assert!(text.starts_with("log\n"));
        }
        let fork = Log::new(20, 1);
        let last = Some((8, log.root(0..8)));
        assert_eq!(fork.request(8, 12).judge(last, &keys), Err(Refusal::Inconsistent));
        assert_eq!(fork.request(8, 8).judge(last, &keys), Err(Refusal::Forked(8)));
        assert_eq!(log.request(7, 12).judge(last, &keys), Err(Refusal::Elsewhere(8)));
        assert_eq!(log.request(8, 12).judge(None, &keys), Err(Refusal::Elsewhere(0)));
        assert!(matches!(log.request(12, 8).judge(last, &keys), Err(Refusal::Malformed(_))));
        let others = [EpochKey::new(0, &[2; 32]).public("log").unwrap()];
        assert_eq!(log.request(8, 12).judge(last, &others), Err(Refusal::Unsigned));
        for text in ["", "old 1", "old 01\n\n", "old x\n\nlog\n", "old 1\nzz\n\nlog\n"] {
            assert!(matches!(Request::parse(text), Err(Refusal::Malformed(_))), "{text:?}");
        }
    }

    #[test]
    fn a_witness_that_lies_is_not_believed() {
        let log = Log::new(9, 0);
        let (note, other) = (log.request(0, 9).note, log.request(0, 8).note);
        let witness = SigningKey::from_bytes(&[5; 32]);
        let public = NoteKey::new("witness", KeyKind::Witness, &witness.verifying_key().to_bytes()).unwrap();
        let line = |note: &str, key: &SigningKey| {
            cosign(&Note::parse(note).unwrap().text, "witness", key, 1_700_000_000).unwrap()
        };
        let keys = [public];
        assert!(matches!(answer(&note, &line(&note, &witness), &keys), Answered::Cosigned(lines) if lines.len() == 1));
        assert!(matches!(answer(&note, &line(&other, &witness), &keys), Answered::Lie(_)));
        assert!(matches!(answer(&note, &line(&note, &SigningKey::from_bytes(&[6; 32])), &keys), Answered::Lie(_)));
        assert!(matches!(answer(&note, "", &keys), Answered::Lie(_)));
        assert!(matches!(answer(&note, "\u{2014} witness AAAA\n", &keys), Answered::Lie(_)));
        assert_eq!(answer(&note, "17\n", &keys), Answered::Size(17));
    }
}
