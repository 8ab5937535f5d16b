//! What components declare in their manifests, against what their files are able to do.
//!
//! A manifest speaks for its folder and all below it, as far as there is no nearer one. What is found here depends on
//! other files than the one that it is found in, so it is found anew in every run, whatever the cache says.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

use super::inputs::{self, Tree};
use crate::incorporation::structure::of_manifest;
use crate::model::{FileJudgement, Finding, path_key};
use crate::security::declaration::{Declaration, OVER_DECLARED, Place, over_declared, undeclared};
use crate::security::rules::RuleSet;

/// What manifests of components are called.
pub(super) const MANIFESTS: &[&str] =
    &["aetherra-plugin.json", "manifest.json", "plugin.json", "plugin.yaml", "plugin.yml", "plugin.toml"];

/// Larger manifests are not read for their declaration.
const MAX_BYTES: u64 = 1 << 20;

/// More entries of a folder than this are not looked through to tell whether a whole component was judged.
const MAX_ENTRIES: usize = 5_000;

/// A manifest that declares what its component is able to do.
struct Declarer {
    path: String,
    line: u32,
    declared: Declaration,
}

/// The manifests around files, each read once.
pub(super) struct Declarations<'a> {
    project: &'a Path,
    tree: &'a Tree,
    rules: &'a RuleSet,
    by_folder: HashMap<String, Option<Rc<Declarer>>>,
}

impl<'a> Declarations<'a> {
    pub(super) fn new(project: &'a Path, tree: &'a Tree, rules: &'a RuleSet) -> Self {
        Self { project, tree, rules, by_folder: HashMap::new() }
    }

    /// The findings that each of these judgements should have by the manifests around it; none where they are to be
    /// left as they are, since not all that they depend on was judged.
    pub(super) fn findings(&mut self, judgements: &[&FileJudgement]) -> Vec<Option<Vec<Finding>>> {
        let governing: Vec<Option<Rc<Declarer>>> =
            judgements.iter().map(|judgement| self.governing(&judgement.path)).collect();
        if governing.iter().all(Option::is_none) {
            return vec![Some(Vec::new()); judgements.len()];
        }
        let mut all = Vec::with_capacity(judgements.len());
        for (judgement, declarer) in judgements.iter().zip(&governing) {
            let Some(declarer) = declarer else {
                all.push(Some(Vec::new()));
                continue;
            };
            if declarer.path != judgement.path {
                let place = Place { path: &declarer.path, line: declarer.line };
                all.push(Some(self.wanted(undeclared(judgement, &declarer.declared, place))));
                continue;
            }
            let members = judgements.iter().zip(&governing).filter(|(member, by)| {
                member.path != declarer.path && by.as_ref().is_some_and(|by| by.path == declarer.path)
            });
            let members: Vec<&FileJudgement> = members.map(|(member, _)| *member).collect();
            let is_whole = self.is_whole(&declarer.path, &members);
            let found = || over_declared(judgement, declarer.line, &declarer.declared, members.iter().copied());
            all.push(is_whole.then(|| self.wanted(found())));
        }
        all
    }

    fn wanted(&self, findings: Vec<Finding>) -> Vec<Finding> {
        findings.into_iter().filter(|finding| self.rules.has(&finding.rule)).collect()
    }

    /// The nearest manifest above a file that declares something.
    fn governing(&mut self, path: &str) -> Option<Rc<Declarer>> {
        if path.starts_with('/') {
            return None;
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.of_folder(folder)
    }

    fn of_folder(&mut self, folder: &str) -> Option<Rc<Declarer>> {
        if let Some(known) = self.by_folder.get(folder) {
            return known.clone();
        }
        let own = MANIFESTS.iter().find_map(|name| {
            let path = crate::gate::trust::joined(folder, name);
            declarer(self.tree.read(self.project, &path, MAX_BYTES)?, path).map(Rc::new)
        });
        let found = match own {
            None if !folder.is_empty() => self.of_folder(folder.rsplit_once('/').map_or("", |(above, _)| above)),
            own => own,
        };
        self.by_folder.insert(folder.to_owned(), found.clone());
        found
    }

    /// Whether every file of the component that an analyser knows was judged in this run.
    fn is_whole(&self, manifest: &str, members: &[&FileJudgement]) -> bool {
        let known: BTreeSet<&str> = members.iter().map(|member| member.path.as_str()).collect();
        let folder = manifest.rsplit_once('/').map_or("", |(folder, _)| folder);
        let root = path_key::to_path(self.project, folder);
        let mut entries = walkdir::WalkDir::new(root).into_iter().filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !entry.file_type().is_dir() || !inputs::is_vendored(&name)
        });
        for _ in 0..MAX_ENTRIES {
            let Some(entry) = entries.next() else { return true };
            let Ok(entry) = entry else { return false };
            if !entry.file_type().is_file() {
                continue;
            }
            let path = inputs::shown(self.project, entry.path());
            let is_code = crate::security::inputs::by_name(&path).is_some_and(|kind| kind.is_active());
            let by_another = || self.by_folder.get(path.rsplit_once('/').map_or("", |(folder, _)| folder));
            let is_other = by_another().is_some_and(|by| by.as_ref().is_none_or(|by| by.path != manifest));
            if is_code && !is_other && !known.contains(path.as_str()) {
                return false;
            }
        }
        false
    }
}

