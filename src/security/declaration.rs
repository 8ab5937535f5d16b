//! What a component declares that it is able to do, against what its code is able to do.
//!
//! A declaration is written in the words of whoever wrote it: `network`, `filesystem: read`,
//! `network: hosts: api.example.org`. Words that name no such ability, such as `weather_lookup`, are what the
//! component offers, and say nothing here.

mod inside;

use std::collections::BTreeSet;

pub use inside::check as check_inside;

use super::rules::Rule;
use crate::model::{Category, Confidence, FileJudgement, Finding, Severity, TaintStep};

/// What somebody declared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declaration {
    /// Capabilities, in the words of the policy.
    pub capabilities: BTreeSet<&'static str>,
    /// Hosts that may be reached; any when it is empty.
    pub hosts: BTreeSet<String>,
    /// Files and folders that may be used; any when it is empty.
    pub paths: BTreeSet<String>,
}

/// The words for a capability.
const WORDS: &[(&str, &[&str])] = &[
    ("network_access", &["network", "network_access", "net", "internet", "http", "https", "web", "outbound"]),
    ("file_read", &["file_read", "read_file", "read_files", "filesystem_read", "fs_read", "files_read"]),
    ("file_write", &["file_write", "write_file", "write_files", "filesystem_write", "fs_write", "files_write"]),
    (
        "system_execution",
        &["process", "processes", "subprocess", "system_execution", "shell", "exec", "execute", "command", "commands"],
    ),
    ("arbitrary_code_execution", &["arbitrary_code_execution", "code_execution", "eval", "dynamic_code"]),
    ("privilege_escalation", &["privilege_escalation", "sudo", "root", "admin"]),
    ("credential_access", &["credential_access", "credentials", "secrets", "keyring", "tokens"]),
    ("memory_access", &["memory", "memory_access", "lyrixa_core"]),
    ("plugin_interface", &["plugin_interface", "interface", "ui", "gui"]),
    ("agent_interface", &["agent_interface", "agent", "agents"]),
];

/// Words for files in general; what follows says whether they are read or written.
const FILES: &[&str] = &["filesystem", "file", "files", "fs", "file_access", "file_system", "storage", "disk"];

/// What is held against a declaration, and how bad it is when it is not declared.
const CHECKED: &[(&str, Severity, Category)] = &[
    ("arbitrary_code_execution", Severity::High, Category::CodeExecution),
    ("credential_access", Severity::Medium, Category::Secrets),
    ("file_read", Severity::Note, Category::FileOperations),
    ("file_write", Severity::Low, Category::FileOperations),
    ("memory_access", Severity::Low, Category::FileOperations),
    ("network_access", Severity::Medium, Category::NetworkAccess),
    ("privilege_escalation", Severity::High, Category::ExternalCommand),
    ("system_execution", Severity::Medium, Category::ExternalCommand),
];

/// What the analysis sees well enough to say that it is not used.
const SEEN_WELL: &[&str] = &[
    "arbitrary_code_execution",
    "credential_access",
    "file_write",
    "network_access",
    "privilege_escalation",
    "system_execution",
];

/// Words between the name of a capability and what it is restricted to.
const BETWEEN: &[&str] = &["hosts", "host", "domains", "domain", "paths", "path", "allow", "allowed", "urls", "true"];

