//! Settings of web frameworks that switch a defence off, wherever they are set: as a name in a module of
//! settings, as an element of `app.config`, or as a keyword of the call that makes or configures something.

mod cross_site;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

pub(super) use cross_site::{CORS, CSRF};

use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{Constant, NodeRef};

/// Keywords of configuring calls that are settings as well.
const KEYS: &[&str] = &[
    "DEBUG",
    "TESTING",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "REMEMBER_COOKIE_SECURE",
    "REMEMBER_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SECURE",
    "WTF_CSRF_ENABLED",
    "WTF_CSRF_CHECK_DEFAULT",
    "JWT_COOKIE_CSRF_PROTECT",
    "CSRF_ENABLED",
    "SESSION_SERIALIZER",
];

pub(super) const COOKIE: Rule = Rule {
    id: "cookie-flags-off",
    title: "the cookies of a framework go without their protection",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 614,
    severity: Severity::Medium,
    help: "leave the cookies to encrypted connections and away from scripts: set the flags to true",
    triggers: &[
        Trigger::Target(&[
            "SESSION_COOKIE_SECURE",
            "REMEMBER_COOKIE_SECURE",
            "CSRF_COOKIE_SECURE",
            "LANGUAGE_COOKIE_SECURE",
            "SESSION_COOKIE_HTTPONLY",
            "REMEMBER_COOKIE_HTTPONLY",
            "SESSION_COOKIE_SAMESITE",
            "CSRF_COOKIE_SAMESITE",
            "REMEMBER_COOKIE_SAMESITE",
        ]),
        Trigger::Keyword(KEYS),
        Trigger::Keyword(&["https_only"]),
        Trigger::Call(&[
            "pyramid.authentication.AuthTktCookieHelper",
            "pyramid.authentication.AuthTktAuthenticationPolicy",
            "pyramid.session.SignedCookieSessionFactory",
            "pyramid.session.BaseCookieSessionFactory",
            "pyramid.session.UnencryptedCookieSessionFactoryConfig",
        ]),
    ],
    check: |site, sink| {
        settings(site, |name, value| {
            if let Some(what) = cookie_flag(site, name, value) {
                report(site, sink, value.range(), Severity::Medium, what);
            }
        });
        ticket(site, sink);
    },
};

pub(super) const HOSTS: Rule = Rule {
    id: "any-host-name",
    title: "requests for every host name are answered",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 644,
    severity: Severity::Low,
    help: "list the names under which the site is reached: links and mails are made of this name",
    triggers: &[Trigger::Target(&["ALLOWED_HOSTS"]), Trigger::Keyword(&["allowed_hosts"])],
    check: |site, sink| {
        let mut check = |value: &Expr| {
            if names_everything(site, value) {
                report(site, sink, value.range(), Severity::Low, "a client chooses the host name that is believed");
            }
        };
        settings(site, |name, value| {
            if name == "ALLOWED_HOSTS" {
                check(value);
            }
        });
        if site.imports("starlette") || site.imports("fastapi") {
            site.keyword("allowed_hosts").into_iter().for_each(check);
        }
    },
};

