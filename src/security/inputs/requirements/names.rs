//! Names of packages that look like well-known ones.
//!
//! The lists in `config/known-packages/` say where they come from. A name that is itself on its list is never
//! suspected; the others are compared with the most used ones.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::Severity;

/// Where packages come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ecosystem {
    Python,
    Npm,
    Rust,
}

/// A name that looks like a well-known one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lookalike {
    pub known: &'static str,
    pub how: &'static str,
    pub severity: Severity,
}

/// So many of the most used names are compared with letter by letter; below them names are too many and too short on
/// users to be worth an imitation.
const COMPARED: usize = 1_000;

/// Imitations of these are what most attacks were.
const MOST_USED: usize = 300;

/// Shorter names have too many neighbours.
const SHORTEST: usize = 5;

/// Names that are longer are no names.
const LONGEST: usize = 100;

struct Known {
    rank: HashMap<&'static str, usize>,
    /// The names without what separates their parts.
    squeezed: HashMap<String, &'static str>,
    /// The names with their parts in order.
    sorted: HashMap<Vec<&'static str>, &'static str>,
    compared: Vec<&'static str>,
}

/// The most used packages of Python, the first at the top.
pub(in crate::security) const PYPI: &str = include_str!("../../../../config/known-packages/pypi.txt");

static PYTHON: LazyLock<Known> = LazyLock::new(|| Known::read(PYPI));
static NPM: LazyLock<Known> = LazyLock::new(|| Known::read(include_str!("../../../../config/known-packages/npm.txt")));
static RUST: LazyLock<Known> =
    LazyLock::new(|| Known::read(include_str!("../../../../config/known-packages/crates.txt")));

impl Known {
    fn read(text: &'static str) -> Self {
        let names = || text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut known = Self {
            rank: names().enumerate().map(|(rank, name)| (name, rank)).collect(),
            squeezed: HashMap::new(),
            sorted: HashMap::new(),
            compared: names().take(COMPARED).filter(|name| name.len() >= SHORTEST).collect(),
        };
        for name in &known.compared {
            known.squeezed.entry(squeezed(name)).or_insert(name);
            let mut parts: Vec<&str> = name.split(SEPARATORS).collect();
            parts.sort_unstable();
            if parts.len() > 1 {
                known.sorted.entry(parts).or_insert(name);
            }
        }
        known
    }
}

const SEPARATORS: [char; 3] = ['-', '_', '.'];

fn squeezed(name: &str) -> String {
    name.replace(SEPARATORS, "")
}

/// The well-known name that a name looks like, when it is not well known itself.
pub(super) fn lookalike(ecosystem: Ecosystem, written: &str) -> Option<Lookalike> {
    // A scope is owned; what is in it cannot be taken by strangers.
    if written.is_empty() || written.len() > LONGEST || written.starts_with('@') {
        return None;
    }
    let known: &Known = match ecosystem {
        Ecosystem::Python => &PYTHON,
        Ecosystem::Npm => &NPM,
        Ecosystem::Rust => &RUST,
    };
    let name = normal(ecosystem, written);
    if !name.is_ascii() {
        let plain: String = name.chars().map(plain).collect();
        let (known, _) = known.rank.get_key_value(plain.as_str())?;
        return Some(Lookalike { known, how: "with letters of another script in it", severity: Severity::High });
    }
    if known.rank.contains_key(name.as_str()) || name.len() < SHORTEST {
        return None;
    }
    let told = |known, how, severity| Some(Lookalike { known, how, severity });
    for (shape, meant) in [("0", "o"), ("1", "l"), ("rn", "m"), ("vv", "w"), ("i", "l"), ("l", "i")] {
        if name.contains(shape)
            && let Some((same, rank)) = known.rank.get_key_value(name.replace(shape, meant).as_str())
            && *rank < COMPARED
            && same.len() >= SHORTEST
        {
            return told(same, "with letters that look like its own", Severity::High);
        }
    }
    if let Some(same) = known.squeezed.get(&squeezed(&name)) {
        return told(same, "with other separators", Severity::Medium);
    }
    let mut parts: Vec<&str> = name.split(SEPARATORS).collect();
    parts.sort_unstable();
    if let Some(same) = known.sorted.get(&parts) {
        return told(same, "with its parts in another order", Severity::Medium);
    }
    known.compared.iter().enumerate().find_map(|(rank, same)| {
        let edit = edit(&name, same)?;
        let severity = match edit {
            Edit::Digit => return None,
            Edit::Swapped | Edit::Missing if rank < MOST_USED && name.len() > SHORTEST => Severity::High,
            _ => Severity::Medium,
        };
        told(same, edit.words(), severity)
    })
}

fn normal(ecosystem: Ecosystem, name: &str) -> String {
    let lower = name.to_lowercase();
    if ecosystem != Ecosystem::Python {
        return lower;
    }
    let mut out = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            '-' | '_' | '.' if out.ends_with('-') => {}
            '-' | '_' | '.' => out.push('-'),
            other => out.push(other),
        }
    }
    out
}

