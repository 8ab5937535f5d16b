//! Moves older entries out of the database into a sealed, compressed file that can be checked alone.
//!
//! The file is written first, made durable, read back and checked. Only then do the entries leave the database, in
//! the transaction that records it; a crash in between leaves a file that the next run writes again.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use serde_json::json;

use crate::Context;
use crate::error::{Error, Result};
use crate::ledger::segment::{Head, SegmentWriter};
use crate::model::NewEntry;
use crate::model::ledger::{ROTATE, Rotation, SeqRange};
use crate::settings::AuditSettings;
use crate::store::{LedgerHead, Segment, Store};

const DAY_NS: i64 = 24 * 3600 * 1_000_000_000;

/// Which entries stay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RotateRequest {
    /// At least so many of the newest.
    pub keep: u64,
    /// Those from this time on, nanoseconds since 1970.
    pub before_ns: Option<i64>,
}

impl RotateRequest {
    /// What the policy says; none when everything stays. Whole days are moved, so that however often it is asked
    /// for, there is at most one segment a day.
    pub fn due(settings: &AuditSettings, now_ns: i64) -> Option<Self> {
        let days = i64::from(settings.keep_days);
        let before_ns = (now_ns / DAY_NS).saturating_sub(days).saturating_mul(DAY_NS);
        (days > 0).then_some(Self { keep: 0, before_ns: Some(before_ns) })
    }
}

/// Which entries would be moved; none when none would.
///
/// # Errors
/// When the state cannot be read.
pub fn find(store: &Store, request: &RotateRequest) -> Result<Option<SeqRange>> {
    let from = store.segment_start()?.after + 1;
    Ok(store.segment_last(request.keep, request.before_ns)?.map(|to| SeqRange { from, to }))
}

/// Moves entries to a segment; none when there are none to move.
///
/// # Errors
/// When the file cannot be written or does not read back, or the state cannot be written.
pub fn rotate(context: &mut Context<'_>, request: &RotateRequest) -> Result<Option<(Rotation, LedgerHead)>> {
    let Some(range) = find(context.store, request)? else { return Ok(None) };
    let start = context.store.segment_start()?;
    let (segment, evidence) = context.store.segment_prepare(&start, range.to)?;
    let path = context.store.segment_path(&segment);
    let bytes = write(context.store, &path, &Head::new(&start, range.to, &evidence), range)?;
    read_back(context.store, &segment, &path)?;
    context.check_stop()?;
    let details = json!({"file": segment.file_name(), "bytes": bytes, "redacted": segment.redacted});
    let entry = NewEntry::new(ROTATE, range.to_string(), segment.reason()).detailed(details);
    let head = context.store.segment_move(context.trace_id, &segment, entry)?;
    Ok(Some((Rotation { range, file: path.display().to_string(), bytes }, head)))
}

/// Writes the file of a segment, in one step and durably. Returns its size in bytes.
fn write(store: &Store, path: &Path, head: &Head, range: SeqRange) -> Result<u64> {
    let failed = |error| Error::io("writing a segment of the ledger", path, error);
    let folder = path.parent().ok_or_else(|| Error::bug("a segment without a folder"))?;
    if !folder.is_dir() {
        std::fs::create_dir_all(folder).map_err(failed)?;
        // The entries leave the database for good: the name of the folder must not vanish either.
        let above = folder.parent().ok_or_else(|| Error::bug("a segment without a folder"))?;
        File::open(above).and_then(|above| above.sync_all()).map_err(failed)?;
    }
    let file = tempfile::Builder::new().prefix(".segment-").tempfile_in(folder).map_err(failed)?;
    let mut writer = SegmentWriter::new(BufWriter::new(file), head).map_err(failed)?;
    store.ledger_lines(range.from - 1, range.to, &mut |line| writer.entry(&line).map_err(failed))?;
    let file = writer.finish().map_err(failed)?.into_inner().map_err(|error| failed(error.into_error()))?;
    file.as_file().sync_all().map_err(failed)?;
    let bytes = file.as_file().metadata().map_err(failed)?.len();
    file.persist(path).map_err(|error| failed(error.error))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(bytes)
}

fn read_back(store: &Store, segment: &Segment, path: &Path) -> Result<()> {
    let wrong = |what: String| {
        Error::state("segment-unusable", format!("the segment does not read back as it was written: {what}"))
            .at_path(path)
            .hinted("nothing was moved; check the disk, and `aetherra-maint audit verify`")
    };
    let read = store.segment_check(segment, &BTreeSet::new(), |_| ())?;
    let check = read.ok_or_else(|| wrong("it is gone".to_owned()))?.map_err(|error| wrong(error.to_string()))?;
    match check.pass.fault {
        Some(fault) => Err(wrong(fault.message)),
        None if (check.pass.head, &check.pass.tree) != (segment.head, &segment.tree) => {
            Err(wrong("it holds other entries".to_owned()))
        }
        None => Ok(()),
    }
}
