//! The report of `security-eval`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use anstyle::{AnsiColor, Style};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::envelope::Envelope;
use super::findings::{ci, markdown, sarif};
use super::{Format, Outcome, Page, Report};
use crate::model::{Decision, Diagnostic, Finding, RiskScore, Severity, Skipped, Verdict, counted};

/// What was found, and what follows from it.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct SecurityReport {
    /// Counts.
    pub summary: Summary,
    /// The highest risk of any file, overall and in each category.
    pub risk: RiskScore,
    /// The strictest decision over any file; none when there were no files.
    pub decision: Option<Decision>,
    /// Findings that count, from `--report-from` on, by path and line.
    pub findings: Vec<Finding>,
    /// Findings that were silenced, with who silenced them.
    pub suppressed: Vec<Finding>,
    /// The judgement of each file.
    pub verdicts: Vec<Verdict>,
    /// What is known of the rules behind the findings.
    pub rules: Vec<RuleNote>,
    /// How the human form is written.
    #[serde(skip)]
    pub style: HumanStyle,
    /// What could not be judged; SARIF tells it.
    #[serde(skip)]
    pub skipped: Vec<Skipped>,
    /// The answer.
    #[serde(skip)]
    pub answer: Answered,
    /// Written once: what there is no room for is known only then.
    #[serde(skip)]
    pub sarif: OnceLock<sarif::Written>,
}

/// Counts of a run.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Summary {
    /// Files that were judged, in full or in part.
    pub files: u64,
    /// Files with findings that count.
    pub files_with_findings: u64,
    /// Lines of text in them.
    pub lines: u64,
    /// Findings that count, by severity; those below `--report-from` among them.
    pub by_severity: BTreeMap<Severity, u64>,
    /// Findings that count, by category.
    pub by_category: BTreeMap<crate::model::Category, u64>,
    /// Findings at or above `--fail-on`.
    pub gated: u64,
    /// The severity that gates.
    pub fail_on: Severity,
    /// Findings that were silenced, by who silenced them.
    pub suppressed: BTreeMap<String, u64>,
    /// Findings that are counted and not listed, because there are too many; the worst are listed.
    pub untold: u64,
    /// Files whose judgement came from the cache.
    pub from_cache: u64,
    /// Files by decision.
    pub by_decision: BTreeMap<Decision, u64>,
}

/// One rule, as far as a reader of findings needs it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RuleNote {
    /// Kebab-case id.
    pub id: String,
    /// In a few words.
    pub title: String,
    /// What to write instead.
    pub help: String,
    /// The number of the weakness; zero when none fits.
    pub cwe: u16,
    /// Severity of most findings.
    pub severity: Severity,
    /// Ids of the same check in bandit and ruff.
    pub aliases: Vec<String>,
    /// Its page, in Markdown.
    #[serde(skip)]
    pub page: String,
}

/// The two human forms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HumanStyle {
    /// The code with a mark below it.
    #[default]
    Full,
    /// One line a finding, as editors read it.
    Concise,
}

/// How the run ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Answered {
    /// Nothing gated.
    #[default]
    Clean,
    /// Something gated.
    Gated,
    /// Nothing gated, and not everything was judged.
    Gaps,
    /// Nothing to judge.
    Nothing,
}

impl Report for SecurityReport {
    fn schema(&self) -> &'static str {
        "security-eval/v1"
    }

    fn outcome(&self) -> Outcome {
        match self.answer {
            Answered::Clean => Outcome::Yes,
            Answered::Gated => Outcome::No,
            Answered::Gaps => Outcome::Incomplete,
            Answered::Nothing => Outcome::Empty,
        }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn document(&self, envelope: Envelope) -> String {
        envelope.around(self).document()
    }

    fn lines(&self) -> String {
        let mut lines = String::new();
        for finding in self.findings.iter().chain(&self.suppressed) {
            lines.push_str(&Line { what: finding, kind: "finding" }.text());
        }
        for verdict in &self.verdicts {
            lines.push_str(&Line { what: verdict, kind: "verdict" }.text());
        }
        lines
    }

    fn human(&self, page: &mut Page) {
        let verdicts: BTreeMap<&str, &Verdict> =
            self.verdicts.iter().map(|verdict| (verdict.subject.as_str(), verdict)).collect();
        for (index, finding) in self.findings.iter().enumerate() {
            match self.style {
                HumanStyle::Concise => concise(finding, page),
                HumanStyle::Full => excerpt(finding, page),
            }
            let last_of_file = self.findings.get(index + 1).is_none_or(|next| next.path != finding.path);
            if last_of_file
                && self.style == HumanStyle::Full
                && let Some(verdict) = verdicts.get(finding.path.as_str())
            {
                verdict_line(verdict, page);
            }
        }
        page.line(self.closing());
    }

    fn render(&self, format: Format) -> Option<String> {
        match format {
            Format::Sarif => Some(self.sarif().text.clone()),
            Format::Github => Some(ci::github(self)),
            Format::Gitlab => Some(ci::gitlab(self)),
            Format::Junit => Some(ci::junit(self)),
            Format::Markdown => Some(markdown::document(self)),
            _ => None,
        }
    }

    fn left_out(&self, format: Format) -> Vec<Diagnostic> {
        match format {
            Format::Sarif => self.sarif().left_out.clone(),
            _ => Vec::new(),
        }
    }
}

/// A line of `jsonl`.
#[derive(Serialize)]
struct Line<'a, T> {
    #[serde(flatten)]
    what: &'a T,
    #[serde(rename = "type")]
    kind: &'static str,
}

impl<T: Serialize> Line<'_, T> {
    fn text(&self) -> String {
        let mut text = serde_json::to_string(self).expect("findings and verdicts can be written as JSON");
        text.push('\n');
        text
    }
}

