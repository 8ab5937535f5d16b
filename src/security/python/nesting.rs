//! How deep a text may nest, estimated before it is parsed.
//!
//! The parser and every walk over its tree recurse, so depth must be bounded before there is a tree. The
//! estimate follows strings and brackets and counts, for each open bracket, the operators since the last
//! comma: each of them can add one level. It never needs the grammar and runs at memory speed.

/// How many places of `text` can be a level of its syntax tree at all: marks, and spaces, behind which a word may
/// begin one. It understands nothing, and costs a fraction of [`estimate`].
pub(super) fn places(text: &str) -> usize {
    // A block's count fits into a byte, so that many bytes are counted by one instruction.
    let mut before = b' ';
    let of_block = |block: &[u8]| {
        let first = u8::from(is_place(before, block[0]));
        before = block[block.len() - 1];
        let rest: u8 = block.iter().zip(&block[1..]).map(|(before, byte)| u8::from(is_place(*before, *byte))).sum();
        usize::from(first) + usize::from(rest)
    };
    text.as_bytes().chunks(usize::from(u8::MAX)).map(of_block).sum()
}

/// Whether a level may begin at a byte: at every mark but those that only follow or part something, and where a word
/// ends.
#[inline]
const fn is_place(before: u8, byte: u8) -> bool {
    let space = byte <= b' ';
    let mark = matches!(byte, b'!'..=b'/' | b':'..=b'@' | b'['..=b'^' | b'{'..=b'~');
    let idle = matches!(byte, b',' | b'"' | b'\'' | b'#' | b')' | b']' | b'}');
    mark && !idle || space && before > b' '
}

/// An upper estimate of the depth of the syntax tree of `text`.
pub(super) fn estimate(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut scan = Scan { bytes, at: 0, levels: vec![Level::default()], sum: 0, most: 0 };
    scan.run();
    scan.most
}

#[derive(Default, Clone, Copy)]
struct Level {
    operators: usize,
    /// The quote of the f-string that this replacement field belongs to.
    field_of: Option<Quote>,
}

#[derive(Clone, Copy)]
struct Quote {
    byte: u8,
    triple: bool,
}

/// Whether braces in a string hold code.
#[derive(Clone, Copy, PartialEq)]
enum Fields {
    None,
    Interpolated,
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    levels: Vec<Level>,
    sum: usize,
    most: usize,
}

/// What a byte means to the estimate.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Other,
    Operator,
    Open,
    Close,
    Comma,
    Newline,
    Quote,
    Comment,
    /// May begin `not`, `lambda`, `if`, `else` or `await`.
    Word,
}

const ROLES: [Role; 256] = {
    let mut roles = [Role::Other; 256];
    let operators = b"+-*/%@&|^~.<>=:;!";
    let mut index = 0;
    while index < operators.len() {
        roles[operators[index] as usize] = Role::Operator;
        index += 1;
    }
    roles[b'(' as usize] = Role::Open;
    roles[b'[' as usize] = Role::Open;
    roles[b'{' as usize] = Role::Open;
    roles[b')' as usize] = Role::Close;
    roles[b']' as usize] = Role::Close;
    roles[b'}' as usize] = Role::Close;
    roles[b',' as usize] = Role::Comma;
    roles[b'\n' as usize] = Role::Newline;
    roles[b'"' as usize] = Role::Quote;
    roles[b'\'' as usize] = Role::Quote;
    roles[b'#' as usize] = Role::Comment;
    roles[b' ' as usize] = Role::Word;
    roles
};

