//! A world that changes, refuses or ends while it is scanned.

use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;

use crate::room::{Ran, Room};

/// Users that no machine has.
const SOMEBODY: u32 = 54_321;
const SOMEBODY_ELSE: u32 = 54_322;

fn scan(room: &Room) -> Value {
    room.json(&["scan", "--list-skipped", "--allow-incomplete"])
}

/// The changes as `change path`.
fn changes(document: &Value) -> Vec<String> {
    let list = document["data"]["changes"].as_array().expect("a list");
    let word = |value: &Value| value.as_str().expect("a text").to_owned();
    list.iter().map(|item| format!("{} {}", word(&item["change"]), word(&item["path"]))).collect()
}

fn codes(document: &Value) -> Vec<&str> {
    let list = document["diagnostics"].as_array().expect("a list");
    list.iter().map(|item| item["code"].as_str().expect("a code")).collect()
}

fn sparse(room: &Room, name: &str, bytes: u64) {
    std::fs::create_dir_all(room.path(name).parent().expect("a parent")).expect("its folder");
    std::fs::File::create(room.path(name)).expect("a file").set_len(bytes).expect("a sparse file");
}

/// Starts a command and waits until it has this file open: it is in the middle of reading.
fn caught_reading(room: &Room, arguments: &[&str], file: &str) -> Child {
    let mut child =
        room.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
    let handles = format!("/proc/{}/fd", child.id());
    let wanted = room.path(file);
    for _ in 0..20_000 {
        let open = std::fs::read_dir(&handles).into_iter().flatten().flatten();
        if open.filter_map(|handle| std::fs::read_link(handle.path()).ok()).any(|target| target == wanted) {
            return child;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let _ = child.kill();
    let _ = child.wait();
    panic!("{file} was never opened");
}

fn ended(child: Child) -> Ran {
    let output = child.wait_with_output().expect("an end");
    Ran {
        code: output.status.code().or_else(|| output.status.signal().map(|signal| 128 + signal)).expect("an end"),
        stdout: String::from_utf8(output.stdout).expect("text"),
        stderr: String::from_utf8(output.stderr).expect("text"),
    }
}

/// A command that runs as an ordinary user who owns the whole room. None, and a loud word, where a test run by
/// root cannot become one.
fn as_user(room: &Room, user: u32, arguments: &[&str]) -> Option<Command> {
    let mut command = room.command(arguments);
    if room.project().metadata().expect("the project").uid() != 0 && !is_root() {
        return Some(command);
    }
    command.uid(user).gid(user);
    let mut trial = Command::new(command.get_program());
    let runs = trial.arg("--version").uid(user).gid(user).stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !runs.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: run by root, and the binary cannot be run as user {user}");
        return None;
    }
    Some(command)
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Gives everything below a folder to a user.
fn give(folder: &Path, user: u32) {
    if is_root() {
        let owner = format!("{user}:{user}");
        let status = Command::new("chown").args(["-R", &owner]).arg(folder).status();
        assert!(status.is_ok_and(|status| status.success()), "chown");
    }
}

/// The folder around the project and the home.
fn around(room: &Room) -> std::path::PathBuf {
    room.project().parent().expect("a parent").to_path_buf()
}

#[test]
fn a_root_that_vanishes_in_the_middle_loses_nothing() {
    let room = Room::with(&[("kept/a.py", "a = 1\n"), ("other/b.py", "b = 1\n")]);
    scan(&room);
    sparse(&room, "kept/huge.bin", 2 << 30);
    let child = caught_reading(&room, &["scan", "kept", "other", "-f", "json"], "kept/huge.bin");
    std::fs::rename(room.path("kept"), room.home().join("away")).expect("a move");
    let ran = ended(child);
    let document = ran.envelope();
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(codes(&document).contains(&"root-vanished"), "{document:#}");
    assert!(changes(&document).is_empty(), "{document:#}");
    assert_eq!(document["data"]["roots"][0]["fault"], "it vanished while it was scanned");
    std::fs::rename(room.home().join("away"), room.path("kept")).expect("a move back");
    std::fs::remove_file(room.path("kept/huge.bin")).expect("a deletion");
    assert!(changes(&scan(&room)).is_empty(), "what was recorded is still there");
}

#[test]
fn a_root_that_vanishes_during_the_first_scan_leaves_nothing_half() {
    let room = Room::with(&[("kept/a.py", "a = 1\n"), ("other/b.py", "b = 1\n")]);
    sparse(&room, "kept/huge.bin", 2 << 30);
    let child = caught_reading(&room, &["scan", "kept", "other", "-f", "json"], "kept/huge.bin");
    std::fs::rename(room.path("kept"), room.home().join("away")).expect("a move");
    let ran = ended(child);
    let document = ran.envelope();
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(changes(&document), ["new other/b.py"]);
    let backup = std::fs::read_to_string(room.path(".aetherra/index.jsonl")).expect("the backup");
    assert!(backup.contains("other/b.py") && !backup.contains("kept/"), "{backup}");
}

#[test]
fn a_file_that_changes_each_time_it_is_read_is_told_and_kept() {
    let room = Room::with(&[("calm.py", "a = 1\n"), ("busy.bin", "start")]);
    scan(&room);
    sparse(&room, "busy.bin", 64 << 20);
    let done = AtomicBool::new(false);
    let document = std::thread::scope(|threads| {
        threads.spawn(|| {
            let mut file = std::fs::File::options().append(true).open(room.path("busy.bin")).expect("the file");
            while !done.load(Ordering::Relaxed) {
                file.write_all(b"x").expect("one more byte");
                std::thread::sleep(Duration::from_micros(200));
            }
        });
        let document = room.json(&["scan"]);
        done.store(true, Ordering::Relaxed);
        document
    });
    assert_eq!(document["exit_code"], 3, "{document:#}");
    assert!(codes(&document).contains(&"scan-changing"), "{document:#}");
    assert!(changes(&document).is_empty(), "{document:#}");
    // Calm again, it is read.
    assert_eq!(changes(&scan(&room)), ["modified busy.bin"]);
}

#[test]
fn a_signal_during_the_first_scan_records_all_or_nothing() {
    let room = Room::with(&[("a.py", "a = 1\n")]);
    sparse(&room, "huge.bin", 8 << 30);
    let child = caught_reading(&room, &["scan", "-q"], "huge.bin");
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).expect("a number")).expect("a process");
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("a signal");
    assert_eq!(ended(child).code, 128 + 15);
    std::fs::remove_file(room.path("huge.bin")).expect("a deletion");
    let document = scan(&room);
    assert_eq!(changes(&document), ["new a.py"]);
    assert_eq!(document["audit"]["seq"], 2);
}

