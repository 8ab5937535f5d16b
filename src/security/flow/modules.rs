//! Which statements of an imported module make what a name means there.

use ruff_python_ast::{self as ast, Expr, Stmt};
use rustc_hash::FxHashMap;

/// Under this name stand the imports of everything that another module has.
pub const EVERYTHING: &str = "*";

/// How deep blocks are looked into.
const MAX_BLOCKS: u32 = 6;

/// The statements of a module by the names that they bind or change, in order.
pub fn by_name(suite: &[Stmt]) -> FxHashMap<&str, Vec<&Stmt>> {
    let mut all: FxHashMap<&str, Vec<&Stmt>> = FxHashMap::default();
    let mut names = Vec::new();
    let mut imported = Vec::new();
    suite.iter().filter(|stmt| stmt.is_import_stmt()).for_each(|stmt| bound(stmt, 1, &[], &mut imported));
    for stmt in suite {
        names.clear();
        bound(stmt, MAX_BLOCKS, &imported, &mut names);
        names.sort_unstable();
        names.dedup();
        for name in &names {
            all.entry(name).or_default().push(stmt);
        }
    }
    all
}

/// The names that a statement binds or changes. Calls change no module that is imported: one that starts the program
/// (`sys.exit(main())`) would be run for the name of the module.
fn bound<'a>(stmt: &'a Stmt, depth: u32, imported: &[&str], names: &mut Vec<&'a str>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let mut within = |body: &'a [Stmt]| body.iter().for_each(|stmt| bound(stmt, depth, imported, names));
    match stmt {
        Stmt::FunctionDef(function) => names.push(function.name.as_str()),
        Stmt::ClassDef(class) => names.push(class.name.as_str()),
        Stmt::Assign(assign) => assign.targets.iter().for_each(|target| targets(target, names)),
        Stmt::AnnAssign(assign) if assign.value.is_some() => targets(&assign.target, names),
        Stmt::AugAssign(assign) => targets(&assign.target, names),
        Stmt::Import(import) => names.extend(import.names.iter().map(|alias| match &alias.asname {
            Some(name) => name.as_str(),
            None => alias.name.as_str().split('.').next().unwrap_or_default(),
        })),
        Stmt::ImportFrom(import) => {
            names.extend(import.names.iter().map(|alias| alias.asname.as_ref().unwrap_or(&alias.name).as_str()));
        }
        Stmt::If(choice) => {
            within(&choice.body);
            choice.elif_else_clauses.iter().for_each(|clause| within(&clause.body));
        }
        Stmt::Try(attempt) => {
            within(&attempt.body);
            for ast::ExceptHandler::ExceptHandler(handler) in &attempt.handlers {
                within(&handler.body);
            }
            within(&attempt.orelse);
            within(&attempt.finalbody);
        }
        Stmt::With(with) => {
            within(&with.body);
            with.items
                .iter()
                .filter_map(|item| item.optional_vars.as_deref())
                .for_each(|target| targets(target, names));
        }
        Stmt::For(each) => {
            within(&each.body);
            targets(&each.target, names);
        }
        Stmt::While(each) => within(&each.body),
        // `app.config.update(…)` changes what `app` means.
        Stmt::Expr(statement) => {
            if let Expr::Call(call) = &*statement.value {
                let known = names.len();
                targets(&call.func, names);
                if names.get(known).is_some_and(|name| imported.contains(name)) {
                    names.truncate(known);
                }
            }
        }
        _ => {}
    }
}

/// The names that an assignment to this binds or changes.
fn targets<'a>(target: &'a Expr, names: &mut Vec<&'a str>) {
    match target {
        Expr::Name(name) => names.push(name.id.as_str()),
        Expr::Attribute(attribute) => targets(&attribute.value, names),
        Expr::Subscript(subscript) => targets(&subscript.value, names),
        Expr::Starred(starred) => targets(&starred.value, names),
        Expr::Call(call) => targets(&call.func, names),
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| targets(target, names)),
        Expr::List(list) => list.elts.iter().for_each(|target| targets(target, names)),
        _ => {}
    }
}
