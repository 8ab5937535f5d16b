//! Paths that are not what they were taken for: names in archives, and files that change after a look at them.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;

pub(super) const MEMBER: Rule = Rule {
    id: "archive-member-written",
    title: "a name in an archive chooses where a file is written",
    aliases: &[],
    category: Category::FileOperations,
    cwe: 22,
    severity: Severity::Medium,
    help: "resolve the path and check that it is inside of the folder, or use `extractall` with `filter=\"data\"`",
    triggers: &[Trigger::Call(&["builtins.open", "io.open"]), Trigger::Method(&["write_bytes", "extract"])],
    check: member,
};

pub(super) const CHECK: Rule = Rule {
    id: "check-then-use",
    title: "a file is looked at first and opened later",
    aliases: &[],
    category: Category::FileOperations,
    cwe: 367,
    severity: Severity::Low,
    help: "open the file and handle the error",
    triggers: &[Trigger::Call(&["os.access"])],
    check: |site, sink| {
        let Some(path) = site.argument("path", 0) else { return };
        let tested = site.ancestors().take(3).any(|node| matches!(node.node, NodeRef::Stmt(Stmt::If(_))));
        let around = site.ancestors().find_map(|node| match node.node {
            NodeRef::Stmt(Stmt::FunctionDef(function)) => Some(site.file.unit.slice(function.range())),
            _ => None,
        });
        let text = around.unwrap_or(&site.file.unit.text);
        let path = site.file.unit.slice(path.range());
        let opened = text.contains(&format!("open({path}")) || text.contains(&format!("{path}.open("));
        if tested && opened && !site.file.test_code {
            let what = "between the look and the opening somebody else can put another file there";
            sink.report(site.range(), Severity::Low, Confidence::Medium, what);
        }
    },
};

/// What is written where a name is checked, or made harmless.
const CHECKS: &[&str] = &[
    "realpath",
    "abspath",
    "resolve(",
    "commonpath",
    "commonprefix",
    "is_relative_to",
    "basename",
    "safe_join",
    "secure_filename",
    "\"..\"",
    "'..'",
    "\"../\"",
    "isabs",
    "sanitize",
    "fullmatch",
];

fn member(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.test_code || !site.imports("zipfile") && !site.imports("tarfile") {
        return;
    }
    let Some(call) = site.call() else { return };
    let one = called_name(call) == Some("extract");
    let Some(first) = (match called_name(call) {
        Some("write_bytes") => match &*call.func {
            Expr::Attribute(method) => Some(&*method.value),
            _ => None,
        },
        _ => call.arguments.args.first(),
    }) else {
        return;
    };
    // `for name in archive.namelist():`
    let Some(names) = site.ancestors().find_map(|node| match node.node {
        NodeRef::Stmt(Stmt::For(inner)) => {
            let lists = matches!(&*inner.iter, Expr::Call(list) if called_name(list).is_some_and(|name| {
                if one { matches!(name, "getmembers" | "getnames") } else {
                    matches!(name, "namelist" | "infolist" | "getmembers" | "getnames")
                }
            }));
            lists.then(|| super::words::names_of(&inner.target))
        }
        _ => None,
    }) else {
        return;
    };
    if one && (site.keyword("filter").is_some() || site.file.unit.text.contains("extraction_filter")) {
        return;
    }
    let holds = |expr: &Expr| super::words::names_of(expr).iter().any(|name| names.contains(name));
    let path = match first {
        Expr::Name(name) if !holds(first) => {
            let mut all = site.file.model.bindings_of(name.id.as_str(), site.scope);
            all.any(|binding| match binding.kind {
                crate::security::python::BindingKind::Assigned(value) => holds(value),
                _ => false,
            })
        }
        other => holds(other),
    };
    let around = site.ancestors().find_map(|node| match node.node {
        NodeRef::Stmt(Stmt::For(inner)) => Some(site.file.unit.slice(inner.range())),
        _ => None,
    });
    let checked = around.is_some_and(|text| CHECKS.iter().any(|word| text.contains(word)));
    if path && !checked {
        let what = "a name such as `../../x` in the archive leads out of the folder";
        sink.report(site.range(), Severity::Medium, Confidence::Medium, what);
    }
}
