//! What a power cut leaves: the recorded operations replayed on a model of a file system that keeps only what
//! was made durable, plus any part of the rest.
//!
//! The model is meaner than real file systems. A file that was not made durable has all, half or nothing of its
//! content; a name that was not made durable is there or not, each independently of the others. Commits of the
//! database are durable, as they are with `synchronous=FULL`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component as Part, Path, PathBuf};
use std::sync::Arc;

use super::disks::{Blocks, Op, RecordingDisk};
use super::*;
use crate::execute::layout::{MANIFEST, TREE};
use crate::host::{Entropy, SeededEntropy, SystemDisk};
use crate::model::{CanaryTrial, Generation, Quarantine, QuarantineState};
use crate::store::generations::Change;

/// Random states for each point at which the power may go.
const STATES_A_POINT: usize = 100;

type Names = BTreeMap<(usize, String), usize>;

#[derive(Clone)]
enum Node {
    Dir,
    Link(PathBuf),
    File { content: Vec<u8>, durable: bool },
}

#[derive(Clone)]
enum Event {
    Add(usize, String, usize),
    Remove(usize, String),
    Rename((usize, String), (usize, String), usize),
}

impl Event {
    /// The folder whose names have to be made durable for it.
    fn folder(&self) -> usize {
        match self {
            Self::Add(folder, _, _) | Self::Remove(folder, _) | Self::Rename(_, (folder, _), _) => *folder,
        }
    }

    fn apply(&self, names: &mut Names) {
        match self {
            Self::Add(folder, name, node) => {
                names.insert((*folder, name.clone()), *node);
            }
            Self::Remove(folder, name) => {
                names.remove(&(*folder, name.clone()));
            }
            Self::Rename(from, to, node) => {
                if names.get(from) == Some(node) {
                    names.remove(from);
                }
                names.insert(to.clone(), *node);
            }
        }
    }
}

/// The model: what a program sees, and what is durable.
#[derive(Clone)]
struct Model {
    root: PathBuf,
    nodes: Vec<Node>,
    seen: Names,
    durable: Names,
    pending: Vec<Event>,
}

impl Model {
    /// The model of a folder as it is, all of it durable.
    fn of(root: &Path) -> Self {
        let mut model = Self {
            root: root.to_path_buf(),
            nodes: vec![Node::Dir],
            seen: Names::new(),
            durable: Names::new(),
            pending: Vec::new(),
        };
        model.load(root, 0);
        model.durable = model.seen.clone();
        model
    }

