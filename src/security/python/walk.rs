//! The one walk over the tree: scopes, bindings, and the nodes that rules look at.

mod statements;
mod targets;

use ruff_python_ast::{self as ast, Expr, FStringPart, InterpolatedStringElement, Operator, Stmt};
use ruff_text_size::{Ranged, TextSize};

use super::bindings::{Binding, BindingId, BindingKind, Model, Outer, Scope, ScopeId, ScopeKind};
use super::handed;
use super::mentions::{self, Brings, Mention, Words};
use super::nodes::{Kinds, Node, NodeId, NodeRef};
use super::parse::{MAX_DEPTH, TooDeep};

pub(super) fn walk<'a>(suite: &'a [Stmt]) -> Result<Model<'a>, TooDeep> {
    let mut model = Model::empty();
    model.scopes.push(Scope { kind: ScopeKind::Module, parent: None });
    // A recorded node stands for some thirty bytes of text.
    let bytes = suite.last().map_or(0, |last| last.end().to_usize());
    model.nodes.reserve(bytes / 30);
    model.kinds.reserve(bytes / 30);
    model.bindings.reserve(bytes / 120);
    model.newest.reserve(bytes / 180);
    model.may_alias.reserve(bytes / 400);
    let mut walker = Walker {
        model,
        scope: ScopeId(0),
        parent: NodeId::NONE,
        depth: 0,
        too_deep: false,
        words: Words::new(),
        renamed: Vec::new(),
        class: ClassHint::Plain,
    };
    walker.body(suite);
    if walker.too_deep { Err(TooDeep) } else { Ok(walker.model) }
}

struct Walker<'a> {
    model: Model<'a>,
    scope: ScopeId,
    parent: NodeId,
    depth: usize,
    too_deep: bool,
    words: Words,
    /// Names that this file gives to what [`Words`] knows by another name.
    renamed: Vec<(&'a str, Brings)>,
    class: ClassHint,
}

/// What the class around a function says about its methods.
#[derive(Clone, Copy, PartialEq)]
enum ClassHint {
    Plain,
    /// The outside calls some of them.
    Reached,
    /// Its attributes are what a client sent.
    Answers,
}

