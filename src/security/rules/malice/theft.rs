//! Secrets and private data that are taken and sent away.

mod places;
mod stores;

use std::cell::Cell;

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashMap;

use self::places::READERS;
pub(super) use self::places::{DROPS, METADATA, READING_PROGRAMS, SECRET_VARIABLES, STORES};
use self::stores::{asks_metadata, copies_browser, is_metadata, is_shot, passwords_of_browser, walks_home};
use super::channel::fetches;
use super::consent::is_wanted;
use super::hints;
use super::paths::joined;
use super::reach::{Reach, arguments_of, literal_text};
use super::ways::{STARTERS, command_of, handed, is_sending, starts};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{BindingKind, NodeId, NodeRef, ScopeId};
use crate::security::rules::{Private, Rule, Sink, Site, Trigger, called_name, process::NO_SHELL};

pub(in crate::security::rules) const THEFT: Rule = Rule {
    id: "credential-theft",
    title: "credentials or private data are read and sent away",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; if it ran, replace every credential that it could read",
    triggers: &[
        Trigger::Call(&[
            "requests.post",
            "requests.put",
            "requests.request",
            "requests.get",
            "httpx.post",
            "httpx.put",
            "httpx.get",
            "urllib.request.urlopen",
            "urllib.request.Request",
            "ftplib.FTP.storbinary",
        ]),
        Trigger::Call(STARTERS),
        Trigger::Call(NO_SHELL),
        Trigger::Method(&["Thread", "submit", "run_in_executor", "to_thread", "start_new_thread"]),
        Trigger::Method(&[
            "post",
            "put",
            "urlopen",
            "request",
            "sendall",
            "send",
            "sendto",
            "sendmail",
            "send_message",
            "send_photo",
            "send_document",
            "send_file",
            "sendDocument",
            "storbinary",
            "storlines",
            "reply_document",
            "send_audio",
            "send_voice",
            "send_video",
            "put_object",
            "upload_fileobj",
            "insert_one",
            "publish",
            "ship",
            "exfil",
            "exfiltrate",
            "transmit",
            "beacon",
        ]),
        Trigger::Call(&["shutil.copy", "shutil.copy2", "shutil.copyfile"]),
        Trigger::Holding(&["password_value", "card_number_encrypted"]),
    ],
    check: sent,
};

pub(in crate::security::rules) const DNS_LEAK: Rule = Rule {
    id: "dns-exfiltration",
    title: "data leaves in the names of DNS look-ups",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::High,
    help: "do not let this code in; a look-up needs no data of this machine in its name",
    triggers: &[Trigger::Call(&[
        "socket.gethostbyname",
        "socket.getaddrinfo",
        "socket.gethostbyname_ex",
        "dns.resolver.resolve",
        "dns.resolver.query",
    ])],
    check: |site, sink| {
        let Some(Expr::FString(_) | Expr::BinOp(_) | Expr::Name(_)) = site.first() else { return };
        let Some(name) = site.first() else { return };
        let encoded = |expr: &Expr, scope: ScopeId| {
            let called = if let Expr::Call(call) = expr { site.file.model.resolve(&call.func, scope) } else { None };
            Some(
                called.is_some_and(|name| {
                    matches!(
                        name.as_str(),
                        "base64.b32encode"
                            | "base64.b64encode"
                            | "base64.urlsafe_b64encode"
                            | "binascii.hexlify"
                            | "getpass.getuser"
                            | "socket.gethostname"
                            | "platform.node"
                            | "os.getlogin"
                    )
                }) || matches!(expr, Expr::Call(call) if called_name(call) == Some("hex") && call.func.is_attribute_expr()),
            )
        };
        let mut reach = Reach::new(site.file.model);
        let built = reach.any(name, site.scope, &|expr, _| Some(matches!(expr, Expr::FString(_) | Expr::BinOp(_))));
        if built && reach.any(name, site.scope, &encoded) {
            let message = "the name that is looked up carries encoded data or the identity of this machine";
            sink.report(site.range(), Severity::High, Confidence::High, message);
        }
    },
};

