//! `init`: a configuration to start from.

use aetherra_maint::Result;
use aetherra_maint::execute::starter::{starter_paths, write_starter};
use aetherra_maint::report::Answer;
use aetherra_maint::report::init::InitReport;

use crate::session::Session;

/// Flags of `init`.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, session: &mut Session) -> Result<Answer> {
    let dry_run = session.globals.dry_run;
    let paths = if dry_run { starter_paths(&session.project)? } else { write_starter(&session.project)? };
    let files = paths.iter().map(|path| path.display().to_string()).collect();
    let mut answer = Answer::new(InitReport { files, dry_run });
    answer.next = ["scan", "security-eval", "status"].map(|name| format!("aetherra-maint {name}")).to_vec();
    Ok(answer)
}
