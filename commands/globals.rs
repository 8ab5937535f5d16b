//! Flags that every subcommand takes, before or after its name.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

/// The global flags.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct Globals {
    /// Folder that relative paths start from
    #[arg(short = 'C', long = "directory", global = true, value_name = "DIR")]
    pub directory: Option<PathBuf>,
    /// State directory
    #[arg(long, global = true, value_name = "DIR", env = "AETHERRA_STATE_DIR")]
    pub state: Option<PathBuf>,
    /// Output format
    #[arg(short, long, global = true, value_enum, default_value_t = FormatArg::Human)]
    pub format: FormatArg,
    /// Say what would be done, and do nothing
    #[arg(short = 'n', long, global = true)]
    pub dry_run: bool,
    /// Less talk
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub quiet: u8,
    /// More talk
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// The output formats by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// For people
    Human,
    /// One JSON document
    Json,
    /// One JSON object a line, the last of type summary
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
    /// GitHub workflow commands
    Github,
    /// GitLab code quality
    Gitlab,
    /// JUnit XML
    Junit,
    /// Markdown
    Markdown,
    /// Prometheus text
    Prometheus,
    /// One self-contained page
    Html,
}
