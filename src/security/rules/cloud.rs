//! What is opened to the whole world at a provider of clouds: objects, ports, databases, roles.

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextRange};

use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{Constant, NodeRef};

pub(super) const OPEN: Rule = Rule {
    id: "cloud-open-access",
    title: "something in a cloud is opened to everybody",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 732,
    severity: Severity::Medium,
    help: "name the accounts and networks that need it; hand out single objects by signed addresses that expire",
    triggers: &[
        Trigger::Keyword(&[
            "ACL",
            "acl",
            "CidrIp",
            "CidrIpv6",
            "PubliclyAccessible",
            "publicly_accessible",
            "public_access",
            "public_read_access",
        ]),
        Trigger::Method(&["make_public", "grant_read", "make_blob_public"]),
        Trigger::Dict,
    ],
    check: open,
};

const PUBLIC: &[&str] =
    &["public-read", "public-read-write", "authenticated-read", "website", "publicRead", "publicReadWrite"];

fn open(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.test_code {
        return;
    }
    match site.node {
        NodeRef::Expr(Expr::Call(call)) => {
            for keyword in &call.arguments.keywords {
                let Some(name) = &keyword.arg else { continue };
                let port = || call.arguments.find_keyword("FromPort").map(|port| &port.value);
                if let Some(what) = opened(site, name.as_str(), &keyword.value, port) {
                    let egress = called_name(call).is_some_and(|name| name.contains("egress"));
                    if !egress {
                        tell(sink, keyword.value.range(), what);
                    }
                }
            }
            let last = called_name(call).unwrap_or("");
            let public = matches!(last, "make_public" | "make_blob_public") && site.imports("google")
                || last == "grant_read"
                    && matches!(&*call.func, Expr::Attribute(method)
                    if matches!(&*method.value, Expr::Call(all) if called_name(all) == Some("all")));
            if public && call.arguments.is_empty() {
                tell(sink, call.range(), "everybody can read it");
            }
        }
        NodeRef::Expr(Expr::Dict(dict)) => in_dict(site, sink, dict),
        _ => {}
    }
}

fn in_dict(site: &Site<'_, '_>, sink: &mut Sink<'_>, dict: &ast::ExprDict) {
    for item in &dict.items {
        let Some(Expr::StringLiteral(key)) = &item.key else { continue };
        let port = || port_around(site);
        if let Some(what) = opened(site, key.value.to_str(), &item.value, port) {
            let egress = site.ancestors().any(|node| {
                matches!(node.node, NodeRef::Expr(Expr::Call(call))
                if called_name(call).is_some_and(|name| name.contains("egress")))
            });
            if !egress {
                tell(sink, item.value.range(), what);
            }
        }
    }
    // A statement of a policy that lets everybody do something.
    let says = |name: &str, wanted: &str| {
        dict.items.iter().any(|item| {
            matches!(&item.key, Some(Expr::StringLiteral(key)) if key.value.to_str() == name)
                && matches!(&item.value, Expr::StringLiteral(value) if value.value.to_str() == wanted)
        })
    };
    let conditional = dict
        .items
        .iter()
        .any(|item| matches!(&item.key, Some(Expr::StringLiteral(key)) if key.value.to_str() == "Condition"));
    let everybody = says("Principal", "*")
        || dict.items.iter().any(|item| {
            matches!(&item.key, Some(Expr::StringLiteral(key)) if key.value.to_str() == "Principal")
                && matches!(&item.value, Expr::Dict(who) if who.items.iter().any(|item|
                    matches!(&item.value, Expr::StringLiteral(value) if value.value.to_str() == "*")))
        });
    if says("Effect", "Allow") && everybody && !conditional {
        tell(sink, site.range(), "the policy lets everybody do this");
    } else if says("Effect", "Allow") && says("Action", "*") && says("Resource", "*") {
        tell(sink, site.range(), "the policy lets its holder do everything");
    }
}

/// `FromPort` of the permission around an address range.
fn port_around<'a>(site: &Site<'_, 'a>) -> Option<&'a Expr> {
    site.ancestors().take(4).find_map(|node| match node.node {
        NodeRef::Expr(Expr::Dict(outer)) => outer
            .items
            .iter()
            .find(|item| matches!(&item.key, Some(Expr::StringLiteral(key)) if key.value.to_str() == "FromPort"))
            .map(|item| &item.value),
        _ => None,
    })
}

/// What setting a name to a value opens.
fn opened<'a>(
    site: &Site<'_, '_>,
    name: &str,
    value: &Expr,
    port: impl FnOnce() -> Option<&'a Expr>,
) -> Option<&'static str> {
    match name {
        "ACL" | "acl" => {
            let text = site.text(value)?;
            PUBLIC.contains(&&*text).then_some("everybody can read it")
        }
        "CidrIp" | "CidrIpv6" => {
            let range = site.text(value)?;
            let port = port().and_then(|port| site.constant(port));
            // Web servers are there for everybody.
            let web = matches!(port, Some(Constant::Int(80 | 443)));
            (matches!(&*range, "0.0.0.0/0" | "::/0") && !web).then_some("the port can be reached from everywhere")
        }
        "PubliclyAccessible" | "publicly_accessible" => {
            site.is_true(value).then_some("the database can be reached from everywhere")
        }
        "public_read_access" => site.is_true(value).then_some("everybody can read it"),
        "public_access" => {
            let named = site.text(value).is_some_and(|text| matches!(&*text, "blob" | "container"));
            let listed = site.resolve(value).is_some_and(|name| name.contains("PublicAccess."));
            ((named || listed) && site.imports("azure")).then_some("everybody can read it")
        }
        "BlockPublicAcls" | "IgnorePublicAcls" | "BlockPublicPolicy" | "RestrictPublicBuckets" => {
            site.is_false(value).then_some("objects may be opened to everybody")
        }
        _ => None,
    }
}

fn tell(sink: &mut Sink<'_>, range: TextRange, what: &str) {
    sink.report(range, Severity::Medium, Confidence::Medium, what);
}
