//! Folding of literals.

use std::borrow::Cow;
use std::cell::Cell;

use ruff_python_ast::{self as ast, Expr, FStringPart, InterpolatedStringElement, Number, Operator, UnaryOp};
use ruff_text_size::Ranged;

use super::bindings::{BindingKind, Model, ScopeId, Way};

/// The value of an expression that does not depend on anything.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant<'a> {
    /// Text.
    Str(Cow<'a, str>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
    /// An integer that fits.
    Int(i64),
    /// Another number.
    Float(f64),
    /// A truth value.
    Bool(bool),
    /// `None`.
    None,
}

/// Folded text never grows beyond this many bytes.
const MAX_TEXT: usize = 64 * 1024;

impl Constant<'_> {
    /// Whether Python counts it as true.
    pub fn is_true(&self) -> bool {
        match self {
            Self::Str(text) => !text.is_empty(),
            Self::Bytes(bytes) => !bytes.is_empty(),
            Self::Int(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Bool(value) => *value,
            Self::None => false,
        }
    }

    /// The text, when it is text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }
}

/// The text of a string literal.
pub fn literal_text(literal: &ast::ExprStringLiteral) -> &str {
    literal.value.to_str()
}

impl<'a> Model<'a> {
    /// The constant value of an expression in `scope`: literals, operations on constants, and names that are
    /// bound once, to a constant.
    pub fn constant<'e>(&self, expr: &'e Expr, scope: ScopeId) -> Option<Constant<'e>>
    where
        'a: 'e,
    {
        let steps = Cell::new(0);
        self.fold(expr, scope, Way::new(&steps))
    }

    pub(super) fn constant_along<'e>(&self, expr: &'e Expr, scope: ScopeId, way: Way<'_>) -> Option<Constant<'e>>
    where
        'a: 'e,
    {
        self.fold(expr, scope, way)
    }

    /// Whether an expression is made of constants only, lists and tuples of constants among them.
    pub fn is_constant(&self, expr: &Expr, scope: ScopeId) -> bool {
        let steps = Cell::new(0);
        self.is_constant_along(expr, scope, Way::new(&steps))
    }

    fn is_constant_along(&self, expr: &Expr, scope: ScopeId, way: Way<'_>) -> bool {
        let Some(way) = way.step() else { return false };
        let all = |elements: &[Expr]| elements.iter().all(|element| self.is_constant_along(element, scope, way));
        match expr {
            Expr::List(list) => all(&list.elts),
            Expr::Tuple(tuple) => all(&tuple.elts),
            Expr::Set(set) => all(&set.elts),
            Expr::Starred(starred) => self.is_constant_along(&starred.value, scope, way),
            Expr::BinOp(binary) => {
                self.is_constant_along(&binary.left, scope, way) && self.is_constant_along(&binary.right, scope, way)
            }
            Expr::If(choice) => {
                self.is_constant_along(&choice.body, scope, way) && self.is_constant_along(&choice.orelse, scope, way)
            }
            Expr::EllipsisLiteral(_) | Expr::NumberLiteral(_) => true,
            Expr::Name(name) => match (self.single_value(name, scope), way.hop()) {
                (Some((value, scope)), Some(way)) => self.is_constant_along(value, scope, way),
                _ => false,
            },
            _ => self.fold(expr, scope, way).is_some(),
        }
    }

    /// The value of a name that is bound exactly once, by a plain assignment, and the scope of that value.
    pub fn single_value(&self, name: &ast::ExprName, scope: ScopeId) -> Option<(&'a Expr, ScopeId)> {
        let binding = self.lookup(name.id.as_str(), scope, name.start())?;
        let mut all = self.bindings_of(binding.name, binding.scope);
        let only = all.next()?;
        if all.next().is_some() {
            return None;
        }
        match only.kind {
            BindingKind::Assigned(value) | BindingKind::Annotated { value: Some(value), .. } => {
                Some((value, only.scope))
            }
            _ => None,
        }
    }

    fn fold<'e>(&self, expr: &'e Expr, scope: ScopeId, way: Way<'_>) -> Option<Constant<'e>>
    where
        'a: 'e,
    {
        let way = way.step()?;
        match expr {
            Expr::StringLiteral(literal) => Some(Constant::Str(Cow::Borrowed(literal.value.to_str()))),
            Expr::BytesLiteral(literal) => Some(Constant::Bytes(match literal.value.as_slice() {
                [one] => Cow::Borrowed(&*one.value),
                many => Cow::Owned(many.iter().flat_map(|part| part.value.iter().copied()).collect()),
            })),
            Expr::NumberLiteral(literal) => match &literal.value {
                Number::Int(int) => int.as_i64().map(Constant::Int),
                Number::Float(float) => Some(Constant::Float(*float)),
                Number::Complex { .. } => None,
            },
            Expr::BooleanLiteral(literal) => Some(Constant::Bool(literal.value)),
            Expr::NoneLiteral(_) => Some(Constant::None),
            Expr::UnaryOp(unary) => match (unary.op, self.fold(&unary.operand, scope, way)?) {
                (UnaryOp::USub, Constant::Int(value)) => value.checked_neg().map(Constant::Int),
                (UnaryOp::USub, Constant::Float(value)) => Some(Constant::Float(-value)),
                (UnaryOp::Not, value) => Some(Constant::Bool(!value.is_true())),
                _ => None,
            },
            Expr::BinOp(binary) => {
                let first = self.fold(&binary.left, scope, way)?;
                operate(binary.op, first, self.fold(&binary.right, scope, way)?)
            }
            Expr::Name(name) => {
                let (value, scope) = self.single_value(name, scope)?;
                self.fold(value, scope, way.hop()?)
            }
            Expr::FString(string) => self.fold_fstring(string, scope, way),
            Expr::Call(call) => self.fold_call(call, scope, way),
            Expr::Named(named) => self.fold(&named.value, scope, way),
            _ => None,
        }
    }

    fn fold_fstring<'e>(&self, string: &'e ast::ExprFString, scope: ScopeId, way: Way<'_>) -> Option<Constant<'e>>
    where
        'a: 'e,
    {
        let mut text = String::new();
        for part in string.value.iter() {
            match part {
                FStringPart::Literal(literal) => text.push_str(&literal.value),
                FStringPart::FString(inner) => {
                    for element in &inner.elements {
                        match element {
                            InterpolatedStringElement::Literal(literal) => text.push_str(&literal.value),
                            InterpolatedStringElement::Interpolation(field) => {
                                if field.format_spec.is_some() {
                                    return None;
                                }
                                text.push_str(&shown(&self.fold(&field.expression, scope, way)?)?);
                            }
                        }
                    }
                }
            }
            if text.len() > MAX_TEXT {
                return None;
            }
        }
        Some(Constant::Str(Cow::Owned(text)))
    }

    /// Methods of constant text that are used to hide names: `"".join`, `[::-1]` is left to the data flow.
    fn fold_call<'e>(&self, call: &'e ast::ExprCall, scope: ScopeId, way: Way<'_>) -> Option<Constant<'e>>
    where
        'a: 'e,
    {
        let Expr::Attribute(method) = &*call.func else { return None };
        let Constant::Str(text) = self.fold(&method.value, scope, way)? else { return None };
        match (method.attr.as_str(), &*call.arguments.args) {
            ("lower", []) => Some(Constant::Str(Cow::Owned(text.to_lowercase()))),
            ("upper", []) => Some(Constant::Str(Cow::Owned(text.to_uppercase()))),
            ("strip", []) => Some(Constant::Str(Cow::Owned(text.trim().to_owned()))),
            ("join", [Expr::List(ast::ExprList { elts, .. }) | Expr::Tuple(ast::ExprTuple { elts, .. })]) => {
                let mut parts = Vec::with_capacity(elts.len().min(64));
                for element in elts {
                    let Constant::Str(part) = self.fold(element, scope, way)? else { return None };
                    parts.push(part);
                }
                let joined = parts.join(&*text);
                (joined.len() <= MAX_TEXT).then_some(Constant::Str(Cow::Owned(joined)))
            }
            _ => None,
        }
    }
}

