//! The loop: every stage at its cadence, for as long as it runs.
//!
//! # Nothing in memory
//!
//! What is due next follows from the recorded runs in the store and from what the stages work on, never
//! from anything that the process remembers. Kill it at any instant and start it again: a run that was not
//! recorded is due again, and every stage is the same function that its subcommand calls, which repeats
//! nothing that is done already.
//!
//! # When a stage is due
//!
//! A stage that applies is due when it never ran; when its time has come; when what it works on is not what
//! it last worked on; and, when it failed, after `watch.retry_interval`. Its time comes on a grid counted
//! from 1970 ([`Cadence::Every`]), so that the loop has no drift and needs no timer. A stage that looks
//! whether the world changed ([`Cadence::Poll`]) is recorded only when it did; when it last looked is the
//! one thing that the loop remembers, and forgetting it costs one look.
//!
//! # Locking
//!
//! The lease on the state is taken for the stages of one tick and released again, so that other runs have
//! their turn between two ticks. Finding out what is due takes no lease.

mod stages;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::homeostasis::health;
use crate::host::Host;
use crate::model::{Diagnostic, NewEntry, StageResult, StageRun};
use crate::settings::{Settings, WatchSettings};
use crate::store::lease::Lease;
use crate::store::{LedgerPolicy, Store};

pub use stages::STAGES;

/// How the program of the operator looks at what the loop lets in.
pub use crate::incorporation::verification::Standing;

/// The longest that the loop sleeps without looking whether it was asked to stop.
const GLANCE: Duration = Duration::from_millis(250);

/// Nanoseconds in a second.
const SECOND: i64 = 1_000_000_000;

/// When a stage falls due.
#[derive(Clone, Copy)]
pub enum Cadence {
    /// So many seconds apart.
    Every(fn(&WatchSettings) -> u32),
    /// Whenever the text that stands for its input is another.
    OnChange(fn(&Looking<'_>) -> Result<String>),
    /// So many seconds apart, to look whether anything changed.
    Poll(fn(&WatchSettings) -> u32),
}

/// What may be looked at to find out what is due.
pub struct Looking<'a> {
    /// The state.
    pub store: &'a Store,
    /// Validated configuration.
    pub settings: &'a Settings,
}

/// A part of the loop.
pub struct Stage {
    /// Its name, which is that of its subcommand.
    pub name: &'static str,
    /// Whether there is anything that it could do.
    pub applies: fn(&Looking<'_>) -> Result<bool>,
    /// When it falls due; any of these is enough.
    pub cadences: &'static [Cadence],
    /// What it does.
    pub run: fn(&mut Context<'_>, &Call<'_>) -> Result<Done>,
}

/// Why a stage is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It never ran.
    First,
    /// Its time has come.
    Time,
    /// It works on something else than the last time.
    Input,
    /// It failed a while ago.
    Retry,
    /// To look whether anything changed.
    Poll,
}

/// What a stage is told.
pub struct Call<'a> {
    /// The project folder.
    pub project: &'a Path,
    /// Why it is due.
    pub why: Why,
}

/// What a stage did.
pub struct Done {
    /// Whether the answer was yes.
    pub result: StageResult,
    /// In a few words.
    pub detail: String,
    /// Whether it found nothing to do. A poll that found nothing is not recorded.
    pub nothing: bool,
}

/// When stages last looked whether anything changed, nanoseconds since 1970. Forgetting it costs one look.
pub type Looked = BTreeMap<&'static str, i64>;

/// Who listens to the loop, and may give it a new configuration.
pub trait Observer {
    /// A stage has run and is recorded.
    fn stage(&mut self, run: &StageRun);

    /// Something beside a stage is worth telling.
    fn diagnostic(&mut self, diagnostic: &Diagnostic);

    /// The configuration as it is now, when somebody asked to have it read again.
    fn reloaded(&mut self) -> Option<Result<Settings>>;
}

/// How often each stage ran and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tally {
    /// Runs.
    pub runs: u64,
    /// Runs whose answer was no.
    pub negative: u64,
    /// Runs that failed.
    pub failed: u64,
}

/// What a loop did, by stage.
pub type Tallies = BTreeMap<String, Tally>;

/// Why a stage is due, if it is, and the text of its input.
struct Verdict {
    why: Option<Why>,
    input: String,
}

