//! Names and elements: reading and writing what values hold.

mod attributes;

use std::rc::Rc;

use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange};

use super::calls::Arguments;
use super::constants;
use super::interpret::{Interpreter, StepNote};
use super::library;
use super::sources;
use super::state::{MAX_ELEMENTS, Object, Sequence};
use super::values::{Const, Kind, ObjectId, Taint, Text, Value};
use super::weakness::{Mask, Weakness};

impl<'a> Interpreter<'a> {
    /// The value of a name.
    pub fn name(&mut self, name: &'a ast::ExprName) -> Value {
        let id = name.id.as_str();
        let scope = self.scope();
        if let Some(value) = self.state.lookup(scope, id) {
            let value = value.clone();
            if matches!(value.kind, Kind::Pending(_)) {
                return self.forced(value);
            }
            return value;
        }
        let unit = self.unit();
        if self.needed(unit, id)
            && let Some(value) = self.state.lookup(scope, id).cloned()
        {
            return self.forced(value);
        }
        if library::is_builtin(id) {
            return Value::named(format!("builtins.{id}"));
        }
        if id == "request" || id == "req" {
            return Value::named(sources::REQUEST);
        }
        Value::named(format!("?{id}"))
    }

    /// `receiver[key]`.
    pub fn element(&mut self, receiver: &Value, key: &Value, range: TextRange) -> Value {
        if key.alternatives().len() > 1
            && key.is_constant()
            && matches!(receiver.kind, Kind::Object(_) | Kind::Const(_))
        {
            let mut joined: Option<Value> = None;
            for key in key.alternatives().to_vec() {
                let part = self.element(receiver, &key, range);
                joined = Some(joined.map_or_else(|| part.clone(), |known| known.join(&part)));
            }
            return joined.unwrap_or(Value::UNKNOWN);
        }
        match &receiver.kind {
            Kind::Const(constant) => match key.as_const().and_then(Const::as_int) {
                Some(index) => constants::index(constant, index)
                    .map_or(Value::UNKNOWN, |part| Value::constant(part).with(receiver.taint.clone())),
                None => {
                    // A character of a short constant: one of those that it has.
                    let characters: Vec<Value> = constant.as_text().map_or_else(Vec::new, |text| {
                        text.chars().take(8).map(|c| Value::text(&c.to_string())).collect()
                    });
                    characters.into_iter().reduce(|a, b| a.join(&b)).unwrap_or(Value::UNKNOWN)
                }
            },
            Kind::Object(id) => self.object_element(receiver, *id, key, range),
            Kind::Name(name) => {
                let name = name.clone();
                if !receiver.taint.is_some()
                    && let Some((kind, words)) = sources::element_source(&name)
                {
                    let taint = self.source(kind, words, range);
                    return Value::named(format!("{name}[]")).with(taint);
                }
                self.lookup_sink(&name, key, range);
                let taint = self.keyed_part(&receiver.taint, key);
                Value::named(if name.ends_with("[]") { name.to_string() } else { format!("{name}[]") }).with(taint)
            }
            Kind::OneOf(values) => {
                let values: Vec<Value> = values.iter().take(6).cloned().collect();
                let mut joined: Option<Value> = None;
                for value in values {
                    let part = self.element(&value, key, range);
                    joined = Some(joined.map_or_else(|| part.clone(), |known| known.join(&part)));
                }
                joined.unwrap_or(Value::UNKNOWN)
            }
            _ => Value::carrying(self.keyed_part(&receiver.taint, key)),
        }
    }

    /// The data of what is under a key.
    pub fn keyed_part(&mut self, taint: &Taint, key: &Value) -> Taint {
        if !taint.is_some() {
            return Taint::NONE;
        }
        let label = key.as_const().and_then(constants::display).unwrap_or_else(|| "?".to_owned());
        self.part_of(taint, &format!("[{label}]"), Mask::NONE)
    }

