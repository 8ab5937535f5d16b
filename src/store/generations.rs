//! Generations, the changes that lead from one to another, and the tokens that undo them.

use rusqlite::{OptionalExtension, Row, params};

use super::plans::unreadable;
use super::{Store, Tx, statement_error};
use crate::error::{Error, Result};
use crate::model::{Component, Difference, Digest, Generation, GenerationState, Parent, RollbackToken, content_digest};

/// A change of what is deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number.
    pub id: u64,
    /// `integrate`, `rollback` or `quarantine`.
    pub cause: String,
    /// What was deployed; zero for nothing.
    pub from: u64,
    /// What is wanted; zero for nothing.
    pub to: u64,
    /// The plan behind it.
    pub plan: Option<String>,
    /// The token that it spends.
    pub spends: Option<String>,
}

const GENERATION: &str = "number, parent, plan, cause, state, digest, made_ns";
const CHANGE: &str = "id, cause, from_generation, to_generation, plan, spends";
const TOKEN: &str = "token, from_generation, to_generation, plan, issued_seq, spent_seq";

fn head(row: &Row<'_>) -> rusqlite::Result<Generation> {
    Ok(Generation {
        number: row.get(0)?,
        parent: row.get(1)?,
        plan: row.get(2)?,
        cause: row.get(3)?,
        // A word that only a newer version knows is nothing that this one may touch.
        state: GenerationState::from_word(&row.get::<_, String>(4)?).unwrap_or(GenerationState::Retired),
        digest: Digest(row.get(5)?),
        made_ns: row.get(6)?,
        components: Vec::new(),
    })
}

fn change(row: &Row<'_>) -> rusqlite::Result<Change> {
    Ok(Change {
        id: row.get(0)?,
        cause: row.get(1)?,
        from: row.get(2)?,
        to: row.get(3)?,
        plan: row.get(4)?,
        spends: row.get(5)?,
    })
}

fn token(row: &Row<'_>) -> rusqlite::Result<RollbackToken> {
    Ok(RollbackToken {
        token: row.get(0)?,
        from: row.get(1)?,
        to: row.get(2)?,
        plan: row.get(3)?,
        issued_seq: row.get(4)?,
        spent_seq: row.get(5)?,
    })
}

