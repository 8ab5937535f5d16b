//! The few things that all of `execute/` does with files.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::host::Disk;
use crate::host::disk::names_in;

/// Makes a folder unless it is there.
pub fn ensure_dir(disk: &dyn Disk, path: &Path) -> Result<()> {
    match disk.create_dir(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(Error::io("making a folder", path, error)),
        _ => Ok(()),
    }
}

/// Removes a file unless it is gone.
pub fn remove_file(disk: &dyn Disk, path: &Path) -> Result<()> {
    match disk.remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::io("removing a file", path, error)),
        _ => Ok(()),
    }
}

/// Removes a folder with all that is in it. Links are removed, never followed.
pub fn remove_tree(disk: &dyn Disk, path: &Path) -> Result<()> {
    // A stack of our own, so that no depth of folders matters.
    let mut pending = vec![(path.to_path_buf(), Visit::Enter)];
    while let Some((path, visit)) = pending.pop() {
        if visit == Visit::Leave {
            disk.remove_dir(&path).map_err(|error| Error::io("removing a folder", &path, error))?;
            continue;
        }
        match path.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => {
                remove_file(disk, &path)?;
                continue;
            }
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(Error::io("looking at a file", &path, error)),
        }
        pending.push((path.clone(), Visit::Leave));
        pending.extend(entries(&path)?.into_iter().map(|name| (name, Visit::Enter)));
    }
    Ok(())
}

#[derive(PartialEq, Eq)]
enum Visit {
    Enter,
    Leave,
}

/// Makes the names in a folder durable.
pub fn sync_dir(disk: &dyn Disk, path: &Path) -> Result<()> {
    disk.sync_dir(path).map_err(|error| Error::io("making a folder durable", path, error))
}

/// What is in a folder, sorted; nothing when there is no folder.
pub fn entries(path: &Path) -> Result<Vec<PathBuf>> {
    let names = match names_in(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(|error| Error::io("reading a folder", path, error))?,
    };
    let mut found: Vec<PathBuf> = names.into_iter().map(|name| path.join(name)).collect();
    found.sort();
    Ok(found)
}

/// The numbers that are the names of entries of a folder; none when there is no folder.
pub fn numbered(path: &Path) -> Result<Vec<u64>> {
    let number = |path: PathBuf| path.file_name()?.to_str()?.parse::<u64>().ok();
    let mut numbers: Vec<u64> = entries(path)?.into_iter().filter_map(number).collect();
    numbers.sort_unstable();
    Ok(numbers)
}
