//! Comments that silence findings.
//!
//! | comment | silences |
//! |---|---|
//! | `# nosec` | every finding of the statement |
//! | `# nosec B602, assert_used` | those checks of bandit, by id or by name; other words are explanation |
//! | `# noqa: S602` | those checks of ruff. A bare `# noqa` is about style and silences nothing here |
//! | `# ruff: noqa: S101` | those checks in the whole file |
//! | `# aetherra: ignore[rule-id, B602]` | those rules, by any of their ids; also on lines of its own right above |
//! | `# aetherra: ignore-file[rule-id]` | those rules in the whole file |
//!
//! A comment counts on every line of its statement; for statements with a body, on every line of the header.
//! Silenced findings stay in the report with the word of who silenced them.

mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use ruff_python_ast::Stmt;
use ruff_text_size::Ranged;

use super::analyse::{FileJudgement, InlineSuppressions, lines_of};
use super::python::{Model, NodeRef, ParsedModule};
use super::rules::{Draft, RULES, Rule, RuleSet};
use super::source::SourceUnit;
use crate::model::{Diagnostic, Finding};

/// Comments in one file that silence nothing are told up to here.
const MAX_UNUSED: usize = 50;

/// Lines of comments above a statement among which ours is looked for.
const MAX_ABOVE: u32 = 10;

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
    /// Lines with nothing but a comment.
    comments: BTreeSet<u32>,
    /// For each line, from one: first and last line of the innermost statement on it, or of its header.
    around: Vec<(u32, u32)>,
}

