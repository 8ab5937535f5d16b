//! Queries that are put together from text.

use ruff_python_ast::{CmpOp, Comprehension, Expr, FStringPart, InterpolatedStringElement, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::words::{Built, built, skeleton};
use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{BindingKind, Constant, NodeRef};

pub(super) const SQL: Rule = Rule {
    id: "sql-text",
    title: "a query is put together from text",
    aliases: &["B608", "S608"],
    category: Category::Injection,
    cwe: 89,
    severity: Severity::Medium,
    help: "write placeholders in the query and pass the values beside it",
    triggers: &[Trigger::Text, Trigger::Str],
    check: |site, sink| if sink.is_full() { everywhere(site, sink) } else { judged(site, sink) },
};

pub(super) const EXECUTED: Rule = Rule {
    id: "sql-from-parts",
    title: "a query that was put together is run",
    aliases: &[],
    category: Category::Injection,
    cwe: 89,
    severity: Severity::Medium,
    help: "write placeholders in the query and pass the values beside it",
    triggers: &[
        Trigger::Method(&[
            "execute",
            "executemany",
            "executescript",
            "raw",
            "read_sql",
            "read_sql_query",
            "fetch",
            "fetchrow",
            "fetchval",
            "mogrify",
        ]),
        Trigger::Call(&["sqlalchemy.text", "sqlalchemy.sql.text", "sqlalchemy.sql.expression.text"]),
    ],
    check: run_from_parts,
};

/// Queries whose text reaches the call that runs it by a name: `q % x`, `q.format(x)`, `q += x`.
fn run_from_parts(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(query) = site.argument("sql", 0).or_else(|| site.first()) else { return };
    if site.file.test_code {
        return;
    }
    let text = site.name.is_some_and(|name| name.starts_with("sqlalchemy.") && name.ends_with(".text"));
    let found = match query {
        Expr::BinOp(binary) => match &*binary.left {
            Expr::Name(name) => {
                names_query(site, name) && {
                    let values: Vec<&Expr> = match &*binary.right {
                        Expr::Tuple(tuple) => tuple.elts.iter().collect(),
                        other => vec![other],
                    };
                    values.iter().any(|value| !is_harmless(site, value, 6))
                }
            }
            _ => text && is_open(site, query),
        },
        Expr::Call(call) => match &*call.func {
            Expr::Attribute(method) if method.attr.as_str() == "format" => match &*method.value {
                Expr::Name(name) => {
                    let named = call.arguments.keywords.iter().map(|keyword| &keyword.value);
                    let mut values = call.arguments.args.iter().chain(named);
                    names_query(site, name) && values.any(|value| !is_harmless(site, value, 6))
                }
                _ => text && is_open(site, query),
            },
            _ => false,
        },
        Expr::FString(_) => text && is_open(site, query),
        Expr::Name(name) => is_grown(site, name),
        _ => false,
    };
    if found {
        let what = "a query is put together from text: a value in it can change what it does";
        sink.report(site.range(), Severity::Medium, Confidence::Medium, what);
    }
}

/// Whether a text that is no query by its beginning has parts that are not constant.
fn is_open(site: &Site<'_, '_>, query: &Expr) -> bool {
    built(query).is_some_and(|parts| {
        !begins_query(&parts.text)
            && parts.gaps.iter().any(|gap| !is_harmless(site, gap, 6))
            && !only_placeholders(&parts)
    })
}

fn names_query(site: &Site<'_, '_>, name: &ruff_python_ast::ExprName) -> bool {
    site.file
        .model
        .single_value(name, site.scope)
        .and_then(|(value, _)| site.text(value))
        .is_some_and(|text| begins_query(&text) && is_query(&text))
}

/// Whether a name begins as a query, and text that is not constant is added to it.
fn is_grown(site: &Site<'_, '_>, name: &ruff_python_ast::ExprName) -> bool {
    let model = site.file.model;
    let Some(binding) = model.lookup(name.id.as_str(), site.scope, name.start()) else { return false };
    let (mut query, mut open) = (false, false);
    for known in model.bindings_of(binding.name, binding.scope).take(40) {
        match known.kind {
            BindingKind::Assigned(value) => {
                query |= first_literal(value).is_some_and(begins_query);
                // `q = q + …`
                let onto = matches!(value, Expr::BinOp(sum) if first_name(&sum.left) == Some(name.id.as_str()));
                open |= onto && grows(site, value, name.id.as_str());
            }
            BindingKind::Augmented(more) => open |= grows(site, &more.value, name.id.as_str()),
            _ => {}
        }
    }
    query && open
}

/// Whether a text that is added has parts that are not constant. Lists of conditions that are joined hold
/// placeholders most of the time.
fn grows(site: &Site<'_, '_>, more: &Expr, own: &str) -> bool {
    let joined = |gap: &Expr| matches!(gap, Expr::Call(call) if called_name(call) == Some("join"));
    built(more).is_some_and(|parts| {
        !only_placeholders(&parts)
            && parts.gaps.iter().any(|gap| {
                !matches!(gap, Expr::Name(name) if name.id.as_str() == own)
                    && !joined(gap)
                    && !is_harmless(site, gap, 6)
            })
    })
}

/// The name that a sum begins with.
fn first_name(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::BinOp(binary) => first_name(&binary.left),
        _ => None,
    }
}

