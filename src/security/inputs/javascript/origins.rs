//! Where values come from: names and what they carry.
//!
//! Names carry marks. A function carries those of what it returns, an object those of what is put into it, and a
//! variable of a loop those of what is walked over.

use std::cell::Cell;
use std::collections::HashMap;

use oxc_ast::ast::{
    Argument, ArrowFunctionExpression, AssignmentExpression, CallExpression, Expression, ForInStatement,
    ForOfStatement, FormalParameters, Function, ImportDeclaration, NewExpression, ReturnStatement,
    StaticMemberExpression, StringLiteral, TemplateLiteral, VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::{GetSpan, Span};
use oxc_syntax::scope::ScopeFlags;

use super::scopes::Scopes;
use super::spelled::{dotted, identifiers, module_name, seamless, spelled};
use crate::security::inputs::shell::private_file;

/// Bytes that may be looked at, each as often as it is. Calls within calls are looked at once for each of those
/// around them, which in code that people write is a few times the size of the file.
const MAX_LOOKED_AT: u64 = 200 << 20;

/// From the network.
pub(super) const FETCHED: u16 = 1;
/// From a text that was encoded.
pub(super) const DECODED: u16 = 2;
/// Of the owner of the machine.
pub(super) const PRIVATE: u16 = 4;
/// From a request to a server.
pub(super) const REQUEST: u16 = 8;
/// A connection.
pub(super) const SOCKET: u16 = 16;
/// Keys that are typed.
pub(super) const KEYS: u16 = 32;
/// What the machine tells of itself.
pub(super) const HOST: u16 = 64;
/// The path of what is private.
pub(super) const PATH: u16 = 128;
/// What is typed into a form.
pub(super) const FORM: u16 = 256;

pub(super) struct Marks<'s> {
    pub(super) text: &'s str,
    scopes: Scopes,
    /// By name, then by the function that it belongs to.
    names: HashMap<String, HashMap<u32, u16>>,
    /// What names stand for: `cp` for `child_process`, `run` for `child_process.exec`; by name and function, too.
    modules: HashMap<String, HashMap<u32, String>>,
    /// What names spell, as far as they are given texts; by name and function.
    texts: HashMap<String, HashMap<u32, String>>,
    /// The names of the functions around, and where each is known by its name.
    around: Vec<Option<(String, u32)>>,
    looked_at: Cell<u64>,
    pub(super) changed: bool,
}

impl<'s> Marks<'s> {
    pub(super) fn new(text: &'s str, scopes: Scopes) -> Self {
        Self {
            text,
            scopes,
            names: HashMap::new(),
            modules: HashMap::new(),
            texts: HashMap::new(),
            around: Vec::new(),
            looked_at: Cell::new(0),
            changed: false,
        }
    }

    pub(super) fn has_looked_too_far(&self) -> bool {
        self.looked_at.get() > MAX_LOOKED_AT
    }

    /// What a name spells.
    pub(super) fn text_of(&self, name: &str, at: u32) -> Option<&str> {
        self.texts.get(name)?.get(&self.scope(name, at)).map(String::as_str)
    }

    /// The texts within an expression put together, names among them looked up.
    pub(super) fn spelled(&self, expression: &Expression<'_>) -> String {
        spelled(self, expression)
    }

    /// The path that a call joins.
    fn spelled_call(&self, call: &CallExpression<'_>) -> String {
        let parts: Vec<String> = call.arguments.iter().map(|argument| self.spelled_argument(argument)).collect();
        parts.join("/")
    }

    /// The same for an argument.
    pub(super) fn spelled_argument(&self, argument: &Argument<'_>) -> String {
        argument.as_expression().map_or_else(String::new, |expression| spelled(self, expression))
    }

    pub(super) fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Whether there is leave to look at so many bytes more.
    pub(super) fn may_look_at(&self, bytes: usize) -> bool {
        let sum = self.looked_at.get().saturating_add(bytes as u64 + 16);
        self.looked_at.set(sum);
        sum <= MAX_LOOKED_AT
    }

    fn scope(&self, name: &str, at: u32) -> u32 {
        let (scope, asked) = self.scopes.scope(name, at);
        self.may_look_at(asked * 16);
        scope
    }

