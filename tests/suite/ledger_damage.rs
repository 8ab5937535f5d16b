//! What happens to the file of the ledger: damage, other databases in its place, journals beside it, a disk that is
//! full. `audit verify` says 1 only for what was changed and 3 for what could not be read; nothing is repaired and
//! nothing is deleted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use serde_json::Value;

use crate::audit::{recorded, tamper};
use crate::bad_input::{Mount, fill};
use crate::room::{Ran, Room};

/// Bytes of a page of SQLite.
const PAGE: usize = 4096;

/// A host's database with so many records of its own.
pub fn host_records(path: &Path, records: u32) {
    let host = Connection::open(path).expect("a database");
    host.execute_batch(&format!(
        "CREATE TABLE audit_records (id INTEGER, plan_id TEXT, timestamp TEXT, action TEXT, status TEXT,
         target_json TEXT, result_json TEXT);
         INSERT INTO audit_records SELECT value, 'plan', 't', 'register_plugin', 'success', '{{}}', hex(zeroblob(40))
         FROM generate_series(1, {records});"
    ))
    .or_else(|_| {
        host.execute_batch(&format!(
            "INSERT INTO audit_records WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {records})
             SELECT i, 'plan', 't', 'register_plugin', 'success', '{{}}', hex(zeroblob(40)) FROM n;"
        ))
    })
    .expect("records");
}

/// A room whose ledger has many pages.
pub fn long(records: u32) -> Room {
    let room = Room::new();
    host_records(&room.path("host.db"), records);
    assert_eq!(room.json(&["audit", "import", "host.db", "-q"])["exit_code"], 0);
    room
}

pub fn database(room: &Room) -> PathBuf {
    room.path(".aetherra/state.db")
}

/// Every file of the state with its bytes, but for what SQLite keeps in the place of memory.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if !path.to_string_lossy().ends_with("-shm") {
            let bytes = std::fs::read(&path).expect("a file");
            // A reader makes an empty log where there is none.
            if !(bytes.is_empty() && path.to_string_lossy().ends_with("-wal")) {
                found.insert(path, bytes);
            }
        }
    }
    found
}

/// Verifies, and shows that nothing was touched. Says the verdict, the exit code, and the document.
#[track_caller]
fn verdict(room: &Room) -> (String, i64, Value) {
    let before = files(&room.path(".aetherra"));
    let document = room.json(&["audit", "verify"]);
    let after = files(&room.path(".aetherra"));
    // How far it came may be kept, for `--new`.
    let position = room.path(".aetherra/ledger/verified");
    let paths = before.keys().chain(after.keys()).filter(|path| **path != position);
    let changed: Vec<&PathBuf> = paths.filter(|path| before.get(*path) != after.get(*path)).collect();
    assert!(changed.is_empty(), "{changed:?} changed: {document:#}");
    let word = document["data"]["verdict"].as_str().unwrap_or_else(|| panic!("{document:#}")).to_owned();
    let code = document["exit_code"].as_i64().expect("a code");
    (word, code, document)
}

/// It could not be verified, for this reason, and a next step is named.
#[track_caller]
fn unread(room: &Room, code: &str) {
    let (word, exit, document) = verdict(room);
    assert_eq!((word.as_str(), exit), ("could-not-verify", 3), "{document:#}");
    let told = &document["diagnostics"][0];
    assert_eq!(told["code"], code, "{document:#}");
    assert!(told["help"].as_str().is_some_and(|help| !help.is_empty()), "{document:#}");
    assert!(told["path"].as_str().is_some_and(|path| path.ends_with("state.db")), "{document:#}");
}

/// The pages of the ledger's table that hold entries, counted from zero.
fn leaves(room: &Room) -> Vec<usize> {
    let connection = Connection::open(database(room)).expect("a database");
    let mut statement = connection
        .prepare("SELECT pageno FROM dbstat WHERE name = 'ledger' AND pagetype = 'leaf' ORDER BY path")
        .expect("SQLite counts its pages");
    let pages = statement.query_map([], |row| row.get::<_, usize>(0)).expect("pages");
    pages.map(|page| page.expect("a page") - 1).collect()
}

