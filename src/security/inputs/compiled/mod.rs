//! Compiled Python, held against the source that it says it was made from. Nothing is loaded or run.
//!
//! Python runs `__pycache__/x.cpython-313.pyc` instead of `x.py` when the header of the one fits the other: by the time
//! and the size of the source, by its hash, or, when the header says so, without looking at all. Whoever reads the
//! source then reads something else than what runs. So the header is checked as Python checks it, and the names, texts
//! and functions of the code are looked for in the source. Instructions are not compared: code that does something else
//! with the same names and texts is not told.

mod compare;
mod marshal;
mod siphash;

use super::{Analyser, Input, Judged, Kind, Terms, of_command};
use crate::model::{Confidence, Severity, SkipReason};
use marshal::{Contents, Stop};

/// The file at the place where the source of a compiled file lies.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it was changed, seconds since 1970; none where that is not known.
    pub changed: Option<i64>,
}

/// What lies beside a file that is judged.
#[derive(Debug, Clone, Default)]
pub enum Beside {
    /// Nobody looked.
    #[default]
    Unknown,
    /// Nothing.
    Missing,
    /// This.
    File(SourceFile),
}

/// Bytes before the code.
const HEADER: usize = 16;

/// The header says that a hash of the source stands in it.
const HASHED: u32 = 1;

/// The header says that Python compares the hash before it runs the code.
const CHECKED: u32 = 2;

pub(super) struct Compiled;

impl Analyser for Compiled {
    fn id(&self) -> &'static str {
        "compiled"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.kind == Kind::Compiled
    }

    fn analyse(&self, input: &Input<'_>, terms: Terms<'_>) -> Judged {
        let mut judged = Judged::default();
        let Some(header) = Header::read(input.bytes) else {
            judged.gaps.push((SkipReason::Unparsable, "it has no header of compiled Python".to_owned()));
            return judged;
        };
        let version = u16::from_le_bytes([header.magic[0], header.magic[1]]);
        if !marshal::is_known(version) {
            let detail = format!("compiled by a Python that is not known here (magic number {version})");
            judged.gaps.push((SkipReason::Unparsable, detail));
            return judged;
        }
        let code = input.bytes.get(HEADER..).unwrap_or_default();
        let contents = match marshal::read(version, code, terms.limits.steps) {
            Ok(contents) => contents,
            Err(stop) => {
                let reason = if stop == Stop::Limit { SkipReason::LimitReached } else { SkipReason::Unparsable };
                judged.gaps.push((reason, sentence(stop)));
                return judged;
            }
        };
        match terms.beside {
            Beside::File(source) => compare::with_source(input.path, header, &contents, source, &mut judged),
            Beside::Missing => without_source(input.path, &contents, &mut judged),
            // A name that no compiled file has hides what it is.
            Beside::Unknown if source_of(input.path).is_none() => without_source(input.path, &contents, &mut judged),
            Beside::Unknown => {}
        }
        of_texts(&contents, &mut judged);
        judged
    }
}

fn sentence(stop: Stop) -> String {
    match stop {
        Stop::Truncated => "the compiled code is cut short".to_owned(),
        Stop::Unknown(at) => format!("byte {at} of the compiled code is no value that Python writes"),
        Stop::Limit => "the compiled code has more values, or more deeply nested ones, than the limit".to_owned(),
    }
}

/// What stands before the code.
#[derive(Debug, Clone, Copy)]
struct Header {
    magic: [u8; 4],
    flags: u32,
    /// The time and the size of the source, or its hash.
    source: [u8; 8],
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let magic: [u8; 4] = bytes.get(..4)?.try_into().ok()?;
        let flags = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
        let source = bytes.get(8..HEADER)?.try_into().ok()?;
        magic.ends_with(b"\r\n").then_some(Self { magic, flags, source })
    }
}

/// Whether bytes begin as compiled Python does, whatever the file is called.
pub fn is_compiled(start: &[u8]) -> bool {
    let version = start.first().zip(start.get(1)).map(|(low, high)| u16::from_le_bytes([*low, *high]));
    version.is_some_and(marshal::is_known)
        && Header::read(start).is_some_and(|header| header.flags <= HASHED | CHECKED)
        && start.get(HEADER).is_some_and(|code| code & 0x7f == b'c')
}

