//! Names and texts that others chose: in no format can they steer a terminal, hide, or pass for a line of ours, and
//! machines get valid documents.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use aetherra_maint::model::visible::is_treacherous;
use serde_json::Value;

use crate::room::{Ran, Room};
use crate::security_reports::elements;

const SHELL: &[u8] = b"import os\nos.system(input())\n";

/// File names that somebody chose with a purpose.
const NAMES: &[&[u8]] = &[
    b"line\nerror[state-corrupt]: all is lost.py",
    b"red\x1b[31m\x1b[8m.py",
    b"clear\x1b[2J\x07.py",
    b"bytes\xff\xfe.py",
    b"carriage\rx.py",
    b"delete\x7f.py",
    "right\u{202e}yp.py".as_bytes(),
    "mark\u{200f}\u{61c}.py".as_bytes(),
    "csi\u{9b}31m.py".as_bytes(),
    "separator\u{2028}x.py".as_bytes(),
    "nothing\u{200b}\u{feff}\u{e0041}.py".as_bytes(),
    b"pipe|`code`<b>&amp;.py",
    b"colon:1:2: error.py",
    b"::error file=x::y%0A.py",
    b"-rf.py",
    b"]]>.py",
];

/// A project of such names, a text that is no better, and a plugin that needs something impossible.
fn hostile() -> Room {
    let room = Room::new();
    for name in NAMES {
        std::fs::write(room.project().join(OsStr::from_bytes(name)), SHELL).expect("a file");
    }
    room.write("text.py", "import os\nos.system(input())  # \u{1b}[8m\u{1b}]0;title\u{7} \u{202e} \u{200f}\n");
    let manifest =
        r#"{"name": "p\u001b[8m\nerror[x]: fake", "version": "1.0", "dependencies": ["x\u001b[2J\nerror[x]: fake"]}"#;
    room.write("plugins/plugin.json", manifest);
    room.write(
        "plugins/w.py",
        "class W:\n    name = \"w\"\n\n    def execute(self):\n        return 1\n\n\nPLUGIN_CLASS = W\n",
    );
    room
}

/// What a person or a log sees: one of ours and nothing that acts.
#[track_caller]
fn assert_harmless(text: &str, what: &str) {
    let acting: Vec<char> = text.chars().filter(|one| is_treacherous(*one) && !matches!(one, '\n' | '\t')).collect();
    assert!(acting.is_empty(), "{what} passes {acting:?} on:\n{text:?}");
    let forged = text.lines().find(|line| line.starts_with("error[x]") || line.starts_with("error[state-corrupt]"));
    assert!(forged.is_none(), "{what} says {forged:?}");
}

/// The same without the styles that we write.
fn unstyled(text: &str) -> String {
    regex::Regex::new("\u{1b}\\[(0|1|4|[39][0-7]|1;3[0-7])?m").expect("a pattern").replace_all(text, "").into_owned()
}

#[test]
fn people_are_shown_nothing_that_acts() {
    let room = hostile();
    let commands: &[&[&str]] = &[
        &["scan", "--list-skipped"],
        &["classify", "-v"],
        &["security-eval"],
        &["security-eval", "--output-style", "concise"],
        &["security-eval", "-f", "github"],
        &["security-eval", "-f", "markdown"],
        &["plan", "-v"],
        &["explain", "."],
        &["status"],
        &["audit", "log", "-v"],
    ];
    for arguments in commands {
        for more in [&[][..], &["-v", "--full"], &["--color", "always"]] {
            if more.contains(&"--full") && arguments.first() != Some(&"scan") {
                continue;
            }
            let ran = room.run(&[arguments, more].concat());
            assert!(ran.code < 5, "{arguments:?}: {}", ran.stderr);
            assert_harmless(&unstyled(&ran.stdout), &format!("stdout of {arguments:?} {more:?}"));
            assert_harmless(&unstyled(&ran.stderr), &format!("stderr of {arguments:?} {more:?}"));
        }
    }
}

#[test]
fn machines_get_valid_documents() {
    let room = hostile();
    for format in ["json", "sarif", "gitlab"] {
        let ran = room.run(&["security-eval", "-f", format]);
        let document: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{format}: {error}"));
        assert!(document.to_string().replace("%20", " ").contains("all is lost"), "{format}");
    }
    for command in ["scan", "classify", "security-eval", "plan"] {
        let ran = room.run(&[command, "-f", "jsonl"]);
        let lines: Result<Vec<Value>, _> = ran.stdout.lines().map(serde_json::from_str).collect();
        assert_eq!(lines.expect("lines of JSON").last().map(|line| line["type"].clone()), Some("summary".into()));
        room.json(&[command]);
    }
    let junit = room.run(&["security-eval", "-f", "junit"]).stdout;
    assert_harmless(&junit, "junit");
    assert!(elements(&junit).iter().filter(|(tag, _)| tag == "failure").count() >= NAMES.len());
}

#[test]
fn errors_show_what_was_given_in_one_line() {
    let room = Room::with(&[("a.py", "a = 1\n")]);
    assert_eq!(room.run(&["scan"]).code, 0);
    let name = "no\nerror[x]: fake\u{1b}[8m\u{202e}";
    let flag = format!("--{name}");
    let commands: &[&[&str]] = &[
        &[name],
        &["scan", name],
        &["scan", &flag],
        &["scan", "--restore", name],
        &["security-eval", name],
        &["security-eval", "--baseline", name],
        &["security-eval", "--from-ref", name],
        &["-C", name, "scan"],
        &["-c", name, "scan"],
        &["--state", name, "status"],
        &["classify", "--explain", name],
        &["explain", name],
        &["integrate", name],
        &["rollback", name],
        &["config", "show", name],
        &["--set", name, "scan"],
        &["schema", name],
        &["schema", "-o", &format!("none/{name}")],
        &["quarantine", "show", name],
        &["quarantine", "add", name],
        &["audit", "import", name],
        &["policy", "test", name],
        &["trust", "verify", name],
    ];
    for arguments in commands {
        for colour in ["never", "always"] {
            let ran = Ran::of(room.command(arguments).args(["--color", colour]));
            assert!(matches!(ran.code, 2 | 5 | 6), "{arguments:?}: {} {}", ran.code, ran.stderr);
            assert_harmless(&unstyled(&ran.stderr), &format!("stderr of {arguments:?}"));
            assert!(ran.stderr.contains("help: "), "{arguments:?} names no next step: {}", ran.stderr);
        }
        assert_ne!(room.json(arguments)["exit_code"], 0, "{arguments:?}");
    }
}
