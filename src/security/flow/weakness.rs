//! The weaknesses that data from outside can lead to, and the marks that make it harmless for them.

use std::ops::{BitAnd, BitOr, BitOrAssign};

use crate::model::{Category, Severity};

/// A set of weaknesses for which data is harmless, with a few facts that guards put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mask(u64);

impl Mask {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Harmless everywhere.
    pub const ALL: Self = Self(0x0000_ffff_ffff_ffff);
    /// A path without `..` that does not go through links: `resolve`, `realpath`.
    pub const NORMAL: Self = Self(1 << 48);
    /// Starts with `/`.
    pub const SLASH: Self = Self(1 << 49);
    /// Does not start with `//`.
    pub const NO_DOUBLE_SLASH: Self = Self(1 << 50);
    /// Starts with a quote.
    pub const QUOTE_START: Self = Self(1 << 51);
    /// Ends with a quote.
    pub const QUOTE_END: Self = Self(1 << 52);
    /// Has no quote between its ends.
    pub const NO_QUOTE_INSIDE: Self = Self(1 << 53);
    /// Went through a function of which nothing is known.
    pub const UNCERTAIN: Self = Self(1 << 54);
    /// Is part of a larger text, not all of it.
    pub const EMBEDDED: Self = Self(1 << 55);
    /// Has no line feed.
    pub const NO_NEWLINE: Self = Self(1 << 56);

    /// Was made harmless in a way that holds outside of quotes only.
    pub const OWN_QUOTES: Self = Self(1 << 57);

    /// The mask of one weakness.
    pub const fn of(weakness: Weakness) -> Self {
        Self(1 << weakness as u64)
    }

    /// The mask of several.
    pub const fn of_all(weaknesses: &[Weakness]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < weaknesses.len() {
            bits |= 1 << weaknesses[index] as u64;
            index += 1;
        }
        Self(bits)
    }

    /// With all that is in the other as well.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of this is in the other.
    pub const fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether there is nothing in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Without what is in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// With what follows from the facts taken together.
    #[must_use]
    pub fn concluded(self) -> Self {
        let mut all = self;
        if (Self::SLASH | Self::NO_DOUBLE_SLASH).within(self) {
            all |= Self::of(Weakness::Redirect);
        }
        if (Self::QUOTE_START | Self::QUOTE_END | Self::NO_QUOTE_INSIDE).within(self) {
            all |= Self::of(Weakness::Code);
        }
        all
    }
}

impl BitOr for Mask {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Mask {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl BitAnd for Mask {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// A way in which data from outside does harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Weakness {
    /// SQL.
    Sql,
    /// A command of the operating system.
    Command,
    /// Code.
    Code,
    /// A path.
    Path,
    /// An archive that is unpacked.
    Archive,
    /// A request that the server makes.
    Ssrf,
    /// A redirect.
    Redirect,
    /// A page.
    Xss,
    /// A template.
    Template,
    /// A header of a response.
    Header,
    /// LDAP.
    Ldap,
    /// XPath.
    Xpath,
    /// XML with external entities.
    Xxe,
    /// Objects rebuilt from data.
    Deserialise,
    /// A log.
    Log,
    /// A session that is trusted later.
    Trust,
    /// A regular expression.
    Regex,
    /// Attributes set in bulk.
    Mass,
    /// A query that is no SQL.
    NoSql,
    /// A format string.
    Format,
    /// A random number that has to be secret.
    Random,
    /// A hash that has to be strong.
    Hash,
    /// A cookie.
    Cookie,
    /// A cookie's value or name.
    CookieValue,
    /// A mail header or body.
    Mail,
    /// A cell of a table that programs for tables open.
    Cell,
    /// A number that may be none.
    Number,
    /// XML that is put together from text.
    Markup,
    /// A password that a user chose.
    Password,
}

/// What is told about a weakness.
pub struct About {
    /// Id of the rule.
    pub rule: &'static str,
    /// Number of the weakness.
    pub cwe: u16,
    /// Category of risk.
    pub category: Category,
    /// How bad it is with data from the network.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What happens, after "data from …".
    pub message: &'static str,
    /// What to do.
    pub help: &'static str,
}

impl Weakness {
    /// All of them.
    pub const EVERY: [Self; 29] = [
        Self::Sql,
        Self::Command,
        Self::Code,
        Self::Path,
        Self::Archive,
        Self::Ssrf,
        Self::Redirect,
        Self::Xss,
        Self::Template,
        Self::Header,
        Self::Ldap,
        Self::Xpath,
        Self::Xxe,
        Self::Deserialise,
        Self::Log,
        Self::Trust,
        Self::Regex,
        Self::Mass,
        Self::NoSql,
        Self::Format,
        Self::Random,
        Self::Hash,
        Self::Cookie,
        Self::CookieValue,
        Self::Mail,
        Self::Cell,
        Self::Number,
        Self::Markup,
        Self::Password,
    ];

