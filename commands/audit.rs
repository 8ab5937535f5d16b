//! `audit`: the ledger.

use std::path::PathBuf;

use aetherra_maint::execute::audit_import;
use aetherra_maint::report::Answer;
use aetherra_maint::report::audit::{AuditCheckpoint, AuditImport, AuditLog, AuditShow};
use aetherra_maint::report::audit_outside::AuditProve;
use aetherra_maint::store::LedgerFilter;
use aetherra_maint::{Error, Result};

use crate::session::Session;
use crate::{audit_follow, audit_life, audit_outside, audit_verify};

/// Flags of `audit`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

/// What to do with the ledger.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Check every entry, every signature, and what was kept elsewhere; or one proof
    Verify(audit_verify::Args),
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
    /// Print the proof that an entry is in the ledger, to be checked by others
    Prove {
        /// Its position
        seq: u64,
        /// A checkpoint that was kept elsewhere and shall be enough to check the proof, instead of the newest
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
    },
    /// Erase details of entries, on request or by policy; the chain still verifies
    Redact(audit_life::RedactArgs),
    /// Move older entries to a sealed, compressed file that verifies on its own
    Rotate(audit_life::RotateArgs),
    /// Write entries to a file, each with its proof, or as CloudEvents
    Export(audit_life::ExportArgs),
    /// Keep the newest checkpoint where it cannot be changed from here
    Anchor(audit_outside::AnchorArgs),
    /// Sign checkpoints of another log, when it has only grown
    Witness(audit_outside::WitnessArgs),
}

#[derive(Debug, clap::Args)]
struct LogArgs {
    /// At most so many entries, the newest
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: u64,
    /// Go on with what is recorded from now on, until interrupted
    #[arg(long)]
    follow: bool,
    #[command(flatten)]
    selection: Selection,
}

/// Which entries are meant.
#[derive(Debug, clap::Args)]
pub struct Selection {
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
        Action::Verify(args) => audit_verify::run(args, session),
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
            let store = session.open_to_read()?;
            let key = store.ledger_key()?.map(|key| key.to_string());
            Ok(Answer::new(AuditCheckpoint { note: store.ledger_checkpoint()?, key }))
        }
        Action::Prove { seq, checkpoint } => {
            let kept = checkpoint.as_deref().map(|file| audit_verify::kept(file, session)).transpose()?;
            Ok(Answer::new(AuditProve::new(&session.open_to_read()?.ledger_prove(*seq, kept)?)))
        }
        Action::Redact(args) => audit_life::redact(args, session),
        Action::Rotate(args) => audit_life::rotate(args, session),
        Action::Export(args) => audit_life::export(args, session),
        Action::Anchor(args) => audit_outside::anchor(args, session),
        Action::Witness(args) => audit_outside::witness(args, session),
    }
}

impl Selection {
    /// The filter that it stands for.
    pub fn filter(&self) -> LedgerFilter {
        let ns = |time: jiff::Timestamp| i64::try_from(time.as_nanosecond()).unwrap_or(i64::MAX);
        LedgerFilter {
            after: self.after,
            since_ns: self.since.map(ns),
            until_ns: self.until.map(ns),
            actor: self.actor.clone(),
            action: self.action.clone(),
            subject: self.subject.clone(),
            trace_id: self.run.clone(),
            result: self.result.clone(),
        }
    }
}

fn log(args: &LogArgs, session: &Session) -> Result<Answer> {
    let filter = args.selection.filter();
    if args.follow {
        return audit_follow::follow(filter, args.limit, session);
    }
    let store = session.open_to_read()?;
    let entries = store.ledger_entries(&filter, args.limit)?;
    let moved = store.segment_start()?.after;
    // Who asked for later ones alone misses nothing.
    Ok(Answer::new(AuditLog { entries, moved: if filter.after < moved { moved } else { 0 } }))
}
