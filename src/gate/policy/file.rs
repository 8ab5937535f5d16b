//! The policy as it is written.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Category, ComponentKind, TrustTier};

/// A policy as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyFile {
    /// The shape of this file; 1.
    #[serde(default = "first_version")]
    pub version: u32,
    /// What a trust tier means for approval.
    #[serde(default)]
    pub trust_tiers: BTreeMap<TierName, TierPolicy>,
    /// Above which risk in a category a person must look, 0 to 1.
    #[serde(default)]
    pub risk_thresholds: BTreeMap<Category, f64>,
    /// Which capabilities need no grant, which need one, and which are never granted.
    #[serde(default)]
    pub capabilities: CapabilityPolicy,
    /// Who may use which capability that needs a grant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
    /// When a change of risk is critical.
    #[serde(default)]
    pub drift: DriftPolicy,
    /// Rules beyond tiers and thresholds.
    #[serde(default)]
    pub rules: Vec<PolicyRule>,
}

fn first_version() -> u32 {
    1
}

/// The tiers by the names that a policy file uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TierName {
    /// Signed by a trusted publisher.
    Verified,
    /// Approved by reviewers.
    Trusted,
    /// The default.
    Standard,
    /// Unproven.
    Experimental,
    /// Isolated.
    Quarantined,
}

impl From<TrustTier> for TierName {
    fn from(tier: TrustTier) -> Self {
        match tier {
            TrustTier::Verified => Self::Verified,
            TrustTier::Trusted => Self::Trusted,
            TrustTier::Standard => Self::Standard,
            TrustTier::Experimental => Self::Experimental,
            TrustTier::Quarantined => Self::Quarantined,
        }
    }
}

/// What a tier means for approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierPolicy {
    /// Whether a component of this tier is let in without a person.
    pub auto_approve: bool,
    /// Whether a person must look in any case, unless a rule permits it.
    pub require_review: bool,
}

/// Which capabilities need a grant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CapabilityPolicy {
    /// Need no grant.
    pub allowed: BTreeSet<String>,
    /// Need a grant; without one a person must look.
    pub restricted: BTreeSet<String>,
    /// Never granted.
    pub denied: BTreeSet<String>,
}

/// Leave to use capabilities that need one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// To whatever matches one of these globs.
    pub paths: Vec<String>,
    /// The capabilities.
    pub capabilities: BTreeSet<String>,
    /// Only to what one of these publishers signed; to anybody when empty.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub signed_by: BTreeSet<String>,
    /// Told to whoever asks why it was granted.
    pub reason: String,
}

/// When a change of risk since approval is critical.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DriftPolicy {
    /// The change of overall risk, 0 to 1, past which a known component is blocked. Seed: 0.3.
    pub critical_change: f64,
}

impl Default for DriftPolicy {
    fn default() -> Self {
        Self { critical_change: 0.3 }
    }
}

/// What a rule does when it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Lets in, unless something forbids.
    Permit,
    /// A person must look.
    Review,
    /// Keeps out.
    Forbid,
    /// Keeps out and isolates.
    Quarantine,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyRule {
    /// Names the rule in every decision that it had a part in. Unique.
    pub id: String,
    /// What it does.
    pub effect: Effect,
    /// All of these must hold.
    #[serde(default)]
    pub when: When,
    /// A condition in CEL over `subject`, `class`, `tier`, `mode`, `risk`, `category`, `capabilities`, `hosts`,
    /// `signed`, `approved`, `complete` and `drift`; must yield a truth value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Told to whoever meets the rule.
    pub reason: String,
}

/// Plain conditions, all of which must hold; an absent one always does.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    /// The tier is one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tiers: Option<BTreeSet<TierName>>,
    /// The class is one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classes: Option<BTreeSet<ComponentKind>>,
    /// It uses at least one of these capabilities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_capability: Option<BTreeSet<String>>,
    /// The path matches one of these globs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paths: Option<Vec<String>>,
    /// The overall risk is at least this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall_at_least: Option<f64>,
    /// The overall risk is at most this, and everything could be judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall_at_most: Option<f64>,
    /// The risk in at least one of these categories is at least the number beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_category_at_least: Option<BTreeMap<Category, f64>>,
    /// A valid signature is present, or is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<bool>,
}
