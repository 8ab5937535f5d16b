//! Functions of other modules that are replaced by ones that keep or send what they are given.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::super::reach::{arguments_of, children};
use super::super::ways::{self, function_of};
use super::mirror::{mirrors, redirects_key};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{BindingKind, Kinds, Model, NodeRef};
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const INTERCEPTION: Rule = Rule {
    id: "call-interception",
    title: "a function of another module is replaced by one that sends what it is given",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; wrap such a function where it is called, and send nothing",
    triggers: &[
        Trigger::Assign,
        Trigger::File,
        Trigger::Function,
        Trigger::Call(&[
            "builtins.setattr",
            "anthropic.Anthropic",
            "anthropic.AsyncAnthropic",
            "openai.OpenAI",
            "openai.AsyncOpenAI",
        ]),
    ],
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
    "Keypair.from_bytes",
    "Keypair.from_seed",
    "Keypair.from_base58_string",
    "Account.from_key",
    "Account.from_mnemonic",
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
    "SSLSocket.write",
    "SSLSocket.send",
    "SSLSocket.sendall",
    "SSLSocket.read",
    "SSLSocket.recv",
    "socket.send",
    "socket.sendall",
];

fn intercepts(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.test_code {
        return;
    }
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => {
            match assign.targets.as_slice() {
                [Expr::Attribute(target)] => {
                    replaced(site, &target.value, target.attr.as_str(), &assign.value, sink);
                }
                // `__builtins__["open"] = mine`
                [Expr::Subscript(target)] if is_builtins(&target.value) => {
                    let Expr::StringLiteral(name) = &*target.slice else { return };
                    replaced(site, &target.value, name.value.to_str(), &assign.value, sink);
                }
                _ => {}
            }
        }
        NodeRef::Stmt(Stmt::FunctionDef(function)) => mirrors(site, function, sink),
        NodeRef::Expr(Expr::Call(call)) if site.name != Some("builtins.setattr") => redirects_key(site, call, sink),
        // `setattr(module.Class, "method", mine)`
        NodeRef::Expr(Expr::Call(call)) => {
            let [owner, Expr::StringLiteral(name), value] = &*call.arguments.args else { return };
            replaced(site, owner, name.value.to_str(), value, sink);
        }
        NodeRef::Module => stands_in(site, sink),
        _ => {}
    }
}

/// `module.function = mine`, `module.function = make(module.function)`.
fn replaced(site: &Site<'_, '_>, owner: &Expr, name: &str, value: &Expr, sink: &mut Sink<'_>) {
    let model = site.file.model;
    if model.receiver_class(owner, site.scope).is_some() {
        return;
    }
    let Some(replacement) = replacement(site, value, 4) else { return };
    if OF_TOOLS.contains(&name) && goes_on(site, &replacement) {
        let message = "what a tool does is replaced by what also sends away what it is given";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
        return;
    }
    // The owner must come from elsewhere.
    let known = if is_builtins(owner) { Some("builtins".to_owned()) } else { site.resolve(owner) };
    let Some(owner) = known.filter(|owner| is_foreign(site, owner)) else { return };
    let name = format!("{owner}.{name}");
    let mut tell = |place: TextRange, severity: Severity, message: String| {
        sink.report(site.range(), severity, Confidence::Medium, message.clone());
        if !site.range().contains_range(place) {
            sink.report(place, severity, Confidence::Medium, message);
        }
    };
    if let Some(place) = ways::sends_within(site, replacement.range()) {
        return tell(place, Severity::Critical, format!("`{name}` is replaced, and what it is given is sent away"));
    }
    let is = |known: &&&str| name == **known || name.ends_with(&format!(".{known}"));
    let told = TOLD_SECRETS.iter().find(is).is_some();
    if !told && CARRY_SECRETS.iter().find(is).is_none() {
        return;
    }
    let source = site.file.unit.slice(replacement.range());
    let looks = ["uthorization", "passw", "Cookie", "oken"].iter().any(|word| source.contains(word));
    let kept = match &replacement {
        Replacement::Function(function) if told || looks => handed_on(function, told),
        Replacement::Function(_) => None,
        // Whatever goes through is written somewhere else as well.
        Replacement::Lambda(lambda) => writes_parameter(lambda),
    };
    let Some(place) = kept else { return };
    let severity = if told { Severity::High } else { Severity::Medium };
    tell(place, severity, format!("`{name}` is replaced, and what it is told is kept"));
}

/// Attributes of tools that are called when an agent uses them.
const OF_TOOLS: &[&str] = &["func", "fn", "coroutine", "_run", "_arun", "handler", "on_invoke_tool"];

