//! Paths that are put together from parts: `Path.home() / ".ssh" / name`, `os.path.join(folder, "Login Data")`.

use ruff_python_ast::{Expr, Operator};

use super::reach::literal_text;
use crate::security::python::{Model, ScopeId};
use crate::security::rules::called_name;

/// What stands for a part that is known only when the program runs.
pub(super) const UNKNOWN: char = '\u{0}';

/// A path as far as it is known, with `/` between its parts; none for what is no path that is put together.
pub(super) fn joined(model: &Model<'_>, expr: &Expr, scope: ScopeId) -> Option<String> {
    let is_path = match expr {
        Expr::BinOp(parts) => parts.op == Operator::Div,
        Expr::Call(call) => {
            matches!(called_name(call), Some("join" | "joinpath" | "Path" | "PurePath" | "with_name" | "with_suffix"))
        }
        _ => false,
    };
    is_path.then(|| part(model, expr, scope, 12))
}

/// The text of a part, and of all parts below it.
pub(super) fn part(model: &Model<'_>, expr: &Expr, scope: ScopeId, depth: u8) -> String {
    let unknown = || UNKNOWN.to_string();
    let (Some(depth), Some(())) = (depth.checked_sub(1), model.spend(1)) else { return unknown() };
    match expr {
        Expr::StringLiteral(_) | Expr::FString(_) => literal_text(expr).unwrap_or_else(unknown),
        Expr::Name(name) => match model.single_value(name, scope) {
            Some((value, home)) => part(model, value, home, depth),
            None => unknown(),
        },
        Expr::BinOp(parts) if matches!(parts.op, Operator::Div | Operator::Add) => {
            let gap = if parts.op == Operator::Div { "/" } else { "" };
            part(model, &parts.left, scope, depth) + gap + &part(model, &parts.right, scope, depth)
        }
        Expr::Call(call) => {
            let arguments = || {
                let each = call.arguments.args.iter().map(|one| part(model, one, scope, depth));
                each.collect::<Vec<_>>().join("/")
            };
            match (&*call.func, called_name(call)) {
                (Expr::Attribute(method), Some("joinpath")) => {
                    part(model, &method.value, scope, depth) + "/" + &arguments()
                }
                (Expr::Attribute(method), Some("with_name")) => {
                    part(model, &method.value, scope, depth) + "/" + &arguments()
                }
                (Expr::Attribute(method), Some("with_suffix")) => {
                    part(model, &method.value, scope, depth) + &arguments()
                }
                (Expr::Attribute(method), Some("resolve" | "absolute" | "expanduser" | "as_posix"))
                    if call.arguments.is_empty() =>
                {
                    part(model, &method.value, scope, depth)
                }
                (
                    _,
                    Some("join" | "Path" | "PurePath" | "expanduser" | "expandvars" | "str" | "abspath" | "fspath"),
                ) if !call.func.is_attribute_expr() || !is_of_text(&call.func) => arguments(),
                _ => unknown(),
            }
        }
        _ => unknown(),
    }
}

/// `"…".join(…)` puts no path together.
fn is_of_text(function: &Expr) -> bool {
    matches!(function, Expr::Attribute(method) if method.value.is_string_literal_expr())
}
