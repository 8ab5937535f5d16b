//! `status`: everything at a glance.

use aetherra_maint::Result;
use aetherra_maint::report::Answer;
use aetherra_maint::report::status::StatusReport;

use crate::session::Session;

/// Flags of `status`.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, session: &mut Session) -> Result<Answer> {
    let store = session.open_to_read()?;
    Ok(Answer::new(StatusReport { ledger: store.ledger_head()? }))
}
