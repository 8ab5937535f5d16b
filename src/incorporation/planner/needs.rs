//! What each draft needs: other drafts, what is deployed, and distributions that the host must have.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Table;
use super::candidate::{Deployed, Options};
use super::conflict::{Demand, dependency_conflicts};
use super::draft::Draft;
use super::modules::ModuleIndex;
use super::order::circles;
use super::requirement::{Form, Requirement, normal_name, read_version};
use crate::model::{Component, Conflict, ConflictKind, LeftOutReason};

/// The needs of all drafts, by position.
pub struct Needs<'d> {
    rows: Vec<Row<'d>>,
}

#[derive(Default)]
struct Row<'d> {
    /// Positions of drafts.
    drafts: BTreeSet<usize>,
    /// Ids of deployed components that no draft replaces.
    deployed: BTreeSet<&'d str>,
    /// Distributions.
    demands: Vec<Demand<'d>>,
    /// What is not there, in words.
    missing: Option<String>,
    /// Requirements on a component whose version does not fit: its name, its id if it is a draft, and words.
    unfit: Vec<(String, Option<usize>, String)>,
}

/// Who answers to a name.
#[derive(Default)]
struct Providers<'d> {
    drafts: HashMap<String, Vec<usize>>,
    deployed: HashMap<String, &'d Component>,
}

impl<'d> Needs<'d> {
    /// Works out what every draft needs.
    pub fn of(drafts: &'d [Draft<'_>], index: &ModuleIndex<'_>, deployed: &'d Deployed, options: &Options) -> Self {
        let providers = Providers::new(drafts, deployed);
        let by_path: HashMap<&str, usize> = drafts
            .iter()
            .enumerate()
            .flat_map(|(at, draft)| draft.members.iter().map(move |member| (member.path.as_str(), at)))
            .collect();
        let deployed_modules: HashMap<&str, &'d str> = deployed
            .components
            .iter()
            .flat_map(|component| component.modules.iter().map(|module| (module.as_str(), component.id.as_str())))
            .collect();
        let rows = drafts.iter().enumerate().map(|(at, draft)| {
            let mut row = Row::default();
            for member in &draft.members {
                let imports = index.imports_of(member);
                row.drafts.extend(imports.found.iter().filter_map(|found| by_path.get(found.path.as_str())));
                row.deployed.extend(imports.foreign.iter().filter_map(|top| deployed_modules.get(top.as_str())));
                if let Some(module) = imports.missing.first() {
                    row.missing.get_or_insert(format!("`{}` imports `{module}`, which is not there", member.path));
                }
            }
            for text in &draft.component.requires {
                row.require(text, draft, &providers, drafts, options);
            }
            row.drafts.remove(&at);
            row
        });
        Self { rows: rows.collect() }
    }

    /// The drafts that a draft needs.
    pub fn drafts_of(&self, at: usize) -> &BTreeSet<usize> {
        &self.rows[at].drafts
    }

    /// The ids of all components that a draft needs.
    pub fn ids_of(&self, at: usize, drafts: &[Draft<'_>]) -> Vec<String> {
        let row = &self.rows[at];
        let mut ids: BTreeSet<String> = row.drafts.iter().map(|&need| drafts[need].id.clone()).collect();
        ids.extend(row.deployed.iter().map(|id| (*id).to_owned()));
        ids.into_iter().collect()
    }

    /// Drafts that need what is not there.
    pub fn missing(&self) -> Vec<(usize, LeftOutReason, String)> {
        let missing = self.rows.iter().enumerate().filter_map(|(at, row)| Some((at, row.missing.clone()?)));
        missing.map(|(at, detail)| (at, LeftOutReason::MissingDependency, detail)).collect()
    }

    /// Drafts that need another version of a component than there is.
    pub fn version_conflicts(&self, table: &Table<'_, '_>) -> Vec<Conflict> {
        let mut found = Vec::new();
        for (at, row) in self.rows.iter().enumerate().filter(|(at, _)| table.is_eligible(*at)) {
            for (name, other, detail) in &row.unfit {
                found.push(Conflict {
                    kind: ConflictKind::VersionIncompatible,
                    subject: name.clone(),
                    components: vec![table.drafts[at].id.clone()],
                    with: Some(other.map_or_else(|| name.clone(), |other| table.drafts[other].id.clone())),
                    detail: detail.clone(),
                });
            }
        }
        found
    }

    /// Distributions of which no version satisfies everybody.
    pub fn dependency_conflicts(
        &self,
        table: &Table<'_, '_>,
        staying: &[&Component],
        options: &Options,
    ) -> Vec<Conflict> {
        let mut wanted: BTreeMap<String, Vec<Demand<'_>>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate().filter(|(at, _)| table.is_eligible(*at)) {
            for demand in &row.demands {
                let component = table.drafts[at].id.as_str();
                wanted.entry(demand.requirement.name.clone()).or_default().push(Demand { component, ..demand.clone() });
            }
        }
        let mut settled: BTreeMap<String, Vec<Demand<'_>>> = BTreeMap::new();
        for component in staying {
            for text in &component.requires {
                if let Ok(requirement) = Requirement::parse(text) {
                    settled.entry(requirement.name.clone()).or_default().push(Demand {
                        component: &component.id,
                        text,
                        requirement,
                    });
                }
            }
        }
        let provided = options
            .provided
            .iter()
            .filter_map(|(name, version)| Some((normal_name(name), read_version(version)?)))
            .collect();
        dependency_conflicts(&wanted, &settled, &provided)
    }

    /// Drafts that need themselves by way of others.
    pub fn circles(&self, table: &Table<'_, '_>) -> Vec<(usize, LeftOutReason, String)> {
        let edges: Vec<Vec<usize>> = (0..self.rows.len())
            .map(|at| {
                let needs = self.rows[at].drafts.iter().copied();
                needs.filter(|&need| table.is_eligible(at) && table.is_eligible(need)).collect()
            })
            .collect();
        let mut found = Vec::new();
        for circle in circles(&edges).into_iter().filter(|circle| circle.len() > 1) {
            let names: Vec<String> = circle.iter().map(|&at| format!("`{}`", table.drafts[at].id)).collect();
            let detail = format!("these need one another: {}", names.join(", "));
            found.extend(circle.into_iter().map(|at| (at, LeftOutReason::CyclicDependency, detail.clone())));
        }
        found
    }

    /// What the chosen drafts ask of distributions.
    pub fn external(&self, chosen: &[usize]) -> BTreeMap<String, Vec<String>> {
        let mut external: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for demand in chosen.iter().filter_map(|&at| self.rows.get(at)).flat_map(|row| &row.demands) {
            external.entry(demand.requirement.name.clone()).or_default().insert(demand.text.to_owned());
        }
        external.into_iter().map(|(name, texts)| (name, texts.into_iter().collect())).collect()
    }
}

