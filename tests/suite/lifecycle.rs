//! Hosts that take part in a change, by programs and over HTTP, and the operator's own verification.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aetherra_maint::host::confine::{Isolation, isolations};
use serde_json::Value;

use crate::plugin::{self, PLUGIN, operator};
use crate::room::{Ran, Room};

/// A project of which one version is deployed and another is planned. What is configured counts from the second on.
pub fn planned(config: &str) -> Room {
    let room = plugin::planned();
    operator(&room, config);
    room
}

#[track_caller]
pub fn done(room: &Room, arguments: &[&str]) -> Value {
    let document = room.json(arguments);
    assert_eq!(document["exit_code"], 0, "{document:#}");
    document["data"].clone()
}

pub fn deployed(room: &Room) -> String {
    std::fs::read_link(room.path(".aetherra/current")).expect("a link").display().to_string()
}

fn text(room: &Room) -> String {
    std::fs::read_to_string(room.path(".aetherra/current/tree/plugins/weather.py")).expect("a file")
}

/// The change fails, and what is deployed is what was.
#[track_caller]
pub fn refused(room: &Room, code: i32, why: &str) -> Ran {
    let ran = room.run(&["integrate"]);
    assert_eq!(ran.code, code, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains(why), "{why}: {}", ran.stderr);
    assert_eq!(deployed(room), "generations/1");
    assert_eq!(text(room), PLUGIN);
    ran
}

/// A configuration in which every step notes what it was asked, and then does this.
pub fn commands(room_log: &str, then: &str) -> String {
    let steps = ["load", "probe", "quiesce", "swap", "verify", "resume", "unload"].map(|call| {
        let script = format!("echo $AETHERRA_CALL $AETHERRA_FROM $AETHERRA_TO >> {room_log}; {then}");
        format!("    {call}: [/bin/sh, -c, {}]\n", Value::String(script))
    });
    format!(
        "host:\n  kind: commands\n  timeouts: {{load: 2, probe: 2, quiesce: 2, swap: 2, verify: 2, resume: 2, unload: 2}}\n  commands:\n{}",
        steps.concat()
    )
}

/// A place for notes outside of every room.
pub struct Notes(tempfile::TempDir);

impl Notes {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn path(&self) -> String {
        self.0.path().join("notes").display().to_string()
    }

    pub fn taken(&self) -> Vec<String> {
        std::fs::read_to_string(self.path()).unwrap_or_default().lines().map(str::to_owned).collect()
    }
}

#[test]
fn a_host_of_programs_is_asked_in_order() {
    let notes = Notes::new();
    let room = planned(&commands(&notes.path(), "grep -q '\"schema\":\"host-call/v1\"'"));
    let made = done(&room, &["integrate"]);
    let steps = ["load 1 2", "probe 1 2", "quiesce 1 2", "swap 1 2", "verify 1 2", "resume 1 2"];
    assert_eq!(notes.taken(), steps);
    assert_eq!(deployed(&room), "generations/2");
    done(&room, &["rollback", made["token"].as_str().expect("a token")]);
    let back = ["load 2 1", "probe 2 1", "quiesce 2 1", "swap 2 1", "verify 2 1", "resume 2 1"];
    assert_eq!(notes.taken()[6..], back);
    assert_eq!(text(&room), PLUGIN);
}

#[test]
fn a_host_that_cannot_resume_needs_a_person() {
    let notes = Notes::new();
    let room = planned(&commands(&notes.path(), "test $AETHERRA_CALL != resume"));
    let ran = refused(&room, 8, "`resume`");
    assert!(ran.stderr.contains("what is deployed is as it was before"), "{}", ran.stderr);
    let log = done(&room, &["audit", "log", "--limit", "3"]);
    assert!(log.to_string().contains("undone except at the host"), "{log:#}");
}

