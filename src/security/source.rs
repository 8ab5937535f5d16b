//! A file as the analysis sees it: decoded text, and the way from byte offsets to lines and columns.

use std::borrow::Cow;
use std::sync::OnceLock;

use encoding_rs::Encoding;
use ruff_text_size::{TextRange, TextSize};

use crate::model::Language;

/// Text offsets are 32 bits wide; nothing near that size is parsed anyway.
pub const MAX_TEXT_BYTES: usize = 1 << 30;

/// A place in a file: both numbers count from one, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column in characters.
    pub column: u32,
}

/// The decoded text of one file.
#[derive(Debug, Clone)]
pub struct SourceUnit {
    /// Path with `/`, as findings will name it.
    pub path: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// What it is written in.
    pub language: Language,
    /// Label of the encoding it was decoded from.
    pub encoding: &'static str,
    lines: LineIndex,
}

impl SourceUnit {
    /// A unit from text that is already decoded.
    pub fn new(path: impl Into<String>, text: impl Into<String>, language: Language) -> Self {
        let text = text.into();
        let lines = LineIndex::new(&text);
        Self { path: path.into(), text, language, encoding: "utf-8", lines }
    }

    /// A unit from bytes, or the reason why they are no text. Bytes that are its own become the text without a copy.
    pub fn decode(path: impl Into<String>, bytes: Cow<'_, [u8]>, language: Language) -> Result<Self, Undecodable> {
        let (text, encoding) = decode_whole(bytes)?;
        Ok(Self { encoding, ..Self::new(path, text, language) })
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: TextSize) -> Position {
        self.lines.position(&self.text, offset)
    }

    /// Line of a byte offset, from one.
    pub fn line(&self, offset: TextSize) -> u32 {
        self.lines.line(&self.text, offset)
    }

    /// The same without the list of all lines, which many files never need: for few questions.
    pub fn line_once(&self, offset: TextSize) -> u32 {
        if self.lines.returns {
            return self.line(offset);
        }
        let before = self.text.as_bytes().get(..usize::from(offset)).unwrap_or(self.text.as_bytes());
        u32::try_from(memchr::memchr_iter(b'\n', before).count() + 1).unwrap_or(u32::MAX)
    }

    /// The text of a line, from one, without its end; empty when there is no such line.
    pub fn line_text(&self, line: u32) -> &str {
        self.lines.text(&self.text, line)
    }

    /// How many lines there are.
    pub fn line_count(&self) -> u32 {
        self.lines.count
    }

    /// Byte offset at which a line starts, from one.
    pub fn line_start(&self, line: u32) -> TextSize {
        let index = (line.max(1) - 1) as usize;
        let starts = self.lines.starts(&self.text);
        TextSize::new(starts.get(index).copied().unwrap_or_else(|| starts.last().copied().unwrap_or(0)))
    }

    /// The text of a range; empty when the range is not one of this unit.
    pub fn slice(&self, range: TextRange) -> &str {
        self.text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or("")
    }
}

/// Where lines start.
#[derive(Debug, Clone)]
struct LineIndex {
    count: u32,
    /// Whether carriage returns end lines as well.
    returns: bool,
    /// Made when somebody asks: to count lines is far cheaper than to list them.
    starts: OnceLock<Vec<u32>>,
}

impl LineIndex {
    fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let returns = memchr::memchr(b'\r', bytes).is_some();
        let starts = OnceLock::new();
        let count = if returns {
            starts.get_or_init(|| list(bytes, true)).len()
        } else {
            memchr::memchr_iter(b'\n', bytes).count() + 1
        };
        Self { count: u32::try_from(count).unwrap_or(u32::MAX), returns, starts }
    }

    fn starts(&self, text: &str) -> &[u32] {
        self.starts.get_or_init(|| list(text.as_bytes(), self.returns))
    }

    fn line(&self, text: &str, offset: TextSize) -> u32 {
        let line = self.starts(text).partition_point(|&start| start <= u32::from(offset));
        u32::try_from(line.max(1)).unwrap_or(u32::MAX)
    }

    fn position(&self, text: &str, offset: TextSize) -> Position {
        let line = self.line(text, offset);
        let start = self.starts(text).get(line as usize - 1).copied().unwrap_or(0) as usize;
        let before = text.get(start..usize::from(offset)).unwrap_or("");
        let characters = if before.is_ascii() { before.len() } else { before.chars().count() };
        Position { line, column: u32::try_from(characters + 1).unwrap_or(u32::MAX) }
    }

    fn text<'a>(&self, text: &'a str, line: u32) -> &'a str {
        let index = match line.checked_sub(1) {
            Some(index) => index as usize,
            None => return "",
        };
        let starts = self.starts(text);
        let Some(&start) = starts.get(index) else { return "" };
        let end = starts.get(index + 1).map_or(text.len(), |&next| next as usize);
        text.get(start as usize..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }
}