/// Where the source of a compiled file lies, by the rules of Python; none for a name that no source has.
pub fn source_of(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.strip_suffix(".pyc").or_else(|| name.strip_suffix(".pyo"))?;
    let joined = |folder: &str, stem: &str| {
        if folder.is_empty() { format!("{stem}.py") } else { format!("{folder}/{stem}.py") }
    };
    if folder == CACHE || folder.ends_with("/__pycache__") {
        let above = folder.strip_suffix(CACHE).unwrap_or_default().trim_end_matches('/');
        // `x.cpython-313.opt-1.pyc`
        return Some(joined(above, stem.split('.').next().unwrap_or(stem)));
    }
    Some(joined(folder, stem))
}

const CACHE: &str = "__pycache__";

fn is_cached(path: &str) -> bool {
    path.split('/').rev().nth(1) == Some(CACHE)
}

/// Code that nobody can read. Python imports it when it lies where the module would lie, and leaves it alone in
/// `__pycache__`, where it stays behind when a source is removed.
fn without_source(path: &str, contents: &Contents, judged: &mut Judged) {
    let (mut severity, mut message) = if is_cached(path) {
        (Severity::Low, "compiled code is left without its source".to_owned())
    } else {
        (Severity::Medium, "compiled code comes without its source: nobody can read what it does".to_owned())
    };
    if let Some(what) = intent(contents) {
        severity = Severity::High;
        message = format!("compiled code without its source {what}");
    }
    judged.see("compiled-without-source", 0..0, severity, Confidence::High, message);
}

/// Names that together say what code without a source is for.
fn intent(contents: &Contents) -> Option<&'static str> {
    let names = |name: &str| contents.names.contains(name);
    let text = |word: &str| contents.texts.iter().any(|text| text.contains(word));
    let runs = names("exec") || names("eval");
    let decodes = ["b64decode", "b85decode", "a85decode", "decompress", "unhexlify", "fromhex"];
    let sends = ["urlopen", "requests", "httpx", "urllib", "socket", "smtplib", "aiohttp"];
    let stores = [".ssh/", "id_rsa", ".aws/credentials", "Login Data", ".netrc", "wallet.dat", "Local Storage/leveldb"];
    if runs && (decodes.iter().any(|name| names(name)) || names("marshal") && names("loads")) {
        Some("runs what it decodes")
    } else if runs && sends.iter().any(|name| names(name)) {
        Some("runs code and uses the network")
    } else if names("socket") && names("dup2") {
        Some("gives a shell to the network")
    } else if sends.iter().any(|name| names(name)) && stores.iter().any(|word| text(word)) {
        Some("names stores of credentials and uses the network")
    } else {
        None
    }
}

/// Command lines that the code holds.
fn of_texts(contents: &Contents, judged: &mut Judged) {
    for text in contents.texts.iter().filter(|text| text.len() < 4_096 && is_command(text)) {
        for seen in of_command(text).into_iter().filter(|seen| seen.severity >= Severity::High) {
            let message = format!("compiled code holds a command: {}", seen.message);
            judged.see(seen.rule, 0..0, seen.severity, seen.confidence, message);
        }
    }
}

fn is_command(text: &str) -> bool {
    ["curl ", "wget ", "/dev/tcp", "powershell", "nc -e", "base64 -d"].iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_lie_where_python_looks_for_them() {
        let cases = [
            ("a/__pycache__/x.cpython-313.pyc", "a/x.py"),
            ("__pycache__/x.cpython-38.opt-2.pyc", "x.py"),
            ("a/x.pyc", "a/x.py"),
            ("x.pyo", "x.py"),
            ("/p/__pycache__/x.pyc", "/p/x.py"),
        ];
        for (path, source) in cases {
            assert_eq!(source_of(path).as_deref(), Some(source));
        }
        assert_eq!(source_of("x.bin"), None);
    }

    #[test]
    fn compiled_code_is_known_by_its_first_bytes() {
        let start = [&3495_u16.to_le_bytes()[..], b"\r\n\0\0\0\0", &[0; 8], b"\xe3\0"].concat();
        assert!(is_compiled(&start));
        assert!(!is_compiled(b"\xa7\r\r\ntext that begins by chance"));
        assert!(!is_compiled(b"MZ\r\n"));
    }
}
