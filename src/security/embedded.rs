//! Other languages inside Python: command lines, code in texts, and words for agents.
//!
//! A command line that a program starts is a script like any other, so the analyser of scripts looks at it; code that
//! is handed to another interpreter is looked at by the rules for Python; and what a function says of itself is
//! what an agent reads before it calls it. Findings stand where the text is used.

mod readers;
mod riddle;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use readers::{has_agents, is_for_agents, name_of, names_agent_files, speaks_to_agent, speaks_to_assistants};
pub(in crate::security) use riddle::reveal;

use super::check;
use super::inputs::{self, Observation};
use super::python::{BindingKind, Kinds, Model, NodeRef, ScopeId, parse};
use super::rules::{Draft, RuleSet, by_id, called_name, command_of, starts};
use super::source::SourceUnit;
use crate::model::{Category, Language, Severity};

/// Longest command line that is looked at, in bytes.
const MAX_COMMAND: usize = 20_000;

/// Longest code in a text that is looked at, in bytes.
const MAX_CODE: usize = 200_000;

/// Shortest text that is looked at as words for agents wherever it stands in a file of theirs, in bytes.
const MIN_WORDS: usize = 50;

/// Longest text that is looked at as words for agents, in bytes.
const MAX_WORDS: usize = 20_000;

/// What stands in a command line for what is known only when the program runs.
const UNKNOWN: &str = "\"$UNKNOWN\"";

/// What is found in the texts of a module.
pub fn look(
    unit: &SourceUnit,
    model: &Model<'_>,
    comments: &[TextRange],
    rules: &RuleSet,
    is_test: bool,
) -> Vec<Draft> {
    let mut found = Found {
        unit,
        model,
        rules,
        agents: has_agents(model),
        read: FxHashSet::default(),
        aliases: aliases_of(model),
        teaches: OnceCell::new(),
        known: FxHashMap::default(),
        drafts: Vec::new(),
    };
    found.hidden();
    let mut telling = Kinds::CALL | Kinds::DICT | Kinds::FUNCTION | Kinds::CLASS | Kinds::ASSIGN;
    if found.agents && !is_test {
        telling = telling | Kinds::STRING;
    }
    for (_, node) in model.nodes_of(telling) {
        match node.node {
            NodeRef::Expr(Expr::Call(call)) => {
                found.call(call, node.scope);
                if !is_test {
                    found.arguments(call, node.scope);
                }
            }
            _ if is_test => {}
            NodeRef::Expr(Expr::Dict(dict)) => found.entries(dict),
            NodeRef::Expr(text @ Expr::StringLiteral(literal)) if literal.value.len() >= MIN_WORDS => {
                // Where keys lie is told to an agent for one reason only.
                let private = inputs::names_private_file(literal.value.to_str());
                found.words_by(text, if private { inputs::of_instruction } else { inputs::of_description });
            }
            NodeRef::Stmt(Stmt::FunctionDef(function)) => found.documentation(&function.body),
            NodeRef::Stmt(Stmt::ClassDef(class)) => found.documentation(&class.body),
            NodeRef::Stmt(Stmt::Assign(assign))
                if assign.targets.iter().any(|target| is_for_agents(name_of(target))) =>
            {
                found.words(&assign.value);
            }
            _ => {}
        }
    }
    if !is_test {
        found.remarks(comments);
    }
    found.drafts
}

/// Names of this file's own for functions of modules that start programs.
fn aliases_of<'a>(model: &Model<'a>) -> Vec<(&'a str, &'a str)> {
    let modules = ["subprocess", "os", "asyncio", "pty"];
    if !modules.iter().any(|module| model.does_import(module)) {
        return Vec::new();
    }
    let aliases = model.bindings.iter().filter_map(|binding| match binding.kind {
        BindingKind::ImportFrom { module, name, .. } if modules.contains(&module) && name != binding.name => {
            Some((binding.name, name))
        }
        BindingKind::Assigned(Expr::Attribute(function)) => match &*function.value {
            Expr::Name(module) if modules.contains(&module.id.as_str()) => Some((binding.name, function.attr.as_str())),
            _ => None,
        },
        _ => None,
    });
    aliases.collect()
}

