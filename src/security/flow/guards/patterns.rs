//! What a match of a regular expression says about a text: which characters it may have, and so what it cannot do.

use super::super::weakness::{Mask, Weakness};

/// Whether a text that matches this pattern from end to end has none of the characters that do harm.
pub fn restricts(pattern: &str, whole: bool) -> bool {
    let mut body = pattern;
    if !whole {
        let anchored = body.strip_prefix('^').or_else(|| body.strip_prefix("\\A"));
        let Some(rest) = anchored.or(Some(body)) else { return false };
        let Some(rest) =
            rest.strip_suffix('$').or_else(|| rest.strip_suffix("\\Z")).or_else(|| rest.strip_suffix("\\z"))
        else {
            return false;
        };
        body = rest;
    } else {
        body = body.strip_prefix('^').unwrap_or(body);
        body = body.strip_suffix('$').unwrap_or(body);
    }
    let mut characters = body.chars().peekable();
    let mut in_class = false;
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('w' | 'd' | 'A' | 'Z' | 'b' | '-' | '.' | '_') => {}
                Some('s') => {}
                Some('S' | 'W' | 'D') => return false,
                _ => return false,
            },
            '[' => {
                in_class = true;
                if characters.peek() == Some(&'^') {
                    return false;
                }
            }
            ']' => in_class = false,
            '.' if !in_class => return false,
            '\'' | '"' | '<' | '>' | '&' | ';' | '/' | '`' | '%' | '=' if in_class => return false,
            '/' => return false,
            '(' | ')' | '*' | '|' if in_class => return false,
            _ => {}
        }
    }
    true
}

/// For what a text is harmless that matches this pattern.
pub(super) fn allows(pattern: &str, whole: bool) -> Mask {
    if restricts(pattern, whole) {
        return Mask::ALL | Mask::NO_NEWLINE;
    }
    let Some(body) = body_of(pattern, whole) else { return Mask::NONE };
    let Some(characters) = characters_of(body) else { return Mask::NONE };
    let mut mask = Mask::NONE;
    for (refused, harmless) in REFUSED {
        if !characters.has_any(refused) {
            mask |= *harmless;
        }
    }
    // Sums of numbers: without a letter nothing has a name.
    if !characters.letters && !characters.has_any("'\"\\_") {
        mask |= Mask::of(Weakness::Code);
    }
    if stays_on_this_site(body) && !characters.has_any("\\") {
        mask |= Mask::of(Weakness::Redirect);
    }
    mask
}

/// Without any of these characters a text is harmless for those.
const REFUSED: &[(&str, Mask)] = &[
    ("'\"\\`$;&|<>(){}[]*?!#~\n\r", Mask::of(Weakness::Command)),
    ("'\"\\`;()=*%", Mask::of(Weakness::Sql)),
    ("/\\", Mask::of_all(&[Weakness::Path, Weakness::Archive])),
    ("/\\:@", Mask::of_all(&[Weakness::Ssrf, Weakness::Redirect])),
    ("<>\"'&", Mask::of_all(&[Weakness::Xss, Weakness::Markup])),
    ("{}%$<", Mask::of_all(&[Weakness::Template, Weakness::Format])),
    ("()*\\|&=,+", Mask::of(Weakness::Ldap)),
    ("'\"[]()/|=", Mask::of(Weakness::Xpath)),
    ("\n\r", Mask::of_all(&[Weakness::Log, Weakness::Header, Weakness::Mail]).and(Mask::NO_NEWLINE)),
    ("[](){}*+?|^$\\", Mask::of(Weakness::Regex)),
    ("=+-@", Mask::of(Weakness::Cell)),
];

/// The characters that a text may have.
#[derive(Default)]
struct Characters {
    /// Those beyond letters and digits, by their numbers.
    others: u128,
    letters: bool,
}

impl Characters {
    fn add(&mut self, c: char) {
        self.letters |= c.is_alphabetic();
        if c.is_ascii() && !c.is_ascii_alphanumeric() {
            self.others |= 1 << u32::from(c);
        }
    }

