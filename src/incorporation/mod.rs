//! Take in new code safely: scan, classify, plan, integrate, quarantine.

pub mod canary;
pub mod classify;
pub mod deployment;
pub mod evaluate;
pub mod explain;
pub mod isolation;
pub mod planner;
pub mod policy_trial;
pub mod probe;
pub mod regression;
pub mod scan;
pub mod structure;
pub mod trust;
pub mod verification;
