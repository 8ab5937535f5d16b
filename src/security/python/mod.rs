//! What the analysis knows of a Python file: its syntax tree, and what the names in it mean.
//!
//! [`parse`](parse::parse) gives a tree even for files with errors. [`Model`] walks it once and records the
//! scopes with their bindings and the nodes that rules look at; [`Model::resolve`] then says which qualified
//! name an expression stands for. [`constant`] folds literals.

pub mod bindings;
pub mod constant;
pub mod dead;
pub mod handed;
pub mod mentions;
mod nesting;
mod nodes;
pub mod parse;
pub mod put;
pub mod stdlib;
mod walk;

pub use bindings::{Binding, BindingKind, Model, Scope, ScopeId, ScopeKind};
pub use constant::Constant;
pub use nodes::{Kinds, Node, NodeId, NodeRef, formats_number};
pub use parse::{MAX_DEPTH, ParsedModule, SyntaxProblem, TooDeep};