/// Reads what a manifest declares; none when there is none, or when it does not speak of such things.
fn declarer(bytes: Vec<u8>, path: String) -> Option<Declarer> {
    let text = String::from_utf8(bytes).ok()?;
    let manifest = of_manifest(&path, &text).manifest?;
    // Extensions of browsers ask for other things by the same words.
    if manifest.keys.iter().any(|key| key == "manifest_version") {
        return None;
    }
    let words = manifest.permissions.iter().chain(&manifest.capabilities).map(String::as_str);
    let declared = match Declaration::read(words) {
        Some(declared) => declared,
        // A manifest of the host that asks for nothing declares nothing.
        None if manifest.dialect == "aetherra-plugin" => Declaration::default(),
        None => return None,
    };
    let keys = ["\"permissions\"", "\"capabilities\"", "\"security_permissions\"", "permissions", "capabilities"];
    let line = keys.iter().find_map(|key| text.lines().position(|line| line.trim_start().starts_with(key)));
    let line = u32::try_from(line.unwrap_or(0) + 1).unwrap_or(1);
    Some(Declarer { path, line, declared })
}

/// Silences what the operator's lists silence.
pub(super) fn silenced(mut found: Vec<Finding>, ignored: &[&[String]]) -> Vec<Finding> {
    ignored.iter().for_each(|ignore| crate::security::suppress::by_config(&mut found, ignore));
    found
}

/// Whether an earlier run found the same by other files.
pub(super) fn is_known(judgement: &FileJudgement, found: &[Finding]) -> bool {
    judgement.findings.iter().filter(|finding| is_by_others(finding)).eq(found)
}

/// Puts these findings in the place of those that an earlier run found by other files.
pub(super) fn replace(judgement: &mut FileJudgement, found: Vec<Finding>) {
    judgement.findings.retain(|finding| !is_by_others(finding));
    judgement.findings.extend(found);
    judgement.findings.sort_by_key(|finding| (finding.line, finding.column));
}

/// Whether a finding comes from a manifest or from the tools of another file, and not from the code itself.
fn is_by_others(finding: &Finding) -> bool {
    matches!(finding.rule.as_str(), "undeclared-capability" | "toxic-flow") && !finding.path_of_data.is_empty()
        || finding.rule == OVER_DECLARED.id && !finding.path.ends_with(".py")
}

/// Where tests usually lie: most folders have none, and need not be asked again for every file in them.
pub(super) struct Tests<'a> {
    project: &'a Path,
    known: Mutex<HashMap<String, bool>>,
}

impl<'a> Tests<'a> {
    pub(super) fn new(project: &'a Path) -> Self {
        Self { project, known: Mutex::default() }
    }

    /// Whether tests of a file lie where tests usually lie.
    pub(super) fn has(&self, path: &str) -> bool {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let Some(stem) = name.strip_suffix(".py").filter(|_| !path.starts_with('/')) else { return false };
        let places = [folder.to_owned(), crate::gate::trust::joined(folder, "tests"), "tests".to_owned()];
        places.iter().filter(|place| place.as_str() == folder || self.is_folder(place)).any(|place| {
            let test = crate::gate::trust::joined(place, &format!("test_{stem}.py"));
            test != path && path_key::to_path(self.project, &test).is_file()
        })
    }

    fn is_folder(&self, path: &str) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(path) {
            return *known;
        }
        let is_folder = path_key::to_path(self.project, path).is_dir();
        known.insert(path.to_owned(), is_folder);
        is_folder
    }
}
