//! A sentence, read so that it can be asked: its words, the classes that they are of, what is ordered and what denied.

use super::lexicon::*;

/// A sentence, made to be asked.
#[derive(Default)]
pub(super) struct Said {
    /// Its words in lower case, each with a space on both sides; `,` stands for a pause.
    pub(super) words: String,
    /// Whether it holds a place that something can be sent to, as such: an address of a page, of a mailbox, a number.
    pub(super) address: bool,
    /// Which of the classes of words it has, a bit for each.
    classes: u64,
}

/// Finds words of all classes in one pass, and knows which class each is of.
struct Finder {
    search: aho_corasick::AhoCorasick,
    classes: Vec<u32>,
}

fn finder() -> Option<&'static Finder> {
    static FINDER: std::sync::LazyLock<Option<Finder>> = std::sync::LazyLock::new(|| {
        let all = || CLASSES.iter().zip(0_u32..).flat_map(|(list, at)| list.split('|').map(move |word| (word, at)));
        let search = aho_corasick::AhoCorasick::new(all().map(|(word, _)| word)).ok()?;
        Some(Finder { search, classes: all().map(|(_, at)| at).collect() })
    });
    FINDER.as_ref()
}

impl Said {
    /// Reads a sentence.
    pub(super) fn of(raw: &str) -> Self {
        let lower = raw.to_lowercase().replace("\\n", " ").replace('\u{2019}', "'");
        let mut words = String::from(" ");
        let mut address = false;
        for chunk in lower.split(|c: char| c.is_whitespace() || matches!(c, '\u{2014}' | '|' | '(' | ')' | '[' | ']')) {
            let pauses = chunk.ends_with([',', ';', ':']);
            let word = chunk.trim_matches(|c: char| {
                !(c.is_alphanumeric() || matches!(c, '.' | '/' | '~' | '<' | '>' | '-' | '+' | '_' | '@' | '$'))
            });
            let word = word.trim_end_matches('.').trim_matches('_');
            address |= is_address(word);
            let plain = !word.starts_with('-') && !word.contains(['/', '=', '@', '.']);
            match word {
                "" | "-" => {}
                "don't" | "dont" => words.push_str("do not "),
                "can't" => words.push_str("cannot "),
                "won't" => words.push_str("will not "),
                _ if plain && word.ends_with("n't") => {
                    words.push_str(word.trim_end_matches("n't"));
                    words.push_str(" not ");
                }
                _ if plain => {
                    words.push_str(&word.replace('-', " "));
                    words.push(' ');
                }
                _ => {
                    words.push_str(word);
                    words.push(' ');
                }
            }
            if pauses {
                words.push_str(", ");
            }
        }
        let mut classes = 0;
        if let Some(finder) = finder() {
            for found in finder.search.find_overlapping_iter(&words) {
                classes |= finder.classes.get(found.pattern().as_usize()).map_or(0, |at| 1_u64 << at);
            }
        }
        Self { words, address, classes }
    }

    /// Whether words of a list may be in it. Of a list that is no class, that is not known before it is looked at.
    pub(super) fn may_have(&self, parts: &str) -> bool {
        let class = CLASSES.iter().position(|class| std::ptr::eq(*class, parts));
        class.is_none_or(|at| self.classes >> at & 1 == 1)
    }

    pub(super) fn has(&self, parts: &str) -> bool {
        self.may_have(parts) && parts.split('|').any(|part| self.words.contains(part))
    }

    /// Whether one of the words is wanted: an order that nothing in front of it denies.
    pub(super) fn wants(&self, verbs: &str) -> bool {
        self.may_have(verbs)
            && verbs.split('|').any(|verb| {
                self.words.match_indices(verb).any(|(at, _)| {
                    let before = self.words.get(..at).unwrap_or_default();
                    is_ordered(before) && !is_denied(before)
                })
            })
    }

