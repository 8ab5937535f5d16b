//! Builtins with a meaning of their own.

use std::rc::Rc;

use ruff_text_size::TextRange;

use super::super::calls::Arguments;
use super::super::constants::{self};
use super::super::interpret::{Interpreter, truth_value};
use super::super::state::{Object, Sequence};
use super::super::values::{Const, Kind, Taint, Text, Value};
use super::super::weakness::{Mask, Weakness};

impl<'a> Interpreter<'a> {
    /// Builtins with a meaning of their own.
    pub(super) fn builtin(&mut self, name: &str, arguments: &Arguments) -> Option<Value> {
        let builtin = name.strip_prefix("builtins.")?;
        let first = arguments.positional.first();
        Some(match builtin {
            "str" | "repr" | "format" | "bytes" => match first {
                None => Value::text(""),
                Some(first) => {
                    let first = first.clone();
                    match (&first.kind, builtin) {
                        (Kind::Const(constant), "str") => {
                            let text = constants::display(constant);
                            text.map_or_else(|| first.clone(), |text| Value::text(&text).with(first.taint.clone()))
                        }
                        (Kind::Const(_), _) => first,
                        (_, "str") => {
                            // A text is no object that a database takes for an operator.
                            let text = self.as_text(&first, false);
                            let taint = self.taint_of(&text).marked(Mask::of(Weakness::NoSql));
                            text.with(taint)
                        }
                        (_, "repr") => {
                            // Line ends are shown as what they are.
                            let text = self.as_text(&first, false);
                            let taint = self.taint_of(&text).marked(Mask::of_all(&[Weakness::Log, Weakness::Header]));
                            text.with(taint)
                        }
                        _ => self.as_text(&first, false),
                    }
                }
            },
            "int" | "float" | "bool" => {
                let Some(first) = first else { return Some(Value::UNKNOWN) };
                // It raised unless the text was a number.
                if builtin != "bool" {
                    let facts = self.facts_about(first, Mask::ALL | Mask::NO_NEWLINE);
                    self.state.assume(&facts);
                }
                let number = Value::carrying(self.taint_of(first).marked(Mask::ALL));
                match first.as_const() {
                    Some(Const::Str(text)) if builtin == "int" => {
                        text.trim().parse().map_or(Value::UNKNOWN, |number| Value::constant(Const::Int(number)))
                    }
                    Some(Const::Int(number)) if builtin == "int" => Value::constant(Const::Int(*number)),
                    Some(constant) if builtin == "bool" => Value::boolean(constant.truth()),
                    _ if builtin == "bool" => Value::UNKNOWN,
                    _ => number,
                }
            }
            "len" => match first.map(|first| &first.kind) {
                Some(Kind::Const(constant)) => constant
                    .as_text()
                    .and_then(|text| i64::try_from(text.chars().count()).ok())
                    .map_or(Value::UNKNOWN, |length| Value::constant(Const::Int(length))),
                Some(Kind::Object(id)) => match self.state.object(*id).map(Rc::as_ref) {
                    Some(Object::Sequence { items, rest: None, .. }) => {
                        i64::try_from(items.len()).map_or(Value::UNKNOWN, |length| Value::constant(Const::Int(length)))
                    }
                    _ => Value::UNKNOWN,
                },
                _ => Value::UNKNOWN,
            },
            "ord" => match first.and_then(Value::as_str).and_then(|text| text.chars().next()) {
                Some(c) => Value::constant(Const::Int(i64::from(u32::from(c)))),
                None => Value::UNKNOWN,
            },
            "chr" => match first.and_then(Value::as_const).and_then(Const::as_int) {
                Some(code) => u32::try_from(code)
                    .ok()
                    .and_then(char::from_u32)
                    .map_or(Value::UNKNOWN, |c| Value::text(&c.to_string())),
                None => Value::UNKNOWN,
            },
            "list" | "tuple" | "set" | "frozenset" | "sorted" | "reversed" | "iter" => {
                let sort = match builtin {
                    "tuple" => Sequence::Tuple,
                    "set" | "frozenset" => Sequence::Set,
                    _ => Sequence::List,
                };
                let Some(first) = first.cloned() else { return Some(self.sequence(sort, Vec::new())) };
                match self.exact_elements(&first, 64) {
                    Some(mut elements) => {
                        if builtin == "reversed" {
                            elements.reverse();
                        }
                        if builtin == "sorted" {
                            let element = elements.into_iter().reduce(|a, b| a.join(&b)).unwrap_or(Value::UNKNOWN);
                            self.loose(sort, element)
                        } else {
                            self.sequence(sort, elements)
                        }
                    }
                    None => {
                        let element = self.element_of(&first);
                        self.loose(sort, element)
                    }
                }
            }
            "dict" => {
                let id = self.state.allocate(Object::Dict { items: Vec::new(), rest: None, keys: Taint::NONE });
                let dict = Value::of(Kind::Object(id));
                if let Some(first) = first.cloned() {
                    self.fill_dict(&dict, &first, arguments.range);
                }
                for (name, value) in &arguments.named {
                    self.set_element(&dict, &Value::constant(Const::Str(name.clone())), value, arguments.range);
                }
                if let Some(stars) = &arguments.stars {
                    self.set_element(&dict, &Value::UNKNOWN, stars, arguments.range);
                }
                dict
            }
            "enumerate" => {
                let iterable = first.cloned().unwrap_or(Value::UNKNOWN);
                match self.exact_elements(&iterable, 12) {
                    Some(elements) => {
                        let mut pairs = Vec::new();
                        for (index, element) in elements.into_iter().enumerate() {
                            let index = Value::constant(Const::Int(i64::try_from(index).unwrap_or(0)));
                            pairs.push(self.sequence(Sequence::Tuple, vec![index, element]));
                        }
                        self.sequence(Sequence::List, pairs)
                    }
                    None => {
                        let element = self.element_of(&iterable);
                        let pair = self.sequence(Sequence::Tuple, vec![Value::UNKNOWN, element]);
                        self.loose(Sequence::List, pair)
                    }
                }
            }
            "zip" => {
                if let Some(exact) = self.container_model(name, arguments) {
                    return Some(exact);
                }
                let mut columns = Vec::new();
                for argument in &arguments.positional {
                    columns.push(self.element_of(argument));
                }
                let row = self.sequence(Sequence::Tuple, columns);
                self.loose(Sequence::List, row)
            }
            "map" => {
                let function = first.cloned().unwrap_or(Value::UNKNOWN);
                let iterable = arguments.positional.get(1).cloned().unwrap_or(Value::UNKNOWN);
                let elements = self.exact_elements(&iterable, 8);
                match elements {
                    Some(elements) => {
                        let mut results = Vec::new();
                        for element in elements {
                            let arguments =
                                Arguments { positional: vec![element], range: arguments.range, ..Arguments::default() };
                            results.push(self.invoke(&function, arguments));
                        }
                        self.sequence(Sequence::List, results)
                    }
                    None => {
                        let element = self.element_of(&iterable);
                        let arguments =
                            Arguments { positional: vec![element], range: arguments.range, ..Arguments::default() };
                        let result = self.invoke(&function, arguments);
                        self.loose(Sequence::List, result)
                    }
                }
            }
            "filter" => {
                let iterable = arguments.positional.get(1).cloned().unwrap_or(Value::UNKNOWN);
                let element = self.element_of(&iterable);
                self.loose(Sequence::List, element)
            }
            "next" | "min" | "max" | "sum" => {
                let iterable = first.cloned().unwrap_or(Value::UNKNOWN);
                if arguments.positional.len() > 1 && builtin != "next" {
                    return arguments.positional.iter().cloned().reduce(|a, b| a.join(&b));
                }
                let mut element = self.element_of(&iterable);
                if let (Some(default), "next") = (arguments.positional.get(1), builtin) {
                    element = element.join(default);
                }
                element
            }
            "range" => {
                let bounds: Option<Vec<i64>> =
                    arguments.positional.iter().map(|value| value.as_const().and_then(Const::as_int)).collect();
                match bounds.as_deref() {
                    Some([end]) if (0..=12).contains(end) => {
                        let items = (0..*end).map(|n| Value::constant(Const::Int(n))).collect();
                        self.sequence(Sequence::List, items)
                    }
                    Some([start, end]) if (0..=12).contains(&(end.saturating_sub(*start))) => {
                        let items = (*start..*end).map(|n| Value::constant(Const::Int(n))).collect();
                        self.sequence(Sequence::List, items)
                    }
                    _ => self.loose(Sequence::List, Value::UNKNOWN),
                }
            }
            "isinstance" => {
                let types = arguments.positional.get(1).cloned().unwrap_or(Value::UNKNOWN);
                let numeric = types
                    .as_name()
                    .is_some_and(|name| matches!(name, "builtins.int" | "builtins.float" | "builtins.bool"));
                match first {
                    Some(first) if numeric => self.clean_when_true(&Value::string(self.taint_of(first)), Mask::ALL),
                    Some(first) if types.as_name() == Some("builtins.str") => {
                        self.clean_when_true(&Value::string(self.taint_of(first)), Mask::of(Weakness::NoSql))
                    }
                    _ => Value::UNKNOWN,
                }
            }
            "getattr" => {
                let receiver = first.cloned().unwrap_or(Value::UNKNOWN);
                let name = arguments.positional.get(1).and_then(Value::as_str).map(str::to_owned);
                match name {
                    Some(name) => {
                        let value = self.attribute(&receiver, &name, arguments.range);
                        match arguments.positional.get(2) {
                            Some(default) if matches!(value.kind, Kind::Unknown) => value.join(default),
                            _ => value,
                        }
                    }
                    None => self.chosen_attribute(&receiver, arguments),
                }
            }
            "setattr" => {
                if let [receiver, name, value] = arguments.positional.as_slice() {
                    let (receiver, value) = (receiver.clone(), value.clone());
                    if let Some(name) = name.as_str().map(str::to_owned) {
                        self.set_attribute(&receiver, &name, &value, arguments.range);
                    }
                }
                Value::NONE
            }
            "any" | "all" => {
                // `any(c in data for c in "…")`: nothing is learned of the elements but by their guards.
                match first.cloned() {
                    Some(first) => {
                        let exact = self.exact_elements(&first, 64);
                        self.quantified(exact, &first, builtin == "any")
                    }
                    None => Value::UNKNOWN,
                }
            }
            "print" => Value::NONE,
            "super" | "open" | "eval" | "exec" | "compile" | "input" | "__import__" => return None,
            "globals" | "locals" | "vars" => Value::named(name),
            "type" => match first.map(|first| first.kind.clone()) {
                Some(Kind::Object(id)) => match self.state.object(id).map(Rc::as_ref) {
                    Some(Object::Instance { class, .. }) => Value::of(Kind::Class(*class)),
                    _ => Value::UNKNOWN,
                },
                _ => Value::UNKNOWN,
            },
            _ => return None,
        })
    }

