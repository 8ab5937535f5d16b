//! The house rules, as tests. A rule that nobody checks is a wish.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use aetherra_maint::report::explain::topics;
use aetherra_maint::report::schemas::SCHEMAS;
use regex::Regex;

use crate::room::{Room, repository};

/// Who may name whom, beside itself, `error` and `model`: left may use right. The three subsystems never name
/// one another; they meet in the store and in the vocabulary. A report may name whatever it shows, and whatever
/// is shown does not know how.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("model", &[]),
    ("host", &[]),
    ("settings", &[]),
    ("ledger", &[]),
    ("store", &["host", "ledger"]),
    ("report", EVERYTHING_SHOWN),
    ("security", &["settings", "store", "host", "context"]),
    ("gate", &["security", "settings", "host"]),
    ("execute", &["gate", "ledger", "store", "host", "settings", "context"]),
    ("context", &["settings", "store", "host"]),
    ("homeostasis", SUBSYSTEM),
    ("improvement", SUBSYSTEM),
    ("incorporation", SUBSYSTEM),
    ("status", &["cycle", "homeostasis", "report", "store", "settings", "host", "context"]),
    ("doctor", &["report", "store", "settings", "host"]),
    (
        "cycle",
        &[
            "homeostasis",
            "improvement",
            "incorporation",
            "security",
            "execute",
            "gate",
            "store",
            "host",
            "settings",
            "report",
            "context",
        ],
    ),
    (
        "demo",
        &[
            "cycle",
            "homeostasis",
            "improvement",
            "incorporation",
            "security",
            "execute",
            "gate",
            "store",
            "host",
            "settings",
            "report",
            "context",
        ],
    ),
];

/// What a subsystem may use.
const SUBSYSTEM: &[&str] = &["execute", "gate", "security", "store", "host", "settings", "context"];

/// What has values that reports show.
const EVERYTHING_SHOWN: &[&str] = &[
    "cycle",
    "demo",
    "execute",
    "gate",
    "homeostasis",
    "host",
    "improvement",
    "incorporation",
    "ledger",
    "security",
    "settings",
    "status",
    "store",
];

/// The Rust files below a folder of the repository, with their text up to the tests.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![repository().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
                let relative = path.strip_prefix(repository()).expect("a path below").to_path_buf();
                found.push((relative, code));
            }
        }
    }
    found.sort();
    found
}

