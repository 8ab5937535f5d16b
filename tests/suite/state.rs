//! The state directory: the lease, permissions, versions, damage, signals.

use std::fs::File;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::Duration;

use crate::room::{Ran, Room};

/// Holds the lease of a room's state as another run would.
fn hold(room: &Room) -> File {
    assert_eq!(room.run(&["state", "migrate"]).code, 0);
    let file = File::options().write(true).open(room.path(".aetherra/run.lock")).expect("the lock file");
    file.try_lock().expect("nobody holds it");
    file
}

#[test]
fn sixteen_runs_on_a_fresh_directory_all_succeed_when_they_wait() {
    let room = Room::new();
    let children: Vec<_> = (0..16)
        .map(|_| {
            room.command(&["state", "migrate", "--on-lock", "wait"])
                .env_remove("AETHERRA_MAINT_TEST_CLOCK")
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the binary starts")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("an end");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(room.run(&["state", "info"]).code, 0);
}

/// The codes and the words of sixteen runs of a command that start at once.
fn sixteen(room: &Room, arguments: &[&str]) -> Vec<(i32, String, String)> {
    let children: Vec<_> = (0..16)
        .map(|_| {
            let mut command = room.command(arguments);
            command.args(["-f", "json"]).env_remove("AETHERRA_MAINT_TEST_CLOCK");
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts")
        })
        .collect();
    let ends = children.into_iter().map(|child| {
        let output = child.wait_with_output().expect("an end");
        let ran = Ran {
            code: output.status.code().expect("a code"),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        };
        let document = ran.envelope();
        let word = |key: &str| document[key].as_str().expect("a word").to_owned();
        (ran.code, word("status"), word("schema"))
    });
    ends.collect()
}

#[test]
fn sixteen_runs_at_once_do_as_on_lock_says() {
    let ended = |code: i32, status: &str, schema: &str| (code, status.to_owned(), schema.to_owned());
    for (on_lock, others) in [
        ("wait", None),
        ("fail", Some(ended(11, "locked", "error/v1"))),
        ("skip", Some(ended(0, "ok", "skipped-run/v1"))),
    ] {
        for command in ["scan", "health"] {
            let room = Room::with(&[("a.py", "a = 1\n"), ("b.py", "b = 1\n")]);
            // What is as young as the scan is read again by the next one, which records that.
            std::thread::sleep(Duration::from_millis(200));
            let ends = sixteen(&room, &[command, "--on-lock", on_lock]);
            let done = ended(0, "ok", &format!("{command}/v1"));
            // A machine that is busy with other tests is no healthy one, and is measured all the same.
            let busy = ended(1, "negative", "health/v1");
            let had_turn = |end: &&(i32, String, String)| **end == done || **end == busy;
            let is_expected = |end: &(i32, String, String)| had_turn(&end) || Some(end) == others.as_ref();
            assert!(ends.iter().all(is_expected), "{command} --on-lock {on_lock}: {ends:?}");
            assert!(ends.iter().any(|end| had_turn(&end)), "{command} --on-lock {on_lock}: nobody had a turn");
            let state = room.json(&["status"]);
            assert_eq!(room.run(&["audit", "verify"]).code, 0);
            // Nothing is recorded twice.
            let entries = state["data"]["ledger"]["entries"].as_u64().expect("a count");
            assert!(command != "scan" || entries == 2, "{entries}");
        }
    }
}

#[test]
fn whoever_only_looks_is_not_disturbed_by_a_state_that_is_being_made() {
    for _ in 0..4 {
        for arguments in [&["security-eval", "--state", ".aetherra"][..], &["security-eval"], &["scan", "-n"]] {
            let room = Room::with(&[("a.py", "a = 1\n")]);
            let mut maker = room.command(&["state", "migrate"]);
            let mut maker = maker.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary starts");
            let ends = sixteen(&room, arguments);
            assert!(ends.iter().all(|(code, ..)| *code == 0), "{arguments:?}: {ends:?}");
            assert!(maker.wait().expect("an end").code().is_some_and(|code| matches!(code, 0 | 11)));
        }
    }
}

#[test]
fn a_held_state_fails_waits_or_skips() {
    let room = Room::new();
    let held = hold(&room);
    assert_eq!(room.json(&["state", "migrate"])["status"], "locked");
    assert_eq!(room.run(&["state", "migrate"]).code, 11);
    assert_eq!(room.run(&["state", "migrate", "--on-lock", "wait", "--lock-timeout", "200ms"]).code, 11);
    let skipped = room.json(&["state", "migrate", "--on-lock", "skip"]);
    assert_eq!((&skipped["exit_code"], &skipped["schema"]), (&0.into(), &"skipped-run/v1".into()));
    assert_eq!(room.run(&["state", "info"]).code, 0, "readers never wait");
    drop(held);
    assert_eq!(room.run(&["state", "migrate"]).code, 0);
}

#[test]
fn a_signal_ends_a_waiting_run_by_that_signal() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let room = Room::new();
        let _held = hold(&room);
        let mut command =
            room.command(&["state", "migrate", "-f", "json", "--on-lock", "wait", "--lock-timeout", "10m"]);
        command.env_remove("AETHERRA_MAINT_TEST_CLOCK").stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().expect("the binary starts");
        // The handlers are there once the lock file has been opened; until then a signal would end the run
        // without the document.
        std::thread::sleep(Duration::from_millis(500));
        let kill = format!("kill -{signal} {}", child.id());
        assert!(std::process::Command::new("sh").args(["-c", &kill]).status().expect("sh").success());
        let output = child.wait_with_output().expect("an end");
        use std::os::unix::process::ExitStatusExt;
        let ran = Ran {
            code: 128 + output.status.signal().expect("an end by signal"),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        };
        assert_eq!(ran.code, code);
        assert_eq!(ran.envelope()["status"], "interrupted");
    }
}

