//! Tampering with a ledger in every way that is known, at random places, with an anchor in the hand of the
//! one who checks.
//!
//! The one who tampers may write the database and the signer's memory as he likes. In half of the cases he has
//! also stolen the key of the open epoch, and signs what he forged.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::Store;
use super::ledger_verify::{Memory, Reach, check};
use super::signer::{Signed, Signer};
use crate::host::{FixedClock, Host};
use crate::ledger::epoch::EpochKey;
use crate::ledger::tree::CompactRange;
use crate::ledger::verdict::{Anchor, Layer, LedgerCheck, Proven, judge};
use crate::model::ledger::GENESIS;
use crate::model::{LedgerEntry, NewEntry};

/// Entries of the ledger that is tampered with; the last is the newest.
const ENTRIES: u64 = 40;

/// How many of them the anchor covers.
const ANCHORED: u64 = 36;

/// Rounds over the fourteen classes in every run of the tests.
const FEW_ROUNDS: u64 = 36;

/// Rounds over the fourteen classes that make more than ten thousand tamperings.
const ALL_ROUNDS: u64 = 720;

const DAY_NS: i64 = 24 * 3600 * 1_000_000_000;

struct Lab {
    _folder: tempfile::TempDir,
    store: Store,
    anchor: Anchor,
    memory: Memory,
    origin: String,
    open: EpochKey,
    entries: Vec<LedgerEntry>,
}

fn lab() -> Lab {
    let folder = tempfile::tempdir().unwrap();
    let clock = std::sync::Arc::new(FixedClock::new(DAY_NS));
    let host = Host { clock: clock.clone(), ..Host::fake(0, 7) };
    let mut store = Store::open(folder.path(), &host).unwrap();
    let mut anchor = None;
    for number in 2..=ENTRIES {
        // The last seal lies well before the anchor, so that there are entries that nothing but it protects.
        if number % 12 == 0 && number < ENTRIES - 12 {
            clock.advance(2 * DAY_NS);
        }
        let details = serde_json::json!({"number": number});
        store
            .record("t", |_| Ok(((), NewEntry::new("test.entry", number.to_string(), "x").detailed(details))))
            .unwrap();
        if number == ANCHORED {
            anchor = store.ledger_checkpoint().unwrap();
        }
    }
    let signer = Signer::load(folder.path()).unwrap().unwrap();
    let open = (0..100).find_map(|epoch| signer.key(epoch)).unwrap().clone();
    let memory = Memory { signed: signer.signed, has_key: true };
    let entries = store.ledger_entries(&super::LedgerFilter::default(), u64::MAX).unwrap();
    store
        .connection
        .execute_batch(
            "DROP TRIGGER ledger_no_delete; DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_only_redact;
             DROP TRIGGER ledger_no_gap; DROP TRIGGER ledger_seals_no_delete; DROP TRIGGER ledger_seals_no_update;
             DROP TRIGGER ledger_segments_no_delete; DROP TRIGGER ledger_segments_no_update;",
        )
        .unwrap();
    let anchor = Anchor::parse("anchor", &anchor.unwrap(), &[]).unwrap();
    Lab { _folder: folder, store, anchor, memory, origin: signer.origin.clone(), open, entries }
}

/// The triggers, as the migration makes them.
fn restore_triggers(connection: &Connection) {
    let (_, sql) = super::migrate::MIGRATIONS[0];
    let triggers = sql.split("CREATE TRIGGER").skip(1).map(|text| format!("CREATE TRIGGER{text}"));
    // What follows a trigger's END is a comment at most.
    triggers.for_each(|trigger| connection.execute_batch(&trigger).unwrap());
}

