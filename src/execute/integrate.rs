//! Letting a plan in.

use std::collections::BTreeMap;
use std::path::Path;

use super::change::{self, Changed, Check, Probe, Target, Wanted};
use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::gate::ApprovedPlan;
use crate::model::plan::tree_objection;
use crate::model::{Component, Difference, Plan};
use crate::store::generations::moved;

/// What will be deployed when a plan is let in: what is there, with the plan's components added or put in place
/// of their predecessors.
pub fn merged(deployed: &[Component], plan: &Plan) -> Vec<Component> {
    let mut all: BTreeMap<&str, &Component> =
        deployed.iter().map(|component| (component.id.as_str(), component)).collect();
    all.extend(plan.components.iter().map(|component| (component.id.as_str(), component)));
    all.into_values().cloned().collect()
}

/// Fails unless a plan is what its id says and still fits what is deployed.
pub fn check(context: &Context<'_>, plan: &Plan) -> Result<()> {
    if plan.compute_id() != plan.id {
        return Err(Error::new(
            ErrorKind::Precondition,
            "plan-edited",
            "the content of the plan does not match its id: it was changed after it was made",
        )
        .hinted("make a plan with `aetherra-maint plan`; `--exclude` and `--only` choose what is in it"));
    }
    let (parent, deployed) = context.store.generation_deployed()?;
    if parent != plan.parent {
        return Err(moved(plan.parent.generation, parent.generation));
    }
    let unsafe_plan = |why: String| {
        Error::new(ErrorKind::Precondition, "plan-unsafe", format!("the plan cannot be deployed: {why}"))
            .hinted("it was not made by `aetherra-maint plan`; make one, and do not edit it")
    };
    // Each by itself as well: what is merged has every component once.
    tree_objection(&plan.components)
        .or_else(|| tree_objection(&merged(&deployed, plan)))
        .map_or(Ok(()), |why| Err(unsafe_plan(why)))
}

/// Fails unless every file of a plan is what was judged. The execution checks the same while it copies; this is
/// for those who only want to know.
pub fn check_files(project: &Path, plan: &Plan) -> Result<()> {
    for file in plan.components.iter().flat_map(|component| &component.files) {
        let path = project.join(&file.source);
        let found = super::objects::digest_of(&path)
            .map_err(|error| Error::io("reading a file of the plan", &path, error).of_kind(ErrorKind::Precondition))?;
        if found != file.digest {
            return Err(super::objects::changed(&path, file));
        }
    }
    Ok(())
}

/// Executes a plan.
pub fn integrate(
    context: &mut Context<'_>,
    project: &Path,
    approved: &ApprovedPlan,
    actor: &str,
    probe: Probe<'_>,
) -> Result<Changed> {
    let plan = approved.change();
    check(context, plan)?;
    let (_, deployed) = context.store.generation_deployed()?;
    let components = merged(&deployed, plan);
    let wanted = Wanted {
        cause: "integrate",
        from: plan.parent.generation,
        difference: Difference::between(&deployed, &components),
        check: Check::Contents,
        target: Target::New(components),
        plan: Some(plan.id.clone()),
        spends: None,
        actor: actor.to_owned(),
        reason: reason(plan, approved.approved_by()),
        fresh: plan.components.iter().map(|component| component.id.clone()).collect(),
    };
    change::make(context, project, wanted, probe)
}

fn reason(plan: &Plan, approved_by: Option<&str>) -> String {
    let count = plan.components.len();
    let noun = if count == 1 { "component" } else { "components" };
    match approved_by {
        Some(person) => format!("{count} {noun}, approved by {person}"),
        None => format!("{count} {noun}, approved by policy"),
    }
}
