//! The shipped setpoints and service levels, with the configured ones laid over them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::settings::health::{BreachAction, HealthSettings, SetpointSettings, SloSettings};

/// The shipped setpoints; the file is their documentation.
pub const SHIPPED_SETPOINTS: &str = include_str!("../../config/setpoints.yaml");

/// The shipped service levels; the file is their documentation.
pub const SHIPPED_SLOS: &str = include_str!("../../config/slos.yaml");

/// On which side of a value the acceptable readings lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// Readings below this are not acceptable.
    Minimum(f64),
    /// Readings above this are not acceptable.
    Maximum(f64),
}

impl Limit {
    /// Whether a reading is past the limit. A reading that is no number is.
    pub fn is_broken_by(self, value: f64) -> bool {
        match self {
            Self::Minimum(limit) => value.is_nan() || value < limit,
            Self::Maximum(limit) => value.is_nan() || value > limit,
        }
    }

    /// The limit itself.
    pub fn value(self) -> f64 {
        match self {
            Self::Minimum(limit) | Self::Maximum(limit) => limit,
        }
    }

    /// `minimum` or `maximum`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Minimum(_) => "minimum",
            Self::Maximum(_) => "maximum",
        }
    }
}

/// Where a metric should be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setpoint {
    /// The value to reach.
    pub target: f64,
    /// How far from there is acceptable.
    pub limit: Limit,
    /// Whether the system cannot work without it.
    pub critical: bool,
}

impl Setpoint {
    /// 1 at the target or better, in a straight line to 0.5 at the limit, and on to 0.
    pub fn score(&self, value: f64) -> f64 {
        if value.is_nan() {
            return 0.0;
        }
        let (beyond, span) = match self.limit {
            Limit::Minimum(limit) => (self.target - value, self.target - limit),
            Limit::Maximum(limit) => (value - self.target, limit - self.target),
        };
        if beyond <= 0.0 {
            1.0
        } else if span <= 0.0 {
            0.0
        } else {
            (1.0 - 0.5 * beyond / span).clamp(0.0, 1.0)
        }
    }
}

/// A promise about a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slo {
    /// The value to reach.
    pub target: f64,
    /// A reading past this is a breach.
    pub limit: Limit,
    /// What follows once the breach counts.
    pub action: BreachAction,
    /// Seconds that it must last before it counts.
    pub grace_seconds: u32,
}

/// All setpoints and service levels of a run, by metric.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Targets {
    /// Where metrics should be.
    pub setpoints: BTreeMap<String, Setpoint>,
    /// What is promised.
    pub slos: BTreeMap<String, Slo>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetpointsFile {
    setpoints: BTreeMap<String, SetpointSettings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SlosFile {
    slos: BTreeMap<String, SloSettings>,
}

/// Lays the configured values over the shipped ones.
///
/// # Errors
///
/// When what results has no target, or not exactly one limit, or a limit on the wrong side of its target.
pub fn resolve(settings: &HealthSettings) -> Result<Targets> {
    let shipped: SetpointsFile = shipped(SHIPPED_SETPOINTS)?;
    let mut setpoints = shipped.setpoints;
    for (metric, own) in &settings.setpoints {
        let entry = setpoints.entry(metric.clone()).or_default();
        entry.target = own.target.or(entry.target);
        entry.critical = own.critical.or(entry.critical);
        (entry.min_acceptable, entry.max_acceptable) =
            either(own.min_acceptable, own.max_acceptable, entry.min_acceptable, entry.max_acceptable);
    }
    let shipped: SlosFile = self::shipped(SHIPPED_SLOS)?;
    let mut slos = shipped.slos;
    for (metric, own) in &settings.slos {
        let entry = slos.entry(metric.clone()).or_default();
        entry.target = own.target.or(entry.target);
        entry.breach_action = own.breach_action.or(entry.breach_action);
        entry.grace_period = own.grace_period.or(entry.grace_period);
        (entry.minimum, entry.maximum) = either(own.minimum, own.maximum, entry.minimum, entry.maximum);
    }
    Ok(Targets {
        setpoints: setpoints.into_iter().map(setpoint).collect::<Result<_>>()?,
        slos: slos.into_iter().map(slo).collect::<Result<_>>()?,
    })
}

/// The configured limit if there is one, on whichever side, else the shipped one.
fn either(
    own_low: Option<f64>,
    own_high: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
) -> (Option<f64>, Option<f64>) {
    if own_low.is_some() || own_high.is_some() { (own_low, own_high) } else { (low, high) }
}

fn shipped<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_yaml::from_str(text).map_err(|error| Error::bug(format!("a shipped configuration cannot be read: {error}")))
}

