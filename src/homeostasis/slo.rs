//! Judging what was promised.

use schemars::JsonSchema;
use serde::Serialize;

use super::setpoints::Slo;

/// Whether a promise is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SloState {
    /// It is.
    Met,
    /// There is no reading to judge by.
    Unknown,
    /// It is not, but not for long enough to count.
    WithinGrace,
    /// It is not.
    Breached,
}

impl SloState {
    /// The word used in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Unknown => "unknown",
            Self::WithinGrace => "within-grace",
            Self::Breached => "breached",
        }
    }
}

/// What was found about one promise.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SloVerdict {
    /// The metric.
    pub metric: String,
    /// Whether it is kept.
    pub state: SloState,
    /// The newest reading.
    pub value: Option<f64>,
    /// The value to reach.
    pub target: f64,
    /// `minimum` or `maximum`.
    pub limit_kind: &'static str,
    /// A reading past this is a breach.
    pub limit: f64,
    /// Since when readings have been past the limit, nanoseconds since 1970.
    pub since_ns: Option<i64>,
    /// Seconds that a breach must last before it counts.
    pub grace_seconds: u32,
}

/// Judges a promise by the readings of its metric, newest first. A breach lasts from the oldest reading of
/// the unbroken run of readings past the limit until `now_ns`.
pub fn judge(metric: &str, slo: &Slo, readings: &[(i64, f64)], now_ns: i64) -> SloVerdict {
    let since_ns =
        readings.iter().take_while(|(_, value)| slo.limit.is_broken_by(*value)).last().map(|(time_ns, _)| *time_ns);
    let grace_ns = i64::from(slo.grace_seconds) * 1_000_000_000;
    let state = match since_ns {
        None if readings.is_empty() => SloState::Unknown,
        None => SloState::Met,
        Some(since) if now_ns.saturating_sub(since) >= grace_ns => SloState::Breached,
        Some(_) => SloState::WithinGrace,
    };
    SloVerdict {
        metric: metric.to_owned(),
        state,
        value: readings.first().map(|(_, value)| *value),
        target: slo.target,
        limit_kind: slo.limit.word(),
        limit: slo.limit.value(),
        since_ns,
        grace_seconds: slo.grace_seconds,
    }
}

#[cfg(test)]
mod tests {
    use super::super::setpoints::Limit;
    use super::*;
    use crate::settings::health::BreachAction;

    const SECOND: i64 = 1_000_000_000;
    const SLO: Slo =
        Slo { target: 50.0, limit: Limit::Maximum(120.0), action: BreachAction::AlertAndDegrade, grace_seconds: 120 };

    fn state(readings: &[(i64, f64)], now: i64) -> (SloState, Option<i64>) {
        let readings: Vec<_> = readings.iter().map(|(time, value)| (time * SECOND, *value)).collect();
        let verdict = judge("memory_rtt_p95", &SLO, &readings, now * SECOND);
        (verdict.state, verdict.since_ns.map(|since| since / SECOND))
    }

    #[test]
    fn a_breach_counts_after_its_grace() {
        assert_eq!(state(&[(60, 130.0), (0, 40.0)], 60), (SloState::WithinGrace, Some(60)));
        assert_eq!(
            state(&[(179, 130.0), (120, 125.0), (60, 130.0), (0, 40.0)], 179),
            (SloState::WithinGrace, Some(60))
        );
        assert_eq!(state(&[(180, 130.0), (120, 125.0), (60, 130.0), (0, 40.0)], 180), (SloState::Breached, Some(60)));
    }

    #[test]
    fn one_good_reading_starts_the_grace_anew() {
        assert_eq!(state(&[(180, 130.0), (120, 100.0), (60, 130.0)], 180), (SloState::WithinGrace, Some(180)));
        assert_eq!(state(&[(180, 120.0), (120, 130.0)], 180), (SloState::Met, None));
    }

    #[test]
    fn nothing_is_known_without_a_reading() {
        assert_eq!(state(&[], 180), (SloState::Unknown, None));
    }
}
