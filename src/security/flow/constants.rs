//! Folding of what is fully known: arithmetic, comparisons, and the methods of strings.

use std::rc::Rc;

use ruff_python_ast::{CmpOp, Operator, UnaryOp};

use super::values::{Const, Text};

/// Longer strings are not built, in characters.
const MAX_TEXT: usize = 4096;

/// What folding gives: one constant or a list of them.
#[derive(Debug, Clone, PartialEq)]
pub enum Folded {
    /// One.
    One(Const),
    /// A list.
    List(Vec<Const>),
    /// A tuple.
    Tuple(Vec<Const>),
}

fn float(constant: &Const) -> Option<f64> {
    match constant {
        Const::Float(bits) => Some(f64::from_bits(*bits)),
        #[expect(clippy::cast_precision_loss, reason = "Python's own conversion loses the same bits")]
        other => other.as_int().map(|value| value as f64),
    }
}

fn text_like(like: &Const, text: String) -> Option<Const> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let text = Text::from(text);
    Some(if matches!(like, Const::Bytes(_)) { Const::Bytes(text) } else { Const::Str(text) })
}

/// `left op right`.
pub fn binary(op: Operator, left: &Const, right: &Const) -> Option<Const> {
    if let (Some(a), Some(b)) = (left.as_int(), right.as_int()) {
        return integers(op, a, b);
    }
    if let (Some(a), Some(b)) = (float(left), float(right)) {
        let result = match op {
            Operator::Add => a + b,
            Operator::Sub => a - b,
            Operator::Mult => a * b,
            Operator::Div if b != 0.0 => a / b,
            Operator::FloorDiv if b != 0.0 => (a / b).floor(),
            _ => return None,
        };
        return Some(Const::Float(result.to_bits()));
    }
    match (op, left, right) {
        (Operator::Add, Const::Str(a), Const::Str(b)) | (Operator::Add, Const::Bytes(a), Const::Bytes(b)) => {
            text_like(left, format!("{a}{b}"))
        }
        (Operator::Mult, Const::Str(a) | Const::Bytes(a), Const::Int(n)) => {
            let n = usize::try_from((*n).max(0)).ok()?;
            if a.len().saturating_mul(n) > MAX_TEXT { None } else { text_like(left, a.repeat(n)) }
        }
        _ => None,
    }
}

fn integers(op: Operator, a: i64, b: i64) -> Option<Const> {
    let result = match op {
        Operator::Add => a.checked_add(b)?,
        Operator::Sub => a.checked_sub(b)?,
        Operator::Mult => a.checked_mul(b)?,
        #[expect(clippy::cast_precision_loss, reason = "Python's own division loses the same bits")]
        Operator::Div => return (b != 0).then(|| Const::Float((a as f64 / b as f64).to_bits())),
        Operator::FloorDiv => {
            let quotient = a.checked_div(b)?;
            if a.checked_rem(b)? != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
        }
        Operator::Mod => {
            let remainder = a.checked_rem(b)?;
            if remainder != 0 && (remainder < 0) != (b < 0) { remainder + b } else { remainder }
        }
        Operator::Pow => a.checked_pow(u32::try_from(b).ok()?)?,
        Operator::LShift => a.checked_mul(1_i64.checked_shl(u32::try_from(b).ok()?)?)?,
        Operator::RShift => a.checked_shr(u32::try_from(b).ok()?)?,
        Operator::BitAnd => a & b,
        Operator::BitOr => a | b,
        Operator::BitXor => a ^ b,
        Operator::MatMult => return None,
    };
    Some(Const::Int(result))
}

/// `op operand`.
pub fn unary(op: UnaryOp, operand: &Const) -> Option<Const> {
    match op {
        UnaryOp::Not => Some(Const::Bool(!operand.truth())),
        UnaryOp::USub => match operand {
            Const::Float(bits) => Some(Const::Float((-f64::from_bits(*bits)).to_bits())),
            other => other.as_int().and_then(i64::checked_neg).map(Const::Int),
        },
        UnaryOp::UAdd => operand.as_int().map(Const::Int),
        UnaryOp::Invert => operand.as_int().map(|value| Const::Int(!value)),
    }
}

