//! Statements: what they define, import and hold.

use ruff_python_ast::{self as ast, ExceptHandler, Expr, Stmt};
use ruff_text_size::Ranged;

use super::super::bindings::{BindingKind, Outer, ScopeKind};
use super::super::mentions::{self, Brings};
use super::super::nodes::NodeRef;
use super::super::parse::MAX_DEPTH;
use super::{ClassHint, Source, Walker};

impl<'a> Walker<'a> {
    pub(super) fn stmt(&mut self, stmt: &'a Stmt) {
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
    pub(super) fn defaults(&mut self, parameters: &'a ast::Parameters) {
        for parameter in parameters.iter_non_variadic_params() {
            if let Some(default) = parameter.default.as_deref() {
                let around = self.parent;
                self.parent = self.record(NodeRef::Default(parameter));
                self.expr(default);
                self.parent = around;
            }
        }
    }

    pub(super) fn parameters(&mut self, parameters: &'a ast::Parameters) {
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
}
