//! Reading YAML and JSON with the place of every value. Parses text; reading files is somebody else's.
//!
//! Of YAML only what a person writes by hand is taken: no aliases (which can blow a page up to gigabytes),
//! no tags, one document. JSON is parsed strictly first, so that a `.json` file is JSON and nothing wider.

use std::path::Path;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Number, Value};

use crate::error::{Error, Location, Result};

/// Bytes. The manual of every key is a fraction of this; more is a mistake or an attack.
pub const SIZE_LIMIT: usize = 256 * 1024;

/// Levels of nesting. The deepest key there is lies a handful deep.
const DEPTH_LIMIT: usize = 32;

/// A value and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// The value.
    pub node: Node,
    /// Line, from one.
    pub line: u32,
    /// Column in characters, from one.
    pub column: u32,
}

/// A value whose parts still know their places.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Null, a truth value, a number or a text.
    Scalar(Value),
    /// A list.
    Sequence(Vec<Spot>),
    /// Keys and values, in the order of the file.
    Mapping(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The line of the key.
    pub line: u32,
    /// The column of the key.
    pub column: u32,
    /// The value.
    pub value: Spot,
}

impl Spot {
    /// The value without its places.
    pub fn to_value(&self) -> Value {
        match &self.node {
            Node::Scalar(value) => value.clone(),
            Node::Sequence(items) => items.iter().map(Self::to_value).collect(),
            Node::Mapping(entries) => {
                Value::Object(entries.iter().map(|entry| (entry.key.clone(), entry.value.to_value())).collect())
            }
        }
    }
}

/// Parses a configuration file; the ending of `path` says whether it is JSON.
pub fn parse(text: &str, path: &Path) -> Result<Spot> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > SIZE_LIMIT {
        return Err(Error::usage("config-too-large", format!("the file is larger than {SIZE_LIMIT} bytes"))
            .at_path(path)
            .hinted("split off what is no configuration"));
    }
    if path.extension().is_none_or(|extension| extension != "json") {
        return Reader::new(text, path).document();
    }
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        return Err(syntax_error(path, number(error.line()), number(error.column()), reason));
    }
    // Strict JSON holds tabs between tokens only, where YAML wants spaces.
    Reader::new(&text.replace('\t', " "), path).document()
}

/// Parses one value as it stands after a key, for variables and for `--set`.
pub fn parse_value(text: &str, origin: &Path) -> Result<Spot> {
    if text.len() > SIZE_LIMIT {
        return Err(Error::usage("config-too-large", "the value is too long").at_path(origin));
    }
    Reader::new(text, origin).document()
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    path: &'a Path,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, path: &'a Path) -> Self {
        Self { parser: Parser::new_from_str(text), path }
    }

    fn document(&mut self) -> Result<Spot> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) if root.is_none() => {}
                Event::DocumentStart(_) => return Err(self.refused(span, "a second document in one file")),
                Event::DocumentEnd => {}
                Event::StreamEnd => {
                    return Ok(root.unwrap_or(Spot { node: Node::Mapping(Vec::new()), line: 1, column: 1 }));
                }
                event => root = Some(self.value(event, span, 0)?),
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span)> {
        match self.parser.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => {
                let (line, column) = place(*error.marker());
                Err(syntax_error(self.path, line, column, error.info()))
            }
            None => Err(syntax_error(self.path, 0, 0, "the file ends in the middle")),
        }
    }

    fn value(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Spot> {
        if depth > DEPTH_LIMIT {
            return Err(self.refused(span, "nesting this deep"));
        }
        let (line, column) = place(span.start);
        let (anchor, tag) = match &event {
            Event::Scalar(_, _, anchor, tag) => (*anchor, tag.is_some()),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => (*anchor, tag.is_some()),
            Event::Alias(_) => return Err(self.refused(span, "an alias")),
            _ => return Err(syntax_error(self.path, line, column, "a value was expected")),
        };
        if anchor > 0 || tag {
            return Err(self.refused(span, if tag { "a tag" } else { "an anchor" }));
        }
        let node = match event {
            Event::Scalar(text, style, ..) => Node::Scalar(scalar(&text, style)),
            Event::SequenceStart(..) => self.sequence(depth)?,
            _ => self.mapping(depth)?,
        };
        Ok(Spot { node, line, column })
    }

    fn sequence(&mut self, depth: usize) -> Result<Node> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Node::Sequence(items)),
                (event, span) => items.push(self.value(event, span, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Node> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            let (line, column) = place(span.start);
            let key = match event {
                Event::MappingEnd => return Ok(Node::Mapping(entries)),
                Event::Scalar(text, _, 0, None) => text.into_owned(),
                _ => return Err(syntax_error(self.path, line, column, "a key must be a plain word")),
            };
            if let Some(first) = entries.iter().find(|entry| entry.key == key) {
                return Err(Error::usage("config-duplicate-key", format!("the key `{key}` is given twice"))
                    .at(self.location(line, column))
                    .hinted(format!("it was given first on line {}; remove one of the two", first.line)));
            }
            let (event, span) = self.next()?;
            let value = self.value(event, span, depth + 1)?;
            entries.push(Entry { key, line, column, value });
        }
    }

    fn refused(&self, span: Span, what: &str) -> Error {
        let (line, column) = place(span.start);
        Error::usage("config-refused", format!("{what} is not allowed in a configuration file"))
            .at(self.location(line, column))
            .hinted("write the values out")
    }

    fn location(&self, line: u32, column: u32) -> Location {
        Location { path: self.path.to_path_buf(), line, column }
    }
}

