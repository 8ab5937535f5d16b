//! What may loosen the gate of `security-eval`, and what may not: baselines, settings by path, ignore files, fixes.

use std::os::unix::fs::PermissionsExt;

use aetherra_maint::incorporation::evaluate::fix::{Prepared, make};
use aetherra_maint::model::Digest;
use serde_json::{Value, json};

use crate::room::{Ran, Room};

const SHELL: &str = "import os\nos.system('a' + b)\n";
const YAML: &str = "import yaml\n\n\ndef read(s):\n    return yaml.load(s)\n";
const PICKLE: &str = "import pickle\n\n\ndef read(s):\n    return pickle.loads(s)\n";

fn codes(ran: &Ran) -> Vec<String> {
    let envelope = ran.envelope();
    let all = envelope["diagnostics"].as_array().cloned().unwrap_or_default();
    all.iter().filter_map(|said| said["code"].as_str().map(str::to_owned)).collect()
}

#[test]
fn of_three_equal_findings_a_baseline_of_two_leaves_one() {
    let line = "os.system('a' + b)\n";
    let room = Room::with(&[("a.py", &format!("import os\n{}", line.repeat(2)))]);
    assert_eq!(room.run(&["security-eval", ".", "--write-baseline", "base.json"]).code, 0);
    let with = |more: &[&str]| {
        let arguments = [&["security-eval", "a.py", "--baseline", "base.json", "-f", "json"], more].concat();
        let ran = room.run(&arguments);
        let document = ran.envelope();
        let count = document["data"]["findings"].as_array().map(Vec::len);
        (ran.code, count, document["data"]["suppressed"].as_array().map(Vec::len))
    };
    assert_eq!(with(&[]), (0, Some(0), Some(2)));
    room.write("a.py", format!("import os\n{}", line.repeat(3)));
    assert_eq!(with(&[]), (1, Some(1), Some(2)));
    // In another file it is another finding.
    room.write("a.py", "x = 1\n");
    room.write("b.py", SHELL);
    assert_eq!(room.run(&["security-eval", "b.py", "--baseline", "base.json"]).code, 1);
    let ran = room.run(&["security-eval", "a.py", "--baseline", "base.json", "-f", "json"]);
    assert_eq!((ran.code, codes(&ran)), (0, vec!["baseline-stale".to_owned()]));
}

#[test]
fn a_malicious_baseline_is_an_error_and_never_a_pass() {
    let room = Room::with(&[("a.py", SHELL)]);
    assert_eq!(room.run(&["security-eval", "a.py", "--write-baseline", "good.json"]).code, 0);
    let good = std::fs::read_to_string(room.path("good.json")).expect("a baseline");
    let entry = good.split_once("\"findings\": {").expect("entries").1.trim_end().trim_end_matches('}').trim_end();
    let entry = entry.trim_end_matches('}').trim_end();
    let many: String =
        (0..900_000_u32).map(|n| format!("\"{n:032x}\":{{\"count\":1,\"rule\":\"\",\"path\":\"\"}},")).collect();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("binary", vec![0xff, 0xfe, 0, 1]),
        ("zeros", vec![0; 100]),
        ("too many", format!("{{\"version\":1,\"findings\":{{{}", many + &good[good.len() / 2..]).into_bytes()),
        ("deep", "{\"version\":1,\"findings\":".repeat(200_000).into_bytes()),
        ("deeper", "[".repeat(5_000_000).into_bytes()),
        ("twice", good.replace(entry, &format!("{entry},{entry}")).into_bytes()),
        ("huge count", good.replace("\"count\": 1", "\"count\": 4294967295").into_bytes()),
        ("no count", good.replace("\"count\": 1", "\"count\": 0").into_bytes()),
        (
            "wildcard",
            good.replace("\"findings\": {", "\"findings\": {\"*\": {\"count\": 1, \"rule\": \"\", \"path\": \"\"},")
                .into_bytes(),
        ),
        ("version", good.replace("\"version\": 1", "\"version\": 2").into_bytes()),
        ("more keys", good.replace("\"version\": 1", "\"version\": 1, \"fail_on\": \"critical\"").into_bytes()),
        ("bandit", b"{\"errors\":[],\"generated_at\":\"x\",\"metrics\":{},\"results\":[]}".to_vec()),
        ("cut off", good.as_bytes()[..good.len() - 5].to_vec()),
    ];
    for (name, bytes) in cases {
        assert_ne!(bytes, good.as_bytes(), "{name}");
        room.write("bad.json", bytes);
        let ran = room.run(&["security-eval", "a.py", "--baseline", "bad.json"]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("error[baseline-invalid]") && ran.stderr.contains("help: "),
            "{name}: {}",
            ran.stderr
        );
    }
    let sparse = std::fs::File::create(room.path("bad.json")).expect("a file");
    sparse.set_len(1 << 40).expect("a terabyte that is not there");
    let ran = room.run(&["security-eval", "a.py", "--baseline", "bad.json"]);
    assert!(ran.code == 2 && ran.stderr.contains("larger than"), "{}", ran.stderr);
}

