//! Which function a name belongs to, so that the `e` of one function is not taken for that of another: in code
//! that was made small, every function calls its values by the same few letters.

use std::collections::HashMap;

use oxc_ast::ast::{ArrowFunctionExpression, BindingIdentifier, Function, Program};
use oxc_ast_visit::{Visit, walk};
use oxc_span::Span;
use oxc_syntax::scope::ScopeFlags;

/// The scope of names that no function declares.
pub(super) const GLOBAL: u32 = u32::MAX;

/// Functions that declare a name, by name; in the order in which they begin. Blocks are not told apart.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    declared: HashMap<String, Vec<Span>>,
}

impl Scopes {
    pub(super) fn of(program: &Program<'_>) -> Self {
        let mut reading = Reading { scopes: Self::default(), around: Vec::new() };
        reading.visit_program(program);
        let mut scopes = reading.scopes;
        for spans in scopes.declared.values_mut() {
            spans.sort_unstable_by_key(|span| (span.start, span.end));
            spans.dedup();
        }
        scopes
    }

    /// The function that a name belongs to at a place, by where it begins; and how many had to be asked.
    pub(super) fn scope(&self, name: &str, at: u32) -> (u32, usize) {
        let spans = self.declared.get(name).map_or(&[][..], Vec::as_slice);
        let before = spans.partition_point(|span| span.start <= at);
        // Of those around the place, the innermost begins last.
        let found = spans[..before].iter().rev().position(|span| at < span.end);
        match found {
            Some(back) => (spans[before - 1 - back].start, back + 1),
            None => (GLOBAL, before),
        }
    }
}

struct Reading {
    scopes: Scopes,
    around: Vec<Span>,
}

impl<'a> Visit<'a> for Reading {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        self.around.push(it.span);
        walk::walk_function(self, it, flags);
        self.around.pop();
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.around.push(it.span);
        walk::walk_arrow_function_expression(self, it);
        self.around.pop();
    }

    fn visit_binding_identifier(&mut self, it: &BindingIdentifier<'a>) {
        if let Some(function) = self.around.last() {
            self.scopes.declared.entry(it.name.to_string()).or_default().push(*function);
        }
    }
}
