//! The way of data through one function, by names alone.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;
use rustc_hash::FxHashMap;

use super::super::suspicion::{self, Harm};
use super::{Code, MAX_SAME, Shared, Surroundings};
use crate::security::python::mentions::{Brings, last_part};

/// What is known on the way.
pub(super) struct Way<'w, 'a> {
    around: &'w Surroundings<'w, 'a>,
    shared: &'w Shared<'a>,
    names: FxHashMap<&'a str, Brings>,
    attributes: FxHashMap<&'a str, Brings>,
    /// What functions do that were given another name.
    aliases: FxHashMap<&'a str, Harm>,
    /// Names that stand for the same thing.
    same: Vec<(&'a str, &'a str)>,
    /// What exceptions carry.
    raised: Brings,
    /// The functions inside the code that are being looked at.
    functions: Vec<&'a str>,
    /// Whether functions are looked into.
    inside: bool,
    /// What the expressions brought that were visited since this was emptied.
    gathered: Brings,
    /// Whether a name was found to hold more than before.
    pub(super) learnt: bool,
    /// What data was found to do.
    pub(super) harm: Harm,
    /// What is given back.
    pub(super) returned: Brings,
}

impl<'w, 'a> Way<'w, 'a> {
    pub(super) fn new(around: &'w Surroundings<'w, 'a>, shared: &'w Shared<'a>, code: Code<'a>) -> Self {
        Self {
            around,
            shared,
            names: around.globals.iter().map(|(name, brings)| (*name, *brings)).collect(),
            attributes: shared.gets.iter().map(|name| (*name, shared.brings)).collect(),
            aliases: FxHashMap::default(),
            same: Vec::new(),
            raised: Brings::NOTHING,
            functions: Vec::new(),
            inside: matches!(code, Code::Function(_)),
            gathered: Brings::NOTHING,
            learnt: false,
            harm: Harm::NONE,
            returned: Brings::NOTHING,
        }
    }

    fn learn(&mut self, name: &'a str, brings: Brings) {
        let known = self.names.get(name).copied().unwrap_or_default();
        if brings.without(known).is_empty() {
            return;
        }
        self.learnt = true;
        self.names.insert(name, known | brings);
        // What is put into one of two names for the same thing is in the other as well.
        let others: Vec<&'a str> = self
            .same
            .iter()
            .filter(|(one, other)| *one == name || *other == name)
            .map(|(one, other)| if *one == name { *other } else { *one })
            .collect();
        for other in others {
            self.learn(other, brings);
        }
    }

    fn learn_attribute(&mut self, name: &'a str, brings: Brings) {
        if !brings.is_empty() {
            let known = self.attributes.entry(name).or_default();
            self.learnt |= !brings.without(*known).is_empty();
            *known = *known | brings;
            if self.shared.hands.contains(&name) {
                self.uses(self.shared.harm, brings);
            }
        }
    }

    fn uses(&mut self, harm: Harm, brings: Brings) {
        self.harm = self.harm | harm.of(brings);
    }

    /// What an expression brings.
    fn eval(&mut self, expr: &'a Expr) -> Brings {
        let before = std::mem::take(&mut self.gathered);
        let brings = self.eval_inside(expr);
        self.gathered = before;
        brings
    }

    fn children(&mut self, expr: &'a Expr) -> Brings {
        self.gathered = Brings::NOTHING;
        visitor::walk_expr(self, expr);
        std::mem::take(&mut self.gathered)
    }

    fn eval_inside(&mut self, expr: &'a Expr) -> Brings {
        match expr {
            Expr::Name(name) => {
                self.around.entry(name.start()) | self.names.get(name.id.as_str()).copied().unwrap_or_default()
            }
            Expr::Attribute(attribute) => {
                let name = attribute.attr.as_str();
                let mut brings = self.eval(&attribute.value)
                    | self.around.entry(attribute.start())
                    | self.attributes.get(name).copied().unwrap_or_default();
                if self.around.properties.contains(name) {
                    brings = brings | self.around.called(name).gives;
                }
                brings
            }
            Expr::Call(call) => self.call(call),
            Expr::Lambda(lambda) => {
                let parameters = lambda.parameters.iter().flat_map(|all| all.iter_non_variadic_params());
                for parameter in parameters {
                    let brings = parameter.default().map_or(Brings::NOTHING, |default| self.eval(default));
                    self.learn(parameter.name().as_str(), brings);
                }
                self.eval(&lambda.body)
            }
            Expr::Named(named) => {
                let brings = self.eval(&named.value);
                self.assign(&named.target, brings);
                brings
            }
            Expr::ListComp(ast::ExprListComp { elt, generators, .. })
            | Expr::SetComp(ast::ExprSetComp { elt, generators, .. })
            | Expr::Generator(ast::ExprGenerator { elt, generators, .. }) => {
                self.generators(generators);
                self.eval(elt)
            }
            Expr::DictComp(comprehension) => {
                self.generators(&comprehension.generators);
                let key = comprehension.key.as_deref().map_or(Brings::NOTHING, |key| self.eval(key));
                key | self.eval(&comprehension.value)
            }
            Expr::Subscript(subscript) => {
                let key = self.eval(&subscript.slice);
                // `globals()[name]`: whoever chooses the name chooses what is called.
                if !key.is_empty() && matches!(last_part(&subscript.value), "globals" | "locals" | "vars") {
                    self.uses(Harm::WORLD, key);
                }
                key | self.eval(&subscript.value)
            }
            // Whether two values are equal is no data.
            Expr::Compare(_) => {
                self.children(expr);
                Brings::NOTHING
            }
            Expr::Yield(given) => {
                let brings = given.value.as_deref().map_or(Brings::NOTHING, |value| self.eval(value));
                self.returned(brings);
                brings
            }
            Expr::YieldFrom(given) => {
                let brings = self.eval(&given.value);
                self.returned(brings);
                brings
            }
            _ => self.children(expr),
        }
    }

