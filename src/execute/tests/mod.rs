//! Stopping every operation at every point.

mod crash;
mod disks;
mod power;
mod power_more;
mod random;
mod readers;
mod size;
mod trials;
mod trouble;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::change::Changed;
use super::integrate::integrate;
use super::layout::Layout;
use super::recover::recover;
use super::rollback::{Aim, Dependents, prepare, roll_back};
use super::swap::{self, Routing};
use super::{gc, stage};
use crate::context::Context;
use crate::error::Result;
use crate::gate::review::{Circumstances, review, review_rollback};
use crate::host::{Disk, Host};
use crate::model::{
    Action, Component, ComponentKind, Decision, Digest, GenerationState, PinnedFile, Plan, PlanningReport, TrialState,
    TrustTier,
};
use crate::settings::Settings;
use crate::store::Store;

/// A project and its state directory.
pub struct World {
    folder: TempDir,
    pub host: Host,
    pub settings: Settings,
}

impl World {
    pub fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap();
        std::fs::create_dir(folder.path().join("project")).unwrap();
        Self { folder, host: Host::fake(1_900_000_000_000_000_000, 7), settings: Settings::default() }
    }

    /// A copy of everything, with another source of identifiers.
    pub fn copy(&self) -> Self {
        let copy = Self { host: Host::fake(1_900_000_100_000_000_000, 8), ..Self::new() };
        for name in ["project", "state"] {
            copy_tree(&self.folder.path().join(name), &copy.folder.path().join(name));
        }
        copy
    }

    pub fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    pub fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    pub fn layout(&self) -> Layout {
        Layout::new(&self.state())
    }

    pub fn store(&self) -> Store {
        Store::open(&self.state(), &self.host).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.project().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// A component of these files, written into the project.
    pub fn component(&self, id: &str, files: &[(&str, &str)], depends_on: &[&str]) -> Component {
        let files: Vec<PinnedFile> = files
            .iter()
            .map(|(path, text)| {
                self.write(path, text);
                PinnedFile {
                    source: (*path).to_owned(),
                    target: (*path).to_owned(),
                    digest: Digest::of(text.as_bytes()),
                    size: text.len() as u64,
                }
            })
            .collect();
        let content: String = files.iter().map(|file| file.digest.hex() + &file.target).collect();
        Component {
            id: id.to_owned(),
            name: id.to_owned(),
            version: None,
            kind: ComponentKind::Plugin,
            action: Action::LoadPlugin,
            digest: Digest::of(content.as_bytes()),
            files,
            registers: Vec::new(),
            modules: Vec::new(),
            entry_point: None,
            requires: Vec::new(),
            depends_on: depends_on.iter().map(|id| (*id).to_owned()).collect(),
            risk: 0.0,
            tier: TrustTier::Standard,
            decision: Decision::Approve,
        }
    }

    pub fn plan(&self, components: Vec<Component>) -> Plan {
        let (parent, _) = self.store().generation_deployed().unwrap();
        let mut plan =
            Plan { id: String::new(), parent, components, steps: Vec::new(), report: PlanningReport::default() };
        plan.id = plan.compute_id();
        plan
    }

    /// Recovers, and then does something, on this disk.
    pub fn on<T>(&self, disk: Arc<dyn Disk>, work: impl FnOnce(&mut Context<'_>) -> Result<T>) -> Result<T> {
        let host = Host { disk, ..self.host.clone() };
        let mut store = Store::open(&self.state(), &host)?;
        let mut context = Context { settings: &self.settings, store: &mut store, host: &host, trace_id: "test" };
        recover(&mut context)?;
        work(&mut context)
    }

    pub fn integrate(&self, disk: Arc<dyn Disk>, plan: &Plan) -> Result<Changed> {
        let approved = review(plan.clone(), &Circumstances::of(&self.settings)).unwrap();
        self.on(disk, |context| integrate(context, &self.project(), &approved, "test", &|_, _, _| Ok(())))
    }

    pub fn roll_back(&self, disk: Arc<dyn Disk>, aim: &Aim) -> Result<Changed> {
        self.on(disk, |context| {
            let plan = prepare(context, aim, Dependents::Refuse)?;
            let approved = review_rollback(plan, &[], &Circumstances::of(&self.settings)).unwrap();
            roll_back(context, &self.project(), &approved, "test", "because")
        })
    }

    pub fn collect(&self, disk: Arc<dyn Disk>) -> Result<()> {
        self.on(disk, |context| gc::collect(context, 0).map(|_| ()))
    }

    /// Says what is wrong, if `current` does not lead to a complete tree, or to one that is not among these.
    pub fn half_deployed(&self, allowed: &[u64]) -> Option<String> {
        let named = match swap::current(&self.layout()) {
            Ok(named) => named,
            Err(error) => return Some(error.to_string()),
        };
        if !allowed.contains(&named) {
            return Some(format!("generation {named} is deployed"));
        }
        self.incomplete(named)
    }

    fn incomplete(&self, number: u64) -> Option<String> {
        if number == 0 {
            return None;
        }
        let generation = self.store().generation(number).unwrap()?;
        stage::check_tree(&self.layout(), &generation).err().map(|error| error.to_string())
    }

    /// Says where the state, the link, the registry and the trees disagree.
    pub fn disagreement(&self) -> Option<String> {
        let store = self.store();
        if store.change_unfinished().unwrap().is_some() {
            return Some("a change is still open".to_owned());
        }
        let current = store.generation_current().unwrap();
        let named = swap::current(&self.layout()).unwrap();
        if named != current {
            return Some(format!("the ledger says generation {current}, the link says {named}"));
        }
        let registry = std::fs::read_to_string(self.layout().registry()).unwrap_or_default();
        let wanted = Routing::wanted(&store, current).unwrap();
        if (current > 0 || wanted.canary.is_some()) && registry != wanted.text() {
            return Some(format!("the registry should say {wanted:?}: {registry}"));
        }
        if let Some(trial) = store
            .trial_open()
            .unwrap()
            .filter(|trial| !matches!(trial.state, TrialState::Running | TrialState::Promoting))
        {
            return Some(format!("a trial is {}", trial.state.word()));
        }
        for head in store.generation_heads().unwrap() {
            let is_there = self.layout().generation(head.number).exists();
            let should =
                matches!(head.state, GenerationState::Live | GenerationState::Retired | GenerationState::Canary);
            if is_there != should {
                return Some(format!("generation {} is {} and there: {is_there}", head.number, head.state.word()));
            }
            if let Some(why) = self.incomplete(head.number).filter(|_| should) {
                return Some(why);
            }
        }
        let left = std::fs::read_dir(self.layout().staging()).map_or(0, Iterator::count);
        (left > 0).then(|| format!("{left} things are left in staging"))
    }
}

fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            copy_tree(&source, &target);
        } else if kind.is_symlink() {
            std::os::unix::fs::symlink(std::fs::read_link(&source).unwrap(), &target).unwrap();
        } else {
            std::fs::copy(&source, &target).unwrap();
        }
    }
}

/// A world in which two generations were deployed, and a plan for the third, whose second component needs
/// nothing of the first.
pub fn prepared() -> (World, Plan, String) {
    let world = World::new();
    let first = vec![
        world.component("a", &[("a/__init__.py", "one"), ("a/deep/er/x.py", "two")], &[]),
        world.component("b.py", &[("b.py", "b")], &[]),
    ];
    let disk: Arc<dyn Disk> = Arc::new(crate::host::SystemDisk);
    let plan = world.plan(first);
    let token = world.integrate(Arc::clone(&disk), &plan).unwrap().token;
    let second = world.plan(vec![world.component("c.py", &[("c.py", "c")], &[])]);
    world.integrate(disk, &second).unwrap();
    let third = vec![
        world.component("a", &[("a/__init__.py", "one changed"), ("a/deep/er/x.py", "two")], &[]),
        world.component("d", &[("d/x/y.py", "d"), ("d/z.py", "dz")], &[]),
    ];
    let plan = world.plan(third);
    (world, plan, token)
}
