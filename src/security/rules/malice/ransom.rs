//! What is taken away from people to be paid for: files that are encrypted or destroyed wherever they are found, notes
//! that ask for money, and the keys that are sent away.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::reach::{Reach, arguments_of, literal_text};
use super::ways;
use crate::model::{Category, Confidence, Severity};
use crate::security::python::mentions::asked;
use crate::security::python::{Constant, Kinds, NodeRef, ScopeId};
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const MASS_ENCRYPTION: Rule = Rule {
    id: "mass-encryption",
    title: "files are encrypted wherever they are found",
    aliases: &[],
    category: Category::FileOperations,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; keep backups apart from the machine",
    triggers: &[
        Trigger::Method(&["write", "write_bytes", "write_text", "unlink", "SystemParametersInfoW"]),
        Trigger::Method(&["SystemParametersInfoA", "post", "put", "urlopen", "send_message"]),
        Trigger::Call(&["os.remove", "os.unlink", "os.rename", "os.replace"]),
    ],
    check: |site, sink| {
        if site.file.test_code {
            return;
        }
        let Some(call) = site.call() else { return };
        match called_name(call).unwrap_or_default() {
            "SystemParametersInfoW" | "SystemParametersInfoA" => shows_note(site, sink),
            "post" | "put" | "urlopen" | "send_message" => sends_key(site, sink),
            "unlink" | "remove" | "rename" | "replace" => replaces_originals(site, sink),
            _ => written(site, sink),
        }
    },
};

fn written(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let text = &site.file.unit.text;
    let Some(data) = site.first() else { return };
    if is_noise(site, data) && (walks(site) || is_endless(site)) {
        let message = "whatever is found is overwritten with noise, or a disk is filled with it";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
        return;
    }
    if site.file.hints() & super::hints::RANSOM != 0 && tells_ransom(site, data) {
        let message = "a note is written that asks for money for what was encrypted";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
        return;
    }
    if site.file.model.asked & asked::CIPHER == 0 {
        return;
    }
    let encrypts = |expr: &Expr, _: ScopeId| {
        let Expr::Call(call) = expr else { return Some(false) };
        Some(called_name(call).is_some_and(|name| matches!(name, "encrypt" | "encrypt_and_digest" | "encrypt_file")))
    };
    if !Reach::new(site.file.model).any(data, site.scope, &encrypts) {
        return;
    }
    let replaces = ["os.rename", "os.replace", "os.remove", "os.unlink", ".unlink()", ".rename("];
    if walks(site) && (replaces.iter().any(|word| text.contains(word)) || ransom(text)) {
        let message = "whatever files are found are replaced by what nobody can read";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
    }
}

/// Words that those write who encrypted files, as [`super::hints`] looks for them.
pub(super) const RANSOM: &[&str] = &["ncrypted", "NCRYPTED", "decrypt your", "DECRYPT YOUR", "ransom", "RANSOM"];

/// Whether a text asks for money for what was encrypted.
fn is_note(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let taken = ["files", "data", "documents", "network", "server", "computer", "disk", "drive"]
        .iter()
        .any(|what| lower.contains(what));
    let encrypted =
        ["been encrypted", "are encrypted", "is encrypted", "were encrypted", "decrypt your", "been locked"]
            .iter()
            .any(|way| lower.contains(way));
    let word = |name: &str| lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part == name);
    let paid = ["btc", "bitcoin", "monero", "xmr", "wallet", "pay", "payment", "ransom", "onion", "eth"];
    taken && encrypted && paid.iter().any(|way| word(way))
}

fn tells_ransom(site: &Site<'_, '_>, data: &Expr) -> bool {
    Reach::new(site.file.model)
        .any(data, site.scope, &|expr, _| Some(literal_text(expr).is_some_and(|text| is_note(&text))))
}

/// Whether the file holds a note that asks for money, or names one.
fn holds_note(site: &Site<'_, '_>) -> bool {
    site.file.hints() & super::hints::RANSOM != 0
        && site.file.model.nodes_of(Kinds::STRING | Kinds::FSTRING).any(|(_, node)| match node.node {
            NodeRef::Expr(expr) => {
                literal_text(expr).is_some_and(|text| is_note(&text) || text.contains("://") && text.contains("ransom"))
            }
            _ => false,
        })
}

