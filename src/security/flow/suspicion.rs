//! Calls that may do harm, by the last part of their names: enough to say which functions need not be run.
//!
//! What a call really does is in [`super::sinks`]; a name that is missing here is only found in functions that
//! are run for another reason, one too many costs time only.

use std::ops::BitOr;
use std::sync::LazyLock;

use ruff_python_ast::{self as ast, Expr};
use rustc_hash::FxHashMap;

use crate::security::python::mentions::{Brings, last_part};

/// Which data would do harm, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Harm(u8);

impl Harm {
    /// None.
    pub const NONE: Self = Self(0);
    /// Data of a client.
    pub const WORLD: Self = Self(1);
    /// Data of this machine's user as well: it becomes code, a command, a query.
    pub const GRAVE: Self = Self(3);
    /// Guessable numbers.
    pub const SECRET: Self = Self(4);

    /// Whether such data would do such harm.
    pub const fn by(self, brings: Brings) -> bool {
        !self.of(brings).is_none()
    }

    /// The part of the harm that such data would do.
    #[must_use]
    pub const fn of(self, brings: Brings) -> Self {
        let world = brings.meets(Brings::WORLD) || brings.meets(Brings::REQUEST);
        let mut able = if world { 1 } else { 0 };
        if brings.meets(Brings::LOCAL) {
            able |= 2;
        }
        if brings.meets(Brings::RANDOM) {
            able |= 4;
        }
        Self(self.0 & able)
    }

    /// Whether there is none.
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }
}

impl BitOr for Harm {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Calls with what they do, and with words of which the receiver must have one; none when any will do.
type Uses = (Harm, &'static [&'static str], &'static [&'static str]);

