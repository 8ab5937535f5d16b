//! Baselines: what was there before does not count, what is new does.
//!
//! A baseline counts findings by fingerprint. When a piece of code appears once more than the baseline knows,
//! the one that is too many counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::model::{Diagnostic, Finding};

/// Larger baselines are refused unread.
pub const MAX_BYTES: usize = 64 << 20;

/// A baseline with more entries than this is refused.
const MAX_ENTRIES: usize = 400_000;

/// An entry that counts more often than this is refused: no file has so many findings of one text.
const MAX_COUNT: u32 = 10_000;

/// A baseline file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The shape of this file; 1.
    pub version: u32,
    /// By fingerprint.
    #[serde(deserialize_with = "each_once")]
    pub findings: BTreeMap<String, Entry>,
}

/// Reads a map that has no key twice: of two entries a person may read the one and the program obey the other.
fn each_once<'de, D: serde::Deserializer<'de>>(from: D) -> std::result::Result<BTreeMap<String, Entry>, D::Error> {
    struct Entries;
    impl<'de> serde::de::Visitor<'de> for Entries {
        type Value = BTreeMap<String, Entry>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("entries by fingerprint")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
            use serde::de::Error as _;
            let mut entries = BTreeMap::new();
            while let Some((key, entry)) = map.next_entry::<String, Entry>()? {
                if entries.len() >= MAX_ENTRIES {
                    return Err(A::Error::custom(format!("more than {MAX_ENTRIES} entries")));
                }
                if entry.count == 0 || entry.count > MAX_COUNT {
                    return Err(A::Error::custom(format!(
                        "a count of {}; from 1 to {MAX_COUNT} are known",
                        entry.count
                    )));
                }
                if !is_fingerprint(&key) {
                    let key: String = key.chars().take(40).collect();
                    return Err(A::Error::custom(format!("`{key}` is no fingerprint")));
                }
                if let Some(twice) = entries.insert(key, entry) {
                    return Err(A::Error::custom(format!("two entries for one finding of `{}`", twice.rule)));
                }
            }
            Ok(entries)
        }
    }
    from.deserialize_map(Entries)
}

fn is_fingerprint(key: &str) -> bool {
    key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
}

/// Whose report it is that was given for a baseline.
fn foreign(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    let has = |words: &[&str]| words.iter().all(|word| text.contains(word));
    if has(&["\"results\"", "\"metrics\"", "\"generated_at\""]) {
        Some("a report of bandit")
    } else if has(&["\"results\"", "\"plugins_used\""]) {
        Some("a baseline of detect-secrets")
    } else if has(&["\"runs\"", "\"version\"", "2.1.0"]) {
        Some("SARIF")
    } else if has(&["\"schema\"", "security-eval/v"]) {
        Some("a report of this tool, and no baseline")
    } else if start.starts_with('[') {
        Some("a list, as other tools write it")
    } else {
        None
    }
}

/// One fingerprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// How many findings have it.
    pub count: u32,
    /// The rule, for people.
    pub rule: String,
    /// The file, for people.
    pub path: String,
}

impl Baseline {
    /// The baseline of these findings. Silenced ones need no place in it.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut baseline = Self { version: 1, findings: BTreeMap::new() };
        for finding in findings {
            if finding.suppressed_by.as_deref().is_none_or(|by| by == "baseline") {
                let entry = Entry { count: 0, rule: finding.rule.clone(), path: finding.path.clone() };
                baseline.findings.entry(finding.fingerprint.clone()).or_insert(entry).count += 1;
            }
        }
        baseline
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// `baseline-invalid` when it is too large, no valid JSON of this shape, or from a newer version.
    pub fn parse(text: &str) -> Result<Self> {
        let invalid = |message: String| {
            Error::usage("baseline-invalid", message).hinted("write it anew with `security-eval --write-baseline FILE`")
        };
        if text.len() > MAX_BYTES {
            return Err(invalid(format!("the baseline is larger than {MAX_BYTES} bytes")));
        }
        let baseline: Self = serde_json::from_str(text).map_err(|error| {
            let place = format!("the baseline cannot be read at line {}, column {}", error.line(), error.column());
            let said = match foreign(text) {
                Some(whose) => format!("{place}: it is {whose}"),
                None => format!("{place}: {}", error.to_string().chars().take(200).collect::<String>()),
            };
            invalid(said)
        })?;
        if baseline.version != 1 {
            return Err(invalid(format!("the baseline has version {}; this binary knows version 1", baseline.version)));
        }
        Ok(baseline)
    }

    /// The text of a baseline file.
    ///
    /// # Errors
    /// `baseline-too-large` when no binary would read it again.
    pub fn text(&self) -> Result<String> {
        let text = serde_json::to_string_pretty(self).map_err(|error| Error::bug(error.to_string()))? + "\n";
        if self.findings.len() > MAX_ENTRIES || text.len() > MAX_BYTES {
            let count = self.findings.len();
            return Err(Error::usage("baseline-too-large", format!("{count} findings are too many for a baseline"))
                .hinted("choose rules with `--select`, or write a baseline for each folder"));
        }
        Ok(text)
    }
}

/// What of a baseline is still to come up, while findings are held against it file by file.
pub struct Known<'b> {
    /// How often each fingerprint may still come up.
    left: HashMap<&'b str, (&'b Entry, u32)>,
    /// How many findings it knew.
    pub known: usize,
    /// Files in which an entry says another rule or another path than the finding has.
    pub mislabelled: BTreeSet<String>,
}

impl<'b> Known<'b> {
    /// Nothing has come up yet.
    pub fn new(baseline: &'b Baseline) -> Self {
        let left = baseline.findings.iter().map(|(key, entry)| (key.as_str(), (entry, entry.count))).collect();
        Self { left, known: 0, mislabelled: BTreeSet::new() }
    }

