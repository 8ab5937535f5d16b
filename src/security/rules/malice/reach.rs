//! Where a value comes from: backwards through names, calls, helper functions and their parameters.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged as _, TextRange};
use rustc_hash::FxHashSet;

use crate::security::python::{Binding, BindingKind, Model, NodeRef, ScopeId};

/// Expressions that one question may look at. Real ways are short; a file that is built to be slow ends here.
const BUDGET: usize = 1_000;

/// What decides whether an expression is what is asked for; none stops looking further in that direction.
type Test<'t> = dyn Fn(&Expr, ScopeId) -> Option<bool> + 't;

/// Asks where values come from.
pub(super) struct Reach<'m, 'a> {
    model: &'m Model<'a>,
    /// Expressions that may still be looked at.
    left: usize,
    /// The call within this file through which what was asked for was handed to a function, when it was.
    entered: Option<TextRange>,
    /// Whether what is put into the elements of a table counts as a part of it.
    elements: bool,
    /// Names, attributes and functions that were looked at for this question.
    seen: FxHashSet<(ScopeId, String)>,
}

impl<'m, 'a> Reach<'m, 'a> {
    pub(super) fn new(model: &'m Model<'a>) -> Self {
        Self { model, left: BUDGET, entered: None, elements: false, seen: FxHashSet::default() }
    }

    /// The same, where tables are asked for all that was put into them: what is sent is sent as a whole.
    pub(super) fn with_elements(model: &'m Model<'a>) -> Self {
        Self { elements: true, ..Self::new(model) }
    }

    /// The call through which what was found was handed to a function of this file.
    pub(super) fn entered(&self) -> Option<TextRange> {
        self.entered
    }

    /// Whether anything that the expression is made of passes the test. The test returns none to stop
    /// looking further in that direction.
    pub(super) fn any(&mut self, expr: &Expr, scope: ScopeId, test: &Test<'_>) -> bool {
        self.seen.clear();
        self.entered = None;
        self.look(expr, scope, test, 24)
    }

    /// Whether this is looked at for the first time.
    fn is_new(&mut self, scope: ScopeId, name: &str) -> bool {
        self.seen.insert((scope, name.to_owned()))
    }

    fn look(&mut self, expr: &Expr, scope: ScopeId, test: &Test<'_>, depth: u8) -> bool {
        let (Some(left), Some(depth)) = (self.left.checked_sub(1), depth.checked_sub(1)) else { return false };
        self.left = left;
        if self.model.spend(1).is_none() {
            return false;
        }
        match test(expr, scope) {
            Some(true) => return true,
            None => return false,
            Some(false) => {}
        }
        match expr {
            Expr::Name(name) => self.name(name, None, scope, test, depth),
            Expr::Subscript(element) if element_of(element).is_some() => {
                // One element of a table, and not what else is put into it.
                let Some((name, key)) = element_of(element) else { return false };
                self.name(name, Some(key), scope, test, depth)
            }
            _ => {
                if let Expr::Attribute(attribute) = expr
                    && let Some(class) = self.model.receiver_class(&attribute.value, scope)
                {
                    let name = attribute.attr.as_str();
                    if self.model.attribute(class, name).is_some() {
                        return self.is_new(class, name) && self.attribute(class, name, test, depth);
                    }
                }
                if let Expr::Attribute(attribute) = expr
                    && self.elements
                    && let Expr::Name(owner) = &*attribute.value
                    && self.other(owner.id.as_str(), attribute.attr.as_str(), test, depth)
                {
                    return true;
                }
                if let Expr::Call(call) = expr
                    && (self.returned(call, scope, test, depth) || self.taken_from_queue(call, test, depth))
                {
                    return true;
                }
                children(expr).into_iter().any(|child| self.look(child, scope, test, depth))
            }
        }
    }

    /// Everything that a name was ever bound to, and what was put into it.
    fn name(
        &mut self,
        name: &ast::ExprName,
        element: Option<&str>,
        scope: ScopeId,
        test: &Test<'_>,
        depth: u8,
    ) -> bool {
        let model = self.model;
        let Some(binding) = model.lookup(name.id.as_str(), scope, name.start()) else { return false };
        let (home, word) = (binding.scope, binding.name);
        // Each element of a table is another way.
        let is_new = match element {
            Some(element) => self.is_new(home, &format!("{word}[{element}]")),
            None => self.is_new(home, word),
        };
        if !is_new {
            return false;
        }
        for binding in model.bindings_of(word, home) {
            if let BindingKind::Parameter { default, .. } = binding.kind
                && (self.arguments(word, home, test, depth)
                    || default.is_some_and(|default| self.look(default, home, test, depth)))
            {
                return true;
            }
            let Some(value) = binding.kind.value() else { continue };
            if self.look(value, home, test, depth) {
                return true;
            }
        }
        let put = model.put_into_elements(word, element);
        self.elements
            && put
                .into_iter()
                .any(|(holder, value, scope)| self.is_in(holder, scope, home) && self.look(value, scope, test, depth))
            || self.put_into(word, home, test, depth)
    }