    fn generators(&mut self, generators: &'a [ast::Comprehension]) {
        for generator in generators {
            let brings = self.eval(&generator.iter);
            self.assign(&generator.target, brings);
            for test in &generator.ifs {
                self.eval(test);
            }
        }
    }

    /// What a function inside gives when it is called.
    fn returned(&mut self, brings: Brings) {
        match self.functions.last().copied() {
            Some(name) => self.learn(name, brings),
            None => self.returned = self.returned | brings,
        }
    }

    fn call(&mut self, call: &'a ast::ExprCall) -> Brings {
        let (name, receiver) = match &*call.func {
            Expr::Name(name) => (name.id.as_str(), None),
            Expr::Attribute(attribute) => (attribute.attr.as_str(), Some(&*attribute.value)),
            _ => ("", Some(&*call.func)),
        };
        let on = receiver.map_or(Brings::NOTHING, |receiver| self.eval(receiver));
        let mut given = Brings::NOTHING;
        for argument in &call.arguments.args {
            given = given | self.eval(argument);
        }
        for keyword in &call.arguments.keywords {
            given = given | self.eval(&keyword.value);
        }
        let all = given | on;
        if !all.is_empty() {
            self.used(call, name, receiver, given, on);
        }
        let around = self.around;
        for global in around.writers.get(name).into_iter().flatten() {
            let functions = around.functions.get(name).into_iter().flatten();
            let brings = functions.fold(given, |all, function| all | function.closure.brings);
            self.learn(global, brings);
        }
        if receiver.is_none() && is_plain(name) {
            return Brings::NOTHING;
        }
        let function = self.names.get(name).copied().unwrap_or_default();
        let follows = receiver.is_none_or(is_own) || !super::super::choice::is_common(name);
        let gives = if follows { self.around.called(name).gives } else { Brings::NOTHING };
        all | function | self.around.entry(call.start()) | gives
    }

    /// A call that is given data, or is made on it.
    fn used(&mut self, call: &'a ast::ExprCall, name: &'a str, receiver: Option<&'a Expr>, given: Brings, on: Brings) {
        let whole = if receiver_matters(name) { given | on } else { given };
        let around = self.around;
        let origin = || receiver.map_or_else(String::new, |receiver| around.origins.of(receiver));
        self.uses(suspicion::of_call(call, origin), whole);
        let alias = self.aliases.get(name).copied().unwrap_or_default();
        self.uses(alias, given);
        let own = receiver.is_some_and(is_own);
        let common = super::super::choice::is_common(name);
        if !common || own || receiver.is_none() {
            let called = self.around.called(name);
            self.uses(called.takes, given);
            self.uses(called.harm, on);
        } else if receiver.is_some_and(Expr::is_name_expr) && !on.is_empty() {
            self.uses(self.around.called(name).harm, on);
        }
        let root = super::super::choice::root(&call.func);
        let elsewhere = root.is_some_and(|root| self.around.foreign.contains(root));
        if self.around.objects
            && !common
            && !elsewhere
            && receiver.is_some()
            && !self.around.functions.contains_key(name)
        {
            self.uses(Harm::WORLD, given);
        }
        if root.is_some_and(|root| self.around.ours.contains(root)) {
            self.uses(Harm::GRAVE, given | on);
        }
        if given.is_empty() {
            return;
        }
        if own {
            let setters = self.around.setters;
            for attribute in setters.get(name).into_iter().flatten() {
                self.learn_attribute(attribute, given);
            }
        }
        // What is given to a call may end up in everything else that it is given.
        if let Some(receiver) = receiver {
            self.put_into(receiver, given);
        }
        let keywords = call.arguments.keywords.iter().map(|keyword| &keyword.value);
        for argument in call.arguments.args.iter().chain(keywords) {
            match argument {
                Expr::Name(_) if is_plain(name) && receiver.is_none() => {}
                Expr::Name(name) => self.learn(name.id.as_str(), given),
                // `found.append` is called with it.
                Expr::Attribute(method) => self.put_into(&method.value, given),
                Expr::Lambda(lambda) => {
                    for parameter in lambda.parameters.iter().flat_map(|parameters| parameters.iter()) {
                        self.learn(parameter.name().as_str(), given);
                    }
                }
                _ => {}
            }
        }
        if receiver.is_none() {
            // A function inside gets it as a parameter.
            self.learn(name, given);
        }
    }

