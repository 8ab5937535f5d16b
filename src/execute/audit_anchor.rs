//! Takes the newest checkpoint to where the one who could tamper cannot reach it, and reads it back from there.
//!
//! What is kept at a place is compared before it is replaced: a place whose checkpoint is not one of this ledger's
//! past is left as it is, because it may be the only proof that something was cut or replaced.

use std::io::Read;
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::Context;
use crate::error::{Error, Result};
use crate::host::Host;
use crate::host::process::{Command, Output};
use crate::host::replace::{FOR_OWNER, replace_file};
use crate::ledger::note::{Checkpoint, KeyKind, NOTE_LIMIT, Note, NoteKey};
use crate::ledger::place::Place;
use crate::ledger::witness::{Answered, Request, answer};
use crate::model::NewEntry;
use crate::store::{LedgerFilter, LedgerHead, Store};

/// The action of an entry that tells of a kept checkpoint; its subject is the place.
pub const ANCHOR: &str = "ledger.anchor";

/// How it went with one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// The newest checkpoint is there now.
    Written,
    /// What is there, or what a witness says, does not go with this ledger; it was left as it is.
    Refused,
    /// It could not be reached.
    Failed,
}

/// One place with how it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Anchored {
    /// The place, as configured.
    pub place: String,
    /// How it went.
    pub kept: Kept,
    /// Entries that the checkpoint covers.
    pub size: u64,
    /// Why not, or what a witness signed.
    pub detail: String,
}

/// Reads places and keys as they are configured.
///
/// # Errors
/// When one cannot be understood.
pub fn parse(places: &[String], keys: &[String]) -> Result<(Vec<Place>, Vec<NoteKey>)> {
    let places = places.iter().map(|text| {
        Place::parse(text).ok_or_else(|| {
            Error::usage("anchor-unknown", format!("`{text}` names no place for a checkpoint"))
                .hinted("use `file:PATH`, `git:FOLDER`, `command:PROGRAM …` or `witness:PROGRAM …`")
        })
    });
    let keys = keys.iter().map(|text| {
        NoteKey::parse(text).map_err(|error| {
            Error::usage("checkpoint-invalid", format!("`{text}` is no key that can be read: {error}"))
                .hinted("a key has the form `name+id+base64`")
        })
    });
    Ok((places.collect::<Result<_>>()?, keys.collect::<Result<_>>()?))
}

/// Takes the newest checkpoint to each place, and records where it was kept. Relative paths start from `base`.
///
/// # Errors
/// When the state cannot be read or written. A place that fails is told in the result.
pub fn anchor(
    context: &mut Context<'_>,
    base: &Path,
    places: &[Place],
    keys: &[NoteKey],
) -> Result<(Vec<Anchored>, Option<LedgerHead>)> {
    let (_, note) = context.store.ledger_consistency(0)?;
    let newest = checkpoint_of(&note)?;
    let mut results = Vec::new();
    for place in places {
        context.check_stop()?;
        let outcome = keep(context, &place.from(base), keys, &note, &newest);
        let (kept, detail) = match outcome {
            Ok(Ok(detail)) => (Kept::Written, detail),
            Ok(Err(why)) => (Kept::Refused, why),
            Err(error) => (Kept::Failed, error.to_string()),
        };
        results.push(Anchored { place: place.to_string(), kept, size: newest.size, detail });
    }
    let entries: Vec<NewEntry> = results.iter().map(entry).collect();
    let ((), head) = context.store.record_all(context.trace_id, |_| Ok(((), entries)))?;
    Ok((results, head))
}

fn entry(result: &Anchored) -> NewEntry {
    let word = match result.kept {
        Kept::Written => "ok",
        Kept::Refused => "refused",
        Kept::Failed => "failed",
    };
    NewEntry::new(ANCHOR, result.place.clone(), format!("the checkpoint over {} entries", result.size))
        .resulting(word)
        .detailed(json!({"size": result.size, "detail": result.detail}))
}

fn checkpoint_of(note: &str) -> Result<Checkpoint> {
    Note::parse(note)
        .and_then(|note| Checkpoint::parse(&note.text))
        .map_err(|error| Error::state("checkpoint-invalid", format!("a kept checkpoint cannot be read: {error}")))
}

