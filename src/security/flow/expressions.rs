//! Values of expressions.

mod displays;
mod texts;

use std::rc::Rc;

use ruff_python_ast::{self as ast, CmpOp, Expr, Number, Operator};
use ruff_text_size::{Ranged, TextRange};

use super::constants;
use super::interpret::{Binding, Body, Function, Interpreter, StepNote};
use super::state::{Object, Sequence};
use super::values::{Const, Facts, Flow, Guard, Kind, Taint, Text, Value, all_facts, common_facts};
use super::weakness::Mask;

impl<'a> Interpreter<'a> {
    /// The value of an expression.
    pub fn eval(&mut self, expr: &'a Expr) -> Value {
        if !self.spend() {
            return Value::UNKNOWN;
        }
        self.nested(|this| this.eval_inner(expr)).unwrap_or(Value::UNKNOWN)
    }

    fn eval_inner(&mut self, expr: &'a Expr) -> Value {
        match expr {
            Expr::StringLiteral(literal) => Value::text(literal.value.to_str()),
            Expr::BytesLiteral(literal) => {
                let bytes: Vec<u8> = literal.value.bytes().collect();
                String::from_utf8(bytes).map_or(Value::UNKNOWN, |text| Value::constant(Const::Bytes(Text::from(text))))
            }
            Expr::NumberLiteral(literal) => match &literal.value {
                Number::Int(value) => value.as_i64().map_or(Value::UNKNOWN, |value| Value::constant(Const::Int(value))),
                Number::Float(value) => Value::constant(Const::Float(value.to_bits())),
                Number::Complex { .. } => Value::UNKNOWN,
            },
            Expr::BooleanLiteral(literal) => Value::boolean(literal.value),
            Expr::NoneLiteral(_) => Value::NONE,
            Expr::Name(name) => self.name(name),
            Expr::Attribute(attribute) => {
                let receiver = self.eval(&attribute.value);
                self.attribute(&receiver, attribute.attr.as_str(), attribute.range())
            }
            Expr::Subscript(subscript) => self.subscript(subscript),
            Expr::Call(call) => self.call(call),
            Expr::BinOp(operation) => {
                let left = self.eval(&operation.left);
                let right = self.eval(&operation.right);
                let value = self.binary(operation.op, &left, &right);
                self.judge_text(operation.range(), &value);
                value
            }
            Expr::BoolOp(operation) => self.bool_op(operation),
            Expr::UnaryOp(operation) => {
                let operand = self.eval(&operation.operand);
                self.unary(operation.op, &operand)
            }
            Expr::Compare(compare) => self.comparison(compare),
            Expr::If(choice) => self.choice(choice),
            Expr::Named(named) => {
                let value = self.eval(&named.value);
                self.assign(&named.target, &value);
                value
            }
            Expr::Lambda(lambda) => {
                let scope = self.scope();
                self.state.capture_scope(scope);
                let defaults = lambda.parameters.as_deref().map_or_else(Vec::new, |p| self.defaults(p));
                let unit = self.unit();
                self.function(Function {
                    unit,
                    name: "lambda",
                    parameters: lambda.parameters.as_deref(),
                    body: Body::Expression(&lambda.body),
                    scope,
                    class: None,
                    defaults: Rc::new(defaults),
                    binding: Binding::Static,
                    property: false,
                    route: None,
                    definition: None,
                })
            }
            Expr::List(list) => self.display(Sequence::List, &list.elts),
            Expr::Tuple(tuple) => self.display(Sequence::Tuple, &tuple.elts),
            Expr::Set(set) => self.display(Sequence::Set, &set.elts),
            Expr::Dict(dict) => self.dict_display(dict),
            Expr::ListComp(comp) => self.comprehension(&comp.elt, None, &comp.generators, Sequence::List),
            Expr::SetComp(comp) => self.comprehension(&comp.elt, None, &comp.generators, Sequence::Set),
            Expr::Generator(comp) => self.comprehension(&comp.elt, None, &comp.generators, Sequence::List),
            Expr::DictComp(comp) => match &comp.key {
                Some(key) => self.comprehension(key, Some(&comp.value), &comp.generators, Sequence::List),
                None => Value::UNKNOWN,
            },
            Expr::Await(awaited) => self.eval(&awaited.value),
            Expr::Yield(given) => {
                let value = given.value.as_ref().map_or(Value::NONE, |value| self.eval(value));
                // A handler that gives its page in parts.
                self.returned(&value, given.range());
                self.give(value);
                Value::UNKNOWN
            }
            Expr::YieldFrom(given) => {
                let value = self.eval(&given.value);
                let element = self.element_of(&value);
                self.give(element);
                Value::UNKNOWN
            }
            Expr::FString(text) => {
                let value = self.f_string(text);
                self.judge_text(text.range(), &value);
                value
            }
            Expr::Starred(starred) => self.eval(&starred.value),
            Expr::Slice(_) | Expr::TString(_) | Expr::EllipsisLiteral(_) | Expr::IpyEscapeCommand(_) => Value::UNKNOWN,
        }
    }

