//! Writing fixed files, when the user asked for it by `--fix`.

use std::io::Write;
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::model::Digest;

/// Replaces a file by new content, in one step, if its content is still what was judged.
///
/// # Errors
/// `file-changed` (exit 6) when somebody changed it meanwhile; what the operating system refuses.
pub fn write(path: &Path, judged: Digest, new: &[u8]) -> Result<()> {
    let failed = |error: std::io::Error| Error::io("writing a fixed file", path, error);
    let metadata = std::fs::symlink_metadata(path).map_err(failed)?;
    let now = std::fs::read(path).map_err(failed)?;
    if !metadata.is_file() || Digest::of(&now) != judged {
        return Err(Error::new(
            ErrorKind::Precondition,
            "file-changed",
            "the file is not what was judged any more; it was left as it is",
        )
        .at_path(path)
        .hinted("run the command again"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".fix-").tempfile_in(folder).map_err(failed)?;
    file.write_all(new).map_err(failed)?;
    file.as_file().set_permissions(metadata.permissions()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map(drop).map_err(|error| failed(error.error))
}
