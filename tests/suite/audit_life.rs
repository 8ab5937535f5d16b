//! The life of a ledger: details that are erased, entries that are taken out, moved, and followed.

use serde_json::Value;

use crate::audit::{recorded, tamper};
use crate::room::Room;

/// The entries that have details, or had them.
fn with_details(room: &Room) -> Vec<Value> {
    let document = room.json(&["audit", "log", "--limit", "1000"]);
    let entries = document["data"]["entries"].as_array().expect("entries").clone();
    entries.into_iter().filter(|entry| entry.get("details").is_some_and(|details| !details.is_null())).collect()
}

#[test]
fn details_are_erased_for_a_reason_and_the_chain_still_verifies() {
    let room = recorded();
    let before = with_details(&room);
    let seq = before[0]["seq"].as_u64().expect("a position").to_string();
    let secret = before[0]["details"].to_string();
    assert_eq!(room.json(&["audit", "redact", "--reason", "all"])["exit_code"], 2, "everything is never meant");
    assert_eq!(room.json(&["audit", "redact", &seq])["exit_code"], 2, "a reason is needed");
    assert_eq!(room.json(&["audit", "redact", "5-3", "--reason", "x"])["exit_code"], 2);
    let rehearsal = room.json(&["audit", "redact", &seq, "--reason", "asked for", "-n"]);
    assert_eq!((&rehearsal["data"]["entries"], &rehearsal["data"]["dry_run"]), (&1.into(), &true.into()));
    let document = room.json(&["audit", "redact", &seq, "--reason", "asked for"]);
    assert_eq!((&document["data"]["entries"], &document["data"]["wiped"]), (&1.into(), &true.into()));
    let shown = room.json(&["audit", "show", &seq]);
    assert_eq!((shown["data"]["entry"].get("details"), &shown["data"]["hash_fits"]), (None, &true.into()));
    let verified = room.json(&["audit", "verify"]);
    assert_eq!((&verified["exit_code"], &verified["data"]["redacted"]), (&0.into(), &1.into()), "{verified:#}");
    let told = room.json(&["audit", "log", "--action", "ledger.redact"]);
    assert_eq!(told["data"]["entries"][0]["subject"], seq);
    assert_eq!(told["data"]["entries"][0]["reason"], "asked for");
    let again = room.json(&["audit", "redact", &seq, "--reason", "asked for"]);
    assert_eq!((&again["data"]["entries"], &again["status"]), (&0.into(), &"no-inputs".into()));
    // No file of the state has the bytes any more.
    for name in ["state.db", "state.db-wal"] {
        let bytes = std::fs::read(room.path(".aetherra").join(name)).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains(&secret), "{name} still has {secret}");
    }
}

#[test]
fn entries_are_meant_by_subject_and_action_and_by_policy() {
    let room = recorded();
    let of = |action: &str| with_details(&room).iter().filter(|entry| entry["action"] == action).count();
    let (collected, scans) = (of("health.collect"), of("index.update"));
    assert!(collected > 0 && scans > 0, "{collected} {scans}");
    let document = room.json(&["audit", "redact", "--action", "health", "--reason", "old"]);
    assert_eq!(document["data"]["entries"], collected, "{document:#}");
    assert_eq!((of("health.collect"), of("index.update")), (0, scans));
    assert_eq!(room.json(&["audit", "redact", "--subject", "nobody", "--reason", "x"])["data"]["entries"], 0);
    assert_eq!(room.json(&["audit", "redact", "--due"])["exit_code"], 2, "there is no policy");
    let due = ["--set", "audit.redact_after_days=1", "audit", "redact", "--due"];
    assert_eq!(room.json(&due)["data"]["entries"], 0, "nothing is that old");
    let later = |arguments: &[&str]| {
        let mut command = room.command(arguments);
        command.args(["-f", "json"]).env("AETHERRA_MAINT_TEST_CLOCK", "2030-02-02T00:00:00Z");
        crate::room::Ran::of(&mut command).envelope()
    };
    let of_scans = ["--set", "audit.redact_actions=['index']"];
    let document = later(&[&of_scans[..], &due].concat());
    assert_eq!(document["data"]["entries"], scans, "{document:#}");
    assert_eq!(room.json(&["audit", "verify"])["exit_code"], 0);
    // The loop does it by itself.
    let tick = later(&["--set", "audit.redact_after_days=1", "watch", "--once"]);
    assert_eq!(tick["data"]["stages"]["audit redact"]["runs"], 1, "{tick:#}");
    assert_eq!(later(&["audit", "verify"])["exit_code"], 0);
}

