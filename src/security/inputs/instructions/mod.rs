//! Instructions to agents in descriptions, manifests, skills and documents.
//!
//! What makes an attack is not a word. It is a sentence that speaks *to* whoever reads it as an agent and wants
//! one of a few things: that earlier instructions are forgotten, that something is kept from the user, that
//! secrets are read and passed on, that another tool is replaced or always called first, that confirmation is
//! skipped. A sentence that warns of this, quotes it, or lists it as a pattern is none. What stands in a comment of
//! HTML is not shown to people, so nothing there speaks to them.

mod aims;
mod context;
mod dark;
mod intent;
mod kinds;
mod lexicon;
mod manners;
mod phrases;
mod said;
mod signs;
mod weighed;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use context::{in_comment, is_about_attacks, is_quoted_attack};
use intent::gives_leave;
pub(in crate::security::inputs) use intent::judge_text;
use said::Said;
use signs::Signs;

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
            let read = read(text);
            acquit(&read, &mut judged);
            judge_aims(&read, Weighs::Passages, &mut judged);
            judge_steps(text, &mut judged);
        }
        judged
    }
}

/// What a text wants that agents are told by code. The weights come from documents and prompts, so that passages of other
/// texts, such as what code says of itself, are not found by them, and only acquitted.
pub(super) fn told(text: &str, is_prompt: bool) -> Vec<super::Observation> {
    let mut judged = Judged::default();
    judge_text(text, &mut judged);
    let read = read(text);
    acquit(&read, &mut judged);
    judge_aims(&read, if is_prompt { Weighs::Passages } else { Weighs::Doubts }, &mut judged);
    judged.observations
}

/// Whether a text is written for agents to follow: a skill, a rule, a prompt, the description of tools.
fn is_for_agents(path: &str, text: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or_default();
    let prose =
        [".md", ".mdc", ".mdx", ".txt", ".prompt", ".j2", ".yaml", ".yml"].iter().any(|end| name.ends_with(end));
    let by_name = matches!(
        stem,
        "skill"
            | "agents"
            | "claude"
            | "gemini"
            | "cursorrules"
            | "windsurfrules"
            | "clinerules"
            | "roorules"
            | "goosehints"
            | "agent"
            | "memory"
    ) && (prose || name.starts_with('.'))
        || prose && ["prompt", "prompts", "instructions", "persona"].iter().any(|word| stem.ends_with(word))
        || prose && ["prompt_", "system_prompt", "system-prompt"].iter().any(|word| stem.starts_with(word))
        || name.ends_with(".aether");
    let by_folder = ["skills", "agents", "commands", "prompts", "memory", "memories", "personas", ".cursor", ".claude"]
        .iter()
        .any(|one| path.split('/').rev().skip(1).any(|part| part == *one))
        && prose;
    let mut end = text.len().min(400);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or_default();
    let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    let is_skill = head.starts_with("---") && head.contains("name:") && head.contains("description:");
    let spoken_to = ["You are a", "You are an", "You are the", "SYSTEM:", "System:", "<system"];
    let is_prompt = prose && spoken_to.iter().any(|word| head.contains(word));
    let settings = [".json", ".yaml", ".yml", ".toml"].iter().any(|end| name.ends_with(end));
    let is_tools = settings
        && (has("\"description\"") && (has("\"inputSchema\"") || has("\"parameters\"") || head.contains("\"name\""))
            || ["system_prompt", "systemPrompt", "backstory", "instructions"].iter().any(|key| is_key(text, key)));
    by_name || by_folder || is_skill || is_prompt || is_tools
}

/// Whether a word is the key of something in JSON, YAML or TOML.
fn is_key(text: &str, word: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), word).any(|at| {
        let after = text.get(at + word.len()..).unwrap_or_default();
        let after = after.strip_prefix('"').unwrap_or(after).trim_start_matches(' ');
        let alone = text
            .get(..at)
            .is_some_and(|before| before.ends_with(['"', ' ', '\n', '\t', '{', ',']) || before.is_empty());
        alone && after.starts_with([':', '='])
    })
}

/// A sentence as it was read; none that speaks of attacks or stands in code.
struct Read {
    start: usize,
    end: usize,
    hidden: bool,
    said: Said,
    signs: Signs,
    /// Whether it is a row of a table in which a private file stands beside a place to send it to.
    gives: bool,
    /// What it is weighed by, when it is weighed.
    traits: OnceCell<BTreeSet<String>>,
}

/// What is asked of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weighs {
    /// What passages are orders, and whether what single words find is believed.
    Passages,
    /// Whether what single words find is believed.
    Doubts,
    #[cfg(test)]
    Nothing,
}

impl Weighs {
    /// Whether what single words find is believed without them.
    const fn nothing(self) -> bool {
        !matches!(self, Self::Passages | Self::Doubts)
    }
}

/// Takes back what the words of a sentence told alone where all that is said around it is far from an order
/// against the user. Comments that are hidden from people are not acquitted.
fn acquit(read: &[Option<Read>], judged: &mut Judged) {
    judged.observations.retain(|seen| {
        let at =
            read.iter().position(|one| one.as_ref().is_some_and(|one| one.start <= seen.start && seen.start < one.end));
        // Tools in front of all others are no matter of tone.
        seen.rule != "prompt-injection" || at.is_none_or(|at| is_believed(read, at))
    });
}

/// Whether what was found in a sentence is believed, with what is said around it.
fn is_believed(read: &[Option<Read>], at: usize) -> bool {
    read.get(at).is_some_and(|one| one.as_ref().is_some_and(|one| one.hidden)) || weighed::may_be_order(read, at)
}

