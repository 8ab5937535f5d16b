//! What a file declares, read without running it: the raw material of classification, of entry points
//! and of planning.
//!
//! Everything here is bounded: lists and literals have limits, and a structure that reached one says so
//! with [`Structure::truncated`]. Empty parts are left out of the JSON.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a file declares.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Structure {
    /// The module's docstring or leading comment, shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docstring: Option<String>,
    /// What it imports, in the order of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub imports: Vec<Import>,
    /// Classes at module level, and those inside `if` and `try` at module level.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<Class>,
    /// Functions at module level, and those inside `if` and `try` at module level.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<Function>,
    /// Names that are bound at module level to a literal, a name or a call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<Constant>,
    /// Whether it can be run as a program: `if __name__ == "__main__"`, or `fn main`.
    #[serde(skip_serializing_if = "is_false")]
    pub main_guard: bool,
    /// What a manifest says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manifest: Option<Manifest>,
    /// What an Aether script says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aether: Option<AetherScript>,
    /// Where the text violates its grammar: the first few places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<SyntaxProblem>,
    /// Whether a limit cut something off.
    #[serde(skip_serializing_if = "is_false")]
    pub truncated: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// One imported module. `import a, b` is two of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Import {
    /// Dotted name; empty in `from . import x`.
    pub module: String,
    /// The names taken from it; empty for `import module`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Leading dots of a relative import.
    #[serde(skip_serializing_if = "is_zero")]
    pub level: u32,
    /// Whether the module may be missing: the import stands in a `try`, in a function, or only for type checkers.
    #[serde(skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Line, from one.
    pub line: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(value: &u32) -> bool {
    *value == 0
}

/// A class, or a Rust struct, enum or trait.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// Dotted names of its bases as written; for Rust, the traits it implements.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<String>,
    /// Its decorators.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decorators: Vec<Decorator>,
    /// Its methods.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<Function>,
    /// Names bound in its body, and what `__init__` binds on `self`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Constant>,
    /// Line, from one.
    pub line: u32,
}

impl Class {
    /// Whether it has a method of this name.
    pub fn has_method(&self, name: &str) -> bool {
        self.methods.iter().any(|method| method.name == name)
    }

    /// The attribute of this name.
    pub fn attribute(&self, name: &str) -> Option<&Constant> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

/// A function or a method.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Whether it is `async`.
    #[serde(rename = "async", skip_serializing_if = "is_false")]
    pub is_async: bool,
    /// Its decorators.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decorators: Vec<Decorator>,
    /// The names of its parameters, with `*` and `**` in front of the collecting ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<String>,
    /// Line, from one.
    pub line: u32,
}

/// A decorator, or a Rust attribute.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Decorator {
    /// Dotted name as written.
    pub name: String,
    /// Its literal arguments by keyword; positional ones are called `0`, `1` and so on.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub arguments: BTreeMap<String, Value>,
}

/// A name that is bound to something that can be told without running the code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Constant {
    /// The name.
    pub name: String,
    /// The literal; parts of it that are no literals are null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The dotted name that it is bound to, as in `PLUGIN_CLASS = Weather`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
    /// The dotted name of what was called for it, as in `app = Flask(__name__)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calls: Option<String>,
    /// Line, from one.
    pub line: u32,
}

/// A manifest in JSON, YAML or TOML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Manifest {
    /// Which sort: `aetherra-plugin`, `pyproject`, `package-json`, `cargo`, `home-assistant`, `plugin`, `workflow`
    /// or `settings`.
    pub dialect: String,
    /// The name of what it declares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its version as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// A sentence about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The file, module or class through which a host enters it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry_point: Option<String>,
    /// Named groups of entry points, such as `octoprint.plugin` of a Python project.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub entry_points: BTreeMap<String, Vec<String>>,
    /// Version range of the host that it wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_version: Option<String>,
    /// Requirements as written; a mapping becomes `name range`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<String>,
    /// Capabilities that it offers or asks for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<String>,
    /// Permissions that it asks for; a nested one is written `network: api.example.org`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<String>,
    /// Names that it exports.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exports: Vec<String>,
    /// Other small values at the top, such as `trust`, `timeout_ms` and `retries`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, Value>,
    /// All keys at the top, in the order of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
}

/// An Aether script.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AetherScript {
    /// Which of the dialects: `maintenance`, `workflow`, `agent`, `plugin`, `blocks`, `commands`, `yaml`, `json`,
    /// `python`, `shell`, `prose` or `empty`.
    pub dialect: String,
    /// `name`, `version`, `requires` and what else its metadata says.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, Value>,
    /// The keys of its policy block.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub policy: BTreeMap<String, Value>,
    /// Declared blocks as `keyword name`, such as `action deploy_canary` or `workflow nightly`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub declares: Vec<String>,
    /// Names of its actions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// The digest in a leading `# @signature:` line. It proves integrity, not origin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// A place where a text violates its grammar.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SyntaxProblem {
    /// What is wrong.
    pub message: String,
    /// Line, from one.
    pub line: u32,
    /// Column in characters, from one.
    pub column: u32,
}

impl Structure {
    /// The module-level constant of this name.
    pub fn constant(&self, name: &str) -> Option<&Constant> {
        self.constants.iter().find(|constant| constant.name == name)
    }

    /// Names through which a host enters the file, such as `PLUGIN_CLASS=Weather` or `__main__`.
    pub fn entry_points(&self) -> Vec<String> {
        let mut names = Vec::new();
        for constant in &self.constants {
            if constant.name == "PLUGIN_CLASS" || constant.name == "plugin_class" {
                let literal = constant.value.as_ref().and_then(Value::as_str);
                if let Some(target) = constant.refers_to.as_deref().or(literal) {
                    names.push(format!("{}={target}", constant.name));
                }
            } else if constant.name == "plugin_data" && constant.value.is_some() {
                names.push("plugin_data".to_owned());
            }
        }
        let registered = |decorators: &[Decorator]| {
            decorators
                .iter()
                .any(|decorator| decorator.name.rsplit('.').next().is_some_and(|last| last.starts_with("register_")))
        };
        names.extend(
            self.functions
                .iter()
                .filter(|function| registered(&function.decorators))
                .map(|function| format!("{}()", function.name)),
        );
        names.extend(
            self.classes
                .iter()
                .filter(|class| registered(&class.decorators))
                .map(|class| format!("class {}", class.name)),
        );
        if let Some(entry) = self.manifest.as_ref().and_then(|manifest| manifest.entry_point.as_deref()) {
            names.push(format!("entry_point={entry}"));
        }
        if let Some(manifest) = &self.manifest {
            for (group, targets) in &manifest.entry_points {
                names.extend(targets.iter().map(|target| format!("{group}:{target}")));
            }
        }
        if let Some(script) = &self.aether {
            names.extend(script.actions.iter().map(|action| format!("action {action}")));
        }
        if self.main_guard {
            names.push("__main__".to_owned());
        }
        names
    }
}
