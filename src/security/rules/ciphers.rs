//! How ciphers and keys are used: nonces that repeat, padding that leaks, text that nobody vouches for,
//! passwords that are hashed too quickly.

mod passwords;

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use super::words::{has_word, purpose};
use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::Constant;

pub(super) const STATIC_IV: Rule = Rule {
    id: "constant-nonce",
    title: "a nonce or an initialisation vector is a constant",
    aliases: &[],
    category: Category::Cryptography,
    cwe: 329,
    severity: Severity::Medium,
    help: "draw it with `os.urandom` for each message, and send it along",
    triggers: &[
        Trigger::Call(&[
            "Crypto.Cipher.AES.new",
            "Cryptodome.Cipher.AES.new",
            "Crypto.Cipher.DES.new",
            "Cryptodome.Cipher.DES.new",
            "Crypto.Cipher.DES3.new",
            "Cryptodome.Cipher.DES3.new",
            "Crypto.Cipher.Blowfish.new",
            "Cryptodome.Cipher.Blowfish.new",
            "Crypto.Cipher.ChaCha20.new",
            "Cryptodome.Cipher.ChaCha20.new",
            "Crypto.Cipher.Salsa20.new",
            "Cryptodome.Cipher.Salsa20.new",
            "Crypto.Cipher.ChaCha20_Poly1305.new",
            "Cryptodome.Cipher.ChaCha20_Poly1305.new",
            "cryptography.hazmat.primitives.ciphers.modes.CBC",
            "cryptography.hazmat.primitives.ciphers.modes.CTR",
            "cryptography.hazmat.primitives.ciphers.modes.CFB",
            "cryptography.hazmat.primitives.ciphers.modes.OFB",
            "cryptography.hazmat.primitives.ciphers.modes.GCM",
            "cryptography.hazmat.primitives.ciphers.algorithms.ChaCha20",
            "Crypto.Util.Counter.new",
        ]),
        Trigger::Method(&["encrypt"]),
    ],
    check: static_iv,
};

pub(super) const PADDING: Rule = Rule {
    id: "rsa-old-padding",
    title: "RSA with the padding of PKCS #1 v1.5 tells an attacker what it hides",
    aliases: &[],
    category: Category::Cryptography,
    cwe: 780,
    severity: Severity::Low,
    help: "use OAEP",
    triggers: &[
        Trigger::Call(&[
            "Crypto.Cipher.PKCS1_v1_5.new",
            "Cryptodome.Cipher.PKCS1_v1_5.new",
            "rsa.encrypt",
            "rsa.decrypt",
            "M2Crypto.RSA.pkcs1_padding",
        ]),
        Trigger::Method(&["encrypt", "decrypt"]),
    ],
    check: |site, sink| {
        const WHAT: &str = "answers to wrong messages tell an attacker what the padding hides";
        let severity = if site.file.test_code { Severity::Note } else { Severity::Low };
        if site.name.is_some_and(|name| name.ends_with("PKCS1_v1_5.new")) {
            sink.report(site.range(), severity, Confidence::Medium, WHAT);
            return;
        }
        if !site.imports("cryptography") {
            return;
        }
        let Some(Expr::Call(padding)) = site.argument("padding", 1) else { return };
        if called_name(padding) == Some("PKCS1v15") {
            sink.report(site.range(), severity, Confidence::Medium, WHAT);
        }
    },
};