#[test]
fn the_time_limit_ends_a_waiting_run() {
    let room = Room::new();
    let _held = hold(&room);
    let envelope = room.json(&["state", "migrate", "--on-lock", "wait", "--max-runtime", "300ms"]);
    assert_eq!(envelope["exit_code"], 124);
    assert_eq!(envelope["diagnostics"][0]["code"], "max-runtime");
}

#[test]
fn state_is_for_its_owner_alone() {
    let room = Room::new();
    assert_eq!(room.run(&["state", "migrate"]).code, 0);
    let mode = |path: &str| room.path(path).metadata().expect("it exists").permissions().mode() & 0o777;
    assert_eq!(mode(".aetherra"), 0o700);
    assert_eq!(mode(".aetherra/state.db"), 0o600);
}

#[test]
fn damage_is_reported_and_left_alone() {
    let room = Room::new();
    let garbage =
        "this is no database, and it is longer than a header of a hundred bytes would be, so that it is read".repeat(4);
    room.write(".aetherra/state.db", &garbage);
    for arguments in [["state", "info"], ["state", "migrate"]] {
        let envelope = room.json(&arguments);
        assert_eq!(envelope["exit_code"], 5, "{envelope:#}");
        assert_eq!(envelope["diagnostics"][0]["code"], "state-corrupt");
    }
    assert_eq!(std::fs::read_to_string(room.path(".aetherra/state.db")).expect("text"), garbage);
}

#[test]
fn a_file_in_the_place_of_the_directory_is_an_error() {
    let room = Room::with(&[(".aetherra", "not a folder")]);
    let envelope = room.json(&["state", "migrate"]);
    assert_eq!(envelope["exit_code"], 5, "{envelope:#}");
}

#[test]
fn state_above_is_found_and_the_flag_wins() {
    let room = Room::with(&[("inner/file.txt", "")]);
    assert_eq!(room.run(&["state", "migrate"]).code, 0);
    let above = room.json(&["-C", "inner", "state", "info"]);
    assert_eq!(above["data"]["directory"], room.path(".aetherra").display().to_string());
    assert_eq!(room.json(&["-C", "inner", "--state", "own", "state", "info"])["exit_code"], 5);
}

#[test]
fn a_backup_never_overwrites() {
    let room = Room::new();
    assert_eq!(room.run(&["state", "migrate"]).code, 0);
    assert_eq!(room.run(&["state", "backup", "copy.db"]).code, 0);
    assert_eq!(room.run(&["state", "backup", "copy.db"]).code, 2);
}