/// Asks the sentences of a text what they want, each with those that follow.
fn judge_aims(read: &[Option<Read>], weighs: Weighs, judged: &mut Judged) {
    let told: Vec<(usize, usize)> = judged.observations.iter().map(|seen| (seen.start, seen.end)).collect();
    let nothing = Said::default();
    let mut done = 0;
    for (at, first) in read.iter().enumerate() {
        let Some(first) = first else { continue };
        let known = told.iter().any(|(from, to)| *from < first.end && first.start < *to) || first.start < done;
        if known {
            continue;
        }
        let next = read.get(at + 1).and_then(Option::as_ref);
        let row = first.gives.then_some((aims::TAKES, first.end));
        let pair = aims::of(&first.said, next.map_or(&nothing, |next| &next.said), first.hidden);
        let found = pair.map(|aim| (aim, first.end)).or_else(|| together(read, at));
        let found = found.filter(|_| weighs.nothing() || is_believed(read, at));
        let found = row.or(found);
        if let Some(((rule, severity, message), end)) = found {
            judged.see(rule, first.start..end, severity, Confidence::Medium, message);
            done = end;
        } else if let Some((message, end)) = (weighs == Weighs::Passages).then(|| weighed::passage(read, at)).flatten()
        {
            judged.see("prompt-injection", first.start..end, Severity::High, Confidence::Medium, message);
            done = end;
        }
    }
}

/// Sentences that are asked together, at most.
const WINDOW: usize = 3;

/// Sentences that are asked together have at most so many bytes: in a long one much stands together by chance.
const MAX_PASSAGE: usize = 700;

/// What a sentence wants together with the few that follow, and where the last of them ends.
fn together(read: &[Option<Read>], at: usize) -> Option<(aims::Aim, usize)> {
    let mut signs = Signs::default();
    let mut hidden = false;
    let mut length = 0;
    for one in read.get(at..)?.iter().take(WINDOW) {
        let one = one.as_ref()?;
        length += one.end - one.start;
        if length > MAX_PASSAGE && !one.hidden {
            return None;
        }
        signs = signs.with(one.signs);
        hidden |= one.hidden;
        if let Some(aim) = signs::aim_of(signs, hidden) {
            return Some((aim, one.end));
        }
    }
    None
}

/// Takes a text apart. What ends a passage stands in between as none.
fn read(text: &str) -> Vec<Option<Read>> {
    let may_hide = ["<!--", "[//]: #", "[comment]: #", "style="].iter().any(|mark| text.contains(mark));
    let blocks = code_blocks(text);
    let mut all = Vec::new();
    let mut last = 0;
    for (start, end) in sentences(text) {
        // Code is no sentence, and ends the one that stands in front of it.
        let block = blocks.get(blocks.partition_point(|(_, to)| *to <= start)).filter(|(from, _)| *from < end);
        let end = block.map_or(end, |(from, _)| *from);
        if text.get(last..start).is_some_and(|between| between.contains('#')) {
            all.push(None);
        }
        last = end.max(start);
        if end <= start {
            all.push(None);
            continue;
        }
        let raw = text.get(start..end).unwrap_or_default();
        let hidden = may_hide && in_comment(text, start);
        if !hidden && is_quoted_attack(text, start, raw) {
            all.push(None);
            continue;
        }
        let said = Said::of(raw);
        let signs = Signs::of(&said.words, raw);
        let leave = gives_leave(&said.words);
        let signs = if leave { Signs::default() } else { signs };
        let gives = !leave && is_giving_row(raw, &said);
        let about = leave || !hidden && is_about_attacks(text, start, raw);
        let said = if about { Said::default() } else { said };
        let gives = gives && !about;
        all.push(Some(Read { start, end, hidden, said, signs, gives, traits: OnceCell::new() }));
    }
    all
}

/// Whether a row of a table says that what a private file holds goes somewhere: rows have no verbs.
fn is_giving_row(raw: &str, said: &Said) -> bool {
    let row = raw.matches('|').count() >= 2 && said.address;
    let file = ["~/.ssh/id_", "~/.aws/credentials", "~/.netrc", "~/.git-credentials", "~/.kube/config", "/etc/shadow"];
    row && said.has(" content| contents | body | header| value of | plus | with ")
        && file.iter().any(|file| said.words.contains(file))
        && !said.has(" never | not | no | without | forbidden | denied | blocked ")
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

/// The sentence around an offset: up to a stop that ends one, an empty line or an item of a list.
fn sentence(text: &str, at: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let stops = |index: usize| {
        let next = bytes.get(index + 1).copied().unwrap_or(b'\n');
        match bytes[index] {
            // The stops of Chinese and Japanese: the last byte of `。`, `！` and `？`.
            0x82 => bytes[..index].ends_with(b"\xE3\x80"),
            0x81 | 0x9F => bytes[..index].ends_with(b"\xEF\xBC"),
            b'.' | b'!' | b'?' => next.is_ascii_whitespace() || matches!(next, b'"' | b'\'' | b'<'),
            b'\n' => matches!(next, b'\n' | b'-' | b'*' | b'#' | b'|' | b'>' | b'\r') || next.is_ascii_digit(),
            b'"' => matches!(next, b',' | b'\n'),
            // A new line within a text of JSON.
            b'\\' => next == b'n',
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

/// The sentences in which single words and families of them find something, before anything is weighed.
#[cfg(test)]
fn aims_by_words(text: &str, read: &[Option<Read>]) -> Vec<usize> {
    let mut judged = Judged::default();
    judge_text(text, &mut judged);
    judge_aims(read, Weighs::Nothing, &mut judged);
    let severe = judged.observations.iter().filter(|seen| seen.severity >= Severity::High);
    let place = |start: usize| {
        read.iter().position(|one| one.as_ref().is_some_and(|one| one.start <= start && start < one.end))
    };
    severe.filter_map(|seen| place(seen.start)).collect()
}