    /// Everything that the methods of a class put into an attribute of its instances: `self.name = x`,
    /// `self.name[key] = x`, `self.name.append(x)`.
    fn attribute(&mut self, class: ScopeId, name: &str, test: &Test<'_>, depth: u8) -> bool {
        let model = self.model;
        let values = model.put_into_attribute(class, name);
        // In the methods, and in the body of the class.
        values.into_iter().any(|(value, scope)| self.look(value, scope, test, depth))
            || model
                .bindings_of(name, class)
                .filter_map(|binding| binding.kind.value())
                .any(|value| self.look(value, class, test, depth))
    }

    /// Everything that is put into an attribute of something whose class is not known.
    fn other(&mut self, owner: &str, name: &str, test: &Test<'_>, depth: u8) -> bool {
        let model = self.model;
        if !self.is_new(Model::MODULE, &format!("{owner}.{name}")) {
            return false;
        }
        let put = model.put_into_other(owner, name);
        put.into_iter().any(|(value, scope)| self.look(value, scope, test, depth))
            || model.writers_onto_other(owner, name).any(|writer| {
                self.is_new(writer.scope, writer.name) && self.put_into(writer.name, writer.scope, test, depth)
            })
    }

    /// What anything in the file puts into a queue, when something is taken out of one.
    fn taken_from_queue(&mut self, call: &ast::ExprCall, test: &Test<'_>, depth: u8) -> bool {
        let Expr::Attribute(method) = &*call.func else { return false };
        let takes = match method.attr.as_str() {
            "get" => call.arguments.args.is_empty(),
            "get_nowait" => true,
            _ => false,
        };
        let model = self.model;
        if !takes || !self.elements || !model.does_import("queue") || !self.is_new(Model::MODULE, "queue.put") {
            return false;
        }
        model.calls_named("put").chain(model.calls_named("put_nowait")).any(|node| {
            let NodeRef::Expr(Expr::Call(put)) = node.node else { return false };
            model.spend(1).is_some()
                && put.arguments.args.first().is_some_and(|value| self.look(value, node.scope, test, depth))
        })
    }

    /// What `name.append(x)`, `name.update(x)`, `name.write(x)` put into a name.
    fn put_into(&mut self, word: &str, home: ScopeId, test: &Test<'_>, depth: u8) -> bool {
        let model = self.model;
        let filled = model.calls_filling(word).any(|node| {
            let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
            let Expr::Attribute(method) = &*call.func else { return false };
            let given = |argument: &Expr| matches!(argument, Expr::Name(name) if name.id.as_str() == word && self.is_in(name, node.scope, home));
            model.spend(1).is_some()
                && arguments_of(call).any(given)
                && self.look(&method.value, node.scope, test, depth)
        });
        filled
            || self.through_writers(word, home, test, depth)
            || model.calls_putting_into(word).any(|node| {
                let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
                let Expr::Attribute(method) = &*call.func else { return false };
                let Expr::Name(receiver) = &*method.value else { return false };
                receiver.id.as_str() == word
                    && model.spend(1).is_some()
                    && self.is_in(receiver, node.scope, home)
                    && arguments_of(call).any(|value| self.look(value, node.scope, test, depth))
            })
    }

    /// Whether a name that stands in a scope is the one that another scope binds: functions have names of their own.
    fn is_in(&self, name: &ast::ExprName, scope: ScopeId, home: ScopeId) -> bool {
        scope == home
            || self.model.lookup(name.id.as_str(), scope, name.start()).is_some_and(|known| known.scope == home)
    }

    /// What is written through something that was opened on a name: `with zipfile.ZipFile(buffer, "w") as out`.
    fn through_writers(&mut self, word: &str, home: ScopeId, test: &Test<'_>, depth: u8) -> bool {
        let model = self.model;
        // A path is no content; what is sent from a path is what was written there.
        let near = |writer: &&Binding<'_>| writer.scope == home || home == Model::MODULE;
        let opened = model.opened_at(word).filter(|_| self.elements).filter(near).collect::<Vec<_>>();
        model.writers_onto(word).chain(opened).any(|writer| {
            let (Some(left), Some(depth)) = (self.left.checked_sub(1), depth.checked_sub(1)) else { return false };
            self.left = left;
            let (name, scope) = (writer.name, writer.scope);
            (name, scope) != (word, home) && self.is_new(scope, name) && self.put_into(name, scope, test, depth)
        })
    }

