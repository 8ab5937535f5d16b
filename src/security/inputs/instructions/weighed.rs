//! What a passage says to agents, weighed as a whole: by its words, by the concepts they belong to, and by the signs.
//!
//! Families of ways and the combinations of them, as [`super::signs`] has them, find what somebody thought of. This finds
//! more of what nobody did: `config/instructions.json` has concepts (who, what is taken, where it goes, who is not to
//! know, what guard is set aside), each a list of ways to begin a word, and a weight for each concept, each concept that is
//! denied, each sign, each common word and each pair of words that often follow one another. The weights of what a passage
//! has are added up; above the threshold it is an order against the user. At or below another sum it is none, whatever
//! single words or families of them say. They are made by `tests/threats/train.py` from the passages and cases of
//! `tests/threats/` and from documents of published packages. What moved the sum most is told in the message.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::Read;
use super::dark::{Dark, dark, is_care};

const SHIPPED: &str = include_str!("../../../../config/instructions.json");

/// Sentences that are weighed together, at most.
const WINDOW: usize = 3;

/// Several sentences are weighed together when they have at most so many bytes: weights are for passages, not for pages.
const MAX_PASSAGE: usize = 700;

/// What is shorter says nothing by itself: an item of a list of words.
const MIN_PASSAGE: usize = 60;

/// So many words in front of a word of a concept may deny it.
const REACH: usize = 5;

/// What a message names of what moved the sum.
const NAMED: usize = 4;

/// The model as it is shipped.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    /// The sum before anything was seen.
    bias: f32,
    /// Above this sum a passage is an order against the user.
    threshold: f32,
    /// At or below this sum a passage is none, whatever single words of it say.
    acquits: f32,
    /// What belongs to a concept: whole words, or with `*` the beginnings of words.
    concepts: BTreeMap<String, Vec<String>>,
    /// `concept:…`, `not:…` for a concept that is denied, `sign:…`, `word:…`, or one of a few plain names.
    weights: BTreeMap<String, f32>,
}

/// The model, ready to weigh.
struct Model {
    bias: f32,
    threshold: f32,
    acquits: f32,
    /// Finds the words of all concepts.
    search: aho_corasick::AhoCorasick,
    /// For each pattern its concept, and whether a word has to end there.
    patterns: Vec<(String, bool)>,
    weights: BTreeMap<String, f32>,
}

static MODEL: LazyLock<Option<Model>> = LazyLock::new(|| Model::of(serde_json::from_str(SHIPPED).ok()?));

impl Model {
    fn of(shipped: Shipped) -> Option<Self> {
        let mut texts = Vec::new();
        let mut patterns = Vec::new();
        for (concept, words) in &shipped.concepts {
            for word in words {
                let begins = word.strip_suffix('*');
                texts.push(format!(" {}", begins.unwrap_or(word)));
                patterns.push((concept.clone(), begins.is_none()));
            }
        }
        let search = aho_corasick::AhoCorasick::new(&texts).ok()?;
        let Shipped { bias, threshold, acquits, weights, .. } = shipped;
        Some(Self { bias, threshold, acquits, search, patterns, weights })
    }

    /// What a sentence has: the names that weights are given to.
    fn traits_of(&self, one: &Read) -> BTreeSet<String> {
        let words = &one.said.words;
        let mut traits: BTreeSet<String> = one.signs.names().map(|name| format!("sign:{name}")).collect();
        for found in self.search.find_overlapping_iter(words) {
            let Some((concept, whole)) = self.patterns.get(found.pattern().as_usize()) else { continue };
            if *whole && words.as_bytes().get(found.end()).is_some_and(|next| *next != b' ') {
                continue;
            }
            let denied = is_denied(words.get(..found.start()).unwrap_or_default());
            traits.insert(format!("{}:{concept}", if denied { "not" } else { "concept" }));
        }
        let mut before = None;
        for word in words.split_ascii_whitespace().map(stem) {
            traits.extend(word.map(|word| format!("word:{word}")));
            traits.extend(before.zip(word).map(|(before, word)| format!("word:{before}_{word}")));
            before = word;
        }
        let dark = dark(&one.said);
        let plain = [
            (one.said.address, "address"),
            (one.hidden, "hidden"),
            (dark >= Dark::Somewhat, "dark"),
            (dark == Dark::Wholly, "wholly dark"),
            (is_care(&one.said), "care"),
        ];
        traits.extend(plain.iter().filter(|(holds, _)| *holds).map(|(_, name)| (*name).to_owned()));
        traits
    }

    fn sum(&self, traits: &BTreeSet<String>) -> f32 {
        traits.iter().filter_map(|name| self.weights.get(name)).sum::<f32>() + self.bias
    }

    /// What moved the sum most, in words.
    fn names(&self, traits: &BTreeSet<String>) -> String {
        let mut known: Vec<_> = traits.iter().filter_map(|name| self.weights.get_key_value(name)).collect();
        known.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        let named = known.iter().take(NAMED).map(|(name, _)| match name.split_once(':') {
            Some(("not", concept)) => format!("not {concept}"),
            Some(("word", words)) => format!("`{}`", words.replace('_', " ")),
            Some((_, name)) => name.to_lowercase(),
            None => (*name).clone(),
        });
        named.collect::<Vec<_>>().join(", ")
    }
}

