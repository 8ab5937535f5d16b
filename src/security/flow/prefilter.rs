//! Which files are worth a look: those whose text names a source and a dangerous use.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use memchr::memmem::Finder;
use ruff_python_ast::{self as ast, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustc_hash::FxHashSet;

/// Words of the web, of agents and of the network: whoever handles such data is always looked at.
const OUTSIDE: &[&str] = &[
    "request.headers",
    "request.data",
    "request.url",
    "request.re",
    "request.content",
    "request.host",
    "(request",
    ", request",
    "request.args",
    "request.form",
    "request.GET",
    "request.POST",
    "request.json",
    "request.get_",
    "request.values",
    "request.files",
    "request.FILES",
    "request.cookies",
    "request.COOKIES",
    "request.META",
    "request.path",
    "request.query",
    "request.body",
    "request.match_info",
    "request.view_args",
    "request.stream",
    "request.forms",
    "self.request",
    "import request",
    "import flask",
    "bottle",
    "websocket",
    "route(",
    "get_argument",
    "get_query_argument",
    "get_body_argument",
    "environ, start_response",
    "event, context",
    "@tool",
    "function_tool",
    ".tool(",
    "BaseTool",
    "Plugin",
    "FieldStorage",
    "fastapi",
    "FastAPI",
    "KafkaConsumer",
    "basic_consume",
    "set_cookie",
    "self.rfile",
    "method, properties",
    "hashlib.new",
    "MethodView",
    "APIView",
    "req.get_",
    "req.params",
    "req.media",
    "web.Request",
    "flask.session",
    "completions.create",
    "messages.create",
    "responses.create",
    "generate_content",
    "llm.invoke",
    "llm.predict",
    "set_signed_cookie",
    "set_secure_cookie",
];

/// Words of data that is dangerous only where it becomes code or a command.
const LOCAL: &[&str] = &[
    "argv",
    "environ",
    "getenv",
    "input(",
    "parse_args",
    "stdin",
    "random.",
    "click.",
    "fetchone",
    "fetchall",
    "uuid1",
];

/// Words of dangerous uses.
const GRAVE: &[&str] = &[
    "system(",
    "popen",
    "Popen",
    "subprocess",
    "eval(",
    "exec(",
    "pickle",
    "yaml.load",
    "marshal",
    "joblib",
    "torch.load",
    "token",
    "password",
    "secret",
    "spawn",
    "execl",
    "execv",
    "create_subprocess",
    "exec_command",
    "execute(",
];

/// Words of dangerous uses of data from outside.
const USES: &[&str] = &[
    "system(",
    "popen",
    "subprocess",
    "eval(",
    "exec(",
    "pickle",
    "yaml",
    "marshal",
    "open(",
    "execute",
    "redirect",
    "Redirect",
    "render_template_string",
    "Template(",
    "from_string",
    "urlopen",
    "requests.",
    "httpx",
    "aiohttp",
    "return",
    "write(",
    "search",
    "xpath",
    "etree",
    "set_cookie",
    "session",
    "headers",
    "raw(",
    "extra(",
    "load(",
    "loads(",
    "find",
    "re.",
    "Response",
    "Markup",
    "mark_safe",
    "Path(",
    "shutil",
    "os.",
    "logger",
    "logging",
    "import_module",
    "hashlib.new",
];

fn has(words: &'static LazyLock<Option<AhoCorasick>>, text: &str) -> bool {
    words.as_ref().is_none_or(|words| words.is_match(text))
}

static OUTSIDE_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(OUTSIDE).ok());
static LOCAL_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(LOCAL).ok());
static GRAVE_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(GRAVE).ok());
static USE_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(USES).ok());

/// How far the data of a file is worth following.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// There is no source, or nothing dangerous.
    Nothing,
    /// Within the file: its sources are the machine's own.
    File,
    /// Into the files that it imports as well: its sources are the world's.
    Project,
}

/// How far the data of a file is worth following, by the words in it.
pub fn worth(text: &str) -> Worth {
    if has(&OUTSIDE_WORDS, text) {
        return if has(&USE_WORDS, text) { Worth::Project } else { Worth::Nothing };
    }
    if has(&LOCAL_WORDS, text) && has(&GRAVE_WORDS, text) { Worth::File } else { Worth::Nothing }
}

/// Which code of a file is run.
#[derive(Debug, Default)]
pub struct Choice {
    /// Where the functions start.
    pub functions: FxHashSet<TextSize>,
    /// Whether code outside of functions is a reason by itself.
    pub module: bool,
}

