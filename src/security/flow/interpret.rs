//! The interpreter: runs code on abstract values, one branch after the other.
//!
//! Work is bounded three ways: by steps a root function, by nesting of calls, and by nesting of syntax.
//! Where a bound is met the value is unknown, and the file counts as not judged in full.

mod module;
mod patterns;
mod statements;

use std::rc::Rc;

use ruff_python_ast::{self as ast, Expr, Parameters, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use super::project::Library;
use super::routes::Route;
use super::sources::SourceKind;
use super::state::{Diff, Mark, Object, Sequence, State};
use super::values::{
    ClassId, Const, Facts, Flow, FunctionId, Guard, Kind, ObjectId, OriginId, ScopeId, StepId, Taint, Text, UnitId,
    Value,
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
    /// The same of texts that are put together: this says nothing about what stands in them.
    pub texts: FxHashMap<TextRange, bool>,
    /// Whether a bound was met.
    pub limited: bool,
    /// Steps left for the function.
    pub fuel: u32,
    /// With so many steps left a function must have met data.
    pub patience: u32,
    /// How many sources were met before it.
    pub known_sources: usize,
    /// Functions of the judged file that are handed to frameworks, by where they start.
    pub handed: FxHashMap<TextSize, Route>,
    /// Steps left for the file.
    pub file_fuel: u32,
    /// What has been read of the request: the same data each time.
    pub read: FxHashMap<Text, OriginId>,
    /// What the handler that runs has said of its answer.
    pub answer: Option<ObjectId>,
    /// While a function is run for what a rule suspects in it: values of which nothing is known, as data.
    pub unknown: Option<Flow>,
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
            texts: FxHashMap::default(),
            limited: false,
            fuel: FUEL_PER_ROOT,
            patience: 0,
            known_sources: 0,
            handed: FxHashMap::default(),
            file_fuel: FUEL_PER_FILE,
            read: FxHashMap::default(),
            answer: None,
            unknown: None,
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

    /// The same of a text that is put together.
    pub fn judge_text(&mut self, range: TextRange, text: &Value) {
        if self.unit() != 0 || range.is_empty() {
            return;
        }
        let constant = text.is_constant() && !text.taint.is_some();
        self.judge_place(range, constant);
        let flows = text.taint.flows();
        let clean = !flows.is_empty() && flows.iter().all(|flow| Mask::ALL.within(self.state.clean(flow)));
        let harmless = constant || clean;
        self.texts.entry(range).and_modify(|known| *known &= harmless).or_insert(harmless);
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
        let id = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.sources.push(SourceSeen { kind, words: Text::from(words) });
        let origin = self.state.origin(id);
        self.entering(origin, words, range)
    }

    /// Data of the request by its name: reading it again gives the same data, with what was found out about it.
    pub fn source_named(&mut self, name: &Text, kind: SourceKind, words: &str, range: TextRange) -> Taint {
        if let Some(origin) = self.read.get(name).copied() {
            return self.entering(origin, words, range);
        }
        let taint = self.source(kind, words, range);
        if let Some(flow) = taint.flows().first() {
            self.read.insert(name.clone(), flow.origin);
        }
        taint
    }

    /// Data of an origin, as it enters.
    pub fn entering(&mut self, origin: OriginId, words: &str, range: TextRange) -> Taint {
        let unit = self.unit();
        self.steps.push(Step { before: None, unit, range, note: StepNote::Source(Text::from(words)) });
        let step = u32::try_from(self.steps.len() - 1).unwrap_or(u32::MAX);
        Taint::of(Flow { origin, clean: Mask::NONE, step })
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