#[test]
fn what_may_not_be_read_is_kept_and_told() {
    let room = Room::with(&[("open.py", "x = 1\n"), ("shut/a.py", "x = 1\n"), ("secret.py", "x = 1\n")]);
    give(&around(&room), SOMEBODY);
    let Some(mut first) = as_user(&room, SOMEBODY, &["scan", "-q"]) else { return };
    assert_eq!(Ran::of(&mut first).code, 0);
    let lock = |path: &str, mode| {
        std::fs::set_permissions(room.path(path), std::fs::Permissions::from_mode(mode)).expect("permissions");
    };
    lock("shut", 0o000);
    lock("secret.py", 0o000);
    let ran = Ran::of(&mut as_user(&room, SOMEBODY, &["scan", "--full", "-f", "json"]).expect("as before"));
    lock("shut", 0o700);
    lock("secret.py", 0o600);
    let document = ran.envelope();
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(codes(&document).contains(&"scan-unreadable"), "{document:#}");
    assert!(changes(&document).is_empty(), "{document:#}");
    let ran = Ran::of(&mut as_user(&room, SOMEBODY, &["scan", "-f", "json"]).expect("as before"));
    assert!(changes(&ran.envelope()).is_empty(), "{}", ran.stdout);
}

#[test]
fn a_root_that_may_not_be_read_is_told_and_nothing_of_it_is_lost() {
    let room = Room::with(&[("shut/a.py", "x = 1\n"), ("open/b.py", "x = 1\n")]);
    give(&around(&room), SOMEBODY);
    let run = |arguments: &[&str]| as_user(&room, SOMEBODY, arguments).map(|mut command| Ran::of(&mut command));
    let Some(first) = run(&["scan", "shut", "open", "-q"]) else { return };
    assert_eq!(first.code, 0, "{}", first.stderr);
    let mode = |mode| std::fs::set_permissions(room.path("shut"), std::fs::Permissions::from_mode(mode));
    mode(0o000).expect("permissions");
    let alone = run(&["scan", "shut", "-f", "json"]).expect("as before");
    let both = run(&["scan", "shut", "open", "-f", "json"]).expect("as before");
    let judged = run(&["security-eval", "shut", "-f", "json"]).expect("as before");
    let person = run(&["scan", "shut"]).expect("as before");
    mode(0o700).expect("permissions");
    for ran in [&alone, &both, &judged] {
        assert_eq!((ran.code, &ran.envelope()["complete"]), (3, &Value::Bool(false)), "{}", ran.stderr);
    }
    assert_eq!(person.code, 3);
    assert!(person.stderr.contains("shut") && person.stderr.contains("help: "), "{}", person.stderr);
    assert!(changes(&both.envelope()).is_empty(), "{}", both.stdout);
    assert!(changes(&run(&["scan", "shut", "open", "-f", "json"]).expect("as before").envelope()).is_empty());
}

