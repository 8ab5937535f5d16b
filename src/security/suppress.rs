//! Comments that silence findings.
//!
//! | comment | silences |
//! |---|---|
//! | `# nosec` | every finding of the statement |
//! | `# nosec B602, subprocess_popen…` | those checks of bandit, by id; names and other words are explanation |
//! | `# noqa: S602` | those checks of ruff. A bare `# noqa` is about style and silences nothing here |
//! | `# ruff: noqa: S101` | those checks in the whole file |
//! | `# aetherra: ignore[rule-id, B602]` | those rules, by any of their ids; also on a line of its own above |
//! | `# aetherra: ignore-file[rule-id]` | those rules in the whole file |
//!
//! A comment counts on every line of its statement; for statements with a body, on every line of the header.
//! Silenced findings stay in the report with the word of who silenced them.

use std::collections::BTreeMap;

use ruff_python_ast::Stmt;
use ruff_python_ast::token::TokenKind;
use ruff_text_size::Ranged;

use super::analyse::{FileJudgement, InlineSuppressions, lines_of};
use super::python::{Model, NodeRef, ParsedModule};
use super::rules::{Draft, RULES};
use super::source::SourceUnit;
use crate::model::{Diagnostic, Finding};

/// Which comment it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nosec,
    Noqa,
    Own,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Nosec => "nosec",
            Self::Noqa => "noqa",
            Self::Own => "ignore",
        }
    }
}

/// One comment.
#[derive(Debug, Clone, PartialEq)]
struct Suppression {
    kind: Kind,
    /// Line of the comment.
    line: u32,
    /// Upper-case ids of other tools and our own rule ids; empty for all.
    ids: Vec<String>,
    whole_file: bool,
    /// Nothing else stands on its line.
    alone: bool,
}

impl Suppression {
    fn names(&self, rule: &str, aliases: &[impl AsRef<str>]) -> bool {
        self.ids.is_empty()
            || self
                .ids
                .iter()
                .any(|id| id == rule || aliases.iter().any(|alias| alias.as_ref().starts_with(id.as_str())))
    }
}

/// The comments of a file that silence findings, and which lines belong together.
pub struct Suppressions {
    list: Vec<Suppression>,
    /// Which of them stand on a line.
    by_line: BTreeMap<u32, Vec<usize>>,
    /// Which of them hold for the whole file.
    whole_file: Vec<usize>,
    /// For each line, from one: first and last line of the innermost statement on it, or of its header.
    around: Vec<(u32, u32)>,
}

