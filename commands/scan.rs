//! `scan`: brings the index of files up to date.

use std::path::PathBuf;

use aetherra_maint::Result;
use aetherra_maint::incorporation::scan::{Depth, Effect, Emptiness, ScanRequest, restore, scan};
use aetherra_maint::report::Answer;
use aetherra_maint::report::scan::{Listing, answer, restored};

use crate::path_list::{Named, named};
use crate::session::Session;

/// Flags of `scan`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folders or files to scan; `-` reads a list from standard input [default: scan.roots of the configuration]
    #[arg(value_name = "ROOT")]
    roots: Vec<PathBuf>,
    /// The list on standard input is ended by NUL instead of line ends
    #[arg(short = '0', long = "null")]
    null: bool,
    /// Read every file, also those that seem unchanged
    #[arg(long)]
    full: bool,
    /// Forget the files of a root that is an empty folder now
    #[arg(long)]
    accept_empty: bool,
    /// Name everything that was left out, and why
    #[arg(long)]
    list_skipped: bool,
    /// Rebuild the index from its backup, such as .aetherra/index.jsonl
    #[arg(long, value_name = "FILE", conflicts_with_all = ["roots", "null", "full", "accept_empty", "list_skipped"])]
    restore: Option<PathBuf>,
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    let roots = match named(&args.roots, args.null)? {
        Named::Arguments(roots) => Some(roots).filter(|roots| !roots.is_empty()),
        Named::List(roots) => Some(roots),
    };
    let dry_run = session.globals.dry_run;
    let effect = if dry_run { Effect::Pretend } else { Effect::Record };
    let mut store = if dry_run { session.open_to_look()? } else { session.open_to_write()? };
    let mut context = session.context(&mut store);
    if let Some(backup) = &args.restore {
        let done = restore(&mut context, &session.project, &session.path(backup), effect)?;
        return Ok(restored(backup.display().to_string(), done, !dry_run));
    }
    let request = ScanRequest {
        project: session.project.clone(),
        roots,
        depth: if args.full { Depth::Full } else { Depth::Changed },
        effect,
        emptiness: if args.accept_empty { Emptiness::Believed } else { Emptiness::Doubted },
    };
    let listing = if args.list_skipped { Listing::All } else { Listing::Gaps };
    Ok(answer(scan(&mut context, &request)?, listing, !dry_run))
}
