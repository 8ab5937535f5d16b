//! Keys, screens and microphones that are watched.

use crate::model::{Category, Confidence, Severity};
use crate::security::rules::{Rule, Trigger};

pub(in crate::security::rules) const INPUT_CAPTURE: Rule = Rule {
    id: "input-capture",
    title: "what is typed is recorded and kept or sent",
    aliases: &[],
    category: Category::Exfiltration,
    cwe: 506,
    severity: Severity::High,
    help: "do not let this code in, unless its users know that it listens and agreed to it",
    triggers: &[Trigger::Call(&[
        "pynput.keyboard.Listener",
        "keyboard.on_press",
        "keyboard.on_release",
        "keyboard.hook",
        "keyboard.record",
        "pyHook.HookManager",
        "pyxhook.HookManager",
        "PyHook3.HookManager",
    ])],
    check: |site, sink| {
        let text = &site.file.unit.text;
        let sends =
            ["requests", "smtplib", "socket", "urllib", "httpx", "ftplib"].iter().any(|module| site.imports(module));
        let keeps = text.contains("open(") || text.contains(".write(");
        if sends {
            let message = "every key is listened to, and the file can send what it heard";
            sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
        } else if keeps {
            sink.report(
                site.range(),
                Severity::High,
                Confidence::Medium,
                "every key is listened to, and written to a file",
            );
        } else {
            sink.report(
                site.range(),
                Severity::Low,
                Confidence::Low,
                "keys are listened to, also those of other programs",
            );
        }
    },
};