    /// What callers in this file pass for a parameter.
    fn arguments(&mut self, word: &str, home: ScopeId, test: &Test<'_>, depth: u8) -> bool {
        let model = self.model;
        let Some(function) = model.function_around(home) else { return false };
        let parameters: Vec<&str> = function.parameters.iter().map(|parameter| parameter.name().as_str()).collect();
        let Some(position) = parameters.iter().position(|name| *name == word) else { return false };
        let first_is_self = parameters.first().is_some_and(|name| matches!(*name, "self" | "cls"));
        model.calls_named(function.name.as_str()).any(|node| {
            let NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
            let (called, bound) = match &*call.func {
                Expr::Name(name) => (name.id.as_str(), false),
                Expr::Attribute(attribute) => (attribute.attr.as_str(), first_is_self),
                _ => return false,
            };
            if called != function.name.as_str() {
                return false;
            }
            let position = position.saturating_sub(usize::from(bound));
            let value = call.arguments.find_argument_value(word, position);
            let found = value.is_some_and(|value| self.look(value, node.scope, test, depth));
            if found {
                self.entered.get_or_insert(call.range());
            }
            found
        })
    }

    /// What a function of this file returns.
    fn returned(&mut self, call: &ast::ExprCall, scope: ScopeId, test: &Test<'_>, depth: u8) -> bool {
        let model = self.model;
        let function = match &*call.func {
            Expr::Name(name) => model.lookup(name.id.as_str(), scope, name.start()).map(|binding| binding.kind),
            Expr::Attribute(method) => {
                let class = model.receiver_class(&method.value, scope);
                class
                    .and_then(|class| model.bindings_of(method.attr.as_str(), class).next())
                    .map(|binding| binding.kind)
            }
            _ => None,
        };
        if let (Some(BindingKind::Assigned(Expr::Lambda(lambda))), Expr::Name(name)) = (function, &*call.func) {
            let key = format!("lambda {}", name.id);
            return self.is_new(scope, &key) && self.look(&lambda.body, scope, test, depth);
        }
        let Some(BindingKind::Function(function)) = function else { return false };
        let Some(inner) = model.scope_of(function) else { return false };
        self.is_new(inner, "return")
            && returns(&function.body).into_iter().any(|value| self.look(value, inner, test, depth))
    }
}

/// `table` and `"key"` of `table["key"]`.
fn element_of(element: &ast::ExprSubscript) -> Option<(&ast::ExprName, &str)> {
    Some((element.value.as_name_expr()?, element.slice.as_string_literal_expr()?.value.to_str()))
}

/// The expressions directly inside another.
pub(super) fn children(expr: &Expr) -> Vec<&Expr> {
    struct Direct<'e>(Vec<&'e Expr>);
    impl<'e> Visitor<'e> for Direct<'e> {
        fn visit_expr(&mut self, expr: &'e Expr) {
            self.0.push(expr);
        }
    }
    let mut direct = Direct(Vec::new());
    visitor::walk_expr(&mut direct, expr);
    direct.0
}

/// What a body returns or yields, nested functions left out.
fn returns(body: &[Stmt]) -> Vec<&Expr> {
    struct Returned<'e>(Vec<&'e Expr>);
    impl<'e> Visitor<'e> for Returned<'e> {
        fn visit_stmt(&mut self, stmt: &'e Stmt) {
            match stmt {
                Stmt::Return(statement) => self.0.extend(statement.value.as_deref()),
                Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
                _ => visitor::walk_stmt(self, stmt),
            }
        }
        fn visit_expr(&mut self, expr: &'e Expr) {
            if let Expr::Yield(found) = expr {
                self.0.extend(found.value.as_deref());
            }
        }
    }
    let mut returned = Returned(Vec::new());
    for stmt in body {
        returned.visit_stmt(stmt);
    }
    returned.0
}

/// All arguments of a call, by position and keyword.
pub(super) fn arguments_of(call: &ast::ExprCall) -> impl Iterator<Item = &Expr> {
    call.arguments.args.iter().chain(call.arguments.keywords.iter().map(|keyword| &keyword.value))
}

/// The text of a string literal, an f-string's literal parts, or a constant.
pub(super) fn literal_text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::StringLiteral(literal) => Some(literal.value.to_str().to_owned()),
        Expr::FString(text) => {
            let parts = text.value.elements().filter_map(|element| element.as_literal());
            Some(parts.map(|literal| &*literal.value).collect::<Vec<_>>().join("\u{0}"))
        }
        Expr::BytesLiteral(bytes) => {
            let all: Vec<u8> = bytes.value.iter().flat_map(|part| part.value.iter().copied()).collect();
            Some(String::from_utf8_lossy(&all).into_owned())
        }
        _ => None,
    }
}
