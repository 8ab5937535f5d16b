//! What a host sees that reads while what is deployed is swapped.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::*;
use crate::host::SystemDisk;

/// `benches/integration` does the same a thousand times, with a million reads.
const SWAPS: u64 = 100;

#[test]
fn a_reader_that_resolves_current_once_sees_one_generation() {
    let world = World::new();
    let disk: Arc<dyn Disk> = Arc::new(SystemDisk);
    for version in ["one", "two"] {
        let files = [("p/a.txt", version), ("p/b.txt", version)];
        let plan = world.plan(vec![world.component("p", &files, &[])]);
        world.integrate(Arc::clone(&disk), &plan).unwrap();
    }
    let layout = world.layout();
    let (stop, reads) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) || reads.load(Ordering::Relaxed) < 10 * SWAPS {
                    let seen = layout.state.join(std::fs::read_link(layout.current()).unwrap()).join("tree/p");
                    let read = |name: &str| std::fs::read_to_string(seen.join(name)).unwrap();
                    assert_eq!(read("a.txt"), read("b.txt"));
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for swap in 0..SWAPS {
            swap::point(&SystemDisk, &layout, &Routing::all(swap % 2 + 1)).unwrap();
        }
        stop.store(true, Ordering::Relaxed);
    });
}
