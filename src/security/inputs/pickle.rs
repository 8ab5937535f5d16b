//! Pickles, read opcode by opcode and never loaded.
//!
//! A pickle is a program for a small stack machine. Loading it may import any name (`GLOBAL`,
//! `STACK_GLOBAL`, `INST`) and call it (`REDUCE`, `OBJ`, `NEWOBJ`, `BUILD`). This analyser runs the
//! machine over symbols instead of objects: it knows which names are imported, from constants that are
//! followed through the memo, and which of them are called. The format is that of CPython's
//! `pickletools`, protocols 0 to 5.
//!
//! Several pickles may stand one after the other in a file; all are read. A name that cannot be told is
//! itself worth a finding: honest pickles name what they import plainly.

use super::{Analyser, Input, Judged, Kind, Limits, Observation, Terms};
use crate::model::{Confidence, Severity, SkipReason};

/// No module or attribute has a longer name than this.
const MAX_NAME_BYTES: usize = 512;

pub(super) struct Pickle;

impl Analyser for Pickle {
    fn id(&self) -> &'static str {
        "pickle"
    }

    fn accepts(&self, input: &Input<'_>) -> bool {
        // Protocol 2 and later say so in their first bytes, whatever the file is called.
        input.kind == Kind::Pickle || matches!(input.bytes, [0x80, 2..=5, .., b'.'])
    }

    fn analyse(&self, input: &Input<'_>, terms: Terms<'_>) -> Judged {
        let mut machine = Machine::new(input.bytes, terms.limits);
        let mut judged = Judged::default();
        while machine.at < input.bytes.len() {
            match machine.run() {
                Ok(()) => {}
                Err(why) => {
                    judged.gaps.push((why.reason(), why.sentence(machine.at)));
                    break;
                }
            }
        }
        judged.observations = machine.observations;
        judged
    }
}

/// Why the rest of a pickle could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Truncated,
    UnknownOpcode(u8),
    Steps,
}

impl Stop {
    fn reason(self) -> SkipReason {
        if self == Self::Steps { SkipReason::LimitReached } else { SkipReason::Unparsable }
    }

    fn sentence(self, at: usize) -> String {
        match self {
            Self::Truncated => "the pickle is cut short; what comes before was judged".to_owned(),
            Self::UnknownOpcode(code) => {
                format!("byte {at} holds the unknown opcode {code:#04x}; what comes before was judged")
            }
            Self::Steps => "the pickle has more opcodes than the limit; what comes before was judged".to_owned(),
        }
    }
}

/// A value of the symbolic machine.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Symbol {
    Mark,
    Text(String),
    /// An imported name, and where it was imported.
    Global(String, usize),
    /// What calling a dangerous or unknown name gave.
    Other,
}

struct Machine<'a> {
    bytes: &'a [u8],
    at: usize,
    steps: usize,
    stack: Vec<Symbol>,
    memo: std::collections::HashMap<u64, Symbol>,
    observations: Vec<Observation>,
}

impl<'a> Machine<'a> {
    fn new(bytes: &'a [u8], limits: Limits) -> Self {
        Self {
            bytes,
            at: 0,
            steps: limits.steps,
            stack: Vec::new(),
            memo: std::collections::HashMap::new(),
            observations: Vec::new(),
        }
    }

    /// Runs one pickle, up to its STOP.
    fn run(&mut self) -> Result<(), Stop> {
        self.stack.clear();
        self.memo.clear();
        loop {
            self.steps = self.steps.checked_sub(1).ok_or(Stop::Steps)?;
            let start = self.at;
            let code = self.take(1)?[0];
            if code == b'.' {
                return Ok(());
            }
            self.step(code, start)?;
        }
    }