/// Every string that looks like a query and is a part of a larger text.
fn everywhere(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let parent = site.parent().map(|node| node.node);
    let (text, range): (String, TextRange) = match site.node {
        NodeRef::Expr(Expr::FString(string)) => (skeleton(string).replace('\0', ""), string.range()),
        NodeRef::Expr(Expr::StringLiteral(literal)) => {
            // `"…".format(…)` and `"…".replace(…)`: the call around it has it as the value of its method.
            if let Some(NodeRef::Expr(Expr::Call(call))) = parent
                && let Expr::Attribute(method) = &*call.func
                && method.value.range() == literal.range()
                && matches!(method.attr.as_str(), "format" | "replace")
            {
                (literal.value.to_str().to_owned(), literal.range())
            } else {
                return;
            }
        }
        NodeRef::Expr(Expr::BinOp(_)) => {
            // The literals of a sum, joined by spaces.
            let NodeRef::Expr(expr) = site.node else { return };
            let mut texts = Vec::new();
            literals(expr, &mut texts, 4_000);
            let Some(first) = texts.first().map(|(range, _)| *range) else { return };
            (texts.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" "), first)
        }
        _ => return,
    };
    if looks_like_query(&text) {
        sink.report(range, Severity::Medium, Confidence::Low, "a query is put together from text");
    }
}

fn literals<'a>(expr: &'a Expr, out: &mut Vec<(TextRange, &'a str)>, depth: u16) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match expr {
        Expr::BinOp(binary) => {
            literals(&binary.left, out, depth);
            literals(&binary.right, out, depth);
        }
        Expr::StringLiteral(literal) => out.push((literal.range(), literal.value.to_str())),
        _ => {}
    }
}

/// Whether text has the words of a query in their order, anywhere.
fn looks_like_query(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let after = |start: &str, then: &[&str]| {
        memchr::memmem::find(lower.as_bytes(), start.as_bytes()).is_some_and(|at| {
            let rest = lower.get(at + start.len()..).unwrap_or("");
            rest.starts_with(char::is_whitespace)
                && then.iter().all(|word| {
                    memchr::memmem::find_iter(rest.as_bytes(), word.as_bytes()).any(|at| {
                        rest.as_bytes().get(at + word.len()).is_some_and(|byte| {
                            byte.is_ascii_whitespace() || (*word == "values" && matches!(byte, b'(' | b'['))
                        })
                    })
                })
        })
    };
    after("select", &["from"])
        || after("delete", &["from"])
        || (after("insert", &["into", "values"]))
        || after("update", &["set"])
}

