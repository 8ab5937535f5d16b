//! Generated files are committed, and fresh: `UPDATE=1 cargo test --test suite generated` writes them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::room::{Room, expect_file, repository, updating};

/// The files in a folder of the repository that are of one kind.
fn committed(folder: &str, ending: &str) -> BTreeSet<String> {
    let Ok(entries) = std::fs::read_dir(repository().join(folder)) else { return BTreeSet::new() };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| name.ends_with(ending)).collect()
}

/// No file is left over from something that is gone.
fn expect_only(folder: &str, ending: &str, wanted: &BTreeSet<String>) {
    for name in committed(folder, ending).difference(wanted) {
        let path = Path::new(folder).join(name);
        assert!(updating(), "{} belongs to nothing any more", path.display());
        std::fs::remove_file(repository().join(path)).expect("a stale file goes");
    }
}

#[test]
fn schemas_are_fresh() {
    let room = Room::new();
    let mut wanted = BTreeSet::new();
    for name in room.run(&["schema", "-q"]).stdout.lines().filter(|name| *name != "exit-codes") {
        let file = format!("{}.json", name.replace('/', "-"));
        let ran = room.run(&["schema", name]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        expect_file(&repository().join("schemas").join(&file), &ran.stdout);
        wanted.insert(file);
    }
    assert!(wanted.contains("status-v1.json"));
    expect_only("schemas", ".json", &wanted);
}
