//! What the gate says about a component.

use std::collections::{BTreeMap, BTreeSet};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TrustTier {
    /// Its manifest is signed by a trusted publisher key and all digests match.
    Verified,
    /// Approvals are on record for exactly this content.
    Trusted,
    /// The default.
    Standard,
    #[default]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It may be integrated.
    Approve,
    /// A person must look at it first.
    Review,
    /// It must not be integrated.
    Reject,
    #[default]
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

/// What code adds for others to use, as far as it shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Benefit {
    /// Functions and classes at the top whose names are not private.
    pub public_items: u32,
    /// How many of them carry documentation.
    pub documented_items: u32,
    /// Whether tests lie beside it.
    #[serde(default)]
    pub tested: bool,
}

impl Benefit {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The judgement of one file or component. The default is the strictest.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
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
    /// Ids of the rules that had a part in the decision, the deciding one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// What it is able to do, in the words of the policy.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub capabilities: BTreeSet<String>,
    /// Hosts that it names.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub hosts: BTreeSet<String>,
    /// Capabilities that it uses and does not declare.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub undeclared: u32,
    /// What it adds for others to use.
    #[serde(default, skip_serializing_if = "Benefit::is_none")]
    pub benefit: Benefit,
    /// The publisher whose valid signature covers exactly this content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
    /// The reviewers whose valid approvals cover exactly this content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approved_by: Vec<String>,
}

/// The reason in a rationale that a capability is missing.
pub fn not_granted(capability: &str) -> String {
    format!("{NOT_GRANTED_BEFORE}{capability}{NOT_GRANTED_AFTER}")
}

/// The capability that a reason says is missing.
pub fn capability_not_granted(reason: &str) -> Option<&str> {
    reason.strip_prefix(NOT_GRANTED_BEFORE)?.strip_suffix(NOT_GRANTED_AFTER)
}

const NOT_GRANTED_BEFORE: &str = "the capability ";
const NOT_GRANTED_AFTER: &str = " was not granted";

/// How the four ethical frameworks are weighed, and how much is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EthicsProfile {
    /// `strict` in strict mode, else `balanced`.
    #[default]
    ByMode,
    /// The weights of the design: .4, .3, .2, .1; threshold 0.6.
    Balanced,
    /// Rules weigh most, the threshold is higher, and one framework below 0.3 is a veto.
    Strict,
    /// Outcomes weigh most.
    Consequentialist,
    /// Character weighs most: honesty, openness, care in the making.
    VirtueFocused,
}
