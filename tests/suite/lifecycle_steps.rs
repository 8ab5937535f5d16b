//! Every step of a host, failing in every way: it is taken back with all before it, what is deployed is what was, and
//! nothing stands in the way of the next try.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::lifecycle::{Notes, commands, deployed, done, hub, planned, read_call, refused};
use crate::plugin::operator;
use crate::room::Room;

const STEPS: [&str; 6] = ["load", "probe", "quiesce", "swap", "verify", "resume"];

/// What a host is asked when this step fails: all up to it, and what takes those back.
fn asked_until(step: &str, to: u64) -> Vec<String> {
    let (there, back) = (format!("1 {to}"), format!("{to} 1"));
    let undone: &[(&str, &String)] = match step {
        "load" | "probe" => &[("unload", &there)],
        "quiesce" => &[("resume", &there), ("unload", &there)],
        _ => &[("swap", &back), ("resume", &there), ("unload", &there)],
    };
    let last = STEPS.iter().position(|other| *other == step).expect("a step");
    let steps = STEPS[..=last].iter().map(|step| format!("{step} {there}"));
    steps.chain(undone.iter().map(|(call, turn)| format!("{call} {turn}"))).collect()
}

/// A run of `integrate` that failed left nothing but its entries in the ledger.
fn as_before(room: &Room, failed: u64) {
    assert!(!room.path(&format!(".aetherra/generations/{failed}")).exists());
    assert_eq!(std::fs::read_dir(room.path(".aetherra/staging")).expect("a folder").count(), 0);
    let shown = done(room, &["generations"]);
    assert_eq!(shown["current"], 1);
    let states: Vec<&Value> =
        shown["generations"].as_array().expect("a list").iter().map(|one| &one["state"]).collect();
    assert_eq!(states.iter().filter(|state| **state == "live").count(), 1, "{states:?}");
    done(room, &["audit", "verify"]);
}

/// A program fails once in each step: the way back may have the same step. Generations get new numbers with each try.
fn every_step_of_a_program(harm: &str, why: &str) {
    let notes = Notes::new();
    let room = planned("");
    for (to, step) in (2..).zip(STEPS) {
        let _ = std::fs::remove_file(notes.path());
        let once = format!(
            "test $AETHERRA_CALL != {step} && exit 0; mkdir {}.{step} 2>/dev/null || exit 0; {harm}",
            notes.path()
        );
        operator(&room, &commands(&notes.path(), &once).replace(": 2", ": 1"));
        let started = Instant::now();
        let ran = refused(&room, 7, why);
        assert!(started.elapsed() < Duration::from_secs(60), "{step} hung");
        assert!(ran.stderr.contains(&format!("`{step}`")) && ran.stderr.len() < 4000, "{step}: {}", ran.stderr);
        assert_eq!(notes.taken(), asked_until(step, to), "{step}: {harm}");
        as_before(&room, to);
    }
    done(&room, &["integrate"]);
    assert_eq!(deployed(&room), "generations/8");
}

#[test]
fn a_program_that_says_no() {
    every_step_of_a_program("echo no luck >&2; exit 3", "no luck");
}

#[test]
fn a_program_that_hangs_and_ignores_what_would_end_it() {
    every_step_of_a_program("trap '' TERM INT HUP PIPE; while :; do sleep 1000; done", "its time limit");
}

#[test]
fn a_program_that_floods_its_output_without_end() {
    every_step_of_a_program("yes flood; exit 3", "its time limit");
    every_step_of_a_program("yes flood | head -c 3000000 >&2; exit 3", "exit code 3");
}

#[test]
fn a_program_that_forks_and_leaves_others_behind() {
    every_step_of_a_program("for n in 1 2 3 4 5; do (sleep 1000 &); done; sleep 1000 & exit 3", "exit code 3");
}

#[test]
fn a_program_that_dies() {
    every_step_of_a_program("kill -SEGV $$", "signal 11");
}

#[test]
fn a_program_that_leaves_others_behind_and_is_content_holds_up_nothing() {
    let notes = Notes::new();
    // They keep its output open, one of them out of reach of a group that is killed.
    let room = planned(&commands(&notes.path(), "sleep 1000 & setsid sleep 20 & exit 0"));
    done(&room, &["integrate"]);
    assert_eq!(notes.taken().len(), STEPS.len());
}

