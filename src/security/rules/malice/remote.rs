//! Code and commands that come from outside, and machines that work for others.

use ruff_python_ast::{self as ast, Expr};

use super::channel::fetches;
use super::reach::{Reach, arguments_of, literal_text};
use super::verified::{is_verified, within};
use super::ways::{STARTERS, command_of, starts};
use crate::model::{Category, Confidence, Severity};
use ruff_text_size::Ranged as _;

use crate::security::python::{BindingKind, Kinds, NodeRef, ScopeId};
use crate::security::rules::process::NO_SHELL;
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const REVERSE_SHELL: Rule = Rule {
    id: "reverse-shell",
    title: "a shell is handed to somebody on the network",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; disconnect the machine if it ran",
    triggers: &[
        Trigger::Call(&["os.dup2"]),
        Trigger::Call(STARTERS),
        Trigger::Call(NO_SHELL),
        Trigger::Keyword(&["stdin", "stdout"]),
    ],
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
    triggers: &[
        Trigger::Call(STARTERS),
        Trigger::Call(NO_SHELL),
        Trigger::Call(&[
            "builtins.exec",
            "builtins.eval",
            "ctypes.CDLL",
            "ctypes.WinDLL",
            "ctypes.cdll.LoadLibrary",
            "ctypes.windll.LoadLibrary",
            "runpy.run_path",
            "importlib.import_module",
            "builtins.__import__",
        ]),
        Trigger::Method(&["insert", "append"]),
    ],
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
        // A shell is started where another call has put a socket in place of the standard streams.
        Some(name) if starts(name) && site.keyword("stdin").is_none() && site.keyword("stdout").is_none() => {
            (name == "pty.spawn" || starts_shell(site, name))
                && site.file.model.calls_named("dup2").any(|node| {
                    let NodeRef::Expr(Expr::Call(onto)) = node.node else { return false };
                    let socket = onto.arguments.args.first().is_some_and(|fd| reach.any(fd, node.scope, &of_socket));
                    socket && (node.scope == site.scope || within(site, node.scope))
                })
        }
        _ => ["stdin", "stdout"]
            .iter()
            .filter_map(|stream| site.keyword(stream))
            .any(|stream| reach.any(stream, site.scope, &of_socket)),
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

/// Whether what is started is a shell.
fn starts_shell(site: &Site<'_, '_>, name: &str) -> bool {
    let Some(call) = site.call() else { return false };
    let first = command_of(name, call).into_iter().next();
    let program = first.and_then(|command| match command {
        Expr::List(list) => list.elts.first().and_then(literal_text),
        Expr::Tuple(tuple) => tuple.elts.first().and_then(literal_text),
        _ => literal_text(command),
    });
    program.is_some_and(|program| {
        let word = program.split_whitespace().next().unwrap_or_default();
        matches!(
            word.rsplit(['/', '\\']).next(),
            Some("sh" | "bash" | "zsh" | "dash" | "cmd" | "cmd.exe" | "powershell" | "powershell.exe")
        )
    })
}

/// Whether a number is that of a standard stream: 0, 1 or 2, or one that a loop runs through.
fn is_stream(site: &Site<'_, '_>, expr: &Expr) -> bool {
    use crate::security::python::Constant;
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
    if matches!(site.call().and_then(called_name), Some("insert" | "append")) {
        return finds_modules(site, sink);
    }
    let clients = ["requests", "urllib", "httpx", "urllib2", "urllib3", "wget", "aiohttp"];
    if !clients.iter().any(|module| site.imports(module)) {
        return;
    }
    let Some(call) = site.call() else { return };
    if matches!(site.name, Some("importlib.import_module" | "builtins.__import__")) {
        return loads_download(site, sink);
    }
    let fetched = |expr: &Expr, scope: ScopeId| {
        let Expr::Call(call) = expr else { return Some(false) };
        Some(model.resolve(&call.func, scope).is_some_and(|name| fetches(&name)))
    };
    let name = site.name.unwrap_or_default();
    let commands = if starts(name) { command_of(name, call) } else { site.first().into_iter().collect() };
    let Some(what) = commands.first() else { return };
    // A command may well name what was downloaded; only for code is the text itself what runs.
    let runs_text = matches!(name, "builtins.exec" | "builtins.eval");
    if runs_text && reach_any(site, what, &fetched) {
        let message = "what comes from the network is run as it comes";
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
        return;
    }
    if !starts_what_it_names(what) {
        return;
    }
    let written = commands.iter().any(|command| is_download(site, command));
    if written && arguments_of(call).count() > 0 {
        if is_verified(site) {
            let message = "a file is downloaded and run, after a signature or a digest was checked";
            sink.report(site.range(), Severity::Note, Confidence::Medium, message);
            return;
        }
        let message = "a file is downloaded, and then it is run";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
    }
}

/// Modules are brought from the network when they are imported: `sys.meta_path.insert(0, Finder())`.
fn finds_modules(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    let Expr::Attribute(method) = &*call.func else { return };
    let hidden = |text: &str| ["/tmp/.", "/var/tmp/.", "/dev/shm/."].iter().any(|place| text.starts_with(place));
    if site.file.model.is(&method.value, site.scope, "sys.path") {
        if call.arguments.args.last().and_then(literal_text).is_some_and(|path| hidden(&path)) {
            let message = "modules are taken from a hidden place that anybody may write to";
            sink.report(site.range(), Severity::High, Confidence::High, message);
        }
        return;
    }
    if !matches!(&*method.value, Expr::Attribute(list) if matches!(list.attr.as_str(), "meta_path" | "path_hooks")) {
        return;
    }
    let model = site.file.model;
    let class = call.arguments.args.last().and_then(|finder| match finder {
        Expr::Call(made) => made.func.as_name_expr(),
        other => other.as_name_expr(),
    });
    let class = class.and_then(|name| model.lookup(name.id.as_str(), site.scope, name.start()));
    let Some(BindingKind::Class(class)) = class.map(|binding| binding.kind) else { return };
    let fetches_code = model.nodes_of(Kinds::CALL).any(|(_, node)| {
        let NodeRef::Expr(expr @ Expr::Call(call)) = node.node else { return false };
        class.range().contains_range(expr.range())
            && model.resolve(&call.func, node.scope).is_some_and(|name| fetches(&name))
    });
    if fetches_code {
        let message = "modules come from the network when they are imported";
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
    }
}

/// Whether a command names a file that was written from a download: by the same name, or the same constant path.
fn is_download(site: &Site<'_, '_>, command: &Expr) -> bool {
    let model = site.file.model;
    let retrieved = |expr: &Expr, scope: ScopeId| {
        let Expr::Call(call) = expr else { return Some(false) };
        let name = model.resolve(&call.func, scope).unwrap_or_default();
        Some(matches!(name.as_str(), "urllib.request.urlretrieve" | "urllib.urlretrieve" | "wget.download"))
    };
    if reach_any(site, command, &retrieved) {
        return true;
    }
    if helper_of(site, command, 4).is_some_and(|helper| {
        let writers = ["urlretrieve", "open", "write_text", "write_bytes", "write", "extractall"];
        writers.iter().flat_map(|writer| model.calls_named(writer)).any(|node| {
            let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
            helper.range().contains_range(call.range())
                && model.spend(1).and_then(|()| written_to(site, call, node.scope)).is_some()
        })
    }) {
        return true;
    }
    let names: Vec<&str> = names_in(command);
    let paths: Vec<String> = texts_in(command);
    let writers = ["urlretrieve", "download", "open", "write_text", "write_bytes", "write", "extractall"];
    writers.iter().flat_map(|writer| model.calls_named(writer)).any(|node| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
        let target = model.spend(1).and_then(|()| written_to(site, call, node.scope));
        target.is_some_and(|target| {
            names_in(target).iter().any(|name| names.contains(name))
                || texts_in(target)
                    .iter()
                    .any(|path| path.len() > 2 && paths.iter().any(|run| run.contains(path.as_str())))
        })
    })
}