#[test]
fn state_of_somebody_else_is_refused_and_left_alone() {
    if !is_root() {
        eprintln!("SKIPPED: only root can make files of somebody else");
        return;
    }
    let room = Room::with(&[("a.py", "a = 1\n")]);
    assert_eq!(room.run(&["scan"]).code, 0);
    give(&around(&room), SOMEBODY);
    give(&room.path(".aetherra"), SOMEBODY_ELSE);
    let before = std::fs::read(room.path(".aetherra/state.db")).expect("the database");
    let commands: [&[&str]; 4] = [&["scan"], &["scan", "-n"], &["status"], &["doctor"]];
    for arguments in commands {
        let Some(mut command) = as_user(&room, SOMEBODY, arguments) else { return };
        let ran = Ran::of(&mut command);
        assert!(matches!(ran.code, 1 | 5), "{arguments:?}: {} {}{}", ran.code, ran.stdout, ran.stderr);
        let told = format!("{}{}", ran.stdout, ran.stderr);
        assert!(told.contains("help") || arguments == ["doctor"], "{arguments:?}: {told}");
        assert!(!told.contains("internal-error"), "{told}");
    }
    assert_eq!(std::fs::read(room.path(".aetherra/state.db")).expect("the database"), before);
}

#[test]
fn a_state_directory_without_write_permission_is_told() {
    let room = Room::with(&[("a.py", "a = 1\n")]);
    give(&around(&room), SOMEBODY);
    let Some(mut first) = as_user(&room, SOMEBODY, &["scan", "-q"]) else { return };
    assert_eq!(Ran::of(&mut first).code, 0);
    let mode = |path: &str, mode| {
        std::fs::set_permissions(room.path(path), std::fs::Permissions::from_mode(mode)).expect("permissions");
    };
    mode(".aetherra/state.db", 0o400);
    mode(".aetherra", 0o500);
    room.write("b.py", "b = 1\n");
    let ran = Ran::of(&mut as_user(&room, SOMEBODY, &["scan"]).expect("as before"));
    mode(".aetherra", 0o700);
    assert_eq!(ran.code, 5, "{}", ran.stderr);
    assert!(ran.stderr.contains("help:"), "{}", ran.stderr);
}

#[test]
fn a_limit_on_the_size_of_files_is_like_a_full_disk() {
    let room = Room::with(&[("a.py", "a = 1\n")]);
    assert_eq!(room.run(&["scan"]).code, 0);
    let before = room.run(&["status"]).stdout;
    for number in 0..200 {
        room.write(&format!("more/m{number}.py"), format!("class C{number}:\n    value = {number}\n"));
    }
    let binary = room.command(&["scan"]);
    let limited = Ran::of(
        Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" scan"])
            .arg(binary.get_program())
            .env_clear()
            .envs(binary.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .current_dir(room.project()),
    );
    assert_eq!(limited.code, 5, "{}{}", limited.stdout, limited.stderr);
    assert!(limited.stderr.contains("error[") && limited.stderr.contains("help:"), "{}", limited.stderr);
    assert_eq!(room.run(&["status"]).stdout, before);
    assert_eq!(changes(&scan(&room)).len(), 200);
}

