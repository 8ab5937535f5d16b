//! Habits that weaken a defence: assertions, swallowed errors, predictable randomness.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::words::{has_word, purpose};
use super::{Rule, Sink, Site, Trigger};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;

pub(super) const ASSERT: Rule = Rule {
    id: "assert-used",
    title: "an assertion guards something, and `-O` removes it",
    aliases: &["B101", "S101"],
    category: Category::CodeExecution,
    cwe: 703,
    severity: Severity::Low,
    help: "raise an exception",
    triggers: &[Trigger::Assert],
    check: |site, sink| {
        let NodeRef::Stmt(Stmt::Assert(assert)) = site.node else { return };
        let text = site.file.unit.slice(assert.test.range());
        let guards = !site.file.test_code
            && has_word(
                text,
                &["authenticated", "authorized", "permission", "permissions", "admin", "superuser", "staff", "csrf"],
            );
        if site.file.test_code || !guards {
            sink.unjudged(site.range(), Severity::Low, "an assertion");
        } else {
            sink.report(site.range(), Severity::Low, Confidence::Low, "`python -O` removes this check");
        }
    },
};

pub(super) const EXCEPT_PASS: Rule = Rule {
    id: "except-pass",
    title: "every error is swallowed",
    aliases: &["B110", "S110"],
    category: Category::CodeExecution,
    cwe: 703,
    severity: Severity::Note,
    help: "catch the exception that is expected, and log the others",
    triggers: &[Trigger::Handler],
    check: |site, sink| swallowed(site, sink, |stmt| matches!(stmt, Stmt::Pass(_))),
};

pub(super) const EXCEPT_CONTINUE: Rule = Rule {
    id: "except-continue",
    title: "every error is swallowed, and the loop goes on",
    aliases: &["B112", "S112"],
    category: Category::CodeExecution,
    cwe: 703,
    severity: Severity::Note,
    help: "catch the exception that is expected, and log the others",
    triggers: &[Trigger::Handler],
    check: |site, sink| swallowed(site, sink, |stmt| matches!(stmt, Stmt::Continue(_))),
};

pub(super) const RANDOM: Rule = Rule {
    id: "predictable-random",
    title: "something secret is made from predictable randomness",
    aliases: &["B311", "S311"],
    category: Category::Cryptography,
    cwe: 330,
    severity: Severity::Medium,
    help: "use `secrets.token_hex`, `secrets.choice` or `random.SystemRandom`",
    triggers: &[Trigger::Call(&[
        "random.Random",
        "random.random",
        "random.randrange",
        "random.randint",
        "random.choice",
        "random.choices",
        "random.uniform",
        "random.triangular",
        "random.randbytes",
        "random.sample",
        "random.getrandbits",
        "random.shuffle",
        "numpy.random.randint",
        "numpy.random.choice",
        "numpy.random.bytes",
        "uuid.uuid1",
    ])],
    check: |site, sink| {
        let name = site.name.unwrap_or("");
        let other = !name.starts_with("random.") || name == "random.shuffle";
        let purpose = purpose(site);
        let bytes = || {
            matches!(name, "random.randbytes" | "random.getrandbits" | "numpy.random.bytes")
                || site.ancestors().any(|node| {
                    matches!(node.node, NodeRef::Expr(Expr::Call(call))
                    if matches!(super::called_name(call), Some("bytes" | "bytearray")))
                })
        };
        // Bytes that are drawn for a key.
        let key = purpose.iter().any(|name| has_word(name, &["key", "keys", "aes"])) && bytes();
        let secret = key
            || purpose.iter().any(|name| {
                has_word(
                    name,
                    &[
                        "token",
                        "tokens",
                        "password",
                        "passwd",
                        "passphrase",
                        "secret",
                        "salt",
                        "nonce",
                        "otp",
                        "csrf",
                        "apikey",
                        "credential",
                        "cookie",
                        "captcha",
                        "pin",
                        "iv",
                        "passcode",
                        "totp",
                    ],
                ) || has_word(name, &["session", "reset", "auth", "encryption", "private", "api", "secret"])
                    && has_word(name, &["id", "key", "code", "token"])
            });
        // A delay in a function that makes tokens is no token.
        let other_use = || {
            site.ancestors().any(|node| match node.node {
                NodeRef::Stmt(Stmt::Assign(assign)) => assign.targets.iter().any(|target| {
                    matches!(target, Expr::Name(name) if has_word(
                        name.id.as_str(),
                        &["jitter", "delay", "sleep", "wait", "backoff", "interval", "timeout", "offset", "color", "colour", "index"],
                    ))
                }),
                _ => false,
            })
        };
        if secret && !site.file.test_code && !other_use() {
            sink.report(
                site.range(),
                Severity::Medium,
                Confidence::Medium,
                "whoever sees a few values can compute the others",
            );
            unpredictable(site, sink);
        } else if !other {
            sink.unjudged(site.range(), Severity::Low, "predictable randomness");
        }
    },
};

/// `random.choice(…)` becomes `random.SystemRandom().choice(…)`, which draws the same from the system's source, and
/// `uuid.uuid1()` becomes `uuid.uuid4()`. Whoever seeds the generator wants the same numbers again.
fn unpredictable(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let (Some(name), Some(call)) = (site.name, site.call()) else { return };
    let Expr::Attribute(function) = &*call.func else { return };
    if name == "uuid.uuid1" && call.arguments.is_empty() {
        sink.fix(function.attr.range(), "uuid4", "make the identifier from random bits");
    } else if name.starts_with("random.") && name != "random.Random" && !site.file.unit.text.contains("seed(") {
        let module = function.value.range();
        let drawn = format!("{}.SystemRandom()", site.file.unit.slice(module));
        sink.fix(module, drawn, "draw from the system's source of randomness");
    }
}

pub(super) const LISTEN: Rule = Rule {
    id: "logging-listen",
    title: "whoever can connect configures logging",
    aliases: &["B612", "S612"],
    category: Category::CodeExecution,
    cwe: 94,
    severity: Severity::Medium,
    help: "pass `verify=` a function that checks a signature",
    triggers: &[Trigger::Call(&["logging.config.listen"])],
    check: |site, sink| {
        if site.keyword("verify").is_none() {
            let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
            sink.report(site.range(), severity, Confidence::High, "a logging configuration can name code to run");
        }
    },
};

fn swallowed(site: &Site<'_, '_>, sink: &mut Sink<'_>, only: fn(&Stmt) -> bool) {
    let NodeRef::Handler(handler) = site.node else { return };
    let broad = match handler.type_.as_deref() {
        None => true,
        Some(Expr::Name(name)) => name.id.as_str() == "Exception",
        Some(_) => false,
    };
    if let [stmt] = handler.body.as_slice()
        && broad
        && only(stmt)
    {
        sink.report(
            site.range(),
            Severity::Note,
            Confidence::High,
            "every error is swallowed, also those that nobody expected",
        );
    }
}
