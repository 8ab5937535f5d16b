//! The files of a run: what they look like from outside, and, of Python, what an analysis sees when it follows data
//! from one into another.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::inputs::{self, Input, Inputs, Tree};
use crate::model::{Asked, FileStamp, Language, path_key};
use crate::security::flow::{Modules, Unit};
use crate::security::inputs::compiled::{Beside, SourceFile};
use crate::security::python::parse;
use crate::security::source::SourceUnit;

/// Parsed files are kept up to so many bytes of text; a tree takes some seven times the memory of its text.
const MAX_KEPT_BYTES: usize = 1_200_000;

/// The files by their paths, read and parsed when they are needed.
pub struct Project {
    files: BTreeMap<String, PathBuf>,
    folders: BTreeSet<String>,
    /// The names of all of them, as [`hash`] makes them.
    names: FxHashSet<u64>,
    /// Of all inputs. None of those that could not be looked at.
    stamps: FxHashMap<String, FileStamp>,
    kept: Mutex<Kept>,
    max_bytes: u64,
    folder: PathBuf,
    /// Where files are read that are not judged in this run.
    pub tree: Tree,
}

/// The files that were read last.
#[derive(Default)]
struct Kept {
    units: HashMap<String, Option<Arc<Unit>>>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Kept {
    fn get(&mut self, path: &str) -> Option<Option<Arc<Unit>>> {
        let unit = self.units.get(path)?.clone();
        // What is asked for again stays longest.
        if let Some(at) = self.order.iter().position(|known| known == path)
            && let Some(path) = self.order.remove(at)
        {
            self.order.push_back(path);
        }
        Some(unit)
    }

    /// Keeps a file; gives back those that had to go.
    fn add(&mut self, path: &str, unit: Option<Arc<Unit>>) -> Vec<Arc<Unit>> {
        let mut gone = Vec::new();
        let size = |unit: &Option<Arc<Unit>>| unit.as_ref().map_or(0, |unit| unit.source.text.len());
        self.bytes += size(&unit);
        if let Some(known) = self.units.insert(path.to_owned(), unit) {
            self.bytes = self.bytes.saturating_sub(size(&known));
        } else {
            self.order.push_back(path.to_owned());
        }
        while self.bytes > MAX_KEPT_BYTES
            && let Some(oldest) = self.order.pop_front()
        {
            if let Some(unit) = self.units.remove(&oldest) {
                self.bytes = self.bytes.saturating_sub(size(&unit));
                gone.extend(unit);
            }
        }
        gone
    }
}

impl Project {
    /// The files of a run. Files above the limit are not read.
    pub fn new(all: &mut Inputs, max_bytes: u64) -> Self {
        let (inputs, tree) = (&all.files, std::mem::take(&mut all.tree));
        let mut files = BTreeMap::new();
        let mut folders = BTreeSet::new();
        let mut stamps = FxHashMap::default();
        for input in inputs {
            let Input::File { path, source } = input else { continue };
            if let Ok(stamp) = inputs::stamp(source) {
                stamps.insert(path.clone(), stamp);
            }
            if !path.ends_with(".py") {
                continue;
            }
            let mut folder = path.as_str();
            while let Some((above, _)) = folder.rsplit_once('/') {
                if !folders.insert(above.to_owned()) {
                    break;
                }
                folder = above;
            }
            files.insert(path.clone(), source.clone());
        }
        let folder_names = folders.iter().map(|folder| hash(Name::Folder, folder));
        let names = files.keys().map(|file| hash(Name::File, file)).chain(folder_names).collect();
        let (folder, kept) = (all.project.clone(), Mutex::new(Kept::default()));
        Self { files, folders, names, stamps, kept, max_bytes, folder, tree }
    }

