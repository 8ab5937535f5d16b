//! What a sentence of any document wants of an agent, told by its words alone: the plainest of attacks.

use super::context::{in_comment, is_about_attacks, is_quoted_attack};
use super::sentence;
use crate::model::{Confidence, Severity};
use crate::security::inputs::Judged;

/// Words without which no sentence is an attack: one cheap pass tells whether the rest is worth doing.
const ANCHORS: &[&str] = &[
    "ignore",
    "disregard",
    "forget",
    "override",
    "do not tell",
    "don't tell",
    "not mention",
    "never mention",
    "without telling",
    "without asking",
    "without confirm",
    "secretly",
    "silently",
    "hidden",
    "do not inform",
    "not reveal",
    "instead of",
    "before using",
    "before calling",
    "always call",
    "must call",
    "first call",
    "you must",
    "you are now",
    "credential",
    "api key",
    "secret",
    "id_rsa",
    ".env",
    "password",
    "<important>",
    "system prompt",
    "do not show",
    "not disclose",
    "bypass",
    "do not log",
    "token",
    "keep this from",
    "do not ask",
    "never reveal",
    "never tell",
    "conceal",
    "hide this",
    "recipient",
];

/// Judges the sentences of a text.
pub(in crate::security::inputs) fn judge_text(text: &str, judged: &mut Judged) {
    static SEARCH: std::sync::LazyLock<Option<aho_corasick::AhoCorasick>> = std::sync::LazyLock::new(|| {
        aho_corasick::AhoCorasick::builder().ascii_case_insensitive(true).build(ANCHORS).ok()
    });
    let Some(search) = SEARCH.as_ref() else { return };
    let mut done = 0;
    for found in search.find_iter(text) {
        if found.start() < done {
            continue;
        }
        let (start, end) = sentence(text, found.start());
        done = end;
        let Some(raw) = text.get(start..end) else { continue };
        let start = end - raw.trim_start().len();
        let hidden = in_comment(text, found.start());
        if !hidden && (is_about_attacks(text, start, raw) || is_quoted_attack(text, start, raw)) {
            continue;
        }
        let words = words(raw);
        if let Some((rule, severity, message)) = intent(&words, hidden) {
            judged.see(rule, start..end, severity, Confidence::High, message);
        }
    }
}

/// The words of a sentence, in lower case and with single spaces: what stands between letters does not hide them.
fn words(raw: &str) -> String {
    let mut out = String::from(" ");
    for word in raw.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '\'' | '~' | '<' | '>'))) {
        let word = word.trim_end_matches('.').trim_matches('\'').to_lowercase();
        if !word.is_empty() || raw.len() < 4 {
            out.push_str(&word);
            out.push(' ');
        }
    }
    out.replace("don't", "do not").replace("dont ", "do not ").replace("..", ".")
}

fn any(text: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| text.contains(part))
}

/// Whether one of the second stands shortly after one of the first.
fn follows(text: &str, first: &[&str], second: &[&str]) -> bool {
    first.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let mut end = (at + word.len() + 60).min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.get(at..end).is_some_and(|after| any(after, second))
        })
    })
}

/// Whether one of the verbs is an order, and does not say what somebody does, may do, or what something is for.
fn orders(words: &str, verbs: &[&str]) -> bool {
    verbs.iter().any(|verb| {
        words.match_indices(verb).any(|(at, _)| {
            let before = words.get(..at).unwrap_or_default().rsplit(' ').next().unwrap_or_default();
            matches!(
                before,
                "" | "and"
                    | "then"
                    | "also"
                    | "must"
                    | "always"
                    | "please"
                    | "first"
                    | "now"
                    | "secretly"
                    | "silently"
                    | "quietly"
                    | "should"
                    | "instead"
                    | "just"
            )
        })
    })
}

/// Whether it gives leave for what harms nobody, or says what a setting does.
pub(super) fn gives_leave(words: &str) -> bool {
    let leave = [" you may ", " you can ", " feel free ", " if true ", " will run "];
    let weighty = [
        " delete ",
        " sudo",
        " curl",
        " transfer ",
        " push ",
        " disable ",
        " any command",
        " install ",
        " pay ",
        " send ",
    ];
    any(words, &leave) && !any(words, &weighty)
}

