//! Batches of code and of documents that were written without a look at the analyser, each measured once before
//! anything was changed for it, and kept so that what was learned from them is not lost.
//!
//! A page says what was found at first, and what has to be found now. Below it stand the files, each under its path.
//! A line of code that ends in `# BAD` has to be flagged, and one in `# GOOD` must not; of a batch of documents, it is
//! the folders that are called `…_unsafe` and `…_safe`. `@@` is taken out before anything is judged, and `@{200b}` becomes
//! the character, so that no page is itself taken for what it holds.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::room::{Room, repository};
use crate::rules::characters;

/// A page: what it promises, and its files.
struct Batch {
    name: String,
    title: String,
    /// What was found and what was flagged at first, in percent.
    first: (f64, f64),
    /// At least so much is found, and at most so much is flagged, in percent.
    bounds: (f64, f64),
    files: BTreeMap<String, String>,
}

impl Batch {
    fn read(name: &str) -> Self {
        let page = std::fs::read_to_string(repository().join("tests/batches").join(name)).expect("a page");
        let page = characters(&page);
        let (head, files) = page.split_once("\n## file: ").expect("files");
        let pair = |key: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(key)).expect(key);
            let mut numbers = line.split([' ', '%', ',']).filter_map(|word| word.parse().ok());
            (numbers.next().expect("found"), numbers.next().expect("flagged"))
        };
        let files = files.split("\n## file: ").map(|file| {
            let (path, rest) = file.split_once('\n').expect("a path");
            let text = rest.trim_start_matches('\n').strip_prefix("~~~~\n").expect("a fence");
            let (text, _) = text.rsplit_once("~~~~").expect("the end of a fence");
            (path.trim().to_owned(), text.to_owned())
        });
        Self {
            name: name.to_owned(),
            title: head.lines().next().unwrap_or_default().trim_start_matches("# ").to_owned(),
            first: pair("At first: "),
            bounds: pair("Now at least and at most: "),
            files: files.collect(),
        }
    }

    /// What is found in the files, by path: the first line, the last, and how bad.
    fn findings(&self) -> BTreeMap<String, Vec<(u64, u64, String)>> {
        let room = Room::new();
        for (path, text) in &self.files {
            room.write(&format!("batch/{path}"), text);
        }
        let ran = room.run(&["security-eval", "batch", "--no-cache", "-f", "json"]);
        let envelope = ran.envelope();
        let mut found: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for finding in envelope["data"]["findings"].as_array().expect("findings") {
            let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
            let number = |key: &str| finding[key].as_u64().unwrap_or_default();
            let path = text("path").trim_start_matches("batch/").to_owned();
            found.entry(path).or_default().push((number("line"), number("end_line"), text("severity")));
        }
        assert_ne!(envelope["stats"]["judged"], Value::from(0), "{}: {}", self.name, ran.stderr);
        found
    }

    /// How many of the bad and of the good are flagged, and how many there are.
    fn rates(&self) -> [(usize, usize); 2] {
        let found = self.findings();
        let mut rates = [(0, 0); 2];
        let mut count = |bad: bool, flagged: bool| {
            let rate = &mut rates[usize::from(!bad)];
            rate.0 += usize::from(flagged);
            rate.1 += 1;
        };
        let mut folders: BTreeMap<&str, bool> = BTreeMap::new();
        for (path, text) in &self.files {
            let own = found.get(path).map(Vec::as_slice).unwrap_or_default();
            let folder = path.split('/').next().unwrap_or_default();
            if folder.ends_with("_unsafe") || folder.ends_with("_safe") {
                let gates = own.iter().any(|(.., severity)| matches!(severity.as_str(), "high" | "critical"));
                *folders.entry(folder).or_default() |= gates;
                continue;
            }
            for (line, number) in text.lines().zip(1..) {
                let marked = line.contains("# BAD") || line.contains("# GOOD");
                let flagged = || {
                    own.iter().any(|(first, last, severity)| (*first..=*last).contains(&number) && severity != "note")
                };
                if marked {
                    count(line.contains("# BAD"), flagged());
                }
            }
        }
        for (folder, flagged) in folders {
            count(folder.ends_with("_unsafe"), flagged);
        }
        rates
    }
}

fn percent((part, whole): (usize, usize)) -> f64 {
    (part * 1000 / whole.max(1)) as f64 / 10.0
}

#[test]
fn what_was_learned_from_batches_is_kept() {
    let folder = std::fs::read_dir(repository().join("tests/batches")).expect("pages");
    let mut names: Vec<String> =
        folder.map(|entry| entry.expect("a page").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    println!("| batch | bad | found at first | good | flagged at first | true − false | now |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    let mut short = Vec::new();
    for name in names.iter().filter(|name| name.ends_with(".md")) {
        let batch = Batch::read(name);
        let [bad, good] = batch.rates();
        let (found, flagged) = (percent(bad), percent(good));
        println!(
            "| [{}](tests/batches/{}) | {} | {:.1} % | {} | {:.1} % | {:+.1} | {:+.1} |",
            batch.title,
            batch.name,
            bad.1,
            batch.first.0,
            good.1,
            batch.first.1,
            batch.first.0 - batch.first.1,
            found - flagged,
        );
        if found < batch.bounds.0 || flagged > batch.bounds.1 {
            short.push(format!("{name}: {found} % found, {flagged} % flagged"));
        }
    }
    assert!(short.is_empty(), "{short:?}");
}
