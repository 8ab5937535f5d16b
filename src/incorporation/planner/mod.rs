//! The planner: from judged files to a plan. Pure; the same inputs give the same plan with the same id.
//!
//! # How it goes
//!
//! Files become drafts of components. Each draft that is left out gets one typed reason, the first that
//! applies, in this order: selection, judgement, paths, what is deployed already, conflicts of names, modules
//! and paths, dependencies, conflicts of distributions, circles. What needs something that is left out is left
//! out as well, until nothing changes any more. The rest is ordered by dependency, then by risk.

pub mod candidate;
mod conflict;
mod declared;
mod draft;
mod graph;
mod judge;
mod modules;
mod needs;
mod order;
mod requirement;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use candidate::{Candidate, Deployed, Options, Wish};
pub use draft::files_digest;
pub use graph::{GraphFormat, graph};
pub use requirement::{Requirement, normal_name};

use crate::model::{
    Component, Conflict, Decision, LeftOut, LeftOutReason, Plan, PlanningReport, Step, TrustTier, Undo,
};
use draft::Draft;
use modules::ModuleIndex;

/// Makes the plan.
pub fn plan(candidates: &[Candidate], deployed: &Deployed, options: &Options) -> Plan {
    let index = ModuleIndex::new(candidates);
    let drafts = draft::drafts(candidates, &index);
    let mut table = Table::new(&drafts);
    table.leave_out(judge::judge(&drafts, deployed, options));
    let staying = |table: &Table<'_, '_>| -> Vec<&Component> {
        let replaced: BTreeSet<&str> = table.eligible().map(|draft| draft.id.as_str()).collect();
        deployed.components.iter().filter(|component| !replaced.contains(component.id.as_str())).collect()
    };
    let eligible: Vec<&Draft<'_>> = table.eligible().collect();
    let conflicts = conflict::conflicts(&eligible, &staying(&table));
    table.leave_out_conflicts(conflicts);

    let needs = needs::Needs::of(&drafts, &index, deployed, options);
    table.leave_out_conflicts(needs.version_conflicts(&table));
    table.leave_out(needs.missing());
    table.propagate(&needs);
    table.leave_out_conflicts(needs.dependency_conflicts(&table, &staying(&table), options));
    table.propagate(&needs);
    table.leave_out(needs.circles(&table));
    table.propagate(&needs);
    finish(table, &needs, deployed)
}

fn finish(table: Table<'_, '_>, needs: &needs::Needs<'_>, deployed: &Deployed) -> Plan {
    let chosen: Vec<usize> = (0..table.drafts.len()).filter(|&at| table.is_eligible(at)).collect();
    let position: BTreeMap<usize, usize> = chosen.iter().enumerate().map(|(new, &old)| (old, new)).collect();
    let edges: Vec<Vec<usize>> = chosen
        .iter()
        .map(|&at| needs.drafts_of(at).iter().filter_map(|need| position.get(need).copied()).collect())
        .collect();
    let key = |new: usize| {
        let component = &table.drafts[chosen[new]].component;
        // Risk is in ten-thousandths, so this loses nothing.
        ((component.risk * 10_000.0).round() as i64, component.id.as_str())
    };
    let mut components = Vec::with_capacity(chosen.len());
    let mut steps = Vec::with_capacity(chosen.len());
    let before: BTreeMap<&str, &Component> =
        deployed.components.iter().map(|component| (component.id.as_str(), component)).collect();
    for new in order::by_dependency(&edges, key) {
        let at = chosen[new];
        let mut component = table.drafts[at].component.clone();
        component.depends_on = needs.ids_of(at, table.drafts);
        let undo = match before.get(component.id.as_str()) {
            Some(old) => Undo::Restore { digest: old.digest },
            None => Undo::Remove,
        };
        steps.push(Step {
            position: u32::try_from(steps.len() + 1).unwrap_or(u32::MAX),
            action: component.action,
            component: component.id.clone(),
            undo,
        });
        components.push(component);
    }
    let needs_approval: BTreeSet<String> = components
        .iter()
        .filter(|component| component.decision == Decision::Review || component.tier == TrustTier::Experimental)
        .map(|component| component.id.clone())
        .collect();
    let report = PlanningReport {
        considered: table.drafts.len() as u64,
        left_out: table.reasons.into_values().collect(),
        conflicts: table.conflicts,
        external: needs.external(&chosen),
        needs_approval: needs_approval.into_iter().collect(),
    };
    let mut plan = Plan { id: String::new(), parent: deployed.parent, components, steps, report };
    plan.id = plan.compute_id();
    plan
}

/// Which drafts are still in, and why the others are not.
struct Table<'t, 'a> {
    drafts: &'t [Draft<'a>],
    position: BTreeMap<&'t str, usize>,
    reasons: BTreeMap<usize, LeftOut>,
    conflicts: Vec<Conflict>,
}

impl<'t, 'a> Table<'t, 'a> {
    fn new(drafts: &'t [Draft<'a>]) -> Self {
        let position = drafts.iter().enumerate().map(|(at, draft)| (draft.id.as_str(), at)).collect();
        Self { drafts, position, reasons: BTreeMap::new(), conflicts: Vec::new() }
    }

    fn is_eligible(&self, at: usize) -> bool {
        !self.reasons.contains_key(&at)
    }

    fn eligible(&self) -> impl Iterator<Item = &'t Draft<'a>> {
        self.drafts.iter().enumerate().filter(|(at, _)| self.is_eligible(*at)).map(|(_, draft)| draft)
    }

    /// The first reason stands.
    fn leave_out(&mut self, reasons: impl IntoIterator<Item = (usize, LeftOutReason, String)>) {
        for (at, reason, detail) in reasons {
            let component = self.drafts[at].id.clone();
            self.reasons.entry(at).or_insert(LeftOut { component, reason, detail });
        }
    }

    fn leave_out_conflicts(&mut self, conflicts: Vec<Conflict>) {
        for conflict in conflicts {
            let parties: Vec<usize> =
                conflict.components.iter().filter_map(|id| self.position.get(id.as_str()).copied()).collect();
            let detail = format!("{}: {}", conflict.kind.word(), conflict.detail);
            self.leave_out(parties.into_iter().map(|at| (at, LeftOutReason::Conflict, detail.clone())));
            self.conflicts.push(conflict);
        }
        self.conflicts.sort();
    }

    /// Leaves out what needs something that is left out, until nothing changes.
    fn propagate(&mut self, needs: &needs::Needs<'_>) {
        loop {
            let more: Vec<(usize, LeftOutReason, String)> = (0..self.drafts.len())
                .filter(|&at| self.is_eligible(at))
                .filter_map(|at| {
                    let need = needs.drafts_of(at).iter().copied().find(|&need| self.blocks(need))?;
                    let reason = self.reasons.get(&need).map_or("left out", |left_out| left_out.reason.word());
                    let detail = format!("it needs `{}`, which is left out ({reason})", self.drafts[need].id);
                    Some((at, LeftOutReason::DependencyLeftOut, detail))
                })
                .collect();
            if more.is_empty() {
                return;
            }
            self.leave_out(more);
        }
    }

    fn blocks(&self, need: usize) -> bool {
        self.reasons.get(&need).is_some_and(|left_out| left_out.reason != LeftOutReason::AlreadyDeployed)
    }
}
