//! What is written where programs are started from: what it starts, whether it hides, and whether a person can take
//! it back.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::super::consent::is_chosen;
use super::super::reach::{Reach, arguments_of, literal_text};
use super::super::ways;
use crate::security::python::{BindingKind, NodeRef, ScopeId};
use crate::security::rules::{Site, called_name};

/// Whether the file also takes back what it arranges: a program that a person switches on can be switched off.
pub(super) fn takes_back(site: &Site<'_, '_>) -> bool {
    let text = &site.file.unit.text;
    let removes = ["DeleteValue", ".unlink(", "os.remove(", "os.unlink(", "crontab -r", "/delete", "\"disable\""];
    let offered = ["def disable", "def uninstall", "def remove", "def unregister", "def stop"];
    let table = text.contains("crontab") && text.contains("def remove");
    (table || removes.iter().any(|word| text.contains(word))) && offered.iter().any(|word| text.contains(word))
}

/// Whether what is written in this file runs something.
pub(super) fn content_acts(site: &Site<'_, '_>) -> bool {
    let acts = |expr: &Expr, _: ScopeId| {
        Some(literal_text(expr).is_some_and(|text| {
            [
                "nohup ",
                "curl ",
                "wget ",
                "base64",
                "python",
                "/dev/tcp",
                "LD_PRELOAD",
                "alias sudo",
                "PROMPT_COMMAND",
                "/tmp/",
                "nc ",
                "bash -",
            ]
            .iter()
            .any(|word| text.contains(word))
        }))
    };
    let mut reach = Reach::new(site.file.model);
    site.file.model.nodes.iter().any(|node| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
        matches!(called_name(call), Some("write" | "writelines" | "write_text" | "system" | "run"))
            && call.arguments.args.first().is_some_and(|text| reach.any(text, node.scope, &acts))
    })
}

/// What is started by what does not want to be seen, or is brought from elsewhere.
const HIDING: &[&str] = &[
    "nohup ",
    "curl ",
    "wget ",
    "base64",
    "/dev/tcp",
    "LD_PRELOAD",
    "alias sudo",
    "PROMPT_COMMAND",
    "/tmp/",
    "/dev/shm/",
    "NoDisplay=true",
    "hidden -",
    "-enc ",
    "ssh-rsa ",
    "ssh-ed25519 ",
    "ecdsa-sha2-",
];

/// Whether a text starts something that hides. Folders of settings begin with a dot; programs in files that do hide.
pub(super) fn is_hiding(text: &str) -> bool {
    let hidden = |word: &str| {
        let last = word.rsplit('/').next().unwrap_or_default();
        word.contains('/')
            && last.starts_with('.')
            && last.len() > 1
            && !last.ends_with("rc")
            && last.contains('.')
            && [".py", ".sh", ".pyw", ".bin", ".elf"].iter().any(|end| last.len() > end.len() && last.ends_with(end))
    };
    HIDING.iter().any(|word| text.contains(word)) || text.split([' ', '"', '\'', '\n', '=', ';', ')', '(']).any(hidden)
}

/// Whether an expression says that something is started that hides.
pub(super) fn hides(site: &Site<'_, '_>, expr: &Expr) -> bool {
    Reach::new(site.file.model)
        .any(expr, site.scope, &|expr, _| Some(literal_text(expr).is_some_and(|text| is_hiding(&text))))
}

/// Whether what this call writes, or what is written through what it opens, hides.
pub(super) fn hides_here(site: &Site<'_, '_>, call: &ast::ExprCall) -> bool {
    if called_name(call) != Some("open") {
        return arguments_of(call).any(|argument| hides(site, argument));
    }
    let NodeRef::Expr(opened) = site.node else { return false };
    let places = ways::through(site, opened);
    site.file.model.calls_named("write").any(|node| {
        let NodeRef::Expr(Expr::Call(write)) = node.node else { return false };
        places.contains(&write.range()) && arguments_of(write).any(|argument| hides(site, argument))
    })
}

/// Whether it is something that a person switches on and off: what decides is handed in, or the other way takes it
/// back.
pub(super) fn is_setting(site: &Site<'_, '_>) -> bool {
    let decides =
        site.ancestors().take_while(|node| !matches!(node.node, NodeRef::Stmt(Stmt::FunctionDef(_)))).any(|node| {
            let NodeRef::Stmt(Stmt::If(test)) = node.node else { return false };
            let handed_in = match &*test.test {
                Expr::Name(name) => site
                    .file
                    .model
                    .lookup(name.id.as_str(), site.scope, name.start())
                    .is_some_and(|binding| matches!(binding.kind, BindingKind::Parameter { .. })),
                _ => false,
            };
            let other = test.elif_else_clauses.iter().any(|clause| {
                let text = site.file.unit.slice(clause.range());
                ["DeleteValue", "unlink", "remove"].iter().any(|word| text.contains(word))
            });
            handed_in || other
        });
    decides || is_chosen(site)
}

/// Whether what is started is the program itself, as it was installed.
pub(super) fn starts_itself(site: &Site<'_, '_>, call: &ast::ExprCall) -> bool {
    let around = site.file.model.function_around(site.scope);
    let text = around.map_or(&*site.file.unit.text, |function| site.file.unit.slice(function.range()));
    let moves = ["copyfile(sys.executable", "copy(sys.executable", "copy2(sys.executable"];
    if moves.iter().any(|way| text.contains(way)) {
        return false;
    }
    match called_name(call) {
        Some("SetValueEx") => {
            let value = call.arguments.args.get(4);
            value.is_some_and(|value| site.file.unit.slice(value.range()).contains("sys.executable"))
        }
        Some("write_text") => {
            let written = call.arguments.args.first().and_then(literal_text).unwrap_or_default();
            written.lines().filter_map(|line| line.strip_prefix("Exec=")).any(|command| {
                let program = command.split_whitespace().next().unwrap_or_default();
                !program.contains('/') && !matches!(program, "sh" | "bash" | "python" | "python3" | "env")
            })
        }
        _ => false,
    }
}
