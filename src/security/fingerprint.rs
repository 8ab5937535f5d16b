//! The identity of a finding: it survives edits elsewhere in the file and dies with the code itself.
//!
//! It covers the rule, the path, the normalised text of the finding, and which of several equal ones it is.
//! Line numbers are no part of it.

use ruff_text_size::TextRange;
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};

use super::source::SourceUnit;
use crate::model::Finding;

/// Longer texts are told apart by this many bytes of theirs.
const MAX_TEXT: usize = 4_096;

/// Gives each finding of a file its fingerprint. The findings must be in the order of the text.
pub fn assign(unit: &SourceUnit, findings: &mut [Finding]) {
    let mut seen: FxHashMap<(String, String), u32> = FxHashMap::default();
    for finding in findings {
        let text = normalised(unit, finding);
        let occurrence = seen.entry((finding.rule.clone(), text.clone())).or_default();
        finding.fingerprint = of(&finding.rule, &text, &finding.path, *occurrence);
        *occurrence += 1;
    }
}

/// The fingerprint of these parts, 32 hexadecimal digits.
pub fn of(rule: &str, text: &str, path: &str, occurrence: u32) -> String {
    let mut hasher = Sha256::new();
    hasher.update(b"aetherra-maint/finding/v1\0");
    for part in [rule, text, path] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.update(occurrence.to_be_bytes());
    hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The lines of a finding without indentation, and with single spaces.
fn normalised(unit: &SourceUnit, finding: &Finding) -> String {
    let range = TextRange::new(
        unit.line_start(finding.line),
        unit.line_start(finding.end_line + 1).max(unit.line_start(finding.line)),
    );
    let slice = if finding.end_line >= unit.line_count() {
        unit.text.get(usize::from(range.start())..).unwrap_or("")
    } else {
        unit.slice(range)
    };
    let mut out = String::new();
    for word in slice.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        if out.len() > MAX_TEXT {
            break;
        }
    }
    out
}
