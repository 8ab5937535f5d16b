//! From judgements to the report.

use super::security_eval::{Answered, HumanStyle, RuleNote, SecurityReport, Summary};
use super::{Answer, Stats};
use crate::incorporation::evaluate::{Counts, Evaluated, Sort};
use crate::model::{Decision, Diagnostic, Finding, RiskScore, Severity, Skipped};
use crate::security::rules;
use crate::security::threshold::Thresholds;

/// From where on findings gate and are told, and how.
#[derive(Debug, Clone)]
pub struct Telling {
    /// The severities that gate.
    pub gates: Thresholds,
    /// The mildest severity that is told.
    pub report_from: Severity,
    /// How the human form is written.
    pub style: HumanStyle,
}

/// The answer of the command.
pub fn answer(evaluated: Evaluated, telling: &Telling) -> Answer {
    let mut summary =
        Summary { fail_on: telling.gates.everywhere(), from_cache: evaluated.from_cache as u64, ..Summary::default() };
    let (mut findings, mut suppressed, mut verdicts) = (Vec::new(), Vec::new(), Vec::new());
    let mut diagnostics = evaluated.diagnostics;
    let mut skipped: Vec<Skipped> = evaluated.skipped;
    let mut complete = 0_u64;
    let mut risk = RiskScore::default();
    for (judgement, verdict) in evaluated.files {
        summary.files += 1;
        summary.lines += u64::from(judgement.lines);
        *summary.by_decision.entry(verdict.decision).or_default() += 1;
        raise(&mut risk, &verdict.risk);
        complete += u64::from(judgement.is_complete());
        skipped.extend(judgement.gap);
        diagnostics.extend(judgement.diagnostics);
        let told = findings.len();
        let gate = telling.gates.of(&judgement.path);
        let untold = evaluated.untold.get(&judgement.path);
        for (sort, many) in untold.into_iter().flatten() {
            summary.untold += many;
            count(&mut summary, sort, *many, gate, telling.report_from);
        }
        for finding in judgement.findings {
            let suppressed_by = finding.suppressed_by.clone();
            let sort = Sort { severity: finding.severity, category: finding.category, suppressed_by };
            count(&mut summary, &sort, 1, gate, telling.report_from);
            if finding.severity >= telling.report_from {
                if finding.suppressed_by.is_some() { suppressed.push(finding) } else { findings.push(finding) }
            }
        }
        let counts = |untold: &Counts| untold.keys().any(|sort| sort.suppressed_by.is_none());
        summary.files_with_findings += u64::from(findings.len() > told || untold.is_some_and(counts));
        verdicts.push(verdict);
    }
    skipped.sort();
    diagnostics.extend(untold_gaps(&skipped, &diagnostics));
    let gaps = skipped.iter().any(|skipped| skipped.reason.is_gap());
    let stats = Stats { inputs: summary.files, judged: complete, skipped: skipped.clone() };
    let answer = match (summary.gated, gaps, summary.files) {
        (1.., ..) => Answered::Gated,
        (_, true, _) => Answered::Gaps,
        (_, _, 0) => Answered::Nothing,
        _ => Answered::Clean,
    };
    let decision = summary.by_decision.keys().copied().max_by_key(|decision| strictness(*decision));
    let next = next_steps(&summary, &findings);
    let rules = notes(findings.iter().chain(&suppressed));
    let style = telling.style;
    if summary.untold > 0 {
        let listed = findings.len() + suppressed.len();
        let text =
            format!("there are too many findings: the {listed} worst are listed, {} more are counted", summary.untold);
        diagnostics.push(Diagnostic::warning("results-cut", text).helped("narrow the paths or the rules"));
    }
    let report = SecurityReport {
        summary,
        risk,
        decision,
        findings,
        suppressed,
        verdicts,
        rules,
        style,
        skipped,
        answer,
        ..SecurityReport::default()
    };
    Answer { stats, diagnostics: tidy(diagnostics), next, ..Answer::new(report) }
}

fn strictness(decision: Decision) -> u8 {
    match decision {
        Decision::Approve => 0,
        Decision::Review => 1,
        Decision::Reject => 2,
        Decision::Quarantine => 3,
    }
}

fn raise(all: &mut RiskScore, one: &RiskScore) {
    all.overall = all.overall.max(one.overall);
    for (category, risk) in &one.by_category {
        let highest = all.by_category.entry(*category).or_default();
        *highest = highest.max(*risk);
    }
}

fn count(summary: &mut Summary, sort: &Sort, many: u64, gate: Severity, report_from: Severity) {
    let told = sort.severity >= report_from;
    if let Some(by) = &sort.suppressed_by {
        if told {
            *summary.suppressed.entry(by.clone()).or_default() += many;
        }
        return;
    }
    if sort.severity >= gate {
        summary.gated += many;
    }
    if told {
        *summary.by_severity.entry(sort.severity).or_default() += many;
        *summary.by_category.entry(sort.category).or_default() += many;
    }
}

fn notes<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<RuleNote> {
    let mut ids: Vec<&str> = findings.map(|finding| finding.rule.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = ids.into_iter().filter_map(rules::by_id);
    known
        .map(|rule| RuleNote {
            id: rule.id.to_owned(),
            title: rule.title.to_owned(),
            help: rule.help.to_owned(),
            cwe: rule.cwe,
            severity: rule.severity,
            aliases: rule.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            page: rules::page(rule.id).unwrap_or_default().to_owned(),
        })
        .collect()
}

fn next_steps(summary: &Summary, findings: &[Finding]) -> Vec<String> {
    let worst = findings.iter().max_by_key(|finding| finding.severity);
    match worst {
        Some(finding) if summary.gated > 0 => vec![format!("aetherra-maint explain {}", finding.rule)],
        _ => Vec::new(),
    }
}

/// What was left out and shows in no message yet.
fn untold_gaps(skipped: &[Skipped], told: &[Diagnostic]) -> Vec<Diagnostic> {
    let told: std::collections::BTreeSet<&str> = told.iter().filter_map(|message| message.path.as_deref()).collect();
    let gaps = skipped.iter().filter(|skipped| skipped.reason.is_gap() && !told.contains(skipped.path.as_str()));
    gaps.map(|skipped| {
        Diagnostic::warning(
            "not-judged",
            format!("{}, so it was not judged: {}", skipped.reason.word(), skipped.detail),
        )
        .at(skipped.path.clone())
        .helped("make it readable, or leave it out; `--allow-incomplete` makes the exit code 0")
    })
    .collect()
}

/// At most one screen of diagnostics of the same code, and how many more there are.
fn tidy(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    const EACH: usize = 100;
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    diagnostics.retain(|diagnostic| {
        let count = seen.entry(diagnostic.code.clone()).or_default();
        *count += 1;
        *count <= EACH
    });
    for (code, count) in seen {
        if let Some(more) = count.checked_sub(EACH).filter(|more| *more > 0) {
            diagnostics.push(Diagnostic::note(code, format!("{more} more messages like these are not shown")));
        }
    }
    diagnostics
}