/// The texts of all migrations, in their order.
fn migrations() -> Vec<String> {
    let folder = std::fs::read_dir(crate::room::repository().join("schemas/store")).expect("the migrations");
    let mut paths: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().map(|path| std::fs::read_to_string(path).expect("text")).collect()
}

/// What takes back the tables, columns and indexes that the last migration makes or drops.
fn undone(migrations: &[String]) -> String {
    let migration = migrations.last().expect("one at least");
    let step = r"CREATE TABLE (\w+)|ALTER TABLE (\w+) (ADD|DROP) COLUMN (\w+)|DROP INDEX (\w+)";
    let step = regex::Regex::new(step).expect("a pattern");
    let back = step.captures_iter(migration).map(|found| {
        let text = |group| found.get(group).map_or("", |part| part.as_str());
        if let Some(index) = found.get(5) {
            let made = regex::Regex::new(&format!(r"CREATE (UNIQUE )?INDEX {} [^;]+;", index.as_str()));
            let made = made.expect("a pattern");
            return migrations.iter().find_map(|text| made.find(text)).expect("an index").as_str().to_owned();
        }
        match (text(1), text(2), text(3), text(4)) {
            ("", table, "ADD", column) => format!("ALTER TABLE {table} DROP COLUMN {column};"),
            ("", table, _, column) => format!("ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT '';"),
            (table, ..) => format!("DROP TABLE {table};"),
        }
    });
    let back: String = back.collect();
    assert!(!back.is_empty(), "nothing is known that takes back: {migration}");
    back
}

#[test]
fn an_older_state_is_copied_before_it_is_brought_up_to_date() {
    let room = Room::with(&[("a.py", "x = 1\n")]);
    assert_eq!(room.run(&["scan"]).code, 0);
    let version = |path: &std::path::Path| -> i64 {
        let database = rusqlite::Connection::open(path).expect("a database");
        database.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version")
    };
    let path = room.path(".aetherra/state.db");
    let newest = version(&path);
    // As the last version but one left it.
    let database = rusqlite::Connection::open(&path).expect("a database");
    database.execute_batch(&undone(&migrations())).expect("the last migration is undone");
    database.pragma_update(None, "user_version", newest - 1).expect("a version");
    drop(database);
    for (reader, code) in [
        (&["status"][..], 5),
        (&["generations"], 5),
        // A ledger is checked by those who must not change it.
        (&["audit", "verify"], 0),
        (&["security-eval", "-n", "--exit-zero"], 0),
    ] {
        let ran = room.run(reader);
        assert_eq!(ran.code, code, "{reader:?}: {}", ran.stderr);
        assert!(code == 0 || ran.stderr.contains("state-older") && ran.stderr.contains("state migrate"));
    }
    assert_eq!(room.json(&["state", "info"])["data"]["version"], newest - 1);
    assert_eq!(room.run(&["state", "backup", "as-it-is.db"]).code, 0);
    let rehearsed = room.json(&["state", "migrate", "-n"]);
    assert_eq!((&rehearsed["data"]["from"], &rehearsed["data"]["to"]), (&(newest - 1).into(), &newest.into()));
    assert!(!room.path(".aetherra/backups").exists(), "a rehearsal makes no copy");

    let migrated = room.json(&["state", "migrate"]);
    assert_eq!(migrated["exit_code"], 0, "{migrated:#}");
    assert_eq!(version(&path), newest);
    let backup = room.path(&format!(".aetherra/backups/state-v{}.db", newest - 1));
    assert_eq!(version(&backup), newest - 1);
    assert_eq!(backup.metadata().expect("it exists").permissions().mode() & 0o777, 0o600);
    let count = |path: &std::path::Path, table: &str| -> i64 {
        let database = rusqlite::Connection::open(path).expect("a database");
        let sql = format!("SELECT count(*) FROM {table}");
        database.query_row(&sql, [], |row| row.get(0)).expect("a count")
    };
    assert_eq!((count(&backup, "files"), count(&path, "files")), (1, 1));
    assert_eq!(count(&path, "ledger"), count(&backup, "ledger") + 1, "the migration is an entry");
    assert_eq!(room.run(&["audit", "verify"]).code, 0);
}