fn judged(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let NodeRef::Expr(expr) = site.node else { return };
    let (whole, range) = match expr {
        Expr::FString(_) | Expr::BinOp(_) => (expr, expr.range()),
        Expr::StringLiteral(literal) => {
            // A cheap look before the parent is asked.
            if literal.value.len() < 12 || !begins_query(literal.value.to_str()) {
                return;
            }
            match site.parent().map(|node| node.node) {
                Some(NodeRef::Expr(call @ Expr::Call(inner))) if matches!(&*inner.func, Expr::Attribute(method) if method.value.range() == literal.range()) => {
                    (call, call.range())
                }
                _ => return,
            }
        }
        _ => return,
    };
    if matches!(whole, Expr::FString(_)) && part_of_larger(site) {
        return;
    }
    // Most texts are no queries: their first letters tell before anything is put together.
    if first_literal(whole).is_some_and(|text| !begins_query(text)) {
        return;
    }
    let Some(parts) = built(whole) else { return };
    if parts.gaps.is_empty() || !begins_query(&parts.text) || !is_query(&parts.text) {
        return;
    }
    let open: Vec<&&Expr> =
        parts.gaps.iter().filter(|gap| !is_harmless(site, gap, 6) && !has_its_values(site, gap)).collect();
    if open.is_empty() || site.file.test_code || only_placeholders(&parts) {
        return;
    }
    let executed = is_executed(site, range);
    let quoted = parts.text.contains("'\0")
        || parts.text.contains("'%s")
        || parts.text.contains("'{")
        || parts.text.contains("= \0");
    let (severity, confidence) = match (executed, quoted) {
        (true, true) => (Severity::Medium, Confidence::High),
        (true, false) => (Severity::Medium, Confidence::Medium),
        (false, true) => (Severity::Medium, Confidence::Low),
        (false, false) => (Severity::Low, Confidence::Low),
    };
    sink.report(
        range,
        severity,
        confidence,
        "a query is put together from text: a value in it can change what it does",
    );
}

/// The literal that a text begins with; none when it begins with something else.
fn first_literal(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::StringLiteral(literal) => {
            literal.value.iter().next().map(|part| &*part.value).filter(|text| !text.trim().is_empty())
        }
        Expr::FString(string) => match string.value.iter().next()? {
            FStringPart::Literal(literal) => Some(&*literal.value),
            FStringPart::FString(inner) => match inner.elements.iter().next()? {
                InterpolatedStringElement::Literal(literal) => Some(&*literal.value),
                // A text that begins with a value is no query that is known to be one.
                InterpolatedStringElement::Interpolation(_) => Some(""),
            },
        }
        .filter(|text| text.is_empty() || !text.trim().is_empty()),
        Expr::BinOp(binary) => first_literal(&binary.left),
        Expr::Call(_) => None,
        _ => Some(""),
    }
}

/// An f-string inside a sum is judged with the sum.
fn part_of_larger(site: &Site<'_, '_>) -> bool {
    matches!(site.parent().map(|node| node.node), Some(NodeRef::Expr(Expr::BinOp(_))))
}

fn begins_query(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    let letters = start.bytes().take(10).take_while(u8::is_ascii_alphabetic).count();
    let word = start.get(..letters).unwrap_or_default();
    [
        "select", "insert", "update", "delete", "replace", "with", "drop", "alter", "create", "truncate", "merge",
        "exec", "call", "grant",
    ]
    .iter()
    .any(|known| word.eq_ignore_ascii_case(known))
}

fn is_query(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let has = |word: &str| {
        memchr::memmem::find_iter(upper.as_bytes(), word.as_bytes()).any(|at| {
            let before = at.checked_sub(1).and_then(|index| upper.as_bytes().get(index));
            let after = upper.as_bytes().get(at + word.len());
            before.is_none_or(|byte| !byte.is_ascii_alphanumeric())
                && after.is_none_or(|byte| !byte.is_ascii_alphanumeric())
        })
    };
    (has("SELECT") && has("FROM"))
        || (has("INSERT") && has("INTO"))
        || (has("REPLACE") && has("INTO"))
        || (has("UPDATE") && has("SET"))
        || (has("DELETE") && has("FROM"))
        || ((has("DROP") || has("ALTER") || has("CREATE") || has("TRUNCATE")) && has("TABLE"))
}

