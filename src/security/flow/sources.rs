//! Where data enters: requests of web frameworks, arguments, sockets, queues, files.
//!
//! All request objects have one name here, whatever framework they come from: their attributes do not
//! contradict one another.

use super::declared::is_harmless_field;
use super::values::{Text, Value};
use super::weakness::{Mask, Weakness};

/// The one name of request objects.
pub const REQUEST: &str = "@request";
/// The one name of files that clients send, where a framework hands them over as such.
pub const UPLOAD: &str = "@upload";
/// The one name of sessions.
pub const SESSION: &str = "@session";
/// The one name of websockets.
pub const SOCKET: &str = "@websocket";

/// What sort of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// A client of a web service.
    Web,
    /// A model that calls a tool, or whoever talks to it.
    Agent,
    /// A peer on the network, a message queue.
    Network,
    /// The command line.
    Arguments,
    /// The environment.
    Environment,
    /// A person at the terminal.
    Console,
    /// A file or a database.
    Stored,
    /// A generator of guessable numbers.
    Random,
    /// Whoever calls a function in which a rule suspects something. Nothing is told of such data: it is there for the
    /// tests that make it harmless.
    Caller,
}

/// Modules outside that are never files of a project, though files of a project may have their names.
pub fn is_known_module(top: &str) -> bool {
    matches!(
        top,
        "os" | "sys"
            | "subprocess"
            | "pickle"
            | "marshal"
            | "shelve"
            | "dill"
            | "flask"
            | "django"
            | "fastapi"
            | "starlette"
            | "aiohttp"
            | "tornado"
            | "bottle"
            | "requests"
            | "urllib"
            | "urllib3"
            | "http"
            | "httpx"
            | "sqlite3"
            | "sqlalchemy"
            | "psycopg2"
            | "psycopg"
            | "asyncpg"
            | "pymysql"
            | "MySQLdb"
            | "mysql"
            | "pymongo"
            | "lxml"
            | "xml"
            | "yaml"
            | "json"
            | "re"
            | "html"
            | "markupsafe"
            | "jinja2"
            | "mako"
            | "shlex"
            | "base64"
            | "hashlib"
            | "random"
            | "secrets"
            | "tarfile"
            | "zipfile"
            | "shutil"
            | "pathlib"
            | "tempfile"
            | "logging"
            | "ldap"
            | "ldap3"
            | "socket"
            | "asyncio"
            | "codecs"
            | "string"
            | "functools"
            | "itertools"
            | "collections"
            | "configparser"
            | "argparse"
            | "click"
            | "werkzeug"
            | "elementpath"
            | "numpy"
            | "torch"
            | "joblib"
            | "pandas"
            | "importlib"
            | "builtins"
            | "copy"
            | "io"
            | "typing"
            | "abc"
            | "dataclasses"
            | "contextlib"
            | "threading"
            | "multiprocessing"
            | "ast"
            | "types"
            | "uuid"
            | "datetime"
            | "time"
            | "math"
            | "ssl"
            | "smtplib"
            | "email"
            | "paramiko"
            | "boto3"
            | "redis"
            | "pika"
            | "kafka"
            | "celery"
            | "websockets"
            | "quart"
            | "sanic"
            | "pyramid"
            | "rest_framework"
            | "pydantic"
            | "defusedxml"
            | "bleach"
            | "operator"
            | "textwrap"
            | "enum"
            | "inspect"
            | "falcon"
            | "cherrypy"
            | "litestar"
            | "streamlit"
            | "gradio"
            | "peewee"
            | "duckdb"
            | "grpc"
            | "functions_framework"
            | "wtforms"
            | "flask_wtf"
            | "flask_restful"
    )
}

