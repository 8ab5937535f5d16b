//! What the text forms of C2SP `tlog-proof` and `tlog-witness` have in common: a head, hashes, an empty line, a note.

use std::str::Lines;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::model::Digest;

/// The text of a head of whole lines, a path of hashes, and a note.
pub(super) fn written(head: &str, path: &[Digest], note: &str) -> String {
    let mut text = head.to_owned();
    for hash in path {
        text.push_str(&BASE64.encode(hash.0));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(note);
    text
}

/// The number in a line `word number`, in the one way of writing it.
pub(super) fn number(line: Option<&str>, word: &str) -> Option<u64> {
    let number = line?.strip_prefix(word)?.strip_prefix(' ')?;
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit()) && (number == "0" || !number.starts_with('0'));
    number.parse().ok().filter(|_| is_plain)
}

/// The hashes of the lines that are left, at most so many.
pub(super) fn path(lines: Lines<'_>, most: usize) -> Option<Vec<Digest>> {
    let hash = |line: &str| BASE64.decode(line).ok().and_then(|bytes| bytes.try_into().ok()).map(Digest);
    lines.map(hash).collect::<Option<Vec<_>>>().filter(|path| path.len() <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_one_way() {
        for (line, expected) in [
            ("old 0", Some(0)),
            ("old 17", Some(17)),
            ("old 017", None),
            ("old +1", None),
            ("old ", None),
            ("old1", None),
            ("index 1", None),
            ("old 18446744073709551616", None),
        ] {
            assert_eq!(number(Some(line), "old"), expected, "{line}");
        }
    }

    #[test]
    fn a_path_is_read_as_it_was_written_and_no_longer_than_allowed() {
        let hashes = vec![Digest([1; 32]), Digest([2; 32])];
        let text = written("head\n", &hashes, "note");
        let (head, note) = text.split_once("\n\n").expect("two parts");
        assert_eq!(note, "note");
        let lines = || {
            let mut lines = head.lines();
            lines.next();
            lines
        };
        assert_eq!(path(lines(), 2), Some(hashes));
        assert_eq!(path(lines(), 1), None);
        assert_eq!(path("AAAA".lines(), 2), None);
    }
}
