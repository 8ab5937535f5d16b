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
