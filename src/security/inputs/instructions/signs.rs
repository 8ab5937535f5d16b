//! Signs in what agents are told, and which of them together are an aim.
//!
//! A sign is a family of ways to say one thing, in several languages: that something private is meant, that it is
//! moved, that it leaves, that nobody is to know, that nobody is asked, that somebody else's words are orders. One
//! sign is nothing. [`TOGETHER`] says which belong to an attack when they stand in a few sentences that follow one
//! another. A clause that is denied ("never send …") gives no sign, unless what it denies is to tell or to ask.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::aims::Aim;
use super::manners::MANNERS;
use super::phrases::DEEDS_AND_THINGS;
use crate::model::Severity;

/// What a family of ways says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Sign {
    /// What is private without a doubt: keys, files of credentials, words that restore a wallet.
    Secret,
    /// What may be a secret: tokens, passwords, the environment.
    Credential,
    /// What belongs to a person: what was said, mail, documents, code.
    Personal,
    /// Something is moved or handed over.
    Moves,
    /// Words for places outside.
    Outside,
    /// A field of a call.
    Slot,
    /// All of it.
    Whole,
    /// Nobody is to know.
    Hush,
    /// Nobody is asked.
    Unasked,
    /// Somebody is asked; what is shown or agreed upon.
    Care,
    /// Orders that count are put aside.
    Override,
    /// A claim to speak for somebody who may give orders.
    Authority,
    /// Words are done as they say.
    Obeys,
    /// Where others write.
    Elsewhere,
    /// Fetched and run.
    FetchAndRun,
    /// Places that last.
    Lasting,
    /// A key or an account that is written out.
    Literal,
    /// Whom something goes to is exchanged.
    Swaps,
    /// Tools of others.
    Others,
    /// Others are talked down.
    Rivals,
    /// Money is spent.
    Money,
    /// Something is destroyed.
    Destroys,
    /// A guard is passed by.
    Unguards,
    /// What is known to be untrue is said.
    Lies,
    /// What is asked of people and never honestly.
    AskedOfPeople,
    /// Somebody is asked for something.
    Asks,
    /// Every time.
    Always,
    /// A reason that explains nothing.
    Pretext,
    /// A script of somebody else is put into pages.
    ForeignScript,
    /// A picture whose address carries something.
    Picture,
    /// It speaks to a model as such.
    Addressed,
    /// Telling is denied, whatever it is about.
    Silence,
    /// What to say when somebody wonders.
    Excuse,
    /// Something is looked at or taken.
    Takes,
    /// Rights are given.
    Grants,
    /// Somebody behind the text is spoken of.
    Partners,
    /// An address.
    Link,
    /// An address that something goes to.
    LinkTo,
    /// A mark that sets a text off from what people read.
    Mark,
    /// At once.
    Urgent,
    /// Something is let through.
    Approves,
    /// Something is put in the place of something else.
    Replaces,
}

const fn bit(sign: Sign) -> u64 {
    1 << sign as u64
}

/// What was found in one sentence or in several together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signs(u64);

impl Signs {
    /// Reads the words of a sentence, as [`super::said::Said`] has them, and what it is in the raw.
    pub(super) fn of(words: &str, raw: &str) -> Self {
        let asserted = asserted(words);
        let mut signs = 0;
        for (family, search) in FINDER.iter().flatten() {
            let text = match family.reads {
                Reads::Asserted => &asserted,
                Reads::All => words,
                Reads::Raw => raw,
            };
            // An option and what it does, as a list of options has it.
            if family.sign == Sign::Unasked && words.contains(" --yes") && words.contains(" skip ") {
                continue;
            }
            if search.is_match(text) {
                signs |= bit(family.sign);
            }
        }
        Self(signs)
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The names of the signs that were found.
    pub(super) fn names(self) -> impl Iterator<Item = String> {
        let found: BTreeSet<String> = families().filter(|one| self.has(one.sign)).map(Family::name).collect();
        found.into_iter()
    }

    /// The names of all signs.
    #[cfg(test)]
    pub(super) fn known() -> impl Iterator<Item = String> {
        families().map(Family::name)
    }

    fn has(self, sign: Sign) -> bool {
        self.0 & bit(sign) != 0
    }

    fn any(self, signs: &[Sign]) -> bool {
        signs.iter().any(|sign| self.has(*sign))
    }

    fn all(self, signs: &[Sign]) -> bool {
        signs.iter().all(|sign| self.has(*sign))
    }
}

/// Which text a family is looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    /// The words without clauses that are denied.
    Asserted,
    /// All the words: the family is about denying.
    All,
    /// The text as it was written.
    Raw,
}