/// The module at the top of the library that a file belongs to.
fn top_module(path: &Path) -> String {
    let inside = path.strip_prefix("src").expect("a file of the library");
    inside.iter().next().expect("a name").to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[track_caller]
fn nothing(problems: &BTreeSet<String>) {
    assert!(problems.is_empty(), "\n{}\n", problems.iter().cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn modules_depend_as_the_table_says() {
    let table: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    let names = Regex::new(r"\bcrate::(?:([a-z_]+)|\{([^}]*)\})").expect("a pattern");
    let inner = Regex::new(r"(?:^|,)\s*([a-z_]+)").expect("a pattern");
    let mut problems = BTreeSet::new();
    for (path, code) in sources("src") {
        let own = top_module(&path);
        if own == "lib" {
            continue;
        }
        let Some(allowed) = table.get(own.as_str()) else {
            problems.insert(format!("{}: the module `{own}` is not in the table", path.display()));
            continue;
        };
        let code: String =
            code.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect();
        for found in names.captures_iter(&code) {
            let used: Vec<String> = match (found.get(1), found.get(2)) {
                (Some(one), _) => vec![one.as_str().to_owned()],
                (_, Some(list)) => inner.captures_iter(list.as_str()).map(|one| one[1].to_owned()).collect(),
                _ => Vec::new(),
            };
            for used in used.iter().filter(|used| table.contains_key(used.as_str())) {
                let known =
                    used == &own || matches!(used.as_str(), "error" | "model") || allowed.contains(&used.as_str());
                if !known {
                    problems.insert(format!("{}: `{own}` may not use `{used}`", path.display()));
                }
            }
        }
    }
    nothing(&problems);
}

#[test]
fn only_the_store_names_the_database() {
    let mut problems = BTreeSet::new();
    for (path, code) in sources("src").into_iter().chain(sources("commands")) {
        if !path.starts_with("src/store") && code.contains("rusqlite::") {
            problems.insert(path.display().to_string());
        }
    }
    nothing(&problems);
}

#[test]
fn every_file_is_declared() {
    let mut problems = BTreeSet::new();
    for (path, _) in sources("src").into_iter().chain(sources("commands")) {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let folder = path.parent().expect("a folder");
        let (name, parent) = if stem == "mod" {
            let up = folder.parent().expect("a folder");
            (folder.file_name().expect("a name").to_string_lossy().into_owned(), up)
        } else {
            (stem, folder)
        };
        if matches!(name.as_str(), "lib" | "main") {
            continue;
        }
        let beside = parent.with_extension("rs");
        let roots = [parent.join("mod.rs"), parent.join("lib.rs"), parent.join("main.rs"), beside];
        let declaration = Regex::new(&format!(r"(?m)^\s*(pub(\([a-z]+\))? )?mod {name};")).expect("a pattern");
        let declared = roots
            .iter()
            .any(|root| std::fs::read_to_string(repository().join(root)).is_ok_and(|text| declaration.is_match(&text)));
        if !declared {
            problems.insert(format!("{} is compiled by nobody", path.display()));
        }
    }
    nothing(&problems);
}

#[test]
fn names_say_what_a_thing_is() {
    let kinds = Regex::new(r"\b(?:struct|enum|trait|type) (\w+(?:Manager|Service|Engine|Helper|Util|Utils))\b")
        .expect("a pattern");
    let mut problems = BTreeSet::new();
    for (path, code) in sources("src").into_iter().chain(sources("commands")) {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if matches!(stem.as_str(), "utils" | "util" | "helpers" | "helper" | "common" | "misc") {
            problems.insert(format!("{}: a name that says nothing", path.display()));
        }
        for found in kinds.captures_iter(&code) {
            problems.insert(format!("{}: `{}` says nothing", path.display(), &found[1]));
        }
        if code.contains("#[allow(") || code.contains("#![allow(") {
            problems.insert(format!("{}: `allow`, where `expect` with a reason belongs", path.display()));
        }
    }
    nothing(&problems);
}

#[test]
fn every_code_can_be_explained() {
    let codes = Regex::new(concat!(
        r"(?:Error::(?:usage|state)\(|Error::new\(\s*[\w:.()]+,|Diagnostic::(?:warning|note)\(|Diagnostic::new\(\s*[\w:.()]+,)",
        r#"\s*"([a-z0-9]+(?:-[a-z0-9]+)*)""#
    ))
    .expect("a pattern");
    let known: BTreeSet<String> = topics().into_iter().map(|topic| topic.id).collect();
    let mut problems = BTreeSet::new();
    for (path, code) in sources("src").into_iter().chain(sources("commands")) {
        for found in codes.captures_iter(&code).filter(|found| !known.contains(&found[1])) {
            problems.insert(format!("src/report/codes.md lacks `{}` of {}", &found[1], path.display()));
        }
    }
    let reasons = std::fs::read_to_string(repository().join("src/model/diagnostic.rs")).expect("the reasons");
    let words = Regex::new(r#"Self::\w+ => "([a-z-]+)""#).expect("a pattern");
    for found in words.captures_iter(&reasons).filter(|found| !known.contains(&format!("skip-{}", &found[1]))) {
        problems.insert(format!("src/report/codes.md lacks `skip-{}`", &found[1]));
    }
    nothing(&problems);
}

#[test]
fn every_report_has_a_schema() {
    let names = Regex::new(r#"fn schema\(&self\) -> &'static str \{\s*"([^"]+)""#).expect("a pattern");
    let mut problems = BTreeSet::new();
    for (path, code) in sources("src").into_iter().chain(sources("commands")) {
        for found in names.captures_iter(&code).filter(|found| !SCHEMAS.iter().any(|(name, _)| *name == &found[1])) {
            problems.insert(format!("SCHEMAS lacks `{}` of {}", &found[1], path.display()));
        }
    }
    nothing(&problems);
}

#[test]
fn every_subcommand_has_a_transcript() {
    let room = Room::new();
    let transcripts: String = std::fs::read_dir(repository().join("tests/cli"))
        .expect("tests/cli")
        .flatten()
        .map(|entry| std::fs::read_to_string(entry.path()).expect("a transcript"))
        .collect();
    let pages: BTreeSet<String> = room.run(&["man", "--list", "-q"]).stdout.lines().map(str::to_owned).collect();
    let mut problems = BTreeSet::new();
    for page in &pages {
        let is_group = pages.iter().any(|other| other.starts_with(&format!("{page}-")));
        // The hyphens between words and those within them look alike in the name of a page.
        let pattern = page.replace('-', "[ -]").replacen("aetherra[ -]maint", "aetherra-maint", 1);
        let shown = Regex::new(&format!(r"(?m)^\$ {pattern}\b")).expect("a pattern");
        if !is_group && !shown.is_match(&transcripts) {
            problems.insert(format!("tests/cli shows no `{page}`"));
        }
    }
    nothing(&problems);
}

#[test]
fn the_readme_names_every_subcommand() {
    let readme = std::fs::read_to_string(repository().join("README.md")).expect("the README");
    let help = Room::new().run(&["--help"]).stdout;
    let listed =
        help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list of subcommands");
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<&str> =
        names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(names.contains(&"status"), "{names:?}");
    for name in names {
        assert!(
            ["`", " ", " [", "`,"].iter().any(|end| readme.contains(&format!("| `{name}{end}")))
                || readme.contains(&format!("`{name} ")),
            "the README lacks `{name}`"
        );
    }
}

#[test]
fn the_readme_publishes_every_exit_code() {
    let readme = std::fs::read_to_string(repository().join("README.md")).expect("the README");
    for row in aetherra_maint::report::exit::EXIT_CODES {
        assert!(readme.contains(&format!("| {} |", row.code)), "the README lacks exit code {}", row.code);
    }
}