/// Where the lines of a text start.
fn list(bytes: &[u8], returns: bool) -> Vec<u32> {
    let next = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
    starts.push(0);
    // Few files have carriage returns. Lines are short, so that to search for the end of each costs more than to look
    // at eight bytes at a time.
    if !returns {
        let (words, rest) = bytes.as_chunks::<8>();
        for (word, base) in words.iter().zip((0..).step_by(8)) {
            let mut ends = line_feeds(*word);
            while ends != 0 {
                starts.push(next(base + ends.trailing_zeros() as usize / 8));
                ends &= ends - 1;
            }
        }
        let base = bytes.len() - rest.len();
        starts.extend(memchr::memchr_iter(b'\n', rest).map(|at| next(base + at)));
        return starts;
    }
    // A carriage return ends a line only when no line feed follows.
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|at| bytes.get(*at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n'));
    starts.extend(ends.map(next));
    starts
}

/// The highest bit of each byte that is a line feed, the first byte lowest.
fn line_feeds(bytes: [u8; 8]) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let other = u64::from_le_bytes(bytes) ^ u64::from_le_bytes([b'\n'; 8]);
    // A byte without its highest bit carries into it when anything of it is set.
    !(((other & LOW) + LOW) | other | LOW)
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undecodable {
    /// Larger than what can be addressed.
    TooLarge,
    /// NUL bytes: a binary file.
    Binary,
    /// The bytes are not valid in the encoding that they claim; with its label.
    Invalid(String),
    /// The coding cookie names an encoding that nobody knows.
    UnknownEncoding(String),
}

impl std::fmt::Display for Undecodable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the file is too large"),
            Self::Binary => write!(f, "the file has NUL bytes"),
            Self::Invalid(label) => write!(f, "the bytes are not valid {label}"),
            Self::UnknownEncoding(label) => write!(f, "the encoding `{label}` is not known"),
        }
    }
}

/// Decodes by byte order mark, then by PEP 263 cookie, then as UTF-8. Returns the text and the label.
pub fn decode(bytes: &[u8]) -> Result<(String, &'static str), Undecodable> {
    decode_whole(Cow::Borrowed(bytes))
}

fn decode_whole(all: Cow<'_, [u8]>) -> Result<(String, &'static str), Undecodable> {
    let bytes = &*all;
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(Undecodable::TooLarge);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let label = if encoding == encoding_rs::UTF_8 { "utf-8-bom" } else { label_of(encoding) };
        return strict(encoding, rest).map(|text| (text, label)).ok_or_else(|| Undecodable::Invalid(label.to_owned()));
    }
    if let Some(cookie) = cookie(bytes)
        && !is_utf8_label(&cookie)
    {
        let Some(encoding) = Encoding::for_label(python_label(&cookie).as_bytes()) else {
            return Err(Undecodable::UnknownEncoding(cookie));
        };
        let label = label_of(encoding);
        return strict(encoding, bytes).map(|text| (text, label)).ok_or_else(|| Undecodable::Invalid(label.to_owned()));
    }
    match String::from_utf8(all.into_owned()) {
        Ok(text) => Ok((text, "utf-8")),
        Err(error) if memchr::memchr(0, error.as_bytes()).is_some() => Err(Undecodable::Binary),
        Err(_) => Err(Undecodable::Invalid("utf-8".to_owned())),
    }
}

/// The bytes of a text in an encoding that [`decode`] told; none when it has characters that the encoding lacks, or
/// when the bytes would not be read back as this very text.
pub fn encode(text: &str, label: &str) -> Option<Vec<u8>> {
    let bytes = match label {
        "utf-8" => text.as_bytes().to_vec(),
        "utf-8-bom" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        "utf-16le" => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(),
        other => {
            let (bytes, _, lossy) = Encoding::for_label(other.as_bytes())?.encode(text);
            if lossy {
                return None;
            }
            bytes.into_owned()
        }
    };
    decode(&bytes).is_ok_and(|(again, known)| again == text && known == label).then_some(bytes)
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
}

fn label_of(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        "EUC-JP" => "euc-jp",
        "Shift_JIS" => "shift_jis",
        "windows-1252" => "windows-1252",
        other => other,
    }
}

