//! Reading one file: its digest, what it is, how it is encoded, and what it declares.

use std::fs::File;
use std::io;

use rustix::buffer::spare_capacity;
use sha2::{Digest as _, Sha256};

use super::language;
use super::open::Anchor;
use crate::host::Stop;
use crate::incorporation::structure;
use crate::model::encoding::{Cookies, Decoded, Undecodable, decode};
use crate::model::{Digest, FileGap, FileKind, FileStat, Language, SkipReason, Structure};
use crate::store::Packer;

/// How often a file that changes while it is read is tried.
const ATTEMPTS: usize = 3;

/// Bytes read at a time of a file that is only hashed: few enough to be still in the processor's own memory when
/// they are hashed.
const CHUNK_BYTES: usize = 128 * 1024;

/// Bytes from which the kind of a file is judged when its name says nothing.
const HEAD_BYTES: usize = 4 * 1024;

/// JSON, YAML and TOML beyond this many bytes are data rather than a declaration, unless their name says
/// that they are a manifest.
const MAX_SETTINGS_BYTES: usize = 64 * 1024;

/// What was read of a file.
#[derive(Debug)]
pub(super) struct Reading {
    /// What the file system said before and after: the same.
    pub(super) stat: FileStat,
    pub(super) digest: Digest,
    pub(super) kind: FileKind,
    pub(super) language: Language,
    pub(super) encoding: String,
    pub(super) newlines: &'static str,
    pub(super) structure: Option<Structure>,
    pub(super) gap: Option<FileGap>,
}

/// Why a file could not be read.
#[derive(Debug)]
pub(super) enum Failure {
    /// It was removed since it was seen, or the run is to end, after which nothing is recorded.
    Gone,
    /// It changed each time that it was read.
    Changing,
    /// The system refused.
    Refused(io::Error),
}

/// Buffers that a worker uses again and again.
#[derive(Default)]
pub(super) struct Buffers {
    /// A whole file.
    bytes: Vec<u8>,
    /// A piece of one that is only hashed.
    piece: Vec<u8>,
    /// For the structures of what was read.
    pub(super) packer: Packer,
}

/// Reads a file that may change meanwhile. `max_parse` is in bytes; a larger file is hashed in pieces.
pub(super) fn read(
    anchor: &Anchor,
    relative: &[u8],
    key: &str,
    max_parse: u64,
    stop: &Stop,
    buffers: &mut Buffers,
) -> Result<Reading, Failure> {
    let named = language::by_name(key);
    let is_opaque = named.is_some_and(|(kind, _)| is_opaque(kind));
    for _ in 0..ATTEMPTS {
        let (file, before) = anchor.file(relative).map_err(failure)?;
        let is_small = before.size <= max_parse;
        let reading = if is_small && !is_opaque {
            read_whole(&file, before.size, &mut buffers.bytes).map_err(Failure::Refused)?;
            None
        } else {
            let hashed = hash_in_pieces(&file, before.size, stop, &mut buffers.piece).map_err(Failure::Refused)?;
            let Some(hashed) = hashed else { return Err(Failure::Gone) };
            Some(if is_small { hashed.opaque(before, named) } else { hashed.too_large(before, named) })
        };
        let is_complete = reading.is_some() || buffers.bytes.len() as u64 == before.size;
        if is_complete && unchanged(&file, before) {
            return Ok(reading.unwrap_or_else(|| judge(key, before, &buffers.bytes)));
        }
    }
    Err(Failure::Changing)
}

/// Whether nothing is looked for in such a file, so that it need not be in memory as a whole.
fn is_opaque(kind: FileKind) -> bool {
    matches!(kind, FileKind::Archive | FileKind::Model | FileKind::Binary)
}

/// Reads what there is of `size` bytes. Whether the file grew meanwhile is seen by its size afterwards.
fn read_whole(file: &File, size: u64, bytes: &mut Vec<u8>) -> io::Result<()> {
    let size = usize::try_from(size).unwrap_or(0);
    bytes.clear();
    if bytes.capacity() < size {
        // To grow would copy what nobody needs any more.
        *bytes = Vec::with_capacity(size.next_power_of_two());
    }
    while bytes.len() < size && read_some(file, bytes)? > 0 {}
    Ok(())
}

/// Reads once, into the room that a buffer has left. Zero bytes are the end of the file.
fn read_some(file: &File, bytes: &mut Vec<u8>) -> io::Result<usize> {
    loop {
        match rustix::io::read(file, spare_capacity(bytes)) {
            Err(rustix::io::Errno::INTR) => {}
            result => return Ok(result?),
        }
    }
}