const USES: &[Uses] = &[
    (
        Harm::GRAVE,
        &[
            "system",
            "popen",
            "popen2",
            "popen3",
            "getoutput",
            "getstatusoutput",
            "create_subprocess_shell",
            "create_subprocess_exec",
            "spawn",
            "execl",
            "execle",
            "execlp",
            "execlpe",
            "execv",
            "execve",
            "execvp",
            "execvpe",
            "posix_spawn",
            "posix_spawnp",
            "startfile",
            "spawnl",
            "spawnle",
            "spawnlp",
            "spawnlpe",
            "spawnv",
            "spawnve",
            "spawnvp",
            "spawnvpe",
            "eval",
            "exec",
            "__import__",
            "import_module",
            "interact",
            "timeit",
            "repeat",
            "run_path",
            "run_module",
            "FunctionType",
            "runcode",
            "runsource",
            "run_string",
            "run_in_subinterp",
            "sympify",
            "check_call",
            "check_output",
            "Popen",
            "Unpickler",
            "unsafe_load",
            "unsafe_load_all",
            "full_load",
            "load_all",
            "read_pickle",
            "read_yaml",
            "execute",
            "executemany",
            "executescript",
            "execute_sql",
            "exec_driver_sql",
            "mogrify",
            "read_sql",
            "read_sql_query",
            "executeQuery",
            "start_query_execution",
            "execute_statement",
            "batch_execute_statement",
            "start_query",
            "get_records",
            "get_first",
            "get_pandas_df",
            "run_query",
            "query_df",
            "query_dataframe",
            "raw",
            "extra",
            "RawSQL",
            "from_statement",
            "fetchrow",
            "fetchval",
            "fetch_all",
            "fetch_one",
            "fetch_val",
            "prepare",
            "SQL",
            "literal_column",
            "RawQuery",
            "render_template_string",
            "Template",
            "SimpleTemplate",
            "from_string",
            "PageTemplate",
            "TRender",
            "stream_template_string",
            "jinja2_template",
            "mako_template",
            "cheetah_template",
            "MarkupTemplate",
            "exec_command",
            "exec_run",
            "send_command",
            "raw_sql",
            "sudo",
            "Subprocess",
            "recv_pyobj",
        ],
        &[],
    ),
    (
        Harm::GRAVE,
        &["run", "call"],
        &[
            "subprocess",
            "invoke",
            "fabric",
            "api",
            "operations",
            "cprofile",
            "trace",
            "proc",
            "sp",
            "conn",
            "pexpect",
            "containers",
            "driver",
            "graph",
            "neo4j",
            "session",
            "tx",
        ],
    ),
    (
        Harm::GRAVE,
        &["compile", "local", "evaluate", "push"],
        &["builtins", "fabric", "api", "operations", "numexpr", "console", "interpreter"],
    ),
    (
        Harm::GRAVE,
        &["load", "loads", "_loads", "decode"],
        &["pickle", "dill", "marshal", "yaml", "torch", "joblib", "numpy", "np", "hickle", "json", "shelve"],
    ),
    (Harm::GRAVE, &["text"], &["sqlalchemy", "sql", "db", "sa", "expression"]),
    (Harm::GRAVE, &["fetch", "cursor"], &["conn", "db", "pool", "connection", "database", "client", "http", "session"]),
    (Harm::GRAVE, &["template"], &["bottle", "mako"]),
    (Harm::GRAVE, &["open"], &["shelve"]),
    (
        Harm::WORLD,
        &[
            "open",
            "remove",
            "unlink",
            "mkdir",
            "makedirs",
            "rmdir",
            "removedirs",
            "listdir",
            "scandir",
            "walk",
            "readlink",
            "rmtree",
            "ZipFile",
            "getline",
            "read_csv",
            "loadtxt",
            "mkdtemp",
            "send_file",
            "FileResponse",
            "open_file",
            "getsize",
            "truncate",
            "make_archive",
            "serve",
            "TarFile",
            "utime",
            "imread",
            "open_resource",
            "rename",
            "renames",
            "symlink",
            "copy2",
            "copyfile",
            "copytree",
            "unpack_archive",
            "redirect",
            "HttpResponseRedirect",
            "HttpResponsePermanentRedirect",
            "RedirectResponse",
            "HTTPFound",
            "HTTPSeeOther",
            "HTTPMovedPermanently",
            "HTTPTemporaryRedirect",
            "HTTPPermanentRedirect",
            "HTTPRedirect",
            "Redirect",
            "seeother",
            "found",
            "tempredirect",
            "FileIO",
            "file_stream",
            "serve_file",
            "chdir",
            "read_json",
            "read_excel",
            "read_parquet",
            "genfromtxt",
            "fromfile",
            "savetxt",
            "setattr",
            "urlopen",
            "urlretrieve",
            "HTTPConnection",
            "HTTPSConnection",
            "create_connection",
            "HttpResponse",
            "HttpResponseBadRequest",
            "HttpResponseNotFound",
            "HttpResponseForbidden",
            "HttpResponseServerError",
            "HTMLResponse",
            "Response",
            "make_response",
            "Markup",
            "mark_safe",
            "SafeString",
            "HTMLString",
            "fullmatch",
            "finditer",
            "XPath",
            "ETXPath",
            "Selector",
            "xpathEval",
            "xpath",
            "findtext",
            "iterfind",
            "iter_select",
            "sendmail",
            "send_mail",
            "mail_admins",
            "mail_managers",
            "attach_alternative",
            "format_html",
            "scan",
            "query",
            "fromstring",
            "XML",
            "iterparse",
            "fromstringlist",
            "parseString",
            "make_parser",
            "md5",
            "sha1",
            "send_from_directory",
            "static_file",
            "search_s",
            "search_st",
            "search_ext",
            "search_ext_s",
            "paged_search",
            "simple_bind_s",
            "bind_s",
            "delete_s",
            "modify_s",
            "add_s",
            "compare_s",
            "find_one",
            "find_one_and_update",
            "find_one_and_delete",
            "delete_one",
            "delete_many",
            "update_one",
            "update_many",
            "count_documents",
            "aggregate",
            "find_one_and_replace",
            "replace_one",
            "set_cookie",
            "add_cookie",
            "extractall",
            "extract",
            "read_text",
            "read_bytes",
            "write_text",
            "write_bytes",
            "iterdir",
            "symlink_to",
            "hardlink_to",
            "rglob",
            "save",
            "ws_connect",
            "fetch_url",
            "set_header",
            "add_header",
            "send_header",
            "format_map",
            "update_by_query",
            "delete_by_query",
            "order_by",
            "having",
            "where",
            "group_by",
            "write",
            "finish",
            "download_file",
            "upload_file",
            "map_reduce",
            "inline_map_reduce",
            "execute_command",
            "update_item",
            "delete_item",
            "put_item",
            "get_item",
            "from_url",
            "Request",
            "glob",
            "touch",
            "chmod",
            "link",
            "ZipInfo",
            "findall",
            "search",
            "html",
            "literal",
            "log",
            "search_base",
            "writerow",
            "set_password",
            "writerows",
            "float",
            "complex",
            "globals",
            "locals",
        ],
        &[],
    ),
    (Harm::WORLD, &["compile", "match", "split", "sub", "subn"], &["re", "regex"]),
    (Harm::WORLD, &["replace", "stat", "chown", "copy", "move"], &["os", "path", "shutil"]),
    (Harm::WORLD, &["find"], &["etree", "tree", "root", "db", "collection", "mongo", "motor", "doc", "xml"]),
    (
        Harm::WORLD,
        &["parse", "select"],
        &["etree", "dom", "sax", "xml", "parser", "feed", "element", "pulldom", "minidom", "objectify"],
    ),
    (
        Harm::WORLD,
        &[
            "get", "post", "put", "delete", "patch", "head", "options", "request", "stream", "download", "connect",
            "setopt",
        ],
        &[
            "request",
            "http",
            "client",
            "session",
            "pool",
            "opener",
            "urllib",
            "wget",
            "curl",
            "websocket",
            "objects",
            "aio",
        ],
    ),
    (
        Harm::WORLD,
        &["create", "update", "update_or_create", "get_or_create", "filter", "exclude"],
        &["objects", "session", "query", "calls", "participants"],
    ),
    (Harm::WORLD, &["set", "add", "setdefault"], &["headers", "session"]),
    (Harm::WORLD, &["debug", "info", "warning", "warn", "error", "exception", "critical"], &["log"]),
    (Harm::WORLD, &["new"], &["hashlib"]),
    (Harm::GRAVE, &["select", "exists"], &["pony"]),
    (Harm::GRAVE, &["eval", "register_script"], &["redis"]),
    (Harm::WORLD, &["update"], &["__dict__"]),
    (Harm::GRAVE, &["sql", "command"], &["spark", "duckdb", "clickhouse", "conn", "client"]),
    (Harm::WORLD, &["objects"], &[]),
    (Harm::WORLD, &["get", "put", "mkdir", "rmdir", "listdir"], &["sftp"]),
    (Harm::WORLD, &["command"], &["db", "mongo"]),
    (Harm::WORLD, &["build"], &["images"]),
    (Harm::WORLD, &["create"], &["containers"]),
    (Harm::WORLD, &["HTML"], &[]),
    (Harm::WORLD, &["file"], &["sanic"]),
    (Harm::WORLD, &["File"], &["litestar"]),
    (Harm::WORLD, &["markdown"], &["streamlit"]),
];