/// How bad it is what is taken, from nothing upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Taken {
    Nothing,
    Identity,
    Machine,
    Environment,
    Spied,
    Store,
}

fn sent(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return passwords_of_browser(site, sink) };
    let hints = site.file.hints();
    let private = hints::STORE | hints::ENVIRONMENT | hints::READER | hints::IDENTITY | hints::VARIABLES | hints::HOME;
    if hints & private == 0 {
        return;
    }
    if site.name.is_some_and(|name| name.starts_with("shutil.copy")) {
        return copies_browser(site, sink);
    }
    let Some(arguments) = what_is_sent(site, call) else { return };
    let odd = hints & hints::DROP != 0;
    // To ask a cloud again with what it gave is how it is asked.
    let addressed = matches!(called_name(call), Some("get" | "put" | "post" | "request" | "urlopen" | "Request"));
    let metadata = || call.arguments.args.first().is_some_and(|to| is_metadata(site, to, site.scope));
    if addressed && hints & hints::STORE != 0 && metadata() {
        return;
    }
    let (mut worst, mut places) = (Taken::Nothing, [None; 2]);
    for argument in arguments {
        let (taken, read, handed) = taken(site, argument);
        if taken > worst {
            (worst, places) = (taken, [read, handed]);
        }
    }
    // What a project hands to an object of its own may go anywhere; credentials have no business there either.
    if worst == Taken::Nothing || worst <= Taken::Environment && is_of_project(site, call) {
        return;
    }
    // A password out of a keyring is there to log in with: what looks like that is a question, and no proof.
    let logs_in = || {
        let address = call.arguments.args.first().and_then(literal_text).unwrap_or_default();
        ["login", "auth", "token", "session", "signin"].iter().any(|word| address.contains(word))
    };
    if worst == Taken::Store && !odd && hints & hints::STORE == 0 && site.imports("keyring") && logs_in() {
        let message = "a password out of a keyring is sent over the network, perhaps to log in with";
        sink.report(site.range(), Severity::Medium, Confidence::Low, message);
        return;
    }
    // What goes to a place that was configured is kept there.
    if !odd
        && matches!(called_name(call), Some("put_object" | "upload_fileobj" | "insert_one"))
        && !is_fixed(site, call)
    {
        return;
    }
    // A person who has a picture taken and sent knows of it.
    if worst == Taken::Spied && !odd && is_wanted(site) {
        let message =
            "what the screen, the camera, the microphone or the clipboard holds is sent when a person wants it";
        sink.report(site.range(), Severity::Note, Confidence::Medium, message);
        return;
    }
    let to_drop =
        odd && site.file.model.nodes.iter().any(|node| matches!(node.node, NodeRef::Expr(expr) if is_drop(expr)));
    let (severity, confidence, message) = match (worst, to_drop) {
        (Taken::Store, true) => {
            (Severity::Critical, Confidence::High, "what is read from a store of credentials is sent to a collector")
        }
        (Taken::Store, false) => (
            Severity::Critical,
            Confidence::Medium,
            "what is read from a store of credentials or private files is sent over the network",
        ),
        (Taken::Spied, true) => (
            Severity::Critical,
            Confidence::High,
            "what the screen, the camera or the clipboard shows is sent to a collector",
        ),
        (Taken::Spied, false) => (
            Severity::Critical,
            Confidence::Medium,
            "what the screen, the camera, the microphone or the clipboard holds is sent over the network",
        ),
        (Taken::Environment, true) => {
            (Severity::Critical, Confidence::High, "the secrets of the environment are sent to a collector")
        }
        (Taken::Environment, false) => (
            Severity::Critical,
            Confidence::Medium,
            "the environment, with the secrets in it, is sent over the network",
        ),
        (Taken::Identity | Taken::Machine, true) => {
            (Severity::Critical, Confidence::Medium, "who and where this machine is is sent to a collector")
        }
        (Taken::Machine, false) => {
            (Severity::High, Confidence::Medium, "who uses this machine and which it is is sent over the network")
        }
        (Taken::Identity | Taken::Nothing, _) => return,
    };
    sink.report(site.range(), severity, confidence, message);
    // Both ends are to be looked at, and the way between them.
    if worst >= Taken::Environment {
        let line = site.file.unit.line(site.range().start());
        let mut told = vec![site.range()];
        for place in places.into_iter().flatten() {
            if told.iter().any(|known| known.contains_range(place)) {
                continue;
            }
            let message = format!("what is taken here is sent over the network on line {line}");
            sink.report(place, Severity::High, confidence, message);
            told.push(place);
        }
    }
}

