//! The ways in which programs are started and things are sent: what every rule of malice asks for, said once.

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextRange};

use super::reach::arguments_of;
use crate::security::python::{BindingKind, Model, NodeRef, ScopeId};
use crate::security::rules::process::NO_SHELL;
use crate::security::rules::{Site, called_name};

/// Functions that start a program, beside those of [`NO_SHELL`].
pub(in crate::security) const STARTERS: &[&str] = &[
    "os.system",
    "os.popen",
    "subprocess.run",
    "subprocess.call",
    "subprocess.Popen",
    "subprocess.check_call",
    "subprocess.check_output",
    "subprocess.getoutput",
    "subprocess.getstatusoutput",
    "asyncio.create_subprocess_shell",
    "asyncio.create_subprocess_exec",
    "asyncio.subprocess.create_subprocess_shell",
    "asyncio.subprocess.create_subprocess_exec",
    "pty.spawn",
    "pexpect.run",
    "pexpect.spawn",
];

/// Whether a function of this name starts a program.
pub(in crate::security) fn starts(name: &str) -> bool {
    STARTERS.contains(&name) || NO_SHELL.contains(&name)
}

/// The expressions of a call that [`starts`] a program that say what is started: one command or one list of words, or the
/// words one by one.
pub(in crate::security) fn command_of<'e>(name: &str, call: &'e ast::ExprCall) -> Vec<&'e Expr> {
    let arguments = &*call.arguments.args;
    let last = name.rsplit('.').next().unwrap_or_default();
    // The first argument of these says whether to wait.
    let arguments = if last.starts_with("spawn") && name.starts_with("os.") {
        arguments.get(1..).unwrap_or_default()
    } else {
        arguments
    };
    let by_word = last == "create_subprocess_exec" || last.starts_with("execl") || last.starts_with("spawnl");
    let with_path = last.starts_with("execv") || last.starts_with("spawnv") || last.starts_with("posix_spawn");
    if by_word {
        return arguments.iter().collect();
    }
    if with_path {
        return arguments.iter().take(2).collect();
    }
    let named = || call.arguments.find_keyword("args").map(|keyword| &keyword.value);
    arguments.first().or_else(named).into_iter().collect()
}

/// Modules that send over the network.
const CLIENTS: &[&str] = &[
    "requests.",
    "httpx.",
    "urllib.request.",
    "urllib3.",
    "http.client.",
    "aiohttp.ClientSession",
    "aiohttp.request",
    "socket.",
    "smtplib.",
    "ftplib.",
    "websocket.",
    "websockets.",
    "slack_sdk.",
    "telebot.",
    "discord.",
];

/// What those modules call sending. What is fetched carries something away, too: in its address.
const SENDING: &[&str] = &[
    "get",
    "post",
    "put",
    "patch",
    "request",
    "urlopen",
    "Request",
    "send",
    "sendall",
    "sendto",
    "sendmail",
    "send_message",
    "storbinary",
    "storlines",
    "chat_postMessage",
    "create_connection",
];

/// Whether a name is that of something from a module that sends over the network.
pub(super) fn is_client(name: &str) -> bool {
    CLIENTS.iter().any(|client| name.starts_with(client))
}

/// Whether a call sends something over the network.
pub(super) fn is_sending(model: &Model<'_>, call: &ast::ExprCall, scope: ScopeId) -> bool {
    let of_client = |function: &Expr| model.resolve(function, scope).is_some_and(|name| is_client(&name));
    called_name(call).is_some_and(|last| SENDING.contains(&last)) && of_client(&call.func)
        || handed(call).is_some_and(|(function, _)| {
            matches!(function, Expr::Attribute(method) if SENDING.contains(&method.attr.as_str()))
                && of_client(function)
        })
}

