//! A power cut at any write of the ledger: its database, its log, the signer's files, its segments.
//!
//! What the program does to its files is recorded by `strace`, and replayed up to every point on a file system that
//! keeps only what was flushed, and any part of the rest. In each such state the ledger opens and verifies, has
//! everything that was acknowledged, and goes on.

mod disk;
mod trace;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aetherra_maint::host::{FixedClock, Host, SeededEntropy};
use aetherra_maint::model::{Digest, NewEntry};
use aetherra_maint::store::{Reach, Store};
use rayon::prelude::*;

use self::disk::{Disk, Keep};
use self::trace::{Op, Reader};
use crate::ledger_damage::host_records;
use crate::room::{Ran, Room};

/// Fewer states than this would show little.
const STATES_AT_LEAST: usize = 1000;

/// What was promised: from which operation on, and what.
#[derive(Debug, Clone)]
struct Promise {
    from: usize,
    seq: u64,
    hash: Digest,
    /// Entries whose details must be gone.
    erased: Vec<u64>,
}

struct Recording {
    ops: Vec<Op>,
    /// The name of each node, as it was last.
    names: Vec<String>,
    promises: Vec<Promise>,
}

/// A life of a ledger in a few runs, a day apart, so that every run but the first ends an epoch.
fn record() -> Recording {
    let room = Room::new();
    host_records(&room.path("host.db"), 30);
    let log = room.home().join("trace");
    let mut reader = Reader::new(&room.project());
    let mut promises = Vec::new();
    let mut erased = Vec::new();
    let runs: [&[&str]; 8] = [
        &["health"],
        &["health"],
        &["audit", "import", "host.db"],
        &["audit", "redact", "9-11", "--reason", "a test"],
        &["audit", "rotate", "--keep", "20"],
        &["health"],
        &["audit", "redact", "6", "25", "--reason", "a test of both places"],
        &["audit", "rotate", "--keep", "2"],
    ];
    for (day, arguments) in runs.into_iter().enumerate() {
        let mut command = room.command(arguments);
        command.args(["-f", "json"]).env("AETHERRA_MAINT_TEST_CLOCK", format!("2030-01-{:02}T03:04:05Z", day + 2));
        let document = Ran::of(&mut trace::traced(&command, &log)).envelope();
        assert_eq!(document["exit_code"], 0, "{arguments:?}: {document:#}");
        reader.read(&std::fs::read_to_string(&log).expect("a trace"));
        match arguments {
            ["audit", "redact", "6", ..] => erased.extend([6, 25]),
            ["audit", "redact", ..] => erased.extend([9, 10, 11]),
            _ => {}
        }
        let proof = &document["audit"];
        assert!(!reader.ops.is_empty(), "nothing was recorded");
        promises.push(Promise {
            from: reader.ops.len(),
            seq: proof["seq"].as_u64().unwrap_or_else(|| panic!("{document:#}")),
            hash: proof["hash"].as_str().expect("a hash").parse().expect("a hash"),
            erased: erased.clone(),
        });
    }
    same_as_real(&reader.ops, &room);
    let nodes = 1 + reader.ops.iter().filter(|op| matches!(op, Op::Create { .. })).count();
    let mut names: Vec<String> = (0..nodes).map(|node| reader.name(node).to_owned()).collect();
    for op in &reader.ops {
        if let Op::Create { node, name, .. } = op
            && names[*node] == "?"
        {
            names[*node].clone_from(name);
        }
    }
    Recording { ops: reader.ops, names, promises }
}

/// With nothing lost, the model has what is really there: no write was missed or misunderstood.
fn same_as_real(ops: &[Op], room: &Room) {
    let mut disk = Disk::default();
    ops.iter().for_each(|op| disk.apply(op));
    let folder = tempfile::tempdir_in(memory()).expect("a folder");
    disk.cut(Keep::All, &SeededEntropy::new(1), folder.path());
    let (real, modelled) = (room.path(".aetherra"), folder.path().join(".aetherra"));
    let mut compared = 0;
    for (path, bytes) in crate::ledger_damage::files(&real) {
        let path = path.strip_prefix(&real).expect("below").to_path_buf();
        let found = std::fs::read(modelled.join(&path)).unwrap_or_default();
        assert!(found == bytes, "the model of {} differs: {} and {} bytes", path.display(), found.len(), bytes.len());
        compared += 1;
    }
    assert!(compared >= 6, "only {compared} files");
}

/// What is wrong with a state after a power cut, given what had been promised.
fn wrong(state: &Path, promises: &[Promise]) -> Option<String> {
    let clock = FixedClock::new(1_893_456_000_000_000_000 + 3600 * 24 * 40 * 1_000_000_000);
    let host = Host { clock: Arc::new(clock), ..Host::fake(0, 7) };
    let told = |doing: &str, error: aetherra_maint::Error| Some(format!("{doing}: [{}] {error}", error.code));
    if !promises.is_empty() {
        let store = match Store::open_to_read(state, &host) {
            Ok(store) => store,
            Err(error) => return told("opening to read", error),
        };
        if let Some(why) = unkept(&store, promises) {
            return Some(format!("read only: {why}"));
        }
    }
    let mut store = match Store::open(state, &host) {
        Ok(store) => store,
        Err(error) => return told("opening to write", error),
    };
    if let Some(why) = unkept(&store, promises) {
        return Some(why);
    }
    if let Err(error) = store.record("after", |_| Ok(((), NewEntry::new("test.after", "a power cut", "it goes on")))) {
        return told("going on", error);
    }
    unkept(&store, promises).map(|why| format!("after going on: {why}"))
}

