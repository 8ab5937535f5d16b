//! Whether a person decides that something is done: by a command, by a choice in a menu, by an answer to a question.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::reach::arguments_of;
use crate::security::python::{Kinds, NodeRef};
use crate::security::rules::{Site, called_name};

/// Calls that put a question to a person and give back the answer.
const QUESTIONS: &[&str] =
    &["askyesno", "askokcancel", "askquestion", "askyesnocancel", "question", "confirm", "yes_no", "input", "ask"];

/// What is made of a function that a person calls by a choice, a button or a key.
const CHOICES: &[&str] = &[
    "MenuItem",
    "Button",
    "QAction",
    "Action",
    "add_command",
    "addAction",
    "connect",
    "GlobalHotKeys",
    "HotKey",
    "add_hotkey",
    "register_hotkey",
    "ToolButton",
];

/// Whether the place is reached only when a person gives a command: it stands in a function that is one, by its
/// decorator or by what it is given, and that nothing else in the file calls.
pub(super) fn by_command(site: &Site<'_, '_>) -> bool {
    let model = site.file.model;
    let is_command = |function: &ast::StmtFunctionDef| {
        let decorated = function.decorator_list.iter().any(|decorator| {
            let text = site.file.unit.slice(decorator.range());
            text.contains(".command") || text.contains(".callback")
        });
        let told =
            function.parameters.iter().any(|parameter| matches!(parameter.name().as_str(), "args" | "namespace"));
        decorated || told
    };
    let Some(function) = model.function_around(site.scope).filter(|function| is_command(function)) else {
        return false;
    };
    model.calls_named(function.name.as_str()).all(|node| {
        let caller = model.function_around(node.scope);
        caller.is_some_and(|caller| is_command(caller) || matches!(caller.name.as_str(), "main" | "cli"))
    })
}

/// Whether a person is asked in the same function before the place is reached, and the answer decides.
pub(super) fn is_asked_first(site: &Site<'_, '_>) -> bool {
    let model = site.file.model;
    let decides = |node: &crate::security::python::Node<'_>, question: &Expr| {
        model.ancestors(node).any(
            |around| matches!(around.node, NodeRef::Stmt(Stmt::If(test)) if test.test.range().contains_range(question.range())),
        )
    };
    QUESTIONS.iter().flat_map(|name| model.calls_named(name)).any(|node| {
        let NodeRef::Expr(question @ Expr::Call(_)) = node.node else { return false };
        node.scope == site.scope
            && question.range().start() < site.range().start()
            && model.spend(1).is_some()
            && decides(node, question)
    })
}

/// Whether the function around the place is what a person calls by a choice, a button or a key, and nothing else in
/// the file calls it.
pub(super) fn is_chosen(site: &Site<'_, '_>) -> bool {
    let model = site.file.model;
    let Some(function) = model.function_around(site.scope) else { return false };
    let own = function.name.as_str();
    let stands_for = |expr: &Expr| match expr {
        Expr::Name(name) => name.id.as_str() == own,
        Expr::Attribute(method) => {
            method.attr.as_str() == own && matches!(&*method.value, Expr::Name(owner) if owner.id.as_str() == "self")
        }
        _ => false,
    };
    let handed = |argument: &Expr| match argument {
        Expr::Dict(table) => table.items.iter().any(|item| stands_for(&item.value)),
        other => stands_for(other),
    };
    if model.spend(model.nodes.len() / super::ways::NODES_A_STEP).is_none() {
        return false;
    }
    let chosen = model.nodes_of(Kinds::CALL).any(|(_, node)| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
        if !arguments_of(call).any(handed) {
            return false;
        }
        let last = called_name(call).unwrap_or_default();
        CHOICES.contains(&last)
            || model
                .resolve(&call.func, node.scope)
                .is_some_and(|name| name.rsplit('.').next().is_some_and(|last| CHOICES.contains(&last)))
    });
    chosen && model.calls_named(own).next().is_none()
}

/// Whether a person decides that what is done here is done.
pub(super) fn is_wanted(site: &Site<'_, '_>) -> bool {
    by_command(site) || is_asked_first(site) || is_chosen(site)
}
