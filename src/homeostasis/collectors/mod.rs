//! Who reads what: one file a family of metrics.

mod index;
mod latency;
mod ledger;
mod machine;
mod stages;

use crate::error::Result;
use crate::host::Host;
use crate::model::{Gap, Sample};
use crate::store::Store;

/// Everybody who reads.
pub const COLLECTORS: &[&dyn Collector] =
    &[&index::Index, &latency::Latency, &ledger::Ledger, &machine::TheMachine, &stages::Stages];

/// A metric that a collector reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metric {
    /// Snake-case name.
    pub name: &'static str,
    /// What it counts.
    pub unit: &'static str,
    /// What it means, in one sentence without a full stop.
    pub help: &'static str,
}

/// What a collector may look at.
pub struct Sense<'a> {
    /// The state.
    pub store: &'a Store,
    /// The machine.
    pub host: &'a Host,
    /// The time of this collection, nanoseconds since 1970.
    pub now_ns: i64,
}

/// A reading of the metric with this name, or why there is none.
pub type Observation = (&'static str, std::result::Result<f64, String>);

/// Something that reads metrics. It changes nothing.
pub trait Collector: Sync {
    /// Its name, which is also the name of the component in the health report.
    fn id(&self) -> &'static str;

    /// All that it can read.
    fn metrics(&self) -> &'static [Metric];

    /// Reads. A metric that is not among the observations counts as missing.
    ///
    /// # Errors
    ///
    /// When the state cannot be read. A metric that cannot be read is no error but an observation.
    fn collect(&self, sense: &Sense<'_>) -> Result<Vec<Observation>>;
}

/// The metric of this name, if some collector reads it.
pub fn metric(name: &str) -> Option<&'static Metric> {
    COLLECTORS.iter().flat_map(|collector| collector.metrics()).find(|metric| metric.name == name)
}

/// Asks everybody. What could not be read, for whatever reason, is among the gaps.
pub fn collect(sense: &Sense<'_>) -> Result<(Vec<Sample>, Vec<Gap>)> {
    let (mut samples, mut gaps) = (Vec::new(), Vec::new());
    for collector in COLLECTORS {
        let observations = collector.collect(sense)?;
        for metric in collector.metrics() {
            let (name, source) = (metric.name.to_owned(), collector.id().to_owned());
            let observed = observations.iter().find(|(name, _)| *name == metric.name);
            match observed.map(|(_, reading)| reading) {
                Some(Ok(value)) if value.is_finite() => {
                    samples.push(Sample { metric: name, value: *value, unit: metric.unit.to_owned(), source });
                }
                Some(Ok(_)) => gaps.push(Gap { metric: name, source, reason: "the reading is no number".to_owned() }),
                Some(Err(reason)) => gaps.push(Gap { metric: name, source, reason: reason.clone() }),
                None => gaps.push(Gap { metric: name, source, reason: "there is no data yet".to_owned() }),
            }
        }
    }
    Ok((samples, gaps))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_metric_has_one_reader_and_a_name_that_exporters_accept() {
        let names: Vec<&str> =
            COLLECTORS.iter().flat_map(|collector| collector.metrics()).map(|metric| metric.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert!(
            names.iter().all(|name| name
                .bytes()
                .all(|byte| byte == b'_' || byte.is_ascii_lowercase() || byte.is_ascii_digit()))
        );
        assert!(names.len() >= 10);
    }

    #[test]
    fn every_shipped_setpoint_is_about_a_metric_that_is_read() {
        let targets = super::super::setpoints::resolve(&Default::default()).unwrap();
        for name in targets.setpoints.keys() {
            assert!(metric(name).is_some(), "{name}");
        }
    }
}