/// The name that tables use for a dotted name.
pub fn canonical(name: &str) -> String {
    match name {
        "flask.request" | "quart.request" | "bottle.request" | "flask.globals.request" => return REQUEST.to_owned(),
        "flask.session" | "quart.session" => return SESSION.to_owned(),
        "quart.websocket" => return SOCKET.to_owned(),
        "@request.session" => return SESSION.to_owned(),
        "chalice.Chalice().current_request" => return REQUEST.to_owned(),
        _ => {}
    }
    // Most names begin otherwise than all of these.
    if !matches!(name.as_bytes(), [b'f' | b'w' | b'q' | b'c' | b'_' | b's' | b'u' | b'x' | b'p' | b'n', ..]) {
        return name.to_owned();
    }
    for (long, short) in [
        ("flask.helpers.", "flask."),
        ("flask.wrappers.", "flask."),
        ("flask.templating.", "flask."),
        ("werkzeug.utils.redirect", "flask.redirect"),
        ("quart.", "flask."),
        ("cPickle.", "pickle."),
        ("_pickle.", "pickle."),
        ("six.moves.urllib.", "urllib."),
        ("six.moves.cPickle.", "pickle."),
        ("urllib2.urlopen", "urllib.request.urlopen"),
        ("urllib2.Request", "urllib.request.Request"),
        ("urllib.urlopen", "urllib.request.urlopen"),
        ("urllib.quote", "urllib.parse.quote"),
        ("urllib.unquote", "urllib.parse.unquote"),
        ("urlparse.urlparse", "urllib.parse.urlparse"),
        ("xml.etree.cElementTree.", "xml.etree.ElementTree."),
        ("posixpath.", "os.path."),
        ("ntpath.", "os.path."),
        ("psycopg2.extensions.", "psycopg2."),
        ("starlette.responses.", "fastapi.responses."),
        ("starlette.requests.", "fastapi."),
        ("psycopg.sql.", "psycopg2.sql."),
        ("werkzeug.wrappers.", "flask."),
        ("pandas.core.frame.", "pandas."),
    ] {
        if name.as_bytes().first() == long.as_bytes().first()
            && let Some(rest) = name.strip_prefix(long)
        {
            return format!("{short}{rest}");
        }
    }
    name.to_owned()
}

/// What a check of an attribute says about the whole.
pub fn speaks_for(attribute: &str) -> Mask {
    match attribute {
        "netloc" | "hostname" | "host" => Mask::of_all(&[Weakness::Ssrf, Weakness::Redirect]),
        "parents" | "parent" => Mask::of_all(&[Weakness::Path, Weakness::Archive]),
        _ => Mask::NONE,
    }
}

/// Attributes of requests that a client chooses.
fn request_words(attribute: &str) -> Option<&'static str> {
    Some(match attribute {
        "args" | "GET" | "query_params" | "query" | "params" | "query_arguments" | "rel_url" => "a query parameter",
        "form" | "POST" | "forms" | "values" | "data" | "body_arguments" | "arguments" | "post_vars" | "vars" => {
            "a field of the request"
        }
        "json" | "body" | "raw_body" | "stream" | "content" | "get_data" | "json_body" | "raw_post_data"
        | "bounded_stream" | "media" => "the body of the request",
        "headers" | "META" | "environ" | "user_agent" | "referrer" | "accept_languages" | "authorization" => {
            "a header of the request"
        }
        "cookies" | "COOKIES" => "a cookie",
        "files" | "FILES" => "an uploaded file",
        "query_string" | "full_path" | "path" | "url" | "uri" | "raw_path" | "path_qs" | "base_url" | "path_info" => {
            "the address of the request"
        }
        "match_info" | "path_params" | "route_params" | "view_args" | "matchdict" | "kwargs" | "resolver_match" => {
            "a part of the address"
        }
        _ => return None,
    })
}

/// Methods of requests that give what a client sent.
fn request_call(method: &str) -> Option<&'static str> {
    Some(match method {
        "get_json" | "get_data" | "json" | "post" | "text" | "read" | "body" | "form" | "multipart" | "stream" => {
            "the body of the request"
        }
        "get_full_path" | "build_absolute_uri" | "get_raw_uri" => "the address of the request",
        "get_cookie" | "get_signed_cookie" => "a cookie",
        "get_header" => "a header of the request",
        "get_param"
        | "get_media"
        | "getvalue"
        | "get_argument"
        | "get_arguments"
        | "get_query_argument"
        | "get_query_arguments"
        | "get_body_argument"
        | "get_body_arguments" => "a parameter of the request",
        _ => return None,
    })
}

/// Whether a method of requests gives a number, or something else that cannot do harm.
pub fn gives_number(name: &str) -> bool {
    let method = name.strip_prefix("@request.get_param_as_");
    method.is_some_and(|kind| matches!(kind, "int" | "float" | "bool" | "uuid" | "date" | "datetime"))
}

/// Whether an attribute gives data that is harmless by its kind: what a field for numbers holds.
pub fn is_harmless_attribute(full: &str) -> bool {
    let field = full.strip_prefix("wtforms.").and_then(|name| name.strip_suffix(".data"));
    field.is_some_and(is_harmless_field)
}

