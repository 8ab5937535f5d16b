//! Checking what the database says of entries that were moved to segments, and the segments themselves.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::segments::{Segment, segments};
use super::signer::Signed;
use super::{Store, statement_error};
use crate::error::Result;
use crate::ledger::epoch::follow;
use crate::ledger::pass::{Pass, Start};
use crate::ledger::segment::signed;
use crate::ledger::tree::is_included;
use crate::ledger::verdict::{Fault, Layer};

/// What reading the files of segments found, before anything else is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Older {
    /// Everything that they hold; none when they were not to be read.
    pass: Option<Pass>,
    /// The first file that is not here. What is after it was not read.
    absent: Option<String>,
}

/// What is known of the entries that were moved.
#[derive(Debug, Clone)]
pub(super) struct Moved {
    /// How many, from the first.
    pub moved: u64,
    /// What stands in front of the entries that were not moved.
    pub end: Start,
    /// What reading them found.
    pub read: Option<Pass>,
    /// From how many entries on roots are known.
    pub known_from: u64,
    /// How many of those that were not read lost their details.
    pub redacted: u64,
    /// How many of those that were not read a test clock dated.
    pub fixed_clock: u64,
    /// Files that were needed and are not here.
    pub absent: Vec<String>,
    /// What is wrong.
    pub fault: Option<Fault>,
    newest: Option<Segment>,
}

impl Store {
    /// Reads the files of all segments, one after the other.
    pub(super) fn read_segments(&self, sizes: &[u64], signed: Option<Signed>) -> Result<Older> {
        let seals = super::ledger_verify::seals(&self.connection)?;
        // Once they are read, all of it is known, and what was sealed or signed within them is compared.
        let claimed = seals.iter().filter_map(|(_, note)| super::ledger_verify::claimed_size(note));
        let mut sizes: BTreeSet<u64> =
            sizes.iter().copied().chain(claimed).chain(signed.map(|signed| signed.size)).collect();
        let mut older = Older::default();
        for segment in self.segments()? {
            sizes.insert(segment.range.to);
            let name = segment.file_name();
            let wrong = |what: String| Fault::new(Layer::Segment, None, format!("the segment `{name}`: {what}"));
            let mut pass = match self.segment_check(&segment, &sizes, |_| ())? {
                None => {
                    older.absent = Some(name);
                    return Ok(older);
                }
                Some(Ok(check)) => check.pass,
                Some(Err(error)) => {
                    let pass = older.pass.unwrap_or_else(|| empty(&segment));
                    return Ok(Older { pass: Some(pass.failed(wrong(error.to_string()))), ..Older::default() });
                }
            };
            if pass.fault.is_none()
                && (pass.size, pass.head, &pass.tree) != (segment.range.to, segment.head, &segment.tree)
            {
                pass.fault = Some(wrong("it does not hold the entries that were moved to it".to_owned()));
            }
            let ends = pass.fault.is_some();
            older.pass = Some(match older.pass {
                None => pass,
                Some(before) => before.followed_by(pass),
            });
            if ends {
                break;
            }
        }
        Ok(older)
    }
}

fn empty(segment: &Segment) -> Pass {
    Pass::new(segment.end(), super::ledger_verify::schema_digest(), &BTreeSet::new())
}

/// What the database says of moved entries, with what their files showed.
pub(super) fn moved(connection: &Connection, first: &Pass, seals: &[(u64, String)], older: Older) -> Result<Moved> {
    let segments = segments(connection)?;
    let newest = segments.last().cloned();
    let moved = newest.as_ref().map_or(0, |newest| newest.range.to);
    let has_all = older.absent.is_none() && older.pass.as_ref().is_some_and(|pass| pass.size == moved);
    let counted = |count: fn(&Segment) -> u64| if has_all { 0 } else { segments.iter().map(count).sum() };
    Ok(Moved {
        moved,
        end: newest.as_ref().map_or_else(Start::first, Segment::end),
        known_from: if has_all { 0 } else { moved },
        redacted: counted(|segment| segment.redacted),
        fixed_clock: counted(|segment| segment.fixed_clock),
        absent: older.absent.into_iter().collect(),
        fault: fault(connection, &segments, first, seals)?,
        // A part of them would not tell of everything that was erased.
        read: older.pass.filter(|pass| has_all || pass.fault.is_some()),
        newest,
    })
}

/// Whether segments follow one another, lead back to the first entry, and were signed.
fn fault(
    connection: &Connection,
    segments: &[Segment],
    first: &Pass,
    seals: &[(u64, String)],
) -> Result<Option<Fault>> {
    let (Some((_, key)), Some(newest)) = (&first.begun, segments.last()) else { return Ok(None) };
    let keys = follow(key, seals).map(|(_, keys)| keys).unwrap_or_default();
    let mut after = 0;
    for segment in segments {
        let range = segment.range;
        let wrong = |what: &str| Ok(Some(Fault::new(Layer::Segment, None, format!("the segment of {range}: {what}"))));
        if range.from != after + 1 || segment.tree.size() != range.to {
            return wrong("it does not follow the one before it");
        }
        if !is_included(&first.head, 0, range.to, &segment.path, &segment.tree.root()) {
            return wrong("it does not lead back to the first entry");
        }
        let fits = signed(&segment.note, &keys)
            .is_some_and(|checkpoint| (checkpoint.size, checkpoint.root) == (range.to, segment.tree.root()));
        if !fits {
            return wrong("its end was not signed with a key of the log");
        }
        after = range.to;
    }
    let left: u64 = connection
        .query_row("SELECT count(*) FROM ledger WHERE seq > 1 AND seq <= ?1", [newest.range.to], |row| row.get(0))
        .map_err(statement_error)?;
    let what = "entries that were moved to segments are in the database as well";
    Ok((left > 0).then(|| Fault::new(Layer::Sequence, None, what)))
}

/// Entries may be missing only where an entry tells that they were moved.
pub(super) fn check_moved(pass: &mut Pass, known: &Moved) {
    let Some(newest) = known.newest.as_ref().filter(|_| pass.fault.is_none()) else { return };
    let told = (newest.range, newest.reason());
    if !pass.rotations.contains(&told) {
        let what = format!("the entries {} were taken out without a record of it", newest.range);
        pass.fault = Some(Fault::new(Layer::Segment, Some(newest.range.from), what));
    }
}
