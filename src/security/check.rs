//! Judging one file: every node is shown to the rules that asked for it.

use std::cell::{OnceCell, RefCell};

use ruff_python_ast::{Expr, Operator, Stmt};

use super::python::{Kinds, Model, NodeId, NodeRef};
use super::rules::{Draft, FileView, RuleSet, Sink, Site, called_name, target_name};
use super::source::SourceUnit;

/// Shows all nodes of a file to the rules of a set.
pub fn run(unit: &SourceUnit, model: &Model<'_>, rules: &RuleSet) -> Vec<Draft> {
    let view = FileView {
        unit,
        model,
        test_code: is_test_code(unit, model),
        mentions: OnceCell::new(),
        given: OnceCell::new(),
        web: OnceCell::new(),
        filled: RefCell::default(),
    };
    let mut pass = Pass { view: &view, rules, drafts: Vec::new() };
    pass.show(&rules.files, &pass.site_of_file());
    for (id, kind, node) in model.nodes_by_kind().filter(|(_, kind, _)| *kind != Kinds::OTHER) {
        pass.node(kind, Site { file: &view, node: node.node, id, scope: node.scope, name: None });
    }
    pass.drafts
}

struct Pass<'p, 'a> {
    view: &'p FileView<'a>,
    rules: &'p RuleSet,
    drafts: Vec<Draft>,
}

impl<'p, 'a> Pass<'p, 'a> {
    fn show(&mut self, rules: &[u16], site: &Site<'_, '_>) {
        for &index in rules {
            if let Some(&(rule, coverage)) = self.rules.rules.get(index as usize) {
                (rule.check)(site, &mut Sink::new(rule, coverage, &mut self.drafts));
            }
        }
    }

    fn site_of_file(&self) -> Site<'p, 'a> {
        Site { file: self.view, node: NodeRef::Module, id: NodeId::NONE, scope: Model::MODULE, name: None }
    }

    fn node(&mut self, kind: Kinds, site: Site<'_, '_>) {
        let rules = self.rules;
        match kind {
            Kinds::CALL => self.call(site),
            Kinds::STRING => self.string(&site),
            Kinds::FSTRING => self.show(&rules.texts, &site),
            Kinds::SUM if continues(&site) => {}
            Kinds::SUM => self.show(&rules.texts, &site),
            Kinds::COMPARE => self.show(&rules.compares, &site),
            Kinds::DICT => self.show(&rules.dicts, &site),
            Kinds::HANDLER => self.show(&rules.handlers, &site),
            Kinds::ASSIGN => self.assignment(&site),
            Kinds::FUNCTION => self.show(&rules.functions, &site),
            Kinds::CLASS => self.show(&rules.classes, &site),
            Kinds::ASSERT => self.show(&rules.asserts, &site),
            Kinds::IMPORT => self.show(&rules.imports, &site),
            _ => {}
        }
    }

    fn string(&mut self, site: &Site<'_, '_>) {
        let rules = self.rules;
        self.show(&rules.strings, site);
        if let NodeRef::Expr(Expr::StringLiteral(literal)) = site.node
            && rules.holds(literal.value.to_str())
        {
            self.show(&rules.holding, site);
        }
    }

    fn assignment(&mut self, site: &Site<'_, '_>) {
        let rules = self.rules;
        self.show(&rules.assigns, site);
        let targets = match site.node {
            NodeRef::Stmt(Stmt::Assign(assign)) => assign.targets.as_slice(),
            NodeRef::Stmt(Stmt::AnnAssign(assign)) => std::slice::from_ref(&*assign.target),
            _ => &[],
        };
        for list in targets.iter().filter_map(|target| rules.by_target.get(target_name(target)?)) {
            self.show(list, site);
        }
    }

    fn call(&mut self, site: Site<'_, '_>) {
        let Some(call) = site.call() else { return };
        let rules = self.rules;
        let last = called_name(call);
        // The attribute of `x.run(…)` cannot be renamed, so most calls need not be resolved.
        let known = last.and_then(|last| rules.by_last.get(last));
        let maybe = known.is_some_and(|known| known.qualified)
            || match &*call.func {
                Expr::Attribute(_) => false,
                // A name that nothing in the file binds is what it says.
                Expr::Name(name) => self.view.model.is_bound(name.id.as_str()),
                _ => true,
            };
        let method = known.map(|known| known.rules.as_slice()).filter(|rules| !rules.is_empty());
        let keywords = &call.arguments.keywords;
        if !maybe && method.is_none() && keywords.is_empty() {
            return;
        }
        let name = if maybe || method.is_some() { self.view.model.resolve(&call.func, site.scope) } else { None };
        let site = Site { name: name.as_deref(), ..site };
        if let Some(name) = &name
            && let Some(list) = rules.by_call.get(name.as_str())
        {
            self.show(list, &site);
        }
        if let Some(list) = method {
            self.show(list, &site);
        }
        for keyword in keywords {
            if let Some(word) = &keyword.arg
                && let Some(list) = rules.by_keyword.get(word.as_str())
            {
                self.show(list, &site);
            }
        }
        if !keywords.is_empty() {
            self.show(&rules.any_keyword, &site);
        }
    }
}

/// Whether a `+` or `%` is a part of a larger one that was shown already.
fn continues(site: &Site<'_, '_>) -> bool {
    matches!(
        site.parent().map(|node| node.node),
        Some(NodeRef::Expr(Expr::BinOp(outer))) if matches!(outer.op, Operator::Add | Operator::Mod)
    )
}

/// Test code by its path *and* by what it imports or defines: neither alone is believed.
pub(super) fn is_test_code(unit: &SourceUnit, model: &Model<'_>) -> bool {
    let mut parts = unit.path.rsplit('/');
    let file = parts.next().unwrap_or("");
    let stem = file.strip_suffix(".py").unwrap_or(file);
    let by_path = stem.starts_with("test_")
        || stem.ends_with("_test")
        || stem.ends_with("_tests")
        || matches!(stem, "conftest" | "tests" | "test")
        || parts
            .any(|folder| matches!(folder, "test" | "tests" | "testing" | "idle_test") || folder.starts_with("test_"));
    by_path
        && (model.imports.iter().any(|(name, _)| {
            // A package may have its tools for tests in a package of its own.
            let mut parts = name.trim_start_matches('.').split('.');
            let top = parts.next().unwrap_or("");
            matches!(top, "unittest" | "pytest" | "test" | "tests" | "doctest" | "nose" | "hypothesis" | "support")
                || parts.any(|part| matches!(part, "test" | "tests" | "testing"))
        }) || model
            .bindings
            .iter()
            .any(|binding| binding.name.starts_with("test_") || binding.name.starts_with("Test")))
}
