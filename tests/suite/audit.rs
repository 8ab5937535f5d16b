//! `audit`: what is proven of the ledger, and what is told of a ledger that somebody changed.

use std::path::PathBuf;

use rusqlite::Connection;

use crate::room::Room;

/// A room whose state has a few entries.
pub fn recorded() -> Room {
    let room = Room::new();
    room.write("plugins/a.py", "print('a')\n");
    for _ in 0..2 {
        room.json(&["watch", "--once"]);
    }
    room
}

fn database(room: &Room) -> PathBuf {
    room.path(".aetherra/state.db")
}

/// Changes the database behind the program's back, with the triggers out of the way and put back afterwards.
pub fn tamper(room: &Room, change: &str) {
    let connection = Connection::open(database(room)).expect("a database");
    let triggers: Vec<(String, String)> = connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .expect("a statement")
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("rows")
        .collect::<Result<_, _>>()
        .expect("triggers");
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).expect("dropped");
    }
    connection.execute_batch(change).expect("changed");
    for (_, sql) in &triggers {
        connection.execute_batch(sql).expect("put back");
    }
}

#[test]
fn an_untouched_ledger_is_consistent_and_says_that_nothing_outside_was_asked() {
    let room = recorded();
    let document = room.json(&["audit", "verify"]);
    assert_eq!(document["data"]["verdict"], "consistent-unanchored");
    assert_eq!(document["exit_code"], 0);
    assert!(document["data"]["entries"].as_u64().expect("a number") > 2);
}

#[test]
fn a_kept_checkpoint_anchors_it_and_shows_a_cut_tail() {
    let room = recorded();
    let note = room.json(&["audit", "checkpoint"])["data"]["note"].as_str().expect("a note").to_owned();
    room.write("kept.txt", &note);
    let document = room.json(&["audit", "verify", "--checkpoint", "kept.txt"]);
    assert_eq!(document["data"]["verdict"], "anchored", "{document:#}");
    tamper(&room, "DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)");
    let document = room.json(&["audit", "verify", "--checkpoint", "kept.txt"]);
    assert_eq!((&document["data"]["verdict"], &document["exit_code"]), (&"tampered".into(), &1.into()));
}

#[test]
fn every_sort_of_change_is_caught_and_the_entry_is_named() {
    for (change, entry) in [
        ("UPDATE ledger SET subject = 'other' WHERE seq = 2", Some(2)),
        ("UPDATE ledger SET result = 'failed' WHERE seq = 1", Some(1)),
        ("UPDATE ledger SET time_ns = time_ns + 1 WHERE seq = 2", Some(2)),
        ("DELETE FROM ledger WHERE seq = 2", Some(2)),
        ("UPDATE ledger SET details = '{\"files\":0}' WHERE seq = 2 AND details IS NOT NULL", None),
    ] {
        let room = recorded();
        tamper(&room, change);
        let document = room.json(&["audit", "verify"]);
        assert_eq!(document["data"]["verdict"], "tampered", "{change}: {document:#}");
        assert_eq!(document["exit_code"], 1, "{change}");
        if let Some(entry) = entry {
            assert_eq!(document["data"]["fault"]["seq"], entry, "{change}: {document:#}");
        }
    }
}

#[test]
fn a_checkpoint_of_another_log_proves_nothing_of_this_one() {
    let (room, other) = (recorded(), recorded());
    other.write("plugins/b.py", "print('b')\n");
    let note = other.json(&["audit", "checkpoint"])["data"]["note"].as_str().expect("a note").to_owned();
    // Rooms share their seed, so their logs share a name; a real one differs.
    let (origin, rest) = note.split_once('\n').expect("lines");
    room.write("kept.txt", format!("{origin}-other\n{rest}"));
    let document = room.json(&["audit", "verify", "--checkpoint", "kept.txt"]);
    assert_eq!((&document["data"]["verdict"], &document["exit_code"]), (&"could-not-verify".into(), &3.into()));
    room.write("kept.txt", "nonsense");
    assert_eq!(room.json(&["audit", "verify", "--checkpoint", "kept.txt"])["exit_code"], 2);
}

#[test]
fn records_of_a_host_come_in_with_what_they_could_prove() {
    let room = recorded();
    let host = Connection::open(room.path("host.db")).expect("a database");
    host.execute_batch(
        "CREATE TABLE audit_records (id INTEGER, plan_id TEXT, timestamp TEXT, action TEXT, status TEXT, target_json TEXT,
         result_json TEXT, prev_hash TEXT, entry_hash TEXT);
         INSERT INTO audit_records VALUES (1, 'p', 't', 'register_plugin', 'success', '{}', '{}', '0', 'a');
         INSERT INTO audit_records VALUES (2, 'p', 't', 'rollback', 'success', '{}', '{}', 'a', 'b');
         INSERT INTO audit_records VALUES (3, 'p', 't', 'rollback', 'failed', '{}', '{}', 'x', 'c');
         INSERT INTO audit_records VALUES (4, 'p', 't', 'rollback', 'failed', '{}', '{}', NULL, NULL);",
    )
    .expect("records");
    drop(host);
    let before = room.json(&["audit", "verify"])["data"]["entries"].as_u64().expect("a number");
    let preview = room.json(&["audit", "import", "host.db", "-n"]);
    assert_eq!(preview["data"]["dry_run"], true);
    assert_eq!(room.json(&["audit", "verify"])["data"]["entries"], before);
    let document = room.json(&["audit", "import", "host.db"]);
    let counts = ["records", "linked", "unlinked", "unproven"].map(|name| document["data"][name].as_u64());
    assert_eq!(counts, [Some(4), Some(2), Some(1), Some(1)]);
    let listed = room.json(&["audit", "log", "--action", "audit.import"]);
    let entries = listed["data"]["entries"].as_array().expect("entries");
    let proofs: Vec<_> = entries.iter().map(|entry| entry["details"]["proof"].as_str().expect("a word")).collect();
    assert_eq!(proofs, ["linked", "linked", "unlinked", "none"]);
    assert_eq!(room.json(&["audit", "verify"])["data"]["entries"], before + 4);
}
