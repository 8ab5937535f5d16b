//! `classify`: the classes, what explains them, and what is remembered.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::room::{Room, repository};

/// A room with the hand-written files of the held-out half, and their labels.
fn handmade() -> (Room, BTreeMap<String, String>) {
    let home = repository().join("tests/classify/handmade");
    let table = std::fs::read_to_string(home.join("labels.tsv")).expect("the labels");
    let room = Room::new();
    let mut labels = BTreeMap::new();
    for line in table.lines().skip(1) {
        let (path, class) = line.split_once('\t').expect("a path and a class");
        if let Some(inner) = path.strip_prefix("test/") {
            room.write(inner, std::fs::read(home.join(path)).expect("a labelled file"));
            labels.insert(inner.to_owned(), class.to_owned());
        }
    }
    (room, labels)
}

fn scanned(files: &[(&str, &str)]) -> Room {
    let room = Room::with(files);
    assert_eq!(room.run(&["scan"]).code, 0);
    room
}

const PLUGIN: &str = "class Echo:\n    def handle(self, text):\n        return text\n\n\nPLUGIN_CLASS = Echo\n";

const HELPER: &str = "import re\n\n\ndef slug(text):\n    return re.sub('[^a-z]+', '-', text.lower())\n";

fn file<'a>(document: &'a Value, path: &str) -> &'a Value {
    let files = document["data"]["files"].as_array().expect("files");
    files.iter().find(|file| file["path"] == path).unwrap_or_else(|| panic!("{path} is missing: {document:#}"))
}

