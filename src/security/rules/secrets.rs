//! Secrets in the source, judged by their value.
//!
//! A name such as `password` only makes a string a candidate. What decides is the value: keys of known
//! providers are certain whatever the name, random-looking text is likely, and placeholders, labels, paths,
//! templates and the name itself are none.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::{Rule, Sink, Site, Trigger};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;

pub(super) const PROVIDER: Rule = Rule {
    id: "secret-key",
    title: "a key of a known provider stands in the source",
    aliases: &[],
    category: Category::Secrets,
    cwe: 798,
    severity: Severity::High,
    help: "revoke the key, and read the new one from the environment or a secret store",
    triggers: &[Trigger::Str],
    check: |site, sink| {
        let NodeRef::Expr(Expr::StringLiteral(literal)) = site.node else { return };
        let text = literal.value.to_str();
        // `Authorization: Bearer …`
        if let Some(what) = provider(text.strip_prefix("Bearer ").or(text.strip_prefix("token ")).unwrap_or(text)) {
            let severity = if site.file.test_code { Severity::Low } else { Severity::High };
            sink.report(site.range(), severity, Confidence::High, format!("{what} stands in the source"));
        }
    },
};

pub(super) const STRING: Rule = Rule {
    id: "hardcoded-password",
    title: "a password or token stands in the source",
    aliases: &["B105", "S105"],
    category: Category::Secrets,
    cwe: 259,
    severity: Severity::Medium,
    help: "read it from the environment, a secret store, or a file with mode 600",
    triggers: &[Trigger::Assign, Trigger::Compare, Trigger::Dict],
    check: string,
};

pub(super) const ARGUMENT: Rule = Rule {
    id: "hardcoded-password-argument",
    title: "a password or token is passed as a constant",
    aliases: &["B106", "S106"],
    category: Category::Secrets,
    cwe: 259,
    severity: Severity::Medium,
    help: "read it from the environment, a secret store, or a file with mode 600",
    triggers: &[Trigger::AnyKeyword],
    check: |site, sink| {
        let Some(call) = site.call() else { return };
        for keyword in &call.arguments.keywords {
            if let (Some(name), Expr::StringLiteral(value)) = (&keyword.arg, &keyword.value)
                && is_candidate(name.as_str())
            {
                judge(site, sink, keyword.value.range(), name.as_str(), value.value.to_str());
                if sink.is_full() {
                    return;
                }
            }
        }
    },
};

pub(super) const DEFAULT: Rule = Rule {
    id: "hardcoded-password-default",
    title: "a password or token is the default of a parameter",
    aliases: &["B107", "S107"],
    category: Category::Secrets,
    cwe: 259,
    severity: Severity::Medium,
    help: "use `None` as the default and read the value where it is used",
    triggers: &[Trigger::Function],
    check: |site, sink| {
        let NodeRef::Stmt(Stmt::FunctionDef(function)) = site.node else { return };
        for parameter in function.parameters.iter_non_variadic_params() {
            let name = parameter.parameter.name.as_str();
            if let Some(Expr::StringLiteral(value)) = parameter.default.as_deref()
                && is_candidate(name)
            {
                let range = if sink.is_full() { function.name.range() } else { parameter.range() };
                judge(site, sink, range, name, value.value.to_str());
                if sink.is_full() {
                    return;
                }
            }
        }
    },
};

/// Whether a name has a part that one of the words for secrets has: few names do, and that is seen in one pass.
fn may_be_candidate(name: &str) -> bool {
    static PARTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let parts = ["pas", "pwd", "token", "secret", "key", "credential"];
        let kind = Some(AhoCorasickKind::DFA);
        AhoCorasick::builder().ascii_case_insensitive(true).prefilter(false).kind(kind).build(parts).ok()
    });
    name.len() >= 3 && PARTS.as_ref().is_none_or(|parts| parts.is_match(name))
}