    fn object_element(&mut self, receiver: &Value, id: ObjectId, key: &Value, range: TextRange) -> Value {
        let Some(object) = self.state.object(id).cloned() else { return Value::UNKNOWN };
        match object.as_ref() {
            Object::Sequence { items, rest, .. } => {
                let index = key.as_const().and_then(Const::as_int);
                match (index, rest) {
                    (Some(index), None) => constants::index_in(index, items.len())
                        .and_then(|at| items.get(at))
                        .cloned()
                        .unwrap_or(Value::UNKNOWN),
                    (Some(index), Some(rest)) if index >= 0 => {
                        let at = usize::try_from(index).unwrap_or(usize::MAX);
                        match items.get(at) {
                            Some(item) => item.clone(),
                            None => self.part_at(rest, at),
                        }
                    }
                    _ => self.element_of(receiver),
                }
            }
            Object::Dict { items, rest, .. } => match key.as_const() {
                Some(key) => match items.iter().find(|(known, _)| known == key) {
                    Some((_, value)) => match rest {
                        Some(rest) => value.join(rest),
                        None => value.clone(),
                    },
                    None => rest.clone().unwrap_or(Value::UNKNOWN),
                },
                _ => self.values_of(receiver),
            },
            Object::Instance { .. } => match self.instance_attribute(receiver, "__getitem__") {
                Some(method) => {
                    let arguments = Arguments { positional: vec![key.clone()], range, ..Arguments::default() };
                    self.invoke(&method, arguments)
                }
                None => {
                    let fields = self.tuple_fields(id).zip(key.as_const().and_then(Const::as_int));
                    let field = fields.and_then(|(fields, index)| {
                        constants::index_in(index, fields.len()).and_then(|at| fields.get(at).cloned())
                    });
                    field.unwrap_or_else(|| Value::carrying(self.keyed_part(&receiver.taint, key)))
                }
            },
            Object::Foreign { name, attributes } => {
                let label = key.as_const().and_then(constants::display).unwrap_or_else(|| "?".to_owned());
                let label = format!("[{label}]");
                let known = attributes.get(label.as_str()).cloned();
                match known.or_else(|| self.missing_element(id, &label)) {
                    Some(value) => value,
                    None => Value::named(format!("{name}[]")).with(self.keyed_part(&receiver.taint, key)),
                }
            }
        }
    }

    /// One of the parts of a text that was divided: what is found out about it says nothing about the others.
    pub fn part_at(&mut self, part: &Value, index: usize) -> Value {
        if !matches!(part.kind, Kind::Text(_) | Kind::Unknown) || !part.taint.is_some() {
            return part.clone();
        }
        let taint = self.part_of(&part.taint, &format!("at {index}"), Mask::NONE);
        part.clone().with(taint)
    }

    /// Any value of a dictionary.
    pub fn values_of(&mut self, receiver: &Value) -> Value {
        if let Kind::Object(id) = receiver.kind
            && let Some(Object::Dict { items, rest, .. }) = self.state.object(id).map(Rc::as_ref)
        {
            // A table of functions is called for all that is in it.
            let function = |value: &Value| matches!(value.kind, Kind::Function(_) | Kind::Method(_));
            if items.len() > 6 && rest.is_none() && items.iter().all(|(_, value)| function(value)) {
                return Value::of(Kind::Bound(Rc::new((receiver.clone(), Text::from("*")))));
            }
            let joined = items.iter().map(|(_, value)| value.clone()).chain(rest.clone()).reduce(|a, b| a.join(&b));
            return joined.unwrap_or(Value::UNKNOWN);
        }
        self.element_of(receiver)
    }

    /// `receiver[key] = value`.
    pub fn set_element(&mut self, receiver: &Value, key: &Value, value: &Value, range: TextRange) {
        for alternative in receiver.alternatives().to_vec() {
            match &alternative.kind {
                Kind::Object(id) => self.set_object_element(&alternative, *id, key, value, range),
                Kind::Name(name) => {
                    let name = name.clone();
                    self.element_sink(&name, key, value, range);
                }
                _ => {}
            }
        }
    }

