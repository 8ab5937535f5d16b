//! Texts that are put together.

use std::rc::Rc;

use ruff_python_ast::{self as ast};
use ruff_text_size::TextRange;

use super::super::constants;
use super::super::guards;
use super::super::interpret::Interpreter;
use super::super::state::{Object, Sequence};
use super::super::values::{Const, Flow, Kind, Taint, Text, Value};
use super::super::weakness::{Mask, Weakness};
use crate::security::python::formats_number;

pub(super) fn prefix_before(text: Option<&str>, mark: char) -> Option<Text> {
    let text = text?;
    let end = text.find(mark)?;
    (end > 0).then(|| Text::from(text.get(..end).unwrap_or("")))
}

/// What quoting makes harmless is so where its quotes are the only ones: between others they end them.
fn without_own_quotes(clean: Mask) -> Mask {
    if Mask::ALL.within(clean) || !Mask::OWN_QUOTES.within(clean) {
        return clean;
    }
    clean.without(Mask::of_all(&[Weakness::Command, Weakness::Xss]))
}

impl<'a> Interpreter<'a> {
    pub(super) fn f_string(&mut self, text: &'a ast::ExprFString) -> Value {
        let mut parts = Vec::new();
        for part in text.value.as_slice() {
            match part {
                ast::FStringPart::Literal(literal) => parts.push(Value::text(literal.as_str())),
                ast::FStringPart::FString(f_string) => {
                    for element in f_string.elements.iter() {
                        match element {
                            ast::InterpolatedStringElement::Literal(literal) => parts.push(Value::text(literal)),
                            ast::InterpolatedStringElement::Interpolation(inner) => {
                                let value = self.eval(&inner.expression);
                                parts.push(if inner.conversion == ast::ConversionFlag::Repr {
                                    let taint = self.taint_of(&value);
                                    Value::string(taint.marked(Mask::of(Weakness::Log)))
                                } else if !value.is_constant() && formats_number(inner) {
                                    self.as_number(&value)
                                } else {
                                    self.as_text(&value, inner.format_spec.is_some())
                                });
                            }
                        }
                    }
                }
            }
        }
        self.concat(&parts)
    }

    /// What `str(value)` is.
    pub fn as_text(&mut self, value: &Value, formatted: bool) -> Value {
        match &value.kind {
            Kind::Const(constant) if !formatted => constants::display(constant)
                .map_or_else(|| value.clone(), |text| Value::text(&text).with(value.taint.clone())),
            Kind::Const(_) => Value::string(value.taint.clone()),
            Kind::Text(_) | Kind::Unknown => value.clone(),
            Kind::Object(id) => {
                let rendered = self.rendered(*id);
                rendered.unwrap_or_else(|| Value::string(self.taint_of(value)))
            }
            _ => {
                let taint = self.taint_of(value);
                Value { kind: value.kind.clone(), taint, guard: None }
            }
        }
    }

    /// Text of which some parts are one of a few constants.
    fn alternatives_of(&mut self, parts: &[Value]) -> Option<Value> {
        let count = parts.iter().map(|part| part.alternatives().len()).product::<usize>();
        if count > 16 || !parts.iter().all(|part| part.is_constant() && !part.taint.is_some()) {
            return None;
        }
        let at = parts.iter().position(|part| part.alternatives().len() > 1)?;
        let mut joined: Option<Value> = None;
        for alternative in parts.get(at)?.alternatives().to_vec() {
            let mut chosen = parts.to_vec();
            *chosen.get_mut(at)? = self.as_text(&alternative, false);
            let text = self.concat(&chosen);
            joined = Some(joined.map_or_else(|| text.clone(), |known| known.join(&text)));
        }
        joined
    }

    /// The data, and what is not known beside it while a function is run for what a rule suspects.
    pub fn or_unknown(&self, taint: Taint) -> Taint {
        match self.unknown {
            Some(unknown) => taint.union(&Taint::of(unknown)),
            None => taint,
        }
    }

    /// What a number looks like that a value had to be.
    pub(super) fn as_number(&self, value: &Value) -> Value {
        let taint = self.taint_of(value);
        let unknown = self.unknown.filter(|_| !taint.is_some() && !value.is_constant()).map(Taint::of);
        Value::string(taint.union(&unknown.unwrap_or_default()).marked(Mask::ALL))
    }

