//! The report of `explain`, and the explanations of codes.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::exit::EXIT_CODES;
use super::{Outcome, Page, Report, explained};
use crate::incorporation::explain::Explained;
use crate::model::Decision;

/// The page of all codes.
const CODES: &str = include_str!("codes.md");

/// What a topic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TopicKind {
    /// A code of an error or a diagnostic.
    Code,
    /// An exit code.
    ExitCode,
    /// A rule of the security analysis.
    Rule,
    /// A reason for leaving a file out.
    SkipReason,
}

/// One thing that can be explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Topic {
    /// What to ask for.
    pub id: String,
    /// What it is about.
    pub kind: TopicKind,
    /// The explanation, in Markdown.
    pub text: String,
}

/// Every code, every reason for leaving a file out, every exit code.
pub fn topics() -> Vec<Topic> {
    let sections = CODES.split("\n## ").skip(1).filter_map(|section| section.split_once('\n'));
    let codes = sections.map(|(id, text)| Topic {
        id: id.trim().to_owned(),
        kind: if id.starts_with("skip-") { TopicKind::SkipReason } else { TopicKind::Code },
        text: text.trim().to_owned(),
    });
    let exits = EXIT_CODES.iter().map(|row| Topic {
        id: format!("exit-{}", row.code),
        kind: TopicKind::ExitCode,
        text: format!("Exit code {}, status `{}`: {}.", row.code, row.status, row.meaning),
    });
    codes.chain(exits).collect()
}

/// One explanation, or the list of what can be explained.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ExplainReport {
    /// One explanation.
    Topic {
        /// It.
        topic: Topic,
    },
    /// The list.
    Topics {
        /// Ids with what they are about, sorted by both.
        topics: Vec<TopicName>,
    },
    /// What is behind the decisions about files.
    Files {
        /// The strictest decision of any.
        decision: Option<Decision>,
        /// One for each file, by path.
        files: Vec<Explained>,
    },
}

/// A topic without its text.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct TopicName {
    /// What it is about.
    pub kind: TopicKind,
    /// What to ask for.
    pub id: String,
}

impl ExplainReport {
    /// The list of these topics.
    pub fn list(topics: Vec<Topic>) -> Self {
        let mut topics: Vec<_> = topics.into_iter().map(|topic| TopicName { kind: topic.kind, id: topic.id }).collect();
        topics.sort();
        Self::Topics { topics }
    }

    /// What is behind the decisions about files.
    pub fn files(files: Vec<Explained>) -> Self {
        Self::Files { decision: explained::strictest(&files), files }
    }
}

impl Report for ExplainReport {
    fn schema(&self) -> &'static str {
        "explain/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        match self {
            Self::Topic { topic } => {
                page.line(&topic.id);
                page.line("");
                page.block(&topic.text);
            }
            Self::Topics { topics } => topics.iter().for_each(|topic| page.line(&topic.id)),
            Self::Files { files, .. } => explained::human(files, page),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_single_and_have_a_text() {
        let mut ids: Vec<_> = topics().into_iter().map(|topic| (topic.id, topic.text.is_empty())).collect();
        ids.sort();
        assert!(ids.windows(2).all(|pair| pair[0].0 != pair[1].0), "{ids:?}");
        assert!(ids.iter().all(|(_, empty)| !empty), "{ids:?}");
    }
}
