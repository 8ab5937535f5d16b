//! `audit redact`: what happens to a ledger as it grows old.

use aetherra_maint::Result;
use aetherra_maint::execute::audit_redact;
use aetherra_maint::ledger::redaction::RedactRequest;
use aetherra_maint::model::ledger::SeqRange;
use aetherra_maint::report::Answer;
use aetherra_maint::report::audit_life::AuditRedact;

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
