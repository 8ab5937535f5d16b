//! Code that is made at run time: `exec`, `eval`, `compile`, dynamic imports.

use ruff_python_ast::Expr;

use super::{Rule, Sink, Site, Trigger};
use crate::model::{Category, Confidence, Severity};

pub(super) const EXEC: Rule = Rule {
    id: "exec-used",
    title: "`exec` runs text that is not a constant",
    aliases: &["B102", "S102"],
    category: Category::CodeExecution,
    cwe: 95,
    severity: Severity::Medium,
    help: "call the code as a function, or load it as a module whose digest is checked",
    triggers: &[Trigger::Call(&["builtins.exec", "builtins.execfile"])],
    check: |site, sink| dynamic(site, sink, "exec"),
};

pub(super) const EVAL: Rule = Rule {
    id: "eval-used",
    title: "`eval` computes text that is not a constant",
    aliases: &["B307", "S307"],
    category: Category::CodeExecution,
    cwe: 95,
    severity: Severity::Medium,
    help: "use `ast.literal_eval` for data, `operator` or a table of functions for choices",
    triggers: &[Trigger::Call(&["builtins.eval"])],
    check: |site, sink| dynamic(site, sink, "eval"),
};

pub(super) const COMPILE: Rule = Rule {
    id: "compile-used",
    title: "`compile` makes code from text that is not a constant",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 95,
    severity: Severity::Note,
    help: "make sure that nobody else can choose the text",
    triggers: &[Trigger::Call(&["builtins.compile"])],
    check: |site, sink| {
        let Some(text) = site.argument("source", 0) else { return };
        if !site.is_constant(text) {
            sink.report(site.range(), Severity::Note, Confidence::Medium, "`compile` turns text into code");
        }
    },
};

pub(super) const DYNAMIC_IMPORT: Rule = Rule {
    id: "dynamic-import",
    title: "a module is imported by a name that is not a constant",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 470,
    severity: Severity::Low,
    help: "choose from a fixed table of modules, or check the name against a list first",
    triggers: &[Trigger::Call(&[
        "builtins.__import__",
        "importlib.import_module",
        "importlib.__import__",
        "runpy.run_path",
        "runpy.run_module",
    ])],
    check: |site, sink| {
        let Some(name) = site.first() else { return };
        if site.is_constant(name) {
            return;
        }
        // A literal package in front keeps the choice inside that package.
        let inside = super::words::built(name).is_some_and(|built| {
            built.text.find('.').is_some_and(|dot| built.text.find('\0').is_some_and(|gap| dot < gap))
        });
        // An attribute is what a program has chosen to keep; a name may be anything.
        let kept = matches!(name, Expr::Attribute(_));
        let severity = if inside || kept || site.file.test_code { Severity::Note } else { Severity::Low };
        sink.report(site.range(), severity, Confidence::Low, "which module is imported is decided at run time");
    },
};

fn dynamic(site: &Site<'_, '_>, sink: &mut Sink<'_>, what: &str) {
    let Some(text) = site.first() else { return };
    if site.is_constant(text) {
        sink.unjudged(
            site.range(),
            Severity::Medium,
            format!("`{what}` of a constant: the code can stand there itself"),
        );
        return;
    }
    // `exec(code, namespace)` of something that was compiled is judged where it was compiled, too.
    let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
    let confidence = if super::words::built(text).is_some() { Confidence::High } else { Confidence::Medium };
    sink.report(site.range(), severity, confidence, format!("`{what}` runs text that is put together at run time"));
}
