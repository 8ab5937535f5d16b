//! Markdown, for comments on changes and job summaries.

use std::collections::BTreeSet;

use crate::report::security_eval::SecurityReport;

/// Rows of a table; more is nothing to read.
const MAX_ROWS: usize = 200;

/// Comments on GitHub hold 65,536 characters; each of the three parts stops well before a third of that.
const MAX_PART: usize = 20_000;

/// A headline, a table of findings, a table of verdicts that are no approval.
pub fn document(report: &SecurityReport) -> String {
    let mut text = format!("## Security evaluation\n\n{}\n", escape(&report.closing()));
    if !report.findings.is_empty() {
        text.push_str("\n| severity | rule | place | message |\n|---|---|---|---|\n");
        let mut shown = 0;
        for finding in report.findings.iter().take(MAX_ROWS) {
            if text.len() > MAX_PART {
                break;
            }
            shown += 1;
            text.push_str(&format!(
                "| {} | `{}` | `{}:{}` | {} |\n",
                finding.severity.word(),
                finding.rule,
                finding.path.replace(['`', '|', '\n', '\r'], "_"),
                finding.line,
                escape(&finding.message),
            ));
        }
        if let Some(more) = report.findings.len().checked_sub(shown).filter(|more| *more > 0) {
            text.push_str(&format!("\n{more} more findings are not shown.\n"));
        }
    }
    let with_findings: BTreeSet<&str> = report.findings.iter().map(|finding| finding.path.as_str()).collect();
    let found = report.verdicts.iter().filter(|verdict| with_findings.contains(verdict.subject.as_str()));
    let rows: Vec<_> = found.take(MAX_ROWS).collect();
    if !rows.is_empty() {
        text.push_str("\n| file | risk | tier | decision | because |\n|---|---|---|---|---|\n");
        let end = text.len() + MAX_PART;
        for verdict in rows {
            if text.len() > end {
                break;
            }
            text.push_str(&format!(
                "| `{}` | {:.2} | {} | {} | {} |\n",
                verdict.subject.replace(['`', '|', '\n', '\r'], "_"),
                verdict.risk.overall,
                verdict.tier.word(),
                verdict.decision.word(),
                verdict.rationale.first().map_or_else(String::new, |reason| escape(reason)),
            ));
        }
    }
    let gaps: Vec<_> = report.skipped.iter().filter(|skipped| skipped.reason.is_gap()).take(MAX_ROWS).collect();
    if !gaps.is_empty() {
        text.push_str("\nNot judged in full:\n\n");
        let end = text.len() + MAX_PART;
        for gap in gaps {
            if text.len() > end {
                break;
            }
            let path = gap.path.replace(['`', '\n', '\r'], "_");
            text.push_str(&format!("- `{path}`: {} ({})\n", gap.reason.word(), escape(&gap.detail)));
        }
    }
    text
}

/// Text that cannot become markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '\\' | '@' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
