//! Reading and writing baselines.

use std::io::Read;
use std::path::Path;

use super::Evaluated;
use crate::error::{Error, Result};
use crate::host::replace::{FOR_OWNER, replace_file};
use crate::security::baseline::{Baseline, MAX_BYTES};

/// Reads a baseline from a file.
///
/// # Errors
/// When it is not there, too large, or no baseline.
pub fn read(path: &Path) -> Result<Baseline> {
    let failed = |error| Error::io("reading the baseline", path, error).of_kind(crate::ErrorKind::Usage);
    let mut bytes = Vec::new();
    let file = open_named(path).map_err(failed)?;
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::usage("baseline-invalid", "the baseline is no UTF-8 text")
            .at_path(path)
            .hinted("write it anew with `security-eval --write-baseline FILE`")
    })?;
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
    if !evaluated.untold.is_empty() {
        return Err(Error::usage("baseline-too-large", "there are more findings than a baseline of one run can hold")
            .hinted("choose rules with `--select`, or write a baseline for each folder"));
    }
    let baseline = Baseline::of(evaluated.files.iter().flat_map(|(judgement, _)| &judgement.findings));
    let text = baseline.text()?;
    let failed = |error| Error::io("writing the baseline", path, error);
    replace_file(path, "writing the baseline", FOR_OWNER, |out| out.write_all(text.as_bytes()).map_err(failed))
        .map_err(|error| error.of_kind(crate::ErrorKind::Usage))?;
    Ok(baseline)
}
