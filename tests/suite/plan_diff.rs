//! What `plan --diff` says of everything that is deployed, and that a plan has one id whoever makes it and when.

use serde_json::Value;

use crate::plugin::{PLUGIN, judge};
use crate::room::{Ran, Room};

const MANIFEST: &str = r#"{"name": "forecast", "version": "1.1.0", "entry_point": "main.py:Main",
 "aetherra_version": "^3.0", "dependencies": {"weather": "^1.0"}}"#;
const MAIN: &str = "class Main:\n    name = \"forecast\"\n\n    def execute(self):\n        return 1\n";

#[track_caller]
fn done(room: &Room, arguments: &[&str]) -> Value {
    let document = room.json(arguments);
    assert_eq!(document["exit_code"], 0, "{document:#}");
    document["data"].clone()
}

fn named(name: &str) -> String {
    PLUGIN.replace("weather", name)
}

/// Four components are deployed.
fn deployed() -> Room {
    let room = Room::with(&[
        ("plugins/weather.py", PLUGIN),
        ("plugins/tides.py", &named("tides")),
        ("plugins/clock.py", &named("clock")),
        ("plugins/forecast/aetherra-plugin.json", MANIFEST),
        ("plugins/forecast/main.py", MAIN),
        ("plugins/forecast/old.py", "def old():\n    return 1\n"),
        ("plugins/forecast/parts.py", "def unit():\n    return 1\n"),
    ]);
    judge(&room);
    done(&room, &["plan"]);
    done(&room, &["integrate"]);
    room
}

/// One is changed in every way, one is gone from the project, one comes, one may not come in as it is now, and one is
/// as it was.
fn changed() -> Room {
    let room = deployed();
    room.write("plugins/forecast/parts.py", "def unit():\n    return 2\n");
    room.write("plugins/forecast/more.py", "def more():\n    return 1\n");
    room.write("plugins/winds.py", named("winds"));
    room.write("plugins/clock.py", format!("{}\nexec(input())\n", named("clock")));
    for gone in ["plugins/forecast/old.py", "plugins/tides.py"] {
        std::fs::remove_file(room.path(gone)).expect("it goes");
    }
    judge(&room);
    room
}

/// `component: change, + added, ~ changed, - removed, = unchanged`.
fn lines(diff: &Value) -> Vec<String> {
    let line = |change: &Value| {
        let mut line =
            format!("{}: {}", change["component"].as_str().expect("an id"), change["change"].as_str().expect("a word"));
        for (key, mark) in [("added", '+'), ("changed", '~'), ("removed", '-'), ("unchanged", '=')] {
            for file in change[key].as_array().expect("a list") {
                let name = file.as_str().expect("a path").rsplit('/').next().expect("a name");
                line.push_str(&format!(", {mark} {name}"));
            }
        }
        line
    };
    diff.as_array().expect("a list").iter().map(line).collect()
}

