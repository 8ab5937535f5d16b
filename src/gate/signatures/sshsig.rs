//! Armoured SSHSIG signatures, after OpenSSH's `PROTOCOL.sshsig`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ssh_key::Signature;
use ssh_key::public::KeyData;

use super::SignatureError;
use super::certificate::{Certificate, plain};

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";
const MAGIC: &[u8] = b"SSHSIG";
const VERSION: u32 = 1;

/// Signatures longer than this many characters are refused unread; the largest real one has about 3,000.
const MAX_ARMOUR_CHARS: usize = 64 * 1024;

/// RSA keys below this many bits are refused, as OpenSSH does.
const MIN_RSA_BITS: usize = 1024;

/// The key that made a signature, with the certificate that vouches for it when there is one.
#[derive(Debug, Clone)]
pub enum SigningKey {
    /// A plain key.
    Plain(KeyData),
    /// A key with a certificate.
    Certified(Box<Certificate>),
}

impl SigningKey {
    /// The key itself.
    pub fn key(&self) -> &KeyData {
        match self {
            Self::Plain(key) => key,
            Self::Certified(certificate) => &certificate.key,
        }
    }

    /// The fingerprint that people compare, such as `SHA256:…`.
    pub fn fingerprint(&self) -> String {
        self.key().fingerprint(ssh_key::HashAlg::Sha256).to_string()
    }
}

/// A parsed signature.
#[derive(Debug, Clone)]
pub struct SshSignature {
    /// Who made it.
    pub key: SigningKey,
    /// What it was made for.
    pub namespace: String,
    reserved: Vec<u8>,
    hash: HashName,
    signature: Signature,
}

#[derive(Debug, Clone, Copy)]
enum HashName {
    Sha256,
    Sha512,
}

impl SshSignature {
    /// Reads the armoured form.
    ///
    /// # Errors
    /// [`SignatureError::Malformed`] when the armour, the encoding or the structure is wrong.
    pub fn parse(armoured: &str) -> Result<Self, SignatureError> {
        let malformed = |why: &str| SignatureError::Malformed(why.to_owned());
        if armoured.len() > MAX_ARMOUR_CHARS {
            return Err(malformed("it is too long"));
        }
        let body = armoured.strip_prefix(BEGIN).ok_or_else(|| malformed("it does not begin with the armour line"))?;
        let end = body.find(END).ok_or_else(|| malformed("its armour does not end"))?;
        let text: String = body[..end].chars().filter(|c| !c.is_ascii_whitespace()).collect();
        let blob = STANDARD.decode(text).map_err(|error| malformed(&format!("its armour is no base64: {error}")))?;
        Self::parse_blob(&blob)
    }

    fn parse_blob(blob: &[u8]) -> Result<Self, SignatureError> {
        let malformed = |why: &str| SignatureError::Malformed(why.to_owned());
        let mut reader = Reader(blob);
        if reader.take(MAGIC.len()).ok_or_else(|| malformed("it is cut short"))? != MAGIC {
            return Err(malformed("it is no SSHSIG"));
        }
        let version = reader.number().ok_or_else(|| malformed("it is cut short"))?;
        if version != VERSION {
            return Err(malformed(&format!("its version is {version}; only {VERSION} is known")));
        }
        let mut field = || reader.field().ok_or_else(|| malformed("it is cut short"));
        let (key, namespace, reserved, hash, signature) = (field()?, field()?, field()?, field()?, field()?);
        if !reader.0.is_empty() {
            return Err(malformed("something follows its end"));
        }
        let namespace = std::str::from_utf8(namespace).map_err(|_| malformed("its namespace is no text"))?;
        if namespace.is_empty() {
            return Err(malformed("its namespace is empty"));
        }
        let hash = match hash {
            b"sha256" => HashName::Sha256,
            b"sha512" => HashName::Sha512,
            _ => return Err(malformed("its hash is neither sha256 nor sha512")),
        };
        let signature = read_signature(signature)?;
        let reserved = reserved.to_vec();
        Ok(Self { key: read_key(key)?, namespace: namespace.to_owned(), reserved, hash, signature })
    }

    /// Whether the content is what was signed by the key.
    ///
    /// # Errors
    /// [`SignatureError::DoesNotVerify`] when it is not.
    pub fn verify(&self, content: &[u8]) -> Result<(), SignatureError> {
        use signature::Verifier as _;
        let key = self.key.key();
        if let KeyData::Rsa(rsa) = key
            && rsa.n.as_positive_bytes().is_none_or(|modulus| modulus.len() * 8 < MIN_RSA_BITS)
        {
            return Err(SignatureError::Malformed(format!("its RSA key has fewer than {MIN_RSA_BITS} bits")));
        }
        let signed = self.signed_data(content);
        key.verify(&signed, &self.signature).map_err(|_| SignatureError::DoesNotVerify)
    }

