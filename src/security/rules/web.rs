//! Web frameworks: debug servers, templates that do not escape, raw queries.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use super::words::built;
use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};

pub(super) const DEBUG: Rule = Rule {
    id: "debug-server",
    title: "a web server runs with its debugger on",
    aliases: &["B201", "S201"],
    category: Category::CodeExecution,
    cwe: 489,
    severity: Severity::High,
    help: "leave `debug` out, and switch it on by an environment variable while developing",
    triggers: &[
        Trigger::Keyword(&["debug", "use_debugger"]),
        Trigger::Method(&["run"]),
        Trigger::Call(&["werkzeug.debug.DebuggedApplication"]),
    ],
    check: debug,
};

pub(super) const JINJA: Rule = Rule {
    id: "jinja-autoescape",
    title: "Jinja does not escape what it prints",
    aliases: &["B701", "S701"],
    category: Category::Injection,
    cwe: 79,
    severity: Severity::Medium,
    help: "pass `autoescape=True` or `autoescape=select_autoescape()`",
    triggers: &[Trigger::Call(&[
        "jinja2.Environment",
        "jinja2.environment.Environment",
        "jinja2.sandbox.SandboxedEnvironment",
    ])],
    check: |site, sink| {
        let severity = |severity: Severity| if site.file.test_code { Severity::Note } else { severity };
        match site.keyword("autoescape") {
            None if site.call().is_some_and(|call| call.arguments.keywords.iter().any(|k| k.arg.is_none())) => {
                sink.unjudged(site.range(), Severity::Medium, "whether this environment escapes is not known");
            }
            None => sink.report(
                site.range(),
                severity(Severity::Medium),
                Confidence::Medium,
                "this environment does not escape what it prints",
            ),
            Some(value) if site.is_true(value) => {}
            Some(value) if site.is_false(value) => {
                sink.report(
                    site.range(),
                    severity(Severity::Medium),
                    Confidence::High,
                    "this environment does not escape what it prints",
                );
            }
            Some(Expr::Call(call)) if called_name(call) == Some("select_autoescape") => {}
            Some(_) => {
                sink.unjudged(site.range(), Severity::Low, "whether this environment escapes is decided elsewhere")
            }
        }
    },
};

pub(super) const MAKO: Rule = Rule {
    id: "mako-template",
    title: "Mako does not escape what it prints",
    aliases: &["B702", "S702"],
    category: Category::Injection,
    cwe: 79,
    severity: Severity::Low,
    help: "pass `default_filters=[\"h\"]`",
    triggers: &[Trigger::Call(&["mako.template.Template", "mako.lookup.TemplateLookup", "mako.Template"])],
    check: |site, sink| {
        if site.name.is_some_and(|name| name.ends_with("Lookup")) && sink.is_full() {
            return;
        }
        let escapes = site.keyword("default_filters").is_some_and(|filters| match filters {
            Expr::List(list) => list.elts.iter().any(|filter| site.text(filter).is_some_and(|text| text == "h")),
            _ => true,
        });
        if escapes || site.file.test_code {
            sink.unjudged(site.range(), Severity::Low, "a Mako template");
        } else {
            sink.report(
                site.range(),
                Severity::Low,
                Confidence::Medium,
                "this template does not escape what it prints",
            );
        }
    },
};

pub(super) const MARK_SAFE: Rule = Rule {
    id: "django-mark-safe",
    title: "text is declared safe for HTML",
    aliases: &["B308", "B703", "S308"],
    category: Category::Injection,
    cwe: 79,
    severity: Severity::Medium,
    help: "use `format_html`, which escapes its arguments",
    triggers: &[
        Trigger::Call(&["django.utils.safestring.mark_safe", "django.utils.html.mark_safe"]),
        Trigger::Method(&["SafeText", "SafeUnicode", "SafeString", "SafeBytes"]),
    ],
    check: |site, sink| {
        if !site.imports("django.utils.safestring") && site.name.is_none_or(|name| !name.starts_with("django.")) {
            return;
        }
        html(site, sink, "text is declared safe for HTML that was put together from parts");
    },
};

pub(super) const MARKUP: Rule = Rule {
    id: "markup-unescaped",
    title: "text is declared safe for HTML",
    aliases: &["B704", "S704"],
    category: Category::Injection,
    cwe: 79,
    severity: Severity::Medium,
    help: "use `Markup(\"…{}…\").format(value)`, which escapes its arguments",
    triggers: &[Trigger::Call(&["markupsafe.Markup", "flask.Markup", "jinja2.Markup"])],
    check: |site, sink| {
        let Some(first) = site.call().and_then(|call| call.arguments.args.first()) else { return };
        if sink.is_full() && first.is_literal_expr() {
            return;
        }
        html(site, sink, "text is declared safe for HTML that was put together from parts");
    },
};

pub(super) const EXTRA: Rule = Rule {
    id: "django-extra",
    title: "`extra` puts text into a query",
    aliases: &["B610", "S610"],
    category: Category::Injection,
    cwe: 89,
    severity: Severity::Medium,
    help: "use the expressions of the ORM, and `params` for values",
    triggers: &[Trigger::Method(&["extra"])],
    check: extra,
};

