//! Where it ends: what leaves, what stays, what is run, what is destroyed.

use super::facts::{fetches, interprets, is_bare_address, is_drop, is_known_installer, private, sends, split};
use super::words::{Command, Pipeline, Word};
use super::{Origin, Run, installs_from_elsewhere};
use crate::model::Severity;

impl Run<'_> {
    pub(super) fn leaks(
        &mut self,
        name: &str,
        arguments: &[Word],
        command: &Command,
        place: &Command,
        input: Option<Origin>,
    ) {
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
        let to_itself =
            metadata && !arguments.iter().any(|word| word.text.contains("://") && !word.text.contains("169.254"));
        if piped && !to_itself
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
    pub(super) fn single(&mut self, name: &str, texts: &[&str], whole: &str, place: &Command) {
        let has = |word: &str| texts.contains(&word);
        let mining = ["xmrig", "minerd", "cpuminer", "ethminer", "cgminer", "nbminer", "t-rex", "phoenixminer"];
        if mining.contains(&name) || whole.contains("stratum+") || whole.contains("--donate-level") {
            self.see("coin-mining", place, Severity::High, "the machine is made to mine coins for somebody");
        } else if fetches(name) && (whole.contains("/xmrig") || whole.contains("xmrig/")) {
            self.see("coin-mining", place, Severity::High, "a miner is fetched");
        }
        if name == "alias" && texts.iter().any(|text| asks_for_password(text)) {
            self.see("credential-theft", place, Severity::Critical, "a command that asks for a password is replaced");
        }
        if name == "git"
            && whole.contains("credential.helper")
            && ["curl", "wget", "nc "].iter().any(|way| whole.contains(way))
        {
            self.see("credential-theft", place, Severity::Critical, "what git is told to log in with is sent away");
        }
        let registry = whole.contains("registry") && whole.contains("http://") && !whole.contains("localhost");
        if matches!(name, "npm" | "yarn" | "pnpm") && registry {
            let message = "packages are installed from an index that anybody on the way may change";
            self.see("requirement-source", place, Severity::High, message);
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
            "setcap" => {
                whole.contains("cap_setuid")
                    && ["python", "perl", "ruby", "node", "sh", "gdb"].iter().any(|it| whole.contains(it))
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
        let target = |word: &&str| is_all_of_it(word);
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
            || name == "chmod"
                && (has("u+s") || has("4755") || has("+s") || has("6755"))
                && ["sh", "/tmp/", "/dev/shm/"].iter().any(|part| whole.contains(part))
        {
            self.judged.able("privilege_escalation", self.offset + place.range.start);
            self.see("defence-off", place, Severity::High, "a way to more rights is left open");
        }
    }

    pub(super) fn persistence(
        &mut self,
        name: &str,
        whole: &str,
        command: &Command,
        place: &Command,
        input: Option<Origin>,
    ) {
        let written =
            command.redirects.iter().filter(|redirect| redirect.operator.starts_with('>') || redirect.operator == "&>");
        let mut targets: Vec<&str> = written.map(|redirect| redirect.target.text.as_str()).collect();
        if name == "tee" || name == "cp" || name == "mv" {
            targets.extend(command.words.iter().skip(1).map(|word| word.text.as_str()));
        }
        let content = format!("{whole} {}", command.document.as_deref().unwrap_or_default());
        let active = ["curl", "wget", "nohup", "base64", "/dev/tcp", "python", "/tmp/", "nc ", "| sh", "|sh", "| bash"];
        let acts = content.contains(" &)") || active.iter().any(|part| content.contains(part)) || input.is_some();
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
            } else if within(&["/etc/systemd/system", ".config/systemd"]) && content.contains("/dev/tcp/") {
                self.see("reverse-shell", place, Severity::Critical, "a service is set up that hands out a shell");
            } else if within(&[".git/hooks/"]) && acts {
                self.see("autostart", place, Severity::High, "every commit is made to run this");
            } else if within(&["/etc/systemd/system", ".config/systemd"]) && acts {
                self.see("autostart", place, Severity::Medium, "a service is set up that runs this");
            } else if within(&["/etc/sudoers"]) && content.contains("NOPASSWD") {
                self.judged.able("privilege_escalation", self.offset + place.range.start);
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

    pub(super) fn remote_shell(
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

    /// Running a file that was fetched before.
    pub(super) fn runs_file(&mut self, command: &Command, place: &Command) {
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
            Some(Origin::Fetched)
                if plain.contains(['/', '.', '$']) || name != plain || file.text.starts_with("./") =>
            {
                let severity = if self.verified { Severity::Low } else { Severity::High };
                self.see("download-and-run", place, severity, "a file that was fetched before is run");
            }
            Some(Origin::Decoded) if plain.contains(['/', '.', '$']) => {
                self.see("obfuscated-execution", place, Severity::High, "a file that was decoded before is run");
            }
            _ => {}
        }
    }

    pub(super) fn fetched(&mut self, url: &str, place: &Command) {
        if is_known_installer(url) {
            self.see("download-and-run", place, Severity::Low, "a well-known installer is run unseen and unpinned");
            return;
        }
        let plain = url.contains("http://") || is_bare_address(url) || is_drop(url) || !url.contains("://");
        let severity = if plain { Severity::Critical } else { Severity::High };
        self.see("download-and-run", place, severity, "what is fetched from the network is run unseen");
    }

    pub(super) fn substituted(&mut self, name: &str, arguments: &[Word], place: &Command) {
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
}

/// Whether a path is the root, the home, or what people keep in it.
fn is_all_of_it(path: &str) -> bool {
    let path = path.trim_matches('"').trim_end_matches(['/', '*']);
    let inside = ["~/", "$HOME/", "${HOME}/"].iter().find_map(|home| path.strip_prefix(home));
    let kept = ["Documents", "Desktop", "Pictures", "Downloads", "Music", "Videos", ".ssh", ".gnupg", "Library"];
    matches!(path, "" | "~" | "$HOME" | "${HOME}") || inside.is_some_and(|folder| kept.contains(&folder))
}

/// Whether an alias stands for a command that asks for a password, and reads it.
fn asks_for_password(alias: &str) -> bool {
    let Some((name, script)) = alias.split_once('=') else { return false };
    matches!(name, "sudo" | "su" | "ssh" | "passwd" | "doas" | "kinit")
        && script.contains("read -")
        && ["curl", "wget", "nc ", ">>", "/dev/tcp"].iter().any(|part| script.contains(part))
}