#[test]
fn a_host_that_hangs_is_killed_with_all_it_started() {
    let notes = Notes::new();
    let hang =
        format!("test $AETHERRA_CALL = probe || exit 0; sleep 1000 & echo $! >> {0}.pids; sleep 1000", notes.path());
    let room = planned(&commands(&notes.path(), &hang));
    refused(&room, 7, "its time limit");
    let pid = std::fs::read_to_string(format!("{}.pids", notes.path())).expect("a number");
    let ends = Instant::now() + Duration::from_secs(10);
    while is_alive(&pid) && Instant::now() < ends {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(!is_alive(&pid), "what it started is still there");
}

/// Starts an integration, waits until `pids` has the number of what hangs, and asks it to stop.
fn stopped_by(room: &Room, pids: &str, signal: &str) -> std::process::Output {
    let running = room.command(&["integrate"]).stderr(std::process::Stdio::piped()).spawn().expect("it starts");
    let ends = Instant::now() + Duration::from_secs(60);
    while std::fs::read_to_string(pids).is_ok_and(|text| text.is_empty()) || !Path::new(pids).exists() {
        assert!(Instant::now() < ends, "nothing was started");
        std::thread::sleep(Duration::from_millis(5));
    }
    let kill = std::process::Command::new("kill").args([signal, &running.id().to_string()]).status();
    assert!(kill.expect("a signal").success());
    running.wait_with_output().expect("it ends")
}

fn is_alive(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    !stat.is_empty() && !stat.contains(") Z ")
}

#[test]
fn a_signal_ends_what_the_host_is_doing_and_takes_the_change_back() {
    use std::os::unix::process::ExitStatusExt;
    for (step, signal, number) in [("probe", "-TERM", 15), ("quiesce", "-INT", 2), ("verify", "-TERM", 15)] {
        let notes = Notes::new();
        let pids = format!("{}.pids", notes.path());
        let hang = format!("test $AETHERRA_CALL = {step} || exit 0; sleep 1000 & echo $! >> {pids}; sleep 1000");
        let room = planned(&commands(&notes.path(), &hang).replace(": 2", ": 600"));
        let (text_before, before) = (text(&room), deployed(&room));
        let output = stopped_by(&room, &pids, signal);
        let said = String::from_utf8_lossy(&output.stderr);
        // After it has cleaned up, it dies of the signal, as a shell expects.
        assert_eq!(output.status.signal(), Some(number), "{step}: {said}");
        assert!(said.contains("everything is as it was before"), "{step}: {said}");
        assert_eq!((text(&room), deployed(&room)), (text_before, before), "{step}");
        assert!(!room.path(".aetherra/generations/2").exists(), "{step}");
        let taken = notes.taken();
        // What undoes a step is not cut short by the signal that is the reason for it.
        assert_eq!(taken.last().map(String::as_str), Some("unload 1 2"), "{step}: {taken:?}");
        let pid = std::fs::read_to_string(&pids).expect("a number");
        let ends = Instant::now() + Duration::from_secs(10);
        while is_alive(&pid) && Instant::now() < ends {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(!is_alive(&pid), "{step}: what it started is still there");
        done(&room, &["audit", "verify"]);
    }
}

#[test]
fn a_signal_ends_the_operators_program_and_nothing_is_deployed() {
    use std::os::unix::process::ExitStatusExt;
    if !can_lock_in() {
        return;
    }
    // It cannot write anywhere: what tells that it runs is that it is there.
    let room = planned(&verifying("sleep 86399.75").replace("timeout: 20", "timeout: 100"));
    let before = deployed(&room);
    let running = room.command(&["integrate"]).stderr(std::process::Stdio::piped()).spawn().expect("it starts");
    let sleeps = || {
        let found = std::fs::read_dir("/proc")
            .expect("processes")
            .flatten()
            .find(|entry| std::fs::read(entry.path().join("cmdline")).is_ok_and(|line| line == b"sleep\x0086399.75\0"));
        found.map(|entry| entry.file_name().to_string_lossy().into_owned())
    };
    let ends = Instant::now() + Duration::from_secs(60);
    let pid = loop {
        if let Some(pid) = sleeps() {
            break pid;
        }
        assert!(Instant::now() < ends, "nothing was started");
        std::thread::sleep(Duration::from_millis(5));
    };
    let kill = std::process::Command::new("kill").args(["-TERM", &running.id().to_string()]).status();
    assert!(kill.expect("a signal").success());
    let output = running.wait_with_output().expect("it ends");
    assert_eq!(output.status.signal(), Some(15), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(deployed(&room), before);
    assert!(!room.path(".aetherra/generations/2").exists());
    assert!(!is_alive(&pid), "the program of the operator is still there");
}

#[test]
fn a_host_that_is_not_there_is_a_failure() {
    let room = planned("host: {kind: commands, commands: {load: [/no/such/program]}}\n");
    refused(&room, 7, "/no/such/program");
    let room = planned("host: {kind: commands}\n");
    refused(&room, 2, "names none");
    let room = planned("host: {kind: hub, hub_url: 'ftp://localhost/'}\n");
    refused(&room, 2, "no `http://` address");
}

#[test]
fn a_project_cannot_name_the_programs_of_the_host() {
    let room = planned("");
    room.write("aetherra-maint.yaml", "host: {kind: commands, commands: {load: [/bin/touch, stolen]}}\n");
    done(&room, &["integrate"]);
    assert!(!room.path("stolen").exists());
}

#[test]
fn a_run_that_was_killed_is_finished_or_taken_back_at_the_host_too() {
    for (step, back) in [("quiesce", true), ("verify", false)] {
        let notes = Notes::new();
        let slow =
            format!("test $AETHERRA_CALL = {step} && mkdir {}.{step} 2>/dev/null && sleep 1.5; exit 0", notes.path());
        let room = planned(&commands(&notes.path(), &slow));
        let mut running = room.command(&["integrate"]).spawn().expect("it starts");
        let ends = Instant::now() + Duration::from_secs(20);
        while notes.taken().last().is_none_or(|last| !last.starts_with(step)) && Instant::now() < ends {
            std::thread::sleep(Duration::from_millis(5));
        }
        running.kill().expect("it is killed");
        running.wait().expect("it ends");
        let before = notes.taken().len();
        let document = room.json(&["plan"]);
        let said = document["diagnostics"].to_string();
        let expected: &[&str] =
            if back { &["resume 1 2", "unload 1 2"] } else { &["swap 1 2", "verify 1 2", "resume 1 2"] };
        assert_eq!(notes.taken()[before..], *expected, "{said}");
        assert!(said.contains("change-recovered"), "{document:#}");
        assert_eq!(deployed(&room), if back { "generations/1" } else { "generations/2" });
    }
}

/// A hub that answers every step but those whose connection `harm` says that it has dealt with, and notes what it was
/// asked.
pub fn hub(harm: impl Fn(&str, &mut TcpStream) -> bool + Send + 'static) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let url = format!("http://{}/lifecycle", listener.local_addr().expect("an address"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let Some(body) = read_call(&mut stream) else { continue };
            let call = body["call"].as_str().expect("a word").to_owned();
            noted.lock().expect("a list").push(format!("{call} {} {}", body["from"], body["to"]));
            if !harm(&call, &mut stream) {
                let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            }
        }
    });
    (url, asked)
}

