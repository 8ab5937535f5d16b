//! Which functions of a file are worth running: those in which data from outside can meet a dangerous use, and
//! those in which a rule suspects something that the data flow may acquit.
//!
//! The choice is made on the syntax tree: names that may bring data in ([`mentions`]), calls that may do harm
//! ([`suspicion`]), and who calls whom by name. Each function stands for itself and for all that it calls; it is
//! run when data and use meet in it, and not for what its callees do by themselves.
//!
//! [`mentions`]: crate::security::python::mentions
//! [`suspicion`]: super::suspicion

mod links;
mod looks;
mod tables;

use std::cell::{Cell, RefCell};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use super::interpret::{FUEL_PER_LOCAL, FUEL_PER_ROOT, FUEL_PER_SUSPICION};
use super::origins::Origins;
use super::project::{Library, Unit};
use super::reaching::{self, Code, Shared, Surroundings};
use super::suspicion::{self, Harm};
use crate::security::python::mentions::{Brings, last_part};
use crate::security::python::stdlib::is_stdlib;
use crate::security::python::{BindingKind, Kinds, Model, NodeRef, ScopeId, ScopeKind};

/// How many calls deep data and uses are looked for.
const MAX_CALLS: u32 = 5;
/// The same for data of this machine, which is dangerous in few places only.
const MAX_LOCAL_CALLS: u32 = 2;

static SECRETS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let kind = Some(AhoCorasickKind::DFA);
    AhoCorasick::builder().ascii_case_insensitive(true).kind(kind).build(suspicion::SECRETS).ok()
});

/// So many functions of one name are looked at for a call of it.
const MAX_NAMESAKES: usize = 100;

/// Which code of a file is run.
#[derive(Debug, Default)]
pub struct Choice {
    /// Where the functions start, with the reason for each.
    pub functions: FxHashMap<TextSize, Reason>,
    /// Whether code outside of functions is a reason by itself.
    pub module: bool,
    /// Whether data of the world is in it, so that it is followed into other files as well.
    pub world: bool,
}

/// Why a function is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Data of the world may meet a use in it.
    World,
    /// Data of this machine may.
    Local,
    /// A rule suspects something in it.
    Suspicion,
}

impl Reason {
    /// How many steps that is worth.
    pub const fn fuel(self) -> u32 {
        match self {
            Self::World => FUEL_PER_ROOT,
            Self::Local => FUEL_PER_LOCAL,
            Self::Suspicion => FUEL_PER_SUSPICION,
        }
    }
}

impl Choice {
    fn add(&mut self, index: usize, start: TextSize, reason: Reason) {
        if index == 0 {
            self.module = true;
        } else {
            self.functions.insert(start, reason);
        }
    }

    /// Nobody outside calls what is a test.
    fn limit(&mut self) {
        self.world = false;
        for reason in self.functions.values_mut().filter(|reason| **reason == Reason::World) {
            *reason = Reason::Local;
        }
    }

    /// Whether nothing is run.
    pub fn is_empty(&self) -> bool {
        self.functions.is_empty() && !self.module
    }
}

/// The statements of a module without which the functions of a choice are not known for what they are: those that
/// define them, and those that hand them on, as lists of routes do.
pub fn statements<'a>(suite: &'a [Stmt], choice: &Choice) -> Vec<&'a Stmt> {
    let mut starts: Vec<TextSize> = choice.functions.keys().copied().collect();
    starts.sort_unstable();
    let defines = |stmt: &Stmt| {
        let next = starts.partition_point(|start| *start < stmt.start());
        starts.get(next).is_some_and(|start| *start < stmt.end())
    };
    let mut named: FxHashSet<&str> = FxHashSet::default();
    let mut chosen: Vec<bool> = Vec::with_capacity(suite.len());
    for stmt in suite {
        let defines = defines(stmt);
        chosen.push(defines);
        match stmt {
            Stmt::FunctionDef(function) if defines => drop(named.insert(function.name.as_str())),
            Stmt::ClassDef(class) if defines => drop(named.insert(class.name.as_str())),
            _ => {}
        }
    }
    let hands_on = |stmt: &Stmt| {
        let plain = matches!(
            stmt,
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) | Stmt::Import(_) | Stmt::ImportFrom(_) | Stmt::Pass(_)
        );
        !plain && {
            let mut names = Mentioned(&named, false);
            names.visit_stmt(stmt);
            names.1
        }
    };
    suite.iter().zip(chosen).filter(|(stmt, defines)| *defines || hands_on(stmt)).map(|(stmt, _)| stmt).collect()
}

