//! Walking the roots: which files there are, and what is left out and why.
//!
//! All folders of a root are read in parallel. A folder is opened once, its entries are looked at relative
//! to it, and it is closed before its subfolders are entered, so that neither depth nor breadth uses up
//! file handles.

use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::fs::{AtFlags, Dir, FileType, statat};

use super::open::{Anchor, file_stat};
use super::rules::{GIT_IGNORE, OWN_IGNORE, Patterns, Repository, is_aether_script, read_patterns};
use crate::host::Stop;
use crate::model::{FileStat, SkipReason, Skipped, path_key};
use crate::store::DATABASE;
use crate::store::lease::STATE_FOLDER;

/// Bytes of a path below the root. The kernel takes no more in one call, and neither would a host that is
/// to load the file.
const MAX_PATH_BYTES: usize = 4_000;

/// Where Cargo puts what it builds, beside a [`CRATE`].
const BUILD_FOLDER: &[u8] = b"target";

/// The manifest of a crate or a workspace.
const CRATE: &str = "Cargo.toml";

/// A root, ready to be walked.
#[derive(Debug)]
pub(super) struct Root {
    /// The canonical path.
    pub(super) path: PathBuf,
    /// How it is written in the index; empty for the project folder.
    pub(super) key: String,
    /// Its open handle. Files that were named one by one share one, so that a long list opens no more than a short one.
    pub(super) anchor: Arc<Anchor>,
    /// The only file to look at, from the handle, when the root is a file.
    pub(super) only: Option<Vec<u8>>,
}

/// A file that was seen.
#[derive(Debug)]
pub(super) struct Found {
    /// Its key in the index.
    pub(super) key: String,
    /// Which root it was found under.
    pub(super) root: usize,
    /// What the file system says of it.
    pub(super) stat: FileStat,
}

/// All that a walk saw.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) files: Vec<Found>,
    pub(super) skipped: Vec<Skipped>,
    /// Keys of folders whose content is not known.
    pub(super) unknown_folders: Vec<String>,
    /// Indexes of git that were needed and could not be read.
    pub(super) git_trouble: Vec<(PathBuf, String)>,
    /// Roots in which there is no entry at all.
    pub(super) empty_roots: Vec<usize>,
    /// Folders of other people's code of which only what git tracks is looked at: the folder and how many files.
    pub(super) vendored_tracked: Vec<(String, usize)>,
}

/// What does not change during a walk.
pub(super) struct Walk<'a> {
    pub(super) roots: &'a [Root],
    /// Names of folders that are left out.
    pub(super) vendored: &'a [String],
    /// Device and inode of the state directory, which is no part of what is scanned.
    pub(super) state: Option<(u64, u64)>,
    pub(super) stop: &'a Stop,
}

/// Whether a folder is being looked at because of itself, or only for what must not be lost in it.
#[derive(Debug, Clone, PartialEq)]
enum Mode {
    All,
    /// A pattern hides the folder, or it is built: only tracked files and Aether scripts count.
    Salvage,
    /// The folder holds other people's code: only tracked files count.
    Tracked,
}

/// Whose a folder is, by what lies in it.
enum Owner {
    /// Ours.
    Project,
    /// Somebody else's, and nothing in it is ours.
    Other,
    /// Somebody else's by its looks, and git tracks some of it.
    Mixed,
}

#[derive(Clone)]
struct Folder {
    root: usize,
    /// Bytes relative to the root, without a slash at the end.
    relative: Vec<u8>,
    git: Option<Arc<Patterns>>,
    own: Option<Arc<Patterns>>,
    repository: Option<Arc<Repository>>,
    mode: Mode,
}

/// What one folder adds.
#[derive(Default)]
struct Content {
    seen: Seen,
    folders: Vec<Folder>,
}

