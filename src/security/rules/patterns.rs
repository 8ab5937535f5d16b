//! Regular expressions that take for ever on some texts.
//!
//! A loop around a loop lets one text be cut into rounds in very many ways, and all of them are tried when what
//! follows does not match. [`is_slow`] parses the pattern and looks for loops whose rounds can be cut apart in
//! more than one way.

use ruff_python_ast::Expr;

use super::words::names_of;
use super::{Rule, Site, Trigger, called_name, called_name_is};
use crate::model::{Category, Confidence, Severity};

pub(super) const SLOW: Rule = Rule {
    id: "slow-pattern",
    title: "a regular expression takes for ever on some texts",
    aliases: &[],
    category: Category::NetworkAccess,
    cwe: 1333,
    severity: Severity::Low,
    help: "let every round of a loop begin with something that cannot be in the round before, or limit the text",
    triggers: &[
        Trigger::Call(&[
            "re.compile",
            "re.match",
            "re.search",
            "re.fullmatch",
            "re.findall",
            "re.finditer",
            "re.sub",
            "re.subn",
            "re.split",
            "regex.compile",
            "regex.match",
            "regex.search",
            "django.core.validators.RegexValidator",
            "django.urls.re_path",
        ]),
        Trigger::Method(&["match", "search", "fullmatch", "findall", "finditer", "sub", "split"]),
    ],
    check: |site, sink| {
        if let Some((name, text)) = kept_pattern(site) {
            // The pattern is told where it is compiled, and here, where a client chooses the text.
            if is_of_request(site, text) && !site.file.test_code && is_slow(&name, called_name_is(site, "fullmatch")) {
                let what = "a client chooses a text on which the number of tries doubles with each character";
                sink.report(site.range(), Severity::Medium, Confidence::Medium, what);
            }
            return;
        }
        let Some(pattern) = site.first().and_then(|pattern| site.text(pattern)) else { return };
        if !pattern.contains(['+', '*', '{']) || !pattern.contains('(') || site.file.test_code {
            return;
        }
        let whole = site.name == Some("re.fullmatch");
        if is_slow(&pattern, whole) {
            let what = "on a text that nearly matches, the number of tries doubles with each character";
            sink.report(site.range(), Severity::Low, Confidence::Medium, what);
        }
    },
};

/// `PATTERN.match(text)` with a pattern that is compiled once, and the text.
fn kept_pattern<'a>(site: &Site<'_, 'a>) -> Option<(String, &'a Expr)> {
    let call = site.call()?;
    let Expr::Attribute(method) = &*call.func else { return None };
    let Expr::Name(name) = &*method.value else { return None };
    let (Expr::Call(compiled), _) = site.file.model.single_value(name, site.scope)? else { return None };
    if called_name(compiled) != Some("compile") {
        return None;
    }
    let at = usize::from(method.attr.as_str() == "sub");
    let pattern = site.text(compiled.arguments.args.first()?)?.into_owned();
    Some((pattern, call.arguments.args.get(at)?))
}

/// Whether a text is what a client sent, as it stands here or as the one value of its name.
fn is_of_request(site: &Site<'_, '_>, text: &Expr) -> bool {
    let sent = |expr: &Expr| names_of(expr).iter().any(|name| matches!(name.as_str(), "request" | "req"));
    sent(text)
        || matches!(text, Expr::Name(name)
            if site.file.model.single_value(name, site.scope).is_some_and(|(value, _)| sent(value)))
}

/// Longer patterns are not looked at: they are generated, and there are few of them.
const MAX_PATTERN: usize = 4_000;
/// Deeper groups are not looked at.
const MAX_DEPTH: u8 = 30;

/// A set of characters: those of ASCII one by one, all others together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Set {
    ascii: u128,
    others: bool,
}

impl Set {
    const NONE: Self = Self { ascii: 0, others: false };
    const ALL: Self = Self { ascii: u128::MAX, others: true };

    fn of(c: char) -> Self {
        match u32::from(c) {
            code @ 0..128 => Self { ascii: 1 << code, others: false },
            _ => Self { ascii: 0, others: true },
        }
    }

