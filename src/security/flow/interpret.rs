//! The interpreter: runs code on abstract values, one branch after the other.
//!
//! Work is bounded three ways: by steps a root function, by nesting of calls, and by nesting of syntax.
//! Where a bound is met the value is unknown, and the file counts as not judged in full.

use std::rc::Rc;

use ruff_python_ast::{self as ast, Expr, Parameters, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use super::modules;
use super::project::Library;
use super::routes::Route;
use super::sources::SourceKind;
use super::state::{Diff, Mark, Object, Sequence, State};
use super::values::{
    ClassId, Const, Facts, Flow, FunctionId, Guard, Kind, ScopeId, StepId, Taint, Text, UnitId, Value,
};
use super::weakness::{Mask, Weakness};

/// Steps for one function that is judged on its own, calls in it included.
pub const FUEL_PER_ROOT: u32 = 6_000;
/// After so many steps without any data the rest of a function is not worth the time.
pub const PATIENCE: u32 = 1_500;
/// The same in a file in which no data has been met so far, so that none can come from elsewhere in it.
pub const PATIENCE_WITHOUT_DATA: u32 = 1_000;
/// Steps for a function that only data of this machine reaches.
pub const FUEL_PER_LOCAL: u32 = 1_500;
/// Steps for a function that is run to acquit what a rule suspects in it.
pub const FUEL_PER_SUSPICION: u32 = 600;
/// Steps for the code of the module itself, which defines what is run later.
pub const FUEL_PER_MODULE: u32 = 12_000;
/// Steps for the code of a module that is imported.
pub const FUEL_PER_IMPORT: u32 = 3_000;
/// Steps for one file.
pub const FUEL_PER_FILE: u32 = 100_000;
/// How deep calls are followed.
const MAX_CALLS: usize = 10;
/// How deep statements and expressions may nest, over all calls that are followed.
const MAX_NESTING: u32 = 220;
/// Loops over sequences of known elements up to this length are run element by element.
const MAX_UNROLLED: usize = 12;

/// The body of a function.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    /// Of a `def`.
    Block(&'a [Stmt]),
    /// Of a `lambda`.
    Expression(&'a Expr),
}

/// A function of the project, with what it closes over.
#[derive(Clone)]
pub struct Function<'a> {
    /// Its file.
    pub unit: UnitId,
    /// Its name; `lambda` for those without.
    pub name: &'a str,
    /// Its parameters.
    pub parameters: Option<&'a Parameters>,
    /// Its body.
    pub body: Body<'a>,
    /// The scope around it.
    pub scope: ScopeId,
    /// The class it is a method of.
    pub class: Option<ClassId>,
    /// Values of defaults, by parameter.
    pub defaults: Rc<Vec<(&'a str, Value)>>,
    /// How it is called.
    pub binding: Binding,
    /// Whether reading the attribute calls it.
    pub property: bool,
    /// How the web reaches it.
    pub route: Option<Rc<Route>>,
    /// The definition, for its decorators and its place.
    pub definition: Option<&'a ast::StmtFunctionDef>,
}

/// How a method gets its first argument.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// The instance.
    Instance,
    /// The class.
    Class,
    /// Nothing.
    Static,
}

/// A class of the project.
pub struct Class<'a> {
    /// Its file.
    pub unit: UnitId,
    /// Its name.
    pub name: &'a str,
    /// What it holds.
    pub scope: ScopeId,
    /// Its bases.
    pub bases: Vec<Value>,
    /// The definition.
    pub definition: &'a ast::StmtClassDef,
}

/// One step on the way of data.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// The step before.
    pub before: Option<StepId>,
    /// Where.
    pub unit: UnitId,
    /// Where in the file.
    pub range: TextRange,
    /// What happens.
    pub note: StepNote<'a>,
}

