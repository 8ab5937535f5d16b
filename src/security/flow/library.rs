//! What functions outside of the project do with data: pass it on, make it harmless, or leave nothing of it.

use std::rc::Rc;

use ruff_text_size::TextRange;

use super::calls::Arguments;
use super::constants::{self, Folded};
use super::containers::{loosen, push};
use super::guards;
use super::interpret::{Interpreter, truth_value};
use super::sinks;
use super::sources::{self, SourceKind};
use super::state::{Object, Sequence};
use super::values::{Const, Kind, ObjectId, Taint, Text, Value};
use super::weakness::{Mask, Weakness};

const HTML: Mask = Mask::of_all(&[Weakness::Xss, Weakness::Mail]);
const PATHS: Mask = Mask::of_all(&[Weakness::Path, Weakness::Archive]);
/// Percent encoding leaves nothing that these contexts look at.
const QUOTED: Mask = Mask::of_all(&[
    Weakness::Ssrf,
    Weakness::Redirect,
    Weakness::Xss,
    Weakness::Header,
    Weakness::Log,
    Weakness::Xpath,
    Weakness::Sql,
    Weakness::Command,
    Weakness::Mail,
]);

/// Whether a name that nothing binds is a builtin.
pub fn is_builtin(name: &str) -> bool {
    matches!(
        name,
        "open"
            | "eval"
            | "exec"
            | "compile"
            | "input"
            | "len"
            | "int"
            | "str"
            | "bytes"
            | "float"
            | "bool"
            | "list"
            | "dict"
            | "set"
            | "tuple"
            | "frozenset"
            | "sorted"
            | "reversed"
            | "enumerate"
            | "zip"
            | "map"
            | "filter"
            | "range"
            | "any"
            | "all"
            | "sum"
            | "min"
            | "max"
            | "abs"
            | "round"
            | "ord"
            | "chr"
            | "repr"
            | "format"
            | "isinstance"
            | "issubclass"
            | "getattr"
            | "setattr"
            | "hasattr"
            | "print"
            | "type"
            | "object"
            | "super"
            | "iter"
            | "next"
            | "staticmethod"
            | "classmethod"
            | "property"
            | "globals"
            | "locals"
            | "vars"
            | "__import__"
            | "hash"
            | "id"
            | "callable"
            | "bytearray"
            | "memoryview"
            | "ascii"
            | "hex"
            | "oct"
            | "bin"
            | "divmod"
            | "pow"
            | "slice"
            | "dir"
            | "Exception"
            | "ValueError"
            | "exit"
            | "quit"
            | "delattr"
            | "complex"
    )
}

/// Constants of modules outside.
pub fn known_constant(name: &str) -> Option<&'static str> {
    Some(match name {
        "os.sep" => "/",
        "os.linesep" => "\n",
        "string.digits" => "0123456789",
        "string.ascii_lowercase" => "abcdefghijklmnopqrstuvwxyz",
        "string.ascii_letters" => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        _ => return None,
    })
}

/// Attributes that are the whole in another form.
pub fn keeps_whole(name: &str) -> bool {
    matches!(name, "value" | "text" | "string")
}

/// Attributes that carry nothing dangerous.
pub fn is_clean_part(name: &str) -> bool {
    matches!(
        name,
        "size"
            | "content_length"
            | "port"
            | "length"
            | "is_secure"
            | "method"
            | "remote_addr"
            | "id"
            | "pk"
            | "status_code"
    )
}

/// What a function does with the data of its arguments.
enum Effect {
    /// Nothing of it is left.
    Clean,
    /// It is passed on.
    Pass,
    /// It is passed on and harmless for these.
    Mark(Mask),
    /// A part of it is passed on.
    Part,
    /// A part of it that is harmless for these.
    MarkedPart(Mask),
}