pub(super) const UNAUTHENTICATED: Rule = Rule {
    id: "cipher-without-authentication",
    title: "a cipher hides text, and nobody notices when it is changed",
    aliases: &[],
    category: Category::Cryptography,
    cwe: 353,
    severity: Severity::Low,
    help: "use GCM, EAX or ChaCha20-Poly1305, or add an HMAC of what was encrypted",
    triggers: &[Trigger::Call(&[
        "Crypto.Cipher.AES.new",
        "Cryptodome.Cipher.AES.new",
        "cryptography.hazmat.primitives.ciphers.Cipher",
        "cryptography.hazmat.primitives.ciphers.base.Cipher",
    ])],
    check: |site, sink| {
        let Some(mode) = site.argument("mode", 1) else { return };
        let named = match mode {
            Expr::Call(call) => called_name(call),
            Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
            Expr::Name(name) => Some(name.id.as_str()),
            _ => None,
        };
        let open = named.is_some_and(|name| {
            matches!(name.trim_start_matches("MODE_"), "CBC" | "CTR" | "CFB" | "OFB" | "CFB8" | "OPENPGP")
        });
        // Whoever authenticates does so in the same file.
        let text = &site.file.unit.text;
        let authenticated = ["hmac", "HMAC", "Poly1305", "CMAC", ".verify("].iter().any(|word| text.contains(word));
        if open && !authenticated && !site.file.test_code {
            sink.report(
                site.range(),
                Severity::Low,
                Confidence::Low,
                "text that was changed on the way is not noticed",
            );
        }
    },
};

pub(super) const QUICK_PASSWORD: Rule = Rule {
    id: "quick-password-hash",
    title: "a password is hashed so quickly that it can be guessed",
    aliases: &[],
    category: Category::Cryptography,
    cwe: 916,
    severity: Severity::Medium,
    help: "use Argon2, scrypt or bcrypt with a salt of its own for each password",
    triggers: &[
        Trigger::Call(&[
            "hashlib.sha224",
            "hashlib.sha256",
            "hashlib.sha384",
            "hashlib.sha512",
            "hashlib.sha3_256",
            "hashlib.sha3_512",
            "hashlib.blake2b",
            "hashlib.blake2s",
            "hashlib.pbkdf2_hmac",
            "hashlib.scrypt",
            "cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC",
            "cryptography.hazmat.primitives.kdf.scrypt.Scrypt",
            "Crypto.Protocol.KDF.PBKDF2",
            "Cryptodome.Protocol.KDF.PBKDF2",
            "passlib.context.CryptContext",
            "bcrypt.gensalt",
            "argon2.PasswordHasher",
        ]),
        Trigger::Method(&["generate_password_hash", "make_password", "using", "hash", "encrypt"]),
    ],
    check: quick_password,
};

pub(super) const SALT: Rule = Rule {
    id: "constant-salt",
    title: "all passwords are hashed with the same salt",
    aliases: &[],
    category: Category::Cryptography,
    cwe: 760,
    severity: Severity::Low,
    help: "draw a salt with `os.urandom(16)` for each password, and keep it beside the hash",
    triggers: &[Trigger::Call(&[
        "hashlib.pbkdf2_hmac",
        "hashlib.scrypt",
        "cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC",
        "cryptography.hazmat.primitives.kdf.scrypt.Scrypt",
        "Crypto.Protocol.KDF.PBKDF2",
        "Cryptodome.Protocol.KDF.PBKDF2",
        "Crypto.Protocol.KDF.scrypt",
        "Cryptodome.Protocol.KDF.scrypt",
        "bcrypt.hashpw",
    ])],
    check: |site, sink| {
        let position = match site.name {
            Some("hashlib.pbkdf2_hmac" | "cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC") => 2,
            Some("cryptography.hazmat.primitives.kdf.scrypt.Scrypt") => 0,
            _ => 1,
        };
        let Some(salt) = site.argument("salt", position) else { return };
        let fixed = match site.constant(salt) {
            Some(Constant::Str(_) | Constant::Bytes(_)) => true,
            _ => is_encoded_constant(site, salt),
        };
        if fixed && !site.file.test_code {
            let what = "one table of guesses serves for all passwords";
            sink.report(salt.range(), Severity::Low, Confidence::Medium, what);
        }
    },
};

