//! Did an integration make the system worse? Then it is taken back, and whether that helped is kept.
//!
//! What got worse leaves clues: a breached service level whose metric names a component or a run, an entry of the
//! ledger that failed. The suspect is the integration whose run a clue names, else the one that changed a
//! component that a clue names, else, when no clue names anything, the newest. Clues that all name something that
//! no integration changed accuse nobody.
//!
//! It does not matter how often the loop came to look: every collection since the integration counts, not the newest
//! alone. What was collected before an earlier rollback speaks of what that took back already, and until it is known
//! whether that helped, nothing else is taken back.
//!
//! A rollback that fails is told once with what a person can do, and tried again after waits that double, so that a
//! host that cannot follow is not asked each second. The ledger remembers the tries; the process remembers nothing.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use super::canary::exposition::parse_name;
use super::deployment::{Answered, Who, roll_back_to};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::execute::change::Changed;
use crate::execute::rollback::{Aim, Dependents, prepare};
use crate::gate::review::Asker;
use crate::model::{Component, Digest, NewEntry, Plan, Regression};
use crate::settings::IncorporationSettings;
use crate::store::LedgerFilter;
use crate::store::regressions::RecentChange;

/// The metric under which the health of the whole system is remembered.
const HEALTH_SCORE: &str = "system_health_score";

/// Nanoseconds in a second.
const SECOND: i64 = 1_000_000_000;

/// Entries of the ledger that are looked through for clues.
const MAX_ENTRIES: u64 = 1000;

/// What the ledger calls a rollback that was tried and failed.
const FAILED: &str = "regression.failed";

/// Nanoseconds until a rollback that failed is tried again; twice as many after each further try.
const FIRST_WAIT_NS: i64 = 60 * SECOND;

/// A service level that is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The metric, perhaps with labels.
    pub metric: String,
    /// Since when, nanoseconds since 1970.
    pub since_ns: i64,
}

/// Something that points at what went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clue {
    /// What it is, in words.
    pub what: String,
    /// The run that it names.
    pub trace_id: Option<String>,
    /// The component, name or file that it names.
    pub component: Option<String>,
}

/// An integration that may have done it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The change.
    pub change: RecentChange,
    /// What it brought: new components, and those that it replaced.
    pub components: Vec<Component>,
}

impl Candidate {
    fn brought(&self, name: &str) -> bool {
        self.components.iter().any(|component| {
            component.id == name
                || component.name == name
                || component.modules.iter().any(|module| module == name)
                || component.files.iter().any(|file| file.source == name || file.target == name)
        })
    }
}

/// Who did it, and how that is known. Pure. The newest candidate comes first.
pub fn suspect<'a>(candidates: &'a [Candidate], clues: &[Clue]) -> Option<(&'a Candidate, String)> {
    for clue in clues {
        let Some(trace_id) = &clue.trace_id else { continue };
        if let Some(found) = candidates.iter().find(|candidate| candidate.change.trace_id == *trace_id) {
            return Some((found, format!("{} names its run {trace_id}", clue.what)));
        }
    }
    for clue in clues {
        let Some(name) = &clue.component else { continue };
        if let Some(found) = candidates.iter().find(|candidate| candidate.brought(name)) {
            return Some((found, format!("{} names `{name}`, which it changed", clue.what)));
        }
    }
    if clues.iter().any(|clue| clue.component.is_some()) {
        return None;
    }
    candidates.first().map(|newest| (newest, "it is the newest integration".to_owned()))
}

/// What got worse after an integration, in words: `lowest` is the worst that was read since then. Pure.
pub fn worse(
    before: Option<f64>,
    lowest: Option<f64>,
    drop: f64,
    breaches: &[Breach],
    since_ns: i64,
) -> Option<String> {
    if let (Some(before), Some(after)) = (before, lowest)
        && before - after >= drop
    {
        return Some(format!("health fell from {before:.2} to {after:.2}"));
    }
    let breach = breaches.iter().find(|breach| breach.since_ns >= since_ns)?;
    Some(format!("the service level of `{}` is not kept any more", breach.metric))
}

/// When a rollback may be tried again that failed at these times, oldest first. Pure.
pub fn next_try(failed_ns: &[i64]) -> Option<i64> {
    let doubled = u32::try_from(failed_ns.len()).unwrap_or(u32::MAX).saturating_sub(1);
    let wait_ns = 1_i64
        .checked_shl(doubled)
        .filter(|times| *times > 0)
        .map_or(i64::MAX, |times| times.saturating_mul(FIRST_WAIT_NS));
    failed_ns.last().map(|last_ns| last_ns.saturating_add(wait_ns))
}