#[test]
fn a_damaged_page_in_the_middle_is_never_a_success() {
    let room = long(400);
    assert_eq!(room.json(&["audit", "verify"])["exit_code"], 0);
    let pages = leaves(&room);
    assert!(pages.len() > 20, "{} pages", pages.len());
    let sound = std::fs::read(database(&room)).expect("the database");
    let middle = pages[pages.len() / 2];
    let spoil = |change: &dyn Fn(&mut [u8])| {
        let mut bytes = sound.clone();
        change(&mut bytes[middle * PAGE..(middle + 1) * PAGE]);
        std::fs::write(database(&room), bytes).expect("damage");
    };
    for byte in [0x00, 0xa5, 0xff] {
        spoil(&|page| page.fill(byte));
        unread(&room, "state-corrupt");
    }
    // A byte within an entry is a change; one in the frame of the page is damage; one that nothing uses is neither.
    let mut words = BTreeMap::new();
    for at in (0..PAGE).step_by(37) {
        spoil(&|page| page[at] ^= 0x55);
        let (word, code, document) = verdict(&room);
        let expected = match word.as_str() {
            "tampered" => 1,
            "could-not-verify" => 3,
            "consistent-unanchored" => 0,
            other => panic!("{other}: {document:#}"),
        };
        assert_eq!(code, expected);
        *words.entry(word).or_insert(0) += 1;
    }
    assert!(words["tampered"] > 90, "{words:?}");
    // Whoever writes meanwhile mends nothing and hides nothing.
    spoil(&|page| page.fill(0));
    room.run(&["health"]);
    assert_eq!(room.json(&["audit", "verify"])["exit_code"], 3);
    let after = std::fs::read(database(&room)).expect("the database");
    assert!(after[middle * PAGE..(middle + 1) * PAGE].iter().all(|byte| *byte == 0), "it was written over");
}

#[test]
fn a_shorter_database_is_never_a_success() {
    let room = long(100);
    let sound = std::fs::read(database(&room)).expect("the database");
    for length in [99, PAGE, PAGE + 1, sound.len() / 2, sound.len() - PAGE] {
        std::fs::write(database(&room), &sound[..length]).expect("cut");
        unread(&room, "state-corrupt");
        let ran = room.run(&["health"]);
        assert!(ran.code == 5 || length > PAGE, "{length}: {}", ran.stderr);
    }
    // A page that lost its end reads as zeros there, which may be the end of an entry.
    std::fs::write(database(&room), &sound[..sound.len() - 1]).expect("cut");
    assert!(matches!(verdict(&room).1, 1 | 3));
    // Nothing at all, while the key of the ledger says that there was something.
    for left in ["", "S"] {
        std::fs::write(database(&room), left).expect("cut");
        unread(&room, "ledger-key-used");
    }
    assert_eq!(room.json(&["health"])["diagnostics"][0]["code"], "ledger-key-used");
    std::fs::remove_file(database(&room)).expect("removed");
    unread(&room, "ledger-key-used");
    assert!(!database(&room).exists());
}

#[test]
fn databases_of_others_are_refused_and_left_alone() {
    type Making<'a> = (&'a str, &'a dyn Fn(&Path));
    let others: [Making<'_>; 4] = [
        ("state-corrupt", &|path| std::fs::write(path, "plain text\n".repeat(1000)).expect("a file")),
        ("state-foreign", &|path| {
            let connection = Connection::open(path).expect("a database");
            connection.execute_batch("CREATE TABLE ledger (seq INTEGER PRIMARY KEY);").expect("a table");
        }),
        ("state-foreign", &|path| {
            let connection = Connection::open(path).expect("a database");
            connection.execute_batch("PRAGMA application_id = 1; CREATE TABLE theirs (x);").expect("a table");
        }),
        ("state-newer", &|path| {
            let connection = Connection::open(path).expect("a database");
            connection
                .execute_batch("PRAGMA application_id = 0x41654d74; PRAGMA user_version = 999; CREATE TABLE x (x);")
                .expect("a table");
        }),
    ];
    for (code, make) in others {
        let room = Room::new();
        std::fs::create_dir(room.path(".aetherra")).expect("a folder");
        make(&database(&room));
        unread(&room, code);
        let before = std::fs::read(database(&room)).expect("it");
        assert_eq!(room.run(&["health"]).code, 5);
        assert!(std::fs::read(database(&room)).expect("it") == before, "{code}: it was written to");
    }
}

