//! Texts that are put together from pieces, encoded, or written backwards: what they say, without running anything.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged as _;

use crate::security::python::{BindingKind, Constant, Model, ScopeId};
use crate::security::rules::called_name;

/// What stands for a part that is known only when the program runs.
const UNKNOWN: &str = "$UNKNOWN";

/// Longest text that is put together, in bytes.
const MAX_TEXT: usize = 64 * 1024;

/// What one step costs of a file's patience, beside the length of the text.
const STEP: usize = 8;

/// The text that an expression gives, with a word in place of what is not known.
pub(in crate::security) fn reveal(model: &Model<'_>, expr: &Expr, scope: ScopeId, depth: u8) -> Option<String> {
    Riddle { model, scope, given: &[] }.solve(expr, depth)
}

/// Where a riddle stands, and what the parameters of the function around it were given.
#[derive(Clone, Copy)]
struct Riddle<'r, 'a> {
    model: &'r Model<'a>,
    scope: ScopeId,
    given: &'r [(&'r str, String)],
}

impl Riddle<'_, '_> {
    /// The text of an expression, when it is short enough and the file has not asked for too many: riddles multiply.
    fn solve(self, expr: &Expr, depth: u8) -> Option<String> {
        self.model.spend(STEP)?;
        let text = self.solve_any(expr, depth.checked_sub(1)?).filter(|text| text.len() <= MAX_TEXT)?;
        self.model.spend(text.len() / 8).map(|()| text)
    }

    fn solve_any(self, expr: &Expr, depth: u8) -> Option<String> {
        if let Expr::Name(name) = expr
            && let Some((_, text)) = self.given.iter().find(|(known, _)| *known == name.id.as_str())
        {
            return Some(text.clone());
        }
        match self.model.constant(expr, self.scope) {
            Some(Constant::Str(text)) => return Some(text.into_owned()),
            Some(Constant::Bytes(bytes)) => return String::from_utf8(bytes.into_owned()).ok(),
            _ => {}
        }
        match expr {
            Expr::FString(text) => {
                let parts = text.value.elements().map(|element| match element {
                    ast::InterpolatedStringElement::Literal(literal) => literal.value.to_string(),
                    ast::InterpolatedStringElement::Interpolation(part) => {
                        self.solve(&part.expression, depth).unwrap_or_else(|| UNKNOWN.to_owned())
                    }
                });
                Some(parts.collect())
            }
            Expr::BinOp(binary) if binary.op == ast::Operator::Add => {
                let (left, right) = (self.solve(&binary.left, depth), self.solve(&binary.right, depth));
                if left.is_none() && right.is_none() {
                    return None;
                }
                let side = |text: Option<String>| text.unwrap_or_else(|| UNKNOWN.to_owned());
                Some(side(left) + &side(right))
            }
            Expr::BinOp(binary) if binary.op == ast::Operator::Mod => {
                self.solve(&binary.left, depth).map(|text| text.replace("%s", UNKNOWN))
            }
            Expr::Subscript(subscript) => self.part(subscript, depth),
            Expr::Name(name) => {
                let (value, scope) = self.model.single_value(name, self.scope)?;
                Riddle { scope, given: &[], ..self }.solve(value, depth)
            }
            Expr::Call(call) => self.call(call, depth),
            _ => None,
        }
    }

    /// `text[::-1]`, `text[2:5]`, `text[::2]`, and `table["a"]`.
    fn part(self, subscript: &ast::ExprSubscript, depth: u8) -> Option<String> {
        if !subscript.slice.is_slice_expr() {
            return self.element(subscript, depth);
        }
        let letters: Vec<char> = self.solve(&subscript.value, depth)?.chars().collect();
        self.slice(subscript, &letters).map(|letters| letters.into_iter().collect())
    }

    /// One text of a table that stands in the file.
    fn element(self, subscript: &ast::ExprSubscript, depth: u8) -> Option<String> {
        let (table, scope) = match &*subscript.value {
            Expr::Name(name) => self.model.single_value(name, self.scope)?,
            _ => return None,
        };
        let Expr::Dict(table) = table else { return None };
        let key = self.model.constant(&subscript.slice, self.scope)?;
        let key = key.as_str()?;
        let is_key =
            |item: &&ast::DictItem| matches!(&item.key, Some(Expr::StringLiteral(text)) if text.value.to_str() == key);
        let value = &table.items.iter().find(is_key)?.value;
        Riddle { scope, given: &[], ..self }.solve(value, depth)
    }

