//! A clipboard whose content is exchanged.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged as _;

use super::super::reach::{Reach, literal_text};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{Kinds, NodeRef, ScopeId};
use crate::security::rules::{Rule, Site, Trigger, called_name};

pub(in crate::security::rules) const CLIPBOARD: Rule = Rule {
    id: "clipboard-swap",
    title: "what is copied is exchanged for something else",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; whoever pastes an address pays somebody else",
    triggers: &[
        Trigger::Call(&[
            "pyperclip.copy",
            "clipboard.copy",
            "win32clipboard.SetClipboardText",
            "win32clipboard.SetClipboardData",
            "pandas.io.clipboard.copy",
        ]),
        Trigger::Method(&["clipboard_append"]),
    ],
    check: |site, sink| {
        if site.file.test_code {
            return;
        }
        let second = called_name_is_data(site).then(|| site.argument("data", 1)).flatten();
        let Some(new) = second.or_else(|| site.first()) else { return };
        let text = &site.file.unit.text;
        let loops = ["while ", "schedule", "Timer", ".after("].iter().any(|word| text.contains(word));
        if !loops || !watches(site) {
            return;
        }
        let model = site.file.model;
        let around =
            model.function_around(site.scope).map_or(&**text, |function| site.file.unit.slice(function.range()));
        let about_money = names_money(site);
        let looks = ["match(", "search(", "findall(", "startswith", "bc1", "0x", "isalnum"];
        let looked = about_money || looks.iter().any(|look| around.contains(look));
        if rewrites_address(site, new) || looked && is_own(site, new, about_money) {
            let message = "the clipboard is watched, and what is copied is exchanged";
            sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
        }
    },
};

fn called_name_is_data(site: &Site<'_, '_>) -> bool {
    site.call().and_then(called_name) == Some("SetClipboardData")
}

/// Whether a call says what the clipboard holds.
fn reads(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> bool {
    let Expr::Call(call) = expr else { return false };
    let name = site.file.model.resolve(&call.func, scope).unwrap_or_default();
    name.ends_with(".paste") || name.ends_with("GetClipboardData") || called_name(call) == Some("clipboard_get")
}

/// Whether the function around looks at the clipboard. What is copied somewhere else in the file is no exchange.
fn watches(site: &Site<'_, '_>) -> bool {
    let model = site.file.model;
    let around = model.function_around(site.scope).map(|function| function.range());
    model.nodes_of(Kinds::CALL).any(|(_, node)| {
        let NodeRef::Expr(expr @ Expr::Call(_)) = node.node else { return false };
        around.is_none_or(|around| around.contains_range(expr.range())) && reads(site, expr, node.scope)
    })
}

/// Patterns of addresses to which money is sent.
fn is_of_money(expr: &Expr) -> bool {
    let addresses = ["bc1", "0x[", "[13][", "T[1-9", "{25,34}", "{26,35}", "{33}"];
    // So many letters and digits in a row.
    let is_long = |text: &str| {
        text.split('{').skip(1).any(|rest| {
            let count = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
            count.parse().is_ok_and(|count: u32| (25..=110).contains(&count))
        })
    };
    literal_text(expr)
        .is_some_and(|text| text.contains('[') && (addresses.iter().any(|part| text.contains(part)) || is_long(&text)))
}

fn names_money(site: &Site<'_, '_>) -> bool {
    site.file.model.nodes_of(Kinds::STRING | Kinds::BYTES).any(|(_, node)| match node.node {
        NodeRef::Expr(expr) => is_of_money(expr),
        _ => false,
    })
}

/// Whether what was there is rewritten where it looks like an address of a wallet.
fn rewrites_address(site: &Site<'_, '_>, new: &Expr) -> bool {
    let model = site.file.model;
    Reach::new(model).any(new, site.scope, &|expr, scope| {
        let Expr::Call(call) = expr else { return Some(false) };
        let Expr::Attribute(method) = &*call.func else { return Some(false) };
        Some(match method.attr.as_str() {
            "sub" | "subn" => {
                let of_module = model.is(&method.value, scope, "re");
                let pattern = if of_module { call.arguments.args.first() } else { Some(&*method.value) };
                pattern.is_some_and(|pattern| Reach::new(model).any(pattern, scope, &|expr, _| Some(is_of_money(expr))))
            }
            "replace" => call.arguments.args.get(1).is_some_and(|own| is_constant_address(site, own, scope)),
            _ => false,
        })
    })
}

/// Whether what is copied is a constant, or is taken from a table of constants, that may be an address of a wallet:
/// what was there, what somebody handed in and what a call computes is none.
fn is_own(site: &Site<'_, '_>, new: &Expr, about_money: bool) -> bool {
    if about_money && (site.is_constant(new) && site.text(new).is_none_or(|text| text.len() > 7) || is_from_table(new))
    {
        return true;
    }
    Reach::new(site.file.model).any(new, site.scope, &|expr, scope| match expr {
        Expr::Call(call) => {
            let looks_up = matches!(called_name(call), Some("get" | "items" | "values" | "choice" | "pop" | "decode"));
            (looks_up || call.func.is_name_expr()).then_some(false)
        }
        _ => Some(is_constant_address(site, expr, scope)),
    })
}

/// A constant of another module, or an element of a table that is one: `WALLETS["btc"]`, `config.ADDRESSES.get(kind)`.
fn is_from_table(new: &Expr) -> bool {
    let is_constant = |name: &str| name.len() > 2 && name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    match new {
        Expr::Name(name) => is_constant(name.id.as_str()),
        Expr::Attribute(attribute) => is_constant(attribute.attr.as_str()),
        Expr::Subscript(element) => is_from_table(&element.value),
        Expr::Call(call) => match &*call.func {
            Expr::Attribute(method) => method.attr.as_str() == "get" && is_from_table(&method.value),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a constant looks like an address of a wallet: one long word of letters and digits.
fn is_constant_address(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> bool {
    if !matches!(expr, Expr::StringLiteral(_) | Expr::BinOp(_)) {
        return false;
    }
    let text = match site.file.model.constant(expr, scope) {
        Some(crate::security::python::Constant::Str(text)) => text,
        _ => return false,
    };
    text.len() > 13 && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-'))
}
