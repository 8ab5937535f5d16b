//! What a machine or a person can put in the way of any command: each gets a clear error with a next step
//! and the right exit code, and nothing that was recorded is lost.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::room::{Ran, Room};

/// Commands that write to the state, each in a form that works on the sample project.
const WRITERS: &[&[&str]] = &[&["scan"], &["classify"], &["health"], &["watch", "--once"]];

/// Commands that only read it.
const READERS: &[&[&str]] = &[&["status"], &["health", "-n"], &["generations"], &["quarantine", "list"]];

fn everybody() -> impl Iterator<Item = &'static [&'static str]> {
    WRITERS.iter().chain(READERS).copied()
}

/// A project with a little of everything.
fn project() -> Room {
    Room::with(&[
        ("plugins/clock.py", "class Clock:\n    name = \"clock\"\n\n\nPLUGIN_CLASS = Clock\n"),
        ("lib/numbers.py", "def half(number):\n    return number / 2\n"),
        ("README.md", "# A project\n"),
        ("data/rooms.csv", "room,lamps\nhall,2\n"),
    ])
}

/// A file system of its own, taken away at the end.
pub struct Mount(PathBuf);

impl Mount {
    /// None, and a loud word, where the test may not mount anything.
    pub fn new(at: &Path, options: &str) -> Option<Self> {
        std::fs::create_dir_all(at).expect("a folder");
        let mounted = mount(&["-t", "tmpfs", "-o", options, "none"], at);
        if !mounted {
            eprintln!("SKIPPED: mounting a small file system needs root, and {} is none", at.display());
        }
        mounted.then(|| Self(at.to_path_buf()))
    }

    /// One whose files can share blocks, in this image.
    pub fn sharing_blocks(at: &Path, image: &Path) -> Option<Self> {
        std::fs::create_dir_all(at).expect("a folder");
        std::fs::File::create(image).expect("a file").set_len(256 << 20).expect("room that is not taken");
        let made = Command::new("mkfs.btrfs").arg("-q").arg(image).output().is_ok_and(|made| made.status.success());
        let image = image.display().to_string();
        let mounted = made && mount(&["-t", "btrfs", "-o", "loop", &image], at);
        if !mounted {
            eprintln!("SKIPPED: files that share blocks need root, mkfs.btrfs and a loop device");
        }
        mounted.then(|| Self(at.to_path_buf()))
    }

