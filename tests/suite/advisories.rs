//! Weaknesses that were published in Python packages, written anew and shortened, each with its correction: what was
//! wrong is found, and what was made of it is not.

use aetherra_maint::model::{Digest, Severity};
use aetherra_maint::security::analyse::{InlineSuppressions, analyse};
use aetherra_maint::security::rules::RuleSet;

use crate::room::repository;

/// What is found of a weakness, by its number.
fn found(code: &str, cwe: &[u16]) -> Vec<String> {
    let digest = Digest::of(code.as_bytes());
    let judgement = analyse("app/case.py", code.as_bytes(), digest, &RuleSet::standard(), InlineSuppressions::Refused);
    assert!(judgement.is_complete(), "{code}: {:?}", judgement.gap);
    let told = judgement.findings.iter().filter(|f| f.severity > Severity::Note && cwe.contains(&f.cwe));
    told.map(|f| format!("{}:{}", f.line, f.rule)).collect()
}

#[test]
fn published_weaknesses_are_found_and_their_corrections_are_not() {
    let text = std::fs::read_to_string(repository().join("tests/advisories.md")).expect("the cases");
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in text.split("\n## ").skip(1) {
        let title = case.lines().next().unwrap_or_default();
        let cwe: Vec<u16> = title
            .split("CWE-")
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
            .collect();
        let mut codes = case.split("```python\n").skip(1).filter_map(|rest| rest.split("```").next());
        let (bad, good) = (codes.next().expect("bad code"), codes.next().expect("good code"));
        assert!(!cwe.is_empty(), "{title}");
        if found(bad, &cwe).is_empty() {
            wrong.push(format!("{title}: not found"));
        }
        let false_ones = found(good, &cwe);
        if !false_ones.is_empty() {
            wrong.push(format!("{title}: the correction is taken for it: {false_ones:?}"));
        }
        count += 1;
    }
    assert!(count >= 10, "{count} cases");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
