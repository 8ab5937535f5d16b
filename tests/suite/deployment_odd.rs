//! File systems that lack something, things in the state directory that somebody moved, and several runs at once,
//! through the program.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::plugin::{PLUGIN, plan, planned_with};
use crate::room::{Ran, Room};

/// One version is deployed beside something that stays, and another is planned.
fn planned() -> Room {
    planned_with(&[("plugins/tides.py", &PLUGIN.replace("weather", "tides"))])
}

/// What the link says, what the state says, and whether every file of every generation is as it was approved.
#[track_caller]
fn deployed(room: &Room) -> u64 {
    let link = std::fs::read_link(room.path(".aetherra/current"));
    let link = link.map_or(0, |link| link.file_name().and_then(|name| name.to_str()?.parse().ok()).expect("a number"));
    let current = room.json(&["generations"])["data"]["current"].as_u64().expect("a number");
    assert_eq!(link, current, "the link and the state disagree");
    let verified = room.run(&["generations", "verify"]);
    assert_eq!(verified.code, 0, "{}{}", verified.stdout, verified.stderr);
    current
}

/// The program with system calls that fail; nothing where that cannot be tried.
fn failing(room: &Room, arguments: &[&str], calls: &str, error: &str) -> Option<Ran> {
    let plain = room.command(arguments);
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={calls}"), "-e"]);
    traced.arg(format!("inject={calls}:error={error}")).arg(plain.get_program()).args(plain.get_args()).env_clear();
    traced.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    traced.current_dir(room.project()).stdin(Stdio::null());
    let is_possible = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
    if !is_possible.is_ok_and(|ran| ran.status.success()) {
        eprintln!("SKIPPED: calls that fail need `strace`, and it is missing or may not look at programs");
        return None;
    }
    Some(Ran::of(&mut traced))
}