/// Whether one of these names is mentioned.
struct Mentioned<'n>(&'n FxHashSet<&'n str>, bool);

impl<'e> Visitor<'e> for Mentioned<'_> {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Name(name) => self.1 |= self.0.contains(name.id.as_str()),
            Expr::StringLiteral(_) | Expr::NumberLiteral(_) => {}
            _ if self.1 => {}
            _ => visitor::walk_expr(self, expr),
        }
    }
}

/// A function that is no part of another, or (the first one) all code outside of functions.
struct Region<'a> {
    range: TextRange,
    name: &'a str,
    /// None for the first.
    function: Option<&'a ast::StmtFunctionDef>,
    class: Option<ScopeId>,
    brings: Brings,
    harm: Harm,
    calls: Vec<Called<'a>>,
    /// Attributes that it sets on what it is a method of.
    sets: Vec<&'a str>,
    /// What it calls, among the regions.
    callees: Vec<u32>,
    /// Whether reading an attribute of its name calls it.
    leaves: bool,
    suspected: bool,
    /// The functions of the tables that it mentions.
    table: Vec<u32>,
    /// Whether it mentions such a table.
    looks_up: bool,
}

/// What is called, by its last name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Called<'a> {
    /// `f()`.
    Name(&'a str),
    /// `self.f()`, `super().f()`.
    Own(&'a str),
    /// `x.f()`.
    Method(&'a str),
    /// `getattr(self, "f" + …)`: any method of the class that begins so.
    Begins(&'a str),
}

/// With everything that is called from it.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Closure {
    pub(super) brings: Brings,
    pub(super) harm: Harm,
}

/// Chooses what is run.
pub fn choose<'a>(
    unit: &'a Unit,
    model: &Model<'a>,
    suspects: &[TextRange],
    library: &Library<'_>,
    is_test: bool,
) -> Choice {
    let (text, path) = (unit.source.text.as_str(), unit.source.path.as_str());
    if suspects.is_empty() && model.mentions.is_empty() && model.handed.is_empty() {
        return Choice::default();
    }
    // What the machine itself brings into a test is worth a note at most: nobody runs it for that.
    let local = if is_test { Brings::LOCAL | Brings::RANDOM } else { Brings::NOTHING };
    let doubted = doubted(model) | local;
    let mut map = Map::new(model);
    for mention in &model.mentions {
        let brings = mention.brings.without(doubted);
        if let Some(region) = map.around(mention.scope) {
            region.brings = region.brings | brings;
        }
        map.enters(mention.at, brings.without(Brings::USE));
    }
    for (scope, function, _) in model.handed_functions() {
        if let Some(region) = map.around(scope) {
            region.brings = region.brings | Brings::WORLD | Brings::USE;
        }
        map.enters(function.start(), Brings::WORLD);
    }
    for suspect in suspects {
        map.at(suspect.start()).suspected = true;
    }
    if map.regions.iter().all(|region| region.brings.is_empty()) {
        return map.suspicions();
    }
    if !map.may_meet(text, model) {
        return map.suspicions();
    }
    let origins = Origins::new(model);
    map.look_at_calls(model, &origins);
    map.look_at_globals(text, model);
    map.look_at_secrets(text);
    map.look_at_imports(path, model, library);
    map.look_at_tables(text, model);
    map.link(model);
    let mut choice = map.decide(unit, model, &origins);
    if is_test {
        choice.limit();
    }
    choice
}

/// What `request` and `req` do not bring: in a file that knows the standard library only they are what clients
/// of a server make, and `request.GET` and the like are mentioned as what they are.
fn doubted(model: &Model<'_>) -> Brings {
    let of_the_web = |name: &str| {
        let top = name.split('.').next().unwrap_or(name);
        !is_stdlib(top) || matches!(top, "cgi" | "wsgiref") || name.starts_with("http.server")
    };
    let trusted = model.imports.is_empty() || model.imports.iter().any(|(name, _)| of_the_web(name));
    if trusted { Brings::NOTHING } else { Brings::REQUEST }
}

struct Map<'a> {
    regions: Vec<Region<'a>>,
    /// The region of each scope.
    of_scope: Vec<u32>,
    /// Where data enters.
    entries: FxHashMap<TextSize, Brings>,
    /// Names of the module that hold data.
    globals: FxHashMap<&'a str, Brings>,
    /// Names that stand for something in other files of the project.
    ours: FxHashSet<&'a str>,
}

