//! What cannot be deployed together.
//!
//! When candidates collide with one another, none of them is chosen: a planner that guessed which of two
//! plugins an operator wants would be wrong half the time. What is deployed stays; a candidate that
//! collides with it is left out.

use std::collections::{BTreeMap, BTreeSet};

use pep440_rs::Version;
use version_ranges::Ranges;

use super::draft::Draft;
use super::requirement::Requirement;
use crate::model::portable_path::collision_key;
use crate::model::{Component, Conflict, ConflictKind};
use crate::security::python::stdlib::is_stdlib;

/// What a conflict is with when it is with Python itself.
const STDLIB: &str = "the standard library";

/// Conflicts of names, modules and paths among `eligible`, and between them and what stays deployed.
pub fn conflicts(eligible: &[&Draft<'_>], staying: &[&Component]) -> Vec<Conflict> {
    let mut found = repeated_names(eligible);
    let names = |component: &Component| component.registers.clone();
    found.extend(shared(eligible, staying, ConflictKind::DuplicateName, names, "the name is registered by"));
    let modules = |component: &Component| component.modules.clone();
    found.extend(shared(eligible, staying, ConflictKind::NamespaceCollision, modules, "the module is offered by"));
    for draft in eligible {
        for module in &draft.component.modules {
            if is_stdlib(module) {
                found.push(Conflict {
                    kind: ConflictKind::NamespaceCollision,
                    subject: module.clone(),
                    components: vec![draft.id.clone()],
                    with: Some(STDLIB.to_owned()),
                    detail: format!("`{}` would hide the module `{module}` of {STDLIB}", draft.id),
                });
            }
        }
    }
    let paths = |component: &Component| component.files.iter().map(|file| collision_key(&file.target)).collect();
    found.extend(shared(eligible, staying, ConflictKind::PathCollision, paths, "the path is taken by"));
    found.extend(own_paths(eligible));
    found.sort();
    found.dedup();
    found
}

/// A name that one file registers twice.
fn repeated_names(eligible: &[&Draft<'_>]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for draft in eligible {
        for (file, member) in draft.declared.iter().zip(&draft.members) {
            let mut seen = BTreeSet::new();
            for name in &file.names {
                if !seen.insert(name.as_str()) {
                    found.push(Conflict {
                        kind: ConflictKind::DuplicateName,
                        subject: name.clone(),
                        components: vec![draft.id.clone()],
                        with: None,
                        detail: format!("`{}` registers the name `{name}` more than once", member.path),
                    });
                }
            }
        }
    }
    found
}

fn shared(
    eligible: &[&Draft<'_>],
    staying: &[&Component],
    kind: ConflictKind,
    keys: impl Fn(&Component) -> Vec<String>,
    words: &str,
) -> Vec<Conflict> {
    let mut deployed: BTreeMap<String, &str> = BTreeMap::new();
    for component in staying {
        for key in keys(component) {
            deployed.entry(key).or_insert(&component.id);
        }
    }
    let mut wanted: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for draft in eligible {
        for key in keys(&draft.component) {
            wanted.entry(key).or_default().insert(&draft.id);
        }
    }
    let mut found = Vec::new();
    for (subject, components) in wanted {
        let with = deployed.get(&subject).map(|id| (*id).to_owned());
        if components.len() < 2 && with.is_none() {
            continue;
        }
        let components: Vec<String> = components.into_iter().map(str::to_owned).collect();
        let mut all: Vec<String> = components.iter().map(|id| format!("`{id}`")).collect();
        all.extend(with.iter().map(|id| format!("`{id}`, which is deployed")));
        let detail = format!("{words} {}", all.join(" and by "));
        found.push(Conflict { kind, subject, components, with, detail });
    }
    found
}

/// Two files of one component that are one where case or Unicode form do not matter.
fn own_paths(eligible: &[&Draft<'_>]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for draft in eligible {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for file in &draft.component.files {
            let key = collision_key(&file.target);
            if let Some(other) = seen.get(&key) {
                found.push(Conflict {
                    kind: ConflictKind::PathCollision,
                    detail: format!(
                        "`{}` and `{other}` are one file where case or Unicode form do not matter",
                        file.target
                    ),
                    subject: key,
                    components: vec![draft.id.clone()],
                    with: None,
                });
            } else {
                seen.insert(key, &file.target);
            }
        }
    }
    found
}

/// A requirement on a distribution, and who has it.
#[derive(Debug, Clone)]
pub struct Demand<'a> {
    /// Id of the component.
    pub component: &'a str,
    /// As written.
    pub text: &'a str,
    /// As understood.
    pub requirement: Requirement,
}

/// Distributions of which no version satisfies all who need them.
///
/// `settled` are the demands of what is deployed; `provided` are versions that the host has.
pub fn dependency_conflicts(
    wanted: &BTreeMap<String, Vec<Demand<'_>>>,
    settled: &BTreeMap<String, Vec<Demand<'_>>>,
    provided: &BTreeMap<String, Version>,
) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (name, demands) in wanted {
        let demands: Vec<&Demand<'_>> = demands.iter().filter(|demand| !demand.requirement.conditional).collect();
        let mut base = provided.get(name).map_or_else(Ranges::full, |version| Ranges::singleton(version.clone()));
        let mut base_words: Vec<String> =
            provided.get(name).map(|version| format!("the host has {version}")).into_iter().collect();
        for demand in settled.get(name).into_iter().flatten().filter(|demand| !demand.requirement.conditional) {
            base = base.intersection(&demand.requirement.range);
            base_words.push(format!("`{}`, which is deployed, needs `{}`", demand.component, demand.text));
        }
        let (possible, refused): (Vec<&Demand<'_>>, Vec<&Demand<'_>>) =
            demands.into_iter().partition(|demand| !demand.requirement.range.intersection(&base).is_empty());
        for demand in refused {
            found.push(Conflict {
                kind: ConflictKind::DependencyConflict,
                subject: name.clone(),
                components: vec![demand.component.to_owned()],
                with: Some("what is deployed".to_owned()),
                detail: format!("`{}` needs `{}`, but {}", demand.component, demand.text, base_words.join(" and ")),
            });
        }
        let together = possible.iter().fold(base, |range, demand| range.intersection(&demand.requirement.range));
        if together.is_empty() {
            found.push(among(name, &possible));
        }
    }
    found
}

/// Those that collide pairwise; when every two could agree but not all together, all that ask for anything.
fn among(name: &str, demands: &[&Demand<'_>]) -> Conflict {
    let disjoint = |a: &Demand<'_>, b: &Demand<'_>| a.requirement.range.intersection(&b.requirement.range).is_empty();
    let mut parties: Vec<&&Demand<'_>> =
        demands.iter().filter(|demand| demands.iter().any(|other| disjoint(demand, other))).collect();
    if parties.is_empty() {
        parties = demands.iter().filter(|demand| demand.requirement.range != Ranges::full()).collect();
    }
    let components: BTreeSet<&str> = parties.iter().map(|demand| demand.component).collect();
    let words: Vec<String> =
        parties.iter().map(|demand| format!("`{}` needs `{}`", demand.component, demand.text)).collect();
    Conflict {
        kind: ConflictKind::DependencyConflict,
        subject: name.to_owned(),
        components: components.into_iter().map(str::to_owned).collect(),
        with: None,
        detail: format!("no version of `{name}` satisfies all: {}", words.join(", ")),
    }
}
