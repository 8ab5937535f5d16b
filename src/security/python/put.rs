//! What is put somewhere other than by giving it a name: into attributes of instances, and through what was opened
//! to write onto something.

use ruff_python_ast::{self as ast, Expr, Stmt};
use rustc_hash::FxHashMap;

use super::bindings::{Binding, BindingKind, Model, ScopeId, key};
use super::nodes::{Kinds, Node, NodeId, NodeRef};

/// Calls that open something to write through onto what they are given.
const WRITERS: &[&str] = &["ZipFile", "open", "TarFile", "GzipFile", "TextIOWrapper", "writer", "DictWriter"];

/// Where to look, by what it is put into. Names are kept as their hashes.
#[derive(Debug, Default)]
pub(super) struct Put {
    /// Nodes that put something into an attribute of a class.
    attributes: FxHashMap<(ScopeId, u64), Vec<u32>>,
    /// Nodes that put something into an attribute of a name whose class is not known, by both.
    others: FxHashMap<u64, Vec<u32>>,
    /// Bindings of what writes onto a name, or onto an attribute of one.
    writers: FxHashMap<u64, Vec<u32>>,
    /// Bindings of what was opened at a path to write, by the name that holds the path.
    opened: FxHashMap<u64, Vec<u32>>,
    /// Assignments to an element of a name.
    elements: FxHashMap<u64, Vec<u32>>,
    /// Calls of methods that put something into a name.
    names: FxHashMap<u64, Vec<u32>>,
    /// Calls of methods that fill a name that they are given.
    filled: FxHashMap<u64, Vec<u32>>,
}

/// Whether a method puts what it is given into what it is called on.
fn puts(method: &str) -> bool {
    matches!(
        method,
        "append"
            | "appendleft"
            | "extend"
            | "add"
            | "update"
            | "insert"
            | "write"
            | "set_content"
            | "set_payload"
            | "add_attachment"
            | "attach"
            | "add_field"
            | "writestr"
            | "read"
    )
}

/// Whether a method fills something that it is given: `picture.save(buffer)`.
fn fills(method: &str) -> bool {
    matches!(method, "save" | "dump" | "savefig" | "tofile" | "copyfileobj" | "readinto")
}

impl<'a> Model<'a> {
    /// What is put into an attribute in the methods of its class, with the scope of each: `self.name = x`,
    /// `self.name[key] = x`, `self.name.append(x)`.
    pub fn put_into_attribute(&self, class: ScopeId, name: &str) -> Vec<(&'a Expr, ScopeId)> {
        let nodes = self.put().attributes.get(&(class, key(name))).into_iter().flatten();
        let nodes = nodes.filter_map(|index| self.nodes.get(*index as usize));
        let put = nodes.flat_map(|node| self.parts(node).map(move |part| (part, node.scope)));
        put.filter(|((target, _), _)| target.attr.as_str() == name).map(|((_, value), scope)| (value, scope)).collect()
    }

    /// What is put into an attribute of a name whose class is not known, with the scope of each: functions that hand one
    /// thing to each other call it the same.
    pub fn put_into_other(&self, owner: &str, name: &str) -> Vec<(&'a Expr, ScopeId)> {
        let nodes = self.put().others.get(&key_of(owner, name)).into_iter().flatten();
        let nodes = nodes.filter_map(|index| self.nodes.get(*index as usize));
        let put = nodes.flat_map(|node| self.parts(node).map(move |part| (part, node.scope)));
        let same = |target: &ast::ExprAttribute| {
            target.attr.as_str() == name && matches!(&*target.value, Expr::Name(known) if known.id.as_str() == owner)
        };
        put.filter(|((target, _), _)| same(target)).map(|((_, value), scope)| (value, scope)).collect()
    }

