//! SARIF 2.1.0, as GitHub accepts it.
//!
//! GitHub refuses a file above one set of limits and silently shows less above another
//! (docs.github.com, "SARIF results exceed one or more limits"). What is written stays below the first, and what
//! the second would hide is told: in a notification inside of the file, and to whoever asked for it.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::model::{Diagnostic, Finding, Fix, Severity, TaintStep};
use crate::report::security_eval::SecurityReport;

/// GitHub refuses a run with more results.
const MAX_RESULTS: usize = 25_000;

/// GitHub shows so many results of a run, the worst first.
const SHOWN_RESULTS: usize = 5_000;

/// GitHub shows so many steps of a flow; it refuses ten times as many.
const MAX_STEPS: usize = 1_000;

/// GitHub shows so many locations of a result; it refuses ten times as many. One is the place itself.
const MAX_RELATED: usize = 99;

/// GitHub shows so many tags of a rule; it refuses twice as many.
const MAX_TAGS: usize = 10;

/// Characters of a message; a name or a message of the analysed code must not fill the file.
const MAX_MESSAGE: usize = 1_000;

/// Files that were not judged are named up to here, gaps first.
const MAX_NOTIFICATIONS: usize = 1_000;

/// GitHub refuses a file that is larger than ten megabytes when it is compressed. A faster compression is used to
/// measure it, so that the real one is smaller.
const MAX_COMPRESSED: usize = 10_000_000;

/// A document, and what there was no room for in it.
#[derive(Debug, Clone)]
pub struct Written {
    /// The document.
    pub text: String,
    /// What was left out, or will not be shown.
    pub left_out: Vec<Diagnostic>,
}

/// Writes the document, with as many of the worst results as GitHub takes.
pub fn write(report: &SecurityReport) -> Written {
    let mut results: Vec<&Finding> = report.findings.iter().chain(&report.suppressed).collect();
    let all = results.len() as u64 + report.summary.untold;
    results.sort_by_key(|finding| (finding.suppressed_by.is_some(), std::cmp::Reverse(finding.severity)));
    results.truncate(MAX_RESULTS);
    loop {
        let left_out = left_out(report, all, results.len());
        let text = document(report, &results, &left_out);
        let kept = results.len() / 2;
        if fits(&text) || kept == 0 {
            return Written { text, left_out };
        }
        results.truncate(kept);
    }
}

/// Whether GitHub takes a document of this size.
fn fits(text: &str) -> bool {
    const FASTEST: u8 = 1;
    text.len() <= MAX_COMPRESSED
        || miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), FASTEST).len() <= MAX_COMPRESSED
}

/// What a reader of the document will not see.
fn left_out(report: &SecurityReport, all: u64, kept: usize) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    if all > kept as u64 {
        let text = format!("{all} results were found; SARIF has the {kept} of the highest severity");
        said.push(
            Diagnostic::warning("results-cut", text).helped("narrow the paths or the rules, or use `-f json` for more"),
        );
    } else if kept > SHOWN_RESULTS {
        let text = format!("SARIF has {kept} results; GitHub shows the {SHOWN_RESULTS} of the highest severity");
        said.push(Diagnostic::warning("results-cut", text).helped("narrow the paths or the rules"));
    }
    let longest = report.findings.iter().map(|finding| finding.path_of_data.len()).max().unwrap_or(0);
    if longest > MAX_RELATED {
        let text = format!("a flow has {longest} steps; SARIF has its ends, as GitHub shows no more");
        said.push(Diagnostic::note("results-cut", text));
    }
    said
}

/// The whole document.
fn document(report: &SecurityReport, results: &[&Finding], left_out: &[Diagnostic]) -> String {
    let mut results = results.to_vec();
    results.sort_by(|a, b| (&a.path, a.line, a.column, &a.rule).cmp(&(&b.path, b.line, b.column, &b.rule)));
    let index_of = |rule: &str| report.rules.iter().position(|note| note.id == rule);
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
                "toolExecutionNotifications": notifications(report, left_out),
            }],
            "results": results.iter().map(|finding| result(finding, index_of(&finding.rule))).collect::<Vec<_>>(),
        }],
    });
    // Without indentation it is a third of the size.
    if results.len() > SHOWN_RESULTS { format!("{document}\n") } else { format!("{document:#}\n") }
}

