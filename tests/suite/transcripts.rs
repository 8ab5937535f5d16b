//! `tests/cli/*.md`: what people see, as documents that are run.
//!
//! A fenced block that opens with ```` ```LANGUAGE file=PATH ```` writes a file of the project. A block that
//! opens with ```` ```console ```` holds commands and their output:
//!
//! ````text
//! ```console
//! $ aetherra-maint schema nonsense
//! ? 2
//! error[schema-unknown]: there is no schema named `nonsense`
//! ```
//! ````
//!
//! `? N` follows a command that exits with N, unless that is 0; stdout comes first, then stderr. Every
//! transcript is run three times, each in a room of its own: as written; with `-f json`, where the document is
//! validated against its schema; and with `-f jsonl`, where the last line is the summary. The exit codes must
//! agree. `UPDATE=1 cargo test --test suite transcripts` rewrites the output.

use std::fmt::Write as _;
use std::path::Path;

use crate::room::{Ran, Room, expect_file, repository};

/// How a transcript is run.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Written,
    Json,
    Jsonl,
}

/// What a line of a transcript is part of.
enum Block {
    Prose,
    File { path: String, text: String },
    Console,
}

#[test]
fn transcripts_hold() {
    let mut paths: Vec<_> = std::fs::read_dir(repository().join("tests/cli"))
        .expect("tests/cli")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        check(&path);
    }
}

fn check(path: &Path) {
    let text = std::fs::read_to_string(path).expect("a transcript");
    let (rewritten, codes) = play(path, &text, Mode::Written);
    for mode in [Mode::Json, Mode::Jsonl] {
        let (_, others) = play(path, &text, mode);
        assert_eq!(codes, others, "{}: the format changed an exit code", path.display());
    }
    expect_file(path, &rewritten);
}

/// Runs a transcript; returns it with the output that came, and each command with its exit code.
fn play(path: &Path, text: &str, mode: Mode) -> (String, Vec<(String, i32)>) {
    let room = Room::new();
    let mut block = Block::Prose;
    let mut rewritten = String::new();
    let mut codes = Vec::new();
    for line in text.lines() {
        let fence = line.strip_prefix("```");
        match (&mut block, fence) {
            (Block::Prose, Some(info)) => {
                block = match info.split_once(" file=") {
                    Some((_, file)) => Block::File { path: file.to_owned(), text: String::new() },
                    None if info.trim() == "console" => Block::Console,
                    None => panic!("{}: a block must name a file or be `console`: {line}", path.display()),
                };
            }
            (Block::File { path, text }, Some(_)) => {
                room.write(path, &*text);
                block = Block::Prose;
            }
            (Block::Console, Some(_)) => block = Block::Prose,
            (Block::File { text, .. }, None) => {
                let _ = writeln!(text, "{line}");
            }
            (Block::Console, None) => {
                // What is not a command is old output, which is written anew.
                if let Some(command) = line.strip_prefix("$ ") {
                    let ran = step(&room, command, mode);
                    let _ = write!(rewritten, "{line}\n{}", shown(&ran, &room));
                    codes.push((command.to_owned(), ran.code));
                }
                continue;
            }
            (Block::Prose, None) => {}
        }
        let _ = writeln!(rewritten, "{line}");
    }
    (rewritten, codes)
}

/// Runs one command in a mode.
fn step(room: &Room, command: &str, mode: Mode) -> Ran {
    let words = split(command);
    let (program, arguments) = words.split_first().expect("a command");
    assert_eq!(program, "aetherra-maint", "transcripts run the program only");
    let chooses_format = arguments.iter().any(|word| word.starts_with("-f") || word.starts_with("--format"));
    // `help` takes names of subcommands and nothing else.
    let prints_itself = arguments.iter().any(|word| word == "help");
    let mut prepared = room.command(arguments);
    match mode {
        Mode::Json if !chooses_format && !prints_itself => {
            let ran = Ran::of(prepared.args(["-f", "json"]));
            ran.envelope();
            ran
        }
        Mode::Jsonl if !chooses_format && !prints_itself => {
            let ran = Ran::of(prepared.args(["-f", "jsonl"]));
            let lines: Vec<serde_json::Value> = ran
                .stdout
                .lines()
                .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}")))
                .collect();
            assert!(lines.iter().all(|line| line["type"].is_string()), "a line of `{command}` has no type");
            let summary = lines.last().expect("a summary");
            assert_eq!(summary["type"], "summary", "`{command}` does not end in a summary");
            assert_eq!(summary["exit_code"], ran.code);
            ran
        }
        _ => Ran::of(&mut prepared),
    }
}

/// The output as a transcript shows it, without what differs between machines and versions.
fn shown(ran: &Ran, room: &Room) -> String {
    let mut text = String::new();
    if ran.code != 0 {
        let _ = writeln!(text, "? {}", ran.code);
    }
    for stream in [&ran.stdout, &ran.stderr] {
        text.push_str(stream);
        if !stream.is_empty() && !stream.ends_with('\n') {
            text.push('\n');
        }
    }
    // A token is bound to its place in the ledger, which changes with every entry that a release adds before it.
    let token = regex::Regex::new("rb_[0-9a-f]{32}").expect("a pattern");
    token
        .replace_all(&text, "rb_[TOKEN]")
        .replace(&room.project().display().to_string(), "[PROJECT]")
        .replace(&room.home().display().to_string(), "[HOME]")
        .replace(env!("CARGO_PKG_VERSION"), "[VERSION]")
        .replace("```", "[FENCE]")
}

/// Words as a shell would split them, as far as transcripts need it: spaces, and single or double quotes.
fn split(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in command.chars() {
        match (quote, character) {
            (Some(open), close) if open == close => quote = None,
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}