#[test]
fn everything_that_is_deployed_is_added_replaced_or_kept() {
    let room = changed();
    let diff = done(&room, &["plan", "--diff"])["diff"].clone();
    let expected = [
        "plugins/forecast: replace, + more.py, ~ parts.py, - old.py, = aetherra-plugin.json, = main.py",
        "plugins/winds.py: add, + winds.py",
        "plugins/clock.py: keep, = clock.py",
        "plugins/tides.py: keep, = tides.py",
        "plugins/weather.py: keep, = weather.py",
    ];
    assert_eq!(lines(&diff), expected, "{diff:#}");
    let why = |at: usize| diff[at]["kept_because"].as_str().unwrap_or_default();
    assert!(why(2).starts_with("what the project has is left out ("), "{diff:#}");
    assert!(why(3).contains("the project has it no more"), "{diff:#}");
    assert_eq!(why(4), "", "it is what the project has");

    let text = room.run(&["plan", "-n", "--diff"]).stdout;
    let wanted = "replace plugins/forecast\n  + plugins/forecast/more.py\n  - plugins/forecast/old.py\n  ~ plugins/forecast/parts.py\n  2 files unchanged\nadd plugins/winds.py\n  + plugins/winds.py\nkeep plugins/clock.py: ";
    assert!(text.starts_with(wanted), "{text}");
    assert!(
        text.contains("keep plugins/tides.py: ") && text.contains("1 component unchanged; -v lists them"),
        "{text}"
    );
    assert!(room.run(&["plan", "-n", "--diff", "-v"]).stdout.contains("keep plugins/weather.py\n"));
    let stream = room.run(&["plan", "-n", "--diff", "-f", "jsonl"]).stdout;
    assert_eq!(stream.matches(r#""type":"component-change""#).count(), 5, "{stream}");
}

#[test]
fn the_difference_is_what_the_integration_then_does() {
    let room = changed();
    let diff = done(&room, &["plan", "--diff"])["diff"].clone();
    done(&room, &["integrate"]);
    let made = done(&room, &["generations", "show"])["generation"]["components"].clone();
    let files = |component: &Value| {
        let files = component["files"].as_array().expect("files").iter();
        files.map(|file| file["target"].as_str().expect("a path").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(made.as_array().map(Vec::len), diff.as_array().map(Vec::len));
    for component in made.as_array().expect("components") {
        let change = diff.as_array().expect("a list").iter().find(|change| change["component"] == component["id"]);
        let change = change.unwrap_or_else(|| panic!("{} was not told", component["id"]));
        let mut told: Vec<String> = ["added", "changed", "unchanged"]
            .iter()
            .flat_map(|key| change[key].as_array().expect("a list"))
            .map(|file| file.as_str().expect("a path").to_owned())
            .collect();
        told.sort();
        let mut there = files(component);
        there.sort();
        assert_eq!(there, told);
    }
    let after = done(&room, &["plan", "--diff"])["diff"].clone();
    assert!(lines(&after).iter().all(|line| line.contains(": keep")), "{after:#}");
    assert!(room.run(&["plan", "-n", "--diff"]).stdout.starts_with("nothing would change\n"));
}

#[test]
fn after_a_rollback_the_difference_is_to_what_is_deployed_then() {
    let room = changed();
    let before = done(&room, &["plan", "--diff"]);
    done(&room, &["integrate"]);
    done(&room, &["rollback", "--last"]);
    let again = done(&room, &["plan", "--diff"]);
    assert_eq!(again["diff"], before["diff"]);
    assert_eq!(again["plan"]["id"], before["plan"]["id"], "the same files for the same deployed tree");
    assert_eq!(done(&room, &["integrate"])["generation"], 3, "and it can be let in again");
    done(&room, &["rollback", "--to", "0"]);
    let all = done(&room, &["plan", "--diff"])["diff"].clone();
    assert!(lines(&all).iter().all(|line| line.contains(": add")), "{all:#}");
}

#[test]
fn a_plan_has_the_same_id_wherever_and_whenever_it_is_made() {
    let make = |clock: &str, seed: &str, roots: &[&str]| {
        let room = Room::new();
        for (path, text) in [("plugins/weather.py", PLUGIN.to_owned()), ("plugins/tides.py", named("tides"))] {
            room.write(path, text);
        }
        let run = |arguments: &[&str]| {
            let mut command = room.command(arguments);
            command.env("AETHERRA_MAINT_TEST_CLOCK", clock).env("AETHERRA_MAINT_TEST_SEED", seed);
            Ran::of(command.args(["-f", "json"])).envelope()["data"].clone()
        };
        run(&[&["scan"], roots].concat());
        for command in ["classify", "security-eval"] {
            run(&[command, "--exit-zero"]);
        }
        let (one, other) = (run(&["plan"])["plan"].clone(), run(&["plan", "-n", "--jobs", "1"])["plan"].clone());
        assert_eq!(one, other, "made twice");
        one
    };
    let here = make("2030-01-02T03:04:05Z", "1", &["."]);
    assert_eq!(make("2031-02-03T04:05:06Z", "2", &["."]), here);
    let by_parts = make("2030-01-02T03:04:05Z", "3", &["plugins/tides.py", "plugins/weather.py"]);
    assert_eq!(by_parts["components"], here["components"]);
}
