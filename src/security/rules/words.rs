//! What names and strings around a node say about its purpose.

use ruff_python_ast::{self as ast, Expr, FStringPart, InterpolatedStringElement, Operator, Stmt};

use ruff_text_size::Ranged;

use super::Site;
use crate::security::python::{NodeRef, formats_number};

/// The words of an identifier in lower case: `apiKey_HASH2` gives `api`, `key`, `hash2`.
pub(super) fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    let mut words = Vec::new();
    for piece in name.split(|c: char| !c.is_alphanumeric()) {
        let mut word = String::new();
        let mut lower_before = false;
        for c in piece.chars() {
            if c.is_uppercase() && lower_before && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            lower_before = c.is_lowercase();
            word.extend(c.to_lowercase());
        }
        if !word.is_empty() {
            words.push(word);
        }
    }
    words.into_iter()
}

/// Whether one of the words of an identifier is in a list.
pub(super) fn has_word(name: &str, list: &[&str]) -> bool {
    words(name).any(|word| list.contains(&word.as_str()))
}

/// Trees are no deeper than this, so no term of a sum is ever left out.
const MAX_TERMS: u16 = 4_000;

/// The names that say what a value is for: the target that it is assigned to, the keyword that it is passed
/// as, the function around it, and the names inside the expression itself.
pub(super) fn purpose(site: &Site<'_, '_>) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(call) = site.call() {
        for argument in &call.arguments.args {
            names_in(argument, &mut names, 6);
        }
    }
    for node in site.ancestors() {
        match node.node {
            NodeRef::Expr(Expr::Call(outer)) => {
                names_in(&outer.func, &mut names, 4);
                for keyword in &outer.arguments.keywords {
                    if let Some(arg) = &keyword.arg
                        && contains(&keyword.value, site)
                    {
                        names.push(arg.as_str().to_owned());
                    }
                }
            }
            NodeRef::Expr(Expr::Dict(dict)) => {
                // Items stand in the order of the text: the one around this node is found by halving.
                let index = dict.items.partition_point(|item| item.value.end() < site.range().end());
                if let Some(item) = dict.items.get(index)
                    && let Some(Expr::StringLiteral(key)) = &item.key
                {
                    names.push(key.value.to_str().to_owned());
                }
            }
            NodeRef::Stmt(Stmt::Assign(assign)) => {
                assign.targets.iter().for_each(|target| names_in(target, &mut names, 4));
            }
            NodeRef::Stmt(Stmt::AnnAssign(assign)) => names_in(&assign.target, &mut names, 4),
            NodeRef::Stmt(Stmt::FunctionDef(function)) => {
                names.push(function.name.as_str().to_owned());
                break;
            }
            NodeRef::Stmt(Stmt::ClassDef(_)) => break,
            _ => {}
        }
    }
    names
}

/// The text of the function around a call; of the file when there is none.
pub(super) fn around<'s>(site: &Site<'s, '_>) -> &'s str {
    let function = site.ancestors().find_map(|node| match node.node {
        NodeRef::Stmt(Stmt::FunctionDef(function)) => Some(function.range()),
        _ => None,
    });
    function.map_or(site.file.unit.text.as_str(), |range| site.file.unit.slice(range))
}

/// The names in an expression.
pub(super) fn names_of(expr: &Expr) -> Vec<String> {
    let mut names = Vec::new();
    names_in(expr, &mut names, 8);
    names
}

fn contains(expr: &Expr, site: &Site<'_, '_>) -> bool {
    expr.range().contains_range(site.range())
}

fn names_in(expr: &Expr, names: &mut Vec<String>, depth: u8) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match expr {
        Expr::Name(name) => names.push(name.id.as_str().to_owned()),
        Expr::Attribute(attribute) => {
            names.push(attribute.attr.as_str().to_owned());
            names_in(&attribute.value, names, depth);
        }
        Expr::Call(call) => {
            names_in(&call.func, names, depth);
            call.arguments.args.iter().for_each(|argument| names_in(argument, names, depth));
        }
        Expr::Subscript(subscript) => {
            names_in(&subscript.value, names, depth);
            if let Expr::StringLiteral(key) = &*subscript.slice {
                names.push(key.value.to_str().to_owned());
            }
        }
        Expr::BinOp(binary) => {
            names_in(&binary.left, names, depth);
            names_in(&binary.right, names, depth);
        }
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|element| names_in(element, names, depth)),
        Expr::FString(string) => fields(string, |field| names_in(field, names, depth)),
        _ => {}
    }
}

/// Calls `each` with every expression in the replacement fields of an f-string.
pub(super) fn fields<'a>(string: &'a ast::ExprFString, mut each: impl FnMut(&'a Expr)) {
    interpolations(string, |field| each(&field.expression));
}

/// The same without those that take nothing but numbers: `{x:d}`.
fn open_fields<'a>(string: &'a ast::ExprFString, mut each: impl FnMut(&'a Expr)) {
    interpolations(string, |field| {
        if !formats_number(field) {
            each(&field.expression);
        }
    });
}

fn interpolations<'a>(string: &'a ast::ExprFString, mut each: impl FnMut(&'a ast::InterpolatedElement)) {
    for part in string.value.iter() {
        if let FStringPart::FString(inner) = part {
            for element in &inner.elements {
                if let InterpolatedStringElement::Interpolation(field) = element {
                    each(field);
                }
            }
        }
    }
}

