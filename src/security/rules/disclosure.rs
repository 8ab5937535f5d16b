//! What is told to people who should not know it: secrets in logs, errors in answers, whole scopes in pages.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

use super::words::{fields, words};
use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;

pub(super) const LOGGED: Rule = Rule {
    id: "secret-logged",
    title: "a password or a token is written to a log",
    aliases: &[],
    category: Category::Secrets,
    cwe: 532,
    severity: Severity::Low,
    help: "leave it out, or log who it belongs to",
    triggers: &[
        Trigger::Method(&["debug", "info", "warning", "warn", "error", "critical", "exception", "log"]),
        Trigger::Call(&["builtins.print"]),
    ],
    check: logged,
};

pub(super) const ERROR_SHOWN: Rule = Rule {
    id: "error-details-shown",
    title: "clients are told the text of an internal error",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 209,
    severity: Severity::Low,
    help: "log the error, and answer with a text of your own",
    triggers: &[Trigger::Handler, Trigger::Function],
    check: error_shown,
};

pub(super) const SCOPE_SHOWN: Rule = Rule {
    id: "whole-scope-in-template",
    title: "a template is given every variable there is",
    aliases: &[],
    category: Category::Injection,
    cwe: 497,
    severity: Severity::Low,
    help: "name what the template may see",
    triggers: &[Trigger::Call(&["builtins.locals", "builtins.globals"])],
    check: |site, sink| {
        let renders = site
            .ancestors()
            .take(3)
            .find_map(|node| match node.node {
                NodeRef::Expr(Expr::Call(call)) => called_name(call),
                _ => None,
            })
            .is_some_and(|name| {
                name == "render"
                    || name.starts_with("render_t")
                    || matches!(name, "Context" | "TemplateResponse" | "template")
            });
        if renders && !site.file.test_code {
            sink.report(site.range(), Severity::Low, Confidence::Medium, "whoever writes the template sees it all");
        }
    },
};

/// Names whose value is a secret itself.
fn is_secret_name(name: &str) -> bool {
    let parts: Vec<String> = words(name).collect();
    let Some(last) = parts.last() else { return false };
    let two = || parts.iter().rev().nth(1).map(String::as_str);
    match last.as_str() {
        "password" | "passwd" | "pwd" | "passphrase" | "passcode" | "secret" | "apikey" | "credentials" | "pin"
        | "cvv" | "ssn" | "otp" => !matches!(two(), Some("no" | "has" | "is" | "need" | "needs" | "use" | "missing")),
        "token" => matches!(
            two(),
            None | Some("access" | "refresh" | "api" | "auth" | "bearer" | "session" | "id" | "jwt" | "csrf" | "reset")
                | Some("user" | "secret" | "github" | "slack" | "oauth")
        ),
        "key" => matches!(two(), Some("api" | "secret" | "private" | "access" | "encryption" | "signing")),
        _ => false,
    }
}