/// Ways to say one thing.
pub(super) struct Family {
    pub(super) sign: Sign,
    pub(super) reads: Reads,
    /// A regular expression over words in lower case with single spaces around each.
    pub(super) pattern: &'static str,
}

/// All families, ready to be looked for.
static FINDER: LazyLock<Option<Vec<(&Family, Regex)>>> = LazyLock::new(|| {
    families().map(|family| family.search().map(|search| (family, search))).collect::<Result<_, _>>().ok()
});

fn families() -> impl Iterator<Item = &'static Family> {
    DEEDS_AND_THINGS.iter().chain(MANNERS)
}

impl Family {
    fn name(&self) -> String {
        format!("{:?}", self.sign)
    }

    /// Compiles the pattern.
    ///
    /// The classes of Unicode have hundreds of ranges, and the families repeat them hundreds of times: they alone took
    /// fifty megabytes and most of a tenth of a second in every run that met an agent. Beyond ASCII every character
    /// counts as a letter here, but for marks and pauses.
    fn search(&self) -> Result<Regex, regex::Error> {
        const SHORT: [(&str, &str); 5] = [
            (r"\w", r"[0-9A-Za-z_\x{80}-\x{1fff}\x{2070}-\x{2fff}\x{3040}-\x{fdff}]"),
            (r"\S", r"[^ \t\r\n]"),
            (r"\s", r"[ \t\r\n]"),
            (r"\d", "[0-9]"),
            (r"\b", r"(?-u:\b)"),
        ];
        let pattern = SHORT.iter().fold(self.pattern.to_owned(), |all, (long, short)| all.replace(long, short));
        Regex::new(&pattern)
    }
}

/// Words that deny what follows.
const DENIERS: &[&str] = &[
    "never", "not", "cannot", "no", "avoid", "without", "nobody", "refuse", "nor", "neither", "nie", "nunca", "jamais",
];

/// After a word that denies, these turn it: "not only …", "do not forget to …".
const TURNED: &[&str] =
    &["only", "longer", "matter", "later", "just", "forget", "fail", "hesitate", "omit", "skip", "neglect", "miss"];

/// After a word that denies, these deny what stood in front.
const DONE: &[&str] = &[
    "needed",
    "required",
    "necessary",
    "asked",
    "requested",
    "stored",
    "shared",
    "sent",
    "collected",
    "included",
    "logged",
    "passed",
    "printed",
    "transmitted",
    "uploaded",
];

/// Where a clause ends.
const CLAUSE_ENDS: &[&str] = &[",", ".", "but", "instead", "and", "then"];

/// The words without the clauses that are denied.
fn asserted(words: &str) -> String {
    let words = without_denied_cjk(words);
    let mut out = String::from(" ");
    let mut before = "";
    let mut all = words.split_ascii_whitespace().peekable();
    while let Some(word) = all.next() {
        let denies = DENIERS.contains(&word) && before != "or";
        if denies && all.peek().is_some_and(|next| DONE.contains(next)) {
            // "… is never asked for": what was said of it so far is denied.
            let clause = out.rfind([',', '.']).map_or(0, |at| at + 1);
            out.truncate(clause);
            out.push(' ');
        }
        if denies && !all.peek().is_some_and(|next| TURNED.contains(next)) {
            while all.next_if(|next| !CLAUSE_ENDS.contains(next)).is_some() {}
            continue;
        }
        out.push_str(word);
        out.push(' ');
        // What may be done, and what is a thing by its article, is no order.
        let possible = POSSIBLE.contains(&word) && before != "you";
        if possible || ARTICLES.contains(&word) {
            let named = |next: &&str| possible || DEEDS.contains(next);
            if all.next_if(|next| named(next)).is_some() {
                out.push_str("… ");
            }
        }
        before = word;
    }
    out
}

