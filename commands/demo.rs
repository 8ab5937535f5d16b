//! `demo`: a small sample system, and the whole loop over it.

use std::path::PathBuf;

use aetherra_maint::report::Answer;
use aetherra_maint::report::demo::DemoReport;
use aetherra_maint::{Error, Result, demo};

use crate::session::Session;

/// Flags of `demo`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// An empty or new folder for the sample [default: a temporary one, which is named]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    if session.globals.dry_run {
        return Err(Error::usage("dry-run-outside", "a demonstration is a rehearsal already")
            .hinted("leave `-n` out; it writes into a new or empty folder, and nowhere else"));
    }
    let directory = args.folder.as_ref().map(|folder| session.path(folder));
    let story = demo::run(directory.as_deref(), &session.host, &session.run_id)?;
    let next = story.next.clone();
    Ok(Answer { next, ..Answer::new(DemoReport { story }) })
}
