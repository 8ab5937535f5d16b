//! From the bytes of one file to its findings.

use std::borrow::Cow;
use std::sync::Arc;

use ruff_text_size::{Ranged, TextRange};
use serde::{Deserialize, Serialize};

use super::capability;
use super::check;
use super::declaration;
use super::embedded;
use super::fingerprint;
use super::flow;
use super::hosts;
use super::inputs;
use super::python::{Model, ParsedModule, dead, parse};
use super::rules::{Draft, RuleSet, tools_of};
use super::source::{SourceUnit, Undecodable};
use super::suppress::Suppressions;
pub use crate::model::FileJudgement;
use crate::model::{Category, Confidence, Diagnostic, Digest, Finding, Fix, Language, Severity, SkipReason, Skipped};

/// Changes when the same rules would judge the same file otherwise than before; part of the key of the cache.
pub const RULES_VERSION: u32 = 13;

/// Lines of code that findings show are cut after this many characters.
const MAX_SNIPPET: usize = 240;

/// More findings than this in one file are cut, the worst kept; the file then counts as judged in part.
const MAX_FINDINGS: usize = 10_000;

/// Errors of the parser that are told for one file.
const MAX_PROBLEMS: usize = 5;

/// How the comments in a file that silence findings are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InlineSuppressions {
    /// They silence what they name.
    Obeyed,
    /// They are told, and change nothing: code must not loosen its own gate.
    Refused,
}

/// Judges the bytes of one file on its own.
pub fn analyse(path: &str, bytes: &[u8], digest: Digest, rules: &RuleSet, inline: InlineSuppressions) -> FileJudgement {
    analyse_within(path, Cow::Borrowed(bytes), digest, rules, inline, &flow::Alone).0
}

