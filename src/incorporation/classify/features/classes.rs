//! What the classes of a Python module show: which extension points they fill, and whether they act.

use super::python::{PLAIN_BASES, WORKFLOW_MODULES, is_namesake};
use super::{Features, parts, speaks_of};
use crate::incorporation::classify::{Ancestor, Origin, Sighting, Surroundings};
use crate::model::structure::{Class, Structure};

/// Last words of a base that stands for an extension point of a host.
const PLUGIN_BASES: &[&str] = &[
    "plugin",
    "extension",
    "addon",
    "skill",
    "tool",
    "toolkit",
    "toolset",
    "operator",
    "hook",
    "sensor",
    "trigger",
    "notifier",
    "plug",
];

/// Last words of a base that may be an extension point or an ordinary interface.
const ADAPTER_BASES: &[&str] = &[
    "provider",
    "backend",
    "entity",
    "handler",
    "authenticator",
    "driver",
    "adapter",
    "interface",
    "command",
    "directive",
    "checker",
    "middleware",
    "integration",
    "connector",
    "harvester",
    "action",
    "source",
    "service",
    "visitor",
    "domain",
    "builder",
    "writer",
    "reader",
    "reporter",
    "formatter",
    "processor",
    "component",
    "resource",
    "coordinator",
    "model",
    "check",
    "transform",
    "module",
    "loader",
    "parser",
    "target",
    "listener",
    "callback",
    "generator",
    "lexer",
];

const WORKFLOW_BASES: &[&str] = &["flow", "workflow", "dag", "pipeline", "maker", "task", "job"];

/// Methods that an agent has and a plugin seldom.
const AGENT_METHODS: &[&str] = &[
    "process_input",
    "think",
    "act",
    "plan",
    "reply",
    "chat",
    "respond",
    "generate_reply",
    "on_messages",
    "observe",
    "step",
    "run",
    "arun",
    "invoke",
    "ainvoke",
    "kickoff",
    "react",
    "reset",
    "llm_response",
    "reply_stream",
    "invoke_stream",
    "reflect",
    "get_response",
    "_run",
    "_act",
    "_think",
    "add_tool",
    "receive",
    "send",
    "perceive",
    "decide",
];

pub(super) fn class_of(sighting: &Sighting, around: &Surroundings<'_>, class: &Class, features: &mut Features) {
    let ancestors = around.ancestors(&sighting.file.path, &sighting.structure, class);
    let name_parts = parts(&class.name);
    let abstract_ = class.bases.iter().any(|base| base.rsplit('.').next() == Some("ABC") || base.contains("ABCMeta"))
        || name_parts.first().is_some_and(|first| matches!(first.as_str(), "base" | "abstract"))
        || class
            .methods
            .iter()
            .any(|method| method.decorators.iter().any(|decorator| decorator.name.ends_with("abstractmethod")));
    if abstract_ {
        features.see("declares-abstract-class", format!("declares the abstract class `{}`", class.name));
    }
    for ancestor in &ancestors {
        extends(&sighting.file.path, class, ancestor, abstract_, features);
    }
    if !abstract_ && !around.groups(&sighting.file.path).is_empty() && features.has("extends-adapter-of-host") {
        features.see(
            "adapter-in-plugin-distribution",
            "derives from a class of others, in a distribution that registers with a host",
        );
    }
    contract(class, features);
    agent_class(class, &ancestors, &name_parts, features);
    if class.has_method("init_app") {
        features
            .see("registers-with-host", format!("`{}` installs itself in an application with `init_app`", class.name));
    }
    let last = name_parts.last().map_or("", String::as_str);
    if matches!(last, "plugin" | "extension" | "skill" | "addon") && !abstract_ {
        features.see("class-named-plugin", format!("declares `{}`", class.name));
    }
    if matches!(last, "tool" | "toolkit" | "spec" | "operator" | "hook" | "sensor") && !abstract_ {
        features.see("class-named-tool", format!("declares `{}`", class.name));
    }
    if matches!(last, "workflow" | "flow" | "pipeline" | "dag" | "maker") {
        features.see("class-named-workflow", format!("declares `{}`", class.name));
    }
}