    /// Data is put into what an expression stands for.
    fn put_into(&mut self, target: &'a Expr, brings: Brings) {
        match target {
            Expr::Name(name) if !matches!(name.id.as_str(), "self" | "cls") => self.learn(name.id.as_str(), brings),
            Expr::Attribute(attribute) => {
                self.learn_attribute(attribute.attr.as_str(), brings);
                self.put_into(&attribute.value, brings);
            }
            Expr::Subscript(subscript) => self.put_into(&subscript.value, brings),
            Expr::Call(call) => self.put_into(&call.func, brings),
            _ => {}
        }
    }

    fn assign(&mut self, target: &'a Expr, brings: Brings) {
        match target {
            Expr::Tuple(ast::ExprTuple { elts, .. }) | Expr::List(ast::ExprList { elts, .. }) => {
                for target in elts {
                    self.assign(target, brings);
                }
            }
            Expr::Starred(starred) => self.assign(&starred.value, brings),
            Expr::Name(_) => self.put_into(target, brings),
            _ => {
                let inside = self.children(target);
                self.uses(suspicion::of_target(target), brings | inside);
                let inside = if target.is_subscript_expr() { inside } else { Brings::NOTHING };
                self.put_into(target, brings | inside);
            }
        }
    }

    fn does(&self, function: &Expr) -> Harm {
        suspicion::of_function(function, || match function {
            Expr::Attribute(attribute) => self.around.origins.of(&attribute.value),
            _ => String::new(),
        })
    }

    /// `log = logger.info`: what is called by the new name; `all = found`: what is put into both.
    fn renames(&mut self, name: &'a str, value: &'a Expr) {
        if let Expr::Name(value) = value
            && self.same.len() < MAX_SAME
            && !self.same.contains(&(name, value.id.as_str()))
        {
            self.same.push((name, value.id.as_str()));
            let brings = self.names.get(name).copied().unwrap_or_default();
            self.learn(value.id.as_str(), brings);
        }
        let harm = match value {
            Expr::Attribute(_) | Expr::Name(_) => self.does(value),
            Expr::If(either) => self.does(&either.body) | self.does(&either.orelse),
            _ => return,
        };
        if !harm.is_none() {
            let known = self.aliases.entry(name).or_default();
            self.learnt |= *known != *known | harm;
            *known = *known | harm;
        }
    }

    pub(super) fn function(&mut self, function: &'a ast::StmtFunctionDef, entry: Brings) {
        let given = entry | self.names.get(function.name.as_str()).copied().unwrap_or_default();
        let parameters = &*function.parameters;
        // What a client sent is in the request and in what stands beside it, or in what answers it.
        let beside = entry == Brings::ANYTHING || parameters.iter().any(is_request);
        for parameter in parameters.iter() {
            let own = matches!(parameter.name().as_str(), "self" | "cls");
            if !own || !beside {
                self.learn(parameter.name().as_str(), given);
            }
        }
        for parameter in function.parameters.iter_non_variadic_params() {
            let brings = parameter.default().map_or(Brings::NOTHING, |default| self.eval(default));
            self.learn(parameter.name().as_str(), brings);
        }
        self.visit_body(&function.body);
    }
}

