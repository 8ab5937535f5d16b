//! `policy`: what the operator's policy says.

use std::path::PathBuf;

use aetherra_maint::Result;
use aetherra_maint::gate::policy::examine;
use aetherra_maint::incorporation::{policy_trial, trust};
use aetherra_maint::report::Answer;
use aetherra_maint::report::policy::PolicyCheck;

use crate::session::Session;

/// Flags of `policy`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Whether a policy is valid, and what in it is probably not what was meant
    Check {
        /// A policy file [default: the one in force]
        file: Option<PathBuf>,
    },
    /// What another policy would make of everything that was judged; the answer is no when a decision changes
    Test {
        /// The policy that is tried
        file: PathBuf,
    },
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    match &args.action {
        Action::Check { file } => {
            let policy = match file {
                Some(file) => trust::read_policy(&session.path(file))?,
                None => trust::policy(&session.settings)?,
            };
            Ok(Answer::new(PolicyCheck { rules: policy.file().rules.len(), concerns: examine(&policy) }))
        }
        Action::Test { file } => {
            let candidate = trust::read_policy(&session.path(file))?;
            let tried = policy_trial::run(&session.settings, &session.open_to_look()?, candidate)?;
            Ok(Answer::new(tried))
        }
    }
}
