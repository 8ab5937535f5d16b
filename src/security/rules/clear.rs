//! Connections in the clear: addresses that begin with `http://`, mail without TLS.

use ruff_python_ast::Expr;
use ruff_text_size::{TextRange, TextSize};

use super::words::{around, built};
use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};

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
        Trigger::Call(&[
            "grpc.insecure_channel",
            "grpc.aio.insecure_channel",
            "grpclib.client.Channel",
            "docker.DockerClient",
            "docker.APIClient",
            "docker.Client",
            "aiodocker.Docker",
            "ldap.initialize",
            "ldap3.Server",
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
        "grpc.insecure_channel" | "grpc.aio.insecure_channel" => {
            let target = site.argument("target", 0).and_then(|target| site.text(target));
            target
                .is_some_and(|target| is_far_channel(&target))
                .then_some("what is called and answered can be read on the way")
        }
        "docker.DockerClient" | "docker.APIClient" | "docker.Client" | "aiodocker.Docker" => {
            plain_daemon(site).then_some("whoever reaches this port, or is on the way to it, has the machine")
        }
        "ldap.initialize" | "ldap3.Server" => {
            let address = site.first().and_then(|address| site.text(address));
            let plain = address.is_some_and(|address| {
                let lower = address.to_ascii_lowercase();
                lower.strip_prefix("ldap://").is_some_and(|host| !is_local(host.split(['/', ':']).next().unwrap_or("")))
            });
            let text = &site.file.unit.text;
            let secured = ["start_tls", "use_ssl=True", "AUTO_BIND_TLS"].iter().any(|word| text.contains(word));
            (plain && !secured).then_some("names, passwords and what is found can be read on the way")
        }
        "imaplib.IMAP4" | "poplib.POP3" | "nntplib.NNTP" => {
            let text = around(site);
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
        sink.report(exchange(site, name), Severity::Low, Confidence::Medium, what);
    }
}

/// From the connection to the login that follows within a few lines: the password is what can be read.
fn exchange(site: &Site<'_, '_>, name: &str) -> TextRange {
    let range = site.range();
    let text = &site.file.unit.text;
    let rest = text.get(usize::from(range.end())..).filter(|_| name == "smtplib.SMTP").unwrap_or("");
    let near: usize = rest.split_inclusive('\n').take(4).map(str::len).sum();
    let login = rest.get(..near).and_then(|near| near.find(".login("));
    match login.and_then(|at| TextSize::try_from(at + ".login".len()).ok()) {
        Some(after) => TextRange::new(range.start(), range.end() + after),
        None => range,
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

/// Whether the target of a channel of gRPC is on another machine: not a socket, not a name of this network.
fn is_far_channel(target: &str) -> bool {
    if target.starts_with("unix:") || target.starts_with("xds:") {
        return false;
    }
    let rest = ["dns:///", "dns:", "ipv4:"].iter().find_map(|scheme| target.strip_prefix(scheme)).unwrap_or(target);
    let host = rest.rsplit_once(':').map_or(rest, |(host, _)| host);
    !host.starts_with('[') && !is_local(host)
}

/// `DockerClient(base_url="tcp://…")` without certificates: the daemon does whatever it is told.
fn plain_daemon(site: &Site<'_, '_>) -> bool {
    let address = site.keyword("base_url").or_else(|| site.keyword("url")).or_else(|| site.first());
    let address = address.and_then(|address| constant_or_built(site, address));
    let secured = site.keyword("tls").is_some_and(|tls| !site.is_false(tls));
    let host = address.as_deref().and_then(|address| {
        ["tcp://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme)).map(|rest| rest.split(':').next())
    });
    let here = |host: &str| matches!(host, "localhost" | "127.0.0.1");
    !secured && host.flatten().is_some_and(|host| !here(host))
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
