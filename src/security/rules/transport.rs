//! Connections that do not protect what they carry.

mod verification;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{Constant, NodeRef};

pub(super) use verification::NO_VERIFY;

/// The functions of `requests` and `httpx` that send.
const VERBS: &[&str] = &["get", "options", "head", "post", "put", "patch", "delete", "request"];

pub(super) const UNVERIFIED_CONTEXT: Rule = Rule {
    id: "tls-unverified-context",
    title: "a TLS context is made that checks nothing",
    aliases: &["B323", "S323"],
    category: Category::NetworkAccess,
    cwe: 295,
    severity: Severity::High,
    help: "use `ssl.create_default_context()`",
    triggers: &[Trigger::Call(&["ssl._create_unverified_context"]), Trigger::Assign],
    check: |site, sink| {
        let severity = if site.file.test_code { Severity::Note } else { Severity::High };
        if site.name.is_some() {
            sink.report(site.range(), severity, Confidence::High, "a context that accepts every certificate");
            return;
        }
        // `ssl._create_default_https_context = ssl._create_unverified_context` turns it off for the whole process.
        if let NodeRef::Stmt(Stmt::Assign(assign)) = site.node
            && matches!(*assign.value, Expr::Attribute(_) | Expr::Name(_))
            && assign.targets.iter().any(|target| matches!(target, Expr::Attribute(_)))
            && site.imports("ssl")
            && site.resolve(&assign.value).as_deref() == Some("ssl._create_unverified_context")
            && !sink.is_full()
        {
            sink.report(
                site.range(),
                severity,
                Confidence::High,
                "every connection of this process now accepts every certificate",
            );
        }
    },
};

/// Versions of SSL and TLS that are broken.
const OLD_VERSIONS: &[&str] = &[
    "PROTOCOL_SSLv2",
    "SSLv2_METHOD",
    "SSLv23_METHOD",
    "PROTOCOL_SSLv3",
    "PROTOCOL_TLSv1",
    "SSLv3_METHOD",
    "TLSv1_METHOD",
    "PROTOCOL_TLSv1_1",
    "TLSv1_1_METHOD",
];

pub(super) const OLD_TLS: Rule = Rule {
    id: "tls-old-version",
    title: "an old version of TLS is asked for",
    aliases: &["B502", "S502"],
    category: Category::NetworkAccess,
    cwe: 327,
    severity: Severity::Medium,
    help: "use `ssl.create_default_context()`, which asks for TLS 1.2 or newer",
    triggers: &[
        Trigger::Keyword(&["ssl_version", "method"]),
        Trigger::Call(&["ssl.SSLContext", "OpenSSL.SSL.Context"]),
        Trigger::Target(&["minimum_version"]),
    ],
    check: old_tls,
};

pub(super) const OLD_TLS_DEFAULT: Rule = Rule {
    id: "tls-old-default",
    title: "an old version of TLS is the default of a parameter",
    aliases: &["B503", "S503"],
    category: Category::NetworkAccess,
    cwe: 327,
    severity: Severity::Medium,
    help: "use `ssl.PROTOCOL_TLS_CLIENT`",
    triggers: &[Trigger::Function],
    check: |site, sink| {
        let NodeRef::Stmt(Stmt::FunctionDef(function)) = site.node else { return };
        for parameter in function.parameters.iter_non_variadic_params() {
            if parameter.default.as_deref().and_then(last_name).is_some_and(|name| OLD_VERSIONS.contains(&name)) {
                let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
                let range = if sink.is_full() { function.name.range() } else { parameter.range() };
                sink.report(
                    range,
                    severity,
                    Confidence::Medium,
                    "callers that say nothing get a broken version of TLS",
                );
                return;
            }
        }
    },
};

pub(super) const NO_TLS_VERSION: Rule = Rule {
    id: "tls-wrap-socket",
    title: "`ssl.wrap_socket` checks neither version nor certificate",
    aliases: &["B504", "S504"],
    category: Category::NetworkAccess,
    cwe: 327,
    severity: Severity::Medium,
    help: "use `ssl.create_default_context().wrap_socket(…, server_hostname=…)`",
    triggers: &[Trigger::Call(&["ssl.wrap_socket"])],
    check: |site, sink| {
        if site.keyword("ssl_version").is_none() {
            let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
            sink.report(
                site.range(),
                severity,
                Confidence::Medium,
                "the socket takes whatever version and certificate it is given",
            );
        }
    },
};

