//! What a file declares about the component that it is: names that a host would know it by, version,
//! requirements.

use serde_json::Value;

use super::candidate::Candidate;
use crate::model::Structure;
use crate::model::structure::{Class, Decorator};

/// The declarations of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declared {
    /// Names that it registers, in the order of the text; a repetition is a conflict in itself.
    pub names: Vec<String>,
    /// Its version.
    pub version: Option<String>,
    /// Its requirements as written.
    pub requires: Vec<String>,
}

/// Reads the declarations of a file.
pub fn declared(candidate: &Candidate) -> Declared {
    let structure = &candidate.structure;
    let mut declared = Declared::default();
    let decorated = structure
        .functions
        .iter()
        .flat_map(|function| function.decorators.iter().map(|decorator| (decorator, function.name.as_str())))
        .chain(
            structure
                .classes
                .iter()
                .flat_map(|class| class.decorators.iter().map(|decorator| (decorator, class.name.as_str()))),
        );
    for (decorator, target) in decorated.filter(|(decorator, _)| registers(decorator)) {
        let name = argument(decorator, &["name", "0"]).unwrap_or(target);
        declared.names.push(name.to_owned());
        if declared.version.is_none() {
            declared.version = argument(decorator, &["version"]).map(str::to_owned);
        }
        if let Some(requires) = decorator.arguments.get("dependencies") {
            declared.requires.extend(texts(requires));
        }
    }
    from_class(structure, &mut declared);
    from_constants(structure, &mut declared);
    if let Some(script) = &structure.aether {
        let text = |key: &str| script.metadata.get(key).and_then(Value::as_str).map(str::to_owned);
        declared.names.extend(text("name"));
        declared.version = declared.version.take().or_else(|| text("version"));
        if let Some(requires) = script.metadata.get("requires") {
            declared.requires.extend(texts(requires));
        }
    }
    declared
}

fn registers(decorator: &Decorator) -> bool {
    let last = decorator.name.rsplit('.').next().unwrap_or_default();
    matches!(last, "register_plugin" | "register_agent" | "register_tool" | "register_workflow")
}

fn argument<'a>(decorator: &'a Decorator, keys: &[&str]) -> Option<&'a str> {
    keys.iter().find_map(|key| decorator.arguments.get(*key)?.as_str())
}

/// `PLUGIN_CLASS = X`, a class with `name` and `execute`, an agent class.
fn from_class(structure: &Structure, declared: &mut Declared) {
    let chosen = ["PLUGIN_CLASS", "plugin_class"].iter().find_map(|name| {
        let constant = structure.constant(name)?;
        constant.refers_to.as_deref().or_else(|| constant.value.as_ref()?.as_str())
    });
    let is_agent = |class: &Class| {
        class.has_method("process_input")
            || class.bases.iter().any(|base| base.rsplit('.').next().is_some_and(|last| last.ends_with("AgentBase")))
    };
    for class in &structure.classes {
        let text = |name: &str| class.attribute(name)?.value.as_ref()?.as_str().map(str::to_owned);
        let named = text("name");
        let is_chosen = chosen == Some(class.name.as_str());
        let is_plugin = named.is_some() && class.has_method("execute");
        if is_chosen || is_agent(class) || (chosen.is_none() && is_plugin) {
            declared.names.push(named.unwrap_or_else(|| class.name.clone()));
            declared.version = declared.version.take().or_else(|| text("version"));
        }
    }
}

/// `plugin_data = {…}` and the dunders that a host reads.
fn from_constants(structure: &Structure, declared: &mut Declared) {
    let literal = |name: &str| structure.constant(name)?.value.as_ref();
    if let Some(Value::Object(data)) = literal("plugin_data") {
        let text = |key: &str| data.get(key).and_then(Value::as_str).map(str::to_owned);
        if let Some(name) = text("name").filter(|name| !declared.names.contains(name)) {
            declared.names.push(name);
        }
        declared.version = declared.version.take().or_else(|| text("version"));
        if let Some(requires) = data.get("dependencies") {
            declared.requires.extend(texts(requires));
        }
    }
    if declared.version.is_none() {
        declared.version = literal("__version__").and_then(Value::as_str).map(str::to_owned);
    }
    if let Some(requires) = literal("__dependencies__") {
        declared.requires.extend(texts(requires));
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
        Value::Object(table) => {
            table.iter().map(|(name, range)| format!("{name} {}", range.as_str().unwrap_or_default())).collect()
        }
        _ => Vec::new(),
    }
}
