//! Reading and writing baselines.

use std::io::Read;
use std::path::Path;

use super::Evaluated;
use crate::error::{Error, Result};
use crate::security::baseline::{Baseline, MAX_BYTES};

/// Reads a baseline from a file.
///
/// # Errors
/// When it is not there, too large, or no baseline.
pub fn read(path: &Path) -> Result<Baseline> {
    let failed = |error| Error::io("reading the baseline", path, error).of_kind(crate::ErrorKind::Usage);
    let mut text = String::new();
    let file = open_named(path).map_err(failed)?;
    file.take(MAX_BYTES as u64 + 1).read_to_string(&mut text).map_err(failed)?;
    Baseline::parse(&text).map_err(|error| error.at_path(path))
}

/// Opens what the operator named. A link is theirs to use, a pipe would be waited for without end.
fn open_named(path: &Path) -> std::io::Result<std::fs::File> {
    crate::host::disk::open_regular(&path.canonicalize()?)
}

/// Writes what counts now to a file, in one step.
///
/// # Errors
/// When the file cannot be written.
pub fn write(path: &Path, evaluated: &Evaluated) -> Result<Baseline> {
    let baseline = Baseline::of(evaluated.files.iter().flat_map(|(judgement, _)| &judgement.findings));
    let failed =
        |error: std::io::Error| Error::io("writing the baseline", path, error).of_kind(crate::ErrorKind::Usage);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".baseline-").tempfile_in(folder).map_err(failed)?;
    let text = serde_json::to_string_pretty(&baseline).map_err(|error| Error::bug(error.to_string()))?;
    std::io::Write::write_all(&mut file, format!("{text}\n").as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(baseline)
}
