//! Which files are judged: paths and folders, lists on standard input, the index of git, a range of commits.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::git;
use crate::error::{Error, Result};
use crate::host::Host;
use crate::incorporation::scan::Repository;
use crate::model::{Diagnostic, FileStamp, SkipReason, Skipped, TrustMode, path_key};
use crate::security::inputs as security;

/// Folders of other people's code, and of tools, that are left out by name wherever a folder is walked, but for what git
/// tracks in them.
const VENDORED: &[&str] = &[
    ".git",
    ".hg",
    ".svn",
    "node_modules",
    "site-packages",
    "dist-packages",
    ".venv",
    "venv",
    ".tox",
    ".nox",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".aetherra",
    "__pypackages__",
    ".eggs",
    "bower_components",
];

/// Those of them that belong to tools, whatever git says.
const NOT_OURS: &[&str] = &[".git", ".hg", ".svn", ".aetherra"];

/// Whether a folder of this name is left out wherever a folder is walked.
pub(super) fn is_vendored(name: &str) -> bool {
    VENDORED.contains(&name)
}

/// A list of paths on standard input is cut off after this many bytes.
const MAX_LIST_BYTES: u64 = 64 << 20;

/// One file to judge.
#[derive(Debug)]
pub enum Input {
    /// A file in the tree.
    File {
        /// As findings name it.
        path: String,
        /// Where it lies.
        source: PathBuf,
    },
    /// Content that does not lie in the tree in this form.
    Blob {
        /// As findings name it.
        path: String,
        /// The content.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// As findings name it.
    pub fn path(&self) -> &str {
        match self {
            Self::File { path, .. } | Self::Blob { path, .. } => path,
        }
    }
}

/// Where files are read that are not judged and say something about those that are: manifests, and the sources of
/// compiled files.
#[derive(Debug, Default)]
pub enum Tree {
    /// In the folder of the project.
    #[default]
    Disk,
    /// As git has them, by their paths.
    Git(BTreeMap<String, Vec<u8>>),
}

impl Tree {
    /// A file of the project; none when there is none, when it is no regular file, or when it is larger than the limit.
    pub fn read(&self, project: &Path, path: &str, limit: u64) -> Option<Vec<u8>> {
        match self {
            Self::Disk => {
                let file = crate::host::disk::open_regular(&path_key::to_path(project, path)).ok()?;
                let size = file.metadata().map_or(0, |metadata| metadata.len().min(limit));
                let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
                file.take(limit + 1).read_to_end(&mut bytes).ok()?;
                (bytes.len() as u64 <= limit).then_some(bytes)
            }
            Self::Git(files) => files.get(path).filter(|bytes| bytes.len() as u64 <= limit).cloned(),
        }
    }
}

/// What there is to judge.
#[derive(Debug, Default)]
pub struct Inputs {
    /// In the order of the paths, each once.
    pub files: Vec<Input>,
    /// What was left out.
    pub skipped: Vec<Skipped>,
    /// The folder that relative paths start from.
    pub project: PathBuf,
    /// Where what lies around them is read.
    pub tree: Tree,
}

impl Inputs {
    /// What there is to say when a baseline is a part of the very change that it is held against.
    pub fn remark_on(&self, baseline: &Path, change: bool) -> Option<Diagnostic> {
        let path = shown(&self.project, baseline);
        let files = self.files.iter().map(Input::path);
        let mut all = files.chain(self.skipped.iter().map(|skipped| skipped.path.as_str()));
        (change && all.any(|one| one == path)).then(|| {
            let text = "the baseline is a part of the change that it is held against";
            Diagnostic::warning("baseline-changed", text).at(path).helped("look at what was added to it")
        })
    }
}

/// Where inputs come from.
#[derive(Debug)]
pub enum Wanted {
    /// These files and folders, relative to the project.
    Paths(Vec<PathBuf>),
    /// What is staged for the next commit, as it is staged.
    Staged,
    /// What changed between two commits, as it is in the second.
    Range {
        /// The older commit.
        from: String,
        /// The newer commit.
        to: String,
    },
}

/// How the ignore files of a project are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IgnoreFiles {
    /// What they hide is left out, and told.
    Obeyed,
    /// They hide nothing: a project must not loosen its own gate.
    Refused,
}

