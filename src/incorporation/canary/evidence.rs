//! What was observed in a trial: plain data that is kept with the trial, so that a restart goes on where it was.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::abort::Abort;
use super::exposition::Series;
use super::judge::{Direction, Metric, NoData};
use super::{CanaryVerdict, Counts, FailureLimit, Outcome, Trial, decide};
use crate::host::Host;
use crate::settings::CanarySettings;
use crate::settings::canary::Worse;

/// Values of one side of one metric that are kept for the judge. The oldest go first.
const MAX_VALUES: usize = 5000;

/// The metric that tells how well a generation is, 0 to 1.
pub const HEALTH: &str = "health";

/// Which side an observation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What is on trial.
    Canary,
    /// What is stable.
    Stable,
}

/// Everything that was observed so far, and what it is judged by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The settings of the time when the trial was opened.
    pub settings: CanarySettings,
    /// Where the observations come from, in words.
    pub source: String,
    /// The continuous test.
    pub abort: Abort,
    /// Requests and failures of the canary.
    pub canary: Counts,
    /// Requests and failures of what is stable.
    pub stable: Counts,
    /// The newest values, by metric.
    pub values: BTreeMap<String, Values>,
    /// The last reading of every counter.
    pub counters: BTreeMap<String, f64>,
    /// Bytes of the input that were read.
    pub offset: u64,
    /// Readings of the store up to this time were taken, nanoseconds since 1970.
    pub seen_ns: i64,
    /// The lowest health of the canary.
    pub health: Option<f64>,
    /// Lines or answers that could not be used.
    pub unusable: u64,
    /// Why the last of them could not.
    pub trouble: Option<String>,
}

/// Values of both sides.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Values {
    /// Of the canary.
    pub canary: Vec<f64>,
    /// Of what is stable.
    pub stable: Vec<f64>,
}

/// What is new since the last look, for the continuous test of failures.
#[derive(Debug, Clone, Copy, Default)]
pub struct News {
    canary: Counts,
    stable: Counts,
}

impl Evidence {
    /// Nothing was observed yet.
    pub fn new(settings: &CanarySettings, source: String, now_ns: i64) -> Self {
        let watched = settings.metrics.iter().filter(|(_, metric)| metric.worse != Worse::Either);
        let names: Vec<&str> = watched.map(|(name, _)| name.as_str()).collect();
        Self {
            settings: settings.clone(),
            source,
            abort: Abort::new(settings.alpha, &names),
            canary: Counts::default(),
            stable: Counts::default(),
            values: BTreeMap::new(),
            counters: BTreeMap::new(),
            offset: 0,
            seen_ns: now_ns,
            health: None,
            unusable: 0,
            trouble: None,
        }
    }

    /// Something could not be used.
    pub fn trouble(&mut self, why: impl Into<String>) {
        self.unusable = self.unusable.saturating_add(1);
        self.trouble = Some(why.into());
    }

    /// Requests and failures of one side.
    pub fn count(&mut self, news: &mut News, side: Side, requests: u64, failures: u64) {
        let (all, new) = match side {
            Side::Canary => (&mut self.canary, &mut news.canary),
            Side::Stable => (&mut self.stable, &mut news.stable),
        };
        for counts in [all, new] {
            counts.requests = counts.requests.saturating_add(requests);
            counts.failures = counts.failures.saturating_add(failures);
        }
    }

    /// A value of a metric; of one that is not watched, nothing happens.
    pub fn value(&mut self, side: Side, metric: &str, value: f64, host: &Host) {
        let Some(watched) = self.settings.metrics.get(metric).filter(|_| value.is_finite()) else { return };
        // The continuous test is about values of which more is worse.
        let towards_worse = if watched.worse == Worse::Lower { -value } else { value };
        match side {
            Side::Canary => self.abort.canary_sample(metric, towards_worse, uniform(host)),
            Side::Stable => self.abort.stable_sample(metric, towards_worse),
        }
        let values = self.values.entry(metric.to_owned()).or_default();
        let values = if side == Side::Canary { &mut values.canary } else { &mut values.stable };
        values.push(value);
        if values.len() > MAX_VALUES {
            values.drain(..values.len() - MAX_VALUES);
        }
    }

