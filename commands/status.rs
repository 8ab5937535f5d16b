//! `status`: everything at a glance.

use aetherra_maint::report::Answer;
use aetherra_maint::report::status::StatusReport;
use aetherra_maint::{Result, status};

use crate::session::Session;

/// Flags of `status`.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, session: &mut Session) -> Result<Answer> {
    let store = session.open_to_read()?;
    let status = status::look(&store, &session.settings, &session.host)?;
    Ok(Answer::new(StatusReport { status }))
}