    fn set_object_element(&mut self, receiver: &Value, id: ObjectId, key: &Value, value: &Value, range: TextRange) {
        let taint = self.taint_of(key);
        match self.state.object(id).map(Rc::as_ref) {
            Some(Object::Foreign { name, .. }) => {
                let name = name.clone();
                self.element_sink(&name, key, value, range);
                let label = key.as_const().and_then(constants::display).unwrap_or_else(|| "?".to_owned());
                self.state.change(id, |object| {
                    if let Object::Foreign { attributes, .. } = object {
                        attributes.insert(Text::from(format!("[{label}]")), value.clone());
                    }
                });
            }
            Some(Object::Instance { .. }) => {
                if let Some(method) = self.instance_attribute(receiver, "__setitem__") {
                    let arguments =
                        Arguments { positional: vec![key.clone(), value.clone()], range, ..Arguments::default() };
                    self.invoke(&method, arguments);
                }
            }
            _ => {
                if value.taint.is_some()
                    && let Some(name) = key.as_str().map(str::to_owned)
                {
                    self.named_secret(&name, value, range);
                    if name.eq_ignore_ascii_case("access-control-allow-origin") {
                        let taint = value.taint.clone();
                        self.hit(Weakness::Header, &taint, range, "the response");
                    }
                }
                self.state.change(id, |object| put(object, key, value, &taint));
            }
        }
    }

    /// Puts everything of another dictionary into one.
    pub fn update_dict(&mut self, receiver: &Value, other: &Value) {
        let Kind::Object(id) = receiver.kind else { return };
        if let Kind::Object(from) = other.kind
            && let Some(Object::Dict { items, rest, keys }) = self.state.object(from).map(Rc::as_ref)
        {
            let (items, rest, keys) = (items.clone(), rest.clone(), keys.clone());
            self.state.change(id, |object| {
                for (key, value) in &items {
                    put(object, &Value::constant(key.clone()), value, &Taint::NONE);
                }
                if let Some(rest) = &rest {
                    put(object, &Value::UNKNOWN, rest, &keys);
                }
            });
            return;
        }
        let taint = self.taint_of(other);
        let value = self.element_of(other);
        self.state.change(id, |object| put(object, &Value::UNKNOWN, &value, &taint));
    }

    /// `del receiver[key]`, and `pop` without its value.
    pub fn remove_element(&mut self, receiver: &Value, key: &Value) {
        let Kind::Object(id) = receiver.kind else { return };
        self.state.change(id, |object| match object {
            Object::Sequence { items, rest, .. } => {
                let at =
                    key.as_const().and_then(Const::as_int).and_then(|index| constants::index_in(index, items.len()));
                match at {
                    Some(at) if rest.is_none() => {
                        items.remove(at);
                    }
                    _ => loosen(items, rest),
                }
            }
            Object::Dict { items, .. } => {
                if let Some(key) = key.as_const() {
                    items.retain(|(known, _)| known != key);
                }
            }
            _ => {}
        });
    }

    /// The elements of an iterable, when all are known and there are few.
    pub fn exact_elements(&mut self, value: &Value, limit: usize) -> Option<Vec<Value>> {
        match &value.kind {
            Kind::Object(id) => match self.state.object(*id)?.as_ref() {
                Object::Sequence { items, rest: None, .. } if items.len() <= limit => Some(items.clone()),
                Object::Dict { items, rest: None, keys } if items.len() <= limit && !keys.is_some() => {
                    Some(items.iter().map(|(key, _)| Value::constant(key.clone())).collect())
                }
                Object::Foreign { .. } | Object::Instance { .. } => self.tuple_fields(*id),
                _ => None,
            },
            Kind::Const(Const::Str(text)) if text.len() <= limit && !value.taint.is_some() => {
                Some(text.chars().map(|c| Value::text(&c.to_string())).collect())
            }
            _ => None,
        }
    }

    /// Any element of an iterable.
    pub fn element_of(&mut self, value: &Value) -> Value {
        if !self.spend() {
            return Value::UNKNOWN;
        }
        // An iterator may give a new iterator each time.
        self.nested(|this| this.element_of_inner(value)).unwrap_or(Value::UNKNOWN)
    }

