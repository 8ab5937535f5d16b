//! Methods of texts, lists, dictionaries and of what holds data.

use std::rc::Rc;

use super::super::calls::Arguments;
use super::super::constants::{self, Folded};
use super::super::containers::{loosen, push};
use super::super::guards;
use super::super::interpret::Interpreter;
use super::super::sinks;
use super::super::sources::{self, SourceKind};
use super::super::state::{Object, Sequence};
use super::super::values::{Const, Kind, ObjectId, Taint, Text, Value};
use super::super::weakness::{Mask, Weakness};
use super::effects::effect;
use super::{HTML, PATHS};

/// For what data is harmless once this is replaced.
pub(super) fn replaced(from: &str, to: &str) -> Mask {
    if to.contains(from) && from != "'" && from != "\"" {
        return Mask::NONE;
    }
    match from {
        "'" if to == "''" => Mask::of_all(&[Weakness::Sql, Weakness::Xpath]),
        "'" if to == "\\'" => Mask::NONE,
        "'" => Mask::of_all(&[Weakness::Sql, Weakness::Xpath]) | Mask::NO_QUOTE_INSIDE,
        "\"" => Mask::NO_QUOTE_INSIDE,
        "<" => HTML,
        "\n" | "\r\n" => Mask::of_all(&[Weakness::Log, Weakness::Header, Weakness::Mail]) | Mask::NO_NEWLINE,
        "\r" => Mask::NONE,
        ".." => PATHS,
        "/" => PATHS,
        "*" | "(" | "\\" if to.starts_with('\\') => Mask::of(Weakness::Ldap),
        _ => Mask::NONE,
    }
}

/// For what data is harmless once everything that matches this is removed.
pub(super) fn stripped_by(pattern: Option<&str>) -> Mask {
    let Some(pattern) = pattern else { return Mask::NONE };
    // `[^…]` keeps the characters in it only.
    if let Some(class) = pattern.strip_prefix("[^")
        && let Some(kept) =
            class.strip_suffix(']').or_else(|| class.strip_suffix("]+")).or_else(|| class.strip_suffix("]*"))
        && guards::restricts(&format!("[{kept}]+"), true)
    {
        return Mask::ALL;
    }
    if matches!(pattern, "\\W" | "\\W+" | "\\D" | "\\D+") {
        return Mask::ALL;
    }
    if pattern.contains("\\n") || pattern.contains("\\r") || pattern.contains('\n') {
        return Mask::of_all(&[Weakness::Log, Weakness::Header, Weakness::Mail]);
    }
    if pattern.contains('<') {
        return HTML;
    }
    Mask::NONE
}

impl<'a> Interpreter<'a> {
    /// A method of a value.
    pub fn call_method(&mut self, receiver: &Value, method: &str, arguments: Arguments) -> Value {
        if !self.spend() {
            return Value::UNKNOWN;
        }
        self.nested(|this| this.call_method_inner(receiver, method, arguments)).unwrap_or(Value::UNKNOWN)
    }

    pub(super) fn call_method_inner(&mut self, receiver: &Value, method: &str, arguments: Arguments) -> Value {
        match &receiver.kind {
            Kind::Object(id) => self.object_method(receiver, *id, method, arguments),
            Kind::OneOf(values) => {
                if receiver.is_constant()
                    || values.iter().all(|v| matches!(v.kind, Kind::Const(_) | Kind::Text(_) | Kind::Unknown))
                {
                    return self.text_method(receiver, method, &arguments);
                }
                let values: Vec<Value> = values.iter().take(6).cloned().collect();
                self.each(&values, |this, value| this.call_method(value, method, arguments.clone()))
            }
            Kind::Const(_) | Kind::Text(_) | Kind::Unknown => {
                if matches!(receiver.kind, Kind::Unknown) {
                    let name = format!("?.{method}");
                    self.check_call(&name, Some(receiver), &arguments);
                }
                self.text_method(receiver, method, &arguments)
            }
            Kind::Name(name) => {
                let full = format!("{name}.{method}");
                if receiver.taint.is_some() || name.ends_with("[]") {
                    if let Some(value) = self.tainted_method(receiver, name, method, &arguments) {
                        return value;
                    }
                    // A client that was made with a key from elsewhere answers what the model says.
                    let known = sources::call_source(&full).filter(|(kind, _)| *kind != SourceKind::Agent);
                    if known.is_some() && name.as_ref() != sources::REQUEST {
                        return Value::named(format!("{full}()")).with(self.taint_of(receiver));
                    }
                }
                let attribute = Value::named(full.as_str());
                self.external(&Text::from(full), Some(receiver), &attribute, arguments)
            }
            Kind::Class(_) if method == "as_view" => receiver.clone(),
            _ => {
                let function = self.attribute(receiver, method, arguments.range);
                self.invoke(&function, arguments)
            }
        }
    }

