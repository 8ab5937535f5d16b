//! From bytes to text: byte order marks, PEP 263 cookies, UTF-8, and UTF-16 without a mark.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes at the start in which a cookie may stand.
const COOKIE_WINDOW: usize = 1_000;

/// Bytes from which UTF-16 without a mark is recognised.
const UTF16_WINDOW: usize = 512;

/// Text together with the label of its encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// Lower-case label, such as `utf-8`, `utf-8-bom`, `utf-16le` or `euc-jp`.
    pub label: String,
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undecodable {
    /// NUL bytes: a binary file.
    Binary,
    /// The bytes are not valid in the encoding that they claim; with its label.
    Invalid(String),
    /// The coding cookie names an encoding that is not known.
    Unknown(String),
}

impl std::fmt::Display for Undecodable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Binary => write!(f, "it has NUL bytes"),
            Self::Invalid(label) => write!(f, "its bytes are not valid {label}"),
            Self::Unknown(label) => write!(f, "its encoding `{label}` is not known"),
        }
    }
}

/// Whether a PEP 263 cookie is heeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookies {
    /// As Python does.
    Heeded,
    /// As everybody else does.
    Ignored,
}

/// Decodes strictly: a byte that does not fit is an error, never a replacement character.
pub fn decode(bytes: &[u8], cookies: Cookies) -> Result<Decoded<'_>, Undecodable> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let label = if encoding == UTF_8 { "utf-8-bom".to_owned() } else { label_of(encoding) };
        return strict(encoding, bytes.get(mark..).unwrap_or_default(), label);
    }
    if cookies == Cookies::Heeded
        && let Some(cookie) = cookie(bytes)
        && !is_utf8(&cookie)
    {
        let encoding = by_python_name(&cookie).ok_or_else(|| Undecodable::Unknown(cookie.clone()))?;
        return strict(encoding, bytes, label_of(encoding));
    }
    match std::str::from_utf8(bytes) {
        // A NUL is valid UTF-8, but two of three files with one are UTF-16 and the third is binary.
        Ok(text) if memchr::memchr(0, bytes).is_none() => {
            Ok(Decoded { text: Cow::Borrowed(text), label: "utf-8".to_owned() })
        }
        valid => match unmarked_utf16(bytes) {
            Some(encoding) => strict(encoding, bytes, label_of(encoding)),
            None if valid.is_ok() || memchr::memchr(0, bytes).is_some() => Err(Undecodable::Binary),
            None => Err(Undecodable::Invalid("utf-8".to_owned())),
        },
    }
}

fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8], label: String) -> Result<Decoded<'a>, Undecodable> {
    // An odd byte at the end of UTF-16 is an error that the decoder reports by itself.
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(Decoded { text, label }),
        None => Err(Undecodable::Invalid(label)),
    }
}

fn label_of(encoding: &'static Encoding) -> String {
    encoding.name().to_ascii_lowercase()
}

/// UTF-16 of mostly Western text has a zero in every second byte, and no zeros in the others.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = bytes.get(..UTF16_WINDOW.min(bytes.len()))?;
    let pairs = window.len() / 2;
    if pairs < 2 || bytes.len() % 2 == 1 {
        return None;
    }
    let zeros = |from: usize| window.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even == 0 && odd * 10 >= pairs * 7 {
        Some(UTF_16LE)
    } else if odd == 0 && even * 10 >= pairs * 7 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that the first two lines name, in lower case with `-`, by the rules of PEP 263: the line is
/// a comment, and the second one counts only below a comment or an empty line.
pub fn cookie(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..COOKIE_WINDOW.min(bytes.len()))?;
    // Without the word in the window there is nothing to look for; this is the usual case.
    memchr::memmem::find(head, b"coding")?;
    for line in head.split(|&byte| byte == b'\n' || byte == b'\r').filter(|line| !line.is_empty()).take(2) {
        let start = line.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c')).unwrap_or(line.len());
        let line = line.get(start..)?;
        if !line.is_empty() && !line.starts_with(b"#") {
            return None;
        }
        for at in memchr::memmem::find_iter(line, b"coding") {
            let after = line.get(at + 6..)?;
            if !matches!(after.first(), Some(b':' | b'=')) {
                continue;
            }
            let name: String = after
                .iter()
                .skip(1)
                .skip_while(|byte| matches!(byte, b' ' | b'\t'))
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
                .map(|&byte| char::from(byte.to_ascii_lowercase()))
                .map(|character| if character == '_' { '-' } else { character })
                .collect();
            if !name.is_empty() {
                return Some(name);
            }
        }
    }
    None
}