#[test]
fn a_table_that_is_gone_is_a_change_and_no_error() {
    for table in ["ledger_segments", "ledger_seals", "ledger_tree", "ledger_checkpoint", "ledger"] {
        let room = recorded();
        let connection = Connection::open(database(&room)).expect("a database");
        connection.execute_batch(&format!("DROP TABLE {table}")).expect("dropped");
        drop(connection);
        let (word, code, document) = verdict(&room);
        assert_eq!((word.as_str(), code), ("tampered", 1), "{table}: {document:#}");
        assert_eq!(document["data"]["fault"]["layer"], "schema", "{table}: {document:#}");
    }
}

#[test]
fn values_that_no_column_may_have_are_a_change_and_no_error() {
    for change in [
        "UPDATE ledger_tree SET size = -1",
        "UPDATE ledger_tree SET range = zeroblob(5)",
        "UPDATE ledger SET entry_hash = zeroblob(7) WHERE seq = 3",
        "UPDATE ledger SET time_ns = -9223372036854775808 WHERE seq = 3",
        "UPDATE ledger_checkpoint SET note = CAST(x'ff00ff' AS TEXT)",
        "UPDATE ledger_checkpoint SET size = -5, note = ''",
        "UPDATE ledger SET subject = CAST(x'ff' AS TEXT) WHERE seq = 1",
        "INSERT INTO ledger_seals VALUES (-1, 0, '')",
        "INSERT INTO ledger_segments VALUES (1, -1, -1, zeroblob(32), 0, x'', x'', '', 0, 0)",
        "INSERT INTO ledger_segments VALUES (1, 1, 2, zeroblob(3), 0, x'01', x'02', '', -1, -1)",
    ] {
        let room = recorded();
        tamper(&room, &format!("PRAGMA ignore_check_constraints = ON; {change}"));
        let (word, code, document) = verdict(&room);
        assert_eq!((word.as_str(), code), ("tampered", 1), "{change}: {document:#}");
    }
}

/// What a run leaves that is killed right after it wrote: the database with its log, as another writer has them open.
fn with_open_log(room: &Room, change: &str) -> (Vec<u8>, Vec<u8>) {
    let connection = Connection::open(database(room)).expect("a database");
    connection.execute_batch(change).expect("a change");
    let read = |suffix: &str| {
        let path = format!("{}{suffix}", database(room).display());
        std::fs::read(path).expect("a file")
    };
    (read(""), read("-wal"))
}

#[test]
fn a_log_that_a_killed_run_left_is_read_and_stays() {
    let room = recorded();
    let entries = room.json(&["audit", "verify"])["data"]["entries"].clone();
    let (main, log) = with_open_log(&room, "CREATE TABLE more (x)");
    assert!(!log.is_empty());
    std::fs::write(database(&room), main).expect("the database");
    std::fs::write(room.path(".aetherra/state.db-wal"), log).expect("its log");
    let (word, code, document) = verdict(&room);
    assert_eq!((word.as_str(), code), ("consistent-unanchored", 0), "{document:#}");
    assert_eq!(document["data"]["entries"], entries);
}

#[test]
fn a_log_of_another_database_is_no_success_or_changes_nothing() {
    let (room, other) = (long(100), recorded());
    let head = room.json(&["audit", "verify"])["data"]["head"].clone();
    let (_, log) = with_open_log(&other, "CREATE TABLE more (x)");
    let logs: [&[u8]; 4] = [&log, &log[..40], b"nonsense", &[0; 32]];
    for log in logs {
        std::fs::write(room.path(".aetherra/state.db-wal"), log).expect("a log");
        let (word, code, document) = verdict(&room);
        let is_as_before = document["data"]["head"] == head && code == 0;
        assert!(is_as_before || matches!(code, 1 | 3), "{word}: {document:#}");
    }
}

