//! How busy and how full the machine is.

use std::time::Duration;

use super::{Collector, Metric, Observation, Sense};
use crate::error::Result;
use crate::host::machine::ProcessorTimes;

/// How long to watch the processors when there is no earlier reading to compare with.
const WINDOW: Duration = Duration::from_millis(100);

/// An earlier reading of the processors is compared with only if it is this old: not so young that a
/// single tick decides, and not so old that it says nothing about now.
const COMPARABLE_NS: std::ops::Range<i64> = 1_000_000_000..15 * 60 * 1_000_000_000;

const BUSY: &str = "host_cpu_busy_ticks";
const TOTAL: &str = "host_cpu_total_ticks";

/// Reads the machine.
pub struct TheMachine;

impl Collector for TheMachine {
    fn id(&self) -> &'static str {
        "machine"
    }

    fn metrics(&self) -> &'static [Metric] {
        &[
            Metric {
                name: "host_cpu_used",
                unit: "share",
                help: "Share of processor time spent working since the last collection",
            },
            Metric { name: BUSY, unit: "ticks", help: "Processor time spent working since the machine started" },
            Metric { name: TOTAL, unit: "ticks", help: "Processor time since the machine started" },
            Metric { name: "host_memory_used", unit: "share", help: "Share of memory that programs cannot get" },
            Metric { name: "host_disk_used", unit: "share", help: "Share of the disk that holds the state" },
            Metric { name: "host_disk_available", unit: "bytes", help: "Room on the disk that holds the state" },
            Metric {
                name: "host_load_per_processor",
                unit: "count",
                help: "Processes that run or wait to run, over five minutes, for each processor",
            },
        ]
    }

    fn collect(&self, sense: &Sense<'_>) -> Result<Vec<Observation>> {
        let machine = &sense.host.machine;
        let processor = machine.processor();
        let share = match before(sense)?.zip(processor.as_ref().ok()) {
            Some((before, now)) => now.share_since(before),
            None => None,
        };
        let disk = machine.disk(sense.store.directory());
        Ok(vec![
            ("host_cpu_used", share.map_or_else(|| machine.processor_share(WINDOW), Ok)),
            (BUSY, processor.clone().map(|times| times.busy as f64)),
            (TOTAL, processor.map(|times| times.total as f64)),
            ("host_memory_used", machine.memory().map(|memory| memory.used_share())),
            ("host_disk_used", disk.clone().map(|disk| disk.used_share())),
            ("host_disk_available", disk.map(|disk| disk.available as f64)),
            ("host_load_per_processor", machine.load().map(|load| load.five / load.processors.max(1) as f64)),
        ])
    }
}

/// The processor times of the last collection, if that was recent.
fn before(sense: &Sense<'_>) -> Result<Option<ProcessorTimes>> {
    let newest = |metric| sense.store.samples_latest(metric, 1).map(|readings| readings.first().copied());
    Ok(match (newest(BUSY)?, newest(TOTAL)?) {
        (Some((at, busy)), Some((_, total))) if COMPARABLE_NS.contains(&(sense.now_ns - at)) => {
            Some(ProcessorTimes { busy: busy as u64, total: total as u64 })
        }
        _ => None,
    })
}