fn verdict_line(verdict: &Verdict, page: &mut Page) {
    let reason = verdict.rationale.first().map_or_else(String::new, |reason| format!(": {reason}"));
    let (risk, tier, decision) = (verdict.risk.overall, verdict.tier.word(), verdict.decision.word());
    page.line(format!("{}: risk {risk:.2}, {tier}, {decision}{reason}", verdict.subject));
    page.line("");
}

impl SecurityReport {
    fn sarif(&self) -> &sarif::Written {
        self.sarif.get_or_init(|| sarif::write(self))
    }

    /// The last line: how much of what.
    pub fn closing(&self) -> String {
        let summary = &self.summary;
        let shown: u64 = summary.by_severity.values().sum();
        let mut text = format!("{} in {}", counted(shown, "finding"), counted(summary.files, "file"));
        let by: Vec<String> = summary
            .by_severity
            .iter()
            .rev()
            .filter(|(_, count)| **count > 0)
            .map(|(severity, count)| format!("{count} {}", severity.word()))
            .collect();
        if !by.is_empty() {
            text.push_str(&format!(" ({})", by.join(", ")));
        }
        let silenced: u64 = summary.suppressed.values().sum();
        if silenced > 0 {
            let by: Vec<String> = summary.suppressed.iter().map(|(by, count)| format!("{count} {by}")).collect();
            text.push_str(&format!("; silenced: {}", by.join(", ")));
        }
        if summary.untold > 0 {
            text.push_str(&format!("; {} of them are not listed", summary.untold));
        }
        if summary.gated > 0 {
            text.push_str(&format!("; {} at or above {}", summary.gated, summary.fail_on.word()));
        }
        text
    }
}

/// The style of a severity.
pub(super) fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Critical | Severity::High => AnsiColor::Red.on_default().bold(),
        Severity::Medium => AnsiColor::Yellow.on_default().bold(),
        Severity::Low => AnsiColor::Cyan.on_default().bold(),
        Severity::Note => AnsiColor::Green.on_default(),
    }
}

fn concise(finding: &Finding, page: &mut Page) {
    let head = page.styled(severity_style(finding.severity), &format!("{}[{}]", finding.severity.word(), finding.rule));
    page.line(format!("{}:{}:{}: {head} {}", finding.path, finding.line, finding.column, finding.message));
}

/// The code with a mark below it, the way of the data, and what to do.
fn excerpt(finding: &Finding, page: &mut Page) {
    let style = severity_style(finding.severity);
    let head = page.styled(style, &format!("{}[{}]", finding.severity.word(), finding.rule));
    page.line(format!("{head}: {}", finding.message));
    let blue = AnsiColor::Blue.on_default().bold();
    let margin = " ".repeat(finding.line.to_string().len());
    let arrow = page.styled(blue, "-->");
    page.line(format!("{margin}{arrow} {}:{}:{}", finding.path, finding.line, finding.column));
    let bar = page.styled(blue, "|");
    if !finding.snippet.is_empty() {
        let number = page.styled(blue, &finding.line.to_string());
        let (code, start, length) = window(finding, page.width.saturating_sub(margin.len() + 4).max(40));
        page.line(format!("{margin} {bar}"));
        page.line(format!("{number} {bar} {code}"));
        let mark = page.styled(style, &"^".repeat(length));
        page.line(format!("{margin} {bar} {}{mark}", " ".repeat(start)));
    }
    for (index, step) in finding.path_of_data.iter().enumerate() {
        let number = index + 1;
        page.line(format!(
            "{margin} {} {number}. {}:{}:{} {}",
            page.styled(blue, "="),
            step.path,
            step.line,
            step.column,
            step.note
        ));
    }
    let mut ids: Vec<String> = finding.aliases.clone();
    if finding.cwe > 0 {
        ids.insert(0, format!("CWE-{}", finding.cwe));
    }
    let ids = if ids.is_empty() { String::new() } else { format!(" ({})", ids.join(", ")) };
    page.line(format!("{margin} {} help: {}{ids}", page.styled(blue, "="), finding.help));
    page.line("");
}

/// The part of the line that fits, and where the mark stands in it: columns and length in characters.
fn window(finding: &Finding, width: usize) -> (String, usize, usize) {
    let characters: Vec<char> = finding.snippet.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
    let start = (finding.column as usize).saturating_sub(1).min(characters.len());
    let end = if finding.end_line == finding.line {
        (finding.end_column as usize).saturating_sub(1)
    } else {
        characters.len()
    };
    let end = end.clamp(start, characters.len()).max(start + 1);
    let indent = characters.iter().take_while(|c| **c == ' ').count().min(start);
    // Long lines are shown from a little before the mark on.
    let from = if end > indent + width { start.saturating_sub(width / 4).max(indent) } else { indent };
    let code: String = characters.iter().skip(from).take(width).collect();
    let length = (end - start).min(width.saturating_sub(start - from)).max(1);
    (code.trim_end().to_owned(), start - from, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_below_the_code() {
        let finding = Finding {
            snippet: "    os.system(x)".into(),
            line: 7,
            column: 5,
            end_line: 7,
            end_column: 17,
            ..Finding::default()
        };
        assert_eq!(window(&finding, 80), ("os.system(x)".to_owned(), 0, 12));
        let long =
            Finding { snippet: format!("{}os.system(x)", "é".repeat(500)), column: 501, end_column: 513, ..finding };
        let (code, start, length) = window(&long, 40);
        assert_eq!(code.chars().skip(start).take(length).collect::<String>(), "os.system(x)");
        let beyond = Finding { column: 900, end_column: 2, ..long };
        assert!(window(&beyond, 40).2 >= 1);
    }
}