    fn read_only(&self) {
        assert!(mount(&["-o", "remount,ro"], &self.0), "a remount");
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

fn mount(options: &[&str], at: &Path) -> bool {
    Command::new("mount").args(options).arg(at).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Exits with the code, says why in a line that a person can act on, and never calls it a bug.
#[track_caller]
fn expect_error(ran: &Ran, arguments: &[&str], code: i32) {
    assert_eq!(ran.code, code, "{arguments:?}: {}\n{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains("error["), "{arguments:?}: {}", ran.stderr);
    assert!(ran.stderr.contains("help: "), "{arguments:?} names no next step: {}", ran.stderr);
    assert!(!ran.stderr.contains("internal-error"), "{arguments:?}: {}", ran.stderr);
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let room = project();
    let garbage = "this is no database, however long it is looked at\n".repeat(100);
    room.write(".aetherra/state.db", &garbage);
    for arguments in everybody() {
        expect_error(&room.run(arguments), arguments, 5);
        assert_eq!(std::fs::read_to_string(room.path(".aetherra/state.db")).expect("the file"), garbage);
    }
    let told = room.run(&["doctor"]).stdout;
    assert!(told.contains("the ledger could not be opened") && !told.contains("there is no ledger"), "{told}");
}

#[test]
fn a_damaged_page_is_no_success_and_no_crash() {
    let room = project();
    for arguments in WRITERS {
        assert!(room.run(arguments).code < 5, "{arguments:?}");
    }
    let path = room.path(".aetherra/state.db");
    let mut bytes = std::fs::read(&path).expect("the database");
    for page in bytes.chunks_mut(4096).skip(1) {
        page.fill(0xa5);
    }
    std::fs::write(&path, &bytes).expect("damage");
    for arguments in everybody() {
        expect_error(&room.run(arguments), arguments, 5);
    }
}

#[test]
fn state_from_the_future_is_refused() {
    let room = project();
    assert_eq!(room.run(&["health"]).code, 0);
    let database = rusqlite::Connection::open(room.path(".aetherra/state.db")).expect("the database");
    database.pragma_update(None, "user_version", 4_000).expect("a version");
    drop(database);
    for arguments in everybody() {
        let ran = room.run(arguments);
        expect_error(&ran, arguments, 5);
        assert!(ran.stderr.contains("state-newer"), "{}", ran.stderr);
    }
}

#[test]
fn a_pipe_in_the_place_of_the_database_does_not_hang() {
    let room = project();
    std::fs::create_dir_all(room.path(".aetherra")).expect("a folder");
    make_pipe(&room.path(".aetherra/state.db"));
    for arguments in everybody() {
        expect_error(&finished(&room, arguments), arguments, 5);
    }
}

#[test]
fn a_full_disk_loses_nothing_that_was_recorded() {
    let room = project();
    let state = room.path("small");
    let Some(_mount) = Mount::new(&state, "size=1m") else { return };
    let with_state = |arguments: &[&str]| Ran::of(room.command(arguments).arg("--state").arg(&state));
    assert_eq!(with_state(&["health"]).code, 0);
    let before = with_state(&["status"]);
    fill(&state);
    for arguments in WRITERS {
        expect_error(&with_state(arguments), arguments, 5);
    }
    std::fs::remove_file(state.join("filler")).expect("room");
    assert_eq!(with_state(&["status"]).stdout, before.stdout);
    assert_eq!(with_state(&["health"]).code, 0);
}

#[test]
fn a_disk_that_fills_up_during_the_first_scan_leaves_nothing_in_the_way() {
    let room = project();
    for number in 0..300 {
        room.write(&format!("lib/m{number}.py"), format!("import os\n\n\nclass C{number}:\n    value = {number}\n"));
    }
    // From no room for the database to no room for the index, and for its backup alone.
    for kib in [8, 32, 128, 256, 320, 384] {
        let disk = room.path(&format!("disk-{kib}"));
        let Some(_mount) = Mount::new(&disk, &format!("size={kib}k")) else { return };
        let state = disk.join("state");
        let scan = || Ran::of(room.command(&["scan", "lib"]).arg("--state").arg(&state));
        let first = scan();
        assert!(matches!(first.code, 0 | 5), "{kib} KiB: {} {}", first.code, first.stderr);
        assert!(first.stderr.contains("o space left") || first.stderr.contains("disk-full"), "{kib}: {}", first.stderr);
        assert!(first.stderr.contains("help: "), "{kib} KiB: {}", first.stderr);
        assert!(mount(&["-o", "remount,size=16m"], &disk), "a remount");
        let again = scan();
        assert_eq!(again.code, 0, "{kib} KiB: {}", again.stderr);
        assert!(again.stdout.contains("301 "), "{kib} KiB: {}", again.stdout);
        let verified = Ran::of(room.command(&["audit", "verify", "--state"]).arg(&state));
        assert_eq!(verified.code, 0, "{kib} KiB: {}", verified.stdout);
    }
}

/// Leaves not a byte free.
pub fn fill(folder: &Path) {
    use std::io::Write;
    let mut filler = std::fs::File::create(folder.join("filler")).expect("a file");
    while filler.write_all(&[0; 4096]).is_ok() {}
    while filler.write_all(&[0]).is_ok() {}
}

#[test]
fn a_read_only_state_directory_can_be_read_and_not_written() {
    let room = project();
    let state = room.path("fixed");
    let Some(mount) = Mount::new(&state, "size=8m") else { return };
    let with_state = |arguments: &[&str]| Ran::of(room.command(arguments).arg("--state").arg(&state));
    assert_eq!(with_state(&["health"]).code, 0);
    mount.read_only();
    for arguments in WRITERS {
        expect_error(&with_state(arguments), arguments, 5);
    }
    for arguments in READERS {
        let ran = with_state(arguments);
        assert!(ran.code < 2, "{arguments:?}: {} {}", ran.code, ran.stderr);
    }
}

#[test]
fn strange_things_in_a_root_stop_nobody() {
    let room = project();
    make_pipe(&room.path("plugins/pipe.py"));
    let _socket = std::os::unix::net::UnixListener::bind(room.path("plugins/socket.py")).expect("a socket");
    let huge = std::fs::File::create(room.path("data/huge.py")).expect("a file");
    huge.set_len(1 << 30).expect("a gibibyte that is not there");
    std::os::unix::fs::symlink(".", room.path("plugins/loop")).expect("a link to where it is");
    room.write("plugins/zeros.py", [0_u8; 3000]);
    room.write("plugins/deep.py", format!("x = {}0{}\n", "(".repeat(10_000), ")".repeat(10_000)));
    room.write("plugins/deep.json", format!("{}{}\n", "[".repeat(100_000), "]".repeat(100_000)));
    for arguments in WRITERS {
        let ran = finished(&room, arguments);
        assert!(matches!(ran.code, 0 | 1 | 3), "{arguments:?}: {} {}", ran.code, ran.stderr);
    }
}

/// A device that never ends, as `/dev/zero` is. None, and a loud word, where the test may not make one.
fn make_device(path: &Path) -> Option<()> {
    use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};
    let made = mknodat(CWD, path, FileType::CharacterDevice, Mode::from_raw_mode(0o666), makedev(1, 5));
    let usable = made.is_ok() && std::fs::File::options().write(true).open(path).is_ok();
    if !usable {
        eprintln!("SKIPPED: making a device needs root, and a file system that has devices");
    }
    usable.then_some(())
}

#[test]
fn a_device_is_neither_read_to_its_end_nor_replaced() {
    let room = project();
    let device = room.path("plugins/zero.py");
    let Some(()) = make_device(&device) else { return };
    for arguments in WRITERS {
        let ran = finished(&room, arguments);
        assert!(matches!(ran.code, 0 | 1 | 3), "{arguments:?}: {} {}", ran.code, ran.stderr);
    }
    let path = "plugins/zero.py";
    let commands: &[&[&str]] = &[
        &["scan", path],
        &["scan", "--restore", path],
        &["security-eval", path],
        &["security-eval", "--baseline", path],
        &["-c", path, "status"],
        &["policy", "check", path],
        &["audit", "import", path],
        &["audit", "verify", "--checkpoint", path],
        &["integrate", path],
        &["quarantine", "add", path],
        &["audit", "anchor", "--to", &format!("file:{path}")],
        &["state", "backup", path],
    ];
    for arguments in commands {
        let ran = finished(&room, arguments);
        assert!(!matches!(ran.code, 0 | 70), "{arguments:?}: {} {}", ran.code, ran.stderr);
    }
    // What is asked to write there writes there. A rename would put a file in the place of the device.
    for arguments in [
        &["status", "-o", &format!("json={path}")][..],
        &["security-eval", "lib", "--write-baseline", path],
        &["audit", "export", path],
    ] {
        let ran = finished(&room, arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
    }
    use std::os::unix::fs::FileTypeExt;
    assert!(device.symlink_metadata().expect("it is there").file_type().is_char_device());
}

#[test]
fn a_file_in_the_place_of_the_state_and_a_start_in_the_middle_are_told_as_what_they_are() {
    let room = project();
    for arguments in WRITERS {
        let ran = Ran::of(room.command(arguments).args(["--state", "README.md"]));
        expect_error(&ran, arguments, 5);
        assert!(ran.stderr.contains("state-no-file"), "{}", ran.stderr);
    }
    let first = room.run(&["classify"]);
    assert!(
        first.stderr.contains("aetherra-maint scan"),
        "whoever begins in the middle is told where to: {}",
        first.stderr
    );
}

#[test]
fn what_is_written_through_a_link_leaves_the_link() {
    let room = project();
    assert_eq!(room.run(&["scan"]).code, 0);
    for (name, arguments) in [
        ("report", &["status", "-o", "json=link-report"][..]),
        ("baseline", &["security-eval", "--write-baseline", "link-baseline"]),
        ("export", &["audit", "export", "link-export"]),
    ] {
        room.write(name, "old\n");
        std::os::unix::fs::symlink(name, room.path(&format!("link-{name}"))).expect("a link");
        assert_eq!(room.run(arguments).code, 0, "{arguments:?}");
        assert!(room.path(&format!("link-{name}")).symlink_metadata().expect("it is there").is_symlink(), "{name}");
        assert_ne!(std::fs::read_to_string(room.path(name)).expect("a file"), "old\n", "{name}");
    }
}

#[test]
fn what_nobody_may_read_is_no_crash() {
    let room = project();
    std::fs::set_permissions(room.path("lib"), PermissionsExt::from_mode(0o000)).expect("permissions");
    for arguments in WRITERS {
        let ran = finished(&room, arguments);
        assert!(matches!(ran.code, 0 | 1 | 3), "{arguments:?}: {} {}", ran.code, ran.stderr);
    }
    std::fs::set_permissions(room.path("lib"), PermissionsExt::from_mode(0o755)).expect("permissions");
}

#[test]
fn an_invalid_configuration_stops_every_command_before_it_does_anything() {
    let room = project();
    for text in ["watch: {nonsense: 1}\n", "watch: [\n", "health: 3\n", "\u{0}", "scan: {roots: 5}\n"] {
        room.write("aetherra-maint.yaml", text);
        for arguments in everybody() {
            expect_error(&room.run(arguments), arguments, 2);
            assert!(!room.path(".aetherra").exists(), "{arguments:?} left state behind");
        }
    }
}

#[test]
fn a_closed_stdout_changes_no_code_in_any_format() {
    let room = Room::with(&[("a.py", "import os\nos.system(input())\n")]);
    assert_eq!(room.run(&["scan"]).code, 0);
    let evaluate: &[&str] = &["security-eval", "--no-cache", "--fail-on", "medium"];
    let formats = ["human", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown"];
    let cases = formats.map(|format| (evaluate, format, 1)).into_iter();
    for (arguments, format, code) in cases.chain([(&["health"][..], "prometheus", 0), (&["status"], "json", 0)]) {
        let arguments = [arguments, &["-f", format]].concat();
        // A pipe that nobody reads, and no stream at all.
        let mut child = room.command(&arguments);
        let mut child = child.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary starts");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("an end").code(), Some(code), "{arguments:?}");
        let inner = room.command(&arguments);
        let mut closed = Command::new("sh");
        closed.args(["-c", "\"$@\" >&-", "sh"]).arg(inner.get_program()).args(inner.get_args()).env_clear();
        closed.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?)))).current_dir(room.project());
        assert_eq!(Ran::of(&mut closed).code, code, "{arguments:?} without a stdout");
    }
}

#[test]
fn a_closed_stdout_changes_no_code() {
    let room = project();
    for arguments in WRITERS {
        let expected = project().run(arguments).code;
        let mut child =
            room.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("an end");
        assert_eq!(output.status.code(), Some(expected), "{arguments:?}");
        std::fs::remove_dir_all(room.path(".aetherra")).expect("fresh state");
    }
}

fn make_pipe(path: &Path) {
    rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, rustix::fs::Mode::from_raw_mode(0o644), 0)
        .expect("a pipe");
}

/// Runs a command that might hang, and ends it then: 124 is what `--max-runtime` exits with.
fn finished(room: &Room, arguments: &[&str]) -> Ran {
    let mut command = room.command(arguments);
    command.args(["--max-runtime", "60s"]).env_remove("AETHERRA_MAINT_TEST_CLOCK");
    let ran = Ran::of(&mut command);
    assert_ne!(ran.code, 124, "{arguments:?} hung for {:?}", Duration::from_secs(60));
    ran
}