/// What happens at a step.
#[derive(Clone, Debug)]
pub enum StepNote<'a> {
    /// Data enters.
    Source(Text),
    /// It is assigned to a name.
    Assigned(&'a str),
    /// It is passed as this parameter.
    Passed(&'a str),
    /// It is returned.
    Returned(&'a str),
}

/// A source that was met.
#[derive(Clone, Debug)]
pub struct SourceSeen {
    /// What sort.
    pub kind: SourceKind,
    /// In words.
    pub words: Text,
}

/// A dangerous use that was met.
pub struct Hit {
    /// Of what sort.
    pub weakness: Weakness,
    /// File.
    pub unit: UnitId,
    /// Place.
    pub range: TextRange,
    /// The data, when the finding is about data.
    pub flow: Option<Flow>,
    /// Name of what is called there.
    pub sink: Text,
}

/// A loop that is being run.
struct Loop<'a> {
    start: Mark,
    iteration: Mark,
    exits: Vec<Diff<'a>>,
    continued: Vec<Diff<'a>>,
}

/// A `try` that is being run.
struct Try<'a> {
    start: Mark,
    raised: Vec<Diff<'a>>,
    /// What is raised in it, as far as it is seen.
    thrown: Option<Value>,
}

/// A call that is being run.
pub struct Frame<'a> {
    /// Its file.
    pub unit: UnitId,
    /// Its variables.
    pub scope: ScopeId,
    /// The function; none for a module.
    pub function: Option<FunctionId>,
    /// The class whose body it is, or whose method.
    pub class: Option<ClassId>,
    start: Mark,
    globals: Vec<&'a str>,
    nonlocals: Vec<&'a str>,
    returns: Vec<(Value, Option<Diff<'a>>)>,
    /// What a generator has given so far.
    pub yields: Option<Value>,
    loops: Vec<Loop<'a>>,
    tries: Vec<Try<'a>>,
    branches: u32,
    /// Where it was called, for findings in other files.
    pub call_site: Option<(UnitId, TextRange)>,
    /// How the web reaches it.
    pub route: Option<Rc<Route>>,
    /// Functions that it defined.
    pub defined: Vec<FunctionId>,
}

/// Whether control goes on after a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Control {
    /// It does.
    Next,
    /// It does not.
    Stop,
}

struct LoadedUnit<'a> {
    scope: ScopeId,
    /// Statements that have not been run yet, by the names that they bind or change.
    waiting: FxHashMap<&'a str, Vec<&'a Stmt>>,
    /// Statements that have been run, by where they start.
    done: FxHashSet<TextSize>,
    /// Steps left for its statements.
    fuel: u32,
}

/// Runs code on abstract values.
pub struct Interpreter<'a> {
    /// The files.
    pub library: &'a Library<'a>,
    /// Variables, objects and facts.
    pub state: State<'a>,
    /// The functions met.
    pub functions: Vec<Function<'a>>,
    /// The classes met.
    pub classes: Vec<Class<'a>>,
    /// The steps of data.
    pub steps: Vec<Step<'a>>,
    /// The sources met.
    pub sources: Vec<SourceSeen>,
    /// The calls that are being run.
    pub frames: Vec<Frame<'a>>,
    /// The dangerous uses met.
    pub hits: Vec<Hit>,
    /// Which were met already.
    pub seen: FxHashSet<(UnitId, TextRange, Weakness)>,
    /// Functions that have been run with the arguments of a caller.
    pub called: FxHashSet<FunctionId>,
    /// What methods left in the attributes of their instances, by class.
    pub left_behind: FxHashMap<ClassId, Vec<(Text, Value)>>,
    /// Calls and texts of the judged file: whether they were seen with harmless values only.
    pub verdicts: FxHashMap<TextRange, bool>,
    /// Whether a bound was met.
    pub limited: bool,
    /// Steps left for the function.
    pub fuel: u32,
    /// With so many steps left a function must have met data.
    pub patience: u32,
    /// How many sources were met before it.
    pub known_sources: usize,
    /// Steps left for the file.
    pub file_fuel: u32,
    units: FxHashMap<UnitId, LoadedUnit<'a>>,
    nesting: u32,
}

