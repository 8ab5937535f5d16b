//! Patterns of `match`.

use ruff_python_ast::{self as ast};
use ruff_text_size::Ranged;

use super::super::state::Diff;
use super::super::values::{Const, Facts, Value};
use super::{Control, Interpreter};

/// How a pattern fits a value.
pub struct Fit {
    /// Whether it does; none when that depends.
    pub truth: Option<bool>,
    /// What is known when it does.
    pub facts: Facts,
}

impl<'a> Interpreter<'a> {
    pub(super) fn match_statement(&mut self, stmt: &'a ast::StmtMatch) -> Control {
        let subject = self.eval(&stmt.subject);
        let start = self.state.mark();
        self.branch(1);
        let mut diffs = Vec::new();
        let mut exhausted = false;
        for case in &stmt.cases {
            self.state.roll_back(start);
            let fit = self.fits(&case.pattern, &subject);
            let mut truth = fit.truth;
            if truth == Some(false) {
                continue;
            }
            if !fit.facts.is_empty() {
                self.state.assume(&fit.facts);
            }
            if let Some(guard) = &case.guard {
                let guard = self.eval(guard);
                truth = match self.truth(&guard) {
                    Some(false) => continue,
                    Some(true) => truth,
                    None => None,
                };
                self.suppose(&guard, true);
            }
            if self.block(&case.body) == Control::Next {
                diffs.push(self.state.diff(start));
            }
            if truth == Some(true) {
                exhausted = true;
                break;
            }
        }
        self.branch(-1);
        self.state.roll_back(start);
        if !exhausted {
            diffs.push(Diff::default());
        }
        if diffs.is_empty() {
            return Control::Stop;
        }
        self.state.merge(start, diffs);
        Control::Next
    }

    /// Whether a pattern fits; binds its names.
    pub(super) fn fits(&mut self, pattern: &'a ast::Pattern, subject: &Value) -> Fit {
        self.nested(|this| this.fits_inner(pattern, subject)).unwrap_or(Fit { truth: None, facts: Facts::new() })
    }

    pub(super) fn fits_inner(&mut self, pattern: &'a ast::Pattern, subject: &Value) -> Fit {
        let unsure = Fit { truth: None, facts: Facts::new() };
        match pattern {
            ast::Pattern::MatchValue(pattern) => {
                let value = self.eval(&pattern.value);
                let test = self.compare(ast::CmpOp::Eq, subject, &value, pattern.range());
                let facts = test.guard.as_ref().and_then(|guard| guard.when_true.clone()).unwrap_or_default();
                Fit { truth: self.truth(&test), facts }
            }
            ast::Pattern::MatchSingleton(pattern) => {
                let constant = match pattern.value {
                    ast::Singleton::None => Const::None,
                    ast::Singleton::True => Const::Bool(true),
                    ast::Singleton::False => Const::Bool(false),
                };
                Fit { truth: subject.as_const().map(|value| *value == constant), facts: Facts::new() }
            }
            ast::Pattern::MatchAs(pattern) => {
                let fit = match &pattern.pattern {
                    Some(inner) => self.fits(inner, subject),
                    None => Fit { truth: Some(true), facts: Facts::new() },
                };
                if let Some(name) = &pattern.name {
                    self.bind(name.as_str(), subject.clone());
                }
                fit
            }
            ast::Pattern::MatchOr(pattern) => {
                let mut truth = Some(false);
                let mut facts: Option<Facts> = None;
                for inner in &pattern.patterns {
                    let fit = self.fits(inner, subject);
                    match fit.truth {
                        Some(true) => return fit,
                        Some(false) => continue,
                        None => truth = None,
                    }
                    facts = super::super::values::common_facts(&facts, &Some(fit.facts));
                }
                Fit { truth, facts: facts.unwrap_or_default() }
            }
            ast::Pattern::MatchSequence(pattern) => {
                let elements = self.exact_elements(subject, 64);
                let whole = self.element_of(subject);
                for (index, inner) in pattern.patterns.iter().enumerate() {
                    let element = elements.as_ref().and_then(|elements| elements.get(index)).unwrap_or(&whole).clone();
                    self.fits(inner, &element);
                }
                unsure
            }
            ast::Pattern::MatchMapping(pattern) => {
                for (key, inner) in pattern.keys.iter().zip(&pattern.patterns) {
                    let key = self.eval(key);
                    let element = self.element(subject, &key, pattern.range());
                    self.fits(inner, &element);
                }
                if let Some(rest) = &pattern.rest {
                    self.bind(rest.as_str(), subject.clone());
                }
                unsure
            }
            ast::Pattern::MatchClass(pattern) => {
                for keyword in &pattern.arguments.keywords {
                    let value = self.attribute(subject, keyword.attr.as_str(), pattern.range());
                    self.fits(&keyword.pattern, &value);
                }
                for inner in &pattern.arguments.patterns {
                    self.fits(inner, subject);
                }
                unsure
            }
            ast::Pattern::MatchStar(pattern) => {
                if let Some(name) = &pattern.name {
                    self.bind(name.as_str(), subject.clone());
                }
                unsure
            }
        }
    }
}
