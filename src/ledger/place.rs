//! Places outside of the state where checkpoints are kept.

use std::path::{Path, PathBuf};

/// Where a checkpoint is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file, on a disk that the one who could tamper cannot write to.
    File(PathBuf),
    /// A Git repository: one commit a checkpoint.
    Git(PathBuf),
    /// A program that is given the checkpoint on its standard input.
    Command(Vec<String>),
    /// A program that hands a request to a witness and prints what it answers, such as `curl`.
    Witness(Vec<String>),
}

impl Place {
    /// Reads `file:PATH`, `git:FOLDER`, `command:PROGRAM ARGUMENT…` or `witness:PROGRAM ARGUMENT…`. Words are
    /// split at spaces; no shell reads them.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        let words = || rest.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        if rest.trim().is_empty() {
            return None;
        }
        match kind {
            "file" => Some(Self::File(PathBuf::from(rest))),
            "git" => Some(Self::Git(PathBuf::from(rest))),
            "command" => Some(Self::Command(words())),
            "witness" => Some(Self::Witness(words())),
            _ => None,
        }
    }

    /// The place with its path made to start from a folder, when it is a relative one.
    #[must_use]
    pub fn from(&self, base: &Path) -> Self {
        match self {
            Self::File(path) => Self::File(base.join(path)),
            Self::Git(path) => Self::Git(base.join(path)),
            other => other.clone(),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Git(path) => write!(f, "git:{}", path.display()),
            Self::Command(words) => write!(f, "command:{}", words.join(" ")),
            Self::Witness(words) => write!(f, "witness:{}", words.join(" ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_read_back() {
        for text in ["file:/a b/c", "git:x", "command:logger -t x", "witness:curl -s --data-binary @- https://w/x"] {
            assert_eq!(Place::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "file", "file:", "command: ", "ftp:x"] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
    }
}
