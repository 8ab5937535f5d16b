//! Every command, once as a rehearsal and once for real: a rehearsal changes nothing, and what changes the state
//! writes into the ledger.
//!
//! The list is held against the manual pages, of which there is one a command: a new command fails this test
//! until it is on the list.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::room::{Ran, Room, repository};

/// What a command leaves behind when it is not a rehearsal.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Leaves {
    /// Nothing.
    Nothing,
    /// Files that the operator asked for, and nothing in the state.
    Files,
    /// A change of the state, and its entry.
    Entry,
    /// A measurement, a position, or a change when there was anything to do: an entry or none.
    Perhaps,
}

use Leaves::{Entry, Files, Nothing, Perhaps};

const PLUGIN: &str = "class W:\n    name = \"weather\"\n    version = \"1.0.0\"\n\n    def execute(self, city):\n        return city\n\n\nPLUGIN_CLASS = W\n";

/// A line: a command with its arguments, and what it leaves. `ID` stands for the approval that was recorded.
/// A line of `+` is no command to check: it changes the plugin, so that the next round has something to do.
const COMMANDS: &[(&str, Leaves)] = &[
    ("init", Files),
    ("completions bash", Nothing),
    ("config check", Nothing),
    ("config schema", Nothing),
    ("config show", Nothing),
    ("doctor", Nothing),
    ("explain usage", Nothing),
    ("man", Nothing),
    ("policy check", Nothing),
    ("policy test policy.json", Nothing),
    ("schema", Nothing),
    ("canary simulate --runs 2", Nothing),
    ("scan", Entry),
    ("classify", Entry),
    ("security-eval --exit-zero", Entry),
    ("plan", Entry),
    ("integrate", Entry),
    ("status", Nothing),
    ("state info", Nothing),
    ("state migrate", Nothing),
    ("state backup copy.db", Files),
    ("generations list", Nothing),
    ("generations show", Nothing),
    ("generations verify", Nothing),
    ("generations route somebody", Nothing),
    ("+1.1.0", Nothing),
    ("scan", Entry),
    ("classify", Entry),
    ("security-eval --exit-zero", Entry),
    ("plan", Entry),
    ("integrate --canary --detach --observations observed.jsonl", Entry),
    ("canary show", Nothing),
    ("canary stop", Entry),
    ("integrate --canary --detach --observations observed.jsonl", Entry),
    ("canary promote --approve", Entry),
    ("rollback --last", Entry),
    ("generations gc --keep 0", Perhaps),
    ("quarantine add plugins/thief.py", Entry),
    ("quarantine list", Nothing),
    ("quarantine show 1", Nothing),
    ("quarantine release 1 --reason seen", Entry),
    ("quarantine add plugins/thief.py", Entry),
    ("quarantine restore 2 --reason seen", Entry),
    ("trust list", Nothing),
    ("trust keygen KEYS/ada --as ada", Files),
    ("trust sign plugins --key KEYS/ada", Files),
    ("trust verify plugins", Nothing),
    ("trust approve plugins --key KEYS/ada", Entry),
    ("trust revoke ID --reason mistaken", Entry),
    ("trust revoke --key KEYS/ada.pub --reason stolen", Entry),
    ("health", Perhaps),
    ("audit log", Nothing),
    ("audit show 1", Nothing),
    ("audit prove 1", Nothing),
    ("audit checkpoint", Nothing),
    ("audit verify", Perhaps),
    ("audit redact 2 --reason asked", Perhaps),
    ("audit rotate --keep 5", Entry),
    ("audit export entries.jsonl", Files),
    ("audit anchor --to file:kept.note", Entry),
    ("audit witness --name witness.example/one", Entry),
    ("watch --once", Entry),
    ("demo sample", Files),
];

/// Commands that this list cannot run by itself, and where they are shown instead.
const ELSEWHERE: &[(&str, &str)] = &[
    ("audit import", "audit.rs: it needs a database of a host"),
    ("canary wait", "canary.rs: it needs a trial that lasts"),
];

struct Bench {
    room: Room,
}

impl Bench {
    fn arguments(&self, line: &str) -> Vec<String> {
        let keys = self.room.home().display().to_string();
        let words = line.split(' ').map(|word| word.replace("KEYS", &keys));
        words.map(|word| if word == "ID" { self.approval() } else { word }).collect()
    }

    fn approval(&self) -> String {
        let listed = self.room.json(&["trust", "list"]);
        let statements = listed["data"]["statements"].as_array().expect("statements");
        statements.first().expect("an approval")["id"].as_str().expect("an id").to_owned()
    }

    /// How many entries the ledger has.
    fn entries(&self) -> u64 {
        let database = self.room.path(".aetherra/state.db");
        if !database.exists() {
            return 0;
        }
        self.room.json(&["status"])["data"]["ledger"]["entries"].as_u64().expect("a count")
    }

    /// All files but the database, which is asked for its entries, and the lock.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for folder in [self.room.project(), self.room.home()] {
            read(&folder, &mut files);
        }
        files
    }
}