/// Judges the bytes of one file as a part of a project.
pub fn analyse_within(
    path: &str,
    bytes: Cow<'_, [u8]>,
    digest: Digest,
    rules: &RuleSet,
    inline: InlineSuppressions,
    modules: &dyn flow::Modules,
) -> (FileJudgement, flow::Reach) {
    let alone = |judgement| (judgement, flow::Reach::File);
    let kind = inputs::of(path, bytes.get(..512).unwrap_or(&bytes));
    if kind != Some(inputs::Kind::Python) {
        let source = if kind == Some(inputs::Kind::Compiled) { inputs::compiled::source_of(path) } else { None };
        let beside = source.map_or_else(Default::default, |source| modules.beside(&source));
        let terms = inputs::Terms { limits: inputs::Limits::default(), rules, beside: &beside };
        let judgement = inputs::judge(path, &bytes, digest, inline, terms);
        let reach = match beside {
            inputs::compiled::Beside::Unknown => flow::Reach::File,
            _ => flow::Reach::Project,
        };
        return (judgement, reach);
    }
    let unit = match SourceUnit::decode(path, bytes, Language::Python) {
        Ok(unit) => unit,
        Err(why) => {
            let reason = match why {
                Undecodable::TooLarge => SkipReason::TooLarge,
                Undecodable::Binary => SkipReason::Binary,
                Undecodable::Invalid(_) | Undecodable::UnknownEncoding(_) => SkipReason::Undecodable,
            };
            return alone(FileJudgement::unjudged(path, digest, reason, why.to_string()));
        }
    };
    let too_deep =
        || alone(FileJudgement::unjudged(path, digest, SkipReason::LimitReached, "it nests too deeply to be judged"));
    let kept = modules.kept(path).filter(|kept| kept.source.text == unit.text);
    let whole = match kept {
        Some(whole) => whole,
        None => {
            let Ok(module) = parse::parse(&unit.text) else { return too_deep() };
            Arc::new(flow::Unit { source: unit, module })
        }
    };
    let (unit, module) = (&whole.source, &whole.module);
    let Ok(model) = Model::new(module) else {
        // Dropping a tree recurses as deep as the tree: one that is too deep to walk is better left alone.
        std::mem::forget(Arc::clone(&whole));
        return too_deep();
    };
    let model = model.in_package(package_of(path));
    let is_test = check::is_test_code(unit, &model);
    let mut drafts = check::run(unit, &model, rules);
    drafts.extend(embedded::look(unit, &model, module.comments(), rules, is_test));
    let mut judgement = FileJudgement {
        path: path.to_owned(),
        digest,
        findings: Vec::new(),
        capabilities: std::collections::BTreeSet::new(),
        hosts: std::collections::BTreeSet::new(),
        paths: std::collections::BTreeSet::new(),
        shown_at: std::collections::BTreeMap::new(),
        tools: std::collections::BTreeMap::new(),
        benefit: capability::benefit(module.suite()),
        gap: None,
        diagnostics: Vec::new(),
        lines: unit.line_count(),
    };
    tell_problems(unit, module, &mut judgement);
    let mut followed = if rules.follows_data() {
        let suspects: Vec<TextRange> =
            drafts.iter().filter(|draft| is_suspect(draft, rules)).map(|draft| draft.range).collect();
        flow::analyse(&whole, &model, &suspects, modules, is_test)
    } else {
        flow::Judgement::default()
    };
    let suspected = drafts.iter().any(|draft| is_suspect(draft, rules));
    let dead = if suspected { dead::branches(&unit.text, module.suite()) } else { Vec::new() };
    let never_runs = |draft: &Draft| is_suspect(draft, rules) && dead.iter().any(|r| r.contains_range(draft.range));
    drafts.retain(|draft| rules.wants(draft.codes) && !is_settled(draft, rules, &followed) && !never_runs(draft));
    drafts.sort_by_key(|draft| (draft.range.start(), draft.range.end(), draft.rule.id));
    drafts.dedup_by(|a, b| a.range == b.range && a.rule.id == b.rule.id && a.codes == b.codes);
    if drafts.len() > MAX_FINDINGS {
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.severity));
        drafts.truncate(MAX_FINDINGS);
        drafts.sort_by_key(|draft| (draft.range.start(), draft.range.end(), draft.rule.id));
        let detail = format!("more than {MAX_FINDINGS} findings; the worst are told");
        judgement.gap = Some(Skipped { path: path.to_owned(), reason: SkipReason::LimitReached, detail });
    }
    if model.is_spent() {
        let detail = "it puts more together from pieces than is looked at".to_owned();
        judgement.gap = Some(Skipped { path: path.to_owned(), reason: SkipReason::LimitReached, detail });
    }
    judgement.findings = drafts.into_iter().map(|draft| finding(unit, draft)).collect();
    if is_test {
        soften(&mut followed.findings);
    }
    let reach = followed.reach;
    add_followed(&mut judgement, followed, rules);
    let able = capability::of(unit, &model, &judgement.findings);
    judgement.capabilities = able.shown_at.keys().map(|word| (*word).to_owned()).collect();
    judgement.shown_at = able.shown_at.into_iter().map(|(word, line)| (word.to_owned(), line)).collect();
    judgement.paths = able.paths;
    judgement.hosts = hosts::of(&model);
    if !is_test {
        let tools = tools_of(&unit.text, &model).into_iter();
        judgement.tools = tools.map(|(word, range)| (word.to_owned(), unit.line(range.start()))).collect();
    }
    fingerprint::assign(unit, &mut judgement.findings);
    declaration::check_inside(unit, &model, module.suite(), rules, &mut judgement);
    if let Some(suppressions) = Suppressions::read(unit, module, &model) {
        let everything = || check::run(unit, &model, &RuleSet::everything());
        suppressions.apply(unit, inline, rules, everything, &mut judgement);
    }
    (judgement, reach)
}

/// Whether the data flow has seen that what a rule suspects is harmless here.
fn is_settled(draft: &Draft, rules: &RuleSet, followed: &flow::Judgement) -> bool {
    is_suspect(draft, rules)
        && (followed.harmless.iter().any(|place| covers(*place, draft))
            || followed.harmless_texts.contains(&draft.range))
}

