//! The figures of deployment: a plan of 10,000 components, the integration of 1,000 files beside
//! `cp -r --reflink=never` and `sync` of the same files, a rollback of a small and of a large tree, and readers
//! during a thousand swaps.
//!
//! `cargo bench --bench integration`, or with the name of one part (`-- rollback`). Everything happens in a temporary folder below the current one, so that
//! the file system is the one that is meant.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and may end when it cannot go on")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures other programs as well")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use aetherra_maint::Context;
use aetherra_maint::execute::integrate::integrate;
use aetherra_maint::execute::layout::Layout;
use aetherra_maint::execute::recover::recover;
use aetherra_maint::execute::rollback::{Aim, Dependents, prepare, roll_back};
use aetherra_maint::execute::swap::{Routing, point};
use aetherra_maint::gate::review::{Circumstances, review, review_rollback};
use aetherra_maint::host::{Host, SystemDisk};
use aetherra_maint::incorporation::planner::{Candidate, Deployed, Options, plan};
use aetherra_maint::incorporation::probe::probe;
use aetherra_maint::incorporation::structure::of_python;
use aetherra_maint::model::{
    Component, ComponentKind, Decision, Digest, FileKind, Language, Plan, PlanningReport, RiskScore, TrustTier, Verdict,
};
use aetherra_maint::settings::Settings;
use aetherra_maint::store::Store;

fn main() {
    let here = std::env::current_dir().unwrap();
    // `--bench` is what cargo says to every benchmark.
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let parts: [(&str, &dyn Fn()); 4] = [
        ("plan", &plan_of_many),
        ("integration", &|| integration_beside_copy(&here)),
        ("rollback", &|| rollback_by_size(&here)),
        ("readers", &|| readers_during_swaps(&here)),
    ];
    for (_, part) in parts.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name)) {
        part();
    }
}

/// A plugin that imports the one before it, so that there is an order to find.
fn candidate(number: usize) -> (Candidate, String) {
    let path = format!("plugins/group_{}/plugin_{number:05}.py", number / 100);
    let need = if number.is_multiple_of(10) { String::new() } else { format!("import plugin_{:05}\n", number - 1) };
    let text = format!(
        "{need}class P:\n    name = \"plugin-{number}\"\n    version = \"1.0.0\"\n    def execute(self, x):\n        return x + {number}\nPLUGIN_CLASS = P\n__dependencies__ = [\"numpy>=1.{}\"]\n{}",
        number % 20,
        "# filler to the size of an ordinary module\n".repeat(40)
    );
    let digest = Digest::of(text.as_bytes());
    let verdict = Verdict {
        subject: path.clone(),
        digest,
        risk: RiskScore::default(),
        tier: TrustTier::Standard,
        decision: Decision::Approve,
        rationale: Vec::new(),
        complete: true,
        ..Verdict::default()
    };
    let candidate = Candidate {
        path,
        root: ".".to_owned(),
        digest,
        size: text.len() as u64,
        kind: FileKind::Source,
        language: Language::Python,
        structure: Arc::new(of_python(&text)),
        class: Some((ComponentKind::Plugin, 0.9)),
        verdict: Some(verdict),
        vouched: TrustTier::Standard,
    };
    (candidate, text)
}

fn make_plan(count: usize) -> (Plan, Vec<(String, String)>, f64) {
    let (candidates, texts): (Vec<Candidate>, Vec<String>) = (0..count).map(candidate).unzip();
    let files = candidates.iter().map(|candidate| candidate.path.clone()).zip(texts).collect();
    let started = Instant::now();
    let plan = plan(&candidates, &Deployed::nothing(), &Options::default());
    let seconds = started.elapsed().as_secs_f64();
    assert_eq!(plan.components.len(), count);
    (plan, files, seconds)
}

fn plan_of_many() {
    let (_, _, seconds) = make_plan(10_000);
    println!("plan of 10,000 components: {:.0} ms", seconds * 1000.0);
}

struct World {
    folder: tempfile::TempDir,
    host: Host,
    settings: Settings,
}

