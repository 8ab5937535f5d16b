//! Trials as they happen: opened, looked at again and again, and ended. `integrate --canary` and the loop call the
//! same functions, and everything that they know is in the state.

use std::path::Path;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::evidence::Evidence;
use super::source::{Feed, PIPED, observe};
use super::{CanaryVerdict, Counts, Outcome};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::execute::change::Changed;
use crate::execute::integrate;
use crate::execute::trial::{self, Terms};
use crate::gate::review::review;
use crate::host::Host;
use crate::incorporation::deployment::{Answered, Who, circumstances, settle};
use crate::incorporation::verification::Verification;
use crate::model::{CanaryTrial, NewEntry, Plan, TrialState};
use crate::settings::{CanarySettings, Settings};
use crate::store::Store;
use crate::store::lease::Lease;

/// Nanoseconds in a second.
const SECOND: i64 = 1_000_000_000;

/// The longest that one sleeps without looking whether it was asked to stop.
const GLANCE: Duration = Duration::from_millis(250);

/// A trial as reports show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TrialView {
    /// The generation on trial.
    pub generation: u64,
    /// What most get meanwhile.
    pub stable: u64,
    /// The plan that made it.
    pub plan: String,
    /// Share of the traffic that gets it, in percent.
    pub percent: f64,
    /// What has become of it.
    pub state: TrialState,
    /// How often the observations were looked at.
    pub looks: u64,
    /// Where they come from.
    pub source: String,
    /// Requests and failures of the canary.
    pub canary: Counts,
    /// Requests and failures of what is stable.
    pub traffic: Counts,
    /// The lowest health of the canary, 0 to 1.
    pub health: Option<f64>,
    /// When it is decided, RFC 3339.
    pub ends_at: String,
    /// Whether it was found inconclusive and waits for a person.
    pub paused: bool,
    /// Observations that could not be used.
    pub unusable: u64,
    /// Outcome and reasons, once there are any.
    pub verdict: Option<CanaryVerdict>,
    /// Undoes the promotion, once.
    pub token: Option<String>,
}

/// What a look found.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// Nothing is on trial.
    Nothing,
    /// It is too early for another look.
    NotDue(TrialView),
    /// The trial goes on.
    Running(TrialView),
    /// The trial is over.
    Ended(TrialView, Option<Changed>),
}

fn evidence_of(trial: &CanaryTrial) -> Result<Evidence> {
    serde_json::from_value(trial.evidence.clone()).map_err(|error| {
        Error::state("state-unreadable", format!("the evidence of a trial cannot be read: {error}"))
            .hinted("take it back with `aetherra-maint canary stop`")
    })
}

fn view(trial: &CanaryTrial, evidence: &Evidence) -> TrialView {
    TrialView {
        generation: trial.generation,
        stable: trial.stable,
        plan: trial.plan.clone(),
        percent: trial.percent,
        state: trial.state,
        looks: trial.looks,
        source: evidence.source.clone(),
        canary: evidence.canary,
        traffic: evidence.stable,
        health: evidence.health,
        ends_at: jiff::Timestamp::from_nanosecond(i128::from(trial.ends_ns)).unwrap_or_default().to_string(),
        paused: trial.state.is_open() && trial.paused_until_ns.is_some(),
        unusable: evidence.unusable,
        verdict: trial.verdict.clone().and_then(|verdict| serde_json::from_value(verdict).ok()),
        token: None,
    }
}

/// The newest trial, open or not.
pub fn latest(store: &Store) -> Result<Option<TrialView>> {
    let Some(trial) = store.trial_latest()? else { return Ok(None) };
    Ok(Some(view(&trial, &evidence_of(&trial)?)))
}

/// The open trial.
///
/// # Errors
/// `nothing-on-trial`, and state that cannot be read.
pub fn on_trial(store: &Store) -> Result<TrialView> {
    let Some(trial) = store.trial_open()? else { return Err(nothing_on_trial()) };
    Ok(view(&trial, &evidence_of(&trial)?))
}