/// `left op right`, when it can be told.
pub fn compare(op: CmpOp, left: &Const, right: &Const) -> Option<bool> {
    use std::cmp::Ordering;
    let ordering = || -> Option<Ordering> {
        match (left, right) {
            (Const::Str(a), Const::Str(b)) | (Const::Bytes(a), Const::Bytes(b)) => Some(a.cmp(b)),
            _ => float(left)?.partial_cmp(&float(right)?),
        }
    };
    let equal = || match (left, right) {
        (Const::Str(a), Const::Str(b)) | (Const::Bytes(a), Const::Bytes(b)) => a == b,
        _ => match (float(left), float(right)) {
            (Some(a), Some(b)) => a == b,
            _ => left == right,
        },
    };
    match op {
        CmpOp::Eq => Some(equal()),
        CmpOp::NotEq => Some(!equal()),
        CmpOp::Is => Some(left == right),
        CmpOp::IsNot => Some(left != right),
        CmpOp::Lt => ordering().map(Ordering::is_lt),
        CmpOp::LtE => ordering().map(Ordering::is_le),
        CmpOp::Gt => ordering().map(Ordering::is_gt),
        CmpOp::GtE => ordering().map(Ordering::is_ge),
        CmpOp::In => match (left, right) {
            (Const::Str(a), Const::Str(b)) | (Const::Bytes(a), Const::Bytes(b)) => Some(b.contains(a.as_ref())),
            _ => None,
        },
        CmpOp::NotIn => compare(CmpOp::In, left, right).map(|value| !value),
    }
}

fn position(index: i64, length: usize) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    let at = if index < 0 { index + length } else { index };
    (0..length).contains(&at).then(|| usize::try_from(at).ok())?
}

/// The position that an index means in a sequence of this length.
pub fn index_in(index: i64, length: usize) -> Option<usize> {
    position(index, length)
}

/// The bounds that a slice means in a sequence of this length, with a step of one.
pub fn slice_in(lower: Option<i64>, upper: Option<i64>, length: usize) -> (usize, usize) {
    let clamp = |bound: i64| -> usize {
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        let at = if bound < 0 { bound.saturating_add(length) } else { bound };
        usize::try_from(at.clamp(0, length)).unwrap_or(0)
    };
    let start = lower.map_or(0, clamp);
    let end = upper.map_or(length, clamp);
    (start, end.max(start))
}

/// `text[index]`.
pub fn index(constant: &Const, index: i64) -> Option<Const> {
    let text = constant.as_text()?;
    let characters: Vec<char> = text.chars().collect();
    let character = characters.get(position(index, characters.len())?)?;
    match constant {
        Const::Bytes(_) => Some(Const::Int(i64::from(u32::from(*character)))),
        _ => text_like(constant, character.to_string()),
    }
}

/// `text[lower:upper]`.
pub fn slice(constant: &Const, lower: Option<i64>, upper: Option<i64>) -> Option<Const> {
    let text = constant.as_text()?;
    let characters: Vec<char> = text.chars().collect();
    let (start, end) = slice_in(lower, upper, characters.len());
    text_like(constant, characters.get(start..end)?.iter().collect())
}

/// `str(constant)`.
pub fn display(constant: &Const) -> Option<String> {
    Some(match constant {
        Const::None => "None".to_owned(),
        Const::Bool(true) => "True".to_owned(),
        Const::Bool(false) => "False".to_owned(),
        Const::Int(value) => value.to_string(),
        Const::Float(bits) => {
            let value = f64::from_bits(*bits);
            if value.fract() == 0.0 && value.abs() < 1e15 { format!("{value:.1}") } else { value.to_string() }
        }
        Const::Str(text) => text.to_string(),
        Const::Bytes(_) => return None,
    })
}

