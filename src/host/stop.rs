//! The wish that a run should end: a signal, or the end of its time.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::Clock;
use crate::error::{Error, ErrorKind, Result};

/// A token that long loops poll between steps. Polling costs one load, and a reading of the clock when
/// there is a time limit.
#[derive(Clone, Default)]
pub struct Stop {
    signal: Arc<AtomicUsize>,
    deadline: Option<Deadline>,
}

#[derive(Clone)]
struct Deadline {
    clock: Arc<dyn Clock>,
    at_ns: i64,
    limit: Duration,
}

impl Stop {
    /// Ends the run when `signal` holds the number of one, which a handler stores there.
    pub fn on_signal(signal: Arc<AtomicUsize>) -> Self {
        Self { signal, deadline: None }
    }

    /// Ends the run after `limit`, counted from now.
    #[must_use]
    pub fn after(mut self, limit: Duration, clock: &Arc<dyn Clock>) -> Self {
        let limit_ns = i64::try_from(limit.as_nanos()).unwrap_or(i64::MAX);
        let at_ns = clock.now_ns().saturating_add(limit_ns);
        self.deadline = Some(Deadline { clock: Arc::clone(clock), at_ns, limit });
        self
    }

    /// Whether the run should end, and why.
    pub fn reason(&self) -> Option<ErrorKind> {
        let signal = self.signal.load(Ordering::Relaxed);
        if signal > 0 {
            return Some(ErrorKind::Interrupted(i32::try_from(signal).unwrap_or(i32::MAX)));
        }
        let deadline = self.deadline.as_ref()?;
        (deadline.clock.now_ns() >= deadline.at_ns).then_some(ErrorKind::Timeout)
    }

    /// Whether the run should end.
    pub fn is_requested(&self) -> bool {
        self.reason().is_some()
    }

    /// Fails when the run should end: for `?` between two steps.
    pub fn check(&self) -> Result<()> {
        match self.reason() {
            None => Ok(()),
            Some(ErrorKind::Timeout) => {
                let limit = self.deadline.as_ref().map_or(0.0, |deadline| deadline.limit.as_secs_f64());
                Err(Error::new(ErrorKind::Timeout, "max-runtime", format!("the time limit of {limit} s was reached"))
                    .hinted("what was recorded is kept; run the command again to go on, or raise `--max-runtime`"))
            }
            Some(kind) => Err(Error::new(kind, "interrupted", "a signal asked the run to stop")
                .hinted("what was recorded is kept; run the command again to go on")),
        }
    }
}

/// Two are the same when the same signal ends both.
impl PartialEq for Stop {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.signal, &other.signal)
    }
}

impl Eq for Stop {}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop").field("reason", &self.reason()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::FixedClock;

    #[test]
    fn a_signal_ends_the_run() {
        let signal = Arc::new(AtomicUsize::new(0));
        let stop = Stop::on_signal(Arc::clone(&signal));
        assert!(stop.check().is_ok());
        signal.store(15, Ordering::Relaxed);
        assert_eq!(stop.reason(), Some(ErrorKind::Interrupted(15)));
    }

    #[test]
    fn the_time_limit_ends_the_run() {
        let fixed = Arc::new(FixedClock::new(0));
        let clock: Arc<dyn Clock> = fixed.clone();
        let stop = Stop::default().after(Duration::from_secs(2), &clock);
        assert!(stop.check().is_ok());
        fixed.advance(2_000_000_000);
        assert_eq!(stop.reason(), Some(ErrorKind::Timeout));
    }
}