fn read(folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().expect("a kind");
        let path = entry.path().display().to_string();
        if kind.is_dir() {
            read(&entry.path(), files);
        } else if kind.is_symlink() {
            files.insert(path, std::fs::read_link(entry.path()).expect("a link").display().to_string().into_bytes());
        } else if !name.starts_with("state.db") && name != "run.lock" {
            files.insert(path, std::fs::read(entry.path()).expect("a file"));
        }
    }
}

fn text(ran: &Ran) -> String {
    format!("{}{}", ran.stdout, ran.stderr)
}

#[test]
fn rehearsals_change_nothing_and_changes_are_in_the_ledger() {
    let room = Room::with(&[("plugins/weather.py", PLUGIN), ("plugins/thief.py", "print('hello')\n")]);
    room.write("observed.jsonl", "");
    room.write("policy.json", "{}");
    let bench = Bench { room };
    for (line, leaves) in COMMANDS {
        if let Some(version) = line.strip_prefix('+') {
            bench.room.write("plugins/weather.py", PLUGIN.replace("1.0.0", version));
            continue;
        }
        check(&bench, line, *leaves);
    }
}

fn check(bench: &Bench, line: &str, leaves: Leaves) {
    let arguments = bench.arguments(line);
    let (files, entries) = (bench.files(), bench.entries());
    let database = std::fs::read(bench.room.path(".aetherra/state.db")).ok();
    let rehearsal = bench.room.run(&[arguments.clone(), vec!["--dry-run".to_owned()]].concat());
    assert_ne!(rehearsal.code, 70, "{line}: {}", text(&rehearsal));
    assert_eq!(bench.entries(), entries, "{line} --dry-run wrote into the ledger: {}", text(&rehearsal));
    let rehearsed = std::fs::read(bench.room.path(".aetherra/state.db")).ok();
    assert!(rehearsed == database, "{line} --dry-run changed the database: {}", text(&rehearsal));
    let changed: BTreeSet<String> = difference(&files, &bench.files());
    assert!(changed.is_empty(), "{line} --dry-run changed {changed:?}: {}", text(&rehearsal));

    if line.starts_with("trust approve") {
        let public = std::fs::read_to_string(bench.room.home().join("ada.pub")).expect("a key");
        let folder = bench.room.home().join("config/aetherra/keys");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("allowed_signers"), format!("ada {public}")).expect("a list");
    }
    let real = bench.room.run(&arguments);
    assert!(![2, 5, 6, 70].contains(&real.code), "{line} ends with {}: {}", real.code, text(&real));
    match leaves {
        Nothing => {
            assert_eq!(bench.entries(), entries, "{line} wrote into the ledger: {}", text(&real));
            assert!(difference(&files, &bench.files()).is_empty(), "{line} changed files");
        }
        Files => {
            assert_eq!(bench.entries(), entries, "{line} wrote into the ledger: {}", text(&real));
            assert!(!difference(&files, &bench.files()).is_empty(), "{line} wrote nothing: {}", text(&real));
        }
        Entry => assert!(bench.entries() > entries, "{line} wrote no entry: {}", text(&real)),
        Perhaps => {}
    }
}

fn difference(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let one_sided = |a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>| {
        a.iter().filter(|(path, bytes)| b.get(*path) != Some(bytes)).map(|(path, _)| path.clone()).collect::<Vec<_>>()
    };
    one_sided(before, after).into_iter().chain(one_sided(after, before)).collect()
}

#[test]
fn every_command_is_on_the_list() {
    let pages: BTreeSet<String> = std::fs::read_dir(repository().join("man"))
        .expect("man")
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            Some(name.strip_prefix("aetherra-maint-")?.strip_suffix(".1")?.to_owned())
        })
        .collect();
    // A command that has commands of its own does nothing itself.
    let leaf = |page: &&String| !pages.iter().any(|other| other.starts_with(&format!("{page}-")));
    let lines = COMMANDS.iter().map(|(line, _)| *line).chain(ELSEWHERE.iter().map(|(line, _)| *line));
    let listed: Vec<String> = lines.map(|line| format!("{}-", line.replace(' ', "-"))).collect();
    let missing: Vec<_> = pages
        .iter()
        .filter(leaf)
        .filter(|page| !listed.iter().any(|line| line.starts_with(&format!("{page}-"))))
        .collect();
    assert!(missing.is_empty(), "{missing:?} are on no list: what do they leave behind?");
}

#[test]
fn a_rehearsal_of_a_trial_and_of_a_tick_says_what_is_there() {
    let room = Room::with(&[("plugins/weather.py", PLUGIN)]);
    let due = room.json(&["watch", "--once", "--dry-run"]);
    let due: Vec<&str> = due["data"]["due"].as_array().expect("stages").iter().filter_map(Value::as_str).collect();
    assert!(due.contains(&"scan"), "{due:?}");
    assert!(!room.path(".aetherra/state.db").exists());
    assert_eq!(room.json(&["canary", "stop", "--dry-run"])["exit_code"], 6, "nothing is on trial");
}
