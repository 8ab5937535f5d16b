//! Options of libraries that switch a defence off: checks of certificates, limits, frames, what agents may run.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::{Rule, Sink, Site, Trigger, called_name, target_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{Constant, NodeRef};

pub(super) const CERTIFICATE: Rule = Rule {
    id: "tls-check-option-off",
    title: "a client is told not to check who it talks to",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 295,
    severity: Severity::Medium,
    help: "leave the check on, and give the certificate of a private authority",
    triggers: &[
        Trigger::Keyword(&[
            "verify_certs",
            "validate_cert",
            "tlsAllowInvalidCertificates",
            "tlsAllowInvalidHostnames",
            "tlsInsecure",
            "ssl_cert_reqs",
            "ssl_check_hostname",
            "sslmode",
            "validate",
            "tls_verify",
        ]),
        Trigger::Method(&["setopt", "set_option", "set_verify", "tls_insecure_set"]),
    ],
    check: certificate,
};

pub(super) const AGENT: Rule = Rule {
    id: "agent-runs-code",
    title: "a model may run code on this machine",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 94,
    severity: Severity::Medium,
    help: "run what models write in a container without network, and ask a person first",
    triggers: &[
        Trigger::Keyword(&[
            "allow_dangerous_code",
            "allow_dangerous_requests",
            "allow_dangerous_tools",
            "code_execution_config",
            "additional_authorized_imports",
        ]),
        Trigger::Method(&[
            "PythonREPLTool",
            "PythonAstREPLTool",
            "ShellTool",
            "BashProcess",
            "LocalCommandLineCodeExecutor",
            "PythonREPL",
        ]),
    ],
    check: agent,
};

pub(super) const LIMIT: Rule = Rule {
    id: "size-limit-off",
    title: "a limit on what others may send is taken away",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 770,
    severity: Severity::Low,
    help: "give the limit a value that what is expected fits into",
    triggers: &[
        Trigger::Target(&[
            "DATA_UPLOAD_MAX_MEMORY_SIZE",
            "DATA_UPLOAD_MAX_NUMBER_FIELDS",
            "DATA_UPLOAD_MAX_NUMBER_FILES",
            "MAX_CONTENT_LENGTH",
            "MAX_IMAGE_PIXELS",
        ]),
        Trigger::Keyword(&["max_size", "client_max_size", "max_body_size"]),
        Trigger::Call(&["sys.set_int_max_str_digits"]),
    ],
    check: limit,
};

pub(super) const PAGE: Rule = Rule {
    id: "page-protection-off",
    title: "browsers are told not to protect a page",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 693,
    severity: Severity::Low,
    help: "allow what the page needs and no more: scripts by a nonce, frames by origin",
    triggers: &[
        Trigger::Target(&[
            "SECURE_CONTENT_TYPE_NOSNIFF",
            "SECURE_BROWSER_XSS_FILTER",
            "X_FRAME_OPTIONS",
            "X-Frame-Options",
            "CSP_SCRIPT_SRC",
            "CSP_DEFAULT_SRC",
            "Content-Security-Policy",
            "content-security-policy",
            "CONTENT-SECURITY-POLICY",
        ]),
        Trigger::Function,
    ],
    check: page,
};

fn tell(site: &Site<'_, '_>, sink: &mut Sink<'_>, range: ruff_text_size::TextRange, severity: Severity, what: &str) {
    let severity = if site.file.test_code { Severity::Note } else { severity };
    sink.report(range, severity, Confidence::Medium, what);
}

fn certificate(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    const WHAT: &str = "whoever is in between can read and change what is sent";
    let Some(call) = site.call() else { return };
    // `client.tls_insecure_set(True)` of paho.
    if called_name(call) == Some("tls_insecure_set") {
        if site.first().is_some_and(|value| site.is_true(value)) && site.imports("paho") && !site.file.test_code {
            let what = "whoever answers is taken for the server";
            sink.report(site.range(), Severity::Medium, Confidence::High, what);
        }
        return;
    }
    let arguments = &call.arguments.args;
    let none = |expr: &Expr| {
        site.resolve(expr).is_some_and(|name| name.ends_with("ssl.CERT_NONE") || name.ends_with(".VERIFY_NONE"))
            || site.text(expr).is_some_and(|text| text.eq_ignore_ascii_case("none"))
    };
    let off = match called_name(call) {
        Some("setopt") => match (arguments.first().and_then(|option| site.resolve(option)), arguments.get(1)) {
            (Some(option), Some(value)) => {
                option.contains("SSL_VERIFY")
                    && matches!(site.constant(value), Some(Constant::Int(0) | Constant::Bool(false)))
            }
            _ => false,
        },
        Some("set_option") => arguments
            .get(1)
            .and_then(|value| site.resolve(value))
            .is_some_and(|name| name == "ldap.OPT_X_TLS_NEVER" || name == "ldap.OPT_X_TLS_ALLOW"),
        Some("set_verify") => site.imports("OpenSSL") && arguments.first().is_some_and(none),
        _ => false,
    };
    if off {
        tell(site, sink, site.range(), Severity::Medium, WHAT);
        return;
    }
    for keyword in &call.arguments.keywords {
        let Some(name) = keyword.arg.as_ref() else { continue };
        let value = &keyword.value;
        let off = match name.as_str() {
            "verify_certs" | "validate_cert" | "ssl_check_hostname" | "tls_verify" => site.is_false(value),
            "tlsAllowInvalidCertificates" | "tlsAllowInvalidHostnames" | "tlsInsecure" => site.is_true(value),
            "ssl_cert_reqs" => none(value) || value.is_none_literal_expr(),
            "sslmode" => site.text(value).is_some_and(|text| matches!(&*text, "disable" | "allow")),
            "validate" => called_name(call) == Some("Tls") && none(value),
            _ => false,
        };
        if off {
            tell(site, sink, value.range(), Severity::Medium, WHAT);
        }
    }
}

