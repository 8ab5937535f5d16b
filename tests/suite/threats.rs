//! Cases of our own making, unsafe and safe, in a part that is looked at while rules are made and one that is not.
//!
//! A case counts as flagged when it has a finding that would gate. Each file of cases has four headings; a line of
//! `---` parts two cases. `@@` is taken out of a case before it is judged, so that no file of cases is itself
//! taken for what it holds.

#![expect(clippy::print_stdout, reason = "the rates are what a developer runs this for")]

use aetherra_maint::model::{Digest, Severity};
use aetherra_maint::security::analyse::{InlineSuppressions, analyse};
use aetherra_maint::security::rules::RuleSet;

use crate::room::{Ran, Room, repository};

/// The rates of flagged unsafe and flagged safe cases, in percent, and what was judged wrongly.
fn rates(file: &str, name: &str, part: &str) -> (usize, usize, Vec<String>) {
    let text = std::fs::read_to_string(repository().join("tests/threats").join(file)).expect("cases");
    let mut wrong = Vec::new();
    let mut rate = |kind: &str| {
        let heading = format!("## {part} {kind}\n");
        let section = text.split(&heading).nth(1).expect("a heading").split("\n## ").next().unwrap_or_default();
        let cases: Vec<&str> = section.split("\n---\n").collect();
        let flagged = cases.iter().filter(|case| {
            let case = case.replace("@@", "");
            let (name, text) = named(name, &case);
            let flagged = flagged(name, text);
            if flagged != (kind == "unsafe") {
                wrong.push(format!("{part} {kind}: {case}"));
            }
            flagged
        });
        flagged.count() * 100 / cases.len()
    };
    let (true_rate, false_rate) = (rate("unsafe"), rate("safe"));
    (true_rate, false_rate, wrong)
}

/// The name of a case and its text. A description of a tool and the source of one are no skill; a first line may say
/// what the file is called.
fn named<'a>(name: &'a str, case: &'a str) -> (&'a str, &'a str) {
    let given = case.strip_prefix("file: ").and_then(|rest| rest.split_once('\n'));
    match name {
        _ if given.is_some() => given.unwrap_or_default(),
        "SKILL.md" if case.starts_with('{') => ("tools.json", case),
        "SKILL.md" if case.starts_with("import ") || case.starts_with("from ") => ("tool.py", case),
        _ => (name, case),
    }
}

fn flagged(name: &str, case: &str) -> bool {
    let digest = Digest::of(case.as_bytes());
    let judgement = analyse(name, case.as_bytes(), digest, &RuleSet::standard(), InlineSuppressions::Refused);
    assert!(judgement.is_complete(), "{case}: {:?}", judgement.gap);
    judgement.findings.iter().any(|finding| finding.severity >= Severity::High)
}

fn at_least(file: &str, name: &str, least: usize) {
    for part in ["tuned", "unseen"] {
        let (true_rate, false_rate, wrong) = rates(file, name, part);
        println!("{file}, {part}: {true_rate} % of the unsafe and {false_rate} % of the safe cases are flagged");
        assert!(
            true_rate >= false_rate + least,
            "{true_rate} % and {false_rate} %, at least {least} apart\n{}",
            wrong.join("\n\n")
        );
        if std::env::var_os("SHOW").is_some() {
            println!("{}", wrong.join("\n\n"));
        }
    }
}

#[test]
fn shell_threats_are_told_from_honest_scripts() {
    at_least("shell.md", "case.sh", 75);
}

#[test]
fn python_threats_are_told_from_honest_code() {
    at_least("python.md", "case.py", 75);
}

#[test]
fn javascript_threats_are_told_from_honest_code() {
    at_least("javascript.md", "case.js", 70);
}

#[test]
fn skills_that_manipulate_agents_are_told_from_honest_ones() {
    at_least("skills.md", "SKILL.md", 80);
}

