//! From the roots that were named to open folders, or the reason why they cannot be scanned.

use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

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

/// Opens the roots. `project` is canonical; relative roots start from it. Fails when none can be opened.
pub(super) fn open(project: &Path, named: &[PathBuf]) -> Result<Roots> {
    let mut roots = Roots::default();
    for name in named {
        let path = project.join(name);
        match open_one(project, &path) {
            Ok(root) => {
                if !roots.good.iter().any(|known| known.path == root.path && known.only == root.only) {
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

fn open_one(project: &Path, path: &Path) -> std::io::Result<Root> {
    let path = path.canonicalize()?;
    let metadata = path.metadata()?;
    let key = match path.strip_prefix(project) {
        Ok(inner) => path_key::escape(inner.as_os_str().as_bytes()),
        Err(_) => path_key::escape(path.as_os_str().as_bytes()),
    };
    if metadata.is_dir() {
        return Ok(Root { anchor: Anchor::new(&path)?, path, key, only: None });
    }
    if !metadata.is_file() {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "it is neither a folder nor a regular file"));
    }
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "it has no name"));
    };
    Ok(Root { anchor: Anchor::new(folder)?, key, only: Some(name.as_bytes().to_vec()), path: folder.to_path_buf() })
}
