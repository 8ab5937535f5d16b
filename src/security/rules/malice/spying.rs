//! Keys that are recorded, and images that carry data away.

mod clipboard;
mod interception;
mod mirror;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged as _;

pub(in crate::security::rules) use clipboard::CLIPBOARD;
pub(in crate::security::rules) use interception::INTERCEPTION;

use super::reach::{Reach, arguments_of};
use super::ways;
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{Kinds, NodeRef};
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const INPUT_CAPTURE: Rule = Rule {
    id: "input-capture",
    title: "what is typed is recorded and kept or sent",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::High,
    help: "do not let this code in, unless its users know that it listens and agreed to it",
    triggers: &[
        Trigger::Call(&[
            "pynput.keyboard.Listener",
            "keyboard.on_press",
            "keyboard.on_release",
            "keyboard.hook",
            "keyboard.record",
            "keyboard.start_recording",
            "pyHook.HookManager",
            "pyxhook.HookManager",
            "PyHook3.HookManager",
            "pyWinhook.HookManager",
            "builtins.open",
            "os.open",
        ]),
        Trigger::Method(&[
            "GetAsyncKeyState",
            "GetKeyState",
            "SetWindowsHookExA",
            "SetWindowsHookExW",
            "read_loop",
            "SetWindowsHookEx",
        ]),
        Trigger::Function,
    ],
    check: captured,
};

fn captured(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if let NodeRef::Stmt(Stmt::FunctionDef(function)) = site.node {
        return told_of_keys(site, function, sink);
    }
    let text = &site.file.unit.text;
    let native = match site.call().and_then(called_name).unwrap_or_default() {
        // One key is asked for by a game; all keys in a loop by a recorder.
        "GetAsyncKeyState" | "GetKeyState" => {
            let looped = site.ancestors().any(|node| matches!(node.node, NodeRef::Stmt(ruff_python_ast::Stmt::For(_))));
            if !looped || site.first().is_some_and(|key| site.is_constant(key)) {
                return;
            }
            true
        }
        "SetWindowsHookExA" | "SetWindowsHookExW" | "SetWindowsHookEx" => site.imports("ctypes"),
        "read_loop" => site.imports("evdev"),
        _ if matches!(site.name, Some("builtins.open" | "os.open")) => {
            let device = site.first().and_then(|path| site.text(path));
            if !device.is_some_and(|path| path.starts_with("/dev/input/event")) {
                return;
            }
            true
        }
        _ => true,
    };
    if !native {
        return;
    }
    let listener = listener(site);
    if listener.is_some_and(|listener| !records(listener)) {
        return;
    }
    let sends = ["requests", "smtplib", "socket", "urllib", "httpx", "ftplib", "telebot", "discord", "paramiko"]
        .iter()
        .any(|module| site.imports(module));
    let keeps = text.contains("open(") || text.contains(".write(") || text.contains("logging.basicConfig(filename");
    if sends {
        let message = "every key is listened to, and the file can send what it heard";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
    } else if keeps {
        let message = "every key is listened to, and written to a file";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
    } else {
        let message = "keys are listened to, also those of other programs";
        sink.report(site.range(), Severity::Low, Confidence::Low, message);
    }
    if matches!(site.call().and_then(called_name), Some("GetAsyncKeyState" | "GetKeyState")) {
        kept_on(site, sink);
    }
    if let Some(listener) = listener {
        kept_by(site, listener, sink);
    }
    if let Some(listener) = listener.filter(|_| sends) {
        sent_on(site, listener, sink);
    }
}

/// A function that is called like one that is told of keys, and sends: who calls it may stand elsewhere.
fn told_of_keys(site: &Site<'_, '_>, function: &ast::StmtFunctionDef, sink: &mut Sink<'_>) {
    let named = matches!(function.name.as_str(), "on_press" | "on_release" | "on_key_press" | "on_key" | "on_keypress");
    let listens = || ["pynput", "keyboard", "pyHook", "evdev"].iter().any(|module| site.imports(module));
    if named
        && listens()
        && let Some(place) = ways::sends_within(site, function.range())
    {
        let message = "what is typed is sent over the network";
        sink.report(place, Severity::Critical, Confidence::Medium, message);
    }
}

/// The function of this file that is told of every key.
fn listener<'a>(site: &Site<'_, 'a>) -> Option<&'a ast::StmtFunctionDef> {
    let named = ["on_press", "on_release", "callback"].into_iter().find_map(|name| site.keyword(name));
    ways::function_of(site.file.model, named.or_else(|| site.first())?, site.scope)
}

/// Whether a function that is told of keys does anything with them but to compare them.
fn records(listener: &ast::StmtFunctionDef) -> bool {
    struct Acts(bool);
    impl<'e> Visitor<'e> for Acts {
        fn visit_stmt(&mut self, stmt: &'e Stmt) {
            self.0 |= matches!(stmt, Stmt::AugAssign(_) | Stmt::With(_))
                || matches!(stmt, Stmt::Assign(assign) if assign.targets.iter().any(|target| !target.is_name_expr()));
            visitor::walk_stmt(self, stmt);
        }
        fn visit_expr(&mut self, expr: &'e Expr) {
            self.0 |= expr.is_call_expr();
            visitor::walk_expr(self, expr);
        }
    }
    let mut acts = Acts(false);
    acts.visit_body(&listener.body);
    acts.0
}

