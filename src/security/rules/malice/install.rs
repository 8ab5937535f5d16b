//! What happens while a package is installed, and code that is put where nobody looks.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{TextRange, TextSize};

use crate::model::{Category, Confidence, Severity};
use crate::security::python::{BindingKind, Model, NodeRef};
use crate::security::rules::{Rule, Sink, Site, Trigger};

pub(in crate::security::rules) const INSTALL_HOOK: Rule = Rule {
    id: "install-hook",
    title: "installing the package starts programs or uses the network",
    aliases: &[],
    category: Category::Persistence,
    cwe: 506,
    severity: Severity::High,
    help: "an installation copies files; what else is needed belongs into a command that people call",
    triggers: &[Trigger::File],
    check: install_hook,
};

pub(in crate::security::rules) const HIDDEN_CODE: Rule = Rule {
    id: "hidden-code",
    title: "code stands far to the right, where editors do not show it",
    aliases: &[],
    category: Category::Obfuscation,
    cwe: 506,
    severity: Severity::High,
    help: "look at the whole line; put the statement on a line of its own, or take it out",
    triggers: &[Trigger::File],
    check: hidden_code,
};

/// So many spaces in front of a statement on a line that has another one already are there to hide it.
const HIDING_SPACES: usize = 80;

fn hidden_code(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let text = site.file.unit.text.as_str();
    let mut from = 0;
    while let Some(start) = long_run(text.as_bytes(), from, b' ', HIDING_SPACES) {
        let rest = &text[start..];
        let end = rest.find('\n').map_or(text.len(), |end| start + end);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let before = text[line_start..start].trim_end();
        let after = text[start..end].trim_start();
        // Only a new statement hides, or a condition with a call in it; alignment of arguments, tables and comments is
        // common.
        let condition = ["if ", "or ", "and ", "else "].iter().any(|word| after.starts_with(word));
        let goes_on = condition && after.contains('(') && !before.is_empty() && !before.ends_with(['(', '[', '{', ',']);
        if before.ends_with(';') || goes_on || (after.starts_with(';') && after.len() > 1) {
            let statement = after.trim_start_matches(';').trim_start();
            let at = end - statement.len();
            if !statement.is_empty() && !statement.starts_with('#') && !in_string(site, start) {
                let range = TextRange::new(size(at), size(end));
                sink.report(range, Severity::High, Confidence::High, "a statement stands behind a long run of spaces");
            }
        }
        from = end.max(start + 1);
    }
    below_the_screen(site, sink);
}

/// Where a byte stands so many times in a row, from a place on. Only every so many bytes are looked at: a run that is
/// long enough leaves none of them out.
fn long_run(text: &[u8], from: usize, byte: u8, length: usize) -> Option<usize> {
    let mut at = from + length - 1;
    while text.len() > at {
        if text.get(at) != Some(&byte) {
            at += length;
            continue;
        }
        let before = text.get(from..at)?.iter().rev().take_while(|other| **other == byte).count();
        let after = text.get(at..)?.iter().take_while(|other| **other == byte).count();
        if before + after >= length {
            return Some(at - before);
        }
        at += after + length - 1;
    }
    None
}

/// So many empty lines before a statement are there to hide it below what anybody scrolls to.
const HIDING_LINES: usize = 100;

fn below_the_screen(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let text = site.file.unit.text.as_str();
    let Some(found) = long_run(text.as_bytes(), 0, b'\n', HIDING_LINES) else { return };
    let rest = text.get(found..).unwrap_or_default();
    let code = rest.trim_start_matches(['\n', '\r', ' ', '\t']);
    let at = text.len() - code.len();
    let line = code.split('\n').next().unwrap_or_default();
    // A definition is found by whoever looks for it; what runs at once is not looked for.
    let runs =
        !["def ", "class ", "async def ", "@", "#", "if __name__", "\"", "'"].iter().any(|word| line.starts_with(word));
    if line.contains('(') && runs && !in_string(site, at) {
        let range = TextRange::new(size(at), size(at + line.len()));
        let message = "a statement stands below a long run of empty lines";
        sink.report(range, Severity::High, Confidence::High, message);
    }
}

fn size(at: usize) -> TextSize {
    TextSize::try_from(at).unwrap_or_default()
}

fn in_string(site: &Site<'_, '_>, at: usize) -> bool {
    use ruff_text_size::Ranged as _;
    let at = size(at);
    site.file.model.nodes.iter().any(|node| match node.node {
        NodeRef::Expr(expr @ (Expr::StringLiteral(_) | Expr::FString(_))) => expr.range().contains(at),
        NodeRef::Stmt(Stmt::Expr(statement)) => {
            statement.value.is_string_literal_expr() && statement.range().contains(at)
        }
        _ => false,
    })
}

