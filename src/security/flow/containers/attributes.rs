//! Attributes: of instances, of classes, and of what comes from outside.

use std::rc::Rc;

use ruff_text_size::TextRange;

use super::super::calls::Arguments;
use super::super::interpret::{Binding, Interpreter};
use super::super::library;
use super::super::sources;
use super::super::state::Object;
use super::super::values::{Const, Kind, ObjectId, Taint, Text, Value};
use super::super::weakness::{Mask, Weakness};

impl<'a> Interpreter<'a> {
    /// `receiver.name`.
    pub fn attribute(&mut self, receiver: &Value, name: &str, range: TextRange) -> Value {
        if !self.spend() {
            return Value::UNKNOWN;
        }
        self.nested(|this| this.attribute_inner(receiver, name, range)).unwrap_or(Value::UNKNOWN)
    }

    fn attribute_inner(&mut self, receiver: &Value, name: &str, range: TextRange) -> Value {
        match &receiver.kind {
            Kind::Name(outer) => {
                let outer = outer.clone();
                self.external_attribute(receiver, &outer, name, range)
            }
            Kind::Object(id) => {
                if let Some(value) = self.object_attribute(receiver, *id, name, range) {
                    return value;
                }
                Value::of(Kind::Bound(Rc::new((receiver.clone(), Text::from(name)))))
            }
            Kind::Module(unit) => self.module_attribute(*unit, name),
            Kind::Package(package) => {
                let package = package.clone();
                self.submodule(&package, name)
            }
            // The class stands for the views that are made of it.
            Kind::Class(_) if name == "as_view" => {
                Value::of(Kind::Bound(Rc::new((receiver.clone(), Text::from(name)))))
            }
            Kind::Class(class) => match self.class_attribute(*class, name, 8) {
                Some((value, _)) => {
                    let value = self.forced(value);
                    if let Kind::Function(id) = value.kind
                        && self.functions.get(id as usize).is_some_and(|f| f.binding == Binding::Class)
                    {
                        return Value::of(Kind::Method(Rc::new((receiver.clone(), id))));
                    }
                    value
                }
                None => match self.external_bases(*class, 6).first() {
                    Some(base) => Value::named(format!("{base}.{name}")),
                    None => Value::named(format!("?class.{name}")),
                },
            },
            Kind::Super(bound) => {
                let (instance, class) = bound.as_ref().clone();
                self.super_attribute(&instance, class, name)
            }
            Kind::OneOf(values) => {
                let values: Vec<Value> = values.iter().take(6).cloned().collect();
                let mut joined: Option<Value> = None;
                for value in values {
                    let part = self.attribute(&value, name, range);
                    joined = Some(joined.map_or_else(|| part.clone(), |known| known.join(&part)));
                }
                joined.unwrap_or(Value::UNKNOWN)
            }
            Kind::Pending(_) => {
                let receiver = self.forced(receiver.clone());
                self.attribute(&receiver, name, range)
            }
            Kind::Unknown | Kind::Text(_) | Kind::Const(_) => {
                let bound = Value::of(Kind::Bound(Rc::new((receiver.clone(), Text::from(name)))));
                if receiver.taint.is_some() && matches!(receiver.kind, Kind::Unknown) {
                    let taint = self.part_of(&receiver.taint, name, sources::speaks_for(name));
                    return Value::named(format!("?.{name}")).with(taint);
                }
                bound
            }
            _ => Value::UNKNOWN,
        }
    }

    fn super_attribute(&mut self, instance: &Value, class: u32, name: &str) -> Value {
        let bases = self.classes.get(class as usize).map_or_else(Vec::new, |entry| entry.bases.clone());
        for base in bases.iter().flat_map(Value::alternatives) {
            if let Kind::Class(id) = base.kind
                && let Some((value, _)) = self.class_attribute(id, name, 8)
            {
                if let Kind::Function(function) = value.kind {
                    return Value::of(Kind::Method(Rc::new((instance.clone(), function))));
                }
                return value;
            }
        }
        let base = bases.iter().find_map(Value::as_name).unwrap_or("?super");
        Value::named(format!("{base}().{name}"))
    }

