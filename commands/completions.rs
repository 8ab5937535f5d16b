//! `completions`: a script that teaches a shell our flags.

use aetherra_maint::report::Answer;
use aetherra_maint::report::generated::CompletionScript;
use aetherra_maint::{Error, Result};
use clap::ValueEnum;
use clap_complete::generate;
use clap_complete::shells::{Bash, Elvish, Fish, PowerShell, Zsh};
use clap_complete_nushell::Nushell;

use crate::session::Session;

/// Flags of `completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// The shells that are known.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    Power,
    Elvish,
    Nushell,
}

pub fn run(args: &Args, _session: &mut Session) -> Result<Answer> {
    let mut command = crate::command_line();
    let name = command.get_name().to_owned();
    let mut bytes = Vec::new();
    match args.shell {
        Shell::Bash => generate(Bash, &mut command, name, &mut bytes),
        Shell::Zsh => generate(Zsh, &mut command, name, &mut bytes),
        Shell::Fish => generate(Fish, &mut command, name, &mut bytes),
        Shell::Power => generate(PowerShell, &mut command, name, &mut bytes),
        Shell::Elvish => generate(Elvish, &mut command, name, &mut bytes),
        Shell::Nushell => generate(Nushell, &mut command, name, &mut bytes),
    }
    let script = String::from_utf8(bytes).map_err(|error| Error::bug(format!("a completion script: {error}")))?;
    let shell = args.shell.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    Ok(Answer::new(CompletionScript { shell, script }))
}
