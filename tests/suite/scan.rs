//! `scan` as a whole: what is found, what is left out, what bad input does.

use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::Command;

use serde_json::{Value, json};

use crate::room::{Ran, Room};

fn scan(room: &Room) -> Value {
    room.json(&["scan", "--list-skipped", "--allow-incomplete"])
}

/// The skipped files as `path reason`.
fn skipped(document: &Value) -> Vec<String> {
    let list = document["data"]["skipped"].as_array().expect("a list");
    let word = |value: &Value| value.as_str().expect("a text").to_owned();
    list.iter().map(|item| format!("{} {}", word(&item["path"]), word(&item["reason"]))).collect()
}

/// The changes as `change path`.
fn changes(document: &Value) -> Vec<String> {
    let list = document["data"]["changes"].as_array().expect("a list");
    let word = |value: &Value| value.as_str().expect("a text").to_owned();
    list.iter().map(|item| format!("{} {}", word(&item["change"]), word(&item["path"]))).collect()
}

/// The lines of the backup for files, by path.
fn index(room: &Room) -> std::collections::BTreeMap<String, Value> {
    let text = std::fs::read_to_string(room.path(".aetherra/index.jsonl")).expect("the backup");
    text.lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"))
        .filter(|line| line["type"] == "file")
        .map(|line| (line["path"].as_str().expect("a path").to_owned(), line))
        .collect()
}

