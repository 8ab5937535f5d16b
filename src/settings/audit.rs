//! `audit:` the ledger: what it leaves out, how it is sealed, where it is anchored.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::ledger::SECRET_KEYS;

/// The ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AuditSettings {
    /// Regular expressions, looked for in the lower-case keys of details; the values under them are left out.
    #[schemars(extend("x-operator" = true))]
    pub scrub_keys: Vec<String>,
    /// Seconds of an epoch. At its end the key that signed it is erased, and nobody can forge it any more.
    #[schemars(extend("x-operator" = true))]
    pub epoch_seconds: u32,
    /// Where the newest checkpoint is kept outside of the state: `file:PATH`, `git:FOLDER`,
    /// `command:PROGRAM ARGUMENT…` (it gets the checkpoint on its standard input) or `witness:PROGRAM ARGUMENT…`
    /// (it gets an `add-checkpoint` request and prints the answer). No shell reads them.
    #[schemars(extend("x-operator" = true))]
    pub anchors: Vec<String>,
    /// Public keys of witnesses that are believed, each as `name+id+base64`.
    #[schemars(extend("x-operator" = true))]
    pub witness_keys: Vec<String>,
    /// Days after which entries are moved to compressed segments by `audit rotate` and by the loop; 0 keeps them in the
    /// database.
    #[schemars(extend("x-operator" = true))]
    pub keep_days: u32,
    /// Days after which the details of entries are erased by `audit redact --due` and by the loop; 0 keeps them.
    #[schemars(extend("x-operator" = true))]
    pub redact_after_days: u32,
    /// The actions whose entries lose their details so, each with those that start with it and a full stop; none
    /// means all.
    #[schemars(extend("x-operator" = true))]
    pub redact_actions: Vec<String>,
}

impl Default for AuditSettings {
    fn default() -> Self {
        Self {
            scrub_keys: SECRET_KEYS.iter().map(|&key| key.to_owned()).collect(),
            epoch_seconds: 24 * 3600,
            anchors: Vec::new(),
            witness_keys: Vec::new(),
            keep_days: 0,
            redact_after_days: 0,
            redact_actions: Vec::new(),
        }
    }
}
