//! What others do to a ledger that is sound: clocks that are set back, two writers at once, fields that are far too
//! large, witnesses that lie, logs and records that are not ours.

use std::path::Path;
use std::process::Stdio;

use aetherra_maint::model::{Digest, LedgerEntry};
use rusqlite::Connection;
use serde_json::Value;

use crate::audit::{recorded, tamper};
use crate::ledger_damage::database;
use crate::room::{Ran, Room};

const BINARY: &str = env!("CARGO_BIN_EXE_aetherra-maint");

/// The document of a run under the clock of the machine, which is years behind that of a room.
fn later(room: &Room, arguments: &[&str]) -> Value {
    Ran::of(room.command(arguments).args(["-f", "json"]).env_remove("AETHERRA_MAINT_TEST_CLOCK")).envelope()
}

fn entries(room: &Room) -> Vec<Value> {
    let document = room.json(&["audit", "log", "--limit", "1000"]);
    document["data"]["entries"].as_array().expect("entries").clone()
}

#[test]
fn a_clock_that_was_set_back_is_told_and_time_goes_on() {
    let room = recorded();
    let newest = entries(&room).pop().expect("an entry")["time_ns"].clone();
    let document = later(&room, &["health"]);
    assert_eq!(document["diagnostics"][0]["code"], "clock-behind", "{document:#}");
    assert!(document["diagnostics"][0]["help"].as_str().is_some());
    let all = entries(&room);
    let last = all.last().expect("an entry");
    assert_eq!((&last["clock"], &last["time_ns"]), (&"behind".into(), &newest), "{last:#}");
    let times: Vec<i64> = all.iter().map(|entry| entry["time_ns"].as_i64().expect("a time")).collect();
    assert!(times.is_sorted(), "{times:?}");
    for arguments in [["audit", "verify", "-q"], ["audit", "verify", "--new"]] {
        let document = room.json(&arguments);
        assert_eq!((&document["exit_code"], &document["data"]["clock_behind"]), (&0.into(), &1.into()), "{document:#}");
    }
    assert!(room.run(&["audit", "verify"]).stdout.contains("clock set back: 1 entry"));
    assert!(room.run(&["audit", "show", &all.len().to_string()]).stdout.contains("behind"));
    assert_eq!(later(&room, &["audit", "verify"])["diagnostics"][0], Value::Null, "who reads need not know");
    // A clock that is right says nothing.
    let fresh = Room::new();
    for _ in 0..2 {
        assert_eq!(later(&fresh, &["health"])["diagnostics"][0], Value::Null);
    }
    assert_eq!(entries(&fresh).last().expect("an entry")["clock"], "system");
}

#[test]
fn a_signer_that_is_behind_the_ledger_is_told_until_something_is_recorded() {
    let room = recorded();
    let file = room.path(".aetherra/ledger/signed");
    let before = std::fs::read(&file).expect("a size");
    room.json(&["health"]);
    // As after a power cut that kept the database, or where the file could not be written.
    std::fs::write(&file, before).expect("it");
    for arguments in [["audit", "verify"].as_slice(), &["health", "-n"]] {
        let document = room.json(arguments);
        let told = &document["diagnostics"][0];
        assert_eq!((&told["code"], &told["level"]), (&"signer-behind".into(), &"warning".into()), "{document:#}");
        assert!(told["path"].as_str().expect("a place").ends_with("ledger/signed"), "{document:#}");
        assert!(told["help"].as_str().is_some());
    }
    let ran = room.run(&["audit", "verify"]);
    assert_eq!(ran.code, 0, "nothing was lost, and nothing was changed");
    assert!(ran.stderr.contains("signer-behind"), "{}", ran.stderr);
    let check = |room: &Room| {
        let document = room.json(&["doctor"]);
        let checks = document["data"]["checks"].as_array().expect("checks").clone();
        checks.into_iter().find(|check| check["id"] == "ledger-signer").expect("it")["health"].clone()
    };
    assert_eq!(check(&room), "doubtful");
    room.json(&["health"]);
    assert_eq!((room.json(&["audit", "verify"])["diagnostics"][0].clone(), check(&room)), (Value::Null, "good".into()));
}

