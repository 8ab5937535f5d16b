//! How deeply a text nests, measured without recursion.
//!
//! A recursive parser, and the destructor of the tree that it builds, need stack in proportion to the
//! nesting of the text. The interpreter itself refuses more than 200 brackets and 100 indents, so a text
//! beyond [`MAX_DEPTH`] is no program.
//!
//! Counting the bytes that can nest bounds the depth at memory speed. Few texts have so many of them that
//! the stack might not suffice ([`SAFE_DEPTH`]); those are lexed before a parser sees them. For those in
//! between, the parser's own tokens tell afterwards, so that hardly anything is lexed twice.

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_parser::{Mode, lexer};

/// The deepest nesting that is judged.
pub const MAX_DEPTH: usize = 5_000;

/// The deepest nesting for which the stack of a parser surely suffices: two kilobytes a level are left even
/// when every second level comes from a keyword. The parser grows its own stack while it recurses; what
/// takes the tree apart again does not.
const SAFE_DEPTH: usize = 16_000;

/// What the bytes of a text say about its nesting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// It cannot nest deeper than [`MAX_DEPTH`].
    Shallow,
    /// It can be parsed, and the tokens say how deep it is.
    Parsable,
    /// It must be lexed before it is parsed.
    Unknown,
}

/// Bounds the nesting of a Python text by its bytes.
///
/// Brackets, operators and keywords all count as levels. A text has to be long to nest by keywords alone, so
/// they are looked for in long ones only.
pub fn python_bound(text: &str) -> Bound {
    let bytes = text.as_bytes();
    if bytes.len() <= MAX_DEPTH {
        return Bound::Shallow;
    }
    // Sums of bytes that cannot overflow within a chunk, and no branches: many bytes are looked at in one step.
    let operators: usize = bytes
        .chunks(usize::from(u8::MAX))
        .map(|chunk| usize::from(chunk.iter().map(|&byte| u8::from(is_nesting_byte(byte))).sum::<u8>()))
        .sum();
    // The shortest keyword that nests takes four bytes with its space.
    let by_keywords = bytes.len() > SAFE_DEPTH * 4 && keyword_count(bytes) > SAFE_DEPTH;
    // Each indent is wider than the one around it.
    let by_indents = bytes.len() / MAX_DEPTH > MAX_DEPTH / 2;
    if operators > SAFE_DEPTH || by_keywords || by_indents {
        Bound::Unknown
    } else if operators > MAX_DEPTH {
        Bound::Parsable
    } else {
        Bound::Shallow
    }
}

/// Whether some expression or block of a Python text may nest deeper than [`MAX_DEPTH`], by its tokens.
///
/// The answer is an upper bound: brackets, indents and the operators of one operand list all count as levels.
pub fn python_text_exceeds(text: &str) -> bool {
    let mut lexer = lexer::lex(text, Mode::Module);
    exceeds(std::iter::from_fn(|| Some(lexer.next_token())))
}

/// The same of a text that is parsed.
pub fn python_tokens_exceed(tokens: &Tokens) -> bool {
    exceeds(tokens.iter().map(|token| token.kind()))
}

#[inline]
const fn is_nesting_byte(byte: u8) -> bool {
    (byte == b'(')
        | (byte == b'[')
        | (byte == b'{')
        | (byte == b'+')
        | (byte == b'-')
        | (byte == b'*')
        | (byte == b'/')
        | (byte == b'%')
        | (byte == b'@')
        | (byte == b'&')
        | (byte == b'|')
        | (byte == b'^')
        | (byte == b'~')
        | (byte == b'.')
        | (byte == b'<')
        | (byte == b'>')
}

fn keyword_count(bytes: &[u8]) -> usize {
    ["not", "await", "lambda", "else", "yield", "for", "if", "while", "def", "class", "with", "try"]
        .iter()
        .map(|word| memchr::memmem::find_iter(bytes, word).count())
        .sum()
}

fn exceeds(kinds: impl Iterator<Item = TokenKind>) -> bool {
    // Operators since the last separator, and lambdas since the bracket, for each open bracket.
    let mut open: Vec<(usize, usize)> = vec![(0, 0)];
    let (mut depth, mut indents) = (0_usize, 0_usize);
    for kind in kinds {
        match kind {
            TokenKind::EndOfFile => return false,
            TokenKind::Indent => indents += 1,
            TokenKind::Dedent => indents = indents.saturating_sub(1),
            TokenKind::Lpar
            | TokenKind::Lsqb
            | TokenKind::Lbrace
            | TokenKind::FStringStart
            | TokenKind::TStringStart => {
                if let Some(level) = open.last_mut() {
                    level.0 += 1;
                    depth += 1;
                }
                open.push((0, 0));
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace | TokenKind::FStringEnd | TokenKind::TStringEnd => {
                if open.len() > 1
                    && let Some((operators, lambdas)) = open.pop()
                {
                    depth = depth.saturating_sub(operators + lambdas);
                }
            }
            TokenKind::Newline | TokenKind::Semi => {
                open.truncate(1);
                open[0] = (0, 0);
                depth = 0;
            }
            TokenKind::Comma => {
                if let Some(level) = open.last_mut() {
                    depth = depth.saturating_sub(level.0);
                    level.0 = 0;
                }
            }
            TokenKind::Lambda => {
                if let Some(level) = open.last_mut() {
                    level.1 += 1;
                    depth += 1;
                }
            }
            TokenKind::If | TokenKind::Else | TokenKind::Yield | TokenKind::Dot => {
                if let Some(level) = open.last_mut() {
                    level.0 += 1;
                    depth += 1;
                }
            }
            _ if kind.is_operator() || kind.is_keyword() => {
                if let Some(level) = open.last_mut() {
                    level.0 += 1;
                    depth += 1;
                }
            }
            _ => {}
        }
        if depth + indents > MAX_DEPTH {
            return true;
        }
    }
    false
}

/// Whether brackets of any kind nest deeper than `limit`, strings and comments not told apart.
pub fn brackets_exceed(bytes: &[u8], limit: usize) -> bool {
    let mut depth = 0_usize;
    for &byte in bytes {
        match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                if depth > limit {
                    return true;
                }
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn python_exceeds_limit(text: &str) -> bool {
        match python_bound(text) {
            Bound::Shallow => false,
            Bound::Parsable | Bound::Unknown => python_text_exceeds(text),
        }
    }

    #[test]
    fn ordinary_texts_are_within_the_limit() {
        let table = format!("rows = [{}]\n", "(1, -2, a.b.c),\n".repeat(20_000));
        assert!(!python_exceeds_limit(&table));
        assert!(!python_exceeds_limit(&"x.y(1 + 2)\n".repeat(20_000)));
        assert!(!python_exceeds_limit(&"print(')))')\n".repeat(20_000)));
    }

    #[test]
    fn every_way_to_nest_is_seen() {
        for text in [
            "[".repeat(10_000),
            format!("x = {}1", "-".repeat(10_000)),
            format!("x = {}1", "not ".repeat(20_000)),
            format!("x = 1{}", "+1".repeat(10_000)),
            format!("x = a{}", ".a".repeat(10_000)),
            format!("x = f{}", "()".repeat(10_000)),
            format!("x = {}1", "lambda a, b: ".repeat(20_000)),
            format!("x = {}1", "a if b else ".repeat(20_000)),
            format!("x = {}", "[')', ".repeat(10_000)),
            (0..6_000).fold(String::new(), |mut text, depth| {
                text.push_str(&" ".repeat(depth));
                text.push_str("if x:\n");
                text
            }),
        ] {
            assert!(python_exceeds_limit(&text), "{:.60}", text);
        }
    }
}