/// What was left out, and what was not judged.
fn notifications(report: &SecurityReport, left_out: &[Diagnostic]) -> Vec<Value> {
    let message = |level: &str, id: &str, text: &str| json!({"level": level, "descriptor": {"id": id}, "message": {"text": short(text)}});
    let mut skipped: Vec<_> = report.skipped.iter().collect();
    skipped.sort_by_key(|skipped| !skipped.reason.is_gap());
    let more = skipped.len().saturating_sub(MAX_NOTIFICATIONS);
    let mut told: Vec<Value> = skipped
        .into_iter()
        .take(MAX_NOTIFICATIONS)
        .map(|skipped| {
            let level = if skipped.reason.is_gap() { "error" } else { "note" };
            let text = format!("{} was not judged in full: {}", skipped.path, skipped.detail);
            let mut told = message(level, skipped.reason.word(), &text);
            if let Some(object) = told.as_object_mut() {
                let place = json!([{"physicalLocation": {"artifactLocation": artifact(&skipped.path)}}]);
                object.insert("locations".into(), place);
            }
            told
        })
        .collect();
    if more > 0 {
        told.push(message("warning", "results-cut", &format!("{more} more files were not judged in full")));
    }
    told.extend(left_out.iter().map(|diagnostic| message("warning", &diagnostic.code, &diagnostic.message)));
    told
}

/// A text cut to what a message may hold.
fn short(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MAX_MESSAGE) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or(""))),
        None => Cow::Borrowed(text),
    }
}

/// The first and the last of a list that is too long: where data comes from and where it ends matter most.
fn ends<T>(all: &[T], most: usize) -> impl Iterator<Item = &T> {
    let (head, tail) = if all.len() > most { (most / 2, all.len() - (most - most / 2)) } else { (0, 0) };
    all.iter().take(head).chain(all.iter().skip(tail))
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
                "shortDescription": {"text": short(&note.title)},
                "fullDescription": {"text": short(&note.title)},
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
        "message": {"text": short(&finding.message)},
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
    if let Some(fix) = finding.fix.as_ref().filter(|fix| fix.from.0 > 0) {
        object.insert("fixes".into(), json!([change(&finding.path, fix)]));
    }
    if !finding.path_of_data.is_empty() {
        let steps: Vec<Value> = ends(&finding.path_of_data, MAX_STEPS).map(step).collect();
        let related: Vec<Value> = ends(&finding.path_of_data, MAX_RELATED).zip(1..).map(|(s, id)| {
            json!({"id": id, "physicalLocation": place(&s.path, s.line, s.column, None), "message": {"text": short(&s.note)}})
        }).collect();
        object.insert("codeFlows".into(), json!([{"threadFlows": [{"locations": steps}]}]));
        object.insert("relatedLocations".into(), json!(related));
    }
    result
}

/// A change that is safe to make.
fn change(path: &str, fix: &Fix) -> Value {
    let region = json!({
        "startLine": fix.from.0, "startColumn": fix.from.1, "endLine": fix.to.0, "endColumn": fix.to.1,
    });
    json!({
        "description": {"text": short(&fix.what)},
        "artifactChanges": [{
            "artifactLocation": artifact(path),
            "replacements": [{"deletedRegion": region, "insertedContent": {"text": fix.text}}],
        }],
    })
}

fn step(step: &TaintStep) -> Value {
    json!({"location": {"physicalLocation": place(&step.path, step.line, step.column, None), "message": {"text": short(&step.note)}}})
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_long_flow_stay() {
        let all: Vec<u32> = (0..10).collect();
        assert_eq!(ends(&all, 10).copied().collect::<Vec<_>>(), all);
        assert_eq!(ends(&all, 5).copied().collect::<Vec<_>>(), [0, 1, 7, 8, 9]);
        assert_eq!(ends(&all, 1).copied().collect::<Vec<_>>(), [9]);
    }

    #[test]
    fn messages_are_cut_between_characters() {
        assert_eq!(short("é"), "é");
        assert_eq!(short(&"é".repeat(5_000)).chars().count(), MAX_MESSAGE + 1);
    }

    #[test]
    fn what_compression_cannot_shrink_is_cut() {
        let mut state = 1_u64;
        let mut noise = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            format!("{:016x}", state)
        };
        let findings: Vec<Finding> = (0..20_000)
            .map(|line| Finding {
                path: "a.py".into(),
                line,
                severity: if line % 2 == 0 { Severity::High } else { Severity::Low },
                message: (0..100).map(|_| noise()).collect(),
                ..Finding::default()
            })
            .collect();
        let report = SecurityReport { findings, ..SecurityReport::default() };
        let written = write(&report);
        assert!(fits(&written.text));
        assert!(written.left_out.iter().any(|said| said.code == "results-cut"));
        let document: Value = serde_json::from_str(&written.text).unwrap_or_default();
        let results = document["runs"][0]["results"].as_array().cloned().unwrap_or_default();
        assert!(results.len() >= 5_000 && results.iter().all(|result| result["level"] == "error"));
    }
}
