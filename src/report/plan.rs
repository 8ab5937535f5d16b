//! The report of `plan`.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Outcome, Page, Report};
use crate::incorporation::planner::{GraphFormat, graph};
use crate::model::{Component, Conflict, LeftOut, LeftOutReason, Plan, counted};

/// A plan, and what was asked about it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanReport {
    /// The plan.
    pub plan: Plan,
    /// Whether it was kept for `integrate`.
    pub kept: bool,
    /// What it would do to everything that is deployed, and what would come, with `--diff`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diff: Option<Vec<ComponentChange>>,
    /// One component, with `--explain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained: Option<Explained>,
    /// The picture, with `--graph`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graph: Option<String>,
}

/// What a plan does to one component.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ComponentChange {
    /// Which.
    pub component: String,
    /// `add`, `replace`, or `keep` for what stays deployed as it is.
    pub change: String,
    /// Files that come.
    pub added: Vec<String>,
    /// Files with another content.
    pub changed: Vec<String>,
    /// Files that go.
    pub removed: Vec<String>,
    /// Files that stay as they are.
    pub unchanged: Vec<String>,
    /// Why it is kept although the project has something else, or nothing, in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_because: Option<String>,
}

/// Everything that a plan has to say about one component.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Explained {
    /// Its id.
    pub component: String,
    /// Its step, when it is let in.
    pub step: Option<u32>,
    /// Why it is left out, when it is.
    pub left_out: Option<LeftOut>,
    /// The component as it would be deployed.
    pub details: Option<Component>,
    /// Components of the plan that need it.
    pub needed_by: Vec<String>,
    /// Conflicts that it is part of.
    pub conflicts: Vec<Conflict>,
}

impl PlanReport {
    /// The report of a plan that nothing was asked about.
    pub fn new(plan: Plan, kept: bool) -> Self {
        Self { plan, kept, diff: None, explained: None, graph: None }
    }

    /// Adds what the plan does to `deployed`: what it changes in the order of its steps, then what stays, by id.
    #[must_use]
    pub fn with_diff(mut self, deployed: &[Component]) -> Self {
        let before: BTreeMap<&str, &Component> =
            deployed.iter().map(|component| (component.id.as_str(), component)).collect();
        let planned: BTreeSet<&str> = self.plan.components.iter().map(|component| component.id.as_str()).collect();
        let changes = self.plan.components.iter().map(|component| change(component, before.get(component.id.as_str())));
        let left_out: BTreeMap<&str, &LeftOut> =
            self.plan.report.left_out.iter().map(|left_out| (left_out.component.as_str(), left_out)).collect();
        let kept = before.values().filter(|component| !planned.contains(component.id.as_str()));
        let kept = kept.map(|component| ComponentChange {
            kept_because: kept_because(left_out.get(component.id.as_str()).copied()),
            change: "keep".to_owned(),
            ..change(component, Some(component))
        });
        self.diff = Some(changes.chain(kept).collect());
        self
    }

    /// Adds the picture.
    #[must_use]
    pub fn with_graph(mut self, format: GraphFormat) -> Self {
        self.graph = Some(graph(&self.plan, format));
        self
    }

    /// Adds all about one component, by id or name; false when the plan does not know it.
    pub fn explain(&mut self, name: &str) -> bool {
        let plan = &self.plan;
        let details = plan.components.iter().find(|component| component.id == name || component.name == name).cloned();
        let id = details.as_ref().map_or(name, |component| component.id.as_str()).to_owned();
        let left_out = plan.report.left_out.iter().find(|left_out| left_out.component == id).cloned();
        if details.is_none() && left_out.is_none() {
            return false;
        }
        self.explained = Some(Explained {
            step: plan.steps.iter().find(|step| step.component == id).map(|step| step.position),
            needed_by: plan
                .components
                .iter()
                .filter(|component| component.depends_on.contains(&id))
                .map(|component| component.id.clone())
                .collect(),
            conflicts: plan
                .report
                .conflicts
                .iter()
                .filter(|conflict| conflict.components.contains(&id))
                .cloned()
                .collect(),
            left_out,
            details,
            component: id,
        });
        true
    }
}

fn change(component: &Component, before: Option<&&Component>) -> ComponentChange {
    let files = |component: &Component| -> BTreeMap<String, crate::model::Digest> {
        component.files.iter().map(|file| (file.target.clone(), file.digest)).collect()
    };
    let new = files(component);
    let old = before.map(|component| files(component)).unwrap_or_default();
    let both: Vec<(String, bool)> =
        new.iter().filter_map(|(path, digest)| Some((path.clone(), old.get(path)? == digest))).collect();
    ComponentChange {
        component: component.id.clone(),
        change: if before.is_some() { "replace" } else { "add" }.to_owned(),
        added: new.keys().filter(|path| !old.contains_key(*path)).cloned().collect(),
        changed: both.iter().filter(|(_, is_same)| !is_same).map(|(path, _)| path.clone()).collect(),
        removed: old.keys().filter(|path| !new.contains_key(*path)).cloned().collect(),
        unchanged: both.into_iter().filter(|(_, is_same)| *is_same).map(|(path, _)| path).collect(),
        kept_because: None,
    }
}

/// Nothing when the project has exactly what is deployed.
fn kept_because(left_out: Option<&LeftOut>) -> Option<String> {
    match left_out {
        Some(left_out) if left_out.reason == LeftOutReason::AlreadyDeployed => None,
        Some(left_out) => {
            Some(format!("what the project has is left out ({}): {}", left_out.reason.word(), left_out.detail))
        }
        None => Some("the project has it no more; `quarantine add FILE` takes it out".to_owned()),
    }
}

