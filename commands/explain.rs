//! `explain`: what a code or a rule means, without a network.

use aetherra_maint::error::near_miss;
use aetherra_maint::report::Answer;
use aetherra_maint::report::explain::{ExplainReport, Topic, TopicKind, topics};
use aetherra_maint::security::rules::RULES;
use aetherra_maint::security::rules::pages::PAGES;
use aetherra_maint::{Error, Result};

use crate::session::Session;

/// Flags of `explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A code, a rule (also by its bandit or ruff id), or an exit code; without it the list of all
    id: Option<String>,
}

pub fn run(args: &Args, _session: &mut Session) -> Result<Answer> {
    let mut all = topics();
    all.extend(rules());
    let Some(asked) = args.id.as_deref() else { return Ok(Answer::new(ExplainReport::list(all))) };
    let id = canonical(asked);
    if let Some(topic) = all.iter().find(|topic| topic.id == id) {
        return Ok(Answer::new(ExplainReport::Topic { topic: topic.clone() }));
    }
    let error = Error::usage("topic-unknown", format!("there is nothing to explain by the name `{asked}`"));
    Err(match near_miss(&id, all.iter().map(|topic| topic.id.as_str())) {
        Some(near) => error.hinted(format!("did you mean `{near}`?")),
        None => error.hinted("`aetherra-maint explain` lists what there is"),
    })
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