/// Whether what a rule suspects depends on data, so that the data flow may acquit it.
fn is_suspect(draft: &Draft, rules: &RuleSet) -> bool {
    let category = matches!(
        draft.rule.category,
        Category::ExternalCommand | Category::CodeExecution | Category::Injection | Category::Deserialisation
    );
    // These are about what is constant: a program's name, a pattern, an option that is missing.
    let constant = matches!(draft.rule.id, "partial-path" | "shell-wildcard" | "unsafe-torch-load" | "mako-template");
    // Where a request goes is a question of data as well.
    let category = category || draft.rule.id == "url-open";
    // A note is not worth the time.
    let counts = draft.severity > Severity::Note;
    counts && category && !constant && rules.wants(draft.codes) && rules.judges(draft.rule)
}

/// Whether what is harmless is the very place of a draft, or the call that its query is an argument of.
fn covers(place: TextRange, draft: &Draft) -> bool {
    place == draft.range || matches!(draft.rule.cwe, 78 | 89) && place.contains_range(draft.range)
}

/// In tests, what is mild anyway is worth a note, and so is what would harm a visitor, whom a test has not.
fn soften(findings: &mut [Finding]) {
    let harms_visitors = |finding: &Finding| matches!(finding.cwe, 79 | 113 | 117 | 601);
    for finding in findings.iter_mut() {
        if finding.severity <= Severity::Medium || harms_visitors(finding) {
            finding.severity = Severity::Note;
        }
    }
}

/// Adds what the data flow found.
fn add_followed(judgement: &mut FileJudgement, followed: flow::Judgement, rules: &RuleSet) {
    let path = judgement.path.clone();
    if followed.limited && judgement.gap.is_none() {
        let detail = "the flow of data was followed up to a limit only".to_owned();
        let diagnostic = Diagnostic::note("flow-limit", detail).at(path);
        judgement.diagnostics.push(diagnostic);
    }
    let hashes: Vec<(u32, Severity, Confidence)> = judgement
        .findings
        .iter()
        .filter(|finding| finding.rule == "weak-hash")
        .map(|finding| (finding.line, finding.severity, finding.confidence))
        .collect();
    // A hash is told once, and not where the names around it say that it only names content.
    let told = |finding: &Finding| {
        finding.rule == "weak-hash-value"
            && hashes.iter().any(|(line, severity, confidence)| {
                let names_content = *severity == Severity::Note && *confidence > Confidence::Low;
                *line == finding.line && (*severity >= finding.severity || names_content)
            })
    };
    let more: Vec<Finding> =
        followed.findings.into_iter().filter(|finding| rules.has(&finding.rule) && !told(finding)).collect();
    let hashed: Vec<u32> = more.iter().filter(|finding| finding.rule == "weak-hash-value").map(|f| f.line).collect();
    judgement.findings.retain(|finding| finding.rule != "weak-hash" || !hashed.contains(&finding.line));
    judgement.findings.extend(more);
    judgement.findings.sort_by(|a, b| {
        (a.line, a.column, a.end_line, a.end_column, &a.rule).cmp(&(
            b.line,
            b.column,
            b.end_line,
            b.end_column,
            &b.rule,
        ))
    });
}

/// The package that a module lies in, by its path.
fn package_of(path: &str) -> Vec<String> {
    let mut parts: Vec<String> =
        path.split('/').filter(|part| !matches!(*part, "" | "." | ".." | "src")).map(str::to_owned).collect();
    parts.pop();
    parts
}