pub fn read_call(stream: &mut TcpStream) -> Option<Value> {
    let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some(body) = text.split_once("\r\n\r\n").and_then(|(_, body)| serde_json::from_str(body).ok()) {
            return Some(body);
        }
    }
}

#[test]
fn a_hub_is_asked_in_order() {
    let (url, asked) = hub(|_, _| false);
    let room = planned(&format!("host: {{kind: hub, hub_url: '{url}'}}\n"));
    done(&room, &["integrate"]);
    let steps = ["load 1 2", "probe 1 2", "quiesce 1 2", "swap 1 2", "verify 1 2", "resume 1 2"];
    assert_eq!(*asked.lock().expect("a list"), steps);
}

#[test]
fn a_signal_ends_the_wait_for_a_hub_and_takes_the_change_back() {
    use std::os::unix::process::ExitStatusExt;
    for (step, undone) in [("probe", &["unload 1 2"][..]), ("verify", &["swap 2 1", "resume 1 2", "unload 1 2"])] {
        let (url, asked) = hub(move |call, stream| call == step && stream.read(&mut [0]).is_ok());
        let limits = format!("{{{step}: 600}}");
        let room = planned(&format!("host: {{kind: hub, hub_url: '{url}', timeouts: {limits}}}\n"));
        let before = deployed(&room);
        let running = room.command(&["integrate"]).stderr(std::process::Stdio::piped()).spawn().expect("it starts");
        let ends = Instant::now() + Duration::from_secs(60);
        while asked.lock().expect("a list").last().is_none_or(|last| !last.starts_with(step)) {
            assert!(Instant::now() < ends, "the hub was not asked");
            std::thread::sleep(Duration::from_millis(5));
        }
        let kill = std::process::Command::new("kill").args(["-TERM", &running.id().to_string()]).status();
        assert!(kill.expect("a signal").success());
        let output = running.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.signal(), Some(15), "{step}: {said}");
        assert!(said.contains("everything is as it was before"), "{step}: {said}");
        let asked = asked.lock().expect("a list");
        assert_eq!(asked[asked.len() - undone.len()..], *undone, "{asked:?}");
        assert_eq!(deployed(&room), before);
        assert!(!room.path(".aetherra/generations/2").exists());
    }
}

