//! The operator's keys: who may sign manifests, who may approve, and which keys count no more.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::krl::RevocationList;
use super::{minisign, namespace};
use crate::gate::signatures::{AllowedSigners, SignatureError, SshSignature};
use crate::model::AttestationKind;

/// The operator's files, as far as there are any.
#[derive(Debug, Clone, Default)]
pub struct KeyringFiles {
    /// `allowed_signers`, after `ssh-keygen(1)`.
    pub allowed_signers: Option<String>,
    /// `revoked_keys`: public keys, one a line, or a key revocation list as `ssh-keygen -k` makes it.
    pub revoked_keys: Option<Vec<u8>>,
    /// `minisign_keys`: a principal and a public key a line.
    pub minisign_keys: Option<String>,
}

/// Whose word counts.
#[derive(Clone, Default)]
pub struct Keyring {
    signers: AllowedSigners,
    minisign: Vec<minisign::MinisignKey>,
    revoked: RevocationList,
    /// What in the files could not be read: the file, the line from one, and why.
    pub problems: Vec<(&'static str, usize, String)>,
}

impl Keyring {
    /// Reads the operator's files. A list of revocations that cannot be read leaves nobody whose word counts.
    pub fn parse(files: &KeyringFiles, local: &TimeZone) -> Self {
        let mut keyring = Self::default();
        let mut problems = Vec::new();
        keyring.signers = AllowedSigners::parse(files.allowed_signers.as_deref().unwrap_or_default(), local);
        problems.extend(keyring.signers.problems.drain(..).map(|(line, why)| ("allowed_signers", line, why)));
        if let Some(text) = &files.minisign_keys {
            let (keys, wrong) = minisign::read_keys(text);
            keyring.minisign = keys;
            problems.extend(wrong.into_iter().map(|(line, why)| ("minisign_keys", line, why)));
        }
        let failed = |why: String| ("revoked_keys", 0, format!("nobody's word counts until it can be read: {why}"));
        match files.revoked_keys.as_deref() {
            None => {}
            Some(bytes) if RevocationList::is_binary(bytes) => match RevocationList::parse(bytes) {
                Ok(list) => keyring.revoked = list,
                Err(why) => {
                    keyring.distrust_all();
                    problems.push(failed(why));
                }
            },
            Some(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => {
                    let revoked_minisign: Vec<&str> =
                        text.lines().filter_map(|line| line.trim().strip_prefix("minisign:")).collect();
                    keyring.minisign.retain(|key| !revoked_minisign.contains(&key.text()));
                    let ssh: String =
                        text.lines()
                            .map(|line| {
                                if line.trim().starts_with("minisign:") { "\n".to_owned() } else { format!("{line}\n") }
                            })
                            .collect();
                    keyring.signers = std::mem::take(&mut keyring.signers).revoking(&ssh);
                    let wrong: Vec<_> = keyring.signers.problems.drain(..).collect();
                    if !wrong.is_empty() {
                        keyring.distrust_all();
                    }
                    problems.extend(wrong.into_iter().map(|(line, why)| ("revoked_keys", line, why)));
                }
                Err(_) => {
                    keyring.distrust_all();
                    problems.push(failed("it is neither text nor a key revocation list".to_owned()));
                }
            },
        }
        keyring.problems = problems;
        keyring
    }

    fn distrust_all(&mut self) {
        self.signers = AllowedSigners::default();
        self.minisign.clear();
    }

    /// Whether anybody could vouch for anything.
    pub fn is_empty(&self) -> bool {
        self.signers.is_empty() && self.minisign.is_empty()
    }

    /// Who signed a statement, and with which key, when that counts at a time (seconds since 1970).
    ///
    /// # Errors
    /// Why it does not count.
    pub fn verify(
        &self,
        kind: AttestationKind,
        statement: &[u8],
        signature: &str,
        claimed: Option<&str>,
        at: u64,
    ) -> Result<(String, String), SignatureError> {
        if minisign::is_signature(signature) {
            if kind != AttestationKind::Manifest {
                let why = "minisign knows no namespaces, so it signs manifests only";
                return Err(SignatureError::NotAllowed(why.to_owned()));
            }
            return minisign::verify(&self.minisign, statement, signature);
        }
        let (parsed, wanted) = (SshSignature::parse(signature)?, namespace(kind));
        if parsed.namespace != wanted {
            return Err(SignatureError::WrongNamespace { found: parsed.namespace, wanted: wanted.to_owned() });
        }
        parsed.verify(statement)?;
        if self.revoked.revokes(&parsed.key) {
            return Err(SignatureError::Revoked(parsed.key.fingerprint()));
        }
        let names = match claimed {
            Some(name) => vec![name.to_owned()],
            None => self.signers.principals_of(&parsed.key),
        };
        let mut reason = SignatureError::NotAllowed(format!(
            "no line of the list of signers has the key {}",
            parsed.key.fingerprint()
        ));
        for name in names {
            match self.signers.allow(&parsed.key, &name, wanted, at) {
                Ok(signer) => return Ok((signer.principal, signer.fingerprint)),
                Err(why) => reason = why,
            }
        }
        // A revoked key is told as such whoever was asked for.
        match self.signers.allow(&parsed.key, "", wanted, at) {
            Err(revoked @ SignatureError::Revoked(_)) => Err(revoked),
            _ => Err(reason),
        }
    }

    /// The principals of each key on the lists, for people to look at.
    pub fn listed(&self) -> BTreeMap<String, String> {
        let ssh = self.signers.listed().map(|(principals, fingerprint)| (fingerprint, principals));
        let minisign = self.minisign.iter().map(|key| (format!("minisign:{}", key.text()), key.principal().to_owned()));
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        for (fingerprint, principals) in ssh.chain(minisign) {
            let names = all.entry(fingerprint).or_default();
            if !names.is_empty() {
                names.push(',');
            }
            names.push_str(&principals);
        }
        all
    }
}
