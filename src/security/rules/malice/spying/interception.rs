//! Functions of other modules that are replaced by ones that keep or send what they are given.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::super::channel;
use super::super::reach::arguments_of;
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{BindingKind, Model, NodeRef};
use crate::security::rules::{Rule, Sink, Site, Trigger};

pub(in crate::security::rules) const INTERCEPTION: Rule = Rule {
    id: "call-interception",
    title: "a function of another module is replaced by one that sends what it is given",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; wrap such a function where it is called, and send nothing",
    triggers: &[Trigger::Assign, Trigger::Function],
    check: intercepts,
};

/// Functions that are told secrets, by the last two parts of their names.
const TOLD_SECRETS: &[&str] = &[
    "getpass.getpass",
    "builtins.input",
    "keyring.set_password",
    "keyring.get_password",
    "SMTP.login",
    "FTP.login",
    "SSHClient.connect",
    "auth.authenticate",
    "psycopg2.connect",
    "pymysql.connect",
];

/// Functions that carry secrets in a part of what they are given.
const CARRY_SECRETS: &[&str] = &[
    "Session.send",
    "Session.request",
    "requests.post",
    "requests.request",
    "requests.get",
    "request.urlopen",
    "HTTPConnection.request",
    "HTTPSConnection.request",
    "AsyncClient.request",
    "Client.request",
];

fn intercepts(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.test_code {
        return;
    }
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => replaced(site, assign, sink),
        NodeRef::Stmt(Stmt::FunctionDef(function)) => stands_in(site, function, sink),
        _ => {}
    }
}

/// `module.function = mine`, `module.function = make(module.function)`.
fn replaced(site: &Site<'_, '_>, assign: &ast::StmtAssign, sink: &mut Sink<'_>) {
    let [Expr::Attribute(target)] = assign.targets.as_slice() else { return };
    if site.file.model.receiver_class(&target.value, site.scope).is_some() {
        return;
    }
    let Some(replacement) = replacement(site, &assign.value) else { return };
    // The owner must come from elsewhere.
    let Some(owner) = site.resolve(&target.value) else { return };
    let name = format!("{owner}.{}", target.attr);
    if let Some(place) = channel::sends(site, replacement) {
        let message = format!("`{name}` is replaced, and what it is given is sent away");
        sink.report(place, Severity::Critical, Confidence::Medium, message);
        return;
    }
    let is = |known: &&&str| name == **known || name.ends_with(&format!(".{known}"));
    let told = TOLD_SECRETS.iter().find(is).is_some();
    if !told && CARRY_SECRETS.iter().find(is).is_none() {
        return;
    }
    let source = site.file.unit.slice(replacement.range());
    let looks = ["uthorization", "passw", "Cookie", "oken"].iter().any(|word| source.contains(word));
    if !told && !looks {
        return;
    }
    let Some(place) = handed_on(replacement, told) else { return };
    let severity = if told { Severity::High } else { Severity::Medium };
    let message = format!("`{name}` is replaced, and what it is told is kept");
    sink.report(assign.range(), severity, Confidence::Medium, message.clone());
    sink.report(place, severity, Confidence::Medium, message);
}

/// The function of this file that takes the place: itself, or the one that a function of this file makes and gives
/// back.
fn replacement<'a>(site: &Site<'_, 'a>, value: &Expr) -> Option<&'a ast::StmtFunctionDef> {
    let named = |name: &ast::ExprName| {
        let binding = site.file.model.lookup(name.id.as_str(), site.scope, name.start())?;
        match binding.kind {
            BindingKind::Function(function) => Some(function),
            _ => None,
        }
    };
    match value {
        Expr::Name(name) => named(name),
        Expr::Call(call) => {
            let Expr::Name(maker) = &*call.func else { return None };
            let maker = named(maker)?;
            let given_back = maker.body.iter().rev().find_map(|stmt| match stmt {
                Stmt::Return(given) => given.value.as_deref()?.as_name_expr(),
                _ => None,
            })?;
            maker.body.iter().find_map(|stmt| match stmt {
                Stmt::FunctionDef(inner) if inner.name.as_str() == given_back.id.as_str() => Some(inner),
                _ => None,
            })
        }
        _ => None,
    }
}

