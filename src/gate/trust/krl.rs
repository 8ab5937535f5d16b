//! Key revocation lists, after OpenSSH's `PROTOCOL.krl`.

use std::collections::{BTreeSet, HashSet};

use ssh_key::public::KeyData;

use crate::gate::signatures::sshsig::SigningKey;

const MAGIC: &[u8] = b"SSHKRL\n\0";
const VERSION: u32 = 1;

/// Lists larger than this many bytes are refused.
const MAX_BYTES: usize = 64 << 20;

/// Serial numbers that a bitmap may cover.
const MAX_BITMAP_BITS: u64 = 1 << 24;

/// What a list revokes. The list's own signatures, which OpenSSH does not check any more either, are not looked at:
/// the file is the operator's.
#[derive(Debug, Clone, Default)]
pub(super) struct RevocationList {
    certificates: Vec<Certificates>,
    blobs: HashSet<Vec<u8>>,
    sha1: HashSet<Vec<u8>>,
    sha256: HashSet<Vec<u8>>,
}

/// What is revoked of one authority; without a key, of all of them.
#[derive(Debug, Clone, Default)]
struct Certificates {
    authority: Option<Vec<u8>>,
    serials: Vec<(u64, u64)>,
    bits: BTreeSet<u64>,
    key_ids: HashSet<Vec<u8>>,
}

impl RevocationList {
    /// Whether bytes are meant to be such a list.
    pub(super) fn is_binary(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads a list.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > MAX_BYTES {
            return Err(format!("it is larger than {MAX_BYTES} bytes"));
        }
        let mut reader = Reader(bytes);
        let head = reader.take(MAGIC.len()).filter(|head| *head == MAGIC).ok_or("it is no key revocation list")?;
        let version = reader.u32().ok_or("it is cut short")?;
        if version != VERSION || head.is_empty() {
            return Err(format!("its version is {version}; only {VERSION} is known"));
        }
        // Version of the list, its date, flags.
        for _ in 0..3 {
            reader.u64().ok_or("it is cut short")?;
        }
        reader.field().ok_or("it is cut short")?;
        reader.field().ok_or("it is cut short")?;
        let mut list = Self::default();
        while !reader.0.is_empty() {
            let kind = reader.u8().ok_or("it is cut short")?;
            if kind == 4 {
                // A signature: its key, and the signature over all before it.
                reader.field().ok_or("it is cut short")?;
                reader.field().ok_or("it is cut short")?;
                continue;
            }
            let body = reader.field().ok_or("it is cut short")?;
            match kind {
                1 => list.certificates.push(certificates(body)?),
                2 => list.blobs.extend(fields(body)?),
                3 => list.sha1.extend(fields(body)?),
                5 => list.sha256.extend(fields(body)?),
                255 => extension(body)?,
                other => return Err(format!("it has a section of the unknown kind {other}")),
            }
        }
        Ok(list)
    }

    /// Whether a key, its certificate, or the authority of that is revoked.
    pub(super) fn revokes(&self, key: &SigningKey) -> bool {
        if self.names(key.key()) {
            return true;
        }
        let SigningKey::Certified(certificate) = key else { return false };
        let authority = &certificate.authority;
        self.names(authority)
            || self.certificates.iter().any(|section| {
                section.authority.as_ref().is_none_or(|known| blob(authority).as_ref() == Some(known))
                    && section.names(certificate.serial, &certificate.key_id)
            })
    }

    fn names(&self, key: &KeyData) -> bool {
        use sha1::Digest as _;
        let Some(blob) = blob(key) else { return true };
        self.blobs.contains(&blob)
            || (!self.sha1.is_empty() && self.sha1.contains(sha1::Sha1::digest(&blob).as_slice()))
            || (!self.sha256.is_empty() && self.sha256.contains(sha2::Sha256::digest(&blob).as_slice()))
    }
}

impl Certificates {
    fn names(&self, serial: u64, key_id: &[u8]) -> bool {
        // Serial zero stands for "none was given", as with OpenSSH.
        let by_serial = serial != 0
            && (self.serials.iter().any(|(from, to)| (*from..=*to).contains(&serial)) || self.bits.contains(&serial));
        by_serial || self.key_ids.contains(key_id)
    }
}

fn blob(key: &KeyData) -> Option<Vec<u8>> {
    ssh_key::PublicKey::new(key.clone(), "").to_bytes().ok()
}

fn certificates(body: &[u8]) -> Result<Certificates, String> {
    let mut reader = Reader(body);
    let authority = reader.field().ok_or("it is cut short")?;
    reader.field().ok_or("it is cut short")?;
    let mut section = Certificates::default();
    if !authority.is_empty() {
        section.authority = Some(authority.to_vec());
    }
    while !reader.0.is_empty() {
        let kind = reader.u8().ok_or("it is cut short")?;
        let mut body = Reader(reader.field().ok_or("it is cut short")?);
        match kind {
            0x20 => {
                while !body.0.is_empty() {
                    let serial = body.u64().ok_or("it is cut short")?;
                    section.serials.push((serial, serial));
                }
            }
            0x21 => {
                let (from, to) = (body.u64().ok_or("it is cut short")?, body.u64().ok_or("it is cut short")?);
                section.serials.push((from, to));
            }
            0x22 => bitmap(&mut body, &mut section.bits)?,
            0x23 => section.key_ids.extend(fields(body.0)?),
            0x39 => extension(body.0)?,
            other => return Err(format!("it has a part of the unknown kind {other}")),
        }
    }
    Ok(section)
}

/// A big number whose bit `n` revokes the serial number `offset + n`.
fn bitmap(body: &mut Reader<'_>, bits: &mut BTreeSet<u64>) -> Result<(), String> {
    let offset = body.u64().ok_or("it is cut short")?;
    let number = body.field().ok_or("it is cut short")?;
    if number.len() as u64 * 8 > MAX_BITMAP_BITS {
        return Err("a bitmap of serial numbers is too large".to_owned());
    }
    for (place, byte) in (0_u64..).zip(number.iter().rev()) {
        for bit in 0..8 {
            if byte & (1 << bit) != 0 {
                bits.insert(offset.checked_add(place * 8 + bit).ok_or("a serial number is too large")?);
            }
        }
    }
    Ok(())
}

/// One that is critical has to be understood, and none is.
fn extension(body: &[u8]) -> Result<(), String> {
    let mut reader = Reader(body);
    reader.field().ok_or("it is cut short")?;
    match reader.u8() {
        Some(0) => Ok(()),
        Some(_) => Err("it has a critical extension that is not known".to_owned()),
        None => Err("it is cut short".to_owned()),
    }
}

fn fields(body: &[u8]) -> Result<Vec<Vec<u8>>, String> {
    let mut reader = Reader(body);
    let mut all = Vec::new();
    while !reader.0.is_empty() {
        all.push(reader.field().ok_or("it is cut short")?.to_vec());
    }
    Ok(all)
}

/// Reads the fields of the SSH wire format.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    fn u64(&mut self) -> Option<u64> {
        Some(u64::from_be_bytes(self.take(8)?.try_into().ok()?))
    }

    fn field(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.u32()?).ok()?;
        self.take(length)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut list = MAGIC.to_vec();
            list.extend([0, 0, 0, 1]);
            list.extend([0; 32]);
            list.extend(bytes);
            let _ = RevocationList::parse(&list);
        }
    }

    #[test]
    fn what_is_cut_short_revokes_by_being_refused() {
        assert!(RevocationList::parse(MAGIC).is_err());
        assert!(RevocationList::is_binary(MAGIC) && !RevocationList::is_binary(b"ssh-ed25519 AAAA"));
    }
}
