//! What variables and files of a script hold, and what the output of a command is.

use super::facts::{decodes, fetches, private, split};
use super::words::{Command, Word};
use super::{Origin, Run};
use crate::model::Severity;

impl Run<'_> {
    pub(super) fn assignments(&mut self, command: &Command, place: &Command) {
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
    pub(super) fn origin_of(
        &self,
        name: &str,
        arguments: &[Word],
        command: &Command,
        input: Option<Origin>,
    ) -> Option<Origin> {
        if decodes(name, arguments) {
            return Some(if input == Some(Origin::Private) { Origin::Private } else { Origin::Decoded });
        }
        if fetches(name) {
            // What a cloud tells a machine of its rights is no page.
            let rights = ["security-credentials", "/token", "identity/oauth2"];
            let asked = |word: &Word| {
                word.text.contains("169.254.169.254") && rights.iter().any(|part| word.text.contains(part))
            };
            let keys = arguments.iter().any(asked) && !arguments.iter().any(|word| word.text == "PUT");
            return Some(if keys { Origin::Private } else { Origin::Fetched });
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
                | "sqlite3"
                | "strings"
                | "cut"
                | "sort"
                | "jq"
                | "echo"
                | "printf"
                | "rsync"
                | "docker"
                | "podman"
                | "kubectl"
                | "ssh"
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

    pub(super) fn origin_of_word(&self, word: &Word) -> Option<Origin> {
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
            let mut known = self.known.iter().filter(|(name, _)| name.len() > 3 || name.starts_with('$'));
            known.find(|(name, _)| holds(&word.text, name)).map(|(_, origin)| *origin)
        };
        inner.max_by_key(|origin| *origin == Origin::Private).or_else(by_name).or_else(within)
    }

    /// Remembers what is written to files.
    pub(super) fn files(&mut self, name: &str, texts: &[&str], command: &Command, origin: Option<Origin>) {
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
}

impl Run<'_> {
    /// The variable of a loop, and those that are read.
    pub(super) fn loops(&mut self, name: &str, arguments: &[Word], input: Option<Origin>) {
        match (name, arguments) {
            ("for", [variable, _, list @ ..]) => {
                let private = list.iter().any(|word| private(&word.text).is_some()).then_some(Origin::Private);
                let origin = private.or_else(|| list.iter().find_map(|word| self.origin_of_word(word)));
                if let Some(origin) = origin {
                    self.known.insert(format!("${}", variable.text), origin);
                }
            }
            ("export" | "declare" | "local" | "readonly" | "typeset", given) => {
                for word in given {
                    let name = word.text.split_once('=').map(|(name, _)| format!("${name}"));
                    if let (Some(name), Some(origin)) = (name, self.origin_of_word(word)) {
                        self.known.insert(name, origin);
                    }
                }
            }
            ("read" | "mapfile" | "readarray", names) => {
                let Some(origin) = input else { return };
                for name in names.iter().filter(|word| !word.text.starts_with('-')) {
                    self.known.insert(format!("${}", name.text), origin);
                }
            }
            _ => {}
        }
    }
}

/// Whether a text holds a name: of a variable the whole of it, with or without braces.
fn holds(text: &str, name: &str) -> bool {
    let Some(bare) = name.strip_prefix('$') else { return text.contains(name) };
    let ends = |at: usize| {
        text.get(at..).and_then(|rest| rest.chars().next()).is_none_or(|c| !(c.is_ascii_alphanumeric() || c == '_'))
    };
    text.match_indices(name).any(|(at, _)| ends(at + name.len()))
        || text.match_indices(&format!("${{{bare}")).any(|(at, found)| ends(at + found.len()))
}
