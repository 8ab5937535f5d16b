//! What holds for every command and is easily lost: layers of the configuration, where the state is, colours of each
//! stream, how a stream of lines ends, signals, threads.

use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::room::{Ran, Room};

/// Commands that heed the configuration, each in a form that works everywhere.
const COMMANDS: &[&[&str]] = &[&["scan"], &["scan", "-n"], &["security-eval"], &["status"], &["watch", "--once"]];

/// The same command with a file in the place of the system's configuration, in a name space of its own. None, and a
/// loud word, where that may not be made.
fn with_system_file(room: &Room, text: &str, arguments: &[&str]) -> Option<Ran> {
    let file = room.home().join("system.yaml");
    std::fs::write(&file, text).expect("a file");
    let inner = room.command(arguments);
    let mount = "mount -t tmpfs none /etc && mkdir /etc/aetherra && cp \"$0\" /etc/aetherra/maint.yaml";
    let mut command = Command::new("unshare");
    command
        .args(["-m", "sh", "-c", &format!("{mount} || exit 99; exec \"$@\"")])
        .arg(&file)
        .arg(inner.get_program())
        .args(inner.get_args())
        .env_clear()
        .envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .current_dir(room.project())
        .stdin(Stdio::null());
    match command.output() {
        Ok(output) if !matches!(output.status.code(), Some(99) | Some(126..=127)) && !is_refused(&output.stderr) => {
            Some(Ran {
                code: output.status.code().expect("an end"),
                stdout: String::from_utf8(output.stdout).expect("text"),
                stderr: String::from_utf8(output.stderr).expect("text"),
            })
        }
        _ => {
            eprintln!("SKIPPED: the system's configuration needs root, `unshare` and `mount`");
            None
        }
    }
}

fn is_refused(stderr: &[u8]) -> bool {
    stderr.starts_with(b"unshare:")
}

fn user_file(room: &Room, text: &str) {
    let folder = room.home().join("config/aetherra");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("maint.yaml"), text).expect("a file");
}

/// The value of a key and the kind of its origin.
fn shown(ran: &Ran) -> (Value, Value) {
    let key = ran.envelope()["data"]["keys"][0].clone();
    (key["value"].clone(), key["origin"]["kind"].clone())
}

const SHOW: [&str; 5] = ["config", "show", "scan.max_parse_bytes", "-f", "json"];

#[test]
fn each_layer_hides_the_one_below() {
    let room = Room::new();
    let set = |bytes: u32| format!("scan: {{max_parse_bytes: {bytes}}}\n");
    if let Some(ran) = with_system_file(&room, &set(1), &SHOW) {
        assert_eq!(shown(&ran).0, 1);
        user_file(&room, &set(2));
        assert_eq!(shown(&with_system_file(&room, &set(1), &SHOW).expect("as before")).0, 2);
    }
    user_file(&room, &set(2));
    assert_eq!(shown(&room.run(&SHOW)), (2.into(), "file".into()));
    for (name, bytes, text) in [
        ("aetherra-maint.yaml", 3, set(3)),
        ("aetherra-maint.yml", 4, set(4)),
        ("aetherra-maint.json", 5, "{\"scan\": {\"max_parse_bytes\": 5}}".to_owned()),
    ] {
        room.write(name, text);
        room.write("deep/down/x.py", "");
        // The nearest file above counts.
        let below = Ran::of(room.command(&SHOW).args(["-C", "deep/down"]));
        assert_eq!((shown(&room.run(&SHOW)).0, shown(&below).0), (bytes.into(), bytes.into()), "{name}");
        std::fs::remove_file(room.path(name)).expect("it goes");
    }
    room.write("aetherra-maint.yaml", set(3));
    let variable = |command: &mut Command| {
        command.env("AETHERRA_MAINT__SCAN__MAX_PARSE_BYTES", "6");
    };
    let mut command = room.command(&SHOW);
    variable(&mut command);
    assert_eq!(shown(&Ran::of(&mut command)), (6.into(), "variable".into()));
    let mut command = room.command(&SHOW);
    variable(&mut command);
    assert_eq!(shown(&Ran::of(command.args(["--set", "scan.max_parse_bytes=7"]))).0, 7);
    // A named file stands in the place of those that would be found, and `--isolated` in the place of all.
    std::fs::write(room.home().join("own.yaml"), "trust_mode: strict\n").expect("a file");
    let own = room.home().join("own.yaml");
    let named = Ran::of(room.command(&SHOW).arg("-c").arg(&own));
    assert_eq!(shown(&named), (10_485_760.into(), "built-in".into()));
    assert_eq!(shown(&Ran::of(room.command(&SHOW).arg("--isolated"))).1, "built-in");
}

