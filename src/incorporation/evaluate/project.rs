//! The Python files of a run, for analyses that follow data from one into another.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::inputs::{self, Input, Inputs, Tree};
use crate::model::{Language, path_key};
use crate::security::flow::{Modules, Unit};
use crate::security::inputs::compiled::{Beside, SourceFile};
use crate::security::python::parse;
use crate::security::source::SourceUnit;

/// Parsed files are kept up to so many bytes of text; a tree takes some ten times the memory of its text.
const MAX_KEPT_BYTES: usize = 2_500_000;

/// The files by their paths, read and parsed when they are needed.
pub struct Project {
    files: BTreeMap<String, PathBuf>,
    folders: BTreeSet<String>,
    kept: Mutex<Kept>,
    max_bytes: u64,
    folder: PathBuf,
    /// Where files are read that are not judged in this run.
    pub tree: Tree,
}

/// The files that were read last.
#[derive(Default)]
struct Kept {
    units: HashMap<String, Option<Arc<Unit>>>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Kept {
    fn get(&mut self, path: &str) -> Option<Option<Arc<Unit>>> {
        let unit = self.units.get(path)?.clone();
        // What is asked for again stays longest.
        if let Some(at) = self.order.iter().position(|known| known == path)
            && let Some(path) = self.order.remove(at)
        {
            self.order.push_back(path);
        }
        Some(unit)
    }

    /// Keeps a file; gives back those that had to go.
    fn add(&mut self, path: &str, unit: Option<Arc<Unit>>) -> Vec<Arc<Unit>> {
        let mut gone = Vec::new();
        let size = |unit: &Option<Arc<Unit>>| unit.as_ref().map_or(0, |unit| unit.source.text.len());
        self.bytes += size(&unit);
        if let Some(known) = self.units.insert(path.to_owned(), unit) {
            self.bytes = self.bytes.saturating_sub(size(&known));
        } else {
            self.order.push_back(path.to_owned());
        }
        while self.bytes > MAX_KEPT_BYTES
            && let Some(oldest) = self.order.pop_front()
        {
            if let Some(unit) = self.units.remove(&oldest) {
                self.bytes = self.bytes.saturating_sub(size(&unit));
                gone.extend(unit);
            }
        }
        gone
    }
}

impl Project {
    /// The files of a run. Files above the limit are not read.
    pub fn new(all: &mut Inputs, max_bytes: u64) -> Self {
        let (inputs, tree) = (&all.files, std::mem::take(&mut all.tree));
        let mut files = BTreeMap::new();
        let mut folders = BTreeSet::new();
        for input in inputs {
            let Input::File { path, source } = input else { continue };
            if !path.ends_with(".py") {
                continue;
            }
            let mut folder = path.as_str();
            while let Some((above, _)) = folder.rsplit_once('/') {
                if !folders.insert(above.to_owned()) {
                    break;
                }
                folder = above;
            }
            files.insert(path.clone(), source.clone());
        }
        let folder = all.project.clone();
        Self { files, folders, kept: Mutex::new(Kept::default()), max_bytes, folder, tree }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, path: &str) -> Option<Arc<Unit>> {
        let source = self.files.get(path)?;
        let stamp = inputs::stamp(source).ok()?;
        if stamp.size > self.max_bytes {
            return None;
        }
        let bytes = inputs::read(source, self.max_bytes).ok()?;
        let source = SourceUnit::decode(path, &bytes, Language::Python).ok()?;
        let module = parse::parse_shallow(&source.text).ok()?;
        Some(Arc::new(Unit { source, module }))
    }
}

impl Modules for Project {
    fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn load(&self, path: &str) -> Option<Arc<Unit>> {
        if let Some(known) = self.lock().get(path) {
            return known;
        }
        let unit = self.read(path);
        let gone = self.lock().add(path, unit.clone());
        // Trees take long to drop, and nobody shall wait for it.
        drop(gone);
        unit
    }

    fn beside(&self, path: &str) -> Beside {
        let Some(bytes) = self.tree.read(&self.folder, path, self.max_bytes) else {
            let exists = matches!(self.tree, Tree::Disk) && path_key::to_path(&self.folder, path).exists();
            return if exists { Beside::Unknown } else { Beside::Missing };
        };
        let changed = match self.tree {
            Tree::Disk => inputs::stamp(&path_key::to_path(&self.folder, path)).ok(),
            // git keeps no times.
            Tree::Git(_) => None,
        };
        let changed = changed.map(|stamp| stamp.mtime_ns.div_euclid(1_000_000_000));
        Beside::File(SourceFile { bytes, changed })
    }

    fn kept(&self, path: &str) -> Option<Arc<Unit>> {
        self.lock().get(path)?
    }
}
