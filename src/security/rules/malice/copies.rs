//! Code that spreads: it copies itself elsewhere, to other machines and into other files.

use ruff_python_ast::Expr;

use super::packages::publishes;
use super::persistence::itself;
use super::reach::{Reach, arguments_of, literal_text};
use super::ways::{STARTERS, starts};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::mentions::asked;
use crate::security::python::{NodeRef, ScopeId};
use crate::security::rules::process::NO_SHELL;
use crate::security::rules::{Rule, Sink, Site, Trigger};

pub(in crate::security::rules) const SELF_COPY: Rule = Rule {
    id: "self-copy",
    title: "the code copies itself elsewhere",
    aliases: &[],
    category: Category::Persistence,
    cwe: 506,
    severity: Severity::High,
    help: "do not let this code in; programs are installed by installers",
    triggers: &[
        Trigger::Call(&["shutil.copy", "shutil.copyfile", "shutil.copy2", "os.link", "os.symlink"]),
        Trigger::Call(STARTERS),
        Trigger::Call(NO_SHELL),
        Trigger::Method(&["put", "write", "write_text", "write_bytes", "sendmail", "send_message"]),
    ],
    check: |site, sink| {
        if let Some(name @ ("put" | "write" | "write_text" | "write_bytes" | "sendmail" | "send_message")) =
            site.call().and_then(super::super::called_name)
        {
            return spreads(site, name, sink);
        }
        if site.name.is_some_and(starts) {
            publishes(site, sink);
            return copied_by_program(site, sink);
        }
        let Some(Expr::Name(_) | Expr::Subscript(_) | Expr::Call(_)) = site.first() else { return };
        let Some(source) = site.first() else { return };
        if itself(site, source) {
            sink.report(site.range(), Severity::High, Confidence::Medium, "the file copies itself to another place");
        }
    },
};

/// `["scp", __file__, "host:"]`
fn copied_by_program(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(Expr::List(words)) = site.first() else { return };
    let program = words.elts.first().and_then(literal_text).unwrap_or_default();
    if matches!(&*program, "scp" | "rsync" | "sftp") && words.elts.iter().any(|word| itself(site, word)) {
        let message = "the file copies itself to other machines";
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
    }
}

/// The file puts itself onto other machines, or into other files of code.
fn spreads(site: &Site<'_, '_>, method: &str, sink: &mut Sink<'_>) {
    let Some(what) = site.first() else { return };
    if method == "put" && puts_workflow(what) {
        let message = "a workflow is put into a repository over the network";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
        return;
    }
    if method == "put" {
        if itself(site, what) && ["paramiko", "ftplib", "fabric", "pysftp"].iter().any(|module| site.imports(module)) {
            let message = "the file copies itself to other machines";
            sink.report(site.range(), Severity::Critical, Confidence::High, message);
            started_there(site, sink);
        }
        return;
    }
    let text = &site.file.unit.text;
    if site.file.test_code || site.file.model.asked & asked::ITSELF == 0 {
        return;
    }
    let Some(call) = site.call() else { return };
    let Expr::Attribute(target) = &*call.func else { return };
    let mut reach = Reach::new(site.file.model);
    let own_source = |expr: &Expr, scope: ScopeId| {
        let Expr::Call(call) = expr else { return Some(false) };
        let name = site.file.model.resolve(&call.func, scope).unwrap_or_default();
        let first = call.arguments.args.first();
        let opens = name == "builtins.open" && first.is_some_and(|first| itself(site, first));
        let reads = matches!(&*call.func, Expr::Attribute(method)
            if matches!(method.attr.as_str(), "read_text" | "read_bytes") && itself(site, &method.value));
        Some(opens || reads || name == "inspect.getsource" && text.contains("sys.modules[__name__]"))
    };
    let others = |expr: &Expr, scope: ScopeId| {
        let Expr::Call(call) = expr else { return Some(false) };
        let name = site.file.model.resolve(&call.func, scope).unwrap_or_default();
        Some(
            matches!(&*name, "glob.glob" | "glob.iglob" | "os.walk" | "os.listdir" | "os.scandir")
                || matches!(super::super::called_name(call), Some("rglob" | "glob" | "iterdir")),
        )
    };
    if method.starts_with("send") {
        if arguments_of(call).any(|argument| reach.any(argument, site.scope, &own_source)) {
            let message = "the file sends its own source to others";
            sink.report(site.range(), Severity::Critical, Confidence::High, message);
        }
        return;
    }
    if reach.any(what, site.scope, &own_source) && reach.any(&target.value, site.scope, &others) {
        let message = "the file writes its own source into other files";
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
    }
}

/// Whether an address is that of a workflow within a repository.
fn puts_workflow(address: &Expr) -> bool {
    match address {
        Expr::BinOp(sum) => puts_workflow(&sum.left) || puts_workflow(&sum.right),
        _ => literal_text(address).is_some_and(|text| text.contains("/contents/.github/workflows")),
    }
}

/// Where what was put onto another machine is started there.
fn started_there(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(path) = site.argument("remotepath", 1).and_then(literal_text) else { return };
    for node in site.file.model.calls_named("exec_command") {
        let NodeRef::Expr(expr @ Expr::Call(call)) = node.node else { continue };
        let names = call.arguments.args.first().and_then(literal_text).is_some_and(|text| text.contains(&path));
        if names && node.scope == site.scope {
            let message = "the copy of this file is started on another machine";
            sink.report(ruff_text_size::Ranged::range(expr), Severity::Critical, Confidence::High, message);
        }
    }
}
