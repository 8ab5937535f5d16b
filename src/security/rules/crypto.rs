//! Weak hashes, ciphers, modes and keys.

use ruff_python_ast::Expr;
use ruff_text_size::{TextRange, TextSize};

use super::words::{has_word, purpose};
use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::Constant;

pub(super) const HASH: Rule = Rule {
    id: "weak-hash",
    title: "a hash function is used that is broken",
    aliases: &["B324", "S324"],
    category: Category::Cryptography,
    cwe: 327,
    severity: Severity::Low,
    help: "use SHA-256 or BLAKE2, and scrypt or Argon2 for passwords; say `usedforsecurity=False` where it is a checksum",
    triggers: &[Trigger::Call(&[
        "hashlib.md4",
        "hashlib.md5",
        "hashlib.sha",
        "hashlib.sha1",
        "hashlib.new",
        "hashlib.file_digest",
        "crypt.crypt",
        "crypt.mksalt",
        "md5.new",
        "md5.md5",
        "sha.new",
        "hmac.new",
        "hmac.digest",
    ])],
    check: hashlib,
};

pub(super) const CRYPTO_HASH: Rule = Rule {
    id: "weak-hash-library",
    title: "a hash function of a cryptography library is used that is broken",
    aliases: &["B303", "S303"],
    category: Category::Cryptography,
    cwe: 327,
    severity: Severity::Low,
    help: "use SHA-256 or better",
    triggers: &[Trigger::Call(&[
        "Crypto.Hash.MD2.new",
        "Crypto.Hash.MD4.new",
        "Crypto.Hash.MD5.new",
        "Crypto.Hash.SHA.new",
        "Crypto.Hash.SHA1.new",
        "Cryptodome.Hash.MD2.new",
        "Cryptodome.Hash.MD4.new",
        "Cryptodome.Hash.MD5.new",
        "Cryptodome.Hash.SHA.new",
        "Cryptodome.Hash.SHA1.new",
        "cryptography.hazmat.primitives.hashes.MD5",
        "cryptography.hazmat.primitives.hashes.SHA1",
    ])],
    check: |site, sink| {
        judge_hash(
            site,
            sink,
            site.name.and_then(|name| name.rsplit('.').find(|part| *part != "new")).unwrap_or("hash"),
        )
    },
};

pub(super) const CIPHER: Rule = Rule {
    id: "weak-cipher",
    title: "a cipher is used that is broken or has short blocks",
    aliases: &["B304", "S304"],
    category: Category::Cryptography,
    cwe: 327,
    severity: Severity::High,
    help: "use AES-GCM or ChaCha20-Poly1305",
    triggers: &[Trigger::Call(&[
        "Crypto.Cipher.ARC2.new",
        "Crypto.Cipher.ARC4.new",
        "Crypto.Cipher.Blowfish.new",
        "Crypto.Cipher.CAST.new",
        "Crypto.Cipher.DES.new",
        "Crypto.Cipher.DES3.new",
        "Crypto.Cipher.XOR.new",
        "Cryptodome.Cipher.ARC2.new",
        "Cryptodome.Cipher.ARC4.new",
        "Cryptodome.Cipher.Blowfish.new",
        "Cryptodome.Cipher.CAST.new",
        "Cryptodome.Cipher.DES.new",
        "Cryptodome.Cipher.DES3.new",
        "Cryptodome.Cipher.XOR.new",
        "cryptography.hazmat.primitives.ciphers.algorithms.ARC4",
        "cryptography.hazmat.primitives.ciphers.algorithms.Blowfish",
        "cryptography.hazmat.primitives.ciphers.algorithms.CAST5",
        "cryptography.hazmat.primitives.ciphers.algorithms.IDEA",
        "cryptography.hazmat.primitives.ciphers.algorithms.SEED",
        "cryptography.hazmat.primitives.ciphers.algorithms.TripleDES",
        "cryptography.hazmat.decrepit.ciphers.algorithms.ARC4",
        "cryptography.hazmat.decrepit.ciphers.algorithms.Blowfish",
        "cryptography.hazmat.decrepit.ciphers.algorithms.CAST5",
        "cryptography.hazmat.decrepit.ciphers.algorithms.IDEA",
        "cryptography.hazmat.decrepit.ciphers.algorithms.RC2",
        "cryptography.hazmat.decrepit.ciphers.algorithms.SEED",
        "cryptography.hazmat.decrepit.ciphers.algorithms.TripleDES",
        "pyDes.des",
        "pyDes.triple_des",
    ])],
    check: |site, sink| {
        let name = site.name.unwrap_or("").trim_end_matches(".new");
        let name = name.rsplit('.').next().unwrap_or(name);
        let severity = match name {
            _ if site.file.test_code => Severity::Note,
            "ARC2" | "ARC4" | "DES" | "XOR" | "RC2" | "des" => Severity::High,
            _ => Severity::Medium,
        };
        sink.report(site.range(), severity, Confidence::High, format!("{name} does not protect data any more"));
    },
};

