//! Risk: from findings to a number between 0 and 1, so that more findings never make it smaller.
//!
//! # The formula
//!
//! Each finding that counts has a weight `w = severity × confidence`, and a hazard `h = -ln(1 - w)`.
//!
//! | | note | low | medium | high | critical |
//! |---|---|---|---|---|---|
//! | severity | 0.01 | 0.06 | 0.25 | 0.55 | 0.90 |
//!
//! | | low | medium | high |
//! |---|---|---|---|
//! | confidence | 0.5 | 0.8 | 1.0 |
//!
//! Findings of one rule say much the same: sorted from the worst, the k-th counts `h / k²`. The hazards of the
//! rules of a category add up to `H`, and its risk is `1 - exp(-H)`. The overall risk is the same over all
//! categories. Capabilities add a small hazard to their category: code that can use the network can do
//! more harm than code that cannot.
//!
//! Adding a finding never lowers a risk: it can push others one place back, which takes away less than it
//! brings itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Category, Confidence, Finding, RiskScore, Severity};

fn severity_weight(severity: Severity) -> f64 {
    match severity {
        Severity::Note => 0.01,
        Severity::Low => 0.06,
        Severity::Medium => 0.25,
        Severity::High => 0.55,
        Severity::Critical => 0.90,
    }
}

fn confidence_weight(confidence: Confidence) -> f64 {
    match confidence {
        Confidence::Low => 0.5,
        Confidence::Medium => 0.8,
        Confidence::High => 1.0,
    }
}

/// What a capability adds to the hazard of a category.
const CAPABILITY_HAZARD: &[(&str, Category, f64)] = &[
    ("network_access", Category::NetworkAccess, 0.03),
    ("file_write", Category::FileOperations, 0.02),
    ("file_read", Category::FileOperations, 0.005),
    ("system_execution", Category::ExternalCommand, 0.05),
    ("arbitrary_code_execution", Category::CodeExecution, 0.08),
    ("privilege_escalation", Category::ExternalCommand, 0.25),
];

/// What moved the risk of a category, and how far.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The category.
    pub category: Category,
    /// The finding, by its place in the list; none for a capability.
    pub finding: Option<usize>,
    /// The capability; none for a finding.
    pub capability: Option<&'static str>,
    /// Severity times confidence, 0 to 1; none for a capability.
    pub weight: Option<f64>,
    /// Which finding of its rule it is, the worst first; none for a capability.
    pub rank: Option<u32>,
    /// What it adds to the hazard of its category.
    pub hazard: f64,
}

/// Every part of the hazards that [`score`] adds up, by category, the largest first.
pub fn contributions(findings: &[Finding], capabilities: &BTreeSet<String>) -> Vec<Contribution> {
    let mut by_rule: BTreeMap<(Category, &str), Vec<(f64, usize)>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.suppressed_by.is_none()) {
        let weight = severity_weight(finding.severity) * confidence_weight(finding.confidence);
        by_rule.entry((finding.category, &finding.rule)).or_default().push((weight, index));
    }
    let mut all = Vec::new();
    for ((category, _), mut weights) in by_rule {
        weights.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        all.extend(weights.into_iter().zip(1_u32..).map(|((weight, index), rank)| Contribution {
            category,
            finding: Some(index),
            capability: None,
            weight: Some(weight),
            rank: Some(rank),
            hazard: -(1.0 - weight).ln() / (f64::from(rank) * f64::from(rank)),
        }));
    }
    let able = CAPABILITY_HAZARD.iter().filter(|(word, ..)| capabilities.contains(*word));
    all.extend(able.map(|&(word, category, hazard)| Contribution {
        category,
        finding: None,
        capability: Some(word),
        weight: None,
        rank: None,
        hazard,
    }));
    all.sort_by(|a, b| a.category.cmp(&b.category).then(b.hazard.total_cmp(&a.hazard)));
    all
}

