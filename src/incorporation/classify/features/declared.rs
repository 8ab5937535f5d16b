//! What manifests, Aether scripts and settings declare.

use super::Features;
use crate::incorporation::classify::surroundings::name_of;
use crate::incorporation::classify::{Sighting, Surroundings};
use crate::model::structure::{Constant, Manifest, Structure};
use crate::model::{FileKind, Language};

/// Module-level names that hosts read to find a plugin.
const PLUGIN_CONSTANTS: &[&str] = &[
    "PLUGIN_CLASS",
    "plugin_class",
    "PLUGIN",
    "plugin_data",
    "PLUGIN_DATA",
    "PLUGIN_INFO",
    "plugin_info",
    "PLUGIN_METADATA",
    "plugin_metadata",
];

pub(super) fn observe(sighting: &Sighting, around: &Surroundings<'_>, features: &mut Features) {
    let structure = &sighting.structure;
    if let Some(manifest) = &structure.manifest {
        manifest_of(sighting, manifest, features);
    } else if matches!(sighting.file.language, Language::Json | Language::Yaml) && structure.problems.is_empty() {
        features.see_if(
            sighting.text.read && !sighting.text.blank,
            "top-is-no-mapping",
            "holds a list or a single value at the top",
        );
    }
    if let Some(script) = &structure.aether {
        aether(script.dialect.as_str(), features);
    }
    constants(structure, features);
    if let Some((group, name)) =
        around.entry_points(&sighting.file.path).iter().find(|(group, _)| !group.ends_with("_scripts"))
    {
        features.see(
            "entry-point-of-host",
            format!("is the entry point `{name}` in the group `{group}` of its distribution"),
        );
    } else if let Some((group, name)) = around.entry_points(&sighting.file.path).first() {
        features.see("entry-point-of-script", format!("is the command `{name}` ({group})"));
    }
    if sighting.file.language == Language::Python {
        beside(sighting, around, features);
        if let Some(group) = around.groups(&sighting.file.path).first() {
            features.see("distribution-plugs-in", format!("its distribution registers itself under `{group}`"));
        }
    }
    let name = name_of(&sighting.file.path);
    if name == "__manifest__.py" || name == "__openerp__.py" {
        features.see("manifest-of-plugin", "is the manifest of an add-on");
    }
    if sighting.text.sections.iter().any(|(section, _)| section == "Core" || section == "Plugin")
        || ((name.ends_with(".plug") || name.ends_with(".plugin")) && sighting.file.kind != FileKind::Source)
    {
        features.see("manifest-of-plugin", "declares a plugin with its module");
    }
    features.see_if(!structure.problems.is_empty(), "does-not-parse", "violates its grammar");
}

/// A manifest in the same folder, and whether it names this file.
fn beside(sighting: &Sighting, around: &Surroundings<'_>, features: &mut Features) {
    let name = name_of(&sighting.file.path);
    let stem = name.strip_suffix(".py").unwrap_or(name);
    for manifest in around.manifests(&sighting.file.path) {
        features.see("manifest-beside", format!("lies beside a manifest of dialect `{}`", manifest.dialect));
        let named = manifest.entry_point.as_deref().is_some_and(|entry| {
            let entry = entry.split(':').next().unwrap_or(entry);
            entry.trim_start_matches("./") == name || entry == stem || entry.rsplit(['.', '/']).next() == Some(stem)
        });
        if named {
            features.see("manifest-names-it", "the manifest beside it names it as the entry point");
        }
    }
    features.see_if(
        ["plug", "plugin"].iter().any(|ending| around.has_sibling(&sighting.file.path, &format!("{stem}.{ending}"))),
        "manifest-names-it",
        "a `.plug` file of the same name lies beside it",
    );
}

