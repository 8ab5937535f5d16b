//! `audit redact`, `audit rotate`, `audit export`: what happens to a ledger as it grows old.

use aetherra_maint::execute::audit_redact;
use aetherra_maint::{Error, Result};
use std::path::PathBuf;

use aetherra_maint::execute::audit_export::{self, ExportForm, ExportRequest};
use aetherra_maint::execute::audit_rotate::{self, RotateRequest};
use aetherra_maint::ledger::redaction::RedactRequest;
use aetherra_maint::model::ledger::SeqRange;
use aetherra_maint::report::Answer;
use aetherra_maint::report::audit_life::{AuditExport, AuditRedact, AuditRotate};

use crate::audit::Selection;
use crate::audit_verify;
use crate::session::Session;

/// Flags of `audit redact`.
#[derive(Debug, clap::Args)]
pub struct RedactArgs {
    /// Positions, such as `17` or `20-25`
    #[arg(value_name = "SEQ")]
    ranges: Vec<SeqRange>,
    /// Only entries with exactly this subject
    #[arg(long)]
    subject: Option<String>,
    /// Only this action, or those that start with it and a full stop; may be given several times
    #[arg(long)]
    action: Vec<String>,
    /// Only entries from before this time, RFC 3339
    #[arg(long, value_name = "TIME")]
    before: Option<jiff::Timestamp>,
    /// What `audit.redact_after_days` says is due
    #[arg(long, conflicts_with_all = ["ranges", "subject", "action", "before"])]
    due: bool,
    /// Why, for good in the ledger
    #[arg(long, required_unless_present = "due", default_value = "", hide_default_value = true)]
    reason: String,
}

pub fn redact(args: &RedactArgs, session: &Session) -> Result<Answer> {
    let request = request(args, session)?;
    if session.globals.dry_run {
        let store = session.open_to_read()?;
        let copies = store.backups()?;
        let ranges = audit_redact::find(&store, &request)?;
        return Ok(Answer::new(AuditRedact::rehearsed(ranges, &request.reason, copies)));
    }
    let mut store = session.open_to_write()?;
    let copies = store.backups()?;
    let (redaction, audit) = audit_redact::redact(&mut session.context(&mut store), &request)?;
    Ok(Answer { audit, ..Answer::new(AuditRedact::new(redaction, &request.reason, copies)) })
}

fn request(args: &RedactArgs, session: &Session) -> Result<RedactRequest> {
    if !args.due {
        return Ok(RedactRequest {
            ranges: args.ranges.clone(),
            subject: args.subject.clone(),
            actions: args.action.clone(),
            before_ns: args.before.map(|time| i64::try_from(time.as_nanosecond()).unwrap_or(i64::MAX)),
            reason: args.reason.clone(),
        });
    }
    let mut due = audit_redact::due(&session.settings.audit, &session.host)?;
    if !args.reason.is_empty() {
        due.reason.clone_from(&args.reason);
    }
    Ok(due)
}

/// Flags of `audit rotate`.
#[derive(Debug, clap::Args)]
pub struct RotateArgs {
    /// How many of the newest entries stay at least
    #[arg(long, value_name = "N")]
    keep: Option<u64>,
    /// Only entries from before this time, RFC 3339
    #[arg(long, value_name = "TIME")]
    before: Option<jiff::Timestamp>,
}

pub fn rotate(args: &RotateArgs, session: &Session) -> Result<Answer> {
    let asked = args.keep.is_some() || args.before.is_some();
    let by_flags = asked.then(|| RotateRequest {
        keep: args.keep.unwrap_or(0),
        before_ns: args.before.map(|time| i64::try_from(time.as_nanosecond()).unwrap_or(i64::MAX)),
    });
    let due = || RotateRequest::due(&session.settings.audit, session.host.clock.now_ns());
    let request = by_flags.or_else(due).ok_or_else(|| {
        Error::usage("rotate-no-policy", "`audit.keep_days` is 0, so all entries stay")
            .hinted("set it in the operator's configuration, or give `--keep` or `--before`")
    })?;
    if session.globals.dry_run {
        return Ok(Answer::new(AuditRotate::rehearsed(audit_rotate::find(&session.open_to_read()?, &request)?)));
    }
    let mut store = session.open_to_write()?;
    let (rotation, audit) = audit_rotate::rotate(&mut session.context(&mut store), &request)?.unzip();
    Ok(Answer { audit, ..Answer::new(AuditRotate::new(rotation)) })
}

/// The form of an export.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Form {
    /// Lines of JSON, each entry with its proof
    Jsonl,
    /// Lines of JSON, each an event of CloudEvents 1.0
    Cloudevents,
}

/// Flags of `audit export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// The file to write
    file: PathBuf,
    /// In which form
    #[arg(long = "as", value_enum, default_value_t = Form::Jsonl, value_name = "FORM")]
    form: Form,
    /// The checkpoint that the proofs lead to, instead of the newest; entries after it are left out
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
}

pub fn export(args: &ExportArgs, session: &Session) -> Result<Answer> {
    let form = match args.form {
        Form::Jsonl => ExportForm::Jsonl,
        Form::Cloudevents => ExportForm::Cloudevents,
    };
    let checkpoint = args.checkpoint.as_ref().map(|file| audit_verify::read(file, session)).transpose()?;
    let request = ExportRequest { filter: args.selection.filter(), form, checkpoint };
    let file = session.path(&args.file);
    let store = session.open_to_read()?;
    let exported = audit_export::export(&store, &request, (!session.globals.dry_run).then_some(file.as_path()))?;
    let report = AuditExport::new(exported, form, args.file.display().to_string());
    Ok(Answer::new(AuditExport { dry_run: session.globals.dry_run, ..report }))
}
