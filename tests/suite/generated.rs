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

#[test]
fn completions_are_fresh() {
    let room = Room::new();
    let files = [
        ("bash", "aetherra-maint.bash"),
        ("elvish", "aetherra-maint.elv"),
        ("fish", "aetherra-maint.fish"),
        ("nushell", "aetherra-maint.nu"),
        ("powershell", "_aetherra-maint.ps1"),
        ("zsh", "_aetherra-maint"),
    ];
    for (shell, file) in files {
        let ran = room.run(&["completions", shell, "-q"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        expect_file(&repository().join("completions").join(file), &ran.stdout);
    }
    expect_only("completions", "", &files.iter().map(|(_, file)| (*file).to_owned()).collect());
}

#[test]
fn manual_pages_are_fresh() {
    let room = Room::new();
    let mut wanted = BTreeSet::new();
    for name in room.run(&["man", "--list", "-q"]).stdout.lines() {
        let path = name.strip_prefix("aetherra-maint").expect("our name").trim_start_matches('-');
        let words = subcommand_words(&room, path);
        let ran = room.run(&[&["man".to_owned(), "-q".to_owned()][..], &words].concat());
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        let file = format!("{name}.1");
        expect_file(&repository().join("man").join(&file), &ran.stdout);
        wanted.insert(file);
    }
    assert!(wanted.contains("aetherra-maint-state-backup.1"));
    expect_only("man", ".1", &wanted);
}

/// `state-backup` is `state backup`, and `security-eval` is itself: the longest first word that is a subcommand.
fn subcommand_words(room: &Room, path: &str) -> Vec<String> {
    if path.is_empty() {
        return Vec::new();
    }
    let whole = vec![path.to_owned()];
    if room.run(&["man", path]).code == 0 {
        return whole;
    }
    let splits = path.match_indices('-').map(|(at, _)| vec![path[..at].to_owned(), path[at + 1..].to_owned()]);
    splits.into_iter().find(|words| room.run(&[&["man".to_owned()][..], words].concat()).code == 0).unwrap_or(whole)
}

#[test]
fn the_pages_of_rules_are_embedded() {
    let ids: BTreeSet<String> =
        committed("tests/rules", ".md").iter().map(|name| name.trim_end_matches(".md").to_owned()).collect();
    let mut text = String::from(
        "//! The pages of the rules, for `explain`. Generated: `UPDATE=1 cargo test --test suite generated`.\n\n\
         /// The id and the page of every rule that has one.\n",
    );
    if ids.is_empty() {
        text.push_str("pub const PAGES: &[(&str, &str)] = &[];\n");
    } else {
        // One line each, whatever its length: the formatter leaves this file alone.
        text.push_str("#[rustfmt::skip]\npub const PAGES: &[(&str, &str)] = &[\n");
        for id in &ids {
            text.push_str(&format!("    (\"{id}\", include_str!(\"../../../tests/rules/{id}.md\")),\n"));
        }
        text.push_str("];\n");
    }
    expect_file(&repository().join("src/security/rules/pages.rs"), &text);
}