/// Fails when a trial with these settings could not mean anything.
pub fn check_settings(settings: &CanarySettings) -> Result<()> {
    let wrong = |key: &str, value: String, what: &str| {
        Err(Error::usage("canary-settings", format!("`canary.{key}` is {value}")).hinted(what.to_owned()))
    };
    let is_share = |value: f64| value > 0.0 && value < 1.0;
    if !(settings.percent > 0.0 && settings.percent < 100.0) {
        return wrong("percent", settings.percent.to_string(), "it is greater than 0 and less than 100");
    }
    for (key, value) in [("alpha", settings.alpha), ("failure_rate", settings.failure_rate)] {
        if !is_share(value) {
            return wrong(key, value.to_string(), "it is a share, greater than 0 and less than 1");
        }
    }
    if !(0.0..=1.0).contains(&settings.health_floor) {
        return wrong("health_floor", settings.health_floor.to_string(), "it is between 0 and 1");
    }
    if settings.interval == 0 || settings.duration < settings.interval {
        return wrong("interval", settings.interval.to_string(), "it is at least 1 and at most `canary.duration`");
    }
    if settings.metrics.is_empty() {
        return wrong("metrics", "{}".to_owned(), "name at least one metric that is compared");
    }
    let bad = settings.metrics.iter().find(|(_, metric)| !(metric.weight.is_finite() && metric.weight > 0.0));
    if let Some((name, metric)) = bad {
        return wrong(&format!("metrics.{name}.weight"), metric.weight.to_string(), "it is greater than 0");
    }
    match &settings.prometheus_url {
        Some(url) if !url.starts_with("http://") => {
            wrong("prometheus_url", url.clone(), "it starts with `http://`; other schemes are not spoken")
        }
        _ => Ok(()),
    }
}

/// Opens a trial of a plan, when the gate lets it pass.
pub fn begin(
    context: &mut Context<'_>,
    project: &Path,
    plan: &Plan,
    who: &Who,
    input: Option<String>,
) -> Result<Answered<TrialView>> {
    let settings = context.settings.canary.clone();
    check_settings(&settings)?;
    integrate::check(context, plan)?;
    let verification = Verification::new(context.settings, context.host)?;
    let probe = |tree: &Path, made: &_, fresh: &_| verification.verify(tree, made, fresh);
    let approved = match review(plan.clone(), &circumstances(context, who, Some(plan))?) {
        Ok(approved) => approved,
        Err(denial) => return super::super::deployment::refuse(context, plan, who, denial),
    };
    let source = match (input.as_deref(), &settings.prometheus_url) {
        (Some(PIPED), _) => "standard input".to_owned(),
        (Some(file), _) => file.to_owned(),
        (None, Some(url)) => url.clone(),
        (None, None) => "the state".to_owned(),
    };
    let evidence = Evidence::new(&settings, source, context.host.clock.now_ns());
    let terms = Terms { percent: settings.percent, seconds: settings.duration, input, evidence: json!(evidence) };
    let trial = trial::open(context, project, &approved, terms, who.actor(), &probe)?;
    Ok(Answered::Made(view(&trial, &evidence)))
}

/// What follows from a look.
#[derive(Debug, Clone, PartialEq)]
enum Next {
    GoOn,
    Pause,
    End(TrialState, CanaryVerdict),
}

/// Decides what follows from what was observed. Pure.
fn next(trial: &CanaryTrial, evidence: &Evidence, held: Option<&str>, now_ns: i64) -> Next {
    let stop = |verdict| Next::End(TrialState::Stopping, verdict);
    if let Some(path) = held {
        let reason = format!("`{path}` was isolated while its generation was on trial");
        return stop(CanaryVerdict { outcome: Outcome::Fail, reasons: vec![reason] });
    }
    if let Some(verdict) = evidence.abort_verdict() {
        return stop(verdict);
    }
    // By the number of looks too: a clock that was set back must not make a trial longer.
    let looks = u64::from(evidence.settings.duration / evidence.settings.interval.max(1));
    let pause = u64::from(evidence.settings.pause / evidence.settings.interval.max(1));
    if now_ns < trial.ends_ns && trial.looks < looks {
        return Next::GoOn;
    }
    let verdict = evidence.verdict();
    match (verdict.outcome, trial.paused_until_ns) {
        // It was not good enough when it was asked; asking again until it is would pass anything.
        (Outcome::Pass, None) => Next::End(TrialState::Promoting, verdict),
        (Outcome::Fail, _) => stop(verdict),
        (_, None) => Next::Pause,
        (_, Some(until_ns)) if now_ns >= until_ns || trial.looks > looks + pause => {
            stop(CanaryVerdict { outcome: Outcome::Inconclusive, ..verdict })
        }
        (_, Some(_)) => Next::GoOn,
    }
}

fn is_due(trial: &CanaryTrial, evidence: &Evidence, now_ns: i64) -> bool {
    let every_ns = i64::from(evidence.settings.interval) * SECOND;
    match trial.looked_ns {
        // A last look in the future is one of a clock that was set back.
        Some(looked_ns) => now_ns < looked_ns || now_ns.saturating_sub(looked_ns) >= every_ns,
        None => now_ns.saturating_sub(trial.began_ns) >= every_ns || now_ns < trial.began_ns,
    }
}

