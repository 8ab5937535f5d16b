//! Checking the ledger from its first entry to its last.
//!
//! # Performance
//!
//! One pass over the table on a read snapshot, which never blocks a writer. Columns are borrowed from SQLite,
//! laid out in one reused buffer and hashed at once; nothing is allocated for an entry.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};

use super::ledger::{BEGIN, REDACT};
use super::migrate::MIGRATIONS;
use super::signer::{self, Signed, Signer};
use super::{Store, statement_error};
use crate::error::Result;
use crate::ledger::epoch::{checked, follow};
use crate::ledger::note::{Checkpoint, Note, NoteKey};
use crate::ledger::tree::CompactRange;
use crate::ledger::verdict::{Fault, Layer, LedgerCheck};
use crate::model::ledger::{EntryFields, GENESIS, details_digest};
use crate::model::{Digest, EntryHash};

const SQL: &str = "SELECT seq, time_ns, clock, actor, action, subject, reason, trace_id, result, details_digest, \
                   entry_hash, details_salt, details FROM ledger ORDER BY seq";

/// Where the pass over the entries stands.
struct Pass {
    head: EntryHash,
    time_ns: i64,
    tree: CompactRange,
    buffer: Vec<u8>,
    origin: Option<String>,
    first_key: Option<NoteKey>,
    erased: Vec<u64>,
    redactions: Vec<(u64, u64)>,
    fixed_clock: u64,
    roots: BTreeMap<u64, Option<Digest>>,
    fault: Option<Fault>,
}

impl Store {
    /// Checks everything that the database and the signer's memory can tell, and notes the roots at `sizes`.
    ///
    /// Fails only when the database cannot be read; what is wrong with the ledger is in the result.
    pub fn ledger_verify(&self, sizes: &[u64]) -> Result<LedgerCheck> {
        // Deferred: a snapshot that reads and never locks out a writer.
        let snapshot = self.connection.unchecked_transaction().map_err(statement_error)?;
        let memory =
            Memory { signed: signer::signed(&self.directory)?, has_key: Signer::load(&self.directory)?.is_some() };
        check(&snapshot, memory, sizes)
    }
}

/// What the signer's files say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Memory {
    /// What was signed last.
    pub signed: Option<Signed>,
    /// Whether there is a key, so that every entry should be signed.
    pub has_key: bool,
}

/// Checks a ledger against itself and the signer's memory.
pub(super) fn check(connection: &Connection, memory: Memory, sizes: &[u64]) -> Result<LedgerCheck> {
    if let Some(fault) = schema_fault(connection)? {
        return Ok(LedgerCheck { fault: Some(fault), ..LedgerCheck::default() });
    }
    let seals = seals(connection)?;
    let checkpoint: Option<String> = connection
        .query_row("SELECT note FROM ledger_checkpoint", [], |row| row.get(0))
        .optional()
        .map_err(statement_error)?;
    let claimed = seals.iter().map(|(_, note)| note).chain(&checkpoint).filter_map(|note| claimed_size(note));
    let sizes = claimed.chain(memory.signed.map(|signed| signed.size)).chain(sizes.iter().copied());
    let mut pass = Pass::new(sizes);
    pass.run(connection)?;
    pass.check_redactions();
    pass.check_tree(connection)?;
    Ok(pass.finish(&seals, checkpoint.as_deref(), memory))
}

fn claimed_size(note: &str) -> Option<u64> {
    Some(Checkpoint::parse(&Note::parse(note).ok()?.text).ok()?.size)
}

fn seals(connection: &Connection) -> Result<Vec<(u64, String)>> {
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

/// The bytes of a text or a blob; a number has none, and then no hash will fit.
fn bytes<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a [u8]> {
    Ok(match row.get_ref(column).map_err(statement_error)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        _ => &[],
    })
}

fn number(row: &Row<'_>, column: usize) -> Result<i64> {
    Ok(match row.get_ref(column).map_err(statement_error)? {
        ValueRef::Integer(number) => number,
        _ => 0,
    })
}

