//! The rules. One file a rule or a tight family; [`RULES`] is the list.
//!
//! A rule is plain data with one function. It says which nodes it wants to see, and the dispatcher in
//! [`super::check`] shows it exactly those: one loop over the nodes of a file serves all rules, and a call is
//! resolved once, however many rules ask for it.
//!
//! Every rule has its page in `tests/rules/<id>.md`: what, why, bad code with the expected findings, good code
//! without, references. The page is its documentation, its test, and what `explain` prints.

mod accounts;
mod ciphers;
mod clear;
mod cloud;
mod code;
mod confinement;
mod crypto;
mod deserialise;
mod disclosure;
mod files;
mod habits;
mod hosts;
mod imports;
mod malice;
mod markup;
mod models;
mod options;
pub mod pages;
mod patterns;
mod process;
mod races;
mod secrets;
mod selection;
mod settings;
mod sql;
mod ssh;
mod text;
mod texts;
mod tokens;
mod transport;
mod web;
mod words;
mod xml;

use std::borrow::Cow;

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashMap;

pub use selection::{RuleSet, Selection};

pub(in crate::security) use malice::{command_of, starts, tools_of};
pub(in crate::security) use secrets::provider as secret_of_provider;

use super::declaration;
use super::flow::rules as flow;
use super::inputs::rules as inputs;
use super::python::{Constant, Model, Node, NodeId, NodeRef, ScopeId};
use super::source::SourceUnit;
use crate::model::{Category, Confidence, Fix, Severity};

/// The rule with an id.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id).copied()
}

/// The page of a rule, in Markdown.
pub fn page(id: &str) -> Option<&'static str> {
    pages::PAGES.iter().find(|(name, _)| *name == id).map(|(_, page)| *page)
}

/// What a rule wants to see.
#[derive(Debug, Clone, Copy)]
pub enum Trigger {
    /// Calls of one of these qualified names.
    Call(&'static [&'static str]),
    /// Calls of a method, or of a function whatever its module, with one of these names.
    Method(&'static [&'static str]),
    /// Calls that have one of these keyword arguments.
    Keyword(&'static [&'static str]),
    /// Every call with keyword arguments.
    AnyKeyword,
    /// String literals that are no documentation.
    Str,
    /// String literals that have one of these texts in them: all such rules together cost one look at a literal.
    Holding(&'static [&'static str]),
    /// The first of nested `+` and `%`, and f-strings.
    Text,
    /// Comparisons.
    Compare,
    /// Dictionaries.
    Dict,
    /// Assignments, plain and annotated.
    Assign,
    /// Assignments to a variable, an attribute or an element with one of these names.
    Target(&'static [&'static str]),
    /// Function definitions.
    Function,
    /// Class definitions.
    Class,
    /// `assert` statements.
    Assert,
    /// `except` clauses.
    Handler,
    /// Import statements.
    Import,
    /// Once a file, for what needs no syntax tree.
    File,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case identifier.
    pub id: &'static str,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// The ids of the same check in bandit (`B…`) and ruff (`S…`).
    pub aliases: &'static [&'static str],
    /// In which category of risk it counts.
    pub category: Category,
    /// The weakness; zero when none fits.
    pub cwe: u16,
    /// The severity that most findings of this rule have.
    pub severity: Severity,
    /// What to write instead.
    pub help: &'static str,
    /// What it wants to see.
    pub triggers: &'static [Trigger],
    /// Looks at one node.
    pub check: fn(&Site<'_, '_>, &mut Sink<'_>),
}

/// What may be private in a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::security) enum Private {
    /// What stores of credentials hold.
    Stored,
    /// What screens, cameras, microphones and clipboards show.
    Watched,
}

/// What every rule may know of the file around a node.
pub struct FileView<'a> {
    /// The text.
    pub unit: &'a SourceUnit,
    /// Its names and nodes.
    pub model: &'a Model<'a>,
    /// Whether this is test code, by its path and by what it imports.
    pub test_code: bool,
    /// What the text mentions at all, once somebody asked.
    pub(in crate::security) mentions: std::cell::OnceCell<u32>,
    /// Calls by the constant texts that they are given, once somebody asked.
    pub(in crate::security) given: std::cell::OnceCell<FxHashMap<String, Vec<NodeId>>>,
    /// Whether it is a part of a web program, once somebody asked.
    pub(in crate::security) web: std::cell::OnceCell<bool>,
    /// Whether the file at a path was filled with something private, by who asked and the path.
    pub(in crate::security) filled: std::cell::RefCell<FxHashMap<(Private, String), bool>>,
}