fn shown(value: &Constant<'_>) -> Option<String> {
    match value {
        Constant::Str(text) => Some(text.to_string()),
        Constant::Int(value) => Some(value.to_string()),
        Constant::Bool(true) => Some("True".to_owned()),
        Constant::Bool(false) => Some("False".to_owned()),
        Constant::None => Some("None".to_owned()),
        Constant::Bytes(_) | Constant::Float(_) => None,
    }
}

fn operate<'e>(op: Operator, left: Constant<'e>, right: Constant<'e>) -> Option<Constant<'e>> {
    match (op, left, right) {
        (Operator::Add, Constant::Str(left), Constant::Str(right)) if left.len() + right.len() <= MAX_TEXT => {
            Some(Constant::Str(left + right))
        }
        (Operator::Add, Constant::Bytes(left), Constant::Bytes(right)) if left.len() + right.len() <= MAX_TEXT => {
            Some(Constant::Bytes(Cow::Owned([&*left, &*right].concat())))
        }
        (Operator::Mod, Constant::Str(text), value) if text.matches('%').count() == 1 => {
            let shown = shown(&value)?;
            ["%s", "%d"]
                .iter()
                .find(|mark| text.contains(**mark))
                .map(|mark| Constant::Str(Cow::Owned(text.replacen(*mark, &shown, 1))))
        }
        (Operator::Mult, Constant::Str(text), Constant::Int(times))
        | (Operator::Mult, Constant::Int(times), Constant::Str(text)) => {
            let times = usize::try_from(times).unwrap_or(0);
            (text.len().checked_mul(times)? <= MAX_TEXT).then(|| Constant::Str(Cow::Owned(text.repeat(times))))
        }
        (op, Constant::Int(left), Constant::Int(right)) => arithmetic(op, left, right).map(Constant::Int),
        _ => None,
    }
}