impl Tx<'_> {
    /// The position that the entry of this transaction will have in the ledger.
    pub fn ledger_next_seq(&self) -> Result<u64> {
        self.transaction
            .query_row("SELECT coalesce(max(seq), 0) + 1 FROM ledger", [], |row| row.get(0))
            .map_err(statement_error)
    }

    /// The number that the next generation gets.
    pub fn generation_next(&self) -> Result<u64> {
        self.transaction
            .query_row("SELECT coalesce(max(number), 0) + 1 FROM generations", [], |row| row.get(0))
            .map_err(statement_error)
    }

    /// Adds a generation.
    pub fn generation_insert(&self, generation: &Generation) -> Result<()> {
        let components = serde_json::to_string(&generation.components)
            .map_err(|error| Error::bug(format!("a generation cannot be written: {error}")))?;
        self.transaction
            .execute(
                &format!("INSERT INTO generations ({GENERATION}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
                params![
                    generation.number,
                    generation.parent,
                    generation.plan,
                    generation.cause,
                    generation.state.word(),
                    generation.digest.0,
                    generation.made_ns
                ],
            )
            .map_err(statement_error)?;
        // Apart from its state, which changes: the list is as long as the tree is large, and is written once.
        self.transaction
            .execute(
                "INSERT INTO generation_contents (generation, components) VALUES (?1, ?2)",
                params![generation.number, components],
            )
            .map_err(statement_error)?;
        Ok(())
    }

    /// Says what has become of a generation.
    pub fn generation_state_set(&self, number: u64, state: GenerationState) -> Result<()> {
        self.transaction
            .execute("UPDATE generations SET state = ?2 WHERE number = ?1", params![number, state.word()])
            .map_err(statement_error)?;
        Ok(())
    }

    /// Opens a change: from now on the next run will finish it or take it back. Only one can be open, and it
    /// must start from what is deployed.
    pub fn change_begin(&self, wanted: &Change, difference: &Difference, now_ns: i64) -> Result<u64> {
        let difference = serde_json::to_string(difference)
            .map_err(|error| Error::bug(format!("a difference cannot be written: {error}")))?;
        let current: u64 = self
            .transaction
            .query_row(CURRENT, [], |row| row.get(0))
            .optional()
            .map_err(statement_error)?
            .unwrap_or_default();
        if current != wanted.from {
            return Err(moved(wanted.from, current));
        }
        self.transaction
            .execute(
                "INSERT INTO changes (cause, from_generation, to_generation, plan, spends, state, began_ns, difference)
                 VALUES (?1, ?2, ?3, ?4, ?5, 'open', ?6, ?7)",
                params![wanted.cause, wanted.from, wanted.to, wanted.plan, wanted.spends, now_ns, difference],
            )
            .map_err(statement_error)?;
        u64::try_from(self.transaction.last_insert_rowid()).map_err(|_| Error::bug("a change has a negative number"))
    }

    /// Closes an open change as done or undone.
    pub fn change_end(&self, id: u64, outcome: ChangeOutcome, now_ns: i64) -> Result<()> {
        let seq = self.ledger_next_seq()?;
        let word = match outcome {
            ChangeOutcome::Done => "done",
            ChangeOutcome::Undone => "undone",
        };
        let count = self
            .transaction
            .execute(
                "UPDATE changes SET state = ?2, ended_ns = ?3, ledger_seq = ?4 WHERE id = ?1 AND state = 'open'",
                params![id, word, now_ns, seq],
            )
            .map_err(statement_error)?;
        if count == 1 { Ok(()) } else { Err(Error::bug("a change was closed that was not open")) }
    }

    /// Issues a token for a change.
    pub fn token_insert(&self, token: &RollbackToken, change: u64) -> Result<()> {
        self.transaction
            .execute(
                "INSERT INTO tokens (token, change_id, from_generation, to_generation, plan, issued_seq)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![token.token, change, token.from, token.to, token.plan, token.issued_seq],
            )
            .map_err(statement_error)?;
        Ok(())
    }

    /// Spends a token; fails when it was spent already.
    pub fn token_spend(&self, token: &str) -> Result<()> {
        let seq = self.ledger_next_seq()?;
        let count = self
            .transaction
            .execute("UPDATE tokens SET spent_seq = ?2 WHERE token = ?1 AND spent_seq IS NULL", params![token, seq])
            .map_err(statement_error)?;
        if count == 1 { Ok(()) } else { Err(Error::bug("a token was spent twice")) }
    }
}

/// How a change ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeOutcome {
    /// What it leads to is deployed.
    Done,
    /// What was deployed before still is.
    Undone,
}

const CURRENT: &str = "SELECT to_generation FROM changes WHERE state = 'done' ORDER BY id DESC LIMIT 1";

/// What is deployed is not what was expected.
pub fn moved(expected: u64, found: u64) -> Error {
    Error::new(
        crate::ErrorKind::Precondition,
        "generation-changed",
        format!("generation {expected} was expected to be deployed, and generation {found} is; nothing was changed"),
    )
    .hinted("run `aetherra-maint plan` again")
}

impl Store {
    /// The number of the generation that is deployed, as the ledger has it; zero for none.
    pub fn generation_current(&self) -> Result<u64> {
        let number = self.connection.query_row(CURRENT, [], |row| row.get(0)).optional().map_err(statement_error)?;
        Ok(number.unwrap_or_default())
    }

    /// A generation with all that is in it.
    pub fn generation(&self, number: u64) -> Result<Option<Generation>> {
        let found = self
            .connection
            .query_row(
                &format!(
                    "SELECT {GENERATION}, components FROM generations JOIN generation_contents ON generation = number
                     WHERE number = ?1"
                ),
                [number],
                |row| Ok((head(row)?, row.get::<_, String>(7)?)),
            )
            .optional()
            .map_err(statement_error)?;
        let Some((mut generation, components)) = found else { return Ok(None) };
        generation.components =
            serde_json::from_str(&components).map_err(|error| unreadable("a generation", &error))?;
        Ok(Some(generation))
    }

    /// A generation without what is in it.
    pub fn generation_head(&self, number: u64) -> Result<Option<Generation>> {
        let sql = format!("SELECT {GENERATION} FROM generations WHERE number = ?1");
        self.connection.query_row(&sql, [number], head).optional().map_err(statement_error)
    }