pub(super) const SNMP_VERSION: Rule = Rule {
    id: "snmp-version",
    title: "SNMP before version 3 sends its password in the clear",
    aliases: &["B508", "S508"],
    category: Category::NetworkAccess,
    cwe: 319,
    severity: Severity::Medium,
    help: "use SNMPv3 with `UsmUserData`",
    triggers: &[Trigger::Call(&[
        "pysnmp.hlapi.CommunityData",
        "pysnmp.hlapi.asyncio.CommunityData",
        "pysnmp.hlapi.v1arch.CommunityData",
        "pysnmp.hlapi.v3arch.CommunityData",
    ])],
    check: |site, sink| {
        let model = site.keyword("mpModel").and_then(|model| site.constant(model));
        if matches!(model, Some(Constant::Int(0 | 1))) {
            sink.report(site.range(), Severity::Medium, Confidence::High, "the community string travels in the clear");
        }
    },
};

pub(super) const SNMP_CRYPTO: Rule = Rule {
    id: "snmp-no-encryption",
    title: "SNMPv3 without encryption",
    aliases: &["B509", "S509"],
    category: Category::NetworkAccess,
    cwe: 319,
    severity: Severity::Medium,
    help: "give an authentication key and a privacy key",
    triggers: &[Trigger::Call(&[
        "pysnmp.hlapi.UsmUserData",
        "pysnmp.hlapi.asyncio.UsmUserData",
        "pysnmp.hlapi.v3arch.UsmUserData",
    ])],
    check: |site, sink| {
        let Some(call) = site.call() else { return };
        let given = call.arguments.args.len();
        let private = call
            .arguments
            .keywords
            .iter()
            .any(|keyword| keyword.arg.as_ref().is_some_and(|arg| arg.as_str() == "privKey"));
        if given < 3 && (!private || sink.is_full()) {
            sink.report(
                site.range(),
                Severity::Medium,
                Confidence::High,
                "what is read and set can be read and changed on the way",
            );
        }
    },
};

pub(super) const TELNET: Rule = Rule {
    id: "telnet-used",
    title: "Telnet is not encrypted",
    aliases: &["B312", "S312"],
    category: Category::NetworkAccess,
    cwe: 319,
    severity: Severity::Medium,
    help: "use SSH",
    triggers: &[Trigger::Call(&["telnetlib.Telnet", "telnetlib3.open_connection"])],
    check: |site, sink| {
        let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
        sink.report(site.range(), severity, Confidence::High, "what is sent, passwords too, can be read on the way");
    },
};

pub(super) const FTP: Rule = Rule {
    id: "ftp-used",
    title: "FTP is not encrypted",
    aliases: &["B321", "S321"],
    category: Category::NetworkAccess,
    cwe: 319,
    severity: Severity::Low,
    help: "use `ftplib.FTP_TLS`, SFTP or HTTPS",
    triggers: &[Trigger::Call(&["ftplib.FTP"])],
    check: |site, sink| {
        let severity = if site.file.test_code { Severity::Note } else { Severity::Low };
        sink.report(site.range(), severity, Confidence::High, "what is sent, passwords too, can be read on the way");
    },
};

pub(super) const BIND_ALL: Rule = Rule {
    id: "bind-all-interfaces",
    title: "a server listens on every interface",
    aliases: &["B104", "S104"],
    category: Category::NetworkAccess,
    cwe: 605,
    severity: Severity::Low,
    help: "listen on 127.0.0.1, or let the address be configured",
    triggers: &[Trigger::Str],
    check: bind_all,
};

pub(super) const NO_TIMEOUT: Rule = Rule {
    id: "request-without-timeout",
    title: "a request may wait for ever",
    aliases: &["B113", "S113"],
    category: Category::NetworkAccess,
    cwe: 400,
    severity: Severity::Low,
    help: "pass `timeout=`",
    triggers: &[Trigger::Method(&[
        "get",
        "options",
        "head",
        "post",
        "put",
        "patch",
        "delete",
        "request",
        "stream",
        "Client",
        "AsyncClient",
    ])],
    check: no_timeout,
};

pub(super) const URL_OPEN: Rule = Rule {
    id: "url-open",
    title: "`urlopen` of an address that is not constant",
    aliases: &["B310", "S310"],
    category: Category::NetworkAccess,
    cwe: 939,
    severity: Severity::Low,
    help: "check that the address begins with `https://` before it is opened",
    triggers: &[Trigger::Call(&[
        "urllib.request.urlopen",
        "urllib.request.urlretrieve",
        "urllib.request.URLopener",
        "urllib.request.FancyURLopener",
        "urllib.request.Request",
        "urllib.urlopen",
        "urllib.urlretrieve",
        "urllib.URLopener",
        "urllib.FancyURLopener",
        "urllib2.urlopen",
        "urllib2.Request",
        "six.moves.urllib.request.urlopen",
        "six.moves.urllib.request.urlretrieve",
        "six.moves.urllib.request.URLopener",
        "six.moves.urllib.request.FancyURLopener",
    ])],
    check: url_open,
};