    /// Methods of request data and of strings from it.
    pub(super) fn tainted_method(
        &mut self,
        receiver: &Value,
        name: &str,
        method: &str,
        arguments: &Arguments,
    ) -> Option<Value> {
        let first = arguments.positional.first();
        if matches!(method, "format" | "format_map") {
            self.check_call("?.format", Some(receiver), arguments);
        }
        let path = name.starts_with("pathlib.");
        let parsed = name == "urllib.parse.urlparse()";
        Some(match method {
            "get" | "getlist" | "get_list" | "getall" | "getone" | "getfirst" | "pop" | "get_all" | "getunicode"
            | "get_item" => {
                let typed = arguments
                    .keyword("type")
                    .or_else(|| arguments.positional.get(2))
                    .and_then(Value::as_name)
                    .map(str::to_owned);
                if typed
                    .as_deref()
                    .is_some_and(|name| matches!(name, "builtins.int" | "builtins.float" | "builtins.bool"))
                {
                    return Some(Value::carrying(receiver.taint.marked(Mask::ALL)));
                }
                let key = first.cloned().unwrap_or(Value::UNKNOWN);
                let taint = self.keyed_part(&receiver.taint, &key);
                let value = Value::named(format!("{name}[]")).with(taint);
                if method == "getlist" || method == "getall" || method == "get_list" {
                    return Some(self.loose(Sequence::List, value));
                }
                match arguments.positional.get(1).or_else(|| arguments.keyword("default")) {
                    Some(default) if self.taint_of(default).is_some() => value.join(default),
                    _ => value,
                }
            }
            "items" | "iteritems" | "multi_items" => {
                let taint = receiver.taint.clone();
                let key = Value::string(self.part_of(&taint, "key", Mask::NONE));
                let value = Value::string(self.part_of(&taint, "each", Mask::NONE));
                let pair = self.sequence(Sequence::Tuple, vec![key, value]);
                self.loose(Sequence::List, pair)
            }
            "keys" | "values" | "lists" if !path => {
                let value = Value::string(self.part_of(&receiver.taint, method, Mask::NONE));
                self.loose(Sequence::List, value)
            }
            "to_dict" | "dict" | "copy" | "model_dump" | "flat" => receiver.clone(),
            // Collections carry the address of their database; what they find is no part of a text.
            "find" if sinks::is_mongo(name) => return None,
            "save" | "open" | "read_text" | "read_bytes" | "write_text" | "write_bytes" | "unlink" | "mkdir"
            | "rename" | "iterdir" | "glob" | "rglob" | "touch" | "exists" | "is_file" | "is_dir" | "resolve"
            | "absolute" | "joinpath" | "relative_to" | "with_suffix" | "rmdir" | "expanduser" | "as_posix"
            | "stat" | "replace"
                if path =>
            {
                return None;
            }
            "is_relative_to" => return self.method_guard(receiver, method, first),
            "geturl" if parsed => Value::string(receiver.taint.clone()),
            "group" | "groups" | "groupdict" => Value::string(receiver.taint.clone()),
            "decode" | "encode" | "strip" | "lower" | "upper" | "split" | "rsplit" | "splitlines" | "replace"
            | "format" | "join" | "startswith" | "endswith" | "isdigit" | "isalnum" | "isalpha" | "isnumeric"
            | "isprintable" | "isdecimal" | "isidentifier" | "lstrip" | "rstrip" | "title" | "capitalize"
            | "partition" | "rpartition" | "removeprefix" | "removesuffix" | "find" | "rfind" | "count" | "zfill"
            | "casefold" | "hex" | "translate" | "swapcase" | "ljust" | "rjust" | "expandtabs" | "center" => {
                self.text_method(receiver, method, arguments)
            }
            _ => return None,
        })
    }