impl<'a> Map<'a> {
    fn new(model: &Model<'a>) -> Self {
        let mut map = Self {
            regions: vec![Region::new(None, None)],
            of_scope: Vec::with_capacity(model.scopes.len()),
            entries: FxHashMap::default(),
            globals: FxHashMap::default(),
            ours: FxHashSet::default(),
        };
        for scope in &model.scopes {
            let around = scope.parent.and_then(|parent| map.of_scope.get(parent.0 as usize)).copied().unwrap_or(0);
            let region = match scope.kind {
                ScopeKind::Function(function) if around == 0 => {
                    let class = scope.parent.filter(|parent| {
                        model.scope(*parent).is_some_and(|scope| matches!(scope.kind, ScopeKind::Class(_)))
                    });
                    map.regions.push(Region::new(Some(function), class));
                    if let Some(region) = map.regions.last_mut() {
                        region.leaves = is_property(function);
                    }
                    u32::try_from(map.regions.len() - 1).unwrap_or(0)
                }
                _ => around,
            };
            map.of_scope.push(region);
        }
        map
    }

    /// Whether anything in the file would do harm with what anything in it brings.
    fn may_meet(&self, text: &str, model: &Model<'a>) -> bool {
        let brings = self.regions.iter().fold(Brings::NOTHING, |all, region| all | region.brings);
        if brings.meets(Brings::WORLD | Brings::REQUEST | Brings::USE) {
            return true;
        }
        if brings.meets(Brings::RANDOM) && SECRETS.as_ref().is_none_or(|words| words.is_match(text)) {
            return true;
        }
        model.nodes_of(Kinds::CALL | Kinds::ASSIGN).any(|(_, node)| match node.node {
            NodeRef::Expr(Expr::Call(call)) => suspicion::may_do(&call.func).by(brings),
            NodeRef::Stmt(Stmt::Assign(assign)) => match &*assign.value {
                Expr::Attribute(_) | Expr::Name(_) => suspicion::may_do(&assign.value).by(brings),
                _ => false,
            },
            _ => false,
        })
    }

    /// What is run where no data enters.
    fn suspicions(&self) -> Choice {
        let mut choice = Choice::default();
        for (index, region) in self.regions.iter().enumerate().filter(|(_, region)| region.suspected) {
            choice.add(index, region.range.start(), Reason::Suspicion);
        }
        choice
    }

    fn enters(&mut self, at: TextSize, brings: Brings) {
        if !brings.is_empty() {
            let known = self.entries.entry(at).or_default();
            *known = *known | brings;
        }
    }

