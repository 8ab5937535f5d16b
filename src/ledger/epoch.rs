//! Keys that evolve, so that a key stolen today cannot forge yesterday.
//!
//! Time is divided into epochs, counted from zero. Each has a key of its own. An epoch ends with exactly one
//! *seal*: a checkpoint, signed by the key of the epoch, that names the key of the next one. Then the old key
//! is erased. The first entry of the ledger names the key of epoch zero, so the seals form a chain of trust
//! from it to the key of today; an epoch in which nothing happened is sealed like any other, so that none can
//! be left out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::SigningKey;

use super::note::{Checkpoint, KeyKind, Note, NoteError, NoteKey, sign};
use crate::model::Digest;

/// The secret key of an epoch. Its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct EpochKey {
    /// Which epoch, from zero.
    pub epoch: u64,
    key: SigningKey,
}

impl EpochKey {
    /// The key of an epoch from random bytes.
    pub fn new(epoch: u64, secret: &[u8; 32]) -> Self {
        Self { epoch, key: SigningKey::from_bytes(secret) }
    }

    /// The secret, for the file that holds it.
    pub fn secret(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// The public key under the name of the log.
    pub fn public(&self, origin: &str) -> Option<NoteKey> {
        NoteKey::new(origin, KeyKind::Log, &self.key.verifying_key().to_bytes())
    }

    /// A signed checkpoint of this epoch.
    pub fn checkpoint(&self, origin: &str, size: u64, root: Digest) -> Option<String> {
        self.signed(origin, size, root, vec![format!("epoch {}", self.epoch)])
    }

    /// A checkpoint of this epoch that the identity of the log signs as well: by it, those who know nothing of
    /// epochs can tell for as long as the log lives whose checkpoint this is.
    pub fn checkpoint_with(&self, identity: &Identity, origin: &str, size: u64, root: Digest) -> Option<String> {
        let mut note = self.checkpoint(origin, size, root)?;
        let text = note.get(..note.rfind("\n\n")? + 1)?;
        let line = sign(text, origin, &identity.0)?;
        note.push_str(&line);
        Some(note)
    }

    /// The seal that ends this epoch and hands over to the next key.
    pub fn seal(&self, origin: &str, size: u64, root: Digest, next: &Self) -> Option<String> {
        let next = BASE64.encode(next.key.verifying_key().to_bytes());
        self.signed(origin, size, root, vec![format!("seal {}", self.epoch), format!("next {next}")])
    }

    fn signed(&self, origin: &str, size: u64, root: Digest, extensions: Vec<String>) -> Option<String> {
        let text = Checkpoint { origin: origin.to_owned(), size, root, extensions }.text();
        Some(format!("{text}\n{}", sign(&text, origin, &self.key)?))
    }
}

/// The key of the log that never changes. It proves who, never when: what an epoch has sealed, it cannot undo.
#[derive(Clone)]
pub struct Identity(SigningKey);

impl Identity {
    /// The identity from random bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The secret, for the file that holds it.
    pub fn secret(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public key under the name of the log.
    pub fn public(&self, origin: &str) -> Option<NoteKey> {
        NoteKey::new(origin, KeyKind::Log, &self.0.verifying_key().to_bytes())
    }
}

/// Why the chain of seals does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// An epoch has no seal, or two.
    #[error("epoch {0} has no seal of its own")]
    Missing(u64),
    /// A seal is not by the key of its epoch, or is no seal.
    #[error("the seal of epoch {0}: {1}")]
    Note(u64, NoteError),
    /// A seal is of another log or epoch, or covers less than the one before.
    #[error("the seal of epoch {0} does not follow the one before it")]
    OutOfOrder(u64),
}

/// Follows the seals from the key of epoch zero, and returns what each covers and the keys of all epochs up to
/// the one that is open.
pub fn follow(first: &NoteKey, seals: &[(u64, String)]) -> Result<(Vec<Checkpoint>, Vec<NoteKey>), SealError> {
    let mut key = first.clone();
    let mut keys = Vec::with_capacity(seals.len() + 1);
    let mut covered: Vec<Checkpoint> = Vec::new();
    for (expected, (epoch, note)) in (0u64..).zip(seals) {
        if *epoch != expected {
            return Err(SealError::Missing(expected));
        }
        let wrong = |error| SealError::Note(expected, error);
        let checkpoint = checked(note, &key).map_err(wrong)?;
        let is_in_order = checkpoint.extension("seal") == Some(expected.to_string().as_str())
            && covered.last().is_none_or(|before| before.size <= checkpoint.size);
        if !is_in_order {
            return Err(SealError::OutOfOrder(expected));
        }
        let next = checkpoint.extension("next").and_then(|text| BASE64.decode(text).ok());
        let next = next.and_then(|bytes| NoteKey::new(&first.name, KeyKind::Log, bytes.as_slice().try_into().ok()?));
        let next = next.ok_or(SealError::Note(expected, NoteError::Malformed("it names no next key")))?;
        keys.push(std::mem::replace(&mut key, next));
        covered.push(checkpoint);
    }
    keys.push(key);
    Ok((covered, keys))
}

/// The checkpoint in a note, signed by a key of the same log.
pub fn checked(note: &str, key: &NoteKey) -> Result<Checkpoint, NoteError> {
    let note = Note::parse(note)?;
    note.signers(std::slice::from_ref(key))?;
    let checkpoint = Checkpoint::parse(&note.text)?;
    if checkpoint.origin != key.name {
        return Err(NoteError::Malformed("it is of another log"));
    }
    Ok(checkpoint)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "log/one";

    fn key(epoch: u64) -> EpochKey {
        EpochKey::new(epoch, &[u8::try_from(epoch).unwrap() + 1; 32])
    }

    fn seals(count: u64) -> Vec<(u64, String)> {
        (0..count)
            .map(|epoch| {
                let root = Digest::of(&epoch.to_be_bytes());
                (epoch, key(epoch).seal(ORIGIN, epoch * 10, root, &key(epoch + 1)).unwrap())
            })
            .collect()
    }

    #[test]
    fn seals_lead_from_the_first_key_to_the_last() {
        let (covered, keys) = follow(&key(0).public(ORIGIN).unwrap(), &seals(5)).unwrap();
        assert_eq!(covered.len(), 5);
        assert_eq!(keys, (0..=5).map(|epoch| key(epoch).public(ORIGIN).unwrap()).collect::<Vec<_>>());
    }

    #[test]
    fn the_identity_signs_beside_the_epoch_and_cannot_stand_in_for_it() {
        let identity = Identity::new(&[77; 32]);
        let root = Digest::of(b"x");
        let note = key(3).checkpoint_with(&identity, ORIGIN, 5, root).unwrap();
        let (ours, epoch) = (identity.public(ORIGIN).unwrap(), key(3).public(ORIGIN).unwrap());
        assert_eq!(checked(&note, &ours), checked(&note, &epoch));
        assert_eq!(Note::parse(&note).unwrap().signers(&[ours, epoch.clone()]).unwrap().len(), 2);
        let thief = EpochKey::new(3, &identity.secret());
        assert!(checked(&thief.checkpoint(ORIGIN, 5, root).unwrap(), &epoch).is_err());
    }

    #[test]
    fn with_the_key_of_an_epoch_no_earlier_one_can_be_forged() {
        let first = key(0).public(ORIGIN).unwrap();
        for stolen in 1..5 {
            for forged in 0..stolen {
                let mut seals = seals(5);
                let thief = EpochKey::new(forged, &key(stolen).secret());
                let note = thief.seal(ORIGIN, forged * 10, Digest::of(b"forged"), &key(forged + 1)).unwrap();
                seals[usize::try_from(forged).unwrap()].1 = note;
                assert!(follow(&first, &seals).is_err(), "{forged} with the key of {stolen}");
                seals.remove(usize::try_from(forged).unwrap());
                assert!(follow(&first, &seals).is_err(), "without {forged}");
            }
        }
    }
}