impl Suppressions {
    /// Reads the comments; none when there are none of this sort.
    pub fn read(unit: &SourceUnit, module: &ParsedModule, model: &Model<'_>) -> Option<Self> {
        let bytes = unit.text.as_bytes();
        let mentioned = ["nosec", "noqa", "NOQA", "aetherra:"]
            .iter()
            .any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some());
        if !mentioned {
            return None;
        }
        let mut list = Vec::new();
        for token in module.tokens().iter().filter(|token| token.kind() == TokenKind::Comment) {
            let line = unit.line(token.start());
            let alone = unit.line_text(line).trim_start().starts_with('#');
            parse(unit.slice(token.range()), line, alone, &mut list);
        }
        if list.is_empty() {
            return None;
        }
        let mut around: Vec<(u32, u32)> = (0..=unit.line_count()).map(|line| (line, line)).collect();
        // Statements come before those inside them, so the innermost stays.
        for node in &model.nodes {
            let (first, last) = match node.node {
                NodeRef::Stmt(stmt) => header(unit, stmt),
                NodeRef::Handler(handler) => {
                    let first = unit.line(handler.start());
                    let last = handler.body.first().map_or(first, |stmt| unit.line(stmt.start()));
                    (first, if last > first { last - 1 } else { first })
                }
                _ => continue,
            };
            if let Some(lines) = around.get_mut(first as usize..=last as usize) {
                lines.fill((first, last));
            }
        }
        let mut by_line: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut whole_file = Vec::new();
        for (index, suppression) in list.iter().enumerate() {
            if suppression.whole_file {
                whole_file.push(index);
            } else {
                by_line.entry(suppression.line).or_default().push(index);
            }
        }
        Some(Self { list, by_line, whole_file, around })
    }

    /// Marks what is silenced, and tells of comments that silence nothing.
    ///
    /// `everything` gives what the rules would report without judging; a comment that is needed for another
    /// tool is never called unused.
    pub fn apply(
        &self,
        unit: &SourceUnit,
        inline: InlineSuppressions,
        everything: impl FnOnce() -> Vec<Draft>,
        judgement: &mut FileJudgement,
    ) {
        let mut used = vec![false; self.list.len()];
        let mut refused = 0_usize;
        for finding in &mut judgement.findings {
            let near = self.near(finding.line, finding.end_line);
            let found = near.into_iter().find(|index| self.names(*index, &finding.rule, &finding.aliases));
            let Some(index) = found else { continue };
            if let Some(used) = used.get_mut(index) {
                *used = true;
            }
            match inline {
                InlineSuppressions::Obeyed => {
                    finding.suppressed_by = self.list.get(index).map(|s| s.kind.word().to_owned())
                }
                InlineSuppressions::Refused => refused += 1,
            }
        }
        if refused > 0 {
            let message = format!("{refused} findings that comments in the code would silence count all the same");
            judgement.diagnostics.push(
                Diagnostic::warning("suppression-refused", message)
                    .at(unit.path.clone())
                    .helped("in strict mode an operator silences findings with a baseline"),
            );
        }
        if used.iter().any(|used| !used) {
            for draft in everything() {
                let (line, end) = (unit.line(draft.range.start()), unit.line(draft.range.end()));
                for index in self.near(line, end) {
                    if self.names(index, draft.rule.id, draft.codes)
                        && let Some(used) = used.get_mut(index)
                    {
                        *used = true;
                    }
                }
            }
        }
        for (suppression, _) in
            self.list.iter().zip(&used).filter(|(suppression, used)| !**used && worth_telling(suppression))
        {
            let ids =
                if suppression.ids.is_empty() { String::new() } else { format!(" for {}", suppression.ids.join(", ")) };
            judgement.diagnostics.push(
                Diagnostic::note(
                    "unused-suppression",
                    format!("this `{}` comment{ids} silences nothing", suppression.kind.word()),
                )
                .at(unit.path.clone())
                .on_line(suppression.line)
                .helped("remove it, so that it cannot hide something later"),
            );
        }
    }

    fn names(&self, index: usize, rule: &str, aliases: &[impl AsRef<str>]) -> bool {
        self.list.get(index).is_some_and(|suppression| suppression.names(rule, aliases))
    }

    /// The comments that belong to the statement with these lines.
    fn near(&self, line: u32, end: u32) -> Vec<usize> {
        let (first, last) = self.around.get(line as usize).copied().unwrap_or((line, end));
        let mut near = self.whole_file.clone();
        near.extend(self.by_line.range(first..=last.max(line)).flat_map(|(_, indices)| indices));
        if let Some(above) = first.checked_sub(1).and_then(|above| self.by_line.get(&above)) {
            let own = |index: &&usize| self.list.get(**index).is_some_and(|one| one.alone && one.kind == Kind::Own);
            near.extend(above.iter().filter(own));
        }
        near
    }
}

/// Ids that only other tools have are none of our business.
fn worth_telling(suppression: &Suppression) -> bool {
    suppression.kind != Kind::Noqa
        || suppression.ids.iter().any(|id| RULES.iter().any(|rule| rule.aliases.contains(&id.as_str())))
}

