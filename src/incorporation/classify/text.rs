//! What the text of a file shows besides its structure: calls at module level, how much of it is prose,
//! whether its lines form a table, and what it speaks about.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use rustc_hash::FxHashMap;

use crate::model::{FileKind, IndexedFile, Language};

/// Bytes of a file that are looked at. Roles show early; the rest would only cost time.
pub const MAX_BYTES: usize = 32 * 1024;

/// Calls at module level that are kept.
const MAX_CALLS: usize = 40;

/// Lines of a section file that are kept.
const MAX_SECTION_LINES: usize = 2_000;

/// Subjects that a text may speak about, counted without regard to case.
pub(super) const SUBJECTS: [&str; 10] =
    ["agent", "plugin", "workflow", "pipeline", "tool", "llm", "prompt", "dataset", "license", "test"];

static MATCHER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasickBuilder::new().ascii_case_insensitive(true).build(SUBJECTS).ok());

/// What sort of text it is, which decides what is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Python: what it calls at module level.
    Python,
    /// Other code: only what it speaks about.
    Code,
    /// Anything else: what its lines look like.
    Other,
}

impl TextKind {
    /// The sort of an indexed file.
    pub fn of(file: &IndexedFile) -> Self {
        match (file.kind, file.language) {
            (_, Language::Python) => Self::Python,
            (FileKind::Source, Language::Other) => Self::Other,
            (FileKind::Source, _) => Self::Code,
            _ => Self::Other,
        }
    }
}

/// What was seen in the first [`MAX_BYTES`] of a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextFacts {
    /// Whether the text could be read at all.
    pub read: bool,
    /// Whether there is nothing but white space.
    pub blank: bool,
    /// Lines that are not blank.
    pub lines: usize,
    /// Dotted names that are called in statements at module level.
    pub calls: Vec<String>,
    /// Dotted names that are called in a `with` statement at module level.
    pub contexts: Vec<String>,
    /// Names of functions and classes defined or called anywhere, by the words that [`SUBJECTS`] lists: hits
    /// for each thousand bytes.
    pub density: [f32; SUBJECTS.len()],
    /// Share of lines that read as sentences.
    pub prose: f32,
    /// Share of lines that have as many fields as most.
    pub tabular: f32,
    /// Share of lines that hold a single word or number.
    pub words: f32,
    /// Share of lines that read as requirements of packages.
    pub requirements: f32,
    /// Share of the keys of JSON that occurred before: near 1 for many records of one shape.
    pub repetition: f32,
    /// Places with template markers, for each hundred lines.
    pub templates: f32,
    /// Keys of the items of a list at the start of lines, as in `- name: x`.
    pub item_keys: Vec<String>,
    /// First line, when it begins with `#!`.
    pub shebang: Option<String>,
    /// `[section]` and the lines in it, of files such as `entry_points.txt`.
    pub sections: Vec<(String, Vec<(String, String)>)>,
}

impl TextFacts {
    /// Looks at a text. Bytes that are no UTF-8 are skipped over.
    pub fn of(bytes: &[u8], kind: TextKind) -> Self {
        let head = bytes.get(..bytes.len().min(MAX_BYTES)).unwrap_or_default();
        let text = String::from_utf8_lossy(head);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut facts = Self { read: true, blank: text.trim().is_empty(), ..Self::default() };
        if facts.blank {
            return facts;
        }
        facts.density = density(text);
        facts.shebang = text.lines().next().filter(|line| line.starts_with("#!")).map(str::to_owned);
        match kind {
            TextKind::Python => facts.statements(text),
            TextKind::Code => {}
            TextKind::Other => {
                facts.shape(text);
                facts.items(text);
                if text.trim_start().starts_with(['{', '[']) {
                    facts.repetition = repetition(text);
                }
            }
        }
        facts
    }

