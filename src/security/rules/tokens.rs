//! Tokens and signatures: not checked, or compared in a way that tells them.

use ruff_python_ast::{CmpOp, Expr};

use super::words::has_word;
use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;

pub(super) const UNVERIFIED: Rule = Rule {
    id: "jwt-not-verified",
    title: "a token is believed without a look at its signature",
    aliases: &[],
    category: Category::Cryptography,
    cwe: 347,
    severity: Severity::High,
    help: "check the signature with the key and with a list of algorithms: `jwt.decode(token, key, algorithms=[\"RS256\"])`",
    triggers: &[
        Trigger::Call(&[
            "jwt.decode",
            "jwt.decode_complete",
            "jwt.encode",
            "jwt.process_jwt",
            "jose.jwt.decode",
            "jose.jwt.encode",
            "jose.jwt.get_unverified_claims",
            "jose.jws.verify",
            "jose.jws.get_unverified_claims",
            "jwt.api_jwt.decode",
            "jwt.PyJWT().decode",
            "python_jwt.process_jwt",
            "authlib.jose.jwt.decode",
            "jwt.get_unverified_claims",
        ]),
        Trigger::Method(&["get_unverified_claims"]),
    ],
    check: unverified,
};

pub(super) const CONTENT: Rule = Rule {
    id: "secret-in-token",
    title: "a password travels in a token that everybody can read",
    aliases: &[],
    category: Category::Secrets,
    cwe: 522,
    severity: Severity::Low,
    help: "put an identifier into the token: its content is signed, not hidden",
    triggers: &[Trigger::Call(&["jwt.encode", "jose.jwt.encode"])],
    check: |site, sink| {
        let Some(payload) = site.argument("payload", 0).or_else(|| site.argument("claims", 0)) else { return };
        let payload = match payload {
            Expr::Name(name) => site.file.model.single_value(name, site.scope).map(|(value, _)| value),
            other => Some(other),
        };
        let Some(Expr::Dict(claims)) = payload else { return };
        let secret = claims.items.iter().any(|item| {
            item.key
                .as_ref()
                .and_then(|key| site.text(key))
                .is_some_and(|key| has_word(&key, &["password", "passwd", "pwd", "passphrase", "secret", "ssn"]))
        });
        if secret && !site.file.test_code {
            sink.report(
                site.range(),
                Severity::Low,
                Confidence::Medium,
                "whoever holds the token can read the password",
            );
        }
    },
};

pub(super) const TIMING: Rule = Rule {
    id: "secret-compared-plainly",
    title: "a secret is compared so that the time tells how much of it was right",
    aliases: &[],
    category: Category::Cryptography,
    cwe: 208,
    severity: Severity::Low,
    help: "use `hmac.compare_digest`",
    triggers: &[Trigger::Compare],
    check: timing,
};

pub(super) const EVENT: Rule = Rule {
    id: "unsigned-event",
    title: "an event of a payment service is believed without a look at its signature",
    aliases: &[],
    category: Category::Cryptography,
    cwe: 345,
    severity: Severity::Medium,
    help: "use `stripe.Webhook.construct_event(payload, header, secret)`, which checks the signature",
    triggers: &[Trigger::Method(&["construct_from"])],
    check: |site, sink| {
        let event = site.name.is_some_and(|name| name.starts_with("stripe.") && name.ends_with("Event.construct_from"));
        let signed = || {
            let text = super::words::around(site);
            ["construct_event(", "verify_header(", "compare_digest("].iter().any(|check| text.contains(check))
        };
        if event && !site.file.test_code && !signed() {
            let what = "whoever knows the address of this hook says what was paid";
            sink.report(site.range(), Severity::Medium, Confidence::Medium, what);
        }
    },
};

/// Whether the same function checks the same token later on: what was read before only says with which key.
fn is_verified_elsewhere(site: &Site<'_, '_>) -> bool {
    let Some(Expr::Name(token)) = site.call().and_then(|call| call.arguments.args.first()) else { return false };
    // What is read after the check is believed for what it says.
    let text = super::words::around(site);
    let own = site.file.unit.slice(site.range());
    let Some((_, later)) = text.split_once(own) else { return false };
    later.split("decode(").skip(1).any(|rest| {
        let rest = rest.trim_start();
        let same = rest.strip_prefix(token.id.as_str()).map(str::trim_start).and_then(|rest| rest.strip_prefix(','));
        same.is_some_and(|rest| {
            let arguments = rest.split([')', '}']).next().unwrap_or("").trim_start();
            !arguments.starts_with("options")
                && !arguments.starts_with("verify")
                && !rest.trim_start().starts_with("options")
        })
    })
}