pub(super) const CLEAR: Rule = Rule {
    id: "unencrypted-allowed",
    title: "a site answers over plain connections",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 319,
    severity: Severity::Low,
    help: "redirect to HTTPS, and say so for a year with `Strict-Transport-Security`",
    triggers: &[Trigger::Target(&["SECURE_SSL_REDIRECT", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_SECONDS"])],
    check: |site, sink| {
        settings(site, |name, value| {
            let off = match name {
                "SECURE_SSL_REDIRECT" | "SECURE_HSTS_INCLUDE_SUBDOMAINS" => site.is_false(value),
                "SECURE_HSTS_SECONDS" => matches!(site.constant(value), Some(Constant::Int(0))),
                _ => false,
            };
            if off {
                report(site, sink, value.range(), Severity::Low, "requests over plain connections are answered");
            }
        });
    },
};

pub(super) const HASHER: Rule = Rule {
    id: "weak-password-hasher",
    title: "passwords are stored with a quick hash",
    aliases: &[],
    category: Category::Cryptography,
    cwe: 916,
    severity: Severity::Medium,
    help: "put `Argon2PasswordHasher` or `PBKDF2PasswordHasher` first",
    triggers: &[Trigger::Target(&["PASSWORD_HASHERS"])],
    check: |site, sink| {
        settings(site, |name, value| {
            // The first one hashes; the others only check what is there already.
            let first = match value {
                Expr::List(list) => list.elts.first(),
                Expr::Tuple(tuple) => tuple.elts.first(),
                _ => None,
            };
            let Some(first) = first.filter(|_| name == "PASSWORD_HASHERS") else { return };
            let weak = site.text(first).is_some_and(|hasher| {
                ["MD5PasswordHasher", "SHA1PasswordHasher", "CryptPasswordHasher"].iter().any(|w| hasher.ends_with(w))
            });
            if weak {
                let range = TextRange::new(site.range().start(), first.end());
                report(site, sink, range, Severity::Medium, "a stolen table of passwords is soon in the clear");
            }
        });
    },
};

pub(super) const SERIALISER: Rule = Rule {
    id: "pickle-accepted",
    title: "messages or sessions are rebuilt from pickles",
    aliases: &[],
    category: Category::Deserialisation,
    cwe: 502,
    severity: Severity::Medium,
    help: "use JSON",
    triggers: &[
        Trigger::Target(&[
            "SESSION_SERIALIZER",
            "CELERY_TASK_SERIALIZER",
            "CELERY_ACCEPT_CONTENT",
            "CELERY_RESULT_SERIALIZER",
            "TASK_SERIALIZER",
            "task_serializer",
            "accept_content",
            "result_serializer",
        ]),
        Trigger::Keyword(KEYS),
        Trigger::Keyword(&["accept_content", "task_serializer", "result_serializer", "session_serializer"]),
        Trigger::Keyword(&["allow_dangerous_deserialization", "typ"]),
    ],
    check: serialiser,
};

pub(super) const FIELDS: Rule = Rule {
    id: "all-fields-writable",
    title: "a form or an interface takes every field of a model",
    aliases: &[],
    category: Category::Injection,
    cwe: 915,
    severity: Severity::Low,
    help: "list the fields in `fields`: a field that is added later is then not open by itself",
    triggers: &[Trigger::Target(&["fields", "exclude"])],
    check: fields,
};

pub(super) const DEBUG_SETTING: Rule = Rule {
    id: "debug-setting",
    title: "errors are shown with the code and the variables around them",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 489,
    severity: Severity::Medium,
    help: "read it from the environment, and let it be false when nothing is said",
    triggers: &[Trigger::Target(&["DEBUG", "debug", "TESTING", "testing", "ENV", "FLASK_ENV"]), Trigger::Keyword(KEYS)],
    check: debug_setting,
};

pub(super) const AUTOESCAPE: Rule = Rule {
    id: "template-autoescape-off",
    title: "templates do not escape what they print",
    aliases: &[],
    category: Category::Injection,
    cwe: 79,
    severity: Severity::Medium,
    help: "leave escaping on, and mark the few texts that are HTML",
    triggers: &[
        Trigger::Target(&["autoescape"]),
        Trigger::Dict,
        Trigger::Keyword(&["autoescape", "is_safe"]),
        Trigger::Call(&["flask.templating.Environment"]),
    ],
    check: autoescape,
};

/// Calls `each` with the name and the value of every setting that a node sets.
fn settings<'a>(site: &Site<'_, 'a>, mut each: impl FnMut(&str, &'a Expr)) {
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => {
            for target in &assign.targets {
                if let Some(name) = setting_name(target) {
                    each(name, &assign.value);
                }
            }
        }
        NodeRef::Stmt(Stmt::AnnAssign(assign)) => {
            if let (Some(name), Some(value)) = (setting_name(&assign.target), assign.value.as_deref()) {
                each(name, value);
            }
        }
        NodeRef::Expr(Expr::Call(call)) => {
            for keyword in &call.arguments.keywords {
                if let Some(name) = &keyword.arg
                    && is_setting(name.as_str())
                {
                    each(name.as_str(), &keyword.value);
                }
            }
        }
        _ => {}
    }
}

