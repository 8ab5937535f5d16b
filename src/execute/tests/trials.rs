//! Trials, stopped at every point.

use super::crash::try_everything;
use super::*;
use crate::execute::trial::{self, Terms};
use crate::host::SystemDisk;
use crate::model::CanaryTrial;

fn terms() -> Terms {
    Terms { percent: 10.0, seconds: 300, input: None, evidence: serde_json::json!({}) }
}

pub fn open(world: &World, disk: Arc<dyn Disk>, plan: &Plan) -> Result<CanaryTrial> {
    let approved = review(plan.clone(), &Circumstances::of(&world.settings)).unwrap();
    world.on(disk, |context| trial::open(context, &world.project(), &approved, terms(), "test", &|_, _, _| Ok(())))
}

/// What the next look does when a verdict is there already; nothing when recovery has done it.
pub fn end(world: &World, disk: Arc<dyn Disk>, state: TrialState, outcome: &str) -> Result<()> {
    world.on(disk, |context| {
        let Some(mut trial) = context.store.trial_open()? else { return Ok(()) };
        if trial.state == TrialState::Running {
            let verdict = serde_json::json!({ "outcome": outcome, "reasons": ["because"] });
            trial = trial::decide(context, &trial, state, &verdict, "test")?;
        }
        match state {
            TrialState::Promoting => trial::promote(context, &world.project(), &trial, "test").map(|_| ()),
            _ => trial::close(context, &trial, "test").map(|_| ()),
        }
    })
}

pub fn on_trial() -> World {
    let (world, plan, _) = prepared();
    open(&world, Arc::new(SystemDisk), &plan).unwrap();
    world
}

#[test]
fn a_trial_gives_a_part_of_the_traffic_and_changes_nothing_else() {
    let world = on_trial();
    assert_eq!(world.disagreement(), None);
    assert_eq!(swap::current(&world.layout()).unwrap(), 2);
    let routing = swap::routing(&world.layout()).unwrap();
    let routed = (0..10_000).filter(|key| routing.route(&format!("user-{key}")).0 == 3).count();
    assert!((800..1200).contains(&routed), "{routed} of 10000 keys get the canary");
    let (plan, again) = (world.plan(vec![world.component("e", &[("e.py", "e")], &[])]), Arc::new(SystemDisk));
    let error = world.integrate(Arc::clone(&again) as Arc<dyn Disk>, &plan).unwrap_err();
    assert_eq!(error.code, "canary-running");
    assert_eq!(open(&world, again, &plan).unwrap_err().code, "canary-running");
}

#[test]
fn opening_a_trial_is_all_or_nothing() {
    let (world, plan, _) = prepared();
    let count = try_everything(&world, &|world, disk| open(world, disk, &plan).map(|_| ()), 2, 2);
    assert!(count > 20, "only {count} operations were tried");
}

#[test]
fn taking_a_trial_back_is_all_or_nothing() {
    let world = on_trial();
    let count = try_everything(&world, &|world, disk| end(world, disk, TrialState::Stopping, "fail"), 2, 2);
    assert!(count > 5, "only {count} operations were tried");
    end(&world, Arc::new(SystemDisk), TrialState::Stopping, "fail").unwrap();
    assert_eq!(world.store().trial_latest().unwrap().unwrap().state, TrialState::Failed);
    assert_eq!(world.disagreement(), None);
}

#[test]
fn a_promotion_is_all_or_nothing() {
    let world = on_trial();
    let promote = |world: &World, disk: Arc<dyn Disk>| end(world, disk, TrialState::Promoting, "pass");
    // A promotion that was interrupted before its swap is still to be done; the next look does that.
    let count = try_everything(
        &world,
        &|world, disk| {
            let done = promote(world, disk);
            if done.is_err() && world.store().trial_open().unwrap().is_some() {
                let routing = swap::routing(&world.layout()).unwrap();
                assert!(routing.canary.is_some() || swap::current(&world.layout()).unwrap() == 3);
            }
            done
        },
        2,
        3,
    );
    assert!(count > 5, "only {count} operations were tried");
    promote(&world, Arc::new(SystemDisk)).unwrap();
    assert_eq!(world.store().trial_latest().unwrap().unwrap().state, TrialState::Passed);
    assert_eq!(swap::routing(&world.layout()).unwrap(), Routing::all(3));
    let back = world.roll_back(Arc::new(SystemDisk), &Aim::Last).unwrap();
    assert_eq!(back.to, 2);
}

#[test]
fn nobody_puts_a_first_generation_on_trial() {
    let world = World::new();
    let plan = world.plan(vec![world.component("a", &[("a.py", "a")], &[])]);
    assert_eq!(open(&world, Arc::new(SystemDisk), &plan).unwrap_err().code, "canary-without-stable");
}
