//! What the gate says about a component.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Category, Digest};

/// How strict the gate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TrustMode {
    /// Development: what is not forbidden is let in.
    Permissive,
    /// The default.
    #[default]
    Standard,
    /// Production: signatures, grants, an allow-list for the network, approval by a person.
    Strict,
}

/// How far a component is trusted, most trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TrustTier {
    /// Its manifest is signed by a trusted publisher key and all digests match.
    Verified,
    /// Approvals are on record for exactly this content.
    Trusted,
    /// The default.
    Standard,
    /// Unproven: low confidence of classification, risk above the limit, or parts that could not be judged.
    Experimental,
    /// A trigger of the policy fired.
    Quarantined,
}

impl TrustTier {
    /// The word used in reports and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Verified => "VERIFIED",
            Self::Trusted => "TRUSTED",
            Self::Standard => "STANDARD",
            Self::Experimental => "EXPERIMENTAL",
            Self::Quarantined => "QUARANTINED",
        }
    }
}

/// What is to be done with a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It may be integrated.
    Approve,
    /// A person must look at it first.
    Review,
    /// It must not be integrated.
    Reject,
    /// It must be isolated.
    Quarantine,
}

impl Decision {
    /// The word used in reports and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Review => "review",
            Self::Reject => "reject",
            Self::Quarantine => "quarantine",
        }
    }
}

/// Risk from 0 (none seen) to 1 (certain harm).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RiskScore {
    /// All categories together.
    pub overall: f64,
    /// Each category that has any.
    pub by_category: BTreeMap<Category, f64>,
}

/// The judgement of one file or component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// The file or the component.
    pub subject: String,
    /// Exactly the content that was judged.
    pub digest: Digest,
    /// The risk.
    pub risk: RiskScore,
    /// The tier.
    pub tier: TrustTier,
    /// The decision.
    pub decision: Decision,
    /// The reasons in sentences, the deciding one first.
    pub rationale: Vec<String>,
    /// Whether everything in it could be judged.
    pub complete: bool,
}