#[test]
fn a_journal_beside_it_is_told_and_stays() {
    let room = recorded();
    // A journal is only heeded by a database that has no log of its own, as one has that was just made.
    let connection = Connection::open(database(&room)).expect("a database");
    connection.pragma_update(None, "journal_mode", "DELETE").expect("a mode");
    connection
        .execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN; UPDATE ledger_checkpoint SET note = note; CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(100000));")
        .expect("a change that is under way");
    let journal = room.path(".aetherra/state.db-journal");
    let (main, bytes) = (std::fs::read(database(&room)).expect("the database"), std::fs::read(&journal).expect("it"));
    connection.execute_batch("ROLLBACK").expect("taken back");
    drop(connection);
    std::fs::write(database(&room), main).expect("the database");
    std::fs::write(&journal, bytes).expect("its journal");
    unread(&room, "state-journal");
    assert!(journal.exists());
    // The next run that writes takes the change back, which is what the journal is for, and says so.
    let taken_back = |room: &Room| {
        let document = room.json(&["health"]);
        assert_eq!(document["exit_code"], 0, "{document:#}");
        assert_eq!(document["diagnostics"][0]["code"], "state-journal", "{document:#}");
        assert_eq!(verdict(room).1, 0);
        assert_eq!(room.json(&["health"])["diagnostics"][0]["code"], Value::Null);
    };
    taken_back(&room);
    std::fs::write(&journal, "nonsense").expect("a file");
    unread(&room, "state-journal");
    taken_back(&room);
}

#[test]
fn a_full_disk_leaves_the_ledger_as_it_was() {
    let room = Room::new();
    host_records(&room.path("host.db"), 9000);
    let state = room.path("small");
    let Some(_mount) = Mount::new(&state, "size=2m") else { return };
    let with_state = |arguments: &[&str]| Ran::of(room.command(arguments).arg("--state").arg(&state));
    for _ in 0..5 {
        assert_eq!(with_state(&["health"]).code, 0);
    }
    let verified = |ran: Ran| {
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout
    };
    let before = verified(with_state(&["audit", "verify"]));
    // Too large for what is free, and then with nothing free at all.
    for full in [false, true] {
        if full {
            fill(&state);
        }
        for arguments in [&["audit", "import", "host.db"][..], &["audit", "rotate", "--keep", "1"], &["health"]] {
            if !full && arguments[1..] != ["import", "host.db"] {
                continue;
            }
            let ran = with_state(arguments);
            assert_eq!(ran.code, 5, "{arguments:?}: {}", ran.stderr);
            assert!(ran.stderr.contains("error[disk-full]"), "{arguments:?}: {}", ran.stderr);
            assert!(ran.stderr.contains("help: "), "{}", ran.stderr);
        }
    }
    let ran = with_state(&["audit", "verify"]);
    assert!(ran.stdout == before || ran.code == 3 && ran.stderr.contains("error[disk-full]"), "{ran:?}");
    std::fs::remove_file(state.join("filler")).expect("room");
    assert_eq!(verified(with_state(&["audit", "verify"])), before);
    assert_eq!(with_state(&["audit", "rotate", "--keep", "1"]).code, 0);
}

#[test]
fn a_database_that_shrinks_under_the_eyes_of_the_reader_kills_nobody() {
    let room = long(12_000);
    let sound = std::fs::read(database(&room)).expect("the database");
    let mut codes = BTreeMap::new();
    for delay in 0..12_u64 {
        let mut command = room.command(&["audit", "verify", "-f", "json"]);
        let child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn();
        let child = child.expect("the binary starts");
        std::thread::sleep(Duration::from_millis(10 + delay * 20));
        let file = std::fs::OpenOptions::new().write(true).open(database(&room)).expect("the database");
        file.set_len((PAGE * 3) as u64).expect("cut");
        let output = child.wait_with_output().expect("an end");
        let code = output.status.code().unwrap_or_else(|| panic!("it died of {:?}", output.status));
        assert!(matches!(code, 0 | 1 | 3), "{code}: {}", String::from_utf8_lossy(&output.stderr));
        *codes.entry(code).or_insert(0) += 1;
        std::fs::write(database(&room), &sound).expect("put back");
    }
    assert!(codes.contains_key(&3), "it was never cut in time: {codes:?}");
}
