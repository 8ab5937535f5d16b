//! The files that an analysis may read: the one that is judged, and modules of the same project that it imports.

use std::cell::OnceCell;
use std::sync::Arc;

use super::values::UnitId;
use crate::security::inputs::compiled::Beside;
use crate::security::python::ParsedModule;
use crate::security::python::stdlib::is_stdlib;
use crate::security::source::SourceUnit;

/// How many files one analysis may look into, its own included.
const MAX_UNITS: usize = 16;

/// A parsed file.
pub struct Unit {
    /// Its text.
    pub source: SourceUnit,
    /// Its syntax tree.
    pub module: ParsedModule,
}

/// Where modules of the project come from.
pub trait Modules: Sync {
    /// Whether there are files in this folder.
    fn has_folder(&self, path: &str) -> bool;
    /// Whether there is a file at this path, written as the paths of units are.
    fn exists(&self, path: &str) -> bool;
    /// The parsed file; none when it cannot be read or parsed.
    fn load(&self, path: &str) -> Option<Arc<Unit>>;
    /// The file at this path as it is, whether it is judged in this run or not.
    fn beside(&self, path: &str) -> Beside;
    /// The parsed file, if that is at hand.
    fn kept(&self, _path: &str) -> Option<Arc<Unit>> {
        None
    }
}

/// A project of one file.
pub struct Alone;

impl Modules for Alone {
    fn has_folder(&self, _: &str) -> bool {
        false
    }

    fn exists(&self, _: &str) -> bool {
        false
    }

    fn load(&self, _: &str) -> Option<Arc<Unit>> {
        None
    }

    fn beside(&self, _: &str) -> Beside {
        Beside::Unknown
    }
}

/// The files of one analysis. Files are only added, so that their syntax trees can be lent out.
pub struct Library<'p> {
    modules: &'p dyn Modules,
    slots: Vec<Slot>,
}

/// A place for a file, which is only read when something in it is needed.
#[derive(Default)]
struct Slot {
    path: OnceCell<String>,
    unit: OnceCell<Option<Arc<Unit>>>,
}

impl<'p> Library<'p> {
    /// A library with the file that is judged.
    pub fn new(root: Arc<Unit>, modules: &'p dyn Modules) -> Self {
        let slots: Vec<Slot> = (0..MAX_UNITS).map(|_| Slot::default()).collect();
        if let Some(first) = slots.first() {
            let _ = first.path.set(root.source.path.clone());
            let _ = first.unit.set(Some(root));
        }
        Self { modules, slots }
    }

    /// A file by its index; none when it cannot be read or parsed.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        let slot = self.slots.get(usize::from(id))?;
        let path = slot.path.get()?;
        slot.unit.get_or_init(|| self.modules.load(path)).as_deref()
    }

    /// The path of a file by its index.
    pub fn path(&self, id: UnitId) -> Option<&str> {
        self.slots.get(usize::from(id))?.path.get().map(String::as_str)
    }

    /// Whether files beside the judged one are of no account.
    pub fn is_alone(&self) -> bool {
        self.slots.get(1).is_none_or(|slot| slot.path.get().is_none())
    }

    /// The path of an imported module as seen from a file, when it is a file of the project.
    pub fn find(&self, importer: &str, module: &str, level: u32) -> Option<String> {
        let folder = importer.rsplit_once('/').map_or("", |(folder, _)| folder);
        let relative = module.replace('.', "/");
        if level > 0 {
            let mut base = folder;
            for _ in 1..level {
                base = base.rsplit_once('/').map_or("", |(above, _)| above);
            }
            return self.at(base, &relative);
        }
        let mut base = Some(folder);
        while let Some(folder) = base {
            if let Some(path) = self.at(folder, &relative) {
                return (path != importer).then_some(path);
            }
            base = if folder.is_empty() { None } else { Some(folder.rsplit_once('/').map_or("", |(above, _)| above)) };
        }
        None
    }

    /// Whether a dotted name means what it means everywhere, and no file of the project. A file beside the
    /// importer may have the name of a module of the standard library, unless the folder is that library.
    pub fn is_known(&self, importer: &str, module: &str) -> bool {
        let top = module.split('.').next().unwrap_or(module);
        if super::sources::is_known_module(top) {
            return true;
        }
        let folder = importer.rsplit_once('/').map_or("", |(folder, _)| folder);
        is_stdlib(top) && (self.at(folder, top).is_none() || self.at(folder, "os").is_some())
    }

    /// The path of a module in this folder.
    pub fn beside(&self, folder: &str, name: &str) -> Option<String> {
        self.at(folder, name)
    }

    /// Whether this is a folder of the project.
    pub fn is_folder(&self, path: &str) -> bool {
        self.modules.has_folder(path)
    }

    /// Whether a dotted name is a folder of the project as seen from a file.
    pub fn has_folder(&self, importer: &str, module: &str) -> bool {
        let relative = module.replace('.', "/");
        let mut base = importer.rsplit_once('/').map(|(folder, _)| folder).or(Some(""));
        while let Some(folder) = base {
            let path = if folder.is_empty() { relative.clone() } else { format!("{folder}/{relative}") };
            if self.modules.has_folder(&path) {
                return true;
            }
            base = if folder.is_empty() { None } else { Some(folder.rsplit_once('/').map_or("", |(above, _)| above)) };
        }
        false
    }

    fn at(&self, base: &str, relative: &str) -> Option<String> {
        let stem = match (base.is_empty(), relative.is_empty()) {
            (_, true) => base.to_owned(),
            (true, false) => relative.to_owned(),
            (false, false) => format!("{base}/{relative}"),
        };
        let candidates = [format!("{stem}.py"), format!("{stem}/__init__.py")];
        candidates.into_iter().find(|path| self.modules.exists(path))
    }

    /// The index of a file; none when there are too many.
    pub fn load(&self, path: &str) -> Option<UnitId> {
        for (index, slot) in self.slots.iter().enumerate() {
            match slot.path.get() {
                Some(known) if known == path => return UnitId::try_from(index).ok(),
                Some(_) => {}
                None => {
                    slot.path.set(path.to_owned()).ok()?;
                    return UnitId::try_from(index).ok();
                }
            }
        }
        None
    }
}
