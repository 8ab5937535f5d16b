//! Requirements as components write them, and whether several can be satisfied together.
//!
//! Two languages occur: PEP 508 (`numpy>=1.20`) and the ranges of npm (`memory ^1.0`, `a 1.x || 2.x`).
//! Both become sets of versions in the order of PEP 440, so that they can be compared with each other.

use std::str::FromStr;

use pep440_rs::Version;
use pep508_rs::{MarkerTree, VerbatimUrl, VersionOrUrl};
use version_ranges::Ranges;

/// Longer texts are no requirements.
const MAX_LENGTH: usize = 500;

/// How a requirement was written, which tells what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// PEP 508 with a range, an extra, a marker or an address: a Python distribution, or a component.
    Python,
    /// A range of npm, which only the host's own components have.
    Npm,
    /// A name alone.
    Bare,
}

/// One requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// The name in its normal form: lower case, runs of `-`, `_` and `.` as one `-`.
    pub name: String,
    /// How it was written.
    pub form: Form,
    /// The versions that satisfy it.
    pub range: Ranges<Version>,
    /// Whether it holds in some environments only.
    pub conditional: bool,
}

impl Requirement {
    /// Reads a requirement, or says in words why it is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.len() > MAX_LENGTH {
            return Err(format!("a requirement has at most {MAX_LENGTH} bytes"));
        }
        Self::parse_python(text).or_else(|python| Self::parse_npm(text).map_err(|npm| npm.unwrap_or(python)))
    }

    fn parse_python(text: &str) -> Result<Self, String> {
        // The parser panics on a name that ends in a mark, and nothing outside ASCII is a requirement.
        let end =
            text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))).unwrap_or(text.len());
        if !text.is_ascii() || !text[..end].ends_with(|c: char| c.is_ascii_alphanumeric()) {
            return Err(format!("`{text}` does not start with a name"));
        }
        let parsed = pep508_rs::Requirement::<VerbatimUrl>::from_str(text).map_err(|error| first_line(&error))?;
        let (form, range) = match parsed.version_or_url {
            Some(VersionOrUrl::VersionSpecifier(specifiers)) => {
                (Form::Python, pep440_rs::release_specifiers_to_ranges(specifiers))
            }
            Some(VersionOrUrl::Url(_)) => (Form::Python, Ranges::full()),
            None if parsed.extras.is_empty() && parsed.marker == MarkerTree::TRUE => (Form::Bare, Ranges::full()),
            None => (Form::Python, Ranges::full()),
        };
        Ok(Self {
            name: normal_name(parsed.name.as_ref()),
            form,
            range,
            conditional: parsed.marker != MarkerTree::TRUE,
        })
    }

    /// `name range`, `name@range` or `@scope/name range`.
    fn parse_npm(text: &str) -> Result<Self, Option<String>> {
        let split = text.char_indices().find(|&(at, c)| at > 0 && (c.is_whitespace() || c == '@'));
        let (name, range) = split.map_or((text, ""), |(at, _)| {
            let (name, rest) = text.split_at(at);
            (name, rest.trim_start_matches(|c: char| c.is_whitespace() || c == '@'))
        });
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '@');
        if name.is_empty() || !name.chars().all(plain) {
            return Err(None);
        }
        let range = npm_range(range).map_err(Some)?;
        Ok(Self { name: normal_name(name), form: Form::Npm, range, conditional: false })
    }

    /// Whether a version satisfies it. A version that cannot be read satisfies only what asks for none.
    pub fn accepts(&self, version: Option<&str>) -> bool {
        match version.and_then(read_version) {
            Some(version) => self.range.contains(&version) || self.range.contains(&version.only_release()),
            None => self.range == Ranges::full(),
        }
    }
}

/// The normal form of a name, as PEP 503 has it.
pub fn normal_name(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for c in name.trim().chars() {
        if matches!(c, '-' | '_' | '.') {
            if !normal.ends_with('-') {
                normal.push('-');
            }
        } else {
            normal.extend(c.to_lowercase());
        }
    }
    normal
}

/// A version as PEP 440 or semver writes it.
pub fn read_version(text: &str) -> Option<Version> {
    let text = text.trim();
    Version::from_str(text).ok().or_else(|| {
        let version = semver::Version::parse(text.trim_start_matches(['v', 'V', '='])).ok()?;
        Some(Version::new([version.major, version.minor, version.patch]))
    })
}

fn npm_range(text: &str) -> Result<Ranges<Version>, String> {
    let mut all = Ranges::empty();
    for alternative in text.split("||") {
        all = all.union(&npm_alternative(alternative.trim())?);
    }
    Ok(all)
}