    fn step(&mut self, code: u8, start: usize) -> Result<(), Stop> {
        match code {
            // Marks and the stack.
            b'(' => self.stack.push(Symbol::Mark),
            b'0' => drop(self.stack.pop()),
            b'1' => self.pop_to_mark(),
            b'2' => self.stack.push(self.stack.last().cloned().unwrap_or(Symbol::Other)),
            // Numbers and constants.
            b'I' | b'L' | b'F' => self.skip_line_and_push()?,
            b'N' | 0x88 | 0x89 | b')' | b']' | b'}' | 0x8f => self.stack.push(Symbol::Other),
            b'K' => self.skip_and_push(1)?,
            b'M' => self.skip_and_push(2)?,
            b'J' => self.skip_and_push(4)?,
            b'G' => self.skip_and_push(8)?,
            0x8a => self.counted(1)?,
            0x8b => self.counted(4)?,
            // Text and bytes.
            b'S' | b'V' => self.line_text()?,
            b'T' | b'X' | b'B' => self.counted_text(4)?,
            b'U' | 0x8c | b'C' => self.counted_text(1)?,
            0x8d | 0x8e | 0x96 => self.counted_text(8)?,
            // The memo.
            b'p' => self.put_line()?,
            b'q' => self.put(1)?,
            b'r' => self.put(4)?,
            0x94 => self.memoize(),
            b'g' => self.get_line()?,
            b'h' => self.get(1)?,
            b'j' => self.get(4)?,
            // Containers swallow what lies above the mark.
            b't' | b'l' | b'd' | 0x91 => {
                self.pop_to_mark();
                self.stack.push(Symbol::Other);
            }
            b'a' => drop(self.stack.pop()),
            b's' => self.drop_many(2),
            b'e' | b'u' | 0x90 => self.pop_to_mark(),
            0x85 => self.fold(1),
            0x86 => self.fold(2),
            0x87 => self.fold(3),
            // Framing and protocol.
            0x80 => drop(self.take(1)?),
            0x95 => drop(self.take(8)?),
            0x97 => self.stack.push(Symbol::Other),
            0x98 => {}
            // Persistent identifiers and the extension registry: the host decides what they are.
            b'P' => self.skip_line_and_push()?,
            b'Q' => self.fold(1),
            0x82 => self.skip_and_push(1)?,
            0x83 => self.skip_and_push(2)?,
            0x84 => self.skip_and_push(4)?,
            _ => self.import_or_call(code, start)?,
        }
        Ok(())
    }

    /// The opcodes that reach outside the pickle.
    fn import_or_call(&mut self, code: u8, start: usize) -> Result<(), Stop> {
        match code {
            b'c' => {
                let name = self.two_lines()?;
                self.import(name, start);
            }
            0x93 => {
                let (name, module) = (self.stack.pop(), self.stack.pop());
                match (module, name) {
                    (Some(Symbol::Text(module)), Some(Symbol::Text(name))) => {
                        self.import(format!("{module}.{name}"), start)
                    }
                    _ => self.unknown_import(start),
                }
            }
            b'i' => {
                let name = self.two_lines()?;
                self.pop_to_mark();
                self.import(name, start);
                self.call(start);
            }
            b'o' => {
                let mark = self.stack.iter().rposition(|symbol| *symbol == Symbol::Mark).unwrap_or(0);
                let callee = self.stack.get(mark + 1).cloned().unwrap_or(Symbol::Other);
                self.pop_to_mark();
                self.stack.push(callee);
                self.call(start);
            }
            // REDUCE, NEWOBJ: the callee lies under its arguments. NEWOBJ_EX has one more.
            b'R' | 0x81 => {
                self.drop_many(1);
                self.call(start);
            }
            0x92 => {
                self.drop_many(2);
                self.call(start);
            }
            // BUILD calls __setstate__ of an object that was made before.
            b'b' => self.drop_many(1),
            other => {
                self.at = start;
                return Err(Stop::UnknownOpcode(other));
            }
        }
        Ok(())
    }

    fn import(&mut self, name: String, start: usize) {
        self.stack.push(Symbol::Global(name, start));
    }

