//! The loop takes an integration back when the system gets worse soon after it.

use aetherra_maint::host::Host;
use aetherra_maint::model::{NewEntry, Sample};
use aetherra_maint::store::Store;
use serde_json::Value;

use crate::plugin::{PLUGIN, operator, plan};
use crate::room::{CLOCK, Ran, Room};

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

/// The same clock, and other random numbers than the other runs: each run has a trace id of its own then, as real ones do.
fn run_of(room: &Room, seed: &str, arguments: &[&str]) -> Value {
    let mut command = room.command(arguments);
    Ran::of(command.args(["-f", "json"]).env("AETHERRA_MAINT_TEST_SEED", seed)).envelope()
}

/// Three plugins, let in by one integration each, and the trace ids of these.
fn traced() -> (Room, Vec<String>) {
    let room = Room::new();
    let mut traces = Vec::new();
    for (seed, name) in [("11", "weather"), ("12", "tides"), ("13", "winds")] {
        room.write(&format!("plugins/{name}.py"), PLUGIN.replace("weather", name));
        plan(&room);
        if traces.is_empty() {
            reading(&room, "system_health_score", -10, 0.95);
        }
        let document = run_of(&room, seed, &["integrate"]);
        assert_eq!(document["exit_code"], 0, "{document:#}");
        let trace = document["run_id"].as_str().expect("an id").to_owned();
        let made = entry(&room, "integrate");
        assert_eq!(
            (&made["trace_id"], &made["subject"]),
            (&trace.as_str().into(), &format!("generation {}", seed.as_bytes()[1] - b'0').into())
        );
        traces.push(trace);
    }
    assert_eq!(traces.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "{traces:?}");
    (room, traces)
}

/// Something that failed at the host, under the trace id that it was given.
fn failed(room: &Room, trace: &str, subject: &str) {
    let host = Host::fake(i64::try_from(at(30).as_nanosecond()).expect("a time"), 4);
    let mut store = Store::open(&room.path(".aetherra"), &host).expect("the state");
    let entry = NewEntry::new("action.run", subject, "it did not come up").resulting("failed");
    store.record(trace, |_| Ok(((), entry))).expect("it is written");
}

/// Two plugins, let in by one integration each.
fn deployed() -> Room {
    let room = Room::with(&[("plugins/weather.py", PLUGIN)]);
    plan(&room);
    reading(&room, "system_health_score", -10, 0.95);
    assert_eq!(room.run(&["integrate"]).code, 0);
    room.write("plugins/tides.py", PLUGIN.replace("weather", "tides").replace("Weather", "Tides"));
    plan(&room);
    assert_eq!(room.run(&["integrate"]).code, 0);
    room
}