fn git(room: &Room, arguments: &[&str]) {
    let done = Command::new("git").args(arguments).current_dir(room.project()).output().expect("git runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn changes_are_told_apart() {
    let room = Room::with(&[("a.py", "a = 1\n"), ("b.py", "b = 1\n"), ("c.py", "c = 1\n"), ("d.py", "d = 1\n")]);
    assert_eq!(changes(&scan(&room)), ["new a.py", "new b.py", "new c.py", "new d.py"]);
    assert!(changes(&scan(&room)).is_empty());
    room.write("a.py", "a = 2\n");
    std::fs::create_dir(room.path("sub")).expect("a folder");
    std::fs::rename(room.path("b.py"), room.path("sub/b.py")).expect("a move");
    std::fs::remove_file(room.path("c.py")).expect("a deletion");
    let document = scan(&room);
    assert_eq!(changes(&document), ["modified a.py", "deleted c.py", "moved sub/b.py"].map(str::to_owned).to_vec());
    assert_eq!(document["data"]["changes"][2]["from"], "b.py");
    assert!(index(&room).contains_key("sub/b.py") && !index(&room).contains_key("c.py"));
}

#[test]
fn identical_files_are_two_rows() {
    let room = Room::with(&[("a.py", "x = 1\n"), ("b.py", "x = 1\n")]);
    scan(&room);
    let index = index(&room);
    assert_eq!(index["a.py"]["digest"], index["b.py"]["digest"]);
}

#[test]
fn an_unchanged_scan_writes_nothing() {
    let room = Room::with(&[("a.py", "x = 1\n")]);
    scan(&room);
    let before = std::fs::metadata(room.path(".aetherra/index.jsonl")).expect("the backup").modified().expect("a time");
    // The clock of the room stands in the future of the files, so nothing is racy.
    let document = scan(&room);
    assert_eq!(document["audit"], Value::Null);
    assert_eq!(document["data"]["backup"], Value::Null);
    assert_eq!(document["data"]["counts"]["read"], 0);
    let after = std::fs::metadata(room.path(".aetherra/index.jsonl")).expect("the backup").modified().expect("a time");
    assert_eq!(before, after);
}

#[test]
fn same_size_and_time_are_seen_through_by_the_inode_times() {
    let room = Room::with(&[("a.py", "x = 1\n")]);
    let old = std::fs::metadata(room.path("a.py")).expect("a file").modified().expect("a time");
    scan(&room);
    std::fs::write(room.path("a.py"), "x = 2\n").expect("a change");
    std::fs::File::options().write(true).open(room.path("a.py")).expect("a file").set_modified(old).expect("a time");
    assert_eq!(changes(&scan(&room)), ["modified a.py"]);
}

#[test]
fn every_change_has_its_entry_in_the_ledger() {
    let room = Room::with(&[("a.py", "x = 1\n")]);
    // The first entry is the beginning of the ledger.
    assert_eq!(scan(&room)["audit"]["seq"], 2);
    room.write("b.py", "");
    assert_eq!(scan(&room)["audit"]["seq"], 3);
}

#[test]
fn encodings_and_line_ends_are_recorded() {
    let room = Room::new();
    room.write("bom.py", "\u{feff}import os\r\n");
    room.write(
        "wide.py",
        [0xff, 0xfe].into_iter().chain("import os\n".encode_utf16().flat_map(u16::to_le_bytes)).collect::<Vec<u8>>(),
    );
    room.write("cookie.py", b"# -*- coding: euc-jp -*-\nname = '\xa4\xa2'\n");
    room.write("empty.py", "");
    room.write("claims.py", b"# coding: nonsense\n");
    let document = scan(&room);
    let index = index(&room);
    let of = |path: &str| (index[path]["encoding"].clone(), index[path]["newlines"].clone());
    assert_eq!(of("bom.py"), (json!("utf-8-bom"), json!("crlf")));
    assert_eq!(of("wide.py"), (json!("utf-16le"), json!("lf")));
    assert_eq!(of("cookie.py"), (json!("euc-jp"), json!("lf")));
    assert_eq!(of("empty.py"), (json!("utf-8"), json!("none")));
    assert!(skipped(&document).contains(&"claims.py undecodable".to_owned()));
}

#[test]
fn nothing_tracked_and_no_script_is_lost_to_a_pattern() {
    let room = Room::with(&[
        (".gitignore", "*.aether\nbuild/\n*.gen.py\n"),
        ("a.aether", "log x\n"),
        ("build/kept.py", "x = 1\n"),
        ("build/left.py", "x = 1\n"),
        ("build/deep/s.aetherplugin", "log x\n"),
        ("tracked.gen.py", "x = 1\n"),
        ("left.gen.py", "x = 1\n"),
        (".aether/inside.aether", "log x\n"),
        ("own/secret.py", "x = 1\n"),
        ("node_modules/m/x.py", "x = 1\n"),
        ("env/pyvenv.cfg", ""),
        ("node_modules/m/left.py", "x = 1\n"),
        ("node_modules/n/left.aether", "log x\n"),
        ("env/lib/x.py", "x = 1\n"),
        ("env/lib/kept.py", "x = 1\n"),
        ("venv/hidden.py", "x = 1\n"),
        ("lib/node_modules/left.py", "x = 1\n"),
        ("cache/CACHEDIR.TAG", ""),
        ("cache/left.py", "x = 1\n"),
    ]);
    room.write("own/.aetherraignore", "secret.py\n");
    room.write(".aetherraignore", "/venv/\n");
    git(&room, &["init", "-q"]);
    git(&room, &["add", "-f", "build/kept.py", "tracked.gen.py", "own/secret.py", "node_modules/m/x.py"]);
    git(&room, &["add", "-f", "env/lib/kept.py", "venv/hidden.py"]);
    for version in ["2", "4"] {
        git(&room, &["update-index", "--index-version", version]);
        std::fs::remove_dir_all(room.path(".aetherra")).ok();
        let document = scan(&room);
        let index = index(&room);
        for kept in [
            "a.aether",
            "build/kept.py",
            "build/deep/s.aetherplugin",
            "tracked.gen.py",
            ".aether/inside.aether",
            "node_modules/m/x.py",
            "env/lib/kept.py",
        ] {
            assert!(index.contains_key(kept), "{kept} with index version {version}");
        }
        for left in [
            "build/left.py",
            "left.gen.py",
            "own/secret.py",
            "node_modules/m/left.py",
            "node_modules/n/left.aether",
            "env/lib/x.py",
            "venv/hidden.py",
            "lib/node_modules/left.py",
            "cache/left.py",
        ] {
            assert!(!index.contains_key(left), "{left} with index version {version}");
        }
        let skipped = skipped(&document);
        for told in [
            "build/ ignored",
            "left.gen.py ignored",
            "own/secret.py ignored",
            "node_modules/ vendored",
            "env/ vendored",
            "lib/node_modules/ vendored",
            "cache/ vendored",
        ] {
            assert!(skipped.contains(&told.to_owned()), "{told}: {skipped:?}");
        }
        let codes: Vec<_> =
            document["diagnostics"].as_array().expect("a list").iter().map(|note| note["code"].clone()).collect();
        let told = codes.iter().filter(|code| **code == json!("vendored-tracked"));
        assert_eq!(told.count(), 2, "{codes:?}");
    }
}

#[test]
fn a_worktree_has_its_own_index() {
    let room = Room::with(&[(".gitignore", "*.gen.py\n"), ("a.gen.py", "x = 1\n")]);
    git(&room, &["init", "-q"]);
    git(&room, &["add", "-f", "."]);
    git(&room, &["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x"]);
    git(&room, &["worktree", "add", "-q", "tree"]);
    room.write("tree/b.gen.py", "x = 1\n");
    let document = room.json(&["scan", "tree"]);
    assert_eq!(changes(&document), ["new tree/.gitignore", "new tree/a.gen.py"]);
}

#[test]
fn an_index_of_git_that_cannot_be_read_loses_nothing() {
    let room = Room::with(&[(".gitignore", "*.gen.py\n"), ("a.gen.py", "x = 1\n")]);
    git(&room, &["init", "-q"]);
    room.write(".git/index", "nonsense");
    let document = scan(&room);
    assert!(changes(&document).contains(&"new a.gen.py".to_owned()));
    assert_eq!(document["diagnostics"][0]["code"], "git-index-unreadable");
}

#[test]
fn links_are_not_followed_and_special_files_are_not_opened() {
    let room = Room::with(&[("real/a.py", "x = 1\n")]);
    symlink("..", room.path("real/loop")).expect("a link");
    symlink("self", room.path("self")).expect("a link");
    symlink("/etc", room.path("out")).expect("a link");
    symlink("real/a.py", room.path("alias.py")).expect("a link");
    let status = Command::new("mkfifo").arg(room.path("pipe.py")).status().expect("mkfifo runs");
    assert!(status.success());
    let _socket = UnixListener::bind(room.path("socket")).expect("a socket");
    let document = scan(&room);
    assert_eq!(changes(&document), ["new real/a.py"]);
    let skipped = skipped(&document);
    for told in
        ["real/loop symlink", "self symlink", "out symlink", "alias.py symlink", "pipe.py special", "socket special"]
    {
        assert!(skipped.contains(&told.to_owned()), "{told}: {skipped:?}");
    }
    assert_eq!(document["complete"], true);
}

#[test]
fn odd_names_are_reversible() {
    let room = Room::new();
    for name in [&b"a\xff.py"[..], b"new\nline.py", b"back\\slash.py", b"with space.py"] {
        std::fs::write(room.project().join(std::ffi::OsString::from_vec(name.to_vec())), "x = 1\n").expect("a file");
    }
    let names: Vec<String> = changes(&scan(&room));
    assert_eq!(names, ["new a\\xff.py", "new back\\\\slash.py", "new new\\x0aline.py", "new with space.py"]);
    assert!(changes(&scan(&room)).is_empty());
}

#[test]
fn a_huge_file_is_hashed_with_little_memory_and_told() {
    let room = Room::new();
    let file = std::fs::File::create(room.path("huge.py")).expect("a file");
    file.set_len(1 << 30).expect("a sparse file");
    let ran = Ran::of(room.command(&["scan", "-f", "json"]).arg("--list-skipped"));
    let document = ran.envelope();
    assert_eq!(ran.code, 3);
    assert!(skipped(&document).contains(&"huge.py too-large".to_owned()));
    // Of 1 GiB of zeros, as everybody can compute.
    let digest = "sha256:49bc20df15e412a64472421e13fe86ff1c5165e18b2afccf160d4dc19fe68a14";
    assert_eq!(index(&room)["huge.py"]["digest"], digest);
}

#[test]
fn deep_nesting_is_told_and_does_no_harm() {
    let room = Room::new();
    room.write("brackets.py", format!("x = {}{}\n", "[".repeat(10_000), "]".repeat(10_000)));
    room.write("manifest.json", "[".repeat(10_000));
    room.write("deep.rs", format!("const A: u8 = {}1{};", "(".repeat(10_000), ")".repeat(10_000)));
    room.write("nul.py", b"x = 1\0\n");
    // Deeper than a path may be: made step by step, for no call takes the whole of it.
    let script = "import os\nfor _ in range(10000):\n    os.mkdir('d'); os.chdir('d')\nopen('x.py','w').close()\n";
    let made = Command::new("python3").args(["-c", script]).current_dir(room.project()).status();
    let document = scan(&room);
    let told = skipped(&document);
    assert!(told.contains(&"brackets.py limit-reached".to_owned()), "{told:?}");
    assert!(told.contains(&"manifest.json unparsable".to_owned()), "{told:?}");
    assert!(told.contains(&"deep.rs limit-reached".to_owned()), "{told:?}");
    assert!(told.contains(&"nul.py binary".to_owned()), "{told:?}");
    match made {
        Ok(status) if status.success() => {
            assert_eq!(
                told.iter().filter(|line| line.starts_with("d/d/") && line.ends_with("limit-reached")).count(),
                1
            );
            // No ordinary removal reaches the bottom either.
            let undo = "import os,shutil\nwhile os.path.isdir('d'):\n    \
                        os.rename('d','e')\n    e='e'\n    \
                        [os.rename('e/d','d')] if os.path.isdir('e/d') else None\n    \
                        [os.remove('e/x.py')] if os.path.isfile('e/x.py') else None\n    os.rmdir('e')\n";
            let undone = Command::new("python3").args(["-c", undo]).current_dir(room.project()).status();
            assert!(undone.is_ok_and(|status| status.success()));
        }
        _ => eprintln!("no Python here: folders of 10,000 levels were not tested"),
    }
}

#[test]
fn a_missing_root_deletes_nothing() {
    let room = Room::with(&[("a/x.py", "x = 1\n"), ("b/y.py", "y = 1\n")]);
    scan(&room);
    std::fs::rename(room.path("a"), room.home().join("away")).expect("a move");
    let ran = room.run(&["scan", "a"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("root-missing") && ran.stderr.contains("help:"), "{}", ran.stderr);
    let document = Ran::of(room.command(&["scan", "a", "b", "-f", "json"]).arg("--list-skipped")).envelope();
    assert_eq!(document["exit_code"], 3);
    assert!(changes(&document).is_empty());
    assert!(index(&room).contains_key("a/x.py"));
    // Seen from its parent, it is really gone.
    assert_eq!(changes(&scan(&room)), ["deleted a/x.py"]);
}

#[test]
fn the_backup_brings_the_index_back() {
    let room = Room::with(&[("a.py", "class A:\n    pass\n"), ("b/c.aether", "workflow x {\n}\n")]);
    scan(&room);
    let before = std::fs::read_to_string(room.path(".aetherra/index.jsonl")).expect("the backup");
    std::fs::copy(room.path(".aetherra/index.jsonl"), room.home().join("copy.jsonl")).expect("a copy");
    std::fs::remove_dir_all(room.path(".aetherra")).expect("the state goes");
    let copy = room.home().join("copy.jsonl").display().to_string();
    let restored = room.json(&["scan", "--restore", &copy]);
    assert_eq!((&restored["data"]["files"], &restored["data"]["confirmed"]), (&json!(2), &json!(2)));
    let document = scan(&room);
    assert!(changes(&document).is_empty(), "{document:#}");
    assert_eq!(std::fs::read_to_string(room.path(".aetherra/index.jsonl")).expect("the backup"), before);
}

/// How many files of the index have a structure.
fn structures(room: &Room) -> i64 {
    let database = rusqlite::Connection::open(room.path(".aetherra/state.db")).expect("the database");
    database.query_row("SELECT COUNT(*) FROM structures", [], |row| row.get(0)).expect("a count")
}

#[test]
fn a_restored_index_knows_what_unchanged_files_declare() {
    let room = Room::with(&[
        ("a.py", "class A:\n    pass\n"),
        ("b.py", "class B:\n    pass\n"),
        ("c/d.py", "class D:\n    pass\n"),
    ]);
    scan(&room);
    let explained = |room: &Room| room.json(&["classify", "--explain", "c/d.py"])["data"].clone();
    let before = explained(&room);
    assert_eq!(structures(&room), 3);
    let backup = room.home().join("copy.jsonl");
    std::fs::copy(room.path(".aetherra/index.jsonl"), &backup).expect("a copy");
    std::fs::remove_dir_all(room.path(".aetherra")).expect("the state goes");
    // One file is another now, and one is gone: of them only what the backup says is known.
    room.write("a.py", "class Another:\n    pass\n");
    std::fs::remove_file(room.path("b.py")).expect("a file goes");
    let backup = backup.display().to_string();
    let restored = room.json(&["scan", "--restore", &backup]);
    assert_eq!((&restored["data"]["files"], &restored["data"]["confirmed"]), (&json!(3), &json!(1)));
    assert_eq!(structures(&room), 1);
    assert_eq!(explained(&room), before);
    assert_eq!(changes(&scan(&room)), ["modified a.py", "deleted b.py"]);
    assert_eq!(structures(&room), 2);
}

#[test]
fn a_backup_leads_to_no_file_outside() {
    let room = Room::with(&[("a.py", "x = 1\n")]);
    let secret = room.home().join("secret.py");
    std::fs::write(&secret, "class Secret:\n    pass\n").expect("a file");
    let folder = room.home().display().to_string();
    // A backup that was made where the folder was a root, and names it in both ways.
    room.json(&["scan", &folder, "."]);
    assert_eq!(structures(&room), 2);
    let text = std::fs::read_to_string(room.path(".aetherra/index.jsonl")).expect("the backup");
    assert!(text.contains("secret.py"));
    std::os::unix::fs::symlink(&folder, room.path("way")).expect("a link");
    let relative = text.replace(&format!("\"root\":\"{folder}\""), "\"root\":\"way\"").replace(&folder, "way");
    for backup in [text, relative] {
        room.write("b.jsonl", backup);
        let restored = room.json(&["scan", "--restore", "b.jsonl"]);
        assert_eq!(restored["data"]["confirmed"], 1, "{restored:#}");
    }
}

#[test]
fn what_cargo_built_is_left_out_unless_git_tracks_it() {
    let room = Room::with(&[
        ("tool/Cargo.toml", "[package]\nname = \"x\"\n"),
        ("tool/src/main.rs", "fn main() {}\n"),
        ("tool/target/debug/built.py", "x = 1\n"),
        ("tool/target/kept.py", "x = 1\n"),
        ("tool/target/work.aether", "log x\n"),
        ("plain/target/ours.py", "x = 1\n"),
    ]);
    let kept =
        |room: &Room| -> Vec<String> { index(room).into_keys().filter(|path| path.contains("target/")).collect() };
    let document = scan(&room);
    assert_eq!(kept(&room), ["plain/target/ours.py", "tool/target/work.aether"]);
    let told: Vec<String> = skipped(&document).into_iter().filter(|line| line.contains("target")).collect();
    assert_eq!(told, ["tool/target/ vendored"]);
    git(&room, &["init", "-q"]);
    git(&room, &["add", "-f", "tool/target/kept.py"]);
    scan(&room);
    assert_eq!(kept(&room), ["plain/target/ours.py", "tool/target/kept.py", "tool/target/work.aether"]);
}

#[test]
fn a_damaged_backup_is_restored_as_far_as_it_goes() {
    let room = Room::with(&[("a.py", "x = 1\n"), ("b.py", "y = 1\n")]);
    scan(&room);
    let text = std::fs::read_to_string(room.path(".aetherra/index.jsonl")).expect("the backup");
    let lines: Vec<&str> = text.lines().collect();
    room.write("damaged.jsonl", format!("{}\n{}\n{{\"type\":\n{}\n", lines[0], lines[1], lines[3]));
    let ran = Ran::of(room.command(&["scan", "--restore", "damaged.jsonl", "-f", "json"]).arg("-q"));
    let document = ran.envelope();
    assert_eq!(ran.code, 3);
    assert_eq!(document["diagnostics"][0]["code"], "backup-bad-line");
    assert_eq!(document["diagnostics"][0]["line"], 3);
    assert_eq!(document["data"]["files"], 1);
}

#[test]
fn a_dry_run_leaves_no_trace() {
    let room = Room::with(&[("a.py", "x = 1\n")]);
    let ran = room.run(&["scan", "--dry-run"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!room.path(".aetherra").exists());
    scan(&room);
    room.write("b.py", "");
    room.run(&["scan", "--dry-run"]);
    assert_eq!(changes(&scan(&room)), ["new b.py"]);
}

/// Runs a command with something on standard input.
fn fed(room: &Room, arguments: &[&str], input: &[u8]) -> crate::room::Ran {
    std::fs::write(room.home().join("input"), input).expect("a file");
    let input = std::fs::File::open(room.home().join("input")).expect("the file");
    crate::room::Ran::of(room.command(arguments).stdin(input))
}

#[test]
fn roots_come_from_standard_input() {
    let room = Room::with(&[("a.py", ""), ("dir/b.py", "b = 1\n"), ("odd\nname.py", "o = 1\n"), ("c.py", "c = 1\n")]);
    let told = |arguments: &[&str], input: &[u8]| changes(&fed(&room, arguments, input).envelope());
    assert_eq!(told(&["scan", "-", "-f", "json"], b"a.py\r\n\ndir\n"), ["new a.py", "new dir/b.py"]);
    assert_eq!(told(&["scan", "-0", "-f", "json"], b"odd\nname.py\0"), ["new odd\\x0aname.py"]);
    assert_eq!(told(&["scan", "-0", "-", "-f", "json"], b"c.py"), ["new c.py"]);
    // An empty list names nothing: it is not the configuration that counts then, and nothing is lost.
    let empty = fed(&room, &["scan", "-", "-f", "json"], b"");
    assert_eq!((empty.code, empty.envelope()["status"].as_str()), (0, Some("no-inputs")));
    assert_eq!(fed(&room, &["scan", "-", "--fail-on-empty"], b"\n\n").code, 4);
    assert_eq!(index(&room).len(), 4);
    assert_eq!(fed(&room, &["scan", "-", "a.py"], b"").code, 2);
    assert_eq!(fed(&room, &["scan", "-", "--restore", "x"], b"").code, 2);
    // One that is gone is a gap, and the others are looked at.
    let gone = fed(&room, &["scan", "-", "-f", "json"], b"a.py\nnowhere.py\n");
    assert_eq!((gone.code, gone.envelope()["data"]["counts"]["unchanged"].as_u64()), (3, Some(1)), "{}", gone.stdout);
}

#[test]
fn a_long_list_of_files_needs_no_more_handles_than_a_short_one() {
    let names: Vec<String> = (0..300).map(|number| format!("d{}/m{number}.py", number % 70)).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x = 1\n")).collect();
    let room = Room::with(&files);
    let inner = room.command(&["scan", "-f", "json", "--jobs", "2"]);
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "ulimit -n 48; exec \"$0\" \"$@\""]).arg(inner.get_program()).args(inner.get_args());
    limited.args(&names).env_clear().envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let ran = crate::room::Ran::of(limited.current_dir(room.project()));
    let document = ran.envelope();
    assert_eq!((ran.code, changes(&document).len()), (0, 300), "{}", ran.stderr);
    let shown = room.run(&[vec!["scan".to_owned()], names].concat()).stdout;
    assert!(shown.starts_with("300 roots: 300 files\n"), "{shown}");
}

#[test]
fn an_empty_tree_is_told() {
    let room = Room::new();
    assert_eq!(room.run(&["scan"]).code, 0);
    assert_eq!(room.run(&["scan", "--fail-on-empty"]).code, 4);
}

#[test]
fn state_that_cannot_be_written_is_told() {
    let room = Room::with(&[("a.py", "x = 1\n"), ("occupied", "")]);
    let ran = room.run(&["scan", "--state", "occupied/state"]);
    assert_eq!(ran.code, 5, "{}", ran.stderr);
    assert!(ran.stderr.contains("help:"), "{}", ran.stderr);
}

#[test]
fn a_signal_in_the_middle_loses_nothing() {
    let room = Room::with(&[("a.py", "x = 1\n")]);
    scan(&room);
    // Gigabytes to hash: long enough for a signal to arrive in the middle.
    for name in ["b.bin", "c.bin", "d.bin", "e.bin"] {
        std::fs::File::create(room.path(name)).expect("a file").set_len(4 << 30).expect("a sparse file");
    }
    let mut child = room
        .command(&["scan", "-q"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the binary starts");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
    let status = child.wait().expect("an end");
    use std::os::unix::process::ExitStatusExt as _;
    assert_eq!(status.signal(), Some(15), "{status:?}");
    for name in ["b.bin", "c.bin", "d.bin", "e.bin"] {
        std::fs::remove_file(room.path(name)).expect("a file goes");
    }
    let document = scan(&room);
    assert!(changes(&document).is_empty(), "{document:#}");
    assert_eq!(document["data"]["counts"]["unchanged"], 1);
}

#[test]
fn a_state_of_another_run_is_no_code() {
    let room = Room::with(&[("a.py", "x = 1\n")]);
    assert_eq!(room.run(&["scan"]).code, 0);
    let elsewhere = room.run(&["scan", "--state", "other", "-f", "json"]).envelope();
    assert_eq!(changes(&elsewhere), ["new a.py"]);
}
