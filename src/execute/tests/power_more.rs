//! Power cuts in every other operation, and which of its flushes are needed.
//!
//! A flush without which nothing breaks here is either needed by another operation that runs the same code, or it is
//! a waste of time; so every list of them is written down, and is short.

use std::collections::BTreeSet;

use super::disks::Op;
use super::power::{Trace, record, record_after_kill};
use super::trials::{end, on_trial, open};
use super::*;
use crate::execute::isolate::{Isolation, Original, Version, isolate, restore};
use crate::gate::review::review_isolation;
use crate::host::SystemDisk;

/// The names of what the idle flushes flush.
fn idle(trace: &Trace) -> Vec<String> {
    let mut names: Vec<String> = trace.idle().into_iter().map(|at| name_of(&trace.ops[at])).collect();
    names.sort();
    names
}

/// The name of what a flush flushes.
fn name_of(op: &Op) -> String {
    match op {
        Op::SyncFile(path) | Op::SyncDir(path) => path.file_name().unwrap().to_string_lossy().into_owned(),
        _ => "all".to_owned(),
    }
}

#[test]
fn trials_survive_every_power_cut_and_need_every_flush() {
    let (world, plan, _) = prepared();
    let opened = record(&world, |world, disk| open(world, disk, &plan).map(|_| ()));
    // The folders are there since the first integration, which needs both flushes.
    assert_eq!(idle(&opened), ["objects", "state"]);
    let world = on_trial();
    let stopped = record(&world, |world, disk| end(world, disk, TrialState::Stopping, "fail"));
    assert!(idle(&stopped).is_empty());
    let promoted = record(&world, |world, disk| end(world, disk, TrialState::Promoting, "pass"));
    assert!(idle(&promoted).is_empty());
}

/// States for each point after a kill: there are many kills.
const AFTER_A_KILL: usize = 25;

/// Kills an operation before each of its operations, lets the next run recover, and cuts the power at every point of
/// that: what the killed run had not made durable may still be lost. Each flush of a recovery has to be needed after
/// some kill. Returns how many states were looked at.
fn recovers(world: &World, operation: super::crash::Operation<'_>) -> usize {
    super::crash::quietly(|| {
        let (mut needed, mut seen, mut looked) = (BTreeSet::new(), BTreeSet::new(), 0);
        for at in 0.. {
            let recover = |world: &World, disk: Arc<dyn Disk>| world.on(disk, |_| Ok(()));
            let Some(trace) = record_after_kill(world, at, operation, recover) else { break };
            let (broken, count) = trace.replay_states(None, AFTER_A_KILL);
            assert_eq!(broken, None, "killed at {at}: {:#?}", trace.ops);
            looked += count;
            for (place, op) in trace.ops.iter().enumerate().skip(at).filter(|(_, op)| op.is_sync()) {
                seen.insert(name_of(op));
                if !needed.contains(&name_of(op)) && trace.replay_states(Some(place), AFTER_A_KILL).0.is_some() {
                    needed.insert(name_of(op));
                }
            }
            // What is done after the recovery relies on nothing that may still be lost either.
            let again = |world: &World, disk: Arc<dyn Disk>| {
                let _ = operation(world, disk);
                Ok(())
            };
            let trace = record_after_kill(world, at, operation, again).unwrap();
            let (broken, count) = trace.replay_states(None, AFTER_A_KILL / 5);
            assert_eq!(broken, None, "killed at {at}, and done again: {:#?}", trace.ops);
            looked += count;
        }
        assert_eq!(seen, needed, "a recovery flushes what it does not need to");
        looked
    })
}

#[test]
fn a_recovery_survives_every_power_cut_and_needs_every_flush() {
    let (world, plan, _) = prepared();
    let looked = recovers(&world, &|world, disk| world.integrate(disk, &plan).map(|_| ()));
    assert!(looked > 1000, "only {looked} states were looked at");
}

#[test]
fn the_recovery_of_other_changes_survives_every_power_cut() {
    let (world, plan, _) = prepared();
    recovers(&world, &|world, disk| world.roll_back(disk, &Aim::Last).map(|_| ()));
    recovers(&world, &|world, disk| super::random::isolate_one(world, disk, "b.py"));
    recovers(&world, &|world, disk| open(world, disk, &plan).map(|_| ()));
    let world = on_trial();
    recovers(&world, &|world, disk| end(world, disk, TrialState::Stopping, "fail"));
    recovers(&world, &|world, disk| end(world, disk, TrialState::Promoting, "pass"));
}