/// What one ancestor of a class says.
fn extends(path: &str, class: &Class, ancestor: &Ancestor, abstract_: bool, features: &mut Features) {
    let words = parts(&ancestor.name);
    let last = words.last().map_or("", String::as_str);
    let outside = ancestor.origin == Origin::Outside;
    let from = if ancestor.module.is_empty() { String::new() } else { format!(" of `{}`", ancestor.module) };
    let detail = || format!("`{}` extends `{}`{from}", class.name, ancestor.name);
    let module = parts(&ancestor.module);
    let of_plugins = speaks_of(&module, &["plugin", "extension", "addon", "skill"]);
    if PLUGIN_BASES.contains(&last)
        || words.iter().any(|word| matches!(word.as_str(), "plugin" | "skill"))
        || ancestor.name.ends_with("ToolSpec")
    {
        features.see(if outside { "extends-plugin-base-of-host" } else { "extends-plugin-base" }, detail());
        features.see_if(!abstract_ && outside, "is-concrete-plugin", "and is not abstract");
        features.see_if(!abstract_ && !outside, "is-concrete-plugin-inside", "and is not abstract");
        let elsewhere = !abstract_ && !outside && !ancestor.module.is_empty() && ancestor.generation == 0;
        features.see_if(
            elsewhere,
            "extends-plugin-base-elsewhere",
            "its base is defined in another module of the same tree",
        );
    } else if of_plugins && !PLAIN_BASES.contains(&last) {
        features.see(if outside { "extends-plugin-base-of-host" } else { "extends-plugin-base" }, detail());
    } else if ADAPTER_BASES.contains(&last) {
        features.see(if outside { "extends-adapter-of-host" } else { "extends-adapter" }, detail());
    } else if outside && !PLAIN_BASES.contains(&last) {
        features.see("extends-class-of-others", detail());
    }
    let root = ancestor.module.split('.').next().unwrap_or_default();
    if outside && !abstract_ && !PLAIN_BASES.contains(&last) && is_namesake(path, root) {
        features.see("extends-host-it-is-named-after", detail());
    }
    let workflow = WORKFLOW_BASES.contains(&last)
        && WORKFLOW_MODULES.contains(&ancestor.module.split('.').next().unwrap_or_default());
    if workflow || matches!(ancestor.name.as_str(), "FlowSpec" | "Maker") {
        features.see(if outside { "extends-workflow-base" } else { "extends-own-workflow-base" }, detail());
    }
    if words.iter().any(|word| word == "agent" || word == "role" || word == "assistant")
        && !matches!(last, "config" | "state" | "error" | "settings" | "tool" | "runner")
    {
        features.see("extends-agent-base", detail());
    }
}

/// Attributes and a method that a host looks for in a plugin class.
fn contract(class: &Class, features: &mut Features) {
    let has = |name: &str| class.attribute(name).is_some() || class.has_method(name);
    let runs =
        ["execute", "run", "call", "_run", "process", "forward", "__call__"].iter().any(|name| class.has_method(name));
    if has("name") && has("description") && runs {
        let full = has("input_schema") && has("output_schema") && class.has_method("execute");
        if full {
            features
                .see("has-plugin-contract", format!("`{}` has name, description, schemas and `execute`", class.name));
        } else {
            features.see(
                "has-part-of-contract",
                format!("`{}` has a name, a description and something to run", class.name),
            );
        }
        if full && has("created_by") {
            features.see("has-created-by", format!("`{}` says who made it", class.name));
        }
    }
}

fn agent_class(class: &Class, ancestors: &[Ancestor], name_parts: &[String], features: &mut Features) {
    let named = name_parts.last().is_some_and(|last| matches!(last.as_str(), "agent" | "assistant"));
    let extends = ancestors.iter().any(|ancestor| {
        let words = parts(&ancestor.name);
        words.iter().any(|word| word == "agent")
            && !words.iter().any(|word| matches!(word.as_str(), "config" | "error" | "state" | "user"))
    });
    let methods = class.methods.iter().filter(|method| AGENT_METHODS.contains(&method.name.as_str())).count();
    let user_agent = name_parts.iter().any(|part| part == "user") && name_parts.len() == 2 && methods == 0;
    if named && !user_agent {
        features.see("class-named-agent", format!("declares `{}`", class.name));
        features.measure(
            "agent-acts",
            methods as f64 / 3.0,
            format!("`{}` has {methods} methods by which agents act", class.name),
        );
    }
    if (named || extends) && class.methods.iter().any(|method| method.name == "process_input" && method.is_async) {
        features.see("processes-input", format!("`{}` has an async `process_input`", class.name));
    }
    if named && class.methods.is_empty() {
        features.see("agent-without-methods", format!("`{}` has no methods", class.name));
    }
}

/// How much of what is declared has to do with agents.
pub(super) fn agent_share(structure: &Structure, features: &mut Features) {
    let all = structure.classes.len() + structure.functions.len();
    if all == 0 {
        return;
    }
    let agents = structure
        .classes
        .iter()
        .filter(|class| parts(&class.name).last().is_some_and(|last| last == "agent" || last == "assistant"))
        .count();
    features.measure(
        "share-of-agents",
        agents as f64 / structure.classes.len().max(1) as f64,
        "of its classes are named as agents",
    );
    let parts_of_agents = structure.classes.iter().filter(|class| {
        let words = parts(&class.name);
        words.iter().any(|word| word == "agent") && words.last().is_some_and(|last| last != "agent")
    });
    features.measure(
        "share-of-agent-parts",
        parts_of_agents.count() as f64 / all as f64,
        "of what it declares are parts of agents",
    );
}
