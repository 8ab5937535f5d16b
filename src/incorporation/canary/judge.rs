//! The judge at the end of a trial: Kayenta's, in its published parts.
//!
//! Each metric: outliers beyond the fences of the interquartile range are put aside, the confidence interval of
//! the shift between both sides is that of Mann and Whitney (normal approximation, with correction for ties and
//! continuity), and the metric is high or low when the whole interval lies beyond the tolerance, a share of the
//! estimated shift (Hodges and Lehmann). A small effect is none. The score is the weighted share of metrics that
//! pass; a critical metric that fails decides alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Outcome;

/// Confidence of the interval.
pub const CONFIDENCE: f64 = 0.98;
/// Share of the estimated shift that is tolerated.
pub const TOLERANCE: f64 = 0.25;
/// A root is found when it is known to this share of it.
const EXACT: f64 = 1e-12;
/// Fences of outliers, in interquartile ranges.
const FENCE: f64 = 3.0;
/// Scores from here pass; below the second mark they fail.
const PASS: f64 = 95.0;
const MARGINAL: f64 = 75.0;

/// Which direction is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// More is worse.
    #[default]
    Increase,
    /// Less is worse.
    Decrease,
    /// Any difference is bad.
    Either,
}

/// What becomes of a metric without values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoData {
    /// It is left out; when nothing is left, the trial is inconclusive.
    #[default]
    Remove,
    /// It is taken as zeros: for counters that only exist once something happened.
    Zero,
}

/// One metric with its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Its name.
    pub name: String,
    /// Values of what is stable.
    pub stable: Vec<f64>,
    /// Values of the canary.
    pub canary: Vec<f64>,
    /// Which direction is bad.
    pub direction: Direction,
    /// What becomes of it without values.
    pub no_data: NoData,
    /// How much it counts.
    pub weight: f64,
    /// Whether it decides alone when it fails.
    pub critical: bool,
    /// The ratio of the means has to differ from 1 by more than this to count.
    pub effect: f64,
}

impl Metric {
    /// A metric of which more is worse.
    pub fn new(name: &str, stable: Vec<f64>, canary: Vec<f64>) -> Self {
        Self {
            name: name.to_owned(),
            stable,
            canary,
            direction: Direction::Increase,
            no_data: NoData::Remove,
            weight: 1.0,
            critical: false,
            effect: 0.0,
        }
    }
}

/// How a metric compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// No difference that matters.
    Pass,
    /// The canary is higher.
    High,
    /// The canary is lower.
    Low,
    /// There are no values on one side.
    NoData,
}

/// The score of a trial.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// What becomes of the canary.
    pub outcome: Outcome,
    /// 0 to 100; none when there was nothing to judge.
    pub score: Option<f64>,
    /// Why.
    pub reasons: Vec<String>,
}

/// Judges all metrics.
pub fn judge(metrics: &[Metric]) -> Judgement {
    let (mut passed, mut weights, mut reasons, mut critical) = (0.0, 0.0, Vec::new(), None);
    for metric in metrics {
        let (class, words) = classify(metric);
        if class != Class::Pass {
            reasons.push(format!("{}: {words}", metric.name));
        }
        match class {
            Class::NoData => continue,
            Class::Pass => passed += metric.weight,
            Class::High | Class::Low if metric.critical => critical = Some(metric.name.clone()),
            Class::High | Class::Low => {}
        }
        weights += metric.weight;
    }
    if let Some(name) = critical {
        reasons.insert(0, format!("`{name}` is critical, and it fails"));
        return Judgement { outcome: Outcome::Fail, score: Some(0.0), reasons };
    }
    if weights <= 0.0 {
        reasons.insert(0, "no metric has values on both sides: no data never passes".to_owned());
        return Judgement { outcome: Outcome::Inconclusive, score: None, reasons };
    }
    let score = passed / weights * 100.0;
    let outcome = if score >= PASS {
        Outcome::Pass
    } else if score >= MARGINAL {
        Outcome::Inconclusive
    } else {
        Outcome::Fail
    };
    reasons.insert(0, format!("score {score:.0} of 100: {PASS:.0} passes, below {MARGINAL:.0} fails"));
    Judgement { outcome, score: Some(score), reasons }
}

