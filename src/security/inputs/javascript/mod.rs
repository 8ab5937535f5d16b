//! JavaScript and TypeScript: where values come from, and where they end up.
//!
//! Names carry marks: fetched, decoded, private, given by a request, a socket. The tree is walked a few times, so
//! that marks reach names that are used before they are set; then calls that run, start or send are looked at.

mod scopes;

use std::cell::Cell;
use std::collections::HashMap;

use oxc_allocator::Allocator;
use oxc_ast::ast::{
    Argument, ArrowFunctionExpression, AssignmentExpression, CallExpression, Expression, FormalParameters, Function,
    ImportDeclaration, NewExpression, StaticMemberExpression, StringLiteral, VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::{GetSpan, SourceType, Span};
use oxc_syntax::scope::ScopeFlags;

use super::nesting::{Elements, STACK, is_too_deep};
use super::shell::{is_drop_place, judge_script, private_file};
use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::{Confidence, Severity, SkipReason};
use scopes::Scopes;

/// Larger files are not parsed.
const MAX_BYTES: usize = 4 << 20;

/// Bytes that may be looked at, each as often as it is. Calls within calls are looked at once for each of those
/// around them, which in code that people write is a few times the size of the file.
const MAX_LOOKED_AT: u64 = 200 << 20;

/// How often marks are carried from name to name.
const ROUNDS: usize = 4;

const FETCHED: u8 = 1;
const DECODED: u8 = 2;
const PRIVATE: u8 = 4;
const REQUEST: u8 = 8;
const SOCKET: u8 = 16;
const KEYS: u8 = 32;
const HOST: u8 = 64;

pub(super) struct JavaScript;

impl Analyser for JavaScript {
    fn id(&self) -> &'static str {
        "javascript"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.kind == Kind::JavaScript && input.text.is_some()
    }

    fn analyse(&self, input: &Input<'_>, _: Terms<'_>) -> Judged {
        let text = input.text.unwrap_or_default();
        let mut judged = Judged::default();
        let elements = if input.name().ends_with(".ts") { Elements::None } else { Elements::Nest };
        if text.len() > MAX_BYTES || is_too_deep(text, elements) {
            judged.gaps.push((SkipReason::LimitReached, "it is too large or nests too deeply to be parsed".to_owned()));
            return judged;
        }
        stacker::grow(STACK, || judge(text, input.path, &mut judged));
        judged
    }
}

fn judge(text: &str, path: &str, judged: &mut Judged) {
    let allocator = Allocator::default();
    let mut source = SourceType::from_path(path).unwrap_or_default();
    if !source.is_typescript() {
        source = source.with_jsx(true);
    }
    let parsed = Parser::new(&allocator, text, source).parse();
    if parsed.panicked {
        judged.gaps.push((SkipReason::Unparsable, "it does not parse".to_owned()));
    }
    let scopes = Scopes::of(&parsed.program);
    let (names, modules, looked_at) = (HashMap::new(), HashMap::new(), Cell::new(0));
    let mut marks = Marks { text, scopes, names, modules, looked_at, changed: false };
    for _ in 0..ROUNDS {
        marks.changed = false;
        marks.visit_program(&parsed.program);
        if !marks.changed {
            break;
        }
    }
    let mut sinks = Sinks { marks: &marks, judged, sends: false };
    sinks.visit_program(&parsed.program);
    if marks.looked_at.get() > MAX_LOOKED_AT {
        judged.gaps.push((SkipReason::LimitReached, "its calls nest too deeply to be followed".to_owned()));
    }
    obfuscated(text, judged);
}

/// What an obfuscator leaves: hundreds of names such as `_0x3fa2` around something that is run.
fn obfuscated(text: &str, judged: &mut Judged) {
    let count = memchr::memmem::find_iter(text.as_bytes(), b"_0x").take(200).count();
    let runs = ["eval(", "Function(", "child_process", "constructor("].iter().any(|part| text.contains(part));
    if count >= 40 && (runs || count >= 120) {
        let message = "the code was made unreadable by a tool";
        judged.see("obfuscated-execution", 0..0, Severity::High, Confidence::Medium, message);
    }
}

