//! Where values end up: calls that run, start, send or write.

use std::collections::BTreeMap;

use oxc_ast::ast::{
    Argument, AssignmentExpression, CallExpression, Expression, Function, NewExpression, StringLiteral,
    VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::{GetSpan, Span};
use oxc_syntax::scope::ScopeFlags;

use super::origins::{DECODED, FETCHED, FORM, HOST, KEYS, Marks, PRIVATE, REQUEST, SOCKET, is_fetch};
use super::spelled::seamless;
use crate::model::{Confidence, Severity};
use crate::security::inputs::shell::{is_drop_place, judge_script};
use crate::security::inputs::{Judged, powershell};

/// What functions do to the files of a folder that they walk through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Walker {
    lists: bool,
    destroys: bool,
}

pub(super) struct Sinks<'m, 'j> {
    marks: &'m Marks<'m>,
    judged: &'j mut Judged,
    /// The names of the functions around.
    around: Vec<String>,
    walkers: BTreeMap<String, Walker>,
    /// Calls with the root or the home of the machine, and where they stand.
    far: Vec<(String, Span)>,
    /// Files that are written from the network, and those that are started.
    written: Vec<String>,
    started: Vec<(String, Span)>,
    fetches: bool,
}

impl<'m, 'j> Sinks<'m, 'j> {
    pub(super) fn new(marks: &'m Marks<'m>, judged: &'j mut Judged) -> Self {
        let (around, walkers, far) = (Vec::new(), BTreeMap::new(), Vec::new());
        Self { marks, judged, around, walkers, far, written: Vec::new(), started: Vec::new(), fetches: false }
    }

    /// What only the whole of the code tells.
    pub(super) fn conclude(&mut self) {
        for (name, span) in std::mem::take(&mut self.far) {
            if self.walkers.get(&name) == Some(&Walker { lists: true, destroys: true }) {
                let message = "every file that can be reached is overwritten or removed";
                self.see("destructive-command", span, Severity::Critical, message);
            }
        }
        for (file, span) in std::mem::take(&mut self.started) {
            if self.fetches && self.written.contains(&file) {
                self.see("download-and-run", span, Severity::Critical, "a file that was fetched before is run");
            }
        }
    }

    fn walker(&mut self) -> Option<&mut Walker> {
        let name = self.around.last()?.clone();
        Some(self.walkers.entry(name).or_default())
    }

    fn see(&mut self, rule: &'static str, span: Span, severity: Severity, message: &str) {
        self.judged.see(rule, span.start as usize..span.end as usize, severity, Confidence::High, message);
    }

