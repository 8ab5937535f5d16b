//! Names that may bring data into a program: the walk notes where they stand, so that the data flow knows
//! which functions can hold such data, and need not look at the others.
//!
//! A mention is a suspicion by name only. What a name really stands for is found out by whoever runs the code
//! (`security::flow::sources`); a name that is missing here is never looked at, one too many costs time only.

use std::ops::BitOr;
use std::sync::LazyLock;

use ruff_python_ast::{self as ast, Expr};
use rustc_hash::FxHashMap;

use super::bindings::ScopeId;

/// What a name may bring in, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Brings(u8);

impl Brings {
    /// Nothing.
    pub const NOTHING: Self = Self(0);
    /// What a client, an agent or a peer sent.
    pub const WORLD: Self = Self(1);
    /// What may be a request, if the name means what it means in most web programs.
    pub const REQUEST: Self = Self(2);
    /// The command line, the environment, the terminal, rows of a database.
    pub const LOCAL: Self = Self(4);
    /// Numbers that can be guessed.
    pub const RANDOM: Self = Self(8);
    /// Nothing, but it is looked at whatever it is given.
    pub const USE: Self = Self(16);

    /// All sorts of data.
    pub const ANYTHING: Self = Self(15);

    /// Whether there is nothing in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether anything is in both.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Without what is in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl BitOr for Brings {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A place where a name may bring data in.
#[derive(Debug, Clone, Copy)]
pub struct Mention {
    /// The scope in which it stands.
    pub scope: ScopeId,
    /// Where it begins.
    pub at: ruff_text_size::TextSize,
    /// What it may bring.
    pub brings: Brings,
}

/// Attributes of anything.
const ATTRIBUTES: &[(Brings, &[&str])] = &[
    (
        Brings::WORLD,
        &[
            "rfile",
            "FieldStorage",
            "KafkaConsumer",
            "receive_text",
            "receive_json",
            "receive_bytes",
            "receive_str",
            "iter_text",
            "iter_json",
            "recv",
            "recvfrom",
            "recv_into",
            "recvmsg",
            "recv_string",
            "recv_json",
            "recv_pyobj",
            "recv_multipart",
            "receive",
            "get_argument",
            "get_arguments",
            "get_query_argument",
            "get_query_arguments",
            "get_body_argument",
            "get_body_arguments",
            "get_secure_cookie",
            "get_cookie",
            "basic_get",
            "receive_message",
            "receive_messages",
            "websocket",
            "get_json",
            "view_args",
            "generate_content",
            "generate_content_async",
            "acreate",
            "invoke",
            "ainvoke",
            "predict",
            "match_info",
            "cleaned_data",
            "validated_data",
            "validate_on_submit",
            "text_input",
            "text_area",
            "chat_input",
            "file_uploader",
            "query_params",
            "RequestParser",
            "get_current_context",
            "blpop",
            "brpop",
            "xread",
            "xreadgroup",
        ],
    ),
    (Brings::REQUEST, &["request", "req", "current_request"]),
    (
        Brings::LOCAL,
        &[
            "argv",
            "environ",
            "environb",
            "getenv",
            "raw_input",
            "getpass",
            "stdin",
            "parse_args",
            "parse_known_args",
            "fetchone",
            "fetchall",
            "fetchmany",
        ],
    ),
    (
        Brings::RANDOM,
        &[
            "random",
            "randint",
            "randrange",
            "choice",
            "choices",
            "uniform",
            "sample",
            "getrandbits",
            "randbytes",
            "gauss",
            "normalvariate",
            "triangular",
            "betavariate",
            "expovariate",
            "uuid1",
            "rand",
        ],
    ),
    (Brings::USE, &["set_cookie", "set_signed_cookie", "set_secure_cookie", "add_cookie"]),
];

/// Names that stand alone, beside those of [`ATTRIBUTES`].
const NAMES: &[(Brings, &[&str])] = &[(Brings::WORLD, &["ws"]), (Brings::LOCAL, &["input"])];

/// Attributes that only requests have.
pub(super) const OF_REQUESTS: &[&str] = &[
    "GET",
    "POST",
    "FILES",
    "COOKIES",
    "META",
    "args",
    "form",
    "forms",
    "files",
    "cookies",
    "values",
    "query_params",
    "query",
    "params",
    "json",
    "get_json",
    "get_data",
    "body",
    "stream",
    "query_string",
    "path",
    "path_params",
    "matchdict",
    "post",
    "get_full_path",
    "get_param",
    "get_media",
    "media",
    "query_arguments",
    "body_arguments",
];

/// Decorators by which the outside reaches a function.
const DECORATORS: &[&str] = &[
    "route",
    "get",
    "post",
    "put",
    "delete",
    "patch",
    "websocket",
    "head",
    "options",
    "api_route",
    "view",
    "expose",
    "tool",
    "function_tool",
    "kernel_function",
    "ai_function",
    "register_for_llm",
    "agent_tool",
    "tool_plain",
    "command",
    "option",
    "argument",
    "task",
    "shared_task",
    "actor",
    "call_tool",
    "read_resource",
    "get_prompt",
    "errorhandler",
    "app_errorhandler",
    "before_request",
    "before_app_request",
    "http",
    "on",
    "event",
    "resource",
    "prompt",
];

/// Ends of the names of classes whose methods the outside calls.
const BASES: &[&str] = &[
    "Plugin",
    "PluginBase",
    "BasePlugin",
    "BaseTool",
    "Tool",
    "MethodView",
    "Resource",
    "RequestHandler",
    "HTTPEndpoint",
    "WebHandler",
    "View",
    "APIView",
    "ViewSet",
];

/// Methods of such classes that the outside calls.
const METHODS: &[&str] = &[
    "get_redirect_url",
    "get_success_url",
    "_run",
    "_arun",
    "forward",
    "run",
    "execute",
    "invoke",
    "call",
    "get",
    "post",
    "put",
    "delete",
    "patch",
    "head",
];

/// Names that rules ask for before they look any closer, as a set.
pub mod asked {
    /// The environment.
    pub const ENVIRONMENT: u32 = 1;
    /// What opens stores of credentials, watches screens or listens.
    pub const READER: u32 = 1 << 1;
    /// Who uses this machine.
    pub const USER: u32 = 1 << 2;
    /// Which machine this is.
    pub const HOST: u32 = 1 << 3;
    /// Where the program runs.
    pub const FOLDER: u32 = 1 << 4;
    /// The folder of the person who runs it.
    pub const HOME: u32 = 1 << 5;
    /// All files below a folder.
    pub const WALKS: u32 = 1 << 6;
    /// The path of the file itself.
    pub const ITSELF: u32 = 1 << 7;
    /// What encrypts.
    pub const CIPHER: u32 = 1 << 8;
    /// What removes whole folders.
    pub const REMOVES: u32 = 1 << 9;
    /// Where packages lie.
    pub const PACKAGES: u32 = 1 << 10;
    /// What finds a function by a name that is a value.
    pub const INDIRECT: u32 = 1 << 11;
    /// What makes a function a tool of an agent.
    pub const TOOL: u32 = 1 << 12;
    /// What asks a model.
    pub const MODEL: u32 = 1 << 13;
    /// What is an agent, or a part of one.
    pub const AGENT: u32 = 1 << 14;
    /// What nothing but agents and what serves them has.
    pub const AGENT_ALONE: u32 = 1 << 15;
}

/// The names of [`asked`].
const ASKED: &[(u32, &[&str])] = &[
    (asked::ENVIRONMENT, &["environ", "environb", "getenv", "getenvb"]),
    (
        asked::READER,
        &[
            "browser_cookie3",
            "rookiepy",
            "win32crypt",
            "keyring",
            "pyperclip",
            "win32clipboard",
            "PIL",
            "ImageGrab",
            "pyautogui",
            "mss",
            "cv2",
            "sounddevice",
            "pyaudio",
            "clipboard_get",
            "get_typed_strings",
            "storage_state",
            "get_cookies",
        ],
    ),
    (asked::USER, &["getuser", "getlogin"]),
    (asked::HOST, &["gethostname", "node", "uname", "getfqdn"]),
    (asked::FOLDER, &["getcwd"]),
    (asked::HOME, &["expanduser", "home"]),
    (asked::WALKS, &["rglob", "walk"]),
    (asked::ITSELF, &["__file__", "argv"]),
    (asked::CIPHER, &["encrypt", "encrypt_and_digest", "encrypt_file"]),
    (asked::REMOVES, &["rmtree"]),
    (asked::PACKAGES, &["getsitepackages", "getusersitepackages"]),
    (
        asked::INDIRECT,
        &["getattr", "__import__", "__dict__", "__builtins__", "globals", "import_module", "vars", "attrgetter"],
    ),
    (asked::MODEL, &["completions", "messages"]),
    (
        asked::AGENT | asked::AGENT_ALONE,
        &["mcp", "FastMCP", "PLUGIN_CLASS", "AgentBase", "PluginBase", "BasePlugin", "AetherraPlugin"],
    ),
    (asked::AGENT, &["completions"]),
    (
        asked::AGENT_ALONE,
        &["BaseTool", "StructuredTool", "FunctionTool", "function_tool", "kernel_function", "list_tools", "call_tool"],
    ),
];

/// Packages of which agents are made, and of what serves them.
pub const AGENT_PACKAGES: &[&str] = &[
    "Aetherra",
    "aetherra",
    "agents",
    "agno",
    "anthropic",
    "autogen",
    "autogen_agentchat",
    "autogen_core",
    "camel",
    "composio",
    "crewai",
    "crewai_tools",
    "dspy",
    "fastmcp",
    "griptape",
    "haystack",
    "instructor",
    "langchain",
    "langchain_community",
    "langchain_core",
    "langchain_openai",
    "langgraph",
    "letta",
    "litellm",
    "llama_index",
    "lyrixa",
    "marvin",
    "mcp",
    "mem0",
    "metagpt",
    "ollama",
    "openai",
    "phi",
    "pydantic_ai",
    "semantic_kernel",
    "smolagents",
    "strands",
    "swarm",
];

/// What a word may bring, and who asks for it.
static WORDS: LazyLock<FxHashMap<&'static str, (Brings, u32)>> = LazyLock::new(|| {
    let mut all: FxHashMap<&'static str, (Brings, u32)> = FxHashMap::default();
    for (brings, words) in ATTRIBUTES.iter().chain(NAMES) {
        for word in *words {
            all.entry(word).or_default().0 = *brings;
        }
    }
    for (bit, words) in ASKED {
        for word in *words {
            all.entry(word).or_default().1 |= bit;
        }
    }
    all
});