impl Walk<'_> {
    /// Walks all roots.
    pub(super) fn run(&self) -> Seen {
        let sink = Mutex::new(Seen::default());
        rayon::scope(|scope| {
            for (index, root) in self.roots.iter().enumerate() {
                match &root.only {
                    Some(name) => self.only_file(index, root, name, &sink),
                    None => {
                        let folder = self.top(index, root);
                        let sink = &sink;
                        scope.spawn(move |scope| self.enter(scope, folder, sink));
                    }
                }
            }
        });
        let mut seen = sink.into_inner().unwrap_or_else(PoisonError::into_inner);
        seen.git_trouble.sort();
        seen.git_trouble.dedup();
        seen
    }

    fn top(&self, index: usize, root: &Root) -> Folder {
        let repository = Repository::around(&root.path);
        let top = repository.as_ref().map_or(root.path.as_path(), |repository| repository.top(&root.path));
        Folder {
            root: index,
            relative: Vec::new(),
            git: Patterns::above(&root.path, top, GIT_IGNORE),
            own: Patterns::above(&root.path, top, OWN_IGNORE),
            repository: repository.map(Arc::new),
            mode: Mode::All,
        }
    }

    fn enter<'scope>(&'scope self, scope: &rayon::Scope<'scope>, folder: Folder, sink: &'scope Mutex<Seen>) {
        if self.stop.is_requested() {
            return;
        }
        let mut content = Content::default();
        let mut rest = Some(folder);
        // The last subfolder is entered here rather than handed over: deep trees need no queue.
        while let Some(folder) = rest.take() {
            self.read_folder(&folder, &mut content);
            rest = content.folders.pop();
            for inner in content.folders.drain(..) {
                scope.spawn(move |scope| self.enter(scope, inner, sink));
            }
            if self.stop.is_requested() {
                break;
            }
        }
        let mut seen = sink.lock().unwrap_or_else(PoisonError::into_inner);
        seen.files.append(&mut content.seen.files);
        seen.skipped.append(&mut content.seen.skipped);
        seen.unknown_folders.append(&mut content.seen.unknown_folders);
        seen.git_trouble.append(&mut content.seen.git_trouble);
        seen.empty_roots.append(&mut content.seen.empty_roots);
        seen.vendored_tracked.append(&mut content.seen.vendored_tracked);
    }

    fn only_file(&self, index: usize, root: &Root, name: &[u8], sink: &Mutex<Seen>) {
        let mut seen = sink.lock().unwrap_or_else(PoisonError::into_inner);
        match root.anchor.file(name) {
            Ok((_, stat)) => seen.files.push(Found { key: root.key.clone(), root: index, stat }),
            Err(error) => {
                seen.skipped.push(skipped(root.key.clone(), SkipReason::Unreadable, error.to_string()));
                seen.unknown_folders.push(root.key.clone());
            }
        }
    }

    fn root(&self, folder: &Folder) -> Option<&Root> {
        self.roots.get(folder.root)
    }

    fn key(&self, root: &Root, relative: &[u8]) -> String {
        let inner = path_key::escape(relative);
        match (root.key.as_str(), inner.as_str()) {
            ("", _) => inner,
            (_, "") => root.key.clone(),
            (outer, _) if outer.ends_with('/') => format!("{outer}{inner}"),
            (outer, _) => format!("{outer}/{inner}"),
        }
    }

    fn read_folder(&self, folder: &Folder, content: &mut Content) {
        let Some(root) = self.root(folder) else { return };
        let opened = root.anchor.folder(&folder.relative).and_then(|handle| Ok(Dir::new(handle)?));
        let mut unknown = |error: &std::io::Error| {
            let key = self.key(root, &folder.relative);
            content.seen.unknown_folders.push(key.clone());
            content.seen.skipped.push(skipped(key, SkipReason::Unreadable, error.to_string()));
        };
        let mut dir = match opened {
            Ok(dir) => dir,
            // It was removed since its parent was read, which is no fault: what was in it is gone. The root
            // itself is checked once more at the end.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !folder.relative.is_empty() => return,
            Err(error) => return unknown(&error),
        };
        let mut entries: Vec<(Vec<u8>, FileType)> = Vec::new();
        let mut own_marks = Marks::default();
        while let Some(entry) = dir.read() {
            match entry {
                Ok(entry) => {
                    let name = entry.file_name().to_bytes();
                    if name != b"." && name != b".." {
                        own_marks.note(name);
                        entries.push((name.to_vec(), entry.file_type()));
                    }
                }
                Err(error) => {
                    unknown(&error.into());
                    break;
                }
            }
        }
        if folder.relative.is_empty() && entries.is_empty() {
            content.seen.empty_roots.push(folder.root);
        }
        let Ok(handle) = dir.fd() else { return };
        let mixed;
        let mut folder = folder;
        if !folder.relative.is_empty() {
            match self.owner(root, folder, &own_marks, handle, content) {
                Owner::Project => {}
                Owner::Other => return,
                Owner::Mixed => {
                    mixed = Folder { mode: Mode::Tracked, ..folder.clone() };
                    folder = &mixed;
                }
            }
        }
        let inner = self.rules_of(root, folder, &own_marks);
        let folder = inner.as_ref().unwrap_or(folder);
        let mut prefix = folder.relative.clone();
        if !prefix.is_empty() {
            prefix.push(b'/');
        }
        let base = prefix.len();
        for (name, kind) in entries {
            prefix.truncate(base);
            prefix.extend_from_slice(&name);
            self.entry(root, folder, handle, &name, &prefix, kind, content);
        }
    }

    /// Whether the folder says by itself that what it holds is not ours: the state, a virtual environment,
    /// a cache.
    fn owner(&self, root: &Root, folder: &Folder, marks: &Marks, handle: impl AsFd, content: &mut Content) -> Owner {
        let is_state = marks.state
            && folder.relative.rsplit(|byte| *byte == b'/').next() == Some(STATE_FOLDER.as_bytes())
            || self.state.is_some()
                && rustix::fs::fstat(handle).is_ok_and(|stat| self.state == Some((stat.st_dev, stat.st_ino)));
        let detail = if marks.environment {
            "a virtual environment (`pyvenv.cfg`)"
        } else if marks.cache {
            "a cache (`CACHEDIR.TAG`)"
        } else if is_state {
            // Also one that this run does not use: what is deployed in it would be found twice.
            "the state of aetherra-maint"
        } else {
            return Owner::Project;
        };
        let tracked = if is_state { 0 } else { self.tracked_below(folder, &folder.relative, content) };
        // A cache that is tracked is no cache.
        if marks.cache && !marks.environment && tracked > 0 {
            return Owner::Project;
        }
        // Of what is hidden already, the folder around it is told.
        let key = self.key(root, &folder.relative);
        if folder.mode == Mode::All {
            content.seen.skipped.push(skipped(format!("{key}/"), SkipReason::Vendored, detail.to_owned()));
        }
        if tracked == 0 {
            return Owner::Other;
        }
        if folder.mode != Mode::Tracked {
            content.seen.vendored_tracked.push((key, tracked));
        }
        Owner::Mixed
    }

    /// How many files git tracks in a folder.
    fn tracked_below(&self, folder: &Folder, relative: &[u8], content: &mut Content) -> usize {
        let Some(repository) = &folder.repository else { return 0 };
        let tracked = repository.count_below(relative);
        self.note_trouble(folder, content);
        tracked
    }

    /// The folder with its own ignore files and its own repository added, when it has any.
    fn rules_of(&self, root: &Root, folder: &Folder, marks: &Marks) -> Option<Folder> {
        let nested = marks.repository && !folder.relative.is_empty() && folder.mode == Mode::All;
        if !marks.git_ignore && !marks.own_ignore && !nested {
            return None;
        }
        let path = root.path.join(std::ffi::OsStr::from_bytes(&folder.relative));
        let base = if folder.relative.is_empty() { 0 } else { folder.relative.len() + 1 };
        let mut inner = folder.clone();
        if nested {
            // Another working tree: the patterns of the outer one end here.
            inner.repository = Some(Arc::new(Repository::inside(&path, base)));
            inner.git = None;
        }
        let add = |wanted: bool, name: &str, patterns: &mut Option<Arc<Patterns>>| {
            let source = path.join(name);
            if wanted && let Some(text) = read_patterns(&source) {
                *patterns = Patterns::inside(patterns.take(), base, &source, &text);
            }
        };
        add(marks.git_ignore, GIT_IGNORE, &mut inner.git);
        add(marks.own_ignore, OWN_IGNORE, &mut inner.own);
        Some(inner)
    }

    fn entry(
        &self,
        root: &Root,
        folder: &Folder,
        handle: impl AsFd,
        name: &[u8],
        relative: &[u8],
        kind: FileType,
        content: &mut Content,
    ) {
        // Some file systems do not say in the listing what an entry is.
        let (kind, stat) = match kind {
            FileType::Unknown | FileType::RegularFile => match statat(&handle, name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(stat) => (FileType::from_raw_mode(stat.st_mode), Some(stat)),
                Err(rustix::io::Errno::NOENT) => return,
                Err(error) => {
                    let key = self.key(root, relative);
                    content.seen.unknown_folders.push(key.clone());
                    content.seen.skipped.push(skipped(key, SkipReason::Unreadable, error.to_string()));
                    return;
                }
            },
            other => (other, None),
        };
        if relative.len() > MAX_PATH_BYTES {
            let key = self.key(root, relative);
            let detail = format!("its path has more than {MAX_PATH_BYTES} bytes");
            content.seen.unknown_folders.push(key.clone());
            content.seen.skipped.push(skipped(shorten(&key), SkipReason::LimitReached, detail));
            return;
        }
        match kind {
            FileType::Directory
                if name == BUILD_FOLDER && statat(&handle, CRATE, AtFlags::SYMLINK_NOFOLLOW).is_ok() =>
            {
                self.build_output(root, folder, relative, content);
            }
            FileType::Directory => self.subfolder(root, folder, name, relative, content),
            FileType::RegularFile => {
                // In a worktree or a submodule `.git` is a file.
                if name == b".git" {
                    return;
                }
                let Some(stat) = stat else { return };
                if self.wants(root, folder, name, relative, content) {
                    let key = self.key(root, relative);
                    content.seen.files.push(Found { key, root: folder.root, stat: file_stat(&stat) });
                }
            }
            _ if folder.mode != Mode::All => {}
            FileType::Symlink => {
                let detail = link_detail(root, &handle, name, relative);
                content.seen.skipped.push(skipped(self.key(root, relative), SkipReason::Symlink, detail));
            }
            other => {
                let detail = match other {
                    FileType::Fifo => "a pipe",
                    FileType::Socket => "a socket",
                    _ => "a device",
                };
                content.seen.skipped.push(skipped(self.key(root, relative), SkipReason::Special, detail.to_owned()));
            }
        }
    }

    /// Whether a file is to be indexed.
    fn wants(&self, root: &Root, folder: &Folder, name: &[u8], relative: &[u8], content: &mut Content) -> bool {
        let path = Path::new(std::ffi::OsStr::from_bytes(relative));
        let mut leave_out = |pattern: String| {
            content.seen.skipped.push(skipped(self.key(root, relative), SkipReason::Ignored, pattern));
        };
        if let Some(hidden) = folder.own.as_ref().and_then(|own| own.hides(path, false)) {
            leave_out(hidden.pattern);
            return false;
        }
        let is_tracked = || folder.repository.as_ref().is_some_and(|repository| repository.tracks(relative));
        let must_not_be_lost = || is_aether_script(name) || is_tracked();
        if folder.mode != Mode::All {
            let wanted = if folder.mode == Mode::Tracked { is_tracked() } else { must_not_be_lost() };
            self.note_trouble(folder, content);
            return wanted;
        }
        let Some(hidden) = folder.git.as_ref().and_then(|git| git.hides(path, false)) else { return true };
        let wanted = must_not_be_lost();
        if !wanted {
            leave_out(hidden.pattern);
        }
        self.note_trouble(folder, content);
        wanted
    }

    fn note_trouble(&self, folder: &Folder, content: &mut Content) {
        if let Some(trouble) = folder.repository.as_ref().and_then(|repository| repository.trouble())
            && !content.seen.git_trouble.contains(&trouble)
        {
            content.seen.git_trouble.push(trouble);
        }
    }

    /// What Cargo builds beside a manifest. The name alone is too common, and what git tracks is no output, so it
    /// is looked for.
    fn build_output(&self, root: &Root, folder: &Folder, relative: &[u8], content: &mut Content) {
        let path = Path::new(std::ffi::OsStr::from_bytes(relative));
        let key = format!("{}/", self.key(root, relative));
        if let Some(hidden) = folder.own.as_ref().and_then(|own| own.hides(path, true)) {
            content.seen.skipped.push(skipped(key, SkipReason::Ignored, hidden.pattern));
            return;
        }
        if folder.mode == Mode::All {
            let detail = "what Cargo builds (`Cargo.toml` beside it)".to_owned();
            content.seen.skipped.push(skipped(key, SkipReason::Vendored, detail));
        }
        let mode = if folder.mode == Mode::Tracked { Mode::Tracked } else { Mode::Salvage };
        content.folders.push(Folder { relative: relative.to_vec(), mode, ..folder.clone() });
    }

    /// A folder of other people's code, by its name. What git tracks in it is the project's all the same.
    fn vendored(&self, root: &Root, folder: &Folder, name: &[u8], relative: &[u8], content: &mut Content) {
        let key = self.key(root, relative);
        if folder.mode == Mode::All {
            let detail = format!("`{}` in scan.vendored", String::from_utf8_lossy(name));
            content.seen.skipped.push(skipped(format!("{key}/"), SkipReason::Vendored, detail));
        }
        let path = Path::new(std::ffi::OsStr::from_bytes(relative));
        if name == b".git" || folder.own.as_ref().is_some_and(|own| own.hides(path, true).is_some()) {
            return;
        }
        let tracked = self.tracked_below(folder, relative, content);
        if tracked == 0 {
            return;
        }
        if folder.mode != Mode::Tracked {
            content.seen.vendored_tracked.push((key, tracked));
        }
        content.folders.push(Folder { relative: relative.to_vec(), mode: Mode::Tracked, ..folder.clone() });
    }

    fn subfolder(&self, root: &Root, folder: &Folder, name: &[u8], relative: &[u8], content: &mut Content) {
        if std::str::from_utf8(name).is_ok_and(|name| self.vendored.iter().any(|vendored| vendored == name)) {
            self.vendored(root, folder, name, relative, content);
            return;
        }
        if folder.mode == Mode::Tracked && self.tracked_below(folder, relative, content) == 0 {
            return;
        }
        let path = Path::new(std::ffi::OsStr::from_bytes(relative));
        let mut leave_out = |pattern: String| {
            let key = self.key(root, relative);
            content.seen.skipped.push(skipped(format!("{key}/"), SkipReason::Ignored, pattern));
        };
        if let Some(hidden) = folder.own.as_ref().and_then(|own| own.hides(path, true)) {
            leave_out(hidden.pattern);
            return;
        }
        let mut mode = folder.mode.clone();
        if mode == Mode::All
            && let Some(hidden) = folder.git.as_ref().and_then(|git| git.hides(path, true))
        {
            leave_out(hidden.pattern);
            mode = Mode::Salvage;
        }
        content.folders.push(Folder { relative: relative.to_vec(), mode, ..folder.clone() });
    }
}