/// A method of a constant string with constant arguments.
pub fn method(receiver: &Const, name: &str, arguments: &[&Const]) -> Option<Folded> {
    let text = receiver.as_text()?;
    let argument = |at: usize| arguments.get(at).and_then(|argument| argument.as_text());
    let one = |text: String| text_like(receiver, text).map(Folded::One);
    let truth = |value: bool| Some(Folded::One(Const::Bool(value)));
    let number = |value: Option<usize>| {
        let value = value.map_or(-1, |at| i64::try_from(text[..at].chars().count()).unwrap_or(-1));
        Some(Folded::One(Const::Int(value)))
    };
    match (name, arguments.len()) {
        ("lower" | "casefold", 0) => one(text.to_lowercase()),
        ("upper", 0) => one(text.to_uppercase()),
        ("title" | "capitalize", 0) => {
            let mut characters = text.chars();
            one(characters.next().map_or(String::new(), |first| {
                first.to_uppercase().collect::<String>() + &characters.as_str().to_lowercase()
            }))
        }
        ("strip", 0) => one(text.trim().to_owned()),
        ("lstrip", 0) => one(text.trim_start().to_owned()),
        ("rstrip", 0) => one(text.trim_end().to_owned()),
        ("strip", 1) => argument(0).and_then(|set| one(text.trim_matches(|c| set.contains(c)).to_owned())),
        ("lstrip", 1) => argument(0).and_then(|set| one(text.trim_start_matches(|c| set.contains(c)).to_owned())),
        ("rstrip", 1) => argument(0).and_then(|set| one(text.trim_end_matches(|c| set.contains(c)).to_owned())),
        ("removeprefix", 1) => {
            argument(0).and_then(|prefix| one(text.strip_prefix(prefix.as_ref()).unwrap_or(text).to_owned()))
        }
        ("removesuffix", 1) => {
            argument(0).and_then(|suffix| one(text.strip_suffix(suffix.as_ref()).unwrap_or(text).to_owned()))
        }
        ("replace", 2) => one(text.replace(argument(0)?.as_ref(), argument(1)?)),
        ("startswith", 1) => truth(text.starts_with(argument(0)?.as_ref())),
        ("endswith", 1) => truth(text.ends_with(argument(0)?.as_ref())),
        ("find" | "index", 1) => number(text.find(argument(0)?.as_ref())),
        ("rfind" | "rindex", 1) => number(text.rfind(argument(0)?.as_ref())),
        ("count", 1) if !argument(0)?.is_empty() => {
            Some(Folded::One(Const::Int(i64::try_from(text.matches(argument(0)?.as_ref()).count()).ok()?)))
        }
        ("isdigit" | "isnumeric" | "isdecimal", 0) => {
            truth(!text.is_empty() && text.chars().all(|c| c.is_ascii_digit()))
        }
        ("isalpha", 0) => truth(!text.is_empty() && text.chars().all(char::is_alphabetic)),
        ("isalnum", 0) => truth(!text.is_empty() && text.chars().all(char::is_alphanumeric)),
        ("isspace", 0) => truth(!text.is_empty() && text.chars().all(char::is_whitespace)),
        ("islower", 0) => truth(text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase)),
        ("isupper", 0) => truth(text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)),
        ("encode", 0 | 1) => Some(Folded::One(Const::Bytes(Rc::clone(text)))),
        ("decode", 0 | 1) => Some(Folded::One(Const::Str(Rc::clone(text)))),
        ("split", 0) => list(receiver, text.split_whitespace()),
        ("split", 1) => list(receiver, text.split(non_empty(argument(0)?)?)),
        ("split", 2) => {
            let limit = usize::try_from(arguments.get(1)?.as_int()?).ok()?;
            list(receiver, text.splitn(limit + 1, non_empty(argument(0)?)?))
        }
        ("rsplit", 2) => {
            let limit = usize::try_from(arguments.get(1)?.as_int()?).ok()?;
            let mut parts: Vec<&str> = text.rsplitn(limit + 1, non_empty(argument(0)?)?).collect();
            parts.reverse();
            list(receiver, parts.into_iter())
        }
        ("splitlines", 0) => list(receiver, text.lines()),
        ("partition", 1) => {
            let separator = non_empty(argument(0)?)?;
            let (head, tail) =
                text.split_once(separator).map_or((text.as_ref(), None), |(head, tail)| (head, Some(tail)));
            let middle = if tail.is_some() { separator } else { "" };
            let parts = [head, middle, tail.unwrap_or("")];
            Some(Folded::Tuple(parts.iter().filter_map(|part| text_like(receiver, (*part).to_owned())).collect()))
        }
        ("zfill", 1) => {
            let width = usize::try_from(arguments.first()?.as_int()?).ok()?;
            if width > MAX_TEXT { None } else { one(format!("{text:0>width$}")) }
        }
        _ => None,
    }
}

fn non_empty(text: &Text) -> Option<&str> {
    (!text.is_empty()).then_some(text.as_ref())
}

fn list<'t>(like: &Const, parts: impl Iterator<Item = &'t str>) -> Option<Folded> {
    let parts: Vec<Const> = parts.take(256).filter_map(|part| text_like(like, part.to_owned())).collect();
    Some(Folded::List(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_pythons() {
        assert_eq!(binary(Operator::FloorDiv, &Const::Int(-7), &Const::Int(2)), Some(Const::Int(-4)));
        assert_eq!(binary(Operator::Mod, &Const::Int(-7), &Const::Int(2)), Some(Const::Int(1)));
        assert_eq!(binary(Operator::Mult, &Const::Int(i64::MAX), &Const::Int(2)), None);
        assert_eq!(binary(Operator::Div, &Const::Int(1), &Const::Int(0)), None);
    }

    #[test]
    fn strings_are_indexed_by_character() {
        assert_eq!(index(&Const::text("aéb"), -2), Some(Const::text("é")));
        assert_eq!(slice(&Const::text("aéb"), Some(1), None), Some(Const::text("éb")));
        assert_eq!(slice(&Const::text("abc"), Some(5), Some(-9)), Some(Const::text("")));
    }

    #[test]
    fn methods_fold() {
        let split = method(&Const::text("a,b,c"), "split", &[&Const::text(",")]);
        assert_eq!(split, Some(Folded::List(vec![Const::text("a"), Const::text("b"), Const::text("c")])));
        assert_eq!(method(&Const::text("abc"), "split", &[&Const::text("")]), None);
    }
}
