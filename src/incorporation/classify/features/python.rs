//! What the code of a Python module shows: where its classes come from, how it registers itself, and what
//! it builds.

use super::classes::{agent_share, class_of};
use super::{Features, parts, speaks_of};
use crate::incorporation::classify::{Origin, Sighting, Surroundings};
use crate::model::Language;
use crate::model::structure::{Class, Decorator, Function, Structure};

/// Last words of a base that is no role at all.
pub(super) const PLAIN_BASES: &[&str] = &[
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
pub(super) const WORKFLOW_MODULES: &[&str] = &[
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
        if outside && import.level == 0 && is_namesake(&sighting.file.path, root) {
            features.see("imports-host-it-is-named-after", format!("is named after `{root}` and imports it"));
        }
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

/// Whether a folder or the module is named after another distribution, as `pylint_django` is after `pylint`.
pub(super) fn is_namesake(path: &str, root: &str) -> bool {
    let host = root.split('_').next().unwrap_or(root).to_lowercase();
    host.len() > 2
        && path.split('/').any(|part| {
            let part = part.strip_suffix(".py").unwrap_or(part).to_lowercase();
            part.strip_prefix(host.as_str()).is_some_and(|rest| rest.starts_with(['_', '-']))
        })
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
