//! Every operation, stopped before, in the middle of and after every change to the disk, or failing at it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use super::disks::{Blocks, Fault, FaultyDisk, Killed};
use super::*;
use crate::error::ErrorKind;
use crate::host::SystemDisk;

pub type Operation<'a> = &'a dyn Fn(&World, Arc<dyn Disk>) -> Result<()>;

const FAULTS: &[Fault] = &[
    Fault::KillBefore,
    Fault::KillMidway,
    Fault::KillAfter,
    Fault::Once(libc::EIO),
    Fault::Once(libc::ENOSPC),
    Fault::NoSpace,
];

/// Runs it, and says how it ended; nothing when it was killed.
pub fn run(operation: impl FnOnce() -> Result<()>) -> Option<Result<()>> {
    match std::panic::catch_unwind(AssertUnwindSafe(operation)) {
        Ok(result) => Some(result),
        Err(panic) if panic.is::<Killed>() => None,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// Runs without writing to stderr that the process was killed.
pub fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !info.payload().is::<Killed>() {
                usual(info);
            }
        }));
    });
    work()
}

/// Tries all faults at all operations. `before` and `after` are the generations that it leads between.
pub fn try_everything(world: &World, operation: Operation<'_>, before: u64, after: u64) -> usize {
    try_sharing(Blocks::Linked, world, operation, (before, after))
}

/// The same on a file system that shares blocks in this way.
fn try_sharing(blocks: Blocks, world: &World, operation: Operation<'_>, ends: (u64, u64)) -> usize {
    quietly(|| {
        let counter = Arc::new(FaultyDisk::new(usize::MAX, Fault::None).sharing(blocks));
        operation(&world.copy(), Arc::clone(&counter) as Arc<dyn Disk>).unwrap();
        for at in 0..counter.count() {
            for &fault in FAULTS {
                one(world, operation, ends, blocks, (at, fault));
            }
        }
        counter.count()
    })
}

fn one(
    world: &World,
    operation: Operation<'_>,
    (before, after): (u64, u64),
    blocks: Blocks,
    (at, fault): (usize, Fault),
) {
    let world = world.copy();
    let place = format!("{fault:?} at operation {at}");
    let ended = run(|| operation(&world, Arc::new(FaultyDisk::new(at, fault).sharing(blocks))));
    assert_eq!(world.half_deployed(&[before, after]), None, "{place}: half deployed");
    if let Some(Err(error)) = &ended {
        assert_ne!(error.kind, ErrorKind::Bug, "{place}: {error}");
        if error.kind != ErrorKind::NotRolledBack {
            assert_eq!(swap::current(&world.layout()).unwrap(), before, "{place}: {error}");
        } else {
            assert_eq!(fault, Fault::NoSpace, "{place}: one failure can always be taken back: {error}");
        }
    }
    // The next run has a disk that works.
    world.on(Arc::new(SystemDisk), |_| Ok(())).unwrap_or_else(|error| panic!("{place}: recovery failed: {error}"));
    assert_eq!(world.disagreement(), None, "{place}: after recovery");
    if world.store().generation_current().unwrap() == before && before != after {
        operation(&world, Arc::new(SystemDisk)).unwrap_or_else(|error| panic!("{place}: again: {error}"));
        assert_eq!(world.disagreement(), None, "{place}: done again");
    }
}

#[test]
fn an_integration_is_all_or_nothing() {
    let (world, plan, _) = prepared();
    for blocks in Blocks::ALL {
        let count = try_sharing(blocks, &world, &|world, disk| world.integrate(disk, &plan).map(|_| ()), (2, 3));
        assert!(count > 20, "only {count} operations were tried");
    }
}

#[test]
fn the_first_integration_is_all_or_nothing() {
    let world = World::new();
    let plan = world.plan(vec![world.component("a", &[("a/x.py", "x"), ("a/y.py", "y")], &[])]);
    try_everything(&world, &|world, disk| world.integrate(disk, &plan).map(|_| ()), 0, 1);
}

#[test]
fn a_rollback_by_the_link_is_all_or_nothing() {
    let (world, _, _) = prepared();
    try_everything(&world, &|world, disk| world.roll_back(disk, &Aim::Last).map(|_| ()), 2, 1);
}

#[test]
fn a_rollback_by_a_new_generation_is_all_or_nothing() {
    let (world, _, token) = prepared();
    try_everything(&world, &|world, disk| world.roll_back(disk, &Aim::Token(token.clone())).map(|_| ()), 2, 3);
}