    fn add_range(&mut self, from: char, to: char) {
        for code in u32::from(from)..=u32::from(to).min(u32::from(from) + 0x100) {
            char::from_u32(code).into_iter().for_each(|c| self.add(c));
        }
    }

    fn has_any(&self, wanted: &str) -> bool {
        wanted.chars().any(|c| self.others & (1 << u32::from(c)) != 0)
    }
}

/// The pattern between its anchors; none when it says nothing about the whole text.
fn body_of(pattern: &str, whole: bool) -> Option<&str> {
    let body = pattern.strip_prefix('^').or_else(|| pattern.strip_prefix("\\A")).unwrap_or(pattern);
    let end = ["\\Z", "\\z", "$"].iter().find_map(|end| body.strip_suffix(end));
    if whole { Some(end.unwrap_or(body)) } else { end }
}

/// The characters that a pattern names; none when it takes any.
fn characters_of(body: &str) -> Option<Characters> {
    let mut all = Characters::default();
    let mut rest = body.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => escaped(rest.next()?, &mut all)?,
            '[' => class(&mut rest, &mut all)?,
            '.' => return None,
            '{' => while rest.next()? != '}' {},
            '(' if rest.peek() == Some(&'?') => {
                rest.next();
                // `(?:`, `(?=`, `(?P<name>`
                while !matches!(rest.next()?, ':' | '=' | '!' | '>' | ')') {}
            }
            '(' | ')' | '*' | '+' | '?' | '|' | '^' | '$' => {}
            other => all.add(other),
        }
    }
    Some(all)
}

fn escaped(c: char, all: &mut Characters) -> Option<()> {
    match c {
        'w' => {
            all.letters = true;
            all.add('_');
        }
        'd' | 'b' | 'B' | 'A' | 'Z' | 'z' | '0'..='9' => {}
        's' => " \t\n\r".chars().for_each(|c| all.add(c)),
        'n' => all.add('\n'),
        'r' => all.add('\r'),
        't' => all.add('\t'),
        c if c.is_ascii_alphabetic() => return None,
        c => all.add(c),
    }
    Some(())
}

/// `[…]`
fn class(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, all: &mut Characters) -> Option<()> {
    let mut first = true;
    let mut before = None;
    loop {
        let c = rest.next()?;
        match c {
            '^' if first => return None,
            ']' if !first => return Some(()),
            '\\' => {
                escaped(rest.next()?, all)?;
                before = None;
            }
            '-' if before.is_some() && rest.peek().is_some_and(|c| *c != ']') => {
                let to = rest.next()?;
                all.add_range(before.take()?, to);
            }
            c => {
                all.add(c);
                before = Some(c);
            }
        }
        first = false;
    }
}

/// `/name…`: one slash, and behind it no second one.
fn stays_on_this_site(body: &str) -> bool {
    let Some(rest) = body.strip_prefix('/') else { return false };
    let rest = rest.trim_start_matches("(?:").trim_start_matches('(');
    match rest.strip_prefix('[') {
        Some(class) => class.split(']').next().is_some_and(|class| !class.starts_with('^') && !class.contains('/')),
        None => rest.starts_with("\\w") || rest.starts_with(|c: char| c.is_ascii_alphanumeric()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(pattern: &str, weakness: Weakness) -> bool {
        Mask::of(weakness).within(allows(pattern, true))
    }

    #[test]
    fn the_characters_of_a_pattern_tell_what_it_keeps_out() {
        assert!(says(r"[\w./-]+", Weakness::Command) && !says(r"[\w./-]+", Weakness::Path));
        assert!(says("[0-9+*() .-]{1,30}", Weakness::Code) && !says("[a-z+*() .-]{1,30}", Weakness::Code));
        assert!(!says("[\\w/;]+", Weakness::Command) && !says(".*", Weakness::Command));
        assert!(allows("[a-z/]+", false).is_empty());
    }

    #[test]
    fn a_path_of_this_site_has_one_slash_in_front() {
        assert!(says("/(?:[A-Za-z0-9_-][A-Za-z0-9_/-]*)?", Weakness::Redirect));
        assert!(!says("/[A-Za-z/]*", Weakness::Redirect) && !says("[a-z/]+", Weakness::Redirect));
    }
}