/// Looks at what was observed, if it is time, and does what follows.
pub fn look(context: &mut Context<'_>, project: &Path, feed: &mut dyn Feed) -> Result<Seen> {
    let Some(mut trial) = context.store.trial_open()? else { return Ok(Seen::Nothing) };
    let mut evidence = evidence_of(&trial)?;
    if trial.state == TrialState::Promoting {
        let (view, changed) = end(context, project, &trial, &evidence)?;
        return Ok(Seen::Ended(view, changed));
    }
    let now_ns = context.host.clock.now_ns();
    if !is_due(&trial, &evidence, now_ns) {
        return Ok(Seen::NotDue(view(&trial, &evidence)));
    }
    observe(context, project, &trial, &mut evidence, feed)?;
    trial.looks += 1;
    trial.looked_ns = Some(now_ns);
    trial.evidence = json!(evidence);
    let held = held_in(context, &trial)?;
    let next = next(&trial, &evidence, held.as_deref(), now_ns);
    let pause_ns = i64::from(evidence.settings.pause) * SECOND;
    context.store.record(context.trace_id, |tx| {
        tx.trial_look(trial.id, now_ns, &trial.evidence)?;
        if next == Next::Pause {
            trial.paused_until_ns = Some(now_ns.saturating_add(pause_ns));
            tx.trial_pause(trial.id, now_ns.saturating_add(pause_ns))?;
        }
        let reason = if next == Next::Pause { "inconclusive: it waits for a person" } else { "looking at the canary" };
        let entry = NewEntry::new("canary.look", format!("generation {}", trial.generation), reason);
        let details = json!({
            "trial": trial.id, "look": trial.looks, "canary": evidence.canary, "stable": evidence.stable,
            "health": evidence.health, "unusable": evidence.unusable,
        });
        Ok(((), entry.detailed(details)))
    })?;
    match next {
        Next::GoOn | Next::Pause => Ok(Seen::Running(view(&trial, &evidence))),
        Next::End(state, verdict) => {
            let trial = trial::decide(context, &trial, state, &json!(verdict), "canary")?;
            let (view, changed) = end(context, project, &trial, &evidence)?;
            Ok(Seen::Ended(view, changed))
        }
    }
}

/// A file of the generation on trial that is held in quarantine.
fn held_in(context: &Context<'_>, trial: &CanaryTrial) -> Result<Option<String>> {
    let held = context.store.quarantine_paths()?;
    let generation = context.store.generation(trial.generation)?;
    let mut files = generation.iter().flat_map(|found| found.components.iter().flat_map(|component| &component.files));
    Ok(files.find(|file| held.contains(&file.source)).map(|file| file.source.clone()))
}

/// Ends a trial that was decided.
fn end(
    context: &mut Context<'_>,
    project: &Path,
    trial: &CanaryTrial,
    evidence: &Evidence,
) -> Result<(TrialView, Option<Changed>)> {
    if trial.state == TrialState::Promoting {
        match trial::promote(context, project, trial, "canary") {
            Ok(changed) => {
                let ended = latest_of(context, trial)?;
                let view = TrialView { token: Some(changed.token.clone()), ..view(&ended, evidence) };
                return Ok((view, Some(changed)));
            }
            // What cannot be promoted is taken back: it does not stay on trial for ever.
            Err(error) if matches!(error.kind, ErrorKind::RolledBack | ErrorKind::State) => {
                let reason = format!("it passed, and its promotion failed: {error}");
                let verdict = CanaryVerdict { outcome: Outcome::Fail, reasons: vec![reason] };
                let trial = trial::decide(context, trial, TrialState::Stopping, &json!(verdict), "canary")?;
                return end(context, project, &trial, evidence);
            }
            Err(error) => return Err(error),
        }
    }
    trial::close(context, trial, "canary")?;
    Ok((view(&latest_of(context, trial)?, evidence), None))
}

fn latest_of(context: &Context<'_>, trial: &CanaryTrial) -> Result<CanaryTrial> {
    let latest = context.store.trial_latest()?.filter(|latest| latest.id == trial.id);
    latest.ok_or_else(|| Error::bug("a trial ended and is not there"))
}

/// Takes the open trial back, whatever was observed.
pub fn stop(context: &mut Context<'_>, who: &Who, reason: &str) -> Result<TrialView> {
    let Some(trial) = context.store.trial_open()? else { return Err(nothing_on_trial()) };
    let verdict = json!({ "outcome": Value::Null, "reasons": [reason] });
    let decided = trial::decide(context, &trial, TrialState::Stopping, &verdict, who.actor())?;
    trial::close(context, &decided, who.actor())?;
    let ended = latest_of(context, &trial)?;
    let evidence = evidence_of(&ended)?;
    let shown = CanaryVerdict { outcome: Outcome::Inconclusive, reasons: vec![reason.to_owned()] };
    Ok(TrialView { verdict: Some(shown), ..view(&ended, &evidence) })
}

