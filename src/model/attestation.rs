//! What people signed: manifests by publishers, approvals by reviewers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Digest;

/// What a signature says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AttestationKind {
    /// A publisher made exactly these files.
    Manifest,
    /// A reviewer looked at exactly these files and approves them.
    Approval,
}

impl AttestationKind {
    /// The word used in reports and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Approval => "approval",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Manifest, Self::Approval].into_iter().find(|kind| kind.word() == word)
    }
}

/// A statement with its signature, as it is kept. Whether it counts is found out each time it is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attestation {
    /// Digest over the statement, the folder and the signature.
    pub id: String,
    /// What it says.
    pub kind: AttestationKind,
    /// The folder that names in the statement start from; empty for the project.
    pub base: String,
    /// The statement, byte for byte as it was signed.
    pub statement: String,
    /// The signature, in the form of `ssh-keygen -Y sign` or of minisign.
    pub signature: String,
    /// Who is said to have signed, when the key alone does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<String>,
    /// The overall risk of each file when it was recorded, as far as it had been judged.
    #[serde(default)]
    pub risks: BTreeMap<String, f64>,
    /// When it was recorded, nanoseconds since 1970.
    pub recorded_ns: i64,
    /// Why it was revoked, when it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<String>,
}

impl Attestation {
    /// The id that an attestation with this content has.
    pub fn id_of(kind: AttestationKind, base: &str, statement: &str, signature: &str) -> String {
        let parts = serde_json::json!([kind, base, statement, signature]);
        Digest::of(parts.to_string().as_bytes()).hex().chars().take(20).collect()
    }
}
