//! `health`: measures once and judges.

use aetherra_maint::Result;
use aetherra_maint::homeostasis::health;
use aetherra_maint::report::Answer;
use aetherra_maint::report::health::HealthReport;

use crate::session::Session;

/// Flags of `health`.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, session: &mut Session) -> Result<Answer> {
    if session.globals.dry_run {
        let store = session.open_to_read()?;
        let checkup = health::look(&store, &session.settings, &session.host)?;
        let diagnostics = store.signer_behind()?.into_iter().collect();
        return Ok(Answer { diagnostics, ..Answer::new(HealthReport { checkup }) });
    }
    let mut store = session.open_to_write()?;
    let (checkup, head) = health::collect(&mut session.context(&mut store))?;
    Ok(Answer { audit: Some(head), ..Answer::new(HealthReport { checkup }) })
}