/// Takes the open trial back because what is stable is about to change.
pub fn stop_before(context: &mut Context<'_>, who: &Who, what: &str) -> Result<()> {
    if context.store.trial_open()?.is_some() {
        stop(context, who, &format!("{what} changed what it was compared with"))?;
    }
    Ok(())
}

/// A person promotes what is on trial, whatever was observed.
pub fn promote(context: &mut Context<'_>, project: &Path, who: &Who) -> Result<(TrialView, Option<Changed>)> {
    let Some(trial) = context.store.trial_open()? else { return Err(nothing_on_trial()) };
    let Some(person) = &who.approved_by else {
        return Err(Error::usage("promotion-not-approved", "only a person promotes a canary before it has passed")
            .hinted("add `--approve`, or wait for the end of the trial"));
    };
    if let Some(path) = held_in(context, &trial)? {
        let message = format!("`{path}`, a file of generation {}, is held in quarantine", trial.generation);
        return Err(Error::new(ErrorKind::Precondition, "canary-quarantined", message)
            .hinted("take it back with `aetherra-maint canary stop`"));
    }
    let evidence = evidence_of(&trial)?;
    let verdict =
        CanaryVerdict { outcome: Outcome::Pass, reasons: vec![format!("{person} promoted it before its end")] };
    let trial = trial::decide(context, &trial, TrialState::Promoting, &json!(verdict), who.actor())?;
    end(context, project, &trial, &evidence)
}

fn nothing_on_trial() -> Error {
    Error::new(ErrorKind::Precondition, "nothing-on-trial", "no generation is on trial")
        .hinted("`aetherra-maint integrate --canary` puts one on trial")
}

/// Where a trial is followed from.
pub struct Post<'a> {
    /// The project folder.
    pub project: &'a Path,
    /// The state directory.
    pub state: &'a Path,
    /// The machine.
    pub host: &'a Host,
    /// Validated configuration.
    pub settings: &'a Settings,
    /// Identifies the run.
    pub trace_id: &'a str,
}

impl Post<'_> {
    /// Looks again and again until the trial is over. The state is free between two looks, so that other runs
    /// have their turn; one that looks in the meantime does no harm.
    ///
    /// # Errors
    ///
    /// When it was asked to stop: the trial goes on, and the loop or another `canary wait` continues it.
    pub fn follow(&self, feed: &mut dyn Feed) -> Result<(TrialView, Option<Changed>)> {
        let mut watched = None;
        loop {
            match self.look(feed) {
                Ok(Seen::Ended(view, changed)) => return Ok((view, changed)),
                // Another run has ended it.
                Ok(Seen::Nothing) => {
                    let store = Store::open_to_read(self.state, self.host)?;
                    return match (latest(&store)?, watched) {
                        (Some(view), Some(generation)) if view.generation == generation => Ok((view, None)),
                        _ => Err(nothing_on_trial()),
                    };
                }
                Ok(Seen::NotDue(view) | Seen::Running(view)) => watched = Some(view.generation),
                Err(error) if error.kind == ErrorKind::Locked => {}
                Err(error) => return Err(error),
            }
            self.rest()?;
        }
    }

    fn look(&self, feed: &mut dyn Feed) -> Result<Seen> {
        let _lease = Lease::take(self.state, Duration::ZERO, self.host)?;
        let mut store = Store::open(self.state, self.host)?;
        let mut context =
            Context { settings: self.settings, store: &mut store, host: self.host, trace_id: self.trace_id };
        settle(&mut context)?;
        look(&mut context, self.project, feed)
    }

    /// Sleeps for a second, in pieces short enough to notice a signal. A clock of tests moves as far as it is told
    /// to, and has no need of pieces.
    fn rest(&self) -> Result<()> {
        let clock = &self.host.clock;
        let seconds = if clock.is_fixed() { i64::from(self.settings.canary.interval) } else { 1 };
        let until_ns = clock.now_ns().saturating_add(seconds * SECOND);
        loop {
            self.host.stop.check().map_err(|error| {
                error.hinted("the trial goes on: `aetherra-maint watch` or `canary wait` continues it, `canary stop` takes it back")
            })?;
            let left = until_ns.saturating_sub(clock.now_ns());
            if left <= 0 {
                return Ok(());
            }
            let left = Duration::from_nanos(left.unsigned_abs());
            clock.sleep(if clock.is_fixed() { left } else { left.min(GLANCE) });
        }
    }
}
