//! `audit anchor` and `audit witness`: checkpoints beyond our own reach.

use std::io::Read;
use std::path::PathBuf;

use aetherra_maint::execute::{audit_anchor, audit_witness};
use aetherra_maint::ledger::witness::REQUEST_LIMIT;
use aetherra_maint::report::Answer;
use aetherra_maint::report::audit_outside::{AuditAnchor, AuditWitness};
use aetherra_maint::{Error, Result};

use crate::session::Session;

/// Flags of `audit anchor`.
#[derive(Debug, clap::Args)]
pub struct AnchorArgs {
    /// `file:PATH`, `git:FOLDER`, `command:PROGRAM …` or `witness:PROGRAM …`, instead of `audit.anchors`; may be
    /// given several times
    #[arg(long, value_name = "PLACE")]
    to: Vec<String>,
    /// The public key of a witness, beside `audit.witness_keys`; may be given several times
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
}

pub fn anchor(args: &AnchorArgs, session: &Session) -> Result<Answer> {
    let audit = &session.settings.audit;
    let places = if args.to.is_empty() { &audit.anchors } else { &args.to };
    let keys: Vec<String> = args.key.iter().chain(&audit.witness_keys).cloned().collect();
    let (places, keys) = audit_anchor::parse(places, &keys)?;
    if session.globals.dry_run {
        return Err(Error::usage("dry-run-outside", "what is beyond the state cannot be tried out")
            .hinted("leave `-n` out; `aetherra-maint audit checkpoint` prints what would be kept"));
    }
    let mut store = session.open_to_write()?;
    let (places, audit) = audit_anchor::anchor(&mut session.context(&mut store), &session.project, &places, &keys)?;
    Ok(Answer { audit, ..Answer::new(AuditAnchor { places }) })
}

/// Flags of `audit witness`.
#[derive(Debug, clap::Args)]
pub struct WitnessArgs {
    /// The request, as C2SP `tlog-witness` has it, or `-` for standard input; without it, the key is printed
    request: Option<PathBuf>,
    /// The public key of a log that is known, as `name+id+base64`; may be given several times
    #[arg(long, value_name = "KEY")]
    log: Vec<String>,
    /// Make this installation a witness by this name
    #[arg(long)]
    name: Option<String>,
}

pub fn witness(args: &WitnessArgs, session: &Session) -> Result<Answer> {
    let (_, logs) = audit_anchor::parse(&[], &args.log)?;
    if session.globals.dry_run {
        return Err(Error::usage("dry-run-outside", "a signature cannot be tried out")
            .hinted("leave `-n` out; what a witness has signed it cannot take back"));
    }
    let request = args.request.as_ref().map(|file| {
        let mut text = String::new();
        let failed = |error| Error::io("reading the request", file, error);
        let limit = REQUEST_LIMIT as u64 + 1;
        if file.as_os_str() == "-" {
            std::io::stdin().take(limit).read_to_string(&mut text).map_err(failed)?;
        } else {
            let opened = std::fs::File::open(session.path(file)).map_err(failed)?;
            opened.take(limit).read_to_string(&mut text).map_err(failed)?;
        }
        Ok(text)
    });
    let request: Option<String> = request.transpose()?;
    let mut store = session.open_to_write()?;
    let mut context = session.context(&mut store);
    let (key, mut audit) = audit_witness::key(&mut context, args.name.as_deref())?;
    let answer = match request {
        None => None,
        Some(request) => {
            let (answer, head) = audit_witness::cosign(&mut context, &key, &request, &logs)?;
            audit = head.or(audit);
            Some(answer)
        }
    };
    Ok(Answer { audit, ..Answer::new(AuditWitness::new(key.public()?.to_string(), answer)) })
}
