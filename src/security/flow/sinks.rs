//! Where data does harm.

use std::rc::Rc;

use ruff_text_size::TextRange;

use super::calls::Arguments;
use super::interpret::{Hit, Interpreter};
use super::sources::{REQUEST, SESSION, SourceKind};
use super::state::{Object, Sequence};
use super::values::{Const, Kind, Taint, Text, Value};
use super::weakness::{Mask, Weakness};

/// Where the data of a call must not come from outside.
#[derive(Clone, Copy)]
enum At {
    /// At this position, or by this name.
    Argument(usize, &'static str),
    /// Anywhere.
    Any,
    /// All positions from this one.
    From(usize),
}

/// Under this name a parser keeps the place where it was opened for external entities.
pub const OPENED: &str = "@opened";

/// A place, as a value.
pub fn place(range: TextRange) -> Value {
    Value::constant(Const::Int(i64::from(u32::from(range.start())) << 32 | i64::from(u32::from(range.end()))))
}

fn place_of(value: &Value) -> Option<TextRange> {
    let both = u64::try_from(value.as_const()?.as_int()?).ok()?;
    let (start, end) = (u32::try_from(both >> 32).ok()?, u32::try_from(both & 0xffff_ffff).ok()?);
    (start <= end).then(|| TextRange::new(start.into(), end.into()))
}

/// Calls by their full name.
fn call_sinks(name: &str) -> &'static [(Weakness, At)] {
    use At::{Any, Argument as Arg, From};
    use Weakness as W;
    match name {
        "os.system"
        | "os.popen"
        | "commands.getoutput"
        | "commands.getstatusoutput"
        | "subprocess.getoutput"
        | "subprocess.getstatusoutput"
        | "asyncio.create_subprocess_shell"
        | "popen2.popen2"
        | "popen2.popen3"
        | "pexpect.run"
        | "pexpect.spawn"
        | "os.popen2"
        | "os.popen3"
        | "asyncio.subprocess.create_subprocess_shell"
        | "pty.spawn"
        | "invoke.run"
        | "fabric.api.run"
        | "fabric.api.local"
        | "fabric.operations.run"
        | "fabric.operations.local" => &[(W::Command, Arg(0, "cmd")), (W::Command, Arg(0, "command"))],
        "os.execl" | "os.execle" | "os.execlp" | "os.execlpe" | "os.execv" | "os.execve" | "os.execvp"
        | "os.execvpe" | "os.posix_spawn" | "os.posix_spawnp" | "os.startfile" => &[(W::Command, Any)],
        "os.spawnl" | "os.spawnle" | "os.spawnlp" | "os.spawnlpe" | "os.spawnv" | "os.spawnve" | "os.spawnvp"
        | "os.spawnvpe" => &[(W::Command, From(1))],
        "asyncio.create_subprocess_exec" => &[(W::Command, Arg(0, "program"))],
        "docker.from_env().containers.run" | "docker.DockerClient().containers.run" => {
            &[(W::Command, Arg(0, "image")), (W::Command, Arg(1, "command"))]
        }
        "builtins.eval"
        | "builtins.exec"
        | "builtins.compile"
        | "builtins.__import__"
        | "importlib.import_module"
        | "code.interact"
        | "timeit.timeit"
        | "timeit.repeat"
        | "runpy.run_path"
        | "runpy.run_module"
        | "pandas.eval"
        | "numexpr.evaluate"
        | "types.FunctionType"
        | "cProfile.run"
        | "trace.Trace().run"
        | "code.InteractiveInterpreter().runcode"
        | "code.InteractiveInterpreter().runsource"
        | "_xxsubinterpreters.run_string"
        | "_testcapi.run_in_subinterp"
        | "code.InteractiveConsole().push"
        | "test.support.run_in_subinterp"
        | "execjs.eval"
        | "sympy.sympify" => &[(W::Code, Arg(0, "source"))],
        "builtins.open"
        | "io.open"
        | "codecs.open"
        | "os.open"
        | "os.remove"
        | "os.unlink"
        | "os.mkdir"
        | "os.makedirs"
        | "os.rmdir"
        | "os.removedirs"
        | "os.listdir"
        | "os.scandir"
        | "os.walk"
        | "os.stat"
        | "os.chmod"
        | "os.chown"
        | "os.readlink"
        | "shutil.rmtree"
        | "zipfile.ZipFile"
        | "linecache.getline"
        | "aiofiles.open"
        | "pandas.read_csv"
        | "numpy.loadtxt"
        | "fileinput.input"
        | "glob.glob"
        | "tempfile.mkdtemp"
        | "flask.send_file"
        | "django.http.FileResponse"
        | "fastapi.responses.FileResponse"
        | "aiohttp.web.FileResponse"
        | "anyio.open_file"
        | "os.path.getsize"
        | "os.truncate"
        | "shutil.make_archive"
        | "PIL.Image.open"
        | "django.views.static.serve"
        | "gzip.open"
        | "bz2.open"
        | "tarfile.TarFile"
        | "os.utime"
        | "cv2.imread"
        | "flask.Flask().open_resource" => &[(W::Path, Arg(0, "file")), (W::Path, Arg(0, "path"))],
        "os.rename" | "os.renames" | "os.replace" | "os.link" | "os.symlink" | "shutil.copy" | "shutil.copy2"
        | "shutil.copyfile" | "shutil.copytree" | "shutil.move" => {
            &[(W::Path, Arg(0, "src")), (W::Path, Arg(1, "dst"))]
        }
        "shutil.unpack_archive" => &[(W::Archive, Arg(0, "filename")), (W::Path, Arg(1, "extract_dir"))],
        "tarfile.open" => &[(W::Path, Arg(0, "name"))],
        "bottle.static_file" => &[],
        "flask.render_template_string"
        | "jinja2.Template"
        | "mako.template.Template"
        | "django.template.Template"
        | "bottle.template"
        | "bottle.SimpleTemplate"
        | "tornado.template.Template"
        | "jinja2.Environment().from_string"
        | "jinja2.sandbox.SandboxedEnvironment().from_string"
        | "chameleon.PageTemplate"
        | "airspeed.Template"
        | "Cheetah.Template.Template"
        | "trender.TRender"
        | "flask.stream_template_string"
        | "genshi.template.MarkupTemplate" => &[(W::Template, Arg(0, "source"))],
        "flask.redirect"
        | "django.shortcuts.redirect"
        | "django.http.HttpResponseRedirect"
        | "django.http.HttpResponsePermanentRedirect"
        | "bottle.redirect"
        | "fastapi.responses.RedirectResponse"
        | "aiohttp.web.HTTPFound"
        | "aiohttp.web.HTTPSeeOther"
        | "aiohttp.web.HTTPMovedPermanently"
        | "aiohttp.web.HTTPTemporaryRedirect"
        | "pyramid.httpexceptions.HTTPFound"
        | "sanic.response.redirect"
        | "webob.exc.HTTPFound"
        | "aiohttp.web.HTTPPermanentRedirect" => &[(W::Redirect, Arg(0, "location")), (W::Redirect, Arg(0, "url"))],
        "requests.get"
        | "requests.post"
        | "requests.put"
        | "requests.delete"
        | "requests.patch"
        | "requests.head"
        | "requests.options"
        | "httpx.get"
        | "httpx.post"
        | "httpx.put"
        | "httpx.delete"
        | "httpx.patch"
        | "httpx.head"
        | "urllib.request.urlopen"
        | "urllib.request.urlretrieve"
        | "urllib.urlretrieve"
        | "http.client.HTTPConnection"
        | "http.client.HTTPSConnection"
        | "httplib.HTTPConnection"
        | "urllib3.request"
        | "wget.download"
        | "pycurl.Curl().setopt"
        | "feedparser.parse"
        | "websocket.create_connection"
        | "websockets.connect"
        | "socket.create_connection"
        | "urllib.request.Request" => &[(W::Ssrf, Arg(0, "url")), (W::Ssrf, Arg(0, "host"))],
        "requests.request" | "httpx.request" | "httpx.stream" => &[(W::Ssrf, Arg(1, "url"))],
        "django.http.HttpResponse"
        | "django.http.HttpResponseBadRequest"
        | "django.http.HttpResponseNotFound"
        | "django.http.HttpResponseForbidden"
        | "django.http.HttpResponseServerError"
        | "fastapi.responses.HTMLResponse"
        | "sanic.response.html"
        | "pyramid.response.Response"
        | "webob.Response"
        | "django.http.response.HttpResponse" => &[(W::Xss, Arg(0, "content"))],
        "markupsafe.Markup"
        | "flask.Markup"
        | "django.utils.html.format_html"
        | "django.utils.safestring.mark_safe"
        | "django.utils.safestring.SafeString"
        | "jinja2.Markup"
        | "django.utils.html.mark_safe"
        | "wtforms.widgets.HTMLString"
        | "webhelpers.html.literal" => &[(W::Xss, Arg(0, "s"))],
        "pickle.loads"
        | "pickle.load"
        | "pickle.Unpickler"
        | "dill.loads"
        | "dill.load"
        | "cloudpickle.loads"
        | "cloudpickle.load"
        | "marshal.loads"
        | "marshal.load"
        | "jsonpickle.decode"
        | "jsonpickle.loads"
        | "shelve.open"
        | "yaml.unsafe_load"
        | "yaml.unsafe_load_all"
        | "yaml.full_load"
        | "torch.load"
        | "joblib.load"
        | "pandas.read_pickle"
        | "yaml.load_all"
        | "_pickle.loads"
        | "pickle._loads"
        | "hickle.load"
        | "cPickle.load"
        | "ruamel.yaml.load"
        | "jsonpickle.unpickler.decode"
        | "sklearn.externals.joblib.load"
        | "numpy.load"
        | "rasa.shared.utils.io.read_yaml" => &[(W::Deserialise, Arg(0, "data")), (W::Deserialise, Arg(0, "f"))],
        "re.compile" | "re.match" | "re.search" | "re.fullmatch" | "re.findall" | "re.finditer" | "re.split"
        | "re.sub" | "regex.match" | "regex.search" | "re.subn" => &[(W::Regex, Arg(0, "pattern"))],
        "elementpath.select" | "elementpath.iter_select" => &[(W::Xpath, Arg(1, "path"))],
        "lxml.etree.XPath" | "lxml.etree.ETXPath" | "elementpath.Selector" | "libxml2.xpathEval" => {
            &[(W::Xpath, Arg(0, "path"))]
        }
        "psycopg2.sql.SQL"
        | "sqlalchemy.text"
        | "sqlalchemy.sql.text"
        | "sqlalchemy.sql.expression.text"
        | "django.db.models.expressions.RawSQL"
        | "sqlalchemy.literal_column"
        | "pandas.read_sql"
        | "pandas.read_sql_query"
        | "peewee.SQL"
        | "django.db.connection.cursor().execute"
        | "peewee.RawQuery" => &[(W::Sql, Arg(0, "sql"))],
        "flask.session.__setitem__" => &[(W::Trust, Any)],
        "smtplib.SMTP().sendmail" => &[(W::Mail, Arg(2, "msg"))],
        "django.core.mail.send_mail" => &[(W::Mail, Arg(0, "subject")), (W::Mail, Arg(8, "html_message"))],
        "django.core.mail.mail_admins" | "django.core.mail.mail_managers" => &[(W::Mail, Arg(4, "html_message"))],
        "django.core.mail.EmailMultiAlternatives().attach_alternative" => &[(W::Mail, Arg(0, "content"))],
        _ => &[],
    }
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
                let kind = arguments.keyword("content_type").or_else(|| arguments.keyword("media_type"));
                kind.and_then(Value::as_str).is_some_and(|kind| !kind.contains("html") && !kind.contains("svg"))
            }
            (Weakness::Path, "builtins.open" | "zipfile.ZipFile") => {
                // File objects of requests are no paths.
                arguments.get(0, "file").is_some_and(|file| self.is_memory_file(file))
                    || arguments.get(0, "file").and_then(Value::as_name).is_some_and(|name| {
                        name.contains(".files")
                            || name.contains(".FILES")
                            || name.contains("BytesIO")
                            || name.contains("StringIO")
                    })
            }
            (Weakness::Xpath, _) => {
                arguments.keyword("variables").is_some()
                    && arguments.get(1, "path").is_some_and(|path| !self.taint_of(path).is_some())
            }
            _ => false,
        }
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
            "flask.Response" | "flask.make_response" | "builtins.print" => {}
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
            "fastapi.responses.Response" | "fastapi.Response" => {
                let html =
                    arguments.keyword("media_type").and_then(Value::as_str).is_some_and(|kind| kind.contains("html"));
                if html && let Some(value) = arguments.get(0, "content") {
                    let taint = self.taint_of(value);
                    self.hit(Weakness::Xss, &taint, arguments.range, name);
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
            _ => {}
        }
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

    /// The arguments with which a program is started.
    fn check_process(&mut self, command: &Value, shell: bool, range: TextRange, name: &str) {
        let all = self.taint_of(command);
        let known = match &command.kind {
            Kind::Object(id) => match self.state.object(*id).map(Rc::as_ref) {
                Some(Object::Sequence { items, rest: None, .. }) => items.iter().all(Value::is_constant),
                _ => false,
            },
            _ => false,
        };
        let harmless = (known && !all.is_some()) || self.is_harmless(command, &all, Weakness::Command);
        self.judge_place(range, harmless);
        if shell {
            let taint = self.taint_of(command);
            self.hit(Weakness::Command, &taint, range, name);
            return;
        }
        let Kind::Object(id) = command.kind else {
            // A text without a shell: all of it names the program; alternatives are looked at one by one.
            for alternative in command.alternatives().to_vec() {
                match alternative.kind {
                    Kind::Object(_) => self.check_process(&alternative, false, range, name),
                    _ => {
                        let taint = self.taint_of(&alternative);
                        self.hit(Weakness::Command, &taint, range, name);
                    }
                }
            }
            return;
        };
        let Some(Object::Sequence { items, rest, .. }) = self.state.object(id).cloned().map(|o| o.as_ref().clone())
        else {
            return;
        };
        if let Some(Kind::OneOf(programs)) = items.first().map(|first| first.kind.clone()) {
            // `"cmd" if windows else "sh"`: each of them may be what runs.
            for program in programs.iter().take(4) {
                let mut items = items.clone();
                if let Some(first) = items.first_mut() {
                    *first = program.clone();
                }
                let one = Value::of(Kind::Object(self.state.allocate(Object::Sequence {
                    sort: Sequence::List,
                    items,
                    rest: rest.clone(),
                })));
                self.check_process(&one, false, range, name);
            }
            return;
        }
        let Some(first) = items.first() else {
            if let Some(rest) = rest {
                let taint = self.taint_of(&rest);
                self.hit(Weakness::Command, &taint, range, name);
            }
            return;
        };
        let mut taint = self.taint_of(first);
        let program = first.as_str().map(|path| path.rsplit('/').next().unwrap_or(path).to_owned()).unwrap_or_default();
        let interprets = matches!(
            program.as_str(),
            "sh" | "bash"
                | "zsh"
                | "dash"
                | "ksh"
                | "cmd"
                | "cmd.exe"
                | "powershell"
                | "pwsh"
                | "python"
                | "python3"
                | "perl"
                | "ruby"
                | "node"
                | "env"
                | "ssh"
                | "xargs"
                | "sudo"
                | "su"
                | "busybox"
                | "csh"
                | "tcsh"
                | "fish"
        );
        if interprets {
            // Behind a script that is constant, data is an argument of the script: `sh -c 'ls "$1"' sh x`.
            let shell = program.ends_with("sh") && items.get(1).and_then(Value::as_str) == Some("-c");
            let script = items.get(2).filter(|script| shell && script.is_constant());
            let code = if script.is_some() { items.get(1..3).unwrap_or(&[]) } else { items.get(1..).unwrap_or(&[]) };
            for item in code.iter().chain(rest.iter().filter(|_| script.is_none())) {
                taint = taint.union(&self.taint_of(item));
            }
        }
        self.hit(Weakness::Command, &taint, range, name);
    }

    /// Methods of objects whose type is told by the name of the method, and by little else.
    fn check_method(&mut self, name: &str, receiver: Option<&Value>, arguments: &Arguments) {
        let Some((owner, method)) = name.rsplit_once('.') else { return };
        let first = arguments.positional.first().cloned();
        let first_taint = first.as_ref().map_or(Taint::NONE, |value| self.taint_of(value));
        let range = arguments.range;
        let flask = owner == "flask" || owner.starts_with("flask.");
        match method {
            "execute" | "executemany" | "executescript" | "execute_sql" | "exec_driver_sql" | "mogrify"
            | "read_sql" | "read_sql_query" | "executeQuery" => {
                if !owner.starts_with("concurrent.") {
                    let query = arguments.get(0, "sql").or_else(|| arguments.get(0, "query")).cloned();
                    let taint = query.as_ref().map_or(Taint::NONE, |value| self.taint_of(value));
                    if let Some(query) = &query {
                        let harmless = self.is_harmless(query, &taint, Weakness::Sql);
                        self.judge_place(range, harmless);
                    }
                    self.hit(Weakness::Sql, &taint, range, name);
                }
            }
            "raw" | "extra" | "RawSQL" | "from_statement" if !owner.starts_with("os") => {
                let mut taint = first_taint.clone();
                if method == "extra" {
                    let named = arguments.named.iter().filter(|(name, _)| !name.ends_with("params"));
                    for value in arguments.positional.iter().chain(named.map(|(_, value)| value)) {
                        taint = taint.union(&self.taint_of(value));
                    }
                }
                if let Some(query) = arguments.positional.first().or(arguments.keyword("where")).cloned() {
                    let known = match self.exact_elements(&query, 8) {
                        Some(parts) => parts.iter().all(Value::is_constant),
                        None => query.is_constant(),
                    };
                    let harmless =
                        if taint.is_some() { self.is_harmless(&query, &taint, Weakness::Sql) } else { known };
                    self.judge_place(range, harmless);
                }
                self.hit(Weakness::Sql, &taint, range, name);
            }
            "fetch" | "fetchrow" | "fetchval" | "fetch_all" | "fetch_one" | "fetch_val" | "prepare" | "cursor" => {
                if is_client(owner) {
                    self.hit(Weakness::Ssrf, &first_taint, range, name);
                } else if first.as_ref().is_some_and(looks_like_sql) {
                    self.hit(Weakness::Sql, &first_taint, range, name);
                }
            }
            "create" | "update" | "update_or_create" | "get_or_create" | "filter" | "exclude" | "get"
                if owner.ends_with(".objects") || method == "update" && owner.contains(".objects.") =>
            {
                self.check_mass(arguments, name);
            }
            "filter" | "order_by" | "having" | "where" | "group_by" => {
                if first.as_ref().is_some_and(|value| matches!(value.kind, Kind::Text(Some(_))))
                    && owner.contains("query")
                {
                    self.hit(Weakness::Sql, &first_taint, range, name);
                }
            }
            "exec_command" | "send_command" => {
                if let Some(command) = &first {
                    let harmless = self.is_harmless(command, &first_taint, Weakness::Command);
                    self.judge_place(range, harmless);
                }
                self.hit(Weakness::Command, &first_taint, range, name);
            }
            "search" | "search_s" | "search_st" | "search_ext" | "search_ext_s" | "paged_search"
                if is_ldap(owner) || method != "search" =>
            {
                let mut taint = Taint::NONE;
                for value in arguments.positional.iter().take(3) {
                    taint = taint.union(&self.taint_of(value));
                }
                for word in ["search_base", "search_filter", "filterstr", "base"] {
                    if let Some(value) = arguments.keyword(word) {
                        taint = taint.union(&self.taint_of(value));
                    }
                }
                self.hit(Weakness::Ldap, &taint, range, name);
            }
            "simple_bind_s" | "bind_s" | "delete_s" | "modify_s" | "add_s" | "compare_s" => {
                self.hit(Weakness::Ldap, &first_taint, range, name);
            }
            "xpath" | "xpathEval" => self.hit(Weakness::Xpath, &first_taint, range, name),
            "find" | "findall" | "iterfind" | "findtext" => {
                if owner.contains("etree")
                    || owner.contains("ElementTree")
                    || owner.contains("root")
                    || owner.contains("tree")
                {
                    self.hit(Weakness::Xpath, &first_taint, range, name);
                } else if is_mongo(owner) {
                    self.check_mongo(first.as_ref(), range, name);
                }
            }
            "find_one"
            | "find_one_and_update"
            | "find_one_and_delete"
            | "delete_one"
            | "delete_many"
            | "update_one"
            | "update_many"
            | "count_documents"
            | "aggregate"
            | "find_one_and_replace"
            | "replace_one" => {
                self.check_mongo(first.as_ref(), range, name);
            }
            "set_cookie" | "set_signed_cookie" | "set_secure_cookie" => self.check_cookie(owner, arguments, name),
            "scan" | "query" => {
                // Expressions of DynamoDB are texts of their own.
                for word in ["FilterExpression", "KeyConditionExpression", "ProjectionExpression"] {
                    if let Some(value) = arguments.keyword(word).cloned() {
                        let taint = self.taint_of(&value);
                        self.hit(Weakness::NoSql, &taint, range, name);
                    }
                }
            }
            "from_string" => self.hit(Weakness::Template, &first_taint, range, name),
            "format" | "format_map" => {
                if let Some(receiver) = receiver
                    && receiver.as_str().is_none()
                    && receiver.taint.is_some()
                {
                    let taint = receiver.taint.clone();
                    self.hit(Weakness::Format, &taint, range, "str.format");
                }
            }
            "extractall" | "extract" => self.check_extract(owner, receiver, arguments, name),
            "open" | "read_text" | "read_bytes" | "write_text" | "write_bytes" | "unlink" | "mkdir" | "rmdir"
            | "touch" | "iterdir" | "rename" | "symlink_to" | "hardlink_to" | "chmod" | "glob" | "rglob" | "exists"
            | "is_file" | "stat"
                if owner.starts_with("pathlib.") || owner.starts_with("anyio.Path") =>
            {
                if !matches!(method, "exists" | "is_file" | "stat")
                    && let Some(receiver) = receiver
                {
                    let taint = self.taint_of(receiver);
                    self.hit(Weakness::Path, &taint, range, name);
                }
            }
            "save" => {
                // Uploads are saved where the caller says.
                if owner.contains(".files")
                    || owner.contains(".FILES")
                    || owner.starts_with("?file")
                    || owner.starts_with("?.")
                    || owner.contains("Storage")
                    || owner.contains("upload")
                {
                    self.hit(Weakness::Path, &first_taint, range, name);
                }
            }
            "write" | "finish" | "send_error" if owner.contains("RequestHandler") || owner.starts_with("tornado") => {
                if method != "send_error" && !matches!(first.as_ref().map(|value| &value.kind), Some(Kind::Object(_))) {
                    self.hit(Weakness::Xss, &first_taint, range, name);
                }
            }
            "write"
                if owner.contains(".wfile")
                    || owner == "fastapi.responses.HTMLResponse()"
                    || owner.contains("HttpResponse()") =>
            {
                self.hit(Weakness::Xss, &first_taint, range, name);
            }
            "redirect"
                if owner.contains("RequestHandler") || owner.starts_with("?self") || owner.contains("?response") =>
            {
                self.hit(Weakness::Redirect, &first_taint, range, name);
            }
            "get" | "post" | "put" | "patch" | "head" | "request" | "urlopen" | "delete" | "stream" | "ws_connect"
            | "fetch_url" => {
                if is_client(owner) {
                    let at = usize::from(matches!(method, "request" | "stream"));
                    let value = arguments.get(at, "url").cloned();
                    let taint = value.map_or(Taint::NONE, |value| self.taint_of(&value));
                    self.hit(Weakness::Ssrf, &taint, range, name);
                }
            }
            "debug" | "info" | "warning" | "warn" | "error" | "exception" | "critical" | "log" => {
                if owner == "logging" || owner.contains("logger") || owner.contains("log") || owner.contains("Logger") {
                    let mut taint = Taint::NONE;
                    // `%r` shows line ends as what they are.
                    let shown = first
                        .as_ref()
                        .and_then(Value::as_str)
                        .is_some_and(|text| text.contains("%r") && !text.contains("%s"));
                    for value in arguments.all().filter(|_| !shown) {
                        taint = taint.union(&self.taint_of(value));
                    }
                    self.hit(Weakness::Log, &taint, range, name);
                }
            }
            "set_header" | "add_header" | "send_header" | "setdefault" | "set" | "add" | "__setitem__"
                if owner.ends_with(".headers") || method.ends_with("_header") =>
            {
                let mut taint = Taint::NONE;
                for value in arguments.positional.iter().take(2) {
                    taint = taint.union(&self.taint_of(value));
                }
                let location =
                    first.as_ref().and_then(Value::as_str).is_some_and(|name| name.eq_ignore_ascii_case("location"));
                self.hit(if location { Weakness::Redirect } else { Weakness::Header }, &taint, range, name);
            }
            "update" | "setdefault" | "__setitem__" if owner == SESSION => {
                let mut taint = Taint::NONE;
                for value in arguments.all() {
                    taint = taint.union(&self.taint_of(value));
                }
                self.hit(Weakness::Trust, &taint, range, name);
            }
            "md5" | "sha1" | "new" if owner == "hashlib" && method != "new" => {}
            _ => {}
        }
        if !flask && !owner.contains("objects") && starts_upper(method) {
            self.check_mass(arguments, name);
        }
    }

    fn check_mass(&mut self, arguments: &Arguments, name: &str) {
        if let Some(stars) = &arguments.stars
            && !name.starts_with("django.http")
        {
            let taint = stars.taint.clone();
            let whole = taint.map(|flow| {
                let certain = !Mask::UNCERTAIN.within(flow.clean);
                certain.then_some(*flow)
            });
            if name.contains("objects") || name.contains("odel") {
                self.hit(Weakness::Mass, &whole, arguments.range, name);
            }
        }
    }

    fn check_mongo(&mut self, query: Option<&Value>, range: TextRange, name: &str) {
        let Some(query) = query else { return };
        let taint = match &query.kind {
            Kind::Object(id) => match self.state.object(*id).map(Rc::as_ref) {
                Some(Object::Dict { items, rest, keys }) => {
                    let mut taint = keys.clone();
                    let (items, rest) = (items.clone(), rest.clone());
                    for (key, value) in &items {
                        let raw = match key {
                            Const::Str(key) => key.as_ref() == "$where",
                            _ => false,
                        };
                        // A text compared with a field is harmless; an object that a client sent is not.
                        let structured = value.as_name().is_some_and(|name| {
                            name.contains(".json") || name.contains("get_json") || name.contains("body")
                        });
                        if raw {
                            // Code stays code when it is known to be a text.
                            let open = self.taint_of(value).map(|flow| {
                                let number = Mask::ALL.within(flow.clean);
                                let clean = flow.clean.without(Mask::of(Weakness::NoSql));
                                Some(super::values::Flow { clean: if number { flow.clean } else { clean }, ..*flow })
                            });
                            taint = taint.union(&open);
                        } else if structured {
                            taint = taint.union(&self.taint_of(value));
                        }
                    }
                    for value in rest.iter() {
                        taint = taint.union(&self.taint_of(value));
                    }
                    taint
                }
                _ => self.taint_of(query),
            },
            Kind::Name(_) | Kind::Unknown => self.taint_of(query),
            _ => Taint::NONE,
        };
        self.hit(Weakness::NoSql, &taint, range, name);
    }

    fn check_cookie(&mut self, owner: &str, arguments: &Arguments, name: &str) {
        let mut taint = Taint::NONE;
        for (position, word) in [(0, "key"), (1, "value")] {
            if let Some(value) = arguments.get(position, word) {
                taint = taint.union(&self.taint_of(value));
            }
        }
        self.hit(Weakness::CookieValue, &taint, arguments.range, name);
        self.hit_random(&taint, arguments.range, name);
        // A cookie that is removed protects nothing.
        if arguments.get(1, "value").and_then(Value::as_str) == Some("") {
            return;
        }
        let off = |value: Option<&Value>| value.is_some_and(|value| self.truth(value) == Some(false));
        let secure = arguments.get(6, "secure").or_else(|| arguments.keyword("secure"));
        let plain = off(secure) || secure.is_none() && arguments.stars.is_none();
        // Pages may have to read a cookie: only what is said counts.
        let shown = off(arguments.get(7, "httponly").or_else(|| arguments.keyword("httponly")));
        if (plain || shown) && !owner.contains("test") {
            self.plain_hit(Weakness::Cookie, arguments.range, name);
        }
    }

    fn check_extract(&mut self, owner: &str, receiver: Option<&Value>, arguments: &Arguments, name: &str) {
        let filtered = arguments.keyword("filter").is_some() || arguments.keyword("members").is_some();
        if owner.contains("tarfile") && !filtered {
            let taint = receiver.map_or(Taint::NONE, |receiver| self.taint_of(receiver));
            self.hit(Weakness::Archive, &taint, arguments.range, name);
        }
        if let Some(folder) = arguments.keyword("path") {
            let taint = self.taint_of(folder);
            self.hit(Weakness::Path, &taint, arguments.range, name);
        }
    }

    /// `receiver.name = value` for something outside.
    pub fn attribute_sink(&mut self, full: &str, value: &Value, range: TextRange) {
        let taint = self.taint_of(value);
        if full.ends_with(".location") || full.ends_with(".autocorrect_location_header") {
            self.hit(Weakness::Redirect, &taint, range, full);
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
        }
        if name.ends_with(".headers") || name.ends_with("HttpResponse()") || name.ends_with("Response()") {
            let location = key.as_str().is_some_and(|key| key.eq_ignore_ascii_case("location"));
            self.hit(if location { Weakness::Redirect } else { Weakness::Header }, &taint, range, name);
        }
        if name.contains("globals") {
            let taint = self.taint_of(key);
            self.hit(Weakness::Code, &taint, range, name);
        }
    }

    /// What a handler returns.
    pub fn handler_returns(&mut self, value: &Value, range: TextRange) {
        let Some(route) = self.frames.last().and_then(|frame| frame.route.clone()) else { return };
        if route.kind != SourceKind::Web {
            return;
        }
        if !route.page {
            self.function_answers(value, range);
            return;
        }
        for alternative in value.alternatives().to_vec() {
            let shown = match &alternative.kind {
                Kind::Object(id) => match self.state.object(*id).map(Rc::as_ref) {
                    Some(Object::Sequence { sort: Sequence::Tuple, items, .. }) => {
                        let json = items.iter().skip(1).any(|item| self.says_no_page(item));
                        if json { None } else { items.first().cloned() }
                    }
                    Some(Object::Foreign { name, attributes }) if name.contains("Response") => {
                        let kind = attributes
                            .get("mimetype")
                            .or_else(|| attributes.get("content_type"))
                            .or_else(|| attributes.get("[Content-Type]"));
                        let plain = kind
                            .and_then(Value::as_str)
                            .is_some_and(|kind| !kind.contains("html") && !kind.contains("svg"));
                        if plain { None } else { Some(Value::string(alternative.taint.clone())) }
                    }
                    _ => None,
                },
                _ => Some(alternative.clone()),
            };
            if let Some(shown) = shown
                && !matches!(shown.kind, Kind::Object(_))
                && shown.as_name().is_none_or(|name| !name.contains("json") || name.contains("[]"))
            {
                let taint = shown.taint.clone();
                self.hit(Weakness::Xss, &taint, range, "the response");
            }
        }
    }

    /// `{"statusCode": …, "headers": {"Content-Type": "text/html"}, "body": …}`: the answer of a function of a cloud.
    fn function_answers(&mut self, value: &Value, range: TextRange) {
        let Kind::Object(id) = value.kind else { return };
        let Some(Object::Dict { items, .. }) = self.state.object(id).map(Rc::as_ref) else { return };
        let item = |name: &str| items.iter().find(|(key, _)| matches!(key, Const::Str(key) if key.as_ref() == name));
        let (Some((_, headers)), Some((_, body))) = (item("headers"), item("body")) else { return };
        let Kind::Object(headers) = headers.kind else { return };
        let Some(Object::Dict { items: headers, .. }) = self.state.object(headers).map(Rc::as_ref) else { return };
        let page = headers.iter().any(|(key, value)| {
            matches!(key, Const::Str(key) if key.eq_ignore_ascii_case("content-type"))
                && value.as_str().is_some_and(|kind| kind.contains("html"))
        });
        if page {
            let taint = body.taint.clone();
            self.hit(Weakness::Xss, &taint, range, "the response");
        }
    }

    fn says_no_page(&self, value: &Value) -> bool {
        let Kind::Object(id) = value.kind else { return false };
        let Some(Object::Dict { items, .. }) = self.state.object(id).map(Rc::as_ref) else { return false };
        items.iter().any(|(key, value)| {
            matches!(key, Const::Str(key) if key.eq_ignore_ascii_case("content-type"))
                && value.as_str().is_some_and(|kind| !kind.contains("html"))
        })
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

    /// Data reaches a place where it does harm, unless it is harmless there.
    pub fn hit(&mut self, weakness: Weakness, taint: &Taint, range: TextRange, sink: &str) {
        if !taint.is_some() {
            return;
        }
        let mut best: Option<(SourceKind, super::values::Flow)> = None;
        for flow in taint.flows() {
            let clean = self.state.clean(flow);
            if Mask::of(weakness).within(clean) {
                continue;
            }
            let Some(kind) = self.kind_of(flow.origin) else { continue };
            if kind == SourceKind::Random {
                continue;
            }
            let flow = super::values::Flow { clean, ..*flow };
            if best.is_none_or(|(known, _)| kind < known) {
                best = Some((kind, flow));
            }
        }
        if let Some((_, flow)) = best {
            self.record(weakness, Some(flow), range, sink);
        }
    }

    /// A dangerous use that is about no data.
    fn plain_hit(&mut self, weakness: Weakness, range: TextRange, sink: &str) {
        if self.unit() == 0 {
            self.record(weakness, None, range, sink);
        }
    }

    fn record(&mut self, weakness: Weakness, flow: Option<super::values::Flow>, range: TextRange, sink: &str) {
        let (mut unit, mut range) = (self.unit(), range);
        if unit != 0 {
            // Dangerous in another file: shown where this file hands its data over.
            let Some((caller, place)) = self.frames.last().and_then(|frame| frame.call_site) else { return };
            if caller != 0 {
                return;
            }
            if let Some(flow) = flow {
                self.steps.push(super::interpret::Step {
                    before: Some(flow.step),
                    unit,
                    range,
                    note: super::interpret::StepNote::Source(Text::from(format!("reaches `{}`", shown(sink)))),
                });
            }
            (unit, range) = (caller, place);
        }
        if !self.seen.insert((unit, range, weakness)) {
            return;
        }
        self.hits.push(Hit { weakness, unit, range, flow, sink: Text::from(shown(sink)) });
    }
}

/// A name for people.
fn shown(sink: &str) -> String {
    let name = sink
        .trim_start_matches(['?', '.'])
        .replace("builtins.", "")
        .replace(REQUEST, "request")
        .replace(SESSION, "session");
    if name.len() > 60 { name.rsplit('.').next().unwrap_or("").to_owned() } else { name }
}

/// Whether a constant looks like encoded data: long, and without a space.
fn is_packed(value: &Value) -> bool {
    let text = value.as_const().and_then(Const::as_text);
    text.is_some_and(|text| text.len() > 40 && !text.contains(char::is_whitespace))
}

fn starts_upper(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}

fn looks_like_sql(value: &Value) -> bool {
    let text = match &value.kind {
        Kind::Text(Some(prefix)) => prefix.as_ref(),
        Kind::Const(constant) => match constant.as_text() {
            Some(text) => text.as_ref(),
            None => return false,
        },
        Kind::Name(_) | Kind::Unknown => return false,
        _ => return value.taint.is_some(),
    };
    let start: String = text.trim_start().chars().take(8).collect::<String>().to_ascii_uppercase();
    ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH ", "CALL", "CREATE", "DROP", "ALTER"]
        .iter()
        .any(|word| start.starts_with(word))
}

fn is_ldap(owner: &str) -> bool {
    owner.contains("ldap")
        || owner.starts_with("?conn")
        || owner.contains("Connection(")
        || owner.contains("get_connection")
}

fn is_mongo(owner: &str) -> bool {
    owner.contains("pymongo")
        || owner.contains("mongo")
        || owner.contains("db")
        || owner.contains("collection")
        || owner.contains("motor")
}

fn is_client(owner: &str) -> bool {
    matches!(
        owner,
        "requests.Session()"
            | "requests.session()"
            | "httpx.Client()"
            | "httpx.AsyncClient()"
            | "aiohttp.ClientSession()"
            | "urllib3.PoolManager()"
            | "urllib3.ProxyManager()"
            | "tornado.httpclient.AsyncHTTPClient()"
            | "?client"
            | "?http_client"
            | "urllib.request.build_opener()"
            | "aiohttp"
            | "aiohttp.request"
            | "?self.client"
            | "?self.http"
            | "?http"
    )
}