fn effect(name: &str) -> Option<Effect> {
    use Effect as E;
    let last = name.rsplit('.').next().unwrap_or(name);
    Some(match name {
        "html.escape"
        | "markupsafe.escape"
        | "flask.escape"
        | "cgi.escape"
        | "django.utils.html.escape"
        | "werkzeug.utils.escape"
        | "xml.sax.saxutils.escape"
        | "django.utils.html.conditional_escape"
        | "bleach.clean"
        | "nh3.clean"
        | "tornado.escape.xhtml_escape"
        | "bottle.html_escape"
        | "django.utils.html.strip_tags"
        | "django.utils.html.escapejs"
        | "jinja2.escape"
        | "lxml.html.clean.clean_html"
        | "bleach.linkify"
        | "django.utils.html.format_html"
        | "markupsafe.Markup.escape"
        | "pyramid.compat.escape" => E::Mark(HTML | Mask::of(Weakness::Xpath).without(Mask::of(Weakness::Xpath))),
        // A text that is HTML escapes what is put into it.
        "jinja2.escaping().render" | "markupsafe.Markup().format" | "flask.Markup().format" | "markupsafe.Markup().join" | "flask.Markup().join" => {
            E::Mark(HTML)
        }
        "xml.sax.saxutils.quoteattr" => E::Mark(HTML),
        "shlex.quote" | "pipes.quote" => E::Mark(Mask::of(Weakness::Command)),
        "urllib.parse.quote"
        | "urllib.parse.quote_plus"
        | "urllib.parse.urlencode"
        | "werkzeug.urls.url_quote"
        | "django.utils.http.urlquote"
        | "urllib.quote_plus" => E::Mark(QUOTED),
        "os.path.basename"
        | "werkzeug.utils.secure_filename"
        | "django.utils.text.get_valid_filename"
        | "ntpath.basename" => E::MarkedPart(PATHS),
        "werkzeug.utils.safe_join"
        | "flask.safe_join"
        | "werkzeug.security.safe_join"
        | "django.utils._os.safe_join" => E::Mark(PATHS),
        "os.path.realpath" | "os.path.abspath" | "os.path.normpath" => E::Mark(Mask::NORMAL),
        "ldap.filter.escape_filter_chars"
        | "ldap3.utils.conv.escape_filter_chars"
        | "ldap.dn.escape_dn_chars"
        | "ldap.filter.filter_format"
        | "ldap3.utils.dn.escape_rdn" => E::Mark(Mask::of(Weakness::Ldap)),
        "re.escape" => E::Mark(Mask::of(Weakness::Regex)),
        "django.utils.text.slugify" | "slugify.slugify" => E::Clean,
        "json.dumps" => E::Mark(Mask::of_all(&[Weakness::Log, Weakness::Header])),
        "ast.literal_eval" | "json.loads" | "yaml.safe_load" | "json.load" | "orjson.loads" | "ujson.loads"
        | "simplejson.loads" | "tomllib.loads" => E::Pass,
        "urllib.parse.urlparse"
        | "urllib.parse.urlsplit"
        | "urllib.parse.unquote"
        | "urllib.parse.unquote_plus"
        | "base64.b64decode"
        | "base64.b64encode"
        | "base64.urlsafe_b64decode"
        | "base64.urlsafe_b64encode"
        | "html.unescape"
        | "os.path.join"
        | "os.path.expanduser"
        | "os.path.expandvars"
        | "os.fspath"
        | "pathlib.Path"
        | "pathlib.PurePath"
        | "pathlib.PosixPath"
        | "codecs.decode"
        | "codecs.encode"
        | "copy.copy"
        | "copy.deepcopy"
        | "io.StringIO"
        | "io.BytesIO"
        | "typing.cast"
        | "urllib.parse.urljoin"
        | "urllib.parse.urlunparse"
        | "urllib.parse.urlunsplit"
        | "textwrap.dedent"
        | "builtins.str"
        | "builtins.bytes"
        | "builtins.repr"
        | "builtins.format"
        | "builtins.bytearray"
        | "builtins.memoryview"
        | "builtins.iter"
        | "builtins.reversed"
        | "markupsafe.Markup"
        | "django.utils.safestring.mark_safe"
        | "unicodedata.normalize"
        | "base64.b32decode"
        | "base64.b16decode"
        | "binascii.unhexlify"
        | "bytes.fromhex"
        | "sqlalchemy.text"
        | "sqlalchemy.sql.text"
        | "sqlalchemy.sql.expression.text"
        | "flask.Markup"
        | "urllib.request.Request"
        | "yarl.URL"
        | "httpx.URL"
        | "zlib.decompress"
        | "gzip.decompress"
        | "os.fsdecode"
        | "os.fsencode"
        | "anyio.Path"
        | "shlex.join"
        | "shlex.split"
        | "urllib.parse.parse_qs"
        | "urllib.parse.parse_qsl"
        | "psycopg2.sql.SQL" => E::Pass,
        "os.path.splitext"
        | "os.path.dirname"
        | "os.path.split"
        | "os.path.commonpath"
        | "re.findall"
        | "re.split"
        | "mimetypes.guess_type" => E::Part,
        "re.sub" | "re.subn" => E::Pass,
        "psycopg2.sql.Identifier" | "psycopg2.sql.Literal" | "psycopg2.sql.Placeholder" | "sqlalchemy.bindparam" => {
            E::Mark(Mask::of(Weakness::Sql))
        }
        "builtins.int"
        | "builtins.float"
        | "builtins.bool"
        | "builtins.len"
        | "builtins.ord"
        | "builtins.hash"
        | "builtins.id"
        | "builtins.isinstance"
        | "builtins.issubclass"
        | "builtins.hasattr"
        | "builtins.callable"
        | "builtins.type"
        | "builtins.any"
        | "builtins.all"
        | "builtins.abs"
        | "builtins.round"
        | "builtins.complex"
        | "uuid.UUID"
        | "decimal.Decimal"
        | "ipaddress.ip_address"
        | "ipaddress.ip_network"
        | "ipaddress.IPv4Address"
        | "fractions.Fraction"
        | "builtins.print"
        | "builtins.range"
        | "builtins.divmod"
        | "builtins.pow" => E::Clean,
        _ if name.starts_with("hashlib.")
            || name.starts_with("hmac.")
            || name.starts_with("datetime.")
            || name.starts_with("os.path.is")
            || name.starts_with("os.path.exists")
            || name.starts_with("os.path.get")
            || name.starts_with("time.")
            || name.starts_with("math.")
            || name.starts_with("logging.")
            || name.starts_with("secrets.")
            || name.starts_with("bcrypt.")
            || name.starts_with("requests.")
            || name.starts_with("httpx.")
            || name.starts_with("subprocess.")
            || name.starts_with("os.stat")
            || name.starts_with("sqlite3.")
            || name.starts_with("flask.render_template")
            || name.starts_with("flask.send_") =>
        {
            E::Clean
        }
        "flask.jsonify"
        // Templates of these escape what they print.
        | "bottle.template"
        | "bottle.jinja2_template"
        | "flask.redirect"
        | "flask.url_for"
        | "flask.abort"
        | "django.http.JsonResponse"
        | "django.shortcuts.render"
        | "django.shortcuts.redirect"
        | "django.urls.reverse"
        | "os.listdir"
        | "os.scandir"
        | "os.walk"
        | "django.shortcuts.get_object_or_404"
        | "fastapi.responses.JSONResponse" => E::Clean,
        _ => match last {
            "secure_filename" | "basename" => E::MarkedPart(PATHS),
            "escape_filter_chars" | "escape_dn_chars" | "escape_rdn" => E::Mark(Mask::of(Weakness::Ldap)),
            "url_has_allowed_host_and_scheme" | "is_safe_url" => E::Clean,
            "filter" | "filter_by" | "first" | "one" | "one_or_none" | "get_or_404" | "first_or_404" | "scalar"
            | "scalars" | "exists" | "count" | "find_one" | "find" | "all" | "order_by" | "execute" | "executemany"
            | "commit" | "query" | "is_valid" | "validate" | "check_password" | "verify" | "hexdigest" | "digest"
            | "is_dir" | "is_file" | "save" | "create" | "get_or_create" | "write" | "index" | "search" | "match"
            | "fullmatch" | "stat" | "close" | "select" | "delete" | "insert" | "insert_one" | "isdigit"
            | "isalnum" | "isalpha" | "isnumeric" | "isspace" | "startswith" | "endswith" | "exec_command"
            | "authenticate" | "log" | "info" | "debug" | "warning" | "error" => E::Clean,
            "get" if name.contains(".objects") || name.contains("session.") || name.contains(".query.") => E::Clean,
            _ => return None,
        },
    })
}