/// A world in which nothing leads to a generation any more.
pub fn collectable() -> World {
    let (world, plan, _) = prepared();
    world.integrate(Arc::new(SystemDisk), &plan).unwrap();
    for _ in 0..2 {
        world.roll_back(Arc::new(SystemDisk), &Aim::Last).unwrap();
    }
    // Tokens keep what they need; spending them all is not the point here.
    let mut store = world.store();
    for token in store.tokens_live().unwrap() {
        let entry = crate::model::NewEntry::new("test", "token", "spent");
        store.record("test", |tx| tx.token_spend(&token.token).map(|()| ((), entry))).unwrap();
    }
    drop(store);
    world
}

#[test]
fn collecting_is_all_or_nothing() {
    let world = collectable();
    let current = world.store().generation_current().unwrap();
    let count = try_everything(&world, &|world, disk| world.collect(disk), current, current);
    assert!(count > 10, "only {count} operations were tried");
}

#[test]
fn recovery_is_all_or_nothing() {
    let (world, plan, _) = prepared();
    let integrate = |world: &World, disk: Arc<dyn Disk>| world.integrate(disk, &plan).map(|_| ());
    quietly(|| {
        let counter = Arc::new(FaultyDisk::new(usize::MAX, Fault::None));
        integrate(&world.copy(), Arc::clone(&counter) as Arc<dyn Disk>).unwrap();
        let mut usual = usize::MAX;
        for at in 0..counter.count() {
            let crashed = world.copy();
            let _ = run(|| integrate(&crashed, Arc::new(FaultyDisk::new(at, Fault::KillMidway))));
            let recovery = Arc::new(FaultyDisk::new(usize::MAX, Fault::None));
            crashed.copy().on(Arc::clone(&recovery) as Arc<dyn Disk>, |_| Ok(())).unwrap();
            // Most recoveries differ only in how much they clear away; one of each sort meets all faults.
            let faults = if recovery.count() == usual { &[Fault::KillMidway] } else { FAULTS };
            usual = recovery.count();
            for (second, &fault) in (0..recovery.count()).flat_map(|at| faults.iter().map(move |fault| (at, fault))) {
                let world = crashed.copy();
                let place = format!("killed at {at}, and {fault:?} at {second} of the recovery");
                let ended = run(|| world.on(Arc::new(FaultyDisk::new(second, fault)), |_| Ok(())));
                if let Some(Err(error)) = ended {
                    assert_ne!(error.kind, ErrorKind::Bug, "{place}: {error}");
                }
                assert_eq!(world.half_deployed(&[2, 3]), None, "{place}");
                world.on(Arc::new(SystemDisk), |_| Ok(())).unwrap_or_else(|error| panic!("{place}: {error}"));
                assert_eq!(world.disagreement(), None, "{place}");
            }
        }
    });
}

/// What a deployment by copying into place does, so that it is known that these tests would see it.
fn naive(world: &World, disk: &dyn Disk, plan: &Plan) -> Result<()> {
    let tree = world.layout().generation(2).join(super::super::layout::TREE);
    for file in plan.components.iter().flat_map(|component| &component.files) {
        let target = tree.join(&file.target);
        let mut missing: Vec<&Path> = target.ancestors().skip(1).take_while(|folder| !folder.exists()).collect();
        while let Some(folder) = missing.pop() {
            disk.create_dir(folder).unwrap();
        }
        super::super::files::remove_file(disk, &target)?;
        disk.copy_new(&world.project().join(&file.source), &target, 0o644).unwrap();
    }
    Ok(())
}

#[test]
fn the_harness_catches_a_naive_copy() {
    let (world, plan, _) = prepared();
    quietly(|| {
        let counter = FaultyDisk::new(usize::MAX, Fault::None);
        naive(&world.copy(), &counter, &plan).unwrap();
        let is_new = |world: &World| {
            plan.components.iter().flat_map(|component| &component.files).all(|file| {
                let path = world.layout().generation(2).join(super::super::layout::TREE).join(&file.target);
                super::super::objects::digest_of(&path).is_ok_and(|found| found == file.digest)
            })
        };
        let caught = (0..counter.count())
            .filter(|&at| {
                let world = world.copy();
                let _ = run(|| naive(&world, &FaultyDisk::new(at, Fault::KillMidway), &plan));
                world.half_deployed(&[2]).is_some() && !is_new(&world)
            })
            .count();
        assert!(caught * 2 > counter.count(), "caught at {caught} of {} points", counter.count());
    });
}
