//! `policy`: what the operator's policy says.

use std::path::PathBuf;

use aetherra_maint::Result;
use aetherra_maint::gate::policy::examine;
use aetherra_maint::incorporation::trust;
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
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    let Action::Check { file } = &args.action;
    let policy = match file {
        Some(file) => trust::read_policy(&session.path(file))?,
        None => trust::policy(&session.settings)?,
    };
    Ok(Answer::new(PolicyCheck { rules: policy.file().rules.len(), concerns: examine(&policy) }))
}
