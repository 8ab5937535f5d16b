//! What is left out, and what is kept although a pattern hides it.
//!
//! `.gitignore` files (with those above the root up to the top of the working tree, and `info/exclude`)
//! hide what git would hide. They are hints of other people for other purposes, so two things are kept
//! against them: what git tracks, and Aether scripts. `.aetherraignore` has the same syntax, is meant for
//! this program, and is obeyed to the letter. A person's own global ignore file is not read: the same
//! tree gives the same index on every machine.
//!
//! Folders that hold other people's code are left out by name (`scan.vendored`), or because they say so
//! themselves: a virtual environment has `pyvenv.cfg`, a cache has `CACHEDIR.TAG`. `target` beside a `Cargo.toml`
//! is what Cargo built; as the name says little, scripts in it are kept. What git tracks is kept in all of them.

use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::git_index::{self, Tracked};
use super::open::read_regular;

/// The name of our own ignore files.
pub(super) const OWN_IGNORE: &str = ".aetherraignore";

/// The name of git's ignore files.
pub(super) const GIT_IGNORE: &str = ".gitignore";

/// An ignore file of more bytes than this is not a list of patterns.
const MAX_IGNORE_BYTES: u64 = 4 * 1024 * 1024;

/// The working tree around a folder.
#[derive(Debug)]
pub(in crate::incorporation) struct Repository {
    /// Its `.git`, a folder or a file.
    git: PathBuf,
    /// Where the root lies in the working tree, with `/` at the end; empty when the root is its top.
    above: Vec<u8>,
    /// Bytes of a path relative to the root that lead to the top, when that lies inside the root.
    base: usize,
    tracked: OnceLock<Tracked>,
}

impl Repository {
    /// The working tree that `root` lies in, if any.
    pub(in crate::incorporation) fn around(root: &Path) -> Option<Self> {
        let top = root.ancestors().find(|folder| folder.join(".git").exists())?;
        let mut above = root.strip_prefix(top).ok()?.as_os_str().as_bytes().to_vec();
        if !above.is_empty() {
            above.push(b'/');
        }
        Some(Self { git: top.join(".git"), above, base: 0, tracked: OnceLock::new() })
    }

    /// A working tree whose top is a folder inside the root; `base` is the length of its relative path
    /// with the slash.
    pub(super) fn inside(folder: &Path, base: usize) -> Self {
        Self { git: folder.join(".git"), above: Vec::new(), base, tracked: OnceLock::new() }
    }

    /// The top of the working tree that `root` lies in.
    pub(super) fn top<'a>(&'a self, root: &'a Path) -> &'a Path {
        self.git.parent().unwrap_or(root)
    }

    /// What git tracks. Read when it is first asked for: most trees have nothing tracked that a pattern hides.
    pub(super) fn tracked(&self) -> &Tracked {
        self.tracked.get_or_init(|| git_index::read(&self.git))
    }

    /// Why the index could not be read, if it was needed and could not.
    pub(super) fn trouble(&self) -> Option<(PathBuf, String)> {
        Some((self.git.clone(), self.tracked.get()?.unknown()?.to_owned()))
    }

    fn inner(&self, relative: &[u8]) -> Vec<u8> {
        let mut path = self.above.clone();
        path.extend_from_slice(relative.get(self.base..).unwrap_or_default());
        path
    }

    /// Whether git tracks this file, by its path relative to the root.
    pub(super) fn tracks(&self, relative: &[u8]) -> bool {
        self.tracked().contains(&self.inner(relative))
    }

    /// The files that git tracks below this folder, by their paths relative to the root.
    pub(in crate::incorporation) fn below(&self, relative: &[u8]) -> Vec<Vec<u8>> {
        let cut = self.above.len();
        let folder = self.inner(relative);
        self.tracked().below(&folder).map(|path| path.get(cut..).unwrap_or_default().to_vec()).collect()
    }

    /// How many files git tracks below this folder.
    pub(super) fn count_below(&self, relative: &[u8]) -> usize {
        self.tracked().count_below(&self.inner(relative))
    }
}

/// The patterns of one folder and, through `parent`, of those above it.
#[derive(Debug)]
pub(super) struct Patterns {
    parent: Option<Arc<Patterns>>,
    /// What leads from the folder to the root, when it lies above the root.
    above: PathBuf,
    /// Bytes of a path relative to the root that lead to the folder, when it lies inside the root.
    base: usize,
    matcher: Gitignore,
}

/// A pattern that hides something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hidden {
    /// The pattern as written, and the file it stands in.
    pub(super) pattern: String,
}

impl Patterns {
    /// The patterns of a folder inside the root, whose ignore file has this text.
    pub(super) fn inside(parent: Option<Arc<Self>>, base: usize, source: &Path, text: &str) -> Option<Arc<Self>> {
        Self::of(parent, PathBuf::new(), base, source, text)
    }

