//! Statements: assignments, branches, loops, and what leaves them.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::super::state::{Diff, Mark, Object, Sequence};
use super::super::values::{Facts, Kind, Value};
use super::{Control, Interpreter, Loop, MAX_UNROLLED, StepNote, Try};

impl<'a> Interpreter<'a> {
    /// Runs statements in order until control leaves.
    pub fn block(&mut self, block: &'a [Stmt]) -> Control {
        for stmt in block {
            if !self.spend() {
                return Control::Next;
            }
            let control = self.nested(|this| this.statement(stmt)).unwrap_or(Control::Next);
            if control == Control::Stop {
                return Control::Stop;
            }
        }
        Control::Next
    }

    pub(super) fn statement(&mut self, stmt: &'a Stmt) -> Control {
        match stmt {
            Stmt::Expr(stmt) => {
                let value = self.eval(&stmt.value);
                if self.never_returns(&value) {
                    self.leave_by_exception();
                    return Control::Stop;
                }
                Control::Next
            }
            Stmt::Assign(stmt) => {
                let value = self.eval(&stmt.value);
                for target in &stmt.targets {
                    self.assign(target, &value);
                }
                Control::Next
            }
            Stmt::AnnAssign(stmt) => {
                if let Some(expr) = &stmt.value {
                    let value = self.eval(expr);
                    self.assign(&stmt.target, &value);
                }
                Control::Next
            }
            Stmt::AugAssign(stmt) => {
                let left = self.eval(&stmt.target);
                let right = self.eval(&stmt.value);
                let value = if stmt.op == ast::Operator::Add && self.extend_in_place(&left, &right) {
                    left
                } else {
                    self.binary(stmt.op, &left, &right)
                };
                self.assign(&stmt.target, &value);
                Control::Next
            }
            Stmt::Return(stmt) => {
                let (value, range) = match &stmt.value {
                    Some(expr) => (self.eval(expr), stmt.range()),
                    None => (Value::NONE, TextRange::default()),
                };
                self.give_back(value, range);
                Control::Stop
            }
            Stmt::If(stmt) => self.if_statement(stmt),
            Stmt::For(stmt) => self.for_statement(stmt),
            Stmt::While(stmt) => self.while_statement(stmt),
            Stmt::Try(stmt) => self.try_statement(stmt),
            Stmt::With(stmt) => self.with_statement(stmt),
            Stmt::Match(stmt) => self.match_statement(stmt),
            Stmt::FunctionDef(stmt) => {
                self.define_function(stmt);
                Control::Next
            }
            Stmt::ClassDef(stmt) => {
                self.define_class(stmt);
                Control::Next
            }
            Stmt::Raise(stmt) => {
                let thrown = stmt.exc.as_ref().map(|expr| self.eval(expr));
                if let Some(expr) = &stmt.cause {
                    self.eval(expr);
                }
                if let Some(thrown) = thrown.map(|thrown| self.state.baked(&thrown))
                    && let Some(attempt) = self.frames.last_mut().and_then(|frame| frame.tries.last_mut())
                {
                    let known = attempt.thrown.take();
                    attempt.thrown = Some(known.map_or_else(|| thrown.clone(), |known| known.join(&thrown)));
                }
                self.leave_by_exception();
                Control::Stop
            }
            Stmt::Assert(stmt) => {
                let test = self.eval(&stmt.test);
                if test.as_const().is_some_and(|test| !test.truth()) {
                    self.leave_by_exception();
                    return Control::Stop;
                }
                self.suppose(&test, true);
                Control::Next
            }
            Stmt::Break(_) => self.leave_loop(false),
            Stmt::Continue(_) => self.leave_loop(true),
            Stmt::Import(stmt) => {
                self.import(stmt);
                Control::Next
            }
            Stmt::ImportFrom(stmt) => {
                self.import_from(stmt);
                Control::Next
            }
            Stmt::Global(stmt) => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.globals.extend(stmt.names.iter().map(|name| name.as_str()));
                }
                Control::Next
            }
            Stmt::Nonlocal(stmt) => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.nonlocals.extend(stmt.names.iter().map(|name| name.as_str()));
                }
                Control::Next
            }
            Stmt::Delete(stmt) => {
                for target in &stmt.targets {
                    self.delete(target);
                }
                Control::Next
            }
            Stmt::TypeAlias(_) | Stmt::Pass(_) | Stmt::IpyEscapeCommand(_) => Control::Next,
        }
    }

    /// Adds the facts that follow when a value is true, or when it is false.
    pub fn suppose(&mut self, test: &Value, truth: bool) {
        if let Some(guard) = &test.guard {
            let facts = if truth { &guard.when_true } else { &guard.when_false };
            if let Some(facts) = facts {
                self.state.assume(facts);
            }
        }
    }

    pub(super) fn branch(&mut self, by: i32) {
        if let Some(frame) = self.frames.last_mut() {
            frame.branches = frame.branches.saturating_add_signed(by);
        }
    }

    pub(super) fn if_statement(&mut self, stmt: &'a ast::StmtIf) -> Control {
        let mut arms: Vec<(Option<&'a Expr>, &'a [Stmt])> = vec![(Some(&stmt.test), &stmt.body)];
        arms.extend(stmt.elif_else_clauses.iter().map(|clause| (clause.test.as_ref(), clause.body.as_slice())));
        self.arms(&arms)
    }

    pub(super) fn arms(&mut self, arms: &[(Option<&'a Expr>, &'a [Stmt])]) -> Control {
        let Some(((test, body), rest)) = arms.split_first() else { return Control::Next };
        let Some(test) = test else { return self.block(body) };
        let test = self.eval(test);
        match self.truth(&test) {
            Some(true) => {
                self.suppose(&test, true);
                return self.block(body);
            }
            Some(false) => {
                self.suppose(&test, false);
                return self.arms(rest);
            }
            None => {}
        }
        let mark = self.state.mark();
        self.branch(1);
        self.suppose(&test, true);
        let first = self.block(body);
        let mut diffs = Vec::new();
        if first == Control::Next {
            diffs.push(self.state.diff(mark));
        }
        self.state.roll_back(mark);
        self.suppose(&test, false);
        let second = self.nested(|this| this.arms(rest)).unwrap_or(Control::Next);
        self.branch(-1);
        match (first, second) {
            (Control::Stop, second) => return second,
            (Control::Next, Control::Next) => diffs.push(self.state.diff(mark)),
            (Control::Next, Control::Stop) => {}
        }
        self.state.roll_back(mark);
        self.state.merge(mark, diffs);
        Control::Next
    }

    /// Runs two alternatives from the same state and joins what they give.
    pub fn either<T>(
        &mut self,
        test: &Value,
        yes: impl FnOnce(&mut Self) -> T,
        no: impl FnOnce(&mut Self) -> T,
    ) -> (T, T, Facts, Facts) {
        let mark = self.state.mark();
        self.branch(1);
        self.suppose(test, true);
        let first = yes(self);
        let first_diff = self.state.diff(mark);
        self.state.roll_back(mark);
        self.suppose(test, false);
        let second = no(self);
        let second_diff = self.state.diff(mark);
        self.branch(-1);
        self.state.roll_back(mark);
        let facts = (first_diff.facts.clone(), second_diff.facts.clone());
        self.state.merge(mark, vec![first_diff, second_diff]);
        (first, second, facts.0, facts.1)
    }

    pub(super) fn leave_by_exception(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let Some(start) = frame.tries.last().map(|attempt| attempt.start) else { return };
        let diff = self.state.diff(start);
        if let Some(attempt) = self.frames.last_mut().and_then(|frame| frame.tries.last_mut())
            && attempt.raised.len() < 8
        {
            attempt.raised.push(diff);
        }
    }

    pub(super) fn leave_loop(&mut self, again: bool) -> Control {
        let Some(frame) = self.frames.last() else { return Control::Stop };
        let Some((start, iteration)) = frame.loops.last().map(|entry| (entry.start, entry.iteration)) else {
            return Control::Stop;
        };
        let diff = self.state.diff(if again { iteration } else { start });
        if let Some(entry) = self.frames.last_mut().and_then(|frame| frame.loops.last_mut()) {
            if again {
                entry.continued.push(diff);
            } else {
                entry.exits.push(diff);
            }
        }
        Control::Stop
    }

    /// Runs the body of a loop once, from the state as it is.
    pub(super) fn iteration(&mut self, body: &'a [Stmt], prepare: impl FnOnce(&mut Self)) -> Control {
        let mark = self.state.mark();
        if let Some(entry) = self.frames.last_mut().and_then(|frame| frame.loops.last_mut()) {
            entry.iteration = mark;
        }
        prepare(self);
        let control = self.block(body);
        let continued = self
            .frames
            .last_mut()
            .and_then(|frame| frame.loops.last_mut())
            .map_or_else(Vec::new, |entry| std::mem::take(&mut entry.continued));
        if continued.is_empty() {
            return control;
        }
        let mut diffs = continued;
        if control == Control::Next {
            diffs.push(self.state.diff(mark));
        }
        self.state.roll_back(mark);
        self.state.merge(mark, diffs);
        Control::Next
    }

    /// How much has been judged so far.
    pub(super) fn learnt(&self) -> usize {
        self.hits.len() + self.verdicts.len()
    }

    /// Whether a second round of a loop can show what the first one did not: where there is no data from outside,
    /// and nothing was judged in the first round, it cannot.
    pub(super) fn may_carry(&self, known: usize) -> bool {
        !self.sources.is_empty() || self.learnt() != known
    }

    pub(super) fn enter_loop(&mut self) -> Mark {
        let start = self.state.mark();
        self.branch(1);
        if let Some(frame) = self.frames.last_mut() {
            frame.loops.push(Loop { start, iteration: start, exits: Vec::new(), continued: Vec::new() });
        }
        start
    }

    /// Ends a loop: `reached` says whether its normal end is reached from the state as it is.
    pub(super) fn end_loop(&mut self, start: Mark, reached: Control, orelse: &'a [Stmt]) -> Control {
        let entry = self.frames.last_mut().and_then(|frame| frame.loops.pop());
        let mut exits = entry.map_or_else(Vec::new, |entry| entry.exits);
        let reached = if reached == Control::Next { self.block(orelse) } else { Control::Stop };
        self.branch(-1);
        if exits.is_empty() {
            return reached;
        }
        if reached == Control::Next {
            exits.push(self.state.diff(start));
        }
        self.state.roll_back(start);
        self.state.merge(start, exits);
        Control::Next
    }

    pub(super) fn for_statement(&mut self, stmt: &'a ast::StmtFor) -> Control {
        let iterable = self.eval(&stmt.iter);
        let exact = self.exact_elements(&iterable, MAX_UNROLLED);
        let start = self.enter_loop();
        let mut reached = Control::Next;
        if let Some(elements) = exact {
            for element in elements {
                reached = self.iteration(&stmt.body, |this| this.assign(&stmt.target, &element));
                if reached == Control::Stop {
                    break;
                }
            }
        } else {
            let element = self.element_of(&iterable);
            let known = self.learnt();
            let depth = self.frames.last().map_or(0, |frame| frame.loops.len());
            for round in 0..if depth > 1 { 1 } else { 2 } {
                if round > 0 && !self.may_carry(known) {
                    break;
                }
                let control = self.iteration(&stmt.body, |this| this.assign(&stmt.target, &element));
                let mut diffs = vec![Diff::default()];
                if control == Control::Next {
                    diffs.push(self.state.diff(start));
                }
                self.state.roll_back(start);
                self.state.merge(start, diffs);
            }
        }
        self.end_loop(start, reached, &stmt.orelse)
    }

    pub(super) fn while_statement(&mut self, stmt: &'a ast::StmtWhile) -> Control {
        let start = self.enter_loop();
        let mut reached = Control::Next;
        let depth = self.frames.last().map_or(0, |frame| frame.loops.len());
        let known = self.learnt();
        for round in 0..if depth > 1 { 1 } else { 2 } {
            if round > 0 && !self.may_carry(known) {
                break;
            }
            let test = self.eval(&stmt.test);
            let truth = self.truth(&test);
            if truth == Some(false) {
                break;
            }
            let control = self.iteration(&stmt.body, |this| this.suppose(&test, true));
            let mut diffs = if truth == Some(true) { Vec::new() } else { vec![Diff::default()] };
            if control == Control::Next {
                diffs.push(self.state.diff(start));
            }
            if diffs.is_empty() {
                reached = Control::Stop;
                break;
            }
            self.state.roll_back(start);
            self.state.merge(start, diffs);
        }
        if reached == Control::Next {
            let test = self.eval(&stmt.test);
            match self.truth(&test) {
                Some(true) => reached = Control::Stop,
                _ => self.suppose(&test, false),
            }
        }
        self.end_loop(start, reached, &stmt.orelse)
    }

    pub(super) fn try_statement(&mut self, stmt: &'a ast::StmtTry) -> Control {
        let start = self.state.mark();
        self.branch(1);
        if let Some(frame) = self.frames.last_mut() {
            frame.tries.push(Try { start, raised: Vec::new(), thrown: None });
        }
        let body = self.block(&stmt.body);
        let attempt = self.frames.last_mut().and_then(|frame| frame.tries.pop());
        let (raised, thrown) = attempt.map_or_else(|| (Vec::new(), None), |attempt| (attempt.raised, attempt.thrown));
        let mut interrupted = raised;
        interrupted.push(Diff::default());
        interrupted.push(self.state.diff(start));
        let mut diffs = Vec::new();
        if body == Control::Next && self.block(&stmt.orelse) == Control::Next {
            diffs.push(self.state.diff(start));
        }
        let last = stmt.handlers.len().saturating_sub(1);
        let mut interrupted = Some(interrupted);
        for (index, ast::ExceptHandler::ExceptHandler(handler)) in stmt.handlers.iter().enumerate() {
            self.state.roll_back(start);
            let from = if index == last { interrupted.take() } else { interrupted.as_ref().map(|all| all.to_vec()) };
            self.state.merge(start, from.unwrap_or_default());
            if let Some(name) = &handler.name {
                self.bind(name.as_str(), thrown.clone().unwrap_or(Value::UNKNOWN));
            }
            if self.block(&handler.body) == Control::Next {
                diffs.push(self.state.diff(start));
            }
        }
        self.branch(-1);
        let ends = !diffs.is_empty();
        self.state.roll_back(start);
        self.state.merge(start, diffs);
        let last = self.block(&stmt.finalbody);
        if ends { last } else { Control::Stop }
    }

    pub(super) fn with_statement(&mut self, stmt: &'a ast::StmtWith) -> Control {
        let mut suppressed = false;
        for item in &stmt.items {
            let context = self.eval(&item.context_expr);
            suppressed |= context.as_name().is_some_and(|name| name == "contextlib.suppress()");
            let value = self.enter_context(&context);
            if let Some(target) = &item.optional_vars {
                self.assign(target, &value);
            }
        }
        if !suppressed {
            return self.block(&stmt.body);
        }
        let start = self.state.mark();
        self.branch(1);
        let mut diffs = vec![Diff::default()];
        if self.block(&stmt.body) == Control::Next {
            diffs.push(self.state.diff(start));
        }
        self.branch(-1);
        self.state.roll_back(start);
        self.state.merge(start, diffs);
        Control::Next
    }

    /// Binds a name as the code that is being run would.
    pub fn bind(&mut self, name: &'a str, value: Value) {
        let Some(frame) = self.frames.last() else { return };
        let mut scope = frame.scope;
        if frame.globals.contains(&name) {
            let unit = frame.unit;
            scope = self.units.get(&unit).map_or(scope, |loaded| loaded.scope);
        } else if frame.nonlocals.contains(&name) {
            scope = self.state.binding_scope(scope, name).unwrap_or(scope);
        }
        self.state.bind(scope, name, Some(value));
    }

    /// Assigns to a name, an attribute, an element or several of them.
    pub fn assign(&mut self, target: &'a Expr, value: &Value) {
        match target {
            Expr::Name(name) => {
                let value = self.stepped(value, name.range(), StepNote::Assigned(name.id.as_str()));
                self.named_secret(name.id.as_str(), &value, name.range());
                self.bind(name.id.as_str(), value);
            }
            Expr::Attribute(attribute) => {
                let receiver = self.eval(&attribute.value);
                self.set_attribute(&receiver, attribute.attr.as_str(), value, attribute.range());
            }
            Expr::Subscript(subscript) => {
                let receiver = self.eval(&subscript.value);
                let key = self.eval(&subscript.slice);
                self.set_element(&receiver, &key, value, subscript.range());
            }
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                self.unpack(elts, value);
            }
            Expr::Starred(starred) => self.assign(&starred.value, value),
            _ => {}
        }
    }

    pub(super) fn unpack(&mut self, targets: &'a [Expr], value: &Value) {
        let star = targets.iter().position(Expr::is_starred_expr);
        let exact = self.exact_elements(value, 64);
        let Some(elements) = exact.filter(|elements| elements.len() + usize::from(star.is_some()) >= targets.len())
        else {
            let element = self.element_of(value);
            for (index, target) in targets.iter().enumerate() {
                if target.is_starred_expr() {
                    let id = self.state.allocate(Object::Sequence {
                        sort: Sequence::List,
                        items: Vec::new(),
                        rest: Some(element.clone()),
                    });
                    self.assign(target, &Value::of(Kind::Object(id)));
                } else {
                    let part = self.part_at(&element, index);
                    self.assign(target, &part);
                }
            }
            return;
        };
        let extra = elements.len().saturating_sub(targets.len().saturating_sub(1));
        let mut elements = elements.into_iter();
        for (index, target) in targets.iter().enumerate() {
            if star == Some(index) {
                let items: Vec<Value> = elements.by_ref().take(extra).collect();
                let list = self.sequence(Sequence::List, items);
                self.assign(target, &list);
            } else if let Some(element) = elements.next() {
                self.assign(target, &element);
            }
        }
    }

    pub(super) fn delete(&mut self, target: &'a Expr) {
        match target {
            Expr::Name(name) => {
                let scope = self.scope();
                if self.state.local(scope, name.id.as_str()).is_some() {
                    self.state.bind(scope, name.id.as_str(), None);
                }
            }
            Expr::Subscript(subscript) => {
                let receiver = self.eval(&subscript.value);
                let key = self.eval(&subscript.slice);
                self.remove_element(&receiver, &key);
            }
            _ => {}
        }
    }
}
