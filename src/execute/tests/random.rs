//! Random histories, killed at random points: whatever was being done, nothing is half done, and the next run
//! reconciles it.

use std::sync::Arc;
use std::time::Instant;

use super::crash::{quietly, run};
use super::disks::{Fault, FaultyDisk};
use super::*;
use crate::execute::isolate::{Isolation, Original, isolate};
use crate::gate::review::review_isolation;
use crate::host::{Entropy, SeededEntropy, SystemDisk};

/// Kill points of an ordinary run of the tests; `KILL_POINTS=10000` tries as many as are published.
const POINTS: usize = 150;

pub fn isolate_one(world: &World, disk: Arc<dyn Disk>, path: &str) -> Result<()> {
    world.on(disk, |context| {
        let wanted = vec![Isolation { path: path.to_owned(), reason: "a test".to_owned(), trigger: "test".to_owned() }];
        let approved = review_isolation(wanted, &Circumstances::of(&world.settings)).unwrap();
        isolate(context, &world.project(), &approved, Original::Stay, "test").map(|_| ())
    })
}

/// One operation by its number, on a world in which all of them are possible.
fn operate(world: &World, plan: &Plan, token: &str, which: usize, disk: Arc<dyn Disk>) -> Result<()> {
    match which {
        0 => world.integrate(disk, plan).map(|_| ()),
        1 => world.roll_back(disk, &Aim::Last).map(|_| ()),
        2 => world.roll_back(disk, &Aim::Token(token.to_owned())).map(|_| ()),
        3 => isolate_one(world, disk, "b.py"),
        _ => world.collect(disk),
    }
}

#[test]
fn no_random_kill_leaves_anything_half_done() {
    let points = std::env::var("KILL_POINTS").ok().and_then(|text| text.parse().ok()).unwrap_or(POINTS);
    let random = SeededEntropy::new(11);
    let below = |limit: usize| {
        let mut bytes = [0; 8];
        random.fill(&mut bytes);
        (u64::from_le_bytes(bytes) % limit as u64) as usize
    };
    let (world, plan, token) = prepared();
    let faults = [Fault::KillBefore, Fault::KillMidway, Fault::KillAfter];
    let (mut killed, mut slowest) = (0, std::time::Duration::ZERO);
    quietly(|| {
        let counts: Vec<usize> = (0..5)
            .map(|which| {
                let counter = Arc::new(FaultyDisk::new(usize::MAX, Fault::None));
                operate(&world.copy(), &plan, &token, which, Arc::clone(&counter) as Arc<dyn Disk>).unwrap();
                counter.count().max(1)
            })
            .collect();
        for point in 0..points {
            let (which, world) = (below(5), world.copy());
            let (at, fault) = (below(counts[which]), faults[below(3)]);
            let place = format!("point {point}: {fault:?} at operation {at} of {which}");
            if run(|| operate(&world, &plan, &token, which, Arc::new(FaultyDisk::new(at, fault)))).is_none() {
                killed += 1;
            }
            assert_eq!(world.half_deployed(&[1, 2, 3]), None, "{place}: half deployed");
            let started = Instant::now();
            world.on(Arc::new(SystemDisk), |_| Ok(())).unwrap_or_else(|error| panic!("{place}: {error}"));
            slowest = slowest.max(started.elapsed());
            assert_eq!(world.disagreement(), None, "{place}: after recovery");
        }
    });
    assert!(killed * 2 > points, "only {killed} of {points} runs were killed");
    if points > POINTS {
        // Published, so it has to be seen.
        let line = format!("{points} kill points, {killed} of them hit, slowest recovery {} ms\n", slowest.as_millis());
        std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes()).unwrap();
    }
}

#[test]
fn isolating_is_all_or_nothing() {
    let (world, _, _) = prepared();
    let count = super::crash::try_everything(&world, &|world, disk| isolate_one(world, disk, "b.py"), 2, 3);
    assert!(count > 15, "only {count} operations were tried");
}

#[test]
fn what_is_held_survives_every_kill() {
    let (world, _, _) = prepared();
    quietly(|| {
        let counter = Arc::new(FaultyDisk::new(usize::MAX, Fault::None));
        isolate_one(&world.copy(), Arc::clone(&counter) as Arc<dyn Disk>, "b.py").unwrap();
        for at in 0..counter.count() {
            let world = world.copy();
            let _ = run(|| isolate_one(&world, Arc::new(FaultyDisk::new(at, Fault::KillMidway)), "b.py"));
            isolate_one(&world, Arc::new(SystemDisk), "b.py").unwrap();
            let items = world.store().quarantine_items().unwrap();
            assert_eq!(items.len(), 1, "killed at {at}: held once, whatever happened");
            let (_, deployed) = world.store().generation_deployed().unwrap();
            assert!(deployed.iter().all(|component| component.id != "b.py"), "killed at {at}");
            let restored = world.on(Arc::new(SystemDisk), |context| {
                std::fs::remove_file(world.project().join("b.py")).unwrap();
                super::super::isolate::restore(
                    context,
                    &world.project(),
                    items[0].id,
                    super::super::isolate::Version::Held,
                    "a test",
                    "test",
                )
            });
            assert!(restored.is_ok(), "killed at {at}: {restored:?}");
            assert_eq!(std::fs::read_to_string(world.project().join("b.py")).unwrap(), "b");
        }
    });
}