impl Declaration {
    /// Reads the words of a declaration; none when not one of them names an ability.
    pub fn read<'a>(words: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut declared = Self::default();
        words.for_each(|word| declared.add(word));
        (!declared.capabilities.is_empty()).then_some(declared)
    }

    fn add(&mut self, word: &str) {
        let (head, rest) = word.split_once(':').unwrap_or((word, ""));
        let head = normal(head);
        let is_files = FILES.contains(&head.as_str());
        let known = WORDS.iter().find(|(_, words)| words.contains(&head.as_str()));
        let Some(capability) = known.map(|(capability, _)| *capability).or(is_files.then_some("file_read")) else {
            return;
        };
        let mut rights = BTreeSet::new();
        let mut rest = rest.trim();
        while !rest.is_empty() {
            let (part, after) = match rest.split_once(": ") {
                Some((part, after)) => (part.trim(), after.trim()),
                None => (rest, ""),
            };
            rest = after;
            let plain = normal(part);
            match plain.as_str() {
                "read" | "readonly" | "read_only" | "r" => _ = rights.insert("file_read"),
                "write" | "create" | "delete" | "w" => _ = rights.insert("file_write"),
                "readwrite" | "read_write" | "rw" | "full" | "all" => rights.extend(["file_read", "file_write"]),
                "false" | "none" | "no" => return,
                other if BETWEEN.contains(&other) => {}
                _ if capability == "network_access" && (part.contains('.') || part == "localhost" || part == "*") => {
                    self.hosts.insert(host(part));
                }
                _ if is_files || capability.starts_with("file_") => _ = self.paths.insert(part.to_owned()),
                _ => {}
            }
        }
        if is_files {
            let all = ["file_read", "file_write"];
            self.capabilities.extend(if rights.is_empty() { BTreeSet::from(all) } else { rights });
        } else {
            self.capabilities.insert(capability);
        }
    }

    fn allows(&self, capability: &str) -> bool {
        // Who may write a file may look at it.
        self.capabilities.contains(capability)
            || capability == "file_read" && self.capabilities.contains("file_write")
            // Who may run anything may do anything, and had to say so.
            || self.capabilities.contains("arbitrary_code_execution") && capability != "privilege_escalation"
    }

    fn allows_host(&self, host: &str) -> bool {
        let fits = |entry: &String| match entry.strip_prefix("*.") {
            Some(parent) => host.ends_with(&format!(".{parent}")),
            None => entry == "*" || entry == host,
        };
        self.hosts.is_empty() || host == "?" || self.hosts.iter().any(fits)
    }

    fn allows_path(&self, path: &str) -> bool {
        let below = |entry: &String| {
            let entry = entry.trim_start_matches("./").trim_end_matches("/**").trim_end_matches(['/', '*']);
            let path = path.trim_start_matches("./");
            let steps_up = path.split('/').any(|step| step == "..");
            !steps_up && path.strip_prefix(entry).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.paths.is_empty() || self.paths.iter().any(below)
    }
}

fn normal(word: &str) -> String {
    word.trim().to_ascii_lowercase().replace(['-', ' ', '.'], "_")
}

fn host(text: &str) -> String {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let end = text.find(['/', ':']).unwrap_or(text.len());
    text.get(..end).unwrap_or_default().to_ascii_lowercase()
}

/// Where a declaration stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The file.
    pub path: &'a str,
    /// The line, from one.
    pub line: u32,
}

/// What code does that is not declared. The findings stand where the code shows it.
pub fn undeclared(judgement: &FileJudgement, declared: &Declaration, place: Place<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let at = |capability: &str| judgement.shown_at.get(capability).copied().unwrap_or(1);
    for (capability, severity, category) in CHECKED {
        if judgement.capabilities.contains(*capability) && !declared.allows(capability) {
            let message = format!("it is able to do what it does not declare: {capability}");
            found.push(finding(&UNDECLARED, judgement, at(capability), *severity, *category, message));
        }
    }
    if judgement.capabilities.contains("network_access") && declared.allows("network_access") {
        for host in judgement.hosts.iter().filter(|host| !declared.allows_host(host)) {
            let message = format!("it names a host that it does not declare: {host}");
            let (severity, category) = (Severity::Medium, Category::NetworkAccess);
            found.push(finding(&UNDECLARED, judgement, at("network_access"), severity, category, message));
        }
    }
    let uses_files = declared.allows("file_read") || declared.allows("file_write");
    for path in judgement.paths.iter().filter(|path| uses_files && !declared.allows_path(path)) {
        let message = format!("it uses a file that it does not declare: {path}");
        let line = judgement.shown_at.get("file_write").or(judgement.shown_at.get("file_read")).copied().unwrap_or(1);
        found.push(finding(&UNDECLARED, judgement, line, Severity::Low, Category::FileOperations, message));
    }
    for (number, one) in found.iter_mut().enumerate() {
        if place.path != judgement.path {
            let note = "what it declares".to_owned();
            let step = TaintStep { path: place.path.to_owned(), line: place.line, column: 1, note };
            one.path_of_data = vec![step];
        }
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        one.fingerprint = super::fingerprint::of(&one.rule, &one.message, &one.path, number);
    }
    found
}

