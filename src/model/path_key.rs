//! How a path is written in the index, in reports and in findings.
//!
//! A key is UTF-8, separated by `/`, relative to the project folder where the file lies inside it, else
//! absolute. File names are bytes, so a key escapes what is not printable text: `\xff` for a byte that
//! is no UTF-8, `\x0a` for a control character, `\u{202e}` for a character that turns the direction of
//! writing or cannot be seen, and `\\` for a backslash. Every key can be turned back into exactly the bytes it came from.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};

use super::visible::is_treacherous;

/// The key of the bytes of a path.
pub fn escape(bytes: &[u8]) -> String {
    // Nearly every name is plain.
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.chars().any(needs_escape)
    {
        return text.to_owned();
    }
    let mut key = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\\' => key.push_str("\\\\"),
                _ if !needs_escape(character) => key.push(character),
                _ if u32::from(character) < 0x80 => key.push_str(&format!("\\x{:02x}", u32::from(character))),
                _ => key.push_str(&format!("\\u{{{:x}}}", u32::from(character))),
            }
        }
        for byte in chunk.invalid() {
            key.push_str(&format!("\\x{byte:02x}"));
        }
    }
    key
}

fn needs_escape(character: char) -> bool {
    character == '\\' || is_treacherous(character)
}

/// Whether a key stands for a name that had to be escaped.
pub fn is_escaped(key: &str) -> bool {
    key.contains('\\')
}

/// The bytes of the path that a key stands for, or none when it is no key.
pub fn unescape(key: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(rest.get(..at)?.as_bytes());
        rest = rest.get(at + 1..)?;
        if let Some(after) = rest.strip_prefix('\\') {
            bytes.push(b'\\');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('x') {
            bytes.push(u8::from_str_radix(after.get(..2)?, 16).ok()?);
            rest = after.get(2..)?;
        } else {
            let after = rest.strip_prefix("u{")?;
            let (digits, after) = after.split_once('}')?;
            let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            rest = after;
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    Some(bytes)
}

/// The file that a key stands for, seen from the project folder. A text that is no key is taken literally.
pub fn to_path(project: &Path, key: &str) -> PathBuf {
    let bytes = unescape(key).unwrap_or_else(|| key.as_bytes().to_vec());
    project.join(OsString::from_vec(bytes))
}

/// Whether `key` is `folder` or lies inside it; the empty folder is the project itself.
pub fn is_within(key: &str, folder: &str) -> bool {
    if folder.is_empty() {
        return !key.starts_with('/');
    }
    match key.strip_prefix(folder) {
        Some(rest) => rest.is_empty() || rest.starts_with('/') || folder.ends_with('/'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_are_written_in_ascii() {
        assert_eq!(escape(b"a b/\xc3\xa9.py"), "a b/é.py");
        assert_eq!(escape(b"a\xff\n\\.py"), "a\\xff\\x0a\\\\.py");
        assert_eq!(escape("a\u{202e}yp".as_bytes()), "a\\u{202e}yp");
        assert_eq!(unescape("a\\q"), None);
    }

    #[test]
    fn a_folder_is_no_prefix_of_its_neighbour() {
        assert!(is_within("a/b", "a"));
        assert!(is_within("a", "a"));
        assert!(!is_within("ab", "a"));
        assert!(is_within("a", ""));
        assert!(!is_within("/a", ""));
        assert!(is_within("/a", "/"));
    }

    proptest::proptest! {
        #[test]
        fn every_name_comes_back(bytes in proptest::collection::vec(1u8.., 0..40)) {
            proptest::prop_assert_eq!(unescape(&escape(&bytes)), Some(bytes));
        }

        #[test]
        fn no_key_panics(key in "[\\\\xu{}a-f0-9é]{0,20}") {
            let _ = unescape(&key);
        }
    }
}
