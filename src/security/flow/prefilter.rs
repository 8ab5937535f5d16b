//! Which files are worth a look: those whose text names a source and a dangerous use.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// Words of the web, of agents and of the network: whoever handles such data is always looked at.
const OUTSIDE: &[&str] = &[
    "request",
    "websocket",
    "route(",
    "get_argument",
    "environ, start_response",
    "event, context",
    "@tool",
    "_tool",
    "BaseTool",
    "Plugin",
    "FieldStorage",
    "fastapi",
    "flask",
    "bottle",
    "recv(",
    "recv_",
    "KafkaConsumer",
    "basic_consume",
    "set_cookie",
    "rfile",
    "method, properties",
    "hashlib.new",
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

/// Where the words of sources stand, in order.
pub fn source_places(text: &str) -> Vec<usize> {
    let mut places: Vec<usize> = [&OUTSIDE_WORDS, &LOCAL_WORDS]
        .into_iter()
        .filter_map(|words| words.as_ref())
        .flat_map(|words| words.find_iter(text).map(|found| found.start()))
        .collect();
    places.sort_unstable();
    places
}
