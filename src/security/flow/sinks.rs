//! Where data does harm.

mod answers;
mod methods;
mod noted;
mod processes;
mod queries;
mod table;

use std::rc::Rc;

use ruff_text_size::TextRange;

use super::calls::Arguments;
use super::interpret::Interpreter;
use super::sources::{SESSION, SourceKind};
use super::state::{Object, Sequence};
use super::values::{Const, Kind, Taint, Value};
use super::weakness::{Mask, Weakness};
use answers::{prints_raw, says_html};
pub use methods::is_mongo;
use table::{At, call_sinks};

/// Under this name a parser keeps the place where it was opened for external entities.
pub const OPENED: &str = "@opened";

/// The name of a file that keeps a log.
pub const LOG_FILE: &str = "@log()";

/// The name of a response that a framework hands to a handler.
pub const ANSWER: &str = "?response";

/// A place, as a value.
pub fn place(range: TextRange) -> Value {
    Value::constant(Const::Int(i64::from(u32::from(range.start())) << 32 | i64::from(u32::from(range.end()))))
}

fn place_of(value: &Value) -> Option<TextRange> {
    let both = u64::try_from(value.as_const()?.as_int()?).ok()?;
    let (start, end) = (u32::try_from(both >> 32).ok()?, u32::try_from(both & 0xffff_ffff).ok()?);
    (start <= end).then(|| TextRange::new(start.into(), end.into()))
}

impl<'a> Interpreter<'a> {
    /// Looks at a call of something outside.
    pub fn check_call(&mut self, name: &str, receiver: Option<&Value>, arguments: &Arguments) {
        for (weakness, at) in call_sinks(name) {
            if self.is_harmless_call(*weakness, name, arguments) {
                continue;
            }
            match at {
                At::Argument(position, word) => {
                    if let Some(value) =
                        arguments.get(*position, word).or(arguments.star.as_ref().filter(|_| *position == 0))
                    {
                        let value = value.clone();
                        let taint = self.taint_of(&value);
                        let harmless = self.is_harmless(&value, &taint, *weakness);
                        self.judge_place(arguments.range, harmless);
                        self.hit(*weakness, &taint, arguments.range, name);
                    }
                }
                At::Any | At::From(_) => {
                    let start = if let At::From(start) = at { *start } else { 0 };
                    let mut taint = Taint::NONE;
                    for value in arguments.positional.iter().skip(start).chain(&arguments.star) {
                        taint = taint.union(&self.taint_of(value));
                    }
                    self.hit(*weakness, &taint, arguments.range, name);
                }
            }
        }
        self.check_special(name, receiver, arguments);
        self.check_queries(name, arguments);
        self.check_method(name, receiver, arguments);
    }

    /// Options that make a call harmless.
    fn is_harmless_call(&mut self, weakness: Weakness, name: &str, arguments: &Arguments) -> bool {
        match (weakness, name) {
            (Weakness::Deserialise, "torch.load") => {
                arguments.keyword("weights_only").is_some_and(|value| self.truth(value) == Some(true))
            }
            (Weakness::Deserialise, "numpy.load") => {
                arguments.keyword("allow_pickle").is_none_or(|value| self.truth(value) != Some(true))
            }
            (Weakness::Xss, _) => {
                let kind = ["content_type", "media_type", "mimetype"].iter().find_map(|word| arguments.keyword(word));
                kind.and_then(Value::as_str).is_some_and(|kind| !kind.contains("html") && !kind.contains("svg"))
            }
            (Weakness::Path, _) => {
                // File objects of requests are no paths.
                arguments.get(0, "file").is_some_and(|file| self.is_memory_file(file))
                    || arguments.get(0, "file").and_then(Value::as_name).is_some_and(|name| {
                        name.contains(".files")
                            || name.contains(".FILES")
                            || name.contains("BytesIO")
                            || name.contains("StringIO")
                    })
            }
            // A program that starts itself anew, with what it was given itself.
            (Weakness::Command, "os.execv" | "os.execve" | "os.execvp" | "os.execl" | "os.execlp" | "os.execle") => {
                let own = arguments.get(0, "path").and_then(Value::as_name) == Some("sys.executable");
                let code = arguments.positional.iter().any(|value| value.as_str() == Some("-c"));
                own && !code && arguments.all().all(|value| self.is_only_of(value, SourceKind::Arguments))
            }
            // Which shell is started is what such variables are for.
            (Weakness::Command, "pty.spawn") => {
                arguments.get(0, "argv").is_some_and(|argv| self.is_only_of(argv, SourceKind::Environment))
            }
            // Code that knows of such numbers deals with them.
            (Weakness::Number, _) => {
                let knows =
                    |text: &str| ["isfinite(", "isnan(", "\"nan\"", "'nan'"].iter().any(|word| text.contains(word));
                self.library.unit(self.unit()).is_none_or(|unit| knows(&unit.source.text))
            }
            (Weakness::Xpath, _) => {
                arguments.keyword("variables").is_some()
                    && arguments.get(1, "path").is_some_and(|path| !self.taint_of(path).is_some())
            }
            _ => false,
        }
    }

