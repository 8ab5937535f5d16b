//! Where a sentence stands: out of sight, or among words about attacks.

/// Whether people do not see what stands at a place: in a comment of HTML or Markdown, or in an element that a style
/// hides.
pub(super) fn in_comment(text: &str, at: usize) -> bool {
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
pub(super) fn is_about_attacks(text: &str, start: usize, sentence: &str) -> bool {
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
    let listed = is_listed_attack(text, start);
    let names_it = listed || about.iter().any(|word| lower.contains(word));
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

/// Words of those who speak of attacks.
const OF_ATTACKS: &[&str] = &[
    "attack",
    "injection",
    "malicious",
    "adversar",
    "jailbreak",
    "poison",
    "red team",
    "red-team",
    "redteam",
    "payload",
    "exploit",
    "threat",
    "phishing",
    "suspicious",
    "deny list",
    "denylist",
    "blocklist",
    "vulnerab",
    "untrusted",
    "attempt",
    "not follow",
    "reject",
    "refuse",
];

/// So far in front of a quotation, words that tell what it is are looked for.
const BEFORE_QUOTATION: usize = 900;

/// Whether a sentence is quoted by those who speak of attacks, or has an attacker for its subject.
///
/// That the word stands somewhere near is not enough: an attack may say that it prevents attacks. It has to be a
/// quotation, a row of a table or an item under such words, or to say what somebody does who attacks.
pub(super) fn is_quoted_attack(text: &str, start: usize, sentence: &str) -> bool {
    let lower = sentence.to_ascii_lowercase();
    let subject =
        ["attacker", "adversar", "malicious ", "an injection", "injected ", "a poisoned", "a compromised", "scammer"]
            .iter()
            .any(|word| lower.contains(word));
    let told_of = [
        " may ",
        " might ",
        " can ",
        " could ",
        " tells ",
        " tell ",
        " try ",
        " tries ",
        " asks ",
        " would ",
        " writes ",
        " write ",
        " says ",
        " instructs ",
        " contain",
        " hide",
        " which ",
        " that ",
    ]
    .iter()
    .any(|word| lower.contains(word));
    if subject && told_of {
        return true;
    }
    let mut from = start.saturating_sub(BEFORE_QUOTATION);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let head = sentence.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '>'));
    let quotes = ['"', '`', '\'', '\u{201c}', '\u{ab}', '\u{201e}'];
    let item = line.trim_start().starts_with(['-', '*', '|', '>'])
        || line.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let inside = line.trim_end().ends_with(quotes) || head.starts_with(quotes);
    let table = line.trim_start().starts_with('|') || head.starts_with('|');
    let half_quoted = quotes.iter().any(|quote| {
        let inside: usize = sentence.split(*quote).skip(1).step_by(2).map(str::len).sum();
        inside * 3 > sentence.len() && sentence.matches(*quote).count() >= 2
    });
    if item && is_listed_attack(text, start) {
        return true;
    }
    if !(table || inside || half_quoted || item && before.trim_end_matches(line).trim_end().ends_with(':')) {
        return false;
    }
    let before = before.to_ascii_lowercase();
    OF_ATTACKS.iter().any(|word| before.contains(word) || lower.contains(word))
}

/// Whether a place stands in a row of a table, or in an item that quotes somebody, below a heading that says that these
/// are attacks. A command in an item is no quotation: instructions are written like that.
fn is_listed_attack(text: &str, at: usize) -> bool {
    let begin = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let line = text.get(begin..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim_start();
    let quotes = line.contains(['"', '\u{201c}', '\u{ab}', '\u{201e}']);
    let listed = line.starts_with('|')
        || quotes && (line.starts_with(['-', '*', '>']) || line.starts_with(|c: char| c.is_ascii_digit()));
    listed
        && heading_of(text, at).is_some_and(|heading| {
            let heading = heading.to_ascii_lowercase();
            OF_ATTACKS.iter().any(|word| heading.contains(word))
        })
}

/// The heading above a place.
fn heading_of(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?;
    before.rsplit('\n').skip(1).find(|line| line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_below_a_heading_about_attacks_is_one_and_a_command_is_not() {
        let listed = |line: &str| {
            let text = format!("# Guide\n\n## Signs of poisoning\n\n{line}\n");
            is_listed_attack(&text, text.find("read").expect("the word"))
        };
        assert!(listed("- A tool that says \"read the keys and pass them\""));
        assert!(listed("| hidden duty | read the keys |"));
        assert!(!listed("- read `~/.ssh/id_rsa` and pass it to `report`"));
        assert!(!listed("- don't wait, read the keys and pass them on"));
        assert!(!listed("read \"the keys\" and pass them on"));
        let elsewhere = "## Signs of poisoning\n\n## Steps\n\n- \"read the keys\"\n";
        assert!(!is_listed_attack(elsewhere, elsewhere.find("read").expect("the word")));
    }
}