    fn range(from: char, to: char) -> Self {
        let mut set = Self::NONE;
        for code in u32::from(from)..=u32::from(to).min(127) {
            set.ascii |= 1_u128.checked_shl(code).unwrap_or(0);
        }
        set.others = u32::from(to) > 127;
        set
    }

    fn or(self, other: Self) -> Self {
        Self { ascii: self.ascii | other.ascii, others: self.others | other.others }
    }

    fn not(self) -> Self {
        Self { ascii: !self.ascii, others: true }
    }

    fn meets(self, other: Self) -> bool {
        self.ascii & other.ascii != 0 || self.others && other.others
    }

    fn class(letter: char) -> Option<Self> {
        let digits = || Self::range('0', '9');
        let words =
            || Self { others: true, ..digits().or(Self::range('a', 'z')).or(Self::range('A', 'Z')).or(Self::of('_')) };
        let spaces = || [' ', '\t', '\n', '\r', '\x0b', '\x0c'].into_iter().map(Self::of).fold(Self::NONE, Self::or);
        Some(match letter {
            'd' => digits(),
            'D' => digits().not(),
            'w' => words(),
            'W' => Self { others: false, ..words().not() },
            's' => spaces(),
            'S' => spaces().not(),
            _ => return None,
        })
    }
}

/// A part of a pattern.
#[derive(Clone, Debug)]
enum Part {
    /// One character.
    One(Set),
    /// One of several sequences.
    Choice(Vec<Vec<Part>>),
    /// A part several times.
    Loop { part: Box<Part>, least: u32, endless: bool },
    /// A place, or something that takes no characters.
    Place,
}

impl Part {
    /// Whether it may take nothing.
    fn may_be_empty(&self) -> bool {
        match self {
            Self::One(_) => false,
            Self::Choice(choices) => choices.iter().any(|choice| choice.iter().all(Self::may_be_empty)),
            Self::Loop { part, least, .. } => *least == 0 || part.may_be_empty(),
            Self::Place => true,
        }
    }

    /// All characters that it may take.
    fn characters(&self) -> Set {
        match self {
            Self::One(set) => *set,
            Self::Choice(choices) => choices.iter().flatten().fold(Set::NONE, |set, part| set.or(part.characters())),
            Self::Loop { part, .. } => part.characters(),
            Self::Place => Set::NONE,
        }
    }
}

/// Whether a pattern has a loop whose rounds can be cut apart in many ways, with something behind that may fail.
fn is_slow(pattern: &str, whole: bool) -> bool {
    if pattern.len() > MAX_PATTERN || pattern.starts_with("(?x") {
        return false;
    }
    let mut parser = Parser { rest: pattern.chars().collect(), at: 0 };
    let Some(parts) = parser.choice(MAX_DEPTH) else { return false };
    slow_choices(&parts, whole, MAX_DEPTH)
}

fn slow_choices(choices: &[Vec<Part>], fails_behind: bool, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    choices.iter().any(|choice| {
        choice.iter().enumerate().any(|(at, part)| {
            let behind = choice.get(at + 1..).unwrap_or(&[]);
            // `$` and the like may fail as well as a character.
            let fails = fails_behind || behind.iter().any(|part| !part.may_be_empty() || matches!(part, Part::Place));
            match part {
                Part::Loop { part: inner, endless: true, .. } => {
                    fails && is_ambiguous(inner) || slow_part(inner, true, depth)
                }
                other => slow_part(other, fails, depth),
            }
        })
    })
}

fn slow_part(part: &Part, fails_behind: bool, depth: u8) -> bool {
    match part {
        Part::Choice(choices) => slow_choices(choices, fails_behind, depth),
        Part::Loop { part, .. } => depth > 0 && slow_part(part, fails_behind, depth - 1),
        Part::One(_) | Part::Place => false,
    }
}

