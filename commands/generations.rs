//! `generations`: what is deployed, what was, and who gets what.

use aetherra_maint::execute::layout::Layout;
use aetherra_maint::execute::{gc, stage, swap};
use aetherra_maint::incorporation::deployment::settle;
use aetherra_maint::report::Answer;
use aetherra_maint::report::generations::{
    GenerationGc, GenerationList, GenerationRoute, GenerationRow, GenerationShown, GenerationsVerified,
};
use aetherra_maint::{Error, ErrorKind, Result};

use crate::session::Session;

/// Flags of `generations`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

/// What to do with generations.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// All of them, and the tokens that are good (the default)
    List,
    /// What is in one [default: the deployed one]
    Show {
        /// Its number
        number: Option<u64>,
    },
    /// Read every file of one, and say which are not what was approved
    Verify {
        /// Its number [default: all that can be deployed]
        number: Option<u64>,
    },
    /// Which generation a key gets, as a host decides it from registry.json
    Route {
        /// Whatever a host routes by: a user, a session, a request
        key: String,
    },
    /// Clear away what nothing leads to any more
    Gc {
        /// Keep this many that nothing leads to [default: incorporation.keep_generations]
        #[arg(long, value_name = "COUNT")]
        keep: Option<u32>,
    },
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    match args.action.as_ref().unwrap_or(&Action::List) {
        Action::List => list(session),
        Action::Show { number } => show(*number, session),
        Action::Verify { number } => verify(*number, session),
        Action::Route { key } => route(key, session),
        Action::Gc { keep } => collect(*keep, session),
    }
}

fn list(session: &Session) -> Result<Answer> {
    let store = session.open_to_read()?;
    let generations = store.generation_heads()?.into_iter().map(GenerationRow::of).collect();
    let (current, tokens) = (store.generation_current()?, store.tokens_live()?);
    Ok(Answer::new(GenerationList { current, generations, tokens }))
}

fn show(number: Option<u64>, session: &Session) -> Result<Answer> {
    let store = session.open_to_read()?;
    let current = store.generation_current()?;
    let number = number.unwrap_or(current);
    let generation = store.generation(number)?.ok_or_else(|| {
        Error::new(ErrorKind::Precondition, "generation-unknown", format!("there is no generation {number}"))
            .hinted("`aetherra-maint generations` lists them")
    })?;
    Ok(Answer::new(GenerationShown { generation, is_current: number == current }))
}

fn verify(number: Option<u64>, session: &Session) -> Result<Answer> {
    let mut store = session.open_to_read()?;
    let verified = stage::verify(&session.context(&mut store), number)?;
    Ok(Answer::new(GenerationsVerified { verified }))
}

fn route(key: &str, session: &Session) -> Result<Answer> {
    let routing = swap::routing(&Layout::new(&session.state_directory()))?;
    let (generation, place) = routing.route(key);
    let is_canary = routing.canary.as_ref().is_some_and(|(number, _, _)| *number == generation);
    let route = if is_canary { "canary" } else { "stable" }.to_owned();
    Ok(Answer::new(GenerationRoute { key: key.to_owned(), generation, route, place }))
}

fn collect(keep: Option<u32>, session: &Session) -> Result<Answer> {
    let keep = keep.unwrap_or(session.settings.incorporation.keep_generations) as usize;
    if session.globals.dry_run {
        let mut store = session.open_to_read()?;
        let collected = gc::preview(&session.context(&mut store), keep)?;
        return Ok(Answer::new(GenerationGc { collected, dry_run: true }));
    }
    let mut store = session.open_to_write()?;
    let mut context = session.context(&mut store);
    settle(&mut context)?;
    let collected = gc::collect(&mut context, keep)?;
    Ok(Answer { audit: store.ledger_head()?, ..Answer::new(GenerationGc { collected, dry_run: false }) })
}
