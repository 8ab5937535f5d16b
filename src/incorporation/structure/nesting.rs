//! How deeply a text nests, measured without recursion.
//!
//! A recursive parser, and the destructor of the tree that it builds, need stack in proportion to the
//! nesting of the text. The interpreter itself refuses more than 200 brackets and 100 indents, so a text
//! beyond [`MAX_DEPTH`] is no program; it is refused here before a parser sees it.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};

/// The deepest nesting that a parser is given.
pub const MAX_DEPTH: usize = 5_000;

/// Whether some expression or block of a Python text may nest deeper than [`MAX_DEPTH`].
///
/// The answer is an upper bound: brackets, indents and the operators of one operand list all count as
/// levels. Texts that have too few such characters to reach the limit are not looked at twice.
pub fn python_exceeds_limit(text: &str) -> bool {
    may_nest(text.as_bytes()) && python_depth_exceeds(text, MAX_DEPTH)
}

/// A cheap necessary condition: enough operators, brackets, or keywords that nest.
fn may_nest(bytes: &[u8]) -> bool {
    if bytes.len() <= MAX_DEPTH {
        return false;
    }
    // Sums of bytes that cannot overflow within a chunk, and no branches: many bytes are looked at in one step.
    let operators: usize = bytes
        .chunks(usize::from(u8::MAX))
        .map(|chunk| usize::from(chunk.iter().map(|&byte| u8::from(is_nesting_byte(byte))).sum::<u8>()))
        .sum();
    // The shortest keyword that nests takes four bytes with its space.
    operators > MAX_DEPTH || (bytes.len() > MAX_DEPTH * 4 && keyword_count(bytes) > MAX_DEPTH)
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

fn python_depth_exceeds(text: &str, limit: usize) -> bool {
    let mut lexer = lexer::lex(text, Mode::Module);
    // Operators since the last separator, and lambdas since the bracket, for each open bracket.
    let mut open: Vec<(usize, usize)> = vec![(0, 0)];
    let (mut depth, mut indents) = (0_usize, 0_usize);
    loop {
        let kind = lexer.next_token();
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
        if depth + indents > limit {
            return true;
        }
    }
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
            format!("x = {}1", "not ".repeat(10_000)),
            format!("x = 1{}", "+1".repeat(10_000)),
            format!("x = a{}", ".a".repeat(10_000)),
            format!("x = f{}", "()".repeat(10_000)),
            format!("x = {}1", "lambda a, b: ".repeat(10_000)),
            format!("x = {}1", "a if b else ".repeat(10_000)),
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