/// Keeps a checkpoint at a place: with what there is to say, or why it was refused.
fn keep(
    context: &mut Context<'_>,
    place: &Place,
    keys: &[NoteKey],
    note: &str,
    newest: &Checkpoint,
) -> Result<std::result::Result<String, String>> {
    if let Some(there) = read_back(context.host, place, &newest.origin)? {
        let there = checkpoint_of(&there)?;
        if let Some(why) = objection(context.store, &there, newest)? {
            return Ok(Err(why));
        }
    }
    match place {
        Place::File(path) => write_file(path, note.as_bytes())?,
        Place::Git(folder) => commit(context.host, folder, note, newest)?,
        Place::Command(words) => {
            run(context.host, command(words, note.as_bytes().to_vec())?)?;
        }
        Place::Witness(words) => return ask(context, words, keys, note, newest),
    }
    Ok(Ok(String::new()))
}

/// Why a kept checkpoint may not be replaced by the newest; none when it is part of its past.
fn objection(store: &Store, there: &Checkpoint, newest: &Checkpoint) -> Result<Option<String>> {
    Ok(if there.origin != newest.origin {
        Some(format!("a checkpoint of another log is kept there, `{}`", there.origin))
    } else if there.size > newest.size {
        Some(format!("the checkpoint there covers {} entries, and only {} are here", there.size, newest.size))
    } else if store.ledger_root_at(there.size)? != there.root {
        Some(format!("the first {} entries are not those of the checkpoint there", there.size))
    } else {
        None
    })
}

/// The checkpoint at a place that can be read back; none where nothing was kept yet, or from where nothing comes
/// back.
fn read_back(host: &Host, place: &Place, origin: &str) -> Result<Option<String>> {
    match place {
        Place::File(path) => read_file(path),
        Place::Git(folder) => {
            let spec = format!("HEAD:{}", file_name(origin));
            let output = host.process.run(&git(folder, &["show", &spec]))?;
            // Git fails alike for a repository without commits and for a file that is not there yet; whether it is
            // a repository at all shows when something is written to it.
            Ok(output.ended.well().then(|| String::from_utf8_lossy(&output.stdout).into_owned()))
        }
        Place::Command(_) | Place::Witness(_) => Ok(None),
    }
}

/// What is kept at places that can be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptNotes {
    /// Each place with the checkpoint there.
    pub found: Vec<(String, String)>,
    /// Places where something was kept once and cannot be read any more.
    pub unread: Vec<String>,
}

/// Reads back what is kept at places.
///
/// # Errors
/// When the state cannot be read.
pub fn kept(host: &Host, store: &Store, base: &Path, places: &[Place]) -> Result<KeptNotes> {
    let (mut found, mut unread) = (Vec::new(), Vec::new());
    let origin = store.ledger_entry(1)?.map(|entry| entry.subject).unwrap_or_default();
    for place in places.iter().filter(|place| !matches!(place, Place::Command(_))) {
        let name = place.to_string();
        let note = match place {
            Place::Witness(_) => Ok(store.ledger_witnessed()?),
            _ => read_back(host, &place.from(base), &origin),
        };
        match note {
            Ok(Some(note)) => found.push((name, note)),
            Ok(None) | Err(_) => {
                let once = LedgerFilter {
                    action: Some(ANCHOR.to_owned()),
                    subject: Some(store.ledger_field(&name)),
                    result: Some("ok".to_owned()),
                    ..LedgerFilter::default()
                };
                if store.ledger_has(&once)? {
                    unread.push(name);
                }
            }
        }
    }
    Ok(KeptNotes { found, unread })
}

