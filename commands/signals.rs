//! Signals: the first one asks the run to stop, the second ends it at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use aetherra_maint::host::Stop;
use aetherra_maint::{Error, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

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

/// Ends the process by the signal itself, so that a shell or a supervisor sees what happened.
pub fn re_raise(signal: i32) {
    // When this fails the caller exits with 128 + signal, which says the same.
    let _ = signal_hook::low_level::emulate_default_handler(signal);
}
