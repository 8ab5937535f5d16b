//! How the system is: one score, one runlevel, and what they are made of.
//!
//! A metric with a setpoint has a score (see `config/setpoints.yaml`). The score of a component is the mean
//! of the scores of its metrics; a component is what one collector reads. Health is the mean of the scores
//! of all components that have one. Critical health is the lowest score of a metric whose setpoint is
//! critical. A metric without a reading counts nowhere: it is listed as missing.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::setpoints::Targets;
use super::slo::{SloState, SloVerdict};
use crate::model::Sample;
use crate::settings::health::HealthSettings;

/// The state of the whole, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Runlevel {
    /// All is well.
    Online,
    /// Something is worse than promised, and the system works.
    Degraded,
    /// Something that the system cannot work without is past its limit.
    Critical,
    /// There is nothing to judge by.
    Unknown,
}

impl Runlevel {
    /// The word used in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Online => "ONLINE",
            Self::Degraded => "DEGRADED",
            Self::Critical => "CRITICAL",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// A reading with its score.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ScoredSample {
    /// The reading.
    #[serde(flatten)]
    pub sample: Sample,
    /// 0 to 1; none when the metric has no setpoint.
    pub score: Option<f64>,
}

/// The health of what one collector reads.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ComponentHealth {
    /// The collector.
    pub name: String,
    /// The mean of its metrics' scores; none when none of them has one.
    pub score: Option<f64>,
    /// The metric with the lowest score, if that is below 1.
    pub weakest: Option<String>,
}

/// How the system is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Health {
    /// The state of the whole.
    pub runlevel: Runlevel,
    /// 0 to 1; none without data.
    pub score: Option<f64>,
    /// 0 to 1; none without data on anything critical.
    pub critical_score: Option<f64>,
    /// What it is made of, by name.
    pub components: Vec<ComponentHealth>,
    /// Every reading, by metric.
    pub metrics: Vec<ScoredSample>,
    /// Every promise, by metric.
    pub slos: Vec<SloVerdict>,
    /// Why the runlevel is not ONLINE.
    pub reasons: Vec<String>,
}

/// Judges readings. Pure: the same readings always give the same health.
pub fn judge(samples: &[Sample], slos: Vec<SloVerdict>, targets: &Targets, settings: &HealthSettings) -> Health {
    let mut metrics: Vec<ScoredSample> = samples
        .iter()
        .map(|sample| {
            let score = targets.setpoints.get(&sample.metric).map(|setpoint| setpoint.score(sample.value));
            ScoredSample { sample: sample.clone(), score }
        })
        .collect();
    metrics.sort_by(|a, b| (&a.sample.source, &a.sample.metric).cmp(&(&b.sample.source, &b.sample.metric)));
    let components = components(&metrics);
    let score = mean(components.iter().filter_map(|component| component.score));
    let is_critical = |metric: &str| targets.setpoints.get(metric).is_some_and(|setpoint| setpoint.critical);
    let critical_score = metrics
        .iter()
        .filter(|scored| is_critical(&scored.sample.metric))
        .filter_map(|scored| scored.score)
        .min_by(f64::total_cmp);
    let mut health =
        Health { runlevel: Runlevel::Unknown, score, critical_score, components, metrics, slos, reasons: vec![] };
    decide(&mut health, settings, &is_critical);
    health
}

