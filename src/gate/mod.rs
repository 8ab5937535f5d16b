//! Policy, ethics, guards and signatures: what judges plans before anything is changed.

pub mod ethics;
pub mod policy;
pub mod review;
pub mod signatures;

pub use review::{Approved, ApprovedPlan, Circumstances, Denial, review};
