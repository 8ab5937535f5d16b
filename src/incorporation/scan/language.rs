//! What a file is and which language it is written in: by name, then by its first line, then by content.

use crate::model::{FileKind, Language};

/// File names that declare a component, in lower case.
const MANIFESTS: &[(&str, Language)] = &[
    ("aetherra-plugin.json", Language::Json),
    ("cargo.toml", Language::Toml),
    ("manifest.json", Language::Json),
    ("manifest.toml", Language::Toml),
    ("manifest.yaml", Language::Yaml),
    ("manifest.yml", Language::Yaml),
    ("package.json", Language::Json),
    ("plugin.json", Language::Json),
    ("plugin.toml", Language::Toml),
    ("plugin.yaml", Language::Yaml),
    ("plugin.yml", Language::Yaml),
    ("pyproject.toml", Language::Toml),
    ("skill.json", Language::Json),
];

/// Whole names, in lower case, that say what the file is.
const NAMES: &[(&str, FileKind, Language)] = &[
    (".env", FileKind::Config, Language::Other),
    ("authors", FileKind::Document, Language::Other),
    ("changelog", FileKind::Document, Language::Other),
    ("containerfile", FileKind::Source, Language::Dockerfile),
    ("copying", FileKind::Document, Language::Other),
    ("dockerfile", FileKind::Source, Language::Dockerfile),
    ("license", FileKind::Document, Language::Other),
    ("makefile", FileKind::Source, Language::Other),
    ("notice", FileKind::Document, Language::Other),
    ("readme", FileKind::Document, Language::Other),
    ("sconstruct", FileKind::Source, Language::Python),
    ("sconscript", FileKind::Source, Language::Python),
    ("wscript", FileKind::Source, Language::Python),
];

