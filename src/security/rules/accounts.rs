//! Accounts whose password stands in the source, or is empty.

use std::borrow::Cow;

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::secrets::{is_empty_word, is_likely_secret};
use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::mentions::last_part;
use crate::security::python::{Constant, NodeRef};

pub(super) const EMPTY: Rule = Rule {
    id: "empty-password",
    title: "an account has an empty password",
    aliases: &[],
    category: Category::Secrets,
    cwe: 258,
    severity: Severity::Low,
    help: "give every account a password, and read it from a secret store",
    triggers: &[
        Trigger::Keyword(&["password", "passwd", "pwd", "db_password"]),
        Trigger::Method(&["set_password", "simple_bind_s", "simple_bind", "bind_s", "bind"]),
    ],
    check: empty,
};

pub(super) const CREDENTIALS: Rule = Rule {
    id: "hardcoded-credentials",
    title: "a name and its password stand in the source",
    aliases: &[],
    category: Category::Secrets,
    cwe: 798,
    severity: Severity::Medium,
    help: "read them from the environment, a secret store, or a file with mode 600",
    triggers: &[
        Trigger::Method(&["login", "connect", "Connection", "HTTPBasicAuth", "HTTPDigestAuth", "BasicAuth"]),
        Trigger::Method(&["option", "add_argument", "add_option", "Option"]),
        Trigger::Call(PAIRS),
        Trigger::Call(TOKENS),
        Trigger::Keyword(&["auth", "basic_auth", "http_auth", "authkey"]),
        Trigger::Holding(&["://", "password="]),
    ],
    check: credentials,
};

/// Clients that are made with an account and its secret, in this order.
const PAIRS: &[&str] = &[
    "twilio.rest.Client",
    "twilio.rest.TwilioRestClient",
    "plivo.RestClient",
    "plivo.RestAPI",
    "tweepy.OAuthHandler",
    "tweepy.OAuth1UserHandler",
    "tweepy.OAuth2AppHandler",
    "tweepy.AppAuthHandler",
    "github.Github",
    "gitlab.Gitlab",
    "requests_oauthlib.OAuth1",
    "requests_oauthlib.OAuth1Session",
    "boto.connect_s3",
    "boto.connect_ec2",
    "boto.s3.connection.S3Connection",
    "minio.Minio",
    "azure.storage.blob.BlockBlobService",
    "azure.cosmos.CosmosClient",
    "azure.core.credentials.AzureNamedKeyCredential",
];

/// Clients that are made with a token alone.
const TOKENS: &[&str] = &[
    "slack_sdk.WebClient",
    "slack_sdk.web.async_client.AsyncWebClient",
    "slack.WebClient",
    "slackclient.SlackClient",
    "telegram.Bot",
    "telebot.TeleBot",
    "telebot.async_telebot.AsyncTeleBot",
    "aiogram.Bot",
    "github.Github",
    "sendgrid.SendGridAPIClient",
    "dropbox.Dropbox",
    "messagebird.Client",
    "notion_client.Client",
    "pushbullet.Pushbullet",
    "digitalocean.Manager",
];

pub(super) const APP_KEY: Rule = Rule {
    id: "hardcoded-app-key",
    title: "the key that signs sessions stands in the source",
    aliases: &[],
    category: Category::Secrets,
    cwe: 798,
    severity: Severity::Medium,
    help: "read it from the environment: whoever knows it makes sessions for every user",
    triggers: &[
        Trigger::Target(&["secret_key", "SECRET_KEY", "JWT_SECRET_KEY", "JWT_SECRET", "SECURITY_PASSWORD_SALT"]),
        Trigger::Keyword(&["SECRET_KEY", "JWT_SECRET_KEY", "cookie_secret"]),
        Trigger::Call(SIGNERS),
        Trigger::Method(&["Middleware", "add_middleware", "set_cookie", "get_cookie"]),
    ],
    check: app_key,
};

/// What makes sessions or tokens with the key that it is given.
const SIGNERS: &[&str] = &[
    "pyramid.session.SignedCookieSessionFactory",
    "pyramid.authentication.AuthTktAuthenticationPolicy",
    "itsdangerous.URLSafeSerializer",
    "itsdangerous.URLSafeTimedSerializer",
    "itsdangerous.TimestampSigner",
    "itsdangerous.Signer",
    "itsdangerous.Serializer",
    "starlette.middleware.sessions.SessionMiddleware",
    "aiohttp_session.cookie_storage.EncryptedCookieStorage",
];

