//! The pages of the rules are their tests: bad code gives the findings that its comments announce, good code
//! gives none.
//!
//! A line that ends in `# finding` has a finding of the rule; no other line of the bad code has one. `@@` is
//! taken out of the code before it is judged, and `@{202e}` becomes the character, so that no page is itself
//! taken for what it warns of.

use std::collections::BTreeSet;

use aetherra_maint::model::{Digest, Severity};
use aetherra_maint::security::analyse::{InlineSuppressions, analyse};
use aetherra_maint::security::rules::{RULES, Rule, RuleSet};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::room::repository;

/// The lines on which a rule reports, with the severities.
fn judged(rule: &Rule, sample: &Sample) -> BTreeSet<(u32, Severity)> {
    let bytes = sample.bytes();
    let digest = Digest::of(&bytes);
    let judgement = analyse(sample.path, &bytes, digest, &RuleSet::standard(), InlineSuppressions::Obeyed);
    assert!(judgement.is_complete(), "{}: {:?}", rule.id, judgement.gap);
    judgement.findings.iter().filter(|finding| finding.rule == rule.id).map(|f| (f.line, f.severity)).collect()
}

/// Code of a page, and what the file is called that it would stand in.
struct Sample {
    path: &'static str,
    code: String,
}

impl Sample {
    /// Python keeps its announcements: they are comments. Other languages do not all have comments.
    fn bytes(&self) -> Vec<u8> {
        let code = characters(&self.code);
        if self.path.ends_with(".py") {
            return code.into_bytes();
        }
        let lines: Vec<&str> = code.lines().map(|line| line.trim_end_matches(FINDING)).collect();
        if self.path.ends_with(".pkl") || self.path.ends_with(".zip") {
            let hex: Vec<char> = lines.concat().chars().filter(char::is_ascii_hexdigit).collect();
            let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).expect("hex");
            return hex.chunks(2).map(byte).collect();
        }
        format!("{}\n", lines.join("\n")).into_bytes()
    }
}

const FINDING: &str = "# finding";

/// What a fence says, and the file that its code would stand in.
const FILES: &[(&str, &str)] = &[
    ("python", "app/example.py"),
    ("python-package", "app/__init__.py"),
    ("aether", "app/example.aether"),
    ("sh", "app/example.sh"),
    ("powershell", "app/example.ps1"),
    ("dockerfile", "Dockerfile"),
    ("yaml", ".github/workflows/example.yml"),
    ("js", "app/example.js"),
    ("rust", "build.rs"),
    ("json", "package.json"),
    ("requirements", "requirements.txt"),
    ("markdown", "SKILL.md"),
    ("pickle", "example.pkl"),
    ("zip", "example.zip"),
];

pub fn characters(code: &str) -> String {
    let mut out = String::new();
    let mut parts = code.split("@{");
    out.push_str(parts.next().unwrap_or(""));
    for part in parts {
        let (hex, rest) = part.split_once('}').expect("a closed character");
        out.push(char::from_u32(u32::from_str_radix(hex, 16).expect("hex")).expect("a character"));
        out.push_str(rest);
    }
    out.replace("@@", "")
}

/// The code under a heading.
fn code(page: &str, heading: &str, id: &str) -> Sample {
    let section = page.split(&format!("\n## {heading}\n")).nth(1).unwrap_or_else(|| panic!("{id} has no `{heading}`"));
    let fenced = section.split("```").nth(1).unwrap_or_else(|| panic!("{id}: no code"));
    let (language, code) = fenced.split_once('\n').expect("a language");
    let path = FILES.iter().find(|(name, _)| *name == language).unwrap_or_else(|| panic!("{id}: {language}"));
    Sample { path: path.1, code: code.strip_suffix('\n').unwrap_or(code).to_owned() }
}

