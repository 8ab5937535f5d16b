//! Plans of integration: what is to be let in, in which order, exactly which bytes, and how to undo it.
//!
//! A plan leaves nothing to choose when it runs. Its id is the hash of its content, so that a plan that
//! was edited by hand is recognised.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::portable_path::{collision_key, objection};
use super::{ComponentKind, Decision, Digest, TrustTier};

/// What is done with a component. The names that the host's own code uses are understood on input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Load a plugin into the plugin host.
    #[serde(alias = "register_plugin")]
    LoadPlugin,
    /// Register an agent.
    RegisterAgent,
    /// Make a helper module importable.
    ImportUtility,
    /// Make a workflow or an Aether script available.
    #[serde(alias = "register_workflow", alias = "load_aether_script")]
    ExecuteWorkflow,
    /// Index data for retrieval.
    #[serde(alias = "load_dataset", alias = "index_documentation")]
    IndexDataset,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 5] =
        [Self::LoadPlugin, Self::RegisterAgent, Self::ImportUtility, Self::ExecuteWorkflow, Self::IndexDataset];

    /// The word used in plans and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::LoadPlugin => "load_plugin",
            Self::RegisterAgent => "register_agent",
            Self::ImportUtility => "import_utility",
            Self::ExecuteWorkflow => "execute_workflow",
            Self::IndexDataset => "index_dataset",
        }
    }

    /// What is done with a component of this class; nothing for documents and for what is not known.
    pub fn of_kind(kind: ComponentKind) -> Option<Self> {
        match kind {
            ComponentKind::Plugin => Some(Self::LoadPlugin),
            ComponentKind::Agent => Some(Self::RegisterAgent),
            ComponentKind::Utility => Some(Self::ImportUtility),
            ComponentKind::Aether | ComponentKind::Workflow => Some(Self::ExecuteWorkflow),
            ComponentKind::Dataset => Some(Self::IndexDataset),
            ComponentKind::Docs | ComponentKind::Unknown => None,
        }
    }
}

/// One file of a component, pinned to its content.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct PinnedFile {
    /// Where it is read from: the path of the index.
    pub source: String,
    /// Where it goes in the deployed tree, relative to it, with `/`.
    pub target: String,
    /// Exactly the bytes that were judged.
    pub digest: Digest,
    /// Bytes.
    pub size: u64,
}

/// A thing that is let in or left out as a whole: a folder with a manifest, or a single file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Component {
    /// Identity: the folder or the file, as the index writes it.
    pub id: String,
    /// The name that it declares, else one made from its path.
    pub name: String,
    /// The version that it declares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Its class.
    pub kind: ComponentKind,
    /// What is done with it.
    pub action: Action,
    /// Digest over its files and where they go.
    pub digest: Digest,
    /// Its files, by target.
    pub files: Vec<PinnedFile>,
    /// Names under which a host knows it: a name may be registered by one component only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub registers: Vec<String>,
    /// Modules that it makes importable.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modules: Vec<String>,
    /// The file, module or class through which a host enters it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry_point: Option<String>,
    /// Requirements as they were written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<String>,
    /// Ids of the components that must be there before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<String>,
    /// Overall risk of its riskiest file, 0 to 1.
    pub risk: f64,
    /// Tier of its least trusted file.
    pub tier: TrustTier,
    /// The strictest decision about any of its files.
    pub decision: Decision,
}

/// How to take a step back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "do")]
pub enum Undo {
    /// It was not there before: take it out.
    Remove,
    /// Put back the content that was there before.
    Restore {
        /// Digest of the component that was deployed.
        digest: Digest,
    },
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// From one.
    pub position: u32,
    /// What is done.
    pub action: Action,
    /// With which component.
    pub component: String,
    /// How to take it back.
    pub undo: Undo,
}

/// The state that a plan was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Parent {
    /// Number of the generation that is deployed; zero when nothing is.
    pub generation: u64,
    /// Digest of its content.
    pub digest: Digest,
}

/// Everything that is to be done, and why the rest is not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// `plan-` and the hash of everything else.
    pub id: String,
    /// What must still be deployed when the plan runs.
    pub parent: Parent,
    /// What is let in, in the order of the steps.
    pub components: Vec<Component>,
    /// The steps.
    pub steps: Vec<Step>,
    /// What was considered.
    pub report: PlanningReport,
}

impl Plan {
    /// The id that the content must have.
    pub fn compute_id(&self) -> String {
        let content = (self.parent, &self.components, &self.steps, &self.report);
        // Only a map whose keys are no text cannot be written, and a plan has none.
        let digest = Digest::of_json(&content).unwrap_or_default();
        format!("plan-{}", &digest.hex()[..32])
    }

