//! One read-only summary of everything: what `status` prints and what a status endpoint serves.
//!
//! It measures nothing and waits for nobody: it tells what was last recorded. What does not exist says so
//! with `available: false` and fails nothing.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::cycle::{self, Looking, Standing};
use crate::error::Result;
use crate::homeostasis::health;
use crate::homeostasis::supervisor::{ComponentHealth, Runlevel};
use crate::host::Host;
use crate::model::{StageResult, Verdict};
use crate::settings::Settings;
use crate::store::{LedgerHead, Store};

/// How many characters of a rollback token are shown.
const TOKEN_SHOWN: usize = 9;

/// Everything at a glance.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Status {
    /// Whether the summary could be made; a subsystem that is missing does not make it false.
    pub ok: bool,
    /// When it was made, RFC 3339, UTC.
    pub ts: String,
    /// The headline.
    pub overall: Overall,
    /// The figures that dashboards ask for; null where nothing counts them.
    pub kpis: Kpis,
    /// Stability.
    pub homeostasis: Homeostasis,
    /// Learning from history.
    pub self_improvement: Absent,
    /// Taking in code.
    pub self_incorporation: Incorporation,
    /// The record.
    pub ledger: LedgerStatus,
    /// The stages of the loop.
    pub stages: Vec<StageStatus>,
}

/// The headline.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Overall {
    /// As of the last collection; UNKNOWN before the first.
    pub runlevel: Runlevel,
    /// 0 to 100.
    pub health_percent: Option<f64>,
    /// 0 to 100: the worst of what the system cannot work without.
    pub critical_health_percent: Option<f64>,
    /// Whether the loop has collected within three of its intervals.
    pub overall_running: bool,
}

/// The figures that dashboards ask for.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Kpis {
    /// 0 to 1.
    pub system_health_score: Option<f64>,
    /// Corrective actions taken.
    pub actions_executed: Option<u64>,
    /// Improvement proposals made.
    pub proposals_generated: Option<u64>,
    /// Improvement proposals carried out.
    pub proposals_executed: Option<u64>,
    /// Improvement proposals accepted.
    pub proposals_accepted: Option<u64>,
    /// Files in the deployed tree.
    pub files_integrated: Option<u64>,
    /// Files in quarantine.
    pub files_quarantined: Option<u64>,
    /// The beginning of the newest rollback token that was not used; the rest is shown once, when it is made.
    pub last_rollback_token: Option<String>,
}

/// A part that is not there.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Absent {
    /// False.
    pub available: bool,
    /// Why.
    pub reason: String,
}

/// Stability.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Homeostasis {
    /// Whether anything was ever collected.
    pub available: bool,
    /// Whether the loop collects.
    pub running: bool,
    /// When the last collection was, RFC 3339, UTC.
    pub collected_at: Option<String>,
    /// Health by component, by name.
    pub components: Vec<ComponentHealth>,
    /// Why the runlevel is not ONLINE.
    pub reasons: Vec<String>,
    /// Measurements that are kept.
    pub samples: u64,
}

/// Taking in code.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Incorporation {
    /// Whether anything was ever discovered.
    pub available: bool,
    /// Files in the index.
    pub files_discovered: u64,
    /// Files of each class.
    pub classes: BTreeMap<String, u64>,
    /// Files of code of each trust tier.
    pub tiers: BTreeMap<String, u64>,
    /// Files of code by what was decided about them.
    pub decisions: BTreeMap<String, u64>,
    /// Files that could not be judged in full.
    pub files_unjudged: u64,
    /// The generation that is deployed; zero when nothing is.
    pub generation: u64,
    /// Components in it.
    pub components: u64,
    /// The plan that was made last, when it has steps that can still be taken.
    pub plan: Option<String>,
    /// How the operator's program looks at what is to be let in.
    pub verification: Standing,
}

/// The record of what was done.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LedgerStatus {
    /// Whether there is an entry.
    pub available: bool,
    /// Entries.
    pub entries: u64,
    /// The newest entry.
    pub head: Option<LedgerHead>,
}

/// One stage of the loop.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StageStatus {
    /// Its name.
    pub name: String,
    /// How its newest run ended; null when it never ran.
    pub result: Option<StageResult>,
    /// When that was, RFC 3339, UTC.
    pub ended_at: Option<String>,
    /// What it did, in a few words.
    pub detail: Option<String>,
    /// Whether it is due now.
    pub due: bool,
}

