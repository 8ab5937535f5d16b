//! Commands and code that others send: over a socket, a web page, a chat, or out of a model.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::reach::{Reach, arguments_of, literal_text};
use super::verified::is_verified;
use super::ways::{STARTERS, command_of, starts};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::mentions::asked;
use crate::security::python::{BindingKind, NodeRef, ScopeId};
use crate::security::rules::process::NO_SHELL;
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const REMOTE: Rule = Rule {
    id: "remote-control",
    title: "somebody else decides what is run on this machine",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 506,
    severity: Severity::Critical,
    help: "let others choose from a fixed table of actions; run nothing that they write",
    triggers: &[
        Trigger::Call(STARTERS),
        Trigger::Call(NO_SHELL),
        Trigger::Call(&[
            "builtins.exec",
            "builtins.eval",
            "stripe.PaymentIntent.create",
            "stripe.Charge.create",
            "stripe.Transfer.create",
            "stripe.Payout.create",
        ]),
        Trigger::Method(&["write", "register_function", "add_method", "register_instance", "expose"]),
        Trigger::Method(&["send_document", "reply_document", "answer_document", "File", "FSInputFile"]),
        Trigger::Target(&["description"]),
    ],
    check,
};

/// From whom text comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sender {
    Socket,
    Web,
    Chat,
    Model,
}

fn check(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return describes_tool(site, sink) };
    if called_name(call) == Some("write")
        && !matches!(&*call.func, Expr::Attribute(method) if matches!(&*method.value, Expr::Attribute(stream) if stream.attr.as_str() == "stdin"))
    {
        return;
    }
    if site.file.test_code {
        return;
    }
    if call.func.is_attribute_expr()
        && matches!(called_name(call), Some("register_function" | "add_method" | "register_instance" | "expose"))
    {
        return offers(site, call, sink);
    }
    let senders = senders_of(site);
    if senders.is_empty() {
        return;
    }
    if matches!(
        called_name(call),
        Some("send_document" | "reply_document" | "answer_document" | "File" | "FSInputFile")
    ) {
        return hands_out(site, call, &senders, sink);
    }
    let name = site.name.unwrap_or_default();
    let written = called_name(call) == Some("write") && !name.starts_with("builtins.");
    let what = if written {
        // What is written to the standard input of a shell is run.
        let Expr::Attribute(method) = &*call.func else { return };
        let Expr::Attribute(stream) = &*method.value else { return };
        if stream.attr.as_str() != "stdin" || !is_shell(site, &stream.value) {
            return;
        }
        call.arguments.args.first()
    } else if name.starts_with("stripe.") {
        return pays(site, call, &senders, sink);
    } else {
        command(site, call, name)
    };
    let Some(what) = what else { return };
    let mut reach = Reach::new(site.file.model);
    let code = name.starts_with("builtins.");
    for sender in senders {
        // Fetched code has a rule of its own.
        if code && sender == Sender::Web
            || !reach.any(what, site.scope, &|expr, scope| comes_from(site, sender, expr, scope))
        {
            continue;
        }
        if sender == Sender::Web && is_verified(site) {
            let message = "what a web server answers is run, after a signature or a digest was checked";
            sink.report(site.range(), Severity::Note, Confidence::Medium, message);
            return;
        }
        let (severity, confidence, message) = match sender {
            Sender::Socket => {
                (Severity::Critical, Confidence::High, "what a peer sends over a connection is run on this machine")
            }
            Sender::Web => (Severity::Critical, Confidence::Medium, "what a web server answers is run as a command"),
            Sender::Chat => {
                (Severity::Critical, Confidence::Medium, "what somebody writes in a chat is run as a command")
            }
            Sender::Model => (Severity::High, Confidence::High, "what a model answers is run, and nobody is asked"),
        };
        sink.report(site.range(), severity, confidence, message);
        if written {
            tell_start(site, call, severity, message, sink);
        }
        return;
    }
}

/// Where the shell was started that is written to: it is one deed.
fn tell_start(site: &Site<'_, '_>, call: &ast::ExprCall, severity: Severity, message: &str, sink: &mut Sink<'_>) {
    let Expr::Attribute(method) = &*call.func else { return };
    let Expr::Attribute(stream) = &*method.value else { return };
    let Expr::Name(process) = &*stream.value else { return };
    if let Some((started @ Expr::Call(_), _)) = site.file.model.single_value(process, site.scope) {
        sink.report(started.range(), severity, Confidence::Medium, message);
    }
}