    fn element_of_inner(&mut self, value: &Value) -> Value {
        match &value.kind {
            Kind::Object(id) => {
                let Some(object) = self.state.object(*id).cloned() else { return Value::UNKNOWN };
                match object.as_ref() {
                    Object::Sequence { items, rest, .. } => {
                        items.iter().chain(rest).cloned().reduce(|a, b| a.join(&b)).unwrap_or(Value::UNKNOWN)
                    }
                    Object::Dict { items, rest, keys } => {
                        let known = items.iter().map(|(key, _)| Value::constant(key.clone())).reduce(|a, b| a.join(&b));
                        let open = (rest.is_some() || keys.is_some()).then(|| Value::string(keys.clone()));
                        match (known, open) {
                            (Some(known), Some(open)) => known.join(&open),
                            (Some(value), None) | (None, Some(value)) => value,
                            (None, None) => Value::UNKNOWN,
                        }
                    }
                    Object::Instance { .. } => match self.instance_attribute(value, "__iter__") {
                        Some(method) => {
                            let iterator = self.invoke(&method, Arguments::default());
                            match iterator.kind {
                                Kind::Object(inner) if inner == *id => Value::carrying(self.taint_of(value)),
                                _ => self.element_of(&iterator),
                            }
                        }
                        None => Value::carrying(value.taint.clone()),
                    },
                    Object::Foreign { name, .. } => Value::named(format!("{name}[]")).with(value.taint.clone()),
                }
            }
            Kind::Name(name) => {
                if !value.taint.is_some()
                    && let Some((kind, words)) = sources::element_source(name)
                {
                    let range = TextRange::default();
                    let taint = self.source(kind, words, range);
                    return Value::carrying(taint);
                }
                let taint = self.part_of(&value.taint, "each", Mask::NONE);
                Value::named(if name.ends_with("[]") { name.to_string() } else { format!("{name}[]") }).with(taint)
            }
            Kind::OneOf(values) => {
                let values: Vec<Value> = values.iter().take(6).cloned().collect();
                values.iter().map(|value| self.element_of(value)).reduce(|a, b| a.join(&b)).unwrap_or(Value::UNKNOWN)
            }
            Kind::Const(_) => Value::UNKNOWN,
            _ => Value::carrying(self.part_of(&value.taint, "each", Mask::NONE)),
        }
    }

    /// The context's value in `with … as …`.
    pub fn enter_context(&mut self, context: &Value) -> Value {
        if let Some(method) =
            self.instance_attribute(context, "__enter__").or_else(|| self.instance_attribute(context, "__aenter__"))
        {
            return self.invoke(&method, Arguments::default());
        }
        context.clone()
    }

    /// Two sequences one after the other.
    pub fn added_sequences(&mut self, left: ObjectId, right: ObjectId) -> Option<Value> {
        let Some(Object::Sequence { sort, items, rest }) = self.state.object(left).map(Rc::as_ref) else { return None };
        let Some(Object::Sequence { items: more, rest: other, .. }) = self.state.object(right).map(Rc::as_ref) else {
            return None;
        };
        let sort = *sort;
        let mut items = items.clone();
        let mut rest = rest.clone();
        if rest.is_none() {
            items.extend(more.iter().cloned());
            rest = other.clone();
        } else {
            let all = more.iter().chain(other).cloned().chain(rest.clone());
            rest = all.reduce(|a, b| a.join(&b));
        }
        let id = self.state.allocate(Object::Sequence { sort, items, rest });
        Some(Value::of(Kind::Object(id)))
    }

    /// `left += right` for a list: the list itself grows.
    pub fn extend_in_place(&mut self, left: &Value, right: &Value) -> bool {
        let Kind::Object(id) = left.kind else { return false };
        if !matches!(self.state.object(id).map(Rc::as_ref), Some(Object::Sequence { sort: Sequence::List, .. })) {
            return false;
        }
        self.extend(id, right);
        true
    }

