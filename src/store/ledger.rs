//! The ledger table: appending, and reading back.
//!
//! An append is one transaction with the change that it tells of. In the same transaction the tree grows,
//! the epochs that have passed are sealed, and a checkpoint over everything is signed. What the signer
//! remembers outside of the database follows after the commit; see [`super::signer`].

use rusqlite::{OptionalExtension, Row, params};

use super::signer::{Signed, Signer, fresh};
use super::{Store, Tx, statement_error};
use crate::error::{Error, Result};
use crate::host::Host;
use crate::ledger::line::EntryLine;
use crate::ledger::scrub::Scrubber;
use crate::ledger::tree::CompactRange;
use crate::model::ledger::{EntryFields, GENESIS, SECRET_KEYS, SeqRange, details_digest};
use crate::model::{Digest, EntryClock, EntryHash, LedgerEntry, NewEntry};

/// Seals that one transaction makes at most; what is left follows in the next one.
const SEALS_AT_ONCE: u64 = 4096;

/// Nanoseconds that the clock may be behind the newest entry before it is said: clocks are nudged all the time.
const NUDGE_NS: i64 = 1_000_000_000;

/// Whether a clock was set back, seen from the newest entry.
fn is_behind(now_ns: i64, newest_ns: i64) -> bool {
    now_ns < newest_ns.saturating_sub(NUDGE_NS)
}

/// The newest entry: what a report names as its proof.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct LedgerHead {
    /// Its position.
    pub seq: u64,
    /// Its hash.
    pub hash: EntryHash,
}

/// How entries are written.
#[derive(Debug, Clone)]
pub struct LedgerPolicy {
    /// What is left out of them.
    pub scrubber: Scrubber,
    /// How long an epoch is, in nanoseconds.
    pub epoch_ns: i64,
}

impl LedgerPolicy {
    /// A day an epoch, and the usual secrets left out.
    pub fn usual() -> Result<Self> {
        let keys: Vec<String> = SECRET_KEYS.iter().map(|&key| key.to_owned()).collect();
        Self::new(&keys, 24 * 3600)
    }

    /// As configured: the keys whose values are left out, and the seconds of an epoch.
    pub fn new(scrub_keys: &[String], epoch_seconds: u32) -> Result<Self> {
        let epoch_ns = i64::from(epoch_seconds.max(1)) * 1_000_000_000;
        Ok(Self { scrubber: Scrubber::new(scrub_keys)?, epoch_ns })
    }
}

/// The end of the ledger while a transaction appends to it.
pub(super) struct Tail {
    tree: CompactRange,
    head: EntryHash,
    time_ns: i64,
    seal: Option<u64>,
}

pub(super) const ENTRY: &str = "seq, time_ns, clock, actor, action, subject, reason, trace_id, result, details_digest, \
     coalesce((SELECT before.entry_hash FROM ledger AS before WHERE before.seq = ledger.seq - 1), \
     (SELECT head FROM ledger_segments WHERE last_seq = ledger.seq - 1), zeroblob(32)), \
     entry_hash, details";

pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<LedgerEntry> {
    let clock = row.get_ref(2)?.as_str().ok().and_then(EntryClock::from_word).unwrap_or(EntryClock::System);
    let details: Option<String> = row.get(12)?;
    Ok(LedgerEntry {
        seq: row.get(0)?,
        time_ns: row.get(1)?,
        clock,
        actor: row.get(3)?,
        action: row.get(4)?,
        subject: row.get(5)?,
        reason: row.get(6)?,
        trace_id: row.get(7)?,
        result: row.get(8)?,
        details_digest: row.get::<_, Option<[u8; 32]>>(9)?.map(Digest),
        prev_hash: Digest(row.get(10)?),
        entry_hash: Digest(row.get(11)?),
        // What is no JSON is shown as the text that it is: a listing judges nothing.
        details: details.map(|text| serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text))),
    })
}

