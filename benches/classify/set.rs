//! The labelled set: public packages as `tests/classify/fetch.py` unpacked them, and the files made by hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use aetherra_maint::incorporation::classify::{Sighting, Surroundings, TextFacts};
use aetherra_maint::incorporation::structure::{of_aether, of_manifest, of_python, of_rust};
use aetherra_maint::model::structure::Structure;
use aetherra_maint::model::{ComponentKind, Digest, FileKind, IndexedFile, Language};
use rayon::prelude::*;

/// A tree of files with its labels.
pub struct Tree {
    pub name: String,
    pub split: String,
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
        trees.push(Tree { name: "handmade".to_owned(), split: split.to_owned(), root, labels });
    }
    trees
}

/// Looks at every tree and hands its sightings over.
pub fn each_tree(set: &Path, mut visit: impl FnMut(&Tree, &[Sighting], &Surroundings<'_>)) {
    for tree in trees(set) {
        let sightings = sightings(&tree);
        for path in tree.labels.keys() {
            assert!(sightings.iter().any(|sighting| &sighting.file.path == path), "{}: {path} is missing", tree.name);
        }
        let around = Surroundings::of(&sightings);
        visit(&tree, &sightings, &around);
    }
}

fn sightings(tree: &Tree) -> Vec<Sighting> {
    let mut paths = Vec::new();
    let mut folders = vec![tree.root.clone()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    paths.par_iter().map(|path| sighting(tree, path)).collect()
}

fn sighting(tree: &Tree, path: &Path) -> Sighting {
    let bytes = std::fs::read(path).unwrap();
    let key = path.strip_prefix(&tree.root).unwrap().to_str().unwrap().to_owned();
    let (kind, language) = super::language::by_name(&key).unwrap_or_else(|| super::language::by_content(&bytes));
    let text = String::from_utf8_lossy(&bytes);
    let structure = match (kind, language) {
        (_, Language::Python) => of_python(&text),
        (_, Language::Rust) => of_rust(&text),
        (_, Language::Aether) => of_aether(&text),
        (FileKind::Manifest | FileKind::Config, Language::Json | Language::Yaml | Language::Toml) => {
            of_manifest(&key, &text)
        }
        _ => Structure::default(),
    };
    let mut facts = TextFacts::of(&bytes);
    if key.ends_with("entry_points.txt") || key.ends_with("setup.cfg") {
        facts.read_sections(&bytes);
    }
    let file = IndexedFile {
        path: key,
        root: String::new(),
        digest: Digest::of(b""),
        size: bytes.len() as u64,
        mtime_ns: 0,
        kind,
        language,
        encoding: "utf-8".to_owned(),
        newlines: "lf".to_owned(),
        entry_points: structure.entry_points(),
    };
    Sighting { file, structure, text: facts }
}
