//! What the functions of a file bring and do.

use memchr::memmem;
use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::origins::Origins;
use super::super::project::Library;
use super::super::suspicion::{self, Harm};
use super::{Called, Map, SECRETS, root};
use crate::security::python::mentions::{Brings, last_part};
use crate::security::python::{BindingKind, Kinds, Model, NodeRef};

/// Collects what names of a table bring in an expression.
pub(super) struct Names<'t>(&'t FxHashMap<&'t str, Brings>, Brings);

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

/// Whether a name stands for a file of the project, or for something in one.
pub(super) fn is_ours(kind: &BindingKind<'_>, path: &str, library: &Library<'_>) -> bool {
    match kind {
        BindingKind::Import(module) => {
            !library.is_known(path, module)
                && (library.find(path, module, 0).is_some() || library.has_folder(path, module))
        }
        BindingKind::ImportFrom { module, level, name } => {
            if *level == 0 && library.is_known(path, module) {
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

/// Whether a function is called as if it gave what a client sent.
pub(super) fn gives_data(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["request", "param", "input", "arg", "query", "form", "header", "cookie", "body", "payload", "get_", "read", "recv"]
        .iter()
        .any(|word| name.contains(word))
}

/// `getattr(self, "on_" + event)`: what the name of the method begins with.
fn beginning(call: &ast::ExprCall) -> Option<&str> {
    let [Expr::Name(owner), name, ..] = &*call.arguments.args else { return None };
    if owner.id.as_str() != "self" {
        return None;
    }
    let begin = match name {
        Expr::BinOp(sum) => sum.left.as_string_literal_expr()?.value.to_str(),
        Expr::FString(text) => text.value.iter().find_map(|part| match part {
            ast::FStringPart::Literal(literal) => Some(&*literal.value),
            ast::FStringPart::FString(inner) => inner.elements.first()?.as_literal().map(|literal| &*literal.value),
        })?,
        _ => return None,
    };
    let begin = begin.split('%').next().unwrap_or("");
    (begin.len() > 1).then_some(begin)
}

pub(super) fn called(call: &ast::ExprCall) -> Option<Called<'_>> {
    match &*call.func {
        Expr::Name(name) if name.id.as_str() == "getattr" => beginning(call).map(Called::Begins),
        Expr::Name(name) => Some(Called::Name(name.id.as_str())),
        Expr::Attribute(attribute) => {
            let name = attribute.attr.as_str();
            let own = match &*attribute.value {
                Expr::Name(receiver) => matches!(receiver.id.as_str(), "self" | "cls"),
                Expr::Call(call) => matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "super"),
                _ => false,
            };
            Some(if own { Called::Own(name) } else { Called::Method(name) })
        }
        _ => None,
    }
}

impl<'a> Map<'a> {
    pub(super) fn look_at_calls(&mut self, model: &Model<'a>, origins: &Origins<'a>) {
        for (_, node) in model.nodes_of(Kinds::CALL | Kinds::ASSIGN) {
            let harm = match node.node {
                NodeRef::Expr(Expr::Call(call)) => {
                    let harm = suspicion::of_call(call, || match &*call.func {
                        Expr::Attribute(method) => origins.of(&method.value),
                        _ => String::new(),
                    });
                    if let (Some(called), Some(region)) = (called(call), self.around(node.scope)) {
                        region.calls.push(called);
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
        for (scope, attribute) in &model.writers {
            if let Some(region) = self.around(*scope) {
                region.sets.push(attribute);
            }
        }
    }

    /// Names of the module that hold data from outside are such data wherever they are read.
    pub(super) fn look_at_globals(&mut self, text: &str, model: &Model<'a>) {
        if self.regions.first().is_none_or(|module| module.brings.is_empty()) {
            return;
        }
        let mut tainted: FxHashMap<&'a str, Brings> = FxHashMap::default();
        let doubted = Brings::USE;
        for binding in model.bindings.iter().filter(|binding| binding.scope == Model::MODULE) {
            let Some(value) = binding.kind.value() else { continue };
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
        for (name, brings) in tainted.iter().filter(|(name, _)| name.len() > 1) {
            let finder = memmem::Finder::new(name.as_bytes());
            for region in self.regions.iter_mut().skip(1) {
                let body = text.get(region.range.start().into()..region.range.end().into()).unwrap_or("");
                if finder.find(body.as_bytes()).is_some() {
                    region.brings = region.brings | *brings;
                }
            }
        }
        self.globals = tainted;
    }

    /// Guessable numbers matter where something is called a secret.
    pub(super) fn look_at_secrets(&mut self, text: &str) {
        if !self.regions.iter().any(|region| region.brings.meets(Brings::RANDOM)) {
            return;
        }
        let Some(words) = SECRETS.as_ref() else { return };
        for found in words.find_iter(text) {
            let place = TextSize::try_from(found.start()).unwrap_or_default();
            let region = self.at(place);
            region.harm = region.harm | Harm::SECRET;
            if let Some(module) = self.regions.first_mut() {
                module.harm = module.harm | Harm::SECRET;
            }
        }
    }

    /// What a function of another file does is not known here.
    pub(super) fn look_at_imports(&mut self, path: &str, model: &Model<'a>, library: &Library<'_>) {
        let world = Brings::WORLD | Brings::REQUEST;
        if !self.regions.iter().any(|region| region.brings.meets(world)) {
            return;
        }
        let ours: FxHashSet<&'a str> = model
            .bindings
            .iter()
            .filter(|binding| is_ours(&binding.kind, path, library))
            .map(|binding| binding.name)
            .collect();
        if ours.is_empty() {
            return;
        }
        for (_, node) in model.nodes_of(Kinds::CALL) {
            let NodeRef::Expr(Expr::Call(call)) = node.node else { continue };
            let Some(name) = root(&call.func).filter(|name| ours.contains(name)) else { continue };
            let hint = gives_data(last_part(&call.func)) || gives_data(name);
            if let Some(region) = self.around(node.scope) {
                region.harm = region.harm | Harm::GRAVE;
                if hint {
                    region.brings = region.brings | Brings::WORLD;
                    self.enters(call.start(), Brings::WORLD);
                }
            }
        }
        self.ours = ours;
        // What a handler does with objects of the project is not told by names.
        for region in self.regions.iter_mut().filter(|region| region.brings.meets(Brings::WORLD)) {
            region.harm = region.harm | Harm::WORLD;
        }
    }
}