/// Data that reading this attribute gives.
pub fn attribute_source(full: &str) -> Option<(SourceKind, &'static str)> {
    if let Some(attribute) = full.strip_prefix("@request.") {
        return request_words(attribute).map(|words| (SourceKind::Web, words));
    }
    // What whoever starts a run of Airflow gives it.
    if full.ends_with("[].conf") && (full.contains("context") || full.starts_with("?kwargs")) {
        return Some((SourceKind::Network, "the configuration of the run"));
    }
    if full.ends_with(".cleaned_data") || full.ends_with(".validated_data") {
        return Some((SourceKind::Web, "a field of a form"));
    }
    if full.starts_with("wtforms.") && full.ends_with("Field().data") {
        return Some((SourceKind::Web, "a field of a form"));
    }
    Some(match full {
        "streamlit.query_params" => (SourceKind::Web, "a query parameter"),
        "cherrypy.request.params"
        | "cherrypy.request.json"
        | "cherrypy.request.body"
        | "cherrypy.request.headers"
        | "cherrypy.request.cookie"
        | "cherrypy.request.query_string" => (SourceKind::Web, "the request"),
        "telegram.Update().message"
        | "telegram.Update().effective_message"
        | "telegram.Update().callback_query"
        | "telegram.ext.ContextTypes.DEFAULT_TYPE().args" => (SourceKind::Web, "what a user of the chat wrote"),
        "sys.argv" => (SourceKind::Arguments, "the command line"),
        "os.environ" | "os.environb" => (SourceKind::Environment, "the environment"),
        "http.server.BaseHTTPRequestHandler().path" | "http.server.SimpleHTTPRequestHandler().path" => {
            (SourceKind::Web, "the address of the request")
        }
        "http.server.BaseHTTPRequestHandler().headers" | "http.server.SimpleHTTPRequestHandler().headers" => {
            (SourceKind::Web, "a header of the request")
        }
        "http.server.BaseHTTPRequestHandler().rfile" => (SourceKind::Web, "the body of the request"),
        "socketserver.StreamRequestHandler().rfile" | "socketserver.DatagramRequestHandler().rfile" => {
            (SourceKind::Network, "a socket")
        }
        _ => return None,
    })
}

/// Data that an element, or any element, of this gives.
pub fn element_source(name: &str) -> Option<(SourceKind, &'static str)> {
    if name == SOCKET || name.ends_with("websocket") {
        return Some((SourceKind::Web, "a message of a websocket"));
    }
    if name == "?ws" {
        return Some((SourceKind::Web, "a message of a websocket"));
    }
    match name {
        "sys.stdin" => Some((SourceKind::Console, "standard input")),
        "kafka.KafkaConsumer()" => Some((SourceKind::Network, "a message of a queue")),
        _ => None,
    }
}