    /// Whether anything is to be done.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// Says in words why these components cannot make one deployed tree, or nothing when they can.
///
/// The planner leaves such components out. A plan that comes from a file need not come from the planner.
pub fn tree_objection(components: &[Component]) -> Option<String> {
    let (mut ids, mut files, mut folders) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
    for component in components {
        if !ids.insert(component.id.as_str()) {
            return Some(format!("`{}` is in it twice", component.id.escape_debug()));
        }
        for file in &component.files {
            if let Some(why) = objection(&file.target) {
                return Some(why);
            }
            let key = collision_key(&file.target);
            for (end, _) in key.match_indices('/') {
                folders.insert(key.get(..end).unwrap_or_default().to_owned(), file.target.as_str());
            }
            if let Some(other) = files.insert(key, file.target.as_str()) {
                return Some(format!("`{other}` and `{}` have the same place", file.target));
            }
        }
    }
    let (folder, inside) = folders.iter().find(|(folder, _)| files.contains_key(*folder))?;
    Some(format!("`{folder}` is a file, and `{inside}` lies below it"))
}

/// Why something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutReason {
    /// The same content is deployed.
    AlreadyDeployed,
    /// The operator left it out, or chose others.
    NotSelected,
    /// It is documentation of nothing that is deployed.
    Documentation,
    /// The evidence does not decide what it is.
    UnknownClass,
    /// It was not classified in its present form.
    NotClassified,
    /// It was not evaluated in its present form.
    NotEvaluated,
    /// Some of it could not be judged.
    NotFullyJudged,
    /// A person must look at it first.
    NeedsReview,
    /// The evaluation rejected it.
    Rejected,
    /// It is, or has to be, in quarantine.
    Quarantined,
    /// It is unproven, and the plan was not asked to take such.
    Experimental,
    /// It is part of a conflict.
    Conflict,
    /// It needs something that is not there.
    MissingDependency,
    /// It needs something that is left out.
    DependencyLeftOut,
    /// It needs itself, by way of others.
    CyclicDependency,
    /// A path of it leaves the deployed tree, or cannot exist everywhere.
    UnsafePath,
}

impl LeftOutReason {
    /// The word used in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::AlreadyDeployed => "already-deployed",
            Self::NotSelected => "not-selected",
            Self::Documentation => "documentation",
            Self::UnknownClass => "unknown-class",
            Self::NotClassified => "not-classified",
            Self::NotEvaluated => "not-evaluated",
            Self::NotFullyJudged => "not-fully-judged",
            Self::NeedsReview => "needs-review",
            Self::Rejected => "rejected",
            Self::Quarantined => "quarantined",
            Self::Experimental => "experimental",
            Self::Conflict => "conflict",
            Self::MissingDependency => "missing-dependency",
            Self::DependencyLeftOut => "dependency-left-out",
            Self::CyclicDependency => "cyclic-dependency",
            Self::UnsafePath => "unsafe-path",
        }
    }
}

/// One component that the plan leaves out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct LeftOut {
    /// Which.
    pub component: String,
    /// Why.
    pub reason: LeftOutReason,
    /// The reason in words, with the names in it.
    pub detail: String,
}

/// The sorts of conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ConflictKind {
    /// One name is registered more than once.
    DuplicateName,
    /// One module name stands for two modules, or hides one of the standard library.
    NamespaceCollision,
    /// A component is there, in a version that another cannot use.
    VersionIncompatible,
    /// No version of a distribution satisfies all who need it.
    DependencyConflict,
    /// Two files would have the same path, perhaps only where case or Unicode form do not matter.
    PathCollision,
}

impl ConflictKind {
    /// The word used in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::DuplicateName => "duplicate-name",
            Self::NamespaceCollision => "namespace-collision",
            Self::VersionIncompatible => "version-incompatible",
            Self::DependencyConflict => "dependency-conflict",
            Self::PathCollision => "path-collision",
        }
    }
}

/// Components that cannot be deployed together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// Which sort.
    pub kind: ConflictKind,
    /// The name, module, distribution or path that it is about.
    pub subject: String,
    /// Ids of the components that were considered.
    pub components: Vec<String>,
    /// What it collides with when that is no candidate: a deployed component, or `the standard library`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// The conflict in words.
    pub detail: String,
}

/// What the planner considered: it explains inaction as well as action.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanningReport {
    /// How many components there were to consider.
    pub considered: u64,
    /// What was left out, by component.
    pub left_out: Vec<LeftOut>,
    /// What cannot go together.
    pub conflicts: Vec<Conflict>,
    /// Distributions that must be installed where the host runs, each with all that is asked of it.
    pub external: BTreeMap<String, Vec<String>>,
    /// Components that a person has to approve when the plan runs.
    pub needs_approval: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_host_are_understood() {
        for (text, action) in [
            ("load_plugin", Action::LoadPlugin),
            ("register_plugin", Action::LoadPlugin),
            ("register_agent", Action::RegisterAgent),
            ("load_aether_script", Action::ExecuteWorkflow),
            ("register_workflow", Action::ExecuteWorkflow),
            ("import_utility", Action::ImportUtility),
            ("load_dataset", Action::IndexDataset),
            ("index_documentation", Action::IndexDataset),
        ] {
            assert_eq!(serde_json::from_value::<Action>(text.into()).ok(), Some(action), "{text}");
        }
        for action in Action::ALL {
            assert_eq!(serde_json::to_value(action).ok(), Some(action.word().into()));
        }
    }
}
