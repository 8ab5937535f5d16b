//! `watch`: what is due, what a failing stage does to the others, signals, and death at any instant.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::Arc;

use aetherra_maint::cycle::{Cadence, Call, Done, Looked, Looking, Observer, Stage, due, tick};
use aetherra_maint::host::{FixedClock, Host};
use aetherra_maint::model::{Diagnostic, StageResult, StageRun};
use aetherra_maint::settings::Settings;
use aetherra_maint::store::Store;
use aetherra_maint::{Context, Error, Result};

use crate::room::{Ran, Room};

/// Listens and remembers.
#[derive(Default)]
struct Heard(Vec<(String, StageResult)>);

impl Observer for Heard {
    fn stage(&mut self, run: &StageRun) {
        self.0.push((run.stage.clone(), run.result));
    }

    fn diagnostic(&mut self, _diagnostic: &Diagnostic) {}

    fn reloaded(&mut self) -> Option<Result<Settings>> {
        None
    }
}

/// A loop over made-up stages with a clock that the test moves.
struct Lab {
    folder: tempfile::TempDir,
    clock: Arc<FixedClock>,
    host: Host,
    settings: Settings,
}

impl Lab {
    fn new() -> Self {
        let clock = Arc::new(FixedClock::new(1_000_000_000 * 1_000_000_040));
        let host = Host { clock: clock.clone(), ..Host::fake(0, 1) };
        Self { folder: tempfile::tempdir().expect("a folder"), clock, host, settings: Settings::default() }
    }

    fn tick(&self, stages: &[Stage]) -> Vec<(String, StageResult)> {
        // A new store each time: nothing may depend on what the last one had in memory.
        let mut store = Store::open(self.folder.path(), &self.host).expect("state");
        let mut context = Context { settings: &self.settings, store: &mut store, host: &self.host, trace_id: "t" };
        let mut heard = Heard::default();
        let tallies = tick(stages, &mut context, self.folder.path(), &mut Looked::new(), &mut heard).expect("a tick");
        assert_eq!(tallies.values().map(|tally| tally.runs).sum::<u64>(), heard.0.len() as u64);
        heard.0
    }

    fn due(&self, stages: &[Stage]) -> Vec<&'static str> {
        let store = Store::open_to_read(self.folder.path(), &self.host).expect("state");
        let looking = Looking { store: &store, settings: &self.settings };
        let now_ns = self.host.clock.now_ns();
        due(stages, &looking, &Looked::new(), now_ns)
            .expect("what is due")
            .into_iter()
            .map(|stage| stage.name)
            .collect()
    }

    fn later(&self, seconds: i64) {
        self.clock.advance(seconds * 1_000_000_000);
    }
}

fn well(_: &mut Context<'_>, _: &Call<'_>) -> Result<Done> {
    Ok(Done { result: StageResult::Ok, detail: "done".to_owned(), nothing: false })
}

fn badly(_: &mut Context<'_>, _: &Call<'_>) -> Result<Done> {
    Err(Error::state("made-up", "this stage always fails"))
}

const MINUTELY: &[Cadence] = &[Cadence::Every(|_| 60)];

#[test]
fn a_failing_stage_stops_no_other_and_is_tried_again() {
    let lab = Lab::new();
    let stages = [
        Stage { name: "first", applies: |_| Ok(true), cadences: MINUTELY, run: badly },
        Stage { name: "second", applies: |_| Ok(true), cadences: MINUTELY, run: well },
    ];
    let both = [("first".to_owned(), StageResult::Failed), ("second".to_owned(), StageResult::Ok)];
    assert_eq!(lab.tick(&stages), both);
    let store = Store::open_to_read(lab.folder.path(), &lab.host).expect("state");
    let run = store.stage_run_latest("first").expect("a query").expect("a run");
    assert!(run.detail.contains("made-up") && run.detail.contains("always fails"), "{}", run.detail);
    assert_eq!(lab.tick(&stages), []);
    lab.later(60);
    assert_eq!(lab.tick(&stages), both);
}