struct Marks<'s> {
    text: &'s str,
    scopes: Scopes,
    /// By name, then by the function that it belongs to.
    names: HashMap<String, HashMap<u32, u8>>,
    /// What names stand for: `cp` for `child_process`, `run` for `child_process.exec`; by name and function, too.
    modules: HashMap<String, HashMap<u32, String>>,
    looked_at: Cell<u64>,
    changed: bool,
}

impl Marks<'_> {
    fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Whether there is leave to look at so many bytes more.
    fn may_look_at(&self, bytes: usize) -> bool {
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
    fn name(&self, expression: &Expression<'_>) -> String {
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

    fn marks_of(&self, name: &str, at: u32) -> u8 {
        let Some(known) = self.names.get(name) else { return 0 };
        known.get(&self.scope(name, at)).copied().unwrap_or(0)
    }

    fn mark(&mut self, pattern: &str, at: u32, marks: u8) {
        if marks == 0 {
            return;
        }
        for name in identifiers(pattern).take(40) {
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

    fn expression(&self, expression: &Expression<'_>) -> u8 {
        let mut flags = self.of(expression.span());
        flags.visit_expression(expression);
        flags.found
    }

    fn argument(&self, argument: &Argument<'_>) -> u8 {
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

    fn parameters(&mut self, argument: &Argument<'_>, marks: u8) {
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

fn module_name(quoted: &str) -> String {
    let whole = seamless(&quoted.chars().filter(|c| !c.is_whitespace()).collect::<String>());
    let name = whole.trim_matches(['"', '\'', '`']);
    name.strip_prefix("node:").unwrap_or(name).to_owned()
}

/// A text without the seams of strings that are added up: `'ev'+'al'` is `'eval'`.
fn seamless(text: &str) -> String {
    if !text.contains('+') {
        return text.to_owned();
    }
    text.replace("'+'", "").replace("\"+\"", "").replace("`+`", "")
}

/// `x['name']` as `x.name`.
fn dotted(text: String) -> String {
    if !text.contains("['") && !text.contains("[\"") && !text.contains("[`") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('[') {
        let inner = rest.get(at + 1..).unwrap_or_default();
        let quote = inner.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'));
        let word = quote.and_then(|quote| inner.get(1..)?.split_once(&format!("{quote}]")));
        match word {
            Some((word, after)) if word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$') => {
                out.push_str(&rest[..at]);
                out.push('.');
                out.push_str(word);
                rest = after;
            }
            _ => {
                out.push_str(rest.get(..=at).unwrap_or_default());
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| !(c.is_alphanumeric() || c == '_' || c == '$');
    text.split(part).filter(|word| !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()))
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
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let target = self.slice(it.left.span()).to_owned();
        if !target.contains("exports") {
            let marks = self.expression(&it.right);
            self.mark(target.split('.').next().unwrap_or_default(), it.span.start, marks);
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
        }
        if matches!(last, "then" | "on" | "once" | "map" | "forEach" | "pipe" | "addListener") {
            let receiver = match &it.callee {
                Expression::StaticMemberExpression(member) => self.expression(&member.object),
                _ => 0,
            };
            marks |= receiver & (FETCHED | DECODED | PRIVATE | SOCKET);
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
            "npm config get",
            "aws configure",
        ]
        .iter()
        .any(|word| text.contains(word))
}

fn is_fetch(name: &str) -> bool {
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

/// Collects the marks of everything within an expression.
struct Flags<'m> {
    marks: &'m Marks<'m>,
    found: u8,
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
            "body" | "query" | "params"
                if name.starts_with("req.") || name.starts_with("request.") || name.starts_with("ctx.") =>
            {
                REQUEST
            }
            // One variable of the environment is a setting; only the whole of it is taken.
            "env" if name == "process.env" => {
                let after = self.marks.text.get(it.span.end as usize..).unwrap_or_default();
                if after.starts_with(['.', '[', '?']) { 0 } else { PRIVATE }
            }
            _ => 0,
        };
        walk::walk_static_member_expression(self, it);
    }

    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        let _ = it;
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
        if name == "net.Socket" || name.starts_with("net.Socket") {
            self.found |= SOCKET;
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

struct Sinks<'m, 'j> {
    marks: &'m Marks<'m>,
    judged: &'j mut Judged,
    sends: bool,
}

impl Sinks<'_, '_> {
    fn see(&mut self, rule: &'static str, span: Span, severity: Severity, message: &str) {
        self.judged.see(rule, span.start as usize..span.end as usize, severity, Confidence::High, message);
    }

    fn runs_code(&mut self, arguments: &[Argument<'_>], span: Span) {
        let marks = arguments.iter().fold(0, |all, argument| all | self.marks.argument(argument));
        // `new Function("return this")` finds the global object; what comes from elsewhere can do anything.
        if marks & (FETCHED | DECODED | REQUEST) != 0 {
            self.judged.capabilities.insert("arbitrary_code_execution");
        }
        self.ran(marks, span, "code-injection");
    }

    fn ran(&mut self, marks: u8, span: Span, injection: &'static str) {
        if marks & FETCHED != 0 {
            self.see("download-and-run", span, Severity::Critical, "what is fetched from the network is run");
        } else if marks & DECODED != 0 {
            self.see("obfuscated-execution", span, Severity::Critical, "decoded text is run");
        } else if marks & REQUEST != 0 {
            self.see(injection, span, Severity::High, "what a request says is run");
        }
    }

    fn starts(&mut self, last: &str, arguments: &[Argument<'_>], span: Span) {
        self.judged.capabilities.insert("system_execution");
        let Some(first) = arguments.first() else { return };
        let text = self.marks.slice(first.span()).to_owned();
        let shell = matches!(last, "exec" | "execSync")
            || arguments.iter().any(|a| self.marks.slice(a.span()).contains("shell: true"));
        let marks = self.marks.argument(first);
        if shell {
            self.ran(marks, span, "command-injection");
        } else {
            self.ran(marks & (FETCHED | DECODED), span, "command-injection");
        }
        let seamless = seamless(&text);
        let literal = seamless.trim_matches(['"', '\'', '`']);
        if literal.len() + 2 == seamless.len() {
            let list = arguments.get(1).map(|list| self.marks.slice(list.span())).filter(|list| list.starts_with('['));
            self.command(&line_of(literal, list), span);
        }
        if literal.contains("npm publish")
            && ["_authToken", ".npmrc", "maintainer"].iter().any(|word| self.marks.text.contains(word))
        {
            self.see("self-copy", span, Severity::Critical, "the package publishes others with itself in them");
        }
        let all: u8 = arguments.iter().skip(1).fold(0, |all, argument| all | self.marks.argument(argument));
        if all & SOCKET != 0 && (text.contains("sh") || text.contains("cmd")) {
            self.see("reverse-shell", span, Severity::Critical, "a shell is connected to a socket");
        }
    }

    fn command(&mut self, line: &str, span: Span) {
        let before = self.judged.observations.len();
        judge_script(line, 0, self.judged);
        let lower = line.to_ascii_lowercase();
        if ["powershell", "schtasks", "reg add", "vssadmin", "wevtutil", "netsh"]
            .iter()
            .any(|word| lower.contains(word))
        {
            super::powershell::judge_script(line, self.judged);
        }
        for seen in self.judged.observations.iter_mut().skip(before) {
            (seen.start, seen.end) = (span.start as usize, span.end as usize);
        }
    }

    fn removes(&mut self, arguments: &[Argument<'_>], span: Span) {
        let Some(first) = arguments.first() else { return };
        let target = self.marks.slice(first.span());
        let home = matches!(target, "os.homedir()" | "'/'" | "\"/\"" | "homedir()" | "process.env.HOME");
        let record = ["/var/log", "_history", ".aetherra"].iter().any(|part| target.contains(part));
        if home {
            self.see("destructive-command", span, Severity::Critical, "everything that can be reached is destroyed");
        } else if record {
            self.see("defence-off", span, Severity::High, "records of what was done are removed");
        }
    }

    fn sent(&mut self, name: &str, last: &str, arguments: &[Argument<'_>], span: Span) {
        let text = self.marks.slice(span).to_owned();
        let marks = arguments.iter().fold(0, |all, argument| all | self.marks.argument(argument));
        if name.starts_with("dns.") {
            if marks & (PRIVATE | HOST | DECODED) != 0 {
                self.see("dns-exfiltration", span, Severity::High, "data leaves in the name of a host");
            }
            return;
        }
        let away = text.contains("://") || !text.contains("'/") && !text.contains("\"/") && !text.contains("`/");
        let page = text.contains("document.cookie") || text.contains("localStorage");
        if marks & PRIVATE != 0 && away {
            let severity = if page && !is_drop_place(&text) { Severity::High } else { Severity::Critical };
            self.see("credential-theft", span, severity, "what is private is sent to the network");
        } else if marks & KEYS != 0 && away {
            self.see("input-capture", span, Severity::High, "keys are recorded and sent");
        } else if marks & HOST != 0 && is_drop_place(&text) {
            self.see("credential-theft", span, Severity::High, "what the machine tells is sent to a drop");
        }
        let _ = last;
    }

    fn writes(&mut self, last: &str, arguments: &[Argument<'_>], span: Span) {
        self.judged.capabilities.insert("file_write");
        let Some(first) = arguments.first() else { return };
        let target = self.marks.slice(first.span()).to_owned();
        let own = matches!(last, "copyFile" | "copyFileSync") && target.contains("__filename");
        if own {
            self.see("self-copy", span, Severity::High, "the code copies itself elsewhere");
        }
        let starts = [
            ".bashrc",
            ".zshrc",
            ".profile",
            "LaunchAgents",
            "/etc/cron",
            "autostart",
            "Startup",
            "authorized_keys",
            "systemd/",
        ];
        if starts.iter().any(|part| target.contains(part)) {
            self.see("autostart", span, Severity::High, "the code arranges to be started again");
        }
        let trusted = ["'/etc/hosts'", "\"/etc/hosts\"", "/etc/sudoers", "drivers\\\\etc\\\\hosts", "/etc/resolv.conf"];
        if trusted.iter().any(|part| target.contains(part)) {
            self.see(
                "trusted-file-write",
                span,
                Severity::High,
                "a file that decides whom this machine trusts is changed",
            );
        }
        if target.contains("__filename") && matches!(last, "writeFileSync" | "writeFile" | "appendFileSync") {
            self.see("self-rewrite", span, Severity::High, "the code changes itself");
        }
        if target.contains("node_modules") && matches!(last, "writeFileSync" | "writeFile" | "appendFileSync") {
            self.see("self-rewrite", span, Severity::High, "the code of another package is changed");
        }
    }
}

/// The command line of a program and the list of its arguments, as far as they are constants.
fn line_of(program: &str, list: Option<&str>) -> String {
    let mut line = program.to_owned();
    for part in list.unwrap_or_default().trim_matches(['[', ']']).split("',").flat_map(|part| part.split("\",")) {
        let part = part.trim().trim_matches(['\'', '"', '`', ',']);
        if part.is_empty() {
            continue;
        }
        line.push(' ');
        if part.contains([' ', '|', '&', ';', '>', '<']) {
            line.push_str(&format!("'{}'", part.replace('\'', "")));
        } else {
            line.push_str(part);
        }
    }
    line
}

/// Whether a literal spells its letters in escapes.
fn escaped(text: &str) -> bool {
    text.matches("\\x").count() + text.matches("\\u00").count() >= 8
}

impl<'a> Visit<'a> for Sinks<'_, '_> {
    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        let text = it.value.as_str();
        let pool = text.split_once("stratum+").and_then(|(_, rest)| rest.split_once("://"));
        let mines = pool.is_some_and(|(_, host)| host.contains('.') && host.contains(':'))
            || text.contains("://coinhive.com")
            || text.contains("coinhive.min.js")
            || text.contains("cryptonight.wasm");
        if mines {
            self.see("coin-mining", it.span, Severity::Critical, "this connects to a mining pool or starts a miner");
        }
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let name = self.marks.name(&it.callee);
        let last = name.rsplit('.').next().unwrap_or_default();
        let of_process = name.starts_with("child_process");
        if matches!(name.as_str(), "eval" | "Function" | "execScript" | "(0,eval)")
            || name.starts_with("vm.run")
            || name.starts_with("vm.Script")
            || matches!(last, "_compile" | "runInThisContext" | "runInNewContext")
            || name.ends_with(".constructor.constructor")
        {
            self.runs_code(&it.arguments, it.span);
        } else if matches!(name.as_str(), "setTimeout" | "setInterval" | "require")
            && it.arguments.first().is_some_and(|first| {
                // A name after the first dot of a timer is a function, and no text.
                let named = matches!(first, Argument::Identifier(_) | Argument::StaticMemberExpression(_));
                !matches!(first, Argument::ArrowFunctionExpression(_) | Argument::FunctionExpression(_))
                    && (!named || name == "require")
            })
        {
            let marks = it.arguments.first().map_or(0, |first| self.marks.argument(first));
            self.ran(marks & (DECODED | FETCHED), it.span, "code-injection");
        } else if of_process
            && matches!(last, "exec" | "execSync" | "spawn" | "spawnSync" | "execFile" | "execFileSync" | "fork")
        {
            self.starts(last, &it.arguments, it.span);
        } else if matches!(
            last,
            "writeFile" | "writeFileSync" | "appendFile" | "appendFileSync" | "copyFile" | "copyFileSync"
        ) {
            self.writes(last, &it.arguments, it.span);
        } else if matches!(last, "rmSync" | "rm" | "rmdirSync" | "unlinkSync" | "unlink" | "rmdir") {
            self.removes(&it.arguments, it.span);
        } else if matches!(last, "writeText" | "writeSync") && (name.contains("clipboard")) {
            let literal = it.arguments.first().map_or("", |first| self.marks.slice(first.span()));
            let watches = ["readText", "readSync", "clipboardy.read"].iter().any(|word| self.marks.text.contains(word));
            let looks = [".test(", ".match(", "startsWith("].iter().any(|word| self.marks.text.contains(word));
            let loops = ["setInterval", "addEventListener", "while"].iter().any(|word| self.marks.text.contains(word));
            if watches && looks && loops && !literal.contains("trim") {
                self.see(
                    "clipboard-swap",
                    it.span,
                    Severity::Critical,
                    "the clipboard is watched, and what is copied is exchanged",
                );
            }
        }
        if matches!(name.as_str(), "eval" | "Function")
            && it.arguments.first().is_some_and(|first| escaped(self.marks.slice(first.span())))
        {
            self.see("obfuscated-execution", it.span, Severity::Critical, "code that is written in escapes is run");
        }
        let network = is_fetch(&name)
            || matches!(
                name.as_str(),
                "axios.post"
                    | "axios.put"
                    | "got.post"
                    | "needle.post"
                    | "request.post"
                    | "navigator.sendBeacon"
                    | "superagent.post"
            )
            || name.starts_with("dns.")
            || matches!(last, "sendBeacon" | "sendMail");
        if network {
            self.sends = true;
            self.judged.capabilities.insert("network_access");
            self.sent(&name, last, &it.arguments, it.span);
        } else if matches!(last, "write" | "end" | "send" | "emit" | "pipe")
            && !name.starts_with("res.")
            && !name.starts_with("process.")
        {
            let receiver = match &it.callee {
                Expression::StaticMemberExpression(member) => self.marks.expression(&member.object),
                _ => 0,
            };
            let text = self.marks.slice(it.span).to_owned();
            if receiver & SOCKET != 0 && last == "pipe" && text.contains("stdin") {
                self.see("reverse-shell", it.span, Severity::Critical, "a shell is connected to a socket");
            } else if receiver & (FETCHED | SOCKET) != 0 || name.starts_with("ws.") || name.starts_with("xhr.") {
                self.sent(&name, last, &it.arguments, it.span);
            }
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        let name = self.marks.name(&it.callee);
        if matches!(name.as_str(), "Function" | "vm.Script" | "AsyncFunction") {
            self.runs_code(&it.arguments, it.span);
        }
        if name == "Image" || name == "WebSocket" {
            self.sent(&name, "new", &it.arguments, it.span);
        }
        walk::walk_new_expression(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let target = self.marks.slice(it.left.span());
        let replaced = target.contains(".prototype.")
            || matches!(
                target,
                "window.fetch" | "globalThis.fetch" | "global.fetch" | "https.request" | "http.request" | "console.log"
            );
        let function = matches!(it.right, Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_));
        if replaced && function {
            let body = self.marks.slice(it.right.span());
            let sends = [
                "fetch('http",
                "fetch(\"http",
                "fetch(`http",
                "sendBeacon('http",
                "sendBeacon(\"http",
                "axios.post('http",
                "axios.post(\"http",
                "new Image().src",
            ]
            .iter()
            .any(|call| body.contains(call));
            if sends {
                self.see(
                    "call-interception",
                    it.span,
                    Severity::Critical,
                    "a function of the platform is replaced by one that sends what it is given",
                );
            }
        }
        if target.ends_with(".src") && self.marks.slice(it.right.span()).contains("document.cookie") {
            self.see("credential-theft", it.span, Severity::High, "what is private is sent to the network");
        }
        walk::walk_assignment_expression(self, it);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::inputs::Limits;
    use crate::security::rules::RuleSet;

    fn judged(path: &str, text: &str) -> Judged {
        let rules = RuleSet::standard();
        let input = Input { path, bytes: text.as_bytes(), text: Some(text), kind: Kind::JavaScript };
        JavaScript.analyse(&input, Terms { limits: Limits::default(), rules: &rules, beside: &Default::default() })
    }

    fn rules(text: &str) -> Vec<&'static str> {
        judged("a.js", text).observations.iter().map(|observation| observation.rule).collect()
    }

    #[test]
    fn names_are_those_of_their_function() {
        let apart = "function f(){var e=atob(x);return e}function g(e){eval(e)}";
        assert_eq!(rules(apart), [""; 0]);
        let outer = "var e;function f(){e=atob(x)}function g(){eval(e)}";
        assert_eq!(rules(outer), ["obfuscated-execution"]);
        let inner = "function f(){const e=atob(x);return()=>{eval(e)}}";
        assert_eq!(rules(inner), ["obfuscated-execution"]);
        let module = "function f(){const e=require('child_process');return e}function g(e){e.exec(atob(x))}";
        assert_eq!(rules(module), [""; 0]);
    }

    #[test]
    fn calls_around_calls_cost_a_bounded_time() {
        let chain = format!("x = a{};\n", ".map(b)".repeat(4_000));
        let judged = judged("a.js", &chain.repeat(20));
        assert!(judged.gaps.iter().any(|gap| gap.0 == SkipReason::LimitReached), "{:?}", judged.gaps);
    }

    /// As deep as is let through, and deeper. It is the stack that would fail this test.
    #[test]
    fn code_that_nests_without_end_is_parsed_or_refused() {
        for (path, prefix, unit, suffix) in [
            ("a.js", "a", ".b", ";"),
            ("a.js", "a", ".b()", ";"),
            ("a.js", "x = ", "a=", "a;"),
            ("a.js", "x = ", "! ", "a;"),
            ("a.js", "x = ", "typeof ", "a;"),
            ("a.js", "x = ", "new ", "a;"),
            ("a.js", "x = ", "a=>", "a;"),
            ("a.js", "x = ", "a?a:", "a;"),
            ("a.js", "x = a", "+a", ";"),
            ("a.js", "x = a", "+{}", ";"),
            ("a.js", "", "if(a)", "b();"),
            ("a.js", "if(a){}", "else if(a){}", ""),
            ("a.js", "", "a:", "b();"),
            ("a.ts", "type A = ", "A<", "A"),
            ("a.ts", "type A = ", "A<A,", "A"),
            ("a.tsx", "x = ", "<a>", ""),
            ("a.tsx", "x = ", "<a>,", ""),
        ] {
            for count in [900, 9_900, 16_000, 24_000, 49_000, 500_000] {
                let text = format!("{prefix}{}{suffix}", unit.repeat(count));
                let refused = judged(path, &text).gaps.iter().any(|gap| gap.0 == SkipReason::LimitReached);
                assert!(refused || count < 500_000, "{unit}");
            }
        }
    }
}