/// Numbers, constants and lists of placeholders cannot change a query.
fn is_harmless(site: &Site<'_, '_>, expr: &Expr, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    if site.is_constant(expr) {
        return true;
    }
    match expr {
        Expr::Call(call) => {
            let name = site.resolve(&call.func);
            if name.as_deref().is_some_and(|name| {
                matches!(
                    name,
                    "builtins.int"
                        | "builtins.float"
                        | "builtins.len"
                        | "psycopg2.sql.Identifier"
                        | "psycopg.sql.Identifier"
                        | "uuid.UUID"
                )
            }) {
                return true;
            }
            let last = called_name(call).unwrap_or("");
            if matches!(last, "quote_name" | "quote_ident" | "quote_identifier" | "escape_identifier") {
                return true;
            }
            // `",".join("?" * n)`, `", ".join(["%s"] * n)`, `",".join("?" for _ in ids)`
            last == "join"
                && call.arguments.args.first().is_some_and(|argument| match argument {
                    Expr::BinOp(binary) => placeholder(site, &binary.left) || placeholder(site, &binary.right),
                    Expr::Generator(inner) => is_listed(site, &inner.elt, &inner.generators),
                    Expr::ListComp(inner) => is_listed(site, &inner.elt, &inner.generators),
                    other => site.is_constant(other),
                })
        }
        Expr::BinOp(binary) => {
            (is_harmless(site, &binary.left, depth) && is_harmless(site, &binary.right, depth))
                || placeholder(site, &binary.left)
                || placeholder(site, &binary.right)
        }
        // The name of the table of a model.
        Expr::Attribute(attribute)
            if matches!(attribute.attr.as_str(), "db_table" | "__tablename__" | "__table__" | "fullname") =>
        {
            true
        }
        Expr::Attribute(attribute) => match &*attribute.value {
            Expr::Name(owner) => is_numeric_field(site, owner, attribute.attr.as_str()),
            _ => false,
        },
        Expr::Name(name) if is_numeric_parameter(site, name) => true,
        // A name that is assigned once, to something harmless.
        Expr::Name(name) => site
            .file
            .model
            .single_value(name, site.scope)
            .is_some_and(|(value, _)| !matches!(value, Expr::Name(_)) && is_harmless(site, value, depth)),
        _ => false,
    }
}

/// `f"{column} = ?" for column in COLUMNS`: placeholders, with names and numbers that stand in the source.
fn is_listed(site: &Site<'_, '_>, element: &Expr, generators: &[Comprehension]) -> bool {
    if placeholder(site, element) {
        return true;
    }
    let known = |gap: &Expr| match gap {
        Expr::Name(name) => generators.iter().any(|generator| {
            let first = match &generator.target {
                Expr::Tuple(pair) => pair.elts.first(),
                other => Some(other),
            };
            let taken = first.is_some_and(|first| first_name(first) == Some(name.id.as_str()));
            taken && is_source_of_names(site, generator, matches!(generator.target, Expr::Tuple(_)))
        }),
        other => site.is_constant(other),
    };
    built(element).is_some_and(|parts| parts.gaps.iter().all(|gap| known(gap)))
}

/// Whether what a loop takes stands in the source: numbers, constants, or what is one of them.
fn is_source_of_names(site: &Site<'_, '_>, generator: &Comprehension, pairs: bool) -> bool {
    let chosen = generator.ifs.iter().any(|test| match test {
        Expr::Compare(compare) => matches!((&*compare.ops, &*compare.comparators), ([CmpOp::In], [allowed])
            if are_constant(site, allowed)),
        _ => false,
    });
    if chosen {
        return true;
    }
    match &generator.iter {
        Expr::Call(call) => match called_name(call) {
            Some("range") => !pairs,
            // The first of a pair is its number.
            Some("enumerate") => pairs,
            _ => false,
        },
        // `[name for name in sent if name in COLUMNS]`
        Expr::Name(name) => match site.file.model.single_value(name, site.scope) {
            Some((Expr::ListComp(list), _)) => list.generators.iter().any(|inner| {
                first_name(&inner.target) == first_name(&list.elt) && is_source_of_names(site, inner, false)
            }),
            _ => are_constant(site, &generator.iter),
        },
        other => are_constant(site, other),
    }
}

/// Whether a list, a set or the like holds constants alone.
fn are_constant(site: &Site<'_, '_>, expr: &Expr) -> bool {
    let all = |elements: &[Expr]| elements.iter().all(|element| site.is_constant(element));
    match expr {
        Expr::List(list) => all(&list.elts),
        Expr::Tuple(tuple) => all(&tuple.elts),
        Expr::Set(set) => all(&set.elts),
        Expr::Dict(dict) => dict.items.iter().all(|item| item.key.as_ref().is_some_and(|key| site.is_constant(key))),
        Expr::Call(call) => {
            matches!(called_name(call), Some("frozenset" | "set" | "tuple" | "list"))
                && call.arguments.args.first().is_some_and(|inner| !inner.is_name_expr() && are_constant(site, inner))
        }
        Expr::Name(name) => site
            .file
            .model
            .single_value(name, site.scope)
            .is_some_and(|(value, _)| !matches!(value, Expr::Name(_)) && are_constant(site, value)),
        _ => false,
    }
}

