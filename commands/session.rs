//! What a subcommand is given besides its own flags.

use std::cell::{OnceCell, RefCell};
use std::path::{Path, PathBuf};
use std::time::Duration;

use aetherra_maint::host::Host;
use aetherra_maint::model::Diagnostic;
use aetherra_maint::settings::Settings;
use aetherra_maint::settings::layers::{HOST_VARIABLES, Sources, VARIABLE_PREFIX};
use aetherra_maint::store::lease::{self, Lease};
use aetherra_maint::store::{DATABASE, LedgerPolicy, STATE_MISSING, SignerTrouble, Store};
use aetherra_maint::{Context, Result};

use crate::globals::{Globals, OnLock};

/// The file of the machine's operator.
const SYSTEM_CONFIG: &str = "/etc/aetherra/maint.yaml";

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
    /// What there is to say beside what the subcommand says.
    pub warnings: RefCell<Vec<Diagnostic>>,
    lease: OnceCell<Lease>,
    signer: RefCell<SignerTrouble>,
}

fn clock_warning(behind_ns: i64) -> Diagnostic {
    let behind = jiff::SignedDuration::from_secs(behind_ns / 1_000_000_000);
    Diagnostic::warning(
        "clock-behind",
        format!("the clock is {behind:#} behind the newest entry of the ledger, whose time new entries get until then"),
    )
    .helped("set the clock; these entries are marked with the clock `behind`")
}

/// The user's configuration folder.
fn user_folder() -> Option<PathBuf> {
    let home = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    home("XDG_CONFIG_HOME").or_else(|| home("HOME").map(|home| home.join(".config")))
}

/// Where the operator's keys are unless the configuration says otherwise.
pub fn usual_keys() -> PathBuf {
    aetherra_maint::incorporation::trust::usual_keys(user_folder().as_deref())
}

/// Where the configuration of a run may come from.
pub fn sources(globals: &Globals) -> Sources {
    let user = user_folder();
    let is_ours =
        |name: &str| name.starts_with(VARIABLE_PREFIX) || HOST_VARIABLES.iter().any(|(variable, _)| *variable == name);
    let variables = std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
        .filter(|(name, _)| is_ours(name))
        .collect();
    let discovered = !globals.isolated;
    Sources {
        system: discovered.then(|| PathBuf::from(SYSTEM_CONFIG)),
        user: user.filter(|_| discovered).map(|folder| folder.join("aetherra/maint.yaml")),
        project: discovered.then(|| globals.project()),
        explicit: globals.config.as_deref().map(|path| globals.resolve(path)),
        variables,
        set: globals.set.clone(),
        profile: globals.profile,
    }
}

/// A database that another run is only just making holds nothing yet.
fn unless_missing(opened: Result<Store>) -> Result<Option<Store>> {
    match opened {
        Err(error) if error.code == STATE_MISSING => Ok(None),
        opened => opened.map(Some),
    }
}

impl Session {
    /// A session that holds nothing yet.
    pub fn new(globals: &Globals, settings: Settings, host: Host, run_id: &str) -> Self {
        Self {
            globals: globals.clone(),
            settings,
            host,
            run_id: run_id.to_owned(),
            project: globals.project(),
            warnings: RefCell::default(),
            lease: OnceCell::new(),
            signer: RefCell::default(),
        }
    }

    /// A path given on the command line, which starts from the project folder.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.globals.resolve(path)
    }

    /// Where the state is: `--state`, else `AETHERRA_STATE_DIR`, else the nearest state above, else `./.aetherra`.
    pub fn state_directory(&self) -> PathBuf {
        match &self.globals.state {
            Some(directory) => self.globals.resolve(directory),
            None => lease::discover(&self.project),
        }
    }

    /// Opens the state to write. Only one run at a time holds it; `--on-lock` says what the others do.
    ///
    /// A rehearsal never gets this far: a command that forgot to ask fails here instead of doing it after all.
    pub fn open_to_write(&self) -> Result<Store> {
        if self.globals.dry_run {
            return Err(aetherra_maint::Error::bug("a dry run asked for the state to write"));
        }
        let directory = self.state_directory();
        if self.lease.get().is_none() {
            let patience = match self.globals.on_lock {
                OnLock::Wait => self.globals.lock_timeout,
                OnLock::Fail | OnLock::Skip => Duration::ZERO,
            };
            // The cell was empty just now, and nobody else has this session.
            let _ = self.lease.set(Lease::take(&directory, patience, &self.host)?);
        }
        let audit = &self.settings.audit;
        let policy = LedgerPolicy::new(&audit.scrub_keys, audit.epoch_seconds)?;
        let had_journal = aetherra_maint::store::has_journal(&directory);
        let store = Store::open(&directory, &self.host)?.with_policy(policy);
        if let Some(behind_ns) = store.clock_behind()? {
            self.warnings.borrow_mut().push(clock_warning(behind_ns));
        }
        if had_journal {
            let what = "a write to the database had been cut short, and was taken back before this run wrote";
            self.warnings.borrow_mut().push(Diagnostic::warning("state-journal", what));
        }
        self.signer.replace(store.signer_trouble());
        Ok(store)
    }

    /// What there is to say when all is done, beside what the subcommand says.
    pub fn last_words(&self) -> Vec<Diagnostic> {
        self.warnings.take().into_iter().chain(self.signer_trouble()).collect()
    }

    /// What kept the signer from following the newest entry.
    pub fn signer_trouble(&self) -> Option<Diagnostic> {
        self.signer.borrow().told()
    }

    /// Lets the state go, so that other runs have their turn.
    pub fn release(&mut self) {
        drop(self.lease.take());
    }

    /// Opens existing state to read; never waits.
    pub fn open_to_read(&self) -> Result<Store> {
        Store::open_to_read(&self.state_directory(), &self.host)
    }

    /// The state to read, for what can do without: none where there is none.
    pub fn open_if_there(&self) -> Result<Option<Store>> {
        if self.has_state() { unless_missing(self.open_to_read()) } else { Ok(None) }
    }

    /// Whether there is a database; it may be one that another run is only just making.
    pub fn has_state(&self) -> bool {
        self.state_directory().join(DATABASE).is_file()
    }

    /// Opens existing state of this or an older version; never waits.
    pub fn open_as_it_is(&self) -> Result<Store> {
        Store::open_as_it_is(&self.state_directory(), &self.host)
    }

    /// Opens the state for a dry run: existing state to read, else an empty one in memory.
    pub fn open_to_look(&self) -> Result<Store> {
        let directory = self.state_directory();
        // What may not be looked at is there, and says so when it is opened.
        match directory.join(DATABASE).try_exists() {
            Ok(false) => Store::in_memory(&directory, &self.host),
            Ok(true) | Err(_) => unless_missing(self.open_to_read())
                .and_then(|store| store.map_or_else(|| Store::in_memory(&directory, &self.host), Ok)),
        }
    }

    /// The frame that stages take.
    pub fn context<'a>(&'a self, store: &'a mut Store) -> Context<'a> {
        Context { settings: &self.settings, store, host: &self.host, trace_id: &self.run_id }
    }
}
