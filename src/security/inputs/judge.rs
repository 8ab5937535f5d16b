//! From what analysers saw to the judgement of a file.

use ruff_text_size::{TextRange, TextSize};

use super::{Input, Judged, Observation, Terms, kind};
use crate::model::{Category, Digest, FileJudgement, Finding, Language, SkipReason, Skipped};
use crate::security::analyse::{InlineSuppressions, snippet};
use crate::security::fingerprint;
use crate::security::rules::by_id;
use crate::security::source::{SourceUnit, decode};

/// More findings than this in one file are cut, the worst kept; the file then counts as judged in part.
const MAX_FINDINGS: usize = 2_000;

/// Judges an input that is no Python.
pub fn judge(path: &str, bytes: &[u8], digest: Digest, inline: InlineSuppressions, terms: Terms<'_>) -> FileJudgement {
    let Some(kind) = kind::of(path, bytes.get(..512).unwrap_or(bytes)) else {
        return FileJudgement::unjudged(path, digest, SkipReason::Unsupported, "no analyser knows this kind of file");
    };
    let mut gaps = Vec::new();
    let binary = matches!(kind, super::Kind::Archive | super::Kind::Pickle | super::Kind::Compiled);
    let text = if binary { None } else { Some(readable(bytes, kind, &mut gaps)) };
    let input = Input { path, bytes, text: text.as_deref(), kind };
    let judged = super::analyse(&input, terms);
    gaps.extend(judged.gaps.iter().cloned());
    let unit = SourceUnit::new(path, text.unwrap_or_default(), Language::Other);
    let mut judgement = assemble(&unit, digest, judged, terms.rules);
    if judgement.findings.len() > MAX_FINDINGS {
        judgement.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        judgement.findings.truncate(MAX_FINDINGS);
        gaps.push((SkipReason::LimitReached, format!("more than {MAX_FINDINGS} findings; the worst are told")));
    }
    let place = |finding: &Finding| (finding.line, finding.column);
    judgement.findings.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.rule.cmp(&b.rule)));
    fingerprint::assign(&unit, &mut judgement.findings);
    if inline == InlineSuppressions::Obeyed {
        silence(&unit, &mut judgement.findings);
    }
    let gap = gaps.into_iter().next();
    judgement.gap = gap.map(|(reason, detail)| Skipped { path: path.to_owned(), reason, detail });
    judgement
}

/// The text of an input. What cannot be decoded is read as far as it is ASCII; for what does something by
/// itself that is a gap.
fn readable(bytes: &[u8], kind: super::Kind, gaps: &mut Vec<(SkipReason, String)>) -> String {
    match decode(bytes) {
        Ok((text, _)) => text,
        Err(why) => {
            if kind.is_active() {
                gaps.push((SkipReason::Undecodable, why.to_string()));
            }
            String::from_utf8_lossy(bytes).into_owned()
        }
    }
}

fn assemble(
    unit: &SourceUnit,
    digest: Digest,
    judged: Judged,
    rules: &crate::security::rules::RuleSet,
) -> FileJudgement {
    let wanted = judged.observations.into_iter().filter(|seen| rules.has(seen.rule));
    let mut findings: Vec<Finding> = wanted.filter_map(|seen| finding(unit, seen)).collect();
    findings.extend(judged.findings);
    FileJudgement {
        path: unit.path.clone(),
        digest,
        findings,
        capabilities: judged.capabilities.keys().map(|word| (*word).to_owned()).collect(),
        hosts: crate::security::hosts::in_text(&unit.text),
        paths: std::collections::BTreeSet::new(),
        shown_at: judged.capabilities.iter().map(|(word, &at)| ((*word).to_owned(), line_at(unit, at))).collect(),
        tools: std::collections::BTreeMap::new(),
        benefit: crate::model::Benefit::default(),
        gap: None,
        diagnostics: Vec::new(),
        lines: unit.line_count(),
    }
}

/// The line of an offset.
fn line_at(unit: &SourceUnit, at: usize) -> u32 {
    let mut at = at.min(unit.text.len());
    while !unit.text.is_char_boundary(at) {
        at -= 1;
    }
    unit.position(TextSize::new(u32::try_from(at).unwrap_or(0))).line
}

/// A finding from an observation; none when its rule is not registered, which a test rules out.
pub(super) fn finding(unit: &SourceUnit, seen: Observation) -> Option<Finding> {
    let rule = by_id(seen.rule)?;
    let offset = |at: usize| {
        let mut at = at.min(unit.text.len());
        while !unit.text.is_char_boundary(at) {
            at -= 1;
        }
        TextSize::new(u32::try_from(at).unwrap_or(0))
    };
    let range = TextRange::new(offset(seen.start), offset(seen.end.max(seen.start)));
    let (start, end) = (unit.position(range.start()), unit.position(range.end()));
    let shown = snippet(unit, range, rule.category);
    let shown = if rule.category == Category::Secrets && !shown.is_empty() {
        format!("{}…", shown.trim_start().chars().take(6).collect::<String>())
    } else {
        shown
    };
    Some(Finding {
        rule: rule.id.to_owned(),
        path: unit.path.clone(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        severity: seen.severity,
        confidence: seen.confidence,
        category: rule.category,
        cwe: rule.cwe,
        message: seen.message,
        help: rule.help.to_owned(),
        snippet: shown,
        ..Finding::default()
    })
}

/// Obeys `aetherra: ignore[rule]` on the line of a finding or on the one above.
fn silence(unit: &SourceUnit, findings: &mut [Finding]) {
    const MARK: &str = "aetherra: ignore[";
    if memchr::memmem::find(unit.text.as_bytes(), MARK.as_bytes()).is_none() {
        return;
    }
    let names = |line: u32, rule: &str| {
        let text = unit.line_text(line);
        let named = text.split_once(MARK).and_then(|(_, rest)| rest.split_once(']'));
        named.is_some_and(|(ids, _)| ids.split(',').any(|id| id.trim() == rule))
    };
    for finding in findings.iter_mut() {
        if names(finding.line, &finding.rule) || (finding.line > 1 && names(finding.line - 1, &finding.rule)) {
            finding.suppressed_by = Some("ignore".to_owned());
        }
    }
}