/// Those triggers that are missing.
fn restore_missing(connection: &Connection) {
    let (_, sql) = super::migrate::MIGRATIONS[0];
    for trigger in sql.split("CREATE TRIGGER").skip(1).map(|text| format!("CREATE TRIGGER{text}")) {
        let name = trigger.split_whitespace().nth(2).unwrap();
        let found = "SELECT count(*) FROM main.sqlite_schema WHERE name = ?1";
        if connection.query_row(found, [name], |row| row.get::<_, u64>(0)).unwrap() == 0 {
            connection.execute_batch(&trigger).unwrap();
        }
    }
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Writes the ledger anew from the first of `entries` that is another, from there on without details that could
/// give it away: the chain, the tree, and what the attacker can sign.
fn rewrite(lab: &Lab, entries: &[LedgerEntry], key: Option<&EpochKey>, memory: &mut Memory) {
    let connection = &lab.store.connection;
    let mut head = GENESIS;
    let mut tree = CompactRange::default();
    connection.execute("DELETE FROM ledger WHERE seq > ?1", [entries.len()]).unwrap();
    let same = entries.iter().zip(&lab.entries).take_while(|(one, other)| one == other).count();
    for entry in &entries[..same] {
        head = entry.entry_hash;
        tree.push(&head);
    }
    for (seq, entry) in (1u64..).zip(entries).skip(same) {
        let mut entry = LedgerEntry { seq, prev_hash: head, details_digest: None, ..entry.clone() };
        entry.entry_hash = entry.compute_hash();
        head = entry.entry_hash;
        tree.push(&head);
        connection
            .execute(
                "INSERT INTO ledger (seq, time_ns, clock, actor, action, subject, reason, trace_id, result, details_digest, entry_hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (seq) DO UPDATE SET time_ns = ?2,
                 actor = ?4, action = ?5, subject = ?6, result = ?9, details_digest = ?10, entry_hash = ?11, details = NULL, details_salt = NULL",
                params![
                    seq, entry.time_ns, entry.clock.word(), entry.actor, entry.action, entry.subject, entry.reason,
                    entry.trace_id, entry.result, entry.details_digest.map(|digest| digest.0), entry.entry_hash.0
                ],
            )
            .unwrap();
    }
    connection.execute("UPDATE ledger_tree SET size = ?1, range = ?2", params![tree.size(), tree.to_bytes()]).unwrap();
    if let Some(key) = key {
        let note = key.checkpoint(&lab.origin, tree.size(), tree.root());
        connection.execute("UPDATE ledger_checkpoint SET size = ?1, note = ?2", params![tree.size(), note]).unwrap();
        memory.signed = Some(Signed { size: tree.size(), root: tree.root() });
    }
}

const CLASSES: [&str; 14] = [
    "edit",
    "delete",
    "reorder",
    "insert",
    "cut the tail",
    "delete all",
    "edit and re-chain",
    "older copy restored",
    "fork",
    "dropped triggers",
    "changed schema",
    "backdating",
    "swapped details",
    "forged key",
];

/// Tampers in one way; the tampering is taken back by the caller. Returns the signer's memory as it then is.
fn tamper(lab: &Lab, class: &str, random: &mut Random) -> Memory {
    let connection = &lab.store.connection;
    let run = |sql: &str, values: &[u64]| connection.execute(sql, rusqlite::params_from_iter(values)).unwrap();
    let mut memory = lab.memory;
    let stolen = (random.below(2) == 0).then_some(&lab.open);
    // The first entry is left alone where the class is about any other one.
    let seq = 2 + random.below(ANCHORED - 1);
    let at = usize::try_from(seq - 1).unwrap();
    let mut entries = lab.entries.clone();
    match class {
        "edit" => {
            let column =
                ["actor", "action", "subject", "reason", "trace_id", "result", "clock"][random.below(7) as usize];
            run(&format!("UPDATE ledger SET {column} = {column} || 'x' WHERE seq = ?1"), &[seq]);
        }
        "delete" => drop(run("DELETE FROM ledger WHERE seq = ?1", &[seq])),
        "reorder" => {
            run("UPDATE ledger SET seq = 1000 WHERE seq = ?1", &[seq]);
            run("UPDATE ledger SET seq = ?1 WHERE seq = ?2", &[seq, seq % ENTRIES + 1]);
            run("UPDATE ledger SET seq = ?1 WHERE seq = 1000", &[seq % ENTRIES + 1]);
        }
        "insert" => {
            entries.insert(at, LedgerEntry { subject: "inserted".into(), ..entries[at].clone() });
            rewrite(lab, &entries, stolen, &mut memory);
        }
        "cut the tail" | "older copy restored" => {
            let left = usize::try_from(1 + random.below(ANCHORED - 1)).unwrap();
            rewrite(lab, &entries[..left], stolen, &mut memory);
            if class == "older copy restored" {
                run("DELETE FROM ledger_seals WHERE size > ?1", &[left as u64]);
            }
        }
        "delete all" => {
            rewrite(lab, &[], stolen, &mut memory);
            run("DELETE FROM ledger_seals", &[]);
        }
        "edit and re-chain" => {
            entries[at].subject.push('x');
            rewrite(lab, &entries, stolen, &mut memory);
        }
        "fork" => {
            entries.truncate(at);
            let other = LedgerEntry { action: "test.other".into(), details_digest: None, ..lab.entries[at].clone() };
            entries.resize(usize::try_from(ENTRIES + random.below(5)).unwrap(), other);
            rewrite(lab, &entries, stolen, &mut memory);
        }
        "dropped triggers" => {
            let dropped = ["no_delete", "no_update", "only_redact", "no_gap"][random.below(4) as usize];
            restore_triggers(connection);
            connection.execute_batch(&format!("DROP TRIGGER ledger_{dropped}")).unwrap();
            return memory;
        }
        "changed schema" => {
            let sql = [
                "CREATE TRIGGER quiet AFTER INSERT ON ledger BEGIN SELECT 1; END",
                "CREATE INDEX extra ON ledger (actor)",
                "ALTER TABLE ledger ADD COLUMN extra TEXT",
            ];
            connection.execute_batch(sql[random.below(3) as usize]).unwrap();
        }
        "backdating" => {
            entries[at].time_ns -= 1 + i64::try_from(random.below(1 << 31)).unwrap();
            rewrite(lab, &entries, stolen, &mut memory);
        }
        "swapped details" => {
            let other = seq % ENTRIES + 1;
            let other = if other == 1 { 2 } else { other };
            run(
                "UPDATE ledger SET details = (SELECT o.details FROM ledger o WHERE o.seq = ?2),
                 details_salt = (SELECT o.details_salt FROM ledger o WHERE o.seq = ?2) WHERE seq = ?1",
                &[seq, other],
            );
        }
        "forged key" => {
            let forged = EpochKey::new(lab.open.epoch, &[9; 32]);
            entries[at].result = "failed".into();
            rewrite(lab, &entries, Some(&forged), &mut memory);
        }
        _ => unreachable!("a class without a tampering"),
    }
    restore_triggers(connection);
    memory
}

#[test]
fn no_tampering_goes_unseen_with_an_anchor() {
    tamper_and_check(FEW_ROUNDS);
}

#[test]
#[ignore = "ten thousand tamperings take a minute: run with `--ignored --nocapture` for the table"]
fn none_of_ten_thousand_tamperings_goes_unseen_with_an_anchor() {
    tamper_and_check(ALL_ROUNDS);
}

fn tamper_and_check(rounds: u64) {
    let lab = lab();
    let connection = &lab.store.connection;
    let anchor = std::slice::from_ref(&lab.anchor);
    let mut random = Random(1);
    let mut layers: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut unseen: BTreeMap<&str, u64> = BTreeMap::new();
    for round in 0..rounds * CLASSES.len() as u64 {
        let class = CLASSES[usize::try_from(round).unwrap() % CLASSES.len()];
        connection.execute_batch("SAVEPOINT tampering").unwrap();
        let memory = tamper(&lab, class, &mut random);
        let found = check(connection, Vec::new(), memory, &[ANCHORED], None, Default::default()).unwrap();
        connection.execute_batch("ROLLBACK TO tampering; RELEASE tampering").unwrap();
        let judgement = judge(&found, anchor, &[]);
        assert_eq!(judgement.proven, Proven::Tampered, "{class} in round {round}: {}", judgement.sentence);
        *layers.entry((class, judgement.fault.map_or("", |fault| fault.layer.word()))).or_default() += 1;
        *unseen.entry(class).or_default() += u64::from(judge(&found, &[], &[]).proven != Proven::Tampered);
    }
    restore_triggers(connection);
    let sound =
        judge(&check(connection, Vec::new(), lab.memory, &[ANCHORED], None, Default::default()).unwrap(), anchor, &[]);
    assert_eq!(sound.proven, Proven::Anchored, "{}", sound.sentence);
    assert!(layers.keys().any(|(_, layer)| *layer == Layer::Anchor.word()), "nothing needed the anchor");
    println!("| tampering | times | missed | caught by | unseen without an anchor |\n|---|---:|---:|---|---:|");
    for class in CLASSES {
        let caught = layers.iter().filter(|((found, _), _)| *found == class);
        let caught: Vec<String> = caught.map(|((_, layer), count)| format!("{layer} {count}")).collect();
        println!("| {class} | {rounds} | 0 | {} | {} |", caught.join(", "), unseen[class]);
    }
    println!("| all | {} | 0 | | {} |", rounds * CLASSES.len() as u64, unseen.values().sum::<u64>());
}

#[test]
fn erased_details_need_a_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path(), &Host::fake(0, 1)).unwrap();
    let details = serde_json::json!({"a": 1});
    for _ in 0..3 {
        store.record("t", |_| Ok(((), NewEntry::new("test.entry", "x", "y").detailed(details.clone())))).unwrap();
    }
    store
        .record("t", |tx| {
            tx.ledger_redact(crate::model::ledger::SeqRange { from: 2, to: 3 })
                .map(|count| (count, NewEntry::new(crate::model::ledger::REDACT, "2-3", "asked for")))
        })
        .unwrap();
    let check = store.ledger_verify(&[], Reach::Whole).unwrap();
    assert_eq!((check.fault, check.redacted, check.fixed_clock), (None, 2, 5));
    store.connection.execute("UPDATE ledger SET details = NULL, details_salt = NULL WHERE seq = 4", []).unwrap();
    assert_eq!(
        store.ledger_verify(&[], Reach::Whole).unwrap().fault.map(|fault| (fault.layer, fault.seq)),
        Some((Layer::Details, Some(4)))
    );
    assert!(store.connection.execute("UPDATE ledger SET details = 'b' WHERE seq = 2", []).is_err());
    assert!(store.connection.execute("INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 2", []).is_err());
}

