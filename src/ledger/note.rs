//! Signed notes and checkpoints, in the text forms of C2SP (`signed-note`, `tlog-checkpoint`,
//! `tlog-cosignature`), so that tools for them read and check what we write.
//!
//! A note is a text, an empty line, and signature lines. Signatures by unknown keys are skipped, as the
//! format demands; a signature by a known key that does not hold makes the whole note invalid.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

use crate::model::Digest;

/// Bytes that a note may have.
pub const NOTE_LIMIT: usize = 64 * 1024;

/// Signature lines that a note may have.
const SIGNATURE_LIMIT: usize = 100;

/// What a signature says, by its key's type byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// Ed25519 over the text (1).
    Log,
    /// Ed25519 over a time and the text: a witness saw that the log only grew (4).
    Witness,
}

impl KeyKind {
    fn byte(self) -> u8 {
        match self {
            Self::Log => 1,
            Self::Witness => 4,
        }
    }
}

/// Why a note was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It has not the form of a note, a key or a checkpoint.
    #[error("it is malformed: {0}")]
    Malformed(&'static str),
    /// No known key signed it.
    #[error("no known key signed it")]
    Unsigned,
    /// A known key is named, and its signature is wrong.
    #[error("the signature by `{0}` is wrong")]
    WrongSignature(String),
}

/// A public key with its name: what a note is checked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteKey {
    /// Its name.
    pub name: String,
    /// What it signs.
    pub kind: KeyKind,
    key: VerifyingKey,
}

impl NoteKey {
    /// A key from its parts; none when the name has characters that a note cannot carry or the bytes are no key.
    pub fn new(name: &str, kind: KeyKind, bytes: &[u8; 32]) -> Option<Self> {
        let key = VerifyingKey::from_bytes(bytes).ok().filter(|key| !key.is_weak())?;
        is_name(name).then(|| Self { name: name.to_owned(), kind, key })
    }

    /// Reads the text form `name+id+key`.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let malformed = || NoteError::Malformed("a key is `name+8 hex digits+base64`");
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(malformed());
        };
        let bytes = BASE64.decode(key).map_err(|_| malformed())?;
        let (kind, bytes) = match bytes.split_first() {
            Some((1, rest)) => (KeyKind::Log, rest),
            Some((4, rest)) => (KeyKind::Witness, rest),
            _ => return Err(malformed()),
        };
        let bytes = bytes.try_into().map_err(|_| malformed())?;
        let key = Self::new(name, kind, bytes).ok_or_else(malformed)?;
        if hex(&key.id()) != id {
            return Err(NoteError::Malformed("the id of the key does not belong to it"));
        }
        Ok(key)
    }

    /// The public key's bytes.
    pub fn bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// The first four bytes of the hash of name, kind and key.
    pub fn id(&self) -> [u8; 4] {
        key_id(&self.name, self.kind, self.key.as_bytes())
    }

    fn is_signed(&self, text: &str, signature: &[u8]) -> bool {
        match self.kind {
            KeyKind::Log => Signature::from_slice(signature)
                .is_ok_and(|signature| self.key.verify_strict(text.as_bytes(), &signature).is_ok()),
            KeyKind::Witness => signature.split_first_chunk::<8>().is_some_and(|(time, signature)| {
                let message = cosigned(text, u64::from_be_bytes(*time));
                Signature::from_slice(signature)
                    .is_ok_and(|signature| self.key.verify_strict(message.as_bytes(), &signature).is_ok())
            }),
        }
    }
}

impl std::fmt::Display for NoteKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend_from_slice(&self.key.to_bytes());
        write!(f, "{}+{}+{}", self.name, hex(&self.id()), BASE64.encode(bytes))
    }
}

/// Whether a note can carry a name.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c == '+' || c.is_whitespace() || c.is_control())
}