/// Of each part by itself nine of ten safe ones are not flagged, and nine of ten unsafe ones are, but of the part that others
/// wrote and whose misses nobody looked at two of three.
#[test]
fn what_agents_are_told_is_unsafe_or_safe() {
    for (part, least) in [("tuned", 90), ("unseen", 65), ("fresh", 90)] {
        let (true_rate, false_rate, wrong) = rates("told-to-agents.md", "SKILL.md", part);
        println!("{part}: {true_rate} % of the unsafe and {false_rate} % of the safe cases are flagged");
        assert!(true_rate >= least && false_rate <= 10, "{true_rate} % and {false_rate} %\n{}", wrong.join("\n\n"));
    }
}

#[test]
fn agents_shells_and_scripts_are_judged_in_more_ways() {
    for (file, part, least) in [
        ("more-ways.md", "tuned", 90),
        ("more-ways.md", "held", 60),
        ("javascript-2.md", "tuned", 90),
        ("shell-2.md", "tuned", 90),
        ("shell-3.md", "held", 80),
        ("javascript-3.md", "held", 65),
        ("agents-3.md", "tuned", 85),
        ("agents-3.md", "held", 65),
    ] {
        let (true_rate, false_rate, wrong) = rates(file, "SKILL.md", part);
        println!("{file}, {part}: {true_rate} % of the unsafe and {false_rate} % of the safe cases are flagged");
        assert!(true_rate >= least && false_rate <= 10, "{true_rate} % and {false_rate} %\n{}", wrong.join("\n\n"));
    }
}

/// The whole of this project, as the gate judges it before a commit. What git does not keep is no part of it.
#[test]
fn this_project_passes_its_own_gate() {
    let kept = std::process::Command::new("git")
        .arg("-C")
        .arg(repository())
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .output()
        .expect("git");
    assert!(kept.status.success() && kept.stdout.len() > 1_000, "{kept:?}");
    // A file that is removed and not yet committed is still listed.
    let list: Vec<u8> = kept
        .stdout
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty() && repository().join(String::from_utf8_lossy(name).as_ref()).is_file())
        .flat_map(|name| [name, b"\0"].concat())
        .collect();
    let room = Room::new();
    let mut command = room.command(&["--isolated", "-f", "json", "security-eval", "-0", "-", "--no-cache"]);
    std::fs::write(room.path("list"), list).expect("a list");
    let list = std::fs::File::open(room.path("list")).expect("a list");
    let ran = Ran::of(command.current_dir(repository()).stdin(list));
    let report = ran.envelope();
    let gated: Vec<String> = report["data"]["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| matches!(finding["severity"].as_str(), Some("high" | "critical")))
        .map(|finding| format!("{}:{} {}", finding["path"], finding["line"], finding["rule"]))
        .collect();
    assert!(gated.is_empty(), "{}", gated.join("\n"));
    assert_eq!((report["exit_code"].as_i64(), report["complete"].as_bool()), (Some(0), Some(true)));
    assert_ne!(report["data"]["decision"], "reject");
    assert_ne!(report["data"]["decision"], "quarantine");
}

#[test]
fn no_document_of_this_project_trips_its_own_gate() {
    for folder in ["", "tests/rules", "tests/threats", "tests/batches", "tests/cli", "config", ".ci"] {
        for entry in std::fs::read_dir(repository().join(folder)).expect("a folder").flatten() {
            let path = entry.path();
            if !path.is_file() || path.extension().is_some_and(|ending| ending == "py" || ending == "lock") {
                continue;
            }
            let bytes = std::fs::read(&path).expect("a file");
            let name = format!("{folder}/{}", entry.file_name().display());
            let digest = Digest::of(&bytes);
            let judgement = analyse(&name, &bytes, digest, &RuleSet::standard(), InlineSuppressions::Refused);
            let gating: Vec<_> =
                judgement.findings.iter().filter(|finding| finding.severity >= Severity::High).collect();
            assert!(gating.is_empty(), "{name}: {gating:?}");
        }
    }
}