#[test]
fn details_that_vanish_without_a_record_are_a_fault() {
    let room = recorded();
    let seq = with_details(&room)[0]["seq"].as_u64().expect("a position");
    tamper(&room, &format!("UPDATE ledger SET details = NULL, details_salt = NULL WHERE seq = {seq}"));
    let document = room.json(&["audit", "verify"]);
    assert_eq!(document["data"]["fault"]["layer"], "details");
    assert_eq!(document["data"]["fault"]["seq"], seq);
}

/// A room with an older part in a segment; returns the segment's path.
fn rotated() -> (Room, std::path::PathBuf) {
    let room = recorded();
    let document = room.json(&["audit", "rotate", "--keep", "3"]);
    assert_eq!(document["exit_code"], 0, "{document:#}");
    let file = room.path(document["data"]["file"].as_str().expect("a file"));
    (room, file)
}

fn verdict(document: &Value) -> (&str, i64) {
    (
        document["data"]["verdict"].as_str().unwrap_or_else(|| panic!("{document:#}")),
        document["exit_code"].as_i64().expect("a code"),
    )
}

#[test]
fn older_entries_move_to_a_segment_and_everything_still_verifies() {
    let room = recorded();
    room.write("early.txt", room.json(&["audit", "checkpoint"])["data"]["note"].as_str().expect("a note"));
    let before = room.json(&["audit", "verify"])["data"]["entries"].as_u64().expect("a number");
    assert_eq!(room.json(&["audit", "rotate"])["exit_code"], 2, "there is no policy");
    let rehearsal = room.json(&["audit", "rotate", "--keep", "3", "-n"]);
    assert_eq!(rehearsal["data"]["range"]["to"], before - 3, "{rehearsal:#}");
    let document = room.json(&["audit", "rotate", "--keep", "3"]);
    assert_eq!(document["data"]["range"], rehearsal["data"]["range"]);
    assert_eq!(room.json(&["audit", "rotate", "--keep", "100"])["status"], "no-inputs");
    let document = room.json(&["audit", "verify"]);
    assert_eq!(verdict(&document), ("consistent-unanchored", 0), "{document:#}");
    assert_eq!(
        (&document["data"]["entries"], &document["data"]["moved"]),
        (&(before + 1).into(), &(before - 3).into())
    );
    assert!(document["data"]["sentence"].as_str().expect("a sentence").contains("segments"));
    let document = room.json(&["audit", "verify", "--segments"]);
    assert_eq!(verdict(&document), ("consistent-unanchored", 0), "{document:#}");
    assert!(document["data"]["sentence"].as_str().expect("a sentence").starts_with("All "), "{document:#}");
    // A checkpoint from before it; one entry that was moved, and one that was not.
    assert_eq!(verdict(&room.json(&["audit", "verify", "--checkpoint", "early.txt"])), ("anchored", 0));
    let key = room.json(&["audit", "checkpoint"])["data"]["key"].as_str().expect("a key").to_owned();
    for seq in 1..=before + 1 {
        let shown = room.json(&["audit", "show", &seq.to_string()]);
        assert_eq!(shown["data"]["hash_fits"], true, "{shown:#}");
        let proof = room.json(&["audit", "prove", &seq.to_string()]);
        room.write("proof.txt", proof["data"]["proof"].as_str().unwrap_or_else(|| panic!("{proof:#}")));
        let checked = room.json(&["audit", "verify", "--proof", "proof.txt", "--key", &key]);
        assert_eq!(verdict(&checked), ("consistent-unanchored", 0), "{seq}: {checked:#}");
    }
    // A second one goes on from there.
    room.json(&["scan"]);
    for _ in 0..3 {
        room.json(&["health"]);
    }
    let document = room.json(&["audit", "rotate", "--keep", "1"]);
    assert_eq!(document["data"]["range"]["from"], before - 2, "{document:#}");
    let document = room.json(&["audit", "verify", "--segments", "--checkpoint", "early.txt"]);
    assert_eq!(verdict(&document), ("anchored", 0), "{document:#}");
    assert_eq!(verdict(&room.json(&["audit", "verify", "--new"])), ("consistent-unanchored", 0));
}

