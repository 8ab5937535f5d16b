//! `security-eval` as a whole: where inputs come from, what gates, what is silenced, and the formats.

use std::process::Command;

use serde_json::Value;

use crate::room::{Ran, Room};

const SHELL: &str = "import os\n\n\ndef execute(name):\n    os.system(\"convert \" + name)\n";
const CLEAN: &str = "import json\n\n\ndef load(text):\n    return json.loads(text)\n";

fn document(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stdout))
}

pub fn git(room: &Room, arguments: &[&str]) {
    let status = Command::new("git")
        .current_dir(room.project())
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .stdout(std::process::Stdio::null())
        .status();
    assert!(status.is_ok_and(|status| status.success()), "git {arguments:?}");
}

fn fed(room: &Room, arguments: &[&str], input: &[u8]) -> Ran {
    room.write("list", input);
    let list = std::fs::File::open(room.path("list")).expect("a list");
    Ran::of(room.command(arguments).stdin(list))
}

fn lines_of(ran: &Ran) -> Vec<(String, u64)> {
    ran.envelope()["data"]["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|finding| {
            (finding["path"].as_str().expect("a path").to_owned(), finding["line"].as_u64().expect("a line"))
        })
        .collect()
}

#[test]
fn what_is_staged_is_judged_as_it_is_staged() {
    let room = Room::with(&[("a.py", CLEAN), ("sub/b.py", CLEAN)]);
    git(&room, &["init", "-q"]);
    git(&room, &["add", "."]);
    git(&room, &["commit", "-qm", "first"]);
    room.write("a.py", SHELL);
    git(&room, &["add", "a.py"]);
    // The working tree says otherwise by now; the commit will not.
    room.write("a.py", CLEAN);
    room.write("sub/b.py", SHELL);
    let ran = room.run(&["security-eval", "--staged", "-f", "json"]);
    assert_eq!((ran.code, lines_of(&ran)), (1, vec![("a.py".to_owned(), 5)]));
    // Nothing was left behind by a check.
    assert!(!room.path(".aetherra").exists());
}

#[test]
fn a_range_is_judged_as_it_is_in_its_second_commit() {
    let room = Room::with(&[("a.py", CLEAN), ("same.py", SHELL)]);
    git(&room, &["init", "-q"]);
    git(&room, &["add", "."]);
    git(&room, &["commit", "-qm", "first"]);
    git(&room, &["tag", "start"]);
    room.write("a.py", SHELL);
    git(&room, &["commit", "-qam", "second"]);
    room.write("a.py", CLEAN);
    let ran = room.run(&["security-eval", "--from-ref", "start", "-f", "json"]);
    assert_eq!((ran.code, lines_of(&ran)), (1, vec![("a.py".to_owned(), 5)]));
    assert_eq!(room.run(&["security-eval", "--from-ref", "--output=x"]).code, 2);
    assert_eq!(room.run(&["security-eval", "--from-ref=nowhere"]).code, 2);
}

#[test]
fn the_repository_cannot_make_git_run_anything() {
    let room = Room::with(&[("a.py", SHELL), (".gitattributes", "*.py diff=evil filter=evil\n")]);
    git(&room, &["init", "-q"]);
    let mark = room.path("ran");
    let script = room.path("evil.sh");
    room.write("evil.sh", format!("#!/bin/sh\ntouch {}\ncat\n", mark.display()));
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("a mode");
    git(&room, &["add", "a.py"]);
    let script = script.display().to_string();
    for key in [
        "core.fsmonitor",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.smudge",
        "core.pager",
        "core.sshCommand",
    ] {
        git(&room, &["config", key, &script]);
    }
    let ran = room.run(&["security-eval", "--staged", "-f", "json"]);
    assert_eq!(lines_of(&ran), [("a.py".to_owned(), 5)]);
    assert!(!mark.exists());
}

#[test]
fn lists_come_from_standard_input() {
    let room = Room::with(&[("a.py", SHELL), ("odd\nname.py", SHELL)]);
    let ran = fed(&room, &["security-eval", "-", "-f", "json"], b"a.py\n");
    assert_eq!(lines_of(&ran), [("a.py".to_owned(), 5)]);
    let ran = fed(&room, &["security-eval", "-0", "-f", "json"], b"odd\nname.py\0");
    assert_eq!(lines_of(&ran), [("odd\\x0aname.py".to_owned(), 5)]);
    assert_eq!(fed(&room, &["security-eval", "-", "a.py"], b"").code, 2);
}