    /// What the key signs: the preamble and a hash, never the content itself.
    fn signed_data(&self, content: &[u8]) -> Vec<u8> {
        use sha2::Digest as _;
        let (name, digest): (&str, Vec<u8>) = match self.hash {
            HashName::Sha256 => ("sha256", sha2::Sha256::digest(content).to_vec()),
            HashName::Sha512 => ("sha512", sha2::Sha512::digest(content).to_vec()),
        };
        let mut signed = MAGIC.to_vec();
        for field in [self.namespace.as_bytes(), &self.reserved, name.as_bytes(), &digest] {
            signed.extend_from_slice(&u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
            signed.extend_from_slice(field);
        }
        signed
    }
}

fn read_key(blob: &[u8]) -> Result<SigningKey, SignatureError> {
    if Certificate::is_one(blob) {
        Ok(SigningKey::Certified(Box::new(Certificate::parse(blob)?)))
    } else {
        plain(blob).map(SigningKey::Plain)
    }
}

pub(super) fn read_signature(blob: &[u8]) -> Result<Signature, SignatureError> {
    let malformed = |error: ssh_key::Error| SignatureError::Malformed(format!("its signature cannot be read: {error}"));
    let signature = Signature::try_from(blob).map_err(malformed)?;
    let encoded = Vec::<u8>::try_from(signature.clone()).map_err(malformed)?;
    canonical(blob, &encoded, "signature").map(|()| signature)
}

/// The decoder overlooks some wrong lengths; what does not encode to the same bytes was not well formed.
pub(super) fn canonical(blob: &[u8], encoded: &[u8], what: &str) -> Result<(), SignatureError> {
    if blob == encoded { Ok(()) } else { Err(SignatureError::Malformed(format!("its {what} is not encoded properly"))) }
}

/// Reads the length-prefixed fields of the SSH wire format.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        Some(u64::from_be_bytes(self.take(8)?.try_into().ok()?))
    }

    pub(super) fn field(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        self.take(length)
    }
}

/// Signs content, in the armoured form that `ssh-keygen -Y verify` takes.
///
/// # Errors
/// What the key says, for one that is encrypted or of a kind that cannot sign here.
pub fn sign(key: &ssh_key::PrivateKey, namespace: &str, content: &[u8]) -> Result<String, ssh_key::Error> {
    let signature = key.sign(namespace, ssh_key::HashAlg::Sha512, content)?;
    signature.to_pem(ssh_key::LineEnding::LF)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(super) fn key(seed: u8) -> ssh_key::PrivateKey {
        ssh_key::private::Ed25519Keypair::from_seed(&[seed; 32]).into()
    }

    #[test]
    fn what_was_signed_verifies_and_nothing_else_does() {
        let armoured = sign(&key(1), "file", b"content").unwrap();
        let signature = SshSignature::parse(&armoured).unwrap();
        assert_eq!(signature.verify(b"content"), Ok(()));
        assert_eq!(signature.verify(b"contenT"), Err(SignatureError::DoesNotVerify));
    }

    #[test]
    fn malformed_armour_is_refused() {
        let good = sign(&key(1), "file", b"content").unwrap();
        for bad in [
            "",
            BEGIN,
            &good[1..],
            &good.replace(END, ""),
            &good.replace('A', "!"),
            &good.replacen("U1NIU0lH", "U1NIU0lI", 1),
        ] {
            assert!(matches!(SshSignature::parse(bad), Err(SignatureError::Malformed(_))), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_changed_byte_never_verifies(position in 0usize..400, byte in any::<u8>()) {
            let armoured = sign(&key(2), "file", b"content").unwrap();
            let text: String = armoured.strip_prefix(BEGIN).unwrap().split(END).next().unwrap().split_whitespace().collect();
            let mut blob = STANDARD.decode(text).unwrap();
            let position = position % blob.len();
            prop_assume!(blob[position] != byte);
            blob[position] = byte;
            // A changed namespace is another purpose; a changed anything else must not verify.
            let verified = SshSignature::parse_blob(&blob).is_ok_and(|s| s.namespace == "file" && s.verify(b"content").is_ok());
            prop_assert!(!verified);
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut blob = b"SSHSIG\0\0\0\x01".to_vec();
            blob.extend(bytes);
            let _ = SshSignature::parse_blob(&blob);
        }
    }
}
