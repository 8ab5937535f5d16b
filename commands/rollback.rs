//! `rollback`: goes back, by a forward change.

use aetherra_maint::Result;
use aetherra_maint::execute::change::Check;
use aetherra_maint::execute::rollback::{Aim, Dependents, RollbackPlan, prepare};
use aetherra_maint::incorporation::deployment::{Answered, preview_rollback, roll_back_to, settle};
use aetherra_maint::report::Answer;
use aetherra_maint::report::rollback::RollbackReport;

use crate::integrate::Approval;
use crate::session::Session;

/// Flags of `rollback`.
#[derive(Debug, clap::Args)]
#[group(id = "aim", required = true, multiple = false, args = ["token", "last", "to"])]
pub struct Args {
    /// The token that `integrate` gave
    token: Option<String>,
    /// Undo the last change
    #[arg(long)]
    last: bool,
    /// Go to this generation; 0 deploys nothing
    #[arg(long, value_name = "GENERATION")]
    to: Option<u64>,
    /// Take out as well what needs what is taken out
    #[arg(long)]
    cascade: bool,
    /// Read every file of the generation to go back to first, and refuse it when one is not what was approved
    #[arg(long)]
    verify: bool,
    /// Why, for the ledger
    #[arg(long, value_name = "TEXT", default_value = "asked for by the operator")]
    reason: String,
    #[command(flatten)]
    approval: Approval,
}

impl Args {
    fn checked(&self, plan: RollbackPlan) -> RollbackPlan {
        if self.verify { RollbackPlan { check: Check::Contents, ..plan } } else { plan }
    }
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    let aim = match (&args.token, args.to) {
        (Some(token), _) => Aim::Token(token.clone()),
        (None, Some(number)) => Aim::Generation(number),
        (None, None) => Aim::Last,
    };
    let dependents = if args.cascade { Dependents::TakeOut } else { Dependents::Refuse };
    let (who, project) = (args.approval.who(), session.project.clone());
    if session.globals.dry_run {
        let mut store = session.open_to_read()?;
        let context = session.context(&mut store);
        let plan = args.checked(prepare(&context, &aim, dependents)?);
        let denied = preview_rollback(&context, &plan, &who)?;
        return Ok(Answer::new(RollbackReport { denied, dry_run: true, ..RollbackReport::nothing(plan) }));
    }
    let mut store = session.open_to_write()?;
    let mut context = session.context(&mut store);
    let recovered = settle(&mut context)?;
    let plan = args.checked(prepare(&context, &aim, dependents)?);
    let mut answer = match roll_back_to(&mut context, &project, plan.clone(), &who, &args.reason)? {
        Answered::Made(changed) => {
            Answer { audit: Some(changed.audit.clone()), ..Answer::new(RollbackReport::made(plan, &changed)) }
        }
        Answered::Denied(denial) => {
            Answer::new(RollbackReport { denied: Some(denial), ..RollbackReport::nothing(plan) })
        }
    };
    answer.diagnostics = recovered.iter().map(|recovery| recovery.diagnostic()).collect();
    Ok(answer)
}
