//! What the files around a file say about it: entry points of its distribution, manifests beside it, and
//! where the bases of its classes come from.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Sighting;
use super::text::TextFacts;
use crate::model::structure::{Class, Manifest, Structure};

/// Bases of bases that are followed.
const MAX_GENERATIONS: usize = 5;

/// Files that may define a class of one name and are compared.
const MAX_NAMESAKES: usize = 32;

/// Facts about a whole tree, gathered once.
#[derive(Debug, Default)]
pub struct Surroundings<'a> {
    paths: FxHashSet<&'a str>,
    /// Path of a module to the groups and names of the entry points that lead to it.
    entry_points: FxHashMap<String, Vec<(String, String)>>,
    /// Folder of a distribution to the groups in which it registers something with a host.
    groups: FxHashMap<String, Vec<String>>,
    /// Folder to the component manifests in it.
    manifests: FxHashMap<&'a str, Vec<&'a Manifest>>,
    /// Class name to where it is defined.
    classes: FxHashMap<&'a str, Vec<(&'a str, &'a Structure, &'a Class)>>,
}

/// Where the base of a class is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// In the same file or in a module of the same tree.
    Inside,
    /// In another distribution.
    Outside,
    /// It is a builtin or cannot be told.
    Unclear,
}

/// One base of a class, directly or further up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ancestor {
    /// The last part of its name.
    pub name: String,
    /// The module it is imported from, when it is.
    pub module: String,
    /// Where it is defined.
    pub origin: Origin,
    /// 0 for a direct base.
    pub generation: usize,
}

/// The folder of a path, without the slash; empty for a file at the top.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of a file.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn joined(folder: &str, rest: &str) -> String {
    if folder.is_empty() { rest.to_owned() } else { format!("{folder}/{rest}") }
}

impl<'a> Surroundings<'a> {
    /// Gathers the facts.
    pub fn of(sightings: &'a [Sighting]) -> Self {
        let paths = sightings.iter().map(|sighting| sighting.file.path.as_str()).collect();
        let mut around = Self { paths, ..Self::default() };
        for sighting in sightings {
            let path = sighting.file.path.as_str();
            for class in &sighting.structure.classes {
                around.classes.entry(class.name.as_str()).or_default().push((path, &sighting.structure, class));
            }
            if let Some(manifest) = &sighting.structure.manifest {
                if matches!(manifest.dialect.as_str(), "aetherra-plugin" | "plugin" | "home-assistant") {
                    around.manifests.entry(folder_of(path)).or_default().push(manifest);
                }
                around.declare(folder_of(path), manifest.entry_points.iter());
            }
            around.declare_sections(path, &sighting.text);
        }
        around
    }

    /// `entry_points.txt` of an installed distribution and `setup.cfg` of a source tree.
    fn declare_sections(&mut self, path: &str, text: &TextFacts) {
        let folder = folder_of(path);
        let base = match name_of(path) {
            "entry_points.txt" => folder_of(folder),
            "setup.cfg" => folder,
            _ => return,
        };
        let base = base.to_owned();
        for (section, lines) in &text.sections {
            let mut group = section.as_str();
            for (key, value) in lines {
                if section == "options.entry_points" && value.is_empty() {
                    group = key;
                } else {
                    self.declare_one(&base, group, key, value);
                }
            }
        }
    }

