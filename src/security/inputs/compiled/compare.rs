//! What compiled code says against what its source says.

use std::collections::HashSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

use super::marshal::Contents;
use super::{CHECKED, HASHED, Header, SourceFile, is_cached, siphash};
use crate::model::{Confidence, Severity, SkipReason};
use crate::security::inputs::Judged;
use crate::security::python::parse;
use crate::security::source::decode;

/// Shorter words of texts are not looked for: they are in every source.
const SHORTEST_WORD: usize = 4;

/// So many equal letters in a row are in no word that somebody wrote.
const ROW: usize = 4;

/// So many names are told.
const MAX_TOLD: usize = 5;

/// Names that the compiler makes by itself.
const MADE: &[&str] = &[
    "__annotate__",
    "__annotations__",
    "__class__",
    "__classcell__",
    "__classdict__",
    "__classdictcell__",
    "__conditional_annotations__",
    "__dict__",
    "__doc__",
    "__firstlineno__",
    "__module__",
    "__name__",
    "__qualname__",
    "__static_attributes__",
    "__type_params__",
    // In qualified names: `outer.<locals>.<listcomp>`.
    "dictcomp",
    "genexpr",
    "lambda",
    "listcomp",
    "locals",
    "module",
    "setcomp",
    // The key of what a function is annotated to give.
    "return",
    "AssertionError",
    "NotImplementedError",
    "format",
];

/// How a compiled file stands to the source beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// Python runs it instead of the source.
    Runs,
    /// Python would run it if the source had another time, which copying changes.
    MayRun,
    /// Python sees that it is out of date, and compiles the source anew.
    Stale,
}

pub(super) fn with_source(path: &str, header: Header, contents: &Contents, source: &SourceFile, judged: &mut Judged) {
    let Ok((text, _)) = decode(&source.bytes) else {
        return judged.gaps.push((SkipReason::Undecodable, "the source beside it cannot be read".to_owned()));
    };
    let fit = fit(header, source, judged);
    let severity = match fit {
        Fit::Runs => Severity::High,
        Fit::MayRun => Severity::Medium,
        Fit::Stale if is_cached(path) => Severity::Low,
        Fit::Stale => Severity::Medium,
    };
    let words = Words::of(&text);
    let mut see = |severity, confidence, message: String| {
        judged.see("compiled-mismatch", 0..0, severity, confidence, message);
    };
    let (names, texts) = words.foreign(contents);
    if !names.is_empty() || !texts.is_empty() {
        // The compiler puts constant texts together: a single word may come from that.
        let (severity, confidence) = match (names.len(), texts.len()) {
            (0, 1) => (severity.min(Severity::Medium), Confidence::Low),
            (0 | 1, _) => (severity, Confidence::Medium),
            _ => (severity, Confidence::High),
        };
        let foreign = [names, texts].concat();
        let told = shown(foreign.iter().map(String::as_str));
        see(severity, confidence, format!("the compiled file names what its source does not: {told}"));
        return;
    }
    let missing = missing(&text, contents);
    if !missing.is_empty() {
        let told = shown(missing.iter().map(String::as_str));
        let message = format!("the compiled file lacks what its source defines: {told}");
        return see(severity.min(Severity::Medium), Confidence::Medium, message);
    }
    let name = super::source_of(path).unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default();
    let own = |file: &str| file.rsplit(['/', '\\']).next() == Some(name);
    if !contents.files.iter().all(|file| own(file)) {
        let told = shown(contents.files.iter().map(|file| &**file).filter(|file| !own(file)));
        let message = format!("the compiled file says that it was made from another source: {told}");
        see(severity.min(Severity::Medium), Confidence::Medium, message);
    }
}

fn shown<'t>(names: impl Iterator<Item = &'t str>) -> String {
    let all: Vec<String> = names
        .take(MAX_TOLD + 1)
        .map(|name| format!("`{}`", name.chars().filter(|c| !c.is_control()).take(60).collect::<String>()))
        .collect();
    let more = if all.len() > MAX_TOLD { " and more" } else { "" };
    format!("{}{more}", all.iter().take(MAX_TOLD).cloned().collect::<Vec<_>>().join(", "))
}

/// Checks the header as Python does.
fn fit(header: Header, source: &SourceFile, judged: &mut Judged) -> Fit {
    let mut see = |severity, message: &str| {
        judged.see("compiled-mismatch", 0..0, severity, Confidence::High, message);
    };
    if header.flags & HASHED != 0 {
        let same = u64::from_le_bytes(header.source) == siphash::of_source(header.magic, &source.bytes);
        let checked = header.flags & CHECKED != 0;
        return match (same, checked) {
            (true, _) => Fit::Runs,
            (false, true) => {
                see(Severity::Low, "the compiled file was made from another text than its source");
                Fit::Stale
            }
            (false, false) => {
                let message =
                    "the compiled file was made from another text than its source, and Python is told not to check";
                see(Severity::High, message);
                Fit::Runs
            }
        };
    }
    let field = |at: usize| {
        let bytes: [u8; 4] = header.source.get(at..at + 4).and_then(|field| field.try_into().ok()).unwrap_or_default();
        u32::from_le_bytes(bytes)
    };
    // Python keeps the lowest 32 bits of both.
    let low = |number: u64| u32::try_from(number & 0xffff_ffff).unwrap_or(0);
    if field(4) != low(source.bytes.len() as u64) {
        see(Severity::Low, "the compiled file was made from a source of another size");
        return Fit::Stale;
    }
    match source.changed {
        Some(changed) if field(0) == low(u64::from_ne_bytes(changed.to_ne_bytes())) => Fit::Runs,
        _ => Fit::MayRun,
    }
}