impl From<TrustMode> for IgnoreFiles {
    fn from(mode: TrustMode) -> Self {
        match mode {
            TrustMode::Strict => Self::Refused,
            TrustMode::Permissive | TrustMode::Standard => Self::Obeyed,
        }
    }
}

/// Collects the inputs.
///
/// # Errors
/// A path that does not exist; git that is missing or refuses.
pub fn collect(project: &Path, host: &Host, wanted: &Wanted, hidden: IgnoreFiles) -> Result<Inputs> {
    let mut inputs = match wanted {
        Wanted::Paths(paths) => from_paths(project, paths, hidden)?,
        Wanted::Staged => git::staged(project, host)?,
        Wanted::Range { from, to } => git::range(project, host, from, to)?,
    };
    inputs.project = project.to_path_buf();
    inputs.files.sort_by(|a, b| a.path().cmp(b.path()));
    inputs.files.dedup_by(|a, b| a.path() == b.path());
    inputs.skipped.sort();
    Ok(inputs)
}

/// Reads a list of paths: one a line, or each ended by NUL.
///
/// # Errors
/// When the list cannot be read or is too long.
pub fn read_list(reader: impl Read, separator: u8) -> Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    reader.take(MAX_LIST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| {
        Error::io("reading the list of paths", Path::new("-"), error).of_kind(crate::ErrorKind::Usage)
    })?;
    if bytes.len() as u64 > MAX_LIST_BYTES {
        return Err(Error::usage("list-too-long", format!("the list of paths is longer than {MAX_LIST_BYTES} bytes"))
            .hinted("name the folder instead"));
    }
    Ok(bytes
        .split(|byte| *byte == separator)
        .map(|line| if separator == b'\n' { line.strip_suffix(b"\r").unwrap_or(line) } else { line })
        .filter(|line| !line.is_empty())
        .map(path_of)
        .collect())
}

fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

fn from_paths(project: &Path, paths: &[PathBuf], hidden: IgnoreFiles) -> Result<Inputs> {
    let mut inputs = Inputs::default();
    for given in paths {
        let source = if given.is_absolute() { given.clone() } else { project.join(given) };
        let metadata = std::fs::metadata(&source)
            .map_err(|error| Error::io("looking at an input", given, error).of_kind(crate::ErrorKind::Usage))?;
        if leaves_by_link(project, given, &source) {
            let path = shown(project, &source);
            skip(&mut inputs, path, SkipReason::Unreadable, "a symbolic link leads out of the project; name the file");
        } else if metadata.is_dir() {
            walk(project, &source, hidden, &mut inputs);
        } else {
            let path = shown(project, &source);
            if !metadata.is_file() {
                // It was asked for by name: that it cannot be judged is a gap.
                skip(&mut inputs, path, SkipReason::Unreadable, "it is no regular file");
            } else if is_judged(&source, &path) {
                inputs.files.push(Input::File { path, source });
            } else {
                skip(&mut inputs, path, SkipReason::Unsupported, "no analyser knows this kind of file");
            }
        }
    }
    Ok(inputs)
}

/// Whether a path that lies in the project by its name, or that is a link itself, leads out of it.
fn leaves_by_link(project: &Path, given: &Path, source: &Path) -> bool {
    let is_link = std::fs::symlink_metadata(source).is_ok_and(|found| found.is_symlink());
    let steps_up = given.components().any(|component| component == Component::ParentDir);
    let by_name = !steps_up && source.starts_with(project);
    let leads_inside = match (project.canonicalize(), source.canonicalize()) {
        (Ok(project), Ok(source)) => source.starts_with(project),
        _ => false,
    };
    (is_link || by_name) && !leads_inside
}