    /// A method of a string.
    pub(super) fn text_method(&mut self, receiver: &Value, method: &str, arguments: &Arguments) -> Value {
        let first = arguments.positional.first();
        if receiver.alternatives().len() > 1 && receiver.is_constant() && !receiver.taint.is_some() {
            let mut joined: Option<Value> = None;
            for alternative in receiver.alternatives().to_vec() {
                let part = self.text_method(&alternative, method, arguments);
                joined = Some(joined.map_or_else(|| part.clone(), |known| known.join(&part)));
            }
            return joined.unwrap_or(Value::UNKNOWN);
        }
        if let Kind::Const(constant) = &receiver.kind {
            let all: Option<Vec<&Const>> = arguments.positional.iter().map(Value::as_const).collect();
            if let Some(all) = all
                && method != "format"
                && let Some(folded) = constants::method(constant, method, &all)
            {
                let taint = receiver.taint.clone();
                return match folded {
                    Folded::One(constant) => Value::constant(constant).with(taint),
                    Folded::List(parts) => {
                        let items = parts.into_iter().map(|part| Value::constant(part).with(taint.clone())).collect();
                        self.sequence(Sequence::List, items)
                    }
                    Folded::Tuple(parts) => {
                        let items = parts.into_iter().map(|part| Value::constant(part).with(taint.clone())).collect();
                        self.sequence(Sequence::Tuple, items)
                    }
                };
            }
        }
        if let Some(guard) = self.method_guard(receiver, method, first) {
            return guard;
        }
        let taint = receiver.taint.clone();
        match method {
            "format" => {
                let value = self.format(receiver, arguments);
                self.judge_text(arguments.range, &value);
                value
            }
            "format_map" => {
                let mut taint = taint;
                for argument in arguments.all() {
                    taint = taint.union(&self.taint_of(argument));
                }
                Value::string(taint)
            }
            "join" => self.join_text(receiver, first),
            "replace" => {
                let from = first.and_then(Value::as_str).map(str::to_owned);
                let to = arguments.positional.get(1).cloned().unwrap_or(Value::UNKNOWN);
                let to_text = to.as_str().unwrap_or("").to_owned();
                let mask = from.as_deref().map_or(Mask::NONE, |from| replaced(from, &to_text));
                let inserted = self.taint_of(&to);
                Value::string(taint.marked(mask).union(&inserted))
            }
            "split" | "rsplit" | "splitlines" | "partition" | "rpartition" => {
                let label =
                    first.and_then(Value::as_str).map_or_else(|| method.to_owned(), |text| format!("{method} {text}"));
                let mut part = self.part_of(&taint, &label, Mask::NONE);
                if matches!(first.and_then(Value::as_str), Some("/")) {
                    part = part.marked(PATHS.without(PATHS));
                }
                self.loose(Sequence::List, Value::string(part))
            }
            "find" | "rfind" | "index" | "rindex" | "count" | "isdigit" | "isalnum" | "isalpha" | "startswith"
            | "endswith" | "isupper" | "islower" | "isspace" | "__len__" | "__contains__" | "__eq__" | "hexdigest"
            | "digest" | "is_valid" => Value::UNKNOWN,
            "lower" | "upper" | "strip" | "lstrip" | "rstrip" | "encode" | "decode" | "title" | "capitalize"
            | "zfill" | "casefold" | "swapcase" | "removeprefix" | "removesuffix" | "ljust" | "rjust" | "center"
            | "expandtabs" => Value { kind: Kind::Text(None), taint, guard: None },
            "translate" => Value::string(taint.marked(Mask::UNCERTAIN)),
            "get" | "pop" | "getlist" => {
                let key = first.cloned().unwrap_or(Value::UNKNOWN);
                let value = self.element(receiver, &key, arguments.range);
                match arguments.positional.get(1) {
                    Some(default) => value.join(default),
                    None => value,
                }
            }
            "items" => {
                let part = Value::string(self.part_of(&taint, "each", Mask::NONE));
                let pair = self.sequence(Sequence::Tuple, vec![part.clone(), part]);
                self.loose(Sequence::List, pair)
            }
            _ => {
                let mut taint = taint;
                if effect(&format!("?.{method}")).is_some() {
                    return Value::named(format!("?.{method}()"));
                }
                for argument in arguments.all() {
                    taint = taint.union(&self.taint_of(argument).marked(Mask::UNCERTAIN));
                }
                Value::carrying(taint)
            }
        }
    }