impl Scan<'_> {
    fn run(&mut self) {
        let bytes = self.bytes;
        let mut at = self.at;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            let role = ROLES[byte as usize];
            // Most bytes mean nothing, and the place is kept in a register for them.
            let begins = || matches!(bytes.get(at), Some(b'n' | b'l' | b'i' | b'e' | b'a' | b'y' | b'o'));
            if role == Role::Other || role == Role::Word && !begins() {
                continue;
            }
            self.at = at;
            match role {
                Role::Other => {}
                Role::Operator => self.operator(),
                Role::Word => self.word(),
                Role::Open => self.open(None),
                Role::Close => self.close(byte),
                Role::Comma => self.comma(),
                Role::Newline => self.newline(),
                Role::Quote => self.string(byte),
                Role::Comment => {
                    let rest = &self.bytes[self.at..];
                    self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                }
            }
            at = self.at;
        }
    }

    fn word(&mut self) {
        let rest = &self.bytes[self.at..];
        let known: [&[u8]; 7] = [b"not", b"lambda", b"if", b"else", b"await", b"yield", b"or"];
        if known.iter().any(|word| rest.starts_with(word)) {
            self.operator();
        }
    }

    fn operator(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.operators += 1;
        }
        self.sum += 1;
        self.most = self.most.max(self.sum);
    }

    fn open(&mut self, field_of: Option<Quote>) {
        self.operator();
        self.levels.push(Level { operators: 0, field_of });
    }

    fn close(&mut self, byte: u8) {
        if self.levels.len() > 1
            && let Some(level) = self.levels.pop()
        {
            self.sum -= level.operators;
            if byte == b'}'
                && let Some(quote) = level.field_of
            {
                self.inside(quote, Fields::Interpolated);
            }
        }
    }

    fn comma(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            self.sum -= level.operators;
            level.operators = 0;
        }
    }

    /// Outside brackets a line feed ends the statement; its indentation is the depth of its block.
    fn newline(&mut self) {
        let indent = self.bytes[self.at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if self.levels.len() == 1 && self.at.checked_sub(2).is_none_or(|before| self.bytes[before] != b'\\') {
            self.sum = indent;
            self.levels[0].operators = indent;
            self.most = self.most.max(indent);
        }
        // A fifth of most texts is indentation, and only what stands behind its last space can be a word.
        self.at += indent.saturating_sub(1);
    }

    fn string(&mut self, byte: u8) {
        let start = self.at - 1;
        let triple = self.bytes.get(self.at) == Some(&byte) && self.bytes.get(self.at + 1) == Some(&byte);
        if triple {
            self.at += 2;
        }
        let mut fields = Fields::None;
        for before in self.bytes[..start].iter().rev().take(2) {
            match before.to_ascii_lowercase() {
                b'f' | b't' => fields = Fields::Interpolated,
                b'b' | b'u' | b'r' => {}
                _ => break,
            }
        }
        self.inside(Quote { byte, triple }, fields);
    }

    /// Goes on to the end of a string, or to the replacement field that interrupts it.
    fn inside(&mut self, quote: Quote, fields: Fields) {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            if byte == b'\\' {
                // Even in a raw string a backslash keeps the quote behind it from ending the string.
                self.at += 1;
            } else if byte == b'\n' && !quote.triple {
                self.at -= 1;
                return;
            } else if byte == quote.byte {
                if !quote.triple {
                    return;
                }
                if self.bytes.get(self.at) == Some(&byte) && self.bytes.get(self.at + 1) == Some(&byte) {
                    self.at += 2;
                    return;
                }
            } else if byte == b'{' && fields == Fields::Interpolated {
                if self.bytes.get(self.at) == Some(&b'{') {
                    self.at += 1;
                } else {
                    self.open(Some(quote));
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{estimate, places};

    #[test]
    fn ordinary_code_is_shallow_however_long() {
        let table = format!("T = {{\n{}}}\n", "    'a': (1, 2.5, f'{x!r:>10}', \"(((((\"),\n".repeat(10_000));
        assert!(estimate(&table) < 20, "{}", estimate(&table));
        let lines = "x = a.b(c) + d['e'] # (((\n".repeat(10_000);
        assert!(estimate(&lines) < 20);
    }

    #[test]
    fn every_way_to_nest_is_seen() {
        for (unit, tail) in [
            ("(", ""),
            ("-", "1"),
            (" not ", "1"),
            ("f(", ""),
            ("a.", "b"),
            ("lambda: ", "1"),
            ("f'{", ""),
            ("f\"{f'{", ""),
            ("[1, [", ""),
            ("x if y else ", "z"),
            ("(')', ", ""),
        ] {
            let text = format!("x = {}{tail}", unit.repeat(5_000));
            assert!(estimate(&text) >= 4_900, "{unit}: {}", estimate(&text));
            assert!(places(&text) >= 5_000, "{unit}: {}", places(&text));
        }
        let blocks: String = (0..3_000).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect();
        assert!(estimate(&blocks) >= 2_900);
    }
}