#[test]
fn a_change_without_an_entry_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path(), &Host::fake(0, 1)).unwrap();
    let before = store.ledger_head().unwrap();
    let ((), head) = store.record_all("t", |_| Ok(((), Vec::new()))).unwrap();
    assert_eq!((head, store.ledger_head().unwrap()), (None, before));
    let silent = store.record_all("t", |tx| {
        tx.transaction.execute("CREATE TABLE quiet (x)", []).unwrap();
        tx.transaction.execute("INSERT INTO quiet VALUES (1)", []).unwrap();
        Ok(((), Vec::new()))
    });
    assert!(silent.is_err() && store.connection.prepare("SELECT * FROM quiet").is_err());
}

#[test]
fn the_signer_does_not_sign_a_ledger_that_was_cut() {
    let folder = tempfile::tempdir().unwrap();
    let host = Host::fake(0, 1);
    let mut store = Store::open(folder.path(), &host).unwrap();
    let copy = folder.path().join("copy.db");
    store.back_up_to(&copy).unwrap();
    for _ in 0..3 {
        store.record("t", |_| Ok(((), NewEntry::new("test.entry", "x", "y")))).unwrap();
    }
    drop(store);
    std::fs::rename(&copy, folder.path().join(super::DATABASE)).unwrap();
    let mut store = Store::open(folder.path(), &host).unwrap();
    store.record("t", |_| Ok(((), NewEntry::new("test.entry", "x", "y")))).unwrap();
    let check = store.ledger_verify(&[], Reach::Whole).unwrap();
    assert!(matches!(check.fault.unwrap().layer, Layer::Checkpoint | Layer::SignerMemory));
    assert_eq!(check.signed, 1);
}

