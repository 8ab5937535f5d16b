//! Whom texts in Python are for: what says that agents read them, and where.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use ruff_python_ast::{self as ast, Expr};

use crate::security::python::Model;
use crate::security::python::mentions::{AGENT_PACKAGES, asked};

/// Whether there are agents, who alone read what code says of itself. Keys are kept by agents and trees are cut with
/// tools as well, so that their names alone say little.
pub(super) fn has_agents(model: &Model<'_>) -> bool {
    let named = model.asked & (asked::TOOL | asked::AGENT) != 0;
    let made_of = || AGENT_PACKAGES.iter().any(|package| model.does_import(package));
    model.asked & asked::AGENT_ALONE != 0 || named && made_of()
}

/// Whether a name says that agents read the text.
pub(super) fn is_for_agents(name: &str) -> bool {
    static SAID: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let words = ["prompt", "system_message", "description", "instruction", "docstring", "__doc__"];
        let kind = Some(AhoCorasickKind::DFA);
        AhoCorasick::builder().ascii_case_insensitive(true).prefilter(false).kind(kind).build(words).ok()
    });
    name.len() >= 6 && (name.eq_ignore_ascii_case("system") || SAID.as_ref().is_none_or(|words| words.is_match(name)))
}

/// Whether a call tells an agent something, or has it remembered: `agent.run("…")`, `memory.add("…")`.
pub(super) fn speaks_to_agent(call: &ast::ExprCall) -> bool {
    let Expr::Attribute(method) = &*call.func else { return false };
    let owner = name_of(&method.value).to_ascii_lowercase();
    let of = |words: &[&str]| words.iter().any(|word| owner.contains(word));
    match method.attr.as_str() {
        "run" | "invoke" | "ask" | "chat" | "kickoff" | "prompt" => of(&["agent", "assistant", "llm", "crew"]),
        "add" | "save" | "upsert" | "store" | "remember" | "insert" | "add_texts" | "set" | "append" | "write" => {
            of(&["memory", "memories", "history", "messages", "collection", "col", "knowledge", "context"])
        }
        _ => false,
    }
}

/// Whether a comment speaks to assistants that read code.
pub(super) fn speaks_to_assistants(comment: &str) -> bool {
    static WHO: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let words =
            ["ssistants", "AI assistant", "AI agent", "Copilot", "Claude", "LLMs", "language model", "coding agent"];
        AhoCorasick::builder().prefilter(false).kind(Some(AhoCorasickKind::DFA)).build(words).ok()
    });
    comment.len() > 30 && WHO.as_ref().is_some_and(|who| who.is_match(comment))
}

/// Files that agents read before they do anything.
pub(super) const AGENT_FILES: &[&str] = &[
    "CLAUDE.md",
    "AGENTS.md",
    "GEMINI.md",
    "SKILL.md",
    "MEMORY.md",
    ".cursorrules",
    ".clinerules",
    ".windsurfrules",
    "copilot-instructions",
];

pub(super) fn names_agent_files(text: &str) -> bool {
    // Only leftmost matches are searched for with vector instructions.
    static NAMES: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(AGENT_FILES).ok());
    NAMES.as_ref().is_none_or(|names| names.is_match(text))
}

/// The last part of a name.
pub(super) fn name_of(expr: &Expr) -> &str {
    match expr {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => "",
    }
}