#[test]
fn strict_mode_does_not_let_code_silence_its_findings() {
    let silenced = SHELL.replace("name)\n", "name)  # nosec\n");
    let room = Room::with(&[("a.py", &silenced)]);
    assert_eq!(room.run(&["security-eval", "a.py"]).code, 0);
    let strict = room.run(&["--set", "trust_mode=strict", "security-eval", "a.py", "-f", "json"]);
    assert_eq!(strict.code, 1);
    assert_eq!(document(&strict)["diagnostics"][0]["code"], "suppression-refused");
    // A project cannot loosen its own gate either.
    room.write("aetherra-maint.yaml", "security:\n  fail_on: critical\n  ignore: [shell-command]\n");
    room.write("a.py", SHELL);
    assert_eq!(room.run(&["security-eval", "a.py"]).code, 1);
}

#[test]
fn the_gate_follows_the_severity_and_the_format_does_not_matter() {
    let room = Room::with(&[
        ("a.py", SHELL),
        ("half.py", "import os\nos.system('a' + b)\ndef f(:\n"),
        ("gap.py", "def f(:\n"),
    ]);
    for format in ["human", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"] {
        assert_eq!(room.run(&["security-eval", "a.py", "-f", format]).code, 1, "{format}");
        assert_eq!(room.run(&["security-eval", "a.py", "-f", format, "--fail-on", "critical"]).code, 0, "{format}");
        assert_eq!(room.run(&["security-eval", "gap.py", "-f", format]).code, 3, "{format}");
    }
    // A finding outweighs a gap.
    assert_eq!(room.run(&["security-eval", "half.py"]).code, 1);
    assert_eq!(room.run(&["security-eval", "gap.py", "--allow-incomplete"]).code, 0);
    assert_eq!(room.run(&["security-eval", "a.py", "--exit-zero"]).code, 0);
    assert_eq!(room.run(&["security-eval", "nowhere.py"]).code, 2);
}

#[test]
fn sarif_is_as_github_accepts_it() {
    let room = Room::with(&[
        ("odd name#.py", SHELL),
        ("quiet.py", &SHELL.replace("name)\n", "name)  # nosec\n")),
        ("gap.py", "def f(:\n"),
    ]);
    let ran = room.run(&["security-eval", ".", "-f", "sarif", "--report-from", "note"]);
    let sarif = document(&ran);
    let run = &sarif["runs"][0];
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(run["automationDetails"]["id"], "security-eval/");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let severity = rules[index]["properties"]["security-severity"].as_str().expect("a string");
        assert!(severity.parse::<f64>().is_ok());
        let tags = rules[index]["properties"]["tags"].as_array().expect("tags");
        assert!(tags.contains(&"external/cwe/cwe-078".into()));
        assert!(rules[index]["help"]["markdown"].as_str().expect("help").contains("## Bad"));
        assert!(result["partialFingerprints"]["primaryLocationLineHash"].as_str().expect("a hash").ends_with(":1"));
    }
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "odd%20name%23.py");
    assert_eq!(results[1]["suppressions"][0]["kind"], "inSource");
    assert_eq!(run["invocations"][0]["toolExecutionNotifications"][0]["descriptor"]["id"], "unparsable");
}

#[test]
fn fingerprints_survive_edits_above_and_die_with_the_code() {
    let room = Room::with(&[("a.py", SHELL)]);
    assert_eq!(room.run(&["security-eval", "--write-baseline", "base.json"]).code, 0);
    room.write("a.py", format!("# one more line\n\n{SHELL}"));
    assert_eq!(room.run(&["security-eval", "--baseline", "base.json"]).code, 0);
    room.write("a.py", SHELL.replace("convert", "identify"));
    assert_eq!(room.run(&["security-eval", "--baseline", "base.json"]).code, 1);
    room.write("a.py", format!("{SHELL}\n\ndef again(name):\n    os.system(\"convert \" + name)\n"));
    assert_eq!(room.run(&["security-eval", "--baseline", "base.json"]).code, 1);
    room.write("base.json", "{\"version\": 1, \"findings\": {\"*\": {\"count\": 1, \"rule\": \"\", \"path\": \"\"}}}");
    assert_eq!(room.run(&["security-eval", "--baseline", "base.json"]).code, 2);
}

