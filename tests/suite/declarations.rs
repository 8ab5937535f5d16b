//! What components declare, against what their code does, and what is granted.

use serde_json::Value;

use crate::room::Room;

const FETCH: &str = "import urllib.request\n\n\nclass Fetch:\n    name = \"fetch\"\n\n    def execute(self, city):\n        return urllib.request.urlopen(\"https://api.example.org/\" + city, timeout=3).read()\n\n\nPLUGIN_CLASS = Fetch\n";

fn manifest(permissions: &str) -> String {
    format!(
        "{{\n  \"name\": \"fetch\",\n  \"version\": \"1.0.0\",\n  \"entry_point\": \"fetch.py\",\n  \"aetherra_version\": \"^3.0.0\",\n  \"permissions\": {permissions}\n}}\n"
    )
}

fn room(permissions: &str) -> Room {
    Room::with(&[("plugins/fetch/fetch.py", FETCH), ("plugins/fetch/aetherra-plugin.json", &manifest(permissions))])
}

fn evaluated(room: &Room, more: &[&str]) -> Value {
    room.json(&[&["security-eval", "plugins", "--exit-zero", "--report-from", "note"], more].concat())["data"].clone()
}

/// Rule, path, line and message of each finding about declarations.
fn found(data: &Value) -> Vec<(String, String, u64, String)> {
    let of = |one: &Value| {
        let text = |key: &str| one[key].as_str().expect("text").to_owned();
        (text("rule"), text("path"), one["line"].as_u64().expect("a line"), text("message"))
    };
    let all = data["findings"].as_array().expect("findings").iter().map(of);
    all.filter(|(rule, ..)| rule.ends_with("declared-capability") || rule == "undeclared-capability").collect()
}

fn verdict<'a>(data: &'a Value, path: &str) -> &'a Value {
    data["verdicts"].as_array().expect("verdicts").iter().find(|one| one["subject"] == path).expect("a verdict")
}

#[test]
fn use_that_no_manifest_declares_is_found_and_counts() {
    let room = room("{ \"network\": { \"hosts\": [\"api.example.org\"] } }");
    let declared = evaluated(&room, &[]);
    assert_eq!(found(&declared), [], "all is declared and used");
    room.write("plugins/fetch/aetherra-plugin.json", manifest("[]"));
    let none = evaluated(&room, &[]);
    let told = found(&none);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        (told[0].0.as_str(), told[0].1.as_str(), told[0].2),
        ("undeclared-capability", "plugins/fetch/fetch.py", 1)
    );
    let risk = |data: &Value| verdict(data, "plugins/fetch/fetch.py")["risk"]["overall"].as_f64().expect("a risk");
    assert!(risk(&none) > risk(&declared));
    room.write(
        "plugins/fetch/aetherra-plugin.json",
        manifest("{ \"network\": { \"hosts\": [\"other.example.org\"] } }"),
    );
    let other = evaluated(&room, &[]);
    let told = found(&other);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().any(|one| one.0 == "undeclared-capability" && one.3.ends_with("api.example.org")));
    assert!(told.iter().any(|one| one.0 == "over-declared-capability" && one.3.ends_with("other.example.org")));
}

#[test]
fn what_is_declared_and_not_used_is_found_in_the_manifest_when_all_was_judged() {
    let room = room("{ \"network\": true, \"process\": true, \"filesystem\": \"read\" }");
    let told = found(&evaluated(&room, &[]));
    assert_eq!(told.len(), 1, "{told:?}");
    let (rule, path, line, message) = &told[0];
    assert_eq!((rule.as_str(), path.as_str()), ("over-declared-capability", "plugins/fetch/aetherra-plugin.json"));
    assert_eq!(*line, 6, "where the permissions are");
    assert!(message.ends_with("system_execution"));
    let alone = room.json(&["security-eval", "plugins/fetch/aetherra-plugin.json", "--report-from", "note"]);
    assert_eq!(found(&alone["data"]), [], "what else the component does was not looked at");
    room.write("plugins/fetch/run.sh", "#!/bin/sh\nping -c1 \"$1\"\n");
    room.write("plugins/fetch/broken.py", "def (:\n");
    assert_eq!(found(&evaluated(&room, &[])), [], "what cannot be judged may use anything");
}

#[test]
fn a_manifest_that_changes_changes_what_was_remembered() {
    let room = room("{ \"network\": true }");
    assert_eq!(room.run(&["scan", "-q"]).code, 0);
    assert_eq!(found(&evaluated(&room, &[])), []);
    room.write("plugins/fetch/aetherra-plugin.json", manifest("{ \"network\": false }"));
    assert_eq!(found(&evaluated(&room, &[])).len(), 1);
    assert_eq!(found(&evaluated(&room, &[])).len(), 1, "the second time it comes from the cache, once");
    let told = room.json(&["explain", "plugins/fetch/fetch.py"]);
    let moved = told["data"]["files"][0]["categories"].to_string();
    assert!(moved.contains("undeclared-capability"), "it is in the recorded verdict: {moved}");
    room.write("plugins/fetch/aetherra-plugin.json", manifest("{ \"network\": true }"));
    assert_eq!(found(&evaluated(&room, &[])), [], "and it goes");
    assert_eq!(room.run(&["audit", "verify"]).code, 0);
}