fn every_step_of_a_hub(why: &str, harm: fn(&mut TcpStream)) {
    let (once, armed) = (Arc::new(Mutex::new(String::new())), Arc::new(Mutex::new(false)));
    let (step, is_armed) = (Arc::clone(&once), Arc::clone(&armed));
    let (url, asked) = hub(move |call, stream| {
        let does = *step.lock().expect("a step") == call && std::mem::take(&mut *is_armed.lock().expect("a flag"));
        if does {
            harm(stream);
        }
        does
    });
    let limits = "{load: 1, probe: 1, quiesce: 1, swap: 1, verify: 1, resume: 1, unload: 5}";
    let room = planned(&format!("host: {{kind: hub, hub_url: '{url}', timeouts: {limits}}}\n"));
    for (to, step) in (2..).zip(STEPS) {
        asked.lock().expect("a list").clear();
        (*once.lock().expect("a step"), *armed.lock().expect("a flag")) = (step.to_owned(), true);
        let ran = refused(&room, 7, why);
        assert!(ran.stderr.contains(&format!("`{step}`")) && ran.stderr.len() < 4000, "{step}: {}", ran.stderr);
        assert_eq!(*asked.lock().expect("a list"), asked_until(step, to), "{step}");
        as_before(&room, to);
    }
    done(&room, &["integrate"]);
    assert_eq!(deployed(&room), "generations/8");
}

fn say(stream: &mut TcpStream, text: &str) {
    let _ = stream.write_all(text.as_bytes());
}

#[test]
fn a_hub_that_answers_with_an_error() {
    every_step_of_a_hub("status 500: it broke", |stream| {
        say(stream, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 8\r\nConnection: close\r\n\r\nit broke");
    });
    every_step_of_a_hub("status 404", |stream| {
        say(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
}

#[test]
fn a_hub_that_leads_elsewhere() {
    every_step_of_a_hub("status 307", |stream| {
        say(
            stream,
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        );
    });
}

#[test]
fn a_hub_that_says_no() {
    every_step_of_a_hub("it said no", |stream| {
        let body = "{\"ok\": false, \"why\": \"not now\"}";
        say(stream, &format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()));
    });
}

#[test]
fn a_hub_that_hangs_up_without_a_word() {
    every_step_of_a_hub("did not do", |stream| {
        let _ = stream.shutdown(Shutdown::Both);
    });
}

#[test]
fn a_hub_that_ends_in_the_middle_of_a_word() {
    every_step_of_a_hub("did not do", |stream| {
        say(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{\"ok\": tr");
    });
}

#[test]
fn a_hub_that_speaks_another_language() {
    every_step_of_a_hub("did not do", |stream| say(stream, "220 mail.example.net ESMTP\r\n"));
}

#[test]
fn a_hub_that_never_answers() {
    every_step_of_a_hub("timeout", |stream| {
        let _ = stream.read(&mut [0]);
    });
}

#[test]
fn a_hub_that_talks_slowly_and_without_end() {
    every_step_of_a_hub("timeout", |stream| {
        say(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while stream.write_all(b"1\r\nx\r\n").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    every_step_of_a_hub("timeout", |stream| {
        say(stream, "HTTP/1.1 200 OK\r\n");
        while stream.write_all(b"X: y\r\n").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
}

#[test]
fn a_hub_that_floods() {
    every_step_of_a_hub("did not do", |stream| {
        say(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
        while stream.write_all(chunk.as_bytes()).is_ok() {}
    });
}

/// It answers so many calls and is gone then: the connection is refused. What it was asked cannot be taken back there,
/// so a person is needed, but what is deployed is what was.
#[test]
fn a_hub_that_goes_away_at_any_step() {
    for (answers, step) in STEPS.iter().enumerate() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
        let url = format!("http://{}/lifecycle", listener.local_addr().expect("an address"));
        let serving = std::thread::spawn(move || {
            for _ in 0..answers {
                let (mut stream, _) = listener.accept().expect("a connection");
                read_call(&mut stream).expect("a call");
                say(&mut stream, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
            }
        });
        let room = planned(&format!("host: {{kind: hub, hub_url: '{url}'}}\n"));
        let ran = refused(&room, 8, &format!("`{step}`"));
        serving.join().expect("it ended");
        assert!(ran.stderr.contains("what is deployed is as it was before, but"), "{}", ran.stderr);
        as_before(&room, 2);
        let log = done(&room, &["audit", "log", "--limit", "3"]);
        assert!(log.to_string().contains("undone except at the host"), "{log:#}");
        // When it is there again, the next try begins from the beginning.
        let (url, asked) = hub(|_, _| false);
        operator(&room, &format!("host: {{kind: hub, hub_url: '{url}'}}\n"));
        done(&room, &["integrate"]);
        assert_eq!(asked.lock().expect("a list").len(), STEPS.len());
    }
}
