//! The labelled cases of `tests/flow`: each is a small program; lines that end in `# bad: <rule>` must be
//! found, every other line must not be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::project::{Modules, Unit};
use crate::model::{Language, Severity};
use crate::security::python::parse::parse;
use crate::security::source::SourceUnit;

/// Parses a text as the file at a path.
pub fn unit(path: &str, text: &str) -> Option<Arc<Unit>> {
    let module = parse(text).ok()?;
    Some(Arc::new(Unit { source: SourceUnit::new(path, text, Language::Python), module }))
}

struct Several(BTreeMap<String, String>);

impl Modules for Several {
    fn has_folder(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.0.keys().any(|known| known.starts_with(&folder))
    }

    fn exists(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    fn load(&self, path: &str) -> Option<Arc<Unit>> {
        unit(path, self.0.get(path)?)
    }
}

/// Lines and rules of the findings above a note.
pub fn found(files: &[(&str, &str)]) -> BTreeSet<(u32, String)> {
    let all = Several(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect());
    let Some((path, text)) = files.first() else { return BTreeSet::new() };
    let Some(root) = unit(path, text) else { return BTreeSet::new() };
    let judgement = super::analyse(&root, &all);
    judgement
        .findings
        .into_iter()
        .filter(|finding| finding.severity > Severity::Note)
        .map(|finding| (finding.line, finding.rule))
        .collect()
}

fn expected(text: &str) -> BTreeSet<(u32, String)> {
    text.lines()
        .enumerate()
        .filter_map(|(index, line)| {
            let (_, rules) = line.split_once("# bad: ")?;
            Some((u32::try_from(index + 1).unwrap_or(0), rules))
        })
        .flat_map(|(line, rules)| rules.split_whitespace().map(move |rule| (line, rule.to_owned())).collect::<Vec<_>>())
        .collect()
}

/// A file of cases: `# --- name` starts a case, `# --- file: path` another file of the same case.
fn cases(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut cases: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in text.lines() {
        if let Some(path) = line.strip_prefix("# --- file: ") {
            if let Some((_, files)) = cases.last_mut() {
                files.push((path.trim().to_owned(), String::new()));
            }
        } else if let Some(name) = line.strip_prefix("# --- ") {
            cases.push((name.trim().to_owned(), vec![("app/main.py".to_owned(), String::new())]));
        } else if let Some((_, text)) = cases.last_mut().and_then(|(_, files)| files.last_mut()) {
            text.push_str(line);
            text.push('\n');
        }
    }
    cases
}

fn case_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flow");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|p| p.extension().is_some_and(|e| e == "py"))
        .collect();
    files.sort();
    files
}

#[test]
fn labelled_cases_are_judged_as_labelled() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in case_files() {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        for (name, files) in cases(&text) {
            count += 1;
            let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let wanted = expected(files.first().map_or("", |(_, text)| text));
            let got = found(&files);
            if wanted != got {
                let missing: Vec<_> = wanted.difference(&got).collect();
                let extra: Vec<_> = got.difference(&wanted).collect();
                wrong.push(format!("{} / {name}: missing {missing:?}, extra {extra:?}", path.display()));
            }
        }
    }
    assert!(count > 80, "the labelled cases are missing");
    assert!(wrong.is_empty(), "{} of {count} cases are judged wrongly:\n{}", wrong.len(), wrong.join("\n"));
}