    /// A slice of something, as Python counts.
    fn slice<T: Clone>(self, subscript: &ast::ExprSubscript, all: &[T]) -> Option<Vec<T>> {
        let Expr::Slice(slice) = &*subscript.slice else { return None };
        let bound = |bound: &Option<Box<Expr>>| match bound.as_deref().map(|bound| self.number(bound)) {
            None => Some(None),
            Some(Some(number)) => Some(Some(number)),
            Some(None) => None,
        };
        let (lower, upper, step) = (bound(&slice.lower)?, bound(&slice.upper)?, bound(&slice.step)?.unwrap_or(1));
        let length = i64::try_from(all.len()).ok()?;
        let place = |at: i64| usize::try_from(if at < 0 { at + length } else { at }.clamp(0, length)).unwrap_or(0);
        let stride = usize::try_from(step.unsigned_abs()).ok().filter(|stride| *stride > 0)?;
        if step < 0 {
            // Backwards from an end or from a place; such slices with both bounds are nobody's riddle.
            let from = lower.map_or(all.len(), |at| (place(at) + 1).min(all.len()));
            return upper.is_none().then(|| all.iter().take(from).rev().step_by(stride).cloned().collect());
        }
        let (from, to) = (place(lower.unwrap_or(0)), place(upper.unwrap_or(length)));
        Some(all.get(from..to.max(from))?.iter().step_by(stride).cloned().collect())
    }

    fn number(self, expr: &Expr) -> Option<i64> {
        self.model.spend(1)?;
        match self.model.constant(expr, self.scope) {
            Some(Constant::Int(number)) => Some(number),
            _ => None,
        }
    }

    fn call(self, call: &ast::ExprCall, depth: u8) -> Option<String> {
        let first = call.arguments.args.first();
        let name = if self.may_spell(&call.func) { self.model.resolve(&call.func, self.scope) } else { None };
        match name.unwrap_or_default().as_str() {
            "base64.b64decode" | "base64.standard_b64decode" | "binascii.a2b_base64" | "base64.decodebytes" => {
                let text: String = self.solve(first?, depth)?.split_whitespace().collect();
                return String::from_utf8(STANDARD.decode(text).ok()?).ok();
            }
            "builtins.bytes.fromhex" | "binascii.unhexlify" => {
                let text = self.solve(first?, depth)?;
                let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
                let byte =
                    |pair: &[u8]| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
                return String::from_utf8(digits.chunks(2).map(byte).collect::<Option<Vec<u8>>>()?).ok();
            }
            "codecs.decode" if is_rot13(call.arguments.args.get(1)?) => {
                return self.solve(first?, depth).map(|text| turned(&text));
            }
            "builtins.chr" => {
                return char::from_u32(u32::try_from(self.number(first?)?).ok()?).map(String::from);
            }
            "builtins.bytes" | "builtins.bytearray" if self.numbers(first?).is_some() => {
                return letters(&self.numbers(first?)?);
            }
            "builtins.reversed" => return self.solve(first?, depth).map(|text| text.chars().rev().collect()),
            "builtins.str" | "builtins.bytes" | "builtins.compile" | "textwrap.dedent" => {
                return self.solve(first?, depth);
            }
            _ => {}
        }
        match &*call.func {
            Expr::Attribute(method) => self.method(call, method, depth),
            Expr::Name(name) => self.function(call, name, depth),
            _ => None,
        }
    }

    /// Whether what is called may be one of the functions that [`Self::call`] knows: most need not be resolved, as an
    /// attribute keeps its name, and so does what nothing in the file gives another.
    fn may_spell(self, called: &Expr) -> bool {
        let is_known = |name: &str| {
            matches!(
                name,
                "b64decode"
                    | "standard_b64decode"
                    | "a2b_base64"
                    | "decodebytes"
                    | "fromhex"
                    | "unhexlify"
                    | "decode"
                    | "chr"
                    | "bytes"
                    | "bytearray"
                    | "reversed"
                    | "str"
                    | "compile"
                    | "dedent"
            )
        };
        match called {
            Expr::Name(name) => is_known(name.id.as_str()) || self.model.is_bound(name.id.as_str()),
            Expr::Attribute(method) => {
                is_known(method.attr.as_str()) || self.model.receiver_class(&method.value, self.scope).is_some()
            }
            _ => true,
        }
    }

