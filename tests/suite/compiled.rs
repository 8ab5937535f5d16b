//! Compiled Python beside a source, held against it, on disk and in git.

use serde_json::Value;

use crate::room::Room;

const SOURCE: &str = "def total(prices):\n    return sum(prices)\n";

/// A short text, as the format writes it.
fn text(text: &str) -> Vec<u8> {
    [&[b'z', u8::try_from(text.len()).expect("a short text")], text.as_bytes()].concat()
}

fn row(items: &[Vec<u8>]) -> Vec<u8> {
    [vec![b')', u8::try_from(items.len()).expect("few")], items.concat()].concat()
}

/// A code object in the shape of Python 3.11 and later.
fn code(name: &str, names: &[&str], constants: &[Vec<u8>]) -> Vec<u8> {
    let none = [b's', 0, 0, 0, 0].to_vec();
    let names: Vec<Vec<u8>> = names.iter().map(|name| text(name)).collect();
    [
        vec![b'c'],
        vec![0; 20],
        none.clone(),
        row(constants),
        row(&names),
        row(&[]),
        none.clone(),
        text("shop.py"),
        text(name),
        text(name),
        vec![0; 4],
        none.clone(),
        none,
    ]
    .concat()
}

/// A file that Python 3.13 would take for the compiled source, when the time and the size are those of the source.
fn compiled(seconds: u32, size: usize, names: &[&str]) -> Vec<u8> {
    let size = u32::try_from(size).expect("a small file").to_le_bytes();
    let header = [&3571_u16.to_le_bytes()[..], b"\r\n\0\0\0\0", &seconds.to_le_bytes(), &size].concat();
    [header, code("<module>", &["total"], &[code("total", names, &[])])].concat()
}

fn seconds_of(room: &Room, path: &str) -> u32 {
    let changed = std::fs::metadata(room.path(path)).expect("a file").modified().expect("a time");
    let since = changed.duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    u32::try_from(since.as_secs()).expect("before 2106")
}

fn told(room: &Room, arguments: &[&str]) -> Vec<(String, String)> {
    let all = [&["security-eval", "--exit-zero", "--report-from", "low"], arguments].concat();
    let report = room.json(&all);
    let findings = report["data"]["findings"].as_array().expect("findings");
    let word = |one: &Value, key: &str| one[key].as_str().expect("text").to_owned();
    findings.iter().map(|one| (word(one, "rule"), word(one, "severity"))).collect()
}

const CACHED: &str = "__pycache__/shop.cpython-313.pyc";

fn mismatch(severity: &str) -> Vec<(String, String)> {
    vec![("compiled-mismatch".to_owned(), severity.to_owned())]
}

#[test]
fn what_python_would_run_instead_of_a_source_must_be_made_from_it() {
    let room = Room::with(&[("shop.py", SOURCE)]);
    let seconds = seconds_of(&room, "shop.py");
    room.write(CACHED, compiled(seconds, SOURCE.len(), &["sum"]));
    assert_eq!(told(&room, &["."]), []);
    room.write(CACHED, compiled(seconds, SOURCE.len(), &["sum", "socket", "connect"]));
    assert_eq!(told(&room, &["."]), mismatch("high"));
    assert_eq!(told(&room, &[CACHED]), mismatch("high"), "the source is looked at although it is not judged");
    // A copy has another time: Python would look at the source again, until somebody sets the time back.
    room.write(CACHED, compiled(seconds.wrapping_sub(9), SOURCE.len(), &["sum", "socket", "connect"]));
    assert_eq!(told(&room, &["."]), mismatch("medium"));
    // A source that was edited since is nothing to worry about.
    room.write(CACHED, compiled(seconds, 7, &["sum", "len"]));
    assert!(told(&room, &["."]).iter().all(|(_, severity)| severity == "low"));
    // It lacks what the source defines.
    let header = [&3571_u16.to_le_bytes()[..], b"\r\n\0\0\0\0", &seconds.to_le_bytes()].concat();
    let size = u32::try_from(SOURCE.len()).expect("a small file").to_le_bytes();
    room.write(CACHED, [header, size.to_vec(), code("<module>", &[], &[])].concat());
    assert_eq!(told(&room, &["."]), mismatch("medium"));
}

#[test]
fn a_change_of_the_source_alone_is_seen_although_the_compiled_file_is_remembered() {
    let room = Room::with(&[("shop.py", SOURCE)]);
    room.write(CACHED, compiled(seconds_of(&room, "shop.py"), SOURCE.len(), &["sum"]));
    for _ in 0..3 {
        assert_eq!(told(&room, &["."]), []);
    }
    room.write("shop.py", SOURCE.replace("sum", "max"));
    assert_ne!(told(&room, &["."]), []);
}

#[test]
fn compiled_code_without_a_source_is_told_whatever_it_is_called() {
    let room = Room::new();
    room.write("tool/shop.pyc", compiled(0, 1, &["sum"]));
    room.write("tool/data.bin", compiled(0, 1, &["sum"]));
    room.write("tool/worse.pyc", compiled(0, 1, &["exec", "b64decode"]));
    let severities: Vec<String> = told(&room, &["tool"]).into_iter().map(|(_, severity)| severity).collect();
    assert_eq!(severities.iter().filter(|severity| *severity == "medium").count(), 2, "{severities:?}");
    assert_eq!(severities.iter().filter(|severity| *severity == "high").count(), 1, "{severities:?}");
    room.write("tool/broken.pyc", &compiled(0, 1, &["sum"])[..40]);
    let ran = room.run(&["security-eval", "tool/broken.pyc", "-f", "json"]);
    assert_eq!(ran.envelope()["complete"], false);
}

#[test]
fn what_is_staged_is_held_against_what_git_has() {
    let room = Room::with(&[("shop.py", SOURCE)]);
    room.write(CACHED, compiled(1, SOURCE.len(), &["max"]));
    crate::security_eval::git(&room, &["init", "-q"]);
    crate::security_eval::git(&room, &["add", "."]);
    // The tree has a source that would fit; the index has not.
    room.write("shop.py", SOURCE.replace("sum", "max"));
    assert_eq!(told(&room, &["--staged"]), mismatch("medium"));
}

#[test]
fn staged_code_is_held_to_the_manifest_that_is_staged() {
    let manifest = |permissions: &str| {
        format!(
            "{{\"name\": \"fetch\", \"version\": \"1.0.0\", \"entry_point\": \"fetch.py\", \"aetherra_version\": \"^3.0.0\", \
             \"permissions\": {permissions}}}\n"
        )
    };
    let code = "import urllib.request\n\n\ndef fetch():\n    return urllib.request.urlopen(\"https://a.example/\")\n";
    let room = Room::with(&[("fetch.py", code), ("aetherra-plugin.json", &manifest("[\"filesystem: read\"]"))]);
    crate::security_eval::git(&room, &["init", "-q"]);
    crate::security_eval::git(&room, &["add", "."]);
    room.write("aetherra-plugin.json", manifest("[\"network\"]"));
    let rules = |arguments: &[&str]| told(&room, arguments).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
    assert!(rules(&["--staged"]).contains(&"undeclared-capability".to_owned()));
    assert!(!rules(&["."]).contains(&"undeclared-capability".to_owned()));
}