pub(super) const CIPHER_LIST: Rule = Rule {
    id: "tls-weak-ciphers",
    title: "ciphers are asked for that do not protect",
    aliases: &[],
    category: Category::Cryptography,
    cwe: 326,
    severity: Severity::Medium,
    help: "leave the list to `ssl.create_default_context()`",
    triggers: &[Trigger::Method(&["set_ciphers", "set_cipher_list"]), Trigger::Keyword(&["ciphers"])],
    check: |site, sink| {
        let list = match site.call().and_then(called_name) {
            Some("set_ciphers" | "set_cipher_list") => site.first(),
            _ => site.keyword("ciphers"),
        };
        let Some(list) = list.and_then(|list| match site.constant(list)? {
            Constant::Str(text) => Some(text.into_owned()),
            Constant::Bytes(bytes) => String::from_utf8(bytes.into_owned()).ok(),
            _ => None,
        }) else {
            return;
        };
        let upper = list.to_ascii_uppercase();
        let parts = || upper.split([':', ',', ' ', ';']);
        // `ALL` has the ciphers that know no server by a certificate, unless they are taken away again.
        let all = parts().any(|part| part.split('@').next() == Some("ALL") || part == "COMPLEMENTOFDEFAULT")
            && !parts().any(|part| matches!(part, "!ANULL" | "!ADH" | "-ANULL"));
        let weak = all
            || upper.contains("@SECLEVEL=0")
            || parts().filter(|part| !part.starts_with(['!', '-'])).any(|part| {
                matches!(part, "NULL" | "ENULL" | "ANULL" | "EXPORT" | "EXP" | "LOW" | "DES" | "ADH" | "3DES" | "AECDH")
                    || ["RC4", "NULL", "EXPORT", "DES-CBC", "RC2", "ADH-"].iter().any(|word| part.contains(word))
            });
        if weak && !site.file.test_code && (site.imports("ssl") || site.imports("OpenSSL") || site.imports("urllib3")) {
            sink.report(site.range(), Severity::Medium, Confidence::Medium, "these ciphers can be broken");
        }
    },
};

/// `b"…"`, `"…".encode()`, `b"\0" * 16`, `bytes(16)`, `bytes.fromhex("…")`.
pub(super) fn is_encoded_constant(site: &Site<'_, '_>, expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => {
            let name = site.resolve(&call.func);
            let constant = || call.arguments.args.first().is_none_or(|argument| site.is_constant(argument));
            match name.as_deref() {
                Some("builtins.bytes" | "builtins.bytearray") => !call.arguments.args.is_empty() && constant(),
                Some("builtins.bytes.fromhex" | "binascii.unhexlify" | "base64.b64decode") => constant(),
                _ => matches!(&*call.func, Expr::Attribute(method)
                    if method.attr.as_str() == "encode" && site.is_constant(&method.value)),
            }
        }
        Expr::BinOp(product) if product.op == ruff_python_ast::Operator::Mult => {
            site.is_constant(&product.left) && site.is_constant(&product.right)
        }
        Expr::Name(name) => site
            .file
            .model
            .single_value(name, site.scope)
            .is_some_and(|(value, _)| !matches!(value, Expr::Name(_)) && is_fixed(site, value)),
        _ => false,
    }
}

/// Whether a value is the same bytes whenever the code runs.
fn is_fixed(site: &Site<'_, '_>, expr: &Expr) -> bool {
    matches!(site.constant(expr), Some(Constant::Str(_) | Constant::Bytes(_))) || is_encoded_constant(site, expr)
}

