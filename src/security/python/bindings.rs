//! Scopes, bindings and the resolution of names.
//!
//! A qualified name is written as one imports it: `subprocess.run`, `builtins.eval`. What a call returns is
//! written with `()`: after `c = paramiko.SSHClient()` the expression `c.exec_command` resolves to
//! `paramiko.SSHClient().exec_command`. A relative import keeps its dots when the package is not known.

use std::cell::{Cell, OnceCell};

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use super::constant::Constant;
use super::mentions::Mention;
use super::parse::{ParsedModule, TooDeep};
use super::walk;

/// Index of a scope in [`Model::scopes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScopeId(pub u32);

/// Index of a binding in [`Model::bindings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BindingId(pub u32);

/// Index of a node in [`Model::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The parent of what stands at the top of the module.
    pub const NONE: Self = Self(u32::MAX);
}

/// What makes a scope.
#[derive(Debug, Clone, Copy)]
pub enum ScopeKind<'a> {
    /// The module.
    Module,
    /// A class body.
    Class(&'a ast::StmtClassDef),
    /// A function body.
    Function(&'a ast::StmtFunctionDef),
    /// A lambda.
    Lambda(&'a ast::ExprLambda),
    /// A comprehension or a generator expression.
    Comprehension,
}

/// A region with its own names.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// What makes it.
    pub kind: ScopeKind<'a>,
    /// The scope around it; none for the module.
    pub parent: Option<ScopeId>,
}

/// How a name came to mean something.
#[derive(Debug, Clone, Copy)]
pub enum BindingKind<'a> {
    /// `import a.b` (which binds `a`) or `import a.b as c`: the module it stands for.
    Import(&'a str),
    /// `from module import name`.
    ImportFrom {
        /// The module, empty in `from . import x`.
        module: &'a str,
        /// How many dots stand in front.
        level: u32,
        /// What is taken from it.
        name: &'a str,
    },
    /// `x = value`, also with `:=`.
    Assigned(&'a Expr),
    /// `x: annotation = value`.
    Annotated {
        /// The type.
        annotation: &'a Expr,
        /// The value, if there is one.
        value: Option<&'a Expr>,
    },
    /// `x += value`.
    Augmented(&'a ast::StmtAugAssign),
    /// One of several targets that share a value: `x, y = value`.
    Unpacked(&'a Expr),
    /// `for x in iter`.
    Loop(&'a Expr),
    /// `with context as x`.
    With(&'a Expr),
    /// `except type as x`.
    Exception(Option<&'a Expr>),
    /// `def x`.
    Function(&'a ast::StmtFunctionDef),
    /// `class x`.
    Class(&'a ast::StmtClassDef),
    /// A parameter of a function or lambda.
    Parameter {
        /// Its type.
        annotation: Option<&'a Expr>,
        /// Its default.
        default: Option<&'a Expr>,
    },
    /// Captured by a pattern of `match`, or a type parameter.
    Captured,
    /// `del x`.
    Deleted,
}

/// One binding of one name.
#[derive(Debug, Clone, Copy)]
pub struct Binding<'a> {
    /// The name.
    pub name: &'a str,
    /// How it was bound.
    pub kind: BindingKind<'a>,
    /// The scope whose name it is.
    pub scope: ScopeId,
    /// Where.
    pub at: TextSize,
    /// The binding of the same name in the same scope before this one.
    pub earlier: Option<BindingId>,
}

/// A syntax node that rules may look at.
#[derive(Debug, Clone, Copy)]
pub enum NodeRef<'a> {
    /// A statement.
    Stmt(&'a Stmt),
    /// An expression: calls, comparisons, dictionaries, strings, f-strings, `+` and `%` over them.
    Expr(&'a Expr),
    /// An `except` clause.
    Handler(&'a ast::ExceptHandlerExceptHandler),
    /// A parameter with a default.
    Default(&'a ast::ParameterWithDefault),
    /// The module as a whole; never in [`Model::nodes`].
    Module,
}

/// A node with its surroundings.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    /// The node.
    pub node: NodeRef<'a>,
    /// The scope it stands in.
    pub scope: ScopeId,
    /// The nearest recorded node around it.
    pub parent: NodeId,
}

/// Where calls stand in [`Model::nodes`], by hashes of names: two names may share one, so that who looks them up
/// compares the names once more.
#[derive(Default)]
struct Calls {
    named: FxHashMap<u64, Vec<u32>>,
    on: FxHashMap<u64, Vec<u32>>,
}

fn key(name: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    std::hash::Hash::hash(name, &mut hasher);
    std::hash::Hasher::finish(&hasher)
}

/// What is known of one module after one walk.
pub struct Model<'a> {
    /// Scopes, the module first.
    pub scopes: Vec<Scope<'a>>,
    /// Bindings in the order of the text.
    pub bindings: Vec<Binding<'a>>,
    /// Nodes in the order of the text.
    pub nodes: Vec<Node<'a>>,
    /// The newest binding of each name in each scope.
    pub(super) newest: FxHashMap<(ScopeId, &'a str), BindingId>,
    /// `self.x = …` and `cls.x = …` by class scope.
    pub(super) attributes: FxHashMap<(ScopeId, &'a str), BindingId>,
    /// Names that some scope binds to an import or a value, rather than to a function or a parameter.
    pub(super) may_alias: FxHashSet<&'a str>,
    /// Names declared `global` or `nonlocal`.
    pub(super) outer: FxHashMap<(ScopeId, &'a str), Outer>,
    /// The scope that a function, class or lambda makes, by where it starts.
    pub(super) scope_at: FxHashMap<TextSize, ScopeId>,
    /// Modules of `from m import *`, with their dots.
    pub star_imports: Vec<String>,
    /// Every imported module or name with the place of the statement, in order.
    pub imports: Vec<(String, &'a Stmt)>,
    /// The first parts of the imported modules.
    pub(super) tops: FxHashSet<&'a str>,
    /// Where names stand that may bring data in.
    pub mentions: Vec<Mention>,
    /// Which of the names of [`super::mentions::asked`] stand anywhere in it.
    pub asked: u32,
    /// Attributes that functions set on what they are methods of, with the scope of the function.
    pub writers: Vec<(ScopeId, &'a str)>,
    /// Calls by what is called and by what it is called on, once somebody asked.
    calls: OnceCell<Calls>,
    /// The package the module lies in, for relative imports; empty when not known.
    package: Vec<String>,
}

/// Where a `global` or `nonlocal` name lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outer {
    Global,
    Nonlocal,
}

/// How many names a resolution goes through, one after the other.
const MAX_HOPS: u8 = 12;

/// How many expressions one question may look at: assignments can branch and meet again, so that hops alone
/// would allow for exponentially many.
const MAX_STEPS: u32 = 2_000;

/// How far a question may still go.
#[derive(Clone, Copy)]
pub(super) struct Way<'w> {
    hops: u8,
    steps: &'w Cell<u32>,
}

impl<'w> Way<'w> {
    /// A question that was just asked, with its own count of steps.
    pub(super) fn new(steps: &'w Cell<u32>) -> Self {
        steps.set(MAX_STEPS);
        Self { hops: MAX_HOPS, steps }
    }

    /// One expression further; none when there were too many.
    pub(super) fn step(self) -> Option<Self> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        Some(self)
    }

    /// Through one more name.
    pub(super) fn hop(self) -> Option<Self> {
        Some(Self { hops: self.hops.checked_sub(1)?, ..self })
    }
}

/// Longer names than this are not worth following.
const MAX_NAME: usize = 400;

impl<'a> Model<'a> {
    /// Walks a module once. Fails for trees that are too deep to walk.
    pub fn new(module: &'a ParsedModule) -> Result<Self, TooDeep> {
        walk::walk(module.suite())
    }

    /// Names the package that the module lies in, such as `["app", "views"]`, so that relative imports resolve.
    #[must_use]
    pub fn in_package(mut self, package: Vec<String>) -> Self {
        self.package = package;
        self
    }

    pub(super) fn empty() -> Self {
        Self {
            scopes: Vec::new(),
            bindings: Vec::new(),
            nodes: Vec::new(),
            newest: FxHashMap::default(),
            attributes: FxHashMap::default(),
            may_alias: FxHashSet::default(),
            outer: FxHashMap::default(),
            scope_at: FxHashMap::default(),
            star_imports: Vec::new(),
            imports: Vec::new(),
            tops: FxHashSet::default(),
            mentions: Vec::new(),
            asked: 0,
            writers: Vec::new(),
            calls: OnceCell::new(),
            package: Vec::new(),
        }
    }

    fn calls(&self) -> &Calls {
        self.calls.get_or_init(|| {
            let mut calls = Calls::default();
            for (index, node) in self.nodes.iter().enumerate() {
                let NodeRef::Expr(Expr::Call(call)) = node.node else { continue };
                let index = u32::try_from(index).unwrap_or(u32::MAX);
                match &*call.func {
                    Expr::Name(name) => calls.named.entry(key(name.id.as_str())).or_default().push(index),
                    Expr::Attribute(attribute) => {
                        calls.named.entry(key(attribute.attr.as_str())).or_default().push(index);
                        if let Expr::Name(receiver) = &*attribute.value {
                            calls.on.entry(key(receiver.id.as_str())).or_default().push(index);
                        }
                    }
                    _ => {}
                }
            }
            calls
        })
    }

    /// The calls of `name(…)` and `x.name(…)`, and perhaps of other names.
    pub fn calls_named(&self, name: &str) -> impl Iterator<Item = &Node<'a>> {
        self.calls().named.get(&key(name)).into_iter().flatten().filter_map(|index| self.nodes.get(*index as usize))
    }

    /// The calls of `receiver.x(…)`, and perhaps on other receivers.
    pub fn calls_on(&self, receiver: &str) -> impl Iterator<Item = &Node<'a>> {
        self.calls().on.get(&key(receiver)).into_iter().flatten().filter_map(|index| self.nodes.get(*index as usize))
    }

    /// The scope of the module.
    pub const MODULE: ScopeId = ScopeId(0);

    /// A scope by its index.
    pub fn scope(&self, id: ScopeId) -> Option<&Scope<'a>> {
        self.scopes.get(id.0 as usize)
    }

    /// The scope that a function, class or lambda makes.
    pub fn scope_of(&self, node: &impl Ranged) -> Option<ScopeId> {
        self.scope_at.get(&node.start()).copied()
    }

    /// A binding by its index.
    pub fn binding(&self, id: BindingId) -> Option<&Binding<'a>> {
        self.bindings.get(id.0 as usize)
    }

    /// A node by its index.
    pub fn node(&self, id: NodeId) -> Option<&Node<'a>> {
        self.nodes.get(id.0 as usize)
    }

    /// The nodes around a node, the nearest first.
    pub fn ancestors(&self, node: &Node<'a>) -> impl Iterator<Item = &Node<'a>> {
        let mut next = node.parent;
        std::iter::from_fn(move || {
            let node = self.node(next)?;
            next = node.parent;
            Some(node)
        })
    }

    /// The innermost function around a scope.
    pub fn function_around(&self, scope: ScopeId) -> Option<&'a ast::StmtFunctionDef> {
        let mut next = Some(scope);
        while let Some(id) = next {
            let scope = self.scope(id)?;
            if let ScopeKind::Function(function) = scope.kind {
                return Some(function);
            }
            next = scope.parent;
        }
        None
    }

    /// The innermost class around a scope, with its scope.
    pub fn class_around(&self, scope: ScopeId) -> Option<(ScopeId, &'a ast::StmtClassDef)> {
        let mut next = Some(scope);
        while let Some(id) = next {
            let scope = self.scope(id)?;
            if let ScopeKind::Class(class) = scope.kind {
                return Some((id, class));
            }
            next = scope.parent;
        }
        None
    }

    /// The binding that a name in `scope` at `at` most likely refers to: in its own scope the last one before
    /// it, in a scope around it the last one. Fallback values such as `x = None` yield to others.
    pub fn lookup(&self, name: &str, scope: ScopeId, at: TextSize) -> Option<&Binding<'a>> {
        let mut next = Some(scope);
        let mut own = true;
        while let Some(id) = next {
            let this = self.scope(id)?;
            // Names of a class body are not seen from the functions in it.
            let visible = own || !matches!(this.kind, ScopeKind::Class(_));
            if visible {
                match self.outer.get(&(id, name)) {
                    Some(Outer::Global) => return self.pick(name, Self::MODULE, None),
                    Some(Outer::Nonlocal) => {}
                    None => {
                        if let Some(binding) = self.pick(name, id, own.then_some(at)) {
                            return Some(binding);
                        }
                    }
                }
            }
            own = own && matches!(this.kind, ScopeKind::Comprehension);
            next = this.parent;
        }
        None
    }

    fn pick(&self, name: &str, scope: ScopeId, before: Option<TextSize>) -> Option<&Binding<'a>> {
        let newest = *self.newest.get(&(scope, name))?;
        let (mut best, mut fallback) = (None, None);
        let mut next = Some(newest);
        while let Some(id) = next {
            let binding = self.binding(id)?;
            next = binding.earlier;
            if before.is_some_and(|before| binding.at > before) {
                fallback = fallback.or(Some(binding));
                continue;
            }
            let empty = matches!(binding.kind, BindingKind::Deleted)
                || matches!(binding.kind, BindingKind::Assigned(Expr::NoneLiteral(_) | Expr::BooleanLiteral(_)));
            if !empty {
                return Some(binding);
            }
            best = best.or(Some(binding));
        }
        best.or(fallback)
    }

    /// Names that functions declare as those of scopes around them, with the scope that declares them.
    pub fn outer_names(&self) -> impl Iterator<Item = (ScopeId, &'a str)> {
        self.outer.keys().copied()
    }

    /// Whether a module or something from it is imported.
    pub fn does_import(&self, module: &str) -> bool {
        let top = module.split('.').next().unwrap_or(module);
        self.tops.contains(top)
            && (top.len() == module.len()
                || self.imports.iter().any(|(name, _)| {
                    name.strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                }))
    }

    /// Whether anything in the file binds a name to something that may come from elsewhere.
    pub fn is_bound(&self, name: &str) -> bool {
        self.may_alias.contains(name)
    }

    /// All bindings of a name in one scope, the last first.
    pub fn bindings_of(&self, name: &str, scope: ScopeId) -> impl Iterator<Item = &Binding<'a>> {
        let mut next = self.newest.get(&(scope, name)).copied();
        std::iter::from_fn(move || {
            let binding = self.binding(next?)?;
            next = binding.earlier;
            Some(binding)
        })
    }

    /// The binding of `self.name` in the class with this scope: `self.name = …` in a method, or in the class body.
    pub fn attribute(&self, class: ScopeId, name: &str) -> Option<&Binding<'a>> {
        let id = self.attributes.get(&(class, name)).or_else(|| self.newest.get(&(class, name)))?;
        self.binding(*id)
    }

    /// The qualified name of an expression in `scope`, or none for what the file itself defines or computes.
    pub fn resolve(&self, expr: &Expr, scope: ScopeId) -> Option<String> {
        let steps = Cell::new(0);
        self.resolve_along(expr, scope, Way::new(&steps))
    }

    fn resolve_along(&self, expr: &Expr, scope: ScopeId, way: Way<'_>) -> Option<String> {
        let mut out = String::new();
        self.resolve_into(expr, scope, &mut out, way).then_some(out)
    }

    /// Whether an expression in `scope` stands for `name`.
    pub fn is(&self, expr: &Expr, scope: ScopeId, name: &str) -> bool {
        self.resolve(expr, scope).is_some_and(|resolved| resolved == name)
    }

    /// The class scope when an expression is the receiver (`self` or `cls`) of the method around it.
    pub fn receiver_class(&self, expr: &Expr, scope: ScopeId) -> Option<ScopeId> {
        let Expr::Name(name) = expr else { return None };
        let mut next = Some(scope);
        while let Some(id) = next {
            let this = self.scope(id)?;
            if let ScopeKind::Function(function) = this.kind {
                let parent = this.parent?;
                if matches!(self.scope(parent)?.kind, ScopeKind::Class(_)) {
                    let first = function.parameters.posonlyargs.first().or(function.parameters.args.first())?;
                    return (first.parameter.name.as_str() == name.id.as_str()).then_some(parent);
                }
            }
            next = this.parent;
        }
        None
    }

    /// Appends the qualified name to `out`; false when there is none (then `out` is in no defined state).
    fn resolve_into(&self, expr: &Expr, scope: ScopeId, out: &mut String, way: Way<'_>) -> bool {
        let Some(way) = way.step() else { return false };
        match expr {
            Expr::Name(name) => self.resolve_name(name, scope, out, way),
            Expr::Attribute(attribute) => {
                if let Some(class) = self.receiver_class(&attribute.value, scope) {
                    return self
                        .attribute(class, attribute.attr.as_str())
                        .is_some_and(|binding| self.resolve_binding(binding, out, way));
                }
                if !self.resolve_into(&attribute.value, scope, out, way) || out.len() > MAX_NAME {
                    return false;
                }
                out.push('.');
                out.push_str(attribute.attr.as_str());
                true
            }
            Expr::Call(call) => self.resolve_call(call, scope, out, way),
            Expr::Subscript(subscript) => self.resolve_subscript(subscript, scope, out, way),
            Expr::Await(inner) => self.resolve_into(&inner.value, scope, out, way),
            Expr::Named(inner) => self.resolve_into(&inner.value, scope, out, way),
            Expr::If(inner) => self.resolve_either(&inner.body, &inner.orelse, scope, out, way),
            Expr::BoolOp(inner) if inner.values.len() == 2 => {
                self.resolve_either(&inner.values[0], &inner.values[1], scope, out, way)
            }
            _ => false,
        }
    }

    fn resolve_either(&self, first: &Expr, second: &Expr, scope: ScopeId, out: &mut String, way: Way<'_>) -> bool {
        let start = out.len();
        if self.resolve_into(first, scope, out, way) {
            return true;
        }
        out.truncate(start);
        self.resolve_into(second, scope, out, way)
    }

    fn resolve_name(&self, name: &ast::ExprName, scope: ScopeId, out: &mut String, way: Way<'_>) -> bool {
        let id = name.id.as_str();
        if let Some(binding) = self.lookup(id, scope, name.start()) {
            return self.resolve_binding(binding, out, way);
        }
        if let Some(module) = self.star_imports.first()
            && !is_builtin(id)
        {
            out.push_str(module);
            out.push('.');
            out.push_str(id);
            return true;
        }
        if is_builtin(id) {
            out.push_str("builtins.");
            out.push_str(id);
            return true;
        }
        // A module that is used without being imported, as in an excerpt, or imported in another function.
        if KNOWN_MODULES.binary_search(&id).is_ok() {
            out.push_str(id);
            return true;
        }
        false
    }

    /// Appends what a binding stands for.
    fn resolve_binding(&self, binding: &Binding<'a>, out: &mut String, way: Way<'_>) -> bool {
        let Some(way) = way.hop() else { return false };
        match binding.kind {
            BindingKind::Import(module) => {
                out.push_str(module);
                true
            }
            BindingKind::ImportFrom { module, level, name } => {
                self.push_module(module, level, out);
                if !out.is_empty() && !out.ends_with('.') {
                    out.push('.');
                }
                out.push_str(name);
                true
            }
            BindingKind::Assigned(value) => self.resolve_into(value, binding.scope, out, way),
            BindingKind::Annotated { annotation, value } => {
                let start = out.len();
                if value.is_some_and(|value| self.resolve_into(value, binding.scope, out, way)) {
                    return true;
                }
                out.truncate(start);
                self.resolve_annotation(annotation, binding.scope, out, way)
            }
            BindingKind::Parameter { annotation: Some(annotation), .. } => {
                self.resolve_annotation(annotation, binding.scope, out, way)
            }
            BindingKind::With(context) => self.resolve_into(context, binding.scope, out, way),
            // A class of the file stands for the first base that comes from elsewhere.
            BindingKind::Class(class) => class.arguments.as_ref().is_some_and(|arguments| {
                let start = out.len();
                arguments.args.iter().any(|base| {
                    out.truncate(start);
                    self.resolve_into(base, binding.scope, out, way) && out != "builtins.object"
                })
            }),
            _ => false,
        }
    }

    /// An annotation `T` makes an instance: `T()`. `Optional[T]`, `T | None` and quoted types are looked into.
    fn resolve_annotation(&self, annotation: &Expr, scope: ScopeId, out: &mut String, way: Way<'_>) -> bool {
        let Some(way) = way.step() else { return false };
        match annotation {
            Expr::Name(_) | Expr::Attribute(_) => {
                let found = self.resolve_into(annotation, scope, out, way);
                out.push_str("()");
                found
            }
            Expr::BinOp(union) if matches!(*union.left, Expr::NoneLiteral(_)) => {
                self.resolve_annotation(&union.right, scope, out, way)
            }
            Expr::BinOp(union) => self.resolve_annotation(&union.left, scope, out, way),
            Expr::Subscript(subscript) => {
                let wrapper = self.resolve_along(&subscript.value, scope, way);
                let optional = wrapper.as_deref().is_some_and(|name| {
                    matches!(name, "typing.Optional" | "typing.Annotated" | "typing_extensions.Annotated")
                });
                let inner = match &*subscript.slice {
                    Expr::Tuple(tuple) => tuple.elts.first(),
                    other => Some(other),
                };
                optional && inner.is_some_and(|inner| self.resolve_annotation(inner, scope, out, way))
            }
            _ => false,
        }
    }

    /// Calls that give a module or one of its members are looked through; others become `name()`.
    fn resolve_call(&self, call: &ast::ExprCall, scope: ScopeId, out: &mut String, way: Way<'_>) -> bool {
        if !self.resolve_into(&call.func, scope, out, way) {
            return false;
        }
        let arguments = &call.arguments;
        match out.as_str() {
            "builtins.__import__" | "importlib.import_module" | "importlib.__import__" => {
                let Some(Constant::Str(module)) =
                    arguments.find_argument_value("name", 0).and_then(|name| self.constant_along(name, scope, way))
                else {
                    out.push_str("()");
                    return true;
                };
                // `__import__("a.b")` gives `a` unless names are asked for.
                let top = if out == "importlib.import_module" || arguments.find_argument_value("fromlist", 3).is_some()
                {
                    &*module
                } else {
                    module.split('.').next().unwrap_or("")
                };
                out.clear();
                out.push_str(top);
                !out.is_empty()
            }
            "builtins.getattr" => {
                let (Some(object), Some(name)) = (arguments.args.first(), arguments.args.get(1)) else { return false };
                let Some(Constant::Str(name)) = self.constant_along(name, scope, way) else { return false };
                out.clear();
                if !self.resolve_into(object, scope, out, way) {
                    return false;
                }
                out.push('.');
                out.push_str(&name);
                true
            }
            "builtins.super" => false,
            _ => {
                out.push_str("()");
                out.len() <= MAX_NAME
            }
        }
    }

    /// `sys.modules["os"]`, `globals()["eval"]`, `__builtins__["eval"]`, `vars(os)["system"]`, `os.__dict__["system"]`.
    fn resolve_subscript(
        &self,
        subscript: &ast::ExprSubscript,
        scope: ScopeId,
        out: &mut String,
        way: Way<'_>,
    ) -> bool {
        let Some(Constant::Str(key)) = self.constant_along(&subscript.slice, scope, way) else { return false };
        if let Expr::Call(call) = &*subscript.value
            && self.resolve_along(&call.func, scope, way).as_deref() == Some("builtins.vars")
            && let Some(object) = call.arguments.args.first()
        {
            if !self.resolve_into(object, scope, out, way) {
                return false;
            }
            out.push('.');
            out.push_str(&key);
            return true;
        }
        if !self.resolve_into(&subscript.value, scope, out, way) {
            return false;
        }
        if let Some(owner) = out.strip_suffix(".__dict__") {
            let length = owner.len() + 1;
            out.truncate(length);
            out.push_str(&key);
            return true;
        }
        match out.as_str() {
            "sys.modules" => {
                out.clear();
                out.push_str(&key);
            }
            "builtins.__builtins__" => {
                out.clear();
                out.push_str("builtins.");
                out.push_str(&key);
            }
            "builtins.globals()" | "builtins.locals()" => {
                out.clear();
                if let Some(binding) = self.lookup(&key, Self::MODULE, TextSize::new(u32::MAX)) {
                    return self.resolve_binding(binding, out, way);
                }
                out.push_str("builtins.");
                out.push_str(&key);
            }
            _ => return false,
        }
        true
    }

    /// Appends the absolute name of a module.
    pub(super) fn push_module(&self, module: &str, level: u32, out: &mut String) {
        if level > 0 {
            let up = level as usize - 1;
            match self.package.len().checked_sub(up).and_then(|keep| self.package.get(..keep)) {
                Some(base) if !self.package.is_empty() => out.push_str(&base.join(".")),
                _ => out.extend(std::iter::repeat_n('.', level as usize)),
            }
            if !out.is_empty() && !out.ends_with('.') && !module.is_empty() {
                out.push('.');
            }
        }
        out.push_str(module);
    }
}

/// Modules whose names mean them even where nothing imports them.
const KNOWN_MODULES: &[&str] = &[
    "aiohttp",
    "asyncio",
    "base64",
    "cPickle",
    "codecs",
    "commands",
    "crypt",
    "dill",
    "flask",
    "ftplib",
    "hashlib",
    "hmac",
    "httpx",
    "importlib",
    "jinja2",
    "joblib",
    "jsonpickle",
    "ldap",
    "logging",
    "lxml",
    "marshal",
    "numpy",
    "os",
    "pandas",
    "paramiko",
    "pickle",
    "popen2",
    "random",
    "requests",
    "runpy",
    "shelve",
    "shlex",
    "shutil",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "sys",
    "tarfile",
    "telnetlib",
    "tempfile",
    "torch",
    "types",
    "urllib",
    "urllib2",
    "xml",
    "yaml",
    "zipfile",
    "zlib",
];

/// Whether a name is one of Python's built-in functions or types that matter here.
fn is_builtin(name: &str) -> bool {
    const BUILTINS: &[&str] = &[
        "__build_class__",
        "__builtins__",
        "__import__",
        "abs",
        "aiter",
        "all",
        "anext",
        "any",
        "ascii",
        "bin",
        "bool",
        "breakpoint",
        "bytearray",
        "bytes",
        "callable",
        "chr",
        "classmethod",
        "compile",
        "complex",
        "delattr",
        "dict",
        "dir",
        "divmod",
        "enumerate",
        "eval",
        "exec",
        "execfile",
        "file",
        "filter",
        "float",
        "format",
        "frozenset",
        "getattr",
        "globals",
        "hasattr",
        "hash",
        "help",
        "hex",
        "id",
        "input",
        "int",
        "isinstance",
        "issubclass",
        "iter",
        "len",
        "list",
        "locals",
        "map",
        "max",
        "memoryview",
        "min",
        "next",
        "object",
        "oct",
        "open",
        "ord",
        "pow",
        "print",
        "property",
        "range",
        "raw_input",
        "reload",
        "repr",
        "reversed",
        "round",
        "set",
        "setattr",
        "slice",
        "sorted",
        "staticmethod",
        "str",
        "sum",
        "super",
        "tuple",
        "type",
        "unichr",
        "unicode",
        "vars",
        "xrange",
        "zip",
    ];
    BUILTINS.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::security::python::parse::parse;

    /// The qualified names of the callees of all calls, in the order of the text.
    fn callees(text: &str) -> Vec<String> {
        let module = parse(text).unwrap_or_else(|_| panic!("too deep"));
        let model =
            Model::new(&module).unwrap_or_else(|_| panic!("too deep")).in_package(vec!["app".into(), "web".into()]);
        let mut names = Vec::new();
        for node in &model.nodes {
            if let NodeRef::Expr(Expr::Call(call)) = node.node {
                names.push(model.resolve(&call.func, node.scope).unwrap_or_else(|| "-".to_owned()));
            }
        }
        names
    }

    #[test]
    fn the_list_of_builtins_is_sorted() {
        assert!(is_builtin("__build_class__") && is_builtin("eval") && is_builtin("zip") && !is_builtin("run"));
        assert!(KNOWN_MODULES.is_sorted());
    }

    #[test]
    fn imports_resolve_through_aliases_and_assignments() {
        let text = "import os, subprocess as sp\nfrom subprocess import run as r\nimport xml.etree.ElementTree as ET\n\
                    import a.b\nq = sp.Popen\nq(1)\nr(1)\nET.parse(1)\nos.path.join(1)\na.b.c(1)\n\
                    def f():\n    q(2)\n    from . import x\n    x.go(1)\n    from ..lib.y import z\n    z(1)\n";
        assert_eq!(
            callees(text),
            [
                "subprocess.Popen",
                "subprocess.run",
                "xml.etree.ElementTree.parse",
                "os.path.join",
                "a.b.c",
                "subprocess.Popen",
                "app.web.x.go",
                "app.lib.y.z"
            ]
        );
    }

    #[test]
    fn what_the_file_defines_shadows() {
        let text = "def eval(x): pass\neval(1)\nclass A:\n    exec = None\n    def m(self):\n        exec(1)\n\
                    def g(open, os):\n    open(1)\n    os.system(1)\n[compile(1) for compile in y]\n";
        assert_eq!(callees(text), ["-", "builtins.exec", "-", "-", "-"]);
    }

    #[test]
    fn instances_and_attributes_are_followed() {
        let text = "import paramiko, requests\nclass A(B):\n    def __init__(self, s: requests.Session | None):\n        \
                    self.c = paramiko.SSHClient()\n        s.get(1)\n    def m(self):\n        self.c.exec_command(1)\n\
                    with requests.Session() as t:\n    t.post(1)\n";
        assert_eq!(
            callees(text),
            [
                "paramiko.SSHClient",
                "requests.Session().get",
                "paramiko.SSHClient().exec_command",
                "requests.Session",
                "requests.Session().post"
            ]
        );
    }

    #[test]
    fn indirect_access_is_seen_through() {
        let text = "import os, sys, importlib\ngetattr(os, 'sys' + 'tem')(1)\n__import__('os').popen(1)\n\
                    sys.modules['os'].system(1)\n__builtins__['eval'](1)\nimportlib.import_module('os.path').join(1)\n\
                    os.__dict__['system'](1)\nvars(os)['system'](1)\nglobals()['os'].system(1)\n";
        let names = callees(text);
        let wanted =
            names.iter().filter(|name| matches!(&***name, "os.system" | "os.popen" | "builtins.eval" | "os.path.join"));
        assert_eq!(wanted.count(), 8, "{names:?}");
    }

    #[test]
    fn fallbacks_and_stars_do_not_hide_the_real_thing() {
        let text = "try:\n    import yaml\nexcept ImportError:\n    yaml = None\ndef f():\n    yaml.load(1)\n\
                    def g():\n    global yaml\n    yaml.dump(1)\nfrom subprocess import *\ncall(1)\nlen(1)\n";
        assert_eq!(callees(text), ["yaml.load", "yaml.dump", "subprocess.call", "builtins.len"]);
    }

    #[test]
    fn cycles_end() {
        assert_eq!(callees("class t:\n    t: t.Optional[t] | t\n    t(1)\nx: x.Annotated[x]\nx(1)\n"), ["-", "-"]);
        assert_eq!(callees("a = b\nb = a\na(1)\nx = x.y\nx(1)\nclass C(C): pass\nC(1)\n"), ["-", "-", "-"]);
    }
}