/// Sets the runlevel and its reasons, the gravest first.
fn decide(health: &mut Health, settings: &HealthSettings, is_critical: &dyn Fn(&str) -> bool) {
    let Some(score) = health.score else {
        health.reasons.push("no metric that has a setpoint could be read".to_owned());
        return;
    };
    let mut reasons: Vec<(Runlevel, String)> = Vec::new();
    for scored in health.metrics.iter().filter(|scored| is_critical(&scored.sample.metric)) {
        if let Some(score) = scored.score.filter(|score| *score < settings.critical_below) {
            let (metric, value) = (&scored.sample.metric, scored.sample.value);
            reasons
                .push((Runlevel::Critical, format!("{metric} is critical and at {} (score {score:.2})", tidy(value))));
        }
    }
    for slo in health.slos.iter().filter(|slo| slo.state == SloState::Breached) {
        let level = if is_critical(&slo.metric) { Runlevel::Critical } else { Runlevel::Degraded };
        let value = slo.value.map_or_else(|| "unknown".to_owned(), tidy);
        let text = format!("{} is {value}, past its {} of {}", slo.metric, slo.limit_kind, tidy(slo.limit));
        reasons.push((level, text));
    }
    if score < settings.degraded_below {
        reasons.push((Runlevel::Degraded, format!("the health score {score:.2} is below {}", settings.degraded_below)));
    }
    reasons.sort_by_key(|(level, _)| std::cmp::Reverse(*level));
    health.runlevel = reasons.first().map_or(Runlevel::Online, |(level, _)| *level);
    health.reasons = reasons.into_iter().map(|(_, reason)| reason).collect();
}

fn components(metrics: &[ScoredSample]) -> Vec<ComponentHealth> {
    let mut by_source: BTreeMap<&str, Vec<&ScoredSample>> = BTreeMap::new();
    for scored in metrics {
        by_source.entry(&scored.sample.source).or_default().push(scored);
    }
    let component = |(name, scored): (&str, Vec<&ScoredSample>)| {
        let with_score = scored.iter().filter_map(|scored| Some((scored.score?, &scored.sample.metric)));
        let weakest = with_score
            .clone()
            .filter(|(score, _)| *score < 1.0)
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, metric)| metric.clone());
        ComponentHealth { name: name.to_owned(), score: mean(with_score.map(|(score, _)| score)), weakest }
    };
    by_source.into_iter().map(component).collect()
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

/// A number as a person writes it: up to three decimals, without trailing zeros.
pub fn tidy(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::{setpoints, slo};
    use super::*;

    fn sample(source: &str, metric: &str, value: f64) -> Sample {
        Sample { metric: metric.to_owned(), value, unit: "share".to_owned(), source: source.to_owned() }
    }

    fn health(samples: &[Sample]) -> Health {
        let settings = HealthSettings::default();
        let targets = setpoints::resolve(&settings).unwrap();
        let readings = |metric: &str| -> Vec<(i64, f64)> {
            samples.iter().filter(|sample| sample.metric == metric).map(|sample| (0, sample.value)).collect()
        };
        // Ten minutes later, so that every breach counts.
        let slos = targets
            .slos
            .iter()
            .map(|(metric, slo)| slo::judge(metric, slo, &readings(metric), 600_000_000_000))
            .collect();
        judge(samples, slos, &targets, &settings)
    }

    #[test]
    fn nothing_is_known_without_data() {
        let health = health(&[sample("other", "without_a_setpoint", 1.0)]);
        assert_eq!((health.runlevel, health.score), (Runlevel::Unknown, None));
        assert_eq!(health.reasons.len(), 1);
    }

    #[test]
    fn all_well_is_online_and_one() {
        let health = health(&[sample("machine", "host_disk_used", 0.5), sample("ledger", "ledger_intact", 1.0)]);
        assert_eq!((health.runlevel, health.score, health.critical_score), (Runlevel::Online, Some(1.0), Some(1.0)));
        assert!(health.reasons.is_empty());
    }

    #[test]
    fn a_broken_ledger_is_critical_however_well_the_rest_is() {
        let health = health(&[
            sample("machine", "host_disk_used", 0.5),
            sample("machine", "host_cpu_used", 0.1),
            sample("ledger", "ledger_intact", 0.0),
        ]);
        assert_eq!((health.runlevel, health.critical_score), (Runlevel::Critical, Some(0.0)));
    }

    #[test]
    fn a_breach_of_something_else_degrades() {
        let health = health(&[sample("machine", "host_memory_used", 0.99), sample("ledger", "ledger_intact", 1.0)]);
        assert_eq!(health.runlevel, Runlevel::Degraded);
        assert!(
            health.reasons[0].contains("host_memory_used is 0.99, past its maximum of 0.95"),
            "{:?}",
            health.reasons
        );
        assert_eq!(health.components[1].weakest.as_deref(), Some("host_memory_used"));
    }
}