    /// What a file looks like from outside, together with others that were read to judge it. None when it could not
    /// be looked at itself, so that it is not taken for unchanged.
    pub fn stamp(&self, path: &str, read: &[String]) -> Option<FileStamp> {
        let own = *self.stamps.get(path)?;
        if read.is_empty() {
            return Some(own);
        }
        let mut all = own;
        let mut hasher = FxHasher::default();
        for (path, one) in std::iter::once((path, own)).chain(read.iter().map(|path| (path.as_str(), self.other(path))))
        {
            (path, one.size, one.mtime_ns, one.ctime_ns, one.inode).hash(&mut hasher);
            all.mtime_ns = all.mtime_ns.max(one.mtime_ns);
            all.ctime_ns = all.ctime_ns.max(one.ctime_ns);
        }
        // SQLite keeps signed numbers.
        all.inode = hasher.finish() >> 1;
        Some(all)
    }

    /// What another file looks like, which need not be judged in this run. That it is not there is an answer too.
    fn other(&self, path: &str) -> FileStamp {
        let looked = || inputs::stamp(&path_key::to_path(&self.folder, path)).unwrap_or_default();
        self.stamps.get(path).copied().unwrap_or_else(looked)
    }

    /// Whether all names that a judgement looked for are there or not, as they were then.
    pub fn answers_as_before(&self, asked: &Asked) -> bool {
        let Ok(bytes) = STANDARD_NO_PAD.decode(&asked.looked_for) else { return false };
        bytes.chunks(NAME_BYTES).all(|chunk| {
            let name = chunk.iter().rev().fold(0, |name, byte| name << 8 | u64::from(*byte));
            self.names.contains(&(name >> 8)) == (name & 1 == 1)
        })
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, path: &str) -> Option<Arc<Unit>> {
        let source = self.files.get(path)?;
        if self.stamps.get(path)?.size > self.max_bytes {
            return None;
        }
        let bytes = inputs::read(source, self.max_bytes).ok()?;
        let source = SourceUnit::decode(path, bytes.into(), Language::Python).ok()?;
        let module = parse::parse_shallow(&source.text).ok()?;
        Some(Arc::new(Unit { source, module }))
    }
}

/// Bytes of a name that was looked for: one that says whether it was there, and its hash.
const NAME_BYTES: usize = 6;

/// What a name is of.
#[derive(Hash)]
enum Name {
    File,
    Folder,
}

/// Forty bits of a name. Two that are the same cost a judgement that was not needed, or one of a trillion that was.
fn hash(kind: Name, path: &str) -> u64 {
    let mut hasher = FxHasher::default();
    (kind, path).hash(&mut hasher);
    hasher.finish() >> 24
}

/// A project that notes what one judgement asks of it.
pub struct Asking<'p> {
    project: &'p Project,
    /// Names that were looked for, and paths that were read.
    noted: Mutex<(BTreeSet<u64>, BTreeSet<String>)>,
}

impl<'p> Asking<'p> {
    /// Nothing has been asked yet.
    pub fn new(project: &'p Project) -> Self {
        Self { project, noted: Mutex::default() }
    }

    fn note(&self, kind: Name, path: &str, found: bool) -> bool {
        let noted = hash(kind, path) << 8 | u64::from(found);
        self.noted.lock().unwrap_or_else(PoisonError::into_inner).0.insert(noted);
        found
    }

    fn note_read(&self, path: &str) {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner).1.insert(path.to_owned());
    }

    /// All that was asked.
    pub fn asked(self) -> Asked {
        let (names, read) = self.noted.into_inner().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> = names.iter().flat_map(|name| name.to_le_bytes().into_iter().take(NAME_BYTES)).collect();
        Asked { read: read.into_iter().collect(), looked_for: STANDARD_NO_PAD.encode(bytes) }
    }
}

impl Modules for Asking<'_> {
    fn has_folder(&self, path: &str) -> bool {
        self.note(Name::Folder, path, self.project.has_folder(path))
    }

    fn exists(&self, path: &str) -> bool {
        self.note(Name::File, path, self.project.exists(path))
    }

    fn load(&self, path: &str) -> Option<Arc<Unit>> {
        self.note_read(path);
        self.project.load(path)
    }

    fn kept(&self, path: &str) -> Option<Arc<Unit>> {
        self.project.kept(path)
    }

    fn beside(&self, path: &str) -> Beside {
        self.note_read(path);
        self.project.beside(path)
    }
}