    /// Whether no data is in a value but that of one kind.
    fn is_only_of(&mut self, value: &Value, kind: SourceKind) -> bool {
        let taint = self.taint_of(value);
        !taint.map(|flow| (self.kind_of(flow.origin) != Some(kind)).then_some(*flow)).is_some()
    }

    /// Calls whose danger depends on several arguments.
    fn check_special(&mut self, name: &str, receiver: Option<&Value>, arguments: &Arguments) {
        match name {
            "subprocess.run"
            | "subprocess.call"
            | "subprocess.check_call"
            | "subprocess.check_output"
            | "subprocess.Popen" => {
                if let Some(command) = arguments.get(0, "args").cloned() {
                    let shell = arguments.keyword("shell").and_then(|value| self.truth(value));
                    let unsure = arguments.keyword("shell").is_some() && shell.is_none();
                    self.check_process(&command, shell == Some(true) || unsure, arguments.range, name);
                }
                if let Some(program) = arguments.keyword("executable").cloned() {
                    let taint = self.taint_of(&program);
                    self.hit(Weakness::Command, &taint, arguments.range, name);
                }
            }
            "asyncio.create_subprocess_exec" | "os.execl" | "os.execlp" => {
                let list = self.sequence(Sequence::List, arguments.positional.clone());
                self.check_process(&list, false, arguments.range, name);
            }
            "yaml.load" => {
                let loader = arguments.get(1, "Loader").and_then(Value::as_name).unwrap_or("").to_owned();
                if !loader.ends_with("SafeLoader")
                    && !loader.ends_with("BaseLoader")
                    && let Some(value) = arguments.get(0, "stream").cloned()
                {
                    let taint = self.taint_of(&value);
                    let harmless = self.is_harmless(&value, &taint, Weakness::Deserialise);
                    self.judge_place(arguments.range, harmless);
                    self.hit(Weakness::Deserialise, &taint, arguments.range, name);
                }
            }
            "lxml.etree.parse"
            | "lxml.etree.fromstring"
            | "lxml.etree.XML"
            | "lxml.etree.iterparse"
            | "lxml.objectify.fromstring"
            | "lxml.etree.fromstringlist"
            | "lxml.objectify.parse" => {
                let parser = arguments.get(1, "parser").cloned();
                let open = match &parser {
                    // Without a parser of one's own, entities are resolved (before lxml 5, external ones as well).
                    None => true,
                    Some(parser) => self.lxml_parser_is_open(parser),
                };
                if open && let Some(value) = arguments.positional.first().cloned() {
                    let taint = self.taint_of(&value);
                    if let Some(parser) = &parser {
                        self.judge_parser(parser, &value, &taint);
                    }
                    self.hit(Weakness::Xxe, &taint, arguments.range, name);
                }
            }
            "xml.sax.parse"
            | "xml.sax.parseString"
            | "xml.dom.minidom.parse"
            | "xml.dom.minidom.parseString"
            | "xml.dom.pulldom.parse"
            | "xml.dom.pulldom.parseString"
            | "xml.sax.make_parser.parse" => {
                let parser = match name {
                    "xml.sax.make_parser.parse" => receiver.cloned(),
                    _ => arguments.get(if name.contains("sax") { 2 } else { 1 }, "parser").cloned(),
                };
                if let Some(parser) = parser
                    && self.sax_parser_is_open(&parser)
                    && let Some(value) = arguments.positional.first().cloned()
                {
                    let taint = self.taint_of(&value);
                    self.judge_parser(&parser, &value, &taint);
                    self.hit(Weakness::Xxe, &taint, arguments.range, name);
                }
            }
            "builtins.print" if arguments.keyword("file").and_then(Value::as_name) == Some(LOG_FILE) => {
                let printed =
                    arguments.positional.iter().fold(Taint::NONE, |all, part| all.union(&self.taint_of(part)));
                self.hit(Weakness::Log, &printed, arguments.range, name);
            }
            "hashlib.md5" | "hashlib.sha1" | "hashlib.md4" if !self.is_not_for_security(arguments) => {
                if let Some(value) = arguments.positional.first().cloned() {
                    self.check_hash(&value, arguments.range, name);
                }
            }
            "hashlib.md5().update" | "hashlib.sha1().update" => {
                if let Some(value) = arguments.positional.first().cloned() {
                    self.check_hash(&value, arguments.range, name);
                }
            }
            "hashlib.new" => {
                let algorithm = arguments.get(0, "name").and_then(Value::as_str).map(|name| name.to_ascii_lowercase());
                let weak = matches!(
                    algorithm.as_deref(),
                    Some("md5" | "sha1" | "sha" | "md4" | "md2" | "sha-1" | "ripemd160")
                );
                if weak && !self.is_not_for_security(arguments) {
                    self.plain_hit(Weakness::Hash, arguments.range, name);
                }
            }
            "aiohttp.web.Response" => {
                let html =
                    arguments.keyword("content_type").and_then(Value::as_str).is_some_and(|kind| kind.contains("html"));
                if html && let Some(value) = arguments.keyword("text").or_else(|| arguments.keyword("body")) {
                    let taint = self.taint_of(value);
                    self.hit(Weakness::Xss, &taint, arguments.range, name);
                }
            }
            "fastapi.responses.Response"
            | "fastapi.Response"
            | "litestar.Response"
            | "litestar.response.Response"
            | "azure.functions.HttpResponse" => {
                let kind = ["media_type", "mimetype"].iter().find_map(|word| arguments.keyword(word));
                let html = kind.is_some_and(says_html);
                if html && let Some(value) = arguments.get(0, "content").or_else(|| arguments.keyword("body")) {
                    let taint = self.taint_of(value);
                    self.hit(Weakness::Xss, &taint, arguments.range, name);
                }
            }
            "chalice.Response" => {
                let page = arguments.keyword("headers").is_some_and(|headers| self.headers_say_page(headers));
                if page && let Some(value) = arguments.get(0, "body") {
                    let taint = self.taint_of(value);
                    self.hit(Weakness::Xss, &taint, arguments.range, name);
                }
            }
            "rest_framework.response.Response" if self.renders_html() => {
                if let Some(value) = arguments.get(0, "data") {
                    let taint = self.taint_of(value);
                    self.hit(Weakness::Xss, &taint, arguments.range, name);
                }
            }
            "streamlit.markdown" | "streamlit.write" | "streamlit.caption" => {
                let raw = arguments.keyword("unsafe_allow_html").is_some_and(|value| self.truth(value) != Some(false));
                if raw && let Some(value) = arguments.get(0, "body") {
                    let taint = self.taint_of(value);
                    self.hit(Weakness::Xss, &taint, arguments.range, name);
                }
            }
            // A command in a container, or in a pod.
            "kubernetes.stream.stream" | "kubernetes_asyncio.stream.stream" => {
                if let Some(command) = arguments.keyword("command").cloned() {
                    self.check_process(&command, false, arguments.range, name);
                }
            }
            "builtins.setattr" => {
                // Whoever chooses the name chooses which attribute is changed.
                if let Some(attribute) = arguments.positional.get(1) {
                    let taint = self.taint_of(attribute);
                    let open = taint.map(|flow| (!Mask::EMBEDDED.within(flow.clean)).then_some(*flow));
                    self.hit(Weakness::Mass, &open, arguments.range, name);
                }
            }
            "flask.send_from_directory" => {
                // The name is checked; the folder is not.
                if let Some(folder) = arguments.get(0, "directory") {
                    let taint = self.taint_of(folder);
                    self.hit(Weakness::Path, &taint, arguments.range, name);
                }
            }
            "bottle.static_file" => {
                if let Some(folder) = arguments.get(1, "root") {
                    let taint = self.taint_of(folder);
                    self.hit(Weakness::Path, &taint, arguments.range, name);
                }
            }
            "flask.render_template_string" => {
                // What a template prints as it is.
                let source = arguments.get(0, "source").and_then(Value::as_str).unwrap_or("").to_owned();
                for (variable, value) in &arguments.named {
                    if prints_raw(&source, variable) {
                        let taint = self.taint_of(value);
                        self.hit(Weakness::Xss, &taint, arguments.range, name);
                    }
                }
            }
            _ => {}
        }
        self.check_headers(name, arguments);
    }