/// Whether a word of this length with this first letter may be in [`WORDS`].
static FIRST: LazyLock<[u32; 128]> = LazyLock::new(|| {
    let mut first = [0_u32; 128];
    for word in WORDS.keys() {
        if let Some(lengths) = word.bytes().next().and_then(|byte| first.get_mut(usize::from(byte))) {
            *lengths |= 1 << word.len().min(31);
        }
    }
    first
});

/// The tables, looked up once a walk.
#[derive(Clone, Copy)]
pub(super) struct Words {
    words: &'static FxHashMap<&'static str, (Brings, u32)>,
    first: &'static [u32; 128],
}

impl Words {
    pub(super) fn new() -> Self {
        Self { words: &WORDS, first: &FIRST }
    }

    /// What a name or an attribute may bring, and who asks for it.
    pub(super) fn of(self, word: &str) -> (Brings, u32) {
        let lengths = word.bytes().next().and_then(|byte| self.first.get(usize::from(byte))).copied().unwrap_or(0);
        let known = if lengths & 1 << word.len().min(31) == 0 { None } else { self.words.get(word) };
        let (brings, mut asked) = known.copied().unwrap_or_default();
        match word.as_bytes() {
            [.., b'l', b'l', b'm'] => asked |= asked::MODEL | asked::AGENT,
            [.., b't' | b'T', b'o', b'o', b'l'] => asked |= asked::TOOL,
            [.., b'A', b'g', b'e', b'n', b't'] => asked |= asked::AGENT,
            _ => {}
        }
        (brings, asked)
    }
}

