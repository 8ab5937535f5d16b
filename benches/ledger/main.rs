//! The figures of the ledger, each beside its floor in the same run: verification beside reading and hashing,
//! appending beside bare inserts of the same durability, and proofs.
//!
//! `benches/ledger/run.sh` writes them into the README. `ENTRIES` says how many entries there are (a million); with the
//! argument `appends` nothing but appending is measured.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and may end when it cannot go on")]

use std::path::Path;
use std::time::{Duration, Instant};

use aetherra_maint::host::{FixedClock, Host};
use aetherra_maint::ledger::proof::Proof;
use aetherra_maint::model::Digest;
use aetherra_maint::model::NewEntry;
use aetherra_maint::model::ledger::{EntryFields, GENESIS};
use aetherra_maint::store::{DATABASE, Reach, Store};
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest as _, Sha256};

/// What the hash of an entry covers here, in bytes.
const HASHED: usize = 324;

/// Rounds of each measurement, in turns; the fastest counts, because other work only ever adds time.
const ROUNDS: usize = 7;

/// Durable appends that are timed in each round.
const APPENDS: u32 = 400;

fn main() {
    if std::env::args().any(|argument| argument == "appends") {
        return appends();
    }
    let entries: u64 = std::env::var("ENTRIES").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir_in(".").unwrap();
    let host = Host { clock: std::sync::Arc::new(FixedClock::new(1_700_000_000_000_000_000)), ..Host::fake(0, 1) };
    let mut store = Store::open(folder.path(), &host).unwrap();
    fill(&mut store, entries);
    verification(folder.path(), &store, entries);
    increment(folder.path(), &mut store);
    proof(&store, entries);
    drop(store);
    appends();
}

/// Entries whose hash covers exactly [`HASHED`] bytes.
fn fill(store: &mut Store, entries: u64) {
    // 111 bytes are the tag, the position, the time, the lengths and the hash in front; 5 the word of the clock.
    let fixed = 111 + "fixed".len() + "operator".len() + "index.update".len() + "ok".len() + 16 + 14;
    let reason = "r".repeat(HASHED - fixed);
    let mut made = 1;
    while made < entries {
        let upto = (made + 10_000).min(entries);
        let batch = (made..upto).map(|n| NewEntry::new("index.update", format!("{n:014}"), reason.as_str())).collect();
        store.record_all("0123456789abcdef", |_| Ok(((), batch))).unwrap();
        made = upto;
    }
}

fn fastest(rounds: usize, mut work: impl FnMut()) -> Duration {
    (0..rounds)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap()
}

fn reader(folder: &Path) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(folder.join(DATABASE), flags).unwrap()
}

const COLUMNS: &str = "SELECT seq, time_ns, clock, actor, action, subject, reason, trace_id, result, details_digest, \
                       entry_hash, details_salt, details FROM ledger ORDER BY seq";

/// Reading every column of every row, and hashing as many bytes as a hash covers.
fn floor(connection: &Connection) -> u64 {
    let mut statement = connection.prepare(COLUMNS).unwrap();
    let mut rows = statement.query([]).unwrap();
    let input = [7; HASHED];
    let mut sum = 0;
    while let Some(row) = rows.next().unwrap() {
        for column in 0..13 {
            sum += u64::from(row.get_ref(column).unwrap().data_type() == rusqlite::types::Type::Text);
        }
        sum += u64::from(Sha256::digest(input)[0]);
    }
    sum
}

/// The chain alone: hashes and their links, without tree, details, times or signatures.
fn bare_chain(connection: &Connection) -> u64 {
    let mut statement = connection.prepare(COLUMNS).unwrap();
    let mut rows = statement.query([]).unwrap();
    let (mut head, mut buffer, mut count) = (GENESIS, Vec::new(), 0);
    while let Some(row) = rows.next().unwrap() {
        let bytes = |column: usize| row.get_ref(column).unwrap().as_bytes_or_null().unwrap().unwrap_or_default();
        let fields = EntryFields {
            seq: row.get(0).unwrap(),
            time_ns: row.get(1).unwrap(),
            texts: [2, 3, 4, 5, 6, 7, 8].map(bytes),
            details_digest: bytes(9),
        };
        head = fields.hash(&head, &mut buffer);
        assert_eq!(Digest(bytes(10).try_into().unwrap()), head);
        count += 1;
    }
    count
}

fn verification(folder: &Path, store: &Store, entries: u64) {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let connection = reader(folder);
    let whole = || {
        let check = store.ledger_verify(&[], Reach::Whole).unwrap();
        assert_eq!((check.fault, check.size), (None, entries));
    };
    let mut times = [Duration::MAX; 4];
    for _ in 0..ROUNDS {
        let once = [
            fastest(1, || assert!(floor(&connection) > 0)),
            fastest(1, || assert_eq!(bare_chain(&connection), entries)),
            one.install(|| {
                let start = Instant::now();
                let check = store_check(folder);
                assert_eq!(check, entries);
                start.elapsed()
            }),
            fastest(1, whole),
        ];
        times = std::array::from_fn(|at| times[at].min(once[at]));
    }
    let rate = |time: Duration| entries as f64 / time.as_secs_f64();
    let [floor, chain, verify, cores] = times;
    println!("{entries} entries of {HASHED} hashed bytes; the fastest of {ROUNDS} rounds in turns.\n");
    println!("| | entries a second | beside | aim |\n|---|---:|---:|---:|");
    println!("| floor: read every column, hash {HASHED} bytes, one core | {:.0} | | |", rate(floor));
    println!("| the bare chain, one core | {:.0} | {:.2} of the floor | |", rate(chain), rate(chain) / rate(floor));
    println!(
        "| `audit verify`: chain, tree and root, times, details, signatures, one core | {:.0} | {:.2} of the floor | 1500000 |",
        rate(verify),
        rate(verify) / rate(floor)
    );
    println!(
        "| `audit verify`, {} cores | {:.0} | {:.2} × one core | |",
        rayon::current_num_threads(),
        rate(cores),
        rate(cores) / rate(verify)
    );
    println!("\n| | measured | aim |\n|---|---:|---:|");
    println!(
        "| time with the root / of the bare chain | {:.2} | at most 1.40 |",
        verify.as_secs_f64() / chain.as_secs_f64()
    );
}

