//! Instructions to agents in descriptions, manifests, skills and documents.
//!
//! What makes an attack is not a word. It is a sentence that speaks *to* whoever reads it as an agent and wants
//! one of a few things: that earlier instructions are forgotten, that something is kept from the user, that
//! secrets are read and passed on, that another tool is replaced or always called first, that confirmation is
//! skipped. A sentence that warns of this, quotes it, or lists it as a pattern is none. What stands in a comment of
//! HTML is not shown to people, so nothing there speaks to them.

#[rustfmt::skip]
mod aims;
#[rustfmt::skip]
mod lexicon;

use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::{Confidence, Severity};

/// Sentences are looked at up to this many bytes.
const MAX_SENTENCE: usize = 1_200;

pub(super) struct Instructions;

impl Analyser for Instructions {
    fn id(&self) -> &'static str {
        "instructions"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        matches!(input.kind, Kind::Document | Kind::Data | Kind::Npm | Kind::Aether) && input.text.is_some()
    }

    fn analyse(&self, input: &Input<'_>, _: Terms<'_>) -> Judged {
        let mut judged = Judged::default();
        let text = input.text.unwrap_or_default();
        judge_text(text, &mut judged);
        if is_for_agents(input.path, text) {
            judge_aims(text, &mut judged);
            judge_steps(text, &mut judged);
        }
        judged
    }
}

/// Whether a text is written for agents to follow: a skill, a rule, a prompt, the description of tools.
fn is_for_agents(path: &str, text: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    let by_name =
        matches!(name, "skill.md" | "agents.md" | "claude.md" | "gemini.md" | ".cursorrules" | ".windsurfrules")
            || name.ends_with(".mdc")
            || name.ends_with(".prompt");
    let by_folder = ["skills", "agents", "commands", "prompts"]
        .iter()
        .any(|one| path.split('/').rev().skip(1).any(|part| part == *one))
        && name.ends_with(".md");
    let head = text.get(..text.len().min(400)).unwrap_or_default();
    let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    let is_skill = head.starts_with("---") && head.contains("name:") && head.contains("description:");
    let is_tools = name.ends_with(".json")
        && has("\"description\"")
        && (has("\"inputSchema\"") || has("\"parameters\"") || head.contains("\"name\""));
    by_name || by_folder || is_skill || is_tools
}

/// Asks each two neighbouring sentences of a text what they want.
pub(super) fn judge_aims(text: &str, judged: &mut Judged) {
    if !aims::may_want(text) {
        return;
    }
    let told: Vec<(usize, usize)> = judged.observations.iter().map(|seen| (seen.start, seen.end)).collect();
    let may_hide = ["<!--", "[//]: #", "[comment]: #", "style="].iter().any(|mark| text.contains(mark));
    let mut next = aims::Said::default();
    let blocks = code_blocks(text);
    // Backwards, so that each sentence is taken apart once.
    for &(start, end) in sentences(text).iter().rev() {
        // Code is no sentence, and ends the one that stands in front of it.
        let block = blocks.get(blocks.partition_point(|(_, to)| *to <= start)).filter(|(from, _)| *from < end);
        let end = block.map_or(end, |(from, _)| *from);
        if end <= start {
            next = aims::Said::default();
            continue;
        }
        let raw = text.get(start..end).unwrap_or_default();
        let hidden = may_hide && in_comment(text, start);
        if !hidden && is_about_attacks(text, start, raw) {
            next = aims::Said::default();
            continue;
        }
        let own = aims::Said::of(raw);
        let known = told.iter().any(|(from, to)| *from < end && start < *to);
        if !known && let Some((rule, severity, message)) = aims::of(&own, &next, hidden) {
            judged.see(rule, start..end, severity, Confidence::Medium, message);
        }
        next = own;
    }
}

/// The sentences of a text, in their order.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let Some(skip) = rest.find(|c: char| c.is_alphanumeric() || matches!(c, '<' | '`' | '~' | '[')) else { break };
        let (_, end) = sentence(text, at + skip);
        all.push((at + skip, end.max(at + skip)));
        at = end.max(at + skip + rest.get(skip..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    }
    all
}

/// Where blocks of code begin and end that is no text and no shell.
fn code_blocks(text: &str) -> Vec<(usize, usize)> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            open = match open.take() {
                Some((from, true)) => {
                    blocks.push((from, at));
                    None
                }
                Some(_) => None,
                None => {
                    let language = language.trim().to_ascii_lowercase();
                    let prose =
                        ["", "text", "txt", "md", "markdown", "prompt", "bash", "sh", "shell", "console", "zsh"];
                    Some((at, !prose.contains(&language.as_str())))
                }
            };
        }
        at += line.len();
    }
    blocks
}

/// Judges the commands that a text tells an agent to run, in blocks and within sentences.
fn judge_steps(text: &str, judged: &mut Judged) {
    let mut at = 0;
    let mut open: Option<(usize, bool)> = None;
    for line in text.split_inclusive('\n') {
        if let Some(language) = line.trim().strip_prefix("```") {
            open = match open.take() {
                Some((from, shell)) => {
                    if shell {
                        judge_commands(text, from, at, judged);
                    }
                    None
                }
                None => {
                    let shell = matches!(language.trim(), "bash" | "sh" | "shell" | "zsh" | "console" | "");
                    Some((at + line.len(), shell))
                }
            };
        } else if open.is_none() && line.contains('`') {
            let mut from = at;
            for (index, part) in line.split('`').enumerate() {
                if index % 2 == 1 && part.contains(' ') {
                    judge_commands(text, from, from + part.len(), judged);
                }
                from += part.len() + 1;
            }
        }
        at += line.len();
    }
}

