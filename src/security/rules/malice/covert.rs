//! Programs that are started out of sight.

use ruff_python_ast::Expr;

use super::reach::{Reach, arguments_of, literal_text};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{Constant, NodeRef};
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const COVERT: Rule = Rule {
    id: "covert-program",
    title: "a program is started out of sight",
    aliases: &[],
    category: Category::Obfuscation,
    cwe: 506,
    severity: Severity::High,
    help: "do not let this code in; what is honest is started from where programs are installed, and can be seen",
    triggers: &[
        Trigger::Method(&["Run", "Exec", "ShellExecuteW", "ShellExecuteA", "ShellExecute"]),
        Trigger::Target(&["LD_PRELOAD", "DYLD_INSERT_LIBRARIES"]),
        Trigger::Holding(&["reateObject("]),
    ],
    check: |site, sink| {
        if site.file.test_code {
            return;
        }
        match site.node {
            NodeRef::Expr(Expr::Call(_)) => without_window(site, sink),
            NodeRef::Expr(Expr::StringLiteral(text)) => script(site, text.value.to_str(), sink),
            NodeRef::Stmt(ruff_python_ast::Stmt::Assign(assign)) => preloads(site, &assign.value, sink),
            _ => {}
        }
    },
};

/// `shell.Run("…", 0)` and `ShellExecuteW(…, 0)`: the last says that no window is shown.
fn without_window(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    let hidden =
        |at: usize| call.arguments.args.get(at).is_some_and(|how| matches!(site.constant(how), Some(Constant::Int(0))));
    let found = match called_name(call) {
        Some("Run" | "Exec") => {
            let Expr::Attribute(method) = &*call.func else { return };
            hidden(1)
                && Reach::new(site.file.model).any(&method.value, site.scope, &|expr, _| {
                    Some(literal_text(expr).is_some_and(|text| text.eq_ignore_ascii_case("WScript.Shell")))
                })
        }
        _ => {
            let scripts = [".vbs", ".bat", ".ps1", ".js", "wscript", "cscript", "mshta", "powershell"];
            let starts_script = arguments_of(call).filter_map(literal_text).any(|text| {
                let text = text.to_ascii_lowercase();
                scripts.iter().any(|script| text.contains(script))
            });
            hidden(5) && starts_script && (site.imports("ctypes") || site.imports("win32api"))
        }
    };
    if found {
        let message = "a program is started without a window";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// A script for Windows in a text, which starts something without a window.
fn script(site: &Site<'_, '_>, text: &str, sink: &mut Sink<'_>) {
    if text.len() < 30 || !text.contains("reateObject(") {
        return;
    }
    let lower = text.to_ascii_lowercase();
    let shell = lower.contains("wscript.shell") && lower.contains(".run");
    let hidden = [", 0", ",0", "vbhide"].iter().any(|how| lower.contains(how));
    if shell && hidden {
        let message = "a script is written that starts a program without a window";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// Code from a place that anybody may write to is put into every program that is started.
fn preloads(site: &Site<'_, '_>, path: &Expr, sink: &mut Sink<'_>) {
    let open = |text: &str| ["/tmp/", "/var/tmp/", "/dev/shm/"].iter().any(|folder| text.starts_with(folder));
    if site.text(path).is_some_and(|path| open(&path)) {
        let message = "a library from a place that anybody may write to is put into every program that is started";
        sink.report(site.range(), Severity::High, Confidence::High, message);
    }
}