fn manifest_of(sighting: &Sighting, manifest: &Manifest, features: &mut Features) {
    let keys: Vec<&str> = manifest.keys.iter().map(String::as_str).collect();
    let has = |key: &str| keys.contains(&key);
    let name = name_of(&sighting.file.path).to_lowercase();
    match manifest.dialect.as_str() {
        "aetherra-plugin" => features.see("manifest-of-plugin", "is a plugin manifest for the host"),
        "home-assistant" => features.see("manifest-of-plugin", "is the manifest of a Home Assistant integration"),
        "plugin" => features.see("manifest-of-plugin", "has the fields of a plugin manifest"),
        "workflow" => features.see("manifest-of-workflow", "has steps, stages or jobs"),
        "pyproject" | "cargo" | "package-json" => {
            features.see("manifest-of-project", "describes a project to its build tool")
        }
        _ => features.see("holds-settings", "is a mapping that declares no component"),
    }
    let plugin_keys = [
        "contributions",
        "skill_id",
        "name_for_model",
        "plugin_type",
        "plugins",
        "extensions",
        "entry_point",
        "entrypoint",
        "hooks",
        "jpserver_extensions",
        "permissions",
        "capabilities",
        "codeowners",
        "iot_class",
    ];
    if let Some(key) = plugin_keys.iter().find(|key| has(key)) {
        features.see("keys-of-plugin", format!("has the key `{key}`"));
    }
    let contract =
        has("name") && (has("version") || has("schema_version")) || name == "skill.json" || name == "napari.yaml";
    features.see_if(contract, "keys-name-and-version", "has a name and a version");
    features.see_if(
        matches!(name.as_str(), "skill.json" | "napari.yaml" | "ai-plugin.json" | "plugin.yaml" | "plugin.json"),
        "manifest-of-plugin",
        "is named as plugin manifests are",
    );
    let steps = [
        "jobs",
        "steps",
        "tasks",
        "stages",
        "workflow",
        "workflows",
        "pipeline",
        "cwlVersion",
        "hosts",
        "flow",
        "nodes",
    ];
    if let Some(key) = steps.iter().find(|key| has(key)) {
        features.see("keys-of-workflow", format!("has the key `{key}`"));
    }
    features.see_if(
        has("cwlVersion") || (has("jobs") && (has("on") || has("true") || has("name"))),
        "keys-of-workflow-language",
        "is written in a workflow language",
    );
    features.see_if(
        has("$schema")
            || has("$id")
            || has("$defs")
            || (has("properties") && has("type"))
            || has("openapi")
            || has("swagger"),
        "keys-of-schema",
        "describes the shape of other documents",
    );
    let agent = ["agents", "agent", "role", "goal", "backstory", "system_prompt", "llm"];
    if agent.iter().filter(|key| has(key)).count() >= 2 {
        features.see("keys-of-agent", "has the keys of an agent's description");
    }
    features.measure("many-keys", keys.len() as f64 / 100.0, format!("has {} keys at the top", keys.len()));
    features.see_if(keys.len() <= 2, "few-keys", "has hardly any keys at the top");
    let collection = keys.len() <= 3 && sighting.text.repetition > 0.7;
    features.see_if(collection, "collection-of-records", "is one collection of records of the same shape");
}

fn aether(dialect: &str, features: &mut Features) {
    let feature = match dialect {
        "empty" => "aether-empty",
        "shell" => "aether-shell",
        "workflow" => "aether-workflow",
        "prose" => "aether-prose",
        "python" => "aether-python",
        _ => "aether-script",
    };
    features.see(feature, format!("is an Aether file of the dialect `{dialect}`"));
}

fn constants(structure: &Structure, features: &mut Features) {
    for constant in &structure.constants {
        let name = constant.name.as_str();
        if PLUGIN_CONSTANTS.contains(&name) {
            features.see("declares-plugin-constant", format!("binds `{name}`, which hosts read to find a plugin"));
        } else if name.starts_with("__plugin_") || name == "__plugin__" || name == "TOOL_SPEC" || name == "__xontrib__"
        {
            features.see("declares-plugin-dunder", format!("binds `{name}`"));
        }
        if lists_steps(constant) {
            features.see("constant-lists-steps", format!("`{name}` is a list of steps"));
        }
        if let Some(call) = constant.calls.as_deref() {
            called(call, features);
        }
    }
    let dunders = ["__version__", "__author__", "__dependencies__", "__tags__", "__category__", "__description__"];
    let count = dunders.iter().filter(|dunder| structure.constant(dunder).is_some()).count();
    let plugged =
        ["__dependencies__", "__tags__", "__category__"].iter().any(|dunder| structure.constant(dunder).is_some());
    features.see_if(count >= 3 && plugged, "declares-plugin-dunder", "binds the dunders that a plugin loader reads");
    features.see_if(count >= 1 && !plugged, "declares-version", "states its version or its authors");
}

/// A name, or a nested one, that is bound to a list of mappings which each name something to be done.
fn lists_steps(constant: &Constant) -> bool {
    let lower = constant.name.to_lowercase();
    let named = ["step", "workflow", "pipeline", "stage"].iter().any(|word| lower.contains(word));
    let Some(value) = &constant.value else { return false };
    let list =
        value.as_array().or_else(|| ["steps", "stages", "tasks"].iter().find_map(|key| value.get(key)?.as_array()));
    list.is_some_and(|items| {
        items.len() > 1
            && items.iter().all(|item| {
                item.as_object().is_some_and(|item| {
                    named || ["action", "step", "run", "task", "uses"].iter().any(|key| item.contains_key(*key))
                })
            })
    })
}

fn called(call: &str, features: &mut Features) {
    let last = call.rsplit('.').next().unwrap_or(call);
    match last {
        "DAG" | "Workflow" | "Pipeline" | "Flow" | "StateGraph" | "GraphBuilder" | "chain" | "Sequential" => {
            features.see("builds-workflow", format!("calls `{last}` at module level"));
        }
        "Agent" | "AgentExecutor" | "Crew" | "AssistantAgent" | "ConversableAgent" | "LlmAgent" | "CodeAgent"
        | "ToolCallingAgent" | "SequentialAgent" | "create_react_agent" | "create_agent" | "initialize_agent" => {
            features.see("builds-agent", format!("calls `{last}` at module level"));
        }
        _ => {}
    }
}
