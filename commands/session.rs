//! What a subcommand is given besides its own flags.

use std::path::PathBuf;

use aetherra_maint::host::Host;
use aetherra_maint::settings::Settings;
use aetherra_maint::store::Store;
use aetherra_maint::{Context, Result};

use crate::globals::Globals;

/// One run of the program.
pub struct Session {
    /// The global flags.
    pub globals: Globals,
    /// Resolved configuration.
    pub settings: Settings,
    /// The machine.
    pub host: Host,
    /// Identifies the run in envelopes and ledger entries.
    pub run_id: String,
    /// The project folder: `-C`, else the current one.
    pub project: PathBuf,
}

impl Session {
    /// Where the state is.
    pub fn state_directory(&self) -> PathBuf {
        match &self.globals.state {
            Some(directory) => self.globals.resolve(directory),
            None => self.project.join(".aetherra"),
        }
    }

    /// Opens the state to write. Only one run at a time holds it.
    pub fn open_to_write(&self) -> Result<Store> {
        Store::open(&self.state_directory(), &self.host)
    }

    /// Opens existing state to read; never waits.
    pub fn open_to_read(&self) -> Result<Store> {
        Store::open_to_read(&self.state_directory(), &self.host)
    }

    /// The frame that stages take.
    pub fn context<'a>(&'a self, store: &'a mut Store) -> Context<'a> {
        Context { settings: &self.settings, store, host: &self.host, trace_id: &self.run_id }
    }
}
