//! The clock.

use std::sync::atomic::{AtomicI64, Ordering};

/// A source of time.
pub trait Clock: Send + Sync {
    /// Nanoseconds since 1970, UTC.
    fn now_ns(&self) -> i64;

    /// Whether this is a test clock; what it dates is marked as such.
    fn is_fixed(&self) -> bool;

    /// Waits. A clock for tests only moves itself.
    fn sleep(&self, duration: std::time::Duration) {
        std::thread::sleep(duration);
    }

    /// The current time as a timestamp.
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_nanosecond(i128::from(self.now_ns())).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

/// The clock of the machine.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now_ns(&self) -> i64 {
        i64::try_from(jiff::Timestamp::now().as_nanosecond()).unwrap_or(i64::MAX)
    }

    fn is_fixed(&self) -> bool {
        false
    }
}

/// A clock that starts where a test says and moves by one microsecond a reading.
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that first reads `start_ns`.
    pub fn new(start_ns: i64) -> Self {
        Self(AtomicI64::new(start_ns))
    }

    /// Moves the clock.
    pub fn advance(&self, by_ns: i64) {
        self.0.fetch_add(by_ns, Ordering::Relaxed);
    }
}

impl Clock for FixedClock {
    fn now_ns(&self) -> i64 {
        self.0.fetch_add(1_000, Ordering::Relaxed)
    }

    fn is_fixed(&self) -> bool {
        true
    }

    fn sleep(&self, duration: std::time::Duration) {
        self.advance(i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX));
        // Other processes do not live in this clock's time; give them a chance to go on.
        std::thread::sleep(duration.min(std::time::Duration::from_millis(20)));
    }
}
