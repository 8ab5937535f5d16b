//! Baselines: what was there before does not count, what is new does.
//!
//! A baseline counts findings by fingerprint. When a piece of code appears once more than the baseline knows,
//! the one that is too many counts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::model::Finding;

/// Larger baselines are refused unread.
pub const MAX_BYTES: usize = 64 << 20;

/// A baseline with more entries than this is refused.
const MAX_ENTRIES: usize = 1_000_000;

/// A baseline file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The shape of this file; 1.
    pub version: u32,
    /// By fingerprint.
    pub findings: BTreeMap<String, Entry>,
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
            invalid(place).caused_by(error)
        })?;
        if baseline.version != 1 {
            return Err(invalid(format!("the baseline has version {}; this binary knows version 1", baseline.version)));
        }
        if baseline.findings.len() > MAX_ENTRIES {
            return Err(invalid(format!("the baseline has more than {MAX_ENTRIES} entries")));
        }
        let wrong =
            baseline.findings.keys().find(|key| key.len() != 32 || !key.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match wrong {
            Some(key) => Err(invalid(format!("`{}` is no fingerprint", key.chars().take(40).collect::<String>()))),
            None => Ok(baseline),
        }
    }

    /// Marks the findings that the baseline knows, each of its entries as often as it counts.
    pub fn apply<'f>(&self, findings: impl IntoIterator<Item = &'f mut Finding>) -> usize {
        let mut left: BTreeMap<&str, u32> =
            self.findings.iter().map(|(key, entry)| (key.as_str(), entry.count)).collect();
        let mut known = 0;
        for finding in findings {
            if finding.suppressed_by.is_some() {
                continue;
            }
            if let Some(count) = left.get_mut(finding.fingerprint.as_str()).filter(|count| **count > 0) {
                *count -= 1;
                known += 1;
                finding.suppressed_by = Some("baseline".to_owned());
            }
        }
        known
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
        let text = serde_json::to_string(&baseline).unwrap_or_default();
        let baseline = Baseline::parse(&text).unwrap_or_default();
        let mut now = [finding("a"), finding("a"), finding("c")];
        assert_eq!(baseline.apply(&mut now), 1);
        assert_eq!(now.iter().filter(|finding| finding.suppressed_by.is_none()).count(), 2);
    }

    #[test]
    fn malicious_baselines_are_refused() {
        for text in [
            "",
            "[]",
            "{}",
            "{\"version\":2,\"findings\":{}}",
            "{\"version\":1,\"findings\":{\"*\":{\"count\":9,\"rule\":\"\",\"path\":\"\"}}}",
            "{\"version\":1,\"findings\":{},\"ignore_all\":true}",
            "{\"version\":1,\"findings\":{\"a\":{\"count\":-1,\"rule\":\"\",\"path\":\"\"}}}",
        ] {
            assert_eq!(Baseline::parse(text).err().map(|error| error.code), Some("baseline-invalid"), "{text}");
        }
    }
}