    /// The dotted name of an expression, with its first part replaced by the module that it stands for.
    pub(super) fn name(&self, expression: &Expression<'_>) -> String {
        let text = self.slice(expression.span());
        if let Some(rest) = text.strip_prefix("require(") {
            let (module, rest) = rest.split_once(')').unwrap_or((rest, ""));
            return format!("{}{rest}", module_name(module));
        }
        let short: String = text.chars().take(200).filter(|c| !c.is_whitespace()).collect();
        let short = dotted(seamless(&short)).replace("?.", ".");
        let short = ["globalThis.", "window.", "global.", "self."].iter().fold(short, |short, owner| {
            match short.strip_prefix(owner) {
                Some(rest) => rest.to_owned(),
                None => short,
            }
        });
        let (first, rest) = short.split_at(short.find('.').unwrap_or(short.len()));
        let module = self.module(first, expression.span().start);
        module.map_or_else(|| short.clone(), |module| format!("{module}{rest}"))
    }

    fn module(&self, name: &str, at: u32) -> Option<&String> {
        let known = self.modules.get(name)?;
        known.get(&self.scope(name, at))
    }

    fn marks_of(&self, name: &str, at: u32) -> u16 {
        let Some(known) = self.names.get(name) else { return 0 };
        known.get(&self.scope(name, at)).copied().unwrap_or(0)
    }

    fn mark(&mut self, pattern: &str, at: u32, marks: u16) {
        if marks == 0 {
            return;
        }
        for name in identifiers(pattern).filter(|name| !matches!(*name, "const" | "let" | "var")).take(40) {
            let scope = self.scope(name, at);
            let known = self.names.entry(name.to_owned()).or_default().entry(scope).or_default();
            if *known | marks != *known {
                *known |= marks;
                self.changed = true;
            }
        }
    }

    fn of(&self, span: Span) -> Flags<'_> {
        Flags { marks: self, found: 0, within: span }
    }

    pub(super) fn expression(&self, expression: &Expression<'_>) -> u16 {
        let mut flags = self.of(expression.span());
        flags.visit_expression(expression);
        flags.found
    }

    pub(super) fn argument(&self, argument: &Argument<'_>) -> u16 {
        let mut flags = self.of(argument.span());
        flags.visit_argument(argument);
        flags.found
    }

    fn import(&mut self, pattern: &str, at: u32, module: &str) {
        let mut stand_for = |name: &str, module: String| {
            let scope = self.scopes.scope(name, at).0;
            self.modules.entry(name.to_owned()).or_default().insert(scope, module);
        };
        let pattern = pattern.trim();
        if let Some(inner) = pattern.strip_prefix('{') {
            for part in inner.trim_end_matches('}').split(',') {
                let (name, alias) = part.split_once(':').or_else(|| part.split_once(" as ")).unwrap_or((part, part));
                stand_for(alias.trim(), format!("{module}.{}", name.trim()));
            }
        } else if let Some(name) = identifiers(pattern).next() {
            stand_for(name, module.to_owned());
        }
    }

    fn parameters(&mut self, argument: &Argument<'_>, marks: u16) {
        let parameters: Option<&FormalParameters<'_>> = match argument {
            Argument::ArrowFunctionExpression(function) => Some(&function.params),
            Argument::FunctionExpression(function) => Some(&function.params),
            _ => None,
        };
        if let Some(parameters) = parameters {
            let text = self.slice(parameters.span).to_owned();
            self.mark(&text, parameters.span.start, marks);
        }
    }
}

/// What a caller gets of what a function returns. That it asks the network says nothing about its value alone.
const RETURNED: u16 = FETCHED | DECODED | PRIVATE | HOST | PATH | FORM | SOCKET;

fn is_function(expression: &Expression<'_>) -> bool {
    matches!(expression, Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_))
}

impl Marks<'_> {
    /// Remembers what a name spells; a name that is given several texts spells the first.
    fn spell(&mut self, pattern: &str, at: u32, value: &Expression<'_>) {
        if !pattern.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$')) {
            return;
        }
        let text = self.spelled(value);
        if !text.is_empty() {
            let scope = self.scope(pattern, at);
            self.texts.entry(pattern.to_owned()).or_default().entry(scope).or_insert(text);
        }
    }

    /// The first thing that a server hands to its function is the request.
    fn requested(&mut self, call: &CallExpression<'_>) {
        for argument in &call.arguments {
            let parameters = match argument {
                Argument::ArrowFunctionExpression(function) => &function.params,
                Argument::FunctionExpression(function) => &function.params,
                _ => continue,
            };
            if let Some(first) = parameters.items.first() {
                let text = self.slice(first.span).to_owned();
                self.mark(&text, parameters.span.start, REQUEST);
            }
        }
    }

    /// What is put into an object is carried by its name.
    fn fills(&mut self, call: &CallExpression<'_>, last: &str) {
        let puts = matches!(last, "append" | "push" | "set" | "add" | "unshift" | "file" | "attach" | "concat");
        let Expression::StaticMemberExpression(member) = &call.callee else { return };
        let Expression::Identifier(owner) = &member.object else { return };
        if puts {
            let marks = call.arguments.iter().fold(0, |all, argument| all | self.argument(argument));
            let name = owner.name.to_string();
            self.mark(&name, owner.span.start, marks & (PRIVATE | DECODED | KEYS | HOST | FORM));
        }
    }
}

