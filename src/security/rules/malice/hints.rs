//! What a file mentions at all: one look at its texts and names, so that most calls of most files need no second.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use memchr::memmem;
use ruff_python_ast::Expr;

use super::agency::POLICIES;
use super::packages::PROGRAMS;
use super::persistence::{HANDLERS, PACKAGES, PLACES};
use super::ransom::RANSOM as NOTES;
use super::tampering::{DEVICES, RECORDS, TRUSTED as TRUSTED_FILES};
use super::theft::{DROPS, METADATA, READING_PROGRAMS, SECRET_VARIABLES, STORES};
use crate::security::python::mentions::asked;
use crate::security::python::{Kinds, Model, NodeRef};
use crate::security::source::SourceUnit;

/// Places of credentials and private data.
pub(in crate::security) const STORE: u32 = 1;
/// Collectors that belong to nobody in particular.
pub(in crate::security) const DROP: u32 = 1 << 1;
/// The environment as a whole.
pub(in crate::security) const ENVIRONMENT: u32 = 1 << 2;
/// What opens stores, watches screens or listens.
pub(in crate::security) const READER: u32 = 1 << 3;
/// Who and where this is: more than one of it, or one and a collector.
pub(in crate::security) const IDENTITY: u32 = 1 << 4;
/// Where things are put that start by themselves.
pub(in crate::security) const START: u32 = 1 << 5;
/// Files that others trust, and records.
pub(in crate::security) const TRUSTED: u32 = 1 << 6;
/// Policies and settings of agents.
pub(in crate::security) const POLICY: u32 = 1 << 7;
/// Variables that hold credentials of well-known services.
pub(in crate::security) const VARIABLES: u32 = 1 << 8;
/// All files below the folder of a person.
pub(in crate::security) const HOME: u32 = 1 << 9;
/// Where packages of Python lie.
pub(in crate::security) const PACKAGE: u32 = 1 << 10;
/// The environment, in parts or as a whole.
const VARIABLE: u32 = 1 << 11;
/// The memory of processes.
pub(in crate::security) const MEMORY: u32 = 1 << 12;

/// Words of those who want to be paid for what they encrypted.
pub(in crate::security) const RANSOM: u32 = 1 << 13;

/// What workflows that are written have in them.
pub(in crate::security) const WORKFLOW: u32 = 1 << 14;

/// The bits that texts may give.
const OF_TEXTS: u32 =
    STORE | READER | DROP | VARIABLE | START | TRUSTED | POLICY | VARIABLES | PACKAGE | MEMORY | RANSOM | WORKFLOW;

/// Searches for the words of all bits at once.
struct Search {
    words: Option<AhoCorasick>,
    bits: Vec<u32>,
}

static SEARCH: LazyLock<Search> = LazyLock::new(|| {
    let mut words: Vec<&str> = Vec::new();
    let mut bits = Vec::new();
    let mut add = |list: &[&'static str], bit: u32| {
        words.extend(list);
        bits.extend(list.iter().map(|_| bit));
    };
    add(STORES, STORE);
    add(DROPS, DROP);
    add(&["environ", "getenv"], VARIABLE);
    add(METADATA, STORE);
    add(READING_PROGRAMS, READER);
    add(&["key=clear", "hidden answer"], STORE);
    add(PLACES, START);
    add(PACKAGES, START | PACKAGE);
    add(&["crontab", "schtasks", "CurrentVersion", ".git", "launchctl", "autostart", "LaunchAgents"], START);
    add(HANDLERS, START);
    add(TRUSTED_FILES, TRUSTED);
    add(RECORDS, TRUSTED);
    add(DEVICES, TRUSTED);
    add(PROGRAMS, TRUSTED);
    add(&["steps:"], WORKFLOW);
    add(NOTES, RANSOM);
    add(POLICIES, POLICY);
    add(&[".claude", ".cursor", "claude_desktop"], POLICY);
    add(SECRET_VARIABLES, VARIABLES);
    add(&["/mem"], MEMORY);
    // Words are parts of others, so that every match counts.
    Search { words: AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).prefilter(false).build(words).ok(), bits }
});

