//! `doctor`: whether the tool itself is well.

use aetherra_maint::Result;
use aetherra_maint::doctor::examine;
use aetherra_maint::report::Answer;
use aetherra_maint::settings::layers::resolve;

use crate::session::{self, Session};

/// Flags of `doctor`.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, session: &mut Session) -> Result<Answer> {
    let configuration = resolve(&session::sources(&session.globals));
    Ok(Answer::new(examine(&session.state_directory(), &configuration, &session.host)))
}