impl Tx<'_> {
    /// Where the ledger ends.
    pub(super) fn ledger_tail(&self) -> Result<Tail> {
        let newest = self
            .transaction
            .prepare_cached("SELECT time_ns, entry_hash FROM ledger ORDER BY seq DESC LIMIT 1")
            .and_then(|mut statement| statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional())
            .map_err(statement_error)?;
        let (time_ns, head) = newest.map_or((i64::MIN, GENESIS), |(time, hash)| (time, Digest(hash)));
        let tree = self
            .transaction
            .prepare_cached("SELECT size, range FROM ledger_tree")
            .and_then(|mut statement| {
                statement.query_row([], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, Vec<u8>>(1)?))).optional()
            })
            .map_err(statement_error)?;
        let tree =
            tree.map_or_else(|| Some(CompactRange::default()), |(size, range)| CompactRange::from_parts(size, &range));
        let tree = tree.ok_or_else(|| {
            Error::state("ledger-tree-invalid", "the tree of the ledger is damaged, and nothing can be recorded")
                .hinted("restore a backup of the state from the `backups` folder beside it")
        })?;
        let seal = self
            .transaction
            .prepare_cached("SELECT max(epoch) FROM ledger_seals")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(statement_error)?;
        Ok(Tail { tree, head, time_ns, seal })
    }

    /// Appends an entry; only [`Store::record_all`] and the first migration call this.
    pub(super) fn ledger_append(
        &self,
        tail: &mut Tail,
        entry: &NewEntry,
        policy: &LedgerPolicy,
        host: &Host,
    ) -> Result<LedgerHead> {
        let scrubber = &policy.scrubber;
        let now_ns = host.clock.now_ns();
        let clock = match host.clock.is_fixed() {
            true => EntryClock::Fixed,
            false if is_behind(now_ns, tail.time_ns) => EntryClock::Behind,
            false => EntryClock::System,
        };
        let texts = [&entry.actor, &entry.action, &entry.subject, &entry.reason, &entry.trace_id, &entry.result]
            .map(|text| scrubber.field(text));
        let [actor, action, subject, reason, trace_id, result] = &texts;
        let details = scrubber.details(&entry.details);
        let salt = details.as_ref().map(|_| {
            let mut salt = [0; 16];
            host.entropy.fill(&mut salt);
            salt
        });
        let digest = details.as_ref().zip(salt).map(|(details, salt)| details_digest(&salt, details.as_bytes()));
        let fields = EntryFields {
            seq: tail.tree.size() + 1,
            time_ns: now_ns.max(tail.time_ns),
            texts: [clock.word(), actor, action, subject, reason, trace_id, result].map(str::as_bytes),
            details_digest: digest.as_ref().map_or(&[], |digest| digest.0.as_slice()),
        };
        let hash = fields.hash(&tail.head, &mut Vec::new());
        self.transaction
            .prepare_cached("INSERT INTO ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")
            .and_then(|mut statement| {
                statement.execute(params![
                    fields.seq,
                    fields.time_ns,
                    clock.word(),
                    actor,
                    action,
                    subject,
                    reason,
                    trace_id,
                    result,
                    digest.map(|digest| digest.0),
                    hash.0,
                    salt,
                    details,
                ])
            })
            .map_err(statement_error)?;
        tail.tree.push(&hash);
        (tail.head, tail.time_ns) = (hash, fields.time_ns);
        Ok(LedgerHead { seq: fields.seq, hash })
    }

    /// Seals the epochs that have passed, each once, over what the ledger holds so far.
    pub(super) fn ledger_seal(
        &self,
        tail: &mut Tail,
        signer: &mut Signer,
        policy: &LedgerPolicy,
        host: &Host,
    ) -> Result<()> {
        let open = tail.seal.map_or(0, |sealed| sealed + 1);
        let passed = host.clock.now_ns().saturating_sub(signer.started_ns) / policy.epoch_ns.max(1);
        let target = u64::try_from(passed).unwrap_or(0).min(open + SEALS_AT_ONCE);
        let Some(first) = signer.key(open).cloned().filter(|_| target > open) else { return Ok(()) };
        let mut notes = Vec::new();
        let mut key = first.clone();
        for epoch in open..target {
            let next = fresh(epoch + 1, host);
            let note = key.seal(&signer.origin, tail.tree.size(), tail.tree.root(), &next);
            notes.push((epoch, note.ok_or_else(|| Error::bug("the name of the ledger fits no note"))?));
            key = next;
        }
        signer.prepare(&first, key)?;
        for (epoch, note) in notes {
            self.transaction
                .prepare_cached("INSERT INTO ledger_seals VALUES (?1, ?2, ?3)")
                .and_then(|mut statement| statement.execute(params![epoch, tail.tree.size(), note]))
                .map_err(statement_error)?;
            tail.seal = Some(epoch);
        }
        Ok(())
    }

    /// Stores the tree, and signs it when there is a key and nothing speaks against it.
    pub(super) fn ledger_close(&self, tail: &Tail, signer: Option<&Signer>) -> Result<Option<Signed>> {
        let (size, root) = (tail.tree.size(), tail.tree.root());
        self.transaction
            .prepare_cached("INSERT OR REPLACE INTO ledger_tree VALUES (1, ?1, ?2)")
            .and_then(|mut statement| statement.execute(params![size, tail.tree.to_bytes()]))
            .map_err(statement_error)?;
        let open = tail.seal.map_or(0, |sealed| sealed + 1);
        let Some((signer, key)) = signer.and_then(|signer| Some((signer, signer.key(open)?))) else { return Ok(None) };
        let note = key.checkpoint_with(&signer.identity, &signer.origin, size, root);
        self.transaction
            .prepare_cached("INSERT OR REPLACE INTO ledger_checkpoint VALUES (1, ?1, ?2)")
            .and_then(|mut statement| statement.execute(params![size, note]))
            .map_err(statement_error)?;
        Ok(Some(Signed { size, root }))
    }

    /// Erases the details of entries; the hashes stay. Returns of how many.
    pub(super) fn ledger_redact(&self, range: SeqRange) -> Result<u64> {
        let count = self
            .transaction
            .prepare_cached(
                "UPDATE ledger SET details = NULL, details_salt = NULL
                 WHERE seq BETWEEN ?1 AND ?2 AND details IS NOT NULL",
            )
            .and_then(|mut statement| statement.execute([range.from, range.to]))
            .map_err(statement_error)?;
        Ok(count as u64)
    }
}

