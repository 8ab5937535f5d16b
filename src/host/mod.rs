//! What we ask of the machine, as small traits with a real and a fake version side by side.
//!
//! Nothing outside this folder reads a clock, starts a program or opens a socket; clippy's
//! `disallowed-methods` says so.

pub mod clock;
pub mod entropy;

use std::sync::Arc;

pub use clock::{Clock, FixedClock, SystemClock};
pub use entropy::{Entropy, SeededEntropy, SystemEntropy};

/// The machine, real or fake.
#[derive(Clone)]
pub struct Host {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness for identifiers, salts and keys.
    pub entropy: Arc<dyn Entropy>,
}

impl Host {
    /// The real machine.
    pub fn real() -> Self {
        Self { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) }
    }

    /// A machine for tests: its clock starts at `start_ns` and moves by one microsecond a reading.
    pub fn fake(start_ns: i64, seed: u64) -> Self {
        Self { clock: Arc::new(FixedClock::new(start_ns)), entropy: Arc::new(SeededEntropy::new(seed)) }
    }

    /// A random identifier of `bytes` bytes in lower-case hex.
    pub fn identifier(&self, bytes: usize) -> String {
        let mut buffer = vec![0; bytes];
        self.entropy.fill(&mut buffer);
        buffer.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