/// Data that this call gives.
pub fn call_source(name: &str) -> Option<(SourceKind, &'static str)> {
    use SourceKind as S;
    if let Some(method) = name.strip_prefix("@request.") {
        return request_call(method).map(|words| (S::Web, words));
    }
    if let Some((receiver, method)) = name.rsplit_once('.') {
        let socket =
            receiver == SOCKET || receiver.ends_with("websocket") || receiver == "?ws" || receiver == "?socket.ws";
        match method {
            "receive_text" | "receive_json" | "receive_bytes" | "receive_str" | "iter_text" | "iter_json" => {
                return Some((S::Web, "a message of a websocket"));
            }
            "recv" | "receive" if socket => return Some((S::Web, "a message of a websocket")),
            "recv" | "recvfrom" | "recv_into" | "recvmsg" => {
                if receiver.starts_with("socket.")
                    || receiver.contains("sock")
                    || receiver.contains("conn")
                    || receiver.contains("client")
                    || receiver.contains("accept()")
                {
                    return Some((S::Network, "a socket"));
                }
            }
            "readline" | "readuntil" | "readexactly" | "read" if receiver == "asyncio.StreamReader()" => {
                return Some((S::Network, "a socket"));
            }
            "recv_string" | "recv_json" | "recv_pyobj" | "recv_multipart" => return Some((S::Network, "a socket")),
            "get_argument"
            | "get_arguments"
            | "get_query_argument"
            | "get_query_arguments"
            | "get_body_argument"
            | "get_body_arguments"
            | "get_secure_cookie"
            | "get_cookie"
                if receiver.contains("RequestHandler") || receiver.starts_with("?self") || receiver == "?class" =>
            {
                return Some((S::Web, "a parameter of the request"));
            }
            "parse_args" | "parse_known_args" if !receiver.contains("werkzeug") => {
                return Some((S::Arguments, "the command line"));
            }
            "getvalue" | "getfirst" | "getlist" if receiver.contains("FieldStorage") => {
                return Some((S::Web, "a parameter of the request"));
            }
            "create" | "acreate" | "parse"
                if receiver.ends_with(".completions")
                    || receiver.ends_with(".responses")
                    || receiver.ends_with(".ChatCompletion")
                    || receiver.ends_with("anthropic.Anthropic().messages")
                    || receiver.ends_with("anthropic.AsyncAnthropic().messages") =>
            {
                return Some((S::Agent, "an answer of a model"));
            }
            "generate_content" | "generate_content_async" => return Some((S::Agent, "an answer of a model")),
            "invoke" | "predict" | "ainvoke" | "complete" | "chat"
                if receiver.contains("ChatOpenAI()")
                    || receiver.contains("ChatAnthropic()")
                    || receiver.contains("OpenAI()")
                    || receiver == "?llm"
                    || receiver == "?self.llm" =>
            {
                return Some((S::Agent, "an answer of a model"));
            }
            "text_input" | "text_area" | "chat_input" | "file_uploader" if receiver.starts_with("streamlit") => {
                return Some((S::Web, "a field of a form"));
            }
            "basic_get" | "receive_message" | "receive_messages" if !receiver.starts_with('@') => {
                return Some((S::Network, "a message of a queue"));
            }
            "blpop" | "brpop" | "xread" | "xreadgroup" | "get_message"
                if receiver.to_ascii_lowercase().contains("redis") =>
            {
                return Some((S::Network, "a message of a queue"));
            }
            "fetchone" | "fetchall" | "fetchmany" => return Some((S::Stored, "a row of a database")),
            _ => {}
        }
    }
    Some(match name {
        "builtins.input" | "?raw_input" | "getpass.getpass" => (S::Console, "the terminal"),
        "os.getenv" | "os.environ.get" | "os.environ.pop" => (S::Environment, "the environment"),
        "sys.stdin.read" | "sys.stdin.readline" | "sys.stdin.readlines" | "sys.stdin.buffer.read" => {
            (S::Console, "standard input")
        }
        "web.input" | "web.data" | "web.cookies" => (S::Web, "a parameter of the request"),
        "streamlit.experimental_get_query_params" => (S::Web, "a query parameter"),
        "cgi.FieldStorage" => (S::Web, "a parameter of the request"),
        "random.random"
        | "random.randint"
        | "random.randrange"
        | "random.choice"
        | "random.choices"
        | "random.uniform"
        | "random.sample"
        | "random.getrandbits"
        | "random.randbytes"
        | "random.gauss"
        | "random.normalvariate"
        | "random.triangular"
        | "random.betavariate"
        | "random.expovariate"
        | "random.Random().random"
        | "random.Random().randint"
        | "random.Random().choice"
        | "random.Random().randbytes"
        | "random.Random().getrandbits"
        | "random.Random().choices"
        | "random.Random().sample"
        | "numpy.random.rand"
        | "numpy.random.randint"
        | "numpy.random.random"
        | "numpy.random.bytes"
        | "numpy.random.choice"
        | "uuid.uuid1" => (S::Random, "a guessable random number"),
        _ => return None,
    })
}

/// An attribute that a class outside gives to its subclasses.
pub fn inherited_attribute(bases: &[Text], name: &str) -> Option<Value> {
    let handler = bases.iter().any(|base| {
        base.ends_with("RequestHandler") && !base.starts_with("http.server")
            || base.ends_with("View")
            || base.ends_with("ViewSet")
            || base.ends_with("MethodView")
            || base.ends_with("APIView")
            || base.ends_with("HTTPEndpoint")
            || base.ends_with("Resource")
            || base.ends_with("Handler") && base.contains("tornado")
    });
    if handler && name == "request" {
        return Some(Value::named(REQUEST));
    }
    if bases.iter().any(|base| base.starts_with("socketserver.")) && name == "request" {
        return Some(Value::named("?socket"));
    }
    None
}