fn static_iv(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.test_code {
        return;
    }
    let name = site.name.unwrap_or("");
    let mut nonces: Vec<&Expr> = ["iv", "IV", "nonce", "initialization_vector", "initial_value"]
        .iter()
        .filter_map(|word| site.keyword(word))
        .collect();
    if name.ends_with(".new") && !name.ends_with("Counter.new") {
        let mode = site.argument("mode", 1).and_then(|mode| site.resolve(mode)).unwrap_or_default();
        if ["CBC", "CFB", "OFB", "OPENPGP"].iter().any(|known| mode.ends_with(known)) {
            nonces.extend(site.call().and_then(|call| call.arguments.args.get(2)));
        } else if ["GCM", "EAX", "CCM", "CTR"].iter().any(|known| mode.ends_with(known)) {
            nonces.extend(site.call().and_then(|call| call.arguments.args.get(2)));
        }
    } else if name.contains(".modes.") {
        nonces.extend(site.call().and_then(|call| call.arguments.args.first()));
    } else if name.ends_with(".ChaCha20") {
        nonces.extend(site.call().and_then(|call| call.arguments.args.get(1)));
    } else if name.ends_with(".encrypt") {
        // `AESGCM(key).encrypt(nonce, data, associated)`
        if !name.contains(".aead.") {
            return;
        }
        nonces.extend(site.call().and_then(|call| call.arguments.args.first()));
    } else if !name.ends_with("Counter.new") {
        return;
    }
    if nonces.into_iter().any(|nonce| is_fixed(site, nonce)) {
        let what = "with the same nonce for every message, messages give one another away";
        sink.report(site.range(), Severity::Medium, Confidence::Medium, what);
    }
}

fn quick_password(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let name = site.name.unwrap_or("");
    let severity = |severity: Severity| if site.file.test_code { Severity::Note } else { severity };
    if let Some(what) = passwords::is_quick(site) {
        sink.report(site.range(), severity(Severity::Medium), Confidence::High, what);
        return;
    }
    if !["hashlib.", "cryptography.", "Crypto.", "Cryptodome."].iter().any(|module| name.starts_with(module)) {
        return;
    }
    let rounds = match name {
        "hashlib.pbkdf2_hmac" => site.argument("iterations", 3),
        "Crypto.Protocol.KDF.PBKDF2" | "Cryptodome.Protocol.KDF.PBKDF2" => {
            let count = site.argument("count", 3);
            if count.is_none() {
                let what = "a thousand rounds, the default, are tried very quickly";
                sink.report(site.range(), severity(Severity::Medium), Confidence::Medium, what);
                return;
            }
            count
        }
        "cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC" => site.argument("iterations", 3),
        "hashlib.scrypt" | "cryptography.hazmat.primitives.kdf.scrypt.Scrypt" => {
            let cost = site.keyword("n").and_then(|n| site.constant(n));
            if let Some(Constant::Int(cost)) = cost
                && cost < 1 << 12
            {
                sink.report(site.range(), severity(Severity::Low), Confidence::Medium, "the cost is too low");
            }
            return;
        }
        _ => {
            plain_hash(site, sink);
            return;
        }
    };
    if let Some(Constant::Int(rounds)) = rounds.and_then(|rounds| site.constant(rounds))
        && rounds < 50_000
    {
        let what = format!("{rounds} rounds are tried very quickly");
        sink.report(site.range(), severity(Severity::Medium), Confidence::Medium, what);
    }
}

/// One round of a good hash is still too quick for a password.
fn plain_hash(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    const WORDS: &[&str] = &["password", "passwd", "passphrase", "pwd", "pw", "passcode"];
    let Some(data) = site.first() else { return };
    if data.is_literal_expr() {
        return;
    }
    // What is hashed says more than what is made of it: a key may be named after a password.
    let hashed = super::words::names_of(data).iter().any(|name| has_word(name, WORDS));
    let stored = || {
        purpose(site).iter().any(|name| {
            let lower = name.to_ascii_lowercase();
            matches!(lower.as_str(), "hash_password" | "hashed_password" | "password_hash" | "stored_password")
                || lower.starts_with("hash_pass")
                || lower.starts_with("hash_pw")
        })
    };
    if (hashed || stored()) && !site.file.test_code {
        let what = "one round of a hash is tried very quickly: passwords need a slow one";
        sink.report(site.range(), Severity::Medium, Confidence::Low, what);
    }
}
