//! What functions outside of the project do with data: pass it on, make it harmless, or leave nothing of it.

mod builtins;
mod effects;
mod methods;

use std::rc::Rc;

use super::calls::Arguments;
use super::interpret::Interpreter;
use super::sinks;
use super::sources::{self, SourceKind};
use super::state::{Object, Sequence};
use super::values::{Kind, Taint, Text, Value};
use super::weakness::{Mask, Weakness};
use effects::{Effect, effect, is_sanitizer_name};
use methods::stripped_by;

const HTML: Mask = Mask::of_all(&[Weakness::Xss, Weakness::Mail, Weakness::Markup]);
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
    Weakness::Markup,
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

/// Methods of statements that bind parameters: the statement stays what it was.
fn is_bound(name: &str) -> bool {
    let Some((owner, method)) = name.rsplit_once('.') else { return false };
    match method {
        "bindparams" | "execution_options" => true,
        "values" => owner.ends_with("insert()") || owner.ends_with("update()"),
        _ => false,
    }
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
                // Servicers of gRPC.
                | "?context.abort"
                | "?context.abort_with_status"
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
        if sources::gives_number(&canonical) {
            let taint = self.source(SourceKind::Web, "a parameter of the request", arguments.range);
            return Value::carrying(taint.marked(Mask::ALL));
        }
        if let Some((kind, words)) = sources::call_source(&canonical)
            && (kind == SourceKind::Agent || !receiver.is_some_and(|receiver| receiver.taint.is_some()))
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
        if let Some(receiver) = receiver.filter(|_| is_bound(name)) {
            return receiver.clone();
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
            None if receiver.is_some_and(|receiver| receiver.taint.is_some()) => {
                // What is read next says nothing about what is read after it.
                let taint = self.or_unknown(taint);
                let reads = name.rsplit('.').next().is_some_and(|method| method.starts_with("read"));
                let label = format!("read {}", u32::from(arguments.range.start()));
                if reads { self.part_of(&taint, &label, Mask::NONE) } else { taint }
            }
            None => self.or_unknown(taint.marked(Mask::UNCERTAIN)),
        };
        let result = if name.len() > 160 { "?.()".to_owned() } else { format!("{name}()") };
        Value::named(result).with(taint)
    }

    /// Whether templates of Mako escape what they print: `default_filters=["h"]`.
    fn filters_html(&mut self, arguments: &Arguments) -> bool {
        let Some(filters) = arguments.keyword("default_filters").cloned() else { return false };
        let filters = self.exact_elements(&filters, 8).unwrap_or_default();
        filters.iter().filter_map(Value::as_str).any(|filter| matches!(filter, "h" | "html" | "x"))
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
            // Numbers, unless the format asks for bytes.
            "struct.unpack"
                if first.and_then(Value::as_str).is_some_and(|format| !format.contains(['s', 'p', 'c'])) =>
            {
                let taint = arguments.positional.get(1).map_or(Taint::NONE, |data| self.taint_of(data));
                self.loose(Sequence::Tuple, Value::carrying(taint.marked(Mask::ALL)))
            }
            // What is signed with a key that a client has not is what whoever has the key wrote.
            "hmac.new" | "hmac.digest" | "hmac.HMAC" => {
                let signed = arguments.get(1, "msg").map_or(Taint::NONE, |signed| self.taint_of(signed));
                Value::named("hmac.new()").with(signed.marked(Mask::ALL))
            }
            "hmac.new().hexdigest" | "hmac.new().digest" => {
                let signed = receiver.map_or(Taint::NONE, |signed| self.taint_of(signed));
                Value::named("hmac.new()").with(signed.marked(Mask::ALL))
            }
            "hmac.compare_digest" | "secrets.compare_digest" | "django.utils.crypto.constant_time_compare" => {
                let signatures = arguments.positional.iter().filter(|value| value.as_name() == Some("hmac.new()"));
                let signed = signatures.fold(Taint::NONE, |all, signature| all.union(&self.taint_of(signature)));
                self.clean_when_true(&Value::string(signed), Mask::ALL)
            }
            "html.escape" if arguments.get(1, "quote").is_some_and(|quote| self.truth(quote) == Some(false)) => {
                let taint = self.taint_of(first?);
                Value::string(taint.marked(HTML | Mask::OWN_QUOTES))
            }
            "base64.urlsafe_b64encode" => {
                // Letters, digits, `-`, `_`: harmless until it is decoded.
                let first = first.cloned()?;
                let taint = self.taint_of(&first).marked(Mask::ALL.without(Mask::of(Weakness::Deserialise)));
                Value::string(taint)
            }
            "jinja2.Template" if first.and_then(Value::as_str).is_some_and(escapes_all) => {
                Value::named("jinja2.escaping()")
            }
            "jinja2.Template" if arguments.keyword("autoescape").is_some_and(|on| self.truth(on) == Some(true)) => {
                let source = first.map_or(Taint::NONE, |first| self.taint_of(first));
                Value::named("jinja2.escaping()").with(source)
            }
            "mako.lookup.TemplateLookup" | "mako.template.Template" if self.filters_html(arguments) => {
                let source =
                    first.filter(|_| name.ends_with(".Template")).map_or(Taint::NONE, |first| self.taint_of(first));
                Value::named("mako.escaping()").with(source)
            }
            "mako.escaping().get_template" => Value::named("mako.escaping()"),
            // Three braces, or `&`, put something in as it is.
            "chevron.render" | "pystache.render" => {
                let template = arguments.get(0, "template")?;
                let plain = template.as_str().is_none_or(|text| text.contains("{{{") || text.contains("{{&"));
                let put = arguments.all().skip(1).fold(Taint::NONE, |all, value| all.union(&self.taint_of(value)));
                let put = if plain { put } else { put.marked(HTML) };
                Value::string(self.taint_of(template).union(&put))
            }
            "tornado.template.Template" => {
                let source = first.cloned()?;
                let escapes =
                    source.as_str().is_some_and(|text| !text.contains("raw ") && !text.contains("autoescape"));
                let taint = self.taint_of(&source);
                Value::named(if escapes { "tornado.escaping()" } else { "tornado.template.Template()" }).with(taint)
            }
            "tornado.httpclient.HTTPRequest" => {
                let address = arguments.get(0, "url").map_or(Taint::NONE, |url| self.taint_of(url));
                Value::named("tornado.httpclient.HTTPRequest()").with(address)
            }
            // One of those that are offered.
            "streamlit.selectbox" | "streamlit.radio" | "streamlit.sidebar.selectbox" | "streamlit.sidebar.radio" => {
                let offered = arguments.get(1, "options").cloned()?;
                self.element_of(&offered)
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
            "builtins.open" | "io.open" | "codecs.open" if is_log_file(arguments) => Value::named(sinks::LOG_FILE),
            "builtins.open" | "io.open" | "pathlib.Path().open" | "codecs.open" | "os.fdopen" => Value::named("open()"),
            "open().read"
            | "open().readline"
            | "open().readlines"
            | "pathlib.Path().read_text"
            | "pathlib.Path().read_bytes" => {
                let taint = self.source(SourceKind::Stored, "a file", arguments.range);
                Value::string(taint)
            }
            "pyramid.response.Response" | "webob.Response" if arguments.positional.is_empty() => {
                self.foreign(&format!("{name}()"), arguments)
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
            | "jinja2.sandbox.SandboxedEnvironment().get_template"
            | "jinja2.sandbox.ImmutableSandboxedEnvironment().from_string"
            | "jinja2.sandbox.ImmutableSandboxedEnvironment().get_template" => {
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
                // A function of `os.path` is called on the module.
                let value = if name.starts_with("os.") { first? } else { receiver.or(first)? };
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
}

/// Whether a file that is opened is a log, by its path: what stands in it is read line by line.
fn is_log_file(arguments: &Arguments) -> bool {
    let path = arguments.get(0, "file").and_then(Value::as_str).unwrap_or("").to_ascii_lowercase();
    let mode = arguments.get(1, "mode").and_then(Value::as_str).unwrap_or("");
    (path.ends_with(".log") || path.starts_with("/var/log/")) && mode.starts_with(['a', 'w'])
}

/// Whether a template of Jinja escapes each thing that it prints by itself: `{{ name|e }}`.
fn escapes_all(template: &str) -> bool {
    let mut printed = template.split("{{").skip(1).filter_map(|rest| rest.split("}}").next());
    printed
        .all(|one| one.rsplit('|').next().is_some_and(|filter| matches!(filter.trim(), "e" | "escape" | "forceescape")))
}