struct Definition<'a> {
    range: TextRange,
    name: &'a str,
    class: Option<TextRange>,
    decorated: bool,
}

fn definitions<'a>(suite: &'a [Stmt], class: Option<TextRange>, depth: u32, found: &mut Vec<Definition<'a>>) {
    if depth == 0 {
        return;
    }
    for stmt in suite {
        match stmt {
            Stmt::FunctionDef(function) => found.push(Definition {
                range: function.range(),
                name: function.name.as_str(),
                class,
                decorated: !function.decorator_list.is_empty(),
            }),
            Stmt::ClassDef(inner) => definitions(&inner.body, Some(inner.range()), depth - 1, found),
            Stmt::If(inner) => {
                definitions(&inner.body, class, depth - 1, found);
                for clause in &inner.elif_else_clauses {
                    definitions(&clause.body, class, depth - 1, found);
                }
            }
            Stmt::Try(inner) => {
                definitions(&inner.body, class, depth - 1, found);
                definitions(&inner.orelse, class, depth - 1, found);
                for ast::ExceptHandler::ExceptHandler(handler) in &inner.handlers {
                    definitions(&handler.body, class, depth - 1, found);
                }
            }
            Stmt::With(inner) => definitions(&inner.body, class, depth - 1, found),
            _ => {}
        }
    }
}

/// Chooses by the words in functions, in the classes around them, and by the names that they call.
pub fn choose(text: &str, suite: &[Stmt], worth: Worth) -> Choice {
    let mut found = Vec::new();
    definitions(suite, None, 12, &mut found);
    let sources = places(&[&OUTSIDE_WORDS, &LOCAL_WORDS], text);
    let uses = match worth {
        Worth::File => places(&[&GRAVE_WORDS], text),
        Worth::Nothing | Worth::Project => Vec::new(),
    };
    let open = worth == Worth::Project;
    let has = |places: &[usize], range: TextRange| {
        let first = places.partition_point(|place| *place < usize::from(range.start()));
        places.get(first).is_some_and(|place| *place < usize::from(range.end()))
    };
    let loose = |places: &[usize]| -> Vec<usize> {
        let outside = |place: &&usize| {
            !found.iter().any(|d| usize::from(d.range.start()) <= **place && **place < usize::from(d.range.end()))
                && !is_import(text, **place)
        };
        places.iter().filter(outside).copied().collect()
    };
    let (loose_sources, loose_uses) = (loose(&sources), loose(&uses));
    let named = |places: &[usize]| -> Vec<Finder<'_>> {
        let all = found.iter().filter(|d| d.name.len() > 2 && has(places, d.range)).take(48);
        all.map(|d| Finder::new(d.name.as_bytes())).collect()
    };
    let (source_names, use_names) = (named(&sources), named(&uses));
    let calls = |names: &[Finder<'_>], range: TextRange| {
        let body = text.get(usize::from(range.start())..usize::from(range.end())).unwrap_or("").as_bytes();
        names.iter().any(|name| name.find(body).is_some())
    };
    let class_sources: Vec<TextRange> =
        found.iter().filter_map(|d| d.class).filter(|class| has(&sources, *class)).collect();
    let mut choice = Choice::default();
    for d in &found {
        let source = has(&sources, d.range)
            || !loose_sources.is_empty()
            || d.class.is_some_and(|class| class_sources.contains(&class))
            || open && d.decorated
            || calls(&source_names, d.range);
        let harm = open || has(&uses, d.range) || source && calls(&use_names, d.range);
        if source && harm {
            choice.functions.insert(d.range.start());
        }
    }
    choice.module = !loose_sources.is_empty() && (open || !loose_uses.is_empty() || !use_names.is_empty());
    choice
}

fn places(lists: &[&'static LazyLock<Option<AhoCorasick>>], text: &str) -> Vec<usize> {
    let mut places: Vec<usize> = lists
        .iter()
        .filter_map(|words| words.as_ref())
        .flat_map(|words| words.find_iter(text).map(|found| found.start()))
        .collect();
    places.sort_unstable();
    places
}

/// Whether a place stands in an import or a comment.
fn is_import(text: &str, place: usize) -> bool {
    let start = text.get(..place).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(start..).unwrap_or("");
    line.starts_with("import ") || line.starts_with("from ") || line.starts_with('#')
}
