//! Code that is made at run time: `exec`, `eval`, `compile`, dynamic imports.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged as _;

use super::{Rule, Sink, Site, Trigger};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{BindingKind, ScopeId};

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
    let harmless = site.file.test_code
        || in_test(site)
        || is_checked_template(site, text)
        || is_own_file(site, text, site.scope, 16)
        || reads_version(site, text);
    let severity = if harmless { Severity::Note } else { Severity::Medium };
    let confidence = if super::words::built(text).is_some() { Confidence::High } else { Confidence::Medium };
    sink.report(site.range(), severity, confidence, format!("`{what}` runs text that is put together at run time"));
}

/// Whether the place stands in a function that a test runner calls with a folder of its own.
fn in_test(site: &Site<'_, '_>) -> bool {
    site.file.model.function_around(site.scope).is_some_and(|function| {
        function.name.starts_with("test_")
            && function.parameters.iter().any(|given| matches!(given.name().as_str(), "tmp_path" | "tmpdir"))
    })
}

/// Whether the text is a definition of a function or a class, and each name that is put into it was found to be one.
fn is_checked_template(site: &Site<'_, '_>, text: &Expr) -> bool {
    let Expr::FString(template) = text else { return false };
    let begins = template.value.elements().next().and_then(|element| element.as_literal());
    let defines = begins.is_some_and(|text| ["def ", "class ", "lambda "].iter().any(|word| text.starts_with(word)));
    let model = site.file.model;
    let is_checked = |expr: &Expr| {
        let Expr::Name(name) = expr else { return false };
        let value = model.single_value(name, site.scope).map(|(value, _)| site.file.unit.slice(value.range()));
        value.is_some_and(|value| value.contains(".isidentifier()"))
    };
    let parts = template.value.elements().filter_map(|element| element.as_interpolation());
    defines && parts.into_iter().all(|part| is_checked(&part.expression))
}

/// Names of files that hold nothing but what a package says of itself.
const OF_VERSION: &[&str] =
    &["_version.py", "version.py", "__version__.py", "_about.py", "about.py", "__about__.py", "__pkginfo__.py"];

/// Whether the text is the file that tells the version of a package: the name of the file stands in the code, and what
/// stands before it are folders.
fn reads_version(site: &Site<'_, '_>, text: &Expr) -> bool {
    let Expr::Call(call) = text else { return false };
    let Expr::Attribute(method) = &*call.func else { return false };
    let Expr::BinOp(path) = &*method.value else { return false };
    let last = site.text(&path.right);
    let named = last.is_some_and(|last| OF_VERSION.contains(&last.rsplit('/').next().unwrap_or_default()));
    let mut root = &*path.left;
    while let Expr::BinOp(folder) = root {
        root = &folder.left;
    }
    matches!(method.attr.as_str(), "read_text" | "read_bytes") && named && root.is_name_expr()
}

/// Whether the text is what a file of Python beside this one holds, the path of which stands in the code: that is how
/// scripts of installation read a version, and no more than an import does. Such a file is judged as code where it lies,
/// which a file of another kind is not.
fn is_own_file(site: &Site<'_, '_>, text: &Expr, scope: ScopeId, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let model = site.file.model;
    match text {
        Expr::Name(name) => {
            if let Some((value, home)) = model.single_value(name, scope) {
                return is_own_file(site, value, home, depth);
            }
            match model.lookup(name.id.as_str(), scope, name.start()).map(|binding| (binding.kind, binding.scope)) {
                Some((BindingKind::With(opened), home)) => is_own_file(site, opened, home, depth),
                _ => false,
            }
        }
        Expr::Call(call) => {
            let name = model.resolve(&call.func, scope).unwrap_or_default();
            match (&*call.func, super::called_name(call)) {
                (_, Some("open")) if matches!(&*name, "builtins.open" | "io.open" | "codecs.open") => {
                    call.arguments.args.first().is_some_and(|path| is_own_python(site, path, scope, depth))
                }
                (_, Some("compile")) if name == "builtins.compile" => {
                    call.arguments.args.first().is_some_and(|text| is_own_file(site, text, scope, depth))
                }
                (Expr::Attribute(method), Some("read_text" | "read_bytes" | "open")) => {
                    is_own_python(site, &method.value, scope, depth)
                }
                (Expr::Attribute(method), Some("read" | "decode" | "strip")) if call.arguments.is_empty() => {
                    is_own_file(site, &method.value, scope, depth)
                }
                _ => false,
            }
        }
        _ => false,
    }
}

fn is_own_python(site: &Site<'_, '_>, path: &Expr, scope: ScopeId, depth: u8) -> bool {
    names_python(site, path, scope, depth) && is_own_path(site, path, scope, depth)
}

/// Whether the last part of a path is the name of a file of Python.
fn names_python(site: &Site<'_, '_>, path: &Expr, scope: ScopeId, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match path {
        Expr::StringLiteral(text) => text.value.to_str().ends_with(".py"),
        Expr::Name(name) => {
            let value = site.file.model.single_value(name, scope);
            value.is_some_and(|(value, home)| names_python(site, value, home, depth))
        }
        Expr::BinOp(joined) => names_python(site, &joined.right, scope, depth),
        Expr::Call(call) => match (call.arguments.args.last(), &*call.func) {
            (Some(last), _) => names_python(site, last, scope, depth),
            (None, Expr::Attribute(method)) => names_python(site, &method.value, scope, depth),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a path is put together from constants and from where this file lies, and leads neither away nor upwards.
fn is_own_path(site: &Site<'_, '_>, path: &Expr, scope: ScopeId, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let model = site.file.model;
    let own = |part: &Expr| is_own_path(site, part, scope, depth);
    match path {
        Expr::StringLiteral(text) => {
            let text = text.value.to_str();
            !text.starts_with(['/', '~', '\\']) && !text.contains("..") && !text.contains(':')
        }
        Expr::Name(name) if name.id.as_str() == "__file__" => true,
        Expr::Name(name) => {
            model.single_value(name, scope).is_some_and(|(value, home)| is_own_path(site, value, home, depth))
        }
        Expr::BinOp(joined) => own(&joined.left) && own(&joined.right),
        Expr::Attribute(part) => part.attr.as_str() == "parent" && own(&part.value),
        Expr::Call(call) => {
            let name = model.resolve(&call.func, scope).unwrap_or_default();
            let made = name.starts_with("os.path.") && !name.ends_with("expanduser") && !name.ends_with("expandvars");
            let arguments = call.arguments.keywords.is_empty() && call.arguments.args.iter().all(own);
            match &*call.func {
                _ if made || name == "pathlib.Path" || name == "builtins.str" => arguments,
                Expr::Attribute(method) => {
                    matches!(method.attr.as_str(), "resolve" | "absolute" | "joinpath" | "with_name" | "with_suffix")
                        && arguments
                        && own(&method.value)
                }
                _ => false,
            }
        }
        _ => false,
    }
}
