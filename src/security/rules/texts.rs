//! Texts that are run: templates that are put together, programs that take code as an argument, consoles.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::process::{NO_SHELL, SUBPROCESS};
use super::words::built;
use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;

pub(super) const TEMPLATE: Rule = Rule {
    id: "template-from-parts",
    title: "the source of a template is put together",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 1336,
    severity: Severity::Medium,
    help: "keep the template constant, and pass values as variables",
    triggers: &[
        Trigger::Call(&[
            "jinja2.Template",
            "jinja2.environment.Template",
            "flask.render_template_string",
            "flask.stream_template_string",
            "mako.template.Template",
            "tornado.template.Template",
            "django.template.Template",
            "bottle.SimpleTemplate",
        ]),
        Trigger::Method(&["from_string"]),
    ],
    check: |site, sink| {
        if site.name.is_some_and(|name| name.ends_with(".from_string") && !name.contains("Environment")) {
            return;
        }
        if site.name.is_none() && !site.imports("jinja2") && !site.imports("django.template") {
            return;
        }
        let Some(text) = site.first() else { return };
        let parts = match text {
            Expr::Name(name) => site.file.model.single_value(name, site.scope).and_then(|(value, _)| built(value)),
            other => built(other),
        };
        let open = parts.is_some_and(|parts| parts.gaps.iter().any(|gap| !site.is_constant(gap)));
        if open && !site.file.test_code {
            let what = "what is put into the source of a template is run with it";
            sink.report(site.range(), Severity::Medium, Confidence::Medium, what);
        }
    },
};

pub(super) const INTERPRETER: Rule = Rule {
    id: "code-as-argument",
    title: "an interpreter is started with code that is not constant",
    aliases: &[],
    category: Category::ExternalCommand,
    cwe: 78,
    severity: Severity::Medium,
    help: "start the program itself with a list of arguments",
    triggers: &[
        Trigger::Call(SUBPROCESS),
        Trigger::Call(NO_SHELL),
        Trigger::Call(&["asyncio.create_subprocess_exec", "asyncio.subprocess.create_subprocess_exec"]),
        Trigger::Method(&["subprocess_exec", "subprocess_shell"]),
        Trigger::Keyword(&["bash_command"]),
    ],
    check: interpreter,
};

pub(super) const CONSOLE: Rule = Rule {
    id: "code-console",
    title: "text that is not constant is run by a console or another interpreter",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 95,
    severity: Severity::Medium,
    help: "call the code as a function",
    triggers: &[
        Trigger::Call(&[
            "_xxsubinterpreters.run_string",
            "_interpreters.run_string",
            "_testcapi.run_in_subinterp",
            "test.support.run_in_subinterp",
            "timeit.timeit",
            "timeit.repeat",
            "cProfile.run",
            "profile.run",
        ]),
        Trigger::Method(&["runcode", "runsource", "push"]),
    ],
    check: |site, sink| {
        let name = site.name.unwrap_or("");
        let last = site.call().and_then(called_name).unwrap_or("");
        let text = match last {
            "run_string" => site.call().and_then(|call| call.arguments.args.get(1)),
            "runcode" | "runsource" | "push" => {
                if !name.starts_with("code.") || !name.contains("().") {
                    return;
                }
                site.first()
            }
            // A function is timed more often than a text.
            "timeit" | "repeat" => site.first().filter(|first| built(first).is_some()),
            _ => site.first(),
        };
        if text.is_some_and(|text| !site.is_constant(text)) && !site.file.test_code {
            sink.report(site.range(), Severity::Medium, Confidence::Medium, "text that is not constant is run as code");
        }
    },
};

/// Programs that run what stands behind a flag.
fn runs_code(program: &str) -> bool {
    let last = program.rsplit(['/', '\\']).next().unwrap_or(program);
    let last = last.strip_suffix(".exe").unwrap_or(last);
    matches!(
        last,
        "sh" | "bash"
            | "zsh"
            | "dash"
            | "ksh"
            | "csh"
            | "tcsh"
            | "fish"
            | "cmd"
            | "powershell"
            | "pwsh"
            | "python"
            | "python3"
            | "python2"
            | "perl"
            | "ruby"
            | "node"
            | "php"
            | "osascript"
    )
}

fn interpreter(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    const WHAT: &str = "what is not constant becomes code for an interpreter";
    let Some(call) = site.call() else { return };
    if site.file.test_code {
        return;
    }
    if let Some(command) = site.keyword("bash_command") {
        let open = built(command).is_some_and(|parts| parts.gaps.iter().any(|gap| !site.is_constant(gap)));
        if open && called_name(call).is_some_and(|name| name.ends_with("Operator")) {
            sink.report(site.range(), Severity::Medium, Confidence::Medium, WHAT);
        }
        return;
    }
    let arguments = &call.arguments.args;
    let words: Vec<&Expr> = match called_name(call) {
        Some("subprocess_shell") => {
            if arguments.get(1).is_some_and(|command| !site.is_constant(command)) {
                sink.report(site.range(), Severity::Medium, Confidence::Medium, WHAT);
            }
            return;
        }
        Some("subprocess_exec") => arguments.iter().skip(1).collect(),
        Some(name) if name.starts_with("spawn") => arguments.iter().skip(1).collect(),
        _ => arguments.iter().collect(),
    };
    let words: Vec<&Expr> = words
        .into_iter()
        .flat_map(|word| match word {
            Expr::List(list) => list.elts.iter().collect::<Vec<_>>(),
            Expr::Tuple(tuple) => tuple.elts.iter().collect(),
            Expr::Name(name) => match site.file.model.single_value(name, site.scope) {
                Some((Expr::List(list), _)) => list.elts.iter().collect(),
                _ => vec![word],
            },
            other => vec![other],
        })
        .collect();
    let program = words.iter().position(|word| site.text(word).is_some_and(|text| runs_code(&text)));
    let Some(behind) = program.and_then(|at| words.get(at + 1..)) else { return };
    let flag = behind.iter().position(|word| {
        site.text(word).is_some_and(|text| {
            matches!(&*text, "-c" | "/c" | "/C" | "-e" | "-Command" | "-command" | "-lc" | "-ic" | "--command" | "-r")
        })
    });
    let Some(code) = flag.and_then(|at| behind.get(at + 1)) else { return };
    // Where requests are handled, the data flow knows whether one gets there.
    let followed = site.ancestors().any(|node| match node.node {
        NodeRef::Stmt(Stmt::FunctionDef(function)) => site.file.unit.slice(function.range()).contains("request"),
        _ => false,
    });
    if !followed && !site.is_constant(code) && !super::process::is_quoted_line(site, code) {
        sink.report(site.range(), Severity::Medium, Confidence::Medium, WHAT);
    }
}
