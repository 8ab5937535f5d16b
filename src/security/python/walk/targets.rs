//! What values are given to: targets of assignments, and patterns.

use ruff_python_ast::{self as ast, Expr, Pattern};
use ruff_text_size::Ranged;

use super::super::bindings::BindingKind;
use super::super::parse::MAX_DEPTH;
use super::{Source, Walker};

impl<'a> Walker<'a> {
    pub(super) fn target(&mut self, target: &'a Expr, source: Source<'a>) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.too_deep = true;
            self.depth -= 1;
            return;
        }
        match target {
            Expr::Name(name) => self.bind(name.id.as_str(), source.kind(), name.start()),
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                self.targets(elts, source);
            }
            Expr::Starred(starred) => self.target(&starred.value, source.unpacked()),
            Expr::Attribute(attribute) => {
                self.bind_attribute(attribute, source);
                self.expr(&attribute.value);
            }
            other => self.expr(other),
        }
        self.depth -= 1;
    }

    /// `a, b = x, y` binds pairwise; anything else is unpacked.
    fn targets(&mut self, targets: &'a [Expr], source: Source<'a>) {
        let values = match source {
            Source::Assigned(Expr::Tuple(tuple)) => tuple.elts.as_slice(),
            Source::Assigned(Expr::List(list)) => list.elts.as_slice(),
            _ => &[],
        };
        let plain = values.len() == targets.len()
            && !targets.iter().chain(values).any(|element| matches!(element, Expr::Starred(_)));
        for (index, target) in targets.iter().enumerate() {
            let source = match values.get(index) {
                Some(value) if plain => Source::Assigned(value),
                _ => source.unpacked(),
            };
            self.target(target, source);
        }
    }

    pub(super) fn pattern(&mut self, pattern: &'a Pattern) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.too_deep = true;
            self.depth -= 1;
            return;
        }
        match pattern {
            Pattern::MatchValue(value) => self.expr(&value.value),
            Pattern::MatchSingleton(_) => {}
            Pattern::MatchSequence(sequence) => sequence.patterns.iter().for_each(|inner| self.pattern(inner)),
            Pattern::MatchMapping(mapping) => {
                mapping.keys.iter().for_each(|key| self.expr(key));
                mapping.patterns.iter().for_each(|inner| self.pattern(inner));
                if let Some(rest) = &mapping.rest {
                    self.bind(rest.as_str(), BindingKind::Captured, rest.start());
                }
            }
            Pattern::MatchClass(class) => {
                self.expr(&class.cls);
                class.arguments.patterns.iter().for_each(|inner| self.pattern(inner));
                class.arguments.keywords.iter().for_each(|keyword| self.pattern(&keyword.pattern));
            }
            Pattern::MatchStar(star) => {
                if let Some(name) = &star.name {
                    self.bind(name.as_str(), BindingKind::Captured, name.start());
                }
            }
            Pattern::MatchAs(inner) => {
                if let Some(pattern) = inner.pattern.as_deref() {
                    self.pattern(pattern);
                }
                if let Some(name) = &inner.name {
                    self.bind(name.as_str(), BindingKind::Captured, name.start());
                }
            }
            Pattern::MatchOr(choice) => choice.patterns.iter().for_each(|inner| self.pattern(inner)),
        }
        self.depth -= 1;
    }
}