/// Folders and files that mean something only when a text is nothing else.
const WHOLE: &[&str] = &[
    ".ssh", ".aws", ".env", ".pem", ".kdbx", ".ppk", ".npmrc", ".claude", ".codex", ".gemini", "leveldb", "tdata",
    "wallets",
];
/// Bytes of the longest of them.
const LONGEST_WHOLE: usize = 7;

/// The bits of what a module mentions.
pub(in crate::security) fn of(unit: &SourceUnit, model: &Model<'_>) -> u32 {
    let mut found = of_texts(model);
    let asks = |bits: u32| model.asked & bits != 0;
    let mut set = |bit: u32, holds: bool| found |= if holds { bit } else { 0 };
    set(READER, asks(asked::READER));
    set(HOME, asks(asked::HOME) && asks(asked::WALKS));
    set(TRUSTED, asks(asked::REMOVES));
    set(START | PACKAGE, asks(asked::PACKAGES));
    let kinds = [asked::USER, asked::HOST, asked::FOLDER].iter().filter(|bit| asks(**bit)).count();
    if kinds > 1 || kinds == 1 && found & DROP != 0 {
        found |= IDENTITY;
    }
    if (asks(asked::ENVIRONMENT) || found & VARIABLE != 0) && names_environment_whole(&unit.text) {
        found |= ENVIRONMENT;
    }
    found
}

fn of_texts(model: &Model<'_>) -> u32 {
    let search = &*SEARCH;
    let mut found = 0;
    for (_, node) in model.nodes_of(Kinds::STRING | Kinds::FSTRING | Kinds::BYTES) {
        match node.node {
            NodeRef::Expr(Expr::StringLiteral(text)) => found |= search.of(text.value.to_str().as_bytes()),
            NodeRef::Expr(Expr::FString(text)) => {
                for literal in text.value.elements().filter_map(|element| element.as_literal()) {
                    found |= search.of(literal.value.as_bytes());
                }
            }
            NodeRef::Expr(Expr::BytesLiteral(bytes)) => match bytes.value.as_slice() {
                [one] => found |= search.of(&one.value),
                parts => {
                    found |= search.of(&parts.iter().flat_map(|part| part.value.iter().copied()).collect::<Vec<u8>>())
                }
            },
            _ => {}
        }
        if found & OF_TEXTS == OF_TEXTS {
            break;
        }
    }
    found
}

impl Search {
    fn of(&self, text: &[u8]) -> u32 {
        // The shortest word has four bytes.
        if text.len() < 4 {
            return 0;
        }
        let whole = text.len() <= LONGEST_WHOLE && WHOLE.iter().any(|word| word.as_bytes() == text);
        let mut found = if whole { STORE } else { 0 };
        let Some(words) = &self.words else { return u32::MAX };
        // Most texts hold none of them, and to see that is cheaper than to look for all.
        if !words.is_match(text) {
            return found;
        }
        for hit in words.find_overlapping_iter(text) {
            found |= self.bits.get(hit.pattern().as_usize()).copied().unwrap_or(0);
        }
        found
    }
}

/// Whether the environment is named other than to take one variable from it.
fn names_environment_whole(text: &str) -> bool {
    static ENVIRON: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("environ"));
    ENVIRON.find_iter(text.as_bytes()).any(|at| {
        let rest = text.get(at + "environ".len()..).unwrap_or_default();
        let rest = rest.strip_prefix('b').unwrap_or(rest);
        let one = rest.starts_with('[') || rest.starts_with("ment") || rest.starts_with("ments");
        let asks = [".get(", ".setdefault(", ".pop("].iter().any(|call| rest.starts_with(call));
        !one && !asks
    })
}