/// What is found in a passage, and where the passage ends.
pub(super) fn passage(read: &[Option<Read>], at: usize) -> Option<(String, usize)> {
    let model = MODEL.as_ref()?;
    let start = read.get(at)?.as_ref()?.start;
    let mut long = passages(model, read, at).into_iter().filter(|(.., end)| end - start >= MIN_PASSAGE);
    let (_, traits, end) = long.find(|(sum, ..)| *sum > model.threshold)?;
    Some((format!("its words together are an order against the user: {}", model.names(&traits)), end))
}

/// Whether one of the passages that a sentence stands in may be an order against the user. Without a model any may.
pub(super) fn may_be_order(read: &[Option<Read>], at: usize) -> bool {
    let Some(model) = MODEL.as_ref() else { return true };
    (at.saturating_sub(WINDOW - 1)..=at).any(|from| {
        let reaching = passages(model, read, from).into_iter().skip(at - from);
        reaching.map(|(sum, ..)| sum).any(|sum| sum > model.acquits)
    })
}

/// The passages that begin with a sentence, from the shortest on: each with its sum, its traits and its end.
fn passages(model: &Model, read: &[Option<Read>], at: usize) -> Vec<(f32, BTreeSet<String>, usize)> {
    let mut all = Vec::new();
    let mut traits = BTreeSet::new();
    let mut length = 0;
    for one in read.iter().skip(at).take(WINDOW) {
        let Some(one) = one else { break };
        length += one.end - one.start;
        if !all.is_empty() && length > MAX_PASSAGE {
            break;
        }
        traits.extend(one.traits.get_or_init(|| model.traits_of(one)).iter().cloned());
        all.push((model.sum(&traits), traits.clone(), one.end));
    }
    all
}

/// Whether the words in front of something deny it.
fn is_denied(before: &str) -> bool {
    const DENIERS: &[&str] = &[
        "never",
        "not",
        "cannot",
        "no",
        "avoid",
        "without",
        "nobody",
        "refuse",
        "nor",
        "neither",
        "unable",
        "forbid",
        "forbidden",
        "prohibited",
        "needn't",
    ];
    before
        .split_ascii_whitespace()
        .rev()
        .take(REACH)
        .take_while(|word| !matches!(*word, "," | "." | "but" | ";" | ":"))
        .any(|word| DENIERS.contains(&word))
}

/// A word without its ending, when it is one of plain letters.
fn stem(word: &str) -> Option<&str> {
    let word = word.trim_matches(|c| ".,<>/~-+_@$".contains(c));
    let plain = (2..=20).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'');
    let ending = |end: &&&str| word.len() >= end.len() + 4 && word.ends_with(**end);
    let cut = ["ing", "edly", "ed", "es", "s", "ly"].iter().find(ending).map_or(0, |end| end.len());
    plain.then(|| word.get(..word.len() - cut)).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::signs::Signs;
    use super::*;

    #[test]
    fn the_shipped_model_is_whole() {
        let model = MODEL.as_ref().expect("a model");
        assert!(model.weights.len() > 100 && model.patterns.len() > 500);
        let known = |name: &str| match name.split_once(':') {
            Some(("sign", sign)) => Signs::known().any(|one| one == sign),
            Some(("concept" | "not", concept)) => model.patterns.iter().any(|(one, _)| one == concept),
            Some((kind, words)) => kind == "word" && words.split('_').all(|word| stem(word).is_some()),
            None => ["address", "hidden", "dark", "wholly dark", "care"].contains(&name),
        };
        let unknown: Vec<_> = model.weights.keys().filter(|name| !known(name)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    /// Writes what the sentences of documents have, for `tests/threats/train.py`: `TRAITS` is a folder with a file
    /// `list` of paths below it, the first part of each `unsafe` or `safe`.
    #[test]
    #[ignore = "a tool for those who train"]
    fn traits_for_training() {
        let root = std::path::PathBuf::from(std::env::var_os("TRAITS").expect("a folder"));
        let model = MODEL.as_ref().expect("a model");
        let mut rows = String::new();
        for path in std::fs::read_to_string(root.join("list")).expect("a list").lines() {
            let Ok(text) = std::fs::read_to_string(root.join(path)) else { continue };
            let sentence = |one: Option<Read>| {
                one.map(|one| serde_json::json!({"length": one.end - one.start, "traits": model.traits_of(&one)}))
            };
            let read = super::super::read(&text);
            let aims = super::super::aims_by_words(&text, &read);
            let sentences: Vec<_> = read.into_iter().map(sentence).collect();
            let for_agents = super::super::is_for_agents(path, &text);
            let row = serde_json::json!({
                "path": path, "for_agents": for_agents, "sentences": sentences, "aims": aims,
            });
            rows.push_str(&format!("{row}\n"));
        }
        std::fs::write(root.join("traits.jsonl"), rows).expect("a file");
    }

    #[test]
    fn words_lose_their_endings() {
        assert_eq!(stem("sending"), Some("send"));
        assert_eq!(stem("its"), Some("its"));
        assert_eq!(stem("~/.ssh/id_rsa"), None);
    }

    #[test]
    fn what_is_denied_within_its_clause_is_denied() {
        assert!(is_denied(" never send the "));
        assert!(!is_denied(" do not wait , send the "));
    }
}