    /// `getattr(receiver, name)` with a name that is not known.
    fn chosen_attribute(&mut self, receiver: &Value, arguments: &Arguments) -> Value {
        let name = arguments.positional.get(1).cloned().unwrap_or(Value::UNKNOWN);
        if matches!(receiver.as_name(), Some("os" | "subprocess" | "builtins" | "shutil" | "sys")) {
            self.hit(Weakness::Code, &name.taint, arguments.range, "getattr");
        }
        // `getattr(self, "on_" + event)`: one of the methods that begin so.
        if let (Kind::Object(id), Kind::Text(Some(prefix))) = (&receiver.kind, &name.kind)
            && matches!(self.state.object(*id).map(Rc::as_ref), Some(Object::Instance { .. }))
        {
            let begin = prefix.split('\0').next().unwrap_or("");
            if begin.len() > 1 {
                return Value::of(Kind::Bound(Rc::new((receiver.clone(), Text::from(format!("{begin}*"))))));
            }
        }
        Value::carrying(self.taint_of(receiver))
    }

    /// What a dictionary that is made of another, or of pairs, holds.
    pub(super) fn fill_dict(&mut self, dict: &Value, from: &Value, range: TextRange) {
        let is_dict = matches!(from.kind, Kind::Object(id)
            if matches!(self.state.object(id).map(Rc::as_ref), Some(Object::Dict { .. })));
        let pairs = if is_dict { None } else { self.exact_elements(from, 64) };
        let pairs: Option<Vec<Vec<Value>>> =
            pairs.and_then(|pairs| pairs.iter().map(|pair| self.exact_elements(pair, 2)).collect());
        match pairs {
            Some(pairs) if pairs.iter().all(|pair| pair.len() == 2) => {
                for pair in pairs {
                    if let [key, value] = pair.as_slice() {
                        self.set_element(dict, key, value, range);
                    }
                }
            }
            _ => self.update_dict(dict, from),
        }
    }

