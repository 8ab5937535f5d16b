//! From the roots that were named to open folders, or the reason why they cannot be scanned.

use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::open::Anchor;
use super::walk::Root;
use crate::error::{Error, ErrorKind, Result};
use crate::model::path_key;

/// A root that cannot be scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadRoot {
    /// How it is written in reports.
    pub(super) key: String,
    /// Whether there is nothing of this name, or it cannot be read.
    pub(super) missing: bool,
    /// What the system said.
    pub(super) detail: String,
}

/// The roots that can be walked, and those that cannot.
#[derive(Debug, Default)]
pub(super) struct Roots {
    pub(super) good: Vec<Root>,
    pub(super) bad: Vec<BadRoot>,
}

/// The project folder as the system knows it.
pub(super) fn canonical_project(project: &Path) -> Result<PathBuf> {
    project
        .canonicalize()
        .map_err(|error| Error::io("opening the project folder", project, error).of_kind(ErrorKind::Usage))
}

/// Opens the roots. `project` is canonical; relative roots start from it. Fails when some were named and none can be
/// opened.
pub(super) fn open(project: &Path, named: &[PathBuf]) -> Result<Roots> {
    let mut roots = Roots::default();
    let mut opened = Opened::default();
    let mut known = FxHashSet::default();
    for name in named {
        match opened.root(project, &project.join(name)) {
            Ok(root) => {
                if known.insert((root.path.clone(), root.only.clone())) {
                    roots.good.push(root);
                }
            }
            Err(error) => roots.bad.push(BadRoot {
                key: path_key::escape(name.as_os_str().as_bytes()),
                missing: error.kind() == std::io::ErrorKind::NotFound,
                detail: error.to_string(),
            }),
        }
    }
    match roots.bad.first() {
        Some(bad) if roots.good.is_empty() => Err(none_left(bad)),
        _ => Ok(roots),
    }
}

fn none_left(bad: &BadRoot) -> Error {
    if bad.missing {
        Error::usage("root-missing", format!("there is no `{}` to scan", bad.key))
            .hinted("check the path; `-C DIR` changes the folder that relative paths start from")
    } else {
        Error::new(ErrorKind::Incomplete, "root-unreadable", format!("`{}` cannot be scanned: {}", bad.key, bad.detail))
            .hinted("run as a user that may read it, or change its permissions; the index was left as it is")
    }
}

/// Folders from which single files are reached.
#[derive(Default)]
struct Opened {
    folders: FxHashMap<PathBuf, Arc<Anchor>>,
}

impl Opened {
    fn root(&mut self, project: &Path, path: &Path) -> std::io::Result<Root> {
        let path = path.canonicalize()?;
        let metadata = path.metadata()?;
        let inside = path.strip_prefix(project).ok();
        let key = path_key::escape(inside.unwrap_or(&path).as_os_str().as_bytes());
        if metadata.is_dir() {
            return Ok(Root { anchor: Arc::new(Anchor::new(&path)?), path, key, only: None });
        }
        let wrong = |why: &str| std::io::Error::new(std::io::ErrorKind::InvalidInput, why);
        if !metadata.is_file() {
            return Err(wrong("it is neither a folder nor a regular file"));
        }
        // A list of thousands of files of a project needs one handle, not thousands.
        let folder = if inside.is_some() { project } else { path.parent().ok_or_else(|| wrong("it has no name"))? };
        let name = path.strip_prefix(folder).map_err(|_| wrong("it has no name"))?.as_os_str().as_bytes().to_vec();
        Ok(Root { anchor: self.folder(folder)?, key, only: Some(name), path: folder.to_path_buf() })
    }

    fn folder(&mut self, folder: &Path) -> std::io::Result<Arc<Anchor>> {
        if let Some(anchor) = self.folders.get(folder) {
            return Ok(Arc::clone(anchor));
        }
        let anchor = Arc::new(Anchor::new(folder)?);
        self.folders.insert(folder.to_path_buf(), Arc::clone(&anchor));
        Ok(anchor)
    }
}
