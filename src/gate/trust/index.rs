//! All that was vouched for, by file, with what counts of it now.

use std::collections::{BTreeSet, HashMap};

use schemars::JsonSchema;
use serde::Serialize;

use super::keyring::Keyring;
use super::statement::{Statement, is_own_file};
use crate::model::{Attestation, AttestationKind, Digest};

/// Somebody whose word counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Voucher {
    /// The name.
    pub principal: String,
    /// The key.
    pub key: String,
}

/// Why an attestation does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It was taken back.
    Withdrawn,
    /// The key was revoked.
    KeyRevoked,
    /// The key may not sign this, not now, or not at all.
    NotAllowed,
    /// The statement or the signature cannot be read, or they do not belong together.
    Invalid,
}

/// One attestation, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Seen {
    /// Its id.
    pub id: String,
    /// What it says.
    pub kind: AttestationKind,
    /// The folder that it speaks of; empty for the project.
    pub base: String,
    /// How many files it names.
    pub files: u64,
    /// Who signed, when that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Voucher>,
    /// Why it does not count, when it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What holds for one file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FileTrust {
    /// The file.
    pub path: String,
    /// `signed`, `approved`, `integrity-only`, `changed` or `unsigned`.
    pub status: String,
    /// In words.
    pub detail: String,
}

/// What was vouched for one file, with exactly this content.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Standing {
    /// The publisher whose valid signature covers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<Voucher>,
    /// The valid approvals that cover it.
    pub approvals: Vec<Voucher>,
    /// How many people these are: who shares a name or a key is one.
    pub reviewers: u32,
    /// How many it takes.
    pub needed: u32,
    /// The overall risk of the file when it was last approved, with this content or another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_risk: Option<f64>,
}

impl Standing {
    /// Whether enough reviewers approved.
    pub fn is_approved(&self) -> bool {
        self.needed > 0 && self.reviewers >= self.needed
    }

    /// The names of the reviewers.
    pub fn reviewer_names(&self) -> Vec<String> {
        let names: BTreeSet<&str> = self.approvals.iter().map(|voucher| voucher.principal.as_str()).collect();
        names.into_iter().map(str::to_owned).collect()
    }
}

/// What counts now, by file.
#[derive(Debug, Clone, Default)]
pub struct TrustIndex {
    needed: u32,
    signed: HashMap<String, Vec<(Digest, Voucher)>>,
    approved: HashMap<String, Vec<(Digest, Voucher)>>,
    /// Valid manifests and their signatures, which cannot name themselves, by content.
    own: HashMap<Digest, Voucher>,
    /// The risk at the last valid approval of a path, with its time.
    risks: HashMap<String, (i64, f64)>,
    /// Every attestation with what became of it, in the order given.
    pub seen: Vec<Seen>,
}

impl TrustIndex {
    /// Checks all attestations at a time (seconds since 1970). `needed` reviewers make a file approved.
    pub fn new(attestations: &[Attestation], keyring: &Keyring, needed: u32, at: u64) -> Self {
        let mut index = Self { needed, ..Self::default() };
        for attestation in attestations {
            let mut seen = Seen {
                id: attestation.id.clone(),
                kind: attestation.kind,
                base: attestation.base.clone(),
                files: 0,
                by: None,
                why: None,
                detail: None,
            };
            match check(attestation, keyring, at) {
                Ok((statement, voucher)) => {
                    seen.files = statement.subject.len() as u64;
                    index.add(attestation, &statement, &voucher);
                    seen.by = Some(voucher);
                }
                Err((why, detail)) => {
                    seen.why = Some(why);
                    seen.detail = Some(detail);
                }
            }
            index.seen.push(seen);
        }
        index
    }

    fn add(&mut self, attestation: &Attestation, statement: &Statement, voucher: &Voucher) {
        let by_path = match attestation.kind {
            AttestationKind::Manifest => &mut self.signed,
            AttestationKind::Approval => &mut self.approved,
        };
        for (path, digest) in statement.files(&attestation.base) {
            by_path.entry(path).or_default().push((digest, voucher.clone()));
        }
        if attestation.kind == AttestationKind::Manifest {
            for own in [&attestation.statement, &attestation.signature] {
                self.own.insert(Digest::of(own.as_bytes()), voucher.clone());
            }
        }
        if attestation.kind == AttestationKind::Approval {
            for (path, risk) in &attestation.risks {
                let last = self.risks.entry(path.clone()).or_insert((i64::MIN, *risk));
                if attestation.recorded_ns >= last.0 {
                    *last = (attestation.recorded_ns, *risk);
                }
            }
        }
    }

    /// What was vouched for a file with this content.
    pub fn standing(&self, path: &str, digest: &Digest) -> Standing {
        let of = |by_path: &HashMap<String, Vec<(Digest, Voucher)>>| -> Vec<Voucher> {
            let fitting = by_path.get(path).into_iter().flatten().filter(|(known, _)| known == digest);
            let all: BTreeSet<Voucher> = fitting.map(|(_, voucher)| voucher.clone()).collect();
            all.into_iter().collect()
        };
        let approvals = if self.approved.is_empty() { Vec::new() } else { of(&self.approved) };
        let own = || self.own.get(digest).filter(|_| is_own_file(path)).cloned();
        Standing {
            signed_by: if self.signed.is_empty() { None } else { of(&self.signed).into_iter().next().or_else(own) },
            reviewers: people(&approvals),
            approvals,
            needed: self.needed,
            approved_risk: self.risks.get(path).map(|(_, risk)| *risk),
        }
    }
}

/// How many people stand behind these: whoever shares a name or a key counts as one.
fn people(vouchers: &[Voucher]) -> u32 {
    let mut groups: Vec<(BTreeSet<&str>, BTreeSet<&str>)> = Vec::new();
    for voucher in vouchers {
        let mut merged = (BTreeSet::from([voucher.principal.as_str()]), BTreeSet::from([voucher.key.as_str()]));
        let (same, others): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(names, keys)| !names.is_disjoint(&merged.0) || !keys.is_disjoint(&merged.1));
        for (names, keys) in same {
            merged.0.extend(names);
            merged.1.extend(keys);
        }
        groups = others;
        groups.push(merged);
    }
    u32::try_from(groups.len()).unwrap_or(u32::MAX)
}

fn check(attestation: &Attestation, keyring: &Keyring, at: u64) -> Result<(Statement, Voucher), (Why, String)> {
    use crate::gate::signatures::SignatureError;
    if let Some(reason) = &attestation.revoked {
        return Err((Why::Withdrawn, reason.clone()));
    }
    let statement = Statement::parse(&attestation.statement, attestation.kind).map_err(|why| (Why::Invalid, why))?;
    let claimed = attestation.claimed.as_deref();
    let signed =
        keyring.verify(attestation.kind, attestation.statement.as_bytes(), &attestation.signature, claimed, at);
    match signed {
        Ok((principal, key)) => Ok((statement, Voucher { principal, key })),
        Err(error) => {
            let why = match &error {
                SignatureError::Revoked(_) => Why::KeyRevoked,
                SignatureError::NotAllowed(_) => Why::NotAllowed,
                _ => Why::Invalid,
            };
            Err((why, error.to_string()))
        }
    }
}