    fn around(&mut self, scope: ScopeId) -> Option<&mut Region<'a>> {
        let region = *self.of_scope.get(scope.0 as usize)?;
        self.regions.get_mut(region as usize)
    }

    /// The region of a place.
    fn at(&mut self, place: TextSize) -> &mut Region<'a> {
        let after = self.regions.partition_point(|region| region.range.start() <= place);
        let index = after.saturating_sub(1);
        let inside = self.regions.get(index).is_some_and(|region| region.range.contains(place));
        &mut self.regions[if inside { index } else { 0 }]
    }

    fn decide(&self, unit: &'a Unit, model: &Model<'a>, origins: &Origins<'a>) -> Choice {
        let closures = self.closures();
        let shared = self.shared(&unit.source.text, model, &closures);
        let properties = self.regions.iter().filter(|region| region.leaves).map(|region| region.name).collect();
        let mut setters: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for region in self.regions.iter().filter(|region| !region.sets.is_empty()) {
            setters.entry(region.name).or_default().extend(&region.sets);
        }
        let surroundings = Surroundings {
            entries: &self.entries,
            functions: self.functions(model, &closures, &shared),
            known: RefCell::default(),
            depth: Cell::new(0),
            properties: &properties,
            setters: &setters,
            writers: self.writers(model),
            origins,
            globals: &self.globals,
            ours: &self.ours,
            foreign: self.foreign(model),
            objects: !self.ours.is_empty(),
        };
        let mut choice = Choice::default();
        let mut suspected: Vec<usize> = Vec::new();
        let mut run: Vec<u32> = Vec::new();
        let mut harmless: Vec<u32> = Vec::new();
        for (index, (region, closure)) in self.regions.iter().zip(&closures).enumerate() {
            let Some(around) = shared.get(index) else { continue };
            let may_meet =
                self.meet(region, &closures) || closure.harm.by(around.brings) || around.harm.by(closure.brings);
            let guessable = region.harm.by(Brings::RANDOM) && (closure.brings | around.brings).meets(Brings::RANDOM);
            let code = region.function.map_or(Code::Module(unit.module.suite()), Code::Function);
            let data = region.brings.meets(Brings::USE)
                || may_meet && (guessable || reaching::reaches(code, &surroundings, around));
            if may_meet && !data {
                harmless.extend(u32::try_from(index).ok());
            }
            let world = (closure.brings | around.brings).meets(Brings::WORLD | Brings::REQUEST);
            let reason = match (data, region.suspected) {
                (true, _) if world || region.brings.meets(Brings::USE) => Reason::World,
                (true, _) => Reason::Local,
                (false, true) => {
                    suspected.push(index);
                    continue;
                }
                (false, false) => continue,
            };
            choice.world |= world;
            // What registers the functions of a table is code of the module.
            choice.module |= region.looks_up;
            choice.add(index, region.range.start(), reason);
            run.extend(u32::try_from(index).ok());
        }
        // What is seen with the data of its callers is not judged once more without.
        let mut called = self.called_from(run);
        // A function that hands on what is harmless may acquit what it calls.
        let leading = self.leading_to(suspected.iter().copied().filter(|index| !called.contains(index)).collect());
        harmless.retain(|caller| leading.contains(&(*caller as usize)));
        for caller in &harmless {
            if let Some(region) = self.regions.get(*caller as usize) {
                choice.add(*caller as usize, region.range.start(), Reason::Local);
            }
        }
        called.extend(self.called_from(harmless));
        for index in suspected {
            if let Some(region) = self.regions.get(index).filter(|_| !called.contains(&index)) {
                choice.add(index, region.range.start(), Reason::Suspicion);
            }
        }
        choice
    }

    /// The functions by name; classes stand for their methods.
    fn functions<'m>(
        &self,
        model: &Model<'a>,
        closures: &[Closure],
        shared: &'m [Shared<'a>],
    ) -> FxHashMap<&'a str, Vec<reaching::Function<'m, 'a>>> {
        let mut functions: FxHashMap<&'a str, Vec<reaching::Function<'m, 'a>>> = FxHashMap::default();
        for ((region, closure), shared) in self.regions.iter().zip(closures).zip(shared) {
            let Some(definition) = region.function else { continue };
            let class = region.class.and_then(|class| class_name(model, class));
            for name in std::iter::once(region.name).chain(class) {
                let function = reaching::Function { definition, shared, closure: *closure };
                functions.entry(name).or_default().push(function);
            }
        }
        functions
    }

    /// The names of the module that functions set, by the names of the functions.
    fn writers(&self, model: &Model<'a>) -> FxHashMap<&'a str, Vec<&'a str>> {
        let mut writers: FxHashMap<&'a str, Vec<&'a str>> = FxHashMap::default();
        for (scope, name) in model.outer_names() {
            let region = self.of_scope.get(scope.0 as usize).and_then(|region| self.regions.get(*region as usize));
            if let Some(region) = region.filter(|region| region.function.is_some()) {
                writers.entry(region.name).or_default().push(name);
            }
        }
        writers
    }

    /// The names that are imported from elsewhere than the project.
    fn foreign(&self, model: &Model<'a>) -> FxHashSet<&'a str> {
        let imported = |kind: &BindingKind<'_>| matches!(kind, BindingKind::Import(_) | BindingKind::ImportFrom { .. });
        model
            .bindings
            .iter()
            .filter(|binding| imported(&binding.kind) && !self.ours.contains(binding.name))
            .map(|binding| binding.name)
            .collect()
    }
}

