//! What holds for every subcommand: streams, formats, exit codes.

use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::room::{Ran, Room};

#[test]
fn usage_errors_are_documents_too() {
    let room = Room::new();
    for arguments in [&["--nonsense"][..], &["status", "--nonsense"], &["nonsense"], &[], &["status", "--jobs", "0"]] {
        let envelope = room.json(arguments);
        assert_eq!(envelope["exit_code"], 2, "{arguments:?}");
        assert_eq!(envelope["diagnostics"][0]["level"], "error");
    }
}

#[test]
fn the_format_may_stand_before_the_subcommand() {
    let room = Room::new();
    let envelope = room.run(&["-f", "json", "schema", "exit-codes"]).envelope();
    assert_eq!(envelope["command"], "schema");
}

#[test]
fn missing_state_has_its_code_in_every_format() {
    let room = Room::new();
    for format in ["human", "json", "jsonl"] {
        assert_eq!(room.run(&["status", "-f", format]).code, 5, "{format}");
    }
}

#[test]
fn a_format_that_a_report_has_not_is_refused_before_anything_is_done() {
    let room = Room::new();
    let ran = room.run(&["schema", "-f", "junit"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stdout.starts_with("<?xml"), "{}", ran.stdout);
}

#[test]
fn a_closed_pipe_keeps_the_code() {
    let room = Room::new();
    let mut child = room
        .command(&["schema", "status"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let mut talk = String::new();
    child.stderr.take().expect("stderr").read_to_string(&mut talk).expect("text");
    assert_eq!(child.wait().expect("an end").code(), Some(0), "{talk}");
    assert!(!talk.contains("error"), "{talk}");
}

#[test]
fn a_full_disk_is_no_success() {
    let room = Room::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let ran = Ran::of(room.command(&["schema"]).stdout(full));
    assert_eq!(ran.code, 5);
    assert!(ran.stderr.contains("error[disk-full]"), "{}", ran.stderr);
}

#[test]
fn outputs_are_written_beside_stdout() {
    let room = Room::new();
    let ran = room.run(&["schema", "exit-codes", "-q", "-o", "codes.json", "-o", "human=codes.txt"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(room.path("codes.txt")).expect("a file"), ran.stdout);
    let document = std::fs::read_to_string(room.path("codes.json")).expect("a file");
    crate::room::validate(&serde_json::from_str(&document).expect("JSON"));
    let left: Vec<_> = std::fs::read_dir(room.project()).expect("the project").flatten().collect();
    assert_eq!(left.len(), 2, "no temporary file stays: {left:?}");
}

#[test]
fn an_output_that_cannot_be_written_is_no_success() {
    let room = Room::new();
    let ran = room.run(&["schema", "-o", "nowhere/report.json"]);
    assert_eq!(ran.code, 5);
    assert!(ran.stderr.contains("nowhere/report.json"), "{}", ran.stderr);
    // What stdout says is how it ended.
    let document = room.run(&["config", "show", "-f", "json", "-o", "nowhere/report.json"]).envelope();
    assert_eq!((document["ok"].as_bool(), document["exit_code"].as_i64()), (Some(false), Some(5)));
    let ran = room.run(&["config", "show", "-o", "srif=report"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("no format `srif`"), "{}", ran.stderr);
}

#[test]
fn a_missing_subcommand_is_said() {
    let ran = Room::new().run(&["quarantine"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("a subcommand is missing"), "{}", ran.stderr);
}

#[test]
fn one_line_of_talk_and_none_when_quiet() {
    let room = Room::new();
    assert_eq!(room.run(&["schema"]).stderr, "schema: ok\n");
    assert_eq!(room.run(&["schema", "-q"]).stderr, "");
    let json = room.run(&["schema", "--log-format", "json"]).stderr;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).expect("JSON")["exit_code"], 0);
}

#[test]
fn colour_is_for_those_who_want_it() {
    let room = Room::new();
    let styled = |ran: &Ran| ran.stderr.contains('\u{1b}');
    assert!(!styled(&room.run(&["status"])));
    assert!(styled(&room.run(&["status", "--color", "always"])));
    assert!(styled(&Ran::of(room.command(&["status"]).env("FORCE_COLOR", "1"))));
    assert!(!styled(&Ran::of(room.command(&["status"]).env("FORCE_COLOR", "1").env("NO_COLOR", "1"))));
}

#[test]
fn narrow_terminals_get_blocks() {
    let room = Room::new();
    let ran = Ran::of(room.command(&["schema", "exit-codes"]).env("COLUMNS", "40"));
    assert!(ran.stdout.starts_with("code: 0\nstatus: ok\n"), "{}", ran.stdout);
}

#[test]
fn help_and_version_are_documents_for_machines() {
    let room = Room::new();
    for (arguments, topic) in [
        (&["--version"][..], "version"),
        (&["--help"], "help"),
        (&["scan", "--help"], "help"),
        (&["audit", "verify", "-h"], "help"),
    ] {
        let text = room.run(arguments);
        assert_eq!(text.code, 0);
        let ran = Ran::of(room.command(arguments).args(["-f", "json"]));
        let document = ran.envelope();
        assert_eq!((ran.code, &document["schema"], &document["data"]["topic"]), (0, &"help/v1".into(), &topic.into()));
        assert_eq!(document["data"]["text"], text.stdout.as_str());
        let lines = Ran::of(room.command(arguments).args(["-f", "jsonl"])).stdout;
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
        assert_eq!(lines.iter().map(|line| &line["type"]).collect::<Vec<_>>(), [topic, "summary"]);
    }
    let ran = Ran::of(room.command(&["audit", "verify", "--help", "-f", "json"]).arg("-q"));
    assert_eq!(ran.envelope()["command"], "audit verify");
}

#[test]
fn help_that_could_not_be_written_is_no_success() {
    let room = Room::new();
    let Ok(full) = std::fs::File::create("/dev/full") else { return };
    let status = room.command(&["--version"]).stdout(full).stderr(std::process::Stdio::null()).status();
    assert_ne!(status.expect("it runs").code(), Some(0));
}

/// What the binary writes to a terminal, stdout and stderr as one. None, and a loud word, without a program that
/// makes terminals.
fn on_a_terminal(room: &Room, arguments: &[&str], term: &str) -> Option<String> {
    on_a_terminal_after("", room, arguments, term)
}

/// The same, with something that is done to the terminal first.
fn on_a_terminal_after(first: &str, room: &Room, arguments: &[&str], term: &str) -> Option<String> {
    let inner = room.command(arguments);
    let words = std::iter::once(inner.get_program()).chain(inner.get_args());
    let quoted: Vec<String> = words.map(|word| format!("'{}'", word.to_str().expect("text"))).collect();
    let mut command = std::process::Command::new("script");
    command
        .args(["-qec", &format!("{first}{}", quoted.join(" ")), "/dev/null"])
        .env_clear()
        .envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .env("TERM", term)
        .current_dir(room.project())
        .stdin(std::process::Stdio::null());
    match command.output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
            Some(String::from_utf8(output.stdout).expect("text"))
        }
        Err(error) => {
            eprintln!("SKIPPED: progress bars need a terminal, and `script` did not start: {error}");
            None
        }
    }
}

#[test]
fn bars_are_for_terminals() {
    let room = Room::new();
    for number in 0..40 {
        room.write(&format!("m{number}.py"), "x = 1\n");
    }
    let judge = ["security-eval", "--no-cache"];
    let Some(shown) = on_a_terminal(&room, &judge, "xterm") else { return };
    // Drawn, and gone at the end: the last line is the talk of the run.
    assert!(shown.contains("judging") && shown.contains("/40") && shown.contains("\u{1b}[2K"), "{shown:?}");
    let last = shown.trim_end().rsplit('\n').next().unwrap_or_default();
    assert!(!last.contains("judging"), "{shown:?}");
    for (more, term) in [(&["--progress", "never"][..], "xterm"), (&["-q"], "xterm"), (&[], "dumb")] {
        let arguments: Vec<&str> = judge.iter().chain(more).copied().collect();
        let shown = on_a_terminal(&room, &arguments, term).expect("as before");
        assert!(!shown.contains("judging"), "{arguments:?} {term}: {shown:?}");
    }
}

#[test]
fn a_terminal_without_a_size_gets_the_usual_width() {
    let room = Room::with(&[("a.py", "import os\nos.system(input())\n")]);
    assert_eq!(room.run(&["scan", "-q"]).code, 0);
    for arguments in [&["schema", "exit-codes", "-q"][..], &["status", "-q"], &["config", "show", "--origin", "-q"]] {
        let plain = room.run(arguments).stdout;
        for size in ["rows 0 cols 0", "rows 24 cols 0", "rows 0 cols 1"] {
            let first = format!("stty {size}; ");
            let arguments = [arguments, &["--color", "never"]].concat();
            let Some(shown) = on_a_terminal_after(&first, &room, &arguments, "xterm") else { return };
            assert_eq!(shown.replace("\r\n", "\n"), plain, "{arguments:?} {size}");
        }
    }
    // Whatever the size, nothing is lost: words stay whole.
    for columns in [1, 7, 59] {
        let first = format!("stty rows 24 cols {columns}; ");
        let shown = on_a_terminal_after(&first, &room, &["schema", "exit-codes", "-q"], "xterm").expect("as before");
        assert!(shown.contains("precondition-failed"), "{columns}: {shown}");
    }
}

#[test]
fn progress_elsewhere_is_lines_and_only_on_request() {
    let room = Room::new();
    for number in 0..40 {
        room.write(&format!("m{number}.py"), "x = 1\n");
    }
    assert!(!room.run(&["security-eval", "--no-cache"]).stderr.contains("judging"));
    let ran = room.run(&["security-eval", "--no-cache", "--progress", "always"]);
    let told: Vec<&str> = ran.stderr.lines().filter(|line| line.starts_with("judging")).collect();
    assert_eq!((told.len(), told.first(), told.last()), (11, Some(&"judging: 0 of 40"), Some(&"judging: 40 of 40")));
    assert!(!ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
    let ran = room.run(&["scan", "--progress", "always", "--log-format", "json"]);
    let line = ran.stderr.lines().next().expect("a line");
    assert_eq!(serde_json::from_str::<serde_json::Value>(line).expect("JSON")["message"], "looking");
}