impl Suppressions {
    /// Reads the comments; none when there are none of this sort.
    pub fn read(unit: &SourceUnit, module: &ParsedModule, model: &Model<'_>) -> Option<Self> {
        // Only leftmost matches are searched for with vector instructions.
        static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
            let words = ["nosec", "NOSEC", "Nosec", "NoSec", "noqa", "NOQA", "NoQA", "Noqa", "NoQa", "aetherra:"];
            AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words).ok()
        });
        if !WORDS.as_ref().is_none_or(|words| words.is_match(&unit.text)) {
            return None;
        }
        // Hardly any comment is of this sort, and only then does it matter on which lines they stand.
        let stands_alone = |line: u32| unit.line_text(line).trim_start().starts_with('#');
        let mut list = Vec::new();
        for comment in module.comments() {
            parse(unit.slice(*comment), |kind, ids, whole_file| {
                let line = unit.line(comment.start());
                list.push(Suppression { kind, line, ids, whole_file, alone: stands_alone(line) });
            });
        }
        if list.is_empty() {
            return None;
        }
        let lines = module.comments().iter().map(|comment| unit.line(comment.start()));
        let comments = lines.filter(|line| stands_alone(*line)).collect();
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
            fill(&mut around, first, last);
            if let NodeRef::Stmt(stmt) = node.node {
                clauses(unit, stmt).for_each(|(first, last)| fill(&mut around, first, last));
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
        Some(Self { list, by_line, whole_file, comments, around })
    }

    /// Marks what is silenced, and tells of comments that silence nothing.
    ///
    /// `everything` gives what the rules would report without judging; a comment that is needed for another
    /// tool is never called unused.
    pub fn apply(
        &self,
        unit: &SourceUnit,
        inline: InlineSuppressions,
        rules: &RuleSet,
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
        // What was judged in part may hold what a comment is there for.
        let whole = judgement.gap.is_none() && !judgement.diagnostics.iter().any(|said| said.code == "flow-limit");
        if whole && used.iter().any(|used| !used) {
            self.find_unused(unit, rules, everything(), &mut used);
            self.tell_unused(unit, &used, judgement);
        }
    }

    /// Takes those for used that are there for what is no finding of ours, and is one elsewhere.
    fn find_unused(&self, unit: &SourceUnit, rules: &RuleSet, everything: Vec<Draft>, used: &mut [bool]) {
        for (suppression, used) in self.list.iter().zip(used.iter_mut()) {
            *used |= !worth_telling(suppression, rules);
        }
        for draft in everything {
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

    fn tell_unused(&self, unit: &SourceUnit, used: &[bool], judgement: &mut FileJudgement) {
        let unused: Vec<_> = self.list.iter().zip(used).filter(|(_, used)| !**used).map(|(one, _)| one).collect();
        for suppression in unused.iter().take(MAX_UNUSED) {
            let ids =
                if suppression.ids.is_empty() { String::new() } else { format!(" for {}", suppression.ids.join(", ")) };
            let unknown = suppression.ids.iter().find(|id| suppression.kind == Kind::Own && !is_known(id));
            let help = match unknown {
                Some(id) => format!("there is no rule `{id}`"),
                None => "remove it, so that it cannot hide something later".to_owned(),
            };
            let text = format!("this `{}` comment{ids} silences nothing", suppression.kind.word());
            let said = Diagnostic::note("unused-suppression", text).at(unit.path.clone()).on_line(suppression.line);
            judgement.diagnostics.push(said.helped(help));
        }
        if let Some(more) = unused.len().checked_sub(MAX_UNUSED).filter(|more| *more > 0) {
            let text = format!("{more} more comments in this file silence nothing");
            judgement.diagnostics.push(Diagnostic::note("unused-suppression", text).at(unit.path.clone()));
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
        let own = |index: &&usize| self.list.get(**index).is_some_and(|one| one.alone && one.kind == Kind::Own);
        let above = (first.saturating_sub(MAX_ABOVE)..first).rev();
        for line in above.take_while(|line| self.comments.contains(line)) {
            near.extend(self.by_line.get(&line).into_iter().flatten().filter(own));
        }
        near
    }
}

/// Whether a comment must silence something: ids that only other tools have are none of our business, and rules that
/// do not run now may need it when they do.
fn worth_telling(suppression: &Suppression, rules: &RuleSet) -> bool {
    let run = |rule: &Rule| rules.has(rule.id) && rules.wants(rule.aliases);
    if suppression.ids.is_empty() {
        return RULES.iter().all(|rule| run(rule));
    }
    let known = suppression.kind == Kind::Own || suppression.ids.iter().any(|id| is_known(id));
    known && suppression.ids.iter().all(|id| RULES.iter().filter(|rule| is_named(rule, id)).all(|rule| run(rule)))
}

fn is_known(id: &str) -> bool {
    RULES.iter().any(|rule| is_named(rule, id))
}

fn is_named(rule: &Rule, id: &str) -> bool {
    rule.id == id || rule.aliases.iter().any(|alias| alias.starts_with(id))
}

fn fill(around: &mut [(u32, u32)], first: u32, last: u32) {
    if let Some(lines) = around.get_mut(first as usize..=last as usize) {
        lines.fill((first, last));
    }
}

/// The further headers of a statement: `elif` and `case`.
fn clauses<'a>(unit: &'a SourceUnit, stmt: &'a Stmt) -> impl Iterator<Item = (u32, u32)> + 'a {
    let (branches, cases) = match stmt {
        Stmt::If(inner) => (inner.elif_else_clauses.as_slice(), [].as_slice()),
        Stmt::Match(inner) => ([].as_slice(), inner.cases.as_slice()),
        _ => ([].as_slice(), [].as_slice()),
    };
    let branches = branches.iter().map(|branch| (branch.start(), branch.body.first()));
    branches.chain(cases.iter().map(|case| (case.start(), case.body.first()))).map(|(start, body)| {
        let first = unit.line(start);
        let body = body.map_or(first, |stmt| unit.line(stmt.start()));
        (first, if body > first { body - 1 } else { first })
    })
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

/// Reads one comment; a comment can hold several, each after a `#` of its own. Each is added with its ids, and with
/// whether it holds for the whole file.
fn parse(comment: &str, mut add: impl FnMut(Kind, Vec<String>, bool)) {
    for part in comment.split('#').skip(1) {
        let part = part.trim();
        if let Some(rest) = after(part, "nosec") {
            add(Kind::Nosec, nosec_ids(rest), false);
        } else if let Some(rest) = after(part, "noqa") {
            // Without an id of ours it is about something else.
            let ids = noqa_ids(rest);
            if !ids.is_empty() {
                add(Kind::Noqa, ids, false);
            }
        } else if let Some(rest) = after(part, "ruff:").or_else(|| after(part, "flake8:")) {
            let ids = after(rest.trim_start(), "noqa").map(noqa_ids).unwrap_or_default();
            if !ids.is_empty() {
                add(Kind::Noqa, ids, true);
            }
        } else if let Some(rest) = after(part, "aetherra:") {
            let (whole_file, ids) = own_ids(rest.trim_start());
            if !ids.is_empty() {
                add(Kind::Own, ids, whole_file);
            }
        }
    }
}

/// What follows a word at the beginning of a text, in whatever case it is written.
fn after<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    let goes_on = || !word.ends_with(':') && rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    (start.eq_ignore_ascii_case(word) && !goes_on()).then_some(rest)
}

/// Whether `ignore-file` is said, and the ids in the brackets after it or after `ignore`.
fn own_ids(text: &str) -> (bool, Vec<String>) {
    let (whole_file, rest) = match after(text, "ignore-file") {
        Some(rest) => (true, rest),
        None => (false, after(text, "ignore").unwrap_or("")),
    };
    let inside = rest.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let words = inside.map_or("", |(inside, _)| inside).split(',').map(str::trim);
    (whole_file, words.filter(|id| !id.is_empty()).map(own_id).collect())
}

fn own_id(id: &str) -> String {
    let digits = id.chars().next().and_then(|first| id.get(first.len_utf8()..)).unwrap_or("");
    let code = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if code { id.to_ascii_uppercase() } else { id.to_owned() }
}

/// A letter, and then digits only.
fn is_code(word: &str, letter: char) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|first| first.eq_ignore_ascii_case(&letter))
        && word.len() > 1
        && chars.all(|c| c.is_ascii_digit())
}

