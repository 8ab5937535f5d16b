//! A small sample system, and the whole loop over it.

pub mod sample;
