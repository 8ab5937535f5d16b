//! Keep it stable: measure, judge against what was promised, and say how the system is.
//!
//! [`collectors`] read, one file a family of metrics. [`slo`] and [`supervisor`] judge; both are pure.
//! [`health`] puts them together and records what was measured.

pub mod collectors;
pub mod health;
pub mod setpoints;
pub mod slo;
pub mod supervisor;
