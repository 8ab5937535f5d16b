//! The one walk over the tree: scopes, bindings, and the nodes that rules look at.

use ruff_python_ast::{
    self as ast, ExceptHandler, Expr, FStringPart, InterpolatedStringElement, Operator, Pattern, Stmt,
};
use ruff_text_size::{Ranged, TextSize};

use super::bindings::{Binding, BindingId, BindingKind, Model, Outer, Scope, ScopeId, ScopeKind};
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

    fn stmt(&mut self, stmt: &'a Stmt) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.too_deep = true;
        } else {
            let around = self.parent;
            self.parent = self.record(NodeRef::Stmt(stmt));
            self.stmt_inside(stmt);
            self.parent = around;
        }
        self.depth -= 1;
    }

    fn stmt_inside(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::Return(ret) => self.optional(ret.value.as_deref()),
            Stmt::Delete(delete) => {
                for target in &delete.targets {
                    match target {
                        Expr::Name(name) => self.bind(name.id.as_str(), BindingKind::Deleted, name.start()),
                        other => self.expr(other),
                    }
                }
            }
            Stmt::TypeAlias(alias) => self.expr(&alias.value),
            Stmt::Assign(assign) => {
                self.expr(&assign.value);
                for target in &assign.targets {
                    self.target(target, Source::Assigned(&assign.value));
                }
            }
            Stmt::AugAssign(assign) => {
                self.expr(&assign.value);
                match &*assign.target {
                    Expr::Name(name) => self.bind(name.id.as_str(), BindingKind::Augmented(assign), name.start()),
                    other => self.expr(other),
                }
            }
            Stmt::AnnAssign(assign) => {
                self.optional(assign.value.as_deref());
                let kind = BindingKind::Annotated { annotation: &assign.annotation, value: assign.value.as_deref() };
                match &*assign.target {
                    Expr::Name(name) => self.bind(name.id.as_str(), kind, name.start()),
                    Expr::Attribute(attribute) => {
                        if let Some(value) = assign.value.as_deref() {
                            self.bind_attribute(attribute, Source::Assigned(value));
                        }
                    }
                    other => self.expr(other),
                }
            }
            Stmt::For(each) => {
                self.expr(&each.iter);
                self.target(&each.target, Source::Loop(&each.iter));
                self.body(&each.body);
                self.body(&each.orelse);
            }
            Stmt::While(each) => {
                self.expr(&each.test);
                self.body(&each.body);
                self.body(&each.orelse);
            }
            Stmt::If(choice) => {
                self.expr(&choice.test);
                self.body(&choice.body);
                for clause in &choice.elif_else_clauses {
                    self.optional(clause.test.as_ref());
                    self.body(&clause.body);
                }
            }
            Stmt::With(with) => {
                for item in &with.items {
                    self.expr(&item.context_expr);
                    if let Some(target) = item.optional_vars.as_deref() {
                        self.target(target, Source::With(&item.context_expr));
                    }
                }
                self.body(&with.body);
            }
            Stmt::Match(choice) => {
                self.expr(&choice.subject);
                for case in &choice.cases {
                    self.pattern(&case.pattern);
                    self.optional(case.guard.as_deref());
                    self.body(&case.body);
                }
            }
            Stmt::Raise(raise) => {
                self.optional(raise.exc.as_deref());
                self.optional(raise.cause.as_deref());
            }
            Stmt::Try(attempt) => self.attempt(attempt),
            Stmt::Assert(assert) => {
                self.expr(&assert.test);
                self.optional(assert.msg.as_deref());
            }
            Stmt::Import(import) => self.import(import, stmt),
            Stmt::ImportFrom(import) => self.import_from(import, stmt),
            Stmt::Global(global) => {
                for name in &global.names {
                    self.model.outer.insert((self.scope, name.as_str()), Outer::Global);
                }
            }
            Stmt::Nonlocal(nonlocal) => {
                for name in &nonlocal.names {
                    self.model.outer.insert((self.scope, name.as_str()), Outer::Nonlocal);
                }
            }
            // A string that stands alone is documentation.
            Stmt::Expr(statement) if matches!(*statement.value, Expr::StringLiteral(_)) => {}
            Stmt::Expr(statement) => self.expr(&statement.value),
            Stmt::Pass(_) | Stmt::Break(_) | Stmt::Continue(_) | Stmt::IpyEscapeCommand(_) => {}
        }
    }

    fn attempt(&mut self, attempt: &'a ast::StmtTry) {
        self.body(&attempt.body);
        for ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
            let around = self.parent;
            self.parent = self.record(NodeRef::Handler(handler));
            self.optional(handler.type_.as_deref());
            if let Some(name) = &handler.name {
                self.bind(name.as_str(), BindingKind::Exception(handler.type_.as_deref()), name.start());
            }
            self.body(&handler.body);
            self.parent = around;
        }
        self.body(&attempt.orelse);
        self.body(&attempt.finalbody);
    }

    fn import(&mut self, import: &'a ast::StmtImport, stmt: &'a Stmt) {
        for alias in &import.names {
            let module = alias.name.as_str();
            self.model.imports.push((module.to_owned(), stmt));
            self.ask(module, 0);
            match &alias.asname {
                Some(name) => self.bind(name.as_str(), BindingKind::Import(module), alias.start()),
                None => {
                    let top = module.split('.').next().unwrap_or(module);
                    self.bind(top, BindingKind::Import(top), alias.start());
                }
            }
        }
    }

    fn ask(&mut self, module: &'a str, level: u32) {
        if level == 0
            && let Some(top) = module.split('.').next()
        {
            self.model.tops.insert(top);
        }
        for part in module.split('.') {
            self.model.asked |= self.words.of(part).1;
        }
    }

    fn import_from(&mut self, import: &'a ast::StmtImportFrom, stmt: &'a Stmt) {
        let module = import.module.as_ref().map_or("", |module| module.as_str());
        self.ask(module, import.level);
        for alias in &import.names {
            let name = alias.name.as_str();
            let mut full = ".".repeat(import.level as usize);
            full.push_str(module);
            if name == "*" {
                self.model.imports.push((full.clone(), stmt));
                self.model.star_imports.push(full);
                continue;
            }
            if !full.is_empty() && !full.ends_with('.') {
                full.push('.');
            }
            full.push_str(name);
            self.model.imports.push((full, stmt));
            let bound = alias.asname.as_ref().map_or(name, |asname| asname.as_str());
            let (brings, asked) = self.words.of(name);
            self.model.asked |= asked;
            if bound != name && !brings.is_empty() {
                self.renamed.push((bound, brings));
            }
            self.bind(bound, BindingKind::ImportFrom { module, level: import.level, name }, alias.start());
        }
    }

    fn function(&mut self, function: &'a ast::StmtFunctionDef) {
        for decorator in &function.decorator_list {
            self.expr(&decorator.expression);
        }
        self.defaults(&function.parameters);
        self.bind(function.name.as_str(), BindingKind::Function(function), function.start());
        let class = std::mem::replace(&mut self.class, ClassHint::Plain);
        let around = self.enter(ScopeKind::Function(function), function.start());
        let mut brings = mentions::of_function(function, class == ClassHint::Reached);
        if class == ClassHint::Answers {
            brings = brings | Brings::WORLD;
        }
        self.mentioned(brings, function.start());
        self.parameters(&function.parameters);
        self.body(&function.body);
        self.scope = around;
        self.class = class;
    }

    fn class(&mut self, class: &'a ast::StmtClassDef) {
        for decorator in &class.decorator_list {
            self.expr(&decorator.expression);
        }
        if let Some(arguments) = &class.arguments {
            self.arguments(arguments);
        }
        self.bind(class.name.as_str(), BindingKind::Class(class), class.start());
        let around = self.enter(ScopeKind::Class(class), class.start());
        let hint = if mentions::answers(class) {
            ClassHint::Answers
        } else if mentions::is_reached(class) {
            ClassHint::Reached
        } else {
            ClassHint::Plain
        };
        let outer = std::mem::replace(&mut self.class, hint);
        self.body(&class.body);
        self.class = outer;
        self.scope = around;
    }

    /// Defaults are evaluated outside the function.
    fn defaults(&mut self, parameters: &'a ast::Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = parameter.default.as_deref() {
                let around = self.parent;
                self.parent = self.record(NodeRef::Default(parameter));
                self.expr(default);
                self.parent = around;
            }
        }
    }

    fn parameters(&mut self, parameters: &'a ast::Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            let kind = BindingKind::Parameter {
                annotation: parameter.parameter.annotation.as_deref(),
                default: parameter.default.as_deref(),
            };
            self.bind(parameter.parameter.name.as_str(), kind, parameter.start());
        }
        for parameter in parameters.vararg.iter().chain(&parameters.kwarg) {
            let kind = BindingKind::Parameter { annotation: None, default: None };
            self.bind(parameter.name.as_str(), kind, parameter.start());
        }
    }

    fn target(&mut self, target: &'a Expr, source: Source<'a>) {
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

    fn pattern(&mut self, pattern: &'a Pattern) {
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
