//! `demo`: the whole loop on a small sample system.

use std::path::Path;

use crate::room::{Ran, Room};

fn names(list: &serde_json::Value, key: &str) -> Vec<String> {
    let items = list.as_array().expect("a list");
    items.iter().map(|item| item[key].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn the_good_come_in_and_the_bad_stay_out() {
    let room = Room::new();
    let data = room.json(&["demo", "house"])["data"].clone();
    let let_in = names(&data["first"]["let_in"], "component");
    for good in ["plugins/weather", "plugins/timer.py", "plugins/shopping.py", "agents/reminder.py", "data/rooms.json"]
    {
        assert!(let_in.iter().any(|component| component == good), "{good}: {let_in:?}");
    }
    let left_out: Vec<(String, String)> = names(&data["first"]["left_out"], "component")
        .into_iter()
        .zip(names(&data["first"]["left_out"], "reason"))
        .collect();
    for (bad, reason) in [
        ("plugins/assistant_update.py", "quarantined"),
        ("plugins/snapshot.py", "needs-review"),
        ("plugins/thermostat.py", "not-fully-judged"),
        ("plugins/lights.py", "conflict"),
        ("plugins/party_lights.py", "conflict"),
    ] {
        assert!(left_out.contains(&(bad.to_owned(), reason.to_owned())), "{bad}: {left_out:?}");
    }
    assert!(data["quarantined"]["plugins/assistant_update.py"].is_string(), "{data:#}");
    assert_eq!(names(&data["second"]["let_in"], "component"), ["plugins/plants.py", "plugins/timer.py"]);
    assert_eq!(data["rollback"]["removed"], serde_json::json!(["plugins/plants.py"]));
    assert_eq!(data["rollback"]["restored"], serde_json::json!(["plugins/timer.py"]));
    assert_eq!(data["ledger"]["intact"], true);
    let deployed = room.path("house/.aetherra/current");
    assert!(contains(&deployed, "\"version\": \"1.0.0\"") && !contains(&deployed, "\"1.1.0\""));
}

/// Whether some file below a folder holds a text.
fn contains(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).expect("a folder").flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            contains(&path, text)
        } else {
            std::fs::read_to_string(&path).is_ok_and(|held| held.contains(text))
        }
    })
}

#[test]
fn what_to_try_next_really_works() {
    let room = Room::new();
    let document = room.json(&["demo", "house"]);
    let next = document["next"].as_array().expect("commands").clone();
    assert_eq!(next.len(), 3);
    for command in next {
        let arguments: Vec<&str> = command.as_str().expect("a command").split(' ').skip(1).collect();
        let ran = room.run(&arguments);
        assert!(ran.code < 2, "{command}: {} {}", ran.code, ran.stderr);
    }
}

#[test]
fn a_folder_that_holds_something_is_not_touched() {
    let room = Room::with(&[("house/mine.txt", "mine\n")]);
    let ran = room.run(&["demo", "house"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("folder-not-empty"), "{}", ran.stderr);
    assert_eq!(std::fs::read_dir(room.path("house")).expect("the folder").count(), 1);
}

#[test]
fn without_a_folder_a_temporary_one_is_made_and_named() {
    let room = Room::new();
    let ran = Ran::of(room.command(&["demo", "-f", "json"]).env("TMPDIR", room.home()));
    let directory = ran.envelope()["data"]["directory"].as_str().expect("a folder").to_owned();
    assert!(Path::new(&directory).starts_with(room.home().canonicalize().expect("home")), "{directory}");
    assert!(Path::new(&directory).join("README.md").is_file());
}
