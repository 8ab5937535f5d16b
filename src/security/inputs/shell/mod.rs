//! Shell scripts: what comes in and is run, what is read and goes out, what stays.
//!
//! Commands that only show or search text are about threats and are none: a script that greps for a miner is
//! a guard. Rules look at commands and what flows between them, never at lines.

mod covert;
mod ends;
mod facts;
mod origins;
mod words;

use std::collections::BTreeMap;

use facts::{fetches, inline, interprets, is_about_text, is_bare_address, runs_input, sends, split};
pub use facts::{is_drop as is_drop_place, private as private_file};
use words::{Command, Pipeline, Word};

use super::{Analyser, Input, Judged, Kind, Terms};
use crate::model::{Confidence, Severity};

/// Scripts within scripts are followed this far.
const MAX_DEPTH: usize = 12;

pub(super) struct Shell;

impl Analyser for Shell {
    fn id(&self) -> &'static str {
        "shell"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        input.kind == Kind::Shell && input.text.is_some()
    }

    fn analyse(&self, input: &Input<'_>, _: Terms<'_>) -> Judged {
        let mut judged = Judged::default();
        judge_script(input.text.unwrap_or_default(), 0, &mut judged);
        judged
    }
}

/// Judges a script that stands in a text at an offset.
pub(super) fn judge_script(text: &str, offset: usize, judged: &mut Judged) {
    let mut run = Run { judged, offset, depth: MAX_DEPTH, known: BTreeMap::new(), verified: false, told: None };
    run.script(&words::read(text, MAX_DEPTH), None);
    if let Some(at) = text.find(":(){").filter(|_| text.contains(":|:")) {
        let message = "processes are started without an end";
        judged.see(
            "destructive-command",
            at + offset..text.len() + offset,
            Severity::Critical,
            Confidence::High,
            message,
        );
    }
}

/// Whether a command ends this very program, which judges what runs here.
fn ends_the_guard(name: &str, whole: &str) -> bool {
    let ends = match name {
        "pkill" | "killall" => true,
        "systemctl" | "service" | "launchctl" => {
            ["stop", "disable", "mask", "kill", "unload", "bootout"].iter().any(|verb| whole.contains(verb))
        }
        _ => false,
    };
    ends && whole.contains("aetherra-maint")
}

/// `pip install` from an index without encryption, or whose certificate is not checked.
fn installs_from_elsewhere(name: &str, whole: &str) -> bool {
    let pip = name.starts_with("pip") || name.starts_with("python") && whole.contains("-m pip") || name == "uv";
    let archive = whole.split(' ').any(|word| {
        word.starts_with("http://") && !word.contains("localhost") && !word.contains("127.0.0.1")
            || is_bare_address(word)
    });
    pip && whole.contains("install")
        && (whole.contains("--trusted-host")
            || archive
            || ["index-url", "-i ", "find-links"].iter().any(|flag| whole.contains(flag)) && whole.contains("http://"))
}

/// What a value or a file of the script is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Fetched,
    Decoded,
    Private,
}

struct Run<'j> {
    judged: &'j mut Judged,
    offset: usize,
    depth: usize,
    /// Variables and files by name, and where their content comes from.
    known: BTreeMap<String, Origin>,
    verified: bool,
    /// Where what the last pipeline told comes from, unless it went into a file.
    told: Option<Origin>,
}

