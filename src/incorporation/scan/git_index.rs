//! Which files git tracks, read from its index file without running git.
//!
//! Versions 2 to 4 are read, with SHA-1 and SHA-256 names. A split index is followed to its shared part;
//! entries that the split deletes again stay in the answer, which errs on the side of keeping a file.

use std::path::{Path, PathBuf};

use super::open::read_regular;

/// An index of more bytes than this is not read.
const MAX_INDEX_BYTES: u64 = 1 << 30;

/// Small files of git, such as `config`, are not read beyond this many bytes.
const MAX_CONFIG_BYTES: u64 = 1 << 20;

/// What git tracks in one working tree.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tracked {
    /// Paths relative to the top of the working tree, sorted by bytes, as the index has them.
    paths: Vec<Box<[u8]>>,
    /// Set when the index could not be read: then everything counts as tracked.
    unknown: Option<String>,
}

impl Tracked {
    /// Whether this file is tracked.
    pub(super) fn contains(&self, path: &[u8]) -> bool {
        self.unknown.is_some() || self.paths.binary_search_by(|known| (**known).cmp(path)).is_ok()
    }

    /// How many tracked files lie in this folder.
    pub(super) fn count_below(&self, folder: &[u8]) -> usize {
        self.below(folder).count()
    }

    /// The tracked files in this folder.
    pub(super) fn below<'a>(&'a self, folder: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        let from = self.paths.partition_point(|known| **known < *folder);
        self.paths
            .get(from..)
            .unwrap_or_default()
            .iter()
            .map(|known| &**known)
            .take_while(move |known| known.starts_with(folder))
            .filter(move |known| known.get(folder.len()) == Some(&b'/'))
    }

    /// Why nothing is known, when the index could not be read.
    pub(super) fn unknown(&self) -> Option<&str> {
        self.unknown.as_deref()
    }
}

/// Reads the index of the repository whose `.git` is given.
pub(super) fn read(git: &Path) -> Tracked {
    match try_read(git) {
        Ok(mut paths) => {
            // Conflicts have up to three entries of one path, and a shared index may repeat some.
            if !paths.is_sorted() {
                paths.sort_unstable();
            }
            paths.dedup();
            Tracked { paths, unknown: None }
        }
        Err(reason) => Tracked { paths: Vec::new(), unknown: Some(reason) },
    }
}

fn try_read(git: &Path) -> Result<Vec<Box<[u8]>>, String> {
    let folder = git_folder(git)?;
    let hash_bytes = if uses_sha256(&folder) { 32 } else { 20 };
    let Some(bytes) = read_bounded(&folder.join("index"))? else { return Ok(Vec::new()) };
    let index = parse(&bytes, hash_bytes)?;
    let mut paths = index.paths;
    if let Some(shared) = index.shared {
        let name = format!("sharedindex.{shared}");
        let bytes = read_bounded(&folder.join(&name))?.ok_or_else(|| format!("`{name}` is missing"))?;
        paths.extend(parse(&bytes, hash_bytes)?.paths);
    }
    Ok(paths)
}

/// `.git` is a folder, or a file that names one: in a worktree or a submodule.
fn git_folder(git: &Path) -> Result<PathBuf, String> {
    if git.is_dir() {
        return Ok(git.to_path_buf());
    }
    let text = read_text(git).ok_or("`.git` is neither a folder nor a file")?;
    let target = text.strip_prefix("gitdir:").ok_or("`.git` does not name a folder")?.trim();
    Ok(git.parent().unwrap_or(Path::new(".")).join(target))
}

fn uses_sha256(folder: &Path) -> bool {
    let common = read_text(&folder.join("commondir")).map_or_else(|| folder.to_path_buf(), |at| folder.join(at.trim()));
    read_text(&common.join("config")).is_some_and(|config| {
        config.to_ascii_lowercase().lines().any(|line| line.replace([' ', '\t'], "") == "objectformat=sha256")
    })
}

fn read_text(path: &Path) -> Option<String> {
    String::from_utf8(read_regular(path, MAX_CONFIG_BYTES).ok()?).ok()
}