/// Whether the place where something is put stands in the code.
fn is_fixed(site: &Site<'_, '_>, call: &ast::ExprCall) -> bool {
    let bucket = call.arguments.find_keyword("Bucket").map(|keyword| &keyword.value);
    bucket.or_else(|| call.arguments.args.get(1)).is_some_and(|bucket| site.is_constant(bucket))
}

/// Whether a method belongs to something that the project itself makes: where that sends, it is judged where it stands.
fn is_of_project(site: &Site<'_, '_>, call: &ast::ExprCall) -> bool {
    let Expr::Attribute(method) = &*call.func else { return false };
    let Some(owner) = site.resolve(&method.value) else { return false };
    let root = owner.split('.').next().unwrap_or_default();
    owner.contains("()") && site.file.unit.path.split('/').any(|folder| folder == root)
}

/// The arguments of a call that go over the network; none for calls that send nothing.
fn what_is_sent<'a>(site: &Site<'_, 'a>, call: &'a ast::ExprCall) -> Option<Vec<&'a Expr>> {
    let name = site.name.unwrap_or_default();
    let last = called_name(call).unwrap_or_default();
    if let Some((_, given)) = handed(call) {
        return is_sending(site.file.model, call, site.scope).then_some(given);
    }
    // A function of this file sends nothing itself: what it calls is looked at where it stands.
    if call.func.is_name_expr() && !name.contains('.') {
        return None;
    }
    if starts(name) {
        let command = *command_of(name, call).last()?;
        if literal_text(command).is_some() && !command.is_f_string_expr() {
            return None;
        }
        let mut reach = Reach::new(site.file.model);
        let sends = reach.any(command, site.scope, &|expr, _| {
            Some(literal_text(expr).is_some_and(|text| {
                let first = text.split_whitespace().next().unwrap_or_default();
                matches!(first, "curl" | "wget" | "nslookup" | "dig" | "nc" | "scp" | "ping" | "host")
            }))
        });
        return sends.then(|| vec![command]);
    }
    // `get` of anything else than an HTTP client is a look-up in a dictionary.
    if last == "get" && !name.starts_with("requests.") && !name.starts_with("httpx.") {
        return None;
    }
    if last == "put" {
        // A queue is no network, a file transfer is.
        let receiver = if let Expr::Attribute(method) = &*call.func { site.resolve(&method.value) } else { None };
        let receiver = receiver.unwrap_or_default();
        if receiver.contains("ueue") || receiver.starts_with("builtins.") {
            return None;
        }
    }
    // What proves who asks is no data that is sent.
    let proofs = ["auth", "cert", "verify", "timeout", "cookies", "proxies", "headers"];
    let keywords = call
        .arguments
        .keywords
        .iter()
        .filter(|keyword| !keyword.arg.as_ref().is_some_and(|name| proofs.contains(&name.as_str())));
    let mut sent: Vec<&Expr> = call.arguments.args.iter().chain(keywords.map(|keyword| &keyword.value)).collect();
    // In a header that is not for proofs, anything may go.
    if let Some(Expr::Dict(headers)) = call.arguments.find_keyword("headers").map(|keyword| &keyword.value) {
        let proof = |key: &str| {
            let key = key.to_ascii_lowercase();
            ["auth", "token", "key", "user-agent", "content-type", "accept"].iter().any(|word| key.contains(word))
        };
        let others = headers
            .items
            .iter()
            .filter(|item| item.key.as_ref().and_then(literal_text).is_some_and(|key| !proof(&key)));
        sent.extend(others.map(|item| &item.value));
    }
    Some(sent)
}

