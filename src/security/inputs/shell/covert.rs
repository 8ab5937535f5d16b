//! Programs that are started out of sight: from hidden places that anybody may write to, without a window, by tools of
//! the system that were made for something else; and what they send to machines without a name.

use super::Run;
use super::facts::{interprets, is_bare_address, split};
use super::words::{Command, Word};
use crate::model::Severity;

/// Folders that anybody may write to.
const OPEN_FOLDERS: &[&str] = &["/tmp/", "/var/tmp/", "/dev/shm/"];

/// Whether a path lies in a folder that anybody may write to, and is hidden there.
fn is_hidden_place(path: &str) -> bool {
    OPEN_FOLDERS.iter().any(|folder| {
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.split('/').any(|part| part.starts_with('.') && part.len() > 1))
    })
}

/// Whether a file in somebody's home is one that agents read everywhere.
fn is_read_by_agents(file: &str) -> bool {
    let home = ["~/", "$HOME/", "${HOME}/", "/root/", "/home/"].iter().any(|home| file.starts_with(home));
    let read = [
        ".claude/CLAUDE.md",
        ".codex/AGENTS.md",
        ".cursor/rules/",
        ".gemini/GEMINI.md",
        ".config/opencode/AGENTS.md",
        ".github/copilot-instructions.md",
        "/.cursorrules",
        "/.windsurfrules",
        "/.goosehints",
    ];
    home && read.iter().any(|one| file.contains(one))
}

impl Run<'_> {
    pub(super) fn covert(&mut self, name: &str, arguments: &[Word], command: &Command, place: &Command) {
        self.hidden_program(name, arguments, command, place);
        self.given_to_nobody(name, arguments, place);
        self.watched(name, arguments, place);
        self.agent_without_guards(name, arguments, place);
        self.orders_to_agents(name, arguments, command, place);
        self.guards_of_agents(name, arguments, place);
    }

    /// What is written into the files that agents of the user read before anything else, wherever they work.
    fn orders_to_agents(&mut self, name: &str, arguments: &[Word], command: &Command, place: &Command) {
        let written = command.redirects.iter().filter(|redirect| redirect.operator.starts_with('>'));
        let mut files: Vec<&str> = written.map(|redirect| redirect.target.text.as_str()).collect();
        if matches!(name, "for" | "tee") {
            files.extend(arguments.iter().map(|word| word.text.as_str()));
        }
        let own = files.iter().filter(|file| is_read_by_agents(file)).count();
        if own > 0 {
            let severity = if own > 1 { Severity::High } else { Severity::Medium };
            self.see("trusted-file-write", place, severity, "it writes what agents of the user are told everywhere");
        }
    }

    /// A command that edits the settings of an agent so that it asks its user nothing any more.
    fn guards_of_agents(&mut self, name: &str, arguments: &[Word], place: &Command) {
        let edits = matches!(name, "jq" | "sed" | "yq" | "perl" | "node" | "python" | "python3" | "tee" | "dasel");
        let sets = |text: &str| {
            let mode = ["bypassPermissions", "skipDangerousModePermissionPrompt", "dangerouslySkipPermissions"]
                .iter()
                .any(|word| text.contains(word));
            mode && (text.contains('=') || text.contains(':') || text.starts_with("s/"))
        };
        if edits && arguments.iter().any(|word| sets(&word.text)) {
            let message = "the settings of an agent are changed so that it asks its user nothing";
            self.see("autonomy-abuse", place, Severity::High, message);
        }
    }

    fn hidden_program(&mut self, name: &str, arguments: &[Word], command: &Command, place: &Command) {
        let Some((_, _)) = split(command) else { return };
        let program = command.words.iter().find(|word| word.text == name || word.text.ends_with(&format!("/{name}")));
        let script = arguments.iter().find(|word| !word.text.starts_with('-')).filter(|_| interprets(name));
        // Whoever asks what is there, or takes it away, does not start it.
        if program.into_iter().chain(script).any(|word| is_hidden_place(&word.text)) {
            let message = "a program is started from a hidden place that anybody may write to";
            self.see("covert-program", place, Severity::High, message);
        }
        let preloads = |word: &&Word| {
            let value =
                word.text.strip_prefix("LD_PRELOAD=").or_else(|| word.text.strip_prefix("DYLD_INSERT_LIBRARIES="));
            value.is_some_and(|path| OPEN_FOLDERS.iter().any(|folder| path.starts_with(folder)))
        };
        if command.words.iter().any(|word| preloads(&word)) {
            let message = "code from a place that anybody may write to is put into every program";
            self.see("process-injection", place, Severity::High, message);
        }
    }

    /// A file that is sent to a machine that has an address and no name.
    fn given_to_nobody(&mut self, name: &str, arguments: &[Word], place: &Command) {
        if !matches!(name, "curl" | "wget") || !arguments.iter().any(|word| is_bare_address(&word.text)) {
            return;
        }
        let file = arguments.iter().enumerate().any(|(at, word)| {
            let before = at.checked_sub(1).and_then(|at| arguments.get(at)).map_or("", |word| word.text.as_str());
            matches!(before, "-T" | "--upload-file" | "--post-file")
                || word.text.starts_with("--post-file=")
                || matches!(before, "-F" | "--form" | "-d" | "--data" | "--data-binary")
                    && (word.text.starts_with('@') || word.text.contains("=@"))
        });
        if file {
            let message = "a file is sent to a machine that has no name";
            self.see("credential-theft", place, Severity::High, message);
        }
    }

    /// A camera, a screen or a microphone that is recorded onto the network.
    fn watched(&mut self, name: &str, arguments: &[Word], place: &Command) {
        let has = |parts: &[&str]| arguments.iter().any(|word| parts.iter().any(|part| word.text.contains(part)));
        let records =
            name == "ffmpeg" && has(&["/dev/video", "x11grab", "avfoundation", "dshow", "gdigrab", "alsa", "pulse"]);
        let away = arguments.last().is_some_and(|word| is_bare_address(&word.text));
        if records && away {
            let message = "a camera, a screen or a microphone is recorded onto the network";
            self.see("credential-theft", place, Severity::High, message);
        }
    }

    /// An agent that is started with its guards off, and told what to do.
    fn agent_without_guards(&mut self, name: &str, arguments: &[Word], place: &Command) {
        let agents = ["claude", "gemini", "codex", "q", "cursor-agent", "copilot", "aider", "goose", "openclaw"];
        let has = |flags: &[&str]| arguments.iter().any(|word| flags.contains(&word.text.as_str()));
        let off = has(&[
            "--dangerously-skip-permissions",
            "--yolo",
            "--trust-all-tools",
            "--dangerously-bypass-approvals-and-sandbox",
            "--allow-all-tools",
        ]);
        let told = has(&["-p", "--print", "--prompt", "exec", "--no-interactive"]);
        if agents.contains(&name) && off && told {
            let message = "an agent is started without its guards and told what to do";
            self.see("autonomy-abuse", place, Severity::Medium, message);
        }
    }
}
