//! Requirements and locks: where packages come from besides the index, what is not pinned, and names that look like
//! well-known ones.

mod names;
mod tables;

use names::Ecosystem;
pub(in crate::security) use names::PYPI;

use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::{Confidence, Severity};

/// Options after which an address of an index or a folder stands.
const SOURCES: &[&str] = &["--index-url", "-i", "--extra-index-url", "--find-links", "-f", "--trusted-host"];

pub(super) struct Requirements;

impl Analyser for Requirements {
    fn id(&self) -> &'static str {
        "requirements"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        let name = input.name();
        let is_list = input.kind == Kind::Requirements && (name.ends_with(".txt") || name.ends_with(".in"));
        input.text.is_some() && (is_list || tables::by_name(&name).is_some())
    }

    fn analyse(&self, input: &Input<'_>, _: Terms<'_>) -> Judged {
        let text = input.text.unwrap_or_default();
        let mut judged = Judged::default();
        if let Some(table) = tables::by_name(&input.name()) {
            tables::judge(table, text, &mut judged);
            return judged;
        }
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            requirement(line, at, &mut judged);
            at += line.len();
        }
        judged
    }
}

/// One line. What a backslash continues are hashes, which pin.
fn requirement(line: &str, at: usize, judged: &mut Judged) {
    let start = at + (line.len() - line.trim_start().len());
    let words = line.split(" #").next().unwrap_or_default().trim();
    if words.is_empty() || words.starts_with('#') || words.starts_with("--hash") {
        return;
    }
    let range = start..start + words.len();
    let source = |judged: &mut Judged, severity, message: String| {
        judged.see("requirement-source", range.clone(), severity, Confidence::High, message);
    };
    let option = words.split(['=', ' ']).next().unwrap_or_default();
    let address_of = words[option.len()..].trim_start_matches(['=', ' ']);
    if SOURCES.contains(&option) {
        let (severity, why) = match option {
            _ if address_of.starts_with("http://") => {
                (Severity::High, "packages come unencrypted: anybody on the way may change them")
            }
            "--trusted-host" => (Severity::High, "the certificate of this host is not checked"),
            "--extra-index-url" => {
                (Severity::Medium, "whichever index has the higher version of a name wins, on either side")
            }
            _ => (Severity::Low, "packages come from another place than the index"),
        };
        source(judged, severity, format!("`{option}`: {why}"));
        return;
    }
    if words.starts_with('-') && !matches!(option, "-e" | "--editable") {
        return;
    }
    let target = if words.starts_with('-') { address_of } else { words };
    suspect(Ecosystem::Python, name_of(target), range.clone(), judged);
    if target.contains("://") {
        if let Some((severity, why)) = address(target, false) {
            source(judged, severity, why.to_owned());
        }
    } else if target.starts_with(|first: char| first.is_ascii_alphanumeric()) && !target.contains("==") {
        let message = "any version that the index has on the day is taken";
        judged.see("unpinned-requirement", range, Severity::Note, Confidence::High, message);
    }
}

/// The name at the beginning of a requirement.
fn name_of(requirement: &str) -> &str {
    let end = requirement.find(|c: char| !c.is_alphanumeric() && !"-_.\u{2010}\u{2011}".contains(c));
    let name = requirement.get(..end.unwrap_or(requirement.len())).unwrap_or_default();
    // `git+https://…` and paths have no name in front.
    let rest = requirement.get(name.len()..).unwrap_or_default();
    if rest.starts_with(['+', ':', '/', '\\']) { "" } else { name }
}

/// Tells when a name looks like a well-known one.
fn suspect(ecosystem: Ecosystem, name: &str, range: std::ops::Range<usize>, judged: &mut Judged) {
    if let Some(found) = names::lookalike(ecosystem, name) {
        let message =
            format!("`{name}` is `{}` {}: what was meant is probably the well-known package", found.known, found.how);
        judged.see("lookalike-package", range, found.severity, Confidence::Medium, message);
    }
}

/// What is wrong with an address that code comes from. `fixed` says that what comes is named by its hash elsewhere.
fn address(target: &str, fixed: bool) -> Option<(Severity, &'static str)> {
    if target.contains("http://") || target.contains("git://") {
        return Some((Severity::High, "code comes unencrypted: anybody on the way may change it"));
    }
    let changes = !fixed && !is_fixed(target);
    changes.then_some((Severity::Medium, "code comes from an address, and what is there may be another tomorrow"))
}

/// Whether an address names its content: the hash of a commit or of a file.
fn is_fixed(address: &str) -> bool {
    let is_hash = |text: &str| {
        let hex = text.chars().take_while(char::is_ascii_hexdigit).count();
        (hex == 40 || hex == 64) && text.chars().nth(hex).is_none_or(|next| !next.is_ascii_alphanumeric())
    };
    address.contains("#sha256=") || address.rsplit_once('@').is_some_and(|(_, commit)| is_hash(commit))
}