fn is_utf8(label: &str) -> bool {
    matches!(label, "utf-8" | "utf8" | "u8" | "utf" | "cp65001" | "utf-8-sig" | "ascii" | "us-ascii" | "646")
        || label.starts_with("utf-8-")
}

/// Python's names for encodings that the Web calls otherwise.
fn by_python_name(label: &str) -> Option<&'static Encoding> {
    let known = match label {
        "latin" | "latin-1" | "l1" | "iso-latin-1" | "8859" | "iso8859" | "iso8859-1" | "cp819" => "latin1",
        "cp932" | "932" | "ms932" | "mskanji" | "ms-kanji" | "shiftjis" | "s-jis" | "sjis" => "shift_jis",
        "cp949" | "949" | "ms949" | "uhc" | "euckr" => "euc-kr",
        "eucjp" | "ujis" | "u-jis" => "euc-jp",
        "cp936" | "936" | "ms936" | "gb18030-2000" => "gb18030",
        "cp950" | "950" | "ms950" | "big5-tw" => "big5",
        "koi8r" => "koi8-r",
        "koi8u" => "koi8-u",
        "mac-roman" | "macroman" => "macintosh",
        other => other,
    };
    if let Some(encoding) = Encoding::for_label(known.as_bytes()) {
        // Labels that stand for "do not decode this" on the Web decode nothing here either.
        return (encoding != encoding_rs::REPLACEMENT).then_some(encoding);
    }
    let windows = known.strip_prefix("cp").or_else(|| known.strip_prefix("windows-"))?;
    Encoding::for_label(format!("windows-{windows}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, String) {
        let decoded = decode(bytes, Cookies::Heeded).unwrap();
        (decoded.text.into_owned(), decoded.label)
    }

    #[test]
    fn every_way_to_say_the_encoding_works() {
        let pair = |text: &str, label: &str| (text.to_owned(), label.to_owned());
        assert_eq!(text(b""), pair("", "utf-8"));
        assert_eq!(text("é".as_bytes()), pair("é", "utf-8"));
        assert_eq!(text(b"\xef\xbb\xbfx"), pair("x", "utf-8-bom"));
        assert_eq!(text(b"\xff\xfex\0"), pair("x", "utf-16le"));
        assert_eq!(text(b"\xfe\xff\0x"), pair("x", "utf-16be"));
        assert_eq!(text(b"x\0 \0=\0"), pair("x =", "utf-16le"));
        assert_eq!(text(b"\0x\0 \0="), pair("x =", "utf-16be"));
        assert_eq!(text(b"# coding=euc_jp\n\xa4\xa2"), pair("# coding=euc_jp\nあ", "euc-jp"));
        assert_eq!(text(b"#!/bin/x\n# -*- coding: latin-1 -*-\n\xe9").0, "#!/bin/x\n# -*- coding: latin-1 -*-\né");
        assert_eq!(text(b"# vim: set fileencoding=cp1251 :\n\xe0").1, "windows-1251");
        assert_eq!(text(b"# coding: utf-8-unix\nx").1, "utf-8");
    }

    #[test]
    fn a_cookie_counts_only_where_python_looks() {
        assert_eq!(cookie(b"x = 1\n# coding: latin-1\n"), None);
        assert_eq!(cookie(b"#\n#\n# coding: latin-1\n"), None);
        assert_eq!(cookie(b"# encoding is free\n"), None);
        assert!(decode(b"# coding: latin-1\n\xe9", Cookies::Ignored).is_err());
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"\xff\x80abc", Cookies::Heeded), Err(Undecodable::Invalid("utf-8".to_owned())));
        assert_eq!(decode(b"MZ\0\x01\0", Cookies::Heeded), Err(Undecodable::Binary));
        for name in ["unicode-escape", "rot13", "utf-7", "punycode", "nonsense"] {
            let bytes = format!("# coding: {name}\n");
            assert_eq!(decode(bytes.as_bytes(), Cookies::Heeded), Err(Undecodable::Unknown(name.to_owned())));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200), cookie in "(# coding: [a-z0-9_-]{1,9}\n)?") {
            let mut all = cookie.into_bytes();
            all.extend(bytes);
            let _ = decode(&all, Cookies::Heeded);
        }

        #[test]
        fn text_survives_every_encoding(text in "[a-zA-Z =\n]{4,60}") {
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            proptest::prop_assert_eq!(&*decode(&utf16, Cookies::Ignored).unwrap().text, text.as_str());
            proptest::prop_assert_eq!(&*decode(text.as_bytes(), Cookies::Ignored).unwrap().text, text.as_str());
        }
    }
}