    /// A broken hash of what a client sent, where nothing says that it only names content.
    fn check_hash(&mut self, value: &Value, range: TextRange, name: &str) {
        let names_content = self.frames.iter().any(|frame| {
            let function = frame.function.and_then(|id| self.functions.get(id as usize));
            function.is_some_and(|function| {
                let name = function.name.to_ascii_lowercase();
                ["cache", "etag", "checksum", "gravatar", "avatar", "fingerprint"].iter().any(|w| name.contains(w))
            })
        });
        let taint = self.taint_of(value);
        let client = taint.flows().iter().find(|flow| self.kind_of(flow.origin) == Some(SourceKind::Web)).copied();
        if let Some(flow) = client.filter(|_| !names_content) {
            self.record(Weakness::Hash, Some(flow), range, name);
        }
    }

    fn is_memory_file(&self, value: &Value) -> bool {
        let Kind::Object(id) = value.kind else { return false };
        matches!(self.state.object(id).map(Rc::as_ref), Some(Object::Foreign { name, .. }) if name.starts_with("io."))
    }

    fn is_not_for_security(&self, arguments: &Arguments) -> bool {
        arguments.keyword("usedforsecurity").is_some_and(|value| self.truth(value) == Some(false))
    }

    /// A parser that is open is harmless as long as it reads harmless documents only.
    fn judge_parser(&mut self, parser: &Value, document: &Value, taint: &Taint) {
        let Kind::Object(id) = parser.kind else { return };
        let Some(Object::Foreign { attributes, .. }) = self.state.object(id).map(Rc::as_ref) else { return };
        let Some(range) = attributes.get(OPENED).and_then(place_of) else { return };
        let harmless = self.is_harmless(document, taint, Weakness::Xxe);
        self.judge_place(range, harmless);
    }