type Entry = (Harm, &'static [&'static str]);

static HARM: LazyLock<FxHashMap<&'static str, Vec<Entry>>> = LazyLock::new(|| {
    let mut all: FxHashMap<&'static str, Vec<Entry>> = FxHashMap::default();
    for (harm, names, owners) in USES {
        for name in *names {
            all.entry(name).or_default().push((*harm, owners));
        }
    }
    all
});

/// What a call may do. The origin says in words what it is called on, and is asked for only where that matters.
pub fn of_call(call: &ast::ExprCall, origin: impl FnOnce() -> String) -> Harm {
    let spread = call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
    let harm = if spread { Harm::WORLD } else { Harm::NONE };
    let prints = || matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "print");
    let to_file = call.arguments.keywords.iter().any(|keyword| keyword.arg.as_ref().is_some_and(|name| name == "file"));
    let harm = if to_file && prints() { harm | Harm::WORLD } else { harm };
    if let Expr::Attribute(method) = &*call.func
        && method.attr.as_str() == "format"
        && !method.value.is_string_literal_expr()
    {
        return harm | Harm::WORLD;
    }
    harm | of_function(&call.func, origin)
}

/// What a function may do when it is called, whatever it is called on.
pub fn may_do(function: &Expr) -> Harm {
    let name = match function {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return Harm::NONE,
    };
    HARM.get(name).map_or(Harm::NONE, |entries| entries.iter().fold(Harm::NONE, |all, (harm, _)| all | *harm))
}

/// What a function may do when it is called.
pub fn of_function(function: &Expr, origin: impl FnOnce() -> String) -> Harm {
    let (name, is_method) = match function {
        Expr::Name(name) => (name.id.as_str(), false),
        Expr::Attribute(attribute) => (attribute.attr.as_str(), true),
        _ => return Harm::NONE,
    };
    let Some(entries) = HARM.get(name) else { return Harm::NONE };
    let owner = if is_method && entries.iter().any(|(_, owners)| !owners.is_empty()) { Some(origin()) } else { None };
    let fits = |owners: &[&str]| match &owner {
        None => true,
        Some(owner) => owners.is_empty() || owners.iter().any(|word| owner.contains(word)),
    };
    entries.iter().filter(|(_, owners)| fits(owners)).fold(Harm::NONE, |all, (harm, _)| all | *harm)
}

/// What an assignment to such a target may do.
pub fn of_target(target: &Expr) -> Harm {
    match target {
        Expr::Subscript(subscript) => match last_part(&subscript.value) {
            "session" | "headers" | "globals" | "locals" => Harm::WORLD,
            _ if subscript.slice.as_string_literal_expr().is_some_and(|key| is_header(key.value.to_str())) => {
                Harm::WORLD
            }
            name if name.ends_with("esponse") || name == "res" || name == "resp" => Harm::WORLD,
            _ => Harm::NONE,
        },
        Expr::Attribute(attribute) => match attribute.attr.as_str() {
            "location" | "autocorrect_location_header" => Harm::WORLD,
            "text" | "body" | "data" | "content_type" if is_answer(last_part(&attribute.value)) => Harm::WORLD,
            _ if last_part(&attribute.value) == "session" => Harm::WORLD,
            _ => Harm::NONE,
        },
        _ => Harm::NONE,
    }
}

/// Whether a key looks like the name of a header: `X-Name`, `Location`.
fn is_header(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_uppercase())
        && (key.contains('-') || matches!(key, "Location" | "Refresh"))
}

fn is_answer(name: &str) -> bool {
    matches!(name, "resp" | "response" | "res")
}

/// Words of names that keep secrets.
pub const SECRETS: &[&str] = &[
    "token",
    "password",
    "passwd",
    "secret",
    "nonce",
    "otp",
    "session",
    "salt",
    "api_key",
    "apikey",
    "csrf",
    "reset_code",
    "cookie",
];
