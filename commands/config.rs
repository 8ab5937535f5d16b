//! `config`: what is configured, where it came from, whether it is valid.

use aetherra_maint::Result;
use aetherra_maint::report::Answer;
use aetherra_maint::report::config::{ConfigCheck, ConfigShow};
use aetherra_maint::report::problem::error_diagnostic;
use aetherra_maint::report::schema::SchemaReport;
use aetherra_maint::settings::config_schema;
use aetherra_maint::settings::layers::{known_key, resolve};

use crate::session::{self, Session};

/// Flags of `config`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

/// What to say about the configuration.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Every key with its value
    Show {
        /// One key or section
        key: Option<String>,
        /// Where each value came from
        #[arg(long)]
        origin: bool,
    },
    /// Every mistake in every layer
    Check,
    /// The JSON Schema of a configuration file
    Schema,
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    match &args.action {
        Action::Schema => {
            let document = config_schema();
            Ok(Answer::new(SchemaReport::Document { name: "config".to_owned(), document }))
        }
        Action::Show { key, origin } => {
            key.as_deref().map_or(Ok(()), known_key)?;
            let resolution = resolve(&session::sources(&session.globals));
            let mut answer = Answer::new(ConfigShow::of(&resolution, key.as_deref(), *origin));
            answer.diagnostics.clone_from(&resolution.diagnostics);
            resolution.into_result().map(|_| answer)
        }
        Action::Check => {
            let resolution = resolve(&session::sources(&session.globals));
            let files = resolution.files.iter().map(|path| path.display().to_string()).collect();
            let mut answer = Answer::new(ConfigCheck { files, mistakes: resolution.errors.len() });
            answer.diagnostics = resolution.diagnostics;
            answer.diagnostics.extend(resolution.errors.iter().map(error_diagnostic));
            Ok(answer)
        }
    }
}
