//! The labelled set: public packages as `tests/classify/fetch.py` unpacked them, and the files made by hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use aetherra_maint::Context;
use aetherra_maint::host::Host;
use aetherra_maint::incorporation::classify::{Sighting, Surroundings, look};
use aetherra_maint::incorporation::scan::{Depth, Effect, Emptiness, ScanRequest, scan};
use aetherra_maint::model::ComponentKind;
use aetherra_maint::settings::Settings;
use aetherra_maint::store::Store;

/// A tree of files with its labels.
pub struct Tree {
    pub name: String,
    pub split: String,
    /// Packages of one ecosystem share its idioms.
    pub ecosystem: String,
    pub root: PathBuf,
    pub labels: BTreeMap<String, ComponentKind>,
}

fn table(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// All trees, in a stable order.
fn trees(set: &Path) -> Vec<Tree> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/classify");
    let mut labels: BTreeMap<String, BTreeMap<String, ComponentKind>> = BTreeMap::new();
    for row in table(&home.join("labels.tsv")) {
        let class = ComponentKind::from_word(&row[2]).unwrap();
        labels.entry(row[0].clone()).or_default().insert(row[1].clone(), class);
    }
    let mut trees: Vec<Tree> = table(&home.join("packages.tsv"))
        .into_iter()
        .map(|row| Tree {
            root: set.join(&row[0]),
            labels: labels.remove(&row[0]).unwrap_or_default(),
            name: row[0].clone(),
            split: row[2].clone(),
            ecosystem: row[3].clone(),
        })
        .collect();
    for split in ["train", "test"] {
        let labels = table(&home.join("handmade/labels.tsv"))
            .into_iter()
            .filter_map(|row| {
                let path = row[0].strip_prefix(&format!("{split}/"))?.to_owned();
                Some((path, ComponentKind::from_word(&row[1]).unwrap()))
            })
            .collect();
        let root = home.join("handmade").join(split);
        trees.push(Tree {
            name: "handmade".to_owned(),
            split: split.to_owned(),
            ecosystem: "handmade".to_owned(),
            root,
            labels,
        });
    }
    trees
}

/// Scans every tree as the program does, and hands its sightings over.
pub fn each_tree(set: &Path, mut visit: impl FnMut(&Tree, &[Sighting], &Surroundings<'_>)) {
    for tree in trees(set) {
        let sightings = sightings(&tree);
        for path in tree.labels.keys() {
            assert!(tree.root.join(path).is_file(), "{}: {path} is missing; run tests/classify/fetch.py", tree.name);
            if !sightings.iter().any(|sighting| &sighting.file.path == path) {
                eprintln!("left out by the scan: {} {path}", tree.name);
            }
        }
        let around = Surroundings::of(&sightings);
        visit(&tree, &sightings, &around);
    }
}

fn sightings(tree: &Tree) -> Vec<Sighting> {
    let state = tempfile::tempdir().unwrap();
    let host = Host::real();
    let mut store = Store::in_memory(state.path(), &host).unwrap();
    let settings = Settings::default();
    let mut context = Context { settings: &settings, store: &mut store, host: &host, trace_id: "bench" };
    let request = ScanRequest {
        project: tree.root.clone(),
        roots: Some(vec![".".into()]),
        depth: Depth::Changed,
        effect: Effect::Record,
        emptiness: Emptiness::Doubted,
    };
    scan(&mut context, &request).unwrap_or_else(|error| panic!("{}: {error}", tree.root.display()));
    look(store.structure_list().unwrap(), &tree.root)
}
