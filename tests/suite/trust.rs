//! Who vouched for what, and what the gate makes of it.

use std::process::Command;

use crate::room::{Ran, Room};

const PLUGIN: &str = "class P:\n    name = \"weather\"\n    version = \"1.0.0\"\n\n    def execute(self, city):\n        return city\n\n\nPLUGIN_CLASS = P\n";

/// A room with a plugin, a key of `ada`, and the folder of the operator's keys.
fn room() -> Room {
    let room = Room::with(&[("plugins/weather.py", PLUGIN)]);
    std::fs::create_dir_all(room.home().join("config/aetherra/keys")).expect("a folder");
    room
}

fn key(room: &Room, name: &str) -> String {
    let path = room.home().join(name).display().to_string();
    let mut command = room.command(&["trust", "keygen", &path, "--as", name, "-f", "json"]);
    // Every run in a room has the same randomness, and so would every key.
    let seed: u32 = name.bytes().map(u32::from).sum();
    let made = Ran::of(command.env("AETHERRA_MAINT_TEST_SEED", seed.to_string())).envelope();
    made["data"]["allowed_signers_line"].as_str().expect("a line").to_owned()
}

fn allow(room: &Room, lines: &[String]) {
    std::fs::write(room.home().join("config/aetherra/keys/allowed_signers"), lines.join("\n")).expect("a list");
}

fn key_path(room: &Room, name: &str) -> String {
    room.home().join(name).display().to_string()
}

