//! Literals of Python as JSON values, bounded in depth, items and text.

use ruff_python_ast::{Expr, Number, UnaryOp};
use serde_json::{Map, Value};

use super::{MAX_ITEMS, shortened};

/// Levels of containers that are kept.
const MAX_LEVELS: usize = 6;

/// The value of a literal, or none when the expression is no literal. Inside of containers what is no
/// literal becomes null.
pub(super) fn value_of(expression: &Expr) -> Option<Value> {
    within(expression, &mut 64, 0)
}

/// `budget` is the number of values that may still be kept.
fn within(expression: &Expr, budget: &mut usize, level: usize) -> Option<Value> {
    if level > MAX_LEVELS || *budget == 0 {
        return None;
    }
    *budget -= 1;
    match expression {
        Expr::StringLiteral(text) => Some(Value::String(shortened(text.value.to_str()))),
        Expr::BooleanLiteral(literal) => Some(Value::Bool(literal.value)),
        Expr::NoneLiteral(_) => Some(Value::Null),
        Expr::NumberLiteral(literal) => number(&literal.value, false),
        Expr::UnaryOp(operation) if operation.op == UnaryOp::USub => match &*operation.operand {
            Expr::NumberLiteral(literal) => number(&literal.value, true),
            _ => None,
        },
        Expr::List(list) => Some(items(&list.elts, budget, level)),
        Expr::Tuple(tuple) => Some(items(&tuple.elts, budget, level)),
        Expr::Set(set) => Some(items(&set.elts, budget, level)),
        Expr::Dict(dict) => {
            let mut map = Map::new();
            for item in dict.items.iter().take(MAX_ITEMS) {
                if *budget == 0 {
                    break;
                }
                if let Some(Expr::StringLiteral(key)) = &item.key {
                    let value = within(&item.value, budget, level + 1).unwrap_or(Value::Null);
                    map.insert(shortened(key.value.to_str()), value);
                }
            }
            Some(Value::Object(map))
        }
        _ => None,
    }
}

fn items(elements: &[Expr], budget: &mut usize, level: usize) -> Value {
    let mut values = Vec::new();
    for element in elements.iter().take(MAX_ITEMS) {
        if *budget == 0 {
            break;
        }
        values.push(within(element, budget, level + 1).unwrap_or(Value::Null));
    }
    Value::Array(values)
}

fn number(number: &Number, negative: bool) -> Option<Value> {
    match number {
        Number::Int(integer) => integer.as_i64().map(|value| Value::from(if negative { -value } else { value })),
        Number::Float(value) => serde_json::Number::from_f64(if negative { -value } else { *value }).map(Value::Number),
        Number::Complex { .. } => None,
    }
}

/// The dotted name that an expression spells, as in `a.b.c`; none for anything else.
pub(super) fn dotted(expression: &Expr) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    let mut at = expression;
    loop {
        match at {
            Expr::Attribute(attribute) if parts.len() < 32 => {
                parts.push(attribute.attr.as_str());
                at = &attribute.value;
            }
            Expr::Name(name) => {
                parts.push(name.id.as_str());
                parts.reverse();
                return Some(parts.join("."));
            }
            _ => return None,
        }
    }
}