/// The picture on the desktop is exchanged by what asks for money elsewhere.
fn shows_note(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let sets_picture = site.first().is_some_and(|action| matches!(site.constant(action), Some(Constant::Int(20))));
    // Which picture is shown stands in the code, or comes with it.
    let chosen_here = site.argument("pvParam", 2).is_some_and(|picture| {
        Reach::new(site.file.model).any(picture, site.scope, &|expr, _| Some(expr.is_string_literal_expr()))
    });
    if sets_picture && chosen_here && holds_note(site) {
        let message = "the desktop is made to show a note that asks for money";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// A key that was made here is sent away together with who this machine is: who pays gets it back.
fn sends_key(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let model = site.file.model;
    let makers = ["generate_key", "get_random_bytes"];
    if !makers.iter().any(|maker| model.calls_named(maker).next().is_some()) {
        return;
    }
    let Some(call) = site.call().filter(|call| ways::is_sending(model, call, site.scope)) else { return };
    let made = |expr: &Expr, scope: ScopeId| match expr {
        Expr::Call(made) if called_name(made) == Some("encrypt") => None,
        Expr::Call(made) => {
            let name = model.resolve(&made.func, scope).unwrap_or_default();
            let symmetric =
                ["cryptography.fernet.", "cryptography.hazmat.primitives.ciphers.", "Crypto.", "Cryptodome."];
            Some(
                called_name(made).is_some_and(|last| makers.contains(&last))
                    && symmetric.iter().any(|of| name.starts_with(of)),
            )
        }
        _ => Some(false),
    };
    let who = |expr: &Expr, scope: ScopeId| {
        let called = if let Expr::Call(call) = expr { model.resolve(&call.func, scope) } else { None };
        let known = ["socket.gethostname", "getpass.getuser", "os.getlogin", "platform.node", "uuid.getnode"];
        let named = literal_text(expr).is_some_and(|text| matches!(&*text, "COMPUTERNAME" | "USERNAME" | "HOSTNAME"));
        Some(named || called.is_some_and(|name| known.contains(&name.as_str())))
    };
    let mut reach = Reach::with_elements(model);
    let mut given = |test: &dyn Fn(&Expr, ScopeId) -> Option<bool>| {
        arguments_of(call).any(|argument| reach.any(argument, site.scope, test))
    };
    if given(&made) && (given(&who) || holds_note(site)) {
        let message = "a key that was made here is sent away together with who this machine is";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// Ends of names that nobody gives to files but those who want to be paid for them.
const SUFFIXES: &[&str] = &[".locked", ".lock3d", ".encrypted", ".crypt", ".crypted", ".cryp", ".ransom", ".lckd"];

/// Files that a loop goes through are written again under another name, by a function that nobody here knows, and the
/// originals are removed.
fn replaces_originals(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some((body, iter, scope)) = site.ancestors().find_map(|node| match node.node {
        NodeRef::Stmt(Stmt::For(looped)) => Some((looped.range(), &*looped.iter, node.scope)),
        _ => None,
    }) else {
        return;
    };
    let source = site.file.unit.slice(body);
    let named = SUFFIXES.iter().any(|end| source.contains(end));
    if !named && !holds_note(site) || !["read_bytes()", ".read()"].iter().any(|way| source.contains(way)) {
        return;
    }
    let model = site.file.model;
    let found = |expr: &Expr, scope: ScopeId| Some(is_walk(site, expr, scope));
    let home = |expr: &Expr, scope: ScopeId| {
        let Expr::Call(call) = expr else { return Some(false) };
        let name = model.resolve(&call.func, scope).unwrap_or_default();
        Some(matches!(&*name, "pathlib.Path.home" | "os.path.expanduser"))
    };
    let mut reach = Reach::new(model);
    let wide = reach.any(iter, scope, &found) && (named || reach.any(iter, scope, &home));
    let kept = ["write_bytes", "write"].iter().flat_map(|name| model.calls_named(name)).find_map(|node| {
        let NodeRef::Expr(expr @ Expr::Call(write)) = node.node else { return None };
        let computed = write.arguments.args.first().is_some_and(|data| !data.is_literal_expr());
        (body.contains_range(expr.range()) && computed).then(|| expr.range())
    });
    let Some(kept) = kept.filter(|_| wide || holds_note(site)) else { return };
    let message = "files are replaced by what nobody can read, and the originals are removed";
    sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
    sink.report(kept, Severity::High, Confidence::Medium, message);
}

/// Whether a file is filled with random bytes and nothing else.
fn is_noise(site: &Site<'_, '_>, data: &Expr) -> bool {
    let Expr::Call(call) = data else { return false };
    let name = site.resolve(&call.func).unwrap_or_default();
    matches!(name.as_str(), "os.urandom" | "secrets.token_bytes" | "random.randbytes")
}

/// Whether the place lies in a loop that ends only when nothing is left: a disk is full before it has counted so far.
fn is_endless(site: &Site<'_, '_>) -> bool {
    site.ancestors().take_while(|node| !matches!(node.node, NodeRef::Stmt(Stmt::FunctionDef(_)))).any(|node| match node
        .node
    {
        NodeRef::Stmt(Stmt::For(looped)) => {
            let Expr::Call(call) = &*looped.iter else { return false };
            let count = call.arguments.args.last();
            called_name(call) == Some("count") && call.arguments.is_empty()
                || called_name(call) == Some("range")
                    && count.is_some_and(|count| {
                        site.file.unit.slice(count.range()).starts_with("10**")
                            || matches!(site.constant(count), Some(Constant::Int(1_000_000..)))
                    })
        }
        NodeRef::Stmt(Stmt::While(looped)) => {
            let source = site.file.unit.slice(looped.range());
            matches!(&*looped.test, Expr::BooleanLiteral(on) if on.value)
                && !["break", "return", "await ", "send"].iter().any(|way| source.contains(way))
        }
        _ => false,
    })
}

fn is_walk(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> bool {
    let Expr::Call(call) = expr else { return false };
    called_name(call) == Some("rglob")
        || site
            .file
            .model
            .resolve(&call.func, scope)
            .is_some_and(|name| matches!(&*name, "os.walk" | "glob.glob" | "glob.iglob"))
}

/// Whether the place lies in a loop over all files below a folder, or in a function that such a loop calls.
fn walks(site: &Site<'_, '_>) -> bool {
    let in_loop = site.ancestors().any(|node| match node.node {
        NodeRef::Stmt(Stmt::For(looped)) => {
            Reach::new(site.file.model).any(&looped.iter, node.scope, &|expr, scope| Some(is_walk(site, expr, scope)))
        }
        _ => false,
    });
    in_loop
        || site.file.model.nodes.iter().any(|node| match node.node {
            NodeRef::Stmt(Stmt::For(looped)) if is_walk(site, &looped.iter, node.scope) => {
                let around = site.file.model.function_around(site.scope);
                around.is_some_and(|function| {
                    let called = format!("{}(", function.name);
                    looped.body.iter().any(|stmt| site.file.unit.slice(stmt.range()).contains(&called))
                })
            }
            _ => false,
        })
}

fn ransom(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["btc", "bitcoin", "monero", "ransom", "decrypt your files"].iter().any(|word| lower.contains(word))
}