impl<'a> Visit<'a> for Marks<'_> {
    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if let Some(init) = &it.init {
            let pattern = self.slice(it.id.span()).to_owned();
            let value = self.name(init);
            let module = self.slice(init.span()).starts_with("require(");
            let alias = value.starts_with("child_process") && !value.contains('(')
                || value.starts_with("util.promisify(")
                || matches!(value.as_str(), "eval" | "Function" | "fetch");
            if module {
                self.import(&pattern, it.span.start, &value);
            } else if alias {
                let inner = value.trim_start_matches("util.promisify(").trim_end_matches(')');
                let inner = self.module(inner, it.span.start).cloned().unwrap_or_else(|| inner.to_owned());
                self.import(&pattern, it.span.start, &inner);
            }
            let marks = self.expression(init);
            self.mark(&pattern, it.span.start, marks);
            self.spell(&pattern, it.span.start, init);
            if is_function(init) {
                self.around.push(Some((pattern, it.span.start)));
                walk::walk_variable_declarator(self, it);
                self.around.pop();
                return;
            }
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        let pattern = self.slice(it.left.span()).to_owned();
        let marks = self.expression(&it.right);
        self.mark(&pattern, it.span.start, marks);
        walk::walk_for_of_statement(self, it);
    }

    fn visit_for_in_statement(&mut self, it: &ForInStatement<'a>) {
        let pattern = self.slice(it.left.span()).to_owned();
        let marks = self.expression(&it.right);
        self.mark(&pattern, it.span.start, marks);
        walk::walk_for_in_statement(self, it);
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        let outside = it.span.start.saturating_sub(1);
        let own = it.id.as_ref().map(|id| (id.name.to_string(), outside));
        // A function that is a value is called by the name that it is given.
        let name = own.or_else(|| self.around.last().cloned().flatten().filter(|_| it.id.is_none()));
        self.around.push(name);
        walk::walk_function(self, it, flags);
        self.around.pop();
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        let name = self.around.last().cloned().flatten();
        if let (Some(value), Some((name, at))) = (it.body.as_expression(), name) {
            let marks = self.expression(value) & RETURNED;
            self.mark(&name, at, marks);
        }
        walk::walk_arrow_function_expression(self, it);
    }

    fn visit_return_statement(&mut self, it: &ReturnStatement<'a>) {
        let name = self.around.last().cloned().flatten();
        if let (Some(value), Some((name, at))) = (&it.argument, name) {
            let marks = self.expression(value) & RETURNED;
            self.mark(&name, at, marks);
        }
        walk::walk_return_statement(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let target = self.slice(it.left.span()).to_owned();
        if !target.contains("exports") {
            let marks = self.expression(&it.right);
            self.mark(target.split('.').next().unwrap_or_default(), it.span.start, marks);
        }
        if target.ends_with(".onmessage") {
            let owner = target.trim_end_matches(".onmessage").to_owned();
            let marks = self.marks_of(&owner, it.span.start) & (SOCKET | FETCHED);
            let parameters = match &it.right {
                Expression::ArrowFunctionExpression(function) => Some(function.params.span),
                Expression::FunctionExpression(function) => Some(function.params.span),
                _ => None,
            };
            if let Some(span) = parameters {
                let text = self.slice(span).to_owned();
                self.mark(&text, span.start, marks);
            }
        }
        let listens = [".onkeypress", ".onkeydown", ".onkeyup"].iter().any(|end| target.ends_with(end));
        if listens && let Expression::FunctionExpression(function) = &it.right {
            let text = self.slice(function.params.span).to_owned();
            self.mark(&text, function.params.span.start, KEYS);
        } else if listens && let Expression::ArrowFunctionExpression(function) = &it.right {
            let text = self.slice(function.params.span).to_owned();
            self.mark(&text, function.params.span.start, KEYS);
        }
        walk::walk_assignment_expression(self, it);
    }

    fn visit_import_declaration(&mut self, it: &ImportDeclaration<'a>) {
        let text = self.slice(it.span).to_owned();
        let module = module_name(it.source.value.as_str());
        let clause = text.strip_prefix("import").and_then(|rest| rest.split(" from ").next()).unwrap_or_default();
        let clause = clause.trim().trim_start_matches("* as ");
        self.import(clause, it.span.start, &module);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let name = self.name(&it.callee);
        let last = name.rsplit('.').next().unwrap_or_default();
        let mut marks = 0;
        if is_fetch(&name) {
            marks |= FETCHED;
            if self.slice(it.span).contains("169.254.169.254") && self.text.contains("credential") {
                marks |= PRIVATE;
            }
        }
        self.fills(it, last);
        if name.starts_with("http") && last == "createServer" {
            self.requested(it);
        }
        if matches!(last, "then" | "on" | "once" | "map" | "forEach" | "pipe" | "addListener") {
            let receiver = match &it.callee {
                Expression::StaticMemberExpression(member) => self.expression(&member.object),
                _ => 0,
            };
            marks |= receiver & (FETCHED | DECODED | PRIVATE | SOCKET | PATH | FORM | KEYS);
        }
        let event =
            it.arguments.first().map_or("", |first| self.slice(first.span())).trim_matches(['"', '\'']).to_owned();
        if matches!(last, "addEventListener" | "on") && matches!(event.as_str(), "keydown" | "keypress" | "keyup") {
            marks |= KEYS;
        }
        if matches!(name.as_str(), "chrome.cookies.getAll" | "browser.cookies.getAll" | "navigator.clipboard.readText")
        {
            marks |= PRIVATE;
        }
        if matches!(last, "registerListener" | "addListener" | "on")
            && (name.starts_with("iohook")
                || name.starts_with("uiohook")
                || name.contains("keyListener")
                || name.contains("gkl"))
        {
            marks |= KEYS;
        }
        if last == "readFile"
            && it.arguments.first().is_some_and(|path| private_file(self.slice(path.span())).is_some())
        {
            marks |= PRIVATE;
        }
        if matches!(last, "get" | "post" | "use" | "all") && event.starts_with('/') {
            // A route of a server.
            for argument in &it.arguments {
                self.parameters(argument, 0);
            }
        } else {
            for argument in &it.arguments {
                self.parameters(argument, marks);
            }
        }
        walk::walk_call_expression(self, it);
    }
}