fn finding(unit: &SourceUnit, draft: Draft) -> Finding {
    let start = unit.position(draft.range.start());
    let end = unit.position(draft.range.end());
    let fix = draft.fix.map(|fix| {
        let at = |offset: u32| unit.position(offset.into());
        let (from, to) = (at(fix.start), at(fix.end));
        Fix { from: (from.line, from.column), to: (to.line, to.column), ..fix }
    });
    Finding {
        rule: draft.rule.id.to_owned(),
        aliases: draft.codes.iter().map(|code| (*code).to_owned()).collect(),
        path: unit.path.clone(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        severity: draft.severity,
        confidence: draft.confidence,
        category: draft.rule.category,
        cwe: draft.rule.cwe,
        message: draft.message,
        help: draft.rule.help.to_owned(),
        snippet: snippet(unit, draft.range, draft.rule.category),
        path_of_data: Vec::new(),
        fix,
        fingerprint: String::new(),
        suppressed_by: None,
    }
}

/// The first line of a finding as it stands in the file. Secrets are masked: a report must not spread them.
pub fn snippet(unit: &SourceUnit, range: TextRange, category: Category) -> String {
    let line = unit.line(range.start());
    let text = unit.line_text(line);
    let text = if category == Category::Secrets { mask(text) } else { text.to_owned() };
    text.chars().take(MAX_SNIPPET).map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// Replaces what stands in quotes, except its first two characters.
fn mask(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut quote = None;
    let mut inside = 0;
    for c in line.chars() {
        match quote {
            None => {
                if matches!(c, '"' | '\'') {
                    quote = Some(c);
                    inside = 0;
                }
                out.push(c);
            }
            Some(open) if c == open => {
                quote = None;
                out.push(c);
            }
            Some(_) => {
                inside += 1;
                out.push(if inside <= 2 { c } else { '*' });
            }
        }
    }
    out
}

fn tell_problems(unit: &SourceUnit, module: &ParsedModule, judgement: &mut FileJudgement) {
    let mut first = None;
    for (count, problem) in module.problems().enumerate() {
        if count >= MAX_PROBLEMS {
            break;
        }
        let position = unit.position(problem.range.start());
        first.get_or_insert_with(|| format!("line {}: {}", position.line, problem.message));
        let mut diagnostic = Diagnostic::warning("syntax-error", format!("this does not parse: {}", problem.message))
            .at(unit.path.clone())
            .on_line(position.line)
            .helped("what could be read was judged; correct the syntax to have all of it judged");
        diagnostic.column = Some(position.column);
        judgement.diagnostics.push(diagnostic);
    }
    judgement.gap = first.map(|detail| Skipped { path: unit.path.clone(), reason: SkipReason::Unparsable, detail });
}

/// The line range of a node, from one.
pub(super) fn lines_of(unit: &SourceUnit, node: &impl Ranged) -> (u32, u32) {
    (unit.line(node.start()), unit.line(node.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(text: &str) -> FileJudgement {
        analyse(
            "app/x.py",
            text.as_bytes(),
            Digest::of(text.as_bytes()),
            &RuleSet::standard(),
            InlineSuppressions::Obeyed,
        )
    }

    #[test]
    fn broken_files_are_judged_as_far_as_they_go() {
        let judgement = judge("import os\nos.system('x ' + y)\ndef f(:\n");
        assert_eq!(judgement.findings.first().map(|f| (f.rule.as_str(), f.line)), Some(("shell-command", 2)));
        assert_eq!(judgement.gap.map(|gap| gap.reason), Some(SkipReason::Unparsable));
    }

    #[test]
    fn secrets_are_masked() {
        let judgement = judge("password = 'd6s$f9g!j8mg7hw?n&2'\n");
        let snippet = judgement.findings.first().map(|f| f.snippet.clone()).unwrap_or_default();
        assert!(snippet.starts_with("password = 'd6***") && !snippet.contains("f9g"), "{snippet}");
    }

    #[test]
    fn what_looks_like_danger_and_is_none_gives_nothing() {
        let text = "from PyQt5.QtWidgets import QApplication\napp = QApplication([])\napp.exec()\nmodel.eval()\n\
                    pattern = 'eval(input())'\n\"\"\"os.system('rm')\"\"\"\nimport subprocess\n\
                    subprocess.run(['git', 'status'])\nimport hashlib\ncache_key = hashlib.md5(x).hexdigest()\n\
                    re.compile(x)\ndf.eval('a + b')\n";
        let told: Vec<_> =
            judge(text).findings.into_iter().filter(|f| f.severity > crate::model::Severity::Note).collect();
        assert!(told.is_empty(), "{told:?}");
    }
}
