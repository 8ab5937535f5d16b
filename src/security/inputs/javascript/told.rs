//! Texts in code that offers tools to agents: descriptions and prompts are instructions.

use oxc_ast::ast::{Expression, ObjectProperty, Program, StringLiteral, TemplateLiteral};
use oxc_ast_visit::{Visit, walk};
use oxc_span::Span;

use crate::model::{Confidence, Severity};
use crate::security::inputs::{Judged, instructions};

/// Shorter texts are labels.
const MIN_CHARS: usize = 60;

/// Judges the longer texts of a program.
pub(super) fn judge(program: &Program<'_>, judged: &mut Judged) {
    Told { judged }.visit_program(program);
}

struct Told<'j> {
    judged: &'j mut Judged,
}

impl Told<'_> {
    fn text(&mut self, text: &str, span: Span) {
        if text.len() < MIN_CHARS || text.matches(' ').count() < 6 {
            return;
        }
        for mut seen in instructions::told(text, true) {
            // The text within is not at the same offsets as in the code: it may have been written with escapes.
            (seen.start, seen.end) = (span.start as usize, span.end as usize);
            self.judged.observations.push(seen);
        }
    }
}

/// Whether a value is an address of mail that stands in the code, or a list with one.
fn is_fixed_address(value: &Expression<'_>) -> bool {
    match value {
        Expression::StringLiteral(text) => {
            text.value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        }
        Expression::ArrayExpression(list) => {
            list.elements.iter().filter_map(|element| element.as_expression()).any(is_fixed_address)
        }
        _ => false,
    }
}

impl<'a> Visit<'a> for Told<'_> {
    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        let blind = it.key.static_name().is_some_and(|name| name.eq_ignore_ascii_case("bcc"));
        if blind && is_fixed_address(&it.value) {
            let message = "a copy of what is sent goes to an address that stands in the code";
            let range = it.span.start as usize..it.span.end as usize;
            self.judged.see("copied-recipient", range, Severity::High, Confidence::Medium, message);
        }
        walk::walk_object_property(self, it);
    }

    fn visit_string_literal(&mut self, it: &StringLiteral<'a>) {
        self.text(it.value.as_str(), it.span);
    }

    fn visit_template_literal(&mut self, it: &TemplateLiteral<'a>) {
        let parts: Vec<&str> = it.quasis.iter().map(|part| part.value.raw.as_str()).collect();
        self.text(&parts.join("…"), it.span);
        walk::walk_template_literal(self, it);
    }
}
