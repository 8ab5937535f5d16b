//! Agents that take more power than they were given, and tools that together are a way out for private data.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::reach::{Reach, arguments_of, literal_text};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::mentions::asked;
use crate::security::python::{Kinds, Model, NodeRef, ScopeId};
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const AUTONOMY: Rule = Rule {
    id: "autonomy-abuse",
    title: "an agent takes power that nobody gave it",
    aliases: &[],
    category: Category::AgentManipulation,
    cwe: 269,
    severity: Severity::High,
    help: "leave permissions, approvals and the policy to the host and to the person who runs it",
    triggers: &[
        Trigger::Call(&[
            "builtins.open",
            "subprocess.Popen",
            "subprocess.run",
            "os.execv",
            "os.system",
            "subprocess.call",
            "json.dump",
        ]),
        Trigger::Method(&["write_text", "add", "update", "append", "extend"]),
        Trigger::Target(&[
            "require_approval",
            "requires_approval",
            "human_in_the_loop",
            "approval_required",
            "ask_human",
            "require_confirmation",
            "confirm_actions",
            "sandboxed",
            "safe_mode",
            "guardrails_enabled",
            "auto_approve",
            "auto_approved",
            "skip_approval",
            "bypass_approval",
            "unrestricted",
        ]),
    ],
    check: autonomy,
};

/// Files that say what agents and components may do.
pub(super) const POLICIES: &[&str] = &[
    "self_incorporation_policy",
    "guard_policies",
    "allowed_signers",
    ".claude/settings",
    "claude_desktop_config.json",
    ".cursor/mcp.json",
    ".mcp.json",
    ".vscode/mcp.json",
    "agent_policy",
    "exec-approvals.json",
    "permissions.json",
    "permissions.yaml",
    "approval_policy",
];

/// Words in what is written that take a guard away.
const UNGUARDED: &[&str] = &[
    "bypassPermissions",
    "dangerously-skip-permissions",
    "dangerouslySkipPermissions",
    "autoApprove",
    "auto_approve",
    "alwaysAllow",
    "\"Bash(*)\"",
    "yolo",
    "\"denied\"",
    "default_allow",
    "skip_approval",
    "danger-full-access",
];

fn autonomy(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.test_code {
        return;
    }
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => guards_off(site, assign, sink),
        NodeRef::Expr(Expr::Call(call)) => {
            let last = called_name(call).unwrap_or_default();
            match last {
                "add" | "update" | "append" | "extend" => grants(site, call, sink),
                "Popen" | "run" | "execv" | "call" | "system" => respawns(site, call, sink),
                _ => rewrites_policy(site, call, sink),
            }
        }
        _ => {}
    }
}

/// `self.require_approval = False`, in a method that is not the one that sets an object up.
fn guards_off(site: &Site<'_, '_>, assign: &ast::StmtAssign, sink: &mut Sink<'_>) {
    let [Expr::Attribute(target)] = assign.targets.as_slice() else { return };
    let name = target.attr.as_str();
    let off = matches!(
        name,
        "require_approval"
            | "requires_approval"
            | "human_in_the_loop"
            | "approval_required"
            | "ask_human"
            | "require_confirmation"
            | "confirm_actions"
            | "sandboxed"
            | "safe_mode"
            | "guardrails_enabled"
    ) && site.is_false(&assign.value);
    let on = matches!(name, "auto_approve" | "auto_approved" | "skip_approval" | "bypass_approval" | "unrestricted")
        && matches!(&*assign.value, Expr::BooleanLiteral(value) if value.value);
    if (off || on) && is_agent(site) && in_method(site) {
        let message = format!("the agent sets `{name}` itself: nobody is asked any more");
        sink.report(site.range(), Severity::High, Confidence::High, message);
    }
}

fn in_method(site: &Site<'_, '_>) -> bool {
    site.file.model.function_around(site.scope).is_some_and(|function| {
        let name = function.name.as_str();
        !matches!(name, "__init__" | "__post_init__" | "reset" | "setUp")
            && !name.starts_with("set_")
            && !name.contains("config")
            && !function
                .parameters
                .iter()
                .any(|parameter| matches!(parameter.name().as_str(), "approved_by" | "user" | "operator"))
    })
}

/// Whether the code belongs to an agent: the class, its bases, or the file is called so.
fn is_agent(site: &Site<'_, '_>) -> bool {
    let named = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.contains("agent") || name.contains("assistant") || name.contains("bot") || name.contains("planner")
    };
    let class = site.file.model.class_around(site.scope);
    class.is_some_and(|(_, class)| {
        named(class.name.as_str()) || class.bases().iter().any(|base| named(site.file.unit.slice(base.range())))
    })
}

