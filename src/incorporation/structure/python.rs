//! The structure of a Python module.

use ruff_python_ast::{
    Arguments, CmpOp, Decorator as DecoratorNode, Expr, Parameters, PythonVersion, Stmt, StmtClassDef, StmtFunctionDef,
    StmtIf,
};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextLen as _, TextSize};

use super::literal::{dotted, value_of};
use super::nesting::Statements;
use super::{MAX_ITEMS, MAX_PROBLEMS, nesting, on_big_stack, problem_at, shortened};
use crate::model::structure::{Class, Constant, Decorator, Function, Import, Structure, SyntaxProblem};

/// Blocks inside one another that are looked into for imports.
const MAX_BLOCKS: usize = 100;

/// Reads the structure of a module, however broken it is.
pub fn of_python(text: &str) -> Structure {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // What is shorter than the limit cannot exceed it.
    let is_long = text.len() > nesting::MAX_DEPTH;
    let is_lexed = is_long && nesting::python_needs_lexing(text);
    if is_lexed && nesting::python_text_exceeds(text) {
        return too_deep();
    }
    on_big_stack(|| {
        let options = ParseOptions::from(Mode::Module).with_target_version(PythonVersion::PY314);
        let Some(parsed) = parse_unchecked(text, options).try_into_module() else { return Structure::default() };
        let mut reader = Reader {
            lines: Lines { text: text.as_bytes(), offset: 0, line: 1 },
            statements: Statements::new(parsed.tokens(), text.len()),
            structure: Structure::default(),
        };
        reader.structure.docstring = docstring(parsed.suite());
        for statement in parsed.suite() {
            reader.module_statement(statement, Place::default());
        }
        let Reader { mut structure, statements, .. } = reader;
        // Where the grammar is violated, tokens may belong to no statement.
        let may_exceed = !parsed.errors().is_empty() || statements.may_exceed(text.text_len());
        if is_long && !is_lexed && may_exceed && nesting::python_tokens_exceed(text, parsed.tokens()) {
            return too_deep();
        }
        structure.problems = parsed
            .errors()
            .iter()
            .take(MAX_PROBLEMS)
            .map(|error| problem_at(text, error.location.start().to_usize(), error.error.to_string()))
            .collect();
        structure
    })
}

/// What is told of a text that nests too deeply to be one that somebody wrote.
fn too_deep() -> Structure {
    let message = format!("nested deeper than {} levels; it was not judged", nesting::MAX_DEPTH);
    Structure { problems: vec![SyntaxProblem { message, line: 1, column: 1 }], truncated: true, ..Structure::default() }
}

/// Where a statement stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// Blocks around it.
    depth: usize,
    /// Whether it may not be reached, so that what it imports may be missing.
    optional: bool,
}

impl Place {
    fn inside(self, optional: bool) -> Self {
        Self { depth: self.depth + 1, optional: self.optional || optional }
    }
}

/// Turns offsets into lines. Offsets mostly come in ascending order, so it counts on from the last one.
struct Lines<'a> {
    text: &'a [u8],
    offset: usize,
    line: u32,
}

impl Lines<'_> {
    fn at(&mut self, offset: TextSize) -> u32 {
        let offset = offset.to_usize().min(self.text.len());
        let (from, to) = (self.offset.min(offset), self.offset.max(offset));
        let between = memchr::memchr_iter(b'\n', self.text.get(from..to).unwrap_or_default()).count();
        let between = u32::try_from(between).unwrap_or(u32::MAX);
        self.line =
            if offset >= self.offset { self.line.saturating_add(between) } else { self.line.saturating_sub(between) };
        self.offset = offset;
        self.line
    }
}

struct Reader<'a> {
    lines: Lines<'a>,
    statements: Statements<'a>,
    structure: Structure,
}

