//! Static analysis: what is dangerous in the code that wants in.
//!
//! Reading order: [`source`] decodes a file and knows its lines, [`python`] parses it and resolves what
//! its names mean, [`rules`] look at the parsed code, one pass for all of them. [`analyse`] is the whole way
//! from bytes to findings, with [`suppress`] and [`baseline`] for those that shall not count, and [`risk`]
//! for what they add up to.

pub mod analyse;
pub mod baseline;
pub mod capability;
pub mod check;
pub mod declaration;
mod embedded;
pub mod fingerprint;
pub mod fix;
pub mod flow;
pub mod hosts;
pub mod inputs;
pub mod python;
pub mod risk;
pub mod rules;
pub mod source;
pub mod suppress;
pub mod threshold;