#[test]
fn a_baseline_that_says_something_else_to_people_silences_nothing() {
    let room = Room::with(&[("a.py", SHELL)]);
    assert_eq!(room.run(&["security-eval", "a.py", "--write-baseline", "base.json"]).code, 0);
    let good = std::fs::read_to_string(room.path("base.json")).expect("a baseline");
    let judge = || room.run(&["security-eval", "a.py", "--baseline", "base.json", "-f", "json"]);
    // The ids of other tools are names of the rule.
    room.write("base.json", good.replace("shell-command", "B605"));
    assert_eq!(judge().code, 0);
    for (old, new) in [("shell-command", "assert-used"), ("\"a.py\"", "\"tests/test_a.py\"")] {
        room.write("base.json", good.replace(old, new));
        let ran = judge();
        assert_eq!((ran.code, codes(&ran)), (1, vec!["baseline-mislabelled".to_owned()]), "{old}");
    }
}

#[test]
fn a_change_that_brings_its_own_baseline_is_told() {
    let room = Room::with(&[("a.py", "x = 1\n")]);
    let git = |arguments: &[&str]| {
        let status = std::process::Command::new("git")
            .current_dir(room.project())
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .stdout(std::process::Stdio::null())
            .status();
        assert!(status.is_ok_and(|status| status.success()), "git {arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "first"]);
    room.write("a.py", SHELL);
    assert_eq!(room.run(&["security-eval", "a.py", "--write-baseline", "base.json"]).code, 0);
    git(&["add", "."]);
    let ran = room.run(&["security-eval", "--staged", "--baseline", "base.json"]);
    assert!(ran.stderr.contains("baseline-changed"), "{}", ran.stderr);
}

#[test]
fn a_project_may_tighten_its_gate_and_not_loosen_it() {
    let room = Room::with(&[("a.py", SHELL), ("core/m.py", PICKLE)]);
    let judge = |more: &[&str]| room.run(&[&["security-eval"], more].concat());
    assert_eq!((judge(&["a.py"]).code, judge(&["core"]).code), (1, 0));
    for loosening in [
        "per_path: [{glob: '**', ignore: [shell-command]}]",
        "per_path: [{glob: '**', fail_on: critical}]",
        "max_file_bytes: 1",
        "ignore: [shell-command]",
        "select: [eval-used]",
        "fail_on: critical",
        "stricter: [{glob: '**', fail_on: critical}]",
    ] {
        room.write("aetherra-maint.yaml", format!("security:\n  {loosening}\n"));
        let ran = judge(&["a.py"]);
        assert_eq!(ran.code, 1, "{loosening}: {}", ran.stderr);
        let told = ran.stderr.contains("config-operator-key");
        assert_eq!(told, !loosening.starts_with("stricter"), "{loosening}: {}", ran.stderr);
    }
    room.write("aetherra-maint.yaml", "security:\n  stricter: [{glob: 'core/**', fail_on: medium}]\n");
    assert_eq!(judge(&["core"]).code, 1);
    assert_eq!(judge(&["core", "--fail-on", "critical"]).code, 1, "a flag does not undo it");
    room.write("aetherra-maint.yaml", "security:\n  stricter: [{glob: '[', fail_on: low}]\n");
    let ran = judge(&["core"]);
    assert!(ran.code == 2 && ran.stderr.contains("glob-invalid"), "{}", ran.stderr);
}

#[test]
fn an_operator_sets_by_path_what_holds() {
    let room = Room::with(&[("a.py", SHELL), ("tests/b.py", SHELL), ("tests/core/c.py", SHELL)]);
    let judge = |settings: &str, path: &str| {
        room.write("operator.yaml", format!("security:\n  per_path: {settings}\n"));
        room.run(&["-c", "operator.yaml", "security-eval", path]).code
    };
    let ignoring = "[{glob: 'tests/**', ignore: [B605]}]";
    assert_eq!((judge(ignoring, "a.py"), judge(ignoring, "tests")), (1, 0));
    let milder = "[{glob: 'tests/**', fail_on: critical}, {glob: 'tests/core/**', fail_on: high}]";
    assert_eq!((judge(milder, "tests/b.py"), judge(milder, "tests/core"), judge(milder, ".")), (0, 1, 1));
    assert_eq!(judge("[{glob: 'tests/**', ignore: [shell-comand]}]", "a.py"), 2, "a rule that is none");
}

#[test]
fn what_an_ignore_file_hides_is_told_and_strict_mode_hides_nothing() {
    let room =
        Room::with(&[("a.py", "x = 1\n"), ("sub/b.py", SHELL), ("sub/.aetherraignore", "b.py\n.aetherraignore\n")]);
    let ran = room.run(&["security-eval", ".", "-f", "json"]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.envelope()["stats"]["skipped"], json!([{"reason": "ignored", "count": 1}]), "{}", ran.stdout);
    let strict = room.run(&["--set", "trust_mode=strict", "security-eval", ".", "-f", "json"]);
    assert_eq!(strict.code, 1, "{}", strict.stdout);
    // What is named is judged.
    assert_eq!(room.run(&["security-eval", "sub/b.py"]).code, 1);
}

#[test]
fn fixes_keep_everything_else_as_it_is() {
    let crlf = YAML.replace('\n', "\r\n");
    let latin = format!("# coding: latin-1\nx = '\u{e9}'\n{YAML}");
    let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    let wide =
        |text: &str| [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let cases: Vec<(&str, Vec<u8>, Vec<u8>)> = vec![
        ("crlf.py", crlf.clone().into_bytes(), crlf.replace("yaml.load", "yaml.safe_load").into_bytes()),
        (
            "bom.py",
            format!("\u{feff}{YAML}").into_bytes(),
            format!("\u{feff}{}", YAML.replace(".load", ".safe_load")).into_bytes(),
        ),
        ("latin.py", latin.clone(), {
            let at = latin.windows(5).position(|part| part == b".load").expect("a call");
            [&latin[..at], b".safe_load", &latin[at + 5..]].concat()
        }),
        ("wide.py", wide(YAML), wide(&YAML.replace(".load", ".safe_load"))),
        ("end.py", b"import yaml\nyaml.load(s)".to_vec(), b"import yaml\nyaml.safe_load(s)".to_vec()),
    ];
    let room = Room::new();
    for (name, old, _) in &cases {
        room.write(name, old);
    }
    std::fs::set_permissions(room.path("crlf.py"), PermissionsExt::from_mode(0o751)).expect("a mode");
    let rehearsed = room.run(&["security-eval", ".", "--fix", "-n"]);
    assert_eq!(rehearsed.code, 1);
    assert_eq!(rehearsed.stdout, room.run(&["security-eval", ".", "--diff"]).stdout);
    assert_eq!(rehearsed.stdout.matches("+++ ").count(), cases.len(), "{}", rehearsed.stdout);
    for (name, old, _) in &cases {
        assert_eq!(&std::fs::read(room.path(name)).expect("the file"), old, "{name} was changed by a rehearsal");
    }
    let ran = room.run(&["security-eval", ".", "--fix", "--report-from", "note", "-f", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert_eq!(ran.envelope()["data"]["findings"], json!([]));
    for (name, _, new) in &cases {
        assert_eq!(&std::fs::read(room.path(name)).expect("the file"), new, "{name}");
    }
    let mode = std::fs::metadata(room.path("crlf.py")).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o751);
    let again = room.run(&["security-eval", ".", "--diff"]);
    assert_eq!((again.code, again.stdout.as_str()), (0, "nothing to fix\n"));
}

#[test]
fn safe_changes_mean_the_same() {
    let room = Room::with(&[
        (
            "a.py",
            "import random\nimport uuid\nimport hashlib\n\n\ndef make(url):\n    token = random.choice('ab')\n    \
         session_id = uuid.uuid1()\n    cache_key = hashlib.md5(url).hexdigest()\n    return token, session_id, cache_key\n",
        ),
        ("seeded.py", "import random\n\nrandom.seed(1)\ntoken = random.choice('ab')\n"),
    ]);
    let ran = room.run(&["security-eval", ".", "--fix", "--report-from", "note", "-f", "json"]);
    let text = std::fs::read_to_string(room.path("a.py")).expect("the file");
    for new in ["random.SystemRandom().choice('ab')", "uuid.uuid4()", "hashlib.md5(url, usedforsecurity=False)"] {
        assert!(text.contains(new), "{text}");
    }
    let findings = ran.envelope()["data"]["findings"].as_array().cloned().unwrap_or_default();
    assert!(findings.iter().all(|finding| finding["path"] == "seeded.py"), "{findings:#?}");
    let seeded = std::fs::read_to_string(room.path("seeded.py")).expect("the file");
    assert!(seeded.contains("random.choice"), "who seeds wants the same again: {seeded}");
}

#[test]
fn what_cannot_be_fixed_safely_is_left_and_told() {
    let room = Room::with(&[("real.py", YAML), ("silenced.py", &YAML.replace("(s)\n", "(s)  # nosec\n"))]);
    std::os::unix::fs::symlink("real.py", room.path("link.py")).expect("a link");
    let ran = room.run(&["security-eval", "link.py", "silenced.py", "--fix", "-f", "json"]);
    assert_eq!(codes(&ran), ["not-fixed"], "{}", ran.stdout);
    assert_eq!(std::fs::read_to_string(room.path("real.py")).expect("the file"), YAML);
    assert!(std::fs::read_to_string(room.path("silenced.py")).expect("the file").contains("yaml.load"));
    // Places in a cell are no places in the notebook.
    let cell =
        json!([{"cell_type": "code", "source": ["import yaml\n", "yaml.load(s)\n"], "metadata": {}, "outputs": []}]);
    let notebook = json!({"cells": cell, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).to_string();
    room.write("n.ipynb", &notebook);
    room.run(&["security-eval", "n.ipynb", "--fix"]);
    assert_eq!(std::fs::read_to_string(room.path("n.ipynb")).expect("the file"), notebook);
}

#[test]
fn a_file_that_changed_meanwhile_is_left_as_it_is() {
    let room = Room::with(&[("a.py", "new\n"), ("b.py", "old\n")]);
    let prepared = |path: &str, judged: &str| Prepared {
        path: path.to_owned(),
        source: room.path(path),
        digest: Digest::of(judged.as_bytes()),
        old: judged.to_owned(),
        new: "fixed\n".to_owned(),
        bytes: b"fixed\n".to_vec(),
        fixes: 1,
    };
    let error = make(&[prepared("b.py", "old\n"), prepared("a.py", "old\n")]).expect_err("it changed");
    assert_eq!(error.code, "file-changed");
    assert!(error.hints.iter().any(|hint| hint.starts_with("1 files before")), "{:?}", error.hints);
    assert_eq!(std::fs::read_to_string(room.path("a.py")).expect("the file"), "new\n");
    assert_eq!(std::fs::read_to_string(room.path("b.py")).expect("the file"), "fixed\n");
}

#[test]
fn comments_of_every_tool_silence_through_the_binary_and_unused_ones_are_reported() {
    let room = Room::with(&[(
        "a.py",
        "import os\nos.system(\n    'a' + b,\n)  # noqa: E501 # nosec B605 # aetherra: ignore[shell-command]\n\
         x = '# nosec'\ny = 1  # nosec B605\nz = 1  # nosec B999\n",
    )]);
    let ran = room.run(&["security-eval", "a.py", "-f", "json"]);
    let document = ran.envelope();
    assert_eq!((ran.code, document["data"]["suppressed"].as_array().map(Vec::len)), (0, Some(1)));
    let all = document["diagnostics"].as_array().cloned().unwrap_or_default();
    let unused: Vec<&Value> = all.iter().filter(|said| said["code"] == "unused-suppression").collect();
    assert_eq!(unused.iter().map(|said| &said["line"]).collect::<Vec<_>>(), [&json!(6)], "{unused:?}");
}