/// Whether a replacement sends something, and hands on to another function all that it was given.
fn goes_on(site: &Site<'_, '_>, replacement: &Replacement<'_>) -> bool {
    let source = site.file.unit.slice(replacement.range());
    source.contains("(*") && source.contains("**") && ways::sends_within(site, replacement.range()).is_some()
}

fn is_builtins(expr: &Expr) -> bool {
    match expr {
        Expr::Name(name) => name.id.as_str() == "__builtins__",
        Expr::Attribute(table) => {
            table.attr.as_str() == "__dict__"
                && matches!(&*table.value, Expr::Name(name) if name.id.as_str() == "builtins")
        }
        _ => false,
    }
}

/// Whether a name is that of something that another module has.
fn is_foreign(site: &Site<'_, '_>, name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default();
    first == "builtins" || site.file.model.imports.iter().any(|(module, _)| module.split('.').next() == Some(first))
}

/// What takes the place of a function.
enum Replacement<'a> {
    Function(&'a ast::StmtFunctionDef),
    Lambda(&'a ast::ExprLambda),
}

impl Ranged for Replacement<'_> {
    fn range(&self) -> TextRange {
        match self {
            Self::Function(function) => function.range(),
            Self::Lambda(lambda) => lambda.range(),
        }
    }
}

/// What takes the place: a function of this file, the one that a function of this file makes and gives back, or what
/// instances of a class do when they are called.
fn replacement<'a>(site: &Site<'_, 'a>, value: &'a Expr, depth: u8) -> Option<Replacement<'a>> {
    let depth = depth.checked_sub(1)?;
    let model = site.file.model;
    match value {
        Expr::Name(_) => function_of(model, value, site.scope).map(Replacement::Function),
        Expr::Lambda(lambda) => Some(Replacement::Lambda(lambda)),
        Expr::Call(call) => {
            if matches!(called_name(call), Some("classmethod" | "staticmethod" | "partial" | "property")) {
                return replacement(site, call.arguments.args.first()?, depth);
            }
            let Expr::Name(maker) = &*call.func else { return None };
            match model.lookup(maker.id.as_str(), site.scope, maker.start())?.kind {
                BindingKind::Function(maker) => given_back(maker).map(Replacement::Function),
                BindingKind::Class(class) => class.body.iter().find_map(|stmt| match stmt {
                    Stmt::FunctionDef(inner) if inner.name.as_str() == "__call__" => Some(Replacement::Function(inner)),
                    _ => None,
                }),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The function within a function that it gives back.
fn given_back(maker: &ast::StmtFunctionDef) -> Option<&ast::StmtFunctionDef> {
    let name = maker.body.iter().rev().find_map(|stmt| match stmt {
        Stmt::Return(given) => given.value.as_deref()?.as_name_expr(),
        _ => None,
    })?;
    maker.body.iter().find_map(|stmt| match stmt {
        Stmt::FunctionDef(inner) if inner.name.as_str() == name.id.as_str() => Some(inner),
        _ => None,
    })
}

/// Where a lambda writes one of its parameters to a file.
fn writes_parameter(lambda: &ast::ExprLambda) -> Option<TextRange> {
    let parameters = lambda.parameters.as_deref()?;
    let mut open: Vec<&Expr> = vec![&lambda.body];
    while let Some(expr) = open.pop() {
        if let Expr::Call(call) = expr
            && called_name(call) == Some("write")
            && let Expr::Attribute(method) = &*call.func
            && matches!(&*method.value, Expr::Call(opened) if called_name(opened).is_some_and(|name| name.ends_with("open")))
            && parameters.iter().any(|parameter| ways::is_given(call, parameter.name().as_str()))
        {
            return Some(call.range());
        }
        open.extend(children(expr));
    }
    None
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
                Expr::BinOp(sum) => self.is_told(&sum.left) || self.is_told(&sum.right),
                Expr::Tuple(tuple) => tuple.elts.iter().any(|one| self.is_told(one)),
                Expr::List(list) => list.elts.iter().any(|one| self.is_told(one)),
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
fn stands_in(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let path = site.file.unit.path.as_str();
    let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".py")).unwrap_or_default();
    if !SHADOWED.contains(&stem) {
        return;
    }
    let text = &site.file.unit.text;
    if !["find_spec", "PathFinder", "spec_from_file_location", "sys.path"].iter().any(|word| text.contains(word)) {
        return;
    }
    let own = site.file.model.nodes_of(Kinds::FUNCTION).filter(|(_, node)| node.scope == Model::MODULE);
    for (_, node) in own {
        if let NodeRef::Stmt(Stmt::FunctionDef(function)) = node.node
            && let Some(place) = ways::sends_within(site, function.range())
        {
            let message = format!("this file stands in for the module `{stem}` and sends what it is given");
            sink.report(place, Severity::Critical, Confidence::Medium, message);
        }
    }
}
