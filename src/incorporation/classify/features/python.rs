//! What the code of a Python module shows: where its classes come from, how it registers itself, and what
//! it builds.

use super::{Features, parts, speaks_of};
use crate::incorporation::classify::{Ancestor, Origin, Sighting, Surroundings};
use crate::model::Language;
use crate::model::structure::{Class, Decorator, Function, Structure};

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

/// Last words of a base that is no role at all.
const PLAIN_BASES: &[&str] = &[
    "object",
    "abc",
    "protocol",
    "generic",
    "enum",
    "flag",
    "exception",
    "error",
    "warning",
    "dict",
    "list",
    "tuple",
    "str",
    "int",
    "thread",
    "testcase",
    "namedtuple",
    "typeddict",
    "type",
    "mapping",
    "sequence",
    "set",
    "iterator",
];

const WORKFLOW_BASES: &[&str] = &["flow", "workflow", "dag", "pipeline", "maker", "task", "job"];

const WORKFLOW_DECORATORS: &[&str] = &[
    "flow",
    "dag",
    "workflow",
    "pipeline",
    "job",
    "subflow",
    "graph",
    "step",
    "task",
    "asset",
    "op",
    "task_group",
    "dynamic",
];

/// Modules whose import means that a workflow is described or run.
const WORKFLOW_MODULES: &[&str] = &[
    "airflow",
    "prefect",
    "dagster",
    "luigi",
    "metaflow",
    "kedro",
    "jobflow",
    "nipype",
    "flytekit",
    "snakemake",
    "zenml",
    "kfp",
    "temporalio",
    "celery",
    "mage_ai",
    "quacc",
    "parsl",
    "covalent",
    "doit",
    "fireworks",
    "ploomber",
    "conductor",
    "argo",
    "hera",
    "nox",
    "invoke",
    "hamilton",
    "orchest",
    "langgraph",
    "niworkflows",
    "dagger",
    "pydra",
    "tawazi",
    "burr",
];

/// Modules that talk to language models.
const LLM_MODULES: &[&str] = &[
    "openai",
    "anthropic",
    "langchain",
    "langchain_core",
    "langchain_community",
    "langgraph",
    "crewai",
    "autogen",
    "autogen_core",
    "autogen_agentchat",
    "smolagents",
    "llama_index",
    "litellm",
    "dspy",
    "pydantic_ai",
    "agno",
    "swarms",
    "semantic_kernel",
    "haystack",
    "ollama",
    "transformers",
    "google.genai",
    "mistralai",
    "groq",
    "camel",
    "strands",
    "agents",
];

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

/// Functions through which hosts enter a module.
const HOST_FUNCTIONS: &[&str] = &[
    "setup",
    "register",
    "register_plugin",
    "async_setup_entry",
    "async_setup",
    "async_unload_entry",
    "setup_platform",
    "async_setup_platform",
    "get_service",
    "load_ipython_extension",
    "includeme",
    "initialize",
    "plugin_loaded",
    "create_plugin",
    "get_plugin",
    "create_skill",
    "get_provider_info",
    "_jupyter_server_extension_points",
    "load_jupyter_server_extension",
    "_load_jupyter_server_extension",
    "_load_xontrib_",
    "init_plugin",
    "setup_plugin",
    "define_env",
    "napari_get_writer",
    "napari_get_reader",
    "execute_plugin",
    "load_plugin",
    "activate",
    "register_plugins",
    "makeExtension",
    "plugin_factory",
];

const HOOK_PREFIXES: &[&str] =
    &["pytest_", "napari_", "hatch_register", "tox_", "mkdocs_", "datasette_", "kedro_", "pelican_"];

pub(super) fn observe(sighting: &Sighting, around: &Surroundings<'_>, features: &mut Features) {
    if sighting.file.language != Language::Python || sighting.file.size == 0 {
        return;
    }
    let structure = &sighting.structure;
    shape(sighting, features);
    imports(sighting, around, features);
    docstring(structure, features);
    for class in &structure.classes {
        class_of(sighting, around, class, features);
        for decorator in &class.decorators {
            decorated(structure, around, sighting, decorator, true, features);
        }
        for method in &class.methods {
            for decorator in &method.decorators {
                decorated(structure, around, sighting, decorator, false, features);
            }
        }
    }
    for function in &structure.functions {
        function_of(function, features);
        for decorator in &function.decorators {
            decorated(structure, around, sighting, decorator, true, features);
        }
    }
    statements(sighting, features);
    agent_share(structure, features);
}