/// A function that is handed to something that calls it later, and what it will be given:
/// `Thread(target=send, args=(data,))`, `pool.submit(send, data)`.
pub(super) fn handed(call: &ast::ExprCall) -> Option<(&Expr, Vec<&Expr>)> {
    let arguments = &call.arguments;
    let keyword = |name: &str| arguments.find_keyword(name).map(|keyword| &keyword.value);
    match called_name(call)? {
        "Thread" | "Process" | "Timer" => {
            let function = keyword("target").or_else(|| keyword("function")).or_else(|| arguments.args.get(1))?;
            let given = [keyword("args"), keyword("kwargs"), arguments.args.get(2)].into_iter().flatten();
            Some((function, given.collect()))
        }
        "submit" | "apply_async" | "call_soon" | "start_new_thread" | "to_thread" => {
            Some((arguments.args.first()?, arguments.args.iter().skip(1).collect()))
        }
        "run_in_executor" | "call_later" => Some((arguments.args.get(1)?, arguments.args.iter().skip(2).collect())),
        _ => None,
    }
}

/// So many places that belong to one deed are told, at most.
pub(super) const MAX_TOLD: usize = 4;

/// What is done through something that was opened: `file.write(x)` and `dump(x, file)` for `with open(…) as file`.
pub(super) fn through(site: &Site<'_, '_>, opened: &Expr) -> Vec<TextRange> {
    let model = site.file.model;
    let holds = |kind: BindingKind<'_>| match kind {
        BindingKind::With(value) | BindingKind::Assigned(value) => std::ptr::eq(value, opened),
        _ => false,
    };
    let Some(holder) = model.bindings.iter().find(|binding| holds(binding.kind)) else { return Vec::new() };
    let with = ["dump", "write", "print", "copyfileobj"].iter().flat_map(|name| model.calls_named(name));
    let used = model.calls_on(holder.name).chain(with).filter_map(|node| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return None };
        let looks = matches!(called_name(call), Some("close" | "seek" | "flush" | "tell" | "fileno"));
        let uses = is_given(call, holder.name)
            || matches!(&*call.func, Expr::Attribute(method) if names(&method.value, holder.name, 2));
        (node.scope == site.scope && uses && !looks).then(|| call.range())
    });
    let mut all: Vec<TextRange> = used.take(MAX_TOLD).collect();
    all.dedup();
    all
}

/// To pass by so many nodes costs as much of a file's patience as one step.
pub(super) const NODES_A_STEP: usize = 64;

/// The first call within a place that sends something.
pub(super) fn sends_within(site: &Site<'_, '_>, place: TextRange) -> Option<TextRange> {
    let model = site.file.model;
    // Every look is at all nodes of the file.
    model.spend(model.nodes.len() / NODES_A_STEP)?;
    model.nodes.iter().find_map(|node| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return None };
        let inside = place.contains_range(call.range());
        (inside && is_sending(model, call, node.scope)).then(|| call.range())
    })
}

/// Whether one of the arguments of a call holds a name or an attribute, as such or within something else.
pub(super) fn is_given(call: &ast::ExprCall, word: &str) -> bool {
    arguments_of(call).any(|argument| names(argument, word, 8))
}

/// Whether an expression names a variable or an attribute.
pub(super) fn names(expr: &Expr, word: &str, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match expr {
        Expr::Name(name) => name.id.as_str() == word,
        Expr::Attribute(attribute) => attribute.attr.as_str() == word || names(&attribute.value, word, depth),
        _ => super::reach::children(expr).into_iter().any(|child| names(child, word, depth)),
    }
}

/// The function of this file that an expression stands for: a name, a method of the class around it, one that is made a
/// method of a class.
pub(super) fn function_of<'a>(model: &Model<'a>, expr: &Expr, scope: ScopeId) -> Option<&'a ast::StmtFunctionDef> {
    match expr {
        Expr::Name(name) => match model.lookup(name.id.as_str(), scope, name.start())?.kind {
            BindingKind::Function(function) => Some(function),
            _ => None,
        },
        Expr::Attribute(method) => {
            let class = model.receiver_class(&method.value, scope)?;
            match model.bindings_of(method.attr.as_str(), class).next()?.kind {
                BindingKind::Function(function) => Some(function),
                _ => None,
            }
        }
        _ => None,
    }
}
