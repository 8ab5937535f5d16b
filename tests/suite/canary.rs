//! Trials: a part of the traffic first, and all of it only when that was no worse.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use aetherra_maint::host::Host;
use aetherra_maint::model::{Digest, NewEntry, Sample};
use aetherra_maint::store::Store;
use serde_json::Value;

use crate::plugin::{operator, planned};
use crate::room::{Ran, Room};

#[track_caller]
fn data(room: &Room, arguments: &[&str]) -> Value {
    ended(room, arguments, 0)
}

#[track_caller]
fn ended(room: &Room, arguments: &[&str], code: i32) -> Value {
    let document = room.json(arguments);
    assert_eq!(document["exit_code"], code, "{arguments:?}: {document:#}");
    document["data"].clone()
}

/// Requests of both generations: the canary, number 2, gets every tenth. `fails` and `slow` are about the canary.
fn observations(count: u64, fails: u64, slow: f64) -> String {
    observations_of(2, count, fails, slow)
}

fn observations_of(canary: u64, count: u64, fails: u64, slow: f64) -> String {
    (0..count)
        .map(|number| {
            let is_canary = number % 10 == 0;
            let ok = !is_canary || fails == 0 || !(number / 10).is_multiple_of(fails);
            let latency = (10.0 + (number * 7919 % 101) as f64 / 10.0) * if is_canary { slow } else { 1.0 };
            let generation = if is_canary { canary } else { 1 };
            format!("{{\"generation\": {generation}, \"ok\": {ok}, \"metrics\": {{\"latency_ms\": {latency}}}}}\n")
        })
        .collect()
}

fn deployed(room: &Room) -> (u64, bool) {
    let text = std::fs::read_to_string(room.path(".aetherra/registry.json")).expect("a registry");
    let registry: Value = serde_json::from_str(&text).expect("JSON");
    let link = std::fs::read_link(room.path(".aetherra/current")).expect("a link");
    let stable = registry["stable"]["generation"].as_u64().expect("a number");
    assert_eq!(link.to_str(), Some(format!("generations/{stable}").as_str()));
    (stable, !registry["canary"].is_null())
}

fn actions(room: &Room) -> Vec<String> {
    let log = data(room, &["audit", "log", "--limit", "200"]);
    let entries = log["entries"].as_array().expect("entries");
    entries.iter().map(|entry| entry["action"].as_str().expect("an action").to_owned()).collect()
}

#[test]
fn a_canary_that_is_no_worse_becomes_stable() {
    let room = planned();
    room.write("seen.jsonl", observations(6000, 0, 1.0));
    let trial = data(&room, &["integrate", "--canary", "--observations", "seen.jsonl"])["trial"].clone();
    assert_eq!((&trial["state"], &trial["canary"]["requests"]), (&"passed".into(), &600.into()), "{trial:#}");
    assert_eq!(trial["looks"], 30);
    assert_eq!(deployed(&room), (2, false));
    let actions = actions(&room);
    for action in ["canary.begin", "canary.run", "canary.look", "canary.verdict", "integrate"] {
        assert!(actions.iter().any(|known| known == action), "no `{action}` in {actions:?}");
    }
    let token = trial["token"].as_str().expect("a token").to_owned();
    assert_eq!(data(&room, &["rollback", &token])["generation"], 1);
    assert_eq!(data(&room, &["audit", "verify"])["broken_at"], Value::Null);
}

#[test]
fn a_canary_that_fails_more_or_is_slower_is_taken_back_early() {
    for (fails, slow, why) in [(4, 1.0, "failures"), (0, 2.0, "latency_ms")] {
        let room = planned();
        room.write("seen.jsonl", observations(6000, fails, slow));
        let trial = ended(&room, &["integrate", "--canary", "--observations", "seen.jsonl"], 7)["trial"].clone();
        assert_eq!((&trial["state"], &trial["looks"]), (&"failed".into(), &1.into()), "{trial:#}");
        let reason = trial["verdict"]["reasons"][0].as_str().expect("a reason").to_owned();
        assert!(reason.contains(why) && reason.contains("evidence of"), "{reason}");
        assert_eq!(deployed(&room), (1, false));
        assert!(!room.path(".aetherra/generations/2").exists());
        assert!(actions(&room).iter().any(|action| action == "canary.rollback"));
        // It is a rollback as others are: three of them in an hour, and a person is asked.
        for number in [3, 4] {
            room.write("seen.jsonl", observations_of(number, 6000, fails, slow));
            ended(&room, &["integrate", "--canary", "--observations", "seen.jsonl"], 7);
        }
        let denied = ended(&room, &["integrate", "--canary"], 1);
        assert_eq!(denied["denied"]["reasons"][0]["rule"], "rollback-cascade", "{denied:#}");
        ended(&room, &["integrate", "--canary", "--detach", "--approve"], 0);
    }
}

