//! `state`: what is remembered, as a file.

use std::path::PathBuf;

use aetherra_maint::Result;
use aetherra_maint::report::Answer;
use aetherra_maint::report::state::{StateBackup, StateInfo, StateMigration, TableSize};
use aetherra_maint::store::DATABASE;
use aetherra_maint::store::upkeep::{migration_names, version_at};

use crate::session::Session;

/// Flags of `state`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

/// What to do with the state.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Where it is, its version and what is in it
    Info,
    /// Make it, or bring it to the newest version after a backup
    Migrate,
    /// Copy the database, without the key of the ledger and the deployed files, which lie beside it
    Backup {
        /// The copy [default: backups/state-<time>.db in the state directory]
        path: Option<PathBuf>,
    },
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    match &args.action {
        Action::Info => info(session),
        Action::Migrate => migrate(session),
        Action::Backup { path } => back_up(path.as_ref(), session),
    }
}

fn info(session: &Session) -> Result<Answer> {
    let store = session.open_as_it_is()?;
    let path = store.directory().join(DATABASE);
    let tables = store.table_sizes()?.into_iter().map(|(name, rows)| TableSize { name, rows }).collect();
    Ok(Answer::new(StateInfo {
        directory: store.directory().display().to_string(),
        version: version_at(store.directory())?.unwrap_or(0),
        newest_version: migration_names().len(),
        bytes: path.metadata().map_or(0, |metadata| metadata.len()),
        tables,
        ledger: store.ledger_head()?,
    }))
}

fn migrate(session: &Session) -> Result<Answer> {
    let directory = session.state_directory();
    let from = version_at(&directory)?;
    let names = migration_names();
    if !session.globals.dry_run {
        session.open_to_write()?;
    }
    Ok(Answer::new(StateMigration {
        directory: directory.display().to_string(),
        from,
        to: names.len(),
        migrations: names.into_iter().skip(from.unwrap_or(0)).map(str::to_owned).collect(),
        dry_run: session.globals.dry_run,
    }))
}

fn back_up(path: Option<&PathBuf>, session: &Session) -> Result<Answer> {
    let store = session.open_as_it_is()?;
    let target = match path {
        Some(path) => session.path(path),
        None => {
            let time = session.host.clock.now().strftime("%Y%m%dT%H%M%SZ").to_string();
            store.directory().join("backups").join(format!("state-{time}.db"))
        }
    };
    if !session.globals.dry_run {
        store.back_up_to(&target)?;
    }
    let ledger = store.ledger_head()?;
    let dry_run = session.globals.dry_run;
    Ok(Answer::new(StateBackup {
        path: target.display().to_string(),
        ledger,
        not_included: StateBackup::BESIDE.to_vec(),
        dry_run,
    }))
}
