//! The report of `security-eval --diff` and `--fix`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};

/// Changes that are safe to make.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SecurityFix {
    /// Whether they were made, or only shown.
    pub applied: bool,
    /// By path.
    pub files: Vec<FixedFile>,
}

/// The changes of one file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FixedFile {
    /// Path with `/`.
    pub path: String,
    /// How many.
    pub fixes: u64,
    /// As a unified diff.
    pub diff: String,
}

impl FixedFile {
    /// The changes between two texts.
    pub fn new(path: &str, fixes: usize, old: &str, new: &str) -> Self {
        let difference = similar::TextDiff::from_lines(old, new);
        let diff = difference.unified_diff().context_radius(3).header(path, path).to_string();
        Self { path: path.to_owned(), fixes: fixes as u64, diff }
    }
}

impl Report for SecurityFix {
    fn schema(&self) -> &'static str {
        "security-fix/v1"
    }

    /// A difference that is only shown is still to be made.
    fn outcome(&self) -> Outcome {
        if self.applied || self.files.is_empty() { Outcome::Yes } else { Outcome::No }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        for file in &self.files {
            if self.applied {
                page.line(format!("{}: {} fixed", file.path, file.fixes));
            } else {
                page.text.push_str(&file.diff);
            }
        }
        if self.files.is_empty() {
            page.line("nothing to fix");
        }
    }
}