impl FileView<'_> {
    /// What the text mentions, in the bits that [`malice`] knows.
    fn hints(&self) -> u32 {
        *self.mentions.get_or_init(|| malice::mentions(self.unit, self.model))
    }
}

/// One node that a rule looks at.
pub struct Site<'s, 'a> {
    /// The file.
    pub file: &'s FileView<'a>,
    /// The node.
    pub node: NodeRef<'a>,
    /// Its index; [`NodeId::NONE`] for [`Trigger::File`].
    pub id: NodeId,
    /// The scope it stands in.
    pub scope: ScopeId,
    /// For calls: the qualified name of what is called.
    pub name: Option<&'s str>,
}

impl<'a> Site<'_, 'a> {
    /// The call, for rules that asked for calls.
    pub fn call(&self) -> Option<&'a ast::ExprCall> {
        match self.node {
            NodeRef::Expr(Expr::Call(call)) => Some(call),
            _ => None,
        }
    }

    /// An argument of the call, by keyword or position.
    pub fn argument(&self, name: &str, position: usize) -> Option<&'a Expr> {
        self.call()?.arguments.find_argument_value(name, position)
    }

    /// The first argument of the call, however it is passed.
    pub fn first(&self) -> Option<&'a Expr> {
        let arguments = &self.call()?.arguments;
        arguments.args.first().or_else(|| arguments.keywords.first().map(|keyword| &keyword.value))
    }

    /// A keyword argument of the call.
    pub fn keyword(&self, name: &str) -> Option<&'a Expr> {
        self.call()?.arguments.find_keyword(name).map(|keyword| &keyword.value)
    }

    /// The constant value of an expression.
    pub fn constant<'e>(&self, expr: &'e Expr) -> Option<Constant<'e>>
    where
        'a: 'e,
    {
        self.file.model.constant(expr, self.scope)
    }

    /// The constant text of an expression.
    pub fn text<'e>(&self, expr: &'e Expr) -> Option<Cow<'e, str>>
    where
        'a: 'e,
    {
        match self.constant(expr)? {
            Constant::Str(text) => Some(text),
            _ => None,
        }
    }

    /// Whether an expression is built from constants alone.
    pub fn is_constant(&self, expr: &Expr) -> bool {
        self.file.model.is_constant(expr, self.scope)
    }

    /// Whether an expression is the constant `True`, or another that counts as true.
    pub fn is_true(&self, expr: &Expr) -> bool {
        self.constant(expr).is_some_and(|value| value.is_true())
    }

    /// Whether an expression is `False`.
    pub fn is_false(&self, expr: &Expr) -> bool {
        matches!(self.constant(expr), Some(Constant::Bool(false)))
    }

    /// The qualified name of an expression.
    pub fn resolve(&self, expr: &Expr) -> Option<String> {
        self.file.model.resolve(expr, self.scope)
    }

    /// Whether the file imports a module or something from it.
    pub fn imports(&self, module: &str) -> bool {
        self.file.model.does_import(module)
    }

    /// The nodes around this one, the nearest first.
    pub fn ancestors(&self) -> impl Iterator<Item = &Node<'a>> {
        let parent = self.file.model.node(self.id).map_or(NodeId::NONE, |node| node.parent);
        let first = self.file.model.node(parent);
        first.into_iter().chain(first.into_iter().flat_map(|node| self.file.model.ancestors(node)))
    }

    /// The nearest node around this one.
    pub fn parent(&self) -> Option<&Node<'a>> {
        self.ancestors().next()
    }

    /// The range of the node.
    pub fn range(&self) -> TextRange {
        match self.node {
            NodeRef::Stmt(stmt) => stmt.range(),
            NodeRef::Expr(expr) => expr.range(),
            NodeRef::Handler(handler) => handler.range(),
            NodeRef::Default(parameter) => parameter.range(),
            NodeRef::Module => TextRange::default(),
        }
    }
}

