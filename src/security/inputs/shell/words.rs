//! Shell scripts as pipelines of commands: words, quotes, pipes, substitutions and here-documents.
//!
//! The reader follows what decides who runs what. It does not expand anything, and it does not fail: what it
//! cannot make sense of ends a word.

use std::ops::Range;

/// A word of a command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// Its text without quotes; substitutions stand in it as they were written.
    pub text: String,
    /// The scripts that are put into it: `$(…)`, backticks, `<(…)`.
    pub inner: Vec<Pipeline>,
}

/// Where a command writes to or reads from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// `>`, `>>`, `<`, `<>`, `>&`, `&>`.
    pub operator: String,
    /// The file.
    pub target: Word,
}

/// One command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Command {
    /// `NAME=value` in front.
    pub assigns: Vec<(String, Word)>,
    /// The name and the arguments.
    pub words: Vec<Word>,
    /// Redirections.
    pub redirects: Vec<Redirect>,
    /// The text of a here-document or here-string.
    pub document: Option<String>,
    /// Where it stands.
    pub range: Range<usize>,
}

/// Commands joined by `|`.
pub type Pipeline = Vec<Command>;

/// Words that open or close blocks: what follows them is a command again.
const KEYWORDS: &[&str] = &["if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "time", "fi", "done"];

/// Reads a script.
pub fn read(text: &str, depth: usize) -> Vec<Pipeline> {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, depth, documents: Vec::new() };
    reader.script(None)
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// How many substitutions may still be opened within each other.
    depth: usize,
    /// Here-documents whose text begins with the next line: their ends, and whether tabs are stripped.
    documents: Vec<String>,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Reads up to the end, or up to a closing byte that is not taken.
    fn script(&mut self, close: Option<u8>) -> Vec<Pipeline> {
        let mut all = Vec::new();
        let mut pipeline: Pipeline = Vec::new();
        let mut command = self.fresh();
        while self.at < self.bytes.len() {
            let byte = self.peek(0);
            if Some(byte) == close {
                break;
            }
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\\' if self.peek(1) == b'\n' => self.at += 2,
                b'#' => self.skip_line(),
                b'\n' | b';' => {
                    self.at += 1;
                    end(&mut command, &mut pipeline);
                    finish(&mut pipeline, &mut all);
                    if byte == b'\n' && !self.documents.is_empty() {
                        let document = self.here_documents();
                        if let Some(last) = all.last_mut().and_then(|pipeline| {
                            let at = pipeline.iter().rposition(|c: &Command| c.document.is_some());
                            at.and_then(|at| pipeline.get_mut(at))
                        }) {
                            last.document = Some(document);
                        }
                    }
                    command = self.fresh();
                }
                b'|' => {
                    let both = self.peek(1) == b'|';
                    self.at += if both || self.peek(1) == b'&' { 2 } else { 1 };
                    end(&mut command, &mut pipeline);
                    if both {
                        finish(&mut pipeline, &mut all);
                    }
                    command = self.fresh();
                }
                b'&' if self.peek(1) != b'>' => {
                    self.at += if self.peek(1) == b'&' { 2 } else { 1 };
                    end(&mut command, &mut pipeline);
                    finish(&mut pipeline, &mut all);
                    command = self.fresh();
                }
                b'(' | b')' => {
                    self.at += 1;
                    end(&mut command, &mut pipeline);
                    while matches!(self.peek(0), b' ' | b'\t') {
                        self.at += 1;
                    }
                    if byte == b'(' || self.peek(0) != b'|' {
                        finish(&mut pipeline, &mut all);
                    }
                    command = self.fresh();
                }
                b'<' if self.peek(1) == b'(' => self.add_word(&mut command),
                b'<' | b'>' | b'&' => self.redirect(&mut command),
                _ => self.add_word(&mut command),
            }
        }
        end(&mut command, &mut pipeline);
        finish(&mut pipeline, &mut all);
        all
    }

    fn fresh(&self) -> Command {
        Command { range: self.at..self.at, ..Command::default() }
    }

    fn skip_line(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn add_word(&mut self, command: &mut Command) {
        let start = self.at;
        let word = self.word();
        if self.at == start {
            // A byte that begins no word.
            self.at += 1;
            return;
        }
        if command.words.is_empty() && command.assigns.is_empty() {
            command.range.start = start;
        }
        command.range.end = self.at;
        if command.words.is_empty() {
            if KEYWORDS.contains(&word.text.as_str()) {
                return;
            }
            let name = word.text.split_once('=').filter(|(name, _)| is_name(name));
            if let Some((name, value)) = name {
                let value = Word { text: value.to_owned(), inner: word.inner.clone() };
                command.assigns.push((name.to_owned(), value));
                return;
            }
        }
        command.words.push(word);
    }

    fn redirect(&mut self, command: &mut Command) {
        let start = self.at;
        while matches!(self.peek(0), b'<' | b'>' | b'&') && self.at - start < 3 {
            self.at += 1;
        }
        let operator = self.text.get(start..self.at).unwrap_or_default().to_owned();
        if self.peek(0) == b'-' && operator == "<<" {
            self.at += 1;
        }
        while matches!(self.peek(0), b' ' | b'\t') {
            self.at += 1;
        }
        let target = self.word();
        // `2>` leaves the number behind as a word.
        if command.words.last().is_some_and(|word| matches!(word.text.as_str(), "0" | "1" | "2")) {
            command.words.pop();
        }
        command.range.end = self.at;
        match operator.as_str() {
            "<<" => {
                self.documents.push(target.text);
                command.document = Some(String::new());
            }
            "<<<" => command.document = Some(target.text),
            _ => command.redirects.push(Redirect { operator, target }),
        }
    }

    /// The lines of here-documents that were announced.
    fn here_documents(&mut self) -> String {
        let mut text = String::new();
        for close in std::mem::take(&mut self.documents) {
            while self.at < self.bytes.len() {
                let start = self.at;
                self.skip_line();
                let line = self.text.get(start..self.at).unwrap_or_default();
                self.at = (self.at + 1).min(self.bytes.len());
                if line.trim() == close {
                    break;
                }
                text.push_str(line);
                text.push('\n');
            }
        }
        text
    }

    fn word(&mut self) -> Word {
        let mut word = Word::default();
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b' ' | b'\t' | b'\n' | b'\r' | b';' | b'|' | b'&' | b')' | b'>' => break,
                b'<' if self.peek(1) != b'(' || !word.text.is_empty() => break,
                b'<' => {
                    self.at += 1;
                    self.substitution(&mut word);
                }
                b'(' => break,
                b'\'' => {
                    self.at += 1;
                    let rest = self.bytes.get(self.at..).unwrap_or_default();
                    let length = memchr::memchr(b'\'', rest).unwrap_or(rest.len());
                    word.text.push_str(self.text.get(self.at..self.at + length).unwrap_or_default());
                    self.at += length + 1;
                }
                b'"' => self.quoted(&mut word),
                b'\\' => {
                    self.at += 1;
                    self.character(&mut word);
                }
                b'$' if self.peek(1) == b'(' => {
                    self.at += 1;
                    self.substitution(&mut word);
                }
                b'`' => self.backticks(&mut word),
                _ => self.character(&mut word),
            }
        }
        self.at = self.at.min(self.bytes.len());
        word
    }

    fn character(&mut self, word: &mut Word) {
        if let Some(c) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            if c != '\n' {
                word.text.push(c);
            }
            self.at += c.len_utf8();
        } else {
            self.at += 1;
        }
    }

    fn quoted(&mut self, word: &mut Word) {
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' => {
                    self.at += 1;
                    self.character(word);
                }
                b'$' if self.peek(1) == b'(' => {
                    self.at += 1;
                    self.substitution(word);
                }
                b'`' => self.backticks(word),
                b'\n' => {
                    word.text.push('\n');
                    self.at += 1;
                }
                _ => self.character(word),
            }
        }
    }

    /// `(…)` after `$` or `<`.
    fn substitution(&mut self, word: &mut Word) {
        let start = self.at;
        self.at += 1;
        if self.depth == 0 {
            return;
        }
        self.depth -= 1;
        let mut inner = self.script(Some(b')'));
        // `(` opens a group within, whose `)` ends the group and not this.
        while self.peek(0) == b')' && open(self.text.get(start..=self.at).unwrap_or_default()) {
            self.at += 1;
            inner.extend(self.script(Some(b')')));
        }
        self.depth += 1;
        self.at = (self.at + 1).min(self.bytes.len());
        word.text.push('$');
        word.text.push_str(self.text.get(start..self.at).unwrap_or_default());
        word.inner.extend(inner);
    }

    fn backticks(&mut self, word: &mut Word) {
        let start = self.at + 1;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = memchr::memchr(b'`', rest).unwrap_or(rest.len());
        if self.depth > 0 {
            let text = self.text.get(start..start + length).unwrap_or_default();
            word.inner.extend(read(text, self.depth - 1));
        }
        word.text.push_str("$(…)");
        self.at = (start + length + 1).min(self.bytes.len());
    }
}

