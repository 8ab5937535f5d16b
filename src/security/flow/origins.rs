//! What names of a file are bound to, in words: enough to tell a logger from a list when something is called on it.

use ruff_python_ast::Expr;
use rustc_hash::FxHashMap;

use super::choice::root;
use crate::security::python::mentions::last_part;
use crate::security::python::{BindingKind, Model};

/// Longer descriptions say nothing more.
const MAX_WORDS: usize = 160;

/// Descriptions of names, in small letters: `logging.getlogger` for what writes a log.
pub struct Origins<'a>(FxHashMap<&'a str, String>);

impl<'a> Origins<'a> {
    /// Reads them from the bindings of all scopes.
    pub fn new(model: &Model<'a>) -> Self {
        let mut origins = Self(FxHashMap::default());
        for binding in &model.bindings {
            let words = match binding.kind {
                BindingKind::Import(module) => module.to_ascii_lowercase(),
                BindingKind::ImportFrom { module, name, .. } => format!("{module}.{name}").to_ascii_lowercase(),
                BindingKind::Assigned(value)
                | BindingKind::With(value)
                | BindingKind::Annotated { value: Some(value), .. } => origins.of(value),
                BindingKind::Annotated { annotation, .. }
                | BindingKind::Parameter { annotation: Some(annotation), .. } => origins.of(annotation),
                _ => continue,
            };
            let known = origins.0.entry(binding.name).or_default();
            if !words.is_empty() && known.len() + words.len() < MAX_WORDS && !known.contains(&words) {
                known.push(' ');
                known.push_str(&words);
            }
        }
        origins
    }

    /// What an expression is, and what it comes from.
    pub fn of(&self, expr: &Expr) -> String {
        let mut words = String::new();
        describe(expr, &mut words, 6);
        words.make_ascii_lowercase();
        let last = last_part(expr);
        let first = root(expr).unwrap_or_default();
        for name in [last, first].iter().take(if last == first { 1 } else { 2 }) {
            if let Some(known) = self.0.get(name)
                && words.len() + known.len() < MAX_WORDS
            {
                words.push_str(known);
            }
        }
        words
    }
}

/// The names in a dotted expression.
fn describe(expr: &Expr, words: &mut String, depth: u8) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match expr {
        Expr::Name(name) => words.push_str(name.id.as_str()),
        Expr::Attribute(attribute) => {
            describe(&attribute.value, words, depth);
            words.push('.');
            words.push_str(attribute.attr.as_str());
        }
        Expr::Call(call) => describe(&call.func, words, depth),
        Expr::Await(awaited) => describe(&awaited.value, words, depth),
        Expr::Subscript(subscript) => describe(&subscript.value, words, depth),
        _ => {}
    }
}
