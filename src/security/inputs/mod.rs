//! Inputs other than Python: scripts, manifests, documents, pickles, archives and plain text.
//!
//! One file an analyser; [`ANALYSERS`] is the list. An analyser looks at bytes, never runs or loads
//! them, stays within [`Limits`], and says what it could not judge. [`kind`] decides what an input is from
//! its name and its first bytes, [`judge`] turns what was seen into findings.

mod aether;
mod archive;
pub mod compiled;
mod hooks;
mod instructions;
mod javascript;
mod judge;
mod kind;
mod nesting;
mod notebook;
mod permissions;
mod pickle;
mod pipeline;
mod powershell;
mod requirements;
pub mod rules;
mod rust;
mod shell;
mod text;

use std::collections::BTreeMap;

pub use judge::judge;
pub use kind::{Kind, by_name, of};
pub(in crate::security) use requirements::PYPI;

use super::rules::RuleSet;
use crate::model::{Confidence, Finding, Severity, SkipReason};

/// What an analyser is given.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Path with `/`; members of archives carry the archive's path and `!/` in front.
    pub path: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
    /// The bytes as text, when they are text in a known encoding.
    pub text: Option<&'a str>,
    /// What it is.
    pub kind: Kind,
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
    /// Nesting of values and blocks.
    pub depth: usize,
    /// Archives within archives.
    pub archives: usize,
    /// Members of one archive.
    pub members: usize,
    /// Bytes that may be unpacked from one file, all levels together.
    pub unpacked_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 5_000_000, depth: 200, archives: 3, members: 20_000, unpacked_bytes: 512 << 20 }
    }
}

/// Under which terms an analyser works.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// How far it may go.
    pub limits: Limits,
    /// The rules, for what holds other files or Python.
    pub rules: &'a RuleSet,
    /// The source of a compiled file.
    pub beside: &'a compiled::Beside,
}

/// Something that was seen, before it becomes a finding of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Kebab-case id of the rule, which knows category, weakness and help.
    pub rule: &'static str,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// What was seen and why it matters.
    pub message: String,
}

/// What an analyser says of one input.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judged {
    /// What was seen.
    pub observations: Vec<Observation>,
    /// Findings of what the input holds, such as the members of an archive.
    pub findings: Vec<Finding>,
    /// What could not be judged, and why.
    pub gaps: Vec<(SkipReason, String)>,
    /// What it is able to do, in the words of the policy, and where it shows first.
    pub capabilities: BTreeMap<&'static str, usize>,
}

impl Judged {
    /// Notes what it is able to do, and an offset at which that shows.
    pub fn able(&mut self, capability: &'static str, at: usize) {
        self.capabilities.entry(capability).and_modify(|first| *first = at.min(*first)).or_insert(at);
    }

    /// Notes something that was seen between two offsets.
    pub fn see(
        &mut self,
        rule: &'static str,
        range: std::ops::Range<usize>,
        severity: Severity,
        confidence: Confidence,
        message: impl Into<String>,
    ) {
        let message = message.into();
        self.observations.push(Observation { rule, start: range.start, end: range.end, severity, confidence, message });
    }
}

/// One analyser.
pub trait Analyser: Sync {
    /// Its name in diagnostics.
    fn id(&self) -> &'static str;

    /// Whether this input is its business.
    fn accepts(&self, input: &Input<'_>) -> bool;

    /// Looks at the input.
    fn analyse(&self, input: &Input<'_>, terms: Terms<'_>) -> Judged;
}

/// All analysers.
pub const ANALYSERS: &[&dyn Analyser] = &[
    &aether::Aether,
    &archive::Archive,
    &compiled::Compiled,
    &hooks::Hooks,
    &notebook::Notebook,
    &permissions::Permissions,
    &pickle::Pickle,
    &shell::Shell,
    &javascript::JavaScript,
    &powershell::PowerShell,
    &pipeline::Pipelines,
    &requirements::Requirements,
    &rust::Rust,
    &instructions::Instructions,
    &text::Text,
];

/// What a command line that another language starts is seen to do.
pub(in crate::security) fn of_command(text: &str) -> Vec<Observation> {
    let mut judged = Judged::default();
    shell::judge_script(text, 0, &mut judged);
    let lower = text.to_ascii_lowercase();
    let of_windows = [
        "powershell",
        "users\\public",
        "pwsh",
        "schtasks",
        "reg ",
        "netsh",
        "vssadmin",
        "wevtutil",
        "bcdedit",
        "mshta",
        "certutil",
        "rundll32",
        "regsvr32",
        "wscript",
        "cscript",
        "fodhelper",
        "computerdefaults",
        "cmd /c",
        "pythonw",
    ];
    if of_windows.iter().any(|word| lower.contains(word)) {
        powershell::judge_script(text, &mut judged);
    }
    judged.observations
}

/// Whether a text names a file that holds what is private.
pub(in crate::security) fn names_private_file(text: &str) -> bool {
    (text.contains("~/.") || text.contains("/etc/shadow")) && shell::private_file(text).is_some()
}

/// What a text that describes code says to an agent that may read it.
pub(in crate::security) fn of_description(text: &str) -> Vec<Observation> {
    let mut judged = Judged::default();
    instructions::judge_text(text, &mut judged);
    judged.observations
}

/// What a text that agents read wants of them, each sentence with the next: many times the work of
/// [`of_description`].
pub(in crate::security) fn of_instruction(text: &str) -> Vec<Observation> {
    instructions::told(text, false)
}

/// The same of a text that is a prompt or the description of a tool: it is weighed as documents for agents are.
pub(in crate::security) fn of_prompt(text: &str) -> Vec<Observation> {
    instructions::told(text, true)
}

/// What a text holds that is not shown.
pub(in crate::security) fn of_hidden(text: &str) -> Vec<Observation> {
    let mut judged = Judged::default();
    text::unseen(text, &mut judged);
    judged.observations
}

/// Asks every analyser whose business the input is.
pub fn analyse(input: &Input<'_>, terms: Terms<'_>) -> Judged {
    let mut all = Judged::default();
    for analyser in ANALYSERS.iter().filter(|analyser| analyser.accepts(input)) {
        let judged = analyser.analyse(input, terms);
        all.observations.extend(judged.observations);
        all.findings.extend(judged.findings);
        all.gaps.extend(judged.gaps);
        judged.capabilities.into_iter().for_each(|(capability, at)| all.able(capability, at));
    }
    all.observations.sort_by(|a, b| (a.start, a.rule, a.end).cmp(&(b.start, b.rule, b.end)));
    all.observations.dedup_by(|a, b| a.start == b.start && a.rule == b.rule);
    all
}
