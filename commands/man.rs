//! `man`: manual pages, made from the flags themselves.

use aetherra_maint::report::Answer;
use aetherra_maint::report::generated::ManualPage;
use aetherra_maint::{Error, Result};
use clap::Command;

use crate::session::Session;

/// Flags of `man`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The subcommand, such as `state backup`; without it the program as a whole
    command: Vec<String>,
    /// The names of all pages
    #[arg(long, conflicts_with = "command")]
    list: bool,
}

pub fn run(args: &Args, _session: &mut Session) -> Result<Answer> {
    let mut root = crate::command_line();
    root.build();
    if args.list {
        let mut names = Vec::new();
        collect_names(&root, &mut names);
        return Ok(Answer::new(ManualPage::Names { names }));
    }
    let found = args.command.iter().try_fold(&root, |command, name| command.find_subcommand(name));
    let command = found.ok_or_else(|| {
        Error::usage("usage", format!("there is no subcommand `{}`", args.command.join(" ")))
            .hinted("`aetherra-maint man --list` lists the pages")
    })?;
    let mut roff = Vec::new();
    clap_mangen::Man::new(command.clone())
        .render(&mut roff)
        .map_err(|error| Error::bug(format!("writing a manual page: {error}")))?;
    let roff = String::from_utf8(roff).map_err(|error| Error::bug(format!("a manual page: {error}")))?;
    Ok(Answer::new(ManualPage::Page { name: page_name(command), roff }))
}

fn page_name(command: &Command) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}

fn collect_names(command: &Command, names: &mut Vec<String>) {
    names.push(page_name(command));
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help" && !inner.is_hide_set()) {
        collect_names(inner, names);
    }
}
