//! The structure of a manifest in JSON, YAML or TOML.

use std::collections::BTreeMap;

use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::{MAX_ITEMS, nesting, on_big_stack, problem_at, shortened};
use crate::model::structure::{Manifest, Structure, SyntaxProblem};

/// Brackets inside one another in TOML; the other two parsers have their own limits of about as many.
const MAX_BRACKETS: usize = 128;

/// Reads a manifest. `name` is the file name: its ending tells the format, its stem the dialect.
pub fn of_manifest(name: &str, text: &str) -> Structure {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match parse(name, text) {
        Ok(value) => of_manifest_value(name, &value),
        Err(problem) => Structure { problems: vec![problem], ..Structure::default() },
    }
}

/// The structure of a manifest that was parsed already.
pub fn of_manifest_value(name: &str, value: &Value) -> Structure {
    let manifest = value.as_object().map(|table| read(name, table));
    let docstring = manifest.as_ref().and_then(|manifest| manifest.description.clone());
    Structure { docstring, manifest, ..Structure::default() }
}

fn parse(name: &str, text: &str) -> Result<Value, SyntaxProblem> {
    let at = |line: usize, column: usize, message: String| SyntaxProblem {
        message,
        line: u32::try_from(line.max(1)).unwrap_or(u32::MAX),
        column: u32::try_from(column.max(1)).unwrap_or(u32::MAX),
    };
    match name.rsplit('.').next().map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => {
            if nesting::brackets_exceed(text.as_bytes(), MAX_BRACKETS) {
                return Err(at(1, 1, format!("nested deeper than {MAX_BRACKETS} levels; it was not parsed")));
            }
            let table = on_big_stack(|| toml::from_str::<toml::Table>(text)).map_err(|error| {
                let offset = error.span().map_or(0, |span| span.start);
                problem_at(text, offset, error.message().to_owned())
            })?;
            serde_json::to_value(table).map_err(|error| at(1, 1, error.to_string()))
        }
        Some("yaml" | "yml") => {
            let failed = |error: serde_yaml::Error| {
                let (line, column) = error.location().map_or((1, 1), |place| (place.line(), place.column()));
                at(line, column, error.to_string())
            };
            on_big_stack(|| match serde_yaml::Deserializer::from_str(text).next() {
                Some(document) => Value::deserialize(document).map_err(failed),
                None => Ok(Value::Null),
            })
        }
        _ => serde_json::from_str(text).map_err(|error| at(error.line(), error.column(), error.to_string())),
    }
}