/// Whether a name stands for something secret, by the same words that the other tools go by.
fn is_candidate(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "pass",
        "password",
        "passwrd",
        "passwd",
        "pasword",
        "paswrd",
        "paswd",
        "passphrase",
        "pwd",
        "token",
        "secret",
        "secrete",
    ];
    if !may_be_candidate(name) {
        return false;
    }
    let bytes = name.as_bytes();
    // A word counts at either end next to an underscore, between two of them, or alone.
    WORDS.iter().any(|word| {
        let length = word.len();
        (0..(bytes.len() + 1).saturating_sub(length)).any(|at| {
            let end = at + length;
            let before = at == 0 || bytes[at - 1] == b'_';
            let after = end == bytes.len() || bytes[end] == b'_';
            before && after && bytes[at..end].eq_ignore_ascii_case(word.as_bytes())
        })
    })
}

/// Names that the other tools do not know, and that hold secrets all the same.
fn is_own_candidate(name: &str) -> bool {
    if !may_be_candidate(name) {
        return false;
    }
    // Headers have names such as `X-Api-Key`.
    let lower = name.to_ascii_lowercase().replace('-', "_");
    [
        "api_key",
        "apikey",
        "secret_key",
        "access_key",
        "private_key",
        "auth_key",
        "encryption_key",
        "client_secret",
        "credential",
        "passcode",
        "signing_key",
        "jwt_key",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// `PARTNER_KEY = "9f27c1d06b8e4a53-prod"`: a constant that is called a key, with digits as random numbers have them.
fn is_key_with_digits(name: &str, value: &str) -> bool {
    let constant = name.ends_with("_KEY") && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    constant
        && value.split(|c: char| !c.is_ascii_hexdigit()).any(|run| {
            let digits = run.bytes().filter(u8::is_ascii_digit).count();
            run.len() >= 16 && digits >= 4 && digits + 3 < run.len()
        })
}

fn string(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => {
            let Expr::StringLiteral(value) = &*assign.value else { return };
            assign
                .targets
                .iter()
                .for_each(|target| target_of(site, sink, target, value.value.to_str(), assign.value.range()));
        }
        NodeRef::Stmt(Stmt::AnnAssign(assign)) => {
            if let Some(Expr::StringLiteral(value)) = assign.value.as_deref()
                && !sink.is_full()
            {
                target_of(site, sink, &assign.target, value.value.to_str(), value.range());
            }
        }
        NodeRef::Expr(Expr::Compare(compare)) => {
            let name = match &*compare.left {
                Expr::Name(name) => name.id.as_str(),
                Expr::Attribute(attribute) => attribute.attr.as_str(),
                _ => return,
            };
            if let Some(Expr::StringLiteral(value)) = compare.comparators.first()
                && is_candidate(name)
            {
                judge(site, sink, value.range(), name, value.value.to_str());
            }
        }
        NodeRef::Expr(Expr::Dict(dict)) => {
            for item in &dict.items {
                let Some(Expr::StringLiteral(key)) = &item.key else { continue };
                let name = key.value.to_str();
                // `Service::Type` and the like name something else than a field.
                let field = name.len() <= 48
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b' '));
                if !field && !sink.is_full() {
                    continue;
                }
                match &item.value {
                    Expr::StringLiteral(value) if is_candidate(name) || (is_own_candidate(name) && !sink.is_full()) => {
                        judge(
                            site,
                            sink,
                            if sink.is_full() { key.range() } else { value.range() },
                            name,
                            value.value.to_str(),
                        );
                    }
                    Expr::BytesLiteral(_)
                    | Expr::NumberLiteral(_)
                    | Expr::BooleanLiteral(_)
                    | Expr::NoneLiteral(_)
                    | Expr::EllipsisLiteral(_)
                        if is_candidate(name) =>
                    {
                        sink.unjudged(key.range(), Severity::Low, "a constant by a secret name");
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn target_of(site: &Site<'_, '_>, sink: &mut Sink<'_>, target: &Expr, value: &str, range: TextRange) {
    let (name, range) = match target {
        Expr::Name(name) => (name.id.as_str(), range),
        Expr::Attribute(attribute) => (attribute.attr.as_str(), range),
        Expr::Subscript(subscript) => match &*subscript.slice {
            Expr::StringLiteral(key) => (key.value.to_str(), if sink.is_full() { key.range() } else { range }),
            _ => return,
        },
        _ => return,
    };
    let own = is_own_candidate(name) || is_key_with_digits(name, value);
    if is_candidate(name) || (own && !sink.is_full()) {
        judge(site, sink, range, name, value);
    }
}

fn judge(site: &Site<'_, '_>, sink: &mut Sink<'_>, range: TextRange, name: &str, value: &str) {
    // Known keys are reported once, by their own rule.
    if provider(value).is_some() && !sink.is_full() {
        return;
    }
    let weight = weigh(name, value);
    match weight {
        Weight::None => sink.unjudged(range, Severity::Low, "a constant by a secret name"),
        _ if site.file.test_code => {
            sink.report(range, Severity::Note, Confidence::Low, "a test has a password of its own")
        }
        Weight::Word => {
            sink.report(range, Severity::Low, Confidence::Low, "a word that may be a password stands in the source")
        }
        Weight::Random => sink.report(
            range,
            Severity::Medium,
            Confidence::Medium,
            "text that looks like a secret stands in the source",
        ),
    }
}

/// How much a value looks like a secret.
#[derive(Debug, PartialEq, Eq)]
enum Weight {
    None,
    Word,
    Random,
}

fn weigh(name: &str, value: &str) -> Weight {
    let value = value.trim();
    if value.len() < 3 || value.len() > 512 || is_placeholder(name, value) {
        return Weight::None;
    }
    let (mut lower, mut upper, mut digit, mut other) = (0, 0, 0, 0);
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' => lower += 1,
            b'A'..=b'Z' => upper += 1,
            b'0'..=b'9' => digit += 1,
            _ => other += 1,
        }
    }
    let classes = [lower, upper, digit, other].iter().filter(|count| **count > 0).count();
    let bits = entropy(value);
    let random = (value.len() >= 8 && classes >= 3 && bits >= 2.5)
        || (value.len() >= 16 && digit >= 2 && bits >= 3.0)
        || (value.len() >= 8 && classes >= 2 && digit > 0 && lower + upper > 0 && bits >= 2.4);
    if random {
        return Weight::Random;
    }
    // One plain word is a password only to names that can mean nothing else.
    let name = name.to_ascii_lowercase();
    let certain = ["password", "passwd", "pwd", "passphrase", "secret"].iter().any(|word| name.ends_with(word));
    let plain = other == 0 && value.len() <= 24;
    if certain && plain && !value.contains(['.', '/', ' ']) { Weight::Word } else { Weight::None }
}

/// Whether a value by this name is told as a secret.
pub(super) fn is_likely_secret(name: &str, value: &str) -> bool {
    provider(value).is_some() || weigh(name, value) != Weight::None
}

/// Whether a text only stands where a password would stand.
pub(super) fn is_empty_word(value: &str) -> bool {
    let first = value.chars().next();
    let squeezed: String = value.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    value.chars().all(|c| Some(c) == first)
        || [
            "password",
            "passwd",
            "pass",
            "pwd",
            "token",
            "secret",
            "user",
            "example",
            "changeme",
            "yourpassword",
            "none",
        ]
        .contains(&squeezed.as_str())
        || ["your", "example", "placeholder", "redacted"].iter().any(|word| squeezed.contains(word))
}

/// Shannon entropy in bits a byte.
fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in value.bytes() {
        counts[usize::from(byte)] += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "values are at most 512 bytes long")]
    let length = value.len() as f64;
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) / length)
        .map(|share| -share * share.log2())
        .sum()
}

