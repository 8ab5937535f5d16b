//! What CI systems read: GitHub's workflow commands, GitLab's code quality, JUnit.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::model::{Finding, Severity};
use crate::report::security_eval::SecurityReport;
use crate::security::fingerprint;

/// GitHub shows so many annotations of a level for one step of a workflow, and drops the rest without a word.
const MAX_ANNOTATIONS: usize = 10;

/// Workflow commands, one a finding, the worst first: GitHub shows them beside the code. What GitHub would drop
/// follows as plain lines of the log.
pub fn github(report: &SecurityReport) -> String {
    let mut worst: Vec<&Finding> = report.findings.iter().collect();
    worst.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let (mut text, mut log) = (String::new(), String::new());
    let (mut errors, mut warnings, mut notices) = (0_usize, 0_usize, 0_usize);
    // That something was not judged must not be lost among warnings.
    for skipped in report.skipped.iter().filter(|skipped| skipped.reason.is_gap()) {
        let said = format!("not judged in full ({}): {}", skipped.reason.word(), skipped.detail);
        warnings += 1;
        if warnings > MAX_ANNOTATIONS / 2 {
            log.push_str(&plain(&format!("{}: {said}", skipped.path)));
        } else {
            text.push_str(&format!(
                "::warning file={},title=incomplete::{}\n",
                property(&skipped.path),
                message(&said)
            ));
        }
    }
    let mut warnings = warnings.min(MAX_ANNOTATIONS / 2);
    for finding in worst {
        // One notice is kept for what could not be shown.
        let (level, count, most) = match finding.severity {
            Severity::Note => ("notice", &mut notices, MAX_ANNOTATIONS - 1),
            Severity::Low | Severity::Medium => ("warning", &mut warnings, MAX_ANNOTATIONS),
            Severity::High | Severity::Critical => ("error", &mut errors, MAX_ANNOTATIONS),
        };
        if *count < most {
            *count += 1;
            text.push_str(&annotation(level, finding));
        } else {
            let (line, column, severity) = (finding.line, finding.column, finding.severity.word());
            let said = &finding.message;
            log.push_str(&plain(&format!("{}:{line}:{column}: {severity}[{}] {said}", finding.path, finding.rule)));
        }
    }
    if !log.is_empty() {
        let more = log.lines().count();
        text.push_str(&format!("::notice title=more than GitHub shows::{more} more are in the log of this step\n"));
    }
    text + &log
}

fn annotation(level: &str, finding: &Finding) -> String {
    let title = format!("{} ({})", finding.rule, finding.severity.word());
    // Columns hold only within one line.
    let end = if finding.end_line == finding.line && finding.end_column > finding.column {
        format!(",endColumn={}", finding.end_column)
    } else {
        String::new()
    };
    format!(
        "::{level} file={},line={},endLine={},col={}{end},title={}::{}\n",
        property(&finding.path),
        finding.line,
        finding.end_line.max(finding.line),
        finding.column,
        property(&title),
        message(&format!("{}\n{}", finding.message, finding.help)),
    )
}

/// A line of a log that cannot be taken for a command, whatever the analysed code says.
fn plain(text: &str) -> String {
    let line = text.replace(['\r', '\n'], " ").replace("##[", "## [");
    format!("- {line}\n")
}

fn message(text: &str) -> String {
    text.replace("##[", "## [").replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

/// A list of issues as GitLab's code quality widget reads it. It knows no gaps, so each is an issue of its own.
pub fn gitlab(report: &SecurityReport) -> String {
    let mut issues: Vec<Value> = report
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
    issues.extend(report.skipped.iter().filter(|skipped| skipped.reason.is_gap()).map(|skipped| {
        json!({
            "description": format!("not judged in full: {}", skipped.detail),
            "check_name": "not-judged",
            "fingerprint": fingerprint::of("not-judged", skipped.reason.word(), &skipped.path, 0),
            "severity": "major",
            "location": {"path": skipped.path, "lines": {"begin": 1}},
        })
    }));
    format!("{:#}\n", Value::Array(issues))
}

/// JUnit XML: a suite a file, a failed case a finding, an error for each gap.
pub fn junit(report: &SecurityReport) -> String {
    let gaps: Vec<_> = report.skipped.iter().filter(|skipped| skipped.reason.is_gap()).collect();
    let mut suites = String::new();
    let mut told: BTreeSet<&str> = gaps.iter().map(|gap| gap.path.as_str()).collect();
    for here in report.findings.chunk_by(|a, b| a.path == b.path) {
        if let Some(first) = here.first() {
            told.insert(&first.path);
            suite(&first.path, here, &mut suites);
        }
    }
    for gap in &gaps {
        let (path, detail) = (xml(&gap.path), xml(&gap.detail));
        let word = gap.reason.word();
        suites.push_str(&format!(
            "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\">\n    <testcase name=\"{word}\" classname=\"{path}\">\n      \
             <error message=\"{detail}\" type=\"{word}\"/>\n    </testcase>\n  </testsuite>\n"
        ));
    }
    let clean: Vec<_> = report.verdicts.iter().filter(|verdict| !told.contains(verdict.subject.as_str())).collect();
    for verdict in &clean {
        let path = xml(&verdict.subject);
        suites.push_str(&format!(
            "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"0\">\n    <testcase name=\"no findings\" classname=\"{path}\"/>\n  </testsuite>\n"
        ));
    }
    let (failures, errors) = (report.findings.len(), gaps.len());
    let tests = failures + errors + clean.len();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"aetherra-maint security-eval\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">\n\
         {suites}</testsuites>\n"
    )
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
        assert_eq!(plain("::error::x\n::set-output::y ##[error]z"), "- ::error::x ::set-output::y ## [error]z\n");
        assert_eq!(xml("a\"><b>\u{1}'"), "a&quot;&gt;&lt;b&gt;\u{fffd}&apos;");
    }
}