#[test]
fn what_is_on_trial_is_loaded_and_forgotten_again() {
    let notes = Notes::new();
    let room = planned(&commands(&notes.path(), "exit 0"));
    done(&room, &["integrate", "--canary", "--detach"]);
    assert_eq!(notes.taken(), ["load 1 2", "probe 1 2"]);
    done(&room, &["canary", "stop"]);
    assert_eq!(notes.taken()[2..], ["unload 1 2"]);
}

/// A configuration with a program that looks at what is let in.
fn verifying(script: &str) -> String {
    format!(
        "verification:\n  command: [/bin/bash, -c, {}]\n  timeout: 20\n  memory: 128\n  processes: 30\n",
        Value::String(script.to_owned())
    )
}

/// Whether this kernel can lock programs in; if not, that is said loudly.
fn can_lock_in() -> bool {
    let can = isolations().contains(&Isolation::Landlock);
    if !can {
        eprintln!("SKIPPED: this kernel has no Landlock or no seccomp, so nothing of the isolation was tested");
    }
    can
}

#[test]
fn the_operators_program_sees_the_tree_and_decides() {
    if !can_lock_in() {
        return;
    }
    let look = "grep -q 1.1.0 plugins/weather.py && test $AETHERRA_GENERATION = 2 && test $AETHERRA_ISOLATION = landlock && echo fine > /dev/null";
    let room = planned(&verifying(look));
    done(&room, &["integrate"]);
    assert_eq!(deployed(&room), "generations/2");
    let room = planned(&verifying("echo I do not like it >&2; exit 1"));
    refused(&room, 7, "I do not like it");
    assert!(!room.path(".aetherra/generations/2").exists());
}