/// Where a replacement hands on what it got: the answer of the function that it stands for, or (of a request) its
/// headers and its body.
fn handed_on(function: &ast::StmtFunctionDef, answer: bool) -> Option<TextRange> {
    struct Handing<'f> {
        function: &'f ast::StmtFunctionDef,
        answer: bool,
        /// Names that hold it.
        told: Vec<&'f str>,
        place: Option<TextRange>,
    }
    impl<'f> Visitor<'f> for Handing<'f> {
        fn visit_stmt(&mut self, stmt: &'f Stmt) {
            // `answer = original(…)`, `token = request.headers.get("Authorization")`
            if let Stmt::Assign(assign) = stmt
                && let [Expr::Name(target)] = assign.targets.as_slice()
                && if self.answer { assign.value.is_call_expr() } else { self.is_taken(&assign.value) }
            {
                self.told.push(target.id.as_str());
            }
            visitor::walk_stmt(self, stmt);
        }

        fn visit_expr(&mut self, expr: &'f Expr) {
            if let Expr::Call(call) = expr
                && self.place.is_none()
                && !is_plain(&call.func)
                && arguments_of(call).any(|argument| self.is_told(argument))
            {
                self.place = Some(call.range());
            }
            visitor::walk_expr(self, expr);
        }
    }
    impl Handing<'_> {
        /// `request.headers["Cookie"]`, `request.headers.get("Cookie")`.
        fn is_taken(&self, expr: &Expr) -> bool {
            match expr {
                Expr::Subscript(element) => is_part(&element.value),
                Expr::Call(call) => match &*call.func {
                    Expr::Attribute(method) => method.attr.as_str() == "get" && is_part(&method.value),
                    _ => false,
                },
                _ => is_part(expr),
            }
        }

        fn is_told(&self, expr: &Expr) -> bool {
            match expr {
                Expr::Name(name) => self.told.contains(&name.id.as_str()),
                Expr::Attribute(_) => !self.answer && is_part(expr),
                Expr::BoolOp(either) => either.values.iter().any(|value| self.is_told(value)),
                Expr::Call(call) => call.func.is_name_expr() && arguments_of(call).any(|inner| self.is_told(inner)),
                Expr::FString(text) => text
                    .value
                    .elements()
                    .filter_map(|element| element.as_interpolation())
                    .any(|part| self.is_told(&part.expression)),
                _ => false,
            }
        }
    }
    let mut handing = Handing { function, answer, told: Vec::new(), place: None };
    for stmt in &handing.function.body {
        handing.visit_stmt(stmt);
    }
    handing.place
}

/// A part of a request that may hold a secret.
fn is_part(expr: &Expr) -> bool {
    let Expr::Attribute(part) = expr else { return false };
    matches!(part.attr.as_str(), "headers" | "body" | "data" | "content") && part.value.is_name_expr()
}

/// Functions that only look at what they are given.
fn is_plain(function: &Expr) -> bool {
    let Expr::Name(name) = function else { return false };
    matches!(name.id.as_str(), "str" | "len" | "bool" | "repr" | "isinstance" | "print" | "int" | "type" | "bytes")
}

/// Modules that files of a project have no reason to be called like.
const SHADOWED: &[&str] = &[
    "json",
    "re",
    "os",
    "random",
    "logging",
    "hashlib",
    "hmac",
    "ssl",
    "socket",
    "base64",
    "getpass",
    "pickle",
    "subprocess",
    "urllib",
    "secrets",
    "datetime",
    "requests",
    "csv",
    "typing",
    "argparse",
    "yaml",
    "numpy",
];

/// A file that is called like a module of the standard library, loads the real one, and sends what it is given.
fn stands_in(site: &Site<'_, '_>, function: &ast::StmtFunctionDef, sink: &mut Sink<'_>) {
    let path = site.file.unit.path.as_str();
    let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".py")).unwrap_or_default();
    if !SHADOWED.contains(&stem) || site.scope != Model::MODULE {
        return;
    }
    let text = &site.file.unit.text;
    let loads =
        ["find_spec", "PathFinder", "spec_from_file_location", "sys.path"].iter().any(|word| text.contains(word));
    if loads && let Some(place) = channel::sends(site, function) {
        let message = format!("this file stands in for the module `{stem}` and sends what it is given");
        sink.report(place, Severity::Critical, Confidence::Medium, message);
    }
}