fn failure(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::Gone,
        _ => Failure::Refused(error),
    }
}

fn unchanged(file: &File, before: FileStat) -> bool {
    rustix::fs::fstat(file).is_ok_and(|stat| super::open::file_stat(&stat) == before)
}

/// Judges a file by its whole content.
pub(super) fn judge(key: &str, stat: FileStat, bytes: &[u8]) -> Reading {
    let digest = Digest::of(bytes);
    let head = bytes.get(..HEAD_BYTES.min(bytes.len())).unwrap_or_default();
    let (kind, language) = language::by_name(key).unwrap_or_else(|| language::by_content(head));
    let mut reading = Reading {
        stat,
        digest,
        kind,
        language,
        encoding: "binary".to_owned(),
        newlines: "none",
        structure: None,
        gap: None,
    };
    if is_opaque(kind) {
        return reading;
    }
    let cookies = if language == Language::Python { Cookies::Heeded } else { Cookies::Ignored };
    match decode(bytes, cookies) {
        Ok(Decoded { text, label }) => {
            reading.newlines = newlines(&text);
            reading.encoding = label;
            let structure = declare(key, kind, language, &text);
            reading.gap = structure.as_ref().and_then(|structure| gap(kind, language, structure));
            reading.structure = structure.filter(|structure| *structure != Structure::default());
        }
        Err(reason) => {
            let binary = reason == Undecodable::Binary;
            if is_parsed(kind, language) {
                let why = if binary { SkipReason::Binary } else { SkipReason::Undecodable };
                reading.gap = Some(FileGap { reason: why, detail: reason.to_string() });
            }
            if binary && kind == FileKind::Text {
                reading.kind = FileKind::Binary;
            }
            if !binary {
                reading.encoding = "unknown".to_owned();
            }
        }
    }
    reading
}

/// Whether the content of such a file is judged, so that not being able to is a gap.
fn is_parsed(kind: FileKind, language: Language) -> bool {
    match language {
        Language::Python | Language::Rust | Language::Aether => true,
        _ => kind == FileKind::Manifest,
    }
}

fn declare(key: &str, kind: FileKind, language: Language, text: &str) -> Option<Structure> {
    match language {
        Language::Python => Some(structure::of_python(text)),
        Language::Rust => Some(structure::of_rust(text)),
        Language::Aether => Some(structure::of_aether(text)),
        Language::Json | Language::Yaml | Language::Toml
            if kind == FileKind::Manifest || (kind == FileKind::Config && text.len() <= MAX_SETTINGS_BYTES) =>
        {
            Some(structure::of_manifest(key, text))
        }
        _ => None,
    }
}

/// What the structure says could not be judged. Settings that nobody has to parse are no gap: many dialects
/// of JSON and YAML are in use, with comments or templates in them.
fn gap(kind: FileKind, language: Language, structure: &Structure) -> Option<FileGap> {
    let problem = structure.problems.first().filter(|_| is_parsed(kind, language))?;
    let reason = if structure.truncated && structure.imports.is_empty() && structure.classes.is_empty() {
        SkipReason::LimitReached
    } else {
        SkipReason::Unparsable
    };
    Some(FileGap { reason, detail: format!("line {}: {}", problem.line, problem.message) })
}

/// What is known of a file that was never in memory as a whole.
struct Hashed {
    digest: Digest,
    head: Vec<u8>,
    has_nul: bool,
}

impl Hashed {
    /// A file in which nothing is looked for.
    fn opaque(self, stat: FileStat, named: Option<(FileKind, Language)>) -> Reading {
        let (kind, language) = named.unwrap_or_else(|| language::by_content(&self.head));
        let (digest, encoding) = (self.digest, "binary".to_owned());
        Reading { stat, digest, kind, language, encoding, newlines: "none", structure: None, gap: None }
    }

    /// A file that is too large to be parsed.
    fn too_large(self, stat: FileStat, named: Option<(FileKind, Language)>) -> Reading {
        let (mut kind, language) = named.unwrap_or_else(|| language::by_content(&self.head));
        if self.has_nul && kind == FileKind::Text {
            kind = FileKind::Binary;
        }
        let gap = is_parsed(kind, language).then(|| FileGap {
            reason: SkipReason::TooLarge,
            detail: format!("{} bytes; hashed, not parsed", stat.size),
        });
        let encoding = if self.has_nul { "binary" } else { "unknown" }.to_owned();
        Reading { stat, digest: self.digest, kind, language, encoding, newlines: "none", structure: None, gap }
    }
}