pub(super) const MODE: Rule = Rule {
    id: "weak-cipher-mode",
    title: "ECB shows which blocks are equal",
    aliases: &["B305", "S305"],
    category: Category::Cryptography,
    cwe: 327,
    severity: Severity::Medium,
    help: "use an authenticated mode such as GCM with a fresh nonce",
    triggers: &[Trigger::Call(&[
        "cryptography.hazmat.primitives.ciphers.modes.ECB",
        "Crypto.Cipher.AES.new",
        "Cryptodome.Cipher.AES.new",
    ])],
    check: |site, sink| {
        if site.name.is_some_and(|name| name.ends_with("AES.new")) {
            let mode = site.argument("mode", 1).and_then(|mode| site.resolve(mode));
            if !mode.is_some_and(|mode| mode.ends_with("AES.MODE_ECB")) || sink.is_full() {
                return;
            }
        }
        let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
        sink.report(site.range(), severity, Confidence::High, "ECB gives equal blocks for equal text");
    },
};

pub(super) const HARD_KEY: Rule = Rule {
    id: "hardcoded-crypto-key",
    title: "a key stands in the source",
    aliases: &[],
    category: Category::Cryptography,
    cwe: 321,
    severity: Severity::Medium,
    help: "read the key from a secret store or from a file with mode 600",
    triggers: &[Trigger::Call(&[
        "Crypto.Cipher.AES.new",
        "Cryptodome.Cipher.AES.new",
        "Crypto.Cipher.DES.new",
        "Cryptodome.Cipher.DES.new",
        "Crypto.Cipher.DES3.new",
        "Cryptodome.Cipher.DES3.new",
        "cryptography.fernet.Fernet",
        "cryptography.hazmat.primitives.ciphers.algorithms.AES",
        "cryptography.hazmat.primitives.ciphers.aead.AESGCM",
        "cryptography.hazmat.primitives.ciphers.aead.ChaCha20Poly1305",
        "cryptography.hazmat.primitives.ciphers.aead.AESCCM",
        "cryptography.hazmat.primitives.ciphers.algorithms.ChaCha20",
        "Crypto.Cipher.ChaCha20.new",
        "Crypto.Cipher.ChaCha20_Poly1305.new",
        "Crypto.Cipher.Blowfish.new",
        "Crypto.Cipher.ARC4.new",
        "Cryptodome.Cipher.ChaCha20.new",
        "Cryptodome.Cipher.ChaCha20_Poly1305.new",
        "Cryptodome.Cipher.Blowfish.new",
        "Cryptodome.Cipher.ARC4.new",
        "nacl.secret.SecretBox",
        "jwt.encode",
        "jwt.decode",
        "hmac.new",
    ])],
    check: |site, sink| {
        let position = usize::from(site.name.is_some_and(|name| name.starts_with("jwt.")));
        let Some(key) = site.argument("key", position) else { return };
        let length = match site.constant(key) {
            Some(Constant::Str(text)) => text.len(),
            Some(Constant::Bytes(bytes)) => bytes.len(),
            _ if super::ciphers::is_encoded_constant(site, key) => 1,
            _ => return,
        };
        let unsigned = site.name == Some("jwt.encode") && length == 0;
        if !unsigned && !site.file.test_code {
            sink.report(site.range(), Severity::Medium, Confidence::Medium, "whoever can read this code has the key");
        }
    },
};