fn setpoint((metric, fields): (String, SetpointSettings)) -> Result<(String, Setpoint)> {
    let key = format!("health.setpoints.{metric}");
    let target = target(&key, fields.target)?;
    let limit = limit(&key, target, fields.min_acceptable, fields.max_acceptable)?;
    Ok((metric, Setpoint { target, limit, critical: fields.critical.unwrap_or(false) }))
}

fn slo((metric, fields): (String, SloSettings)) -> Result<(String, Slo)> {
    let key = format!("health.slos.{metric}");
    let target = target(&key, fields.target)?;
    let limit = limit(&key, target, fields.minimum, fields.maximum)?;
    let action = fields.breach_action.unwrap_or(BreachAction::AlertAndDegrade);
    Ok((metric, Slo { target, limit, action, grace_seconds: fields.grace_period.unwrap_or(0) }))
}

fn target(key: &str, target: Option<f64>) -> Result<f64> {
    target.filter(|target| target.is_finite()).ok_or_else(|| {
        Error::usage("health-target-missing", format!("`{key}` has no target")).hinted(format!("set `{key}.target`"))
    })
}

fn limit(key: &str, target: f64, low: Option<f64>, high: Option<f64>) -> Result<Limit> {
    let wrong = |why: &str| {
        Error::usage("health-limit-wrong", format!("`{key}` {why}")).hinted(
            "give one limit: a lower one for a metric that should be high, an upper one for one that should be low",
        )
    };
    match (low, high) {
        (Some(low), None) if low <= target => Ok(Limit::Minimum(low)),
        (None, Some(high)) if high >= target => Ok(Limit::Maximum(high)),
        (Some(_), None) => Err(wrong("has a lower limit that is above its target")),
        (None, Some(_)) => Err(wrong("has an upper limit that is below its target")),
        (None, None) => Err(wrong("has no limit")),
        (Some(_), Some(_)) => Err(wrong("has two limits")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_can_be_read_and_promises_only_what_has_a_setpoint() {
        let targets = resolve(&HealthSettings::default()).unwrap();
        assert!(targets.slos.len() > 2);
        for metric in targets.slos.keys() {
            assert!(targets.setpoints.contains_key(metric), "{metric}");
        }
    }

    #[test]
    fn a_configured_key_leaves_the_others_alone() {
        let mut settings = HealthSettings::default();
        let own = SetpointSettings { max_acceptable: Some(0.99), ..SetpointSettings::default() };
        settings.setpoints.insert("host_disk_used".to_owned(), own);
        let before = resolve(&HealthSettings::default()).unwrap().setpoints["host_disk_used"];
        let after = resolve(&settings).unwrap().setpoints["host_disk_used"];
        assert_eq!(after, Setpoint { limit: Limit::Maximum(0.99), ..before });
    }

    #[test]
    fn a_setpoint_has_a_target_and_one_limit_on_the_right_side() {
        let with = |target, min_acceptable, max_acceptable| {
            let mut settings = HealthSettings::default();
            let own = SetpointSettings { target, min_acceptable, max_acceptable, critical: None };
            settings.setpoints.insert("mine".to_owned(), own);
            resolve(&settings).map(|targets| targets.setpoints["mine"].limit)
        };
        assert_eq!(with(Some(1.0), None, Some(2.0)).unwrap(), Limit::Maximum(2.0));
        for wrong in [
            with(None, None, Some(2.0)),
            with(Some(1.0), None, None),
            with(Some(1.0), Some(0.0), Some(2.0)),
            with(Some(1.0), None, Some(0.0)),
            with(Some(1.0), Some(2.0), None),
            with(Some(f64::NAN), None, Some(2.0)),
        ] {
            assert_eq!(wrong.unwrap_err().exit_code(), 2);
        }
    }

    #[test]
    fn the_score_falls_from_the_target_over_the_limit() {
        let low = Setpoint { target: 0.7, limit: Limit::Maximum(0.9), critical: false };
        let scores = [0.0, 0.7, 0.8, 0.9, 1.0, 1.1, 5.0, f64::NAN].map(|value| (low.score(value) * 100.0).round());
        assert_eq!(scores, [100.0, 100.0, 75.0, 50.0, 25.0, 0.0, 0.0, 0.0]);
        let high = Setpoint { target: 0.95, limit: Limit::Minimum(0.85), critical: false };
        assert_eq!([1.0, 0.9, 0.85].map(|value| (high.score(value) * 100.0).round()), [100.0, 75.0, 50.0]);
        let step = Setpoint { target: 1.0, limit: Limit::Minimum(1.0), critical: true };
        assert_eq!([1.0, 0.0].map(|value| step.score(value)), [1.0, 0.0]);
    }
}