#[test]
fn a_segment_is_checked_alone() {
    let (room, file) = rotated();
    let checkpoint = room.json(&["audit", "checkpoint"]);
    let other = Room::new();
    std::fs::copy(&file, other.path("segment.zst")).expect("a copy");
    let alone = ["audit", "verify", "--segment", "segment.zst"];
    let document = other.json(&alone);
    assert_eq!(verdict(&document), ("consistent-unanchored", 0), "{document:#}");
    let key = checkpoint["data"]["key"].as_str().expect("a key");
    assert_eq!(document["data"]["key"], key);
    let with_key = other.json(&[&alone[..], &["--key", key]].concat());
    assert!(with_key["data"]["sentence"].as_str().expect("a sentence").contains("the key that you know"));
    let stranger = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert_eq!(verdict(&other.json(&[&alone[..], &["--key", stranger]].concat())), ("could-not-verify", 3));
    other.write("kept.txt", checkpoint["data"]["note"].as_str().expect("a note"));
    let beyond = other.json(&[&alone[..], &["--checkpoint", "kept.txt"]].concat());
    assert_eq!(verdict(&beyond), ("could-not-verify", 3), "{beyond:#}");
    // Changed within, with the compression as it should be.
    let lines = zstd::decode_all(std::fs::read(&file).expect("it").as_slice()).expect("a segment");
    let text = String::from_utf8(lines).expect("UTF-8");
    let write = |text: &str| {
        other.write("segment.zst", zstd::encode_all(text.as_bytes(), 3).expect("compressed"));
        other.json(&alone)
    };
    assert_eq!(verdict(&write(&text)).1, 0);
    for (from, to) in [("\"actor\":\"operator\"", "\"actor\":\"somebody\""), ("\"first\":1", "\"first\":2")] {
        let document = write(&text.replacen(from, to, 1));
        assert_ne!(document["exit_code"], 0, "{from}: {document:#}");
    }
    let mut cut: Vec<&str> = text.lines().collect();
    cut.remove(2);
    assert_eq!(verdict(&write(&format!("{}\n", cut.join("\n")))), ("tampered", 1));
    assert_eq!(verdict(&write("nonsense")), ("could-not-verify", 3));
    other.write("segment.zst", "no segment at all");
    assert_eq!(verdict(&other.json(&alone)), ("could-not-verify", 3));
}

#[test]
fn a_lost_or_changed_segment_is_told_and_nothing_vanishes_without_a_record() {
    let (room, file) = rotated();
    let kept = std::fs::read(&file).expect("a segment");
    std::fs::write(&file, "something else").expect("written");
    assert_eq!(verdict(&room.json(&["audit", "verify", "--segments"])), ("tampered", 1));
    std::fs::remove_file(&file).expect("removed");
    let document = room.json(&["audit", "verify", "--segments"]);
    assert_eq!(verdict(&document), ("could-not-verify", 3), "{document:#}");
    assert_eq!(verdict(&room.json(&["audit", "verify"])), ("consistent-unanchored", 0), "what is here is sound");
    assert_eq!(room.json(&["audit", "show", "2"])["exit_code"], 5);
    std::fs::write(&file, kept).expect("put back");
    assert_eq!(room.json(&["audit", "show", "2"])["exit_code"], 0);
    for change in [
        "DELETE FROM ledger_segments",
        "UPDATE ledger_segments SET last_seq = last_seq - 1",
        "UPDATE ledger_segments SET range = zeroblob(length(range))",
        "UPDATE ledger_segments SET note = 'x'",
        "UPDATE ledger_segments SET path = x''",
        "DELETE FROM ledger WHERE seq = 1",
        "DELETE FROM ledger WHERE action = 'ledger.rotate'",
        "INSERT INTO ledger SELECT 2, time_ns, clock, actor, action, subject, reason, trace_id, result, NULL, entry_hash, NULL, NULL
         FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)",
    ] {
        let (room, _) = rotated();
        tamper(&room, change);
        let document = room.json(&["audit", "verify"]);
        assert_eq!(document["data"]["verdict"], "tampered", "{change}: {document:#}");
    }
}