/// `self.permissions.add("admin")`.
fn grants(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) {
    let Expr::Attribute(method) = &*call.func else { return };
    let Expr::Attribute(owner) = &*method.value else { return };
    if site.file.model.receiver_class(&owner.value, site.scope).is_none() || !is_agent(site) || !in_method(site) {
        return;
    }
    let powers = matches!(
        owner.attr.as_str(),
        "permissions"
            | "capabilities"
            | "allowed_tools"
            | "grants"
            | "scopes"
            | "roles"
            | "privileges"
            | "allowed_actions"
    );
    let named = arguments_of(call).any(|argument| site.is_constant(argument) || argument.is_set_expr());
    if powers && named {
        let message = format!("the agent adds to its own `{}`", owner.attr);
        sink.report(site.range(), Severity::High, Confidence::High, message);
    }
}

/// The policy that judges a component is written by it.
fn rewrites_policy(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) {
    if site.file.hints() & super::hints::POLICY == 0 {
        return;
    }
    let text = site.file.unit.text.as_str();
    // Settings are written in parts, too: `home / ".claude" / "settings.json"`.
    let in_parts = [(".claude", "settings"), (".cursor", "mcp.json"), ("Claude", "claude_desktop_config")];
    let named = POLICIES.iter().any(|name| text.contains(name))
        || in_parts.iter().any(|(folder, file)| text.contains(folder) && text.contains(file));
    if !named {
        return;
    }
    let name = site.name.unwrap_or_default();
    let mode = site.argument("mode", 1).and_then(literal_text).unwrap_or_default();
    let target = match called_name(call) {
        Some("open") if name == "builtins.open" && mode.contains(['w', 'a', '+']) => site.first(),
        Some("write_text") => match &*call.func {
            Expr::Attribute(method) => Some(&*method.value),
            _ => None,
        },
        _ => None,
    };
    let Some(target) = target else { return };
    let mut reach = Reach::new(site.file.model);
    let hit = |expr: &Expr, _: ScopeId| {
        Some(literal_text(expr).is_some_and(|text| {
            POLICIES.iter().any(|name| text.contains(name)) || matches!(&*text, ".claude" | ".cursor")
        }))
    };
    if adds_server(site, target) {
        let message = "a component adds a server to the settings of agents, and nobody is asked";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
        return;
    }
    // What is written stands in the function, or in a constant of the file.
    let around = site.file.model.function_around(site.scope).map(|function| site.file.unit.slice(function.range()));
    let mut unguarded = |word: &str| {
        around.is_none_or(|around| around.contains(word))
            || text.contains(word)
                && arguments_of(call).any(|argument| {
                    reach.any(argument, site.scope, &|expr, _| {
                        Some(literal_text(expr).is_some_and(|text| text.contains(word)))
                    })
                })
    };
    let loosens = UNGUARDED.iter().any(|word| unguarded(word));
    if loosens && reach.any(target, site.scope, &hit) {
        let message = "the policy that says what agents and components may do is loosened by a component";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
        if let NodeRef::Expr(opened) = site.node {
            for place in super::ways::through(site, opened) {
                sink.report(place, Severity::Low, Confidence::Medium, message);
            }
        }
    }
}

/// Files that say which servers agents use.
const OF_SERVERS: &[&str] =
    &["mcp.json", "mcp_config.json", "claude_desktop_config.json", ".claude.json", "mcp_settings.json"];

/// Whether a server is put into the settings of agents that starts a shell, or into those of all agents that are found,
/// without a question.
fn adds_server(site: &Site<'_, '_>, target: &Expr) -> bool {
    let model = site.file.model;
    let Some(function) = model.function_around(site.scope) else { return false };
    let source = site.file.unit.slice(function.range());
    if !source.contains("mcpServers") {
        return false;
    }
    let found = std::cell::Cell::new(0);
    let mut reach = Reach::new(model);
    reach.any(target, site.scope, &|expr, _| {
        if literal_text(expr).is_some_and(|text| OF_SERVERS.iter().any(|name| text.ends_with(name))) {
            found.set(found.get() + 1);
        }
        Some(false)
    });
    if found.get() == 0 || super::consent::is_wanted(site) {
        return false;
    }
    let shell = model.nodes_of(Kinds::DICT).any(|(_, node)| {
        let NodeRef::Expr(Expr::Dict(dict)) = node.node else { return false };
        let command =
            dict.items.iter().find(|item| item.key.as_ref().and_then(literal_text).is_some_and(|key| key == "command"));
        function.range().contains_range(dict.range())
            && command.and_then(|item| literal_text(&item.value)).is_some_and(|command| {
                let program = command.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
                matches!(
                    &*program,
                    "sh" | "bash" | "zsh" | "cmd" | "cmd.exe" | "powershell" | "powershell.exe" | "curl"
                )
            })
    });
    shell || found.get() > 1
}