struct Found<'f, 'a> {
    unit: &'f SourceUnit,
    model: &'f Model<'a>,
    rules: &'f RuleSet,
    /// Whether agents read what the code says of itself.
    agents: bool,
    /// Where texts start that were looked at as words for agents.
    read: FxHashSet<TextSize>,
    /// What starts programs under a name of the file's own: `from subprocess import run as start`.
    aliases: Vec<(&'a str, &'a str)>,
    /// Whether the file names files that agents read, once somebody asked.
    teaches: OnceCell<bool>,
    /// What was seen in the texts so far: many calls are given the same.
    known: FxHashMap<(Reader, String), Rc<Vec<Draft>>>,
    drafts: Vec<Draft>,
}

/// Who reads a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Reader {
    Shell,
    Python,
    Agent,
}

impl Found<'_, '_> {
    fn add(&mut self, seen: &Observation, range: TextRange) {
        self.drafts.extend(self.draft(seen, range));
    }

    fn draft(&self, seen: &Observation, range: TextRange) -> Option<Draft> {
        let rule = by_id(seen.rule)?;
        let counts = self.rules.has(seen.rule) && seen.severity >= Severity::Medium;
        counts.then(|| Draft {
            rule,
            range,
            severity: seen.severity,
            confidence: seen.confidence,
            message: seen.message.clone(),
            codes: &[],
            fix: None,
        })
    }

    /// Tells at a place what a reader sees in a text, which is judged once however often it is used.
    fn tell(&mut self, reader: Reader, text: &str, place: TextRange, judge: impl FnOnce(&Self) -> Vec<Draft>) {
        let key = (reader, text.to_owned());
        let known = match self.known.get(&key) {
            Some(known) => Rc::clone(known),
            None => {
                if self.model.spend(text.len()).is_none() {
                    return;
                }
                let judged = Rc::new(judge(self));
                self.known.insert(key, Rc::clone(&judged));
                judged
            }
        };
        self.drafts.extend(known.iter().map(|draft| Draft { range: place, ..draft.clone() }));
    }

    fn hidden(&mut self) {
        if self.unit.text.is_ascii() {
            return;
        }
        for seen in inputs::of_hidden(&self.unit.text) {
            if seen.rule == "hidden-text" {
                let range = self.range(0, &seen);
                self.add(&seen, range);
            }
        }
    }

    /// Where something that was seen in a part of the text stands in the whole.
    fn range(&self, offset: usize, seen: &Observation) -> TextRange {
        let boundary = |at: usize| {
            let mut at = at.min(self.unit.text.len());
            while !self.unit.text.is_char_boundary(at) {
                at -= 1;
            }
            TextSize::try_from(at).unwrap_or_default()
        };
        TextRange::new(boundary(offset + seen.start), boundary((offset + seen.end).max(offset + seen.start)))
    }

    fn call(&mut self, call: &ast::ExprCall, scope: ScopeId) {
        let mut last = called_name(call).unwrap_or_default();
        if let Some((_, own)) = self.aliases.iter().find(|(alias, _)| *alias == last) {
            last = own;
        }
        let may_start = matches!(
            last,
            "system"
                | "popen"
                | "run"
                | "call"
                | "Popen"
                | "check_call"
                | "check_output"
                | "getoutput"
                | "getstatusoutput"
                | "create_subprocess_shell"
                | "create_subprocess_exec"
                | "startfile"
                | "exec"
                | "eval"
                | "write_text"
                | "write"
        ) || matches!(
            last.as_bytes(),
            [b'e', b'x', b'e', b'c', b'v' | b'l', ..] | [b's', b'p', b'a', b'w', b'n', ..]
        ) || last.starts_with("posix_spawn");
        if !may_start {
            return;
        }
        let first =
            call.arguments.args.first().or_else(|| call.arguments.find_keyword("args").map(|keyword| &keyword.value));
        let Some(first) = first else { return };
        if matches!(last, "write_text" | "write") {
            // A script that is written somewhere is a script.
            if let Some(text) = self.text(first, scope)
                && text.starts_with("#!")
                && text.contains("sh\n")
            {
                self.command(&text, call.range());
            }
            if *self.teaches.get_or_init(|| names_agent_files(&self.unit.text)) {
                let before = self.drafts.len();
                self.teaching(first, scope, call.range(), 4);
                self.tell_opening(call, scope, before);
            }
            return;
        }
        let name = self.model.resolve(&call.func, scope).unwrap_or_default();
        match &*name {
            "builtins.exec" | "builtins.eval" => {
                if let Some(code) = self.text(first, scope) {
                    self.code(&code, call.range());
                }
            }
            _ if starts(&name) || name.starts_with("commands.") || name.starts_with("sh.") => {
                let words = command_of(&name, call);
                match words.as_slice() {
                    [only] => self.started(only, scope, call.range()),
                    // A path, and then the words, the first of which is what the program calls itself.
                    [path, Expr::List(list)] => {
                        let rest = list.elts.iter().skip(1);
                        self.started_with(&std::iter::once(*path).chain(rest).collect::<Vec<_>>(), scope, call.range());
                    }
                    [path, rest @ ..] if name.contains("execl") || name.contains("spawnl") => {
                        let rest = rest.iter().skip(1).copied();
                        self.started_with(&std::iter::once(*path).chain(rest).collect::<Vec<_>>(), scope, call.range());
                    }
                    words => self.started_with(words, scope, call.range()),
                }
            }
            _ => {}
        }
    }