impl Report for PlanReport {
    fn schema(&self) -> &'static str {
        "plan/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn items(&self) -> Vec<Value> {
        let tagged = |kind: &str, value: Value| {
            let mut item = json!({ "type": kind });
            if let (Some(item), Value::Object(fields)) = (item.as_object_mut(), value) {
                item.extend(fields);
            }
            item
        };
        let steps = self.plan.steps.iter().map(|step| tagged("step", json!(step)));
        let left_out = self.plan.report.left_out.iter().map(|left_out| tagged("left-out", json!(left_out)));
        let conflicts = self.plan.report.conflicts.iter().map(|conflict| tagged("conflict", json!(conflict)));
        let changes = self.diff.iter().flatten().map(|change| tagged("component-change", json!(change)));
        steps.chain(left_out).chain(conflicts).chain(changes).collect()
    }

    fn human(&self, page: &mut Page) {
        if let Some(graph) = &self.graph {
            page.text.push_str(graph);
            return;
        }
        if let Some(explained) = &self.explained {
            return explain(explained, page);
        }
        if let Some(diff) = &self.diff {
            return show_diff(diff, page);
        }
        let mut table = Table::new(&[
            Column::Number("step"),
            Column::Identifier("action"),
            Column::Identifier("component"),
            Column::Number("files"),
            Column::Number("risk"),
            Column::Identifier("tier"),
        ]);
        for (step, component) in self.plan.steps.iter().zip(&self.plan.components) {
            table.row([
                step.position.to_string(),
                step.action.word().to_owned(),
                component.id.clone(),
                component.files.len().to_string(),
                format!("{:.2}", component.risk),
                component.tier.word().to_owned(),
            ]);
        }
        table.write(page);
        if self.plan.is_empty() {
            page.line("nothing is to be done");
        }
        for conflict in &self.plan.report.conflicts {
            page.line(format!("conflict: {} `{}`: {}", conflict.kind.word(), conflict.subject, conflict.detail));
        }
        left_out(&self.plan, page);
        for (name, texts) in &self.plan.report.external {
            page.line(format!("the host must have: {name} ({})", texts.join(", ")));
        }
        page.line(format!("{} for generation {}", self.plan.id, self.plan.parent.generation));
    }
}

/// So many of one reason are told one by one; the rest is counted unless `-v` is given.
const TOLD: usize = 20;

/// What needs a look one by one; the rest as counts.
fn left_out(plan: &Plan, page: &mut Page) {
    use LeftOutReason::{AlreadyDeployed, Documentation, NotSelected, UnknownClass};
    let mut told: BTreeMap<LeftOutReason, usize> = BTreeMap::new();
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for left_out in &plan.report.left_out {
        let is_quiet = matches!(left_out.reason, AlreadyDeployed | Documentation | NotSelected | UnknownClass);
        let so_far = told.entry(left_out.reason).or_default();
        if page.verbosity < 1 && (is_quiet || *so_far >= TOLD) {
            *counted.entry(left_out.reason.word()).or_default() += 1;
            continue;
        }
        *so_far += 1;
        page.line(format!("left out: {} ({}): {}", left_out.component, left_out.reason.word(), left_out.detail));
    }
    for (reason, count) in counted {
        page.line(format!("left out: {count} more ({reason}); -v lists them"));
    }
}

fn explain(explained: &Explained, page: &mut Page) {
    page.line(&explained.component);
    match (&explained.step, &explained.left_out) {
        (Some(step), _) => page.line(format!("  it is step {step} of the plan")),
        (_, Some(left_out)) => page.line(format!("  it is left out ({}): {}", left_out.reason.word(), left_out.detail)),
        _ => {}
    }
    if let Some(component) = &explained.details {
        let version = component.version.as_deref().unwrap_or("none declared");
        page.line(format!(
            "  name {}, version {version}, {} by {}",
            component.name,
            component.kind.word(),
            component.action.word()
        ));
        page.line(format!(
            "  risk {:.2}, tier {}, decision {}",
            component.risk,
            component.tier.word(),
            component.decision.word()
        ));
        for need in &component.depends_on {
            page.line(format!("  needs {need}"));
        }
        for file in &component.files {
            page.line(format!("  file {} {}", file.digest.short(), file.target));
        }
    }
    for other in &explained.needed_by {
        page.line(format!("  needed by {other}"));
    }
    for conflict in &explained.conflicts {
        page.line(format!("  conflict {}: {}", conflict.kind.word(), conflict.detail));
    }
}

fn show_diff(diff: &[ComponentChange], page: &mut Page) {
    let (kept, changes): (Vec<_>, Vec<_>) = diff.iter().partition(|change| change.change == "keep");
    if changes.is_empty() {
        page.line("nothing would change");
    }
    for change in changes {
        page.line(format!("{} {}", change.change, change.component));
        let marks: [(&str, &Vec<String>); 3] = [("+", &change.added), ("~", &change.changed), ("-", &change.removed)];
        let lines: BTreeSet<(&str, &str)> =
            marks.iter().flat_map(|(mark, paths)| paths.iter().map(move |path| (path.as_str(), *mark))).collect();
        for (path, mark) in lines {
            page.line(format!("  {mark} {path}"));
        }
        if !change.unchanged.is_empty() {
            page.line(format!("  {} unchanged", counted(change.unchanged.len(), "file")));
        }
    }
    let (told, same): (Vec<_>, Vec<_>) =
        kept.into_iter().partition(|change| page.verbosity > 0 || change.kept_because.is_some());
    for change in told {
        let why = change.kept_because.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        page.line(format!("keep {}{why}", change.component));
    }
    if !same.is_empty() {
        page.line(format!("{} unchanged; -v lists them", counted(same.len(), "component")));
    }
}
