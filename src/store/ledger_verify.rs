//! Checking the ledger: its tables, its entries, its tree, its signatures, and what the signer remembers.
//!
//! Everything is read on one snapshot, which never blocks a writer. How entries are read fast stands in
//! [`super::ledger_pass`].

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::ledger_moved::{Moved, Older, check_moved, moved};
use super::ledger_pass::read;
use super::migrate::MIGRATIONS;
use super::signer::{self, Signed, Signer};
use super::{DATABASE, Store, reader, statement_error};
use crate::error::{Error, Result};
use crate::ledger::epoch::{checked, follow};
use crate::ledger::note::{Checkpoint, Note, NoteKey};
use crate::ledger::pass::{Pass, Start};
use crate::ledger::position::Position;
use crate::ledger::verdict::{Fault, Layer, LedgerCheck};
use crate::model::Digest;

/// How often a snapshot is tried again when a writer came in between two readers.
const SNAPSHOT_TRIES: usize = 5;

/// The file of the position that the last check reached, in the signer's folder.
const POSITION_FILE: &str = "verified";

/// How much of the ledger is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Every entry in the database. Segments are read where a root is asked for that only they have.
    Whole,
    /// What came after the last check that was kept; every entry when there is none that counts.
    New,
    /// Every entry, and those that were moved to segments as well.
    Segments,
}

impl Store {
    /// Checks everything that the database and the signer's memory can tell, and notes the roots at `sizes`.
    ///
    /// What is wrong with the ledger is in the result.
    ///
    /// # Errors
    /// Only when the database cannot be read, or is of another version of this program.
    pub fn ledger_verify(&self, sizes: &[u64], reach: Reach) -> Result<LedgerCheck> {
        self.verify(sizes, reach).or_else(|error| {
            // A table that was taken away or changed shows in an error first; the cause is what counts.
            if let Ok(Some(fault)) = schema_fault(&self.connection) {
                return match self.is_of_another_version() {
                    true => Err(another_version(&self.directory)),
                    false => Ok(broken(fault)),
                };
            }
            if is_misshapen(&error) {
                let what = format!("a value is of a kind that the tables do not allow: {}", error.message);
                return Ok(broken(Fault::new(Layer::Schema, None, what)));
            }
            Err(error.at_path(&self.directory.join(DATABASE)))
        })
    }

    /// Whether the tables lack what this version added, and the first entry names other tables than ours and is
    /// what it was.
    fn is_of_another_version(&self) -> bool {
        let lacks = "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'ledger_segments')";
        let lacks = self.connection.query_row(lacks, [], |row| row.get(0)).unwrap_or(false);
        let pass = read(&self.connection, Vec::new(), Start::first(), 1, &BTreeSet::new());
        // The one thing that a sound first entry of another version is blamed for.
        lacks && pass.is_ok_and(|pass| pass.begun.is_some() && pass.names_other_tables())
    }

    fn verify(&self, sizes: &[u64], reach: Reach) -> Result<LedgerCheck> {
        // Before the snapshot: what the signer remembers may be behind it, never ahead.
        let memory =
            Memory { signed: signer::signed(&self.directory)?, has_key: Signer::load(&self.directory)?.is_some() };
        let position = match reach {
            Reach::Whole | Reach::Segments => None,
            Reach::New => self.ledger_position()?,
        };
        // Entries are moved by nobody but the one who holds the lease, and what was moved stays where it is.
        let moved = self.segment_start()?.after;
        let older = if reach == Reach::Segments || sizes.iter().any(|size| *size < moved) {
            self.read_segments(sizes, memory.signed)?
        } else {
            Older::default()
        };
        let (snapshot, readers) = self.snapshot()?;
        check(&snapshot, readers, memory, sizes, position, older)
    }