/// Whether a command tells what is private.
fn reads_private(text: &str) -> bool {
    private_file(text).is_some()
        || [
            "security find-",
            "printenv",
            "'env'",
            "\"env\"",
            "dump-keychain",
            "whoami",
            "git config --list",
            "npm config get //",
            "aws configure",
            "trufflehog",
            "gitleaks",
            "gh auth token",
            "gcloud auth print",
            "op item get",
        ]
        .iter()
        .any(|word| text.contains(word))
}

pub(super) fn is_fetch(name: &str) -> bool {
    matches!(
        name,
        "fetch"
            | "axios"
            | "axios.get"
            | "axios.request"
            | "http.get"
            | "https.get"
            | "http.request"
            | "https.request"
            | "got"
            | "got.get"
            | "node-fetch"
            | "request"
            | "request.get"
            | "needle"
            | "needle.get"
            | "superagent.get"
            | "undici.request"
            | "undici.fetch"
            | "phin"
            | "dns.resolveTxt"
            | "importScripts"
    ) || name.starts_with("fetch(")
}

/// Whether a text names the place of something private: more than a word.
fn private_path(text: &str) -> bool {
    text.len() > 4 && private_file(text).is_some() && !text.contains("169.254") && !text.ends_with("/etc/passwd")
}

/// Collects the marks of everything within an expression.
struct Flags<'m> {
    marks: &'m Marks<'m>,
    found: u16,
    within: Span,
}

