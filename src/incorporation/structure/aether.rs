//! The structure of an Aether script.
//!
//! At least nine dialects carry this ending, so the reader goes line by line and decides the dialect by
//! what it saw. It needs no grammar and therefore cannot fail.

use serde_json::Value;

use super::{MAX_ITEMS, shortened};
use crate::model::structure::{AetherScript, Import, Structure};

/// Words that open a block with a name.
const BLOCKS: &[&str] = &[
    "action",
    "agent",
    "class",
    "component",
    "define",
    "event",
    "fn",
    "func",
    "function",
    "goal",
    "intent",
    "memory",
    "module",
    "on",
    "pipeline",
    "plugin",
    "script",
    "skill",
    "stage",
    "step",
    "system",
    "task",
    "test",
    "when",
    "workflow",
];

/// Words that begin a command.
const COMMANDS: &[&str] = &[
    "analyze",
    "assistant:",
    "call",
    "display",
    "emit",
    "goal:",
    "if",
    "let",
    "load",
    "log",
    "optimize",
    "print",
    "recall",
    "remember",
    "return",
    "run",
    "say",
    "set",
    "sleep",
    "store",
    "suggest",
    "think",
    "trigger",
    "use",
];

/// Reads the structure of an Aether script.
pub fn of_aether(text: &str) -> Structure {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::default();
    for (index, line) in text.lines().enumerate() {
        reader.line(index, line);
    }
    let mut script = reader.script;
    script.dialect = dialect(text, &script, &reader.seen).to_owned();
    Structure {
        docstring: reader.comment.filter(|comment| !comment.is_empty()),
        imports: reader.imports,
        aether: Some(script),
        truncated: reader.truncated,
        ..Structure::default()
    }
}

#[derive(Default)]
struct Seen {
    /// Lines that are neither empty nor comments.
    lines: usize,
    /// Of these, those that begin with a word of [`COMMANDS`].
    commands: usize,
    /// Of these, those that begin with a word of [`BLOCKS`].
    blocks: usize,
    /// Of these, those of the form `key: value`.
    pairs: usize,
    /// Lines that only Python has.
    python: usize,
    metadata: bool,
}

#[derive(Default)]
struct Reader {
    script: AetherScript,
    imports: Vec<Import>,
    comment: Option<String>,
    seen: Seen,
    section: Option<&'static str>,
    truncated: bool,
}

impl Reader {
    fn line(&mut self, index: usize, line: &str) {
        let trimmed = line.trim();
        if let Some(comment) = trimmed.strip_prefix('#').or_else(|| trimmed.strip_prefix("//")) {
            self.comment_line(index, comment.trim_matches(['/', '#', ' ']));
            return;
        }
        if trimmed.is_empty() {
            return;
        }
        self.seen.lines += 1;
        let indented = line.starts_with([' ', '\t']);
        let first = trimmed.split([' ', '\t', '(', '{']).next().unwrap_or_default();
        if COMMANDS.contains(&first) {
            self.seen.commands += 1;
        }
        if ["def ", "class ", "import ", "from ", "async def "].iter().any(|word| trimmed.starts_with(word)) {
            self.seen.python += 1;
        }
        match trimmed.trim_end_matches([' ', '{', ':']) {
            "metadata" | "meta" if trimmed.ends_with([':', '{']) => {
                self.section = Some("metadata");
                self.seen.metadata = true;
                return;
            }
            "policy" if trimmed.ends_with([':', '{']) => {
                self.section = Some("policy");
                self.seen.metadata = true;
                return;
            }
            _ => {}
        }
        if self.block(first, trimmed) || self.import(index, first, trimmed) {
            return;
        }
        self.pair(trimmed, indented);
    }

    fn comment_line(&mut self, index: usize, comment: &str) {
        if index == 0
            && let Some(digest) = comment.strip_prefix("@signature:")
        {
            self.script.signature = Some(shortened(digest.trim()));
            return;
        }
        // A shebang is no comment.
        if self.comment.is_none() && !(index == 0 && comment.starts_with('!')) {
            self.comment = Some(shortened(comment));
        }
    }

    /// `action name:`, `workflow name {`, `agent "Name"`.
    fn block(&mut self, first: &str, line: &str) -> bool {
        if !BLOCKS.contains(&first) || !line.ends_with([':', '{']) {
            return false;
        }
        let rest = line.get(first.len()..).unwrap_or_default().trim_end_matches([':', '{', ' ']).trim();
        let name: String =
            rest.trim_start_matches(['"', '\'']).chars().take_while(|c| !matches!(c, '"' | '\'' | '(' | '{')).collect();
        let name = shortened(name.trim());
        self.seen.blocks += 1;
        self.section = None;
        if self.script.declares.len() >= MAX_ITEMS {
            self.truncated = true;
            return true;
        }
        if first == "action" && !name.is_empty() {
            self.script.actions.push(name.clone());
        }
        self.script.declares.push(format!("{first} {name}").trim_end().to_owned());
        true
    }