/// Whether a value shows a secret: a name of one, an attribute, an element, or text with one in it.
fn shows_secret(expr: &Expr, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match expr {
        Expr::Name(name) => is_secret_name(name.id.as_str()),
        Expr::Attribute(attribute) => is_secret_name(attribute.attr.as_str()),
        Expr::Subscript(subscript) => match &*subscript.slice {
            Expr::StringLiteral(key) => is_secret_name(key.value.to_str()),
            _ => false,
        },
        Expr::BinOp(binary) => shows_secret(&binary.left, depth) || shows_secret(&binary.right, depth),
        Expr::Tuple(tuple) => tuple.elts.iter().any(|element| shows_secret(element, depth)),
        Expr::FString(string) => {
            let mut found = false;
            fields(string, |field| found |= shows_secret(field, depth));
            found
        }
        Expr::Call(call) => match called_name(call) {
            Some("str" | "repr" | "decode" | "format" | "strip" | "encode") => {
                let receiver = match &*call.func {
                    Expr::Attribute(method) => shows_secret(&method.value, depth),
                    _ => false,
                };
                receiver || call.arguments.args.iter().any(|argument| shows_secret(argument, depth))
            }
            Some("get" | "getenv") => match call.arguments.args.first() {
                Some(Expr::StringLiteral(key)) => is_secret_name(key.value.to_str()),
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

fn logged(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    if site.file.test_code || call.arguments.args.is_empty() {
        return;
    }
    if let Expr::Attribute(method) = &*call.func {
        let owner = match &*method.value {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            Expr::Call(inner) => called_name(inner).unwrap_or(""),
            _ => "",
        };
        if !owner.to_ascii_lowercase().contains("log") {
            return;
        }
    }
    // What structured logs are given by name is written as well.
    let named = call.arguments.keywords.iter().filter(|keyword| {
        keyword.arg.as_ref().is_some_and(|name| !matches!(name.as_str(), "extra" | "exc_info" | "file" | "sep" | "end"))
    });
    let mut values = call.arguments.args.iter().chain(named.map(|keyword| &keyword.value));
    let shown = values.any(|argument| shows_secret(argument, 8));
    if shown && (!only_parses(call) || speaks_of_secrets(site, call)) {
        let what = "whoever can read the log can use it";
        sink.report(site.range(), Severity::Low, Confidence::Medium, what);
    }
}

/// Whether the one secret is called `token` and no more: parsers have tokens as well.
fn only_parses(call: &ast::ExprCall) -> bool {
    let values = call.arguments.args.iter().chain(call.arguments.keywords.iter().map(|keyword| &keyword.value));
    let names = values.flat_map(super::words::names_of);
    names.filter(|name| is_secret_name(name)).all(|name| matches!(name.as_str(), "token" | "credentials"))
}

/// Whether the constant part of a message names what is secret.
fn speaks_of_secrets(site: &Site<'_, '_>, call: &ast::ExprCall) -> bool {
    let Some(first) = call.arguments.args.first() else { return false };
    let text =
        site.text(first).map(std::borrow::Cow::into_owned).or_else(|| super::words::built(first).map(|b| b.text));
    text.is_some_and(|text| super::words::has_word(&text, &["token", "bearer", "jwt", "authorization", "login"]))
}

/// Frameworks whose answers go to clients.
const WEB: &[&str] = &[
    "flask",
    "django",
    "fastapi",
    "starlette",
    "aiohttp",
    "tornado",
    "bottle",
    "pyramid",
    "quart",
    "sanic",
    "rest_framework",
    "falcon",
    "flask_restful",
    "ninja",
    "litestar",
];

/// Collects the returned and raised answers in a handler.
struct Answers<'h, 'a> {
    /// The name of the error, when it has one.
    error: Option<&'h str>,
    /// The expressions that tell it.
    found: Vec<&'a Expr>,
}

impl<'a> Visitor<'a> for Answers<'_, 'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Return(ast::StmtReturn { value: Some(value), .. }) if self.tells(value, 10) => self.found.push(value),
            Stmt::Raise(ast::StmtRaise { exc: Some(exc), .. }) => {
                if let Expr::Call(call) = &**exc
                    && called_name(call).is_some_and(is_answer)
                    && self.tells(exc, 10)
                {
                    self.found.push(exc);
                }
            }
            Stmt::Expr(ast::StmtExpr { value, .. }) => {
                if let Expr::Call(call) = &**value
                    && called_name(call).is_some_and(|name| matches!(name, "abort" | "write" | "send_error" | "finish"))
                    && self.tells(value, 10)
                {
                    self.found.push(value);
                }
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }
}

/// Names of what is raised to answer a client.
fn is_answer(name: &str) -> bool {
    name.starts_with("HTTP") || matches!(name, "HttpError" | "APIException" | "ParseError" | "InternalServerError")
}

impl Answers<'_, '_> {
    /// Whether an expression shows the text of the error.
    fn tells(&self, expr: &Expr, depth: u8) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let is_error = |expr: &Expr| matches!(expr, Expr::Name(name) if Some(name.id.as_str()) == self.error);
        match expr {
            Expr::Call(call) => {
                let name = called_name(call).unwrap_or("");
                if matches!(name, "format_exc" | "format_exception" | "exc_info" | "print_exc") {
                    return true;
                }
                if matches!(name, "str" | "repr" | "format") && call.arguments.args.iter().any(is_error) {
                    return true;
                }
                let receiver = match &*call.func {
                    Expr::Attribute(method) => !is_error(&method.value) && self.tells(&method.value, depth),
                    _ => false,
                };
                receiver
                    || call.arguments.args.iter().any(|argument| self.tells(argument, depth))
                    || call.arguments.keywords.iter().any(|keyword| {
                        self.tells(&keyword.value, depth)
                            || is_error(&keyword.value)
                                && keyword
                                    .arg
                                    .as_ref()
                                    .is_some_and(|a| matches!(a.as_str(), "error" | "detail" | "message"))
                    })
            }
            Expr::FString(string) => {
                let mut found = false;
                fields(string, |field| found |= is_error(field) || self.tells(field, depth));
                found
            }
            Expr::BinOp(binary) => {
                is_error(&binary.right)
                    || self.tells(&binary.left, depth)
                    || self.tells(&binary.right, depth)
                    || matches!(&*binary.right, Expr::Tuple(tuple) if tuple.elts.iter().any(is_error))
            }
            Expr::Tuple(tuple) => tuple.elts.iter().any(|element| self.tells(element, depth)),
            Expr::List(list) => list.elts.iter().any(|element| is_error(element) || self.tells(element, depth)),
            Expr::Dict(dict) => dict.items.iter().any(|item| is_error(&item.value) || self.tells(&item.value, depth)),
            Expr::Await(inner) => self.tells(&inner.value, depth),
            _ => false,
        }
    }
}

fn error_shown(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let is_web = || WEB.iter().any(|module| site.imports(module));
    if site.file.test_code || !*site.file.web.get_or_init(is_web) {
        return;
    }
    let (error, body): (Option<&str>, &[Stmt]) = match site.node {
        NodeRef::Handler(handler) => {
            // Errors that are raised to be told are told.
            let own = handler.type_.as_deref().is_some_and(|kind| match kind {
                Expr::Name(name) => name.id.as_str() != "Exception" && !is_internal(name.id.as_str()),
                Expr::Attribute(attribute) => !is_internal(attribute.attr.as_str()),
                _ => true,
            });
            if own || !answers(site) {
                return;
            }
            (handler.name.as_ref().map(|name| name.as_str()), &handler.body)
        }
        NodeRef::Stmt(Stmt::FunctionDef(function)) => {
            // `@app.errorhandler(Exception)`
            let handles = function.decorator_list.iter().any(|decorator| match &decorator.expression {
                Expr::Call(call) => {
                    called_name(call)
                        .is_some_and(|name| matches!(name, "errorhandler" | "app_errorhandler" | "exception_handler"))
                        && call.arguments.args.first().is_some_and(|kind| match kind {
                            Expr::Name(name) => matches!(name.id.as_str(), "Exception" | "BaseException"),
                            Expr::NumberLiteral(_) => {
                                site.constant(kind) == Some(crate::security::python::Constant::Int(500))
                            }
                            _ => false,
                        })
                }
                _ => false,
            });
            if !handles {
                return;
            }
            let error = function.parameters.iter_non_variadic_params().last();
            (error.map(|parameter| parameter.parameter.name.as_str()), &function.body)
        }
        _ => return,
    };
    let mut answers = Answers { error, found: Vec::new() };
    body.iter().for_each(|stmt| answers.visit_stmt(stmt));
    for place in answers.found {
        let what = "the text of an internal error helps whoever attacks";
        sink.report(place.range(), Severity::Low, Confidence::Medium, what);
    }
}

/// Errors whose text speaks of the machine.
fn is_internal(name: &str) -> bool {
    matches!(
        name,
        "BaseException"
            | "ValueError"
            | "TypeError"
            | "KeyError"
            | "OSError"
            | "IOError"
            | "RuntimeError"
            | "DatabaseError"
            | "IntegrityError"
            | "OperationalError"
            | "ProgrammingError"
            | "SQLAlchemyError"
            | "CalledProcessError"
            | "FileNotFoundError"
            | "AttributeError"
            | "Error"
    )
}

/// Whether the function around is one that answers requests: it is decorated, or has a request.
fn answers(site: &Site<'_, '_>) -> bool {
    site.ancestors()
        .find_map(|node| match node.node {
            NodeRef::Stmt(Stmt::FunctionDef(function)) => Some(function),
            _ => None,
        })
        .is_some_and(|function| {
            let routed = function.decorator_list.iter().any(|decorator| {
                let name = match &decorator.expression {
                    Expr::Call(call) => called_name(call),
                    Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
                    Expr::Name(name) => Some(name.id.as_str()),
                    _ => None,
                };
                name.is_some_and(|name| {
                    matches!(
                        name,
                        "route"
                            | "get"
                            | "post"
                            | "put"
                            | "delete"
                            | "patch"
                            | "api_view"
                            | "view_config"
                            | "view"
                            | "api_route"
                            | "websocket"
                            | "action"
                            | "csrf_exempt"
                            | "require_http_methods"
                            | "login_required"
                            | "require_POST"
                            | "require_GET"
                    )
                })
            });
            let first = function.parameters.args.iter().map(|p| p.parameter.name.as_str()).find(|name| *name != "self");
            routed
                || matches!(first, Some("request" | "req"))
                || matches!(function.name.as_str(), "get" | "post" | "put" | "delete" | "patch")
                    && function.parameters.args.first().is_some_and(|p| p.parameter.name.as_str() == "self")
        })
}