/// What endings say, in lower case.
const ENDINGS: &[(&str, FileKind, Language)] = &[
    ("7z", FileKind::Archive, Language::Other),
    ("aether", FileKind::Source, Language::Aether),
    ("aetherplugin", FileKind::Source, Language::Aether),
    ("avi", FileKind::Binary, Language::Other),
    ("bash", FileKind::Source, Language::Shell),
    ("bin", FileKind::Binary, Language::Other),
    ("bmp", FileKind::Binary, Language::Other),
    ("bz2", FileKind::Archive, Language::Other),
    ("c", FileKind::Source, Language::Other),
    ("cc", FileKind::Source, Language::Other),
    ("cfg", FileKind::Config, Language::Other),
    ("cjs", FileKind::Source, Language::JavaScript),
    ("class", FileKind::Binary, Language::Other),
    ("conf", FileKind::Config, Language::Other),
    ("cpp", FileKind::Source, Language::Other),
    ("cs", FileKind::Source, Language::Other),
    ("css", FileKind::Source, Language::Other),
    ("csv", FileKind::Data, Language::Other),
    ("cts", FileKind::Source, Language::TypeScript),
    ("db", FileKind::Data, Language::Other),
    ("dll", FileKind::Binary, Language::Other),
    ("dylib", FileKind::Binary, Language::Other),
    ("egg", FileKind::Archive, Language::Other),
    ("env", FileKind::Config, Language::Other),
    ("exe", FileKind::Binary, Language::Other),
    ("feather", FileKind::Data, Language::Other),
    ("fish", FileKind::Source, Language::Other),
    ("gif", FileKind::Binary, Language::Other),
    ("go", FileKind::Source, Language::Other),
    ("gz", FileKind::Archive, Language::Other),
    ("h", FileKind::Source, Language::Other),
    ("h5", FileKind::Model, Language::Other),
    ("hpp", FileKind::Source, Language::Other),
    ("htm", FileKind::Document, Language::Other),
    ("html", FileKind::Document, Language::Other),
    ("ico", FileKind::Binary, Language::Other),
    ("ini", FileKind::Config, Language::Other),
    ("ipynb", FileKind::Source, Language::Notebook),
    ("jar", FileKind::Archive, Language::Other),
    ("java", FileKind::Source, Language::Other),
    ("joblib", FileKind::Model, Language::Other),
    ("jpeg", FileKind::Binary, Language::Other),
    ("jpg", FileKind::Binary, Language::Other),
    ("js", FileKind::Source, Language::JavaScript),
    ("json", FileKind::Config, Language::Json),
    ("json5", FileKind::Config, Language::Other),
    ("jsonl", FileKind::Data, Language::Other),
    ("jsx", FileKind::Source, Language::JavaScript),
    ("keras", FileKind::Model, Language::Other),
    ("kt", FileKind::Source, Language::Other),
    ("lock", FileKind::Config, Language::Other),
    ("lua", FileKind::Source, Language::Other),
    ("markdown", FileKind::Document, Language::Markdown),
    ("md", FileKind::Document, Language::Markdown),
    ("mjs", FileKind::Source, Language::JavaScript),
    ("mp3", FileKind::Binary, Language::Other),
    ("mp4", FileKind::Binary, Language::Other),
    ("mts", FileKind::Source, Language::TypeScript),
    ("ndjson", FileKind::Data, Language::Other),
    ("npy", FileKind::Data, Language::Other),
    ("npz", FileKind::Data, Language::Other),
    ("o", FileKind::Binary, Language::Other),
    ("onnx", FileKind::Model, Language::Other),
    ("parquet", FileKind::Data, Language::Other),
    ("pdf", FileKind::Document, Language::Other),
    ("pickle", FileKind::Model, Language::Other),
    ("pkl", FileKind::Model, Language::Other),
    ("pl", FileKind::Source, Language::Other),
    ("png", FileKind::Binary, Language::Other),
    ("properties", FileKind::Config, Language::Other),
    ("ps1", FileKind::Source, Language::PowerShell),
    ("psm1", FileKind::Source, Language::PowerShell),
    ("pt", FileKind::Model, Language::Other),
    ("pth", FileKind::Model, Language::Other),
    ("py", FileKind::Source, Language::Python),
    ("pyc", FileKind::Binary, Language::Other),
    ("pyd", FileKind::Binary, Language::Other),
    ("pyi", FileKind::Source, Language::Python),
    ("pyw", FileKind::Source, Language::Python),
    ("pyx", FileKind::Source, Language::Other),
    ("rar", FileKind::Archive, Language::Other),
    ("rb", FileKind::Source, Language::Other),
    ("rs", FileKind::Source, Language::Rust),
    ("rst", FileKind::Document, Language::Rst),
    ("safetensors", FileKind::Model, Language::Other),
    ("scss", FileKind::Source, Language::Other),
    ("sh", FileKind::Source, Language::Shell),
    ("so", FileKind::Binary, Language::Other),
    ("sql", FileKind::Source, Language::Other),
    ("sqlite", FileKind::Data, Language::Other),
    ("sqlite3", FileKind::Data, Language::Other),
    ("svg", FileKind::Document, Language::Other),
    ("tar", FileKind::Archive, Language::Other),
    ("tgz", FileKind::Archive, Language::Other),
    ("toml", FileKind::Config, Language::Toml),
    ("ts", FileKind::Source, Language::TypeScript),
    ("tsv", FileKind::Data, Language::Other),
    ("tsx", FileKind::Source, Language::TypeScript),
    ("ttf", FileKind::Binary, Language::Other),
    ("txt", FileKind::Document, Language::Other),
    ("wasm", FileKind::Binary, Language::Other),
    ("wav", FileKind::Binary, Language::Other),
    ("webp", FileKind::Binary, Language::Other),
    ("whl", FileKind::Archive, Language::Other),
    ("woff", FileKind::Binary, Language::Other),
    ("woff2", FileKind::Binary, Language::Other),
    ("xml", FileKind::Config, Language::Other),
    ("xz", FileKind::Archive, Language::Other),
    ("yaml", FileKind::Config, Language::Yaml),
    ("yml", FileKind::Config, Language::Yaml),
    ("zip", FileKind::Archive, Language::Other),
    ("zsh", FileKind::Source, Language::Shell),
    ("zst", FileKind::Archive, Language::Other),
];

/// Starts of binary files that say what they are.
const MAGIC: &[(&[u8], FileKind)] = &[
    (b"SQLite format 3\0", FileKind::Data),
    (b"PK\x03\x04", FileKind::Archive),
    (b"\x1f\x8b", FileKind::Archive),
    (b"\x28\xb5\x2f\xfd", FileKind::Archive),
    (b"BZh", FileKind::Archive),
    (b"\xfd7zXZ\0", FileKind::Archive),
    (b"\x80\x02", FileKind::Model),
    (b"\x80\x03", FileKind::Model),
    (b"\x80\x04\x95", FileKind::Model),
    (b"\x80\x05\x95", FileKind::Model),
];

/// Folders whose JSON and text files are data.
const DATA_FOLDERS: &[&str] = &["data", "dataset", "datasets", "corpus", "training_data"];

