//! Policy, ethics, guards and signatures: what judges plans before anything is changed.

pub mod ethics;
pub mod policy;
pub mod signatures;