impl Reader<'_> {
    /// A statement that runs when the module is imported.
    fn module_statement(&mut self, statement: &Stmt, place: Place) {
        self.statements.begin(statement.start());
        if place.depth > MAX_BLOCKS {
            self.structure.truncated = true;
            return;
        }
        match statement {
            Stmt::ClassDef(class) => {
                let class = self.class(class);
                self.keep(class, |structure| &mut structure.classes);
            }
            Stmt::FunctionDef(function) => {
                let read = self.function(function);
                self.keep(read, |structure| &mut structure.functions);
                for inner in &function.body {
                    self.inner_statement(inner, place.inside(true));
                }
            }
            Stmt::Assign(assignment) => {
                for target in &assignment.targets {
                    if let Some(constant) = self.constant(target, Some(&assignment.value)) {
                        self.keep(constant, |structure| &mut structure.constants);
                    }
                }
            }
            Stmt::AnnAssign(assignment) => {
                if let Some(constant) = self.constant(&assignment.target, assignment.value.as_deref()) {
                    self.keep(constant, |structure| &mut structure.constants);
                }
            }
            Stmt::If(branch) if is_main_guard(branch) => {
                self.structure.main_guard = true;
                self.each_block(statement, place, Self::inner_statement);
            }
            Stmt::Import(_) | Stmt::ImportFrom(_) => self.import(statement, place),
            _ => self.each_block(statement, place, Self::module_statement),
        }
    }

    /// A statement inside a function or a class: only its imports count.
    fn inner_statement(&mut self, statement: &Stmt, place: Place) {
        self.statements.begin(statement.start());
        if place.depth > MAX_BLOCKS {
            self.structure.truncated = true;
            return;
        }
        match statement {
            Stmt::Import(_) | Stmt::ImportFrom(_) => self.import(statement, place),
            Stmt::FunctionDef(function) => {
                for inner in &function.body {
                    self.inner_statement(inner, place.inside(true));
                }
            }
            Stmt::ClassDef(class) => {
                for inner in &class.body {
                    self.inner_statement(inner, place.inside(false));
                }
            }
            _ => self.each_block(statement, place, Self::inner_statement),
        }
    }

    /// Goes into the blocks of a compound statement.
    fn each_block(&mut self, statement: &Stmt, place: Place, visit: fn(&mut Self, &Stmt, Place)) {
        let block = |reader: &mut Self, body: &[Stmt], optional: bool| {
            for inner in body {
                visit(reader, inner, place.inside(optional));
            }
        };
        match statement {
            Stmt::If(branch) => {
                let for_types = dotted(&branch.test).is_some_and(|name| name.ends_with("TYPE_CHECKING"));
                block(self, &branch.body, for_types);
                for clause in &branch.elif_else_clauses {
                    block(self, &clause.body, false);
                }
            }
            Stmt::Try(attempt) => {
                block(self, &attempt.body, !attempt.handlers.is_empty());
                for handler in &attempt.handlers {
                    let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                    block(self, &handler.body, true);
                }
                block(self, &attempt.orelse, false);
                block(self, &attempt.finalbody, false);
            }
            Stmt::With(with) => block(self, &with.body, false),
            Stmt::For(each) => {
                block(self, &each.body, false);
                block(self, &each.orelse, false);
            }
            Stmt::While(each) => {
                block(self, &each.body, false);
                block(self, &each.orelse, false);
            }
            Stmt::Match(choice) => {
                for case in &choice.cases {
                    block(self, &case.body, false);
                }
            }
            _ => {}
        }
    }

    fn import(&mut self, statement: &Stmt, place: Place) {
        let line = self.lines.at(statement.start());
        match statement {
            Stmt::Import(import) => {
                for alias in import.names.iter().take(MAX_ITEMS) {
                    let import = Import {
                        module: shortened(alias.name.as_str()),
                        optional: place.optional,
                        line,
                        ..Import::default()
                    };
                    self.keep(import, |structure| &mut structure.imports);
                }
            }
            Stmt::ImportFrom(import) => {
                let import = Import {
                    module: import.module.as_ref().map_or_else(String::new, |module| shortened(module.as_str())),
                    names: import.names.iter().take(MAX_ITEMS).map(|alias| shortened(alias.name.as_str())).collect(),
                    level: import.level,
                    optional: place.optional,
                    line,
                };
                self.keep(import, |structure| &mut structure.imports);
            }
            _ => {}
        }
    }

    fn class(&mut self, node: &StmtClassDef) -> Class {
        let mut class = Class {
            name: shortened(node.name.as_str()),
            bases: node.arguments.as_deref().map(bases).unwrap_or_default(),
            decorators: decorators(&node.decorator_list),
            line: self.lines.at(node.name.start()),
            ..Class::default()
        };
        for statement in &node.body {
            self.statements.begin(statement.start());
            match statement {
                Stmt::FunctionDef(method) => {
                    if class.methods.len() < MAX_ITEMS {
                        class.methods.push(self.function(method));
                    } else {
                        self.structure.truncated = true;
                    }
                    if method.name.as_str() == "__init__" {
                        self.initial_attributes(method, &mut class);
                    }
                    for inner in &method.body {
                        self.inner_statement(inner, Place { depth: 2, optional: true });
                    }
                }
                Stmt::Assign(assignment) => {
                    for target in &assignment.targets {
                        let constant = self.constant(target, Some(&assignment.value));
                        push_attribute(&mut class, constant);
                    }
                }
                Stmt::AnnAssign(assignment) => {
                    let constant = self.constant(&assignment.target, assignment.value.as_deref());
                    push_attribute(&mut class, constant);
                }
                other => self.inner_statement(other, Place { depth: 1, optional: false }),
            }
        }
        class
    }

    /// What `__init__` binds on its first parameter.
    fn initial_attributes(&mut self, method: &StmtFunctionDef, class: &mut Class) {
        let Some(receiver) = method.parameters.posonlyargs.first().or(method.parameters.args.first()) else { return };
        let receiver = receiver.parameter.name.as_str();
        for statement in &method.body {
            let (targets, value) = match statement {
                Stmt::Assign(assignment) => (assignment.targets.as_slice(), Some(&*assignment.value)),
                Stmt::AnnAssign(assignment) => (std::slice::from_ref(&*assignment.target), assignment.value.as_deref()),
                _ => continue,
            };
            for target in targets {
                if let Expr::Attribute(attribute) = target
                    && let Expr::Name(name) = &*attribute.value
                    && name.id.as_str() == receiver
                {
                    let line = self.lines.at(target.start());
                    push_attribute(class, Some(bound(attribute.attr.as_str(), value, line)));
                }
            }
        }
    }

    fn function(&mut self, node: &StmtFunctionDef) -> Function {
        Function {
            name: shortened(node.name.as_str()),
            is_async: node.is_async,
            decorators: decorators(&node.decorator_list),
            parameters: parameters(&node.parameters),
            line: self.lines.at(node.name.start()),
        }
    }

    fn constant(&mut self, target: &Expr, value: Option<&Expr>) -> Option<Constant> {
        let Expr::Name(name) = target else { return None };
        let line = self.lines.at(target.start());
        Some(bound(name.id.as_str(), value, line))
    }

    fn keep<T>(&mut self, item: T, list: fn(&mut Structure) -> &mut Vec<T>) {
        let list = list(&mut self.structure);
        if list.len() < MAX_ITEMS {
            list.push(item);
        } else {
            self.structure.truncated = true;
        }
    }
}

