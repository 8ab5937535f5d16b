//! The labelled cases of `tests/flow`: each is a small program; lines that end in `# bad: <rule>` must be
//! found, every other line must not be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::project::{Modules, Unit};
use crate::model::{Language, Severity};
use crate::security::python::Model;
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

    fn beside(&self, _: &str) -> crate::security::inputs::compiled::Beside {
        crate::security::inputs::compiled::Beside::Unknown
    }
}

/// Lines and rules of the findings above a note.
pub fn found(files: &[(&str, &str)]) -> BTreeSet<(u32, String)> {
    let all = Several(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect());
    let Some((path, text)) = files.first() else { return BTreeSet::new() };
    let Some(root) = unit(path, text) else { return BTreeSet::new() };
    let Ok(model) = Model::new(&root.module) else { return BTreeSet::new() };
    let judgement = super::analyse(&root, &model, &[], &all, false);
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
    let in_fences = text.lines().filter(|line| !line.starts_with("```"));
    for line in in_fences {
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
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
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

/// The weaknesses of a category of generated programs, as in `benches/security/generator/sinks.py`.
fn weaknesses(category: &str) -> &'static [u16] {
    match category {
        "sql" => &[89, 564],
        "command" => &[77, 78, 88],
        "code" => &[94, 95, 96],
        "path" => &[22, 23, 36, 73],
        "xss" => &[79, 80, 116],
        "ldap" => &[90],
        "xpath" => &[643],
        "xxe" => &[611, 776, 827],
        "deserialisation" => &[502],
        "hash" => &[327, 328, 916],
        "cipher" => &[326, 327, 329],
        "random" => &[330, 338],
        "cookie" => &[614],
        "trust" => &[501],
        "redirect" => &[601],
        "ssrf" => &[918],
        "template" => &[1336, 94],
        "log" => &[117],
        "nosql" => &[943],
        "regex" => &[1333, 400, 730],
        _ => &[],
    }
}

/// A part of what `benches/security/generated.sh` measures in full.
#[test]
fn generated_programs_are_told_from_their_harmless_twins() {
    let text = include_str!("../../../tests/flow/generated.txt");
    let rules = crate::security::rules::RuleSet::standard();
    let (mut counts, mut wrong) = ([[0_u32; 2]; 2], Vec::new());
    for (name, files) in cases(text) {
        let files: Vec<_> = files.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        let all = Several(files.iter().cloned().collect());
        let (Some(category), Some(label)) = (name.split(' ').next(), name.split(' ').nth(1)) else { continue };
        let always = matches!(category, "hash" | "cipher" | "random" | "cookie");
        let found = files.iter().take(if always { usize::MAX } else { 1 }).any(|(path, text)| {
            let inline = crate::security::analyse::InlineSuppressions::Obeyed;
            let digest = crate::model::Digest::of(text.as_bytes());
            let (judgement, _) =
                crate::security::analyse::analyse_within(path, text.as_bytes().into(), digest, &rules, inline, &all);
            judgement
                .findings
                .iter()
                .any(|finding| finding.severity > Severity::Note && weaknesses(category).contains(&finding.cwe))
        });
        let bad = label == "bad";
        counts[usize::from(bad)][usize::from(found)] += 1;
        if found != bad {
            wrong.push(name);
        }
    }
    let [[quiet, false_alarms], [missed, hits]] = counts;
    assert!(quiet + false_alarms > 80 && missed + hits > 80, "the generated programs are missing");
    let share = |part: u32, all: u32| f64::from(part) / f64::from(all);
    let score = share(hits, hits + missed) - share(false_alarms, quiet + false_alarms);
    assert!(score > 0.9, "{score:.2}; judged wrongly:\n{}", wrong.join("\n"));
}