/// The encoding named in the first two lines, in lower case with `-`, as PEP 263 has it.
fn cookie(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes;
    for _ in 0..2 {
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len()).min(400);
        let line = rest.get(..end)?;
        let trimmed = line.trim_ascii_start();
        if !trimmed.is_empty() && trimmed[0] != b'#' {
            return None;
        }
        if let Some(at) = memchr::memmem::find(line, b"coding") {
            let after = line.get(at + 6..)?;
            if matches!(after.first(), Some(b':' | b'=')) {
                let name: String = after[1..]
                    .iter()
                    .skip_while(|byte| matches!(byte, b' ' | b'\t'))
                    .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
                    .map(|&byte| char::from(byte.to_ascii_lowercase()))
                    .collect();
                if !name.is_empty() {
                    return Some(name.replace('_', "-"));
                }
            }
        }
        rest = rest.get(end + 1..)?;
    }
    None
}

fn is_utf8_label(label: &str) -> bool {
    matches!(label, "utf-8" | "utf8" | "utf-8-sig" | "u8" | "utf" | "ascii" | "us-ascii") || label.starts_with("utf-8-")
}

/// Python's names for encodings that the web calls otherwise.
fn python_label(label: &str) -> &str {
    match label {
        "latin" | "latin-1" | "l1" | "iso-latin-1" | "8859" | "iso8859" | "iso8859-1" => "latin1",
        "cp932" | "ms932" | "mskanji" | "shiftjis" => "shift_jis",
        "cp949" | "uhc" => "euc-kr",
        "eucjp" | "ujis" => "euc-jp",
        "koi8r" => "koi8-r",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_over_all_line_ends() {
        let unit = SourceUnit::new("a.py", "x = 1\r\né = 'ü' + y\rz\n", Language::Python);
        let at = |needle: &str| {
            let offset = unit.text.find(needle).map_or(0, |offset| offset);
            unit.position(TextSize::new(u32::try_from(offset).unwrap_or(0)))
        };
        assert_eq!(at("y"), Position { line: 2, column: 11 });
        assert_eq!(at("z"), Position { line: 3, column: 1 });
        assert_eq!(unit.line_text(2), "é = 'ü' + y");
        assert_eq!(unit.line_text(9), "");
    }

    #[test]
    fn every_line_is_found_wherever_it_ends() {
        for length in 0..40 {
            for every in 1..12 {
                let ends = |at: &usize| at.is_multiple_of(every);
                let text: String = (0..length).map(|at| if ends(&at) { '\n' } else { '\u{b}' }).collect();
                let starts: Vec<u32> =
                    [0].into_iter().chain((0..length).filter(ends).map(|at| at as u32 + 1)).collect();
                assert_eq!(list(text.as_bytes(), false), starts, "{text:?}");
            }
        }
    }

    #[test]
    fn what_was_decoded_can_be_written_back() {
        for bytes in [
            b"x = 1\r\n".as_slice(),
            b"\xef\xbb\xbfx = 1\n",
            b"\xff\xfex\0 \0",
            b"\xfe\xff\0x\0 ",
            b"# coding: latin-1\nx = '\xe9'\r",
            b"# coding=euc_jp\n\xa4\xa2",
        ] {
            let (text, label) = decode(bytes).unwrap_or_default();
            assert_eq!(encode(&text, label).as_deref(), Some(bytes), "{label}");
        }
        let (text, label) = decode(b"# coding: latin-1\nx = '\xe9'\n").unwrap_or_default();
        assert_eq!(encode(&text.replace('\u{e9}', "\u{3042}"), label), None);
    }

    #[test]
    fn encodings_are_taken_from_mark_and_cookie() {
        assert_eq!(decode(b"\xef\xbb\xbfx").map(|(text, _)| text), Ok("x".to_owned()));
        assert_eq!(decode(b"\xff\xfex\0").map(|(text, _)| text), Ok("x".to_owned()));
        assert_eq!(
            decode(b"#!/bin/x\n# -*- coding: latin-1 -*-\n\xe9").map(|(text, _)| text.ends_with('\u{e9}')),
            Ok(true)
        );
        assert_eq!(
            decode(b"# coding=euc_jp\n\xa4\xa2").map(|(text, label)| (text.ends_with('\u{3042}'), label)),
            Ok((true, "euc-jp"))
        );
        assert_eq!(decode(b"# coding: nonsense-9\nx"), Err(Undecodable::UnknownEncoding("nonsense-9".to_owned())));
        assert!(matches!(decode(b"\xff\x80abc"), Err(Undecodable::Invalid(_))));
    }
}
