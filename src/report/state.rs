//! The reports of `state`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Outcome, Page, Report};
use crate::model::counted;
use crate::store::LedgerHead;

/// What is in the state.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StateInfo {
    /// The state directory.
    pub directory: String,
    /// How many migrations the database has seen.
    pub version: usize,
    /// How many this binary knows.
    pub newest_version: usize,
    /// Bytes of the database file.
    pub bytes: u64,
    /// Its tables.
    pub tables: Vec<TableSize>,
    /// The newest ledger entry.
    pub ledger: Option<LedgerHead>,
}

/// A table and its rows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TableSize {
    /// Its name.
    pub name: String,
    /// How many rows.
    pub rows: u64,
}

impl Report for StateInfo {
    fn schema(&self) -> &'static str {
        "state-info/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn items(&self) -> Vec<Value> {
        self.tables.iter().map(|table| json!({"type": "table", "name": table.name, "rows": table.rows})).collect()
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("state: {}", self.directory));
        page.line(format!("version: {} of {}", self.version, self.newest_version));
        if page.verbosity > 0 {
            page.line(format!("size: {} bytes", self.bytes));
        }
        if let Some(head) = &self.ledger {
            page.line(format!("ledger: {}, head {}", counted(head.seq, "entry"), head.hash.short()));
        }
        page.line("");
        let mut table = Table::new(&[Column::Identifier("table"), Column::Number("rows")]);
        for size in &self.tables {
            table.row([size.name.clone(), size.rows.to_string()]);
        }
        table.write(page);
    }
}

/// What `state migrate` did, or would do.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StateMigration {
    /// The state directory.
    pub directory: String,
    /// The version before; none when there was no state.
    pub from: Option<usize>,
    /// The version after.
    pub to: usize,
    /// The migrations in between, oldest first.
    pub migrations: Vec<String>,
    /// Whether nothing was done because of `--dry-run`.
    pub dry_run: bool,
}

impl Report for StateMigration {
    fn schema(&self) -> &'static str {
        "state-migrate/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        let verb = if self.dry_run { "would be migrated" } else { "migrated" };
        match self.from {
            _ if self.migrations.is_empty() => page.line(format!("{}: up to date", self.directory)),
            None => page.line(format!("{}: {}", self.directory, if self.dry_run { "would be made" } else { "made" })),
            Some(from) => page.line(format!("{}: {verb} from version {from} to {}", self.directory, self.to)),
        }
        if page.verbosity > 0 {
            self.migrations.iter().for_each(|name| page.line(format!("  {name}")));
        }
    }
}

/// Where a backup went.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StateBackup {
    /// The file.
    pub path: String,
    /// The newest ledger entry that it holds.
    pub ledger: Option<LedgerHead>,
    /// Parts of the state directory that the copy of the database does not hold.
    pub not_included: Vec<&'static str>,
    /// Whether nothing was done because of `--dry-run`.
    pub dry_run: bool,
}

impl StateBackup {
    /// What lies beside the database: the key that signs the ledger, what is deployed, what is isolated.
    pub const BESIDE: [&'static str; 4] = ["ledger", "objects", "generations", "quarantine"];
}

impl Report for StateBackup {
    fn schema(&self) -> &'static str {
        "state-backup/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("{}: {}", if self.dry_run { "would write" } else { "written" }, self.path));
        let beside: Vec<String> = self.not_included.iter().map(|name| format!("`{name}/`")).collect();
        page.line(format!("not in it: {} of the state directory; copy them apart", beside.join(", ")));
        page.line("without `ledger/`, entries that follow a restore are not signed");
    }
}