/// What came of looking.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// Nothing got worse, or nothing was integrated lately.
    Nothing,
    /// An integration was taken back.
    TakenBack(Box<Regression>, Changed),
    /// An integration should be taken back, and a person has to do it: the gate wants one, or the rollback failed.
    Left(String),
    /// It is known now whether a rollback helped.
    Judged(Vec<Regression>),
}

/// Looks whether the system got worse after an integration, takes that back, and judges earlier ones.
pub fn look(context: &mut Context<'_>, project: &Path, breaches: &[Breach]) -> Result<Found> {
    let judged = judge_pending(context, breaches)?;
    if !judged.is_empty() {
        return Ok(Found::Judged(judged));
    }
    if !context.settings.incorporation.auto_rollback {
        return Ok(Found::Nothing);
    }
    let Some((regression, change)) = find(context, breaches)? else { return Ok(Found::Nothing) };
    let failed_ns = tries(context, &regression, &change)?;
    if next_try(&failed_ns).is_some_and(|next_ns| context.host.clock.now_ns() < next_ns) {
        return Ok(Found::Left(format!("{}; the rollback failed and is tried again later", regression.reason)));
    }
    match take_back(context, project, &regression, &change) {
        Ok(Answered::Made(changed)) => {
            keep(context, &regression, "regression.rollback")?;
            Ok(Found::TakenBack(Box::new(regression), changed))
        }
        Ok(Answered::Denied(denial)) => {
            let why: Vec<&str> = denial.reasons.iter().map(|denied| denied.detail.as_str()).collect();
            denied(context, regression, &why.join("; "))
        }
        Err(error) if is_passing(error.kind) => Err(error),
        Err(error) => failed(context, &regression, &change, &error),
    }
}

fn take_back(
    context: &mut Context<'_>,
    project: &Path,
    regression: &Regression,
    change: &RecentChange,
) -> Result<Answered<Changed>> {
    let who = Who { asker: Asker::Loop, approved_by: None };
    let plan = prepare(context, &Aim::Token(change.token.clone()), Dependents::TakeOut)?;
    roll_back_to(context, project, plan, &who, &regression.reason)
}

/// Whether an error says nothing of the rollback: somebody stopped the run, or another one was at it.
fn is_passing(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::Interrupted(_) | ErrorKind::Timeout | ErrorKind::Locked)
}

/// Remembers that the gate wants a person, once.
fn denied(context: &mut Context<'_>, mut regression: Regression, why: &str) -> Result<Found> {
    let is_known = context.store.regressions()?.iter().any(|known| known.change == regression.change);
    regression.reason = format!("{}; the gate refused the rollback: {why}", regression.reason);
    if !is_known {
        regression.state = "denied".to_owned();
        keep(context, &regression, "regression.denied")?;
    }
    Ok(Found::Left(regression.reason))
}

/// Remembers that a rollback failed: when, why, and what a person can do.
fn failed(context: &mut Context<'_>, regression: &Regression, change: &RecentChange, error: &Error) -> Result<Found> {
    let why = format!(
        "{}; the rollback failed: {error}; a person can look at that and run `aetherra-maint rollback --cascade {}`",
        regression.reason, change.token
    );
    let mut entry = NewEntry::new(FAILED, subject(regression), why.clone()).resulting("failed");
    entry.actor = "watch".to_owned();
    let entry = entry.detailed(json!({ "regression": regression, "code": error.code, "hints": error.hints }));
    context.store.record(context.trace_id, |_| Ok(((), entry)))?;
    Ok(Found::Left(why))
}

/// When a rollback of this change failed, oldest first.
fn tries(context: &Context<'_>, regression: &Regression, change: &RecentChange) -> Result<Vec<i64>> {
    let filter =
        LedgerFilter { since_ns: Some(change.ended_ns), action: Some(FAILED.to_owned()), ..LedgerFilter::default() };
    let entries = context.store.ledger_entries(&filter, MAX_ENTRIES)?;
    let wanted = subject(regression);
    let mut times: Vec<i64> =
        entries.into_iter().filter(|entry| entry.subject == wanted).map(|entry| entry.time_ns).collect();
    times.sort_unstable();
    Ok(times)
}

/// What entries of the ledger about a regression are about.
fn subject(regression: &Regression) -> String {
    format!("generation {}", regression.generation)
}

fn keep(context: &mut Context<'_>, regression: &Regression, action: &str) -> Result<()> {
    context.store.record(context.trace_id, |tx| {
        tx.regression_put(regression)?;
        let mut entry =
            NewEntry::new(action, subject(regression), regression.reason.clone()).resulting(&regression.state);
        entry.actor = "watch".to_owned();
        Ok(((), entry.detailed(json!(regression))))
    })?;
    Ok(())
}

/// The oldest time at which an integration may have ended that is still watched: what was collected soon enough after it
/// is looked at for as long again, whenever the loop comes to it.
pub fn watched_since(settings: &IncorporationSettings, now_ns: i64) -> i64 {
    now_ns.saturating_sub(2 * i64::from(settings.watch_after) * SECOND)
}