fn arithmetic(op: Operator, left: i64, right: i64) -> Option<i64> {
    match op {
        Operator::Add => left.checked_add(right),
        Operator::Sub => left.checked_sub(right),
        Operator::Mult => left.checked_mul(right),
        Operator::BitOr => Some(left | right),
        Operator::BitAnd => Some(left & right),
        Operator::BitXor => Some(left ^ right),
        Operator::LShift => u32::try_from(right).ok().filter(|by| *by < 63).and_then(|by| left.checked_mul(1 << by)),
        Operator::RShift => u32::try_from(right).ok().and_then(|by| left.checked_shr(by)),
        Operator::Pow => u32::try_from(right).ok().and_then(|by| left.checked_pow(by)),
        Operator::FloorDiv if right > 0 => Some(left.div_euclid(right)),
        Operator::Mod if right > 0 => Some(left.rem_euclid(right)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::python::NodeRef;
    use crate::security::python::parse::parse;

    fn value_of_last(text: &str) -> Option<String> {
        let module = parse(text).ok()?;
        let model = Model::new(&module).ok()?;
        let call = model.nodes.iter().rev().find_map(|node| match node.node {
            NodeRef::Expr(Expr::Call(call)) if matches!(&*call.func, Expr::Name(_)) => Some((call, node.scope)),
            _ => None,
        })?;
        model.constant(call.0.arguments.args.first()?, call.1).map(|value| format!("{value:?}"))
    }

    #[test]
    fn constants_fold_through_names_and_operators() {
        let shown = |text: &str| value_of_last(text).unwrap_or_else(|| "-".to_owned());
        assert_eq!(shown("A = 'x'\ndef f():\n    g(A + 'y' * 2)\n"), "Str(\"xyy\")");
        assert_eq!(shown("n = 0o700\nf(n | 0o077)"), "Int(511)");
        assert_eq!(shown("f(f'a{1}b{\"c\"}')"), "Str(\"a1bc\")");
        assert_eq!(shown("f('%s-%d' % x)"), "-");
        assert_eq!(shown("f('%s!' % 'hi')"), "Str(\"hi!\")");
        assert_eq!(shown("x = 1\nx = 2\nf(x)"), "-");
        assert_eq!(shown("f(''.join(['o', 's']))"), "Str(\"os\")");
        assert_eq!(shown("f('a' * 10000000000)"), "-");
        assert_eq!(shown("x = y\ny = x\nf(x)"), "-");
        assert_eq!(shown("x = 1 + x + x\nf(x)"), "-");
        // Names that double at every step would take for ever without a limit.
        let doubling: String = (1..40).map(|n| format!("n{n} = n{} + n{0}\n", n - 1)).collect();
        assert_eq!(shown(&format!("n0 = 1\n{doubling}f(n39)")), "-");
        let sum = vec!["'a'"; 300].join(" + ");
        assert!(shown(&format!("f({sum})")).contains("aaaa"));
    }
}
