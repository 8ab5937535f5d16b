//! What code is able to do, by what it imports and calls, in the words of the policy.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextSize};

use super::python::{Constant, Kinds, Model, NodeRef, ScopeId};
use super::source::SourceUnit;
use crate::model::{Benefit, Category, Confidence, Finding, Severity};

/// More paths than this are not told apart.
const MAX_PATHS: usize = 200;

/// Modules whose import shows a capability: how the name begins, and the word of the policy.
const MODULES: &[(&str, &str)] = &[
    ("aiohttp", "network_access"),
    ("asyncio.streams", "network_access"),
    ("boto3", "network_access"),
    ("ftplib", "network_access"),
    ("http", "network_access"),
    ("httpx", "network_access"),
    ("imaplib", "network_access"),
    ("paramiko", "network_access"),
    ("poplib", "network_access"),
    ("pycurl", "network_access"),
    ("requests", "network_access"),
    ("smtplib", "network_access"),
    ("socket", "network_access"),
    ("socketserver", "network_access"),
    ("telnetlib", "network_access"),
    ("urllib.request", "network_access"),
    ("urllib2", "network_access"),
    ("urllib3", "network_access"),
    ("websocket", "network_access"),
    ("websockets", "network_access"),
    ("xmlrpc", "network_access"),
    ("ctypes", "system_execution"),
    ("multiprocessing", "system_execution"),
    ("pexpect", "system_execution"),
    ("pty", "system_execution"),
    ("subprocess", "system_execution"),
    ("asyncio", "async_execution"),
    ("shutil", "file_write"),
    ("tempfile", "file_write"),
    ("sqlite3", "file_write"),
    ("keyring", "credential_access"),
    ("secretstorage", "credential_access"),
    ("netrc", "credential_access"),
    ("browser_cookie3", "credential_access"),
    ("win32crypt", "credential_access"),
    ("aetherra.memory", "memory_access"),
    ("lyrixa.memory", "memory_access"),
    ("Aetherra.memory", "memory_access"),
    ("Aetherra.lyrixa.memory", "memory_access"),
    ("aetherra.lyrixa.memory", "memory_access"),
];

/// Names of bases and of decorators that make a class a part of the host.
const INTERFACES: &[(&str, &str)] = &[
    ("AgentBase", "agent_interface"),
    ("register_agent", "agent_interface"),
    ("PluginBase", "plugin_interface"),
    ("AetherraPlugin", "plugin_interface"),
    ("register_plugin", "plugin_interface"),
];

/// What code is able to do.
#[derive(Debug, Default)]
pub struct Abilities {
    /// Each capability with the first line that shows it.
    pub shown_at: BTreeMap<&'static str, u32>,
    /// Files that it names where it opens them.
    pub paths: BTreeSet<String>,
}

/// What a module is able to do, by its code and by what was found in it.
///
/// Code that only computes with `eval` is for a person to look at; code that runs what it was sent, or what it
/// hides, can do anything.
pub fn of(unit: &SourceUnit, model: &Model<'_>, findings: &[Finding]) -> Abilities {
    let mut found = Finder { unit, shown_at: BTreeMap::new(), paths: BTreeSet::new() };
    for (name, stmt) in &model.imports {
        for (module, capability) in MODULES {
            // Most begin with another letter.
            if name.as_bytes().first() == module.as_bytes().first()
                && name.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            {
                found.shows(capability, stmt.start());
            }
        }
    }
    let telling = Kinds::CALL | Kinds::SUBSCRIPT | Kinds::CLASS | Kinds::FUNCTION | Kinds::ASSIGN;
    for (_, node) in model.nodes_of(telling) {
        match node.node {
            NodeRef::Expr(Expr::Call(call)) => found.call(model, call, node.scope),
            NodeRef::Expr(Expr::Subscript(subscript))
                if is_environment(&subscript.value) && names_a_secret(model, &subscript.slice, node.scope) =>
            {
                found.shows("credential_access", subscript.start());
            }
            NodeRef::Stmt(Stmt::ClassDef(class)) => {
                let bases = class.bases().iter();
                bases.for_each(|base| found.interface(base));
                class.decorator_list.iter().for_each(|decorator| found.interface(&decorator.expression));
            }
            NodeRef::Stmt(Stmt::FunctionDef(function)) => {
                function.decorator_list.iter().for_each(|decorator| found.interface(&decorator.expression));
            }
            NodeRef::Stmt(Stmt::Assign(assign)) => {
                let is_class = |target: &Expr| matches!(target, Expr::Name(name) if name.id.as_str() == "PLUGIN_CLASS");
                if assign.targets.iter().any(is_class) {
                    found.shows("plugin_interface", assign.start());
                }
            }
            _ => {}
        }
    }
    let mut shown_at: BTreeMap<&'static str, u32> =
        found.shown_at.iter().map(|(capability, at)| (*capability, unit.line_once(*at))).collect();
    let anything = findings.iter().filter(|finding| shows_anything(finding)).map(|finding| finding.line).min();
    if let Some(line) = anything {
        shown_at.insert(ANYTHING, line);
    }
    Abilities { shown_at, paths: found.paths }
}