#[test]
fn an_empty_root_is_doubted() {
    let room = Room::with(&[("mounted/a.py", "a = 1\n"), ("mounted/b.py", "b = 1\n"), ("c.py", "c = 1\n")]);
    assert_eq!(room.run(&["scan", "mounted"]).code, 0);
    std::fs::rename(room.path("mounted"), room.home().join("away")).expect("a move");
    std::fs::create_dir(room.path("mounted")).expect("an empty folder");
    let document = room.json(&["scan", "mounted"]);
    assert_eq!(document["exit_code"], 3, "{document:#}");
    assert!(codes(&document).contains(&"root-empty"), "{document:#}");
    assert!(changes(&document).is_empty(), "{document:#}");
    let help = document["diagnostics"][0]["help"].as_str().expect("a help");
    assert!(help.contains("--accept-empty"), "{help}");
    // A hint is worth what following it does.
    let document = room.json(&["scan", "mounted", "--accept-empty"]);
    assert_eq!(document["exit_code"], 0, "{document:#}");
    assert_eq!(changes(&document), ["deleted mounted/a.py", "deleted mounted/b.py"]);
}

#[test]
fn what_a_pattern_hides_now_is_left_out_and_not_deleted() {
    let room = Room::with(&[("a.py", "a = 1\n"), ("gen/b.py", "b = 1\n"), ("gen/c.py", "c = 1\n")]);
    scan(&room);
    room.write(".aetherraignore", "a.py\ngen/\n");
    std::fs::remove_file(room.path("gen/c.py")).expect("a deletion");
    let document = scan(&room);
    assert_eq!(changes(&document), ["new .aetherraignore", "left-out a.py", "left-out gen/b.py", "deleted gen/c.py"]);
    assert_eq!(document["data"]["counts"]["left_out"], 2);
    assert!(changes(&scan(&room)).is_empty());
    std::fs::remove_file(room.path(".aetherraignore")).expect("a deletion");
    assert_eq!(changes(&scan(&room)), ["deleted .aetherraignore", "new a.py", "new gen/b.py"]);
}

#[test]
fn a_backup_that_is_not_there_is_written_by_the_next_scan() {
    let room = Room::with(&[("a.py", "a = 1\n")]);
    scan(&room);
    let backup = room.path(".aetherra/index.jsonl");
    let text = std::fs::read_to_string(&backup).expect("the backup");
    // As a run leaves it that ends between the index and its backup.
    std::fs::rename(&backup, room.path(".aetherra/index.before.jsonl")).expect("a move");
    let document = scan(&room);
    assert_eq!(document["audit"], Value::Null);
    assert_eq!(document["data"]["backup"], "index.jsonl");
    assert_eq!(std::fs::read_to_string(&backup).expect("the backup"), text);
    assert!(!room.path(".aetherra/index.before.jsonl").exists());
}

#[test]
fn a_named_link_does_not_lead_out_of_the_project() {
    let room = Room::with(&[("inside.py", "import os\nos.system(input())\n")]);
    std::fs::write(room.home().join("outside.py"), "import os\nos.system(input())\n").expect("a file");
    symlink(room.home().join("outside.py"), room.path("out.py")).expect("a link");
    symlink(room.home(), room.path("folder")).expect("a link");
    symlink("inside.py", room.path("in.py")).expect("a link");
    for name in ["out.py", "folder", "folder/outside.py"] {
        let document = room.json(&["security-eval", name]);
        assert_eq!(document["exit_code"], 3, "{name}: {document:#}");
        assert_eq!(document["stats"]["judged"], 0, "{name}: {document:#}");
    }
    assert_eq!(room.json(&["security-eval", "in.py"])["stats"]["judged"], 1);
}

#[test]
fn a_damaged_content_is_seen_by_doctor() {
    let room = Room::with(&[("a.py", "a = 1\n")]);
    assert_eq!(room.run(&["scan"]).code, 0);
    room.write(&format!(".aetherra/objects/{}", "0".repeat(64)), "not what the name says");
    let document = room.json(&["doctor"]);
    assert_eq!(document["exit_code"], 1, "{document:#}");
    let checks = document["data"]["checks"].as_array().expect("a list");
    let contents = checks.iter().find(|check| check["id"] == "contents").expect("the check");
    assert_eq!(contents["health"], "bad");
}

#[test]
fn a_wrong_variable_is_blamed_itself() {
    let room = Room::new();
    let ran = Ran::of(room.command(&["scan"]).env("AETHERRA_LOG_LEVEL", "loud"));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("AETHERRA_LOG_LEVEL") && !ran.stderr.contains("--log-level <"), "{}", ran.stderr);
}
