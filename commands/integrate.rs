//! `integrate`: executes a plan.

use std::path::Path;

use aetherra_maint::Result;
use aetherra_maint::gate::review::Asker;
use aetherra_maint::incorporation::deployment::{
    Answered, Who, integrate_plan, preview_integration, read_plan, settle,
};
use aetherra_maint::report::Answer;
use aetherra_maint::report::integrate::IntegrateReport;

use crate::session::Session;

/// Flags of `integrate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The plan: its id, or a file with it [default: the one that was made last]
    plan: Option<String>,
    #[command(flatten)]
    approval: Approval,
}

/// A person lets a change pass that the policy alone does not.
#[derive(Debug, clap::Args)]
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
        let denied = preview_integration(&context, &project, &plan, &who)?;
        return Ok(Answer::new(IntegrateReport { denied, dry_run: true, ..IntegrateReport::nothing(&plan) }));
    }
    let mut store = session.open_to_write()?;
    let mut context = session.context(&mut store);
    let recovered = settle(&mut context)?;
    let plan = read_plan(&context, args.plan.as_deref(), file.as_deref())?;
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
    Ok(answer)
}
