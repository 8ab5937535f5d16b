//! Files become drafts of components: the folder of a manifest is one, and so is every other file; files
//! that import one another in a circle are one together, because none of them works without the rest.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::{Candidate, folder_of};
use super::declared::{Declared, declared};
use super::modules::{ModuleIndex, module_of};
use super::order::circles;
use crate::gate::trust::is_own_file;
use crate::model::portable_path::target_of;
use crate::model::structure::Manifest;
use crate::model::{Action, Component, ComponentKind, Decision, Digest, PinnedFile, TrustTier};

/// Files with these names declare the folder they are in.
const MANIFESTS: &[&str] = &[
    "aetherra-plugin.json",
    "manifest.json",
    "manifest.yaml",
    "manifest.yml",
    "manifest.toml",
    "plugin.json",
    "plugin.yaml",
    "plugin.yml",
    "plugin.toml",
];

/// A component before it is known whether it is let in.
#[derive(Debug)]
pub struct Draft<'a> {
    /// Identity.
    pub id: String,
    /// Its files, by path.
    pub members: Vec<&'a Candidate>,
    /// Its manifest.
    pub manifest: Option<&'a Manifest>,
    /// What its files declare, in the order of `members`.
    pub declared: Vec<Declared>,
    /// The component as it would be deployed; its dependencies are filled in later.
    pub component: Component,
}

/// Makes drafts of all candidates, by id.
pub fn drafts<'a>(candidates: &'a [Candidate], modules: &ModuleIndex<'a>) -> Vec<Draft<'a>> {
    let folders = manifest_folders(candidates);
    let mut groups: BTreeMap<&str, Vec<&'a Candidate>> = BTreeMap::new();
    let mut single: Vec<&'a Candidate> = Vec::new();
    for candidate in candidates {
        match enclosing(&folders, candidate) {
            Some(folder) => groups.entry(folder).or_default().push(candidate),
            None => single.push(candidate),
        }
    }
    let mut drafts: Vec<Draft<'a>> = groups
        .into_iter()
        .map(|(folder, members)| {
            let manifest = folders.get(folder).and_then(|found| found.structure.manifest.as_ref());
            let id = if folder.is_empty() { ".".to_owned() } else { folder.to_owned() };
            draft(id, members, manifest, folders.get(folder).copied(), modules)
        })
        .collect();
    drafts.extend(merge_circles(&single, modules).into_iter().map(|members| {
        let id = members.iter().map(|member| member.path.as_str()).min_by_key(|path| (path.len(), *path));
        draft(id.unwrap_or_default().to_owned(), members, None, None, modules)
    }));
    drafts.sort_by(|a, b| a.id.cmp(&b.id));
    drafts
}

/// The folders that a manifest declares. One at the very top has to say that it means the whole tree, by
/// the name that only the host uses.
fn manifest_folders(candidates: &[Candidate]) -> BTreeMap<&str, &Candidate> {
    let mut folders: BTreeMap<&str, &Candidate> = BTreeMap::new();
    for candidate in candidates {
        let name = candidate.file_name();
        let Some(rank) = MANIFESTS.iter().position(|known| name.eq_ignore_ascii_case(known)) else { continue };
        let dialect = candidate.structure.manifest.as_ref().map_or("", |manifest| manifest.dialect.as_str());
        if !matches!(dialect, "aetherra-plugin" | "plugin" | "home-assistant") {
            continue;
        }
        if candidate.folder().is_empty() && rank > 0 {
            continue;
        }
        let current = folders
            .get(candidate.folder())
            .and_then(|found| MANIFESTS.iter().position(|known| found.file_name().eq_ignore_ascii_case(known)));
        if current.is_none_or(|current| rank < current) {
            folders.insert(candidate.folder(), candidate);
        }
    }
    folders
}

fn enclosing<'m>(folders: &BTreeMap<&'m str, &'m Candidate>, candidate: &Candidate) -> Option<&'m str> {
    let mut folder = candidate.folder();
    loop {
        if let Some((known, _)) = folders.get_key_value(folder) {
            return Some(known);
        }
        if folder.is_empty() {
            return None;
        }
        folder = folder_of(folder);
    }
}

fn merge_circles<'a>(single: &[&'a Candidate], modules: &ModuleIndex<'a>) -> Vec<Vec<&'a Candidate>> {
    let position: BTreeMap<&str, usize> =
        single.iter().enumerate().map(|(index, candidate)| (candidate.path.as_str(), index)).collect();
    let edges: Vec<Vec<usize>> = single
        .iter()
        .map(|candidate| {
            let found = modules.imports_of(candidate).found;
            found.iter().filter_map(|target| position.get(target.path.as_str()).copied()).collect()
        })
        .collect();
    circles(&edges)
        .into_iter()
        .map(|circle| {
            let mut members: Vec<&'a Candidate> =
                circle.into_iter().filter_map(|index| single.get(index).copied()).collect();
            members.sort_by(|a, b| a.path.cmp(&b.path));
            members
        })
        .collect()
}

fn draft<'a>(
    id: String,
    mut members: Vec<&'a Candidate>,
    manifest: Option<&'a Manifest>,
    manifest_file: Option<&'a Candidate>,
    modules: &ModuleIndex<'a>,
) -> Draft<'a> {
    members.sort_by(|a, b| a.path.cmp(&b.path));
    let declared: Vec<Declared> = members.iter().map(|member| declared(member)).collect();
    let kind = kind_of(&members, manifest, manifest_file);
    let component = component(&id, &members, manifest, &declared, kind, modules);
    Draft { id, members, manifest, declared, component }
}

