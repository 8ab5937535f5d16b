//! Erases the details of entries, because somebody asked or a policy says so.
//!
//! What the chain covers stays: who did what to what, when, and the salted digest of the details. With the salt
//! erased as well, the digest gives nothing away.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read};
use std::path::PathBuf;

use serde_json::json;
use tempfile::NamedTempFile;

use crate::Context;
use crate::error::{Error, Result};
use crate::host::Host;
use crate::ledger::redaction::{RedactRequest, subjects};
use crate::ledger::segment::SegmentWriter;
use crate::model::NewEntry;
use crate::model::ledger::{REDACT, Redaction, SeqRange};
use crate::settings::AuditSettings;
use crate::store::{LedgerHead, Segment, Store};

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
/// Segments are written anew first, and put into their places when the record is durable: a crash in between leaves
/// details that the next run erases, never some that are gone without a record.
///
/// # Errors
/// As [`find`], and when the state cannot be written.
pub fn redact(context: &mut Context<'_>, request: &RedactRequest) -> Result<(Redaction, Option<LedgerHead>)> {
    let ranges = find(context.store, request)?;
    let rewritten = rewrite_all(context.store, &ranges)?;
    let counts: Vec<(u64, u64)> = rewritten.iter().map(|segment| (segment.last, segment.redacted)).collect();
    let entries = subjects(&ranges).into_iter().map(|subject| entry(subject, request)).collect();
    let (wiped, head) = context.store.ledger_redact(context.trace_id, &ranges, &counts, entries)?;
    for segment in rewritten {
        segment.put_in_place()?;
    }
    Ok((Redaction { ranges, wiped }, head))
}

/// A segment without the details that are to be erased, beside the one that has them.
struct Rewritten {
    last: u64,
    redacted: u64,
    path: PathBuf,
    file: NamedTempFile,
}

impl Rewritten {
    fn put_in_place(self) -> Result<()> {
        let failed = |error| Error::io("replacing a segment of the ledger", &self.path, error);
        let old = OpenOptions::new().write(true).open(&self.path);
        self.file.persist(&self.path).map_err(|error| failed(error.error))?;
        if let Some(folder) = self.path.parent() {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        }
        // The old content has lost its name; here it loses its bytes as well, as far as the disk overwrites in place.
        if let Ok(mut old) = old {
            let length = old.metadata().map_or(0, |metadata| metadata.len());
            let _ = std::io::copy(&mut std::io::repeat(0).take(length), &mut old).and_then(|_| old.sync_all());
        }
        Ok(())
    }
}

fn rewrite_all(store: &Store, ranges: &[SeqRange]) -> Result<Vec<Rewritten>> {
    let meets =
        |segment: &Segment| ranges.iter().any(|range| range.from <= segment.range.to && segment.range.from <= range.to);
    store.segments()?.into_iter().filter(meets).map(|segment| rewrite(store, &segment, ranges)).collect()
}

fn rewrite(store: &Store, segment: &Segment, ranges: &[SeqRange]) -> Result<Rewritten> {
    let path = store.segment_path(segment);
    let failed = |error| Error::io("writing a segment of the ledger", &path, error);
    let head = store.segment_head(segment)?;
    let folder = path.parent().ok_or_else(|| Error::bug("a segment without a folder"))?;
    let file = tempfile::Builder::new().prefix(".segment-").tempfile_in(folder).map_err(failed)?;
    let mut writer = SegmentWriter::new(BufWriter::new(file), &head).map_err(failed)?;
    let mut redacted = 0;
    store.segment_lines(segment, &mut |mut line| {
        if ranges.iter().any(|range| range.has(line.seq)) {
            (line.details, line.details_salt) = (None, None);
        }
        redacted += u64::from(line.details_digest.is_some() && line.details.is_none());
        writer.entry(&line).map_err(failed)
    })?;
    let file = writer.finish().map_err(failed)?.into_inner().map_err(|error| failed(error.into_error()))?;
    file.as_file().sync_all().map_err(failed)?;
    Ok(Rewritten { last: segment.range.to, redacted, path, file })
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
