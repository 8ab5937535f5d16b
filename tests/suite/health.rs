//! `health`: what is measured, what is judged, and what is remembered of it.

use std::sync::Arc;

use aetherra_maint::Context;
use aetherra_maint::homeostasis::health::{self, Checkup};
use aetherra_maint::homeostasis::slo::SloState;
use aetherra_maint::homeostasis::supervisor::Runlevel;
use aetherra_maint::host::machine::{Capacity, FakeMachine};
use aetherra_maint::host::{Clock, FixedClock, Host};
use aetherra_maint::settings::Settings;
use aetherra_maint::store::Store;

use crate::room::Room;

/// A state of its own, a clock that the test moves, and whatever machine the test says.
struct Lab {
    folder: tempfile::TempDir,
    clock: Arc<FixedClock>,
    host: Host,
    settings: Settings,
}

impl Lab {
    fn new() -> Self {
        let clock = Arc::new(FixedClock::new(1_000_000_000_000_000_000));
        let host = Host { clock: clock.clone(), ..Host::fake(0, 1) };
        Self { folder: tempfile::tempdir().expect("a folder"), clock, host, settings: Settings::default() }
    }

    fn machine(&mut self, machine: FakeMachine) {
        self.host.machine = Arc::new(machine);
    }

    fn collect(&self) -> Checkup {
        let mut store = Store::open(self.folder.path(), &self.host).expect("state");
        let mut context = Context { settings: &self.settings, store: &mut store, host: &self.host, trace_id: "trace" };
        health::collect(&mut context).expect("a collection").0
    }

    fn later(&self, seconds: i64) {
        self.clock.advance(seconds * 1_000_000_000);
    }
}

fn memory_used(share: f64) -> FakeMachine {
    let available = ((1.0 - share) * 1000.0) as u64;
    FakeMachine { memory: Ok(Capacity { total: 1000, available }), ..FakeMachine::default() }
}

#[test]
fn a_breach_counts_after_its_grace_and_ends_with_the_first_good_reading() {
    let mut lab = Lab::new();
    let state = |checkup: &Checkup| {
        let slo = checkup.health.slos.iter().find(|slo| slo.metric == "host_memory_used").expect("the promise");
        (slo.state, checkup.health.runlevel)
    };
    assert_eq!(state(&lab.collect()), (SloState::Met, Runlevel::Online));
    lab.machine(memory_used(0.99));
    for _ in 0..5 {
        lab.later(60);
        assert_eq!(state(&lab.collect()), (SloState::WithinGrace, Runlevel::Online));
    }
    lab.later(60);
    assert_eq!(state(&lab.collect()), (SloState::Breached, Runlevel::Degraded));
    lab.machine(memory_used(0.5));
    lab.later(60);
    assert_eq!(state(&lab.collect()), (SloState::Met, Runlevel::Online));
}

#[test]
fn a_full_disk_is_critical() {
    let mut lab = Lab::new();
    lab.machine(FakeMachine { disk: Ok(Capacity { total: 1000, available: 0 }), ..FakeMachine::default() });
    let health = lab.collect().health;
    assert_eq!(health.runlevel, Runlevel::Critical);
    assert!(health.reasons[0].contains("host_disk_used"), "{:?}", health.reasons);
}

#[test]
fn a_machine_that_tells_nothing_is_missing_and_not_idle() {
    let mut lab = Lab::new();
    lab.machine(FakeMachine::silent());
    let checkup = lab.collect();
    let gap = checkup.missing.iter().find(|gap| gap.metric == "host_cpu_used").expect("a gap");
    assert_eq!(gap.reason, "this system does not tell");
    assert!(checkup.health.metrics.iter().all(|scored| !scored.sample.metric.starts_with("host_")));
}

#[test]
fn what_was_measured_is_remembered_and_forgotten_in_time() {
    let lab = Lab::new();
    let per_collection = lab.collect().health.metrics.len();
    lab.later(60);
    lab.collect();
    let count = |lab: &Lab| Store::open_to_read(lab.folder.path(), &lab.host).expect("state").samples_count().unwrap();
    // The two scores are remembered beside the readings.
    assert!(count(&lab) >= 2 * (per_collection as u64 + 1));
    let store = Store::open_to_read(lab.folder.path(), &lab.host).expect("state");
    assert_eq!(store.samples_latest(health::HEALTH_SCORE, 10).unwrap().len(), 2);
    assert_eq!(store.ledger_head().unwrap().expect("entries").seq, 3);
    drop(store);
    let before = count(&lab);
    lab.later(31 * 24 * 3600);
    lab.collect();
    assert!(count(&lab) < before);
}

#[test]
fn looking_writes_nothing() {
    let lab = Lab::new();
    lab.collect();
    let store = Store::open_to_read(lab.folder.path(), &lab.host).expect("state");
    let before = store.ledger_head().unwrap();
    health::look(&store, &lab.settings, &lab.host).expect("a look");
    assert_eq!(store.ledger_head().unwrap(), before);
    assert!(lab.clock.is_fixed());
}

#[test]
fn the_command_answers_in_every_format() {
    let room = Room::new();
    let document = room.json(&["health"]);
    assert_eq!((&document["data"]["runlevel"], &document["exit_code"]), (&"ONLINE".into(), &0.into()));
    assert_eq!(document["audit"]["seq"], 2);
    let prometheus = room.run(&["health", "-f", "prometheus"]).stdout;
    check_exposition(&prometheus);
    assert!(prometheus.contains("\naetherra_system_health 1\n"), "{prometheus}");
    let jsonl = room.run(&["health", "-f", "jsonl"]).stdout;
    assert!(jsonl.lines().any(|line| line.contains("host_memory_used")), "{jsonl}");
}

/// Every metric has its help and type right before it, and a name and a number that exporters accept.
fn check_exposition(text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    assert!(text.ends_with('\n') && lines.len().is_multiple_of(3), "{text}");
    for metric in lines.chunks(3) {
        let name = metric[2].split_once(' ').expect("a name and a value").0;
        assert!(name.starts_with("aetherra_") && !name.ends_with("_total"), "{name}");
        assert!(metric[0].starts_with(&format!("# HELP {name} ")), "{}", metric[0]);
        assert_eq!(metric[1], format!("# TYPE {name} gauge"));
        assert!(metric[2].rsplit(' ').next().expect("a value").parse::<f64>().is_ok(), "{}", metric[2]);
    }
}

#[test]
fn a_dry_run_records_nothing() {
    let room = Room::new();
    assert_eq!(room.run(&["health", "-n"]).code, 5, "there is nothing to look at yet");
    assert_eq!(room.run(&["health"]).code, 0);
    assert_eq!(room.json(&["health", "-n"])["audit"], serde_json::Value::Null);
}
