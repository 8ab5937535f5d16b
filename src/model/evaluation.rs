//! What the security analysis said of one file, and what it was looking at.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Benefit, Diagnostic, Digest, Finding, SkipReason, Skipped, Verdict};

/// A tool reads what strangers write: pages, mail, messages.
pub const READS_STRANGERS: &str = "reads-strangers";
/// A tool reads credentials or what is private.
pub const READS_PRIVATE: &str = "reads-private";
/// A tool sends anything to anybody.
pub const SENDS: &str = "sends";
/// A tool runs any command.
pub const RUNS_COMMANDS: &str = "runs-commands";

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FileJudgement {
    /// Path with `/`.
    pub path: String,
    /// Exactly the content that was judged.
    pub digest: Digest,
    /// Findings in the order of the text; silenced ones carry who silenced them.
    pub findings: Vec<Finding>,
    /// What the code is able to do, in the words of the policy.
    pub capabilities: BTreeSet<String>,
    /// Hosts that the code names.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub hosts: BTreeSet<String>,
    /// Files that the code names where it opens them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub paths: BTreeSet<String>,
    /// The first line that shows each capability, where that is known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub shown_at: BTreeMap<String, u32>,
    /// What its tools for agents do that is dangerous only together with what others do, each with its first line:
    /// [`READS_STRANGERS`], [`READS_PRIVATE`], [`SENDS`], [`RUNS_COMMANDS`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tools: BTreeMap<String, u32>,
    /// What it adds for others to use.
    #[serde(default, skip_serializing_if = "Benefit::is_none")]
    pub benefit: Benefit,
    /// What kept it from being judged in full.
    pub gap: Option<Skipped>,
    /// Messages about the file.
    pub diagnostics: Vec<Diagnostic>,
    /// Lines of text.
    pub lines: u32,
}

impl FileJudgement {
    /// Whether everything in it could be judged.
    pub fn is_complete(&self) -> bool {
        self.gap.is_none()
    }

    /// A file that could not be judged at all.
    pub fn unjudged(path: &str, digest: Digest, reason: SkipReason, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self {
            path: path.to_owned(),
            digest,
            findings: Vec::new(),
            capabilities: BTreeSet::new(),
            hosts: BTreeSet::new(),
            paths: BTreeSet::new(),
            shown_at: BTreeMap::new(),
            tools: BTreeMap::new(),
            benefit: Benefit::default(),
            gap: Some(Skipped { path: path.to_owned(), reason, detail }),
            diagnostics: Vec::new(),
            lines: 0,
        }
    }
}

/// By what a file is known to be unchanged without reading it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct FileStamp {
    /// Bytes.
    pub size: u64,
    /// Modification time, nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Time of the last change of the inode, nanoseconds since 1970.
    pub ctime_ns: i64,
    /// The inode.
    pub inode: u64,
}

/// A judgement as it is remembered.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The judgement of the content.
    pub judgement: FileJudgement,
    /// What the policy made of it.
    pub verdict: Verdict,
    /// Which rules judged, and how.
    pub ruleset: String,
    /// When, nanoseconds since 1970.
    pub judged_ns: i64,
    /// What the file looked like from outside, together with the files that were read to judge it.
    pub stamp: FileStamp,
    /// What was asked of the other files of the run.
    pub asked: Asked,
}

/// What a judgement asked of the other files of its run. It holds as long as they would answer the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Paths of the files that were read, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<String>,
    /// Names that were looked for, as hashes of 40 bits; the lowest of 48 bits says whether there was such a file or
    /// folder. Sorted, little endian, in base64.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub looked_for: String,
}

impl Asked {
    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.looked_for.is_empty()
    }
}