/// Asks a witness to sign, and keeps what it signed.
fn ask(
    context: &mut Context<'_>,
    words: &[String],
    keys: &[NoteKey],
    note: &str,
    newest: &Checkpoint,
) -> Result<std::result::Result<String, String>> {
    let witnesses: Vec<NoteKey> = keys.iter().filter(|key| key.kind == KeyKind::Witness).cloned().collect();
    if witnesses.is_empty() {
        return Err(Error::usage("witness-unknown", "no key of a witness is known, so nothing that it signs counts")
            .hinted("set `audit.witness_keys`, or give `--key`"));
    }
    let kept = context.store.ledger_witnessed()?;
    let mut old = kept.as_deref().map(checkpoint_of).transpose()?.map_or(0, |kept| kept.size.min(newest.size));
    // The witness may have signed more than is known here; it says how much, and is asked once again.
    for _ in 0..2 {
        let (path, note) = context.store.ledger_consistency(old)?;
        let request = Request { old, path, note: note.clone() };
        let said = asked(context.host, &command(words, request.text().into_bytes())?)?;
        match answer(&note, &String::from_utf8_lossy(&said), &witnesses) {
            Answered::Size(size) if size > newest.size => {
                return Ok(Err(format!(
                    "the witness says that it signed {size} entries, and only {} are here: the end was cut, or it lies",
                    newest.size
                )));
            }
            Answered::Size(size) if size == old => {
                return Ok(Err(format!(
                    "the witness does not sign although the request goes on from its {size} entries"
                )));
            }
            Answered::Size(size) => old = size,
            Answered::Lie(why) => return Ok(Err(why)),
            Answered::Cosigned(lines) => {
                // Other witnesses may have signed the same checkpoint already.
                let mut all = kept.filter(|kept| kept.starts_with(note.as_str())).unwrap_or(note);
                for line in lines.iter().filter(|line| !all.contains(line.as_str())).collect::<Vec<_>>() {
                    all.push_str(line);
                    all.push('\n');
                }
                context.store.ledger_witnessed_keep(&all)?;
                return Ok(Ok(lines.join("\n")));
            }
        }
    }
    let _ = note;
    Ok(Err("the witness names another size each time that it is asked".to_owned()))
}

fn command(words: &[String], input: Vec<u8>) -> Result<Command> {
    let (program, args) = words.split_first().ok_or_else(|| Error::bug("a place without a program"))?;
    let mut command = Command::new(program, args.iter());
    command.stdin = Some(input);
    Ok(command)
}

/// What a witness said. One that does not sign says why, and a program between us may call that a failure.
fn asked(host: &Host, command: &Command) -> Result<Vec<u8>> {
    let output = host.process.run(command)?;
    if output.stdout.is_empty() { ended(command, output) } else { Ok(output.stdout) }
}

fn run(host: &Host, command: Command) -> Result<Vec<u8>> {
    let output = host.process.run(&command)?;
    ended(&command, output)
}

fn ended(command: &Command, output: Output) -> Result<Vec<u8>> {
    if output.ended.well() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next_back().unwrap_or_default();
    Err(Error::state("anchor-failed", format!("`{}` ended with {}: {said}", command.name(), output.ended))
        .hinted("run the program by hand with a checkpoint on its standard input"))
}

/// The file of a log in a repository.
fn file_name(origin: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' };
    format!("{}.checkpoint", origin.chars().map(plain).collect::<String>())
}

fn git(folder: &Path, args: &[&str]) -> Command {
    let who =
        ["-c", "user.name=aetherra-maint", "-c", "user.email=aetherra-maint@localhost", "-c", "commit.gpgSign=false"];
    let mut words: Vec<std::ffi::OsString> = vec!["-C".into(), folder.into()];
    words.extend(who.iter().chain(args).map(Into::into));
    Command::new("git", words)
}

fn commit(host: &Host, folder: &Path, note: &str, newest: &Checkpoint) -> Result<()> {
    let name = file_name(&newest.origin);
    write_file(&folder.join(&name), note.as_bytes())?;
    run(host, git(folder, &["add", "--", &name]))?;
    let message = format!("Checkpoint of {} over {} entries", newest.origin, newest.size);
    run(host, git(folder, &["commit", "--quiet", "--allow-empty", "--message", &message, "--", &name])).map(drop)
}

fn read_file(path: &Path) -> Result<Option<String>> {
    let failed = |error| Error::io("reading the kept checkpoint", path, error);
    match path.metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
        // A pipe or a device would be waited for, without end.
        Ok(metadata) if !metadata.is_file() => return Err(failed(std::io::ErrorKind::InvalidInput.into())),
        Ok(_) => {}
    }
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(NOTE_LIMIT as u64 + 1).read_to_string(&mut text).map_err(failed)?;
    Ok(Some(text))
}

/// Replaces a file in one step, durably.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |error| Error::io("writing the checkpoint", path, error);
    replace_file(path, "writing the checkpoint", FOR_OWNER, |out| out.write_all(bytes).map_err(failed))
}
