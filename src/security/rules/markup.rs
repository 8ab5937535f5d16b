//! Classes whose text goes into pages as it is.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::{Rule, Trigger};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;

pub(super) const SAFE_CLASS: Rule = Rule {
    id: "html-safe-class",
    title: "a class says that its text needs no escaping",
    aliases: &[],
    category: Category::Injection,
    cwe: 79,
    severity: Severity::Low,
    help: "build the text with `format_html`, which escapes what is put in",
    triggers: &[Trigger::Class],
    check: |site, sink| {
        let NodeRef::Stmt(Stmt::ClassDef(class)) = site.node else { return };
        if site.file.test_code || !site.imports("django") {
            return;
        }
        let bases = class.arguments.as_deref().map_or(&[][..], |arguments| &arguments.args);
        let derived = bases.iter().any(|base| {
            matches!(base, Expr::Name(_) | Expr::Attribute(_)) && {
                let name = site.resolve(base);
                name.is_some_and(|name| {
                    matches!(
                        name.as_str(),
                        "django.utils.safestring.SafeString"
                            | "django.utils.safestring.SafeText"
                            | "django.utils.safestring.SafeData"
                    )
                })
            }
        });
        if derived {
            let what = "templates print its instances without escaping";
            sink.report(class.name.range(), Severity::Low, Confidence::Medium, what);
        }
        let built = |function: &ruff_python_ast::StmtFunctionDef| {
            function.name.as_str() == "__html__"
                && matches!(function.body.as_slice(),
                [.., Stmt::Return(answer)] if matches!(answer.value.as_deref(), Some(Expr::BinOp(_) | Expr::FString(_))))
        };
        for stmt in &class.body {
            if let Stmt::FunctionDef(function) = stmt
                && built(function)
            {
                let what = "templates print this text as it is, and it is put together without escaping";
                sink.report(function.name.range(), Severity::Low, Confidence::Medium, what);
            }
        }
    },
};
