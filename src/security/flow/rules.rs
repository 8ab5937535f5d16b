//! The rules of the data flow, as the list of rules has them. They want to see no node: [`super::analyse`]
//! finds what they report.

use super::weakness::Weakness;
use crate::security::rules::{Rule, Sink, Site};

fn nothing(_: &Site<'_, '_>, _: &mut Sink<'_>) {}

const fn rule(weakness: Weakness) -> Rule {
    let about = weakness.about();
    Rule {
        id: about.rule,
        title: about.title,
        aliases: &[],
        category: about.category,
        cwe: about.cwe,
        severity: about.severity,
        help: about.help,
        triggers: &[],
        check: nothing,
    }
}

macro_rules! rules {
    ($($name:ident = $weakness:ident),* $(,)?) => {
        $(
            #[doc = concat!("The rule of [`Weakness::", stringify!($weakness), "`].")]
            pub const $name: Rule = rule(Weakness::$weakness);
        )*
    };
}

rules! {
    SQL = Sql, COMMAND = Command, CODE = Code, PATH = Path, ARCHIVE = Archive, SSRF = Ssrf, REDIRECT = Redirect,
    XSS = Xss, TEMPLATE = Template, HEADER = Header, LDAP = Ldap, XPATH = Xpath, XXE = Xxe, DESERIALISE = Deserialise,
    LOG = Log, TRUST = Trust, REGEX = Regex, MASS = Mass, NO_SQL = NoSql, FORMAT = Format, RANDOM = Random, HASH = Hash,
    COOKIE = Cookie, COOKIE_VALUE = CookieValue, MAIL = Mail, CELL = Cell, NUMBER = Number, MARKUP = Markup, PASSWORD = Password,
}
