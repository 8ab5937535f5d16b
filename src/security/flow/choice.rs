//! Which functions of a file are worth running: those in which data from outside can meet a dangerous use, and
//! those in which a rule suspects something that the data flow may acquit.
//!
//! The choice is made on the syntax tree: names that may bring data in ([`mentions`]), calls that may do harm
//! ([`suspicion`]), and who calls whom by name. Each function stands for itself and for all that it calls; it is
//! run when data and use meet in it, and not for what its callees do by themselves.
//!
//! [`mentions`]: crate::security::python::mentions
//! [`suspicion`]: super::suspicion

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use memchr::memmem;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use super::project::Library;
use super::sources::is_known_module;
use super::suspicion::{self, Harm};
use crate::security::python::mentions::{Brings, last_part};
use crate::security::python::stdlib::is_stdlib;
use crate::security::python::{BindingKind, Model, NodeRef, ScopeId, ScopeKind};

/// Which code of a file is run.
#[derive(Debug, Default)]
pub struct Choice {
    /// Where the functions start.
    pub functions: FxHashSet<TextSize>,
    /// Whether code outside of functions is a reason by itself.
    pub module: bool,
    /// Whether data of the world is in it, so that it is followed into other files as well.
    pub world: bool,
}

impl Choice {
    /// Whether nothing is run.
    pub fn is_empty(&self) -> bool {
        self.functions.is_empty() && !self.module
    }
}

/// A function that is no part of another, or (the first one) all code outside of functions.
struct Region<'a> {
    range: TextRange,
    name: &'a str,
    class: Option<ScopeId>,
    brings: Brings,
    harm: Harm,
    calls: Vec<&'a str>,
    /// What it calls, among the regions.
    callees: Vec<u32>,
    /// Whether what it holds is seen by other methods of its class.
    leaves: bool,
    suspected: bool,
}

/// With everything that is called from it.
#[derive(Clone, Copy, Default, PartialEq)]
struct Closure {
    brings: Brings,
    harm: Harm,
}

/// Chooses what is run.
pub fn choose<'a>(text: &str, path: &str, model: &Model<'a>, suspects: &[TextRange], library: &Library<'_>) -> Choice {
    if suspects.is_empty() && model.mentions.is_empty() {
        return Choice::default();
    }
    let doubted = doubted(model);
    let mut map = Map::new(model);
    for mention in &model.mentions {
        let brings = mention.brings.without(doubted);
        if let Some(region) = map.around(mention.scope) {
            region.brings = region.brings | brings;
        }
    }
    for suspect in suspects {
        map.at(suspect.start()).suspected = true;
    }
    if map.regions.iter().all(|region| region.brings.is_empty() && !region.suspected) {
        return Choice::default();
    }
    map.look_at_calls(model);
    map.look_at_globals(text, model);
    map.look_at_secrets(text);
    map.look_at_imports(path, model, library);
    map.link(model);
    map.decide(model)
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
}

