//! `classify`: gives each file a class and a confidence.

use std::path::{Path, PathBuf};

use aetherra_maint::Result;
use aetherra_maint::incorporation::classify::{ClassifyRequest, classify, key_of};
use aetherra_maint::incorporation::scan::Effect;
use aetherra_maint::model::ComponentKind;
use aetherra_maint::report::Answer;
use aetherra_maint::report::classify::{Selection, answer};

use crate::session::Session;

/// Flags of `classify`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Show these files and folders only [default: all]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Show this class only: plugin, agent, aether, workflow, utility, dataset, docs or unknown
    #[arg(long = "type", value_name = "CLASS", value_parser = class)]
    class: Option<ComponentKind>,
    /// Say what decided the class of one file
    #[arg(long, value_name = "PATH", conflicts_with_all = ["paths", "class"])]
    explain: Option<PathBuf>,
}

fn class(word: &str) -> Result<ComponentKind, String> {
    let words = || ComponentKind::ALL.map(|class| class.word().to_lowercase()).join(", ");
    ComponentKind::from_word(word).ok_or_else(|| format!("the classes are {}", words()))
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    let dry_run = session.globals.dry_run;
    let key = |path: &Path| key_of(&session.project, path);
    let selection = match &args.explain {
        Some(path) => Selection::Explained(key(path)),
        None if args.paths.is_empty() && args.class.is_none() => Selection::All,
        None => Selection::Some { paths: args.paths.iter().map(|path| key(path)).collect(), class: args.class },
    };
    let effect = if dry_run { Effect::Pretend } else { Effect::Record };
    let mut store = if dry_run { session.open_to_look()? } else { session.open_to_write()? };
    let request = ClassifyRequest { project: session.project.clone(), effect };
    let done = classify(&mut session.context(&mut store), &request)?;
    answer(done, &selection)
}