#[test]
fn the_styles_of_the_host_come_out_right() {
    let (room, labels) = handmade();
    assert_eq!(room.run(&["scan"]).code, 0);
    let document = room.json(&["classify"]);
    let mut wrong = Vec::new();
    for (path, class) in &labels {
        let file = file(&document, path);
        if file["class"] != class.as_str() {
            wrong.push(format!("{path} is {class}, answered {} ({})", file["class"], file["confidence"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for path in
        ["plugins/currency.py", "components/timer.py", "plugins/sentiment.py", "modules/search.py", "agents/planner.py"]
    {
        assert!(file(&document, path)["confidence"].as_f64() > Some(0.75), "{path}: {}", file(&document, path));
    }
}

#[test]
fn identical_files_are_two_rows() {
    let room = scanned(&[("a/echo.py", PLUGIN), ("b/echo.py", PLUGIN)]);
    let document = room.json(&["classify"]);
    assert_eq!(document["data"]["files"].as_array().map(Vec::len), Some(2));
    assert_eq!(file(&document, "a/echo.py")["digest"], file(&document, "b/echo.py")["digest"]);
}

#[test]
fn explain_tells_what_decided() {
    let room = scanned(&[("plugins/echo.py", PLUGIN)]);
    let document = room.json(&["classify", "--explain", "plugins/echo.py"]);
    let explained = file(&document, "plugins/echo.py");
    let probabilities = explained["probabilities"].as_array().expect("probabilities");
    let sum: f64 = probabilities.iter().filter_map(|class| class["probability"].as_f64()).sum();
    assert_eq!(probabilities.len(), 8);
    assert!((sum - 1.0).abs() < 1e-6);
    let evidence = explained["evidence"].as_array().expect("evidence");
    assert!(evidence.iter().any(|seen| seen["feature"] == "declares-plugin-constant"), "{evidence:#?}");
    let human = room.run(&["classify", "--explain", "plugins/echo.py"]);
    assert_eq!(human.code, 0);
    assert!(
        human.stdout.contains("plugins/echo.py: PLUGIN") && human.stdout.contains("PLUGIN_CLASS"),
        "{}",
        human.stdout
    );
}

#[test]
fn paths_and_classes_select() {
    let room = scanned(&[
        ("plugins/echo.py", PLUGIN),
        ("lib/text.py", HELPER),
        ("README.md", "# A thing\n\nIt does things.\n"),
    ]);
    let paths = |arguments: &[&str]| -> Vec<String> {
        let document = room.json(arguments);
        let files = document["data"]["files"].as_array().expect("files");
        files.iter().filter_map(|file| Some(file["path"].as_str()?.to_owned())).collect()
    };
    assert_eq!(paths(&["classify", "plugins", "README.md"]), ["README.md", "plugins/echo.py"]);
    assert_eq!(paths(&["classify", "--type", "utility"]), ["lib/text.py"]);
    assert_eq!(paths(&["classify", "./lib/text.py", "--type", "docs"]), Vec::<String>::new());
    assert_eq!(room.run(&["classify", "--type", "gadget"]).code, 2);
    let missing = room.run(&["classify", "nothing.py"]);
    assert_eq!(missing.code, 2);
    assert!(missing.stderr.contains("not-indexed"), "{}", missing.stderr);
}

#[test]
fn only_what_became_different_is_written() {
    let room = scanned(&[("plugins/echo.py", PLUGIN), ("lib/text.py", HELPER)]);
    let written = |document: &Value| (document["data"]["written"].as_u64(), document["data"]["forgotten"].as_u64());
    let first = room.json(&["classify"]);
    assert_eq!(written(&first), (Some(2), Some(0)));
    assert!(first["audit"]["seq"].is_u64());
    let second = room.json(&["classify"]);
    assert_eq!(written(&second), (Some(0), Some(0)));
    assert_eq!(second["audit"], Value::Null);
    assert_eq!(second["data"]["files"], first["data"]["files"]);
    room.write("lib/text.py", "PLUGIN_CLASS = None\n");
    std::fs::remove_file(room.path("plugins/echo.py")).expect("it is removed");
    assert_eq!(room.run(&["scan"]).code, 0);
    assert_eq!(written(&room.json(&["classify"])), (Some(1), Some(1)));
}

#[test]
fn a_dry_run_writes_nothing() {
    let room = scanned(&[("plugins/echo.py", PLUGIN)]);
    let document = room.json(&["classify", "-n"]);
    assert_eq!(file(&document, "plugins/echo.py")["class"], "PLUGIN");
    assert_eq!(document["data"]["written"], 0);
    assert_eq!(room.json(&["classify"])["data"]["written"], 1);
}

#[test]
fn what_changed_since_the_scan_is_said() {
    let room = scanned(&[("plugins/echo.py", PLUGIN), ("lib/text.py", HELPER)]);
    room.write("lib/text.py", "something else entirely\n");
    let document = room.json(&["classify"]);
    assert_eq!(document["exit_code"], 3);
    assert_eq!(document["diagnostics"][0]["code"], "changed-since-scan");
    assert_eq!(document["diagnostics"][0]["path"], "lib/text.py");
    // The next run looks again rather than trusting what was made from half of the evidence.
    assert_eq!(room.json(&["classify"])["exit_code"], 3);
}

#[test]
fn a_pipe_in_the_place_of_a_file_holds_nothing_up() {
    let room = scanned(&[("plugins/echo.py", PLUGIN)]);
    let path = room.path("plugins/echo.py");
    std::fs::remove_file(&path).expect("it is removed");
    make_pipe(&path);
    assert_eq!(room.json(&["classify"])["exit_code"], 3);
}

fn make_pipe(path: &Path) {
    rustix::fs::mkfifoat(rustix::fs::CWD, path, rustix::fs::Mode::RWXU).expect("a pipe");
}

#[test]
fn an_empty_index_is_no_input() {
    let room = scanned(&[]);
    assert_eq!(room.run(&["classify"]).code, 0);
    assert_eq!(room.run(&["classify", "--fail-on-empty"]).code, 4);
}

#[test]
fn the_figures_in_the_readme_are_those_of_the_last_run() {
    let read = |path: &str| std::fs::read_to_string(repository().join(path)).expect("a committed file");
    let (readme, results) = (read("README.md"), read("benches/classify/RESULTS.md"));
    let block = format!("<!-- figures: classify -->\n{results}<!-- end: classify -->");
    assert!(readme.contains(&block), "run benches/classify.sh");
    // A model that was trained after the run has figures of its own.
    let document = scanned(&[("a.py", PLUGIN)]).json(&["classify"]);
    let model = document["data"]["model"].as_str().expect("a version").to_owned();
    assert!(results.contains(&format!("Model `{model}`")), "the figures are of another model than {model}");
}
