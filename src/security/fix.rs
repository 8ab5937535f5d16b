//! Safe changes: from fixes to new text.

use crate::model::{Finding, Severity};

/// Whether a finding counts, is told, and can be corrected.
pub fn is_wanted(finding: &Finding, report_from: Severity) -> bool {
    finding.suppressed_by.is_none() && finding.severity >= report_from && finding.fix.is_some()
}

/// The text with the fixes of the findings that count, and how many were made. Of two that overlap the first is
/// made; the other comes up again in the next run.
pub fn apply(text: &str, findings: &[Finding], report_from: Severity) -> (String, usize) {
    let wanted = findings.iter().filter(|finding| is_wanted(finding, report_from));
    let mut fixes: Vec<_> = wanted.filter_map(|finding| finding.fix.as_ref()).collect();
    fixes.sort_by_key(|fix| (fix.start, fix.end));
    // Several findings may ask for the same change.
    fixes.dedup_by(|a, b| (a.start, a.end, &a.text) == (b.start, b.end, &b.text));
    let (mut out, mut done, mut made) = (String::with_capacity(text.len() + 64), 0_usize, 0);
    for fix in fixes {
        let (start, end) = (fix.start as usize, fix.end as usize);
        let Some(before) = text.get(done..start).filter(|_| start >= done && end >= start) else { continue };
        if text.get(start..end).is_none() {
            continue;
        }
        out.push_str(before);
        out.push_str(&fix.text);
        done = end;
        made += 1;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    (out, made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Digest, Fix};
    use crate::security::analyse::{InlineSuppressions, analyse};
    use crate::security::rules::RuleSet;

    #[test]
    fn fixes_remove_what_they_fix() {
        let text = "import yaml, hashlib\ndef f(s, url):\n    cache_key = hashlib.md5(url.encode(),).hexdigest()\n    \
                    etag = hashlib.sha1().hexdigest()\n    return yaml.load(s), yaml.load_all(s, Loader=yaml.CLoader)\n";
        let judge = |text: &str| {
            analyse("x.py", text.as_bytes(), Digest::of(b""), &RuleSet::standard(), InlineSuppressions::Obeyed).findings
        };
        let (fixed, made) = apply(text, &judge(text), Severity::Note);
        assert_eq!(made, 4);
        assert!(fixed.contains("md5(url.encode(), usedforsecurity=False)"), "{fixed}");
        assert!(fixed.contains("sha1(usedforsecurity=False)"), "{fixed}");
        assert!(fixed.contains("yaml.safe_load(s), yaml.load_all(s, Loader=yaml.CSafeLoader)"), "{fixed}");
        assert!(judge(&fixed).is_empty(), "{fixed}");
    }

    #[test]
    fn fixes_that_overlap_or_lie_outside_are_left() {
        let fix = |start, end, text: &str| Finding {
            severity: Severity::High,
            fix: Some(Fix { start, end, text: text.into(), ..Fix::default() }),
            ..Finding::default()
        };
        let findings = [fix(0, 2, "A"), fix(1, 3, "B"), fix(90, 91, "C"), fix(3, 3, "D"), fix(4, 1, "E")];
        assert_eq!(apply("xyzéw", &findings, Severity::Low), ("AzDéw".to_owned(), 2));
    }
}
