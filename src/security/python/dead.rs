//! Branches that never run: `if False:`.

use memchr::memmem;
use ruff_python_ast::statement_visitor::{self, StatementVisitor};
use ruff_python_ast::{Expr, Number, Stmt};
use ruff_text_size::{Ranged, TextRange};

/// The branches of a module that never run, by the literal in their condition.
pub fn branches(text: &str, suite: &[Stmt]) -> Vec<TextRange> {
    let mut dead = Dead::default();
    let likely = ["if False", "if 0:", "while False", "while 0:", "if True"];
    if likely.iter().any(|start| memmem::find(text.as_bytes(), start.as_bytes()).is_some()) {
        dead.visit_body(suite);
    }
    dead.0
}

#[derive(Default)]
struct Dead(Vec<TextRange>);

impl Dead {
    fn add(&mut self, body: &[Stmt]) {
        if let (Some(first), Some(last)) = (body.first(), body.last()) {
            self.0.push(TextRange::new(first.start(), last.end()));
        }
    }
}

impl<'a> StatementVisitor<'a> for Dead {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::If(branch) => match literal(&branch.test) {
                Some(false) => self.add(&branch.body),
                Some(true) => branch.elif_else_clauses.iter().for_each(|clause| self.add(&clause.body)),
                None => {}
            },
            Stmt::While(repeated) if literal(&repeated.test) == Some(false) => self.add(&repeated.body),
            _ => {}
        }
        statement_visitor::walk_stmt(self, stmt);
    }
}

fn literal(test: &Expr) -> Option<bool> {
    match test {
        Expr::BooleanLiteral(literal) => Some(literal.value),
        Expr::NumberLiteral(literal) => match &literal.value {
            Number::Int(value) => value.as_u8().filter(|value| *value < 2).map(|value| value == 1),
            _ => None,
        },
        _ => None,
    }
}
