//! What declarations say about data: options of command lines, fields of forms, models and requests. A number, a date
//! or one of a few words carries nothing dangerous, whoever sent it.

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::TextRange;

use super::calls::Arguments;
use super::interpret::Interpreter;
use super::sources::SourceKind;
use super::state::Object;
use super::values::{ClassId, Kind, ObjectId, Text, Value};
use super::weakness::{Mask, Weakness};

/// Under this name a parser of options is known.
const PARSER: &str = "@parser()";
/// The same for parsers that give what is no option apart.
const OLD_PARSER: &str = "@old_parser()";
/// The same for parsers of requests.
const REQUEST_PARSER: &str = "@request_parser()";
/// The data of a form that was checked.
const CHECKED: &str = "@checked";

/// Whether a kind of field gives nothing but numbers, dates, and what it was told to allow.
pub fn is_harmless_field(name: &str) -> bool {
    let last = name.trim_end_matches("()").rsplit('.').next().unwrap_or(name);
    let last = last.strip_suffix("Field").unwrap_or(last);
    matches!(
        last,
        "Integer"
            | "Int"
            | "IntegerRange"
            | "SmallInteger"
            | "BigInteger"
            | "PositiveInteger"
            | "Float"
            | "Decimal"
            | "Number"
            | "Boolean"
            | "Bool"
            | "NullBoolean"
            | "Date"
            | "DateTime"
            | "DateTimeLocal"
            | "AwareDateTime"
            | "NaiveDateTime"
            | "Time"
            | "TimeDelta"
            | "Duration"
            | "UUID"
            | "Choice"
            | "TypedChoice"
            | "MultipleChoice"
            | "ModelChoice"
            | "ModelMultipleChoice"
            | "Select"
            | "SelectMultiple"
            | "Radio"
            | "GenericIPAddress"
            | "IPAddress"
            | "IP"
            | "PrimaryKeyRelated"
            | "Enum"
    )
}

/// Whether the type of an option lets nothing dangerous through.
fn is_harmless_type(name: &str) -> bool {
    matches!(
        name,
        "builtins.int"
            | "builtins.float"
            | "builtins.bool"
            | "builtins.complex"
            | "uuid.UUID"
            | "decimal.Decimal"
            | "ipaddress.ip_address"
            | "click.INT"
            | "click.FLOAT"
            | "click.BOOL"
            | "click.UUID"
            | "click.IntRange()"
            | "click.FloatRange()"
            | "click.Choice()"
            | "click.DateTime()"
    ) || name.starts_with("datetime.")
}

/// Whether an expression is a number, a date and the like by its type.
fn is_harmless_option(interpreter: &Interpreter<'_>, arguments: &Arguments) -> bool {
    let typed = arguments.keyword("type").is_some_and(|value| match &value.kind {
        Kind::Class(class) => is_enumeration(interpreter, *class),
        _ => value.as_name().is_some_and(is_harmless_type),
    });
    let fixed = arguments
        .keyword("action")
        .and_then(Value::as_str)
        .is_some_and(|action| action.starts_with("store_") || matches!(action, "count" | "version"));
    let flag = ["is_flag", "count"].iter().any(|word| arguments.keyword(word).is_some());
    typed || fixed || flag || arguments.keyword("choices").is_some()
}

/// The name by which an option is asked for.
fn option_name(arguments: &Arguments) -> Option<String> {
    if let Some(name) = arguments.keyword("dest").and_then(Value::as_str) {
        return Some(name.to_owned());
    }
    let names: Vec<&str> = arguments.positional.iter().filter_map(Value::as_str).collect();
    let plain = names.iter().find(|name| !name.starts_with('-'));
    let name = plain.or_else(|| names.iter().find(|name| name.starts_with("--"))).or_else(|| names.first())?;
    Some(name.split('/').next().unwrap_or(name).trim_start_matches('-').replace('-', "_"))
}

/// Whether a class lists what its instances can be.
pub fn is_enumeration(interpreter: &Interpreter<'_>, class: ClassId) -> bool {
    let bases = interpreter.external_bases(class, 6);
    bases
        .iter()
        .any(|base| matches!(base.rsplit('.').next(), Some("Enum" | "StrEnum" | "IntEnum" | "Flag" | "IntFlag")))
}

impl<'a> Interpreter<'a> {
    /// Parsers of options, which remember what they are told about each; none for everything else.
    pub fn parser_of_options(&mut self, name: &str) -> Option<Value> {
        let parser = match name {
            "argparse.ArgumentParser" | "configargparse.ArgumentParser" => PARSER,
            "optparse.OptionParser" => OLD_PARSER,
            _ if name.ends_with("reqparse.RequestParser") => REQUEST_PARSER,
            _ => return None,
        };
        Some(self.foreign(parser, &Arguments::default()))
    }