/// The function of this file that gives a path which a command names: `[sys.executable, str(self.fetch())]`.
fn helper_of<'a>(site: &Site<'_, 'a>, command: &Expr, depth: u8) -> Option<&'a ast::StmtFunctionDef> {
    let depth = depth.checked_sub(1)?;
    match command {
        Expr::Call(call) => super::ways::function_of(site.file.model, &call.func, site.scope)
            .or_else(|| arguments_of(call).find_map(|argument| helper_of(site, argument, depth))),
        Expr::List(list) => list.elts.iter().find_map(|word| helper_of(site, word, depth)),
        _ => None,
    }
}

/// A module is fetched, written, and then imported by its name.
fn loads_download(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(Expr::StringLiteral(module)) = site.first() else { return };
    let file = format!("{}.py", module.value.to_str());
    let model = site.file.model;
    let written = ["write_text", "write_bytes", "open"].iter().flat_map(|way| model.calls_named(way)).any(|node| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
        let target = if within(site, node.scope) { written_to(site, call, node.scope) } else { None };
        target.is_some_and(|target| {
            Reach::new(model)
                .any(target, node.scope, &|expr, _| Some(literal_text(expr).is_some_and(|text| text.ends_with(&file))))
        })
    });
    if written {
        let message = "a module is fetched from the network, written to a file and imported";
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
    }
}