pub(super) const KEY_SHOWN: Rule = Rule {
    id: "key-as-salt",
    title: "the key that signs sessions is used where it can be worked out",
    aliases: &[],
    category: Category::Secrets,
    cwe: 327,
    severity: Severity::Low,
    help: "give it a salt of its own: from a few of the ids that it makes, the salt can be computed",
    triggers: &[Trigger::Call(&["hashids.Hashids", "hashids.hashids.Hashids"])],
    check: |site, sink| {
        let shown = site.argument("salt", 0).and_then(|salt| match salt {
            Expr::Subscript(subscript) => site.text(&subscript.slice).map(Cow::into_owned),
            Expr::Attribute(attribute) => Some(attribute.attr.to_string()),
            Expr::Name(name) => Some(name.id.to_string()),
            _ => None,
        });
        if shown.is_some_and(|name| name.eq_ignore_ascii_case("secret_key")) && !site.file.test_code {
            let what = "the salt of these ids can be computed from them, and it is the key of the sessions";
            sink.report(site.range(), Severity::Low, Confidence::High, what);
        }
    },
};

fn empty(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    if site.file.test_code {
        return;
    }
    let last = called_name(call).unwrap_or("");
    let blank = |expr: &Expr| matches!(site.constant(expr), Some(Constant::Str(text)) if text.is_empty());
    let found = match last {
        "set_password" => call.arguments.args.first().is_some_and(blank),
        "bind" if !site.imports("ldap") => false,
        "simple_bind_s" | "simple_bind" | "bind_s" | "bind" => {
            // A name without a password is a bind that every directory takes for an anonymous one.
            let directory = site.imports("ldap") || site.imports("ldap3");
            let address = matches!(call.arguments.args.first(), Some(Expr::Tuple(_)));
            let password = call.arguments.args.get(1).or(site.keyword("cred"));
            directory && !address && !call.arguments.args.is_empty() && password.is_none_or(blank)
        }
        _ => {
            let opens = [
                "connect",
                "Connection",
                "create_user",
                "create_superuser",
                "create_pool",
                "MongoClient",
                "Redis",
                "login",
                "Database",
                "MySQLDatabase",
                "PostgresqlDatabase",
                "make_dsn",
                "create_engine",
            ]
            .iter()
            .any(|name| last == *name || last.ends_with("Connection"));
            opens
                && ["password", "passwd", "pwd", "db_password"].iter().any(|word| site.keyword(word).is_some_and(blank))
        }
    };
    if found {
        sink.report(site.range(), Severity::Low, Confidence::Medium, "everybody can use this account");
    }
}

fn credentials(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    match site.node {
        NodeRef::Expr(Expr::StringLiteral(literal)) => {
            let text = literal.value.to_str();
            if text.contains("://") && password_in(text).is_some_and(is_believable) {
                let what = "the address holds a password";
                tell(site, sink, site.range(), what);
            } else if password_of_pairs(text).is_some_and(is_believable) {
                tell(site, sink, site.range(), "the text that opens a database holds a password");
            }
        }
        NodeRef::Expr(Expr::Call(call)) => {
            let pair = ["auth", "basic_auth", "http_auth"].iter().find_map(|word| site.keyword(word));
            if let Some(Expr::Tuple(pair)) = pair
                && let [_, password] = pair.elts.as_slice()
                && literal(password).is_some_and(|text| is_believable(&text))
            {
                tell(site, sink, pair.range(), "a name and its password stand in the source");
                return;
            }
            if let Some(Expr::BytesLiteral(key)) = site.keyword("authkey")
                && site.imports("multiprocessing")
                && !key.value.is_empty()
            {
                tell(site, sink, site.range(), "whoever knows this key may have any object unpickled");
                return;
            }
            let arguments = &call.arguments.args;
            if let Some(password) = default_of_option(site, call) {
                if literal(password).is_some_and(|text| is_believable(&text)) {
                    tell(
                        site,
                        sink,
                        password.range(),
                        "whoever starts the program without an option uses this password",
                    );
                }
                return;
            }
            let token = ["token", "auth", "api_key", "oauth2_access_token"].iter().find_map(|word| site.keyword(word));
            if site.name.is_some_and(|name| TOKENS.contains(&name))
                && let Some(token) = token.or(arguments.first())
                && literal(token).is_some_and(|text| text.len() >= 16 && is_believable(&text))
            {
                tell(site, sink, token.range(), "whoever can read this code can use the account");
                return;
            }
            let pair = site.name.is_some_and(|name| PAIRS.contains(&name));
            let password = match called_name(call) {
                _ if pair => arguments.get(1).filter(|secret| literal(secret).is_some_and(|text| text.len() >= 12)),
                Some("login") => arguments.get(1).filter(|_| arguments.len() <= 3),
                Some("HTTPBasicAuth" | "HTTPDigestAuth" | "BasicAuth") => arguments.get(1),
                Some("connect" | "Connection")
                    if site.name.is_some_and(|name| {
                        ["pymysql.", "MySQLdb.", "mysql.", "pymssql.", "psycopg2.", "cx_Oracle.", "oracledb."]
                            .iter()
                            .any(|module| name.starts_with(module))
                    }) =>
                {
                    let oracle = site.name.is_some_and(|name| name.contains("racle"));
                    arguments.get(if oracle { 1 } else { 2 })
                }
                // `client.connect(host, port, name, password)`
                Some("connect") if site.imports("paramiko") => arguments.get(3),
                _ => None,
            };
            if let Some(password) = password
                && literal(password).is_some_and(|text| is_believable(&text))
            {
                tell(site, sink, site.range(), "a name and its password stand in the source");
            }
        }
        _ => {}
    }
}

