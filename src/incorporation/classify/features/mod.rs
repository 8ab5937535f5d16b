//! What is observed of a file: named numbers between 0 and 1, each with words that say what was seen.
//!
//! One file a source of evidence: the name, the Python code, what is declared, the text. The features are
//! plain facts; what each is worth for which class is in `config/classifier.json`.

mod classes;
mod content;
mod declared;
mod names;
mod python;

use std::borrow::Cow;

use super::{Sighting, Surroundings};

/// Ways to declare a role, each with the feature that sums them up.
const SIGNS: &[(&str, &[&str])] = &[
    (
        "plugs-in",
        &[
            "manifest-names-it",
            "entry-point-of-host",
            "manifest-of-plugin",
            "declares-plugin-constant",
            "declares-plugin-dunder",
            "has-plugin-contract",
            "registered-with-description",
            "implements-hooks",
            "registers-with-host",
            "is-concrete-plugin",
            "declares-tool-by-decorator",
            "decorated-by-host",
            "ending-plugin",
        ],
    ),
    ("acts-as-agent", &["processes-input", "extends-agent-base", "builds-agent", "function-makes-agent", "agent-acts"]),
    (
        "defines-steps",
        &[
            "manifest-of-workflow",
            "keys-of-workflow-language",
            "ending-workflow",
            "items-are-steps",
            "constant-lists-steps",
            "extends-workflow-base",
            "decorated-as-workflow",
            "builds-workflow",
            "aether-workflow",
            "function-makes-workflow",
            "extends-own-workflow-base",
            "decorated-like-workflow",
        ],
    ),
    (
        "plugs-in-inside",
        &[
            "extends-plugin-base-elsewhere",
            "registered-by-decorator",
            "extends-plugin-base-of-host",
            "adapter-in-plugin-distribution",
            "extends-host-it-is-named-after",
        ],
    ),
    (
        "has-no-role",
        &[
            "name-build-script",
            "name-test",
            "folder-test",
            "declares-tests",
            "declares-nothing",
            "empty",
            "ending-template",
            "ending-settings",
            "keys-of-schema",
            "reads-as-requirements",
            "folder-packaging",
        ],
    ),
    ("holds-records", &["ending-data", "collection-of-records", "repeats-keys", "reads-as-word-list", "kind-data"]),
];

/// One observation.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Stable kebab-case name.
    pub feature: &'static str,
    /// 0 to 1.
    pub value: f64,
    /// What was seen, in words.
    pub detail: Cow<'static, str>,
}

/// The observations of one file, in the order in which they were made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    observations: Vec<Observation>,
}

impl Features {
    /// Observes a file.
    pub fn of(sighting: &Sighting, around: &Surroundings<'_>) -> Self {
        let mut features = Self::default();
        names::observe(sighting, around, &mut features);
        declared::observe(sighting, around, &mut features);
        python::observe(sighting, around, &mut features);
        content::observe(sighting, &mut features);
        features.sum_up();
        features
    }

    /// What the ways of declaring a role have in common, so that a way which is rare in the training set still
    /// has the weight of the others.
    fn sum_up(&mut self) {
        for (feature, signs) in SIGNS {
            if let Some(sign) = signs.iter().find(|sign| self.has(sign)) {
                let detail =
                    self.observations.iter().find(|seen| seen.feature == *sign).map(|seen| seen.detail.clone());
                self.see(feature, detail.unwrap_or_default());
            }
        }
    }

    /// All observations.
    pub fn observations(&self) -> &[Observation] {
        &self.observations
    }

    /// Whether something was observed.
    pub fn has(&self, feature: &str) -> bool {
        self.observations.iter().any(|observation| observation.feature == feature)
    }

    fn see(&mut self, feature: &'static str, detail: impl Into<Cow<'static, str>>) {
        self.measure(feature, 1.0, detail);
    }

    fn see_if(&mut self, condition: bool, feature: &'static str, detail: &'static str) {
        if condition {
            self.see(feature, detail);
        }
    }

    /// Keeps the strongest observation of a feature.
    fn measure(&mut self, feature: &'static str, value: f64, detail: impl Into<Cow<'static, str>>) {
        let value = if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.0 };
        if value <= 0.0 {
            return;
        }
        match self.observations.iter_mut().find(|observation| observation.feature == feature) {
            Some(known) if known.value >= value => {}
            Some(known) => *known = Observation { feature, value, detail: detail.into() },
            None => self.observations.push(Observation { feature, value, detail: detail.into() }),
        }
    }
}

/// Parts of an identifier or a file name, in lower case: `HTTPServerPlugin` gives `http`, `server`, `plugin`.
fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before_lower = false;
    let mut fresh = true;
    let characters: Vec<char> = name.chars().take(200).collect();
    for (index, &character) in characters.iter().enumerate() {
        if !character.is_alphanumeric() {
            fresh = true;
            continue;
        }
        let next_lower = characters.get(index + 1).is_some_and(|next| next.is_lowercase());
        let starts = character.is_uppercase() && (before_lower || next_lower);
        if fresh || starts {
            parts.push(String::new());
        }
        fresh = false;
        before_lower = !character.is_uppercase();
        if let Some(part) = parts.last_mut() {
            part.extend(character.to_lowercase());
        }
    }
    parts
}

/// Whether one of the parts is the word or its plural.
fn speaks_of(parts: &[String], words: &[&str]) -> bool {
    parts.iter().any(|part| words.iter().any(|word| part == word || part.strip_suffix('s') == Some(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_at_their_words() {
        assert_eq!(parts("HTTPServerPlugin"), ["http", "server", "plugin"]);
        assert_eq!(parts("my_agent-v2.py"), ["my", "agent", "v2", "py"]);
        assert_eq!(parts("ReActAgent"), ["re", "act", "agent"]);
        assert!(parts("").is_empty());
    }

    #[test]
    fn the_strongest_observation_is_kept() {
        let mut features = Features::default();
        features.measure("a", 0.2, "weak");
        features.measure("a", 0.9, "strong");
        features.measure("a", 0.5, "middling");
        features.measure("b", f64::NAN, "nothing");
        assert_eq!(features.observations().len(), 1);
        assert_eq!(features.observations()[0].detail, "strong");
    }
}
