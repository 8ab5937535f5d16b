//! Certificates of OpenSSH, after its `PROTOCOL.certkeys`.
//!
//! They are read here and not by the library that reads keys: that one refuses a certificate whose end lies past what
//! its clock can hold, and a certificate without an end has the greatest number there is.

use signature::Verifier as _;
use ssh_key::public::KeyData;
use ssh_key::{PublicKey, Signature};

use super::SignatureError;
use super::sshsig::{Reader, canonical, read_signature};

/// How the name of a kind of certificate ends.
const SUFFIX: &str = "-cert-v01@openssh.com";

/// OpenSSH refuses certificates for more principals than this.
const MAX_PRINCIPALS: usize = 256;

/// Whom a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A person.
    User,
    /// A machine.
    Host,
}

/// A key, and what an authority says of it. Its signature was verified when it was read, as OpenSSH does.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The key.
    pub key: KeyData,
    /// Its number; zero when the authority counts none.
    pub serial: u64,
    /// Whom it is for.
    pub holder: Holder,
    /// What the authority calls it.
    pub key_id: Vec<u8>,
    /// The names that its holder may go by. One that is no text can be asked for by nobody and is left out.
    pub principals: Vec<String>,
    /// Seconds since 1970 from which it holds.
    pub valid_after: u64,
    /// Seconds since 1970 until which it holds; the greatest number means without an end.
    pub valid_before: u64,
    /// The key of the authority.
    pub authority: KeyData,
}

impl Certificate {
    /// Whether a blob names itself a certificate.
    pub fn is_one(blob: &[u8]) -> bool {
        Reader(blob).field().is_some_and(|name| name.ends_with(SUFFIX.as_bytes()))
    }

    /// Reads a certificate and verifies the signature of its authority.
    ///
    /// # Errors
    /// [`SignatureError::Malformed`] when its structure or its signature is wrong.
    pub fn parse(blob: &[u8]) -> Result<Self, SignatureError> {
        let short = || malformed("it is cut short");
        let mut reader = Reader(blob);
        let name = text(reader.field().ok_or_else(short)?)?;
        reader.field().ok_or_else(short)?; // The nonce.
        let key = read_key(&name, &mut reader)?;
        let serial = reader.u64().ok_or_else(short)?;
        let holder = match reader.number().ok_or_else(short)? {
            1 => Holder::User,
            2 => Holder::Host,
            other => return Err(malformed(&format!("it is of the unknown kind {other}"))),
        };
        let key_id = cstring(reader.field().ok_or_else(short)?)?.to_vec();
        let principals = read_principals(reader.field().ok_or_else(short)?)?;
        let valid_after = reader.u64().ok_or_else(short)?;
        let valid_before = reader.u64().ok_or_else(short)?;
        for _ in 0..2 {
            // What its holder must and may do. A signature of content asks for none of that.
            pairs(reader.field().ok_or_else(short)?)?;
        }
        reader.field().ok_or_else(short)?; // Reserved.
        let authority = plain(reader.field().ok_or_else(short)?)?;
        let signed = &blob[..blob.len() - reader.0.len()];
        let signature: Signature = read_signature(reader.field().ok_or_else(short)?)?;
        if !reader.0.is_empty() {
            return Err(malformed("something follows its end"));
        }
        authority.verify(signed, &signature).map_err(|_| malformed("it is not signed by its authority"))?;
        Ok(Self { key, serial, holder, key_id, principals, valid_after, valid_before, authority })
    }
}

fn malformed(why: &str) -> SignatureError {
    SignatureError::Malformed(format!("its certificate cannot be read: {why}"))
}

/// The key within: the fields of a plain key of the same kind.
fn read_key(name: &str, reader: &mut Reader<'_>) -> Result<KeyData, SignatureError> {
    let kind = name.strip_suffix(SUFFIX).unwrap_or_default();
    let fields = match kind {
        "ssh-ed25519" => 1,
        "ssh-rsa" | "sk-ssh-ed25519" => 2,
        "sk-ecdsa-sha2-nistp256" => 3,
        _ if kind.starts_with("ecdsa-sha2-") => 2,
        _ => return Err(malformed("its key is of an unknown kind")),
    };
    let kind = if kind.starts_with("sk-") { format!("{kind}@openssh.com") } else { kind.to_owned() };
    let mut blob = Vec::new();
    put(&mut blob, kind.as_bytes());
    for _ in 0..fields {
        put(&mut blob, reader.field().ok_or_else(|| malformed("it is cut short"))?);
    }
    plain(&blob)
}

fn put(blob: &mut Vec<u8>, field: &[u8]) {
    blob.extend_from_slice(&u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
    blob.extend_from_slice(field);
}

/// A key without a certificate.
pub(super) fn plain(blob: &[u8]) -> Result<KeyData, SignatureError> {
    let error = |error: ssh_key::Error| SignatureError::Malformed(format!("its key cannot be read: {error}"));
    let key = PublicKey::from_bytes(blob).map_err(error)?;
    let encoded = key.to_bytes().map_err(error)?;
    canonical(blob, &encoded, "key").map(|()| key.key_data().clone())
}

fn read_principals(section: &[u8]) -> Result<Vec<String>, SignatureError> {
    let mut reader = Reader(section);
    let (mut principals, mut count) = (Vec::new(), 0);
    while !reader.0.is_empty() {
        count += 1;
        if count > MAX_PRINCIPALS {
            return Err(malformed("it is for too many principals"));
        }
        let name = cstring(reader.field().ok_or_else(|| malformed("it is cut short"))?)?;
        principals.extend(String::from_utf8(name.to_vec()).ok());
    }
    Ok(principals)
}

fn pairs(section: &[u8]) -> Result<(), SignatureError> {
    let mut reader = Reader(section);
    while !reader.0.is_empty() {
        reader.field().and_then(|_| reader.field()).ok_or_else(|| malformed("its options are cut short"))?;
    }
    Ok(())
}

/// A text of C: nothing may follow a zero.
fn cstring(field: &[u8]) -> Result<&[u8], SignatureError> {
    let body = field.strip_suffix(b"\0").unwrap_or(field);
    if body.contains(&0) { Err(malformed("a text in it holds a zero")) } else { Ok(body) }
}

fn text(field: &[u8]) -> Result<String, SignatureError> {
    String::from_utf8(field.to_vec()).map_err(|_| malformed("its name is no text"))
}
