//! What may not get into the ledger: secrets, and what tells who a person is.
//!
//! The ledger cannot be edited, so this happens on the way in. Values under keys that sound like secrets
//! are left out; home directories, e-mail addresses and addresses of other machines are replaced wherever
//! they stand.

use regex::Regex;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::model::ledger::{DETAILS_LIMIT, FIELD_LIMIT};

/// What stands in the place of a secret.
const SCRUBBED: &str = "[scrubbed]";

/// A policy that was made ready.
#[derive(Debug, Clone)]
pub struct Scrubber {
    keys: Regex,
    places: Vec<(Regex, &'static str)>,
}

impl Scrubber {
    /// Makes a policy ready: patterns of keys, and whether personal data in texts is replaced.
    pub fn new(keys: &[String]) -> Result<Self> {
        let wrong = |error: regex::Error| {
            Error::usage(
                "audit-scrub-pattern",
                format!("a pattern in `audit.scrub_keys` is no regular expression: {error}"),
            )
            .hinted("correct the pattern")
        };
        let all = keys.iter().map(|key| format!("(?:{key})")).collect::<Vec<_>>().join("|");
        let keys = if all.is_empty() { "^\\b$".to_owned() } else { all };
        let places = [
            (r"(?:/home|/Users|[A-Za-z]:\\Users)[/\\][^/\\\s:;,]+", "~"),
            (r"(?-u:\b)/root(?-u:\b)", "~"),
            (r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+", "[email]"),
            (r"(?-u:\b)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?-u:\b)", "[address]"),
            (r"(?i)(?-u:\b)(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?-u:\b)", "[address]"),
        ];
        let places = places
            .into_iter()
            .map(|(pattern, with)| Regex::new(pattern).map(|pattern| (pattern, with)))
            .collect::<std::result::Result<_, _>>()
            .map_err(wrong)?;
        Ok(Self { keys: Regex::new(&keys).map_err(wrong)?, places })
    }

    /// A text without personal data, cut to what a field may have.
    pub fn field(&self, text: &str) -> String {
        let mut text = self.text(text);
        if text.len() > FIELD_LIMIT {
            let mut end = FIELD_LIMIT - '…'.len_utf8();
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
            text.push('…');
        }
        text
    }

    fn text(&self, text: &str) -> String {
        // The patterns are linear, but a hundred megabytes of them would still be a hundred megabytes.
        let mut end = text.len().min(DETAILS_LIMIT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut text = text[..end].to_owned();
        for (pattern, with) in &self.places {
            if pattern.is_match(&text) {
                text = pattern.replace_all(&text, *with).into_owned();
            }
        }
        text
    }

    /// Details without secrets, as they are stored; none when there is nothing in them.
    pub fn details(&self, details: &Value) -> Option<String> {
        if details.is_null() {
            return None;
        }
        let text = self.value(details).to_string();
        if text.len() <= DETAILS_LIMIT {
            return Some(text);
        }
        let digest = crate::model::Digest::of(text.as_bytes());
        Some(serde_json::json!({"left_out": "too large", "bytes": text.len(), "digest": digest}).to_string())
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.value(item)).collect()),
            Value::Object(fields) => {
                let kept = fields.iter().map(|(key, value)| {
                    let is_secret = !value.is_null() && self.keys.is_match(&key.to_lowercase());
                    let value = if is_secret { Value::String(SCRUBBED.to_owned()) } else { self.value(value) };
                    (self.text(key), value)
                });
                Value::Object(kept.collect())
            }
            other => other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::ledger::SECRET_KEYS;

    fn scrubber() -> Scrubber {
        Scrubber::new(&SECRET_KEYS.iter().map(|&key| key.to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn secrets_and_people_are_left_out() {
        let details = json!({
            "DB_PASSWORD": "hunter2", "nested": [{"api-key": {"a": 1}}], "rollback_token": "rb_x", "tokens_used": 3,
            "path": "/home/alice/x.py", "who": "alice@example.org", "peer": "10.1.2.3:80", "digest": "sha256:aa",
            "six": "fe80:0:0:0:1:2:3:4", "version": "1.2.3"
        });
        let text = scrubber().details(&details).unwrap();
        let expected = json!({
            "DB_PASSWORD": "[scrubbed]", "nested": [{"api-key": "[scrubbed]"}], "rollback_token": "[scrubbed]",
            "tokens_used": 3, "path": "~/x.py", "who": "[email]", "peer": "[address]:80", "digest": "sha256:aa",
            "six": "[address]", "version": "1.2.3"
        });
        assert_eq!(text, expected.to_string());
        assert_eq!(scrubber().details(&Value::Null), None);
    }

    #[test]
    fn nothing_is_without_limit() {
        let long = "é".repeat(100_000);
        let field = scrubber().field(&long);
        assert!(field.len() <= FIELD_LIMIT && field.ends_with('…'));
        let huge = json!({"a": vec!["x".repeat(DETAILS_LIMIT), "y".to_owned()]});
        assert!(scrubber().details(&huge).unwrap().contains("too large"));
        assert!(Scrubber::new(&["(".to_owned()]).is_err());
        assert!(Scrubber::new(&[]).unwrap().details(&json!({"password": "x"})).unwrap().contains('x'));
    }
}