/// Compares one metric.
pub fn classify(metric: &Metric) -> (Class, String) {
    let mut sides = [clean(&metric.stable), clean(&metric.canary)];
    if metric.no_data == NoData::Zero {
        let length = sides.iter().map(Vec::len).max().unwrap_or(0).max(1);
        sides.iter_mut().filter(|side| side.is_empty()).for_each(|side| side.resize(length, 0.0));
    }
    let [stable, canary] = sides;
    if stable.is_empty() || canary.is_empty() {
        return (Class::NoData, "there are no values on one side".to_owned());
    }
    let (stable, canary) = (without_outliers(stable), without_outliers(canary));
    let Some(shift) = shift(&stable, &canary, CONFIDENCE) else {
        return (Class::Pass, "all values are the same".to_owned());
    };
    let tolerated = TOLERANCE * shift.estimate.abs();
    let ratio = mean(&canary) / mean(&stable);
    let counts = !ratio.is_finite() || (ratio - 1.0).abs() > metric.effect;
    let words = || {
        format!(
            "the canary differs by {:.4} ({:.4} to {:.4} with {:.0} % confidence), ratio of the means {ratio:.3}",
            shift.estimate,
            shift.low,
            shift.high,
            CONFIDENCE * 100.0
        )
    };
    if metric.direction != Direction::Decrease && shift.low > tolerated && counts {
        (Class::High, words())
    } else if metric.direction != Direction::Increase && shift.high < -tolerated && counts {
        (Class::Low, words())
    } else {
        (Class::Pass, words())
    }
}

fn clean(values: &[f64]) -> Vec<f64> {
    let mut values: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len().saturating_sub(1)) as f64;
    let (low, high) = (place.floor(), place.ceil());
    let at = |place: f64| sorted.get(place as usize).copied().unwrap_or_default();
    at(low) + (at(high) - at(low)) * (place - low)
}

fn without_outliers(sorted: Vec<f64>) -> Vec<f64> {
    let (low, high) = (quantile(&sorted, 0.25), quantile(&sorted, 0.75));
    let fence = FENCE * (high - low);
    sorted.into_iter().filter(|value| (low - fence..=high + fence).contains(value)).collect()
}

/// How far the canary is shifted against what is stable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// Lower end of the confidence interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The estimate of Hodges and Lehmann.
    pub estimate: f64,
}

/// The confidence interval of the shift, from the normal approximation of the rank sum. None when every value is
/// the same.
pub fn shift(stable: &[f64], canary: &[f64], confidence: f64) -> Option<Shift> {
    let (stable, canary) = (clean(stable), clean(canary));
    let (first, last) = (stable.first()?, stable.last()?);
    let (low, high) = (canary.first()? - last, canary.last()? - first);
    if stable.iter().chain(&canary).all(|value| value == first) {
        return None;
    }
    let z = normal_quantile(f64::midpoint(1.0, confidence));
    let solve = |quantile: f64, continuity: f64| root((&stable, &canary), (low, high), quantile, continuity);
    // The estimate is where the rank sum has its mean; there a correction would only make a plateau.
    Some(Shift { low: solve(z, 0.5), high: solve(-z, 0.5), estimate: solve(0.0, 0.0) })
}

/// Where the standardised rank sum of the shifted canary falls below a quantile. It falls with the shift.
fn root((stable, canary): (&[f64], &[f64]), (mut low, mut high): (f64, f64), quantile: f64, continuity: f64) -> f64 {
    let at = |by: f64| standardised(stable, canary, by, continuity);
    if at(low) <= quantile {
        return low;
    }
    if at(high) >= quantile {
        return high;
    }
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if at(middle) > quantile {
            low = middle
        } else {
            high = middle
        }
        if high - low <= EXACT * low.abs().max(high.abs()) {
            break;
        }
    }
    f64::midpoint(low, high)
}

/// The rank sum of the canary, shifted back, in standard deviations from its mean.
pub(super) fn standardised(stable: &[f64], canary: &[f64], by: f64, continuity: f64) -> f64 {
    let (m, n) = (canary.len() as f64, stable.len() as f64);
    let mut pooled: Vec<(f64, bool)> = canary.iter().map(|value| (value - by, true)).collect();
    pooled.extend(stable.iter().map(|value| (*value, false)));
    pooled.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut sum, mut ties, mut at) = (0.0, 0.0, 0);
    while let Some((value, _)) = pooled.get(at) {
        let end = at + pooled.iter().skip(at).take_while(|(other, _)| other == value).count();
        let count = (end - at) as f64;
        let ours = pooled.iter().skip(at).take(end - at).filter(|(_, is_canary)| *is_canary).count();
        // The average rank of those that are equal.
        sum += ours as f64 * ((at + 1) as f64 + (count - 1.0) / 2.0);
        ties += count.powi(3) - count;
        at = end;
    }
    let centred = sum - m * (m + 1.0) / 2.0 - m * n / 2.0;
    let correction = if centred == 0.0 { 0.0 } else { continuity.copysign(centred) };
    let variance = m * n / 12.0 * ((m + n + 1.0) - ties / ((m + n) * (m + n - 1.0)));
    (centred - correction) / variance.sqrt()
}