    fn load(&mut self, folder: &Path, node: usize) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let kind = entry.file_type().unwrap();
            let made = self.nodes.len();
            self.nodes.push(if kind.is_dir() {
                Node::Dir
            } else if kind.is_symlink() {
                Node::Link(std::fs::read_link(entry.path()).unwrap())
            } else {
                Node::File { content: std::fs::read(entry.path()).unwrap(), durable: true }
            });
            self.seen.insert((node, entry.file_name().to_string_lossy().into_owned()), made);
            if kind.is_dir() {
                self.load(&entry.path(), made);
            }
        }
    }

    fn parts(&self, path: &Path) -> Vec<String> {
        let below = path.strip_prefix(&self.root).expect("only the project and its state are changed");
        below
            .components()
            .map(|part| match part {
                Part::Normal(name) => name.to_string_lossy().into_owned(),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    fn find(names: &Names, parts: &[String]) -> Option<usize> {
        parts.iter().try_fold(0, |node, name| names.get(&(node, name.clone())).copied())
    }

    fn place(&self, path: &Path) -> (usize, String) {
        let mut parts = self.parts(path);
        let name = parts.pop().unwrap();
        (Self::find(&self.seen, &parts).expect("its folder"), name)
    }

    fn node(&self, path: &Path) -> usize {
        Self::find(&self.seen, &self.parts(path)).unwrap_or_else(|| panic!("{}", path.display()))
    }

    fn happen(&mut self, event: Event) {
        event.apply(&mut self.seen);
        self.pending.push(event);
    }

    fn add(&mut self, path: &Path, node: Node) {
        self.nodes.push(node);
        let (folder, name) = self.place(path);
        self.happen(Event::Add(folder, name, self.nodes.len() - 1));
    }

    fn apply(&mut self, op: &Op) {
        match op {
            Op::CreateDir(path) => self.add(path, Node::Dir),
            Op::Write(path, content) => self.add(path, Node::File { content: content.clone(), durable: false }),
            Op::Symlink(target, path) => self.add(path, Node::Link(target.clone())),
            Op::Link(from, to) => {
                let node = self.node(from);
                let (folder, name) = self.place(to);
                self.happen(Event::Add(folder, name, node));
            }
            Op::Rename(from, to) => {
                let node = self.node(from);
                self.happen(Event::Rename(self.place(from), self.place(to), node));
            }
            Op::Remove(path) => {
                let (folder, name) = self.place(path);
                self.happen(Event::Remove(folder, name));
            }
            Op::SyncFile(path) => {
                let node = self.node(path);
                if let Node::File { durable, .. } = &mut self.nodes[node] {
                    *durable = true;
                }
            }
            Op::SyncDir(path) => {
                let folder = self.node(path);
                let (now, later) =
                    std::mem::take(&mut self.pending).into_iter().partition(|event: &Event| event.folder() == folder);
                self.pending = later;
                for event in &now as &Vec<Event> {
                    event.apply(&mut self.durable);
                }
            }
            Op::SyncAll => {
                self.durable = self.seen.clone();
                self.pending.clear();
                for node in &mut self.nodes {
                    if let Node::File { durable, .. } = node {
                        *durable = true;
                    }
                }
            }
        }
    }

    /// One thing that the power cut may leave.
    fn cut(&self, random: &SeededEntropy) -> Left {
        let byte = || {
            let mut buffer = [0];
            random.fill(&mut buffer);
            buffer[0]
        };
        let mut names = self.durable.clone();
        // Some cuts keep nearly everything, some nearly nothing.
        let bias = byte();
        for event in &self.pending {
            if byte() <= bias {
                event.apply(&mut names);
            }
        }
        let nodes = self.nodes.iter().map(|node| match node {
            Node::File { content, durable: false } => {
                let length = match byte() % 3 {
                    0 => 0,
                    1 => content.len() / 2,
                    _ => content.len(),
                };
                Node::File { content: content[..length].to_vec(), durable: true }
            }
            other => other.clone(),
        });
        Left { nodes: nodes.collect(), names }
    }
}

/// A file system after a power cut.
struct Left {
    nodes: Vec<Node>,
    names: Names,
}

impl Left {
    /// What lies at a path of the state directory.
    fn find(&self, path: &str) -> Option<&Node> {
        self.find_at(&format!("state/{path}"))
    }

    fn find_at(&self, path: &str) -> Option<&Node> {
        let parts: Vec<String> = path.split('/').map(str::to_owned).collect();
        Model::find(&self.names, &parts).map(|node| &self.nodes[node])
    }

    fn content(&self, path: &str) -> Option<&[u8]> {
        match self.find(path) {
            Some(Node::File { content, .. }) => Some(content),
            _ => None,
        }
    }

    /// Says which rule it breaks, given what the database says.
    fn broken(&self, said: &Said, known: &BTreeMap<u64, Generation>) -> Option<String> {
        let named = match self.find("current") {
            None => 0,
            Some(Node::Link(target)) => target.file_name().unwrap().to_str().unwrap().parse().unwrap(),
            Some(_) => return Some("`current` is no link".to_owned()),
        };
        let allowed: BTreeSet<u64> = match &said.open {
            Some(change) => [change.from, change.to].into(),
            None => [said.current].into(),
        };
        if !allowed.contains(&named) {
            return Some(format!("generation {named} is deployed, and it should be one of {allowed:?}"));
        }
        let registry = self.content("registry.json").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let routings = said.routings(&allowed);
        let was_nothing = registry.is_none() && allowed.contains(&0);
        let routing = routings.iter().find(|routing| Some(routing.text()) == registry);
        if routing.is_none() && !was_nothing {
            return Some(format!("the registry is {registry:?}, and it should be one of {routings:?}"));
        }
        // What is named must be complete, and so must everything that one can go back to.
        let mut complete = said.kept.clone();
        complete.insert(named);
        complete.extend(routing.and_then(|routing| routing.canary.as_ref()).map(|(number, _, _)| *number));
        for number in complete.into_iter().filter(|number| *number > 0) {
            let generation = &known[&number];
            for file in generation.components.iter().flat_map(|component| &component.files) {
                let path = format!("generations/{number}/{TREE}/{}", file.target);
                if self.content(&path).map(Digest::of) != Some(file.digest) {
                    return Some(format!("`{path}` is not what was approved"));
                }
                if !said.kept.contains(&number) {
                    continue;
                }
                if self.content(&format!("objects/{}", file.digest.hex())).is_none() {
                    return Some(format!("the content of `{}` is lost", file.target));
                }
            }
            let manifest = self.content(&format!("generations/{number}/{MANIFEST}"));
            let expected = stage::manifest_text(generation).unwrap();
            if manifest != Some(expected.as_bytes()) {
                return Some(format!("the list of generation {number} is damaged"));
            }
        }
        for digest in &said.held {
            let pack = self.content(&format!("quarantine/{}.held", digest.hex()));
            let bytes = pack.and_then(|pack| zstd::bulk::decompress(pack, 1 << 20).ok());
            if bytes.map(|bytes| Digest::of(&bytes)) != Some(*digest) {
                return Some(format!("what is held as {} is lost", digest.short()));
            }
        }
        if let Some(why) = said.items.iter().find_map(|item| self.misplaced(item, said.putting_back)) {
            return Some(why);
        }
        let objects = Model::find(&self.names, &["state".to_owned(), "objects".to_owned()])?;
        for ((folder, name), node) in &self.names {
            if *folder != objects || name.len() != 64 {
                continue;
            }
            if let Node::File { content, .. } = &self.nodes[*node]
                && Digest::of(content).hex() != *name
            {
                return Some(format!("the content {name} is damaged"));
            }
        }
        None
    }

    /// An original that was put back must be there, and one that was taken away must not.
    fn misplaced(&self, item: &Quarantine, putting_back: bool) -> Option<String> {
        let there = self.find_at(&format!("project/{}", item.path));
        let digest = match there {
            Some(Node::File { content, .. }) => Some(Digest::of(content)),
            _ => None,
        };
        match item.state {
            QuarantineState::Restored if digest != Some(item.digest) => Some(format!("`{}` is not back", item.path)),
            QuarantineState::Held if item.moved && !putting_back && there.is_some() => {
                Some(format!("`{}` is there again", item.path))
            }
            _ => None,
        }
    }
}

/// What the database says at a moment.
#[derive(Clone)]
pub struct Said {
    open: Option<Change>,
    pub current: u64,
    kept: BTreeSet<u64>,
    held: Vec<Digest>,
    items: Vec<Quarantine>,
    trial: Option<CanaryTrial>,
    /// Whether originals that were taken away may come back.
    pub putting_back: bool,
}

impl Said {
    /// What the registry may say.
    fn routings(&self, allowed: &BTreeSet<u64>) -> Vec<Routing> {
        let all = allowed.iter().map(|number| Routing::all(*number));
        let Some(trial) = &self.trial else { return all.collect() };
        let tried = Routing::of_trial(trial);
        match trial.state {
            TrialState::Running => vec![tried],
            TrialState::Promoting if self.open.is_none() => vec![tried],
            _ => all.chain([tried]).collect(),
        }
    }
}

fn said(state: &Path) -> Said {
    let store = Store::open_to_read(state, &Host::fake(0, 1)).unwrap();
    let heads = store.generation_heads().unwrap();
    let kept = heads.iter().filter(|head| matches!(head.state, GenerationState::Live | GenerationState::Retired));
    let items = store.quarantine_items().unwrap();
    Said {
        open: store.change_unfinished().unwrap(),
        current: store.generation_current().unwrap(),
        kept: kept.map(|head| head.number).collect(),
        held: items.iter().map(|item| item.digest).collect(),
        items,
        trial: store.trial_open().unwrap(),
        putting_back: false,
    }
}

/// What an operation did, and what the database said around it.
pub struct Trace {
    start: Model,
    pub ops: Vec<Op>,
    pub said: Vec<Said>,
    known: BTreeMap<u64, Generation>,
    /// The first operation before which the power may go.
    from: usize,
}

/// What an operation does that is killed before its operation `at`, and what is done after that. All that the killed
/// one had not made durable is still not durable then: only power cuts after the kill are looked at. Nothing when it
/// has fewer operations.
pub fn record_after_kill(
    world: &World,
    at: usize,
    operation: impl Fn(&World, Arc<dyn Disk>) -> Result<()>,
    then: impl Fn(&World, Arc<dyn Disk>) -> Result<()>,
) -> Option<Trace> {
    let world = world.copy();
    let start = Model::of(world.folder.path());
    let observer = || {
        let state = world.state();
        move || said(&state)
    };
    let killed = Arc::new(RecordingDisk::new(observer()).killed_at(at));
    if super::crash::run(|| operation(&world, Arc::clone(&killed) as Arc<dyn Disk>)).is_some() {
        return None;
    }
    let after = Arc::new(RecordingDisk::new(observer()));
    then(&world, Arc::clone(&after) as Arc<dyn Disk>).unwrap();
    let mut done = std::mem::take(&mut *killed.done.lock().unwrap());
    done.append(&mut after.done.lock().unwrap());
    Some(Trace { from: at, ..Trace::of(start, done, &world) })
}

pub fn record(world: &World, operation: impl Fn(&World, Arc<dyn Disk>) -> Result<()>) -> Trace {
    record_sharing(Blocks::Linked, world, operation)
}

/// The same on a file system that shares blocks in this way.
fn record_sharing(blocks: Blocks, world: &World, operation: impl Fn(&World, Arc<dyn Disk>) -> Result<()>) -> Trace {
    let world = world.copy();
    let start = Model::of(world.folder.path());
    let state = world.state();
    let disk = Arc::new(RecordingDisk::new(move || said(&state)).sharing(blocks));
    operation(&world, Arc::clone(&disk) as Arc<dyn Disk>).unwrap();
    let done = std::mem::take(&mut *disk.done.lock().unwrap());
    Trace::of(start, done, &world)
}

impl Trace {
    fn of(start: Model, done: Vec<(Op, Said)>, world: &World) -> Self {
        let (ops, mut moments): (Vec<Op>, Vec<Said>) = done.into_iter().unzip();
        moments.push(said(&world.state()));
        let store = world.store();
        let numbers = store.generation_heads().unwrap();
        let known = numbers.iter().map(|head| (head.number, store.generation(head.number).unwrap().unwrap())).collect();
        Self { start, ops, said: moments, known, from: 0 }
    }

    /// Cuts the power at every point, many times, and says what broke first and how many states were looked at.
    pub fn replay(&self, left_out: Option<usize>) -> (Option<String>, usize) {
        self.replay_states(left_out, STATES_A_POINT)
    }

    /// The same with so many states for each point.
    pub fn replay_states(&self, left_out: Option<usize>, states: usize) -> (Option<String>, usize) {
        let random = SeededEntropy::new(11);
        let mut model = self.start.clone();
        let mut looked = 0;
        for point in 0..=self.ops.len() {
            if point > 0 && left_out != Some(point - 1) {
                model.apply(&self.ops[point - 1]);
            }
            if point < self.from {
                continue;
            }
            // Between two operations the database may have said the one or the other already.
            let said = [&self.said[point.saturating_sub(1)], &self.said[point]];
            for _ in 0..states {
                let left = model.cut(&random);
                for said in said {
                    looked += 1;
                    if let Some(why) = left.broken(said, &self.known) {
                        return (Some(format!("after operation {point}: {why}")), looked);
                    }
                }
            }
        }
        (None, looked)
    }

    /// Nothing breaks. The flushes without which nothing breaks either, by their place.
    pub fn idle(&self) -> BTreeSet<usize> {
        let (broken, looked) = self.replay(None);
        assert_eq!(broken, None, "{:#?}", self.ops);
        assert!(looked >= 1000, "only {looked} states were looked at");
        let flushes = self.ops.iter().enumerate().filter(|(_, op)| op.is_sync());
        flushes.filter(|(at, _)| self.replay(Some(*at)).0.is_none()).map(|(at, _)| at).collect()
    }

    /// Nothing breaks, and without any one of these flushes something does.
    pub fn check(&self, needed: impl Fn(&Op) -> bool) {
        let (broken, looked) = self.replay(None);
        assert_eq!(broken, None);
        assert!(looked >= 1000, "only {looked} states were looked at");
        for (at, op) in self.ops.iter().enumerate().filter(|(_, op)| needed(op)) {
            assert!(
                self.replay(Some(at)).0.is_some(),
                "nothing breaks without operation {at}, {op:?}\n{:#?}",
                self.ops
            );
        }
    }
}

#[test]
fn no_power_cut_breaks_an_integration_and_every_flush_is_needed() {
    let world = World::new();
    let plan = world.plan(vec![world.component("a", &[("a/deep/x.py", "x"), ("y.py", "y"), ("z.py", "y")], &[])]);
    for blocks in Blocks::ALL {
        record_sharing(blocks, &world, |world, disk| world.integrate(disk, &plan).map(|_| ())).check(Op::is_sync);
    }
}

#[test]
fn no_power_cut_breaks_an_upgrade() {
    let (world, plan, _) = prepared();
    for blocks in Blocks::ALL {
        let trace = record_sharing(blocks, &world, |world, disk| world.integrate(disk, &plan).map(|_| ()));
        assert_eq!(trace.replay(None).0, None);
    }
}

#[test]
fn no_power_cut_breaks_an_integration_that_is_flushed_at_once() {
    let world = World::new();
    let files: Vec<(String, String)> = (0..40).map(|n| (format!("m{n}/x.py"), format!("x = {n}"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let plan = world.plan(vec![world.component("many", &files, &[])]);
    for blocks in Blocks::ALL {
        let trace = record_sharing(blocks, &world, |world, disk| world.integrate(disk, &plan).map(|_| ()));
        assert!(trace.ops.contains(&Op::SyncAll));
        // Flushing everything makes some of what is flushed before or after it unnecessary, but never itself.
        trace.check(|op| *op == Op::SyncAll);
    }
}

#[test]
fn no_power_cut_breaks_a_rollback_and_every_flush_is_needed() {
    let (world, _, _) = prepared();
    record(&world, |world, disk| world.roll_back(disk, &Aim::Last).map(|_| ())).check(Op::is_sync);
}

#[test]
fn no_power_cut_breaks_an_isolation_and_every_flush_is_needed() {
    let (world, _, _) = prepared();
    // What is deployed leaves the tree as well, by a change whose flushes are tested above.
    let trace = record(&world, |world, disk| super::random::isolate_one(world, disk, "b.py"));
    assert_eq!(trace.replay(None).0, None);
    world.write("other.py", "x = 1");
    record(&world, |world, disk| super::random::isolate_one(world, disk, "other.py")).check(Op::is_sync);
}

#[test]
fn no_power_cut_breaks_a_rollback_by_a_new_generation() {
    let (world, _, token) = prepared();
    let trace = record(&world, |world, disk| world.roll_back(disk, &Aim::Token(token.clone())).map(|_| ()));
    assert_eq!(trace.replay(None).0, None);
}

#[test]
fn no_power_cut_breaks_a_recovery() {
    let (world, plan, _) = prepared();
    // Taken back: the intent is there and nothing else is.
    let mut store = world.store();
    let entry = crate::model::NewEntry::new("test", "change", "half done");
    let (parent, components) = store.generation_deployed().unwrap();
    let change = Change { id: 0, cause: "integrate".into(), from: parent.generation, to: 3, plan: None, spends: None };
    let merged = super::super::integrate::merged(&components, &plan);
    let generation = Generation {
        number: 3,
        parent: parent.generation,
        plan: None,
        cause: "integrate".into(),
        state: GenerationState::Intended,
        digest: crate::model::content_digest(&merged),
        made_ns: 0,
        components: merged,
    };
    store
        .record("test", |tx| {
            tx.generation_insert(&generation)?;
            tx.change_begin(&change, &Default::default(), 0)?;
            Ok(((), entry))
        })
        .unwrap();
    drop(store);
    let (layout, stop) = (world.layout(), crate::host::Stop::default());
    let staged = stage::build(&SystemDisk, &layout, &world.project(), &generation.components, &stop).unwrap();
    staged.place(&SystemDisk, &layout, &generation, |_| Ok(())).unwrap();
    let back = record(&world, |world, disk| world.on(disk, |_| Ok(())));
    assert_eq!(back.replay(None).0, None);
    swap::point(&SystemDisk, &world.layout(), &Routing::all(3)).unwrap();
    let forward = record(&world, |world, disk| world.on(disk, |_| Ok(())));
    assert_eq!(forward.said.last().unwrap().current, 3);
    assert_eq!(forward.replay(None).0, None);
}
