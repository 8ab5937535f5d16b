//! The pages of the rules, for `explain`. Generated: `UPDATE=1 cargo test --test suite generated`.

/// The id and the page of every rule that has one.
pub const PAGES: &[(&str, &str)] = &[];
