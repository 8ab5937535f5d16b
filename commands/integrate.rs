//! `integrate`: executes a plan.

use std::path::Path;

use aetherra_maint::Result;
use aetherra_maint::gate::review::Asker;
use aetherra_maint::incorporation::canary::live::{TrialView, begin, check_settings};
use aetherra_maint::incorporation::canary::source::{Feed, NoFeed, PIPED};
use aetherra_maint::incorporation::deployment::{
    Answered, Who, integrate_plan, preview_integration, read_plan, settle,
};
use aetherra_maint::incorporation::verification::Verification;
use aetherra_maint::model::Plan;
use aetherra_maint::report::Answer;
use aetherra_maint::report::canary::CanaryReport;
use aetherra_maint::report::integrate::IntegrateReport;

use crate::feed::Piped;
use crate::session::Session;

/// Flags of `integrate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The plan: its id, or a file with it [default: the one that was made last]
    plan: Option<String>,
    /// Give it to a part of the traffic first, and to all only when it is no worse
    #[arg(long)]
    canary: bool,
    /// Do not wait for the end of the trial: the loop continues it
    #[arg(long, requires = "canary")]
    detach: bool,
    /// Read observations of the trial, JSON lines, from this file as it grows; `-` for standard input
    #[arg(long, value_name = "FILE", requires = "canary")]
    observations: Option<String>,
    #[command(flatten)]
    approval: Approval,
}

/// A person lets a change pass that the policy alone does not.
#[derive(Debug, Default, clap::Args)]
pub struct Approval {
    /// Approve it as a person: what has to be reviewed, and what is beyond the limits of an hour
    #[arg(long)]
    approve: bool,
    /// Who approves, for the ledger [default: operator]
    #[arg(long, value_name = "NAME", requires = "approve")]
    by: Option<String>,
}

impl Approval {
    /// Who wants the change.
    pub fn who(&self) -> Who {
        let name = || self.by.clone().unwrap_or_else(|| "operator".to_owned());
        Who { asker: Asker::Operator, approved_by: self.approve.then(name) }
    }
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    let who = args.approval.who();
    let project = session.project.clone();
    let file = args.plan.as_deref().map(|plan| session.path(Path::new(plan)));
    if session.globals.dry_run {
        let mut store = session.open_to_read()?;
        let context = session.context(&mut store);
        let plan = read_plan(&context, args.plan.as_deref(), file.as_deref())?;
        if args.canary {
            check_settings(&session.settings.canary)?;
        }
        let denied = preview_integration(&context, &project, &plan, &who)?;
        return Ok(Answer::new(IntegrateReport { denied, dry_run: true, ..IntegrateReport::nothing(&plan) }));
    }
    let mut store = session.open_to_write()?;
    let mut context = session.context(&mut store);
    let recovered = settle(&mut context)?;
    let plan = read_plan(&context, args.plan.as_deref(), file.as_deref())?;
    if args.canary && !plan.is_empty() {
        let seen = begin(&mut context, &project, &plan, &who, args.observations.clone())?;
        drop(store);
        return on_trial(args, session, &plan, seen);
    }
    let mut answer = if plan.is_empty() {
        Answer::new(IntegrateReport::nothing(&plan))
    } else {
        match integrate_plan(&mut context, &project, &plan, &who)? {
            Answered::Made(changed) => {
                let audit = Some(changed.audit.clone());
                Answer { audit, ..Answer::new(IntegrateReport::made(&plan, &changed)) }
            }
            Answered::Denied(denial) => Answer::new(IntegrateReport::denied(&plan, denial)),
        }
    };
    answer.diagnostics = recovered.iter().map(|recovery| recovery.diagnostic()).collect();
    answer.diagnostics.extend(Verification::new(&session.settings, &session.host)?.notice());
    Ok(answer)
}

/// Follows the trial that was just opened, unless the loop is to do that.
fn on_trial(args: &Args, session: &mut Session, plan: &Plan, begun: Answered<TrialView>) -> Result<Answer> {
    let trial = match begun {
        Answered::Denied(denial) => return Ok(Answer::new(IntegrateReport::denied(plan, denial))),
        Answered::Made(trial) => trial,
    };
    session.release();
    if args.detach {
        let next = vec!["aetherra-maint watch".to_owned(), "aetherra-maint canary show".to_owned()];
        return Ok(Answer { next, ..Answer::new(CanaryReport::shown(Some(trial))) });
    }
    let feed: Box<dyn Feed> =
        if args.observations.as_deref() == Some(PIPED) { Box::new(Piped::start()) } else { Box::new(NoFeed) };
    crate::canary::follow(session, feed)
}