fn skip(inputs: &mut Inputs, path: String, reason: SkipReason, detail: &str) {
    inputs.skipped.push(Skipped { path, reason, detail: detail.to_owned() });
}

/// The name of the files that hide others from us.
const OWN_IGNORE: &str = ".aetherraignore";

/// So many files that are hidden are named; a folder that is hidden may be endless.
const MAX_HIDDEN: usize = 10_000;

/// Folders that a walk did not enter because of their names.
type Left = Arc<Mutex<Vec<PathBuf>>>;

fn walker(root: &Path) -> (ignore::WalkBuilder, Left) {
    let mut builder = ignore::WalkBuilder::new(root);
    builder.standard_filters(false).follow_links(false);
    let left = Left::default();
    let note = Arc::clone(&left);
    builder.filter_entry(move |entry| {
        let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let name = entry.file_name().to_str().unwrap_or_default();
        let entered = entry.depth() == 0 || !folder || !VENDORED.contains(&name);
        if !entered && !NOT_OURS.contains(&name) {
            note.lock().unwrap_or_else(PoisonError::into_inner).push(entry.path().to_path_buf());
        }
        entered
    });
    (builder, left)
}

/// Adds what git tracks in folders that were not entered: it is a part of the project, whatever its folder is called.
fn add_tracked(project: &Path, root: &Path, left: &Left, inputs: &mut Inputs) {
    let left = std::mem::take(&mut *left.lock().unwrap_or_else(PoisonError::into_inner));
    if left.is_empty() {
        return;
    }
    let Some((top, repository)) =
        root.canonicalize().ok().and_then(|top| Repository::around(&top).map(|repository| (top, repository)))
    else {
        return;
    };
    for folder in left {
        let Ok(relative) = folder.strip_prefix(root) else { continue };
        for tracked in repository.below(relative.as_os_str().as_bytes()) {
            let tracked = Path::new(std::ffi::OsStr::from_bytes(&tracked));
            let source = root.join(tracked);
            // A folder on the way may be a link by now, and lead anywhere.
            let is_there = std::fs::symlink_metadata(&source).is_ok_and(|found| found.is_file())
                && source.canonicalize().is_ok_and(|real| real == top.join(tracked));
            let path = shown(project, &source);
            if is_there && is_judged(&source, &path) {
                inputs.files.push(Input::File { path, source });
            }
        }
    }
}

fn walk(project: &Path, root: &Path, hidden: IgnoreFiles, inputs: &mut Inputs) {
    let (mut builder, left) = walker(root);
    if hidden == IgnoreFiles::Obeyed {
        builder.add_custom_ignore_filename(OWN_IGNORE);
    }
    let mut hides = false;
    let before = inputs.files.len();
    for entry in builder.build() {
        match entry {
            Ok(entry) => {
                let Some(kind) = entry.file_type() else { continue };
                hides |= hidden == IgnoreFiles::Obeyed && entry.file_name() == OWN_IGNORE;
                if kind.is_dir() && hidden == IgnoreFiles::Obeyed && !hides {
                    // An ignore file can hide itself.
                    hides = entry.path().join(OWN_IGNORE).exists();
                }
                if !kind.is_file() {
                    continue;
                }
                let path = shown(project, entry.path());
                if is_judged(entry.path(), &path) {
                    inputs.files.push(Input::File { path, source: entry.into_path() });
                } else {
                    skip(inputs, path, SkipReason::Unsupported, "no analyser knows this kind of file");
                }
            }
            Err(error) => {
                let path = error_path(&error).map_or_else(|| shown(project, root), |path| shown(project, path));
                skip(inputs, path, SkipReason::Unreadable, &error.to_string());
            }
        }
    }
    add_tracked(project, root, &left, inputs);
    if hides {
        tell_hidden(project, root, before, inputs);
    }
}