    pub(super) fn format(&mut self, receiver: &Value, arguments: &Arguments) -> Value {
        if let Some(text) = receiver.as_str().map(str::to_owned) {
            let mut parts = Vec::new();
            let mut rest = text.as_str();
            let mut next = 0;
            while let Some(at) = rest.find(['{', '}']) {
                parts.push(Value::text(rest.get(..at).unwrap_or("")));
                let brace = rest.get(at..at + 1).unwrap_or("");
                rest = rest.get(at + 1..).unwrap_or("");
                if let Some(tail) = rest.strip_prefix(brace) {
                    parts.push(Value::text(brace));
                    rest = tail;
                    continue;
                }
                if brace == "}" {
                    continue;
                }
                let (field, tail) = rest.split_once('}').unwrap_or((rest, ""));
                rest = tail;
                let name = field.split([':', '!', '.', '[']).next().unwrap_or("");
                let value = if name.is_empty() {
                    next += 1;
                    arguments.positional.get(next - 1)
                } else if let Ok(index) = name.parse::<usize>() {
                    arguments.positional.get(index)
                } else {
                    arguments.keyword(name).or(arguments.stars.as_ref())
                };
                let value = value.or(arguments.star.as_ref()).cloned().unwrap_or(Value::UNKNOWN);
                let plain = !field.contains(['.', '[']);
                parts.push(if plain {
                    self.as_text(&value, field.contains(':'))
                } else {
                    Value::string(self.taint_of(&value))
                });
            }
            parts.push(Value::text(rest));
            return self.concat(&parts);
        }
        let mut taint = self.or_unknown(receiver.taint.clone());
        for argument in arguments.all() {
            taint = taint.union(&self.taint_of(argument).marked(Mask::EMBEDDED));
        }
        Value::string(taint)
    }

    pub(super) fn join_text(&mut self, separator: &Value, list: Option<&Value>) -> Value {
        let list = list.cloned().unwrap_or(Value::UNKNOWN);
        if let Some(elements) = self.exact_elements(&list, 32) {
            let mut parts = Vec::new();
            for (index, element) in elements.into_iter().enumerate() {
                if index > 0 {
                    parts.push(separator.clone());
                }
                parts.push(element);
            }
            return self.concat(&parts);
        }
        let taint = self.taint_of(&list).union(&separator.taint);
        Value::string(self.or_unknown(taint))
    }

