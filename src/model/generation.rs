//! What is deployed, how to go back, and what is isolated.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Component, Digest, Parent};

/// What has become of a generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GenerationState {
    /// It is being made; an intent is open.
    Intended,
    /// It gets a share of the traffic, on trial.
    Canary,
    /// It is what `current` names.
    Live,
    /// It was live once and can be again.
    Retired,
    /// Making it failed, or its trial did; it never went live.
    Failed,
    /// It was cleared away.
    Removed,
}

impl GenerationState {
    /// The word used in reports and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Intended => "intended",
            Self::Canary => "canary",
            Self::Live => "live",
            Self::Retired => "retired",
            Self::Failed => "failed",
            Self::Removed => "removed",
        }
    }

    /// The state that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Intended, Self::Canary, Self::Live, Self::Retired, Self::Failed, Self::Removed]
            .into_iter()
            .find(|state| state.word() == word)
    }
}

/// A complete deployed tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Generation {
    /// Its number, from one, never used twice.
    pub number: u64,
    /// The generation it was made from; zero for the first.
    pub parent: u64,
    /// The plan that made it, when one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Why it was made: `integrate`, `rollback` or `quarantine`.
    pub cause: String,
    /// What has become of it.
    pub state: GenerationState,
    /// Digest over its components.
    pub digest: Digest,
    /// When it was made, nanoseconds since 1970.
    pub made_ns: i64,
    /// All that is in it, by id.
    pub components: Vec<Component>,
}

impl Generation {
    /// What a plan made now would name as its parent.
    pub fn as_parent(&self) -> Parent {
        Parent { generation: self.number, digest: self.digest }
    }
}

/// What a change does to the components of what is deployed: their ids, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Difference {
    /// What comes new.
    pub added: Vec<String>,
    /// What gets another content.
    pub replaced: Vec<String>,
    /// What goes.
    pub removed: Vec<String>,
}

impl Difference {
    /// What leads from the one to the other.
    pub fn between(before: &[Component], after: &[Component]) -> Self {
        let by_id = |list: &[Component]| -> BTreeMap<String, Digest> {
            list.iter().map(|component| (component.id.clone(), component.digest)).collect()
        };
        let (old, new) = (by_id(before), by_id(after));
        let has_another = |id: &String, digest| new.get(id).is_some_and(|other| other != digest);
        Self {
            added: new.keys().filter(|id| !old.contains_key(*id)).cloned().collect(),
            replaced: old.iter().filter(|(id, digest)| has_another(id, *digest)).map(|(id, _)| id.clone()).collect(),
            removed: old.keys().filter(|id| !new.contains_key(*id)).cloned().collect(),
        }
    }

    /// What undoes it.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { added: self.removed, replaced: self.replaced, removed: self.added }
    }
}

/// Digest over the components of a generation; it does not depend on their order.
pub fn content_digest(components: &[Component]) -> Digest {
    let mut lines: Vec<String> =
        components.iter().map(|component| format!("{}\n{}\n", component.digest.hex(), component.id)).collect();
    lines.sort_unstable();
    Digest::of(lines.concat().as_bytes())
}

/// The right to undo one change, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RollbackToken {
    /// `rb_` and 32 hex digits.
    pub token: String,
    /// The generation to go back to; zero for none.
    pub to: u64,
    /// The generation that the change made live.
    pub from: u64,
    /// The plan whose change it undoes, when a plan made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// Position of the ledger entry that issued it.
    pub issued_seq: u64,
    /// Position of the ledger entry that spent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spent_seq: Option<u64>,
}

/// What has become of an isolated file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuarantineState {
    /// It is isolated.
    Held,
    /// A person let it go.
    Released,
    /// It was put back where it came from.
    Restored,
}

impl QuarantineState {
    /// The word used in reports and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Released => "released",
            Self::Restored => "restored",
        }
    }

    /// The state that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Held, Self::Released, Self::Restored].into_iter().find(|state| state.word() == word)
    }
}

/// One isolated file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quarantine {
    /// Its number, from one.
    pub id: u64,
    /// The file, as the index writes it.
    pub path: String,
    /// What is held.
    pub digest: Digest,
    /// Bytes before packing.
    pub size: u64,
    /// Why.
    pub reason: String,
    /// What asked for it: `operator` or the name of a trigger.
    pub trigger: String,
    /// What has become of it.
    pub state: QuarantineState,
    /// Whether the original was taken away.
    pub moved: bool,
    /// When, nanoseconds since 1970.
    pub held_ns: i64,
    /// What was said when it was released or restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
}