    fn declare<'m>(&mut self, base: &str, groups: impl Iterator<Item = (&'m String, &'m Vec<String>)>) {
        for (group, targets) in groups {
            for (name, target) in targets.iter().filter_map(|target| target.split_once('=')) {
                self.declare_one(base, group, name.trim(), target.trim());
            }
        }
    }

    fn declare_one(&mut self, base: &str, group: &str, name: &str, target: &str) {
        let module = target.split([':', ' ', '[']).next().unwrap_or_default().replace('.', "/");
        if module.is_empty() || group.is_empty() {
            return;
        }
        let scripts = matches!(group, "console_scripts" | "gui_scripts");
        if !scripts {
            let groups = self.groups.entry(base.to_owned()).or_default();
            if !groups.iter().any(|known| known == group) {
                groups.push(group.to_owned());
            }
        }
        for root in ["", "src/"] {
            for ending in [".py", "/__init__.py"] {
                let path = joined(base, &format!("{root}{module}{ending}"));
                if self.paths.contains(path.as_str()) {
                    self.entry_points.entry(path).or_default().push((group.to_owned(), name.to_owned()));
                }
            }
        }
    }

    /// The entry points that lead to a file, as group and name.
    pub fn entry_points(&self, path: &str) -> &[(String, String)] {
        self.entry_points.get(path).map_or(&[], Vec::as_slice)
    }

    /// The groups of entry points that the distribution around a file has, scripts left out.
    pub fn groups(&self, path: &str) -> &[String] {
        let mut folder = folder_of(path);
        loop {
            if let Some(groups) = self.groups.get(folder) {
                return groups;
            }
            if folder.is_empty() {
                return &[];
            }
            folder = folder_of(folder);
        }
    }

    /// The component manifests in the same folder.
    pub fn manifests(&self, path: &str) -> &[&'a Manifest] {
        self.manifests.get(folder_of(path)).map_or(&[], Vec::as_slice)
    }

    /// Whether a file of this name is in the same folder.
    pub fn has_sibling(&self, path: &str, name: &str) -> bool {
        self.paths.contains(joined(folder_of(path), name).as_str())
    }

    /// The bases of a class, and theirs, as far as the tree shows them.
    pub fn ancestors(&self, path: &str, structure: &Structure, class: &Class) -> Vec<Ancestor> {
        let mut found = Vec::new();
        self.climb(path, structure, class, 0, &mut found);
        found
    }

    fn climb(&self, path: &str, structure: &Structure, class: &Class, generation: usize, found: &mut Vec<Ancestor>) {
        if generation >= MAX_GENERATIONS || found.len() > 40 {
            return;
        }
        for base in class.bases.iter().filter(|base| !base.contains('=')) {
            let name = base.rsplit('.').next().unwrap_or(base);
            if found.iter().any(|ancestor| ancestor.name == name) {
                continue;
            }
            let (module, origin) = self.origin(path, structure, base);
            found.push(Ancestor { name: name.to_owned(), module, origin, generation });
            if origin != Origin::Outside
                && let Some((path, structure, class)) = self.nearest(path, name, class)
            {
                self.climb(path, structure, class, generation + 1, found);
            }
        }
    }

    /// The class of a name that is defined closest to a file.
    fn nearest(&self, path: &str, name: &str, not: &Class) -> Option<(&'a str, &'a Structure, &'a Class)> {
        let shared = |other: &str| path.bytes().zip(other.bytes()).take_while(|(left, right)| left == right).count();
        self.classes
            .get(name)?
            .iter()
            .take(MAX_NAMESAKES)
            .filter(|(_, _, class)| !std::ptr::eq(*class, not))
            .max_by_key(|(other, _, _)| shared(other))
            .copied()
    }

    /// Where a dotted name comes from, seen from a file: the module and whether it is in the tree.
    pub fn origin(&self, path: &str, structure: &Structure, dotted: &str) -> (String, Origin) {
        let first = dotted.split('.').next().unwrap_or(dotted);
        for import in &structure.imports {
            let bound = import.names.iter().any(|name| name == first)
                || (import.names.is_empty() && import.level == 0 && import.module.split('.').next() == Some(first));
            if bound {
                return (import.module.clone(), self.module_origin(path, import.level, &import.module, first));
            }
        }
        let defined = structure.classes.iter().any(|class| class.name == first);
        (String::new(), if defined { Origin::Inside } else { Origin::Unclear })
    }

    /// Whether an imported module lies in the tree.
    pub fn module_origin(&self, path: &str, level: u32, module: &str, name: &str) -> Origin {
        if level > 0 {
            return Origin::Inside;
        }
        let root = module.split('.').next().unwrap_or(module);
        if is_standard(root) {
            return Origin::Unclear;
        }
        let tail = module.replace('.', "/");
        let mut folder = folder_of(path);
        loop {
            let candidates = [
                joined(folder, &format!("{tail}.py")),
                joined(folder, &format!("{tail}/__init__.py")),
                joined(folder, &format!("{tail}/{name}.py")),
                joined(folder, &format!("{tail}/{name}/__init__.py")),
            ];
            if candidates.iter().any(|candidate| self.paths.contains(candidate.as_str())) {
                return Origin::Inside;
            }
            if folder.is_empty() {
                return Origin::Outside;
            }
            folder = folder_of(folder);
        }
    }
}

/// Modules of Python's standard library that classes are commonly derived from or that helpers use.
const STANDARD: &[&str] = &[
    "abc",
    "argparse",
    "array",
    "ast",
    "asyncio",
    "base64",
    "bisect",
    "builtins",
    "calendar",
    "cmd",
    "codecs",
    "collections",
    "concurrent",
    "configparser",
    "contextlib",
    "contextvars",
    "copy",
    "csv",
    "ctypes",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "email",
    "enum",
    "errno",
    "fnmatch",
    "fractions",
    "functools",
    "gettext",
    "glob",
    "gzip",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "http",
    "importlib",
    "inspect",
    "io",
    "ipaddress",
    "itertools",
    "json",
    "keyword",
    "locale",
    "logging",
    "math",
    "mimetypes",
    "multiprocessing",
    "numbers",
    "operator",
    "os",
    "pathlib",
    "pickle",
    "pkgutil",
    "platform",
    "posixpath",
    "pprint",
    "queue",
    "random",
    "re",
    "sched",
    "secrets",
    "select",
    "selectors",
    "shelve",
    "shlex",
    "shutil",
    "signal",
    "site",
    "socket",
    "sqlite3",
    "ssl",
    "stat",
    "statistics",
    "string",
    "struct",
    "subprocess",
    "sys",
    "tarfile",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "token",
    "tokenize",
    "traceback",
    "types",
    "typing",
    "typing_extensions",
    "unicodedata",
    "unittest",
    "urllib",
    "uuid",
    "warnings",
    "weakref",
    "xml",
    "zipfile",
    "zlib",
    "zoneinfo",
];

/// Whether a top-level module belongs to the standard library.
pub(super) fn is_standard(root: &str) -> bool {
    root.starts_with("__future__") || STANDARD.binary_search(&root).is_ok()
}