    /// Pure functions of constants.
    pub(super) fn folded(&mut self, name: &str, arguments: &Arguments) -> Option<Value> {
        let known = matches!(
            name,
            "base64.b64encode"
                | "base64.b64decode"
                | "base64.urlsafe_b64encode"
                | "base64.urlsafe_b64decode"
                | "urllib.parse.unquote"
                | "urllib.parse.unquote_plus"
                | "html.unescape"
                | "html.escape"
                | "markupsafe.escape"
                | "urllib.parse.quote"
                | "shlex.quote"
                | "os.path.basename"
                | "copy.copy"
                | "copy.deepcopy"
                | "re.escape"
                | "textwrap.dedent"
                | "builtins.compile"
                | "json.dumps"
                | "pickle.dumps"
                | "marshal.dumps"
                | "builtins.bytes.fromhex"
                | "binascii.unhexlify"
                | "builtins.bytearray"
                | "ast.literal_eval"
        );
        let first = arguments.positional.first().filter(|_| known)?;
        // What comes of a constant is a constant; which one matters to nobody.
        let whole = self.taint_of(first);
        (first.is_constant() && !whole.is_some()).then(|| first.clone())
    }

    pub(super) fn quantified(&mut self, exact: Option<Vec<Value>>, whole: &Value, any: bool) -> Value {
        let elements = exact.unwrap_or_else(|| vec![self.element_of(whole)]);
        let mut facts = Vec::new();
        for element in &elements {
            if let Some(guard) = &element.guard {
                let said = if any { &guard.when_false } else { &guard.when_true };
                facts.extend(said.iter().flatten().copied());
            }
        }
        if !any {
            // What holds for each character holds for the text.
            let wholes: Vec<_> = facts
                .iter()
                .filter(|(_, mask)| Mask::ALL.within(*mask))
                .filter_map(|(part, mask)| self.state.whole_of(*part).map(|whole| (whole, *mask)))
                .collect();
            facts.extend(wholes);
        }
        if any { truth_value(Vec::new(), facts) } else { truth_value(facts, Vec::new()) }
    }
}
