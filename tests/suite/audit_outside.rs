//! `audit prove`, `audit anchor`, `audit witness`: what is proven with the help of something outside of the state.

use serde_json::Value;

use crate::audit::{recorded, tamper};
use crate::room::Room;

const BINARY: &str = env!("CARGO_BIN_EXE_aetherra-maint");

fn verdict(room: &Room, arguments: &[&str]) -> (String, i64) {
    let document = room.json(arguments);
    let word = document["data"]["verdict"].as_str().unwrap_or_else(|| panic!("{document:#}")).to_owned();
    (word, document["exit_code"].as_i64().expect("a code"))
}

fn word(text: &str, code: i64) -> (String, i64) {
    (text.to_owned(), code)
}

fn kept(document: &Value) -> (&str, i64) {
    (document["data"]["places"][0]["kept"].as_str().expect("a word"), document["exit_code"].as_i64().expect("a code"))
}

#[test]
fn a_proof_is_checked_without_any_state() {
    let room = recorded();
    let document = room.json(&["audit", "prove", "2"]);
    let proof = document["data"]["proof"].as_str().expect("a proof");
    assert!(proof.len() <= 1536, "{} bytes", proof.len());
    let printed = room.run(&["audit", "prove", "2"]).stdout;
    assert_eq!(printed, proof);
    let checkpoint = room.json(&["audit", "checkpoint"]);
    let key = checkpoint["data"]["key"].as_str().expect("a key");
    let other = Room::new();
    other.write("entry.tlog-proof", proof);
    other.write("kept.txt", checkpoint["data"]["note"].as_str().expect("a note"));
    let check = ["audit", "verify", "--proof", "entry.tlog-proof"];
    let document = other.json(&[&check[..], &["--key", key]].concat());
    assert_eq!(document["data"]["verdict"], "consistent-unanchored", "{document:#}");
    assert_eq!(document["data"]["entry"]["seq"], 2);
    assert_eq!(verdict(&other, &[&check[..], &["--checkpoint", "kept.txt"]].concat()), word("anchored", 0));
    assert_eq!(other.json(&check)["exit_code"], 2, "nobody is believed");
    // The ledger grows, and what was kept stays enough: a newer proof does not fit it, one that is made for it does.
    room.write("later.py", "x = 1\n");
    assert_eq!(room.run(&["scan"]).code, 0);
    room.write("kept.txt", checkpoint["data"]["note"].as_str().expect("a note"));
    other.write("entry.tlog-proof", room.run(&["audit", "prove", "2"]).stdout);
    let document = other.json(&[&check[..], &["--checkpoint", "kept.txt"]].concat());
    assert_eq!(document["data"]["verdict"], "could-not-verify");
    assert!(document["data"]["sentence"].as_str().is_some_and(|said| said.contains("audit prove 2 --checkpoint")));
    other.write("entry.tlog-proof", room.run(&["audit", "prove", "2", "--checkpoint", "kept.txt"]).stdout);
    assert_eq!(verdict(&other, &[&check[..], &["--checkpoint", "kept.txt"]].concat()), word("anchored", 0));
    let stranger = recorded();
    stranger.write("kept.txt", checkpoint["data"]["note"].as_str().expect("a note").replace("/ledger/", "/other/"));
    let refused = stranger.run(&["audit", "prove", "2", "--checkpoint", "kept.txt"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("checkpoint-other"), "{}", refused.stderr);
    other.write("entry.tlog-proof", proof);
    // Of another entry: the path leads elsewhere.
    other.write("entry.tlog-proof", proof.replace("\nindex 1\n", "\nindex 2\n"));
    assert_eq!(verdict(&other, &[&check[..], &["--key", key]].concat()), word("tampered", 1));
    other.write("entry.tlog-proof", "nonsense");
    assert_eq!(verdict(&other, &[&check[..], &["--key", key]].concat()), word("could-not-verify", 3));
    assert_eq!(room.json(&["audit", "prove", "999"])["exit_code"], 2);
    assert_eq!(room.json(&["audit", "prove", "0"])["exit_code"], 2);
}

#[test]
fn a_kept_file_anchors_the_ledger_and_is_never_overwritten_by_another_past() {
    let room = recorded();
    room.write("aetherra-maint.yaml", "");
    let place = format!("audit.anchors=['file:{}']", room.home().join("kept").display());
    let with = |arguments: &[&str]| room.json(&[&["--set", place.as_str()][..], arguments].concat());
    assert_eq!(with(&["audit", "verify"])["data"]["verdict"], "consistent-unanchored", "nothing was kept yet");
    assert_eq!(kept(&with(&["audit", "anchor"])), ("written", 0));
    assert_eq!(with(&["audit", "verify"])["data"]["verdict"], "anchored");
    assert_eq!(kept(&with(&["audit", "anchor"])), ("written", 0), "it goes on from there");
    let file = room.home().join("kept");
    let before = std::fs::read_to_string(&file).expect("a checkpoint");
    std::fs::remove_file(&file).expect("removed");
    let document = with(&["audit", "verify"]);
    assert_eq!((&document["data"]["verdict"], &document["exit_code"]), (&"could-not-verify".into(), &3.into()));
    // Another past: what is kept covers more than there is.
    let mut lines: Vec<&str> = before.lines().collect();
    lines[1] = "999";
    std::fs::write(&file, format!("{}\n", lines.join("\n"))).expect("a file");
    assert_eq!(kept(&with(&["audit", "anchor"])), ("refused", 1));
    assert!(std::fs::read_to_string(&file).expect("it").contains("\n999\n"), "it was left as it is");
    assert_eq!(with(&["audit", "verify"])["exit_code"], 1);
    std::fs::write(&file, "nonsense").expect("a file");
    assert_eq!(kept(&with(&["audit", "anchor"])).1, 3);
}

#[test]
fn a_repository_keeps_one_commit_a_checkpoint() {
    let room = recorded();
    let git = |arguments: &[&str]| {
        let output =
            std::process::Command::new("git").arg("-C").arg(room.home()).args(arguments).output().expect("git");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    git(&["init", "--quiet"]);
    let place = format!("git:{}", room.home().display());
    for _ in 0..2 {
        assert_eq!(kept(&room.json(&["audit", "anchor", "--to", &place])), ("written", 0));
    }
    assert_eq!(git(&["log", "--format=%an"]), "aetherra-maint\naetherra-maint\n");
    let nowhere = room.json(&["audit", "anchor", "--to", "git:nowhere"]);
    assert_eq!(kept(&nowhere), ("failed", 3));
    let set = format!("audit.anchors=['{place}']");
    assert_eq!(verdict(&room, &["--set", &set, "audit", "verify"]), word("anchored", 0));
    tamper(&room, "DELETE FROM ledger WHERE seq > 2");
    assert_eq!(verdict(&room, &["--set", &set, "audit", "verify"]), word("tampered", 1));
}

#[test]
fn a_program_is_given_the_checkpoint() {
    let room = recorded();
    let file = room.home().join("given");
    let place = format!("command:tee {}", file.display());
    assert_eq!(kept(&room.json(&["audit", "anchor", "--to", &place])), ("written", 0));
    let path = file.to_str().expect("UTF-8");
    assert_eq!(verdict(&room, &["audit", "verify", "--checkpoint", path]), word("anchored", 0));
    assert_eq!(kept(&room.json(&["audit", "anchor", "--to", "command:false"])), ("failed", 3));
    assert_eq!(room.json(&["audit", "anchor", "--to", "carrier-pigeon:home"])["exit_code"], 2);
}

#[test]
fn a_witness_signs_what_only_grew_and_a_lie_is_not_believed() {
    let (log, witness) = (recorded(), Room::new());
    let log_key = log.json(&["audit", "checkpoint", "-v"])["data"]["key"].as_str().expect("a key").to_owned();
    let made = witness.json(&["audit", "witness", "--name", "witness.example/one"]);
    let key = made["data"]["key"].as_str().expect("a key").to_owned();
    assert!(made["audit"]["seq"].as_u64().is_some(), "it is recorded");
    let place = format!("witness:{BINARY} -q -C {} audit witness - --log {log_key}", witness.project().display());
    let ask = |log: &Room| log.json(&["audit", "anchor", "--to", &place, "--key", &key]);
    for _ in 0..3 {
        let document = ask(&log);
        assert_eq!(kept(&document), ("written", 0), "{document:#}");
        log.write("plugins/more.py", "print('more')\n");
        log.json(&["scan"]);
    }
    let set = format!("audit.anchors=['{place}']");
    let keys = format!("audit.witness_keys=['{key}']");
    let verify = ["--set", set.as_str(), "--set", keys.as_str(), "audit", "verify"];
    assert_eq!(verdict(&log, &verify), word("witnessed", 0));
    assert_eq!(witness.json(&["audit", "verify"])["exit_code"], 0);

    // Whoever forgets what was signed is told, and goes on from there.
    std::fs::remove_file(log.path(".aetherra/ledger/witnessed")).expect("forgotten");
    assert_eq!(verdict(&log, &verify), word("could-not-verify", 3));
    let document = ask(&log);
    assert_eq!(kept(&document), ("written", 0), "{document:#}");

    // A signature over something else, an unknown key, nonsense, a size that nobody has.
    let cosigned = std::fs::read_to_string(log.path(".aetherra/ledger/witnessed")).expect("a note");
    let line = cosigned.lines().last().expect("a signature");
    log.write("lies", format!("{line}\n"));
    log.write("sizes", "999999\n");
    for file in ["lies", "sizes", "aetherra-maint.yaml"] {
        log.write("aetherra-maint.yaml", "{}\n");
        let lie = format!("witness:cat {}", log.path(file).display());
        let document = log.json(&["audit", "anchor", "--to", &lie, "--key", &key]);
        assert_eq!(kept(&document), ("refused", 1), "{file}: {document:#}");
    }
    assert_eq!(verdict(&log, &verify), word("witnessed", 0), "what was signed before still counts");

    // A log with another past, under the same name and keys.
    let forked = recorded();
    forked.write("plugins/other.py", "print('other')\n");
    for _ in 0..9 {
        forked.json(&["watch", "--once"]);
        forked.json(&["audit", "anchor", "--to", "command:true"]);
    }
    let document = ask(&forked);
    assert_eq!(kept(&document).1, 1, "{document:#}");
    tamper(&log, "DELETE FROM ledger WHERE seq > 3");
    assert_eq!(verdict(&log, &verify), word("tampered", 1));
}
