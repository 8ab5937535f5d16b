//! The text format of Prometheus, as much of it as a trial needs: names, labels and values.

use std::collections::BTreeMap;

/// More lines than this are not read.
const MAX_LINES: usize = 1_000_000;

/// One value with its name and labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The metric.
    pub name: String,
    /// Its labels.
    pub labels: BTreeMap<String, String>,
    /// The value.
    pub value: f64,
}

impl Series {
    /// The generation that it is about.
    pub fn generation(&self) -> Option<u64> {
        self.labels.get("generation")?.parse().ok()
    }

    /// Tells it from every other series.
    pub fn key(&self) -> String {
        let labels: Vec<String> = self.labels.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
        format!("{}{{{}}}", self.name, labels.join(","))
    }
}

/// All series of a text. Lines that are none are left out.
pub fn parse(text: &str) -> Vec<Series> {
    text.lines().take(MAX_LINES).filter_map(parse_line).collect()
}

fn parse_line(line: &str) -> Option<Series> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    let (name, labels, rest) = parse_name(line)?;
    let value = rest.split_whitespace().next()?;
    // Rust reads `+Inf` and `NaN` as Prometheus writes them.
    Some(Series { name, labels, value: value.parse().ok()? })
}

/// A name with its labels, as in `requests_total{generation="3"}`, and what follows.
pub fn parse_name(text: &str) -> Option<(String, BTreeMap<String, String>, &str)> {
    let end = text.find(|letter: char| letter == '{' || letter.is_whitespace()).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    if name.is_empty() {
        return None;
    }
    let mut labels = BTreeMap::new();
    let Some(mut rest) = rest.strip_prefix('{') else { return Some((name.to_owned(), labels, rest)) };
    loop {
        rest = rest.trim_start_matches([' ', ',']);
        if let Some(after) = rest.strip_prefix('}') {
            return Some((name.to_owned(), labels, after));
        }
        let (label, after) = rest.split_once("=\"")?;
        let (value, after) = parse_value(after)?;
        labels.insert(label.trim().to_owned(), value);
        rest = after;
    }
}

/// The value of a label, up to its closing quotation mark.
fn parse_value(text: &str) -> Option<(String, &str)> {
    let (mut value, mut escaped) = (String::new(), false);
    for (at, letter) in text.char_indices() {
        match (escaped, letter) {
            (true, 'n') => value.push('\n'),
            (true, other) => value.push(other),
            (false, '\\') => {
                escaped = true;
                continue;
            }
            (false, '"') => return Some((value, text.get(at + 1..)?)),
            (false, other) => value.push(other),
        }
        escaped = false;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_labels_and_values_are_read() {
        let text = "# HELP requests_total How many\n# TYPE requests_total counter\n\
                    requests_total{generation=\"3\", path=\"/a\\\"b,c}\"} 17 1700000000\nup 1\nbad{ 3\nlatency_ms NaN\n";
        let found = parse(text);
        assert_eq!(found.len(), 3);
        assert_eq!((found[0].name.as_str(), found[0].generation(), found[0].value), ("requests_total", Some(3), 17.0));
        assert_eq!(found[0].labels["path"], "/a\"b,c}");
        assert_eq!((found[1].name.as_str(), found[1].generation()), ("up", None));
        assert!(found[2].value.is_nan());
    }

    #[test]
    fn the_key_of_a_series_does_not_depend_on_the_order_of_its_labels() {
        assert_eq!(parse("a{x=\"1\",y=\"2\"} 3")[0].key(), parse("a{y=\"2\",x=\"1\"} 4")[0].key());
        assert_ne!(parse("a{x=\"1\"} 3")[0].key(), parse("a{x=\"2\"} 3")[0].key());
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it(text in ".{0,200}") {
            let _ = parse(&text);
        }
    }
}
