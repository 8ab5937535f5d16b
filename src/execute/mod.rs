//! The only module that changes the world. It takes plans that the gate approved.
pub mod starter;