pub(super) const RAW_SQL: Rule = Rule {
    id: "django-raw-sql",
    title: "`RawSQL` puts text into a query",
    aliases: &["B611", "S611"],
    category: Category::Injection,
    cwe: 89,
    severity: Severity::Medium,
    help: "write the query as a constant and pass values in `params`",
    triggers: &[Trigger::Method(&["RawSQL"])],
    check: |site, sink| {
        let Some(sql) = site.argument("sql", 0) else { return };
        if !site.imports("django.db.models") || sql.is_string_literal_expr() {
            return;
        }
        if site.is_constant(sql) || site.file.test_code {
            sink.unjudged(site.range(), Severity::Low, "a constant query");
        } else {
            sink.report(site.range(), Severity::Medium, Confidence::Medium, "a query is put together from parts");
        }
    },
};

fn debug(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    if site.name == Some("werkzeug.debug.DebuggedApplication") {
        let console = site.argument("evalex", 1).is_none_or(|evalex| site.is_true(evalex));
        if console && !sink.is_full() && !site.file.test_code {
            let what = "the debugger lets everybody who can reach it run code";
            sink.report(site.range(), Severity::High, Confidence::Medium, what);
        }
        return;
    }
    let web = [
        "flask",
        "bottle",
        "werkzeug",
        "quart",
        "dash",
        "sanic",
        "uvicorn",
        "aiohttp",
        "fastapi",
        "starlette",
        "litestar",
        "tornado",
        "connexion",
    ];
    if !web.iter().any(|module| site.imports(module)) {
        return;
    }
    let runs = called_name(call).is_some_and(|name| {
        matches!(
            name,
            "run" | "run_simple" | "run_server" | "Application" | "FastAPI" | "Starlette" | "Quart" | "Litestar"
        )
    });
    // `app.run(host, port, True)`
    let third = || {
        let flask = !sink.is_full() && site.name.is_some_and(|name| name == "flask.Flask().run");
        call.arguments.args.get(2).filter(|_| flask)
    };
    let Some(value) = site.keyword("debug").or_else(|| site.keyword("use_debugger")).or_else(third) else { return };
    if !runs || !site.is_true(value) {
        return;
    }
    if site.file.test_code {
        sink.report(value.range(), Severity::Note, Confidence::Low, "a test server runs with its debugger on");
        return;
    }
    sink.report(
        value.range(),
        Severity::High,
        Confidence::Medium,
        "the debugger lets everybody who can reach it run code",
    );
}

/// Whether an expression is HTML that is known to be escaped.
fn is_escaped(site: &Site<'_, '_>, expr: &Expr) -> bool {
    if site.is_constant(expr) {
        return true;
    }
    let Expr::Call(call) = expr else { return false };
    let last = called_name(call).unwrap_or("");
    if matches!(
        last,
        "escape"
            | "conditional_escape"
            | "format_html"
            | "format_html_join"
            | "clean"
            | "bleach"
            | "urlencode"
            | "quote"
            | "sanitize"
            | "int"
            | "float"
            | "len"
            | "reverse"
            | "static"
            | "gettext"
            | "_"
            | "ngettext"
            | "render"
            | "render_to_string"
            | "escapejs"
            | "get_token"
            | "json_script"
    ) {
        return true;
    }
    // `"…{}…".format(escape(x))`
    matches!(last, "format" | "join" | "strip")
        && built(expr).is_some_and(|parts| parts.gaps.iter().all(|gap| is_escaped(site, gap)))
}

fn html(site: &Site<'_, '_>, sink: &mut Sink<'_>, message: &str) {
    let Some(text) = site.first() else { return };
    let parts = built(text);
    let escaped = is_escaped(site, text)
        || parts.as_ref().is_some_and(|parts| parts.gaps.iter().all(|gap| is_escaped(site, gap)));
    if escaped {
        sink.unjudged(site.range(), Severity::Low, "constant or escaped text is declared safe for HTML");
    } else if site.file.test_code {
        sink.report(site.range(), Severity::Note, Confidence::Low, message);
    } else if parts.is_some() {
        sink.report(site.range(), Severity::Medium, Confidence::Medium, message);
    } else {
        sink.report(
            site.range(),
            Severity::Low,
            Confidence::Low,
            "text that is not constant is declared safe for HTML",
        );
    }
}

fn extra(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    if !sink.is_full()
        && !site.imports("django")
        && !matches!(&*call.func, Expr::Attribute(attribute) if is_query_set(&attribute.value))
    {
        return;
    }
    let literal = |expr: &Expr| expr.is_string_literal_expr();
    let mut open = false;
    let mut constant = true;
    for (name, position) in [("where", 1), ("tables", 3)] {
        if let Some(value) = site.argument(name, position) {
            open |= !matches!(value, Expr::List(list) if list.elts.iter().all(literal));
            constant &= site.is_constant(value);
        }
    }
    if let Some(select) = site.argument("select", 0) {
        match select {
            Expr::Dict(dict) => {
                open |= !dict.items.iter().all(|item| item.key.as_ref().is_some_and(literal) && literal(&item.value));
                constant &= dict.items.iter().all(|item| site.is_constant(&item.value));
            }
            _ => {
                open = true;
                constant = false;
            }
        }
    }
    if !open {
        return;
    }
    if constant || site.file.test_code {
        sink.unjudged(site.range(), Severity::Low, "constant text in a query");
    } else {
        sink.report(
            site.range(),
            Severity::Medium,
            Confidence::Medium,
            "text that is not constant becomes part of a query",
        );
    }
}

fn is_query_set(expr: &Expr) -> bool {
    match expr {
        Expr::Attribute(attribute) => attribute.attr.as_str() == "objects" || is_query_set(&attribute.value),
        Expr::Call(call) => is_query_set(&call.func),
        _ => false,
    }
}