/// The default of an option for a password: `option("--password", default=…)`, `add_argument("--password", …)`.
fn default_of_option<'a>(site: &Site<'_, 'a>, call: &'a ruff_python_ast::ExprCall) -> Option<&'a Expr> {
    if !matches!(called_name(call), Some("option" | "add_argument" | "add_option" | "Option")) {
        return None;
    }
    let names = || call.arguments.args.iter().filter_map(literal).filter(|name| name.starts_with('-'));
    let password = names().any(|name| {
        let words: Vec<&str> = name.trim_start_matches('-').split(['-', '_']).collect();
        let secret =
            words.iter().any(|word| matches!(*word, "password" | "passwd" | "passphrase" | "secret" | "token"));
        let other = ["file", "path", "env", "url", "name", "type", "field", "length", "id", "ttl", "command"];
        secret && !words.iter().any(|word| other.contains(word))
    });
    let default = site.keyword("default").or_else(|| {
        // The first argument of Typer's options is the default.
        call.arguments.args.first().filter(|first| literal(first).is_some_and(|text| !text.starts_with('-')))
    });
    default.filter(|_| password)
}

fn tell(site: &Site<'_, '_>, sink: &mut Sink<'_>, range: TextRange, what: &str) {
    let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
    sink.report(range, severity, Confidence::Medium, what);
}

fn literal(expr: &Expr) -> Option<Cow<'_, str>> {
    match expr {
        Expr::StringLiteral(text) => Some(Cow::Borrowed(text.value.to_str())),
        _ => None,
    }
}

/// The password in an address: `scheme://name:password@host`.
fn password_in(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    if scheme.is_empty() || !scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.')) {
        return None;
    }
    let authority = rest.split(['/', '?', '#', ' ', '\n']).next()?;
    let (account, host) = authority.rsplit_once('@')?;
    let (name, password) = account.split_once(':')?;
    (!host.is_empty() && !name.contains(['{', '<', '%', '$'])).then_some(password)
}

/// The password in `host=db dbname=shop user=app password=…`.
fn password_of_pairs(text: &str) -> Option<&str> {
    let pairs = || text.split([' ', ';']).filter_map(|pair| pair.split_once('='));
    let opens = pairs().any(|(name, value)| {
        matches!(name.to_ascii_lowercase().as_str(), "host" | "server" | "dbname" | "database") && !value.is_empty()
    });
    let all_are = text.split([' ', ';']).all(|pair| pair.is_empty() || pair.contains('='));
    let password = || pairs().find(|(name, _)| matches!(*name, "password" | "Password" | "pwd" | "PWD"));
    if opens && all_are { password().map(|(_, value)| value) } else { None }
}

/// Whether a text may be a password that somebody uses.
fn is_believable(text: &str) -> bool {
    text.len() >= 3 && !text.contains(['{', '<', '%', '$', '*', '[', ' ', '…']) && !is_empty_word(text)
}

