//! Settings that let pages of other sites send requests, or read what is answered.

use ruff_python_ast::{self as ast, Decorator, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::super::{Rule, Sink, Site, Trigger, called_name};
use super::{KEYS, names_everything, report, settings};
use crate::model::{Category, Severity};
use crate::security::python::NodeRef;

pub(in crate::security::rules) const CSRF: Rule = Rule {
    id: "csrf-off",
    title: "requests from other sites are taken for the user's own",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 352,
    severity: Severity::Low,
    help: "leave the check on; authenticate calls of machines by a signature or a token in a header",
    triggers: &[
        Trigger::Target(&[
            "WTF_CSRF_ENABLED",
            "WTF_CSRF_CHECK_DEFAULT",
            "JWT_COOKIE_CSRF_PROTECT",
            "CSRF_ENABLED",
            "xsrf_cookies",
        ]),
        Trigger::Function,
        Trigger::Class,
        Trigger::Keyword(KEYS),
        Trigger::Keyword(&["require_csrf", "csrf_enabled", "csrf", "check_origin", "xsrf_cookies"]),
    ],
    check: csrf,
};

pub(in crate::security::rules) const CORS: Rule = Rule {
    id: "cors-any-origin",
    title: "pages of every site may read the answers",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 942,
    severity: Severity::Low,
    help: "list the origins that may read the answers",
    triggers: &[
        Trigger::Target(&[
            "CORS_ALLOW_ALL_ORIGINS",
            "CORS_ORIGIN_ALLOW_ALL",
            "CORS_ORIGINS",
            "CORS_ALLOWED_ORIGINS",
            "CORS_ORIGIN_WHITELIST",
            "Access-Control-Allow-Origin",
            "access-control-allow-origin",
            "ACCESS-CONTROL-ALLOW-ORIGIN",
        ]),
        Trigger::Keyword(&[
            "origins",
            "allow_origins",
            "allow_origin_regex",
            "resources",
            "origin",
            "cors_allowed_origins",
        ]),
        Trigger::Call(&["flask_cors.CORS", "flask_cors.cross_origin", "aiohttp_cors.setup"]),
        Trigger::Method(&["add"]),
        Trigger::Function,
    ],
    check: cors,
};

fn csrf(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    const WHAT: &str = "a page of another site can make a browser send this request";
    match site.node {
        NodeRef::Stmt(Stmt::FunctionDef(function)) => {
            // A signature that is checked is more than a cookie says.
            let signed = || {
                let body = site.file.unit.slice(function.range());
                let checks = ["compare_digest(", "constant_time_compare(", "construct_event(", "verify_signature("];
                checks.iter().any(|check| body.contains(check))
            };
            exempted(site, sink, &function.decorator_list, signed);
            // Frameworks call these methods to check a request: one that does nothing lets everything pass.
            let empty = match function.body.as_slice() {
                [Stmt::Pass(_)] => true,
                [Stmt::Expr(only)] => only.value.is_literal_expr(),
                [Stmt::Return(only)] => only.value.as_deref().is_none_or(Expr::is_literal_expr),
                [Stmt::Expr(text), Stmt::Pass(_)] => text.value.is_string_literal_expr(),
                _ => false,
            };
            if empty && matches!(function.name.as_str(), "check_xsrf_cookie" | "enforce_csrf") {
                report(site, sink, function.name.range(), Severity::Low, WHAT);
            }
        }
        NodeRef::Stmt(Stmt::ClassDef(class)) => exempted(site, sink, &class.decorator_list, || false),
        NodeRef::Stmt(Stmt::Assign(assign))
            if sets_element(assign, "xsrf_cookies") && site.imports("tornado") && site.is_false(&assign.value) =>
        {
            report(site, sink, assign.value.range(), Severity::Low, WHAT);
        }
        NodeRef::Stmt(_) => settings(site, |name, value| {
            if is_switch(name) && site.is_false(value) {
                report(site, sink, value.range(), Severity::Low, WHAT);
            }
        }),
        NodeRef::Expr(Expr::Call(call)) => {
            for keyword in &call.arguments.keywords {
                let known = keyword.arg.as_ref().is_some_and(|name| match name.as_str() {
                    name if is_switch(name) => true,
                    "csrf_enabled" | "require_csrf" => true,
                    "xsrf_cookies" => site.imports("tornado"),
                    "csrf" => site.imports("wtforms") || site.imports("flask_wtf") || site.imports("ninja"),
                    "check_origin" => {
                        let pyramid = ["set_default_csrf_options", "view_config", "add_view", "notfound_view_config"];
                        called_name(call).is_some_and(|called| pyramid.contains(&called))
                    }
                    _ => false,
                });
                if known && site.is_false(&keyword.value) {
                    report(site, sink, keyword.value.range(), Severity::Low, WHAT);
                }
            }
        }
        _ => {}
    }
}

/// Settings that switch the check.
fn is_switch(name: &str) -> bool {
    matches!(name, "WTF_CSRF_ENABLED" | "WTF_CSRF_CHECK_DEFAULT" | "JWT_COOKIE_CSRF_PROTECT" | "CSRF_ENABLED")
}

/// `settings["name"] = …`
fn sets_element(assign: &ast::StmtAssign, name: &str) -> bool {
    assign.targets.iter().any(|target| match target {
        Expr::Subscript(element) => {
            element.slice.as_string_literal_expr().is_some_and(|key| key.value.to_str() == name)
        }
        _ => false,
    })
}

/// `@csrf_exempt`, `@csrf.exempt`, `@method_decorator(csrf_exempt, …)`, unless requests are proven otherwise.
fn exempted(site: &Site<'_, '_>, sink: &mut Sink<'_>, decorators: &[Decorator], proven: impl Fn() -> bool) {
    fn exempts(expr: &Expr) -> bool {
        match expr {
            Expr::Name(name) => name.id.as_str() == "csrf_exempt",
            Expr::Attribute(attribute) => match attribute.attr.as_str() {
                "csrf_exempt" => true,
                "exempt" => matches!(&*attribute.value, Expr::Name(name) if name.id.as_str().contains("csrf")),
                _ => false,
            },
            _ => false,
        }
    }
    for decorator in decorators {
        let exempt = match &decorator.expression {
            Expr::Call(call) => {
                exempts(&call.func)
                    || called_name(call) == Some("method_decorator")
                        && call.arguments.args.first().is_some_and(|first| match first {
                            Expr::List(list) => list.elts.iter().any(exempts),
                            Expr::Tuple(tuple) => tuple.elts.iter().any(exempts),
                            other => exempts(other),
                        })
            }
            other => exempts(other),
        };
        if exempt && !proven() {
            let what = "a page of another site can make a browser send requests to this view";
            report(site, sink, decorator.range(), Severity::Low, what);
        }
    }
}

fn cors(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    const WHAT: &str = "a page of any site can read what this service answers";
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => {
            settings(site, |name, value| {
                let open = match name {
                    "CORS_ALLOW_ALL_ORIGINS" | "CORS_ORIGIN_ALLOW_ALL" => site.is_true(value),
                    "CORS_ORIGINS" | "CORS_ALLOWED_ORIGINS" | "CORS_ORIGIN_WHITELIST" => names_everything(site, value),
                    _ => false,
                };
                if open {
                    report(site, sink, value.range(), Severity::Low, WHAT);
                }
            });
            let allows = assign.targets.iter().any(|target| {
                matches!(target, Expr::Subscript(subscript)
                    if matches!(&*subscript.slice, Expr::StringLiteral(key)
                        if key.value.to_str().eq_ignore_ascii_case("access-control-allow-origin")))
            });
            // Without cookies, what is answered is what everybody is answered: browsers send none to `*`.
            if allows && site.text(&assign.value).is_some_and(|value| value == "*") {
                report(site, sink, site.range(), Severity::Note, WHAT);
            }
        }
        NodeRef::Stmt(Stmt::FunctionDef(function)) => {
            // `@cross_origin()`: every origin, when none is named.
            if let Some(answer) = every_origin(function) {
                let range = TextRange::new(function.name.start(), answer.end());
                report(site, sink, range, Severity::Low, WHAT);
            }
            for decorator in &function.decorator_list {
                let bare = matches!(&decorator.expression, Expr::Name(name) if name.id.as_str() == "cross_origin");
                if bare && site.imports("flask_cors") {
                    report(site, sink, decorator.range(), Severity::Low, WHAT);
                }
            }
        }
        NodeRef::Expr(Expr::Call(call)) => {
            let known = [
                "flask_cors",
                "starlette",
                "fastapi",
                "aiohttp_cors",
                "sanic_cors",
                "sanic_ext",
                "litestar",
                "flask_socketio",
                "socketio",
            ]
            .iter()
            .any(|module| site.imports(module));
            if !known {
                return;
            }
            let with_cookies = ["supports_credentials", "allow_credentials"]
                .iter()
                .any(|word| site.keyword(word).is_some_and(|value| site.is_true(value)));
            let without = ["supports_credentials", "allow_credentials"]
                .iter()
                .any(|word| site.keyword(word).is_some_and(|value| site.is_false(value)));
            let severity = match (with_cookies, without) {
                (true, _) => Severity::Medium,
                (false, true) => Severity::Note,
                (false, false) => Severity::Low,
            };
            if let Some(open) = any_origin_of_aiohttp(site) {
                report(site, sink, open.range(), Severity::Medium, WHAT);
                return;
            }
            let named = ["origins", "allow_origins", "allow_origin_regex", "origin", "cors_allowed_origins"]
                .iter()
                .find_map(|w| site.keyword(w));
            let resources = site.keyword("resources").or_else(|| match call.arguments.args.as_ref() {
                [_, Expr::Dict(_)] => call.arguments.args.get(1),
                _ => None,
            });
            match (named, resources) {
                (Some(value), _) if names_everything(site, value) => {
                    report(site, sink, value.range(), severity, WHAT);
                }
                (None, Some(Expr::Dict(paths))) => {
                    let open = paths.items.iter().find(|item| match &item.value {
                        Expr::Dict(options) => options.items.iter().any(|option| {
                            option.key.as_ref().and_then(|key| site.text(key)).is_some_and(|key| key == "origins")
                                && names_everything(site, &option.value)
                        }),
                        _ => false,
                    });
                    if let Some(item) = open {
                        report(site, sink, item.value.range(), severity, WHAT);
                    }
                }
                (None, None) if site.name.is_some_and(|name| name.starts_with("flask_cors.")) => {
                    let spread = call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
                    if !spread {
                        report(site, sink, site.range(), severity, WHAT);
                    }
                }
                _ => {}
            }
        }
        _ => {}
    }
}