    /// What is told about it.
    pub const fn about(self) -> About {
        use Category as C;
        use Severity as S;
        let (rule, title, cwe, category, severity, message, help) = match self {
            Self::Sql => (
                "sql-injection",
                "SQL made of data from outside.",
                89,
                C::Injection,
                S::High,
                "becomes part of an SQL statement",
                "pass the data as a parameter of the query",
            ),
            Self::Command => (
                "command-injection",
                "A command made of data from outside.",
                78,
                C::ExternalCommand,
                S::Critical,
                "becomes part of a command",
                "start the program with a list of arguments and without a shell",
            ),
            Self::Code => (
                "code-injection",
                "Code made of data from outside.",
                94,
                C::CodeExecution,
                S::Critical,
                "is run as code",
                "do not run text as code; `ast.literal_eval` reads literals",
            ),
            Self::Path => (
                "path-traversal",
                "A path made of data from outside.",
                22,
                C::FileOperations,
                S::High,
                "chooses a path",
                "resolve the path and check that it is inside of the folder, or take its last part only",
            ),
            Self::Archive => (
                "archive-traversal",
                "An archive from outside is unpacked where its names say.",
                22,
                C::FileOperations,
                S::High,
                "is an archive whose members choose where they are written",
                "check each member's path, or use `filter=\"data\"`",
            ),
            Self::Ssrf => (
                "server-side-request-forgery",
                "A request to an address from outside.",
                918,
                C::NetworkAccess,
                S::High,
                "chooses where a request goes",
                "compare the host with a list of those allowed",
            ),
            Self::Redirect => (
                "open-redirect",
                "A redirect to an address from outside.",
                601,
                C::Injection,
                S::Medium,
                "chooses where the client is sent",
                "redirect to paths of this site only, or compare the host with a list",
            ),
            Self::Xss => (
                "cross-site-scripting",
                "A page with data from outside.",
                79,
                C::Injection,
                S::High,
                "becomes part of a page without escaping",
                "escape it with `html.escape`, or render a template that escapes",
            ),
            Self::Template => (
                "template-injection",
                "A template made of data from outside.",
                1336,
                C::CodeExecution,
                S::Critical,
                "becomes part of a template's source",
                "keep the template constant and pass the data as a variable",
            ),
            Self::Header => (
                "header-injection",
                "A header made of data from outside.",
                113,
                C::Injection,
                S::Medium,
                "becomes part of a response header",
                "remove line ends from the data, or choose the value from a list",
            ),
            Self::Ldap => (
                "ldap-injection",
                "An LDAP query made of data from outside.",
                90,
                C::Injection,
                S::High,
                "becomes part of an LDAP query",
                "escape it with `escape_filter_chars` or `escape_dn_chars`",
            ),
            Self::Xpath => (
                "xpath-injection",
                "An XPath expression made of data from outside.",
                643,
                C::Injection,
                S::High,
                "becomes part of an XPath expression",
                "pass it as a variable of the expression",
            ),
            Self::Xxe => (
                "xml-entity-injection",
                "XML from outside is parsed with external entities.",
                611,
                C::Injection,
                S::High,
                "is parsed as XML with external entities",
                "turn external entities off, or use `defusedxml`",
            ),
            Self::Deserialise => (
                "unsafe-deserialization",
                "Objects rebuilt from data from outside.",
                502,
                C::Deserialisation,
                S::Critical,
                "is turned into objects",
                "use a format that holds data only, such as JSON, or a safe loader",
            ),
            Self::Log => (
                "log-injection",
                "A log entry with data from outside.",
                117,
                C::Injection,
                S::Low,
                "is written to a log with its line ends",
                "remove line ends, or log it with `%r`",
            ),
            Self::Trust => (
                "trust-boundary",
                "Data from outside in the session.",
                501,
                C::Injection,
                S::Medium,
                "is stored in the session as if it were trusted",
                "check it before it is stored",
            ),
            Self::Regex => (
                "regex-injection",
                "A regular expression made of data from outside.",
                1333,
                C::Injection,
                S::Medium,
                "becomes part of a regular expression",
                "escape it with `re.escape`",
            ),
            Self::Mass => (
                "mass-assignment",
                "Attributes set in bulk from data from outside.",
                915,
                C::Injection,
                S::Medium,
                "sets attributes in bulk",
                "name the fields that may be set",
            ),
            Self::NoSql => (
                "nosql-injection",
                "A database query made of data from outside.",
                943,
                C::Injection,
                S::High,
                "becomes part of a database query",
                "convert it to the type that is expected, or compare with `$eq`",
            ),
            Self::Format => (
                "format-string-injection",
                "A format string from outside.",
                134,
                C::Injection,
                S::Medium,
                "is used as a format string",
                "keep the format constant and pass the data as an argument",
            ),
            Self::Random => (
                "weak-random-value",
                "A guessable number as a secret.",
                330,
                C::Cryptography,
                S::Medium,
                "is guessable and serves as a secret",
                "use `secrets` or `random.SystemRandom`",
            ),
            Self::Hash => (
                "weak-hash-value",
                "A broken hash, chosen by a value.",
                328,
                C::Cryptography,
                S::Medium,
                "is hashed with a broken algorithm",
                "use SHA-256 or better, and `hashlib.scrypt` for passwords",
            ),
            Self::Cookie => (
                "insecure-cookie-value",
                "A cookie without the flags that protect it.",
                614,
                C::Injection,
                S::Low,
                "is sent over plain connections, or shown to scripts",
                "set the cookie with `secure=True` and `httponly=True`",
            ),
            Self::CookieValue => (
                "cookie-injection",
                "A cookie made of data from outside.",
                20,
                C::Injection,
                S::Low,
                "becomes a cookie",
                "set cookies from values that the server has made",
            ),
            Self::Mail => (
                "mail-injection",
                "A mail made of data from outside.",
                93,
                C::Injection,
                S::Medium,
                "becomes part of a mail without escaping",
                "escape it, and remove line ends from headers",
            ),
            Self::Cell => (
                "csv-injection",
                "A cell of a table made of data from outside.",
                1236,
                C::Injection,
                S::Low,
                "becomes a cell that a program for tables takes for a formula",
                "put a quote in front of cells that begin with `=`, `+`, `-` or `@`",
            ),
            Self::Number => (
                "nan-injection",
                "A number from outside that may be `nan`.",
                704,
                C::Injection,
                S::Low,
                "becomes a number, and `nan` is one that no comparison holds for",
                "refuse what `math.isfinite` is false for, or read it with `int` or `Decimal`",
            ),
            Self::Password => (
                "unvalidated-password",
                "A password that nobody looks at.",
                521,
                C::Secrets,
                S::Low,
                "becomes a password, however short or common it is",
                "call `django.contrib.auth.password_validation.validate_password` first",
            ),
            Self::Markup => (
                "xml-injection",
                "XML made of data from outside.",
                91,
                C::Injection,
                S::Medium,
                "becomes part of XML without escaping",
                "build it with a library, or escape the data with `xml.sax.saxutils.escape`",
            ),
        };
        About { rule, title, cwe, category, severity, message, help }
    }
}