#[test]
fn no_data_never_passes() {
    let room = planned();
    let trial = ended(&room, &["integrate", "--canary"], 7)["trial"].clone();
    assert_eq!(trial["state"], "inconclusive");
    let reason = trial["verdict"]["reasons"][0].as_str().expect("a reason");
    assert!(reason.contains("no data never passes"), "{reason}");
    assert_eq!(deployed(&room), (1, false));
    // Too few requests are not enough either, and lines that say nothing are told.
    room.write("seen.jsonl", format!("{}nonsense\n", observations_of(3, 500, 0, 1.0)));
    let trial = ended(&room, &["integrate", "--canary", "--observations", "seen.jsonl"], 7)["trial"].clone();
    assert_eq!((&trial["state"], &trial["unusable"]), (&"inconclusive".into(), &1.into()), "{trial:#}");
    assert!(trial["verdict"]["reasons"][0].as_str().expect("a reason").contains("too few requests"));
    room.write("seen.jsonl", "");
    let trial = ended(&room, &["integrate", "--canary", "--observations", "gone.jsonl"], 7)["trial"].clone();
    assert!(trial["verdict"]["reasons"].to_string().contains("gone.jsonl"), "{trial:#}");
}

#[test]
fn what_is_piped_in_is_looked_at() {
    let room = planned();
    let mut command = room.command(&["integrate", "--canary", "--observations", "-", "-f", "json"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut input = child.stdin.take().expect("its input");
    let writer = std::thread::spawn(move || input.write_all(observations(6000, 0, 1.0).as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the writer").expect("all was read");
    let ran = Ran {
        code: output.status.code().expect("a code"),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    let document = ran.envelope();
    assert_eq!(document["data"]["trial"]["state"], "passed", "{document:#}");
    assert_eq!(document["data"]["trial"]["canary"]["requests"], 600);
}

#[test]
fn a_trial_that_runs_routes_a_part_and_excludes_other_changes() {
    let room = planned();
    let trial = data(&room, &["integrate", "--canary", "--detach"])["trial"].clone();
    assert_eq!(trial["state"], "running");
    assert_eq!(deployed(&room), (1, true));
    let routed = |key: &str| data(&room, &["generations", "route", key])["generation"].as_u64().expect("a number");
    let found: Vec<u64> = (0..60).map(|key| routed(&format!("user-{key}"))).collect();
    assert!(found.contains(&1) && found.contains(&2), "{found:?}");
    assert_eq!(routed("user-1"), found[1], "the same key gets the same generation");
    let again = room.json(&["integrate", "--canary"]);
    assert_eq!((&again["exit_code"], &again["diagnostics"][0]["code"]), (&6.into(), &"canary-running".into()));
    assert_eq!(data(&room, &["canary", "show"])["trial"]["state"], "running");

    assert_eq!(data(&room, &["rollback", "--last"])["generation"], 0, "going back does not wait for a trial");
    let stopped = data(&room, &["canary", "show"])["trial"].clone();
    assert_eq!(stopped["state"], "stopped", "{stopped:#}");
    assert_eq!(ended(&room, &["canary", "stop"], 6), Value::Null);
}

#[test]
fn a_person_stops_and_promotes() {
    let room = planned();
    data(&room, &["integrate", "--canary", "--detach"]);
    data(&room, &["canary", "stop", "--reason", "a mistake"]);
    assert_eq!(deployed(&room), (1, false));
    data(&room, &["integrate", "--canary", "--detach"]);
    ended(&room, &["canary", "promote"], 2);
    let trial = data(&room, &["canary", "promote", "--approve", "--by", "ada"])["trial"].clone();
    assert_eq!(trial["state"], "passed");
    assert_eq!(deployed(&room), (3, false));
}

#[test]
fn the_loop_continues_a_trial_from_the_state() {
    let room = planned();
    room.write("seen.jsonl", observations(6000, 4, 1.0));
    let set = ["--set", "canary.interval=1", "--set", "canary.duration=2"];
    let open = [&["integrate", "--canary", "--detach", "--observations", "seen.jsonl"][..], &set].concat();
    data(&room, &open);
    let mut later = room.command(&["watch", "--once", "-f", "json"]);
    let watched = Ran::of(later.env("AETHERRA_MAINT_TEST_CLOCK", "2030-01-02T03:04:30Z")).envelope();
    let runs = watched["data"]["runs"].as_array().expect("runs");
    let run = runs.iter().find(|run| run["stage"] == "canary").expect("the stage ran");
    assert!(run["detail"].as_str().expect("words").starts_with("generation 2 failed: failures"), "{run:#}");
    assert_eq!(deployed(&room), (1, false));
}

/// What is measured with a label, as a host records it.
fn measured(room: &Room, time: &str, values: &[(&str, f64)]) {
    let time_ns = time.parse::<jiff::Timestamp>().expect("a time").as_nanosecond();
    let time_ns = i64::try_from(time_ns).expect("a time");
    let mut store = Store::open(&room.path(".aetherra"), &Host::fake(time_ns, 5)).expect("the state");
    let sample = |(metric, value): &(&str, f64)| Sample {
        metric: (*metric).to_owned(),
        value: *value,
        unit: "count".to_owned(),
        source: "test".to_owned(),
    };
    let samples: Vec<Sample> = values.iter().map(sample).collect();
    let entry = NewEntry::new("test", "readings", "for a test");
    store.record("test", |tx| tx.samples_insert(time_ns, &samples).map(|()| ((), entry))).expect("it is written");
}

#[test]
fn metrics_with_the_label_of_a_generation_count_and_so_does_the_health_of_all() {
    for (failures, health, reason) in [(200.0, 1.0, "failures"), (0.0, 0.5, "health")] {
        let room = planned();
        data(&room, &["integrate", "--canary", "--detach"]);
        let look = |clock: &str| {
            let mut later = room.command(&["watch", "--once", "-q"]);
            Ran::of(later.env("AETHERRA_MAINT_TEST_CLOCK", clock));
            data(&room, &["canary", "show"])["trial"].clone()
        };
        let counts = |share: f64| {
            [
                ("requests_total{generation=\"1\"}", 9000.0 * share),
                ("requests_total{generation=\"2\"}", 1000.0 * share),
                ("failures_total{generation=\"1\"}", 0.0),
                ("failures_total{generation=\"2\"}", failures * share),
                ("system_health_score", 1.0 + (health - 1.0) * share),
            ]
        };
        measured(&room, "2030-01-02T03:04:10Z", &counts(0.0));
        assert_eq!(look("2030-01-02T03:04:20Z")["state"], "running");
        measured(&room, "2030-01-02T03:04:25Z", &counts(1.0));
        let trial = look("2030-01-02T03:04:35Z");
        assert_eq!(trial["state"], "failed", "{reason}: {trial:#}");
        assert!(trial["verdict"]["reasons"][0].as_str().expect("words").contains(reason), "{trial:#}");
        assert_eq!((deployed(&room), &trial["canary"]["requests"]), ((1, false), &1000.into()));
    }
}

#[test]
fn what_is_inconclusive_waits_for_a_person_and_goes_back_then() {
    let room = planned();
    let short = ["--set", "canary.duration=20", "--set", "canary.pause=60"];
    data(&room, &[&["integrate", "--canary", "--detach"][..], &short].concat());
    let at = |clock: &str| {
        let mut later = room.command(&["watch", "--once", "-q"]);
        Ran::of(later.env("AETHERRA_MAINT_TEST_CLOCK", clock));
        data(&room, &["canary", "show"])["trial"].clone()
    };
    let waiting = at("2030-01-02T03:04:30Z");
    assert_eq!((&waiting["state"], &waiting["paused"]), (&"running".into(), &true.into()), "{waiting:#}");
    assert_eq!(deployed(&room), (1, true));
    assert_eq!(at("2030-01-02T03:05:00Z")["state"], "running");
    assert_eq!(at("2030-01-02T03:05:40Z")["state"], "inconclusive");
    assert_eq!(deployed(&room), (1, false));
}

#[test]
fn a_clock_that_was_set_back_makes_no_trial_longer() {
    let room = planned();
    data(&room, &["integrate", "--canary", "--detach", "--set", "canary.duration=10", "--set", "canary.pause=0"]);
    let at = |clock: &str| {
        let mut command = room.command(&["watch", "--once", "-q"]);
        Ran::of(command.env("AETHERRA_MAINT_TEST_CLOCK", clock));
        data(&room, &["canary", "show"])["trial"]["state"].clone()
    };
    at("2029-01-02T03:04:30Z");
    assert_eq!(at("2028-01-02T03:04:30Z"), "inconclusive");
    assert_eq!(deployed(&room), (1, false));
}

#[test]
fn a_trial_reads_an_endpoint_in_the_format_of_prometheus() {
    let room = planned();
    let url = endpoint(|look, stream| {
        let (stable, canary) = (900 * (look + 1), 100 * (look + 1));
        let latency = 10.0 + (look % 7) as f64;
        let body = format!(
            "# TYPE requests_total counter\nrequests_total{{generation=\"1\"}} {stable}\n\
             requests_total{{generation=\"2\"}} {canary}\nfailures_total{{generation=\"2\"}} 0\n\
             latency_ms{{generation=\"1\"}} {latency}\nlatency_ms{{generation=\"2\"}} {latency}\n"
        );
        say(stream, &body);
    });
    let set = format!("canary.prometheus_url={url}");
    let trial = data(&room, &["integrate", "--canary", "--set", &set])["trial"].clone();
    assert_eq!((&trial["state"], &trial["canary"]["requests"]), (&"passed".into(), &3000.into()), "{trial:#}");
    let wrong = room.json(&["integrate", "--canary", "--set", "canary.prometheus_url=ftp://x"]);
    assert_eq!(wrong["exit_code"], 2, "{wrong:#}");
}

/// An endpoint whose connections are dealt with by `answer`, which is told which look it is.
fn endpoint(answer: impl Fn(usize, &mut TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/metrics", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for (look, stream) in listener.incoming().enumerate() {
            let (Ok(mut stream), mut buffer) = (stream, [0; 4096]) else { return };
            let _ = stream.read(&mut buffer);
            answer(look, &mut stream);
        }
    });
    url
}

fn say(stream: &mut TcpStream, body: &str) {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

/// What counters say after so many requests of the canary, of which so many failed.
fn counters(requests: u64, failures: u64) -> String {
    format!(
        "requests_total{{generation=\"1\"}} {}\nrequests_total{{generation=\"2\"}} {requests}\n\
         failures_total{{generation=\"1\"}} 0\nfailures_total{{generation=\"2\"}} {failures}\n",
        requests * 9
    )
}

#[test]
fn the_loop_continues_what_a_killed_integration_waited_for_with_all_that_it_had_seen() {
    let room = planned();
    let killed = Arc::new(AtomicBool::new(false));
    let is_killed = Arc::clone(&killed);
    let (reached, third) = std::sync::mpsc::channel();
    let url = endpoint(move |look, stream| match look {
        0 | 1 => say(stream, &counters(100 * (look as u64 + 1), 0)),
        _ if is_killed.load(Ordering::SeqCst) => say(stream, &counters(1000, 300)),
        // The integration waits for an answer when it is killed.
        _ => {
            reached.send(()).expect("somebody waits");
            let _ = stream.read(&mut [0]);
        }
    });
    operator(&room, &format!("canary: {{prometheus_url: '{url}', prometheus_timeout: 60}}\n"));
    let mut waiting = room.command(&["integrate", "--canary", "-q"]).spawn().expect("it starts");
    third.recv_timeout(Duration::from_secs(60)).expect("it comes to the third look");
    waiting.kill().expect("it is killed");
    waiting.wait().expect("it ends");
    killed.store(true, Ordering::SeqCst);
    let trial = data(&room, &["canary", "show"])["trial"].clone();
    assert_eq!((&trial["state"], &trial["looks"]), (&"running".into(), &2.into()), "{trial:#}");
    assert_eq!((deployed(&room), &trial["canary"]["requests"]), ((1, true), &200.into()));
    let mut later = room.command(&["watch", "--once", "-q"]);
    Ran::of(later.env("AETHERRA_MAINT_TEST_CLOCK", "2030-01-02T03:05:00Z"));
    let trial = data(&room, &["canary", "show"])["trial"].clone();
    assert_eq!((&trial["state"], &trial["looks"]), (&"failed".into(), &3.into()), "{trial:#}");
    assert_eq!((deployed(&room), &trial["canary"]["requests"]), ((1, false), &1000.into()));
    assert_eq!(data(&room, &["audit", "verify"])["broken_at"], Value::Null);
}

#[test]
fn an_endpoint_that_says_nothing_of_use_lets_nothing_pass() {
    let gone = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("http://{}/metrics", listener.local_addr().expect("an address"))
    };
    let busy = endpoint(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
    let silent = endpoint(|_, stream| {
        let _ = stream.read(&mut [0]);
    });
    let endless = endpoint(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(b"requests_total{generation=\"2\"} 1\n").is_ok() {}
    });
    let elsewhere = endpoint(|_, stream| say(stream, "<html>requests_total{generation=\"2\"</html>\n\u{0}{}}}\n"));
    let absurd = endpoint(|_, stream| {
        say(
            stream,
            "requests_total{generation=\"2\"} NaN\nfailures_total{generation=\"2\"} -1e300\nrequests_total{generation=\"1\"} +Inf\n",
        );
    });
    for url in [gone, busy, silent, endless, elsewhere, absurd] {
        let room = planned();
        let short = "duration: 20, pause: 0, interval: 10, prometheus_timeout: 1";
        operator(&room, &format!("canary: {{prometheus_url: '{url}', {short}}}\n"));
        let trial = ended(&room, &["integrate", "--canary"], 7)["trial"].clone();
        assert_eq!((&trial["state"], deployed(&room)), (&"inconclusive".into(), (1, false)), "{url}: {trial:#}");
        assert!(trial["verdict"]["reasons"].to_string().contains("no data never passes"), "{trial:#}");
    }
}

/// What a host does that reads nothing but `registry.json`.
fn routed_by_a_host(room: &Room, key: &str) -> u64 {
    let text = std::fs::read_to_string(room.path(".aetherra/registry.json")).expect("a registry");
    let registry: Value = serde_json::from_str(&text).expect("JSON");
    let salt = registry["salt"].as_str().expect("a salt");
    let digest = Digest::of(format!("{salt}\0{key}").as_bytes()).hex();
    let first = u64::from_str_radix(&digest[..16], 16).expect("a number");
    let is_canary = (first as f64) < registry["percent"].as_f64().expect("a number") / 100.0 * 2_f64.powi(64);
    let side = if is_canary && !registry["canary"].is_null() { "canary" } else { "stable" };
    registry[side]["generation"].as_u64().expect("a number")
}

#[test]
fn a_host_that_reads_the_registry_routes_as_the_program_does() {
    let room = planned();
    assert_eq!(routed_by_a_host(&room, "anybody"), 1);
    data(&room, &["integrate", "--canary", "--detach", "--set", "canary.percent=30"]);
    let mut seen = std::collections::BTreeSet::new();
    for key in (0..30).map(|number| format!("user-{number}")).chain(["".into(), "caf\u{e9} \u{1f600}".into()]) {
        let routed = data(&room, &["generations", "route", &key])["generation"].as_u64().expect("a number");
        assert_eq!(routed, routed_by_a_host(&room, &key), "{key}");
        seen.insert(routed);
    }
    assert_eq!(seen.len(), 2, "both have their share");
}