fn ok(room: &Room, arguments: &[&str]) {
    let ran = room.run(arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
}

fn judged(room: &Room, more: &[&str]) -> serde_json::Value {
    for command in [["scan", "-q"], ["classify", "-q"]] {
        ok(room, &command);
    }
    let ran = room.json(&[&["security-eval", "--exit-zero", "plugins"], more].concat());
    let verdicts = ran["data"]["verdicts"].as_array().expect("verdicts").clone();
    verdicts.into_iter().find(|one| one["subject"] == "plugins/weather.py").expect("the plugin")
}

#[test]
fn a_signed_component_is_verified_and_let_in_in_strict_mode_until_the_key_is_revoked() {
    let room = room();
    let line = key(&room, "ada");
    const STRICT: [&str; 2] = ["--set", "trust_mode=strict"];
    assert_eq!(judged(&room, &STRICT)["decision"], "reject", "nobody signed it");
    allow(&room, std::slice::from_ref(&line));
    ok(&room, &["trust", "sign", "plugins", "--key", &key_path(&room, "ada")]);
    let verdict = judged(&room, &STRICT);
    assert_eq!((&verdict["tier"], &verdict["decision"]), (&"VERIFIED".into(), &"approve".into()), "{verdict:#}");
    assert_eq!(verdict["signed_by"], "ada");
    ok(&room, &["plan", STRICT[0], STRICT[1]]);
    let refused = room.json(&["integrate", STRICT[0], STRICT[1]]);
    assert_eq!(refused["exit_code"], 1, "a person approves every run: {refused:#}");
    let public = std::fs::read_to_string(room.home().join("ada.pub")).expect("the key");
    let revoked = room.home().join("config/aetherra/keys/revoked_keys");
    std::fs::write(&revoked, public).expect("a list");
    let refused = room.json(&["integrate", "--approve", STRICT[0], STRICT[1]]);
    assert_eq!(refused["exit_code"], 1, "the key was revoked since the plan was made: {refused:#}");
    std::fs::remove_file(&revoked).expect("the list goes");
    ok(&room, &["integrate", "--approve", STRICT[0], STRICT[1]]);
}

#[test]
fn other_content_is_not_what_was_signed() {
    let room = room();
    allow(&room, &[key(&room, "ada")]);
    ok(&room, &["trust", "sign", "plugins", "--key", &key_path(&room, "ada")]);
    assert_eq!(room.run(&["trust", "verify", "plugins"]).code, 0);
    room.write("plugins/weather.py", format!("{PLUGIN}# changed\n"));
    assert_eq!(room.run(&["trust", "verify", "plugins"]).code, 1);
    assert_eq!(judged(&room, &[])["tier"], "STANDARD");
}

#[test]
fn enough_reviewers_make_a_file_trusted_and_two_names_of_one_key_are_one() {
    let room = room();
    let (ada, bob) = (key(&room, "ada"), key(&room, "bob"));
    let again = ada.replacen("ada", "adele", 1);
    allow(&room, &[ada, bob, again]);
    ok(&room, &["scan", "-q"]);
    let approve = |name: &str, key: &str| {
        let path = key_path(&room, key);
        room.json(&["trust", "approve", "plugins/weather.py", "--key", &path, "--as", name])
    };
    let first = approve("ada", "ada");
    assert_eq!(first["exit_code"], 0, "{first:#}");
    assert!(first["audit"]["seq"].is_u64(), "it is in the ledger");
    assert_eq!(approve("adele", "ada")["exit_code"], 0);
    assert_eq!(judged(&room, &[])["tier"], "STANDARD", "one key is one person");
    let second = approve("bob", "bob");
    assert_eq!(second["exit_code"], 0, "{second:#}");
    assert_eq!(judged(&room, &[])["tier"], "TRUSTED");
    let id = second["data"]["statements"][0]["id"].as_str().expect("an id");
    ok(&room, &["trust", "revoke", id, "--reason", "he looked at another file"]);
    assert_eq!(judged(&room, &[])["tier"], "STANDARD");
    assert_eq!(room.run(&["audit", "verify"]).code, 0);
}

#[test]
fn a_project_with_state_and_keys_of_its_own_loosens_nothing() {
    let room = room();
    room.write("plugins/weather.py", "import os\nos.system(input())\n");
    room.write("aetherra-maint.yaml", "trust:\n  keys: /tmp\n  approvals_needed: 1\nnetwork:\n  strict: false\n");
    let honest = judged(&room, &[]);
    assert_ne!(honest["decision"], "approve");
    let state = room.path(".aetherra");
    let copied = room.path("copied");
    std::fs::create_dir(&copied).expect("a folder");
    let database = state.join("state.db");
    // A state that says that all is well, as a project could ship it.
    assert!(std::fs::metadata(&database).is_ok());
    for entry in std::fs::read_dir(&state).expect("the state").flatten().filter(|entry| entry.path().is_file()) {
        std::fs::copy(entry.path(), copied.join(entry.file_name())).expect("a copy");
    }
    let plan = room.json(&["plan", "-n", "--state", "copied"]);
    let left_out = plan["data"]["plan"]["report"]["left_out"].to_string();
    assert!(left_out.contains("not-evaluated"), "what another state says was judged here: {left_out}");
}

#[test]
fn a_switch_of_the_host_allows_listed_hosts_only() {
    let room = room();
    let code = "import urllib.request\n\n\ndef get():\n    return urllib.request.urlopen(\"https://api.example.org/x\", timeout=3)\n";
    room.write("plugins/weather.py", code);
    let run = |value: &str, allow: &str| {
        let mut command = room.command(&["security-eval", "plugins", "--exit-zero", "-f", "json", "--set", allow]);
        let ran = Ran::of(command.env("AETHERRA_NET_STRICT", value)).envelope();
        ran["data"]["verdicts"][0]["rules"].to_string()
    };
    assert!(run("1", "network.allow=[]").contains("network-not-allowed"));
    assert!(!run("1", "network.allow=[api.example.org]").contains("network-not-allowed"));
    assert!(!run("0", "network.allow=[]").contains("network-not-allowed"));
}

#[test]
fn signatures_of_ssh_keygen_count_and_ours_count_for_it() {
    let room = room();
    let path = room.home().join("eve");
    let made =
        Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-C", "eve", "-f"]).arg(&path).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: there is no ssh-keygen here; signatures were not exchanged with it");
        return;
    }
    let public = std::fs::read_to_string(room.home().join("eve.pub")).expect("a key");
    allow(&room, &[format!("eve {public}")]);
    ok(&room, &["scan", "-q"]);
    let statement = room.path("statement.json");
    ok(&room, &["trust", "approve", "plugins/weather.py", "--prepare", "statement.json"]);
    let sign = |namespace: &str| {
        let _ = std::fs::remove_file(room.path("statement.json.sig"));
        let arguments = ["-q", "-Y", "sign", "-n", namespace, "-f"];
        let signed = Command::new("ssh-keygen").args(arguments).arg(&path).arg(&statement).status().expect("it runs");
        assert!(signed.success());
    };
    let approve = ["trust", "approve", "plugins/weather.py", "--signature", "statement.json.sig"];
    sign("aetherra-manifest@v1");
    assert_eq!(room.run(&approve).code, 6, "another namespace");
    sign("aetherra-approve@v1");
    ok(&room, &approve);
    ok(&room, &["trust", "sign", "plugins", "--key", &path.display().to_string()]);
    let list = room.home().join("config/aetherra/keys/allowed_signers");
    let verified = Command::new("ssh-keygen")
        .args(["-q", "-Y", "verify", "-I", "eve", "-n", "aetherra-manifest@v1", "-f"])
        .arg(&list)
        .arg("-s")
        .arg(room.path("plugins/aetherra-manifest.json.sig"))
        .stdin(std::fs::File::open(room.path("plugins/aetherra-manifest.json")).expect("the manifest"))
        .status();
    assert!(verified.expect("it runs").success());
}
