//! How busy and how full the machine is.
//!
//! Read from `/proc`, `/sys/fs/cgroup` and `statvfs`. What a system does not tell is an error that says
//! so, never a zero: a missing reading must not look like an idle machine.

use std::path::Path;
use std::time::Duration;

/// Time that the processors have spent since the machine started, in clock ticks of the kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcessorTimes {
    /// Working.
    pub busy: u64,
    /// Working or idle.
    pub total: u64,
}

impl ProcessorTimes {
    /// The share of the time since `before` that was spent working, 0 to 1. None when no time passed or
    /// the machine was restarted in between.
    pub fn share_since(self, before: Self) -> Option<f64> {
        let total = self.total.checked_sub(before.total).filter(|total| *total > 0)?;
        let busy = self.busy.checked_sub(before.busy)?;
        Some((busy as f64 / total as f64).clamp(0.0, 1.0))
    }
}

/// A resource and how much of it is taken, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// All there is.
    pub total: u64,
    /// What an ordinary program can still get.
    pub available: u64,
}

impl Capacity {
    /// The share that is taken, 0 to 1.
    pub fn used_share(self) -> f64 {
        if self.total == 0 {
            return 1.0;
        }
        self.total.saturating_sub(self.available) as f64 / self.total as f64
    }
}

/// Processes that run or wait to run, averaged, and the processors that they share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// Over the last minute.
    pub one: f64,
    /// Over the last five minutes.
    pub five: f64,
    /// Over the last fifteen minutes.
    pub fifteen: f64,
    /// Processors that this process may use.
    pub processors: usize,
}

/// A reading, or why there is none.
pub type Reading<T> = std::result::Result<T, String>;

/// Something that can be asked how busy and how full it is.
pub trait Machine: Send + Sync {
    /// Processor time since the start of the machine.
    fn processor(&self) -> Reading<ProcessorTimes>;

    /// Memory, within the limit of the container if there is one.
    fn memory(&self) -> Reading<Capacity>;

    /// The file system that holds `path`.
    fn disk(&self, path: &Path) -> Reading<Capacity>;

    /// The run queue.
    fn load(&self) -> Reading<Load>;

    /// The share of processor time spent working during the next `window`, 0 to 1.
    fn processor_share(&self, window: Duration) -> Reading<f64>;
}

/// This machine.
pub struct SystemMachine;

impl Machine for SystemMachine {
    fn processor(&self) -> Reading<ProcessorTimes> {
        parse_stat(&read("/proc/stat")?)
    }

    fn memory(&self) -> Reading<Capacity> {
        let whole = parse_meminfo(&read("/proc/meminfo")?)?;
        let limit = read("/sys/fs/cgroup/memory.max").ok().and_then(|text| text.trim().parse::<u64>().ok());
        let current = read("/sys/fs/cgroup/memory.current").ok().and_then(|text| text.trim().parse::<u64>().ok());
        match (limit, current) {
            (Some(limit), Some(current)) if limit < whole.total => {
                Ok(Capacity { total: limit, available: limit.saturating_sub(current).min(whole.available) })
            }
            _ => Ok(whole),
        }
    }

    fn disk(&self, path: &Path) -> Reading<Capacity> {
        let status = rustix::fs::statvfs(path).map_err(|error| format!("statvfs of {}: {error}", path.display()))?;
        // As `df` counts: blocks that are neither used nor to be had (kept for root, or beyond a quota) are no
        // part of the whole, or a disk would look fuller than anything that reports on it says.
        let used = status.f_blocks.saturating_sub(status.f_bfree);
        Ok(Capacity {
            total: used.saturating_add(status.f_bavail).saturating_mul(status.f_frsize),
            available: status.f_bavail.saturating_mul(status.f_frsize),
        })
    }

    fn load(&self) -> Reading<Load> {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        parse_loadavg(&read("/proc/loadavg")?, processors)
    }

    fn processor_share(&self, window: Duration) -> Reading<f64> {
        let before = self.processor()?;
        std::thread::sleep(window);
        self.processor()?.share_since(before).ok_or_else(|| "no processor time passed".to_owned())
    }
}

fn read(path: &str) -> Reading<String> {
    std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))
}

/// The first line of `/proc/stat`: user nice system idle iowait irq softirq steal; guest time is in user.
fn parse_stat(text: &str) -> Reading<ProcessorTimes> {
    let malformed = || "/proc/stat has no line `cpu` with eight numbers".to_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("cpu ")).ok_or_else(malformed)?;
    let numbers: Vec<u64> = line.split_whitespace().take(8).map_while(|word| word.parse().ok()).collect();
    let [user, nice, system, idle, iowait, irq, softirq, steal] = numbers.as_slice() else {
        return Err(malformed());
    };
    let busy = user + nice + system + irq + softirq + steal;
    Ok(ProcessorTimes { busy, total: busy + idle + iowait })
}

