//! Paths as arguments, or as a list on standard input.

use std::path::PathBuf;

use aetherra_maint::incorporation::evaluate::read_list;
use aetherra_maint::{Error, Result};

/// The paths that are meant, and how they were given.
pub enum Named {
    /// On the command line; none were, perhaps.
    Arguments(Vec<PathBuf>),
    /// On standard input. An empty list is one: it names nothing.
    List(Vec<PathBuf>),
}

/// What `-` among the paths and `-0` ask for.
///
/// # Errors
/// When the list cannot be read, and when paths were given both ways.
pub fn named(paths: &[PathBuf], null: bool) -> Result<Named> {
    if !null && !asks_for_list(paths) {
        return Ok(Named::Arguments(paths.to_vec()));
    }
    if paths.iter().any(|path| path.as_os_str() != "-") || paths.len() > 1 {
        return Err(Error::usage("list-and-paths", "paths were given both as arguments and on standard input")
            .hinted("give `-` alone"));
    }
    read_list(std::io::stdin().lock(), if null { 0 } else { b'\n' }).map(Named::List)
}

/// Whether `-` is among the paths.
pub fn asks_for_list(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path.as_os_str() == "-")
}