/// Judges a piece of a text as a script; what is not bad in a script is nothing in a text.
fn judge_commands(text: &str, from: usize, to: usize, judged: &mut Judged) {
    let script = text.get(from..to).unwrap_or_default();
    if script.trim().is_empty() || is_about_attacks(text, from, script) {
        return;
    }
    let mut steps = Judged::default();
    super::shell::judge_script(script, from, &mut steps);
    let bad = |seen: &super::Observation| seen.severity >= Severity::High;
    judged.observations.extend(steps.observations.into_iter().filter(bad));
}

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
pub(super) fn judge_text(text: &str, judged: &mut Judged) {
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
        if !hidden && is_about_attacks(text, start, raw) {
            continue;
        }
        let words = words(raw);
        if let Some((rule, severity, message)) = intent(&words, hidden) {
            judged.see(rule, start..end, severity, Confidence::High, message);
        }
    }
}

/// The sentence around an offset: up to a stop that ends one, an empty line or an item of a list.
fn sentence(text: &str, at: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let stops = |index: usize| {
        let next = bytes.get(index + 1).copied().unwrap_or(b'\n');
        match bytes[index] {
            b'.' | b'!' | b'?' => next.is_ascii_whitespace() || matches!(next, b'"' | b'\'' | b'<'),
            b'\n' => matches!(next, b'\n' | b'-' | b'*' | b'#' | b'|' | b'>' | b'\r') || next.is_ascii_digit(),
            b'"' => matches!(next, b',' | b'\n'),
            _ => false,
        }
    };
    let least = at.saturating_sub(MAX_SENTENCE / 2);
    let mut start = at;
    while start > least && !stops(start - 1) {
        start -= 1;
    }
    let most = bytes.len().min(at + MAX_SENTENCE / 2);
    let mut end = at;
    while end < most && !stops(end) {
        end += 1;
    }
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (start, end.max(start))
}

/// Whether people do not see what stands at a place: in a comment of HTML or Markdown, or in an element that a style
/// hides.
fn in_comment(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let opened = before.rfind("<!--");
    if opened.is_some_and(|open| before.rfind("-->").is_none_or(|close| close < open)) {
        return true;
    }
    let line = before.rsplit('\n').next().unwrap_or_default();
    // `[//]: # (…)` is how Markdown is made to hold a comment.
    line.starts_with("[//]: #") || line.starts_with("[comment]: #") || in_hidden_element(before)
}

/// So far in front of a text the element is looked for that hides it.
const MAX_ELEMENT: usize = 1_000;

fn in_hidden_element(before: &str) -> bool {
    let mut from = before.len().saturating_sub(MAX_ELEMENT);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let near = before.get(from..).unwrap_or_default();
    let Some((_, tail)) = near.rsplit_once("style=") else { return false };
    let Some((style, inside)) = tail.split_once('>') else { return false };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let hides = [
        "display:none",
        "visibility:hidden",
        "font-size:0",
        "font-size:1px",
        "opacity:0;",
        "opacity:0\"",
        "color:white",
        "color:#fff",
        "color:transparent",
        "left:-999",
        "height:0",
    ];
    hides.iter().any(|word| style.contains(word)) && !inside.contains("</")
}

/// Whether a sentence speaks of attacks instead of being one: it quotes what it names, denies it, or stands under
/// words that say so.
fn is_about_attacks(text: &str, start: usize, sentence: &str) -> bool {
    let lower = sentence.to_ascii_lowercase();
    let quoted = ['"', '`', '\u{201c}', '\u{ab}'].iter().any(|quote| {
        let inside: usize = sentence.split(*quote).skip(1).step_by(2).map(str::len).sum();
        inside * 4 > sentence.len() && sentence.matches(*quote).count() >= 2
    });
    let about = [
        "attack",
        "injection",
        "malicious",
        "adversar",
        "attempt",
        "jailbreak",
        "such as",
        "for example",
        "e.g.",
        "detect",
        "reject",
        "refuse",
        "phrases like",
        "test case",
        "warn",
        "vulnerab",
        "should not be able",
        "untrusted",
        "beware",
        "never follow",
        "do not follow",
        "pattern",
        "exploit",
        "threat",
        "red team",
        "prevent",
        "protect",
        "avoid ",
    ];
    let names_it = about.iter().any(|word| lower.contains(word));
    let mut at = start.saturating_sub(240);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    let before = text.get(at..start).unwrap_or_default().to_ascii_lowercase();
    let context =
        ["attack", "injection", "malicious", "example of", "deny", "blocked", "reject", "adversar", "jailbreak"]
            .iter()
            .any(|word| before.contains(word));
    names_it
        || (quoted && context)
        || (context && before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*')).ends_with(':'))
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
    let conceals = any(words, CONCEAL) && any(words, PERSON) || quietly;
    let passes = any(words, SECRETS) && orders(words, PASS_ON) && any(words, AWAY) && commands && !negated;
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