#[test]
fn unchanged_files_come_from_the_cache_and_changed_ones_do_not() {
    let room = Room::with(&[("a.py", SHELL), ("b.py", CLEAN)]);
    let state = ["--state", "state"];
    let judge = |more: &[&str]| {
        let arguments: Vec<&str> = state
            .iter()
            .copied()
            .chain(["security-eval", "a.py", "b.py", "-f", "json"])
            .chain(more.iter().copied())
            .collect();
        document(&room.run(&arguments))["data"].clone()
    };
    let first = judge(&[]);
    assert_eq!(first["summary"]["from_cache"], 0);
    let second = judge(&[]);
    assert_eq!((&second["summary"]["from_cache"], &second["findings"]), (&2.into(), &first["findings"]));
    assert_eq!(second["verdicts"], first["verdicts"]);
    room.write("b.py", SHELL);
    let third = judge(&[]);
    assert_eq!((&third["summary"]["from_cache"], third["findings"].as_array().map(Vec::len)), (&1.into(), Some(2)));
    // Other rules are another question.
    assert_eq!(judge(&["--select", "bandit"])["summary"]["from_cache"], 0);
    // What was judged is on record.
    let verify = room.run(&["--state", "state", "status", "-f", "json"]);
    assert_eq!(verify.code, 0);
}