/// What a call writes a download to.
fn written_to<'e>(site: &Site<'_, '_>, call: &'e ast::ExprCall, scope: ScopeId) -> Option<&'e Expr> {
    if let (Some("write_text" | "write_bytes"), Expr::Attribute(method)) = (called_name(call), &*call.func) {
        let content = call.arguments.args.first()?;
        return is_fetched(site, content, scope).then_some(&*method.value);
    }
    // What was fetched is unpacked, or written through a file of a name of its own.
    if let (Some(way @ ("extractall" | "write")), Expr::Attribute(method)) = (called_name(call), &*call.func) {
        let (content, target) = match way {
            "write" => (call.arguments.args.first()?, &*method.value),
            _ => (&*method.value, call.arguments.find_argument_value("path", 0)?),
        };
        return is_fetched(site, content, scope).then_some(target);
    }
    match site.file.model.resolve(&call.func, scope)?.as_str() {
        "urllib.request.urlretrieve" | "urllib.urlretrieve" | "wget.download" => {
            call.arguments.find_argument_value("filename", 1)
        }
        "builtins.open" | "io.open" => {
            call.arguments.find_argument_value("file", 0).filter(|_| writes_download(site, call, scope))
        }
        _ => None,
    }
}

fn is_fetched(site: &Site<'_, '_>, content: &Expr, scope: ScopeId) -> bool {
    let model = site.file.model;
    Reach::new(model).any(content, scope, &|expr, scope| {
        let Expr::Call(call) = expr else { return Some(false) };
        Some(model.resolve(&call.func, scope).is_some_and(|name| fetches(&name)))
    })
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

/// Whether a file is opened to write, and what is fetched is written in the same function.
fn writes_download(site: &Site<'_, '_>, open: &ast::ExprCall, scope: ScopeId) -> bool {
    let model = site.file.model;
    let mode = open.arguments.find_argument_value("mode", 1).and_then(literal_text).unwrap_or_default();
    let given = |call: &ast::ExprCall| match called_name(call) {
        Some("copyfileobj") => call.arguments.args.first().cloned(),
        _ if call.func.is_attribute_expr() => call.arguments.args.first().cloned(),
        _ => None,
    };
    mode.contains('w')
        && ["write", "copyfileobj"].iter().flat_map(|name| model.calls_named(name)).any(|node| {
            let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
            node.scope == scope
                && model.spend(1).is_some()
                && given(call).is_some_and(|data| is_fetched(site, &data, node.scope))
        })
}

fn reach_any(site: &Site<'_, '_>, expr: &Expr, test: &dyn Fn(&Expr, ScopeId) -> Option<bool>) -> bool {
    Reach::new(site.file.model).any(expr, site.scope, test)
}

fn names_in(expr: &Expr) -> Vec<&str> {
    match expr {
        Expr::Name(name) => vec![name.id.as_str()],
        // `self.path` is the same one in all methods.
        Expr::Attribute(attribute) if matches!(&*attribute.value, Expr::Name(owner) if owner.id.as_str() == "self") => {
            vec![attribute.attr.as_str()]
        }
        // The name of a file that has one of its own.
        Expr::Attribute(attribute) if attribute.attr.as_str() == "name" => names_in(&attribute.value),
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