impl<'a> Visitor<'a> for Way<'_, 'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        let brings = self.eval(expr);
        self.gathered = self.gathered | brings;
    }

    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => {
                for decorator in &function.decorator_list {
                    self.eval(&decorator.expression);
                }
                if self.inside {
                    self.functions.push(function.name.as_str());
                    let entry = self.around.entry(function.start());
                    self.function(function, entry);
                    self.functions.pop();
                }
            }
            Stmt::Assign(assign) => {
                let brings = self.eval(&assign.value);
                for target in &assign.targets {
                    // What a session says of its user may be decided by a comparison.
                    let decided = match (target, &*assign.value) {
                        (Expr::Subscript(element), Expr::Compare(_)) if last_part(&element.value) == "session" => {
                            self.children(&assign.value)
                        }
                        _ => Brings::NOTHING,
                    };
                    self.assign(target, brings | decided);
                    if let Expr::Name(name) = target {
                        self.renames(name.id.as_str(), &assign.value);
                    }
                }
            }
            Stmt::AugAssign(assign) => {
                let brings = self.eval(&assign.value);
                self.assign(&assign.target, brings);
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    let brings = self.eval(value);
                    self.assign(&assign.target, brings);
                }
            }
            Stmt::For(each) => {
                let brings = self.eval(&each.iter);
                self.assign(&each.target, brings);
                self.visit_body(&each.body);
                self.visit_body(&each.orelse);
            }
            Stmt::With(with) => {
                for item in &with.items {
                    let brings = self.eval(&item.context_expr);
                    if let Some(target) = &item.optional_vars {
                        self.assign(target, brings);
                    }
                }
                self.visit_body(&with.body);
            }
            Stmt::Raise(raise) => {
                let brings = raise.exc.as_deref().map_or(Brings::NOTHING, |raised| self.eval(raised));
                self.raised = self.raised | brings;
            }
            Stmt::Return(given) => {
                let brings = given.value.as_deref().map_or(Brings::NOTHING, |value| self.eval(value));
                self.returned(brings);
            }
            Stmt::Match(choice) => {
                let brings = self.eval(&choice.subject);
                for case in &choice.cases {
                    let mut captured = Captured(Vec::new());
                    captured.visit_pattern(&case.pattern);
                    for name in captured.0 {
                        self.learn(name, brings);
                    }
                    if let Some(guard) = &case.guard {
                        self.eval(guard);
                    }
                    self.visit_body(&case.body);
                }
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_except_handler(&mut self, handler: &'a ast::ExceptHandler) {
        let ast::ExceptHandler::ExceptHandler(handler) = handler;
        if let Some(name) = &handler.name {
            self.learn(name.as_str(), self.raised);
        }
        self.visit_body(&handler.body);
    }

    fn visit_annotation(&mut self, _: &'a Expr) {}
}

/// The names that a pattern binds.
struct Captured<'a>(Vec<&'a str>);

impl<'a> Visitor<'a> for Captured<'a> {
    fn visit_pattern(&mut self, pattern: &'a ast::Pattern) {
        match pattern {
            ast::Pattern::MatchAs(pattern) => self.0.extend(pattern.name.as_ref().map(ast::Identifier::as_str)),
            ast::Pattern::MatchStar(pattern) => self.0.extend(pattern.name.as_ref().map(ast::Identifier::as_str)),
            ast::Pattern::MatchMapping(pattern) => self.0.extend(pattern.rest.as_ref().map(ast::Identifier::as_str)),
            _ => {}
        }
        visitor::walk_pattern(self, pattern);
    }
}

/// Whether a parameter is what a client sent, by its name or its type.
fn is_request(parameter: ast::AnyParameterRef<'_>) -> bool {
    let typed = parameter.annotation().map_or("", last_part);
    matches!(parameter.name().as_str(), "request" | "req" | "websocket" | "ws")
        || typed.ends_with("Request")
        || typed.ends_with("WebSocket")
        || matches!(parameter.default().map(last_part), Some("Depends" | "Security"))
}

fn is_own(receiver: &Expr) -> bool {
    match receiver {
        Expr::Name(name) => matches!(name.id.as_str(), "self" | "cls"),
        Expr::Call(call) => matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "super"),
        _ => false,
    }
}

/// Builtins whose results hold nothing of what they are given.
fn is_plain(name: &str) -> bool {
    matches!(
        name,
        "len"
            | "int"
            | "float"
            | "bool"
            | "isinstance"
            | "issubclass"
            | "hasattr"
            | "callable"
            | "id"
            | "hash"
            | "ord"
            | "type"
    )
}

/// Whether a method does its harm with what it is called on, and not only with what it is given.
fn receiver_matters(name: &str) -> bool {
    !matches!(
        name,
        "get"
            | "post"
            | "put"
            | "delete"
            | "patch"
            | "head"
            | "options"
            | "request"
            | "stream"
            | "download"
            | "connect"
            | "setopt"
            | "create"
            | "update"
            | "update_or_create"
            | "get_or_create"
            | "filter"
            | "exclude"
            | "set"
            | "add"
            | "setdefault"
            | "debug"
            | "info"
            | "warning"
            | "warn"
            | "error"
            | "exception"
            | "critical"
            | "log"
            | "execute"
            | "executemany"
            | "redirect"
            | "set_cookie"
            | "set_header"
            | "add_header"
            | "send_header"
            | "write"
            | "finish"
            | "find"
            | "order_by"
            | "having"
            | "where"
            | "group_by"
    )
}
