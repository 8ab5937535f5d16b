//! Scopes, bindings and the resolution of names.
//!
//! A qualified name is written as one imports it: `subprocess.run`, `builtins.eval`. What a call returns is
//! written with `()`: after `c = paramiko.SSHClient()` the expression `c.exec_command` resolves to
//! `paramiko.SSHClient().exec_command`. A relative import keeps its dots when the package is not known.

mod resolve;

use std::cell::{Cell, OnceCell};

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use super::handed::Handed;
use super::mentions::Mention;
use super::nodes::{Kinds, Node, NodeId, NodeRef};
use super::parse::{ParsedModule, TooDeep};
use super::put::Put;
use super::walk;

/// Index of a scope in [`Model::scopes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScopeId(pub u32);

/// Index of a binding in [`Model::bindings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BindingId(pub u32);

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

impl<'a> BindingKind<'a> {
    /// What the name was given, or got a part of.
    pub fn value(self) -> Option<&'a Expr> {
        match self {
            Self::Assigned(value) | Self::Unpacked(value) | Self::Loop(value) | Self::With(value) => Some(value),
            Self::Annotated { value, .. } => value,
            Self::Augmented(statement) => Some(&statement.value),
            _ => None,
        }
    }
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

/// Where calls stand in [`Model::nodes`], by hashes of names: two names may share one, so that who looks them up
/// compares the names once more.
#[derive(Default)]
struct Calls {
    named: FxHashMap<u64, Vec<u32>>,
    on: FxHashMap<u64, Vec<u32>>,
}

pub(super) fn key(name: &str) -> u64 {
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
    /// What each of them is.
    pub(super) kinds: Vec<Kinds>,
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
    /// Functions that calls hand to frameworks, and names that are none.
    pub handed: Vec<Handed<'a>>,
    /// Attributes that functions set on what they are methods of, with the scope of the function.
    pub writers: Vec<(ScopeId, &'a str)>,
    /// Calls by what is called and by what it is called on, once somebody asked.
    calls: OnceCell<Calls>,
    /// What is put into attributes and through writers, once somebody asked.
    pub(super) put: OnceCell<Put>,
    /// What may still be spent on texts that are put together from pieces, in bytes and steps.
    patience: Cell<u32>,
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

/// How much a file may ask for in texts that it puts together: far more than honest files do, a second or two at most.
const PATIENCE: u32 = 8_000_000;

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
            kinds: Vec::new(),
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
            handed: Vec::new(),
            writers: Vec::new(),
            calls: OnceCell::new(),
            put: OnceCell::new(),
            patience: Cell::new(PATIENCE),
            package: Vec::new(),
        }
    }

    /// Takes an effort off what may still be spent on texts that are put together. None when it is used up: then
    /// nothing more is looked at, and the file says so.
    pub fn spend(&self, effort: usize) -> Option<()> {
        let left = u32::try_from(effort).ok().and_then(|effort| self.patience.get().checked_sub(effort));
        self.patience.set(left.unwrap_or(0));
        left.map(drop)
    }

    /// Whether the file asked for more than may be spent.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.patience.get() == 0
    }

    fn calls(&self) -> &Calls {
        self.calls.get_or_init(|| {
            let mut calls = Calls::default();
            for (NodeId(index), node) in self.nodes_of(Kinds::CALL) {
                let NodeRef::Expr(Expr::Call(call)) = node.node else { continue };
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

    /// The nodes of some kinds, in the order of the text.
    pub fn nodes_of(&self, kinds: Kinds) -> impl Iterator<Item = (NodeId, &Node<'a>)> {
        let of = self.kinds.iter().zip(&self.nodes).zip(0_u32..);
        of.filter(move |((kind, _), _)| kinds.meets(**kind)).map(|((_, node), index)| (NodeId(index), node))
    }

    /// All nodes with what they are, in the order of the text.
    pub fn nodes_by_kind(&self) -> impl Iterator<Item = (NodeId, Kinds, &Node<'a>)> {
        self.kinds.iter().zip(&self.nodes).zip(0_u32..).map(|((kind, node), index)| (NodeId(index), *kind, node))
    }

    /// The calls of `name(…)` and `x.name(…)`, and perhaps of other names.
    pub fn calls_named(&self, name: &str) -> impl Iterator<Item = &Node<'a>> {
        self.calls().named.get(&key(name)).into_iter().flatten().filter_map(|index| self.nodes.get(*index as usize))
    }

    /// The calls of `receiver.x(…)`, and perhaps on other receivers.
    pub fn calls_on(&self, receiver: &str) -> impl Iterator<Item = &Node<'a>> {
        self.calls().on.get(&key(receiver)).into_iter().flatten().filter_map(|index| self.nodes.get(*index as usize))
    }

    /// The functions that calls hand to frameworks, each with its scope.
    pub fn handed_functions(&self) -> impl Iterator<Item = (ScopeId, &'a ast::StmtFunctionDef, &Handed<'a>)> {
        let scopes = if self.handed.is_empty() { &[][..] } else { self.scopes.as_slice() };
        scopes.iter().zip(0_u32..).filter_map(|(scope, index)| {
            let ScopeKind::Function(function) = scope.kind else { return None };
            let handed = self.handed.iter().find(|handed| handed.name == function.name.as_str())?;
            Some((ScopeId(index), function, handed))
        })
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
}
