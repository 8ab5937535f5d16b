//! The weights, and how they turn observations into a class.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::Features;
use crate::error::{Error, Result};
use crate::model::{ComponentKind, Digest, Evidence};

/// Classes, in the order of the weights.
const CLASSES: usize = ComponentKind::ALL.len();

/// Observations that a judgement names.
const MAX_EVIDENCE: usize = 12;

/// Observations that moved the log-odds less than this are not worth a line.
const MIN_WEIGHT: f64 = 0.05;

const SHIPPED: &str = include_str!("../../../config/classifier.json");

static MODEL: LazyLock<Result<Model, String>> = LazyLock::new(|| Model::parse(SHIPPED).map_err(|error| error.message));

/// A multinomial logistic model over named features.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Divides the scores; above 1 it makes the answers less sure.
    pub temperature: f64,
    /// Below this probability the answer is UNKNOWN.
    pub threshold: f64,
    /// The classes, in the order of every list of weights.
    pub classes: Vec<ComponentKind>,
    /// Score of each class before anything was observed.
    pub bias: Vec<f64>,
    /// Score that an observation of value 1 adds to each class.
    pub weights: BTreeMap<String, Vec<f64>>,
    /// Identifies the weights; results of another version are made anew.
    #[serde(skip)]
    pub version: String,
}

/// What the model makes of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The class.
    pub class: ComponentKind,
    /// Calibrated probability that it is right.
    pub confidence: f64,
    /// Probability of every class, in the order of [`ComponentKind::ALL`]; they sum to 1.
    pub probabilities: [f64; CLASSES],
    /// What spoke for and against the class, strongest first.
    pub evidence: Vec<Evidence>,
}

impl Model {
    /// The model that is embedded in the binary.
    pub fn shipped() -> Result<&'static Self> {
        MODEL.as_ref().map_err(|message| Error::bug(format!("the shipped classifier is broken: {message}")))
    }

    /// Reads a model.
    pub fn parse(text: &str) -> Result<Self> {
        let invalid = |why: String| Error::usage("classifier-invalid", format!("reading the classifier failed: {why}"));
        let mut model: Self = serde_json::from_str(text).map_err(|error| invalid(error.to_string()))?;
        if model.classes != ComponentKind::ALL {
            return Err(invalid("its classes are not the eight known ones in their order".to_owned()));
        }
        let lists = model.weights.values().chain([&model.bias]);
        if lists.into_iter().any(|list| list.len() != CLASSES || list.iter().any(|weight| !weight.is_finite())) {
            return Err(invalid(format!("every list needs {CLASSES} finite weights")));
        }
        let sane = model.temperature.is_finite() && model.temperature > 0.0 && (0.0..=1.0).contains(&model.threshold);
        if !sane {
            return Err(invalid("temperature must be above 0 and threshold between 0 and 1".to_owned()));
        }
        model.version = Digest::of(text.as_bytes()).short().to_string();
        Ok(model)
    }

    /// Weighs the observations.
    pub fn judge(&self, features: &Features) -> Judgement {
        let mut scores = [0.0_f64; CLASSES];
        add(&mut scores, &self.bias, 1.0);
        for observation in features.observations() {
            if let Some(weights) = self.weights.get(observation.feature) {
                add(&mut scores, weights, observation.value);
            }
        }
        let probabilities = softmax(scores.map(|score| score / self.temperature));
        let best = (0..CLASSES).max_by(|&left, &right| at(&probabilities, left).total_cmp(&at(&probabilities, right)));
        let unknown = CLASSES - 1;
        let chosen = best.filter(|&best| at(&probabilities, best) >= self.threshold).unwrap_or(unknown);
        Judgement {
            class: ComponentKind::ALL.get(chosen).copied().unwrap_or(ComponentKind::Unknown),
            confidence: at(&probabilities, chosen),
            probabilities,
            evidence: self.evidence(features, chosen, &probabilities),
        }
    }

    /// How far each observation moved the log-odds of the chosen class against the others as they stand.
    fn evidence(&self, features: &Features, chosen: usize, probabilities: &[f64; CLASSES]) -> Vec<Evidence> {
        let others = (1.0 - at(probabilities, chosen)).max(f64::MIN_POSITIVE);
        let mut evidence: Vec<Evidence> = features
            .observations()
            .iter()
            .filter_map(|observation| {
                let weights = self.weights.get(observation.feature)?;
                let against: f64 = weights
                    .iter()
                    .zip(probabilities)
                    .enumerate()
                    .filter(|(class, _)| *class != chosen)
                    .map(|(_, (weight, probability))| weight * probability / others)
                    .sum();
                let weight = (weights.get(chosen)? - against) * observation.value / self.temperature;
                (weight.abs() >= MIN_WEIGHT).then(|| Evidence {
                    feature: observation.feature.to_owned(),
                    detail: observation.detail.clone().into_owned(),
                    weight: (weight * 1_000.0).round() / 1_000.0,
                })
            })
            .collect();
        evidence.sort_by(|left, right| {
            right.weight.abs().total_cmp(&left.weight.abs()).then_with(|| left.feature.cmp(&right.feature))
        });
        evidence.truncate(MAX_EVIDENCE);
        evidence
    }
}

fn at(list: &[f64; CLASSES], index: usize) -> f64 {
    list.get(index).copied().unwrap_or_default()
}

fn add(scores: &mut [f64; CLASSES], weights: &[f64], value: f64) {
    for (score, weight) in scores.iter_mut().zip(weights) {
        *score += weight * value;
    }
}

fn softmax(scores: [f64; CLASSES]) -> [f64; CLASSES] {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = scores.map(|score| (score - most).exp());
    let sum: f64 = powers.iter().sum();
    powers.map(|power| power / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_is_sound() {
        let model = Model::shipped().unwrap();
        assert!(model.weights.len() > 50);
        assert!(!model.version.is_empty());
    }

    #[test]
    fn without_observations_the_answer_is_still_a_distribution() {
        let judgement = Model::shipped().unwrap().judge(&Features::default());
        let sum: f64 = judgement.probabilities.iter().sum();
        assert!((sum - 1.0).abs() < 1e-9);
        assert!((0.0..=1.0).contains(&judgement.confidence));
    }

    #[test]
    fn a_model_of_another_shape_is_refused() {
        let text = SHIPPED.replace("\"PLUGIN\"", "\"AGENT\"");
        assert_eq!(Model::parse(&text).unwrap_err().code, "classifier-invalid");
        assert!(Model::parse("{}").is_err());
        let text = SHIPPED.replace("\"temperature\":", "\"temperature\": 0, \"x\":");
        assert!(Model::parse(&text).is_err());
    }
}
