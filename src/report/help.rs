//! What `--help` and `--version` say, as a document for those who ask for one.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};

/// A text about the tool itself.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HelpText {
    /// `help` or `version`.
    pub topic: &'static str,
    /// The version of the tool.
    pub version: &'static str,
    /// What people are shown.
    pub text: String,
}

impl HelpText {
    /// A text on a topic.
    pub fn new(topic: &'static str, text: String) -> Self {
        Self { topic, version: env!("CARGO_PKG_VERSION"), text }
    }
}

impl Report for HelpText {
    fn schema(&self) -> &'static str {
        "help/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn items(&self) -> Vec<Value> {
        vec![json!({"type": self.topic, "version": self.version, "text": self.text})]
    }

    fn human(&self, page: &mut Page) {
        page.text.push_str(&self.text);
    }
}