#[test]
fn a_place_that_kept_something_once_is_missed_after_the_record_of_it_was_moved() {
    let room = recorded();
    let place = format!("audit.anchors=['file:{}']", room.home().join("kept").display());
    let with = |arguments: &[&str]| room.json(&[&["--set", place.as_str()][..], arguments].concat());
    with(&["audit", "anchor"]);
    room.json(&["health"]);
    assert_eq!(verdict(&with(&["audit", "verify"])), ("anchored", 0));
    with(&["audit", "rotate", "--keep", "1"]);
    assert_eq!(verdict(&with(&["audit", "verify"])), ("anchored", 0), "its entries are read in the segment");
    std::fs::remove_file(room.home().join("kept")).expect("removed");
    assert_eq!(verdict(&with(&["audit", "verify"])), ("could-not-verify", 3));
    let log = room.json(&["audit", "log"]);
    assert!(log["data"]["moved"].as_u64() > Some(0), "{log:#}");
}

#[test]
fn details_are_erased_in_segments_too() {
    let (room, file) = rotated();
    let entries = |file: &std::path::Path| -> Vec<Value> {
        let text = zstd::decode_all(std::fs::read(file).expect("it").as_slice()).expect("a segment");
        String::from_utf8(text).expect("UTF-8").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let had: Vec<u64> = entries(&file)
        .iter()
        .filter(|line| line["details"].is_string())
        .map(|line| line["seq"].as_u64().unwrap())
        .collect();
    let seq = had[0].to_string();
    assert_eq!(room.json(&["audit", "redact", &seq, "--reason", "asked for", "-n"])["data"]["entries"], 1);
    assert_eq!(room.json(&["audit", "redact", &seq, "--reason", "asked for"])["data"]["entries"], 1);
    assert_eq!(entries(&file).iter().filter(|line| line["details"].is_string()).count(), had.len() - 1);
    for arguments in [&["audit", "verify"][..], &["audit", "verify", "--segments"]] {
        let document = room.json(arguments);
        assert_eq!((&document["exit_code"], &document["data"]["redacted"]), (&0.into(), &1.into()), "{document:#}");
    }
    let path = file.display().to_string();
    let alone = room.json(&["audit", "verify", "--segment", &path]);
    assert_eq!((&alone["data"]["redacted"], &alone["data"]["untold"]), (&1.into(), &1.into()), "{alone:#}");
    assert_eq!(alone["exit_code"], 0);
    let rest = room.json(&["audit", "redact", "--before", "2031-01-01T00:00:00Z", "--reason", "old"]);
    assert!(rest["data"]["entries"].as_u64() > Some(1), "here and in the segment: {rest:#}");
    assert_eq!(room.json(&["audit", "verify", "--segments"])["exit_code"], 0);
}

/// Runs the verifier of the documentation; none when there is no Python here.
fn python(room: &Room, arguments: &[&str]) -> Option<(i32, String)> {
    let script = crate::room::repository().join("docs/verify_ledger.py");
    let output = std::process::Command::new("python3").arg(script).args(arguments).current_dir(room.project()).output();
    match output {
        Ok(output) => {
            let said =
                format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            Some((output.status.code().expect("a code"), said))
        }
        Err(_) => {
            eprintln!("NOT TESTED: there is no python3, so the verifier of the documentation was not run");
            None
        }
    }
}

#[test]
fn an_export_is_checked_by_a_short_program_of_others() {
    let (room, _) = rotated();
    room.json(&["audit", "redact", "12", "--reason", "asked for"]);
    let document = room.json(&["audit", "export", "out.jsonl"]);
    let size = document["data"]["size"].as_u64().expect("a size");
    assert_eq!(document["data"]["entries"], size, "{document:#}");
    let checkpoint = room.json(&["audit", "checkpoint"]);
    let key = checkpoint["data"]["key"].as_str().expect("a key").to_owned();
    room.write("kept.txt", checkpoint["data"]["note"].as_str().expect("a note"));
    let Some((code, said)) = python(&room, &["out.jsonl", "--checkpoint", "kept.txt", "--key", &key]) else { return };
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with(&format!("{size} of {size} entries")), "{said}");
    // A part, without what was moved; the key must be known then.
    room.json(&["audit", "export", "part.jsonl", "--action", "health", "--after", "5"]);
    assert_eq!(python(&room, &["part.jsonl", "--key", &key]).expect("python").0, 0);
    assert_eq!(python(&room, &["part.jsonl"]).expect("python").0, 3, "nobody is believed");
    let stranger = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert_eq!(python(&room, &["out.jsonl", "--key", stranger]).expect("python").0, 3);
    // With a checkpoint that was kept earlier: what came later is left out.
    room.json(&["health"]);
    room.json(&["audit", "export", "early.jsonl", "--checkpoint", "kept.txt"]);
    assert_eq!(python(&room, &["early.jsonl", "--checkpoint", "kept.txt", "--key", &key]).expect("python").0, 0);
    let text = std::fs::read_to_string(room.path("out.jsonl")).expect("an export");
    for (from, to) in [
        ("\"actor\":\"operator\"", "\"actor\":\"somebody\""),
        ("\"clock\":\"fixed\"", "\"clock\":\"system\""),
        ("\"result\":\"ok\"", "\"result\":\"no\""),
        ("\"details\":\"{", "\"details\":\"{ "),
        ("\"seq\":2,", "\"seq\":3,"),
        ("\"proof\":[\"", "\"proof\":[\"AA"),
        ("\\n\\n\u{2014}", "\\n\\n\u{2014}"),
    ] {
        room.write("changed.jsonl", text.replacen(from, to, 1));
        let (code, said) = python(&room, &["changed.jsonl", "--key", &key]).expect("python");
        assert_eq!(code == 0, from == to, "{from}: {said}");
        assert!(text.contains(from), "{from}");
    }
    let mut lines: Vec<&str> = text.lines().collect();
    lines.remove(lines.len() - 2);
    room.write("changed.jsonl", lines.join("\n"));
    assert_eq!(python(&room, &["changed.jsonl", "--key", &key]).expect("python").0, 1, "an entry is missing");
    let other = checkpoint["data"]["note"].as_str().expect("a note").replacen(&format!("\n{size}\n"), "\n99\n", 1);
    room.write("kept.txt", other);
    assert_eq!(python(&room, &["out.jsonl", "--checkpoint", "kept.txt", "--key", &key]).expect("python").0, 1);
}

