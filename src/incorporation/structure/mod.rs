//! What a file declares: parsers from text to [`Structure`], one file a language.
//!
//! Each is a pure function of the text, never fails and never panics: a text that violates its grammar
//! gives what could be read, and [`Structure::problems`] says where it was not. None of them runs
//! anything.
//!
//! # Limits
//!
//! Lists and literals are bounded by the constants below. Deep nesting is measured before a recursive
//! parser sees the text, and the parsers run on a stack that is grown to [`STACK_BYTES`] when the
//! caller's is smaller.

mod aether;
mod literal;
mod manifest;
pub mod nesting;
mod python;
mod rust;

pub use aether::of_aether;
pub use manifest::{of_manifest, of_manifest_value};
pub use python::of_python;
pub use rust::of_rust;

use crate::model::structure::SyntaxProblem;

/// Items in any one list.
pub(crate) const MAX_ITEMS: usize = 500;

/// Characters in a string that is kept.
pub(crate) const MAX_TEXT: usize = 500;

/// Places that violate the grammar, as far as they are listed.
pub(crate) const MAX_PROBLEMS: usize = 5;

/// The stack on which a recursive parser runs, in bytes; [`nesting`] says how deep that reaches.
pub const STACK_BYTES: usize = 64 * 1024 * 1024;

/// Runs a recursive parser where its stack suffices.
pub fn on_big_stack<T>(parse: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(STACK_BYTES / 2, STACK_BYTES, parse)
}

/// The start of a text, cut at a character.
pub(crate) fn shortened(text: &str) -> String {
    // No text has more characters than bytes.
    if text.len() <= MAX_TEXT {
        return text.to_owned();
    }
    text.char_indices().nth(MAX_TEXT).map_or_else(|| text.to_owned(), |(end, _)| format!("{}…", &text[..end]))
}

/// A problem at a byte of the text.
pub(crate) fn problem_at(text: &str, offset: usize, message: String) -> SyntaxProblem {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let column = before.get(line_start..).map_or(0, |rest| rest.chars().count()) + 1;
    SyntaxProblem {
        message,
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
    }
}