/// `NAME`, `config["NAME"]`, `config.NAME`.
fn setting_name(target: &Expr) -> Option<&str> {
    let name = match target {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        Expr::Subscript(subscript) => match &*subscript.slice {
            Expr::StringLiteral(key) => key.value.to_str(),
            _ => return None,
        },
        _ => return None,
    };
    is_setting(name).then_some(name)
}

fn is_setting(name: &str) -> bool {
    name.len() > 3 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

fn report(site: &Site<'_, '_>, sink: &mut Sink<'_>, range: TextRange, severity: Severity, what: &str) {
    let severity = if site.file.test_code { Severity::Note } else { severity };
    sink.report(range, severity, Confidence::Medium, what);
}

fn cookie_flag(site: &Site<'_, '_>, name: &str, value: &Expr) -> Option<&'static str> {
    match name {
        "SESSION_COOKIE_SECURE" | "REMEMBER_COOKIE_SECURE" | "CSRF_COOKIE_SECURE" | "LANGUAGE_COOKIE_SECURE" => {
            site.is_false(value).then_some("the cookie is sent over plain connections as well")
        }
        "SESSION_COOKIE_HTTPONLY" | "REMEMBER_COOKIE_HTTPONLY" => {
            site.is_false(value).then_some("scripts in a page can read the cookie")
        }
        "SESSION_COOKIE_SAMESITE" | "CSRF_COOKIE_SAMESITE" | "REMEMBER_COOKIE_SAMESITE" => {
            let open = match site.constant(value)? {
                Constant::None => true,
                Constant::Str(text) => text.eq_ignore_ascii_case("none"),
                _ => false,
            };
            open.then_some("requests from other sites carry the cookie")
        }
        _ => None,
    }
}

/// Tickets and sessions that are kept in cookies, without the flags that protect them.
fn ticket(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    if let Some(value) = site.keyword("https_only")
        && site.is_false(value)
        && called_name(call).is_some_and(|name| name == "SessionMiddleware" || name == "add_middleware")
    {
        report(site, sink, value.range(), Severity::Medium, "the cookie is sent over plain connections as well");
    }
    if !site.name.is_some_and(|name| name.starts_with("pyramid.")) {
        return;
    }
    let spread = call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
    let missing = [("secure", "secure"), ("httponly", "http_only")].iter().any(|(flag, other)| {
        match site.keyword(flag).or_else(|| site.keyword(other)) {
            Some(value) => site.is_false(value),
            None => !spread,
        }
    });
    if missing {
        let what = "the cookie is sent over plain connections, or scripts can read it";
        report(site, sink, site.range(), Severity::Medium, what);
    }
}

/// `"*"`, or a list with it.
fn names_everything(site: &Site<'_, '_>, value: &Expr) -> bool {
    let any = |expr: &Expr| {
        site.text(expr).is_some_and(|text| matches!(&*text, "*" | ".*" | "^.*$" | "https?://.*" | "http://*"))
    };
    match value {
        Expr::List(list) => list.elts.iter().any(any),
        Expr::Tuple(tuple) => tuple.elts.iter().any(any),
        Expr::Set(set) => set.elts.iter().any(any),
        Expr::Name(name) => match site.file.model.single_value(name, site.scope) {
            Some((Expr::Name(_), _)) | None => false,
            Some((value, _)) => names_everything(site, value),
        },
        other => any(other),
    }
}