/// What the names in a folder say about it.
#[derive(Default)]
struct Marks {
    git_ignore: bool,
    own_ignore: bool,
    repository: bool,
    environment: bool,
    cache: bool,
    state: bool,
}

impl Marks {
    fn note(&mut self, name: &[u8]) {
        match name {
            b".gitignore" => self.git_ignore = true,
            b".aetherraignore" => self.own_ignore = true,
            b".git" => self.repository = true,
            b"pyvenv.cfg" => self.environment = true,
            b"CACHEDIR.TAG" => self.cache = true,
            name if name == DATABASE.as_bytes() => self.state = true,
            _ => {}
        }
    }
}

fn skipped(path: String, reason: SkipReason, detail: String) -> Skipped {
    Skipped { path, reason, detail }
}

/// A key that is too long to be read keeps its start.
fn shorten(key: &str) -> String {
    let start: String = key.chars().take(200).collect();
    format!("{start}…")
}

/// Where a link leads, in words.
fn link_detail(root: &Root, handle: impl AsFd, name: &[u8], relative: &[u8]) -> String {
    let target = rustix::fs::readlinkat(&handle, name, Vec::new());
    let target = target.map_or_else(|_| "?".to_owned(), |target| path_key::escape(target.to_bytes()));
    let path = root.path.join(std::ffi::OsStr::from_bytes(relative));
    let where_to = match std::fs::canonicalize(&path) {
        Ok(real) if real.starts_with(&root.path) => "inside the root",
        Ok(_) => "leaves the root",
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => "leads nowhere",
        Err(error) if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => "loops",
        Err(_) => "cannot be followed",
    };
    format!("to `{target}`, which {where_to}").replace("which inside", "which lies inside")
}
