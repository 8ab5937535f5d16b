//! Code and commands that come from outside, and machines that work for others.

use ruff_python_ast::Expr;

use super::channel::fetches;
use super::reach::{Reach, arguments_of, literal_text};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{NodeRef, ScopeId};
use crate::security::rules::{Rule, Sink, Site, Trigger};

pub(in crate::security::rules) const REVERSE_SHELL: Rule = Rule {
    id: "reverse-shell",
    title: "a shell is handed to somebody on the network",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; disconnect the machine if it ran",
    triggers: &[Trigger::Call(&["os.dup2", "pty.spawn"]), Trigger::Keyword(&["stdin"])],
    check: shell_on_socket,
};

pub(in crate::security::rules) const DOWNLOAD_RUN: Rule = Rule {
    id: "download-and-run",
    title: "something is downloaded and run",
    aliases: &[],
    category: Category::Obfuscation,
    cwe: 494,
    severity: Severity::Critical,
    help: "ship what is to run with the component, where it can be judged, or check its digest first",
    triggers: &[Trigger::Call(&[
        "builtins.exec",
        "builtins.eval",
        "os.system",
        "os.popen",
        "os.startfile",
        "os.execv",
        "os.execl",
        "subprocess.run",
        "subprocess.call",
        "subprocess.Popen",
        "subprocess.check_call",
        "subprocess.check_output",
        "ctypes.CDLL",
        "runpy.run_path",
    ])],
    check: downloaded,
};

fn shell_on_socket(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if !site.imports("socket") {
        return;
    }
    let of_socket = |expr: &Expr, scope: ScopeId| {
        let Expr::Call(call) = expr else { return Some(false) };
        let name = site.file.model.resolve(&call.func, scope);
        Some(name.is_some_and(|name| matches!(name.as_str(), "socket.socket" | "socket.create_connection")))
    };
    let mut reach = Reach::new(site.file.model);
    let found = match site.name {
        Some("os.dup2") => {
            let onto_stream = site.argument("fd2", 1).is_some_and(|onto| is_stream(site, onto));
            onto_stream && site.argument("fd", 0).is_some_and(|fd| reach.any(fd, site.scope, &of_socket))
        }
        // A terminal is spawned where another call has put a socket in place of the standard streams.
        Some("pty.spawn") => site.file.unit.text.contains("dup2"),
        _ => site.keyword("stdin").is_some_and(|stdin| reach.any(stdin, site.scope, &of_socket)),
    };
    if found {
        sink.report(
            site.range(),
            Severity::Critical,
            Confidence::High,
            "the standard streams of a program are put on a socket",
        );
    }
}

/// Whether a number is that of a standard stream: 0, 1 or 2, or one that a loop runs through.
fn is_stream(site: &Site<'_, '_>, expr: &Expr) -> bool {
    use crate::security::python::{BindingKind, Constant};
    use ruff_text_size::Ranged as _;
    let looped = |name: &ruff_python_ast::ExprName| {
        let binding = site.file.model.lookup(name.id.as_str(), site.scope, name.start());
        binding.is_some_and(|binding| matches!(binding.kind, BindingKind::Loop(_)))
    };
    match expr {
        Expr::Name(name) if looped(name) => true,
        _ => matches!(site.constant(expr), Some(Constant::Int(0..=2))),
    }
}

fn downloaded(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let model = site.file.model;
    if !["requests", "urllib", "httpx", "urllib2", "wget"].iter().any(|module| site.imports(module)) {
        return;
    }
    let Some(call) = site.call() else { return };
    let fetched = |expr: &Expr, scope: ScopeId| {
        let Expr::Call(call) = expr else { return Some(false) };
        Some(model.resolve(&call.func, scope).is_some_and(|name| fetches(&name)))
    };
    let Some(what) = site.first() else { return };
    // A command may well name what was downloaded; only for code is the text itself what runs.
    let runs_text = site.name.is_some_and(|name| matches!(name, "builtins.exec" | "builtins.eval"));
    if runs_text && reach_any(site, what, &fetched) {
        let message = "what comes from the network is run as it comes";
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
        return;
    }
    if !starts_what_it_names(what) {
        return;
    }
    // A file that was written from a download and is then run: the same name, or the same constant path.
    let names: Vec<&str> = names_in(what);
    let paths: Vec<String> = texts_in(what);
    let written = model.nodes.iter().any(|node| {
        let NodeRef::Expr(Expr::Call(other)) = node.node else { return false };
        let Some(name) = model.resolve(&other.func, node.scope) else { return false };
        let target = match name.as_str() {
            "urllib.request.urlretrieve" | "urllib.urlretrieve" | "wget.download" => {
                other.arguments.find_argument_value("filename", 1)
            }
            "builtins.open" | "io.open" => {
                other.arguments.find_argument_value("file", 0).filter(|_| writes_download(site, other, node.scope))
            }
            _ => None,
        };
        target.is_some_and(|target| {
            names_in(target).iter().any(|name| names.contains(name))
                || texts_in(target)
                    .iter()
                    .any(|path| path.len() > 2 && paths.iter().any(|run| run.contains(path.as_str())))
        })
    });
    if written && arguments_of(call).count() > 0 {
        if checks_signature(site) {
            let message = "a file is downloaded and run, after a signature was checked";
            sink.report(site.range(), Severity::Note, Confidence::Medium, message);
            return;
        }
        let message = "a file is downloaded, and then it is run";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
    }
}