impl<'d> Providers<'d> {
    fn new(drafts: &[Draft<'_>], deployed: &'d Deployed) -> Self {
        let mut providers = Self::default();
        for (at, draft) in drafts.iter().enumerate() {
            for name in names_of(&draft.component) {
                providers.drafts.entry(name).or_default().push(at);
            }
        }
        for component in &deployed.components {
            for name in names_of(component) {
                providers.deployed.entry(name).or_insert(component);
            }
        }
        providers
    }
}

/// The names under which others may require a component.
fn names_of(component: &Component) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = component.registers.iter().map(|name| normal_name(name)).collect();
    names.insert(normal_name(&component.name));
    names.insert(component.id.clone());
    names
}

impl<'d> Row<'d> {
    fn require(
        &mut self,
        text: &'d str,
        draft: &'d Draft<'_>,
        providers: &Providers<'d>,
        drafts: &'d [Draft<'_>],
        options: &Options,
    ) {
        let requirement = match Requirement::parse(text) {
            Ok(requirement) => requirement,
            Err(why) => {
                self.missing.get_or_insert(format!("its requirement `{text}` cannot be understood: {why}"));
                return;
            }
        };
        let named = providers.drafts.get(&requirement.name).map_or(&[][..], Vec::as_slice);
        let named: Vec<usize> = named.iter().copied().filter(|&at| drafts[at].id != draft.id).collect();
        if let Some(&first) = named.first() {
            // Several with one name are a conflict of their own; one that fits is enough here.
            let fits = named.iter().copied().find(|&at| requirement.accepts(drafts[at].component.version.as_deref()));
            if fits.is_none() {
                self.unfit.push(unfit(&requirement, text, draft, &drafts[first].component, Some(first)));
            }
            self.drafts.insert(fits.unwrap_or(first));
        } else if let Some(component) = providers.deployed.get(&requirement.name).filter(|found| found.id != draft.id) {
            if !requirement.accepts(component.version.as_deref()) {
                self.unfit.push(unfit(&requirement, text, draft, component, None));
            }
            self.deployed.insert(&component.id);
        } else if requirement.form == Form::Python || is_provided(&requirement.name, options) {
            self.demands.push(Demand { component: &draft.id, text, requirement });
        } else if !requirement.conditional {
            let name = &requirement.name;
            self.missing.get_or_insert(format!("it needs `{text}`, and no component is called `{name}`"));
        }
    }
}

fn is_provided(name: &str, options: &Options) -> bool {
    options.provided.keys().any(|provided| normal_name(provided) == name)
}

fn unfit(
    requirement: &Requirement,
    text: &str,
    draft: &Draft<'_>,
    other: &Component,
    at: Option<usize>,
) -> (String, Option<usize>, String) {
    let version = other.version.as_deref().map_or("no version".to_owned(), |version| format!("version {version}"));
    let detail = format!("`{}` needs `{text}`, but `{}` has {version}", draft.id, other.id);
    (requirement.name.clone(), at, detail)
}