impl<'a> Region<'a> {
    fn new(function: Option<&'a ast::StmtFunctionDef>, class: Option<ScopeId>) -> Self {
        Self {
            range: function.map_or(TextRange::default(), Ranged::range),
            name: function.map_or("", |function| function.name.as_str()),
            function,
            class,
            brings: Brings::NOTHING,
            harm: Harm::NONE,
            calls: Vec::new(),
            sets: Vec::new(),
            callees: Vec::new(),
            leaves: false,
            suspected: false,
            table: Vec::new(),
            looks_up: false,
        }
    }
}

/// Methods that containers, files, texts and the like have as well.
pub(super) fn is_common(name: &str) -> bool {
    matches!(
        name,
        "get"
            | "set"
            | "read"
            | "readline"
            | "readlines"
            | "write"
            | "close"
            | "open"
            | "append"
            | "extend"
            | "add"
            | "pop"
            | "update"
            | "items"
            | "keys"
            | "values"
            | "copy"
            | "send"
            | "sendall"
            | "recv"
            | "join"
            | "start"
            | "format"
            | "split"
            | "strip"
            | "encode"
            | "decode"
            | "find"
            | "index"
            | "count"
            | "sort"
            | "clear"
            | "flush"
            | "seek"
            | "tell"
            | "group"
            | "match"
            | "search"
            | "next"
            | "acquire"
            | "release"
            | "put"
            | "wait"
            | "poll"
            | "insert"
            | "remove"
            | "replace"
            | "setdefault"
            | "run"
            | "connect"
            | "stop"
            | "result"
            | "cancel"
            | "exists"
            | "lower"
            | "upper"
            | "startswith"
            | "endswith"
    )
}

fn class_name<'a>(model: &Model<'a>, class: ScopeId) -> Option<&'a str> {
    match model.scope(class)?.kind {
        ScopeKind::Class(class) => Some(class.name.as_str()),
        _ => None,
    }
}

fn is_property(function: &ast::StmtFunctionDef) -> bool {
    function.decorator_list.iter().any(|decorator| last_part(&decorator.expression).ends_with("property"))
}

/// The name that a dotted name begins with.
pub(super) fn root(expr: &Expr) -> Option<&str> {
    let mut expr = expr;
    loop {
        expr = match expr {
            Expr::Name(name) => return Some(name.id.as_str()),
            Expr::Attribute(attribute) => &attribute.value,
            Expr::Call(call) => &call.func,
            Expr::Subscript(subscript) => &subscript.value,
            _ => return None,
        };
    }
}
