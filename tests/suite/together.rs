//! What the tools of one component can do together, whatever files they are written in.

use crate::room::Room;

const BROWSE: &str = "import requests\nfrom tools import tool\n\n\n@tool\ndef browse(url: str) -> str:\n    return requests.get(url, timeout=9).text\n";

const SHELL: &str = "import subprocess\nfrom langchain.tools import BaseTool\n\n\nclass Shell(BaseTool):\n    def _run(self, command: str) -> str:\n        return subprocess.getoutput(command)\n";

/// Path, line and steps of each toxic flow.
fn toxic(room: &Room) -> Vec<(String, u64, Vec<String>)> {
    let report = room.json(&["security-eval", ".", "--exit-zero"]);
    let all = report["data"]["findings"].as_array().expect("findings").clone();
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    all.iter()
        .filter(|one| one["rule"] == "toxic-flow")
        .map(|one| {
            let steps = one["path_of_data"].as_array().cloned().unwrap_or_default();
            let steps = steps.iter().map(|step| text(&step["path"])).collect();
            (text(&one["path"]), one["line"].as_u64().expect("a line"), steps)
        })
        .collect()
}

#[test]
fn tools_of_one_component_are_judged_together() {
    let room = Room::with(&[
        ("agent/pyproject.toml", "[project]\nname = \"agent\"\n"),
        ("agent/web/browse.py", BROWSE),
        ("agent/run/shell.py", SHELL),
    ]);
    let wanted = vec![("agent/run/shell.py".to_owned(), 7, vec!["agent/web/browse.py".to_owned()])];
    assert_eq!(toxic(&room), wanted);
    assert_eq!(toxic(&room), wanted, "what is remembered says the same");
    // When the other tool goes, so does what it made dangerous.
    std::fs::remove_file(room.path("agent/web/browse.py")).expect("a file goes");
    assert_eq!(toxic(&room), []);
}

#[test]
fn tools_of_different_components_are_not() {
    let room = Room::with(&[
        ("web/pyproject.toml", "[project]\nname = \"web\"\n"),
        ("web/browse.py", BROWSE),
        ("run/package.json", "{}\n"),
        ("run/shell.py", SHELL),
    ]);
    assert_eq!(toxic(&room), []);
}
