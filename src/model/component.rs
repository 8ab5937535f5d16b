//! What a scan finds: files with their identity, content, structure and class.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Digest;

/// What a file is, judged by name and content, before anybody asks what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// A program or a script in a language that is named by [`Language`].
    Source,
    /// A manifest that declares a component.
    Manifest,
    /// JSON, YAML, TOML, INI and other settings.
    Config,
    /// CSV, JSON lines, databases and other data.
    Data,
    /// Prose.
    Document,
    /// An archive or a package.
    Archive,
    /// A pickle or a model.
    Model,
    /// Compiled code or another binary.
    Binary,
    /// Text of no known kind.
    Text,
}

impl FileKind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Source,
        Self::Manifest,
        Self::Config,
        Self::Data,
        Self::Document,
        Self::Archive,
        Self::Model,
        Self::Binary,
        Self::Text,
    ];

    /// The word used in reports and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Manifest => "manifest",
            Self::Config => "config",
            Self::Data => "data",
            Self::Document => "document",
            Self::Archive => "archive",
            Self::Model => "model",
            Self::Binary => "binary",
            Self::Text => "text",
        }
    }

    /// The kind that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// The language of a source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Python.
    Python,
    /// Rust.
    Rust,
    /// An Aether script.
    Aether,
    /// POSIX shell or bash.
    Shell,
    /// PowerShell.
    PowerShell,
    /// JavaScript, with JSX.
    JavaScript,
    /// TypeScript, with TSX.
    TypeScript,
    /// JSON.
    Json,
    /// YAML.
    Yaml,
    /// TOML.
    Toml,
    /// Markdown.
    Markdown,
    /// reStructuredText.
    Rst,
    /// A Dockerfile or Containerfile.
    Dockerfile,
    /// A Jupyter notebook.
    Notebook,
    /// A list of requirements for pip.
    Requirements,
    /// Anything else.
    Other,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 16] = [
        Self::Python,
        Self::Rust,
        Self::Aether,
        Self::Shell,
        Self::PowerShell,
        Self::JavaScript,
        Self::TypeScript,
        Self::Json,
        Self::Yaml,
        Self::Toml,
        Self::Markdown,
        Self::Rst,
        Self::Dockerfile,
        Self::Notebook,
        Self::Requirements,
        Self::Other,
    ];

    /// The word used in reports and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Rust => "rust",
            Self::Aether => "aether",
            Self::Shell => "shell",
            Self::PowerShell => "power-shell",
            Self::JavaScript => "java-script",
            Self::TypeScript => "type-script",
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Toml => "toml",
            Self::Markdown => "markdown",
            Self::Rst => "rst",
            Self::Dockerfile => "dockerfile",
            Self::Notebook => "notebook",
            Self::Requirements => "requirements",
            Self::Other => "other",
        }
    }

    /// The language that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.word() == word)
    }
}

/// One row of the index. The path is the identity; two files with the same content are two rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IndexedFile {
    /// Path with `/`, relative to the project folder where possible, else absolute.
    pub path: String,
    /// The root it was found under, written the same way.
    pub root: String,
    /// SHA-256 of the bytes.
    pub digest: Digest,
    /// Bytes.
    pub size: u64,
    /// Modification time, nanoseconds since 1970.
    pub mtime_ns: i64,
    /// What it is.
    pub kind: FileKind,
    /// Its language.
    pub language: Language,
    /// Encoding label, such as `utf-8`, `utf-8-bom`, `utf-16le` or `euc-jp`; `binary` when it is none.
    pub encoding: String,
    /// Line ends: `lf`, `crlf`, `cr`, `mixed`, or `none` when it has no lines or is no text.
    pub newlines: String,
    /// Names through which a host enters it, such as `PLUGIN_CLASS=Weather` or `__main__`.
    pub entry_points: Vec<String>,
}

/// The eight classes of the classifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum ComponentKind {
    /// A plugin module, or the manifest of one.
    Plugin,
    /// An agent implementation.
    Agent,
    /// An Aether script.
    Aether,
    /// A workflow definition.
    Workflow,
    /// Helper code that others import.
    Utility,
    /// Data files.
    Dataset,
    /// Documentation.
    Docs,
    /// The evidence does not decide.
    Unknown,
}

impl ComponentKind {
    /// All classes, in the order in which reports list them.
    pub const ALL: [Self; 8] = [
        Self::Plugin,
        Self::Agent,
        Self::Aether,
        Self::Workflow,
        Self::Utility,
        Self::Dataset,
        Self::Docs,
        Self::Unknown,
    ];

    /// The word used in reports and in the store, such as `PLUGIN`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plugin => "PLUGIN",
            Self::Agent => "AGENT",
            Self::Aether => "AETHER",
            Self::Workflow => "WORKFLOW",
            Self::Utility => "UTILITY",
            Self::Dataset => "DATASET",
            Self::Docs => "DOCS",
            Self::Unknown => "UNKNOWN",
        }
    }

    /// The class that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word))
    }
}

/// One observation that spoke for or against a class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The name of the feature, such as `declares-plugin-class`.
    pub feature: String,
    /// What was seen, in words.
    pub detail: String,
    /// How far it moved the log-odds of the class that was chosen.
    pub weight: f64,
}

/// The class of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Classification {
    /// The file.
    pub path: String,
    /// The content that was classified.
    pub digest: Digest,
    /// The class.
    pub class: ComponentKind,
    /// Calibrated probability that the class is right, 0 to 1.
    pub confidence: f64,
    /// What decided, strongest first.
    pub evidence: Vec<Evidence>,
}
