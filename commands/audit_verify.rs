//! `audit verify`: what has been proven, of the ledger or of one entry alone.

use std::io::Read;
use std::path::{Path, PathBuf};

use aetherra_maint::execute::audit_anchor::{self, KeptNotes};
use aetherra_maint::ledger::note::{Checkpoint, Note, NoteKey};
use aetherra_maint::ledger::place::Place;
use aetherra_maint::ledger::proof::{PROOF_LIMIT, Proof};
use aetherra_maint::ledger::segment_verdict::judge_segment;
use aetherra_maint::ledger::verdict::{Anchor, LedgerCheck, judge, unread};
use aetherra_maint::report::Answer;
use aetherra_maint::report::audit::AuditVerify;
use aetherra_maint::report::audit_life::AuditSegment;
use aetherra_maint::report::audit_outside::AuditProof;
use aetherra_maint::report::problem::error_diagnostic;
use aetherra_maint::store::{Reach, STATE_MISSING, segment_check};
use aetherra_maint::{Error, ErrorKind, Result};

use crate::session::Session;

/// Flags of `audit verify`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A checkpoint that was kept elsewhere; may be given several times
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// A public key of the log or of a witness, as `name+id+base64`; may be given several times
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
    /// Read only what came after the last check, and say so
    #[arg(long)]
    new: bool,
    /// Leave out the places of `audit.anchors`
    #[arg(long)]
    no_anchors: bool,
    /// Read the segments as well that older entries were moved to
    #[arg(long, conflicts_with = "new")]
    segments: bool,
    /// Check this segment instead, without any state
    #[arg(long, value_name = "FILE", conflicts_with_all = ["new", "no_anchors", "segments", "proof"])]
    segment: Option<PathBuf>,
    /// Check this proof of one entry instead, without any state; needs a checkpoint or a key
    #[arg(long, value_name = "FILE", conflicts_with_all = ["new", "no_anchors", "segments"])]
    proof: Option<PathBuf>,
}

pub fn run(args: &Args, session: &Session) -> Result<Answer> {
    match (&args.proof, &args.segment) {
        (Some(file), _) => proof(file, args, session),
        (None, Some(file)) => segment(file, args, session),
        (None, None) => ledger(args, session),
    }
}

fn ledger(args: &Args, session: &Session) -> Result<Answer> {
    let audit = &session.settings.audit;
    let all_keys: Vec<String> = args.key.iter().chain(&audit.witness_keys).cloned().collect();
    let (places, keys) = audit_anchor::parse(if args.no_anchors { &[] } else { &audit.anchors }, &all_keys)?;
    let mut texts = Vec::new();
    for file in &args.checkpoint {
        texts.push((file.display().to_string(), read(file, session)?));
    }
    verified(args, session, &places, &keys, texts).or_else(|error| match error.kind {
        // What is there and cannot be read is not proven; where nothing is, there is nothing to prove.
        ErrorKind::State if error.code != STATE_MISSING => {
            let report = AuditVerify::new(LedgerCheck::default(), unread(&error.message), Vec::new());
            Ok(Answer { diagnostics: vec![error_diagnostic(&error)], ..Answer::new(report) })
        }
        _ => Err(error),
    })
}

