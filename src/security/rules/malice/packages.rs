//! Packages and programs of others that are changed: their modules, their workflows, what they publish.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::channel::fetches;
use super::paths;
use super::reach::{Reach, literal_text};
use super::ways::{self, command_of};
use crate::model::{Confidence, Severity};
use crate::security::python::mentions::asked;
use crate::security::python::{BindingKind, Kinds, NodeRef};
use crate::security::rules::{Sink, Site};

/// Files of other programs that are code.
pub(super) const PROGRAMS: &[&str] = &["discord_desktop_core", "app.asar", "resources/app/"];

/// What code does that nobody would add to a module of somebody else.
const ACTS: &[&str] =
    &["os.system", "subprocess", "exec(", "eval(", "__import__", "urlopen", "requests.", "socket", "b64decode"];

/// What is written by a call, and to which path: `path.write_text(x)`, and `file.write(x)` for what a call opened.
struct Written<'e> {
    path: &'e Expr,
    content: Vec<&'e Expr>,
}

fn written<'a>(site: &Site<'_, 'a>, call: &'a ast::ExprCall) -> Option<Written<'a>> {
    let model = site.file.model;
    let Expr::Attribute(method) = &*call.func else {
        return opened(site, call.arguments.args.first()?, call.arguments.find_argument_value("mode", 1)?);
    };
    match method.attr.as_str() {
        "write_text" | "write_bytes" => {
            Some(Written { path: &method.value, content: call.arguments.args.iter().take(1).collect() })
        }
        "open" if !model.is(&method.value, site.scope, "io") && !model.is(&method.value, site.scope, "codecs") => {
            opened(site, &method.value, call.arguments.find_argument_value("mode", 0)?)
        }
        _ => None,
    }
}

fn opened<'a>(site: &Site<'_, 'a>, path: &'a Expr, mode: &Expr) -> Option<Written<'a>> {
    let mode = literal_text(mode).filter(|mode| mode.len() <= 3 && mode.contains(['w', 'a', '+']));
    mode?;
    let NodeRef::Expr(opened) = site.node else { return None };
    let places = ways::through(site, opened);
    let content = site.file.model.calls_named("write").filter_map(|node| {
        let NodeRef::Expr(Expr::Call(write)) = node.node else { return None };
        places.contains(&write.range()).then(|| write.arguments.args.first()).flatten()
    });
    Some(Written { path, content: content.collect() })
}

/// The code of another package or program is changed, or a workflow is written that sends what it is given.
pub(super) fn changes_others(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) -> bool {
    let model = site.file.model;
    let of_modules = model.asked & asked::ITSELF != 0;
    let of_programs = site.file.hints() & super::hints::TRUSTED != 0;
    let of_workflows = site.file.hints() & super::hints::WORKFLOW != 0;
    if !(of_modules || of_programs || of_workflows) {
        return false;
    }
    let Some(written) = written(site, call) else { return false };
    let mut reach = Reach::new(model);
    let mut says = |test: &dyn Fn(&str) -> bool| {
        written.content.iter().any(|content| {
            reach.any(content, site.scope, &|expr, _| Some(literal_text(expr).is_some_and(|text| test(&text))))
        })
    };
    let message = if of_workflows && says(&leaks) {
        "a workflow is written that sends the secrets that it is given to a stranger"
    } else if of_modules && is_of_module(site, written.path) && says(&|text| ACTS.iter().any(|act| text.contains(act)))
    {
        "the code of another package is changed, so that it does something else"
    } else if of_programs && is_of_program(site, written.path) && brings(site, &written) {
        "the code of another program is exchanged"
    } else {
        return false;
    };
    sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
    if let NodeRef::Expr(opened) = site.node {
        for place in ways::through(site, opened) {
            sink.report(place, Severity::Low, Confidence::Medium, message);
        }
    }
    true
}

/// Whether a text is a workflow that sends what its environment holds.
fn leaks(text: &str) -> bool {
    let is_workflow = text.contains("steps:") && text.contains("run:");
    let sends = ["curl ", "wget ", "nc ", "Invoke-WebRequest"].iter().any(|way| text.contains(way));
    let private = ["env |", "printenv", "toJSON(secrets)", "toJson(secrets)", "env>", "env >", "/proc/self/environ"];
    is_workflow && sends && private.iter().any(|what| text.contains(what))
}

/// Whether a path is taken from where another module lies: `Path(requests.__file__).parent / "sessions.py"`.
fn is_of_module(site: &Site<'_, '_>, path: &Expr) -> bool {
    let model = site.file.model;
    Reach::new(model).any(path, site.scope, &|expr, scope| {
        let Expr::Attribute(file) = expr else { return Some(false) };
        let Expr::Name(module) = &*file.value else { return Some(false) };
        let imported = || {
            model.lookup(module.id.as_str(), scope, module.start()).is_some_and(|binding| match binding.kind {
                BindingKind::Import(_) => true,
                BindingKind::ImportFrom { level, .. } => level == 0,
                _ => false,
            })
        };
        Some(file.attr.as_str() == "__file__" && imported())
    })
}

fn is_of_program(site: &Site<'_, '_>, path: &Expr) -> bool {
    Reach::new(site.file.model).any(path, site.scope, &|expr, scope| {
        let of_others = |text: &str| PROGRAMS.iter().any(|program| text.contains(program));
        let joined = paths::joined(site.file.model, expr, scope);
        Some(literal_text(expr).is_some_and(|text| of_others(&text)) || joined.is_some_and(|path| of_others(&path)))
    })
}

/// Whether what is written comes from elsewhere, or is code that stands here.
fn brings(site: &Site<'_, '_>, written: &Written<'_>) -> bool {
    let model = site.file.model;
    written.content.iter().any(|content| {
        Reach::new(model).any(content, site.scope, &|expr, scope| {
            let fetched =
                matches!(expr, Expr::Call(call) if model.resolve(&call.func, scope).is_some_and(|name| fetches(&name)));
            Some(fetched || literal_text(expr).is_some_and(|text| text.contains("require(") || text.contains("http")))
        })
    })
}

/// Packages are published one after another with a token that was found on the machine: that is how worms spread.
pub(super) fn publishes(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    let Some(Expr::List(words)) = command_of(site.name.unwrap_or_default(), call).first() else { return };
    let said: Vec<String> = words.elts.iter().filter_map(literal_text).collect();
    let has = |word: &str| said.iter().any(|said| said == word);
    let publishes =
        has("twine") && has("upload") || has("publish") && (has("npm") || has("pnpm") || has("yarn") || has("cargo"));
    let looped = site.ancestors().any(|node| matches!(node.node, NodeRef::Stmt(Stmt::For(_))));
    if !publishes || !looped {
        return;
    }
    let model = site.file.model;
    let around = model.function_around(site.scope).map(|function| function.range());
    let takes_token = model.nodes_of(Kinds::STRING | Kinds::FSTRING).any(|(_, node)| {
        let NodeRef::Expr(expr) = node.node else { return false };
        around.is_none_or(|around| around.contains_range(expr.range()))
            && literal_text(expr).is_some_and(|text| {
                [".npmrc", ".pypirc", "_authToken", ".cargo/credentials", "NPM_TOKEN"]
                    .iter()
                    .any(|store| text.contains(store))
            })
    });
    if takes_token {
        let message = "packages are published one after another with a token that was found on this machine";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
    }
}