/// Tells which files an ignore file kept from being judged.
fn tell_hidden(project: &Path, root: &Path, before: usize, inputs: &mut Inputs) {
    let seen: std::collections::BTreeSet<&str> =
        inputs.files.get(before..).unwrap_or_default().iter().map(Input::path).collect();
    let hidden: Vec<String> = walker(root)
        .0
        .build()
        .flatten()
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(|entry| shown(project, entry.path()))
        .filter(|path| security::by_name(path).is_some() && !seen.contains(path.as_str()))
        .take(MAX_HIDDEN)
        .collect();
    for path in hidden {
        skip(inputs, path, SkipReason::Ignored, "an ignore file of the project hides it");
    }
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

/// The path as the index and findings name it: relative to the project where possible, with `/`, and with what is
/// no printable text escaped.
pub fn shown(project: &Path, source: &Path) -> String {
    let relative = source.strip_prefix(project).ok().map(Path::to_path_buf);
    let relative = relative.or_else(|| {
        let (project, source) = (project.canonicalize().ok()?, source.canonicalize().ok()?);
        source.strip_prefix(project).ok().map(Path::to_path_buf)
    });
    let path = relative.unwrap_or_else(|| source.to_path_buf());
    let mut text = String::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::RootDir => text.push('/'),
            other => {
                if !text.is_empty() && !text.ends_with('/') {
                    text.push('/');
                }
                text.push_str(&path_key::escape(other.as_os_str().as_bytes()));
            }
        }
    }
    text
}

/// Whether an analyser knows this kind of file, by its name or by how it begins.
fn is_judged(source: &Path, path: &str) -> bool {
    if security::by_name(path).is_some() {
        return true;
    }
    let mut start = [0; 512];
    let read = File::open(source).and_then(|mut file| file.read(&mut start)).unwrap_or(0);
    security::of(path, start.get(..read).unwrap_or_default()).is_some()
}

/// What a file looks like from outside.
pub(super) fn stamp(path: &Path) -> std::io::Result<FileStamp> {
    let metadata = std::fs::metadata(path)?;
    let ns = |seconds: i64, nanoseconds: i64| seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds);
    Ok(FileStamp {
        size: metadata.size(),
        mtime_ns: ns(metadata.mtime(), metadata.mtime_nsec()),
        ctime_ns: ns(metadata.ctime(), metadata.ctime_nsec()),
        inode: metadata.ino(),
    })
}

/// Reads a file up to a limit; more is an error, even when the file grew since it was looked at.
pub(super) fn read(path: &Path, limit: u64) -> std::io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(std::io::Error::other("no regular file"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(limit)).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(std::io::Error::other("the file grew while it was read"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_may_end_in_either_way() {
        let paths = |text: &[u8], separator| read_list(text, separator).unwrap_or_default();
        assert_eq!(paths(b"a.py\r\nb c.py\n\n", b'\n'), [PathBuf::from("a.py"), PathBuf::from("b c.py")]);
        assert_eq!(paths(b"a\nb.py\0c.py\0", 0), [PathBuf::from("a\nb.py"), PathBuf::from("c.py")]);
    }

    #[test]
    fn paths_are_shown_from_the_project() {
        assert_eq!(shown(Path::new("/p"), Path::new("/p/./a/b.py")), "a/b.py");
        assert_eq!(shown(Path::new("."), Path::new("./a.py")), "a.py");
        assert_eq!(shown(Path::new("/nowhere"), Path::new("/else/a.py")), "/else/a.py");
        assert_eq!(shown(Path::new("/p"), Path::new("/p/a\nb.py")), "a\\x0ab.py");
        let bytes = Path::new(std::ffi::OsStr::from_bytes(b"/p/\xff.py"));
        assert_eq!(shown(Path::new("/p"), bytes), "\\xff.py");
    }
}