/// What there is at all.
fn shape(sighting: &Sighting, features: &mut Features) {
    let structure = &sighting.structure;
    let (classes, functions) = (structure.classes.len(), structure.functions.len());
    let quiet = sighting.text.calls.is_empty() && sighting.text.contexts.is_empty();
    let bindings = structure.constants.iter().filter(|constant| !is_version(&constant.name)).count();
    if classes + functions + bindings == 0 && structure.imports.is_empty() && quiet {
        features.see("declares-nothing", "declares nothing, or only its version");
    } else if classes + functions == 0 && !structure.imports.is_empty() && bindings <= 1 {
        features.see("only-imports", "only imports what others declare");
    } else if classes + functions == 0 {
        features.see("only-constants", "binds names and declares no class and no function");
    }
    features.measure("has-classes", (classes as f64).ln_1p() / 3.0, format!("declares {classes} classes"));
    features.measure("has-functions", (functions as f64).ln_1p() / 4.0, format!("declares {functions} functions"));
    features.see_if(structure.main_guard, "main-guard", "can be run as a program");
    let tests = structure.functions.iter().filter(|function| function.name.starts_with("test_")).count()
        + structure
            .classes
            .iter()
            .filter(|class| class.name.starts_with("Test") || class.bases.iter().any(|base| base.ends_with("TestCase")))
            .count();
    features.see_if(tests > 0, "declares-tests", "declares tests");
    let plain = structure.classes.iter().filter(|class| is_plain(class)).count();
    if classes > 0 {
        features.measure(
            "classes-are-plain",
            plain as f64 / classes as f64,
            "its classes are data, enumerations or errors",
        );
    }
    features.see_if(structure.constant("__all__").is_some(), "declares-exports", "lists what it exports in `__all__`");
}

fn is_version(name: &str) -> bool {
    (name.starts_with("__") && name.ends_with("__") && !name.contains("plugin")) || name.starts_with("VERSION")
}

/// A class that holds data or names an error.
fn is_plain(class: &Class) -> bool {
    let last = |name: &str| parts(name.rsplit('.').next().unwrap_or(name)).pop().unwrap_or_default();
    let data = class
        .decorators
        .iter()
        .any(|decorator| decorator.name.ends_with("dataclass") || decorator.name.ends_with("define"));
    let based = class
        .bases
        .iter()
        .map(|base| last(base))
        .any(|base| PLAIN_BASES.contains(&base.as_str()) || base == "model" || base == "base");
    data || (based && class.methods.len() <= 4)
}

fn imports(sighting: &Sighting, around: &Surroundings<'_>, features: &mut Features) {
    for import in &sighting.structure.imports {
        let root = import.module.split('.').next().unwrap_or_default();
        let name = import.names.first().map_or("", String::as_str);
        let origin = around.module_origin(&sighting.file.path, import.level, &import.module, name);
        let outside = origin == Origin::Outside;
        let words = parts(&import.module);
        let detail = || format!("imports from `{}{}`", ".".repeat(import.level as usize), import.module);
        if WORKFLOW_MODULES.contains(&root) {
            features.see(if outside { "imports-workflow-engine" } else { "is-of-workflow-engine" }, detail());
        }
        if LLM_MODULES.contains(&root) || LLM_MODULES.contains(&import.module.as_str()) {
            features.see(if outside { "imports-llm" } else { "is-of-llm-framework" }, detail());
        }
        if speaks_of(
            &words,
            &["plugin", "plugins", "extension", "hookspec", "hookimpl", "pluggy", "ext", "addon", "hooks"],
        ) {
            features.see(if outside { "imports-plugin-api" } else { "imports-own-plugin-api" }, detail());
        }
        if speaks_of(&words, &["skill", "tool", "operators", "sensors", "entity", "platform"]) && outside {
            features.see("imports-tool-api", detail());
        }
        if speaks_of(&words, &["agent", "agents", "llm", "llms", "prompt", "prompts", "messages", "chat", "memory"])
            && !outside
        {
            features.see("imports-own-agent-parts", detail());
        }
        if speaks_of(&words, &["agent", "agents"]) && outside {
            features.see("imports-agent-api", detail());
        }
        if import.names.iter().any(|name| matches!(name.as_str(), "hookimpl" | "hook_impl" | "HookimplMarker")) {
            features.see("imports-plugin-api", detail());
        }
        if matches!(root, "pytest" | "unittest" | "mock" | "hypothesis" | "nose") && !import.optional {
            features.see("imports-test-framework", detail());
        }
        features.see_if(matches!(root, "setuptools" | "distutils"), "imports-build-tool", "imports the build tool");
        features.see_if(matches!(root, "alembic"), "imports-migration-tool", "imports the migration tool");
        if outside {
            features.see("imports-others", "imports other distributions");
        } else if import.level > 0 || origin == Origin::Inside {
            features.see("imports-own", "imports modules of its own tree");
        }
    }
}

fn docstring(structure: &Structure, features: &mut Features) {
    let Some(text) = &structure.docstring else { return };
    let words: Vec<String> = parts(text.split("\n\n").next().unwrap_or(text));
    for (subjects, feature) in [
        (&["plugin", "extension", "integration", "addon"][..], "doc-says-plugin"),
        (&["skill", "tool", "operator", "sensor", "support"], "doc-says-tool"),
        (&["agent", "assistant"], "doc-says-agent"),
        (&["workflow", "pipeline", "flow", "dag", "job"], "doc-says-workflow"),
        (&["utility", "utilities", "helper", "function", "common", "base", "class", "internal"], "doc-says-utility"),
        (&["test"], "doc-says-test"),
        (&["deprecated", "shim", "backward", "generated"], "doc-says-leftover"),
    ] {
        if speaks_of(&words, subjects) {
            features.see(feature, "its docstring says so");
        }
    }
}

