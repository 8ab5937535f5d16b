//! The Python files of a run, for analyses that follow data from one into another.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::inputs::{self, Input};
use crate::model::Language;
use crate::security::flow::{Modules, Unit};
use crate::security::python::{Model, parse};
use crate::security::source::SourceUnit;

/// So many parsed files are kept; a tree takes some ten times the memory of its text.
const MAX_KEPT: usize = 24;

/// The files by their paths, read and parsed when they are needed.
pub struct Project {
    files: BTreeMap<String, PathBuf>,
    folders: BTreeSet<String>,
    kept: Mutex<HashMap<String, Option<Arc<Unit>>>>,
    max_bytes: u64,
}

impl Project {
    /// The files of a run. Files above the limit are not read.
    pub fn new(inputs: &[Input], max_bytes: u64) -> Self {
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
        Self { files, folders, kept: Mutex::new(HashMap::new()), max_bytes }
    }

    fn read(&self, path: &str) -> Option<Arc<Unit>> {
        let source = self.files.get(path)?;
        let stamp = inputs::stamp(source).ok()?;
        if stamp.size > self.max_bytes {
            return None;
        }
        let bytes = inputs::read(source, self.max_bytes).ok()?;
        let source = SourceUnit::decode(path, &bytes, Language::Python).ok()?;
        let module = parse::parse(&source.text).ok()?;
        if Model::new(&module).is_err() {
            std::mem::forget(module);
            return None;
        }
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
        if let Some(known) = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(path) {
            return known.clone();
        }
        let unit = self.read(path);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(path.to_owned(), unit.clone());
        unit
    }
}