    /// Where the file was opened that something is written into, is told as well, more mildly: it is one deed.
    fn tell_opening(&mut self, call: &ast::ExprCall, scope: ScopeId, before: usize) {
        let Some(told) = self.drafts.get(before).cloned() else { return };
        let Expr::Attribute(method) = &*call.func else { return };
        let Expr::Name(file) = &*method.value else { return };
        let opened = self.model.lookup(file.id.as_str(), scope, file.start()).map(|binding| binding.kind);
        if let Some(BindingKind::With(opened)) = opened {
            self.drafts.push(Draft { range: opened.range(), severity: Severity::Low, ..told });
        }
    }

    /// What is written into a file that agents read before they do anything is an order to them.
    fn teaching(&mut self, written: &Expr, scope: ScopeId, place: TextRange, depth: u8) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match written {
            Expr::BinOp(sum) => {
                self.teaching(&sum.left, scope, place, depth);
                self.teaching(&sum.right, scope, place, depth);
            }
            Expr::Name(name) => {
                if let Some((value, scope)) = self.model.single_value(name, scope) {
                    self.teaching(value, scope, place, depth);
                }
            }
            Expr::StringLiteral(_) | Expr::FString(_) => {
                let text = self.unit.slice(written.range());
                if text.len() <= MAX_WORDS {
                    self.tell(Reader::Agent, text, place, |found| {
                        inputs::of_instruction(text).iter().filter_map(|seen| found.draft(seen, place)).collect()
                    });
                }
            }
            _ => {}
        }
    }

    /// A program that is started: as one text, or as a list of words. Of a name that a loop gives one text after another,
    /// each is looked at.
    fn started(&mut self, command: &Expr, scope: ScopeId, place: TextRange) {
        let words: Option<&[Expr]> = match command {
            Expr::List(list) => Some(&list.elts),
            Expr::Tuple(tuple) => Some(&tuple.elts),
            Expr::Name(name) => match self.model.single_value(name, scope) {
                Some((Expr::List(list), _)) => Some(&list.elts),
                _ => None,
            },
            _ => None,
        };
        if let Some(words) = words {
            return self.started_with(&words.iter().collect::<Vec<_>>(), scope, place);
        }
        if let Some(text) = self.text(command, scope) {
            for text in with_looped(self.model, command, scope) {
                self.command(&text, place);
            }
            return self.command(&text, place);
        }
        for each in looped(self.model, command, scope) {
            if let Some(text) = self.text(each, scope) {
                self.command(&text, place);
            }
        }
    }

    /// A program that is started with these words.
    fn started_with(&mut self, words: &[&Expr], scope: ScopeId, place: TextRange) {
        let mut line = String::new();
        let mut code = None;
        let mut before = String::new();
        for (index, word) in words.iter().enumerate() {
            let text = self.text(word, scope);
            if before == "-c"
                && let Some(text) = &text
                && (line.starts_with("python")
                    || index == 2 && words.first().is_some_and(|first| self.model.is(first, scope, "sys.executable")))
            {
                code = Some(text.to_string());
            }
            if before == "-e"
                && line.starts_with("osascript")
                && let Some(script) = text.as_deref().and_then(shell_within)
            {
                self.command(script, place);
            }
            let text = match text {
                None if self.model.is(word, scope, "sys.executable") => "python3".to_owned(),
                None => UNKNOWN.to_owned(),
                Some(text) if text.contains([' ', '\'', '"', '|', '&', ';', '$', '>', '<', '(']) => quoted(&text),
                Some(text) => text.into_owned(),
            };
            line.push_str(&text);
            line.push(' ');
            before = text;
        }
        if let Some(code) = code {
            self.code(&code, place);
        }
        self.command(&line, place);
    }

    fn command(&mut self, line: &str, range: TextRange) {
        if line.len() > MAX_COMMAND {
            return;
        }
        self.tell(Reader::Shell, line, range, |found| {
            let mut seen = inputs::of_command(line);
            // What is told of one command is told once.
            seen.sort_by(|a, b| a.rule.cmp(b.rule).then(b.severity.cmp(&a.severity)));
            seen.dedup_by(|a, b| a.rule == b.rule);
            seen.iter().filter_map(|seen| found.draft(seen, range)).collect()
        });
    }

    /// Code that another interpreter runs: only what is malice is told, where it is handed over.
    fn code(&mut self, code: &str, range: TextRange) {
        if code.len() > MAX_CODE {
            return;
        }
        self.tell(Reader::Python, code, range, |found| malice_in(code, found.rules));
    }

    /// A text as far as it is known before the program runs: constants, what is decoded from constants, and for
    /// texts with gaps a word in place of each.
    fn text<'e>(&self, expr: &'e Expr, scope: ScopeId) -> Option<Cow<'e, str>> {
        reveal(self.model, expr, scope, 8).map(Cow::Owned)
    }

    /// What a function or a class says of itself.
    fn documentation(&mut self, body: &[Stmt]) {
        if let Some(Stmt::Expr(first)) = body.first() {
            self.words_by(&first.value, if self.agents { inputs::of_instruction } else { inputs::of_description });
        }
    }

    /// Descriptions in tables, as tools are declared.
    fn entries(&mut self, dict: &ast::ExprDict) {
        for item in &dict.items {
            let key = item.key.as_ref().and_then(|key| key.as_string_literal_expr());
            if key.is_some_and(|key| is_for_agents(key.value.to_str()) || key.value.to_str() == "content") {
                self.words(&item.value);
            }
        }
    }

    /// Comments that speak to the assistants of those who read the code.
    fn remarks(&mut self, comments: &[TextRange]) {
        for (at, comment) in comments.iter().enumerate() {
            if !speaks_to_assistants(self.unit.slice(*comment)) {
                continue;
            }
            let mut last = *comment;
            for next in comments.get(at + 1..).unwrap_or_default() {
                let between = self.unit.text.get(usize::from(last.end())..usize::from(next.start()));
                if between.is_none_or(|between| !between.trim().is_empty() || between.matches('\n').count() != 1) {
                    break;
                }
                last = *next;
            }
            let whole = TextRange::new(comment.start(), last.end());
            let lines = self.unit.slice(whole).lines();
            let said = lines.map(|line| line.trim().trim_start_matches('#').trim()).collect::<Vec<_>>().join("\n");
            if said.len() <= MAX_WORDS {
                self.tell(Reader::Agent, &said, whole, |found| {
                    inputs::of_instruction(&said).iter().filter_map(|seen| found.draft(seen, whole)).collect()
                });
                for command in said.split('`').skip(1).step_by(2).filter(|command| command.contains(' ')) {
                    self.command(command, whole);
                }
            }
        }
    }

    /// Descriptions that are passed by name.
    fn arguments(&mut self, call: &ast::ExprCall, scope: ScopeId) {
        if self.agents && speaks_to_agent(call) {
            for argument in &call.arguments.args {
                self.words_of(argument, scope);
            }
            for keyword in &call.arguments.keywords {
                match &keyword.value {
                    Expr::List(list) => list.elts.iter().for_each(|one| self.words_of(one, scope)),
                    value => self.words_of(value, scope),
                }
            }
        }
        for keyword in &call.arguments.keywords {
            if keyword.arg.as_ref().is_some_and(|name| is_for_agents(name.as_str())) {
                self.words_of(&keyword.value, scope);
            }
        }
    }

    /// The same where they have a name of their own: `system_message=OPERATOR`.
    fn words_of(&mut self, expr: &Expr, scope: ScopeId) {
        let named = match expr {
            Expr::Name(name) => self.model.single_value(name, scope).map(|(value, _)| value),
            _ => None,
        };
        self.words(named.unwrap_or(expr));
    }

    /// Words that an agent reads because of where they stand.
    fn words(&mut self, expr: &Expr) {
        self.words_by(expr, if self.agents { inputs::of_prompt } else { inputs::of_description });
    }

    fn words_by(&mut self, expr: &Expr, judge: fn(&str) -> Vec<Observation>) {
        if !matches!(expr, Expr::StringLiteral(_) | Expr::FString(_)) {
            return;
        }
        let (start, text) = (usize::from(expr.start()), self.unit.slice(expr.range()));
        if text.len() > MAX_WORDS || !self.read.insert(expr.start()) {
            return;
        }
        for seen in judge(text) {
            let range = self.range(start, &seen);
            self.add(&seen, range);
        }
        // Pieces that follow one another are one text, and characters that are not shown are written as escapes: what the
        // text says is what an agent reads.
        if let Expr::StringLiteral(literal) = expr
            && (literal.value.is_implicit_concatenated()
                || ["\\u", "\\x", "\\N"].iter().any(|escape| text.contains(escape)))
        {
            let said = literal.value.to_str();
            for seen in judge(said).iter().chain(&inputs::of_hidden(said)) {
                self.add(seen, expr.range());
            }
        }
    }
}

