//! The report of `doctor`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Outcome, Page, Report};

/// How a check went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// As it should be.
    Good,
    /// Worth a look; everything works.
    Doubtful,
    /// Something will not work.
    Bad,
    /// There is nothing to check yet.
    Absent,
}

impl Health {
    fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Doubtful => "doubtful",
            Self::Bad => "bad",
            Self::Absent => "absent",
        }
    }
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Check {
    /// What was looked at, such as `state-integrity`.
    pub id: &'static str,
    /// How it went.
    pub health: Health,
    /// What was seen.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// Whether the tool itself is well.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DoctorReport {
    /// Every check, in a fixed order.
    pub checks: Vec<Check>,
}

impl Report for DoctorReport {
    fn schema(&self) -> &'static str {
        "doctor/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.checks.iter().any(|check| check.health == Health::Bad) { Outcome::No } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn items(&self) -> Vec<Value> {
        let line = |check: &Check| {
            let mut line = json!({"type": "check"});
            if let (Some(line), Value::Object(fields)) = (line.as_object_mut(), json!(check)) {
                line.extend(fields);
            }
            line
        };
        self.checks.iter().map(line).collect()
    }

    fn human(&self, page: &mut Page) {
        // Which optional programs a machine has is of no interest until one is missed.
        let shown: Vec<_> =
            self.checks.iter().filter(|check| page.verbosity > 0 || !check.id.starts_with("tool-")).collect();
        let mut table = Table::new(&[Column::Identifier("check"), Column::Identifier("health"), Column::Text("seen")]);
        for check in &shown {
            table.row([check.id.to_owned(), check.health.word().to_owned(), check.message.clone()]);
        }
        table.write(page);
        for check in &shown {
            if let Some(help) = &check.help {
                page.line(format!("{}: {help}", check.id));
            }
        }
    }
}