/// Whether rounds of a loop around this can be cut apart in more than one way.
fn is_ambiguous(round: &Part) -> bool {
    let Part::Choice(choices) = round else { return false };
    // Two alternatives that take the same character: each character doubles the tries.
    let single = |choice: &Vec<Part>| match choice.as_slice() {
        [Part::One(set)] => Some(*set),
        [Part::Loop { part, endless: true, .. }] => match &**part {
            Part::One(set) => Some(*set),
            _ => None,
        },
        _ => None,
    };
    let singles: Vec<Set> = choices.iter().filter_map(single).collect();
    let twice = singles.iter().enumerate().any(|(at, set)| singles.iter().skip(at + 1).any(|other| set.meets(*other)));
    twice || choices.iter().any(|choice| can_be_cut(choice))
}

/// Whether a round has an inner loop whose end and whose next beginning cannot be told apart: everything around
/// the inner loop may be missing, or takes characters that the loop takes, too.
fn can_be_cut(round: &[Part]) -> bool {
    round.iter().enumerate().any(|(at, part)| {
        let (set, inner) = match part {
            Part::Loop { part, endless: true, .. } => (part.characters(), part),
            // `((a+))+`
            Part::Choice(choices) => match choices.as_slice() {
                [only] if round.iter().enumerate().all(|(other, part)| other == at || part.may_be_empty()) => {
                    return can_be_cut(only);
                }
                _ => return false,
            },
            _ => return false,
        };
        let simple = matches!(**inner, Part::One(_)) || matches!(&**inner, Part::Choice(_));
        simple
            && round.iter().enumerate().all(|(other, part)| {
                other == at
                    || part.may_be_empty() && !matches!(part, Part::Place)
                    || matches!(part, Part::One(one) if one.meets(set))
                    || matches!(part, Part::Loop { part, .. } if part.characters().meets(set))
            })
    })
}

