//! Signatures of minisign, for publishers who sign with that.
//!
//! A line of the list of keys names a principal and a public key, as minisign prints it. Such a key signs
//! manifests only: approvals are told from manifests by their namespace, which minisign has not.

use minisign_verify::{PublicKey, Signature};

use crate::gate::signatures::SignatureError;

/// One key that may sign.
#[derive(Clone)]
pub(super) struct MinisignKey {
    principal: String,
    text: String,
    key: PublicKey,
}

impl MinisignKey {
    pub(super) fn principal(&self) -> &str {
        &self.principal
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

/// Reads a list; lines that cannot be read allow nobody, and are told.
pub(super) fn read_keys(text: &str) -> (Vec<MinisignKey>, Vec<(usize, String)>) {
    let (mut keys, mut problems) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut words = line.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some(principal), Some(text), None) => match PublicKey::from_base64(text) {
                Ok(key) => keys.push(MinisignKey { principal: principal.to_owned(), text: text.to_owned(), key }),
                Err(error) => problems.push((index + 1, format!("the key cannot be read: {error}"))),
            },
            _ => problems.push((index + 1, "a line holds a principal and a public key".to_owned())),
        }
    }
    (keys, problems)
}

/// Whether a text is meant to be such a signature.
pub(super) fn is_signature(text: &str) -> bool {
    text.starts_with("untrusted comment:")
}

/// Who signed, and with which key.
pub(super) fn verify(keys: &[MinisignKey], content: &[u8], text: &str) -> Result<(String, String), SignatureError> {
    let signature = Signature::decode(text).map_err(|error| SignatureError::Malformed(error.to_string()))?;
    let mut reason = SignatureError::NotAllowed("no minisign key of the list made it".to_owned());
    for known in keys {
        match known.key.verify(content, &signature, false) {
            Ok(()) => return Ok((known.principal.clone(), format!("minisign:{}", known.text))),
            Err(minisign_verify::Error::InvalidSignature) => reason = SignatureError::DoesNotVerify,
            Err(_) => {}
        }
    }
    Err(reason)
}