/// The Latin letter that a letter of another script looks like.
fn plain(c: char) -> char {
    const LOOKS: &[(&str, char)] = &[
        ("аɑαа", 'a'),
        ("ьЬ", 'b'),
        ("сϲ", 'c'),
        ("ԁ", 'd'),
        ("еҽє", 'e'),
        ("ɡ", 'g'),
        ("һ", 'h'),
        ("іıι", 'i'),
        ("јϳ", 'j'),
        ("κк", 'k'),
        ("ӏ", 'l'),
        ("м", 'm'),
        ("пո", 'n'),
        ("оοօ", 'o'),
        ("рρ", 'p'),
        ("ԛ", 'q'),
        ("г", 'r'),
        ("ѕ", 's'),
        ("тτ", 't'),
        ("υս", 'u'),
        ("ν", 'v'),
        ("ѡω", 'w'),
        ("хχ", 'x'),
        ("уγ", 'y'),
        ("‐‑–—−", '-'),
    ];
    let wide = u32::from(c);
    if (0xff21..=0xff5a).contains(&wide) {
        return char::from_u32(wide - 0xfee0).map_or(c, |c| c.to_ascii_lowercase());
    }
    LOOKS.iter().find(|(all, _)| all.contains(c)).map_or(c, |(_, letter)| *letter)
}

/// How two names differ by one slip of a finger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edit {
    Swapped,
    Missing,
    More,
    Other,
    /// They differ in a digit: other versions of the same.
    Digit,
}

impl Edit {
    fn words(self) -> &'static str {
        match self {
            Self::Swapped => "with two letters swapped",
            Self::Missing => "with a letter missing",
            Self::More => "with one letter more",
            Self::Other | Self::Digit => "with another letter",
        }
    }
}

/// The one edit that makes `name` of `known`, when one is enough.
fn edit(name: &str, known: &str) -> Option<Edit> {
    let (a, b) = (name.as_bytes(), known.as_bytes());
    if a.len().abs_diff(b.len()) > 1 {
        return None;
    }
    let before = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(before..)?, b.get(before..)?);
    let after = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(..a.len() - after)?, b.get(..b.len() - after)?);
    let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
    match (a, b) {
        ([], [_]) if after == 0 && digits(b) => Some(Edit::Digit),
        ([_], []) if digits(a) => Some(Edit::Digit),
        ([_], [_]) if digits(a) && digits(b) => Some(Edit::Digit),
        ([], [_]) => Some(Edit::Missing),
        ([_], []) => Some(Edit::More),
        ([_], [_]) => Some(Edit::Other),
        ([x, y], [z, w]) if x == w && y == z => Some(Edit::Swapped),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(ecosystem: Ecosystem, name: &str) -> Option<&'static str> {
        lookalike(ecosystem, name).map(|found| found.known)
    }

    #[test]
    fn slips_of_a_finger_are_seen() {
        use Ecosystem::{Npm, Python, Rust};
        for (ecosystem, name, meant) in [
            (Python, "reqeusts", "requests"),
            (Python, "requsts", "requests"),
            (Python, "dateutil-python", "python-dateutil"),
            (Python, "pythondateutil", "python-dateutil"),
            (Python, "Setup_tool", "setuptools"),
            (Python, "r\u{0435}quests", "requests"),
            (Python, "crypt0graphy", "cryptography"),
            (Npm, "loadash", "lodash"),
            (Npm, "expres", "express"),
            (Rust, "serde-jsn", "serde_json"),
            (Rust, "tokoi", "tokio"),
        ] {
            if name == "Setup_tool" || name == "serde-jsn" {
                assert_eq!(known(ecosystem, name), None, "two slips are too many");
            } else {
                assert_eq!(known(ecosystem, name), Some(meant), "{name}");
            }
        }
    }

    #[test]
    fn what_is_well_known_or_plainly_other_is_not_suspected() {
        for name in ["requests", "Python_DateUtil", "flask", "elasticsearch7", "six", "weather-of-ours", "@types/node"]
        {
            assert_eq!(lookalike(Ecosystem::Python, name), None, "{name}");
        }
        for list in [&PYTHON, &NPM, &RUST] {
            assert!(list.rank.len() > 400 && list.compared.len() > 300);
        }
        for name in PYTHON.rank.keys() {
            assert_eq!(lookalike(Ecosystem::Python, name), None, "{name}");
        }
    }

    #[test]
    fn one_edit_is_told_from_two() {
        assert_eq!(edit("abcd", "abdc"), Some(Edit::Swapped));
        assert_eq!(edit("abd", "abcd"), Some(Edit::Missing));
        assert_eq!(edit("abccd", "abcd"), Some(Edit::More));
        assert_eq!(edit("abxd", "abcd"), Some(Edit::Other));
        assert_eq!(edit("name7", "name8"), Some(Edit::Digit));
        assert_eq!(edit("abcd", "abcd"), None);
        assert_eq!(edit("axcx", "abcd"), None);
    }
}
