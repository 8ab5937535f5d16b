//! Connections in the clear: addresses that begin with `http://`, mail without TLS.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::words::built;
use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::NodeRef;

pub(super) const CLEAR: Rule = Rule {
    id: "cleartext-transport",
    title: "data is sent without encryption",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 319,
    severity: Severity::Low,
    help: "use `https://`, or the class with `SSL` or `TLS` in its name",
    triggers: &[
        Trigger::Method(&[
            "get",
            "options",
            "head",
            "post",
            "put",
            "patch",
            "delete",
            "request",
            "stream",
            "urlopen",
            "urlretrieve",
            "Request",
            "open",
            "retrieve",
            "ServerProxy",
            "connect",
        ]),
        Trigger::Call(&[
            "http.client.HTTPConnection",
            "httplib.HTTPConnection",
            "urllib3.HTTPConnectionPool",
            "urllib3.connectionpool.HTTPConnectionPool",
            "imaplib.IMAP4",
            "poplib.POP3",
            "nntplib.NNTP",
            "websocket.create_connection",
            "smtplib.SMTP",
            "distributed.Security",
            "distributed.security.Security",
            "dask.distributed.Security",
        ]),
        Trigger::Method(&["add_insecure_port"]),
    ],
    check: clear,
};

/// What a name begins with whose methods send to an address.
const CLIENTS: &[&str] = &[
    "requests.",
    "httpx.",
    "aiohttp.",
    "urllib.request.",
    "urllib2.",
    "urllib3.",
    "xmlrpc.client.",
    "websockets.",
    "websocket.",
    "six.moves.urllib.",
];

fn clear(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.test_code {
        return;
    }
    if site.call().and_then(called_name) == Some("add_insecure_port") {
        insecure_port(site, sink);
        return;
    }
    let Some(name) = site.name else { return };
    let what = match name {
        "http.client.HTTPConnection"
        | "httplib.HTTPConnection"
        | "urllib3.HTTPConnectionPool"
        | "urllib3.connectionpool.HTTPConnectionPool" => {
            let host = site.argument("host", 0).and_then(|host| site.text(host));
            host.is_some_and(|host| !is_local(&host)).then_some("what is sent and answered can be read on the way")
        }
        "distributed.Security" | "distributed.security.Security" | "dask.distributed.Security" => site
            .keyword("require_encryption")
            .is_some_and(|value| site.is_false(value))
            .then_some("what the workers exchange can be read on the way"),
        "imaplib.IMAP4" | "poplib.POP3" | "nntplib.NNTP" => {
            let text = &site.file.unit.text;
            let secured = ["starttls", "stls("].iter().any(|word| text.contains(word));
            (!secured).then_some("mails and the password can be read on the way")
        }
        "smtplib.SMTP" => {
            let text = around(site);
            let secured = text.contains("starttls") || !text.contains(".login(");
            (!secured).then_some("mails and the password can be read on the way")
        }
        _ if CLIENTS.iter().any(|client| name.starts_with(client)) => {
            address(site).is_some_and(|address| is_clear(&address)).then_some("what is sent can be read on the way")
        }
        _ => None,
    };
    if let Some(what) = what {
        sink.report(site.range(), Severity::Low, Confidence::Medium, what);
    }
}

/// `server.add_insecure_port("0.0.0.0:50051")` of gRPC: others can reach it, and read what is sent.
fn insecure_port(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(address) = site.first().and_then(|address| constant_or_built(site, address)) else { return };
    let host = address.rsplit_once(':').map_or("", |(host, _)| host);
    let everywhere = matches!(host, "0.0.0.0" | "[::]" | "::" | "*") || !is_local(host);
    if everywhere && site.imports("grpc") {
        let what = "what the clients of this port send and are answered can be read on the way";
        sink.report(site.range(), Severity::Low, Confidence::Medium, what);
    }
}

/// The text of the function around a call; of the file when there is none.
fn around<'s>(site: &Site<'s, '_>) -> &'s str {
    let function = site.ancestors().find_map(|node| match node.node {
        NodeRef::Stmt(Stmt::FunctionDef(function)) => Some(function.range()),
        _ => None,
    });
    function.map_or(site.file.unit.text.as_str(), |range| site.file.unit.slice(range))
}

/// The address that a call sends to.
fn address(site: &Site<'_, '_>) -> Option<String> {
    let call = site.call()?;
    let position = usize::from(matches!(called_name(call), Some("request" | "stream")));
    let value = site
        .keyword("url")
        .or_else(|| call.arguments.args.get(position))
        .or_else(|| call.arguments.args.first())
        .or_else(|| site.keyword("uri"))?;
    constant_or_built(site, value)
}

fn constant_or_built(site: &Site<'_, '_>, value: &Expr) -> Option<String> {
    if let Some(text) = site.text(value) {
        return Some(text.into_owned());
    }
    built(value).map(|built| built.text)
}

/// Whether an address goes to another machine without encryption.
fn is_clear(address: &str) -> bool {
    let lower = address.trim_start().to_ascii_lowercase();
    let Some(rest) = ["http://", "ftp://", "ws://"].iter().find_map(|scheme| lower.strip_prefix(scheme)) else {
        return false;
    };
    let end = rest.find(['/', '?', '#', '\0']).unwrap_or(rest.len());
    let host = rest.get(..end).unwrap_or("");
    // A host that is put in, or the beginning of one, says nothing.
    if rest.get(end..).is_some_and(|rest| rest.starts_with('\0')) {
        return false;
    }
    let host = host.rsplit('@').next().unwrap_or(host);
    !is_local(host.split(':').next().unwrap_or(host))
}

/// Names and addresses of this machine and of networks that nobody else is in.
fn is_local(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
    let bare = host.split(':').next().unwrap_or("");
    let private = bare.split('.').map(|part| part.parse::<u8>()).collect::<Result<Vec<_>, _>>().is_ok_and(|parts| {
        matches!(parts.as_slice(), [10 | 127 | 0, ..] | [192, 168, ..] | [169, 254, ..] | [172, 16..=31, ..])
    });
    private
        || !bare.contains('.')
        || host.contains('{')
        || [".local", ".internal", ".localhost", ".test", ".invalid", ".localdomain", ".lan", ".svc"]
            .iter()
            .any(|end| bare.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_this_machine_are_no_findings() {
        for address in ["http://localhost:8000/x", "http://127.0.0.1/", "http://10.0.0.1", "http://web/x", "http://\0/"]
        {
            assert!(!is_clear(address), "{address}");
        }
        for address in ["http://shop.example/x", "ftp://files.shop.example", "http://shop.example:80/\0"] {
            assert!(is_clear(address), "{address}");
        }
        assert!(!is_clear("https://shop.example"));
    }
}