    fn method(self, call: &ast::ExprCall, method: &ast::ExprAttribute, depth: u8) -> Option<String> {
        let arguments = &call.arguments.args;
        match (method.attr.as_str(), &**arguments) {
            ("decode" | "encode" | "strip", []) => self.solve(&method.value, depth),
            ("decode" | "encode", [coding, ..]) if is_rot13(coding) => {
                self.solve(&method.value, depth).map(|text| turned(&text))
            }
            ("decode" | "encode", [Expr::StringLiteral(coding), ..])
                if coding.value.to_str().to_ascii_lowercase().starts_with("utf") =>
            {
                self.solve(&method.value, depth)
            }
            ("format", _) => self.solve(&method.value, depth).map(|text| text.replace("{}", UNKNOWN)),
            ("replace", [from, to]) => {
                let (from, to) = (self.solve(from, depth)?, self.solve(to, depth)?);
                let text = self.solve(&method.value, depth)?;
                let more = if from.is_empty() { text.len() + 1 } else { text.matches(&from).count() };
                (more.saturating_mul(to.len()) <= MAX_TEXT).then(|| text.replace(&from, &to))
            }
            ("join", [parts]) => {
                let gap = self.solve(&method.value, depth)?;
                let parts = self.pieces(parts, depth)?;
                (parts.len().saturating_mul(gap.len()) <= MAX_TEXT).then(|| parts.join(&gap))
            }
            _ => None,
        }
    }

    /// The pieces that are joined.
    fn pieces(self, parts: &Expr, depth: u8) -> Option<Vec<String>> {
        let each = |elements: &[Expr]| {
            let mut left = MAX_TEXT;
            let piece = |part: &Expr| {
                let piece = self.solve(part, depth).unwrap_or_else(|| UNKNOWN.to_owned());
                left = left.checked_sub(piece.len())?;
                Some(piece)
            };
            elements.iter().map(piece).collect()
        };
        match parts {
            Expr::List(list) => each(&list.elts),
            Expr::Tuple(tuple) => each(&tuple.elts),
            // A part of a list: `parts[3:]`, `parts[::-1]`.
            Expr::Subscript(subscript) if subscript.slice.is_slice_expr() => {
                let all = self.pieces(&subscript.value, depth.checked_sub(1)?)?;
                self.slice(subscript, &all)
            }
            // `map(chr, numbers)`
            Expr::Call(call) if called_name(call) == Some("map") => match &*call.arguments.args {
                [letter, numbers] if self.model.is(letter, self.scope, "builtins.chr") => {
                    letters(&self.numbers(numbers)?).map(|text| vec![text])
                }
                _ => None,
            },
            Expr::Call(call) if called_name(call) == Some("reversed") => {
                let mut pieces = self.pieces(call.arguments.args.first()?, depth)?;
                pieces.reverse();
                Some(pieces)
            }
            // `chr(number) for number in numbers`
            Expr::Generator(ast::ExprGenerator { elt, generators, .. })
            | Expr::ListComp(ast::ExprListComp { elt, generators, .. }) => {
                let ([only], Expr::Call(letter)) = (generators.as_slice(), &**elt) else { return None };
                let same = matches!((letter.arguments.args.first(), &only.target), (Some(Expr::Name(a)), Expr::Name(b)) if a.id == b.id);
                let plain = same && only.ifs.is_empty() && called_name(letter) == Some("chr");
                letters(&self.numbers(&only.iter).filter(|_| plain)?).map(|text| vec![text])
            }
            Expr::Name(name) => {
                let (value, scope) = self.model.single_value(name, self.scope)?;
                Riddle { scope, given: &[], ..self }.pieces(value, depth.checked_sub(1)?)
            }
            text => self.solve(text, depth).map(|text| text.chars().map(String::from).collect()),
        }
    }

    fn numbers(self, expr: &Expr) -> Option<Vec<i64>> {
        match expr {
            Expr::List(list) => list.elts.iter().map(|number| self.number(number)).collect(),
            Expr::Tuple(tuple) => tuple.elts.iter().map(|number| self.number(number)).collect(),
            Expr::Name(name) => match self.model.single_value(name, self.scope)? {
                (Expr::Name(_), _) => None,
                (value, scope) => Riddle { scope, ..self }.numbers(value),
            },
            _ => None,
        }
    }