    /// A read snapshot, and further connections on the same one when several cores can be used.
    ///
    /// Whatever is written writes an entry, so snapshots that end with the same entry are the same.
    fn snapshot(&self) -> Result<(Transaction<'_>, Vec<Connection>)> {
        let path = self.directory.join(DATABASE);
        let wanted = rayon::current_num_threads();
        for _ in 0..SNAPSHOT_TRIES {
            // Deferred: it reads and never locks out a writer.
            let snapshot = self.connection.unchecked_transaction().map_err(statement_error)?;
            let newest = newest(&snapshot).map_err(statement_error)?;
            let is_long = newest.as_ref().is_some_and(|(size, _)| *size > super::ledger_pass::RUN);
            if wanted < 2 || !is_long || self.signing.is_none() {
                return Ok((snapshot, Vec::new()));
            }
            let mut readers = Vec::with_capacity(wanted);
            for _ in 0..wanted {
                let reader = reader(&path).map_err(statement_error)?;
                reader.execute_batch("BEGIN").map_err(statement_error)?;
                readers.push(reader);
            }
            let is_same = |reader: &Connection| self::newest(reader).map(|found| found == newest);
            if readers
                .iter()
                .map(is_same)
                .collect::<rusqlite::Result<Vec<_>>>()
                .map_err(statement_error)?
                .iter()
                .all(|same| *same)
            {
                return Ok((snapshot, readers));
            }
        }
        Ok((self.connection.unchecked_transaction().map_err(statement_error)?, Vec::new()))
    }

    /// How far the last check came that was kept; none when there is none, or none that can be read.
    fn ledger_position(&self) -> Result<Option<Position>> {
        Ok(signer::read(&signer::folder(&self.directory).join(POSITION_FILE))?.and_then(|text| Position::parse(&text)))
    }

    /// Keeps how far a check came, so that a later one can go on from there.
    ///
    /// # Errors
    /// When the file cannot be written; nothing is lost by that but time.
    pub fn ledger_position_keep(&self, position: &Position) -> Result<()> {
        signer::replace(&signer::folder(&self.directory).join(POSITION_FILE), &position.text())
    }
}

/// The check of a ledger with a fault that keeps everything else from being read.
fn broken(fault: Fault) -> LedgerCheck {
    LedgerCheck { fault: Some(fault), ..LedgerCheck::default() }
}

/// Whether an error tells of a value that no column of ours can have, rather than of a file that cannot be read.
fn is_misshapen(error: &Error) -> bool {
    use rusqlite::Error as Cause;
    let cause = error.source.as_deref().and_then(|cause| cause.downcast_ref::<Cause>());
    matches!(
        cause,
        Some(
            Cause::FromSqlConversionFailure(..)
                | Cause::IntegralValueOutOfRange(..)
                | Cause::InvalidColumnType(..)
                | Cause::Utf8Error(..)
        )
    )
}

fn another_version(directory: &Path) -> Error {
    Error::state(
        "ledger-other-version",
        "the ledger was begun by another version of aetherra-maint, with other tables, so that this one cannot check it",
    )
    .at_path(&directory.join(DATABASE))
    .hinted("check it with the version that wrote it; nothing was changed")
}

/// What the signer's files say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Memory {
    /// What was signed last.
    pub signed: Option<Signed>,
    /// Whether there is a key, so that every entry should be signed.
    pub has_key: bool,
}