/// A program that starts itself again when somebody ends it.
fn respawns(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) {
    let Some(function) = site.file.model.function_around(site.scope) else { return };
    let itself = arguments_of(call).any(|argument| {
        let text = site.file.unit.slice(argument.range());
        text.contains("__file__") || text.contains("sys.argv")
    });
    if !itself || !site.imports("signal") {
        return;
    }
    let handler = site.file.model.nodes.iter().any(|node| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
        let handles = site.file.model.resolve(&call.func, node.scope).as_deref() == Some("signal.signal");
        handles && matches!(call.arguments.args.get(1), Some(Expr::Name(name)) if name.id.as_str() == function.name.as_str())
    });
    let text = &site.file.unit.text;
    // Servers start themselves again on SIGHUP; only who ignores an end does so on SIGTERM.
    if handler && (text.contains("SIGTERM") || text.contains("SIGINT")) {
        let message = "the program starts itself again when somebody ends it";
        sink.report(site.range(), Severity::High, Confidence::High, message);
    }
}

pub(in crate::security::rules) const TOXIC: Rule = Rule {
    id: "toxic-flow",
    title: "what strangers write, what is private and a way out come together",
    aliases: &[],
    category: Category::AgentManipulation,
    cwe: 200,
    severity: Severity::High,
    help: "keep tools that read what strangers write apart from those that read secrets, send, or run commands; or ask a person in between",
    triggers: &[Trigger::File],
    check: toxic,
};

/// What the tools of a component can do together.
#[derive(Default)]
struct Legs {
    /// Whether there are tools; else code that asks a model.
    tools: bool,
    untrusted: Option<TextRange>,
    private: Option<TextRange>,
    out: Option<TextRange>,
    shell: Option<TextRange>,
}

fn toxic(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.test_code {
        return;
    }
    let Some(legs) = legs(&site.file.unit.text, site.file.model) else { return };
    let (place, message) = match legs {
        Legs { untrusted: Some(_), shell: Some(place), tools: true, .. } => {
            (place, "an agent that reads what strangers write can run any command")
        }
        Legs { private: Some(_), out: Some(place), untrusted: Some(_), .. } => {
            (place, "an agent that reads what strangers write can send what is private to anybody")
        }
        Legs { private: Some(place), out: Some(_), tools: true, .. } => {
            (place, "one tool hands out credentials and another sends anything to anybody")
        }
        _ => return,
    };
    sink.report(place, Severity::High, Confidence::High, message);
}

/// What the tools of a file do that is dangerous only together, by its words in [`crate::model::FileJudgement`].
pub(in crate::security) fn tools_of(text: &str, model: &Model<'_>) -> Vec<(&'static str, TextRange)> {
    let Some(legs) = legs(text, model).filter(|legs| legs.tools) else { return Vec::new() };
    let all = [
        (crate::model::READS_STRANGERS, legs.untrusted),
        (crate::model::READS_PRIVATE, legs.private),
        (crate::model::SENDS, legs.out),
        (crate::model::RUNS_COMMANDS, legs.shell),
    ];
    all.into_iter().filter_map(|(word, place)| place.map(|place| (word, place))).collect()
}

/// Looks at what tools, or code that asks a model, do; none where there is neither.
fn legs(text: &str, model: &Model<'_>) -> Option<Legs> {
    if model.asked & (asked::TOOL | asked::MODEL) == 0 {
        return None;
    }
    let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    let asks = ["llm.", ".completions.create", ".messages.create"].into_iter().any(has);
    let may_be = asks || model.asked & asked::TOOL != 0;
    let tools = may_be
        && model.nodes.iter().any(|node| {
            matches!(node.node, NodeRef::Stmt(Stmt::FunctionDef(function)) if is_tool(model, function, node.scope))
        });
    if !(tools || asks) {
        return None;
    }
    let mut legs = Legs { tools, ..Legs::default() };
    for node in &model.nodes {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { continue };
        let Some(function) = model.function_around(node.scope) else { continue };
        if tools && !is_tool(model, function, node.scope) {
            continue;
        }
        leg(model, call, node.scope, function, &mut legs);
    }
    Some(legs)
}