    pub(super) fn object_method(
        &mut self,
        receiver: &Value,
        id: ObjectId,
        method: &str,
        arguments: Arguments,
    ) -> Value {
        let Some(object) = self.state.object(id).cloned() else { return Value::UNKNOWN };
        match object.as_ref() {
            Object::Sequence { .. } => self.sequence_method(receiver, id, method, &arguments),
            Object::Dict { .. } => self.dict_method(receiver, id, method, &arguments),
            Object::Instance { class, .. } => {
                if let Some(function) = self.instance_attribute(receiver, method) {
                    return self.invoke(&function, arguments);
                }
                let base = self.external_bases(*class, 6).into_iter().next();
                let full = base.map_or_else(|| format!("?self.{method}"), |base| format!("{base}().{method}"));
                let attribute = Value::named(full.as_str());
                self.external(&Text::from(full), Some(receiver), &attribute, arguments)
            }
            Object::Foreign { name, .. }
                if let Some(value) = self
                    .container_method(id, name, method, &arguments)
                    .or_else(|| self.declared_method(receiver, id, name, method, &arguments)) =>
            {
                value
            }
            Object::Foreign { name, attributes } => match (name.as_ref(), method) {
                ("configparser()", _) => self.config_method(receiver, id, method, &arguments),
                ("re.compile()", "match" | "fullmatch" | "search") => {
                    let pattern = attributes.get("pattern").and_then(Value::as_str).map(str::to_owned);
                    let data = arguments.positional.first().cloned().unwrap_or(Value::UNKNOWN);
                    let guard = self.pattern_guard(pattern.as_deref(), &data, method == "fullmatch");
                    let taint = self.taint_of(&data);
                    let mut value = Value::named("re.match()").with(self.part_of(&taint, "match", Mask::NONE));
                    value.guard = guard.guard;
                    value
                }
                ("re.compile()", "sub") => {
                    let pattern = attributes.get("pattern").and_then(Value::as_str).map(str::to_owned);
                    let data = arguments.positional.get(1).cloned().unwrap_or(Value::UNKNOWN);
                    let taint = self.taint_of(&data).marked(stripped_by(pattern.as_deref()));
                    Value::string(taint)
                }
                (_, "setFeature") => {
                    if let [feature, value] = arguments.positional.as_slice() {
                        let label = match (feature.as_name(), feature.as_str()) {
                            (Some(name), _) => name.rsplit('.').next().unwrap_or(name).to_owned(),
                            (_, Some(text)) => text.to_owned(),
                            _ => String::new(),
                        };
                        let value = value.clone();
                        if self.truth(&value) != Some(false) {
                            self.keep(id, sinks::OPENED, sinks::place(arguments.range));
                        }
                        self.keep(id, &label, value);
                    }
                    Value::NONE
                }
                _ => {
                    let full = format!("{name}.{method}");
                    let attribute = Value::named(full.as_str());
                    self.external(&Text::from(full), Some(receiver), &attribute, arguments)
                }
            },
        }
    }

    pub(super) fn sequence_method(
        &mut self,
        receiver: &Value,
        id: ObjectId,
        method: &str,
        arguments: &Arguments,
    ) -> Value {
        let first = arguments.positional.first().cloned();
        match method {
            "append" | "add" | "put" | "put_nowait" => {
                let value = first.unwrap_or(Value::UNKNOWN);
                self.state.change(id, |object| push(object, value));
                Value::NONE
            }
            "appendleft" | "insert" => {
                let (at, value) = match (method, arguments.positional.as_slice()) {
                    ("insert", [at, value]) => (at.as_const().and_then(Const::as_int), value.clone()),
                    (_, [value]) => (Some(0), value.clone()),
                    _ => (None, Value::UNKNOWN),
                };
                self.state.change(id, |object| {
                    if let Object::Sequence { items, rest, .. } = object {
                        let at = at.map(|at| {
                            if at < 0 {
                                constants::index_in(at, items.len()).unwrap_or(0)
                            } else {
                                usize::try_from(at).unwrap_or(0).min(items.len())
                            }
                        });
                        match at {
                            Some(at) if rest.is_none() => items.insert(at, value),
                            _ => {
                                loosen(items, rest);
                                *rest = Some(rest.as_ref().map_or_else(|| value.clone(), |known| known.join(&value)));
                            }
                        }
                    }
                });
                Value::NONE
            }
            "extend" | "update" => {
                if let Some(other) = first {
                    self.extend(id, &other);
                }
                Value::NONE
            }
            "pop" | "popleft" => {
                let index = match (method, &first) {
                    ("popleft", _) => Some(0),
                    (_, None) => Some(-1),
                    (_, Some(value)) => value.as_const().and_then(Const::as_int),
                };
                let key = index.map_or(Value::UNKNOWN, |index| Value::constant(Const::Int(index)));
                let value = self.element(receiver, &key, arguments.range);
                self.remove_element(receiver, &key);
                value
            }
            "remove" | "discard" => {
                let wanted = first.and_then(|value| value.as_const().cloned());
                self.state.change(id, |object| {
                    if let Object::Sequence { items, rest, .. } = object {
                        let at =
                            wanted.and_then(|wanted| items.iter().position(|item| item.as_const() == Some(&wanted)));
                        match at {
                            Some(at) => {
                                items.remove(at);
                            }
                            None => loosen(items, rest),
                        }
                    }
                });
                Value::NONE
            }
            "reverse" => {
                self.state.change(id, |object| {
                    if let Object::Sequence { items, .. } = object {
                        items.reverse();
                    }
                });
                Value::NONE
            }
            "sort" => {
                self.state.change(id, |object| {
                    if let Object::Sequence { items, rest, .. } = object
                        && items.len() > 1
                    {
                        loosen(items, rest);
                    }
                });
                Value::NONE
            }
            "clear" => {
                self.state.change(id, |object| {
                    if let Object::Sequence { items, rest, .. } = object {
                        items.clear();
                        *rest = None;
                    }
                });
                Value::NONE
            }
            "copy" | "union" => self.copied(receiver),
            "get" | "get_nowait" | "__getitem__" | "__next__" => self.element_of(receiver),
            "index" | "count" | "issubset" | "isdisjoint" => Value::UNKNOWN,
            _ => Value::carrying(self.taint_of(receiver)),
        }
    }