fn push_attribute(class: &mut Class, constant: Option<Constant>) {
    if let Some(constant) = constant
        && class.attributes.len() < MAX_ITEMS
    {
        class.attributes.push(constant);
    }
}

fn bound(name: &str, value: Option<&Expr>, line: u32) -> Constant {
    let calls = match value {
        Some(Expr::Call(call)) => dotted(&call.func),
        _ => None,
    };
    Constant { name: shortened(name), value: value.and_then(value_of), refers_to: value.and_then(dotted), calls, line }
}

fn bases(arguments: &Arguments) -> Vec<String> {
    let mut names: Vec<String> = arguments.args.iter().take(MAX_ITEMS).filter_map(base).collect();
    for keyword in &arguments.keywords {
        if let Some(name) = &keyword.arg
            && let Some(value) = dotted(&keyword.value)
        {
            names.push(format!("{name}={value}"));
        }
    }
    names
}

/// A base may be subscripted or made by a call: `Generic[T]`, `with_metaclass(Meta, Base)`.
fn base(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Subscript(subscript) => dotted(&subscript.value),
        Expr::Call(call) => dotted(&call.func).map(|name| format!("{name}()")),
        other => dotted(other),
    }
}

fn decorators(nodes: &[DecoratorNode]) -> Vec<Decorator> {
    nodes
        .iter()
        .take(MAX_ITEMS)
        .filter_map(|node| match &node.expression {
            Expr::Call(call) => {
                let mut decorator = Decorator { name: dotted(&call.func)?, ..Decorator::default() };
                for (position, argument) in call.arguments.args.iter().take(MAX_ITEMS).enumerate() {
                    if let Some(value) = value_of(argument) {
                        decorator.arguments.insert(position.to_string(), value);
                    }
                }
                for keyword in call.arguments.keywords.iter().take(MAX_ITEMS) {
                    if let Some(name) = &keyword.arg
                        && let Some(value) = value_of(&keyword.value)
                    {
                        decorator.arguments.insert(shortened(name.as_str()), value);
                    }
                }
                Some(decorator)
            }
            other => Some(Decorator { name: dotted(other)?, ..Decorator::default() }),
        })
        .collect()
}