fn component(
    id: &str,
    members: &[&Candidate],
    manifest: Option<&Manifest>,
    declared: &[Declared],
    kind: ComponentKind,
    modules: &ModuleIndex<'_>,
) -> Component {
    let mut files: Vec<PinnedFile> = members
        .iter()
        .map(|member| PinnedFile {
            source: member.path.clone(),
            target: target_of(&member.path, &member.root),
            digest: member.digest,
            size: member.size,
        })
        .collect();
    files.sort_by(|a, b| a.target.cmp(&b.target));
    let declared_manifest = manifest.and_then(|manifest| manifest.name.clone());
    let mut registers: BTreeSet<String> = declared_manifest.iter().cloned().collect();
    registers.extend(declared.iter().flat_map(|file| file.names.iter().cloned()));
    let stem = id.rsplit('/').next().unwrap_or(id);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| if stem.is_empty() { id } else { stem });
    let first_name = declared.iter().find_map(|file| file.names.first().cloned());
    let version = manifest
        .and_then(|manifest| manifest.version.clone())
        .or_else(|| declared.iter().find_map(|file| file.version.clone()));
    let mut requires: BTreeSet<String> = manifest.iter().flat_map(|m| m.dependencies.iter().cloned()).collect();
    requires.extend(declared.iter().flat_map(|file| file.requires.iter().cloned()));
    let verdicts = || members.iter().filter_map(|member| member.verdict.as_ref());
    let risk = verdicts().map(|verdict| verdict.risk.overall).fold(0.0, f64::max);
    Component {
        id: id.to_owned(),
        name: declared_manifest.or(first_name).unwrap_or_else(|| stem.to_owned()),
        version,
        kind,
        action: Action::of_kind(kind).unwrap_or(Action::ImportUtility),
        digest: files_digest(&files),
        files,
        registers: registers.into_iter().collect(),
        modules: importable(id, members, manifest, modules),
        entry_point: manifest.and_then(|manifest| manifest.entry_point.clone()),
        requires: requires.into_iter().collect(),
        depends_on: Vec::new(),
        // Four places survive being written as text and read again.
        risk: (risk * 10_000.0).round() / 10_000.0,
        // As far as its least trusted file. A signed manifest cannot name itself.
        tier: members
            .iter()
            .filter(|member| !is_own_file(&member.path))
            .map(|member| member.verdict.as_ref().map_or(member.vouched, |verdict| verdict.tier))
            .max()
            .unwrap_or(TrustTier::Standard),
        decision: verdicts().map(|verdict| verdict.decision).max().unwrap_or(Decision::Approve),
    }
}

/// Digest over the files of a component and where they go.
pub fn files_digest(files: &[PinnedFile]) -> Digest {
    let mut text = String::with_capacity(files.len() * 100);
    for file in files {
        text.push_str(&file.digest.hex());
        text.push(' ');
        text.push_str(&file.target);
        text.push('\n');
    }
    Digest::of(text.as_bytes())
}

/// A folder with a manifest is one package for the host, whatever is in it; a file is its own module.
fn importable(id: &str, members: &[&Candidate], manifest: Option<&Manifest>, modules: &ModuleIndex<'_>) -> Vec<String> {
    let python = || members.iter().filter(|member| member.path.ends_with(".py"));
    if manifest.is_some() {
        let folder = id.rsplit('/').next().unwrap_or(id);
        return python().next().filter(|_| folder != ".").map(|_| folder.to_owned()).into_iter().collect();
    }
    let names: BTreeSet<String> = python()
        .filter(|member| !matches!(member.file_name(), "__main__.py" | "setup.py" | "conftest.py"))
        .map(|member| module_of(&member.path, modules))
        .filter(|name| !name.is_empty())
        .collect();
    names.into_iter().collect()
}

/// The class of a component: what its manifest's file or its entry point is, else the first that any file is.
fn kind_of(members: &[&Candidate], manifest: Option<&Manifest>, manifest_file: Option<&Candidate>) -> ComponentKind {
    let class = |candidate: &Candidate| candidate.class.map_or(ComponentKind::Unknown, |(class, _)| class);
    let decided = |kind: &ComponentKind| Action::of_kind(*kind).is_some() && *kind != ComponentKind::Dataset;
    let entry = manifest.and_then(|manifest| manifest.entry_point.as_deref()).and_then(|entry| {
        let file = entry.split(':').next().unwrap_or(entry);
        members.iter().find(|member| member.path.ends_with(file) && member.path.ends_with(".py"))
    });
    if let Some(kind) = manifest_file.map(class).into_iter().chain(entry.map(|member| class(member))).find(decided) {
        return kind;
    }
    let order = [
        ComponentKind::Plugin,
        ComponentKind::Agent,
        ComponentKind::Workflow,
        ComponentKind::Aether,
        ComponentKind::Utility,
        ComponentKind::Dataset,
        ComponentKind::Docs,
    ];
    if let Some(kind) = order.into_iter().find(|kind| members.iter().any(|member| class(member) == *kind)) {
        // A manifest of the host declares a plugin, even when the files alone would not tell.
        let is_undecided = matches!(kind, ComponentKind::Dataset | ComponentKind::Docs);
        return if manifest.is_some() && is_undecided { ComponentKind::Plugin } else { kind };
    }
    let is_initialiser = members.iter().all(|member| member.file_name() == "__init__.py");
    match manifest {
        Some(_) => ComponentKind::Plugin,
        // What makes a folder a package is known to be importable code.
        None if is_initialiser => ComponentKind::Utility,
        None => ComponentKind::Unknown,
    }
}