    fn give(&mut self, value: Value) {
        let value = self.state.baked(&value);
        if let Some(frame) = self.frames.last_mut() {
            frame.yields = Some(frame.yields.as_ref().map_or_else(|| value.clone(), |known| known.join(&value)));
        }
    }

    /// Registers a function.
    pub fn function(&mut self, function: Function<'a>) -> Value {
        self.functions.push(function);
        let id = u32::try_from(self.functions.len() - 1).unwrap_or(u32::MAX);
        Value::of(Kind::Function(id))
    }

    fn subscript(&mut self, subscript: &'a ast::ExprSubscript) -> Value {
        let receiver = self.eval(&subscript.value);
        if let Expr::Slice(slice) = &*subscript.slice {
            let lower = slice.lower.as_ref().map(|bound| self.eval(bound));
            let upper = slice.upper.as_ref().map(|bound| self.eval(bound));
            let stepped = slice.step.is_some();
            return self.slice(&receiver, lower.as_ref(), upper.as_ref(), stepped);
        }
        let key = self.eval(&subscript.slice);
        self.element(&receiver, &key, subscript.range())
    }

    fn slice(&mut self, receiver: &Value, lower: Option<&Value>, upper: Option<&Value>, stepped: bool) -> Value {
        let bound = |value: Option<&Value>| -> Option<Option<i64>> {
            match value {
                None => Some(None),
                Some(value) => match value.as_const()? {
                    Const::None => Some(None),
                    constant => constant.as_int().map(Some),
                },
            }
        };
        let bounds = bound(lower).zip(bound(upper)).filter(|_| !stepped);
        if matches!(bounds, Some((None | Some(0), Some(0)))) && !matches!(receiver.kind, Kind::Object(_)) {
            return Value::text("");
        }
        match &receiver.kind {
            Kind::Const(constant) => {
                if let Some((lower, upper)) = bounds
                    && let Some(part) = constants::slice(constant, lower, upper)
                {
                    return Value::constant(part).with(receiver.taint.clone());
                }
                Value::string(receiver.taint.clone())
            }
            Kind::Object(id) => {
                let Some(Object::Sequence { sort, items, rest }) = self.state.object(*id).map(Rc::as_ref) else {
                    return Value::carrying(self.taint_of(receiver));
                };
                let (sort, rest, items) = (*sort, rest.clone(), items.clone());
                if rest.is_none()
                    && let Some((lower, upper)) = bounds
                {
                    let (start, end) = constants::slice_in(lower, upper, items.len());
                    return self.sequence(sort, items.get(start..end).unwrap_or_default().to_vec());
                }
                let element = self.element_of(receiver);
                let id = self.state.allocate(Object::Sequence { sort, items: Vec::new(), rest: Some(element) });
                Value::of(Kind::Object(id))
            }
            Kind::OneOf(values) if values.len() <= 4 => {
                let values: Vec<Value> = values.to_vec();
                let mut joined: Option<Value> = None;
                for value in values {
                    let part = self.slice(&value, lower, upper, stepped);
                    joined = Some(joined.map_or_else(|| part.clone(), |known| known.join(&part)));
                }
                joined.unwrap_or(Value::UNKNOWN)
            }
            _ => {
                if !receiver.taint.is_some() {
                    return Value::string(Taint::NONE);
                }
                let inner = bounds == Some((Some(1), Some(-1)));
                let label = match bounds {
                    Some((lower, upper)) => format!("[{lower:?}:{upper:?}]"),
                    None => "[:]".to_owned(),
                };
                let speaks = if inner { Mask::NO_QUOTE_INSIDE } else { Mask::NONE };
                Value::string(self.part_of(&receiver.taint, &label, speaks))
            }
        }
    }