/// Whether a function is what an agent calls: by its decorator, or as the method of a class of tools that runs.
fn is_tool(model: &Model<'_>, function: &ast::StmtFunctionDef, scope: ScopeId) -> bool {
    let runs = matches!(function.name.as_str(), "_run" | "_arun" | "run" | "execute" | "forward" | "call" | "__call__");
    let base = |base: &Expr| match base {
        Expr::Name(name) => name.id.ends_with("Tool"),
        Expr::Attribute(attribute) => attribute.attr.ends_with("Tool"),
        _ => false,
    };
    let of_class = runs && model.class_around(scope).is_some_and(|(_, class)| class.bases().iter().any(base));
    of_class
        || function.decorator_list.iter().any(|decorator| {
            let mut expr = &decorator.expression;
            if let Expr::Call(call) = expr {
                expr = &call.func;
            }
            match expr {
                Expr::Name(name) => {
                    matches!(name.id.as_str(), "tool" | "function_tool" | "ai_function" | "register_tool")
                }
                Expr::Attribute(attribute) => {
                    matches!(attribute.attr.as_str(), "tool" | "function_tool" | "register_tool" | "call_tool")
                }
                _ => false,
            }
        })
}

fn leg(model: &Model<'_>, call: &ast::ExprCall, scope: ScopeId, function: &ast::StmtFunctionDef, legs: &mut Legs) {
    let imports = |module: &str| model.imports.iter().any(|(name, _)| name == module);
    let name = model.resolve(&call.func, scope).unwrap_or_default();
    let last = called_name(call).unwrap_or_default();
    let parameter = |expr: Option<&Expr>| {
        expr.is_some_and(|expr| {
            matches!(expr, Expr::Name(name) if function.parameters.iter().any(|parameter| parameter.name().as_str() == name.id.as_str()))
        })
    };
    let first = call.arguments.args.first();
    let free = first.is_some_and(|first| !model.is_constant(first, scope));
    match &*name {
        "requests.get" | "httpx.get" | "urllib.request.urlopen" | "feedparser.parse" if parameter(first) => {
            legs.untrusted = Some(call.range());
        }
        "requests.post" | "httpx.post" | "requests.put" if free => legs.out = Some(call.range()),
        "subprocess.run"
        | "subprocess.check_output"
        | "subprocess.getoutput"
        | "os.system"
        | "os.popen"
        | "subprocess.Popen"
            if parameter(first) =>
        {
            legs.shell = Some(call.range());
        }
        "builtins.open" => {
            let mut reach = Reach::new(model);
            let private = first.is_some_and(|first| {
                reach.any(first, scope, &|expr, _| {
                    Some(literal_text(expr).is_some_and(|text| {
                        super::theft::STORES.iter().any(|store| text.contains(store))
                            || text.starts_with("~/")
                            || text == ".env"
                    }))
                })
            });
            if private {
                legs.private = Some(call.range());
            }
        }
        "keyring.get_password" => legs.private = Some(call.range()),
        _ if matches!(last, "fetch" | "fetch_mail" | "search_messages") && imports("imaplib") => {
            legs.untrusted = Some(call.range());
        }
        _ if last == "goto" && parameter(first) => legs.untrusted = Some(call.range()),
        _ if matches!(last, "sendmail" | "send_message") && free => legs.out = Some(call.range()),
        _ => {}
    }
}

pub(in crate::security::rules) const PAYLOAD: Rule = Rule {
    id: "pickle-payload",
    title: "a class makes a command of what loads it",
    aliases: &[],
    category: Category::Deserialisation,
    cwe: 502,
    severity: Severity::Critical,
    help: "do not let this code in; it builds a file that attacks whoever loads it",
    triggers: &[Trigger::Function],
    check: |site, sink| {
        let NodeRef::Stmt(Stmt::FunctionDef(function)) = site.node else { return };
        if !matches!(function.name.as_str(), "__reduce__" | "__reduce_ex__") || site.file.test_code {
            return;
        }
        let Some(scope) = site.file.model.scope_of(function) else { return };
        for stmt in &function.body {
            let Stmt::Return(returned) = stmt else { continue };
            let Some(Expr::Tuple(tuple)) = returned.value.as_deref() else { continue };
            let Some(callee) = tuple.elts.first() else { continue };
            let name = site.file.model.resolve(callee, scope).unwrap_or_default();
            let runs = ["os.", "subprocess.", "posix.", "nt."]
                .iter()
                .any(|module| name.starts_with(module) && !name.starts_with("os.path") && !name.contains("DirEntry"))
                || matches!(
                    &*name,
                    "builtins.exec"
                        | "builtins.eval"
                        | "builtins.compile"
                        | "builtins.__import__"
                        | "pty.spawn"
                        | "runpy.run_path"
                );
            if runs {
                let message = format!("whoever loads this pickle calls `{name}`");
                sink.report(returned.range(), Severity::Critical, Confidence::High, message);
            }
        }
    },
};