#[test]
fn the_nearest_manifest_speaks_and_others_say_nothing_of_abilities() {
    let room = room("{ \"network\": true }");
    room.write(
        "plugins/fetch/inner/manifest.json",
        "{\"name\": \"inner\", \"version\": \"1\", \"permissions\": [\"file_read\"]}",
    );
    room.write("plugins/fetch/inner/more.py", FETCH);
    room.write(
        "plugins/page/manifest.json",
        "{\"name\": \"page\", \"version\": \"1\", \"manifest_version\": 3, \"permissions\": [\"storage\", \"tabs\"]}",
    );
    room.write("plugins/page/page.py", FETCH);
    let told = found(&evaluated(&room, &[]));
    let paths: Vec<&str> = told.iter().map(|one| one.1.as_str()).collect();
    assert_eq!(paths, ["plugins/fetch/inner/more.py"], "{told:?}");
}

#[test]
fn selections_and_lists_of_the_operator_hold_for_declarations() {
    let room = room("[]");
    assert_eq!(found(&evaluated(&room, &["--ignore", "undeclared-capability"])), []);
    let text = "security:\n  per_path:\n    - glob: 'plugins/**'\n      ignore: [undeclared-capability]\n";
    room.write("aetherra-maint.yaml", text);
    let silenced = evaluated(&room, &[]);
    // A project that silences its own findings is an operator's matter; here the list is given by the operator.
    let text = room.home().join("config/aetherra/maint.yaml");
    std::fs::create_dir_all(text.parent().expect("a folder")).expect("it");
    std::fs::rename(room.path("aetherra-maint.yaml"), &text).expect("moved");
    assert_eq!(found(&evaluated(&room, &[])), [], "{silenced:#}");
}

#[test]
fn hosts_files_credentials_and_interfaces_are_inferred() {
    let room = Room::with(&[(
        "plugins/all.py",
        "import os\nimport keyring\nfrom pathlib import Path\nfrom aetherra.memory import core\n\n\nclass Helper(AgentBase):\n    def process_input(self):\n        open(\"data/out.csv\", \"w\")\n        Path(\"notes.txt\").read_text()\n        return os.environ[\"API_TOKEN\"]\n",
    )]);
    let told = room.json(&["explain", "plugins/all.py"])["data"]["files"][0].clone();
    let line = |word: &str| {
        let all = told["capabilities"].as_array().expect("capabilities");
        all.iter().find(|one| one["capability"] == word).unwrap_or_else(|| panic!("{word}: {told:#}"))["line"].clone()
    };
    assert_eq!(line("credential_access"), 2);
    assert_eq!(line("memory_access"), 4);
    assert_eq!(line("agent_interface"), 7);
    assert_eq!(line("file_write"), 9);
    assert_eq!(line("file_read"), 10);
    assert_eq!(told["paths"], serde_json::json!(["data/out.csv", "notes.txt"]));
    let leave = told["capabilities"].as_array().expect("capabilities");
    assert!(leave.iter().any(|one| one["capability"] == "credential_access" && one["leave"] == "not-granted"));
}

#[test]
fn a_grant_of_the_policy_holds_for_its_paths_and_signers_and_strict_mode_wants_listed_hosts() {
    let room = room("{ \"network\": true }");
    let decision = |more: &[&str]| {
        let data = evaluated(&room, more);
        let one = verdict(&data, "plugins/fetch/fetch.py");
        (one["decision"].as_str().expect("a decision").to_owned(), one["rules"].to_string())
    };
    assert_eq!(decision(&[]).0, "review");
    let mut policy: Value = serde_json::from_str(aetherra_maint::gate::policy::SHIPPED).expect("the shipped policy");
    let mut with = |grant: Value| {
        policy["grants"] = serde_json::json!([grant]);
        room.write("policy.json", policy.to_string());
    };
    let set = format!("trust.policy={}", room.path("policy.json").display());
    with(serde_json::json!({"paths": ["plugins/fetch/*"], "capabilities": ["network_access"], "reason": "it fetches"}));
    assert_eq!(decision(&["--set", &set]).0, "approve");
    with(serde_json::json!({"paths": ["other/*"], "capabilities": ["network_access"], "reason": "another"}));
    assert_eq!(decision(&["--set", &set]).0, "review");
    with(
        serde_json::json!({"paths": ["**"], "capabilities": ["network_access"], "signed_by": ["ada"], "reason": "hers"}),
    );
    assert_eq!(decision(&["--set", &set]).0, "review");
    let strict = ["--set", "network.strict=true", "--set", "network.allow=[other.example.org]"];
    assert!(decision(&strict).1.contains("network-not-allowed"));
    let listed = ["--set", "network.strict=true", "--set", "network.allow=['*.example.org']"];
    assert_eq!(decision(&listed).0, "approve");
}
