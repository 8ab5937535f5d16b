//! Inputs other than Python: pickles, shell, JavaScript, manifests, archives and plain text.
//!
//! One file an analyser; [`ANALYSERS`] is the list. An analyser looks at bytes, never runs or loads
//! them, stays within [`Limits`], and says what it could not judge.

mod pickle;

use crate::model::{Category, Confidence, Severity, SkipReason};

/// What an analyser is given.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Path with `/`; members of archives carry the archive's path and `!/` in front.
    pub path: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
    /// The bytes as text, when they are text in a known encoding.
    pub text: Option<&'a str>,
}

impl Input<'_> {
    /// The last part of the path, in lower case.
    pub fn name(&self) -> String {
        self.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase()
    }
}

/// How far an analyser may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Steps: opcodes, tokens, nodes.
    pub steps: usize,
    /// Nesting of values, blocks and archives.
    pub depth: usize,
    /// Bytes that may be unpacked from one file, all levels together.
    pub unpacked_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 5_000_000, depth: 200, unpacked_bytes: 512 << 20 }
    }
}

/// Something that was seen, before it becomes a finding of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Kebab-case id of the rule.
    pub rule: &'static str,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// In which category it counts.
    pub category: Category,
    /// The weakness; zero when none fits.
    pub cwe: u16,
    /// What was seen and why it matters.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// What an analyser says of one input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// What was seen.
    pub observations: Vec<Observation>,
    /// What could not be judged, and why.
    pub gaps: Vec<(SkipReason, String)>,
}

/// One analyser.
pub trait Analyser: Sync {
    /// Its name in diagnostics.
    fn id(&self) -> &'static str;

    /// Whether this input is its business, from the name and the first bytes.
    fn accepts(&self, input: &Input<'_>) -> bool;

    /// Looks at the input.
    fn analyse(&self, input: &Input<'_>, limits: Limits) -> Judged;
}

/// All analysers.
pub const ANALYSERS: &[&dyn Analyser] = &[&pickle::Pickle];

/// Asks every analyser whose business the input is.
pub fn analyse(input: &Input<'_>, limits: Limits) -> Judged {
    let mut all = Judged::default();
    for analyser in ANALYSERS.iter().filter(|analyser| analyser.accepts(input)) {
        let judged = analyser.analyse(input, limits);
        all.observations.extend(judged.observations);
        all.gaps.extend(judged.gaps);
    }
    all.observations.sort_by(|a, b| (a.start, a.rule).cmp(&(b.start, b.rule)));
    all
}
