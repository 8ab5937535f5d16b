//! Static analysis: what is dangerous in the code that wants in.
//!
//! Reading order: [`source`] decodes a file and knows its lines, [`python`] parses it and resolves what
//! its names mean, [`rules`] look at the parsed code, one pass for all of them.

pub mod check;
pub mod python;
pub mod rules;
pub mod source;
