//! Which role a file plays: plugin, agent, Aether script, workflow, utility, dataset, documentation, or
//! none that could be told.
//!
//! # How
//!
//! A [`Sighting`] is what is known of one file: its row in the index, its structure and what its text
//! shows. [`Surroundings`] is what the other files of the tree add: entry points of its distribution,
//! manifests beside it, and where the bases of its classes come from. [`Features`] are named observations
//! of both. [`Model`] weighs them: one multinomial logistic regression, whose weights are in
//! `config/classifier.json`, trained on the labelled set in `tests/classify/`. Everything here is a pure
//! function.
//!
//! # Confidence
//!
//! The confidence is the probability of the class, with the temperature that was fitted on packages which
//! the weights had not seen. When no class is likely enough the answer is UNKNOWN.

pub mod features;
mod model;
mod stage;
mod surroundings;
mod text;

pub use features::{Features, Observation};
pub use model::{Judgement, Model};
pub use stage::{Classified, ClassifyRequest, classify, judge, key_of, look};
pub use surroundings::{Ancestor, Origin, Surroundings};
pub use text::{MAX_BYTES, TextFacts, TextKind};

use crate::model::IndexedFile;
use crate::model::structure::Structure;

/// What is known of one file before it is classified.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// Its row in the index.
    pub file: IndexedFile,
    /// What it declares; empty when nothing is known.
    pub structure: Structure,
    /// What its text shows; see [`TextFacts::read`].
    pub text: TextFacts,
}

#[cfg(test)]
mod tests;