impl<'a> Map<'a> {
    fn new(model: &Model<'a>) -> Self {
        let module = Region::new(TextRange::default(), "", None);
        let mut map = Self { regions: vec![module], of_scope: Vec::with_capacity(model.scopes.len()) };
        for scope in &model.scopes {
            let around = scope.parent.and_then(|parent| map.of_scope.get(parent.0 as usize)).copied().unwrap_or(0);
            let region = match scope.kind {
                ScopeKind::Function(function) if around == 0 => {
                    let class = scope.parent.filter(|parent| {
                        model.scope(*parent).is_some_and(|scope| matches!(scope.kind, ScopeKind::Class(_)))
                    });
                    map.regions.push(Region::new(function.range(), function.name.as_str(), class));
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

    fn look_at_calls(&mut self, model: &Model<'a>) {
        for node in &model.nodes {
            let harm = match node.node {
                NodeRef::Expr(Expr::Call(call)) => {
                    let harm = suspicion::of_call(call);
                    let name = match &*call.func {
                        Expr::Name(name) => name.id.as_str(),
                        Expr::Attribute(attribute) => attribute.attr.as_str(),
                        _ => "",
                    };
                    if let Some(region) = self.around(node.scope) {
                        region.calls.push(name);
                    }
                    harm
                }
                NodeRef::Stmt(Stmt::Assign(assign)) => {
                    assign.targets.iter().fold(Harm::NONE, |all, target| all | suspicion::of_target(target))
                }
                _ => continue,
            };
            if let Some(region) = self.around(node.scope) {
                region.harm = region.harm | harm;
            }
        }
        for scope in &model.writers {
            if let Some(region) = self.around(*scope) {
                region.leaves = true;
            }
        }
    }

    /// Names of the module that hold data from outside are such data wherever they are read.
    fn look_at_globals(&mut self, text: &str, model: &Model<'a>) {
        let Some(module) = self.regions.first().filter(|module| !module.brings.is_empty()) else { return };
        let mut tainted: FxHashMap<&str, Brings> = FxHashMap::default();
        let doubted = Brings::USE;
        for binding in model.bindings.iter().filter(|binding| binding.scope == Model::MODULE) {
            let value = match binding.kind {
                BindingKind::Assigned(value)
                | BindingKind::Unpacked(value)
                | BindingKind::Loop(value)
                | BindingKind::With(value)
                | BindingKind::Annotated { value: Some(value), .. } => value,
                BindingKind::Augmented(statement) => &statement.value,
                _ => continue,
            };
            let mut brings = Brings::NOTHING;
            for mention in model.mentions.iter().filter(|mention| value.range().contains(mention.at)) {
                brings = brings | mention.brings.without(doubted);
            }
            let mut names = Names(&tainted, brings);
            names.visit_expr(value);
            if !names.1.is_empty() {
                let all = names.1;
                tainted.insert(binding.name, all);
            }
        }
        let _ = module;
        for (name, brings) in tainted.iter().filter(|(name, _)| name.len() > 1) {
            let finder = memmem::Finder::new(name.as_bytes());
            for region in self.regions.iter_mut().skip(1) {
                let body = text.get(region.range.start().into()..region.range.end().into()).unwrap_or("");
                if finder.find(body.as_bytes()).is_some() {
                    region.brings = region.brings | *brings;
                }
            }
        }
    }

    /// Guessable numbers matter where something is called a secret.
    fn look_at_secrets(&mut self, text: &str) {
        static WORDS: LazyLock<Option<AhoCorasick>> =
            LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(suspicion::SECRETS).ok());
        if !self.regions.iter().any(|region| region.brings.meets(Brings::RANDOM)) {
            return;
        }
        for (index, region) in self.regions.iter_mut().enumerate() {
            let body = if index == 0 {
                text
            } else {
                text.get(region.range.start().into()..region.range.end().into()).unwrap_or("")
            };
            if WORDS.as_ref().is_none_or(|words| words.is_match(body)) {
                region.harm = region.harm | Harm::SECRET;
            }
        }
    }

    /// What a function of another file does is not known here.
    fn look_at_imports(&mut self, path: &str, model: &Model<'a>, library: &Library<'_>) {
        let world = Brings::WORLD | Brings::REQUEST;
        if !self.regions.iter().any(|region| region.brings.meets(world)) {
            return;
        }
        let ours: FxHashSet<&str> = model
            .bindings
            .iter()
            .filter(|binding| is_ours(&binding.kind, path, library))
            .map(|binding| binding.name)
            .collect();
        if ours.is_empty() {
            return;
        }
        for node in &model.nodes {
            let NodeRef::Expr(Expr::Call(call)) = node.node else { continue };
            let Some(name) = root(&call.func).filter(|name| ours.contains(name)) else { continue };
            let hint = gives_data(last_part(&call.func)) || gives_data(name);
            if let Some(region) = self.around(node.scope) {
                region.harm = region.harm | Harm::GRAVE;
                if hint {
                    region.brings = region.brings | Brings::WORLD;
                }
            }
        }
        // What a handler does with objects of the project is not told by names.
        for region in self.regions.iter_mut().filter(|region| region.brings.meets(Brings::WORLD)) {
            region.harm = region.harm | Harm::WORLD;
        }
    }

    fn link(&mut self, model: &Model<'a>) {
        let mut by_name: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (index, region) in self.regions.iter().enumerate().skip(1) {
            let index = u32::try_from(index).unwrap_or(0);
            let hidden = region.name.starts_with("__") && region.name.ends_with("__");
            by_name.entry(region.name).or_default().push(index);
            let class = region.class.filter(|_| hidden).and_then(|class| class_name(model, class));
            if let Some(class) = class {
                by_name.entry(class).or_default().push(index);
            }
        }
        for (index, region) in self.regions.iter_mut().enumerate() {
            let mut calls = std::mem::take(&mut region.calls);
            calls.sort_unstable();
            calls.dedup();
            region.callees = calls.iter().filter_map(|name| by_name.get(name)).flatten().copied().collect();
            region.callees.retain(|callee| *callee as usize != index);
            region.callees.sort_unstable();
            region.callees.dedup();
        }
    }

    fn closures(&self) -> Vec<Closure> {
        let mut all: Vec<Closure> = self
            .regions
            .iter()
            .map(|region| Closure { brings: region.brings.without(Brings::USE), harm: region.harm })
            .collect();
        // Calls are followed ten deep when code is run; so are they here.
        for _ in 0..10 {
            let mut changed = false;
            for (index, region) in self.regions.iter().enumerate() {
                let mut mine = all.get(index).copied().unwrap_or_default();
                let before = mine;
                for callee in &region.callees {
                    let callee = all.get(*callee as usize).copied().unwrap_or_default();
                    mine = Closure { brings: mine.brings | callee.brings, harm: mine.harm | callee.harm };
                }
                if mine != before {
                    changed = true;
                    all[index] = mine;
                }
            }
            if !changed {
                break;
            }
        }
        all
    }

    fn decide(&self, model: &Model<'a>) -> Choice {
        let closures = self.closures();
        let shared = self.shared(model, &closures);
        let mut choice = Choice::default();
        for (index, (region, closure)) in self.regions.iter().zip(&closures).enumerate() {
            let around = region.class.and_then(|class| shared.get(&class)).copied().unwrap_or_default();
            let chosen = region.suspected
                || region.brings.meets(Brings::USE)
                || self.meet(region, &closures)
                || closure.harm.by(around.brings)
                || region.leaves && around.harm.by(closure.brings);
            if !chosen {
                continue;
            }
            choice.world |= (closure.brings | around.brings).meets(Brings::WORLD | Brings::REQUEST);
            if index == 0 {
                choice.module = true;
            } else {
                choice.functions.insert(region.range.start());
            }
        }
        choice
    }

    /// Whether data and use meet here, and not already in one of those that are called.
    fn meet(&self, region: &Region<'_>, closures: &[Closure]) -> bool {
        let of = |callee: &u32| closures.get(*callee as usize).copied().unwrap_or_default();
        let own = region.brings.without(Brings::USE);
        if region.harm.by(own) {
            return true;
        }
        region.callees.iter().any(|callee| of(callee).harm.by(own) || region.harm.by(of(callee).brings))
            || region.callees.iter().any(|one| {
                let brings = of(one).brings;
                !brings.is_empty() && region.callees.iter().any(|other| one != other && of(other).harm.by(brings))
            })
    }

    /// What methods of a class leave for each other in its attributes, with bases in the same file.
    fn shared(&self, model: &Model<'a>, closures: &[Closure]) -> FxHashMap<ScopeId, Closure> {
        let mut shared: FxHashMap<ScopeId, Closure> = FxHashMap::default();
        for (region, closure) in self.regions.iter().zip(closures) {
            let Some(class) = region.class else { continue };
            let entry = shared.entry(class).or_default();
            entry.harm = entry.harm | closure.harm;
            if region.leaves {
                entry.brings = entry.brings | closure.brings;
            }
        }
        let by_name: FxHashMap<&str, ScopeId> =
            shared.keys().filter_map(|class| class_name(model, *class).map(|name| (name, *class))).collect();
        for _ in 0..3 {
            for class in shared.keys().copied().collect::<Vec<_>>() {
                let Some(ScopeKind::Class(definition)) = model.scope(class).map(|scope| scope.kind) else { continue };
                for base in definition.bases() {
                    let Some(base) = by_name.get(last_part(base)).copied().filter(|base| *base != class) else {
                        continue;
                    };
                    let (mine, theirs) = (shared[&class], shared[&base]);
                    let both = Closure { brings: mine.brings | theirs.brings, harm: mine.harm | theirs.harm };
                    shared.insert(class, both);
                    shared.insert(base, both);
                }
            }
        }
        shared
    }
}

impl<'a> Region<'a> {
    fn new(range: TextRange, name: &'a str, class: Option<ScopeId>) -> Self {
        Self {
            range,
            name,
            class,
            brings: Brings::NOTHING,
            harm: Harm::NONE,
            calls: Vec::new(),
            callees: Vec::new(),
            leaves: false,
            suspected: false,
        }
    }
}

/// Collects what names of a table bring in an expression.
struct Names<'t>(&'t FxHashMap<&'t str, Brings>, Brings);

impl<'e> Visitor<'e> for Names<'_> {
    fn visit_expr(&mut self, expr: &'e Expr) {
        if let Expr::Name(name) = expr
            && let Some(brings) = self.0.get(name.id.as_str())
        {
            self.1 = self.1 | *brings;
        }
        visitor::walk_expr(self, expr);
    }
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

/// Whether a name stands for a file of the project, or for something in one.
fn is_ours(kind: &BindingKind<'_>, path: &str, library: &Library<'_>) -> bool {
    let top = |module: &str| module.split('.').next().unwrap_or("").to_owned();
    match kind {
        BindingKind::Import(module) => {
            !is_known_module(&top(module))
                && !is_stdlib(&top(module))
                && (library.find(path, module, 0).is_some() || library.has_folder(path, module))
        }
        BindingKind::ImportFrom { module, level, name } => {
            if *level == 0 && (is_known_module(&top(module)) || is_stdlib(&top(module))) {
                return false;
            }
            library.find(path, module, *level).is_some() || {
                let inner = if module.is_empty() { (*name).to_owned() } else { format!("{module}.{name}") };
                library.find(path, &inner, *level).is_some()
            }
        }
        _ => false,
    }
}

/// The name that a dotted name begins with.
fn root(expr: &Expr) -> Option<&str> {
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

/// Whether a function is called as if it gave what a client sent.
fn gives_data(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["request", "param", "input", "arg", "query", "form", "header", "cookie", "body", "payload", "get_", "read", "recv"]
        .iter()
        .any(|word| name.contains(word))
}
