//! The two files that a project starts with. Nothing that exists is ever overwritten.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::settings::manual::commented_manual;

/// What is left out of scans, as a file to start from.
const IGNORE: &str = "\
# What aetherra-maint leaves out of scans, besides .gitignore. The syntax is that of .gitignore.
# Files that git tracks and .aether scripts are scanned whatever .gitignore says; a pattern here counts for all.
#
# fixtures/
# *.generated.py
";

/// The files with what goes into them.
fn files() -> [(&'static str, String); 2] {
    [("aetherra-maint.yaml", commented_manual()), (".aetherraignore", IGNORE.to_owned())]
}

/// The files that would be written into `folder`. Fails when one of them exists.
pub fn starter_paths(folder: &Path) -> Result<Vec<PathBuf>> {
    let paths: Vec<_> = files().iter().map(|(name, _)| joined(folder, name)).collect();
    match paths.iter().find(|path| path.symlink_metadata().is_ok()) {
        Some(path) => Err(exists(path)),
        None => Ok(paths),
    }
}

/// Writes both files into `folder`, or none of them.
pub fn write_starter(folder: &Path) -> Result<Vec<PathBuf>> {
    let paths = starter_paths(folder)?;
    let mut written: Vec<&PathBuf> = Vec::new();
    for (path, (_, text)) in paths.iter().zip(files()) {
        let result = OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| {
            written.push(path);
            file.write_all(text.as_bytes())
        });
        if let Err(error) = result {
            for path in written {
                // The first failure is what matters; half a pair of files must not stay behind.
                let _ = std::fs::remove_file(path);
            }
            return Err(if error.kind() == std::io::ErrorKind::AlreadyExists {
                exists(path)
            } else {
                Error::io("writing the first files", path, error)
            });
        }
    }
    Ok(paths)
}

fn joined(folder: &Path, name: &str) -> PathBuf {
    if folder == Path::new(".") { PathBuf::from(name) } else { folder.join(name) }
}

fn exists(path: &Path) -> Error {
    Error::new(ErrorKind::Usage, "file-exists", "there is such a file already, and it is never overwritten")
        .at_path(path)
        .hinted("edit that file, or move it away")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten_and_nothing_half_written() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(".aetherraignore"), "mine").expect("a file");
        assert_eq!(write_starter(folder.path()).expect_err("it exists").code, "file-exists");
        assert!(!folder.path().join("aetherra-maint.yaml").exists());
        std::fs::remove_file(folder.path().join(".aetherraignore")).expect("it goes");
        assert_eq!(write_starter(folder.path()).expect("two files").len(), 2);
        assert!(write_starter(folder.path()).is_err());
    }
}