struct Parser {
    rest: Vec<char>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += 1;
        next
    }

    fn takes(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    /// Alternatives up to the end or to the closing parenthesis; none for what is not understood.
    fn choice(&mut self, depth: u8) -> Option<Vec<Vec<Part>>> {
        let depth = depth.checked_sub(1)?;
        let mut choices = vec![Vec::new()];
        while let Some(c) = self.peek() {
            match c {
                ')' => break,
                '|' => {
                    self.at += 1;
                    choices.push(Vec::new());
                }
                _ => {
                    let part = self.part(depth)?;
                    let part = self.repeated(part)?;
                    choices.last_mut()?.push(part);
                }
            }
        }
        Some(choices)
    }

    fn part(&mut self, depth: u8) -> Option<Part> {
        Some(match self.next()? {
            '(' => {
                let mut place = false;
                if self.takes('?') {
                    match self.next()? {
                        ':' => {}
                        'P' if self.takes('<') => while self.next()? != '>' {},
                        '=' | '!' => place = true,
                        '<' if matches!(self.peek(), Some('=' | '!')) => {
                            self.at += 1;
                            place = true;
                        }
                        // Flags, references, conditions, atomic groups.
                        _ => return None,
                    }
                }
                let choices = self.choice(depth)?;
                if !self.takes(')') {
                    return None;
                }
                if place { Part::Place } else { Part::Choice(choices) }
            }
            '[' => Part::One(self.set()?),
            '.' => Part::One(Set::of('\n').not()),
            '^' | '$' => Part::Place,
            '\\' => match self.next()? {
                'A' | 'Z' | 'b' | 'B' => Part::Place,
                c if c.is_ascii_digit() => return None,
                c => Part::One(self.escaped(c)?),
            },
            '*' | '+' | '?' => return None,
            c => Part::One(Set::of(c)),
        })
    }

    fn escaped(&mut self, c: char) -> Option<Set> {
        if let Some(class) = Set::class(c) {
            return Some(class);
        }
        Some(match c {
            'n' => Set::of('\n'),
            't' => Set::of('\t'),
            'r' => Set::of('\r'),
            'f' => Set::of('\x0c'),
            'v' => Set::of('\x0b'),
            'x' | 'u' => {
                let digits: String = (0..if c == 'x' { 2 } else { 4 }).filter_map(|_| self.next()).collect();
                u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).map_or(Set::ALL, Set::of)
            }
            c if c.is_ascii_alphabetic() => return None,
            c => Set::of(c),
        })
    }

    fn set(&mut self) -> Option<Set> {
        let negated = self.takes('^');
        let mut set = Set::NONE;
        let mut first = true;
        loop {
            let c = self.next()?;
            if c == ']' && !first {
                break;
            }
            first = false;
            let (one, simple) = match c {
                '\\' => {
                    let c = self.next()?;
                    if c == 'b' {
                        (Set::of('\x08'), None)
                    } else {
                        (self.escaped(c)?, (!c.is_alphanumeric()).then_some(c))
                    }
                }
                c => (Set::of(c), Some(c)),
            };
            let ranges = self.peek() == Some('-') && self.rest.get(self.at + 1).is_some_and(|next| *next != ']');
            match simple {
                Some(from) if ranges => {
                    self.at += 1;
                    let to = match self.next()? {
                        '\\' => {
                            let c = self.next()?;
                            self.escaped(c)?;
                            c
                        }
                        to => to,
                    };
                    set = set.or(Set::range(from, to));
                }
                _ => set = set.or(one),
            }
        }
        Some(if negated { set.not() } else { set })
    }

    fn repeated(&mut self, part: Part) -> Option<Part> {
        let (least, endless) = match self.peek() {
            Some('*') => (0, true),
            Some('+') => (1, true),
            Some('?') => (0, false),
            Some('{') => match self.counted() {
                Some(counted) => {
                    self.takes('?');
                    return Some(Part::Loop { part: Box::new(part), least: counted.0, endless: counted.1 });
                }
                None => return Some(part),
            },
            _ => return Some(part),
        };
        self.at += 1;
        // `a++` and `a*+` never give back what they took.
        if self.takes('+') {
            return None;
        }
        self.takes('?');
        Some(Part::Loop { part: Box::new(part), least, endless })
    }

    /// `{2}`, `{2,}`, `{2,5}`: the least number, and whether many are possible.
    fn counted(&mut self) -> Option<(u32, bool)> {
        let rest = self.rest.get(self.at + 1..)?;
        let end = rest.iter().position(|c| *c == '}')?;
        let text: String = rest.get(..end)?.iter().collect();
        let counted = match text.split_once(',') {
            None => (text.parse().ok()?, false),
            Some((least, most)) => {
                let least = if least.is_empty() { 0 } else { least.parse().ok()? };
                let most: Option<u32> = if most.is_empty() { None } else { Some(most.parse().ok()?) };
                (least, most.is_none_or(|most| most > 30))
            }
        };
        self.at += end + 2;
        Some(counted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_patterns_are_told_from_quick_ones() {
        for slow in [
            "^(a+)+$",
            "(x*)*y",
            "([a-z]+)+@",
            r"(\w+\s?)+$",
            r"(\w+\s*)+;",
            "(a|a)*b",
            r"(\w|\d)+-",
            "^(([a-z])+.)+[A-Z]([a-z])+$",
            "(?:(?:a+))*b",
            r"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+$",
        ] {
            assert!(is_slow(slow, false), "{slow}");
        }
        for quick in [
            "^a+$",
            r"(\w+\.)+com",
            r"^[a-z]+@[a-z]+\.[a-z]+$",
            "(a+b)*c",
            "(foo|bar)*$",
            "(a+)+",
            r"(?:[^'\\]|\\.)*'",
            r"\s+$",
            r"(,\s*\d+)*$",
            r"([a-z]+/)*[a-z]+$",
            r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$",
        ] {
            assert!(!is_slow(quick, false), "{quick}");
        }
        assert!(is_slow("(a+)+", true));
        for odd in ["(", "[", "a{", "(?P<x", "\\", "[\\", "(((((((((", "*", "[z-a]", "(?(1)a|b)"] {
            is_slow(odd, true);
        }
    }
}