    pub(super) fn dict_method(&mut self, receiver: &Value, id: ObjectId, method: &str, arguments: &Arguments) -> Value {
        let first = arguments.positional.first().cloned().unwrap_or(Value::UNKNOWN);
        match method {
            "get" | "pop" | "setdefault" | "__getitem__" => {
                let known = match (first.as_const(), self.state.object(id).map(Rc::as_ref)) {
                    (Some(key), Some(Object::Dict { items, rest, .. })) => {
                        Some(items.iter().any(|(known, _)| known == key)).filter(|found| *found || rest.is_none())
                    }
                    _ => None,
                };
                let default = arguments.positional.get(1).cloned().unwrap_or(Value::NONE);
                let value = match known {
                    Some(true) => self.element(receiver, &first, arguments.range),
                    Some(false) => default.clone(),
                    None => self.element(receiver, &first, arguments.range).join(&default),
                };
                match method {
                    "pop" => self.remove_element(receiver, &first),
                    "setdefault" if known != Some(true) => self.set_element(receiver, &first, &value, arguments.range),
                    _ => {}
                }
                value
            }
            "update" => {
                if let Some(other) = arguments.positional.first().cloned() {
                    self.update_dict(receiver, &other);
                }
                for (name, value) in &arguments.named {
                    self.set_element(receiver, &Value::constant(Const::Str(name.clone())), value, arguments.range);
                }
                Value::NONE
            }
            "items" => {
                let Some(Object::Dict { items, rest, keys }) = self.state.object(id).map(Rc::as_ref) else {
                    return Value::UNKNOWN;
                };
                let (items, rest, keys) = (items.clone(), rest.clone(), keys.clone());
                let mut pairs = Vec::new();
                for (key, value) in items {
                    pairs.push(self.sequence(Sequence::Tuple, vec![Value::constant(key), value]));
                }
                let rest = rest.map(|rest| self.sequence(Sequence::Tuple, vec![Value::string(keys), rest]));
                let id = self.state.allocate(Object::Sequence { sort: Sequence::List, items: pairs, rest });
                Value::of(Kind::Object(id))
            }
            "values" => {
                let Some(Object::Dict { items, rest, .. }) = self.state.object(id).map(Rc::as_ref) else {
                    return Value::UNKNOWN;
                };
                let items = items.iter().map(|(_, value)| value.clone()).collect();
                let rest = rest.clone();
                let id = self.state.allocate(Object::Sequence { sort: Sequence::List, items, rest });
                Value::of(Kind::Object(id))
            }
            "keys" => {
                let element = self.element_of(receiver);
                match self.exact_elements(receiver, 64) {
                    Some(items) => self.sequence(Sequence::List, items),
                    None => self.loose(Sequence::List, element),
                }
            }
            "copy" => self.copied(receiver),
            "clear" => {
                self.state.change(id, |object| {
                    if let Object::Dict { items, rest, keys } = object {
                        items.clear();
                        *rest = None;
                        *keys = Taint::NONE;
                    }
                });
                Value::NONE
            }
            _ => Value::carrying(self.taint_of(receiver)),
        }
    }
}