#[test]
fn events_have_what_their_format_requires() {
    let (room, _) = rotated();
    let document = room.json(&["audit", "export", "events.jsonl", "--as", "cloudevents", "--action", "health"]);
    let text = std::fs::read_to_string(room.path("events.jsonl")).expect("events");
    assert_eq!(text.lines().count() as u64, document["data"]["entries"].as_u64().expect("a number"));
    for line in text.lines() {
        let event: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!((&event["specversion"], &event["type"]), (&"1.0".into(), &"aetherra-maint.health.collect".into()));
        assert_eq!(event["data"]["seq"].to_string(), event["id"].as_str().expect("an id"));
    }
    assert!(!text.is_empty());
    let rehearsal = room.json(&["audit", "export", "never.jsonl", "-n"]);
    assert!(rehearsal["data"]["entries"].as_u64().expect("a number") > 2 && !room.path("never.jsonl").exists());
    let other = recorded();
    other.json(&["health"]);
    room.write("other.txt", other.json(&["audit", "checkpoint"])["data"]["note"].as_str().expect("a note"));
    assert_eq!(room.json(&["audit", "export", "never.jsonl", "--checkpoint", "other.txt"])["exit_code"], 2);
}

#[test]
fn what_is_recorded_is_followed() {
    use std::io::BufRead;
    let room = recorded();
    let mut follower = room.command(&["audit", "log", "--follow", "--action", "health", "--limit", "1", "-f", "jsonl"]);
    let mut child = follower.stdout(std::process::Stdio::piped()).spawn().expect("it starts");
    let mut lines = std::io::BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut next = || -> Value { serde_json::from_str(&lines.next().expect("a line").expect("UTF-8")).expect("JSON") };
    let first = next();
    assert_eq!(first["action"], "health.collect");
    room.json(&["scan"]);
    room.json(&["health"]);
    let second = next();
    assert!(second["seq"].as_u64() > first["seq"].as_u64() && second["action"] == "health.collect", "{second}");
    child.kill().expect("ended");
    child.wait().expect("gone");
    assert_eq!(room.json(&["audit", "log", "--follow"])["exit_code"], 2, "one document has an end");
}