fn serialiser(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    const WHAT: &str = "whoever can put a message or a session there runs code here";
    let pickles = |value: &Expr| {
        let pickle = |expr: &Expr| site.text(expr).is_some_and(|text| text.eq_ignore_ascii_case("pickle"));
        match value {
            Expr::List(list) => list.elts.iter().any(pickle),
            Expr::Tuple(tuple) => tuple.elts.iter().any(pickle),
            Expr::Set(set) => set.elts.iter().any(pickle),
            other => pickle(other) || site.text(other).is_some_and(|text| text.ends_with(".PickleSerializer")),
        }
    };
    settings(site, |name, value| {
        let known = matches!(
            name,
            "SESSION_SERIALIZER"
                | "CELERY_TASK_SERIALIZER"
                | "CELERY_ACCEPT_CONTENT"
                | "CELERY_RESULT_SERIALIZER"
                | "TASK_SERIALIZER"
        );
        if known && pickles(value) {
            report(site, sink, value.range(), Severity::Medium, WHAT);
        }
    });
    let lower = match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => match assign.targets.as_slice() {
            [Expr::Attribute(target)] => Some((target.attr.as_str(), &*assign.value)),
            _ => None,
        },
        _ => None,
    };
    if let Some((name, value)) = lower
        && matches!(name, "task_serializer" | "accept_content" | "result_serializer")
        && pickles(value)
    {
        report(site, sink, value.range(), Severity::Medium, WHAT);
    }
    let Some(call) = site.call() else { return };
    for keyword in &call.arguments.keywords {
        let Some(name) = keyword.arg.as_ref() else { continue };
        match name.as_str() {
            "accept_content" | "task_serializer" | "result_serializer" | "session_serializer"
                if pickles(&keyword.value) =>
            {
                report(site, sink, keyword.value.range(), Severity::Medium, WHAT);
            }
            "allow_dangerous_deserialization" if site.is_true(&keyword.value) => {
                report(site, sink, keyword.value.range(), Severity::Medium, "what is loaded may run code");
            }
            "typ" if called_name(call) == Some("YAML") && site.text(&keyword.value).is_some_and(|t| t == "unsafe") => {
                report(site, sink, site.range(), Severity::Medium, "a document makes whatever objects it asks for");
            }
            _ => {}
        }
    }
}

fn fields(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let NodeRef::Stmt(Stmt::Assign(assign)) = site.node else { return };
    let [Expr::Name(target)] = assign.targets.as_slice() else { return };
    let name = target.id.as_str();
    if !matches!(name, "fields" | "exclude") {
        return;
    }
    let open = match name {
        "fields" => site.text(&assign.value).is_some_and(|value| value == "__all__"),
        _ => !matches!(&*assign.value, Expr::NoneLiteral(_)),
    };
    // `class Meta` in a form or a serialiser; a view has its fields itself.
    let mut classes = site.ancestors().filter_map(|node| match node.node {
        NodeRef::Stmt(Stmt::ClassDef(class)) => Some(class),
        _ => None,
    });
    let (Some(inner), outer) = (classes.next(), classes.next()) else { return };
    let based = |class: &ruff_python_ast::StmtClassDef| {
        class.arguments.iter().flat_map(|arguments| &arguments.args).any(|base| {
            let name = match base {
                Expr::Name(name) => name.id.as_str(),
                Expr::Attribute(attribute) => attribute.attr.as_str(),
                _ => return false,
            };
            ["ModelForm", "ModelSerializer", "UpdateView", "CreateView", "ModelSchema", "HyperlinkedModelSerializer"]
                .iter()
                .any(|known| name.ends_with(known))
        })
    };
    let meta = matches!(inner.name.as_str(), "Meta" | "Config") && outer.is_some_and(based);
    if open && (meta || based(inner)) {
        report(site, sink, assign.value.range(), Severity::Low, "a client may set fields that nobody thought of");
    }
}

