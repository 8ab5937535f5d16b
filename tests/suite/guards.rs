//! How much may happen in an hour, and who is asked then.

use serde_json::Value;

use crate::plugin::{PLUGIN, operator, plan, planned};
use crate::room::{Ran, Room, repository};

fn current(room: &Room) -> Value {
    room.json(&["generations"])["data"]["current"].clone()
}

#[track_caller]
fn denied(ran: &Ran, rule: &str) {
    assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
    let document: Value = serde_json::from_str(&ran.stdout).expect("a report");
    let reasons = document["data"]["denied"]["reasons"].as_array().expect("reasons");
    assert!(reasons.iter().any(|reason| reason["rule"] == rule), "no `{rule}` in {reasons:#?}");
}

#[test]
fn limits_come_from_files_variables_and_flags_and_no_project_raises_them() {
    let room = planned();
    let integrate = |variable: (&str, &str), flags: &[&str]| {
        let mut command = room.command(&["integrate", "-f", "json"]);
        Ran::of(command.args(flags).env(variable.0, variable.1))
    };
    let nothing = ("UNUSED", "");
    denied(&integrate(("AETHERRA_GUARD_INTEGRATION_PER_HOUR", "1"), &[]), "integration-velocity");
    denied(&integrate(("AETHERRA_MAINT__GUARDS__INTEGRATIONS_PER_HOUR", "1"), &[]), "integration-velocity");
    denied(&integrate(nothing, &["--set", "guards.integrations_per_hour=1"]), "integration-velocity");
    operator(&room, "guards: {integrations_per_hour: 1}\nincorporation: {paused: true}\n");
    room.write("aetherra-maint.yaml", "guards: {integrations_per_hour: 99}\nincorporation: {paused: false}\n");
    let ran = integrate(nothing, &[]);
    denied(&ran, "integration-velocity");
    denied(&ran, "paused");
    for key in ["guards.integrations_per_hour", "incorporation.paused"] {
        assert!(ran.stdout.contains(&format!("`{key}` is an operator key")), "{key}: {}", ran.stdout);
    }
    operator(&room, "guards: {integrations_per_hour: 2}\n");
    assert_eq!(integrate(nothing, &[]).code, 0);
    assert_eq!(current(&room), 2);
}

#[test]
fn what_is_paused_takes_nothing_in_from_anybody() {
    let room = planned();
    operator(&room, "incorporation: {paused: true, auto_integrate: true}\n");
    for approved in [&["integrate", "-f", "json"][..], &["integrate", "--approve", "-f", "json"]] {
        denied(&room.run(approved), "paused");
    }
    assert_eq!(room.run(&["watch", "--once"]).code, 0);
    assert_eq!(current(&room), 1);
    // To go back is no incorporation.
    assert_eq!(room.run(&["rollback", "--last"]).code, 0);
    assert_eq!(current(&room), 0);
}

#[test]
fn the_third_isolation_of_an_hour_pauses_incorporation_until_a_person_or_an_hour_comes() {
    let room = planned();
    let at = |time: &str, arguments: &[&str]| {
        let mut command = room.command(arguments);
        Ran::of(command.args(["-f", "json"]).env("AETHERRA_MAINT_TEST_CLOCK", format!("2030-01-02T{time}Z")))
    };
    for number in 0..3 {
        let path = format!("plugins/odd_{number}.py");
        room.write(&path, format!("X = {number}\n"));
        plan(&room);
        let time = format!("03:1{number}:00");
        // Two are what an hour may bring.
        assert_eq!(at(&time, &["integrate", "-n"]).code, 0, "after {number}");
        assert_eq!(at(&time, &["quarantine", "add", &path, "--reason", "a test"]).code, 0);
    }
    plan(&room);
    denied(&at("03:13:00", &["integrate"]), "quarantine-velocity");
    assert_eq!(at("03:13:00", &["integrate", "-n", "--approve"]).code, 0);
    assert_eq!(at("04:11:30", &["integrate", "-n"]).code, 0, "an hour later");
    assert_eq!(current(&room), 1);
}

#[test]
fn after_three_rollbacks_in_an_hour_a_person_is_asked_for_everything() {
    let room = planned();
    for deployed in [0, 1, 0] {
        assert_eq!(room.run(&["rollback", "--last"]).code, 0);
        assert_eq!(current(&room), deployed);
    }
    plan(&room);
    denied(&room.run(&["rollback", "--last", "-f", "json"]), "rollback-cascade");
    denied(&room.run(&["integrate", "-f", "json"]), "rollback-cascade");
    assert_eq!(current(&room), 0);
    assert_eq!(room.run(&["integrate", "--approve", "--by", "ada"]).code, 0);
    assert_eq!(current(&room), 2);
    let entry = room.json(&["audit", "log", "--action", "integrate", "--limit", "1"])["data"]["entries"][0].clone();
    assert_eq!(entry["actor"], "ada", "{entry:#}");
    assert_eq!(room.run(&["rollback", "--last", "--approve"]).code, 0);
}

