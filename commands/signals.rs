//! Signals and time limits: the first signal asks the run to stop, the second ends it at once, and a run that
//! does not heed the wish is ended after a grace period.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::time::Duration;

use aetherra_maint::host::Stop;
use aetherra_maint::{Error, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// How long a run may take to finish its step once it has been asked to stop.
const GRACE: Duration = Duration::from_millis(4_500);

/// How often the watcher looks.
const GLANCE: Duration = Duration::from_millis(250);

/// Installs the handlers; the token tells whoever polls it.
pub fn install() -> Result<Stop> {
    let received = Arc::new(AtomicUsize::new(0));
    let armed = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // The order matters: the first signal finds `armed` unset, then sets it; the second finds it set.
        flag::register_conditional_default(signal, Arc::clone(&armed))
            .and_then(|_| flag::register(signal, Arc::clone(&armed)))
            .and_then(|_| flag::register_usize(signal, Arc::clone(&received), usize::try_from(signal).unwrap_or(0)))
            .map_err(|error| Error::bug(format!("installing the handler of signal {signal} failed: {error}")))?;
    }
    Ok(Stop::on_signal(received))
}

/// Calls `end` when the run has not ended by itself within [`GRACE`] of being asked to. State survives that:
/// every transaction is either durable or undone when the database is next opened.
pub fn watch(stop: Stop, end: impl FnOnce(Error) + Send + 'static) {
    // Without this thread only the grace period is lost: a second signal still ends the run.
    let _ = std::thread::Builder::new().name("stop-watcher".to_owned()).spawn(move || {
        while !stop.is_requested() {
            std::thread::sleep(GLANCE);
        }
        std::thread::sleep(GRACE);
        if let Err(error) = stop.check() {
            end(error);
        }
    });
}

/// Ends the process by the signal itself, so that a shell or a supervisor sees what happened.
pub fn re_raise(signal: i32) {
    // When this fails the caller exits with 128 + signal, which says the same.
    let _ = signal_hook::low_level::emulate_default_handler(signal);
}
