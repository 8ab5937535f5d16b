//! The report of what is generated from the command line itself: completions and manual pages.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};

/// A completion script.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CompletionScript {
    /// The shell.
    pub shell: String,
    /// The script.
    pub script: String,
}

impl Report for CompletionScript {
    fn schema(&self) -> &'static str {
        "completions/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        page.text.push_str(&self.script);
    }
}

/// A manual page, or the names of all of them.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ManualPage {
    /// A page.
    Page {
        /// Its name, such as `aetherra-maint-scan`.
        name: String,
        /// Its text, for `man -l -`.
        roff: String,
    },
    /// The names.
    Names {
        /// One a subcommand.
        names: Vec<String>,
    },
}

impl Report for ManualPage {
    fn schema(&self) -> &'static str {
        "man/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        match self {
            Self::Page { roff, .. } => page.text.push_str(roff),
            Self::Names { names } => names.iter().for_each(|name| page.line(name)),
        }
    }
}