impl World {
    fn new(below: &Path, files: &[(String, String)]) -> Self {
        let folder = tempfile::TempDir::new_in(below).unwrap();
        for (path, text) in files {
            let path = folder.path().join("project").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self { folder, host: Host::real(), settings: Settings::default() }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Context<'_>) -> T) -> T {
        let mut store = Store::open(&self.folder.path().join("state"), &self.host).unwrap();
        let mut context = Context { settings: &self.settings, store: &mut store, host: &self.host, trace_id: "bench" };
        work(&mut context)
    }

    /// A plan that lets these components in.
    fn plan(&self, components: Vec<Component>) -> Plan {
        let parent = self.with(|context| context.store.generation_deployed().unwrap().0);
        let report = PlanningReport::default();
        let mut plan = Plan { id: String::new(), parent, components, steps: Vec::new(), report };
        plan.id = plan.compute_id();
        plan
    }

    fn integrate(&self, plan: &Plan) -> f64 {
        let approved = review(plan.clone(), &Circumstances::of(&self.settings)).unwrap();
        self.with(|context| {
            let started = Instant::now();
            integrate(context, &self.folder.path().join("project"), &approved, "bench", &probe).unwrap();
            started.elapsed().as_secs_f64()
        })
    }

    /// `cp` and `sync` of the project.
    fn copy(&self) -> f64 {
        let started = Instant::now();
        let copied = std::process::Command::new("cp")
            .args(["-r", "--reflink=never"])
            .arg(self.folder.path().join("project"))
            .arg(self.folder.path().join("copy"))
            .status()
            .unwrap();
        assert!(copied.success() && std::process::Command::new("sync").status().unwrap().success());
        started.elapsed().as_secs_f64()
    }

    fn roll_back(&self) -> f64 {
        self.with(|context| {
            let started = Instant::now();
            recover(context).unwrap();
            let plan = prepare(context, &Aim::Last, Dependents::Refuse).unwrap();
            let approved = review_rollback(plan, &[], &Circumstances::of(&self.settings)).unwrap();
            roll_back(context, self.folder.path(), &approved, "bench", "bench").unwrap();
            started.elapsed().as_secs_f64()
        })
    }
}

/// Rounds of an integration and of a copy, the one first and the other first in turn.
const ROUNDS: usize = 15;

/// Nothing is cleared away before all was measured: ext4 does not give what was freed in the last minutes to new files,
/// and looks past all of it for each file that is made.
fn integration_beside_copy(here: &Path) {
    let (plan, files, _) = make_plan(1000);
    let worlds: Vec<World> = (0..ROUNDS).map(|_| World::new(here, &files)).collect();
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for (round, world) in worlds.iter().enumerate() {
        let first = round.is_multiple_of(2).then(|| synced(|| world.copy()));
        let seconds = synced(|| world.integrate(&plan));
        let copy = first.unwrap_or_else(|| synced(|| world.copy()));
        ours.push(seconds);
        theirs.push(copy);
        ratios.push(seconds / copy);
    }
    println!(
        "integration of 1,000 files: {:.0} ms, cp and sync: {:.0} ms, ratio {:.2} (medians of {ROUNDS}, of the ratios too)",
        median(&mut ours) * 1000.0,
        median(&mut theirs) * 1000.0,
        median(&mut ratios)
    );
}

/// Does something when nothing is left to be written.
fn synced(work: impl FnOnce() -> f64) -> f64 {
    rustix::fs::sync();
    work()
}

/// A tree of so many files, to which one more comes. That change is undone, that is undone, and so on: each time as
/// `rollback --last` does it, with the look for what an interrupted run left.
fn rollback_by_size(here: &Path) {
    let mut figures = Vec::new();
    for count in [10, 1000, 10_000] {
        let (mut plan, files, _) = make_plan(count + 1);
        let world = World::new(here, &files);
        let newest = plan.components.split_off(count);
        for components in [plan.components, newest] {
            world.integrate(&world.plan(components));
        }
        rustix::fs::sync();
        let mut times: Vec<f64> = (0..15).map(|_| world.roll_back()).collect();
        figures.push(format!("{:.1} ms ({} files)", median(&mut times) * 1000.0, count + 1));
    }
    println!("rollback of the newest change: {}", figures.join(", "));
}

/// Readers resolve `current` once and read two files through what they found: both must be of one generation.
fn readers_during_swaps(here: &Path) {
    let folder = tempfile::TempDir::new_in(here).unwrap();
    let layout = Layout::new(folder.path());
    for number in [1_u64, 2] {
        let tree = layout.generation(number);
        std::fs::create_dir_all(&tree).unwrap();
        for name in ["a", "b"] {
            std::fs::write(tree.join(name), number.to_string()).unwrap();
        }
    }
    point(&SystemDisk, &layout, &Routing::all(1)).unwrap();
    let (stop, reads, mixed) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let mut seen = BTreeSet::new();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) || reads.load(Ordering::Relaxed) < 1_000_000 {
                    let tree = layout.state.join(std::fs::read_link(layout.current()).unwrap());
                    let read = |name: &str| std::fs::read(tree.join(name)).unwrap();
                    if read("a") != read("b") {
                        mixed.fetch_add(1, Ordering::Relaxed);
                    }
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for swap in 0..1000_u64 {
            let number = swap % 2 + 1;
            point(&SystemDisk, &layout, &Routing::all(number)).unwrap();
            seen.insert(number);
        }
        stop.store(true, Ordering::Relaxed);
    });
    println!(
        "{} reads across 1,000 swaps: {} mixed versions",
        reads.load(Ordering::Relaxed),
        mixed.load(Ordering::Relaxed)
    );
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
