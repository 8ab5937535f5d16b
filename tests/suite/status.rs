//! `status`: one read-only summary, whatever is there.

use serde_json::Value;

use crate::room::Room;

#[test]
fn missing_parts_say_so_and_fail_nothing() {
    let room = Room::new();
    assert_eq!(room.run(&["status"]).code, 5, "there is no state at all");
    assert_eq!(room.run(&["state", "migrate"]).code, 0);
    let data = room.json(&["status"])["data"].clone();
    assert_eq!(data["overall"]["runlevel"], "UNKNOWN");
    for part in ["homeostasis", "self_improvement", "ledger"] {
        assert_eq!(data[part]["available"], part == "ledger" && data["ledger"]["entries"] != 0, "{part}");
    }
    assert_eq!(data["kpis"]["system_health_score"], Value::Null);
}

#[test]
fn the_summary_tells_what_was_recorded_and_writes_nothing() {
    let room = Room::new();
    assert_eq!(room.run(&["watch", "--once"]).code, 0);
    let before = std::fs::read(room.path(".aetherra/state.db")).expect("state");
    let data = room.json(&["status"])["data"].clone();
    assert_eq!(data["overall"]["runlevel"], "ONLINE");
    assert_eq!(data["overall"]["overall_running"], true);
    assert_eq!(data["overall"]["health_percent"], 100.0);
    assert_eq!(data["kpis"]["system_health_score"], 1.0);
    let collect = data["stages"].as_array().expect("stages").iter().find(|stage| stage["name"] == "collect");
    assert_eq!(collect.expect("the stage")["result"], "ok");
    assert_eq!(std::fs::read(room.path(".aetherra/state.db")).expect("state"), before);
}
