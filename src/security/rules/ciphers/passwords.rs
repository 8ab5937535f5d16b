//! Contexts and costs of the libraries that hash passwords.

use ruff_python_ast::Expr;

use super::super::{Site, called_name};
use crate::security::python::Constant;

/// Schemes that a thief of the table tries millions of a second.
const QUICK: &[&str] = &[
    "plaintext",
    "ldap_plaintext",
    "roundup_plaintext",
    "md5_crypt",
    "apr_md5_crypt",
    "ldap_md5",
    "ldap_salted_md5",
    "ldap_md5_crypt",
    "ldap_sha1",
    "ldap_salted_sha1",
    "sha1_crypt",
    "des_crypt",
    "bsdi_crypt",
    "bigcrypt",
    "crypt16",
    "lmhash",
    "nthash",
    "msdcc",
    "mysql323",
    "mysql41",
    "oracle10",
    "django_salted_md5",
    "django_salted_sha1",
    "django_des_crypt",
    "hex_md4",
    "hex_md5",
    "hex_sha1",
    "hex_sha256",
    "hex_sha512",
    "phpass",
];

/// Why passwords are hashed too quickly with what a call sets up.
pub(super) fn is_quick(site: &Site<'_, '_>) -> Option<&'static str> {
    const ROUNDS: &str = "so few rounds are tried very quickly";
    let number = |expr: &Expr| match site.constant(expr) {
        Some(Constant::Int(number)) => Some(number),
        _ => None,
    };
    let below = |value: Option<&Expr>, least: i64| value.and_then(number).is_some_and(|number| number < least);
    let few = match site.name.unwrap_or("") {
        "passlib.context.CryptContext" => return context(site),
        "bcrypt.gensalt" => below(site.argument("rounds", 0), 10),
        "argon2.PasswordHasher" => below(site.argument("memory_cost", 1), 8 * 1024),
        name if name.starts_with("passlib.hash.") => {
            let scheme = name.split('.').nth(2).unwrap_or("");
            if QUICK.contains(&scheme) && !name.ends_with(".using") {
                return Some("this scheme can be tried very quickly");
            }
            let least = if scheme.starts_with("bcrypt") { 10 } else { 50_000 };
            !scheme.starts_with("argon") && !scheme.starts_with("scrypt") && below(site.keyword("rounds"), least)
        }
        _ if called_name(site.call()?) == Some("make_password") && site.imports("django") => {
            let hasher = site.argument("hasher", 2).and_then(|hasher| site.text(hasher));
            return hasher
                .filter(|name| matches!(&**name, "md5" | "sha1" | "unsalted_md5" | "unsalted_sha1" | "crypt"))
                .map(|_| ROUNDS);
        }
        _ if called_name(site.call()?) == Some("generate_password_hash") => return generated(site),
        _ => false,
    };
    few.then_some(ROUNDS)
}

/// `CryptContext(schemes=["md5_crypt"])`: the first scheme hashes, unless another one is the default.
fn context(site: &Site<'_, '_>) -> Option<&'static str> {
    let scheme = match site.keyword("default") {
        Some(default) => default,
        None => match site.argument("schemes", 0)? {
            Expr::List(list) => list.elts.first()?,
            Expr::Tuple(tuple) => tuple.elts.first()?,
            _ => return None,
        },
    };
    let name = site.text(scheme)?;
    QUICK.contains(&&*name).then_some("passwords are hashed with a scheme that can be tried very quickly")
}

/// `generate_password_hash(password, method="pbkdf2:md5:1000")` of Werkzeug, `(password, 4)` of Bcrypt for Flask.
fn generated(site: &Site<'_, '_>) -> Option<&'static str> {
    const WHAT: &str = "this method can be tried very quickly";
    if let Some(Constant::Int(rounds)) = site.argument("rounds", 1).and_then(|rounds| site.constant(rounds)) {
        return (rounds < 10 && site.imports("flask_bcrypt")).then_some(WHAT);
    }
    let method = site.argument("method", 1).and_then(|method| site.text(method))?;
    let mut parts = method.split(':');
    let (family, hash, rounds) = (parts.next()?, parts.next(), parts.next());
    let quick = match family {
        "plain" | "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512" => true,
        "pbkdf2" => {
            matches!(hash, Some("md5" | "sha1"))
                || rounds.and_then(|rounds| rounds.parse::<u32>().ok()).is_some_and(|rounds| rounds < 50_000)
        }
        _ => false,
    };
    quick.then_some(WHAT)
}