impl<'a> Interpreter<'a> {
    /// A call of something outside.
    pub fn external(&mut self, name: &Text, receiver: Option<&Value>, function: &Value, arguments: Arguments) -> Value {
        let canonical = sources::canonical(name);
        self.check_call(&canonical, receiver, &arguments);
        if matches!(
            canonical.as_str(),
            "sys.exit"
                | "os._exit"
                | "os.abort"
                | "builtins.exit"
                | "builtins.quit"
                | "flask.abort"
                | "bottle.abort"
                | "werkzeug.exceptions.abort"
                | "pytest.fail"
                | "bottle.HTTPError"
        ) && canonical != "bottle.HTTPError"
        {
            return Value::named("@never");
        }
        if canonical.ends_with(".add_url_rule") {
            self.add_route(&arguments);
        }
        if let Some(value) = self.builtin(&canonical, &arguments) {
            return value;
        }
        if let Some((kind, words)) = sources::call_source(&canonical)
            && !receiver.is_some_and(|receiver| receiver.taint.is_some())
        {
            let taint = self.source(kind, words, arguments.range);
            let taint = match kind {
                SourceKind::Random => taint,
                _ => match arguments.positional.first().and_then(Value::as_str) {
                    Some(key) => self.part_of(&taint, key, Mask::NONE),
                    None => taint,
                },
            };
            return Value::named(format!("{canonical}()")).with(taint);
        }
        if let Some(value) = self.modelled(&canonical, receiver, &arguments) {
            return value;
        }
        self.passed(&canonical, receiver, function, &arguments)
    }

