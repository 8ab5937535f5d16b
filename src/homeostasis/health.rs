//! Collecting once, judging, and recording what was measured.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use super::collectors::{self, Sense};
use super::setpoints::{self, Targets};
use super::slo::{self, SloState, SloVerdict};
use super::supervisor::{self, Health, Runlevel};
use crate::context::Context;
use crate::error::Result;
use crate::host::Host;
use crate::model::{Gap, NewEntry, Sample};
use crate::settings::Settings;
use crate::store::{LedgerHead, Store};

/// Readings of one metric that are looked at to find out since when it is past its limit.
const READINGS: usize = 1000;

/// The name under which the health score is remembered.
pub const HEALTH_SCORE: &str = "system_health_score";

/// The name under which the critical health score is remembered.
pub const CRITICAL_SCORE: &str = "critical_health_score";

/// Who is named as the source of both.
const SOURCE: &str = "supervisor";

/// What a collection found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Checkup {
    /// When, nanoseconds since 1970.
    pub time_ns: i64,
    /// How the system is.
    #[serde(flatten)]
    pub health: Health,
    /// What could not be read.
    pub missing: Vec<Gap>,
}

/// Measures, judges and changes nothing.
pub fn look(store: &Store, settings: &Settings, host: &Host) -> Result<Checkup> {
    let targets = setpoints::resolve(&settings.health)?;
    let now_ns = host.clock.now_ns();
    let (samples, missing) = collectors::collect(&Sense { store, host, now_ns })?;
    let slos = judge_slos(store, &targets, &samples, now_ns)?;
    let health = supervisor::judge(&samples, slos, &targets, &settings.health);
    Ok(Checkup { time_ns: now_ns, health, missing })
}

/// Measures, judges and records the readings, with one entry in the ledger that tells of every breach.
/// The stage `collect` of the loop.
pub fn collect(context: &mut Context<'_>) -> Result<(Checkup, LedgerHead)> {
    let checkup = look(context.store, context.settings, context.host)?;
    let mut samples: Vec<Sample> = checkup.health.metrics.iter().map(|scored| scored.sample.clone()).collect();
    for (metric, score) in [(HEALTH_SCORE, checkup.health.score), (CRITICAL_SCORE, checkup.health.critical_score)] {
        samples.extend(score.map(|value| own_sample(metric, value)));
    }
    let keep_ns = i64::from(context.settings.health.keep_days) * 24 * 3600 * 1_000_000_000;
    let forget_before_ns = checkup.time_ns.saturating_sub(keep_ns);
    let entry = entry(&checkup);
    let ((), head) = context.store.record(context.trace_id, |tx| {
        tx.samples_insert(checkup.time_ns, &samples)?;
        tx.samples_prune(forget_before_ns)?;
        tx.stage_runs_prune(forget_before_ns)?;
        Ok(((), entry))
    })?;
    Ok((checkup, head))
}

fn own_sample(metric: &str, value: f64) -> Sample {
    Sample { metric: metric.to_owned(), value, unit: "share".to_owned(), source: SOURCE.to_owned() }
}

fn entry(checkup: &Checkup) -> NewEntry {
    let health = &checkup.health;
    let breached: Vec<&str> = health
        .slos
        .iter()
        .filter(|verdict| verdict.state == SloState::Breached)
        .map(|verdict| verdict.metric.as_str())
        .collect();
    let result = if health.runlevel == Runlevel::Online { "ok" } else { "negative" };
    NewEntry::new("health.collect", health.runlevel.word(), "measuring the system").resulting(result).detailed(json!({
        "score": health.score,
        "critical_score": health.critical_score,
        "samples": health.metrics.len(),
        "missing": checkup.missing.len(),
        "breached": breached,
    }))
}

/// The health as of the last recorded collection, and when that was. None before the first.
pub fn last(store: &Store, settings: &Settings) -> Result<Option<(i64, Health)>> {
    let Some((time_ns, mut samples)) = store.samples_newest()? else { return Ok(None) };
    let targets = setpoints::resolve(&settings.health)?;
    samples.retain(|sample| sample.source != SOURCE);
    let slos = judge_slos(store, &targets, &samples, time_ns)?;
    Ok(Some((time_ns, supervisor::judge(&samples, slos, &targets, &settings.health))))
}

/// Judges every promise by the stored readings with the new ones in front.
fn judge_slos(store: &Store, targets: &Targets, samples: &[Sample], now_ns: i64) -> Result<Vec<SloVerdict>> {
    let judge = |(metric, slo): (&String, &setpoints::Slo)| {
        let mut readings: Vec<(i64, f64)> =
            samples.iter().filter(|sample| sample.metric == *metric).map(|sample| (now_ns, sample.value)).collect();
        // The past matters only to a reading that is past its limit.
        if readings.iter().any(|(_, value)| slo.limit.is_broken_by(*value)) {
            readings.extend(store.samples_latest(metric, READINGS)?);
        }
        Ok(slo::judge(metric, slo, &readings, now_ns))
    };
    targets.slos.iter().map(judge).collect()
}
