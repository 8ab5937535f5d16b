//! The nodes that rules look at, each with what it is.
//!
//! Trees are large and lie all over the memory: whoever wants to see the calls of a file should not have to touch
//! every other node to find out that it is none. So what a node is is kept beside it.

use std::ops::BitOr;

use ruff_python_ast::{self as ast, Expr, Stmt};

use super::bindings::ScopeId;

/// Index of a node in [`Model::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The parent of what stands at the top of the module.
    pub const NONE: Self = Self(u32::MAX);
}

/// A syntax node that rules may look at.
#[derive(Debug, Clone, Copy)]
pub enum NodeRef<'a> {
    /// A statement.
    Stmt(&'a Stmt),
    /// An expression: calls, comparisons, dictionaries, strings, f-strings, `+` and `%` over them.
    Expr(&'a Expr),
    /// An `except` clause.
    Handler(&'a ast::ExceptHandlerExceptHandler),
    /// A parameter with a default.
    Default(&'a ast::ParameterWithDefault),
    /// The module as a whole; never in [`Model::nodes`].
    Module,
}

/// A node with its surroundings.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    /// The node.
    pub node: NodeRef<'a>,
    /// The scope it stands in.
    pub scope: ScopeId,
    /// The nearest recorded node around it.
    pub parent: NodeId,
}

/// What nodes are, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u16);

impl Kinds {
    /// None of the others.
    pub const OTHER: Self = Self(0);
    /// A call.
    pub const CALL: Self = Self(1);
    /// A text that is no documentation.
    pub const STRING: Self = Self(1 << 1);
    /// The same of bytes.
    pub const BYTES: Self = Self(1 << 2);
    /// A text with values in it.
    pub const FSTRING: Self = Self(1 << 3);
    /// `+` or `%`.
    pub const SUM: Self = Self(1 << 4);
    /// A comparison.
    pub const COMPARE: Self = Self(1 << 5);
    /// A dictionary.
    pub const DICT: Self = Self(1 << 6);
    /// A variable of the environment.
    pub const SUBSCRIPT: Self = Self(1 << 7);
    /// An assignment, plain or annotated.
    pub const ASSIGN: Self = Self(1 << 8);
    /// The definition of a function.
    pub const FUNCTION: Self = Self(1 << 9);
    /// The definition of a class.
    pub const CLASS: Self = Self(1 << 10);
    /// An assertion.
    pub const ASSERT: Self = Self(1 << 11);
    /// An import.
    pub const IMPORT: Self = Self(1 << 12);
    /// An `except` clause.
    pub const HANDLER: Self = Self(1 << 13);

    /// Whether anything is in both.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What a node is.
    pub(super) const fn of(node: NodeRef<'_>) -> Self {
        match node {
            NodeRef::Expr(expr) => match expr {
                Expr::Call(_) => Self::CALL,
                Expr::StringLiteral(_) => Self::STRING,
                Expr::BytesLiteral(_) => Self::BYTES,
                Expr::FString(_) => Self::FSTRING,
                Expr::BinOp(_) => Self::SUM,
                Expr::Compare(_) => Self::COMPARE,
                Expr::Dict(_) => Self::DICT,
                Expr::Subscript(_) => Self::SUBSCRIPT,
                _ => Self::OTHER,
            },
            NodeRef::Stmt(stmt) => match stmt {
                Stmt::Assign(_) | Stmt::AnnAssign(_) => Self::ASSIGN,
                Stmt::FunctionDef(_) => Self::FUNCTION,
                Stmt::ClassDef(_) => Self::CLASS,
                Stmt::Assert(_) => Self::ASSERT,
                Stmt::Import(_) | Stmt::ImportFrom(_) => Self::IMPORT,
                _ => Self::OTHER,
            },
            NodeRef::Handler(_) => Self::HANDLER,
            NodeRef::Default(_) | NodeRef::Module => Self::OTHER,
        }
    }
}

impl BitOr for Kinds {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Whether a field of an f-string takes nothing but numbers: `{x:d}`, `{x:.0f}`.
pub fn formats_number(field: &ruff_python_ast::InterpolatedElement) -> bool {
    let Some(spec) = field.format_spec.as_deref() else { return false };
    let mut elements = spec.elements.iter();
    match (elements.next_back(), elements.next_back()) {
        (Some(ruff_python_ast::InterpolatedStringElement::Literal(last)), None) => {
            last.ends_with(['d', 'f', 'F', 'e', 'E', 'g', 'G', 'x', 'X', 'b', 'o', 'n'])
        }
        _ => false,
    }
}
