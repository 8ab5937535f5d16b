//! What an input is, from its name and its first bytes.

/// The kinds of input that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Python, which has an analysis of its own.
    Python,
    /// An Aether script.
    Aether,
    /// A shell script.
    Shell,
    /// PowerShell, or a batch file.
    PowerShell,
    /// How an image is built.
    Docker,
    /// A workflow of a CI service.
    Workflow,
    /// JavaScript or TypeScript.
    JavaScript,
    /// Rust.
    Rust,
    /// Requirements of Python.
    Requirements,
    /// `package.json`.
    Npm,
    /// A notebook.
    Notebook,
    /// A zip, tar or gzip archive.
    Archive,
    /// A pickle, or a model that may be one.
    Pickle,
    /// Compiled Python.
    Compiled,
    /// A document that people and agents read.
    Document,
    /// Settings, manifests and data in a text format.
    Data,
    /// Text of another kind.
    Text,
}

impl Kind {
    /// Whether it does something by itself, so that not being able to read it is a gap.
    pub fn is_active(self) -> bool {
        !matches!(self, Self::Document | Self::Data | Self::Text)
    }
}

/// What a file is by its name alone.
pub fn by_name(path: &str) -> Option<Kind> {
    let lower = path.to_ascii_lowercase();
    let name = lower.rsplit('/').next().unwrap_or_default();
    if let Some(kind) = by_whole_name(&lower, name) {
        return Some(kind);
    }
    let (_, ending) = name.rsplit_once('.')?;
    Some(match ending {
        "py" | "pyw" | "pyi" => Kind::Python,
        "aether" | "aetherplugin" => Kind::Aether,
        "sh" | "bash" | "zsh" | "ksh" | "dash" | "command" | "bats" => Kind::Shell,
        "ps1" | "psm1" | "psd1" | "bat" | "cmd" => Kind::PowerShell,
        "dockerfile" | "containerfile" => Kind::Docker,
        "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "cts" | "tsx" => Kind::JavaScript,
        "rs" => Kind::Rust,
        "ipynb" => Kind::Notebook,
        "zip" | "whl" | "egg" | "jar" | "tar" | "tgz" | "gz" | "npz" | "keras" => Kind::Archive,
        "pyc" | "pyo" => Kind::Compiled,
        "pkl" | "pickle" | "joblib" | "dill" | "pck" | "pcl" | "pt" | "pth" | "ckpt" => Kind::Pickle,
        "md" | "markdown" | "mdx" | "mdc" | "rst" | "txt" | "adoc" | "html" | "htm" | "prompt" | "j2" => Kind::Document,
        "json" | "jsonc" | "json5" | "jsonl" | "yaml" | "yml" | "toml" | "ini" | "cfg" | "conf" | "env" | "xml"
        | "properties" | "csv" | "tsv" | "lock" | "desktop" | "service" => Kind::Data,
        "css" | "scss" | "sql" | "c" | "h" | "cc" | "cpp" | "hpp" | "go" | "java" | "kt" | "rb" | "php" | "pl"
        | "lua" | "swift" | "cs" | "r" | "vue" | "svelte" | "svg" | "log" | "proto" | "graphql" | "tf" | "pem"
        | "key" => Kind::Text,
        _ => return None,
    })
}