    /// An attribute that an instance has, with methods bound to it.
    pub fn instance_attribute(&mut self, receiver: &Value, name: &str) -> Option<Value> {
        let Kind::Object(id) = receiver.kind else { return None };
        let Some(Object::Instance { class, attributes }) = self.state.object(id).map(Rc::as_ref) else { return None };
        let class = *class;
        if let Some(value) = attributes.get(name) {
            return Some(value.clone());
        }
        if let Some(left) = self.left_behind.get(&class)
            && let Some((_, value)) = left.iter().find(|(known, _)| known.as_ref() == name)
        {
            return Some(value.clone());
        }
        let (value, _) = self.class_attribute(class, name, 8)?;
        let value = self.forced(value);
        let mut bound = Vec::new();
        for alternative in value.alternatives().to_vec() {
            bound.push(match alternative.kind {
                Kind::Function(id) => match self.functions.get(id as usize).map(|f| (f.binding, f.property)) {
                    Some((Binding::Instance, true)) => {
                        self.call_function(id, Arguments { positional: vec![receiver.clone()], ..Arguments::default() })
                    }
                    Some((Binding::Instance, false)) => Value::of(Kind::Method(Rc::new((receiver.clone(), id)))),
                    Some((Binding::Class, _)) => Value::of(Kind::Method(Rc::new((Value::of(Kind::Class(class)), id)))),
                    _ => alternative,
                },
                _ => alternative,
            });
        }
        bound.into_iter().reduce(|a, b| a.join(&b))
    }

    fn object_attribute(&mut self, receiver: &Value, id: ObjectId, name: &str, range: TextRange) -> Option<Value> {
        match self.state.object(id).map(Rc::as_ref)? {
            Object::Instance { class, .. } => {
                let class = *class;
                if name == "__class__" {
                    return Some(Value::of(Kind::Class(class)));
                }
                if name == "__dict__" {
                    return Some(Value::named("?.__dict__").with(self.taint_of(receiver)));
                }
                if let Some(value) = self.instance_attribute(receiver, name) {
                    return Some(value);
                }
                if let Some((getter, _)) = self.class_attribute(class, "__getattr__", 8)
                    && let Kind::Function(getter) = getter.kind
                {
                    let arguments =
                        Arguments { positional: vec![receiver.clone(), Value::text(name)], ..Arguments::default() };
                    return Some(self.call_function(getter, arguments));
                }
                if let Some(value) = sources::inherited_attribute(&self.external_bases(class, 6), name) {
                    return Some(value);
                }
                if let Some(fields) = self.checked_fields(receiver, class, name, range) {
                    return Some(fields);
                }
                if receiver.taint.is_some() {
                    let taint = self.part_of(&receiver.taint, name, Mask::NONE);
                    return Some(Value::named(format!("?.{name}")).with(taint));
                }
                Some(match self.external_bases(class, 6).first().cloned() {
                    // What a class outside gives to its subclasses may come from a client.
                    Some(base) => self.external_attribute(receiver, &format!("{base}()"), name, range),
                    None => Value::named(format!("?self.{name}")),
                })
            }
            Object::Foreign { name: outer, attributes } => {
                if let Some(value) = attributes.get(name) {
                    return Some(value.clone());
                }
                let outer = outer.clone();
                if name == "headers" && outer.ends_with("Response()") {
                    // The headers belong to the response, whoever sets them.
                    let headers = self.foreign(&format!("{outer}.headers"), &Arguments::default());
                    self.keep(id, name, headers.clone());
                    return Some(headers);
                }
                Some(self.external_attribute(receiver, &outer, name, range))
            }
            _ => None,
        }
    }