/// `aiohttp_cors.setup(app, defaults={"*": ResourceOptions(allow_credentials=True)})`, and the same for a route.
fn any_origin_of_aiohttp<'a>(site: &Site<'_, 'a>) -> Option<&'a Expr> {
    let call = site.call().filter(|_| site.imports("aiohttp_cors"))?;
    if !matches!(called_name(call), Some("setup" | "add")) {
        return None;
    }
    let Expr::Dict(origins) = site.keyword("defaults").or(call.arguments.args.get(1))? else { return None };
    let item = origins
        .items
        .iter()
        .find(|item| item.key.as_ref().and_then(|key| site.text(key)).is_some_and(|origin| origin == "*"))?;
    let options = match &item.value {
        Expr::Name(name) => site.file.model.single_value(name, site.scope).map(|(value, _)| value)?,
        other => other,
    };
    let Expr::Call(options) = options else { return None };
    let cookies = options.arguments.find_keyword("allow_credentials")?;
    site.is_true(&cookies.value).then_some(&item.value)
}

/// `def check_origin(self, origin): return True`: Tornado asks it before it opens a websocket.
fn every_origin(function: &ast::StmtFunctionDef) -> Option<&ast::StmtReturn> {
    let [.., Stmt::Return(answer)] = function.body.as_slice() else { return None };
    let every = function.name.as_str() == "check_origin"
        && function.body.len() <= 2
        && matches!(answer.value.as_deref(), Some(Expr::BooleanLiteral(literal)) if literal.value);
    every.then_some(answer)
}