fn by_whole_name(lower: &str, name: &str) -> Option<Kind> {
    let yaml = name.ends_with(".yml") || name.ends_with(".yaml");
    if yaml && (lower.contains(".github/workflows/") || matches!(name, "action.yml" | "action.yaml")) {
        return Some(Kind::Workflow);
    }
    if matches!(name, ".gitlab-ci.yml" | "azure-pipelines.yml" | ".travis.yml" | "bitbucket-pipelines.yml")
        || lower.contains(".circleci/")
    {
        return Some(Kind::Workflow);
    }
    if name == "dockerfile" || name == "containerfile" || name.starts_with("dockerfile.") {
        return Some(Kind::Docker);
    }
    let pins = name.ends_with(".txt") || name.ends_with(".in");
    if pins && (name.starts_with("requirements") || name.starts_with("constraints") || lower.contains("requirements/"))
    {
        return Some(Kind::Requirements);
    }
    match name {
        "pyproject.toml" | "pipfile" => Some(Kind::Requirements),
        "package.json" => Some(Kind::Npm),
        "makefile" | "gnumakefile" | "justfile" | "jenkinsfile" | "procfile" => Some(Kind::Shell),
        ".bashrc" | ".bash_profile" | ".profile" | ".zshrc" | "pkgbuild" => Some(Kind::Shell),
        ".env" | ".npmrc" | ".pypirc" | ".netrc" | ".gitconfig" | ".gitmodules" => Some(Kind::Data),
        ".cursorrules" | ".windsurfrules" | "license" | "readme" | "notice" | "authors" => Some(Kind::Document),
        _ => None,
    }
}

/// What an input is, by its first bytes where they say more than its name.
pub fn of(path: &str, start: &[u8]) -> Option<Kind> {
    let named = by_name(path);
    if matches!(named, Some(Kind::Python | Kind::Pickle | Kind::Archive)) {
        // A model that is a zip archive holds its pickle as a member.
        return if named == Some(Kind::Pickle) && is_archive(start) { Some(Kind::Archive) } else { named };
    }
    if let Some(kind) = by_first_line(start) {
        return Some(kind);
    }
    // Python runs it whatever it is called.
    if super::compiled::is_compiled(start) {
        return Some(Kind::Compiled);
    }
    if named.is_some() {
        return named;
    }
    if is_archive(start) {
        return Some(Kind::Archive);
    }
    if matches!(start, [0x80, 2..=5, ..]) {
        return Some(Kind::Pickle);
    }
    let text = !start.is_empty() && memchr::memchr(0, start).is_none() && !is_binary(start);
    text.then_some(Kind::Text)
}

fn is_archive(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04")
        || start.starts_with(&[0x1f, 0x8b, 8])
        || start.get(257..262).is_some_and(|magic| magic == b"ustar")
}

/// Text in a known encoding has hardly any control characters.
fn is_binary(start: &[u8]) -> bool {
    let control = start.iter().filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace()).count();
    control * 20 > start.len() || start.starts_with(b"\x89PNG") || start.starts_with(b"\xff\xd8\xff")
}

fn by_first_line(start: &[u8]) -> Option<Kind> {
    let rest = start.strip_prefix(b"#!")?;
    let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len()).min(200);
    let line = String::from_utf8_lossy(rest.get(..end)?).to_ascii_lowercase();
    let word = |word: &str| line.split(['/', ' ', '\t', '\r']).any(|part| part.starts_with(word));
    if word("python") || word("pypy") {
        Some(Kind::Python)
    } else if ["sh", "bash", "zsh", "dash", "ksh", "ash", "fish"].iter().any(|shell| word(shell)) {
        Some(Kind::Shell)
    } else if word("node") || word("deno") || word("bun") {
        Some(Kind::JavaScript)
    } else {
        word("pwsh").then_some(Kind::PowerShell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_says_more_than_a_name() {
        assert_eq!(of("x.aether", b"#!/bin/sh\ntrue\n"), Some(Kind::Shell));
        assert_eq!(of("run", b"#!/usr/bin/env python3\n"), Some(Kind::Python));
        assert_eq!(of("model.pt", b"PK\x03\x04"), Some(Kind::Archive));
        assert_eq!(of("notes", b"plain words\n"), Some(Kind::Text));
        assert_eq!(of("picture", b"\x89PNG\r\n\x1a\n\0\0"), None);
        assert_eq!(of(".github/workflows/ci.yml", b"on: push\n"), Some(Kind::Workflow));
        assert_eq!(of("requirements-dev.txt", b"x\n"), Some(Kind::Requirements));
    }
}
