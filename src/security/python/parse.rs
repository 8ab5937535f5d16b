//! Parsing with recovery: a file that does not parse is read as far as it goes.

use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{Mod, ModModule, Suite};
use ruff_python_parser::{Mode, ParseError, ParseOptions, Parsed, parse_unchecked};
use ruff_text_size::{Ranged, TextRange};

use super::nesting;

/// Deeper trees than this are not judged. CPython itself gives up on expressions of about this depth.
pub const MAX_DEPTH: usize = 3_000;

/// The text nests deeper than [`MAX_DEPTH`]: nobody wrote it by hand, and it cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooDeep;

/// A syntax error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxProblem {
    /// What the parser expected.
    pub message: String,
    /// Where.
    pub range: TextRange,
}

/// A parsed file. Of its tokens only the comments are kept: all of them would take more than twice the memory of the
/// text.
pub struct ParsedModule {
    syntax: ModModule,
    errors: Vec<ParseError>,
    comments: Vec<TextRange>,
}

/// Texts with up to this many places that can be a level of their own are parsed unseen: the parser grows its own
/// stack, and even when all of them are, that stack stays within a hundred megabytes. The walk then refuses the
/// tree. Other texts are looked at first.
const UNSEEN_LEVELS: usize = 64 * 1024;

/// Parses a module. Fails only for texts that nest too deeply.
pub fn parse(text: &str) -> Result<ParsedModule, TooDeep> {
    let unseen = text.len() <= UNSEEN_LEVELS || nesting::places(text) <= UNSEEN_LEVELS;
    if !unseen && nesting::estimate(text) > MAX_DEPTH {
        return Err(TooDeep);
    }
    let parsed: Parsed<Mod> = parse_unchecked(text, ParseOptions::from(Mode::Module));
    parsed.try_into_module().map(ParsedModule::new).ok_or(TooDeep)
}

/// Parses a module that is not walked before it is used: its depth is looked at first, whatever its size.
pub fn parse_shallow(text: &str) -> Result<ParsedModule, TooDeep> {
    if nesting::estimate(text) > MAX_DEPTH {
        return Err(TooDeep);
    }
    parse(text)
}

impl ParsedModule {
    fn new(parsed: Parsed<ModModule>) -> Self {
        let comments = parsed.tokens().iter().filter(|token| token.kind() == TokenKind::Comment);
        let comments = comments.map(Ranged::range).collect();
        let errors = parsed.errors().to_vec();
        Self { syntax: parsed.into_syntax(), errors, comments }
    }

    /// The statements.
    pub fn suite(&self) -> &Suite {
        &self.syntax.body
    }

    /// Where the comments stand, in order.
    pub fn comments(&self) -> &[TextRange] {
        &self.comments
    }

    /// Errors that kept a part of the text from being understood; empty when all of it was.
    pub fn problems(&self) -> impl Iterator<Item = SyntaxProblem> + '_ {
        self.errors.iter().map(|error| SyntaxProblem { message: error.error.to_string(), range: error.range() })
    }

    /// Whether everything was understood.
    pub fn is_complete(&self) -> bool {
        self.errors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_files_are_read_as_far_as_they_go() {
        let module = parse("import os\nos.system(x)\ndef f(:\n").unwrap_or_else(|_| panic!("not deep"));
        assert!(!module.is_complete());
        assert!(module.suite().len() >= 2);
    }

    #[test]
    fn abyssal_nesting_is_refused() {
        for unit in ["(", "[", "-", "not ", "f(", "a.b(", "lambda: ", "f'{"] {
            let text = format!("x = {}", unit.repeat(100_000));
            assert_eq!(parse(&text).err(), Some(TooDeep), "{unit}");
        }
    }
}