/// Judges whether a stage is due.
fn judge(stage: &Stage, looking: &Looking<'_>, looked: &Looked, now_ns: i64) -> Result<Verdict> {
    if !(stage.applies)(looking)? {
        return Ok(Verdict { why: None, input: String::new() });
    }
    let latest = looking.store.stage_run_latest(stage.name)?;
    let watch = &looking.settings.watch;
    let mut inputs = Vec::new();
    let (mut timely, mut poll) = (false, false);
    for cadence in stage.cadences {
        match cadence {
            Cadence::Every(every) => {
                timely |= latest.as_ref().is_some_and(|run| line_between(run.started_ns, now_ns, every(watch)));
            }
            Cadence::OnChange(input) => inputs.push(input(looking)?),
            Cadence::Poll(every) => {
                poll |= looked.get(stage.name).is_none_or(|last_ns| line_between(*last_ns, now_ns, every(watch)));
            }
        }
    }
    let input = inputs.join(" ");
    let retry_ns = i64::from(watch.retry_interval) * SECOND;
    let why = match &latest {
        None => Some(Why::First),
        Some(run) if run.result == StageResult::Failed => {
            (now_ns.saturating_sub(run.ended_ns) >= retry_ns).then_some(Why::Retry)
        }
        Some(_) if timely => Some(Why::Time),
        Some(run) if run.input != input => Some(Why::Input),
        Some(_) if poll => Some(Why::Poll),
        Some(_) => None,
    };
    Ok(Verdict { why, input })
}

/// Whether a line of the grid lies between two times. One does as well when the clock was set back behind it:
/// nothing waits until the old time is reached again.
fn line_between(from_ns: i64, to_ns: i64, seconds: u32) -> bool {
    let every = i64::from(seconds.max(1)) * SECOND;
    to_ns.div_euclid(every) != from_ns.div_euclid(every)
}

/// The stages that are due now, as far as is known before any of them has run.
///
/// # Errors
///
/// When the state cannot be read.
pub fn due<'a>(stages: &'a [Stage], looking: &Looking<'_>, looked: &Looked, now_ns: i64) -> Result<Vec<&'a Stage>> {
    let mut due = Vec::new();
    for stage in stages {
        if judge(stage, looking, looked, now_ns)?.why.is_some() {
            due.push(stage);
        }
    }
    Ok(due)
}

/// Runs every stage that is due, each once, and records it. A stage that fails is recorded as such and does
/// not stop the others; what is due is found out anew before each, because one works on what another left.
///
/// # Errors
///
/// When the state cannot be read or written, and when the run was asked to stop; whatever a stage had
/// recorded by then is kept.
pub fn tick(
    stages: &[Stage],
    context: &mut Context<'_>,
    project: &Path,
    looked: &mut Looked,
    observer: &mut dyn Observer,
) -> Result<Tallies> {
    let mut tallies = Tallies::new();
    for stage in stages {
        context.host.stop.check()?;
        let looking = Looking { store: context.store, settings: context.settings };
        let now_ns = context.host.clock.now_ns();
        let verdict = judge(stage, &looking, looked, now_ns)?;
        let Some(why) = verdict.why else { continue };
        let polls = stage.cadences.iter().any(|cadence| matches!(cadence, Cadence::Poll(_)));
        if polls {
            looked.insert(stage.name, now_ns);
        }
        let Some(run) = run_stage(stage, &Call { project, why }, verdict.input, context)? else { continue };
        let tally = tallies.entry(run.stage.clone()).or_default();
        tally.runs += 1;
        match run.result {
            StageResult::Ok => {}
            StageResult::Negative => tally.negative += 1,
            StageResult::Failed => tally.failed += 1,
        }
        observer.stage(&run);
    }
    Ok(tallies)
}

/// Runs one stage and records how it ended; none for a poll that found nothing.
fn run_stage(stage: &Stage, call: &Call<'_>, input: String, context: &mut Context<'_>) -> Result<Option<StageRun>> {
    let started_ns = context.host.clock.now_ns();
    let outcome = (stage.run)(context, call);
    let ended_ns = context.host.clock.now_ns();
    let (result, detail) = match outcome {
        Ok(done) if done.nothing && call.why == Why::Poll => return Ok(None),
        Ok(done) => (done.result, done.detail),
        // Not a failure of the stage: it is due again when the loop goes on.
        Err(error) if matches!(error.kind, ErrorKind::Interrupted(_) | ErrorKind::Timeout) => return Err(error),
        Err(error) => (StageResult::Failed, format!("{}: {error}", error.code)),
    };
    let run = StageRun {
        stage: stage.name.to_owned(),
        started_ns,
        ended_ns,
        result,
        detail,
        input,
        trace_id: context.trace_id.to_owned(),
    };
    context.store.record(context.trace_id, |tx| {
        tx.stage_run_insert(&run)?;
        let mut entry = NewEntry::new("stage.run", stage.name, run.detail.clone()).resulting(run.result.word());
        entry.actor = "watch".to_owned();
        Ok(((), entry))
    })?;
    Ok(Some(run))
}

/// Where the loop lives.
pub struct Place<'a> {
    /// The project folder.
    pub project: &'a Path,
    /// The state directory.
    pub state: &'a Path,
    /// The machine.
    pub host: &'a Host,
    /// Identifies the run of the program. Every tick adds a part of its own for the trace id of what it does.
    pub run_id: &'a str,
}

