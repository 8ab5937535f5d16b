//! What the planner is given.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Component, ComponentKind, Digest, FileKind, Language, Parent, Structure, TrustTier, Verdict};

/// One indexed file with all that is known of its present content.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Path of the index.
    pub path: String,
    /// The root it was found under.
    pub root: String,
    /// Its content.
    pub digest: Digest,
    /// Bytes.
    pub size: u64,
    /// What sort of file.
    pub kind: FileKind,
    /// Its language.
    pub language: Language,
    /// What it declares.
    pub structure: Arc<Structure>,
    /// Its class with the confidence, when this content was classified.
    pub class: Option<(ComponentKind, f64)>,
    /// The judgement of this content.
    pub verdict: Option<Verdict>,
    /// What the word of others makes of this content, when it need not be judged.
    pub vouched: TrustTier,
}

impl Candidate {
    /// Whether it may only be deployed after it was evaluated: code, and what hides code.
    pub fn needs_verdict(&self) -> bool {
        matches!(self.kind, FileKind::Source | FileKind::Archive | FileKind::Model | FileKind::Binary)
    }

    /// The folder it is in; empty at the top.
    pub fn folder(&self) -> &str {
        folder_of(&self.path)
    }

    /// The last part of its path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// The part of a path before its last `/`; empty at the top.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What is deployed when the plan is made.
#[derive(Debug, Clone)]
pub struct Deployed {
    /// The generation and its digest.
    pub parent: Parent,
    /// All that is in it.
    pub components: Vec<Component>,
}

impl Deployed {
    /// Nothing is deployed.
    pub fn nothing() -> Self {
        Self { parent: Parent { generation: 0, digest: crate::model::content_digest(&[]) }, components: Vec::new() }
    }
}

/// What is done with a component that is not simply approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wish {
    /// It is left out, with its reason.
    #[default]
    LeaveOut,
    /// It is planned; the gate will ask for a person's approval.
    Include,
}

/// How the operator wants it.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What is done with components whose decision is `review`.
    pub reviewed: Wish,
    /// What is done with components of the tier EXPERIMENTAL.
    pub experimental: Wish,
    /// Ids or names; when there are any, only these are planned, with what they need.
    pub only: BTreeSet<String>,
    /// Ids or names that are left out.
    pub exclude: BTreeSet<String>,
    /// Distributions and components that the host is known to have, with their versions.
    pub provided: BTreeMap<String, String>,
    /// Paths that are held in quarantine.
    pub quarantined: BTreeSet<String>,
}