/// First and last line of a simple statement, or of the header of one with a body.
fn header(unit: &SourceUnit, stmt: &Stmt) -> (u32, u32) {
    let (first, last) = lines_of(unit, stmt);
    let body = match stmt {
        Stmt::FunctionDef(inner) => inner.body.first(),
        Stmt::ClassDef(inner) => inner.body.first(),
        Stmt::For(inner) => inner.body.first(),
        Stmt::While(inner) => inner.body.first(),
        Stmt::If(inner) => inner.body.first(),
        Stmt::With(inner) => inner.body.first(),
        Stmt::Try(inner) => inner.body.first(),
        Stmt::Match(inner) => return (first, unit.line(inner.subject.end())),
        _ => return (first, last),
    };
    match body {
        Some(body) => {
            let body = unit.line(body.start());
            (first, if body > first { body - 1 } else { first })
        }
        None => (first, first),
    }
}

/// Reads one comment; a comment can hold several.
fn parse(comment: &str, line: u32, alone: bool, list: &mut Vec<Suppression>) {
    let lower = comment.to_ascii_lowercase();
    for (at, kind, length) in [("nosec", Kind::Nosec, 5), ("noqa", Kind::Noqa, 4), ("aetherra:", Kind::Own, 9)]
        .iter()
        .filter_map(|(word, kind, length)| lower.find(word).map(|at| (at, *kind, *length)))
    {
        // `# nosec` begins the comment, or one of several that are joined by `#`.
        let before = lower.get(..at).unwrap_or("").trim_end();
        let rest = comment.get(at + length..).unwrap_or("");
        let marked =
            before.ends_with('#') || (kind == Kind::Noqa && (before.ends_with("ruff:") || before.ends_with("flake8:")));
        if !marked || rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = rest.split('#').next().unwrap_or("");
        match kind {
            Kind::Nosec => {
                let ids = ids(rest.trim_start_matches([':', ' ']), 'B');
                list.push(Suppression { kind, line, ids, whole_file: false, alone });
            }
            Kind::Noqa => {
                let ids = ids(rest.trim_start_matches([':', ' ']), 'S');
                // Without an id of ours it is about something else.
                if !ids.is_empty() {
                    list.push(Suppression { kind, line, ids, whole_file: before.ends_with(':'), alone });
                }
            }
            Kind::Own => {
                let rest = rest.trim_start();
                let (whole_file, rest) = match rest.strip_prefix("ignore-file") {
                    Some(rest) => (true, rest),
                    None => match rest.strip_prefix("ignore") {
                        Some(rest) => (false, rest),
                        None => continue,
                    },
                };
                let Some(inside) = rest.trim_start().strip_prefix('[').and_then(|rest| rest.split(']').next()) else {
                    continue;
                };
                let ids: Vec<String> =
                    inside.split(',').map(str::trim).filter(|id| !id.is_empty()).map(own_id).collect();
                if !ids.is_empty() {
                    list.push(Suppression { kind, line, ids, whole_file, alone });
                }
            }
        }
    }
}

fn own_id(id: &str) -> String {
    let digits = id.chars().next().and_then(|first| id.get(first.len_utf8()..)).unwrap_or("");
    let code = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if code { id.to_ascii_uppercase() } else { id.to_owned() }
}

/// The ids such as `B602` at the beginning of a list; names of bandit's checks count as their words do not.
fn ids(text: &str, letter: char) -> Vec<String> {
    text.split([',', ' ', '\t'])
        .map(str::trim)
        .filter(|word| {
            let mut chars = word.chars();
            chars.next().is_some_and(|first| first.eq_ignore_ascii_case(&letter))
                && word.len() > 1
                && chars.all(|c| c.is_ascii_digit())
        })
        .map(str::to_ascii_uppercase)
        .collect()
}

