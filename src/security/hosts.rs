//! Hosts that code names: those of the addresses in its texts.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use memchr::memmem;
use ruff_python_ast::{Expr, InterpolatedStringElement};

use super::python::{Kinds, Model, NodeRef};

/// What comes before the host of an address.
const SCHEMES: &[&str] = &["http://", "https://", "ws://", "wss://", "ftp://", "ftps://"];

/// More hosts than this are not told apart: no list allows them all.
const MAX_HOSTS: usize = 1_000;

/// Longest name of a host.
const MAX_HOST: usize = 253;

/// The hosts of all addresses in the texts of a module. An address whose host is put together while the code runs
/// counts as the host `?`, which no list allows.
pub fn of(model: &Model<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, node) in model.nodes_of(Kinds::STRING | Kinds::BYTES | Kinds::FSTRING) {
        if found.len() >= MAX_HOSTS {
            found.insert("?".to_owned());
            break;
        }
        match node.node {
            NodeRef::Expr(Expr::StringLiteral(text)) => add(text.value.to_str(), &mut found),
            NodeRef::Expr(Expr::BytesLiteral(bytes)) => {
                let bytes: Vec<u8> = bytes.value.bytes().collect();
                add(&String::from_utf8_lossy(&bytes), &mut found);
            }
            NodeRef::Expr(Expr::FString(text)) => {
                let mut literals = text.value.elements().filter_map(|element| element.as_literal());
                if !literals.any(|literal| literal.value.contains(':')) {
                    continue;
                }
                let parts = text.value.elements().map(|element| match element {
                    InterpolatedStringElement::Literal(literal) => literal.value.to_string(),
                    InterpolatedStringElement::Interpolation(_) => "{}".to_owned(),
                });
                add(&parts.collect::<String>(), &mut found);
            }
            _ => {}
        }
    }
    found
}

/// The hosts of all addresses in a text that is no Python.
pub fn in_text(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    add(text, &mut found);
    found
}

fn add(text: &str, found: &mut BTreeSet<String>) {
    // Most texts are short and hold no address, and most have not even a colon, which is seen faster.
    static ADDRESS: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("://"));
    let colon = if text.len() < 6 { None } else { memchr::memchr(b':', text.as_bytes()) };
    if colon.and_then(|colon| ADDRESS.find(text.as_bytes().get(colon..)?)).is_none() {
        return;
    }
    for scheme in SCHEMES {
        let mut rest = text;
        while let Some(at) = rest.find(scheme) {
            rest = rest.get(at + scheme.len()..).unwrap_or_default();
            let authority = rest.split(['/', '?', '#', ' ', '"', '\'', '\n', '\\']).next().unwrap_or_default();
            let host = authority.rsplit('@').next().unwrap_or_default();
            let host = match host.strip_prefix('[') {
                Some(inner) => inner.split(']').next().unwrap_or_default(),
                None => host.split(':').next().unwrap_or_default(),
            };
            let is_plain = !host.is_empty()
                && host.len() <= MAX_HOST
                && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '_'));
            if found.len() >= MAX_HOSTS {
                return;
            }
            found.insert(if is_plain { host.to_ascii_lowercase() } else { "?".to_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_what_is_connected_to() {
        let hosts = |text: &str| {
            let mut found = BTreeSet::new();
            add(text, &mut found);
            found.into_iter().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(hosts("https://API.example.org/v1"), "api.example.org");
        assert_eq!(hosts("http://api.example.org@evil.example:80/"), "evil.example");
        assert_eq!(hosts("https://{}/x"), "?");
        assert_eq!(hosts("https://"), "?");
        assert_eq!(hosts("http://[::1]:8080/"), "::1");
        assert_eq!(hosts("see http://a.example and https://b.example"), "a.example b.example");
        assert_eq!(hosts("nothing"), "");
    }
}
