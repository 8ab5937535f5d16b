//! Names that are one slip away from those of well-known packages.

use std::sync::LazyLock;

use ruff_python_ast::Stmt;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Category, Confidence, Severity};
use crate::security::inputs::PYPI;
use crate::security::python::NodeRef;
use crate::security::python::stdlib::is_stdlib;
use crate::security::rules::{Rule, Sink, Site, Trigger};

pub(in crate::security::rules) const TYPOSQUAT: Rule = Rule {
    id: "typosquat",
    title: "a name that is one slip away from that of a well-known package",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 1357,
    severity: Severity::High,
    help: "check the spelling; packages with such names are published to be installed by mistake",
    triggers: &[Trigger::Import],
    check: imports,
};

/// So many of them are worth imitating.
const TARGETS: usize = 1_000;

/// Shorter names are one slip away from each other by chance.
const MIN_LENGTH: usize = 6;

struct Names {
    known: FxHashSet<&'static str>,
    /// Those with dashes, without them.
    joined: FxHashSet<String>,
    /// The names that others may be mistaken for, by their length.
    targets: FxHashMap<usize, Vec<&'static str>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let all = || PYPI.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut targets: FxHashMap<usize, Vec<&'static str>> = FxHashMap::default();
    for name in all().take(TARGETS).filter(|name| name.len() >= MIN_LENGTH) {
        targets.entry(name.len()).or_default().push(name);
    }
    Names {
        // The list holds names as `plain` makes them.
        known: all().collect(),
        joined: all().filter(|name| name.contains('-')).map(|name| name.replace('-', "")).collect(),
        targets,
    }
});

fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace(['_', '.'], "-")
}

/// The well-known project whose name a name is mistaken for.
pub(in crate::security) fn resembles(name: &str) -> Option<&'static str> {
    if name.len() < MIN_LENGTH || name.len() > 40 || !name.is_ascii() || name.starts_with('_') {
        return None;
    }
    let name = plain(name);
    if NAMES.known.contains(name.as_str()) {
        return None;
    }
    // A plural, a number or a language at the end is how honest relatives are named.
    let relative = |target: &str| {
        let longer = name
            .strip_prefix(target)
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()) || rest == "s" || rest == "-");
        let shorter = target
            .strip_prefix(name.as_str())
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()) || rest == "s");
        longer || shorter
    };
    // A package and its module are often told apart by a dash.
    let joined = name.replace('-', "");
    if NAMES.joined.contains(&joined) || NAMES.known.contains(joined.as_str()) {
        return None;
    }
    let near = [name.len(), name.len() - 1, name.len() + 1];
    let mut targets = near.iter().filter_map(|length| NAMES.targets.get(length)).flatten().copied();
    targets.find(|target| one_slip(name.as_bytes(), target.as_bytes()) && !relative(target))
}

/// Whether two names differ in one letter: another one, one more, one less, or two that changed places.
fn one_slip(a: &[u8], b: &[u8]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        ([], []) => false,
        // Versions and variants: `urllib2`, `bpython`.
        ([x, rest_a @ ..], [y, rest_b @ ..]) if rest_a == rest_b && x.is_ascii_digit() && y.is_ascii_digit() => false,
        _ if same == 0 && a.get(1) != b.first() => false,
        ([x1, x2, rest_a @ ..], [y1, y2, rest_b @ ..]) if x1 == y2 && x2 == y1 && rest_a == rest_b => true,
        _ => {
            let rest_a = a.get(1..).unwrap_or_default();
            let rest_b = b.get(1..).unwrap_or_default();
            rest_a == rest_b && a.len() == b.len()
                || rest_a == b && a.len() > b.len()
                || a == rest_b && b.len() > a.len()
        }
    }
}

fn imports(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let NodeRef::Stmt(stmt) = site.node else { return };
    let mut look = |module: &str| {
        let top = module.split('.').next().unwrap_or_default();
        let own = || site.file.unit.path.split('/').any(|part| part.trim_end_matches(".py") == top);
        if !is_stdlib(top)
            && !own()
            && let Some(target) = resembles(top)
        {
            let message =
                format!("`{top}` is one slip away from `{target}`: packages are named so to be taken by mistake");
            sink.report(site.range(), Severity::High, Confidence::Medium, message);
        }
    };
    match stmt {
        Stmt::Import(import) => import.names.iter().for_each(|alias| look(alias.name.as_str())),
        Stmt::ImportFrom(import) if import.level == 0 => {
            if let Some(module) = &import.module {
                look(module.as_str());
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_names() {
        for (name, meant) in [
            ("reqeusts", "requests"),
            ("requets", "requests"),
            ("requestss", ""),
            ("djanga", "django"),
            ("colourama", "colorama"),
        ] {
            assert_eq!(resembles(name).unwrap_or_default(), meant, "{name}");
        }
        for honest in ["requests", "numpy", "mytool", "pandas", "urllib3", "urllib2", "helperlib", "jsonlib"] {
            assert_eq!(resembles(honest), None, "{honest}");
        }
    }

    #[test]
    fn the_list_holds_names_as_they_are_compared() {
        for name in PYPI.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(plain(name), name);
        }
    }
}