/// The ids and names of bandit's checks wherever they stand in a comment.
fn nosec_ids(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let id = |word: &str| match is_code(word, 'B') {
        true => Some(word.to_ascii_uppercase()),
        false => names::id_of(word).map(str::to_owned),
    };
    words.filter_map(id).collect()
}

/// The ids of ruff's checks of security in the list that follows; it ends with the first word that is no id.
fn noqa_ids(text: &str) -> Vec<String> {
    let Some(text) = text.trim_start().strip_prefix(':') else { return Vec::new() };
    let words = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty());
    let id = |word: &&str| {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        !letters.is_empty() && letters.len() < word.len() && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    words.take_while(id).filter(|word| is_code(word, 'S')).map(str::to_ascii_uppercase).collect()
}

/// Marks the findings that an operator's list silences: rules, ids of other tools or the beginning of such, categories.
pub fn by_config(findings: &mut [Finding], words: &[String]) {
    for finding in findings.iter_mut().filter(|finding| finding.suppressed_by.is_none()) {
        let named = |word: &String| {
            *word == finding.rule
                || finding.aliases.iter().any(|alias| alias.starts_with(&word.to_ascii_uppercase()))
                || word.replace('-', "_") == finding.category.word()
        };
        if words.iter().any(named) {
            finding.suppressed_by = Some("config".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Digest;
    use crate::security::analyse::analyse;
    use crate::security::rules::Selection;

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
            "import os\nos.system('a' + b)  #nosec\n",
            "import os\nos.system('a' + b)  # NoQA: S605\n",
            "import os\nos.system('a' + b)  # NOSEC: B605\n",
            "import os\nos.system('a' + b)  # nosec B605: it is ours\n",
            "import os\nos.system('a' + b)  # nosec start_process_with_a_shell\n",
            "import os\nos.system('a' + b)  # nosec B101 # nosec B605\n",
            "import os\nos.system('a' + b)  # noqa: E501 # aetherra: ignore[shell-command]\n",
            "import os\nos.system('a' + b)  # NoQA:S605 # noqa\n",
            "import os\nos.system('a' + \\\n    b)  # nosec\n",
            "import os\nx = 1; \\\nos.system('a' + b)  # nosec\n",
            "import os\nos.system('''a\n# b\n''' + b)  # nosec\n",
            "import os\n@wrapped(  # nosec B605\n    os.system('a' + b)\n)\ndef f(): pass\n",
            "import os\ndef f(\n    x=os.system('a' + b),\n):  # nosec\n    pass\n",
            "import os\nif x:\n    pass\nelif (\n    os.system('a' + b)\n):  # nosec\n    pass\n",
            "import os\nmatch x:\n    case 1 if (\n        os.system('a' + b)\n    ):  # nosec\n        pass\n",
            "import os\nif x: os.system(\n    'a' + b\n)  # nosec\n",
            "import os\n# aetherra: ignore[shell-command]\n# because it is ours\nos.system('a' + b)\n",
            "import os\nclass A:\n    # aetherra: ignore[S605]\n    @x(os.system('a' + b))\n    def f(self): pass\n",
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
            "import os\nos.system('a' + b)  # aetherra: ignore[\n",
            "import os\nos.system('a' + b)  # aetherra: ignore[*]\n",
            "import os\nos.system('a' + b)  # nosec assert_used\n",
            "import os\nos.system('a' + b)  # do not use nosec here\n",
            "import os\nos.system('a' + b)  # noqa: E501 - S605\n",
            "import os\nos.system('a' + b)  # noqa: because S605\n",
            "import os\nos.system('''\n# nosec\n''' + b)\n",
            "import os\nos.system(f'''\n# nosec {b}\n''')\n",
            "# aetherra: ignore[shell-command]\n\nimport os\nos.system('a' + b)\n",
            "import os\n'# aetherra: ignore-file[shell-command]'\nos.system('a' + b)\n",
            "import os\nx = 1  # aetherra: ignore[shell-command]\nos.system('a' + b)\n",
            "import os\nif x:\n    pass\nelif y:  # nosec\n    os.system('a' + b)\n",
            "import os\n@x  # nosec\ndef f():\n    os.system('a' + b)\n",
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
        // Plug-ins of bandit and checks that it no longer has are none of our business.
        assert_eq!(told("x = 1  # nosec B999\n"), 0);
        assert_eq!(told("x = 1  # aetherra: ignore[no-such-rule]\n"), 1);
        // What could not be read may need it.
        assert_eq!(told("x = 1  # nosec B602\ndef f(:\n"), 0);
        assert_eq!(told(&"x = 1  # nosec B602\n".repeat(1_000)), MAX_UNUSED + 1);
        assert_eq!(told("x = '# nosec B602'\n'''\n# nosec\n'''\n"), 0);
    }

    #[test]
    fn rules_that_do_not_run_leave_their_comments_alone() {
        let text = "x = 1  # nosec B602\ny = 1  # aetherra: ignore[sql-injection]\nz = 1  # nosec\n";
        let told = |selection: &Selection| {
            let rules = RuleSet::new(selection).expect("known rules");
            let digest = Digest::of(text.as_bytes());
            let judgement = analyse("x.py", text.as_bytes(), digest, &rules, InlineSuppressions::Obeyed);
            judgement.diagnostics.iter().filter_map(|said| said.line).collect::<Vec<_>>()
        };
        assert_eq!(told(&Selection::default()), [1, 2, 3]);
        assert_eq!(told(&Selection { ignore: vec!["sql-injection".into()], ..Selection::default() }), [1]);
        assert_eq!(told(&Selection { select: vec!["eval-used".into()], ..Selection::default() }), [0_u32; 0]);
    }

    #[test]
    fn strict_mode_does_not_obey_the_code() {
        let judgement = judged("import os\nos.system('a' + b)  # nosec\n", InlineSuppressions::Refused);
        assert!(judgement.findings.iter().all(|finding| finding.suppressed_by.is_none()));
        assert!(judgement.diagnostics.iter().any(|diagnostic| diagnostic.code == "suppression-refused"));
    }
}
