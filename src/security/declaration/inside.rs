//! Declarations that stand in the code itself: in `plugin_data`, in `@register_plugin(…)`, in a class.

use ruff_python_ast::{Expr, Stmt};

use super::{Declaration, Place, over_declared, undeclared};
use crate::model::FileJudgement;
use crate::security::python::Model;
use crate::security::rules::RuleSet;
use crate::security::source::SourceUnit;

/// Names under which code declares what it is able to do.
const NAMES: &[&str] = &["capabilities", "permissions", "security_permissions", "__capabilities__", "__permissions__"];

/// Names of dictionaries that describe a plugin.
const TABLES: &[&str] = &["plugin_data", "PLUGIN_DATA", "plugin_info", "PLUGIN_INFO", "PLUGIN_METADATA"];

/// More words than this are no declaration.
const MAX_WORDS: usize = 500;

/// Adds what the code of a module does against what it declares itself.
pub fn check(unit: &SourceUnit, model: &Model<'_>, body: &[Stmt], rules: &RuleSet, judgement: &mut FileJudgement) {
    let mut seen = Seen::default();
    body.iter().for_each(|stmt| seen.statement(stmt, true));
    let Some(offset) = seen.first else { return };
    // In code that is no part of a host, such a name may mean anything.
    let is_part = |word: &str| judgement.capabilities.contains(word);
    if !seen.describes_a_plugin && !is_part("plugin_interface") && !is_part("agent_interface") {
        return;
    }
    let Some(declared) = Declaration::read(seen.words.iter().map(String::as_str)) else { return };
    let line = unit.line(offset);
    let mut found = undeclared(judgement, &declared, Place { path: &judgement.path, line });
    // What other modules of the component do, this one does not know.
    if !model.imports.iter().any(|(name, _)| name.starts_with('.')) {
        found.extend(over_declared(judgement, line, &declared, std::iter::once(&*judgement)));
    }
    judgement.findings.extend(found.into_iter().filter(|finding| rules.has(&finding.rule)));
    judgement.findings.sort_by_key(|finding| (finding.line, finding.column));
}

#[derive(Default)]
struct Seen {
    words: Vec<String>,
    /// Whether what was seen describes a plugin by its own name.
    describes_a_plugin: bool,
    first: Option<ruff_text_size::TextSize>,
}

impl Seen {
    fn statement(&mut self, stmt: &Stmt, at_top: bool) {
        match stmt {
            Stmt::Assign(assign) => {
                assign.targets.iter().for_each(|target| self.assigned(target, &assign.value));
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.assigned(&assign.target, value);
                }
            }
            Stmt::ClassDef(class) if at_top => {
                class.decorator_list.iter().for_each(|decorator| self.decorator(&decorator.expression));
                class.body.iter().for_each(|stmt| self.statement(stmt, false));
            }
            Stmt::FunctionDef(function) if at_top => {
                function.decorator_list.iter().for_each(|decorator| self.decorator(&decorator.expression));
            }
            _ => {}
        }
    }

    fn assigned(&mut self, target: &Expr, value: &Expr) {
        let Expr::Name(name) = target else { return };
        match value {
            _ if NAMES.contains(&name.id.as_str()) => self.declared("", value, 0),
            Expr::Dict(table) if TABLES.contains(&name.id.as_str()) => {
                self.describes_a_plugin = true;
                for item in &table.items {
                    if let Some(Expr::StringLiteral(key)) = &item.key
                        && NAMES.contains(&key.value.to_str())
                    {
                        self.declared("", &item.value, 0);
                    }
                }
            }
            _ => {}
        }
    }

    fn decorator(&mut self, decorator: &Expr) {
        let Expr::Call(call) = decorator else { return };
        let last = crate::security::rules::called_name(call).unwrap_or_default();
        if !last.starts_with("register_") {
            return;
        }
        self.describes_a_plugin = true;
        for keyword in &call.arguments.keywords {
            if keyword.arg.as_ref().is_some_and(|name| NAMES.contains(&name.as_str())) {
                self.declared("", &keyword.value, 0);
            }
        }
    }

    /// The words of a literal, as the words of a manifest are written.
    fn declared(&mut self, prefix: &str, value: &Expr, level: u8) {
        use ruff_text_size::Ranged;
        self.first.get_or_insert(value.start());
        let joined = |word: &str| if prefix.is_empty() { word.to_owned() } else { format!("{prefix}: {word}") };
        if level > 4 || self.words.len() >= MAX_WORDS {
            return;
        }
        match value {
            Expr::StringLiteral(text) => self.words.push(joined(text.value.to_str())),
            Expr::BooleanLiteral(truth) if truth.value && !prefix.is_empty() => self.words.push(prefix.to_owned()),
            Expr::List(list) => list.elts.iter().for_each(|one| self.declared(prefix, one, level + 1)),
            Expr::Tuple(list) => list.elts.iter().for_each(|one| self.declared(prefix, one, level + 1)),
            Expr::Set(list) => list.elts.iter().for_each(|one| self.declared(prefix, one, level + 1)),
            Expr::Dict(table) => {
                for item in &table.items {
                    if let Some(Expr::StringLiteral(key)) = &item.key {
                        self.declared(&joined(key.value.to_str()), &item.value, level + 1);
                    }
                }
            }
            _ => {}
        }
    }
}
