//! `security-eval --watch`: judges again when something changes, and ends by the signal that ended it.

use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStdout, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::room::Room;

const SHELL: &str = "import os\nos.system('a' + b)\n";

/// A watch that is ended with the test, whatever becomes of it.
struct Watch {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Watch {
    fn new(room: &Room, more: &[&str]) -> Self {
        let arguments = [&["security-eval", ".", "--watch", "--max-runtime", "120s"], more].concat();
        let mut command = room.command(&arguments);
        command.env_remove("AETHERRA_MAINT_TEST_CLOCK").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the binary starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        Self { child, lines }
    }

    /// The lines of the next round.
    fn round(&mut self) -> Vec<Value> {
        let mut all = Vec::new();
        for line in &mut self.lines {
            let value: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
            assert_ne!(value["type"], "summary", "{value}");
            let last = value["type"] == "round";
            all.push(value);
            if last {
                break;
            }
        }
        all
    }

    /// What follows a signal, and the signal that the process ended by.
    fn end(&mut self, signal: Signal) -> (Vec<Value>, Option<i32>) {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).expect("an id");
        kill_process(id, signal).expect("a signal");
        let rest = (&mut self.lines).map(|line| serde_json::from_str(&line.expect("a line")).expect("JSON")).collect();
        (rest, self.child.wait().expect("an end").signal())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn findings(round: &[Value]) -> Vec<String> {
    let found = round.iter().filter(|value| value["type"] == "finding");
    found.map(|value| value["path"].as_str().expect("a path").to_owned()).collect()
}

#[test]
fn every_change_is_judged_and_a_signal_ends_it() {
    for (signal, number) in [(Signal::TERM, 15), (Signal::INT, 2)] {
        let room = Room::with(&[("a.py", "x = 1\n"), ("b.py", SHELL)]);
        let mut watch = Watch::new(&room, &["-f", "jsonl"]);
        let first = watch.round();
        assert_eq!(findings(&first), ["b.py"]);
        let end = first.last().expect("an end");
        assert_eq!((&end["round"], &end["exit_code"], &end["inputs"]), (&1.into(), &1.into(), &2.into()));
        room.write("a.py", SHELL);
        let second = watch.round();
        assert_eq!(
            (findings(&second), &second.last().expect("an end")["round"]),
            (vec!["a.py".to_owned(), "b.py".to_owned()], &2.into())
        );
        std::fs::remove_file(room.path("b.py")).expect("it goes");
        room.write("a.py", "x = 2\n");
        room.write("new/c.py", "def f(:\n");
        let third = watch.round();
        assert_eq!(findings(&third), [""; 0]);
        assert_eq!(third.last().expect("an end")["exit_code"], 3);
        let (rest, ended) = watch.end(signal);
        assert_eq!(ended, Some(number));
        assert!(
            rest.last().is_some_and(|line| line["type"] == "summary" && line["exit_code"] == 128 + number),
            "{rest:?}"
        );
        // A check leaves nothing behind.
        assert!(!room.path(".aetherra").exists());
    }
}

#[test]
fn what_has_no_end_is_not_written_as_a_document() {
    let room = Room::with(&[("a.py", SHELL)]);
    for (more, code) in [
        (["--fix", "--report-from=low"], "usage"),
        (["--diff", "--report-from=low"], "usage"),
        (["--staged", "--report-from=low"], "usage"),
        (["-f", "sarif"], "watch-format"),
        (["-f", "json"], "watch-format"),
        (["-o", "out.sarif"], "watch-format"),
        (["-", "--report-from=low"], "watch-list"),
    ] {
        let ran = room.run(&[&["security-eval", "--watch", "--max-runtime", "30s"], more.as_slice()].concat());
        assert_eq!(ran.code, 2, "{more:?}: {}", ran.stderr);
        assert!(code == "usage" || ran.stderr.contains(code) || ran.stdout.contains(code), "{more:?}: {}", ran.stderr);
    }
    let ran = room.run(&["security-eval", "nowhere.py", "--watch", "--max-runtime", "30s"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}

#[test]
fn a_limit_of_time_ends_it() {
    let room = Room::with(&[("a.py", SHELL)]);
    let ran = room.run(&["security-eval", ".", "--watch", "--max-runtime", "2s"]);
    assert_eq!(ran.code, 124, "{}", ran.stderr);
    assert!(ran.stdout.contains("1 finding in 1 file"), "{}", ran.stdout);
}
