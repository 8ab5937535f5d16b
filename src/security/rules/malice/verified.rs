//! Whether what was fetched is checked before it is used: by a signature of a known key, or against a known digest.

use ruff_python_ast::Expr;

use super::channel::fetches;
use super::reach::{Reach, arguments_of, literal_text};
use crate::security::python::{Kinds, NodeRef, ScopeId};
use crate::security::rules::{Site, called_name};

/// Whether what is used at a place was checked before.
pub(super) fn is_verified(site: &Site<'_, '_>) -> bool {
    checks_signature(site) || checks_digest(site)
}

/// Whether the file checks signatures with a public key that stands in it. What fails raises, so that the check need
/// not be followed; a digest that comes with the download proves nothing.
fn checks_signature(site: &Site<'_, '_>) -> bool {
    let model = site.file.model;
    let keys = ["Ed25519PublicKey", "load_pem_public_key", "VerifyKey", "load_der_public_key", "RSAPublicKey"];
    let made_of_constant = |node: &crate::security::python::Node<'_>| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
        let Expr::Attribute(method) = &*call.func else { return false };
        method.attr.as_str() == "verify"
            && guards(site, node.scope)
            && Reach::new(model).any(&method.value, node.scope, &|expr, scope| {
                let Expr::Call(made) = expr else { return Some(false) };
                let name = model.resolve(&made.func, scope).unwrap_or_default();
                let known = keys.iter().any(|key| name.contains(key));
                Some(
                    known
                        && arguments_of(made).next().is_some_and(|key| {
                            Reach::new(model).any(key, scope, &|expr, _| {
                                Some(literal_text(expr).is_some_and(|text| text.len() > 30))
                            })
                        }),
                )
            })
    };
    model.calls_named("verify").any(made_of_constant)
}

/// Whether a digest is compared with one that stands in the code, before the place is reached. One that is fetched
/// proves nothing.
fn checks_digest(site: &Site<'_, '_>) -> bool {
    let model = site.file.model;
    let is_digest = |text: &str| {
        let digits = text.rsplit(':').next().unwrap_or_default();
        digits.len() >= 40 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let known = |expr: &Expr, scope: ScopeId| {
        Reach::new(model).any(expr, scope, &|expr, scope| match expr {
            Expr::Call(call) if model.resolve(&call.func, scope).is_some_and(|name| fetches(&name)) => None,
            _ => Some(literal_text(expr).is_some_and(|text| is_digest(&text))),
        })
    };
    let made = |expr: &Expr, scope: ScopeId| {
        Reach::new(model).any(expr, scope, &|expr, _| {
            let Expr::Call(call) = expr else { return Some(false) };
            Some(matches!(called_name(call), Some("hexdigest" | "digest" | "sha256sum" | "file_digest")))
        })
    };
    if !model.calls_named("hexdigest").chain(model.calls_named("digest")).any(|_| true) {
        return false;
    }
    model.nodes_of(Kinds::COMPARE | Kinds::CALL).any(|(_, node)| {
        let pair = match node.node {
            NodeRef::Expr(Expr::Compare(compare)) => Some((&*compare.left, compare.comparators.first())),
            NodeRef::Expr(Expr::Call(call)) if called_name(call) == Some("compare_digest") => {
                call.arguments.args.first().map(|first| (first, call.arguments.args.get(1)))
            }
            _ => None,
        };
        let Some((left, Some(right))) = pair else { return false };
        guards(site, node.scope)
            && (made(left, node.scope) && known(right, node.scope)
                || made(right, node.scope) && known(left, node.scope))
    })
}

/// Whether what is done in a scope is done before a place is reached: in the same function, in one that it calls, or in
/// one that its callers call.
fn guards(site: &Site<'_, '_>, scope: ScopeId) -> bool {
    if within(site, scope) {
        return true;
    }
    let model = site.file.model;
    let Some(helper) = model.function_around(scope) else { return true };
    let around = model.function_around(site.scope);
    let callers_of = |name: &str| -> Vec<ScopeId> { model.calls_named(name).map(|node| node.scope).collect() };
    let same = |one: ScopeId, other: ScopeId| match (model.function_around(one), model.function_around(other)) {
        (Some(one), Some(other)) => std::ptr::eq(one, other),
        (None, None) => true,
        _ => false,
    };
    let helped = callers_of(helper.name.as_str());
    helped.iter().any(|caller| same(*caller, site.scope))
        || around.is_some_and(|around| {
            callers_of(around.name.as_str()).iter().any(|outer| helped.iter().any(|caller| same(*caller, *outer)))
        })
}

/// Whether a scope lies in the function around a place, as that of a comprehension does.
pub(super) fn within(site: &Site<'_, '_>, scope: ScopeId) -> bool {
    let model = site.file.model;
    match (model.function_around(site.scope), model.function_around(scope)) {
        (Some(one), Some(other)) => std::ptr::eq(one, other),
        (None, None) => true,
        _ => false,
    }
}
