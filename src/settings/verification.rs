//! `verification:` the operator's own look at what is about to be let in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A program that looks at every new generation after our own verification and before anybody can load from it.
/// It runs without network, may write nowhere, and is stopped when it takes too long, too much memory or too many
/// processes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct VerificationSettings {
    /// The program and its arguments; no shell reads them. It starts in the tree of the new generation; exit code 0
    /// lets it in. Nothing is run when this is empty.
    pub command: Vec<String>,
    /// Seconds that it may take.
    #[schemars(range(min = 1, max = 3600))]
    pub timeout: u32,
    /// Mebibytes of memory that it and all it starts may use together.
    #[schemars(range(min = 16, max = 1_048_576))]
    pub memory: u32,
    /// Processes that may run at once, itself among them.
    #[schemars(range(min = 1, max = 10_000))]
    pub processes: u32,
    /// Folders that it may read besides the tree and those of the system (`/usr`, `/bin`, `/sbin`, `/lib*`, `/etc`,
    /// `/opt`).
    pub readable: Vec<String>,
    /// How it is locked in. `auto`: by Landlock and seccomp, else by bubblewrap; where neither is there it runs freely,
    /// which is said, and is refused in strict mode.
    pub isolation: IsolationChoice,
}

/// How the operator's program is locked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IsolationChoice {
    /// By what the machine has.
    #[default]
    Auto,
    /// By Landlock and seccomp alone.
    Landlock,
    /// By bubblewrap alone.
    Bubblewrap,
    /// Not at all.
    Off,
}

impl Default for VerificationSettings {
    fn default() -> Self {
        Self {
            command: Vec::new(),
            timeout: 60,
            memory: 1024,
            processes: 64,
            readable: Vec::new(),
            isolation: IsolationChoice::Auto,
        }
    }
}
