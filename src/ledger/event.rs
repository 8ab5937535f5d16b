//! Entries as events of CloudEvents 1.0, in its JSON format.

use serde_json::{Value, json};

use super::line::EntryLine;

/// What stands in front of the action in the type of an event.
const TYPE_PREFIX: &str = "aetherra-maint.";

/// The event of an entry of a log. `sequence` is the extension of that name: receivers may bring events in order.
pub fn event(origin: &str, line: &EntryLine) -> Value {
    let time = jiff::Timestamp::from_nanosecond(i128::from(line.time_ns)).unwrap_or_default();
    let mut event = json!({
        "specversion": "1.0",
        "id": line.seq.to_string(),
        "source": origin,
        "type": format!("{TYPE_PREFIX}{}", line.action),
        "time": time.to_string(),
        "sequence": line.seq.to_string(),
        "sequencetype": "Integer",
        "datacontenttype": "application/json",
    });
    // An attribute may not be empty.
    if !line.subject.is_empty() {
        event["subject"] = json!(line.subject);
    }
    event["data"] = json!(line.entry());
    event
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Digest, EntryClock, LedgerEntry};

    #[test]
    fn an_event_has_what_the_format_requires_and_nothing_empty() {
        let entry = LedgerEntry {
            seq: 7,
            time_ns: 1_000_000_000,
            clock: EntryClock::System,
            actor: "operator".into(),
            action: "index.update".into(),
            subject: String::new(),
            reason: "r".into(),
            trace_id: "t".into(),
            result: "ok".into(),
            details_digest: Some(Digest::of(b"x")),
            prev_hash: Digest::default(),
            entry_hash: Digest::of(b"y"),
            details: None,
        };
        let event = event("log/one", &EntryLine::new(entry, None, Some("{\"files\":3}".into())));
        for name in ["specversion", "id", "source", "type"] {
            assert!(event[name].as_str().is_some_and(|text| !text.is_empty()), "{name}");
        }
        assert_eq!(event["time"], "1970-01-01T00:00:01Z");
        assert_eq!(event["data"]["details"]["files"], 3);
        let names = event.as_object().expect("an object").keys();
        assert!(names.clone().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase())), "{names:?}");
        assert!(event.get("subject").is_none());
    }
}