fn class_of(sighting: &Sighting, around: &Surroundings<'_>, class: &Class, features: &mut Features) {
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
        extends(class, ancestor, abstract_, features);
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
fn extends(class: &Class, ancestor: &Ancestor, abstract_: bool, features: &mut Features) {
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
fn agent_share(structure: &Structure, features: &mut Features) {
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

fn function_of(function: &Function, features: &mut Features) {
    let name = function.name.as_str();
    let words = parts(name);
    let has = |word: &str| words.iter().any(|part| part == word);
    if HOST_FUNCTIONS.contains(&name) {
        let takes = match name {
            "setup" | "includeme" | "register" | "load_ipython_extension" => function.parameters.len() <= 2,
            _ => true,
        };
        let takes = takes && !features.has("name-build-script");
        features.see_if(takes, "registers-with-host", "declares a function through which hosts enter");
    }
    if let Some(prefix) = HOOK_PREFIXES.iter().find(|prefix| name.starts_with(**prefix)) {
        features.see(
            "implements-hooks",
            format!("declares `{name}`, named as hooks of `{}` are", prefix.trim_end_matches('_')),
        );
    }
    let makes = words
        .first()
        .is_some_and(|first| matches!(first.as_str(), "create" | "build" | "make" | "init" | "get" | "initialize"));
    if makes && has("agent") && words.last().is_some_and(|last| matches!(last.as_str(), "agent" | "executor")) {
        features.see("function-makes-agent", format!("declares `{name}`"));
    }
    let ends =
        words.last().is_some_and(|last| matches!(last.as_str(), "wf" | "workflow" | "pipeline" | "flow" | "dag"));
    if ends && (makes || words.len() > 1) {
        features.see("function-makes-workflow", format!("declares `{name}`"));
    }
}

fn decorated(
    structure: &Structure,
    around: &Surroundings<'_>,
    sighting: &Sighting,
    decorator: &Decorator,
    outer: bool,
    features: &mut Features,
) {
    let name = decorator.name.as_str();
    let last = name.rsplit('.').next().unwrap_or(name);
    let words = parts(last);
    let (module, origin) = around.origin(&sighting.file.path, structure, name);
    let detail = || format!("is decorated with `@{name}`");
    let of_plugins = speaks_of(&parts(&module), &["plugin", "extension", "addon", "skill"])
        || speaks_of(&parts(name), &["plugin", "hookimpl"]);
    if words.iter().any(|word| word == "hookimpl" || word == "hookimplementation") || last == "hook_impl" {
        features.see("implements-hooks", detail());
    } else if words.first().is_some_and(|first| first == "register" || first == "registry") {
        let contract = decorator
            .arguments
            .keys()
            .any(|key| matches!(key.as_str(), "capabilities" | "description" | "category" | "metadata"));
        features.see(if outer { "registered-by-decorator" } else { "registers-methods" }, detail());
        features.see_if(
            contract || words.iter().any(|word| word == "plugin"),
            "registered-with-description",
            "the decorator says what it offers",
        );
    } else if last == "tool" || last == "function_tool" || last == "kernel_function" {
        features.see("declares-tool-by-decorator", detail());
    } else if of_plugins && origin == Origin::Outside {
        features.see("decorated-by-host", detail());
    } else if matches!(
        last,
        "command" | "botcmd" | "intent_handler" | "rule" | "plugin" | "pluginmatcher" | "match" | "on"
    ) {
        features.see("decorated-as-command", detail());
    }
    if outer && WORKFLOW_DECORATORS.contains(&last) {
        let engine = WORKFLOW_MODULES.contains(&module.split('.').next().unwrap_or_default());
        features.see(
            if engine && origin != Origin::Inside { "decorated-as-workflow" } else { "decorated-like-workflow" },
            detail(),
        );
    }
    if last == "component" || last.starts_with("agent") {
        features.see("decorated-as-component", detail());
    }
}

/// Statements at module level.
fn statements(sighting: &Sighting, features: &mut Features) {
    for context in &sighting.text.contexts {
        let last = context.rsplit('.').next().unwrap_or(context);
        if matches!(last, "DAG" | "Flow" | "Workflow" | "Pipeline") {
            features.see("builds-workflow", format!("opens `{last}` at module level"));
        }
    }
    for call in &sighting.text.calls {
        let words = parts(call);
        if call.ends_with(".kickoff") || call.ends_with(".run_agent") {
            features.see("builds-agent", format!("calls `{call}` at module level"));
        } else if words.iter().any(|word| word == "register" || word == "connect") {
            features.see("registers-at-import", format!("calls `{call}` at module level"));
        }
        if words.last().is_some_and(|last| matches!(last.as_str(), "dag" | "flow" | "workflow" | "pipeline")) {
            features.see("builds-workflow", format!("calls `{call}` at module level"));
        }
    }
}
