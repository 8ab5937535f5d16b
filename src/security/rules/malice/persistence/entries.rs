//! Entries in tables of jobs, and shortcuts, that are made through the objects of a library.

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged as _;

use super::super::consent::{by_command, is_wanted};
use super::super::reach::{Reach, arguments_of, literal_text};
use crate::model::{Confidence, Severity};
use crate::security::python::{NodeRef, ScopeId};
use crate::security::rules::{Sink, Site, called_name};

/// A command that is not installed, or brings something.
fn is_odd(expr: &Expr) -> bool {
    literal_text(expr).is_some_and(|text| {
        ["/tmp/", "/dev/shm/", "/.", "curl ", "wget ", "base64", "python3 -c", "python -c"]
            .iter()
            .any(|part| text.contains(part))
    })
}

/// `table.new(command="…").every_reboot()`, with a command that is not installed.
pub(super) fn at_start(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) {
    let Expr::Attribute(method) = &*call.func else { return };
    let odd = |expr: &Expr, _: ScopeId| Some(is_odd(expr));
    if site.imports("crontab") && Reach::new(site.file.model).any(&method.value, site.scope, &odd) {
        let message = "something that is not installed is started with the machine";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// `table.write()`, after a job was put into it whose command is not installed, or is the file itself.
pub(super) fn writes_table(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) -> bool {
    let Expr::Attribute(method) = &*call.func else { return false };
    let model = site.file.model;
    let is_table =
        |expr: &Expr, _: ScopeId| Some(matches!(expr, Expr::Call(made) if called_name(made) == Some("CronTab")));
    if !Reach::new(model).any(&method.value, site.scope, &is_table) {
        return false;
    }
    let odd = |expr: &Expr, _: ScopeId| {
        Some(is_odd(expr) || matches!(expr, Expr::Name(name) if name.id.as_str() == "__file__"))
    };
    let jobs = model.calls_named("new").filter_map(|node| {
        let NodeRef::Expr(Expr::Call(job)) = node.node else { return None };
        let found = node.scope == site.scope
            && arguments_of(job).any(|argument| Reach::new(model).any(argument, node.scope, &odd));
        found.then(|| job.range())
    });
    let jobs: Vec<_> = jobs.take(super::ways::MAX_TOLD).collect();
    if jobs.is_empty() || by_command(site) {
        return false;
    }
    let message = "a job is put into the table of the machine that starts what is not installed";
    for place in jobs.into_iter().chain([site.range()]) {
        sink.report(place, Severity::High, Confidence::Medium, message);
    }
    true
}

/// A shortcut in the folder of what is started at log-in: `shell.CreateShortcut(startup).Save()`.
pub(super) fn shortcut(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) {
    let Expr::Attribute(method) = &*call.func else { return };
    let model = site.file.model;
    let at_log_in = |made: &ast::ExprCall, scope: ScopeId| {
        arguments_of(made).any(|path| {
            Reach::new(model).any(path, scope, &|expr, _| {
                Some(literal_text(expr).is_some_and(|text| text.ends_with("Startup") || text.contains("Startup\\")))
            })
        })
    };
    let found = match method.attr.as_str() {
        "Save" | "save" => match &*method.value {
            Expr::Name(name) => match model.single_value(name, site.scope) {
                Some((Expr::Call(made), home)) => {
                    matches!(called_name(made), Some("CreateShortcut" | "CreateShortCut")) && at_log_in(made, home)
                }
                _ => false,
            },
            _ => false,
        },
        _ => at_log_in(call, site.scope),
    };
    if found {
        let message = "a shortcut is put where programs are started from at log-in";
        let severity = if is_wanted(site) { Severity::Note } else { Severity::High };
        sink.report(site.range(), severity, Confidence::Medium, message);
    }
}