/// The regression that is there now, and the change to take back.
fn find(context: &Context<'_>, breaches: &[Breach]) -> Result<Option<(Regression, RecentChange)>> {
    let (settings, store) = (&context.settings.incorporation, &*context.store);
    let now_ns = context.host.clock.now_ns();
    let regressions = store.regressions()?;
    // One at a time: else nobody would know which rollback helped, and the innocent would go with the guilty.
    if regressions.iter().any(|regression| regression.state == "pending") {
        return Ok(None);
    }
    let recent = store.changes_recent(watched_since(settings, now_ns))?;
    let (Some(oldest), Some(newest)) = (recent.last(), recent.first()) else { return Ok(None) };
    let before = store.sample_before(HEALTH_SCORE, oldest.ended_ns)?;
    let until_ns = newest.ended_ns.saturating_add(i64::from(settings.watch_after) * SECOND);
    let since_ns = spoken_for(&regressions).map_or(oldest.ended_ns, |until_ns| until_ns.max(oldest.ended_ns));
    let after = store.sample_lowest(HEALTH_SCORE, since_ns, until_ns)?;
    let timely: Vec<Breach> = breaches.iter().filter(|breach| breach.since_ns <= until_ns).cloned().collect();
    let Some(worse) = worse(before, after, settings.health_drop, &timely, oldest.ended_ns) else { return Ok(None) };
    let clues = clues(context, breaches, oldest.ended_ns)?;
    let candidates: Vec<Candidate> =
        recent.into_iter().map(|change| candidate(context, change)).collect::<Result<_>>()?;
    let Some((suspect, how)) = suspect(&candidates, &clues) else { return Ok(None) };
    let regression = Regression {
        id: 0,
        change: suspect.change.change,
        generation: suspect.change.to,
        reason: format!("{worse} after generation {} was deployed; {how}", suspect.change.to),
        health_before: before,
        health_after: after,
        contents: suspect.components.iter().map(|component| (component.id.clone(), component.digest)).collect(),
        state: "pending".to_owned(),
        began_ns: now_ns,
        judged_ns: None,
    };
    Ok(Some((regression, suspect.change.clone())))
}

/// Until when collections speak of an earlier rollback: of what it took back, and of how the system recovered from that.
fn spoken_for(regressions: &[Regression]) -> Option<i64> {
    let made = regressions.iter().filter(|regression| regression.state != "denied");
    made.map(|one| one.judged_ns.filter(|_| one.state == "recovered").unwrap_or(one.began_ns)).max()
}

fn candidate(context: &Context<'_>, change: RecentChange) -> Result<Candidate> {
    let of = |number: u64| -> Result<Vec<Component>> {
        Ok(context.store.generation(number)?.map(|generation| generation.components).unwrap_or_default())
    };
    let before: BTreeSet<(String, Digest)> =
        of(change.from)?.into_iter().map(|component| (component.id, component.digest)).collect();
    let mut components = of(change.to)?;
    components.retain(|component| !before.contains(&(component.id.clone(), component.digest)));
    Ok(Candidate { change, components })
}

fn clues(context: &Context<'_>, breaches: &[Breach], since_ns: i64) -> Result<Vec<Clue>> {
    let mut clues: Vec<Clue> = breaches
        .iter()
        .filter(|breach| breach.since_ns >= since_ns)
        .filter_map(|breach| {
            let (_, labels, _) = parse_name(&breach.metric)?;
            let label = |name: &str| labels.get(name).cloned();
            let (trace_id, component) = (label("trace_id"), label("component"));
            let what = format!("`{}`", breach.metric);
            (trace_id.is_some() || component.is_some()).then_some(Clue { what, trace_id, component })
        })
        .collect();
    let filter = LedgerFilter { since_ns: Some(since_ns), ..LedgerFilter::default() };
    let entries = context.store.ledger_entries(&filter, MAX_ENTRIES)?;
    let failed = entries.into_iter().filter(|entry| entry.result == "failed" && entry.action.starts_with("action."));
    clues.extend(failed.map(|entry| Clue {
        what: format!("ledger entry {}", entry.seq),
        trace_id: Some(entry.trace_id),
        component: Some(entry.subject),
    }));
    Ok(clues)
}