    /// The data of a part: checks of it say nothing about the whole but what is given.
    pub fn part_of(&mut self, taint: &Taint, label: &str, speaks_for_whole: Mask) -> Taint {
        let state = &mut self.state;
        taint.map(|flow| {
            let origin = state.part(flow.origin, label, speaks_for_whole);
            Some(Flow { origin, ..*flow })
        })
    }

    fn bool_op(&mut self, operation: &'a ast::ExprBoolOp) -> Value {
        let is_and = operation.op == ast::BoolOp::And;
        let Some((first, rest)) = operation.values.split_first() else { return Value::UNKNOWN };
        let mark = self.state.mark();
        let mut result = self.eval(first);
        // What an operand gives is seen under the facts of those before it, and the facts leave with it.
        let mut undo = false;
        let mut diffs = Vec::new();
        for expr in rest {
            match self.truth(&result) {
                Some(truth) if truth != is_and => break,
                Some(_) => {
                    result = self.eval(expr);
                    continue;
                }
                None => {}
            }
            undo = true;
            diffs.push(self.state.diff(mark).without_facts());
            self.suppose(&result, is_and);
            let right = self.eval(expr);
            let right = self.state.baked(&right);
            result = join_operands(&result, &right, is_and);
        }
        if undo {
            diffs.push(self.state.diff(mark).without_facts());
            self.state.roll_back(mark);
            self.state.merge(mark, diffs);
        }
        result
    }

    /// `not value` and its kin.
    pub fn unary(&mut self, op: ast::UnaryOp, operand: &Value) -> Value {
        if let Kind::Const(constant) = &operand.kind
            && let Some(result) = constants::unary(op, constant)
        {
            return Value::constant(result);
        }
        if op != ast::UnaryOp::Not {
            return Value::UNKNOWN;
        }
        if let Some(truth) = self.truth(operand) {
            return Value::boolean(!truth);
        }
        let guard = operand
            .guard
            .as_ref()
            .map(|guard| Rc::new(Guard { when_true: guard.when_false.clone(), when_false: guard.when_true.clone() }));
        Value { kind: Kind::Unknown, taint: Taint::NONE, guard }
    }

    fn comparison(&mut self, compare: &'a ast::ExprCompare) -> Value {
        let mut left = self.eval(&compare.left);
        let mut result: Option<Value> = None;
        for (op, right) in compare.ops.iter().zip(&compare.comparators) {
            let right = self.eval(right);
            let test = self.compare(*op, &left, &right, compare.range());
            result = Some(match result {
                None => test,
                Some(known) => join_operands(&known, &test, true),
            });
            left = right;
        }
        result.unwrap_or(Value::UNKNOWN)
    }

    /// `left op right`, with what follows from it.
    pub fn compare(&mut self, op: CmpOp, left: &Value, right: &Value, _range: TextRange) -> Value {
        if matches!(op, CmpOp::In | CmpOp::NotIn)
            && let Some(found) = self.contains(right, left)
        {
            return Value::boolean(found == (op == CmpOp::In));
        }
        let mut truths = Vec::new();
        for a in left.alternatives() {
            for b in right.alternatives() {
                truths.push(match (&a.kind, &b.kind) {
                    (Kind::Const(x), Kind::Const(y)) => constants::compare(op, x, y),
                    (
                        Kind::Object(_) | Kind::Function(_) | Kind::Class(_) | Kind::Module(_),
                        Kind::Const(Const::None),
                    ) => match op {
                        CmpOp::Is | CmpOp::Eq => Some(false),
                        CmpOp::IsNot | CmpOp::NotEq => Some(true),
                        _ => None,
                    },
                    _ => None,
                });
            }
        }
        if let Some(Some(first)) = truths.first().copied()
            && truths.len() <= 64
            && truths.iter().all(|truth| *truth == Some(first))
            && !left.taint.is_some()
            && !right.taint.is_some()
        {
            return Value::boolean(first);
        }
        self.comparison_facts(op, left, right)
    }