fn verified(
    args: &Args,
    session: &Session,
    places: &[Place],
    keys: &[NoteKey],
    mut texts: Vec<(String, String)>,
) -> Result<Answer> {
    let store = session.open_as_it_is()?;
    let KeptNotes { found, unread } =
        audit_anchor::kept(&session.host, &store, &session.project, places).or_else(|error| {
            // Where the ledger is so damaged that this fails, the damage is what there is to tell.
            match store.ledger_verify(&[], Reach::Whole)?.fault {
                Some(_) => Ok(KeptNotes::default()),
                None => Err(error),
            }
        })?;
    texts.extend(found);
    let anchors = texts
        .iter()
        .map(|(name, text)| Anchor::parse(name, text, keys).map_err(|error| bad_checkpoint(name, &error)))
        .collect::<Result<Vec<_>>>()?;
    let sizes: Vec<u64> = anchors.iter().map(|anchor| anchor.checkpoint.size).collect();
    let reach = match (args.new, args.segments) {
        (true, _) => Reach::New,
        (_, true) => Reach::Segments,
        (false, false) => Reach::Whole,
    };
    let check = store.ledger_verify(&sizes, reach)?;
    let judgement = judge(&check, &anchors, &unread);
    if let (Some(position), false) = (&check.position, session.globals.dry_run) {
        // Where it cannot be kept, as on a disk that is read-only, the next check reads everything again.
        let _ = store.ledger_position_keep(position);
    }
    // What was changed is told alone: it may be the reason of this, too.
    let behind = if check.fault.is_none() { store.signer_behind()? } else { None };
    let names = anchors.into_iter().map(|anchor| anchor.name).collect();
    let report = AuditVerify::new(check, judgement, names);
    Ok(Answer { diagnostics: behind.into_iter().collect(), ..Answer::new(report) })
}

fn segment(file: &Path, args: &Args, session: &Session) -> Result<Answer> {
    let (_, keys) = audit_anchor::parse(&[], &args.key)?;
    let anchors = args
        .checkpoint
        .iter()
        .map(|kept| {
            let name = kept.display().to_string();
            Anchor::parse(&name, &read(kept, session)?, &keys).map_err(|error| bad_checkpoint(&name, &error))
        })
        .collect::<Result<Vec<_>>>()?;
    let sizes = anchors.iter().map(|anchor| anchor.checkpoint.size).collect();
    let path = session.path(file);
    let opened = std::fs::File::open(&path).map_err(|error| Error::io("opening the segment", &path, error))?;
    let checked = segment_check(opened, &sizes);
    let judgement = judge_segment(&checked, &anchors, &keys);
    Ok(Answer::new(AuditSegment::new(checked, judgement)))
}

fn proof(file: &Path, args: &Args, session: &Session) -> Result<Answer> {
    let (_, keys) = audit_anchor::parse(&[], &args.key)?;
    let text = read(file, session)?;
    if let [kept] = args.checkpoint.as_slice() {
        let (_, kept) = self::kept(kept, session)?;
        return Ok(Answer::new(AuditProof::new(
            Proof::parse(&text).and_then(|proof| proof.check_against(&kept)),
            true,
        )));
    }
    if keys.is_empty() {
        return Err(Error::usage("proof-needs-trust", "a proof proves nothing by itself: somebody must be believed")
            .hinted("give the log's `--key`, or one `--checkpoint FILE` that was kept"));
    }
    Ok(Answer::new(AuditProof::new(check(&text, &keys), false)))
}

/// A checkpoint that was kept: its text, and what it says.
pub fn kept(file: &Path, session: &Session) -> Result<(String, Checkpoint)> {
    let text = read(file, session)?;
    let checkpoint = Note::parse(&text).and_then(|note| Checkpoint::parse(&note.text));
    let checkpoint = checkpoint.map_err(|error| bad_checkpoint(&file.display().to_string(), &error))?;
    Ok((text, checkpoint))
}

fn check(
    text: &str,
    keys: &[NoteKey],
) -> std::result::Result<aetherra_maint::ledger::proof::Proved, aetherra_maint::ledger::proof::ProofError> {
    Proof::parse(text)?.check(keys)
}

/// The text of a file, or as much of it as a proof may have.
pub fn read(file: &Path, session: &Session) -> Result<String> {
    let failed = |error| Error::io("reading what was kept", file, error);
    let mut text = String::new();
    let opened = std::fs::File::open(session.path(file)).map_err(failed)?;
    opened.take(PROOF_LIMIT as u64 + 1).read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}

fn bad_checkpoint(name: &str, error: &dyn std::error::Error) -> Error {
    Error::usage("checkpoint-invalid", format!("`{name}` is no checkpoint or key that can be read: {error}"))
        .hinted("`aetherra-maint audit checkpoint` prints a checkpoint that can be kept")
}
