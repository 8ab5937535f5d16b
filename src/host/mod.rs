//! What we ask of the machine, as small traits with a real and a fake version side by side.
//!
//! Nothing outside this folder reads a clock, starts a program or opens a socket; clippy's
//! `disallowed-methods` says so.

pub mod clock;
pub mod confine;
pub mod disk;
pub mod entropy;
pub mod http;
pub mod machine;
pub mod process;
pub mod progress;
pub mod replace;
pub mod stop;

use std::sync::Arc;

pub use clock::{Clock, FixedClock, SystemClock};
pub use disk::{Disk, SystemDisk};
pub use entropy::{Entropy, SeededEntropy, SystemEntropy};
pub use http::{FakeHttp, Http, SystemHttp};
pub use machine::{FakeMachine, Machine, SystemMachine};
pub use process::{FakeProcesses, Processes, SystemProcesses};
pub use progress::{NoProgress, Progress};
pub use replace::replace_file;
pub use stop::Stop;

use crate::error::{Error, Result};

/// Starts the clock at a fixed time (RFC 3339), for tests. What is recorded under it is marked as such.
pub const TEST_CLOCK: &str = "AETHERRA_MAINT_TEST_CLOCK";

/// Seeds the randomness (a number), for tests. Heeded only together with [`TEST_CLOCK`], so that whatever
/// was made with predictable randomness is marked too.
pub const TEST_SEED: &str = "AETHERRA_MAINT_TEST_SEED";

/// The machine, real or fake.
#[derive(Clone)]
pub struct Host {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness for identifiers, salts and keys.
    pub entropy: Arc<dyn Entropy>,
    /// Who listens to how far long work has come.
    pub progress: Arc<dyn Progress>,
    /// Whether the run should end.
    pub stop: Stop,
    /// Other programs.
    pub process: Arc<dyn Processes>,
    /// The network.
    pub http: Arc<dyn Http>,
    /// How busy and how full the machine is.
    pub machine: Arc<dyn Machine>,
    /// Changes to files that must be all or nothing.
    pub disk: Arc<dyn Disk>,
}

impl Host {
    /// The real machine.
    pub fn real() -> Self {
        Self::of(SystemClock, SystemEntropy, SystemMachine)
    }

    /// The real machine, or a reproducible one when the variables of the tests are set.
    pub fn from_environment() -> Result<Self> {
        let Some(start) = std::env::var_os(TEST_CLOCK) else { return Ok(Self::real()) };
        let wrong = |name: &str| Error::usage("test-environment", format!("`{name}` has a value that cannot be read"));
        let start: jiff::Timestamp =
            start.to_str().and_then(|text| text.parse().ok()).ok_or_else(|| wrong(TEST_CLOCK))?;
        let start_ns = i64::try_from(start.as_nanosecond()).map_err(|_| wrong(TEST_CLOCK))?;
        match std::env::var_os(TEST_SEED) {
            None => Ok(Self::of(FixedClock::new(start_ns), SystemEntropy, FakeMachine::default())),
            Some(seed) => {
                let seed = seed.to_str().and_then(|text| text.parse().ok()).ok_or_else(|| wrong(TEST_SEED))?;
                Ok(Self::of(FixedClock::new(start_ns), SeededEntropy::new(seed), FakeMachine::default()))
            }
        }
    }

    /// A machine for tests: its clock starts at `start_ns` and moves by one microsecond a
    /// reading, no program is installed on it, and it is a tenth busy.
    pub fn fake(start_ns: i64, seed: u64) -> Self {
        let (process, http) = (Arc::new(FakeProcesses::none()), Arc::new(FakeHttp::none()));
        Self { process, http, ..Self::of(FixedClock::new(start_ns), SeededEntropy::new(seed), FakeMachine::default()) }
    }

    fn of(clock: impl Clock + 'static, entropy: impl Entropy + 'static, machine: impl Machine + 'static) -> Self {
        Self {
            clock: Arc::new(clock),
            entropy: Arc::new(entropy),
            process: Arc::new(SystemProcesses),
            http: Arc::new(SystemHttp),
            machine: Arc::new(machine),
            disk: Arc::new(SystemDisk),
            progress: Arc::new(NoProgress),
            stop: Stop::default(),
        }
    }

    /// A random identifier of `bytes` bytes in lower-case hex.
    pub fn identifier(&self, bytes: usize) -> String {
        let mut buffer = vec![0; bytes];
        self.entropy.fill(&mut buffer);
        buffer.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
