//! The report of `integrate`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Outcome, Page, Report};
use crate::execute::change::Changed;
use crate::gate::review::Denial;
use crate::model::Plan;

/// What came of a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IntegrateReport {
    /// The plan.
    pub plan: String,
    /// Ids of what it lets in, in the order of its steps.
    pub components: Vec<String>,
    /// The generation that was deployed before.
    pub from: u64,
    /// The generation that is deployed now; none when nothing was done.
    pub generation: Option<u64>,
    /// Undoes it, once.
    pub token: Option<String>,
    /// Why the gate refused it.
    pub denied: Option<Denial>,
    /// Whether this was only a rehearsal.
    pub dry_run: bool,
}

impl IntegrateReport {
    /// A plan that was let in.
    pub fn made(plan: &Plan, changed: &Changed) -> Self {
        Self { generation: Some(changed.to), token: Some(changed.token.clone()), ..Self::nothing(plan) }
    }

    /// A plan that the gate refused.
    pub fn denied(plan: &Plan, denial: Denial) -> Self {
        Self { denied: Some(denial), ..Self::nothing(plan) }
    }

    /// A plan with which nothing was done.
    pub fn nothing(plan: &Plan) -> Self {
        Self {
            plan: plan.id.clone(),
            components: plan.steps.iter().map(|step| step.component.clone()).collect(),
            from: plan.parent.generation,
            generation: None,
            token: None,
            denied: None,
            dry_run: false,
        }
    }
}

impl Report for IntegrateReport {
    fn schema(&self) -> &'static str {
        "integrate/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.denied.is_some() { Outcome::No } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        if let Some(denial) = &self.denied {
            page.line(format!("{} was refused; nothing was changed", self.plan));
            return deny(denial, page);
        }
        if self.components.is_empty() {
            return page.line("the plan is empty; nothing was changed");
        }
        let verb = if self.dry_run { "would be let in" } else { "let in" };
        for component in &self.components {
            page.line(format!("{verb}: {component}"));
        }
        match (self.generation, &self.token) {
            (Some(generation), Some(token)) => {
                page.line(format!("generation {generation} is deployed (before: {})", self.from));
                page.line(format!("to undo: aetherra-maint rollback {token}"));
            }
            _ => page.line(format!("the gate would let it pass; generation {} stays deployed", self.from)),
        }
    }
}

/// The reasons of a refusal, one a line.
pub fn deny(denial: &Denial, page: &mut Page) {
    for reason in &denial.reasons {
        let rule = json!(reason.rule);
        let rule = rule.as_str().unwrap_or_default();
        match &reason.component {
            Some(component) => page.line(format!("  {component}: {} ({rule})", reason.detail)),
            None => page.line(format!("  {} ({rule})", reason.detail)),
        }
    }
}