/// How a target gets its value.
#[derive(Clone, Copy)]
enum Source<'a> {
    Assigned(&'a Expr),
    Unpacked(&'a Expr),
    Loop(&'a Expr),
    With(&'a Expr),
}

impl<'a> Source<'a> {
    fn kind(self) -> BindingKind<'a> {
        match self {
            Self::Assigned(value) => BindingKind::Assigned(value),
            Self::Unpacked(value) => BindingKind::Unpacked(value),
            Self::Loop(iter) => BindingKind::Loop(iter),
            Self::With(context) => BindingKind::With(context),
        }
    }

    fn unpacked(self) -> Self {
        match self {
            Self::Assigned(value) | Self::With(value) => Self::Unpacked(value),
            other => other,
        }
    }
}

impl<'a> Walker<'a> {
    fn body(&mut self, body: &'a [Stmt]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    fn record(&mut self, node: NodeRef<'a>) -> NodeId {
        let id = NodeId(u32::try_from(self.model.nodes.len()).unwrap_or(u32::MAX));
        self.model.kinds.push(Kinds::of(node));
        self.model.nodes.push(Node { node, scope: self.scope, parent: self.parent });
        id
    }

    fn mention(&mut self, word: &str, at: TextSize) {
        let (mut brings, asked) = self.words.of(word);
        self.model.asked |= asked;
        if !self.renamed.is_empty() {
            brings = self.renamed.iter().filter(|(name, _)| *name == word).fold(brings, |all, (_, more)| all | *more);
        }
        self.mentioned(brings, at);
    }

    fn mentioned(&mut self, brings: Brings, at: TextSize) {
        if !brings.is_empty() {
            self.model.mentions.push(Mention { scope: self.scope, at, brings });
        }
    }

    /// `request.args`: more than a mention of `request`.
    fn attribute(&mut self, attribute: &'a ast::ExprAttribute) {
        let word = attribute.attr.as_str();
        self.mention(word, attribute.start());
        match &*attribute.value {
            Expr::Name(name) if name.id.as_str() == "hashlib" && word == "new" => {
                self.mentioned(Brings::USE, attribute.start());
            }
            Expr::Name(name) if name.id.as_str() == "web" && matches!(word, "input" | "data" | "cookies") => {
                self.mentioned(Brings::WORLD, attribute.start());
            }
            Expr::Name(_) | Expr::Attribute(_) | Expr::Call(_)
                if mentions::is_answer(mentions::last_part(&attribute.value), word) =>
            {
                self.mentioned(Brings::WORLD, attribute.start());
            }
            Expr::Name(_) | Expr::Attribute(_)
                if matches!(mentions::last_part(&attribute.value), "request" | "req")
                    && mentions::OF_REQUESTS.contains(&word) =>
            {
                self.mentioned(Brings::WORLD, attribute.start());
            }
            _ => {}
        }
    }

    fn bind(&mut self, name: &'a str, kind: BindingKind<'a>, at: TextSize) {
        let scope = match self.model.outer.get(&(self.scope, name)) {
            Some(Outer::Global) => Model::MODULE,
            _ => self.scope,
        };
        let opaque = matches!(
            kind,
            BindingKind::Function(_)
                | BindingKind::Parameter { annotation: None, .. }
                | BindingKind::Loop(_)
                | BindingKind::Unpacked(_)
                | BindingKind::Augmented(_)
                | BindingKind::Exception(_)
                | BindingKind::Captured
                | BindingKind::Deleted
        );
        if !opaque {
            self.model.may_alias.insert(name);
        }
        let id = BindingId(u32::try_from(self.model.bindings.len()).unwrap_or(u32::MAX));
        let earlier = self.model.newest.insert((scope, name), id);
        self.model.bindings.push(Binding { name, kind, scope, at, earlier });
    }

    fn bind_attribute(&mut self, attribute: &'a ast::ExprAttribute, source: Source<'a>) {
        let Some(class) = self.model.receiver_class(&attribute.value, self.scope) else { return };
        let name = attribute.attr.as_str();
        if self.model.writers.last() != Some(&(self.scope, name)) {
            self.model.writers.push((self.scope, name));
        }
        let empty = matches!(source, Source::Assigned(Expr::NoneLiteral(_)));
        if empty && self.model.attributes.contains_key(&(class, name)) {
            return;
        }
        let id = BindingId(u32::try_from(self.model.bindings.len()).unwrap_or(u32::MAX));
        let binding = Binding { name, kind: source.kind(), scope: self.scope, at: attribute.start(), earlier: None };
        self.model.bindings.push(binding);
        self.model.attributes.insert((class, name), id);
    }

    fn enter(&mut self, kind: ScopeKind<'a>, at: TextSize) -> ScopeId {
        let around = self.scope;
        let id = ScopeId(u32::try_from(self.model.scopes.len()).unwrap_or(u32::MAX));
        self.model.scopes.push(Scope { kind, parent: Some(around) });
        if !matches!(kind, ScopeKind::Comprehension) {
            self.model.scope_at.insert(at, id);
        }
        self.scope = id;
        around
    }

    fn optional(&mut self, expr: Option<&'a Expr>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    fn arguments(&mut self, arguments: &'a ast::Arguments) {
        for argument in &arguments.args {
            self.expr(argument);
        }
        for keyword in &arguments.keywords {
            self.expr(&keyword.value);
        }
    }

    fn expr(&mut self, expr: &'a Expr) {
        // Names and numbers are most of all expressions and need nothing.
        if let Expr::Name(name) = expr {
            self.mention(name.id.as_str(), name.start());
            return;
        }
        if matches!(
            expr,
            Expr::NumberLiteral(_) | Expr::BooleanLiteral(_) | Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_)
        ) {
            return;
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.too_deep = true;
        } else {
            let around = self.parent;
            if recorded(expr) {
                self.parent = self.record(NodeRef::Expr(expr));
            }
            self.expr_inside(expr);
            self.parent = around;
        }
        self.depth -= 1;
    }

    fn expr_inside(&mut self, expr: &'a Expr) {
        match expr {
            Expr::BoolOp(inner) => inner.values.iter().for_each(|value| self.expr(value)),
            Expr::Named(inner) => {
                self.expr(&inner.value);
                self.named(inner);
            }
            Expr::BinOp(inner) => {
                self.expr(&inner.left);
                self.expr(&inner.right);
            }
            Expr::UnaryOp(inner) => self.expr(&inner.operand),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::If(inner) => {
                self.expr(&inner.test);
                self.expr(&inner.body);
                self.expr(&inner.orelse);
            }
            Expr::Dict(dict) => {
                for item in &dict.items {
                    self.optional(item.key.as_ref());
                    self.expr(&item.value);
                }
            }
            Expr::Set(set) => set.elts.iter().for_each(|element| self.expr(element)),
            Expr::ListComp(inner) => self.comprehension(&inner.generators, [Some(&*inner.elt), None]),
            Expr::SetComp(inner) => self.comprehension(&inner.generators, [Some(&*inner.elt), None]),
            Expr::Generator(inner) => self.comprehension(&inner.generators, [Some(&*inner.elt), None]),
            Expr::DictComp(inner) => {
                self.comprehension(&inner.generators, [inner.key.as_deref(), Some(&*inner.value)]);
            }
            Expr::Await(inner) => self.expr(&inner.value),
            Expr::Yield(inner) => self.optional(inner.value.as_deref()),
            Expr::YieldFrom(inner) => self.expr(&inner.value),
            Expr::Compare(inner) => {
                self.expr(&inner.left);
                inner.comparators.iter().for_each(|value| self.expr(value));
            }
            Expr::Call(call) => {
                handed::by_call(call, &mut self.model.handed);
                self.expr(&call.func);
                self.arguments(&call.arguments);
            }
            Expr::FString(string) => {
                for part in string.value.iter() {
                    if let FStringPart::FString(inner) = part {
                        self.fields(&inner.elements);
                    }
                }
            }
            Expr::TString(string) => {
                for part in string.value.iter() {
                    self.fields(&part.elements);
                }
            }
            Expr::Attribute(inner) => {
                self.attribute(inner);
                self.expr(&inner.value);
            }
            Expr::Subscript(inner) => {
                self.expr(&inner.value);
                self.expr(&inner.slice);
            }
            Expr::Starred(inner) => self.expr(&inner.value),
            Expr::List(list) => list.elts.iter().for_each(|element| self.expr(element)),
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|element| self.expr(element)),
            Expr::Slice(slice) => {
                self.optional(slice.lower.as_deref());
                self.optional(slice.upper.as_deref());
                self.optional(slice.step.as_deref());
            }
            Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) | Expr::BooleanLiteral(_) => {}
            Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_) | Expr::Name(_) | Expr::IpyEscapeCommand(_) => {}
        }
    }

    fn fields(&mut self, elements: &'a [InterpolatedStringElement]) {
        for element in elements {
            if let InterpolatedStringElement::Interpolation(field) = element {
                self.expr(&field.expression);
                if let Some(spec) = &field.format_spec {
                    self.fields(&spec.elements);
                }
            }
        }
    }

    /// `:=` binds in the scope around all comprehensions.
    fn named(&mut self, named: &'a ast::ExprNamed) {
        let Expr::Name(name) = &*named.target else { return };
        let inner = self.scope;
        while let Some(Scope { kind: ScopeKind::Comprehension, parent: Some(parent) }) = self.model.scope(self.scope) {
            self.scope = *parent;
        }
        self.bind(name.id.as_str(), BindingKind::Assigned(&named.value), name.start());
        self.scope = inner;
    }

    fn lambda(&mut self, lambda: &'a ast::ExprLambda) {
        if let Some(parameters) = lambda.parameters.as_deref() {
            self.defaults(parameters);
        }
        let around = self.enter(ScopeKind::Lambda(lambda), lambda.start());
        if let Some(parameters) = lambda.parameters.as_deref() {
            self.parameters(parameters);
        }
        self.expr(&lambda.body);
        self.scope = around;
    }

    fn comprehension(&mut self, generators: &'a [ast::Comprehension], results: [Option<&'a Expr>; 2]) {
        let mut around = None;
        for generator in generators {
            // The first iterable is evaluated outside.
            self.expr(&generator.iter);
            if around.is_none() {
                around = Some(self.enter(ScopeKind::Comprehension, generator.start()));
            }
            self.target(&generator.target, Source::Loop(&generator.iter));
            generator.ifs.iter().for_each(|test| self.expr(test));
        }
        results.into_iter().flatten().for_each(|result| self.expr(result));
        if let Some(around) = around {
            self.scope = around;
        }
    }
}

/// Which expressions rules look at.
fn recorded(expr: &Expr) -> bool {
    match expr {
        Expr::Call(_) | Expr::Compare(_) | Expr::Dict(_) | Expr::FString(_) => true,
        Expr::StringLiteral(_) | Expr::BytesLiteral(_) => true,
        // Which variable is read.
        Expr::Subscript(subscript) => mentions::last_part(&subscript.value) == "environ",
        Expr::BinOp(binary) => matches!(binary.op, Operator::Add | Operator::Mod),
        _ => false,
    }
}