/// Texts that stand for a secret, name it, or describe it.
fn is_placeholder(name: &str, value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let squeezed: String = lower.chars().filter(char::is_ascii_alphanumeric).collect();
    let name_squeezed: String = name.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    if squeezed.is_empty()
        || squeezed.contains(&name_squeezed)
        || (squeezed.len() > 3 && name_squeezed.contains(&squeezed))
    {
        return true;
    }
    let first = value.chars().next();
    let repeated = value.chars().all(|c| Some(c) == first);
    let marks = value.contains("${")
        || value
            .strip_prefix('$')
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
        || (value.contains('{') && value.contains('}'))
        || (value.starts_with('<') && value.ends_with('>'))
        || value.contains("***")
        || value.contains(['…', '\n', '\t'])
        || value.contains("%(")
        || value.contains("%s")
        || value.contains("...")
        || value.contains("://")
        || value.contains("()");
    let sentence = value.contains(' ');
    let path = value.starts_with(['/', '.', '~', '#', '@', ':', '-', '_', '&', '?', '^', '[', '('])
        || value.ends_with([':', '=', '/', '.']);
    // `module.name`, `some_field_name`, `some-css-class`, `SOME_CONSTANT`: identifiers, not secrets.
    let identifier = {
        let parts: Vec<&str> = value.split(['.', '_', '-', '/', ':']).collect();
        // `Zephyr_warehouse_19` by the name of a password is one that somebody made up.
        let made_up = name_squeezed.ends_with("password")
            && parts.iter().any(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            && parts.iter().any(|part| part.bytes().any(|b| b.is_ascii_uppercase()))
            && parts.iter().any(|part| part.bytes().any(|b| b.is_ascii_lowercase()));
        !made_up
            && parts.len() > 1
            && parts.iter().all(|part| {
                part.len() <= 16
                    && (part.chars().all(|c| c.is_ascii_alphabetic()) || part.chars().all(|c| c.is_ascii_digit()))
            })
    };
    const PLACEHOLDERS: &[&str] = &[
        "example",
        "changeme",
        "change",
        "placeholder",
        "dummy",
        "sample",
        "xxx",
        "todo",
        "fixme",
        "your",
        "redacted",
        "masked",
        "hidden",
        "fake",
        "notset",
        "unset",
        "undefined",
        "none",
        "null",
        "required",
        "optional",
        "default",
        "insert",
        "replace",
        "enter",
        "provide",
        "missing",
        "invalid",
        "expired",
        "unknown",
        "bearer",
        "basic",
        "text",
        "string",
        "input",
        "field",
        "form",
        "label",
        "type",
        "header",
        "password",
        "passwd",
        "token",
        "secret",
        "csrf",
        "oauth",
        "saml",
        "login",
        "username",
        "refresh",
        "access",
        "session",
        "mysecret",
    ];
    repeated
        || marks
        || sentence
        || path
        || identifier
        || PLACEHOLDERS.iter().any(|word| squeezed == *word || (word.len() > 4 && squeezed.contains(word)))
}

/// The provider whose key this is, when the whole value looks like one.
pub(in crate::security) fn provider(value: &str) -> Option<&'static str> {
    let begins = matches!(
        value.bytes().next(),
        Some(b'-' | b'A' | b'g' | b'h' | b'x' | b's' | b'r' | b'y' | b'S' | b'n' | b'p' | b'd' | b'e')
    );
    if !begins || value.len() < 16 || value.len() > 8192 {
        return None;
    }
    if value.starts_with("-----BEGIN ") {
        let key = value.get(..64.min(value.len())).unwrap_or(value).contains("PRIVATE KEY-----");
        return (key && value.len() > 120).then_some("a private key");
    }
    // Each: what it begins with, the alphabet of the rest, its least and its greatest length, what it is.
    const KINDS: &[(&str, Alphabet, usize, usize, &str)] = &[
        ("AKIA", Alphabet::Upper, 16, 16, "an AWS access key"),
        ("ASIA", Alphabet::Upper, 16, 16, "an AWS session key"),
        ("ghp_", Alphabet::Base62, 36, 36, "a GitHub token"),
        ("gho_", Alphabet::Base62, 36, 36, "a GitHub token"),
        ("ghu_", Alphabet::Base62, 36, 36, "a GitHub token"),
        ("ghs_", Alphabet::Base62, 36, 36, "a GitHub token"),
        ("ghr_", Alphabet::Base62, 36, 76, "a GitHub token"),
        ("github_pat_", Alphabet::Word, 60, 90, "a GitHub token"),
        ("glpat-", Alphabet::Word, 20, 40, "a GitLab token"),
        ("xoxb-", Alphabet::Word, 30, 90, "a Slack token"),
        ("xoxp-", Alphabet::Word, 30, 90, "a Slack token"),
        ("xoxa-", Alphabet::Word, 30, 90, "a Slack token"),
        ("xapp-", Alphabet::Word, 30, 120, "a Slack token"),
        ("sk_live_", Alphabet::Base62, 20, 110, "a Stripe key"),
        ("rk_live_", Alphabet::Base62, 20, 110, "a Stripe key"),
        ("AIza", Alphabet::Word, 35, 35, "a Google key"),
        ("ya29.", Alphabet::Word, 40, 300, "a Google token"),
        ("SG.", Alphabet::Dotted, 60, 70, "a SendGrid key"),
        ("npm_", Alphabet::Base62, 36, 36, "an npm token"),
        ("pypi-", Alphabet::Word, 80, 250, "a PyPI token"),
        ("hf_", Alphabet::Base62, 34, 40, "a Hugging Face token"),
        ("sk-ant-", Alphabet::Word, 40, 130, "an Anthropic key"),
        ("sk-proj-", Alphabet::Word, 24, 180, "an OpenAI key"),
        ("sk-", Alphabet::Base62, 48, 48, "an OpenAI key"),
        ("dop_v1_", Alphabet::Base62, 64, 64, "a DigitalOcean token"),
        ("shpat_", Alphabet::Base62, 32, 32, "a Shopify token"),
        ("AGE-SECRET-KEY-1", Alphabet::Upper, 58, 58, "an age key"),
        ("eyJ", Alphabet::Dotted, 60, 4096, "a signed token"),
    ];
    let (_, _, _, _, what) = KINDS.iter().find(|(start, alphabet, least, most, _)| {
        value.strip_prefix(start).is_some_and(|rest| {
            (*least..=*most).contains(&rest.len())
                && rest.bytes().all(|byte| alphabet.has(byte))
                && !rest.to_ascii_lowercase().contains("example")
                && entropy(rest) > 2.8
        })
    })?;
    // A signed token has three parts.
    (!value.starts_with("eyJ") || value.matches('.').count() == 2 && value.contains(".eyJ")).then_some(*what)
}