/// Which values of `format % values` may be something else than a number; none when they cannot be counted.
fn open_conversions(format: &str) -> Option<Vec<bool>> {
    let mut open = Vec::new();
    let mut rest = format;
    while let Some((_, after)) = rest.split_once('%') {
        let end = after.find(|c: char| c.is_ascii_alphabetic() || c == '%')?;
        let flags = after.get(..end)?;
        if flags.contains(['(', '*']) {
            return None;
        }
        match after.get(end..=end)? {
            "%" => {}
            conversion => open.push(!matches!(conversion, "d" | "i" | "f" | "F" | "x" | "X" | "e" | "g" | "o")),
        }
        rest = after.get(end + 1..)?;
    }
    Some(open)
}

/// The literal parts of an f-string, with `\u{0}` where a field stands.
pub(super) fn skeleton(string: &ast::ExprFString) -> String {
    let mut text = String::new();
    for part in string.value.iter() {
        match part {
            FStringPart::Literal(literal) => text.push_str(&literal.value),
            FStringPart::FString(inner) => {
                for element in &inner.elements {
                    match element {
                        InterpolatedStringElement::Literal(literal) => text.push_str(&literal.value),
                        InterpolatedStringElement::Interpolation(_) => text.push('\0'),
                    }
                }
            }
        }
    }
    text
}

/// Text that is put together: its literal parts, and the expressions that fill the gaps.
pub(super) struct Built<'a> {
    /// The literal parts with `\u{0}` for each gap.
    pub text: String,
    /// What fills the gaps.
    pub gaps: Vec<&'a Expr>,
}

/// Takes apart text that is built with `+`, `%`, `format`, `join`, `replace` or an f-string; none when it is
/// something else, or a plain literal.
pub(super) fn built(expr: &Expr) -> Option<Built<'_>> {
    let mut out = Built { text: String::new(), gaps: Vec::new() };
    match expr {
        Expr::FString(string) => {
            out.text = skeleton(string);
            open_fields(string, |field| out.gaps.push(field));
        }
        Expr::BinOp(binary) if binary.op == Operator::Mod => {
            let (text, _) = flat_text(&binary.left)?;
            let open = open_conversions(&text).unwrap_or_default();
            let is_open = |index: usize| open.get(index).copied().unwrap_or(true);
            out.text = text;
            match &*binary.right {
                Expr::Tuple(tuple) => {
                    let values = tuple.elts.iter().enumerate();
                    out.gaps.extend(values.filter(|(index, _)| is_open(*index)).map(|(_, value)| value));
                }
                _ if !is_open(0) => {}
                Expr::Dict(dict) => out.gaps.extend(dict.items.iter().map(|item| &item.value)),
                other => out.gaps.push(other),
            }
        }
        Expr::BinOp(binary) if binary.op == Operator::Add => {
            let mut literals = 0;
            sum(expr, &mut out, &mut literals, MAX_TERMS);
            if literals == 0 {
                return None;
            }
        }
        Expr::Call(call) => {
            let Expr::Attribute(method) = &*call.func else { return None };
            match method.attr.as_str() {
                "format" | "replace" => {
                    let (text, gaps) = flat_text(&method.value)?;
                    out.text = text;
                    out.gaps = gaps;
                    let arguments = &call.arguments;
                    let skip = usize::from(method.attr.as_str() == "replace");
                    out.gaps.extend(arguments.args.iter().skip(skip));
                    out.gaps.extend(arguments.keywords.iter().map(|keyword| &keyword.value));
                }
                "join" => {
                    let (Expr::List(ast::ExprList { elts, .. }) | Expr::Tuple(ast::ExprTuple { elts, .. })) =
                        call.arguments.args.first()?
                    else {
                        return None;
                    };
                    for element in elts {
                        sum(element, &mut out, &mut 0, 8);
                        out.text.push(' ');
                    }
                }
                // `"…".strip()`, `textwrap.dedent("…" % x)`: look inside.
                "strip" | "encode" | "lower" => return built(&method.value),
                "dedent" => return built(call.arguments.args.first()?),
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(out)
}

fn sum<'a>(expr: &'a Expr, out: &mut Built<'a>, literals: &mut usize, depth: u16) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match expr {
        Expr::BinOp(binary) if binary.op == Operator::Add => {
            sum(&binary.left, out, literals, depth);
            sum(&binary.right, out, literals, depth);
        }
        other => match flat_text(other) {
            Some((text, gaps)) => {
                *literals += 1;
                out.text.push_str(&text);
                out.gaps.extend(gaps);
            }
            None => match built(other) {
                Some(inner) => {
                    *literals += 1;
                    out.text.push_str(&inner.text);
                    out.gaps.extend(inner.gaps);
                }
                None => {
                    out.text.push('\0');
                    out.gaps.push(other);
                }
            },
        },
    }
}

/// The text of a literal or an f-string, with its gaps; also of literals joined by `+`.
fn flat_text(expr: &Expr) -> Option<(String, Vec<&Expr>)> {
    match expr {
        Expr::StringLiteral(literal) => Some((literal.value.to_str().to_owned(), Vec::new())),
        Expr::FString(string) => {
            let mut gaps = Vec::new();
            open_fields(string, |field| gaps.push(field));
            Some((skeleton(string), gaps))
        }
        Expr::BinOp(binary) if binary.op == Operator::Add => {
            let inner = built(expr)?;
            Some((inner.text, inner.gaps))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_split_into_words() {
        let split = |name: &str| words(name).collect::<Vec<_>>();
        assert_eq!(split("apiKey_HASH2"), ["api", "key", "hash2"]);
        assert_eq!(split("X-Forwarded-For"), ["x", "forwarded", "for"]);
        assert_eq!(split("__init__"), ["init"]);
    }
}