impl<'a> Interpreter<'a> {
    /// An interpreter that has run nothing yet.
    pub fn new(library: &'a Library<'a>) -> Self {
        Self {
            library,
            state: State::default(),
            functions: Vec::new(),
            classes: Vec::new(),
            steps: Vec::new(),
            sources: Vec::new(),
            frames: Vec::new(),
            hits: Vec::new(),
            seen: FxHashSet::default(),
            called: FxHashSet::default(),
            left_behind: FxHashMap::default(),
            verdicts: FxHashMap::default(),
            limited: false,
            fuel: FUEL_PER_ROOT,
            patience: 0,
            known_sources: 0,
            file_fuel: FUEL_PER_FILE,
            units: FxHashMap::default(),
            nesting: 0,
        }
    }

    /// Notes whether what stands at a place was harmless this time.
    pub fn judge_place(&mut self, range: TextRange, harmless: bool) {
        if self.unit() == 0 && !range.is_empty() {
            self.verdicts.entry(range).and_modify(|known| *known &= harmless).or_insert(harmless);
        }
    }

    /// Spends a step; false when there is none left.
    pub fn spend(&mut self) -> bool {
        if self.fuel == self.patience && self.sources.len() == self.known_sources {
            self.fuel = 0;
        }
        if self.fuel == 0 || self.file_fuel == 0 {
            self.limited = true;
            return false;
        }
        self.fuel -= 1;
        self.file_fuel -= 1;
        true
    }