/// Lines of the parser count from one, its columns from zero.
fn place(marker: saphyr_parser::Marker) -> (u32, u32) {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (number(marker.line()), number(marker.col()).saturating_add(1))
}

fn syntax_error(path: &Path, line: u32, column: u32, reason: &str) -> Error {
    Error::usage("config-syntax", format!("the file cannot be read: {reason}"))
        .at(Location { path: path.to_path_buf(), line, column })
        .hinted("`aetherra-maint init` writes an example of every key")
}

/// A scalar by the core schema of YAML 1.2: only plain text is anything but a string.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let looks_numeric = text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.'));
    let number = looks_numeric.then(|| {
        let unsigned = text.strip_prefix('+').unwrap_or(text);
        let integer = unsigned.parse::<i64>().map(Number::from).or_else(|_| unsigned.parse::<u64>().map(Number::from));
        integer.ok().or_else(|| unsigned.parse::<f64>().ok().and_then(Number::from_f64))
    });
    number.flatten().map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn yaml(text: &str) -> Result<Spot> {
        parse(text, Path::new("c.yaml"))
    }

    fn code(result: Result<Spot>) -> (&'static str, u32, u32) {
        let error = result.expect_err("an error");
        let place = error.location.expect("a place");
        (error.code, place.line, place.column)
    }

    #[test]
    fn values_know_their_places() {
        let root = yaml("scan:\n  roots: [a, 'b']\n  max: 0.5\n").expect("YAML");
        assert_eq!(root.to_value(), json!({"scan": {"roots": ["a", "b"], "max": 0.5}}));
        let Node::Mapping(entries) = &root.node else { panic!("a mapping") };
        let Node::Mapping(inner) = &entries[0].value.node else { panic!("a mapping") };
        assert_eq!((inner[1].line, inner[1].column, inner[1].value.column), (3, 3, 8));
    }

    #[test]
    fn scalars_follow_the_core_schema() {
        let values = yaml("[1, -2, 1.5, yes, 'true', true, ~, 1e3, 0x, 18446744073709551615, .]").expect("YAML");
        assert_eq!(
            values.to_value(),
            json!([1, -2, 1.5, "yes", "true", true, null, 1000.0, "0x", 18_446_744_073_709_551_615_u64, "."])
        );
    }

    #[test]
    fn what_nobody_writes_by_hand_is_refused() {
        assert_eq!(code(yaml("a: &x 1\n")).0, "config-refused");
        assert_eq!(code(yaml("a: 1\nb: *x\n")).0, "config-syntax");
        assert_eq!(code(yaml("a: !!int 1\n")).0, "config-refused");
        assert_eq!(code(yaml("a: 1\n---\nb: 2\n")).0, "config-refused");
        assert_eq!(code(yaml(&format!("{}{}", "[".repeat(40), "]".repeat(40)))).0, "config-refused");
        assert!(yaml(&"[".repeat(10_000)).is_err());
        assert_eq!(code(yaml(&"x".repeat(SIZE_LIMIT + 1))).0, "config-too-large");
        assert_eq!(code(yaml("a: 1\na: 2\n")), ("config-duplicate-key", 2, 1));
        assert_eq!(code(yaml("? [a]\n: 1\n")).0, "config-syntax");
    }

    #[test]
    fn json_is_strict_and_has_places() {
        let json = |text: &str| parse(text, Path::new("c.json"));
        assert_eq!(
            json("{\n\t\"scan\": {\"roots\": [\"a\\/b\"]}\n}").expect("JSON").to_value(),
            json!({"scan": {"roots": ["a/b"]}})
        );
        assert_eq!(code(json("{a: 1}")).0, "config-syntax");
        assert_eq!(code(json("{\"a\": 1,}")), ("config-syntax", 1, 9));
        assert_eq!(code(json("{\"a\": 1, \"a\": 2}")), ("config-duplicate-key", 1, 10));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[ -~\n\t&*!:\\[\\]{},\"'|>#%@-]{0,200}") {
            let _ = yaml(&text);
            let _ = parse(&text, Path::new("c.json"));
        }

        #[test]
        fn json_reads_as_what_it_says(numbers in proptest::collection::vec(any::<i64>(), 0..8), word in "[a-z ]{0,12}") {
            let value = json!({"numbers": numbers, "word": word});
            prop_assert_eq!(parse(&value.to_string(), Path::new("c.json")).expect("JSON").to_value(), value);
        }
    }
}