/// The last part of the name of what is called: `run` in `subprocess.run(…)`.
pub fn called_name(call: &ast::ExprCall) -> Option<&str> {
    match &*call.func {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}

/// The name of what is assigned to: of the variable, of the attribute or of the element.
pub fn target_name(target: &Expr) -> Option<&str> {
    match target {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        Expr::Subscript(subscript) => match &*subscript.slice {
            Expr::StringLiteral(key) => Some(key.value.to_str()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the last part of the name of what is called is `name`.
fn called_name_is(site: &Site<'_, '_>, name: &str) -> bool {
    site.call().and_then(called_name) == Some(name)
}

/// How a rule treats what it would not report on a second look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// Report what is dangerous.
    Judged,
    /// Report every place that the check of the same id in other tools reports, too.
    Full,
}

/// A finding before it has a path and a fingerprint.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Which rule.
    pub rule: &'static Rule,
    /// Where.
    pub range: TextRange,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// What was seen and why it matters.
    pub message: String,
    /// The ids of this very check elsewhere, when the rule stands for several.
    pub codes: &'static [&'static str],
    /// A change that is safe to make.
    pub fix: Option<Fix>,
}

/// Where rules put what they find.
pub struct Sink<'r> {
    rule: &'static Rule,
    coverage: Coverage,
    drafts: &'r mut Vec<Draft>,
}

impl<'r> Sink<'r> {
    /// A place for the findings of one rule.
    pub fn new(rule: &'static Rule, coverage: Coverage, drafts: &'r mut Vec<Draft>) -> Self {
        Self { rule, coverage, drafts }
    }

    /// Whether every place is wanted.
    pub fn is_full(&self) -> bool {
        self.coverage == Coverage::Full
    }

    /// A finding.
    pub fn report(&mut self, range: TextRange, severity: Severity, confidence: Confidence, message: impl Into<String>) {
        self.report_as(&[], range, severity, confidence, message);
    }

    /// A finding of one of several checks that a rule stands for.
    pub fn report_as(
        &mut self,
        codes: &'static [&'static str],
        range: TextRange,
        severity: Severity,
        confidence: Confidence,
        message: impl Into<String>,
    ) {
        let codes = if codes.is_empty() { self.rule.aliases } else { codes };
        self.drafts.push(Draft {
            rule: self.rule,
            range,
            severity,
            confidence,
            message: message.into(),
            codes,
            fix: None,
        });
    }

    /// Adds a safe change to the finding that was reported last.
    pub fn fix(&mut self, range: TextRange, text: impl Into<String>, what: &str) {
        if let Some(draft) = self.drafts.last_mut() {
            let (start, end) = (range.start().into(), range.end().into());
            draft.fix = Some(Fix { what: what.to_owned(), start, end, text: text.into(), ..Fix::default() });
        }
    }

    /// A place that is fine on a second look: reported only where every place is wanted.
    pub fn unjudged(&mut self, range: TextRange, severity: Severity, message: impl Into<String>) {
        if self.is_full() {
            self.report(range, severity, Confidence::Low, message);
        }
    }
}