/// Marks the findings that an operator's list silences.
pub fn by_config(findings: &mut [Finding], rules: &[String]) {
    for finding in findings.iter_mut().filter(|finding| finding.suppressed_by.is_none()) {
        if rules.iter().any(|rule| *rule == finding.rule || finding.aliases.contains(rule)) {
            finding.suppressed_by = Some("config".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Digest;
    use crate::security::analyse::analyse;
    use crate::security::rules::RuleSet;

    fn judged(text: &str, inline: InlineSuppressions) -> FileJudgement {
        analyse("x.py", text.as_bytes(), Digest::of(text.as_bytes()), &RuleSet::standard(), inline)
    }

    fn silenced(text: &str) -> Vec<Option<String>> {
        judged(text, InlineSuppressions::Obeyed)
            .findings
            .into_iter()
            .filter(|finding| finding.rule == "shell-command")
            .map(|finding| finding.suppressed_by)
            .collect()
    }

    #[test]
    fn ids_may_begin_with_any_letter() {
        assert_eq!(own_id("é1"), "é1");
        assert_eq!(own_id("b602"), "B602");
        assert_eq!(own_id(""), "");
    }

    #[test]
    fn every_form_works_on_every_line_of_the_statement() {
        let all = [
            "import os\nos.system('a' + b)  # nosec\n",
            "import os\nos.system('a' + b)  # nosec B605 the input is ours\n",
            "import os\nos.system('a' + b)  # nosec: B101,B605\n",
            "import os\nos.system(\n    'a' + b\n)  # nosec B605\n",
            "import os\nx = [\n    1,  # noqa: S605\n    os.system('a' + b),\n]\n",
            "import os\nos.system('a' + b)  # noqa: E501, S605\n",
            "import os\n# aetherra: ignore[shell-command]\nos.system('a' + b)\n",
            "import os\nif os.system('a' + b):  # aetherra: ignore[B605]\n    pass\n",
            "# ruff: noqa: S605\nimport os\nos.system('a' + b)\n",
            "# aetherra: ignore-file[shell-command]\nimport os\nos.system('a' + b)\n",
            "import os\nos.system('a' + b)  # type: ignore # nosec B605\n",
        ];
        for text in all {
            assert!(matches!(silenced(text).as_slice(), [Some(_)]), "{text}");
        }
    }

    #[test]
    fn others_silence_nothing() {
        let none = [
            "import os\nos.system('a' + b)  # nosec B101\n",
            "import os\nos.system('a' + b)  # noqa\n",
            "import os\nos.system('a' + b)  # noqa: E501\n",
            "import os\nos.system('a' + b)\n# nosec\n",
            "import os\nif x:  # nosec\n    os.system('a' + b)\n",
            "import os\nos.system('a # nosec' + b)\n",
            "import os\nos.system('a' + b)  # nosecond thoughts\n",
            "import os\nos.system('a' + b)  # aetherra: ignore\n",
        ];
        for text in none {
            assert_eq!(silenced(text), [None], "{text}");
        }
    }

    #[test]
    fn unused_ones_are_told_and_needed_ones_are_not() {
        let told = |text: &str| {
            judged(text, InlineSuppressions::Obeyed)
                .diagnostics
                .iter()
                .filter(|d| d.code == "unused-suppression")
                .count()
        };
        assert_eq!(told("x = 1  # nosec B602\n"), 1);
        assert_eq!(told("import subprocess  # nosec B404\n"), 0);
        // Constant arguments are no finding of ours, but bandit asks for the comment.
        assert_eq!(told("import subprocess\nsubprocess.run(['ls'])  # nosec B603, B607\n"), 0);
        assert_eq!(told("x = 1  # noqa: S999\n"), 0);
        assert_eq!(told("x = 1  # noqa: S602\n"), 1);
    }

    #[test]
    fn strict_mode_does_not_obey_the_code() {
        let judgement = judged("import os\nos.system('a' + b)  # nosec\n", InlineSuppressions::Refused);
        assert!(judgement.findings.iter().all(|finding| finding.suppressed_by.is_none()));
        assert!(judgement.diagnostics.iter().any(|diagnostic| diagnostic.code == "suppression-refused"));
    }
}