pub(super) const KEY_SIZE: Rule = Rule {
    id: "weak-key-size",
    title: "a key is too short",
    aliases: &["B505", "S505"],
    category: Category::Cryptography,
    cwe: 326,
    severity: Severity::Medium,
    help: "use RSA and DSA keys of 2048 bits or more, curves of 224 bits or more",
    triggers: &[Trigger::Call(&[
        "cryptography.hazmat.primitives.asymmetric.dsa.generate_private_key",
        "cryptography.hazmat.primitives.asymmetric.rsa.generate_private_key",
        "cryptography.hazmat.primitives.asymmetric.ec.generate_private_key",
        "Crypto.PublicKey.DSA.generate",
        "Crypto.PublicKey.RSA.generate",
        "Cryptodome.PublicKey.DSA.generate",
        "Cryptodome.PublicKey.RSA.generate",
        "paramiko.RSAKey.generate",
        "paramiko.DSSKey.generate",
    ])],
    check: key_size,
};

/// Words that say that a hash guards something.
const GUARDS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "sign",
    "signature",
    "signed",
    "auth",
    "credential",
    "credentials",
    "salt",
    "session",
    "csrf",
    "otp",
    "pin",
    "apikey",
    "nonce",
    "certificate",
    "encrypt",
    "decrypt",
];

/// Words that say that a hash only names or compares content.
const NAMES: &[&str] = &[
    "cache",
    "cached",
    "caching",
    "etag",
    "etags",
    "checksum",
    "checksums",
    "fingerprint",
    "dedup",
    "duplicate",
    "duplicates",
    "filename",
    "file",
    "path",
    "url",
    "uri",
    "id",
    "uid",
    "uuid",
    "key",
    "bucket",
    "shard",
    "partition",
    "gravatar",
    "avatar",
    "md5sum",
    "md5",
    "sha1",
    "crc",
    "change",
    "changed",
    "digest",
    "version",
    "content",
    "cachekey",
    "slug",
    "color",
    "colour",
    "short",
    "ident",
    "identifier",
    "name",
    "lock",
    "hexdigest",
    "integrity",
    "blob",
    "chunk",
    "websocket",
    "accept",
    "git",
];

fn hashlib(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let name = site.name.unwrap_or("");
    match name {
        "hashlib.new" | "hashlib.file_digest" => {
            let position = usize::from(name == "hashlib.file_digest");
            let Some(algorithm) = site.argument(if position == 0 { "name" } else { "digest" }, position) else {
                return;
            };
            let Some(algorithm) = site.text(algorithm) else { return };
            if is_weak(&algorithm) {
                judge_hash(site, sink, &algorithm.to_ascii_uppercase());
            }
        }
        "hmac.new" | "hmac.digest" => {
            // HMAC is not known to fall with the collisions of its hash, but MD5 and MD4 are on their way out.
            let digest = site.argument(if name == "hmac.new" { "digestmod" } else { "digest" }, 2);
            let weak = digest.is_some_and(|digest| {
                site.text(digest).is_some_and(|text| text.to_ascii_lowercase().contains("md5"))
                    || site.resolve(digest).is_some_and(|name| name == "hashlib.md5")
            });
            if weak && !sink.is_full() && !site.file.test_code {
                sink.report(site.range(), Severity::Low, Confidence::Medium, "HMAC with MD5");
            }
        }
        "crypt.crypt" | "crypt.mksalt" => {
            let method = site
                .argument(if name == "crypt.crypt" { "salt" } else { "method" }, usize::from(name == "crypt.crypt"));
            let method = method.and_then(|method| match method {
                Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
                Expr::Name(name) => Some(name.id.as_str()),
                _ => None,
            });
            if matches!(method, Some("METHOD_CRYPT" | "METHOD_MD5" | "METHOD_BLOWFISH")) {
                let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
                sink.report(site.range(), severity, Confidence::High, "a method of `crypt` that is quick to break");
            }
        }
        _ => {
            let algorithm = site.call().and_then(called_name).unwrap_or("md5").to_ascii_uppercase();
            judge_hash(site, sink, &algorithm);
        }
    }
}

