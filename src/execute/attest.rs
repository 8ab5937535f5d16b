//! Writing keys, manifests and signatures.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

/// Writes a file in one step, in the place of one that is there.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let failed = |error| Error::io("writing what was signed", path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Writes a new file that only its owner may read; never over one that is there.
pub fn write_secret(path: &Path, text: &str) -> Result<()> {
    let failed = |error: std::io::Error| {
        Error::io("writing a key", path, error).of_kind(ErrorKind::Usage).hinted("name a file that does not exist yet")
    };
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}
