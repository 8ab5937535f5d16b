//! What can be in the way of a deployment: each ends in a clear error with the right code, and the tree as it was.

use std::process::Stdio;

use aetherra_maint::model::{Digest, PinnedFile, Plan};
use serde_json::Value;

use crate::bad_input::{Mount, fill};
use crate::plugin::PLUGIN;
use crate::room::{Ran, Room};

fn judge(room: &Room, extra: &[&str]) {
    for command in ["scan", "classify", "security-eval", "plan"] {
        let ran = Ran::of(room.command(&[command, "--exit-zero"]).args(extra));
        assert_eq!(ran.code, 0, "{command}: {}{}", ran.stdout, ran.stderr);
    }
}

/// A project of which one version is deployed and another is planned.
fn planned() -> Room {
    let room = Room::with(&[("plugins/weather.py", PLUGIN)]);
    judge(&room, &[]);
    assert_eq!(room.run(&["integrate"]).code, 0);
    room.write("plugins/weather.py", PLUGIN.replace("1.0.0", "1.1.0"));
    room.write("plugins/clock.py", PLUGIN.replace("eather", "clock"));
    room.write("data/rooms.json", "[{\"room\": \"hall\"}]");
    judge(&room, &[]);
    room
}

/// The generation that is deployed, and every file of it.
fn tree(room: &Room) -> Vec<(String, String)> {
    let current = room.path(".aetherra/current");
    let Ok(target) = std::fs::read_link(&current) else { return Vec::new() };
    let mut found = vec![("current".to_owned(), target.display().to_string())];
    let mut folders = vec![current];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.push((entry.path().display().to_string(), std::fs::read_to_string(entry.path()).expect("text")));
            }
        }
    }
    let registry = room.path(".aetherra/registry.json");
    found.push(("registry".to_owned(), std::fs::read_to_string(registry).expect("a registry")));
    found.sort();
    found
}

#[track_caller]
fn refused(room: &Room, arguments: &[&str], code: i32, why: &str) {
    let before = tree(room);
    let ran: Ran = room.run(arguments);
    assert_eq!(ran.code, code, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains(why) || ran.stdout.contains(why), "{why}: {}{}", ran.stdout, ran.stderr);
    assert_eq!(tree(room), before, "{arguments:?} changed what is deployed");
}

/// The plan that was kept, changed by hand, with an id that fits again.
fn forged(room: &Room, change: impl FnOnce(&mut Plan)) -> String {
    let document = room.json(&["plan", "-n"]);
    let mut plan: Plan = serde_json::from_value(document["data"]["plan"].clone()).expect("a plan");
    change(&mut plan);
    plan.id = plan.compute_id();
    room.write("forged.json", serde_json::to_string(&plan).expect("JSON"));
    "forged.json".to_owned()
}

#[test]
fn a_plan_that_was_edited_with_care_is_refused_too() {
    let room = planned();
    let places = [
        "../outside.py",
        "/etc/outside.py",
        "plugins/../../x.py",
        "con.py",
        "a\\..\\x.py",
        "plugins/x.",
        "",
        "a//b.py",
    ];
    for place in places {
        let plan = forged(&room, |plan| plan.components[0].files[0].target = place.to_owned());
        refused(&room, &["integrate", &plan], 6, "the plan cannot be deployed");
        refused(&room, &["integrate", &plan, "-n"], 6, "the plan cannot be deployed");
    }
    let twice: [&dyn Fn(&mut Plan); 4] = [
        &|plan| plan.components.push(plan.components[0].clone()),
        &|plan| {
            let file = plan.components[0].files[0].clone();
            plan.components[0].files.push(PinnedFile { target: file.target.to_uppercase(), ..file });
        },
        &|plan| {
            let file = plan.components[0].files[0].clone();
            plan.components[0].files = vec![
                PinnedFile { target: "caf\u{e9}.py".into(), ..file.clone() },
                PinnedFile { target: "cafe\u{301}.py".into(), ..file },
            ];
        },
        &|plan| {
            let file = plan.components[0].files[0].clone();
            plan.components[0].files.push(PinnedFile { target: format!("{}/below.py", file.target), ..file });
        },
    ];
    for change in twice {
        let plan = forged(&room, change);
        refused(&room, &["integrate", &plan], 6, "the plan cannot be deployed");
    }
    // What was never looked at does not come in, whatever kind of file it is.
    let secret = std::fs::read("/etc/passwd").expect("a file");
    let plan = forged(&room, |plan| {
        let file = &mut plan.components[0].files[0];
        (file.source, file.digest, file.target) = ("/etc/passwd".into(), Digest::of(&secret), "data/rooms.txt".into());
    });
    refused(&room, &["integrate", &plan], 1, "no judgement of the planned content");
    let plan = forged(&room, |plan| plan.parent.digest = Digest::of(b"another"));
    refused(&room, &["integrate", &plan], 6, "was expected to be deployed");
}