impl<'a> Visit<'a> for Flags<'_> {
    fn visit_identifier_reference(&mut self, it: &oxc_ast::ast::IdentifierReference<'a>) {
        self.found |= self.marks.marks_of(it.name.as_str(), it.span.start);
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        let name = self.marks.slice(it.span);
        let property = it.property.name.as_str();
        self.found |= match property {
            "cookie" if name == "document.cookie" => PRIVATE,
            "body" | "query" | "params" | "headers" | "cookies"
                if name.starts_with("req.") || name.starts_with("request.") || name.starts_with("ctx.") =>
            {
                REQUEST
            }
            // One variable of the environment is a setting; only the whole of it is taken.
            "env" if name == "process.env" => {
                let after = self.marks.text.get(it.span.end as usize..).unwrap_or_default();
                if after.starts_with(['.', '[', '?']) { 0 } else { PRIVATE }
            }
            "value" if ["querySelector", "getElementBy"].iter().any(|call| name.contains(call)) => FORM,
            _ if private_path(name) => PATH,
            "clipboard" => 0,
            "cookie" if name.ends_with("document.cookie") => PRIVATE,
            _ => 0,
        };
        walk::walk_static_member_expression(self, it);
    }

    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        if private_path(it.value.as_str()) {
            self.found |= PATH;
        }
    }

    fn visit_template_literal(&mut self, it: &TemplateLiteral<'a>) {
        if private_path(self.marks.slice(it.span)) {
            self.found |= PATH;
        }
        walk::walk_template_literal(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let name = self.marks.name(&it.callee);
        let last = name.rsplit('.').next().unwrap_or_default();
        let text = self.marks.slice(it.span);
        if !self.marks.may_look_at(text.len()) {
            return;
        }
        if is_fetch(&name) {
            self.found |= FETCHED;
        }
        let opens = matches!(
            last,
            "readFileSync"
                | "readFile"
                | "createReadStream"
                | "readdirSync"
                | "readdir"
                | "openSync"
                | "open"
                | "copyFileSync"
                | "readJsonSync"
                | "readJSON"
                | "readText"
                | "readTextFile"
                | "file"
                | "cpSync"
                | "connect"
        );
        if matches!(last, "join" | "resolve") && private_path(&self.marks.spelled_call(it)) {
            self.found |= PATH;
        }
        if opens && it.arguments.iter().any(|argument| self.marks.argument(argument) & PATH != 0) {
            self.found |= PRIVATE;
        }
        if is_fetch(&name) && text.contains("169.254.169.254") && self.marks.text.contains("credential") {
            self.found |= PRIVATE;
        }
        if name.starts_with("socket.io-client") {
            self.found |= SOCKET;
        }
        let secret =
            ["password", "cvv", "cardnumber", "card-number", "cc-number"].iter().any(|word| text.contains(word));
        if matches!(last, "querySelectorAll" | "querySelector" | "getElementById" | "getElementsByName") && secret {
            self.found |= KEYS | FORM;
        }
        if last == "parseInt" && text.contains("16)") && self.marks.text.contains("fromCharCode") {
            self.found |= DECODED;
        }
        let encoded = ["'base64'", "\"base64\"", "'hex'", "\"hex\""].iter().any(|word| text.contains(word));
        if last == "atob"
            || (name.ends_with("Buffer.from") && encoded)
            || name == "String.fromCharCode"
            || last == "fromCharCode"
        {
            self.found |= DECODED;
        }
        if matches!(last, "inflateSync" | "gunzipSync" | "createDecipheriv" | "unescape")
            || text.contains(".reverse().join(")
        {
            self.found |= DECODED;
        }
        if matches!(last, "readFileSync" | "readFile" | "createReadStream" | "copyFileSync" | "readdirSync")
            && private_file(text).is_some()
        {
            self.found |= PRIVATE;
        }
        if matches!(last, "getItem") && text.contains("localStorage")
            || name.starts_with("clipboardy.read")
            || last == "readText"
            || matches!(
                last,
                "getUserMedia" | "getDisplayMedia" | "captureVisibleTab" | "getPassword" | "findCredentials"
            )
            || name.starts_with("screenshot-desktop")
            || name == "chrome.cookies.getAll"
        {
            self.found |= PRIVATE;
        }
        if matches!(last, "execSync" | "execFileSync" | "spawnSync") && reads_private(text) {
            self.found |= PRIVATE;
        }
        if name.starts_with("os.") && matches!(last, "hostname" | "userInfo" | "homedir" | "networkInterfaces") {
            self.found |= HOST;
        }
        if matches!(name.as_str(), "net.connect" | "net.createConnection" | "tls.connect") {
            self.found |= SOCKET;
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        let name = self.marks.name(&it.callee);
        if name == "net.Socket" || name.starts_with("net.Socket") || name == "WebSocket" || name == "ws" {
            self.found |= SOCKET;
        }
        if name == "FormData" && !it.arguments.is_empty() {
            self.found |= FORM;
        }
        // A database that is opened where a browser keeps its own.
        if it.arguments.iter().any(|argument| self.marks.argument(argument) & PATH != 0) {
            self.found |= PRIVATE;
        }
        walk::walk_new_expression(self, it);
    }

    fn visit_function(&mut self, it: &Function<'a>, _: ScopeFlags) {
        // What a function does is no part of its value, unless it is what is looked at.
        if it.span == self.within {
            walk::walk_function(self, it, ScopeFlags::empty());
        }
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        if it.span == self.within {
            walk::walk_arrow_function_expression(self, it);
        }
    }
}
