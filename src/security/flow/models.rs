//! Containers of the standard library that remember what is put into them.
//!
//! Each is an object with attributes: elements are kept under `[key]`, so that they stay apart by key.

use std::rc::Rc;

use super::calls::Arguments;
use super::interpret::Interpreter;
use super::state::{Object, Sequence};
use super::values::{Const, Kind, ObjectId, Taint, Text, Value};

/// How many elements sequences have that are joined position by position.
const MAX_JOINED: usize = 32;
/// Under this name an object keeps what makes its missing elements.
const FACTORY: &str = "@factory";
/// Before the names of the fields of a named tuple's type.
const NAMED_TUPLE: &str = "@namedtuple ";

impl<'a> Interpreter<'a> {
    /// What making one of these containers gives; none for everything else.
    pub fn container_model(&mut self, name: &str, arguments: &Arguments) -> Option<Value> {
        if let Some(fields) = name.strip_prefix(NAMED_TUPLE) {
            return Some(self.named_tuple(fields, arguments));
        }
        if let Some(parser) = self.parser_of_options(name) {
            return Some(parser);
        }
        Some(match name {
            "io.StringIO" | "io.BytesIO" => {
                let text = arguments.positional.first().cloned().unwrap_or_else(|| Value::text(""));
                self.remembering(&format!("{name}()"), "text", text)
            }
            "contextvars.ContextVar" => {
                let default = arguments.keyword("default").cloned().unwrap_or(Value::NONE);
                self.remembering("contextvars.ContextVar()", "value", default)
            }
            "types.SimpleNamespace" | "argparse.Namespace" => self.foreign(&format!("{name}()"), arguments),
            "queue.Queue"
            | "queue.LifoQueue"
            | "queue.SimpleQueue"
            | "asyncio.Queue"
            | "multiprocessing.Queue"
            | "queue.PriorityQueue" => self.sequence(Sequence::List, Vec::new()),
            "collections.defaultdict" => {
                let factory = arguments.positional.first().cloned().unwrap_or(Value::NONE);
                let dict = self.remembering("collections.defaultdict()", FACTORY, factory);
                if let Some(known) = arguments.positional.get(1).cloned() {
                    let taint = self.taint_of(&known);
                    let element = self.values_of(&known);
                    self.set_element(&dict, &Value::UNKNOWN, &element.with(taint), arguments.range);
                }
                dict
            }
            "collections.namedtuple" => {
                let fields = arguments.get(1, "field_names").cloned()?;
                let names: Vec<String> = match fields.as_str() {
                    Some(text) => text.replace(',', " ").split_whitespace().map(str::to_owned).collect(),
                    None => self
                        .exact_elements(&fields, MAX_JOINED)?
                        .iter()
                        .map(|field| field.as_str().map(str::to_owned))
                        .collect::<Option<_>>()?,
                };
                Value::named(format!("{NAMED_TUPLE}{}", names.join(" ")))
            }
            "itertools.chain" => {
                let mut all = Vec::new();
                for sequence in &arguments.positional {
                    match self.exact_elements(sequence, MAX_JOINED) {
                        Some(elements) => all.extend(elements),
                        None => {
                            let mut mixed = self.element_of(sequence);
                            for other in &arguments.positional {
                                mixed = mixed.join(&self.element_of(other));
                            }
                            return Some(self.loose(Sequence::List, mixed));
                        }
                    }
                }
                self.sequence(Sequence::List, all)
            }
            "builtins.zip" => {
                let mut columns = Vec::new();
                for argument in &arguments.positional {
                    columns.push(self.exact_elements(argument, MAX_JOINED)?);
                }
                let length = columns.iter().map(Vec::len).min()?;
                let mut rows = Vec::new();
                for at in 0..length {
                    let row = columns.iter().filter_map(|column| column.get(at).cloned()).collect();
                    rows.push(self.sequence(Sequence::Tuple, row));
                }
                self.sequence(Sequence::List, rows)
            }
            _ => return None,
        })
    }

    fn remembering(&mut self, name: &str, attribute: &str, value: Value) -> Value {
        let attributes = [(Text::from(attribute), value)].into_iter().collect();
        Value::of(Kind::Object(self.state.allocate(Object::Foreign { name: Text::from(name), attributes })))
    }

    fn named_tuple(&mut self, fields: &str, arguments: &Arguments) -> Value {
        let mut attributes = Vec::new();
        for (at, field) in fields.split(' ').enumerate() {
            if let Some(value) = arguments.get(at, field).or(arguments.star.as_ref()).or(arguments.stars.as_ref()) {
                attributes.push((Text::from(field), value.clone()));
                attributes.push((Text::from(format!("[{at}]")), value.clone()));
            }
        }
        let attributes = attributes.into_iter().collect();
        Value::of(Kind::Object(self.state.allocate(Object::Foreign { name: Text::from(NAMED_TUPLE), attributes })))
    }