#[test]
fn time_comes_on_a_grid_that_no_delay_shifts() {
    let lab = Lab::new();
    let stages = [Stage { name: "stage", applies: |_| Ok(true), cadences: MINUTELY, run: well }];
    // The test starts twenty seconds after a full minute.
    assert_eq!(lab.tick(&stages).len(), 1);
    lab.later(39);
    assert!(lab.due(&stages).is_empty());
    lab.later(2);
    assert_eq!(lab.due(&stages), ["stage"]);
    lab.later(50);
    assert_eq!(lab.tick(&stages).len(), 1, "late, in the same minute");
    lab.later(10);
    assert_eq!(lab.due(&stages), ["stage"], "the next full minute all the same");
}

#[test]
fn a_stage_runs_again_when_its_input_is_another() {
    let lab = Lab::new();
    let head: fn(&Looking<'_>) -> Result<String> = |looking| Ok(looking.settings.watch.poll_interval.to_string());
    let on_change = [Cadence::OnChange(head)];
    // A slice of a constant lives long enough.
    let stages = [Stage { name: "stage", applies: |_| Ok(true), cadences: Box::leak(Box::new(on_change)), run: well }];
    assert_eq!(lab.tick(&stages).len(), 1);
    lab.later(24 * 3600);
    assert!(lab.due(&stages).is_empty());
    let mut lab = lab;
    lab.settings.watch.poll_interval += 1;
    assert_eq!(lab.tick(&stages).len(), 1);
    assert!(lab.due(&stages).is_empty());
}

#[test]
fn once_does_what_is_due_and_then_nothing_is() {
    let room = Room::with(&[("plugins/one.py", "PLUGIN_CLASS = object\n")]);
    let first = room.json(&["watch", "--once"]);
    assert_eq!(first["exit_code"], 0);
    assert_eq!(first["data"]["stages"]["collect"]["runs"], 1);
    let second = room.json(&["watch", "--once"]);
    assert_eq!(second["data"]["stages"], serde_json::json!({}));
}

/// Starts the loop and waits until it has told of the first stages.
fn start(room: &Room, stages: usize) -> Child {
    let mut child = room
        .command(&["watch", "-f", "jsonl"])
        .env_remove("AETHERRA_MAINT_TEST_CLOCK")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let told = BufReader::new(child.stdout.take().expect("stdout"));
    assert_eq!(told.lines().take(stages).filter(|line| line.is_ok()).count(), stages);
    child
}

#[test]
fn a_signal_ends_the_loop_with_a_last_snapshot() {
    use std::os::unix::process::ExitStatusExt;
    let room = Room::new();
    // Scan, then collect.
    let mut child = start(&room, 2);
    let id = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("a signal");
    let status = child.wait().expect("an end");
    assert_eq!(status.signal(), Some(15), "{status}");
    let host = Host::real();
    let store = Store::open_to_read(&room.path(".aetherra"), &host).expect("state");
    assert!(store.samples_latest("system_health_score", 10).expect("samples").len() >= 2);
}

#[test]
fn a_hangup_reads_the_configuration_again_and_an_invalid_one_changes_nothing() {
    use std::io::Read;
    let room = Room::new();
    let mut command = room.command(&["watch", "--set", "watch.collection_interval=1", "-v"]);
    command.env_remove("AETHERRA_MAINT_TEST_CLOCK").stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary starts");
    let id = rustix::process::Pid::from_child(&child);
    let mut told = BufReader::new(child.stderr.take().expect("stderr"));
    let mut until = |wanted: &str| loop {
        let mut line = String::new();
        assert!(told.read_line(&mut line).expect("text") > 0, "the loop ended before it said `{wanted}`");
        if line.contains(wanted) {
            return;
        }
    };
    until("collect:");
    for (text, wanted) in [
        ("watch: {poll_interval: 7}\n", "config-reloaded"),
        ("watch: {nonsense: 7}\n", "config-not-reloaded"),
        ("", "config-reloaded"),
    ] {
        room.write("aetherra-maint.yaml", text);
        rustix::process::kill_process(id, rustix::process::Signal::HUP).expect("a signal");
        until(wanted);
        until("collect:");
    }
    rustix::process::kill_process(id, rustix::process::Signal::INT).expect("a signal");
    let mut rest = String::new();
    told.read_to_string(&mut rest).expect("text");
    assert!(rest.contains("runs, 0 of them failed"), "{rest}");
    child.wait().expect("an end");
}

/// A project that gives every stage something to do.
fn busy_project() -> Room {
    let room = Room::new();
    for number in 0..40 {
        let name = format!("plugins/p{number:02}.py");
        room.write(
            &name,
            format!("def execute(request):\n    return {number}\n\n\nplugin_data = {{\"name\": \"p{number:02}\"}}\n"),
        );
    }
    room.write("plugins/thief.py", "import base64\nexec(base64.b64decode('eD0x').decode())\n");
    room.write("data/rooms.csv", "room,lamps\nhall,2\n");
    room
}

const LET_IN: [&str; 2] = ["--set", "incorporation.auto_integrate=true"];

/// What the loop is for: what is in the index, what was judged, deployed and isolated.
fn achieved(room: &Room) -> serde_json::Value {
    let host = Host::real();
    let store = Store::open_to_read(&room.path(".aetherra"), &host).expect("state");
    assert_eq!(store.ledger_verify(&[], aetherra_maint::store::Reach::Whole).expect("the ledger").fault, None);
    let (_, deployed) = store.generation_deployed().expect("the generation");
    serde_json::json!([
        store.index_digest().expect("the index"),
        store.classification_list().expect("the classes").len(),
        store.verdicts().expect("the verdicts"),
        deployed.iter().map(|component| (&component.id, component.digest)).collect::<Vec<_>>(),
        store.quarantine_paths().expect("the quarantine"),
    ])
}

/// Ticks until nothing is due.
fn settle(room: &Room) {
    for _ in 0..5 {
        let ran = Ran::of(room.command(&["watch", "--once", "-f", "json"]).args(LET_IN)).envelope();
        assert_eq!(ran["exit_code"], 0, "{ran:#}");
        if ran["data"]["stages"] == serde_json::json!({}) {
            return;
        }
    }
    panic!("the loop does not settle");
}

#[test]
fn death_at_any_instant_changes_nothing_in_the_end() {
    let undisturbed = busy_project();
    settle(&undisturbed);
    let expected = achieved(&undisturbed);
    assert_eq!(expected[3].as_array().expect("components").len(), 41, "{expected:#}");
    let room = busy_project();
    for milliseconds in [1, 5, 10, 15, 20, 30, 40, 60, 80, 120, 200, 300] {
        let mut command = room.command(&["watch"]);
        command.args(LET_IN).env_remove("AETHERRA_MAINT_TEST_CLOCK").stderr(Stdio::null());
        let mut child = command.spawn().expect("the binary starts");
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        child.kill().expect("kill -9");
        child.wait().expect("an end");
    }
    settle(&room);
    assert_eq!(achieved(&room), expected);
}

#[test]
fn what_changes_is_taken_in_and_nothing_else_is_done_again() {
    let room = busy_project();
    settle(&room);
    room.write(
        "plugins/late.py",
        "plugin_data = {\"name\": \"late\"}\n\n\ndef execute(request):\n    return request\n",
    );
    let mut later = room.command(&["watch", "--once", "-f", "json"]);
    later.args(LET_IN).env("AETHERRA_MAINT_TEST_CLOCK", "2030-01-02T03:30:00Z");
    let stages = Ran::of(&mut later).envelope()["data"]["stages"].clone();
    for stage in ["scan", "classify", "security-eval", "plan", "integrate"] {
        assert_eq!(stages[stage]["runs"], 1, "{stage}: {stages:#}");
    }
    assert!(stages.get("quarantine").is_none(), "{stages:#}");
    assert!(achieved(&room)[3].to_string().contains("plugins/late.py"));
}
