//! `trust:` whose word counts, and `network:` what may be reached.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::EthicsProfile;

/// Keys, approvals, policy and ethics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TrustSettings {
    /// Absolute path of the folder with `allowed_signers`, `revoked_keys` and `minisign_keys`; when empty,
    /// `aetherra/keys` in the user's configuration folder, else `/etc/aetherra/keys`.
    #[schemars(extend("x-operator" = true))]
    pub keys: PathBuf,
    /// How many reviewers must have approved exactly this content before it is TRUSTED.
    #[schemars(extend("x-operator" = true), range(min = 1, max = 100))]
    pub approvals_needed: u32,
    /// Absolute path of a policy of your own; the shipped one when empty.
    #[schemars(extend("x-operator" = true))]
    pub policy: PathBuf,
    /// How the four ethical frameworks are weighed; `by-mode` is `strict` in strict mode, else `balanced`.
    #[schemars(extend("x-operator" = true))]
    pub ethics: EthicsProfile,
}

impl Default for TrustSettings {
    fn default() -> Self {
        Self { keys: PathBuf::new(), approvals_needed: 2, policy: PathBuf::new(), ethics: EthicsProfile::default() }
    }
}

/// What code may reach over the network.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NetworkSettings {
    /// Whether code that uses the network is let in only for hosts on the list; always so in strict mode.
    #[schemars(extend("x-operator" = true))]
    pub strict: bool,
    /// The hosts, such as `api.example.org`, or `*.example.org` for all below it.
    #[schemars(extend("x-operator" = true))]
    pub allow: Vec<String>,
}
