//! Trials: a generation that gets a part of the traffic until it is known whether it is worse.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Digest;

/// What has become of a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TrialState {
    /// Its generation is being made; nobody gets it yet.
    Opening,
    /// It gets its share.
    Running,
    /// It passed, and is about to become stable.
    Promoting,
    /// It is about to be taken back.
    Stopping,
    /// It became stable.
    Passed,
    /// It was worse, and was taken back.
    Failed,
    /// The observations did not decide, and it was taken back.
    Inconclusive,
    /// It was taken back for another reason than what was observed.
    Stopped,
}

impl TrialState {
    const ALL: [Self; 8] = [
        Self::Opening,
        Self::Running,
        Self::Promoting,
        Self::Stopping,
        Self::Passed,
        Self::Failed,
        Self::Inconclusive,
        Self::Stopped,
    ];

    /// The word used in reports and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Running => "running",
            Self::Promoting => "promoting",
            Self::Stopping => "stopping",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Inconclusive => "inconclusive",
            Self::Stopped => "stopped",
        }
    }

    /// The state that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether there is still something to do.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Opening | Self::Running | Self::Promoting | Self::Stopping)
    }
}

/// One trial.
#[derive(Debug, Clone, PartialEq)]
pub struct CanaryTrial {
    /// Its number.
    pub id: u64,
    /// The generation on trial.
    pub generation: u64,
    /// What most get meanwhile.
    pub stable: u64,
    /// The plan that made the generation.
    pub plan: String,
    /// Share of the traffic, in percent.
    pub percent: f64,
    /// Salt of the choice who gets it.
    pub salt: String,
    /// What has become of it.
    pub state: TrialState,
    /// When it began, nanoseconds since 1970.
    pub began_ns: i64,
    /// When it is decided.
    pub ends_ns: i64,
    /// When what was observed was last looked at.
    pub looked_ns: Option<i64>,
    /// How often it was.
    pub looks: u64,
    /// Until when a person may still promote it, once it was found inconclusive.
    pub paused_until_ns: Option<i64>,
    /// A file with observations, `-` for what is piped in; none for the configured source.
    pub input: Option<String>,
    /// What was observed, and the settings that it is judged by.
    pub evidence: Value,
    /// What it ends with: outcome and reasons.
    pub verdict: Option<Value>,
    /// When it ended.
    pub ended_ns: Option<i64>,
}

/// An integration after which the system got worse.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Regression {
    /// Its number.
    pub id: u64,
    /// The change that is blamed.
    pub change: u64,
    /// The generation that it deployed.
    pub generation: u64,
    /// What got worse, and why this change is blamed.
    pub reason: String,
    /// Health before it, 0 to 1.
    pub health_before: Option<f64>,
    /// Health at the last judgement.
    pub health_after: Option<f64>,
    /// What it brought: ids and digests of components.
    pub contents: Vec<(String, Digest)>,
    /// `denied`: the gate wants a person. `pending`: taken back, not yet known whether that helped. `recovered`,
    /// `not-recovered`.
    pub state: String,
    /// When it was found, nanoseconds since 1970.
    pub began_ns: i64,
    /// When it was last judged.
    pub judged_ns: Option<i64>,
}
