//! Measures what one decision of the gate costs: the policy alone, and all of it with trust, tier and ethics.
//!
//!     cargo bench --bench policy
//!
//! Three policies are asked about the same thousand made-up components: the shipped one, one of a hundred rules
//! without conditions, and one whose rules carry conditions. The figure is the median over many rounds.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench is a program for developers")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hint::black_box;
use std::time::Instant;

use aetherra_maint::gate::policy::{Facts, Policy, SHIPPED};
use aetherra_maint::gate::trust::TrustIndex;
use aetherra_maint::gate::{Gate, Subject};
use aetherra_maint::model::{Benefit, Category, Digest, EthicsProfile, RiskScore, TrustMode};
use aetherra_maint::settings::NetworkSettings;

/// Components that are decided on in one round.
const COMPONENTS: usize = 1000;

/// Rounds; the median of them is told.
const ROUNDS: usize = 51;

fn main() {
    let conditions = [
        "risk < 0.3 && complete",
        "'network_access' in capabilities && !signed",
        "tier == 'VERIFIED' || approved",
        "'network_access' in capabilities && hosts.all(host, host.endsWith('.example.org'))",
    ];
    let shipped = SHIPPED.to_owned();
    let plain = with_rules(100, |_| None);
    let one = with_rules(10, |id| (id == 0).then(|| conditions[0].to_owned()));
    let many = with_rules(10, |id| conditions.get(id % conditions.len()).map(|text| (*text).to_owned()));
    println!("| policy | the policy alone, µs | the whole decision, µs |\n|---|---:|---:|");
    for (name, text) in [
        ("the shipped one", shipped),
        ("100 rules without conditions", plain),
        ("10 rules, one with a condition", one),
        ("10 rules with conditions", many),
    ] {
        let gate = gate(&text);
        let subjects: Vec<Subject> = (0..COMPONENTS).map(subject).collect();
        let facts: Vec<Facts> = subjects.iter().map(|one| gate.consider(one.clone()).facts).collect();
        let alone = median(|| facts.iter().for_each(|one| drop(black_box(gate.policy.decide(one)))));
        let whole = median(|| subjects.iter().for_each(|one| drop(black_box(gate.decide(one.clone())))));
        println!("| {name} | {alone:.2} | {whole:.2} |");
    }
}

/// Microseconds for one component, the median over all rounds.
fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e6 / COMPONENTS as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

/// The shipped policy with more rules.
fn with_rules(count: usize, condition: impl Fn(usize) -> Option<String>) -> String {
    let mut policy: serde_json::Value = serde_json::from_str(SHIPPED).unwrap();
    let rules = (0..count).map(|id| {
        let mut rule = serde_json::json!({
            "id": format!("rule-{id}"),
            "effect": if id % 3 == 0 { "forbid" } else { "permit" },
            "when": { "overall_at_least": 0.01 * (id % 50) as f64, "classes": ["PLUGIN", "UNKNOWN"] },
            "reason": "a rule of the bench",
        });
        if let Some(text) = condition(id) {
            rule["condition"] = text.into();
        }
        rule
    });
    policy["rules"].as_array_mut().unwrap().extend(rules.collect::<Vec<_>>());
    policy.to_string()
}

fn gate(policy: &str) -> Gate {
    Gate {
        policy: Policy::parse(policy).unwrap(),
        mode: TrustMode::Standard,
        ethics: EthicsProfile::ByMode,
        network: NetworkSettings::default(),
        trust: TrustIndex::default(),
        classes: HashMap::new(),
        deployed: HashMap::new(),
    }
}

/// A component with a few capabilities, hosts and risks, another for each number.
fn subject(number: usize) -> Subject {
    let words = ["file_read", "network_access", "file_write", "async_execution", "system_execution"];
    let able = words.iter().enumerate().filter(|(bit, _)| number >> bit & 1 == 1);
    let risks = Category::ALL.iter().enumerate().filter(|(bit, _)| (number >> bit) % 3 == 1);
    let by_category: BTreeMap<Category, f64> =
        risks.map(|(bit, category)| (*category, 0.05 * (bit + 1) as f64)).collect();
    Subject {
        path: format!("plugins/group{}/component{number}.py", number % 7),
        digest: Digest::of(&number.to_le_bytes()),
        risk: RiskScore { overall: by_category.values().copied().fold(0.0, f64::max), by_category },
        capabilities: able.map(|(_, word)| (*word).to_owned()).collect(),
        hosts: (0..number % 3).map(|host| format!("api{host}.example.org")).collect::<BTreeSet<_>>(),
        complete: !number.is_multiple_of(11),
        undeclared: u32::from(number.is_multiple_of(5)),
        benefit: Benefit::default(),
    }
}