/// Whether a parameter of this type may be a request: by its name, or because the type says nothing.
pub fn may_be_request(annotation: &Expr) -> bool {
    match annotation {
        Expr::StringLiteral(text) => text.value.to_str().contains("Request"),
        Expr::Name(_) | Expr::Attribute(_) => {
            let name = last_part(annotation);
            name.contains("Request") || matches!(name, "Any" | "object")
        }
        _ => true,
    }
}

/// The last part of a dotted name, of a call of it, or of a subscript of it.
pub fn last_part(expr: &Expr) -> &str {
    match expr {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        Expr::Call(call) => match &*call.func {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            _ => "",
        },
        Expr::Subscript(subscript) => match &*subscript.value {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            _ => "",
        },
        _ => "",
    }
}

/// Whether a call gives what a model answered, by the receiver and the method.
pub(super) fn is_answer(receiver: &str, method: &str) -> bool {
    match method {
        "create" | "parse" => matches!(receiver, "completions" | "responses" | "messages" | "ChatCompletion"),
        "complete" | "chat" => receiver.contains("llm"),
        _ => false,
    }
}

/// Whether the outside may call methods of a class, by its name and its bases.
pub(super) fn is_reached(class: &ast::StmtClassDef) -> bool {
    let ends = |name: &str| BASES.iter().any(|base| name.ends_with(base));
    ends(class.name.as_str()) || class.bases().iter().any(|base| ends(last_part(base)))
}

