//! Keys that are recorded, and a clipboard whose content is exchanged.

mod interception;

use ruff_python_ast::Expr;

pub(in crate::security::rules) use interception::INTERCEPTION;

use super::reach::{Reach, arguments_of};
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
        ]),
        Trigger::Method(&[
            "GetAsyncKeyState",
            "GetKeyState",
            "SetWindowsHookExA",
            "SetWindowsHookExW",
            "read_loop",
            "SetWindowsHookEx",
        ]),
    ],
    check: captured,
};

fn captured(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
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
        _ => true,
    };
    if !native {
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
}

pub(in crate::security::rules) const CLIPBOARD: Rule = Rule {
    id: "clipboard-swap",
    title: "what is copied is exchanged for something else",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; whoever pastes an address pays somebody else",
    triggers: &[Trigger::Call(&[
        "pyperclip.copy",
        "clipboard.copy",
        "win32clipboard.SetClipboardText",
        "win32clipboard.SetClipboardData",
        "pandas.io.clipboard.copy",
    ])],
    check: |site, sink| {
        let Some(new) = site.first() else { return };
        let reads = |expr: &Expr, scope| {
            let Expr::Call(call) = expr else { return Some(false) };
            let name = site.file.model.resolve(&call.func, scope).unwrap_or_default();
            Some(name.ends_with(".paste") || name.ends_with("GetClipboardData"))
        };
        let mut reach = Reach::new(site.file.model);
        let text = &site.file.unit.text;
        // Patterns of addresses to which money is sent.
        let addresses = ["bc1", "0x[", "[13][", "T[1-9", "{25,34}", "{26,35}", "{33}"];
        let about_money = site.file.model.nodes_of(Kinds::STRING | Kinds::BYTES).any(|(_, node)| match node.node {
            NodeRef::Expr(expr) => super::reach::literal_text(expr)
                .is_some_and(|text| text.contains('[') && addresses.iter().any(|address| text.contains(address))),
            _ => false,
        });
        // What is copied has nothing to do with what was there, and what was there is looked at first; or what was
        // there is rewritten where it looks like an address.
        let derived = reach.any(new, site.scope, &reads);
        let fixed = !derived
            && reach.any(new, site.scope, &|expr, _| {
                Some(super::reach::literal_text(expr).is_some_and(|text| text.len() > 15 && !text.contains(' ')))
            });
        if !about_money && !fixed {
            return;
        }
        let looks = ["re.match", "re.search", "re.fullmatch", "re.compile", "startswith", "bc1", "0x"];
        let loops = text.contains("while ") || text.contains("schedule") || text.contains("Timer");
        let watched = site.file.model.nodes.iter().any(|node| {
            let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
            reads(&Expr::Call(call.clone()), node.scope) == Some(true)
        });
        if watched && loops && looks.iter().any(|look| text.contains(look)) {
            let message = "the clipboard is watched, and what is copied is exchanged";
            sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
        }
    },
};

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
                ruff_python_ast::InterpolatedStringElement::Literal(literal) => before.push_str(&literal.value),
                ruff_python_ast::InterpolatedStringElement::Interpolation(part) => {
                    let Some((_, address)) = before.rsplit_once("](http") else { continue };
                    let image = before.rfind("![").is_some_and(|at| before.rfind("](").is_some_and(|open| open > at));
                    let mut names = Vec::new();
                    names_in(&part.expression, &mut names, 6);
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
                    let carries =
                        names.iter().any(|name| told.iter().any(|word| name.to_ascii_lowercase().contains(word)));
                    if image && carries && address.contains('?') && !address.contains(')') {
                        let message = "whoever shows this image sends what its address holds to a stranger";
                        sink.report(site.range(), Severity::High, Confidence::Medium, message);
                        return;
                    }
                }
            }
        }
    },
};

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
