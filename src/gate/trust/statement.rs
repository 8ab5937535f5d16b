//! Statements: which files, with which digests, somebody signs. In the shape of in-toto, version 1.

use serde::{Deserialize, Serialize};

use crate::model::portable_path::objection;
use crate::model::{AttestationKind, Digest};

const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// Statements larger than this many bytes are refused unread.
pub const MAX_STATEMENT_BYTES: usize = 16 << 20;

/// More files than this are refused in one statement.
const MAX_SUBJECTS: usize = 100_000;

/// The name of a signed manifest in the folder that it speaks of.
pub const MANIFEST_FILE: &str = "aetherra-manifest.json";

/// What a manifest of one file is called, after the file's name.
pub const MANIFEST_ENDING: &str = ".aetherra-manifest.json";

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    #[serde(rename = "_type")]
    shape: String,
    /// The files.
    pub subject: Vec<SubjectFile>,
    #[serde(rename = "predicateType")]
    predicate_type: String,
    #[serde(default)]
    predicate: serde_json::Map<String, serde_json::Value>,
}

/// One file of a statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SubjectFile {
    /// Its path from the folder of the statement, with `/`.
    pub name: String,
    /// Its digests by algorithm.
    pub digest: Digests,
}

/// The digests of one file. Only SHA-256 is compared; others may stand beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Digests {
    /// In lower-case hex.
    pub sha256: String,
}

fn predicate_type(kind: AttestationKind) -> &'static str {
    match kind {
        AttestationKind::Manifest => "urn:aetherra-manifest:v1",
        AttestationKind::Approval => "urn:aetherra-approve:v1",
    }
}

impl Statement {
    /// The statement about these files, sorted by name: the same files always give the same bytes.
    pub fn new(kind: AttestationKind, files: impl IntoIterator<Item = (String, Digest)>) -> Self {
        let mut subject: Vec<SubjectFile> = files
            .into_iter()
            .map(|(name, digest)| SubjectFile { name, digest: Digests { sha256: digest.hex() } })
            .collect();
        subject.sort();
        Self {
            shape: STATEMENT_TYPE.to_owned(),
            subject,
            predicate_type: predicate_type(kind).to_owned(),
            predicate: serde_json::Map::new(),
        }
    }

    /// As it is signed.
    pub fn text(&self) -> String {
        // Strings and lists of strings can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads a statement of this kind.
    ///
    /// # Errors
    /// In words, when it is too large, no such statement, names no files or one twice, or names a path that
    /// leaves its folder.
    pub fn parse(text: &str, kind: AttestationKind) -> Result<Self, String> {
        if text.len() > MAX_STATEMENT_BYTES {
            return Err(format!("it is larger than {MAX_STATEMENT_BYTES} bytes"));
        }
        let statement: Self = serde_json::from_str(text).map_err(|error| format!("it cannot be read: {error}"))?;
        if statement.shape != STATEMENT_TYPE {
            return Err(format!("its type is not {STATEMENT_TYPE}"));
        }
        if statement.predicate_type != predicate_type(kind) {
            return Err(format!("it is no {}: its predicate is {}", kind.word(), statement.predicate_type));
        }
        if statement.subject.is_empty() || statement.subject.len() > MAX_SUBJECTS {
            return Err(format!("it names {} files; from 1 to {MAX_SUBJECTS} are read", statement.subject.len()));
        }
        let mut seen = std::collections::HashSet::new();
        for file in &statement.subject {
            if let Some(why) = objection(&file.name) {
                return Err(format!("it names a file outside of its folder: {why}"));
            }
            if !seen.insert(file.name.as_str()) {
                return Err(format!("it names `{}` twice", file.name));
            }
            if file.digest.sha256.parse::<Digest>().is_err() {
                return Err(format!("the digest of `{}` is no SHA-256 in hex", file.name));
            }
        }
        Ok(statement)
    }

    /// Its files as paths of the project, when it lies in the folder `base` (empty for the project itself).
    pub fn files(&self, base: &str) -> impl Iterator<Item = (String, Digest)> {
        self.subject.iter().filter_map(move |file| Some((joined(base, &file.name), file.digest.sha256.parse().ok()?)))
    }
}

/// A name in a folder.
pub fn joined(base: &str, name: &str) -> String {
    if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") }
}

/// Whether a file is a signed manifest or a signature of one, by its name: they cannot name themselves.
pub fn is_own_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.strip_suffix(".sig").or_else(|| name.strip_suffix(".minisig")).unwrap_or(name);
    name == MANIFEST_FILE || name.ends_with(MANIFEST_ENDING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_does_not_depend_on_the_order() {
        let file = |name: &str| (name.to_owned(), Digest::of(name.as_bytes()));
        let one = Statement::new(AttestationKind::Manifest, [file("b.py"), file("a.py")]);
        let other = Statement::new(AttestationKind::Manifest, [file("a.py"), file("b.py")]);
        assert_eq!(one.text(), other.text());
        assert_eq!(Statement::parse(&one.text(), AttestationKind::Manifest), Ok(one.clone()));
        assert!(Statement::parse(&one.text(), AttestationKind::Approval).is_err());
        let files: Vec<_> = one.files("plugins").map(|(name, _)| name).collect();
        assert_eq!(files, ["plugins/a.py", "plugins/b.py"]);
    }

    #[test]
    fn hostile_statements_are_refused() {
        let digest = "0".repeat(64);
        let with = |subject: String| {
            format!(
                r#"{{"_type":"{STATEMENT_TYPE}","subject":[{subject}],"predicateType":"urn:aetherra-manifest:v1"}}"#
            )
        };
        let file = |name: &str| format!(r#"{{"name":"{name}","digest":{{"sha256":"{digest}"}}}}"#);
        assert!(Statement::parse(&with(file("a.py")), AttestationKind::Manifest).is_ok());
        for (text, needle) in [
            (String::new(), "cannot be read"),
            ("[]".to_owned(), "cannot be read"),
            (with(String::new()), "names 0 files"),
            (with(file("../a.py")), "outside"),
            (with(file("/etc/passwd")), "outside"),
            (with(file("nul")), "outside"),
            (with(format!("{},{}", file("a"), file("a"))), "twice"),
            (with(r#"{"name":"a","digest":{"sha256":"12"}}"#.to_owned()), "SHA-256"),
            (with(r#"{"name":"a","digest":{"md5":"12"}}"#.to_owned()), "cannot be read"),
        ] {
            let why = Statement::parse(&text, AttestationKind::Manifest).expect_err(&text);
            assert!(why.contains(needle), "{text}: {why}");
        }
    }
}