    /// Reads `[section]` and `key = value` lines; for files whose name says that they hold such.
    pub fn read_sections(&mut self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(MAX_BYTES)).unwrap_or_default());
        for line in text.lines().take(MAX_SECTION_LINES) {
            let trimmed = line.trim();
            if let Some(name) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                self.sections.push((name.to_owned(), Vec::new()));
            } else if let (Some((key, value)), Some((_, lines))) = (trimmed.split_once('='), self.sections.last_mut()) {
                lines.push((key.trim().to_owned(), value.trim().to_owned()));
            }
        }
    }

    fn shape(&mut self, text: &str) {
        let (mut prose, mut words, mut requirements, mut templates) = (0_usize, 0_usize, 0_usize, 0_usize);
        let mut fields: Vec<usize> = Vec::new();
        let separator = separator(text);
        for line in text.lines().filter(|line| !line.trim().is_empty()).take(2_000) {
            self.lines += 1;
            let trimmed = line.trim();
            let count = trimmed.split_whitespace().count();
            prose += usize::from(is_prose(trimmed, count));
            words += usize::from(count == 1);
            requirements += usize::from(is_requirement(trimmed));
            templates += usize::from(["{{", "{%", "{#", "<%", "${"].iter().any(|marker| trimmed.contains(marker)));
            fields.push(separator.map_or(count, |separator| line.split(separator).count()));
        }
        let lines = self.lines.max(1) as f32;
        self.prose = prose as f32 / lines;
        self.words = words as f32 / lines;
        self.requirements = requirements as f32 / lines;
        self.templates = (templates as f32 / lines).min(1.0);
        let mut sorted = fields.clone();
        sorted.sort_unstable();
        let typical = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
        if typical > 1 && (separator.is_some() || numeric(text)) {
            self.tabular = fields.iter().filter(|&&count| count == typical).count() as f32 / lines;
        }
    }

    /// Statements that begin at the margin, outside of strings of several lines.
    fn statements(&mut self, text: &str) {
        let mut quote: Option<&str> = None;
        for line in text.lines() {
            let quoted = memchr::memchr2(b'"', b'\'', line.as_bytes()).is_some();
            if let Some(open) = quote {
                if quoted && line.matches(open).count() % 2 == 1 {
                    quote = None;
                }
                continue;
            }
            if quoted {
                quote = ["\"\"\"", "'''"].into_iter().find(|mark| line.matches(mark).count() % 2 == 1);
            }
            if line.starts_with([' ', '\t', '#', '@', ')']) {
                continue;
            }
            let (list, statement) = match line.strip_prefix("with ") {
                Some(rest) => (&mut self.contexts, rest),
                None => (&mut self.calls, line),
            };
            if let Some(name) = called(statement)
                && list.len() < MAX_CALLS
            {
                list.push(name.to_owned());
            }
        }
    }

    /// Keys of the items of lists at the margin.
    fn items(&mut self, text: &str) {
        for line in text.lines().take(MAX_SECTION_LINES) {
            if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("  - ")) {
                keep_key(&mut self.item_keys, item);
            }
        }
    }
}

fn keep_key(list: &mut Vec<String>, line: &str) {
    if list.len() < MAX_CALLS
        && let Some((key, rest)) = line.split_once(':')
        && (rest.is_empty() || rest.starts_with([' ', '\r']))
    {
        let key = key.trim().trim_matches(['"', '\'']);
        if !key.is_empty() && key.len() < 60 && key.chars().all(|c| c.is_alphanumeric() || "_-.$".contains(c)) {
            list.push(key.to_owned());
        }
    }
}

/// `x.y` of `x.y(…`, unless it is a keyword.
fn called(statement: &str) -> Option<&str> {
    let (name, _) = statement.split_once('(')?;
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.');
    let keyword = ["if", "while", "for", "print", "return", "assert", "del", "elif", "raise", "yield"].contains(&name);
    (plain && !keyword && !name.starts_with('.')).then_some(name)
}

fn density(text: &str) -> [f32; SUBJECTS.len()] {
    let mut counts = [0_u32; SUBJECTS.len()];
    if let Some(matcher) = MATCHER.as_ref() {
        for found in matcher.find_iter(text) {
            if let Some(count) = counts.get_mut(found.pattern().as_usize()) {
                *count += 1;
            }
        }
    }
    let thousands = (text.len() as f32 / 1_000.0).max(0.3);
    counts.map(|count| count as f32 / thousands)
}

/// The character that separates the fields of a table, judged by the first lines.
fn separator(text: &str) -> Option<char> {
    let head: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(12).collect();
    [',', '\t', ';', '|'].into_iter().find(|&separator| {
        let counts: Vec<usize> = head.iter().map(|line| line.matches(separator).count()).collect();
        let most = counts.first().copied().unwrap_or_default();
        most > 0 && head.len() > 1 && counts.iter().filter(|&&count| count == most).count() * 4 >= head.len() * 3
    })
}

