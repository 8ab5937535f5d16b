//! The same findings in the formats of others.

pub mod ci;
pub mod markdown;
pub mod sarif;
