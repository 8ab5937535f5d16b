//! `explain`: what a code or a rule means, or why the gate says what it says of a file, without a network.

use std::path::Path;

use aetherra_maint::error::near_miss;
use aetherra_maint::incorporation::explain::{Moment, explain};
use aetherra_maint::report::Answer;
use aetherra_maint::report::explain::{ExplainReport, Topic, TopicKind, topics};
use aetherra_maint::security::rules::RULES;
use aetherra_maint::security::rules::pages::PAGES;
use aetherra_maint::{Error, Result};

use crate::session::Session;

/// Flags of `explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A code, a rule (also by its bandit or ruff id), an exit code, or a file or folder that was or can be judged;
    /// without it the list of all but files
    #[arg(value_name = "ID|PATH")]
    id: Option<String>,
    /// Explain a file as it was judged last, even if it changed since
    #[arg(long, requires = "id")]
    recorded: bool,
}

impl Args {
    /// Whether the list is asked for.
    pub fn is_list(&self) -> bool {
        self.id.is_none()
    }

    /// The topic that is asked for, when there is one of this name.
    pub fn topic(&self) -> Option<Topic> {
        let id = canonical(self.id.as_deref()?);
        all().into_iter().find(|topic| topic.id == id)
    }
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    let Some(asked) = args.id.as_deref() else { return Ok(Answer::new(ExplainReport::list(all()))) };
    if let Some(topic) = args.topic() {
        return Ok(Answer::new(ExplainReport::Topic { topic }));
    }
    let path = session.path(Path::new(asked));
    let as_path = files(&path, args.recorded, session);
    // What has neither a `/` nor a `.`, is not there and never was, was meant as a word.
    if as_path.is_ok() || asked.contains(['/', '.']) || path.exists() {
        return as_path;
    }
    let error = Error::usage("topic-unknown", format!("there is nothing to explain by the name `{asked}`"));
    Err(match near_miss(&canonical(asked), all().iter().map(|topic| topic.id.as_str())) {
        Some(near) => error.hinted(format!("did you mean `{near}`?")),
        None => error.hinted("`aetherra-maint explain` lists what there is"),
    })
}

/// Everything that can be explained beside files.
fn all() -> Vec<Topic> {
    topics().into_iter().chain(rules()).collect()
}

/// What is behind the decisions about a file or a folder.
fn files(path: &Path, recorded: bool, session: &Session) -> Result<Answer> {
    let store = session.open_if_there()?;
    let moment = if recorded { Moment::Recorded } else { Moment::Now };
    let files = explain(&session.settings, &session.host, store.as_ref(), &session.project, path, moment)?;
    Ok(Answer::new(ExplainReport::files(files)))
}

/// The id that a word stands for: `3` is `exit-3`, `B602` is the rule that makes the same check.
fn canonical(asked: &str) -> String {
    if asked.parse::<u8>().is_ok() {
        return format!("exit-{asked}");
    }
    let alias = |known: &&str| known.eq_ignore_ascii_case(asked);
    RULES
        .iter()
        .find(|rule| rule.aliases.iter().any(alias))
        .map_or_else(|| asked.trim_matches(['[', ']', '`']).to_owned(), |rule| rule.id.to_owned())
}

/// The page of every rule; one that has none yet is told from its own fields.
fn rules() -> impl Iterator<Item = Topic> {
    RULES.iter().map(|rule| {
        let page = PAGES.iter().find(|(id, _)| *id == rule.id).map(|(_, page)| (*page).to_owned());
        let text = page.unwrap_or_else(|| format!("{}\n\n{}", rule.title, rule.help));
        Topic { id: rule.id.to_owned(), kind: TopicKind::Rule, text }
    })
}