/// A ledger of more than one run, read on several cores.
fn long_store() -> (tempfile::TempDir, Store, u64) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path(), &Host::fake(0, 1)).unwrap();
    let entries = 2 * super::ledger_pass::RUN + 77;
    let batch = (1..entries).map(|n| NewEntry::new("test.entry", n.to_string(), "x")).collect();
    store.record_all("t", |_| Ok(((), batch))).unwrap();
    (folder, store, entries)
}

fn on_cores<T: Send>(count: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(count).build().unwrap().install(work)
}

#[test]
fn several_cores_find_what_one_finds() {
    let (folder, store, entries) = long_store();
    drop(store);
    let run = super::ledger_pass::RUN;
    let check = |cores| {
        let path = folder.path().to_owned();
        on_cores(cores, move || {
            let store = Store::open_to_read(&path, &Host::fake(0, 1)).unwrap();
            store.ledger_verify(&[1, run, run + 1, entries], Reach::Whole).unwrap()
        })
    };
    let (one, two) = (check(1), check(2));
    assert_eq!(one, two);
    assert_eq!((one.fault, one.size, one.signed, one.roots.len()), (None, entries, entries, 4));
    let database = Connection::open(folder.path().join(super::DATABASE)).unwrap();
    let copy = folder.path().join("copy.db");
    std::fs::copy(folder.path().join(super::DATABASE), &copy).unwrap();
    database.execute("ATTACH ?1 AS kept", [copy.to_str()]).unwrap();
    database.execute_batch("DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete").unwrap();
    for seq in [2, run, run + 1, 2 * run, 2 * run + 1, entries] {
        for change in ["UPDATE ledger SET reason = 'y' WHERE seq = ", "DELETE FROM ledger WHERE seq = "] {
            database.execute_batch(&format!("{change}{seq}")).unwrap();
            restore_missing(&database);
            let (one, two) = (check(1), check(2));
            let at = |check: &LedgerCheck| check.fault.clone().map(|fault| (fault.layer, fault.seq));
            assert_eq!(at(&one), at(&two), "{change}{seq}");
            assert!(one.fault.is_some(), "{change}{seq}");
            database.execute_batch("DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete").unwrap();
            database
                .execute_batch(&format!(
                    "DELETE FROM ledger WHERE seq = {seq}; DROP TRIGGER ledger_no_gap;
                     INSERT INTO ledger SELECT * FROM kept.ledger WHERE seq = {seq}"
                ))
                .unwrap();
        }
    }
}