#[test]
fn every_rule_does_what_its_page_says() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let path = repository().join(format!("tests/rules/{}.md", rule.id));
        let page = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} has no page", rule.id));
        let bad = code(&page, "Bad", rule.id);
        let expected: BTreeSet<u32> =
            (1..).zip(bad.code.lines()).filter(|(_, line)| line.ends_with(FINDING)).map(|(number, _)| number).collect();
        let found: BTreeSet<u32> = judged(rule, &bad).into_iter().map(|(line, _)| line).collect();
        if expected.is_empty() || found != expected {
            wrong.push(format!("{}: bad code: expected lines {expected:?}, found {found:?}", rule.id));
        }
        if !judged(rule, &bad).iter().any(|(_, severity)| *severity >= rule.severity) {
            wrong.push(format!("{}: bad code: nothing is as severe as the rule says", rule.id));
        }
        // Rules that never report more than a note must not even report that.
        let least = if rule.severity == Severity::Note { Severity::Note } else { Severity::Low };
        let false_ones: Vec<_> =
            judged(rule, &code(&page, "Good", rule.id)).into_iter().filter(|(_, s)| *s >= least).collect();
        if !false_ones.is_empty() {
            wrong.push(format!("{}: good code: {false_ones:?}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn pages_name_what_the_rule_names() {
    for rule in RULES {
        let page = std::fs::read_to_string(repository().join(format!("tests/rules/{}.md", rule.id))).expect("a page");
        assert!(page.starts_with(&format!("# {}\n", rule.id)), "{}", rule.id);
        for alias in rule.aliases {
            assert!(page.contains(alias), "{} does not name {alias}", rule.id);
        }
        assert!(rule.cwe == 0 || page.contains(&format!("CWE-{}", rule.cwe)), "{} does not name its CWE", rule.id);
        assert!(page.contains(&format!("severity {}", rule.severity.word())), "{} names another severity", rule.id);
    }
}

#[test]
fn ids_and_aliases_are_single() {
    let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
    // Every check that bandit and ruff have is some rule's alias.
    let aliases: BTreeSet<&str> = RULES.iter().flat_map(|rule| rule.aliases).copied().collect();
    let numbers = [
        101..=108,
        110..=110,
        112..=113,
        201..=202,
        301..=308,
        310..=319,
        321..=321,
        323..=324,
        401..=409,
        411..=413,
        415..=415,
        501..=509,
        601..=612,
        701..=702,
        704..=704,
    ];
    for number in numbers.into_iter().flatten() {
        assert!(aliases.contains(format!("B{number}").as_str()), "no rule is B{number}");
        assert!(aliases.contains(format!("S{number}").as_str()), "no rule is S{number}");
    }
    for only_bandit in ["B613", "B614", "B615", "B703"] {
        assert!(aliases.contains(only_bandit), "no rule is {only_bandit}");
    }
}

/// All code of all pages, as a corpus to mutate.
fn corpus() -> Vec<String> {
    let mut texts: Vec<String> = RULES
        .iter()
        .flat_map(|rule| {
            let page =
                std::fs::read_to_string(repository().join(format!("tests/rules/{}.md", rule.id))).expect("a page");
            [characters(&code(&page, "Bad", rule.id).code), characters(&code(&page, "Good", rule.id).code)]
        })
        .collect();
    texts.push("f'{x!r:>{width}}' f\"{f'{y}'}\" # nosec\nmatch a:\n    case [b, *c] if d: pass\n".to_owned());
    texts
}

/// What may be put anywhere: openers and closers, quotes, odd characters, comments that mean something.
const SHARDS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "\"\"\"",
    "\\",
    "\n",
    "\r",
    "\t",
    ":",
    ",",
    "=",
    "*",
    "**",
    "@",
    "#",
    " # nosec B602",
    "# noqa: S105",
    "# aetherra: ignore[",
    "f'{",
    "lambda ",
    "async ",
    "await ",
    "yield ",
    "not ",
    "-",
    "é",
    "\u{202e}",
    "\u{0}",
    "\u{feff}",
    "0x",
    "1e",
    "import ",
    "from . import *",
    "global x",
    "del ",
    "class A(A): pass",
    "shell=True",
    "password='",
    "eval(",
    "%s",
    "{}",
    ".format(",
    "x = x",
];

/// Whatever is done to code, it is judged without a panic, twice the same, and every finding lies in it.
///
/// `MUTATED_SOURCES` says how many sources are tried; what was tried is printed for the README
/// (`benches/security/mutations.sh`).
#[test]
fn mutated_code_is_judged_calmly() {
    let cases = std::env::var("MUTATED_SOURCES").map_or(2_000, |text| text.parse().expect("a number"));
    let config =
        ProptestConfig { cases, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() };
    let edit = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_u8..4);
    let strategy = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), proptest::collection::vec(edit, 0..8));
    let corpus = corpus();
    let seen = std::cell::RefCell::new((0_u64, 0_u64, BTreeSet::new()));
    let judged = TestRunner::new(config).run(&strategy, |(first, second, edits)| {
        let (one, other): (&String, &String) = (first.get(&corpus), second.get(&corpus));
        let text = mutated(one, other, &edits);
        let bytes = text.as_bytes();
        let judge = |rules: &RuleSet| analyse("a/b.py", bytes, Digest::of(b""), rules, InlineSuppressions::Obeyed);
        let judgement = judge(&RuleSet::standard());
        prop_assert_eq!(&judgement, &judge(&RuleSet::standard()));
        for finding in judgement.findings.iter().chain(&judge(&RuleSet::everything()).findings) {
            prop_assert!(finding.line >= 1 && finding.line <= judgement.lines && finding.end_line >= finding.line);
            prop_assert_eq!(finding.fingerprint.len(), 32);
        }
        let mut seen = seen.borrow_mut();
        seen.0 += 1;
        seen.1 += u64::from(!judgement.is_complete());
        seen.2.insert(Digest::of(bytes));
        Ok(())
    });
    judged.unwrap_or_else(|error| panic!("{error}"));
    let (tried, partly, different) = seen.into_inner();
    assert_eq!(tried, u64::from(cases));
    println!("| mutated sources of Python that were judged | {tried} |");
    println!("| different ones among them | {} |", different.len());
    println!("| that do not parse, and were judged as far as they go | {partly} |");
    println!("| panics, different answers to the same question, findings outside of the text | 0 |");
}

/// A text with edits: cut off, cut out, another text put in, a shard put in.
fn mutated(text: &str, other: &str, edits: &[(prop::sample::Index, prop::sample::Index, u8)]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for (place, what, kind) in edits {
        let at = place.index(text.len() + 1);
        match kind {
            0 => text.truncate(at),
            1 => drop(text.drain(at..(at + what.index(40)).min(text.len()).max(at))),
            2 => drop(text.splice(at..at, other.chars())),
            _ => drop(text.splice(at..at, what.get(SHARDS).chars())),
        }
    }
    text.into_iter().collect()
}