/// The last name in a dotted expression.
fn last_name(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        Expr::Name(name) => Some(name.id.as_str()),
        _ => None,
    }
}

fn old_tls(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
    if let NodeRef::Stmt(Stmt::Assign(assign)) = site.node {
        let lowered = assign
            .targets
            .iter()
            .any(|target| matches!(target, Expr::Attribute(a) if a.attr.as_str() == "minimum_version"));
        // Few assignments set this; only their values are looked up.
        let old = |name: String| {
            matches!(
                name.as_str(),
                "ssl.TLSVersion.TLSv1"
                    | "ssl.TLSVersion.TLSv1_1"
                    | "ssl.TLSVersion.SSLv3"
                    | "ssl.TLSVersion.MINIMUM_SUPPORTED"
            )
        };
        if lowered && !sink.is_full() && site.resolve(&assign.value).is_some_and(old) {
            sink.report(site.range(), severity, Confidence::High, "versions of TLS that are broken are accepted");
        }
        return;
    }
    let Some(call) = site.call() else { return };
    let keyword = call.arguments.keywords.iter().find(|keyword| {
        keyword.arg.as_ref().is_some_and(|arg| matches!(arg.as_str(), "ssl_version" | "method"))
            && last_name(&keyword.value).is_some_and(|name| OLD_VERSIONS.contains(&name))
    });
    if let Some(keyword) = keyword {
        // `SSLv23` means "the best that both sides know" to today's libraries.
        let negotiates = last_name(&keyword.value) == Some("SSLv23_METHOD");
        let severity = if negotiates { severity.min(Severity::Low) } else { severity };
        sink.report(
            keyword.value.range(),
            severity,
            Confidence::Medium,
            "a version of TLS that is broken is asked for",
        );
        return;
    }
    let first = call.arguments.args.first().and_then(last_name);
    let context = site.name.is_some_and(|name| matches!(name, "ssl.SSLContext" | "OpenSSL.SSL.Context"));
    if context && first.is_some_and(|name| OLD_VERSIONS.contains(&name) && name != "SSLv23_METHOD") && !sink.is_full() {
        sink.report(site.range(), severity, Confidence::High, "a version of TLS that is broken is asked for");
    }
}

fn bind_all(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let NodeRef::Expr(Expr::StringLiteral(literal)) = site.node else { return };
    if literal.value.is_empty() || literal.value.to_str() == "::" {
        bind_unnamed(site, sink);
        return;
    }
    if literal.value.to_str() != "0.0.0.0" {
        return;
    }
    let severity = if site.file.test_code { Severity::Note } else { Severity::Low };
    // Where it is only compared, listed or shown, nobody listens.
    for node in site.ancestors() {
        match node.node {
            NodeRef::Expr(Expr::Call(call)) => {
                let listens = called_name(call).is_some_and(|name| {
                    let name = name.to_ascii_lowercase();
                    ["bind", "run", "serve", "listen", "server", "tcpsite", "create_server", "start"]
                        .iter()
                        .any(|word| name.contains(word))
                });
                let as_host = call.arguments.keywords.iter().any(|keyword| {
                    keyword.value.range().contains_range(site.range())
                        && keyword.arg.as_ref().is_some_and(|arg| {
                            matches!(
                                arg.as_str(),
                                "host"
                                    | "hostname"
                                    | "address"
                                    | "bind"
                                    | "interface"
                                    | "listen"
                                    | "ip"
                                    | "default"
                                    | "hosts"
                            )
                        })
                });
                if listens || as_host {
                    sink.report(
                        site.range(),
                        severity,
                        Confidence::Medium,
                        "a server can be reached from every network",
                    );
                    return;
                }
            }
            NodeRef::Default(parameter) if names_address(parameter.parameter.name.as_str()) => {
                let message = "a server can be reached from every network by default";
                sink.report(site.range(), severity, Confidence::Low, message);
                return;
            }
            NodeRef::Stmt(Stmt::Assign(assign)) => {
                let host = assign
                    .targets
                    .iter()
                    .filter_map(last_name)
                    .any(|name| super::words::has_word(name, &["host", "bind", "listen", "interface"]));
                if host && matches!(&*assign.value, Expr::StringLiteral(_)) {
                    sink.report(
                        site.range(),
                        severity,
                        Confidence::Low,
                        "a server can be reached from every network by default",
                    );
                    return;
                }
            }
            NodeRef::Expr(Expr::Dict(dict)) => {
                let key = dict.items.iter().find(|item| item.value.range() == site.range());
                let key = key.and_then(|item| item.key.as_ref()).and_then(|key| site.text(key));
                if key.is_some_and(|key| super::words::has_word(&key, &["host", "bind", "listen", "interface"])) {
                    let message = "a server can be reached from every network";
                    sink.report(site.range(), severity, Confidence::Low, message);
                    return;
                }
            }
            NodeRef::Expr(Expr::Compare(_)) | NodeRef::Stmt(_) => break,
            _ => {}
        }
    }
    sink.unjudged(site.range(), Severity::Low, "the address of all interfaces");
}