/// This metric is to stay below 100.
fn promise(room: &Room, metric: &str) {
    let slo = "{target: 50, maximum: 100, grace_period: 0, breach_action: alert_and_degrade}";
    operator(room, &format!("health: {{slos: {{'{metric}': {slo}}}}}\n"));
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
    let log = room.json(&["audit", "log", "--action", action, "--limit", "1"]);
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
fn a_fall_counts_although_something_better_was_collected_before_the_loop_looked() {
    let room = deployed();
    reading(&room, "system_health_score", 100, 0.5);
    reading(&room, "system_health_score", 110, 0.95);
    let run = watch(&room, 120, &[]).expect("the stage ran");
    assert!(run["detail"].as_str().is_some_and(|detail| detail.contains("health fell from 0.95 to 0.50")), "{run}");
    assert_eq!(current(&room), 1);
    // What was collected before that speaks of what is gone already.
    reading(&room, "system_health_score", 130, 0.95);
    watch(&room, 150, &[]);
    watch(&room, 180, &[]);
    assert_eq!(current(&room), 1);
}

#[test]
fn a_fall_in_time_counts_although_the_loop_comes_later_and_a_later_fall_does_not() {
    for (fell, expected) in [(290, 1), (310, 2)] {
        let room = deployed();
        reading(&room, "system_health_score", fell, 0.5);
        watch(&room, 330, &[]);
        assert_eq!(current(&room), expected, "it fell after {fell} seconds");
    }
}

#[test]
fn a_rollback_that_fails_is_told_and_tried_again_after_waits_that_double() {
    let room = deployed();
    operator(&room, "host: {kind: commands, commands: {load: [/bin/false]}}\n");
    reading(&room, "system_health_score", 50, 0.5);
    let told = |seconds| watch(&room, seconds, &[]).expect("the stage ran");
    let tries = || {
        let log = room.json(&["audit", "log", "--action", "regression.failed"]);
        log["data"]["entries"].as_array().expect("entries").len()
    };
    // The loop looks at every collection; the host is asked ever more rarely.
    for (seconds, expected) in [(60, 1), (90, 1), (115, 1), (121, 2), (180, 2), (210, 2), (242, 3), (300, 3), (450, 3)]
    {
        reading(&room, "system_health_score", seconds - 1, 0.5);
        let run = told(seconds);
        assert_eq!((tries(), &run["result"]), (expected, &"negative".into()), "{seconds}: {run}");
        let detail = run["detail"].as_str().expect("words");
        assert!(detail.contains("after generation 2") && detail.contains("the rollback failed"), "{detail}");
        assert_eq!(current(&room), 2);
    }
    let failed = entry(&room, "regression.failed");
    assert_eq!((&failed["subject"], &failed["actor"]), (&"generation 2".into(), &"watch".into()));
    let why = failed["reason"].as_str().expect("words");
    assert!(why.contains("`load`") && why.contains("`aetherra-maint rollback --cascade rb_"), "{why}");
    // When the host follows again, the next try is made.
    operator(&room, "");
    reading(&room, "system_health_score", 480, 0.5);
    let run = told(490);
    assert!(run["detail"].as_str().is_some_and(|detail| detail.starts_with("generation 1 again")), "{run}");
    assert_eq!(current(&room), 1);
}

#[test]
fn where_the_gate_wants_a_person_that_is_recorded_once_and_said_as_long_as_it_is_so() {
    let room = deployed();
    for _ in 0..3 {
        assert_eq!(room.run(&["rollback", "--last"]).code, 0);
    }
    plan(&room);
    assert_eq!(room.run(&["integrate", "--approve"]).code, 0);
    let before = current(&room);
    reading(&room, "system_health_score", 50, 0.5);
    for seconds in [60, 90, 120] {
        reading(&room, "system_health_score", seconds - 1, 0.5);
        let run = watch(&room, seconds, &[]).expect("the stage ran");
        assert!(run["detail"].as_str().is_some_and(|detail| detail.contains("the gate refused")), "{seconds}: {run}");
        let log = room.json(&["audit", "log", "--action", "regression.denied"]);
        assert_eq!(log["data"]["entries"].as_array().map(Vec::len), Some(1), "{seconds}");
        assert_eq!(current(&room), before);
    }
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
    failed(&room, "another run", "weather");
    reading(&room, "system_health_score", 100, 0.5);
    let run = watch(&room, 70, &[]).expect("the stage ran");
    let detail = run["detail"].as_str().expect("words");
    assert!(detail.contains("names `weather`, which it changed"), "{detail}");
    let left = room.json(&["generations", "show"])["data"]["generation"]["components"].clone();
    assert_eq!((left.as_array().map(Vec::len), &left[0]["id"]), (Some(1), &"plugins/tides.py".into()));
}

fn components(room: &Room) -> Vec<String> {
    let shown = room.json(&["generations", "show"])["data"]["generation"]["components"].clone();
    let ids = shown.as_array().expect("components").iter();
    ids.map(|component| component["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn the_run_that_a_failure_names_is_taken_back_although_others_came_later_and_another_is_named_by_component() {
    let (room, traces) = traced();
    // It failed while it did something with `winds`; the trace id says whose fault that was.
    failed(&room, &traces[1], "winds");
    reading(&room, "system_health_score", 100, 0.5);
    let run = watch(&room, 70, &[]).expect("the stage ran");
    let detail = run["detail"].as_str().expect("words");
    let whose =
        format!("after generation 2 was deployed; ledger entry {} names its run {}", detail_seq(detail), traces[1]);
    assert!(
        detail.starts_with("generation 4 again: health fell from 0.95 to 0.50 ") && detail.contains(&whose),
        "{detail}"
    );
    assert_eq!(components(&room), ["plugins/weather.py", "plugins/winds.py"]);

    // What is remembered is who was blamed, for what, and with which contents; and then whether it helped.
    let kept = entry(&room, "regression.rollback");
    assert_eq!(
        (&kept["subject"], &kept["result"], &kept["actor"]),
        (&"generation 2".into(), &"pending".into(), &"watch".into())
    );
    let shown = room.json(&["audit", "show", &kept["seq"].to_string()])["data"].to_string();
    assert!(shown.contains("plugins/tides.py") && shown.contains("\"health_before\":0.95"), "{shown}");
    reading(&room, "system_health_score", 200, 0.93);
    let run = watch(&room, 140, &[]).expect("the stage ran");
    assert_eq!(run["detail"], "after generation 2: recovered");
    let kept = entry(&room, "regression.verify");
    assert_eq!((&kept["subject"], &kept["result"]), (&"generation 2".into(), &"recovered".into()));
    // It is not judged twice, and what was taken back is not let in again by the loop.
    reading(&room, "system_health_score", 300, 0.93);
    let again = watch(&room, 210, &["--set", "incorporation.auto_integrate=true"]);
    assert!(again.is_none_or(|run| run["detail"] == "nothing got worse"));
    assert_eq!(components(&room), ["plugins/weather.py", "plugins/winds.py"]);
}

/// The number of the ledger entry that a detail names.
fn detail_seq(detail: &str) -> &str {
    let after = detail.split("ledger entry ").nth(1).unwrap_or_else(|| panic!("{detail}"));
    after.split(' ').next().expect("a number")
}

#[test]
fn a_metric_can_name_the_run_as_well() {
    let (room, traces) = traced();
    let metric = format!("errors_total{{trace_id=\"{}\"}}", traces[0]);
    promise(&room, &metric);
    reading(&room, &metric, 100, 500.0);
    let run = watch(&room, 70, &[]).expect("the stage ran");
    let detail = run["detail"].as_str().expect("words");
    assert!(detail.contains(&format!("names its run {}", traces[0])), "{detail}");
    assert_eq!(components(&room), ["plugins/tides.py", "plugins/winds.py"]);
}

#[test]
fn a_run_that_integrated_nothing_accuses_nobody_by_its_trace_id() {
    let (room, _) = traced();
    failed(&room, "0123456789abcdef", "weather");
    reading(&room, "system_health_score", 100, 0.5);
    let run = watch(&room, 70, &[]).expect("the stage ran");
    assert!(run["detail"].as_str().is_some_and(|detail| detail.contains("names `weather`, which it changed")), "{run}");
    assert_eq!(components(&room), ["plugins/tides.py", "plugins/winds.py"]);
    // What nothing that was integrated has anything to do with.
    let (room, _) = traced();
    failed(&room, "0123456789abcdef", "the database");
    reading(&room, "system_health_score", 100, 0.5);
    watch(&room, 70, &[]);
    assert_eq!(components(&room).len(), 3);
}

#[test]
fn what_needs_the_suspect_goes_with_it() {
    let (room, traces) = traced();
    let manifest = r#"{"name": "forecast", "version": "1.1.0", "entry_point": "main.py:Main",
        "aetherra_version": "^3.0", "dependencies": {"tides": "^1.0"}}"#;
    room.write("plugins/forecast/aetherra-plugin.json", manifest);
    room.write(
        "plugins/forecast/main.py",
        "class Main:\n    name = \"forecast\"\n\n    def execute(self):\n        return 1\n",
    );
    plan(&room);
    assert_eq!(run_of(&room, "14", &["integrate"])["exit_code"], 0);
    failed(&room, &traces[1], "tides");
    reading(&room, "system_health_score", 100, 0.5);
    watch(&room, 70, &[]);
    assert_eq!(components(&room), ["plugins/weather.py", "plugins/winds.py"]);
}

#[test]
fn a_service_level_has_to_be_kept_again_before_a_rollback_has_helped() {
    for (later, expected) in [(40.0, "recovered"), (500.0, "not-recovered")] {
        let room = deployed();
        let metric = "latency_ms{component=\"weather\"}";
        promise(&room, metric);
        reading(&room, "system_health_score", 100, 0.95);
        reading(&room, metric, 100, 500.0);
        watch(&room, 70, &[]).expect("the stage ran");
        assert_eq!(components(&room), ["plugins/tides.py"]);
        // Health alone does not tell: it never fell.
        reading(&room, "system_health_score", 200, 0.95);
        reading(&room, metric, 200, later);
        let run = watch(&room, 150, &[]);
        assert_eq!(run.is_some_and(|run| run["detail"] == "after generation 1: recovered"), later < 100.0);
        reading(&room, "system_health_score", 900, 0.95);
        reading(&room, metric, 900, later);
        watch(&room, 800, &[]);
        assert_eq!(entry(&room, "regression.verify")["result"], expected);
    }
}

#[test]
fn a_service_level_that_is_not_kept_any_more_is_reason_enough() {
    let room = deployed();
    let metric = "latency_ms{component=\"weather\"}";
    promise(&room, metric);
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