    /// Adds all elements of an iterable to a list.
    pub fn extend(&mut self, id: ObjectId, other: &Value) {
        match self.exact_elements(other, MAX_ELEMENTS) {
            Some(elements) => self.state.change(id, |object| {
                for element in elements {
                    push(object, element);
                }
            }),
            None => {
                let element = self.element_of(other);
                self.state.change(id, |object| {
                    if let Object::Sequence { items, rest, .. } = object {
                        let _ = items;
                        *rest = Some(rest.as_ref().map_or_else(|| element.clone(), |known| known.join(&element)));
                    }
                });
            }
        }
    }

    /// A copy of a container.
    pub fn copied(&mut self, value: &Value) -> Value {
        if let Kind::Object(id) = value.kind
            && let Some(object) = self.state.object(id)
        {
            let copy = object.as_ref().clone();
            let id = self.state.allocate(copy);
            return Value { kind: Kind::Object(id), ..value.clone() };
        }
        value.clone()
    }

    /// The text of a container, with the data of its elements.
    pub fn rendered(&mut self, id: ObjectId) -> Option<Value> {
        let value = Value::of(Kind::Object(id));
        if let Some(Object::Instance { .. }) = self.state.object(id).map(Rc::as_ref)
            && let Some(method) =
                self.instance_attribute(&value, "__str__").or_else(|| self.instance_attribute(&value, "__repr__"))
        {
            return Some(self.invoke(&method, Arguments::default()));
        }
        None
    }

    /// A sequence whose positions are not known.
    pub fn loose(&mut self, sort: Sequence, element: Value) -> Value {
        let id = self.state.allocate(Object::Sequence { sort, items: Vec::new(), rest: Some(element) });
        Value::of(Kind::Object(id))
    }

    /// An object of a type outside that remembers what is set on it.
    pub fn foreign(&mut self, name: &str, arguments: &Arguments) -> Value {
        let attributes = arguments.named.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let id = self.state.allocate(Object::Foreign { name: Text::from(name), attributes });
        Value::of(Kind::Object(id))
    }

    /// A step for data that comes out of a call.
    pub fn note_returned(&mut self, value: &Value, name: &'a str, range: TextRange) -> Value {
        self.stepped(value, range, StepNote::Returned(name))
    }
}

fn put(object: &mut Object, key: &Value, value: &Value, key_taint: &Taint) {
    match object {
        Object::Dict { items, rest, keys } => match key.as_const() {
            Some(key) => match items.iter().position(|(known, _)| known == key) {
                Some(at) => {
                    if let Some((_, known)) = items.get_mut(at) {
                        *known = value.clone();
                    }
                }
                None if items.len() < MAX_ELEMENTS * 4 => items.push((key.clone(), value.clone())),
                None => *rest = Some(rest.as_ref().map_or_else(|| value.clone(), |known| known.join(value))),
            },
            None => {
                *rest = Some(rest.as_ref().map_or_else(|| value.clone(), |known| known.join(value)));
                *keys = keys.union(key_taint);
            }
        },
        Object::Sequence { items, rest, .. } => {
            let at = key.as_const().and_then(Const::as_int).and_then(|index| constants::index_in(index, items.len()));
            match at.and_then(|at| items.get_mut(at)) {
                Some(item) => *item = value.clone(),
                None => *rest = Some(rest.as_ref().map_or_else(|| value.clone(), |known| known.join(value))),
            }
        }
        _ => {}
    }
}

/// Appends to a sequence.
pub fn push(object: &mut Object, value: Value) {
    if let Object::Sequence { items, rest, .. } = object {
        if rest.is_none() && items.len() < MAX_ELEMENTS {
            items.push(value);
        } else {
            *rest = Some(rest.as_ref().map_or_else(|| value.clone(), |known| known.join(&value)));
        }
    }
}

/// Forgets the positions of a sequence.
pub fn loosen(items: &mut Vec<Value>, rest: &mut Option<Value>) {
    let joined = items.drain(..).chain(rest.take()).reduce(|a, b| a.join(&b));
    *rest = joined;
}

/// The place of a parameter, for steps.
pub fn range_of(parameter: &ast::ParameterWithDefault) -> TextRange {
    parameter.range()
}