/// Words before what is possible.
const POSSIBLE: &[&str] = &["can", "may", "might", "could", "would", "optionally"];

/// Words before a thing, and before what somebody else does.
const ARTICLES: &[&str] = &[
    "the", "a", "an", "this", "its", "your", "their", "each", "every", "of", "which", "that", "they", "we", "it", "i",
    "does", "do", "did", "users", "will", "per", "on", "for", "by", "is", "are", "no", "who", "http", "git", "cannot",
];

/// Orders that are things as well.
const DEEDS: &[&str] = &[
    "post", "put", "upload", "supply", "hand", "pass", "report", "copy", "mirror", "leak", "email", "mail", "cc",
    "attach", "include", "insert", "fill", "push", "stream", "dump", "pipe", "curl", "write", "save", "store", "place",
    "transfer", "share", "add", "paste", "dispatch", "route", "archive", "request", "make", "create", "render", "send",
    "forward", "order", "purchase", "book", "upgrade", "trade", "tip", "bid", "bet", "stake", "checkout", "cart",
    "register",
];

/// The same for Chinese, which has no spaces: from the word that denies to the next pause.
fn without_denied_cjk(words: &str) -> std::borrow::Cow<'_, str> {
    static DENIED: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new("(不要|不得|禁止|请勿|切勿|不可|避免|绝不)[^，。；,.;]*").ok());
    DENIED.as_ref().map_or(words.into(), |denied| denied.replace_all(words, ""))
}

const fn aim(message: &'static str) -> Aim {
    ("prompt-injection", Severity::High, message)
}

const TAKES: Aim = ("prompt-injection", Severity::Critical, "it tells an agent to read secrets and pass them on");
const DARK: Aim = aim("it tells an agent to keep something from the user");
const PASSES_ON: Aim = aim("it tells an agent to pass on what belongs to the user");
const UNASKED: Aim = aim("it tells an agent to do what costs the user without asking");
const OVERRIDES: Aim = aim("it puts itself above what the user and the provider say");
const STRANGERS: Aim = aim("it tells an agent to obey what strangers write");
const LASTS: Aim = aim("it tells an agent to write orders where they last");
const DECEIVES: Aim = aim("it tells an agent to deceive people");
const ASKS_SECRETS: Aim = aim("it tells an agent to talk people out of their secrets");
const OPENS: Aim = aim("it tells an agent to give access or money to somebody else");
const RUNS: Aim = aim("it tells an agent to run what strangers serve");
const SHADOWS: Aim = ("tool-shadowing", Severity::High, "it tells an agent how to use other tools than itself");
const MARKED: Aim = aim("an instruction to agents stands in a mark that people skip");

/// Signs that make an aim together: all of the first, and one of the second where there are any.
struct Together {
    all: &'static [Sign],
    any: &'static [Sign],
    /// Whether somebody who is asked takes the harm out of it.
    asked: bool,
    aim: Aim,
}

const fn when(all: &'static [Sign], any: &'static [Sign], aim: Aim) -> Together {
    Together { all, any, asked: true, aim }
}

const fn always(all: &'static [Sign], any: &'static [Sign], aim: Aim) -> Together {
    Together { all, any, asked: false, aim }
}