/// `where, values = conditions(…)` and `execute("… WHERE " + where, values)`: what makes both keeps values apart.
fn has_its_values(site: &Site<'_, '_>, gap: &Expr) -> bool {
    let model = site.file.model;
    let pair = |expr: &Expr| {
        let Expr::Name(name) = expr else { return None };
        let binding = model.lookup(name.id.as_str(), site.scope, name.start())?;
        match binding.kind {
            BindingKind::Unpacked(call @ Expr::Call(_)) => Some(call.range()),
            _ => None,
        }
    };
    let Some(made) = pair(gap) else { return false };
    site.ancestors().take(4).any(|node| match node.node {
        NodeRef::Expr(Expr::Call(call)) => call.arguments.args.iter().skip(1).any(|values| pair(values) == Some(made)),
        _ => false,
    })
}

/// Whether a type is one of numbers and the like.
fn is_numeric(annotation: &Expr) -> bool {
    matches!(annotation, Expr::Name(name)
        if matches!(name.id.as_str(), "int" | "float" | "bool" | "UUID" | "Decimal" | "date" | "datetime"))
}

/// `def f(x: int)`
fn is_numeric_parameter(site: &Site<'_, '_>, name: &ruff_python_ast::ExprName) -> bool {
    let model = site.file.model;
    let Some(binding) = model.lookup(name.id.as_str(), site.scope, name.start()) else { return false };
    let only = model.bindings_of(binding.name, binding.scope).count() == 1;
    only && matches!(binding.kind, BindingKind::Parameter { annotation: Some(annotation), .. } if is_numeric(annotation))
}

/// `x.field`, where `x` is a parameter with a class of this file as its type that says `field: int`.
fn is_numeric_field(site: &Site<'_, '_>, owner: &ruff_python_ast::ExprName, field: &str) -> bool {
    let model = site.file.model;
    let Some(binding) = model.lookup(owner.id.as_str(), site.scope, owner.start()) else { return false };
    let BindingKind::Parameter { annotation: Some(Expr::Name(class)), .. } = binding.kind else { return false };
    let Some(class) = model.lookup(class.id.as_str(), site.scope, owner.start()) else { return false };
    let BindingKind::Class(class) = class.kind else { return false };
    class.body.iter().any(|stmt| match stmt {
        Stmt::AnnAssign(declared) => {
            is_numeric(&declared.annotation)
                && matches!(&*declared.target, Expr::Name(name) if name.id.as_str() == field)
        }
        _ => false,
    })
}

fn placeholder(site: &Site<'_, '_>, expr: &Expr) -> bool {
    let text = match expr {
        Expr::List(list) if list.elts.len() == 1 => list.elts.first(),
        other => Some(other),
    };
    matches!(text.and_then(|text| site.constant(text)), Some(Constant::Str(text)) if text.trim_matches([' ', ',']).len() <= 4)
}

/// `"… WHERE id = %s" % "%s"` and the like.
fn only_placeholders(parts: &Built<'_>) -> bool {
    parts.gaps.iter().all(|gap| matches!(gap, Expr::StringLiteral(literal) if literal.value.len() <= 4))
}

/// Whether the text goes to a method that runs queries: at once, or through the one name it is assigned to.
fn is_executed(site: &Site<'_, '_>, range: TextRange) -> bool {
    for node in site.ancestors() {
        match node.node {
            NodeRef::Expr(Expr::Call(call)) if call.range() != range => {
                return called_name(call).is_some_and(|name| {
                    matches!(
                        name,
                        "execute"
                            | "executemany"
                            | "executescript"
                            | "raw"
                            | "read_sql"
                            | "read_sql_query"
                            | "fetch"
                            | "fetchrow"
                            | "fetchval"
                            | "query"
                            | "text"
                            | "mogrify"
                    )
                });
            }
            NodeRef::Stmt(Stmt::Assign(_) | Stmt::AugAssign(_) | Stmt::AnnAssign(_)) => {
                return site.file.unit.text.contains(".execute");
            }
            NodeRef::Stmt(_) => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_told_from_prose() {
        assert!(begins_query("  SELECT x") && is_query("select a from b where c = \0"));
        assert!(!is_query("select one of the following options"));
        assert!(!begins_query("Please select from the list"));
        assert!(looks_like_query("INSERT INTO t VALUES(1)") && looks_like_query("update x set y"));
        assert!(!looks_like_query("updated offset"));
    }
}