/// Sums up what is recorded.
///
/// # Errors
///
/// When the state cannot be read.
pub fn look(store: &Store, settings: &Settings, host: &Host) -> Result<Status> {
    let now_ns = host.clock.now_ns();
    let last = health::last(store, settings)?;
    let interval_ns = i64::from(settings.watch.collection_interval) * 1_000_000_000;
    let running = match store.stage_run_latest("collect")? {
        Some(run) => now_ns.saturating_sub(run.ended_ns) <= 3 * interval_ns,
        None => false,
    };
    let health = last.as_ref().map(|(_, health)| health);
    let percent = |score: Option<f64>| score.map(|score| (score * 1000.0).round() / 10.0);
    let head = store.ledger_head()?;
    let (_, deployed) = store.generation_deployed()?;
    let token = store.tokens_live()?.into_iter().next_back();
    Ok(Status {
        ok: true,
        ts: host.clock.now().to_string(),
        overall: Overall {
            runlevel: health.map_or(Runlevel::Unknown, |health| health.runlevel),
            health_percent: percent(health.and_then(|health| health.score)),
            critical_health_percent: percent(health.and_then(|health| health.critical_score)),
            overall_running: running,
        },
        kpis: Kpis {
            system_health_score: health.and_then(|health| health.score),
            files_integrated: Some(deployed.iter().map(|component| component.files.len() as u64).sum()),
            files_quarantined: Some(store.quarantine_paths()?.len() as u64),
            // Whoever reads the whole token can roll back.
            last_rollback_token: token.map(|token| token.token.chars().take(TOKEN_SHOWN).collect()),
            ..Kpis::default()
        },
        homeostasis: Homeostasis {
            available: last.is_some(),
            running,
            collected_at: last.as_ref().map(|(time_ns, _)| time(*time_ns)),
            components: health.map(|health| health.components.clone()).unwrap_or_default(),
            reasons: health.map(|health| health.reasons.clone()).unwrap_or_default(),
            samples: store.samples_count()?,
        },
        self_improvement: Absent { available: false, reason: "nothing analyses the history yet".to_owned() },
        self_incorporation: incorporation(store, deployed.len() as u64, Standing::of(settings, host))?,
        ledger: LedgerStatus { available: head.is_some(), entries: head.as_ref().map_or(0, |head| head.seq), head },
        stages: stages(store, settings, now_ns)?,
    })
}

fn incorporation(store: &Store, components: u64, verification: Standing) -> Result<Incorporation> {
    let verdicts = store.verdicts()?;
    let count = |word: &dyn Fn(&Verdict) -> &'static str| {
        verdicts.iter().fold(BTreeMap::new(), |mut counts: BTreeMap<String, u64>, verdict| {
            *counts.entry(word(verdict).to_owned()).or_default() += 1;
            counts
        })
    };
    let files = store.file_count()?;
    let generation = store.generation_current()?;
    let plan = store.plan_latest()?.filter(|plan| !plan.is_empty() && plan.parent.generation == generation);
    Ok(Incorporation {
        available: files > 0,
        files_discovered: files,
        classes: store
            .classification_counts()?
            .into_iter()
            .map(|(class, count)| (class.word().to_owned(), count))
            .collect(),
        tiers: count(&|verdict| verdict.tier.word()),
        decisions: count(&|verdict| verdict.decision.word()),
        files_unjudged: verdicts.iter().filter(|verdict| !verdict.complete).count() as u64,
        generation,
        components,
        plan: plan.map(|plan| plan.id),
        verification,
    })
}

fn stages(store: &Store, settings: &Settings, now_ns: i64) -> Result<Vec<StageStatus>> {
    // Looking whether anything changed is not worth telling.
    let looked = cycle::STAGES.iter().map(|stage| (stage.name, now_ns)).collect();
    let due = cycle::due(cycle::STAGES, &Looking { store, settings }, &looked, now_ns)?;
    let status = |stage: &cycle::Stage| {
        let latest = store.stage_run_latest(stage.name)?;
        Ok(StageStatus {
            name: stage.name.to_owned(),
            result: latest.as_ref().map(|run| run.result),
            ended_at: latest.as_ref().map(|run| time(run.ended_ns)),
            detail: latest.map(|run| run.detail),
            due: due.iter().any(|other| other.name == stage.name),
        })
    };
    cycle::STAGES.iter().map(status).collect()
}

fn time(time_ns: i64) -> String {
    jiff::Timestamp::from_nanosecond(i128::from(time_ns)).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}
