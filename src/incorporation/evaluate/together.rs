//! What the tools of one component can do together, whatever files they are written in.
//!
//! A component is the folder of the nearest manifest above a file, of any kind; without one, the folder of the file.

use std::collections::BTreeMap;
use std::path::Path;

use super::declared::MANIFESTS;
use super::inputs::Tree;
use crate::model::{
    Category, Confidence, FileJudgement, Finding, READS_PRIVATE, READS_STRANGERS, RUNS_COMMANDS, SENDS, Severity,
    TaintStep,
};
use crate::security::fingerprint;
use crate::security::rules::{RuleSet, by_id};

/// The rule whose findings in one file these are like.
const RULE: &str = "toxic-flow";

/// What lies at the top of a component, beside the manifests of the host.
const TOPS: &[&str] = &["pyproject.toml", "setup.py", "setup.cfg", "package.json", "SKILL.md"];

/// Larger files are no manifests.
const MAX_BYTES: u64 = 1 << 20;

/// Together these are a way for a stranger to harm; the finding stands where the first is, and tells of the others.
const COMBINATIONS: &[(&[&str], &str)] = &[
    (&[RUNS_COMMANDS, READS_STRANGERS], "an agent that reads what strangers write can run any command"),
    (
        &[SENDS, READS_PRIVATE, READS_STRANGERS],
        "an agent that reads what strangers write can send what is private to anybody",
    ),
    (&[READS_PRIVATE, SENDS], "one tool hands out credentials and another sends anything to anybody"),
];

/// The findings that each of these judgements should have by the tools of other files.
pub(super) fn findings(
    judgements: &[&FileJudgement],
    project: &Path,
    tree: &Tree,
    rules: &RuleSet,
) -> BTreeMap<usize, Finding> {
    let mut components: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, judgement) in judgements.iter().enumerate().filter(|(_, judgement)| !judgement.tools.is_empty()) {
        components.entry(component_of(&judgement.path, project, tree)).or_default().push(index);
    }
    let mut found = BTreeMap::new();
    if !rules.has(RULE) {
        return found;
    }
    for members in components.values().filter(|members| members.len() > 1) {
        let alone = |index: &usize| {
            let of_file = judgements.get(*index).map(|judgement| judgement.findings.as_slice()).unwrap_or_default();
            of_file.iter().any(|finding| finding.rule == RULE && finding.path_of_data.is_empty())
        };
        if members.iter().any(alone) {
            continue;
        }
        let first_with = |word: &str| {
            let mut members = members.iter().filter_map(|index| Some((*index, *judgements.get(*index)?)));
            members.find_map(|(index, one)| one.tools.get(word).map(|line| (index, one, *line)))
        };
        for (words, message) in COMBINATIONS {
            let legs: Option<Vec<_>> = words.iter().map(|word| first_with(word)).collect();
            let Some(legs) = legs else { continue };
            let Some(((index, one, line), others)) = legs.split_first() else { continue };
            let steps = words.iter().skip(1).zip(others).map(|(word, (_, other, line))| TaintStep {
                path: other.path.clone(),
                line: *line,
                column: 1,
                note: format!("a tool of the same component {}", said(word)),
            });
            found.insert(*index, finding(one, *line, message, steps.collect()));
            break;
        }
    }
    found
}

fn said(word: &str) -> &'static str {
    match word {
        READS_STRANGERS => "reads what strangers write",
        READS_PRIVATE => "reads what is private",
        SENDS => "sends anything to anybody",
        _ => "runs any command",
    }
}

fn component_of(path: &str, project: &Path, tree: &Tree) -> String {
    let own = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut folder = own;
    loop {
        let names = MANIFESTS.iter().chain(TOPS);
        if names
            .map(|name| crate::gate::trust::joined(folder, name))
            .any(|path| tree.read(project, &path, MAX_BYTES).is_some())
        {
            return folder.to_owned();
        }
        // What lies outside of the project has no manifest in it.
        if folder.is_empty() || path.starts_with('/') {
            return own.to_owned();
        }
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

fn finding(judgement: &FileJudgement, line: u32, message: &str, steps: Vec<TaintStep>) -> Finding {
    let rule = by_id(RULE);
    let mut finding = Finding {
        rule: RULE.to_owned(),
        path: judgement.path.clone(),
        line,
        column: 1,
        end_line: line,
        end_column: 1,
        severity: Severity::High,
        confidence: Confidence::Medium,
        category: Category::AgentManipulation,
        cwe: rule.map_or(0, |rule| rule.cwe),
        message: message.to_owned(),
        help: rule.map_or("", |rule| rule.help).to_owned(),
        path_of_data: steps,
        ..Finding::default()
    };
    finding.fingerprint = fingerprint::of(RULE, message, &judgement.path, 0);
    finding
}
