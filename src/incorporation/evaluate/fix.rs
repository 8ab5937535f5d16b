//! Safe changes to what was judged.

use std::path::{Path, PathBuf};

use super::Evaluated;
use crate::error::Result;
use crate::execute::fixes;
use crate::model::{Digest, Severity, path_key};
use crate::security::{fix, source};

/// A file with the changes that are safe to make in it.
pub struct Prepared {
    /// As findings name it.
    pub path: String,
    /// Where it lies.
    pub source: PathBuf,
    /// What was judged.
    pub digest: Digest,
    /// The text as it is.
    pub old: String,
    /// The text as it would be.
    pub new: String,
    /// How many changes.
    pub fixes: usize,
}

/// Prepares the changes for all findings that are told. Files that are not plain UTF-8, that cannot be read, or that
/// changed since they were judged are left out.
pub fn prepare(project: &Path, evaluated: &Evaluated, report_from: Severity) -> Vec<Prepared> {
    let mut all = Vec::new();
    for (judgement, _) in &evaluated.files {
        if judgement.findings.iter().all(|finding| finding.fix.is_none()) {
            continue;
        }
        let path = path_key::to_path(project, &judgement.path);
        let Ok(bytes) = std::fs::read(&path) else { continue };
        if Digest::of(&bytes) != judgement.digest {
            continue;
        }
        let Ok((old, "utf-8")) = source::decode(&bytes) else { continue };
        let (new, fixes) = fix::apply(&old, &judgement.findings, report_from);
        if fixes > 0 {
            all.push(Prepared {
                path: judgement.path.clone(),
                source: path,
                digest: judgement.digest,
                old,
                new,
                fixes,
            });
        }
    }
    all
}

/// Makes the changes.
///
/// # Errors
/// The first file that cannot be written; those before it are written.
pub fn make(prepared: &[Prepared]) -> Result<()> {
    prepared.iter().try_for_each(|file| fixes::write(&file.source, file.digest, &file.new))
}
