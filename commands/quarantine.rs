//! `quarantine`: what is isolated.

use aetherra_maint::execute::isolate::{Isolation, Original, Version, release, restore};
use aetherra_maint::gate::review::Asker;
use aetherra_maint::incorporation::deployment::{Who, settle};
use aetherra_maint::incorporation::isolation::{
    OPERATOR as BY_HAND, isolate_files, isolation_due, named, preview_isolation,
};
use aetherra_maint::report::Answer;
use aetherra_maint::report::quarantine::{QuarantineChange, QuarantineList};
use aetherra_maint::store::Store;
use aetherra_maint::{Error, ErrorKind, Result};

use crate::session::Session;

/// Flags of `quarantine`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

/// What to do with isolated files.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// What is isolated, with statistics
    List,
    /// All about one
    Show {
        /// Its number
        #[arg(value_parser = number)]
        id: u64,
    },
    /// Isolate files: out of the deployed tree, into a form that nothing can load
    Add {
        /// The files, as `scan` names them [default: what the evaluation wants isolated]
        paths: Vec<String>,
        /// Why
        #[arg(long, value_name = "TEXT", default_value = "asked for by the operator")]
        reason: String,
        /// Take the original away as well
        #[arg(long)]
        r#move: bool,
    },
    /// Let one go: it may be planned again, if its evaluation lets it
    Release {
        /// Its number
        #[arg(value_parser = number)]
        id: u64,
        /// Why, for the ledger
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Put one back where it came from, and let it go
    Restore {
        /// Its number
        #[arg(value_parser = number)]
        id: u64,
        /// Put back the last version that was deployed instead of what is held
        #[arg(long)]
        approved: bool,
        /// Why, for the ledger
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// The number of an isolated file. A path in its place gets a word on where the numbers are.
fn number(word: &str) -> std::result::Result<u64, String> {
    word.parse().map_err(|_| "expected a number, as `aetherra-maint quarantine list` shows them".to_owned())
}

const OPERATOR: Who = Who { asker: Asker::Operator, approved_by: None };

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    match &args.action {
        Action::List => Ok(Answer::new(QuarantineList::new(session.open_to_read()?.quarantine_items()?))),
        Action::Show { id } => show("show", *id, session),
        Action::Add { paths, reason, r#move } => {
            add(paths, reason, if *r#move { Original::Go } else { Original::Stay }, session)
        }
        Action::Release { id, .. } if session.globals.dry_run => show("release", *id, session),
        Action::Restore { id, .. } if session.globals.dry_run => show("restore", *id, session),
        Action::Release { id, reason } => {
            let mut store = session.open_to_write()?;
            let (item, audit) = release(&mut session.context(&mut store), *id, reason, "operator")?;
            Ok(Answer { audit: Some(audit), ..Answer::new(changed("release", vec![item])) })
        }
        Action::Restore { id, approved, reason } => {
            let version = if *approved { Version::Approved } else { Version::Held };
            let mut store = session.open_to_write()?;
            let mut context = session.context(&mut store);
            let (item, audit) = restore(&mut context, &session.project, *id, version, reason, "operator")?;
            Ok(Answer { audit: Some(audit), ..Answer::new(changed("restore", vec![item])) })
        }
    }
}

fn changed(action: &str, items: Vec<aetherra_maint::model::Quarantine>) -> QuarantineChange {
    QuarantineChange { action: action.to_owned(), items, removed: Vec::new(), generation: None, dry_run: false }
}

fn show(action: &str, id: u64, session: &Session) -> Result<Answer> {
    let item = session.open_to_read()?.quarantine_item(id)?.ok_or_else(|| {
        Error::new(ErrorKind::Precondition, "quarantine-unknown", format!("nothing in quarantine has the number {id}"))
            .hinted("`aetherra-maint quarantine list` shows what is there")
    })?;
    Ok(Answer::new(QuarantineChange { dry_run: session.globals.dry_run, ..changed(action, vec![item]) }))
}

fn add(paths: &[String], reason: &str, original: Original, session: &Session) -> Result<Answer> {
    let wanted = |store: &Store| -> Result<Vec<Isolation>> {
        if paths.is_empty() {
            return isolation_due(&session.settings, store);
        }
        let isolation = |path| Isolation { path, reason: reason.to_owned(), trigger: BY_HAND.to_owned() };
        paths.iter().map(|path| named(store, &session.project, path).map(isolation)).collect()
    };
    if session.globals.dry_run {
        let store = session.open_to_read()?;
        let (items, removed) = preview_isolation(&store, &session.project, wanted(&store)?)?;
        return Ok(Answer::new(QuarantineChange { removed, dry_run: true, ..changed("hold", items) }));
    }
    let mut store = session.open_to_write()?;
    let mut context = session.context(&mut store);
    let recovered = settle(&mut context)?;
    let wanted = wanted(context.store)?;
    let isolated = isolate_files(&mut context, &session.project, wanted, original, &OPERATOR)?;
    let generation = isolated.changed.as_ref().map(|changed| changed.to);
    let report = QuarantineChange { removed: isolated.removed, generation, ..changed("hold", isolated.items) };
    let diagnostics = recovered.iter().map(|recovery| recovery.diagnostic()).collect();
    Ok(Answer { audit: isolated.audit, diagnostics, ..Answer::new(report) })
}