/// Whether most of the words are numbers.
fn numeric(text: &str) -> bool {
    let (mut numbers, mut all) = (0_usize, 0_usize);
    for word in text.split_whitespace().take(400) {
        all += 1;
        numbers += usize::from(word.parse::<f64>().is_ok());
    }
    all > 0 && numbers * 2 > all
}

/// Share of the keys of JSON that occurred before.
fn repetition(text: &str) -> f32 {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let (mut all, mut again) = (0_usize, 0_usize);
    let mut pieces = text.split('"').skip(1);
    while let (Some(key), Some(after)) = (pieces.next(), pieces.next()) {
        if after.trim_start().starts_with(':') && key.len() < 60 {
            all += 1;
            let count = counts.entry(key).or_default();
            *count += 1;
            again += usize::from(*count > 1);
        }
        if all >= 4_000 {
            break;
        }
    }
    if all < 4 { 0.0 } else { again as f32 / all as f32 }
}

fn is_prose(line: &str, words: usize) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic() || c.is_whitespace()).count();
    words >= 4 && letters * 10 >= line.chars().count() * 8
}

fn is_requirement(line: &str) -> bool {
    if line.starts_with('#') || line.starts_with("-r ") {
        return true;
    }
    let end = line.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(line.len());
    let rest = line.get(end..).unwrap_or_default().trim_start();
    let pinned = ["==", ">=", "<=", "~=", "!=", "===", ">", "<", "["].iter().any(|operator| rest.starts_with(operator));
    end > 1 && pinned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_at_module_level_are_seen() {
        let text = "import x\nx.register(a)\nwith DAG('d') as dag:\n    inner()\n\"\"\"\nnot.this()\n\"\"\"\nif (a):\n    pass\n";
        let facts = TextFacts::of(text.as_bytes(), TextKind::Python);
        assert_eq!(facts.calls, ["x.register"]);
        assert_eq!(facts.contexts, ["DAG"]);
    }

    #[test]
    fn tables_prose_and_requirements_are_told_apart() {
        let table = TextFacts::of(b"a,b,c\n1,2,3\n4,5,6\n", TextKind::Other);
        assert!(table.tabular > 0.9 && table.prose < 0.1);
        let prose =
            TextFacts::of(b"This is a text that people read.\nIt has two sentences of some length.\n", TextKind::Other);
        assert!(prose.prose > 0.9 && prose.tabular < 0.1);
        let list = TextFacts::of(b"requests>=2\nnumpy==1.2\n", TextKind::Other);
        assert!(list.requirements > 0.9);
        let records =
            TextFacts::of(br#"[{"a": 1, "b": "x:y"}, {"a": 2, "b": ""}, {"a": 3, "b": "z"}]"#, TextKind::Other);
        assert!(records.repetition > 0.6);
        assert_eq!(TextFacts::of(br#"{"a": 1, "b": 2, "c": 3, "d": 4}"#, TextKind::Other).repetition, 0.0);
        let numbers = TextFacts::of(b"1.0 2.0 3\n2.5 1.5 4\n", TextKind::Other);
        assert!(numbers.tabular > 0.9);
    }

    #[test]
    fn keys_of_items_are_seen() {
        let facts = TextFacts::of(b"---\n- name: first\n  apt: x\n- hosts: all\n", TextKind::Other);
        assert_eq!(facts.item_keys, ["name", "hosts"]);
    }

    #[test]
    fn sections_are_read() {
        let mut facts = TextFacts::default();
        facts.read_sections(b"[octoprint.plugin]\nx = pkg.module:attr\n");
        assert_eq!(facts.sections[0].0, "octoprint.plugin");
        assert_eq!(facts.sections[0].1, [("x".to_owned(), "pkg.module:attr".to_owned())]);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            let mut facts = TextFacts::of(&bytes, TextKind::Other);
            facts.read_sections(&bytes);
            proptest::prop_assert!((0.0..=1.0).contains(&facts.prose) && (0.0..=1.0).contains(&facts.tabular));
        }
    }
}
