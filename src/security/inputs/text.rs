//! What any text can hide: characters that are not seen, code far to the right, keys of providers.

use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::{Confidence, Severity};
use crate::security::rules::secret_of_provider;

/// Blanks in a row after which nobody looks any further.
const FAR_RIGHT: usize = 160;

/// Keys of providers are at most this long.
const MAX_SECRET_BYTES: usize = 8_192;

pub(super) struct Text;

impl Analyser for Text {
    fn id(&self) -> &'static str {
        "text"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.text.is_some()
    }

    fn analyse(&self, input: &Input<'_>, _: Terms<'_>) -> Judged {
        let mut judged = Judged::default();
        let text = input.text.unwrap_or_default();
        unseen(text, &mut judged);
        far_right(input.kind, text, &mut judged);
        secrets(text, &mut judged);
        if input.kind == Kind::Rust {
            rust(text, &mut judged);
        }
        judged
    }
}

/// What Rust code names is what it can do; the policy then asks a person.
fn rust(text: &str, judged: &mut Judged) {
    const WORDS: &[(&str, &str)] = &[
        ("process::Command", "system_execution"),
        ("libc::", "system_execution"),
        ("std::net", "network_access"),
        ("reqwest", "network_access"),
        ("ureq", "network_access"),
        ("hyper", "network_access"),
        ("fs::write", "file_write"),
        ("File::create", "file_write"),
        ("fs::remove", "file_write"),
    ];
    for (word, capability) in WORDS {
        if let Some(at) = memchr::memmem::find(text.as_bytes(), word.as_bytes()) {
            judged.able(capability, at);
        }
    }
}

/// Characters that change the order of what is shown, and text in characters that are not shown at all.
pub(super) fn unseen(text: &str, judged: &mut Judged) {
    let bytes = text.as_bytes();
    let mut hidden = 0_usize;
    let mut first = None;
    let mut reordered = false;
    for at in memchr::memchr3_iter(0xE2, 0xF3, 0xEF, bytes) {
        let rest = bytes.get(at..at + 4).unwrap_or_else(|| bytes.get(at..).unwrap_or_default());
        match rest {
            [0xE2, 0x80, 0xAA..=0xAE, ..] | [0xE2, 0x81, 0xA6..=0xA9, ..] if !reordered => {
                reordered = true;
                judged.see(
                    "bidirectional-text",
                    at..at + 3,
                    Severity::High,
                    Confidence::Medium,
                    "what is shown here is not what stands here",
                );
            }
            // Tag characters, which models read and people do not see; a flag of a region is made of a few.
            [0xF3, 0xA0, 0x80..=0x81, ..] => {
                hidden += 1;
                first.get_or_insert(at);
            }
            _ => {}
        }
    }
    if hidden >= 12
        && let Some(at) = first
    {
        let message = format!("{hidden} characters here are shown to nobody and read by every model");
        judged.see("hidden-text", at..at + 4, Severity::Critical, Confidence::High, message);
    }
    zero_width(text, judged);
}

/// Bits written in characters without width. One of them joins an emoji or two letters; a row of them is a message.
fn zero_width(text: &str, judged: &mut Judged) {
    let bytes = text.as_bytes();
    let mut run = 0_usize;
    let mut next = 0_usize;
    for at in memchr::memmem::find_iter(bytes, b"\xE2\x80") {
        if !matches!(bytes.get(at + 2), Some(0x8B..=0x8D)) {
            continue;
        }
        run = if at == next { run + 1 } else { 1 };
        next = at + 3;
        if run == 16 {
            judged.see(
                "hidden-text",
                next - 48..next,
                Severity::High,
                Confidence::High,
                "a row of characters without width stands here: a message that is not shown",
            );
        }
    }
}

fn far_right(kind: Kind, text: &str, judged: &mut Judged) {
    if matches!(kind, Kind::Data | Kind::Text | Kind::Python) {
        return;
    }
    // Every `FAR_RIGHT / 2`-th byte is looked at: a long row cannot pass between two looks.
    let bytes = text.as_bytes();
    let mut at = FAR_RIGHT / 2;
    while at < bytes.len() {
        if !matches!(bytes[at], b' ' | b'\t') {
            at += FAR_RIGHT / 2;
            continue;
        }
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        let before = bytes[..at].iter().rev().take_while(|byte| blank(byte)).count();
        let after = bytes[at..].iter().take_while(|byte| blank(byte)).count();
        let end = at + after;
        let line_ends = bytes.get(end).is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
        let starts_line = at == before || bytes.get(at - before - 1).is_some_and(|byte| *byte == b'\n');
        let rest: &[u8] = bytes[end..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        // A word far out may be a table; a call, a pipe or an assignment is code.
        let code = rest.iter().any(|byte| matches!(byte, b'(' | b'|' | b'=' | b';' | b'`' | b'$'));
        if before + after >= FAR_RIGHT && !line_ends && !starts_line && code && kind.is_active() {
            judged.see(
                "hidden-code",
                end..end + rest.len(),
                Severity::High,
                Confidence::High,
                "code stands behind so many blanks that nobody sees it",
            );
        }
        at = end + FAR_RIGHT / 2;
    }
}

/// How keys of providers begin. The shape of the whole decides.
const BEGINNINGS: &[&str] = &[
    "AKIA",
    "ASIA",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xapp-",
    "sk_live_",
    "rk_live_",
    "AIza",
    "ya29.",
    "SG.",
    "npm_",
    "pypi-",
    "hf_",
    "sk-ant-",
    "sk-proj-",
    "dop_v1_",
    "shpat_",
    "AGE-SECRET-KEY-1",
    "-----BEGIN ",
];

fn secrets(text: &str, judged: &mut Judged) {
    static SEARCH: std::sync::LazyLock<Option<aho_corasick::AhoCorasick>> =
        std::sync::LazyLock::new(|| aho_corasick::AhoCorasick::new(BEGINNINGS).ok());
    let Some(search) = SEARCH.as_ref() else { return };
    let bytes = text.as_bytes();
    let mut reported = 0;
    for found in search.find_iter(text) {
        let at = found.start();
        let inside_word = at > 0 && bytes.get(at - 1).is_some_and(u8::is_ascii_alphanumeric);
        if inside_word || at < reported {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let end = if rest.starts_with("-----BEGIN ") {
            rest.find("-----END ").unwrap_or(0)
        } else {
            let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
            rest.bytes().take(MAX_SECRET_BYTES).take_while(|byte| part(char::from(*byte))).count()
        };
        let value = rest.get(..end).unwrap_or_default().trim_end_matches(['.', '-']);
        if let Some(what) = secret_of_provider(value) {
            let message = format!("{what} stands in the file");
            judged.see("secret-key", at..at + value.len(), Severity::High, Confidence::High, message);
            reported = at + value.len();
        }
    }
}
