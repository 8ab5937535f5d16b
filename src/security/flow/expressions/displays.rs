//! Lists, dictionaries and comprehensions.

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextRange};

use super::super::interpret::Interpreter;
use super::super::state::{MAX_ELEMENTS, Object, Sequence};
use super::super::values::{Kind, Taint, Value};

impl<'a> Interpreter<'a> {
    pub(super) fn display(&mut self, sort: Sequence, elements: &'a [Expr]) -> Value {
        let mut items = Vec::new();
        let mut rest: Option<Value> = None;
        for element in elements {
            if let Expr::Starred(starred) = element {
                let value = self.eval(&starred.value);
                match self.exact_elements(&value, MAX_ELEMENTS) {
                    Some(more) if rest.is_none() => items.extend(more),
                    _ => {
                        let element = self.element_of(&value);
                        rest = Some(rest.map_or_else(|| element.clone(), |known: Value| known.join(&element)));
                    }
                }
                continue;
            }
            let value = self.eval(element);
            if items.len() < MAX_ELEMENTS && rest.is_none() {
                items.push(value);
            } else {
                rest = Some(rest.map_or_else(|| value.clone(), |known: Value| known.join(&value)));
            }
        }
        let id = self.state.allocate(Object::Sequence { sort, items, rest });
        Value::of(Kind::Object(id))
    }

    /// A sequence of exactly these elements.
    pub fn sequence(&mut self, sort: Sequence, items: Vec<Value>) -> Value {
        let id = self.state.allocate(Object::Sequence { sort, items, rest: None });
        Value::of(Kind::Object(id))
    }

    pub(super) fn dict_display(&mut self, dict: &'a ast::ExprDict) -> Value {
        let is_table = dict.items.len() > MAX_ELEMENTS * 4;
        let mut pairs = Vec::new();
        for item in &dict.items {
            // One of many constants is as good as another.
            if is_table && item.value.is_literal_expr() && item.key.as_ref().is_none_or(Expr::is_literal_expr) {
                continue;
            }
            let element = self.eval(&item.value);
            let key = item.key.as_ref().map(|key| if is_table { Value::UNKNOWN } else { self.eval(key) });
            pairs.push((key, element, item.value.range()));
        }
        let rest = is_table.then_some(Value::UNKNOWN);
        let id = self.state.allocate(Object::Dict { items: Vec::new(), rest, keys: Taint::NONE });
        let value = Value::of(Kind::Object(id));
        for (key, element, range) in pairs {
            match key {
                Some(key) => self.set_element(&value, &key, &element, range),
                None => self.update_dict(&value, &element),
            }
        }
        value
    }

    pub(super) fn comprehension(
        &mut self,
        element: &'a Expr,
        value: Option<&'a Expr>,
        generators: &'a [ast::Comprehension],
        sort: Sequence,
    ) -> Value {
        let outer = self.scope();
        let scope = self.state.scope(Some(outer));
        let unit = self.unit();
        let class = self.frames.last().and_then(|frame| frame.class);
        self.push_frame(unit, scope, None, class);
        let mark = self.state.mark();
        let mut results: Vec<(Value, Option<Value>)> = Vec::new();
        let exact = self.generate(element, value, generators, &mut results);
        self.frames.pop();
        let diff = self.state.diff(mark).without_facts();
        self.state.roll_back(mark);
        self.state.merge(mark, vec![diff]);
        self.state.close_scope(scope, mark);
        if value.is_some() {
            let id = self.state.allocate(Object::Dict { items: Vec::new(), rest: None, keys: Taint::NONE });
            let dict = Value::of(Kind::Object(id));
            for (key, value) in results {
                self.set_element(&dict, &key, &value.unwrap_or(Value::UNKNOWN), TextRange::default());
            }
            return dict;
        }
        let items: Vec<Value> = results.into_iter().map(|(value, _)| value).collect();
        if exact {
            return self.sequence(sort, items);
        }
        let rest = items.into_iter().reduce(|a, b| a.join(&b)).unwrap_or(Value::UNKNOWN);
        let id = self.state.allocate(Object::Sequence { sort, items: Vec::new(), rest: Some(rest) });
        Value::of(Kind::Object(id))
    }

    /// Runs the generators of a comprehension; true when the results are exactly its elements.
    pub(super) fn generate(
        &mut self,
        element: &'a Expr,
        value: Option<&'a Expr>,
        generators: &'a [ast::Comprehension],
        results: &mut Vec<(Value, Option<Value>)>,
    ) -> bool {
        let Some((generator, rest)) = generators.split_first() else {
            let first = self.eval(element);
            let first = self.state.baked(&first);
            let second = value.map(|value| self.eval(value)).map(|value| self.state.baked(&value));
            results.push((first, second));
            return true;
        };
        let iterable = self.eval(&generator.iter);
        let elements = self.exact_elements(&iterable, 16);
        let mut exact = elements.is_some();
        let elements = elements.unwrap_or_else(|| vec![self.element_of(&iterable)]);
        'elements: for item in elements {
            let mark = self.state.mark();
            self.assign(&generator.target, &item);
            for test in &generator.ifs {
                let test = self.eval(test);
                match self.truth(&test) {
                    Some(true) => {}
                    Some(false) => continue 'elements,
                    None => exact = false,
                }
                self.suppose(&test, true);
            }
            exact &= self.generate(element, value, rest, results);
            let diff = self.state.diff(mark).without_facts();
            self.state.roll_back(mark);
            self.state.merge(mark, vec![diff]);
        }
        exact
    }
}
