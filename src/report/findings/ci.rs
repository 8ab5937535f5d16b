//! What CI systems read: GitHub's workflow commands, GitLab's code quality, JUnit.

use serde_json::{Value, json};

use crate::model::{Finding, Severity};
use crate::report::security_eval::SecurityReport;

/// Workflow commands, one a finding: GitHub shows them beside the code.
pub fn github(report: &SecurityReport) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        let level = match finding.severity {
            Severity::Note => "notice",
            Severity::Low | Severity::Medium => "warning",
            Severity::High | Severity::Critical => "error",
        };
        let title = format!("{} ({})", finding.rule, finding.severity.word());
        text.push_str(&format!(
            "::{level} file={},line={},endLine={},col={},title={}::{}\n",
            property(&finding.path),
            finding.line,
            finding.end_line,
            finding.column,
            property(&title),
            message(&format!("{}\n{}", finding.message, finding.help)),
        ));
    }
    for skipped in report.skipped.iter().filter(|skipped| skipped.reason.is_gap()) {
        let said = format!("not judged in full ({}): {}", skipped.reason.word(), skipped.detail);
        text.push_str(&format!("::warning file={},title=incomplete::{}\n", property(&skipped.path), message(&said)));
    }
    text
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

/// A list of issues as GitLab's code quality widget reads it.
pub fn gitlab(report: &SecurityReport) -> String {
    let issues: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let severity = match finding.severity {
                Severity::Note => "info",
                Severity::Low => "minor",
                Severity::Medium => "major",
                Severity::High => "critical",
                Severity::Critical => "blocker",
            };
            json!({
                "description": finding.message,
                "check_name": finding.rule,
                "fingerprint": finding.fingerprint,
                "severity": severity,
                "location": {"path": finding.path, "lines": {"begin": finding.line, "end": finding.end_line}},
            })
        })
        .collect();
    format!("{:#}\n", Value::Array(issues))
}

/// JUnit XML: a suite a file, a failed case a finding, an error for each gap.
pub fn junit(report: &SecurityReport) -> String {
    let gaps: Vec<_> = report.skipped.iter().filter(|skipped| skipped.reason.is_gap()).collect();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let clean = report.verdicts.len().saturating_sub(report.summary.files_with_findings as usize);
    let tests = report.findings.len() + gaps.len() + clean;
    text.push_str(&format!(
        "<testsuites name=\"aetherra-maint security-eval\" tests=\"{tests}\" failures=\"{}\" errors=\"{}\">\n",
        report.findings.len(),
        gaps.len()
    ));
    let mut rest = report.findings.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|finding| finding.path == first.path).count();
        let (here, after) = rest.split_at(count);
        suite(&first.path, here, &mut text);
        rest = after;
    }
    for gap in gaps {
        let (path, detail) = (xml(&gap.path), xml(&gap.detail));
        let word = gap.reason.word();
        text.push_str(&format!(
            "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    <testcase name=\"{word}\" classname=\"{path}\">\n      \
             <error message=\"{detail}\" type=\"{word}\"/>\n    </testcase>\n  </testsuite>\n"
        ));
    }
    for verdict in &report.verdicts {
        if !report.findings.iter().any(|finding| finding.path == verdict.subject) && verdict.complete {
            let path = xml(&verdict.subject);
            text.push_str(&format!(
                "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"0\">\n    <testcase name=\"no findings\" classname=\"{path}\"/>\n  </testsuite>\n"
            ));
        }
    }
    text.push_str("</testsuites>\n");
    text
}

fn suite(path: &str, findings: &[Finding], text: &mut String) {
    let path = xml(path);
    let count = findings.len();
    text.push_str(&format!("  <testsuite name=\"{path}\" tests=\"{count}\" failures=\"{count}\" errors=\"0\">\n"));
    for finding in findings {
        text.push_str(&format!(
            "    <testcase name=\"{} at line {}\" classname=\"{path}\" file=\"{path}\" line=\"{}\">\n      \
             <failure message=\"{}\" type=\"{}\">{}:{}:{}: {}</failure>\n    </testcase>\n",
            xml(&finding.rule),
            finding.line,
            finding.line,
            xml(&finding.message),
            finding.severity.word(),
            path,
            finding.line,
            finding.column,
            xml(&finding.help),
        ));
    }
    text.push_str("  </testsuite>\n");
}

/// Escapes text for XML, and takes out what XML cannot hold.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_inside_their_field() {
        assert_eq!(property("a,b::error file=x\n%"), "a%2Cb%3A%3Aerror file=x%0A%25");
        assert_eq!(xml("a\"><b>\u{1}'"), "a&quot;&gt;&lt;b&gt;\u{fffd}&apos;");
    }
}
