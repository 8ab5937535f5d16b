//! Tests of the policy.

use std::collections::BTreeMap;

use super::*;

fn facts() -> Facts {
    Facts {
        subject: "plugins/weather.py".to_owned(),
        class: ComponentKind::Plugin,
        tier: TrustTier::Standard,
        mode: TrustMode::Standard,
        risk: RiskScore { overall: 0.1, by_category: BTreeMap::new() },
        capabilities: BTreeSet::from(["plugin_interface".to_owned()]),
        granted: BTreeSet::new(),
        hosts: BTreeSet::new(),
        barred: None,
        signed: false,
        signed_by: None,
        approved: false,
        complete: true,
        drift: None,
    }
}

fn shipped() -> Policy {
    Policy::parse(SHIPPED).unwrap()
}

fn with_rules(rules: serde_json::Value) -> Result<Policy> {
    let capabilities = serde_json::json!({ "allowed": ["plugin_interface"] });
    Policy::parse(&serde_json::json!({ "capabilities": capabilities, "rules": rules }).to_string())
}

#[test]
fn the_shipped_policy_lets_plain_code_in_and_says_why() {
    let decision = shipped().decide(&facts());
    assert_eq!(decision.decision, Decision::Approve);
    assert_eq!(decision.rules, ["low-risk-plain-code"]);
}

#[test]
fn an_empty_policy_denies_by_default() {
    let decision = Policy::parse("{}").unwrap().decide(&Facts { capabilities: BTreeSet::new(), ..facts() });
    assert_eq!(decision.decision, Decision::Review);
    assert_eq!(decision.rules, ["default-deny"]);
}

#[test]
fn what_forbids_wins_whatever_the_order() {
    let permit = serde_json::json!({"id": "p", "effect": "permit", "reason": "yes"});
    let forbid = serde_json::json!({"id": "f", "effect": "forbid", "reason": "no"});
    for rules in [serde_json::json!([permit, forbid]), serde_json::json!([forbid, permit])] {
        let decision = with_rules(rules).unwrap().decide(&facts());
        assert_eq!((decision.decision, decision.rules), (Decision::Reject, vec!["f".to_owned()]));
    }
}

#[test]
fn a_condition_that_fails_or_yields_no_truth_value_denies() {
    for condition in ["risk + 1.0", "category['nothing'] > 0.5"] {
        let rule = serde_json::json!([{"id": "c", "effect": "permit", "condition": condition, "reason": "r"}]);
        let decision = with_rules(rule).unwrap().decide(&facts());
        assert_eq!(decision.decision, Decision::Reject, "{condition}");
    }
}

#[test]
fn a_condition_sees_the_facts() {
    let condition = "class == 'PLUGIN' && risk < 0.2 && 'plugin_interface' in capabilities && complete";
    let rule = serde_json::json!([{"id": "c", "effect": "permit", "condition": condition, "reason": "r"}]);
    assert_eq!(with_rules(rule).unwrap().decide(&facts()).decision, Decision::Approve);
}

#[test]
fn drift_past_the_limit_blocks_and_in_strict_mode_isolates() {
    let mut moved = Facts { drift: Some(0.31), ..facts() };
    assert_eq!(shipped().decide(&moved).decision, Decision::Reject);
    moved.mode = TrustMode::Strict;
    moved.signed = true;
    assert_eq!(shipped().decide(&moved).decision, Decision::Quarantine);
    moved.drift = Some(0.3);
    assert_eq!(shipped().decide(&moved).decision, Decision::Approve);
}

#[test]
fn strict_mode_wants_a_signature_and_a_grant() {
    let strict = Facts { mode: TrustMode::Strict, ..facts() };
    assert_eq!(shipped().decide(&strict).rules, ["signature-required"]);
    let mut networked = Facts { signed: true, ..strict };
    networked.capabilities.insert("network_access".to_owned());
    assert_eq!(shipped().decide(&networked).rules, ["capability-not-granted"]);
    networked.granted.insert("network_access".to_owned());
    assert_eq!(shipped().decide(&networked).decision, Decision::Approve);
}

#[test]
fn malformed_policies_are_refused_with_the_place() {
    for (text, needle) in [
        ("{", "EOF"),
        (r#"{"risk_tresholds": {}}"#, "risk_tresholds"),
        (r#"{"risk_thresholds": {"network_access": 7}}"#, "between 0 and 1"),
        (r#"{"version": 2}"#, "version 2"),
        (r#"{"capabilities": {"allowed": ["x"], "denied": ["x"]}}"#, "contradicts itself"),
        (r#"{"rules": [{"id": "a", "effect": "permit", "reason": "", "condition": "1 +"}]}"#, "does not compile"),
        (
            r#"{"rules": [{"id": "a", "effect": "permit", "reason": "", "condition": "unknown > 1"}]}"#,
            "names `unknown`",
        ),
        (
            r#"{"rules": [{"id": "a", "effect": "permit", "reason": "", "condition": "[1].all(x, [1].all(y, x == y))"}]}"#,
            "within a walk",
        ),
        (r#"{"rules": [{"id": "a", "effect": "permit", "reason": "", "when": {"tiers": []}}]}"#, "never match"),
        (r#"{"rules": [{"id": "a", "effect": "permit", "reason": "", "when": {"paths": ["["]}}]}"#, "malformed"),
    ] {
        let error = Policy::parse(text).err().unwrap_or_else(|| panic!("accepted: {text}"));
        assert!(error.message.contains(needle), "{text}: {}", error.message);
    }
}