impl Place<'_> {
    fn trace_id(&self) -> String {
        format!("{}.{}", self.run_id, self.host.identifier(4))
    }

    /// Does what is due, if anything is and nobody else holds the state.
    pub fn tick(&self, settings: &Settings, looked: &mut Looked, observer: &mut dyn Observer) -> Result<Tallies> {
        if let Ok(store) = Store::open_to_read(self.state, self.host) {
            let now_ns = self.host.clock.now_ns();
            if due(STAGES, &Looking { store: &store, settings }, looked, now_ns)?.is_empty() {
                return Ok(Tallies::new());
            }
        }
        let _lease = Lease::take(self.state, Duration::ZERO, self.host)?;
        let policy = LedgerPolicy::new(&settings.audit.scrub_keys, settings.audit.epoch_seconds)?;
        let mut store = Store::open(self.state, self.host)?.with_policy(policy);
        let trace_id = self.trace_id();
        let mut context = Context { settings, store: &mut store, host: self.host, trace_id: &trace_id };
        tick(STAGES, &mut context, self.project, looked, observer)
    }

    /// Runs until it is asked to stop, then takes a last snapshot and tells why it ended.
    ///
    /// # Errors
    ///
    /// Always: the reason for stopping, or a state that cannot be used.
    pub fn run(&self, mut settings: Settings, observer: &mut dyn Observer, tallies: &mut Tallies) -> Result<()> {
        let mut looked = Looked::new();
        loop {
            if let Some(reloaded) = observer.reloaded() {
                settings = adopt(reloaded, settings, observer);
            }
            match self.tick(&settings, &mut looked, observer) {
                Ok(more) => add(tallies, more),
                // The other run will be done some time; what is due then stays due until then.
                Err(error) if error.kind == ErrorKind::Locked => {}
                Err(error) => return Err(self.ended(error, &settings)),
            }
            if let Err(error) = self.rest(&settings) {
                return Err(self.ended(error, &settings));
            }
        }
    }

    /// Sleeps until the next second of the clock, in pieces short enough to notice a signal.
    fn rest(&self, settings: &Settings) -> Result<()> {
        let now_ns = self.host.clock.now_ns();
        let until_ns = next_look(&settings.watch, now_ns);
        loop {
            self.host.stop.check()?;
            let left = until_ns.saturating_sub(self.host.clock.now_ns());
            if left <= 0 {
                return Ok(());
            }
            self.host.clock.sleep(Duration::from_nanos(left.unsigned_abs()).min(GLANCE));
        }
    }

    /// Ends the loop in order: what was found is saved, then the last snapshot of the system is taken.
    /// An error on the way must not hide why the loop ended.
    fn ended(&self, why: Error, settings: &Settings) -> Error {
        if !matches!(why.kind, ErrorKind::Interrupted(_) | ErrorKind::Timeout) {
            return why;
        }
        match self.last_snapshot(settings, &why) {
            Ok(()) => why,
            Err(error) => why.hinted(format!("the last snapshot could not be taken: {error}")),
        }
    }

    fn last_snapshot(&self, settings: &Settings, why: &Error) -> Result<()> {
        let _lease = Lease::take(self.state, Duration::ZERO, self.host)?;
        let policy = LedgerPolicy::new(&settings.audit.scrub_keys, settings.audit.epoch_seconds)?;
        let mut store = Store::open(self.state, self.host)?.with_policy(policy);
        let trace_id = self.trace_id();
        let mut context = Context { settings, store: &mut store, host: self.host, trace_id: &trace_id };
        health::collect(&mut context)?;
        let mut entry = NewEntry::new("watch.stop", "watch", why.message.clone());
        entry.actor = "watch".to_owned();
        context.store.record(&trace_id, |_| Ok(((), entry))).map(drop)
    }
}

/// The new configuration if it is valid, else the old one.
fn adopt(reloaded: Result<Settings>, old: Settings, observer: &mut dyn Observer) -> Settings {
    match reloaded {
        Ok(new) => {
            observer.diagnostic(&Diagnostic::note("config-reloaded", "the configuration was read again"));
            new
        }
        Err(error) => {
            let message = format!("the new configuration is not valid and the old one stays: {error}");
            let diagnostic = Diagnostic::warning("config-not-reloaded", message);
            observer.diagnostic(&match error.hints.first() {
                Some(hint) => diagnostic.helped(hint.clone()),
                None => diagnostic,
            });
            old
        }
    }
}

/// When to look again what is due: on the grid of the shortest interval, and at least once a minute.
fn next_look(watch: &WatchSettings, now_ns: i64) -> i64 {
    let shortest = watch.poll_interval.min(watch.collection_interval).clamp(1, 60);
    let every = i64::from(shortest) * SECOND;
    (now_ns.div_euclid(every) + 1) * every
}

fn add(tallies: &mut Tallies, more: Tallies) {
    for (stage, tally) in more {
        let sum = tallies.entry(stage).or_default();
        sum.runs += tally.runs;
        sum.negative += tally.negative;
        sum.failed += tally.failed;
    }
}