/// `bind(("", port))` and `HTTPServer(("", port), …)` are every interface as well.
fn bind_unnamed(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(NodeRef::Expr(Expr::Call(call))) = site.parent().map(|node| node.node) else { return };
    let first = match call.arguments.args.first() {
        Some(Expr::Tuple(pair)) => pair.elts.first().is_some_and(|first| first.range() == site.range()),
        _ => false,
    };
    let listens = called_name(call).is_some_and(|name| {
        name == "bind" || name == "create_server" && site.imports("socket") || name.ends_with("Server")
    });
    // `make_server("", port, app)`
    let made = called_name(call) == Some("make_server")
        && call.arguments.args.first().is_some_and(|first| first.range() == site.range());
    if (first && listens || made) && !sink.is_full() && !site.file.test_code {
        sink.report(site.range(), Severity::Low, Confidence::Medium, "a server can be reached from every network");
    }
}

fn names_address(name: &str) -> bool {
    super::words::has_word(name, &["host", "address", "bind", "interface", "addr", "ip"])
}

/// Frameworks whose programs serve others while they run.
const SERVING: &[&str] = &[
    "aiohttp",
    "bottle",
    "celery",
    "cherrypy",
    "django",
    "dramatiq",
    "falcon",
    "fastapi",
    "flask",
    "litestar",
    "pyramid",
    "quart",
    "rest_framework",
    "rq",
    "sanic",
    "starlette",
    "tornado",
    "webapp2",
];

fn no_timeout(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(name) = site.name else { return };
    let (module, last) = name.rsplit_once('.').unwrap_or(("", name));
    let session = module.starts_with("requests.Session()") || module.starts_with("requests.session()");
    let requests = (module == "requests" || module == "requests.api") && VERBS.contains(&last);
    let httpx = module == "httpx" && (VERBS.contains(&last) || matches!(last, "stream" | "Client" | "AsyncClient"));
    if !requests && !httpx && !session {
        return;
    }
    let Some(call) = site.call() else { return };
    let spread = call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
    // In a script, whoever waits too long ends it; a service that waits stops serving.
    let serves = SERVING.iter().any(|framework| site.imports(framework));
    let severity = if site.file.test_code || !serves { Severity::Note } else { Severity::Low };
    match site.keyword("timeout") {
        Some(timeout) if matches!(site.constant(timeout), Some(Constant::None)) => {
            sink.report(site.range(), severity, Confidence::Medium, "the request may wait for ever");
        }
        // httpx has a timeout of five seconds of its own.
        None if (requests || session) && !spread => {
            if session && sink.is_full() {
                return;
            }
            sink.report(site.range(), severity, Confidence::Medium, "the request may wait for ever");
        }
        None if requests => sink.unjudged(site.range(), Severity::Low, "a request whose arguments are not known"),
        _ => {}
    }
}

fn url_open(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let name = site.name.unwrap_or("");
    if name.ends_with("URLopener") {
        let severity = if site.file.test_code { Severity::Note } else { Severity::Low };
        sink.report(site.range(), severity, Confidence::Medium, "this class opens `file:` addresses, too");
        return;
    }
    if name.ends_with("Request") && sink.is_full() {
        return;
    }
    let Some(url) = site.first() else {
        sink.unjudged(site.range(), Severity::Low, "an address is opened");
        return;
    };
    let text =
        site.text(url).map(std::borrow::Cow::into_owned).or_else(|| super::words::built(url).map(|built| built.text));
    let web = |text: &str| {
        let lower = text.trim_start().to_ascii_lowercase();
        lower.starts_with("http://") || lower.starts_with("https://")
    };
    // A `Request` is judged where it is made.
    let request = site.resolve(url).is_some_and(|name| name.ends_with(".Request()"));
    if request || text.as_deref().is_some_and(web) {
        sink.unjudged(site.range(), Severity::Low, "a constant web address is opened");
    } else if text.as_deref().is_some_and(|text| text.trim_start().to_ascii_lowercase().starts_with("file:")) {
        sink.report(site.range(), Severity::Low, Confidence::High, "a `file:` address is opened");
    } else {
        let severity = if site.file.test_code { Severity::Note } else { Severity::Low };
        sink.report(site.range(), severity, Confidence::Low, "an address that is not constant may name a file");
    }
}