/// Whether a text has more opened than closed.
fn open(text: &str) -> bool {
    text.matches('(').count() > text.matches(')').count()
}

fn is_name(text: &str) -> bool {
    let name = text.strip_suffix('+').unwrap_or(text);
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn end(command: &mut Command, pipeline: &mut Pipeline) {
    let command = std::mem::take(command);
    if !(command.words.is_empty() && command.assigns.is_empty() && command.redirects.is_empty()) {
        pipeline.push(command);
    }
}

fn finish(pipeline: &mut Pipeline, all: &mut Vec<Pipeline>) {
    if !pipeline.is_empty() {
        all.push(std::mem::take(pipeline));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(text: &str) -> Vec<Vec<String>> {
        let name = |command: &Command| command.words.first().map_or(String::new(), |word| word.text.clone());
        read(text, 8).iter().map(|pipeline| pipeline.iter().map(name).collect()).collect()
    }

    #[test]
    fn pipes_and_lists_are_told_apart() {
        assert_eq!(
            names("a 'x | y' | b && c # d | e\nif f; then g; fi"),
            [vec!["a", "b"], vec!["c"], vec!["f"], vec!["g"]]
        );
    }

    #[test]
    fn here_documents_belong_to_their_command() {
        let all = read("cat > x <<'EOF' | tee y\nrm -rf /\nEOF\nls", 8);
        assert_eq!(all.len(), 2);
        assert_eq!(all[0][0].document.as_deref(), Some("rm -rf /\n"));
    }

    #[test]
    fn substitutions_are_scripts() {
        let all = read("eval \"$(curl x | (cat; tr a b))\" <(d) `e`", 8);
        let inner: usize = all[0][0].words.iter().map(|word| word.inner.len()).sum();
        assert!(inner >= 3, "{all:?}");
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "[a-z$()`'\"|<>&;#\\\\ \n{}é-]{0,200}") {
            let _ = read(&text, 8);
        }
    }
}
