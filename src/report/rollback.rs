//! The report of `rollback`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::integrate::deny;
use super::{Outcome, Page, Report};
use crate::execute::change::Changed;
use crate::execute::rollback::RollbackPlan;
use crate::gate::review::Denial;

/// What came of a rollback.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RollbackReport {
    /// What is taken back.
    pub rollback: RollbackPlan,
    /// The generation that is deployed now; none when nothing was done.
    pub generation: Option<u64>,
    /// Undoes the rollback, once.
    pub token: Option<String>,
    /// Why the gate refused it.
    pub denied: Option<Denial>,
    /// Whether this was only a rehearsal.
    pub dry_run: bool,
}

impl RollbackReport {
    /// A rollback with which nothing was done.
    pub fn nothing(rollback: RollbackPlan) -> Self {
        Self { rollback, generation: None, token: None, denied: None, dry_run: false }
    }

    /// A rollback that was made.
    pub fn made(rollback: RollbackPlan, changed: &Changed) -> Self {
        Self { generation: Some(changed.to), token: Some(changed.token.clone()), ..Self::nothing(rollback) }
    }
}

impl Report for RollbackReport {
    fn schema(&self) -> &'static str {
        "rollback/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.denied.is_some() { Outcome::No } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        if let Some(denial) = &self.denied {
            page.line("the rollback was refused; nothing was changed");
            return deny(denial, page);
        }
        let would = if self.dry_run { "would be " } else { "" };
        let plan = &self.rollback;
        for (words, ids) in [
            ("taken out", &plan.removed),
            ("taken out, because it needs what is", &plan.cascaded),
            ("put back to what it was", &plan.restored),
            ("brought back", &plan.added),
        ] {
            for id in ids {
                page.line(format!("{would}{words}: {id}"));
            }
        }
        match (self.generation, &self.token) {
            (Some(0), Some(token)) => {
                page.line(format!("nothing is deployed (before: generation {})", plan.from));
                page.line(format!("to undo: aetherra-maint rollback {token}"));
            }
            (Some(generation), Some(token)) => {
                page.line(format!("generation {generation} is deployed (before: {})", plan.from));
                page.line(format!("to undo: aetherra-maint rollback {token}"));
            }
            _ => page.line(match plan.to {
                Some(to) => format!("generation {to} would be deployed; a token would undo that"),
                None => "a new generation would be deployed; a token would undo that".to_owned(),
            }),
        }
    }
}