    /// `import x`, `use plugin "x"`, `load x`.
    fn import(&mut self, index: usize, first: &str, line: &str) -> bool {
        if !matches!(first, "import" | "use" | "require" | "load") || self.imports.len() >= MAX_ITEMS {
            return false;
        }
        let rest = line.get(first.len()..).unwrap_or_default().trim();
        let rest = rest.strip_prefix("plugin").unwrap_or(rest).trim_start_matches([' ', ':']);
        let module: String = rest
            .trim_matches(['"', '\'', ' '])
            .chars()
            .take_while(|c| c.is_alphanumeric() || "._-/".contains(*c))
            .collect();
        if module.is_empty() {
            return false;
        }
        let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
        self.imports.push(Import { module: shortened(&module), line, ..Import::default() });
        true
    }

    fn pair(&mut self, line: &str, indented: bool) {
        let Some((key, value)) = line.split_once(':') else {
            if !indented && line != "}" {
                self.section = None;
            }
            return;
        };
        let key = key.trim().trim_matches('"');
        if key.is_empty() || !key.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c)) || key.contains("  ") {
            return;
        }
        self.seen.pairs += 1;
        let target = match self.section {
            Some("metadata") => &mut self.script.metadata,
            Some(_) => &mut self.script.policy,
            None if !indented && matches!(key, "name" | "version" | "author" | "description" | "requires" | "goal") => {
                &mut self.script.metadata
            }
            None => return,
        };
        if target.len() < MAX_ITEMS {
            target.insert(shortened(key), scalar(value));
        }
    }
}

/// A value as JSON when it is written so, else as text.
fn scalar(text: &str) -> Value {
    let text = text.trim().trim_end_matches(',');
    match serde_json::from_str::<Value>(text) {
        Ok(value) if text.len() <= super::MAX_TEXT => value,
        _ => Value::String(shortened(text.trim_matches(['"', '\'']))),
    }
}

fn dialect(text: &str, script: &AetherScript, seen: &Seen) -> &'static str {
    let start = text.trim_start();
    if start.is_empty() {
        return "empty";
    }
    if start.starts_with("#!") && start.lines().next().is_some_and(|line| line.contains("sh")) {
        return "shell";
    }
    if start.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(start).is_ok() {
        return "json";
    }
    let declares = |word: &str| script.declares.iter().any(|block| block.split(' ').next() == Some(word));
    if seen.metadata || !script.actions.is_empty() {
        return "maintenance";
    }
    for word in ["workflow", "agent", "plugin"] {
        if declares(word) {
            return word;
        }
    }
    if seen.python > 0 && seen.python >= seen.blocks + seen.commands.div_ceil(4) {
        "python"
    } else if seen.blocks > 0 {
        "blocks"
    } else if seen.commands * 3 >= seen.lines.max(1) {
        "commands"
    } else if seen.pairs * 2 >= seen.lines.max(1) {
        "yaml"
    } else {
        "prose"
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn script(text: &str) -> AetherScript {
        of_aether(text).aether.unwrap()
    }

    #[test]
    fn a_maintenance_script_is_read() {
        let text = "# @signature: ab12\n// Checks levels\nmetadata:\n    name: \"Levels\"\n    requires: [\"memory\"]\n\
            policy:\n    limit: 5\naction check_level:\n    inputs: [name]\n    let x = 1\n    return x\n";
        let structure = of_aether(text);
        let script = structure.aether.as_ref().unwrap();
        assert_eq!(script.dialect, "maintenance");
        assert_eq!(script.metadata["requires"], json!(["memory"]));
        assert_eq!(script.policy["limit"], json!(5));
        assert_eq!(script.actions, ["check_level"]);
        assert_eq!(script.signature.as_deref(), Some("ab12"));
        assert_eq!(structure.docstring.as_deref(), Some("Checks levels"));
        assert_eq!(structure.entry_points(), ["action check_level"]);
    }

    #[test]
    fn each_dialect_is_told_apart() {
        for (text, dialect) in [
            ("", "empty"),
            ("#!/bin/bash\necho hello\n", "shell"),
            ("{\"a\": 1}", "json"),
            ("workflow nightly {\n  step one {\n  }\n}\n", "workflow"),
            ("agent \"Helper\" {\n}\n", "agent"),
            ("plugin weather {\n}\n", "plugin"),
            ("fn add(a, b) {\n  return a\n}\n", "blocks"),
            ("use plugin \"memory\"\nremember \"x\"\nlog done\n", "commands"),
            ("import os\ndef f():\n    pass\n", "python"),
            ("kind: thing\nlevel: 3\n", "yaml"),
            ("Some notes on the matter.\nNothing else here\n", "prose"),
        ] {
            assert_eq!(script(text).dialect, dialect, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(\\PC{0,20}\n?){0,10}", word in "(metadata|action|use|import|workflow)?[:{ ]?") {
            of_aether(&format!("{word}{text}"));
        }
    }
}