struct Finder<'u> {
    unit: &'u SourceUnit,
    /// The first place that shows each.
    shown_at: BTreeMap<&'static str, TextSize>,
    paths: BTreeSet<String>,
}

impl Finder<'_> {
    fn shows(&mut self, capability: &'static str, at: TextSize) {
        self.shown_at.entry(capability).and_modify(|first| *first = at.min(*first)).or_insert(at);
    }

    fn interface(&mut self, expr: &Expr) {
        let callee = if let Expr::Call(call) = expr { &*call.func } else { expr };
        let name = match callee {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            _ => return,
        };
        if let Some((_, capability)) = INTERFACES.iter().find(|(known, _)| *known == name) {
            self.shows(capability, expr.start());
        }
    }

    fn call(&mut self, model: &Model<'_>, call: &ruff_python_ast::ExprCall, scope: ScopeId) {
        let at = call.start();
        match &*call.func {
            Expr::Name(name)
                if name.id.as_str() == "open"
                    && model.resolve(&call.func, scope).as_deref() == Some("builtins.open") =>
            {
                self.shows(if writes(call, 1) { "file_write" } else { "file_read" }, at);
                self.path(model, call.arguments.find_argument_value("file", 0), scope);
            }
            Expr::Name(name) if name.id.as_str() == "getenv" => self.environment(model, call, scope),
            Expr::Attribute(attribute) => match attribute.attr.as_str() {
                "read_text" | "read_bytes" => {
                    self.shows("file_read", at);
                    self.path(model, path_of(&attribute.value), scope);
                }
                "write_text" | "write_bytes" | "unlink" | "rmtree" | "makedirs" | "mkdir" => {
                    self.shows("file_write", at);
                    self.path(model, path_of(&attribute.value), scope);
                }
                "open" if writes(call, 0) => {
                    self.shows("file_write", at);
                    self.path(model, path_of(&attribute.value), scope);
                }
                "system" | "popen" | "execv" | "execve" | "execvp" | "spawnv" | "startfile" | "fork"
                    if of_os(model, call, scope) =>
                {
                    self.shows("system_execution", at);
                }
                "setuid" | "setgid" | "seteuid" | "setegid" | "setresuid" | "chroot" if of_os(model, call, scope) => {
                    // A server that becomes somebody else gives rights away; only to become root is to take them.
                    // One that may be root takes the rights up again around what needs them; it starts no shell with them.
                    let shell = ["/bin/sh", "/bin/bash", "pty.spawn"].iter().any(|word| self.unit.text.contains(word));
                    let root = call.arguments.args.iter().any(is_zero)
                        && attribute.attr.as_str() != "chroot"
                        && shell
                        && !gives_back(model, scope);
                    self.shows(if root { "privilege_escalation" } else { "system_execution" }, at);
                }
                "getenv" => self.environment(model, call, scope),
                "get" if is_environment(&attribute.value) => self.environment(model, call, scope),
                _ => {}
            },
            _ => {}
        }
    }

    /// A read of the environment, when the variable is a secret by its name.
    fn environment(&mut self, model: &Model<'_>, call: &ruff_python_ast::ExprCall, scope: ScopeId) {
        if call.arguments.find_argument_value("key", 0).is_some_and(|key| names_a_secret(model, key, scope)) {
            self.shows("credential_access", call.start());
        }
    }

    fn path(&mut self, model: &Model<'_>, expr: Option<&Expr>, scope: ScopeId) {
        if let Some(Constant::Str(path)) = expr.and_then(|expr| model.constant(expr, scope))
            && self.paths.len() < MAX_PATHS
        {
            self.paths.insert(path.into_owned());
        }
    }
}

/// The path of `Path("…")`.
fn path_of(expr: &Expr) -> Option<&Expr> {
    let Expr::Call(call) = expr else { return None };
    let is_path = super::rules::called_name(call).is_some_and(|name| matches!(name, "Path" | "PurePath"));
    if is_path && call.arguments.args.len() == 1 { call.arguments.args.first() } else { None }
}

/// Whether this is `os.environ`.
fn is_environment(expr: &Expr) -> bool {
    match expr {
        Expr::Attribute(attribute) => attribute.attr.as_str() == "environ",
        Expr::Name(name) => name.id.as_str() == "environ",
        _ => false,
    }
}