fn parameters(node: &Parameters) -> Vec<String> {
    let plain = node.posonlyargs.iter().chain(&node.args).map(|parameter| shortened(parameter.parameter.name.as_str()));
    let rest = node.vararg.iter().map(|parameter| format!("*{}", shortened(parameter.name.as_str())));
    let keywords = node.kwonlyargs.iter().map(|parameter| shortened(parameter.parameter.name.as_str()));
    let others = node.kwarg.iter().map(|parameter| format!("**{}", shortened(parameter.name.as_str())));
    plain.chain(rest).chain(keywords).chain(others).take(MAX_ITEMS).collect()
}

fn docstring(body: &[Stmt]) -> Option<String> {
    match body.first()? {
        Stmt::Expr(statement) => match &*statement.value {
            Expr::StringLiteral(text) => Some(shortened(text.value.to_str().trim())),
            _ => None,
        },
        _ => None,
    }
}

/// `if __name__ == "__main__"`, either way round.
fn is_main_guard(branch: &StmtIf) -> bool {
    let Expr::Compare(comparison) = &*branch.test else { return false };
    let ([CmpOp::Eq], [right]) = (&*comparison.ops, &*comparison.comparators) else { return false };
    let is_name = |side: &Expr| matches!(side, Expr::Name(name) if name.id.as_str() == "__name__");
    let is_main = |side: &Expr| matches!(side, Expr::StringLiteral(text) if text.value.to_str() == "__main__");
    (is_name(&comparison.left) && is_main(right)) || (is_main(&comparison.left) && is_name(right))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PLUGIN: &str = r#""""Weather for the host."""
import os, sys.path as p
from .base import PluginBase as Base, register
from typing import TYPE_CHECKING
try:
    import numpy as np
except ImportError:
    np = None
if TYPE_CHECKING:
    from x import y

__version__ = "1.2"
LIMITS = {"a": [1, -2, 3.5], "b": compute(), 7: "dropped"}

@register_plugin(name="weather", version="1.0.0", capabilities=["network_access"])
async def forecast(city, /, *days, unit="C", **rest):
    import requests

class Weather(Base, Generic[T], metaclass=Meta):
    name = "weather"
    colour: str
    def __init__(self):
        self.description = "tells the weather"
    @property
    def title(self): ...
    async def process_input(self, text): ...

PLUGIN_CLASS = Weather
app = web.Application(debug=True)

if __name__ == "__main__":
    import argparse
    main()
"#;

    #[test]
    fn a_plugin_is_read() {
        let structure = of_python(PLUGIN);
        assert_eq!(structure.docstring.as_deref(), Some("Weather for the host."));
        let modules: Vec<_> =
            structure.imports.iter().map(|import| (import.module.as_str(), import.level, import.optional)).collect();
        assert_eq!(
            modules,
            [
                ("os", 0, false),
                ("sys.path", 0, false),
                ("base", 1, false),
                ("typing", 0, false),
                ("numpy", 0, true),
                ("x", 0, true),
                ("requests", 0, true),
                ("argparse", 0, false),
            ]
        );
        assert_eq!(structure.imports[2].names, ["PluginBase", "register"]);
        assert_eq!(structure.imports[2].line, 3);
        let function = &structure.functions[0];
        assert!(function.is_async);
        assert_eq!(function.parameters, ["city", "*days", "unit", "**rest"]);
        assert_eq!(function.decorators[0].arguments["capabilities"], json!(["network_access"]));
        assert_eq!(function.line, 16);
        let class = &structure.classes[0];
        assert_eq!(class.bases, ["Base", "Generic", "metaclass=Meta"]);
        assert_eq!(class.attribute("description").unwrap().value, Some(json!("tells the weather")));
        assert!(class.attribute("colour").unwrap().value.is_none());
        assert!(class.methods[2].is_async);
        assert_eq!(structure.constant("LIMITS").unwrap().value, Some(json!({"a": [1, -2, 3.5], "b": null})));
        assert_eq!(structure.constant("app").unwrap().calls.as_deref(), Some("web.Application"));
        assert!(structure.main_guard);
        assert_eq!(structure.entry_points(), ["PLUGIN_CLASS=Weather", "forecast()", "__main__"]);
        assert!(structure.problems.is_empty());
    }

    #[test]
    fn a_module_that_does_not_parse_gives_what_could_be_read() {
        let structure = of_python("import os\nclass A(B:\n    pass\ndef f(:\n  x ==== 2\nimport sys\n");
        assert_eq!(structure.imports[0].module, "os");
        assert_eq!(structure.problems[0].line, 2);
        assert!(structure.problems.len() <= MAX_PROBLEMS);
    }

    #[test]
    fn deep_nesting_is_refused_or_read_but_never_overflows() {
        for text in [
            format!("x = {}1{}\n", "[".repeat(100_000), "]".repeat(100_000)),
            format!("x = {}1{}\n", "(".repeat(4_900), ")".repeat(4_900)),
            format!("x = 1{}\n", "+1".repeat(4_900)),
            format!("x = {}1\n", "-".repeat(4_900)),
            format!("x = {}1\n", "not ".repeat(4_900)),
            format!("x = {}1\n", "lambda: ".repeat(4_900)),
            format!("x = {}\n", "{".repeat(4_900)),
            format!("x = {}", "f'{".repeat(1_000)),
            format!("x = {}1{}\n", "[".repeat(7_900), "]".repeat(7_900)),
            format!("x = 1{}\n", "+1".repeat(15_900)),
            format!("x = {}1\n", "- not ".repeat(15_900)),
            format!("x = a{}\n", "()".repeat(7_900)),
            format!("x = {}1\n", "lambda: ".repeat(7_900)),
            format!("x = {}1{}\n", "[".repeat(15_900), "]".repeat(15_900)),
            format!("x = {}1\n", "- ".repeat(31_900)),
            format!("x = {}1\n", "not ".repeat(31_900)),
            format!("x = {}1\n", "a if b else ".repeat(15_900)),
            format!("x = a{}\n", ".a".repeat(31_900)),
            format!("x = 1{}\n", " **1".repeat(15_900)),
            format!("x = {}\n", "a( ".repeat(31_900)),
            format!("x = {}\n", "a[ ".repeat(31_900)),
            format!("x = {}\n", "{a: ".repeat(31_900)),
            format!("x = {}\n", "[a for a in ".repeat(15_900)),
            format!("x = {}\n", "(yield ".repeat(15_900)),
            format!("x = {}\n", "f'{".repeat(10_600)),
            "if a: ".repeat(31_900),
        ] {
            let thread = std::thread::Builder::new().stack_size(512 * 1024);
            let structure = thread.spawn(move || of_python(&text)).unwrap().join().unwrap();
            assert!(structure.classes.is_empty());
        }
    }

    #[test]
    fn what_nests_too_deeply_is_found_among_ordinary_statements() {
        let deep = format!("x = a{}", " + a".repeat(5_100));
        let value = deep.trim_start_matches("x = ");
        let around = "import os\ndef f(a, b):\n    return a.b(b)\n".repeat(50);
        for text in [
            format!("{around}{deep}\n{around}"),
            format!("{around}if a: {deep}\n{around}"),
            format!("{around}class A:\n    def f(self):\n        {deep}\n{around}"),
            format!("{around}match a:\n    case b if {value}: pass\n{around}"),
            format!("{around}try:\n    pass\nexcept {value}:\n    pass\n{around}"),
            format!("{around}{deep}\ndef f(:\n{around}"),
            format!("{around}{deep}"),
        ] {
            assert!(of_python(&text).truncated, "{:.60}", text.trim_start_matches(&around));
        }
        let wide = format!("x = [{}]\n", "a.b + c,\n".repeat(5_100));
        let long = format!("'''{}'''\n", "- a\n".repeat(5_100));
        assert!(!of_python(&format!("{around}{wide}{long}{around}")).truncated);
    }

    proptest::proptest! {
        #[test]
        fn mutated_sources_never_panic(cut in 0usize..800, insert in "\\PC{0,12}", at in 0usize..800) {
            let mut text: Vec<char> = PLUGIN.chars().collect();
            text.truncate(text.len().saturating_sub(cut));
            let at = at.min(text.len());
            text.splice(at..at, insert.chars());
            of_python(&text.into_iter().collect::<String>());
        }
    }
}
