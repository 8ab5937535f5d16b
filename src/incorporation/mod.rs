//! Take in new code safely: scan, classify, plan, integrate, quarantine.

pub mod classify;
pub mod planner;
pub mod evaluate;
pub mod structure;
