//! What must not grow with the tree.

use std::sync::Arc;

use super::*;
use crate::host::SystemDisk;

/// Bytes that going back from one component more writes into the log of the database, beside a tree of so many.
fn written_by_a_rollback(count: usize) -> u64 {
    let world = World::new();
    let disk: Arc<dyn Disk> = Arc::new(SystemDisk);
    let many = (0..count).map(|number| world.component(&format!("a component with the number {number}"), &[], &[]));
    let more = vec![world.component("more.py", &[("more.py", "more")], &[])];
    for components in [many.collect(), more] {
        world.integrate(Arc::clone(&disk), &world.plan(components)).unwrap();
    }
    // As long as somebody reads, the log is kept.
    let reader = Store::open_to_read(&world.state(), &world.host).unwrap();
    assert_eq!(reader.generation_current().unwrap(), 2);
    let log = world.state().join("state.db-wal");
    let before = log.metadata().map_or(0, |metadata| metadata.len());
    world.roll_back(disk, &Aim::Last).unwrap();
    log.metadata().unwrap().len() - before
}

#[test]
fn a_rollback_writes_as_much_for_a_large_tree_as_for_a_small_one() {
    let (small, large) = (written_by_a_rollback(1), written_by_a_rollback(3000));
    // A list of the large tree has almost a megabyte; a few pages more come from tables that lie otherwise.
    assert!(large < small + 40_000, "{small} bytes for a small tree, {large} for a large one");
}
