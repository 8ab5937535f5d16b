//! What a run has to tell besides its answer: warnings, notes, and what it had to leave out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Something is off, and the run went on.
    Warning,
    /// Something failed.
    Error,
}

/// A message beside the answer, with a place and a next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// How much it matters.
    pub level: Level,
    /// Stable kebab-case identifier that `explain` knows.
    pub code: String,
    /// What was found, in one sentence.
    pub message: String,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub help: Option<String>,
    /// The file it is about, relative to its root.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<String>,
    /// Line, from one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// Column in characters, from one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<u32>,
}

impl Diagnostic {
    /// A diagnostic without a place.
    pub fn new(level: Level, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { level, code: code.into(), message: message.into(), help: None, path: None, line: None, column: None }
    }

    /// A warning.
    pub fn warning(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Level::Warning, code, message)
    }

    /// A note.
    pub fn note(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Level::Note, code, message)
    }

    /// Adds the file.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Adds the line.
    #[must_use]
    pub fn on_line(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }

    /// Adds a next step.
    #[must_use]
    pub fn helped(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Why an input was left out or could not be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// Larger than the configured limit.
    TooLarge,
    /// The operating system refused to read it.
    Unreadable,
    /// No known encoding fits its bytes.
    Undecodable,
    /// Its grammar was violated; what could be read was judged.
    Unparsable,
    /// It changed while it was read, again and again.
    Changing,
    /// A pattern in an ignore file hides it.
    Ignored,
    /// It lies in a vendored folder.
    Vendored,
    /// A symbolic link that leaves the root, or that loops.
    Symlink,
    /// A socket, a pipe or a device.
    Special,
    /// Analysis reached its limit of time, depth or memory.
    LimitReached,
    /// No analyser knows this kind of file.
    Unsupported,
    /// Binary content where text was expected.
    Binary,
}

impl SkipReason {
    /// All reasons.
    pub const ALL: [Self; 12] = [
        Self::TooLarge,
        Self::Unreadable,
        Self::Undecodable,
        Self::Unparsable,
        Self::Changing,
        Self::Ignored,
        Self::Vendored,
        Self::Symlink,
        Self::Special,
        Self::LimitReached,
        Self::Unsupported,
        Self::Binary,
    ];

    /// The reason that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }

    /// Whether leaving this out means that the answer is incomplete. A pattern that the operator
    /// wrote, or a folder that is vendored, is a choice; everything else is a gap.
    pub fn is_gap(self) -> bool {
        !matches!(self, Self::Ignored | Self::Vendored | Self::Symlink | Self::Special | Self::Unsupported)
    }

    /// The word used in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Unreadable => "unreadable",
            Self::Undecodable => "undecodable",
            Self::Unparsable => "unparsable",
            Self::Changing => "changing",
            Self::Ignored => "ignored",
            Self::Vendored => "vendored",
            Self::Symlink => "symlink",
            Self::Special => "special",
            Self::LimitReached => "limit-reached",
            Self::Unsupported => "unsupported",
            Self::Binary => "binary",
        }
    }
}

/// One input that was left out or could not be judged in full.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Relative to its root, with `/`.
    pub path: String,
    /// Why.
    pub reason: SkipReason,
    /// The pattern, the limit or the message of the operating system.
    pub detail: String,
}
