//! What every stage is given first.

use crate::host::Host;
use crate::settings::Settings;
use crate::store::Store;

/// The frame of a run: how to behave, what is remembered, and the machine.
pub struct Context<'a> {
    /// Validated configuration.
    pub settings: &'a Settings,
    /// The state database. Only the thread that holds the context touches it.
    pub store: &'a mut Store,
    /// Clock, entropy, processes, network.
    pub host: &'a Host,
    /// Ties together all that one run does; goes into every ledger entry.
    pub trace_id: &'a str,
}

impl Context<'_> {
    /// Fails when the run should end: for `?` between two steps.
    pub fn check_stop(&self) -> crate::Result<()> {
        self.host.stop.check()
    }
}