#[test]
fn a_later_check_goes_on_from_the_last_one_and_says_so() {
    let (folder, mut store, entries) = long_store();
    let whole = store.ledger_verify(&[], Reach::Whole).unwrap();
    store.ledger_position_keep(&whole.position.unwrap()).unwrap();
    store.record("t", |_| Ok(((), NewEntry::new("test.entry", "more", "x")))).unwrap();
    let check = store.ledger_verify(&[], Reach::New).unwrap();
    assert_eq!((check.fault.clone(), check.size, check.trusted), (None, entries + 1, entries));
    assert!(judge(&check, &[], &[]).sentence.contains("were not read again"));
    // A checkpoint from before that needs all entries, and gets them.
    let check = store.ledger_verify(&[entries - 1], Reach::New).unwrap();
    assert_eq!((check.fault, check.trusted), (None, 0));
    // A position that the log has not signed does not count.
    let path = folder.path().join("ledger/verified");
    let kept = std::fs::read_to_string(&path).unwrap();
    let forged = EpochKey::new(0, &[9; 32]).checkpoint(whole.origin.as_deref().unwrap(), entries, whole.root.unwrap());
    let (head, _) = kept.split_once("\n\n").unwrap();
    for text in [format!("{head}\n\n{}", forged.unwrap()), String::new(), "x".repeat(100_000)] {
        std::fs::write(&path, text).unwrap();
        let check = store.ledger_verify(&[], Reach::New).unwrap();
        assert_eq!((check.fault, check.trusted), (None, 0));
    }
    // What is new is read whatever the position says.
    std::fs::write(&path, kept).unwrap();
    store.connection.execute_batch("DROP TRIGGER ledger_no_update").unwrap();
    store.connection.execute("UPDATE ledger SET reason = 'y' WHERE seq = ?1", [entries + 1]).unwrap();
    restore_missing(&store.connection);
    let fault = store.ledger_verify(&[], Reach::New).unwrap().fault.unwrap();
    assert_eq!((fault.layer, fault.seq), (Layer::Chain, Some(entries + 1)));
}