/// What is declared and used nowhere in a component of these files. The findings stand in the declaration.
pub fn over_declared<'a>(
    declarer: &FileJudgement,
    line: u32,
    declared: &Declaration,
    files: impl Iterator<Item = &'a FileJudgement> + Clone,
) -> Vec<Finding> {
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut hosts: BTreeSet<&str> = BTreeSet::new();
    for file in files.clone() {
        used.extend(file.capabilities.iter().map(String::as_str));
        hosts.extend(file.hosts.iter().map(String::as_str));
    }
    // What cannot be seen in full, and what runs what it is told, may use anything.
    if files.clone().next().is_none()
        || files.clone().any(|file| !file.is_complete())
        || used.contains(super::capability::ANYTHING)
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    let tell = |category, message: String| finding(&OVER_DECLARED, declarer, line, Severity::Low, category, message);
    for (capability, _, category) in CHECKED.iter().filter(|(word, ..)| SEEN_WELL.contains(word)) {
        if declared.capabilities.contains(capability) && !used.contains(capability) {
            found.push(tell(*category, format!("it declares what nothing in it does: {capability}")));
        }
    }
    if used.contains("network_access") && !hosts.contains("?") {
        let idle = |entry: &&String| !entry.contains('*') && !hosts.contains(entry.as_str());
        for host in declared.hosts.iter().filter(idle) {
            found.push(tell(Category::NetworkAccess, format!("it declares a host that nothing in it names: {host}")));
        }
    }
    for (number, one) in found.iter_mut().enumerate() {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        one.fingerprint = super::fingerprint::of(&one.rule, &one.message, &one.path, number);
    }
    found
}

fn finding(
    rule: &Rule,
    judgement: &FileJudgement,
    line: u32,
    severity: Severity,
    category: Category,
    message: String,
) -> Finding {
    Finding {
        rule: rule.id.to_owned(),
        path: judgement.path.clone(),
        line,
        column: 1,
        end_line: line,
        end_column: 1,
        severity,
        confidence: Confidence::Medium,
        category,
        cwe: rule.cwe,
        message,
        help: rule.help.to_owned(),
        ..Finding::default()
    }
}

fn nothing(_: &super::rules::Site<'_, '_>, _: &mut super::rules::Sink<'_>) {}

/// Use of what is not declared.
pub const UNDECLARED: Rule = Rule {
    id: "undeclared-capability",
    title: "code does what its component does not declare",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 912,
    severity: Severity::Medium,
    help: "declare it, with the hosts and paths that it needs, or do without it",
    triggers: &[],
    check: nothing,
};

/// Declarations of what is not used.
pub const OVER_DECLARED: Rule = Rule {
    id: "over-declared-capability",
    title: "a component declares what it does not do",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 272,
    severity: Severity::Low,
    help: "declare what the code needs and no more: what is granted is there for whoever takes it over",
    triggers: &[],
    check: nothing,
};

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Declaration {
        Declaration::read(words.iter().copied()).unwrap_or_default()
    }

    #[test]
    fn declarations_are_read_in_many_words() {
        let all = read(&["filesystem: read", "network: hosts: API.example.org", "Process"]);
        assert_eq!(all.capabilities, BTreeSet::from(["file_read", "network_access", "system_execution"]));
        assert_eq!(all.hosts, BTreeSet::from(["api.example.org".to_owned()]));
        assert_eq!(read(&["network: https://a.example:8080/x"]).hosts, BTreeSet::from(["a.example".to_owned()]));
        assert_eq!(read(&["filesystem"]).capabilities, BTreeSet::from(["file_read", "file_write"]));
        assert_eq!(read(&["filesystem: write: data/"]).paths, BTreeSet::from(["data/".to_owned()]));
        assert_eq!(read(&["network: false"]), Declaration::default());
        assert!(Declaration::read(["weather_lookup", "forecast"].into_iter()).is_none());
    }

    #[test]
    fn paths_below_what_is_declared_are_declared() {
        let declared = read(&["filesystem: paths: data/"]);
        assert!(declared.allows_path("data/rooms.csv") && declared.allows_path("./data/x"));
        assert!(!declared.allows_path("data/../../etc/passwd") && !declared.allows_path("database/x"));
        assert!(!declared.allows_path("/etc/passwd"));
    }

    #[test]
    fn a_declared_host_stands_for_itself_and_a_star_for_those_below() {
        let declared = read(&["network: *.example.org"]);
        assert!(declared.allows_host("api.example.org") && !declared.allows_host("example.org"));
        assert!(!declared.allows_host("evil.example.com"));
        assert!(read(&["network"]).allows_host("anything.example"));
    }
}
