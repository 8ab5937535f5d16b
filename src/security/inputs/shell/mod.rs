//! Shell scripts: what comes in and is run, what is read and goes out, what stays.
//!
//! Commands that only show or search text are about threats and are none: a script that greps for a miner is
//! a guard. Rules look at commands and what flows between them, never at lines.

mod facts;
mod words;

use std::collections::BTreeMap;

use facts::{decodes, fetches, inline, interprets, is_about_text, is_drop, private, runs_input, sends, split};
pub use facts::{is_bare_address, is_drop as is_drop_place, is_known_installer, private as private_file};
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
    let mut run = Run { judged, offset, depth: MAX_DEPTH, known: BTreeMap::new(), verified: false };
    run.script(&words::read(text, MAX_DEPTH), None);
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
    pip && whole.contains("install")
        && (whole.contains("--trusted-host")
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
        let mut origin: Option<Origin> = None;
        let mut url = String::new();
        for command in pipeline {
            // What stands within a substitution is told at the command around it.
            let place = outer.unwrap_or(command);
            self.assignments(command, place);
            let Some((name, arguments)) = split(command) else { continue };
            self.capability(name);
            let texts: Vec<&str> = arguments.iter().map(|word| word.text.as_str()).collect();
            let whole = texts.join(" ");
            if interprets(name) {
                self.interpreter(name, arguments, command, place, origin, &url);
            } else if matches!(name, "eval" | "source" | ".") {
                self.evaluated(arguments, command, place);
            }
            self.substituted(name, arguments, place);
            self.leaks(name, arguments, command, place, origin);
            if !is_about_text(name) {
                self.single(name, &texts, &whole, place);
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
    }

    fn capability(&mut self, name: &str) {
        if sends(name) {
            self.judged.capabilities.insert("network_access");
        }
        if matches!(name, "rm" | "mv" | "cp" | "tee" | "dd" | "mkdir" | "install" | "chmod" | "ln" | "tar" | "unzip") {
            self.judged.capabilities.insert("file_write");
        }
    }

    fn assignments(&mut self, command: &Command, place: &Command) {
        for (name, value) in &command.assigns {
            self.script(&value.inner, Some(place));
            if let Some(origin) = self.origin_of_word(value) {
                self.known.insert(format!("${name}"), origin);
            }
            if name == "HISTFILE" && matches!(value.text.as_str(), "/dev/null" | "")
                || name == "HISTSIZE" && value.text == "0"
            {
                self.see("defence-off", place, Severity::High, "the history of the shell is turned off");
            }
        }
    }

    /// Where the output of a command comes from.
    fn origin_of(&self, name: &str, arguments: &[Word], command: &Command, input: Option<Origin>) -> Option<Origin> {
        if decodes(name, arguments) {
            return Some(if input == Some(Origin::Private) { Origin::Private } else { Origin::Decoded });
        }
        if fetches(name) {
            return Some(Origin::Fetched);
        }
        let reads = matches!(
            name,
            "cat"
                | "tar"
                | "zip"
                | "head"
                | "tail"
                | "base64"
                | "gzip"
                | "xxd"
                | "cp"
                | "grep"
                | "find"
                | "dd"
                | "od"
                | "sed"
                | "awk"
                | "security"
                | "openssl"
                | "7z"
        );
        let own = arguments.iter().find_map(|word| self.origin_of_word(word));
        if reads && arguments.iter().any(|word| private(&word.text).is_some()) {
            return Some(Origin::Private);
        }
        if matches!(name, "env" | "printenv" | "export" | "set") && arguments.is_empty() {
            return Some(Origin::Private);
        }
        if name == "security"
            && arguments.iter().any(|word| word.text.starts_with("find-") || word.text == "dump-keychain")
        {
            return Some(Origin::Private);
        }
        if command.redirects.iter().any(|redirect| redirect.operator == "<" && private(&redirect.target.text).is_some())
        {
            return Some(Origin::Private);
        }
        own.or(input)
    }

    fn origin_of_word(&self, word: &Word) -> Option<Origin> {
        let inner = word.inner.iter().filter_map(|pipeline| {
            let mut origin = None;
            for command in pipeline {
                let Some((name, arguments)) = split(command) else { continue };
                origin = self.origin_of(name, arguments, command, origin);
            }
            origin
        });
        let by_name = || {
            let name = word.text.trim_start_matches(['@', '"']).replace(['{', '}'], "");
            let name = name.split('=').next_back().unwrap_or_default().trim_start_matches('@').to_owned();
            self.known.get(&name).copied()
        };
        let within = || {
            let mut known = self.known.iter().filter(|(name, _)| name.len() > 3);
            known.find(|(name, _)| word.text.contains(name.as_str())).map(|(_, origin)| *origin)
        };
        inner.max_by_key(|origin| *origin == Origin::Private).or_else(by_name).or_else(within)
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
        } else if has(&["b64decode", "exec"]) || has(&["decode_base64", "eval"]) || has(&["base64", "eval("]) {
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

    fn fetched(&mut self, url: &str, place: &Command) {
        if is_known_installer(url) {
            self.see("download-and-run", place, Severity::Low, "a well-known installer is run unseen and unpinned");
            return;
        }
        let plain = url.contains("http://") || is_bare_address(url) || is_drop(url) || !url.contains("://");
        let severity = if plain { Severity::Critical } else { Severity::High };
        self.see("download-and-run", place, severity, "what is fetched from the network is run unseen");
    }

    fn substituted(&mut self, name: &str, arguments: &[Word], place: &Command) {
        let runs = matches!(name, "eval" | "source" | ".") || interprets(name);
        for word in arguments {
            self.script(&word.inner, Some(place));
            if matches!(name, "nslookup" | "dig" | "host" | "ping") && word.text.contains('$') {
                let taken = self.origin_of_word(word).is_some_and(|origin| origin != Origin::Fetched);
                let encoded = word.text.contains("base64") || word.text.contains("xxd") || word.text.contains("whoami");
                if taken || encoded {
                    self.see("dns-exfiltration", place, Severity::High, "data leaves in the name of a host");
                }
            }
            if !runs && word.text.len() > 2 && word.text.starts_with("$(") && arguments.is_empty() {
                self.run_word(word, place);
            }
        }
    }

    fn leaks(&mut self, name: &str, arguments: &[Word], command: &Command, place: &Command, input: Option<Origin>) {
        let network = command.redirects.iter().any(|redirect| redirect.target.text.starts_with("/dev/tcp/"));
        if !sends(name) && !network {
            return;
        }
        let uploads = arguments.iter().any(|word| {
            matches!(
                word.text.as_str(),
                "-d" | "-F"
                    | "-T"
                    | "--data"
                    | "--data-binary"
                    | "--data-raw"
                    | "--form"
                    | "--upload-file"
                    | "--data-urlencode"
                    | "--post-file"
                    | "--post-data"
                    | "--body-data"
            ) || word.text.starts_with("--post-file=")
                || word.text.starts_with("--post-data=")
                || word.text.starts_with("-F")
                || word.text.starts_with("-d")
        });
        let carries = |word: &Word| {
            private(word.text.trim_start_matches(|c| c != '@' && c != '/' && c != '~')).is_some()
                || self.origin_of_word(word) == Some(Origin::Private)
                || word.inner.iter().flatten().any(|inner| inner.words.iter().any(|word| private(&word.text).is_some()))
        };
        let copies = matches!(name, "scp" | "rsync" | "sftp");
        let private_argument = arguments.iter().enumerate().any(|(index, word)| {
            // `ssh -i key` and `curl --netrc-file` use a secret and do not send it.
            let before = index.checked_sub(1).and_then(|at| arguments.get(at)).map_or("", |word| word.text.as_str());
            let used = matches!(
                before,
                "-i" | "--cert" | "--key" | "--netrc-file" | "-o" | "-O" | "-H" | "--header" | "-u" | "-e"
            );
            !used && carries(word)
        });
        let piped = input == Some(Origin::Private) && (uploads || !fetches(name));
        let in_url = arguments.iter().any(|word| word.text.contains("://") && carries(word));
        let metadata = arguments.iter().any(|word| word.text.contains("169.254.169.254"));
        if piped
            || network && input == Some(Origin::Private)
            || private_argument && (uploads || copies || in_url) && !metadata
        {
            let dropped = arguments.iter().any(|word| is_drop(&word.text));
            let severity = if copies && !dropped { Severity::High } else { Severity::Critical };
            self.see("credential-theft", place, severity, "what is private is sent to the network");
        } else if uploads
            && arguments.iter().any(|word| is_drop(&word.text))
            && arguments.iter().any(|word| word.text.contains("$("))
        {
            self.see("credential-theft", place, Severity::High, "what the machine tells is sent to a drop");
        }
    }

    /// What one command says by itself.
    fn single(&mut self, name: &str, texts: &[&str], whole: &str, place: &Command) {
        let has = |word: &str| texts.contains(&word);
        let mining = ["xmrig", "minerd", "cpuminer", "ethminer", "cgminer", "nbminer", "t-rex", "phoenixminer"];
        if mining.contains(&name) || whole.contains("stratum+") || whole.contains("--donate-level") {
            self.see("coin-mining", place, Severity::High, "the machine is made to mine coins for somebody");
        } else if fetches(name) && (whole.contains("/xmrig") || whole.contains("xmrig/")) {
            self.see("coin-mining", place, Severity::High, "a miner is fetched");
        }
        if installs_from_elsewhere(name, whole) {
            let message = "packages are installed from an index that anybody on the way may change";
            self.see("requirement-source", place, Severity::High, message);
        }
        let off = match name {
            "history" => has("-c") || has("-cw"),
            "unset" => has("HISTFILE"),
            "rm" | "shred" | "truncate" => {
                whole.contains("_history") || whole.contains("/var/log/") && !whole.contains("/var/log/apt")
            }
            "setenforce" => has("0") || has("Permissive"),
            "ufw" => has("disable"),
            "iptables" | "ip6tables" => has("-F") && texts.len() <= 2 || has("--flush"),
            "spctl" => whole.contains("-disable"),
            "csrutil" => has("disable"),
            "auditctl" => whole.contains("-e 0"),
            "systemctl" | "service" | "rc-service" => {
                (has("stop") || has("disable") || has("mask"))
                    && [
                        "auditd",
                        "firewalld",
                        "apparmor",
                        "falcon",
                        "clamav",
                        "ufw",
                        "crowdstrike",
                        "rsyslog",
                        "fail2ban",
                    ]
                    .iter()
                    .any(|guard| whole.contains(guard))
            }
            "chattr" => has("+i") && whole.contains("/tmp"),
            _ => false,
        };
        if off {
            self.see("defence-off", place, Severity::High, "a defence or a record of what was done is removed");
        }
        let target = |word: &&str| {
            matches!(*word, "/" | "/*" | "~" | "~/" | "~/*" | "$HOME" | "$HOME/" | "$HOME/*" | "${HOME}" | "${HOME}/*")
        };
        let destroys = match name {
            "rm" => {
                texts.iter().any(|word| word.starts_with('-') && word.contains(['r', 'R'])) && texts.iter().any(target)
            }
            "dd" => texts.iter().any(|word| word.starts_with("of=/dev/sd") || word.starts_with("of=/dev/nvme")),
            "mkfs" | "mkfs.ext4" | "wipefs" => whole.contains("/dev/sd") || whole.contains("/dev/nvme"),
            ":" => false,
            _ => name.starts_with(":()") || name == "chmod" && has("777") && has("/"),
        };
        if destroys {
            self.see("destructive-command", place, Severity::Critical, "everything that can be reached is destroyed");
        }
        if matches!(name, "cp" | "scp" | "rsync" | "install")
            && texts.iter().any(|word| matches!(*word, "$0" | "${0}" | "$BASH_SOURCE"))
        {
            let severity = if name == "scp" || whole.contains("/etc/") || whole.contains("/.") {
                Severity::High
            } else {
                Severity::Low
            };
            self.see("self-copy", place, severity, "the script copies itself elsewhere");
        }
        if matches!(name, "useradd" | "usermod")
            && (whole.contains("-u 0") || whole.contains("-aG sudo") && whole.contains("-p"))
            || name == "chmod" && (has("u+s") || has("4755") || has("+s")) && whole.contains("sh")
        {
            self.judged.capabilities.insert("privilege_escalation");
            self.see("defence-off", place, Severity::High, "a way to more rights is left open");
        }
    }

    fn persistence(&mut self, name: &str, whole: &str, command: &Command, place: &Command, input: Option<Origin>) {
        let written =
            command.redirects.iter().filter(|redirect| redirect.operator.starts_with('>') || redirect.operator == "&>");
        let mut targets: Vec<&str> = written.map(|redirect| redirect.target.text.as_str()).collect();
        if name == "tee" || name == "cp" || name == "mv" {
            targets.extend(command.words.iter().skip(1).map(|word| word.text.as_str()));
        }
        let content = format!("{whole} {}", command.document.as_deref().unwrap_or_default());
        let active = ["curl", "wget", "nohup", "base64", "/dev/tcp", "python", "/tmp/", "nc ", "| sh", "|sh", "| bash"];
        let acts = active.iter().any(|part| content.contains(part)) || input.is_some();
        for target in targets {
            let within = |parts: &[&str]| parts.iter().any(|part| target.contains(part));
            if within(&["authorized_keys"]) {
                self.see("autostart", place, Severity::Critical, "a key is added that lets somebody log in");
            } else if within(&["/etc/cron", "/var/spool/cron", "/etc/rc.local", "/etc/init.d/", "/etc/ld.so.preload"]) {
                let severity = if acts || within(&["preload"]) { Severity::High } else { Severity::Medium };
                self.see("autostart", place, severity, "the script arranges to be started again");
            } else if within(&[
                ".bashrc",
                ".profile",
                ".zshrc",
                ".bash_profile",
                "/etc/profile",
                ".config/autostart",
                "LaunchAgents",
            ]) && acts
            {
                self.see("autostart", place, Severity::High, "every new shell or log-in is made to run this");
            } else if within(&["/etc/systemd/system", ".config/systemd"]) && acts {
                self.see("autostart", place, Severity::Medium, "a service is set up that runs this");
            } else if within(&["/etc/sudoers"]) && content.contains("NOPASSWD") {
                self.judged.capabilities.insert("privilege_escalation");
                self.see("defence-off", place, Severity::High, "a password is no longer asked for");
            } else if within(&["_history"]) {
                self.see("defence-off", place, Severity::High, "the history of the shell is wiped");
            } else if within(&["/etc/hosts"]) && content.contains("update") {
                self.see("defence-off", place, Severity::Medium, "the place of updates is changed");
            }
        }
        if name == "crontab" && !whole.contains("-l") && !whole.contains("-r") {
            let severity = if acts || self.known.contains_key("cron line") { Severity::High } else { Severity::Medium };
            self.see("autostart", place, severity, "the script arranges to be started again");
        }
        if matches!(name, "echo" | "printf") && acts && (content.contains("* * *") || content.contains("@reboot")) {
            self.known.insert("cron line".to_owned(), Origin::Fetched);
        }
    }

    fn remote_shell(
        &mut self,
        name: &str,
        arguments: &[Word],
        command: &Command,
        place: &Command,
        pipeline: &Pipeline,
    ) {
        let tcp = command.redirects.iter().any(|redirect| {
            redirect.target.text.starts_with("/dev/tcp/") || redirect.target.text.starts_with("/dev/udp/")
        });
        let both = command
            .redirects
            .iter()
            .any(|redirect| redirect.operator == "<>" && redirect.target.text.contains("/dev/tcp/"));
        let shell =
            |text: &str| text.ends_with("/sh") || text.ends_with("/bash") || matches!(text, "sh" | "bash" | "cmd.exe");
        let has_shell = arguments
            .iter()
            .any(|word| shell(&word.text) || word.text.contains("exec:") || word.text.contains("EXEC:"));
        let net_cat = matches!(name, "nc" | "ncat" | "netcat" | "socat");
        let executes =
            arguments.iter().any(|word| matches!(word.text.as_str(), "-e" | "-c" | "--exec" | "-ne" | "--sh-exec"));
        let looped =
            net_cat && pipeline.iter().any(|other| split(other).is_some_and(|(name, _)| matches!(name, "sh" | "bash")));
        if tcp && interprets(name) || both || net_cat && has_shell && (executes || name == "socat") || looped {
            self.see("reverse-shell", place, Severity::Critical, "a shell is handed to somebody on the network");
        }
    }

    /// Remembers what is written to files.
    fn files(&mut self, name: &str, texts: &[&str], command: &Command, origin: Option<Origin>) {
        if matches!(name, "sha256sum" | "shasum" | "sha512sum" | "gpg" | "minisign" | "cosign" | "gpgv") {
            self.verified = true;
        }
        let Some(origin) = origin else { return };
        let after = |flags: &[&str]| {
            let at = texts.iter().position(|text| flags.contains(text))?;
            texts.get(at + 1).map(|text| (*text).to_owned())
        };
        let mut written: Vec<String> = command
            .redirects
            .iter()
            .filter(|redirect| redirect.operator.starts_with('>'))
            .map(|redirect| redirect.target.text.clone())
            .collect();
        match name {
            "curl" => {
                written.extend(after(&["-o", "--output", "-Lo", "-sLo", "-fsSLo", "-so", "-sSLo", "-fsSL", "-kLo"]))
            }
            "wget" => written.extend(after(&["-O", "-qO", "--output-document"])),
            "tar" => written.extend(after(&["czf", "-czf", "cf", "-cf", "cjf", "-czvf", "-zcf"])),
            "zip" => written.extend(texts.iter().find(|text| !text.starts_with('-')).map(|text| (*text).to_owned())),
            "cp" | "tee" | "openssl" => written.extend(texts.last().map(|text| (*text).to_owned())),
            _ => {}
        }
        if fetches(name) && (texts.contains(&"-O") && name == "curl" || name == "wget" && written.is_empty()) {
            let url = texts.iter().find(|text| text.contains("://"));
            written.extend(url.and_then(|url| url.rsplit('/').next()).map(str::to_owned));
        }
        for file in written {
            if !file.is_empty() && file != "-" && !file.starts_with("/dev/") && !file.contains("://") {
                self.known.insert(file, origin);
            }
        }
    }

    /// Running a file that was fetched before.
    fn runs_file(&mut self, command: &Command, place: &Command) {
        let Some((name, arguments)) = split(command) else { return };
        let Some(word) =
            command.words.iter().find(|word| word.text == name || word.text.ends_with(&format!("/{name}")))
        else {
            return;
        };
        let file = if interprets(name) || matches!(name, "source" | ".") {
            arguments.iter().find(|word| !word.text.starts_with('-'))
        } else {
            Some(word)
        };
        let Some(file) = file else { return };
        let plain = file.text.trim_start_matches("./");
        let origin = self.known.get(plain).or_else(|| self.known.get(&file.text)).copied();
        match origin {
            Some(Origin::Fetched) if plain.contains(['/', '.']) || name != plain || file.text.starts_with("./") => {
                let severity = if self.verified { Severity::Low } else { Severity::High };
                self.see("download-and-run", place, severity, "a file that was fetched before is run");
            }
            Some(Origin::Decoded) if plain.contains(['/', '.', '$']) => {
                self.see("obfuscated-execution", place, Severity::High, "a file that was decoded before is run");
            }
            _ => {}
        }
    }
}