    /// Whether one of the words stands there and nothing in front of it denies it; who does it is not asked.
    pub(super) fn says(&self, parts: &str) -> bool {
        self.may_have(parts)
            && parts.split('|').any(|part| {
                self.words.match_indices(part).any(|(at, _)| !is_denied(self.words.get(..at).unwrap_or_default()))
            })
    }

    /// Whether one of the second follows one of the first within so many words.
    pub(super) fn near(&self, first: &str, second: &str, within: usize) -> bool {
        self.may_have(first)
            && self.may_have(second)
            && first.split('|').any(|one| {
                self.words.match_indices(one).any(|(at, _)| {
                    let after = self.words.get(at + one.trim_end().len()..).unwrap_or_default();
                    any(&first_words(after, within), second)
                })
            })
    }

    /// The same, when the first is wanted.
    pub(super) fn wants_near(&self, first: &str, second: &str, within: usize) -> bool {
        self.may_have(first)
            && self.may_have(second)
            && first.split('|').any(|one| {
                self.words.match_indices(one).any(|(at, _)| {
                    let before = self.words.get(..at).unwrap_or_default();
                    let after = self.words.get(at + one.trim_end().len()..).unwrap_or_default();
                    is_ordered(before) && !is_denied(before) && any(&first_words(after, within), second)
                })
            })
    }

    pub(super) fn with(&self, next: &Said) -> Said {
        Said {
            words: format!("{}. {}", self.words, next.words),
            address: self.address || next.address,
            classes: self.classes | next.classes,
        }
    }
}

pub(super) fn any(text: &str, parts: &str) -> bool {
    parts.split('|').any(|part| text.contains(part))
}

pub(super) fn first_words(text: &str, count: usize) -> String {
    let mut out = String::from(" ");
    for word in text.split_ascii_whitespace().take(count).take_while(|word| *word != ".") {
        out.push_str(word);
        out.push(' ');
    }
    out
}

pub(super) fn is_address(word: &str) -> bool {
    let mailbox = word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !name.contains('/')
            && host.contains('.')
            && host.len() > 3
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'/'))
            && !host.contains("ver")
    });
    // Nobody can own the names that documents take for examples.
    let mailbox = mailbox && !["@example.com", "@example.org", "@test.com"].iter().any(|one| word.contains(one));
    let number = word.strip_prefix('+').is_some_and(|rest| rest.len() > 6 && rest.bytes().all(|b| b.is_ascii_digit()));
    let own = ["://localhost", "://127.", "://0.0.0.0"].iter().any(|one| word.contains(one));
    mailbox || number || word.contains("://") && !own
}

/// Whether what comes next is an order, and no name, no purpose and nothing that somebody may do.
pub(super) fn is_ordered(before: &str) -> bool {
    let mut words = before.split_ascii_whitespace().rev();
    match words.next() {
        Some("to") => words.next().is_some_and(|word| {
            matches!(word, "sure" | "remember" | "need" | "have" | "has" | "required" | "important" | "want" | "you")
                || matches!(word, "them" | "user" | "agent" | "assistant" | "model" | "it" | "tool")
        }),
        Some(last) => !is_in(NO_ORDER, last),
        None => true,
    }
}

/// Whether what comes next is denied. Not to tell somebody of a thing does not deny the thing.
pub(super) fn is_denied(before: &str) -> bool {
    let mut near: Vec<&str> = before.split_ascii_whitespace().rev().take(7).collect();
    near.reverse();
    near.iter().enumerate().any(|(at, word)| {
        let rest = near.get(at + 1..).unwrap_or_default();
        let denies = is_in(NEGATORS, word) || *word == "rather" || *word == "instead";
        let kept_from = rest.iter().take(3).any(|next| is_in(TELLING, next) || is_in(ASKING, next));
        let turned = rest.iter().any(|next| matches!(*next, "but" | "." | "just" | "simply"));
        denies && !kept_from && !turned
    })
}
