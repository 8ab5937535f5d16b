//! The only module that changes the world. It takes plans that the gate approved.
//!
//! What is deployed is a *generation*: a complete tree below `generations/`, built from contents that are
//! kept once under their digest below `objects/`. A host loads from `current`, a symbolic link, or reads
//! `registry.json`. A change is one rename of that link; see [`change`] for the order that makes it all or
//! nothing, and [`recover`] for what happens after a crash.

pub mod attest;
pub mod audit_anchor;
pub mod audit_export;
pub mod audit_import;
pub mod audit_redact;
pub mod audit_rotate;
pub mod audit_witness;
pub mod change;
mod files;
pub mod fixes;
pub mod gc;
pub mod integrate;
pub mod isolate;
pub mod layout;
pub mod lifecycle;
pub mod objects;
pub mod recover;
pub mod rollback;
pub mod sample;
pub mod stage;
pub mod starter;
pub mod swap;
pub mod trial;

#[cfg(test)]
mod tests;