/// Every rule that looks at single nodes, in the order in which `explain` lists them.
pub const RULES: &[&Rule] = &[
    &code::EXEC,
    &code::EVAL,
    &code::COMPILE,
    &code::DYNAMIC_IMPORT,
    &process::SHELL_TRUE,
    &process::SUBPROCESS_USED,
    &process::CALL_SHELL_TRUE,
    &process::SHELL_USED,
    &process::NO_SHELL_USED,
    &process::PARTIAL_PATH,
    &process::WILDCARD,
    &process::PARAMIKO,
    &deserialise::PICKLE,
    &deserialise::MARSHAL,
    &deserialise::YAML,
    &deserialise::TORCH,
    &deserialise::CONNECTION,
    &crypto::HASH,
    &crypto::CRYPTO_HASH,
    &crypto::CIPHER,
    &crypto::MODE,
    &crypto::HARD_KEY,
    &crypto::KEY_SIZE,
    &transport::NO_VERIFY,
    &transport::UNVERIFIED_CONTEXT,
    &transport::OLD_TLS,
    &transport::OLD_TLS_DEFAULT,
    &transport::NO_TLS_VERSION,
    &ssh::HOST_KEYS,
    &transport::SNMP_VERSION,
    &transport::SNMP_CRYPTO,
    &transport::TELNET,
    &transport::FTP,
    &transport::BIND_ALL,
    &transport::NO_TIMEOUT,
    &transport::URL_OPEN,
    &files::TEMP_FOLDER,
    &files::MKTEMP,
    &files::CHMOD,
    &files::EXTRACT,
    &secrets::PROVIDER,
    &secrets::STRING,
    &secrets::ARGUMENT,
    &secrets::DEFAULT,
    &web::DEBUG,
    &web::JINJA,
    &web::MAKO,
    &web::MARK_SAFE,
    &web::MARKUP,
    &web::EXTRA,
    &web::RAW_SQL,
    &settings::COOKIE,
    &settings::CSRF,
    &settings::CORS,
    &settings::HOSTS,
    &settings::CLEAR,
    &settings::HASHER,
    &settings::SERIALISER,
    &settings::FIELDS,
    &settings::DEBUG_SETTING,
    &settings::AUTOESCAPE,
    &markup::SAFE_CLASS,
    &hosts::LINK,
    &ciphers::STATIC_IV,
    &ciphers::PADDING,
    &ciphers::UNAUTHENTICATED,
    &ciphers::QUICK_PASSWORD,
    &ciphers::SALT,
    &ciphers::CIPHER_LIST,
    &tokens::UNVERIFIED,
    &tokens::CONTENT,
    &tokens::TIMING,
    &tokens::EVENT,
    &disclosure::LOGGED,
    &disclosure::ERROR_SHOWN,
    &disclosure::SCOPE_SHOWN,
    &clear::CLEAR,
    &accounts::EMPTY,
    &accounts::CREDENTIALS,
    &accounts::APP_KEY,
    &accounts::KEY_SHOWN,
    &patterns::SLOW,
    &texts::TEMPLATE,
    &texts::INTERPRETER,
    &texts::CONSOLE,
    &sql::SQL,
    &sql::EXECUTED,
    &options::CERTIFICATE,
    &options::AGENT,
    &options::LIMIT,
    &options::PAGE,
    &cloud::OPEN,
    &confinement::CONTAINER,
    &races::MEMBER,
    &races::CHECK,
    &xml::XML,
    &xml::EXTERNAL,
    &habits::ASSERT,
    &habits::EXCEPT_PASS,
    &habits::EXCEPT_CONTINUE,
    &habits::RANDOM,
    &habits::LISTEN,
    &imports::IMPORT,
    &text::BIDI,
    &models::UNPINNED,
    &models::REMOTE_CODE,
    &malice::THEFT,
    &malice::DNS_LEAK,
    &malice::REVERSE_SHELL,
    &malice::DOWNLOAD_RUN,
    &malice::INJECTION,
    &malice::MINING,
    &malice::INPUT_CAPTURE,
    &malice::AUTOSTART,
    &malice::SELF_COPY,
    &malice::SELF_REWRITE,
    &malice::INSTALL_HOOK,
    &malice::HIDDEN_CODE,
    &malice::OBFUSCATED,
    &malice::CONCEALED,
    &malice::LOOK_ALIKE,
    &malice::TYPOSQUAT,
    &malice::REMOTE,
    &malice::CLIPBOARD,
    &malice::INTERCEPTION,
    &malice::IMAGE_LEAK,
    &malice::EVASION,
    &malice::COVERT,
    &malice::COPIED,
    &malice::GUARD_OFF,
    &malice::TRUSTED_FILE,
    &malice::MASS_ENCRYPTION,
    &malice::IMPORT_EFFECT,
    &malice::AUTONOMY,
    &malice::TOXIC,
    &malice::PAYLOAD,
    &flow::SQL,
    &flow::COMMAND,
    &flow::CODE,
    &flow::PATH,
    &flow::ARCHIVE,
    &flow::SSRF,
    &flow::REDIRECT,
    &flow::XSS,
    &flow::TEMPLATE,
    &flow::HEADER,
    &flow::LDAP,
    &flow::XPATH,
    &flow::XXE,
    &flow::DESERIALISE,
    &flow::LOG,
    &flow::TRUST,
    &flow::REGEX,
    &flow::MASS,
    &flow::NO_SQL,
    &flow::FORMAT,
    &flow::RANDOM,
    &flow::HASH,
    &flow::COOKIE,
    &flow::COOKIE_VALUE,
    &flow::MAIL,
    &flow::CELL,
    &flow::NUMBER,
    &flow::MARKUP,
    &flow::PASSWORD,
    &inputs::PICKLE,
    &inputs::COMPILED_MISMATCH,
    &inputs::NO_SOURCE,
    &inputs::HIDDEN_TEXT,
    &inputs::DEFENCE_OFF,
    &inputs::REQUIREMENT_SOURCE,
    &inputs::UNPINNED_REQUIREMENT,
    &inputs::LOOKALIKE,
    &inputs::DESTRUCTIVE,
    &inputs::PROMPT_INJECTION,
    &inputs::SHADOWING,
    &inputs::WORKFLOW_INJECTION,
    &inputs::UNTRUSTED_CHECKOUT,
    &inputs::UNPINNED_ACTION,
    &inputs::MEMBER_PATH,
    &declaration::UNDECLARED,
    &declaration::OVER_DECLARED,
];
