//! The one error type of the library.
//!
//! An [`Error`] says what was attempted, where, why it failed and what to do next. Its [`ErrorKind`]
//! decides the exit code, so that a failure has the same code whichever output format was asked for.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The result of anything in this library that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What sort of failure it was. Each kind has one published exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The command line or the configuration is wrong (exit 2).
    Usage,
    /// Some inputs could not be judged (exit 3).
    Incomplete,
    /// There were no inputs and `--fail-on-empty` was given (exit 4).
    NoInputs,
    /// The state is missing, corrupt, or newer than this binary (exit 5).
    State,
    /// What a plan pinned has changed; nothing was changed (exit 6).
    Precondition,
    /// An operation failed and was rolled back (exit 7).
    RolledBack,
    /// An operation failed and could not be rolled back: a person is needed (exit 8).
    NotRolledBack,
    /// Another run holds the lock (exit 11).
    Locked,
    /// A bug in this program (exit 70).
    Bug,
    /// `--max-runtime` was reached (exit 124).
    Timeout,
    /// A signal asked the run to stop (exit 128 + number).
    Interrupted(i32),
}

impl ErrorKind {
    /// The published exit code of this kind.
    pub fn exit_code(self) -> i32 {
        match self {
            Self::Usage => 2,
            Self::Incomplete => 3,
            Self::NoInputs => 4,
            Self::State => 5,
            Self::Precondition => 6,
            Self::RolledBack => 7,
            Self::NotRolledBack => 8,
            Self::Locked => 11,
            Self::Bug => 70,
            Self::Timeout => 124,
            Self::Interrupted(signal) => 128 + signal,
        }
    }

    /// The word that stands for this kind in the `status` field of the envelope.
    pub fn status(self) -> &'static str {
        match self {
            Self::Usage => "usage-error",
            Self::Incomplete => "incomplete",
            Self::NoInputs => "no-inputs",
            Self::State => "state-error",
            Self::Precondition => "precondition-failed",
            Self::RolledBack => "rolled-back",
            Self::NotRolledBack => "not-rolled-back",
            Self::Locked => "locked",
            Self::Bug => "bug",
            Self::Timeout => "timeout",
            Self::Interrupted(_) => "interrupted",
        }
    }
}

/// Where in a file something is: lines and columns count from one; zero means unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Location {
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// Line, from one; zero when only the file is known.
    pub line: u32,
    /// Column in characters, from one; zero when only the line is known.
    pub column: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        Ok(())
    }
}

/// A failure with everything a person needs to act on it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What sort of failure, which decides the exit code.
    pub kind: ErrorKind,
    /// A stable kebab-case identifier that `explain` knows, such as `config-unknown-key`.
    pub code: &'static str,
    /// What was attempted and why it failed, in one sentence without a full stop.
    pub message: String,
    /// Where, when there is a place.
    pub location: Option<Location>,
    /// What to do next; the first one is the most likely.
    pub hints: Vec<String>,
    /// The cause, shown once below the message.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// A failure of the given kind.
    pub fn new(kind: ErrorKind, code: &'static str, message: impl Into<String>) -> Self {
        Self { kind, code, message: message.into(), location: None, hints: Vec::new(), source: None }
    }

    /// A mistake on the command line or in the configuration.
    pub fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, code, message)
    }

    /// State that is missing, corrupt or from the future.
    pub fn state(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::State, code, message)
    }

    /// Something that must not happen; the message asks for a report.
    pub fn bug(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Bug, "internal-error", message)
            .hinted("this is a bug in aetherra-maint; please report it with the command that was run")
    }

    /// A file operation that failed. `doing` is a verb phrase such as "reading the policy".
    pub fn io(doing: &str, path: &Path, source: std::io::Error) -> Self {
        let code = match source.kind() {
            std::io::ErrorKind::NotFound => "file-not-found",
            std::io::ErrorKind::PermissionDenied => "permission-denied",
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => "disk-full",
            std::io::ErrorKind::ReadOnlyFilesystem => "read-only-file-system",
            _ => "io-error",
        };
        let hint = match code {
            "file-not-found" => "check the path; `-C DIR` changes the folder that relative paths start from",
            "permission-denied" => "run as the user that owns the file, or change its permissions",
            "disk-full" => "free some space and run the command again; nothing that was recorded is lost",
            "read-only-file-system" => "name a writable state directory with `--state DIR`",
            _ => "see the cause above",
        };
        // The library for temporary files adds the name of one, which tells nobody anything.
        let said = source.to_string();
        let said = said.split_once(" at path \"").map_or(said.as_str(), |(cause, _)| cause);
        Self::new(ErrorKind::State, code, format!("{doing} failed: {said}"))
            .at_path(path)
            .hinted(hint)
            .caused_by(source)
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Adds a file as the place.
    #[must_use]
    pub fn at_path(self, path: &Path) -> Self {
        self.at(Location { path: path.to_path_buf(), line: 0, column: 0 })
    }

    /// Adds a next step.
    #[must_use]
    pub fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds the cause.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Changes the kind, keeping everything else.
    #[must_use]
    pub fn of_kind(mut self, kind: ErrorKind) -> Self {
        self.kind = kind;
        self
    }

    /// The published exit code.
    pub fn exit_code(&self) -> i32 {
        self.kind.exit_code()
    }
}

/// The candidate that a mistyped word most likely stands for.
pub fn near_miss<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}