#[test]
fn two_writers_at_once_make_one_chain() {
    const RUNS: usize = 12;
    let room = Room::new();
    assert_eq!(room.run(&["health"]).code, 0);
    let before = entries(&room).len();
    let children: Vec<_> = (0..2)
        .map(|_| {
            // On a machine with too much to do, `health` ends with 1.
            let script =
                format!("for n in $(seq {RUNS}); do \"$0\" -q health --on-lock wait || [ $? = 1 ] || exit; done");
            let mut command = std::process::Command::new("sh");
            let model = room.command::<&str>(&[]);
            command.args(["-c", &script, BINARY]).current_dir(room.project()).env_clear();
            command.envs(model.get_envs().filter_map(|(name, value)| Some((name, value?))));
            command.env_remove("AETHERRA_MAINT_TEST_CLOCK").stdout(Stdio::null()).stderr(Stdio::piped());
            command.spawn().expect("a shell")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("an end");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let all = entries(&room);
    let per_run = (all.len() - before) / (2 * RUNS);
    assert!(per_run >= 1);
    assert_eq!(all.len(), before + 2 * RUNS * per_run, "none was lost");
    let runs: std::collections::BTreeSet<&str> =
        all[before..].iter().map(|entry| entry["trace_id"].as_str().expect("a run")).collect();
    assert_eq!(runs.len(), 2 * RUNS);
    let document = room.json(&["audit", "verify"]);
    assert_eq!((&document["exit_code"], &document["data"]["signed"]), (&0.into(), &all.len().into()), "{document:#}");
}

/// A host's records, one of them with a result of so many bytes.
fn with_large_record(path: &Path, bytes: usize) {
    let host = Connection::open(path).expect("a database");
    host.execute_batch(
        "CREATE TABLE audit_records (id INTEGER, plan_id TEXT, timestamp TEXT, action TEXT, status TEXT,
         target_json TEXT, result_json TEXT);
         INSERT INTO audit_records VALUES (1, 'p', 't', 'register_plugin', 'success', '{}', 'small');",
    )
    .expect("a table");
    host.execute(
        "INSERT INTO audit_records VALUES (2, 'p', 't', 'rollback', 'success', '{}', ?1)",
        ["x".repeat(bytes)],
    )
    .expect("a record");
}

#[test]
fn a_hundred_megabytes_in_one_field_stay_outside() {
    const BYTES: usize = 100 << 20;
    let room = Room::new();
    with_large_record(&room.path("host.db"), BYTES);
    // So much memory that the field itself would not fit into it twice.
    let script = "ulimit -d 150000; exec \"$0\" audit import host.db -f json";
    let model = room.command::<&str>(&[]);
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", script, BINARY]).current_dir(room.project()).env_clear();
    limited.envs(model.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let document = Ran::of(&mut limited).envelope();
    assert_eq!(document["exit_code"], 0, "{document:#}");
    let listed = room.json(&["audit", "log", "--action", "audit.import"]);
    let results: Vec<&Value> = listed["data"]["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| &entry["details"]["result"])
        .collect();
    assert_eq!(results, ["small", &format!("[left out: {BYTES} bytes]")]);
    assert!(database(&room).metadata().expect("it").len() < 2 << 20);
    assert_eq!(room.json(&["audit", "verify"])["exit_code"], 0);
    // Somebody who writes it into the table himself changes the ledger, and that is what is said.
    tamper(&room, &format!("UPDATE ledger SET details = CAST(zeroblob({BYTES}) AS TEXT) WHERE details IS NOT NULL"));
    let document = room.json(&["audit", "verify"]);
    assert_eq!((&document["data"]["verdict"], &document["exit_code"]), (&"tampered".into(), &1.into()));
}

#[test]
fn records_that_would_fill_the_memory_are_refused_as_a_whole() {
    let room = Room::new();
    let host = Connection::open(room.path("host.db")).expect("a database");
    host.execute_batch(
        "CREATE TABLE audit_records (id INTEGER, plan_id TEXT, timestamp TEXT, action TEXT, status TEXT,
         target_json TEXT, result_json TEXT);
         INSERT INTO audit_records WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
         SELECT i, 'p', 't', 'a', 's', '{}', hex(zeroblob(100000)) FROM n;",
    )
    .expect("records");
    drop(host);
    let document = room.json(&["audit", "import", "host.db"]);
    assert_eq!(
        (&document["exit_code"], &document["diagnostics"][0]["code"]),
        (&2.into(), &"audit-import-large".into())
    );
    assert!(document["diagnostics"][0]["help"].as_str().is_some());
}

#[test]
fn records_without_hashes_are_marked_as_unproven() {
    let room = recorded();
    crate::ledger_damage::host_records(&room.path("host.db"), 5);
    let before = std::fs::read(room.path("host.db")).expect("a database");
    let document = room.json(&["audit", "import", "host.db"]);
    let counts = ["records", "linked", "unlinked", "unproven"].map(|name| document["data"][name].as_u64());
    assert_eq!(counts, [Some(5), Some(0), Some(0), Some(5)], "{document:#}");
    let listed = room.json(&["audit", "log", "--action", "audit.import"]);
    for entry in listed["data"]["entries"].as_array().expect("entries") {
        let details = &entry["details"];
        assert_eq!((&details["proof"], &details["entry_hash"]), (&"none".into(), &Value::Null), "{entry:#}");
        assert_eq!(entry["actor"], "host");
    }
    assert!(std::fs::read(room.path("host.db")).expect("a database") == before, "it is only read");
    assert_eq!(room.json(&["audit", "verify"])["exit_code"], 0);
}

#[test]
fn a_place_with_a_checkpoint_of_another_log_is_left_alone() {
    let (room, other) = (recorded(), Room::new());
    later(&other, &["health"]);
    let place = format!("file:{}", room.home().join("kept").display());
    assert_eq!(later(&other, &["audit", "anchor", "--to", &place])["exit_code"], 0);
    let before = std::fs::read(room.home().join("kept")).expect("it");
    let document = room.json(&["audit", "anchor", "--to", &place]);
    let told = &document["data"]["places"][0];
    assert_eq!((&told["kept"], &document["exit_code"]), (&"refused".into(), &1.into()), "{document:#}");
    assert!(told["detail"].as_str().expect("why").contains("another log"), "{document:#}");
    assert!(std::fs::read(room.home().join("kept")).expect("it") == before);
    let set = format!("audit.anchors=['{place}']");
    let document = room.json(&["--set", &set, "audit", "verify"]);
    assert_eq!((&document["data"]["verdict"], &document["exit_code"]), (&"could-not-verify".into(), &3.into()));
}

#[test]
fn a_witness_that_lies_is_not_believed() {
    let (log, witness) = (recorded(), Room::new());
    let log_key = log.json(&["audit", "checkpoint"])["data"]["key"].as_str().expect("a key").to_owned();
    let made = witness.json(&["audit", "witness", "--name", "witness.example/one"]);
    let key = made["data"]["key"].as_str().expect("a key").to_owned();
    let honest = format!("witness:{BINARY} -q -C {} audit witness - --log {log_key}", witness.project().display());
    let kept = |log: &Room, place: &str| {
        let document = log.json(&["audit", "anchor", "--to", place, "--key", &key]);
        (document["data"]["places"][0]["kept"].as_str().expect("a word").to_owned(), document)
    };
    assert_eq!(kept(&log, &honest).0, "written");
    let cosigned = std::fs::read_to_string(log.path(".aetherra/ledger/witnessed")).expect("a note");
    let line = cosigned.lines().last().expect("a signature");
    let (name, signature) = line.rsplit_once(' ').expect("a signature");
    let flipped: String = signature
        .char_indices()
        .map(|(at, c)| if at == signature.len() / 2 { if c == 'A' { 'B' } else { 'A' } } else { c })
        .collect();
    let lies = [
        ("a wrong signature", format!("{name} {flipped}\n")),
        ("an old signature", format!("{line}\n")),
        ("a smaller size than it signed", "1\n".to_owned()),
        ("a size that nobody has", "999999\n".to_owned()),
        ("another name", format!("{}\n", line.replace("witness.example/one", "witness.example/two"))),
        ("nothing", String::new()),
        ("no text", "\u{0}\u{1}\u{2}".to_owned()),
    ];
    log.run(&["health"]);
    for (what, answer) in lies {
        log.write("lie", answer);
        let (word, document) = kept(&log, &format!("witness:cat {}", log.path("lie").display()));
        assert!(matches!(word.as_str(), "refused" | "failed"), "{what}: {document:#}");
        assert!(matches!(document["exit_code"].as_i64(), Some(1 | 3)), "{what}: {document:#}");
        let told = document["data"]["places"][0]["detail"].as_str().expect("why");
        assert!(!told.is_empty(), "{what}: {document:#}");
        let now = std::fs::read_to_string(log.path(".aetherra/ledger/witnessed")).expect("a note");
        assert_eq!(now, cosigned, "{what}: what was signed before is kept");
    }
    assert_eq!(kept(&log, &honest).0, "written");
    assert_eq!(log.json(&["audit", "verify"])["exit_code"], 0);
}

#[test]
fn a_log_that_lies_is_not_signed() {
    let (log, witness) = (recorded(), Room::new());
    let log_key = log.json(&["audit", "checkpoint"])["data"]["key"].as_str().expect("a key").to_owned();
    witness.json(&["audit", "witness", "--name", "witness.example/one"]);
    // What a log sends is caught on its way.
    let request = |room: &Room| {
        let file = room.home().join("request");
        let place = format!("witness:tee {}", file.display());
        let key = witness.json(&["audit", "witness"])["data"]["key"].as_str().expect("a key").to_owned();
        room.json(&["audit", "anchor", "--to", &place, "--key", &key]);
        std::fs::read_to_string(file).expect("a request")
    };
    let ask = |text: &str| {
        witness.write("request", text);
        witness.json(&["audit", "witness", "request", "--log", &log_key])
    };
    let first = request(&log);
    let size: u64 =
        first.lines().nth(3).or_else(|| first.lines().nth(2)).and_then(|line| line.parse().ok()).unwrap_or(0);
    assert_eq!(ask(&first)["exit_code"], 0, "{first}");
    // The same again, from a size that it does not go on from.
    let document = ask(&first);
    assert_eq!((&document["data"]["status"], &document["exit_code"]), (&409.into(), &1.into()), "{document:#}");
    let signed = document["data"]["last"].as_u64().expect("a size");
    assert!(size == 0 || size == signed);
    // Grown, with a proof of another tree: the hashes of the proof are those of another log.
    for _ in 0..3 {
        log.run(&["health"]);
    }
    let grown = request(&log);
    let (_, note) = grown.split_once("\n\n").expect("a note");
    let hash = |byte: u8| {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode([byte; 32])
    };
    for path in ["".to_owned(), format!("{}\n", hash(1)), format!("{}\n{}\n{}\n", hash(1), hash(2), hash(3))] {
        let document = ask(&format!("old {signed}\n{path}\n{note}"));
        assert_eq!((&document["data"]["status"], &document["exit_code"]), (&422.into(), &1.into()), "{document:#}");
        assert_eq!(document["data"]["cosignature"], Value::Null);
    }
    // A checkpoint that the log's key did not sign.
    let forged = note.replacen(&note.lines().nth(1).expect("a size").to_owned(), "999", 1);
    assert_eq!(ask(&format!("old {signed}\n\n{forged}"))["exit_code"], 1);
    for nonsense in ["", "old\n\n", "old -1\n\nx", "old 1\nno hash\n\nx\n"] {
        assert_ne!(ask(nonsense)["exit_code"], 0, "{nonsense}");
    }
    assert_eq!(witness.json(&["audit", "verify"])["exit_code"], 0);
}

#[test]
fn a_database_of_an_earlier_version_is_checked_as_it_is() {
    let room = recorded();
    let connection = Connection::open(database(&room)).expect("a database");
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version");
    // As it was before the newest migration, which has nothing to do with the ledger.
    connection.pragma_update(None, "user_version", version - 1).expect("a version");
    drop(connection);
    let before = std::fs::read(database(&room)).expect("it");
    let document = room.json(&["audit", "verify"]);
    assert_eq!((&document["data"]["verdict"], &document["exit_code"]), (&"consistent-unanchored".into(), &0.into()));
    assert!(std::fs::read(database(&room)).expect("it") == before, "nothing was migrated");
}

#[test]
fn a_ledger_with_the_tables_of_another_version_says_which_one_can_check_it() {
    let room = recorded();
    let document = room.json(&["audit", "show", "1"]);
    let mut first: LedgerEntry = serde_json::from_value(document["data"]["entry"].clone()).expect("an entry");
    let (_, rest) = first.reason.split_once(" key ").expect("a key");
    first.reason = format!("schema {} key {rest}", Digest::of(b"other tables"));
    let change = format!(
        "DROP TABLE ledger_segments; UPDATE ledger SET reason = '{}', entry_hash = x'{}' WHERE seq = 1",
        first.reason,
        first.compute_hash().hex()
    );
    let connection = Connection::open(database(&room)).expect("a database");
    let drop = "DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_segments_no_delete; DROP TRIGGER ledger_no_delete;";
    connection.execute_batch(&format!("{drop} {change}")).expect("other tables");
    std::mem::drop(connection);
    let before = std::fs::read(database(&room)).expect("it");
    let document = room.json(&["audit", "verify"]);
    assert_eq!((&document["data"]["verdict"], &document["exit_code"]), (&"could-not-verify".into(), &3.into()));
    assert_eq!(document["diagnostics"][0]["code"], "ledger-other-version", "{document:#}");
    assert!(document["diagnostics"][0]["help"].as_str().expect("a step").contains("the version that wrote it"));
    assert!(std::fs::read(database(&room)).expect("it") == before, "nothing was migrated");
}

#[test]
fn seals_within_segments_are_compared_and_hold() {
    let room = Room::new();
    let on = |day: u32, arguments: &[&str]| {
        let clock = format!("2030-01-{day:02}T03:04:05Z");
        Ran::of(room.command(arguments).args(["-f", "json"]).env("AETHERRA_MAINT_TEST_CLOCK", clock)).envelope()
    };
    // Every day but the first ends an epoch, in the middle of what is moved later.
    for day in 2..6 {
        assert_eq!(on(day, &["health"])["exit_code"], 0);
    }
    let note = on(6, &["audit", "checkpoint"])["data"]["note"].as_str().expect("a note").to_owned();
    room.write("kept.txt", note);
    for day in 7..9 {
        on(day, &["health"]);
    }
    assert_eq!(on(9, &["audit", "rotate", "--keep", "1"])["exit_code"], 0);
    for arguments in [&["--segments"][..], &["--checkpoint", "kept.txt"], &[]] {
        let document = on(9, &[&["audit", "verify"], arguments].concat());
        assert_eq!(document["exit_code"], 0, "{arguments:?}: {document:#}");
    }
}