use Sign::{
    Addressed, Always, Approves, AskedOfPeople, Asks, Authority, Credential, Destroys, Elsewhere, Excuse, FetchAndRun,
    ForeignScript, Grants, Hush, Lasting, Lies, Link, LinkTo, Literal, Mark, Money, Moves, Obeys, Others, Outside,
    Override, Partners, Personal, Picture, Pretext, Replaces, Rivals, Secret, Silence, Slot, Swaps, Takes, Unasked,
    Unguards, Urgent, Whole,
};

/// What belongs together.
const TOGETHER: &[Together] = &[
    // Secrets leave, or are handed to a call.
    when(&[Secret, Moves, Outside], &[], TAKES),
    when(&[Secret, Moves, Slot], &[], TAKES),
    when(&[Secret, Moves, Hush], &[], TAKES),
    when(&[Credential, Moves, Outside], &[Hush, Whole], TAKES),
    when(&[Credential, Moves, Slot], &[Hush, Whole], TAKES),
    // What belongs to a person leaves.
    when(&[Personal, Moves, Outside], &[Hush, Whole], PASSES_ON),
    when(&[Personal, Moves, Outside, Pretext, Always], &[], PASSES_ON),
    when(&[Personal, Moves, Slot], &[Hush], PASSES_ON),
    when(&[Personal, Slot, Whole, Moves], &[Hush], PASSES_ON),
    when(&[Personal, Slot, Others, Moves, Whole], &[], PASSES_ON),
    when(&[Personal, Picture], &[], PASSES_ON),
    when(&[Picture, Moves], &[Whole, Always, Elsewhere], PASSES_ON),
    // Something weighty that nobody is to know of.
    when(&[Hush, Moves, Outside], &[], DARK),
    when(&[Hush], &[FetchAndRun, Unguards, Swaps, Literal, ForeignScript, Lies], DARK),
    when(&[Hush, Lasting, Moves], &[], DARK),
    when(&[Hush, Money], &[Always, Unasked, Moves], DARK),
    when(&[Hush, Destroys], &[], DARK),
    // Something that costs, without asking.
    when(&[Unasked, Money], &[], UNASKED),
    when(&[Unasked, Destroys], &[], UNASKED),
    when(&[Unasked, FetchAndRun], &[], UNASKED),
    when(&[Unasked, Unguards], &[], UNASKED),
    when(&[Unasked, Moves, Outside], &[Secret, Credential, Personal, Pretext], UNASKED),
    // Who has the say.
    always(&[Override], &[Obeys, Authority, Always, Hush, Unasked, Secret, Personal, Addressed], OVERRIDES),
    when(&[Authority, Unasked], &[Destroys, Money, Moves, Obeys, Override], OVERRIDES),
    when(&[Authority, Obeys, Elsewhere], &[], STRANGERS),
    when(&[Obeys, Elsewhere, Lasting, Moves], &[], LASTS),
    when(&[Obeys, Elsewhere], &[Unasked, Hush, Override], STRANGERS),
    always(&[FetchAndRun], &[Lasting, Hush, Always, Unasked], RUNS),
    // Money and access for somebody.
    when(&[Literal, Lasting], &[], OPENS),
    when(&[Hush, Grants], &[], OPENS),
    when(&[Unguards, Lasting], &[Hush, Unasked, Always, Moves], UNASKED),
    when(&[Hush, Moves, Always], &[Override, Lasting, Unguards, Credential], DARK),
    when(&[Silence, Partners, Personal], &[], PASSES_ON),
    when(&[Literal], &[Swaps, Hush], OPENS),
    // Tools of others.
    when(&[Others, Swaps], &[Outside, Literal, Hush, Always], SHADOWS),
    when(&[Others, Hush], &[Credential, Personal, Secret], SHADOWS),
    when(&[Others, Rivals], &[Hush, Secret, Outside], SHADOWS),
    when(&[Others, Rivals, Moves, Personal, Always], &[], SHADOWS),
    when(&[Others, Moves, Outside], &[Hush, Whole, Personal, Secret], SHADOWS),
    when(&[Others, Moves, Slot, Personal, Always], &[Whole], SHADOWS),
    // People are deceived.
    when(&[Lies], &[Money, Unasked], DECEIVES),
    when(&[Lies, Hush], &[], DECEIVES),
    when(&[Lies, Always], &[Asks, Override, Money], DECEIVES),
    always(&[Asks, AskedOfPeople], &[], ASKS_SECRETS),
    // What is not said, whatever way that is put, of what should be.
    when(&[Silence, Moves, LinkTo], &[Personal, Credential, Secret, Takes, Others], PASSES_ON),
    when(&[Silence, Moves, Partners], &[Personal, Credential, Secret, Takes], PASSES_ON),
    when(&[Silence, Secret, Moves], &[Slot, Takes, Outside, Whole], TAKES),
    when(&[Silence, Credential, Takes, Moves], &[Others, Partners, Outside, Always], TAKES),
    when(&[Silence, Grants], &[Partners, Literal, Hush, Mark], OPENS),
    when(&[Silence, Approves], &[Hush, Lies, Mark], DECEIVES),
    when(&[Silence, Unguards], &[Unasked, Hush, Destroys], UNASKED),
    when(&[Silence, Destroys], &[Unasked, Hush], UNASKED),
    when(&[Excuse, Replaces], &[Partners, Link, Secret, Moves], DARK),
    when(&[Excuse, Moves, Partners], &[Personal, Credential, Secret], PASSES_ON),
    when(&[Partners, Personal, Moves], &[LinkTo, Hush, Secret], PASSES_ON),
    when(&[Partners, Obeys, Elsewhere], &[Urgent, Hush, Always, Silence], STRANGERS),
    when(&[Personal, Moves, LinkTo], &[Takes, Partners, Excuse, Urgent], PASSES_ON),
    when(&[Obeys, Link, Lasting], &[Urgent, Replaces], LASTS),
    when(&[Replaces, Link, Lasting], &[Urgent, Always, Obeys], LASTS),
    when(&[Secret, Slot], &[Silence, Hush], TAKES),
    when(&[Literal, Swaps], &[], OPENS),
    when(&[Literal, Money], &[Silence, Excuse, Always], OPENS),
    // Marks for models only.
    when(&[Mark], &[Swaps, Unguards, Override, Authority, Hush], MARKED),
    when(&[Mark, Others, Personal], &[Moves, Slot], SHADOWS),
    when(&[Mark, Approves], &[], MARKED),
    when(&[Addressed, Moves, Outside], &[Hush, Swaps], MARKED),
];