/// What the name says, or none when it says nothing.
pub(super) fn by_name(key: &str) -> Option<(FileKind, Language)> {
    let (folders, name) = key.rsplit_once('/').unwrap_or(("", key));
    let mut buffer = [0_u8; 64];
    let name = lower(name, &mut buffer)?;
    if let Some((_, language)) = MANIFESTS.iter().find(|(manifest, _)| *manifest == name) {
        return Some((FileKind::Manifest, *language));
    }
    if let Some((stem, ending)) = name.rsplit_once('.') {
        if matches!(ending, "txt" | "in") && (stem.starts_with("requirements") || stem.ends_with("requirements")) {
            return Some((FileKind::Manifest, Language::Requirements));
        }
        if ending == "json" && (stem.ends_with(".plugin") || stem.ends_with("-plugin") || stem.ends_with(".manifest")) {
            return Some((FileKind::Manifest, Language::Json));
        }
        if let Ok(at) = ENDINGS.binary_search_by(|(known, ..)| (*known).cmp(ending)) {
            let (_, kind, language) = ENDINGS.get(at)?;
            let among_data = || folders.split('/').any(|folder| DATA_FOLDERS.contains(&folder));
            if *kind == FileKind::Config && *language == Language::Json && among_data() {
                return Some((FileKind::Data, *language));
            }
            return Some((*kind, *language));
        }
    }
    let stem = name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or(name);
    NAMES.iter().find(|(known, ..)| *known == name || *known == stem).map(|(_, kind, language)| (*kind, *language))
}

/// The end of a name in ASCII lower case, without an allocation.
fn lower<'a>(name: &str, buffer: &'a mut [u8; 64]) -> Option<&'a str> {
    // Of a long name only the end matters: its ending.
    let least = name.len().saturating_sub(buffer.len());
    let start = (least..=name.len()).find(|&at| name.is_char_boundary(at))?;
    let tail = name.get(start..)?;
    let slot = buffer.get_mut(..tail.len())?;
    slot.copy_from_slice(tail.as_bytes());
    slot.make_ascii_lowercase();
    std::str::from_utf8(slot).ok()
}

/// What the content says of a file whose name says nothing.
pub(super) fn by_content(head: &[u8]) -> (FileKind, Language) {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return (*kind, Language::Other);
    }
    if let Some(interpreter) = interpreter(head) {
        return (FileKind::Source, interpreter);
    }
    let trimmed = head.trim_ascii_start();
    if trimmed.starts_with(b"<?xml") {
        return (FileKind::Config, Language::Other);
    }
    if trimmed.starts_with(b"{\"") || trimmed.starts_with(b"{\n") || trimmed.starts_with(b"[{") {
        return (FileKind::Config, Language::Json);
    }
    (FileKind::Text, Language::Other)
}

/// The language of the interpreter that a first line such as `#!/usr/bin/env python3` names.
fn interpreter(head: &[u8]) -> Option<Language> {
    let rest = head.strip_prefix(b"#!")?;
    let line = rest.split(|&byte| byte == b'\n').next()?;
    let line = std::str::from_utf8(line.get(..200.min(line.len()))?).ok()?;
    let mut words = line.split_ascii_whitespace();
    let mut program = words.next()?.rsplit('/').next()?;
    if program == "env" {
        program = words.find(|word| !word.starts_with('-') && !word.contains('='))?.rsplit('/').next()?;
    }
    let program = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    Some(match program {
        "python" | "pypy" | "pythonw" => Language::Python,
        "sh" | "bash" | "dash" | "ash" | "ksh" | "zsh" => Language::Shell,
        "pwsh" | "powershell" => Language::PowerShell,
        "node" | "nodejs" => Language::JavaScript,
        "deno" | "bun" | "ts-node" | "tsx" => Language::TypeScript,
        "aether" | "aetherra" => Language::Aether,
        _ => Language::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(ENDINGS.is_sorted_by(|left, right| left.0 < right.0));
        assert!(MANIFESTS.is_sorted());
    }

    #[test]
    fn names_say_what_a_file_is() {
        for (key, kind, language) in [
            ("a/B.PY", FileKind::Source, Language::Python),
            ("x.aetherplugin", FileKind::Source, Language::Aether),
            ("p/manifest.json", FileKind::Manifest, Language::Json),
            ("requirements-dev.txt", FileKind::Manifest, Language::Requirements),
            ("data/x.json", FileKind::Data, Language::Json),
            ("x/data.json", FileKind::Config, Language::Json),
            ("README", FileKind::Document, Language::Other),
            ("Dockerfile.prod", FileKind::Source, Language::Dockerfile),
            ("a.b.c.rs", FileKind::Source, Language::Rust),
        ] {
            assert_eq!(by_name(key), Some((kind, language)), "{key}");
        }
        assert_eq!(by_name(&format!("{}.py", "é".repeat(100))), Some((FileKind::Source, Language::Python)));
        assert_eq!(by_name("run"), None);
        assert_eq!(by_name(""), None);
    }

    #[test]
    fn content_says_it_when_the_name_does_not() {
        assert_eq!(by_content(b"#!/usr/bin/env -S python3.11 -u\nx").1, Language::Python);
        assert_eq!(by_content(b"#! /bin/sh\n").1, Language::Shell);
        assert_eq!(by_content(b"PK\x03\x04xx").0, FileKind::Archive);
        assert_eq!(by_content(b"{\"a\": 1}").1, Language::Json);
        assert_eq!(by_content(b"hello").0, FileKind::Text);
        assert_eq!(by_content(b"#!").0, FileKind::Text);
    }
}
