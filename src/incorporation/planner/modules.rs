//! Which file an import means.

use std::collections::{BTreeSet, HashMap};

use super::candidate::{Candidate, folder_of};
use crate::model::structure::Import;

/// All modules of the candidates.
#[derive(Debug, Default)]
pub struct ModuleIndex<'a> {
    /// Folders that hold an `__init__.py`.
    packages: BTreeSet<&'a str>,
    /// Python files by path.
    by_path: HashMap<&'a str, &'a Candidate>,
    /// Python files by dotted name, counted from the top package, and from the top of the tree.
    by_name: HashMap<String, Vec<&'a Candidate>>,
}

/// What the imports of one file come to.
#[derive(Debug, Default)]
pub struct Imports<'a> {
    /// Files that it imports.
    pub found: Vec<&'a Candidate>,
    /// Modules that should be there and are not, as written.
    pub missing: Vec<String>,
    /// Top-level names of everything else that it cannot do without.
    pub foreign: BTreeSet<String>,
}

/// The dotted name of a file, counted from its top package.
pub fn module_of(path: &str, index: &ModuleIndex<'_>) -> String {
    let stem = path.strip_suffix(".py").unwrap_or(path);
    let (mut folder, last) = stem.rsplit_once('/').unwrap_or(("", stem));
    let mut parts = if last == "__init__" { Vec::new() } else { vec![last] };
    while !folder.is_empty() && index.packages.contains(folder) {
        let (above, name) = folder.rsplit_once('/').unwrap_or(("", folder));
        parts.push(name);
        folder = above;
    }
    parts.reverse();
    parts.join(".")
}

impl<'a> ModuleIndex<'a> {
    /// Indexes the Python files among the candidates.
    pub fn new(candidates: &'a [Candidate]) -> Self {
        let python = || candidates.iter().filter(|candidate| candidate.path.ends_with(".py"));
        let mut index = Self::default();
        for candidate in python() {
            index.by_path.insert(&candidate.path, candidate);
            if candidate.file_name() == "__init__.py" {
                index.packages.insert(candidate.folder());
            }
        }
        for candidate in python() {
            let stem = candidate.path.strip_suffix(".py").unwrap_or(&candidate.path);
            let from_top = stem.strip_suffix("/__init__").unwrap_or(stem).replace('/', ".");
            let from_package = module_of(&candidate.path, &index);
            if from_package != from_top {
                index.by_name.entry(from_top).or_default().push(candidate);
            }
            index.by_name.entry(from_package).or_default().push(candidate);
        }
        index
    }

    /// Resolves the imports of a file, and the packages that it lies in.
    pub fn imports_of(&self, candidate: &Candidate) -> Imports<'a> {
        let mut imports = Imports::default();
        if !candidate.path.ends_with(".py") {
            return imports;
        }
        let mut folder = candidate.folder();
        while !folder.is_empty() && self.packages.contains(folder) {
            imports.found.extend(self.by_path.get(format!("{folder}/__init__.py").as_str()));
            folder = folder_of(folder);
        }
        for import in &candidate.structure.imports {
            if import.level > 0 {
                self.relative(candidate, import, &mut imports);
            } else {
                self.absolute(candidate, import, &mut imports);
            }
        }
        imports.found.retain(|found| found.path != candidate.path);
        imports.found.sort_by(|a, b| a.path.cmp(&b.path));
        imports.found.dedup_by(|a, b| a.path == b.path);
        imports
    }

    fn relative(&self, candidate: &Candidate, import: &Import, imports: &mut Imports<'a>) {
        let mut folder = candidate.folder();
        for _ in 1..import.level {
            folder = folder_of(folder);
        }
        let join = |below: &str| if folder.is_empty() { below.to_owned() } else { format!("{folder}/{below}") };
        let base = if import.module.is_empty() { folder.to_owned() } else { join(&import.module.replace('.', "/")) };
        let itself = self.module_at(&base);
        let inner: Vec<&Candidate> =
            import.names.iter().filter_map(|name| self.module_at(&under(&base, name))).collect();
        if itself.is_none() && inner.is_empty() && !import.module.is_empty() && !import.optional {
            imports.missing.push(format!("{}{}", ".".repeat(import.level as usize), import.module));
        }
        imports.found.extend(itself);
        imports.found.extend(inner);
    }

    fn absolute(&self, candidate: &Candidate, import: &Import, imports: &mut Imports<'a>) {
        let mut found = false;
        for name in import.names.iter().map(|name| format!("{}.{name}", import.module)).chain([import.module.clone()]) {
            if let Some(target) = self.named(&name, candidate) {
                imports.found.push(target);
                found = true;
            }
        }
        if found || import.optional {
            return;
        }
        let top = import.module.split('.').next().unwrap_or_default();
        // A package of ours without that module; a namespace package may still get it from elsewhere.
        let is_ours = import.module.contains('.')
            && self.named(top, candidate).is_some_and(|package| package.file_name() == "__init__.py");
        if is_ours {
            imports.missing.push(import.module.clone());
        } else if !top.is_empty() && !crate::security::python::stdlib::is_stdlib(top) {
            imports.foreign.insert(top.to_owned());
        }
    }

    fn module_at(&self, stem: &str) -> Option<&'a Candidate> {
        let file = self.by_path.get(format!("{stem}.py").as_str());
        file.or_else(|| self.by_path.get(under(stem, "__init__.py").as_str())).copied()
    }

    /// The file of a dotted name: the one beside the importer if there are several, else the only one.
    fn named(&self, name: &str, importer: &Candidate) -> Option<&'a Candidate> {
        let all = self.by_name.get(name)?;
        match all.as_slice() {
            [only] => Some(only),
            several => several.iter().find(|found| found.folder() == importer.folder()).copied(),
        }
    }
}

fn under(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
