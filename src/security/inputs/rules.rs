//! The rules that only inputs other than Python have. They want to see no node of Python: the analysers find
//! what they report. Threats that Python has, too, share its rules and pages.

use crate::model::{Category, Severity};
use crate::security::rules::{Rule, Sink, Site};

fn nothing(_: &Site<'_, '_>, _: &mut Sink<'_>) {}

const fn rule(
    id: &'static str,
    title: &'static str,
    category: Category,
    cwe: u16,
    severity: Severity,
    help: &'static str,
) -> Rule {
    Rule { id, title, aliases: &[], category, cwe, severity, help, triggers: &[], check: nothing }
}

/// Pickles that call something when they are loaded.
pub const PICKLE: Rule = rule(
    "pickle-code-execution",
    "loading a pickle runs what it names",
    Category::Deserialisation,
    502,
    Severity::Critical,
    "do not load it; ask its source for a format without code, such as safetensors, JSON or Arrow",
);

/// Compiled code that says something else than its source.
pub const COMPILED_MISMATCH: Rule = rule(
    "compiled-mismatch",
    "compiled code that does not match its source",
    Category::Obfuscation,
    506,
    Severity::High,
    "remove it and let Python compile the source again; find out who put it there",
);

/// Compiled code that nobody can read.
pub const NO_SOURCE: Rule = rule(
    "compiled-without-source",
    "compiled code without its source",
    Category::Obfuscation,
    506,
    Severity::Medium,
    "ship the source, or remove the compiled file",
);

/// Text that is read by models and not shown to people.
pub const HIDDEN_TEXT: Rule = rule(
    "hidden-text",
    "text that is not shown",
    Category::AgentManipulation,
    1007,
    Severity::High,
    "remove it; what a component tells an agent must be what a person sees",
);

/// Defences, logs and histories that are turned off.
pub const DEFENCE_OFF: Rule = rule(
    "defence-off",
    "a defence or a record is turned off",
    Category::Persistence,
    693,
    Severity::High,
    "leave guards, logs and histories to those who run the machine",
);

/// Commands that destroy everything they reach.
pub const DESTRUCTIVE: Rule = rule(
    "destructive-command",
    "everything that can be reached is destroyed",
    Category::FileOperations,
    506,
    Severity::Critical,
    "name exactly what is to go, and refuse empty variables and roots",
);

/// Text that steers an agent against those it works for.
pub const PROMPT_INJECTION: Rule = rule(
    "prompt-injection",
    "text that steers an agent against its user",
    Category::AgentManipulation,
    1427,
    Severity::High,
    "say what the component does, and leave to the host and the user what agents do",
);

/// Tools that speak of other tools.
pub const SHADOWING: Rule = rule(
    "tool-shadowing",
    "a tool that changes how others are used",
    Category::AgentManipulation,
    1427,
    Severity::High,
    "describe this tool alone",
);

/// Text of strangers in the script of a workflow.
pub const WORKFLOW_INJECTION: Rule = rule(
    "workflow-injection",
    "text of a stranger becomes a part of a script",
    Category::Injection,
    94,
    Severity::High,
    "pass it through `env:` and use the variable in quotes",
);

/// Privileged workflows that check out what a stranger sent.
pub const UNTRUSTED_CHECKOUT: Rule = rule(
    "untrusted-checkout",
    "a run that holds secrets checks out what a stranger sent",
    Category::CodeExecution,
    829,
    Severity::High,
    "use `pull_request`, or do not check out the head",
);

/// Actions by a name that can be moved.
pub const UNPINNED_ACTION: Rule = rule(
    "unpinned-action",
    "an action by a name that can be moved",
    Category::CodeExecution,
    829,
    Severity::Note,
    "name the action by the hash of its commit",
);

/// Members of archives whose names leave the folder into which they are unpacked.
pub const MEMBER_PATH: Rule = rule(
    "archive-member-path",
    "a member of an archive leaves its folder",
    Category::FileOperations,
    22,
    Severity::High,
    "do not unpack it",
);

/// Packages from elsewhere than the index.
pub const REQUIREMENT_SOURCE: Rule = rule(
    "requirement-source",
    "packages come from elsewhere than the index",
    Category::CodeExecution,
    829,
    Severity::Medium,
    "take packages from one index over TLS, or name the commit or the hash of what an address gives",
);

/// Requirements that any version fulfils.
pub const UNPINNED_REQUIREMENT: Rule = rule(
    "unpinned-requirement",
    "a requirement without a version",
    Category::CodeExecution,
    1357,
    Severity::Note,
    "pin it with `==`, better with hashes too",
);

/// Packages whose names look like those of others.
pub const LOOKALIKE: Rule = rule(
    "lookalike-package",
    "a package is named almost like a well-known one",
    Category::CodeExecution,
    1357,
    Severity::Medium,
    "correct the name, or check that this package is the one that is meant",
);