/// Whether a class answers requests itself: its attributes are what a client sent.
pub(super) fn answers(class: &ast::StmtClassDef) -> bool {
    class.bases().iter().any(|base| last_part(base).ends_with("HTTPRequestHandler"))
}

/// What the name of a decorator begins with.
fn decorator_owner(decorator: &Expr) -> Option<&str> {
    let function = decorator.as_call_expr().map_or(decorator, |call| &call.func);
    function.as_attribute_expr().map(|attribute| last_part(&attribute.value))
}

/// Whether a decorator hands a function to the outside. The verbs of HTTP are common words: they count as methods of
/// something other than a mock, or with a path.
fn is_route(decorator: &Expr) -> bool {
    let name = last_part(decorator);
    // Common words that mean something to one library.
    if matches!(name, "field" | "mutation" | "subscription") {
        return matches!(decorator_owner(decorator), Some("strawberry"));
    }
    if !DECORATORS.contains(&name) {
        return false;
    }
    let (function, call) = match decorator {
        Expr::Call(call) => (&*call.func, Some(call)),
        other => (other, None),
    };
    let Expr::Attribute(attribute) = function else {
        let path = call.and_then(|call| call.arguments.args.first()).and_then(Expr::as_string_literal_expr);
        let verb = matches!(name, "get" | "post" | "put" | "delete" | "patch" | "head" | "options" | "on" | "event");
        return !verb || path.is_some_and(|path| path.value.to_str().starts_with('/'));
    };
    !matches!(last_part(&attribute.value), "mock" | "mocker" | "pytest" | "unittest")
}

/// What the shape of a function says: its decorators, its parameters, the class around it.
pub(super) fn of_function(function: &ast::StmtFunctionDef, reached: bool) -> Brings {
    let decorated = function.decorator_list.iter().any(|decorator| is_route(&decorator.expression));
    // Handlers of web.py and of CherryPy are called as the method of the request is.
    let verb = matches!(function.name.as_str(), "GET" | "POST" | "PUT" | "DELETE" | "PATCH");
    if decorated || verb || reached && METHODS.contains(&function.name.as_str()) {
        return Brings::WORLD | Brings::USE;
    }
    let mut brings = Brings::NOTHING;
    let mut names = [""; 5];
    for (index, parameter) in function.parameters.iter_non_variadic_params().enumerate() {
        let name = parameter.name().as_str();
        if let Some(slot) = names.get_mut(index) {
            *slot = name;
        }
        let typed = parameter.annotation().map_or("", last_part);
        if typed.ends_with("Request")
            || typed.ends_with("WebSocket")
            || matches!(typed, "StreamReader" | "Update")
            || name == "websocket"
        {
            brings = brings | Brings::WORLD;
        } else if matches!(name, "request" | "req") && parameter.annotation().is_none_or(may_be_request) {
            brings = brings | Brings::REQUEST;
        }
        if matches!(parameter.default().map(last_part), Some("Depends" | "Security")) {
            brings = brings | Brings::WORLD;
        }
    }
    match names {
        ["event", "context", "", "", ""] => brings | Brings::WORLD | Brings::USE,
        [_, "info" | "_info", ..] if function.name.starts_with("resolve_") || function.name.as_str() == "mutate" => {
            brings | Brings::WORLD
        }
        ["environ", "start_response", "", "", ""] => brings | Brings::WORLD,
        [_, "method" | "_method", _, "body", ""] | ["self", _, "method" | "_method", _, "body"] => {
            brings | Brings::WORLD
        }
        // Pages of Twisted.
        ["self", "request", "", "", ""] if function.name.starts_with("render") => brings | Brings::WORLD | Brings::USE,
        ["client", "userdata", "msg" | "message", "", ""] => brings | Brings::WORLD,
        // Tasks of Airflow are given what belongs to the run.
        _ if function.parameters.kwarg.as_ref().is_some_and(|rest| rest.name.as_str() == "context") => {
            brings | Brings::WORLD
        }
        _ => brings,
    }
}
