//! Writes the files of a sample system.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::host::disk::names_in;

/// Makes a folder for a sample, or takes an empty one.
///
/// # Errors
///
/// When the folder holds anything: nothing of the operator's is ever mixed with a sample.
pub fn empty_folder(folder: &Path) -> Result<PathBuf> {
    std::fs::create_dir_all(folder).map_err(|error| Error::io("making the folder", folder, error))?;
    let names = names_in(folder).map_err(|error| Error::io("reading the folder", folder, error))?;
    if !names.is_empty() {
        return Err(Error::usage("folder-not-empty", "the sample is only written into an empty folder")
            .at_path(folder)
            .hinted("name a folder that does not exist yet, or none: then a temporary one is made"));
    }
    folder.canonicalize().map_err(|error| Error::io("finding the folder", folder, error))
}

/// Makes a temporary folder that stays.
pub fn temporary_folder() -> Result<PathBuf> {
    let folder = std::env::temp_dir();
    let made = tempfile::Builder::new().prefix("aetherra-demo-").tempdir();
    Ok(made.map_err(|error| Error::io("making a temporary folder", &folder, error))?.keep())
}

/// Writes files, each with its path in the folder, making the folders between.
pub fn write_files(folder: &Path, files: &[(&str, &str)]) -> Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| Error::io("making a folder", parent, error))?;
        }
        std::fs::write(&path, format!("{}\n", text.trim_end()))
            .map_err(|error| Error::io("writing the sample", &path, error))?;
    }
    Ok(())
}