/// The words of a source.
struct Words<'t> {
    text: &'t str,
    all: HashSet<&'t str>,
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, all: text.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect() }
    }

    /// The names and the words of texts that the source does not have.
    fn foreign(&self, contents: &Contents) -> (Vec<String>, Vec<String>) {
        let names = contents.names.iter().chain(&contents.blocks);
        let mut foreign: Vec<String> = names.filter(|name| !self.has_name(name)).map(|name| name.to_string()).collect();
        let unknown = |text: &str| self.unknown_word(text).map(str::to_owned);
        let mut words: Vec<String> = contents.texts.iter().filter_map(|text| unknown(text)).collect();
        if !words.is_empty() {
            // Texts are written with escapes, and put together from pieces.
            let written = Written::of(self.text);
            words.retain(|word| !written.0.contains(word.as_str()) && !repeats(word, &written.0));
        }
        words.retain(|word| !foreign.contains(word));
        words.dedup();
        foreign.dedup();
        (foreign, words)
    }

    fn has_name(&self, name: &str) -> bool {
        // Identifiers beyond ASCII are normalised by the compiler.
        if name.starts_with(['<', '.']) || !name.is_ascii() || MADE.contains(&name) {
            return true;
        }
        name.split('.').filter(|part| !part.is_empty()).all(|part| {
            let unmangled = part.strip_prefix('_').and_then(|rest| rest.find("__").and_then(|at| rest.get(at..)));
            self.all.contains(part) || unmangled.is_some_and(|part| self.all.contains(part))
        })
    }

    /// The first word of a text that is nowhere in the source as it is written.
    fn unknown_word<'w>(&self, text: &'w str) -> Option<&'w str> {
        text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).find(|word| {
            let counts = word.len() >= SHORTEST_WORD && word.starts_with(|c: char| c.is_ascii_alphabetic());
            counts && !has_row(word) && !self.all.contains(word) && !self.text.contains(word) && !MADE.contains(word)
        })
    }
}

/// Whether a letter stands in a word over and over, as when `"a" * 40 + "b"` is worked out.
fn has_row(word: &str) -> bool {
    word.as_bytes().windows(ROW).any(|row| row.iter().all(|byte| Some(byte) == row.first()))
}

/// Whether a word is a shorter one of the source over and over: the compiler works out `"ab" * 20`.
fn repeats(word: &str, written: &str) -> bool {
    (1..=word.len() / 2).filter(|length| word.len().is_multiple_of(*length)).any(|length| {
        let unit = word.get(..length).unwrap_or_default();
        written.contains(unit) && word.as_bytes().chunks(length).all(|part| part == unit.as_bytes())
    })
}

/// All texts of a source in one, as they are when the code runs.
struct Written(String);

impl Written {
    fn of(text: &str) -> Self {
        struct Texts(String);
        impl<'a> Visitor<'a> for Texts {
            fn visit_expr(&mut self, expr: &'a Expr) {
                match expr {
                    Expr::StringLiteral(text) => self.0.push_str(text.value.to_str()),
                    Expr::BytesLiteral(bytes) => {
                        self.0.push_str(&String::from_utf8_lossy(&bytes.value.bytes().collect::<Vec<u8>>()));
                    }
                    Expr::FString(text) => {
                        text.value.elements().filter_map(|part| part.as_literal()).for_each(|part| {
                            self.0.push_str(&part.value);
                        });
                        walk_expr(self, expr);
                    }
                    _ => walk_expr(self, expr),
                }
            }
        }
        let mut texts = Texts(String::new());
        if let Ok(module) = parse::parse_shallow(text) {
            module.suite().iter().for_each(|stmt| texts.visit_stmt(stmt));
        }
        Self(texts.0)
    }
}

/// Functions and classes of the source that have no code. Most are found without parsing the source.
fn missing(text: &str, contents: &Contents) -> Vec<String> {
    let defined = |line: &str| {
        let line = line.trim_start();
        let line = line.strip_prefix("async ").unwrap_or(line);
        let rest = line.strip_prefix("def ").or_else(|| line.strip_prefix("class "))?;
        let name = rest.trim_start().split(|c| !is_word(c)).next()?;
        Some(name.to_owned())
    };
    if text.lines().filter_map(defined).all(|name| contents.blocks.contains(name.as_str()) || !name.is_ascii()) {
        return Vec::new();
    }
    let Ok(module) = parse::parse_shallow(text) else { return Vec::new() };
    let mut live = Live { contents, missing: Vec::new() };
    live.visit_body(module.suite());
    live.missing
}

/// Looks at what the compiler does not leave out.
struct Live<'c> {
    contents: &'c Contents,
    missing: Vec<String>,
}

impl<'a> Visitor<'a> for Live<'_> {
    fn visit_body(&mut self, body: &'a [Stmt]) {
        for stmt in body {
            self.visit_stmt(stmt);
            if matches!(stmt, Stmt::Return(_) | Stmt::Raise(_) | Stmt::Break(_) | Stmt::Continue(_)) {
                return;
            }
        }
    }

    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let name = match stmt {
            Stmt::FunctionDef(function) => &function.name,
            Stmt::ClassDef(class) => &class.name,
            // Conditions that the compiler may decide.
            Stmt::If(_) | Stmt::While(_) => return,
            _ => return walk_stmt(self, stmt),
        };
        if name.is_ascii() && !self.contents.blocks.contains(name.as_str()) {
            self.missing.push(name.to_string());
        }
        walk_stmt(self, stmt);
    }
}