/// Hashes a file with bounded memory.
///
/// None when the run is to end: no signal waits until gigabytes are hashed.
fn hash_in_pieces(file: &File, size: u64, stop: &Stop, buffer: &mut Vec<u8>) -> io::Result<Option<Hashed>> {
    if buffer.capacity() < CHUNK_BYTES {
        *buffer = Vec::with_capacity(CHUNK_BYTES);
    }
    let mut hasher = Sha256::new();
    let mut hashed = Hashed { digest: Digest::default(), head: Vec::new(), has_nul: false };
    // A file that grows while it is read is not followed beyond what it had.
    let mut rest = size;
    while rest > 0 {
        if stop.is_requested() {
            return Ok(None);
        }
        buffer.clear();
        if read_some(file, buffer)? == 0 {
            break;
        }
        hasher.update(&buffer);
        if hashed.head.is_empty() {
            hashed.head.extend_from_slice(buffer.get(..HEAD_BYTES.min(buffer.len())).unwrap_or_default());
        }
        hashed.has_nul = hashed.has_nul || memchr::memchr(0, buffer).is_some();
        rest = rest.saturating_sub(buffer.len() as u64);
    }
    hashed.digest = Digest(hasher.finalize().into());
    Ok(Some(hashed))
}

fn newlines(text: &str) -> &'static str {
    let bytes = text.as_bytes();
    // The usual case needs no counting.
    if memchr::memchr(b'\r', bytes).is_none() {
        return if memchr::memchr(b'\n', bytes).is_some() { "lf" } else { "none" };
    }
    let feeds = memchr::memchr_iter(b'\n', bytes).count();
    let returns = memchr::memchr_iter(b'\r', bytes).count();
    let pairs = memchr::memmem::find_iter(bytes, "\r\n").count();
    match (feeds - pairs, returns - pairs, pairs) {
        (0, 0, _) => "crlf",
        (0, _, 0) => "cr",
        _ => "mixed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(key: &str, bytes: &[u8]) -> Reading {
        judge(key, FileStat { size: bytes.len() as u64, mtime_ns: 0, ctime_ns: 0, inode: 0 }, bytes)
    }

    #[test]
    fn line_ends_are_told_apart() {
        for (text, expected) in [
            ("", "none"),
            ("a", "none"),
            ("a\nb\n", "lf"),
            ("a\r\nb\r\n", "crlf"),
            ("a\rb", "cr"),
            ("a\r\nb\n", "mixed"),
        ] {
            assert_eq!(newlines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_encoding_gives_the_same_structure() {
        let text = "import os\nclass A:\n    pass\n";
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let marked = format!("\u{feff}{text}");
        for (bytes, encoding) in [(text.as_bytes(), "utf-8"), (marked.as_bytes(), "utf-8-bom"), (&utf16, "utf-16le")] {
            let reading = of("a.py", bytes);
            assert_eq!(reading.encoding, encoding);
            assert_eq!(reading.structure.unwrap().classes[0].name, "A");
            assert!(reading.gap.is_none());
        }
    }

    #[test]
    fn gaps_are_where_something_would_have_been_judged() {
        let reason = |key: &str, bytes: &[u8]| of(key, bytes).gap.map(|gap| gap.reason);
        assert_eq!(reason("a.py", b"\xff\x00bad"), Some(SkipReason::Binary));
        assert_eq!(reason("a.py", b"# caf\xe9\n"), Some(SkipReason::Undecodable));
        assert_eq!(reason("a.py", b"def f(:\n"), Some(SkipReason::Unparsable));
        assert_eq!(reason("a.py", "[".repeat(50_000).as_bytes()), Some(SkipReason::LimitReached));
        assert_eq!(reason("manifest.json", b"{"), Some(SkipReason::Unparsable));
        assert_eq!(reason("tsconfig.json", b"{ // why\n}"), None);
        assert_eq!(reason("notes.txt", b"caf\xe9"), None);
        assert_eq!(reason("a.py", b""), None);
    }

    proptest::proptest! {
        #[test]
        fn no_content_panics(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300), name in "[a-z]{0,3}(\\.(py|rs|json|toml|yaml|aether|txt))?") {
            of(&name, &bytes);
        }
    }
}