impl Pass {
    fn new(sizes: impl Iterator<Item = u64>) -> Self {
        let mut roots: BTreeMap<u64, Option<Digest>> = sizes.map(|size| (size, None)).collect();
        let tree = CompactRange::default();
        if let Some(root) = roots.get_mut(&0) {
            *root = Some(tree.root());
        }
        Self {
            head: GENESIS,
            time_ns: i64::MIN,
            tree,
            buffer: Vec::with_capacity(512),
            origin: None,
            first_key: None,
            erased: Vec::new(),
            redactions: Vec::new(),
            fixed_clock: 0,
            roots,
            fault: None,
        }
    }

    fn run(&mut self, connection: &Connection) -> Result<()> {
        let mut statement = connection.prepare(SQL).map_err(statement_error)?;
        let mut rows = statement.query([]).map_err(statement_error)?;
        let mut next_size = self.roots.keys().copied().find(|size| *size > 0);
        while let Some(row) = rows.next().map_err(statement_error)? {
            self.entry(row)?;
            if self.fault.is_some() {
                return Ok(());
            }
            if next_size == Some(self.tree.size()) {
                let size = self.tree.size();
                self.roots.insert(size, Some(self.tree.root()));
                next_size = self.roots.range(size + 1..).next().map(|(size, _)| *size);
            }
        }
        if self.tree.size() == 0 {
            self.fault = Some(Fault::new(Layer::Sequence, None, "the ledger is empty, without even its first entry"));
        }
        Ok(())
    }

    fn entry(&mut self, row: &Row<'_>) -> Result<()> {
        let expected = self.tree.size() + 1;
        let (found, time_ns) = (number(row, 0)?, number(row, 1)?);
        if u64::try_from(found) != Ok(expected) {
            self.fault = Some(Fault::new(Layer::Sequence, Some(expected), format!("entry {expected} is missing")));
            return Ok(());
        }
        let digest = bytes(row, 9)?;
        let fields = EntryFields {
            seq: expected,
            time_ns,
            texts: [
                bytes(row, 2)?,
                bytes(row, 3)?,
                bytes(row, 4)?,
                bytes(row, 5)?,
                bytes(row, 6)?,
                bytes(row, 7)?,
                bytes(row, 8)?,
            ],
            details_digest: digest,
        };
        let hash = fields.hash(&self.head, &mut self.buffer);
        let wrong = |layer, what: &str| Some(Fault::new(layer, Some(expected), format!("entry {expected} {what}")));
        if bytes(row, 10)? != hash.0 {
            self.fault = wrong(Layer::Chain, "does not fit its hash and the entry in front");
            return Ok(());
        }
        if time_ns < self.time_ns {
            self.fault = wrong(Layer::Time, "is dated before the entry in front");
            return Ok(());
        }
        let details = bytes(row, 12)?;
        if digest.is_empty() {
            if !details.is_empty() {
                self.fault = wrong(Layer::Details, "has details that were added later");
                return Ok(());
            }
        } else if details.is_empty() {
            self.erased.push(expected);
        } else if digest != details_digest(bytes(row, 11)?, details).0 {
            self.fault = wrong(Layer::Details, "has other details than were recorded");
            return Ok(());
        }
        let [clock, _, action, subject, reason, ..] = fields.texts;
        self.fixed_clock += u64::from(clock == b"fixed");
        if action == REDACT.as_bytes() {
            self.redactions.extend(range_of(subject));
        }
        if expected == 1 {
            self.first(action, subject, reason);
        }
        self.head = hash;
        self.time_ns = time_ns;
        self.tree.push(&hash);
        Ok(())
    }