#[test]
fn a_plan_that_says_other_sizes_is_verified_all_the_same() {
    let manifest = r#"{"name": "x", "version": "1.0.0", "entry_point": "main.py:Gone", "aetherra_version": "^3.0"}"#;
    let room = planned();
    room.write("plugins/x/aetherra-plugin.json", manifest);
    room.write("plugins/x/main.py", "class X:\n    name = \"x\"\n\n    def execute(self):\n        return 1\n");
    judge(&room, &[]);
    let plan = forged(&room, |plan| {
        let files = plan.components.iter_mut().flat_map(|component| &mut component.files);
        files.for_each(|file| file.size = u64::MAX);
    });
    refused(&room, &["integrate", &plan], 7, "does not define");
}

#[test]
fn a_plan_that_is_no_plan_is_a_usage_error() {
    let room = planned();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for text in ["", "{", "null", "[]", "{\"plan\": {\"id\": 7}}", &deep, "\u{feff}{}"] {
        room.write("bad.json", text);
        refused(&room, &["integrate", "bad.json"], 2, "holds no plan");
    }
    room.write("bad.json", [0xff, 0xfe, 0]);
    refused(&room, &["integrate", "bad.json"], 2, "reading the plan");
}

#[test]
fn what_is_deployed_survives_a_disk_that_is_full_at_any_step() {
    let room = Room::with(&[("plugins/weather.py", PLUGIN)]);
    let state = room.path(".aetherra");
    let Some(_mount) = Mount::new(&state, "size=24m") else { return };
    judge(&room, &[]);
    assert_eq!(room.run(&["integrate"]).code, 0);
    room.write("plugins/weather.py", PLUGIN.replace("1.0.0", "1.1.0"));
    judge(&room, &[]);
    let before = tree(&room);
    let mut seen = std::collections::BTreeSet::new();
    // Every page more lets the run come a little further.
    for pages in 0..60 {
        fill(&state);
        let filler = std::fs::OpenOptions::new().write(true).open(state.join("filler")).expect("the filler");
        let size = filler.metadata().expect("a file").len();
        filler.set_len(size.saturating_sub(pages * 4096)).expect("room");
        drop(filler);
        let ran = room.run(&["integrate"]);
        assert!([0, 5, 7, 8].contains(&ran.code), "{pages} pages: {}{}", ran.stdout, ran.stderr);
        std::fs::remove_file(state.join("filler")).expect("room");
        seen.insert(ran.code);
        if ran.code == 0 {
            break;
        }
        assert!(ran.stderr.contains("help: "), "{}", ran.stderr);
        if ran.code != 8 {
            assert_eq!(tree(&room), before, "{pages} pages: {}", ran.stderr);
        }
        // Whatever was left open is settled as soon as there is room: finished when the swap was made, else taken back.
        judge(&room, &[]);
        let current = room.json(&["generations"])["data"]["current"].as_u64().expect("a number");
        let link = std::fs::read_link(room.path(".aetherra/current")).expect("a link");
        assert_eq!(link.to_str(), Some(format!("generations/{current}").as_str()));
        if current > 1 {
            assert_eq!(ran.code, 8, "{pages} pages");
            break;
        }
        assert_eq!(tree(&room), before, "{pages} pages");
    }
    assert!(seen.len() > 1, "{seen:?}");
    assert_ne!(tree(&room), before, "it was done in the end");
    assert_eq!(room.run(&["rollback", "--last"]).code, 0);
}