/// What an argument takes away, where it is taken, and where it is handed to a function that sends.
fn taken(site: &Site<'_, '_>, argument: &Expr) -> (Taken, Option<TextRange>, Option<TextRange>) {
    let mut reach = Reach::with_elements(site.file.model);
    let (taken, place) = taken_by(site, argument, &mut reach);
    (taken, place, reach.entered())
}

fn taken_by(site: &Site<'_, '_>, argument: &Expr, reach: &mut Reach<'_, '_>) -> (Taken, Option<TextRange>) {
    let hints = site.file.hints();
    let place = Cell::new(None);
    let noted = |expr: &Expr, found: Option<bool>| {
        if found == Some(true) {
            place.set(Some(expr.range()));
        }
        found
    };
    let stores = hints & (hints::STORE | hints::READER) != 0;
    if stores {
        if reach.any(argument, site.scope, &|expr, scope| noted(expr, from_store(site, expr, scope))) {
            return (Taken::Store, place.get());
        }
        if carries(site, argument) {
            return (Taken::Store, None);
        }
    } else if hints & hints::HOME != 0
        && reach.any(argument, site.scope, &|expr, scope| noted(expr, Some(walks_home(site, expr, scope))))
    {
        return (Taken::Store, place.get());
    }
    if hints & hints::READER != 0
        && reach.any(argument, site.scope, &|expr, scope| noted(expr, from_reader(site, expr, scope)))
    {
        return (Taken::Spied, place.get());
    }
    if hints & hints::ENVIRONMENT != 0
        && reach.any(argument, site.scope, &|expr, scope| noted(expr, whole_environment(site, expr, scope)))
    {
        return (Taken::Environment, place.get());
    }
    if hints & hints::VARIABLES != 0 {
        let named = std::cell::RefCell::new(Vec::new());
        let second = |expr: &Expr, _: ScopeId| {
            let Expr::StringLiteral(text) = expr else { return Some(false) };
            let text = text.value.to_str();
            let mut named = named.borrow_mut();
            if SECRET_VARIABLES.contains(&text) && !named.iter().any(|known| known == text) {
                named.push(text.to_owned());
            }
            Some(named.len() == 2)
        };
        if reach.any(argument, site.scope, &second) {
            return (Taken::Environment, None);
        }
    }
    if hints & hints::IDENTITY == 0 {
        return (Taken::Nothing, None);
    }
    let kinds: &[&[&str]] = &[
        &["getpass.getuser", "os.getlogin"],
        &["socket.gethostname", "platform.node", "platform.uname", "socket.getfqdn", "os.uname"],
        &["os.getcwd"],
    ];
    let known = kinds.iter().filter(|names| {
        reach.any(argument, site.scope, &|expr, scope| {
            let Expr::Call(call) = expr else { return Some(false) };
            Some(site.file.model.resolve(&call.func, scope).is_some_and(|name| names.contains(&name.as_str())))
        })
    });
    let taken = match known.count() {
        0 => Taken::Nothing,
        1 => Taken::Identity,
        _ => Taken::Machine,
    };
    (taken, None)
}

fn is_drop(expr: &Expr) -> bool {
    literal_text(expr).is_some_and(|text| DROPS.iter().any(|drop| text.contains(drop)))
}

/// A public key may go anywhere, and so may the names of known hosts.
fn is_public(path: &str) -> bool {
    path.ends_with(".pub") || path.ends_with("known_hosts")
}