/// Whether the file checks signatures with a public key that stands in it. What fails raises, so that the check need
/// not be followed; a digest that comes with the download proves nothing.
fn checks_signature(site: &Site<'_, '_>) -> bool {
    let model = site.file.model;
    let keys = ["Ed25519PublicKey", "load_pem_public_key", "VerifyKey", "load_der_public_key", "RSAPublicKey"];
    let made_of_constant = |node: &crate::security::python::Node<'_>| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
        let Expr::Attribute(method) = &*call.func else { return false };
        method.attr.as_str() == "verify"
            && Reach::new(model).any(&method.value, node.scope, &|expr, scope| {
                let Expr::Call(made) = expr else { return Some(false) };
                let name = model.resolve(&made.func, scope).unwrap_or_default();
                let known = keys.iter().any(|key| name.contains(key));
                Some(
                    known
                        && arguments_of(made).next().is_some_and(|key| {
                            Reach::new(model).any(key, scope, &|expr, _| {
                                Some(literal_text(expr).is_some_and(|text| text.len() > 30))
                            })
                        }),
                )
            })
    };
    model.calls_named("verify").any(made_of_constant)
}

/// Whether a command starts with the file itself, or with a program that runs it: `git clone … FILE` does not.
fn starts_what_it_names(command: &Expr) -> bool {
    let text = match command {
        Expr::BinOp(binary) => match &*binary.left {
            Expr::BinOp(_) => return starts_what_it_names(&binary.left),
            left => literal_text(left).unwrap_or_default(),
        },
        Expr::FString(_) => literal_text(command).unwrap_or_default(),
        _ => return true,
    };
    let head = text.split(['%', '{', '\u{0}']).next().unwrap_or_default();
    head.split_whitespace().next_back().is_none_or(|word| {
        matches!(word, "sh" | "bash" | "python" | "python3" | "start" | "sudo" | "nohup" | "exec" | "&&" | ";")
            || word.ends_with('/')
    })
}

/// Whether a file is opened to write and the file holds a fetch whose result is written.
fn writes_download(site: &Site<'_, '_>, open: &ruff_python_ast::ExprCall, scope: ScopeId) -> bool {
    let model = site.file.model;
    let mode = open.arguments.find_argument_value("mode", 1).and_then(literal_text).unwrap_or_default();
    mode.contains('w')
        && model.nodes.iter().any(|node| {
            let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
            let Expr::Attribute(method) = &*call.func else { return false };
            method.attr.as_str() == "write"
                && node.scope == scope
                && call.arguments.args.first().is_some_and(|data| {
                    let fetched = |expr: &Expr, scope: ScopeId| {
                        let Expr::Call(call) = expr else { return Some(false) };
                        Some(model.resolve(&call.func, scope).is_some_and(|name| fetches(&name)))
                    };
                    Reach::new(model).any(data, node.scope, &fetched)
                })
        })
}

fn reach_any(site: &Site<'_, '_>, expr: &Expr, test: &dyn Fn(&Expr, ScopeId) -> Option<bool>) -> bool {
    Reach::new(site.file.model).any(expr, site.scope, test)
}

fn names_in(expr: &Expr) -> Vec<&str> {
    match expr {
        Expr::Name(name) => vec![name.id.as_str()],
        Expr::List(list) => list.elts.iter().flat_map(names_in).collect(),
        Expr::Tuple(tuple) => tuple.elts.iter().flat_map(names_in).collect(),
        Expr::BinOp(binary) => [&binary.left, &binary.right].into_iter().flat_map(|side| names_in(side)).collect(),
        Expr::FString(text) => text
            .value
            .elements()
            .filter_map(|element| element.as_interpolation())
            .flat_map(|part| names_in(&part.expression))
            .collect(),
        Expr::Call(call) => arguments_of(call).flat_map(names_in).collect(),
        _ => Vec::new(),
    }
}

fn texts_in(expr: &Expr) -> Vec<String> {
    match expr {
        Expr::StringLiteral(_) => literal_text(expr).into_iter().collect(),
        Expr::List(list) => list.elts.iter().flat_map(texts_in).collect(),
        Expr::Tuple(tuple) => tuple.elts.iter().flat_map(texts_in).collect(),
        _ => Vec::new(),
    }
}