#[test]
fn a_clock_that_is_set_back_forgives_nothing_and_loses_nothing() {
    let room = planned();
    let at = |clock: &str, arguments: &[&str]| Ran::of(room.command(arguments).env("AETHERRA_MAINT_TEST_CLOCK", clock));
    for number in 0..4 {
        assert_eq!(room.run(&["integrate"]).code, 0, "{number}");
        room.write("plugins/weather.py", format!("{PLUGIN}# {number}\n"));
        judge(&room, &[]);
    }
    let before = tree(&room);
    let ran = at("2020-01-01T00:00:00Z", &["integrate"]);
    assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("limit is 5"), "{}", ran.stdout);
    assert_eq!(tree(&room), before);
    let ran = at("2020-01-01T00:00:00Z", &["rollback", "--last"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let ran = at("2020-01-01T00:00:00Z", &["audit", "verify"]);
    assert!(!ran.stdout.contains("tampered"), "{}", ran.stdout);
}

#[test]
fn of_two_integrators_at_once_one_wins() {
    for (wait, expected) in [("fail", [0, 11]), ("wait", [0, 6])] {
        let room = planned();
        let running: Vec<_> = (0..2)
            .map(|_| {
                let mut command = room.command(&["integrate", "--on-lock", wait]);
                command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
            })
            .collect();
        let mut codes: Vec<i32> =
            running.into_iter().map(|mut one| one.wait().expect("it ends").code().expect("a code")).collect();
        codes.sort_unstable();
        // The second may come after the first has ended: then the plan does not fit any more.
        assert!(codes == expected || codes == [0, 6], "{codes:?}");
        assert!(tree(&room).contains(&("current".to_owned(), "generations/2".to_owned())));
        assert_eq!(room.json(&["generations"])["data"]["current"], 2);
    }
}

#[test]
fn manifests_that_lead_out_of_their_folder_are_left_out() {
    let manifest = |entry: &str| {
        format!(
            "{{\"name\": \"x\", \"version\": \"1.0.0\", \"entry_point\": {}, \"aetherra_version\": \"^3.0\"}}",
            Value::from(entry)
        )
    };
    for entry in ["../../etc/x.py:X", "/etc/passwd", "C:\\x.py:X", "con.py:X", "..\\x.py", "plugins/./../../x.py"] {
        let room = Room::with(&[
            ("plugins/x/aetherra-plugin.json", &manifest(entry)),
            ("plugins/x/main.py", "class X:\n    name = \"x\"\n    def execute(self):\n        return 1\n"),
        ]);
        judge(&room, &[]);
        let plan = room.json(&["plan"]);
        let left = plan["data"]["plan"]["report"]["left_out"].to_string();
        assert!(left.contains("unsafe-path"), "{entry}: {left}");
        assert_eq!(room.run(&["integrate"]).code, 0, "there is nothing to do");
        assert!(!room.path(".aetherra/current").exists());
    }
}

#[test]
fn names_that_differ_by_case_or_form_are_left_out() {
    for (one, other) in [("lib/Case.py", "lib/case.py"), ("lib/caf\u{e9}.py", "lib/cafe\u{301}.py")] {
        let room = Room::with(&[
            (one, "def one():\n    return 1\n"),
            (other, "def other():\n    return 2\n"),
            ("plugins/weather.py", PLUGIN),
        ]);
        judge(&room, &[]);
        let plan = room.json(&["plan"]);
        assert!(plan["data"]["plan"]["report"]["conflicts"].to_string().contains("path-collision"), "{one}: {plan:#}");
        assert_eq!(room.run(&["integrate"]).code, 0);
        let names: Vec<String> = tree(&room).into_iter().map(|(name, _)| name).collect();
        assert!(names.iter().all(|name| !name.contains("/lib/")), "{names:?}");
    }
}

#[test]
fn what_vanishes_or_changes_before_the_plan_runs_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let room = planned();
    let file = room.path("plugins/clock.py");
    let text = std::fs::read_to_string(&file).expect("a file");
    std::fs::remove_file(&file).expect("it goes");
    refused(&room, &["integrate"], 6, "clock.py");
    std::fs::create_dir(&file).expect("a folder");
    refused(&room, &["integrate"], 6, "clock.py");
    std::fs::remove_dir(&file).expect("it goes");
    std::os::unix::net::UnixListener::bind(&file).expect("a socket");
    refused(&room, &["integrate"], 6, "clock.py");
    std::fs::remove_file(&file).expect("it goes");
    std::fs::write(&file, text.replace("city", "town")).expect("a file");
    refused(&room, &["integrate"], 6, "has changed since the plan was made");
    std::fs::write(&file, text).expect("a file");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    assert_eq!(room.run(&["integrate"]).code, 0, "the content is what was judged");
}

