//! Reading the `audit_records` table of a host, in both of its forms: with hashes and without.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::database_error;
use crate::error::{Error, Result};
use crate::model::ledger::DETAILS_LIMIT;

/// More records than this are refused in one import; export and import them in parts.
const MAX_RECORDS: usize = 1_000_000;

/// Bytes of one field that are taken over; of a longer one only the length is.
const FIELD_BYTES: i64 = DETAILS_LIMIT as i64 / 4;

/// Bytes of all records together that one import may have in memory.
const ALL_BYTES: i64 = 128 << 20;

/// One record of a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostRecord {
    /// Its id there.
    pub id: String,
    /// The plan it belongs to.
    pub plan_id: String,
    /// Its time, as the host wrote it.
    pub timestamp: String,
    /// What was done.
    pub action: String,
    /// How it ended.
    pub status: String,
    /// On what, as the host wrote it.
    pub target: String,
    /// What came of it, as the host wrote it.
    pub result: String,
    /// The hashes, in the form that has them.
    pub hashes: Option<(String, String)>,
}

/// Reads all records in their order. The file is opened read-only and never changed.
///
/// # Errors
/// When it is no SQLite database, or has no such table.
pub fn host_audit_read(path: &Path) -> Result<Vec<HostRecord>> {
    if !path.is_file() {
        return Err(Error::usage("file-not-found", "there is no such file to import")
            .at_path(path)
            .hinted("check the path"));
    }
    let failed = |error| database_error("reading the host's audit of", path, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    let columns: Vec<String> = connection
        .prepare("SELECT name FROM pragma_table_info('audit_records')")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .map_err(failed)?;
    let has = |name: &str| columns.iter().any(|column| column == name);
    if !["id", "plan_id", "timestamp", "action", "status", "target_json", "result_json"].into_iter().all(has) {
        return Err(Error::usage("audit-import-unknown", "the file has no table `audit_records` of a known form")
            .at_path(path)
            .hinted("name the host's audit database, such as data/selfinc_audit.db"));
    }
    let has_hashes = has("prev_hash") && has("entry_hash");
    let plain = ["id", "plan_id", "timestamp", "action", "status", "target_json", "result_json"];
    let named = plain.into_iter().map(Some).chain(["prev_hash", "entry_hash"].map(|name| has_hashes.then_some(name)));
    let columns = named.map(|name| name.map_or_else(|| "NULL".to_owned(), bounded)).collect::<Vec<_>>();
    let kept = columns.iter().map(|column| format!("coalesce(octet_length({column}), 0)")).collect::<Vec<_>>();
    let kept = format!("SELECT count(*), total({}) FROM audit_records", kept.join(" + "));
    let (records, bytes): (usize, f64) =
        connection.query_row(&kept, [], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failed)?;
    if records > MAX_RECORDS || bytes > ALL_BYTES as f64 {
        let why =
            format!("the file has {records} records of {bytes} bytes; {MAX_RECORDS} and {ALL_BYTES} are the most");
        return Err(Error::usage("audit-import-large", why).at_path(path).hinted("import it in parts"));
    }
    let sql = format!("SELECT {} FROM audit_records ORDER BY rowid LIMIT {MAX_RECORDS}", columns.join(", "));
    let mut statement = connection.prepare(&sql).map_err(failed)?;
    let text = |row: &rusqlite::Row<'_>, at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    let rows = statement
        .query_map([], |row| {
            let hashes = row.get::<_, Option<String>>(7)?.zip(row.get::<_, Option<String>>(8)?);
            Ok(HostRecord {
                id: text(row, 0)?,
                plan_id: text(row, 1)?,
                timestamp: text(row, 2)?,
                action: text(row, 3)?,
                status: text(row, 4)?,
                target: text(row, 5)?,
                result: text(row, 6)?,
                hashes,
            })
        })
        .map_err(failed)?;
    rows.collect::<rusqlite::Result<Vec<_>>>().map_err(failed)
}

/// A column as text, or a word about its length where it is longer than what is taken over. The length is known
/// without reading the value.
fn bounded(column: &str) -> String {
    format!(
        "CASE WHEN octet_length({column}) > {FIELD_BYTES} THEN '[left out: ' || octet_length({column}) || ' bytes]'
         ELSE CAST({column} AS TEXT) END"
    )
}