/// The first four bytes of the hash of name, kind and key.
fn key_id(name: &str, kind: KeyKind, key: &[u8; 32]) -> [u8; 4] {
    let mut hasher = Sha256::new();
    hasher.update(name.as_bytes());
    hasher.update([b'\n', kind.byte()]);
    hasher.update(key);
    let hash: [u8; 32] = hasher.finalize().into();
    [hash[0], hash[1], hash[2], hash[3]]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a witness signs.
fn cosigned(text: &str, time_s: u64) -> String {
    format!("cosignature/v1\ntime {time_s}\n{text}")
}

/// A signature line of a log; none when a note cannot carry the name.
pub fn sign(text: &str, name: &str, key: &SigningKey) -> Option<String> {
    // A key that was made from a secret is a good one: trying it would take as long as a third of a signature.
    is_name(name).then(|| {
        let id = key_id(name, KeyKind::Log, key.verifying_key().as_bytes());
        line(name, &[&id, &key.sign(text.as_bytes()).to_bytes()])
    })
}

/// A signature line from what its bytes are made of.
fn line(name: &str, parts: &[&[u8]]) -> String {
    format!("\u{2014} {name} {}\n", BASE64.encode(parts.concat()))
}

/// A signature line of a witness, at a time in seconds since 1970; none when a note cannot carry the name.
pub fn cosign(text: &str, name: &str, key: &SigningKey, time_s: u64) -> Option<String> {
    is_name(name).then(|| {
        let id = key_id(name, KeyKind::Witness, key.verifying_key().as_bytes());
        let signature = key.sign(cosigned(text, time_s).as_bytes()).to_bytes();
        line(name, &[&id, &time_s.to_be_bytes(), &signature])
    })
}

/// A note that was taken apart; nothing about its signatures is known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text, with the newline at its end.
    pub text: String,
    /// Name, key id, signature.
    signatures: Vec<(String, [u8; 4], Vec<u8>)>,
}

impl Note {
    /// Takes a note apart.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > NOTE_LIMIT {
            return Err(NoteError::Malformed("it is too long"));
        }
        if note.contains(|c: char| c.is_control() && c != '\n') {
            return Err(NoteError::Malformed("it has control characters"));
        }
        let end = note.rfind("\n\n").ok_or(NoteError::Malformed("it has no signatures"))?;
        let (text, lines) = (&note[..=end], &note[end + 2..]);
        if !lines.ends_with('\n') || lines.lines().count() > SIGNATURE_LIMIT {
            return Err(NoteError::Malformed("its signatures do not end, or are too many"));
        }
        let malformed = || NoteError::Malformed("a signature line is `\u{2014} name base64`");
        let signatures = lines
            .lines()
            .map(|line| {
                let (name, encoded) =
                    line.strip_prefix("\u{2014} ").and_then(|rest| rest.split_once(' ')).ok_or_else(malformed)?;
                let bytes = BASE64.decode(encoded).map_err(|_| malformed())?;
                let (id, signature) = bytes.split_first_chunk::<4>().ok_or_else(malformed)?;
                Ok((name.to_owned(), *id, signature.to_vec()))
            })
            .collect::<Result<Vec<_>, NoteError>>()?;
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// The names of those of `keys` that signed it; at least one.
    pub fn signers<'k>(&self, keys: &'k [NoteKey]) -> Result<Vec<&'k NoteKey>, NoteError> {
        let mut signers = Vec::new();
        for (name, id, signature) in &self.signatures {
            let Some(key) = keys.iter().find(|key| key.name == *name && key.id() == *id) else { continue };
            if !key.is_signed(&self.text, signature) {
                return Err(NoteError::WrongSignature(name.clone()));
            }
            if !signers.contains(&key) {
                signers.push(key);
            }
        }
        if signers.is_empty() { Err(NoteError::Unsigned) } else { Ok(signers) }
    }
}