fn unkept(store: &Store, promises: &[Promise]) -> Option<String> {
    let check = match store.ledger_verify(&[], Reach::Segments) {
        Ok(check) => check,
        Err(error) => return Some(format!("verifying: [{}] {error}", error.code)),
    };
    if let Some(fault) = check.fault {
        return Some(format!("{}: {}", fault.layer.word(), fault.message));
    }
    if check.signed != check.size || !check.absent.is_empty() {
        return Some(format!("{} of {} are signed, {:?} are absent", check.signed, check.size, check.absent));
    }
    for promise in promises {
        let found = store.ledger_entry(promise.seq).ok().flatten();
        if found.is_none_or(|entry| entry.entry_hash != promise.hash) {
            return Some(format!("entry {} was acknowledged and is lost", promise.seq));
        }
    }
    let erased = promises.last().map(|promise| promise.erased.as_slice()).unwrap_or_default();
    let back =
        erased.iter().find(|seq| store.ledger_entry(**seq).ok().flatten().is_none_or(|entry| entry.details.is_some()));
    back.map(|seq| format!("the details of entry {seq} are there again"))
}

/// Where states are written: in memory, where that is a place.
fn memory() -> &'static Path {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() { shared } else { Path::new("/tmp") }
}

impl Recording {
    /// Cuts the power at every point, in several ways, and says what broke and how many states were looked at.
    /// What `forgets` means is as if it had never been done.
    fn replay(&self, forgets: impl Fn(&Op, &str) -> bool) -> (Option<String>, usize) {
        let mut disk = Disk::default();
        let mut points = Vec::new();
        for point in 0..=self.ops.len() {
            if let Some(op) = point.checked_sub(1).map(|at| &self.ops[at]) {
                let (Op::SyncFile { node } | Op::SyncFolder { node }) = op else {
                    disk.apply(op);
                    points.push((point, disk.clone()));
                    continue;
                };
                if !forgets(op, &self.names[*node]) {
                    disk.apply(op);
                }
            }
            points.push((point, disk.clone()));
        }
        let looked = AtomicUsize::new(0);
        let found = points.par_iter().find_map_any(|(point, disk)| {
            let promises: Vec<Promise> =
                self.promises.iter().filter(|promise| promise.from <= *point).cloned().collect();
            let random = SeededEntropy::new(*point as u64);
            // All and nothing where something was just flushed, and a random part everywhere.
            let is_flush = point
                .checked_sub(1)
                .is_some_and(|at| matches!(self.ops[at], Op::SyncFile { .. } | Op::SyncFolder { .. }));
            let ways: &[Keep] =
                if is_flush { &[Keep::Some, Keep::Some, Keep::Nothing, Keep::All] } else { &[Keep::Some, Keep::Some] };
            ways.iter().find_map(|keep| {
                let folder = tempfile::tempdir_in(memory()).expect("a folder");
                disk.cut(*keep, &random, folder.path());
                looked.fetch_add(1, Ordering::Relaxed);
                let why = wrong(&folder.path().join(".aetherra"), &promises)?;
                let before = point.checked_sub(1).map(|at| self.told(&self.ops[at])).unwrap_or_default();
                Some(format!("cut after operation {point} ({before}), {keep:?} of the rest kept: {why}"))
            })
        });
        (found, looked.into_inner())
    }

    fn told(&self, op: &Op) -> String {
        match op {
            Op::Create { name, .. } => format!("made {name}"),
            Op::Write { node, offset, bytes } => {
                format!("wrote {} bytes at {offset} of {}", bytes.len(), self.names[*node])
            }
            Op::Length { node, length } => format!("{} has {length} bytes", self.names[*node]),
            Op::Rename { from, to, .. } => format!("{} became {}", from.1, to.1),
            Op::Remove { name, .. } => format!("removed {name}"),
            Op::SyncFile { node } | Op::SyncFolder { node } => format!("flushed {}", self.names[*node]),
        }
    }
}

#[test]
fn no_power_cut_loses_what_was_acknowledged_and_flushes_are_what_keeps_it() {
    if !trace::is_possible() {
        eprintln!("SKIPPED: power cuts of the ledger need `strace`, and it is missing or may not look at programs");
        return;
    }
    let recording = record();
    let (broken, looked) = recording.replay(|_, _| false);
    assert_eq!(broken, None);
    assert!(looked >= STATES_AT_LEAST, "only {looked} states were looked at");
    eprintln!("{} operations, {looked} states after a power cut", recording.ops.len());

    // What keeps it are the flushes: without them, something is found to be lost.
    let is_database = |name: &str| name.starts_with("state.db");
    let is_file = |op: &Op| matches!(op, Op::SyncFile { .. });
    type Variant<'a> = (&'a str, &'a (dyn Fn(&Op, &str) -> bool + Sync));
    let variants: [Variant<'_>; 5] = [
        ("the database as with synchronous=OFF", &|_, name| is_database(name)),
        ("the files of the key", &|op, name| {
            is_file(op) && matches!(name, "epoch.key" | "?") || name.starts_with(".new-")
        }),
        ("the folder of the signer", &|_, name| name == "ledger"),
        ("the files of segments", &|op, name| is_file(op) && name.ends_with(".zst")),
        ("the folder of segments", &|_, name| name == "segments"),
    ];
    for (what, forgets) in variants {
        let (broken, looked) = recording.replay(forgets);
        assert!(broken.is_some(), "nothing breaks without flushing {what}, in {looked} states");
    }
}
