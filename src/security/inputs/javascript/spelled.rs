//! What code spells: texts in pieces, and the names of things.

use oxc_ast::ast::{Argument, CallExpression, Expression};

use super::origins::Marks;

/// Texts longer than this are cut: names of files and hosts are short.
const MAX_SPELLED: usize = 4_000;

/// The texts within an expression put together: what is added up as it stands, the parts of a path and the members of
/// a list with `/` in between. Names are looked up, other values are left out.
pub(super) fn spelled(marks: &Marks<'_>, expression: &Expression<'_>) -> String {
    let mut out = String::new();
    put(marks, expression, &mut out, 0);
    out
}

fn put(marks: &Marks<'_>, expression: &Expression<'_>, out: &mut String, depth: usize) {
    if depth > 12 || out.len() > MAX_SPELLED {
        return;
    }
    match expression {
        Expression::StringLiteral(literal) => out.push_str(literal.value.as_str()),
        Expression::TemplateLiteral(template) => {
            let mut inner = template.expressions.iter();
            for part in &template.quasis {
                out.push_str(part.value.raw.as_str());
                if let Some(inner) = inner.next() {
                    put(marks, inner, out, depth + 1);
                }
            }
        }
        Expression::Identifier(name) => {
            out.push_str(marks.text_of(name.name.as_str(), name.span.start).unwrap_or_default());
        }
        Expression::BinaryExpression(sum) => {
            put(marks, &sum.left, out, depth + 1);
            put(marks, &sum.right, out, depth + 1);
        }
        Expression::LogicalExpression(either) => {
            put(marks, &either.left, out, depth + 1);
            put(marks, &either.right, out, depth + 1);
        }
        Expression::ParenthesizedExpression(inner) => put(marks, &inner.expression, out, depth + 1),
        Expression::AwaitExpression(inner) => put(marks, &inner.argument, out, depth + 1),
        Expression::ArrayExpression(list) => {
            for one in list.elements.iter().filter_map(|element| element.as_expression()) {
                put(marks, one, out, depth + 1);
                out.push('/');
            }
        }
        Expression::StaticMemberExpression(member) if marks.slice(member.span).starts_with("process.env.") => {
            out.push('$');
            out.push_str(member.property.name.as_str());
        }
        Expression::CallExpression(call) => put_call(marks, call, out, depth),
        _ => {}
    }
}

/// A path that is joined; of other calls that give a folder, a mark for it.
fn put_call(marks: &Marks<'_>, call: &CallExpression<'_>, out: &mut String, depth: usize) {
    let name = marks.name(&call.callee);
    let last = name.rsplit('.').next().unwrap_or_default();
    match last {
        "homedir" => out.push('~'),
        "tmpdir" => out.push_str("/tmp"),
        "join" | "resolve" | "concat" => {
            for argument in call.arguments.iter().filter_map(Argument::as_expression) {
                put(marks, argument, out, depth + 1);
                if last != "concat" {
                    out.push('/');
                }
            }
            if last != "concat" && out.ends_with('/') {
                out.pop();
            }
        }
        _ => {}
    }
}

pub(super) fn module_name(quoted: &str) -> String {
    let whole = seamless(&quoted.chars().filter(|c| !c.is_whitespace()).collect::<String>());
    let name = whole.trim_matches(['"', '\'', '`']);
    name.strip_prefix("node:").unwrap_or(name).to_owned()
}

/// A text without the seams of strings that are added up: `'ev'+'al'` is `'eval'`.
pub(super) fn seamless(text: &str) -> String {
    let mut text = text.to_owned();
    if text.contains(".join(") {
        for quote in ['\'', '"', '`'] {
            text = text.replace(&format!("{quote},{quote}"), "");
        }
        text = text.replace(".join('')", "").replace(".join(\"\")", "").replace("[[", "[").replace("]]", "]");
    }
    if text.contains('+') {
        text = text.replace("'+'", "").replace("\"+\"", "").replace("`+`", "");
    }
    text
}

/// `x['name']` as `x.name`.
pub(super) fn dotted(text: String) -> String {
    if !text.contains("['") && !text.contains("[\"") && !text.contains("[`") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('[') {
        let inner = rest.get(at + 1..).unwrap_or_default();
        let quote = inner.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'));
        let word = quote.and_then(|quote| inner.get(1..)?.split_once(&format!("{quote}]")));
        match word {
            Some((word, after)) if word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$') => {
                out.push_str(&rest[..at]);
                out.push('.');
                out.push_str(word);
                rest = after;
            }
            _ => {
                out.push_str(rest.get(..=at).unwrap_or_default());
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

pub(super) fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| !(c.is_alphanumeric() || c == '_' || c == '$');
    text.split(part).filter(|word| !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()))
}