fn npm_alternative(text: &str) -> Result<Ranges<Version>, String> {
    if matches!(text, "" | "*" | "x" | "X" | "latest") {
        return Ok(Ranges::full());
    }
    let wrong = |part: &str| format!("`{part}` is no version range");
    if let Some((low, high)) = text.split_once(" - ") {
        let low = semver::VersionReq::parse(&format!(">={}", low.trim())).map_err(|_| wrong(text))?;
        let high = semver::VersionReq::parse(&format!("<={}", high.trim())).map_err(|_| wrong(text))?;
        return Ok(low
            .comparators
            .iter()
            .chain(&high.comparators)
            .fold(Ranges::full(), |range, comparator| range.intersection(&of_comparator(comparator))));
    }
    // An operator may stand apart from its version.
    let mut parts: Vec<String> = Vec::new();
    for word in text.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
        match parts.last_mut() {
            Some(last) if last.chars().all(|c| "<>=^~".contains(c)) => last.push_str(word),
            _ => parts.push(word.to_owned()),
        }
    }
    let mut range = Ranges::full();
    for part in &parts {
        let bare = part.starts_with(|c: char| c.is_ascii_digit() || c == 'v');
        let part = part.replace(".x", ".*").replace(".X", ".*");
        let text = if bare { format!("={}", part.trim_start_matches('v')) } else { part.clone() };
        let request = semver::VersionReq::parse(&text).map_err(|_| wrong(&part))?;
        for comparator in &request.comparators {
            range = range.intersection(&of_comparator(comparator));
        }
    }
    Ok(range)
}

fn of_comparator(comparator: &semver::Comparator) -> Ranges<Version> {
    use semver::Op;
    let (major, minor, patch) = (comparator.major, comparator.minor, comparator.patch);
    let low = Version::new([major, minor.unwrap_or(0), patch.unwrap_or(0)]);
    // The first version that differs in the last part that was given.
    let after_given = match (minor, patch) {
        (None, _) => Version::new([major.saturating_add(1)]),
        (Some(minor), None) => Version::new([major, minor.saturating_add(1)]),
        (Some(minor), Some(patch)) => Version::new([major, minor, patch.saturating_add(1)]),
    };
    match comparator.op {
        Op::Greater => match patch {
            Some(_) => Ranges::strictly_higher_than(low),
            None => Ranges::higher_than(after_given),
        },
        Op::GreaterEq => Ranges::higher_than(low),
        Op::Less => Ranges::strictly_lower_than(low),
        Op::LessEq => match patch {
            Some(_) => Ranges::lower_than(low),
            None => Ranges::strictly_lower_than(after_given),
        },
        Op::Tilde => {
            let high = match minor {
                Some(minor) => Version::new([major, minor.saturating_add(1)]),
                None => Version::new([major.saturating_add(1)]),
            };
            Ranges::between(low, high)
        }
        Op::Caret => {
            // A caret keeps the leftmost part that is not zero.
            let high = match (major, minor, patch) {
                (0, Some(0), Some(patch)) => Version::new([0, 0, patch.saturating_add(1)]),
                (0, Some(minor), _) => Version::new([0, minor.saturating_add(1)]),
                _ => Version::new([major.saturating_add(1)]),
            };
            Ranges::between(low, high)
        }
        Op::Exact | Op::Wildcard if patch.is_some() => Ranges::singleton(low),
        _ => Ranges::between(low, after_given),
    }
}

fn first_line(error: &impl std::fmt::Display) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_what_they_should() {
        for (text, inside, outside) in [
            ("a ^1.2.3", "1.9.0", "2.0.0"),
            ("a ^1.2.3", "1.2.3", "1.2.2"),
            ("a ^0.2.3", "0.2.9", "0.3.0"),
            ("a ^0.0.3", "0.0.3", "0.0.4"),
            ("a ~1.2", "1.2.7", "1.3.0"),
            ("a 1.x", "1.9", "2.0"),
            ("a 1.2.3", "1.2.3", "1.2.4"),
            ("a >=1.0 <2.0", "1.5", "2.0"),
            ("a >= 1.0 < 2.0", "1.5", "0.9"),
            ("a 1.0.0 - 1.5.0", "1.5.0", "1.5.1"),
            ("a ^1.0 || ^3.0", "3.2", "2.0"),
            ("@scope/a@^2.1", "2.4", "3.0"),
            ("a>=1.20,<2", "1.26", "2.0"),
            ("a~=1.4.2", "1.4.9", "1.5"),
            ("a!=1.5", "1.4", "1.5"),
        ] {
            let requirement = Requirement::parse(text).unwrap();
            assert!(requirement.accepts(Some(inside)), "{text} holds {inside}");
            assert!(!requirement.accepts(Some(outside)), "{text} does not hold {outside}");
        }
    }

    #[test]
    fn both_languages_meet() {
        let npm = Requirement::parse("numpy ^1.20").unwrap();
        let python = Requirement::parse("NumPy<1.24").unwrap();
        let other = Requirement::parse("numpy>=2").unwrap();
        assert_eq!((npm.name.as_str(), python.name.as_str()), ("numpy", "numpy"));
        assert!(!npm.range.intersection(&python.range).is_empty());
        assert!(npm.range.intersection(&other.range).is_empty());
    }

    #[test]
    fn the_form_tells_what_it_is_about() {
        assert_eq!(Requirement::parse("memory").unwrap().form, Form::Bare);
        assert_eq!(Requirement::parse("memory ^1.0").unwrap().form, Form::Npm);
        assert_eq!(Requirement::parse("numpy>=1").unwrap().form, Form::Python);
        assert!(Requirement::parse("tomli; python_version < '3.11'").unwrap().conditional);
    }

    #[test]
    fn what_is_none_is_told() {
        for text in ["", "???", "a ^x.y.z.w", &"a".repeat(1000)] {
            assert!(Requirement::parse(text).is_err(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = Requirement::parse(&text);
        }

        #[test]
        fn no_range_panics(text in "[a-z@/]{1,4}[ @]?[\\^~<>=0-9.x*| -]{0,20}") {
            let _ = Requirement::parse(&text);
        }
    }
}
