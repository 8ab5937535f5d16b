//! The manual: every key with what it is for and its default, as a configuration file.
//!
//! It is made from the settings themselves, committed as `config/maint.yaml`, and embedded; a test asserts
//! that the two agree, so that the manual can neither lack a key nor tell a wrong default.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Settings;
use super::shape::{Place, Shape, Step};

/// The shipped manual.
pub const MANUAL: &str = include_str!("../../config/maint.yaml");

/// Columns of prose.
const WIDTH: usize = 100;

const HEAD: &str = "\
# The configuration of aetherra-maint: every key, what it is for, and its default.
#
# Low to high: built in < the profile < /etc/aetherra/maint.yaml < $XDG_CONFIG_HOME/aetherra/maint.yaml
# < aetherra-maint.yaml (or .yml, .json) of the project, nearest folder above
# < AETHERRA_MAINT__SECTION__KEY < --set section.key=value.
#
# An operator key is not obeyed when the project's own file sets it: a project cannot loosen its own gate.
";

/// Writes the manual from the settings.
pub fn write_manual() -> String {
    let shape = Shape::of_settings();
    let mut text = HEAD.to_owned();
    write_section(&mut text, shape.top(), &json!(Settings::default()), 0);
    text
}

/// The manual with every value behind a comment sign: a file to start from that changes nothing.
pub fn commented_manual() -> String {
    let mut text = String::new();
    for line in MANUAL.lines() {
        let _ = match line.trim_start() {
            "" => writeln!(text),
            comment if comment.starts_with('#') => writeln!(text, "{line}"),
            _ => writeln!(text, "#{line}"),
        };
    }
    text
}

fn write_section(text: &mut String, place: Place<'_>, value: &Value, depth: usize) {
    let Some(fields) = value.as_object() else { return };
    for (key, value) in fields {
        let Step::To(next) = place.step(key) else { continue };
        let is_section = next.has_keys() && value.as_object().is_some_and(|fields| !fields.is_empty());
        if depth == 0 || is_section {
            text.push('\n');
        }
        write_comment(text, next, depth);
        let indent = "  ".repeat(depth);
        if is_section {
            let _ = writeln!(text, "{indent}{key}:");
            write_section(text, next, value, depth + 1);
        } else {
            write_value(text, key, value, depth);
        }
    }
}

fn write_comment(text: &mut String, place: Place<'_>, depth: usize) {
    let mut said = place.description().unwrap_or_default().replace('\n', " ");
    let words = place.words();
    if !words.is_empty() {
        let _ = write!(said, " One of {}.", words.join(", "));
    }
    let bounds = match place.range() {
        (Some(least), Some(most)) => format!(" From {least} to {most}."),
        (Some(least), None) if least > 0.0 => format!(" At least {least}."),
        (None, Some(most)) => format!(" At most {most}."),
        _ => String::new(),
    };
    said.push_str(&bounds);
    if place.is_operator && !said.to_lowercase().contains("operator key") {
        said.push_str(" An operator key.");
    }
    let indent = "  ".repeat(depth);
    let mut line = String::new();
    for word in said.split_whitespace() {
        if !line.is_empty() && line.chars().count() + word.chars().count() + 1 > WIDTH {
            let _ = writeln!(text, "{indent}# {line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        let _ = writeln!(text, "{indent}# {line}");
    }
}

fn write_value(text: &mut String, key: &str, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    let line = format!("{indent}{key}: {}", inline(value));
    match value {
        Value::Array(items) if line.chars().count() > WIDTH => {
            let _ = writeln!(text, "{indent}{key}:");
            for item in items {
                let _ = writeln!(text, "{indent}  - {}", inline(item));
            }
        }
        _ => {
            let _ = writeln!(text, "{line}");
        }
    }
}

/// JSON is YAML; words that need no quotes go without.
fn inline(value: &Value) -> String {
    match value {
        Value::String(word) if is_plain(word) => word.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let pairs = fields.iter().map(|(key, value)| format!("{}: {}", inline(&json!(key)), inline(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

fn is_plain(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '_' | '-' | '.' | '/'))
        && !matches!(word.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::settings::layers::{Sources, resolve};

    /// The manual as a layer of its own.
    fn resolved(text: &str) -> Settings {
        let file = tempfile::Builder::new().suffix(".yaml").tempfile().expect("a file");
        std::fs::write(file.path(), text).expect("a file");
        let resolution = resolve(&Sources { explicit: Some(file.path().to_path_buf()), ..Sources::default() });
        assert!(resolution.errors.is_empty(), "{:?}", resolution.errors);
        resolution.settings
    }

    #[test]
    fn the_shipped_manual_is_the_default_and_names_every_key() {
        let expected = write_manual();
        if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/maint.yaml");
            std::fs::write(path, &expected).expect("the manual");
        } else {
            assert_eq!(MANUAL, expected, "`UPDATE=1 cargo test manual` rewrites config/maint.yaml");
        }
        assert_eq!(resolved(&expected), Settings::default());
    }

    #[test]
    fn the_commented_manual_says_nothing() {
        let text = commented_manual();
        assert!(text.lines().all(|line| line.is_empty() || line.trim_start().starts_with('#')));
        assert_eq!(resolved(&text), Settings::default());
    }

    #[test]
    fn every_key_is_explained() {
        fn check(place: Place<'_>, path: &str) {
            for key in place.keys() {
                let Step::To(next) = place.step(key) else { continue };
                let path = format!("{path}.{key}");
                assert!(next.description().is_some(), "{path} has no doc comment");
                check(next, &path);
            }
        }
        check(Shape::of_settings().top(), "");
    }
}