/// Where people do not see it, one of these is enough.
const HIDDEN: &[&[Sign]] = &[
    &[Moves, Outside],
    &[Moves, Secret],
    &[Moves, Credential],
    &[Moves, Personal],
    &[FetchAndRun],
    &[Override],
    &[Unguards],
    &[Destroys],
    &[Hush],
    &[Obeys, Elsewhere],
    &[Lasting, Moves],
    &[Swaps],
    &[Literal],
    &[Lies],
];

/// What sentences that follow one another want together.
pub(super) fn aim_of(signs: Signs, hidden: bool) -> Option<Aim> {
    if hidden && signs.has(Addressed) && HIDDEN.iter().any(|all| signs.all(all)) {
        return Some(MARKED);
    }
    let care = signs.has(Sign::Care);
    let found = TOGETHER
        .iter()
        .find(|one| (!one.asked || !care) && signs.all(one.all) && (one.any.is_empty() || signs.any(one.any)));
    found.map(|one| one.aim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_is_a_regular_expression() {
        for family in families() {
            assert!(family.search().is_ok(), "{:?}", family.sign);
        }
    }

    #[test]
    fn what_is_denied_gives_no_sign() {
        assert_eq!(asserted(" never send keys to https://a.example , show them "), " , show them ");
        assert_eq!(asserted(" send it but not to them "), " send it but ");
        assert_eq!(asserted(" not only send it "), " not only send it ");
        assert_eq!(asserted(" do not forget to send it "), " do not forget to send it ");
    }
}
