//! What the security analysis reports.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How bad it is if it is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Evidence for the capability list and the like; shown with `--report-from note`.
    #[default]
    Note,
    /// Weakens a defence.
    Low,
    /// Dangerous in some circumstances.
    Medium,
    /// Dangerous.
    High,
    /// Whoever controls the input controls the machine, or the code is malicious.
    Critical,
}

impl Severity {
    /// All severities, mildest first.
    pub const ALL: [Self; 5] = [Self::Note, Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word used in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// How sure the analysis is that it is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Perhaps.
    #[default]
    Low,
    /// Probably.
    Medium,
    /// Practically certain.
    High,
}

impl Confidence {
    /// The word used in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// The categories in which risk is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// `eval`, `exec`, dynamic import of what is not constant.
    #[default]
    CodeExecution,
    /// Other programs are started.
    ExternalCommand,
    /// The network is used.
    NetworkAccess,
    /// Files are read, written or removed.
    FileOperations,
    /// Objects are rebuilt from data.
    Deserialisation,
    /// Data becomes part of a query, a page or an expression.
    Injection,
    /// Weak or misused cryptography.
    Cryptography,
    /// Secrets in the source, or reads of credentials.
    Secrets,
    /// Code hides what it does.
    Obfuscation,
    /// Code arranges to be started again.
    Persistence,
    /// Data leaves.
    Exfiltration,
    /// Code changes code.
    SelfModification,
    /// Text tries to steer an agent.
    AgentManipulation,
}

impl Category {
    /// All categories, in the order in which reports list them.
    pub const ALL: [Self; 13] = [
        Self::CodeExecution,
        Self::ExternalCommand,
        Self::NetworkAccess,
        Self::FileOperations,
        Self::Deserialisation,
        Self::Injection,
        Self::Cryptography,
        Self::Secrets,
        Self::Obfuscation,
        Self::Persistence,
        Self::Exfiltration,
        Self::SelfModification,
        Self::AgentManipulation,
    ];

    /// The word used in reports and policies.
    pub fn word(self) -> &'static str {
        match self {
            Self::CodeExecution => "code_execution",
            Self::ExternalCommand => "external_command",
            Self::NetworkAccess => "network_access",
            Self::FileOperations => "file_operations",
            Self::Deserialisation => "deserialisation",
            Self::Injection => "injection",
            Self::Cryptography => "cryptography",
            Self::Secrets => "secrets",
            Self::Obfuscation => "obfuscation",
            Self::Persistence => "persistence",
            Self::Exfiltration => "exfiltration",
            Self::SelfModification => "self_modification",
            Self::AgentManipulation => "agent_manipulation",
        }
    }
}

/// One step of the way that data took from its source to the place where it does harm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaintStep {
    /// The file, written like [`Finding::path`].
    pub path: String,
    /// Line, from one.
    pub line: u32,
    /// Column in characters, from one.
    pub column: u32,
    /// What happens there, in a few words.
    pub note: String,
}

/// A change of text that removes a finding and leaves what the code does as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Fix {
    /// What it does, in a few words.
    pub what: String,
    /// Where the text that goes begins: bytes of the decoded file.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What comes in its place.
    pub text: String,
    /// The same beginning as a line and a column in characters, from one.
    #[serde(default)]
    pub from: (u32, u32),
    /// The same end.
    #[serde(default)]
    pub to: (u32, u32),
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Kebab-case id of the rule.
    pub rule: String,
    /// The ids of the same check in bandit (`B…`) and ruff (`S…`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Path with `/`, relative to the project folder where possible.
    pub path: String,
    /// First line, from one.
    pub line: u32,
    /// First column in characters, from one.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column in characters just past the end.
    pub end_column: u32,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// In which category it counts.
    pub category: Category,
    /// The number of the weakness, such as 78 for CWE-78; zero when none fits.
    pub cwe: u16,
    /// One sentence that names what was seen and why it matters.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// The first line of it, as it stands in the file; secrets are masked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub snippet: String,
    /// The way of the data, source first; empty for findings that need no data flow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path_of_data: Vec<TaintStep>,
    /// A change that is safe to make, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// Identity that survives edits elsewhere in the file: rule, normalised text, path, occurrence.
    pub fingerprint: String,
    /// Why it does not count: `nosec`, `noqa`, `baseline`, `config`; none when it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppressed_by: Option<String>,
}
