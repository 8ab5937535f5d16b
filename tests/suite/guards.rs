//! How much may happen in an hour, and who is asked then.

use serde_json::Value;

use crate::room::{Ran, Room};

const PLUGIN: &str = "class Weather:\n    name = \"weather\"\n    version = \"1.0.0\"\n    def execute(self, city):\n        return city\n\n\nPLUGIN_CLASS = Weather\n";

fn judge(room: &Room) {
    for command in ["scan", "classify", "security-eval", "plan"] {
        let ran = room.run(&[command, "--exit-zero"]);
        assert_eq!(ran.code, 0, "{command}: {}{}", ran.stdout, ran.stderr);
    }
}

/// A project of which one version is deployed and another is planned.
fn planned() -> Room {
    let room = Room::with(&[("plugins/weather.py", PLUGIN)]);
    judge(&room);
    assert_eq!(room.run(&["integrate"]).code, 0);
    room.write("plugins/weather.py", PLUGIN.replace("1.0.0", "1.1.0"));
    judge(&room);
    room
}

fn current(room: &Room) -> Value {
    room.json(&["generations"])["data"]["current"].clone()
}

/// The operator's own file.
fn operator(room: &Room, text: &str) {
    let folder = room.home().join("config/aetherra");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("maint.yaml"), text).expect("a file");
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
        judge(&room);
        let time = format!("03:1{number}:00");
        // Two are what an hour may bring.
        assert_eq!(at(&time, &["integrate", "-n"]).code, 0, "after {number}");
        assert_eq!(at(&time, &["quarantine", "add", &path, "--reason", "a test"]).code, 0);
    }
    judge(&room);
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
    judge(&room);
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
    judge(&room);
    assert_eq!(room.run(&["quarantine", "add", "plugins/weather.py", "--reason", "a test"]).code, 0);
    let listed = room.json(&["quarantine", "list"])["data"].clone();
    assert_eq!((&listed["by_state"]["held"], &listed["by_trigger"]["operator"]), (&1.into(), &1.into()));
    assert_eq!(room.run(&["quarantine", "restore", "1", "--approved", "--reason", "a mistake"]).code, 0);
    let text = std::fs::read_to_string(room.path("plugins/weather.py")).expect("a file");
    assert_eq!(text, PLUGIN);
    let listed = room.json(&["quarantine", "list"])["data"].clone();
    assert_eq!(listed["by_state"], serde_json::json!({ "restored": 1 }));
}