fn read(file: &str, top: &Map<String, Value>) -> Manifest {
    let file = file.rsplit('/').next().unwrap_or(file).to_ascii_lowercase();
    // The part of a project file that declares the component.
    let nested = |keys: &[&str]| keys.iter().find_map(|key| top.get(*key).and_then(Value::as_object));
    let (dialect, table) = match file.as_str() {
        "pyproject.toml" => {
            let poetry = top.get("tool").and_then(|tool| tool.get("poetry")).and_then(Value::as_object);
            ("pyproject", nested(&["project"]).or(poetry).unwrap_or(top))
        }
        "cargo.toml" => ("cargo", nested(&["package"]).unwrap_or(top)),
        "package.json" => ("package-json", top),
        "aetherra-plugin.json" => ("aetherra-plugin", top),
        _ => (
            dialect_of(&file, top),
            nested(&["plugin", "metadata"]).filter(|_| !top.contains_key("name")).unwrap_or(top),
        ),
    };
    let text = |keys: &[&str]| {
        keys.iter().find_map(|key| match table.get(*key)? {
            Value::String(text) => Some(shortened(text)),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    };
    let mut manifest = Manifest {
        dialect: dialect.to_owned(),
        name: text(&["name", "id", "domain"]),
        version: text(&["version"]),
        description: text(&["description", "summary"]),
        entry_point: text(&["entry_point", "entryPoint", "entry", "main", "module"]),
        host_version: text(&["aetherra_version", "aetherraVersion", "host_version", "requires-python"]),
        keys: top.keys().take(MAX_ITEMS).map(|key| shortened(key)).collect(),
        ..Manifest::default()
    };
    for key in ["dependencies", "requirements", "requires", "install_requires"] {
        for source in [table.get(key), top.get(key)].into_iter().flatten() {
            extend(&mut manifest.dependencies, requirements(source));
        }
    }
    let listed = |keys: &[&str]| {
        let mut list = Vec::new();
        for value in keys.iter().filter_map(|key| table.get(*key)) {
            extend(&mut list, words("", value, 0));
        }
        list
    };
    manifest.capabilities = listed(&["capabilities"]);
    manifest.permissions = listed(&["permissions", "security_permissions"]);
    manifest.exports = listed(&["exports"]);
    manifest.entry_points = entry_points(table);
    manifest.fields = other_fields(table);
    manifest
}

/// What a file is that no ecosystem has named for us.
fn dialect_of(file: &str, top: &Map<String, Value>) -> &'static str {
    let has = |key: &str| top.contains_key(key);
    let entered = ["entry_point", "entry", "capabilities", "main"].into_iter().any(has);
    let declares_itself = has("name") && has("version") && entered;
    if has("aetherra_version") || has("aetherraVersion") {
        "aetherra-plugin"
    } else if has("domain") && (has("codeowners") || has("documentation") || has("iot_class")) {
        "home-assistant"
    } else if file == "manifest.json" || file.starts_with("plugin.") || declares_itself {
        "plugin"
    } else if has("steps") || has("workflow") || has("workflows") || (has("jobs") && has("on")) || has("stages") {
        "workflow"
    } else {
        "settings"
    }
}

fn extend(list: &mut Vec<String>, more: Vec<String>) {
    for item in more {
        if list.len() >= MAX_ITEMS {
            break;
        }
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

/// Requirements as one text each, whether they were written as a list or as a mapping.
fn requirements(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![shortened(text)],
        Value::Array(items) => items
            .iter()
            .take(MAX_ITEMS)
            .filter_map(|item| match item {
                Value::String(text) => Some(shortened(text)),
                Value::Object(table) => {
                    let name = table.get("name").or_else(|| table.get("id")).and_then(Value::as_str)?;
                    let range = table.get("version").and_then(Value::as_str).unwrap_or_default();
                    Some(shortened(format!("{name} {range}").trim_end()))
                }
                _ => None,
            })
            .collect(),
        Value::Object(table) => table
            .iter()
            .take(MAX_ITEMS)
            .map(|(name, range)| match range {
                Value::String(range) => shortened(&format!("{name} {range}")),
                Value::Object(details) => {
                    let range = details.get("version").and_then(Value::as_str).unwrap_or_default();
                    shortened(format!("{name} {range}").trim_end())
                }
                _ => shortened(name),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// A tree of names as a flat list: `{"network": ["a", "b"]}` becomes `network: a`, `network: b`; a name
/// that is switched off is left out.
fn words(prefix: &str, value: &Value, level: usize) -> Vec<String> {
    let joined = |word: &str| if prefix.is_empty() { shortened(word) } else { shortened(&format!("{prefix}: {word}")) };
    if level > 4 {
        return Vec::new();
    }
    match value {
        Value::String(text) => vec![joined(text)],
        Value::Number(number) => vec![joined(&number.to_string())],
        Value::Bool(true) if !prefix.is_empty() => vec![prefix.to_owned()],
        Value::Bool(_) | Value::Null => Vec::new(),
        Value::Array(items) => items.iter().take(MAX_ITEMS).flat_map(|item| words(prefix, item, level + 1)).collect(),
        Value::Object(table) => {
            table.iter().take(MAX_ITEMS).flat_map(|(key, inner)| words(&joined(key), inner, level + 1)).collect()
        }
    }
}

/// Entry points of a Python project, or scripts.
fn entry_points(table: &Map<String, Value>) -> BTreeMap<String, Vec<String>> {
    let mut groups = BTreeMap::new();
    let mut add = |group: &str, targets: Option<&Value>| {
        if let Some(Value::Object(targets)) = targets {
            let targets: Vec<String> = targets
                .iter()
                .take(MAX_ITEMS)
                .filter_map(|(name, target)| Some(shortened(&format!("{name}={}", target.as_str()?))))
                .collect();
            if !targets.is_empty() {
                groups.insert(shortened(group), targets);
            }
        }
    };
    add("console_scripts", table.get("scripts"));
    for key in ["entry-points", "entry_points", "plugins"] {
        if let Some(Value::Object(sections)) = table.get(key) {
            for (group, targets) in sections.iter().take(MAX_ITEMS) {
                add(group, Some(targets));
            }
        }
    }
    groups
}

/// Small values that have no place of their own.
fn other_fields(table: &Map<String, Value>) -> BTreeMap<String, Value> {
    const PLACED: &[&str] = &[
        "name",
        "id",
        "version",
        "description",
        "summary",
        "dependencies",
        "requirements",
        "requires",
        "capabilities",
        "permissions",
        "security_permissions",
        "exports",
        "scripts",
        "readme",
    ];
    table
        .iter()
        .filter(|(key, _)| !PLACED.contains(&key.as_str()))
        .filter_map(|(key, value)| {
            let small = match value {
                Value::Bool(_) | Value::Number(_) => value.clone(),
                Value::String(text) => Value::String(shortened(text)),
                Value::Array(items)
                    if items.len() <= 20 && items.iter().all(|item| item.is_string() || item.is_number()) =>
                {
                    value.clone()
                }
                Value::Object(inner)
                    if inner.len() <= 20 && inner.values().all(|item| !item.is_object() && !item.is_array()) =>
                {
                    value.clone()
                }
                _ => return None,
            };
            (small.to_string().len() <= 2 * super::MAX_TEXT).then(|| (shortened(key), small))
        })
        .take(40)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_plugin_manifest_is_read() {
        let text = r#"{"name": "weather", "version": "1.2.0", "entry_point": "weather.py:Weather",
            "aetherra_version": "^3.0.0", "dependencies": {"memory": "^1.0", "numpy": ">=1.20"},
            "capabilities": ["file_read"], "timeout_ms": 500, "trust": {"level": "standard"},
            "permissions": {"filesystem": ["read"], "network": {"hosts": ["api.example.org"]}, "process": false}}"#;
        let structure = of_manifest("plugins/weather/aetherra-plugin.json", text);
        let manifest = structure.manifest.as_ref().unwrap();
        assert_eq!(manifest.dialect, "aetherra-plugin");
        assert_eq!(manifest.dependencies, ["memory ^1.0", "numpy >=1.20"]);
        assert_eq!(manifest.permissions, ["filesystem: read", "network: hosts: api.example.org"]);
        assert_eq!(manifest.fields["timeout_ms"], json!(500));
        assert_eq!(structure.entry_points(), ["entry_point=weather.py:Weather"]);
    }

    #[test]
    fn a_python_project_is_read() {
        let text = "[project]\nname = \"x\"\ndependencies = [\"a>=1\"]\n[project.entry-points.\"octoprint.plugin\"]\nx = \"x:impl\"\n";
        let structure = of_manifest("pyproject.toml", text);
        assert_eq!(structure.manifest.as_ref().unwrap().dependencies, ["a>=1"]);
        assert_eq!(structure.entry_points(), ["octoprint.plugin:x=x:impl"]);
    }

    #[test]
    fn yaml_of_several_documents_gives_the_first() {
        let structure = of_manifest("flow.yml", "steps:\n  - run: x\n---\nother: 1\n");
        assert_eq!(structure.manifest.unwrap().dialect, "workflow");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (name, text, line) in
            [("a.json", "{\n \"a\": ,\n}", 2), ("a.toml", "a = 1\nb = [", 2), ("a.yaml", "a: 1\nb: [1,\n", 0)]
        {
            let structure = of_manifest(name, text);
            assert_eq!(structure.problems.len(), 1, "{name}");
            if line > 0 {
                assert_eq!(structure.problems[0].line, line, "{name}");
            }
        }
    }

    #[test]
    fn deep_nesting_and_bombs_are_problems() {
        for (name, text) in [
            ("a.json", "[".repeat(100_000)),
            ("a.toml", format!("a = {}", "[".repeat(100_000))),
            ("a.yaml", "[".repeat(100_000)),
            ("b.yaml", "- ".repeat(100_000)),
        ] {
            assert_eq!(of_manifest(name, &text).problems.len(), 1, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,80}", name in "[a-z]{1,4}\\.(json|yaml|toml)") {
            of_manifest(&name, &text);
        }
    }
}
