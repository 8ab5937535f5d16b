//! Erases the details of entries, because somebody asked or a policy says so.
//!
//! What the chain covers stays: who did what to what, when, and the salted digest of the details. With the salt
//! erased as well, the digest gives nothing away.

use serde_json::json;

use crate::Context;
use crate::error::{Error, Result};
use crate::host::Host;
use crate::ledger::redaction::{RedactRequest, subjects};
use crate::model::NewEntry;
use crate::model::ledger::{REDACT, Redaction, SeqRange};
use crate::settings::AuditSettings;
use crate::store::{LedgerHead, Store};

/// Which entries a request would redact.
///
/// # Errors
/// When the request says nothing, or the state cannot be read.
pub fn find(store: &Store, request: &RedactRequest) -> Result<Vec<SeqRange>> {
    if !request.is_bounded() {
        return Err(Error::usage("redact-everything", "which entries lose their details was not said")
            .hinted("give positions such as `17` or `20-25`, `--subject`, `--action`, `--before` or `--due`"));
    }
    if request.reason.trim().is_empty() {
        return Err(Error::usage("redact-reason", "why the details are erased was not said")
            .hinted("give `--reason`; it stays in the ledger for good"));
    }
    store.ledger_with_details(request)
}

/// Erases details, and records that.
///
/// # Errors
/// As [`find`], and when the state cannot be written.
pub fn redact(context: &mut Context<'_>, request: &RedactRequest) -> Result<(Redaction, Option<LedgerHead>)> {
    let ranges = find(context.store, request)?;
    let entries = subjects(&ranges).into_iter().map(|subject| entry(subject, request)).collect();
    let (wiped, head) = context.store.ledger_redact(context.trace_id, &ranges, entries)?;
    Ok((Redaction { ranges, wiped }, head))
}

/// What the policy says is due now.
///
/// # Errors
/// When there is no policy.
pub fn due(settings: &AuditSettings, host: &Host) -> Result<RedactRequest> {
    let due = RedactRequest::due(settings.redact_after_days, &settings.redact_actions, host.clock.now_ns());
    due.ok_or_else(|| {
        Error::usage("redact-no-policy", "`audit.redact_after_days` is 0, so nothing is ever due")
            .hinted("set it in the operator's configuration, or say which entries")
    })
}

/// Erases what the policy says is due, and records that.
///
/// # Errors
/// As [`due`] and [`redact`].
pub fn redact_due(context: &mut Context<'_>) -> Result<(Redaction, Option<LedgerHead>)> {
    let request = due(&context.settings.audit, context.host)?;
    redact(context, &request)
}

fn entry((subject, count): (String, u64), request: &RedactRequest) -> NewEntry {
    NewEntry::new(REDACT, subject, request.reason.clone()).detailed(json!({"entries": count}))
}
