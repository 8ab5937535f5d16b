//! Writing keys, manifests and signatures.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::host::replace::{FOR_OWNER, replace_file};

/// Writes a file in one step, in the place of one that is there.
pub fn write(path: &Path, text: &str) -> Result<()> {
    let failed = |error| Error::io("writing what was signed", path, error);
    replace_file(path, "writing what was signed", FOR_OWNER, |out| out.write_all(text.as_bytes()).map_err(failed))
}

/// Writes a new file that only its owner may read; never over one that is there.
pub fn write_secret(path: &Path, text: &str) -> Result<()> {
    let failed = |error: std::io::Error| {
        Error::io("writing a key", path, error).of_kind(ErrorKind::Usage).hinted("name a file that does not exist yet")
    };
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}
