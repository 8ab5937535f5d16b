//! Writing a file that the operator named: in one step, and never instead of a device.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Permission bits of a file that others may read.
pub const FOR_ALL: u32 = 0o644;

/// Permission bits of a file for its owner alone.
pub const FOR_OWNER: u32 = 0o600;

/// Writes what `fill` writes into the file at `path`, replacing one that is there in one step, durably. `doing` is
/// a verb phrase such as "writing the report".
///
/// A device, a pipe or a socket is written to and stays what it is: a rename would put a file in the place of
/// `/dev/null`, for every program of the machine. A link stays as well, and what it leads to is replaced.
///
/// # Errors
/// When `fill` fails, and when the file cannot be written; a file that was there is then as it was.
pub fn replace_file<T>(
    path: &Path,
    doing: &str,
    mode: u32,
    fill: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<T> {
    let failed = |error| unwritable(doing, path, error);
    let target = match path.metadata() {
        Ok(metadata) if metadata.is_file() => path.canonicalize().map_err(failed)?,
        Ok(_) => return fill(&mut OpenOptions::new().write(true).open(path).map_err(failed)?),
        Err(error) if error.kind() == ErrorKind::NotFound => path.to_path_buf(),
        Err(error) => return Err(failed(error)),
    };
    let folder = folder_of(&target);
    let mut file = tempfile::Builder::new().prefix(".aetherra-maint-").tempfile_in(&folder).map_err(failed)?;
    let filled = fill(&mut file)?;
    file.as_file().set_permissions(Permissions::from_mode(mode)).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&target).map_err(|error| failed(error.error))?;
    File::open(&folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(filled)
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf()
}

/// That there is no such file is no mistake in what is to be written: its folder is what is missing.
fn unwritable(doing: &str, path: &Path, error: std::io::Error) -> Error {
    let is_missing = error.kind() == ErrorKind::NotFound;
    let mut told = Error::io(doing, path, error);
    if is_missing {
        told.hints = vec!["make the folder first, or name another file".to_owned()];
    }
    told
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::os::unix::fs::FileTypeExt as _;

    use super::*;

    fn make_pipe(path: &Path) {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).expect("a pipe");
    }

    fn write(path: &Path, text: &str) -> Result<()> {
        replace_file(path, "writing a test", FOR_OWNER, |out| {
            out.write_all(text.as_bytes()).map_err(|error| Error::io("writing a test", path, error))
        })
    }

    #[test]
    fn a_file_is_replaced_and_a_link_to_it_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        write(&file, "one").expect("a new file");
        std::os::unix::fs::symlink("file", &link).expect("a link");
        write(&link, "two").expect("what it leads to");
        assert_eq!(std::fs::read_to_string(&file).expect("text"), "two");
        assert!(link.symlink_metadata().expect("a link").is_symlink());
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 2, "nothing else stays");
    }

    #[test]
    fn what_fails_in_the_middle_leaves_the_old_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        write(&file, "one").expect("a new file");
        let failed: Result<()> = replace_file(&file, "writing a test", FOR_ALL, |out| {
            out.write_all(b"half").expect("a temporary file");
            Err(Error::usage("usage", "no more"))
        });
        assert_eq!(failed.expect_err("an error").code, "usage");
        assert_eq!(std::fs::read_to_string(&file).expect("text"), "one");
    }

    #[test]
    fn what_is_no_file_stays_what_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
        assert!(write(&socket, "one").is_err(), "nobody can open a socket");
        assert!(socket.symlink_metadata().expect("it is there").file_type().is_socket());
        assert!(write(folder.path(), "one").is_err(), "a folder is no file");
        let pipe = folder.path().join("pipe");
        make_pipe(&pipe);
        let mut reader = OpenOptions::new().read(true).write(true).open(&pipe).expect("the pipe");
        write(&pipe, "one").expect("a pipe takes it");
        let mut read = [0; 3];
        reader.read_exact(&mut read).expect("what was written");
        assert_eq!((&read, pipe.metadata().expect("it is there").file_type().is_fifo()), (b"one", true));
        let missing = write(&folder.path().join("no/file"), "one").expect_err("no folder");
        assert!(missing.hints.iter().any(|hint| hint.contains("make the folder")), "{:?}", missing.hints);
    }
}