/// What a sentence wants of an agent.
fn intent(words: &str, hidden: bool) -> Option<(&'static str, Severity, &'static str)> {
    const FORGET: &[&str] = &[" ignore ", " disregard ", " forget ", " override ", " bypass "];
    const EARLIER: &[&str] = &[
        "previous instruction",
        "prior instruction",
        "earlier instruction",
        "all instruction",
        "above instruction",
        "system prompt",
        "your instruction",
        "told before",
        "your guideline",
        "safety guideline",
        "previous prompt",
        "instructions above",
        "your rules",
        "everything above",
        "previous context",
        "all previous",
        "all prior",
        "any other instruction",
        "user's instruction",
        "your safety rules",
        "all safety rules",
        "the user's request",
        "what you were told",
        "everything you were told",
        "other instructions",
        "content polic",
        "safety polic",
    ];
    const CONCEAL: &[&str] = &[
        " do not tell ",
        " do not mention ",
        " never mention ",
        " never tell ",
        " without telling ",
        " do not inform ",
        " not reveal ",
        " do not show ",
        " without informing ",
        " not disclose ",
        " hide this ",
        " keep this from ",
        " do not let the user ",
        " without the user ",
        " without notifying ",
        " never reveal ",
        " without mentioning ",
        " do not explain ",
        " conceal ",
    ];
    const PERSON: &[&str] = &[" user", " human", " operator", " person ", " them ", " anyone ", " owner"];
    const SECRETS: &[&str] = &[
        "credential",
        "api key",
        "api_key",
        "id_rsa",
        ".env",
        "password",
        " secret",
        "private key",
        " token",
        ".aws",
        ".ssh",
        "ssh key",
        "conversation history",
        "chat history",
        "system prompt",
        "mcp.json",
        "environment variable",
        "cookies",
        "wallet",
        "seed phrase",
        "full conversation",
        "keychain",
    ];
    const PASS_ON: &[&str] = &[
        " send ",
        " post ",
        " upload ",
        " forward ",
        " exfiltrate ",
        " include ",
        " append ",
        " pass ",
        " transmit ",
        " submit ",
        " put ",
        " leak ",
        " copy ",
        " attach ",
        " report them to ",
        " encode ",
    ];
    const AWAY: &[&str] = &[
        "http",
        " url ",
        " endpoint",
        " server",
        " webhook",
        " parameter",
        " argument",
        " address",
        " email",
        "@",
        " query",
        " sidenote",
        " field",
        " to the api",
        " remote",
        ".com",
        ".net",
        ".example",
    ];
    let commands = any(
        words,
        &[
            " you must ",
            " always ",
            " must ",
            " first ",
            " now ",
            " please ",
            " before ",
            " then ",
            " read ",
            " you should ",
            " when ",
        ],
    );
    let negated = any(
        words,
        &[
            " never send ",
            " do not send ",
            " do not include ",
            " do not commit ",
            " never commit ",
            " never include ",
            " do not put ",
            " never put ",
            " do not pass ",
            " never pass ",
            " do not share ",
            " never share ",
            " do not paste ",
            " never log ",
            " do not log ",
            " never print ",
            " not be sent ",
            " never post ",
            " do not upload ",
            " never upload ",
            " do not store ",
            " never store ",
        ],
    );
    if follows(words, FORGET, EARLIER)
        && !any(
            words,
            &[
                " do not ignore ",
                " never ignore ",
                " cannot ignore ",
                " not override ",
                " do not override ",
                " never override ",
            ],
        )
    {
        return Some(("prompt-injection", Severity::Critical, "it tells an agent to forget what it was told"));
    }
    const QUIETLY: &[&str] = &[" silently ", " secretly ", " quietly ", " covertly "];
    let quietly =
        follows(words, QUIETLY, PASS_ON) && (any(words, AWAY) || any(words, SECRETS)) && orders(words, PASS_ON)
            || any(words, &[" install "]) && any(words, QUIETLY) && any(words, PERSON);
    // What an eye does not make out is kept from nobody.
    let person = any(&words.replace(" human eye", " eye"), PERSON);
    let conceals = any(words, CONCEAL) && person || quietly;
    let header = any(words, &[" header", " bearer ", " authorization"]);
    let passes = any(words, SECRETS) && orders(words, PASS_ON) && any(words, AWAY) && commands && !negated && !header;
    let reaches = passes
        && any(
            words,
            &[
                " read ",
                " contents ",
                " content of ",
                " all ",
                " any ",
                " every ",
                " user's ",
                " their ",
                " cat ",
                " collect ",
                " find ",
                " conversation ",
                " gather ",
                " whole ",
                " full ",
            ],
        );
    if reaches || passes && (hidden || conceals) {
        return Some(("prompt-injection", Severity::Critical, "it tells an agent to read secrets and pass them on"));
    }
    if conceals
        && (any(words, SECRETS)
            || any(words, PASS_ON)
            || any(
                words,
                &[
                    " run ",
                    " execute ",
                    " call ",
                    " this step",
                    " this tool",
                    " delete ",
                    " install ",
                    " that you ",
                    " this ",
                ],
            ))
        && !any(words, &[" do not show stack", " not show errors"])
    {
        let severity = if hidden { Severity::Critical } else { Severity::High };
        return Some(("prompt-injection", severity, "it tells an agent to keep something from the user"));
    }
    const SKIP: &[&str] = &[
        " without asking ",
        " without confirm",
        " do not ask for confirm",
        " do not ask the user",
        " without approval",
        " skip confirmation",
        " without permission ",
        " never ask for confirm",
        " without user confirm",
        " do not ask for permission",
    ];
    const POWER: &[&str] = &[
        " run ",
        " execute ",
        " delete ",
        " install ",
        " shell",
        " sudo",
        " curl",
        " transfer ",
        " approve ",
        " grant ",
        " modify your",
        " disable ",
        " any command",
        " push ",
    ];
    if any(words, SKIP)
        && any(words, POWER)
        && !gives_leave(words)
        && !any(
            words,
            &[
                " never run ",
                " never execute ",
                " never delete ",
                " do not run ",
                " do not delete ",
                " do not execute ",
                " never install ",
                " never push ",
                " do not push ",
                " must not ",
                " should not ",
                " never ",
            ],
        )
    {
        return Some(("prompt-injection", Severity::High, "it tells an agent to act without asking"));
    }
    shadowing(words, commands).or_else(|| {
        let speaks = any(
            words,
            &[
                " you must ",
                " you are now ",
                " assistant ",
                " ai agent",
                " ai model",
                " model must ",
                " agent must ",
                " as an ai",
            ],
        );
        let acts = any(words, POWER) || any(words, SECRETS) || any(words, PASS_ON);
        (hidden && speaks && acts).then_some((
            "prompt-injection",
            Severity::High,
            "an instruction to agents stands where people do not see it",
        ))
    })
}

/// A tool that speaks of other tools: to come before them, or in their place.
fn shadowing(words: &str, commands: bool) -> Option<(&'static str, Severity, &'static str)> {
    let before = any(
        words,
        &[
            " before using any ",
            " before calling any ",
            " before any other ",
            " before every ",
            " before using other",
            " before calling other",
        ],
    ) && any(words, &[" tool", " call "]);
    let instead = any(words, &[" instead of "])
        && any(words, &[" the other ", " any other ", " original ", " built in ", " always ", " never use "])
        && words.contains(" tool");
    let changes = any(
        words,
        &[
            " when the tool ",
            " when using the ",
            " when using ",
            " whenever ",
            " when send_",
            " when calling the ",
            " whenever the ",
        ],
    ) && words.contains(" tool")
        && any(
            words,
            &[
                " must be changed ",
                " change the recipient",
                " replace the recipient",
                " all emails to ",
                " redirect ",
                " bcc ",
                " must send all",
            ],
        );
    if (before || instead) && commands && any(words, &[" must ", " always ", " never ", " required "]) || changes {
        return Some(("tool-shadowing", Severity::High, "it tells an agent how to use other tools than itself"));
    }
    None
}
