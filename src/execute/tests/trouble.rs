//! File systems that lack something, and files that change while they are used.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::disks::{Fault, FaultyDisk};
use super::*;
use crate::error::ErrorKind;
use crate::host::SystemDisk;
use crate::model::NewEntry;
use crate::store::Reach;

/// What the failure says, and what somebody does to a file.
type Meddling = (&'static str, fn(&Path));

/// A disk that does something before each copy, and has no links of some sort.
struct OddDisk {
    no_symlinks: Option<i32>,
    no_hard_links: Option<i32>,
    clones: Option<i32>,
    before_copy: Box<dyn Fn(&Path) + Send + Sync>,
    before_link: Box<dyn Fn(&Path) + Send + Sync>,
    copies: AtomicUsize,
}

impl OddDisk {
    fn new() -> Self {
        Self {
            no_symlinks: None,
            no_hard_links: None,
            clones: Some(libc::EOPNOTSUPP),
            before_copy: Box::new(|_| {}),
            before_link: Box::new(|_| {}),
            copies: AtomicUsize::new(0),
        }
    }
}

impl Disk for OddDisk {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        SystemDisk.create_dir(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
        SystemDisk.write_new(path, bytes, mode)
    }

    fn copy_new(&self, from: &Path, to: &Path, mode: u32) -> io::Result<Digest> {
        (self.before_copy)(from);
        self.copies.fetch_add(1, Ordering::Relaxed);
        SystemDisk.copy_new(from, to, mode)
    }

    fn clone_new(&self, from: &Path, to: &Path, mode: u32) -> io::Result<()> {
        match self.clones {
            Some(code) => Err(io::Error::from_raw_os_error(code)),
            // A copy is as much a file of its own.
            None => SystemDisk.copy_new(from, to, mode).map(drop),
        }
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        (self.before_link)(from);
        match self.no_hard_links {
            Some(code) => Err(io::Error::from_raw_os_error(code)),
            None => SystemDisk.hard_link(from, to),
        }
    }

    fn symlink(&self, target: &Path, link: &Path) -> io::Result<()> {
        match self.no_symlinks {
            Some(code) => Err(io::Error::from_raw_os_error(code)),
            None => SystemDisk.symlink(target, link),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        SystemDisk.rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        SystemDisk.remove_file(path)
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        SystemDisk.remove_dir(path)
    }

    fn overwrite(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        SystemDisk.overwrite(path, bytes)
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        SystemDisk.sync_file(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        SystemDisk.sync_dir(path)
    }

    fn sync_file_system(&self, path: &Path) -> io::Result<()> {
        SystemDisk.sync_file_system(path)
    }
}

#[test]
fn a_signer_that_cannot_write_is_told_of_until_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let open = |disk: Arc<dyn Disk>| Store::open(folder.path(), &Host { disk, ..Host::fake(0, 7) }).unwrap();
    let record = |store: &mut Store| store.record("t", |_| Ok(((), NewEntry::new("test.entry", "a", "b")))).unwrap();
    record(&mut open(Arc::new(SystemDisk)));
    let mut store = open(Arc::new(FaultyDisk::new(0, Fault::Once(libc::EROFS))));
    let trouble = store.signer_trouble();
    assert_eq!((trouble.told(), store.signer_behind().unwrap()), (None, None));
    record(&mut store);
    let told = trouble.told().unwrap();
    assert_eq!(told.code, "signer-behind");
    assert!(told.path.unwrap().ends_with("ledger/signed") && told.help.is_some_and(|help| !help.is_empty()));
    // Whoever looks later sees it as well; nothing was lost.
    let reader = Store::open_to_read(folder.path(), &Host::fake(0, 7)).unwrap();
    assert_eq!(reader.signer_behind().unwrap().unwrap().code, "signer-behind");
    assert_eq!(reader.ledger_verify(&[], Reach::Whole).unwrap().fault, None);
    record(&mut store);
    assert_eq!((trouble.told(), reader.signer_behind().unwrap()), (None, None));
}

/// Two generations were deployed; the third fails with this, and what is deployed stays.
#[track_caller]
fn fails(disk: OddDisk, (world, plan): (&World, &Plan), kind: ErrorKind, says: &str) {
    let error = world.integrate(Arc::new(disk), plan).unwrap_err();
    assert_eq!(error.kind, kind, "{error}");
    assert!(error.to_string().contains(says) || error.code == says, "{error}");
    assert!(!error.hints.is_empty());
    world.on(Arc::new(SystemDisk), |_| Ok(())).unwrap();
    assert_eq!(world.disagreement(), None);
    assert_eq!(world.store().generation_current().unwrap(), 2);
}

#[test]
fn without_symbolic_links_nothing_is_changed_and_it_is_said() {
    for code in [libc::EPERM, libc::EOPNOTSUPP, libc::ENOSYS] {
        let (world, plan, _) = prepared();
        let disk = OddDisk { no_symlinks: Some(code), ..OddDisk::new() };
        fails(disk, (&world, &plan), ErrorKind::RolledBack, "no-symbolic-links");
    }
}

#[test]
fn without_hard_links_files_are_copied_and_made_durable() {
    for code in [libc::EPERM, libc::EOPNOTSUPP, libc::EMLINK, libc::EXDEV, libc::ENOSYS] {
        let (world, plan, _) = prepared();
        let disk = Arc::new(OddDisk { no_hard_links: Some(code), ..OddDisk::new() });
        world.integrate(Arc::clone(&disk) as Arc<dyn Disk>, &plan).unwrap();
        assert_eq!(world.disagreement(), None);
        assert!(disk.copies.load(Ordering::Relaxed) > 4, "the files of the tree");
        world.roll_back(disk, &Aim::Last).unwrap();
        assert_eq!(world.disagreement(), None);
    }
    // Other failures are failures.
    let (world, plan, _) = prepared();
    let disk = OddDisk { no_hard_links: Some(libc::EIO), ..OddDisk::new() };
    fails(disk, (&world, &plan), ErrorKind::RolledBack, "placing a file");
}

#[test]
fn where_blocks_can_be_shared_every_place_gets_a_file_of_its_own() {
    use std::os::unix::fs::MetadataExt;
    let alone = |world: &World, number: u64| {
        let (tree, objects) = (world.layout().generation(number).join("tree"), world.layout().objects());
        let files = ["a/__init__.py", "a/deep/er/x.py", "d/z.py"].map(|file| tree.join(file));
        files
            .into_iter()
            .chain(super::super::files::entries(&objects).unwrap())
            .all(|path| path.metadata().unwrap().nlink() == 1)
    };
    let (world, plan, _) = prepared();
    // What came before had no such file system: its contents stay shared.
    for object in super::super::files::entries(&world.layout().objects()).unwrap() {
        let bytes = std::fs::read(&object).unwrap();
        std::fs::remove_file(&object).unwrap();
        std::fs::write(&object, bytes).unwrap();
    }
    let disk = Arc::new(OddDisk { clones: None, no_hard_links: Some(libc::EIO), ..OddDisk::new() });
    world.integrate(disk, &plan).unwrap();
    assert_eq!(world.disagreement(), None);
    assert!(alone(&world, 3), "something has two names");
    // A disk that cannot is asked once, and links then; one that is broken is no disk that cannot.
    for code in [libc::EOPNOTSUPP, libc::ENOTTY, libc::EXDEV, libc::EINVAL] {
        let (world, plan, _) = prepared();
        world.integrate(Arc::new(OddDisk { clones: Some(code), ..OddDisk::new() }), &plan).unwrap();
        assert_eq!(world.disagreement(), None);
        assert!(!alone(&world, 3));
    }
    for code in [libc::EIO, libc::ENOSPC] {
        let (world, plan, _) = prepared();
        fails(
            OddDisk { clones: Some(code), ..OddDisk::new() },
            (&world, &plan),
            ErrorKind::RolledBack,
            "placing a file",
        );
    }
}

#[test]
fn what_changes_or_vanishes_while_it_is_copied_is_refused() {
    let meddle: [Meddling; 4] = [
        ("file-changed", |path| std::fs::write(path, "something else").unwrap()),
        ("reading a file of the plan", |path| std::fs::remove_file(path).unwrap()),
        ("reading a file of the plan", |path| {
            std::fs::remove_file(path).unwrap();
            std::os::unix::fs::symlink("/etc/passwd", path).unwrap();
        }),
        ("reading a file of the plan", |path| {
            std::fs::remove_file(path).unwrap();
            std::fs::create_dir(path).unwrap();
        }),
    ];
    for (code, meddle) in meddle {
        let (world, plan, _) = prepared();
        let disk = OddDisk {
            before_copy: Box::new(move |path| {
                if path.ends_with("d/z.py") {
                    meddle(path);
                }
            }),
            ..OddDisk::new()
        };
        fails(disk, (&world, &plan), ErrorKind::Precondition, code);
    }
}

#[test]
fn a_content_that_vanishes_or_changes_in_the_store_is_never_deployed() {
    let meddle: [Meddling; 2] = [
        ("placing a file", |path| std::fs::remove_file(path).unwrap()),
        ("generation-damaged", |path| {
            std::fs::remove_file(path).unwrap();
            std::fs::write(path, "something else").unwrap();
        }),
    ];
    for (code, meddle) in meddle {
        let (world, plan, _) = prepared();
        // A content that is in the store already.
        let wanted = Digest::of(b"b").hex();
        let disk = OddDisk {
            before_link: Box::new(move |path| {
                if path.to_string_lossy().ends_with(&wanted) {
                    meddle(path);
                }
            }),
            ..OddDisk::new()
        };
        fails(disk, (&world, &plan), ErrorKind::RolledBack, code);
    }
}