#[test]
fn on_a_file_system_without_symbolic_links_nothing_is_changed_and_it_is_said() {
    for error in ["EPERM", "EOPNOTSUPP", "ENOSYS"] {
        let room = planned();
        let Some(ran) = failing(&room, &["integrate"], "symlink,symlinkat", error) else { return };
        assert_eq!(ran.code, 7, "{error}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains("no-symbolic-links") && ran.stderr.contains("--state DIR"), "{}", ran.stderr);
        assert_eq!(deployed(&room), 1);
        assert_eq!(room.run(&["integrate"]).code, 0, "where there are some again");
        assert_eq!(deployed(&room), 3);
        // To go back needs a link as well, and going to nothing none.
        let back = failing(&room, &["rollback", "--last"], "symlink,symlinkat", error).expect("it was possible");
        assert_eq!(back.code, 7, "{error}: {}", back.stderr);
        assert_eq!(deployed(&room), 3);
        let back = failing(&room, &["rollback", "--to", "0"], "symlink,symlinkat", error).expect("it was possible");
        assert_eq!(back.code, 0, "{error}: {}", back.stderr);
        assert_eq!(deployed(&room), 0);
    }
}

#[test]
fn on_a_file_system_without_hard_links_and_shared_blocks_files_are_copied() {
    use std::os::unix::fs::MetadataExt;
    for error in ["EPERM", "EOPNOTSUPP", "EMLINK"] {
        let room = planned();
        let Some(ran) = failing(&room, &["integrate"], "link,linkat", error) else { return };
        assert_eq!(ran.code, 0, "{error}: {}{}", ran.stdout, ran.stderr);
        assert_eq!(deployed(&room), 2);
        let kept = room.path(".aetherra/current/tree/plugins/tides.py");
        assert_eq!(kept.metadata().expect("a file").nlink(), 1, "{error}");
        assert_eq!(room.run(&["rollback", "--last"]).code, 0);
        assert_eq!(deployed(&room), 1);
    }
    // A disk that is broken is none that cannot.
    let room = planned();
    let Some(ran) = failing(&room, &["integrate"], "link,linkat", "EIO") else { return };
    assert_eq!(ran.code, 7, "{}", ran.stderr);
    assert_eq!(deployed(&room), 1);
}

#[test]
fn a_flush_that_fails_is_no_success() {
    let room = planned();
    let Some(ran) = failing(&room, &["integrate"], "fsync,fdatasync,syncfs", "EIO") else { return };
    assert!([5, 7, 8].contains(&ran.code), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(room.run(&["plan"]).code, 0, "the next run settles it");
    assert_eq!(deployed(&room), 1);
}

#[test]
fn what_is_no_token_is_refused() {
    let room = planned();
    let long = "x".repeat(5000);
    for token in ["", "rb", "RB_0", "0123456789abcdef", "../rb_0", &long] {
        assert_eq!(room.run(&["rollback", token]).code, 2, "{token}");
    }
    let unknown = format!("rb_{}", "0".repeat(32));
    for token in ["rb_", "rb_../../x", "rb_%", "rb_' OR 1=1 --", &unknown, &format!("rb_{long}")] {
        let ran = room.run(&["rollback", token]);
        assert_eq!(ran.code, 6, "{token}: {}", ran.stderr);
        assert!(ran.stderr.contains("issued no such token"), "{}", ran.stderr);
    }
    assert_eq!(deployed(&room), 1);
}

#[test]
fn names_that_cannot_exist_everywhere_are_left_out() {
    let names = [
        "plugins/aux.py",
        "plugins/nul.py",
        "plugins/a:b.py",
        "plugins/com1.py",
        "plugins/trail./x.py",
        "plugins/q?.py",
    ];
    let room = Room::with(&[("plugins/weather.py", PLUGIN)]);
    for (number, name) in names.iter().enumerate() {
        room.write(name, PLUGIN.replace("weather", &format!("odd-{number}")));
    }
    plan(&room);
    let left = room.json(&["plan"])["data"]["plan"]["report"]["left_out"].clone();
    for name in names {
        let of = left.as_array().expect("a list").iter().find(|left| left["component"] == name);
        assert_eq!(of.map(|left| &left["reason"]), Some(&"unsafe-path".into()), "{name}: {left:#}");
    }
    assert_eq!(room.run(&["integrate"]).code, 0);
    assert_eq!(std::fs::read_dir(room.path(".aetherra/current/tree/plugins")).expect("a folder").count(), 1);
}

#[test]
fn what_vanishes_from_the_state_directory_is_made_again_or_refused() {
    // What is deployed: the next generation is made from the store.
    let room = planned();
    std::fs::remove_dir_all(room.path(".aetherra/generations/1")).expect("it goes");
    let ran = room.run(&["integrate"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let kept = std::fs::read_to_string(room.path(".aetherra/current/tree/plugins/tides.py")).expect("a file");
    assert_eq!(kept, PLUGIN.replace("weather", "tides"));

    // The store: what the project still has comes from there again.
    let room = planned();
    std::fs::remove_dir_all(room.path(".aetherra/objects")).expect("it goes");
    assert_eq!(room.run(&["integrate"]).code, 0);
    assert_eq!(deployed(&room), 2);
    // What nobody has any more cannot be made.
    let room = planned();
    std::fs::remove_dir_all(room.path(".aetherra/objects")).expect("it goes");
    std::fs::remove_file(room.path("plugins/tides.py")).expect("it goes");
    let ran = room.run(&["integrate"]);
    assert_eq!(ran.code, 6, "{}", ran.stderr);
    assert_eq!(deployed(&room), 1);
}

#[test]
fn a_registry_that_is_damaged_routes_nobody_and_is_written_again_by_the_next_change() {
    let room = planned();
    let was = deployed(&room);
    let registry = room.path(".aetherra/registry.json");
    let whole = std::fs::read_to_string(&registry).expect("a registry");
    for damaged in ["garbage", "{}", "[]", "", &whole[..whole.len() / 2], r#"{"stable": 1, "canary": null}"#] {
        std::fs::write(&registry, damaged).expect("written");
        let ran = room.run(&["generations", "route", "somebody"]);
        assert_ne!(ran.code, 0, "{damaged}: {}", ran.stdout);
        assert!(ran.stderr.contains("registry-damaged"), "{damaged}: {}", ran.stderr);
    }
    assert_eq!(deployed(&room), was, "what is deployed is not asked of the registry");
    let ran = room.run(&["integrate"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let routed = room.json(&["generations", "route", "somebody"]);
    assert_eq!(routed["data"]["generation"], deployed(&room));
}

#[test]
fn a_link_that_somebody_replaced_stops_every_change() {
    let replace: [fn(&Path); 4] = [
        |path| std::fs::create_dir(path).expect("a folder"),
        |path| std::fs::write(path, "generations/1").expect("a file"),
        |path| std::os::unix::fs::symlink("generations/01", path).expect("a link"),
        |path| std::os::unix::fs::symlink("/etc", path).expect("a link"),
    ];
    for replace in replace {
        let room = planned();
        let current = room.path(".aetherra/current");
        std::fs::remove_file(&current).expect("it goes");
        replace(&current);
        let before = current.symlink_metadata().expect("it is there").file_type();
        for command in [&["integrate"][..], &["rollback", "--last"], &["rollback", "--to", "0"]] {
            let ran = room.run(command);
            assert_eq!(ran.code, 5, "{command:?}: {}{}", ran.stdout, ran.stderr);
            assert!(ran.stderr.contains("help: "), "{}", ran.stderr);
        }
        assert_eq!(current.symlink_metadata().expect("it is there").file_type(), before);
    }
}

#[test]
fn changes_of_several_kinds_at_once_leave_one_state() {
    for _ in 0..3 {
        let room = planned();
        let commands: [&[&str]; 4] = [
            &["integrate"],
            &["rollback", "--last"],
            &["quarantine", "add", "plugins/tides.py"],
            &["generations", "gc", "--keep", "0"],
        ];
        let running = commands.map(|command| {
            let mut command = room.command(command);
            command.args(["--on-lock", "wait", "--lock-timeout", "60s"]).stdout(Stdio::null()).stderr(Stdio::piped());
            command.spawn().expect("it starts")
        });
        for (one, command) in running.into_iter().zip(commands) {
            let output = one.wait_with_output().expect("it ends");
            let code = output.status.code().expect("a code");
            assert!([0, 1, 6].contains(&code), "{command:?}: {code} {}", String::from_utf8_lossy(&output.stderr));
        }
        deployed(&room);
        let registry: Value =
            serde_json::from_str(&std::fs::read_to_string(room.path(".aetherra/registry.json")).expect("a registry"))
                .expect("JSON");
        assert_eq!(registry["stable"]["generation"].as_u64().unwrap_or(0), deployed(&room));
        assert_eq!(room.run(&["audit", "verify"]).code, 0);
    }
}