fn is_store(text: &str) -> bool {
    if is_public(text) {
        return false;
    }
    // A whole text that mentions such a place, a template or a help page, is not the place.
    if text.len() > 300 || text.contains('\n') {
        return false;
    }
    let of_process = text.starts_with("/proc/") && text.ends_with("/environ") && !text.contains("/self/");
    of_process
        || matches!(text, ".ssh" | ".aws" | ".env" | ".pem" | ".kdbx" | ".ppk" | ".npmrc" | "Local Storage")
        || STORES.iter().any(|store| text.contains(store))
}

fn from_store(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> Option<bool> {
    if let Some(text) = literal_text(expr) {
        return Some(is_store(&text) || text == "key=clear" || text.contains("with hidden answer"));
    }
    if let Some(path) = joined(site.file.model, expr, scope) {
        if is_public(&path) {
            return None;
        }
        if is_store(&path) {
            return Some(true);
        }
    }
    if let Expr::Call(call) = expr {
        let name = site.file.model.resolve(&call.func, scope).unwrap_or_default();
        // Who encrypts with a key ring does not give it away.
        if name == "gnupg.GPG" {
            return None;
        }
        let stores = ["browser_cookie3.", "rookiepy.", "win32crypt.", "keyring.get_"];
        // What a cloud gives to its machines for asking.
        let answered =
            fetches(&name) || matches!(called_name(call), Some("get" | "getresponse" | "urlopen" | "request"));
        let given = answered && asks_metadata(site, call, scope);
        let of_cloud = matches!(called_name(call), Some("get_credentials" | "get_frozen_credentials"))
            && ["boto3", "botocore", "google"].iter().any(|module| site.imports(module));
        let text = &site.file.unit.text;
        // What a person is logged in to, out of the browser that the person uses.
        let logged_in = match called_name(call) {
            Some("storage_state") => text.contains("launch_persistent_context"),
            Some("get_cookies") => text.contains("user-data-dir"),
            _ => false,
        };
        return Some(
            given
                || of_cloud
                || logged_in
                || stores.iter().any(|store| name.starts_with(store))
                || walks_home(site, expr, scope),
        );
    }
    Some(false)
}

/// What watches people: screens, cameras, microphones, clipboards.
fn from_reader(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> Option<bool> {
    if let Some(path) = literal_text(expr) {
        return Some(is_filled(site, Private::Watched, &path));
    }
    if let Expr::Name(name) = expr {
        return Some(is_shot(site, name.id.as_str(), scope));
    }
    from_reader_call(site, expr, scope)
}

fn from_reader_call(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> Option<bool> {
    let Expr::Call(call) = expr else { return Some(false) };
    let name = site.file.model.resolve(&call.func, scope).unwrap_or_default();
    let program = || {
        let words = command_of(&name, call);
        let mut reach = Reach::new(site.file.model);
        words.into_iter().any(|word| {
            reach.any(word, scope, &|expr, _| {
                Some(
                    literal_text(expr)
                        .is_some_and(|text| READING_PROGRAMS.iter().any(|program| text.contains(program))),
                )
            })
        })
    };
    Some(READERS.contains(&name.as_str()) || called_name(call) == Some("clipboard_get") || starts(&name) && program())
}

/// Whether a file that is sent was filled from a store of credentials before.
fn carries(site: &Site<'_, '_>, argument: &Expr) -> bool {
    let mut reach = Reach::new(site.file.model);
    reach.any(argument, site.scope, &|expr, _| {
        let Some(path) = literal_text(expr) else { return Some(false) };
        Some(is_filled(site, Private::Stored, &path))
    })
}

/// Whether something private is put into the file at a path; asked of each path once.
fn is_filled(site: &Site<'_, '_>, private: Private, path: &str) -> bool {
    if given(site).get(path).is_none() {
        return false;
    }
    let key = (private, path.to_owned());
    if let Some(known) = site.file.filled.borrow().get(&key) {
        return *known;
    }
    let found = match private {
        Private::Stored => content_of(site, path, &|expr, scope| from_store(site, expr, scope)),
        Private::Watched => content_of(site, path, &|expr, scope| from_reader_call(site, expr, scope)),
    };
    site.file.filled.borrow_mut().insert(key, found);
    found
}

/// Whether what is put into the file at a path passes a test: by the call that names the path as its target, or by
/// what is put into what that call gives.
fn content_of(site: &Site<'_, '_>, path: &str, test: &dyn Fn(&Expr, ScopeId) -> Option<bool>) -> bool {
    let model = site.file.model;
    let Some(calls) = given(site).get(path) else { return false };
    let mut left = 40_u8;
    calls.iter().filter_map(|id| model.nodes.get(id.0 as usize)).any(|node| {
        let NodeRef::Expr(whole @ Expr::Call(call)) = node.node else { return false };
        let Some(less) = left.checked_sub(1) else { return false };
        left = less;
        let mut reach = Reach::new(model);
        let others = arguments_of(call).filter(|argument| !names_path(site, argument, node.scope, path));
        let receiver = if let Expr::Attribute(method) = &*call.func { Some(&*method.value) } else { None };
        if others.chain(receiver).any(|other| reach.any(other, node.scope, test)) {
            return true;
        }
        let holder = model.bindings.iter().find(|binding| match binding.kind {
            BindingKind::With(value) | BindingKind::Assigned(value) => std::ptr::eq(value, whole),
            _ => false,
        });
        holder.is_some_and(|holder| {
            model.calls_on(holder.name).any(|node| {
                let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
                let Expr::Attribute(method) = &*call.func else { return false };
                matches!(&*method.value, Expr::Name(name) if name.id.as_str() == holder.name)
                    && arguments_of(call).any(|put| reach.any(put, node.scope, test))
            })
        })
    })
}

/// The calls of the file by the constant texts that they are given, as far as these may be paths.
fn given<'s>(site: &'s Site<'_, '_>) -> &'s FxHashMap<String, Vec<NodeId>> {
    site.file.given.get_or_init(|| {
        let model = site.file.model;
        let mut given: FxHashMap<String, Vec<NodeId>> = FxHashMap::default();
        for (index, node) in model.nodes.iter().enumerate() {
            let NodeRef::Expr(Expr::Call(call)) = node.node else { continue };
            for argument in arguments_of(call) {
                let text = match argument {
                    Expr::Name(name) => model.single_value(name, node.scope).and_then(|(value, _)| literal_text(value)),
                    Expr::StringLiteral(_) | Expr::FString(_) | Expr::BytesLiteral(_) => literal_text(argument),
                    _ => None,
                };
                if let Some(text) = text.filter(|text| may_be_path(text)) {
                    given.entry(text).or_default().push(NodeId(u32::try_from(index).unwrap_or(u32::MAX)));
                }
            }
        }
        given
    })
}

fn may_be_path(text: &str) -> bool {
    (4..=300).contains(&text.len()) && !text.contains("://") && !text.contains('\n') && text.contains(['.', '/', '\\'])
}

fn names_path(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId, path: &str) -> bool {
    match expr {
        Expr::Name(name) => site
            .file
            .model
            .single_value(name, scope)
            .is_some_and(|(value, _)| literal_text(value).is_some_and(|text| text == path)),
        _ => literal_text(expr).is_some_and(|text| text == path),
    }
}

/// The environment as a whole; one variable by its name is how programs are configured.
fn whole_environment(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> Option<bool> {
    let model = site.file.model;
    match expr {
        Expr::Subscript(subscript) if model.is(&subscript.value, scope, "os.environ") => None,
        Expr::Call(call) => match &*call.func {
            Expr::Attribute(method) if model.is(&method.value, scope, "os.environ") => {
                if matches!(method.attr.as_str(), "copy" | "items" | "values") { Some(true) } else { None }
            }
            _ => Some(false),
        },
        Expr::Attribute(_) | Expr::Name(_) => Some(model.is(expr, scope, "os.environ")),
        _ => Some(false),
    }
}