/// Where the key that a loop asks for is written.
fn kept_on(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let looped = site.ancestors().find_map(|node| match node.node {
        NodeRef::Stmt(Stmt::For(looped)) => looped.target.as_name_expr(),
        _ => None,
    });
    let Some(key) = looped else { return };
    let model = site.file.model;
    let writes = model.calls_named("write").filter_map(|node| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return None };
        model.spend(1)?;
        (node.scope == site.scope && ways::is_given(call, key.id.as_str())).then(|| call.range())
    });
    for place in writes.take(ways::MAX_TOLD) {
        sink.report(place, Severity::Low, Confidence::Medium, "what is typed is written here");
    }
}

/// Where a listener writes the key that it is told.
fn kept_by(site: &Site<'_, '_>, listener: &ast::StmtFunctionDef, sink: &mut Sink<'_>) {
    let model = site.file.model;
    let told: Vec<&str> = listener.parameters.iter().map(|given| given.name().as_str()).collect();
    let writes = model.calls_named("write").filter_map(|node| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return None };
        model.spend(1)?;
        let inside = listener.range().contains_range(call.range());
        (inside && told.iter().any(|word| *word != "self" && ways::is_given(call, word))).then(|| call.range())
    });
    for place in writes.take(ways::MAX_TOLD) {
        sink.report(place, Severity::Low, Confidence::Medium, "what is typed is written here");
    }
}

/// Where what a listener gathers is sent.
fn sent_on(site: &Site<'_, '_>, listener: &ast::StmtFunctionDef, sink: &mut Sink<'_>) {
    let model = site.file.model;
    let gathered = gathered(listener);
    let sends = model.nodes_of(Kinds::CALL).filter_map(|(_, node)| {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { return None };
        model.spend(1)?;
        let given = gathered.iter().any(|word| ways::is_given(call, word));
        (given && ways::is_sending(model, call, node.scope)).then(|| call.range())
    });
    for place in sends.take(ways::MAX_TOLD) {
        sink.report(place, Severity::Critical, Confidence::Medium, "what was typed is sent over the network");
    }
}

/// The names and attributes that a function adds to: `keys.append(key)`, `self.text += key`.
fn gathered(function: &ast::StmtFunctionDef) -> Vec<&str> {
    struct Adds<'e>(Vec<&'e str>);
    fn last(expr: &Expr) -> Option<&str> {
        match expr {
            Expr::Name(name) => Some(name.id.as_str()),
            Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
            _ => None,
        }
    }
    impl<'e> Visitor<'e> for Adds<'e> {
        fn visit_stmt(&mut self, stmt: &'e Stmt) {
            if let Stmt::AugAssign(adds) = stmt {
                self.0.extend(last(&adds.target));
            }
            visitor::walk_stmt(self, stmt);
        }
        fn visit_expr(&mut self, expr: &'e Expr) {
            if let Expr::Call(call) = expr
                && let Expr::Attribute(method) = &*call.func
                && matches!(method.attr.as_str(), "append" | "extend" | "put" | "add")
            {
                self.0.extend(last(&method.value));
            }
            visitor::walk_expr(self, expr);
        }
    }
    let mut adds = Adds(Vec::new());
    adds.visit_body(&function.body);
    adds.0
}

pub(in crate::security::rules) const IMAGE_LEAK: Rule = Rule {
    id: "image-leak",
    title: "an image whose address carries data",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 200,
    severity: Severity::High,
    help: "show images from addresses that are constants",
    triggers: &[Trigger::Text],
    check: |site, sink| {
        let NodeRef::Expr(Expr::FString(text)) = site.node else { return };
        let mut before = String::new();
        for element in text.value.elements() {
            match element {
                ast::InterpolatedStringElement::Literal(literal) => before.push_str(&literal.value),
                ast::InterpolatedStringElement::Interpolation(part) => {
                    if is_image_address(&before) && is_private(site, &part.expression) {
                        let message = "whoever shows this image sends what its address holds to a stranger";
                        sink.report(site.range(), Severity::High, Confidence::High, message);
                        return;
                    }
                    before.push('\u{0}');
                }
            }
        }
    },
};

/// Whether a text of Markdown ends within the address of an image, behind its `?`. A host that is put in is marked.
fn is_image_address(before: &str) -> bool {
    let Some(open) = before.rfind("](") else { return false };
    let address = before.get(open + 2..).unwrap_or_default();
    let image = before.get(..open).unwrap_or_default().rfind("![").is_some();
    image && address.starts_with(['h', '\u{0}']) && address.contains('?') && !address.contains(')')
}

/// Whether a value is private by its name, or is taken from the environment.
fn is_private(site: &Site<'_, '_>, value: &Expr) -> bool {
    let told = [
        "secret",
        "token",
        "password",
        "api_key",
        "apikey",
        "history",
        "conversation",
        "context",
        "memory",
        "credential",
        "private",
    ];
    let mut names = Vec::new();
    names_in(value, &mut names, 6);
    names.iter().any(|name| told.iter().any(|word| name.to_ascii_lowercase().contains(word)))
        || Reach::new(site.file.model).any(value, site.scope, &|expr, scope| {
            Some(site.file.model.is(expr, scope, "os.environ") || site.file.model.is(expr, scope, "os.getenv"))
        })
}

fn names_in<'e>(expr: &'e Expr, out: &mut Vec<&'e str>, depth: u8) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match expr {
        Expr::Name(name) => out.push(name.id.as_str()),
        Expr::Attribute(attribute) => {
            out.push(attribute.attr.as_str());
            names_in(&attribute.value, out, depth);
        }
        Expr::Call(call) => {
            names_in(&call.func, out, depth);
            arguments_of(call).for_each(|argument| names_in(argument, out, depth));
        }
        Expr::Subscript(subscript) => names_in(&subscript.value, out, depth),
        _ => {}
    }
}
