//! What can be seen without a syntax tree.

use ruff_text_size::{TextRange, TextSize};

use super::{Rule, Trigger};
use crate::model::{Category, Confidence, Severity};

pub(super) const BIDI: Rule = Rule {
    id: "bidirectional-text",
    title: "characters change the order in which code is shown",
    aliases: &["B613"],
    category: Category::Obfuscation,
    cwe: 838,
    severity: Severity::High,
    help: "write such characters as escapes, `\"\\u202e\"`",
    triggers: &[Trigger::File],
    check: |site, sink| {
        let text = &site.file.unit.text;
        // Every one of them is three bytes that begin with E2 80 or E2 81.
        for at in memchr::memchr_iter(0xE2, text.as_bytes()) {
            let severity = match text.as_bytes().get(at + 1..at + 3) {
                // Embeddings, overrides and isolates.
                Some([0x80, 0xAA..=0xAE] | [0x81, 0xA6..=0xA9]) => Severity::High,
                // The right-to-left mark alone cannot reorder code; it is common in texts of such languages.
                Some([0x80, 0x8F]) => Severity::Note,
                _ => continue,
            };
            let Ok(at) = u32::try_from(at) else { return };
            let range = TextRange::at(TextSize::new(at), TextSize::new(3));
            sink.report(range, severity, Confidence::Medium, "what is shown here is not what runs");
            if severity == Severity::High {
                return;
            }
        }
    },
};
