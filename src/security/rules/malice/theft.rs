//! Secrets and private data that are taken and sent away.

use ruff_python_ast::Expr;

use super::reach::{Reach, arguments_of, literal_text};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::ScopeId;
use crate::security::rules::{Rule, Sink, Site, Trigger};

pub(in crate::security::rules) const THEFT: Rule = Rule {
    id: "credential-theft",
    title: "credentials or private data are read and sent away",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; if it ran, replace every credential that it could read",
    triggers: &[
        Trigger::Call(&[
            "requests.post",
            "requests.put",
            "requests.request",
            "requests.get",
            "httpx.post",
            "httpx.put",
            "httpx.get",
            "urllib.request.urlopen",
            "urllib.request.Request",
            "ftplib.FTP.storbinary",
        ]),
        Trigger::Method(&[
            "post",
            "put",
            "urlopen",
            "request",
            "sendall",
            "send",
            "sendmail",
            "send_message",
            "storbinary",
        ]),
    ],
    check: sent,
};

pub(in crate::security::rules) const DNS_LEAK: Rule = Rule {
    id: "dns-exfiltration",
    title: "data leaves in the names of DNS look-ups",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::High,
    help: "do not let this code in; a look-up needs no data of this machine in its name",
    triggers: &[Trigger::Call(&[
        "socket.gethostbyname",
        "socket.getaddrinfo",
        "socket.gethostbyname_ex",
        "dns.resolver.resolve",
        "dns.resolver.query",
    ])],
    check: |site, sink| {
        let Some(Expr::FString(_) | Expr::BinOp(_) | Expr::Name(_)) = site.first() else { return };
        let Some(name) = site.first() else { return };
        let encoded = |expr: &Expr, scope: ScopeId| {
            let called = if let Expr::Call(call) = expr { site.file.model.resolve(&call.func, scope) } else { None };
            Some(called.is_some_and(|name| {
                matches!(
                    name.as_str(),
                    "base64.b32encode"
                        | "base64.b64encode"
                        | "base64.urlsafe_b64encode"
                        | "binascii.hexlify"
                        | "getpass.getuser"
                        | "socket.gethostname"
                        | "platform.node"
                        | "os.getlogin"
                ) || name.ends_with(".hex")
            }))
        };
        let mut reach = Reach::new(site.file.model);
        let built = reach.any(name, site.scope, &|expr, _| Some(matches!(expr, Expr::FString(_) | Expr::BinOp(_))));
        if built && reach.any(name, site.scope, &encoded) {
            let message = "the name that is looked up carries encoded data or the identity of this machine";
            sink.report(site.range(), Severity::High, Confidence::High, message);
        }
    },
};

/// Places where other programs keep what nobody else should read. Each is a whole path component or a file
/// name that means nothing else.
const STORES: &[&str] = &[
    ".ssh/id_",
    ".ssh/authorized_keys",
    "/id_rsa",
    "/id_ed25519",
    ".aws/credentials",
    ".netrc",
    ".git-credentials",
    ".docker/config.json",
    ".kube/config",
    ".pypirc",
    "/.npmrc",
    "/etc/shadow",
    "Login Data",
    "User Data/Local State",
    "User Data\\Local State",
    "cookies.sqlite",
    "logins.json",
    "key4.db",
    "key3.db",
    "Network/Cookies",
    "Default\\Cookies",
    "Default/Cookies",
    "wallet.dat",
    "/.electrum",
    "exodus.wallet",
    "nkbihfbeogaeaoehlefnkodbefgpgknn",
    "Local Storage/leveldb",
    "Local Storage\\leveldb",
    "Telegram Desktop/tdata",
    "Telegram Desktop\\tdata",
    ".config/gcloud",
    "/.azure/",
    "Library/Keychains",
    "discordcanary",
    "discordptb",
    ".bash_history",
    ".zsh_history",
    "secrets/kubernetes.io",
];

/// Functions that open the stores of other programs.
const READERS: &[&str] = &[
    "browser_cookie3.chrome",
    "browser_cookie3.firefox",
    "browser_cookie3.load",
    "browser_cookie3.edge",
    "win32crypt.CryptUnprotectData",
    "keyring.get_password",
    "keyring.get_credential",
    "pyperclip.paste",
    "win32clipboard.GetClipboardData",
    "PIL.ImageGrab.grab",
    "pyautogui.screenshot",
    "ImageGrab.grab",
    "mss.mss",
];

/// Functions that tell who and where this is. Alone they are telemetry; together with an odd destination not.
const IDENTITY: &[&str] = &[
    "getpass.getuser",
    "os.getlogin",
    "socket.gethostname",
    "platform.node",
    "platform.uname",
    "uuid.getnode",
    "os.uname",
];