/// The statement that a log of `size` entries has this root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Digest,
    /// Further lines.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// Reads the text of a note.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let malformed = || NoteError::Malformed("a checkpoint is an origin, a size and a root, a line each");
        let mut lines = text.lines();
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(malformed());
        };
        let is_number = size.bytes().all(|byte| byte.is_ascii_digit()) && (size == "0" || !size.starts_with('0'));
        let size = size.parse().ok().filter(|_| is_number).ok_or_else(malformed)?;
        let root = BASE64.decode(root).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(malformed)?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if origin.is_empty() || extensions.iter().any(String::is_empty) {
            return Err(malformed());
        }
        Ok(Self { origin: origin.to_owned(), size, root: Digest(root), extensions })
    }

    /// The text that is signed.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(self.root.0));
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// The value of the extension line that starts with a word.
    pub fn extension(&self, word: &str) -> Option<&str> {
        self.extensions.iter().find_map(|line| line.strip_prefix(word)?.strip_prefix(' '))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn public(name: &str, kind: KeyKind, seed: u8) -> NoteKey {
        NoteKey::new(name, kind, &key(seed).verifying_key().to_bytes()).unwrap()
    }

    fn checkpoint() -> Checkpoint {
        Checkpoint { origin: "log/one".into(), size: 7, root: Digest::of(b"x"), extensions: vec!["epoch 0".into()] }
    }

    #[test]
    fn a_key_reads_back() {
        for kind in [KeyKind::Log, KeyKind::Witness] {
            let key = public("log/one", kind, 1);
            assert_eq!(NoteKey::parse(&key.to_string()), Ok(key.clone()));
        }
        assert!(NoteKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").is_ok());
        assert!(NoteKey::parse("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").is_err());
    }

    #[test]
    fn a_signed_checkpoint_holds_and_a_changed_one_does_not() {
        let text = checkpoint().text();
        let mut note = format!("{text}\n{}", sign(&text, "log/one", &key(1)).unwrap());
        note.push_str(&cosign(&text, "witness", &key(2), 1_700_000_000).unwrap());
        let parsed = Note::parse(&note).unwrap();
        let keys = [public("log/one", KeyKind::Log, 1), public("witness", KeyKind::Witness, 2)];
        assert_eq!(parsed.signers(&keys).unwrap().len(), 2);
        assert_eq!(Checkpoint::parse(&parsed.text).unwrap(), checkpoint());
        let others = [public("log/one", KeyKind::Log, 3)];
        assert_eq!(parsed.signers(&others), Err(NoteError::Unsigned));
        let changed = Note::parse(&note.replace("\n7\n", "\n8\n")).unwrap();
        assert!(matches!(changed.signers(&keys), Err(NoteError::WrongSignature(_))));
    }

    /// The example in the documentation of `golang.org/x/mod/sumdb/note`, with the private key that stands there: what
    /// that tool signs we sign to the byte, and what it wrote holds here.
    #[test]
    fn the_published_note_of_another_tool_is_made_and_read() {
        let secret = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
        let secret: [u8; 32] = BASE64.decode(secret).unwrap()[1..].try_into().unwrap();
        let text =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        let line = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        assert_eq!(sign(text, "PeterNeumann", &SigningKey::from_bytes(&secret)).as_deref(), Some(line));
        let known = NoteKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").unwrap();
        let note = Note::parse(&format!("{text}\n{line}")).unwrap();
        assert_eq!(note.signers(&[known]).map(|signers| signers.len()), Ok(1));
    }

    #[test]
    fn malformed_notes_are_refused() {
        for text in ["", "\n", "a\n\n", "a\nb\n\n- x y\n", "a\n\n\u{2014} x !\n", "a\r\n\n\u{2014} x AAAAAAA=\n"] {
            assert!(Note::parse(text).is_err(), "{text:?}");
        }
        for text in ["", "a\n", "a\n1\n", "a\n01\nAAAA\n", "a\n+1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"] {
            assert!(Checkpoint::parse(text).is_err(), "{text:?}");
        }
    }
}