    /// Marks the findings that the baseline knows, each of its entries as often as it counts.
    ///
    /// An entry holds only for what it says for people: its file, and its rule by any of the ids that it has. An
    /// entry that is labelled as something harmless must not silence something else.
    pub fn mark<'f>(&mut self, findings: impl IntoIterator<Item = &'f mut Finding>) {
        for finding in findings {
            if finding.suppressed_by.is_some() {
                continue;
            }
            let Some((entry, count)) = self.left.get_mut(finding.fingerprint.as_str()) else { continue };
            if entry.path != finding.path || !(entry.rule == finding.rule || finding.aliases.contains(&entry.rule)) {
                self.mislabelled.insert(finding.path.clone());
                *count = 0;
            } else if *count > 0 {
                *count -= 1;
                self.known += 1;
                finding.suppressed_by = Some("baseline".to_owned());
            }
        }
    }

    /// What there is to say of the baseline, when these files were judged.
    pub fn remarks(&self, judged: &BTreeSet<&str>) -> Vec<Diagnostic> {
        let mut remarks: Vec<Diagnostic> = self
            .mislabelled
            .iter()
            .map(|path| {
                Diagnostic::warning("baseline-mislabelled", "an entry of the baseline names another rule or file than the finding that it would silence; the finding counts")
                    .at(path.clone())
                    .helped("look at who changed the baseline, and write it anew with `--write-baseline`")
            })
            .collect();
        let stale =
            self.left.values().filter(|(entry, left)| *left > 0 && judged.contains(entry.path.as_str())).count();
        if stale > 0 {
            let text = format!("{stale} entries of the baseline stand for findings that are gone");
            remarks.push(
                Diagnostic::note("baseline-stale", text)
                    .helped("write it anew with `--write-baseline`, so that they cannot hide something later"),
            );
        }
        remarks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(fingerprint: &str) -> Finding {
        Finding { fingerprint: fingerprint.repeat(32), rule: "r".into(), ..Finding::default() }
    }

    #[test]
    fn one_more_than_known_counts() {
        let baseline = Baseline::of(&[finding("a"), finding("b")]);
        let baseline = Baseline::parse(&baseline.text().unwrap_or_default()).unwrap_or_default();
        let mut now = [finding("a"), finding("a"), finding("c")];
        let mut known = Known::new(&baseline);
        known.mark(&mut now);
        assert_eq!(known.known, 1);
        assert_eq!(now.iter().filter(|finding| finding.suppressed_by.is_none()).count(), 2);
        assert_eq!(known.remarks(&BTreeSet::from([""])).len(), 1, "b is gone");
    }

    #[test]
    fn an_entry_holds_for_what_it_says_only() {
        let mut baseline = Baseline::of(&[finding("a")]);
        let silenced = |baseline: &Baseline| {
            let mut now = [Finding { aliases: vec!["B602".into()], ..finding("a") }];
            let mut known = Known::new(baseline);
            known.mark(&mut now);
            (known.known, known.remarks(&BTreeSet::new()).len())
        };
        assert_eq!(silenced(&baseline), (1, 0));
        let entry = |rule: &str, path: &str| Entry { count: 1, rule: rule.into(), path: path.into() };
        for (rule, path, expected) in [("B602", "", (1, 0)), ("assert", "", (0, 1)), ("r", "tests/x.py", (0, 1))] {
            baseline.findings.values_mut().for_each(|old| *old = entry(rule, path));
            assert_eq!(silenced(&baseline), expected, "{rule} {path}");
        }
    }

    #[test]
    fn malicious_baselines_are_refused() {
        let key = "a".repeat(32);
        let entry = |count: &str| format!("\"{key}\":{{\"count\":{count},\"rule\":\"\",\"path\":\"\"}}");
        let of = |entries: &str| format!("{{\"version\":1,\"findings\":{{{entries}}}}}");
        assert!(Baseline::parse(&of(&entry("1"))).is_ok());
        for text in [
            String::new(),
            "[]".into(),
            "{}".into(),
            "{\"version\":2,\"findings\":{}}".into(),
            "{\"version\":1,\"version\":1,\"findings\":{}}".into(),
            "{\"version\":1,\"findings\":{\"*\":{\"count\":9,\"rule\":\"\",\"path\":\"\"}}}".into(),
            "{\"version\":1,\"findings\":{},\"ignore_all\":true}".into(),
            of(&entry("-1")),
            of(&entry("0")),
            of(&entry("1e9")),
            of(&entry("4294967295")),
            of(&entry("99999999999999999999")),
            of(&format!("{},{}", entry("1"), entry("1"))),
            of(&entry("1").replace('a', "A")),
            "{\"version\":1,\"findings\":".to_owned() + &"[".repeat(100_000),
            "{\"a\":".repeat(100_000),
        ] {
            let said: String = text.chars().take(100).collect();
            assert_eq!(Baseline::parse(&text).err().map(|error| error.code), Some("baseline-invalid"), "{said}");
        }
    }

    #[test]
    fn reports_of_others_are_named() {
        for (text, whose) in [
            ("{\"errors\":[],\"generated_at\":\"\",\"metrics\":{},\"results\":[]}", "bandit"),
            ("{\"version\":\"1.5.0\",\"plugins_used\":[],\"results\":{}}", "detect-secrets"),
            ("{\"version\":\"2.1.0\",\"runs\":[]}", "SARIF"),
        ] {
            let said = Baseline::parse(text).err().map(|error| error.message).unwrap_or_default();
            assert!(said.contains(whose), "{said}");
        }
    }
}
