//! The shared vocabulary: plain data, no I/O.
//!
//! Every subsystem speaks these types; none of them knows where it is stored or how it is shown.

pub mod attestation;
pub mod component;
pub mod counted;
pub mod diagnostic;
pub mod digest;
pub mod encoding;
pub mod evaluation;
pub mod finding;
pub mod generation;
pub mod index;
pub mod ledger;
pub mod lifecycle;
pub mod path_key;
pub mod plan;
pub mod portable_path;
pub mod sample;
pub mod structure;
pub mod trial;
pub mod verdict;
pub mod visible;

pub use attestation::{Attestation, AttestationKind};
pub use component::{Classification, ComponentKind, Evidence, FileKind, IndexedFile, Language};
pub use counted::counted;
pub use diagnostic::{Diagnostic, Level, SkipReason, Skipped};
pub use digest::Digest;
pub use evaluation::{
    Asked, Evaluation, FileJudgement, FileStamp, READS_PRIVATE, READS_STRANGERS, RUNS_COMMANDS, SENDS,
};
pub use finding::{Category, Confidence, Finding, Fix, Severity, TaintStep};
pub use generation::{
    Difference, Generation, GenerationState, Quarantine, QuarantineState, RollbackToken, content_digest,
};
pub use index::{Change, ChangeKind, FileGap, FileStat, IndexRecord};
pub use ledger::{EntryClock, EntryHash, LedgerEntry, NewEntry};
pub use plan::{
    Action, Component, Conflict, ConflictKind, LeftOut, LeftOutReason, Parent, PinnedFile, Plan, PlanningReport, Step,
    Undo,
};
pub use sample::{Gap, Sample, StageResult, StageRun};
pub use structure::Structure;
pub use trial::{CanaryTrial, Regression, TrialState};
pub use verdict::{Benefit, Decision, EthicsProfile, RiskScore, TrustMode, TrustTier, Verdict};