/// A check through a store of its own, so that the pool around it is the one that counts.
fn store_check(folder: &Path) -> u64 {
    let store = Store::open_to_read(folder, &Host::fake(0, 1)).unwrap();
    let check = store.ledger_verify(&[], Reach::Whole).unwrap();
    assert_eq!(check.fault, None);
    check.size
}

fn increment(folder: &Path, store: &mut Store) {
    let check = store.ledger_verify(&[], Reach::Whole).unwrap();
    store.ledger_position_keep(&check.position.unwrap()).unwrap();
    let more = (0..100).map(|n| NewEntry::new("index.update", format!("{n:014}"), "more")).collect();
    store.record_all("0123456789abcdef", |_| Ok(((), more))).unwrap();
    let time = fastest(50, || {
        let store = Store::open_to_read(folder, &Host::fake(0, 1)).unwrap();
        let check = store.ledger_verify(&[], Reach::New).unwrap();
        assert_eq!((check.fault, check.size - check.trusted), (None, 100));
    });
    println!("| 100 new entries, with opening the state | {:.2} ms | at most 5 ms |", time.as_secs_f64() * 1e3);
}

fn proof(store: &Store, entries: u64) {
    let text = store.ledger_prove(entries / 3, None).unwrap().text();
    let (entry, key) = (store.ledger_entry(entries / 3).unwrap().unwrap(), store.ledger_key().unwrap().unwrap());
    let time = fastest(200, || {
        let proof = Proof::parse(&text).unwrap();
        assert_eq!(proof.check(std::slice::from_ref(&key)).unwrap().entry, entry);
    });
    let said = text.lines().find(|line| line.starts_with("extra ")).map_or(0, |line| line.len() + 1);
    println!(
        "| a proof that one of {entries} entries is in the log, with the checkpoint | {} bytes | at most 1536 |",
        text.len() - said
    );
    println!("| what the entry says, in the same file | {said} bytes | |");
    println!("| checking it offline, hashes and signature | {:.0} µs | at most 200 µs |", time.as_secs_f64() * 1e6);
}

/// Durable appends beside bare inserts of the same row: a transaction each, WAL, synchronous=FULL.
fn appends() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let mut store = Store::open(folder.path(), &Host::real()).unwrap();
    let bare = Connection::open(folder.path().join("bare.db")).unwrap();
    bare.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE bare (seq INTEGER PRIMARY KEY, time_ns INTEGER, clock TEXT, actor TEXT, action TEXT, subject TEXT,
         reason TEXT, trace_id TEXT, result TEXT, details_digest BLOB, entry_hash BLOB, details_salt BLOB, details TEXT);",
    )
    .unwrap();
    let reason = "r".repeat(140);
    let mut insert = bare
        .prepare("INSERT INTO bare VALUES (NULL, 1, 'system', 'operator', 'index.update', ?1, ?2, '0123456789abcdef', 'ok', NULL, zeroblob(32), NULL, NULL)")
        .unwrap();
    let mut insert = |number: u32| {
        insert.execute(rusqlite::params![format!("{number:014}"), reason]).unwrap();
    };
    let mut append = |number: u32| {
        let entry = NewEntry::new("index.update", format!("{number:014}"), reason.as_str());
        store.record("0123456789abcdef", |_| Ok(((), entry))).unwrap();
    };
    let mut rounds: Vec<[f64; 2]> = (0..ROUNDS)
        .map(|_| {
            let mut times = [Duration::ZERO; 2];
            for number in 0..APPENDS {
                times[0] += fastest(1, || insert(number));
                times[1] += fastest(1, || append(number));
            }
            times.map(|time| f64::from(APPENDS) / time.as_secs_f64())
        })
        .collect();
    rounds.sort_by(|one, other| (one[1] / one[0]).total_cmp(&(other[1] / other[0])));
    let ratio = |round: usize| rounds[round][1] / rounds[round][0];
    let [bare, signed] = rounds[ROUNDS / 2];
    println!("| durable inserts a second, bare SQLite, in the middle one of {ROUNDS} rounds | {bare:.0} | |");
    println!("| durable appends a second, chained and signed, in the same round | {signed:.0} | |");
    println!("| the one beside the other | {:.2} | at least 0.60 |", ratio(ROUNDS / 2));
    println!("| the same in the worst and the best round | {:.2} and {:.2} | |", ratio(0), ratio(ROUNDS - 1));
}