    /// Whether a container has an element, when that can be told.
    fn contains(&self, container: &Value, element: &Value) -> Option<bool> {
        let wanted = element.as_const()?;
        match &container.kind {
            Kind::Object(id) => match self.state.object(*id)?.as_ref() {
                Object::Sequence { items, rest: None, .. } => {
                    let all: Option<Vec<&Const>> = items.iter().map(Value::as_const).collect();
                    let all = all?;
                    Some(all.iter().any(|item| constants::compare(CmpOp::Eq, item, wanted) == Some(true)))
                }
                Object::Dict { items, rest: None, keys } if !keys.is_some() => {
                    Some(items.iter().any(|(key, _)| constants::compare(CmpOp::Eq, key, wanted) == Some(true)))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn choice(&mut self, choice: &'a ast::ExprIf) -> Value {
        let test = self.eval(&choice.test);
        match self.truth(&test) {
            Some(true) => {
                return self.eval(&choice.body);
            }
            Some(false) => return self.eval(&choice.orelse),
            None => {}
        }
        let (first, second, yes, no) = self.either(
            &test,
            |this| {
                let value = this.eval(&choice.body);
                this.state.baked(&value)
            },
            |this| {
                let value = this.eval(&choice.orelse);
                this.state.baked(&value)
            },
        );
        let bind = |value: Value, facts: &Facts| {
            if value.guard.is_some() || matches!(value.as_const(), Some(Const::Bool(_))) {
                value.under(facts)
            } else {
                value
            }
        };
        bind(first, &yes).join(&bind(second, &no))
    }

    /// `left op right`.
    pub fn binary(&mut self, op: Operator, left: &Value, right: &Value) -> Value {
        let (many, more) = (left.alternatives().len(), right.alternatives().len());
        if (many > 1 || more > 1) && many * more <= 16 && left.is_constant() && right.is_constant() {
            let mut joined: Option<Value> = None;
            for a in left.alternatives().to_vec() {
                for b in right.alternatives().to_vec() {
                    let value = self.binary(op, &a, &b);
                    joined = Some(joined.map_or_else(|| value.clone(), |known| known.join(&value)));
                }
            }
            return joined.unwrap_or(Value::UNKNOWN);
        }
        if let (Kind::Const(a), Kind::Const(b)) = (&left.kind, &right.kind)
            && let Some(result) = constants::binary(op, a, b)
        {
            return Value::constant(result).with(left.taint.union(&right.taint));
        }
        match op {
            Operator::Add => {
                if let (Kind::Object(a), Kind::Object(b)) = (&left.kind, &right.kind)
                    && let Some(joined) = self.added_sequences(*a, *b)
                {
                    return joined;
                }
                if let Kind::Object(list) = left.kind
                    && let Some(Object::Sequence { .. }) = self.state.object(list).map(Rc::as_ref)
                {
                    // What is added to a list comes behind what is in it.
                    let longer = self.copied(left);
                    if let Kind::Object(id) = longer.kind {
                        self.extend(id, right);
                    }
                    return longer;
                }
                let parts = [left.clone(), right.clone()];
                self.concat(&parts)
            }
            Operator::Mod => self.percent(left, right),
            Operator::Div => {
                // `Path(a) / b`: an absolute right side replaces the left one.
                let taint =
                    self.taint_of(left).unmarked(Mask::NORMAL).union(&self.taint_of(right).unmarked(Mask::NORMAL));
                if left.as_name().is_some() || right.as_name().is_some() || taint.is_some() {
                    return Value::named("pathlib.Path()").with(taint);
                }
                Value::UNKNOWN
            }
            Operator::Mult => {
                let taint = self.taint_of(left).union(&self.taint_of(right));
                Value { kind: Kind::Unknown, taint, guard: None }
            }
            Operator::BitOr => {
                if let (Kind::Object(_), Kind::Object(_)) = (&left.kind, &right.kind) {
                    let copy = self.copied(left);
                    self.update_dict(&copy, right);
                    return copy;
                }
                Value::carrying(self.taint_of(left).union(&self.taint_of(right)))
            }
            _ => Value::UNKNOWN,
        }
    }

    /// The joined data of a value and of everything in it.
    pub fn taint_of(&self, value: &Value) -> Taint {
        self.deep_taint(value, 4)
    }

    fn deep_taint(&self, value: &Value, depth: u32) -> Taint {
        let mut taint = value.taint.clone();
        if depth == 0 {
            return taint;
        }
        match &value.kind {
            Kind::Object(id) => {
                let Some(object) = self.state.object(*id) else { return taint };
                match object.as_ref() {
                    Object::Sequence { items, rest, .. } => {
                        for item in items.iter().chain(rest) {
                            taint = taint.union(&self.deep_taint(item, depth - 1));
                        }
                    }
                    Object::Dict { items, rest, keys } => {
                        taint = taint.union(keys);
                        for item in items.iter().map(|(_, value)| value).chain(rest) {
                            taint = taint.union(&self.deep_taint(item, depth - 1));
                        }
                    }
                    Object::Instance { attributes, .. } | Object::Foreign { attributes, .. } => {
                        let mut names: Vec<&Text> = attributes.keys().collect();
                        names.sort_unstable();
                        for name in names {
                            if let Some(value) = attributes.get(name) {
                                taint = taint.union(&self.deep_taint(value, depth - 1));
                            }
                        }
                    }
                }
            }
            Kind::OneOf(values) => {
                for value in values.iter() {
                    taint = taint.union(&self.deep_taint(value, depth - 1));
                }
            }
            Kind::Method(bound) => taint = taint.union(&self.deep_taint(&bound.0, depth - 1)),
            Kind::Bound(bound) => taint = taint.union(&self.deep_taint(&bound.0, depth - 1)),
            _ => {}
        }
        taint
    }

    /// Notes that data is returned, and checks what a handler returns.
    pub fn returned(&mut self, value: &Value, range: TextRange) {
        let is_root = self.frames.iter().filter(|frame| frame.function.is_some()).count() <= 1;
        if is_root || self.frames.last().is_some_and(|frame| frame.call_site.is_none()) {
            self.handler_returns(value, range);
        }
        let _ = StepNote::Returned("");
    }
}

/// The value of `a and b` or `a or b` when it is not known which of both it is.
fn join_operands(left: &Value, right: &Value, is_and: bool) -> Value {
    let implied = |value: &Value| -> Guard {
        if let Some(guard) = &value.guard {
            return guard.as_ref().clone();
        }
        match value.as_const().map(Const::truth) {
            Some(true) => Guard { when_true: Some(Facts::new()), when_false: None },
            Some(false) => Guard { when_true: None, when_false: Some(Facts::new()) },
            None => Guard { when_true: Some(Facts::new()), when_false: Some(Facts::new()) },
        }
    };
    let (a, b) = (implied(left), implied(right));
    let guard = if is_and {
        // False either because the left one is, or because the right one is although the left one holds.
        let right_false = all_facts(&a.when_true, &b.when_false);
        Guard {
            when_true: all_facts(&a.when_true, &b.when_true),
            when_false: common_facts(&a.when_false, &right_false),
        }
    } else {
        let right_true = all_facts(&a.when_false, &b.when_true);
        Guard {
            when_true: common_facts(&a.when_true, &right_true),
            when_false: all_facts(&a.when_false, &b.when_false),
        }
    };
    let mut value = left.join(right);
    // `x or default` is `x` only where `x` is true; falsy constants on the left drop out.
    if !is_and && let Some(false) = left.as_const().map(Const::truth) {
        value = right.clone();
    }
    if !is_and && let Kind::OneOf(values) = &left.kind {
        let kept: Vec<Value> =
            values.iter().filter(|value| value.as_const().is_none_or(Const::truth)).cloned().collect();
        if kept.len() < values.len()
            && let Some(joined) = kept.into_iter().reduce(|a, b| a.join(&b))
        {
            value = joined.join(right);
        }
    }
    value.guard = Some(Rc::new(guard));
    value
}
