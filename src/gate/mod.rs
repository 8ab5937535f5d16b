//! Policy, ethics, guards and signatures: what judges plans before anything is changed.

pub mod counterfactual;
pub mod decide;
pub mod ethics;
pub mod policy;
pub mod review;
pub mod signatures;
pub mod trust;

pub use decide::{Gate, Subject, Supposed};
pub use review::{Approved, ApprovedPlan, Circumstances, Denial, review};
