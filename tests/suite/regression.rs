//! The loop takes an integration back when the system gets worse soon after it.

use aetherra_maint::host::Host;
use aetherra_maint::model::{NewEntry, Sample};
use aetherra_maint::store::Store;
use serde_json::Value;

use crate::room::{CLOCK, Ran, Room};

const PLUGIN: &str = "class Weather:\n    name = \"weather\"\n    version = \"1.0.0\"\n    def execute(self, city):\n        return city\n\n\nPLUGIN_CLASS = Weather\n";

/// Seconds after the clock of the room.
fn at(seconds: i64) -> jiff::Timestamp {
    CLOCK.parse::<jiff::Timestamp>().expect("a time") + jiff::SignedDuration::from_secs(seconds)
}

/// A reading, as a collection at that time would have left it.
fn reading(room: &Room, metric: &str, seconds: i64, value: f64) {
    let time_ns = i64::try_from(at(seconds).as_nanosecond()).expect("a time");
    let host = Host::fake(time_ns, 3);
    let mut store = Store::open(&room.path(".aetherra"), &host).expect("the state");
    let sample = Sample { metric: metric.to_owned(), value, unit: "share".to_owned(), source: "test".to_owned() };
    let entry = NewEntry::new("test", "a reading", "for a test");
    store.record("test", |tx| tx.samples_insert(time_ns, &[sample]).map(|()| ((), entry))).expect("it is written");
}

fn judge(room: &Room) {
    for command in ["scan", "classify", "security-eval", "plan"] {
        let ran = room.run(&[command, "--exit-zero"]);
        assert_eq!(ran.code, 0, "{command}: {}{}", ran.stdout, ran.stderr);
    }
}

/// Two plugins, let in by one integration each.
fn deployed() -> Room {
    let room = Room::with(&[("plugins/weather.py", PLUGIN)]);
    judge(&room);
    reading(&room, "system_health_score", -10, 0.95);
    assert_eq!(room.run(&["integrate"]).code, 0);
    room.write("plugins/tides.py", PLUGIN.replace("weather", "tides").replace("Weather", "Tides"));
    judge(&room);
    assert_eq!(room.run(&["integrate"]).code, 0);
    room
}

fn watch(room: &Room, seconds: i64, more: &[&str]) -> Option<Value> {
    let mut command = room.command(&["watch", "--once", "-f", "json"]);
    let document = Ran::of(command.args(more).env("AETHERRA_MAINT_TEST_CLOCK", at(seconds).to_string())).envelope();
    let runs = document["data"]["runs"].as_array().unwrap_or_else(|| panic!("{document:#}")).clone();
    runs.into_iter().find(|run| run["stage"] == "regression")
}

fn current(room: &Room) -> u64 {
    room.json(&["generations"])["data"]["current"].as_u64().expect("a number")
}

fn entry(room: &Room, action: &str) -> Value {
    let log = room.json(&["audit", "log", "--action", action, "--limit", "5"]);
    log["data"]["entries"][0].clone()
}

#[test]
fn the_newest_integration_is_taken_back_and_its_effect_is_kept() {
    let room = deployed();
    reading(&room, "system_health_score", 100, 0.5);
    let run = watch(&room, 60, &[]).expect("the stage ran");
    let detail = run["detail"].as_str().expect("words");
    assert!(detail.starts_with("generation 1 again: health fell from 0.95 to 0.50 after generation 2"), "{detail}");
    assert_eq!(current(&room), 1);
    assert_eq!(entry(&room, "regression.rollback")["result"], "pending");
    // What was taken back does not come again by itself, although the loop may integrate.
    let run = watch(&room, 180, &["--set", "incorporation.auto_integrate=true"]).expect("the stage ran");
    assert_eq!(run["detail"], "after generation 2: recovered");
    assert_eq!(current(&room), 1);
    assert_eq!(entry(&room, "regression.verify")["result"], "recovered");
    assert_eq!(room.run(&["integrate", "--approve"]).code, 0, "a person lets it in again");
}

#[test]
fn a_rollback_that_does_not_help_is_told() {
    let room = deployed();
    reading(&room, "system_health_score", 100, 0.5);
    watch(&room, 60, &[]);
    reading(&room, "system_health_score", 900, 0.4);
    let run = watch(&room, 800, &[]).expect("the stage ran");
    assert_eq!((&run["result"], &run["detail"]), (&"negative".into(), &"after generation 2: not-recovered".into()));
}

#[test]
fn what_is_named_is_taken_back_although_something_came_later() {
    let room = deployed();
    let host = Host::fake(i64::try_from(at(30).as_nanosecond()).expect("a time"), 4);
    let mut store = Store::open(&room.path(".aetherra"), &host).expect("the state");
    let entry = NewEntry::new("action.run", "weather", "it did not come up").resulting("failed");
    store.record("another run", |_| Ok(((), entry))).expect("it is written");
    drop(store);
    reading(&room, "system_health_score", 100, 0.5);
    let run = watch(&room, 70, &[]).expect("the stage ran");
    let detail = run["detail"].as_str().expect("words");
    assert!(detail.contains("names `weather`, which it changed"), "{detail}");
    let left = room.json(&["generations", "show"])["data"]["generation"]["components"].clone();
    assert_eq!((left.as_array().map(Vec::len), &left[0]["id"]), (Some(1), &"plugins/tides.py".into()));
}

#[test]
fn a_service_level_that_is_not_kept_any_more_is_reason_enough() {
    let room = deployed();
    let folder = room.home().join("config/aetherra");
    std::fs::create_dir_all(&folder).expect("a folder");
    let metric = "latency_ms{component=\"weather\"}";
    let slo = "{target: 50, maximum: 100, grace_period: 0, breach_action: alert_and_degrade}";
    std::fs::write(folder.join("maint.yaml"), format!("health: {{slos: {{'{metric}': {slo}}}}}\n")).expect("a file");
    reading(&room, "system_health_score", 100, 0.95);
    reading(&room, metric, 100, 500.0);
    let run = watch(&room, 70, &[]).expect("the stage ran");
    let detail = run["detail"].as_str().expect("words");
    assert!(detail.contains("is not kept any more") && detail.contains("names `weather`"), "{detail}");
    let left = room.json(&["generations", "show"])["data"]["generation"]["components"].clone();
    assert_eq!((left.as_array().map(Vec::len), &left[0]["id"]), (Some(1), &"plugins/tides.py".into()));
}

#[test]
fn nothing_is_taken_back_without_cause_or_when_that_is_switched_off() {
    let room = deployed();
    reading(&room, "system_health_score", 100, 0.9);
    watch(&room, 60, &[]);
    assert_eq!(current(&room), 2);
    reading(&room, "system_health_score", 101, 0.2);
    watch(&room, 61, &["--set", "incorporation.auto_rollback=false"]);
    assert_eq!(current(&room), 2);
    // Ten minutes later it is too late to blame an integration.
    reading(&room, "system_health_score", 1000, 0.2);
    watch(&room, 700, &[]);
    assert_eq!(current(&room), 2);
}