    /// A function of this file that only gives something back: `lambda text: text[::-1]`.
    fn function(self, call: &ast::ExprCall, name: &ast::ExprName, depth: u8) -> Option<String> {
        let binding = self.model.lookup(name.id.as_str(), self.scope, name.start())?;
        let (parameters, body, scope) = match binding.kind {
            BindingKind::Function(function) => {
                let [Stmt::Return(only)] = function.body.as_slice() else { return None };
                (&*function.parameters, only.value.as_deref()?, self.model.scope_of(function)?)
            }
            BindingKind::Assigned(Expr::Lambda(lambda)) => {
                (lambda.parameters.as_deref()?, &*lambda.body, binding.scope)
            }
            _ => return None,
        };
        let names = parameters.posonlyargs.iter().chain(&parameters.args);
        let given: Option<Vec<(&str, String)>> = names
            .zip(&call.arguments.args)
            .map(|(parameter, value)| Some((parameter.parameter.name.as_str(), self.solve(value, depth)?)))
            .collect();
        Riddle { model: self.model, scope, given: &given? }.solve(body, depth)
    }
}

/// The letters with these numbers.
fn letters(numbers: &[i64]) -> Option<String> {
    numbers.iter().map(|number| u32::try_from(*number).ok().and_then(char::from_u32)).collect()
}

fn is_rot13(coding: &Expr) -> bool {
    let coding = coding.as_string_literal_expr().map(|coding| coding.value.to_str().to_ascii_lowercase());
    coding.is_some_and(|coding| matches!(coding.as_str(), "rot13" | "rot_13" | "rot-13"))
}

/// Each letter thirteen places on.
fn turned(text: &str) -> String {
    let turn = |letter: char, first: u8| {
        let place = (letter as u8).wrapping_sub(first);
        char::from(first + (place + 13) % 26)
    };
    text.chars()
        .map(|letter| match letter {
            'a'..='z' => turn(letter, b'a'),
            'A'..='Z' => turn(letter, b'A'),
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::python::{NodeRef, parse};

    /// What is given to the last call of `f`.
    fn revealed(code: &str) -> Option<String> {
        let module = parse::parse(code).unwrap_or_else(|_| panic!("not deep"));
        let model = Model::new(&module).unwrap_or_else(|_| panic!("not deep"));
        let argument = model.nodes.iter().rev().find_map(|node| match node.node {
            NodeRef::Expr(Expr::Call(call)) if called_name(call) == Some("f") => call.arguments.args.first(),
            _ => None,
        })?;
        reveal(&model, argument, Model::MODULE, 12)
    }

    #[test]
    fn riddles_are_solved() {
        for (code, text) in [
            ("f('metsys'[::-1])", "system"),
            ("f('xsyxstemx'[1:3])", "sy"),
            ("f('s_y_s'[::2])", "sys"),
            ("f(''.join(map(chr, [115, 121, 115])))", "sys"),
            ("N = (101, 120, 101, 99)\nf(''.join(map(chr, N)))", "exec"),
            ("f(''.join(chr(n) for n in (111, 115)))", "os"),
            ("f(''.join(reversed('so')))", "os"),
            ("f(chr(111) + chr(115))", "os"),
            ("import base64\nf(base64.b64decode('c3lzdGVt').decode())", "system"),
            ("f(bytes.fromhex('6f73').decode('utf-8'))", "os"),
            ("f(bytes([111, 115]).decode())", "os"),
            ("import codecs\nf(codecs.decode('bf', 'rot13'))", "os"),
            ("f('o-s'.replace('-', ''))", "os"),
            ("back = lambda text: text[::-1]\nf(back('so'))", "os"),
            ("def back(text):\n    return text[::-1]\nf(back('so'))", "os"),
            ("T = {'a': 'ex', 'b': 'ec'}\nf(T['a'] + T['b'])", "exec"),
            ("f('run ' + x)", "run $UNKNOWN"),
        ] {
            assert_eq!(revealed(code).as_deref(), Some(text), "{code}");
        }
    }

    #[test]
    fn what_is_not_known_stays_unknown() {
        let grown = "n0 = 'a' * 60000\nn1 = n0 + n0\nn2 = n1 + n1\nf(n2)";
        let replaced = "f(('a' * 60000).replace('a', 'b' * 60000))";
        let joined = "f(('a' * 60000).join(('b', 'c', 'd')))";
        for code in [
            grown,
            replaced,
            joined,
            "f(x)",
            "f(x[::-1])",
            "f(''.join(map(chr, x)))",
            "f('abc'[x:])",
            "g = lambda t: g(t)\nf(g('x'))",
        ] {
            assert_eq!(revealed(code), None, "{code}");
        }
    }
}
