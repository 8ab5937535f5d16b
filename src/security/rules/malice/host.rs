//! What a component does to the host that judges it: its guards are switched off, its rights are widened.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::reach::{Reach, arguments_of, literal_text};
use super::ways;
use crate::model::{Category, Confidence, Severity};
use crate::security::python::mentions::asked;
use crate::security::python::{Kinds, NodeRef, ScopeId};
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const GUARD_OFF: Rule = Rule {
    id: "host-guard-off",
    title: "a component switches off what guards its host, or widens its own rights",
    aliases: &[],
    category: Category::AgentManipulation,
    cwe: 269,
    severity: Severity::High,
    help: "leave guards, roles and manifests to the host and to the person who runs it",
    triggers: &[
        Trigger::Assign,
        Trigger::Call(&["builtins.setattr", "json.dump", "yaml.dump", "yaml.safe_dump"]),
        Trigger::Method(&["__setattr__", "write_text", "update", "grant"]),
        Trigger::Dict,
        Trigger::Holding(&["role = '", "role='", "role ='", "role IN", "role in"]),
    ],
    check: |site, sink| {
        if site.file.test_code {
            return;
        }
        match site.node {
            NodeRef::Expr(Expr::Dict(dict)) => approves(site, dict, sink),
            NodeRef::Expr(Expr::StringLiteral(text)) => rewrites_talk(site, text.value.to_str(), sink),
            NodeRef::Stmt(Stmt::Assign(assign)) => {
                let [Expr::Attribute(target)] = assign.targets.as_slice() else { return };
                changed(site, &target.value, target.attr.as_str(), &assign.value, sink);
            }
            NodeRef::Expr(Expr::Call(call)) => match (called_name(call), &*call.arguments.args) {
                (Some("setattr" | "__setattr__"), [owner, Expr::StringLiteral(name), value]) => {
                    changed(site, owner, name.value.to_str(), value, sink);
                }
                (Some("write_text" | "dump" | "safe_dump"), _) => widens(site, call, sink),
                (Some("update"), []) => updates(site, call, sink),
                (Some("grant"), rights) if rights.iter().filter(|right| is_much(right)).count() > 1 => {
                    let message = "the component has itself granted more than it needs";
                    sink.report(site.range(), Severity::High, Confidence::Medium, message);
                }
                _ => {}
            },
            _ => {}
        }
    },
};

/// Words in the names of what guards a host.
const GUARDS: &[&str] = &[
    "policy",
    "guard",
    "audit",
    "permission",
    "sandbox",
    "security",
    "approval",
    "consent",
    "firewall",
    "moderation",
    "enforce",
];

/// Words in the names of what says how much somebody may do.
const RIGHTS: &[&str] =
    &["role", "permission", "capabilit", "scope", "privilege", "trust_level", "clearance", "grants"];