    /// The health of the canary.
    pub fn healthy(&mut self, health: f64) {
        if health.is_finite() {
            self.health = Some(self.health.map_or(health, |lowest| lowest.min(health)));
        }
    }

    /// Readings with labels: counters that go on from their last reading, and values.
    pub fn series(&mut self, news: &mut News, side: Side, series: &Series, host: &Host) {
        if series.name == self.settings.requests {
            let more = self.more(side, series);
            self.count(news, side, more, 0);
        } else if series.name == self.settings.failures {
            let more = self.more(side, series);
            self.count(news, side, 0, more);
        } else if series.name == HEALTH {
            if side == Side::Canary {
                self.healthy(series.value);
            }
        } else {
            self.value(side, &series.name, series.value, host);
        }
    }

    /// How much a counter has grown since it was last read.
    fn more(&mut self, side: Side, series: &Series) -> u64 {
        if !series.value.is_finite() || series.value < 0.0 {
            self.trouble(format!("the counter {} is at {}", series.key(), series.value));
            return 0;
        }
        let last = self.counters.insert(series.key(), series.value);
        let more = match (last, side) {
            // It was started anew and counts from zero.
            (Some(last), _) if series.value < last => series.value,
            (Some(last), _) => series.value - last,
            // A canary counts from zero, because it is new; what is stable has counted before.
            (None, Side::Canary) => series.value,
            (None, Side::Stable) => 0.0,
        };
        more as u64
    }

    /// Ends a look: what is new goes to the continuous test of failures.
    pub fn close(&mut self, news: News) {
        self.abort.counts(news.canary, news.stable);
    }

    /// The verdict if the trial ended now.
    pub fn verdict(&self) -> CanaryVerdict {
        let metrics: Vec<Metric> = self.settings.metrics.keys().map(|name| self.metric(name)).collect();
        let trial = Trial {
            canary: self.canary,
            stable: self.stable,
            metrics: &metrics,
            abort: &self.abort,
            health: self.health,
            health_floor: self.settings.health_floor,
        };
        let limit = FailureLimit { rate: self.settings.failure_rate, alpha: self.settings.alpha };
        let mut verdict = decide(&trial, limit);
        if let (true, Some(why)) = (self.unusable > 0, &self.trouble) {
            verdict.reasons.push(format!("{} observations could not be used; the last: {why}", self.unusable));
        }
        verdict
    }

    /// Why the trial has to end now, when it has.
    pub fn abort_verdict(&self) -> Option<CanaryVerdict> {
        let verdict = |reason| CanaryVerdict { outcome: Outcome::Fail, reasons: vec![reason] };
        if let Some(stop) = self.abort.stop() {
            return Some(verdict(stop));
        }
        let floor = self.settings.health_floor;
        let health = self.health.filter(|health| *health < floor)?;
        Some(verdict(format!("health {health:.2} is below the floor of {floor}")))
    }

    fn metric(&self, name: &str) -> Metric {
        let values = self.values.get(name).cloned().unwrap_or_default();
        let settings = self.settings.metrics.get(name).cloned().unwrap_or_default();
        Metric {
            name: name.to_owned(),
            stable: values.stable,
            canary: values.canary,
            direction: match settings.worse {
                Worse::Higher => Direction::Increase,
                Worse::Lower => Direction::Decrease,
                Worse::Either => Direction::Either,
            },
            no_data: NoData::Remove,
            weight: settings.weight,
            critical: settings.critical,
            effect: settings.effect,
        }
    }
}

/// A random number between 0 and 1.
fn uniform(host: &Host) -> f64 {
    let mut bytes = [0; 8];
    host.entropy.fill(&mut bytes);
    ((u64::from_le_bytes(bytes) >> 11) as f64 + 0.5) / 2_f64.powi(53)
}
