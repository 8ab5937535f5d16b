//! SARIF 2.1.0, as GitHub accepts it.

use serde_json::{Value, json};

use crate::model::{Finding, Severity, TaintStep};
use crate::report::security_eval::SecurityReport;

/// GitHub takes this many results a run.
const MAX_RESULTS: usize = 25_000;

/// GitHub takes this many steps in a flow.
const MAX_STEPS: usize = 10_000;

/// GitHub takes this many tags a rule.
const MAX_TAGS: usize = 20;

/// The whole document.
pub fn document(report: &SecurityReport) -> String {
    let mut results: Vec<&Finding> = report.findings.iter().chain(&report.suppressed).collect();
    let all = results.len();
    if all > MAX_RESULTS {
        results.sort_by_key(|finding| (finding.suppressed_by.is_some(), std::cmp::Reverse(finding.severity)));
        results.truncate(MAX_RESULTS);
    }
    results.sort_by(|a, b| (&a.path, a.line, a.column, &a.rule).cmp(&(&b.path, b.line, b.column, &b.rule)));
    let index_of = |rule: &str| report.rules.iter().position(|note| note.id == rule);
    let mut notifications: Vec<Value> = report
        .skipped
        .iter()
        .map(|skipped| {
            json!({
                "level": if skipped.reason.is_gap() { "error" } else { "note" },
                "descriptor": {"id": skipped.reason.word()},
                "message": {"text": format!("{} was not judged in full: {}", skipped.path, skipped.detail)},
                "locations": [{"physicalLocation": {"artifactLocation": artifact(&skipped.path)}}],
            })
        })
        .collect();
    if all > MAX_RESULTS {
        let text = format!("{all} results were found; the {MAX_RESULTS} of the highest severity are told");
        notifications.push(json!({"level": "warning", "descriptor": {"id": "results-cut"}, "message": {"text": text}}));
    }
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "aetherra-maint",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules(report),
            }},
            "automationDetails": {"id": "security-eval/"},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"PROJECT": {"description": {"text": "The project folder"}}},
            "invocations": [{
                "executionSuccessful": report.skipped.iter().all(|skipped| !skipped.reason.is_gap()),
                "toolExecutionNotifications": notifications,
            }],
            "results": results.iter().map(|finding| result(finding, index_of(&finding.rule))).collect::<Vec<_>>(),
        }],
    });
    format!("{document:#}\n")
}

fn rules(report: &SecurityReport) -> Vec<Value> {
    report
        .rules
        .iter()
        .map(|note| {
            let mut tags = vec!["security".to_owned()];
            if note.cwe > 0 {
                tags.push(format!("external/cwe/cwe-{:03}", note.cwe));
            }
            tags.extend(note.aliases.iter().cloned());
            tags.truncate(MAX_TAGS);
            let markdown = if note.page.is_empty() { note.help.clone() } else { note.page.clone() };
            json!({
                "id": note.id,
                "name": note.id,
                "shortDescription": {"text": note.title},
                "fullDescription": {"text": note.title},
                "help": {"text": note.help, "markdown": markdown},
                "defaultConfiguration": {"level": level(note.severity)},
                "properties": {"tags": tags, "security-severity": score(note.severity), "precision": "high"},
            })
        })
        .collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Low | Severity::Medium => "warning",
        Severity::High | Severity::Critical => "error",
    }
}

/// GitHub reads: over 9 critical, 7 to 8.9 high, 4 to 6.9 medium, below low.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "0.5",
        Severity::Low => "3.0",
        Severity::Medium => "5.5",
        Severity::High => "8.0",
        Severity::Critical => "9.5",
    }
}

fn result(finding: &Finding, index: Option<usize>) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place(&finding.path, finding.line, finding.column, Some((finding.end_line, finding.end_column)))}],
        "partialFingerprints": {"primaryLocationLineHash": format!("{}:1", finding.fingerprint)},
        "properties": {
            "confidence": finding.confidence.word(),
            "category": finding.category.word(),
            "aliases": finding.aliases,
            "security-severity": score(finding.severity),
        },
    });
    let Some(object) = result.as_object_mut() else { return result };
    if let Some(index) = index {
        object.insert("ruleIndex".into(), json!(index));
    }
    if let Some(by) = &finding.suppressed_by {
        let kind = if by == "baseline" || by == "config" { "external" } else { "inSource" };
        object.insert("suppressions".into(), json!([{"kind": kind, "status": "accepted", "justification": by}]));
    }
    if !finding.path_of_data.is_empty() {
        let steps: Vec<Value> = finding.path_of_data.iter().take(MAX_STEPS).map(step).collect();
        let related: Vec<Value> = finding.path_of_data.iter().take(MAX_STEPS).zip(1..).map(|(s, id)| {
            json!({"id": id, "physicalLocation": place(&s.path, s.line, s.column, None), "message": {"text": s.note}})
        }).collect();
        object.insert("codeFlows".into(), json!([{"threadFlows": [{"locations": steps}]}]));
        object.insert("relatedLocations".into(), json!(related));
    }
    result
}

fn step(step: &TaintStep) -> Value {
    json!({"location": {"physicalLocation": place(&step.path, step.line, step.column, None), "message": {"text": step.note}}})
}

fn place(path: &str, line: u32, column: u32, end: Option<(u32, u32)>) -> Value {
    let mut region = json!({"startLine": line.max(1), "startColumn": column.max(1)});
    if let (Some(object), Some((end_line, end_column))) = (region.as_object_mut(), end) {
        object.insert("endLine".into(), json!(end_line.max(line).max(1)));
        object.insert("endColumn".into(), json!(end_column.max(1)));
    }
    json!({"artifactLocation": artifact(path), "region": region})
}

/// Relative paths stay relative, so that GitHub finds them; what is special in URIs is escaped.
fn artifact(path: &str) -> Value {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b'+' | b'@' | b',' | b'=' => {
                uri.push(char::from(byte))
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    if path.starts_with('/') { json!({"uri": uri}) } else { json!({"uri": uri, "uriBaseId": "PROJECT"}) }
}
