//! What makes the ledger checkable: pure functions of values, without a database, a clock or a disk.
//!
//! * [`tree`]: the RFC 6962 Merkle tree over the entry hashes, its proofs, and their checks
//! * [`note`]: C2SP signed notes and checkpoints
//! * [`proof`]: the proof of one entry, in a file that can be checked alone
//! * [`line`]: entries as lines of JSON, and [`event`]: as CloudEvents
//! * [`pass`]: reading entries and recomputing what they say
//! * [`position`]: how far an earlier check came
//! * [`redaction`]: whose details are erased, and how that is told
//! * [`epoch`]: keys that evolve, and the seals that chain them
//! * [`segment`]: entries in a file of their own, and [`segment_verdict`]: what it has proven
//! * [`witness`]: when a witness signs, and when it is believed
//! * [`place`]: where checkpoints are kept
//! * [`verdict`]: what a check has proven, and what it has not
//! * [`scrub`]: what may not get into the ledger
//!
//! Whoever holds one checkpoint can check an entry with [`tree`] and [`note`] alone.

pub mod epoch;
pub mod event;
pub mod line;
mod lines;
pub mod note;
pub mod pass;
pub mod place;
pub mod position;
pub mod proof;
pub mod redaction;
pub mod scrub;
pub mod segment;
pub mod segment_verdict;
pub mod tree;
pub mod verdict;
pub mod witness;