#[test]
fn the_operators_program_cannot_write_anywhere() {
    if !can_lock_in() {
        return;
    }
    let outside = tempfile::tempdir().expect("a folder");
    let place = outside.path().display().to_string();
    std::fs::write(outside.path().join("there"), "kept").expect("a file");
    let attacks = [
        format!("echo x > {place}/new"),
        format!("echo x >> {place}/there"),
        format!("rm {place}/there"),
        format!("mv {place}/there {place}/elsewhere"),
        format!("mkdir {place}/folder"),
        format!("ln -s /etc/passwd {place}/link"),
        format!("chmod 777 {place}/there"),
        format!("touch -d 2001-01-01 {place}/there"),
        format!("cat {place}/there"),
        "echo x > plugins/weather.py".to_owned(),
        "echo x > plugins/new.py".to_owned(),
        "rm -f plugins/weather.py".to_owned(),
        "echo x > /dev/shm/new".to_owned(),
        "echo x > /tmp/aetherra-must-not-appear".to_owned(),
        "kill -0 $PPID".to_owned(),
        "setsid true".to_owned(),
    ];
    for attack in attacks {
        let room = planned(&verifying(&attack));
        let before = std::fs::metadata(outside.path().join("there")).expect("a file");
        refused(&room, 7, "the operator's verification refused");
        let names: Vec<_> = std::fs::read_dir(outside.path()).expect("a folder").flatten().collect();
        assert_eq!(names.len(), 1, "{attack}");
        let after = std::fs::metadata(names[0].path()).expect("a file");
        assert_eq!(after.permissions(), before.permissions(), "{attack}");
        assert_eq!(after.modified().ok(), before.modified().ok(), "{attack}");
        assert_eq!(std::fs::read_to_string(names[0].path()).ok().as_deref(), Some("kept"), "{attack}");
        assert!(!Path::new("/tmp/aetherra-must-not-appear").exists());
    }
}