#[test]
fn what_vanishes_from_the_store_is_an_error_and_not_a_hole() {
    let room = planned();
    let objects: Vec<_> = std::fs::read_dir(room.path(".aetherra/objects")).expect("a folder").flatten().collect();
    assert_eq!(objects.len(), 1, "the version that is deployed");
    // What is deployed keeps its own name for it; the store gets it again from there or says that it cannot.
    let token = room.json(&["integrate"])["data"]["token"].as_str().expect("a token").to_owned();
    std::fs::remove_dir_all(room.path(".aetherra/generations/1")).expect("it goes");
    refused(&room, &["rollback", &token], 7, "generation");
    refused(&room, &["rollback", "--to", "1"], 7, "generation");
}

/// The numbers of the files that hold `plugins/clock.py`, which stays as it is from the first generation to the second,
/// in both of them and in the store, and how many names each has.
fn places(room: &Room) -> [(u64, u64); 3] {
    use std::os::unix::fs::MetadataExt;
    let text = PLUGIN.replace("weather", "clock");
    room.write("plugins/clock.py", &text);
    room.write("plugins/weather.py", PLUGIN);
    judge(room, &[]);
    assert_eq!(room.run(&["integrate"]).code, 0);
    room.write("plugins/weather.py", PLUGIN.replace("1.0.0", "1.1.0"));
    judge(room, &[]);
    assert_eq!(room.run(&["integrate"]).code, 0);
    let object = format!(".aetherra/objects/{}", Digest::of(text.as_bytes()).hex());
    let tree = |number: u8| format!(".aetherra/generations/{number}/tree/plugins/clock.py");
    [tree(1), tree(2), object].map(|path| {
        let metadata = room.path(&path).metadata().expect("a file");
        assert_eq!(metadata.mode() & 0o777, 0o444, "{path}");
        (metadata.ino(), metadata.nlink())
    })
}

#[test]
fn a_file_that_stays_is_the_same_file_in_the_store_and_in_every_generation() {
    let room = Room::new();
    let state = room.path(".aetherra");
    // What a temporary folder lies on may be able to share blocks.
    let Some(_mount) = Mount::new(&state, "size=24m") else { return };
    let [(first, names), second, object] = places(&room);
    assert_eq!(names, 3);
    assert_eq!((second, object), ((first, 3), (first, 3)));
}

#[test]
fn where_files_can_share_blocks_each_is_a_file_of_its_own_and_no_host_harms_another() {
    use std::os::unix::fs::PermissionsExt;
    let room = Room::new();
    let state = room.path(".aetherra");
    let Some(_mount) = Mount::sharing_blocks(&state, &room.home().join("image")) else { return };
    let places = places(&room);
    assert!(places.iter().all(|(_, names)| *names == 1), "{places:?}");
    let different: std::collections::BTreeSet<u64> = places.iter().map(|(number, _)| *number).collect();
    assert_eq!(different.len(), 3, "{places:?}");
    // A host writes into what is deployed, against its mode.
    let file = room.path(".aetherra/current/tree/plugins/clock.py");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("a mode");
    std::fs::write(&file, "X = 1\n").expect("a file");
    let document = room.json(&["generations", "verify"]);
    let damaged = |at: usize| document["data"]["verified"][at]["damaged"].as_array().map(Vec::len);
    assert_eq!((damaged(0), damaged(1)), (Some(0), Some(1)), "{document:#}");
    assert_eq!(room.run(&["rollback", "--last", "--verify"]).code, 0);
    // What comes next is made from the store, which is as it was.
    judge(&room, &[]);
    assert_eq!(room.run(&["integrate"]).code, 0);
    assert_eq!(std::fs::read_to_string(&file).ok(), Some(PLUGIN.replace("weather", "clock")));
}
