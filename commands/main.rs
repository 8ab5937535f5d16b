//! The command line: parse, call one library function, report.

mod globals;
mod session;
mod status;

use std::io::Write;
use std::process::ExitCode;

use aetherra_maint::host::Host;
use aetherra_maint::report::{Answer, Page};
use aetherra_maint::settings::Settings;
use aetherra_maint::{Error, Result};
use clap::{Parser, Subcommand};

use globals::{FormatArg, Globals};
use session::Session;

/// Keeps a system of plugins, agents, scripts and data healthy, and proves what it did.
#[derive(Debug, Parser)]
#[command(name = "aetherra-maint", version)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// One line a subcommand.
#[derive(Debug, Subcommand)]
enum Command {
    /// Everything at a glance
    Status(status::Args),
}

impl Command {
    fn run(&self, session: &mut Session) -> Result<Answer> {
        match self {
            Self::Status(args) => status::run(args, session),
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let host = Host::real();
    let run_id = host.identifier(8);
    let project = cli.globals.directory.clone().unwrap_or_else(|| ".".into());
    let mut session = Session { globals: cli.globals, settings: Settings::default(), host, run_id, project };
    match cli.command.run(&mut session) {
        Ok(answer) => print(&answer, &session),
        Err(error) => fail(&error),
    }
}

fn print(answer: &Answer, session: &Session) -> ExitCode {
    let text = if session.globals.format == FormatArg::Human {
        let mut page = Page::new(100, false, 0);
        answer.report.human(&mut page);
        page.text
    } else {
        format!("{:#}\n", answer.report.data())
    };
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn fail(error: &Error) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "error[{}]: {error}", error.code);
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(70))
}
