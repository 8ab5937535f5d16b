//! Certificates and host names that are not checked.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::super::{Rule, Sink, Site, Trigger, called_name};
use super::VERBS;
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;

pub(in crate::security::rules) const NO_VERIFY: Rule = Rule {
    id: "tls-verification-off",
    title: "certificates are not checked",
    aliases: &["B501", "S501"],
    category: Category::NetworkAccess,
    cwe: 295,
    severity: Severity::High,
    help: "leave verification on; give the certificate of a private authority with `verify=\"ca.pem\"`",
    triggers: &[
        Trigger::Keyword(&[
            "verify",
            "verify_ssl",
            "ssl",
            "cert_reqs",
            "ssl_verify",
            "validate_certs",
            "assert_hostname",
        ]),
        Trigger::Target(&["verify", "check_hostname", "verify_mode", "verify_ssl", "assert_hostname"]),
    ],
    check: no_verify,
};

/// Modules whose clients check certificates unless they are told not to.
const CHECKING: &[&str] = &[
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "niquests",
    "curl_cffi",
    "ssl",
    "boto3",
    "botocore",
    "aioboto3",
    "aiobotocore",
    "hvac",
    "consul",
    "docker",
    "gitlab",
    "kubernetes",
    "kubernetes_asyncio",
    "jira",
    "atlassian",
    "zeep",
    "keystoneauth1",
    "openstack",
    "proxmoxer",
    "influxdb",
    "influxdb_client",
    "opensearchpy",
    "treq",
    "httplib2",
];

fn no_verify(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let severity = if site.file.test_code { Severity::Note } else { Severity::High };
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => {
            let attributes = assign.targets.iter().filter_map(Expr::as_attribute_expr);
            let about = |name: &str| {
                matches!(name, "verify" | "check_hostname" | "verify_mode" | "verify_ssl" | "assert_hostname")
            };
            if !attributes.clone().any(|attribute| about(attribute.attr.as_str())) {
                return;
            }
            // What somebody has to ask for is milder than what everybody gets.
            let asked = site
                .ancestors()
                .take_while(|node| !matches!(node.node, NodeRef::Stmt(Stmt::FunctionDef(_))))
                .any(|node| matches!(node.node, NodeRef::Stmt(Stmt::If(_))));
            let severity = if asked { severity.min(Severity::Medium) } else { severity };
            // `session.verify = False`, `context.check_hostname = False`, `context.verify_mode = ssl.CERT_NONE`.
            for attribute in attributes {
                let off = match attribute.attr.as_str() {
                    "verify" => {
                        site.is_false(&assign.value)
                            && (site.imports("requests") || site.imports("httpx"))
                            && site.file.model.receiver_class(&attribute.value, site.scope).is_none()
                    }
                    // A context that sets up itself is judged where somebody uses it.
                    "check_hostname" | "verify_mode"
                        if site.file.model.receiver_class(&attribute.value, site.scope).is_some() =>
                    {
                        false
                    }
                    // Clients that are generated from a description of an interface: Kubernetes and many others.
                    "verify_ssl" | "assert_hostname" => {
                        site.is_false(&assign.value)
                            && site.file.model.receiver_class(&attribute.value, site.scope).is_none()
                    }
                    "check_hostname" => site.is_false(&assign.value) && site.imports("ssl"),
                    "verify_mode" => site.resolve(&assign.value).as_deref() == Some("ssl.CERT_NONE"),
                    _ => false,
                };
                if off && !sink.is_full() {
                    sink.report(
                        site.range(),
                        severity,
                        Confidence::Medium,
                        "certificates or host names are not checked from here on",
                    );
                }
            }
        }
        NodeRef::Expr(Expr::Call(call)) => {
            for keyword in &call.arguments.keywords {
                let Some(word) = keyword.arg.as_ref().map(|arg| arg.as_str()) else { continue };
                let off = match word {
                    "verify" | "verify_ssl" | "ssl_verify" | "validate_certs" | "assert_hostname" => {
                        site.is_false(&keyword.value)
                    }
                    // `ssl=False` means "do not check" to aiohttp alone.
                    "ssl" => site.is_false(&keyword.value) && site.imports("aiohttp"),
                    "cert_reqs" => {
                        site.resolve(&keyword.value).as_deref() == Some("ssl.CERT_NONE")
                            || site.text(&keyword.value).is_some_and(|text| text == "CERT_NONE")
                    }
                    _ => false,
                };
                if !off {
                    continue;
                }
                let name = site.resolve(&call.func);
                let client =
                    name.as_deref().is_some_and(|name| CHECKING.contains(&name.split('.').next().unwrap_or(name)));
                let likely = ["requests", "httpx", "aiohttp", "urllib3"].iter().any(|module| site.imports(module))
                    && called_name(call).is_some_and(|last| {
                        VERBS.contains(&last) || last.contains("Session") || last.contains("Client")
                    });
                if client {
                    sink.report(
                        keyword.value.range(),
                        severity,
                        Confidence::High,
                        "whoever is in between can read and change what is sent",
                    );
                } else if likely && !sink.is_full() {
                    sink.report(
                        keyword.value.range(),
                        severity,
                        Confidence::Medium,
                        "whoever is in between can read and change what is sent",
                    );
                }
            }
        }
        _ => {}
    }
}
