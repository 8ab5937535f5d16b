//! From what the interpreter met to findings.

use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashMap;

use super::interpret::{Hit, Interpreter, StepNote};
use super::sources::SourceKind;
use super::values::{StepId, UnitId};
use super::weakness::{Mask, Weakness};
use super::{Judgement, Reach};
use crate::model::{Confidence, Finding, Severity, TaintStep};
use crate::security::source::SourceUnit;

/// More steps than this are not shown.
const MAX_STEPS: usize = 32;

/// The findings of an analysis that has ended.
pub fn judgement(interpreter: &Interpreter<'_>) -> Judgement {
    let mut findings: Vec<Finding> = interpreter.hits.iter().filter_map(|hit| finding(interpreter, hit)).collect();
    findings.sort_by(|a, b| (a.line, a.column, &a.rule).cmp(&(b.line, b.column, &b.rule)));
    findings.dedup_by(|a, b| a.rule == b.rule && a.line == b.line && a.column == b.column);
    let reach = if interpreter.library.is_alone() { Reach::File } else { Reach::Project };
    let harmless = acquitted(&interpreter.verdicts);
    let harmless_texts = acquitted(&interpreter.texts);
    Judgement { findings, limited: interpreter.limited, reach, harmless, harmless_texts }
}

fn acquitted(verdicts: &FxHashMap<TextRange, bool>) -> Vec<TextRange> {
    let mut harmless: Vec<_> = verdicts.iter().filter(|(_, harmless)| **harmless).map(|(range, _)| *range).collect();
    harmless.sort_by_key(|range| (range.start(), range.end()));
    harmless
}

fn unit<'a>(interpreter: &'a Interpreter<'_>, id: UnitId) -> Option<&'a SourceUnit> {
    interpreter.library.unit(id).map(|unit| &unit.source)
}

fn finding(interpreter: &Interpreter<'_>, hit: &Hit) -> Option<Finding> {
    let source = unit(interpreter, hit.unit)?;
    let about = hit.weakness.about();
    let start = source.position(hit.range.start());
    let end = source.position(hit.range.end());
    let seen = hit.flow.and_then(|flow| interpreter.sources.get(interpreter.state.source_of(flow.origin) as usize));
    let kind = seen.map(|seen| seen.kind);
    // Whoever has the machine gains nothing by a number or a cell.
    if matches!(hit.weakness, Weakness::Number | Weakness::Cell | Weakness::Password) && kind != Some(SourceKind::Web) {
        return None;
    }
    let mut severity = severity(hit.weakness, about.severity, kind);
    // Whoever chooses a module or a name can only choose among those that are there.
    if hit.weakness == Weakness::Code
        && ["__import__", "import_module", "globals", "locals", "vars"].iter().any(|way| hit.sink.ends_with(way))
    {
        severity = severity.min(Severity::High);
    }
    let uncertain = hit.flow.is_some_and(|flow| Mask::UNCERTAIN.within(flow.clean));
    // Data that went through something unknown on its way is a reason to look there, and to stop only where it does
    // the most harm.
    let mild = matches!(hit.weakness, Weakness::Xss | Weakness::Path | Weakness::Header | Weakness::Redirect);
    if uncertain && mild {
        severity = severity.min(Severity::Medium);
    }
    let confidence = match kind {
        _ if uncertain => Confidence::Low,
        Some(SourceKind::Web | SourceKind::Agent) => Confidence::High,
        Some(SourceKind::Stored) => Confidence::Low,
        Some(_) => Confidence::Medium,
        None => Confidence::High,
    };
    let sink = &hit.sink;
    let message = match seen {
        Some(seen) => format!("data from {} {} (`{sink}`)", seen.words, about.message),
        None if hit.weakness == Weakness::Cookie => format!("the cookie {} (`{sink}`)", about.message),
        None => format!("data {} (`{sink}`)", about.message),
    };
    Some(Finding {
        rule: about.rule.to_owned(),
        aliases: Vec::new(),
        path: source.path.clone(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        severity,
        confidence,
        category: about.category,
        cwe: about.cwe,
        message,
        help: about.help.to_owned(),
        snippet: crate::security::analyse::snippet(source, hit.range, about.category),
        fix: None,
        path_of_data: hit.flow.map_or_else(Vec::new, |flow| path(interpreter, flow.step, hit)),
        fingerprint: String::new(),
        suppressed_by: None,
    })
}

/// Data that needs access to the machine is dangerous only where it gives more than that.
fn severity(weakness: Weakness, severity: Severity, kind: Option<SourceKind>) -> Severity {
    let grave = matches!(weakness, Weakness::Command | Weakness::Code | Weakness::Deserialise);
    match kind {
        // Whoever writes to a queue or has a model answer is no stranger who hides what was done.
        Some(SourceKind::Agent | SourceKind::Network) if weakness == Weakness::Log => Severity::Note,
        None | Some(SourceKind::Web | SourceKind::Agent | SourceKind::Network | SourceKind::Random) => severity,
        Some(SourceKind::Arguments | SourceKind::Environment | SourceKind::Console) => match weakness {
            _ if grave => Severity::Medium,
            Weakness::Sql | Weakness::Template | Weakness::Xpath | Weakness::Ldap => Severity::Low,
            _ => Severity::Note,
        },
        Some(SourceKind::Stored | SourceKind::Caller) => Severity::Note,
    }
}

fn path(interpreter: &Interpreter<'_>, last: StepId, hit: &Hit) -> Vec<TaintStep> {
    let mut steps = Vec::new();
    let mut next = Some(last);
    while let Some(id) = next {
        let Some(step) = interpreter.steps.get(id as usize) else { break };
        next = step.before;
        let Some(source) = unit(interpreter, step.unit) else { continue };
        let at = source.position(step.range.start());
        let note = match &step.note {
            StepNote::Source(words) if step.before.is_none() => format!("data enters: {words}"),
            StepNote::Source(words) => words.to_string(),
            StepNote::Assigned(name) => format!("assigned to `{name}`"),
            StepNote::Passed(name) => format!("passed as `{name}`"),
            StepNote::Returned(name) => format!("returned by `{name}`"),
        };
        steps.push(TaintStep { path: source.path.clone(), line: at.line, column: at.column, note });
    }
    steps.reverse();
    if steps.len() > MAX_STEPS {
        steps.drain(MAX_STEPS / 2..steps.len() - MAX_STEPS / 2);
    }
    if let Some(source) = unit(interpreter, hit.unit) {
        let at = source.position(hit.range.range().start());
        steps.push(TaintStep {
            path: source.path.clone(),
            line: at.line,
            column: at.column,
            note: format!("reaches `{}`", hit.sink),
        });
    }
    steps
}