/// Whether this is the hash itself, or how its value is taken out.
fn is_reading(name: &str) -> bool {
    matches!(name, "digest" | "hexdigest" | "md5" | "sha1")
}

fn is_weak(algorithm: &str) -> bool {
    matches!(algorithm.to_ascii_lowercase().as_str(), "md4" | "md5" | "sha" | "sha1")
}

/// A broken hash matters where it guards something; where it names content it is at most worth a note.
fn judge_hash(site: &Site<'_, '_>, sink: &mut Sink<'_>, algorithm: &str) {
    if site.keyword("usedforsecurity").is_some_and(|value| !site.is_true(value)) {
        return;
    }
    let names = purpose(site);
    let guards = names.iter().any(|name| has_word(name, GUARDS));
    // How a hash is read out says nothing of what it is for.
    let only_names = names.iter().any(|name| !is_reading(name) && has_word(name, NAMES));
    let (severity, confidence) = if site.file.test_code {
        (Severity::Note, Confidence::Low)
    } else if guards {
        (Severity::High, Confidence::Medium)
    } else if only_names {
        (Severity::Note, Confidence::Medium)
    } else {
        (Severity::Low, Confidence::Low)
    };
    let what = match severity {
        Severity::High => format!("{algorithm} guards something, and is broken"),
        Severity::Note => format!("{algorithm} names content; say `usedforsecurity=False`"),
        _ => format!("{algorithm} is broken: it must not guard anything"),
    };
    sink.report(site.range(), severity, confidence, what);
    if severity == Severity::Note && only_names && site.name.is_some_and(|name| name.starts_with("hashlib.")) {
        not_for_security(site, sink);
    }
}

/// Adds `usedforsecurity=False` as the last argument.
fn not_for_security(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    // Of a call that is cut off the parser gives what there is, and that may lack a parenthesis.
    let whole = site.file.unit.slice(call.arguments.range);
    if whole.len() < 2 || !whole.starts_with('(') || !whole.ends_with(')') {
        return;
    }
    let inside = call.arguments.inner_range();
    let text = site.file.unit.slice(inside);
    // A comment after the last argument would swallow what is put behind it.
    if text.contains('#') || call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none()) {
        return;
    }
    let written = text.trim_end();
    let comma = if written.is_empty() || written.ends_with(',') { "" } else { ", " };
    let space = if written.ends_with(',') { " " } else { "" };
    let Ok(length) = u32::try_from(written.len()) else { return };
    let at = inside.start() + TextSize::new(length);
    sink.fix(TextRange::empty(at), format!("{comma}{space}usedforsecurity=False"), "say that it guards nothing");
}

fn key_size(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let name = site.name.unwrap_or("");
    let severity_below = |bits: i64, high: i64, medium: i64| match bits {
        _ if bits < high => Some(Severity::High),
        _ if bits < medium => Some(Severity::Medium),
        _ => None,
    };
    if name.contains(".ec.") {
        let Some(curve) = site.argument("curve", 0) else { return };
        let curve = match curve {
            Expr::Call(call) => called_name(call),
            Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
            Expr::Name(name) => Some(name.id.as_str()),
            _ => None,
        };
        let bits = curve.map_or(224, curve_bits);
        if let Some(severity) = severity_below(bits, 160, 224) {
            sink.report(site.range(), severity, Confidence::High, format!("a curve of {bits} bits is too small"));
        }
        return;
    }
    let hazmat = name.starts_with("cryptography.");
    let size = match (hazmat, name.contains("rsa")) {
        (true, true) => site.argument("key_size", 1),
        (true, false) => site.argument("key_size", 0),
        (false, _) => site.argument("bits", 0),
    };
    let Some(Constant::Int(bits)) = size.and_then(|size| site.constant(size)) else { return };
    if let Some(severity) = severity_below(bits, 1024, 2048) {
        let severity = if site.file.test_code { Severity::Note } else { severity };
        sink.report(site.range(), severity, Confidence::High, format!("a key of {bits} bits can be broken"));
    }
}

fn curve_bits(curve: &str) -> i64 {
    let digits: String = curve.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(224)
}