    /// All generations without what is in them, oldest first.
    pub fn generation_heads(&self) -> Result<Vec<Generation>> {
        let sql = format!("SELECT {GENERATION} FROM generations ORDER BY number");
        let mut statement = self.connection.prepare(&sql).map_err(statement_error)?;
        let rows = statement.query_map([], head).map_err(statement_error)?;
        rows.collect::<rusqlite::Result<_>>().map_err(statement_error)
    }

    /// What is deployed, with the parent that a plan would name.
    pub fn generation_deployed(&self) -> Result<(Parent, Vec<Component>)> {
        let number = self.generation_current()?;
        let nothing = (Parent { generation: 0, digest: content_digest(&[]) }, Vec::new());
        if number == 0 {
            return Ok(nothing);
        }
        let generation = self.generation(number)?.ok_or_else(|| {
            Error::state("state-unreadable", format!("generation {number} is deployed, and the state does not know it"))
                .hinted("restore a backup from the `backups` folder of the state directory")
        })?;
        Ok((generation.as_parent(), generation.components))
    }

    /// The change that is open, if a run ended in the middle of one.
    pub fn change_unfinished(&self) -> Result<Option<Change>> {
        let sql = format!("SELECT {CHANGE} FROM changes WHERE state = 'open'");
        self.connection.query_row(&sql, [], change).optional().map_err(statement_error)
    }

    /// Finished changes after the one that led to `generation` the last time, oldest first.
    pub fn changes_after(&self, generation: u64) -> Result<Vec<Change>> {
        let sql = format!(
            "SELECT {CHANGE} FROM changes WHERE state = 'done' AND id >
             (SELECT coalesce(max(id), 0) FROM changes WHERE state = 'done' AND to_generation = ?1) ORDER BY id"
        );
        let mut statement = self.connection.prepare(&sql).map_err(statement_error)?;
        let rows = statement.query_map([generation], change).map_err(statement_error)?;
        rows.collect::<rusqlite::Result<_>>().map_err(statement_error)
    }

    /// How many changes of this cause were done since `since_ns`. One that a clock set back has put into the
    /// future counts as well.
    pub fn changes_since(&self, cause: &str, since_ns: i64) -> Result<u64> {
        let sql = "SELECT count(*) FROM changes WHERE state = 'done' AND cause = ?1 AND ended_ns >= ?2";
        self.connection.query_row(sql, params![cause, since_ns], |row| row.get(0)).map_err(statement_error)
    }

    /// A token.
    pub fn token(&self, text: &str) -> Result<Option<RollbackToken>> {
        let sql = format!("SELECT {TOKEN} FROM tokens WHERE token = ?1");
        self.connection.query_row(&sql, [text], token).optional().map_err(statement_error)
    }

    /// The newest token that undoes what led to this generation, unless it was spent.
    pub fn token_of(&self, generation: u64) -> Result<Option<RollbackToken>> {
        let sql = format!(
            "SELECT {TOKEN} FROM tokens WHERE spent_seq IS NULL AND from_generation = ?1
             ORDER BY issued_seq DESC LIMIT 1"
        );
        self.connection.query_row(&sql, [generation], token).optional().map_err(statement_error)
    }

    /// What the change did that a token undoes; nothing when that was not kept.
    pub fn token_difference(&self, text: &str) -> Result<Option<Difference>> {
        let sql = "SELECT difference FROM changes JOIN tokens ON changes.id = change_id WHERE token = ?1";
        let found = self.connection.query_row(sql, [text], |row| row.get::<_, Option<String>>(0));
        let found = found.optional().map_err(statement_error)?.flatten();
        found.map(|text| serde_json::from_str(&text).map_err(|error| unreadable("a change", &error))).transpose()
    }

    /// The tokens that were not spent, newest first.
    pub fn tokens_live(&self) -> Result<Vec<RollbackToken>> {
        let sql = format!("SELECT {TOKEN} FROM tokens WHERE spent_seq IS NULL ORDER BY issued_seq DESC");
        let mut statement = self.connection.prepare(&sql).map_err(statement_error)?;
        let rows = statement.query_map([], token).map_err(statement_error)?;
        rows.collect::<rusqlite::Result<_>>().map_err(statement_error)
    }
}
