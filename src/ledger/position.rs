//! How far an earlier check came, bound to a checkpoint that the log signed.
//!
//! A later check may go on from here instead of from the first entry. What it so leaves out it must say. A
//! position counts only together with a signature of the log over exactly that many entries, so whoever wants to
//! forge one needs a key of the log.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::epoch::checked;
use super::note::NoteKey;
use super::tree::CompactRange;
use crate::model::{Digest, EntryHash};

/// The first line of its text.
const HEAD: &str = "aetherra-maint ledger position v2";

/// How far a check came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The tree over the entries that were checked.
    pub tree: CompactRange,
    /// The hash of the last of them.
    pub head: EntryHash,
    /// Its time, nanoseconds since 1970.
    pub time_ns: i64,
    /// Entries among them whose details were erased.
    pub redacted: u64,
    /// Entries among them that a test clock dated.
    pub fixed_clock: u64,
    /// Entries among them that were made while the clock was behind.
    pub clock_behind: u64,
    /// The checkpoint that the log signed over them.
    pub note: String,
}

impl Position {
    /// Its text: six lines, an empty one, and the checkpoint.
    pub fn text(&self) -> String {
        format!(
            "{HEAD}\n{}\n{}\n{}\n{}\n{} {} {}\n\n{}",
            self.tree.size(),
            BASE64.encode(self.tree.to_bytes()),
            self.head.hex(),
            self.time_ns,
            self.redacted,
            self.fixed_clock,
            self.clock_behind,
            self.note
        )
    }

    /// Reads its text; none when it is anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (head, note) = text.split_once("\n\n")?;
        let lines: Vec<&str> = head.lines().collect();
        let [HEAD, size, range, last, time_ns, counts] = lines.as_slice() else { return None };
        let tree = CompactRange::from_parts(size.parse().ok()?, &BASE64.decode(range).ok()?)?;
        let counts: Vec<&str> = counts.split(' ').collect();
        let [redacted, fixed_clock, clock_behind] = counts.as_slice() else { return None };
        Some(Self {
            tree,
            head: last.parse::<Digest>().ok()?,
            time_ns: time_ns.parse().ok()?,
            redacted: redacted.parse().ok()?,
            fixed_clock: fixed_clock.parse().ok()?,
            clock_behind: clock_behind.parse().ok()?,
            note: note.to_owned(),
        })
    }

    /// Whether the log signed exactly these entries, with the key of the epoch that the checkpoint names.
    pub fn is_signed(&self, keys: &[NoteKey]) -> bool {
        keys.iter().enumerate().any(|(epoch, key)| {
            checked(&self.note, key).is_ok_and(|checkpoint| {
                checkpoint.extension("epoch") == Some(epoch.to_string().as_str())
                    && checkpoint.size == self.tree.size()
                    && checkpoint.root == self.tree.root()
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::epoch::EpochKey;

    fn position(key: &EpochKey) -> Position {
        let mut tree = CompactRange::default();
        (0u8..7).for_each(|number| tree.push(&Digest::of(&[number])));
        let note = key.checkpoint("log", 7, tree.root()).unwrap();
        Position { tree, head: Digest::of(&[6]), time_ns: -5, redacted: 1, fixed_clock: 2, clock_behind: 3, note }
    }

    #[test]
    fn it_reads_back_and_counts_only_when_signed() {
        let keys = [EpochKey::new(0, &[1; 32]), EpochKey::new(1, &[2; 32])];
        let public: Vec<NoteKey> = keys.iter().map(|key| key.public("log").unwrap()).collect();
        let good = position(&keys[1]);
        assert_eq!(Position::parse(&good.text()), Some(good.clone()));
        assert!(good.is_signed(&public));
        assert!(!position(&EpochKey::new(1, &[3; 32])).is_signed(&public));
        assert!(!position(&EpochKey::new(0, &keys[1].secret())).is_signed(&public), "a key of another epoch");
        let mut shifted = good.clone();
        shifted.tree.push(&Digest::of(b"more"));
        assert!(!shifted.is_signed(&public));
        for cut in 0..good.text().len() - good.note.len() {
            assert_eq!(Position::parse(&good.text()[..cut]), None);
        }
    }
}