/// The risk that hazards add up to.
pub fn of_hazards(hazards: &BTreeMap<Category, f64>) -> RiskScore {
    let risk = |hazard: f64| 1.0 - (-hazard).exp();
    RiskScore {
        overall: risk(hazards.values().sum()),
        by_category: hazards.iter().map(|(category, hazard)| (*category, risk(*hazard))).collect(),
    }
}

/// The hazard of one finding of this severity that is certain.
pub fn hazard_of(severity: Severity) -> f64 {
    -(1.0 - severity_weight(severity)).ln()
}

/// The risk of what counts: silenced findings do not.
pub fn score(findings: &[Finding], capabilities: &BTreeSet<String>) -> RiskScore {
    let mut by_rule: BTreeMap<(Category, &str), Vec<f64>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.suppressed_by.is_none()) {
        let weight = severity_weight(finding.severity) * confidence_weight(finding.confidence);
        by_rule.entry((finding.category, &finding.rule)).or_default().push(-(1.0 - weight).ln());
    }
    let mut hazards: BTreeMap<Category, f64> = BTreeMap::new();
    for ((category, _), mut hazard) in by_rule {
        hazard.sort_by(|a, b| b.total_cmp(a));
        let sum: f64 = hazard.iter().zip(1_u32..).map(|(hazard, k)| hazard / (f64::from(k) * f64::from(k))).sum();
        *hazards.entry(category).or_default() += sum;
    }
    for (capability, category, hazard) in CAPABILITY_HAZARD {
        if capabilities.contains(*capability) {
            *hazards.entry(*category).or_default() += hazard;
        }
    }
    of_hazards(&hazards)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finding(rule: u8, severity: usize, confidence: usize) -> Finding {
        let confidences = [Confidence::Low, Confidence::Medium, Confidence::High];
        Finding {
            rule: format!("rule-{rule}"),
            category: Category::ALL[usize::from(rule) % Category::ALL.len()],
            severity: Severity::ALL[severity % 5],
            confidence: confidences[confidence % 3],
            ..Finding::default()
        }
    }

    proptest! {
        #[test]
        fn another_finding_never_lowers_a_risk(
            parts in proptest::collection::vec((0_u8..20, 0_usize..5, 0_usize..3), 0..40),
            extra in (0_u8..20, 0_usize..5, 0_usize..3),
        ) {
            let mut findings: Vec<Finding> = parts.into_iter().map(|(r, s, c)| finding(r, s, c)).collect();
            let before = score(&findings, &BTreeSet::new());
            findings.push(finding(extra.0, extra.1, extra.2));
            let after = score(&findings, &BTreeSet::new());
            prop_assert!(after.overall >= before.overall - 1e-12);
            for (category, risk) in &before.by_category {
                prop_assert!(after.by_category[category] >= risk - 1e-12);
            }
            prop_assert!((0.0..=1.0).contains(&after.overall));
        }

        #[test]
        fn the_parts_of_a_risk_add_up_to_it(
            parts in proptest::collection::vec((0_u8..20, 0_usize..5, 0_usize..3), 0..40),
            able in proptest::collection::btree_set("network_access|file_write|system_execution|other", 0..4),
        ) {
            let findings: Vec<Finding> = parts.into_iter().map(|(r, s, c)| finding(r, s, c)).collect();
            let whole = score(&findings, &able);
            let mut hazards: BTreeMap<Category, f64> = BTreeMap::new();
            for part in contributions(&findings, &able) {
                *hazards.entry(part.category).or_default() += part.hazard;
            }
            let added = of_hazards(&hazards);
            prop_assert!((whole.overall - added.overall).abs() < 1e-12);
            prop_assert_eq!(whole.by_category.len(), added.by_category.len());
            for (category, risk) in &whole.by_category {
                prop_assert!((added.by_category[category] - risk).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn silenced_findings_and_clean_code_have_no_risk() {
        let silenced = Finding { suppressed_by: Some("nosec".into()), ..finding(1, 4, 2) };
        assert_eq!(score(&[silenced], &BTreeSet::new()).overall, 0.0);
        assert!(score(&[finding(1, 4, 2)], &BTreeSet::new()).overall > 0.8);
    }
}