fn app_key(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => {
            let named = assign.targets.iter().find_map(|target| match target {
                Expr::Attribute(attribute) if matches!(attribute.attr.as_str(), "secret_key" | "SECRET_KEY") => {
                    site.file.model.receiver_class(&attribute.value, site.scope).is_none().then_some("secret_key")
                }
                Expr::Subscript(subscript) => match &*subscript.slice {
                    Expr::StringLiteral(key) => Some(key.value.to_str()).filter(|key| is_key_name(key)),
                    _ => None,
                },
                Expr::Name(name) if is_key_name(name.id.as_str()) => {
                    let text = site.file.unit.text.as_bytes();
                    let settings =
                        ["INSTALLED_APPS", "ROOT_URLCONF", "SESSION_COOKIE", "SQLALCHEMY_DATABASE_URI", "DEBUG"]
                            .iter()
                            .any(|word| memchr::memmem::find(text, word.as_bytes()).is_some());
                    (settings || site.imports("flask")).then_some("SECRET_KEY")
                }
                _ => None,
            });
            if let Some(name) = named {
                key(site, sink, name, &assign.value);
            }
        }
        NodeRef::Expr(Expr::Call(call)) => {
            if site.name.is_some_and(|name| SIGNERS.contains(&name)) {
                let at = usize::from(site.name.is_some_and(|name| name.ends_with("SessionMiddleware")));
                let given = ["secret", "secret_key"].iter().find_map(|word| site.keyword(word));
                if let Some(value) = given.or(call.arguments.args.get(at)) {
                    signed_with(site, sink, value);
                }
            }
            // `response.set_cookie(name, value, secret="…")` of Bottle.
            if matches!(called_name(call), Some("set_cookie" | "get_cookie"))
                && site.imports("bottle")
                && let Some(value) = site.keyword("secret")
            {
                signed_with(site, sink, value);
            }
            // `Middleware(SessionMiddleware, secret_key="…")`: it is made later, with these arguments.
            if matches!(called_name(call), Some("Middleware" | "add_middleware"))
                && call.arguments.args.first().is_some_and(|class| last_part(class) == "SessionMiddleware")
                && let Some(value) = site.keyword("secret_key")
            {
                signed_with(site, sink, value);
            }
            for keyword in &call.arguments.keywords {
                if let Some(name) = &keyword.arg
                    && (is_key_name(name.as_str()) || name.as_str() == "cookie_secret")
                {
                    key(site, sink, name.as_str(), &keyword.value);
                }
            }
        }
        _ => {}
    }
}

/// A key that is handed over where it is used: no other rule looks at it there.
fn signed_with(site: &Site<'_, '_>, sink: &mut Sink<'_>, value: &Expr) {
    let known = match value {
        Expr::StringLiteral(text) => !text.value.is_empty(),
        Expr::BytesLiteral(bytes) => bytes.value.iter().any(|part| !part.value.is_empty()),
        _ => false,
    };
    if known && !site.file.test_code {
        let what = "whoever knows this key makes sessions for every user";
        sink.report(value.range(), Severity::Medium, Confidence::Medium, what);
    }
}

fn is_key_name(name: &str) -> bool {
    matches!(name, "SECRET_KEY" | "JWT_SECRET_KEY" | "JWT_SECRET" | "SECURITY_PASSWORD_SALT")
}

fn key(site: &Site<'_, '_>, sink: &mut Sink<'_>, name: &str, value: &Expr) {
    let known = match value {
        Expr::StringLiteral(text) => {
            // What looks like a secret by itself is told by the rule for those.
            let text = text.value.to_str();
            !text.is_empty() && !is_likely_secret(name, text)
        }
        Expr::BytesLiteral(bytes) => bytes.value.iter().any(|part| !part.value.is_empty()),
        _ => false,
    };
    if known && !site.file.test_code {
        let what = "whoever knows this key makes sessions for every user";
        sink.report(value.range(), Severity::Medium, Confidence::Medium, what);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_addresses_are_found() {
        assert_eq!(password_of_pairs("host=db dbname=shop user=app password=x9K"), Some("x9K"));
        assert_eq!(password_of_pairs("send host=db and password=x9K"), None);
        assert_eq!(password_of_pairs("name=a password=b"), None);
        assert_eq!(password_in("postgresql://shop:x9K@db/shop"), Some("x9K"));
        for none in ["https://a.example/b:c@d", "mailto://x", "http://user@host", "see http://a:b", "x@y:z://"] {
            assert_eq!(password_in(none), None, "{none}");
        }
        assert!(!is_believable("{password}") && !is_believable("password") && is_believable("x9K"));
    }
}