/// What is malice in code that another interpreter runs.
fn malice_in(code: &str, rules: &RuleSet) -> Vec<Draft> {
    let Ok(module) = parse::parse(code) else { return Vec::new() };
    let Ok(model) = Model::new(&module) else {
        // Dropping a tree recurses as deep as the tree: one that is too deep to walk is better left alone.
        std::mem::forget(module);
        return Vec::new();
    };
    let unit = SourceUnit::new("inline.py", code.to_owned(), Language::Python);
    let malice = |draft: &Draft| {
        draft.severity >= Severity::High
            && matches!(
                draft.rule.category,
                Category::Obfuscation | Category::Exfiltration | Category::Persistence | Category::SelfModification
            )
    };
    let inner = check::run(&unit, &model, rules).into_iter().filter(malice);
    inner.map(|draft| Draft { fix: None, ..draft }).collect()
}

/// The texts that a loop gives to a name one after another: `for command in ("a", "b")`.
fn looped<'a>(model: &Model<'a>, expr: &Expr, scope: ScopeId) -> &'a [Expr] {
    let Expr::Name(name) = expr else { return &[] };
    let over = match model.lookup(name.id.as_str(), scope, name.start()).map(|binding| binding.kind) {
        Some(BindingKind::Loop(over)) => over,
        _ => return &[],
    };
    let over = match over {
        Expr::Name(name) => model.single_value(name, scope).map_or(over, |(value, _)| value),
        _ => over,
    };
    match over {
        Expr::List(list) => &list.elts,
        Expr::Tuple(tuple) => &tuple.elts,
        _ => &[],
    }
}

