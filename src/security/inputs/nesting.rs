//! How far a parser could recurse over a text, told without parsing it.
//!
//! A tree is no deeper than the tokens on the way to its deepest place: those of the statement that encloses it,
//! of the statement around the bracket that the first one stands in, and so on. Tokens are counted, not
//! understood, so quotes and comments cannot hide any: a text may be refused that would have been harmless, never
//! the other way round.

/// Tokens on the way to one place that a parser is trusted with. Code that people write has a few hundred.
/// A parser and a walk take less than ten kilobytes of stack for each.
const MAX_TOKENS: usize = 50_000;

/// Angle brackets in one another. They are no brackets to the count, because most of them are comparisons.
const MAX_ANGLES: usize = 1_000;

/// Elements in one another. Types of a file that may hold both look like elements that are never closed.
const MAX_ELEMENTS: usize = 10_000;

/// Stack for a parser and a walk over a text that is not refused.
pub(super) const STACK: usize = 512 << 20;

/// Words that go on with the statement before them, though a brace was closed.
const GOES_ON: &[&[u8]] =
    &[b"else", b"as", b"in", b"of", b"is", b"instanceof", b"satisfies", b"catch", b"finally", b"while", b"extends"];

/// Whether elements (`<a>`) nest in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elements {
    /// As in JSX. Their text may hold what would end a statement elsewhere.
    Nest,
    /// There are none; what looks like one is a type.
    None,
}

/// Whether a parser could recurse too far.
pub(super) fn is_too_deep(text: &str, nested: Elements) -> bool {
    let bytes = text.as_bytes();
    let (mut enclosing, mut around, mut here) = (Vec::new(), 0_usize, 0_usize);
    let (mut angles, mut elements) = (0_usize, 0_usize);
    let mut in_word = false;
    for (at, &byte) in bytes.iter().enumerate() {
        let continues = in_word;
        in_word = byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii();
        match byte {
            b'(' | b'[' | b'{' => {
                enclosing.push(here + 1);
                around += here + 1;
                here = 0;
            }
            b')' | b']' | b'}' => {
                here = enclosing.pop().unwrap_or(0);
                around -= here;
                if byte == b'}' && begins_anew(&bytes[at + 1..]) {
                    here = 0;
                }
            }
            b';' | b',' => here = 0,
            _ if in_word => here += usize::from(!continues),
            _ if byte.is_ascii_whitespace() => {}
            _ => here += 1,
        }
        match byte {
            b'<' => {
                angles += 1;
                match bytes.get(at + 1) {
                    Some(b'/') => elements = elements.saturating_sub(1),
                    Some(next) if next.is_ascii_alphabetic() || *next == b'>' => elements += 1,
                    _ => {}
                }
            }
            b'>' => {
                angles = angles.saturating_sub(1);
                elements = elements.saturating_sub(usize::from(at > 0 && bytes[at - 1] == b'/'));
            }
            b';' | b'{' | b'}' => angles = 0,
            _ => {}
        }
        if around + here > MAX_TOKENS || angles > MAX_ANGLES || (nested == Elements::Nest && elements > MAX_ELEMENTS) {
            return true;
        }
    }
    false
}

/// Whether a new statement begins after a brace that was closed.
fn begins_anew(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let word = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    word > 0 && !GOES_ON.contains(&&rest[..word])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_down_is_counted() {
        for unit in [
            "(",
            "[",
            "{",
            "! ",
            "- ",
            "a=",
            "a.b",
            "a+",
            "a?a:",
            "new ",
            "typeof ",
            "if(a)",
            "a=>",
            "a:",
            "a+{}+",
            "x={a:",
            "{}instanceof ",
            "A<A,",
            "A<",
            "else if(a){}",
            "<a>,",
            "&mut ",
            "f(a,",
            ".b()",
        ] {
            assert!(is_too_deep(&unit.repeat(60_000), Elements::Nest), "{unit}");
        }
    }

    #[test]
    fn much_code_is_not_deep_code() {
        for unit in [
            "a.b();\n",
            "function f(a) { return [a, 1 < 2] }\n",
            "if (a < b) { c(); } else { d(); }\n",
            "1, ",
            "let x: Vec<String> = y;\n",
            "\"a b\", ",
            "// some words\nf();\n",
        ] {
            assert!(!is_too_deep(&unit.repeat(20_000), Elements::None), "{unit}");
        }
        assert!(!is_too_deep(&"<p>text</p>\n".repeat(5_000), Elements::Nest));
    }
}