    fn unknown_import(&mut self, start: usize) {
        self.observe(
            start,
            Severity::High,
            Confidence::Medium,
            "the pickle imports a name that it puts together while it is loaded".to_owned(),
        );
        self.stack.push(Symbol::Other);
    }

    /// Calls what lies on top of the stack and leaves the result there.
    fn call(&mut self, start: usize) {
        let callee = self.stack.pop();
        let name = if let Some(Symbol::Global(name, _)) = &callee { Some(name.as_str()) } else { None };
        match name.map(|name| (name, danger(name))) {
            Some((name, Danger::Harmful)) => {
                let message = format!("loading this pickle calls `{name}`, which runs code or commands");
                self.observe(start, Severity::Critical, Confidence::High, message);
            }
            Some((name, Danger::Reaching)) => {
                let message =
                    format!("loading this pickle calls `{name}`, which reaches files, the network or other objects");
                self.observe(start, Severity::High, Confidence::Medium, message);
            }
            Some((_, Danger::Plain)) | None => {}
        }
        // What a getattr or an import gave may be called in turn: it stays suspicious.
        let result = match callee {
            Some(Symbol::Global(name, at)) if danger(&name) != Danger::Plain => Symbol::Global(name, at),
            _ => Symbol::Other,
        };
        self.stack.push(result);
    }