    /// The first entry names the log, its schema and its first key.
    fn first(&mut self, action: &[u8], subject: &[u8], reason: &[u8]) {
        let words: Vec<&str> = std::str::from_utf8(reason).unwrap_or_default().split(' ').collect();
        let origin = std::str::from_utf8(subject).unwrap_or_default().to_owned();
        let named = match words.as_slice() {
            ["schema", schema, "key", key] => Some((*schema, NoteKey::parse(key).ok())),
            _ => None,
        };
        let (Some((schema, Some(key))), true) = (named, action == BEGIN.as_bytes()) else {
            self.fault = Some(Fault::new(Layer::Schema, Some(1), "entry 1 is not the beginning of a ledger"));
            return;
        };
        if schema.parse().ok() != Some(schema_digest()) {
            self.fault = Some(Fault::new(Layer::Schema, Some(1), "entry 1 names another schema than this version has"));
        }
        self.origin = Some(origin);
        self.first_key = Some(key);
    }

    /// Details may be missing only where an entry tells that they were erased.
    fn check_redactions(&mut self) {
        let is_told = |seq: &u64| self.redactions.iter().any(|(from, to)| (from..=to).contains(&seq));
        let untold = self.erased.iter().find(|seq| !is_told(seq)).copied();
        if let (None, Some(seq)) = (&self.fault, untold) {
            let what = format!("the details of entry {seq} were erased without a record of it");
            self.fault = Some(Fault::new(Layer::Details, Some(seq), what));
        }
    }

    fn check_tree(&mut self, connection: &Connection) -> Result<()> {
        if self.fault.is_some() {
            return Ok(());
        }
        let stored: Option<(u64, Vec<u8>)> = connection
            .query_row("SELECT size, range FROM ledger_tree", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .map_err(statement_error)?;
        if stored != Some((self.tree.size(), self.tree.to_bytes())) {
            let what = "the entries do not make the tree that was recorded with them";
            self.fault = Some(Fault::new(Layer::Tree, None, what));
        }
        Ok(())
    }

    fn finish(mut self, seals: &[(u64, String)], checkpoint: Option<&str>, memory: Memory) -> LedgerCheck {
        let mut check = LedgerCheck {
            origin: self.origin.take(),
            size: self.tree.size(),
            head: Some(self.head),
            root: Some(self.tree.root()),
            redacted: self.erased.len() as u64,
            fixed_clock: self.fixed_clock,
            seals: seals.len() as u64,
            signed: 0,
            key: None,
            roots: BTreeMap::new(),
            fault: self.fault.take(),
        };
        check.roots = self.roots.into_iter().filter_map(|(size, root)| Some((size, root?))).collect();
        let Some(first_key) = self.first_key.filter(|_| check.fault.is_none()) else { return check };
        check.fault = signature_fault(&mut check, &first_key, seals, checkpoint, memory.has_key)
            .or_else(|| memory.signed.and_then(|signed| size_fault(&check, signed)));
        check
    }
}

/// The range in the subject of an entry that tells of erased details: `5` or `5-9`.
fn range_of(subject: &[u8]) -> Option<(u64, u64)> {
    let text = std::str::from_utf8(subject).ok()?;
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    Some((from.parse().ok()?, to.parse().ok()?))
}

fn signature_fault(
    check: &mut LedgerCheck,
    first_key: &NoteKey,
    seals: &[(u64, String)],
    checkpoint: Option<&str>,
    has_signer: bool,
) -> Option<Fault> {
    let (covered, key) = match follow(first_key, seals) {
        Ok(followed) => followed,
        Err(error) => return Some(Fault::new(Layer::Seal, None, error.to_string())),
    };
    for (epoch, seal) in covered.iter().enumerate() {
        if check.roots.get(&seal.size) != Some(&seal.root) {
            let what = format!("the first {} entries are not those that epoch {epoch} was sealed over", seal.size);
            return Some(Fault::new(Layer::Seal, None, what));
        }
    }
    let signed = match checkpoint.map(|note| checked(note, &key)) {
        None => 0,
        Some(Err(error)) => {
            return Some(Fault::new(Layer::Checkpoint, None, format!("the newest checkpoint: {error}")));
        }
        Some(Ok(checkpoint)) if check.roots.get(&checkpoint.size) != Some(&checkpoint.root) => {
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
    (check.roots.get(&signed.size) != Some(&signed.root)).then(|| {
        let what = format!("the first {} entries are not those that the signer remembers", signed.size);
        Fault::new(Layer::SignerMemory, None, what)
    })
}