    fn runs_code(&mut self, arguments: &[Argument<'_>], span: Span) {
        let marks = arguments.iter().fold(0, |all, argument| all | self.marks.argument(argument));
        // `new Function("return this")` finds the global object; what comes from elsewhere can do anything.
        if marks & (FETCHED | DECODED | REQUEST) != 0 {
            self.judged.able("arbitrary_code_execution", span.start as usize);
        }
        self.ran(marks, span, "code-injection");
    }

    fn ran(&mut self, marks: u16, span: Span, injection: &'static str) {
        if marks & FETCHED != 0 {
            self.see("download-and-run", span, Severity::Critical, "what is fetched from the network is run");
        } else if marks & DECODED != 0 {
            self.see("obfuscated-execution", span, Severity::Critical, "decoded text is run");
        } else if marks & SOCKET != 0 {
            self.see("reverse-shell", span, Severity::Critical, "what somebody on the network says is run");
        } else if marks & REQUEST != 0 {
            self.see(injection, span, Severity::High, "what a request says is run");
        }
    }

    fn starts(&mut self, last: &str, arguments: &[Argument<'_>], span: Span) {
        self.judged.able("system_execution", span.start as usize);
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
        let spelled = self.marks.spelled_argument(first);
        if spelled.starts_with(['/', '.', '~', '$']) {
            self.started.push((spelled, span));
        }
        let options: Vec<String> = arguments.iter().skip(1).map(|one| self.marks.spelled_argument(one)).collect();
        if options.iter().any(|list| is_pool(list)) {
            self.see("coin-mining", span, Severity::Critical, "this connects to a mining pool or starts a miner");
        }
        let seamless = seamless(&text);
        let literal = match first {
            Argument::StringLiteral(literal) => literal.value.as_str(),
            _ => seamless.trim_matches(['"', '\'', '`']),
        };
        if matches!(first, Argument::StringLiteral(_)) || literal.len() + 2 == seamless.len() {
            let list = arguments.get(1).map(|list| self.marks.slice(list.span())).filter(|list| list.starts_with('['));
            self.command(&line_of(literal, list), span);
        }
        if literal.contains("npm publish")
            && ["_authToken", ".npmrc", "maintainer"].iter().any(|word| self.marks.text.contains(word))
        {
            self.see("self-copy", span, Severity::Critical, "the package publishes others with itself in them");
        }
        let all: u16 = arguments.iter().skip(1).fold(0, |all, argument| all | self.marks.argument(argument));
        if all & SOCKET != 0 && (text.contains("sh") || text.contains("cmd")) {
            self.see("reverse-shell", span, Severity::Critical, "a shell is connected to a socket");
        }
    }

    /// A command line is judged as a script; what it does is told where it is started.
    fn command(&mut self, line: &str, span: Span) {
        let mut script = Judged::default();
        judge_script(line, 0, &mut script);
        let lower = line.to_ascii_lowercase();
        if ["powershell", "schtasks", "reg add", "vssadmin", "wevtutil", "netsh"]
            .iter()
            .any(|word| lower.contains(word))
        {
            powershell::judge_script(line, &mut script);
        }
        for mut seen in script.observations {
            (seen.start, seen.end) = (span.start as usize, span.end as usize);
            self.judged.observations.push(seen);
        }
        script.capabilities.keys().for_each(|capability| self.judged.able(capability, span.start as usize));
    }

    fn removes(&mut self, arguments: &[Argument<'_>], span: Span) {
        let Some(first) = arguments.first() else { return };
        let target = self.marks.slice(first.span());
        let home = matches!(target, "os.homedir()" | "'/'" | "\"/\"" | "homedir()" | "process.env.HOME");
        let record = ["/var/log", "_history", ".aetherra"].iter().any(|part| target.contains(part));
        if let Some(walker) = self.walker() {
            walker.destroys = true;
        }
        if home {
            self.see("destructive-command", span, Severity::Critical, "everything that can be reached is destroyed");
        } else if record {
            self.see("defence-off", span, Severity::High, "records of what was done are removed");
        }
    }

    /// The marks of what a method is called of.
    fn receiver(&self, callee: &Expression<'_>) -> u16 {
        match callee {
            Expression::StaticMemberExpression(member) => self.marks.expression(&member.object),
            _ => 0,
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
        let away = text.contains("://")
            || text.contains("'//")
            || text.contains("\"//")
            || !text.contains("'/") && !text.contains("\"/") && !text.contains("`/");
        let page = text.contains("document.cookie") || text.contains("localStorage");
        if marks & PRIVATE != 0 && away {
            let severity = if page && !is_drop_place(&text) { Severity::High } else { Severity::Critical };
            self.see("credential-theft", span, severity, "what is private is sent to the network");
        } else if marks & KEYS != 0 && away {
            self.see("input-capture", span, Severity::High, "keys are recorded and sent");
        } else if marks & HOST != 0 && is_drop_place(&text) {
            self.see("credential-theft", span, Severity::High, "what the machine tells is sent to a drop");
        }
        if marks & FORM != 0 && matches!(last, "new" | "sendBeacon") && text.contains("//") {
            self.see("credential-theft", span, Severity::High, "what is typed into forms is sent elsewhere");
        }
    }

    fn writes(&mut self, last: &str, arguments: &[Argument<'_>], span: Span) {
        self.judged.able("file_write", span.start as usize);
        let Some(first) = arguments.first() else { return };
        if let Some(walker) = self.walker() {
            walker.destroys = true;
        }
        let spelled = self.marks.spelled_argument(first);
        self.written.push(spelled.clone());
        let target = format!("{} {spelled}", self.marks.slice(first.span()));
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

/// The name of a function that is called where it is written.
fn function_name(callee: &Expression<'_>) -> Option<String> {
    match callee {
        Expression::ParenthesizedExpression(inner) => function_name(&inner.expression),
        Expression::FunctionExpression(function) => function.id.as_ref().map(|id| id.name.to_string()),
        _ => None,
    }
}

/// Whether a text names a mining pool and its port.
fn is_pool(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let named =
        ["pool", "xmr", "mining", "miner", "nicehash", "hashvault", "nanopool"].iter().any(|word| lower.contains(word));
    let port = lower.split(['/', ' ', ',']).any(|part| {
        part.rsplit_once(':').is_some_and(|(host, port)| {
            host.contains('.') && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
        })
    });
    named
        && port
        && (lower.contains("-o/") || lower.contains("-u/") || lower.contains("--url") || lower.contains("stratum"))
}

/// Whether code holds the address of a wallet.
fn names_wallet(code: &str) -> bool {
    let hex = code.match_indices("0x").any(|(at, _)| {
        code.get(at + 2..).is_some_and(|rest| rest.bytes().take_while(u8::is_ascii_hexdigit).count() == 40)
    });
    hex || code.match_indices("bc1").any(|(at, _)| {
        code.get(at..)
            .is_some_and(|rest| (26..=62).contains(&rest.bytes().take_while(u8::is_ascii_alphanumeric).count()))
    })
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
    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        let function =
            matches!(it.init, Some(Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_)));
        if function {
            self.around.push(self.marks.slice(it.id.span()).to_owned());
        }
        walk::walk_variable_declarator(self, it);
        if function {
            self.around.pop();
        }
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        if let Some(id) = &it.id {
            self.around.push(id.name.to_string());
        }
        walk::walk_function(self, it, flags);
        if it.id.is_some() {
            self.around.pop();
        }
    }

    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        let text = it.value.as_str();
        let pool = text.split_once("stratum+").and_then(|(_, rest)| rest.split_once("://"));
        let mines = pool.is_some_and(|(_, host)| host.contains('.') && host.contains(':'))
            || text.contains("://coinhive.com")
            || text.contains("coinhive.min.js")
            || text.contains("cryptonight.wasm");
        let spelled = self.marks.slice(it.span);
        let hides =
            matches!(text, "child_process" | "eval" | "exec" | "execSync" | "spawn" | "Function" | "constructor")
                && (spelled.contains("\\x") || spelled.contains("\\u00"));
        if hides {
            self.see(
                "obfuscated-execution",
                it.span,
                Severity::High,
                "the name of what runs code is written in escapes",
            );
        }
        if mines {
            self.see("coin-mining", it.span, Severity::Critical, "this connects to a mining pool or starts a miner");
        }
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let name = self.marks.name(&it.callee);
        let last = name.rsplit('.').next().unwrap_or_default();
        let of_process = name.starts_with("child_process");
        let made = last == "constructor"
            && ["function", "=>"].iter().any(|part| self.marks.slice(it.callee.span()).contains(part));
        if made {
            self.runs_code(&it.arguments, it.span);
        }
        if matches!(last, "readdirSync" | "readdir")
            && let Some(walker) = self.walker()
        {
            walker.lists = true;
        }
        if let Some(first) = it.arguments.first() {
            let target = self.marks.slice(first.span());
            let far = matches!(
                target,
                "'/'"
                    | "\"/\""
                    | "os.homedir()"
                    | "homedir()"
                    | "process.env.HOME"
                    | "'C:\\\\'"
                    | "process.env.USERPROFILE"
            );
            if far {
                self.far.push((function_name(&it.callee).unwrap_or_else(|| name.clone()), it.span));
            }
        }
        if last == "createWriteStream"
            && let Some(first) = it.arguments.first()
        {
            self.written.push(self.marks.spelled_argument(first));
        }
        if matches!(name.as_str(), "eval" | "Function" | "execScript" | "(0,eval)")
            || matches!(name.as_str(), "Function.constructor" | "eval.call" | "eval.apply" | "Reflect.construct")
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
            || matches!(last, "sendBeacon" | "sendMail" | "submit" | "createGist" | "createOrUpdateFileContents")
            || matches!(last, "sendMessage" | "sendDocument" | "sendFile" | "putObject" | "uploadFile" | "upload");
        if network {
            self.fetches = true;
            self.judged.able("network_access", it.span.start as usize);
            self.sent(&name, last, &it.arguments, it.span);
            // What was put together before is sent by a method of its own.
            if last == "submit" && self.receiver(&it.callee) & PRIVATE != 0 {
                self.see("credential-theft", it.span, Severity::Critical, "what is private is sent to the network");
            }
        } else if matches!(last, "write" | "end" | "send" | "emit" | "pipe")
            && !name.starts_with("res.")
            && !name.starts_with("process.")
        {
            let receiver = self.receiver(&it.callee);
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
        if matches!(name.as_str(), "Function" | "vm.Script" | "AsyncFunction" | "Function.constructor")
            || name.ends_with(".constructor") && self.marks.slice(it.callee.span()).contains("unction")
        {
            self.runs_code(&it.arguments, it.span);
        }
        if name == "Image" || name == "WebSocket" {
            self.sent(&name, "new", &it.arguments, it.span);
        }
        walk::walk_new_expression(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let target = self.marks.slice(it.left.span());
        let platform = ["window.", "globalThis.", "global.", "self.", "navigator.", "document."];
        let wallets = [".request", ".send", ".fetch", ".writeText", ".sendAsync", ".open"];
        let replaced = target.contains(".prototype.")
            || platform.iter().any(|owner| target.starts_with(owner))
                && wallets.iter().any(|end| target.ends_with(end))
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
            let swaps =
                names_wallet(body) && (body.contains("replace") || body.contains(".to ") || body.contains("params"));
            if swaps {
                let message = "a function of the platform is replaced by one that exchanges where money goes";
                self.see("call-interception", it.span, Severity::Critical, message);
            } else if sends {
                self.see(
                    "call-interception",
                    it.span,
                    Severity::Critical,
                    "a function of the platform is replaced by one that sends what it is given",
                );
            }
        }
        let decoded = self.marks.expression(&it.right) & DECODED != 0;
        if target.ends_with(".src") && decoded && self.marks.text.contains("createElement('script')") {
            self.see(
                "obfuscated-execution",
                it.span,
                Severity::High,
                "a script is loaded from a place that was encoded",
            );
        }
        let typed = self.marks.expression(&it.right) & (FORM | KEYS | PRIVATE) != 0;
        let abroad = self.marks.slice(it.right.span()).contains("//");
        if target.ends_with(".src")
            && (self.marks.slice(it.right.span()).contains("document.cookie") || typed && abroad)
        {
            self.see("credential-theft", it.span, Severity::High, "what is private is sent to the network");
        }
        walk::walk_assignment_expression(self, it);
    }
}
