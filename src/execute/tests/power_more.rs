//! Power cuts in every other operation, and which of its flushes are needed.
//!
//! A flush without which nothing breaks here is either needed by another operation that runs the same code, or it is
//! a waste of time; so every list of them is written down, and is short.

use super::disks::Op;
use super::power::{Trace, record};
use super::trials::{end, on_trial, open};
use super::*;
use crate::execute::isolate::{Isolation, Original, Version, isolate, restore};
use crate::gate::review::review_isolation;
use crate::host::SystemDisk;

/// The names of what the idle flushes flush.
fn idle(trace: &Trace) -> Vec<String> {
    let name = |at: usize| match &trace.ops[at] {
        Op::SyncFile(path) | Op::SyncDir(path) => path.file_name().unwrap().to_string_lossy().into_owned(),
        _ => "all".to_owned(),
    };
    let mut names: Vec<String> = trace.idle().into_iter().map(name).collect();
    names.sort();
    names
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

#[test]
fn what_replaces_and_collects_needs_every_flush() {
    let (world, plan, token) = prepared();
    let upgraded = record(&world, |world, disk| world.integrate(disk, &plan).map(|_| ()));
    assert_eq!(idle(&upgraded), ["state"]);
    let back = record(&world, |world, disk| world.roll_back(disk, &Aim::Token(token.clone())).map(|_| ()));
    assert_eq!(idle(&back), ["state"]);
}

/// An isolation that takes the original away, or puts it back.
fn take_away(world: &World, disk: Arc<dyn Disk>) -> Result<()> {
    world.on(disk, |context| {
        let wanted =
            vec![Isolation { path: "b.py".to_owned(), reason: "a test".to_owned(), trigger: "test".to_owned() }];
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
    assert_eq!(idle(&gone), ["state"]);
    take_away(&world, Arc::new(SystemDisk)).unwrap();
    let mut back = record(&world, put_back);
    back.said.iter_mut().for_each(|said| said.putting_back = true);
    assert!(idle(&back).is_empty());
    super::crash::try_everything(&world, &put_back, 3, 3);
}