fn agent(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    const WHAT: &str = "whoever talks to the model may have it run code here";
    let Some(call) = site.call() else { return };
    let frameworks = [
        "langchain",
        "langchain_experimental",
        "langchain_community",
        "autogen",
        "autogen_ext",
        "smolagents",
        "crewai",
    ];
    let tool = match called_name(call) {
        Some("PythonREPLTool" | "PythonAstREPLTool" | "ShellTool" | "BashProcess" | "PythonREPL") => true,
        other => other == Some("LocalCommandLineCodeExecutor"),
    };
    if tool && frameworks.iter().any(|module| site.imports(module)) {
        tell(site, sink, site.range(), Severity::Medium, WHAT);
        return;
    }
    for keyword in &call.arguments.keywords {
        let Some(name) = keyword.arg.as_ref() else { continue };
        let on = match name.as_str() {
            "allow_dangerous_code" | "allow_dangerous_requests" | "allow_dangerous_tools" => {
                site.is_true(&keyword.value)
            }
            "code_execution_config" => match &keyword.value {
                Expr::Dict(options) => options.items.iter().any(|item| {
                    item.key.as_ref().and_then(|key| site.text(key)).is_some_and(|key| key == "use_docker")
                        && site.is_false(&item.value)
                }),
                _ => false,
            },
            "additional_authorized_imports" => match &keyword.value {
                Expr::List(list) => list.elts.iter().any(|element| {
                    site.text(element).is_some_and(|text| matches!(&*text, "*" | "os" | "subprocess" | "sys"))
                }),
                _ => false,
            },
            _ => false,
        };
        if on {
            tell(site, sink, keyword.value.range(), Severity::Medium, WHAT);
        }
    }
}

/// The name that an assignment sets: a name, the last part of an attribute, or a text as an element.
fn limit(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    const WHAT: &str = "one request can fill the memory";
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => {
            let known = assign.targets.iter().any(|target| {
                matches!(
                    target_name(target),
                    Some(
                        "DATA_UPLOAD_MAX_MEMORY_SIZE"
                            | "DATA_UPLOAD_MAX_NUMBER_FIELDS"
                            | "DATA_UPLOAD_MAX_NUMBER_FILES"
                            | "MAX_CONTENT_LENGTH"
                            | "MAX_IMAGE_PIXELS"
                    )
                )
            });
            if known && assign.value.is_none_literal_expr() {
                tell(site, sink, site.range(), Severity::Low, WHAT);
            }
        }
        NodeRef::Expr(Expr::Call(call)) => {
            let off = match called_name(call) {
                Some("set_int_max_str_digits") => {
                    site.first().is_some_and(|first| site.constant(first) == Some(Constant::Int(0)))
                }
                Some("connect" | "serve") => {
                    site.imports("websockets") && site.keyword("max_size").is_some_and(Expr::is_none_literal_expr)
                }
                Some("Application") => {
                    site.imports("aiohttp")
                        && site.keyword("client_max_size").is_some_and(|value| {
                            value.is_none_literal_expr() || site.constant(value) == Some(Constant::Int(0))
                        })
                }
                _ => false,
            };
            if off {
                tell(site, sink, site.range(), Severity::Low, WHAT);
            }
        }
        _ => {}
    }
}

fn page(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => {
            let open = |text: &str| text.contains("'unsafe-inline'") || text.contains("'unsafe-eval'");
            let unsafe_policy = |expr: &Expr| match expr {
                Expr::List(list) => list.elts.iter().any(|element| site.text(element).is_some_and(|text| open(&text))),
                Expr::Tuple(tuple) => tuple.elts.iter().any(|element| site.text(element).is_some_and(|t| open(&t))),
                other => site.text(other).is_some_and(|text| open(&text)),
            };
            for target in &assign.targets {
                let Some(name) = target_name(target) else { continue };
                let what = match name {
                    "SECURE_CONTENT_TYPE_NOSNIFF" | "SECURE_BROWSER_XSS_FILTER" if site.is_false(&assign.value) => {
                        "browsers guess what an answer is, and may run it"
                    }
                    "X_FRAME_OPTIONS" | "X-Frame-Options"
                        if site.text(&assign.value).is_some_and(|text| {
                            let upper = text.to_ascii_uppercase();
                            upper != "DENY" && upper != "SAMEORIGIN"
                        }) =>
                    {
                        "another site can show the page in a frame and have it clicked"
                    }
                    "CSP_SCRIPT_SRC" | "CSP_DEFAULT_SRC" if unsafe_policy(&assign.value) => {
                        "scripts that somebody has written into the page run"
                    }
                    _ if name.eq_ignore_ascii_case("content-security-policy") && unsafe_policy(&assign.value) => {
                        "scripts that somebody has written into the page run"
                    }
                    _ => continue,
                };
                tell(site, sink, assign.value.range(), Severity::Low, what);
            }
        }
        NodeRef::Stmt(Stmt::FunctionDef(function)) => {
            for decorator in &function.decorator_list {
                if matches!(&decorator.expression, Expr::Name(name) if name.id.as_str() == "xframe_options_exempt") {
                    let what = "another site can show the page in a frame and have it clicked";
                    tell(site, sink, decorator.range(), Severity::Low, what);
                }
            }
        }
        _ => {}
    }
}