    /// What was opened to write at the path that a name holds: `out` in `with open(name, "wb") as out`.
    pub fn opened_at(&self, name: &str) -> impl Iterator<Item = &Binding<'a>> {
        let bindings = self.put().opened.get(&key(name)).into_iter().flatten();
        bindings.filter_map(|index| self.bindings.get(*index as usize))
    }

    /// What writes onto an attribute of a name: `out` in `with zipfile.ZipFile(loot.archive, "w") as out`.
    pub fn writers_onto_other(&self, owner: &str, name: &str) -> impl Iterator<Item = &Binding<'a>> {
        let bindings = self.put().writers.get(&key_of(owner, name)).into_iter().flatten();
        bindings.filter_map(|index| self.bindings.get(*index as usize))
    }

    /// What is put into the elements of a name, with the scope of each: `name[key] = x`. Of one element, what is put into
    /// others is left out, as far as the keys are known.
    pub fn put_into_elements(
        &self,
        name: &str,
        element: Option<&str>,
    ) -> impl Iterator<Item = (&'a ast::ExprName, &'a Expr, ScopeId)> {
        let nodes = self.put().elements.get(&key(name)).into_iter().flatten();
        let nodes = nodes.filter_map(|index| self.nodes.get(*index as usize));
        nodes.filter_map(move |node| {
            let NodeRef::Stmt(Stmt::Assign(assign)) = node.node else { return None };
            let other = assign.targets.iter().all(|target| match (target, element) {
                (Expr::Subscript(target), Some(element)) => {
                    target.slice.as_string_literal_expr().is_some_and(|key| key.value.to_str() != element)
                }
                _ => false,
            });
            let holder = assign.targets.iter().find_map(holder)?;
            (!other).then_some((holder, &*assign.value, node.scope))
        })
    }

    /// The calls that put something into a name, `name.append(x)`, `name.write(x)`, and perhaps into others.
    pub fn calls_putting_into(&self, name: &str) -> impl Iterator<Item = &Node<'a>> {
        let nodes = self.put().names.get(&key(name)).into_iter().flatten();
        nodes.filter_map(|index| self.nodes.get(*index as usize))
    }

    /// The calls that fill a name, `picture.save(name)`, and perhaps others.
    pub fn calls_filling(&self, name: &str) -> impl Iterator<Item = &Node<'a>> {
        let nodes = self.put().filled.get(&key(name)).into_iter().flatten();
        nodes.filter_map(|index| self.nodes.get(*index as usize))
    }

    /// What writes onto a name: `out` in `with zipfile.ZipFile(name, "w") as out`.
    pub fn writers_onto(&self, name: &str) -> impl Iterator<Item = &Binding<'a>> {
        let bindings = self.put().writers.get(&key(name)).into_iter().flatten();
        bindings.filter_map(|index| self.bindings.get(*index as usize))
    }

    fn put(&self) -> &Put {
        self.put.get_or_init(|| {
            let mut put = Put::default();
            for (NodeId(index), node) in self.nodes_of(Kinds::ASSIGN | Kinds::CALL) {
                if let NodeRef::Stmt(Stmt::Assign(assign)) = node.node {
                    for name in assign.targets.iter().filter_map(holder) {
                        put.elements.entry(key(name.id.as_str())).or_default().push(index);
                    }
                }
                if let NodeRef::Expr(Expr::Call(call)) = node.node
                    && let Expr::Attribute(method) = &*call.func
                {
                    if puts(method.attr.as_str())
                        && let Expr::Name(name) = &*method.value
                    {
                        put.names.entry(key(name.id.as_str())).or_default().push(index);
                    }
                    if fills(method.attr.as_str()) {
                        for name in given(call).filter_map(Expr::as_name_expr) {
                            let known = put.filled.entry(key(name.id.as_str())).or_default();
                            if known.last() != Some(&index) {
                                known.push(index);
                            }
                        }
                    }
                }
                for (target, _) in self.parts(node) {
                    if let Some(class) = self.receiver_class(&target.value, node.scope) {
                        let known = put.attributes.entry((class, key(target.attr.as_str()))).or_default();
                        if known.last() != Some(&index) {
                            known.push(index);
                        }
                    } else if let Expr::Name(owner) = &*target.value {
                        let known = put.others.entry(key_of(owner.id.as_str(), target.attr.as_str())).or_default();
                        if known.last() != Some(&index) {
                            known.push(index);
                        }
                    }
                }
            }
            for (binding, index) in self.bindings.iter().zip(0_u32..) {
                if let BindingKind::With(Expr::Call(call)) | BindingKind::Assigned(Expr::Call(call)) = binding.kind {
                    if let Some(path) = opens_at(call) {
                        put.opened.entry(key(path)).or_default().push(index);
                    }
                    for place in onto(call) {
                        put.writers.entry(place).or_default().push(index);
                    }
                }
            }
            put
        })
    }

    /// The attributes that a node puts something into, each with what.
    fn parts(&self, node: &Node<'a>) -> impl Iterator<Item = (&'a ast::ExprAttribute, &'a Expr)> {
        let mut parts = Vec::new();
        match node.node {
            NodeRef::Stmt(Stmt::Assign(assign)) => {
                let targets = assign.targets.iter().filter_map(attribute);
                parts.extend(targets.map(|target| (target, &*assign.value)));
            }
            NodeRef::Stmt(Stmt::AnnAssign(assign)) => {
                parts.extend(attribute(&assign.target).zip(assign.value.as_deref()));
            }
            NodeRef::Expr(Expr::Call(call)) => {
                if let Expr::Attribute(method) = &*call.func
                    && puts(method.attr.as_str())
                    && let Expr::Attribute(target) = &*method.value
                {
                    parts.extend(given(call).map(|value| (target, value)));
                }
            }
            _ => {}
        }
        parts.into_iter()
    }
}

