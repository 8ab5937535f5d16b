//! Stores of browsers and of clouds, and pictures of screens.

use ruff_python_ast::{self as ast, Expr};

use super::super::hints;
use super::super::paths::joined;
use super::super::reach::{Reach, arguments_of, literal_text};
use super::from_reader_call;
use super::places::METADATA;
use crate::model::{Confidence, Severity};
use crate::security::python::{NodeRef, ScopeId};
use crate::security::rules::{Sink, Site, called_name};

/// The store of a browser is copied, which is open and locked where it lies.
pub(super) fn copies_browser(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.hints() & hints::STORE == 0 || site.file.test_code {
        return;
    }
    let of_browser = [
        "Login Data",
        "Network/Cookies",
        "Network\\Cookies",
        "Default/Cookies",
        "cookies.sqlite",
        "logins.json",
        "key4.db",
    ];
    let copied = site.first().is_some_and(|source| {
        Reach::new(site.file.model).any(source, site.scope, &|expr, _| {
            Some(literal_text(expr).is_some_and(|text| of_browser.iter().any(|store| text.contains(store))))
        })
    });
    if copied {
        let message = "what a browser keeps for a person is copied";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// A statement that reads the passwords that a browser keeps has no other use.
pub(super) fn passwords_of_browser(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let NodeRef::Expr(Expr::StringLiteral(text)) = site.node else { return };
    let text = text.value.to_str();
    let lower = text.to_ascii_lowercase();
    let passwords = text.contains("password_value") && lower.contains("logins");
    let cards = text.contains("card_number_encrypted") && lower.contains("credit_cards");
    if lower.contains("select ") && (passwords || cards) {
        sink.report(
            site.range(),
            Severity::Critical,
            Confidence::Medium,
            "the passwords and cards that a browser keeps are read",
        );
    }
}

/// Whether a request goes to where a cloud gives credentials to its machines.
pub(super) fn asks_metadata(site: &Site<'_, '_>, call: &ast::ExprCall, scope: ScopeId) -> bool {
    let receiver = if let Expr::Attribute(method) = &*call.func { Some(&*method.value) } else { None };
    arguments_of(call).chain(receiver).any(|argument| is_metadata(site, argument, scope))
}

pub(super) fn is_metadata(site: &Site<'_, '_>, address: &Expr, scope: ScopeId) -> bool {
    Reach::new(site.file.model).any(address, scope, &|expr, _| {
        Some(literal_text(expr).is_some_and(|text| METADATA.iter().any(|place| text.contains(place))))
    })
}

/// Whether what watches people was given a path to write to: `pyautogui.screenshot(path)`.
pub(super) fn is_shot(site: &Site<'_, '_>, path: &str, scope: ScopeId) -> bool {
    ["screenshot", "grab", "shot", "imwrite"]
        .iter()
        .flat_map(|name| site.file.model.calls_named(name))
        .take_while(|_| site.file.model.spend(1).is_some())
        .any(|node| {
            let NodeRef::Expr(shot @ Expr::Call(call)) = node.node else { return false };
            node.scope == scope
                && arguments_of(call).any(|given| matches!(given, Expr::Name(name) if name.id.as_str() == path))
                && from_reader_call(site, shot, scope) == Some(true)
        })
}

/// Everything below the home folder, whatever it is.
pub(super) fn walks_home(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> bool {
    let Expr::Call(call) = expr else { return false };
    let home = |expr: &Expr| {
        let Expr::Call(call) = expr else { return false };
        match site.file.model.resolve(&call.func, scope).as_deref() {
            Some("os.path.expanduser") => {
                call.arguments.args.first().and_then(literal_text).is_some_and(|text| matches!(&*text, "~" | "~/"))
            }
            Some("pathlib.Path.home") => true,
            _ => false,
        }
    };
    match &*call.func {
        Expr::Attribute(method) if method.attr.as_str() == "rglob" => {
            home(&method.value) || of_papers(site, &method.value, scope)
        }
        _ => {
            site.file.model.resolve(&call.func, scope).as_deref() == Some("os.walk")
                && call.arguments.args.first().is_some_and(home)
        }
    }
}

/// Whether a folder is where people keep what they write.
fn of_papers(site: &Site<'_, '_>, folder: &Expr, scope: ScopeId) -> bool {
    let mut root = folder;
    loop {
        root = match root {
            Expr::BinOp(parts) => &parts.left,
            Expr::Call(call) if called_name(call) == Some("joinpath") => match &*call.func {
                Expr::Attribute(method) => &method.value,
                _ => return false,
            },
            _ => break,
        };
    }
    let of_person = matches!(root, Expr::Call(call) if site.file.model.resolve(&call.func, scope).as_deref() == Some("pathlib.Path.home"));
    let path = joined(site.file.model, folder, scope).unwrap_or_default();
    of_person && ["/Documents", "/Desktop", "/Downloads"].iter().any(|papers| path.ends_with(papers))
}