    /// The result by the tables, or by default: what goes in may come out.
    fn passed(&mut self, name: &str, receiver: Option<&Value>, function: &Value, arguments: &Arguments) -> Value {
        let mut taint = receiver.map_or(Taint::NONE, |receiver| self.taint_of(receiver)).union(&function.taint);
        for argument in arguments.all() {
            taint = taint.union(&self.taint_of(argument));
        }
        let known = if taint.is_some() { effect(name) } else { Some(Effect::Clean) };
        let taint = match known {
            Some(Effect::Clean) => Taint::NONE,
            Some(Effect::Pass) => taint,
            Some(Effect::Mark(mask)) => taint.marked(mask),
            Some(Effect::Part) => self.part_of(&taint, name, Mask::NONE),
            Some(Effect::MarkedPart(mask)) => {
                let part = self.part_of(&taint, name, Mask::NONE);
                part.marked(mask)
            }
            None if is_sanitizer_name(name) => taint.marked(Mask::ALL),
            None if receiver.is_some_and(|receiver| receiver.taint.is_some()) => taint,
            None => taint.marked(Mask::UNCERTAIN),
        };
        let result = if name.len() > 160 { "?.()".to_owned() } else { format!("{name}()") };
        Value::named(result).with(taint)
    }

    /// Builtins with a meaning of their own.
    fn builtin(&mut self, name: &str, arguments: &Arguments) -> Option<Value> {
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
                    None => Value::carrying(self.taint_of(&receiver)),
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

    /// What a dictionary that is made of another, or of pairs, holds.
    fn fill_dict(&mut self, dict: &Value, from: &Value, range: TextRange) {
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
    fn folded(&mut self, name: &str, arguments: &Arguments) -> Option<Value> {
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

    fn quantified(&mut self, exact: Option<Vec<Value>>, whole: &Value, any: bool) -> Value {
        let elements = exact.unwrap_or_else(|| vec![self.element_of(whole)]);
        let mut facts = Vec::new();
        for element in &elements {
            if let Some(guard) = &element.guard {
                let said = if any { &guard.when_false } else { &guard.when_true };
                facts.extend(said.iter().flatten().copied());
            }
        }
        if any { truth_value(Vec::new(), facts) } else { truth_value(facts, Vec::new()) }
    }

    /// Functions outside with a meaning of their own.
    fn modelled(&mut self, name: &str, receiver: Option<&Value>, arguments: &Arguments) -> Option<Value> {
        if let Some(value) = self.container_model(name, arguments).or_else(|| self.folded(name, arguments)) {
            return Some(value);
        }
        let first = arguments.positional.first();
        Some(match name {
            "uuid.UUID" | "decimal.Decimal" | "ipaddress.ip_address" => {
                let first = first.cloned()?;
                let facts = self.facts_about(&first, Mask::ALL);
                self.state.assume(&facts);
                Value::UNKNOWN
            }
            "json.loads" => {
                // What `json.dumps` has escaped comes back as it was.
                let taint = self.taint_of(first?).unmarked(Mask::of_all(&[Weakness::Log, Weakness::Header]));
                Value::named("json.loads()").with(taint)
            }
            "urllib.request.Request" => {
                // Where it goes; what it takes along is no part of that.
                let address = arguments.get(0, "url").map_or(Taint::NONE, |url| self.taint_of(url));
                Value::named("urllib.request.Request()").with(address)
            }
            "functools.partial" => {
                let function = first.cloned()?;
                Value::of(Kind::Partial(Rc::new((function, arguments.positional.iter().skip(1).cloned().collect()))))
            }
            "os.path.join" | "pathlib.Path" | "pathlib.PurePath" | "pathlib.PosixPath" => {
                let mut taint = Taint::NONE;
                for argument in arguments.all() {
                    taint = taint.union(&self.taint_of(argument));
                }
                let alone = arguments.positional.len() == 1;
                let taint = if alone { taint } else { taint.unmarked(Mask::NORMAL) };
                if !taint.is_some() && name == "os.path.join" {
                    let parts: Option<Vec<&str>> = arguments.positional.iter().map(Value::as_str).collect();
                    if let Some(parts) = parts {
                        return Some(Value::text(&parts.join("/")));
                    }
                }
                Value::named(if name == "os.path.join" { "os.path.join()" } else { "pathlib.Path()" }).with(taint)
            }
            "base64.b64encode"
            | "base64.b64decode"
            | "base64.urlsafe_b64encode"
            | "base64.urlsafe_b64decode"
            | "urllib.parse.unquote"
            | "urllib.parse.unquote_plus"
            | "html.unescape" => {
                // Decoding undoes what encoding made harmless.
                let first = first.cloned()?;
                let taint = self.taint_of(&first).map(|flow| {
                    let kept = flow.clean & (Mask::UNCERTAIN | Mask::EMBEDDED);
                    let clean = if Mask::ALL.within(flow.clean) { flow.clean } else { kept };
                    Some(super::values::Flow { clean, ..*flow })
                });
                Value::string(taint)
            }
            "re.match" | "re.fullmatch" | "re.search" => {
                let data = arguments.positional.get(1).cloned()?;
                let pattern = first.and_then(Value::as_str).map(str::to_owned);
                let guard = self.pattern_guard(pattern.as_deref(), &data, name == "re.fullmatch");
                let taint = self.taint_of(&data);
                let mut value = Value::named("re.match()").with(self.part_of(&taint, "match", Mask::NONE));
                value.guard = guard.guard;
                value
            }
            "re.compile" => {
                let pattern = first.cloned()?;
                let id = self.state.allocate(Object::Foreign {
                    name: Text::from("re.compile()"),
                    attributes: [(Text::from("pattern"), pattern)].into_iter().collect(),
                });
                Value::of(Kind::Object(id))
            }
            "re.split" | "re.findall" => {
                let data = arguments.positional.get(1).cloned()?;
                let whole = self.taint_of(&data);
                let part = match (data.as_const(), whole.is_some()) {
                    (Some(_), false) => data,
                    _ => Value::string(self.part_of(&whole, name, Mask::NONE)),
                };
                self.loose(Sequence::List, part)
            }
            "re.sub" => {
                let pattern = first.and_then(Value::as_str).map(str::to_owned);
                let data = arguments.positional.get(2).cloned()?;
                let insert = arguments.positional.get(1).map_or(Taint::NONE, |value| self.taint_of(value));
                let taint = self.taint_of(&data).marked(stripped_by(pattern.as_deref()));
                Value::string(taint.union(&insert))
            }
            "urllib.parse.urlparse" | "urllib.parse.urlsplit" => {
                let first = first.cloned()?;
                Value::named("urllib.parse.urlparse()").with(self.taint_of(&first))
            }
            "django.utils.http.url_has_allowed_host_and_scheme" | "django.utils.http.is_safe_url" => {
                let first = arguments.get(0, "url").cloned()?;
                let data = Value::string(self.taint_of(&first));
                self.clean_when_true(&data, Mask::of_all(&[Weakness::Redirect, Weakness::Ssrf]))
            }
            "collections.OrderedDict" => return self.builtin("builtins.dict", arguments),
            "collections.Counter" => {
                return self.builtin("builtins.dict", &Arguments { positional: Vec::new(), ..arguments.clone() });
            }
            "collections.deque" => return self.builtin("builtins.list", arguments),
            "configparser.ConfigParser" | "configparser.RawConfigParser" | "configparser.SafeConfigParser" => {
                self.foreign("configparser()", &Arguments::default())
            }
            "copy.copy" | "copy.deepcopy" => {
                let first = first.cloned()?;
                self.copied(&first)
            }
            "asyncio.run" | "asyncio.wait_for" | "asyncio.shield" | "asgiref.sync.async_to_sync" => first.cloned()?,
            "asyncio.gather" => self.sequence(Sequence::List, arguments.positional.clone()),
            "asyncio.to_thread" | "anyio.to_thread.run_sync" => {
                let function = first.cloned()?;
                let rest = Arguments {
                    positional: arguments.positional.iter().skip(1).cloned().collect(),
                    ..arguments.clone()
                };
                self.invoke(&function, rest)
            }
            "threading.Thread" | "multiprocessing.Process" => {
                let target = arguments.keyword("target").cloned()?;
                let passed = arguments.keyword("args").cloned().unwrap_or(Value::UNKNOWN);
                let positional = self.exact_elements(&passed, 16).unwrap_or_default();
                self.invoke(&target, Arguments { positional, range: arguments.range, ..Arguments::default() });
                Value::named("threading.Thread()")
            }
            "builtins.open" | "io.open" | "pathlib.Path().open" | "codecs.open" | "os.fdopen" => Value::named("open()"),
            "open().read"
            | "open().readline"
            | "open().readlines"
            | "pathlib.Path().read_text"
            | "pathlib.Path().read_bytes" => {
                let taint = self.source(SourceKind::Stored, "a file", arguments.range);
                Value::string(taint)
            }
            "lxml.etree.XMLParser"
            | "xml.sax.make_parser"
            | "xml.sax.expatreader.create_parser"
            | "lxml.etree.HTMLParser"
            | "lxml.etree.ETCompatXMLParser" => {
                let parser = self.foreign(name, arguments);
                if let Kind::Object(id) = parser.kind {
                    self.keep(id, sinks::OPENED, sinks::place(arguments.range));
                }
                parser
            }
            "jinja2.Environment"
            | "jinja2.sandbox.SandboxedEnvironment"
            | "jinja2.sandbox.ImmutableSandboxedEnvironment" => self.foreign(&format!("{name}()"), arguments),
            "jinja2.Environment().from_string"
            | "jinja2.Environment().get_template"
            | "jinja2.sandbox.SandboxedEnvironment().from_string"
            | "jinja2.sandbox.SandboxedEnvironment().get_template" => {
                // What a template escapes that is known before its variables are.
                let Kind::Object(id) = receiver?.kind else { return None };
                let Some(Object::Foreign { attributes, .. }) = self.state.object(id).map(Rc::as_ref) else {
                    return None;
                };
                let escapes = attributes.get("autoescape").is_some_and(|value| self.truth(value) != Some(false));
                let source = first.map_or(Taint::NONE, |first| self.taint_of(first));
                Value::named(if escapes { "jinja2.escaping()" } else { "jinja2.Template()" }).with(source)
            }
            "flask.make_response" | "flask.Response" | "bottle.HTTPResponse" => {
                let body = first.or_else(|| arguments.keyword("body")).or_else(|| arguments.keyword("response"));
                let taint = body.map_or(Taint::NONE, |body| self.taint_of(body));
                let kind = arguments
                    .keyword("mimetype")
                    .or_else(|| arguments.keyword("content_type"))
                    .or_else(|| arguments.get(3, "mimetype"));
                let html =
                    kind.and_then(Value::as_str).is_none_or(|kind| kind.contains("html") || kind.contains("svg"));
                let taint = if html { taint } else { taint.marked(HTML) };
                let mut response = self.foreign("flask.Response()", arguments);
                response.taint = taint;
                response
            }
            "pathlib.Path().resolve"
            | "pathlib.Path().absolute"
            | "os.path.realpath"
            | "os.path.abspath"
            | "os.path.normpath" => {
                let value = receiver.or(first)?;
                let taint = self.taint_of(value).marked(Mask::NORMAL);
                if !taint.is_some()
                    && let Some(text) = value.as_str()
                {
                    return Some(Value::text(text));
                }
                Value::named(if name.starts_with("os") { "os.path()" } else { "pathlib.Path()" }).with(taint)
            }
            "pathlib.Path().relative_to" => {
                // It raises unless the path is inside.
                let receiver = receiver?;
                let inside = self.method_guard(receiver, "is_relative_to", None)?;
                self.suppose(&inside, true);
                receiver.clone()
            }
            "pathlib.Path().joinpath" => {
                let mut taint = self.taint_of(receiver?).unmarked(Mask::NORMAL);
                for argument in arguments.all() {
                    taint = taint.union(&self.taint_of(argument));
                }
                Value::named("pathlib.Path()").with(taint)
            }
            "pathlib.Path().with_suffix" | "pathlib.Path().expanduser" | "pathlib.Path().as_posix" => {
                let taint = self.taint_of(receiver?);
                Value::named("pathlib.Path()").with(taint)
            }
            "os.path.commonpath" | "os.path.commonprefix" => {
                let first = first.cloned()?;
                Value::named(format!("{name}()")).with(self.taint_of(&first))
            }
            "operator.itemgetter" | "operator.attrgetter" => Value::UNKNOWN,
            _ => return None,
        })
    }

    /// A method of a value.
    pub fn call_method(&mut self, receiver: &Value, method: &str, arguments: Arguments) -> Value {
        if !self.spend() {
            return Value::UNKNOWN;
        }
        self.nested(|this| this.call_method_inner(receiver, method, arguments)).unwrap_or(Value::UNKNOWN)
    }

    fn call_method_inner(&mut self, receiver: &Value, method: &str, arguments: Arguments) -> Value {
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
                    if sources::call_source(&full).is_some() && name.as_ref() != sources::REQUEST {
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
    fn tainted_method(&mut self, receiver: &Value, name: &str, method: &str, arguments: &Arguments) -> Option<Value> {
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
            | "isdecimal" | "isidentifier" | "lstrip" | "rstrip" | "title" | "capitalize" | "partition"
            | "rpartition" | "removeprefix" | "removesuffix" | "find" | "rfind" | "count" | "zfill" | "casefold"
            | "hex" | "translate" | "swapcase" | "ljust" | "rjust" | "expandtabs" | "center" => {
                self.text_method(receiver, method, arguments)
            }
            _ => return None,
        })
    }

    /// A method of a string.
    fn text_method(&mut self, receiver: &Value, method: &str, arguments: &Arguments) -> Value {
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
                self.judge_place(arguments.range, value.is_constant() && !value.taint.is_some());
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

    fn format(&mut self, receiver: &Value, arguments: &Arguments) -> Value {
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
        let mut taint = receiver.taint.clone();
        for argument in arguments.all() {
            taint = taint.union(&self.taint_of(argument).marked(Mask::EMBEDDED));
        }
        Value::string(taint)
    }

    fn join_text(&mut self, separator: &Value, list: Option<&Value>) -> Value {
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
        Value::string(taint)
    }

    fn object_method(&mut self, receiver: &Value, id: ObjectId, method: &str, arguments: Arguments) -> Value {
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
                if let Some(value) = self.container_method(id, &name.clone(), method, &arguments) =>
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

    fn sequence_method(&mut self, receiver: &Value, id: ObjectId, method: &str, arguments: &Arguments) -> Value {
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

    fn dict_method(&mut self, receiver: &Value, id: ObjectId, method: &str, arguments: &Arguments) -> Value {
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

/// Names of functions elsewhere that say that they make data harmless.
fn is_sanitizer_name(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    ["sanitize", "sanitise", "escape", "quote_identifier", "safe_filename", "clean_html", "slugify"]
        .iter()
        .any(|word| last.contains(word))
        && !last.contains("unescape")
}

/// For what data is harmless once this is replaced.
fn replaced(from: &str, to: &str) -> Mask {
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
fn stripped_by(pattern: Option<&str>) -> Mask {
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