#[test]
fn a_mistake_in_any_layer_stops_every_command_and_is_blamed_where_it_is() {
    let mistake = "scan: {rots: [x]}\n";
    let expect = |ran: &Ran, place: &str, arguments: &[&str]| {
        assert_eq!(ran.code, 2, "{place} {arguments:?}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains("error[config-unknown-key]"), "{place} {arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(place) && ran.stderr.contains("help: "), "{place} {arguments:?}: {}", ran.stderr);
    };
    for arguments in COMMANDS {
        let room = Room::with(&[("a.py", "a = 1\n")]);
        if let Some(ran) = with_system_file(&room, mistake, arguments) {
            expect(&ran, "/etc/aetherra/maint.yaml:1", arguments);
        }
        user_file(&room, mistake);
        expect(&room.run(arguments), "maint.yaml:1", arguments);
        user_file(&room, "");
        for name in ["aetherra-maint.yaml", "aetherra-maint.yml", "aetherra-maint.json"] {
            room.write(name, if name.ends_with("json") { "{\"scan\": {\"rots\": []}}" } else { mistake });
            expect(&room.run(arguments), &format!("{name}:1"), arguments);
            std::fs::remove_file(room.path(name)).expect("it goes");
        }
        std::fs::write(room.home().join("own.yaml"), mistake).expect("a file");
        let own = room.home().join("own.yaml");
        expect(&Ran::of(room.command(arguments).arg("-c").arg(&own)), "own.yaml:1", arguments);
        let variable = "AETHERRA_MAINT__SCAN__ROTS";
        expect(&Ran::of(room.command(arguments).env(variable, "x")), variable, arguments);
        expect(&Ran::of(room.command(arguments).args(["--set", "scan.rots=x"])), "--set", arguments);
        assert!(!room.path(".aetherra").exists(), "{arguments:?} left state behind");
    }
}

#[test]
fn a_named_configuration_that_is_not_there_is_an_error() {
    let room = Room::new();
    let ran = room.run(&["scan", "-n", "-c", "nowhere.yaml"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("nowhere.yaml") && ran.stderr.contains("help: "), "{}", ran.stderr);
    assert_eq!(room.run(&["scan", "-n", "-c", "x.yaml", "--isolated"]).code, 2, "one of them is meant");
}

#[test]
fn the_flag_wins_over_the_variable_and_the_variable_over_what_is_found() {
    let room = Room::with(&[("a.py", "a = 1\n")]);
    assert_eq!(room.run(&["scan", "-q"]).code, 0);
    let scan = |flags: &[&str]| {
        Ran::of(room.command(&["scan", "-q"]).args(flags).env("AETHERRA_STATE_DIR", "by-variable")).code
    };
    assert_eq!(scan(&[]), 0);
    assert!(room.path("by-variable/state.db").exists());
    assert_eq!(scan(&["--state", "by-flag"]), 0);
    assert!(room.path("by-flag/state.db").exists());
}

#[test]
fn each_stream_is_coloured_by_what_it_is() {
    let room = Room::with(&[("a.py", "a = (\n")]);
    let styled = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = room.command(arguments);
        command.envs(variables.iter().copied());
        let ran = Ran::of(&mut command);
        (ran.stdout.contains('\u{1b}'), ran.stderr.contains('\u{1b}'))
    };
    let scan = ["scan", "-n"];
    assert_eq!(styled(&scan, &[]), (false, false));
    assert!(styled(&scan, &[("CLICOLOR_FORCE", "1")]).1);
    assert!(!styled(&scan, &[("CLICOLOR_FORCE", "0")]).1);
    assert!(!styled(&scan, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).1);
    assert!(styled(&scan, &[("FORCE_COLOR", "1"), ("TERM", "dumb")]).1, "who forces it means it");
    // Empty is not set.
    assert!(styled(&scan, &[("FORCE_COLOR", "1"), ("NO_COLOR", "")]).1);
    assert_eq!(styled(&["scan", "-n", "--color", "never"], &[("FORCE_COLOR", "1")]), (false, false));
    // stderr is a terminal and stdout a file: one is coloured, the other is not.
    let inner = room.command(&scan);
    let words = std::iter::once(inner.get_program()).chain(inner.get_args());
    let quoted: Vec<String> = words.map(|word| format!("'{}'", word.to_str().expect("text"))).collect();
    for (term, coloured) in [("xterm", true), ("dumb", false)] {
        let shown = Command::new("script")
            .args(["-qec", &format!("{} > data.txt", quoted.join(" ")), "/dev/null"])
            .env_clear()
            .envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .env("TERM", term)
            .current_dir(room.project())
            .stdin(Stdio::null())
            .output();
        let Ok(shown) = shown else {
            eprintln!("SKIPPED: a terminal needs `script`");
            return;
        };
        let talk = String::from_utf8_lossy(&shown.stdout).into_owned();
        assert_eq!(talk.contains("\u{1b}[1m") || talk.contains("\u{1b}[3"), coloured, "{term}: {talk:?}");
        assert!(!std::fs::read_to_string(room.path("data.txt")).expect("the data").contains('\u{1b}'), "{term}");
    }
}

#[test]
fn lines_end_in_a_summary_on_every_path() {
    let room = Room::with(&[("a.py", "a = 1\n")]);
    std::fs::create_dir(room.path("broken")).expect("a folder");
    room.write("broken/state.db", "no database");
    for (arguments, code) in [
        (&["scan"][..], 0),
        (&["scan", "--nonsense"], 2),
        (&["scan", "--set", "scan.rots=x"], 2),
        (&["status", "--state", "nowhere"], 5),
        (&["scan", "--state", "broken"], 5),
        (&["scan", "nowhere"], 2),
    ] {
        let ran = Ran::of(room.command(arguments).args(["-f", "jsonl"]));
        assert_eq!(ran.code, code, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
        let lines: Vec<Value> =
            ran.stdout.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
        let last = lines.last().expect("a line");
        assert_eq!((&last["type"], &last["exit_code"]), (&"summary".into(), &code.into()), "{arguments:?}");
        assert_eq!(lines.iter().filter(|line| line["type"] == "summary").count(), 1, "{arguments:?}");
    }
}

#[test]
fn times_are_for_those_who_ask() {
    let room = Room::with(&[("a.py", "a = 1\n")]);
    let scan =
        |flags: &[&str]| Ran::of(room.command(&["scan", "--full"]).args(flags).env_remove("AETHERRA_MAINT_TEST_CLOCK"));
    scan(&[]);
    let (first, second) = (scan(&[]), scan(&[]));
    assert_eq!((&first.stdout, &first.stderr), (&second.stdout, &second.stderr));
    let verbose = scan(&["-v"]);
    assert!(verbose.stderr.len() > first.stderr.len(), "{}", verbose.stderr);
}

#[test]
fn threads_change_no_answer() {
    let files: Vec<(String, String)> =
        (0..60).map(|number| (format!("m{number}.py"), format!("import os\nclass C{number}: pass\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let room = Room::with(&files);
    let told = |jobs: &str| {
        let mut document = Ran::of(room.command(&["scan", "-n", "-f", "json"]).args(["--jobs", jobs])).envelope();
        document["duration_ms"].take();
        document
    };
    assert_eq!(told("1"), told("7"));
}

/// Whether a process has its own handlers of both signals by now.
fn is_ready(process: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap_or("0").trim();
    let mask = u64::from_str_radix(caught, 16).unwrap_or(0);
    [2, 15].iter().all(|signal| mask >> (signal - 1) & 1 == 1)
}

/// A run that waits for a list that does not come: there is no step that it could finish.
fn waiting(room: &Room) -> std::process::Child {
    let mut command = room.command(&["security-eval", "-", "-f", "json"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the binary starts");
    while !is_ready(child.id()) {
        std::thread::sleep(Duration::from_millis(1));
    }
    child
}

fn send(child: &std::process::Child, signal: rustix::process::Signal) {
    let process = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(process, signal).expect("a signal");
}

#[test]
fn the_second_signal_ends_a_run_at_once() {
    let room = Room::new();
    let mut child = waiting(&room);
    let _held_open = child.stdin.take();
    send(&child, rustix::process::Signal::INT);
    std::thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().expect("a look").is_none(), "the first is a wish");
    send(&child, rustix::process::Signal::TERM);
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.signal(), Some(15));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "there was no time for a document");
}

#[test]
fn one_signal_ends_a_run_that_hangs_with_a_document() {
    for (signal, number) in [(rustix::process::Signal::INT, 2), (rustix::process::Signal::TERM, 15)] {
        let room = Room::new();
        let mut child = waiting(&room);
        let _held_open = child.stdin.take();
        send(&child, signal);
        let output = child.wait_with_output().expect("an end");
        assert_eq!(output.status.signal(), Some(number));
        let text = |bytes| String::from_utf8(bytes).expect("text");
        let ran = Ran { code: 128 + number, stdout: text(output.stdout), stderr: text(output.stderr) };
        assert_eq!(ran.envelope()["status"], "interrupted");
    }
}

#[test]
fn quiet_twice_leaves_nothing_but_failures() {
    let room = Room::with(&[("a.py", "a = (\n")]);
    let talk = |flags: &[&str]| Ran::of(room.command(&["scan", "-n"]).args(flags));
    assert!(talk(&[]).stderr.contains("warning[") && talk(&[]).stderr.contains("scan: "));
    assert!(talk(&["-q"]).stderr.contains("warning[") && !talk(&["-q"]).stderr.contains("scan: "));
    let silent = talk(&["-qq"]);
    assert_eq!((silent.code, silent.stderr.as_str()), (talk(&[]).code, ""));
    assert_eq!(silent.stdout, talk(&[]).stdout, "data is no talk");
    for flags in [&["-qq", "nowhere"][..], &["-qqqq", "nowhere"]] {
        assert!(talk(flags).stderr.starts_with("error["), "{flags:?}");
    }
}

#[test]
fn two_signals_end_a_run_and_leave_nothing_in_the_way() {
    let room = Room::new();
    // Hours to hash.
    std::fs::File::create(room.path("huge.bin")).expect("a file").set_len(1 << 40).expect("a sparse file");
    for (signal, number) in [("INT", 2), ("TERM", 15)] {
        let mut child = room
            .command(&["scan", "-q"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary starts");
        std::thread::sleep(Duration::from_millis(500));
        let kill = format!("kill -{signal} {0}; kill -{signal} {0}", child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("sh").success());
        assert_eq!(child.wait().expect("an end").signal(), Some(number));
    }
    std::fs::remove_file(room.path("huge.bin")).expect("a deletion");
    room.write("a.py", "a = 1\n");
    assert_eq!(room.run(&["scan"]).code, 0);
}