fn read_bounded(path: &Path) -> Result<Option<Vec<u8>>, String> {
    match read_regular(path, MAX_INDEX_BYTES) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Index {
    paths: Vec<Box<[u8]>>,
    /// Hex name of the shared part of a split index.
    shared: Option<String>,
}

fn parse(bytes: &[u8], hash_bytes: usize) -> Result<Index, String> {
    let cut = || "its index is cut off".to_owned();
    let number = |at: usize| -> Option<u32> { Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)) };
    if bytes.get(..4) != Some(b"DIRC") {
        return Err("its index has no signature".to_owned());
    }
    let version = number(4).ok_or_else(cut)?;
    if !(2..=4).contains(&version) {
        return Err(format!("its index has the unknown version {version}"));
    }
    let count = number(8).ok_or_else(cut)? as usize;
    // An entry takes at least its times, its hash and its flags: a count beyond that is a lie.
    let mut paths: Vec<Box<[u8]>> = Vec::with_capacity(count.min(bytes.len() / 62));
    let mut at = 12;
    let mut previous: Vec<u8> = Vec::new();
    for _ in 0..count {
        let start = at;
        at += 40 + hash_bytes;
        let flags = u16::from_be_bytes(bytes.get(at..at + 2).and_then(|pair| pair.try_into().ok()).ok_or_else(cut)?);
        at += if version >= 3 && flags & 0x4000 != 0 { 4 } else { 2 };
        if version == 4 {
            let (strip, after) = offset_varint(bytes, at).ok_or_else(cut)?;
            at = after;
            let kept = previous.len().checked_sub(strip).ok_or_else(cut)?;
            previous.truncate(kept);
        } else {
            previous.clear();
        }
        let rest = bytes.get(at..).ok_or_else(cut)?;
        let end = memchr::memchr(0, rest).ok_or_else(cut)?;
        previous.extend_from_slice(rest.get(..end).ok_or_else(cut)?);
        at += end + 1;
        if version < 4 {
            // Padded with zeros to a multiple of eight; the one that ended the name counts.
            at = start + (at - start).next_multiple_of(8);
        }
        // A split index names the entries that it only replaces with an empty path.
        if !previous.is_empty() {
            paths.push(previous.as_slice().into());
        }
    }
    Ok(Index { paths, shared: shared_name(bytes, at, hash_bytes) })
}

/// The variable-length number that version 4 uses: most significant part first, each step adding one.
fn offset_varint(bytes: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let mut byte = *bytes.get(at)?;
    at += 1;
    let mut value = usize::from(byte & 0x7f);
    while byte & 0x80 != 0 {
        byte = *bytes.get(at)?;
        at += 1;
        value = value.checked_add(1)?.checked_mul(128)?.checked_add(usize::from(byte & 0x7f))?;
    }
    Some((value, at))
}

/// Looks for the `link` extension behind the entries.
fn shared_name(bytes: &[u8], mut at: usize, hash_bytes: usize) -> Option<String> {
    while at + 8 + hash_bytes <= bytes.len() {
        let name = bytes.get(at..at + 4)?;
        let size = u32::from_be_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        if name == b"link" {
            let hash = bytes.get(at + 8..at + 8 + hash_bytes)?;
            return hash.iter().any(|&byte| byte != 0).then(|| hash.iter().map(|byte| format!("{byte:02x}")).collect());
        }
        at = at.checked_add(8)?.checked_add(size)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(version: u32, strip: u8, name: &str) -> Vec<u8> {
        let mut bytes = vec![0; 60];
        bytes.extend([0, 1]);
        if version == 4 {
            bytes.push(strip);
            bytes.extend(name.as_bytes());
            bytes.push(0);
        } else {
            bytes.extend(name.as_bytes());
            bytes.push(0);
            bytes.resize(bytes.len().next_multiple_of(8), 0);
        }
        bytes
    }

    fn index(version: u32, entries: &[(u8, &str)]) -> Vec<u8> {
        let mut bytes = b"DIRC".to_vec();
        bytes.extend(version.to_be_bytes());
        bytes.extend(u32::try_from(entries.len()).unwrap().to_be_bytes());
        for (strip, name) in entries {
            bytes.extend(entry(version, *strip, name));
        }
        bytes.extend([0; 20]);
        bytes
    }

    fn names(bytes: &[u8]) -> Vec<String> {
        let paths = parse(bytes, 20).unwrap().paths;
        paths.iter().map(|path| String::from_utf8(path.to_vec()).unwrap()).collect()
    }

    #[test]
    fn plain_and_compressed_names_are_read() {
        assert_eq!(names(&index(2, &[(0, "a.py"), (0, "dir/long_name.py")])), ["a.py", "dir/long_name.py"]);
        assert_eq!(names(&index(4, &[(0, "dir/a.py"), (4, "b.py"), (8, "z")])), ["dir/a.py", "dir/b.py", "z"]);
    }

    #[test]
    fn folders_count_what_lies_in_them() {
        let tracked = Tracked {
            paths: ["a", "a-b/x", "a/x", "a/y/z", "ab/x"].iter().map(|path| path.as_bytes().into()).collect(),
            unknown: None,
        };
        assert_eq!(tracked.count_below(b"a"), 2);
        assert_eq!(tracked.count_below(b"a/y"), 1);
        assert_eq!(tracked.count_below(b"b"), 0);
        assert!(tracked.contains(b"a/x") && !tracked.contains(b"a/"));
    }

    #[test]
    fn an_unreadable_index_keeps_everything() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index"), b"DIRC\0\0\0\x09").unwrap();
        let tracked = read(folder.path());
        assert!(tracked.unknown().is_some() && tracked.contains(b"anything"));
    }

    #[test]
    fn no_index_means_nothing_is_tracked() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()), Tracked::default());
    }

    proptest::proptest! {
        #[test]
        fn damaged_indexes_never_panic(cut in 0usize..300, at in 0usize..300, byte in proptest::num::u8::ANY, version in 2u32..6) {
            let mut bytes = index(version, &[(0, "dir/a.py"), (4, "b.py"), (8, "z")]);
            bytes.truncate(bytes.len().saturating_sub(cut));
            if let Some(slot) = bytes.get_mut(at) {
                *slot = byte;
            }
            let _ = parse(&bytes, 20);
            let _ = parse(&bytes, 32);
        }
    }
}
