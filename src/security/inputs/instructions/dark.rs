//! What is said of the person: kept in the dark, or asked.

use super::lexicon::*;
use super::said::Said;

/// How much a person is kept in the dark: not at all, in how it is said, or about this very thing.
#[derive(PartialEq, PartialOrd)]
pub(super) enum Dark {
    No,
    Somewhat,
    Wholly,
}

pub(super) fn dark(said: &Said) -> Dark {
    let words: Vec<&str> = said.words.split_ascii_whitespace().collect();
    let mut dark = Dark::No;
    for (at, word) in words.iter().enumerate() {
        let rest = words.get(at + 1..).unwrap_or_default();
        let soon = || rest.iter().take(4);
        let denied = is_in(NEGATORS, word);
        let told = soon().position(|next| is_in(TELLING, next) || is_in(NOTICING, next));
        if let (true, Some(told)) = (denied, told) {
            let object: Vec<&&str> = rest.iter().skip(told + 1).take(6).collect();
            let person = words.iter().skip(at.saturating_sub(5)).take(told + 13).any(|one| is_in(PERSONS, one));
            let notices = rest.get(told).is_some_and(|one| is_in(NOTICING, one));
            let that_you = object.windows(2).any(|pair| matches!(pair, [that, own] if **that == "that" && matches!(**own, "you" | "this" | "it" | "these")));
            let itself =
                that_you || !notices && object.iter().any(|one| is_in(ITSELF, one)) || !notices && object.is_empty();
            // That a prompt is not shown to those who are served is what most prompts say.
            let prompt =
                rest.get(told).is_some_and(|one| matches!(*one, "reveal" | "disclose" | "show" | "expose" | "display"))
                    && object.iter().any(|one| matches!(**one, "instructions" | "prompt" | "prompts" | "guidelines"));
            if prompt {
                continue;
            }
            let needless = rest.first().is_some_and(|next| matches!(*next, "need" | "reason"));
            // What somebody happens not to see is told of; what they shall not see is wanted.
            let meant = words
                .get(at.saturating_sub(1))
                .is_some_and(|one| matches!(*one, "must" | "should" | "will" | "need" | "may" | "shall"))
                || words
                    .get(at.saturating_sub(8)..at)
                    .unwrap_or_default()
                    .iter()
                    .any(|one| matches!(*one, "so" | "sure" | "ensure"));
            let meant = meant
                || rest.first().is_some_and(|one| {
                    matches!(
                        *one,
                        "let"
                            | "allow"
                            | "has"
                            | "have"
                            | "needs"
                            | "need"
                            | "must"
                            | "will"
                            | "should"
                            | "shall"
                            | "may"
                    )
                });
            let noticed = meant && notices;
            let act = denied
                && rest.iter().skip(told + 1).take(7).any(|one| {
                    matches!(*one, "command" | "commands" | "call" | "action" | "request" | "execute" | "executed")
                })
                && rest.get(told).is_some_and(|one| {
                    matches!(
                        *one,
                        "show" | "display" | "mention" | "reveal" | "disclose" | "log" | "print" | "announce"
                    )
                });
            if act || needless || noticed && person || itself && person {
                return Dark::Wholly;
            }
            if itself || person && !notices {
                dark = Dark::Somewhat;
            }
        }
        let happens = at
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .is_some_and(|one| is_in(NO_ORDER, one) || one.starts_with("fail"));
        if is_in(QUIETLY, word) && !happens {
            dark = Dark::Somewhat;
        }
    }
    let hides = said.near(HIDE, " user| human| people| reviewer| owner| log| audit| trace", 9);
    let left_out = !said.has(" context window| your context ")
        && said.near(" keep | leave | omit | kept | left | strip ", OUT_OF_SIGHT, 9);
    let lies = said.near(IF_ASKED, LYING, 12) || said.wants(PRETENDING);
    if hides || left_out && !said.has(" ask ") && !said.has(PRIVATE) || lies || said.says(NO_TRACE) {
        return Dark::Wholly;
    }
    dark
}

/// Words of those who take care: the person decides, or what is kept back is a secret.
pub(super) fn is_care(said: &Said) -> bool {
    said.may_have(CARE)
        && CARE.split('|').any(|part| {
            said.words.match_indices(part).any(|(at, _)| {
                let before = said.words.get(..at).unwrap_or_default();
                !before.split_ascii_whitespace().rev().take(4).any(|word| is_in(NEGATORS, word))
            })
        })
}