#[derive(Clone, Copy)]
enum Alphabet {
    Upper,
    Base62,
    Word,
    Dotted,
}

impl Alphabet {
    fn has(self, byte: u8) -> bool {
        match self {
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Base62 => byte.is_ascii_alphanumeric(),
            Self::Word => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_candidates_by_whole_words() {
        for name in [
            "password",
            "PASSWORD",
            "email_pwd",
            "my_secret_password_for_email",
            "token",
            "passphrase",
            "pass",
            "user_pass",
            "secrete",
        ] {
            assert!(is_candidate(name), "{name}");
        }
        for name in ["compass", "passage", "bypass", "tokenize", "passport_number", "secretary", "pwdx"] {
            assert!(!is_candidate(name), "{name}");
        }
    }

    #[test]
    fn values_decide() {
        for value in ["d6s$f9g!j8mg7hw?n&2", "Zx81kLw0qQ2v", "a1b2c3d4e5f60718293a", "hunter2hunter7"] {
            assert_eq!(weigh("password", value), Weight::Random, "{value}");
        }
        for value in [
            "",
            "password",
            "your-password-here",
            "<password>",
            "${DB_PASS}",
            "{{ pw }}",
            "********",
            "Enter your password:",
            "db.password",
            "csrf_token",
            "/run/secrets/db",
            "changeme",
            "user_password_field",
        ] {
            assert_eq!(weigh("password", value), Weight::None, "{value}");
        }
        assert_eq!(weigh("db_password", "letmein"), Weight::Word);
        assert_eq!(weigh("token", "letter"), Weight::None);
    }

    #[test]
    fn keys_of_providers_are_known_by_shape() {
        // Put together here so that no scanner takes this file for a leak.
        let key = format!("{}{}", "AKIA", "Q3EGIZ7WD2KX5YPM");
        assert_eq!(provider(&key), Some("an AWS access key"));
        assert_eq!(provider(&format!("{}{}", "AKIA", "IOSFODNN7EXAMPLE")), None);
        assert_eq!(provider(&format!("{}{}", "ghp_", "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3hJ5")), Some("a GitHub token"));
        assert_eq!(provider("ghp_short"), None);
    }
}