fn unverified(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    const WHAT: &str = "whoever sends the token decides what it says";
    let Some(call) = site.call() else { return };
    let (severity, mild) = match site.file.test_code {
        true => (Severity::Note, Severity::Note),
        false => (Severity::High, Severity::Low),
    };
    let last = called_name(call).unwrap_or("");
    if last == "get_unverified_claims" {
        if site.imports("jose") || site.imports("jwt") || site.imports("authlib") {
            sink.report(site.range(), Severity::Medium.min(severity), Confidence::Medium, WHAT);
        }
        return;
    }
    let none = |expr: &Expr| site.text(expr).is_some_and(|text| text.eq_ignore_ascii_case("none"));
    let has_none = |expr: &Expr| match expr {
        Expr::List(list) => list.elts.iter().any(none),
        Expr::Tuple(tuple) => tuple.elts.iter().any(none),
        Expr::Set(set) => set.elts.iter().any(none),
        other => none(other),
    };
    let unsigned = ["algorithm", "algorithms"].iter().filter_map(|word| site.keyword(word)).any(has_none)
        || call.arguments.args.get(2).is_some_and(has_none);
    if unsigned {
        sink.report(site.range(), severity, Confidence::High, "a token without a signature is made or believed");
        return;
    }
    if last == "encode" {
        return;
    }
    if site.keyword("verify").is_some_and(|value| site.is_false(value))
        || site.name.is_some_and(|name| name == "jwt.decode")
            && call.arguments.args.get(2).is_some_and(|v| site.is_false(v))
    {
        sink.report(site.range(), severity, Confidence::High, WHAT);
        return;
    }
    let Some(options) = site.keyword("options") else { return };
    let options = match options {
        Expr::Name(name) => site.file.model.single_value(name, site.scope).map_or(options, |(value, _)| value),
        other => other,
    };
    let off = |wanted: &str| match options {
        Expr::Dict(dict) => dict.items.iter().any(|item| {
            item.key.as_ref().and_then(|key| site.text(key)).is_some_and(|key| key == wanted)
                && site.is_false(&item.value)
        }),
        Expr::Call(dict) => {
            called_name(dict) == Some("dict")
                && dict.arguments.find_keyword(wanted).is_some_and(|keyword| site.is_false(&keyword.value))
        }
        _ => false,
    };
    if off("verify_signature") && is_verified_elsewhere(site) {
        sink.report(site.range(), Severity::Note, Confidence::Low, WHAT);
    } else if off("verify_signature") {
        sink.report(site.range(), severity, Confidence::High, WHAT);
    } else if off("verify_exp") || off("verify_aud") || off("verify_iss") {
        sink.report(site.range(), mild, Confidence::Medium, "a token that is over, or meant for others, is believed");
    }
}

/// What a value is called: the last name in it.
fn name_of(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        Expr::Subscript(subscript) => match &*subscript.slice {
            Expr::StringLiteral(key) => Some(key.value.to_str()),
            _ => None,
        },
        Expr::Call(call) => match call.arguments.args.first() {
            Some(Expr::StringLiteral(key)) if called_name(call) == Some("get") => Some(key.value.to_str()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether this is the digest of a keyed hash, or of a password.
fn is_digest(site: &Site<'_, '_>, expr: &Expr) -> bool {
    let Expr::Call(call) = expr else {
        let Expr::Name(name) = expr else { return false };
        let value = site.file.model.single_value(name, site.scope).map(|(value, _)| value);
        return value.is_some_and(|value| matches!(value, Expr::Call(_)) && is_digest(site, value));
    };
    let Expr::Attribute(method) = &*call.func else { return false };
    if !matches!(method.attr.as_str(), "hexdigest" | "digest" | "finalize") {
        return false;
    }
    if site.resolve(&method.value).is_some_and(|name| name.starts_with("hmac.") || name.contains(".hmac.HMAC")) {
        return true;
    }
    let Expr::Call(hash) = &*method.value else { return false };
    let hashed = hash.arguments.args.first().map(super::words::names_of).unwrap_or_default();
    hashed.iter().any(|name| has_word(name, &["password", "passwd", "pwd", "secret", "token"]))
}

/// Whether a client sent this.
fn is_sent(expr: &Expr) -> bool {
    super::words::names_of(expr).iter().any(|name| matches!(name.as_str(), "request" | "req" | "headers" | "cookies"))
}

fn timing(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let NodeRef::Expr(Expr::Compare(compare)) = site.node else { return };
    let ([CmpOp::Eq | CmpOp::NotEq], [right]) = (&*compare.ops, &*compare.comparators) else { return };
    let left = &*compare.left;
    if right.is_literal_expr() || left.is_literal_expr() || site.file.test_code {
        return;
    }
    const SECRET: &[&str] =
        &["token", "signature", "sig", "hmac", "mac", "secret", "apikey", "password", "passwd", "csrf"];
    let secret = |expr: &Expr| {
        name_of(expr).is_some_and(|name| {
            has_word(name, SECRET)
                && !has_word(name, &["type", "name", "id", "field", "kind", "count", "index", "length"])
                || name.to_ascii_lowercase().replace('-', "_").contains("api_key")
                || name.ends_with("_KEY") && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
        })
    };
    // A name that holds what a client sent.
    let is_given = |expr: &Expr| is_sent(expr);
    let is_sent = |expr: &Expr| {
        is_sent(expr)
            || matches!(expr, Expr::Name(name)
                if site.file.model.single_value(name, site.scope).is_some_and(|(value, _)| is_sent(value)))
    };
    let found = is_digest(site, left)
        || is_digest(site, right)
        || is_sent(left) && !is_sent(right) && secret(right)
        || is_sent(right) && !is_sent(left) && secret(left)
        || is_given(left) != is_given(right) && (secret(left) || secret(right));
    if found {
        let what = "the time of the comparison tells how much of the secret was right";
        sink.report(site.range(), Severity::Low, Confidence::Medium, what);
    }
}