/// The newest entry: its position and its hash.
fn newest(connection: &Connection) -> rusqlite::Result<Option<(u64, Vec<u8>)>> {
    connection
        .query_row("SELECT seq, entry_hash FROM ledger ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
}

/// Checks a ledger against itself and the signer's memory.
pub(super) fn check(
    connection: &Connection,
    readers: Vec<Connection>,
    memory: Memory,
    sizes: &[u64],
    position: Option<Position>,
    older: Older,
) -> Result<LedgerCheck> {
    if let Some(fault) = schema_fault(connection)? {
        return Ok(broken(fault));
    }
    let Some((last, _)) = newest(connection).map_err(statement_error)? else {
        let fault = Fault::new(Layer::Sequence, None, "the ledger is empty, without even its first entry");
        return Ok(broken(fault));
    };
    let seals = seals(connection)?;
    let checkpoint: Option<String> = connection
        .query_row("SELECT note FROM ledger_checkpoint", [], |row| row.get(0))
        .optional()
        .map_err(statement_error)?;
    let claimed = seals.iter().map(|(_, note)| note).chain(&checkpoint).filter_map(|note| claimed_size(note));
    let wanted: BTreeSet<u64> =
        claimed.chain(memory.signed.map(|signed| signed.size)).chain(sizes.iter().copied()).collect();
    // The first entry is always read: all keys go back to it.
    let first = read(connection, Vec::new(), Start::first(), 1, &wanted)?;
    let mut known = moved(connection, &first, &seals, older)?;
    let position = position.filter(|position| {
        let reaches = sizes.iter().all(|size| *size >= position.tree.size());
        reaches && position.tree.size() > known.moved && counts(connection, position, &first, &seals)
    });
    let start = match &position {
        Some(position) => Start {
            after: position.tree.size(),
            tree: position.tree.clone(),
            head: position.head,
            time_ns: position.time_ns,
        },
        None => known.end.clone(),
    };
    let mut pass = read(connection, readers, start.clone(), last, &wanted)?;
    if start.after > 0 {
        pass.begun.clone_from(&first.begun);
        pass.fault = first.fault.or(pass.fault);
    }
    if let Some(before) = known.read.take().filter(|_| position.is_none()) {
        pass = before.followed_by(pass);
    }
    if position.is_none() {
        check_moved(&mut pass, &known);
    }
    if pass.fault.is_none() {
        pass.fault = known.fault.take();
    }
    pass.check_redactions();
    check_tree(connection, &mut pass)?;
    Ok(finish(pass, &seals, checkpoint.as_deref(), memory, position.as_ref(), &known))
}

/// Whether a kept position counts for this ledger: the log signed it, and its last entry is still in its place.
fn counts(connection: &Connection, position: &Position, first: &Pass, seals: &[(u64, String)]) -> bool {
    let Some((_, key)) = first.begun.as_ref().filter(|_| first.fault.is_none()) else { return false };
    let is_signed = follow(key, seals).is_ok_and(|(_, keys)| position.is_signed(&keys));
    let stored = connection.query_row("SELECT entry_hash FROM ledger WHERE seq = ?1", [position.tree.size()], |row| {
        row.get::<_, Vec<u8>>(0)
    });
    is_signed && stored.is_ok_and(|hash| hash == position.head.0)
}

pub(super) fn claimed_size(note: &str) -> Option<u64> {
    Some(Checkpoint::parse(&Note::parse(note).ok()?.text).ok()?.size)
}

pub(super) fn seals(connection: &Connection) -> Result<Vec<(u64, String)>> {
    let mut statement =
        connection.prepare("SELECT epoch, note FROM ledger_seals ORDER BY epoch").map_err(statement_error)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(statement_error)?;
    rows.collect::<rusqlite::Result<Vec<_>>>().map_err(statement_error)
}

type SchemaRow = (String, String, Option<String>);

fn schema_of(connection: &Connection) -> rusqlite::Result<Vec<SchemaRow>> {
    let mut statement = connection.prepare(
        "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name LIKE 'ledger%' OR name LIKE 'ledger%' ORDER BY type, name",
    )?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}

/// The text that made the tables of the ledger.
fn schema_text() -> &'static str {
    MIGRATIONS.first().map_or("", |(_, sql)| sql)
}

/// The digest of that text, which the first entry names.
pub(super) fn schema_digest() -> Digest {
    Digest::of(schema_text().as_bytes())
}

/// Compares the tables and triggers of the ledger with those that the migration makes.
fn schema_fault(connection: &Connection) -> Result<Option<Fault>> {
    let fresh = Connection::open_in_memory().map_err(statement_error)?;
    fresh.execute_batch(schema_text()).map_err(statement_error)?;
    let (expected, found) =
        (schema_of(&fresh).map_err(statement_error)?, schema_of(connection).map_err(statement_error)?);
    let missing = expected.iter().find(|row| !found.contains(row));
    let surplus = found.iter().find(|row| !expected.contains(row));
    Ok(match (missing, surplus) {
        (None, None) => None,
        (Some((kind, name, _)), _) => {
            Some(Fault::new(Layer::Schema, None, format!("the {kind} `{name}` is missing or was changed")))
        }
        (None, Some((kind, name, _))) => {
            Some(Fault::new(Layer::Schema, None, format!("the {kind} `{name}` was added")))
        }
    })
}