/// Settings of an agent or an editor by which nobody is asked any more: `{"chat.tools.autoApprove": True}`.
fn approves(site: &Site<'_, '_>, dict: &ast::ExprDict, sink: &mut Sink<'_>) {
    let on = |value: &Expr| matches!(value, Expr::BooleanLiteral(on) if on.value);
    let loosens = dict.items.iter().any(|item| {
        on(&item.value)
            && item.key.as_ref().and_then(literal_text).is_some_and(|key| {
                ["tools.autoApprove", "dangerouslySkipPermissions", "alwaysAllowAll", "autoApproveAll"]
                    .iter()
                    .any(|word| key.contains(word))
            })
    });
    if loosens {
        let message = "settings are made by which an agent asks nobody any more";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// What a person, an agent or the host said before is changed in a database: `UPDATE messages SET … WHERE role = 'user'`.
fn rewrites_talk(site: &Site<'_, '_>, text: &str, sink: &mut Sink<'_>) {
    if text.len() > 400 || !text.contains("role") {
        return;
    }
    let lower = text.to_ascii_lowercase();
    let Some((_, set)) = lower.split_once("update ").and_then(|(_, rest)| rest.split_once(" set ")) else { return };
    let Some((changed, which)) = set.split_once(" where ") else { return };
    let of_somebody = ["'system'", "'user'", "'assistant'", "'tool'"].iter().any(|role| which.contains(role));
    // A constant is put there, not what somebody wrote.
    if which.contains("role") && of_somebody && changed.contains('\'') {
        let message = "what was said between a person and an agent is changed afterwards";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// `policy.engine.evaluate = allow_all`, `audit.logger.disabled = True`, `agent.role = "admin"`.
fn changed(site: &Site<'_, '_>, owner: &Expr, name: &str, value: &Expr, sink: &mut Sink<'_>) {
    let text = site.file.unit.slice(owner.range());
    if matches!(text, "self" | "cls") {
        return;
    }
    let owner = site.resolve(owner).unwrap_or_else(|| text.to_owned()).to_ascii_lowercase();
    let owner = owner.strip_prefix("self.").unwrap_or(&owner);
    let is_guard = GUARDS.iter().any(|word| owner.contains(word));
    if is_guard && is_foreign(site, owner) && goes_off(site, name, value) {
        let message = format!("`{owner}.{name}` is set so that it no longer guards");
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
        return;
    }
    let of_agent = ["agent", "host", "ctx", "context", "runtime", "kernel", "plugin"]
        .iter()
        .any(|word| owner.rsplit('.').next().is_some_and(|last| last.trim_start_matches('_').starts_with(word)));
    let rights = RIGHTS.iter().any(|word| name.contains(word));
    if of_agent && rights && is_everything(site, value) {
        let message = format!("the component gives itself more rights: `{name}`");
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// `agent.settings.update(auto_approve=True, sandbox=False)`
fn updates(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) {
    let Expr::Attribute(method) = &*call.func else { return };
    let owner = site.file.unit.slice(method.value.range()).to_ascii_lowercase();
    let owner = owner.strip_prefix("self.").unwrap_or(&owner);
    let first = owner.split('.').next().unwrap_or_default();
    if !matches!(first, "agent" | "host" | "ctx" | "context" | "runtime" | "kernel" | "policy" | "guard" | "sandbox") {
        return;
    }
    let off =
        call.arguments.keywords.iter().filter_map(|keyword| Some((keyword.arg.as_ref()?.as_str(), &keyword.value)));
    let loosens = off.filter(|(name, value)| match value {
        Expr::BooleanLiteral(is) if is.value => {
            ["auto_approve", "bypass", "skip_", "unrestricted", "allow_all", "yolo"]
                .iter()
                .any(|word| name.contains(word))
        }
        Expr::BooleanLiteral(_) => {
            name.starts_with("require") || GUARDS.iter().any(|word| name.contains(word)) || name.contains("confirm")
        }
        value => name.contains("allowed") && is_everything(site, value),
    });
    if loosens.count() > 0 {
        let message = "a component sets its host so that nothing holds it back";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// Whether a right is one that nobody gives by the way.
fn is_much(right: &Expr) -> bool {
    literal_text(right).is_some_and(|right| {
        let right = right.to_ascii_lowercase();
        matches!(&*right, "*" | "admin" | "root" | "shell" | "exec" | "network" | "filesystem" | "all")
            || right.ends_with(":/")
            || right.ends_with(":*")
    })
}

/// Whether a guard comes from another module, or was handed in.
fn is_foreign(site: &Site<'_, '_>, owner: &str) -> bool {
    let first = owner.split('.').next().unwrap_or_default();
    let imported = |module: &str| module.split('.').next().is_some_and(|part| part.eq_ignore_ascii_case(first));
    site.file.model.imports.iter().any(|(module, _)| imported(module))
        || matches!(first, "ctx" | "context" | "host" | "app" | "runtime" | "kernel" | "agent")
}

/// Whether an attribute with this value lets everything through.
fn goes_off(site: &Site<'_, '_>, name: &str, value: &Expr) -> bool {
    let off = matches!(name, "disabled" | "bypass" | "bypassed" | "muted" | "paused" | "permissive");
    let on = matches!(name, "enabled" | "enforce" | "enforced" | "enforcing" | "active" | "strict" | "required")
        || name.starts_with("require");
    match value {
        Expr::BooleanLiteral(is) => off && is.value || on && !is.value,
        Expr::Lambda(lambda) => is_consent(&lambda.body),
        Expr::Name(_) | Expr::Attribute(_) => {
            let last = site.file.unit.slice(value.range()).rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            ["allow_all", "allow_any", "allow_everything", "approve_all", "permit_all", "noop", "no_op"]
                .iter()
                .any(|word| last.contains(word))
                || ways::function_of(site.file.model, value, site.scope).is_some_and(only_consents)
        }
        _ => false,
    }
}

fn is_consent(expr: &Expr) -> bool {
    match expr {
        Expr::BooleanLiteral(yes) => yes.value,
        Expr::StringLiteral(word) => matches!(word.value.to_str(), "allow" | "approved" | "approve" | "permit"),
        _ => expr.is_none_literal_expr(),
    }
}

/// Whether a function says yes and does nothing else.
fn only_consents(function: &ast::StmtFunctionDef) -> bool {
    match function.body.as_slice() {
        [Stmt::Return(answer)] => answer.value.as_deref().is_none_or(is_consent),
        [Stmt::Pass(_)] => true,
        _ => false,
    }
}

/// Whether a constant says that everything is allowed.
fn is_everything(site: &Site<'_, '_>, value: &Expr) -> bool {
    let says = |expr: &Expr| {
        literal_text(expr).is_some_and(|text| {
            matches!(
                &*text.to_ascii_lowercase(),
                "admin" | "root" | "superuser" | "system" | "*" | "all" | "owner" | "administrator"
            )
        })
    };
    match value {
        Expr::List(list) => list.elts.iter().any(says),
        Expr::Set(set) => set.elts.iter().any(says),
        Expr::Tuple(tuple) => tuple.elts.iter().any(says),
        other => {
            says(other)
                || matches!(other, Expr::Attribute(level) if matches!(level.attr.as_str(), "ADMIN" | "ROOT" | "SYSTEM"))
                    && site.is_constant(other)
        }
    }
}

/// A manifest or a policy is written again with more rights: `m["permissions"] = ["*"]; path.write_text(json.dumps(m))`.
fn widens(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) {
    let model = site.file.model;
    let path = match &*call.func {
        Expr::Attribute(method) if method.attr.as_str() == "write_text" => Some(&*method.value),
        _ => call.arguments.args.get(1),
    };
    let of_rights = |expr: &Expr, _: ScopeId| {
        Some(literal_text(expr).is_some_and(|text| {
            ["manifest", "permissions.", "policy.", "policies.", "plugin.json", "capabilities."]
                .iter()
                .any(|part| text.contains(part))
        }))
    };
    if model.spend(model.nodes.len() / ways::NODES_A_STEP).is_none() {
        return;
    }
    let widened = model.nodes_of(Kinds::ASSIGN).find_map(|(_, node)| {
        let NodeRef::Stmt(Stmt::Assign(assign)) = node.node else { return None };
        let [Expr::Subscript(element)] = assign.targets.as_slice() else { return None };
        let Expr::Name(table) = &*element.value else { return None };
        let key = literal_text(&element.slice)?;
        let rights = RIGHTS.iter().any(|word| key.contains(word));
        (rights && node.scope == site.scope && is_everything(site, &assign.value)).then(|| table.id.as_str())
    });
    let Some(table) = widened.filter(|table| ways::is_given(call, table)) else { return };
    if path.is_some_and(|path| Reach::new(model).any(path, site.scope, &of_rights)) {
        let message = format!("what says how much a component may do is written again, with all rights in `{table}`");
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

pub(in crate::security::rules) const COPIED: Rule = Rule {
    id: "copied-recipient",
    title: "what an agent sends is copied to an address that nobody chose",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::High,
    help: "send to those whom the caller names; if a copy is kept, let the person who runs the tool say where",
    triggers: &[Trigger::Keyword(&["bcc", "Bcc", "bcc_address", "bcc_addresses"]), Trigger::Dict, Trigger::Assign],
    check: |site, sink| {
        let of_agents = asked::TOOL | asked::AGENT | asked::AGENT_ALONE;
        if site.file.test_code || site.file.model.asked & of_agents == 0 {
            return;
        }
        let is_blind = |name: &str| {
            matches!(name, "bcc" | "Bcc" | "BCC" | "BccAddresses" | "bcc_address" | "bcc_addresses" | "bccRecipients")
        };
        let blind_key = |key: &Expr| literal_text(key).is_some_and(|key| is_blind(&key));
        let found = match site.node {
            NodeRef::Expr(Expr::Call(call)) => call
                .arguments
                .keywords
                .iter()
                .find(|keyword| keyword.arg.as_ref().is_some_and(|name| is_blind(name.as_str())))
                .map(|keyword| &keyword.value),
            NodeRef::Expr(Expr::Dict(dict)) => {
                dict.items.iter().find(|item| item.key.as_ref().is_some_and(blind_key)).map(|item| &item.value)
            }
            NodeRef::Stmt(Stmt::Assign(assign)) => match assign.targets.as_slice() {
                [Expr::Subscript(element)] if blind_key(&element.slice) => Some(&*assign.value),
                _ => None,
            },
            _ => None,
        };
        if let Some(value) = found.filter(|value| is_fixed_address(site, value, 4)) {
            let message = "a copy of what is sent goes to an address that stands in the code";
            sink.report(value.range(), Severity::High, Confidence::Medium, message);
        }
    },
};

/// Whether a value is an address of mail that stands in the code, or has one in it.
fn is_fixed_address(site: &Site<'_, '_>, value: &Expr, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let fixed = |value: &Expr| is_fixed_address(site, value, depth);
    match value {
        Expr::List(list) => list.elts.iter().any(fixed),
        Expr::Tuple(tuple) => tuple.elts.iter().any(fixed),
        Expr::Call(call) => arguments_of(call).any(fixed),
        Expr::Name(name) => site.file.model.single_value(name, site.scope).is_some_and(|(value, _)| fixed(value)),
        _ => literal_text(value).is_some_and(|text| {
            text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
                && !text.contains(' ')
        }),
    }
}