    /// Text made of parts, one after the other.
    pub fn concat(&mut self, parts: &[Value]) -> Value {
        if parts.iter().all(|part| part.as_str().is_some()) {
            let text: String = parts.iter().filter_map(Value::as_str).collect();
            let taint = parts.iter().fold(Taint::NONE, |all, part| all.union(&part.taint));
            if text.len() <= 4096 {
                return Value::text(&text).with(taint);
            }
            return Value::string(taint);
        }
        if let Some(value) = self.alternatives_of(parts) {
            return value;
        }
        let mut prefix = String::new();
        let mut open = true;
        let mut fixed = false;
        let mut taint = Taint::NONE;
        let alone = parts.iter().filter(|part| part.as_str() != Some("")).count() == 1;
        let mut quoted = false;
        for part in parts {
            let mut own = self.taint_of(part);
            if quoted && own.is_some() {
                own = own.map(|flow| Some(Flow { clean: without_own_quotes(flow.clean), ..*flow }));
            }
            quoted = part.as_str().is_some_and(|text| text.ends_with(['"', '\'']));
            if !own.is_some() && !part.is_constant() {
                taint = taint.union(&self.unknown.map(Taint::of).unwrap_or_default());
            }
            if own.is_some() {
                if !alone {
                    own = own.marked(Mask::EMBEDDED);
                }
                if fixed || (open && guards::host_is_fixed(&prefix)) {
                    fixed = true;
                    own = own.marked(Mask::of(Weakness::Ssrf) | Mask::of(Weakness::Redirect));
                }
                // A known beginning of the part itself comes before its data.
                if open && let Kind::Text(Some(known)) = &part.kind {
                    prefix.push_str(known);
                }
                open = false;
                taint = taint.union(&own);
            } else if open {
                match (&part.kind, part.as_str()) {
                    (_, Some(text)) => prefix.push_str(text),
                    (Kind::Text(Some(known)), _) => {
                        prefix.push_str(known);
                        prefix.push('\0');
                    }
                    _ => prefix.push('\0'),
                }
            }
            if prefix.len() > 512 {
                fixed = fixed || guards::host_is_fixed(&prefix);
                open = false;
            }
        }
        let known = (!prefix.is_empty()).then(|| Text::from(prefix));
        Value { kind: Kind::Text(known), taint, guard: None }
    }

    /// `format % arguments`.
    pub(super) fn percent(&mut self, format: &Value, arguments: &Value) -> Value {
        let numeric = |value: &Value| matches!(value.as_const(), Some(Const::Int(_) | Const::Float(_)));
        if numeric(format) || (matches!(format.kind, Kind::Unknown) && numeric(arguments)) {
            return Value::UNKNOWN;
        }
        if matches!(format.as_name(), Some("markupsafe.Markup()" | "flask.Markup()")) {
            // A text that is HTML escapes what is put into it.
            let inserted = self.taint_of(arguments).marked(Mask::of_all(&[Weakness::Xss, Weakness::Mail]));
            return Value::named("markupsafe.Markup()").with(format.taint.union(&inserted));
        }
        if let Some(value) = self.percent_by_name(format, arguments) {
            return value;
        }
        let elements = match &arguments.kind {
            Kind::Object(id) => match self.state.object(*id).map(Rc::as_ref) {
                Some(Object::Sequence { sort: Sequence::Tuple, items, rest: None }) => Some(items.clone()),
                Some(Object::Dict { .. }) => None,
                _ => Some(vec![arguments.clone()]),
            },
            _ => Some(vec![arguments.clone()]),
        };
        if let (Some(text), Some(elements)) = (format.as_str(), elements) {
            let text = text.to_owned();
            let mut parts = Vec::new();
            let mut rest = text.as_str();
            let mut next = elements.into_iter();
            while let Some(at) = rest.find('%') {
                parts.push(Value::text(rest.get(..at).unwrap_or("")));
                rest = rest.get(at + 1..).unwrap_or("");
                if let Some(tail) = rest.strip_prefix('%') {
                    parts.push(Value::text("%"));
                    rest = tail;
                    continue;
                }
                let end = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest.len());
                let conversion = rest.get(end..end + 1).unwrap_or("s");
                rest = rest.get(end + 1..).unwrap_or("");
                let value = next.next().unwrap_or(Value::UNKNOWN);
                parts.push(match conversion {
                    "d" | "i" | "f" | "x" | "g" | "e" | "X" => self.as_number(&value),
                    "r" => Value::string(self.taint_of(&value).marked(Mask::of(Weakness::Log))),
                    _ => self.as_text(&value, false),
                });
            }
            parts.push(Value::text(rest));
            return self.concat(&parts);
        }
        let taint = self.or_unknown(self.taint_of(format).union(&self.taint_of(arguments)).marked(Mask::EMBEDDED));
        Value { kind: Kind::Text(prefix_before(format.as_str(), '%')), taint, guard: None }
    }

    /// `format % dictionary`.
    pub(super) fn percent_by_name(&mut self, format: &Value, arguments: &Value) -> Option<Value> {
        let Kind::Object(id) = arguments.kind else { return None };
        if !matches!(self.state.object(id).map(Rc::as_ref), Some(Object::Dict { .. })) {
            return None;
        }
        let text = format.as_str()?.to_owned();
        let mut parts = Vec::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once("%(") {
            let (name, tail) = after.split_once(')')?;
            let end = tail.find(|c: char| c.is_ascii_alphabetic())?;
            parts.push(Value::text(before));
            let value = self.element(arguments, &Value::text(name), TextRange::default());
            parts.push(match tail.get(end..end + 1)? {
                "s" => self.as_text(&value, false),
                "r" => Value::string(self.taint_of(&value).marked(Mask::of(Weakness::Log))),
                _ => self.as_number(&value),
            });
            rest = tail.get(end + 1..)?;
        }
        parts.push(Value::text(rest));
        Some(self.concat(&parts))
    }
}
