//! Programs that are started: what names them, what they run, and what they fetch.

use std::rc::Rc;

use ruff_text_size::TextRange;

use super::super::interpret::Interpreter;
use super::super::sources::SourceKind;
use super::super::state::{Object, Sequence};
use super::super::values::{Kind, Taint, Value};
use super::super::weakness::Weakness;

impl Interpreter<'_> {
    /// The arguments with which a program is started.
    pub(super) fn check_process(&mut self, command: &Value, shell: bool, range: TextRange, name: &str) {
        let all = self.taint_of(command);
        let known = match &command.kind {
            Kind::Object(id) => match self.state.object(*id).map(Rc::as_ref) {
                Some(Object::Sequence { items, rest: None, .. }) => items.iter().all(Value::is_constant),
                _ => false,
            },
            _ => false,
        };
        let harmless = (known && !all.is_some()) || self.is_harmless(command, &all, Weakness::Command);
        self.judge_place(range, harmless);
        if shell {
            let taint = self.taint_of(command);
            self.hit(Weakness::Command, &taint, range, name);
            return;
        }
        let Kind::Object(id) = command.kind else {
            // A text without a shell: all of it names the program; alternatives are looked at one by one.
            for alternative in command.alternatives().to_vec() {
                match alternative.kind {
                    Kind::Object(_) => self.check_process(&alternative, false, range, name),
                    _ => {
                        let taint = self.taint_of(&alternative);
                        self.hit(Weakness::Command, &taint, range, name);
                    }
                }
            }
            return;
        };
        let Some(Object::Sequence { items, rest, .. }) = self.state.object(id).cloned().map(|o| o.as_ref().clone())
        else {
            return;
        };
        if let Some(Kind::OneOf(programs)) = items.first().map(|first| first.kind.clone()) {
            // `"cmd" if windows else "sh"`: each of them may be what runs.
            for program in programs.iter().take(4) {
                let mut items = items.clone();
                if let Some(first) = items.first_mut() {
                    *first = program.clone();
                }
                let one = Value::of(Kind::Object(self.state.allocate(Object::Sequence {
                    sort: Sequence::List,
                    items,
                    rest: rest.clone(),
                })));
                self.check_process(&one, false, range, name);
            }
            return;
        }
        let Some(first) = items.first() else {
            if let Some(rest) = rest {
                let taint = self.taint_of(&rest);
                self.hit(Weakness::Command, &taint, range, name);
            }
            return;
        };
        let mut taint = self.taint_of(first);
        let program = first.as_str().map(|path| path.rsplit('/').next().unwrap_or(path).to_owned()).unwrap_or_default();
        self.check_fetched(&program, &items, range, name);
        let interprets = matches!(
            program.as_str(),
            "sh" | "bash"
                | "zsh"
                | "dash"
                | "ksh"
                | "cmd"
                | "cmd.exe"
                | "powershell"
                | "pwsh"
                | "python"
                | "python3"
                | "perl"
                | "ruby"
                | "node"
                | "env"
                | "ssh"
                | "xargs"
                | "sudo"
                | "su"
                | "busybox"
                | "csh"
                | "tcsh"
                | "fish"
        );
        if interprets {
            // Behind a script that is constant, data is an argument of the script: `sh -c 'ls "$1"' sh x`.
            let shell = program.ends_with("sh") && items.get(1).and_then(Value::as_str) == Some("-c");
            let script = items.get(2).filter(|script| shell && script.is_constant());
            let code = if script.is_some() { items.get(1..3).unwrap_or(&[]) } else { items.get(1..).unwrap_or(&[]) };
            for item in code.iter().chain(rest.iter().filter(|_| script.is_none())) {
                taint = taint.union(&self.taint_of(item));
            }
        }
        if !interprets {
            // Which compiler, editor or pager is started is what such variables are for.
            taint = taint.map(|flow| (self.kind_of(flow.origin) != Some(SourceKind::Environment)).then_some(*flow));
        }
        self.hit(Weakness::Command, &taint, range, name);
    }

    /// Programs that fetch what an argument of theirs names.
    fn check_fetched(&mut self, program: &str, items: &[Value], range: TextRange, name: &str) {
        let verb = items.get(1).and_then(Value::as_str).unwrap_or("");
        // Whoever names a package has its code run here.
        let installs =
            matches!(program, "pip" | "pip3" | "pipx" | "npm" | "yarn" | "gem" | "apt-get" | "apt" | "yum" | "brew")
                && matches!(verb, "install" | "add");
        if installs {
            let named = items.iter().skip(2).fold(Taint::NONE, |all, item| all.union(&self.taint_of(item)));
            let sent = named.map(|flow| (self.kind_of(flow.origin) == Some(SourceKind::Web)).then_some(*flow));
            self.hit(Weakness::Command, &sent, range, name);
        }
        let fetches = match program {
            "git" => matches!(verb, "clone" | "fetch" | "pull" | "ls-remote"),
            "curl" | "wget" | "aria2c" | "yt-dlp" | "youtube-dl" | "wkhtmltopdf" | "wkhtmltoimage" => true,
            _ => false,
        };
        let is_address = |item: &Value| item.as_str().is_some_and(|text| text.contains("://") || text.contains('@'));
        if !fetches || items.iter().any(is_address) {
            return;
        }
        // Git has the address before the folder that it fills, others have it at the end.
        let mut open = items.iter().skip(1).filter(|item| !item.is_constant());
        let fetched = if program == "git" { open.next() } else { open.next_back() };
        let fetched = fetched.map_or(Taint::NONE, |item| self.taint_of(item));
        let sent = fetched.map(|flow| {
            let kind = self.kind_of(flow.origin);
            matches!(kind, Some(SourceKind::Web | SourceKind::Agent | SourceKind::Network)).then_some(*flow)
        });
        self.hit(Weakness::Ssrf, &sent, range, name);
    }
}