fn check_tree(connection: &Connection, pass: &mut Pass) -> Result<()> {
    if pass.fault.is_some() {
        return Ok(());
    }
    let stored: Option<(u64, Vec<u8>)> = connection
        .query_row("SELECT size, range FROM ledger_tree", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
        .map_err(statement_error)?;
    if stored != Some((pass.tree.size(), pass.tree.to_bytes())) {
        let what = "the entries do not make the tree that was recorded with them";
        pass.fault = Some(Fault::new(Layer::Tree, None, what));
    }
    Ok(())
}

fn finish(
    pass: Pass,
    seals: &[(u64, String)],
    checkpoint: Option<&str>,
    memory: Memory,
    position: Option<&Position>,
    known: &Moved,
) -> LedgerCheck {
    let (origin, first_key) = pass.begun.unzip();
    let mut check = LedgerCheck {
        origin,
        size: pass.size,
        trusted: position.map_or(0, |position| position.tree.size()),
        head: Some(pass.head),
        root: Some(pass.tree.root()),
        moved: known.moved,
        known_from: position.map_or(known.known_from, |position| position.tree.size()),
        absent: known.absent.clone(),
        redacted: pass.erased.len() as u64 + position.map_or(known.redacted, |position| position.redacted),
        clock_behind: pass.clock_behind + position.map_or(0, |position| position.clock_behind),
        fixed_clock: pass.fixed_clock + position.map_or(known.fixed_clock, |position| position.fixed_clock),
        seals: seals.len() as u64,
        signed: 0,
        key: None,
        roots: pass.roots,
        position: None,
        fault: pass.fault,
    };
    let Some(first_key) = first_key.filter(|_| check.fault.is_none()) else { return check };
    check.fault = signature_fault(&mut check, &first_key, seals, checkpoint, memory.has_key)
        .or_else(|| memory.signed.and_then(|signed| size_fault(&check, signed)));
    if let (None, Some(note), true) = (&check.fault, checkpoint, check.signed == check.size) {
        check.position = Some(Position {
            tree: pass.tree,
            head: pass.head,
            time_ns: pass.time_ns,
            redacted: check.redacted,
            fixed_clock: check.fixed_clock,
            clock_behind: check.clock_behind,
            note: note.to_owned(),
        });
    }
    check
}

/// Whether the root at a size is another one than this. What an earlier check has read is not known again, and
/// was compared then.
fn differs(check: &LedgerCheck, size: u64, root: &Digest) -> bool {
    size >= check.known_from && check.roots.get(&size) != Some(root)
}

fn signature_fault(
    check: &mut LedgerCheck,
    first_key: &NoteKey,
    seals: &[(u64, String)],
    checkpoint: Option<&str>,
    has_signer: bool,
) -> Option<Fault> {
    let (covered, keys) = match follow(first_key, seals) {
        Ok(followed) => followed,
        Err(error) => return Some(Fault::new(Layer::Seal, None, error.to_string())),
    };
    let key = keys.last().unwrap_or(first_key);
    for (epoch, seal) in covered.iter().enumerate() {
        if differs(check, seal.size, &seal.root) {
            let what = format!("the first {} entries are not those that epoch {epoch} was sealed over", seal.size);
            return Some(Fault::new(Layer::Seal, None, what));
        }
    }
    let signed = match checkpoint.map(|note| checked(note, key)) {
        None => 0,
        Some(Err(error)) => {
            return Some(Fault::new(Layer::Checkpoint, None, format!("the newest checkpoint: {error}")));
        }
        Some(Ok(checkpoint)) if differs(check, checkpoint.size, &checkpoint.root) => {
            let what = format!("the first {} entries are not those that were signed", checkpoint.size);
            return Some(Fault::new(Layer::Checkpoint, None, what));
        }
        Some(Ok(checkpoint)) => checkpoint.size,
    };
    check.signed = signed;
    check.key = Some(key.to_string());
    (has_signer && signed < check.size).then(|| {
        let what = format!("the entries after {signed} were not signed, although the key is here");
        Fault::new(Layer::Checkpoint, Some(signed + 1), what)
    })
}

fn size_fault(check: &LedgerCheck, signed: Signed) -> Option<Fault> {
    if signed.size > check.size {
        let what = format!("{} entries were signed and only {} are here", signed.size, check.size);
        return Some(Fault::new(Layer::SignerMemory, Some(check.size + 1), what));
    }
    differs(check, signed.size, &signed.root).then(|| {
        let what = format!("the first {} entries are not those that the signer remembers", signed.size);
        Fault::new(Layer::SignerMemory, None, what)
    })
}