fn debug_setting(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    const WHAT: &str = "whoever causes an error sees code and variables, and with some debuggers runs code";
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => {
            for target in &assign.targets {
                let on = match target {
                    Expr::Name(name) if name.id.as_str() == "DEBUG" => {
                        // A module of settings, or a class of them: `DEBUG` alone is any module's own business.
                        let text = &site.file.unit.text;
                        let django = ["INSTALLED_APPS", "ROOT_URLCONF", "MIDDLEWARE", "ALLOWED_HOSTS", "django"]
                            .iter()
                            .any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some());
                        let stem = site.file.unit.path.rsplit('/').next().unwrap_or("");
                        django || stem.starts_with("settings")
                    }
                    Expr::Subscript(_) => element_of_config(target) == Some("DEBUG"),
                    Expr::Attribute(attribute) => {
                        let web = || ["flask", "quart", "sanic", "bottle"].iter().any(|module| site.imports(module));
                        attribute.attr.as_str() == "debug" && web() && is_app(site, attribute)
                    }
                    _ => false,
                };
                if on && matches!(site.constant(&assign.value), Some(Constant::Bool(true))) {
                    report(site, sink, assign.value.range(), Severity::Medium, WHAT);
                } else if let Some(what) =
                    element_of_config(target).and_then(|key| unfinished(site, key, &assign.value))
                {
                    report(site, sink, assign.value.range(), Severity::Low, what);
                }
            }
        }
        NodeRef::Expr(Expr::Call(call)) => {
            let configures = matches!(&*call.func, Expr::Attribute(method)
                if matches!(method.attr.as_str(), "update" | "from_mapping")
                    && matches!(&*method.value, Expr::Attribute(owner) if owner.attr.as_str() == "config"));
            if let Some(value) = site.keyword("DEBUG")
                && configures
                && site.is_true(value)
            {
                report(site, sink, value.range(), Severity::Medium, WHAT);
            }
        }
        _ => {}
    }
}

/// The key of `app.config["KEY"]`.
fn element_of_config(target: &Expr) -> Option<&str> {
    let Expr::Subscript(subscript) = target else { return None };
    match (&*subscript.value, &*subscript.slice) {
        (Expr::Attribute(owner), Expr::StringLiteral(key)) if owner.attr.as_str() == "config" => {
            Some(key.value.to_str())
        }
        _ => None,
    }
}

/// Settings of a program that is still being written.
fn unfinished(site: &Site<'_, '_>, key: &str, value: &Expr) -> Option<&'static str> {
    match key {
        "TESTING" => site.is_true(value).then_some("errors reach the client, and some checks are left out"),
        "ENV" | "FLASK_ENV" => site
            .text(value)
            .is_some_and(|text| text == "development")
            .then_some("errors are shown with what is around them"),
        _ => None,
    }
}

/// Whether the owner of an attribute is an application of a web framework.
fn is_app(site: &Site<'_, '_>, attribute: &ruff_python_ast::ExprAttribute) -> bool {
    match site.resolve(&attribute.value) {
        Some(name) => ["flask.Flask()", "quart.Quart()", "sanic.Sanic()", "bottle"].iter().any(|app| name == *app),
        None => matches!(&*attribute.value, Expr::Name(name) if matches!(name.id.as_str(), "app" | "application")),
    }
}

fn autoescape(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    const WHAT: &str = "what templates print is not escaped from here on";
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => {
            let off = assign.targets.iter().any(|target| match target {
                Expr::Attribute(attribute) => attribute.attr.as_str() == "autoescape",
                _ => false,
            });
            let web = || ["flask", "jinja2", "django", "tornado", "quart"].iter().any(|module| site.imports(module));
            if off && (site.is_false(&assign.value) || assign.value.is_none_literal_expr()) && web() {
                report(site, sink, site.range(), Severity::Medium, WHAT);
            }
        }
        NodeRef::Expr(Expr::Dict(dict)) => {
            for item in &dict.items {
                if let Some(Expr::StringLiteral(key)) = &item.key
                    && key.value.to_str() == "autoescape"
                    && matches!(&item.value, Expr::BooleanLiteral(value) if !value.value)
                {
                    report(site, sink, item.value.range(), Severity::Medium, WHAT);
                }
            }
        }
        NodeRef::Expr(Expr::Call(call)) => {
            // Environments of Jinja have a rule of their own.
            let name = called_name(call).unwrap_or("");
            if let Some(value) = site.keyword("autoescape")
                && (site.is_false(value) || value.is_none_literal_expr())
                && (matches!(name, "Context" | "RequestContext" | "make_context" | "Engine") && site.imports("django")
                    || matches!(name, "Application" | "Template" | "Loader") && site.imports("tornado"))
            {
                report(site, sink, value.range(), Severity::Medium, WHAT);
            }
            if let Some(value) = site.keyword("is_safe")
                && site.is_true(value)
                && matches!(name, "filter" | "stringfilter")
                && site.imports("django")
            {
                report(site, sink, site.range(), Severity::Note, "what this filter gives is printed without escaping");
            }
        }
        _ => {}
    }
}
