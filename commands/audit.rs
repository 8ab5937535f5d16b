//! `audit`: the ledger.

use std::path::PathBuf;

use aetherra_maint::execute::audit_import;
use aetherra_maint::ledger::note::NoteKey;
use aetherra_maint::ledger::verdict::{Anchor, judge};
use aetherra_maint::report::Answer;
use aetherra_maint::report::audit::{AuditCheckpoint, AuditImport, AuditLog, AuditShow, AuditVerify};
use aetherra_maint::store::{LedgerFilter, Reach};
use aetherra_maint::{Error, Result};

use crate::session::Session;

/// Flags of `audit`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

/// What to do with the ledger.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Check every entry, every signature, and what was kept elsewhere
    Verify {
        /// A checkpoint that was kept elsewhere; may be given several times
        #[arg(long, value_name = "FILE")]
        checkpoint: Vec<PathBuf>,
        /// A public key of the log or of a witness, as `name+id+base64`; may be given several times
        #[arg(long, value_name = "KEY")]
        key: Vec<String>,
        /// Read only what came after the last check, and say so
        #[arg(long)]
        new: bool,
    },
    /// List entries, the newest last
    Log(LogArgs),
    /// Everything about one entry
    Show {
        /// Its position
        seq: u64,
    },
    /// Take over the `audit_records` of a host, marked with what they could prove
    Import {
        /// The host's audit database
        file: PathBuf,
    },
    /// Print the newest signed checkpoint, to be kept elsewhere
    Checkpoint,
}

#[derive(Debug, clap::Args)]
struct LogArgs {
    /// At most so many entries, the newest
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: u64,
    /// Only after this position
    #[arg(long, default_value_t = 0, value_name = "SEQ")]
    after: u64,
    /// Only by this actor
    #[arg(long)]
    actor: Option<String>,
    /// Only this action, or those that start with it and a full stop
    #[arg(long)]
    action: Option<String>,
    /// Only subjects that contain this
    #[arg(long)]
    subject: Option<String>,
    /// Only of this run
    #[arg(long, value_name = "ID")]
    run: Option<String>,
    /// Only with this result
    #[arg(long)]
    result: Option<String>,
    /// Only from this time on, RFC 3339
    #[arg(long, value_name = "TIME")]
    since: Option<jiff::Timestamp>,
    /// Only before this time, RFC 3339
    #[arg(long, value_name = "TIME")]
    until: Option<jiff::Timestamp>,
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    match &args.action {
        Action::Verify { checkpoint, key, new } => {
            verify(checkpoint, key, if *new { Reach::New } else { Reach::Whole }, session)
        }
        Action::Log(args) => log(args, session),
        Action::Show { seq } => {
            let Some(entry) = session.open_to_read()?.ledger_entry(*seq)? else {
                return Err(Error::usage("entry-unknown", format!("the ledger has no entry {seq}"))
                    .hinted("`aetherra-maint audit log` lists the newest"));
            };
            let hash_fits = entry.compute_hash() == entry.entry_hash;
            Ok(Answer::new(AuditShow { entry, hash_fits }))
        }
        Action::Import { file } if session.globals.dry_run => {
            Ok(Answer::new(AuditImport { found: audit_import::preview(file)?, dry_run: true }))
        }
        Action::Import { file } => {
            let mut store = session.open_to_write()?;
            let (found, audit) = audit_import::import(&mut session.context(&mut store), file)?;
            Ok(Answer { audit, ..Answer::new(AuditImport { found, dry_run: false }) })
        }
        Action::Checkpoint => {
            let note = session.open_to_read()?.ledger_checkpoint()?;
            Ok(Answer::new(AuditCheckpoint { note }))
        }
    }
}

fn verify(files: &[PathBuf], keys: &[String], reach: Reach, session: &Session) -> Result<Answer> {
    let keys = keys
        .iter()
        .map(|key| NoteKey::parse(key).map_err(|error| bad_checkpoint(key, &error)))
        .collect::<Result<Vec<_>>>()?;
    let anchors = files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(session.project.join(file))
                .map_err(|error| Error::io("reading the checkpoint", file, error))?;
            let name = file.display().to_string();
            Anchor::parse(&name, &text, &keys).map_err(|error| bad_checkpoint(&name, &error))
        })
        .collect::<Result<Vec<_>>>()?;
    let store = session.open_to_read()?;
    let check = store.ledger_verify(&anchors.iter().map(|anchor| anchor.checkpoint.size).collect::<Vec<_>>(), reach)?;
    let judgement = judge(&check, &anchors);
    if let (Some(position), false) = (&check.position, session.globals.dry_run) {
        // Where it cannot be kept, as on a disk that is read-only, the next check reads everything again.
        let _ = store.ledger_position_keep(position);
    }
    let names = anchors.into_iter().map(|anchor| anchor.name).collect();
    Ok(Answer::new(AuditVerify::new(check, judgement, names)))
}

fn bad_checkpoint(name: &str, error: &dyn std::error::Error) -> Error {
    Error::usage("checkpoint-invalid", format!("`{name}` is no checkpoint or key that can be read: {error}"))
        .hinted("`aetherra-maint audit checkpoint` prints a checkpoint that can be kept")
}

fn log(args: &LogArgs, session: &Session) -> Result<Answer> {
    let ns = |time: jiff::Timestamp| i64::try_from(time.as_nanosecond()).unwrap_or(i64::MAX);
    let filter = LedgerFilter {
        after: args.after,
        since_ns: args.since.map(ns),
        until_ns: args.until.map(ns),
        actor: args.actor.clone(),
        action: args.action.clone(),
        subject: args.subject.clone(),
        trace_id: args.run.clone(),
        result: args.result.clone(),
    };
    Ok(Answer::new(AuditLog { entries: session.open_to_read()?.ledger_entries(&filter, args.limit)? }))
}