    fn of(parent: Option<Arc<Self>>, above: PathBuf, base: usize, source: &Path, text: &str) -> Option<Arc<Self>> {
        let mut builder = GitignoreBuilder::new("");
        for line in text.lines() {
            // A line that is no pattern hides nothing; git ignores it as well.
            let _ = builder.add_line(Some(source.to_path_buf()), line);
        }
        match builder.build() {
            Ok(matcher) if !matcher.is_empty() => Some(Arc::new(Self { parent, above, base, matcher })),
            _ => parent,
        }
    }

    /// The patterns of one sort that hold in the root because of files above it.
    pub(super) fn above(root: &Path, top: &Path, name: &str) -> Option<Arc<Self>> {
        let mut patterns = None;
        let mut folders: Vec<&Path> = root.ancestors().skip(1).take_while(|folder| folder.starts_with(top)).collect();
        folders.reverse();
        if name == GIT_IGNORE {
            let exclude = top.join(".git/info/exclude");
            if let Some(text) = read_patterns(&exclude)
                && let Ok(above) = root.strip_prefix(top)
            {
                patterns = Self::of(patterns, above.to_path_buf(), 0, &exclude, &text);
            }
        }
        for folder in folders {
            let source = folder.join(name);
            if let Some(text) = read_patterns(&source)
                && let Ok(above) = root.strip_prefix(folder)
            {
                patterns = Self::of(patterns, above.to_path_buf(), 0, &source, &text);
            }
        }
        patterns
    }

    /// The innermost pattern that hides this path, if any does and no nearer one shows it again.
    pub(super) fn hides(&self, relative: &Path, is_folder: bool) -> Option<Hidden> {
        let mut at = Some(self);
        while let Some(patterns) = at {
            let bytes = relative.as_os_str().as_bytes();
            let inner = Path::new(std::ffi::OsStr::from_bytes(bytes.get(patterns.base..).unwrap_or_default()));
            let found = if patterns.above.as_os_str().is_empty() {
                patterns.matcher.matched(inner, is_folder)
            } else {
                patterns.matcher.matched(patterns.above.join(inner), is_folder)
            };
            match found {
                ignore::Match::None => at = patterns.parent.as_deref(),
                ignore::Match::Whitelist(_) => return None,
                ignore::Match::Ignore(glob) => {
                    let source = glob.from().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
                    return Some(Hidden { pattern: format!("`{}` in {source}", glob.original()) });
                }
            }
        }
        None
    }
}

/// The text of an ignore file, if it is a file and not a link to one.
pub(super) fn read_patterns(path: &Path) -> Option<String> {
    read_regular(path, MAX_IGNORE_BYTES).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether this file is an Aether script by its name.
pub(super) fn is_aether_script(name: &[u8]) -> bool {
    let lower = name.get(name.len().saturating_sub(13)..).unwrap_or_default().to_ascii_lowercase();
    (lower.ends_with(b".aether") && name.len() > 7) || (lower.ends_with(b".aetherplugin") && name.len() > 13)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(parent: Option<Arc<Patterns>>, base: usize, text: &str) -> Option<Arc<Patterns>> {
        Patterns::inside(parent, base, Path::new(".gitignore"), text)
    }

    #[test]
    fn the_nearest_pattern_decides() {
        let outer = patterns(None, 0, "*.log\nbuild/\n!keep.log\n/only_top\n");
        let inner = patterns(outer.clone(), 4, "!wanted.log\n/x.py\n").unwrap();
        let outer = outer.unwrap();
        let hides = |patterns: &Patterns, path: &str, folder: bool| patterns.hides(Path::new(path), folder).is_some();
        assert!(hides(&outer, "a.log", false) && !hides(&outer, "keep.log", false));
        assert!(hides(&outer, "build", true) && !hides(&outer, "build", false));
        assert!(hides(&outer, "only_top", false) && !hides(&outer, "sub/only_top", false));
        assert!(!hides(&inner, "sub/wanted.log", false) && hides(&inner, "sub/other.log", false));
        assert!(hides(&inner, "sub/x.py", false) && !hides(&inner, "sub/y/x.py", false));
    }

    #[test]
    fn patterns_above_the_root_hold_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("a/b");
        std::fs::create_dir_all(&root).unwrap();
        std::fs::write(folder.path().join(GIT_IGNORE), "/a/b/secret.py\n").unwrap();
        let patterns = Patterns::above(&root, folder.path(), GIT_IGNORE).unwrap();
        assert!(patterns.hides(Path::new("secret.py"), false).is_some());
        assert!(patterns.hides(Path::new("c/secret.py"), false).is_none());
    }

    #[test]
    fn aether_scripts_are_known_by_name() {
        assert!(is_aether_script(b"a.aether") && is_aether_script(b"A.AETHER") && is_aether_script(b"x.aetherplugin"));
        assert!(!is_aether_script(b".aether") && !is_aether_script(b"aether") && !is_aether_script(b"x.aetherx"));
    }
}