#[test]
fn other_tools_ids_select_and_silence() {
    let room = Room::with(&[("a.py", "import subprocess\nimport pickle\nsubprocess.run(['ls'])\nassert x\n")]);
    let ids = |select: &str| {
        let ran = room.run(&["security-eval", "a.py", "--select", select, "--report-from", "note", "-f", "json"]);
        lines_of(&ran).into_iter().map(|(_, line)| line).collect::<Vec<_>>()
    };
    assert_eq!(ids("bandit"), [1, 2, 3, 3, 4]);
    assert_eq!(ids("B403"), [2]);
    assert_eq!(ids("S101,B404"), [1, 4]);
    assert_eq!(ids("notable-import"), [1, 2]);
    let ran = room.run(&[
        "security-eval",
        "a.py",
        "--select",
        "bandit",
        "--ignore",
        "B404,B6",
        "--report-from",
        "note",
        "-f",
        "json",
    ]);
    assert_eq!(lines_of(&ran).into_iter().map(|(_, line)| line).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn hostile_files_are_told_and_never_pass() {
    let room = Room::new();
    room.write("deep.py", format!("x = {}", "(".repeat(300_000)));
    room.write("minus.py", format!("x = {}1", "-".repeat(60_000)));
    room.write("nul.py", b"x = 1\0\xff\xfe".as_slice());
    room.write("latin.py", b"x = '\xe9'\n".as_slice());
    room.write("cookie.py", b"# coding: latin-1\nx = '\xe9'\n".as_slice());
    room.write("long.py", format!("x = '{}'\nimport os\nos.system('a' + x + y)\n", "é".repeat(2_000_000)));
    room.write("empty.py", "");
    let ran = room.run(&["security-eval", ".", "-f", "json", "--allow-incomplete"]);
    let document = document(&ran);
    let skipped: Vec<String> = document["stats"]["skipped"]
        .as_array()
        .expect("skipped")
        .iter()
        .map(|s| format!("{} {}", s["reason"], s["count"]))
        .collect();
    assert_eq!(skipped, ["\"binary\" 1", "\"limit-reached\" 2", "\"undecodable\" 1"], "{document:#}");
    assert_eq!(ran.code, 1);
    assert_eq!(document["stats"]["judged"], 3);
}

#[test]
fn what_was_not_judged_is_named_to_a_person_too() {
    let room = Room::with(&[("ok.py", CLEAN)]);
    room.write("deep.py", format!("x = {}", "(".repeat(300_000)));
    let ran = room.run(&["security-eval", "."]);
    assert_eq!(ran.code, 3, "{}", ran.stdout);
    assert!(ran.stderr.contains("deep.py") && ran.stderr.contains("not-judged"), "{}", ran.stderr);
}

#[test]
fn pipes_are_not_waited_for_and_do_not_pass() {
    let room = Room::with(&[("ok.py", CLEAN)]);
    let pipe = room.path("pipe.py");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo");
    let ran = room.run(&["security-eval", "pipe.py"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let ran = room.run(&["security-eval", "ok.py", "--baseline", "pipe.py", "--max-runtime", "20s"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("no regular file"), "{}", ran.stderr);
}

#[test]
fn odd_names_are_written_as_the_index_writes_them() {
    let room = Room::with(&[("b\nad.py", SHELL)]);
    git(&room, &["init", "-q"]);
    git(&room, &["add", "."]);
    for arguments in [["security-eval", ".", "-f", "json"], ["security-eval", "--staged", "-f", "json"]] {
        let paths: Vec<String> = lines_of(&room.run(&arguments)).into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["b\\x0aad.py"], "{arguments:?}");
    }
}

#[test]
fn a_change_is_felt_where_it_reaches_and_nowhere_else() {
    let asks = |module: &str| {
        format!(
            "from flask import Flask, request\nimport os\nfrom {module} import clean\n\napp = Flask(__name__)\n\n\n\
             @app.route('/x')\ndef x():\n    os.system('ls ' + clean(request.args['x']))\n    return ''\n"
        )
    };
    let (harmless, harmful) = ("def clean(name):\n    return 'x'\n", "def clean(name):\n    return name\n");
    let room = Room::with(&[("helper.py", harmless), ("calm.py", "x = 1\n")]);
    room.write("asks.py", asks("helper"));
    room.write("hopes.py", asks("later"));
    assert_eq!(room.run(&["state", "migrate"]).code, 0);
    let findings = |data: &Value, file: &str| -> Vec<Value> {
        let all = data["findings"].as_array().expect("a list");
        all.iter().filter(|finding| finding["path"] == file).cloned().collect()
    };
    // What comes from the cache is what would be found without it.
    let judged = || {
        let told = room.json(&["security-eval", "--report-from", "note"])["data"].clone();
        let anew = room.json(&["security-eval", "--report-from", "note", "--no-cache"])["data"].clone();
        assert_eq!((&told["findings"], &told["verdicts"]), (&anew["findings"], &anew["verdicts"]));
        told
    };
    let first = judged();
    assert_eq!(judged()["summary"]["from_cache"], 4);
    room.write("calm.py", "x = 12\n");
    assert_eq!(judged()["summary"]["from_cache"], 3);
    room.write("helper.py", harmful);
    let second = judged();
    assert_eq!(second["summary"]["from_cache"], 2, "what reads the helper is judged again");
    assert_ne!(findings(&first, "asks.py"), findings(&second, "asks.py"));
    // A file that was missing when it was looked for.
    room.write("later.py", harmless);
    let third = judged();
    assert_eq!(third["summary"]["from_cache"], 3, "what looked for the new file is judged again");
    assert_ne!(findings(&second, "hopes.py"), findings(&third, "hopes.py"));
    std::fs::remove_file(room.path("later.py")).expect("a deletion");
    assert_eq!(findings(&judged(), "hopes.py"), findings(&second, "hopes.py"));
    assert_eq!(judged()["summary"]["from_cache"], 4);
}

#[test]
fn what_git_tracks_is_judged_whatever_its_folder_is_called() {
    let bad = "import os\nos.system('a' + b)\n";
    let room = Room::with(&[
        ("venv/lib/theirs.py", bad),
        ("venv/lib/ours.py", bad),
        ("sub/node_modules/ours.js", "eval(location.hash)\n"),
        ("__pycache__/ours.py", bad),
        ("site-packages/hidden.py", bad),
        (".aetherraignore", "site-packages/\n"),
    ]);
    git(&room, &["init", "-q"]);
    let tracked = ["venv/lib/ours.py", "sub/node_modules/ours.js", "__pycache__/ours.py", "site-packages/hidden.py"];
    git(&room, &[&["add", "-f"], &tracked[..]].concat());
    let of = |arguments: &[&str]| -> Vec<String> {
        let document = room.json(arguments);
        let verdicts = document["data"]["verdicts"].as_array().expect("a list").clone();
        let subjects = verdicts.iter().filter_map(|verdict| verdict["subject"].as_str().map(str::to_owned));
        subjects.filter(|path| path.contains("ours") || path.contains("hidden") || path.contains("theirs")).collect()
    };
    assert_eq!(of(&["security-eval"]), ["__pycache__/ours.py", "sub/node_modules/ours.js", "venv/lib/ours.py"]);
    assert_eq!(of(&["security-eval", "sub"]), ["sub/node_modules/ours.js"]);
    let strict = of(&["security-eval", "--set", "trust_mode=strict"]);
    assert!(strict.contains(&"site-packages/hidden.py".to_owned()), "{strict:?}");
    // A folder that is a link by now does not lead out.
    std::fs::rename(room.path("venv"), room.home().join("venv")).expect("a move");
    std::os::unix::fs::symlink(room.home().join("venv"), room.path("venv")).expect("a link");
    assert!(!of(&["security-eval"]).contains(&"venv/lib/ours.py".to_owned()));
}