fn parse_meminfo(text: &str) -> Reading<Capacity> {
    let bytes = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok())
            .and_then(|kibibytes| kibibytes.checked_mul(1024))
            .ok_or_else(|| format!("/proc/meminfo has no {name}"))
    };
    Ok(Capacity { total: bytes("MemTotal")?, available: bytes("MemAvailable")? })
}

fn parse_loadavg(text: &str, processors: usize) -> Reading<Load> {
    let numbers: Vec<f64> = text.split_whitespace().take(3).map_while(|word| word.parse().ok()).collect();
    match numbers.as_slice() {
        [one, five, fifteen] => Ok(Load { one: *one, five: *five, fifteen: *fifteen, processors }),
        _ => Err("/proc/loadavg does not start with three numbers".to_owned()),
    }
}

/// A machine for tests, with whatever readings the test gives it.
#[derive(Debug, Clone)]
pub struct FakeMachine {
    /// Answer of [`Machine::processor_share`].
    pub share: Reading<f64>,
    /// Answer of [`Machine::memory`].
    pub memory: Reading<Capacity>,
    /// Answer of [`Machine::disk`], whatever the path.
    pub disk: Reading<Capacity>,
    /// Answer of [`Machine::load`].
    pub load: Reading<Load>,
}

impl Default for FakeMachine {
    /// A machine at ease: a tenth of everything is in use.
    fn default() -> Self {
        Self {
            share: Ok(0.1),
            memory: Ok(Capacity { total: 1000, available: 900 }),
            disk: Ok(Capacity { total: 1000, available: 900 }),
            load: Ok(Load { one: 0.2, five: 0.2, fifteen: 0.2, processors: 2 }),
        }
    }
}

impl FakeMachine {
    /// A system that tells nothing of itself.
    pub fn silent() -> Self {
        let silence = || "this system does not tell".to_owned();
        Self { share: Err(silence()), memory: Err(silence()), disk: Err(silence()), load: Err(silence()) }
    }
}

impl Machine for FakeMachine {
    fn processor(&self) -> Reading<ProcessorTimes> {
        let share = self.share.clone()?;
        Ok(ProcessorTimes { busy: (share * 1000.0) as u64, total: 1000 })
    }

    fn memory(&self) -> Reading<Capacity> {
        self.memory.clone()
    }

    fn disk(&self, _path: &Path) -> Reading<Capacity> {
        self.disk.clone()
    }

    fn load(&self) -> Reading<Load> {
        self.load.clone()
    }

    fn processor_share(&self, _window: Duration) -> Reading<f64> {
        self.share.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_from_the_line_of_all_processors() {
        let text = "cpu  100 5 45 800 40 3 5 2 50 0\ncpu0 1 1 1 1 1 1 1 1 1 1\nintr 5\n";
        let times = parse_stat(text).unwrap();
        assert_eq!(times, ProcessorTimes { busy: 160, total: 1000 });
        assert_eq!(times.share_since(ProcessorTimes { busy: 60, total: 800 }), Some(0.5));
    }

    #[test]
    fn a_restart_or_no_time_gives_no_share() {
        let times = ProcessorTimes { busy: 10, total: 20 };
        assert_eq!(times.share_since(ProcessorTimes { busy: 100, total: 200 }), None);
        assert_eq!(times.share_since(times), None);
    }

    #[test]
    fn memory_is_what_programs_can_still_get() {
        let text = "MemTotal:        2048 kB\nMemFree:   100 kB\nMemAvailable:    512 kB\n";
        assert_eq!(parse_meminfo(text).unwrap().used_share(), 0.75);
        assert!(parse_meminfo("MemTotal: 1 kB\n").unwrap_err().contains("MemAvailable"));
    }

    #[test]
    fn load_comes_with_the_processors_that_share_it() {
        assert_eq!(parse_loadavg("0.50 0.25 0.10 1/200 4242\n", 4).unwrap().five, 0.25);
        assert!(parse_loadavg("garbage", 4).is_err());
        assert!(parse_stat("cpu 1 2 x").is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_machine_tells_all_four() {
        let machine = SystemMachine;
        assert!(machine.processor().unwrap().total > 0);
        assert!((0.0..=1.0).contains(&machine.memory().unwrap().used_share()));
        assert!((0.0..=1.0).contains(&machine.disk(Path::new("/")).unwrap().used_share()));
        assert!(machine.load().unwrap().processors > 0);
        assert!(machine.disk(Path::new("/no/such/place")).is_err());
    }
}
