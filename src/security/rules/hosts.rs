//! Addresses that are made of the host name that a client sent.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use super::words::built;
use super::{Rule, Site, Trigger};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;
use crate::security::python::mentions::last_part;

pub(super) const LINK: Rule = Rule {
    id: "host-header-link",
    title: "an address is made of the host name that the client sent",
    aliases: &[],
    category: Category::Injection,
    cwe: 644,
    severity: Severity::Low,
    help: "take the host name from the configuration: a link in a mail then cannot lead elsewhere",
    triggers: &[Trigger::Text],
    check: |site, sink| {
        let NodeRef::Expr(text) = site.node else { return };
        if site.file.test_code {
            return;
        }
        let Some(parts) = built(text) else { return };
        let address = parts.text.strip_prefix("https://").or_else(|| parts.text.strip_prefix("http://"));
        let chosen = address.is_some_and(|rest| rest.starts_with('\0'))
            && parts.gaps.first().is_some_and(|gap| is_host_of_request(site, gap));
        if chosen {
            let what = "a client chooses the host name of this address with the `Host` header";
            sink.report(text.range(), Severity::Low, Confidence::Medium, what);
        }
    },
};

/// `request.host`, `request.headers["Host"]`, `request.headers.get("Host")`, `request.META["HTTP_HOST"]`.
fn is_host_of_request(site: &Site<'_, '_>, expr: &Expr) -> bool {
    let of_request = |expr: &Expr| matches!(last_part(expr), "request" | "req");
    let is_host = |key: &Expr| {
        site.text(key)
            .is_some_and(|key| key.eq_ignore_ascii_case("host") || matches!(&*key, "HTTP_HOST" | "X-Forwarded-Host"))
    };
    let headers = |expr: &Expr| match expr {
        Expr::Attribute(attribute) => {
            matches!(attribute.attr.as_str(), "headers" | "META" | "environ") && of_request(&attribute.value)
        }
        _ => false,
    };
    match expr {
        Expr::Attribute(attribute) => attribute.attr.as_str() == "host" && of_request(&attribute.value),
        Expr::Subscript(subscript) => headers(&subscript.value) && is_host(&subscript.slice),
        Expr::Call(call) => match &*call.func {
            Expr::Attribute(method) => {
                method.attr.as_str() == "get"
                    && headers(&method.value)
                    && call.arguments.args.first().is_some_and(is_host)
            }
            _ => false,
        },
        _ => false,
    }
}