    /// A method of a parser of options, or of the data of a form; none when it has no meaning of its own.
    pub fn declared_method(
        &mut self,
        receiver: &Value,
        id: ObjectId,
        name: &str,
        method: &str,
        arguments: &Arguments,
    ) -> Option<Value> {
        let web = name == REQUEST_PARSER;
        match (name, method) {
            (CHECKED, "get" | "pop") => {
                let key = arguments.positional.first().cloned()?;
                Some(self.element(receiver, &key, arguments.range))
            }
            (PARSER | OLD_PARSER | REQUEST_PARSER, "add_argument" | "add_option") => {
                if is_harmless_option(self, arguments)
                    && let Some(option) = option_name(arguments)
                {
                    self.keep(id, &option, Value::boolean(true));
                }
                Some(Value::UNKNOWN)
            }
            (
                PARSER | OLD_PARSER,
                "add_argument_group"
                | "add_mutually_exclusive_group"
                | "add_subparsers"
                | "add_parser"
                | "add_option_group",
            ) => Some(receiver.clone()),
            (PARSER | OLD_PARSER | REQUEST_PARSER, "parse_args" | "parse_known_args" | "parse_intermixed_args") => {
                let options = self.options(id, web, arguments.range);
                let many = method == "parse_known_args" || name == OLD_PARSER;
                Some(if many {
                    let rest = Value::carrying(self.taint_of(&options));
                    self.sequence(super::state::Sequence::Tuple, vec![options, rest])
                } else {
                    options
                })
            }
            _ => None,
        }
    }

    /// What a parser gives: harmless under the names that it was told enough about.
    fn options(&mut self, parser: ObjectId, web: bool, range: TextRange) -> Value {
        let harmless: Vec<Text> = match self.state.object(parser).map(AsRef::as_ref) {
            Some(Object::Foreign { attributes, .. }) => attributes.keys().cloned().collect(),
            _ => Vec::new(),
        };
        let (kind, words) = if web {
            (SourceKind::Web, "a parameter of the request")
        } else {
            (SourceKind::Arguments, "the command line")
        };
        let taint = self.source(kind, words, range);
        let mut options = self.foreign("argparse.Namespace()", &Arguments::default());
        options.taint = taint;
        let Kind::Object(id) = options.kind else { return options };
        for name in harmless {
            let part = self.part_of(&options.taint, &name, Mask::NONE).marked(Mask::ALL);
            self.keep(id, &format!("[{name}]"), Value::carrying(part.clone()));
            self.keep(id, &name, Value::carrying(part));
        }
        options
    }

    /// The name of an option of a command line whose type makes it harmless.
    pub fn harmless_option(&mut self, call: &'a ast::ExprCall) -> Option<Text> {
        let arguments = self.arguments(call);
        let harmless = is_harmless_option(self, &arguments);
        harmless.then(|| option_name(&arguments)).flatten().map(|name| Text::from(name.to_lowercase()))
    }

    /// `form.cleaned_data`, `serializer.validated_data`: the fields of a form that was checked.
    pub fn checked_fields(
        &mut self,
        receiver: &Value,
        class: ClassId,
        attribute: &str,
        range: TextRange,
    ) -> Option<Value> {
        if !matches!(attribute, "cleaned_data" | "validated_data") {
            return None;
        }
        let taint = if receiver.taint.is_some() {
            self.part_of(&receiver.taint, attribute, Mask::NONE)
        } else {
            self.source(SourceKind::Web, "a field of a form", range)
        };
        // What a form has checked is what the client sent, however it came into the form.
        let mut fields = self.foreign(CHECKED, &Arguments::default());
        // Its fields are those that it names.
        fields.taint = taint.unmarked(Mask::UNCERTAIN).marked(Mask::of(Weakness::Mass));
        if let Kind::Object(id) = fields.kind {
            for name in self.harmless_fields(class) {
                let label = format!("[{name}]");
                let part = self.part_of(&fields.taint, &label, Mask::NONE).marked(Mask::ALL);
                self.keep(id, &label, Value::carrying(part));
            }
        }
        Some(fields)
    }

    /// The fields of a form, a serializer or a schema that are harmless by their kind.
    fn harmless_fields(&self, class: ClassId) -> Vec<&'a str> {
        let Some(class) = self.classes.get(class as usize) else { return Vec::new() };
        let mut names = Vec::new();
        for stmt in &class.definition.body {
            let ast::Stmt::Assign(assign) = stmt else { continue };
            let ([Expr::Name(name)], Expr::Call(call)) = (assign.targets.as_slice(), &*assign.value) else { continue };
            let kind = match &*call.func {
                Expr::Name(kind) => kind.id.as_str(),
                Expr::Attribute(kind) => kind.attr.as_str(),
                _ => continue,
            };
            if is_harmless_field(kind) {
                names.push(name.id.as_str());
            }
        }
        names
    }

    /// `Colour(text)`: it raises unless the text is one of those listed.
    pub fn enumerated(&mut self, arguments: &Arguments) -> Value {
        let Some(first) = arguments.positional.first() else { return Value::UNKNOWN };
        let facts = self.facts_about(first, Mask::ALL | Mask::NO_NEWLINE);
        self.state.assume(&facts);
        Value::carrying(self.taint_of(first).marked(Mask::ALL))
    }
}