impl Modules for Project {
    fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn load(&self, path: &str) -> Option<Arc<Unit>> {
        if let Some(known) = self.lock().get(path) {
            return known;
        }
        let unit = self.read(path);
        let gone = self.lock().add(path, unit.clone());
        // Trees take long to drop, and nobody shall wait for it.
        drop(gone);
        unit
    }

    fn beside(&self, path: &str) -> Beside {
        let Some(bytes) = self.tree.read(&self.folder, path, self.max_bytes) else {
            let exists = matches!(self.tree, Tree::Disk) && path_key::to_path(&self.folder, path).exists();
            return if exists { Beside::Unknown } else { Beside::Missing };
        };
        let changed = match self.tree {
            Tree::Disk => inputs::stamp(&path_key::to_path(&self.folder, path)).ok(),
            // git keeps no times.
            Tree::Git(_) => None,
        };
        let changed = changed.map(|stamp| stamp.mtime_ns.div_euclid(1_000_000_000));
        Beside::File(SourceFile { bytes, changed })
    }

    fn kept(&self, path: &str) -> Option<Arc<Unit>> {
        self.lock().get(path)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(folder: &std::path::Path, paths: &[&str]) -> Project {
        let file = |path: &&str| Input::File { path: (*path).to_owned(), source: folder.join(path) };
        let files = paths.iter().map(file).collect();
        Project::new(&mut Inputs { files, project: folder.to_path_buf(), ..Inputs::default() }, 1_000)
    }

    #[test]
    fn what_was_asked_tells_when_answers_differ() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("pkg")).expect("a folder");
        for path in ["a.py", "pkg/b.py", "c.py"] {
            std::fs::write(folder.path().join(path), "x = 1\n").expect("a file");
        }
        let now = project(folder.path(), &["a.py", "pkg/b.py", "c.py"]);
        let asking = Asking::new(&now);
        assert!(asking.exists("pkg/b.py") && !asking.exists("pkg/d.py") && asking.has_folder("pkg"));
        assert!(asking.load("pkg/b.py").is_some());
        let asked = asking.asked();
        assert_eq!(asked.read, ["pkg/b.py"]);
        assert!(now.answers_as_before(&asked));
        // A file that nothing asked for changes nothing; one that was missing, or is gone now, does.
        assert!(project(folder.path(), &["a.py", "pkg/b.py"]).answers_as_before(&asked));
        assert!(!project(folder.path(), &["a.py", "pkg/b.py", "pkg/d.py"]).answers_as_before(&asked));
        assert!(!project(folder.path(), &["a.py", "pkg/e.py"]).answers_as_before(&asked));
        assert!(!now.answers_as_before(&Asked { looked_for: "?".to_owned(), ..Asked::default() }));

        let before = now.stamp("a.py", &asked.read);
        assert!(before.is_some() && before != now.stamp("a.py", &[]) && before != now.stamp("c.py", &asked.read));
        std::fs::write(folder.path().join("pkg/b.py"), "x = 12\n").expect("a change");
        let later = project(folder.path(), &["a.py", "pkg/b.py", "c.py"]);
        assert_ne!(later.stamp("a.py", &asked.read), before);
        assert_eq!(later.stamp("a.py", &[]), now.stamp("a.py", &[]));
        // Whether it is judged in this run does not matter, and that it is gone does.
        let alone = project(folder.path(), &["a.py"]);
        assert_eq!(alone.stamp("a.py", &asked.read), later.stamp("a.py", &asked.read));
        assert_eq!(alone.stamp("c.py", &[]), None);
        std::fs::remove_file(folder.path().join("pkg/b.py")).expect("a deletion");
        assert_ne!(alone.stamp("a.py", &asked.read), later.stamp("a.py", &asked.read));
    }
}