impl Tail {
    /// How far the ledger goes, as the signer sees it.
    pub(super) fn tree(&self) -> &CompactRange {
        &self.tree
    }

    /// The epoch that is open.
    pub(super) fn open_epoch(&self) -> u64 {
        self.seal.map_or(0, |sealed| sealed + 1)
    }
}

/// Which entries a listing shows. Empty texts match all.
#[derive(Debug, Clone, Default)]
pub struct LedgerFilter {
    /// Only after this position.
    pub after: u64,
    /// Only from this time on, nanoseconds since 1970.
    pub since_ns: Option<i64>,
    /// Only before this time.
    pub until_ns: Option<i64>,
    /// Only by this actor.
    pub actor: Option<String>,
    /// Only actions that are this or start with it and a full stop.
    pub action: Option<String>,
    /// Only subjects that contain this.
    pub subject: Option<String>,
    /// Only of this run.
    pub trace_id: Option<String>,
    /// Only with this result.
    pub result: Option<String>,
}

impl LedgerFilter {
    /// Whether it lets an entry pass.
    pub fn admits(&self, line: &EntryLine) -> bool {
        let is = |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|wanted| wanted == found);
        let of = |wanted: &str| {
            line.action.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        line.seq > self.after
            && self.since_ns.is_none_or(|since| line.time_ns >= since)
            && self.until_ns.is_none_or(|until| line.time_ns < until)
            && is(&self.actor, &line.actor)
            && self.action.as_deref().is_none_or(of)
            && self.subject.as_ref().is_none_or(|part| line.subject.contains(part.as_str()))
            && is(&self.trace_id, &line.trace_id)
            && is(&self.result, &line.result)
    }
}

impl Store {
    /// By how many nanoseconds the clock of the machine is behind the newest entry; none when it is not.
    pub fn clock_behind(&self) -> Result<Option<i64>> {
        let (now_ns, newest_ns) = (self.host.clock.now_ns(), self.newest_entry_time()?.unwrap_or(i64::MIN));
        let is_told = !self.host.clock.is_fixed() && is_behind(now_ns, newest_ns);
        Ok(is_told.then(|| newest_ns.saturating_sub(now_ns)))
    }

    /// The newest entry, or none when nothing was ever recorded.
    pub fn ledger_head(&self) -> Result<Option<LedgerHead>> {
        self.connection
            .query_row("SELECT seq, entry_hash FROM ledger ORDER BY seq DESC LIMIT 1", [], |row| {
                Ok(LedgerHead { seq: row.get(0)?, hash: Digest(row.get(1)?) })
            })
            .optional()
            .map_err(statement_error)
    }

    /// One entry, also when it was moved to a segment.
    pub fn ledger_entry(&self, seq: u64) -> Result<Option<LedgerEntry>> {
        let here = self
            .connection
            .query_row(&format!("SELECT {ENTRY} FROM ledger WHERE seq = ?1"), [seq], entry)
            .optional()
            .map_err(statement_error)?;
        Ok(match here {
            None => self.segment_entry(seq)?.map(|line| line.entry()),
            here => here,
        })
    }

    /// The newest `limit` entries that pass a filter, oldest first.
    pub fn ledger_entries(&self, filter: &LedgerFilter, limit: u64) -> Result<Vec<LedgerEntry>> {
        let sql = format!(
            "SELECT {ENTRY} FROM ledger WHERE seq > ?1 AND time_ns >= ?2 AND time_ns < ?3
             AND (?4 IS NULL OR actor = ?4) AND (?5 IS NULL OR action = ?5 OR substr(action, 1, length(?5) + 1) = ?5 || '.')
             AND (?6 IS NULL OR instr(subject, ?6) > 0) AND (?7 IS NULL OR trace_id = ?7)
             AND (?8 IS NULL OR result = ?8) ORDER BY seq DESC LIMIT ?9"
        );
        let mut statement = self.connection.prepare_cached(&sql).map_err(statement_error)?;
        let rows = statement
            .query_map(
                params![
                    filter.after,
                    filter.since_ns.unwrap_or(i64::MIN),
                    filter.until_ns.unwrap_or(i64::MAX),
                    filter.actor,
                    filter.action,
                    filter.subject,
                    filter.trace_id,
                    filter.result,
                    i64::try_from(limit).unwrap_or(i64::MAX),
                ],
                entry,
            )
            .map_err(statement_error)?;
        let mut entries = rows.collect::<rusqlite::Result<Vec<_>>>().map_err(statement_error)?;
        entries.reverse();
        Ok(entries)
    }
}