/// Says of rollbacks that were made whether they helped, once that is known: health is where it was, and no service level
/// is broken that was kept before the integration.
fn judge_pending(context: &mut Context<'_>, breaches: &[Breach]) -> Result<Vec<Regression>> {
    let now_ns = context.host.clock.now_ns();
    let settings = &context.settings.incorporation;
    let (window_ns, drop) = (i64::from(settings.watch_after) * SECOND, settings.health_drop);
    let pending: Vec<_> = context.store.regressions()?.into_iter().filter(|found| found.state == "pending").collect();
    let mut judged = Vec::new();
    for mut regression in pending {
        let newest = context.store.samples_latest(HEALTH_SCORE, 1)?;
        let after = newest.first().filter(|(time_ns, _)| *time_ns > regression.began_ns).map(|(_, value)| *value);
        let is_well = after.is_some_and(|after| regression.health_before.is_none_or(|before| before - after < drop));
        let integrated_ns = context.store.change_ended_ns(regression.change)?;
        let is_kept = breaches.iter().all(|breach| integrated_ns.is_some_and(|then_ns| breach.since_ns < then_ns));
        let helped = is_well && is_kept;
        let is_over = now_ns.saturating_sub(regression.began_ns) >= window_ns;
        if !helped && !is_over {
            continue;
        }
        regression.state = if helped { "recovered" } else { "not-recovered" }.to_owned();
        regression.health_after = after;
        regression.judged_ns = Some(now_ns);
        keep(context, &regression, "regression.verify")?;
        judged.push(regression);
    }
    Ok(judged)
}

/// A component of a plan that was taken back before in exactly this form. The loop does not take it in again.
pub fn blamed(context: &Context<'_>, plan: &Plan) -> Result<Option<String>> {
    let known: BTreeSet<(String, Digest)> =
        context.store.regressions()?.into_iter().flat_map(|regression| regression.contents).collect();
    let mut components = plan.components.iter();
    Ok(components
        .find(|component| known.contains(&(component.id.clone(), component.digest)))
        .map(|component| component.id.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, ComponentKind, Decision, TrustTier};

    fn candidate(change: u64, id: &str) -> Candidate {
        let component = Component {
            id: id.to_owned(),
            name: format!("name-of-{id}"),
            version: None,
            kind: ComponentKind::Plugin,
            action: Action::LoadPlugin,
            digest: Digest::of(id.as_bytes()),
            files: Vec::new(),
            registers: Vec::new(),
            modules: Vec::new(),
            entry_point: None,
            requires: Vec::new(),
            depends_on: Vec::new(),
            risk: 0.0,
            tier: TrustTier::Standard,
            decision: Decision::Approve,
        };
        let (trace_id, token) = (format!("run-{change}"), format!("rb_{change}"));
        let change = RecentChange { change, from: change - 1, to: change, ended_ns: 0, trace_id, token };
        Candidate { change, components: vec![component] }
    }

    fn clue(trace_id: Option<&str>, component: Option<&str>) -> Clue {
        Clue { what: "a clue".into(), trace_id: trace_id.map(str::to_owned), component: component.map(str::to_owned) }
    }

    #[test]
    fn a_run_that_is_named_comes_before_a_component_and_that_before_the_newest() {
        let all = [candidate(3, "c.py"), candidate(2, "b.py"), candidate(1, "a.py")];
        let who = |clues: &[Clue]| suspect(&all, clues).map(|(found, _)| found.change.change);
        assert_eq!(who(&[]), Some(3));
        assert_eq!(who(&[clue(None, Some("name-of-b.py"))]), Some(2));
        assert_eq!(who(&[clue(None, Some("b.py")), clue(Some("run-1"), None)]), Some(1));
        assert_eq!(who(&[clue(Some("another run"), None)]), Some(3));
        assert_eq!(who(&[clue(None, Some("elsewhere.py"))]), None, "nobody is blamed for what others broke");
        assert_eq!(suspect(&[], &[]), None);
    }

    #[test]
    fn a_rollback_that_fails_waits_twice_as_long_each_time() {
        let waits = |failed_ns: &[i64]| next_try(failed_ns).map(|next_ns| next_ns / SECOND);
        assert_eq!(waits(&[]), None);
        assert_eq!(waits(&[0]), Some(60));
        assert_eq!(waits(&[0, 60 * SECOND]), Some(60 + 120));
        assert_eq!(waits(&[0, 60 * SECOND, 180 * SECOND]), Some(180 + 240));
        assert_eq!(next_try(&[0; 40]), Some(i64::MAX));
        assert_eq!(next_try(&[0; 200]), Some(i64::MAX));
    }

    #[test]
    fn worse_is_a_fall_of_health_or_a_breach_that_came_after() {
        let breach = |since_ns| [Breach { metric: "latency".to_owned(), since_ns }];
        assert_eq!(worse(Some(0.95), Some(0.9), 0.1, &[], 0), None);
        assert_eq!(worse(None, Some(0.1), 0.1, &[], 0), None, "nothing is known of before");
        assert!(worse(Some(0.95), Some(0.8), 0.1, &[], 0).is_some());
        assert_eq!(worse(None, None, 0.1, &breach(5), 6), None, "it was breached before");
        assert!(worse(None, None, 0.1, &breach(6), 6).is_some());
    }
}