#[test]
fn collecting_survives_every_power_cut_and_needs_every_flush() {
    let world = super::crash::collectable();
    let collected = record(&world, |world, disk| world.collect(disk));
    let (broken, looked) = collected.replay(None);
    assert_eq!(broken, None);
    assert!(looked > 1000, "only {looked} states were looked at");
    assert!(idle(&collected).is_empty());
    recovers(&world, &|world, disk| world.collect(disk));
}

#[test]
fn what_replaces_and_collects_needs_every_flush() {
    let (world, plan, token) = prepared();
    let upgraded = record(&world, |world, disk| world.integrate(disk, &plan).map(|_| ()));
    assert_eq!(idle(&upgraded), ["state"]);
    let back = record(&world, |world, disk| world.roll_back(disk, &Aim::Token(token.clone())).map(|_| ()));
    // That of the contents is needed after a kill, see below: here all of them were durable before.
    assert_eq!(idle(&back), ["objects", "state"]);
}

#[test]
fn contents_that_a_killed_run_has_named_are_made_durable_by_the_next() {
    let world = World::new();
    let plan = world.plan(vec![world.component("a", &[("a.py", "a")], &[])]);
    let operation = |world: &World, disk: Arc<dyn Disk>| world.integrate(disk, &plan).map(|_| ());
    let is_flush = |op: &Op| matches!(op, Op::SyncDir(path) if path.ends_with("objects"));
    super::crash::quietly(|| {
        let at = record(&world, operation).ops.iter().position(is_flush).unwrap();
        let trace = record_after_kill(&world, at, operation, operation).unwrap();
        assert_eq!(trace.replay(None).0, None);
        let flush = at + trace.ops.iter().skip(at).position(is_flush).unwrap();
        assert!(trace.replay(Some(flush)).0.is_some(), "a content that is there may have a name that can be lost");
    });
}

/// An isolation that takes the original away, or puts it back.
fn take_away(world: &World, disk: Arc<dyn Disk>) -> Result<()> {
    isolate_path(world, disk, "b.py")
}

fn isolate_path(world: &World, disk: Arc<dyn Disk>, path: &str) -> Result<()> {
    world.on(disk, |context| {
        let wanted = vec![Isolation { path: path.to_owned(), reason: "a test".to_owned(), trigger: "test".to_owned() }];
        let approved = review_isolation(wanted, &Circumstances::of(&world.settings)).unwrap();
        isolate(context, &world.project(), &approved, Original::Go, "test").map(|_| ())
    })
}

fn put_back(world: &World, disk: Arc<dyn Disk>) -> Result<()> {
    world.on(disk, |context| restore(context, &world.project(), 1, Version::Held, "a test", "test").map(|_| ()))
}

#[test]
fn originals_that_go_and_come_back_need_every_flush() {
    let (world, _, _) = prepared();
    let gone = record(&world, take_away);
    // Once for the folder of what is held, which is there already, and once for the change.
    assert_eq!(idle(&gone), ["objects", "state"]);
    take_away(&world, Arc::new(SystemDisk)).unwrap();
    let mut back = record(&world, put_back);
    back.said.iter_mut().for_each(|said| said.putting_back = true);
    assert!(idle(&back).is_empty());
    super::crash::try_everything(&world, &put_back, 3, 3);
    // The folder that it came from may be gone as well.
    let from = world.project().join("a/deep/er/x.py");
    let isolate_deep = |world: &World, disk: Arc<dyn Disk>| isolate_path(world, disk, "a/deep/er/x.py");
    isolate_deep(&world, Arc::new(SystemDisk)).unwrap();
    assert!(!from.exists());
    std::fs::remove_dir_all(world.project().join("a/deep")).unwrap();
    let deep_back = |world: &World, disk: Arc<dyn Disk>| {
        world.on(disk, |context| restore(context, &world.project(), 2, Version::Held, "a test", "test").map(|_| ()))
    };
    let mut back = record(&world, deep_back);
    back.said.iter_mut().for_each(|said| said.putting_back = true);
    assert!(idle(&back).is_empty());
}