    fn observe(&mut self, start: usize, severity: Severity, confidence: Confidence, message: String) {
        self.observations.push(Observation {
            rule: "pickle-code-execution",
            start,
            end: self.at,
            severity,
            confidence,
            message,
        });
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Stop> {
        let end = self.at.checked_add(count).ok_or(Stop::Truncated)?;
        let taken = self.bytes.get(self.at..end).ok_or(Stop::Truncated)?;
        self.at = end;
        Ok(taken)
    }

    fn number(&mut self, width: usize) -> Result<u64, Stop> {
        Ok(self.take(width)?.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte)))
    }

    fn line(&mut self) -> Result<String, Stop> {
        let rest = self.bytes.get(self.at..).ok_or(Stop::Truncated)?;
        let end = memchr::memchr(b'\n', rest).ok_or(Stop::Truncated)?;
        self.at += end + 1;
        Ok(String::from_utf8_lossy(&rest[..end]).trim_end_matches('\r').to_owned())
    }

    fn two_lines(&mut self) -> Result<String, Stop> {
        let mut name = format!("{}.{}", self.line()?, self.line()?);
        name.truncate(name.floor_char_boundary(MAX_NAME_BYTES));
        Ok(name)
    }

    fn skip_and_push(&mut self, count: usize) -> Result<(), Stop> {
        self.take(count)?;
        self.stack.push(Symbol::Other);
        Ok(())
    }

    fn skip_line_and_push(&mut self) -> Result<(), Stop> {
        self.line()?;
        self.stack.push(Symbol::Other);
        Ok(())
    }

    fn counted(&mut self, width: usize) -> Result<(), Stop> {
        let count = usize::try_from(self.number(width)?).map_err(|_| Stop::Truncated)?;
        self.skip_and_push(count)
    }

    fn counted_text(&mut self, width: usize) -> Result<(), Stop> {
        let count = usize::try_from(self.number(width)?).map_err(|_| Stop::Truncated)?;
        let bytes = self.take(count)?;
        self.push_text(bytes);
        Ok(())
    }

    fn line_text(&mut self) -> Result<(), Stop> {
        let line = self.line()?;
        self.push_text(line.trim_matches(|c| c == '\'' || c == '"').as_bytes());
        Ok(())
    }

    /// Keeps only text that could be a name: a long one, copied by every GET, would cost memory without end.
    fn push_text(&mut self, bytes: &[u8]) {
        let symbol = if bytes.len() <= MAX_NAME_BYTES {
            Symbol::Text(String::from_utf8_lossy(bytes).into_owned())
        } else {
            Symbol::Other
        };
        self.stack.push(symbol);
    }

    fn put(&mut self, width: usize) -> Result<(), Stop> {
        let key = self.number(width)?;
        self.remember(key);
        Ok(())
    }

    fn put_line(&mut self) -> Result<(), Stop> {
        if let Ok(key) = self.line()?.trim().parse() {
            self.remember(key);
        }
        Ok(())
    }

    fn memoize(&mut self) {
        self.remember(self.memo.len() as u64);
    }

    fn remember(&mut self, key: u64) {
        let top = self.stack.last().cloned().unwrap_or(Symbol::Other);
        self.memo.insert(key, top);
    }

    fn get(&mut self, width: usize) -> Result<(), Stop> {
        let key = self.number(width)?;
        self.stack.push(self.memo.get(&key).cloned().unwrap_or(Symbol::Other));
        Ok(())
    }

    fn get_line(&mut self) -> Result<(), Stop> {
        let key = self.line()?.trim().parse().ok();
        self.stack.push(key.and_then(|key: u64| self.memo.get(&key)).cloned().unwrap_or(Symbol::Other));
        Ok(())
    }

    fn drop_many(&mut self, count: usize) {
        self.stack.truncate(self.stack.len().saturating_sub(count));
    }

    fn fold(&mut self, count: usize) {
        self.drop_many(count);
        self.stack.push(Symbol::Other);
    }

    fn pop_to_mark(&mut self) {
        let mark = self.stack.iter().rposition(|symbol| *symbol == Symbol::Mark).unwrap_or(0);
        self.stack.truncate(mark);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Danger {
    /// Rebuilds data and nothing else.
    Plain,
    /// Reaches files, the network, or objects by name.
    Reaching,
    /// Runs code or commands.
    Harmful,
}

/// How dangerous it is to call a name.
///
/// Whole modules count, because their every function can be turned into execution; the two lists are
/// what the standard library offers for it. Names of other packages rebuild their own classes and are
/// plain: what those classes do is judged where their source is judged.
fn danger(name: &str) -> Danger {
    const HARMFUL_MODULES: &[&str] = &[
        "os",
        "posix",
        "nt",
        "subprocess",
        "pty",
        "commands",
        "code",
        "codeop",
        "runpy",
        "ctypes",
        "cffi",
        "multiprocessing",
        "importlib",
        "imp",
        "pdb",
        "bdb",
        "timeit",
        "cProfile",
        "profile",
        "trace",
        "pip",
        "ensurepip",
        "venv",
        "idlelib",
        "asyncio.subprocess",
        "distutils.spawn",
        "platform.popen",
        "webbrowser",
        "antigravity",
        "test.support.script_helper",
    ];
    const REACHING_MODULES: &[&str] = &[
        "socket",
        "urllib",
        "http",
        "httplib",
        "urllib2",
        "ftplib",
        "smtplib",
        "telnetlib",
        "requests",
        "httpx",
        "aiohttp",
        "shutil",
        "tempfile",
        "pathlib",
        "io",
        "_io",
        "sys",
        "signal",
        "threading",
        "_thread",
        "types",
        "inspect",
        "pydoc",
        "marshal",
        "pickle",
        "_pickle",
        "dill",
        "cloudpickle",
        "shelve",
        "operator",
        "functools",
        "zipimport",
        "pkgutil",
        "builtins.__import__",
    ];
    // Pickles of ordinary data need these few names of the modules above.
    const ORDINARY: &[&str] = &[
        "functools.partial",
        "operator.itemgetter",
        "operator.attrgetter",
        "types.SimpleNamespace",
        "pathlib.PurePath",
        "pathlib.PosixPath",
        "pathlib.WindowsPath",
        "pathlib.Path",
        "pathlib.PurePosixPath",
        "pathlib.PureWindowsPath",
        "io.BytesIO",
        "io.StringIO",
        "_io.BytesIO",
        "_io.StringIO",
        "multiprocessing.managers.BaseProxy",
    ];
    const HARMFUL_BUILTINS: &[&str] = &["eval", "exec", "compile", "execfile", "__import__", "breakpoint"];
    const REACHING_BUILTINS: &[&str] = &[
        "getattr", "setattr", "delattr", "open", "file", "input", "globals", "locals", "vars", "map", "filter",
        "apply", "type",
    ];
    if ORDINARY.contains(&name) {
        return Danger::Plain;
    }
    if let Some(builtin) = name.strip_prefix("builtins.").or_else(|| name.strip_prefix("__builtin__.")) {
        let builtin = builtin.split('.').next().unwrap_or_default();
        return match builtin {
            _ if HARMFUL_BUILTINS.contains(&builtin) => Danger::Harmful,
            _ if REACHING_BUILTINS.contains(&builtin) => Danger::Reaching,
            _ => Danger::Plain,
        };
    }
    let in_module = |modules: &[&str]| {
        modules.iter().any(|module| name.strip_prefix(module).is_some_and(|rest| rest.starts_with('.')))
    };
    if in_module(HARMFUL_MODULES) {
        Danger::Harmful
    } else if in_module(REACHING_MODULES) {
        Danger::Reaching
    } else {
        Danger::Plain
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn judged(bytes: &[u8], limits: Limits) -> Judged {
        let rules = crate::security::rules::RuleSet::standard();
        let input = Input { path: "x.pkl", bytes, text: None, kind: Kind::Pickle };
        Pickle.analyse(&input, Terms { limits, rules: &rules, beside: &Default::default() })
    }

    fn severities(bytes: &[u8]) -> Vec<Severity> {
        judged(bytes, Limits::default()).observations.iter().map(|seen| seen.severity).collect()
    }

    #[test]
    fn a_command_is_seen_in_every_protocol() {
        // Written by hand after the documentation of pickletools; none of them was ever loaded.
        let global = b"cos\nsystem\n(S'true'\ntR.";
        let stack_global = b"\x80\x04\x8c\x05posix\x94\x8c\x06system\x94\x93\x94\x8c\x04true\x94\x85\x94R\x94.";
        let instance = b"(S'true'\nios\nsystem\n.";
        let object = b"(cos\nsystem\nS'true'\no.";
        let through_memo = b"\x80\x04\x8c\x02os\x94\x8c\x06system\x940h\x000h\x00h\x01\x93\x8c\x04true\x85R.";
        for pickle in [&global[..], stack_global, instance, object, through_memo] {
            assert_eq!(severities(pickle), [Severity::Critical], "{pickle:?}");
        }
    }

    #[test]
    fn plain_data_and_ordinary_classes_are_no_findings() {
        let data = b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}\x94(\x8c\x01a\x94K\x01\x8c\x01b\x94]\x94u.";
        let ordered = b"\x80\x02ccollections\nOrderedDict\nq\x00)Rq\x01.";
        for pickle in [&data[..], ordered] {
            assert_eq!(severities(pickle), [], "{pickle:?}");
        }
    }

    #[test]
    fn an_import_that_is_never_called_is_no_finding_but_a_computed_one_is() {
        assert_eq!(severities(b"cos\nsystem\n."), []);
        assert_eq!(severities(b"\x80\x04NN\x93."), [Severity::High]);
    }

    #[test]
    fn what_cannot_be_read_is_said_and_what_came_before_is_judged() {
        let bytes = b"cos\nsystem\n(S'true'\ntR\xff";
        let whole = judged(bytes, Limits::default());
        assert_eq!(whole.observations.len(), 1);
        assert_eq!(whole.gaps[0].0, SkipReason::Unparsable);
        let few = Limits { steps: 2, ..Limits::default() };
        assert_eq!(judged(bytes, few).gaps[0].0, SkipReason::LimitReached);
    }

    #[test]
    fn a_second_pickle_in_the_file_is_read_too() {
        assert_eq!(severities(b"\x80\x02N.cos\nsystem\n(S'true'\ntR."), [Severity::Critical]);
    }

    proptest! {
        #[test]
        fn any_bytes_end_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
            let _ = severities(&bytes);
        }
    }
}