#[test]
fn the_loop_integrates_where_it_may_and_never_in_production() {
    for (profile, expected) in [("standard", 2), ("prod", 1)] {
        let room = planned();
        operator(&room, "incorporation: {auto_integrate: true}\n");
        let ran = room.run(&["watch", "--once", "--profile", profile]);
        assert_eq!(ran.code, 0, "{profile}: {}{}", ran.stdout, ran.stderr);
        assert_eq!(current(&room), expected, "{profile}: {}{}", ran.stdout, ran.stderr);
    }
}

#[test]
fn what_was_approved_comes_back_and_not_what_failed_its_trial() {
    let room = planned();
    assert_eq!(room.run(&["integrate", "--canary", "--detach"]).code, 0);
    assert_eq!(room.run(&["canary", "stop", "--reason", "a test"]).code, 0);
    room.write("plugins/weather.py", PLUGIN.replace("1.0.0", "1.2.0"));
    plan(&room);
    assert_eq!(room.run(&["quarantine", "add", "plugins/weather.py", "--reason", "a test"]).code, 0);
    let listed = room.json(&["quarantine", "list"])["data"].clone();
    assert_eq!((&listed["by_state"]["held"], &listed["by_trigger"]["operator"]), (&1.into(), &1.into()));
    assert_eq!(room.run(&["quarantine", "restore", "1", "--approved", "--reason", "a mistake"]).code, 0);
    let text = std::fs::read_to_string(room.path("plugins/weather.py")).expect("a file");
    assert_eq!(text, PLUGIN);
    let listed = room.json(&["quarantine", "list"])["data"].clone();
    assert_eq!(listed["by_state"], serde_json::json!({ "restored": 1 }));
}

/// It may do what nobody granted it.
const SNAPSHOT: &str = "import subprocess\n\n\nclass Snapshot:\n    name = \"snapshot\"\n    version = \"1.0.0\"\n\n    def execute(self, path):\n        return subprocess.run([\"/usr/bin/scrot\", \"--silent\"], check=True, timeout=10).returncode\n\n\nPLUGIN_CLASS = Snapshot\n";

#[test]
fn what_was_not_granted_is_left_out_with_the_grant_that_lets_it_in() {
    let room =
        Room::with(&[("plugins/snap[1].py", SNAPSHOT), ("plugins/snap1.py", &SNAPSHOT.replace("snapshot", "other"))]);
    let left_out = || {
        plan(&room);
        let report = room.json(&["plan"])["data"]["plan"]["report"].clone();
        let all = report["left_out"].as_array().expect("a list").clone();
        all.into_iter().filter(|one| one["reason"] == "needs-review").collect::<Vec<_>>()
    };
    let before = left_out();
    assert_eq!(before.len(), 2, "{before:#?}");
    let detail = before.iter().find(|one| one["component"] == "plugins/snap[1].py").expect("it")["detail"].clone();
    let detail = detail.as_str().expect("words");
    assert!(
        detail.contains("was not granted; `plan --with-review` and `integrate --approve` let it in once"),
        "{detail}"
    );
    let grant = detail.split("once, ").nth(1).and_then(|rest| rest.split(" in `grants`").next()).expect("a grant");
    // What it says, taken literally, lets in this file and no other.
    let shipped =
        std::fs::read_to_string(repository().join("config/self_incorporation_policy.json")).expect("a policy");
    let mut policy: Value = serde_json::from_str(&shipped).expect("JSON");
    policy["grants"] = Value::Array(vec![serde_json::from_str(grant).expect("JSON")]);
    let place = room.home().join("policy.json");
    std::fs::write(&place, policy.to_string()).expect("a file");
    operator(&room, &format!("trust: {{policy: '{}'}}\n", place.display()));
    let after = left_out();
    assert_eq!(after.len(), 1, "{after:#?}");
    assert_eq!(after[0]["component"], "plugins/snap1.py");
    assert_eq!(room.json(&["plan", "-n"])["data"]["plan"]["components"][0]["id"], "plugins/snap[1].py");
    // The other way is for once.
    operator(&room, "");
    plan(&room);
    assert_eq!(room.run(&["plan", "--with-review"]).code, 0);
    denied(&room.run(&["integrate", "-f", "json"]), "approval-needed");
    assert_eq!(room.run(&["integrate", "--approve"]).code, 0);
    assert_eq!(current(&room), 1);
}
