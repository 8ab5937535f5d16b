//! `canary`: what is on trial, and what the settings of a trial do.

use aetherra_maint::incorporation::canary::live::{self, Post};
use aetherra_maint::incorporation::canary::simulate::{Scenario, simulate};
use aetherra_maint::incorporation::canary::source::{Feed, NoFeed};
use aetherra_maint::incorporation::deployment::settle;
use aetherra_maint::report::Answer;
use aetherra_maint::report::canary::{CanaryReport, CanarySimulation};
use aetherra_maint::{Error, Result};

use crate::feed::Piped;
use crate::integrate::Approval;
use crate::session::Session;

/// Flags of `canary`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

/// What to do.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// The newest trial: what was observed, and what became of it
    Show,
    /// Follow the trial to its end, as `integrate --canary` does
    Wait {
        /// Read observations from standard input, when the trial was opened with `--observations -`
        #[arg(long)]
        piped: bool,
    },
    /// Take the canary back
    Stop {
        /// Why, for the ledger
        #[arg(long, value_name = "TEXT", default_value = "asked for by the operator")]
        reason: String,
    },
    /// Make the canary stable before its trial has ended
    Promote {
        #[command(flatten)]
        approval: Approval,
    },
    /// Try the settings on canaries that never were, and show how often they are stopped
    Simulate(Simulate),
}

/// What is simulated.
#[derive(Debug, clap::Args)]
struct Simulate {
    /// How many trials
    #[arg(long, value_name = "COUNT", default_value_t = 2000)]
    runs: u32,
    /// Share of the requests that go to the canary, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 10.0)]
    percent: f64,
    /// Canary requests in a trial
    #[arg(long, value_name = "COUNT", default_value_t = 500)]
    requests: u64,
    /// Failures of what is stable, in percent of its requests
    #[arg(long, value_name = "PERCENT", default_value_t = 1.0)]
    stable_failures: f64,
    /// Failures of the canary, in percent of its requests
    #[arg(long, value_name = "PERCENT", default_value_t = 1.0)]
    canary_failures: f64,
    /// How many times as long the canary takes
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    slowdown: f64,
    /// Spread of latencies: standard deviation of their logarithm
    #[arg(long, value_name = "SIGMA", default_value_t = 0.25)]
    spread: f64,
    /// Probability of stopping a healthy canary, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 1.0)]
    alpha: f64,
    /// Where the random numbers start
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    match &args.action {
        Action::Show => Ok(Answer::new(CanaryReport::shown(live::latest(&session.open_to_read()?)?))),
        Action::Wait { .. } | Action::Stop { .. } | Action::Promote { .. } if session.globals.dry_run => {
            Ok(Answer::new(CanaryReport::rehearsed(live::on_trial(&session.open_to_look()?)?)))
        }
        Action::Wait { piped } => {
            // Opened here only to be told early that there is no state.
            drop(session.open_to_read()?);
            follow(session, if *piped { Box::new(Piped::start()) } else { Box::new(NoFeed) })
        }
        Action::Stop { reason } => {
            let mut store = session.open_to_write()?;
            let mut context = session.context(&mut store);
            settle(&mut context)?;
            let trial = live::stop(&mut context, &Approval::default().who(), reason)?;
            Ok(Answer { audit: store.ledger_head()?, ..Answer::new(CanaryReport::shown(Some(trial))) })
        }
        Action::Promote { approval } => promote(approval, session),
        Action::Simulate(wanted) => simulated(wanted),
    }
}

/// Follows the open trial to its end.
pub fn follow(session: &Session, mut feed: Box<dyn Feed>) -> Result<Answer> {
    let state = session.state_directory();
    let post = Post {
        project: &session.project,
        state: &state,
        host: &session.host,
        settings: &session.settings,
        trace_id: &session.run_id,
    };
    let (trial, changed) = post.follow(feed.as_mut())?;
    let audit = changed.map(|changed| changed.audit);
    Ok(Answer { audit, ..Answer::new(CanaryReport::ended(trial)) })
}

fn promote(approval: &Approval, session: &Session) -> Result<Answer> {
    let mut store = session.open_to_write()?;
    let mut context = session.context(&mut store);
    settle(&mut context)?;
    let (trial, _) = live::promote(&mut context, &session.project, &approval.who())?;
    Ok(Answer { audit: store.ledger_head()?, ..Answer::new(CanaryReport::ended(trial)) })
}

fn simulated(wanted: &Simulate) -> Result<Answer> {
    let share = |name: &str, percent: f64| {
        if percent.is_finite() && (0.0..=100.0).contains(&percent) {
            return Ok(percent / 100.0);
        }
        Err(Error::usage("percentage-invalid", format!("`--{name}` is {percent}"))
            .hinted("a percentage is between 0 and 100"))
    };
    let factor = |name: &str, factor: f64| {
        if factor.is_finite() && factor > 0.0 {
            return Ok(factor);
        }
        Err(Error::usage("factor-invalid", format!("`--{name}` is {factor}")).hinted("a factor is greater than 0"))
    };
    let scenario = Scenario {
        runs: wanted.runs.clamp(1, 1_000_000),
        share: share("percent", wanted.percent)?.clamp(0.0001, 0.9999),
        requests: wanted.requests,
        stable_failures: share("stable-failures", wanted.stable_failures)?,
        canary_failures: share("canary-failures", wanted.canary_failures)?,
        slowdown: factor("slowdown", wanted.slowdown)?,
        spread: factor("spread", wanted.spread)?,
        alpha: share("alpha", wanted.alpha)?.clamp(1e-9, 1.0),
        seed: wanted.seed,
    };
    Ok(Answer::new(CanarySimulation(simulate(scenario))))
}
