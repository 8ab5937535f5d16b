//! What code is able to do, by what it imports and calls, in the words of the policy.

use std::collections::BTreeSet;

use ruff_python_ast::Expr;

use super::python::{Model, NodeRef, ScopeId};
use crate::model::{Category, Finding, Severity};

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
];

/// The capabilities that a module shows, by its code and by what was found in it.
///
/// Code that only computes with `eval` is for a person to look at; code that runs what it was sent, or what it
/// hides, can do anything.
pub fn of(model: &Model<'_>, findings: &[Finding]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, _) in &model.imports {
        for (module, capability) in MODULES {
            if name.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
                found.insert(*capability);
            }
        }
    }
    for node in &model.nodes {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { continue };
        match &*call.func {
            Expr::Name(name) => match name.id.as_str() {
                "open" if model.resolve(&call.func, node.scope).as_deref() == Some("builtins.open") => {
                    found.insert(if writes(call, 1) { "file_write" } else { "file_read" });
                }
                _ => {}
            },
            Expr::Attribute(attribute) => match attribute.attr.as_str() {
                "read_text" | "read_bytes" => {
                    found.insert("file_read");
                }
                "write_text" | "write_bytes" | "unlink" | "rmtree" | "makedirs" | "mkdir" => {
                    found.insert("file_write");
                }
                "open" if writes(call, 0) => {
                    found.insert("file_write");
                }
                "system" | "popen" | "execv" | "execve" | "execvp" | "spawnv" | "startfile" | "fork"
                    if of_os(model, call, node.scope) =>
                {
                    found.insert("system_execution");
                }
                "setuid" | "setgid" | "seteuid" | "setegid" | "setresuid" | "chroot"
                    if of_os(model, call, node.scope) =>
                {
                    found.insert("privilege_escalation");
                }
                _ => {}
            },
            _ => {}
        }
    }
    if findings.iter().any(shows_anything) {
        found.insert(ANYTHING);
    }
    found.into_iter().map(str::to_owned).collect()
}

/// The capability of code that does what it is told while it runs.
pub const ANYTHING: &str = "arbitrary_code_execution";

/// Whether a finding shows that code can do anything.
pub fn shows_anything(finding: &Finding) -> bool {
    finding.severity >= Severity::High
        && matches!(finding.category, Category::CodeExecution | Category::Obfuscation | Category::Deserialisation)
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