    /// Runs something one level deeper; none when that is too deep.
    pub fn nested<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.nesting >= MAX_NESTING {
            self.limited = true;
            return None;
        }
        self.nesting += 1;
        let result = run(self);
        self.nesting -= 1;
        Some(result)
    }

    /// The file of the code that is being run.
    pub fn unit(&self) -> UnitId {
        self.frames.last().map_or(0, |frame| frame.unit)
    }

    /// The scope of the code that is being run.
    pub fn scope(&self) -> ScopeId {
        self.frames.last().map_or(0, |frame| frame.scope)
    }

    /// The scope of a module, each statement of which is run when a name is needed that it binds.
    pub fn module_scope(&mut self, unit: UnitId) -> ScopeId {
        if let Some(loaded) = self.units.get(&unit) {
            return loaded.scope;
        }
        let mark = self.state.mark();
        let scope = self.state.scope(None);
        self.state.capture_scope(scope);
        let library = self.library;
        let suite = library.unit(unit).map_or(&[][..], |code| code.module.suite());
        let waiting = modules::by_name(suite);
        let fuel = if unit == 0 { FUEL_PER_MODULE } else { FUEL_PER_IMPORT };
        self.units.insert(unit, LoadedUnit { scope, waiting, done: FxHashSet::default(), fuel });
        self.state.bind(scope, "__name__", Some(Value::text(if unit == 0 { "__main__" } else { "module" })));
        self.state.bind(scope, "__file__", Some(Value::UNKNOWN));
        self.state.settle(mark);
        scope
    }

    /// Runs the code of the judged module from its first line to its last.
    pub fn run_module(&mut self) {
        let scope = self.module_scope(0);
        let library = self.library;
        let suite = library.unit(0).map_or(&[][..], |code| code.module.suite());
        if let Some(loaded) = self.units.get_mut(&0) {
            loaded.waiting = FxHashMap::default();
        }
        let fuel = std::mem::replace(&mut self.fuel, FUEL_PER_MODULE);
        self.push_frame(0, scope, None, None);
        self.block(suite);
        self.end_module_code(fuel);
    }

    /// Runs some statements of the judged module; what they need of the others is run when it is needed.
    pub fn run_statements(&mut self, statements: &[&'a Stmt]) {
        let scope = self.module_scope(0);
        let fuel = std::mem::replace(&mut self.fuel, FUEL_PER_MODULE);
        self.push_frame(0, scope, None, None);
        for stmt in statements {
            if self.units.get_mut(&0).is_some_and(|loaded| loaded.done.insert(stmt.start())) && self.spend() {
                self.nested(|this| this.statement(stmt));
            }
        }
        self.end_module_code(fuel);
    }

    fn end_module_code(&mut self, fuel: u32) {
        if let Some(frame) = self.frames.pop()
            && let Some(outer) = self.frames.last_mut()
        {
            outer.defined.extend(frame.defined);
        }
        self.fuel = fuel;
    }

    /// Runs what binds a name in a module. False when nothing was left to run.
    pub fn demand(&mut self, unit: UnitId, name: &str) -> bool {
        let Some(loaded) = self.units.get_mut(&unit) else { return false };
        let Some(statements) = loaded.waiting.remove(name) else { return false };
        let scope = loaded.scope;
        let fuel = std::mem::replace(&mut self.fuel, loaded.fuel);
        let mark = self.state.mark();
        self.push_frame(unit, scope, None, None);
        for stmt in statements {
            if self.units.get_mut(&unit).is_some_and(|loaded| loaded.done.insert(stmt.start())) && self.spend() {
                self.nested(|this| this.statement(stmt));
            }
        }
        let frame = self.frames.pop();
        // What functions are judged is settled before the first of them is run.
        if unit == 0
            && let (Some(frame), Some(first)) = (frame, self.frames.first_mut())
            && first.function.is_none()
        {
            first.defined.extend(frame.defined);
        }
        self.state.settle(mark);
        let left = std::mem::replace(&mut self.fuel, fuel);
        if let Some(loaded) = self.units.get_mut(&unit) {
            loaded.fuel = left;
        }
        true
    }

    /// The names of a module that have not been needed yet.
    pub fn waiting_names(&self, unit: UnitId) -> Vec<&'a str> {
        let mut names: Vec<&'a str> =
            self.units.get(&unit).map_or_else(Vec::new, |loaded| loaded.waiting.keys().copied().collect());
        names.sort_unstable();
        names
    }

    /// Starts a call.
    pub fn push_frame(&mut self, unit: UnitId, scope: ScopeId, function: Option<FunctionId>, class: Option<ClassId>) {
        let start = self.state.mark();
        let route = function
            .and_then(|id| self.functions.get(id as usize).and_then(|function| function.route.clone()))
            .or_else(|| self.frames.last().and_then(|frame| frame.route.clone()));
        self.frames.push(Frame {
            unit,
            scope,
            function,
            class,
            start,
            globals: Vec::new(),
            nonlocals: Vec::new(),
            returns: Vec::new(),
            yields: None,
            loops: Vec::new(),
            tries: Vec::new(),
            branches: 0,
            call_site: None,
            route,
            defined: Vec::new(),
        });
    }

    /// Whether another call may be followed.
    pub fn may_call(&self) -> bool {
        self.frames.len() < MAX_CALLS && self.fuel > 0
    }

    /// Runs the body of a function whose frame has been pushed, and ends the frame.
    ///
    /// None when no path returns.
    pub fn run_frame(&mut self, body: Body<'a>) -> (Option<Value>, Option<Frame<'a>>) {
        let control = match body {
            Body::Block(block) => self.block(block),
            Body::Expression(expr) => {
                let value = self.eval(expr);
                self.give_back(value, expr.range());
                Control::Stop
            }
        };
        if control == Control::Next {
            self.give_back(Value::NONE, TextRange::default());
        }
        let Some(mut frame) = self.frames.pop() else { return (None, None) };
        let returns = std::mem::take(&mut frame.returns);
        let mut value: Option<Value> = None;
        if returns.len() == 1 && returns.iter().all(|(_, diff)| diff.is_none()) {
            value = returns.into_iter().next().map(|(value, _)| value);
        } else if !returns.is_empty() {
            let mut diffs = Vec::new();
            for (returned, diff) in returns {
                let diff = match diff {
                    Some(diff) => diff,
                    None => self.state.diff(frame.start),
                };
                let returned = returned.under_boolean(&diff.facts);
                value = Some(value.map_or_else(|| returned.clone(), |known: Value| known.join(&returned)));
                diffs.push(diff);
            }
            self.state.roll_back(frame.start);
            self.state.merge(frame.start, diffs);
        }
        self.state.close_scope(frame.scope, frame.start);
        if let Some(given) = &frame.yields {
            let given = given.clone();
            let id =
                self.state.allocate(Object::Sequence { sort: Sequence::List, items: Vec::new(), rest: Some(given) });
            value = Some(Value::of(Kind::Object(id)));
        }
        (value, Some(frame))
    }

    /// Records that the function returns this here.
    fn give_back(&mut self, value: Value, range: TextRange) {
        let value = self.state.baked(&value);
        if !range.is_empty() {
            self.returned(&value, range);
        }
        let Some(frame) = self.frames.last() else { return };
        let diff =
            if frame.branches == 0 && frame.returns.is_empty() { None } else { Some(self.state.diff(frame.start)) };
        if let Some(frame) = self.frames.last_mut() {
            frame.returns.push((value, diff));
        }
    }

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

    fn statement(&mut self, stmt: &'a Stmt) -> Control {
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

    /// The truth of a value, when it is known.
    pub fn truth(&self, value: &Value) -> Option<bool> {
        if let Some(guard) = value.guard.as_deref() {
            match (&guard.when_true, &guard.when_false) {
                (None, Some(_)) => return Some(false),
                (Some(_), None) => return Some(true),
                _ => {}
            }
        }
        match &value.kind {
            Kind::Const(constant) => Some(constant.truth()),
            Kind::Function(_) | Kind::Class(_) | Kind::Module(_) | Kind::Method(_) => Some(true),
            Kind::Object(id) => match self.state.object(*id)?.as_ref() {
                Object::Sequence { items, rest, .. } if !items.is_empty() => rest.is_none().then_some(true),
                Object::Sequence { items, rest: None, .. } => Some(!items.is_empty()),
                Object::Dict { items, rest: None, .. } if items.is_empty() => Some(false),
                _ => None,
            },
            Kind::OneOf(values) => {
                let first = self.truth(values.first()?)?;
                values.iter().skip(1).all(|value| self.truth(value) == Some(first)).then_some(first)
            }
            _ => None,
        }
    }

    fn branch(&mut self, by: i32) {
        if let Some(frame) = self.frames.last_mut() {
            frame.branches = frame.branches.saturating_add_signed(by);
        }
    }

    fn if_statement(&mut self, stmt: &'a ast::StmtIf) -> Control {
        let mut arms: Vec<(Option<&'a Expr>, &'a [Stmt])> = vec![(Some(&stmt.test), &stmt.body)];
        arms.extend(stmt.elif_else_clauses.iter().map(|clause| (clause.test.as_ref(), clause.body.as_slice())));
        self.arms(&arms)
    }

    fn arms(&mut self, arms: &[(Option<&'a Expr>, &'a [Stmt])]) -> Control {
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

    fn leave_by_exception(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let Some(start) = frame.tries.last().map(|attempt| attempt.start) else { return };
        let diff = self.state.diff(start);
        if let Some(attempt) = self.frames.last_mut().and_then(|frame| frame.tries.last_mut())
            && attempt.raised.len() < 8
        {
            attempt.raised.push(diff);
        }
    }

    fn leave_loop(&mut self, again: bool) -> Control {
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
    fn iteration(&mut self, body: &'a [Stmt], prepare: impl FnOnce(&mut Self)) -> Control {
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
    fn learnt(&self) -> usize {
        self.hits.len() + self.verdicts.len()
    }

    /// Whether a second round of a loop can show what the first one did not: where there is no data from outside,
    /// and nothing was judged in the first round, it cannot.
    fn may_carry(&self, known: usize) -> bool {
        !self.sources.is_empty() || self.learnt() != known
    }

    fn enter_loop(&mut self) -> Mark {
        let start = self.state.mark();
        self.branch(1);
        if let Some(frame) = self.frames.last_mut() {
            frame.loops.push(Loop { start, iteration: start, exits: Vec::new(), continued: Vec::new() });
        }
        start
    }

    /// Ends a loop: `reached` says whether its normal end is reached from the state as it is.
    fn end_loop(&mut self, start: Mark, reached: Control, orelse: &'a [Stmt]) -> Control {
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

    fn for_statement(&mut self, stmt: &'a ast::StmtFor) -> Control {
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

    fn while_statement(&mut self, stmt: &'a ast::StmtWhile) -> Control {
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

    fn try_statement(&mut self, stmt: &'a ast::StmtTry) -> Control {
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

    fn with_statement(&mut self, stmt: &'a ast::StmtWith) -> Control {
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

    fn match_statement(&mut self, stmt: &'a ast::StmtMatch) -> Control {
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

    fn unpack(&mut self, targets: &'a [Expr], value: &Value) {
        let star = targets.iter().position(Expr::is_starred_expr);
        let exact = self.exact_elements(value, 64);
        let Some(elements) = exact.filter(|elements| elements.len() + usize::from(star.is_some()) >= targets.len())
        else {
            let element = self.element_of(value);
            for target in targets {
                if target.is_starred_expr() {
                    let id = self.state.allocate(Object::Sequence {
                        sort: Sequence::List,
                        items: Vec::new(),
                        rest: Some(element.clone()),
                    });
                    self.assign(target, &Value::of(Kind::Object(id)));
                } else {
                    self.assign(target, &element);
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

    fn delete(&mut self, target: &'a Expr) {
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

    /// The value with one more step on its way.
    pub fn stepped(&mut self, value: &Value, range: TextRange, note: StepNote<'a>) -> Value {
        if !value.taint.is_some() {
            return value.clone();
        }
        let unit = self.unit();
        let steps = &mut self.steps;
        let taint = value.taint.stepped(|before| {
            if steps.len() > 100_000 {
                return before;
            }
            if let Some(last) = steps.get(before as usize)
                && last.unit == unit
                && last.range == range
            {
                return before;
            }
            steps.push(Step { before: Some(before), unit, range, note: note.clone() });
            u32::try_from(steps.len() - 1).unwrap_or(u32::MAX)
        });
        Value { taint, ..value.clone() }
    }

    /// Data that enters here.
    pub fn source(&mut self, kind: SourceKind, words: &str, range: TextRange) -> Taint {
        let words = Text::from(words);
        let id = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        let unit = self.unit();
        self.sources.push(SourceSeen { kind, words: words.clone() });
        self.steps.push(Step { before: None, unit, range, note: StepNote::Source(words) });
        let step = u32::try_from(self.steps.len() - 1).unwrap_or(u32::MAX);
        Taint::of(Flow { origin: self.state.origin(id), clean: Mask::NONE, step })
    }
}

/// How a pattern fits a value.
pub struct Fit {
    /// Whether it does; none when that depends.
    pub truth: Option<bool>,
    /// What is known when it does.
    pub facts: Facts,
}

impl<'a> Interpreter<'a> {
    /// Whether a pattern fits; binds its names.
    fn fits(&mut self, pattern: &'a ast::Pattern, subject: &Value) -> Fit {
        self.nested(|this| this.fits_inner(pattern, subject)).unwrap_or(Fit { truth: None, facts: Facts::new() })
    }

    fn fits_inner(&mut self, pattern: &'a ast::Pattern, subject: &Value) -> Fit {
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
                    facts = super::values::common_facts(&facts, &Some(fit.facts));
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

impl Value {
    /// With facts bound to its truth, when it is a truth value.
    fn under_boolean(&self, facts: &Facts) -> Self {
        let truthy = self.guard.is_some() || matches!(self.as_const(), Some(Const::Bool(_) | Const::None));
        if truthy { self.under(facts) } else { self.clone() }
    }
}

/// A value that is true or false, with what follows from either.
pub fn truth_value(when_true: Facts, when_false: Facts) -> Value {
    let guard = Guard { when_true: Some(when_true), when_false: Some(when_false) };
    Value { kind: Kind::Unknown, taint: Taint::NONE, guard: Some(Rc::new(guard)) }
}