impl Run<'_> {
    fn script(&mut self, pipelines: &[Pipeline], at: Option<&Command>) {
        for pipeline in pipelines {
            self.pipeline(pipeline, at);
        }
    }

    fn see(&mut self, rule: &'static str, command: &Command, severity: Severity, message: &str) {
        let range = command.range.start + self.offset..command.range.end + self.offset;
        self.judged.see(rule, range, severity, Confidence::High, message);
    }

    fn pipeline(&mut self, pipeline: &Pipeline, outer: Option<&Command>) {
        // What a loop tells goes into the pipe behind its end.
        let reads = pipeline.first().is_some_and(|first| first.words.iter().any(|word| word.text == "@-"));
        let mut origin: Option<Origin> = if reads { self.told } else { None };
        let mut url = String::new();
        for command in pipeline {
            // What stands within a substitution is told at the command around it.
            let place = outer.unwrap_or(command);
            self.assignments(command, place);
            let Some((name, arguments)) = split(command) else { continue };
            self.capability(name, place);
            let texts: Vec<&str> = arguments.iter().map(|word| word.text.as_str()).collect();
            let whole = texts.join(" ");
            if interprets(name) {
                self.interpreter(name, arguments, command, place, origin, &url);
            } else if matches!(name, "eval" | "source" | ".") {
                self.evaluated(arguments, command, place);
            }
            self.substituted(name, arguments, place);
            self.loops(name, arguments, origin);
            self.leaks(name, arguments, command, place, origin);
            if !is_about_text(name) {
                self.single(name, &texts, &whole, place);
                self.covert(name, arguments, command, place);
            }
            if ends_the_guard(name, &whole) {
                self.see("defence-off", place, Severity::Critical, "the program that guards this machine is ended");
            }
            self.persistence(name, &whole, command, place, origin);
            self.remote_shell(name, arguments, command, place, pipeline);
            origin = self.origin_of(name, arguments, command, origin);
            if fetches(name) {
                url.clone_from(&whole);
            }
            self.files(name, &texts, command, origin);
            self.runs_file(command, place);
        }
        let kept = pipeline.last().is_some_and(|last| {
            last.redirects.iter().any(|one| one.operator == ">" || one.operator == ">>")
                && last.redirects.iter().any(|one| !one.target.text.starts_with("/dev/"))
        });
        self.told = if kept { None } else { origin };
    }

    fn capability(&mut self, name: &str, place: &Command) {
        let at = self.offset + place.range.start;
        if sends(name) {
            self.judged.able("network_access", at);
        }
        if matches!(name, "rm" | "mv" | "cp" | "tee" | "dd" | "mkdir" | "install" | "chmod" | "ln" | "tar" | "unzip") {
            self.judged.able("file_write", at);
        }
    }

    fn interpreter(
        &mut self,
        name: &str,
        arguments: &[Word],
        command: &Command,
        place: &Command,
        origin: Option<Origin>,
        url: &str,
    ) {
        if runs_input(arguments) {
            match origin {
                Some(Origin::Fetched) => self.fetched(url, place),
                Some(Origin::Decoded) => {
                    self.see("obfuscated-execution", place, Severity::Critical, "decoded text is run as a script")
                }
                _ => {}
            }
        }
        if let Some(code) = inline(arguments) {
            self.code(name, code, place);
        }
        for word in arguments {
            // `sh <(curl …)`
            if word.text.starts_with("$(") && word.text.len() > 2 && inline(arguments).is_none() {
                self.run_word(word, place);
            }
        }
        if let Some(document) = &command.document
            && runs_input(arguments)
            && self.depth > 0
            && !document.is_empty()
        {
            self.depth -= 1;
            if matches!(name, "sh" | "bash" | "zsh" | "dash" | "ksh" | "ash") {
                self.script(&words::read(document, self.depth), Some(place));
            } else {
                self.foreign(document, place);
            }
            self.depth += 1;
        }
    }

    fn code(&mut self, name: &str, code: &Word, place: &Command) {
        self.run_word(code, place);
        if self.depth == 0 {
            return;
        }
        self.depth -= 1;
        if matches!(name, "sh" | "bash" | "zsh" | "dash" | "ksh" | "ash") {
            self.script(&words::read(&code.text, self.depth), Some(place));
        } else {
            self.foreign(&code.text, place);
        }
        self.depth += 1;
    }

    /// One-liners of other languages.
    fn foreign(&mut self, code: &str, place: &Command) {
        let has = |parts: &[&str]| parts.iter().all(|part| code.contains(part));
        let socket = code.contains("socket") || code.contains("Socket") || code.contains("fsockopen");
        let shell = ["/bin/sh", "/bin/bash", "pty.spawn", "cmd.exe", "exec("].iter().any(|part| code.contains(part));
        if socket && (code.contains("dup2") || shell) {
            self.see("reverse-shell", place, Severity::Critical, "a shell is connected to a socket");
        } else if has(&["b64decode", "exec"])
            || has(&["decode_base64", "eval"])
            || has(&["base64", "eval("])
            || has(&["Buffer.from(", "base64", "exec"])
        {
            self.see("obfuscated-execution", place, Severity::Critical, "decoded text is run as code");
        } else if has(&["urlopen", "exec("]) || has(&["requests.get", "exec("]) {
            self.see("download-and-run", place, Severity::Critical, "fetched text is run as code");
        }
    }

    fn evaluated(&mut self, arguments: &[Word], command: &Command, place: &Command) {
        for word in arguments {
            self.run_word(word, place);
        }
        if command.document.is_some() {
            return;
        }
        for redirect in &command.redirects {
            self.run_word(&redirect.target, place);
        }
    }

    /// A word whose content is run.
    fn run_word(&mut self, word: &Word, place: &Command) {
        match self.origin_of_word(word) {
            Some(Origin::Fetched) => {
                let text = word.text.clone();
                self.fetched(&text, place);
            }
            Some(Origin::Decoded) => {
                self.see("obfuscated-execution", place, Severity::Critical, "decoded text is run as a script")
            }
            _ => {}
        }
    }
}