/// An f-string with each of the texts that a loop gives to a name in it: `f"systemctl stop {unit}"`.
fn with_looped(model: &Model<'_>, expr: &Expr, scope: ScopeId) -> Vec<String> {
    let Expr::FString(text) = expr else { return Vec::new() };
    let given = text.value.elements().filter_map(|element| element.as_interpolation());
    let Some((name, each)) = given
        .filter_map(|part| Some((part.expression.as_name_expr()?, looped(model, &part.expression, scope))))
        .find(|(_, each)| !each.is_empty())
    else {
        return Vec::new();
    };
    let put = |word: &str| {
        let parts = text.value.elements().map(|element| match element {
            ast::InterpolatedStringElement::Literal(literal) => &*literal.value,
            ast::InterpolatedStringElement::Interpolation(part) => match &*part.expression {
                Expr::Name(known) if known.id == name.id => word,
                _ => UNKNOWN,
            },
        });
        parts.collect::<String>()
    };
    let words = each.iter().filter_map(Expr::as_string_literal_expr);
    words.take(MAX_EACH).map(|word| put(word.value.to_str())).collect()
}

/// So many texts of a loop are looked at, at most.
const MAX_EACH: usize = 20;

/// The command of a shell within a script of AppleScript: `do shell script "…"`.
fn shell_within(script: &str) -> Option<&str> {
    let (_, rest) = script.split_once("do shell script \"")?;
    rest.rsplit_once('"').map(|(command, _)| command)
}

/// A word of a command line that a shell takes as it is.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
