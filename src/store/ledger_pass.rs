//! Reading entries and recomputing what the ledger says of them.
//!
//! # Performance
//!
//! SQLite hands each entry to a function of ours, with all its columns at once: asking a row for one column after
//! the other costs a seventh of the time. The columns are borrowed, laid out in one reused buffer and hashed a few
//! entries at a time; nothing is allocated for an entry. The chain is cut into runs whose length is a power of two: each starts from the stored hash of the
//! entry in front of it, which the run before it recomputes, so that runs can be read on all cores and their
//! trees joined. Every reader has a connection of its own on the same snapshot.
//!
//! The file is read, and not mapped into memory: whoever truncates a mapped file kills those who look at it.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};

use super::ledger_verify::schema_digest;
use super::statement_error;
use crate::error::Result;
use crate::ledger::pass::{Pass, Start, missing};
use crate::ledger::verdict::Fault;
use crate::model::Digest;
use crate::model::ledger::{EntryFields, StoredEntry};

/// Entries of one run: enough that starting one costs nothing, few enough that all cores end together.
pub(super) const RUN: u64 = 1 << 14;

/// The function that SQLite calls with each entry, and what it is given. It is true of the first entry at which
/// something is wrong, so that nothing behind it is read; until then no row comes back.
const IS_WRONG: &str = "ledger_is_wrong";
const COLUMNS: i32 = 13;
const SQL: &str = "SELECT seq FROM ledger WHERE seq > ?1 AND seq <= ?2 AND ledger_is_wrong(seq, time_ns, clock, actor, \
                   action, subject, reason, trace_id, result, details_digest, entry_hash, details_salt, details) \
                   ORDER BY seq LIMIT 1";

/// Reads the entries from `start` to `last`, on all cores when there are readers for them.
pub(super) fn read(
    connection: &Connection,
    readers: Vec<Connection>,
    start: Start,
    last: u64,
    sizes: &BTreeSet<u64>,
) -> Result<Pass> {
    let first = start.after;
    let passes = if readers.is_empty() || last.saturating_sub(first) <= RUN {
        vec![read_run(connection, start.clone(), last, sizes)?]
    } else {
        let mut ends: Vec<u64> = (first / RUN + 1..=last / RUN).map(|run| run * RUN).collect();
        ends.extend((!last.is_multiple_of(RUN)).then_some(last));
        read_runs(readers, &start, &ends, sizes)?
    };
    let mut passes = passes.into_iter();
    let Some(mut whole) = passes.next() else { return Ok(Pass::new(start, schema_digest(), sizes)) };
    whole.settle();
    if sizes.contains(&first) {
        whole.roots.insert(first, start.tree.root());
    }
    for pass in passes {
        if whole.fault.is_some() {
            break;
        }
        whole.add(pass);
    }
    Ok(whole)
}

/// Reads the runs that end at `ends`, each as soon as a reader is free.
fn read_runs(readers: Vec<Connection>, start: &Start, ends: &[u64], sizes: &BTreeSet<u64>) -> Result<Vec<Pass>> {
    let next = AtomicUsize::new(0);
    let shares: Vec<Vec<(usize, Pass)>> = readers
        .into_par_iter()
        .map(|reader| {
            let mut share = Vec::new();
            loop {
                let run = next.fetch_add(1, Ordering::Relaxed);
                let Some(end) = ends.get(run) else { return Ok(share) };
                let start = match run.checked_sub(1).and_then(|before| ends.get(before)) {
                    None => Ok(start.clone()),
                    Some(before) => start_after(&reader, *before)?,
                };
                let pass = match start {
                    Ok(start) => read_run(&reader, start, *end, sizes)?,
                    Err(fault) => Pass::new(Start::first(), schema_digest(), sizes).failed(fault),
                };
                let is_wrong = pass.fault.is_some();
                share.push((run, pass));
                if is_wrong {
                    // What follows cannot be the first that is wrong.
                    next.fetch_max(ends.len(), Ordering::Relaxed);
                }
            }
        })
        .collect::<Result<_>>()?;
    let mut passes: Vec<(usize, Pass)> = shares.into_iter().flatten().collect();
    passes.sort_by_key(|(run, _)| *run);
    Ok(passes.into_iter().map(|(_, pass)| pass).collect())
}

/// The start of a run after an entry: the run before it checks that entry.
fn start_after(connection: &Connection, seq: u64) -> Result<std::result::Result<Start, Fault>> {
    let found: Option<(i64, [u8; 32])> = connection
        .prepare_cached("SELECT time_ns, entry_hash FROM ledger WHERE seq = ?1")
        .and_then(|mut statement| statement.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?))).optional())
        .map_err(statement_error)?;
    Ok(found
        .map(|(time_ns, hash)| Start { after: seq, head: Digest(hash), time_ns, ..Start::first() })
        .ok_or_else(|| missing(seq)))
}

fn read_run(connection: &Connection, start: Start, last: u64, sizes: &BTreeSet<u64>) -> Result<Pass> {
    let after = start.after;
    let shared = Arc::new(Mutex::new(Pass::new(start, schema_digest(), sizes)));
    let pass = Arc::clone(&shared);
    let is_wrong = move |row: &Context<'_>| {
        let mut pass = pass.lock().unwrap_or_else(PoisonError::into_inner);
        pass.take(&stored(row));
        Ok(pass.fault.is_some())
    };
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function(IS_WRONG, COLUMNS, flags, is_wrong).map_err(statement_error)?;
    let found = connection.query_row(SQL, [after, last], |_| Ok(())).optional().map_err(statement_error);
    connection.remove_function(IS_WRONG, COLUMNS).map_err(statement_error)?;
    found?;
    let mut pass = shared.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if pass.fault.is_none() {
        pass.end(last);
    }
    Ok(pass)
}

/// The columns of an entry, as they lie in the database.
fn stored<'a>(row: &'a Context<'_>) -> StoredEntry<'a> {
    let details_digest = bytes(row, 9);
    StoredEntry {
        fields: EntryFields {
            // A number that is none is no position, and fails as such.
            seq: u64::try_from(number(row, 0)).unwrap_or(0),
            time_ns: number(row, 1),
            texts: [2, 3, 4, 5, 6, 7, 8].map(|column| bytes(row, column)),
            details_digest,
        },
        entry_hash: bytes(row, 10),
        details_salt: if details_digest.is_empty() { &[] } else { bytes(row, 11) },
        details: bytes(row, 12),
    }
}

/// The bytes of a text or a blob; a number has none, and then no hash will fit.
fn bytes<'a>(row: &'a Context<'_>, column: usize) -> &'a [u8] {
    match row.get_raw(column) {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        _ => &[],
    }
}

fn number(row: &Context<'_>, column: usize) -> i64 {
    match row.get_raw(column) {
        ValueRef::Integer(number) => number,
        _ => 0,
    }
}