#[test]
fn the_operators_program_cannot_connect() {
    if !can_lock_in() {
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    listener.set_nonblocking(true).expect("it does not wait");
    let port = listener.local_addr().expect("an address").port();
    for protocol in ["tcp", "udp"] {
        let room = planned(&verifying(&format!("exec 3<>/dev/{protocol}/127.0.0.1/{port} && echo hello >&3")));
        refused(&room, 7, "the operator's verification refused");
    }
    assert!(listener.accept().is_err(), "somebody connected");
}

#[test]
fn the_operators_program_is_stopped_when_it_takes_too_much() {
    if !can_lock_in() {
        return;
    }
    // Doubles twelve times if nobody stops it.
    let bomb = "b() { if [ $1 -gt 0 ]; then b $(($1 - 1)) & b $(($1 - 1)) & wait; else sleep 20; fi; }; b 12";
    let room = planned(&verifying(bomb));
    refused(&room, 7, "its limit of processes");
    let room = planned(&verifying("set -o pipefail; head -c 1000000000 /dev/zero | tail -n 1 | wc -c"));
    refused(&room, 7, "the operator's verification refused");
    // Each of them stays below the limit, and they hold what they have.
    let together = "for n in 1 2 3 4; do head -c 60000000 /dev/zero | tail -n 1 | { sleep 10; wc -c; } & done; wait";
    let room = planned(&verifying(together));
    refused(&room, 7, "its limit of memory");
    let room = planned(&verifying("sleep 100").replace("timeout: 20", "timeout: 1"));
    refused(&room, 7, "its time limit");
}

#[test]
fn a_program_that_would_run_freely_is_said_and_refused_in_strict_mode() {
    let free = format!("{}  isolation: \"off\"\n", verifying("exit 0"));
    let room = planned(&format!("{free}trust_mode: strict\n"));
    refused(&room, 6, "cannot be locked in");
    assert_eq!(standing(&room), "refused");
    let room = planned(&free);
    assert_eq!(standing(&room), "freely");
    let human = room.run(&["status"]).stdout;
    assert!(human.contains("warning") && human.contains("runs freely"), "{human}");
    let document = room.json(&["integrate"]);
    assert_eq!(document["exit_code"], 0, "{document:#}");
    assert!(document["diagnostics"].to_string().contains("runs freely"), "{document:#}");
    assert_eq!(standing(&planned("")), "own-checks-only");
}

/// What `status` says of the operator's program.
fn standing(room: &Room) -> String {
    let document = room.json(&["status"]);
    document["data"]["self_incorporation"]["verification"].as_str().expect("a word").to_owned()
}

#[test]
fn the_loop_says_that_a_program_runs_freely_and_lets_nothing_in_where_it_must_not() {
    let free = format!("{}  isolation: \"off\"\nincorporation: {{auto_integrate: true}}\n", verifying("exit 0"));
    let ticked = |config: &str| {
        let room = planned(config);
        let ran = room.run(&["watch", "--once", "-f", "json"]);
        let log = room.run(&["status", "-f", "json"]).stdout;
        let status: Value = serde_json::from_str(&log).expect("a report");
        let stages = status["data"]["stages"].as_array().expect("stages").clone();
        let integrate = stages.iter().find(|stage| stage["name"] == "integrate").expect("the stage").clone();
        (deployed(&room), integrate, ran.stdout + &ran.stderr)
    };
    let (now, stage, said) = ticked(&free);
    assert_eq!(now, "generations/2", "{said}");
    assert!(stage["detail"].as_str().is_some_and(|detail| detail.contains("runs freely")), "{stage:#}");
    let (now, _, said) = ticked(&format!("{free}trust_mode: strict\n"));
    assert_eq!(now, "generations/1", "{said}");
}

/// A `bwrap` for tests: it notes what it was given, and runs what comes after `--`.
const WRAPPER: &str = "#!/bin/sh\necho \"$@\" > NOTES\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n";

#[test]
fn where_bubblewrap_is_asked_for_it_gets_a_read_only_root_and_no_network() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let (wrapper, notes) = (folder.path().join("bwrap"), folder.path().join("notes"));
    std::fs::write(&wrapper, WRAPPER.replace("NOTES", &notes.display().to_string())).expect("a file");
    std::fs::set_permissions(&wrapper, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    let look = "test $AETHERRA_ISOLATION = bubblewrap && grep -q 1.1.0 plugins/weather.py";
    let room = planned(&format!("{}  isolation: bubblewrap\n", verifying(look)));
    let integrate = |path: &str| Ran::of(room.command(&["integrate"]).env("PATH", path));
    let ran = integrate("/nonexistent");
    assert_eq!(ran.code, 6, "without bubblewrap nothing is run: {}", ran.stderr);
    assert!(ran.stderr.contains("cannot be locked in"), "{}", ran.stderr);
    let ran = integrate(&format!("{}:/usr/bin:/bin", folder.path().display()));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let given = std::fs::read_to_string(&notes).expect("notes");
    for part in ["--unshare-all", "--die-with-parent", "--cap-drop ALL", "--ro-bind / /", "--chdir ", "-- /bin/bash -c"]
    {
        assert!(given.contains(part), "{part}: {given}");
    }
}

#[test]
fn the_operators_program_is_locked_in_by_bubblewrap() {
    if !isolations().contains(&Isolation::Bubblewrap) {
        eprintln!("SKIPPED: bubblewrap is not installed, so nothing of its isolation was tested");
        return;
    }
    let bubbled = |script: &str| planned(&format!("{}  isolation: bubblewrap\n", verifying(script)));
    let room = bubbled("test $AETHERRA_ISOLATION = bubblewrap && grep -q 1.1.0 plugins/weather.py");
    done(&room, &["integrate"]);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
    let port = listener.local_addr().expect("an address").port();
    let connect = format!("exec 3<>/dev/tcp/127.0.0.1/{port} && echo hello >&3");
    for attack in ["echo x > plugins/weather.py", "echo x > /tmp/aetherra-must-not-appear", &connect] {
        refused(&bubbled(attack), 7, "the operator's verification refused");
        assert!(!Path::new("/tmp/aetherra-must-not-appear").exists());
    }
}