/// `self.name` in `self.name = x` and `self.name[key] = x`.
fn attribute(target: &Expr) -> Option<&ast::ExprAttribute> {
    match target {
        Expr::Subscript(element) => element.value.as_attribute_expr(),
        other => other.as_attribute_expr(),
    }
}

/// `name` in `name[key] = x`.
fn holder(target: &Expr) -> Option<&ast::ExprName> {
    target.as_subscript_expr()?.value.as_name_expr()
}

fn given(call: &ast::ExprCall) -> impl Iterator<Item = &Expr> {
    call.arguments.args.iter().chain(call.arguments.keywords.iter().map(|keyword| &keyword.value))
}

/// The name that holds the path at which a call opens something to write.
fn opens_at(call: &ast::ExprCall) -> Option<&str> {
    let called = match &*call.func {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return None,
    };
    let mode = call.arguments.find_argument_value("mode", 1)?.as_string_literal_expr()?;
    let writes = called == "open" && mode.value.to_str().starts_with(['w', 'a', 'x']);
    let path = call.arguments.args.first().filter(|_| writes)?;
    path.as_name_expr().map(|name| name.id.as_str())
}

/// What stands for an attribute of a name.
fn key_of(owner: &str, name: &str) -> u64 {
    key(owner).rotate_left(17) ^ key(name)
}

/// The names that a call which opens something may write onto: `open(path)` writes nothing onto the path,
/// `tarfile.open(fileobj=buffer)` does onto the buffer.
fn onto(call: &ast::ExprCall) -> impl Iterator<Item = u64> {
    let called = match &*call.func {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => "",
    };
    let file = call.arguments.find_keyword("fileobj").map(|keyword| &keyword.value);
    let writes = WRITERS.contains(&called);
    let any = given(call).filter(move |_| called != "open");
    file.into_iter().chain(any).filter(move |_| writes).filter_map(|place| match place {
        Expr::Name(name) => Some(key(name.id.as_str())),
        Expr::Attribute(attribute) => {
            attribute.value.as_name_expr().map(|owner| key_of(owner.id.as_str(), attribute.attr.as_str()))
        }
        _ => None,
    })
}