/// Destinations that collect what they are sent and belong to nobody in particular.
const DROPS: &[&str] = &[
    "discord.com/api/webhooks",
    "discordapp.com/api/webhooks",
    "api.telegram.org/bot",
    "hooks.slack.com",
    "webhook.site",
    "pastebin.com",
    "hastebin",
    "requestbin",
    "pipedream.net",
    "burpcollaborator",
    "oastify.com",
    "oast.",
    "interact.sh",
    "ngrok.io",
    "ngrok-free",
    "transfer.sh",
    "file.io",
    "gofile.io",
    "anonfiles",
    ".onion",
    "beeceptor.com",
    "ix.io",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    Nothing,
    Identity,
    Environment,
    Store,
}

fn sent(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    let name = site.name.unwrap_or_default();
    let last = super::super::called_name(call).unwrap_or_default();
    // A function of this file sends nothing itself: what it calls is looked at where it stands.
    if call.func.is_name_expr() && !name.contains('.') {
        return;
    }
    // `get` of anything else than an HTTP client is a look-up in a dictionary.
    if last == "get" && !name.starts_with("requests.") && !name.starts_with("httpx.") {
        return;
    }
    let text = &site.file.unit.text;
    let holds_any =
        |words: &[&str]| words.iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some());
    let odd = holds_any(DROPS);
    let suspicious = holds_any(STORES)
        || text.contains("environ")
        || READERS.iter().any(|name| name.rsplit('.').next().is_some_and(|last| text.contains(last)));
    if !suspicious && !odd {
        return;
    }
    let mut reach = Reach::new(site.file.model);
    let mut worst = Taken::Nothing;
    for argument in arguments_of(call) {
        for (taken, test) in [
            (
                Taken::Store,
                &(|expr: &Expr, scope: ScopeId| from_store(site, expr, scope))
                    as &dyn Fn(&Expr, ScopeId) -> Option<bool>,
            ),
            (Taken::Environment, &|expr: &Expr, scope: ScopeId| whole_environment(site, expr, scope)),
            (Taken::Identity, &|expr: &Expr, scope: ScopeId| identity(site, expr, scope)),
        ] {
            if (worst as u8) < (taken as u8) && reach.any(argument, site.scope, test) {
                worst = taken;
            }
        }
    }
    if worst == Taken::Nothing {
        return;
    }
    let to_drop = odd
        && (arguments_of(call).any(|argument| reach.any(argument, site.scope, &|expr, _| Some(is_drop(expr))))
            || site
                .file
                .model
                .nodes
                .iter()
                .any(|node| matches!(node.node, crate::security::python::NodeRef::Expr(expr) if is_drop(expr))));
    match (worst, to_drop) {
        (Taken::Store, true) => {
            sink.report(
                site.range(),
                Severity::Critical,
                Confidence::High,
                "what is read from a store of credentials is sent to a collector",
            );
        }
        (Taken::Store, false) => {
            sink.report(
                site.range(),
                Severity::Critical,
                Confidence::Medium,
                "what is read from a store of credentials is sent over the network",
            );
        }
        (Taken::Environment, true) => {
            sink.report(
                site.range(),
                Severity::Critical,
                Confidence::High,
                "the whole environment is sent to a collector",
            );
        }
        (Taken::Environment, false) => {
            sink.report(
                site.range(),
                Severity::High,
                Confidence::High,
                "the whole environment, with the secrets in it, is sent over the network",
            );
        }
        (Taken::Identity, true) => {
            sink.report(
                site.range(),
                Severity::High,
                Confidence::Medium,
                "who and where this machine is is sent to a collector",
            );
        }
        (Taken::Identity | Taken::Nothing, _) => {}
    }
}

fn is_drop(expr: &Expr) -> bool {
    literal_text(expr).is_some_and(|text| DROPS.iter().any(|drop| text.contains(drop)))
}

fn from_store(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> Option<bool> {
    if let Some(text) = literal_text(expr) {
        return Some(STORES.iter().any(|store| text.contains(store)));
    }
    if let Expr::Call(call) = expr {
        let name = site.file.model.resolve(&call.func, scope);
        return Some(name.is_some_and(|name| READERS.contains(&name.as_str())));
    }
    Some(false)
}

/// The environment as a whole; one variable by its name is how programs are configured.
fn whole_environment(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> Option<bool> {
    let model = site.file.model;
    match expr {
        Expr::Subscript(subscript) if model.is(&subscript.value, scope, "os.environ") => None,
        Expr::Call(call) => match &*call.func {
            Expr::Attribute(method) if model.is(&method.value, scope, "os.environ") => {
                if matches!(method.attr.as_str(), "copy" | "items" | "values") { Some(true) } else { None }
            }
            _ => Some(false),
        },
        Expr::Attribute(_) | Expr::Name(_) => Some(model.is(expr, scope, "os.environ")),
        _ => Some(false),
    }
}

fn identity(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> Option<bool> {
    let Expr::Call(call) = expr else { return Some(false) };
    Some(site.file.model.resolve(&call.func, scope).is_some_and(|name| IDENTITY.contains(&name.as_str())))
}