    fn lxml_parser_is_open(&self, parser: &Value) -> bool {
        let Kind::Object(id) = parser.kind else {
            return parser.as_name().is_none_or(|name| !name.contains("defusedxml") && !name.contains("HTMLParser"));
        };
        let Some(Object::Foreign { name, attributes }) = self.state.object(id).map(Rc::as_ref) else { return false };
        if name.contains("HTMLParser") {
            return false;
        }
        attributes
            .get("resolve_entities")
            .is_none_or(|value| self.truth(value) != Some(false) && value.as_str() != Some("internal"))
    }

    fn sax_parser_is_open(&self, parser: &Value) -> bool {
        let Kind::Object(id) = parser.kind else { return false };
        let Some(Object::Foreign { attributes, .. }) = self.state.object(id).map(Rc::as_ref) else { return false };
        ["feature_external_ges", "feature_external_pes", "http://xml.org/sax/features/external-general-entities"]
            .iter()
            .any(|feature| attributes.get(*feature).is_some_and(|value| self.truth(value) != Some(false)))
    }

    /// `receiver.name = value` for something outside.
    pub fn attribute_sink(&mut self, full: &str, value: &Value, range: TextRange) {
        let taint = self.taint_of(value);
        if full.ends_with(".location") || full.ends_with(".autocorrect_location_header") {
            self.hit(Weakness::Redirect, &taint, range, full);
        }
        if matches!(full, "bottle.response.content_type") {
            self.answers_with(value);
        }
        if full.starts_with("@session.") {
            self.hit(Weakness::Trust, &taint, range, full);
        }
    }