    fn external_attribute(&mut self, receiver: &Value, outer: &str, name: &str, range: TextRange) -> Value {
        let full =
            if outer.len() > 160 { Text::from(format!("?.{name}")) } else { Text::from(format!("{outer}.{name}")) };
        if let Some(constant) = library::known_constant(&full) {
            return Value::text(constant);
        }
        if outer == sources::REQUEST && name == "path" {
            return self.request_path(range);
        }
        if outer == sources::REQUEST && name == "method" {
            // One of a few words: servers take no others.
            let taint = self.source(sources::SourceKind::Web, "the method of the request", range);
            return Value::string(taint.marked(Mask::ALL | Mask::NO_NEWLINE));
        }
        if !receiver.taint.is_some()
            && let Some((kind, words)) = sources::attribute_source(&full)
        {
            let request = full.starts_with(sources::REQUEST);
            let taint =
                if request { self.source_named(&full, kind, words, range) } else { self.source(kind, words, range) };
            let taint = if sources::is_harmless_attribute(&full) { taint.marked(Mask::ALL) } else { taint };
            // A form has the fields that it names, and no others.
            let checked = matches!(name, "cleaned_data" | "validated_data");
            let taint = if checked { taint.marked(Mask::of(Weakness::Mass)) } else { taint };
            return Value::named(full).with(taint);
        }
        if outer == sources::UPLOAD && name == "file" {
            // What is read from it is data; where it lies is not for the client to say.
            let taint = self.part_of(&receiver.taint, name, Mask::NONE).marked(Mask::of(Weakness::Path));
            return Value::named(full).with(taint);
        }
        let canonical = sources::canonical(&full);
        if receiver.taint.is_some() {
            let taint = if library::keeps_whole(name) {
                receiver.taint.clone()
            } else if library::is_clean_part(name) {
                Taint::NONE
            } else {
                self.part_of(&receiver.taint, name, sources::speaks_for(name))
            };
            let taint = if name == "name" && outer.starts_with("pathlib.") {
                taint.marked(Mask::of(Weakness::Path))
            } else {
                taint
            };
            let mut value = Value::named(canonical).with(taint);
            if matches!(name, "netloc" | "hostname") {
                // An address without a host stays on this one.
                value.guard = self.clean_when_false(&value, sources::speaks_for(name)).guard;
            }
            return value;
        }
        Value::named(canonical)
    }

    /// The path of the request: constant for a handler of fixed routes.
    fn request_path(&mut self, range: TextRange) -> Value {
        match self.frames.last().and_then(|frame| frame.route.as_ref()).map(|route| route.fixed.clone()) {
            Some(Some(path)) => Value::constant(Const::Str(path)),
            Some(None) => {
                let taint = self.source(sources::SourceKind::Web, "the path of the request", range);
                Value::string(taint)
            }
            None => Value::string(Taint::NONE),
        }
    }

    /// `receiver.name = value`.
    pub fn set_attribute(&mut self, receiver: &Value, name: &str, value: &Value, range: TextRange) {
        for alternative in receiver.alternatives().to_vec() {
            match &alternative.kind {
                Kind::Object(id) => {
                    let value = value.clone();
                    let id = *id;
                    if let Some(Object::Foreign { name: outer, .. }) = self.state.object(id).map(Rc::as_ref) {
                        let full = format!("{outer}.{name}");
                        self.attribute_sink(&full, &value, range);
                    }
                    let receiver_is_one = receiver.alternatives().len() == 1;
                    self.state.change(id, |object| {
                        if let Object::Instance { attributes, .. } | Object::Foreign { attributes, .. } = object {
                            let value = match attributes.get(name) {
                                Some(known) if !receiver_is_one => known.join(&value),
                                _ => value,
                            };
                            attributes.insert(Text::from(name), value);
                        }
                    });
                    self.answer_sink(id, name, range);
                }
                Kind::Class(class) => {
                    if let Some(entry) = self.classes.get(*class as usize) {
                        let scope = entry.scope;
                        if let Some(known) = self.state.names(scope).into_iter().find(|known| *known == name) {
                            self.state.bind(scope, known, Some(value.clone()));
                        }
                    }
                }
                Kind::Name(outer) => {
                    let full = format!("{outer}.{name}");
                    self.attribute_sink(&full, value, range);
                }
                _ => {}
            }
        }
    }
}