/// Calls that an installation has no need of. Compilers are started by the build system itself.
fn acts(name: &str) -> bool {
    name.starts_with("requests.")
        || name.starts_with("urllib.request.url")
        || name.starts_with("socket.socket")
        || name.starts_with("httpx.")
        || matches!(
            name,
            "os.system"
                | "os.popen"
                | "os.startfile"
                | "builtins.exec"
                | "builtins.eval"
                | "socket.gethostbyname"
                | "socket.create_connection"
                | "http.client.HTTPSConnection"
                | "http.client.HTTPConnection"
        )
}

fn install_hook(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    use ruff_text_size::Ranged as _;
    let model = site.file.model;
    let installs = |node: &crate::security::python::Node<'_>| match node.node {
        NodeRef::Expr(Expr::Call(call)) => model
            .resolve(&call.func, node.scope)
            .is_some_and(|name| matches!(name.as_str(), "setuptools.setup" | "distutils.core.setup")),
        _ => false,
    };
    let named = site.file.unit.path.rsplit('/').next() == Some("setup.py");
    if !named && !((site.imports("setuptools") || site.imports("distutils")) && model.nodes.iter().any(installs)) {
        return;
    }
    for node in &model.nodes {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { continue };
        let helper = match &*call.func {
            Expr::Name(helper) => acting(site, helper, node.scope),
            _ => None,
        };
        let through_helper = helper.is_some();
        let named = || model.resolve(&call.func, node.scope).filter(|name| acts(name));
        let Some(name) = helper.or_else(named) else { continue };
        let in_command = model.class_around(node.scope).is_some_and(|(scope, class)| {
            let outer = model.scope(scope).and_then(|scope| scope.parent).unwrap_or(Model::MODULE);
            class.bases().iter().any(|base| {
                model
                    .resolve(base, outer)
                    .is_some_and(|base| base.contains("setuptools.command.") || base.contains("distutils.command."))
            })
        });
        // What a helper does is told where it stands; that a command calls it, here.
        if through_helper && !in_command {
            continue;
        }
        let network = !name.starts_with("os.") && !name.starts_with("builtins.");
        // Reading the version with exec is an old habit; commands and the network during installation are not.
        let constant = call.arguments.args.first().is_none_or(|argument| model.is_constant(argument, node.scope));
        let severity = match (in_command, network) {
            (true, _) => Severity::High,
            (false, true) => Severity::High,
            (false, false) if name.starts_with("os.") && fetches_more(site, call, node.scope) => Severity::High,
            (false, false) if name.starts_with("os.") && !constant => Severity::Medium,
            (false, false) => continue,
        };
        let confidence = if in_command { Confidence::High } else { Confidence::Medium };
        sink.report(call.range(), severity, confidence, format!("installing the package calls `{name}`"));
    }
}

/// What a function of this file does that an installation has no need of.
fn acting(
    site: &Site<'_, '_>,
    name: &ruff_python_ast::ExprName,
    scope: crate::security::python::ScopeId,
) -> Option<String> {
    use ruff_text_size::Ranged as _;
    let model = site.file.model;
    let binding = model.lookup(name.id.as_str(), scope, name.start())?;
    let BindingKind::Function(function) = binding.kind else { return None };
    let range = function.range();
    model.nodes.iter().find_map(|node| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return None };
        let inside = range.contains_range(call.range());
        inside.then(|| model.resolve(&call.func, node.scope)).flatten().filter(|name| acts(name))
    })
}

/// Whether a command brings something from the network: a package from an index of its own, a file.
fn fetches_more(
    site: &Site<'_, '_>,
    call: &ruff_python_ast::ExprCall,
    scope: crate::security::python::ScopeId,
) -> bool {
    let command = call.arguments.args.first();
    let text = command.and_then(|command| crate::security::embedded::reveal(site.file.model, command, scope, 6));
    text.is_some_and(|text| {
        ["curl ", "wget ", "--index-url", "-i http", "git+http"].iter().any(|word| text.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::long_run;

    #[test]
    fn a_run_is_found_wherever_it_begins() {
        for before in 0..40 {
            for length in [9, 10, 11, 25] {
                let text = format!("{}{}x{}", "ab ".repeat(before), " ".repeat(length), " ".repeat(3));
                let plain = text.find(&" ".repeat(10));
                assert_eq!(long_run(text.as_bytes(), 0, b' ', 10), plain, "{before} {length}");
            }
        }
    }
}