    /// `receiver[key] = value` for something outside.
    pub fn element_sink(&mut self, name: &str, key: &Value, value: &Value, range: TextRange) {
        let taint = self.taint_of(key).union(&self.taint_of(value));
        if name == SESSION || name.ends_with(".session") || name == "?session" {
            self.hit(Weakness::Trust, &taint, range, name);
            self.hit_random(&taint, range, name);
            if key.as_str().is_some_and(is_privilege) {
                let decided = self.decided_by(value);
                self.hit(Weakness::Trust, &decided, range, name);
            }
        }
        if matches!(name, "cherrypy.response.headers" | "bottle.response.headers" | "bottle.response")
            && key.as_str().is_some_and(|key| key.eq_ignore_ascii_case("content-type"))
        {
            self.answers_with(value);
        }
        if name.ends_with(".headers") || name.ends_with("Response()") || name == ANSWER || name == "?resp" {
            let location = key.as_str().is_some_and(|key| key.eq_ignore_ascii_case("location"));
            self.hit(if location { Weakness::Redirect } else { Weakness::Header }, &taint, range, name);
        }
        if name.contains("globals") {
            let taint = self.taint_of(key);
            self.hit(Weakness::Code, &taint, range, name);
        }
    }

    /// The data that a truth value is about: `request.form["staff"] == "1"`.
    fn decided_by(&mut self, value: &Value) -> Taint {
        let Some(guard) = value.guard.as_deref() else { return Taint::NONE };
        let Some((origin, _)) = guard.when_true.iter().flatten().next().copied() else { return Taint::NONE };
        self.entering(origin, "the request", TextRange::default())
    }

    /// `globals()[key]`: whoever chooses the name chooses what is called.
    pub fn lookup_sink(&mut self, name: &str, key: &Value, range: TextRange) {
        if key.taint.is_some() && matches!(name, "builtins.globals" | "builtins.locals" | "builtins.vars") {
            let taint = key.taint.clone();
            self.hit(Weakness::Code, &taint, range, name);
        }
    }

    /// A value that is given a name that says that it is a secret.
    pub fn named_secret(&mut self, name: &str, value: &Value, range: TextRange) {
        if !value.taint.is_some() {
            return;
        }
        let lower = name.to_ascii_lowercase();
        let secret = [
            "token",
            "password",
            "passwd",
            "secret",
            "nonce",
            "otp",
            "session_id",
            "sessionid",
            "salt",
            "api_key",
            "apikey",
            "csrf",
            "reset_code",
            "cookie",
        ]
        .iter()
        .any(|word| lower.contains(word));
        if secret {
            let taint = value.taint.clone();
            self.hit_random(&taint, range, name);
        }
    }

    fn hit_random(&mut self, taint: &Taint, range: TextRange, sink: &str) {
        let random = taint.map(|flow| (self.kind_of(flow.origin) == Some(SourceKind::Random)).then_some(*flow));
        if let Some(flow) = random.flows().first().copied() {
            self.record(Weakness::Random, Some(flow), range, sink);
        }
    }

    fn kind_of(&self, origin: u32) -> Option<SourceKind> {
        self.sources.get(self.state.source_of(origin) as usize).map(|source| source.kind)
    }

    /// Whether a value is known to be harmless: constant, or from outside and made harmless.
    fn is_harmless(&self, value: &Value, taint: &Taint, weakness: Weakness) -> bool {
        if !taint.is_some() {
            // What is packed into a constant may do anything once it is unpacked.
            if matches!(weakness, Weakness::Code | Weakness::Deserialise) && is_packed(value) {
                return false;
            }
            let Kind::Object(id) = value.kind else { return value.is_constant() };
            return match self.state.object(id).map(Rc::as_ref) {
                // A file in memory.
                Some(Object::Foreign { name, attributes }) if name.starts_with("io.") => {
                    attributes.get("text").is_some_and(Value::is_constant)
                }
                _ => false,
            };
        }
        taint.flows().iter().all(|flow| Mask::of(weakness).within(self.state.clean(flow)))
    }
}

/// Whether a key of a session says what the user may do.
fn is_privilege(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    ["admin", "staff", "superuser", "role", "is_privileged", "permissions"].iter().any(|word| lower.contains(word))
}

/// Whether a constant looks like encoded data: long, and without a space.
fn is_packed(value: &Value) -> bool {
    let text = value.as_const().and_then(Const::as_text);
    text.is_some_and(|text| text.len() > 40 && !text.contains(char::is_whitespace))
}
