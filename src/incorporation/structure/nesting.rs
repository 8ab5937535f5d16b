//! How deeply a text nests, measured without recursion.
//!
//! A recursive parser, and the destructor of the tree that it builds, need stack in proportion to the
//! nesting of the text. The interpreter itself refuses more than 200 brackets and 100 indents, so a text
//! beyond [`MAX_DEPTH`] is no program.
//!
//! Counting what can nest bounds the depth at memory speed. Few texts have so much of it that the stack might not
//! suffice ([`SAFE_DEPTH`]); those are lexed before a parser sees them. Of the others the parser's own tokens
//! tell afterwards, so that hardly anything is lexed twice.

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_parser::{Mode, lexer};
use ruff_text_size::{Ranged as _, TextSize};

/// The deepest nesting that is judged.
pub const MAX_DEPTH: usize = 5_000;

/// The deepest nesting for which the stack of a parser surely suffices: two kilobytes a level are left. The
/// parser grows its own stack while it recurses; what takes the tree apart again does not.
const SAFE_DEPTH: usize = 32_000;

/// Whether a Python text may nest more deeply than can be parsed, so that it has to be lexed first.
///
/// Brackets, operators and keywords all count as levels, wherever they stand. A level takes a byte at least, so
/// that most texts are too short to be looked at.
pub fn python_needs_lexing(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() <= SAFE_DEPTH {
        return false;
    }
    // Each indent is wider than the one around it.
    if most_indents(bytes.len()) > MAX_DEPTH {
        return true;
    }
    let operators = operator_count(bytes);
    operators > SAFE_DEPTH
        || operators + keyword_bound(bytes) > SAFE_DEPTH && operators + keyword_count(bytes) > SAFE_DEPTH
}

/// Whether some expression or block of a Python text may nest deeper than [`MAX_DEPTH`], by its tokens.
///
/// The answer is an upper bound: brackets, indents and the operators of one operand list all count as levels.
pub fn python_text_exceeds(text: &str) -> bool {
    let mut lexer = lexer::lex(text, Mode::Module);
    exceeds(std::iter::from_fn(|| Some(lexer.next_token())))
}

/// The same of a text that is parsed.
pub fn python_tokens_exceed(text: &str, tokens: &Tokens) -> bool {
    let bytes = text.as_bytes();
    operator_count(bytes) + keyword_count(bytes) > MAX_DEPTH && exceeds(tokens.iter().map(|token| token.kind()))
}

/// Bounds the nesting of a text without mistakes by where its statements begin, which whoever walks the tree
/// sees anyway. It spares a look at every token.
///
/// A logical line reaches over two beginnings at most, as in `if x: y`, and nests no deeper than it has tokens.
pub struct Statements<'a> {
    tokens: &'a Tokens,
    /// Where the last statement began.
    last: TextSize,
    /// Tokens from one beginning to the next that are surely not too many, whatever the indent.
    harmless: usize,
    /// Whether there were more somewhere.
    exceeded: bool,
}

impl<'a> Statements<'a> {
    /// No statement yet, of a text of so many bytes.
    pub fn new(tokens: &'a Tokens, bytes: usize) -> Self {
        let harmless = MAX_DEPTH.saturating_sub(most_indents(bytes)) / 2;
        Self { tokens, last: TextSize::new(0), harmless, exceeded: false }
    }

    /// Notes where a statement begins. Those that are left out only make the bound higher.
    pub fn begin(&mut self, start: TextSize) {
        let from = std::mem::replace(&mut self.last, start);
        // No token is shorter than a byte.
        if start.to_usize().saturating_sub(from.to_usize()) > self.harmless {
            let before = |offset: TextSize| self.tokens.partition_point(|token| token.start() < offset);
            self.exceeded |= before(start).saturating_sub(before(from)) > self.harmless;
        }
    }

    /// Whether the text, which ends here, may nest deeper than [`MAX_DEPTH`].
    pub fn may_exceed(mut self, end: TextSize) -> bool {
        self.begin(end);
        self.exceeded
    }
}

/// How many indents fit into one another: each is wider than the one around it.
fn most_indents(bytes: usize) -> usize {
    (bytes * 2).isqrt() + 1
}

/// Sums of bytes that cannot overflow within a chunk, and no branches: many bytes are looked at in one step.
fn operator_count(bytes: &[u8]) -> usize {
    let chunks = bytes.chunks(usize::from(u8::MAX));
    chunks.map(|chunk| usize::from(chunk.iter().map(|&byte| u8::from(is_nesting_byte(byte))).sum::<u8>())).sum()
}

/// An upper bound of [`keyword_count`] by two letters of each keyword, in the same way.
fn keyword_bound(bytes: &[u8]) -> usize {
    let pairs = bytes.chunks(usize::from(u8::MAX)).zip(bytes.get(1..).unwrap_or_default().chunks(usize::from(u8::MAX)));
    pairs
        .map(|(left, right)| {
            let marks = left.iter().zip(right).map(|(&left, &right)| u8::from(is_keyword_pair(left, right)));
            usize::from(marks.sum::<u8>())
        })
        .sum()
}

/// Letters that stand together in a keyword of [`KEYWORDS`], and not too often elsewhere.
#[inline]
const fn is_keyword_pair(left: u8, right: u8) -> bool {
    (left == b'o') & (right == b't')
        | (left == b'a') & (right == b'w')
        | (left == b'b') & (right == b'd')
        | (left == b'l') & (right == b's')
        | (left == b'y') & (right == b'i')
        | (left == b'f') & (right == b'o')
        | (left == b'i') & (right == b'f')
        | (left == b'w') & (right == b'h')
        | (left == b'e') & (right == b'f')
        | (left == b'c') & (right == b'l')
        | (left == b'w') & (right == b'i')
        | (left == b'r') & (right == b'y')
}

/// Keywords that add a level.
const KEYWORDS: [&str; 12] =
    ["not", "await", "lambda", "else", "yield", "for", "if", "while", "def", "class", "with", "try"];

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
    KEYWORDS.iter().map(|word| memchr::memmem::find_iter(bytes, word).count()).sum()
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
        text.len() > MAX_DEPTH && python_text_exceeds(text)
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

    #[test]
    fn most_texts_are_parsed_at_once() {
        assert!(!python_needs_lexing(&"[".repeat(SAFE_DEPTH)));
        assert!(!python_needs_lexing(&"x.y(1 + 2)  # it is not so\n".repeat(4_000)));
        assert!(python_needs_lexing(&"[".repeat(SAFE_DEPTH + 1)));
        assert!(python_needs_lexing(&"not ".repeat(SAFE_DEPTH + 1)));
        assert!(python_needs_lexing(&"-not ".repeat(SAFE_DEPTH / 2 + 1)));
    }

    #[test]
    fn two_letters_of_each_keyword_are_counted() {
        for keyword in KEYWORDS {
            // Wherever it stands in what is counted at once.
            for before in [0, 251, 252, 253, 254, 255] {
                let text = format!("{}{keyword} ", " ".repeat(before));
                assert_eq!(keyword_count(text.as_bytes()), 1, "{keyword}");
                assert!(keyword_bound(text.as_bytes()) >= 1, "{keyword} after {before}");
            }
        }
    }
}