/// What a tool says of itself is exchanged for what comes from the network while the program runs: who approved the
/// tool has read something else.
fn describes_tool(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let NodeRef::Stmt(Stmt::Assign(assign)) = site.node else { return };
    let [Expr::Attribute(target)] = assign.targets.as_slice() else { return };
    let model = site.file.model;
    let of_agents = asked::TOOL | asked::AGENT | asked::AGENT_ALONE;
    let of_tool = site.file.unit.slice(target.value.range()).to_ascii_lowercase().contains("tool");
    if site.file.test_code || !of_tool || model.asked & of_agents == 0 {
        return;
    }
    let fetched = |expr: &Expr, scope: ScopeId| {
        Some(matches!(expr, Expr::Call(call) if model.resolve(&call.func, scope).is_some_and(|name| fetches(&name))))
    };
    if Reach::new(model).any(&assign.value, site.scope, &fetched) {
        let message = "what a tool says of itself comes from the network while the program runs";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// Any file that somebody names in a chat is sent there.
fn hands_out(site: &Site<'_, '_>, call: &ast::ExprCall, senders: &[Sender], sink: &mut Sink<'_>) {
    if !senders.contains(&Sender::Chat) {
        return;
    }
    if arguments_of(call).any(|file| is_named_in_chat(site, file, site.scope, 6)) {
        let message = "any file of this machine that somebody names in a chat is sent there";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// Whether a file, or its path, is the one that a message names: no folder of this program stands before it.
fn is_named_in_chat(site: &Site<'_, '_>, file: &Expr, scope: ScopeId, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let model = site.file.model;
    match file {
        Expr::Name(name) => {
            let Some(binding) = model.lookup(name.id.as_str(), scope, name.start()) else { return false };
            match binding.kind {
                BindingKind::With(value) | BindingKind::Assigned(value) => {
                    is_named_in_chat(site, value, binding.scope, depth)
                }
                BindingKind::Parameter { .. } => model.function_around(binding.scope).is_some_and(|function| {
                    let first = function
                        .parameters
                        .iter()
                        .next()
                        .is_some_and(|first| first.name().as_str() == name.id.as_str());
                    let commands = function
                        .decorator_list
                        .iter()
                        .any(|decorator| site.file.unit.slice(decorator.range()).contains(".command"));
                    commands && !first
                }),
                _ => false,
            }
        }
        Expr::Call(call) => match (model.resolve(&call.func, scope).as_deref(), &*call.func) {
            (Some("builtins.open" | "pathlib.Path" | "os.path.expanduser"), _) => {
                call.arguments.args.first().is_some_and(|path| is_named_in_chat(site, path, scope, depth))
            }
            (_, Expr::Attribute(method))
                if matches!(method.attr.as_str(), "split" | "strip" | "partition" | "removeprefix") =>
            {
                is_named_in_chat(site, &method.value, scope, depth)
            }
            _ => false,
        },
        Expr::Subscript(part) => is_named_in_chat(site, &part.value, scope, depth),
        _ => comes_from(site, Sender::Chat, file, scope) == Some(true),
    }
}

/// A function that runs whatever it is given is offered to callers from elsewhere: `server.register_function(os.system)`.
fn offers(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) {
    let runs = |expr: &Expr| {
        let name = site.resolve(expr).unwrap_or_default();
        starts(&name) || matches!(name.as_str(), "builtins.exec" | "builtins.eval" | "os" | "subprocess")
    };
    if call.arguments.args.first().is_some_and(runs) {
        let message = "whoever calls over the network decides what is run on this machine";
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
    }
}

/// Money that a model decides to spend.
fn pays(site: &Site<'_, '_>, call: &ast::ExprCall, senders: &[Sender], sink: &mut Sink<'_>) {
    let mut reach = Reach::new(site.file.model);
    let decided = senders.contains(&Sender::Model)
        && arguments_of(call).any(|argument| {
            reach.any(argument, site.scope, &|expr, scope| comes_from(site, Sender::Model, expr, scope))
        });
    if decided {
        sink.report(
            site.range(),
            Severity::High,
            Confidence::High,
            "a model decides how much is paid, and nobody is asked",
        );
    }
}

/// What a call runs, when whoever writes it decides what is run, and not only with which arguments.
fn command<'a>(site: &Site<'_, 'a>, call: &'a ast::ExprCall, name: &str) -> Option<&'a Expr> {
    let words = command_of(name, call);
    let first = *words.first()?;
    if !name.starts_with("subprocess.") || name.starts_with("subprocess.get") {
        return Some(first);
    }
    match first {
        Expr::List(list) => {
            let shell = list.elts.iter().any(|element| {
                literal_text(element).is_some_and(|text| matches!(&*text, "-c" | "/c" | "/C" | "-Command"))
            });
            if shell { list.elts.last() } else { list.elts.first() }
        }
        _ => {
            let shell = site.keyword("shell").is_some_and(|shell| site.is_true(shell));
            let split = matches!(first, Expr::Call(call) if matches!(called_name(call), Some("split")));
            (shell || split || first.is_name_expr()).then_some(first)
        }
    }
}

/// Whether a process is a shell.
fn is_shell(site: &Site<'_, '_>, process: &Expr) -> bool {
    let mut reach = Reach::new(site.file.model);
    reach.any(process, site.scope, &|expr, _| {
        Some(literal_text(expr).is_some_and(|text| {
            let text = text.to_ascii_lowercase();
            matches!(&*text, "sh" | "bash" | "cmd" | "cmd.exe" | "powershell" | "powershell.exe" | "zsh")
                || text.ends_with("/sh")
                || text.ends_with("/bash")
        }))
    })
}

const CHATS: &[&str] = &[
    "discord",
    "nextcord",
    "disnake",
    "telebot",
    "telegram",
    "aiogram",
    "pyrogram",
    "telethon",
    "slack_bolt",
    "slack_sdk",
    "irc",
    "slixmpp",
    "twitchio",
    "matrix",
];

const MODELS: &[&str] = &[
    "openai",
    "anthropic",
    "litellm",
    "langchain",
    "langchain_core",
    "langchain_openai",
    "google.generativeai",
    "ollama",
    "transformers",
    "cohere",
    "mistralai",
    "groq",
    "llama_cpp",
    "vertexai",
];

fn senders_of(site: &Site<'_, '_>) -> Vec<Sender> {
    let any = |modules: &[&str]| modules.iter().any(|module| site.imports(module));
    let mut senders = Vec::new();
    if any(&["socket", "websocket", "websockets", "ssl", "asyncio", "zmq", "paho", "pika"]) {
        senders.push(Sender::Socket);
    }
    if any(&["requests", "urllib", "httpx", "aiohttp", "urllib3", "http"]) {
        senders.push(Sender::Web);
    }
    if any(CHATS) {
        senders.push(Sender::Chat);
    }
    if any(MODELS)
        || ["llm", "agent", "assistant"].iter().any(|word| site.file.model.is_bound(word))
        || site.file.model.asked & asked::MODEL != 0
    {
        senders.push(Sender::Model);
    }
    senders
}

fn comes_from(site: &Site<'_, '_>, sender: Sender, expr: &Expr, scope: ScopeId) -> Option<bool> {
    let model = site.file.model;
    if sender == Sender::Chat {
        let Expr::Attribute(attribute) = expr else { return Some(false) };
        let Expr::Name(name) = &*attribute.value else { return Some(false) };
        let parameter = model
            .lookup(name.id.as_str(), scope, name.start())
            .is_some_and(|binding| matches!(binding.kind, BindingKind::Parameter { .. }));
        return Some(
            parameter && matches!(attribute.attr.as_str(), "content" | "text" | "message" | "args" | "clean_content"),
        );
    }
    let Expr::Call(call) = expr else { return Some(false) };
    let last = called_name(call).unwrap_or_default();
    let name = || model.resolve(&call.func, scope).unwrap_or_default();
    Some(match sender {
        Sender::Socket => {
            matches!(last, "recv" | "recvfrom" | "recv_string" | "recv_json" | "recv_bytes")
                && matches!(&*call.func, Expr::Attribute(_))
                && !name().starts_with("multiprocessing.")
        }
        Sender::Web => fetches(&name()),
        Sender::Model => answers(call, last),
        Sender::Chat => false,
    })
}

/// Calls that bring something from the network.
pub(super) fn fetches(name: &str) -> bool {
    matches!(
        name,
        "requests.get"
            | "requests.post"
            | "requests.request"
            | "httpx.get"
            | "httpx.post"
            | "urllib.request.urlopen"
            | "urllib.request.urlretrieve"
            | "urllib2.urlopen"
            | "wget.download"
            | "urllib.urlretrieve"
            | "urllib.urlopen"
            | "requests.Session().get"
            | "requests.Session().post"
            | "requests.session().get"
            | "httpx.Client().get"
            | "httpx.AsyncClient().get"
            | "aiohttp.ClientSession().get"
            | "urllib3.PoolManager().request"
            | "urllib3.request"
            | "httpx.request"
            | "httpx.stream"
            | "requests.Session().request"
            | "requests.session().post"
            | "http.client.HTTPSConnection().getresponse"
            | "http.client.HTTPConnection().getresponse"
    )
}

/// Whether a call asks a language model.
fn answers(call: &ast::ExprCall, last: &str) -> bool {
    let Expr::Attribute(method) = &*call.func else { return false };
    let mut owners = Vec::new();
    let mut owner = &*method.value;
    while let Expr::Attribute(inner) = owner {
        owners.push(inner.attr.as_str());
        owner = &inner.value;
    }
    if let Expr::Name(name) = owner {
        owners.push(name.id.as_str());
    }
    let owned = |words: &[&str]| owners.iter().any(|owner| words.contains(owner));
    match last {
        "create" | "acreate" => owned(&["completions", "messages", "responses", "ChatCompletion", "Completion"]),
        "generate_content" => true,
        "completion" | "acompletion" => owned(&["litellm"]),
        "complete" | "invoke" | "generate" | "predict" | "chat" | "ask" | "run" | "ainvoke" => {
            owned(&["llm", "chat_model", "language_model", "_llm", "gpt", "ollama", "chatbot"])
        }
        _ => false,
    }
}