    /// The fields of a named tuple, in order.
    pub fn tuple_fields(&self, id: ObjectId) -> Option<Vec<Value>> {
        match self.state.object(id)?.as_ref() {
            Object::Foreign { name, attributes } if name.as_ref() == NAMED_TUPLE => {
                (0..attributes.len() / 2).map(|at| attributes.get(format!("[{at}]").as_str()).cloned()).collect()
            }
            Object::Instance { class, attributes } => {
                let class = *class;
                if !self.external_bases(class, 6).iter().any(|base| base.ends_with("NamedTuple")) {
                    return None;
                }
                let fields = self.fields(class, 6);
                fields.into_iter().map(|(name, _)| attributes.get(name).cloned()).collect()
            }
            _ => None,
        }
    }

    /// A method of one of these containers; none when it has no meaning of its own.
    pub fn container_method(&mut self, id: ObjectId, name: &str, method: &str, arguments: &Arguments) -> Option<Value> {
        let first = arguments.positional.first();
        match (name, method) {
            ("io.StringIO()" | "io.BytesIO()", "write" | "writelines") => {
                let more = first.cloned()?;
                let more = if method == "write" { more } else { self.element_of(&more) };
                let known = self.kept(id, "text")?;
                let both = self.concat(&[known, more]);
                self.keep(id, "text", both);
                Some(Value::UNKNOWN)
            }
            ("io.StringIO()" | "io.BytesIO()", "getvalue" | "read" | "readline" | "getbuffer" | "readlines") => {
                self.kept(id, "text")
            }
            ("contextvars.ContextVar()", "set") => {
                let value = first.cloned()?;
                self.keep(id, "value", value);
                Some(Value::UNKNOWN)
            }
            ("contextvars.ContextVar()", "get") => self.kept(id, "value"),
            _ => None,
        }
    }

    /// What an object makes for an element that is not there, as `defaultdict` does.
    pub fn missing_element(&mut self, id: ObjectId, label: &str) -> Option<Value> {
        let factory = self.kept(id, FACTORY)?;
        if let Some(any) = self.kept(id, "[?]") {
            return Some(any);
        }
        let made = self.invoke(&factory, Arguments::default());
        self.keep(id, label, made.clone());
        Some(made)
    }

    fn kept(&self, id: ObjectId, attribute: &str) -> Option<Value> {
        match self.state.object(id).map(Rc::as_ref) {
            Some(Object::Foreign { attributes, .. }) => attributes.get(attribute).cloned(),
            _ => None,
        }
    }

    /// Sets an attribute of an object from outside.
    pub fn keep(&mut self, id: ObjectId, attribute: &str, value: Value) {
        self.state.change(id, |object| {
            if let Object::Foreign { attributes, .. } = object {
                attributes.insert(Text::from(attribute), value);
            }
        });
    }

    /// A method of a parser of settings: each section is a dictionary of its own.
    pub fn config_method(&mut self, receiver: &Value, id: ObjectId, method: &str, arguments: &Arguments) -> Value {
        let argument = |at: usize| arguments.positional.get(at).cloned().unwrap_or(Value::UNKNOWN);
        match method {
            "add_section" => {
                self.config_section(id, &argument(0));
                Value::NONE
            }
            "set" => {
                let section = self.config_section(id, &argument(0));
                self.set_element(&section, &lower(&argument(1)), &argument(2), arguments.range);
                Value::NONE
            }
            "get" => {
                let (section, key) = (argument(0), argument(1));
                let known = section.as_str().is_some() && key.as_str().is_some();
                let section = self.config_section(id, &section);
                let mut value = self.element(&section, &lower(&key), arguments.range);
                if matches!(value.kind, Kind::Unknown) && !value.taint.is_some() {
                    value = self.element(&section, &key, arguments.range);
                }
                if let Some(any) = self.kept(id, "[?]") {
                    value = value.join(&any);
                }
                if known { value } else { value.join(&Value::string(self.taint_of(receiver))) }
            }
            "items" | "values" => match arguments.positional.first() {
                Some(section) => {
                    let section = self.config_section(id, section);
                    self.call_method(&section, method, Arguments { range: arguments.range, ..Arguments::default() })
                }
                None => Value::carrying(self.taint_of(receiver)),
            },
            "read_string" | "read_dict" | "read_file" => {
                if let Some(first) = arguments.positional.first() {
                    let taint = self.taint_of(first);
                    self.keep(id, "[?]", Value::string(taint));
                }
                Value::NONE
            }
            _ => Value::UNKNOWN,
        }
    }

    fn config_section(&mut self, id: ObjectId, section: &Value) -> Value {
        let label = format!("[{}]", section.as_str().unwrap_or("?"));
        if let Some(known) = self.kept(id, &label)
            && matches!(known.kind, Kind::Object(_))
        {
            return known;
        }
        let made = self.state.allocate(Object::Dict { items: Vec::new(), rest: None, keys: Taint::NONE });
        let made = Value::of(Kind::Object(made));
        self.keep(id, &label, made.clone());
        made
    }
}

/// Options are kept in lower case.
fn lower(key: &Value) -> Value {
    match key.as_const() {
        Some(Const::Str(text)) => Value::text(&text.to_lowercase()).with(key.taint.clone()),
        _ => key.clone(),
    }
}