/// The quantile of the standard normal distribution, by bisection of its error function.
fn normal_quantile(probability: f64) -> f64 {
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        let below = 0.5 * libm::erfc(-middle / std::f64::consts::SQRT_2);
        if below < probability { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sample that is spread evenly around a centre.
    fn spread(centre: f64, count: usize) -> Vec<f64> {
        (0..count).map(|at| centre + (at as f64 * 0.618_033_988_75).fract() * 4.0 - 2.0).collect()
    }

    #[test]
    fn the_quantiles_are_those_of_the_tables() {
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-9);
        assert!((normal_quantile(0.99) - 2.326_347_874_040_841).abs() < 1e-9);
    }

    #[test]
    fn the_estimate_is_the_median_of_the_differences() {
        let (stable, canary) = (spread(10.0, 31), spread(13.0, 29));
        let mut differences: Vec<f64> = canary.iter().flat_map(|a| stable.iter().map(move |b| a - b)).collect();
        differences.sort_by(f64::total_cmp);
        let median = differences[differences.len() / 2];
        let found = shift(&stable, &canary, 0.95).unwrap();
        assert!((found.estimate - median).abs() < 0.02, "{found:?} {median}");
        assert!(found.low < found.estimate && found.estimate < found.high);
    }

    #[test]
    fn metrics_are_high_low_or_neither() {
        let class = |stable: f64, canary: f64, direction| {
            let metric = Metric { direction, ..Metric::new("m", spread(stable, 30), spread(canary, 30)) };
            classify(&metric).0
        };
        assert_eq!(class(10.0, 20.0, Direction::Either), Class::High);
        assert_eq!(class(20.0, 10.0, Direction::Either), Class::Low);
        assert_eq!(class(10.0, 10.1, Direction::Either), Class::Pass);
        assert_eq!(class(20.0, 10.0, Direction::Increase), Class::Pass);
        assert_eq!(class(10.0, 20.0, Direction::Decrease), Class::Pass);
    }

    #[test]
    fn without_values_nothing_passes() {
        let missing = Metric::new("m", spread(1.0, 10), vec![f64::NAN]);
        assert_eq!(classify(&missing).0, Class::NoData);
        assert_eq!(judge(std::slice::from_ref(&missing)).outcome, Outcome::Inconclusive);
        assert_eq!(judge(&[]).outcome, Outcome::Inconclusive);
        let zero = Metric { no_data: NoData::Zero, ..missing };
        assert_eq!(classify(&zero).0, Class::Pass, "fewer errors than before are no harm");
    }

    #[test]
    fn the_score_has_two_marks_and_critical_metrics_decide() {
        let good = || Metric::new("good", spread(10.0, 30), spread(10.0, 30));
        let bad = || Metric::new("bad", spread(10.0, 30), spread(20.0, 30));
        assert_eq!(judge(&[good(), good()]).outcome, Outcome::Pass);
        assert_eq!(judge(&[good(), bad()]).outcome, Outcome::Fail);
        assert_eq!(judge(&[good(), good(), good(), good(), bad()]).outcome, Outcome::Inconclusive);
        let critical = Metric { critical: true, ..bad() };
        assert_eq!(judge(&[good(), good(), good(), good(), good(), critical]).outcome, Outcome::Fail);
    }

    #[test]
    fn what_lies_far_out_is_put_aside() {
        let mut far = spread(10.0, 30);
        far.extend([1e6; 5]);
        assert_eq!(classify(&Metric::new("m", spread(10.0, 30), far.clone())).0, Class::Pass);
        assert_eq!(
            without_outliers({
                far.sort_by(f64::total_cmp);
                far
            })
            .len(),
            30
        );
        // Where all is far out, nothing is.
        assert_eq!(classify(&Metric::new("m", spread(10.0, 30), vec![1e6; 30])).0, Class::High);
    }

    #[test]
    fn a_small_effect_is_none() {
        let metric = Metric { effect: 0.5, ..Metric::new("m", spread(10.0, 300), spread(13.0, 300)) };
        assert_eq!(classify(&metric).0, Class::Pass);
        assert_eq!(classify(&Metric { effect: 0.1, ..metric }).0, Class::High);
    }
}