/// Whether a name of a variable says that it holds a secret.
fn names_a_secret(model: &Model<'_>, key: &Expr, scope: ScopeId) -> bool {
    let Some(Constant::Str(name)) = model.constant(key, scope) else { return false };
    let name = name.to_ascii_uppercase();
    ["SECRET", "TOKEN", "PASSWORD", "PASSWD", "API_KEY", "APIKEY", "CREDENTIAL", "PRIVATE_KEY", "ACCESS_KEY"]
        .iter()
        .any(|word| name.contains(word))
}

/// What the statements at the top of a module add for others to use.
pub fn benefit(body: &[Stmt]) -> Benefit {
    let mut benefit = Benefit::default();
    for stmt in body {
        let (name, body) = match stmt {
            Stmt::FunctionDef(function) => (function.name.as_str(), &function.body),
            Stmt::ClassDef(class) => (class.name.as_str(), &class.body),
            _ => continue,
        };
        if name.starts_with('_') {
            continue;
        }
        benefit.public_items = benefit.public_items.saturating_add(1);
        let is_text = |stmt: &Stmt| matches!(stmt, Stmt::Expr(expr) if matches!(&*expr.value, Expr::StringLiteral(_)));
        benefit.documented_items += u32::from(body.first().is_some_and(is_text));
    }
    benefit
}

/// The capability of code that does what it is told while it runs.
pub const ANYTHING: &str = "arbitrary_code_execution";

/// Whether a finding shows that code can do anything. What is dangerous to load is a flaw; what is decoded, fetched
/// or taken from a request, and run, is no longer under anybody's control.
pub fn shows_anything(finding: &Finding) -> bool {
    match finding.category {
        Category::CodeExecution | Category::Deserialisation => finding.severity >= Severity::Critical,
        Category::Obfuscation => {
            finding.severity >= Severity::Critical
                && matches!(finding.cwe, 494 | 506)
                && finding.confidence > Confidence::Low
        }
        _ => false,
    }
}

fn is_zero(expr: &Expr) -> bool {
    matches!(expr, Expr::NumberLiteral(number) if number.value.as_int().is_some_and(|int| int.as_u8() == Some(0)))
}

/// Whether the function that takes the rights of root for a moment gives them back at its end: it sets the
/// effective user to one that it looked up or remembered.
fn gives_back(model: &Model<'_>, scope: ScopeId) -> bool {
    let Some(around) = model.function_around(scope) else { return false };
    let sets = |stmt: &Stmt| {
        let Stmt::Expr(statement) = stmt else { return None };
        let Expr::Call(call) = &*statement.value else { return None };
        matches!(super::rules::called_name(call), Some("seteuid" | "setresuid"))
            .then(|| call.arguments.args.iter().all(|argument| matches!(argument, Expr::Name(_) | Expr::Attribute(_))))
    };
    let last = match around.body.as_slice() {
        [.., Stmt::Try(last)] => &last.finalbody,
        [.., Stmt::Try(last), Stmt::Return(_)] => &last.finalbody,
        body => body,
    };
    last.iter().rev().find_map(sets) == Some(true)
}

/// Whether a function of `os` is called.
fn of_os(model: &Model<'_>, call: &ruff_python_ast::ExprCall, scope: ScopeId) -> bool {
    model.resolve(&call.func, scope).is_some_and(|name| name.starts_with("os."))
}

/// Whether the mode of an `open` writes.
fn writes(call: &ruff_python_ast::ExprCall, position: usize) -> bool {
    match call.arguments.find_argument_value("mode", position) {
        Some(Expr::StringLiteral(mode)) => mode.value.to_str().contains(['w', 'a', 'x', '+']),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Digest;
    use crate::security::analyse::{InlineSuppressions, analyse};
    use crate::security::rules::RuleSet;

    #[test]
    fn every_way_to_read_a_secret_of_the_environment_is_seen() {
        let judge = |code: &str| {
            let text = format!("import os\nfrom os import environ, getenv\n{code}\n");
            let digest = Digest::of(text.as_bytes());
            analyse("app/x.py", text.as_bytes(), digest, &RuleSet::standard(), InlineSuppressions::Obeyed)
        };
        for code in
            ["os.environ['API_TOKEN']", "environ['DB_PASSWORD']", "os.environ.get('API_KEY')", "getenv('SECRET')"]
        {
            assert!(judge(code).capabilities.contains("credential_access"), "{code}");
        }
        assert!(!judge("os.environ['HOME']").capabilities.contains("credential_access"));
        let hosts = judge("send(b'GET http://collector.example/ HTTP/1.1')").hosts;
        assert!(hosts.contains("collector.example"), "{hosts:?}");
    }
}
